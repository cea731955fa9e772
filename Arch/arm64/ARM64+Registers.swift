// The register table: "DWARF for the Arm 64-bit Architecture" numbers the rows; where it has none, the row has none.

public import ArchPreempt

// swift-format-ignore
private let rows: [Register] =
  Register.run("x", 0...30, dwarf: 0...30, .integer) + [
    Register("sp",          dwarf: 31,  .integer, .restoredByResume),
    Register("pc",          dwarf: 32,  .control, .restoredByResume),
    Register("nzcv",                    .flags, bits: [BitRun(8, free: 0xf000_0000, initial: nil)]),
    // Rounding, flush to zero, default NaN, alternative half-precision; the others need extensions.
    Register("fpcr",                    .control, byteCount: 4, bits: [BitRun(4, free: 0x07c0_0000, initial: nil)]),
    // Sticky saturation and exceptions.
    Register("fpsr",                    .control, byteCount: 4, bits: [BitRun(4, free: 0x0800_009f, initial: nil)]),
  ] + Register.run("v", 0...31, dwarf: 64...95, .vector, byteCount: 16) + [
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

extension ARM64Family {
  public static var registers: [Register] { rows.reserving(returnSequence.embedderReserves) }

  static var contextFields: [ContextField] {
    ContextField.run((0...30).map { "x\($0)" }, at: 184, array: "uc_mcontext.regs") + [
      ContextField("sp", at: 432, member: "uc_mcontext.sp"),
      ContextField("pc", at: 440, member: "uc_mcontext.pc"),
      ContextField("nzcv", at: 448, member: "uc_mcontext.pstate"),
    ]
  }

  /// `struct rt_sigframe` (Linux arch/arm64/kernel/signal.c): siginfo_t, then ucontext_t, whose first record must be
  /// `struct fpsimd_context`: the kernel refuses a frame without one.
  public static var signalFrame: SignalFrame {
    var places = ["fpsr": 472, "fpcr": 476]
    for number in 0..<32 { places["v\(number)"] = 480 + 16 * number }
    return SignalFrame(
      byteCount: 128 + 4560, alignmentByteCount: 16, contextByteOffset: 128, stackByteOffset: 16,
      marks: [464: SignalRecord.fpsimd, 468: 528, 992: 0, 996: 0], places: places,
      systemCall: [
        Instruction("mov x8, #139", [.clobbers("x8")], note: "rt_sigreturn"),
        Instruction("svc #0", [.returnsFromSignal]),
      ])
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
