// The report: what counts, what adds up, and what a reader of each format gets.

import ArchPreempt
import BackendCatalog
import Conformance
import Foundation
import StubGenerator
import Synchronization
import Testing

/// Says what it is told to.
private struct Scripted: ConformanceCheck {
  let name: String
  let executor = "script"
  let outcome: Outcome?

  struct Broken: Error, CustomStringConvertible { let description = "the judge fell over" }

  func run(_ subject: Subject, _ campaign: Campaign) throws -> Outcome {
    guard let outcome else { throw Broken() }
    return outcome
  }
}

/// Ends when as many subjects are in it as run side by side.
private final class Meeting: ConformanceCheck {
  let name = "meeting"
  let executor = "script"
  private let present = Mutex(0)

  func run(_ subject: Subject, _ campaign: Campaign) throws -> Outcome {
    present.withLock { $0 += 1 }
    let deadline = Date().addingTimeInterval(120)
    while present.withLock({ $0 }) < min(2, ProcessInfo.processInfo.activeProcessorCount) {
      guard Date() < deadline else { throw Scripted.Broken() }
      Thread.sleep(forTimeInterval: 0.001)
    }
    return outcome(passed: 1)
  }
}

private let package = FileManager.default.temporaryDirectory

private func campaign(seed: UInt64 = 7, shard: Campaign.Shard = .whole) -> Campaign {
  Campaign(package: package, scratch: package, effort: .quick, seconds: 1, seed: seed, shard: shard)
}

private func run(_ outcomes: [(String, Outcome?)], _ campaign: Campaign = campaign()) -> Report {
  let subjects = BackendCatalog.backends.prefix(1).map { Subject(BackendDescription($0), package: package) }
  return Suite.run(outcomes.map { Scripted(name: $0.0, outcome: $0.1) }, on: subjects, campaign)
}

private func outcome(passed: Int, failures: [Failure] = [], registersChecked: Int = 0) -> Outcome {
  var outcome = Outcome()
  outcome.passed = passed
  outcome.registersChecked = registersChecked
  for failure in failures { outcome.fail(failure) }
  return outcome
}

private let mismatch = Failure(
  "backend amd64, iteration 4181, register r12 <&\">",
  differences: [Difference(place: "r12", expected: "0x00112233445566ff", got: "0x00112233445577ff")])

@Suite struct ReportTests {
  @Test func aCheckThatThrowsOrComparesNothingFails() {
    let report = run([("throws", nil), ("silent", Outcome()), ("sound", outcome(passed: 3))])
    #expect(report.checks.map(\.failed) == [1, 1, 0])
    #expect(report.checks[0].failures[0].text.contains("the judge fell over"))
    #expect(report.checks[1].failures[0].text.contains("nothing was compared"))
    #expect(report.passed == 3 && report.failed == 2)
  }

  @Test func subjectsAreCheckedSideBySide() {
    let subjects = BackendCatalog.backends.prefix(5).map { Subject(BackendDescription($0), package: package) }
    let checks: [any ConformanceCheck] = [Meeting(), Scripted(name: "sound", outcome: outcome(passed: 1))]
    let said = Mutex<(finished: [String], done: Double)>(([], 0))
    let report = Suite.run(
      checks, on: subjects, campaign(), progress: { done, _, _ in said.withLock { $0.done = max($0.done, done) } },
      finished: { record in said.withLock { $0.finished.append("\(record.backend) \(record.check)") } })
    #expect(report.passed == 10 && report.failed == 0)
    let ordered = report.checks.map { "\($0.backend) \($0.check)" }
    #expect(ordered == subjects.flatMap { subject in checks.map { "\(subject.backend) \($0.name)" } })
    let (finished, done) = said.withLock { $0 }
    #expect(finished.sorted() == ordered.sorted())
    #expect(done > 0.5 && done <= 1)
  }

  @Test func aShardWithoutWorkIsNoFailure() {
    let report = run([("silent", Outcome())], campaign(shard: .init(index: 2, count: 3)))
    #expect(report.failed == 0)
  }

  @Test func everyUnitLiesInOneShard() {
    for unit in 0..<50 {
      let holders = (1...7).filter { Campaign.Shard(index: $0, count: 7).holds(unit) }
      #expect(holders.count == 1)
    }
  }

  @Test func shardsAddUpWhateverTheirOrder() throws {
    let parts = (1...3).map {
      run(
        [("registers", outcome(passed: $0, failures: $0 == 2 ? [mismatch] : [], registersChecked: 10 * $0))],
        campaign(shard: .init(index: $0, count: 3)))
    }
    let some = try parts[2].merged(with: parts[0])
    #expect(some.checks[0].missingShards == [2])
    let all = try some.merged(with: parts[1])
    #expect(all.checks.count == 1 && all.checks[0].missingShards == [])
    #expect(all.passed == 6 && all.failed == 1 && all.registersChecked == 60)
    #expect(all.checks[0].failures == [mismatch])
  }

