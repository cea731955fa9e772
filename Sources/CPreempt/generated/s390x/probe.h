/* Generated from backend s390x by `preempt generate`; edit Arch/, not this file. */

#ifndef PREEMPT_PROBE_H
#define PREEMPT_PROBE_H
#include "preempt.h"
#if defined(__s390x__) && defined(__LP64__) && defined(__linux__)

#define PREEMPT_ARCH_NAME "s390x"
#define PREEMPT_ARCH_CLASSES 2
#define PREEMPT_ARCH_WIDTHS 2
#define PREEMPT_ARCH_WORD_BYTES 8
#define PREEMPT_ARCH_RED_ZONE_BYTES 0
#define PREEMPT_ARCH_REGISTER_SAVE_AREA_BYTES 160
#define PREEMPT_ARCH_STACK_ALIGNMENT_BYTES 8
#define PREEMPT_ARCH_FRAME_BYTES 168
#define PREEMPT_ARCH_AREA_BYTES 568
#define PREEMPT_ARCH_AREA_ALIGNMENT_BYTES 64
#define PREEMPT_ARCH_AREA_IS_ON_STACK 0
#define PREEMPT_ARCH_PREEMPTED_REASON 16
#define PREEMPT_ARCH_REFUSED_FLAGS 0xc00000000000ull
#define PREEMPT_ARCH_IMAGE_AREA_OFFSET 192
#define PREEMPT_ARCH_IMAGE_BYTES 768
#define PREEMPT_ARCH_LOOP_LIMIT 65535
#define PREEMPT_ARCH_HAS_COPY_STRING 1
#define PREEMPT_ARCH_HAS_MISALIGN_STACK 0
/* In ptrace's register set NT_PRSTATUS. The flag is what a stepper leaves behind. */
#define PREEMPT_ARCH_TRACED_PC_OFFSET 8
#define PREEMPT_ARCH_TRACED_FLAGS_OFFSET 0
#define PREEMPT_ARCH_STEP_FLAG 0x0u

#define preempt_arch_entry preempt_s390x_entry
#define preempt_arch_widest preempt_s390x_widest
#define preempt_arch_live_class preempt_s390x_live_class
#define preempt_arch_inject preempt_s390x_inject
#define preempt_arch_pc preempt_s390x_pc
#define preempt_arch_sp preempt_s390x_sp
#define preempt_arch_flags preempt_s390x_flags
#define preempt_arch_probe preempt_s390x_probe
#define preempt_arch_probe_function preempt_s390x_probe_function
#define preempt_arch_probe_path preempt_s390x_probe_path
#define preempt_arch_park preempt_s390x_park
#define preempt_arch_enabled_components preempt_s390x_enabled_components
#define preempt_arch_copy_string preempt_s390x_copy_string
#define preempt_arch_misalign_stack preempt_s390x_misalign_stack

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
extern const char preempt_s390x_park[] __attribute__((visibility("hidden")));
extern const char preempt_s390x_poison_fp[] __attribute__((visibility("hidden")));
extern const char preempt_s390x_poison_vx[] __attribute__((visibility("hidden")));
extern void preempt_s390x_initialize_fp(void) __attribute__((visibility("hidden")));
extern void preempt_s390x_initialize_vx(void) __attribute__((visibility("hidden")));
extern uint64_t preempt_s390x_enabled_components(unsigned long hwcap, unsigned long hwcap2) __attribute__((visibility("hidden")));
extern void preempt_s390x_copy_string(void *to, const void *from, uintptr_t byte_count) __attribute__((visibility("hidden")));
/* The routine to set, by widest enabled width, and whether the class includes the occasional components. */
static inline const char *preempt_arch_poison(unsigned widest, int occasional) {
  static const char *const routines[2][2] = {
    {preempt_s390x_poison_fp, NULL},
    {preempt_s390x_poison_vx, NULL},
  };
  return routines[widest][occasional];
}
/* Initial state of everything that is wider than the narrowest class, where a width is enabled. */
static inline void preempt_arch_initialize(unsigned widest) {
  static void (*const functions[2])(void) = {preempt_s390x_initialize_fp, preempt_s390x_initialize_vx};
  functions[widest]();
}

