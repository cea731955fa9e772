#define _GNU_SOURCE
#include "CUnwind.h"

#include <dlfcn.h>
#include <stddef.h>
#include <string.h>
#include <ucontext.h>

#if __has_include(<libunwind.h>)
#define UNW_LOCAL_ONLY
#include <libunwind.h>

// The macros name the target's own symbols: spelled here as strings, so that nothing is linked.
#define STRING2(x) #x
#define STRING(x) STRING2(x)

static int (*init_local)(unw_cursor_t *, unw_context_t *, int);
static int (*step)(unw_cursor_t *);
static int (*get_register)(unw_cursor_t *, int, unw_word_t *);

int unwind_load(const char *path) {
  void *library = dlopen(path ? path : "libunwind.so.8", RTLD_NOW | RTLD_LOCAL);
  if (!library) return UNWIND_NO_LIBRARY;
  *(void **)&init_local = dlsym(library, STRING(UNW_OBJ(init_local2)));
  *(void **)&step = dlsym(library, STRING(UNW_OBJ(step)));
  *(void **)&get_register = dlsym(library, STRING(UNW_OBJ(get_reg)));
  return init_local && step && get_register ? UNWIND_OK : UNWIND_NO_LIBRARY;
}

int unwind_step(const struct unwind_input *inputs, int input_count, int steps, uint64_t *columns) {
  if (!step) return -100;
  unw_context_t context;
  memset(&context, 0, sizeof context);
  for (int i = 0; i < input_count; i++)
    memcpy((char *)&context + inputs[i].context_offset, &inputs[i].value, sizeof inputs[i].value);
  unw_cursor_t cursor;
  int result = init_local(&cursor, &context, UNW_INIT_SIGNAL_FRAME);
  if (result < 0) return result;
  for (int i = 0; i < steps; i++) {
    result = step(&cursor);
    if (result <= 0) return result;
  }
  for (int i = 0; i <= 16; i++) {
    unw_word_t value = 0;
    int error = get_register(&cursor, i, &value);
    if (error < 0) return error;
    columns[i] = value;
  }
  return result;
}

#else

int unwind_load(const char *path) { return UNWIND_NOT_BUILT; }
int unwind_step(const struct unwind_input *inputs, int input_count, int steps, uint64_t *columns) {
  return -100;
}

#endif
