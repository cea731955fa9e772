// Single faults: which there are, and what the rules make of them.

import BackendCatalog
import Testing

@testable import StubGenerator

@Suite struct MutantTests {
  @Test(arguments: BackendCatalog.names) func everyKindIsDerivedForEveryStub(name: String) throws {
    let description = try Generated(name).description
    let kinds = Dictionary(grouping: Mutant.all(of: description), by: \.original.symbol).mapValues { Set($0.map(\.kind)) }
    #expect(kinds.count == description.stubs.count)
    let impossible = impossibleKinds(description)
    for (stub, kinds) in kinds {
      // An encoding is that of another machine only where there is a choice.
      let missing = Set(Mutant.Kind.allCases).subtracting(kinds).subtracting([.wrongEncoding])
      #expect(missing == impossible, "\(stub) lacks \(missing)")
    }
    #expect(kinds.values.contains { $0.contains(.wrongEncoding) } == (description.stubs.count > 1))
  }

  /// Faults of something that no stub of the backend does.
  private func impossibleKinds(_ description: BackendDescription) -> Set<Mutant.Kind> {
    var kinds: Set<Mutant.Kind> = []
    let effects = Set(description.stubs.flatMap(\.instructions).flatMap(\.effects))
    let rounds = effects.contains { if case .alignsStackPointer = $0 { true } else { false } }
    if !rounds { kinds.formUnion([.wrongAlignment, .flagsReachCallee]) }
    let rounding = description.spell(.frame(.align(to: 1)), description.symbolPrefix).flatMap(\.effects)
    if !rounding.contains(.clobbersFlags) { kinds.insert(.flagsChangedEarly) }
    if description.constants.isEmpty { kinds.insert(.wrongConstant) }
    if description.stubs.count == 1 { kinds.insert(.wrongClassGate) }
    if effects.contains(.returnsFromSignal) {
      kinds.formUnion([
        .slotsSwappedOnRestoring, .slotsSwapped, .flagsRestoredEarly, .flagsRestoredLate, .flagsTakenInside,
        .flagsChangedEarly, .flagsChangedLate, .flagsReachCallee, .clobberedOnResume, .wrongReturn,
      ])
    }
    return kinds
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

  /// What comes late may still say the same; nothing else does.
  @Test(arguments: BackendCatalog.names) func unwindingRulesFindEveryWrongTable(name: String) throws {
    let description = try Generated(name).description
    let alive = Mutant.all(of: description).filter { $0.isOfTable && $0.unwindingFault(in: description) == nil }
    // The stack pointer stands at the words before the frame base is given back, unless it is popped.
    let early = alive.filter { $0.kind == .ruleEarly && $0.detail.contains("cfi_def_cfa \(description.abi.stackPointer)") }
    #expect(early.count <= description.stubs.count)
    for mutant in alive where !early.contains(where: { $0.description == mutant.description }) {
      #expect(mutant.kind == .ruleLate)
      // The first instruction reserves; the frame base takes over from a stack pointer that hasn't moved since.
      let says =
        ["cfi_signal_frame", "cfi_def_cfa \(description.abi.frameBase)"]
        + description.injection.registersWrittenByHandler.map { "cfi_offset \($0)" }
      #expect(says.contains { mutant.detail.contains($0) }, "\(mutant.description)")
    }
  }

  @Test func aFaultIsSaidInTheAssemblersWords() throws {
    let mutants = Mutant.all(of: try Generated("amd64").description)
    let swapped = try #require(mutants.first { $0.kind == .slotsSwappedOnRestoring })
    #expect(swapped.description == "preempt_amd64_entry_sse_in_sse: slots swapped on restoring: rax and rcx")
    let early = try #require(mutants.first { $0.kind == .flagsRestoredEarly })
    #expect(
      early.description
        == "preempt_amd64_entry_sse_in_sse: flags restored early: leaq -8(%rbp), %rsp -> popfq, popfq -> leaq -8(%rbp), %rsp")
  }
}
