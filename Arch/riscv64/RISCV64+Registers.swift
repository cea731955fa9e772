// The register table: the psABI's "DWARF Register Numbers" numbers the rows.

public import ArchPreempt

extension RISCV64Family {
  // swift-format-ignore
  public static var registers: [Register] {
    let t6 = if case .branchThrough = returnSequence {
      Register("t6",      dwarf: 31,  .integer, .excluded(because: "the embedder's compilers reserve it for the way back"))
    } else {
      Register("t6",      dwarf: 31,  .integer)
    }
    return [
      Register("ra",      dwarf: 1,   .integer),
      Register("sp",      dwarf: 2,   .integer, .restoredByResume),
      Register("gp",      dwarf: 3,   .integer, .excluded(because: "the psABI forbids code to change it")),
      Register("tp",      dwarf: 4,   .integer, .excluded(because: "names the M's TLS block; restoring it would move it to another M")),
      Register("t0",      dwarf: 5,   .integer),
      Register("t1",      dwarf: 6,   .integer),
      Register("t2",      dwarf: 7,   .integer),
      Register("s0",      dwarf: 8,   .integer),
      Register("s1",      dwarf: 9,   .integer),
      Register("a0",      dwarf: 10,  .integer),
      Register("a1",      dwarf: 11,  .integer),
      Register("a2",      dwarf: 12,  .integer),
      Register("a3",      dwarf: 13,  .integer),
      Register("a4",      dwarf: 14,  .integer),
      Register("a5",      dwarf: 15,  .integer),
      Register("a6",      dwarf: 16,  .integer),
      Register("a7",      dwarf: 17,  .integer),
      Register("s2",      dwarf: 18,  .integer),
      Register("s3",      dwarf: 19,  .integer),
      Register("s4",      dwarf: 20,  .integer),
      Register("s5",      dwarf: 21,  .integer),
      Register("s6",      dwarf: 22,  .integer),
      Register("s7",      dwarf: 23,  .integer),
      Register("s8",      dwarf: 24,  .integer),
      Register("s9",      dwarf: 25,  .integer),
      Register("s10",     dwarf: 26,  .integer),
      Register("s11",     dwarf: 27,  .integer),
      Register("t3",      dwarf: 28,  .integer),
      Register("t4",      dwarf: 29,  .integer),
      Register("t5",      dwarf: 30,  .integer),
      t6,
      Register("pc",      dwarf: 64,  .control, .restoredByResume),
      // Sticky exceptions and the rounding mode, of which five values are defined.
      Register("fcsr",                .control, byteCount: 4, bits: [BitRun(4, free: 0x7f, initial: nil)]),
      Register("f0",      dwarf: 32,  .vector),
      Register("f1",      dwarf: 33,  .vector),
      Register("f2",      dwarf: 34,  .vector),
      Register("f3",      dwarf: 35,  .vector),
      Register("f4",      dwarf: 36,  .vector),
      Register("f5",      dwarf: 37,  .vector),
      Register("f6",      dwarf: 38,  .vector),
      Register("f7",      dwarf: 39,  .vector),
      Register("f8",      dwarf: 40,  .vector),
      Register("f9",      dwarf: 41,  .vector),
      Register("f10",     dwarf: 42,  .vector),
      Register("f11",     dwarf: 43,  .vector),
      Register("f12",     dwarf: 44,  .vector),
      Register("f13",     dwarf: 45,  .vector),
      Register("f14",     dwarf: 46,  .vector),
      Register("f15",     dwarf: 47,  .vector),
      Register("f16",     dwarf: 48,  .vector),
      Register("f17",     dwarf: 49,  .vector),
      Register("f18",     dwarf: 50,  .vector),
      Register("f19",     dwarf: 51,  .vector),
      Register("f20",     dwarf: 52,  .vector),
      Register("f21",     dwarf: 53,  .vector),
      Register("f22",     dwarf: 54,  .vector),
      Register("f23",     dwarf: 55,  .vector),
      Register("f24",     dwarf: 56,  .vector),
      Register("f25",     dwarf: 57,  .vector),
      Register("f26",     dwarf: 58,  .vector),
      Register("f27",     dwarf: 59,  .vector),
      Register("f28",     dwarf: 60,  .vector),
      Register("f29",     dwarf: 61,  .vector),
      Register("f30",     dwarf: 62,  .vector),
      Register("f31",     dwarf: 63,  .vector),

      Register("v0-v31",  dwarf: 96,  .vector, .excluded(because: "the vector extension has no state class yet; a task with it live is refused as unknown live state")),
      Register("vcsr",                .control, .excluded(because: "vstart, vl, vtype and vcsr come with live vectors, which are refused")),
      Register("jvt",                 .control, .excluded(because: "the jump table of Zcmt is the program's, the same for every task")),
      Register("ssp",                 .control, .excluded(because: "an injected call breaks a shadow stack; the runtime refuses to start where one is enabled")),
    ]
  }

