// All of it lies in one section, so that tests can register exactly this code.
#define _GNU_SOURCE
#include "CWorkloads.h"

#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define WORKLOAD __attribute__((noinline, section("preempt_workload")))

extern const char __start_preempt_workload[] __attribute__((visibility("hidden")));
extern const char __stop_preempt_workload[] __attribute__((visibility("hidden")));
uintptr_t workload_start(void) { return (uintptr_t)__start_preempt_workload; }
uintptr_t workload_end(void) { return (uintptr_t)__stop_preempt_workload; }

int workload_pin(int cpu) {
  cpu_set_t allowed, wanted;
  if (sched_getaffinity(0, sizeof allowed, &allowed)) return -1;
  for (int i = 0; cpu < 0 && i < CPU_SETSIZE; i++)
    if (CPU_ISSET(CPU_SETSIZE - 1 - i, &allowed)) cpu = CPU_SETSIZE - 1 - i;
  if (cpu < 0 || cpu >= CPU_SETSIZE || !CPU_ISSET(cpu, &allowed)) return -1;
  CPU_ZERO(&wanted);
  CPU_SET(cpu, &wanted);
  return sched_setaffinity(0, sizeof wanted, &wanted) ? -1 : cpu;
}

WORKLOAD uint64_t workload_integers(uint64_t seed, uint64_t rounds) {
  uint64_t a = seed, b = ~seed, c = seed * 3, d = seed ^ 0x9e3779b97f4a7c15u;
  for (uint64_t i = 0; i < rounds; i++) {
    a ^= a << 13; a ^= a >> 7; a ^= a << 17;
    b += a * 0xd1342543de82ef95u;
    c = (c << 29 | c >> 35) + b;
    d ^= c + i;
  }
  return a ^ b ^ c ^ d;
}

WORKLOAD double workload_doubles(double start, uint64_t rounds) {
  double x = start, y = 1 - start, sum = 0;
  for (uint64_t i = 0; i < rounds; i++) {
    x = 3.99 * x * (1 - x);
    y = 3.97 * y * (1 - y);
    sum += x * y;
  }
  return sum + x;
}

typedef uint64_t vector4 __attribute__((vector_size(32)));

#if defined(__x86_64__)
__attribute__((noinline, section("preempt_workload"), target("avx2")))
static uint64_t vectors_avx2(uint64_t seed, uint64_t rounds) {
  vector4 a = {seed, seed + 1, seed + 2, seed + 3}, b = ~a, c = a * 5, d = a ^ b;
  for (uint64_t i = 0; i < rounds; i++) {
    a ^= a << 13; a ^= a >> 7; a ^= a << 17;
    b += a; c ^= b << 3; d += c ^ a;
  }
  vector4 sum = a ^ b ^ c ^ d;
  return sum[0] ^ sum[1] * 3 ^ sum[2] * 5 ^ sum[3] * 7;
}
#endif

WORKLOAD static uint64_t vectors_plain(uint64_t seed, uint64_t rounds) {
  vector4 a = {seed, seed + 1, seed + 2, seed + 3}, b = ~a, c = a * 5, d = a ^ b;
  for (uint64_t i = 0; i < rounds; i++) {
    a ^= a << 13; a ^= a >> 7; a ^= a << 17;
    b += a; c ^= b << 3; d += c ^ a;
  }
  vector4 sum = a ^ b ^ c ^ d;
  return sum[0] ^ sum[1] * 3 ^ sum[2] * 5 ^ sum[3] * 7;
}

uint64_t workload_vectors(uint64_t seed, uint64_t rounds) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) return vectors_avx2(seed, rounds);
#endif
  return vectors_plain(seed, rounds);
}

#if defined(__x86_64__)

WORKLOAD uint64_t workload_flags(uint64_t seed, uint64_t rounds) {
  uint64_t a = seed, b = ~seed, sum = 0;
  __asm__ volatile(
      "clc\n"
      "1: adcq %[a], %[sum]\n"
      "rclq $7, %[a]\n"
      "adcq %[b], %[a]\n"
      "rcrq $11, %[b]\n"
      "adcq $0x1234567, %[b]\n"
      // lea and jrcxz leave the carry of this round to the next.
      "leaq -1(%%rcx), %%rcx\n"
      "jrcxz 2f\n"
      "jmp 1b\n"
      "2:"
      : [a] "+r"(a), [b] "+r"(b), [sum] "+r"(sum), "+c"(rounds)::"cc");
  return sum ^ a ^ b;
}

