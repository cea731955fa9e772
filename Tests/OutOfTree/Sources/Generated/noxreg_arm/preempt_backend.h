/* Generated from backend noxreg_arm by `preempt generate`; edit Arch/, not this file. */

#ifndef PREEMPT_BACKEND_H
#define PREEMPT_BACKEND_H
#include "preempt.h"

#define PREEMPT_BACKEND_SAVES_ON_STACK 1
#define PREEMPT_BACKEND_FRAME_BYTES 76
#define PREEMPT_BACKEND_RED_ZONE_BYTES 0
#define PREEMPT_BACKEND_FRAME_BASE_WORD (-8)
#define PREEMPT_BACKEND_PC_WORD (-4)
#define PREEMPT_BACKEND_CLASS_COUNT 2
#define PREEMPT_BACKEND_PREEMPTED_REASON 16
#define PREEMPT_BACKEND_PC_CONTEXT 92
#define PREEMPT_BACKEND_SP_CONTEXT 84
#define PREEMPT_BACKEND_FRAME_BASE_CONTEXT 76
#define PREEMPT_BACKEND_FLAGS_CONTEXT 96
#define PREEMPT_BACKEND_SIGNAL_MASK_CONTEXT 104
#define PREEMPT_BACKEND_CONTEXT_REGISTERS 32
#define PREEMPT_BACKEND_CONTEXT_REGISTER_COUNT 17
#define PREEMPT_BACKEND_IS_RESUMED_BY_KERNEL 0
#define PREEMPT_BACKEND_RETURN_ADDRESS_COLUMN 15
#define PREEMPT_BACKEND_STACK_POINTER_COLUMN 13
#define PREEMPT_BACKEND_AREA_ALIGNMENT_BYTES 64
#define PREEMPT_BACKEND_INTEGER_SLOT_COUNT 14
#define PREEMPT_BACKEND_FRAME_REGISTER_COUNT 16

typedef struct preempt_noxreg_arm_extended_state preempt_backend_extended_state;

static inline const char *preempt_backend_name(void) { return "noxreg_arm"; }
static inline PREEMPT_SIGNAL_SAFE int preempt_backend_area_bytes(int index) {
  return index == 0 ? 128 : index == 1 ? 256 : 0;
}
static inline PREEMPT_SIGNAL_SAFE int preempt_backend_required_stack_bytes(int index) {
  return index == 0 ? 372 : index == 1 ? 500 : 4096;
}
static inline PREEMPT_SIGNAL_SAFE int preempt_backend_vector_bytes(int index) {
  return index == 0 ? 128 : index == 1 ? 256 : 0;
}
static inline PREEMPT_SIGNAL_SAFE int preempt_backend_integer_slot(int index) {
  return index == 0 ? -8 : index == 1 ? -12 : index == 2 ? -28 : index == 3 ? -32 : index == 4 ? -36 : index == 5 ? -40 : index == 6 ? -44 : index == 7 ? -48 : index == 8 ? -52 : index == 9 ? -56 : index == 10 ? -60 : index == 11 ? -64 : index == 12 ? -68 : index == 13 ? -72 : 0;
}
static inline PREEMPT_SIGNAL_SAFE uint64_t preempt_backend_refused_flags(void) {
  return 117505536u;
}
static inline PREEMPT_SIGNAL_SAFE const char * preempt_backend_entry(unsigned index, unsigned widest) {
  return preempt_noxreg_arm_entry(index, widest);
}
static inline PREEMPT_SIGNAL_SAFE int preempt_backend_widest(uint64_t enabled) {
  return preempt_noxreg_arm_widest(enabled);
}
static inline PREEMPT_SIGNAL_SAFE int preempt_backend_live_class(const ucontext_t *context, uint64_t enabled) {
  return preempt_noxreg_arm_live_class(context, enabled);
}
static inline PREEMPT_SIGNAL_SAFE void preempt_backend_inject(ucontext_t *context, const char *entry, void *area, void *switch_context) {
  preempt_noxreg_arm_inject(context, entry, area, switch_context);
}
static inline PREEMPT_SIGNAL_SAFE void preempt_backend_fill_signal_frame(void *signal_frame, uint64_t cfa, const void *area, unsigned state_class, const stack_t *stack, const void *signal_mask) {
  __builtin_trap();
}
static inline const char *preempt_backend_class_name(int index) { return index == 0 ? "d16" : index == 1 ? "d32" : "?"; }

/* A register in the frame: bytes from the CFA, bytes into ucontext_t or -1, unwinder's column or -1. */
struct preempt_backend_register {
  const char *name;
  int offset, byte_count, context_offset, column;
};
static inline struct preempt_backend_register preempt_backend_frame_register(int index) {
  static const struct preempt_backend_register registers[] = {
    {"r11", -8, 4, 76, 11},
    {"r12", -12, 4, 80, 12},
    {"cpsr", -16, 4, 96, -1},
    {"r0", -28, 4, 32, 0},
    {"r1", -32, 4, 36, 1},
    {"r2", -36, 4, 40, 2},
    {"r3", -40, 4, 44, 3},
    {"r4", -44, 4, 48, 4},
    {"r5", -48, 4, 52, 5},
    {"r6", -52, 4, 56, 6},
    {"r7", -56, 4, 60, 7},
    {"r8", -60, 4, 64, 8},
    {"r9", -64, 4, 68, 9},
    {"r10", -68, 4, 72, 10},
    {"lr", -72, 4, 88, 14},
    {"fpscr", -76, 4, -1, -1},
  };
  return registers[index];
}

#endif
