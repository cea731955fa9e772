// Single faults: which there are, and what the rules make of them.

import BackendCatalog
import Testing

@testable import StubGenerator

@Suite struct MutantTests {
  @Test(arguments: BackendCatalog.names) func everyKindIsDerivedForEveryStub(name: String) throws {
    let description = try Generated(name).description
    let kinds = Dictionary(grouping: Mutant.all(of: description), by: \.original.symbol).mapValues {
      Set($0.map(\.kind))
    }
    #expect(kinds.count == description.stubs.count)
    for stub in description.stubs {
      let missing = Set(Mutant.Kind.allCases).subtracting(kinds[stub.symbol] ?? [])
        .filter { !lacksOccasion(for: $0, stub, description) }
      #expect(missing.isEmpty, "\(stub.symbol) lacks \(missing)")
    }
    // The family with every occasion: nothing is excused there.
    if ["amd64", "noxreg"].contains(name) {
      #expect(Set(kinds.values.joined()) == Set(Mutant.Kind.allCases))
    }
  }

  private func roundingChangesFlags(_ description: BackendDescription) -> Bool {
    description.spell(.frame(.align(to: 1)), description.symbolPrefix).contains { $0.effects.contains(.clobbersFlags) }
  }

  /// Whether a stub has nothing that the fault could be in.
  private func lacksOccasion(for kind: Mutant.Kind, _ stub: EntryStub, _ description: BackendDescription) -> Bool {
    let restored = stub.steps.compactMap { if case .restore(let slot) = $0 { slot } else { nil } }
    let hasFlags = restored.contains { $0.register.bank == .flags }
    let isAligned = stub.steps.contains { if case .frame(.align) = $0 { true } else { false } }
    let words = description.injection.registersWrittenByHandler
    let hasFlagsWord = restored.contains { $0.register.bank == .flags && words.contains($0.register.name) }
    switch kind {
    case .wrongEncoding, .wrongClassGate: return description.stubs.count == 1 || kind == .wrongEncoding
    case .wrongConstant: return description.constants.isEmpty
    case .slotsSwapped, .slotsSwappedOnRestoring, .clobberedOnResume: return restored.isEmpty
    case .flagsRestoredEarly, .flagsRestoredLate: return !hasFlags
    case .flagsChangedLate: return !hasFlags || !(initializesFlags(description) || roundingChangesFlags(description))
    case .flagsChangedEarly: return !hasFlagsWord || !initializesFlags(description)
    case .flagsTakenInside, .flagsReachCallee: return !hasFlagsWord || !isAligned
    case .wrongAlignment: return !isAligned
    case .wrongReturn:
      if case .returnPopping = description.injection.returnSequence { return false }
      return true
    default: return false
    }
  }

  private func initializesFlags(_ description: BackendDescription) -> Bool {
    let flags = description.registers.filter { $0.bank == .flags && $0.isSaved }.map { ($0, 0) }
    return !description.spell(.initialize(flags), description.symbolPrefix).isEmpty
  }

  @Test(arguments: BackendCatalog.names) func mutantsAreOfTheCheckedInStubs(name: String) throws {
    let generated = try Generated(name)
    let text = try generated.text("preempt.S")
    for stub in generated.description.stubs {
      let unchanged = Mutant.unchanged(stub).stub(named: stub.symbol)
      let lines = CFIEmitter(generated.description).function(unchanged)
      #expect(text.contains(lines.joined(separator: "\n")), "\(stub.symbol)")
      let spelled = stub.steps.flatMap { generated.description.spell($0, generated.description.symbolPrefix) }
      #expect(spelled == stub.instructions, "\(stub.symbol)")
    }
  }

  @Test(arguments: BackendCatalog.names) func noMutantIsItsOriginal(name: String) throws {
    let description = try Generated(name).description
    let emitter = CFIEmitter(description)
    let tables = Dictionary(
      uniqueKeysWithValues: description.stubs.map { ($0.symbol, emitter.directives($0)) })
    for mutant in Mutant.all(of: description) {
      let isChanged = mutant.table.map { $0 != tables[mutant.original.symbol] } ?? !mutant.edits.isEmpty
      #expect(isChanged, "\(mutant.description)")
      for edit in mutant.edits {
        let text = mutant.original.instructions[edit.range].map(\.text)
        #expect(text != edit.instructions.map(\.text), "\(mutant.description)")
      }
    }
  }

  @Test(arguments: BackendCatalog.names) func rulesFindNothingWrongWithTheStubs(name: String) throws {
    let description = try Generated(name).description
    for stub in description.stubs {
      #expect(Mutant.unchanged(stub).violation(in: description) == nil)
      let table = CFIEmitter(description).directives(stub)
      #expect(UnwindingTruth(description, stub.instructions).fault(in: table) == nil)
    }
  }

  /// What comes early or late may say the same: two registers may give the CFA for a while. Nothing else does.
  @Test(arguments: BackendCatalog.names) func unwindingRulesFindEveryWrongTable(name: String) throws {
    let description = try Generated(name).description
    let alive = Mutant.all(of: description).filter { $0.isOfTable && $0.unwindingFault(in: description) == nil }
    #expect(alive.allSatisfy { [.ruleEarly, .ruleLate].contains($0.kind) })
  }

  @Test func aFaultIsSaidInTheAssemblersWords() throws {
    let mutants = Mutant.all(of: try Generated("amd64").description)
    let swapped = try #require(mutants.first { $0.kind == .slotsSwappedOnRestoring })
    #expect(swapped.description == "preempt_amd64_entry_sse_in_sse: slots swapped on restoring: rax and rcx")
    let early = try #require(mutants.first { $0.kind == .flagsRestoredEarly })
    #expect(
      early.description
        == "preempt_amd64_entry_sse_in_sse: flags restored early: leaq -8(%rbp), %rsp -> popfq, popfq -> leaq -8(%rbp), %rsp"
    )
  }
}
