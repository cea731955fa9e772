/* The C side of swift-preempt: what stubs and preempt_mcall share with the runtime, and the few calls that a signal
   handler makes. Everything a stub depends on comes from the generated headers. */
#ifndef CPREEMPT_H
#define CPREEMPT_H

/* Offsets that assembly and C share; asserted below. */
#define PREEMPT_M_SYSTEM_STACK_POINTER 0
#define PREEMPT_M_CURRENT_G __SIZEOF_POINTER__
#define PREEMPT_G_DEPTH 0

/* What preempt_mcall leaves on a G's stack, from the saved stack pointer up: floating-point control, from REGISTERS on
   what a callee keeps, frame base, return address. ARGUMENT is the register that preempt_g_start finds its argument in. */
#if defined(__x86_64__) /* r15, r14, r13, r12, rbx, rbp */
#define PREEMPT_SWITCH_FRAME_BYTES 64
#define PREEMPT_SWITCH_FRAME_REGISTERS 8
#define PREEMPT_SWITCH_FRAME_ARGUMENT 40
#define PREEMPT_SWITCH_FRAME_BASE 48
#define PREEMPT_SWITCH_FRAME_RETURN 56
#elif defined(__i386__) /* edi, esi, ebx, ebp */
#define PREEMPT_SWITCH_FRAME_BYTES 28
#define PREEMPT_SWITCH_FRAME_REGISTERS 8
#define PREEMPT_SWITCH_FRAME_ARGUMENT 16
#define PREEMPT_SWITCH_FRAME_BASE 20
#define PREEMPT_SWITCH_FRAME_RETURN 24
#elif defined(__aarch64__) /* x19 to x28, d8 to d15, x29, x30 */
#define PREEMPT_SWITCH_FRAME_BYTES 176
#define PREEMPT_SWITCH_FRAME_REGISTERS 16
#define PREEMPT_SWITCH_FRAME_ARGUMENT 16
#define PREEMPT_SWITCH_FRAME_BASE 160
#define PREEMPT_SWITCH_FRAME_RETURN 168
#elif defined(__riscv) /* s1 to s11, fs0 to fs11, s0, ra */
#define PREEMPT_SWITCH_FRAME_BYTES 208
#define PREEMPT_SWITCH_FRAME_REGISTERS 8
#define PREEMPT_SWITCH_FRAME_ARGUMENT 8
#define PREEMPT_SWITCH_FRAME_BASE 192
#define PREEMPT_SWITCH_FRAME_RETURN 200
#endif

/* Bytes below the system stack pointer at which preempt_schedule starts. Where the kernel resumes a task, the frame that
   it reads lies there: below preempt_enter's own switch frame, so that a handler without an alternate stack, which runs
   below the stub's last stack pointer, overwrites nothing that is needed. */
#if defined(__aarch64__)
#define PREEMPT_SIGNAL_FRAME_ROOM 8192
#elif defined(__riscv)
#define PREEMPT_SIGNAL_FRAME_ROOM 2048
#else
#define PREEMPT_SIGNAL_FRAME_ROOM 0
#endif

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define PREEMPT_ADDRESS_SANITIZER 1
#endif
#endif

#ifndef __ASSEMBLER__

#include <dlfcn.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

#include "../generated/amd64/preempt.h"
#include "../generated/noxreg/preempt.h"
#include "../generated/386/preempt.h"
#include "../generated/noxreg_386/preempt.h"
#include "../generated/arm64/preempt.h"
#include "../generated/noxreg_arm64/preempt.h"
#include "../generated/arm64_x18/preempt.h"
#include "../generated/noxreg_arm64_x18/preempt.h"
#include "../generated/riscv64/preempt.h"
#include "../generated/noxreg_riscv64/preempt.h"
#include "../generated/riscv64_t6/preempt.h"
#include "../generated/noxreg_riscv64_t6/preempt.h"

/* The trait customBackend: another package's stubs, and the header that it generates. */
#if __has_include(<preempt_backend.h>)
#include <preempt_backend.h>
#elif defined(PREEMPT_CUSTOM_BACKEND)
#error "customBackend: no preempt_backend.h on the include path: add -Xcc -I<folder of the backend's generated files> to swift build"
#endif

#ifdef __swift__
#define PREEMPT_HANDLER_SAFE __attribute__((swift_attr("@_noAllocation"))) __attribute__((swift_attr("@_noLocks")))
#else
#define PREEMPT_HANDLER_SAFE
#endif

