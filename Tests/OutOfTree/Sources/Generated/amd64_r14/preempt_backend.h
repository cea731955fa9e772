/* Generated from backend amd64_r14 by `preempt generate`; edit Arch/, not this file. */

#ifndef PREEMPT_BACKEND_H
#define PREEMPT_BACKEND_H
#include "preempt.h"

#define PREEMPT_BACKEND_SAVES_ON_STACK 0
#define PREEMPT_BACKEND_FRAME_BYTES 280
#define PREEMPT_BACKEND_RED_ZONE_BYTES 128
#define PREEMPT_BACKEND_FRAME_BASE_WORD (-144)
#define PREEMPT_BACKEND_PC_WORD (-136)
#define PREEMPT_BACKEND_CLASS_COUNT 6
#define PREEMPT_BACKEND_PREEMPTED_REASON 16
#define PREEMPT_BACKEND_PC_CONTEXT 168
#define PREEMPT_BACKEND_SP_CONTEXT 160
#define PREEMPT_BACKEND_FRAME_BASE_CONTEXT 120
#define PREEMPT_BACKEND_FLAGS_CONTEXT 176
#define PREEMPT_BACKEND_SIGNAL_MASK_CONTEXT 296
#define PREEMPT_BACKEND_CONTEXT_REGISTERS 40
#define PREEMPT_BACKEND_CONTEXT_REGISTER_COUNT 18
#define PREEMPT_BACKEND_IS_RESUMED_BY_KERNEL 0
#define PREEMPT_BACKEND_RETURN_ADDRESS_COLUMN 16
#define PREEMPT_BACKEND_STACK_POINTER_COLUMN 7
#define PREEMPT_BACKEND_AREA_ALIGNMENT_BYTES 64
#define PREEMPT_BACKEND_INTEGER_SLOT_COUNT 14
#define PREEMPT_BACKEND_FRAME_REGISTER_COUNT 17

typedef struct preempt_amd64_r14_extended_state preempt_backend_extended_state;

static inline const char *preempt_backend_name(void) { return "amd64_r14"; }
static inline PREEMPT_SIGNAL_SAFE int preempt_backend_area_bytes(int index) {
  return index == 0 ? 256 : index == 1 ? 364 : index == 2 ? 512 : index == 3 ? 620 : index == 4 ? 2112 : index == 5 ? 2220 : 0;
}
static inline PREEMPT_SIGNAL_SAFE int preempt_backend_required_stack_bytes(int index) {
  return index == 0 ? 360 : index == 1 ? 360 : index == 2 ? 360 : index == 3 ? 360 : index == 4 ? 360 : index == 5 ? 360 : 4096;
}
static inline PREEMPT_SIGNAL_SAFE int preempt_backend_vector_bytes(int index) {
  return index == 0 ? 256 : index == 1 ? 256 : index == 2 ? 512 : index == 3 ? 512 : index == 4 ? 2112 : index == 5 ? 2112 : 0;
}
static inline PREEMPT_SIGNAL_SAFE int preempt_backend_integer_slot(int index) {
  return index == 0 ? -144 : index == 1 ? -176 : index == 2 ? -184 : index == 3 ? -192 : index == 4 ? -200 : index == 5 ? -208 : index == 6 ? -216 : index == 7 ? -224 : index == 8 ? -232 : index == 9 ? -240 : index == 10 ? -248 : index == 11 ? -256 : index == 12 ? -264 : index == 13 ? -272 : 0;
}
static inline PREEMPT_SIGNAL_SAFE uint64_t preempt_backend_refused_flags(void) {
  return 278784u;
}
static inline PREEMPT_SIGNAL_SAFE const char * preempt_backend_entry(unsigned index, unsigned widest) {
  return preempt_amd64_r14_entry(index, widest);
}
static inline PREEMPT_SIGNAL_SAFE int preempt_backend_widest(uint64_t enabled) {
  return preempt_amd64_r14_widest(enabled);
}
static inline PREEMPT_SIGNAL_SAFE int preempt_backend_live_class(const ucontext_t *context, uint64_t enabled) {
  return preempt_amd64_r14_live_class(context, enabled);
}
static inline PREEMPT_SIGNAL_SAFE void preempt_backend_inject(ucontext_t *context, const char *entry, void *area, void *switch_context) {
  preempt_amd64_r14_inject(context, entry, area, switch_context);
}
static inline PREEMPT_SIGNAL_SAFE void preempt_backend_fill_signal_frame(void *signal_frame, uint64_t cfa, const void *area, unsigned state_class, const stack_t *stack, const void *signal_mask) {
  __builtin_trap();
}
static inline const char *preempt_backend_class_name(int index) { return index == 0 ? "sse" : index == 1 ? "sse_x87" : index == 2 ? "avx" : index == 3 ? "avx_x87" : index == 4 ? "avx512" : index == 5 ? "avx512_x87" : "?"; }

/* A register in the frame: bytes from the CFA, bytes into ucontext_t or -1, unwinder's column or -1. */
struct preempt_backend_register {
  const char *name;
  int offset, byte_count, context_offset, column;
};
static inline struct preempt_backend_register preempt_backend_frame_register(int index) {
  static const struct preempt_backend_register registers[] = {
    {"rbp", -144, 8, 120, 6},
    {"rflags", -152, 8, 176, -1},
    {"rax", -176, 8, 144, 0},
    {"rcx", -184, 8, 152, 2},
    {"rdx", -192, 8, 136, 1},
    {"rbx", -200, 8, 128, 3},
    {"rsi", -208, 8, 112, 4},
    {"rdi", -216, 8, 104, 5},
    {"r8", -224, 8, 40, 8},
    {"r9", -232, 8, 48, 9},
    {"r10", -240, 8, 56, 10},
    {"r11", -248, 8, 64, 11},
    {"r12", -256, 8, 72, 12},
    {"r13", -264, 8, 80, 13},
    {"r15", -272, 8, 96, 15},
    {"mxcsr", -276, 4, -1, -1},
    {"fcw", -278, 2, -1, -1},
  };
  return registers[index];
}

#endif
