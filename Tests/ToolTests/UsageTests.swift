// Help, exit codes and messages of every subcommand.

import Foundation
import Testing

/// Subcommands as the tool itself lists them, so that a new one is held to the same rules.
private func subcommands() throws -> [[String: Any]] {
  let dump = try Tool.run("preempt", ["--experimental-dump-help"]).json()
  let root = try #require(dump["command"] as? [String: Any])
  return try #require(root["subcommands"] as? [[String: Any]]).filter { $0["commandName"] as? String != "help" }
}

@Suite struct UsageTests {
  @Test func everySubcommandHasAnExampleAndJSON() throws {
    let commands = try subcommands()
    #expect(commands.count >= 4)
    for command in commands {
      let name = try #require(command["commandName"] as? String)
      let run = try Tool.run("preempt", [name, "--help"])
      #expect(run.status == 0)
      #expect(run.output.contains("Example: preempt \(name)"), "preempt \(name) --help")
      #expect(run.output.contains("--json"), "preempt \(name) --help")
      #expect(run.errors.isEmpty)
    }
  }

  @Test func helpAndVersionAreFine() throws {
    for arguments in [[], ["--help"], ["help", "layout"], ["--version"]] {
      let run = try Tool.run("preempt", arguments)
      #expect(run.status == 0)
      #expect(!run.output.isEmpty)
    }
  }

  @Test(arguments: [
    ["no-such-command"], ["layout"], ["layout", "--no-such-option", "amd64"], ["layout", "amd64", "noxreg"],
    ["check", "--package-path"], ["check", "--package-path", "/proc"], ["doctor", "amd64"],
    ["conformance", "--prove", "--sample", "5"], ["conformance", "--mutants", "--sample", "0"],
    ["conformance", "--prove", "--arch", "amd64,"], ["conformance", "--check", "prof"], ["conformance", "amd64"],
    ["conformance", "--shard", "5/4"], ["conformance", "--shard", "0/4"], ["conformance", "--shard", "1"],
    ["conformance", "--quick", "--full"], ["conformance", "--prove", "--check", "proof"],
    ["conformance", "--seconds", "0"], ["conformance", "--repeat", "0"], ["conformance", "--seed", "-1"],
    ["conformance", "--html", "/proc"], ["conformance", "--record"], ["conformance", "--record", "--quick"],
    ["conformance", "--merge"], ["conformance", "--merge", "no-such-report.json"],
    ["conformance", "--merge", "Package.swift"], ["conformance", "--merge", "--seed", "1", "a.json"],
    ["layout", "amd64", "--svg", "--json"],
    ["demo", "gcc"], ["demo", "gc", "--tasks", "3"], ["demo", "--nodes", "20000"], ["demo", "gc", "--nodes", "1"],
    ["demo", "gc", "--forget", "mxcsr"],
    ["bench", "no-such-row"], ["bench", "--samples", "2"], ["bench", "--largest", "0"], ["bench", "--cpu", "99999"],
  ])
  func wrongUsageExitsWithTwo(_ arguments: [String]) throws {
    let run = try Tool.run("preempt", arguments)
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
    #expect(run.errors.hasPrefix("preempt: "))
    #expect(run.errors.filter { $0 == "\n" }.count == 1, "one line: \(run.errors)")
  }

  @Test(arguments: ["generate", "check", "layout"])
  func unknownBackendNamesTheNearest(_ subcommand: String) throws {
    let near = try Tool.run("preempt", [subcommand, "amd46"])
    #expect(near.status == 2)
    let known = "the backends are \(Tool.backends.joined(separator: ", "))"
    #expect(near.errors == "preempt: unknown backend 'amd46': \(known); did you mean 'amd64'?\n")
    for (name, meant) in [
      ("aarch64", "arm64"), ("x86_64", "amd64"), ("RISCV64", "riscv64"), ("arm64-x18", "arm64_x18"),
    ] {
      let other = try Tool.run("preempt", [subcommand, name])
      #expect(other.errors.hasSuffix("; did you mean '\(meant)'?\n"), "\(other.errors)")
    }
    let far = try Tool.run("preempt", [subcommand, "quux-9000"])
    #expect(far.status == 2)
    #expect(far.errors == "preempt: unknown backend 'quux-9000': \(known)\n")
  }

  @Test func unknownSubcommandNamesTheNearest() throws {
    let near = try Tool.run("preempt", ["conformence", "--quick"])
    #expect(near.status == 2)
    #expect(near.errors.contains("; did you mean 'conformance'? (see 'preempt --help')"), "\(near.errors)")
    #expect(try !Tool.run("preempt", ["quux"]).errors.contains("did you mean"))
  }

