/* Generated from backend riscv64 by `preempt generate`; edit Arch/, not this file. */

#ifndef PREEMPT_PROBE_H
#define PREEMPT_PROBE_H
#include "preempt.h"
#if defined(__riscv) && __riscv_xlen == 64 && defined(__riscv_float_abi_double) && defined(__linux__)

#define PREEMPT_ARCH_NAME "riscv64"
#define PREEMPT_ARCH_CLASSES 1
#define PREEMPT_ARCH_WIDTHS 1
#define PREEMPT_ARCH_WORD_BYTES 8
#define PREEMPT_ARCH_RED_ZONE_BYTES 0
#define PREEMPT_ARCH_REGISTER_SAVE_AREA_BYTES 0
#define PREEMPT_ARCH_STACK_ALIGNMENT_BYTES 16
#define PREEMPT_ARCH_FRAME_BYTES 256
#define PREEMPT_ARCH_AREA_BYTES 256
#define PREEMPT_ARCH_AREA_ALIGNMENT_BYTES 64
#define PREEMPT_ARCH_AREA_IS_ON_STACK 0
#define PREEMPT_ARCH_PREEMPTED_REASON 16
#define PREEMPT_ARCH_REFUSED_FLAGS 0x0u
#define PREEMPT_ARCH_IMAGE_AREA_OFFSET 256
#define PREEMPT_ARCH_IMAGE_BYTES 512
#define PREEMPT_ARCH_LOOP_LIMIT 65535
#define PREEMPT_ARCH_HAS_COPY_STRING 0
#define PREEMPT_ARCH_HAS_MISALIGN_STACK 0
/* In ptrace's register set NT_PRSTATUS. The flag is what a stepper leaves behind. */
#define PREEMPT_ARCH_TRACED_PC_OFFSET 0
#define PREEMPT_ARCH_TRACED_FLAGS_OFFSET 0
#define PREEMPT_ARCH_STEP_FLAG 0x0u

