/* Generated from backend noxreg_arm64 by `preempt generate`; edit Arch/, not this file. */

#ifndef PREEMPT_NOXREG_ARM64_H
#define PREEMPT_NOXREG_ARM64_H
#if defined(__aarch64__) && defined(__LP64__) && defined(__AARCH64EL__) && defined(__linux__)

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
struct preempt_noxreg_arm64_frame {
  uint32_t fpsr;
  uint32_t fpcr;
  uint64_t x28;
  uint64_t x27;
  uint64_t x26;
  uint64_t x25;
  uint64_t x24;
  uint64_t x23;
  uint64_t x22;
  uint64_t x21;
  uint64_t x20;
  uint64_t x19;
  uint64_t x18;
  uint64_t x17;
  uint64_t x16;
  uint64_t x15;
  uint64_t x14;
  uint64_t x13;
  uint64_t x12;
  uint64_t x11;
  uint64_t x10;
  uint64_t x9;
  uint64_t x8;
  uint64_t x7;
  uint64_t x6;
  uint64_t x5;
  uint64_t x4;
  uint64_t x3;
  uint64_t x2;
  uint64_t x1;
  uint64_t x0;
  uint64_t x29;
  uint64_t pc;
  uint64_t nzcv;
  uint64_t x30;
  uint64_t context;
  uint64_t area;
};
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_frame, fpsr) == 0, "fpsr in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_frame, fpcr) == 4, "fpcr in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_frame, x28) == 8, "x28 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_frame, x27) == 16, "x27 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_frame, x26) == 24, "x26 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_frame, x25) == 32, "x25 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_frame, x24) == 40, "x24 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_frame, x23) == 48, "x23 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_frame, x22) == 56, "x22 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_frame, x21) == 64, "x21 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_frame, x20) == 72, "x20 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_frame, x19) == 80, "x19 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_frame, x18) == 88, "x18 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_frame, x17) == 96, "x17 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_frame, x16) == 104, "x16 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_frame, x15) == 112, "x15 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_frame, x14) == 120, "x14 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_frame, x13) == 128, "x13 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_frame, x12) == 136, "x12 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_frame, x11) == 144, "x11 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_frame, x10) == 152, "x10 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_frame, x9) == 160, "x9 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_frame, x8) == 168, "x8 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_frame, x7) == 176, "x7 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_frame, x6) == 184, "x6 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_frame, x5) == 192, "x5 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_frame, x4) == 200, "x4 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_frame, x3) == 208, "x3 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_frame, x2) == 216, "x2 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_frame, x1) == 224, "x1 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_frame, x0) == 232, "x0 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_frame, x29) == 240, "x29 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_frame, pc) == 248, "pc in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_frame, nzcv) == 256, "nzcv in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_frame, x30) == 264, "x30 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_frame, context) == 272, "context in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_frame, area) == 280, "area in the frame");
PREEMPT_ASSERT(sizeof(struct preempt_noxreg_arm64_frame) == 288, "frame with red zone");

