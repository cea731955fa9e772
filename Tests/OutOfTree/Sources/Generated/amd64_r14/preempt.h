/* Generated from backend amd64_r14 by `preempt generate`; edit Arch/, not this file. */

#ifndef PREEMPT_AMD64_R14_H
#define PREEMPT_AMD64_R14_H
#if defined(__x86_64__) && defined(__LP64__) && defined(__linux__)

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
struct preempt_amd64_r14_frame {
  uint8_t padding_0[2];
  uint16_t fcw;
  uint32_t mxcsr;
  uint64_t r15;
  uint64_t r13;
  uint64_t r12;
  uint64_t r11;
  uint64_t r10;
  uint64_t r9;
  uint64_t r8;
  uint64_t rdi;
  uint64_t rsi;
  uint64_t rbx;
  uint64_t rdx;
  uint64_t rcx;
  uint64_t rax;
  uint64_t context;
  uint64_t area;
  uint64_t rflags;
  uint64_t rbp;
  uint64_t pc;
  uint8_t red_zone[128];
};
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_frame, fcw) == 2, "fcw in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_frame, mxcsr) == 4, "mxcsr in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_frame, r15) == 8, "r15 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_frame, r13) == 16, "r13 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_frame, r12) == 24, "r12 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_frame, r11) == 32, "r11 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_frame, r10) == 40, "r10 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_frame, r9) == 48, "r9 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_frame, r8) == 56, "r8 in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_frame, rdi) == 64, "rdi in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_frame, rsi) == 72, "rsi in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_frame, rbx) == 80, "rbx in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_frame, rdx) == 88, "rdx in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_frame, rcx) == 96, "rcx in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_frame, rax) == 104, "rax in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_frame, context) == 112, "context in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_frame, area) == 120, "area in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_frame, rflags) == 128, "rflags in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_frame, rbp) == 136, "rbp in the frame");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_frame, pc) == 144, "pc in the frame");
PREEMPT_ASSERT(sizeof(struct preempt_amd64_r14_frame) == 280, "frame with red zone");

/* Save area of class sse, index 0. */
struct preempt_amd64_r14_state_sse {
  uint8_t xmm0[16];
  uint8_t xmm1[16];
  uint8_t xmm2[16];
  uint8_t xmm3[16];
  uint8_t xmm4[16];
  uint8_t xmm5[16];
  uint8_t xmm6[16];
  uint8_t xmm7[16];
  uint8_t xmm8[16];
  uint8_t xmm9[16];
  uint8_t xmm10[16];
  uint8_t xmm11[16];
  uint8_t xmm12[16];
  uint8_t xmm13[16];
  uint8_t xmm14[16];
  uint8_t xmm15[16];
};
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_sse, xmm0) == 0, "xmm0 in class sse");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_sse, xmm1) == 16, "xmm1 in class sse");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_sse, xmm2) == 32, "xmm2 in class sse");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_sse, xmm3) == 48, "xmm3 in class sse");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_sse, xmm4) == 64, "xmm4 in class sse");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_sse, xmm5) == 80, "xmm5 in class sse");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_sse, xmm6) == 96, "xmm6 in class sse");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_sse, xmm7) == 112, "xmm7 in class sse");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_sse, xmm8) == 128, "xmm8 in class sse");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_sse, xmm9) == 144, "xmm9 in class sse");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_sse, xmm10) == 160, "xmm10 in class sse");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_sse, xmm11) == 176, "xmm11 in class sse");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_sse, xmm12) == 192, "xmm12 in class sse");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_sse, xmm13) == 208, "xmm13 in class sse");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_sse, xmm14) == 224, "xmm14 in class sse");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_sse, xmm15) == 240, "xmm15 in class sse");
PREEMPT_ASSERT(sizeof(struct preempt_amd64_r14_state_sse) == 256, "class sse");

