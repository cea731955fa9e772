/* Generated from backend arm64_x18 by `preempt generate`; edit Arch/, not this file. */

#ifndef PREEMPT_PROBE_H
#define PREEMPT_PROBE_H
#include "preempt.h"
#if defined(__aarch64__) && defined(__LP64__) && defined(__AARCH64EL__) && defined(__linux__)

#define PREEMPT_ARCH_NAME "arm64_x18"
#define PREEMPT_ARCH_CLASSES 1
#define PREEMPT_ARCH_WIDTHS 1
#define PREEMPT_ARCH_WORD_BYTES 8
#define PREEMPT_ARCH_RED_ZONE_BYTES 0
#define PREEMPT_ARCH_REGISTER_SAVE_AREA_BYTES 0
#define PREEMPT_ARCH_STACK_ALIGNMENT_BYTES 16
#define PREEMPT_ARCH_FRAME_BYTES 288
#define PREEMPT_ARCH_AREA_BYTES 512
#define PREEMPT_ARCH_AREA_ALIGNMENT_BYTES 64
#define PREEMPT_ARCH_AREA_IS_ON_STACK 0
#define PREEMPT_ARCH_PREEMPTED_REASON 16
#define PREEMPT_ARCH_REFUSED_FLAGS 0x3200000u
#define PREEMPT_ARCH_IMAGE_AREA_OFFSET 320
#define PREEMPT_ARCH_IMAGE_BYTES 832
#define PREEMPT_ARCH_LOOP_LIMIT 65535
#define PREEMPT_ARCH_HAS_COPY_STRING 0
#define PREEMPT_ARCH_HAS_MISALIGN_STACK 0
/* With mprotect's bits, so that an indirect branch must land on a landing pad. */
#define PREEMPT_ARCH_LANDING_PAD_PROTECTION 0x10u
/* In ptrace's register set NT_PRSTATUS. The flag is what a stepper leaves behind. */
#define PREEMPT_ARCH_TRACED_PC_OFFSET 256
#define PREEMPT_ARCH_TRACED_FLAGS_OFFSET 264
#define PREEMPT_ARCH_STEP_FLAG 0x0u

#define preempt_arch_entry preempt_arm64_x18_entry
#define preempt_arch_widest preempt_arm64_x18_widest
#define preempt_arch_live_class preempt_arm64_x18_live_class
#define preempt_arch_inject preempt_arm64_x18_inject
#define preempt_arch_pc preempt_arm64_x18_pc
#define preempt_arch_sp preempt_arm64_x18_sp
#define preempt_arch_flags preempt_arm64_x18_flags
#define preempt_arch_probe preempt_arm64_x18_probe
#define preempt_arch_probe_function preempt_arm64_x18_probe_function
#define preempt_arch_probe_path preempt_arm64_x18_probe_path
#define preempt_arch_park preempt_arm64_x18_park
#define preempt_arch_enabled_components preempt_arm64_x18_enabled_components
#define preempt_arch_copy_string preempt_arm64_x18_copy_string
#define preempt_arch_misalign_stack preempt_arm64_x18_misalign_stack

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
extern const char preempt_arm64_x18_park[] __attribute__((visibility("hidden")));
extern const char preempt_arm64_x18_poison_fpsimd[] __attribute__((visibility("hidden")));
extern void preempt_arm64_x18_initialize_fpsimd(void) __attribute__((visibility("hidden")));
extern uint64_t preempt_arm64_x18_enabled_components(unsigned long hwcap, unsigned long hwcap2) __attribute__((visibility("hidden")));
/* The routine to set, by widest enabled width, and whether the class includes the occasional components. */
static inline const char *preempt_arch_poison(unsigned widest, int occasional) {
  static const char *const routines[1][2] = {
    {preempt_arm64_x18_poison_fpsimd, NULL},
  };
  return routines[widest][occasional];
}
/* Initial state of everything that is wider than the narrowest class, where a width is enabled. */
static inline void preempt_arch_initialize(unsigned widest) {
  static void (*const functions[1])(void) = {preempt_arm64_x18_initialize_fpsimd};
  functions[widest]();
}