/* First field of a G's record: raised by every runtime entry and by withPreemptionDisabled. */
struct preempt_g {
  uint32_t preemption_depth;
  /* AddressSanitizer's stack of the G, while that is away; see sanitizer.c. */
  void *sanitizer_stack;
};

/* First field of an M's record: its switch context. */
struct preempt_m {
  void *system_stack_pointer;
  struct preempt_g *current_g;
  /* The same of the system stack, and its bounds as AddressSanitizer knows them. */
  void *sanitizer_stack;
  const void *sanitizer_low;
  size_t sanitizer_byte_count;
};

_Static_assert(offsetof(struct preempt_m, system_stack_pointer) == PREEMPT_M_SYSTEM_STACK_POINTER, "read by preempt_mcall");
_Static_assert(offsetof(struct preempt_m, current_g) == PREEMPT_M_CURRENT_G, "read by preempt_enter_runtime");
#if defined(__aarch64__)
_Static_assert(PREEMPT_ARM64_SIGNAL_FRAME_BYTES <= PREEMPT_SIGNAL_FRAME_ROOM, "the kernel's frame has room");
#elif defined(__riscv)
_Static_assert(PREEMPT_RISCV64_SIGNAL_FRAME_BYTES <= PREEMPT_SIGNAL_FRAME_ROOM, "the kernel's frame has room");
#endif
_Static_assert(offsetof(struct preempt_g, preemption_depth) == PREEMPT_G_DEPTH, "raised by preempt_enter_runtime");

/* The reason with which a G leaves its stack for good; the others are Swift's alone. */
#define PREEMPT_LEAVE_BY_EXIT 3

/* What preempt_schedule returns: the stack pointer to switch to, and the value that arrives there. */
struct preempt_resume {
  void *stack_pointer;
  uintptr_t value;
};

/* Leaves the G's stack: saves what the psABI makes a callee keep, calls preempt_schedule(m, stack pointer, reason) on
   the system stack, and goes on where that says. Returns when the G is resumed, with the value it was resumed with. */
uintptr_t preempt_mcall(struct preempt_m *m, uintptr_t reason);
/* Makes the calling thread an M: schedules until preempt_schedule returns to the system stack. */
uintptr_t preempt_enter(struct preempt_m *m);
/* Where a new G starts: calls preempt_g_main with the argument that its first switch frame holds. */
extern const char preempt_g_start[] __attribute__((visibility("hidden")));
/* Writes the switch frame of a G that hasn't run yet below `top`, with the control words of a new thread, and returns
   where it begins. */
void *preempt_first_switch_frame(void *top, void *argument);
/* The current G with its preemption depth raised, or NULL off a G. No safe-point lies inside, so that a migratable G
   can't move between reading its M and reading its G. */
struct preempt_g *preempt_enter_runtime(void);

/* Initial wide state for a body's first instruction. */
void preempt_initialize_wide(void);

/* Bounds of the section that holds every stub and preempt_mcall. */
extern const char __start_preempt_text[] __attribute__((visibility("hidden")));
extern const char __stop_preempt_text[] __attribute__((visibility("hidden")));
static inline PREEMPT_HANDLER_SAFE uintptr_t preempt_text_start(void) { return (uintptr_t)__start_preempt_text; }
static inline PREEMPT_HANDLER_SAFE uintptr_t preempt_text_end(void) { return (uintptr_t)__stop_preempt_text; }
extern const char __start_preempt_probe[] __attribute__((visibility("hidden")));
extern const char __stop_preempt_probe[] __attribute__((visibility("hidden")));
static inline uintptr_t preempt_probe_start(void) { return (uintptr_t)__start_preempt_probe; }
static inline uintptr_t preempt_probe_end(void) { return (uintptr_t)__stop_preempt_probe; }
static inline uintptr_t preempt_g_start_address(void) { return (uintptr_t)preempt_g_start; }

/* Initial-exec: a lazily allocated block in a signal handler would call malloc. */
extern __thread struct preempt_m *preempt_current_m_storage __attribute__((tls_model("initial-exec"), visibility("hidden")));
static inline PREEMPT_HANDLER_SAFE struct preempt_m *preempt_current_m(void) { return preempt_current_m_storage; }
static inline void preempt_set_current_m(struct preempt_m *m) { preempt_current_m_storage = m; }