  // swift-format-ignore
  static var contextFields: [ContextField] {
    [
      ContextField("pc",  at: 176, member: "uc_mcontext.__gregs[0]"),
      ContextField("ra",  at: 184, member: "uc_mcontext.__gregs[1]"),
      ContextField("sp",  at: 192, member: "uc_mcontext.__gregs[2]"),
      ContextField("gp",  at: 200, member: "uc_mcontext.__gregs[3]"),
      ContextField("tp",  at: 208, member: "uc_mcontext.__gregs[4]"),
      ContextField("t0",  at: 216, member: "uc_mcontext.__gregs[5]"),
      ContextField("t1",  at: 224, member: "uc_mcontext.__gregs[6]"),
      ContextField("t2",  at: 232, member: "uc_mcontext.__gregs[7]"),
      ContextField("s0",  at: 240, member: "uc_mcontext.__gregs[8]"),
      ContextField("s1",  at: 248, member: "uc_mcontext.__gregs[9]"),
      ContextField("a0",  at: 256, member: "uc_mcontext.__gregs[10]"),
      ContextField("a1",  at: 264, member: "uc_mcontext.__gregs[11]"),
      ContextField("a2",  at: 272, member: "uc_mcontext.__gregs[12]"),
      ContextField("a3",  at: 280, member: "uc_mcontext.__gregs[13]"),
      ContextField("a4",  at: 288, member: "uc_mcontext.__gregs[14]"),
      ContextField("a5",  at: 296, member: "uc_mcontext.__gregs[15]"),
      ContextField("a6",  at: 304, member: "uc_mcontext.__gregs[16]"),
      ContextField("a7",  at: 312, member: "uc_mcontext.__gregs[17]"),
      ContextField("s2",  at: 320, member: "uc_mcontext.__gregs[18]"),
      ContextField("s3",  at: 328, member: "uc_mcontext.__gregs[19]"),
      ContextField("s4",  at: 336, member: "uc_mcontext.__gregs[20]"),
      ContextField("s5",  at: 344, member: "uc_mcontext.__gregs[21]"),
      ContextField("s6",  at: 352, member: "uc_mcontext.__gregs[22]"),
      ContextField("s7",  at: 360, member: "uc_mcontext.__gregs[23]"),
      ContextField("s8",  at: 368, member: "uc_mcontext.__gregs[24]"),
      ContextField("s9",  at: 376, member: "uc_mcontext.__gregs[25]"),
      ContextField("s10", at: 384, member: "uc_mcontext.__gregs[26]"),
      ContextField("s11", at: 392, member: "uc_mcontext.__gregs[27]"),
      ContextField("t3",  at: 400, member: "uc_mcontext.__gregs[28]"),
      ContextField("t4",  at: 408, member: "uc_mcontext.__gregs[29]"),
      ContextField("t5",  at: 416, member: "uc_mcontext.__gregs[30]"),
      ContextField("t6",  at: 424, member: "uc_mcontext.__gregs[31]"),
    ]
  }

  /// `struct rt_sigframe` (Linux arch/riscv/kernel/signal.c): siginfo_t, then ucontext_t. Behind the floating-point state zeros
  /// are the header that ends the frame; no mark, because qemu's frames end before it.
  public static var signalFrame: SignalFrame {
    var places = ["fcsr": 688]
    for number in 0..<32 { places["f\(number)"] = 432 + 8 * number }
    return SignalFrame(
      byteCount: 128 + 960, alignmentByteCount: 16, contextByteOffset: 128, stackByteOffset: 16, marks: [:],
      places: places, threadRegisters: ["gp": "mv %0, gp", "tp": "mv %0, tp"])
  }
}
