// Builds and runs the judges of the unwinding: Sources/CHarness/judged.c, which has the tasks, judge.c, which steps them
// over ptrace, and judge.py, which has gdb do so.

import Foundation
import StubGenerator
import Synchronization

/// Where a judge sees something else than was interrupted.
struct Disagreement: Decodable {
  let text: String
  let place: String
  let expected: String
  let got: String

  var difference: Difference { Difference(place: place, expected: expected, got: got) }
}

/// What a judge found, as it prints it.
struct Verdict: Decodable {
  struct Stub: Decodable {
    let symbol: String
    let instructions: Int
    /// Distinct instructions at which the judge looked.
    let visited: Int
    /// Whether this machine has the stub's width enabled.
    let isEnabled: Bool
    /// Whether it belongs to this shard.
    let isChosen: Bool
  }
  let comparisons: Int
  let failed: Int
  /// How often the stepper let go of the tasks.
  let detached: Int
  let stubs: [Stub]
  let failures: [Disagreement]
}

/// The judge itself, or its compilation, went wrong.
struct BrokenJudge: Error, CustomStringConvertible {
  let description: String
}

/// The judges' programs for one backend.
struct Judges {
  /// The tasks alone, for gdb. `exec PROGRAM ARGUMENT…` runs a program with all signals unblocked, as gdb wants it;
  /// `may-trace` says whether a debugger may trace here.
  let tasks: URL
  /// The tasks and judge.c.
  let judge: URL
  /// Where the backend's code lies as the assembler left it.
  let object: URL
  let script: URL
  let folder: URL
  /// How to get libunwind, where it is missing.
  let unwinderSource: String?

  /// Seconds for one judge and one backend, far beyond what it takes.
  static let budget = 240.0

  private static let built = Mutex<[String: Judges]>([:])

  /// Compiles them, once for each campaign.
  /// - Throws: `Skip`, `MissingProgram`, `BrokenJudge`.
  static func build(_ subject: Subject, _ campaign: Campaign) throws -> Judges {
    let folder = campaign.scratch.appendingPathComponent("judges-\(subject.backend)")
    return try built.withLock { built in
      if let judges = built[folder.path] { return judges }
      let judges = try compile(subject, campaign, in: folder)
      built[folder.path] = judges
      return judges
    }
  }

  private static func compile(_ subject: Subject, _ campaign: Campaign, in folder: URL) throws -> Judges {
    let toolchain = try Toolchain(for: subject)
    guard !toolchain.isEmulated else {
      throw Skip(reason: "\(toolchain.executor) has no ptrace, over which they step")
    }
    let tables = JudgeTables(subject.description, seed: campaign.seed)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try tables.header.write(to: folder.appendingPathComponent("tables.h"), atomically: true, encoding: .utf8)
    try tables.json().write(to: folder.appendingPathComponent("tables.json"))
    let harness = campaign.package.appendingPathComponent("Sources/CHarness")
    let runtime = campaign.package.appendingPathComponent("Sources/CPreempt")
    let mcall = try subject.mcall(in: campaign.package)
    // Types for gdb; call-frame information for the scheduler's few lines, which lie on the way.
    var flags = ["-std=gnu11", "-O2", "-g", "-Wall", "-Wextra", "-Wno-attributes", "-fasynchronous-unwind-tables"]
    flags += subject.selection
    for include in [folder, subject.generated, runtime.appendingPathComponent("include"), harness] {
      flags += ["-I", include.path]
    }
    func run(_ arguments: [String]) throws {
      let result = try Command.run(
        toolchain.compiler, toolchain.arguments + flags + arguments, in: folder, budget: budget)
      guard result.end == .exit(0) else { throw BrokenJudge(description: "cc: \(result.errorText)") }
    }
    let object = folder.appendingPathComponent("preempt.o")
    let rest = ["judged.o", "probe.o", "mcall_\(subject.arch).o"].map { folder.appendingPathComponent($0).path }
    try run([
      "-c", subject.generated.appendingPathComponent("preempt.S").path, harness.appendingPathComponent("judged.c").path,
      subject.generated.appendingPathComponent("probe.S").path,
      mcall.path,
    ])
    let judges = Judges(
      tasks: folder.appendingPathComponent("tasks"), judge: folder.appendingPathComponent("judge"), object: object,
      script: harness.appendingPathComponent("judge.py"), folder: folder,
      unwinderSource: subject.isNative
        ? "apt-get install libunwind-dev" : CrossTools.installation(of: subject.arch, own: subject.tools))
    try run([object.path] + rest + ["-o", judges.tasks.path])
    // Another CPU's is the foreign package's, statically: Scripts/install-cross-tools.sh.
    let foreign = campaign.package.appendingPathComponent(".build-tools/libunwind-\(subject.arch)/usr")
    let places = subject.isNative ? [] : Self.places(of: "libunwind-ptrace.a", below: foreign) ?? []
    // What libunwind searches, and a static program lacks.
    let libraries =
      ["-Wl,--eh-frame-hdr", "-lunwind-ptrace", "-lunwind-generic"] + (subject.isNative ? [] : ["-lunwind", "-llzma"])
    let unwinder = try Command.run(
      toolchain.compiler,
      toolchain.arguments + flags + places + [harness.appendingPathComponent("judge.c").path, object.path] + rest
        + libraries + ["-o", judges.judge.path], in: folder, budget: budget)
    // Without libunwind gdb and llvm-dwarfdump can still judge.
    if unwinder.end != .exit(0), !unwinder.errorText.contains("unwind") {
      throw BrokenJudge(description: "cc: \(unwinder.errorText)")
    }
    return judges
  }

