// `preempt conformance`: the proof of the entry stubs, and that it can fail. It covers every backend, whatever the trait.

#if !noxreg

import Foundation
import Testing

private let python = Tool.package.appendingPathComponent(".build-tools/venv/bin/python").path
private let canProve = FileManager.default.isExecutableFile(atPath: python)
private let lacksPackages: Comment = "the proof's Python packages aren't installed: run Scripts/install-dependencies.sh"

@Suite(.enabled(if: canProve, lacksPackages)) struct ProofTests {
  @Test func everyStubIsProved() throws {
    let run = try Tool.run("preempt", ["conformance", "--prove", "--json", "--seed", "1"])
    let report = try run.json()
    let checks = try #require(report["checks"] as? [[String: Any]])
    for failure in checks.flatMap({ $0["failures"] as? [[String: Any]] ?? [] }) {
      Issue.record("\(failure["text"] as? String ?? "a failure without text")")
    }
    for check in checks { print("proof: \(check["backend"] ?? "?"): \(check["reason"] ?? "?")") }
    // What can't be assembled here is a skip, which has said so.
    let skipped = Set(checks.filter { $0["passed"] as? Int == 0 }.compactMap { $0["backend"] as? String })
    #expect(skipped.isDisjoint(with: ["amd64", "noxreg"]))
    let names = try Tool.backends.filter { !skipped.contains($0) }.flatMap { backend in
      let layout = try Tool.run("preempt", ["layout", backend, "--json"]).json()
      return try #require(layout["stubs"] as? [[String: Any]]).compactMap { $0["symbol"] as? String }
    }
    let proved = checks.flatMap { $0["proved"] as? [[String: Any]] ?? [] }
    #expect(proved.compactMap { $0["symbol"] as? String } == names)
    // What each takes for granted; where the CPU or an emulator of it is here, nothing of it went unseen.
    for check in checks where check["passed"] as? Int != 0 {
      let limits = try #require(check["proofLimits"] as? [String: Any], "\(check["backend"] ?? "?")")
      #expect((limits["writtenByHand"] as? [String])?.isEmpty == false)
      #expect((limits["comparedWith"] != nil) == !(check["reason"] as? String ?? "").contains("premises: skipped"))
    }
    #expect(proved.allSatisfy { $0["instructions"] as? Int ?? 0 > 40 && $0["comparisons"] as? Int ?? 0 > 500 })
    #expect(run.status == (skipped.isEmpty ? 0 : 3), "\(run.errors)")
  }

  @Test func aSampleOfSingleFaultsIsKilled() throws {
    let run = try Tool.run("preempt", ["conformance", "--mutants", "--sample", "25", "--seed", "3", "--json"])
    for report in try #require(try run.json()["mutants"] as? [[String: Any]]) {
      let survived = try #require(report["survived"] as? [[String: Any]])
      #expect(survived.isEmpty, "\(survived)")
      #expect((report["wronglyListedAsEquivalent"] as? [Any])?.isEmpty == true)
      #expect(report["total"] as? Int == 25)
      print("mutants of \(report["arch"] ?? "?"): \(report["killed"] ?? 0) of 25 killed, the rest equivalent")
    }
    #expect(run.status == 0, "\(run.errors)")
  }

  /// One instruction's meaning is wrong in each: the comparison with the CPU, or with an emulator of it, must tell.
  @Test(arguments: [
    (backend: "amd64", program: "cpu.py"), (backend: "386", program: "cpu.py"),
    (backend: "arm64_x18", program: "emulated.py"), (backend: "riscv64", program: "emulated.py"),
    (backend: "s390x", program: "emulated.py"),
  ]) func wrongMeaningsAreFound(backend: String, program: String) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("preempt-layout-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let layout = folder.appendingPathComponent("\(backend).json")
    try Data(try Tool.run("preempt", ["layout", backend, "--json"]).output.utf8).write(to: layout)
    let path = Tool.package.appendingPathComponent("Scripts/proof/\(program)").path
    let run = try Tool.run(URL(fileURLWithPath: python), ["-B", path, "--planted", layout.path])
    print("proof: \(backend): \(run.output)", terminator: "")
    #expect(run.output.contains(" wrong meanings, 0 not found") || run.output.contains("skipped: "), "\(run.output)")
    #expect(run.status == 0, "\(run.output)\(run.errors)")
  }

  @Test func aBrokenStubIsReportedWithRegisterInstructionAndState() throws {
    let copy = try PackageCopy(withProof: true)
    let path = "Sources/CPreempt/generated/amd64/preempt.S"
    let text = try copy.text(path)
    let restore = try #require(text.range(of: "\tmovq -104(%rbp), %r11\n"))  // in the first stub
    try copy.write(text.replacingCharacters(in: restore, with: ""), to: path)
    let run = try copy.preempt("conformance", "--prove", "--arch", "amd64")
    #expect(run.status == 1)
    let line = try #require(run.output.split(separator: "\n").first { $0.contains("ret 0x80: r11:") }, "\(run.output)")
    #expect(line.hasPrefix("FAILED amd64: preempt_amd64_entry_sse_in_sse +0x"))
    #expect(line.contains("expected r11 in its slot, got r11 after the call"))
    #expect(line.contains("for example r11"))
    #expect(run.output.contains("(11 of 12 stubs for every state; "))
  }
}

@Suite struct ProofPackagesTests {
  @Test func withoutThemTheProofSaysHowToGetThem() throws {
    let copy = try PackageCopy()
    let run = try copy.preempt("conformance", "--prove")
    #expect(run.status == 3)
    #expect(run.errors.contains("run Scripts/install-dependencies.sh"))
  }
}

#endif
