// Single faults of a description that keeps every rule: of its tables, before anything is made of them, and of its stubs.
//
// A break that finds nothing to break says so, and another is drawn. What no effect speaks of (which constant an instruction
// loads, say) can't be broken here: the proof and the probes see to that.

import ArchPreempt
import StubGenerator

struct TableBreak: Sendable {
  let name: String
  let apply: @Sendable (inout BackendTable, inout SeededGenerator) -> Bool

  init(_ name: String, _ apply: @escaping @Sendable (inout BackendTable, inout SeededGenerator) -> Bool) {
    self.name = name
    self.apply = apply
  }

  static let all: [TableBreak] = [
    // Facts.
    TableBreak("impossible pointer") { table, random in
      table.abi.pointerByteCount = random.one([-8, 0, 1, 2, 3, 16])
      return true
    },
    TableBreak("impossible stack alignment") { table, random in
      table.abi.stackAlignmentByteCount = random.one([-16, 0, 1, 2, 12, 24, 48, 4096])
      return true
    },
    TableBreak("impossible red zone") { table, random in
      table.abi.redZoneByteCount = random.one([-128, -1, 1, 2, 127, 4096 * 8])
      return true
    },
    TableBreak("impossible callee") { table, random in
      table.injection.calleeByteCount = random.one([-1, 4096, Int.min / 2, Int.max / 2])
      return true
    },
    TableBreak("one register as stack pointer and frame base") { table, _ in
      table.abi.frameBase = table.abi.stackPointer
      return true
    },
    TableBreak("unknown frame base") { table, _ in
      table.abi.frameBase = "nowhere"
      return true
    },
    TableBreak("unknown stack pointer") { table, _ in
      table.abi.stackPointer = "nowhere"
      return true
    },
    TableBreak("unknown result register") { table, _ in
      let isUsed = table.registers.contains { $0.isSaved && $0.bank.isExtended }
      table.abi.resultRegister = "nowhere"
      return isUsed
    },
    TableBreak("red zone that the return doesn't pop") { table, random in
      guard case .returnPopping(let byteCount) = table.injection.returnSequence else { return false }
      table.injection.returnSequence = .returnPopping(byteCount + random.one([-8, 8, 64]))
      return true
    },
    // Names.
    TableBreak("name that isn't one") { table, random in
      table.name = random.one(["a b", "../up", "a-b", "é", "\"", "a\nb"])
      return true
    },
    TableBreak("register's name that isn't one") { table, random in
      let before = table
      return table.replaceRow(&random, where: { $0.isSaved && !before.words($0.name) && !before.isSpelled($0.name) }) {
        Register($0.name + ".x", dwarf: $0.dwarf, $0.bank, byteCount: $0.byteCount)
      }
    },
    TableBreak("register named as a word") { table, random in
      let before = table
      let name = random.one(["pc", "context", "red_zone"])
      return table.replaceRow(
        &random, where: { $0.isSaved && !$0.bank.isExtended && !before.words($0.name) && !before.isSpelled($0.name) }
      ) { Register(name, dwarf: $0.dwarf, $0.bank, byteCount: $0.byteCount) }
    },
    // Rows.
    TableBreak("a row twice") { table, random in
      table.registers.insert(random.one(table.registers), at: random.number(0...table.registers.count))
      return true
    },
    TableBreak("a DWARF number twice") { table, random in
      guard let number = random.one(table.registers).dwarf else { return false }
      return table.replaceRow(&random, where: { $0.dwarf != number }) {
        Register($0.name, dwarf: number, $0.bank, $0.disposition, byteCount: $0.byteCount)
      }
    },
    TableBreak("an integer without a column") { table, random in
      let beyond = random.one([nil, -1, table.cfiColumns.upperBound + 1])
      return table.replaceRow(&random, where: { $0.isSaved && $0.bank == .integer }) {
        Register($0.name, dwarf: beyond, $0.bank, byteCount: $0.byteCount)
      }
    },
    TableBreak("the return address's column") { table, random in
      let column = table.abi.returnAddressColumn
      // No other row has it, so that this is the only fault.
      for index in table.registers.indices where table.registers[index].dwarf == column {
        let row = table.registers[index]
        table.registers[index] = Register(row.name, row.bank, row.disposition, byteCount: row.byteCount)
      }
      return table.replaceRow(&random, where: { $0.isSaved && $0.bank == .integer }) {
        Register($0.name, dwarf: column, $0.bank, byteCount: $0.byteCount)
      }
    },
    TableBreak("return address beyond the columns") { table, random in
      // Behind every register's number it would be an alternate column.
      let numbers = table.registers.filter { $0.name != table.injection.programCounter.register }.compactMap(\.dwarf)
      let behind = table.cfiColumns.upperBound + 1
      table.abi.returnAddressColumn = numbers.contains { $0 >= behind } ? random.one([-1, behind]) : -1
      return true
    },
    TableBreak("an extended register with a column") { table, random in
      let taken = Set(table.registers.compactMap(\.dwarf) + [table.abi.returnAddressColumn])
      guard let column = table.cfiColumns.first(where: { !taken.contains($0) }) else { return false }
      return table.replaceRow(&random, where: { $0.isSaved && $0.bank.isExtended }) {
        Register($0.name, dwarf: column, $0.bank, byteCount: $0.byteCount)
      }
    },
    TableBreak("half a word with a column") { table, random in
      let taken = Set(table.registers.compactMap(\.dwarf) + [table.abi.returnAddressColumn])
      guard let column = table.cfiColumns.first(where: { !taken.contains($0) }) else { return false }
      let word = table.abi.pointerByteCount
      let widest = table.stateClasses[0]
      return table.replaceRow(
        &random, where: { $0.isSaved && $0.bank == .control && $0.byteCount(in: widest) % word != 0 }
      ) { Register($0.name, dwarf: column, $0.bank, byteCount: $0.byteCount) }
    },
    TableBreak("no reason") { table, random in
      let reason = random.one(["", " ", "unused", "not needed"])
      return table.replaceRow(&random, where: { if case .excluded = $0.disposition { true } else { false } }) {
        Register($0.name, dwarf: $0.dwarf, $0.bank, .excluded(because: reason), byteCount: $0.byteCount)
      }
    },
    TableBreak("left to the resume") { table, random in
      table.replaceRow(&random, where: { $0.isSaved }) {
        Register($0.name, dwarf: $0.dwarf, $0.bank, .restoredByResume, byteCount: $0.byteCount)
      }
    },
    TableBreak("no row for what every CPU has") { table, random in
      let name = random.one([table.injection.programCounter.register, table.abi.stackPointer, table.abi.frameBase])
      table.registers.removeAll { $0.name == name }
      return true
    },
    TableBreak("saved, but nothing of it") { table, random in
      let byteCount = random.one([0, -1, -8])
      return table.replaceRow(&random, where: { $0.isSaved }) {
        Register($0.name, dwarf: $0.dwarf, $0.bank, byteCount: .always(byteCount))
      }
    },
    TableBreak("no image of what is in it") { table, random in
      let isHeld = table.registers.contains { row in
        if case .unlessOccasional = row.byteCount { row.isSaved } else { false }
      }
      return isHeld
        && table.replaceRow(&random, where: { if case .whenOccasional = $0.byteCount { true } else { false } }) {
          Register($0.name, dwarf: $0.dwarf, $0.bank, .excluded(because: "drawn as one that isn't saved"))
        }
    },
    TableBreak("odd byte count in the frame") { table, random in
      let byteCount = random.one([3, 5, 7, 10, 12, 16])
      return table.replaceRow(&random, where: { $0.isSaved && !$0.bank.isExtended }) {
        Register($0.name, dwarf: $0.dwarf, $0.bank, byteCount: .always(byteCount))
      }
    },
    TableBreak("occasional in the frame") { table, random in
      guard table.stateClasses.contains(where: \.includesOccasional) else { return false }
      let before = table
      return table.replaceRow(&random, where: { $0.isSaved && !$0.bank.isExtended && !before.words($0.name) }) {
        Register(
          $0.name, dwarf: $0.dwarf, $0.bank, byteCount: .whenOccasional($0.byteCount(in: before.stateClasses[0])))
      }
    },
    TableBreak("frame that depends on the width") { table, random in
      let widths = table.stateClasses.filter { !$0.includesOccasional }
      guard widths.count > 1 else { return false }
      let counts = Dictionary(uniqueKeysWithValues: widths.enumerated().map { ($1, $0 == 0 ? 1 : 2) })
      let before = table
      return table.replaceRow(&random, where: { $0.isSaved && !$0.bank.isExtended && !before.words($0.name) }) {
        Register($0.name, dwarf: $0.dwarf, $0.bank, byteCount: .byWidth(counts))
      }
    },
    TableBreak("a register that shrinks") { table, random in
      let widths = table.stateClasses.filter { !$0.includesOccasional }
      guard widths.count > 1 else { return false }
      let counts = Dictionary(uniqueKeysWithValues: widths.enumerated().map { ($1, 64 >> $0) })
      return table.replaceRow(&random, where: { $0.isSaved && ($0.bank == .vector || $0.bank == .predicate) }) {
        Register($0.name, dwarf: $0.dwarf, $0.bank, byteCount: .byWidth(counts))
      }
    },
    TableBreak("padding between rows") { table, random in
      // A narrow row before a wide one.
      guard let wide = table.registers.firstIndex(where: { $0.isSaved && $0.bank == .vector }) else { return false }
      let widest = table.stateClasses[table.stateClasses.count - 1]
      guard table.registers[wide].byteCount(in: widest) > 2 else { return false }
      table.registers.insert(Register("narrow", .vector, byteCount: .always(1)), at: wide)
      return true
    },
    // Classes.
    TableBreak("no class") { table, _ in
      table.stateClasses = []
      return true
    },
    TableBreak("a class twice") { table, random in
      table.stateClasses.insert(random.one(table.stateClasses), at: random.number(0...table.stateClasses.count))
      return true
    },
    TableBreak("classes exchanged") { table, random in
      guard table.stateClasses.count > 1 else { return false }
      let index = random.number(0...table.stateClasses.count - 2)
      table.stateClasses.swapAt(index, index + 1)
      return true
    },
    TableBreak("a width without its occasional class") { table, _ in
      guard let index = table.stateClasses.lastIndex(where: \.includesOccasional) else { return false }
      table.stateClasses.remove(at: index)
      return true
    },
    TableBreak("a component lost") { table, random in
      guard let widest = table.stateClasses.last, widest.width != table.stateClasses[0] else { return false }
      table.renameClasses {
        $0.width == widest.width
          ? StateClass($0.widthName, components: 1 << 60, occasional: $0.occasionalComponents) : $0
      }
      return true
    },
    TableBreak("occasional and not covered") { table, random in
      guard table.stateClasses.contains(where: \.includesOccasional) else { return false }
      table.renameClasses { StateClass($0.widthName, components: $0.components, occasional: 1 << 61) }
      return true
    },
    TableBreak("two classes of one name") { table, random in
      guard table.stateClasses.filter({ !$0.includesOccasional }).count > 1 else { return false }
      table.renameClasses { StateClass("same", components: $0.components, occasional: $0.occasionalComponents) }
      return true
    },
    TableBreak("saved and ignored") { table, random in
      guard table.injection.liveState != nil else { return false }
      table.injection.liveState!.ignoredComponents |= random.one(table.stateClasses).components
      return true
    },
    // The handler's words.
    TableBreak("a word left out") { table, random in
      let needed = table.injection.words.filter { $0 != .saveArea || table.extendedPlacement == .extended }
      let word = random.one(needed)
      // A register that isn't the frame base may as well be stored by the stub, unless the backend pops it.
      if case .register(let name) = word, name != table.abi.frameBase { return false }
      table.injection.words.removeAll { $0 == word }
      return true
    },
    TableBreak("a word twice") { table, random in
      table.injection.words.append(random.one(table.injection.words))
      return true
    },
    TableBreak("program counter and frame base apart") { table, random in
      table.injection.words.insert(
        table.injection.words.remove(at: 0), at: random.number(1...table.injection.words.count))
      return true
    },
    TableBreak("a word for no register") { table, _ in
      table.injection.words.append(.register("nowhere"))
      return true
    },
    // The signal context.
    TableBreak("no field") { table, random in
      let needed = table.registers.filter { $0.isSaved && $0.bank == .integer }.map(\.name)
      let name = random.one(needed)
      table.injection.contextFields.removeAll { $0.register == name }
      return true
    },
    TableBreak("two fields") { table, random in
      table.injection.contextFields.append(random.one(table.injection.contextFields))
      return true
    },
    TableBreak("one field for two") { table, random in
      guard table.injection.contextFields.count > 1 else { return false }
      let taken = table.injection.contextFields[0]
      let other = table.injection.contextFields[1]
      table.injection.contextFields[1] = ContextField(other.register, at: taken.byteOffset, member: taken.member)
      return true
    },
    TableBreak("two places for the stack pointer") { table, _ in
      let field = table.injection.stackPointer
      table.injection.stackPointer = ContextField(field.register, at: field.byteOffset + 8, member: field.member)
      return true
    },
  ]
}

