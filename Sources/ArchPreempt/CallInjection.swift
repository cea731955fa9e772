// How a call is injected into an interrupted task, and how the stub gets back.

/// A word that the signal handler stores below the interrupted stack pointer and its red zone.
///
/// The handler writes what the signal context already holds and what the stub could get only by tricks.
/// The flags above all: a `pushfq` in the stub would save a single-stepper's trap flag.
public enum HandlerWord: Hashable, Sendable {
  case programCounter
  /// The interrupted value of a saved register, or of the stack pointer for unwinders that want it in memory.
  case register(String)
  /// Address of the block that receives the extended state; zero where the layout has none.
  case saveArea
  /// Address of the M's switch context, from which `preempt_mcall` finds the system stack without thread-local storage.
  case context

  /// The word's name in the generated header and diagrams.
  public var name: String {
    switch self {
    case .programCounter: "pc"
    case .register(let name): name
    case .saveArea: "area"
    case .context: "context"
    }
  }
}

/// How the stub's last instruction reaches the interrupted program counter with every register exact.
public enum ReturnSequence: Hashable, Sendable {
  /// Pops the program counter and then `byteCount` bytes: the red zone.
  case returnPopping(Int)
  /// Branches through a register that no task holds a value in.
  case branchThrough(register: String, reservedBy: Reservation)
  /// Branches with the last reload in the delay slot.
  case delaySlot
  /// Branches to what its word holds, below the stack pointer: no handler may run on a task's stack.
  case branchThroughMemory
  /// The kernel reloads everything from a signal frame of the M's, where user mode has no exact return.
  case signalReturn(SignalFrame)

  /// Who keeps tasks from using a register.
  public enum Reservation: Hashable, Sendable {
    /// The ABI, so that every task's compiler does.
    case abi(section: String)
    /// The embedder's compiler, by that option: the backend is one of two of its CPU, and a build says that it wants this one.
    case embedder(option: String)
  }

  /// The register that the embedder's compilers keep tasks from using.
  public var embedderReserves: String? {
    if case .branchThrough(let name, .embedder) = self { name } else { nil }
  }
}

/// A signal frame as the kernel makes it and takes it back.
///
/// What the signal context holds of the integer registers and the flags is in `CallInjection.contextFields`.
public struct SignalFrame: Hashable, Sendable {
  public var byteCount: Int
  /// Of the frame's address, which is the stack pointer when it is handed to the kernel.
  public var alignmentByteCount: Int
  /// Bytes from the frame's start to the `ucontext_t` in it.
  public var contextByteOffset: Int
  /// Bytes from the start of `ucontext_t` to `uc_stack`.
  public var stackByteOffset: Int
  /// Four-byte constants that mark and end the records of extended state: bytes from the start of `ucontext_t`.
  public var marks: [Int: UInt32]
  /// Control and vector registers: bytes from the start of `ucontext_t`.
  public var places: [String: Int]
  /// Registers that aren't the task's and that the kernel reloads all the same: the instruction by which the thread that
  /// resumes the task reads its own into `%0`.
  public var threadRegisters: [String: String]
  /// Hands the frame at the stack pointer to the kernel.
  public var systemCall: [Instruction]

  public init(
    byteCount: Int, alignmentByteCount: Int, contextByteOffset: Int, stackByteOffset: Int, marks: [Int: UInt32],
    places: [String: Int], threadRegisters: [String: String] = [:], systemCall: [Instruction]
  ) {
    self.byteCount = byteCount
    self.alignmentByteCount = alignmentByteCount
    self.contextByteOffset = contextByteOffset
    self.stackByteOffset = stackByteOffset
    self.marks = marks
    self.places = places
    self.threadRegisters = threadRegisters
    self.systemCall = systemCall
  }
}

/// A register's place in the signal context the kernel hands to a handler.
public struct ContextField: Hashable, Sendable {
  public let register: String
  /// Bytes from the start of `ucontext_t`.
  public let byteOffset: Int
  /// The C expression that names the field, for the generated `_Static_assert(offsetof(…))`.
  public let member: String

  public init(_ register: String, at byteOffset: Int, member: String) {
    self.register = register
    self.byteOffset = byteOffset
    self.member = member
  }

