/* What tasks of the tests run that Swift can't spell: thread-locals, C++ exceptions, restartable sequences, string
   instructions. */
#ifndef CBODIES_H
#define CBODIES_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A thread-local that begins as 42. */
int64_t bodies_local(void);
void bodies_set_local(int64_t value);
int64_t *bodies_local_address(void);

/* Throws `number`, catches it, throws it on from the handler, and catches it again; calls `pause` while the exception
   is under way, in each handler, and between. Returns how often something else than this task's own state was found. */
int bodies_throw(int number, void (*pause)(void));

/* read(2) with the system call in registered code; the count, or a negative errno. */
int64_t bodies_read(int file, void *bytes, uint64_t byte_count);

/* Copies with one string instruction, which a signal can interrupt half-way. */
void bodies_copy(void *to, const void *from, uint64_t byte_count);
/* That instruction's address. */
uintptr_t bodies_copy_instruction(void);

/* Adds 1 to counters[CPU] `times` times, each in a restartable sequence (rseq(2)) of `pause` rounds; adds how often one
   was aborted to *aborts. Returns -1 where the C library registered none, else 0. */
int bodies_count_per_cpu(uint64_t *counters, uint64_t times, uint64_t pause, uint64_t *aborts);

/* Forks; the child only executes `path`. Returns its exit status, or -1. */
int bodies_fork(const char *path);

/* Handles `signal` on the alternate stack: counts how often it came inside [start, end), and there flips a bit of the
   byte at `flipped` of the frame's extended state, or none if that is negative. */
void bodies_handle_between(int signal, uintptr_t start, uintptr_t end, int64_t flipped);
uint64_t bodies_handled_between(void);

/* Bounds of the section with the three above that are registered. */
uintptr_t bodies_start(void);
uintptr_t bodies_end(void);

#ifdef __cplusplus
}
#endif
#endif
