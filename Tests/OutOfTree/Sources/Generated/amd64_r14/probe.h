/* Generated from backend amd64_r14 by `preempt generate`; edit Arch/, not this file. */

#ifndef PREEMPT_PROBE_H
#define PREEMPT_PROBE_H
#include "preempt.h"
#if defined(__x86_64__) && defined(__LP64__) && defined(__linux__)

#define PREEMPT_ARCH_NAME "amd64_r14"
#define PREEMPT_ARCH_CLASSES 6
#define PREEMPT_ARCH_WIDTHS 3
#define PREEMPT_ARCH_WORD_BYTES 8
#define PREEMPT_ARCH_RED_ZONE_BYTES 128
#define PREEMPT_ARCH_REGISTER_SAVE_AREA_BYTES 0
#define PREEMPT_ARCH_STACK_ALIGNMENT_BYTES 16
#define PREEMPT_ARCH_FRAME_BYTES 280
#define PREEMPT_ARCH_AREA_BYTES 2220
#define PREEMPT_ARCH_AREA_ALIGNMENT_BYTES 64
#define PREEMPT_ARCH_AREA_IS_ON_STACK 0
#define PREEMPT_ARCH_PREEMPTED_REASON 16
#define PREEMPT_ARCH_REFUSED_FLAGS 0x44100u
#define PREEMPT_ARCH_IMAGE_AREA_OFFSET 320
#define PREEMPT_ARCH_IMAGE_BYTES 2560
#define PREEMPT_ARCH_LOOP_LIMIT 65535
#define PREEMPT_ARCH_HAS_COPY_STRING 1
#define PREEMPT_ARCH_HAS_MISALIGN_STACK 1
/* In ptrace's register set NT_PRSTATUS. The flag is what a stepper leaves behind. */
#define PREEMPT_ARCH_TRACED_PC_OFFSET 128
#define PREEMPT_ARCH_TRACED_FLAGS_OFFSET 144
#define PREEMPT_ARCH_STEP_FLAG 0x100u

#define preempt_arch_entry preempt_amd64_r14_entry
#define preempt_arch_widest preempt_amd64_r14_widest
#define preempt_arch_live_class preempt_amd64_r14_live_class
#define preempt_arch_inject preempt_amd64_r14_inject
#define preempt_arch_pc preempt_amd64_r14_pc
#define preempt_arch_sp preempt_amd64_r14_sp
#define preempt_arch_flags preempt_amd64_r14_flags
#define preempt_arch_probe preempt_amd64_r14_probe
#define preempt_arch_probe_function preempt_amd64_r14_probe_function
#define preempt_arch_probe_path preempt_amd64_r14_probe_path
#define preempt_arch_park preempt_amd64_r14_park
#define preempt_arch_enabled_components preempt_amd64_r14_enabled_components
#define preempt_arch_copy_string preempt_amd64_r14_copy_string
#define preempt_arch_misalign_stack preempt_amd64_r14_misalign_stack

/* Three words that preempt_arch_park, which stands in for preempt_mcall, reserves on the stack of the task. */
struct preempt_arch_parking {
  const void *poison; /* an image */
  const void *routine; /* preempt_arch_poison(…) */
  uintptr_t stack_pointer; /* at the stub's call */
};
/* What preempt_arch_inject hands on as switch context. `leave` is called on `stack`, sets poison and routine, and
   returns the block to restore from. */