extension BackendTable {
  func words(_ name: String) -> Bool { injection.words.contains(.register(name)) }

  /// Whether the stub's own instructions name it.
  func isSpelled(_ name: String) -> Bool {
    [abi.resultRegister, abi.frameBase, Invented.contextRegister, Invented.reasonRegister].contains(name)
  }

  mutating func replaceRow(
    _ random: inout SeededGenerator, where matches: (Register) -> Bool, with row: (Register) -> Register
  ) -> Bool {
    let candidates = registers.indices.filter { matches(registers[$0]) }
    guard !candidates.isEmpty else { return false }
    let index = random.one(candidates)
    registers[index] = row(registers[index])
    return true
  }

  /// Changes each width; rows that list widths follow, so that only the classes are wrong.
  mutating func renameClasses(_ change: (StateClass) -> StateClass) {
    stateClasses = stateClasses.map { $0.includesOccasional ? change($0.width).withOccasional : change($0) }
    registers = registers.map { row in
      guard case .byWidth(let counts) = row.byteCount else { return row }
      let changed = Dictionary(counts.map { (change($0.key), $0.value) }, uniquingKeysWith: max)
      return Register(row.name, dwarf: row.dwarf, row.bank, row.disposition, byteCount: .byWidth(changed))
    }
  }
}

