// Runs the built tools as a user would: the executables beside the test bundle, with their real exit codes.

import Foundation
import Testing

struct ToolRun {
  let status: Int32
  let output: String
  let errors: String

  /// The one JSON object on standard output.
  func json() throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
  }
}

enum Tool {
  /// The catalogue, in its order.
  static let backends = [
    "amd64", "noxreg", "386", "noxreg_386", "arm64", "noxreg_arm64", "arm64_x18", "noxreg_arm64_x18",
    "riscv64", "noxreg_riscv64", "riscv64_t6", "noxreg_riscv64_t6",
    "s390x", "noxreg_s390x",
  ]

  /// The package this test was compiled in.
  static let package = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static func run(
    _ name: String = "preempt", _ arguments: [String] = [], in folder: URL = package,
    environment: [String: String]? = nil
  ) throws -> ToolRun {
    let bundle = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    let tool = bundle.deletingLastPathComponent().appendingPathComponent(name)
    try #require(
      FileManager.default.isExecutableFile(atPath: tool.path),
      "\(tool.path) isn't built: run 'swift build --build-tests'")
    return try run(tool, arguments, in: folder, environment: environment)
  }

  static func run(
    _ program: URL, _ arguments: [String] = [], in folder: URL = package, environment: [String: String]? = nil
  ) throws -> ToolRun {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    if let environment { process.environment = environment }
    let output = Pipe()
    let errors = Pipe()
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    // What a tool says on standard error fits into a pipe.
    let outputBytes = try output.fileHandleForReading.readToEnd() ?? Data()
    let errorBytes = try errors.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    try #require(
      process.terminationReason == .exit,
      "\(program.path) \(arguments) was ended by signal \(process.terminationStatus)")
    return ToolRun(
      status: process.terminationStatus, output: String(decoding: outputBytes, as: UTF8.self),
      errors: String(decoding: errorBytes, as: UTF8.self))
  }
}

/// A copy of what `generate` and `check` read, and of more where asked, in a folder of its own that goes away with the
/// value.
final class PackageCopy {
  let root: URL

  init(withProof: Bool = false, with more: [String] = []) throws {
    let files = FileManager.default
    root = files.temporaryDirectory.appendingPathComponent("preempt-tool-tests-\(UUID().uuidString)")
    let proof = withProof ? ["Scripts/proof", ".build-tools"] : []
    for path in [
      "Package.swift", "README.md", "Sources/CPreempt/generated", "Sources/SelectedArch/Generated",
    ] + (more.contains("Arch") ? ["Arch"] : ["Arch/README.md", "Arch/results.json"]) + Self.mcalls + proof
      + more.filter({ $0 != "Arch" })
    {
      let copy = root.appendingPathComponent(path)
      let original = Tool.package.appendingPathComponent(path)
      try files.createDirectory(at: copy.deletingLastPathComponent(), withIntermediateDirectories: true)
      if path == ".build-tools" {
        try files.createSymbolicLink(at: copy, withDestinationURL: original)
      } else {
        try files.copyItem(at: original, to: copy)
      }
    }
  }

  private static let mcalls: [String] = {
    let names = try? FileManager.default.contentsOfDirectory(
      atPath: Tool.package.appendingPathComponent("Sources/CPreempt").path)
    return (names ?? []).filter { $0.hasPrefix("mcall_") }.map { "Sources/CPreempt/" + $0 }
  }()

  deinit { try? FileManager.default.removeItem(at: root) }

  func preempt(_ arguments: String...) throws -> ToolRun {
    try Tool.run("preempt", arguments + ["--package-path", root.path])
  }

  func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  func write(_ text: String, to path: String) throws {
    let file = root.appendingPathComponent(path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: file, atomically: true, encoding: .utf8)
  }

  /// Every file's path and text.
  func contents() throws -> [String: String] {
    var contents: [String: String] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: root.path) {
      if let text = try? text(path) { contents[path] = text }
    }
    return contents
  }
}
