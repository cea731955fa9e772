/* Generated from backend 386 by `preempt generate`; edit Arch/, not this file. */

#ifndef PREEMPT_386_H
#define PREEMPT_386_H
#if defined(__i386__) && defined(__linux__)

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
struct preempt_386_frame {
  uint8_t padding_0[2];
  uint16_t fcw;
  uint32_t mxcsr;
  uint32_t edi;
  uint32_t esi;
  uint32_t ebx;
  uint32_t edx;
  uint32_t ecx;
  uint32_t eax;
  uint32_t context;
  uint32_t area;
  uint32_t eflags;
  uint32_t ebp;
  uint32_t pc;
};
PREEMPT_ASSERT(offsetof(struct preempt_386_frame, fcw) == 2, "fcw in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_386_frame, mxcsr) == 4, "mxcsr in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_386_frame, edi) == 8, "edi in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_386_frame, esi) == 12, "esi in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_386_frame, ebx) == 16, "ebx in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_386_frame, edx) == 20, "edx in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_386_frame, ecx) == 24, "ecx in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_386_frame, eax) == 28, "eax in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_386_frame, context) == 32, "context in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_386_frame, area) == 36, "area in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_386_frame, eflags) == 40, "eflags in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_386_frame, ebp) == 44, "ebp in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_386_frame, pc) == 48, "pc in the frame");
PREEMPT_ASSERT(sizeof(struct preempt_386_frame) == 52, "frame with red zone");

/* Save area of class sse, index 0. */
struct preempt_386_state_sse {
  uint8_t xmm0[16];
  uint8_t xmm1[16];
  uint8_t xmm2[16];
  uint8_t xmm3[16];
  uint8_t xmm4[16];
  uint8_t xmm5[16];
  uint8_t xmm6[16];
  uint8_t xmm7[16];
};
PREEMPT_ASSERT(offsetof(struct preempt_386_state_sse, xmm0) == 0, "xmm0 in class sse");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_sse, xmm1) == 16, "xmm1 in class sse");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_sse, xmm2) == 32, "xmm2 in class sse");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_sse, xmm3) == 48, "xmm3 in class sse");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_sse, xmm4) == 64, "xmm4 in class sse");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_sse, xmm5) == 80, "xmm5 in class sse");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_sse, xmm6) == 96, "xmm6 in class sse");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_sse, xmm7) == 112, "xmm7 in class sse");
PREEMPT_ASSERT(sizeof(struct preempt_386_state_sse) == 128, "class sse");

/* Save area of class sse_x87, index 1. */
struct preempt_386_state_sse_x87 {
  uint8_t xmm0[16];
  uint8_t xmm1[16];
  uint8_t xmm2[16];
  uint8_t xmm3[16];
  uint8_t xmm4[16];
  uint8_t xmm5[16];
  uint8_t xmm6[16];
  uint8_t xmm7[16];
  uint8_t st[108];
};
PREEMPT_ASSERT(offsetof(struct preempt_386_state_sse_x87, xmm0) == 0, "xmm0 in class sse_x87");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_sse_x87, xmm1) == 16, "xmm1 in class sse_x87");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_sse_x87, xmm2) == 32, "xmm2 in class sse_x87");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_sse_x87, xmm3) == 48, "xmm3 in class sse_x87");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_sse_x87, xmm4) == 64, "xmm4 in class sse_x87");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_sse_x87, xmm5) == 80, "xmm5 in class sse_x87");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_sse_x87, xmm6) == 96, "xmm6 in class sse_x87");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_sse_x87, xmm7) == 112, "xmm7 in class sse_x87");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_sse_x87, st) == 128, "st in class sse_x87");
PREEMPT_ASSERT(sizeof(struct preempt_386_state_sse_x87) == 236, "class sse_x87");

