// The facts of a processor-specific ABI that a stub depends on.

/// Byte order of loads and stores.
public enum Endianness: String, Sendable { case little, big }

/// Where indirect branches must land in pages that are mapped so.
public struct LandingPads: Hashable, Sendable {
  /// The bit of mprotect's third argument that asks for it: Linux `asm/mman.h`.
  public let protection: Int
  /// The instruction for a function that is called through a pointer.
  public let pad: String
  /// An indirect branch to one, by a register that a function may use.
  public let branch: [String]

  public init(protection: Int, pad: String, branch: [String]) {
    self.protection = protection
    self.pad = pad
    self.branch = branch
  }
}

/// What a psABI document fixes, each fact with its section.
public struct PSABI: Sendable {
  /// The document and its version, cited by every section below.
  public var document: String
  public var pointerByteCount: Int
  public var endianness: Endianness
  /// Bytes below the stack pointer that belong to the running function and that the stub never writes.
  public var redZoneByteCount: Int
  public var redZoneSection: String
  /// Alignment of the stack pointer at a call, in bytes.
  public var stackAlignmentByteCount: Int
  public var stackAlignmentSection: String
  /// Whether the stack pointer has that alignment at every instruction, not only at a call.
  public var keepsStackPointerAligned: Bool
  /// What the stack pointer is a multiple of at every instruction.
  public var stackPointerUnitByteCount: Int
  /// Bytes from the stack pointer up that a caller leaves to the function it calls, return address and arguments not among
  /// them.
  public var registerSaveAreaByteCount: Int
  public var registerSaveAreaSection: String
  /// DWARF register numbers.
  public var dwarfSection: String
  /// Name and DWARF number of the stack pointer.
  public var stackPointer: String
  /// The register that serves as the stub's frame base.
  public var frameBase: String
  /// Bytes from where the frame base points, in the psABI's frames, to the caller's frame base.
  public var frameRecordOffset: Int
  /// Register that receives a function's first result; in a stub the save area's address, because the block to restore from
  /// arrives there when `preempt_mcall` returns.
  public var resultRegister: String
  /// Register that receives the upper half of a result of eight bytes; nil where one register holds all of it.
  public var upperResultRegister: String?
  /// Registers of the first three arguments; none where they lie on the stack.
  public var arguments: [String]
  /// A register that a callee may change and that carries no argument: what can't be loaded or stored passes through it.
  public var scratch: String
  /// What a callee must give back as it found it, as much of each as it must; the link register too, by which it returns.
  public var calleeSaved: [Register]
  /// Stack bytes that the arguments of `preempt_mcall` take, a multiple of the alignment; zero where registers hold them.
  public var argumentByteCount: Int
  /// Register in which a call leaves its return address; nil where it pushes it onto the stack.
  public var linkRegister: String?
  /// DWARF column of the return address: of a stub's, so that the interrupted link register keeps its own.
  public var returnAddressColumn: Int
  /// Whether that column is beyond those that a frame description speaks of, the number of no register that tasks have.
  public var hasAlternateReturnColumn: Bool
  /// Registers that an unwinder recovers by a rule only: what has none isn't unchanged, nor the stack pointer the CFA.
  public var unwoundByRuleOnly: [String]
  /// Nil where user mode has none.
  public var landingPads: LandingPads?

  public init(
    document: String, pointerByteCount: Int, endianness: Endianness,
    redZone: (byteCount: Int, section: String), stackAlignment: (byteCount: Int, section: String),
    keepsStackPointerAligned: Bool = false, stackPointerUnitByteCount: Int = 1,
    registerSaveArea: (byteCount: Int, section: String) = (0, "none"),
    dwarfSection: String, stackPointer: String, frameBase: String, frameRecordOffset: Int = 0, resultRegister: String,
    upperResultRegister: String? = nil, arguments: [String], argumentByteCount: Int = 0, scratch: String,
    calleeSaved: [Register], linkRegister: String? = nil, returnAddressColumn: Int,
    hasAlternateReturnColumn: Bool = false, unwoundByRuleOnly: [String] = [],
    landingPads: LandingPads? = nil
  ) {
    self.document = document
    self.pointerByteCount = pointerByteCount
    self.endianness = endianness
    self.redZoneByteCount = redZone.byteCount
    self.redZoneSection = redZone.section
    self.stackAlignmentByteCount = stackAlignment.byteCount
    self.stackAlignmentSection = stackAlignment.section
    self.keepsStackPointerAligned = keepsStackPointerAligned
    self.stackPointerUnitByteCount = keepsStackPointerAligned ? stackAlignment.byteCount : stackPointerUnitByteCount
    registerSaveAreaByteCount = registerSaveArea.byteCount
    registerSaveAreaSection = registerSaveArea.section
    self.dwarfSection = dwarfSection
    self.stackPointer = stackPointer
    self.frameBase = frameBase
    self.frameRecordOffset = frameRecordOffset
    self.resultRegister = resultRegister
    self.upperResultRegister = upperResultRegister
    self.arguments = arguments
    self.argumentByteCount = argumentByteCount
    self.scratch = scratch
    self.calleeSaved = calleeSaved
    self.linkRegister = linkRegister
    self.returnAddressColumn = returnAddressColumn
    self.hasAlternateReturnColumn = hasAlternateReturnColumn
    self.unwoundByRuleOnly = unwoundByRuleOnly
    self.landingPads = landingPads
  }
}
