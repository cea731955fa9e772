/* Generated from backend noxreg_s390x by `preempt generate`; edit Arch/, not this file. */

#ifndef PREEMPT_NOXREG_S390X_H
#define PREEMPT_NOXREG_S390X_H
#if defined(__s390x__) && defined(__LP64__) && defined(__linux__)

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
struct preempt_noxreg_s390x_frame {
  uint8_t padding_0[4];
  uint32_t fpc;
  uint64_t r14;
  uint64_t r13;
  uint64_t r12;
  uint64_t r10;
  uint64_t r9;
  uint64_t r8;
  uint64_t r7;
  uint64_t r6;
  uint64_t r5;
  uint64_t r4;
  uint64_t r3;
  uint64_t r2;
  uint64_t r1;
  uint64_t r0;
  uint64_t r11;
  uint64_t pc;
  uint64_t pswm;
  uint64_t r15;
  uint64_t context;
  uint64_t area;
};
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_frame, fpc) == 4, "fpc in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_frame, r14) == 8, "r14 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_frame, r13) == 16, "r13 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_frame, r12) == 24, "r12 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_frame, r10) == 32, "r10 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_frame, r9) == 40, "r9 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_frame, r8) == 48, "r8 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_frame, r7) == 56, "r7 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_frame, r6) == 64, "r6 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_frame, r5) == 72, "r5 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_frame, r4) == 80, "r4 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_frame, r3) == 88, "r3 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_frame, r2) == 96, "r2 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_frame, r1) == 104, "r1 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_frame, r0) == 112, "r0 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_frame, r11) == 120, "r11 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_frame, pc) == 128, "pc in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_frame, pswm) == 136, "pswm in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_frame, r15) == 144, "r15 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_frame, context) == 152, "context in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_frame, area) == 160, "area in the frame");
PREEMPT_ASSERT(sizeof(struct preempt_noxreg_s390x_frame) == 168, "frame with red zone");

/* Save area of class fp, index 0. */
struct preempt_noxreg_s390x_state_fp {
  uint8_t v0[8];
  uint8_t v1[8];
  uint8_t v2[8];
  uint8_t v3[8];
  uint8_t v4[8];
  uint8_t v5[8];
  uint8_t v6[8];
  uint8_t v7[8];
  uint8_t v8[8];
  uint8_t v9[8];
  uint8_t v10[8];
  uint8_t v11[8];
  uint8_t v12[8];
  uint8_t v13[8];
  uint8_t v14[8];
  uint8_t v15[8];
  uint8_t a2_a15[56];
};
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_fp, v0) == 0, "v0 in class fp");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_fp, v1) == 8, "v1 in class fp");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_fp, v2) == 16, "v2 in class fp");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_fp, v3) == 24, "v3 in class fp");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_fp, v4) == 32, "v4 in class fp");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_fp, v5) == 40, "v5 in class fp");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_fp, v6) == 48, "v6 in class fp");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_fp, v7) == 56, "v7 in class fp");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_fp, v8) == 64, "v8 in class fp");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_fp, v9) == 72, "v9 in class fp");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_fp, v10) == 80, "v10 in class fp");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_fp, v11) == 88, "v11 in class fp");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_fp, v12) == 96, "v12 in class fp");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_fp, v13) == 104, "v13 in class fp");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_fp, v14) == 112, "v14 in class fp");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_fp, v15) == 120, "v15 in class fp");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_fp, a2_a15) == 128, "a2_a15 in class fp");
PREEMPT_ASSERT(sizeof(struct preempt_noxreg_s390x_state_fp) == 184, "class fp");