/* Save area of class sse_x87, index 1. */
struct preempt_amd64_r14_state_sse_x87 {
  uint8_t xmm0[16];
  uint8_t xmm1[16];
  uint8_t xmm2[16];
  uint8_t xmm3[16];
  uint8_t xmm4[16];
  uint8_t xmm5[16];
  uint8_t xmm6[16];
  uint8_t xmm7[16];
  uint8_t xmm8[16];
  uint8_t xmm9[16];
  uint8_t xmm10[16];
  uint8_t xmm11[16];
  uint8_t xmm12[16];
  uint8_t xmm13[16];
  uint8_t xmm14[16];
  uint8_t xmm15[16];
  uint8_t st[108];
};
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_sse_x87, xmm0) == 0, "xmm0 in class sse_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_sse_x87, xmm1) == 16, "xmm1 in class sse_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_sse_x87, xmm2) == 32, "xmm2 in class sse_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_sse_x87, xmm3) == 48, "xmm3 in class sse_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_sse_x87, xmm4) == 64, "xmm4 in class sse_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_sse_x87, xmm5) == 80, "xmm5 in class sse_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_sse_x87, xmm6) == 96, "xmm6 in class sse_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_sse_x87, xmm7) == 112, "xmm7 in class sse_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_sse_x87, xmm8) == 128, "xmm8 in class sse_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_sse_x87, xmm9) == 144, "xmm9 in class sse_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_sse_x87, xmm10) == 160, "xmm10 in class sse_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_sse_x87, xmm11) == 176, "xmm11 in class sse_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_sse_x87, xmm12) == 192, "xmm12 in class sse_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_sse_x87, xmm13) == 208, "xmm13 in class sse_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_sse_x87, xmm14) == 224, "xmm14 in class sse_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_sse_x87, xmm15) == 240, "xmm15 in class sse_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_sse_x87, st) == 256, "st in class sse_x87");
PREEMPT_ASSERT(sizeof(struct preempt_amd64_r14_state_sse_x87) == 364, "class sse_x87");

/* Save area of class avx, index 2. */
struct preempt_amd64_r14_state_avx {
  uint8_t xmm0[32];
  uint8_t xmm1[32];
  uint8_t xmm2[32];
  uint8_t xmm3[32];
  uint8_t xmm4[32];
  uint8_t xmm5[32];
  uint8_t xmm6[32];
  uint8_t xmm7[32];
  uint8_t xmm8[32];
  uint8_t xmm9[32];
  uint8_t xmm10[32];
  uint8_t xmm11[32];
  uint8_t xmm12[32];
  uint8_t xmm13[32];
  uint8_t xmm14[32];
  uint8_t xmm15[32];
};
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx, xmm0) == 0, "xmm0 in class avx");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx, xmm1) == 32, "xmm1 in class avx");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx, xmm2) == 64, "xmm2 in class avx");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx, xmm3) == 96, "xmm3 in class avx");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx, xmm4) == 128, "xmm4 in class avx");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx, xmm5) == 160, "xmm5 in class avx");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx, xmm6) == 192, "xmm6 in class avx");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx, xmm7) == 224, "xmm7 in class avx");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx, xmm8) == 256, "xmm8 in class avx");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx, xmm9) == 288, "xmm9 in class avx");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx, xmm10) == 320, "xmm10 in class avx");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx, xmm11) == 352, "xmm11 in class avx");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx, xmm12) == 384, "xmm12 in class avx");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx, xmm13) == 416, "xmm13 in class avx");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx, xmm14) == 448, "xmm14 in class avx");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx, xmm15) == 480, "xmm15 in class avx");
PREEMPT_ASSERT(sizeof(struct preempt_amd64_r14_state_avx) == 512, "class avx");

