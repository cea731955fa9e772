// The register table: "DWARF for the Arm 64-bit Architecture" numbers the rows; where it has none, the row has none.

public import ArchPreempt

extension ARM64Family {
  // swift-format-ignore
  public static var registers: [Register] {
    let x18 = if case .branchThrough = returnSequence {
      Register("x18",         dwarf: 18,  .integer, .excluded(because: "the embedder's compilers reserve it for the way back"))
    } else {
      Register("x18",         dwarf: 18,  .integer)
    }
    return [
      Register("x0",          dwarf: 0,   .integer),
      Register("x1",          dwarf: 1,   .integer),
      Register("x2",          dwarf: 2,   .integer),
      Register("x3",          dwarf: 3,   .integer),
      Register("x4",          dwarf: 4,   .integer),
      Register("x5",          dwarf: 5,   .integer),
      Register("x6",          dwarf: 6,   .integer),
      Register("x7",          dwarf: 7,   .integer),
      Register("x8",          dwarf: 8,   .integer),
      Register("x9",          dwarf: 9,   .integer),
      Register("x10",         dwarf: 10,  .integer),
      Register("x11",         dwarf: 11,  .integer),
      Register("x12",         dwarf: 12,  .integer),
      Register("x13",         dwarf: 13,  .integer),
      Register("x14",         dwarf: 14,  .integer),
      Register("x15",         dwarf: 15,  .integer),
      Register("x16",         dwarf: 16,  .integer),
      Register("x17",         dwarf: 17,  .integer),
      x18,
      Register("x19",         dwarf: 19,  .integer),
      Register("x20",         dwarf: 20,  .integer),
      Register("x21",         dwarf: 21,  .integer),
      Register("x22",         dwarf: 22,  .integer),
      Register("x23",         dwarf: 23,  .integer),
      Register("x24",         dwarf: 24,  .integer),
      Register("x25",         dwarf: 25,  .integer),
      Register("x26",         dwarf: 26,  .integer),
      Register("x27",         dwarf: 27,  .integer),
      Register("x28",         dwarf: 28,  .integer),
      Register("x29",         dwarf: 29,  .integer),
      Register("x30",         dwarf: 30,  .integer),
      Register("sp",          dwarf: 31,  .integer, .restoredByResume),
      Register("pc",          dwarf: 32,  .control, .restoredByResume),
      Register("nzcv",                    .flags, bits: [BitRun(8, free: 0xf000_0000, initial: nil)]),
      // Rounding, flush to zero, default NaN, alternative half-precision; the others need extensions.
      Register("fpcr",                    .control, byteCount: 4, bits: [BitRun(4, free: 0x07c0_0000, initial: nil)]),
      // Sticky saturation and exceptions.
      Register("fpsr",                    .control, byteCount: 4, bits: [BitRun(4, free: 0x0800_009f, initial: nil)]),
      Register("v0",          dwarf: 64,  .vector, byteCount: 16),
      Register("v1",          dwarf: 65,  .vector, byteCount: 16),
      Register("v2",          dwarf: 66,  .vector, byteCount: 16),
      Register("v3",          dwarf: 67,  .vector, byteCount: 16),
      Register("v4",          dwarf: 68,  .vector, byteCount: 16),
      Register("v5",          dwarf: 69,  .vector, byteCount: 16),
      Register("v6",          dwarf: 70,  .vector, byteCount: 16),
      Register("v7",          dwarf: 71,  .vector, byteCount: 16),
      Register("v8",          dwarf: 72,  .vector, byteCount: 16),
      Register("v9",          dwarf: 73,  .vector, byteCount: 16),
      Register("v10",         dwarf: 74,  .vector, byteCount: 16),
      Register("v11",         dwarf: 75,  .vector, byteCount: 16),
      Register("v12",         dwarf: 76,  .vector, byteCount: 16),
      Register("v13",         dwarf: 77,  .vector, byteCount: 16),
      Register("v14",         dwarf: 78,  .vector, byteCount: 16),
      Register("v15",         dwarf: 79,  .vector, byteCount: 16),
      Register("v16",         dwarf: 80,  .vector, byteCount: 16),
      Register("v17",         dwarf: 81,  .vector, byteCount: 16),
      Register("v18",         dwarf: 82,  .vector, byteCount: 16),
      Register("v19",         dwarf: 83,  .vector, byteCount: 16),
      Register("v20",         dwarf: 84,  .vector, byteCount: 16),
      Register("v21",         dwarf: 85,  .vector, byteCount: 16),
      Register("v22",         dwarf: 86,  .vector, byteCount: 16),
      Register("v23",         dwarf: 87,  .vector, byteCount: 16),
      Register("v24",         dwarf: 88,  .vector, byteCount: 16),
      Register("v25",         dwarf: 89,  .vector, byteCount: 16),
      Register("v26",         dwarf: 90,  .vector, byteCount: 16),
      Register("v27",         dwarf: 91,  .vector, byteCount: 16),
      Register("v28",         dwarf: 92,  .vector, byteCount: 16),
      Register("v29",         dwarf: 93,  .vector, byteCount: 16),
      Register("v30",         dwarf: 94,  .vector, byteCount: 16),
      Register("v31",         dwarf: 95,  .vector, byteCount: 16),

      Register("tpidr_el0",   dwarf: 36,  .control, .excluded(because: "names the M's TLS block; restoring it would move it to another M")),
      Register("tpidrro_el0", dwarf: 35,  .control, .excluded(because: "written by the operating system only")),
      Register("tpidr2_el0",              .control, .excluded(because: "SME's lazy save of ZA, the M's as tpidr_el0; a task with ZA live is refused")),
      Register("ra_sign_state", dwarf: 34,  .control, .excluded(because: "no register: how an unwinder is to read a return address")),
      Register("dit",                     .control, .excluded(because: "in pstate's word: the kernel restores it; where user mode returns, a task with it set is refused")),
      Register("tco",                     .control, .excluded(because: "in pstate's word, as dit")),
      Register("ssbs",                    .control, .excluded(because: "in pstate; a mitigation of the thread, which prctl sets")),
      Register("fpmr",                    .control, .excluded(because: "FP8 modes have no slot yet; a task with other than zero is refused as unknown live state")),
      Register("por_el0",                 .control, .excluded(because: "a right of the thread; a task that changes it must be pinned and does so inside withPreemptionDisabled")),
      Register("gcspr_el0",               .control, .excluded(because: "an injected call breaks a guarded control stack; the runtime refuses to start where one is enabled")),
      Register("z0-z31",      dwarf: 96,  .vector, .excluded(because: "SVE has no state class yet; a task with it live is refused as unknown live state")),
      Register("p0-p15",      dwarf: 48,  .predicate, .excluded(because: "SVE has no state class yet; a task with it live is refused as unknown live state")),
      Register("ffr",         dwarf: 47,  .predicate, .excluded(because: "SVE has no state class yet; a task with it live is refused as unknown live state")),
      Register("za",                      .vector, .excluded(because: "SME has no state class yet; a task with it live is refused as unknown live state")),
      Register("zt0",                     .vector, .excluded(because: "SME has no state class yet; a task with it live is refused as unknown live state")),
      Register("svcr",                    .control, .excluded(because: "streaming mode comes with SVE or ZA state, of which a live one is refused")),
    ]
  }

