// `preempt conformance`: what is shown of the backends, by checks that count, skip aloud and can fail.

import ArchPreempt
import ArgumentParser
import Conformance
import Foundation
import StubGenerator

struct ConformanceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conformance",
    abstract: "Check backends: every instruction, every register, every single fault.",
    discussion: """
      Without --full, the quick run: every check of every backend, most of them on a sample. --prove and --mutants are \
      short for --check proof and --check mutants. What a check proves and what it can't: docs/testing.md.

      A run is repeated by its seed, which it prints. A long one is split: each shard writes JSON, and --merge adds them up.

      Example: preempt conformance --html report.html

      More of them:
        preempt conformance --full --shard 2/8 --json > shard-2.json
        preempt conformance --merge shard-*.json --html report.html
        preempt conformance --arch amd64 --check registers --seconds 60 --seed 7
        preempt conformance --full --record --arch arm64,noxreg_arm64
      """)

  @Option(help: ArgumentHelp("Backends, with commas between; all of them where none is given.", valueName: "A,…"))
  var arch: String?
  @Option(help: ArgumentHelp("Checks, with commas between; all of them where none is given.", valueName: "C,…"))
  var check: String?
  @Flag(help: "Everything on a sample, in less than a minute; the default.")
  var quick = false
  @Flag(help: "All there is: every single fault, ten million comparisons.")
  var full = false
  @Flag(help: "Prove every stub for every machine state.")
  var prove = false
  @Flag(help: "Show that single faults of the stubs are caught: all of them without --quick or --sample.")
  var mutants = false
  @Option(help: "Of the single faults only that many a backend, chosen by the seed.")
  var sample: Int?
  @Option(help: "How long each check goes on that could go on for ever, for each backend.")
  var seconds: Double?
  @Option(help: "Where all chance comes from; another one at each run where none is given.")
  var seed: UInt64?
  @Option(help: ArgumentHelp("Do the I-th of N parts of the work.", valueName: "I/N"))
  var shard: String?
  @Flag(help: "What this machine lacks is a failure, not a skip.")
  var requireAll = false
  @Option(
    help: "That many runs in a row, each with the next seed, up to the first that fails; reports are of the last.")
  var `repeat` = 1
  @Flag(help: "Add up the JSON reports that are named instead of checking anything.")
  var merge = false
  @Flag(
    help:
      "Keep what a full run found in Arch/results.json, from which the support tables are written; without the checks that fuzz the generator."
  )
  var record = false
  @Argument(help: "With --merge: reports.")
  var reports: [String] = []
  @Option(help: ArgumentHelp("Write a report for CI systems.", valueName: "file"))
  var junit: String?
  @Option(help: ArgumentHelp("Write a report as one page.", valueName: "file"))
  var html: String?
  @OptionGroup var package: PackageOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if merge {
      guard reports.count > 0 else { throw ValidationError("--merge: name the JSON reports to add up") }
      guard !quick && !full && !prove && !mutants && arch == nil && check == nil && seed == nil && sample == nil else {
        throw ValidationError("--merge adds up what was checked: it goes with --json, --junit and --html alone")
      }
    } else if let first = reports.first {
      throw ValidationError("unexpected argument '\(first)': reports are named with --merge, backends with --arch")
    }
    guard !record || merge || full else {
      throw ValidationError("--record keeps what a full run found, not samples: give --full")
    }
    guard !(quick && full) else { throw ValidationError("--quick and --full: one of them") }
    guard check == nil || !(prove || mutants) else {
      throw ValidationError("--prove and --mutants are short for --check proof,mutants: give one or the other")
    }
    guard sample == nil || names.contains("mutants") else {
      throw ValidationError("--sample chooses among mutants: give --mutants too")
    }
    guard sample ?? 1 > 0 else { throw ValidationError("--sample \(sample!): a sample holds one mutant at least") }
    _ = try part
    guard (1...100_000).contains(`repeat`) else { throw ValidationError("--repeat \(`repeat`): from 1 to 100000 runs") }
    guard seconds ?? 1 > 0 && seconds ?? 1 <= 86_400 else {
      throw ValidationError("--seconds \(seconds!): more than 0, at most 86400")
    }
  }

  private var part: Campaign.Shard {
    get throws {
      guard let shard else { return .whole }
      let numbers = shard.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
      guard numbers.count == 2, let index = numbers[0], let count = numbers[1], (1...10_000).contains(count),
        (1...count).contains(index)
      else {
        throw ValidationError("--shard \(shard): I/N, the I-th of N parts, with I from 1 to N and N at most 10000")
      }
      return Campaign.Shard(index: index, count: count)
    }
  }

  /// Checks that were asked for by name.
  private var names: [String] {
    (prove ? ["proof"] : []) + (mutants ? ["mutants"] : []) + Self.words(check)
  }

  /// Each once.
  private static func words(_ list: String?) -> [String] {
    let words = list.map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) } ?? []
    return words.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  func run() throws {
    for file in [junit, html].compactMap({ $0 }) { try Self.requireWritable(file) }
    if record {
      guard BackendPackage.current.isOwn else {
        throw ToolFailure(.usage, "--record: support tables are swift-preempt's own; --json keeps a report")
      }
      _ = try RecordedResults.read(in: try package.root(), .current)
    }
    var report = merge ? try mergedReports() : try repeated()
    // What the machine lacks is no fault of a backend, whatever --require-all makes of it.
    if record { try keep(report) }
    let hasFailed = report.failed > 0
    let lacks = requireAll ? report.failLacks() : []
    if let junit { try writeAtomically(report.junit(), to: URL(fileURLWithPath: junit)) }
    if let html {
      let descriptions = BackendPackage.current.backends.map { BackendDescription($0) }
      try writeAtomically(HTMLReport(report, descriptions: descriptions).text(), to: URL(fileURLWithPath: html))
    }
    if output.json { try printJSON(report) } else { print(Self.verdict(on: report)) }
    if hasFailed { throw ExitCode(ExitStatus.checkFailed.rawValue) }
    guard lacks.isEmpty else { throw ToolFailure(.environment, lines: lacks) }
    // Who asks for a check by its name wants it run.
    if let skipped = report.checks.first(where: { names.contains($0.check) && $0.isSkipped }) {
      throw ToolFailure(.environment, "\(skipped.backend) \(skipped.check): \(skipped.reason ?? "skipped")")
    }
  }

  /// Puts the report's results into the package, and what they show into its documents.
  private func keep(_ report: Report) throws {
    let root = try package.root()
    let backendPackage = BackendPackage.current
    var results = try RecordedResults.read(in: root, backendPackage)
    let stay: [RecordedCheck]
    do { stay = try results.record(report, backends: backendPackage.backends.map { $0.name }) } catch {
      throw ToolFailure(.usage, "--record: \(error)")
    }
    try writeAtomically(results.text, to: root.appendingPathComponent(RecordedResults.path))
    let documents = try GeneratedTree(root: root, backends: [])
    for file in documents.files { try writeAtomically(file.text, to: root.appendingPathComponent(file.path)) }
    for result in stay where !output.json {
      print("\(result.backend) \(result.check): skipped here, so the recorded result of the same code stays")
    }
  }

  /// Before minutes of work, not after.
  private static func requireWritable(_ file: String) throws(ToolFailure) {
    let url = URL(fileURLWithPath: file)
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder), isFolder.boolValue {
      throw ToolFailure(.usage, "\(file): a folder; name a file in it")
    }
    let folder = url.deletingLastPathComponent().path
    guard FileManager.default.isWritableFile(atPath: folder) else {
      throw ToolFailure(.environment, "\(file): \(folder) isn't there or isn't writable; make it, or name another file")
    }
  }

  // MARK: - Checking

  private func repeated() throws -> Report {
    let first = seed ?? UInt64.random(in: 1...999_999)
    let display = Display(isQuiet: output.json)
    for run in 0..<UInt64(`repeat`) {
      let report = try checked(seed: first &+ run, display)
      if `repeat` > 1 { display.say("run \(run + 1) of \(`repeat`): \(Self.counts(of: report))") }
      if report.failed > 0 || run + 1 == `repeat` { return report }
    }
    preconditionFailure("validate() demands one run at least")
  }

  private func checked(seed: UInt64, _ display: Display) throws -> Report {
    let effort: Campaign.Effort = full || (mutants && !quick && sample == nil) ? .full : .quick
    let all = Suite.checks + PreemptTool.checks
    let checks =
      names.isEmpty
      ? all.filter { record ? $0.judgesBackend : effort == .full || $0.isInQuickRun }
      : try names.map { name in
        guard let check = all.first(where: { $0.name == name }) else {
          let known = all.map(\.name)
          throw ToolFailure(
            .usage,
            "unknown check '\(name)'; known: \(known.joined(separator: ", "))\(suggestion(for: name, among: known))")
        }
        return check
      }
    let root = try package.root()
    let backendPackage = BackendPackage.current
    let subjects = try backendPackage.backends(named: Self.words(arch)).map { backendPackage.subject($0, root: root) }
    let unwritten = subjects.filter { !FileManager.default.fileExists(atPath: $0.generated.path) }.map(\.backend)
    guard unwritten.isEmpty else {
      throw ToolFailure(
        .checkFailed,
        lines: unwritten.map {
          "\($0): no file is generated from it yet: '\(BackendPackage.toolName) generate \($0)' does, or says what is missing"
        })
    }
    let scratch = FileManager.default.temporaryDirectory.appendingPathComponent(
      "preempt-conformance-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    var campaign = Campaign(
      package: try backendPackage.suite(root: root), scratch: scratch, effort: effort,
      seconds: seconds ?? (effort == .quick ? 2 : 20),
      seed: seed, shard: try part)
    campaign.sample = sample
    display.say("seed \(campaign.seed), \(effort.rawValue) run")
    return Suite.run(checks, on: subjects, campaign, progress: display.progress, finished: display.finished)
  }

  static func verdict(on report: Report) -> String {
    let lacking = report.checks.filter { !$0.missingShards.isEmpty }.map {
      "\($0.backend) \($0.check) lacks shards \($0.missingShards.map(String.init).joined(separator: ", "))"
    }
    let faults = report.emulatorFaults.map { "\($0.emulators.keys.sorted().joined(separator: ", ")): \($0.text)" }
    return
      (lacking + faults + [
        "\(report.registersChecked.grouped) registers compared, \(report.checksAfterPreemption.grouped) of them after a "
          + "preemption; \(report.injectedCalls.grouped) calls injected; \(report.distinctPCs.grouped) of \(report.instructions.grouped) instructions hit",
        counts(of: report),
      ]).joined(separator: "\n")
  }

  private static func counts(of report: Report) -> String {
    "\(report.passed.grouped) passed, \(report.failed.grouped) failed, \(report.skipped.grouped) skipped in "
      + "\(Int(report.seconds.rounded())) s, seed \(report.seed)"
  }

  // MARK: - Merging

  private func mergedReports() throws -> Report {
    var merged: Report?
    for file in reports {
      let report: Report
      do { report = try JSONDecoder().decode(Report.self, from: Data(contentsOf: URL(fileURLWithPath: file))) } catch {
        let reason =
          switch error {
          case let error as Report.MergeError: error.description
          case is DecodingError: "not a report of 'preempt conformance --json'"
          default: "can't be read"
          }
        throw ToolFailure(.usage, "\(file): \(reason)")
      }
      do { merged = try merged?.merged(with: report) ?? report } catch {
        throw ToolFailure(.usage, "\(file) and what was named before it: \(error)")
      }
    }
    return merged!
  }
}

