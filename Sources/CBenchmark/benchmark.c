// The scheduler behind the raw switch, its peer, and the loops whose run time is measured.
#define _GNU_SOURCE
#include "CBenchmark.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "CPreempt.h"
#include "CWorkloads.h"

#if defined(__x86_64__)

#define ENTRY(kind, class, widest) extern const char benchmark_##kind##_##class##_in_##widest[] __attribute__((visibility("hidden")))
ENTRY(entry, sse, sse); ENTRY(entry, sse, avx); ENTRY(entry, sse, avx512);
ENTRY(entry, avx, avx); ENTRY(entry, avx, avx512); ENTRY(entry, avx512, avx512);
ENTRY(baseline, sse, sse); ENTRY(baseline, sse, avx); ENTRY(baseline, sse, avx512);
ENTRY(baseline, avx, avx); ENTRY(baseline, avx, avx512); ENTRY(baseline, avx512, avx512);

const void *benchmark_stub(unsigned width, unsigned widest) {
  static const char *const stubs[3][3] = {
      {benchmark_entry_sse_in_sse, NULL, NULL},
      {benchmark_entry_sse_in_avx, benchmark_entry_avx_in_avx, NULL},
      {benchmark_entry_sse_in_avx512, benchmark_entry_avx_in_avx512, benchmark_entry_avx512_in_avx512}};
  return width < 3 && widest < 3 ? stubs[widest][width] : NULL;
}

const void *benchmark_baseline(unsigned width, unsigned widest) {
  static const char *const baselines[3][3] = {
      {benchmark_baseline_sse_in_sse, NULL, NULL},
      {benchmark_baseline_sse_in_avx, benchmark_baseline_avx_in_avx, NULL},
      {benchmark_baseline_sse_in_avx512, benchmark_baseline_avx_in_avx512, benchmark_baseline_avx512_in_avx512}};
  return width < 3 && widest < 3 ? baselines[widest][width] : NULL;
}

// The copy of preempt_mcall, by its other names.
uintptr_t benchmark_mcall(struct preempt_m *m, uintptr_t reason);
uintptr_t benchmark_enter(struct preempt_m *m);
uint64_t benchmark_enabled_components(void);
extern const char benchmark_g_start[] __attribute__((visibility("hidden")));
__thread struct preempt_m *benchmark_current_m __attribute__((tls_model("initial-exec"), visibility("hidden")));

enum { ENTER = 0, TO_OTHER = 1, END = 2 };

static struct {
  struct preempt_m m;
  void *other; // the stack pointer of the one that doesn't run
  void *second; // of the one that hasn't run yet
  uint64_t times;
  char stacks[2][16384] __attribute__((aligned(64)));
} switching;

struct preempt_resume benchmark_schedule(struct preempt_m *m, void *stack_pointer, uintptr_t reason) {
  if (reason == END) return (struct preempt_resume){m->system_stack_pointer, 0};
  void *next = switching.other;
  switching.other = reason == ENTER ? switching.second : stack_pointer;
  return (struct preempt_resume){next, 0};
}

// Two call sites, so that a return's target can't be predicted from the call before it.
__attribute__((noinline)) static void ping(void) {
  for (uint64_t i = 0; i < switching.times; i++) benchmark_mcall(&switching.m, TO_OTHER);
  benchmark_mcall(&switching.m, END);
}
__attribute__((noinline)) static void pong(void) {
  for (;;) benchmark_mcall(&switching.m, TO_OTHER);
}

__attribute__((visibility("hidden"))) void benchmark_g_main(void *argument) {
  ((void (*)(void))argument)();
  __builtin_trap();
}

// A first switch frame at the stack's upper end, as the runtime builds it.
static void *prepare(char *stack, void (*body)(void)) {
  char *frame = stack + sizeof switching.stacks[0] - 16 - PREEMPT_SWITCH_FRAME_BYTES;
  memset(frame, 0, PREEMPT_SWITCH_FRAME_BYTES + 16);
  uint32_t mxcsr = 0x1f80;
  uint16_t control = 0x037f;
  const char *start = benchmark_g_start;
  memcpy(frame, &mxcsr, sizeof mxcsr);
  memcpy(frame + 4, &control, sizeof control);
  memcpy(frame + 40, &body, sizeof body);
  memcpy(frame + PREEMPT_SWITCH_FRAME_RETURN, &start, sizeof start);
  return frame;
}

void benchmark_switch(uint64_t times) {
  benchmark_enabled_components(); // says whether a switch has zmm registers to initialise
  switching.times = times / 2;
  switching.other = prepare(switching.stacks[0], ping);
  switching.second = prepare(switching.stacks[1], pong);
  benchmark_enter(&switching.m);
}

#endif

// What jump_fcontext returns: boost/context/detail/fcontext.hpp, transfer_t.
struct transfer {
  void *context, *data;
};
typedef struct transfer jump_function(void *to, void *data);
typedef void *make_function(void *stack_top, size_t byte_count, void (*body)(struct transfer));

