/* Of the programs that step another by ptrace (harness.c, judge.c). */
#ifndef PROCESSOR_H
#define PROCESSOR_H

#include <sched.h>

/* One for both, where it is called before the fork: a step is a switch to the other and back, and waking another processor
   takes longer. */
static inline void stay_on_this_processor(void) {
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(sched_getcpu(), &one);
  sched_setaffinity(0, sizeof one, &one);
}

#endif
