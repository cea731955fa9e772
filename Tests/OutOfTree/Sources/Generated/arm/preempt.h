/* Generated from backend arm by `preempt generate`; edit Arch/, not this file. */

#ifndef PREEMPT_ARM_H
#define PREEMPT_ARM_H
#if defined(__arm__) && defined(__ARMEL__) && defined(__ARM_PCS_VFP) && defined(__linux__)

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
struct preempt_arm_frame {
  uint32_t fpscr;
  uint32_t lr;
  uint32_t r10;
  uint32_t r9;
  uint32_t r8;
  uint32_t r7;
  uint32_t r6;
  uint32_t r5;
  uint32_t r4;
  uint32_t r3;
  uint32_t r2;
  uint32_t r1;
  uint32_t r0;
  uint32_t context;
  uint32_t area;
  uint32_t cpsr;
  uint32_t r12;
  uint32_t r11;
  uint32_t pc;
};
PREEMPT_ASSERT(offsetof(struct preempt_arm_frame, fpscr) == 0, "fpscr in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_arm_frame, lr) == 4, "lr in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_arm_frame, r10) == 8, "r10 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_arm_frame, r9) == 12, "r9 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_arm_frame, r8) == 16, "r8 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_arm_frame, r7) == 20, "r7 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_arm_frame, r6) == 24, "r6 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_arm_frame, r5) == 28, "r5 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_arm_frame, r4) == 32, "r4 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_arm_frame, r3) == 36, "r3 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_arm_frame, r2) == 40, "r2 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_arm_frame, r1) == 44, "r1 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_arm_frame, r0) == 48, "r0 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_arm_frame, context) == 52, "context in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_arm_frame, area) == 56, "area in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_arm_frame, cpsr) == 60, "cpsr in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_arm_frame, r12) == 64, "r12 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_arm_frame, r11) == 68, "r11 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_arm_frame, pc) == 72, "pc in the frame");
PREEMPT_ASSERT(sizeof(struct preempt_arm_frame) == 76, "frame with red zone");

/* Save area of class d16, index 0. */
struct preempt_arm_state_d16 {
  uint8_t d0[8];
  uint8_t d1[8];
  uint8_t d2[8];
  uint8_t d3[8];
  uint8_t d4[8];
  uint8_t d5[8];
  uint8_t d6[8];
  uint8_t d7[8];
  uint8_t d8[8];
  uint8_t d9[8];
  uint8_t d10[8];
  uint8_t d11[8];
  uint8_t d12[8];
  uint8_t d13[8];
  uint8_t d14[8];
  uint8_t d15[8];
};
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d16, d0) == 0, "d0 in class d16");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d16, d1) == 8, "d1 in class d16");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d16, d2) == 16, "d2 in class d16");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d16, d3) == 24, "d3 in class d16");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d16, d4) == 32, "d4 in class d16");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d16, d5) == 40, "d5 in class d16");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d16, d6) == 48, "d6 in class d16");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d16, d7) == 56, "d7 in class d16");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d16, d8) == 64, "d8 in class d16");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d16, d9) == 72, "d9 in class d16");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d16, d10) == 80, "d10 in class d16");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d16, d11) == 88, "d11 in class d16");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d16, d12) == 96, "d12 in class d16");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d16, d13) == 104, "d13 in class d16");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d16, d14) == 112, "d14 in class d16");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d16, d15) == 120, "d15 in class d16");
PREEMPT_ASSERT(sizeof(struct preempt_arm_state_d16) == 128, "class d16");

