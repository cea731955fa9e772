/* Generated from backend riscv64_t6 by `preempt generate`; edit Arch/, not this file. */

#ifndef PREEMPT_RISCV64_T6_H
#define PREEMPT_RISCV64_T6_H
#if defined(__riscv) && __riscv_xlen == 64 && defined(__riscv_float_abi_double) && defined(__linux__)

#include <stddef.h>
#include <stdint.h>
#include <ucontext.h>

#ifdef __swift__
#define PREEMPT_SIGNAL_SAFE __attribute__((swift_attr("@_noAllocation"))) __attribute__((swift_attr("@_noLocks")))
#else
#define PREEMPT_SIGNAL_SAFE
#endif

#ifdef __cplusplus
#define PREEMPT_ASSERT(condition, text) static_assert(condition, text)
extern "C" {
#else
#define PREEMPT_ASSERT(condition, text) _Static_assert(condition, text)
#endif

/* The frame of an injected call, from its lowest address; the red zone follows, then the CFA. */
struct preempt_riscv64_t6_frame {
  uint8_t padding_0[12];
  uint32_t fcsr;
  uint64_t t5;
  uint64_t t4;
  uint64_t t3;
  uint64_t s11;
  uint64_t s10;
  uint64_t s9;
  uint64_t s8;
  uint64_t s7;
  uint64_t s6;
  uint64_t s5;
  uint64_t s4;
  uint64_t s3;
  uint64_t s2;
  uint64_t a7;
  uint64_t a6;
  uint64_t a5;
  uint64_t a4;
  uint64_t a3;
  uint64_t a2;
  uint64_t a1;
  uint64_t a0;
  uint64_t s1;
  uint64_t t2;
  uint64_t t1;
  uint64_t t0;
  uint64_t ra;
  uint64_t context;
  uint64_t area;
  uint64_t s0;
  uint64_t pc;
};
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_frame, fcsr) == 12, "fcsr in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_frame, t5) == 16, "t5 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_frame, t4) == 24, "t4 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_frame, t3) == 32, "t3 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_frame, s11) == 40, "s11 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_frame, s10) == 48, "s10 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_frame, s9) == 56, "s9 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_frame, s8) == 64, "s8 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_frame, s7) == 72, "s7 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_frame, s6) == 80, "s6 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_frame, s5) == 88, "s5 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_frame, s4) == 96, "s4 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_frame, s3) == 104, "s3 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_frame, s2) == 112, "s2 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_frame, a7) == 120, "a7 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_frame, a6) == 128, "a6 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_frame, a5) == 136, "a5 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_frame, a4) == 144, "a4 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_frame, a3) == 152, "a3 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_frame, a2) == 160, "a2 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_frame, a1) == 168, "a1 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_frame, a0) == 176, "a0 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_frame, s1) == 184, "s1 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_frame, t2) == 192, "t2 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_frame, t1) == 200, "t1 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_frame, t0) == 208, "t0 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_frame, ra) == 216, "ra in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_frame, context) == 224, "context in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_frame, area) == 232, "area in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_frame, s0) == 240, "s0 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_frame, pc) == 248, "pc in the frame");
PREEMPT_ASSERT(sizeof(struct preempt_riscv64_t6_frame) == 256, "frame with red zone");

