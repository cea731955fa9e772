// Single faults of the entry stubs: a checker that finds none of them wrong shows nothing.
//
// A fault is one edit of a stub's steps, which the backend spells as it spells the stub, or of its unwinding table. So
// a new architecture has all of them without a line of its own.

import ArchPreempt

/// A stub with one fault.
public struct Mutant: Sendable {
  public enum Kind: String, CaseIterable, Codable, Sendable {
    case instructionDropped = "instruction dropped"
    case registerForgotten = "register forgotten"
    case slotsSwappedOnSaving = "slots swapped on saving"
    case slotsSwappedOnRestoring = "slots swapped on restoring"
    case slotsSwapped = "slots swapped throughout"
    case wrongOffset = "wrong offset"
    case wrongRegister = "wrong register"
    case wrongWidth = "wrong width"
    case wrongEncoding = "spelled for another machine"
    case wrongClassGate = "wrong class gate"
    case storeBeforeReserve = "store before reserve"
    case flagsTakenInside = "flags taken inside the stub"
    case flagsRestoredEarly = "flags restored early"
    case flagsRestoredLate = "flags restored late"
    case flagsChangedEarly = "flags changed before the call"
    case flagsChangedLate = "flags changed after they were restored"
    case flagsReachCallee = "the task's flags reach the callee"
    case wrongAlignment = "wrong alignment"
    case wrongReturn = "wrong return"
    case redZoneWritten = "red zone or above written"
    case clobberedOnResume = "register clobbered on resume"
    case areaOff = "area off by a block"
    case calledTwice = "called twice"
    case wrongReason = "wrong reason"
    case wrongConstant = "wrong constant"
    case ruleDropped = "unwinding rule dropped"
    case ruleWrong = "wrong unwinding rule"
    case ruleEarly = "unwinding rule early"
    case ruleLate = "unwinding rule late"
    case ruleWrongOnce = "unwinding rule wrong at one instruction"
  }

  /// Instructions that stand where others stood.
  struct Edit: Sendable {
    let range: Range<Int>
    let instructions: [Instruction]
  }

  /// What it is a fault of, and what it is still judged as.
  public let original: EntryStub
  public let kind: Kind
  /// What was changed: instructions as the assembler reads them.
  public let detail: String
  let edits: [Edit]
  /// The unwinding table where that is the fault; else it follows from the instructions.
  let table: [[CFIDirective]]?
  /// Why nothing can tell it from the original, where nothing can.
  public internal(set) var equivalence: String?

  public var description: String { "\(original.symbol): \(kind.rawValue): \(detail)" }
  /// Whether only the unwinding table is wrong.
  public var isOfTable: Bool { table != nil }

  var instructions: [Instruction] {
    var result = original.instructions
    for edit in edits.reversed() { result.replaceSubrange(edit.range, with: edit.instructions) }
    return result
  }

  /// The stub as it is: no judge may find anything wrong with it.
  public static func unchanged(_ stub: EntryStub) -> Mutant {
    Mutant(original: stub, kind: .instructionDropped, detail: "nothing", edits: [], table: nil, equivalence: nil)
  }

  /// Every single fault of every stub, in an order that doesn't change.
  public static func all(of description: BackendDescription) -> [Mutant] {
    description.stubs.flatMap { stub in
      var faults = SingleFaults(description, stub)
      faults.deriveAll()
      return faults.found
    }
  }
}

/// Derives the faults of one stub.
private struct SingleFaults {
  private(set) var found: [Mutant] = []
  private let description: BackendDescription
  private let stub: EntryStub
  private let steps: [StubStep]
  private let spelled: [[Instruction]]
  /// Index of each step's first instruction, and of what follows the last.
  private let starts: [Int]
  private let call: Int
  private let word: Int
  private let widths: [StateClass]