/* Save area of class avx_x87, index 3. */
struct preempt_amd64_r14_state_avx_x87 {
  uint8_t xmm0[32];
  uint8_t xmm1[32];
  uint8_t xmm2[32];
  uint8_t xmm3[32];
  uint8_t xmm4[32];
  uint8_t xmm5[32];
  uint8_t xmm6[32];
  uint8_t xmm7[32];
  uint8_t xmm8[32];
  uint8_t xmm9[32];
  uint8_t xmm10[32];
  uint8_t xmm11[32];
  uint8_t xmm12[32];
  uint8_t xmm13[32];
  uint8_t xmm14[32];
  uint8_t xmm15[32];
  uint8_t st[108];
};
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx_x87, xmm0) == 0, "xmm0 in class avx_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx_x87, xmm1) == 32, "xmm1 in class avx_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx_x87, xmm2) == 64, "xmm2 in class avx_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx_x87, xmm3) == 96, "xmm3 in class avx_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx_x87, xmm4) == 128, "xmm4 in class avx_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx_x87, xmm5) == 160, "xmm5 in class avx_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx_x87, xmm6) == 192, "xmm6 in class avx_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx_x87, xmm7) == 224, "xmm7 in class avx_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx_x87, xmm8) == 256, "xmm8 in class avx_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx_x87, xmm9) == 288, "xmm9 in class avx_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx_x87, xmm10) == 320, "xmm10 in class avx_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx_x87, xmm11) == 352, "xmm11 in class avx_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx_x87, xmm12) == 384, "xmm12 in class avx_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx_x87, xmm13) == 416, "xmm13 in class avx_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx_x87, xmm14) == 448, "xmm14 in class avx_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx_x87, xmm15) == 480, "xmm15 in class avx_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx_x87, st) == 512, "st in class avx_x87");
PREEMPT_ASSERT(sizeof(struct preempt_amd64_r14_state_avx_x87) == 620, "class avx_x87");

/* Save area of class avx512, index 4. */
struct preempt_amd64_r14_state_avx512 {
  uint8_t xmm0[64];
  uint8_t xmm1[64];
  uint8_t xmm2[64];
  uint8_t xmm3[64];
  uint8_t xmm4[64];
  uint8_t xmm5[64];
  uint8_t xmm6[64];
  uint8_t xmm7[64];
  uint8_t xmm8[64];
  uint8_t xmm9[64];
  uint8_t xmm10[64];
  uint8_t xmm11[64];
  uint8_t xmm12[64];
  uint8_t xmm13[64];
  uint8_t xmm14[64];
  uint8_t xmm15[64];
  uint8_t xmm16[64];
  uint8_t xmm17[64];
  uint8_t xmm18[64];
  uint8_t xmm19[64];
  uint8_t xmm20[64];
  uint8_t xmm21[64];
  uint8_t xmm22[64];
  uint8_t xmm23[64];
  uint8_t xmm24[64];
  uint8_t xmm25[64];
  uint8_t xmm26[64];
  uint8_t xmm27[64];
  uint8_t xmm28[64];
  uint8_t xmm29[64];
  uint8_t xmm30[64];
  uint8_t xmm31[64];
  uint8_t k0[8];
  uint8_t k1[8];
  uint8_t k2[8];
  uint8_t k3[8];
  uint8_t k4[8];
  uint8_t k5[8];
  uint8_t k6[8];
  uint8_t k7[8];
};
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512, xmm0) == 0, "xmm0 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512, xmm1) == 64, "xmm1 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512, xmm2) == 128, "xmm2 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512, xmm3) == 192, "xmm3 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512, xmm4) == 256, "xmm4 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512, xmm5) == 320, "xmm5 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512, xmm6) == 384, "xmm6 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512, xmm7) == 448, "xmm7 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512, xmm8) == 512, "xmm8 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512, xmm9) == 576, "xmm9 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512, xmm10) == 640, "xmm10 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512, xmm11) == 704, "xmm11 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512, xmm12) == 768, "xmm12 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512, xmm13) == 832, "xmm13 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512, xmm14) == 896, "xmm14 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512, xmm15) == 960, "xmm15 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512, xmm16) == 1024, "xmm16 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512, xmm17) == 1088, "xmm17 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512, xmm18) == 1152, "xmm18 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512, xmm19) == 1216, "xmm19 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512, xmm20) == 1280, "xmm20 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512, xmm21) == 1344, "xmm21 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512, xmm22) == 1408, "xmm22 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512, xmm23) == 1472, "xmm23 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512, xmm24) == 1536, "xmm24 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512, xmm25) == 1600, "xmm25 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512, xmm26) == 1664, "xmm26 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512, xmm27) == 1728, "xmm27 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512, xmm28) == 1792, "xmm28 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512, xmm29) == 1856, "xmm29 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512, xmm30) == 1920, "xmm30 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512, xmm31) == 1984, "xmm31 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512, k0) == 2048, "k0 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512, k1) == 2056, "k1 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512, k2) == 2064, "k2 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512, k3) == 2072, "k3 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512, k4) == 2080, "k4 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512, k5) == 2088, "k5 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512, k6) == 2096, "k6 in class avx512");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512, k7) == 2104, "k7 in class avx512");
PREEMPT_ASSERT(sizeof(struct preempt_amd64_r14_state_avx512) == 2112, "class avx512");

