// Preemption in a C program with a scheduler of its own: the generated header and assembly, and nothing else.
//
//   cd Sources/CPreempt/generated/amd64
//   cc -O2 -I . ../../../../Examples/c-embedding/main.c preempt.S probe.S -o /tmp/embedding && /tmp/embedding
//
// What an embedder writes is four things, marked 1 to 4: where its tasks may be preempted, a signal handler that
// injects the call, `preempt_mcall`, which the stub calls, and a place for each task's vector state. Two tasks compute
// in loops that never yield; a third fills every register, loops, and compares every register. `--corrupt r12` changes
// what was saved of a register, to show that the comparison can fail.
#define _GNU_SOURCE
#include "preempt.h"

#include <cpuid.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

enum { TASKS = 3, STACK_BYTES = 65536, PREEMPTIONS = 2000, LIMIT_SECONDS = 60 };
/* What an injected call needs below the interrupted stack pointer, with what preempt_mcall and swapcontext use. */
enum { RESERVE_BYTES = sizeof(struct preempt_amd64_frame) + 4096 };

struct task {
  /* 4. The extended state of an injected call, the widest class with x87; its stub saves less where less is live. */
  struct preempt_amd64_state_avx512_x87 area __attribute__((aligned(64)));
  char stack[STACK_BYTES] __attribute__((aligned(64)));
  const char *name;
  void (*body)(struct task *);
  ucontext_t context;
  uint64_t interrupted_pc, interrupted_sp;
  unsigned long preemptions, checks, mismatches;
};

static struct {
  ucontext_t scheduler;
  struct task *current;
  uint64_t enabled; // state components of XCR0
  unsigned widest;  // what the operating system enabled: 0 sse, 1 avx, 2 avx512
  unsigned long preemptions;
  struct task tasks[TASKS];
} worker;

static volatile int stopping;
static const char *corrupted; // name of a register whose saved value is changed

/* 1. Code that holds no lock and calls nothing that might, in a section of its own; the probes have theirs. */
#define PREEMPTIBLE __attribute__((noinline, section("task_code")))
extern const char __start_task_code[], __stop_task_code[], __start_preempt_probe[], __stop_preempt_probe[];

static int is_probe(uint64_t pc) {
  return pc >= (uint64_t)__start_preempt_probe && pc < (uint64_t)__stop_preempt_probe;
}

static int is_preemptible(uint64_t pc) {
  return is_probe(pc) || (pc >= (uint64_t)__start_task_code && pc < (uint64_t)__stop_task_code);
}

/* 2. On the alternate stack. Everything it calls is inline in the header: no allocation, no lock, no library. */
static void preempt(int signal, siginfo_t *info, void *argument) {
  (void)signal, (void)info;
  ucontext_t *context = argument;
  struct task *task = worker.current;
  if (!task || !is_preemptible(preempt_amd64_pc(context))) return;
  uint64_t sp = preempt_amd64_sp(context), low = (uint64_t)task->stack;
  if (sp - low > STACK_BYTES || sp - low < RESERVE_BYTES) return;
  int live = preempt_amd64_live_class(context, worker.enabled);
  const char *entry = live < 0 ? NULL : preempt_amd64_entry((unsigned)live, worker.widest);
  if (!entry) return;
  task->interrupted_pc = preempt_amd64_pc(context);
  task->interrupted_sp = sp;
  preempt_amd64_inject(context, entry, &task->area, &worker);
}

/* Changes the lowest bit of a register that the stub saved, in its frame or in the area. */
static void corrupt(struct task *task) {
  struct preempt_amd64_frame *frame = (void *)(task->interrupted_sp - sizeof *frame);
#define IN_FRAME(register) if (!strcmp(corrupted, #register)) *(uint8_t *)&frame->register ^= 1
#define IN_AREA(register) if (!strcmp(corrupted, #register)) task->area.register[0] ^= 1
  IN_FRAME(rax); IN_FRAME(rcx); IN_FRAME(rdx); IN_FRAME(rbx); IN_FRAME(rsi); IN_FRAME(rdi); IN_FRAME(rbp);
  IN_FRAME(r8); IN_FRAME(r9); IN_FRAME(r10); IN_FRAME(r11); IN_FRAME(r12); IN_FRAME(r13); IN_FRAME(r14); IN_FRAME(r15);
  IN_FRAME(rflags); IN_FRAME(red_zone); IN_AREA(xmm0);
}