  init(_ description: BackendDescription, _ stub: EntryStub) {
    self.description = description
    self.stub = stub
    steps = stub.steps
    spelled = steps.map { description.spell($0, description.symbolPrefix) }
    starts = spelled.reduce(into: [0]) { $0.append($0.last! + $1.count) }
    call = steps.firstIndex { if case .call = $0 { true } else { false } }!
    word = description.abi.pointerByteCount
    widths = description.stateClasses.filter { !$0.includesOccasional }
  }

  mutating func deriveAll() {
    dropInstructions()
    editSlots()
    swapSlots()
    moveSteps()
    mistakeInitialState()
    takeOtherStubs()
    storeBeforeReserve()
    breakFlags()
    breakAlignmentAndReturn()
    writeAboveFrame()
    clobberOnResume()
    breakArea()
    breakCall()
    breakTable()
  }

  // MARK: - Edits

  private mutating func add(
    _ kind: Mutant.Kind, _ detail: String, _ edits: [Mutant.Edit], equivalence: String? = nil
  ) {
    // Where the backend spells a step and its fault alike there is no fault.
    let changes = edits.filter { stub.instructions[$0.range].map(\.text) != $0.instructions.map(\.text) }
    guard !changes.isEmpty else { return }
    found.append(
      Mutant(
        original: stub, kind: kind, detail: detail, edits: changes.sorted { $0.range.lowerBound < $1.range.lowerBound },
        table: nil, equivalence: equivalence))
  }

  /// `edits`: the steps that stand in place of one.
  private mutating func add(
    _ kind: Mutant.Kind, _ detail: String? = nil, steps edits: [Int: [StubStep]], equivalence: String? = nil
  ) {
    let changes = edits.sorted { $0.key < $1.key }.map { at, steps in
      Mutant.Edit(
        range: starts[at]..<starts[at + 1],
        instructions: steps.flatMap { description.spell($0, description.symbolPrefix) })
    }
    let texts = changes.map { change -> String in
      // A step's instructions that are as they were say nothing.
      var (old, new) = (stub.instructions[change.range], change.instructions[...])
      while let first = old.first, first.text == new.first?.text { (old, new) = (old.dropFirst(), new.dropFirst()) }
      while let last = old.last, last.text == new.last?.text { (old, new) = (old.dropLast(), new.dropLast()) }
      return "\(text(old)) -> \(text(new))"
    }
    add(kind, detail ?? texts.joined(separator: ", "), changes, equivalence: equivalence)
  }

  private mutating func replace(_ kind: Mutant.Kind, _ at: Int, _ step: StubStep, equivalence: String? = nil) {
    add(kind, steps: [at: [step]], equivalence: equivalence)
  }

  private mutating func insert(
    _ kind: Mutant.Kind, _ inserted: [StubStep], before at: Int, equivalence: String? = nil
  ) {
    let texts = inserted.flatMap { description.spell($0, description.symbolPrefix) }
    add(
      kind, "\(text(texts[...])) before \(text(spelled[at][...]))", steps: [at: inserted + [steps[at]]],
      equivalence: equivalence)
  }

  private func isWord(_ slot: Slot) -> Bool {
    description.injection.registersWrittenByHandler.contains(slot.register.name)
  }

  private func text(_ instructions: ArraySlice<Instruction>) -> String {
    instructions.isEmpty ? "nothing" : instructions.map(\.text).joined(separator: "; ")
  }

  private func indices(where matches: (StubStep) -> Bool) -> [Int] { steps.indices.filter { matches(steps[$0]) } }

  /// Positions and slots of the stores.
  private var saves: [(at: Int, slot: Slot)] {
    steps.indices.compactMap { if case .save(let slot) = steps[$0] { ($0, slot) } else { nil } }
  }

  /// Positions and slots of the reloads, those of the handler's words included.
  private var restores: [(at: Int, slot: Slot)] {
    steps.indices.compactMap { if case .restore(let slot) = steps[$0] { ($0, slot) } else { nil } }
  }

  /// Nil where the kernel reloads everything.
  private func restore(of slot: Slot) -> Int? { restores.first { $0.slot.register == slot.register }?.at }