  /// The compiler's flags for a package that was unpacked in a folder.
  static func places(of library: String, below folder: URL) -> [String]? {
    let libraries = folder.appendingPathComponent("lib")
    let triples = (try? FileManager.default.contentsOfDirectory(atPath: libraries.path)) ?? []
    let triple = triples.first {
      FileManager.default.fileExists(atPath: libraries.appendingPathComponent("\($0)/\(library)").path)
    }
    guard let triple else { return nil }
    let include = folder.appendingPathComponent("include").path
    return ["-I", include, "-I", "\(include)/\(triple)", "-L", libraries.appendingPathComponent(triple).path]
  }

  /// - Parameters:
  ///   - mode: what judge.c calls the judge.
  ///   - environment: added to this process's.
  /// - Throws: `Skip`, `BrokenJudge`.
  func verdict(_ mode: String, shard: Campaign.Shard, environment: [String: String]) throws -> Verdict {
    guard FileManager.default.isExecutableFile(atPath: judge.path) else {
      throw Skip(reason: "no libunwind-ptrace.h and its library on this machine", remedy: unwinderSource)
    }
    let result = try Command.run(
      judge, [mode, shard.text], in: folder, environment: environment, budget: Self.budget
    )
    switch result.end {
    case .exit(0), .exit(1): return try JSONDecoder().decode(Verdict.self, from: result.output)
    case .exit(3): throw Skip(saidBy: result)
    case let end: throw BrokenJudge(description: "judge \(mode): \(end): \(result.errorText)")
    }
  }

  /// - Throws: `Skip`, `MissingProgram`, `BrokenJudge`.
  func verdictOfGDB(named name: String, shard: Campaign.Shard, environment: [String: String]) throws -> Verdict {
    let gdb = try Command.find(name, package: "gdb")
    let output = folder.appendingPathComponent("gdb.json")
    try? FileManager.default.removeItem(at: output)
    var added = environment
    added["JUDGE_TABLES"] = folder.appendingPathComponent("tables.json").path
    added["JUDGE_RESULT"] = output.path
    added["JUDGE_PART"] = shard.text
    let result = try Command.run(
      tasks, ["exec", gdb.path, "-q", "-nx", "-batch", "-x", script.path, tasks.path], in: folder,
      environment: added, budget: Self.budget)
    if let data = try? Data(contentsOf: output) { return try JSONDecoder().decode(Verdict.self, from: data) }
    let tracing = try Command.run(
      tasks, ["may-trace"], environment: added, budget: Self.budget)
    if tracing.end == .exit(3) {
      throw Skip(saidBy: tracing)
    }
    if result.saysThereIsNoPython {
      throw Skip(reason: "this gdb was built without Python", remedy: "apt-get install gdb")
    }
    throw BrokenJudge(description: "gdb: \(result.end): \(result.errorText.suffix(2000))")
  }
}

extension CommandResult {
  /// gdb, of a script that it was built without the means to run.
  var saysThereIsNoPython: Bool {
    errorText.contains("Python scripting is not") || errorText.contains("Scripting in the \"Python\"")
  }
}