/* 3. The stub calls it on the task's stack, registers saved: leaves the task, and returns the area to restore from when
   the task goes on. Any function that keeps what the psABI makes a callee keep will do. */
void *preempt_mcall(void *switch_context, uintptr_t reason) {
  (void)switch_context, (void)reason; // what inject() was given, and 16 + the class
  struct task *task = worker.current;
  task->preemptions++;
  worker.preemptions++;
  if (corrupted && is_probe(task->interrupted_pc)) corrupt(task);
  swapcontext(&task->context, &worker.scheduler);
  return &task->area;
}

// MARK: - Tasks

PREEMPTIBLE static uint64_t integers(uint64_t seed) {
  uint64_t a = seed, b = ~seed, c = seed * 3;
  for (int i = 0; i < 200000; i++) {
    a ^= a << 13, a ^= a >> 7, a ^= a << 17;
    b += a * 0xd1342543de82ef95u;
    c = (c << 29 | c >> 35) + b;
  }
  return a ^ b ^ c;
}

PREEMPTIBLE static double doubles(uint64_t seed) {
  double x = (double)(seed + 1) / 1000, y = 1 - x, sum = 0;
  for (int i = 0; i < 200000; i++) {
    x = 3.99 * x * (1 - x);
    y = 3.97 * y * (1 - y);
    sum += x * y;
  }
  return sum;
}

enum { SEEDS = 8 };
static uint64_t expected_integers[SEEDS];
static double expected_doubles[SEEDS];

static void check(struct task *task, int is_right, const char *what) {
  task->checks++;
  if (is_right) return;
  if (task->mismatches++ < 4) fprintf(stderr, "%s: %s is not what it was\n", task->name, what);
}

static void run_integers(struct task *task) {
  for (unsigned seed = 0; !stopping; seed = (seed + 1) % SEEDS)
    check(task, integers(seed) == expected_integers[seed], "the sum");
}

static void run_doubles(struct task *task) {
  for (unsigned seed = 0; !stopping; seed = (seed + 1) % SEEDS)
    check(task, doubles(seed) == expected_doubles[seed], "the sum");
}

/* All registers, as the generated probes read and write them: a frame, and an area from a fixed offset on. */
union image {
  struct preempt_amd64_frame frame;
  uint8_t bytes[PREEMPT_AMD64_PROBE_AREA_OFFSET + sizeof(struct preempt_amd64_state_avx512_x87)];
};