struct preempt_arch_context {
  void *stack;
  void *(*leave)(struct preempt_arch_context *, uintptr_t reason, struct preempt_arch_parking *);
};
extern const char preempt_amd64_r14_park[] __attribute__((visibility("hidden")));
extern const char preempt_amd64_r14_poison_sse[] __attribute__((visibility("hidden")));
extern const char preempt_amd64_r14_poison_sse_x87[] __attribute__((visibility("hidden")));
extern const char preempt_amd64_r14_poison_avx[] __attribute__((visibility("hidden")));
extern const char preempt_amd64_r14_poison_avx_x87[] __attribute__((visibility("hidden")));
extern const char preempt_amd64_r14_poison_avx512[] __attribute__((visibility("hidden")));
extern const char preempt_amd64_r14_poison_avx512_x87[] __attribute__((visibility("hidden")));
extern void preempt_amd64_r14_initialize_sse(void) __attribute__((visibility("hidden")));
extern void preempt_amd64_r14_initialize_avx(void) __attribute__((visibility("hidden")));
extern void preempt_amd64_r14_initialize_avx512(void) __attribute__((visibility("hidden")));
extern uint64_t preempt_amd64_r14_enabled_components(unsigned long hwcap, unsigned long hwcap2) __attribute__((visibility("hidden")));
extern void preempt_amd64_r14_copy_string(void *to, const void *from, uintptr_t byte_count) __attribute__((visibility("hidden")));
extern uintptr_t preempt_amd64_r14_misalign_stack(uintptr_t value) __attribute__((visibility("hidden")));
/* The routine to set, by widest enabled width, and whether the class includes the occasional components. */
static inline const char *preempt_arch_poison(unsigned widest, int occasional) {
  static const char *const routines[3][2] = {
    {preempt_amd64_r14_poison_sse, preempt_amd64_r14_poison_sse_x87},
    {preempt_amd64_r14_poison_avx, preempt_amd64_r14_poison_avx_x87},
    {preempt_amd64_r14_poison_avx512, preempt_amd64_r14_poison_avx512_x87},
  };
  return routines[widest][occasional];
}
/* Initial state of everything that is wider than the narrowest class, where a width is enabled. */
static inline void preempt_arch_initialize(unsigned widest) {
  static void (*const functions[3])(void) = {preempt_amd64_r14_initialize_sse, preempt_amd64_r14_initialize_avx, preempt_amd64_r14_initialize_avx512};
  functions[widest]();
}