/* Save area of class fpsimd, index 0. */
struct preempt_noxreg_arm64_state_fpsimd {
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
};
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_state_fpsimd, v0) == 0, "v0 in class fpsimd");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_state_fpsimd, v1) == 16, "v1 in class fpsimd");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_state_fpsimd, v2) == 32, "v2 in class fpsimd");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_state_fpsimd, v3) == 48, "v3 in class fpsimd");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_state_fpsimd, v4) == 64, "v4 in class fpsimd");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_state_fpsimd, v5) == 80, "v5 in class fpsimd");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_state_fpsimd, v6) == 96, "v6 in class fpsimd");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_state_fpsimd, v7) == 112, "v7 in class fpsimd");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_state_fpsimd, v8) == 128, "v8 in class fpsimd");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_state_fpsimd, v9) == 144, "v9 in class fpsimd");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_state_fpsimd, v10) == 160, "v10 in class fpsimd");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_state_fpsimd, v11) == 176, "v11 in class fpsimd");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_state_fpsimd, v12) == 192, "v12 in class fpsimd");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_state_fpsimd, v13) == 208, "v13 in class fpsimd");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_state_fpsimd, v14) == 224, "v14 in class fpsimd");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_state_fpsimd, v15) == 240, "v15 in class fpsimd");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_state_fpsimd, v16) == 256, "v16 in class fpsimd");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_state_fpsimd, v17) == 272, "v17 in class fpsimd");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_state_fpsimd, v18) == 288, "v18 in class fpsimd");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_state_fpsimd, v19) == 304, "v19 in class fpsimd");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_state_fpsimd, v20) == 320, "v20 in class fpsimd");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_state_fpsimd, v21) == 336, "v21 in class fpsimd");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_state_fpsimd, v22) == 352, "v22 in class fpsimd");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_state_fpsimd, v23) == 368, "v23 in class fpsimd");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_state_fpsimd, v24) == 384, "v24 in class fpsimd");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_state_fpsimd, v25) == 400, "v25 in class fpsimd");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_state_fpsimd, v26) == 416, "v26 in class fpsimd");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_state_fpsimd, v27) == 432, "v27 in class fpsimd");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_state_fpsimd, v28) == 448, "v28 in class fpsimd");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_state_fpsimd, v29) == 464, "v29 in class fpsimd");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_state_fpsimd, v30) == 480, "v30 in class fpsimd");
PREEMPT_ASSERT(offsetof(struct preempt_noxreg_arm64_state_fpsimd, v31) == 496, "v31 in class fpsimd");
PREEMPT_ASSERT(sizeof(struct preempt_noxreg_arm64_state_fpsimd) == 512, "class fpsimd");

/* Extended state lies on the task's stack: what a task holds off it is empty. */
#ifdef __cplusplus /* where an empty struct has one byte, about which clang warns in C linkage */
extern "C++" { struct preempt_noxreg_arm64_extended_state {}; }
#else
struct preempt_noxreg_arm64_extended_state {};
PREEMPT_ASSERT(sizeof(struct preempt_noxreg_arm64_extended_state) == 0, "a task holds nothing off its stack");
#endif

extern const char preempt_noxreg_arm64_entry_fpsimd_in_fpsimd[] __attribute__((visibility("hidden")));

/* The stub for a live class on a machine whose widest enabled width is `widest` (0 fpsimd, …), or NULL. */
static inline PREEMPT_SIGNAL_SAFE const char *preempt_noxreg_arm64_entry(unsigned state_class, unsigned widest) {
  static const char *const entries[1][1] = {
    {preempt_noxreg_arm64_entry_fpsimd_in_fpsimd},
  };
  return state_class < 1 && widest < 1 ? entries[widest][state_class] : NULL;
}

/* Index of the widest width that the enabled state components cover, or -1. */
static inline PREEMPT_SIGNAL_SAFE int preempt_noxreg_arm64_widest(uint64_t enabled) {
  if ((enabled & 0x3u) == 0x3u) return 0;
  return -1;
}

