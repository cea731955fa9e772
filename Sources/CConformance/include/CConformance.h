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

#endif
