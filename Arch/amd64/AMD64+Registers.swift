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
    Register("r8",       dwarf: 8,   .integer),
    Register("r9",       dwarf: 9,   .integer),
    Register("r10",      dwarf: 10,  .integer),
    Register("r11",      dwarf: 11,  .integer),
    Register("r12",      dwarf: 12,  .integer),
    Register("r13",      dwarf: 13,  .integer),
    Register("r14",      dwarf: 14,  .integer),
    Register("r15",      dwarf: 15,  .integer),
    Register("rbp",      dwarf: 6,   .integer),
    Register("rsp",      dwarf: 7,   .integer, .restoredByResume),
    Register("rip",      dwarf: 16,  .control, .restoredByResume),
    Register("rflags",   dwarf: 49,  .flags, bits: rflagsBits),
    Register("mxcsr",    dwarf: 64,  .control, byteCount: 4, bits: mxcsrBits),
    // In the x87 classes FNSAVE stores it, and reloading it after FRSTOR would raise the task's pending exception in the stub.
    Register("fcw",      dwarf: 65,  .control, byteCount: .unlessOccasional(2), bits: fcwBits),
    Register("xmm0",     dwarf: 17,  .vector, byteCount: [.sse: 16, .avx: 32, .avx512: 64]),
    Register("xmm1",     dwarf: 18,  .vector, byteCount: [.sse: 16, .avx: 32, .avx512: 64]),
    Register("xmm2",     dwarf: 19,  .vector, byteCount: [.sse: 16, .avx: 32, .avx512: 64]),
    Register("xmm3",     dwarf: 20,  .vector, byteCount: [.sse: 16, .avx: 32, .avx512: 64]),
    Register("xmm4",     dwarf: 21,  .vector, byteCount: [.sse: 16, .avx: 32, .avx512: 64]),
    Register("xmm5",     dwarf: 22,  .vector, byteCount: [.sse: 16, .avx: 32, .avx512: 64]),
    Register("xmm6",     dwarf: 23,  .vector, byteCount: [.sse: 16, .avx: 32, .avx512: 64]),
    Register("xmm7",     dwarf: 24,  .vector, byteCount: [.sse: 16, .avx: 32, .avx512: 64]),
    Register("xmm8",     dwarf: 25,  .vector, byteCount: [.sse: 16, .avx: 32, .avx512: 64]),
    Register("xmm9",     dwarf: 26,  .vector, byteCount: [.sse: 16, .avx: 32, .avx512: 64]),
    Register("xmm10",    dwarf: 27,  .vector, byteCount: [.sse: 16, .avx: 32, .avx512: 64]),
    Register("xmm11",    dwarf: 28,  .vector, byteCount: [.sse: 16, .avx: 32, .avx512: 64]),
    Register("xmm12",    dwarf: 29,  .vector, byteCount: [.sse: 16, .avx: 32, .avx512: 64]),
    Register("xmm13",    dwarf: 30,  .vector, byteCount: [.sse: 16, .avx: 32, .avx512: 64]),
    Register("xmm14",    dwarf: 31,  .vector, byteCount: [.sse: 16, .avx: 32, .avx512: 64]),
    Register("xmm15",    dwarf: 32,  .vector, byteCount: [.sse: 16, .avx: 32, .avx512: 64]),
    Register("xmm16",    dwarf: 67,  .vector, byteCount: [.avx512: 64]),
    Register("xmm17",    dwarf: 68,  .vector, byteCount: [.avx512: 64]),
    Register("xmm18",    dwarf: 69,  .vector, byteCount: [.avx512: 64]),
    Register("xmm19",    dwarf: 70,  .vector, byteCount: [.avx512: 64]),
    Register("xmm20",    dwarf: 71,  .vector, byteCount: [.avx512: 64]),
    Register("xmm21",    dwarf: 72,  .vector, byteCount: [.avx512: 64]),
    Register("xmm22",    dwarf: 73,  .vector, byteCount: [.avx512: 64]),
    Register("xmm23",    dwarf: 74,  .vector, byteCount: [.avx512: 64]),
    Register("xmm24",    dwarf: 75,  .vector, byteCount: [.avx512: 64]),
    Register("xmm25",    dwarf: 76,  .vector, byteCount: [.avx512: 64]),
    Register("xmm26",    dwarf: 77,  .vector, byteCount: [.avx512: 64]),
    Register("xmm27",    dwarf: 78,  .vector, byteCount: [.avx512: 64]),
    Register("xmm28",    dwarf: 79,  .vector, byteCount: [.avx512: 64]),
    Register("xmm29",    dwarf: 80,  .vector, byteCount: [.avx512: 64]),
    Register("xmm30",    dwarf: 81,  .vector, byteCount: [.avx512: 64]),
    Register("xmm31",    dwarf: 82,  .vector, byteCount: [.avx512: 64]),
    Register("k0",       dwarf: 118, .predicate, byteCount: [.avx512: 8]),
    Register("k1",       dwarf: 119, .predicate, byteCount: [.avx512: 8]),
    Register("k2",       dwarf: 120, .predicate, byteCount: [.avx512: 8]),
    Register("k3",       dwarf: 121, .predicate, byteCount: [.avx512: 8]),
    Register("k4",       dwarf: 122, .predicate, byteCount: [.avx512: 8]),
    Register("k5",       dwarf: 123, .predicate, byteCount: [.avx512: 8]),
    Register("k6",       dwarf: 124, .predicate, byteCount: [.avx512: 8]),
    Register("k7",       dwarf: 125, .predicate, byteCount: [.avx512: 8]),
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

  // swift-format-ignore
  static let contextFields: [ContextField] = [
    ContextField("r8",      at: 40, member: "uc_mcontext.gregs[0]"),
    ContextField("r9",      at: 48, member: "uc_mcontext.gregs[1]"),
    ContextField("r10",     at: 56, member: "uc_mcontext.gregs[2]"),
    ContextField("r11",     at: 64, member: "uc_mcontext.gregs[3]"),
    ContextField("r12",     at: 72, member: "uc_mcontext.gregs[4]"),
    ContextField("r13",     at: 80, member: "uc_mcontext.gregs[5]"),
    ContextField("r14",     at: 88, member: "uc_mcontext.gregs[6]"),
    ContextField("r15",     at: 96, member: "uc_mcontext.gregs[7]"),
    ContextField("rdi",     at: 104, member: "uc_mcontext.gregs[8]"),
    ContextField("rsi",     at: 112, member: "uc_mcontext.gregs[9]"),
    ContextField("rbp",     at: 120, member: "uc_mcontext.gregs[10]"),
    ContextField("rbx",     at: 128, member: "uc_mcontext.gregs[11]"),
    ContextField("rdx",     at: 136, member: "uc_mcontext.gregs[12]"),
    ContextField("rax",     at: 144, member: "uc_mcontext.gregs[13]"),
    ContextField("rcx",     at: 152, member: "uc_mcontext.gregs[14]"),
    ContextField("rsp",     at: 160, member: "uc_mcontext.gregs[15]"),
    ContextField("rip",     at: 168, member: "uc_mcontext.gregs[16]"),
    ContextField("rflags",  at: 176, member: "uc_mcontext.gregs[17]"),
  ]
}