WORKLOAD uint64_t workload_x87(uint64_t seed, uint64_t rounds) {
  long double x = (long double)(seed % 1000) / 1001 + 0.0001L, y = 1 - x, sum = 0;
  for (uint64_t i = 0; i < rounds; i++) {
    x = 3.99L * x * (1 - x);
    y = 3.97L * y * (1 - y);
    if (x > y) sum += x - y; else sum += x * y;
  }
  uint64_t bits;
  memcpy(&bits, &sum, sizeof bits);
  return bits;
}

WORKLOAD uint64_t workload_x87_compare(uint64_t rounds) {
  uint64_t wrong = 0;
  for (uint64_t i = 0; i < rounds; i++) {
    double low = (double)(i & 7), high = (double)((i & 7) + (i & 1));
    uint16_t status;
    // Between the two, the tags are empty and the answer is in the status word alone.
    __asm__ volatile(
        "fldl %[low]\n fldl %[high]\n fucompp\n"
        "movl $60, %%ecx\n 1: decl %%ecx\n jnz 1b\n"
        "fnstsw %[status]"
        : [status] "=m"(status) : [low] "m"(low), [high] "m"(high) : "ecx", "cc", "st");
    // C3 for equal, nothing for st0 (high) above st1 (low).
    if ((status & 0x4500) != ((i & 1) ? 0 : 0x4000)) wrong++;
  }
  return wrong;
}

WORKLOAD int workload_x87_compare_across(uint64_t value, uint64_t pause) {
  double low = (double)(value & 7), high = (double)((value & 7) + (value & 1));
  uint16_t status;
  __asm__ volatile(
      "fldl %[high]\n fldl %[low]\n fucompp\n"
      "1: decq %[pause]\n jnz 1b\n"
      "fnstsw %[status]"
      : [status] "=m"(status), [pause] "+r"(pause) : [low] "m"(low), [high] "m"(high) : "cc", "st");
  // C0 for st0 (low) below st1 (high), C3 for equal: either way the status word is not zero.
  return (status & 0x4500) != ((value & 1) ? 0x0100 : 0x4000);
}

// rdi = seed, rsi = rounds, rax = words found changed. Naked: the compiler would keep its own locals there.
__attribute__((naked)) WORKLOAD uint64_t workload_red_zone(uint64_t seed, uint64_t rounds) {
  __asm__(
      "xorl %eax, %eax\n"
      "1:\n"
      ".set offset, 8\n .rept 16\n leaq offset(%rdi), %rdx\n movq %rdx, -offset(%rsp)\n .set offset, offset + 8\n .endr\n"
      "movl $40, %ecx\n 2: decl %ecx\n jnz 2b\n"
      ".set offset, 8\n .rept 16\n leaq offset(%rdi), %rdx\n cmpq %rdx, -offset(%rsp)\n"
      "setne %cl\n movzbl %cl, %ecx\n addq %rcx, %rax\n .set offset, offset + 8\n .endr\n"
      "incq %rdi\n decq %rsi\n jnz 1b\n ret");
}

WORKLOAD void workload_empty_loop(const volatile int *stop) {
  // One instruction apart from the check that ends it.
  __asm__ volatile("1: cmpl $0, (%0)\n je 1b" ::"r"(stop) : "cc");
}

__attribute__((naked)) WORKLOAD uint64_t workload_frameless_loop(const volatile int *stop) {
  __asm__("xorl %eax, %eax\n 1: incq %rax\n cmpl $0, (%rdi)\n je 1b\n ret");
}

WORKLOAD void workload_kick(uint64_t count, volatile uint64_t *request, uint64_t now) {
  long process = getpid(), thread = syscall(SYS_gettid);
  for (uint64_t i = 0; i < count; i++) {
    long result;
    if (request) *request = now;
    __asm__ volatile("syscall" : "=a"(result) : "0"((long)SYS_tgkill), "D"(process), "S"(thread), "d"((long)SIGURG)
                     : "rcx", "r11", "memory");
  }
}

