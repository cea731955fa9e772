// Whether assemblers take what is generated: GNU as through the C compiler that programs are built with, and clang's own.

import Foundation
import StubGenerator

/// Stubs and probes, assembled by both, have every symbol; the header is C11 in strict mode.
public struct AssemblyCheck: ConformanceCheck {
  public let name = "assembles"
  public let executor = "gcc, clang"
  var clang = "clang"

  public init() {}

  init(clang: String) { self.clang = clang }

  public func run(_ subject: Subject, _ campaign: Campaign) throws -> Outcome {
    // A few files: the first shard's.
    guard campaign.shard.holds(0) else { return Outcome() }
    return try .unlessImpossible {
      let toolchain = try Toolchain(for: subject)
      let folder = campaign.scratch.appendingPathComponent("assembled-\(subject.backend)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let description = subject.description
      let files = [
        ("preempt.S", description.stubs.map(\.symbol)),
        ("probe.S", description.probes.map(\.symbol) + description.probeFunctions.map(\.symbol)),
      ]
      var outcome = Outcome()
      var versions: [String] = []
      func assemble(with compiler: URL, _ arguments: [String], as version: String) throws {
        versions.append(version)
        for (file, symbols) in files {
          let object = folder.appendingPathComponent("\(file)-\(versions.count).o")
          let result = try Command.run(
            compiler,
            arguments + subject.selection + [
              "-c", subject.generated.appendingPathComponent(file).path, "-o", object.path,
            ], budget: 120)
          outcome.judge(result, "\(subject.backend): \(file), \(version)")
          guard result.end == .exit(0) else { continue }
          // A guard that doesn't hold leaves nothing to assemble.
          let bytes = try Data(contentsOf: object)
          for symbol in symbols where bytes.range(of: Data(symbol.utf8)) == nil {
            outcome.fail(Failure("\(subject.backend): \(file), \(version): no \(symbol) in the object"))
          }
        }
      }
      let gcc = toolchain.compiler
      try assemble(with: gcc, toolchain.arguments, as: "gcc \(try Self.version(of: gcc))")
      let header = try Command.run(
        gcc,
        toolchain.arguments + subject.selection + [
          "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-x", "c",
          subject.generated.appendingPathComponent("preempt.h").path,
        ], budget: 120)
      outcome.judge(header, "\(subject.backend): preempt.h")
      do {
        let other = try Command.find(clang, package: "clang")
        // aarch64-linux-gnu-gcc compiles for aarch64-linux-gnu; the machine's own has no such name.
        let name = gcc.lastPathComponent
        let target = name.contains("-linux-") ? ["--target=\(name.dropLast(4))"] : []
        try assemble(
          with: other, target + ["-Wno-unused-command-line-argument"], as: "clang \(Self.version(of: other))")
      } catch let missing as MissingProgram {
        outcome.skipped += files.count
        outcome.reason = missing.description
      }
      outcome.executor = versions.joined(separator: ", ")
      return outcome
    }
  }

  private static func version(of compiler: URL) throws -> String {
    let text = try Command.run(compiler, ["-dumpversion"], budget: 30).outputText
    return text.trimmingCharacters(in: .whitespacesAndNewlines).split(separator: ".").prefix(2).joined(separator: ".")
  }
}

extension Outcome {
  /// Counts one file.
  fileprivate mutating func judge(_ result: CommandResult, _ what: String) {
    if result.end == .exit(0) {
      passed += 1
    } else {
      let first = result.errorText.split(separator: "\n").first { $0.contains("rror") } ?? ""
      fail(Failure("\(what): \(result.end): \(first)"))
    }
  }
}
