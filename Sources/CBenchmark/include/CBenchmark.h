/* What `preempt bench` times and Swift can't spell: stubs and the raw switch without a runtime behind them, each beside
   what it is held against. */
#ifndef CBENCHMARK_H
#define CBENCHMARK_H

#include <stdint.h>

/* The generated stub for a live class (0 sse, 1 avx, 2 avx512) where `widest` is the widest enabled, assembled once
   more with a callee that returns at once in preempt_mcall's place; NULL where there is none. */
const void *benchmark_stub(unsigned width, unsigned widest);
/* What such a stub can't do without, written by hand. */
const void *benchmark_baseline(unsigned width, unsigned widest);
/* Enters a stub or a baseline `times` times as a signal handler's return would: five words below the red zone, a jump.
   `area` is the save area, 64-aligned. */
void benchmark_enter_stub(const void *entry, void *area, uint64_t times);

/* Switches `times` times, 2 at least, between two stacks with preempt_mcall and the half of it that goes back, behind
   a scheduler that does nothing but name the other. */
void benchmark_switch(uint64_t times);
/* The same with Boost.Context's jump_fcontext; the two are what its shared library exports. */
void benchmark_switch_boost(uint64_t times, void *jump_fcontext, void *make_fcontext);

/* Compute: integers in registers, in code that a benchmark may register. Returns a value that depends on all of it. */
uint64_t benchmark_compute(uint64_t seed, uint64_t rounds);
/* Each round is a memset of 16 KiB and `integer_rounds` rounds of the above. */
uint64_t benchmark_compute_in_libc(uint64_t seed, uint64_t rounds, uint64_t integer_rounds);
/* Stores `value` to *word over and over until *stop is not zero. */
void benchmark_publish(volatile uint64_t *word, uint64_t value, const volatile int *stop);
/* Waits until *word is no longer `value` and returns the nanoseconds of CLOCK_MONOTONIC then, or zero after
   `nanoseconds`. */
uint64_t benchmark_await_change(const volatile uint64_t *word, uint64_t value, uint64_t nanoseconds);
/* Pins the calling thread to `cpu`, also where it was pinned to another. Returns 0, or -1. */
int benchmark_pin(int cpu);
/* `count` times the nanoseconds from a thread on `from` that sends a signal until an empty handler begins in a thread
   that loops on `to`: what no request from another CPU can be quicker than. Returns 0, or an errno. */
int benchmark_signal_elsewhere(int from, int to, double *nanoseconds, int count);
/* Bounds of the section with compute and publish. */
uintptr_t benchmark_code_start(void);
uintptr_t benchmark_code_end(void);

#endif