/* Save area of class avx, index 2. */
struct preempt_386_state_avx {
  uint8_t xmm0[32];
  uint8_t xmm1[32];
  uint8_t xmm2[32];
  uint8_t xmm3[32];
  uint8_t xmm4[32];
  uint8_t xmm5[32];
  uint8_t xmm6[32];
  uint8_t xmm7[32];
};
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx, xmm0) == 0, "xmm0 in class avx");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx, xmm1) == 32, "xmm1 in class avx");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx, xmm2) == 64, "xmm2 in class avx");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx, xmm3) == 96, "xmm3 in class avx");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx, xmm4) == 128, "xmm4 in class avx");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx, xmm5) == 160, "xmm5 in class avx");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx, xmm6) == 192, "xmm6 in class avx");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx, xmm7) == 224, "xmm7 in class avx");
PREEMPT_ASSERT(sizeof(struct preempt_386_state_avx) == 256, "class avx");

/* Save area of class avx_x87, index 3. */
struct preempt_386_state_avx_x87 {
  uint8_t xmm0[32];
  uint8_t xmm1[32];
  uint8_t xmm2[32];
  uint8_t xmm3[32];
  uint8_t xmm4[32];
  uint8_t xmm5[32];
  uint8_t xmm6[32];
  uint8_t xmm7[32];
  uint8_t st[108];
};
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx_x87, xmm0) == 0, "xmm0 in class avx_x87");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx_x87, xmm1) == 32, "xmm1 in class avx_x87");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx_x87, xmm2) == 64, "xmm2 in class avx_x87");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx_x87, xmm3) == 96, "xmm3 in class avx_x87");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx_x87, xmm4) == 128, "xmm4 in class avx_x87");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx_x87, xmm5) == 160, "xmm5 in class avx_x87");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx_x87, xmm6) == 192, "xmm6 in class avx_x87");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx_x87, xmm7) == 224, "xmm7 in class avx_x87");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx_x87, st) == 256, "st in class avx_x87");
PREEMPT_ASSERT(sizeof(struct preempt_386_state_avx_x87) == 364, "class avx_x87");

/* Save area of class avx512, index 4. */
struct preempt_386_state_avx512 {
  uint8_t xmm0[64];
  uint8_t xmm1[64];
  uint8_t xmm2[64];
  uint8_t xmm3[64];
  uint8_t xmm4[64];
  uint8_t xmm5[64];
  uint8_t xmm6[64];
  uint8_t xmm7[64];
  uint8_t k0[8];
  uint8_t k1[8];
  uint8_t k2[8];
  uint8_t k3[8];
  uint8_t k4[8];
  uint8_t k5[8];
  uint8_t k6[8];
  uint8_t k7[8];
};
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx512, xmm0) == 0, "xmm0 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx512, xmm1) == 64, "xmm1 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx512, xmm2) == 128, "xmm2 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx512, xmm3) == 192, "xmm3 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx512, xmm4) == 256, "xmm4 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx512, xmm5) == 320, "xmm5 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx512, xmm6) == 384, "xmm6 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx512, xmm7) == 448, "xmm7 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx512, k0) == 512, "k0 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx512, k1) == 520, "k1 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx512, k2) == 528, "k2 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx512, k3) == 536, "k3 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx512, k4) == 544, "k4 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx512, k5) == 552, "k5 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx512, k6) == 560, "k6 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx512, k7) == 568, "k7 in class avx512");
PREEMPT_ASSERT(sizeof(struct preempt_386_state_avx512) == 576, "class avx512");

