// What is wrong with a mutant by rules alone: the validator's on its effects, and for a faulty unwinding table whether
// its rows give the interrupted values at every instruction.

import ArchPreempt

extension Mutant {
  /// The validator's first complaint, if it has any.
  public func violation(in description: BackendDescription) -> Violation? {
    guard !isOfTable else { return nil }
    var broken = description
    broken.stubs = [stub(named: original.symbol)]
    for (_, check) in DescriptionValidator.stubRules {
      if let violation = check(broken).first { return violation }
    }
    return nil
  }

  /// The first instruction at which the unwinding table is wrong, if there is one.
  public func unwindingFault(in description: BackendDescription) -> String? {
    guard let table else { return nil }
    return UnwindingTruth(description, original.instructions).fault(in: table)
  }
}

/// Where each interrupted value is before each instruction of a stub, by the effects.
///
/// It knows what a row may say, not what `CFIEmitter` would: a rule is right where it gives the interrupted value, so
/// that one that comes early or late and still does isn't a fault.
struct UnwindingTruth {
  private struct State {
    var frame: FrameTracker
    /// Columns whose register still holds the interrupted value.
    var intact: Set<Int>
    /// Columns by the place of their interrupted value, in bytes from the CFA.
    var memory: [Int: Int]
  }

  private let emitter: CFIEmitter
  private let instructions: [Instruction]
  private let states: [State]
  private let returnColumn: Int
  private let stackPointerColumn: Int?
  private let readsBelowStackPointer: Bool
  private let unwoundByRuleOnly: Set<Int>
  private let checked: [Int]

  init(_ description: BackendDescription, _ instructions: [Instruction]) {
    emitter = CFIEmitter(description)
    self.instructions = instructions
    returnColumn = description.abi.returnAddressColumn
    readsBelowStackPointer = description.injection.returnSequence == .branchThroughMemory
    stackPointerColumn = emitter.columns[description.abi.stackPointer]
    let columns = emitter.columns
    unwoundByRuleOnly = Set(description.abi.unwoundByRuleOnly.compactMap { columns[$0] })
    // What isn't saved stays as it is, or isn't the table's affair.
    let excluded = Set(
      description.registers.filter { if case .excluded = $0.disposition { true } else { false } }.map(\.name))
    checked = Set(columns.filter { !excluded.contains($0.key) }.values).union([returnColumn]).sorted()
    var state = State(
      frame: FrameTracker(entryOf: description), intact: Set(columns.values).subtracting([returnColumn]), memory: [:])
    for word in description.layout.words {
      switch word {
      case .programCounter: state.memory[description.layout.offset(of: word)!] = returnColumn
      case .register(let name): state.memory[description.layout.offset(of: word)!] = columns[name]
      case .saveArea, .context: break
      }
    }
    let pointerByteCount = description.abi.pointerByteCount
    var states: [State] = []
    for instruction in instructions {
      states.append(state)
      for effect in instruction.effects {
        switch effect {
        case .stores(let name, .frame(let offset), let byteCount):
          for place in offset - pointerByteCount + 1..<offset + byteCount { state.memory[place] = nil }
          if let column = columns[name], state.intact.contains(column), byteCount >= pointerByteCount {
            state.memory[offset] = column
          }
        case .reloads(let name, .frame(let offset), _, _):
          guard let column = columns[name] else { break }
          if state.memory[offset] == column { state.intact.insert(column) } else { state.intact.remove(column) }
        case .reloads(let name, .area, _, _), .clobbers(let name), .initializes(let name, _):
          if let column = columns[name] { state.intact.remove(column) }
        case .setsFrameBase:
          if let column = columns[description.abi.frameBase] { state.intact.remove(column) }
        // The callee may change all of them, and whoever looks at the frame meanwhile may change the slots.
        case .calls: state.intact = []
        default: break
        }
        state.frame.apply(effect)
      }
    }
    self.states = states
  }

  /// `table`: the directives before each instruction.
  func fault(in table: [[CFIDirective]]) -> String? {
    var cfa: CFABase?
    enum Rule: Equatable { case offset(Int), register(String), none }
    var rules: [Int: Rule] = [:]
    var returnColumn = -1
    guard table.joined().contains(.signalFrame) else {
      return "the frame isn't marked as a signal frame: an unwinder would look before the PC"
    }
    for (at, state) in states.enumerated() {
      for directive in table[at] {
        switch directive {
        case .signalFrame: break
        case .returnColumn(let column): returnColumn = column
        case .definesCFA(let base): cfa = base
        case .offset(let name, let offset): rules[column(name)] = .offset(offset)
        case .inRegister(let name, let register): rules[column(name)] = .register(register)
        case .restores(let name), .sameValue(let name): rules[column(name)] = Rule.none
        }
      }
      let place = "at instruction \(at), \(instructions[at].text)"
      let isRight =
        switch cfa {
        case .stackPointer(let offset)?: state.frame.depth == offset
        case .frameBase(let offset)?: state.frame.frameBaseDepth == offset
        case nil: false
        }
      guard isRight else { return "the CFA is wrong \(place)" }
      guard returnColumn == self.returnColumn else { return "the return address has no column \(place)" }
      for column in checked {
        switch rules[column] {
        case .offset(let offset)?:
          let isInReach = column == self.returnColumn && readsBelowStackPointer || offset >= -state.frame.leastDepth
          guard state.memory[offset] == column, isInReach else {
            return "column \(column) isn't at CFA\(offset) \(place)"
          }
        case .register(let name)?:
          guard column == self.returnColumn, state.frame.programCounterRegister == name else {
            return "column \(column) isn't in \(name) \(place)"
          }
        case nil where unwoundByRuleOnly.contains(column):
          return "column \(column) has no rule \(place), and not every unwinder does without"
        case Rule.none?, nil:
          // Without a rule an unwinder takes the CFA for the stack pointer.
          guard
            state.intact.contains(column) && column != stackPointerColumn
              || column == stackPointerColumn && (rules[column] == nil || state.frame.depth == 0)
          else { return "column \(column) has no rule and isn't in its register \(place)" }
        }
      }
    }
    return nil
  }

  private func column(_ name: String) -> Int { emitter.columns[name] ?? Int(name) ?? -1 }
}
