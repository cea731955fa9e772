// arm64 (AArch64), Linux, LP64, little-endian.
//
// The frame of an injected call, from the interrupted stack pointer (the CFA) down. The numbers are printed by
// `preempt layout arm64`.
//
//   CFA ─┬───────────────────────────────┐ ─┐
//        │ save area address             │  │
//        │ switch context address        │  │ written by the handler from the signal context
//        │ x30                           │  │
//        │ pstate, for nzcv              │  │
//        │ interrupted PC                │  │ these two as in any frame record
//        │ x29                           │  │ ← x29, and SP at the stub's first instruction
//        ├───────────────────────────────┤ ─┘
//        │ x0 … x28                      │
//        │ fpcr, fpsr                    │
//        └───────────────────────────────┘
//
// The frame record lies lowest among the words so that every slot is in reach of `stur` from it.

public import ArchPreempt

/// The backend for arm64: the kernel resumes a task from a signal frame, because user mode has no way to a program counter
/// but through a register that the task may hold a value in.
public enum ARM64: ARM64Family {
  public static let name = "arm64"
  public static let returnSequence = ReturnSequence.signalReturn(signalFrame)
}

/// The same for runtimes whose compilers keep tasks from using x18 (`-ffixed-x18`): no system call on the way back.
public enum ARM64X18: ARM64Family {
  public static let name = "arm64_x18"
  public static let returnSequence = ReturnSequence.branchThrough(
    register: "x18", reservedBy: .embedder(option: "-ffixed-x18"))
}

/// What the two ways back have in common: all but the way back.
public protocol ARM64Family: ArchPreempt {
  static var returnSequence: ReturnSequence { get }
}

extension ARM64Family {
  public static var architecture: String { "arm64" }

  // __LP64__ keeps ILP32 out, __AARCH64EL__ big-endian vectors.
  public static var guardExpression: String {
    "defined(__aarch64__) && defined(__LP64__) && defined(__AARCH64EL__) && defined(__linux__)"
  }

  public static var abi: PSABI {
    PSABI(
      document: "Procedure Call Standard for the Arm 64-bit Architecture (AAPCS64)",
      pointerByteCount: 8,
      endianness: .little,
      redZone: (0, "Universal stack constraints: no access below SP"),
      stackAlignment: (16, "Universal stack constraints"),
      keepsStackPointerAligned: true,
      dwarfSection: "DWARF for the Arm 64-bit Architecture, DWARF register names",
      stackPointer: "sp",
      frameBase: "x29",
      resultRegister: "x0",
      arguments: ["x0", "x1", "x2"],
      scratch: "x9",
      calleeSaved: Register.run("x", 19...30, .integer) + Register.run("d", 8...15, .vector),
      linkRegister: "x30",
      returnAddressColumn: 32,
      // PROT_BTI; bti jc, spelled so that an assembler for Armv8.0 takes it. No branch here is by x16 or x17.
      landingPads: LandingPads(protection: 0x10, pad: "hint #38", branch: ["adr x9, 1f", "br x9", "1: hint #38"]))
  }

  public static var stateClasses: [StateClass] { [.fpsimd] }

  /// Integer registers, SP and PC: what unwinders without vectors know.
  public static var cfiColumns: ClosedRange<Int> { 0...32 }

  /// Offsets in `ucontext_t`: Linux arch/arm64/include/uapi/asm/{ucontext,sigcontext}.h.
  public static var injection: CallInjection {
    let restoresMode = returnSequence == .signalReturn(signalFrame)
    return CallInjection(
      programCounter: ContextField("pc", at: 440, member: "uc_mcontext.pc"),
      stackPointer: ContextField("sp", at: 432, member: "uc_mcontext.sp"),
      flags: ContextField("nzcv", at: 448, member: "uc_mcontext.pstate"),
      contextFields: contextFields,
      signalMaskByteOffset: 40,
      // User mode could set DIT and TCO again only where the CPU has them; the kernel does it everywhere.
      refusedFlags: PState.singleStep | (restoresMode ? 0 : PState.dit | PState.tco),
      // An indirect branch that was under way must land on a BTI; the stub's first instruction is none.
      clearedFlags: PState.btype | PState.dit | PState.tco,
      words: [
        .saveArea, .context, .register("x30"), .register("nzcv"), .programCounter, .register("x29"),
      ],
      returnSequence: returnSequence,
      liveState: nil,
      liveRecords: liveRecords,
      // preempt_mcall: x19 to x30, d8 to d15, fpcr and what keeps SP aligned.
      calleeByteCount: 12 * 8 + 8 * 8 + 16,
      // struct user_pt_regs in asm/ptrace.h.
      traced: TracedRegisters(programCounterOffset: 256, flagsOffset: 264, stepFlag: 0))
  }
}

/// Bits of SPSR_EL1, which the kernel calls pstate (Arm ARM, C5.2.19).
enum PState {
  static let btype: UInt64 = 3 << 10
  static let singleStep: UInt64 = 1 << 21
  static let dit: UInt64 = 1 << 24
  static let tco: UInt64 = 1 << 25
  static let overflow: UInt64 = 1 << 28
  static let carry: UInt64 = 1 << 29
  static let zero: UInt64 = 1 << 30
  static let negative: UInt64 = 1 << 31
}

extension StateClass {
  /// AT_HWCAP's FP and ASIMD: Linux never has one without the other.
  static let fpsimd = StateClass("fpsimd", components: 0b11)
}