#define preempt_arch_entry preempt_riscv64_entry
#define preempt_arch_widest preempt_riscv64_widest
#define preempt_arch_live_class preempt_riscv64_live_class
#define preempt_arch_inject preempt_riscv64_inject
#define preempt_arch_pc preempt_riscv64_pc
#define preempt_arch_sp preempt_riscv64_sp
#define preempt_arch_flags preempt_riscv64_flags
#define preempt_arch_probe preempt_riscv64_probe
#define preempt_arch_probe_function preempt_riscv64_probe_function
#define preempt_arch_probe_path preempt_riscv64_probe_path
#define preempt_arch_park preempt_riscv64_park
#define preempt_arch_enabled_components preempt_riscv64_enabled_components
#define preempt_arch_copy_string preempt_riscv64_copy_string
#define preempt_arch_misalign_stack preempt_riscv64_misalign_stack
/* Resumed by the kernel: the stub is given a signal frame instead of the block. */
#define PREEMPT_ARCH_SIGNAL_FRAME_BYTES 1088
#define PREEMPT_ARCH_SIGNAL_FRAME_CONTEXT_OFFSET 128
#define PREEMPT_ARCH_SIGNAL_FRAME_FILLED_BYTES 692
#define PREEMPT_ARCH_SIGNAL_FRAME_ALIGNMENT_BYTES 16
#define preempt_arch_fill_signal_frame preempt_riscv64_fill_signal_frame
/* What is filled in: bytes from the start of ucontext_t. The kernel's own frame has the same there. */
static const struct preempt_arch_signal_field {
  const char *name;
  unsigned offset, byte_count;
} preempt_arch_signal_fields[] = {
  {"uc_stack", 16, 24},
  {"uc_sigmask", 40, 8},
  {"pc", 176, 8},
  {"ra", 184, 8},
  {"sp", 192, 8},
  {"gp", 200, 8},
  {"tp", 208, 8},
  {"t0", 216, 8},
  {"t1", 224, 8},
  {"t2", 232, 8},
  {"s0", 240, 8},
  {"s1", 248, 8},
  {"a0", 256, 8},
  {"a1", 264, 8},
  {"a2", 272, 8},
  {"a3", 280, 8},
  {"a4", 288, 8},
  {"a5", 296, 8},
  {"a6", 304, 8},
  {"a7", 312, 8},
  {"s2", 320, 8},
  {"s3", 328, 8},
  {"s4", 336, 8},
  {"s5", 344, 8},
  {"s6", 352, 8},
  {"s7", 360, 8},
  {"s8", 368, 8},
  {"s9", 376, 8},
  {"s10", 384, 8},
  {"s11", 392, 8},
  {"t3", 400, 8},
  {"t4", 408, 8},
  {"t5", 416, 8},
  {"t6", 424, 8},
  {"fcsr", 688, 4},
  {"f0", 432, 8},
  {"f1", 440, 8},
  {"f2", 448, 8},
  {"f3", 456, 8},
  {"f4", 464, 8},
  {"f5", 472, 8},
  {"f6", 480, 8},
  {"f7", 488, 8},
  {"f8", 496, 8},
  {"f9", 504, 8},
  {"f10", 512, 8},
  {"f11", 520, 8},
  {"f12", 528, 8},
  {"f13", 536, 8},
  {"f14", 544, 8},
  {"f15", 552, 8},
  {"f16", 560, 8},
  {"f17", 568, 8},
  {"f18", 576, 8},
  {"f19", 584, 8},
  {"f20", 592, 8},
  {"f21", 600, 8},
  {"f22", 608, 8},
  {"f23", 616, 8},
  {"f24", 624, 8},
  {"f25", 632, 8},
  {"f26", 640, 8},
  {"f27", 648, 8},
  {"f28", 656, 8},
  {"f29", 664, 8},
  {"f30", 672, 8},
  {"f31", 680, 8},
};

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
extern const char preempt_riscv64_park[] __attribute__((visibility("hidden")));
extern const char preempt_riscv64_poison_double[] __attribute__((visibility("hidden")));
extern void preempt_riscv64_initialize_double(void) __attribute__((visibility("hidden")));
extern uint64_t preempt_riscv64_enabled_components(unsigned long hwcap, unsigned long hwcap2) __attribute__((visibility("hidden")));
/* The routine to set, by widest enabled width, and whether the class includes the occasional components. */
static inline const char *preempt_arch_poison(unsigned widest, int occasional) {
  static const char *const routines[1][2] = {
    {preempt_riscv64_poison_double, NULL},
  };
  return routines[widest][occasional];
}
/* Initial state of everything that is wider than the narrowest class, where a width is enabled. */
static inline void preempt_arch_initialize(unsigned widest) {
  static void (*const functions[1])(void) = {preempt_riscv64_initialize_double};
  functions[widest]();
}