/* Save area of class vx, index 1. */
struct preempt_noxreg_s390x_state_vx {
  uint8_t v0[16];
  uint8_t v1[16];
  uint8_t v2[16];
  uint8_t v3[16];
  uint8_t v4[16];
  uint8_t v5[16];
  uint8_t v6[16];
  uint8_t v7[16];
  uint8_t v8[16];
  uint8_t v9[16];
  uint8_t v10[16];
  uint8_t v11[16];
  uint8_t v12[16];
  uint8_t v13[16];
  uint8_t v14[16];
  uint8_t v15[16];
  uint8_t v16[16];
  uint8_t v17[16];
  uint8_t v18[16];
  uint8_t v19[16];
  uint8_t v20[16];
  uint8_t v21[16];
  uint8_t v22[16];
  uint8_t v23[16];
  uint8_t v24[16];
  uint8_t v25[16];
  uint8_t v26[16];
  uint8_t v27[16];
  uint8_t v28[16];
  uint8_t v29[16];
  uint8_t v30[16];
  uint8_t v31[16];
  uint8_t a2_a15[56];
};
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_vx, v0) == 0, "v0 in class vx");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_vx, v1) == 16, "v1 in class vx");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_vx, v2) == 32, "v2 in class vx");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_vx, v3) == 48, "v3 in class vx");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_vx, v4) == 64, "v4 in class vx");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_vx, v5) == 80, "v5 in class vx");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_vx, v6) == 96, "v6 in class vx");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_vx, v7) == 112, "v7 in class vx");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_vx, v8) == 128, "v8 in class vx");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_vx, v9) == 144, "v9 in class vx");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_vx, v10) == 160, "v10 in class vx");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_vx, v11) == 176, "v11 in class vx");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_vx, v12) == 192, "v12 in class vx");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_vx, v13) == 208, "v13 in class vx");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_vx, v14) == 224, "v14 in class vx");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_vx, v15) == 240, "v15 in class vx");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_vx, v16) == 256, "v16 in class vx");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_vx, v17) == 272, "v17 in class vx");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_vx, v18) == 288, "v18 in class vx");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_vx, v19) == 304, "v19 in class vx");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_vx, v20) == 320, "v20 in class vx");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_vx, v21) == 336, "v21 in class vx");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_vx, v22) == 352, "v22 in class vx");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_vx, v23) == 368, "v23 in class vx");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_vx, v24) == 384, "v24 in class vx");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_vx, v25) == 400, "v25 in class vx");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_vx, v26) == 416, "v26 in class vx");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_vx, v27) == 432, "v27 in class vx");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_vx, v28) == 448, "v28 in class vx");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_vx, v29) == 464, "v29 in class vx");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_vx, v30) == 480, "v30 in class vx");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_vx, v31) == 496, "v31 in class vx");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_s390x_state_vx, a2_a15) == 512, "a2_a15 in class vx");
PREEMPT_ASSERT(sizeof(struct preempt_noxreg_s390x_state_vx) == 568, "class vx");

/* Extended state lies on the task's stack: what a task holds off it is empty. */
#ifdef __cplusplus /* where an empty struct has one byte, about which clang warns in C linkage */
extern "C++" { struct preempt_noxreg_s390x_extended_state {}; }
#else
struct preempt_noxreg_s390x_extended_state {};
PREEMPT_ASSERT(sizeof(struct preempt_noxreg_s390x_extended_state) == 0, "a task holds nothing off its stack");
#endif

extern const char preempt_noxreg_s390x_entry_fp_in_fp[] __attribute__((visibility("hidden")));
extern const char preempt_noxreg_s390x_entry_vx_in_vx[] __attribute__((visibility("hidden")));

/* The stub for a live class on a machine whose widest enabled width is `widest` (0 fp, …), or NULL. */
static inline PREEMPT_SIGNAL_SAFE const char *preempt_noxreg_s390x_entry(unsigned state_class, unsigned widest) {
  static const char *const entries[2][2] = {
    {preempt_noxreg_s390x_entry_fp_in_fp, NULL},
    {NULL, preempt_noxreg_s390x_entry_vx_in_vx},
  };
  return state_class < 2 && widest < 2 ? entries[widest][state_class] : NULL;
}

/* Index of the widest width that the enabled state components cover, or -1. */
static inline PREEMPT_SIGNAL_SAFE int preempt_noxreg_s390x_widest(uint64_t enabled) {
  if ((enabled & 0x802u) == 0x802u) return 1;
  if ((enabled & 0x2u) == 0x2u) return 0;
  return -1;
}

static inline PREEMPT_SIGNAL_SAFE uint64_t preempt_noxreg_s390x_pc(const ucontext_t *context) {
  uint64_t value;
  __builtin_memcpy(&value, (const char *)context + 48, sizeof value);
  return value;
}
static inline PREEMPT_SIGNAL_SAFE void preempt_noxreg_s390x_set_pc(ucontext_t *context, uint64_t value) {
  __builtin_memcpy((char *)context + 48, &value, sizeof value);
}
static inline PREEMPT_SIGNAL_SAFE uint64_t preempt_noxreg_s390x_sp(const ucontext_t *context) {
  uint64_t value;
  __builtin_memcpy(&value, (const char *)context + 176, sizeof value);
  return value;
}
static inline PREEMPT_SIGNAL_SAFE void preempt_noxreg_s390x_set_sp(ucontext_t *context, uint64_t value) {
  __builtin_memcpy((char *)context + 176, &value, sizeof value);
}
static inline PREEMPT_SIGNAL_SAFE uint64_t preempt_noxreg_s390x_flags(const ucontext_t *context) {
  uint64_t value;
  __builtin_memcpy(&value, (const char *)context + 40, sizeof value);
  return value;
}
static inline PREEMPT_SIGNAL_SAFE void preempt_noxreg_s390x_set_flags(ucontext_t *context, uint64_t value) {
  __builtin_memcpy((char *)context + 40, &value, sizeof value);
}
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.psw.mask) == 40, "pswm in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.psw.addr) == 48, "pswa in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.gregs[0]) == 56, "r0 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.gregs[1]) == 64, "r1 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.gregs[2]) == 72, "r2 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.gregs[3]) == 80, "r3 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.gregs[4]) == 88, "r4 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.gregs[5]) == 96, "r5 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.gregs[6]) == 104, "r6 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.gregs[7]) == 112, "r7 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.gregs[8]) == 120, "r8 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.gregs[9]) == 128, "r9 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.gregs[10]) == 136, "r10 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.gregs[11]) == 144, "r11 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.gregs[12]) == 152, "r12 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.gregs[13]) == 160, "r13 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.gregs[14]) == 168, "r14 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.gregs[15]) == 176, "r15 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_sigmask) == 384, "uc_sigmask in ucontext_t");

