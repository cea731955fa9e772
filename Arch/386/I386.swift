// 386 (i386, IA-32), Linux, with SSE.
//
// The frame of an injected call, from the interrupted stack pointer (the CFA) down. The numbers are printed by
// `preempt layout 386`.
//
//   CFA ─┬───────────────────────────────┐ ─┐
//        │ interrupted PC                │  │
//        │ ebp                           │  │ written by the handler from the signal context:
//        │ eflags                        │  │ a pushfl here would save a stepper's TF
//        │ save area address             │  │
//        │ switch context address        │  │
//        ├───────────────────────────────┤ ─┘ ← SP at the stub's first instruction
//        │ general-purpose registers     │
//        │ mxcsr, x87 control word       │
//        └───────────────────────────────┘

public import ArchPreempt

/// The backend for 386.
public enum I386: ArchPreempt {
  public static let name = "386"
  public static let swiftArchitecture = "i386"
  public static let guardExpression = "defined(__i386__) && defined(__linux__)"

  public static let abi = PSABI(
    document: "System V ABI, Intel386 Architecture Processor Supplement, version 1.1",
    pointerByteCount: 4,
    endianness: .little,
    redZone: (0, "2.2.2, The Stack Frame"),
    stackAlignment: (16, "2.2.2, The Stack Frame"),
    dwarfSection: "2.4.2, table 2.14, DWARF Register Number Mapping",
    stackPointer: "esp",
    frameBase: "ebp",
    resultRegister: "eax",
    upperResultRegister: "edx",
    arguments: [],
    argumentByteCount: 16,
    scratch: "ecx",
    calleeSaved: ["ebp", "ebx", "esi", "edi"].map { Register($0, .integer, byteCount: 4) },
    returnAddressColumn: 8)

  public static let stateClasses = StateClass.classes(ofWidths: [.sse, .avx, .avx512])

  /// The integer registers and the return address; libunwind knows no flags or vectors in a frame description.
  public static let cfiColumns = 0...8

  /// Offsets in `ucontext_t`: Linux arch/x86/include/asm/sighandling.h (`struct ucontext_ia32`) and
  /// arch/x86/include/uapi/asm/sigcontext.h (`struct sigcontext_32`, `struct _fpstate_32`): an image of FNSAVE with two
  /// words, then the XSAVE frame. The kernel reloads x87 from the former, so that says whether it is live; qemu-user writes
  /// the latter from a unit that it has already initialised.
  public static let injection = CallInjection(
    programCounter: ContextField("eip", at: 76, member: "uc_mcontext.gregs[14]"),
    stackPointer: ContextField("esp", at: 48, member: "uc_mcontext.gregs[7]"),
    flags: ContextField("eflags", at: 84, member: "uc_mcontext.gregs[16]"),
    contextFields: contextFields,
    signalMaskByteOffset: 108,
    refusedFlags: EFlags.trap | EFlags.nestedTask | EFlags.alignmentCheck,
    clearedFlags: EFlags.direction,
    words: [.programCounter, .register("ebp"), .register("eflags"), .saveArea, .context],
    returnSequence: .returnPopping(0),
    liveState: LiveStateSource(
      statePointerOffset: 96,
      contextFlagsOffset: 0,
      extendedStateFlag: 1,
      imageOffset: 112,
      occasionalStatusOffset: 4,
      occasionalTagOffset: 8,
      emptyOccasionalTags: [0xff, 0xff],
      ignoredComponents: XCR0.pkru),
    // preempt_mcall: two arguments, rounded up; return address, four registers, floating-point control.
    calleeByteCount: 16 + 4 + 4 * 4 + 8,
    // struct user_regs_struct32 in arch/x86/include/asm/user32.h.
    traced: TracedRegisters(programCounterOffset: 48, flagsOffset: 56, stepFlag: EFlags.trap))
}

/// Bits of EFLAGS (Intel SDM volume 1, 3.4.3).
enum EFlags {
  static let carry: UInt64 = 1 << 0
  static let parity: UInt64 = 1 << 2
  static let zero: UInt64 = 1 << 6
  static let sign: UInt64 = 1 << 7
  static let trap: UInt64 = 1 << 8
  static let direction: UInt64 = 1 << 10
  static let overflow: UInt64 = 1 << 11
  static let nestedTask: UInt64 = 1 << 14
  static let alignmentCheck: UInt64 = 1 << 18
}

/// State components (Intel SDM volume 1, 13.1).
enum XCR0 {
  static let x87: UInt64 = 1 << 0
  static let sse: UInt64 = 1 << 1
  static let avx: UInt64 = 1 << 2
  static let opmask: UInt64 = 1 << 5
  static let zmmHi256: UInt64 = 1 << 6
  static let hi16ZMM: UInt64 = 1 << 7
  static let pkru: UInt64 = 1 << 9
}

// As on amd64. The upper sixteen zmm registers don't exist here, but are enabled together with the others.
extension StateClass {
  static let sse = StateClass("sse", components: XCR0.x87 | XCR0.sse, occasional: XCR0.x87)
  static let avx = StateClass("avx", components: sse.components | XCR0.avx, occasional: XCR0.x87)
  static let avx512 = StateClass(
    "avx512", components: avx.components | XCR0.opmask | XCR0.zmmHi256 | XCR0.hi16ZMM,
    occasional: XCR0.x87)
}