#else
#error "the workloads that keep state in flags, red zone and x87 are written for amd64"
#endif

#if defined(__x86_64__)

// rdi = hidden, rsi = rounds, rdx = pin: these three stay. Nothing else that a scanner looks at is left over.
#define CLEAR \
  "movq %rdi, %r9\n leaq -128(%rsp), %rdi\n movl $16, %ecx\n xorl %eax, %eax\n rep stosq\n movq %r9, %rdi\n" \
  "xorl %r8d, %r8d\n xorl %r9d, %r9d\n xorl %r10d, %r10d\n xorl %r11d, %r11d\n" \
  "pxor %xmm0, %xmm0\n pxor %xmm1, %xmm1\n pxor %xmm2, %xmm2\n pxor %xmm3, %xmm3\n" \
  "pxor %xmm4, %xmm4\n pxor %xmm5, %xmm5\n pxor %xmm6, %xmm6\n pxor %xmm7, %xmm7\n" \
  "pxor %xmm8, %xmm8\n pxor %xmm9, %xmm9\n pxor %xmm10, %xmm10\n pxor %xmm11, %xmm11\n" \
  "pxor %xmm12, %xmm12\n pxor %xmm13, %xmm13\n pxor %xmm14, %xmm14\n pxor %xmm15, %xmm15\n"

// On the stack: 0 the counter, 8 the pin's address.
#define KEEP_IN_REGISTER(REGISTER, SCRATCH) \
  __attribute__((naked)) WORKLOAD static uint64_t keep_##REGISTER(uint64_t hidden, uint64_t rounds, uint64_t *pin) { \
    __asm__( \
        "pushq %rbp\n .cfi_adjust_cfa_offset 8\n .cfi_offset rbp, -16\n" \
        "pushq %rbx\n .cfi_adjust_cfa_offset 8\n" \
        "pushq %r12\n .cfi_adjust_cfa_offset 8\n" \
        "pushq %r13\n .cfi_adjust_cfa_offset 8\n" \
        "pushq %r14\n .cfi_adjust_cfa_offset 8\n" \
        "pushq %r15\n .cfi_adjust_cfa_offset 8\n" \
        "pushq %rdx\n .cfi_adjust_cfa_offset 8\n" \
        "pushq %rsi\n .cfi_adjust_cfa_offset 8\n" CLEAR \
        "pushq %rdi\n .cfi_adjust_cfa_offset 8\n" \
        "xorl %edi, %edi\n" \
        "popq %" #REGISTER "\n .cfi_adjust_cfa_offset -8\n" \
        "notq %" #REGISTER "\n" \
        "movq 8(%rsp), %" #SCRATCH "\n movq $0, (%" #SCRATCH ")\n" \
        "1: decq (%rsp)\n jnz 1b\n" \
        "movq 8(%rsp), %" #SCRATCH "\n movq %" #REGISTER ", (%" #SCRATCH ")\n" \
        "notq %" #REGISTER "\n" \
        "movq %" #REGISTER ", %rax\n" \
        "popq %rsi\n .cfi_adjust_cfa_offset -8\n" \
        "popq %rdx\n .cfi_adjust_cfa_offset -8\n" \
        "popq %r15\n .cfi_adjust_cfa_offset -8\n" \
        "popq %r14\n .cfi_adjust_cfa_offset -8\n" \
        "popq %r13\n .cfi_adjust_cfa_offset -8\n" \
        "popq %r12\n .cfi_adjust_cfa_offset -8\n" \
        "popq %rbx\n .cfi_adjust_cfa_offset -8\n" \
        "popq %rbp\n .cfi_adjust_cfa_offset -8\n .cfi_restore rbp\n" \
        "ret"); \
  }

