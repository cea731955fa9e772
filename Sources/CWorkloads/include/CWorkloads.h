/* Loops that never yield: what the demo computes, what tests preempt, what the benchmark kicks.
   Each is deterministic in its arguments, so that a disturbed register shows in the result. */
#ifndef CWORKLOADS_H
#define CWORKLOADS_H

#include <stdint.h>

/* The demo's batches. */
uint64_t workload_integers(uint64_t seed, uint64_t rounds);
double workload_doubles(double start, uint64_t rounds);
/* 256-bit vectors where the machine has AVX2, else 128-bit. */
uint64_t workload_vectors(uint64_t seed, uint64_t rounds);
/* A chain of additions with carry: one lost flag changes the sum. */
uint64_t workload_flags(uint64_t seed, uint64_t rounds);
/* x87 arithmetic with comparisons between fucompp and fnstsw. */
uint64_t workload_x87(uint64_t seed, uint64_t rounds);

/* Loops until *stop is not zero. */
void workload_empty_loop(const volatile int *stop);
uint64_t workload_call_loop(const volatile int *stop);
uint64_t workload_frameless_loop(const volatile int *stop);
/* Counts up until *stop is not zero. */
void workload_count(const volatile int *stop, volatile uint64_t *count);

/* Returns how often the result of an x87 comparison was wrong in `rounds` rounds of fucompp, a pause, fnstsw. */
uint64_t workload_x87_compare(uint64_t rounds);
/* One such comparison with `pause` times round a loop between fucompp and fnstsw; returns whether it came out wrong. */
int workload_x87_compare_across(uint64_t value, uint64_t pause);
/* Keeps words in the red zone of a leaf and returns how many changed. */
uint64_t workload_red_zone(uint64_t seed, uint64_t rounds);
/* Keeps the complement of `hidden` for `rounds` rounds in one place alone: a general-purpose register, a word of the red
   zone, a local of its own or of its caller, an argument on the stack, its own or one for the next call. *pin, which keeps it before and after, is zero meanwhile. Returns the
   complement of what it found there. */
uint64_t workload_keep(int place, uint64_t hidden, uint64_t rounds, uint64_t *pin);
int workload_place_count(void);
/* The register's name, or for example "red zone -8"; NULL beyond the last. */
const char *workload_place_name(int place);
/* Stops in a C library function: memset over and over. */
void workload_libc(const volatile int *stop);
/* clock_gettime over and over: the vDSO. */
void workload_vdso(const volatile int *stop);
/* Goes down the stack until its guard. */
uint64_t workload_overflow(uint64_t depth);

/* Sends `count` SIGURGs to the calling thread by system call, writing `now` to *request before each where it isn't NULL. */
void workload_kick(uint64_t count, volatile uint64_t *request, uint64_t now);
/* The same below `depth` frames of its own. */
uint64_t workload_kick_below(uint64_t depth, uint64_t count, volatile uint64_t *request, uint64_t now);

/* Pins the calling thread to `cpu`, or to the last allowed one where that is negative. Returns the CPU, or -1. */
int workload_pin(int cpu);

/* Loops until *stop is not zero with the bits set in RFLAGS. */
void workload_spin_with_flags(const volatile int *stop, uint64_t bits);
/* Loops until *stop is not zero with that stack pointer. */
void workload_spin_on_stack(const volatile int *stop, uintptr_t stack_pointer);
/* Sends `signal` to the calling thread, whose handler sets *entered and loops until *stop is not zero. */
void workload_spin_in_handler(int signal, int on_alternate_stack, const volatile int *stop, volatile int *entered);
/* Installs a handler that counts, and hands on to the one there was where `hands_on` is not zero. */
void workload_install_counter(int signal, int hands_on);
int workload_counted_signals(void);
/* Sends `signal` to the calling thread. */
void workload_signal_self(int signal);

/* Where the vDSO is mapped, 0 where there is none. */
uintptr_t workload_vdso_start(void);

/* Bounds of the section with all of the above. */
uintptr_t workload_start(void);
uintptr_t workload_end(void);

/* Sorts two numbers by qsort with a comparator that sets *entered and spins until *stop. */
void workload_sort(const volatile int *stop, volatile int *entered);
/* Spins below `depth` frames of its own: makes *stop negative when it does, and goes on until it isn't. */
uint64_t workload_deep(uint64_t depth, volatile int *stop);
/* Adds one to *counter until *stop: load, a pause, store, which must begin again where they are interrupted. Returns
   how often it added. */
uint64_t workload_restartable(volatile uint64_t *counter, const volatile int *stop);
uintptr_t workload_restartable_start(void);
uintptr_t workload_restartable_end(void);
/* A function (const volatile int *stop) as a JIT would write it, with a frame, at `memory`: its byte count. */
uintptr_t workload_write_jitted(void *memory);

#endif