static inline PREEMPT_SIGNAL_SAFE uint64_t preempt_noxreg_arm64_pc(const ucontext_t *context) {
  uint64_t value;
  __builtin_memcpy(&value, (const char *)context + 440, sizeof value);
  return value;
}
static inline PREEMPT_SIGNAL_SAFE void preempt_noxreg_arm64_set_pc(ucontext_t *context, uint64_t value) {
  __builtin_memcpy((char *)context + 440, &value, sizeof value);
}
static inline PREEMPT_SIGNAL_SAFE uint64_t preempt_noxreg_arm64_sp(const ucontext_t *context) {
  uint64_t value;
  __builtin_memcpy(&value, (const char *)context + 432, sizeof value);
  return value;
}
static inline PREEMPT_SIGNAL_SAFE void preempt_noxreg_arm64_set_sp(ucontext_t *context, uint64_t value) {
  __builtin_memcpy((char *)context + 432, &value, sizeof value);
}
static inline PREEMPT_SIGNAL_SAFE uint64_t preempt_noxreg_arm64_flags(const ucontext_t *context) {
  uint64_t value;
  __builtin_memcpy(&value, (const char *)context + 448, sizeof value);
  return value;
}
static inline PREEMPT_SIGNAL_SAFE void preempt_noxreg_arm64_set_flags(ucontext_t *context, uint64_t value) {
  __builtin_memcpy((char *)context + 448, &value, sizeof value);
}
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.regs[0]) == 184, "x0 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.regs[1]) == 192, "x1 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.regs[2]) == 200, "x2 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.regs[3]) == 208, "x3 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.regs[4]) == 216, "x4 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.regs[5]) == 224, "x5 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.regs[6]) == 232, "x6 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.regs[7]) == 240, "x7 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.regs[8]) == 248, "x8 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.regs[9]) == 256, "x9 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.regs[10]) == 264, "x10 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.regs[11]) == 272, "x11 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.regs[12]) == 280, "x12 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.regs[13]) == 288, "x13 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.regs[14]) == 296, "x14 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.regs[15]) == 304, "x15 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.regs[16]) == 312, "x16 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.regs[17]) == 320, "x17 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.regs[18]) == 328, "x18 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.regs[19]) == 336, "x19 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.regs[20]) == 344, "x20 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.regs[21]) == 352, "x21 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.regs[22]) == 360, "x22 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.regs[23]) == 368, "x23 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.regs[24]) == 376, "x24 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.regs[25]) == 384, "x25 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.regs[26]) == 392, "x26 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.regs[27]) == 400, "x27 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.regs[28]) == 408, "x28 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.regs[29]) == 416, "x29 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.regs[30]) == 424, "x30 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.sp) == 432, "sp in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.pc) == 440, "pc in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.pstate) == 448, "nzcv in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_sigmask) == 40, "uc_sigmask in ucontext_t");

/* Index of the class that covers what is live in the signal frame; -1 where a component is live that none covers. */
static inline PREEMPT_SIGNAL_SAFE int preempt_noxreg_arm64_live_class(const ucontext_t *context, uint64_t enabled) {
  if (preempt_noxreg_arm64_widest(enabled) < 0) return -1;
  const char *record = (const char *)context + 464, *end = record + 4096;
  while (record + 8 <= end) {
    uint32_t magic, byte_count; uint64_t value;
    __builtin_memcpy(&magic, record, sizeof magic);
    __builtin_memcpy(&byte_count, record + 4, sizeof byte_count);
    if (magic == 0) return 0;
    if (byte_count < 8 || byte_count > (uintptr_t)(end - record)) return -1;
    switch (magic) {
    case 0x45535201u: break;
    case 0x46504d52u:
      if (byte_count < 16) return -1;
      __builtin_memcpy(&value, record + 8, sizeof value);
      if (value) return -1;
      break;
    case 0x46508001u: break;
    case 0x504f4530u: break;
    case 0x53564501u: if (byte_count > 16) return -1; break;
    case 0x54366345u: if (byte_count > 16) return -1; break;
    case 0x54504902u: break;
    default: return -1;
    }
    record += byte_count;
  }
  return -1;
}

/* Makes the interrupted context call the stub when the handler returns. `area` is the save area, NULL where the
   layout keeps it on the stack; `switch_context` is handed to preempt_mcall. The caller has checked that the
   stack has room. */
static inline PREEMPT_SIGNAL_SAFE void preempt_noxreg_arm64_inject(ucontext_t *context, const char *entry, void *area, void *switch_context) {
  uint64_t top = preempt_noxreg_arm64_sp(context) - 0;
  ((uint64_t *)(uintptr_t)top)[-1] = (uint64_t)(uintptr_t)area;
  ((uint64_t *)(uintptr_t)top)[-2] = (uint64_t)(uintptr_t)switch_context;
  ((uint64_t *)(uintptr_t)top)[-3] = *(const uint64_t *)((const char *)context + 424);
  ((uint64_t *)(uintptr_t)top)[-4] = *(const uint64_t *)((const char *)context + 448);
  ((uint64_t *)(uintptr_t)top)[-5] = preempt_noxreg_arm64_pc(context);
  ((uint64_t *)(uintptr_t)top)[-6] = *(const uint64_t *)((const char *)context + 416);
  preempt_noxreg_arm64_set_sp(context, top - 48);
  preempt_noxreg_arm64_set_flags(context, preempt_noxreg_arm64_flags(context) & ~(uint64_t)0x3000c00u);
  preempt_noxreg_arm64_set_pc(context, (uint64_t)(uintptr_t)entry);
}

