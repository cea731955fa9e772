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
  /// Only in classes that don't: there the occasional image holds the register, from its byte `imageOffset` on.
  case unlessOccasional(Int, imageOffset: Int = 0)

  public init(integerLiteral value: Int) { self = .always(value) }
  public init(dictionaryLiteral elements: (StateClass, Int)...) {
    self = .byWidth(Dictionary(uniqueKeysWithValues: elements))
  }
}

/// What user code may keep in the low bits of some bytes of a register, for probes that fill and compare it.
public struct BitRun: Hashable, Sendable {
  /// At most eight.
  public let byteCount: Int
  /// Bits of any value.
  public let free: UInt64
  /// Bits that are one: what a probe may not clear without consequences.
  public let set: UInt64
  /// Bits in which a difference counts, where the class covers the register.
  public let compared: UInt64
  /// What a register that the class doesn't cover reads as; nil where that says nothing.
  public let initial: UInt64?

  /// - Parameter compared: nil for the free and the set ones.
  public init(_ byteCount: Int, free: UInt64, set: UInt64 = 0, compared: UInt64? = nil, initial: UInt64?) {
    self.byteCount = byteCount
    self.free = free
    self.set = set
    self.compared = compared ?? free | set
    self.initial = initial
  }

  /// User code's own to the last bit, zero to begin with.
  public static let any = [BitRun(8, free: .max, initial: 0)]
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
  /// From the lowest byte on; repeated until the register ends.
  public let bits: [BitRun]

  /// - Parameters:
  ///   - name: as the assembler spells it.
  ///   - dwarf: the psABI's DWARF number, or nil where there is none.
  ///   - byteCount: bytes saved, eight where not given.
  ///   - bits: what user code may keep in it.
  public init(
    _ name: String, dwarf: Int? = nil, _ bank: Bank, _ disposition: Disposition = .saved,
    byteCount: ByteCount = 8, bits: [BitRun] = BitRun.any
  ) {
    self.name = name
    self.dwarf = dwarf
    self.bank = bank
    self.byteCount = byteCount
    self.disposition = disposition
    self.bits = bits
  }

  /// The bytes of this register that `stateClass` saves; zero where the class doesn't cover it.
  public func byteCount(in stateClass: StateClass) -> Int {
    switch byteCount {
    case .always(let count): count
    case .byWidth(let counts): counts[stateClass.width] ?? 0
    case .whenOccasional(let count): stateClass.includesOccasional ? count : 0
    case .unlessOccasional(let count, _): stateClass.includesOccasional ? 0 : count
    }
  }

  public var isSaved: Bool { disposition == .saved }
  public var isExcluded: Bool { if case .excluded = disposition { true } else { false } }

  /// Rows that differ in their numbers only: `run("v", 0...31, dwarf: 64...95, .vector)`.
  ///
  /// - Parameter dwarf: as many numbers as there are rows.
  public static func run(
    _ prefix: String, _ numbers: ClosedRange<Int>, dwarf: some Collection<Int>, _ bank: Bank,
    byteCount: ByteCount = 8, bits: [BitRun] = BitRun.any
  ) -> [Register] {
    precondition(dwarf.count == numbers.count, "\(prefix)\(numbers): \(dwarf.count) DWARF numbers")
    return zip(numbers, dwarf).map {
      Register("\(prefix)\($0)", dwarf: $1, bank, byteCount: byteCount, bits: bits)
    }
  }

  /// Integer or vector registers that a psABI speaks of, where neither number nor bits matter.
  public static func run(_ prefix: String, _ numbers: ClosedRange<Int>, _ bank: Bank) -> [Register] {
    numbers.map { Register("\(prefix)\($0)", bank) }
  }
}

extension [Register] {
  /// The rows where the embedder's compilers keep tasks from using that register.
  public func reserving(_ name: String?) -> [Register] {
    guard let name else { return self }
    return map {
      $0.name == name
        ? Register(
          $0.name, dwarf: $0.dwarf, $0.bank,
          .excluded(because: "the embedder's compilers reserve it for the way back"))
        : $0
    }
  }
}
