/* Generated from backend arm by `preempt generate`; edit Arch/, not this file. */

#ifndef PREEMPT_PROBE_H
#define PREEMPT_PROBE_H
#include "preempt.h"
#if defined(__arm__) && defined(__ARMEL__) && defined(__ARM_PCS_VFP) && defined(__linux__)

#define PREEMPT_ARCH_NAME "arm"
#define PREEMPT_ARCH_CLASSES 2
#define PREEMPT_ARCH_WIDTHS 2
#define PREEMPT_ARCH_WORD_BYTES 4
#define PREEMPT_ARCH_RED_ZONE_BYTES 0
#define PREEMPT_ARCH_REGISTER_SAVE_AREA_BYTES 0
#define PREEMPT_ARCH_STACK_ALIGNMENT_BYTES 8
#define PREEMPT_ARCH_FRAME_BYTES 76
#define PREEMPT_ARCH_AREA_BYTES 256
#define PREEMPT_ARCH_AREA_ALIGNMENT_BYTES 64
#define PREEMPT_ARCH_AREA_IS_ON_STACK 0
#define PREEMPT_ARCH_PREEMPTED_REASON 16
#define PREEMPT_ARCH_REFUSED_FLAGS 0x700fe00u
#define PREEMPT_ARCH_IMAGE_AREA_OFFSET 128
#define PREEMPT_ARCH_IMAGE_BYTES 384
#define PREEMPT_ARCH_LOOP_LIMIT 65535
#define PREEMPT_ARCH_HAS_COPY_STRING 0
#define PREEMPT_ARCH_HAS_MISALIGN_STACK 1
/* In ptrace's register set NT_PRSTATUS. The flag is what a stepper leaves behind. */
#define PREEMPT_ARCH_TRACED_PC_OFFSET 60
#define PREEMPT_ARCH_TRACED_FLAGS_OFFSET 64
#define PREEMPT_ARCH_STEP_FLAG 0x0u

#define preempt_arch_entry preempt_arm_entry
#define preempt_arch_widest preempt_arm_widest
#define preempt_arch_live_class preempt_arm_live_class
#define preempt_arch_inject preempt_arm_inject
#define preempt_arch_pc preempt_arm_pc
#define preempt_arch_sp preempt_arm_sp
#define preempt_arch_flags preempt_arm_flags
#define preempt_arch_probe preempt_arm_probe
#define preempt_arch_probe_function preempt_arm_probe_function
#define preempt_arch_probe_path preempt_arm_probe_path
#define preempt_arch_park preempt_arm_park
#define preempt_arch_enabled_components preempt_arm_enabled_components
#define preempt_arch_copy_string preempt_arm_copy_string
#define preempt_arch_misalign_stack preempt_arm_misalign_stack

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
extern const char preempt_arm_park[] __attribute__((visibility("hidden")));
extern const char preempt_arm_poison_d16[] __attribute__((visibility("hidden")));
extern const char preempt_arm_poison_d32[] __attribute__((visibility("hidden")));
extern void preempt_arm_initialize_d16(void) __attribute__((visibility("hidden")));
extern void preempt_arm_initialize_d32(void) __attribute__((visibility("hidden")));
extern uint64_t preempt_arm_enabled_components(unsigned long hwcap, unsigned long hwcap2) __attribute__((visibility("hidden")));
extern uintptr_t preempt_arm_misalign_stack(uintptr_t value) __attribute__((visibility("hidden")));
/* The routine to set, by widest enabled width, and whether the class includes the occasional components. */
static inline const char *preempt_arch_poison(unsigned widest, int occasional) {
  static const char *const routines[2][2] = {
    {preempt_arm_poison_d16, NULL},
    {preempt_arm_poison_d32, NULL},
  };
  return routines[widest][occasional];
}
/* Initial state of everything that is wider than the narrowest class, where a width is enabled. */
static inline void preempt_arch_initialize(unsigned widest) {
  static void (*const functions[2])(void) = {preempt_arm_initialize_d16, preempt_arm_initialize_d32};
  functions[widest]();
}

