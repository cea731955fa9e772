/* Generated from backend noxreg_386 by `preempt generate`; edit Arch/, not this file. */

#ifndef PREEMPT_PROBE_H
#define PREEMPT_PROBE_H
#include "preempt.h"
#if defined(__i386__) && defined(__linux__)

#define PREEMPT_ARCH_NAME "noxreg_386"
#define PREEMPT_ARCH_CLASSES 6
#define PREEMPT_ARCH_WIDTHS 3
#define PREEMPT_ARCH_WORD_BYTES 4
#define PREEMPT_ARCH_RED_ZONE_BYTES 0
#define PREEMPT_ARCH_REGISTER_SAVE_AREA_BYTES 0
#define PREEMPT_ARCH_STACK_ALIGNMENT_BYTES 16
#define PREEMPT_ARCH_FRAME_BYTES 52
#define PREEMPT_ARCH_AREA_BYTES 684
#define PREEMPT_ARCH_AREA_ALIGNMENT_BYTES 64
#define PREEMPT_ARCH_AREA_IS_ON_STACK 1
#define PREEMPT_ARCH_PREEMPTED_REASON 16
#define PREEMPT_ARCH_REFUSED_FLAGS 0x44100u
#define PREEMPT_ARCH_IMAGE_AREA_OFFSET 64
#define PREEMPT_ARCH_IMAGE_BYTES 768
#define PREEMPT_ARCH_LOOP_LIMIT 65535
#define PREEMPT_ARCH_HAS_COPY_STRING 1
#define PREEMPT_ARCH_HAS_MISALIGN_STACK 1
/* In ptrace's register set NT_PRSTATUS. The flag is what a stepper leaves behind. */
#define PREEMPT_ARCH_TRACED_PC_OFFSET 48
#define PREEMPT_ARCH_TRACED_FLAGS_OFFSET 56
#define PREEMPT_ARCH_STEP_FLAG 0x100u

#define preempt_arch_entry preempt_noxreg_386_entry
#define preempt_arch_widest preempt_noxreg_386_widest
#define preempt_arch_live_class preempt_noxreg_386_live_class
#define preempt_arch_inject preempt_noxreg_386_inject
#define preempt_arch_pc preempt_noxreg_386_pc
#define preempt_arch_sp preempt_noxreg_386_sp
#define preempt_arch_flags preempt_noxreg_386_flags
#define preempt_arch_probe preempt_noxreg_386_probe
#define preempt_arch_probe_function preempt_noxreg_386_probe_function
#define preempt_arch_probe_path preempt_noxreg_386_probe_path
#define preempt_arch_park preempt_noxreg_386_park
#define preempt_arch_enabled_components preempt_noxreg_386_enabled_components
#define preempt_arch_copy_string preempt_noxreg_386_copy_string
#define preempt_arch_misalign_stack preempt_noxreg_386_misalign_stack

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
extern const char preempt_noxreg_386_park[] __attribute__((visibility("hidden")));
extern const char preempt_noxreg_386_poison_sse[] __attribute__((visibility("hidden")));
extern const char preempt_noxreg_386_poison_sse_x87[] __attribute__((visibility("hidden")));
extern const char preempt_noxreg_386_poison_avx[] __attribute__((visibility("hidden")));
extern const char preempt_noxreg_386_poison_avx_x87[] __attribute__((visibility("hidden")));
extern const char preempt_noxreg_386_poison_avx512[] __attribute__((visibility("hidden")));
extern const char preempt_noxreg_386_poison_avx512_x87[] __attribute__((visibility("hidden")));
extern void preempt_noxreg_386_initialize_sse(void) __attribute__((visibility("hidden")));
extern void preempt_noxreg_386_initialize_avx(void) __attribute__((visibility("hidden")));
extern void preempt_noxreg_386_initialize_avx512(void) __attribute__((visibility("hidden")));
extern uint64_t preempt_noxreg_386_enabled_components(unsigned long hwcap, unsigned long hwcap2) __attribute__((visibility("hidden")));
extern void preempt_noxreg_386_copy_string(void *to, const void *from, uintptr_t byte_count) __attribute__((visibility("hidden")));
extern uintptr_t preempt_noxreg_386_misalign_stack(uintptr_t value) __attribute__((visibility("hidden")));
/* The routine to set, by widest enabled width, and whether the class includes the occasional components. */
static inline const char *preempt_arch_poison(unsigned widest, int occasional) {
  static const char *const routines[3][2] = {
    {preempt_noxreg_386_poison_sse, preempt_noxreg_386_poison_sse_x87},
    {preempt_noxreg_386_poison_avx, preempt_noxreg_386_poison_avx_x87},
    {preempt_noxreg_386_poison_avx512, preempt_noxreg_386_poison_avx512_x87},
  };
  return routines[widest][occasional];
}
/* Initial state of everything that is wider than the narrowest class, where a width is enabled. */
static inline void preempt_arch_initialize(unsigned widest) {
  static void (*const functions[3])(void) = {preempt_noxreg_386_initialize_sse, preempt_noxreg_386_initialize_avx, preempt_noxreg_386_initialize_avx512};
  functions[widest]();
}