#define KEEP_IN_RED_ZONE(OFFSET) \
  __attribute__((naked)) WORKLOAD static uint64_t keep_red_zone_##OFFSET( \
      uint64_t hidden, uint64_t rounds, uint64_t *pin) { \
    __asm__( \
        CLEAR "notq %rdi\n movq %rdi, -" #OFFSET "(%rsp)\n xorl %edi, %edi\n movq $0, (%rdx)\n" \
        "1: decq %rsi\n jnz 1b\n" \
        "movq -" #OFFSET "(%rsp), %rax\n movq %rax, (%rdx)\n movq $0, -" #OFFSET "(%rsp)\n notq %rax\n ret"); \
  }

#define REGISTERS(X) \
  X(rax, rdx) X(rcx, rdx) X(rdx, rcx) X(rbx, rdx) X(rsi, rdx) X(rdi, rdx) X(rbp, rdx) X(r8, rdx) X(r9, rdx) \
  X(r10, rdx) X(r11, rdx) X(r12, rdx) X(r13, rdx) X(r14, rdx) X(r15, rdx)
#define RED_ZONE(X) X(8) X(16) X(24) X(32) X(40) X(48) X(56) X(64) X(72) X(80) X(88) X(96) X(104) X(112) X(120) X(128)
REGISTERS(KEEP_IN_REGISTER)
RED_ZONE(KEEP_IN_RED_ZONE)

__attribute__((naked)) WORKLOAD static uint64_t keep_local(uint64_t hidden, uint64_t rounds, uint64_t *pin) {
  __asm__(
      "leaq -40(%rsp), %rsp\n .cfi_adjust_cfa_offset 40\n" CLEAR
      "notq %rdi\n movq %rdi, 16(%rsp)\n xorl %edi, %edi\n movq $0, (%rdx)\n"
      "1: decq %rsi\n jnz 1b\n"
      "movq 16(%rsp), %rax\n movq %rax, (%rdx)\n movq $0, 16(%rsp)\n notq %rax\n"
      "leaq 40(%rsp), %rsp\n .cfi_adjust_cfa_offset -40\n"
      "ret");
}

// An argument that is ready for a call which hasn't begun: the callee returns its seventh.
__attribute__((naked)) WORKLOAD static uint64_t keep_outgoing_argument(uint64_t hidden, uint64_t rounds, uint64_t *pin) {
  __asm__(
      CLEAR "notq %rdi\n"
      "pushq %rdi\n .cfi_adjust_cfa_offset 8\n"
      "xorl %edi, %edi\n movq $0, (%rdx)\n"
      "1: decq %rsi\n jnz 1b\n"
      "call 2f\n"
      "movq %rax, (%rdx)\n movq $0, (%rsp)\n notq %rax\n"
      "popq %rcx\n .cfi_adjust_cfa_offset -8\n"
      "ret\n"
      "2: .cfi_def_cfa rsp, 8\n"
      "movq 8(%rsp), %rax\n ret");
}

// The caller's frame, from where the callee is entered: FIRST and SECOND, pushed in the other order, and the pin. OFFSET
// bytes into it is the pointer.
#define KEEP_IN_CALLER(NAME, SECOND, FIRST, OFFSET) \
  __attribute__((naked)) WORKLOAD static uint64_t keep_##NAME(uint64_t hidden, uint64_t rounds, uint64_t *pin) { \
    __asm__( \
        CLEAR "notq %rdi\n" \
        "pushq %rdx\n .cfi_adjust_cfa_offset 8\n" \
        "pushq " SECOND "\n .cfi_adjust_cfa_offset 8\n" \
        "pushq " FIRST "\n .cfi_adjust_cfa_offset 8\n" \
        "xorl %edi, %edi\n movq $0, (%rdx)\n" \
        "call 2f\n" \
        "movq " OFFSET "(%rsp), %rax\n movq 16(%rsp), %rdx\n" \
        "movq %rax, (%rdx)\n movq $0, " OFFSET "(%rsp)\n notq %rax\n" \
        "leaq 24(%rsp), %rsp\n .cfi_adjust_cfa_offset -24\n" \
        "ret\n" \
        "2: .cfi_def_cfa rsp, 8\n" \
        "1: decq %rsi\n jnz 1b\n" \
        "ret"); \
  }
KEEP_IN_CALLER(seventh_argument, "$8", "%rdi", "0")
KEEP_IN_CALLER(eighth_argument, "%rdi", "$7", "8")