  @Test func findsThePackageFromAFolderBelow() throws {
    #expect(try Tool.run("preempt", ["check"], in: Tool.package.appendingPathComponent("Arch/amd64")).status == 0)
    let outside = try Tool.run("preempt", ["check"], in: URL(fileURLWithPath: "/"))
    #expect(outside.status == 2)
    #expect(outside.errors.contains("--package-path"))
  }
}

@Suite struct LayoutTests {
  @Test(arguments: Tool.backends)
  func jsonAgreesWithTheDiagram(_ backend: String) throws {
    let text = try Tool.run("preempt", ["layout", backend])
    #expect(text.status == 0)
    let report = try Tool.run("preempt", ["layout", backend, "--json"]).json()
    #expect(report["backend"] as? String == backend)
    let frame = try #require(report["frame"] as? [String: Any])
    let byteCount = try #require(frame["byteCount"] as? Int)
    #expect(text.output.contains("frame with red zone: \(byteCount) bytes"))
    for slot in try #require(frame["slots"] as? [[String: Any]]) {
      let name = try #require(slot["name"] as? String)
      let offset = try #require(slot["offset"] as? Int)
      #expect(text.output.contains("\(offset) │ \(name) "))
    }
    #expect((frame["words"] as? [Any])?.isEmpty == false)
    for stateClass in try #require(report["classes"] as? [[String: Any]]) {
      let area = try #require(stateClass["area"] as? [[String: Any]])
      #expect(area.reduce(0) { $0 + ($1["byteCount"] as? Int ?? 0) } == stateClass["byteCount"] as? Int)
      #expect(text.output.contains("\n\(stateClass["name"] as? String ?? "?") "))
    }
    #expect((report["excluded"] as? [Any])?.isEmpty == false)
  }
}

@Suite struct DrawingTests {
  @Test(arguments: Tool.backends)
  func everyRegisterIsDrawn(_ backend: String) throws {
    let run = try Tool.run("preempt", ["layout", backend, "--svg"])
    #expect(run.status == 0)
    let drawing = try Drawing(run.output)
    let report = try Tool.run("preempt", ["layout", backend, "--json"]).json()
    let frame = try #require(report["frame"] as? [String: Any])
    for slot in try #require(frame["slots"] as? [[String: Any]]) {
      #expect(drawing.texts.contains(try #require(slot["name"] as? String)))
      #expect(drawing.texts.contains(String(try #require(slot["offset"] as? Int))))
    }
    for stateClass in try #require(report["classes"] as? [[String: Any]]) {
      #expect(drawing.texts.contains(try #require(stateClass["name"] as? String)))
      #expect(drawing.texts.contains("\(try #require(stateClass["byteCount"] as? Int)) bytes"))
    }
  }

  @Test func theDrawingInTheDocumentationIsTheTools() throws {
    let checkedIn = Tool.package.appendingPathComponent(
      "Sources/PreemptRuntime/PreemptRuntime.docc/Resources/frame-amd64.svg")
    let run = try Tool.run("preempt", ["layout", "amd64", "--svg"])
    #expect(
      try String(contentsOf: checkedIn, encoding: .utf8) == run.output, "write it again with --svg \(checkedIn.path)")
  }
}

@Suite struct DoctorTests {
  @Test func exitCodeFollowsTheFindings() throws {
    let run = try Tool.run("preempt", ["doctor", "--json"])
    let report = try run.json()
    let findings = try #require(report["findings"] as? [[String: Any]])
    let names = findings.compactMap { $0["name"] as? String }
    for name in [
      "cpu", "state components", "state classes", "kernel", "MADV_GUARD_INSTALL", "user shadow stack",
      "libunwind.so.8", "gdb", "arm64 programs", "riscv64 programs", "bochs-bin", "python z3",
    ] {
      #expect(names.contains(name))
    }
    // What only some work needs says for what.
    for finding in findings where finding["state"] as? String == "absent" {
      let detail = try #require(finding["detail"] as? String)
      #expect(detail.contains("needed for") || detail.contains("not enabled"), "\(finding)")
    }
    #expect(run.status == (findings.contains { $0["state"] as? String == "missing" } ? 3 : 0))
    #if noxreg
    #expect(report["backend"] as? String == "noxreg")
    #else
    #expect(report["backend"] as? String == "amd64")
    #endif
  }

  @Test func missingProgramsAreNamedWithTheirRemedy() throws {
    let run = try Tool.run("preempt", ["doctor"], environment: ["PATH": "/nonexistent"])
    #expect(run.status == 3)
    for (program, package) in [("gdb", "gdb"), ("llvm-dwarfdump", "llvm"), ("make", "make")] {
      #expect(run.errors.contains("preempt: missing: \(program): apt-get install -y \(package)\n"))
    }
  }
}