/* State classes, the narrowest first. */
static const struct preempt_arch_class {
  const char *name;
  unsigned width; /* index */
  int occasional; /* whether it includes the occasional components */
  unsigned area_bytes, required_stack_bytes;
} preempt_arch_classes[] = {
  {"sse", 0, 0, 128, 288},
  {"sse_x87", 0, 1, 236, 416},
  {"avx", 1, 0, 256, 416},
  {"avx_x87", 1, 1, 364, 544},
  {"avx512", 2, 0, 576, 736},
  {"avx512_x87", 2, 1, 684, 864},
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
extern const char preempt_noxreg_386_probe_sse_in_sse_loop[], preempt_noxreg_386_probe_sse_in_sse_loop_end[] __attribute__((visibility("hidden")));
extern const char preempt_noxreg_386_probe_sse_in_avx_loop[], preempt_noxreg_386_probe_sse_in_avx_loop_end[] __attribute__((visibility("hidden")));
extern const char preempt_noxreg_386_probe_sse_in_avx512_loop[], preempt_noxreg_386_probe_sse_in_avx512_loop_end[] __attribute__((visibility("hidden")));
extern const char preempt_noxreg_386_probe_sse_x87_in_sse_loop[], preempt_noxreg_386_probe_sse_x87_in_sse_loop_end[] __attribute__((visibility("hidden")));
extern const char preempt_noxreg_386_probe_sse_x87_in_avx_loop[], preempt_noxreg_386_probe_sse_x87_in_avx_loop_end[] __attribute__((visibility("hidden")));
extern const char preempt_noxreg_386_probe_sse_x87_in_avx512_loop[], preempt_noxreg_386_probe_sse_x87_in_avx512_loop_end[] __attribute__((visibility("hidden")));
extern const char preempt_noxreg_386_probe_avx_in_avx_loop[], preempt_noxreg_386_probe_avx_in_avx_loop_end[] __attribute__((visibility("hidden")));
extern const char preempt_noxreg_386_probe_avx_in_avx512_loop[], preempt_noxreg_386_probe_avx_in_avx512_loop_end[] __attribute__((visibility("hidden")));
extern const char preempt_noxreg_386_probe_avx_x87_in_avx_loop[], preempt_noxreg_386_probe_avx_x87_in_avx_loop_end[] __attribute__((visibility("hidden")));
extern const char preempt_noxreg_386_probe_avx_x87_in_avx512_loop[], preempt_noxreg_386_probe_avx_x87_in_avx512_loop_end[] __attribute__((visibility("hidden")));
extern const char preempt_noxreg_386_probe_avx512_in_avx512_loop[], preempt_noxreg_386_probe_avx512_in_avx512_loop_end[] __attribute__((visibility("hidden")));
extern const char preempt_noxreg_386_probe_avx512_x87_in_avx512_loop[], preempt_noxreg_386_probe_avx512_x87_in_avx512_loop_end[] __attribute__((visibility("hidden")));
static const struct preempt_arch_loop {
  const char *start, *end;
  unsigned instructions; /* of the whole probe */
} preempt_arch_loops[3][6] = {
  {{preempt_noxreg_386_probe_sse_in_sse_loop, preempt_noxreg_386_probe_sse_in_sse_loop_end, 94}, {preempt_noxreg_386_probe_sse_x87_in_sse_loop, preempt_noxreg_386_probe_sse_x87_in_sse_loop_end, 94}, {NULL, NULL, 0}, {NULL, NULL, 0}, {NULL, NULL, 0}, {NULL, NULL, 0}},
  {{preempt_noxreg_386_probe_sse_in_avx_loop, preempt_noxreg_386_probe_sse_in_avx_loop_end, 96}, {preempt_noxreg_386_probe_sse_x87_in_avx_loop, preempt_noxreg_386_probe_sse_x87_in_avx_loop_end, 96}, {preempt_noxreg_386_probe_avx_in_avx_loop, preempt_noxreg_386_probe_avx_in_avx_loop_end, 96}, {preempt_noxreg_386_probe_avx_x87_in_avx_loop, preempt_noxreg_386_probe_avx_x87_in_avx_loop_end, 96}, {NULL, NULL, 0}, {NULL, NULL, 0}},
  {{preempt_noxreg_386_probe_sse_in_avx512_loop, preempt_noxreg_386_probe_sse_in_avx512_loop_end, 120}, {preempt_noxreg_386_probe_sse_x87_in_avx512_loop, preempt_noxreg_386_probe_sse_x87_in_avx512_loop_end, 120}, {preempt_noxreg_386_probe_avx_in_avx512_loop, preempt_noxreg_386_probe_avx_in_avx512_loop_end, 120}, {preempt_noxreg_386_probe_avx_x87_in_avx512_loop, preempt_noxreg_386_probe_avx_x87_in_avx512_loop_end, 120}, {preempt_noxreg_386_probe_avx512_in_avx512_loop, preempt_noxreg_386_probe_avx512_in_avx512_loop_end, 128}, {preempt_noxreg_386_probe_avx512_x87_in_avx512_loop, preempt_noxreg_386_probe_avx512_x87_in_avx512_loop_end, 128}},
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
static const struct preempt_arch_bits preempt_arch_eflags_bits[] = {
  {4, 0, 0x200cd5u, 0x202u, 0x200ed7u, 0x0u},
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
  {"ebp", preempt_arch_any_bits, 1, 0, 0, -1, -1, {44, 44, 44}, {4, 4, 4}, {4, 4, 4, 4, 4, 4}, {-8, -8, -8, -8, -8, -8}},
  {"eflags", preempt_arch_eflags_bits, 1, 1, 0, -1, -1, {40, 40, 40}, {4, 4, 4}, {4, 4, 4, 4, 4, 4}, {-12, -12, -12, -12, -12, -12}},
  {"eax", preempt_arch_any_bits, 1, 0, 0, -1, -1, {28, 28, 28}, {4, 4, 4}, {4, 4, 4, 4, 4, 4}, {-24, -24, -24, -24, -24, -24}},
  {"ecx", preempt_arch_any_bits, 1, 0, 0, -1, -1, {24, 24, 24}, {4, 4, 4}, {4, 4, 4, 4, 4, 4}, {-28, -28, -28, -28, -28, -28}},
  {"edx", preempt_arch_any_bits, 1, 0, 0, -1, -1, {20, 20, 20}, {4, 4, 4}, {4, 4, 4, 4, 4, 4}, {-32, -32, -32, -32, -32, -32}},
  {"ebx", preempt_arch_any_bits, 1, 0, 0, -1, -1, {16, 16, 16}, {4, 4, 4}, {4, 4, 4, 4, 4, 4}, {-36, -36, -36, -36, -36, -36}},
  {"esi", preempt_arch_any_bits, 1, 0, 0, -1, -1, {12, 12, 12}, {4, 4, 4}, {4, 4, 4, 4, 4, 4}, {-40, -40, -40, -40, -40, -40}},
  {"edi", preempt_arch_any_bits, 1, 0, 0, -1, -1, {8, 8, 8}, {4, 4, 4}, {4, 4, 4, 4, 4, 4}, {-44, -44, -44, -44, -44, -44}},
  {"mxcsr", preempt_arch_mxcsr_bits, 1, 0, 0, -1, -1, {4, 4, 4}, {4, 4, 4}, {4, 4, 4, 4, 4, 4}, {-48, -48, -48, -48, -48, -48}},
  {"fcw", preempt_arch_fcw_bits, 1, 0, 0, 26, 0, {2, 2, 2}, {2, 2, 2}, {2, 0, 2, 0, 2, 0}, {-50, 0, -50, 0, -50, 0}},
  {"xmm0", preempt_arch_any_bits, 1, 0, 1, -1, -1, {64, 64, 64}, {16, 32, 64}, {16, 16, 32, 32, 64, 64}, {0, 0, 0, 0, 0, 0}},
  {"xmm1", preempt_arch_any_bits, 1, 0, 1, -1, -1, {80, 96, 128}, {16, 32, 64}, {16, 16, 32, 32, 64, 64}, {16, 16, 32, 32, 64, 64}},
  {"xmm2", preempt_arch_any_bits, 1, 0, 1, -1, -1, {96, 128, 192}, {16, 32, 64}, {16, 16, 32, 32, 64, 64}, {32, 32, 64, 64, 128, 128}},
  {"xmm3", preempt_arch_any_bits, 1, 0, 1, -1, -1, {112, 160, 256}, {16, 32, 64}, {16, 16, 32, 32, 64, 64}, {48, 48, 96, 96, 192, 192}},
  {"xmm4", preempt_arch_any_bits, 1, 0, 1, -1, -1, {128, 192, 320}, {16, 32, 64}, {16, 16, 32, 32, 64, 64}, {64, 64, 128, 128, 256, 256}},
  {"xmm5", preempt_arch_any_bits, 1, 0, 1, -1, -1, {144, 224, 384}, {16, 32, 64}, {16, 16, 32, 32, 64, 64}, {80, 80, 160, 160, 320, 320}},
  {"xmm6", preempt_arch_any_bits, 1, 0, 1, -1, -1, {160, 256, 448}, {16, 32, 64}, {16, 16, 32, 32, 64, 64}, {96, 96, 192, 192, 384, 384}},
  {"xmm7", preempt_arch_any_bits, 1, 0, 1, -1, -1, {176, 288, 512}, {16, 32, 64}, {16, 16, 32, 32, 64, 64}, {112, 112, 224, 224, 448, 448}},
  {"k0", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 0, 576}, {0, 0, 8}, {0, 0, 0, 0, 8, 8}, {0, 0, 0, 0, 512, 512}},
  {"k1", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 0, 584}, {0, 0, 8}, {0, 0, 0, 0, 8, 8}, {0, 0, 0, 0, 520, 520}},
  {"k2", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 0, 592}, {0, 0, 8}, {0, 0, 0, 0, 8, 8}, {0, 0, 0, 0, 528, 528}},
  {"k3", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 0, 600}, {0, 0, 8}, {0, 0, 0, 0, 8, 8}, {0, 0, 0, 0, 536, 536}},
  {"k4", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 0, 608}, {0, 0, 8}, {0, 0, 0, 0, 8, 8}, {0, 0, 0, 0, 544, 544}},
  {"k5", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 0, 616}, {0, 0, 8}, {0, 0, 0, 0, 8, 8}, {0, 0, 0, 0, 552, 552}},
  {"k6", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 0, 624}, {0, 0, 8}, {0, 0, 0, 0, 8, 8}, {0, 0, 0, 0, 560, 560}},
  {"k7", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 0, 632}, {0, 0, 8}, {0, 0, 0, 0, 8, 8}, {0, 0, 0, 0, 568, 568}},
  {"st", preempt_arch_st_bits, 21, 0, 1, -1, -1, {192, 320, 640}, {108, 108, 108}, {0, 108, 0, 108, 0, 108}, {0, 128, 0, 256, 0, 576}},
};
enum { PREEMPT_ARCH_FIELDS = sizeof preempt_arch_fields / sizeof *preempt_arch_fields };

#endif
#endif
