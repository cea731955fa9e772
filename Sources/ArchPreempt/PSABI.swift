// The facts of a processor-specific ABI that a stub depends on.

/// Byte order of loads and stores.
public enum Endianness: String, Sendable { case little, big }

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
  /// DWARF register numbers.
  public var dwarfSection: String
  /// Name and DWARF number of the stack pointer.
  public var stackPointer: String
  /// The register that serves as the stub's frame base.
  public var frameBase: String
  /// Register that receives a function's first result.
  public var resultRegister: String
  /// DWARF column of the return address.
  public var returnAddressColumn: Int

  public init(
    document: String, pointerByteCount: Int, endianness: Endianness,
    redZone: (byteCount: Int, section: String), stackAlignment: (byteCount: Int, section: String),
    dwarfSection: String, stackPointer: String, frameBase: String, resultRegister: String,
    returnAddressColumn: Int
  ) {
    self.document = document
    self.pointerByteCount = pointerByteCount
    self.endianness = endianness
    self.redZoneByteCount = redZone.byteCount
    self.redZoneSection = redZone.section
    self.stackAlignmentByteCount = stackAlignment.byteCount
    self.stackAlignmentSection = stackAlignment.section
    self.dwarfSection = dwarfSection
    self.stackPointer = stackPointer
    self.frameBase = frameBase
    self.resultRegister = resultRegister
    self.returnAddressColumn = returnAddressColumn
  }
}
