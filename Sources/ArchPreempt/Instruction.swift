// A structured instruction: its spelling, and what it does that the generator must know.
//
// Checks and CFI are derived from effects; the text is only spelling, so that a second assembler dialect is
// another spelling and not another stub.

/// Where a slot lies.
public enum Place: Hashable, Sendable {
  /// Bytes from the CFA (the interrupted stack pointer); negative, because frames grow down.
  case frame(Int)
  /// Bytes from the start of the save area.
  case area(Int)
}

/// What an instruction does, as far as layout, CFI and the validator's rules need it.
public enum Effect: Hashable, Sendable {
  /// Adds a constant to the stack pointer.
  case movesStackPointer(by: Int)
  /// Rounds the stack pointer down.
  case alignsStackPointer(to: Int)
  /// Sets the stack pointer to the frame base plus a constant.
  case setsStackPointer(toFrameBasePlus: Int)
  /// Sets the frame base to the stack pointer plus a constant.
  case setsFrameBase(toStackPointerPlus: Int)
  case stores(String, at: Place, byteCount: Int)
  /// Gives the register its interrupted value back. A wider register's remaining bytes become zero where
  /// `zeroExtends` is true and keep what they hold where it is false.
  case reloads(String, from: Place, byteCount: Int, zeroExtends: Bool = false)
  /// Reads `byteCount` bytes at `place` for the stub's own use.
  case reads(Place, byteCount: Int)
  /// Reads below the stack pointer, which is wrong without a reason: a signal handler may overwrite it.
  case readsBelowStackPointer(because: String)
  case clobbers(String)
  case clobbersFlags
  /// Puts a register, or the part of it that `upperBytesFrom` names, into its initial state.
  case initializes(String, upperBytesFrom: Int = 0)
  /// Leaves the address of the save area in the area register.
  case loadsAreaAddress
  case calls(String)
  /// Transfers control; no stub has one.
  case branches
  /// Reaches the interrupted program counter, having popped it and `byteCount` bytes more.
  case resumes(popping: Int)
  /// Puts the interrupted program counter, from its word, into a register that no task holds a value in.
  case loadsProgramCounter(into: String, from: Place)
  /// Reaches the interrupted program counter through that register, the stack pointer being the interrupted one.
  case resumesThrough(String)
  /// Reaches the interrupted program counter through its word, the stack pointer being the interrupted one.
  case resumesThroughMemory(Place)
  /// Makes the stack pointer the address of the signal frame that the callee returned.
  case leavesStack
  /// The kernel loads every register from the signal frame at the stack pointer.
  case returnsFromSignal
}

/// One instruction of a stub.
public struct Instruction: Hashable, Sendable {
  /// In GNU assembler syntax.
  public let text: String
  public let effects: [Effect]
  /// Why it is there, where that isn't plain from the text; printed beside it.
  public let note: String?

  public init(_ text: String, _ effects: [Effect] = [], note: String? = nil) {
    self.text = text
    self.effects = effects
    self.note = note
  }
}

/// Text alone, where an instruction has no effect that layout, CFI or a rule needs.
extension Instruction: ExpressibleByStringInterpolation {
  public init(stringLiteral text: String) { self.init(text) }
}