// A local of a function that called one without arguments.
__attribute__((naked)) WORKLOAD static uint64_t keep_callers_local(uint64_t hidden, uint64_t rounds, uint64_t *pin) {
  __asm__(
      "leaq -40(%rsp), %rsp\n .cfi_adjust_cfa_offset 40\n" CLEAR
      "notq %rdi\n movq %rdi, 32(%rsp)\n xorl %edi, %edi\n movq $0, (%rdx)\n"
      "call 2f\n"
      "movq 32(%rsp), %rax\n movq %rax, (%rdx)\n movq $0, 32(%rsp)\n notq %rax\n"
      "leaq 40(%rsp), %rsp\n .cfi_adjust_cfa_offset -40\n"
      "ret\n"
      "2: .cfi_def_cfa rsp, 8\n"
      "1: decq %rsi\n jnz 1b\n"
      "ret");
}

#define REGISTER_ENTRY(REGISTER, SCRATCH) {#REGISTER, keep_##REGISTER},
#define RED_ZONE_ENTRY(OFFSET) {"red zone -" #OFFSET, keep_red_zone_##OFFSET},
static const struct {
  const char *name;
  uint64_t (*keep)(uint64_t, uint64_t, uint64_t *);
} places[] = {
    REGISTERS(REGISTER_ENTRY) RED_ZONE(RED_ZONE_ENTRY) {"local", keep_local},
    {"outgoing argument", keep_outgoing_argument}, {"seventh argument", keep_seventh_argument},
    {"eighth argument", keep_eighth_argument}, {"caller's local", keep_callers_local},
};

int workload_place_count(void) { return sizeof places / sizeof places[0]; }
const char *workload_place_name(int place) {
  return place >= 0 && place < workload_place_count() ? places[place].name : NULL;
}
WORKLOAD uint64_t workload_keep(int place, uint64_t hidden, uint64_t rounds, uint64_t *pin) {
  return places[place].keep(hidden, rounds, pin);
}

#endif


WORKLOAD uint64_t workload_kick_below(uint64_t depth, uint64_t count, volatile uint64_t *request, uint64_t now) {
  if (depth == 0) {
    workload_kick(count, request, now);
    return 0;
  }
  uint64_t below = workload_kick_below(depth - 1, count, request, now);
  __asm__ volatile("" : "+r"(below));
  return below + 1;
}

WORKLOAD static uint64_t callee(uint64_t value) {
  __asm__ volatile("");
  return value * 3 + 1;
}

WORKLOAD uint64_t workload_call_loop(const volatile int *stop) {
  uint64_t value = 1;
  while (!*stop) value = callee(value);
  return value;
}

WORKLOAD void workload_count(const volatile int *stop, volatile uint64_t *count) {
  while (!*stop) ++*count;
}

WORKLOAD void workload_libc(const volatile int *stop) {
  static char buffer[4][1 << 16];
  while (!*stop)
    for (int i = 0; i < 4; i++) memset(buffer[i], i, sizeof buffer[i]);
}

WORKLOAD void workload_vdso(const volatile int *stop) {
  struct timespec time;
  while (!*stop) clock_gettime(CLOCK_MONOTONIC, &time);
}

WORKLOAD uint64_t workload_overflow(uint64_t depth) {
  if (depth == UINT64_MAX) return 0;
  volatile char frame[256];
  frame[depth & 255] = (char)depth;
  return workload_overflow(depth + 1) + (uint64_t)frame[depth & 255];
}

#if defined(__x86_64__)

// rdi = stop, rsi = bits. Sets the bits again every round: sigreturn drops NT.
__attribute__((naked)) WORKLOAD void workload_spin_with_flags(const volatile int *stop, uint64_t bits) {
  __asm__(
      "pushfq\n"
      "movq (%rsp), %rdx\n"
      "orq %rsi, %rdx\n"
      "1: pushq %rdx\n popfq\n"
      "movl $2000, %ecx\n 2: leal -1(%rcx), %ecx\n jrcxz 3f\n jmp 2b\n"
      "3: cmpl $0, (%rdi)\n je 1b\n"
      "popfq\n ret");
}

// rdi = stop, rsi = the stack pointer to spin with.
__attribute__((naked)) WORKLOAD void workload_spin_on_stack(const volatile int *stop, uintptr_t stack_pointer) {
  __asm__(
      "pushq %rbx\n movq %rsp, %rbx\n movq %rsi, %rsp\n"
      "1: cmpl $0, (%rdi)\n je 1b\n"
      "movq %rbx, %rsp\n popq %rbx\n ret");
}

