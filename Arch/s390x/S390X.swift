// s390x (IBM Z, 64-bit), Linux, big-endian, from z14 on.
//
// The frame of an injected call, from the interrupted stack pointer (the CFA) down. The numbers are printed by
// `preempt layout s390x`.
//
//   CFA ─┬───────────────────────────────┐ ─┐  above: the register save area, which the interrupted function may be using
//        │ save area address             │  │
//        │ switch context address        │  │
//        │ r15                           │  │ written by the handler from the signal context
//        │ PSW mask, for cc and pm       │  │
//        │ interrupted PC                │  │ ← read by the last instruction, below the stack pointer by then
//        │ r11                           │  │ ← r11, and SP at the stub's first instruction
//        ├───────────────────────────────┤ ─┘
//        │ r0 … r10, r12, r13, r14       │
//        │ fpc                           │
//        ├───────────────────────────────┤
//        │ register save area            │  preempt_mcall's, reserved at the call
//        └───────────────────────────────┘
//
// r15 is among the words for unwinders: theirs take it for unchanged, or want it in memory, whatever the CFA is.

public import ArchPreempt

/// The backend for s390x: `bi` branches to what the program counter's word holds, no register needed.
public enum S390X: ArchPreempt {
  public static let name = "s390x"
  // __s390x__ keeps 31-bit programs out.
  public static let guardExpression = "defined(__s390x__) && defined(__LP64__) && defined(__linux__)"

  public static let abi = PSABI(
    document: "ELF Application Binary Interface, s390x Supplement, version 1.6.1",
    pointerByteCount: 8,
    endianness: .big,
    redZone: (0, "1.2.2, The Stack Frame: r15 points to the lowest allocated frame"),
    stackAlignment: (8, "1.2.2, The Stack Frame"),
    keepsStackPointerAligned: true,
    registerSaveArea: (160, "1.2.2, Register Save Area, with the back chain's slot"),
    dwarfSection: "1.7, DWARF Register Number Mapping",
    stackPointer: "r15",
    frameBase: "r11",
    resultRegister: "r2",
    arguments: ["r2", "r3", "r4"],
    scratch: "r1",
    calleeSaved: Register.run("r", 6...14, .integer) + Register.run("v", 8...15, .vector),
    linkRegister: "r14",
    // cr0's, which user mode doesn't have: libunwind recovers no PC from column 65, the PSW address.
    returnAddressColumn: 32,
    hasAlternateReturnColumn: true,
    // gdb's: those that a callee may change are lost, r15 is unchanged.
    unwoundByRuleOnly: ["r0", "r1", "r2", "r3", "r4", "r5", "r14", "r15"])

  public static let stateClasses: [StateClass] = [.fp, .vx]

  /// The integer registers; the return address has a column of its own behind the floating-point registers'.
  public static let cfiColumns = 0...15

  /// Offsets in `ucontext_t`: Linux arch/s390/include/uapi/asm/{ucontext,sigcontext}.h.
  public static let injection = CallInjection(
    programCounter: ContextField("pswa", at: 48, member: "uc_mcontext.psw.addr"),
    stackPointer: ContextField("r15", at: 176, member: "uc_mcontext.gregs[15]"),
    flags: ContextField("pswm", at: 40, member: "uc_mcontext.psw.mask"),
    contextFields: contextFields,
    signalMaskByteOffset: 384,
    // In access-register mode and its like the stub's addresses would mean other storage.
    refusedFlags: PSW.addressSpaceControl,
    clearedFlags: PSW.programMask,
    words: [.saveArea, .context, .register("r15"), .register("pswm"), .programCounter, .register("r11")],
    returnSequence: .branchThroughMemory,
    // UC_VXRS in uc_flags says that the machine has vectors, not that they are live.
    liveState: nil,
    // preempt_mcall: f8 to f15 and fpc; r6 to r15 go into its register save area.
    calleeByteCount: 8 * 8 + 8,
    // struct user_regs: the first field of s390_regs in asm/ptrace.h is the PSW.
    traced: TracedRegisters(programCounterOffset: 8, flagsOffset: 0, stepFlag: 0))

  /// `bi` came with z14, vector registers with z13.
  public static let directives = [".machine z14"]
}

/// Bits of the program status word's mask (z/Architecture Principles of Operation, chapter 4).
enum PSW {
  static let addressSpaceControl: UInt64 = 0xc000_0000_0000
  static let conditionCode: UInt64 = 0x3000_0000_0000
  static let programMask: UInt64 = 0x0f00_0000_0000
}

/// Bits of AT_HWCAP (Linux arch/s390/include/asm/elf.h).
enum HWCap {
  static let zarch: UInt64 = 1 << 1
  static let vxrs: UInt64 = 1 << 11
}

// The kernel may leave the vector facility off (`novx`) where the machine has it.
extension StateClass {
  static let fp = StateClass("fp", components: HWCap.zarch)
  static let vx = StateClass("vx", components: HWCap.zarch | HWCap.vxrs)
}