/* Save area of class avx512_x87, index 5. */
struct preempt_386_state_avx512_x87 {
  uint8_t xmm0[64];
  uint8_t xmm1[64];
  uint8_t xmm2[64];
  uint8_t xmm3[64];
  uint8_t xmm4[64];
  uint8_t xmm5[64];
  uint8_t xmm6[64];
  uint8_t xmm7[64];
  uint8_t k0[8];
  uint8_t k1[8];
  uint8_t k2[8];
  uint8_t k3[8];
  uint8_t k4[8];
  uint8_t k5[8];
  uint8_t k6[8];
  uint8_t k7[8];
  uint8_t st[108];
};
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx512_x87, xmm0) == 0, "xmm0 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx512_x87, xmm1) == 64, "xmm1 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx512_x87, xmm2) == 128, "xmm2 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx512_x87, xmm3) == 192, "xmm3 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx512_x87, xmm4) == 256, "xmm4 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx512_x87, xmm5) == 320, "xmm5 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx512_x87, xmm6) == 384, "xmm6 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx512_x87, xmm7) == 448, "xmm7 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx512_x87, k0) == 512, "k0 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx512_x87, k1) == 520, "k1 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx512_x87, k2) == 528, "k2 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx512_x87, k3) == 536, "k3 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx512_x87, k4) == 544, "k4 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx512_x87, k5) == 552, "k5 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx512_x87, k6) == 560, "k6 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx512_x87, k7) == 568, "k7 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_386_state_avx512_x87, st) == 576, "st in class avx512_x87");
PREEMPT_ASSERT(sizeof(struct preempt_386_state_avx512_x87) == 684, "class avx512_x87");

/* What a task holds off its stack: a save area's address with the class index in its low bits, or zero. */
struct preempt_386_extended_state { uintptr_t bits; };
PREEMPT_ASSERT(sizeof(struct preempt_386_extended_state) == sizeof(void *), "one word a task");

extern const char preempt_386_entry_sse_in_sse[] __attribute__((visibility("hidden")));
extern const char preempt_386_entry_sse_in_avx[] __attribute__((visibility("hidden")));
extern const char preempt_386_entry_sse_in_avx512[] __attribute__((visibility("hidden")));
extern const char preempt_386_entry_sse_x87_in_sse[] __attribute__((visibility("hidden")));
extern const char preempt_386_entry_sse_x87_in_avx[] __attribute__((visibility("hidden")));
extern const char preempt_386_entry_sse_x87_in_avx512[] __attribute__((visibility("hidden")));
extern const char preempt_386_entry_avx_in_avx[] __attribute__((visibility("hidden")));
extern const char preempt_386_entry_avx_in_avx512[] __attribute__((visibility("hidden")));
extern const char preempt_386_entry_avx_x87_in_avx[] __attribute__((visibility("hidden")));
extern const char preempt_386_entry_avx_x87_in_avx512[] __attribute__((visibility("hidden")));
extern const char preempt_386_entry_avx512_in_avx512[] __attribute__((visibility("hidden")));
extern const char preempt_386_entry_avx512_x87_in_avx512[] __attribute__((visibility("hidden")));

/* The stub for a live class on a machine whose widest enabled width is `widest` (0 sse, …), or NULL. */
static inline PREEMPT_SIGNAL_SAFE const char *preempt_386_entry(unsigned state_class, unsigned widest) {
  static const char *const entries[3][6] = {
    {preempt_386_entry_sse_in_sse, preempt_386_entry_sse_x87_in_sse, NULL, NULL, NULL, NULL},
    {preempt_386_entry_sse_in_avx, preempt_386_entry_sse_x87_in_avx, preempt_386_entry_avx_in_avx, preempt_386_entry_avx_x87_in_avx, NULL, NULL},
    {preempt_386_entry_sse_in_avx512, preempt_386_entry_sse_x87_in_avx512, preempt_386_entry_avx_in_avx512, preempt_386_entry_avx_x87_in_avx512, preempt_386_entry_avx512_in_avx512, preempt_386_entry_avx512_x87_in_avx512},
  };
  return state_class < 6 && widest < 3 ? entries[widest][state_class] : NULL;
}

/* Index of the widest width that the enabled state components cover, or -1. */
static inline PREEMPT_SIGNAL_SAFE int preempt_386_widest(uint64_t enabled) {
  if ((enabled & 0xe7u) == 0xe7u) return 2;
  if ((enabled & 0x7u) == 0x7u) return 1;
  if ((enabled & 0x3u) == 0x3u) return 0;
  return -1;
}

