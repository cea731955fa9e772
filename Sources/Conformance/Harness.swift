// The C harness: built for a backend with the C compiler that is here, run, and what it says.
//
// Sources/CHarness/harness.c knows no CPU: it gets one backend's tables from the generated probe.h, and its stubs.

public import Foundation
import StubGenerator

/// The harness with one backend's files.
public struct Harness: Sendable {
  private let subject: Subject
  let toolchain: Toolchain
  private let folder: URL

  /// Compiles what all its programs share, once in a campaign.
  /// - Throws: `Skip`; `UnexpectedEnd` where something generated doesn't compile.
  public init(_ subject: Subject, _ campaign: Campaign) throws {
    self.subject = subject
    toolchain = try Toolchain(for: subject)
    folder = campaign.scratch.appendingPathComponent("harness-\(subject.backend)")
    let source = campaign.package.appendingPathComponent("Sources/CHarness/harness.c")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try compile(source, to: object("harness"))
    try compile(subject.generated.appendingPathComponent("probe.S"), to: object("probe"))
  }

  private func object(_ name: String) -> URL { folder.appendingPathComponent(name + ".o") }

  private func compile(_ source: URL, to object: URL) throws {
    guard !FileManager.default.fileExists(atPath: object.path) else { return }
    try toolchain.compile(
      subject.selection + ["-O2", "-g", "-I", subject.generated.path, "-c", source.path], to: object)
  }

  /// A program whose stubs are those of an assembly file, the backend's own where none is given.
  public func program(stubs: URL? = nil, named name: String = "harness") throws -> URL {
    let program = folder.appendingPathComponent(name)
    guard !FileManager.default.fileExists(atPath: program.path) else { return program }
    let stubObject = object(name + "-stubs")
    try compile(stubs ?? subject.generated.appendingPathComponent("preempt.S"), to: stubObject)
    try toolchain.link(
      [
        object("harness").path, object("probe").path, stubObject.path,
        subject.parking,
      ], to: program)
    return program
  }

  // MARK: - What it says

  public struct Finding: Decodable, Sendable {
    public let text: String
    public let place: String?
    public let expected: String?
    public let got: String?

    var failure: Failure {
      guard let place, let expected, let got else { return Failure(text) }
      return Failure(text, differences: [Difference(place: place, expected: expected, got: got)])
    }
  }

  public struct Registers: Decodable, Sendable {
    public struct Class: Decodable, Sendable {
      public let `class`: String
      public let width: String
      public let runs: Int
      public let runsAfterPreemption: Int
    }

    public let classes: [Class]
    public let registersChecked: Int
    public let checksAfterPreemption: Int
    public let preemptions: Int
    public let distinctPCs: Int
    /// Faults that were put into saved registers on purpose.
    public let planted: Int
    /// Whether stubs and probes lay in pages in which an indirect branch must land on a landing pad.
    public let isGuarded: Bool
    public let failed: Int
    public let failures: [Finding]
  }

  public struct Instructions: Decodable, Sendable {
    public struct Function: Decodable, Sendable {
      public let function: String
      /// Empty but for a probe.
      public let `class`: String
      public let instructions: Int
      public let distinctPCs: Int
      public let stops: Int
      public let injected: Int
      public let refused: Int
    }

    public let functions: [Function]
    public let instructions: Int
    public let distinctPCs: Int
    public let isGuarded: Bool
    public let failed: Int
    public let failures: [Finding]
  }

  /// Runs a program of this harness to its end.
  /// - Throws: `Skip`; `UnexpectedEnd` where it died or was killed, as on a stub that is wrong it may.
  public static func run<Result: Decodable>(
    _ program: URL, _ arguments: [String], as type: Result.Type, budget: Double
  ) throws -> Result {
    let result = try Command.run(program, arguments, budget: budget)
    switch result.end {
    case .exit(0), .exit(1): return try JSONDecoder().decode(type, from: result.output)
    case .exit(3): throw Skip(saidBy: result)
    default: throw UnexpectedEnd("harness " + arguments.joined(separator: " "), result)
    }
  }
}

extension Outcome {
  fileprivate mutating func add(_ findings: [Harness.Finding], of count: Int) {
    for finding in findings { fail(finding.failure) }
    failed += count - findings.count
  }
}

