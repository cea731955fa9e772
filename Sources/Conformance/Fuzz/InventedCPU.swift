// Executes the stubs of invented CPUs: their texts, not their effects.
//
// The handler's part is played here, from the contract's words; the callee takes all that it may; then every register must be
// what it was, and at every instruction the rows that the assembler made of our CFI must say where it is.

import ArchPreempt
import StubGenerator

struct InventedCPU {
  /// Something that isn't what it should be.
  struct Fault: Error { let text: String }

  private let description: BackendDescription
  private let stub: EntryStub
  private let word: Int
  /// Stack, save area, and the other area that the callee hands back.
  private var memory: [UInt8]
  private static let areas = (first: 0x6000, second: 0x8000)
  private let interruptedSP: Int
  private var sp: Int
  private var registers: [String: [UInt8]] = [:]
  private let interrupted: [String: [UInt8]]
  private let programCounter: Int
  private let context: Int
  private let columns: [Int: String]
  /// What an unwinder gives back.
  private let unwound: [(name: String, column: Int, value: [UInt8])]
  private var random: SeededGenerator
  private var calls = 0
  private(set) var comparisons = 0

  init(_ description: BackendDescription, _ stub: EntryStub, _ random: SeededGenerator) {
    self.description = description
    self.stub = stub
    self.random = random
    let abi = description.abi
    word = abi.pointerByteCount
    memory = (0..<0xa000).map { UInt8(truncatingIfNeeded: $0 &* 37) }
    let limit = word == 4 ? 0x7fff_ffff : 0x7fff_ffff_ffff
    interruptedSP = 0x4000 + word * self.random.number(0...16)
    programCounter = self.random.number(0x10_0000...limit)
    context = self.random.number(0x10_0000...limit)
    columns = Dictionary(
      description.registers.compactMap { row in row.dwarf.map { ($0, row.name) } },
      uniquingKeysWith: { first, _ in first })
    sp = interruptedSP + description.layout.entryOffset
    var registers: [String: [UInt8]] = [:]
    for row in description.registers where row.isSaved {
      let live = row.byteCount(in: stub.stateClass)
      let all = max(live, row.byteCount(in: stub.widest.withOccasional), row.byteCount(in: stub.widest))
      // What isn't live is in its initial state; what isn't enabled isn't there.
      var bytes = Array(repeating: UInt8(0), count: all)
      for index in bytes.indices where index < live || !row.bank.isExtended {
        bytes[index] = UInt8(truncatingIfNeeded: self.random.next())
      }
      registers[row.name] = bytes
    }
    self.registers = registers
    interrupted = registers
    unwound = description.registers.compactMap { row in
      guard row.isSaved, !row.bank.isExtended, let column = row.dwarf, description.cfiColumns.contains(column) else {
        return nil
      }
      return registers[row.name].map { (row.name, column, $0) }
    }
    for (index, entry) in description.layout.words.enumerated() {
      let value =
        switch entry {
        case .programCounter: programCounter
        case .saveArea: Self.areas.first
        case .context: context
        case .register(let name): integer(registers[name] ?? [])
        }
      write(bytes(value), at: interruptedSP - abi.redZoneByteCount - (index + 1) * word)
    }
  }

  /// - Parameter rows: the row in force at each instruction; nil to execute only.
  mutating func run(_ rows: [FrameRules]?) throws(Fault) {
    let below = sp
    // The task's own: at and above the red zone nothing is written.
    let owned = Array(memory[(below + description.layout.words.count * word)..<Self.areas.first])
    var isBack = false
    for (index, instruction) in stub.instructions.enumerated() {
      if let rows { try compare(rows[index], at: index) }
      do {
        isBack = try execute(
          instruction.text.dropFirst("insn \"".count).dropLast().split(separator: " ").map(String.init))
      } catch {
        throw Fault(text: "\(stub.symbol), instruction \(index), \(instruction.text): \(error.text)")
      }
    }
    guard isBack else { throw Fault(text: "\(stub.symbol) ends without a return") }
    try expect(calls, 1, "calls")
    try expect(sp, interruptedSP, "stack pointer at the end")
    for (name, bytes) in interrupted where bytes != registers[name] {
      throw Fault(text: "\(stub.symbol): \(name) was \(hex(bytes)), is \(hex(registers[name] ?? []))")
    }
    comparisons += interrupted.count + 1
    guard owned == Array(memory[(below + description.layout.words.count * word)..<Self.areas.first]) else {
      throw Fault(text: "\(stub.symbol) writes at or above the red zone")
    }
  }

  // MARK: - The language