struct StubBreak: Sendable {
  let name: String
  typealias Place = (description: BackendDescription, stub: EntryStub)
  let apply: @Sendable (inout [Instruction], Place, inout SeededGenerator) -> Bool

  init(_ name: String, _ apply: @escaping @Sendable (inout [Instruction], Place, inout SeededGenerator) -> Bool) {
    self.name = name
    self.apply = apply
  }

  static let all: [StubBreak] = [
    StubBreak("an instruction left out") { code, _, random in
      // Not those that only set an argument, which no effect says, nor those that nothing depends on.
      let usesArea = code.contains { $0.effects.contains(where: \.isInArea) }
      return Self.pick(
        &code, &random,
        where: { effects in
          effects.contains {
            !$0.isClobber && $0 != .movesStackPointer(by: 0) && ($0 != .loadsAreaAddress || usesArea)
          }
        }
      ) { code, index in code.remove(at: index) }
    },
    StubBreak("nothing reserved") { code, _, random in
      Self.pick(
        &code, &random,
        where: { $0.contains { if case .movesStackPointer(let byteCount) = $0 { byteCount < 0 } else { false } } }
      ) { code, index in code.remove(at: index) }
    },
    StubBreak("a transfer twice") { code, _, random in
      Self.pick(&code, &random, where: { $0.contains(where: \.isTransfer) }) { code, index in
        code.insert(code[index], at: index)
      }
    },
    StubBreak("another place") { code, _, random in
      let distance = random.one([-8, -4, 4, 8, 64])
      return Self.change(&code, &random) { effect in
        switch effect {
        case .stores(let name, let place, let count): .stores(name, at: place.moved(by: distance), byteCount: count)
        case .reloads(let name, let place, let count, let extends):
          .reloads(name, from: place.moved(by: distance), byteCount: count, zeroExtends: extends)
        case .reads(let place, let count): .reads(place.moved(by: distance), byteCount: count)
        default: nil
        }
      }
    },
    StubBreak("another width") { code, _, random in
      let narrower = random.chance(1, of: 2)
      return Self.change(&code, &random) { effect in
        func other(_ count: Int) -> Int { narrower ? count - 1 : count * 2 }
        return switch effect {
        case .stores(let name, let place, let count): .stores(name, at: place, byteCount: other(count))
        case .reloads(let name, let place, let count, let extends):
          .reloads(name, from: place, byteCount: other(count), zeroExtends: extends)
        default: nil
        }
      }
    },
    StubBreak("another register") { code, _, random in
      Self.change(&code, &random) { effect in
        switch effect {
        case .stores(_, let place, let count): .stores("nowhere", at: place, byteCount: count)
        case .reloads(_, let place, let count, let extends):
          .reloads("nowhere", from: place, byteCount: count, zeroExtends: extends)
        case .initializes(_, let start): .initializes("nowhere", upperBytesFrom: start)
        default: nil
        }
      }
    },
    StubBreak("two transfers exchanged") { code, _, random in
      let transfers = code.indices.filter { code[$0].effects.contains(where: \.isReload) }
      guard transfers.count > 1 else { return false }
      let index = random.number(0...transfers.count - 2)
      let (first, second) = (transfers[index], transfers[index + 1])
      code.swapAt(first, second)
      return true
    },
    StubBreak("another number of bytes moved") { code, _, random in
      let distance = random.one([-64, -8, -1, 1, 8, 64])
      return Self.change(&code, &random) { effect in
        switch effect {
        case .movesStackPointer(let byteCount): .movesStackPointer(by: byteCount + distance)
        case .setsFrameBase(let offset): .setsFrameBase(toStackPointerPlus: offset + distance)
        case .setsStackPointer(let offset): .setsStackPointer(toFrameBasePlus: offset + distance)
        case .resumes(let byteCount): .resumes(popping: byteCount + distance)
        default: nil
        }
      }
    },
    StubBreak("not rounded enough, or too far") { code, place, random in
      let boundary = random.one([1, 4096])
      guard place.description.abi.stackAlignmentByteCount > 1 else { return false }
      return Self.change(&code, &random) { effect in
        if case .alignsStackPointer = effect { .alignsStackPointer(to: boundary) } else { nil }
      }
    },
    StubBreak("a store before the reserve") { code, _, random in
      let stores = code.indices.filter { index in
        code[index].effects.contains { if case .stores(_, .frame, _) = $0 { true } else { false } }
      }
      guard let index = stores.randomElement(using: &random) else { return false }
      code.insert(code.remove(at: index), at: 0)
      return true
    },
    StubBreak("scratch before its store") { code, place, random in
      let byHandler = Set(place.description.injection.registersWrittenByHandler)
      let saved = place.description.registers.filter { row in
        row.isSaved && !byHandler.contains(row.name) && code.contains { $0.effects.contains { $0.stores == row.name } }
      }
      code.insert(Instruction("insn \"scratch\"", [.clobbers(random.one(saved).name)]), at: 0)
      return true
    },
    StubBreak("scratch after its reload") { code, place, random in
      let reloaded = code.flatMap(\.effects).compactMap {
        if case .reloads(let name, _, _, _) = $0 { name } else { nil }
      }
      code.insert(Instruction("insn \"scratch\"", [.clobbers(random.one(reloaded))]), at: code.count - 1)
      return true
    },
    StubBreak("flags clobbered after their reload") { code, _, _ in
      code.insert(Instruction("insn \"compare\"", [.clobbersFlags]), at: code.count - 1)
      return true
    },
    StubBreak("a branch") { code, _, random in
      code.insert(Instruction("insn \"branch\"", [.branches]), at: random.number(0...code.count - 1))
      return true
    },
    StubBreak("a call too many") { code, _, random in
      Self.pick(&code, &random, where: { $0.contains(where: \.isCall) }) { code, index in
        code.insert(code[index], at: index)
      }
    },
    StubBreak("something after the return") { code, _, _ in
      code.append(Instruction("insn \"more\"", []))
      return true
    },
    StubBreak("a read below the stack pointer") { code, _, random in
      code.insert(
        Instruction("insn \"peek\"", [.reads(.frame(-100_000), byteCount: 8)]), at: random.number(0...code.count - 2))
      return true
    },
    StubBreak("upper bytes kept") { code, place, random in
      let (description, stub) = place
      return Self.change(&code, &random) { effect in
        guard case .reloads(let name, let place, let count, true) = effect,
          let row = description.registers.first(where: { $0.name == name }),
          row.byteCount(in: stub.widest) > count
        else { return nil }
        return .reloads(name, from: place, byteCount: count)
      }
    },
  ]

