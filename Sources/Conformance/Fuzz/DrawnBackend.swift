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
  static var branchFlags: [UInt64] { [] }
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
  static var branchFlags: [UInt64] { Base.branchFlags }
  static func save(_ slot: Slot) -> [Instruction] { Base.save(slot) }
  static func restore(_ slot: Slot) -> [Instruction] { Base.restore(slot) }
  static func initialize(
    _ registers: [(register: Register, from: Int)], symbolPrefix: String
  ) -> [Instruction] { Base.initialize(registers, symbolPrefix: symbolPrefix) }
  static func adjustStackPointer(by byteCount: Int) -> [Instruction] { Base.adjustStackPointer(by: byteCount) }
  static func perform(_ step: FrameStep) -> [Instruction] { Base.perform(step) }
  static func call(_ symbol: String, contextAt offset: Int, reason: Int) -> [Instruction] {
    Base.call(symbol, contextAt: offset, reason: reason)
  }
  static func constants(symbolPrefix: String) -> [String] { Base.constants(symbolPrefix: symbolPrefix) }
  static func probe(_ step: ProbeStep, image: ProbeImage) -> [Instruction] { Base.probe(step, image: image) }
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
        [.stores(name, at: slot.place, byteCount: slot.byteCount)] + (isOccasional ? [.initializes(name)] : []))
    ]
  }

  static func restore(_ slot: Slot) -> [Instruction] {
    let name = slot.register.name
    if injection.words.contains(.register(name)) {
      let word = abi.pointerByteCount
      return [
        insn("pop \(name)", [.reloads(name, from: slot.place, byteCount: word), .movesStackPointer(by: word)])
      ]
    }
    let extends = slot.register.bank.isExtended
    return [
      insn(
        "load \(name) \(address(slot)) \(slot.byteCount)\(extends ? " extended" : "")",
        [.reloads(name, from: slot.place, byteCount: slot.byteCount, zeroExtends: extends)])
    ]
  }

  private static func address(_ slot: Slot) -> String {
    switch slot.place {
    case .frame: "base \(slot.displacement)"
    case .area: "area \(slot.displacement)"
    }
  }

  static func initialize(
    _ registers: [(register: Register, from: Int)], symbolPrefix: String
  ) -> [Instruction] {
    registers.map { register, from in
      insn(
        "clear \(register.name) \(from)",
        [.initializes(register.name, upperBytesFrom: from)] + (register.bank == .flags ? [.clobbersFlags] : []))
    }
  }

  static func adjustStackPointer(by byteCount: Int) -> [Instruction] {
    [insn("move \(byteCount)", [.movesStackPointer(by: byteCount)])]
  }

  static func perform(_ step: FrameStep) -> [Instruction] {
    let area = abi.resultRegister
    switch step {
    case .establishFrameBase(let offset):
      return [insn("base \(offset)", [.setsFrameBase(toStackPointerPlus: offset)])]
    case .align(let boundary):
      return [insn("align \(boundary)", [.alignsStackPointer(to: boundary), .clobbersFlags])]
    case .loadArea(let offset):
      return [insn("word \(area) \(offset)", [readsWord(offset), .clobbers(area), .loadsAreaAddress])]
    case .areaIsStackPointer:
      return [insn("area", [.clobbers(area), .loadsAreaAddress])]
    case .cutBack(let offset):
      return [insn("cut \(offset)", [.setsStackPointer(toFrameBasePlus: offset)])]
    case .resume(let byteCount):
      return [insn("return \(byteCount)", [.resumes(popping: byteCount)])]
    }
  }

  static func call(_ symbol: String, contextAt offset: Int, reason: Int) -> [Instruction] {
    [
      insn("word \(contextRegister) \(offset)", [readsWord(offset), .clobbers(contextRegister)]),
      insn("constant \(reasonRegister) \(reason)", [.clobbers(reasonRegister)]),
      insn("call \(symbol)", [.calls(symbol), .loadsAreaAddress]),
    ]
  }

  static func constants(symbolPrefix: String) -> [String] { ["\(symbolPrefix)_modes: .long 0"] }

  static func probe(_ step: ProbeStep, image: ProbeImage) -> [Instruction] {
    let word = abi.pointerByteCount
    return switch step {
    case .enter: [insn("enter", [.movesStackPointer(by: -4 * word)])]
    case .leave: [insn("leave", [.movesStackPointer(by: 4 * word)]), insn("return 0", [.resumes(popping: 0)])]
    default: [insn("\(step)")]
    }
  }

  private static func insn(_ text: String, _ effects: [Effect] = []) -> Instruction {
    Instruction("insn \"\(text)\"", effects)
  }

  private static func readsWord(_ displacement: Int) -> Effect {
    .reads(.frame(layout.frameBaseOffset + displacement), byteCount: abi.pointerByteCount)
  }
}
