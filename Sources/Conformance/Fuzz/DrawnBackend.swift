// Backends whose tables are values: what is drawn at random goes through the contract like any other backend.
//
// A description starts as static requirements of a type, and much can go wrong before it is a value. So the tables lie in
// a task-local, and two types read them: an invented CPU, whose instructions are the words of its own small language,
// and another version of a real backend, which keeps that one's spellings.

import ArchPreempt

/// Everything a backend states, without its spellings.
struct BackendTable: Sendable {
  var name: String
  var guardExpression: String
  var abi: PSABI
  var stateClasses: [StateClass]
  var registers: [Register]
  var cfiColumns: ClosedRange<Int>
  var injection: CallInjection
  var extendedPlacement: SaveLayout.ExtendedPlacement

  @TaskLocal static var drawn: BackendTable? = nil
}

/// A backend that states what the task-local table says.
protocol DrawnBackend: ArchPreempt {}

extension DrawnBackend {
  static var table: BackendTable { BackendTable.drawn! }
  static var name: String { table.name }
  static var architecture: String { table.name }
  static var guardExpression: String { table.guardExpression }
  static var abi: PSABI { table.abi }
  static var stateClasses: [StateClass] { table.stateClasses }
  static var registers: [Register] { table.registers }
  static var cfiColumns: ClosedRange<Int> { table.cfiColumns }
  static var branchFlags: [BranchFlag] { [] }
  static var enabledComponents: [Instruction] { [] }
  static var copyString: [Instruction] { [] }
  static var injection: CallInjection { table.injection }
  static var layout: SaveLayout {
    let table = table
    return SaveLayout(
      registers: table.registers, abi: table.abi, injection: table.injection,
      extendedPlacement: table.extendedPlacement)
  }
}

/// A real backend with other tables.
enum Redrawn<Base: ArchPreempt>: DrawnBackend {
  static var architecture: String { Base.architecture }
  static var swiftArchitecture: String { Base.swiftArchitecture }
  static var branchFlags: [BranchFlag] { Base.branchFlags }
  static var enabledComponents: [Instruction] { Base.enabledComponents }
  static var copyString: [Instruction] { Base.copyString }
  static func save(_ slot: Slot) -> [Instruction] { Base.save(slot) }
  static func restore(_ slot: Slot) -> [Instruction] { Base.restore(slot) }
  static func initialize(
    _ registers: [(register: Register, from: Int)], symbolPrefix: String
  ) -> [Instruction] { Base.initialize(registers, symbolPrefix: symbolPrefix) }
  static func spell(_ operation: Operation) -> [Instruction] { Base.spell(operation) }
  static func resume(popping byteCount: Int) -> [Instruction] { Base.resume(popping: byteCount) }
  static func call(_ symbol: String, contextAt offset: Int, reason: Int) -> [Instruction] {
    Base.call(symbol, contextAt: offset, reason: reason)
  }
  static func constants(symbolPrefix: String) -> [String] { Base.constants(symbolPrefix: symbolPrefix) }
}

/// A CPU that doesn't exist. `InventedCPU` executes the texts; the assembler knows them as one macro, `insn`.
enum Invented: DrawnBackend {
  /// Registers that the stub uses for the switch context and the reason.
  static let contextRegister = "n1"
  static let reasonRegister = "n2"

  static func save(_ slot: Slot) -> [Instruction] {
    let name = slot.register.name
    let isOccasional = if case .whenOccasional = slot.register.byteCount { true } else { false }
    return [
      insn(
        "store \(name) \(address(slot)) \(slot.byteCount)\(isOccasional ? " and-clear" : "")",
        [slot.store] + (isOccasional ? [.initializes(name)] : []))
    ]
  }

  static func restore(_ slot: Slot) -> [Instruction] {
    let name = slot.register.name
    if slot.isOnTop {
      return [insn("pop \(name)", [slot.reload, .movesStackPointer(by: slot.byteCount)])]
    }
    let extends = slot.register.bank.isExtended
    return [
      insn(
        "load \(name) \(address(slot)) \(slot.byteCount)\(extends ? " extended" : "")",
        [slot.reload(zeroExtends: extends)])
    ]
  }

  private static func address(_ slot: Slot) -> String { "\(slot.base) \(slot.displacement)" }

  static func initialize(
    _ registers: [(register: Register, from: Int)], symbolPrefix: String
  ) -> [Instruction] {
    registers.map { register, from in
      insn(
        "clear \(register.name) \(from)",
        [.initializes(register.name, upperBytesFrom: from)] + (register.bank == .flags ? [.clobbersFlags] : []))
    }
  }

  static func spell(_ operation: Operation) -> [Instruction] {
    switch operation {
    case .add(let target, let source, let constant): [insn("add \(target) \(source) \(constant)")]
    case .constant(let target, let value): [insn("constant \(target) \(value)")]
    case .align(let boundary): [insn("align \(boundary)", [.clobbersFlags])]
    case .call(let symbol): [insn("call \(symbol)")]
    // Probes are assembled, and not executed.
    case .callThrough, .jumpThrough, .returnToCaller, .truncate, .jump, .jumpIfZero: [insn("not executed")]
    }
  }

  static func resume(popping byteCount: Int) -> [Instruction] {
    [insn("return \(byteCount)", [.resumes(popping: byteCount)])]
  }

  static func constants(symbolPrefix: String) -> [String] { ["\(symbolPrefix)_modes: .long 0"] }

  private static func insn(_ text: String, _ effects: [Effect] = []) -> Instruction {
    Instruction("insn \"\(text)\"", effects)
  }
}