/// A progress bar on a terminal, a line per check everywhere.
private final class Display: @unchecked Sendable {
  private let isQuiet: Bool
  private let isTerminal = isatty(STDOUT_FILENO) == 1
  private let lock = NSLock()

  init(isQuiet: Bool) { self.isQuiet = isQuiet }

  func say(_ line: String) {
    if isQuiet { return }
    write((isTerminal ? "\r\u{1b}[K" : "") + line + "\n")
  }

  func progress(_ done: Double, _ subject: Subject, _ check: any ConformanceCheck) {
    guard isTerminal && !isQuiet else { return }
    let width = 24
    let filled = Int(done * Double(width))
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    write("\r\u{1b}[K\(bar) \(Int(done * 100)) % \(subject.backend) \(check.name)")
  }

  /// At once, so that whoever reads a pipe sees each check when it ends.
  private func write(_ text: String) { lock.withLock { FileHandle.standardOutput.write(Data(text.utf8)) } }

  func finished(_ record: CheckRecord) {
    let time = String(format: "%.1f s", record.seconds)
    say(
      "\(record.failed > 0 ? "FAILED " : "")\(record.backend) \(record.check) (\(record.executor)): \(record.summary), \(time)"
    )
    for failure in record.failures.prefix(5) { say("FAILED \(failure.text)") }
    if record.failed > 5 { say("FAILED \(record.backend) \(record.check): \(record.failed - 5) more") }
  }
}