  @Test func whatDoesNotAddUpIsRefused() throws {
    let first = run([("registers", outcome(passed: 1))], campaign(shard: .init(index: 1, count: 2)))
    #expect(throws: Report.MergeError.sameWork("shard 1/2 of registers of amd64")) { try first.merged(with: first) }
    let other = run([("registers", outcome(passed: 1))], campaign(seed: 8, shard: .init(index: 2, count: 2)))
    #expect(throws: Report.MergeError.otherCampaign("seeds 7 and 8")) { try first.merged(with: other) }
    let thirds = run([("registers", outcome(passed: 1))], campaign(shard: .init(index: 2, count: 3)))
    #expect(throws: Report.MergeError.otherCampaign("2 and 3 shards of registers of amd64")) {
      try first.merged(with: thirds)
    }
  }

  @Test func aReportSurvivesJSON() throws {
    let report = run([("registers", outcome(passed: 5, failures: [mismatch], registersChecked: 6))])
    let text = try jsonText(report)
    let read = try JSONDecoder().decode(Report.self, from: Data(text.utf8))
    #expect(read.checks == report.checks && read.seed == 7 && read.registersChecked == 6)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    for key in [
      "seed", "seconds", "checks", "registersChecked", "checksAfterPreemption", "injectedCalls", "distinctPCs",
      "instructions",
    ] {
      #expect(object[key] != nil, "\(key)")
    }
    let later = text.replacingOccurrences(of: "\"format\" : \(Report.currentFormat)", with: "\"format\" : 99")
    #expect(throws: Report.MergeError.otherFormat(99)) { try JSONDecoder().decode(Report.self, from: Data(later.utf8)) }
  }

  @Test func junitIsXMLWithEveryCheck() throws {
    let report = run([
      ("registers", outcome(passed: 5, failures: [mismatch])),
      ("gdb", .skipped(12, because: "no gdb: apt-get install gdb")),
      ("proof", outcome(passed: 1)),
    ])
    let text = report.junit()
    let suite = text.split(separator: "\n").first { $0.contains("<testsuite ") }
    #expect(suite?.contains("name=\"amd64\" tests=\"3\" failures=\"1\" skipped=\"1\"") == true, "\(text)")
    #expect(text.contains("register r12 &lt;&amp;&quot;&gt;</failure>"))
    #expect(text.contains("<skipped message=\"no gdb: apt-get install gdb\"/>"))
    #expect(text.components(separatedBy: "<testcase ").count == 4)
  }

  @Test func thePageStandsByItself() {
    let report = run([
      ("registers", outcome(passed: 5, failures: [mismatch])),
      ("gdb", .skipped(12, because: "no gdb: apt-get install gdb")),
    ])
    let page = HTMLReport(report, descriptions: BackendCatalog.backends.map { BackendDescription($0) }).text()
    // Drawings name SVG's namespace; nothing else has an address.
    let addresses = page.components(separatedBy: "http").dropFirst()
    #expect(addresses.allSatisfy { $0.hasPrefix("://www.w3.org/2000/svg") })
    #expect(!page.contains("src=") && !page.contains("href=") && !page.contains("<script"))
    #expect(page.contains("0x001122334455<mark>6</mark><mark>6</mark>ff"))
    #expect(page.contains("no gdb: apt-get install gdb"))
    #expect(page.contains("A task preempted on amd64") && !page.contains("A task preempted on noxreg"))
  }
}

private let browser = ["chromium-headless-shell", "chromium", "google-chrome"].lazy.compactMap {
  try? Command.find($0, package: "chromium-headless-shell")
}.first

@Suite(.enabled(if: browser != nil, "no Chromium on this machine: apt-get install chromium-headless-shell"))
struct BrowserTests {
  /// The page, laid out by a browser, with nothing wider than the window and nothing that it complains of.
  @Test func theBrowserShowsEveryCheckWithoutOverflow() throws {
    let report = run([
      ("registers", outcome(passed: 5, failures: [mismatch])),
      ("gdb", .skipped(12, because: "no gdb: apt-get install gdb")),
    ])
    let folder = package.appendingPathComponent("preempt-page-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    // The page's own width is only known to a program in it: the copy that is measured has one.
    let probe = """
      <script>document.title = [document.documentElement.scrollWidth <= window.innerWidth,
        document.querySelectorAll("td.failed").length, document.querySelectorAll("td.skipped").length,
        document.querySelectorAll("mark").length].join(" ")</script></body>
      """
    let page = HTMLReport(report, descriptions: BackendCatalog.backends.map { BackendDescription($0) }).text()
      .replacingOccurrences(of: "</body>", with: probe)
    let file = folder.appendingPathComponent("report.html")
    try Data(page.utf8).write(to: file)
    for width in [400, 1280] {
      let run = try Command.run(
        browser!,
        [
          "--headless", "--no-sandbox", "--disable-gpu", "--window-size=\(width),900",
          "--user-data-dir=\(folder.path)/profile",
          "--dump-dom", "file://\(file.path)",
        ], budget: 60)
      #expect(run.end == .exit(0), "\(run.errorText)")
      #expect(run.outputText.contains("<title>true 1 1 4</title>"), "width \(width): \(run.outputText.prefix(600))")
    }
  }
}