/* State classes, the narrowest first. */
static const struct preempt_arch_class {
  const char *name;
  unsigned width; /* index */
  int occasional; /* whether it includes the occasional components */
  unsigned area_bytes, required_stack_bytes;
} preempt_arch_classes[] = {
  {"d16", 0, 0, 128, 188},
  {"d32", 1, 0, 256, 188},
};
static const struct preempt_arch_width {
  const char *name;
  uint64_t components;
} preempt_arch_widths[] = {
  {"d16", 0x40u},
  {"d32", 0x80040u},
};
/* By widest enabled width and class: the instructions of a probe between which everything is filled. */
extern const char preempt_arm_probe_d16_in_d16_loop[], preempt_arm_probe_d16_in_d16_loop_end[] __attribute__((visibility("hidden")));
extern const char preempt_arm_probe_d16_in_d32_loop[], preempt_arm_probe_d16_in_d32_loop_end[] __attribute__((visibility("hidden")));
extern const char preempt_arm_probe_d32_in_d32_loop[], preempt_arm_probe_d32_in_d32_loop_end[] __attribute__((visibility("hidden")));
static const struct preempt_arch_loop {
  const char *start, *end;
  unsigned instructions; /* of the whole probe */
} preempt_arch_loops[2][2] = {
  {{preempt_arm_probe_d16_in_d16_loop, preempt_arm_probe_d16_in_d16_loop_end, 148}, {NULL, NULL, 0}},
  {{preempt_arm_probe_d16_in_d32_loop, preempt_arm_probe_d16_in_d32_loop_end, 228}, {preempt_arm_probe_d32_in_d32_loop, preempt_arm_probe_d32_in_d32_loop_end, 244}},
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
static const struct preempt_arch_bits preempt_arch_cpsr_bits[] = {
  {4, 0, 0xf80f0000u, 0x0u, 0xf80f0000u, 0x0u},
};
static const struct preempt_arch_bits preempt_arch_fpscr_bits[] = {
  {4, 0, 0xffc0009fu, 0x0u, 0xffc0009fu, 0x0u},
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
  {"r11", preempt_arch_any_bits, 1, 0, 0, -1, -1, {68, 68}, {4, 4}, {4, 4}, {-8, -8}},
  {"r12", preempt_arch_any_bits, 1, 0, 0, -1, -1, {64, 64}, {4, 4}, {4, 4}, {-12, -12}},
  {"cpsr", preempt_arch_cpsr_bits, 1, 1, 0, -1, -1, {60, 60}, {4, 4}, {4, 4}, {-16, -16}},
  {"r0", preempt_arch_any_bits, 1, 0, 0, -1, -1, {48, 48}, {4, 4}, {4, 4}, {-28, -28}},
  {"r1", preempt_arch_any_bits, 1, 0, 0, -1, -1, {44, 44}, {4, 4}, {4, 4}, {-32, -32}},
  {"r2", preempt_arch_any_bits, 1, 0, 0, -1, -1, {40, 40}, {4, 4}, {4, 4}, {-36, -36}},
  {"r3", preempt_arch_any_bits, 1, 0, 0, -1, -1, {36, 36}, {4, 4}, {4, 4}, {-40, -40}},
  {"r4", preempt_arch_any_bits, 1, 0, 0, -1, -1, {32, 32}, {4, 4}, {4, 4}, {-44, -44}},
  {"r5", preempt_arch_any_bits, 1, 0, 0, -1, -1, {28, 28}, {4, 4}, {4, 4}, {-48, -48}},
  {"r6", preempt_arch_any_bits, 1, 0, 0, -1, -1, {24, 24}, {4, 4}, {4, 4}, {-52, -52}},
  {"r7", preempt_arch_any_bits, 1, 0, 0, -1, -1, {20, 20}, {4, 4}, {4, 4}, {-56, -56}},
  {"r8", preempt_arch_any_bits, 1, 0, 0, -1, -1, {16, 16}, {4, 4}, {4, 4}, {-60, -60}},
  {"r9", preempt_arch_any_bits, 1, 0, 0, -1, -1, {12, 12}, {4, 4}, {4, 4}, {-64, -64}},
  {"r10", preempt_arch_any_bits, 1, 0, 0, -1, -1, {8, 8}, {4, 4}, {4, 4}, {-68, -68}},
  {"lr", preempt_arch_any_bits, 1, 0, 0, -1, -1, {4, 4}, {4, 4}, {4, 4}, {-72, -72}},
  {"fpscr", preempt_arch_fpscr_bits, 1, 0, 0, -1, -1, {0, 0}, {4, 4}, {4, 4}, {-76, -76}},
  {"d0", preempt_arch_any_bits, 1, 0, 1, -1, -1, {128, 128}, {8, 8}, {8, 8}, {0, 0}},
  {"d1", preempt_arch_any_bits, 1, 0, 1, -1, -1, {136, 136}, {8, 8}, {8, 8}, {8, 8}},
  {"d2", preempt_arch_any_bits, 1, 0, 1, -1, -1, {144, 144}, {8, 8}, {8, 8}, {16, 16}},
  {"d3", preempt_arch_any_bits, 1, 0, 1, -1, -1, {152, 152}, {8, 8}, {8, 8}, {24, 24}},
  {"d4", preempt_arch_any_bits, 1, 0, 1, -1, -1, {160, 160}, {8, 8}, {8, 8}, {32, 32}},
  {"d5", preempt_arch_any_bits, 1, 0, 1, -1, -1, {168, 168}, {8, 8}, {8, 8}, {40, 40}},
  {"d6", preempt_arch_any_bits, 1, 0, 1, -1, -1, {176, 176}, {8, 8}, {8, 8}, {48, 48}},
  {"d7", preempt_arch_any_bits, 1, 0, 1, -1, -1, {184, 184}, {8, 8}, {8, 8}, {56, 56}},
  {"d8", preempt_arch_any_bits, 1, 0, 1, -1, -1, {192, 192}, {8, 8}, {8, 8}, {64, 64}},
  {"d9", preempt_arch_any_bits, 1, 0, 1, -1, -1, {200, 200}, {8, 8}, {8, 8}, {72, 72}},
  {"d10", preempt_arch_any_bits, 1, 0, 1, -1, -1, {208, 208}, {8, 8}, {8, 8}, {80, 80}},
  {"d11", preempt_arch_any_bits, 1, 0, 1, -1, -1, {216, 216}, {8, 8}, {8, 8}, {88, 88}},
  {"d12", preempt_arch_any_bits, 1, 0, 1, -1, -1, {224, 224}, {8, 8}, {8, 8}, {96, 96}},
  {"d13", preempt_arch_any_bits, 1, 0, 1, -1, -1, {232, 232}, {8, 8}, {8, 8}, {104, 104}},
  {"d14", preempt_arch_any_bits, 1, 0, 1, -1, -1, {240, 240}, {8, 8}, {8, 8}, {112, 112}},
  {"d15", preempt_arch_any_bits, 1, 0, 1, -1, -1, {248, 248}, {8, 8}, {8, 8}, {120, 120}},
  {"d16", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 256}, {0, 8}, {0, 8}, {0, 128}},
  {"d17", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 264}, {0, 8}, {0, 8}, {0, 136}},
  {"d18", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 272}, {0, 8}, {0, 8}, {0, 144}},
  {"d19", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 280}, {0, 8}, {0, 8}, {0, 152}},
  {"d20", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 288}, {0, 8}, {0, 8}, {0, 160}},
  {"d21", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 296}, {0, 8}, {0, 8}, {0, 168}},
  {"d22", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 304}, {0, 8}, {0, 8}, {0, 176}},
  {"d23", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 312}, {0, 8}, {0, 8}, {0, 184}},
  {"d24", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 320}, {0, 8}, {0, 8}, {0, 192}},
  {"d25", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 328}, {0, 8}, {0, 8}, {0, 200}},
  {"d26", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 336}, {0, 8}, {0, 8}, {0, 208}},
  {"d27", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 344}, {0, 8}, {0, 8}, {0, 216}},
  {"d28", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 352}, {0, 8}, {0, 8}, {0, 224}},
  {"d29", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 360}, {0, 8}, {0, 8}, {0, 232}},
  {"d30", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 368}, {0, 8}, {0, 8}, {0, 240}},
  {"d31", preempt_arch_any_bits, 1, 0, 1, -1, -1, {0, 376}, {0, 8}, {0, 8}, {0, 248}},
};
enum { PREEMPT_ARCH_FIELDS = sizeof preempt_arch_fields / sizeof *preempt_arch_fields };

#endif
#endif
