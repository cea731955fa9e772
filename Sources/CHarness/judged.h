/* The program that judges look at: two tasks on one thread, preempted inside their register probes. */
#ifndef JUDGED_H
#define JUDGED_H

#include "preempt.h"

#include "CPreempt.h"
#include "tables.h"

/* The names of one backend, without naming it. */
#define JUDGED_JOIN(backend, name) preempt_##backend##_##name
#define JUDGED_EXPAND(backend, name) JUDGED_JOIN(backend, name)
#define BACKEND(name) JUDGED_EXPAND(BACKEND_NAME, name)

enum { JUDGED_TASKS = 2, JUDGED_STACK_BYTES = 1 << 16 };

struct judged_task {
  unsigned char in[IMAGE_BYTES] __attribute__((aligned(64))), out[IMAGE_BYTES] __attribute__((aligned(64)));
  unsigned char area[AREA_BYTES] __attribute__((aligned(64)));
  /* Where it is parked, and what preempt_mcall will return to it. */
  void *stack_pointer;
  uintptr_t value;
  /* The stub that the round it is in asks for: an index into `stubs`. */
  volatile unsigned stub;
  /* Fillings of all registers that were compared, and registers that differed. */
  volatile uint64_t rounds, mismatches;
  const char *mismatch;
  /* What the handler saw when it injected the last call. */
  ucontext_t seen;
};

struct judged {
  struct preempt_m m;
  struct judged_task tasks[JUDGED_TASKS];
  /* The first task's stack lies below the system stack, the second one's above it. */
  unsigned char stacks[JUDGED_TASKS + 1][JUDGED_STACK_BYTES] __attribute__((aligned(4096)));
  volatile unsigned is_running, current;
  /* The stub that rounds to come ask for. */
  volatile unsigned stub;
  /* A SIGURG comes in every round by itself. */
  volatile unsigned is_timed;
  volatile uint64_t injections, refusals;
  uint64_t enabled;
  unsigned widest, stub_count;
  ucontext_t start;
};

/* Shared with whoever forked it. */
extern struct judged *judged;

void judged_prepare(void);
/* Runs until it is killed. */
void judged_run(void) __attribute__((noreturn));
/* Address of a stub, and of the first byte behind it. */
uint64_t judged_stub_start(unsigned stub);
uint64_t judged_stub_end(unsigned stub);

struct preempt_resume preempt_schedule(struct preempt_m *m, void *stack_pointer, uintptr_t reason);

#endif
