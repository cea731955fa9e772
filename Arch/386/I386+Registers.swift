// The register table: psABI table 2.14 numbers the rows; where it has none, the row has none.

public import ArchPreempt

extension I386 {
  // swift-format-ignore
  public static let registers: [Register] = [
    Register("eax",      dwarf: 0,   .integer, byteCount: 4),
    Register("ecx",      dwarf: 1,   .integer, byteCount: 4),
    Register("edx",      dwarf: 2,   .integer, byteCount: 4),
    Register("ebx",      dwarf: 3,   .integer, byteCount: 4),
    Register("esi",      dwarf: 6,   .integer, byteCount: 4),
    Register("edi",      dwarf: 7,   .integer, byteCount: 4),
    Register("ebp",      dwarf: 5,   .integer, byteCount: 4),
    Register("esp",      dwarf: 4,   .integer, .restoredByResume, byteCount: 4),
    Register("eip",      dwarf: 8,   .control, .restoredByResume, byteCount: 4),
    Register("eflags",   dwarf: 9,   .flags, byteCount: 4, bits: eflagsBits),
    Register("mxcsr",    dwarf: 39,  .control, byteCount: 4, bits: mxcsrBits),
    // As on amd64: in the x87 classes FNSAVE stores it.
    Register("fcw",      dwarf: 37,  .control, byteCount: .unlessOccasional(2), bits: fcwBits),
  ]
    + Register.run("xmm", 0...7, dwarf: 21...28,  .vector,    byteCount: [.sse: 16, .avx: 32, .avx512: 64])
    + Register.run("k",   0...7, dwarf: 93...100, .predicate, byteCount: [.avx512: 8])
    + [
    // One FNSAVE image: st0 to st7, which the mm registers alias, control, status, tags and pointers.
    Register("st",       dwarf: 11,  .registerStack, byteCount: .whenOccasional(108), bits: fnsaveBits),

    Register("cs",       dwarf: 41,  .control, .excluded(because: "the flat code segment of Linux; a far call is not compiled code")),
    Register("ss",       dwarf: 42,  .control, .excluded(because: "the flat data segment of Linux, which the stub itself runs on")),
    Register("ds",       dwarf: 43,  .control, .excluded(because: "the flat data segment of Linux; code that loads another runs inside withPreemptionDisabled")),
    Register("es",       dwarf: 40,  .control, .excluded(because: "as ds; string instructions of compiled code expect the flat segment in it")),
    Register("fs",       dwarf: 44,  .control, .excluded(because: "the M's; Linux user code leaves it to the embedder")),
    Register("gs",       dwarf: 45,  .control, .excluded(because: "selects the M's TLS block; restoring it would move it to another M")),
    Register("pkru",                 .control, .excluded(because: "a right of the thread; a task that changes it must be pinned and does so inside withPreemptionDisabled")),
    Register("ssp",                  .control, .excluded(because: "Linux has no user shadow stacks for 32-bit programs")),
    Register("tilecfg",              .control, .excluded(because: "AMX exists in 64-bit mode only")),
    Register("bnd0-3",   dwarf: 101, .vector, .excluded(because: "MPX left Linux in 5.6; a task with it live is refused as unknown live state")),
    Register("xcr0",                 .control, .excluded(because: "written by the operating system only")),
  ]

  // CF, PF, AF, ZF, SF, DF, OF, ID; bit 1 and IF read as one. TF, NT and AC are refused.
  private static let eflagsBits = [BitRun(4, free: 0x20_0cd5, set: 0x202, initial: nil)]
  // Every exception masked; rounding, flush to zero, denormals and sticky flags free.
  private static let mxcsrBits = [BitRun(4, free: 0xe07f, set: 0x1f80, initial: nil)]
  // Every exception masked; rounding and, with bit 9, two of three precisions free: 01 is reserved.
  private static let fcwBits = [BitRun(2, free: 0x0d00, set: 0x027f, initial: nil)]

  // Intel SDM volume 1, figure 8-9. The pointers aren't compared, as on amd64.
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

  static let contextFields =
    ContextField.run(
      ["edi", "esi", "ebp", "esp", "ebx", "edx", "ecx", "eax"], at: 36, every: 4, array: "uc_mcontext.gregs", from: 4)
    + [
      ContextField("eip", at: 76, member: "uc_mcontext.gregs[14]"),
      ContextField("eflags", at: 84, member: "uc_mcontext.gregs[16]"),
    ]
}