/* Save area of class double, index 0. */
struct preempt_riscv64_t6_state_double {
  uint8_t f0[8];
  uint8_t f1[8];
  uint8_t f2[8];
  uint8_t f3[8];
  uint8_t f4[8];
  uint8_t f5[8];
  uint8_t f6[8];
  uint8_t f7[8];
  uint8_t f8[8];
  uint8_t f9[8];
  uint8_t f10[8];
  uint8_t f11[8];
  uint8_t f12[8];
  uint8_t f13[8];
  uint8_t f14[8];
  uint8_t f15[8];
  uint8_t f16[8];
  uint8_t f17[8];
  uint8_t f18[8];
  uint8_t f19[8];
  uint8_t f20[8];
  uint8_t f21[8];
  uint8_t f22[8];
  uint8_t f23[8];
  uint8_t f24[8];
  uint8_t f25[8];
  uint8_t f26[8];
  uint8_t f27[8];
  uint8_t f28[8];
  uint8_t f29[8];
  uint8_t f30[8];
  uint8_t f31[8];
};
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_state_double, f0) == 0, "f0 in class double");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_state_double, f1) == 8, "f1 in class double");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_state_double, f2) == 16, "f2 in class double");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_state_double, f3) == 24, "f3 in class double");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_state_double, f4) == 32, "f4 in class double");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_state_double, f5) == 40, "f5 in class double");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_state_double, f6) == 48, "f6 in class double");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_state_double, f7) == 56, "f7 in class double");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_state_double, f8) == 64, "f8 in class double");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_state_double, f9) == 72, "f9 in class double");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_state_double, f10) == 80, "f10 in class double");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_state_double, f11) == 88, "f11 in class double");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_state_double, f12) == 96, "f12 in class double");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_state_double, f13) == 104, "f13 in class double");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_state_double, f14) == 112, "f14 in class double");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_state_double, f15) == 120, "f15 in class double");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_state_double, f16) == 128, "f16 in class double");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_state_double, f17) == 136, "f17 in class double");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_state_double, f18) == 144, "f18 in class double");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_state_double, f19) == 152, "f19 in class double");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_state_double, f20) == 160, "f20 in class double");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_state_double, f21) == 168, "f21 in class double");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_state_double, f22) == 176, "f22 in class double");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_state_double, f23) == 184, "f23 in class double");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_state_double, f24) == 192, "f24 in class double");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_state_double, f25) == 200, "f25 in class double");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_state_double, f26) == 208, "f26 in class double");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_state_double, f27) == 216, "f27 in class double");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_state_double, f28) == 224, "f28 in class double");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_state_double, f29) == 232, "f29 in class double");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_state_double, f30) == 240, "f30 in class double");
PREEMPT_ASSERT(offsetof(struct preempt_riscv64_t6_state_double, f31) == 248, "f31 in class double");
PREEMPT_ASSERT(sizeof(struct preempt_riscv64_t6_state_double) == 256, "class double");

/* What a task holds off its stack: a save area's address with the class index in its low bits, or zero. */
struct preempt_riscv64_t6_extended_state { uintptr_t bits; };
PREEMPT_ASSERT(sizeof(struct preempt_riscv64_t6_extended_state) == sizeof(void *), "one word a task");

extern const char preempt_riscv64_t6_entry_double_in_double[] __attribute__((visibility("hidden")));

/* The stub for a live class on a machine whose widest enabled width is `widest` (0 double, …), or NULL. */
static inline PREEMPT_SIGNAL_SAFE const char *preempt_riscv64_t6_entry(unsigned state_class, unsigned widest) {
  static const char *const entries[1][1] = {
    {preempt_riscv64_t6_entry_double_in_double},
  };
  return state_class < 1 && widest < 1 ? entries[widest][state_class] : NULL;
}

/* Index of the widest width that the enabled state components cover, or -1. */
static inline PREEMPT_SIGNAL_SAFE int preempt_riscv64_t6_widest(uint64_t enabled) {
  if ((enabled & 0x28u) == 0x28u) return 0;
  return -1;
}

static inline PREEMPT_SIGNAL_SAFE uint64_t preempt_riscv64_t6_pc(const ucontext_t *context) {
  uint64_t value;
  __builtin_memcpy(&value, (const char *)context + 176, sizeof value);
  return value;
}
static inline PREEMPT_SIGNAL_SAFE void preempt_riscv64_t6_set_pc(ucontext_t *context, uint64_t value) {
  __builtin_memcpy((char *)context + 176, &value, sizeof value);
}
static inline PREEMPT_SIGNAL_SAFE uint64_t preempt_riscv64_t6_sp(const ucontext_t *context) {
  uint64_t value;
  __builtin_memcpy(&value, (const char *)context + 192, sizeof value);
  return value;
}
static inline PREEMPT_SIGNAL_SAFE void preempt_riscv64_t6_set_sp(ucontext_t *context, uint64_t value) {
  __builtin_memcpy((char *)context + 192, &value, sizeof value);
}
static inline PREEMPT_SIGNAL_SAFE uint64_t preempt_riscv64_t6_flags(const ucontext_t *context) { (void)context; return 0; }
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.__gregs[0]) == 176, "pc in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.__gregs[1]) == 184, "ra in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.__gregs[2]) == 192, "sp in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.__gregs[3]) == 200, "gp in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.__gregs[4]) == 208, "tp in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.__gregs[5]) == 216, "t0 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.__gregs[6]) == 224, "t1 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.__gregs[7]) == 232, "t2 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.__gregs[8]) == 240, "s0 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.__gregs[9]) == 248, "s1 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.__gregs[10]) == 256, "a0 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.__gregs[11]) == 264, "a1 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.__gregs[12]) == 272, "a2 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.__gregs[13]) == 280, "a3 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.__gregs[14]) == 288, "a4 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.__gregs[15]) == 296, "a5 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.__gregs[16]) == 304, "a6 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.__gregs[17]) == 312, "a7 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.__gregs[18]) == 320, "s2 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.__gregs[19]) == 328, "s3 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.__gregs[20]) == 336, "s4 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.__gregs[21]) == 344, "s5 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.__gregs[22]) == 352, "s6 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.__gregs[23]) == 360, "s7 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.__gregs[24]) == 368, "s8 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.__gregs[25]) == 376, "s9 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.__gregs[26]) == 384, "s10 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.__gregs[27]) == 392, "s11 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.__gregs[28]) == 400, "t3 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.__gregs[29]) == 408, "t4 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.__gregs[30]) == 416, "t5 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.__gregs[31]) == 424, "t6 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_sigmask) == 40, "uc_sigmask in ucontext_t");

