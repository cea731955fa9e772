// Support tables from results: what counts, what doesn't, and what a damaged file gets.

import ArchPreempt
import BackendCatalog
import Foundation
import StubGenerator
import Testing

@testable import Conformance

/// Finds what it is told to, of every backend.
private struct Scripted: ConformanceCheck {
  let name: String
  let executor = "script 1.0"
  let outcome: Outcome

  func run(_ subject: Subject, _ campaign: Campaign) throws -> Outcome { outcome }
}

private let names = BackendCatalog.names
private let package = HarnessFixture.package
private let passed: Outcome = {
  var outcome = Outcome()
  outcome.passed = 1_500
  outcome.registersChecked = 4_000_000
  outcome.injectedCalls = 10_001
  outcome.distinctPCs = 99
  outcome.instructions = 100
  return outcome
}()
private let failed: Outcome = {
  var outcome = passed
  outcome.fail(Failure("backend arm64, register x7 | lost"))
  return outcome
}()

private func report(
  _ outcomes: [(String, Outcome)], of backend: String = "arm64", effort: Campaign.Effort = .full, seed: UInt64 = 7,
  shard: Campaign.Shard = .whole
) throws -> Report {
  let campaign = Campaign(
    package: package, scratch: HarnessFixture.scratch, effort: effort, seconds: 1, seed: seed, shard: shard)
  return Suite.run(
    outcomes.map { Scripted(name: $0.0, outcome: $0.1) }, on: [try HarnessFixture.subject(backend)], campaign)
}

private func recorded(_ reports: Report...) throws -> RecordedResults {
  var results = RecordedResults()
  for report in reports { _ = try results.record(report, backends: names) }
  return results
}

/// The table as it is while every backend's code is as generated, or that of some is other code.
private func table(_ results: RecordedResults, changed: Set<String> = []) throws -> SupportTable {
  let descriptions = BackendCatalog.backends.map { BackendDescription($0) }
  let code = try descriptions.map { backend in
    let files = try GeneratedFiles.files(for: backend)
    let present =
      changed.contains(backend.name)
      ? files.map { GeneratedFile(path: $0.path, text: $0.text + "/* edited */\n") } : files
    return (backend.name, TestedCode(present, arch: backend.architecture, package: package))
  }
  return SupportTable(descriptions, results: results, code: Dictionary(uniqueKeysWithValues: code))
}