/* State classes, the narrowest first. */
static const struct preempt_arch_class {
  const char *name;
  unsigned width; /* index */
  int occasional; /* whether it includes the occasional components */
  unsigned area_bytes, required_stack_bytes;
} preempt_arch_classes[] = {
  {"sse", 0, 0, 256, 360},
  {"sse_x87", 0, 1, 364, 360},
  {"avx", 1, 0, 512, 360},
  {"avx_x87", 1, 1, 620, 360},
  {"avx512", 2, 0, 2112, 360},
  {"avx512_x87", 2, 1, 2220, 360},
};
static const struct preempt_arch_width {
  const char *name;
  uint64_t components;
} preempt_arch_widths[] = {
  {"sse", 0x3u},
  {"avx", 0x7u},
  {"avx512", 0xe7u},
};
/* By widest enabled width and class: the instructions of a probe between which everything is filled. */
extern const char preempt_amd64_r14_probe_sse_in_sse_loop[], preempt_amd64_r14_probe_sse_in_sse_loop_end[] __attribute__((visibility("hidden")));
extern const char preempt_amd64_r14_probe_sse_in_avx_loop[], preempt_amd64_r14_probe_sse_in_avx_loop_end[] __attribute__((visibility("hidden")));
extern const char preempt_amd64_r14_probe_sse_in_avx512_loop[], preempt_amd64_r14_probe_sse_in_avx512_loop_end[] __attribute__((visibility("hidden")));
extern const char preempt_amd64_r14_probe_sse_x87_in_sse_loop[], preempt_amd64_r14_probe_sse_x87_in_sse_loop_end[] __attribute__((visibility("hidden")));
extern const char preempt_amd64_r14_probe_sse_x87_in_avx_loop[], preempt_amd64_r14_probe_sse_x87_in_avx_loop_end[] __attribute__((visibility("hidden")));
extern const char preempt_amd64_r14_probe_sse_x87_in_avx512_loop[], preempt_amd64_r14_probe_sse_x87_in_avx512_loop_end[] __attribute__((visibility("hidden")));
extern const char preempt_amd64_r14_probe_avx_in_avx_loop[], preempt_amd64_r14_probe_avx_in_avx_loop_end[] __attribute__((visibility("hidden")));
extern const char preempt_amd64_r14_probe_avx_in_avx512_loop[], preempt_amd64_r14_probe_avx_in_avx512_loop_end[] __attribute__((visibility("hidden")));
extern const char preempt_amd64_r14_probe_avx_x87_in_avx_loop[], preempt_amd64_r14_probe_avx_x87_in_avx_loop_end[] __attribute__((visibility("hidden")));
extern const char preempt_amd64_r14_probe_avx_x87_in_avx512_loop[], preempt_amd64_r14_probe_avx_x87_in_avx512_loop_end[] __attribute__((visibility("hidden")));
extern const char preempt_amd64_r14_probe_avx512_in_avx512_loop[], preempt_amd64_r14_probe_avx512_in_avx512_loop_end[] __attribute__((visibility("hidden")));
extern const char preempt_amd64_r14_probe_avx512_x87_in_avx512_loop[], preempt_amd64_r14_probe_avx512_x87_in_avx512_loop_end[] __attribute__((visibility("hidden")));
static const struct preempt_arch_loop {
  const char *start, *end;
  unsigned instructions; /* of the whole probe */
} preempt_arch_loops[3][6] = {
  {{preempt_amd64_r14_probe_sse_in_sse_loop, preempt_amd64_r14_probe_sse_in_sse_loop_end, 188}, {preempt_amd64_r14_probe_sse_x87_in_sse_loop, preempt_amd64_r14_probe_sse_x87_in_sse_loop_end, 188}, {NULL, NULL, 0}, {NULL, NULL, 0}, {NULL, NULL, 0}, {NULL, NULL, 0}},
  {{preempt_amd64_r14_probe_sse_in_avx_loop, preempt_amd64_r14_probe_sse_in_avx_loop_end, 190}, {preempt_amd64_r14_probe_sse_x87_in_avx_loop, preempt_amd64_r14_probe_sse_x87_in_avx_loop_end, 190}, {preempt_amd64_r14_probe_avx_in_avx_loop, preempt_amd64_r14_probe_avx_in_avx_loop_end, 190}, {preempt_amd64_r14_probe_avx_x87_in_avx_loop, preempt_amd64_r14_probe_avx_x87_in_avx_loop_end, 190}, {NULL, NULL, 0}, {NULL, NULL, 0}},
  {{preempt_amd64_r14_probe_sse_in_avx512_loop, preempt_amd64_r14_probe_sse_in_avx512_loop_end, 262}, {preempt_amd64_r14_probe_sse_x87_in_avx512_loop, preempt_amd64_r14_probe_sse_x87_in_avx512_loop_end, 262}, {preempt_amd64_r14_probe_avx_in_avx512_loop, preempt_amd64_r14_probe_avx_in_avx512_loop_end, 262}, {preempt_amd64_r14_probe_avx_x87_in_avx512_loop, preempt_amd64_r14_probe_avx_x87_in_avx512_loop_end, 262}, {preempt_amd64_r14_probe_avx512_in_avx512_loop, preempt_amd64_r14_probe_avx512_in_avx512_loop_end, 286}, {preempt_amd64_r14_probe_avx512_x87_in_avx512_loop, preempt_amd64_r14_probe_avx512_x87_in_avx512_loop_end, 286}},
};