/* Index of the class that covers what is live in the signal frame; -1 where a component is live that none covers. */
static inline PREEMPT_SIGNAL_SAFE int preempt_riscv64_t6_live_class(const ucontext_t *context, uint64_t enabled) {
  if (preempt_riscv64_t6_widest(enabled) < 0) return -1;
  if (!(enabled & 0x200000u)) return 0;
  /* A frame that ends before its records, at the top of the handler's stack, says nothing about what is live. */
  uintptr_t depth = (uintptr_t)context - (uintptr_t)context->uc_stack.ss_sp, size = context->uc_stack.ss_size;
  if (depth < size && size - depth < 960) return -1;
  const char *record = (const char *)context + 952, *end = record + 8;
  while (record + 8 <= end) {
    uint32_t magic, byte_count;
    __builtin_memcpy(&magic, record, sizeof magic);
    __builtin_memcpy(&byte_count, record + 4, sizeof byte_count);
    if (magic == 0) return 0;
    if (byte_count < 8 || byte_count > (uintptr_t)(end - record)) return -1;
    switch (magic) {
    default: return -1;
    }
    record += byte_count;
  }
  return -1;
}

/* Makes the interrupted context call the stub when the handler returns. `area` is the save area, NULL where the
   layout keeps it on the stack; `switch_context` is handed to preempt_mcall. The caller has checked that the
   stack has room. */
static inline PREEMPT_SIGNAL_SAFE void preempt_riscv64_t6_inject(ucontext_t *context, const char *entry, void *area, void *switch_context) {
  uint64_t top = preempt_riscv64_t6_sp(context) - 0;
  ((uint64_t *)(uintptr_t)top)[-1] = preempt_riscv64_t6_pc(context);
  ((uint64_t *)(uintptr_t)top)[-2] = *(const uint64_t *)((const char *)context + 240);
  ((uint64_t *)(uintptr_t)top)[-3] = (uint64_t)(uintptr_t)area;
  ((uint64_t *)(uintptr_t)top)[-4] = (uint64_t)(uintptr_t)switch_context;
  ((uint64_t *)(uintptr_t)top)[-5] = *(const uint64_t *)((const char *)context + 184);
  ((uint64_t *)(uintptr_t)top)[-6] = *(const uint64_t *)((const char *)context + 216);
  preempt_riscv64_t6_set_sp(context, top - 48);
  preempt_riscv64_t6_set_pc(context, (uint64_t)(uintptr_t)entry);
}

/* Conformance probes: fill every register of a class from `in`, go round a loop, store every register to `out`.
   An image is a frame, padding to 64 bytes, and a save area of the widest class. */
#define PREEMPT_RISCV64_T6_PROBE_AREA_OFFSET 256
typedef uint64_t preempt_riscv64_t6_probe_function(const void *in, void *out, uint64_t times);
#define PREEMPT_RISCV64_T6_PROBE_LOOP_LIMIT 65535

/* What a probe returns: the path its loop took, which depends on the flags it was filled with. */
static inline uint64_t preempt_riscv64_t6_probe_path(uint64_t flags, uint64_t times) {
  uint64_t step = 1;
  (void)flags;
  return times * step;
}

extern preempt_riscv64_t6_probe_function preempt_riscv64_t6_probe_double_in_double __attribute__((visibility("hidden")));
static inline preempt_riscv64_t6_probe_function *preempt_riscv64_t6_probe(unsigned state_class, unsigned widest) {
  static preempt_riscv64_t6_probe_function *const probes[1][1] = {
    {preempt_riscv64_t6_probe_double_in_double},
  };
  return state_class < 1 && widest < 1 ? probes[widest][state_class] : NULL;
}

#ifdef __cplusplus
}
#endif
#undef PREEMPT_ASSERT

#endif
#endif