  /// Changes a random instruction of those whose effects match.
  static func pick(
    _ code: inout [Instruction], _ random: inout SeededGenerator, where matches: ([Effect]) -> Bool,
    _ change: (inout [Instruction], Int) -> Void
  ) -> Bool {
    guard let index = code.indices.filter({ matches(code[$0].effects) }).randomElement(using: &random) else {
      return false
    }
    change(&code, index)
    return true
  }

  /// Gives a random instruction of those that have one another effect.
  static func change(
    _ code: inout [Instruction], _ random: inout SeededGenerator, _ other: (Effect) -> Effect?
  ) -> Bool {
    pick(&code, &random, where: { $0.contains { other($0) != nil } }) { code, index in
      code[index] = Instruction(code[index].text, code[index].effects.map { other($0) ?? $0 })
    }
  }
}

extension Place {
  fileprivate func moved(by distance: Int) -> Place {
    switch self {
    case .frame(let offset): .frame(offset + distance)
    case .area(let offset): .area(offset + distance)
    }
  }
}

extension Effect {
  fileprivate var isClobber: Bool { if case .clobbers = self { true } else { false } }
  fileprivate var isInArea: Bool {
    switch self {
    case .stores(_, .area, _), .reloads(_, .area, _, _): true
    default: false
    }
  }
  fileprivate var isCall: Bool { if case .calls = self { true } else { false } }
  fileprivate var isReload: Bool { if case .reloads = self { true } else { false } }
  fileprivate var isTransfer: Bool { stores != nil || isReload }
  fileprivate var stores: String? { if case .stores(let name, _, _) = self { name } else { nil } }
}
