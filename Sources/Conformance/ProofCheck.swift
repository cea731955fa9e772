// The proof of the entry stubs for every machine state.
//
// It is in Python (Scripts/proof), because the lifter and the solver are; the layouts it is about come from here.

import Foundation
import StubGenerator

/// The programs of Scripts/proof and the Python that has their packages.
struct ProofPrograms: Sendable {
  private let python: URL
  private let folder: URL

  /// - Throws: `Skip` where the packages aren't installed.
  init(package: URL) throws(Skip) {
    python = package.appendingPathComponent(".build-tools/venv/bin/python")
    folder = package.appendingPathComponent("Scripts/proof")
    guard FileManager.default.isExecutableFile(atPath: python.path) else {
      throw Skip(reason: "no \(python.path) with the proof's packages", remedy: "run Scripts/install-dependencies.sh")
    }
  }

  /// A file that says what `description`'s stubs are proved against.
  static func layout(of description: BackendDescription, in scratch: URL) throws -> URL {
    let file = scratch.appendingPathComponent("\(description.name)-layout.json")
    try Data(try jsonText(LayoutReport(description)).utf8).write(to: file)
    return file
  }

  func run(_ program: String, _ arguments: [String], budget: Double) throws -> CommandResult {
    try Command.run(
      python, ["-B", folder.appendingPathComponent(program).path] + arguments, budget: budget)
  }
}

/// A program ended otherwise than it does when it has something to say.
public struct UnexpectedEnd: Error, CustomStringConvertible {
  public let description: String
  let result: CommandResult

  public init(_ program: String, _ result: CommandResult) {
    self.result = result
    let end =
      switch result.end {
      case .exit(let status): "ended with exit status \(status)"
      case .signal(let number): "was ended by signal \(number)"
      case .budget: "was killed: it took longer than its budget"
      }
    description = ([program + " " + end] + result.errorText.split(separator: "\n").suffix(3).map(String.init))
      .joined(separator: ": ")
  }
}

/// `preempt conformance --prove`.
public struct ProofCheck: ConformanceCheck {
  public let name = "proof"
  public let executor = "z3"

  public init() {}

  private struct Result: Decodable {
    struct Premises: Decodable {
      let compared: [String]
      let differences: [String]
    }
    struct Stub: Decodable {
      let stub: String
      let instructions: Int
      let comparisons: Int
      let seconds: Double
      /// A line for each way in which it went wrong.
      let grouped: [String]
    }
    let limits: ProofLimits
    let premises: Premises
    let stubs: [Stub]
  }

  public func run(_ subject: Subject, _ campaign: Campaign) throws -> Outcome {
    let programs: ProofPrograms
    do { programs = try ProofPrograms(package: campaign.package) } catch {
      return .skipped(subject.description.stubs.count, because: error)
    }
    // Seconds for all stubs: one that can't be decided isn't proved, and a failed check is told from a hang.
    let run = try programs.run(
      "prove.py",
      [
        try ProofPrograms.layout(of: subject.description, in: campaign.scratch).path, "--json", "--seed",
        "\(campaign.seed)", "--source", subject.generated.appendingPathComponent("preempt.S").path, "--shard",
        campaign.shard.text,
      ], budget: 600)
    guard [.exit(0), .exit(1)].contains(run.end), !run.output.isEmpty else {
      if run.end == .exit(3) {
        return .skipped(
          subject.description.stubs.count,
          because: Skip(saidBy: run, remedy: CrossTools.installation(of: subject.arch)))
      }
      throw UnexpectedEnd("prove.py", run)
    }
    let result = try JSONDecoder().decode(Result.self, from: run.output)
    var outcome = Outcome()
    outcome.proofLimits = result.limits
    for difference in result.premises.differences { outcome.fail(Failure("a premise is wrong: \(difference)")) }
    for stub in result.stubs {
      outcome.passed += max(0, stub.comparisons - stub.grouped.count)
      for text in stub.grouped { outcome.fail(Failure(text)) }
      if stub.grouped.isEmpty {
        outcome.proved.append(
          ProvedStub(
            symbol: stub.stub, instructions: stub.instructions, comparisons: stub.comparisons, seconds: stub.seconds))
      }
    }
    outcome.reason =
      "\(outcome.proved.count) of \(result.stubs.count) stubs for every state; premises: "
      + result.premises.compared.joined(separator: "; ")
    return outcome
  }
}