/* Keeps the compiler from moving accesses that a handler on the same thread observes. */
static inline PREEMPT_HANDLER_SAFE void preempt_signal_fence(void) { __atomic_signal_fence(__ATOMIC_SEQ_CST); }

/* State components the operating system enabled: XCR0, x87 and SSE where there is no XSAVE; AT_HWCAP on other CPUs. */
uint64_t preempt_enabled_components(void);

/* What compiled code keeps in its thread; addresses are of the calling thread. */
int *preempt_errno_address(void);
/* The calling thread's signal mask, one bit a signal. */
uint64_t preempt_signal_mask(void);
void preempt_set_signal_mask(uint64_t mask);
/* Itanium C++ ABI, 2.2.2; the same in libstdc++ and libc++abi. */
struct preempt_exception_globals {
  uintptr_t caught;
  uint32_t uncaught_count;
};
/* NULL where no C++ library is loaded. */
struct preempt_exception_globals *preempt_exceptions(void);
/* The word that holds the thread's first access under dynamic exclusivity checking, NULL where it isn't found. */
uintptr_t *preempt_first_access(void);
/* Swift runtime, stdlib/public/runtime/Exclusivity.cpp: puts a task's accesses, two words, into the thread, and takes
   them out. */
void swift_task_enterThreadLocalContext(void *state);
void swift_task_exitThreadLocalContext(void *state);

/* tgkill, which glibc names only with _GNU_SOURCE; 0 or an errno. */
int preempt_signal_thread(int thread_id, int signal);
int preempt_thread_id(void);

/* Waits for a thread's end until `deadline`, in nanoseconds of CLOCK_MONOTONIC; 0 or an errno. */
int preempt_join(pthread_t thread, uint64_t deadline);
/* Sleeps while *word is `expected`, until woken or until `deadline`, in nanoseconds of CLOCK_MONOTONIC; may return for no
   reason. */
void preempt_futex_wait(uint32_t *word, uint32_t expected, uint64_t deadline);
void preempt_futex_wake(uint32_t *word, int count);
static inline void preempt_spin_hint(void) {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

/* Whether the kernel runs this thread with a user shadow stack. */
int preempt_has_user_shadow_stack(void);
/* Smallest alternate stack the kernel accepts here, in bytes. */
uintptr_t preempt_minimum_signal_stack(void);

/* The action there was before ours, for SIGURG and SIGSEGV; written before ours is installed. */
struct sigaction *preempt_previous_action(int signal);
/* Hands a signal that wasn't ours to the handler there was. */
PREEMPT_HANDLER_SAFE void preempt_forward_urgent(int signal, siginfo_t *info, void *context);
PREEMPT_HANDLER_SAFE void preempt_forward_fault(int signal, siginfo_t *info, void *context);
static inline PREEMPT_HANDLER_SAFE uintptr_t preempt_fault_address(const siginfo_t *info) { return (uintptr_t)info->si_addr; }
/* A bit for each rank of lock that the calling thread holds; kept in debug builds. */
uint64_t *preempt_held_lock_ranks(void);
/* write(2) to standard error. */
PREEMPT_HANDLER_SAFE void preempt_write_error(const void *bytes, uintptr_t byte_count);
PREEMPT_HANDLER_SAFE void preempt_abort(void) __attribute__((noreturn));

/* What the loader knows about `pc`; pointers are NULL for what it doesn't. */
struct preempt_place {
  const char *image, *symbol;
  uintptr_t image_start, symbol_start;
};
void preempt_find_place(uintptr_t pc, struct preempt_place *place);
/* Executable segments of the loaded image that holds `address`: start and end pairs, at most `capacity` pairs.
   Returns how many there are, 0 where no image holds it. */
int preempt_executable_segments(uintptr_t address, uintptr_t *bounds, int capacity);

enum { PREEMPT_SEGMENT_LOADED, PREEMPT_SEGMENT_UNWIND };
struct preempt_segment {
  uintptr_t start, byte_count;
  uint32_t kind;
  /* PF_X 1, PF_W 2, PF_R 4. */
  uint32_t flags;
};
/* Loaded segments of the image that holds `address`, and its PT_GNU_EH_FRAME; writes at most `capacity`. Returns how
   many there are, 0 where no image holds the address. */
int preempt_segments(uintptr_t address, struct preempt_segment *segments, int capacity);

#endif
#endif
