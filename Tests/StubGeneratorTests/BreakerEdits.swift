// Edits of a description's copy, in the words that the breakers use.

import ArchPreempt

@testable import StubGenerator

extension BackendDescription {
  // MARK: - The table

  mutating func mapRow(_ name: String, _ transform: (Register) -> Register) {
    registers = registers.map { $0.name == name ? transform($0) : $0 }
  }

  mutating func replaceRow(_ name: String, with row: Register) { mapRow(name) { _ in row } }

  mutating func removeRow(_ name: String) { registers.removeAll { $0.name == name } }

  /// Replaces each width; a class with occasional components follows its width.
  mutating func mapClasses(_ transform: (StateClass) -> StateClass) {
    stateClasses = stateClasses.map { $0.includesOccasional ? transform($0).withOccasional : transform($0) }
  }

  mutating func setWords(_ words: [HandlerWord]) {
    injection.words = words
    rebuildLayout()
  }

  mutating func rebuildLayout() {
    layout = SaveLayout(
      registers: registers, abi: abi, injection: injection, extendedPlacement: layout.extendedPlacement)
  }

  /// Gives the stubs' transfers the places of the layout, so that only the layout is wrong.
  mutating func followLayout() {
    let layout = layout
    editStubs { stub in
      let slots = layout.frameSlots(widest: stub.widest) + layout.areaSlots(of: stub.stateClass, widest: stub.widest)
      let bySlot = Dictionary(uniqueKeysWithValues: slots.map { ($0.register.name, $0) })
      stub.instructions = stub.instructions.map { instruction in
        instruction.mapEffects { effect in
          switch effect {
          case .stores(let name, _, _):
            guard let slot = bySlot[name] else { return effect }
            return .stores(name, at: slot.place, byteCount: slot.byteCount)
          case .reloads(let name, _, _, let zeroExtends):
            guard let slot = bySlot[name] else { return effect }
            return .reloads(name, from: slot.place, byteCount: slot.byteCount, zeroExtends: zeroExtends)
          default: return effect
          }
        }
      }
    }
  }

  // MARK: - The stubs

  /// Edits the stubs of a class on machines of a width, all of them where neither is given.
  mutating func editStubs(
    of stateClass: String? = nil, in widest: String? = nil, _ edit: (inout EntryStub) -> Void
  ) {
    for index in stubs.indices
    where stateClass ?? stubs[index].stateClass.name == stubs[index].stateClass.name
      && widest ?? stubs[index].widest.name == stubs[index].widest.name
    {
      edit(&stubs[index])
    }
  }

  mutating func mapInstructions(
    where matches: (Instruction) -> Bool, _ transform: (Instruction) -> Instruction
  ) {
    editStubs { $0.instructions = $0.instructions.map { matches($0) ? transform($0) : $0 } }
  }

  mutating func removeInstructions(where matches: (Instruction) -> Bool) {
    editStubs { $0.instructions.removeAll(where: matches) }
  }

  mutating func insertFirst(_ instruction: Instruction) { editStubs { $0.instructions.insert(instruction, at: 0) } }

  mutating func insertBeforeReturn(_ instruction: Instruction) {
    editStubs { $0.instructions.insert(instruction, at: $0.instructions.count - 1) }
  }
}

extension EntryStub {
  /// A breaker that finds nothing to break would pass as an unbroken copy, so this traps.
  func firstIndex(where matches: (Instruction) -> Bool) -> Int { instructions.firstIndex(where: matches)! }
}

extension Instruction {
  var calls: Bool { effects.contains { if case .calls = $0 { true } else { false } } }
  var rounds: Bool { effects.contains { if case .alignsStackPointer = $0 { true } else { false } } }
  var cutsBack: Bool { effects.contains { if case .setsStackPointer = $0 { true } else { false } } }
  var reserves: Bool {
    effects.contains { if case .movesStackPointer(let byteCount) = $0 { byteCount < 0 } else { false } }
  }

  func stores(_ name: String) -> Bool {
    effects.contains { if case .stores(name, _, _) = $0 { true } else { false } }
  }

  func reloads(_ name: String) -> Bool {
    effects.contains { if case .reloads(name, _, _, _) = $0 { true } else { false } }
  }

  func transfers(_ name: String) -> Bool { stores(name) || reloads(name) }

  func replacing(_ effects: [Effect]) -> Instruction { Instruction(text, effects, note: note) }

  func mapEffects(_ transform: (Effect) -> Effect) -> Instruction { replacing(effects.map(transform)) }
}

extension Effect {
  /// The same transfer at another place.
  func moved(_ places: [Place: Place]) -> Effect {
    switch self {
    case .stores(let name, let place, let byteCount):
      .stores(name, at: places[place] ?? place, byteCount: byteCount)
    case .reloads(let name, let place, let byteCount, let zeroExtends):
      .reloads(name, from: places[place] ?? place, byteCount: byteCount, zeroExtends: zeroExtends)
    default: self
    }
  }
}

extension BackendDescription {
  /// Changes what the kernel's signal frame is said to be.
  mutating func editSignalFrame(_ edit: (inout SignalFrame) -> Void) {
    guard case .signalReturn(var frame) = injection.returnSequence else { return }
    edit(&frame)
    injection.returnSequence = .signalReturn(frame)
  }
}