/* Save area of class avx512_x87, index 5. */
struct preempt_amd64_r14_state_avx512_x87 {
  uint8_t xmm0[64];
  uint8_t xmm1[64];
  uint8_t xmm2[64];
  uint8_t xmm3[64];
  uint8_t xmm4[64];
  uint8_t xmm5[64];
  uint8_t xmm6[64];
  uint8_t xmm7[64];
  uint8_t xmm8[64];
  uint8_t xmm9[64];
  uint8_t xmm10[64];
  uint8_t xmm11[64];
  uint8_t xmm12[64];
  uint8_t xmm13[64];
  uint8_t xmm14[64];
  uint8_t xmm15[64];
  uint8_t xmm16[64];
  uint8_t xmm17[64];
  uint8_t xmm18[64];
  uint8_t xmm19[64];
  uint8_t xmm20[64];
  uint8_t xmm21[64];
  uint8_t xmm22[64];
  uint8_t xmm23[64];
  uint8_t xmm24[64];
  uint8_t xmm25[64];
  uint8_t xmm26[64];
  uint8_t xmm27[64];
  uint8_t xmm28[64];
  uint8_t xmm29[64];
  uint8_t xmm30[64];
  uint8_t xmm31[64];
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
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512_x87, xmm0) == 0, "xmm0 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512_x87, xmm1) == 64, "xmm1 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512_x87, xmm2) == 128, "xmm2 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512_x87, xmm3) == 192, "xmm3 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512_x87, xmm4) == 256, "xmm4 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512_x87, xmm5) == 320, "xmm5 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512_x87, xmm6) == 384, "xmm6 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512_x87, xmm7) == 448, "xmm7 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512_x87, xmm8) == 512, "xmm8 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512_x87, xmm9) == 576, "xmm9 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512_x87, xmm10) == 640, "xmm10 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512_x87, xmm11) == 704, "xmm11 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512_x87, xmm12) == 768, "xmm12 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512_x87, xmm13) == 832, "xmm13 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512_x87, xmm14) == 896, "xmm14 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512_x87, xmm15) == 960, "xmm15 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512_x87, xmm16) == 1024, "xmm16 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512_x87, xmm17) == 1088, "xmm17 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512_x87, xmm18) == 1152, "xmm18 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512_x87, xmm19) == 1216, "xmm19 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512_x87, xmm20) == 1280, "xmm20 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512_x87, xmm21) == 1344, "xmm21 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512_x87, xmm22) == 1408, "xmm22 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512_x87, xmm23) == 1472, "xmm23 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512_x87, xmm24) == 1536, "xmm24 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512_x87, xmm25) == 1600, "xmm25 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512_x87, xmm26) == 1664, "xmm26 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512_x87, xmm27) == 1728, "xmm27 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512_x87, xmm28) == 1792, "xmm28 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512_x87, xmm29) == 1856, "xmm29 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512_x87, xmm30) == 1920, "xmm30 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512_x87, xmm31) == 1984, "xmm31 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512_x87, k0) == 2048, "k0 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512_x87, k1) == 2056, "k1 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512_x87, k2) == 2064, "k2 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512_x87, k3) == 2072, "k3 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512_x87, k4) == 2080, "k4 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512_x87, k5) == 2088, "k5 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512_x87, k6) == 2096, "k6 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512_x87, k7) == 2104, "k7 in class avx512_x87");
PREEMPT_ASSERT(offsetof(struct preempt_amd64_r14_state_avx512_x87, st) == 2112, "st in class avx512_x87");
PREEMPT_ASSERT(sizeof(struct preempt_amd64_r14_state_avx512_x87) == 2220, "class avx512_x87");

