// The calls that Swift can't spell: a thread-local the loader places, raw system calls, and forwarding to a handler
// that another part of the program installed.
#define _GNU_SOURCE
#include "CPreempt.h"

#include <errno.h>
#include <link.h>
#include <linux/futex.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/syscall.h>
#include <time.h>

__thread struct preempt_m *preempt_current_m_storage;
static struct sigaction previous_urgent, previous_fault;

struct sigaction *preempt_previous_action(int signal) { return signal == SIGSEGV ? &previous_fault : &previous_urgent; }

int preempt_signal_thread(int thread_id, int signal) { return (int)syscall(SYS_tgkill, getpid(), thread_id, signal); }

int preempt_thread_id(void) { return (int)syscall(SYS_gettid); }

static struct timespec time_of(uint64_t nanoseconds) {
  return (struct timespec){.tv_sec = (time_t)(nanoseconds / 1000000000), .tv_nsec = (long)(nanoseconds % 1000000000)};
}

int preempt_join(pthread_t thread, uint64_t deadline) {
  struct timespec until = time_of(deadline);
  return pthread_clockjoin_np(thread, NULL, CLOCK_MONOTONIC, &until);
}

void preempt_futex_wait(uint32_t *word, uint32_t expected, uint64_t deadline) {
  int error = errno; // a task that came through here must not see EAGAIN or ETIMEDOUT
  struct timespec until = time_of(deadline);
  // FUTEX_WAIT_BITSET, because its deadline is absolute.
  syscall(
      SYS_futex, word, FUTEX_WAIT_BITSET | FUTEX_PRIVATE_FLAG, expected, deadline == UINT64_MAX ? NULL : &until, NULL,
      FUTEX_BITSET_MATCH_ANY);
  errno = error;
}

void preempt_futex_wake(uint32_t *word, int count) { syscall(SYS_futex, word, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, count); }

void *preempt_first_switch_frame(void *top, void *argument) {
  char *frame = (char *)top - PREEMPT_SWITCH_FRAME_BYTES;
  uintptr_t start = (uintptr_t)preempt_g_start;
  memset(frame, 0, PREEMPT_SWITCH_FRAME_BYTES);
#if defined(__x86_64__) || defined(__i386__)
  const uint32_t mxcsr = 0x1f80;
  const uint16_t x87_control = 0x037f;
  memcpy(frame, &mxcsr, sizeof mxcsr);
  memcpy(frame + 4, &x87_control, sizeof x87_control);
#endif
  memcpy(frame + PREEMPT_SWITCH_FRAME_ARGUMENT, &argument, sizeof argument);
  memcpy(frame + PREEMPT_SWITCH_FRAME_RETURN, &start, sizeof start);
  return frame;
}

#if !defined(__x86_64__) && !defined(__i386__)
uint64_t preempt_enabled_components(void) { return getauxval(AT_HWCAP); }
#endif

int *preempt_errno_address(void) { return &errno; }

uint64_t preempt_signal_mask(void) {
  uint64_t mask = 0;
  syscall(SYS_rt_sigprocmask, SIG_BLOCK, NULL, &mask, sizeof mask);
  return mask;
}

void preempt_set_signal_mask(uint64_t mask) { syscall(SYS_rt_sigprocmask, SIG_SETMASK, &mask, NULL, sizeof mask); }

// Weak, and asked for by name too: a program without C++ must link, and one that loads its C++ library must find it.
extern void *__cxa_get_globals(void) __attribute__((weak));

struct preempt_exception_globals *preempt_exceptions(void) {
  void *(*globals)(void) = __cxa_get_globals;
  if (!globals) globals = (void *(*)(void))dlsym(RTLD_DEFAULT, "__cxa_get_globals");
  return globals ? globals() : NULL;
}

int preempt_has_user_shadow_stack(void) {
#if defined(__x86_64__)
  // Linux arch/x86/include/uapi/asm/prctl.h: ARCH_SHSTK_STATUS, ARCH_SHSTK_SHSTK.
  unsigned long features = 0;
  return syscall(SYS_arch_prctl, 0x5005, &features) == 0 && (features & 1);
#else
  return 0;
#endif
}

uintptr_t preempt_minimum_signal_stack(void) {
#ifndef AT_MINSIGSTKSZ
#define AT_MINSIGSTKSZ 51
#endif
  unsigned long minimum = getauxval(AT_MINSIGSTKSZ);
  return minimum ? minimum : MINSIGSTKSZ;
}

// A handler installed over ours may hand on to ours, and be the one we find when we are installed again: then it and
// ours would hand on to each other for ever. What comes back deeper in the same stack with the same context has been
// round. (A flag alone would stay set where a handler leaves by siglongjmp.) Initial-exec, as above.
struct forwarding {
  const void *context;
  uintptr_t frame;
};
static __thread struct forwarding urgent __attribute__((tls_model("initial-exec")));
static __thread struct forwarding fault __attribute__((tls_model("initial-exec")));

