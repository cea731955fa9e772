// Mutants before the proof: Scripts/proof/mutants.py judges the assembled text by symbolic execution.

import Foundation
import StubGenerator

enum MutantProof {
  private struct Work: Encodable {
    struct Judged: Encodable {
      let symbol: String
      let judgedAs: String
      let isOfTable: Bool
    }
    let layout: LayoutReport
    let source: String
    let processes: Int
    let mutants: [Judged]
  }

  private struct Verdicts: Decodable {
    struct Verdict: Decodable {
      let symbol: String
      let failure: String?
    }
    let verdicts: [Verdict]
  }

  /// - Returns: for each mutant what the proof finds wrong first, nil where it finds nothing.
  static func failures(of mutants: [Mutant], of subject: Subject, _ campaign: Campaign) throws -> [String?] {
    guard !mutants.isEmpty else { return [] }
    let programs = try ProofPrograms(package: campaign.package)
    let folder = campaign.scratch.appendingPathComponent("mutants-proof-\(subject.backend)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let source = folder.appendingPathComponent("mutants.S")
    let text = MutantAssembly.text(mutants, of: subject.description, hasTables: true).text
    try Data(text.utf8).write(to: source)
    let work = Work(
      layout: LayoutReport(subject.description), source: source.path,
      processes: ProcessInfo.processInfo.activeProcessorCount,
      mutants: mutants.enumerated().map { index, mutant in
        Work.Judged(
          symbol: MutantAssembly.symbol(index), judgedAs: mutant.original.symbol, isOfTable: mutant.isOfTable)
      })
    let file = folder.appendingPathComponent("work.json")
    try JSONEncoder().encode(work).write(to: file)
    let result = try programs.run("mutants.py", [file.path], budget: 60 + 2 * Double(mutants.count))
    if result.end == .exit(3) { throw Skip(saidBy: result) }
    guard result.end == .exit(0) else { throw UnexpectedEnd("mutants.py", result) }
    let verdicts = try JSONDecoder().decode(Verdicts.self, from: result.output).verdicts
    let failures = Dictionary(uniqueKeysWithValues: verdicts.map { ($0.symbol, $0.failure) })
    return try mutants.indices.map { index in
      guard let failure = failures[MutantAssembly.symbol(index)] else { throw UnexpectedEnd("mutants.py", result) }
      return failure
    }
  }
}
