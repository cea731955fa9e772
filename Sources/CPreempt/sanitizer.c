/* Tells AddressSanitizer about each switch of stacks: it keeps the bounds of the current one, and frames of its own for
   locals that must not be used after a return.

   Both calls of a switch are made on the system stack, around preempt_schedule, which is instrumented itself: what it
   takes from the sanitizer it gives back to the same stack. Not instrumented, as both belong to no stack. */

#include "CPreempt.h"

#ifdef PREEMPT_ADDRESS_SANITIZER

#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>

struct preempt_resume preempt_schedule(struct preempt_m *m, void *stack_pointer, uintptr_t reason);
uintptr_t preempt_stack_low(const struct preempt_g *g);
uintptr_t preempt_stack_high(const struct preempt_g *g);

__attribute__((no_sanitize("address"))) struct preempt_resume preempt_schedule_announced(
    struct preempt_m *m, void *stack_pointer, uintptr_t reason) {
  struct preempt_g *g = m->current_g;
  if (g) {
    uintptr_t low = preempt_stack_low(g), high = preempt_stack_high(g);
    __sanitizer_start_switch_fiber(
        reason == PREEMPT_LEAVE_BY_EXIT ? NULL : &g->sanitizer_stack, m->sanitizer_low, m->sanitizer_byte_count);
    __sanitizer_finish_switch_fiber(m->sanitizer_stack, NULL, NULL);
    // The next G of this stack doesn't know about the frames that were never left.
    if (reason == PREEMPT_LEAVE_BY_EXIT) __asan_unpoison_memory_region((void *)low, high - low);
  }
  struct preempt_resume resume = preempt_schedule(m, stack_pointer, reason);
  if ((g = m->current_g)) {
    uintptr_t low = preempt_stack_low(g);
    __sanitizer_start_switch_fiber(&m->sanitizer_stack, (const void *)low, preempt_stack_high(g) - low);
    __sanitizer_finish_switch_fiber(g->sanitizer_stack, &m->sanitizer_low, &m->sanitizer_byte_count);
  }
  return resume;
}

#endif
