/* The inner loops of the conformance harness, in C so that a debug build spends its time in the probes. */
#ifndef CCONFORMANCE_H
#define CCONFORMANCE_H

#include <stdint.h>

/* splitmix64: fills `count` words from *state. */
static inline void conformance_fill(uint64_t *words, uint64_t count, uint64_t *state) {
  for (uint64_t i = 0; i < count; i++) {
    uint64_t value = *state += 0x9e3779b97f4a7c15u;
    value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9u;
    value = (value ^ value >> 27) * 0x94d049bb133111ebu;
    words[i] = value ^ value >> 31;
  }
}

/* Whether `a` and `b` differ in a bit of `mask`, over `count` words. */
static inline int conformance_differs(const uint64_t *a, const uint64_t *b, const uint64_t *mask, uint64_t count) {
  uint64_t difference = 0;
  for (uint64_t i = 0; i < count; i++) difference |= (a[i] ^ b[i]) & mask[i];
  return difference != 0;
}

/* What to do with a thread stopped at an instruction of a stub. */
enum conformance_action {
  /* Detach: what a stepper left in flags or frame would show. */
  CONFORMANCE_DETACH,
  /* Detach and deliver SIGURG there, as a request of the runtime: *pending is set first. */
  CONFORMANCE_SIGNAL,
};

/* The section that holds stubs and preempt_mcall, and where a stub begins. */
struct conformance_section {
  uint64_t start, end;
  uint64_t entries[16];
  int entry_count;
};

/* Attaches to `thread`, waits for its next injected call, and takes the action at the `index`th instruction executed
   in the section from there on: through the stub and preempt_mcall into the next task. What runs outside, on the
   system stack, is passed over. Returns 1 when it did, 0 when the way back to a task has fewer instructions, a
   negative errno otherwise. *pc receives where it stopped; `pending` is the flag to set before a second signal. */
int conformance_step(
    int thread, const struct conformance_section *section, uint64_t pending, int index, enum conformance_action action,
    uint64_t *pc);

#endif
