// arm (AArch32 with VFP, A32 and T32 code), Linux, little-endian, hard float.
//
// The frame of an injected call, from the interrupted stack pointer (the CFA) down. The numbers are printed by
// `preempt-arm layout arm`.
//
//   CFA ─┬───────────────────────────────┐ ─┐
//        │ interrupted PC, bit 0 for T32 │  │
//        │ r11                           │  │ ← r11
//        │ r12                           │  │ written by the handler from the signal context
//        │ cpsr                          │  │
//        │ save area address             │  │
//        │ switch context address        │  │
//        ├───────────────────────────────┤ ─┘ ← SP at the stub's first instruction
//        │ r0 … r10, lr                  │
//        │ fpscr                         │
//        └───────────────────────────────┘
//
// r12 is among the words so that it is popped after the flags, which pass through it.

public import ArchPreempt

/// The backend for arm: `ldr pc, [sp], #4` pops the program counter and its instruction set at once.
public enum ARM: ArchPreempt {
  public static let name = "arm"
  public static let guardExpression =
    "defined(__arm__) && defined(__ARMEL__) && defined(__ARM_PCS_VFP) && defined(__linux__)"

  public static let abi = PSABI(
    document: "Procedure Call Standard for the Arm Architecture (AAPCS32)",
    pointerByteCount: 4,
    endianness: .little,
    redZone: (0, "The Stack, Universal stack constraints: nothing below SP is a process's"),
    stackAlignment: (8, "The Stack, Stack constraints at a public interface"),
    stackPointerUnitByteCount: 4,
    dwarfSection: "DWARF for the Arm Architecture (AADWARF32), DWARF register names",
    stackPointer: "sp",
    frameBase: "r11",
    resultRegister: "r0",
    upperResultRegister: "r1",
    arguments: ["r0", "r1", "r2"],
    scratch: "r12",
    calleeSaved: Register.run("r", 4...11, dwarf: 4...11, .integer, byteCount: 4)
      + [Register("lr", .integer, byteCount: 4)] + Register.run("d", 8...15, .vector),
    linkRegister: "lr",
    returnAddressColumn: 15)

  public static let stateClasses: [StateClass] = [.d16, .d32]

  /// The core registers; the return address is r15's column.
  public static let cfiColumns = 0...15

  /// Offsets in `ucontext_t`: Linux arch/arm/include/asm/ucontext.h, arch/arm/include/uapi/asm/sigcontext.h.
  public static let injection = CallInjection(
    programCounter: ContextField("pc", at: 92, member: "uc_mcontext.arm_pc"),
    stackPointer: ContextField("sp", at: 84, member: "uc_mcontext.arm_sp"),
    flags: ContextField("cpsr", at: 96, member: "uc_mcontext.arm_cpsr"),
    contextFields: contextFields,
    signalMaskByteOffset: 104,
    refusedFlags: CPSR.ifThen | CPSR.jazelle | CPSR.bigEndian,
    clearedFlags: CPSR.thumb,
    instructionSetFlag: CPSR.thumb,
    words: [.programCounter, .register("r11"), .register("r12"), .register("cpsr"), .saveArea, .context],
    returnSequence: .returnPopping(0),
    // The VFP record of the frame is always there: it doesn't say that the registers are live.
    liveState: nil,
    // preempt_mcall: r4 to r11, lr, d8 to d15, fpscr.
    calleeByteCount: 9 * 4 + 8 * 8 + 4,
    // struct pt_regs in arch/arm/include/uapi/asm/ptrace.h: r0 to r15, cpsr.
    traced: TracedRegisters(programCounterOffset: 60, flagsOffset: 64, stepFlag: 0))

  public static let directives = [".syntax unified", ".arch armv7-a", ".fpu neon", ".arm"]
}

/// Bits of CPSR (Arm Architecture Reference Manual, ARMv7-A, B1.3.3).
enum CPSR {
  static let negative: UInt64 = 1 << 31
  static let zero: UInt64 = 1 << 30
  static let carry: UInt64 = 1 << 29
  static let overflow: UInt64 = 1 << 28
  static let jazelle: UInt64 = 1 << 24
  static let bigEndian: UInt64 = 1 << 9
  static let thumb: UInt64 = 1 << 5
  /// IT[1:0] and IT[7:2]: inside an IT block, whose rest a return can't give back.
  static let ifThen: UInt64 = 3 << 25 | 0x3f << 10
}

/// Bits of AT_HWCAP (Linux arch/arm/include/uapi/asm/hwcap.h).
enum HWCap {
  static let vfp: UInt64 = 1 << 6
  static let vfpd32: UInt64 = 1 << 19
}

extension StateClass {
  static let d16 = StateClass("d16", components: HWCap.vfp)
  static let d32 = StateClass("d32", components: HWCap.vfp | HWCap.vfpd32)
}