  // MARK: - Slots

  private mutating func dropInstructions() {
    for (at, instruction) in stub.instructions.enumerated() {
      add(.instructionDropped, instruction.text, [Mutant.Edit(range: at..<at + 1, instructions: [])])
    }
  }

  private mutating func editSlots() {
    for (at, slot) in saves + restores {
      let isSave = at < call
      func step(_ slot: Slot) -> StubStep { isSave ? .save(slot) : .restore(slot) }
      for distance in [word, -word, 1, -1] { replace(.wrongOffset, at, step(slot.moved(by: distance))) }
      replace(.wrongWidth, at, step(slot.with(byteCount: slot.byteCount / 2)))
      if let other = successor(of: slot.register, saving: slot.byteCount) {
        replace(.wrongRegister, at, step(slot.with(register: other)))
      }
      var texts: Set = [text(spelled[at][...])]
      for width in widths
      where width != slot.widest && slot.register.byteCount(in: width.withOccasional) >= slot.byteCount {
        let other = step(slot.with(widest: width))
        guard texts.insert(text(description.spell(other, description.symbolPrefix)[...])).inserted else { continue }
        let isStoreOfNarrower = isSave && widths.firstIndex(of: width)! < widths.firstIndex(of: slot.widest)!
        replace(
          .wrongEncoding, at, other,
          equivalence: isStoreOfNarrower ? "a store leaves the register alone, its wider part too" : nil)
      }
    }
    for (at, slot) in saves {
      let edits = [at, restore(of: slot)].compactMap { $0.map { ($0, [StubStep]()) } }
      add(.registerForgotten, slot.register.name, steps: Dictionary(uniqueKeysWithValues: edits))
    }
  }

  /// The next register of the bank of which as much can be saved, the first after the last.
  private func successor(of register: Register, saving byteCount: Int) -> Register? {
    let bank = description.registers.filter {
      $0.bank == register.bank && $0.isSaved && $0.byteCount(in: stub.widest.withOccasional) >= byteCount
        && !description.injection.registersWrittenByHandler.contains($0.name)
    }
    guard let at = bank.firstIndex(of: register), bank.count > 1 else { return nil }
    return bank[(at + 1) % bank.count]
  }

  private mutating func swapSlots() {
    for (first, second) in zip(saves, saves.dropFirst()) {
      let (a, b) = (first.slot, second.slot)
      guard a.byteCount == b.byteCount, a.isInFrame == b.isInFrame else { continue }
      let (movedA, movedB) = (a.at(b), b.at(a))
      let saved: [Int: [StubStep]] = [first.at: [.save(movedA)], second.at: [.save(movedB)]]
      let names = "\(a.register.name) and \(b.register.name)"
      add(.slotsSwappedOnSaving, names, steps: saved)
      guard let restoreA = restore(of: a), let restoreB = restore(of: b) else { continue }
      let restored: [Int: [StubStep]] = [restoreA: [.restore(movedA)], restoreB: [.restore(movedB)]]
      add(.slotsSwappedOnRestoring, names, steps: restored)
      add(.slotsSwapped, names, steps: saved.merging(restored) { first, _ in first })
    }
  }

  // MARK: - The frame

  /// Steps with a constant of their own.
  private mutating func moveSteps() {
    for at in steps.indices {
      for distance in [word, -word, 1, -1] {
        let moved: StubStep? =
          switch steps[at] {
          case .adjustStackPointer(let byteCount): .adjustStackPointer(by: byteCount + distance)
          case .frame(.establishFrameBase(let offset)):
            .frame(.establishFrameBase(stackPointerPlus: offset + distance))
          case .frame(.loadArea(let offset)): .frame(.loadArea(frameBasePlus: offset + distance))
          case .frame(.cutBack(let offset)): .frame(.cutBack(frameBasePlus: offset + distance))
          case .call(let offset, let reason): .call(contextAt: offset + distance, reason: reason)
          default: nil
          }
        if let moved { replace(.wrongOffset, at, moved) }
      }
    }
  }

