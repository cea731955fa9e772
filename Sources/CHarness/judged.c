// Two tasks that fill every register, are preempted in each other's favour, and compare every register: what the
// judges of the unwinding step through.
//
// preempt_mcall is the runtime's own, so that a walk leads from the stub over the switch of stacks to a scheduler, here
// the few lines of preempt_schedule, and back through the other task's stub. The first task's stack lies below the system
// stack and the second one's above it.
#define _GNU_SOURCE
#include "judged.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

struct judged *judged;
__thread struct preempt_m *preempt_current_m_storage;
static timer_t timer;

/* A timed signal must find the probe at work; else rounds are short, for whoever waits for their comparison. */
enum { ROUNDS = 500, TIMED_ROUNDS = PREEMPT_ARCH_LOOP_LIMIT, NANOSECONDS = 300000, LEAVE_TO_START = 1 };

/* The runtime's: tasks start otherwise here. */
void preempt_g_main(void) { abort(); }

uint64_t judged_stub_start(unsigned stub) {
  return (uintptr_t)preempt_arch_entry(stubs[stub].state_class, stubs[stub].widest);
}

uint64_t judged_stub_end(unsigned stub) {
  uint64_t start = judged_stub_start(stub), end = (uintptr_t)preempt_mcall;
  if (end < start) end = preempt_text_end();
  for (unsigned other = 0; other < STUB_COUNT; other++) {
    uint64_t next = judged_stub_start(other);
    if (next > start && next < end) end = next;
  }
  return end;
}

int judged_is_filled(uint64_t pc, unsigned stub) {
  struct preempt_arch_loop loop = preempt_arch_loops[judged->widest][stubs[stub].state_class];
  return pc >= (uintptr_t)loop.start && pc < (uintptr_t)loop.end;
}

static void preempt(int signal, siginfo_t *info, void *argument) {
  (void)signal, (void)info;
  ucontext_t *context = argument;
  struct judged_task *task = &judged->tasks[judged->current];
  const struct judged_stub *stub = &stubs[task->stub];
  if (!judged_is_filled(preempt_arch_pc(context), task->stub)
      || preempt_arch_live_class(context, judged->enabled) != (int)stub->state_class) {
    judged->refusals++;
    return;
  }
  task->seen = *context;
  preempt_arch_inject(context, (const char *)judged_stub_start(task->stub), task->area, &judged->m);
  judged->injections++;
}

/* On the system stack, right after a task has left its own. */
struct preempt_resume preempt_schedule(struct preempt_m *m, void *stack_pointer, uintptr_t reason) {
  (void)m;
  struct judged_task *task = &judged->tasks[judged->current];
  if (stack_pointer) {
    task->stack_pointer = stack_pointer;
    if (reason == LEAVE_TO_START) setcontext(&judged->start);
    task->value = (uintptr_t)task->area;
    judged->current ^= 1;
  }
  task = &judged->tasks[judged->current];
  return (struct preempt_resume){task->stack_pointer, task->value};
}

static uint64_t next(void) {
  static uint64_t state = SEED | 1;
  state ^= state << 13, state ^= state >> 7, state ^= state << 17;
  return state;
}

/* The byte with weight 256^i of a rule's bits. */
static uint8_t byte_of(uint64_t bits, unsigned i, unsigned byte_count) {
  return (uint8_t)(bits >> 8 * (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? i : byte_count - 1 - i));
}

/* What a filling may put into each bit, and what is compared, for the class of the task's stub. */
static void prepare(struct judged_task *task) {
  memset(&task->rules, 0, sizeof task->rules);
  for (unsigned i = 0; i < PREEMPT_ARCH_FIELDS; i++) {
    const struct preempt_arch_field *field = &preempt_arch_fields[i];
    unsigned start = field->image_offset[judged->widest], end = field->image_bytes[judged->widest], run = 0;
    unsigned covered = field->saved_bytes[stubs[task->stub].state_class];
    for (unsigned at = 0; at < end; run++) {
      const struct preempt_arch_bits *bits = &field->bits[run % field->bits_count];
      for (unsigned j = 0; j < bits->byte_count && at < end; j++, at++) {
        task->rules.free.bytes[start + at] = byte_of(bits->free, j, bits->byte_count);
        task->rules.set.bytes[start + at] = byte_of(bits->set, j, bits->byte_count);
        task->rules.is_filled.bytes[start + at] = at < covered ? 0xff : 0;
        task->rules.initial.bytes[start + at] = at < covered ? 0 : byte_of(bits->initial, j, bits->byte_count);
        // What another register holds too is compared there.
        if (at < covered || (bits->is_initial_known && field->stands_in < 0))
          task->rules.compared.bytes[start + at] = byte_of(bits->compared, j, bits->byte_count);
      }
    }
  }
  unsigned red_zone = PREEMPT_ARCH_FRAME_BYTES - PREEMPT_ARCH_RED_ZONE_BYTES;
  memset(task->rules.free.bytes + red_zone, 0xff, PREEMPT_ARCH_RED_ZONE_BYTES);
  memset(task->rules.is_filled.bytes + red_zone, 0xff, PREEMPT_ARCH_RED_ZONE_BYTES);
  memset(task->rules.compared.bytes + red_zone, 0xff, PREEMPT_ARCH_RED_ZONE_BYTES);
}

static void fill(struct judged_task *task) {
  for (unsigned i = 0; i < IMAGE_WORDS; i++)
    task->in.words[i] = (next() & task->rules.free.words[i]) | task->rules.set.words[i];
}