static int has_been_round(const struct forwarding *forwarding, const void *context, uintptr_t frame) {
  return forwarding->context == context && frame < forwarding->frame;
}

static void forward(
    struct forwarding *forwarding, uintptr_t frame, int signal, siginfo_t *info, void *context,
    const struct sigaction *previous) {
  *forwarding = (struct forwarding){context, frame};
  if (previous->sa_flags & SA_SIGINFO) {
    if (previous->sa_sigaction) previous->sa_sigaction(signal, info, context);
  } else if (previous->sa_handler != SIG_DFL && previous->sa_handler != SIG_IGN) {
    previous->sa_handler(signal);
  }
  forwarding->context = NULL;
}

// SIGURG is ignored by default.
void preempt_forward_urgent(int signal, siginfo_t *info, void *context) {
  uintptr_t frame = (uintptr_t)__builtin_frame_address(0);
  if (!has_been_round(&urgent, context, frame)) forward(&urgent, frame, signal, info, context, &previous_urgent);
}

// A fault's default is to die of it: with the old action back in place the instruction faults again.
void preempt_forward_fault(int signal, siginfo_t *info, void *context) {
  uintptr_t frame = (uintptr_t)__builtin_frame_address(0);
  if (has_been_round(&fault, context, frame)) {
    struct sigaction action = {.sa_handler = SIG_DFL};
    sigaction(signal, &action, NULL);
    return;
  }
  if (!(previous_fault.sa_flags & SA_SIGINFO) &&
      (previous_fault.sa_handler == SIG_DFL || previous_fault.sa_handler == SIG_IGN)) {
    sigaction(signal, &previous_fault, NULL);
    return;
  }
  forward(&fault, frame, signal, info, context, &previous_fault);
}

static __thread uint64_t held_lock_ranks;

uint64_t *preempt_held_lock_ranks(void) { return &held_lock_ranks; }

void preempt_write_error(const void *bytes, uintptr_t byte_count) {
  while (byte_count > 0) {
    ssize_t written = write(2, bytes, byte_count);
    if (written <= 0) return;
    bytes = (const char *)bytes + written;
    byte_count -= (uintptr_t)written;
  }
}

void preempt_abort(void) { __builtin_trap(); }

void preempt_find_place(uintptr_t pc, struct preempt_place *place) {
  Dl_info info;
  *place = (struct preempt_place){0};
  if (!dladdr((void *)pc, &info)) return;
  *place = (struct preempt_place){
      info.dli_fname, info.dli_sname, (uintptr_t)info.dli_fbase, (uintptr_t)info.dli_saddr};
}

struct segments {
  uintptr_t address;
  struct preempt_segment *found;
  int capacity, count;
};

static int visit(struct dl_phdr_info *info, size_t byte_count, void *data) {
  (void)byte_count;
  struct segments *segments = data;
  int holds = 0;
  for (int i = 0; i < info->dlpi_phnum; i++) {
    uintptr_t start = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;
    if (info->dlpi_phdr[i].p_type == PT_LOAD && segments->address - start < info->dlpi_phdr[i].p_memsz) holds = 1;
  }
  if (!holds) return 0;
  for (int i = 0; i < info->dlpi_phnum; i++) {
    const ElfW(Phdr) *header = &info->dlpi_phdr[i];
    if (header->p_type != PT_LOAD && header->p_type != PT_GNU_EH_FRAME) continue;
    if (segments->count < segments->capacity)
      segments->found[segments->count] = (struct preempt_segment){
          info->dlpi_addr + header->p_vaddr, header->p_memsz,
          header->p_type == PT_LOAD ? PREEMPT_SEGMENT_LOADED : PREEMPT_SEGMENT_UNWIND, header->p_flags};
    segments->count++;
  }
  return 1;
}

int preempt_segments(uintptr_t address, struct preempt_segment *found, int capacity) {
  struct segments segments = {address, found, capacity, 0};
  dl_iterate_phdr(visit, &segments);
  return segments.count;
}

int preempt_executable_segments(uintptr_t address, uintptr_t *bounds, int capacity) {
  struct preempt_segment segments[64];
  int count = preempt_segments(address, segments, 64), executable = 0;
  for (int i = 0; i < count && i < 64 && executable < capacity; i++) {
    if (segments[i].kind != PREEMPT_SEGMENT_LOADED || !(segments[i].flags & PF_X)) continue;
    bounds[2 * executable] = segments[i].start;
    bounds[2 * executable + 1] = segments[i].start + segments[i].byte_count;
    executable++;
  }
  return executable;
}