#endif

static const volatile int *sort_stop;
static volatile int *sort_entered;

WORKLOAD static int compare_slowly(const void *a, const void *b) {
  *sort_entered = 1;
  while (!*sort_stop) __asm__ volatile("");
  return *(const int *)a - *(const int *)b;
}

WORKLOAD void workload_sort(const volatile int *stop, volatile int *entered) {
  int numbers[] = {2, 1};
  sort_stop = stop;
  sort_entered = entered;
  qsort(numbers, 2, sizeof *numbers, compare_slowly);
}

WORKLOAD uint64_t workload_deep(uint64_t depth, volatile int *stop) {
  if (depth == 0) {
    *stop = -1;
    while (*stop < 0) __asm__ volatile("");
    return 0;
  }
  // Behind the call something is left to do: no tail call.
  uint64_t below = workload_deep(depth - 1, stop);
  __asm__ volatile("" : "+r"(below));
  return below + 1;
}

#if defined(__x86_64__)

// rdi = counter, rsi = stop, rax = additions, rdx = the counter's next value.
__attribute__((naked)) WORKLOAD uint64_t workload_restartable(volatile uint64_t *counter, const volatile int *stop) {
  __asm__(
      "xorl %eax, %eax\n"
      "restartable_start:\n"
      "movq (%rdi), %rdx\n"
      "movl $200, %ecx\n 2: decl %ecx\n jnz 2b\n"
      "incq %rdx\n"
      "movq %rdx, (%rdi)\n"
      "restartable_end:\n"
      "incq %rax\n cmpl $0, (%rsi)\n je restartable_start\n ret");
}
extern const char restartable_start[] __attribute__((visibility("hidden")));
extern const char restartable_end[] __attribute__((visibility("hidden")));
uintptr_t workload_restartable_start(void) { return (uintptr_t)restartable_start; }
uintptr_t workload_restartable_end(void) { return (uintptr_t)restartable_end; }

uintptr_t workload_write_jitted(void *memory) {
  static const uint8_t code[] = {
      0x55,              // push %rbp
      0x48, 0x89, 0xe5,  // mov %rsp, %rbp
      0x83, 0x3f, 0x00,  // cmpl $0, (%rdi)
      0x74, 0xfb,        // je to the comparison
      0x5d,              // pop %rbp
      0xc3,              // ret
  };
  memcpy(memory, code, sizeof code);
  return sizeof code;
}

#endif

static const volatile int *handler_stop;
static volatile int *handler_entered;

WORKLOAD static void spin_handler(int signal) {
  (void)signal;
  *handler_entered = 1;
  while (!*handler_stop) __asm__ volatile("");
}

void workload_spin_in_handler(int signal, int on_alternate_stack, const volatile int *stop, volatile int *entered) {
  struct sigaction action = {.sa_handler = spin_handler, .sa_flags = on_alternate_stack ? SA_ONSTACK : 0}, before;
  handler_stop = stop;
  handler_entered = entered;
  sigaction(signal, &action, &before);
  syscall(SYS_tgkill, getpid(), syscall(SYS_gettid), signal);
  sigaction(signal, &before, NULL);
}

static volatile int counted;
static struct sigaction counter_before;
static void count_signal(int signal) { (void)signal, counted++; }
static void count_and_hand_on(int signal, siginfo_t *info, void *context) {
  counted++;
  if (counter_before.sa_flags & SA_SIGINFO) counter_before.sa_sigaction(signal, info, context);
}

void workload_install_counter(int signal, int hands_on) {
  struct sigaction action = {.sa_flags = SA_ONSTACK | SA_RESTART | (hands_on ? SA_SIGINFO : 0)};
  if (hands_on) action.sa_sigaction = count_and_hand_on; else action.sa_handler = count_signal;
  sigaction(signal, &action, &counter_before);
}

int workload_counted_signals(void) { return counted; }

void workload_signal_self(int signal) { syscall(SYS_tgkill, getpid(), syscall(SYS_gettid), signal); }

uintptr_t workload_vdso_start(void) { return getauxval(AT_SYSINFO_EHDR); }