  private mutating func storeBeforeReserve() {
    guard case .adjustStackPointer(let byteCount) = steps[0],
      case .frame(.establishFrameBase(let offset)) = steps[1]
    else { return }
    let base = StubStep.frame(.establishFrameBase(stackPointerPlus: offset + byteCount))
    for (at, slot) in saves where slot.isInFrame {
      add(
        .storeBeforeReserve, text(spelled[at][...]), steps: [0: [], 1: [base], at: [.save(slot), steps[0]]])
    }
  }

  private mutating func breakAlignmentAndReturn() {
    for at in steps.indices {
      switch steps[at] {
      case .frame(.align(let alignment)):
        for wrong in [alignment / 2, alignment * 2] { replace(.wrongAlignment, at, .frame(.align(to: wrong))) }
      case .frame(.resume(let byteCount)):
        for wrong in Set([0, byteCount - word, byteCount + word]).sorted() where wrong >= 0 {
          replace(.wrongReturn, at, .frame(.resume(popping: wrong)))
        }
      default: break
      }
    }
  }

  private mutating func writeAboveFrame() {
    guard let first = saves.first(where: { $0.slot.isInFrame }) else { return }
    let redZone = description.layout.abi.redZoneByteCount
    for offset in Set([-redZone, -word, 0, word]).sorted() where offset >= -redZone {
      insert(.redZoneWritten, [.save(first.slot.at(frameOffset: offset))], before: first.at)
    }
  }

  // MARK: - Classes and initial state

  private mutating func mistakeInitialState() {
    for at in steps.indices {
      guard case .initialize(let registers) = steps[at] else { continue }
      for (index, entry) in registers.enumerated() {
        guard let other = successor(of: entry.register, saving: 1) else { continue }
        var mistaken = registers
        mistaken[index].register = other
        replace(.wrongRegister, at, .initialize(mistaken))
      }
      let wrong = description.spell(steps[at], MutantAssembly.wrongConstantsPrefix)
      for (index, instruction) in wrong.enumerated() {
        let position = starts[at] + index
        add(
          .wrongConstant, spelled[at][index].text,
          [Mutant.Edit(range: position..<position + 1, instructions: [instruction])])
      }
    }
  }

  private mutating func takeOtherStubs() {
    for other in description.stubs where other.symbol != stub.symbol {
      add(
        .wrongClassGate, "the code of \(other.symbol)",
        [Mutant.Edit(range: stub.instructions.indices, instructions: other.instructions)])
    }
  }

  // MARK: - Flags

  private mutating func breakFlags() {
    // Where rounding changes the flags; tasks keep their stack pointer a multiple of a word.
    let rounding = StubStep.frame(.align(to: word))
    let changesFlags = description.spell(rounding, description.symbolPrefix).contains {
      $0.effects.contains(.clobbersFlags)
    }
    let rows = description.registers.filter { $0.bank == .flags && $0.isSaved }
    for (at, slot) in restores where slot.register.bank == .flags {
      if case .returnPopping = description.injection.returnSequence {
        add(.flagsRestoredEarly, steps: [at - 1: [steps[at]], at: [steps[at - 1]]])
        add(.flagsRestoredLate, steps: [at: [steps[at + 1]], at + 1: [steps[at]]])
      } else if let last = restores.last(where: { $0.slot.isInFrame && !isWord($0.slot) }) {
        // Through a register: before a callee that changes them, or when that register has its value back.
        add(.flagsRestoredEarly, steps: [call: [steps[at], steps[call]], at: []])
        add(.flagsRestoredLate, steps: [at: [], last.at: [steps[last.at], steps[at]]])
      }
      if changesFlags { insert(.flagsChangedLate, [rounding], before: at + 1) }
      insert(.flagsChangedLate, [.initialize(rows.map { ($0, 0) })], before: at + 1)
      guard let first = saves.first,
        description.injection.registersWrittenByHandler.contains(slot.register.name)
      else { continue }
      insert(.flagsTakenInside, [.save(slot)], before: first.at)
      insert(
        // With the frame's registers stored there is one to do it with.
        .flagsChangedEarly, [.initialize(rows.map { ($0, 0) })],
        before: (saves.last { $0.slot.isInFrame }?.at ?? first.at) + 1,
        equivalence: "the flags are in the handler's word, from which they are restored")
      guard let aligned = indices(where: \.isAlignment).first else { continue }
      let bottom = -(description.layout.frameByteCount(widest: stub.widest) + description.layout.frameBaseOffset)
      let initial = indices {
        if case .initialize(let list) = $0 { list.contains { $0.register.bank == .flags } } else { false }
      }
      guard let last = initial.last, case .initialize(let registers) = steps[last] else { continue }
      add(
        .flagsReachCallee, "\(text(spelled[at][...])) before the call",
        steps: [
          aligned: [
            .frame(.cutBack(frameBasePlus: slot.displacement)), .restore(slot),
            .frame(.cutBack(frameBasePlus: bottom)), steps[aligned],
          ],
          last: [.initialize(registers.filter { $0.register.bank != .flags })],
        ])
    }
  }