/* The signal frame from which the kernel resumes a task, because no instruction does: filled in on the M that is
   to resume it, whose own alternate stack and signal mask (eight bytes) go with it. `cfa` is the interrupted stack
   pointer, `area` the save area, NULL where that is on the stack. preempt_mcall returns the frame's address to the
   stub. It lies on the M's system stack, in use until the kernel has read it: a handler without SA_ONSTACK then
   has that stack's room below it. */
#define PREEMPT_NOXREG_ARM64_SIGNAL_FRAME_BYTES 4688
static inline void *preempt_noxreg_arm64_fill_signal_frame(void *signal_frame, uint64_t cfa, const void *area, unsigned state_class,
                                                 const stack_t *stack, const void *signal_mask) {
  const char *frame = (const char *)(uintptr_t)cfa; char *context = (char *)signal_frame + 128;
  const uint32_t marks[] = {0x46508001u, 0x210u, 0x0u, 0x0u};
  __builtin_memset(signal_frame, 0, 4688);
  __builtin_memcpy(context + 16, stack, sizeof *stack);
  __builtin_memcpy(context + 40, signal_mask, 8);
  __builtin_memcpy(context + 464, &marks[0], 4);
  __builtin_memcpy(context + 468, &marks[1], 4);
  __builtin_memcpy(context + 992, &marks[2], 4);
  __builtin_memcpy(context + 996, &marks[3], 4);
  __builtin_memcpy(context + 432, &cfa, 8);
  __builtin_memcpy(context + 424, frame - 24, 8);
  __builtin_memcpy(context + 448, frame - 32, 8);
  __builtin_memcpy(context + 440, frame - 40, 8);
  __builtin_memcpy(context + 416, frame - 48, 8);
  __builtin_memcpy(context + 184, frame - 56, 8);
  __builtin_memcpy(context + 192, frame - 64, 8);
  __builtin_memcpy(context + 200, frame - 72, 8);
  __builtin_memcpy(context + 208, frame - 80, 8);
  __builtin_memcpy(context + 216, frame - 88, 8);
  __builtin_memcpy(context + 224, frame - 96, 8);
  __builtin_memcpy(context + 232, frame - 104, 8);
  __builtin_memcpy(context + 240, frame - 112, 8);
  __builtin_memcpy(context + 248, frame - 120, 8);
  __builtin_memcpy(context + 256, frame - 128, 8);
  __builtin_memcpy(context + 264, frame - 136, 8);
  __builtin_memcpy(context + 272, frame - 144, 8);
  __builtin_memcpy(context + 280, frame - 152, 8);
  __builtin_memcpy(context + 288, frame - 160, 8);
  __builtin_memcpy(context + 296, frame - 168, 8);
  __builtin_memcpy(context + 304, frame - 176, 8);
  __builtin_memcpy(context + 312, frame - 184, 8);
  __builtin_memcpy(context + 320, frame - 192, 8);
  __builtin_memcpy(context + 328, frame - 200, 8);
  __builtin_memcpy(context + 336, frame - 208, 8);
  __builtin_memcpy(context + 344, frame - 216, 8);
  __builtin_memcpy(context + 352, frame - 224, 8);
  __builtin_memcpy(context + 360, frame - 232, 8);
  __builtin_memcpy(context + 368, frame - 240, 8);
  __builtin_memcpy(context + 376, frame - 248, 8);
  __builtin_memcpy(context + 384, frame - 256, 8);
  __builtin_memcpy(context + 392, frame - 264, 8);
  __builtin_memcpy(context + 400, frame - 272, 8);
  __builtin_memcpy(context + 408, frame - 280, 8);
  __builtin_memcpy(context + 476, frame - 284, 4);
  __builtin_memcpy(context + 472, frame - 288, 4);
  const char *state = (const char *)area;
  switch (state_class) {
  case 0:
  state = (const char *)(uintptr_t)((cfa - 800) & -(uint64_t)64);
  __builtin_memcpy(context + 480, state + 0, 16);
  __builtin_memcpy(context + 496, state + 16, 16);
  __builtin_memcpy(context + 512, state + 32, 16);
  __builtin_memcpy(context + 528, state + 48, 16);
  __builtin_memcpy(context + 544, state + 64, 16);
  __builtin_memcpy(context + 560, state + 80, 16);
  __builtin_memcpy(context + 576, state + 96, 16);
  __builtin_memcpy(context + 592, state + 112, 16);
  __builtin_memcpy(context + 608, state + 128, 16);
  __builtin_memcpy(context + 624, state + 144, 16);
  __builtin_memcpy(context + 640, state + 160, 16);
  __builtin_memcpy(context + 656, state + 176, 16);
  __builtin_memcpy(context + 672, state + 192, 16);
  __builtin_memcpy(context + 688, state + 208, 16);
  __builtin_memcpy(context + 704, state + 224, 16);
  __builtin_memcpy(context + 720, state + 240, 16);
  __builtin_memcpy(context + 736, state + 256, 16);
  __builtin_memcpy(context + 752, state + 272, 16);
  __builtin_memcpy(context + 768, state + 288, 16);
  __builtin_memcpy(context + 784, state + 304, 16);
  __builtin_memcpy(context + 800, state + 320, 16);
  __builtin_memcpy(context + 816, state + 336, 16);
  __builtin_memcpy(context + 832, state + 352, 16);
  __builtin_memcpy(context + 848, state + 368, 16);
  __builtin_memcpy(context + 864, state + 384, 16);
  __builtin_memcpy(context + 880, state + 400, 16);
  __builtin_memcpy(context + 896, state + 416, 16);
  __builtin_memcpy(context + 912, state + 432, 16);
  __builtin_memcpy(context + 928, state + 448, 16);
  __builtin_memcpy(context + 944, state + 464, 16);
  __builtin_memcpy(context + 960, state + 480, 16);
  __builtin_memcpy(context + 976, state + 496, 16);
  break;
  }
  return signal_frame;
}