/* What a task holds off its stack: a save area's address with the class index in its low bits, or zero. */
struct preempt_amd64_r14_extended_state { uintptr_t bits; };
PREEMPT_ASSERT(sizeof(struct preempt_amd64_r14_extended_state) == sizeof(void *), "one word a task");

extern const char preempt_amd64_r14_entry_sse_in_sse[] __attribute__((visibility("hidden")));
extern const char preempt_amd64_r14_entry_sse_in_avx[] __attribute__((visibility("hidden")));
extern const char preempt_amd64_r14_entry_sse_in_avx512[] __attribute__((visibility("hidden")));
extern const char preempt_amd64_r14_entry_sse_x87_in_sse[] __attribute__((visibility("hidden")));
extern const char preempt_amd64_r14_entry_sse_x87_in_avx[] __attribute__((visibility("hidden")));
extern const char preempt_amd64_r14_entry_sse_x87_in_avx512[] __attribute__((visibility("hidden")));
extern const char preempt_amd64_r14_entry_avx_in_avx[] __attribute__((visibility("hidden")));
extern const char preempt_amd64_r14_entry_avx_in_avx512[] __attribute__((visibility("hidden")));
extern const char preempt_amd64_r14_entry_avx_x87_in_avx[] __attribute__((visibility("hidden")));
extern const char preempt_amd64_r14_entry_avx_x87_in_avx512[] __attribute__((visibility("hidden")));
extern const char preempt_amd64_r14_entry_avx512_in_avx512[] __attribute__((visibility("hidden")));
extern const char preempt_amd64_r14_entry_avx512_x87_in_avx512[] __attribute__((visibility("hidden")));

/* The stub for a live class on a machine whose widest enabled width is `widest` (0 sse, …), or NULL. */
static inline PREEMPT_SIGNAL_SAFE const char *preempt_amd64_r14_entry(unsigned state_class, unsigned widest) {
  static const char *const entries[3][6] = {
    {preempt_amd64_r14_entry_sse_in_sse, preempt_amd64_r14_entry_sse_x87_in_sse, NULL, NULL, NULL, NULL},
    {preempt_amd64_r14_entry_sse_in_avx, preempt_amd64_r14_entry_sse_x87_in_avx, preempt_amd64_r14_entry_avx_in_avx, preempt_amd64_r14_entry_avx_x87_in_avx, NULL, NULL},
    {preempt_amd64_r14_entry_sse_in_avx512, preempt_amd64_r14_entry_sse_x87_in_avx512, preempt_amd64_r14_entry_avx_in_avx512, preempt_amd64_r14_entry_avx_x87_in_avx512, preempt_amd64_r14_entry_avx512_in_avx512, preempt_amd64_r14_entry_avx512_x87_in_avx512},
  };
  return state_class < 6 && widest < 3 ? entries[widest][state_class] : NULL;
}

/* Index of the widest width that the enabled state components cover, or -1. */
static inline PREEMPT_SIGNAL_SAFE int preempt_amd64_r14_widest(uint64_t enabled) {
  if ((enabled & 0xe7u) == 0xe7u) return 2;
  if ((enabled & 0x7u) == 0x7u) return 1;
  if ((enabled & 0x3u) == 0x3u) return 0;
  return -1;
}