static inline PREEMPT_SIGNAL_SAFE uint64_t preempt_386_pc(const ucontext_t *context) {
  uint32_t value;
  __builtin_memcpy(&value, (const char *)context + 76, sizeof value);
  return value;
}
static inline PREEMPT_SIGNAL_SAFE void preempt_386_set_pc(ucontext_t *context, uint32_t value) {
  __builtin_memcpy((char *)context + 76, &value, sizeof value);
}
static inline PREEMPT_SIGNAL_SAFE uint64_t preempt_386_sp(const ucontext_t *context) {
  uint32_t value;
  __builtin_memcpy(&value, (const char *)context + 48, sizeof value);
  return value;
}
static inline PREEMPT_SIGNAL_SAFE void preempt_386_set_sp(ucontext_t *context, uint32_t value) {
  __builtin_memcpy((char *)context + 48, &value, sizeof value);
}
static inline PREEMPT_SIGNAL_SAFE uint64_t preempt_386_flags(const ucontext_t *context) {
  uint32_t value;
  __builtin_memcpy(&value, (const char *)context + 84, sizeof value);
  return value;
}
static inline PREEMPT_SIGNAL_SAFE void preempt_386_set_flags(ucontext_t *context, uint32_t value) {
  __builtin_memcpy((char *)context + 84, &value, sizeof value);
}
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.gregs[4]) == 36, "edi in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.gregs[5]) == 40, "esi in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.gregs[6]) == 44, "ebp in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.gregs[7]) == 48, "esp in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.gregs[8]) == 52, "ebx in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.gregs[9]) == 56, "edx in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.gregs[10]) == 60, "ecx in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.gregs[11]) == 64, "eax in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.gregs[14]) == 76, "eip in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.gregs[16]) == 84, "eflags in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_sigmask) == 108, "uc_sigmask in ucontext_t");

/* Index of the narrowest class that covers what is live in the signal frame; the widest enabled one where the
   frame has no valid extended state; -1 where a component is live that no class covers. */
static inline PREEMPT_SIGNAL_SAFE int preempt_386_live_class(const ucontext_t *context, uint64_t enabled) {
  uint32_t context_flags; uint64_t live, features; const unsigned char *state; uint32_t magic, byte_count, extended_byte_count;
  int widest = preempt_386_widest(enabled);
  if (widest < 0) return -1;
  __builtin_memcpy(&context_flags, (const char *)context + 0, sizeof context_flags);
  __builtin_memcpy(&state, (const char *)context + 96, sizeof state);
  if (!state) return widest * 2 + 1;
  int occasional = state[8] != 255 || state[9] != 255 || state[4] != 0 || state[5] != 0;
  if (!(context_flags & 0x1u)) return widest * 2 + occasional;
  state += 112;
  __builtin_memcpy(&magic, state + 464, sizeof magic);
  __builtin_memcpy(&extended_byte_count, state + 468, sizeof extended_byte_count);
  __builtin_memcpy(&features, state + 472, sizeof features);
  __builtin_memcpy(&byte_count, state + 480, sizeof byte_count);
  if (magic != 0x46505853u || byte_count < 576 || byte_count > 65536
      || extended_byte_count < byte_count + 116 || extended_byte_count > byte_count + 176) return widest * 2 + occasional;
  __builtin_memcpy(&magic, state + byte_count, sizeof magic);
  if (magic != 0x46505845u) return widest * 2 + occasional;
  __builtin_memcpy(&live, state + 512, sizeof live);
  if (live & ~features) return -1;
  live &= ~(uint64_t)0x201u;
  if (!(live & ~(uint64_t)0x3u)) return 0 <= widest ? 0 * 2 + occasional : -1;
  if (!(live & ~(uint64_t)0x7u)) return 1 <= widest ? 1 * 2 + occasional : -1;
  if (!(live & ~(uint64_t)0xe7u)) return 2 <= widest ? 2 * 2 + occasional : -1;
  return -1;
}

/* Makes the interrupted context call the stub when the handler returns. `area` is the save area, NULL where the
   layout keeps it on the stack; `switch_context` is handed to preempt_mcall. The caller has checked that the
   stack has room. */