/* What user code may keep in the low bits of some bytes of a register. */
struct preempt_arch_bits {
  unsigned byte_count;
  int is_initial_known; /* whether a class that doesn't cover the register leaves `initial` in it */
  uint64_t free, set, compared, initial;
};
static const struct preempt_arch_bits preempt_arch_any_bits[] = {
  {8, 1, 0xffffffffffffffffull, 0x0u, 0xffffffffffffffffull, 0x0u},
};
static const struct preempt_arch_bits preempt_arch_rflags_bits[] = {
  {8, 0, 0x200cd5u, 0x202u, 0x200ed7u, 0x0u},
};
static const struct preempt_arch_bits preempt_arch_mxcsr_bits[] = {
  {4, 0, 0xe07fu, 0x1f80u, 0xffffu, 0x0u},
};
static const struct preempt_arch_bits preempt_arch_fcw_bits[] = {
  {2, 0, 0xd00u, 0x27fu, 0xf7fu, 0x0u},
};
static const struct preempt_arch_bits preempt_arch_st_bits[] = {
  {4, 0, 0xd00u, 0x27fu, 0xf7fu, 0x0u},
  {4, 1, 0x7f7fu, 0x0u, 0xffffu, 0x0u},
  {4, 1, 0x0u, 0x0u, 0xffffu, 0xffffu},
  {8, 0, 0x0u, 0x0u, 0x0u, 0x0u},
  {8, 0, 0x0u, 0x0u, 0x0u, 0x0u},
  {8, 0, 0x7fffffffffffffffull, 0x8000000000000000ull, 0xffffffffffffffffull, 0x0u},
  {2, 0, 0x9fffu, 0x2000u, 0xbfffu, 0x0u},
  {8, 0, 0x7fffffffffffffffull, 0x8000000000000000ull, 0xffffffffffffffffull, 0x0u},
  {2, 0, 0x9fffu, 0x2000u, 0xbfffu, 0x0u},
  {8, 0, 0x7fffffffffffffffull, 0x8000000000000000ull, 0xffffffffffffffffull, 0x0u},
  {2, 0, 0x9fffu, 0x2000u, 0xbfffu, 0x0u},
  {8, 0, 0x7fffffffffffffffull, 0x8000000000000000ull, 0xffffffffffffffffull, 0x0u},
  {2, 0, 0x9fffu, 0x2000u, 0xbfffu, 0x0u},
  {8, 0, 0x7fffffffffffffffull, 0x8000000000000000ull, 0xffffffffffffffffull, 0x0u},
  {2, 0, 0x9fffu, 0x2000u, 0xbfffu, 0x0u},
  {8, 0, 0x7fffffffffffffffull, 0x8000000000000000ull, 0xffffffffffffffffull, 0x0u},
  {2, 0, 0x9fffu, 0x2000u, 0xbfffu, 0x0u},
  {8, 0, 0x7fffffffffffffffull, 0x8000000000000000ull, 0xffffffffffffffffull, 0x0u},
  {2, 0, 0x9fffu, 0x2000u, 0xbfffu, 0x0u},
  {8, 0, 0x7fffffffffffffffull, 0x8000000000000000ull, 0xffffffffffffffffull, 0x0u},
  {2, 0, 0x9fffu, 0x2000u, 0xbfffu, 0x0u},
};
/* The registers of an image and of what a stub saves. */
static const struct preempt_arch_field {
  const char *name;
  const struct preempt_arch_bits *bits; /* repeated until the register ends */
  unsigned bits_count;
  int is_flags; /* those that a probe's path depends on */
  int is_in_area; /* else in the frame */
  int stands_in, stands_at; /* where a class doesn't cover it: field and byte that hold it too, or -1 */
  unsigned image_offset[3], image_bytes[3]; /* by widest enabled width */
  unsigned saved_bytes[6]; /* by class */
  int saved_offset[6]; /* from the save area's start, or from the CFA */
} preempt_arch_fields[] = {
  {"rbp", preempt_arch_any_bits, 1, 0, 0, -1, -1, {136, 136, 136}, {8, 8, 8}, {8, 8, 8, 8, 8, 8}, {-144, -144, -144, -144, -144, -144}},
  {"rflags", preempt_arch_rflags_bits, 1, 1, 0, -1, -1, {128, 128, 128}, {8, 8, 8}, {8, 8, 8, 8, 8, 8}, {-152, -152, -152, -152, -152, -152}},
  {"rax", preempt_arch_any_bits, 1, 0, 0, -1, -1, {104, 104, 104}, {8, 8, 8}, {8, 8, 8, 8, 8, 8}, {-176, -176, -176, -176, -176, -176}},
  {"rcx", preempt_arch_any_bits, 1, 0, 0, -1, -1, {96, 96, 96}, {8, 8, 8}, {8, 8, 8, 8, 8, 8}, {-184, -184, -184, -184, -184, -184}},
  {"rdx", preempt_arch_any_bits, 1, 0, 0, -1, -1, {88, 88, 88}, {8, 8, 8}, {8, 8, 8, 8, 8, 8}, {-192, -192, -192, -192, -192, -192}},
  {"rbx", preempt_arch_any_bits, 1, 0, 0, -1, -1, {80, 80, 80}, {8, 8, 8}, {8, 8, 8, 8, 8, 8}, {-200, -200, -200, -200, -200, -200}},
  {"rsi", preempt_arch_any_bits, 1, 0, 0, -1, -1, {72, 72, 72}, {8, 8, 8}, {8, 8, 8, 8, 8, 8}, {-208, -208, -208, -208, -208, -208}},
  {"rdi", preempt_arch_any_bits, 1, 0, 0, -1, -1, {64, 64, 64}, {8, 8, 8}, {8, 8, 8, 8, 8, 8}, {-216, -216, -216, -216, -216, -216}},
  {"r8", preempt_arch_any_bits, 1, 0, 0, -1, -1, {56, 56, 56}, {8, 8, 8}, {8, 8, 8, 8, 8, 8}, {-224, -224, -224, -224, -224, -224}},
  {"r9", preempt_arch_any_bits, 1, 0, 0, -1, -1, {48, 48, 48}, {8, 8, 8}, {8, 8, 8, 8, 8, 8}, {-232, -232, -232, -232, -232, -232}},
  {"r10", preempt_arch_any_bits, 1, 0, 0, -1, -1, {40, 40, 40}, {8, 8, 8}, {8, 8, 8, 8, 8, 8}, {-240, -240, -240, -240, -240, -240}},
  {"r11", preempt_arch_any_bits, 1, 0, 0, -1, -1, {32, 32, 32}, {8, 8, 8}, {8, 8, 8, 8, 8, 8}, {-248, -248, -248, -248, -248, -248}},
  {"r12", preempt_arch_any_bits, 1, 0, 0, -1, -1, {24, 24, 24}, {8, 8, 8}, {8, 8, 8, 8, 8, 8}, {-256, -256, -256, -256, -256, -256}},
  {"r13", preempt_arch_any_bits, 1, 0, 0, -1, -1, {16, 16, 16}, {8, 8, 8}, {8, 8, 8, 8, 8, 8}, {-264, -264, -264, -264, -264, -264}},
  {"r15", preempt_arch_any_bits, 1, 0, 0, -1, -1, {8, 8, 8}, {8, 8, 8}, {8, 8, 8, 8, 8, 8}, {-272, -272, -272, -272, -272, -272}},
  {"mxcsr", preempt_arch_mxcsr_bits, 1, 0, 0, -1, -1, {4, 4, 4}, {4, 4, 4}, {4, 4, 4, 4, 4, 4}, {-276, -276, -276, -276, -276, -276}},
  {"fcw", preempt_arch_fcw_bits, 1, 0, 0, 57, 0, {2, 2, 2}, {2, 2, 2}, {2, 0, 2, 0, 2, 0}, {-278, 0, -278, 0, -278, 0}},
  {"xmm0", preempt_arch_any_bits, 1, 0, 1, -1, -1, {320, 320, 320}, {16, 32, 64}, {16, 16, 32, 32, 64, 64}, {0, 0, 0, 0, 0, 0}},
  {"xmm1", preempt_arch_any_bits, 1, 0, 1, -1, -1, {336, 352, 384}, {16, 32, 64}, {16, 16, 32, 32, 64, 64}, {16, 16, 32, 32, 64, 64}},
  {"xmm2", preempt_arch_any_bits, 1, 0, 1, -1, -1, {352, 384, 448}, {16, 32, 64}, {16, 16, 32, 32, 64, 64}, {32, 32, 64, 64, 128, 128}},
  {"xmm3", preempt_arch_any_bits, 1, 0, 1, -1, -1, {368, 416, 512}, {16, 32, 64}, {16, 16, 32, 32, 64, 64}, {48, 48, 96, 96, 192, 192}},
  {"xmm4", preempt_arch_any_bits, 1, 0, 1, -1, -1, {384, 448, 576}, {16, 32, 64}, {16, 16, 32, 32, 64, 64}, {64, 64, 128, 128, 256, 256}},
  {"xmm5", preempt_arch_any_bits, 1, 0, 1, -1, -1, {400, 480, 640}, {16, 32, 64}, {16, 16, 32, 32, 64, 64}, {80, 80, 160, 160, 320, 320}},
  {"xmm6", preempt_arch_any_bits, 1, 0, 1, -1, -1, {416, 512, 704}, {16, 32, 64}, {16, 16, 32, 32, 64, 64}, {96, 96, 192, 192, 384, 384}},
  {"xmm7", preempt_arch_any_bits, 1, 0, 1, -1, -1, {432, 544, 768}, {16, 32, 64}, {16, 16, 32, 32, 64, 64}, {112, 112, 224, 224, 448, 448}},
  {"xmm8", preempt_arch_any_bits, 1, 0, 1, -1, -1, {448, 576, 832}, {16, 32, 64}, {16, 16, 32, 32, 64, 64}, {128, 128, 256, 256, 512, 512}},
  {"xmm9", preempt_arch_any_bits, 1, 0, 1, -1, -1, {464, 608, 896}, {16, 32, 64}, {16, 16, 32, 32, 64, 64}, {144, 144, 288, 288, 576, 576}},
  {"xmm10", preempt_arch_any_bits, 1, 0, 1, -1, -1, {480, 640, 960}, {16, 32, 64}, {16, 16, 32, 32, 64, 64}, {160, 160, 320, 320, 640, 640}},
  {"xmm11", preempt_arch_any_bits, 1, 0, 1, -1, -1, {496, 672, 1024}, {16, 32, 64}, {16, 16, 32, 32, 64, 64}, {176, 176, 352, 352, 704, 704}},
  {"xmm12", preempt_arch_any_bits, 1, 0, 1, -1, -1, {512, 704, 1088}, {16, 32, 64}, {16, 16, 32, 32, 64, 64}, {192, 192, 384, 384, 768, 768}},
  {"xmm13", preempt_arch_any_bits, 1, 0, 1, -1, -1, {528, 736, 1152}, {16, 32, 64}, {16, 16, 32, 32, 64, 64}, {208, 208, 416, 416, 832, 832}},
  {"xmm14", preempt_arch_any_bits, 1, 0, 1, -1, -1, {544, 768, 1216}, {16, 32, 64}, {16, 16, 32, 32, 64, 64}, {224, 224, 448, 448, 896, 896}},
  {"xmm15", preempt_arch_any_bits, 1, 0, 1, -1, -1, {560, 800, 1280}, {16, 32, 64}, {16, 16, 32, 32, 64, 64}, {240, 240, 480, 480, 960, 960}},
  {"xmm16", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 0, 1344}, {0, 0, 64}, {0, 0, 0, 0, 64, 64}, {0, 0, 0, 0, 1024, 1024}},
  {"xmm17", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 0, 1408}, {0, 0, 64}, {0, 0, 0, 0, 64, 64}, {0, 0, 0, 0, 1088, 1088}},
  {"xmm18", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 0, 1472}, {0, 0, 64}, {0, 0, 0, 0, 64, 64}, {0, 0, 0, 0, 1152, 1152}},
  {"xmm19", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 0, 1536}, {0, 0, 64}, {0, 0, 0, 0, 64, 64}, {0, 0, 0, 0, 1216, 1216}},
  {"xmm20", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 0, 1600}, {0, 0, 64}, {0, 0, 0, 0, 64, 64}, {0, 0, 0, 0, 1280, 1280}},
  {"xmm21", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 0, 1664}, {0, 0, 64}, {0, 0, 0, 0, 64, 64}, {0, 0, 0, 0, 1344, 1344}},
  {"xmm22", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 0, 1728}, {0, 0, 64}, {0, 0, 0, 0, 64, 64}, {0, 0, 0, 0, 1408, 1408}},
  {"xmm23", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 0, 1792}, {0, 0, 64}, {0, 0, 0, 0, 64, 64}, {0, 0, 0, 0, 1472, 1472}},
  {"xmm24", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 0, 1856}, {0, 0, 64}, {0, 0, 0, 0, 64, 64}, {0, 0, 0, 0, 1536, 1536}},
  {"xmm25", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 0, 1920}, {0, 0, 64}, {0, 0, 0, 0, 64, 64}, {0, 0, 0, 0, 1600, 1600}},
  {"xmm26", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 0, 1984}, {0, 0, 64}, {0, 0, 0, 0, 64, 64}, {0, 0, 0, 0, 1664, 1664}},
  {"xmm27", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 0, 2048}, {0, 0, 64}, {0, 0, 0, 0, 64, 64}, {0, 0, 0, 0, 1728, 1728}},
  {"xmm28", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 0, 2112}, {0, 0, 64}, {0, 0, 0, 0, 64, 64}, {0, 0, 0, 0, 1792, 1792}},
  {"xmm29", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 0, 2176}, {0, 0, 64}, {0, 0, 0, 0, 64, 64}, {0, 0, 0, 0, 1856, 1856}},
  {"xmm30", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 0, 2240}, {0, 0, 64}, {0, 0, 0, 0, 64, 64}, {0, 0, 0, 0, 1920, 1920}},
  {"xmm31", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 0, 2304}, {0, 0, 64}, {0, 0, 0, 0, 64, 64}, {0, 0, 0, 0, 1984, 1984}},
  {"k0", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 0, 2368}, {0, 0, 8}, {0, 0, 0, 0, 8, 8}, {0, 0, 0, 0, 2048, 2048}},
  {"k1", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 0, 2376}, {0, 0, 8}, {0, 0, 0, 0, 8, 8}, {0, 0, 0, 0, 2056, 2056}},
  {"k2", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 0, 2384}, {0, 0, 8}, {0, 0, 0, 0, 8, 8}, {0, 0, 0, 0, 2064, 2064}},
  {"k3", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 0, 2392}, {0, 0, 8}, {0, 0, 0, 0, 8, 8}, {0, 0, 0, 0, 2072, 2072}},
  {"k4", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 0, 2400}, {0, 0, 8}, {0, 0, 0, 0, 8, 8}, {0, 0, 0, 0, 2080, 2080}},
  {"k5", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 0, 2408}, {0, 0, 8}, {0, 0, 0, 0, 8, 8}, {0, 0, 0, 0, 2088, 2088}},
  {"k6", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 0, 2416}, {0, 0, 8}, {0, 0, 0, 0, 8, 8}, {0, 0, 0, 0, 2096, 2096}},
  {"k7", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 0, 2424}, {0, 0, 8}, {0, 0, 0, 0, 8, 8}, {0, 0, 0, 0, 2104, 2104}},
  {"st", preempt_arch_st_bits, 21, 0, 1, -1, -1, {576, 832, 2432}, {108, 108, 108}, {0, 108, 0, 108, 0, 108}, {0, 256, 0, 512, 0, 2112}},
};
enum { PREEMPT_ARCH_FIELDS = sizeof preempt_arch_fields / sizeof *preempt_arch_fields };

#endif
#endif