/* Index of the class that covers what is live in the signal frame; -1 where a component is live that none covers. */
static inline PREEMPT_SIGNAL_SAFE int preempt_noxreg_s390x_live_class(const ucontext_t *context, uint64_t enabled) {
  if (preempt_noxreg_s390x_widest(enabled) < 0) return -1;
  (void)context;
  return preempt_noxreg_s390x_widest(enabled);
}

/* Makes the interrupted context call the stub when the handler returns. `area` is the save area, NULL where the
   layout keeps it on the stack; `switch_context` is handed to preempt_mcall. The caller has checked that the
   stack has room. */
static inline PREEMPT_SIGNAL_SAFE void preempt_noxreg_s390x_inject(ucontext_t *context, const char *entry, void *area, void *switch_context) {
  uint64_t top = preempt_noxreg_s390x_sp(context) - 0;
  /* The stub's last instruction reads below the stack pointer, so no handler may run on a task's stack; this one's
     stack says how they are installed. */
  uintptr_t depth = (uintptr_t)__builtin_frame_address(0) - (uintptr_t)context->uc_stack.ss_sp;
  if (depth >= context->uc_stack.ss_size) __builtin_trap();
  ((uint64_t *)(uintptr_t)top)[-1] = (uint64_t)(uintptr_t)area;
  ((uint64_t *)(uintptr_t)top)[-2] = (uint64_t)(uintptr_t)switch_context;
  ((uint64_t *)(uintptr_t)top)[-3] = *(const uint64_t *)((const char *)context + 176);
  ((uint64_t *)(uintptr_t)top)[-4] = *(const uint64_t *)((const char *)context + 40);
  ((uint64_t *)(uintptr_t)top)[-5] = preempt_noxreg_s390x_pc(context);
  ((uint64_t *)(uintptr_t)top)[-6] = *(const uint64_t *)((const char *)context + 144);
  preempt_noxreg_s390x_set_sp(context, top - 48);
  preempt_noxreg_s390x_set_flags(context, preempt_noxreg_s390x_flags(context) & ~(uint64_t)0xf0000000000ull);
  preempt_noxreg_s390x_set_pc(context, (uint64_t)(uintptr_t)entry);
}

/* Conformance probes: fill every register of a class from `in`, go round a loop, store every register to `out`.
   An image is a frame, padding to 64 bytes, and a save area of the widest class. */
#define PREEMPT_NOXREG_S390X_PROBE_AREA_OFFSET 192
typedef uint64_t preempt_noxreg_s390x_probe_function(const void *in, void *out, uint64_t times);
#define PREEMPT_NOXREG_S390X_PROBE_LOOP_LIMIT 65535

/* What a probe returns: the path its loop took, which depends on the flags it was filled with. */
static inline uint64_t preempt_noxreg_s390x_probe_path(uint64_t flags, uint64_t times) {
  uint64_t step = 1;
  if (flags & 0x100000000000ull) step += 2;
  if (flags & 0x200000000000ull) step += 4;
  return times * step;
}

extern preempt_noxreg_s390x_probe_function preempt_noxreg_s390x_probe_fp_in_fp __attribute__((visibility("hidden")));
extern preempt_noxreg_s390x_probe_function preempt_noxreg_s390x_probe_fp_in_vx __attribute__((visibility("hidden")));
extern preempt_noxreg_s390x_probe_function preempt_noxreg_s390x_probe_vx_in_vx __attribute__((visibility("hidden")));
static inline preempt_noxreg_s390x_probe_function *preempt_noxreg_s390x_probe(unsigned state_class, unsigned widest) {
  static preempt_noxreg_s390x_probe_function *const probes[2][2] = {
    {preempt_noxreg_s390x_probe_fp_in_fp, NULL},
    {preempt_noxreg_s390x_probe_fp_in_vx, preempt_noxreg_s390x_probe_vx_in_vx},
  };
  return state_class < 2 && widest < 2 ? probes[widest][state_class] : NULL;
}

#ifdef __cplusplus
}
#endif
#undef PREEMPT_ASSERT

#endif
#endif