static inline PREEMPT_SIGNAL_SAFE void preempt_386_inject(ucontext_t *context, const char *entry, void *area, void *switch_context) {
  uint32_t top = preempt_386_sp(context) - 0;
  ((uint32_t *)(uintptr_t)top)[-1] = preempt_386_pc(context);
  ((uint32_t *)(uintptr_t)top)[-2] = *(const uint32_t *)((const char *)context + 44);
  ((uint32_t *)(uintptr_t)top)[-3] = *(const uint32_t *)((const char *)context + 84);
  ((uint32_t *)(uintptr_t)top)[-4] = (uint32_t)(uintptr_t)area;
  ((uint32_t *)(uintptr_t)top)[-5] = (uint32_t)(uintptr_t)switch_context;
  preempt_386_set_sp(context, top - 20);
  preempt_386_set_flags(context, preempt_386_flags(context) & ~(uint64_t)0x400u);
  preempt_386_set_pc(context, (uint32_t)(uintptr_t)entry);
}

/* Conformance probes: fill every register of a class from `in`, go round a loop, store every register to `out`.
   An image is a frame, padding to 64 bytes, and a save area of the widest class. */
#define PREEMPT_386_PROBE_AREA_OFFSET 64
typedef uint64_t preempt_386_probe_function(const void *in, void *out, uint64_t times);
#define PREEMPT_386_PROBE_LOOP_LIMIT 65535

/* What a probe returns: the path its loop took, which depends on the flags it was filled with. */
static inline uint64_t preempt_386_probe_path(uint64_t flags, uint64_t times) {
  uint64_t step = 1;
  if (flags & 0x1u) step += 2;
  if (flags & 0x4u) step += 4;
  if (flags & 0x40u) step += 8;
  if (flags & 0x80u) step += 16;
  if (flags & 0x800u) step += 32;
  return times * step;
}

extern preempt_386_probe_function preempt_386_probe_sse_in_sse __attribute__((visibility("hidden")));
extern preempt_386_probe_function preempt_386_probe_sse_in_avx __attribute__((visibility("hidden")));
extern preempt_386_probe_function preempt_386_probe_sse_in_avx512 __attribute__((visibility("hidden")));
extern preempt_386_probe_function preempt_386_probe_sse_x87_in_sse __attribute__((visibility("hidden")));
extern preempt_386_probe_function preempt_386_probe_sse_x87_in_avx __attribute__((visibility("hidden")));
extern preempt_386_probe_function preempt_386_probe_sse_x87_in_avx512 __attribute__((visibility("hidden")));
extern preempt_386_probe_function preempt_386_probe_avx_in_avx __attribute__((visibility("hidden")));
extern preempt_386_probe_function preempt_386_probe_avx_in_avx512 __attribute__((visibility("hidden")));
extern preempt_386_probe_function preempt_386_probe_avx_x87_in_avx __attribute__((visibility("hidden")));
extern preempt_386_probe_function preempt_386_probe_avx_x87_in_avx512 __attribute__((visibility("hidden")));
extern preempt_386_probe_function preempt_386_probe_avx512_in_avx512 __attribute__((visibility("hidden")));
extern preempt_386_probe_function preempt_386_probe_avx512_x87_in_avx512 __attribute__((visibility("hidden")));
static inline preempt_386_probe_function *preempt_386_probe(unsigned state_class, unsigned widest) {
  static preempt_386_probe_function *const probes[3][6] = {
    {preempt_386_probe_sse_in_sse, preempt_386_probe_sse_x87_in_sse, NULL, NULL, NULL, NULL},
    {preempt_386_probe_sse_in_avx, preempt_386_probe_sse_x87_in_avx, preempt_386_probe_avx_in_avx, preempt_386_probe_avx_x87_in_avx, NULL, NULL},
    {preempt_386_probe_sse_in_avx512, preempt_386_probe_sse_x87_in_avx512, preempt_386_probe_avx_in_avx512, preempt_386_probe_avx_x87_in_avx512, preempt_386_probe_avx512_in_avx512, preempt_386_probe_avx512_x87_in_avx512},
  };
  return state_class < 6 && widest < 3 ? probes[widest][state_class] : NULL;
}

#ifdef __cplusplus
}
#endif
#undef PREEMPT_ASSERT

#endif
#endif