  /// Places of registers that lie side by side as elements of one array, from its element `index` on.
  ///
  /// - Parameter stride: bytes from each to the next.
  public static func run(
    _ registers: [String], at byteOffset: Int, every stride: Int = 8, array: String, from index: Int = 0
  ) -> [ContextField] {
    registers.enumerated().map { position, name in
      ContextField(name, at: byteOffset + position * stride, member: "\(array)[\(index + position)]")
    }
  }
}

/// Where the kernel says which state components are live.
///
/// Offsets in bytes, from the start of XSAVE's image where nothing else is said. What has a default is the same in every
/// frame that XSAVE wrote: Linux `arch/x86/include/uapi/asm/sigcontext.h` (`struct _fpx_sw_bytes`, `FP_XSTATE_MAGIC1`,
/// `FP_XSTATE_MAGIC2`) and Intel SDM volume 1, 13.4.
public struct LiveStateSource: Hashable, Sendable {
  /// Offset in `ucontext_t` of the pointer to the extended state.
  public var statePointerOffset: Int
  /// Offset in `ucontext_t` of `uc_flags`, and the bit that announces extended state.
  public var contextFlagsOffset: Int
  public var extendedStateFlag: UInt64
  /// Offset from the state pointer to the image that XSAVE wrote: an image of FNSAVE comes first in 32-bit frames.
  public var imageOffset: Int
  /// Offset and value of the first magic number (four bytes).
  public var firstMagicOffset: Int
  public var firstMagic: UInt32
  /// Offset of the four-byte size of everything from the state pointer up to and including the second magic number.
  public var extendedByteCountOffset: Int
  /// Offset of the eight-byte mask of features the frame may hold.
  public var featuresOffset: Int
  /// Offset of the four-byte size of the state itself; the second magic number follows the state.
  public var stateByteCountOffset: Int
  public var secondMagic: UInt32
  /// Offset of the eight-byte mask of components that are not in their initial state.
  public var liveComponentsOffset: Int
  /// Offset from the state pointer of the occasional unit's two-byte status word, and of its tags.
  public var occasionalStatusOffset: Int
  public var occasionalTagOffset: Int
  /// What the tags are, byte by byte, while every register of the unit is empty.
  public var emptyOccasionalTags: [UInt8]
  /// Smallest believable size of the state: legacy region plus header.
  public var minimumStateByteCount: Int
  /// Components that may be live and that belong to the thread, not to the task.
  public var ignoredComponents: UInt64

  public init(
    statePointerOffset: Int, contextFlagsOffset: Int, extendedStateFlag: UInt64, imageOffset: Int = 0,
    firstMagicOffset: Int = 464, firstMagic: UInt32 = 0x4650_5853, extendedByteCountOffset: Int = 468,
    featuresOffset: Int = 472, stateByteCountOffset: Int = 480, secondMagic: UInt32 = 0x4650_5845,
    liveComponentsOffset: Int = 512, occasionalStatusOffset: Int, occasionalTagOffset: Int,
    emptyOccasionalTags: [UInt8], minimumStateByteCount: Int = 576, ignoredComponents: UInt64
  ) {
    self.statePointerOffset = statePointerOffset
    self.contextFlagsOffset = contextFlagsOffset
    self.extendedStateFlag = extendedStateFlag
    self.imageOffset = imageOffset
    self.firstMagicOffset = firstMagicOffset
    self.firstMagic = firstMagic
    self.extendedByteCountOffset = extendedByteCountOffset
    self.featuresOffset = featuresOffset
    self.stateByteCountOffset = stateByteCountOffset
    self.secondMagic = secondMagic
    self.liveComponentsOffset = liveComponentsOffset
    self.occasionalStatusOffset = occasionalStatusOffset
    self.occasionalTagOffset = occasionalTagOffset
    self.emptyOccasionalTags = emptyOccasionalTags
    self.minimumStateByteCount = minimumStateByteCount
    self.ignoredComponents = ignoredComponents
  }
}

/// Records of extended state, one behind the other in the signal context, each a four-byte magic number and a four-byte
/// size, the last one's magic number zero.
public struct SignalRecords: Hashable, Sendable {
  public enum Meaning: Hashable, Sendable {
    /// Covered by the narrowest class, or the thread's.
    case covered
    /// Live where the record is longer than that many bytes; no class covers it.
    case liveBeyond(byteCount: Int)
    /// Live where the eight bytes at that offset in the record aren't zero; no class covers it.
    case liveUnlessZero(at: Int)
  }