  private mutating func execute(_ words: [String]) throws(Fault) -> Bool {
    func number(_ index: Int) -> Int { Int(words[index])! }
    switch words[0] {
    case "store":
      let address = try self.address(words[2], number(3))
      let value = registers[words[1]] ?? []
      guard number(4) <= value.count else { throw Fault(text: "stores \(number(4)) of \(value.count) bytes") }
      try reserved(address)
      write(Array(value.prefix(number(4))), at: address)
      if words.last == "and-clear" {
        registers[words[1]] = value.map { _ in 0 }
        for name in inImage { registers[name] = registers[name]!.map { _ in 0 } }
      }
    case "load":
      let address = try self.address(words[2], number(3))
      try reserved(address)
      var value = registers[words[1]] ?? []
      guard number(4) <= value.count else { throw Fault(text: "loads \(number(4)) into \(value.count) bytes") }
      value.replaceSubrange(0..<number(4), with: memory[address..<address + number(4)])
      if words.last == "extended" { for index in number(4)..<value.count { value[index] = 0 } }
      registers[words[1]] = value
      // Where an image holds the unit's control registers, they come with it.
      if description.registers.contains(where: { $0.name == words[1] && $0.bank == .registerStack }) {
        for name in inImage { registers[name] = interrupted[name] }
      }
    case "pop":
      registers[words[1]] = Array(memory[sp..<sp + word])
      sp += word
    case "clear":
      guard let value = registers[words[1]] else { throw Fault(text: "no such register") }
      registers[words[1]] = value.enumerated().map { $0.offset >= number(2) ? 0 : $0.element }
    case "add":
      let stackPointer = description.abi.stackPointer
      let sum = (words[2] == stackPointer ? sp : integer(registers[words[2]]!)) + number(3)
      if words[1] == stackPointer { sp = sum } else { registers[words[1]] = bytes(sum) }
    case "align": sp -= sp % number(1)
    case "constant": registers[words[1]] = bytes(number(2))
    case "call": try call()
    case "return":
      try expect(integer(Array(memory[sp..<sp + word])), programCounter, "the PC returned to")
      sp += word + number(1)
      return true
    default: throw Fault(text: "no such instruction")
    }
    return false
  }

  /// Registers that this class saves as a part of its image.
  private var inImage: [String] {
    description.registers.filter {
      $0.isSaved && !$0.bank.isExtended && $0.byteCount(in: stub.stateClass) == 0
    }.map(\.name)
  }

  /// What the callee may rely on holds; what it may change is changed.
  private mutating func call() throws(Fault) {
    calls += 1
    try expect(sp % description.abi.stackAlignmentByteCount, 0, "misalignment at the call")
    try expect(integer(registers[Invented.contextRegister]!), context, "the switch context")
    try expect(integer(registers[Invented.reasonRegister]!), stub.reason, "the reason")
    for row in description.registers where row.isSaved {
      let bytes = registers[row.name]!
      let least = row.byteCount(in: description.stateClasses[0])
      // Where nobody asks what is live, extended state may be anything.
      let isInitial = row.bank.isExtended && description.injection.saysWhatIsLive
      let from = isInitial ? least : row.bank.isExtended ? bytes.count : row.bank == .integer ? bytes.count : 0
      guard bytes.dropFirst(from).allSatisfy({ $0 == 0 }) else {
        throw Fault(text: "\(row.name) isn't initial at the call")
      }
      guard row.name != "base" else { continue }
      // An occasional unit is left as it is expected, everything else as it happens to be.
      let isOccasional = if case .whenOccasional = row.byteCount { true } else { false }
      registers[row.name] = bytes.map { _ in isOccasional ? 0 : UInt8(truncatingIfNeeded: random.next()) }
    }
    for address in 0..<sp { memory[address] = UInt8(truncatingIfNeeded: address &* 11) }
    if description.layout.extendedPlacement == .extended {
      for offset in 0..<0x2000 {
        memory[Self.areas.second + offset] = memory[Self.areas.first + offset]
        memory[Self.areas.first + offset] = 0xa5
      }
      registers[description.abi.resultRegister] = bytes(Self.areas.second)
    }
  }

  // MARK: - The unwinder

  private mutating func compare(_ rules: FrameRules, at index: Int) throws(Fault) {
    func place() -> String { "\(stub.symbol), CFI at instruction \(index), \(stub.instructions[index].text)" }
    let base = rules.cfaColumn.flatMap { columns[$0] }
    guard base == "top" || base == "base" else {
      throw Fault(text: "\(place()): CFA by column \(rules.cfaColumn ?? -1)")
    }
    let cfa = (base == "top" ? sp : integer(registers["base"]!)) + rules.cfaOffset
    try expect(cfa, interruptedSP, "\(place()): CFA")
    try expect(rules.returnAddressColumn, description.abi.returnAddressColumn, "\(place()): return address column")
    guard let pc = rules.offsets[description.abi.returnAddressColumn] else { throw Fault(text: "\(place()): no PC") }
    try expect(integer(Array(memory[cfa + pc..<cfa + pc + word])), programCounter, "\(place()): PC")
    comparisons += 3 + unwound.count
    for (name, column, value) in unwound {
      let isThere =
        if let offset = rules.offsets[column] {
          memory[cfa + offset..<cfa + offset + word].elementsEqual(value)
        } else { registers[name] == value }
      guard isThere else { throw Fault(text: "\(place()): \(name) isn't there") }
    }
  }

  // MARK: - Bytes

  private func address(_ register: String, _ offset: Int) throws(Fault) -> Int {
    let base = integer(registers[register]!)
    guard memory.indices.contains(base + offset) else { throw Fault(text: "address \(base + offset)") }
    return base + offset
  }

  /// A signal may overwrite the stack below its pointer.
  private func reserved(_ address: Int) throws(Fault) {
    guard address >= sp else { throw Fault(text: "\(sp - address) bytes below the stack pointer") }
  }

  private mutating func write(_ bytes: [UInt8], at address: Int) {
    for (index, byte) in bytes.enumerated() { memory[address + index] = byte }
  }

  private func bytes(_ value: Int) -> [UInt8] { (0..<word).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) } }

  private func integer(_ bytes: [UInt8]) -> Int {
    bytes.prefix(word).enumerated().reduce(0) { $0 | Int($1.element) << ($1.offset * 8) }
  }

  private func hex(_ bytes: [UInt8]) -> String {
    "0x" + bytes.reversed().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  private func expect(_ got: Int, _ expected: Int, _ what: @autoclosure () -> String) throws(Fault) {
    guard got == expected else { throw Fault(text: "\(what()): expected \(expected), got \(got)") }
  }
}
