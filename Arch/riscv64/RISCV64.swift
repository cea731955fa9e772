// riscv64 (RV64GC), Linux, LP64D.
//
// The frame of an injected call, from the interrupted stack pointer (the CFA) down. The numbers are printed by
// `preempt layout riscv64`.
//
//   CFA ─┬───────────────────────────────┐ ─┐ ← s0, as in any frame
//        │ interrupted PC                │  │
//        │ s0                            │  │ written by the handler from the signal context
//        │ save area address             │  │
//        │ switch context address        │  │
//        │ ra                            │  │
//        │ t0                            │  │
//        ├───────────────────────────────┤ ─┘ ← SP at the stub's first instruction
//        │ the other integer registers   │
//        │ fcsr                          │
//        └───────────────────────────────┘

public import ArchPreempt

/// The backend for riscv64: the kernel resumes a task from a signal frame, because a jump needs a register.
public enum RISCV64: RISCV64Family {
  public static let name = "riscv64"
  public static let returnSequence = ReturnSequence.signalReturn(signalFrame)
}

/// The same for runtimes whose compilers keep tasks from using t6 (`-ffixed-x31`): no system call on the way back.
public enum RISCV64T6: RISCV64Family {
  public static let name = "riscv64_t6"
  public static let returnSequence = ReturnSequence.branchThrough(
    register: "t6", reservedBy: .embedder(option: "-ffixed-x31"))
}

/// What the two ways back have in common: all but the way back.
public protocol RISCV64Family: ArchPreempt {
  static var returnSequence: ReturnSequence { get }
}

extension RISCV64Family {
  public static var architecture: String { "riscv64" }

  public static var guardExpression: String {
    "defined(__riscv) && __riscv_xlen == 64 && defined(__riscv_float_abi_double) && defined(__linux__)"
  }

  public static var abi: PSABI {
    PSABI(
      document: "RISC-V ELF psABI, version 1.0",
      pointerByteCount: 8,
      endianness: .little,
      redZone: (0, "Integer Calling Convention: nothing persists below the stack pointer"),
      stackAlignment: (16, "Integer Calling Convention"),
      keepsStackPointerAligned: true,
      dwarfSection: "DWARF Register Numbers",
      stackPointer: "sp",
      frameBase: "s0",
      frameRecordOffset: -16,
      resultRegister: "a0",
      arguments: ["a0", "a1", "a2"],
      scratch: "t0",
      calleeSaved: [Register("ra", .integer)] + Register.run("s", 0...11, .integer)
        + Register.run("f", 8...9, .vector) + Register.run("f", 18...27, .vector),
      linkRegister: "ra",
      returnAddressColumn: 64,
      hasAlternateReturnColumn: true)
  }

  public static var stateClasses: [StateClass] { [.double] }

  /// The integer registers; the return address has the alternate column behind the floating-point registers'.
  public static var cfiColumns: ClosedRange<Int> { 0...31 }

  /// Offsets in `ucontext_t`: Linux arch/riscv/include/uapi/asm/{ucontext,sigcontext,ptrace}.h.
  public static var injection: CallInjection {
    CallInjection(
      programCounter: ContextField("pc", at: 176, member: "uc_mcontext.__gregs[0]"),
      stackPointer: ContextField("sp", at: 192, member: "uc_mcontext.__gregs[2]"),
      flags: nil,
      contextFields: contextFields,
      signalMaskByteOffset: 40,
      refusedFlags: 0,
      clearedFlags: 0,
      words: [.programCounter, .register("s0"), .saveArea, .context, .register("ra"), .register("t0")],
      returnSequence: returnSequence,
      liveState: nil,
      // struct __riscv_ctx_hdr behind the floating-point state, in kernels that know the vector extension.
      liveRecords: SignalRecords(byteOffset: 952, byteCount: 8, onlyWith: HWCAP.vector, meanings: [:]),
      // preempt_mcall: ra, s0 to s11, fs0 to fs11, fcsr.
      calleeByteCount: 26 * 8,
      // struct user_regs_struct in asm/ptrace.h.
      traced: TracedRegisters(programCounterOffset: 0, flagsOffset: 0, stepFlag: 0))
  }
}

/// Bits of AT_HWCAP: a letter of the ISA string each (Linux arch/riscv/include/uapi/asm/hwcap.h).
enum HWCAP {
  static let double: UInt64 = 1 << 3
  static let single: UInt64 = 1 << 5
  static let vector: UInt64 = 1 << 21
}

extension StateClass {
  static let double = StateClass("double", components: HWCAP.single | HWCAP.double)
}