  // MARK: - The way back

  /// Each register that the machine has gets another's value once it is restored.
  private mutating func clobberOnResume() {
    let layout = description.layout
    // Where the kernel reloads everything there is nothing to clobber.
    guard !restores.isEmpty else { return }
    if description.injection.registersWrittenByHandler.contains(description.abi.frameBase) {
      insert(.clobberedOnResume, [.frame(.establishFrameBase(stackPointerPlus: 0))], before: steps.count - 1)
    }
    let frame = layout.frameSlots(widest: stub.widest)
    let afterFrame = indices { if case .frame(.cutBack) = $0 { true } else { false } }.last ?? steps.count - 1
    for (index, slot) in frame.enumerated() {
      insert(.clobberedOnResume, [.restore(slot.at(frame[(index + 1) % frame.count]))], before: afterFrame)
    }
    let area = layout.areaSlots(of: stub.stateClass, widest: stub.widest)
    let afterArea = (restores.last { !$0.slot.isInFrame }?.at ?? call) + 1
    for slot in layout.areaSlots(of: stub.widest.withOccasional, widest: stub.widest) {
      let own = area.first { $0.register == slot.register }
      let others = area.filter { $0.register != slot.register }
      guard let other = others.first(where: { $0.displacement > own?.displacement ?? 0 }) ?? others.first else {
        continue
      }
      insert(
        .clobberedOnResume, [.restore(slot.with(byteCount: own?.byteCount ?? slot.byteCount).at(other))],
        before: afterArea)
      if let own, own.byteCount < slot.byteCount {
        insert(.clobberedOnResume, [.restore(own.with(byteCount: slot.byteCount))], before: afterArea)
      }
    }
  }

  private mutating func breakArea() {
    let block = SaveLayout.areaAlignmentByteCount
    for distance in [block, -block] {
      let saved = saves.filter { !$0.slot.isInFrame }.map { ($0.at, [StubStep.save($0.slot.moved(by: distance))]) }
      let restored = restores.filter { !$0.slot.isInFrame }.map {
        ($0.at, [StubStep.restore($0.slot.moved(by: distance))])
      }
      add(.areaOff, "saved \(distance) bytes away", steps: Dictionary(uniqueKeysWithValues: saved))
      add(.areaOff, "restored \(distance) bytes away", steps: Dictionary(uniqueKeysWithValues: restored))
    }
  }

  private mutating func breakCall() {
    guard case .call(let offset, let reason) = steps[call] else { return }
    replace(.wrongReason, call, .call(contextAt: offset, reason: reason + 1))
    for at in stub.instructions.indices where stub.instructions[at].calls {
      let instruction = stub.instructions[at]
      add(.calledTwice, instruction.text, [Mutant.Edit(range: at..<at, instructions: [instruction])])
    }
  }

  // MARK: - The unwinding table