/* State classes, the narrowest first. */
static const struct preempt_arch_class {
  const char *name;
  unsigned width; /* index */
  int occasional; /* whether it includes the occasional components */
  unsigned area_bytes, required_stack_bytes;
} preempt_arch_classes[] = {
  {"double", 0, 0, 256, 480},
};
static const struct preempt_arch_width {
  const char *name;
  uint64_t components;
} preempt_arch_widths[] = {
  {"double", 0x28u},
};
/* By widest enabled width and class: the instructions of a probe between which everything is filled. */
extern const char preempt_riscv64_probe_double_in_double_loop[], preempt_riscv64_probe_double_in_double_loop_end[] __attribute__((visibility("hidden")));
static const struct preempt_arch_loop {
  const char *start, *end;
  unsigned instructions; /* of the whole probe */
} preempt_arch_loops[1][1] = {
  {{preempt_riscv64_probe_double_in_double_loop, preempt_riscv64_probe_double_in_double_loop_end, 206}},
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
static const struct preempt_arch_bits preempt_arch_fcsr_bits[] = {
  {4, 0, 0x7fu, 0x0u, 0x7fu, 0x0u},
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
  {"s0", preempt_arch_any_bits, 1, 0, 0, -1, -1, {240}, {8}, {8}, {-16}},
  {"ra", preempt_arch_any_bits, 1, 0, 0, -1, -1, {216}, {8}, {8}, {-40}},
  {"t0", preempt_arch_any_bits, 1, 0, 0, -1, -1, {208}, {8}, {8}, {-48}},
  {"t1", preempt_arch_any_bits, 1, 0, 0, -1, -1, {200}, {8}, {8}, {-56}},
  {"t2", preempt_arch_any_bits, 1, 0, 0, -1, -1, {192}, {8}, {8}, {-64}},
  {"s1", preempt_arch_any_bits, 1, 0, 0, -1, -1, {184}, {8}, {8}, {-72}},
  {"a0", preempt_arch_any_bits, 1, 0, 0, -1, -1, {176}, {8}, {8}, {-80}},
  {"a1", preempt_arch_any_bits, 1, 0, 0, -1, -1, {168}, {8}, {8}, {-88}},
  {"a2", preempt_arch_any_bits, 1, 0, 0, -1, -1, {160}, {8}, {8}, {-96}},
  {"a3", preempt_arch_any_bits, 1, 0, 0, -1, -1, {152}, {8}, {8}, {-104}},
  {"a4", preempt_arch_any_bits, 1, 0, 0, -1, -1, {144}, {8}, {8}, {-112}},
  {"a5", preempt_arch_any_bits, 1, 0, 0, -1, -1, {136}, {8}, {8}, {-120}},
  {"a6", preempt_arch_any_bits, 1, 0, 0, -1, -1, {128}, {8}, {8}, {-128}},
  {"a7", preempt_arch_any_bits, 1, 0, 0, -1, -1, {120}, {8}, {8}, {-136}},
  {"s2", preempt_arch_any_bits, 1, 0, 0, -1, -1, {112}, {8}, {8}, {-144}},
  {"s3", preempt_arch_any_bits, 1, 0, 0, -1, -1, {104}, {8}, {8}, {-152}},
  {"s4", preempt_arch_any_bits, 1, 0, 0, -1, -1, {96}, {8}, {8}, {-160}},
  {"s5", preempt_arch_any_bits, 1, 0, 0, -1, -1, {88}, {8}, {8}, {-168}},
  {"s6", preempt_arch_any_bits, 1, 0, 0, -1, -1, {80}, {8}, {8}, {-176}},
  {"s7", preempt_arch_any_bits, 1, 0, 0, -1, -1, {72}, {8}, {8}, {-184}},
  {"s8", preempt_arch_any_bits, 1, 0, 0, -1, -1, {64}, {8}, {8}, {-192}},
  {"s9", preempt_arch_any_bits, 1, 0, 0, -1, -1, {56}, {8}, {8}, {-200}},
  {"s10", preempt_arch_any_bits, 1, 0, 0, -1, -1, {48}, {8}, {8}, {-208}},
  {"s11", preempt_arch_any_bits, 1, 0, 0, -1, -1, {40}, {8}, {8}, {-216}},
  {"t3", preempt_arch_any_bits, 1, 0, 0, -1, -1, {32}, {8}, {8}, {-224}},
  {"t4", preempt_arch_any_bits, 1, 0, 0, -1, -1, {24}, {8}, {8}, {-232}},
  {"t5", preempt_arch_any_bits, 1, 0, 0, -1, -1, {16}, {8}, {8}, {-240}},
  {"t6", preempt_arch_any_bits, 1, 0, 0, -1, -1, {8}, {8}, {8}, {-248}},
  {"fcsr", preempt_arch_fcsr_bits, 1, 0, 0, -1, -1, {4}, {4}, {4}, {-252}},
  {"f0", preempt_arch_any_bits, 1, 0, 1, -1, -1, {256}, {8}, {8}, {0}},
  {"f1", preempt_arch_any_bits, 1, 0, 1, -1, -1, {264}, {8}, {8}, {8}},
  {"f2", preempt_arch_any_bits, 1, 0, 1, -1, -1, {272}, {8}, {8}, {16}},
  {"f3", preempt_arch_any_bits, 1, 0, 1, -1, -1, {280}, {8}, {8}, {24}},
  {"f4", preempt_arch_any_bits, 1, 0, 1, -1, -1, {288}, {8}, {8}, {32}},
  {"f5", preempt_arch_any_bits, 1, 0, 1, -1, -1, {296}, {8}, {8}, {40}},
  {"f6", preempt_arch_any_bits, 1, 0, 1, -1, -1, {304}, {8}, {8}, {48}},
  {"f7", preempt_arch_any_bits, 1, 0, 1, -1, -1, {312}, {8}, {8}, {56}},
  {"f8", preempt_arch_any_bits, 1, 0, 1, -1, -1, {320}, {8}, {8}, {64}},
  {"f9", preempt_arch_any_bits, 1, 0, 1, -1, -1, {328}, {8}, {8}, {72}},
  {"f10", preempt_arch_any_bits, 1, 0, 1, -1, -1, {336}, {8}, {8}, {80}},
  {"f11", preempt_arch_any_bits, 1, 0, 1, -1, -1, {344}, {8}, {8}, {88}},
  {"f12", preempt_arch_any_bits, 1, 0, 1, -1, -1, {352}, {8}, {8}, {96}},
  {"f13", preempt_arch_any_bits, 1, 0, 1, -1, -1, {360}, {8}, {8}, {104}},
  {"f14", preempt_arch_any_bits, 1, 0, 1, -1, -1, {368}, {8}, {8}, {112}},
  {"f15", preempt_arch_any_bits, 1, 0, 1, -1, -1, {376}, {8}, {8}, {120}},
  {"f16", preempt_arch_any_bits, 1, 0, 1, -1, -1, {384}, {8}, {8}, {128}},
  {"f17", preempt_arch_any_bits, 1, 0, 1, -1, -1, {392}, {8}, {8}, {136}},
  {"f18", preempt_arch_any_bits, 1, 0, 1, -1, -1, {400}, {8}, {8}, {144}},
  {"f19", preempt_arch_any_bits, 1, 0, 1, -1, -1, {408}, {8}, {8}, {152}},
  {"f20", preempt_arch_any_bits, 1, 0, 1, -1, -1, {416}, {8}, {8}, {160}},
  {"f21", preempt_arch_any_bits, 1, 0, 1, -1, -1, {424}, {8}, {8}, {168}},
  {"f22", preempt_arch_any_bits, 1, 0, 1, -1, -1, {432}, {8}, {8}, {176}},
  {"f23", preempt_arch_any_bits, 1, 0, 1, -1, -1, {440}, {8}, {8}, {184}},
  {"f24", preempt_arch_any_bits, 1, 0, 1, -1, -1, {448}, {8}, {8}, {192}},
  {"f25", preempt_arch_any_bits, 1, 0, 1, -1, -1, {456}, {8}, {8}, {200}},
  {"f26", preempt_arch_any_bits, 1, 0, 1, -1, -1, {464}, {8}, {8}, {208}},
  {"f27", preempt_arch_any_bits, 1, 0, 1, -1, -1, {472}, {8}, {8}, {216}},
  {"f28", preempt_arch_any_bits, 1, 0, 1, -1, -1, {480}, {8}, {8}, {224}},
  {"f29", preempt_arch_any_bits, 1, 0, 1, -1, -1, {488}, {8}, {8}, {232}},
  {"f30", preempt_arch_any_bits, 1, 0, 1, -1, -1, {496}, {8}, {8}, {240}},
  {"f31", preempt_arch_any_bits, 1, 0, 1, -1, -1, {504}, {8}, {8}, {248}},
};
enum { PREEMPT_ARCH_FIELDS = sizeof preempt_arch_fields / sizeof *preempt_arch_fields };

#endif
#endif