private func row(_ backend: String, in table: SupportTable) throws -> String {
  String(try #require(table.evidence.text.split(separator: "\n").first { $0.hasPrefix("| `\(backend)` |") }))
}

private let executed = [("registers", passed), ("instructions", passed)]

@Suite struct SupportTableTests {
  @Test func withoutResultsEveryBackendIsOnlyGenerated() throws {
    let table = try table(RecordedResults())
    #expect(names.allSatisfy { table.tier(of: $0) == .generatedOnly })
    #expect(table.stale == [])
    #expect(table.evidence.text.contains("- a: not recorded\n"))
    #expect(!table.summary.text.contains("| 0 |"), "nothing is a dash, not a count")
  }

  @Test func tiersFollowFromWhatPassed() throws {
    let cases: [([(String, Outcome)], SupportTier)] = [
      ([("registers", passed)], .generatedOnly),
      ([("registers", passed), ("instructions", .skipped(because: "no qemu"))], .generatedOnly),
      (executed, .emulatedStub),
      (executed + [("gdb", .skipped(because: "no gdb"))], .emulatedStub),
      (executed + [("runtime", passed)], .emulatedRuntime),
      (executed + [("runtime", .skipped(because: "no Embedded Swift"))], .emulatedStub),
      (executed + [("scanner", passed)], .native),
      (executed + [("gdb", failed)], .generatedOnly),
      (executed + [("scanner", passed), ("fuzz-valid", failed)], .generatedOnly),
    ]
    for (outcomes, tier) in cases {
      let table = try table(recorded(report(outcomes)))
      #expect(table.tier(of: "arm64") == tier, "\(outcomes.map(\.0))")
      #expect(table.tier(of: "riscv64") == .generatedOnly)
    }
  }

  @Test func cellsAreCountsOrDashesWithReasons() throws {
    let table = try table(
      recorded(report(executed + [("libunwind", .skipped(because: "no ptrace\n| here")), ("gdb", failed)])))
    let row = try row("arm64", in: table)
    #expect(row.contains("| script 1.0 |") && row.contains("| 10,001 | 4,000,000 | 99 of 100 |"))
    let notes = table.evidence.text.split(separator: "\n").filter { $0.hasPrefix("- ") }
    for (reason, cell) in [("no ptrace / here", "– ("), ("register x7 / lost", "**1 failed** (")] {
      let note = try #require(notes.first { $0.contains(reason) }, "\(notes)")
      #expect(row.contains(cell + note.dropFirst(2).prefix { $0 != ":" } + ")"), "\(row)")
    }
    let columns = Set(
      table.evidence.text.split(separator: "\n").filter { $0.hasPrefix("|") }.map { $0.count { $0 == "|" } })
    #expect(columns.count == 1, "a bar in a reason made a column")
  }

  @Test func resultsOfOtherCodeDoNotCount() throws {
    let results = try recorded(report(executed), report(executed, of: "riscv64"))
    let table = try table(results, changed: ["arm64"])
    #expect(table.tier(of: "arm64") == .generatedOnly && table.tier(of: "riscv64") == .emulatedStub)
    #expect(table.stale == ["arm64"])
    #expect(table.evidence.text.contains("recorded of other code than is generated now"))
    #expect(try !row("arm64", in: table).contains("10,001"))
  }

  @Test func everyTestedFileIsInTheDigest() throws {
    let backend = BackendDescription(try BackendCatalog.backend(named: "amd64"))
    let files = try GeneratedFiles.files(for: backend)
    let own = TestedCode(files, arch: "amd64", package: package).digest
    #expect(own == TestedCode(of: try HarnessFixture.subject("amd64"), package: package).digest)
    #expect(own.count == 16)
    for name in TestedCode.names {
      let edited = files.map { $0.path.hasSuffix("/" + name) ? GeneratedFile(path: $0.path, text: $0.text + " ") : $0 }
      #expect(TestedCode(edited, arch: "amd64", package: package).digest != own, "\(name)")
    }
    #expect(TestedCode(files, arch: "vax", package: package).digest != own, "mcall_amd64.S")
  }
}

@Suite struct RecordedResultsTests {
  @Test func aFileIsReadAsItWasWritten() throws {
    let results = try recorded(report(executed), report(executed, of: "amd64"))
    let read = try RecordedResults(Data(results.text.utf8), backends: names)
    #expect(read.checks == results.checks && read.text == results.text)
    #expect(results.checks.map(\.backend) == ["amd64", "amd64", "arm64", "arm64"], "in the catalogue's order")
    #expect(results.text.split(separator: "\n").count == 6, "a line for each")
  }

  @Test func recordingOneBackendKeepsTheOthers() throws {
    var results = try recorded(report(executed), report(executed, of: "riscv64"))
    let before = results.checks.filter { $0.backend == "arm64" }
    _ = try results.record(report([("registers", failed)], of: "riscv64", seed: 8), backends: names)
    #expect(results.checks.filter { $0.backend == "arm64" } == before)
    let riscv64 = results.checks.filter { $0.backend == "riscv64" }
    #expect(riscv64.map(\.check) == ["instructions", "registers"] && riscv64.map(\.failed) == [0, 1])
    #expect(riscv64.map(\.seed) == [7, 8])
  }

  @Test func aSkipReplacesNoResultOfTheSameCode() throws {
    var results = try recorded(report(executed))
    let skips = try report([("registers", .skipped(because: "no qemu-aarch64"))])
    #expect(try results.record(skips, backends: names).map(\.check) == ["registers"])
    #expect(results.checks.allSatisfy { $0.passed > 0 })
    // Of other code there is nothing left to keep.
    let text = results.text.replacing(results.checks[0].digest, with: "0123456789abcdef")
    var older = try RecordedResults(Data(text.utf8), backends: names)
    #expect(try older.record(skips, backends: names) == [])
    #expect(older.checks.first { $0.check == "registers" }?.reason == "no qemu-aarch64")
  }

  @Test func samplesAndPartsAreNoResults() throws {
    var results = RecordedResults()
    let quick = try report(executed, effort: .quick)
    #expect(throws: RecordedResults.Refusal.self) { try results.record(quick, backends: names) }
    let parts = try (1...2).map { try report(executed, shard: .init(index: $0, count: 2)) }
    #expect(throws: RecordedResults.Refusal.self) { try results.record(parts[0], backends: names) }
    #expect(results.checks == [])
    _ = try results.record(parts[0].merged(with: parts[1]), backends: names)
    #expect(results.checks.map(\.passed) == [3_000, 3_000])
  }

  @Test func aDamagedFileSaysWhatToDo() throws {
    let text = try recorded(report(executed)).text
    func said(_ damaged: String) -> String {
      do { return "\(try RecordedResults(Data(damaged.utf8), backends: names).checks.count) results" } catch {
        return error.description
      }
    }
    for count in [0, 1, text.count / 2, text.count - 4] {
      #expect(said(String(text.prefix(count))).contains("not a whole file"))
    }
    #expect(said(text.replacing("\n{", with: "\n<<<<<<< HEAD\n{")).contains("not a whole file"))
    #expect(said(text.replacing("\"format\":1", with: "\"format\":2")).contains("format 2, this tool's is 1"))
    #expect(said(text.replacing("\"arm64\"", with: "\"vax\"")).contains("results of 'vax', which is no backend"))
    #expect(
      said(text.replacing("\"instructions\",\"counts", with: "\"registers\",\"counts")).contains(
        "registers of arm64 twice"))
    #expect(said(text) == "2 results")
  }
}