static void compare(struct judged_task *task) {
  for (unsigned i = 0; i < IMAGE_WORDS; i++) {
    uint64_t expected = (task->in.words[i] & task->rules.is_filled.words[i]) | task->rules.initial.words[i];
    if (!((expected ^ task->out.words[i]) & task->rules.compared.words[i])) continue;
    task->mismatches++;
    task->mismatch = "red zone";
    for (unsigned j = 0; j < PREEMPT_ARCH_FIELDS; j++) {
      const struct preempt_arch_field *field = &preempt_arch_fields[j];
      unsigned start = field->image_offset[judged->widest], end = start + field->image_bytes[judged->widest];
      if (start < i * 8 + 8 && i * 8 < end) task->mismatch = field->name;
    }
  }
}

static void run_task(unsigned index) {
  struct judged_task *task = &judged->tasks[index];
  preempt_mcall(&judged->m, LEAVE_TO_START);
  for (;;) {
    if (task->stub != judged->stub || !task->rounds) {
      task->stub = judged->stub;
      prepare(task);
    }
    fill(task);
    if (judged->is_timed) {
      struct itimerspec once = {.it_value.tv_nsec = NANOSECONDS};
      timer_settime(timer, 0, &once, NULL);
    }
    // What the C library leaves in use would count as live.
    preempt_arch_initialize(judged->widest);
    preempt_arch_probe(stubs[task->stub].state_class, judged->widest)(
        &task->in, &task->out, judged->is_timed ? TIMED_ROUNDS : ROUNDS);
    compare(task);
    task->rounds++;
  }
}

static void run_system(void) {
  judged->is_running = 1;
  preempt_enter(&judged->m);
}

static void on_stack(ucontext_t *context, void *stack, void (*body)(void), int argument) {
  getcontext(context);
  context->uc_stack.ss_sp = stack;
  context->uc_stack.ss_size = JUDGED_STACK_BYTES;
  context->uc_link = NULL;
  makecontext(context, body, 1, argument);
}

void judged_prepare(void) {
  judged = mmap(NULL, sizeof *judged, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (judged == MAP_FAILED) abort();
  judged->enabled = preempt_enabled_components();
  judged->widest = (unsigned)preempt_arch_widest(judged->enabled);
  // Stubs are in the order of their widths: a machine has the first ones.
  for (unsigned stub = 0; stub < STUB_COUNT; stub++) judged->stub_count += stubs[stub].widest <= judged->widest;
}

void judged_run(void) {
  stack_t alternate = {.ss_size = (size_t)sysconf(_SC_MINSIGSTKSZ) + 16384};
  alternate.ss_sp = malloc(alternate.ss_size);
  sigaltstack(&alternate, NULL);
  struct sigaction action = {.sa_sigaction = preempt, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART};
  sigaction(SIGURG, &action, NULL);
  struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGURG};
  timer_create(CLOCK_MONOTONIC, &event, &timer);

  // Each task leaves its stack once, so that it is parked as any other.
  static ucontext_t context;
  for (unsigned index = 0; index < JUDGED_TASKS; index++) {
    judged->current = index;
    judged->m.system_stack_pointer = judged->stacks[1] + JUDGED_STACK_BYTES;
    on_stack(&context, judged->stacks[index * 2], (void (*)(void))run_task, (int)index);
    swapcontext(&judged->start, &context);
  }
  judged->current = 0;
  on_stack(&context, judged->stacks[1], run_system, 0);
  setcontext(&context);
  abort();
}

/* For a test of what is said where ptrace isn't allowed: from here on it isn't. */
static void forbid_ptrace(void) {
  struct sock_filter filter[] = {
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_ptrace, 0, 1),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = {sizeof filter / sizeof *filter, filter};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program)) abort();
}

/* 0 or 3: whether a child may be traced, as a debugger starts one. */
static int may_trace(void) {
  pid_t child = fork();
  if (!child) _exit(ptrace(PTRACE_TRACEME, 0, 0, 0) ? errno : 0);
  int status = 0;
  if (child > 0 && waitpid(child, &status, 0) == child && status == 0) return 0;
  fprintf(stderr, "ptrace isn't allowed here: %s\n", strerror(child < 0 ? errno : WEXITSTATUS(status)));
  return 3;
}

/* Only in the program with judge.c; -1 where it knows no such mode. */
__attribute__((weak)) int judge(const char *mode, unsigned part, unsigned parts);

int main(int argc, char **argv) {
  const char *mode = argc > 1 ? argv[1] : "";
  // What started this may have blocked signals that a debugger waits for.
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  if (getenv("JUDGE_FORBID_PTRACE")) forbid_ptrace();
  if (argc > 2 && !strcmp(mode, "exec")) {
    execv(argv[2], argv + 2);
    perror(argv[2]);
    return 2;
  }
  if (argc == 2 && !strcmp(mode, "may-trace")) return may_trace();
  unsigned part, parts;
  if (argc == 3 && judge && sscanf(argv[2], "%u/%u", &part, &parts) == 2 && part > 0 && part <= parts) {
    int result = judge(mode, part, parts);
    if (result >= 0) return result;
  }
  if (argc != 2 || strcmp(mode, "loop")) {
    fprintf(stderr, "usage: %s loop | may-trace | exec PROGRAM ARGUMENT…%s\n", argv[0], judge ? " | libunwind I/N | frame-pointer I/N | detach I/N" : "");
    return 2;
  }
  judged_prepare();
  judged->is_timed = 1;
  judged_run();
}