static jump_function *boost_jump;
__attribute__((noinline)) static void boost_pong(struct transfer from) {
  for (;;) from = boost_jump(from.context, NULL);
}

void benchmark_switch_boost(uint64_t times, void *jump_fcontext, void *make_fcontext) {
  static char stack[16384] __attribute__((aligned(64)));
  boost_jump = (jump_function *)jump_fcontext;
  struct transfer other = {((make_function *)make_fcontext)(stack + sizeof stack, sizeof stack, boost_pong), NULL};
  for (uint64_t i = 0; i < times / 2; i++) other = boost_jump(other.context, NULL);
}

// MARK: - Code to be preempted

#define CODE __attribute__((noinline, section("benchmark_code")))

extern const char __start_benchmark_code[] __attribute__((visibility("hidden")));
extern const char __stop_benchmark_code[] __attribute__((visibility("hidden")));
uintptr_t benchmark_code_start(void) { return (uintptr_t)__start_benchmark_code; }
uintptr_t benchmark_code_end(void) { return (uintptr_t)__stop_benchmark_code; }

CODE static uint64_t integers(uint64_t seed, uint64_t rounds) {
  uint64_t a = seed, b = ~seed, c = seed * 3;
  for (uint64_t i = 0; i < rounds; i++) {
    a ^= a << 13; a ^= a >> 7; a ^= a << 17;
    b += a * 0xd1342543de82ef95u;
    c = (c << 29 | c >> 35) + b;
  }
  return a ^ b ^ c;
}

static uint64_t monotonic_nanoseconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

struct target {
  int cpu;
  volatile int thread, stops;
};

static volatile uint64_t arrived;
static void note_arrival(int signal, siginfo_t *info, void *context) { arrived = monotonic_nanoseconds(); }

static void *loop_as_target(void *argument) {
  struct target *target = argument;
  static char stack[1 << 16];
  stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
  sigaltstack(&alternate, NULL);
  sigset_t mask;
  sigemptyset(&mask);
  sigaddset(&mask, SIGUSR1);
  pthread_sigmask(SIG_UNBLOCK, &mask, NULL);
  benchmark_pin(target->cpu);
  target->thread = (int)syscall(SYS_gettid);
  while (!target->stops) __asm__ volatile("");
  alternate.ss_flags = SS_DISABLE;
  sigaltstack(&alternate, NULL);
  return NULL;
}

int benchmark_signal_elsewhere(int from, int to, double *nanoseconds, int count) {
  struct sigaction action = {.sa_flags = SA_SIGINFO | SA_ONSTACK}, previous;
  action.sa_sigaction = note_arrival;
  struct target target = {to, 0, 0};
  pthread_t thread;
  sigaction(SIGUSR1, &action, &previous);
  int error = pthread_create(&thread, NULL, loop_as_target, &target);
  if (error) return error;
  benchmark_pin(from);
  while (!target.thread) sched_yield();
  for (int i = 0; i < count; i++) {
    usleep(200); // as between requests to run
    arrived = 0;
    uint64_t start = monotonic_nanoseconds();
    syscall(SYS_tgkill, getpid(), target.thread, SIGUSR1);
    while (!arrived) __asm__ volatile("");
    nanoseconds[i] = (double)(arrived - start);
  }
  target.stops = 1;
  pthread_join(thread, NULL);
  sigaction(SIGUSR1, &previous, NULL);
  return 0;
}

CODE uint64_t benchmark_compute(uint64_t seed, uint64_t rounds) { return integers(seed, rounds); }

CODE uint64_t benchmark_compute_in_libc(uint64_t seed, uint64_t rounds, uint64_t integer_rounds) {
  static char bytes[4][16384];
  uint64_t value = seed;
  for (uint64_t i = 0; i < rounds; i++) {
    memset(bytes[i & 3], (int)value, sizeof bytes[0]);
    value = integers(value + (uint64_t)bytes[i & 3][i & 16383], integer_rounds);
  }
  return value;
}

CODE void benchmark_publish(volatile uint64_t *word, uint64_t value, const volatile int *stop) {
  while (!*stop) *word = value;
}

int benchmark_pin(int cpu) {
  cpu_set_t wanted;
  CPU_ZERO(&wanted);
  CPU_SET(cpu, &wanted);
  return sched_setaffinity(0, sizeof wanted, &wanted);
}

uint64_t benchmark_await_change(const volatile uint64_t *word, uint64_t value, uint64_t nanoseconds) {
  uint64_t end = monotonic_nanoseconds() + nanoseconds;
  for (;;) {
    for (int i = 0; i < 64; i++)
      if (*word != value) return monotonic_nanoseconds();
    if (monotonic_nanoseconds() > end) return 0;
  }
}
