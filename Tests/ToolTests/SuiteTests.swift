// The quick run of the conformance suite, as a user starts it, and what its reports say.

#if !noxreg

import Foundation
import Testing

@Suite struct SuiteTests {
  /// Every check of every backend that this machine executes.
  @Test func theQuickRunPasses() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("preempt-suite-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = try Tool.run(
      "preempt",
      [
        "conformance", "--arch", "amd64,noxreg", "--json", "--html", "\(folder.path)/a.html", "--junit",
        "\(folder.path)/a.xml",
      ])
    let report = try run.json()
    let checks = try #require(report["checks"] as? [[String: Any]])
    for check in checks {
      let name = "\(check["backend"] ?? "?") \(check["check"] ?? "?")"
      let (passed, failed, skipped) = (check["passed"] as? Int, check["failed"] as? Int, check["skipped"] as? Int)
      print("suite: \(name): \(passed ?? -1) passed, \(skipped ?? -1) skipped (\(check["reason"] ?? "-"))")
      #expect(failed == 0, "seed \(report["seed"] ?? "?"), \(name): \(check["failures"] ?? "")")
      #expect((passed ?? 0) > 0 || !((check["reason"] as? String ?? "").isEmpty), "\(name) skips without a reason")
    }
    #expect(run.status == 0, "\(run.errors)")
    let names = Set(checks.compactMap { $0["check"] as? String })
    #expect(names.isSuperset(of: ["registers", "instructions", "libunwind", "gdb", "detach", "proof", "mutants"]))
    #expect(checks.count == 2 * names.count)
    #expect(try #require(report["checksAfterPreemption"] as? Int) > 100_000)
    #expect(report["distinctPCs"] as? Int == report["instructions"] as? Int)
    for mutants in try #require(report["mutants"] as? [[String: Any]]) {
      #expect(try #require(mutants["total"] as? Int) >= 200)
      #expect((mutants["survived"] as? [Any])?.isEmpty == true)
    }
    #expect(try String(contentsOfFile: "\(folder.path)/a.html", encoding: .utf8).contains("</html>"))
    #expect(try String(contentsOfFile: "\(folder.path)/a.xml", encoding: .utf8).contains("</testsuites>"))
  }

  /// No program is in PATH, and the package has no tools of its own.
  @Test func whatIsMissingFailsOnlyWhereAllIsRequired() throws {
    let copy = try PackageCopy()
    func run(_ more: String...) throws -> (status: Int32, errors: String, checks: [String: [String: Any]]) {
      let run = try Tool.run(
        "preempt",
        ["conformance", "--arch", "s390x", "--json", "--seed", "1", "--package-path", copy.root.path] + more,
        environment: ["PATH": copy.root.path])
      let checks = try #require(try run.json()["checks"] as? [[String: Any]])
      return (run.status, run.errors, Dictionary(uniqueKeysWithValues: checks.map { ($0["check"] as! String, $0) }))
    }
    let lenient = try run()
    #expect(lenient.status == 0 && lenient.errors.isEmpty)
    #expect(lenient.checks.values.allSatisfy { $0["failed"] as? Int == 0 })
    let strict = try run("--require-all")
    #expect(strict.status == 3)
    for (name, check) in strict.checks {
      let remedy = lenient.checks[name]?["remedy"] as? String
      #expect((check["failed"] as? Int ?? 0 > 0) == (remedy != nil), "\(name): \(check)")
      #expect(strict.errors.contains("preempt: s390x \(name): ") == (remedy != nil))
    }
    #expect(strict.errors.contains("Scripts/install-cross-tools.sh s390x"))
    #expect(strict.errors.contains("Scripts/install-dependencies.sh"))
    // Nothing that could be installed would make these two differ.
    #expect(strict.checks["scanner"]?["skipped"] as? Int == 1 && strict.checks["fuzz-broken"]?["passed"] as? Int != 0)
  }

  /// The shards of one check are the whole of it.
  @Test func shardsAreTheWhole() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("preempt-shards-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = try (1...2).map { index in
      let run = try Tool.run(
        "preempt",
        ["conformance", "--arch", "amd64", "--check", "instructions", "--seed", "5", "--shard", "\(index)/2", "--json"])
      #expect(run.status == 0, "\(run.errors)")
      let file = folder.appendingPathComponent("\(index).json")
      try Data(run.output.utf8).write(to: file)
      return file.path
    }
    let merged = try Tool.run("preempt", ["conformance", "--json", "--merge"] + files)
    #expect(merged.status == 0, "\(merged.errors)")
    let whole = try Tool.run(
      "preempt", ["conformance", "--arch", "amd64", "--check", "instructions", "--seed", "5", "--json"])
    let counts = [merged, whole].map { run in
      ["passed", "instructions", "distinctPCs"].map { key in (try? run.json()[key] as? Int) ?? -1 }
    }
    #expect(counts[0] == counts[1])
    let twice = try Tool.run("preempt", ["conformance", "--merge", files[0], files[0]])
    #expect(twice.status == 2 && twice.errors.contains("each counts once"), "\(twice.errors)")
  }
}

#endif