  /// Bytes from the start of `ucontext_t`.
  public var byteOffset: Int
  public var byteCount: Int
  /// Components of which one must be enabled for there to be records at all; zero where they always are.
  public var onlyWith: UInt64
  /// By magic number; any other means live state that no class covers.
  public var meanings: [UInt32: Meaning]

  public init(byteOffset: Int, byteCount: Int, onlyWith: UInt64 = 0, meanings: [UInt32: Meaning]) {
    self.byteOffset = byteOffset
    self.byteCount = byteCount
    self.onlyWith = onlyWith
    self.meanings = meanings
  }
}

/// Where a tracer finds what it must know of a stopped thread, in the register set NT_PRSTATUS of ptrace.
public struct TracedRegisters: Hashable, Sendable {
  public let programCounterOffset: Int
  public let flagsOffset: Int
  /// The flag that a stepper leaves behind, or zero: Linux takes its own for the program's once it stepped an instruction
  /// that loads the flags (`enable_single_step` in arch/x86/kernel/step.c).
  public let stepFlag: UInt64

  public init(programCounterOffset: Int, flagsOffset: Int, stepFlag: UInt64) {
    self.programCounterOffset = programCounterOffset
    self.flagsOffset = flagsOffset
    self.stepFlag = stepFlag
  }
}

/// Both halves of an injected call: what the handler does and how the stub returns.
public struct CallInjection: Sendable {
  public var programCounter: ContextField
  public var stackPointer: ContextField
  /// Nil where the CPU has none.
  public var flags: ContextField?
  /// Interrupted values the handler copies or an oracle compares: every integer register.
  public var contextFields: [ContextField]
  /// Byte offset of `uc_sigmask` in `ucontext_t`.
  public var signalMaskByteOffset: Int
  /// Flags with which a task isn't preempted: a second interrupted instruction can't be made exact with them.
  public var refusedFlags: UInt64
  /// Flags the handler clears in the context so that the stub starts in a known mode.
  public var clearedFlags: UInt64
  /// The flag of an instruction set whose addresses have bit 0 set when they are branched to, or zero: the program counter's
  /// word has that bit while the flag is set.
  public var instructionSetFlag: UInt64
  /// Words the handler stores, the first highest: directly below the red zone.
  public var words: [HandlerWord]
  public var returnSequence: ReturnSequence
  /// Where the kernel says what is live; all that is enabled is, where it says it nowhere.
  public var liveState: LiveStateSource?
  /// The same as a list of records.
  public var liveRecords: SignalRecords?
  /// Stack bytes that must be free below the frame: the callee's frames up to the switch to the system stack.
  public var calleeByteCount: Int
  public var traced: TracedRegisters

  public init(
    programCounter: ContextField, stackPointer: ContextField, flags: ContextField?,
    contextFields: [ContextField], signalMaskByteOffset: Int, refusedFlags: UInt64, clearedFlags: UInt64,
    instructionSetFlag: UInt64 = 0, words: [HandlerWord], returnSequence: ReturnSequence, liveState: LiveStateSource?,
    liveRecords: SignalRecords? = nil, calleeByteCount: Int, traced: TracedRegisters
  ) {
    self.programCounter = programCounter
    self.stackPointer = stackPointer
    self.flags = flags
    self.contextFields = contextFields
    self.signalMaskByteOffset = signalMaskByteOffset
    self.refusedFlags = refusedFlags
    self.clearedFlags = clearedFlags
    self.instructionSetFlag = instructionSetFlag
    self.words = words
    self.returnSequence = returnSequence
    self.liveState = liveState
    self.liveRecords = liveRecords
    self.calleeByteCount = calleeByteCount
    self.traced = traced
  }

  /// Whether a task's class can be narrower than what is enabled.
  public var saysWhatIsLive: Bool { liveState != nil || liveRecords != nil }

  /// Registers whose interrupted value the handler stores.
  public var registersWrittenByHandler: [String] {
    words.compactMap { if case .register(let name) = $0 { name } else { nil } }
  }
}
