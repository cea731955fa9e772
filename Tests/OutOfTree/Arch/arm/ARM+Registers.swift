// The register table. DWARF numbers are those of AADWARF32; where it has none, the row has none.

public import ArchPreempt

extension ARM {
  // swift-format-ignore
  public static var registers: [Register] {
    [
      Register("r0",    dwarf: 0,   .integer, byteCount: 4),
      Register("r1",    dwarf: 1,   .integer, byteCount: 4),
      Register("r2",    dwarf: 2,   .integer, byteCount: 4),
      Register("r3",    dwarf: 3,   .integer, byteCount: 4),
      Register("r4",    dwarf: 4,   .integer, byteCount: 4),
      Register("r5",    dwarf: 5,   .integer, byteCount: 4),
      Register("r6",    dwarf: 6,   .integer, byteCount: 4),
      Register("r7",    dwarf: 7,   .integer, byteCount: 4),
      Register("r8",    dwarf: 8,   .integer, byteCount: 4),
      Register("r9",    dwarf: 9,   .integer, byteCount: 4),
      Register("r10",   dwarf: 10,  .integer, byteCount: 4),
      Register("r11",   dwarf: 11,  .integer, byteCount: 4),
      Register("r12",   dwarf: 12,  .integer, byteCount: 4),
      Register("sp",    dwarf: 13,  .integer, .restoredByResume, byteCount: 4),
      Register("lr",    dwarf: 14,  .integer, byteCount: 4),
      Register("pc",    dwarf: 15,  .control, .restoredByResume, byteCount: 4),
      // N, Z, C, V, Q and GE. The rest is the system's, or says how code is read: PC's word, and what is refused.
      Register("cpsr",              .flags, byteCount: 4, bits: [BitRun(4, free: 0xf80f_0000, initial: nil)]),
      // Conditions, QC, modes, cumulative exceptions. Traps are off, and a stride or length of vectors is no compiler's.
      Register("fpscr",             .control, byteCount: 4, bits: [BitRun(4, free: 0xffc0_009f, initial: nil)]),
      Register("d0",    dwarf: 256, .vector, byteCount: 8),
      Register("d1",    dwarf: 257, .vector, byteCount: 8),
      Register("d2",    dwarf: 258, .vector, byteCount: 8),
      Register("d3",    dwarf: 259, .vector, byteCount: 8),
      Register("d4",    dwarf: 260, .vector, byteCount: 8),
      Register("d5",    dwarf: 261, .vector, byteCount: 8),
      Register("d6",    dwarf: 262, .vector, byteCount: 8),
      Register("d7",    dwarf: 263, .vector, byteCount: 8),
      Register("d8",    dwarf: 264, .vector, byteCount: 8),
      Register("d9",    dwarf: 265, .vector, byteCount: 8),
      Register("d10",   dwarf: 266, .vector, byteCount: 8),
      Register("d11",   dwarf: 267, .vector, byteCount: 8),
      Register("d12",   dwarf: 268, .vector, byteCount: 8),
      Register("d13",   dwarf: 269, .vector, byteCount: 8),
      Register("d14",   dwarf: 270, .vector, byteCount: 8),
      Register("d15",   dwarf: 271, .vector, byteCount: 8),
      Register("d16",   dwarf: 272, .vector, byteCount: [.d32: 8]),
      Register("d17",   dwarf: 273, .vector, byteCount: [.d32: 8]),
      Register("d18",   dwarf: 274, .vector, byteCount: [.d32: 8]),
      Register("d19",   dwarf: 275, .vector, byteCount: [.d32: 8]),
      Register("d20",   dwarf: 276, .vector, byteCount: [.d32: 8]),
      Register("d21",   dwarf: 277, .vector, byteCount: [.d32: 8]),
      Register("d22",   dwarf: 278, .vector, byteCount: [.d32: 8]),
      Register("d23",   dwarf: 279, .vector, byteCount: [.d32: 8]),
      Register("d24",   dwarf: 280, .vector, byteCount: [.d32: 8]),
      Register("d25",   dwarf: 281, .vector, byteCount: [.d32: 8]),
      Register("d26",   dwarf: 282, .vector, byteCount: [.d32: 8]),
      Register("d27",   dwarf: 283, .vector, byteCount: [.d32: 8]),
      Register("d28",   dwarf: 284, .vector, byteCount: [.d32: 8]),
      Register("d29",   dwarf: 285, .vector, byteCount: [.d32: 8]),
      Register("d30",   dwarf: 286, .vector, byteCount: [.d32: 8]),
      Register("d31",   dwarf: 287, .vector, byteCount: [.d32: 8]),

      Register("tpidruro",          .control, .excluded(because: "the M's thread pointer, which user mode can't write; the kernel exchanges it")),
      Register("tpidrurw",          .control, .excluded(because: "belongs to the thread: the kernel exchanges it with the thread, and Linux's ABI gives it no use")),
      Register("fpexc",             .control, .excluded(because: "the kernel's: user mode can't read it")),
      Register("wr0-15",dwarf: 112, .vector, .excluded(because: "iWMMXt is in XScale before VFP; no machine has both")),
    ]
  }

  // swift-format-ignore
  static var contextFields: [ContextField] {
    [
      ContextField("r0",    at: 32,  member: "uc_mcontext.arm_r0"),
      ContextField("r1",    at: 36,  member: "uc_mcontext.arm_r1"),
      ContextField("r2",    at: 40,  member: "uc_mcontext.arm_r2"),
      ContextField("r3",    at: 44,  member: "uc_mcontext.arm_r3"),
      ContextField("r4",    at: 48,  member: "uc_mcontext.arm_r4"),
      ContextField("r5",    at: 52,  member: "uc_mcontext.arm_r5"),
      ContextField("r6",    at: 56,  member: "uc_mcontext.arm_r6"),
      ContextField("r7",    at: 60,  member: "uc_mcontext.arm_r7"),
      ContextField("r8",    at: 64,  member: "uc_mcontext.arm_r8"),
      ContextField("r9",    at: 68,  member: "uc_mcontext.arm_r9"),
      ContextField("r10",   at: 72,  member: "uc_mcontext.arm_r10"),
      ContextField("r11",   at: 76,  member: "uc_mcontext.arm_fp"),
      ContextField("r12",   at: 80,  member: "uc_mcontext.arm_ip"),
      ContextField("sp",    at: 84,  member: "uc_mcontext.arm_sp"),
      ContextField("lr",    at: 88,  member: "uc_mcontext.arm_lr"),
      ContextField("pc",    at: 92,  member: "uc_mcontext.arm_pc"),
      ContextField("cpsr",  at: 96,  member: "uc_mcontext.arm_cpsr"),
    ]
  }
}