  // swift-format-ignore
  static var contextFields: [ContextField] {
    [
      ContextField("x0",    at: 184, member: "uc_mcontext.regs[0]"),
      ContextField("x1",    at: 192, member: "uc_mcontext.regs[1]"),
      ContextField("x2",    at: 200, member: "uc_mcontext.regs[2]"),
      ContextField("x3",    at: 208, member: "uc_mcontext.regs[3]"),
      ContextField("x4",    at: 216, member: "uc_mcontext.regs[4]"),
      ContextField("x5",    at: 224, member: "uc_mcontext.regs[5]"),
      ContextField("x6",    at: 232, member: "uc_mcontext.regs[6]"),
      ContextField("x7",    at: 240, member: "uc_mcontext.regs[7]"),
      ContextField("x8",    at: 248, member: "uc_mcontext.regs[8]"),
      ContextField("x9",    at: 256, member: "uc_mcontext.regs[9]"),
      ContextField("x10",   at: 264, member: "uc_mcontext.regs[10]"),
      ContextField("x11",   at: 272, member: "uc_mcontext.regs[11]"),
      ContextField("x12",   at: 280, member: "uc_mcontext.regs[12]"),
      ContextField("x13",   at: 288, member: "uc_mcontext.regs[13]"),
      ContextField("x14",   at: 296, member: "uc_mcontext.regs[14]"),
      ContextField("x15",   at: 304, member: "uc_mcontext.regs[15]"),
      ContextField("x16",   at: 312, member: "uc_mcontext.regs[16]"),
      ContextField("x17",   at: 320, member: "uc_mcontext.regs[17]"),
      ContextField("x18",   at: 328, member: "uc_mcontext.regs[18]"),
      ContextField("x19",   at: 336, member: "uc_mcontext.regs[19]"),
      ContextField("x20",   at: 344, member: "uc_mcontext.regs[20]"),
      ContextField("x21",   at: 352, member: "uc_mcontext.regs[21]"),
      ContextField("x22",   at: 360, member: "uc_mcontext.regs[22]"),
      ContextField("x23",   at: 368, member: "uc_mcontext.regs[23]"),
      ContextField("x24",   at: 376, member: "uc_mcontext.regs[24]"),
      ContextField("x25",   at: 384, member: "uc_mcontext.regs[25]"),
      ContextField("x26",   at: 392, member: "uc_mcontext.regs[26]"),
      ContextField("x27",   at: 400, member: "uc_mcontext.regs[27]"),
      ContextField("x28",   at: 408, member: "uc_mcontext.regs[28]"),
      ContextField("x29",   at: 416, member: "uc_mcontext.regs[29]"),
      ContextField("x30",   at: 424, member: "uc_mcontext.regs[30]"),
      ContextField("sp",    at: 432, member: "uc_mcontext.sp"),
      ContextField("pc",    at: 440, member: "uc_mcontext.pc"),
      ContextField("nzcv",  at: 448, member: "uc_mcontext.pstate"),
    ]
  }

