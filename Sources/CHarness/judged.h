/* The program that judges look at: two tasks on one thread, preempted inside their register probes. */
#ifndef JUDGED_H
#define JUDGED_H

#include "probe.h"

#include "CPreempt.h"
#include "tables.h"

enum {
  JUDGED_TASKS = 2,
  JUDGED_STACK_BYTES = 1 << 16,
  IMAGE_BYTES = PREEMPT_ARCH_IMAGE_BYTES,
  IMAGE_WORDS = IMAGE_BYTES / 8,
  AREA_BYTES = (PREEMPT_ARCH_AREA_BYTES + 63) / 64 * 64,
};

union judged_image {
  unsigned char bytes[IMAGE_BYTES];
  uint64_t words[IMAGE_WORDS];
} __attribute__((aligned(64)));

struct judged_task {
  /* What its probe loads and stores. */
  union judged_image in, out;
  struct {
    /* Bits of any value, bits that are one, bytes that the class fills, what the others hold, bits that count. */
    union judged_image free, set, is_filled, initial, compared;
  } rules;
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
/* Whether the PC is where the probe of that stub's class has filled everything. */
int judged_is_filled(uint64_t pc, unsigned stub);
/* Runs until it is killed. */
void judged_run(void) __attribute__((noreturn));
/* Address of a stub, and of the first byte behind it. */
uint64_t judged_stub_start(unsigned stub);
uint64_t judged_stub_end(unsigned stub);

struct preempt_resume preempt_schedule(struct preempt_m *m, void *stack_pointer, uintptr_t reason);

#endif
