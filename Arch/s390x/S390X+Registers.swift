// The register table. DWARF numbers are those of the s390x supplement; where it has none, the row has none.
//
// GNU as has no name for the program status word; pswm and pswa are gdb's.

public import ArchPreempt

extension S390X {
  // swift-format-ignore
  public static let registers: [Register] =
    Register.run("r", 0...14, dwarf: 0...14, .integer) + [
      Register("r15",    dwarf: 15, .integer, .restoredByResume),
      // Condition code and program mask; the rest is the system's, or refused.
      Register("pswm",   dwarf: 64, .flags, bits: [BitRun(8, free: 0x3f00_0000_0000, initial: nil)]),
      Register("pswa",   dwarf: 65, .control, .restoredByResume),
      // Masks, flags, data exception code, rounding modes; of the binary ones 4 to 6 are none.
      Register("fpc",               .control, byteCount: 4, bits: [BitRun(4, free: 0xf8f8_ff73, initial: nil)]),
    ]
      // The left half of v0 is f0, and so on to f15.
      + Register.run("v", 0...7,   dwarf: [16, 20, 17, 21, 18, 22, 19, 23], .vector, byteCount: [.fp: 8, .vx: 16])
      + Register.run("v", 8...15,  dwarf: [24, 28, 25, 29, 26, 30, 27, 31], .vector, byteCount: [.fp: 8, .vx: 16])
      + Register.run("v", 16...23, dwarf: [68, 72, 69, 73, 70, 74, 71, 75], .vector, byteCount: [.vx: 16])
      + Register.run("v", 24...31, dwarf: [76, 80, 77, 81, 78, 82, 79, 83], .vector, byteCount: [.vx: 16])
      + [
      // Access registers 2 to 15, as one instruction stores them. No compiler keeps values there; assembly may.
      Register("a2_a15",            .registerStack, byteCount: 56),

      Register("cr0",    dwarf: 32,  .control, .excluded(because: "the system's; its column, which no task needs, is the return address's")),
      Register("a0",     dwarf: 48,  .control, .excluded(because: "with a1 the M's thread pointer; restoring it would move it to another M")),
      Register("a1",     dwarf: 49,  .control, .excluded(because: "with a0 the M's thread pointer; restoring it would move it to another M")),
      Register("gs",                 .control, .excluded(because: "guarded storage belongs to the thread, which asks the kernel for it")),
      Register("ri",                 .control, .excluded(because: "runtime instrumentation belongs to the thread, which asks the kernel for it")),
      Register("tx",                 .control, .excluded(because: "a signal aborts a transaction: what is interrupted is in none")),
    ]

  static let contextFields: [ContextField] =
    [
      ContextField("pswm", at: 40, member: "uc_mcontext.psw.mask"),
      ContextField("pswa", at: 48, member: "uc_mcontext.psw.addr"),
    ] + ContextField.run((0...15).map { "r\($0)" }, at: 56, array: "uc_mcontext.gregs")
}