/* State classes, the narrowest first. */
static const struct preempt_arch_class {
  const char *name;
  unsigned width; /* index */
  int occasional; /* whether it includes the occasional components */
  unsigned area_bytes, required_stack_bytes;
} preempt_arch_classes[] = {
  {"fpsimd", 0, 0, 512, 480},
};
static const struct preempt_arch_width {
  const char *name;
  uint64_t components;
} preempt_arch_widths[] = {
  {"fpsimd", 0x3u},
};
/* By widest enabled width and class: the instructions of a probe between which everything is filled. */
extern const char preempt_arm64_x18_probe_fpsimd_in_fpsimd_loop[], preempt_arm64_x18_probe_fpsimd_in_fpsimd_loop_end[] __attribute__((visibility("hidden")));
static const struct preempt_arch_loop {
  const char *start, *end;
  unsigned instructions; /* of the whole probe */
} preempt_arch_loops[1][1] = {
  {{preempt_arm64_x18_probe_fpsimd_in_fpsimd_loop, preempt_arm64_x18_probe_fpsimd_in_fpsimd_loop_end, 224}},
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
static const struct preempt_arch_bits preempt_arch_nzcv_bits[] = {
  {8, 0, 0xf0000000u, 0x0u, 0xf0000000u, 0x0u},
};
static const struct preempt_arch_bits preempt_arch_fpcr_bits[] = {
  {4, 0, 0x7c00000u, 0x0u, 0x7c00000u, 0x0u},
};
static const struct preempt_arch_bits preempt_arch_fpsr_bits[] = {
  {4, 0, 0x800009fu, 0x0u, 0x800009fu, 0x0u},
};
/* The registers of an image and of what a stub saves. */
static const struct preempt_arch_field {
  const char *name;
  const struct preempt_arch_bits *bits; /* repeated until the register ends */
  unsigned bits_count;
  int is_flags; /* those that a probe's path depends on */
  int is_in_area; /* else in the frame */
  int stands_in, stands_at; /* where a class doesn't cover it: field and byte that hold it too, or -1 */
  unsigned image_offset[1], image_bytes[1]; /* by widest enabled width */
  unsigned saved_bytes[1]; /* by class */
  int saved_offset[1]; /* from the save area's start, or from the CFA */
} preempt_arch_fields[] = {
  {"x30", preempt_arch_any_bits, 1, 0, 0, -1, -1, {264}, {8}, {8}, {-24}},
  {"nzcv", preempt_arch_nzcv_bits, 1, 1, 0, -1, -1, {256}, {8}, {8}, {-32}},
  {"x29", preempt_arch_any_bits, 1, 0, 0, -1, -1, {240}, {8}, {8}, {-48}},
  {"x0", preempt_arch_any_bits, 1, 0, 0, -1, -1, {232}, {8}, {8}, {-56}},
  {"x1", preempt_arch_any_bits, 1, 0, 0, -1, -1, {224}, {8}, {8}, {-64}},
  {"x2", preempt_arch_any_bits, 1, 0, 0, -1, -1, {216}, {8}, {8}, {-72}},
  {"x3", preempt_arch_any_bits, 1, 0, 0, -1, -1, {208}, {8}, {8}, {-80}},
  {"x4", preempt_arch_any_bits, 1, 0, 0, -1, -1, {200}, {8}, {8}, {-88}},
  {"x5", preempt_arch_any_bits, 1, 0, 0, -1, -1, {192}, {8}, {8}, {-96}},
  {"x6", preempt_arch_any_bits, 1, 0, 0, -1, -1, {184}, {8}, {8}, {-104}},
  {"x7", preempt_arch_any_bits, 1, 0, 0, -1, -1, {176}, {8}, {8}, {-112}},
  {"x8", preempt_arch_any_bits, 1, 0, 0, -1, -1, {168}, {8}, {8}, {-120}},
  {"x9", preempt_arch_any_bits, 1, 0, 0, -1, -1, {160}, {8}, {8}, {-128}},
  {"x10", preempt_arch_any_bits, 1, 0, 0, -1, -1, {152}, {8}, {8}, {-136}},
  {"x11", preempt_arch_any_bits, 1, 0, 0, -1, -1, {144}, {8}, {8}, {-144}},
  {"x12", preempt_arch_any_bits, 1, 0, 0, -1, -1, {136}, {8}, {8}, {-152}},
  {"x13", preempt_arch_any_bits, 1, 0, 0, -1, -1, {128}, {8}, {8}, {-160}},
  {"x14", preempt_arch_any_bits, 1, 0, 0, -1, -1, {120}, {8}, {8}, {-168}},
  {"x15", preempt_arch_any_bits, 1, 0, 0, -1, -1, {112}, {8}, {8}, {-176}},
  {"x16", preempt_arch_any_bits, 1, 0, 0, -1, -1, {104}, {8}, {8}, {-184}},
  {"x17", preempt_arch_any_bits, 1, 0, 0, -1, -1, {96}, {8}, {8}, {-192}},
  {"x19", preempt_arch_any_bits, 1, 0, 0, -1, -1, {88}, {8}, {8}, {-200}},
  {"x20", preempt_arch_any_bits, 1, 0, 0, -1, -1, {80}, {8}, {8}, {-208}},
  {"x21", preempt_arch_any_bits, 1, 0, 0, -1, -1, {72}, {8}, {8}, {-216}},
  {"x22", preempt_arch_any_bits, 1, 0, 0, -1, -1, {64}, {8}, {8}, {-224}},
  {"x23", preempt_arch_any_bits, 1, 0, 0, -1, -1, {56}, {8}, {8}, {-232}},
  {"x24", preempt_arch_any_bits, 1, 0, 0, -1, -1, {48}, {8}, {8}, {-240}},
  {"x25", preempt_arch_any_bits, 1, 0, 0, -1, -1, {40}, {8}, {8}, {-248}},
  {"x26", preempt_arch_any_bits, 1, 0, 0, -1, -1, {32}, {8}, {8}, {-256}},
  {"x27", preempt_arch_any_bits, 1, 0, 0, -1, -1, {24}, {8}, {8}, {-264}},
  {"x28", preempt_arch_any_bits, 1, 0, 0, -1, -1, {16}, {8}, {8}, {-272}},
  {"fpcr", preempt_arch_fpcr_bits, 1, 0, 0, -1, -1, {12}, {4}, {4}, {-276}},
  {"fpsr", preempt_arch_fpsr_bits, 1, 0, 0, -1, -1, {8}, {4}, {4}, {-280}},
  {"v0", preempt_arch_any_bits, 1, 0, 1, -1, -1, {320}, {16}, {16}, {0}},
  {"v1", preempt_arch_any_bits, 1, 0, 1, -1, -1, {336}, {16}, {16}, {16}},
  {"v2", preempt_arch_any_bits, 1, 0, 1, -1, -1, {352}, {16}, {16}, {32}},
  {"v3", preempt_arch_any_bits, 1, 0, 1, -1, -1, {368}, {16}, {16}, {48}},
  {"v4", preempt_arch_any_bits, 1, 0, 1, -1, -1, {384}, {16}, {16}, {64}},
  {"v5", preempt_arch_any_bits, 1, 0, 1, -1, -1, {400}, {16}, {16}, {80}},
  {"v6", preempt_arch_any_bits, 1, 0, 1, -1, -1, {416}, {16}, {16}, {96}},
  {"v7", preempt_arch_any_bits, 1, 0, 1, -1, -1, {432}, {16}, {16}, {112}},
  {"v8", preempt_arch_any_bits, 1, 0, 1, -1, -1, {448}, {16}, {16}, {128}},
  {"v9", preempt_arch_any_bits, 1, 0, 1, -1, -1, {464}, {16}, {16}, {144}},
  {"v10", preempt_arch_any_bits, 1, 0, 1, -1, -1, {480}, {16}, {16}, {160}},
  {"v11", preempt_arch_any_bits, 1, 0, 1, -1, -1, {496}, {16}, {16}, {176}},
  {"v12", preempt_arch_any_bits, 1, 0, 1, -1, -1, {512}, {16}, {16}, {192}},
  {"v13", preempt_arch_any_bits, 1, 0, 1, -1, -1, {528}, {16}, {16}, {208}},
  {"v14", preempt_arch_any_bits, 1, 0, 1, -1, -1, {544}, {16}, {16}, {224}},
  {"v15", preempt_arch_any_bits, 1, 0, 1, -1, -1, {560}, {16}, {16}, {240}},
  {"v16", preempt_arch_any_bits, 1, 0, 1, -1, -1, {576}, {16}, {16}, {256}},
  {"v17", preempt_arch_any_bits, 1, 0, 1, -1, -1, {592}, {16}, {16}, {272}},
  {"v18", preempt_arch_any_bits, 1, 0, 1, -1, -1, {608}, {16}, {16}, {288}},
  {"v19", preempt_arch_any_bits, 1, 0, 1, -1, -1, {624}, {16}, {16}, {304}},
  {"v20", preempt_arch_any_bits, 1, 0, 1, -1, -1, {640}, {16}, {16}, {320}},
  {"v21", preempt_arch_any_bits, 1, 0, 1, -1, -1, {656}, {16}, {16}, {336}},
  {"v22", preempt_arch_any_bits, 1, 0, 1, -1, -1, {672}, {16}, {16}, {352}},
  {"v23", preempt_arch_any_bits, 1, 0, 1, -1, -1, {688}, {16}, {16}, {368}},
  {"v24", preempt_arch_any_bits, 1, 0, 1, -1, -1, {704}, {16}, {16}, {384}},
  {"v25", preempt_arch_any_bits, 1, 0, 1, -1, -1, {720}, {16}, {16}, {400}},
  {"v26", preempt_arch_any_bits, 1, 0, 1, -1, -1, {736}, {16}, {16}, {416}},
  {"v27", preempt_arch_any_bits, 1, 0, 1, -1, -1, {752}, {16}, {16}, {432}},
  {"v28", preempt_arch_any_bits, 1, 0, 1, -1, -1, {768}, {16}, {16}, {448}},
  {"v29", preempt_arch_any_bits, 1, 0, 1, -1, -1, {784}, {16}, {16}, {464}},
  {"v30", preempt_arch_any_bits, 1, 0, 1, -1, -1, {800}, {16}, {16}, {480}},
  {"v31", preempt_arch_any_bits, 1, 0, 1, -1, -1, {816}, {16}, {16}, {496}},
};
enum { PREEMPT_ARCH_FIELDS = sizeof preempt_arch_fields / sizeof *preempt_arch_fields };

#endif
#endif
