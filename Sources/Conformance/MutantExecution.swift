// Mutants at work: each is what a preempted task's stub is, in a process of its own (Sources/CHarness/mutants.c).

import Foundation
import StubGenerator

enum MutantExecution {
  enum Verdict: Sendable {
    case alive
    case killed(String)
  }

  private struct Verdicts: Decodable {
    struct Verdict: Decodable {
      let index: Int
      let verdict: String
      let reason: String?
    }
    let verdicts: [Verdict]
  }

  /// Mutants in one program: the assembler takes longer for more of them than for the same number in parts.
  private static let programSize = 2500

  /// - Returns: a verdict for each; nil for those that this machine can't run.
  static func run(_ mutants: [Mutant], of subject: Subject, _ campaign: Campaign) throws -> [Verdict?] {
    let toolchain = try Toolchain(for: subject)
    let folder = campaign.scratch.appendingPathComponent("mutants-\(subject.backend)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let processors = ProcessInfo.processInfo.activeProcessorCount
    let size = max(1, min(programSize, (mutants.count + processors - 1) / processors))
    let parts = stride(from: 0, to: mutants.count, by: size).map { $0..<min($0 + size, mutants.count) }
    let results = inParallel(parts) { part -> Result<[Verdict?], any Error> in
      Result {
        let program = try build(
          Array(mutants[part]), named: "mutants-\(part.lowerBound)", of: subject, campaign, toolchain, folder)
        defer { try? FileManager.default.removeItem(at: program) }
        return try judge(part.count, program, campaign.seed)
      }
    }
    return try results.flatMap { try $0.get() }
  }

  private static func build(
    _ mutants: [Mutant], named name: String, of subject: Subject, _ campaign: Campaign, _ toolchain: Toolchain,
    _ folder: URL
  ) throws -> URL {
    let source = folder.appendingPathComponent("\(name).s")
    let (text, indexByLine) = MutantAssembly.text(mutants, of: subject.description, hasTables: false)
    try Data(text.utf8).write(to: source)
    defer { try? FileManager.default.removeItem(at: source) }
    let program = folder.appendingPathComponent(name)
    let harness = campaign.package.appendingPathComponent("Sources/CHarness/mutants.c")
    let generated = ["preempt.S", "probe.S"].map { subject.generated.appendingPathComponent($0).path }
    do {
      try toolchain.link(
        ["-O2", "-I", subject.generated.path] + subject.selection + [harness.path] + generated
          + [source.path, subject.parking], to: program,
        budget: 300)
    } catch let failure as UnexpectedEnd {
      let refused = refusedLines(failure.result.errorText, of: source).compactMap { line in
        indexByLine.indices.contains(line - 1) ? indexByLine[line - 1].map { mutants[$0].description } : nil
      }
      if let mutant = refused.first { throw UnspelledFault(mutant: mutant) }
      throw failure
    }
    return program
  }

  /// Lines that an assembler complains about: `FILE:LINE: …`.
  private static func refusedLines(_ errors: String, of source: URL) -> [Int] {
    errors.split(separator: "\n").compactMap { message in
      guard message.hasPrefix(source.path + ":") else { return nil }
      return Int(message.dropFirst(source.path.utf8.count + 1).prefix { $0.isNumber })
    }
  }

  private static func judge(_ count: Int, _ program: URL, _ seed: UInt64) throws -> [Verdict?] {
    let result = try Command.run(program, ["0", "\(count)", "\(seed)"], budget: 60 + Double(count))
    if result.end == .exit(3) { throw Skip(saidBy: result) }
    guard result.end == .exit(0) else { throw UnexpectedEnd("mutants", result) }
    let verdicts = try JSONDecoder().decode(Verdicts.self, from: result.output).verdicts
    guard verdicts.map(\.index) == Array(0..<count) else { throw UnexpectedEnd("mutants", result) }
    return verdicts.map {
      switch $0.verdict {
      case "alive": .alive
      case "killed": .killed($0.reason ?? "")
      default: nil
      }
    }
  }
}

/// A fault for which a backend's spelling isn't an instruction: the table's byte counts ask for one that it doesn't have.
struct UnspelledFault: Error, CustomStringConvertible {
  let mutant: String
  var description: String { "the assembler refuses a mutant; spell it, or as the original: \(mutant)" }
}
