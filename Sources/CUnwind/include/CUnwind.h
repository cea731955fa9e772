/* libunwind as an independent judge of one step out of a frame.

   It is loaded at run time: linked, it would export _Unwind_* symbols to the Swift runtime, and a machine without it
   could not run the rest. The header is needed to build the step; without it every call says so. */
#ifndef CUNWIND_H
#define CUNWIND_H

#include <stdint.h>

/* A register's value at the frame to step out of, by its byte offset in ucontext_t. */
struct unwind_input {
  uint32_t context_offset;
  uint64_t value;
};

enum {
  UNWIND_OK = 0,
  /* libunwind.h was absent when this was built. */
  UNWIND_NOT_BUILT = 1,
  /* The library can't be loaded. */
  UNWIND_NO_LIBRARY = 2,
};

/* Loads libunwind from `path`, or by its usual name where that is NULL. */
int unwind_load(const char *path);

/* Takes `steps` steps from a frame whose registers are `inputs`; `columns` receives the 17 registers of the frame
   reached, by DWARF number. Returns libunwind's result of the last step: positive, 0 at the end of the chain,
   negative an error; -100 if it isn't loaded. */
int unwind_step(const struct unwind_input *inputs, int input_count, int steps, uint64_t *columns);

#endif