static inline PREEMPT_SIGNAL_SAFE uint64_t preempt_amd64_r14_pc(const ucontext_t *context) {
  uint64_t value;
  __builtin_memcpy(&value, (const char *)context + 168, sizeof value);
  return value;
}
static inline PREEMPT_SIGNAL_SAFE void preempt_amd64_r14_set_pc(ucontext_t *context, uint64_t value) {
  __builtin_memcpy((char *)context + 168, &value, sizeof value);
}
static inline PREEMPT_SIGNAL_SAFE uint64_t preempt_amd64_r14_sp(const ucontext_t *context) {
  uint64_t value;
  __builtin_memcpy(&value, (const char *)context + 160, sizeof value);
  return value;
}
static inline PREEMPT_SIGNAL_SAFE void preempt_amd64_r14_set_sp(ucontext_t *context, uint64_t value) {
  __builtin_memcpy((char *)context + 160, &value, sizeof value);
}
static inline PREEMPT_SIGNAL_SAFE uint64_t preempt_amd64_r14_flags(const ucontext_t *context) {
  uint64_t value;
  __builtin_memcpy(&value, (const char *)context + 176, sizeof value);
  return value;
}
static inline PREEMPT_SIGNAL_SAFE void preempt_amd64_r14_set_flags(ucontext_t *context, uint64_t value) {
  __builtin_memcpy((char *)context + 176, &value, sizeof value);
}
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.gregs[0]) == 40, "r8 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.gregs[1]) == 48, "r9 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.gregs[2]) == 56, "r10 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.gregs[3]) == 64, "r11 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.gregs[4]) == 72, "r12 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.gregs[5]) == 80, "r13 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.gregs[6]) == 88, "r14 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.gregs[7]) == 96, "r15 in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.gregs[8]) == 104, "rdi in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.gregs[9]) == 112, "rsi in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.gregs[10]) == 120, "rbp in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.gregs[11]) == 128, "rbx in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.gregs[12]) == 136, "rdx in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.gregs[13]) == 144, "rax in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.gregs[14]) == 152, "rcx in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.gregs[15]) == 160, "rsp in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.gregs[16]) == 168, "rip in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_mcontext.gregs[17]) == 176, "rflags in ucontext_t");
PREEMPT_ASSERT(offsetof(ucontext_t, uc_sigmask) == 296, "uc_sigmask in ucontext_t");

/* Index of the narrowest class that covers what is live in the signal frame; the widest enabled one where the
   frame has no valid extended state; -1 where a component is live that no class covers. */