/* Conformance probes: fill every register of a class from `in`, go round a loop, store every register to `out`.
   An image is a frame, padding to 64 bytes, and a save area of the widest class. */
#define PREEMPT_NOXREG_ARM64_PROBE_AREA_OFFSET 320
typedef uint64_t preempt_noxreg_arm64_probe_function(const void *in, void *out, uint64_t times);
#define PREEMPT_NOXREG_ARM64_PROBE_LOOP_LIMIT 65535

/* What a probe returns: the path its loop took, which depends on the flags it was filled with. */
static inline uint64_t preempt_noxreg_arm64_probe_path(uint64_t flags, uint64_t times) {
  uint64_t step = 1;
  if (flags & 0x80000000u) step += 2;
  if (flags & 0x40000000u) step += 4;
  if (flags & 0x20000000u) step += 8;
  if (flags & 0x10000000u) step += 16;
  return times * step;
}

extern preempt_noxreg_arm64_probe_function preempt_noxreg_arm64_probe_fpsimd_in_fpsimd __attribute__((visibility("hidden")));
static inline preempt_noxreg_arm64_probe_function *preempt_noxreg_arm64_probe(unsigned state_class, unsigned widest) {
  static preempt_noxreg_arm64_probe_function *const probes[1][1] = {
    {preempt_noxreg_arm64_probe_fpsimd_in_fpsimd},
  };
  return state_class < 1 && widest < 1 ? probes[widest][state_class] : NULL;
}

#ifdef __cplusplus
}
#endif
#undef PREEMPT_ASSERT

#endif
#endif
