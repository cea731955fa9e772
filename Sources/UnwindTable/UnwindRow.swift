// One row of an unwind table, and one step up a stack.
//
// A row says where the caller's frame begins (its CFA) and what the callee saved at fixed distances from it. That is
// less than DWARF can say, and all that compilers need nearly everywhere; whatever doesn't fit is `inexpressible`, which
// callers must take for "can't be walked", never for an end.

/// What to do at a PC to find the caller: 4 bytes.
@frozen
public struct UnwindRow: Equatable, Sendable {
  /// From the low end: kind (2), signal frame (1), frame pointer's slot (6, signed), return address's slot (6, signed),
  /// distance of the CFA (17). Slots and distance count words of 8 bytes.
  @usableFromInline let bits: UInt32

  /// What the CFA is counted from.
  public enum Base: Sendable { case stackPointer, framePointer }

  @inlinable @inline(__always) @_noAllocation @_noLocks
  init(bits: UInt32) { self.bits = bits }

  /// A caller can't be found from here: no unwind information, or more than a row can say.
  @inlinable public static var inexpressible: UnwindRow { @_noAllocation @_noLocks get { UnwindRow(bits: 0) } }
  /// The bottom of a stack: there is no caller (`.cfi_undefined` of the return address).
  @inlinable public static var endOfStack: UnwindRow { @_noAllocation @_noLocks get { UnwindRow(bits: 3) } }

  /// A row, or nil where its distances don't fit: all are multiples of 8, slots lie within 256 bytes of the CFA, and the
  /// CFA lies up to 1 MiB above its base.
  /// - Parameters:
  ///   - offset: bytes from the base to the CFA.
  ///   - returnAddressOffset: bytes from the CFA to the return address's slot.
  ///   - framePointerOffset: bytes from the CFA to where the caller's frame pointer is saved; nil where the register
  ///     still holds it.
  ///   - isSignalFrame: whether the caller's PC is an interrupted one rather than a return address.
  public init?(
    cfa base: Base, plus offset: Int, returnAddressOffset: Int = -8, framePointerOffset: Int? = nil,
    isSignalFrame: Bool = false
  ) {
    guard offset & 7 == 0, (0..<1 << 20).contains(offset), let returnAddress = Self.slot(returnAddressOffset),
      let framePointer = Self.slot(framePointerOffset ?? 0), framePointerOffset != 0, returnAddressOffset != 0
    else { return nil }
    bits =
      (base == .stackPointer ? 1 : 2) | (isSignalFrame ? 4 : 0) | framePointer << 3 | returnAddress << 9
      | UInt32(offset >> 3) << 15
  }

  private static func slot(_ offset: Int) -> UInt32? {
    guard offset & 7 == 0, (-256..<256).contains(offset) else { return nil }
    return UInt32(truncatingIfNeeded: offset >> 3) & 0x3f
  }

  @inlinable public var isExpressible: Bool { @inline(__always) @_noAllocation @_noLocks get { bits != 0 } }
  @inlinable public var isEndOfStack: Bool { @inline(__always) @_noAllocation @_noLocks get { bits & 3 == 3 } }
  @inlinable public var isSignalFrame: Bool { @inline(__always) @_noAllocation @_noLocks get { bits & 4 != 0 } }
  @inlinable public var isBasedOnFramePointer: Bool { @inline(__always) @_noAllocation @_noLocks get { bits & 3 == 2 } }
  /// Bytes from the base to the CFA.
  @inlinable public var cfaOffset: Int { @inline(__always) @_noAllocation @_noLocks get { Int(bits >> 15) &<< 3 } }
  /// Bytes from the CFA to the return address's slot.
  @inlinable public var returnAddressOffset: Int {
    @inline(__always) @_noAllocation @_noLocks get {
      Int(Int32(truncatingIfNeeded: bits &<< 17) &>> 26) &<< 3
    }
  }
  /// Bytes from the CFA to the slot of the caller's frame pointer; 0 where the register still holds it.
  @inlinable public var framePointerOffset: Int {
    @inline(__always) @_noAllocation @_noLocks get { Int(Int32(truncatingIfNeeded: bits &<< 23) &>> 26) &<< 3 }
  }

  /// The CFA: the stack pointer's value in the caller, behind the call.
  /// - Precondition: expressible, and not the end of the stack.
  @inlinable @inline(__always) @_noAllocation @_noLocks
  public func cfa(stackPointer: UInt, framePointer: UInt) -> UInt {
    (isBasedOnFramePointer ? framePointer : stackPointer) &+ UInt(bitPattern: cfaOffset)
  }
}

/// A frame of a stack being walked.
@frozen
public struct UnwindFrame: Equatable, Sendable {
  public var pc: UInt
  public var stackPointer: UInt
  public var framePointer: UInt
  /// The PC is that of an instruction about to run. Else it is a return address, and the call before it says which row
  /// is meant: a function that ends in a call returns to an address behind itself.
  public var isInterrupted: Bool

  @inlinable @inline(__always) @_noAllocation @_noLocks
  public init(pc: UInt, stackPointer: UInt, framePointer: UInt, isInterrupted: Bool = true) {
    self.pc = pc
    self.stackPointer = stackPointer
    self.framePointer = framePointer
    self.isInterrupted = isInterrupted
  }

  /// The address whose row describes this frame.
  @inlinable public var rowAddress: UInt {
    @inline(__always) @_noAllocation @_noLocks get { isInterrupted ? pc : pc &- 1 }
  }

  /// What became of a step.
  public enum Step: Sendable {
    /// The frame is the caller's now.
    case caller
    case endOfStack
    case inexpressible
    /// The row leads out of the stack, or not upwards: the frame isn't what the row takes it for.
    case outOfBounds
  }

  /// Goes on to the caller, which `row` describes. Reads only words that lie wholly within `low..<high`.
  @inlinable @inline(__always) @_noAllocation @_noLocks
  public mutating func step(_ row: UnwindRow, low: UInt, high: UInt) -> Step {
    guard row.isExpressible else { return .inexpressible }
    guard !row.isEndOfStack else { return .endOfStack }
    let cfa = row.cfa(stackPointer: stackPointer, framePointer: framePointer)
    // The return address's slot lies at or above the stack pointer, so that each step goes up.
    let slot = cfa &+ UInt(bitPattern: row.returnAddressOffset)
    guard high >= 8, slot >= low, slot >= stackPointer, slot <= high &- 8, cfa > stackPointer, cfa <= high else {
      return .outOfBounds
    }
    if row.framePointerOffset != 0 {
      let saved = cfa &+ UInt(bitPattern: row.framePointerOffset)
      guard saved >= low, saved <= high &- 8 else { return .outOfBounds }
      framePointer = UnsafeRawPointer(bitPattern: saved).unsafelyUnwrapped.loadUnaligned(as: UInt.self)
    }
    pc = UnsafeRawPointer(bitPattern: slot).unsafelyUnwrapped.loadUnaligned(as: UInt.self)
    stackPointer = cfa
    isInterrupted = row.isSignalFrame
    return .caller
  }
}
