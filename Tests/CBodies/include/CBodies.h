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

#ifdef __cplusplus
}
#endif
#endif
