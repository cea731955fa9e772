// The register table: psABI figure 3.36 numbers the rows; where it has none, the row has none.

public import ArchPreempt

extension AMD64 {
  // swift-format-ignore
  public static let registers: [Register] = [
    Register("rax",      dwarf: 0,   .integer),
    Register("rcx",      dwarf: 2,   .integer),
    Register("rdx",      dwarf: 1,   .integer),
    Register("rbx",      dwarf: 3,   .integer),
    Register("rsi",      dwarf: 4,   .integer),
    Register("rdi",      dwarf: 5,   .integer),
  ] + Register.run("r", 8...15, dwarf: 8...15, .integer) + [
    Register("rbp",      dwarf: 6,   .integer),
    Register("rsp",      dwarf: 7,   .integer, .restoredByResume),
    Register("rip",      dwarf: 16,  .control, .restoredByResume),
    Register("rflags",   dwarf: 49,  .flags, bits: rflagsBits),
    Register("mxcsr",    dwarf: 64,  .control, byteCount: 4, bits: mxcsrBits),
    // In the x87 classes FNSAVE stores it, and reloading it after FRSTOR would raise the task's pending exception in the stub.
    Register("fcw",      dwarf: 65,  .control, byteCount: .unlessOccasional(2), bits: fcwBits),
  ]
    + Register.run("xmm", 0...15,  dwarf: 17...32,   .vector,    byteCount: [.sse: 16, .avx: 32, .avx512: 64])
    + Register.run("xmm", 16...31, dwarf: 67...82,   .vector,    byteCount: [.avx512: 64])
    + Register.run("k",   0...7,   dwarf: 118...125, .predicate, byteCount: [.avx512: 8])
    + [
    // One FNSAVE image: st0 to st7, which the mm registers alias, control, status, tags and pointers.
    Register("st",       dwarf: 33,  .registerStack, byteCount: .whenOccasional(108), bits: fnsaveBits),

    Register("fs.base",  dwarf: 58,  .control, .excluded(because: "names the M's TLS block; restoring it would move it to another M")),
    Register("gs.base",  dwarf: 59,  .control, .excluded(because: "the M's, as fs.base; Linux user code leaves it to the embedder")),
    Register("cs",       dwarf: 51,  .control, .excluded(because: "constant in 64-bit user mode")),
    Register("ss",       dwarf: 52,  .control, .excluded(because: "constant in 64-bit user mode")),
    Register("ds",       dwarf: 53,  .control, .excluded(because: "ignored in 64-bit mode")),
    Register("es",       dwarf: 50,  .control, .excluded(because: "ignored in 64-bit mode")),
    Register("fs",       dwarf: 54,  .control, .excluded(because: "selector of fs.base, the M's")),
    Register("gs",       dwarf: 55,  .control, .excluded(because: "selector of gs.base, the M's")),
    Register("pkru",                 .control, .excluded(because: "a right of the thread; a task that changes it must be pinned and does so inside withPreemptionDisabled")),
    Register("ssp",                  .control, .excluded(because: "an injected call breaks a user shadow stack; the runtime refuses to start where one is enabled")),
    Register("tilecfg",              .control, .excluded(because: "AMX has no state class yet; a task with it live is refused as unknown live state")),
    Register("tmm0-7",               .vector,  .excluded(because: "AMX has no state class yet; a task with it live is refused as unknown live state")),
    Register("r16-r31",  dwarf: 130, .integer, .excluded(because: "APX has no state class yet; a task with it live is refused as unknown live state")),
    Register("bnd0-3",   dwarf: 126, .vector,  .excluded(because: "MPX left Linux in 5.6; a task with it live is refused as unknown live state")),
    Register("xcr0",                 .control, .excluded(because: "written by the operating system only")),
  ]

  // CF, PF, AF, ZF, SF, DF, OF, ID; bit 1 and IF read as one. TF, NT and AC are refused.
  private static let rflagsBits = [BitRun(8, free: 0x20_0cd5, set: 0x202, initial: nil)]
  // Every exception masked; rounding, flush to zero, denormals and sticky flags free.
  private static let mxcsrBits = [BitRun(4, free: 0xe07f, set: 0x1f80, initial: nil)]
  // Every exception masked; rounding and, with bit 9, two of three precisions free: 01 is reserved.
  private static let fcwBits = [BitRun(2, free: 0x0d00, set: 0x027f, initial: nil)]

  // Intel SDM volume 1, figure 8-9. The pointers aren't compared: this vendor's XSAVE, with which the kernel writes the
  // signal frame, drops them unless an exception is pending.
  // swift-format-ignore
  private static let fnsaveBits = [
    BitRun(4, free: 0x0d00, set: 0x027f,                 initial: nil),      // control
    BitRun(4, free: 0x7f7f, compared: 0xffff,            initial: 0),        // status: nothing pending
    BitRun(4, free: 0,      compared: 0xffff,            initial: 0xffff),   // tags: all valid; empty
    BitRun(8, free: 0,                                   initial: nil),      // pointers
    BitRun(8, free: 0,                                   initial: nil),
  ] + (0..<8).flatMap { _ in [
    BitRun(8, free: .max >> 1, set: 1 << 63,             initial: nil),      // a normal number's significand
    BitRun(2, free: 0x9fff,    set: 0x2000,              initial: nil),      // its sign and exponent
  ] }

  static let contextFields = ContextField.run(
    [
      "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "rdi", "rsi", "rbp", "rbx", "rdx", "rax", "rcx", "rsp",
      "rip", "rflags",
    ], at: 40, array: "uc_mcontext.gregs")
}