/* Save area of class d32, index 1. */
struct preempt_arm_state_d32 {
  uint8_t d0[8];
  uint8_t d1[8];
  uint8_t d2[8];
  uint8_t d3[8];
  uint8_t d4[8];
  uint8_t d5[8];
  uint8_t d6[8];
  uint8_t d7[8];
  uint8_t d8[8];
  uint8_t d9[8];
  uint8_t d10[8];
  uint8_t d11[8];
  uint8_t d12[8];
  uint8_t d13[8];
  uint8_t d14[8];
  uint8_t d15[8];
  uint8_t d16[8];
  uint8_t d17[8];
  uint8_t d18[8];
  uint8_t d19[8];
  uint8_t d20[8];
  uint8_t d21[8];
  uint8_t d22[8];
  uint8_t d23[8];
  uint8_t d24[8];
  uint8_t d25[8];
  uint8_t d26[8];
  uint8_t d27[8];
  uint8_t d28[8];
  uint8_t d29[8];
  uint8_t d30[8];
  uint8_t d31[8];
};
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d32, d0) == 0, "d0 in class d32");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d32, d1) == 8, "d1 in class d32");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d32, d2) == 16, "d2 in class d32");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d32, d3) == 24, "d3 in class d32");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d32, d4) == 32, "d4 in class d32");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d32, d5) == 40, "d5 in class d32");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d32, d6) == 48, "d6 in class d32");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d32, d7) == 56, "d7 in class d32");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d32, d8) == 64, "d8 in class d32");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d32, d9) == 72, "d9 in class d32");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d32, d10) == 80, "d10 in class d32");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d32, d11) == 88, "d11 in class d32");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d32, d12) == 96, "d12 in class d32");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d32, d13) == 104, "d13 in class d32");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d32, d14) == 112, "d14 in class d32");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d32, d15) == 120, "d15 in class d32");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d32, d16) == 128, "d16 in class d32");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d32, d17) == 136, "d17 in class d32");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d32, d18) == 144, "d18 in class d32");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d32, d19) == 152, "d19 in class d32");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d32, d20) == 160, "d20 in class d32");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d32, d21) == 168, "d21 in class d32");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d32, d22) == 176, "d22 in class d32");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d32, d23) == 184, "d23 in class d32");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d32, d24) == 192, "d24 in class d32");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d32, d25) == 200, "d25 in class d32");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d32, d26) == 208, "d26 in class d32");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d32, d27) == 216, "d27 in class d32");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d32, d28) == 224, "d28 in class d32");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d32, d29) == 232, "d29 in class d32");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d32, d30) == 240, "d30 in class d32");
PREEMPT_ASSERT(offsetof(struct preempt_arm_state_d32, d31) == 248, "d31 in class d32");
PREEMPT_ASSERT(sizeof(struct preempt_arm_state_d32) == 256, "class d32");

/* What a task holds off its stack: a save area's address with the class index in its low bits, or zero. */
struct preempt_arm_extended_state { uintptr_t bits; };
PREEMPT_ASSERT(sizeof(struct preempt_arm_extended_state) == sizeof(void *), "one word a task");

extern const char preempt_arm_entry_d16_in_d16[] __attribute__((visibility("hidden")));
extern const char preempt_arm_entry_d32_in_d32[] __attribute__((visibility("hidden")));

/* The stub for a live class on a machine whose widest enabled width is `widest` (0 d16, …), or NULL. */
static inline PREEMPT_SIGNAL_SAFE const char *preempt_arm_entry(unsigned state_class, unsigned widest) {
  static const char *const entries[2][2] = {
    {preempt_arm_entry_d16_in_d16, NULL},
    {NULL, preempt_arm_entry_d32_in_d32},
  };
  return state_class < 2 && widest < 2 ? entries[widest][state_class] : NULL;
}

/* Index of the widest width that the enabled state components cover, or -1. */
static inline PREEMPT_SIGNAL_SAFE int preempt_arm_widest(uint64_t enabled) {
  if ((enabled & 0x80040u) == 0x80040u) return 1;
  if ((enabled & 0x40u) == 0x40u) return 0;
  return -1;
}

static inline PREEMPT_SIGNAL_SAFE uint64_t preempt_arm_pc(const ucontext_t *context) {
  uint32_t value;
  __builtin_memcpy(&value, (const char *)context + 92, sizeof value);
  return value;
}
static inline PREEMPT_SIGNAL_SAFE void preempt_arm_set_pc(ucontext_t *context, uint32_t value) {
  __builtin_memcpy((char *)context + 92, &value, sizeof value);
}
static inline PREEMPT_SIGNAL_SAFE uint64_t preempt_arm_sp(const ucontext_t *context) {
  uint32_t value;
  __builtin_memcpy(&value, (const char *)context + 84, sizeof value);
  return value;
}
static inline PREEMPT_SIGNAL_SAFE void preempt_arm_set_sp(ucontext_t *context, uint32_t value) {
  __builtin_memcpy((char *)context + 84, &value, sizeof value);
}
static inline PREEMPT_SIGNAL_SAFE uint64_t preempt_arm_flags(const ucontext_t *context) {
  uint32_t value;
  __builtin_memcpy(&value, (const char *)context + 96, sizeof value);
  return value;
}
static inline PREEMPT_SIGNAL_SAFE void preempt_arm_set_flags(ucontext_t *context, uint32_t value) {
  __builtin_memcpy((char *)context + 96, &value, sizeof value);
}
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.arm_r0) == 32, "r0 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.arm_r1) == 36, "r1 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.arm_r2) == 40, "r2 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.arm_r3) == 44, "r3 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.arm_r4) == 48, "r4 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.arm_r5) == 52, "r5 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.arm_r6) == 56, "r6 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.arm_r7) == 60, "r7 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.arm_r8) == 64, "r8 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.arm_r9) == 68, "r9 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.arm_r10) == 72, "r10 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.arm_fp) == 76, "r11 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.arm_ip) == 80, "r12 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.arm_sp) == 84, "sp in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.arm_lr) == 88, "lr in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.arm_pc) == 92, "pc in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.arm_cpsr) == 96, "cpsr in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_sigmask) == 104, "uc_sigmask in ucontext_t");