  /// `struct rt_sigframe` (Linux arch/arm64/kernel/signal.c): siginfo_t, then ucontext_t, whose first record must be
  /// `struct fpsimd_context`: the kernel refuses a frame without one.
  public static var signalFrame: SignalFrame {
    var places = ["fpsr": 472, "fpcr": 476]
    for number in 0..<32 { places["v\(number)"] = 480 + 16 * number }
    return SignalFrame(
      byteCount: 128 + 4560, alignmentByteCount: 16, contextByteOffset: 128, stackByteOffset: 16,
      marks: [464: SignalRecord.fpsimd, 468: 528, 992: 0, 996: 0], places: places)
  }

  /// Linux arch/arm64/include/uapi/asm/sigcontext.h. A header alone says that the unit isn't in use.
  static var liveRecords: SignalRecords {
    SignalRecords(
      byteOffset: 464, byteCount: 4096,
      meanings: [
        SignalRecord.fpsimd: .covered, SignalRecord.esr: .covered, SignalRecord.poe: .covered,
        SignalRecord.tpidr2: .covered, SignalRecord.fpmr: .liveUnlessZero(at: 8),
        SignalRecord.sve: .liveBeyond(byteCount: 16), SignalRecord.za: .liveBeyond(byteCount: 16),
      ])
  }
}

/// Magic numbers of the signal context's records.
private enum SignalRecord {
  static let fpsimd: UInt32 = 0x4650_8001
  static let esr: UInt32 = 0x4553_5201
  static let poe: UInt32 = 0x504f_4530
  static let sve: UInt32 = 0x5356_4501
  static let za: UInt32 = 0x5436_6345
  static let tpidr2: UInt32 = 0x5450_4902
  static let fpmr: UInt32 = 0x4650_4d52
}