@Suite(.enabled(if: HarnessFixture.hasCompiler, "no cc on this machine: apt-get install gcc"))
struct AssemblyCheckTests {
  @Test func bothAssemblersTakeEveryFile() throws {
    let outcome = try AssemblyCheck().run(HarnessFixture.subject("amd64"), HarnessFixture.campaign)
    #expect(outcome.failed == 0, "\(outcome.failures)")
    #expect(outcome.passed + outcome.skipped == 5)
    if outcome.skipped > 0 { print("skipped: assembling with clang: \(outcome.reason ?? "")") }
  }

  @Test func anAssemblerThatIsMissingIsASkip() throws {
    let outcome = try AssemblyCheck(clang: "no-such-clang").run(
      HarnessFixture.subject("noxreg"), HarnessFixture.campaign)
    #expect(outcome.passed == 3 && outcome.skipped == 2)
    #expect(outcome.reason == "no no-such-clang on this machine: apt-get install clang")
  }

  /// An instruction that there isn't, a stub under another name, and a guard that leaves nothing.
  @Test(arguments: [
    ("\tret $128", "\tretreat $128"), ("preempt_amd64_entry_sse_in_sse:", "preempt_amd64_entry_sse:"),
    ("defined(__LP64__)", "defined(__LP46__)"),
  ])
  func whatIsWrongIsFound(_ text: String, _ fault: String) throws {
    let package = HarnessFixture.scratch.appendingPathComponent("assembly-\(UUID().uuidString)")
    let folder = package.appendingPathComponent(GeneratedFiles.Places.own.folder(of: "amd64"))
    try FileManager.default.createDirectory(
      at: folder.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.copyItem(at: HarnessFixture.subject("amd64").generated, to: folder)
    let stubs = folder.appendingPathComponent("preempt.S")
    let right = try String(contentsOf: stubs, encoding: .utf8)
    let wrong = right.replacing(text, with: fault)
    try #require(wrong != right)
    try wrong.write(to: stubs, atomically: true, encoding: .utf8)
    var campaign = Campaign(
      package: package, scratch: package, effort: .quick, seconds: 1, seed: 1)
    campaign.subjectCount = 1
    let subject = Subject(BackendDescription(try BackendCatalog.backend(named: "amd64")), package: package)
    let outcome = try AssemblyCheck().run(subject, campaign)
    #expect(outcome.failed > 0 && outcome.failures.allSatisfy { $0.text.contains("preempt.S") }, "\(outcome)")
  }
}
