// The register table. DWARF numbers are those of AADWARF32; where it has none, the row has none.

public import ArchPreempt

extension ARM {
  // swift-format-ignore
  public static let registers =
    Register.run("r",      0...12, dwarf: 0...12,    .integer, byteCount: 4)
    + [
      Register("sp",       dwarf: 13,  .integer, .restoredByResume, byteCount: 4),
      Register("lr",       dwarf: 14,  .integer, byteCount: 4),
      Register("pc",       dwarf: 15,  .control, .restoredByResume, byteCount: 4),
      // N, Z, C, V, Q and GE. The rest is the system's, or says how code is read: the PC's word, and what is refused.
      Register("cpsr",                 .flags,   byteCount: 4, bits: [BitRun(4, free: 0xf80f_0000, initial: nil)]),
      // Conditions, QC, modes, cumulative exceptions. Traps are off, and no compiler sets a length or stride of vectors.
      Register("fpscr",                .control, byteCount: 4, bits: [BitRun(4, free: 0xffc0_009f, initial: nil)]),
    ]
    + Register.run("d",    0...15,  dwarf: 256...271, .vector)
    + Register.run("d",    16...31, dwarf: 272...287, .vector, byteCount: [.d32: 8])
    + [
      Register("tpidruro",             .control, .excluded(because: "the M's thread pointer, which user mode can't write; the kernel exchanges it")),
      Register("tpidrurw",             .control, .excluded(because: "belongs to the thread: the kernel exchanges it with the thread, and no compiler uses it")),
      Register("fpexc",                .control, .excluded(because: "the kernel's: user mode can't read it")),
      Register("wr0-15",   dwarf: 112, .vector,  .excluded(because: "iWMMXt is XScale's, which has no VFP")),
    ]

  /// `struct sigcontext` behind uc_flags, uc_link and uc_stack.
  static let contextFields = zip(
    (0...12).map { "r\($0)" } + ["sp", "lr", "pc", "cpsr"],
    (0...10).map { "r\($0)" } + ["fp", "ip", "sp", "lr", "pc", "cpsr"]
  ).enumerated().map { index, names in
    ContextField(names.0, at: 32 + 4 * index, member: "uc_mcontext.arm_\(names.1)")
  }
}