static inline PREEMPT_SIGNAL_SAFE int preempt_amd64_r14_live_class(const ucontext_t *context, uint64_t enabled) {
  uint64_t context_flags; uint64_t live, features; const unsigned char *state; uint32_t magic, byte_count, extended_byte_count;
  int widest = preempt_amd64_r14_widest(enabled);
  if (widest < 0) return -1;
  __builtin_memcpy(&context_flags, (const char *)context + 0, sizeof context_flags);
  __builtin_memcpy(&state, (const char *)context + 224, sizeof state);
  if (!state) return widest * 2 + 1;
  int occasional = state[4] != 0 || state[2] != 0 || state[3] != 0;
  if (!(context_flags & 0x1u)) return widest * 2 + occasional;
  __builtin_memcpy(&magic, state + 464, sizeof magic);
  __builtin_memcpy(&extended_byte_count, state + 468, sizeof extended_byte_count);
  __builtin_memcpy(&features, state + 472, sizeof features);
  __builtin_memcpy(&byte_count, state + 480, sizeof byte_count);
  if (magic != 0x46505853u || byte_count < 576 || byte_count > 65536
      || extended_byte_count < byte_count + 4 || extended_byte_count > byte_count + 64) return widest * 2 + occasional;
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
static inline PREEMPT_SIGNAL_SAFE void preempt_amd64_r14_inject(ucontext_t *context, const char *entry, void *area, void *switch_context) {
  uint64_t top = preempt_amd64_r14_sp(context) - 128;
  ((uint64_t *)(uintptr_t)top)[-1] = preempt_amd64_r14_pc(context);
  ((uint64_t *)(uintptr_t)top)[-2] = *(const uint64_t *)((const char *)context + 120);
  ((uint64_t *)(uintptr_t)top)[-3] = *(const uint64_t *)((const char *)context + 176);
  ((uint64_t *)(uintptr_t)top)[-4] = (uint64_t)(uintptr_t)area;
  ((uint64_t *)(uintptr_t)top)[-5] = (uint64_t)(uintptr_t)switch_context;
  preempt_amd64_r14_set_sp(context, top - 40);
  preempt_amd64_r14_set_flags(context, preempt_amd64_r14_flags(context) & ~(uint64_t)0x400u);
  preempt_amd64_r14_set_pc(context, (uint64_t)(uintptr_t)entry);
}

/* Conformance probes: fill every register of a class from `in`, go round a loop, store every register to `out`.
   An image is a frame, padding to 64 bytes, and a save area of the widest class. */
#define PREEMPT_AMD64_R14_PROBE_AREA_OFFSET 320
typedef uint64_t preempt_amd64_r14_probe_function(const void *in, void *out, uint64_t times);
#define PREEMPT_AMD64_R14_PROBE_LOOP_LIMIT 65535

/* What a probe returns: the path its loop took, which depends on the flags it was filled with. */
static inline uint64_t preempt_amd64_r14_probe_path(uint64_t flags, uint64_t times) {
  uint64_t step = 1;
  if (flags & 0x1u) step += 2;
  if (flags & 0x4u) step += 4;
  if (flags & 0x40u) step += 8;
  if (flags & 0x80u) step += 16;
  if (flags & 0x800u) step += 32;
  return times * step;
}

extern preempt_amd64_r14_probe_function preempt_amd64_r14_probe_sse_in_sse __attribute__((visibility("hidden")));
extern preempt_amd64_r14_probe_function preempt_amd64_r14_probe_sse_in_avx __attribute__((visibility("hidden")));
extern preempt_amd64_r14_probe_function preempt_amd64_r14_probe_sse_in_avx512 __attribute__((visibility("hidden")));
extern preempt_amd64_r14_probe_function preempt_amd64_r14_probe_sse_x87_in_sse __attribute__((visibility("hidden")));
extern preempt_amd64_r14_probe_function preempt_amd64_r14_probe_sse_x87_in_avx __attribute__((visibility("hidden")));
extern preempt_amd64_r14_probe_function preempt_amd64_r14_probe_sse_x87_in_avx512 __attribute__((visibility("hidden")));
extern preempt_amd64_r14_probe_function preempt_amd64_r14_probe_avx_in_avx __attribute__((visibility("hidden")));
extern preempt_amd64_r14_probe_function preempt_amd64_r14_probe_avx_in_avx512 __attribute__((visibility("hidden")));
extern preempt_amd64_r14_probe_function preempt_amd64_r14_probe_avx_x87_in_avx __attribute__((visibility("hidden")));
extern preempt_amd64_r14_probe_function preempt_amd64_r14_probe_avx_x87_in_avx512 __attribute__((visibility("hidden")));
extern preempt_amd64_r14_probe_function preempt_amd64_r14_probe_avx512_in_avx512 __attribute__((visibility("hidden")));
extern preempt_amd64_r14_probe_function preempt_amd64_r14_probe_avx512_x87_in_avx512 __attribute__((visibility("hidden")));
static inline preempt_amd64_r14_probe_function *preempt_amd64_r14_probe(unsigned state_class, unsigned widest) {
  static preempt_amd64_r14_probe_function *const probes[3][6] = {
    {preempt_amd64_r14_probe_sse_in_sse, preempt_amd64_r14_probe_sse_x87_in_sse, NULL, NULL, NULL, NULL},
    {preempt_amd64_r14_probe_sse_in_avx, preempt_amd64_r14_probe_sse_x87_in_avx, preempt_amd64_r14_probe_avx_in_avx, preempt_amd64_r14_probe_avx_x87_in_avx, NULL, NULL},
    {preempt_amd64_r14_probe_sse_in_avx512, preempt_amd64_r14_probe_sse_x87_in_avx512, preempt_amd64_r14_probe_avx_in_avx512, preempt_amd64_r14_probe_avx_x87_in_avx512, preempt_amd64_r14_probe_avx512_in_avx512, preempt_amd64_r14_probe_avx512_x87_in_avx512},
  };
  return state_class < 6 && widest < 3 ? probes[widest][state_class] : NULL;
}

#ifdef __cplusplus
}
#endif
#undef PREEMPT_ASSERT

#endif
#endif
