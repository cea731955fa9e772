// Each rule can fail, and says what broke it.

import ArchPreempt
import BackendCatalog
import Testing

@testable import StubGenerator

/// One break of one backend.
struct BreakCase: Sendable, CustomTestStringConvertible {
  let backend: String
  let rule: String
  let breaker: Breaker
  var testDescription: String { "\(backend): \(rule): \(breaker.name)" }

  /// The breakers name amd64's registers, which its family shares.
  static let family = ["amd64", "noxreg"]

  static let all: [BreakCase] = Breakers.all.sorted { $0.key < $1.key }.flatMap { rule, breakers in
    breakers.flatMap { breaker in
      (breaker.backends ?? family).filter { backend in
        let placement: SaveLayout.ExtendedPlacement = backend.hasPrefix("noxreg") ? .stack : .extended
        return breaker.placement ?? placement == placement
      }.map { BreakCase(backend: $0, rule: rule, breaker: breaker) }
    }
  }
}

@Suite struct ValidatorTests {
  @Test(arguments: BackendCatalog.names)
  func descriptionsInTheCatalogueKeepEveryRule(name: String) throws {
    let violations = try DescriptionValidator.violations(in: BackendDescription(BackendCatalog.backend(named: name)))
    #expect(violations.map(\.description) == [])
  }

  @Test(arguments: DescriptionValidator.rules.map(\.name))
  func ruleHasABreaker(rule: String) {
    #expect(Breakers.all[rule]?.isEmpty == false, "no test shows that \(rule) can fail")
  }

  @Test func breakersNameRules() {
    #expect(Set(Breakers.all.keys).subtracting(DescriptionValidator.rules.map(\.name)) == [])
    #expect(Set(DescriptionValidator.rules.map(\.name)).count == DescriptionValidator.rules.count)
  }

  @Test(arguments: BreakCase.all)
  func brokenDescriptionIsReported(broken: BreakCase) throws {
    var description = try BackendDescription(BackendCatalog.backend(named: broken.backend))
    broken.breaker.apply(&description)

    let rule = try #require(DescriptionValidator.rules.first { $0.name == broken.rule })
    let found = rule.check(description)
    #expect(found.allSatisfy { $0.rule == broken.rule }, "reports under another name: \(Set(found.map(\.rule)))")
    #expect(found.allSatisfy { $0.backend == broken.backend })
    let matching = found.filter { $0.subject == broken.breaker.subject && $0.detail.contains(broken.breaker.detail) }
    #expect(
      !matching.isEmpty,
      "expected \(broken.breaker.subject): \(broken.breaker.detail), got \(found.prefix(4).map(\.description))")

    let others = DescriptionValidator.violations(in: description).filter { $0.rule != broken.rule }
    let unexpected = others.filter { !broken.breaker.others.contains($0.rule) }
    #expect(unexpected.isEmpty, "also \(unexpected.prefix(4).map(\.description))")
  }

  /// The rule about loads sees only what stubs declare.
  @Test(arguments: BreakCase.family)
  func stubsDeclareTheWordsTheyRead(name: String) throws {
    let description = try BackendDescription(BackendCatalog.backend(named: name))
    let layout = description.layout
    let words: [HandlerWord] = layout.extendedPlacement == .stack ? [.context] : [.saveArea, .context]
    for stub in description.stubs {
      let reads = stub.instructions.flatMap(\.effects).compactMap { effect -> Place? in
        if case .reads(let place, _) = effect { place } else { nil }
      }
      #expect(reads == words.compactMap { layout.offset(of: $0) }.map { .frame($0) }, "\(stub.symbol)")
    }
  }

  @Test func violationNamesBackendSubjectAndRule() {
    let violation = Violation(backend: "vax", rule: "rowsAreUnique", subject: "r0", detail: "the register has two rows")
    #expect(violation.description == "backend vax, r0, rule rowsAreUnique: the register has two rows")
  }

  @Test(arguments: BreakCase.family)
  func generationStopsAndPrintsEveryViolation(name: String) throws {
    var description = try BackendDescription(BackendCatalog.backend(named: name))
    description.replaceRow("pkru", with: Register("pkru", .control, .excluded(because: "unused")))
    description.removeRow("tilecfg")
    let expected = DescriptionValidator.violations(in: description)
    #expect(expected.count == 2)

    let error = try #require(throws: InvalidDescription.self) { try GeneratedFiles.files(for: description) }
    #expect(error.violations == expected)
    let lines = error.description.split(separator: "\n").map(String.init)
    #expect(lines == expected.map(\.description))
    #expect(lines.contains { $0.hasPrefix("backend \(name), pkru, rule exclusionsSayWhy: ") })
    #expect(lines.contains { $0.hasPrefix("backend \(name), tilecfg, rule mandatoryRowsArePresent: ") })
  }
}