/// Every register of every class, preempted by signals at any time, between poison.
public struct RegistersCheck: ConformanceCheck {
  public let name = "registers"
  public let executor = "native"
  /// A full run that injects fewer hasn't shown enough.
  public static let leastInjectedCallsOfFullRun = 10_000

  public init() {}

  public func run(_ subject: Subject, _ campaign: Campaign) throws -> Outcome {
    try .unlessImpossible {
      let harness = try Harness(subject, campaign)
      let program = try harness.program()
      let least = campaign.effort == .full ? Self.leastInjectedCallsOfFullRun : 0
      let found = try Harness.run(
        program,
        [
          "registers", "--seconds", "\(campaign.seconds)", "--seed", "\(campaign.seed)",
          "--part", campaign.shard.text, "--preemptions", "\(least)",
        ], as: Harness.Registers.self, budget: campaign.seconds + 300)
      var outcome = Outcome()
      outcome.injectedCalls = found.preemptions
      outcome.executor = harness.toolchain.executor
      outcome.registersChecked = found.registersChecked
      outcome.checksAfterPreemption = found.checksAfterPreemption
      for entry in found.classes {
        if entry.runsAfterPreemption > 0 {
          outcome.passed += 1
        } else {
          outcome.fail(
            Failure(
              "backend \(subject.backend), class \(entry.class), \(entry.width) enabled: "
                + "no preemption between fill and compare in \(entry.runs) runs"))
        }
      }
      // A part without work has nothing to inject into.
      if !found.classes.isEmpty, found.preemptions < least {
        outcome.fail(
          Failure("backend \(subject.backend): \(found.preemptions) calls were injected, of \(least) at least"))
      }
      outcome.reason =
        "\(found.preemptions.grouped) calls injected at \(found.distinctPCs.grouped) PCs"
        + subject.guardedText(found.isGuarded)
      if found.failed > 0 { outcome.passed = 0 }
      outcome.add(found.failures, of: found.failed)
      return outcome
    }
  }
}

extension Subject {
  /// Of the linker, for programs without the runtime: stubs call the routine of `probe.S` that leaves the task's stack.
  var parking: String { "-Wl,--defsym=preempt_mcall=\(description.symbolPrefix)_park" }

  /// What of landing pads was shown, for a CPU that has them.
  fileprivate func guardedText(_ isGuarded: Bool) -> String {
    guard description.abi.landingPads != nil else { return "" }
    return isGuarded ? ", in pages that are guarded by landing pads" : ", without guarded pages: this machine has none"
  }
}

/// A preemption before each instruction of functions of every shape.
public struct InstructionsCheck: ConformanceCheck {
  public let name = "instructions"
  public let executor = "native"

  public init() {}

  public func run(_ subject: Subject, _ campaign: Campaign) throws -> Outcome {
    try .unlessImpossible {
      let harness = try Harness(subject, campaign)
      let program = try harness.program()
      // An emulator has no ptrace: there signals come at random until every instruction of the probe was hit.
      var arguments = harness.toolchain.isEmulated ? ["sampled", "--seconds", "\(campaign.seconds)"] : ["instructions"]
      arguments += [
        "--seed", "\(campaign.seed)", "--part", campaign.shard.text,
      ]
      // The quick run steps through one probe, the one with the most registers.
      if campaign.effort == .quick { arguments += ["--class", try Self.widestClass(program)] }
      let found = try Harness.run(program, arguments, as: Harness.Instructions.self, budget: campaign.seconds + 300)
      var outcome = Outcome()
      outcome.executor = harness.toolchain.executor
      outcome.instructions = found.instructions
      outcome.distinctPCs = found.distinctPCs
      outcome.passed = found.functions.filter { $0.distinctPCs == $0.instructions && $0.injected > 0 }.count
      outcome.injectedCalls = found.functions.reduce(0) { $0 + $1.injected }
      let refused = found.functions.reduce(0) { $0 + $1.refused }
      outcome.reason =
        "\(outcome.injectedCalls.grouped) calls injected, \(refused.grouped) stops refused"
        + subject.guardedText(found.isGuarded)
      if found.failed > 0 { outcome.passed = 0 }
      outcome.add(found.failures, of: found.failed)
      return outcome
    }
  }

  private static func widestClass(_ program: URL) throws -> String {
    try Harness.run(program, ["classes"], as: [String].self, budget: 60).last ?? ""
  }
}
