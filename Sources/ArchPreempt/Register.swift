// The rows of a backend's register table.
//
// Every register that user code can hold state in is one row: it is either saved, set by the way the stub
// returns, or excluded with a reason. Stub, CFI, header, constants and probes are all derived from these rows.

/// The kind of state a register holds, which decides where its slot goes.
public enum Bank: String, CaseIterable, Sendable {
  /// General-purpose registers: they may hold pointers, so they stay on the task's stack.
  case integer
  /// The arithmetic flags.
  case flags
  /// Modes and status of an execution unit (rounding, sticky exceptions), and system registers.
  case control
  case vector
  /// Mask and predicate registers of the vector unit.
  case predicate
  /// A register stack that is saved as one image (x87).
  case registerStack

  /// Whether the default layout puts the bank into the extended area, off the task's stack.
  public var isExtended: Bool {
    switch self {
    case .integer, .flags, .control: false
    case .vector, .predicate, .registerStack: true
    }
  }
}

/// What happens to a register across a preemption.
public enum Disposition: Hashable, Sendable {
  /// Stored before the task is parked and reloaded before it resumes.
  case saved
  /// Gets its value from the way the stub returns: the program counter and the stack pointer.
  case restoredByResume
  /// Neither stored nor reloaded; the reason is printed in the generated documentation.
  case excluded(because: String)
}

/// The number of bytes of a register that are saved, per state class.
public enum ByteCount: Hashable, Sendable, ExpressibleByIntegerLiteral, ExpressibleByDictionaryLiteral {
  /// The same in every class.
  case always(Int)
  /// By the class's width; zero bytes in a width that isn't listed.
  case byWidth([StateClass: Int])
  /// Only in classes that include the occasional components (x87 on amd64).
  case whenOccasional(Int)
  /// Only in classes that don't: there the occasional image holds the register.
  case unlessOccasional(Int)

  public init(integerLiteral value: Int) { self = .always(value) }
  public init(dictionaryLiteral elements: (StateClass, Int)...) {
    self = .byWidth(Dictionary(uniqueKeysWithValues: elements))
  }
}

/// One row of a backend's register table.
public struct Register: Hashable, Sendable {
  /// As the assembler spells it, without a prefix character.
  public let name: String
  /// The DWARF register number of the psABI; nil where the psABI assigns none.
  public let dwarf: Int?
  public let bank: Bank
  public let byteCount: ByteCount
  public let disposition: Disposition

  /// - Parameters:
  ///   - name: as the assembler spells it.
  ///   - dwarf: the psABI's DWARF number, or nil where there is none.
  ///   - byteCount: bytes saved, eight where not given.
  public init(
    _ name: String, dwarf: Int? = nil, _ bank: Bank, _ disposition: Disposition = .saved,
    byteCount: ByteCount = 8
  ) {
    self.name = name
    self.dwarf = dwarf
    self.bank = bank
    self.byteCount = byteCount
    self.disposition = disposition
  }

  /// The bytes of this register that `stateClass` saves; zero where the class doesn't cover it.
  public func byteCount(in stateClass: StateClass) -> Int {
    switch byteCount {
    case .always(let count): count
    case .byWidth(let counts): counts[stateClass.width] ?? 0
    case .whenOccasional(let count): stateClass.includesOccasional ? count : 0
    case .unlessOccasional(let count): stateClass.includesOccasional ? 0 : count
    }
  }

  public var isSaved: Bool { disposition == .saved }
}
