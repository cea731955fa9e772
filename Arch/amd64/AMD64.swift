// amd64 (x86-64), Linux, LP64.
//
// The frame of an injected call, from the interrupted stack pointer (the CFA) down. The numbers are printed by
// `preempt layout amd64`.
//
//   CFA ─┬───────────────────────────────┐
//        │ red zone: the parent's        │  scanned, never written
//        ├───────────────────────────────┤ ─┐
//        │ interrupted PC                │  │
//        │ rbp                           │  │ written by the handler from the signal context:
//        │ rflags                        │  │ a pushfq here would save a stepper's TF
//        │ save area address             │  │
//        │ switch context address        │  │
//        ├───────────────────────────────┤ ─┘ ← SP at the stub's first instruction
//        │ general-purpose registers     │
//        │ mxcsr, x87 control word       │
//        └───────────────────────────────┘

public import ArchPreempt

/// The backend for amd64.
public enum AMD64: ArchPreempt {
  public static let name = "amd64"
  public static let swiftArchitecture = "x86_64"
  // __LP64__ keeps x32 out, where pointers have four bytes.
  public static let guardExpression = "defined(__x86_64__) && defined(__LP64__) && defined(__linux__)"

  public static let abi = PSABI(
    document: "System V ABI, AMD64 Architecture Processor Supplement, version 1.0",
    pointerByteCount: 8,
    endianness: .little,
    redZone: (128, "3.2.2, The Stack Frame"),
    stackAlignment: (16, "3.2.2, The Stack Frame"),
    dwarfSection: "3.6.2, figure 3.36, DWARF Register Number Mapping",
    stackPointer: "rsp",
    frameBase: "rbp",
    resultRegister: "rax",
    arguments: ["rdi", "rsi", "rdx"],
    scratch: "rcx",
    calleeSaved: ["rbp", "rbx", "r12", "r13", "r14", "r15"].map { Register($0, .integer) },
    returnAddressColumn: 16)

  public static let stateClasses = StateClass.classes(ofWidths: [.sse, .avx, .avx512])

  /// libunwind's step fails with EBADREG on rows beyond the return address.
  public static let cfiColumns = 0...16

  /// Offsets in `ucontext_t`: Linux arch/x86/include/uapi/asm/{ucontext,sigcontext}.h. XSAVE frame: `struct
  /// _fpx_sw_bytes` and `struct _xstate` there; live components and their numbers: Intel SDM volume 1, 13.1 and 13.4.
  public static let injection = CallInjection(
    programCounter: ContextField("rip", at: 168, member: "uc_mcontext.gregs[16]"),
    stackPointer: ContextField("rsp", at: 160, member: "uc_mcontext.gregs[15]"),
    flags: ContextField("rflags", at: 176, member: "uc_mcontext.gregs[17]"),
    contextFields: contextFields,
    signalMaskByteOffset: 296,
    refusedFlags: RFlags.trap | RFlags.nestedTask | RFlags.alignmentCheck,
    clearedFlags: RFlags.direction,
    words: [.programCounter, .register("rbp"), .register("rflags"), .saveArea, .context],
    returnSequence: .returnPopping(128),
    liveState: LiveStateSource(
      statePointerOffset: 224,
      contextFlagsOffset: 0,
      extendedStateFlag: 1,
      occasionalStatusOffset: 2,
      occasionalTagOffset: 4,
      emptyOccasionalTags: [0],
      ignoredComponents: XCR0.pkru),
    // preempt_mcall: return address, six registers, floating-point control.
    calleeByteCount: 8 + 6 * 8 + 8,
    // struct user_regs_struct in sys/user.h.
    traced: TracedRegisters(programCounterOffset: 128, flagsOffset: 144, stepFlag: RFlags.trap))
}

/// Bits of RFLAGS (Intel SDM volume 1, 3.4.3).
enum RFlags {
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

// Bits 0 and 1 always read as one on Linux, so SSE is the narrowest class; whether x87 is live is read from its
// status and tags instead.
extension StateClass {
  static let sse = StateClass("sse", components: XCR0.x87 | XCR0.sse, occasional: XCR0.x87)
  static let avx = StateClass("avx", components: sse.components | XCR0.avx, occasional: XCR0.x87)
  static let avx512 = StateClass(
    "avx512", components: avx.components | XCR0.opmask | XCR0.zmmHi256 | XCR0.hi16ZMM,
    occasional: XCR0.x87)
}