/* Index of the class that covers what is live in the signal frame; -1 where a component is live that none covers. */
static inline PREEMPT_SIGNAL_SAFE int preempt_arm_live_class(const ucontext_t *context, uint64_t enabled) {
  if (preempt_arm_widest(enabled) < 0) return -1;
  (void)context;
  return preempt_arm_widest(enabled);
}

/* Makes the interrupted context call the stub when the handler returns. `area` is the save area, NULL where the
   layout keeps it on the stack; `switch_context` is handed to preempt_mcall. The caller has checked that the
   stack has room. */
static inline PREEMPT_SIGNAL_SAFE void preempt_arm_inject(ucontext_t *context, const char *entry, void *area, void *switch_context) {
  uint32_t top = preempt_arm_sp(context) - 0;
  ((uint32_t *)(uintptr_t)top)[-1] = preempt_arm_pc(context) | !!(preempt_arm_flags(context) & 0x20u);
  ((uint32_t *)(uintptr_t)top)[-2] = *(const uint32_t *)((const char *)context + 76);
  ((uint32_t *)(uintptr_t)top)[-3] = *(const uint32_t *)((const char *)context + 80);
  ((uint32_t *)(uintptr_t)top)[-4] = *(const uint32_t *)((const char *)context + 96);
  ((uint32_t *)(uintptr_t)top)[-5] = (uint32_t)(uintptr_t)area;
  ((uint32_t *)(uintptr_t)top)[-6] = (uint32_t)(uintptr_t)switch_context;
  preempt_arm_set_sp(context, top - 24);
  preempt_arm_set_flags(context, preempt_arm_flags(context) & ~(uint64_t)0x20u);
  preempt_arm_set_pc(context, (uint32_t)(uintptr_t)entry);
}

/* Conformance probes: fill every register of a class from `in`, go round a loop, store every register to `out`.
   An image is a frame, padding to 64 bytes, and a save area of the widest class. */
#define PREEMPT_ARM_PROBE_AREA_OFFSET 128
typedef uint64_t preempt_arm_probe_function(const void *in, void *out, uint64_t times);
#define PREEMPT_ARM_PROBE_LOOP_LIMIT 65535

/* What a probe returns: the path its loop took, which depends on the flags it was filled with. */
static inline uint64_t preempt_arm_probe_path(uint64_t flags, uint64_t times) {
  uint64_t step = 1;
  if (flags & 0x80000000u) step += 2;
  if (flags & 0x40000000u) step += 4;
  if (flags & 0x20000000u) step += 8;
  if (flags & 0x10000000u) step += 16;
  return times * step;
}

extern preempt_arm_probe_function preempt_arm_probe_d16_in_d16 __attribute__((visibility("hidden")));
extern preempt_arm_probe_function preempt_arm_probe_d16_in_d32 __attribute__((visibility("hidden")));
extern preempt_arm_probe_function preempt_arm_probe_d32_in_d32 __attribute__((visibility("hidden")));
static inline preempt_arm_probe_function *preempt_arm_probe(unsigned state_class, unsigned widest) {
  static preempt_arm_probe_function *const probes[2][2] = {
    {preempt_arm_probe_d16_in_d16, NULL},
    {preempt_arm_probe_d16_in_d32, preempt_arm_probe_d32_in_d32},
  };
  return state_class < 2 && widest < 2 ? probes[widest][state_class] : NULL;
}

#ifdef __cplusplus
}
#endif
#undef PREEMPT_ASSERT

#endif
#endif