  private mutating func breakTable() {
    let emitter = CFIEmitter(description)
    let table = emitter.directives(stub)
    func add(_ kind: Mutant.Kind, _ detail: String, _ edit: (inout [[CFIDirective]]) -> Void) {
      var edited = table
      edit(&edited)
      if edited != table {
        found.append(Mutant(original: stub, kind: kind, detail: detail, edits: [], table: edited, equivalence: nil))
      }
    }
    // What stands behind the last instruction says nothing about any.
    let last = stub.instructions.count - 1
    for at in 0...last {
      let place = "before \(stub.instructions[at].text)"
      for (index, directive) in table[at].enumerated() {
        let text = emitter.text(directive).dropFirst()
        add(.ruleDropped, "\(text) \(place)") { $0[at].remove(at: index) }
        for distance in [word, -word] {
          guard let wrong = directive.displaced(by: distance) else { continue }
          add(.ruleWrong, "\(emitter.text(wrong).dropFirst()) \(place)") { $0[at][index] = wrong }
        }
        if at > 0 {
          add(.ruleEarly, "\(text) \(place)") {
            $0[at].remove(at: index)
            $0[at - 1].append(directive)
          }
        }
        // A register's rule that comes late says the same as before: the register, or the slot, still has the value.
        if directive.isOfCFA || at == 0 {
          add(.ruleLate, "\(text) \(place)") {
            $0[at].remove(at: index)
            $0[at + 1].insert(directive, at: 0)
          }
        }
      }
      let rules = table[...at].joined()
      guard let cfa = rules.last(where: \.isOfCFA) else { continue }
      for distance in [word, -word] {
        let wrong = cfa.displaced(by: distance)!
        add(.ruleWrongOnce, "\(emitter.text(wrong).dropFirst()) \(place) alone") {
          $0[at].append(wrong)
          $0[at + 1].insert(cfa, at: 0)
        }
      }
    }
  }
}

extension CFIDirective {
  fileprivate var isOfCFA: Bool { if case .definesCFA = self { true } else { false } }

  /// The same with another constant; nil where it has none.
  fileprivate func displaced(by byteCount: Int) -> CFIDirective? {
    switch self {
    case .definesCFA(.stackPointer(let offset)): .definesCFA(.stackPointer(offset + byteCount))
    case .definesCFA(.frameBase(let offset)): .definesCFA(.frameBase(offset + byteCount))
    case .offset(let name, let offset): .offset(name, offset + byteCount)
    case .signalFrame, .returnColumn, .inRegister, .restores, .sameValue: nil
    }
  }
}

extension Instruction {
  fileprivate var calls: Bool { effects.contains { if case .calls = $0 { true } else { false } } }
}

extension StubStep {
  fileprivate var isAlignment: Bool { if case .frame(.align) = self { true } else { false } }
}

extension Slot {
  fileprivate var isInFrame: Bool { if case .frame = place { true } else { false } }

  fileprivate func with(
    register: Register? = nil, place: Place? = nil, byteCount: Int? = nil, displacement: Int? = nil,
    widest: StateClass? = nil
  ) -> Slot {
    Slot(
      register: register ?? self.register, place: place ?? self.place, byteCount: byteCount ?? self.byteCount,
      base: base, displacement: displacement ?? self.displacement, widest: widest ?? self.widest, isOnTop: isOnTop)
  }

  fileprivate func moved(by distance: Int) -> Slot {
    let moved: Place =
      switch place {
      case .frame(let offset): .frame(offset + distance)
      case .area(let offset): .area(offset + distance)
      }
    return with(place: moved, displacement: displacement + distance)
  }

  /// The same register in another's place.
  fileprivate func at(_ other: Slot) -> Slot { with(place: other.place, displacement: other.displacement) }

  /// The same register that many bytes from the CFA.
  fileprivate func at(frameOffset: Int) -> Slot {
    guard case .frame(let offset) = place else { return self }
    return moved(by: frameOffset - offset)
  }
}
