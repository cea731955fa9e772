// Tests/OutOfTree, a package with backends of its own: its tool on its own files.
//
// Linked here from what this build made, in seconds. SwiftPM's own build of that package, and tasks on its backend, are
// Scripts/out-of-tree.sh, which `make conformance` runs.

import Foundation
import Testing

private struct OtherTool {
  static let package = Tool.package.appendingPathComponent("Tests/OutOfTree")
  static let backends = [(folder: "arm", module: "ARMBackend"), (folder: "amd64_r14", module: "AMD64R14Backend")]
  /// This package's modules that the tool is made of.
  static let modules = [
    "PreemptTool", "Conformance", "StubGenerator", "BackendCatalog", "ArchPreempt", "AMD64Backend", "I386Backend",
    "ARM64Backend", "RISCV64Backend", "S390XBackend", "NoXRegBackend", "ArgumentParser", "ArgumentParserToolInfo",
  ]

  static let built = Result { try build() }

  private static func build() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("preempt-other-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let products = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    func run(_ arguments: [String]) throws {
      let run = try Tool.run(URL(fileURLWithPath: "/usr/bin/env"), arguments, in: package)
      try #require(run.status == 0, "\(arguments.prefix(3)): \(run.output)\(run.errors)")
    }
    func sources(_ folder: String) throws -> [String] {
      let folder = package.appendingPathComponent(folder)
      return try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
        .map { folder.appendingPathComponent($0).path }
    }
    let interfaces = ["-I", products.appendingPathComponent("Modules").path, "-I", folder.path]
    for backend in backends {
      try run(
        ["swiftc", "-parse-as-library", "-emit-library", "-static", "-emit-module", "-module-name", backend.module]
          + interfaces + ["-o", folder.appendingPathComponent("lib\(backend.module).a").path]
          + sources("Arch/\(backend.folder)"))
    }
    // An archive: objects of files that are no more lie about there, and nothing asks for them. In it the linker isn't
    // told of libraries either.
    let archive = folder.appendingPathComponent("libpreempt.a").path
    let objects = try modules.flatMap { module in
      let folder = products.appendingPathComponent("\(module).build")
      return try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".o") }
        .map { folder.appendingPathComponent($0).path }
    }
    try run(["ar", "rcs", archive] + objects)
    let tool = folder.appendingPathComponent("other-preempt")
    try run(
      ["swiftc"] + interfaces + sources("Sources/other-preempt") + ["-o", tool.path, "-L", folder.path]
        + backends.map { "-l\($0.module)" } + ["-lpreempt", "-lswiftSynchronization"])
    return tool
  }

  static func run(_ arguments: String..., in folder: URL = package) throws -> ToolRun {
    try Tool.run(built.get(), arguments, in: folder)
  }
}

/// What a folder holds, by path.
private func contents(of folder: URL) throws -> [String: String] {
  try FileManager.default.subpathsOfDirectory(atPath: folder.path).reduce(into: [:]) { found, path in
    found[path] = try? String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
  }
}

@Suite(.serialized) struct OutOfTreeTests {
  @Test func itsGeneratedFilesAreWhatItsBackendsGenerate() throws {
    let run = try OtherTool.run("check")
    #expect(run.status == 0, "\(run.output)\(run.errors)")
    #expect(run.output == "18 files are what their backends generate\n")
  }

  @Test func itKnowsItsOwnBackendsAndPackageOnly() throws {
    let unknown = try OtherTool.run("layout", "amd64")
    #expect(unknown.status == 2)
    #expect(
      unknown.errors.hasPrefix(
        "other-preempt: unknown backend 'amd64': the backends are arm, noxreg_arm, amd64_r14"), "\(unknown.errors)")
    let elsewhere = try OtherTool.run("check", in: Tool.package)
    #expect(elsewhere.status == 2)
    #expect(elsewhere.errors.contains("is the package other-backends"), "\(elsewhere.errors)")
    for arguments in [["add-arch", "mips", "--like", "arm"], ["conformance", "--full", "--record"]] {
      let run = try Tool.run(OtherTool.built.get(), arguments, in: OtherTool.package)
      #expect(run.status == 2 && run.errors.hasPrefix("other-preempt: "), "\(arguments): \(run.output)\(run.errors)")
    }
    let layout = try OtherTool.run("layout", "arm")
    #expect(layout.output.contains("interrupted PC"), "\(layout.output)")
  }

  @Test func itWritesItsOwnFolderOnly() throws {
    let copy = FileManager.default.temporaryDirectory.appendingPathComponent("preempt-other-copy-\(UUID().uuidString)")
    try FileManager.default.copyItem(at: OtherTool.package, to: copy)
    defer { try? FileManager.default.removeItem(at: copy) }
    let before = try contents(of: copy)
    let stub = "Sources/Generated/arm/preempt.S"
    try "/* no stub */\n".write(to: copy.appendingPathComponent(stub), atomically: true, encoding: .utf8)
    let check = try OtherTool.run("check", in: copy)
    #expect(check.status == 1)
    #expect(check.errors.contains("run 'other-preempt generate'"), "\(check.errors)")
    let generate = try OtherTool.run("generate", in: copy)
    #expect(generate.status == 0, "\(generate.errors)")
    #expect(generate.output == "wrote \(stub)\n1 written, 0 removed, 17 unchanged\n")
    #expect(try contents(of: copy) == before)
  }

  @Test(arguments: ["amd64_r14", "arm"]) func itsBackendsConform(backend: String) throws {
    let run = try OtherTool.run(
      "conformance", "--arch", backend, "--check", "registers,instructions", "--seconds", "0.5", "--json")
    let checks = try #require(try run.json()["checks"] as? [[String: Any]])
    #expect(checks.count == 2)
    for check in checks {
      if let reason = check["reason"] as? String, check["skipped"] as? Int ?? 0 > 0 {
        print("skipped: \(backend) out of tree: \(reason)")
        continue
      }
      #expect(check["failed"] as? Int == 0 && check["passed"] as? Int ?? 0 > 0, "\(check)")
    }
  }
}
