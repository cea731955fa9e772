// `preempt conformance`: what is shown of the stubs. So far the proof for every machine state, and its mutants.
//
// The proof is in Python (Scripts/proof), because the lifter and the solver are; the layouts it is about come from here.

import ArchPreempt
import ArgumentParser
import Conformance
import Foundation
import StubGenerator

struct Conformance: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prove the entry stubs for every machine state.",
    discussion: """
      --prove executes the assembled, linked bytes of every stub symbolically, and compares the instructions' meanings \
      with this CPU. --mutants shows what the proof catches: single faults of the stubs, all of them (minutes), or a \
      sample. See docs/testing.md for what is proved and what is assumed.

      Example: preempt conformance --prove --arch amd64,noxreg
      """)

  @Flag(help: "Prove every stub, and compare what the proof takes for granted with this machine.")
  var prove = false
  @Flag(help: "Show that the proof fails on single faults of the stubs.")
  var mutants = false
  @Option(help: "With --mutants: only that many a backend, chosen by the seed.")
  var sample: Int?
  @Option(help: "Seed of samples and random states.")
  var seed = 1
  @Option(help: ArgumentHelp("Backends, with commas between; all of them where none is given.", valueName: "A,…"))
  var arch: String?
  @OptionGroup var package: PackageOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard prove || mutants else { throw ValidationError("nothing to do: give --prove, --mutants or both") }
    guard sample == nil || mutants else { throw ValidationError("--sample chooses among mutants: give --mutants too") }
    guard sample ?? 1 > 0 else { throw ValidationError("--sample \(sample!): a sample holds one mutant at least") }
    guard !output.json || prove != mutants else {
      throw ValidationError("--json prints one object: give --prove or --mutants")
    }
  }

  func run() throws {
    let names = arch.map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) } ?? []
    let proof = try Proof(package: try package.root(), backends: try preempt.backends(named: names))
    defer { proof.removeLayouts() }
    let json = output.json ? ["--json"] : []
    if prove { try proof.run("prove.py", ["--seed", "\(seed)"] + json) }
    if mutants { try judgeMutants(names) }
  }
}

extension Conformance {
  private struct MutantReports: Encodable { let mutants: [MutantReport] }

  fileprivate func judgeMutants(_ names: [String]) throws {
    let root = try package.root()
    let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("preempt-mutants-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    let campaign = Campaign(
      package: root, scratch: scratch, effort: .full, seconds: 60, seed: UInt64(bitPattern: Int64(seed)))
    let reports = try preempt.backends(named: names).map { backend in
      let report = try MutantCheck.report(
        on: Subject(BackendDescription(backend), package: root), campaign, sample: sample)
      if !output.json { print(report.text) }
      return report
    }
    if output.json { try printJSON(MutantReports(mutants: reports)) }
    guard reports.allSatisfy(\.isClean) else { throw ExitCode(ExitStatus.checkFailed.rawValue) }
  }
}

/// The programs of Scripts/proof, on the layouts of some backends.
private struct Proof {
  private let package: URL
  private let python: URL
  private let folder: URL
  private let layouts: [String]

  init(package: URL, backends: [any ArchPreempt.Type]) throws {
    self.package = package
    python = package.appendingPathComponent(".build-tools/venv/bin/python")
    guard FileManager.default.isExecutableFile(atPath: python.path) else {
      throw ToolFailure(
        .environment,
        "no \(python.path): run Scripts/install-dependencies.sh, which installs the proof's Python packages there")
    }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("preempt-proof-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    self.folder = folder
    layouts = try backends.map { backend in
      let file = folder.appendingPathComponent("\(backend.name).json")
      try Data(try jsonText(LayoutReport(BackendDescription(backend))).utf8).write(to: file)
      return file.path
    }
  }

  func removeLayouts() { try? FileManager.default.removeItem(at: folder) }

  /// Runs a program with this process's output; it has said what is wrong where it fails.
  func run(_ program: String, _ arguments: [String]) throws {
    let process = Process()
    process.executableURL = python
    process.arguments = ["-B", package.appendingPathComponent("Scripts/proof/\(program)").path] + layouts + arguments
    try process.run()
    process.waitUntilExit()
    guard process.terminationReason == .exit else {
      throw ToolFailure(.checkFailed, "\(program) was ended by signal \(process.terminationStatus)")
    }
    switch process.terminationStatus {
    case ExitStatus.fine.rawValue: return
    case ExitStatus.environment.rawValue: throw ExitCode(ExitStatus.environment.rawValue)
    default: throw ExitCode(ExitStatus.checkFailed.rawValue)
    }
  }
}