static void run_registers(struct task *task) {
  static union image in __attribute__((aligned(64))), out __attribute__((aligned(64)));
  // Vectors of each width, by bytes and number; AVX-512's masks follow.
  static const struct { unsigned byte_count, count; } vectors[] = {{16, 16}, {32, 16}, {64, 32}};
  unsigned byte_count = vectors[worker.widest].byte_count, count = vectors[worker.widest].count;
  preempt_amd64_probe_function *probe = preempt_amd64_probe(worker.widest * 2, worker.widest);
  uint64_t random = 1;
  while (!stopping) {
    for (size_t i = 0; i < sizeof in; i++) {
      random ^= random << 13, random ^= random >> 7, random ^= random << 17;
      in.bytes[i] = (uint8_t)random;
    }
    in.frame.rflags = (random & 0x8d5) | 0x202; // carry, parity, adjust, zero, sign, overflow
    in.frame.mxcsr = 0x1f80;
    in.frame.fcw = 0x37f;
    memset(&out, 0, sizeof out);
    probe(&in, &out, PREEMPT_AMD64_PROBE_LOOP_LIMIT);
#define SAME(register) \
  check(task, !memcmp(&in.frame.register, &out.frame.register, sizeof in.frame.register), #register)
    SAME(rax); SAME(rcx); SAME(rdx); SAME(rbx); SAME(rsi); SAME(rdi); SAME(rbp);
    SAME(r8); SAME(r9); SAME(r10); SAME(r11); SAME(r12); SAME(r13); SAME(r14); SAME(r15);
    SAME(mxcsr); SAME(fcw); SAME(red_zone);
    check(task, !((in.frame.rflags ^ out.frame.rflags) & 0x8d5), "rflags");
    const uint8_t *before = in.bytes + PREEMPT_AMD64_PROBE_AREA_OFFSET;
    const uint8_t *after = out.bytes + PREEMPT_AMD64_PROBE_AREA_OFFSET;
    for (unsigned n = 0; n < count; n++) {
      char name[16];
      snprintf(name, sizeof name, "xmm%u", n);
      check(task, !memcmp(before + n * byte_count, after + n * byte_count, byte_count), name);
    }
    if (worker.widest == 2) check(task, !memcmp(before + 2048, after + 2048, 64), "k0 to k7");
  }
}

// MARK: - The scheduler

static void enter(unsigned index) { worker.tasks[index].body(&worker.tasks[index]); }

static void start(unsigned index, const char *name, void (*body)(struct task *)) {
  struct task *task = &worker.tasks[index];
  task->name = name;
  task->body = body;
  getcontext(&task->context);
  task->context.uc_stack.ss_sp = task->stack;
  task->context.uc_stack.ss_size = STACK_BYTES;
  task->context.uc_link = &worker.scheduler;
  makecontext(&task->context, (void (*)(void))enter, 1, index);
}

/* XCR0 where CPUID says that the operating system uses XSAVE, else x87 and SSE. */
static uint64_t enabled_components(void) {
  unsigned eax, ebx, ecx, edx;
  if (!__get_cpuid(1, &eax, &ebx, &ecx, &edx) || !(ecx & bit_OSXSAVE)) return 3;
  __asm__("xgetbv" : "=a"(eax), "=d"(edx) : "c"(0));
  return (uint64_t)edx << 32 | eax;
}

int main(int argc, char **argv) {
  if (argc == 3 && !strcmp(argv[1], "--corrupt")) corrupted = argv[2];
  else if (argc != 1) return fprintf(stderr, "usage: %s [--corrupt REGISTER]\n", argv[0]), 2;

  // Whoever started this may have blocked signals, and each task's context inherits the mask. The alarm ends a run in
  // which nothing is preempted.
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  alarm(LIMIT_SECONDS);
  for (unsigned seed = 0; seed < SEEDS; seed++) {
    expected_integers[seed] = integers(seed);
    expected_doubles[seed] = doubles(seed);
  }
  worker.enabled = enabled_components();
  worker.widest = (unsigned)preempt_amd64_widest(worker.enabled);
  start(0, "integers", run_integers);
  start(1, "doubles", run_doubles);
  start(2, "registers", run_registers);

  // The kernel's frame with AVX-512 alone is larger than SIGSTKSZ used to be.
  stack_t alternate = {.ss_size = (size_t)sysconf(_SC_MINSIGSTKSZ) + 16384};
  alternate.ss_sp = malloc(alternate.ss_size);
  sigaltstack(&alternate, NULL);
  struct sigaction action = {.sa_sigaction = preempt, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART};
  sigaction(SIGURG, &action, NULL);
  struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGURG};
  struct itimerspec slice = {.it_interval.tv_nsec = 200000, .it_value.tv_nsec = 200000};
  timer_t timer;
  if (timer_create(CLOCK_MONOTONIC, &event, &timer) || timer_settime(timer, 0, &slice, NULL)) return perror("timer"), 3;

  for (unsigned next = 0; worker.preemptions < PREEMPTIONS; next = (next + 1) % TASKS) {
    worker.current = &worker.tasks[next];
    swapcontext(&worker.scheduler, &worker.tasks[next].context);
    worker.current = NULL;
  }
  // Each goes on where it was stopped, and ends.
  stopping = 1;
  timer_delete(timer);
  unsigned long mismatches = 0;
  for (unsigned index = 0; index < TASKS; index++) {
    struct task *task = &worker.tasks[index];
    worker.current = task;
    swapcontext(&worker.scheduler, &task->context);
    worker.current = NULL;
    printf("%s: %lu preemptions, %lu checks, %lu mismatches\n",
           task->name, task->preemptions, task->checks, task->mismatches);
    mismatches += task->mismatches;
  }
  return mismatches != 0;
}
