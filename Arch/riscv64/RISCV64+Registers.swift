// The register table: the psABI's "DWARF Register Numbers" numbers the rows.

public import ArchPreempt

// swift-format-ignore
private let integers: [Register] = [
  Register("ra",      dwarf: 1,   .integer),
  Register("sp",      dwarf: 2,   .integer, .restoredByResume),
  Register("gp",      dwarf: 3,   .integer, .excluded(because: "the psABI forbids code to change it")),
  Register("tp",      dwarf: 4,   .integer, .excluded(because: "names the M's TLS block; restoring it would move it to another M")),
]
  + Register.run("t", 0...2,  dwarf: 5...7,   .integer)
  + Register.run("s", 0...1,  dwarf: 8...9,   .integer)
  + Register.run("a", 0...7,  dwarf: 10...17, .integer)
  + Register.run("s", 2...11, dwarf: 18...27, .integer)
  + Register.run("t", 3...6,  dwarf: 28...31, .integer)

// swift-format-ignore
private let others: [Register] = [
  Register("pc",      dwarf: 64,  .control, .restoredByResume),
  // Sticky exceptions and the rounding mode, of which five values are defined.
  Register("fcsr",                .control, byteCount: 4, bits: [BitRun(4, free: 0x7f, initial: nil)]),
] + Register.run("f", 0...31, dwarf: 32...63, .vector) + [
  Register("v0-v31",  dwarf: 96,  .vector, .excluded(because: "the vector extension has no state class yet; a task with it live is refused as unknown live state")),
  Register("vcsr",                .control, .excluded(because: "vstart, vl, vtype and vcsr come with live vectors, which are refused")),
  Register("jvt",                 .control, .excluded(because: "the jump table of Zcmt is the program's, the same for every task")),
  Register("ssp",                 .control, .excluded(because: "an injected call breaks a shadow stack; the runtime refuses to start where one is enabled")),
]

private let fields = ContextField.run(["pc"] + integers.map(\.name), at: 176, array: "uc_mcontext.__gregs")

extension RISCV64Family {
  public static var registers: [Register] { integers.reserving(returnSequence.embedderReserves) + others }
  static var contextFields: [ContextField] { fields }

  /// `struct rt_sigframe` (Linux arch/riscv/kernel/signal.c): siginfo_t, then ucontext_t. Behind the floating-point state zeros
  /// are the header that ends the frame; no mark, because qemu's frames end before it.
  public static var signalFrame: SignalFrame {
    var places = ["fcsr": 688]
    for number in 0..<32 { places["f\(number)"] = 432 + 8 * number }
    return SignalFrame(
      byteCount: 128 + 960, alignmentByteCount: 16, contextByteOffset: 128, stackByteOffset: 16, marks: [:],
      places: places, threadRegisters: ["gp": "mv %0, gp", "tp": "mv %0, tp"],
      systemCall: [
        Instruction("li a7, 139", [.clobbers("a7")], note: "rt_sigreturn"),
        Instruction("ecall", [.returnsFromSignal]),
      ])
  }
}
