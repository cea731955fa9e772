// The judges of mutants: each can kill, none kills the stubs as they are, and who isn't there decides nothing.

import BackendCatalog
import Foundation
import Testing

@testable import Conformance
@testable import StubGenerator

private let package = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
private let canProve = FileManager.default.isExecutableFile(
  atPath: package.appendingPathComponent(".build-tools/venv/bin/python").path)
private let lacksPackages: Comment = "the proof's Python packages aren't installed: run Scripts/install-dependencies.sh"
/// Others are judged by rules and proof alone.
private let nativeBackends = BackendCatalog.backends.filter { $0.architecture == Subject.hostArchitecture }.map {
  $0.name
}

/// A folder for one test's campaign.
private final class Scratch {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("preempt-mutants-\(UUID().uuidString)")

  init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(at: folder) }

  func campaign(package: URL = package, seed: UInt64 = 1) -> Campaign {
    Campaign(package: package, scratch: folder, effort: .quick, seconds: 1, seed: seed)
  }
}

private func subject(_ name: String) throws -> Subject {
  Subject(BackendDescription(try BackendCatalog.backend(named: name)), package: package)
}

@Suite struct MutantCheckTests {
  @Test(.enabled(if: canProve, lacksPackages), arguments: BackendCatalog.names)
  func unchangedStubsAreAliveForEveryJudge(name: String) throws {
    let subject = try subject(name)
    let scratch = try Scratch()
    let stubs = subject.description.stubs.map(Mutant.unchanged)
    let report = try MutantCheck.judge(stubs, derived: stubs.count, subject, scratch.campaign())
    #expect(report.killed == 0, "\(report.killedBy)")
    let outcome = MutantCheck.outcome(of: report)
    // Where the proof has no architecture file, a skip says so.
    guard report.undecided.isEmpty else {
      #expect(report.undecided.count == stubs.count && outcome.skipped == stubs.count && outcome.passed == 0)
      return print("skipped: mutants of \(name): \(report.skips.joined(separator: "; "))")
    }
    #expect(report.survived.map(\.stub) == subject.description.stubs.map(\.symbol))
    #expect(outcome.failed == stubs.count && outcome.passed == 0)
    let text = try #require(outcome.failures.first?.text)
    #expect(text.hasPrefix("\(name): survived: preempt_\(name)_entry_"))
    if subject.isNative { #expect(report.executed > 0) }
  }

  /// A reason is in no effect, an unwinding rule in no instruction; and that an instruction is there only on wider machines
  /// isn't seen on one of them.
  @Test(.enabled(if: canProve, lacksPackages), arguments: nativeBackends)
  func everyJudgeKills(name: String) throws {
    let subject = try subject(name)
    let scratch = try Scratch()
    let all = Mutant.all(of: subject.description)
    func judged(_ isChosen: (Mutant) -> Bool) throws -> MutantReport {
      let chosen = all.filter { isChosen($0) && $0.original.widest == subject.description.stateClasses[0] }
      return try MutantCheck.judge(chosen, derived: all.count, subject, scratch.campaign())
    }
    let forgotten = try judged { $0.kind == .registerForgotten }
    #expect(forgotten.killedBy.validator == forgotten.total && forgotten.total > 0)
    #expect(forgotten.killedWhenExecuted == forgotten.executed && forgotten.executed == forgotten.total)
    let dropped = try judged { $0.kind == .ruleDropped }
    #expect(dropped.killedBy.rules == dropped.total && dropped.total > 0)
    let reasons = try judged { $0.kind == .wrongReason }
    #expect(reasons.killedBy.execution == reasons.total && reasons.total > 0)
    let gates = try judged { mutant in
      mutant.kind == .wrongClassGate && mutant.violation(in: subject.description) == nil
    }
    #expect(gates.killedBy.proof == gates.total && gates.total > 0)
  }

  @Test(arguments: nativeBackends) func aFaultThatIsCalledEquivalentAndKilledIsAnError(name: String) throws {
    let subject = try subject(name)
    let scratch = try Scratch()
    var mutant = try #require(Mutant.all(of: subject.description).first { $0.kind == .registerForgotten })
    mutant.equivalence = "nobody will miss it"
    let report = try MutantCheck.judge([mutant], derived: 1, subject, scratch.campaign())
    #expect(report.wronglyListedAsEquivalent.map(\.kind) == ["register forgotten"])
    let outcome = MutantCheck.outcome(of: report)
    #expect(outcome.failed == 1)
    #expect(outcome.failures[0].text.contains("said to be equivalent, but killed"))
  }

  @Test func withoutTheProofNothingThatIsAliveIsDecided() throws {
    let subject = try subject("amd64")
    let scratch = try Scratch()
    let copy = scratch.folder.appendingPathComponent("package")
    try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)
    for name in ["Sources", "Scripts"] {
      try FileManager.default.createSymbolicLink(
        at: copy.appendingPathComponent(name), withDestinationURL: package.appendingPathComponent(name))
    }
    let mutants = [Mutant.unchanged(subject.description.stubs[0])]
    let report = try MutantCheck.judge(mutants, derived: 1, subject, scratch.campaign(package: copy))
    #expect(report.undecided.count == 1 && report.survived.isEmpty && report.equivalent.isEmpty)
    let outcome = MutantCheck.outcome(of: report)
    #expect(outcome.skipped == 1 && outcome.passed == 0)
    #expect(outcome.reason?.contains("Scripts/install-dependencies.sh") == true)
  }

  @Test func aSampleFollowsFromItsSeedAndHasEveryKind() throws {
    let mutants = Mutant.all(of: try subject("amd64").description)
    let sample = MutantCheck.choose(MutantCheck.quickSample, of: mutants, seed: 3)
    #expect(sample.count == MutantCheck.quickSample && sample == sample.sorted() && Set(sample).count == sample.count)
    #expect(sample == MutantCheck.choose(MutantCheck.quickSample, of: mutants, seed: 3))
    #expect(sample != MutantCheck.choose(MutantCheck.quickSample, of: mutants, seed: 4))
    #expect(Set(sample.map { mutants[$0].kind }) == Set(Mutant.Kind.allCases))
  }
}