/* State classes, the narrowest first. */
static const struct preempt_arch_class {
  const char *name;
  unsigned width; /* index */
  int occasional; /* whether it includes the occasional components */
  unsigned area_bytes, required_stack_bytes;
} preempt_arch_classes[] = {
  {"fp", 0, 0, 184, 408},
  {"vx", 1, 0, 568, 408},
};
static const struct preempt_arch_width {
  const char *name;
  uint64_t components;
} preempt_arch_widths[] = {
  {"fp", 0x2u},
  {"vx", 0x802u},
};
/* By widest enabled width and class: the instructions of a probe between which everything is filled. */
extern const char preempt_s390x_probe_fp_in_fp_loop[], preempt_s390x_probe_fp_in_fp_loop_end[] __attribute__((visibility("hidden")));
extern const char preempt_s390x_probe_fp_in_vx_loop[], preempt_s390x_probe_fp_in_vx_loop_end[] __attribute__((visibility("hidden")));
extern const char preempt_s390x_probe_vx_in_vx_loop[], preempt_s390x_probe_vx_in_vx_loop_end[] __attribute__((visibility("hidden")));
static const struct preempt_arch_loop {
  const char *start, *end;
  unsigned instructions; /* of the whole probe */
} preempt_arch_loops[2][2] = {
  {{preempt_s390x_probe_fp_in_fp_loop, preempt_s390x_probe_fp_in_fp_loop_end, 148}, {NULL, NULL, 0}},
  {{preempt_s390x_probe_fp_in_vx_loop, preempt_s390x_probe_fp_in_vx_loop_end, 228}, {preempt_s390x_probe_vx_in_vx_loop, preempt_s390x_probe_vx_in_vx_loop_end, 244}},
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
static const struct preempt_arch_bits preempt_arch_pswm_bits[] = {
  {8, 0, 0x3f0000000000ull, 0x0u, 0x3f0000000000ull, 0x0u},
};
static const struct preempt_arch_bits preempt_arch_fpc_bits[] = {
  {4, 0, 0xf8f8ff73u, 0x0u, 0xf8f8ff73u, 0x0u},
};
/* The registers of an image and of what a stub saves. */
static const struct preempt_arch_field {
  const char *name;
  const struct preempt_arch_bits *bits; /* repeated until the register ends */
  unsigned bits_count;
  int is_flags; /* those that a probe's path depends on */
  int is_in_area; /* else in the frame */
  int stands_in, stands_at; /* where a class doesn't cover it: field and byte that hold it too, or -1 */
  unsigned image_offset[2], image_bytes[2]; /* by widest enabled width */
  unsigned saved_bytes[2]; /* by class */
  int saved_offset[2]; /* from the save area's start, or from the CFA */
} preempt_arch_fields[] = {
  {"pswm", preempt_arch_pswm_bits, 1, 1, 0, -1, -1, {136, 136}, {8, 8}, {8, 8}, {-32, -32}},
  {"r11", preempt_arch_any_bits, 1, 0, 0, -1, -1, {120, 120}, {8, 8}, {8, 8}, {-48, -48}},
  {"r0", preempt_arch_any_bits, 1, 0, 0, -1, -1, {112, 112}, {8, 8}, {8, 8}, {-56, -56}},
  {"r1", preempt_arch_any_bits, 1, 0, 0, -1, -1, {104, 104}, {8, 8}, {8, 8}, {-64, -64}},
  {"r2", preempt_arch_any_bits, 1, 0, 0, -1, -1, {96, 96}, {8, 8}, {8, 8}, {-72, -72}},
  {"r3", preempt_arch_any_bits, 1, 0, 0, -1, -1, {88, 88}, {8, 8}, {8, 8}, {-80, -80}},
  {"r4", preempt_arch_any_bits, 1, 0, 0, -1, -1, {80, 80}, {8, 8}, {8, 8}, {-88, -88}},
  {"r5", preempt_arch_any_bits, 1, 0, 0, -1, -1, {72, 72}, {8, 8}, {8, 8}, {-96, -96}},
  {"r6", preempt_arch_any_bits, 1, 0, 0, -1, -1, {64, 64}, {8, 8}, {8, 8}, {-104, -104}},
  {"r7", preempt_arch_any_bits, 1, 0, 0, -1, -1, {56, 56}, {8, 8}, {8, 8}, {-112, -112}},
  {"r8", preempt_arch_any_bits, 1, 0, 0, -1, -1, {48, 48}, {8, 8}, {8, 8}, {-120, -120}},
  {"r9", preempt_arch_any_bits, 1, 0, 0, -1, -1, {40, 40}, {8, 8}, {8, 8}, {-128, -128}},
  {"r10", preempt_arch_any_bits, 1, 0, 0, -1, -1, {32, 32}, {8, 8}, {8, 8}, {-136, -136}},
  {"r12", preempt_arch_any_bits, 1, 0, 0, -1, -1, {24, 24}, {8, 8}, {8, 8}, {-144, -144}},
  {"r13", preempt_arch_any_bits, 1, 0, 0, -1, -1, {16, 16}, {8, 8}, {8, 8}, {-152, -152}},
  {"r14", preempt_arch_any_bits, 1, 0, 0, -1, -1, {8, 8}, {8, 8}, {8, 8}, {-160, -160}},
  {"fpc", preempt_arch_fpc_bits, 1, 0, 0, -1, -1, {4, 4}, {4, 4}, {4, 4}, {-164, -164}},
  {"v0", preempt_arch_any_bits, 1, 0, 1, -1, -1, {192, 192}, {8, 16}, {8, 16}, {0, 0}},
  {"v1", preempt_arch_any_bits, 1, 0, 1, -1, -1, {200, 208}, {8, 16}, {8, 16}, {8, 16}},
  {"v2", preempt_arch_any_bits, 1, 0, 1, -1, -1, {208, 224}, {8, 16}, {8, 16}, {16, 32}},
  {"v3", preempt_arch_any_bits, 1, 0, 1, -1, -1, {216, 240}, {8, 16}, {8, 16}, {24, 48}},
  {"v4", preempt_arch_any_bits, 1, 0, 1, -1, -1, {224, 256}, {8, 16}, {8, 16}, {32, 64}},
  {"v5", preempt_arch_any_bits, 1, 0, 1, -1, -1, {232, 272}, {8, 16}, {8, 16}, {40, 80}},
  {"v6", preempt_arch_any_bits, 1, 0, 1, -1, -1, {240, 288}, {8, 16}, {8, 16}, {48, 96}},
  {"v7", preempt_arch_any_bits, 1, 0, 1, -1, -1, {248, 304}, {8, 16}, {8, 16}, {56, 112}},
  {"v8", preempt_arch_any_bits, 1, 0, 1, -1, -1, {256, 320}, {8, 16}, {8, 16}, {64, 128}},
  {"v9", preempt_arch_any_bits, 1, 0, 1, -1, -1, {264, 336}, {8, 16}, {8, 16}, {72, 144}},
  {"v10", preempt_arch_any_bits, 1, 0, 1, -1, -1, {272, 352}, {8, 16}, {8, 16}, {80, 160}},
  {"v11", preempt_arch_any_bits, 1, 0, 1, -1, -1, {280, 368}, {8, 16}, {8, 16}, {88, 176}},
  {"v12", preempt_arch_any_bits, 1, 0, 1, -1, -1, {288, 384}, {8, 16}, {8, 16}, {96, 192}},
  {"v13", preempt_arch_any_bits, 1, 0, 1, -1, -1, {296, 400}, {8, 16}, {8, 16}, {104, 208}},
  {"v14", preempt_arch_any_bits, 1, 0, 1, -1, -1, {304, 416}, {8, 16}, {8, 16}, {112, 224}},
  {"v15", preempt_arch_any_bits, 1, 0, 1, -1, -1, {312, 432}, {8, 16}, {8, 16}, {120, 240}},
  {"v16", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 448}, {0, 16}, {0, 16}, {0, 256}},
  {"v17", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 464}, {0, 16}, {0, 16}, {0, 272}},
  {"v18", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 480}, {0, 16}, {0, 16}, {0, 288}},
  {"v19", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 496}, {0, 16}, {0, 16}, {0, 304}},
  {"v20", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 512}, {0, 16}, {0, 16}, {0, 320}},
  {"v21", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 528}, {0, 16}, {0, 16}, {0, 336}},
  {"v22", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 544}, {0, 16}, {0, 16}, {0, 352}},
  {"v23", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 560}, {0, 16}, {0, 16}, {0, 368}},
  {"v24", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 576}, {0, 16}, {0, 16}, {0, 384}},
  {"v25", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 592}, {0, 16}, {0, 16}, {0, 400}},
  {"v26", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 608}, {0, 16}, {0, 16}, {0, 416}},
  {"v27", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 624}, {0, 16}, {0, 16}, {0, 432}},
  {"v28", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 640}, {0, 16}, {0, 16}, {0, 448}},
  {"v29", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 656}, {0, 16}, {0, 16}, {0, 464}},
  {"v30", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 672}, {0, 16}, {0, 16}, {0, 480}},
  {"v31", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 688}, {0, 16}, {0, 16}, {0, 496}},
  {"a2_a15", preempt_arch_any_bits, 1, 0, 1, -1, -1, {320, 704}, {56, 56}, {56, 56}, {128, 512}},
};
enum { PREEMPT_ARCH_FIELDS = sizeof preempt_arch_fields / sizeof *preempt_arch_fields };

#endif
#endif
