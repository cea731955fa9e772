// What a check of the conformance suite is: a question about one backend, and an answer that counts.
//
// A check never passes by saying nothing: it counts what it compared, names what it skipped and why, and a failure carries
// what a reader needs to look for the cause.

public import Foundation
public import StubGenerator

/// A backend in a campaign.
public struct Subject: Sendable {
  public let description: BackendDescription
  /// The folder with its `preempt.S`, `probe.S` and `preempt.h`.
  public let generated: URL
  /// What its programs need; nil where the matrix has a row for its CPU.
  let tools: CrossTools?

  public init(
    _ description: BackendDescription, package: URL, places: GeneratedFiles.Places = .own, tools: CrossTools? = nil
  ) {
    self.description = description
    self.tools = tools
    generated = package.appendingPathComponent(places.folder(of: description.name))
  }

  public var backend: String { description.name }
  /// The CPU whose instructions it is made of.
  public var arch: String { description.architecture }
  /// What the compiler must be told for the generated files to apply.
  public var selection: [String] { description.compilerOptions }
  /// Whether this machine executes them.
  public var isNative: Bool { arch == Self.hostArchitecture }

  public static var hostArchitecture: String {
    #if arch(x86_64)
    "amd64"
    #elseif arch(arm64)
    "arm64"
    #elseif arch(riscv64)
    "riscv64"
    #elseif arch(s390x)
    "s390x"
    #elseif arch(i386)
    "386"
    #else
    "unknown"
    #endif
  }
}

/// One run of the suite, as its checks see it.
public struct Campaign: Sendable {
  public enum Effort: String, Codable, Sendable { case quick, full }

  /// A part of the work: units of work with `number % count == index - 1`.
  public struct Shard: Hashable, Codable, Sendable {
    /// From one on.
    public let index: Int
    public let count: Int

    public static let whole = Shard(index: 1, count: 1)

    public init(index: Int, count: Int) {
      self.index = index
      self.count = count
    }

    public func holds(_ unit: Int) -> Bool { unit % count == index - 1 }
    /// `2/8`, as every program is told it.
    public var text: String { "\(index)/\(count)" }
  }

  public let package: URL
  /// A folder of this run's own; gone when it ends.
  public let scratch: URL
  public let effort: Effort
  /// How long the checks that could go on for ever take, each and for each backend.
  public let seconds: Double
  /// All chance comes from it: the same seed, the same values, samples and orders.
  public let seed: UInt64
  public let shard: Shard
  /// How many backends share work that is about all of them.
  public var subjectCount = 1
  /// Of the single faults only that many a backend; nil for as many as the effort asks for.
  public var sample: Int?
  /// Called with how far the check has come, from 0 to 1; may be called from any thread.
  public var progress: @Sendable (Double) -> Void = { _ in }

  public init(
    package: URL, scratch: URL, effort: Effort, seconds: Double, seed: UInt64, shard: Shard = .whole
  ) {
    self.package = package
    self.scratch = scratch
    self.effort = effort
    self.seconds = seconds
    self.seed = seed
    self.shard = shard
  }
}

/// A register, flag or word that isn't what it should be.
public struct Difference: Codable, Hashable, Sendable {
  public let place: String
  /// Hexadecimal, the most significant byte first.
  public let expected: String
  public let got: String

  public init(place: String, expected: String, got: String) {
    self.place = place
    self.expected = expected
    self.got = got
  }
}

/// One thing that went wrong, with enough to find it again.
public struct Failure: Codable, Hashable, Sendable {
  /// A line: backend, stub or probe, iteration, register, expected, got, PC.
  public let text: String
  public let differences: [Difference]

  public init(_ text: String, differences: [Difference] = []) {
    self.text = text
    self.differences = differences
  }
}

/// What a check found.
public struct Outcome: Codable, Hashable, Sendable {
  public var passed = 0
  public var failed = 0
  public var skipped = 0
  /// Why something was skipped, or what a count means; one line.
  public var reason: String?
  /// A command after which what was skipped would run; nil where none is known.
  public var remedy: String?
  /// The first failures; `failed` counts all.
  public var failures: [Failure] = []
  /// Values of registers, flags, lanes and canaries that were compared.
  public var registersChecked = 0
  /// Of them those of runs in which a preemption landed between fill and comparison.
  public var checksAfterPreemption = 0
  /// Calls that were injected into a task between any two instructions and came back.
  public var injectedCalls = 0
  /// Instructions at which a task was preempted or refused, and how many there are to be hit.
  public var distinctPCs = 0
  public var instructions = 0
  /// What executed, where it isn't what the check says of itself.
  public var executor: String?
  /// Stubs that were proved.
  public var proved: [ProvedStub] = []
  public var proofLimits: ProofLimits?
  /// Of the check that judges mutants.
  public var mutants: MutantReport?

  public static let failureLimit = 20

  public init() {}

  public static func skipped(_ count: Int = 1, because reason: String) -> Outcome {
    var outcome = Outcome()
    outcome.skipped = count
    outcome.reason = reason
    return outcome
  }

  static func skipped(_ count: Int = 1, because skip: Skip) -> Outcome {
    var outcome = Outcome.skipped(count, because: skip.description)
    outcome.remedy = skip.remedy
    return outcome
  }

  /// Runs a check in which a program, package or right that the machine lacks is a skip.
  static func unlessImpossible(_ body: () throws -> Outcome) throws -> Outcome {
    do { return try body() } catch let skip as Skip {
      return .skipped(because: skip)
    } catch let missing as MissingProgram {
      return .skipped(because: Skip(missing))
    }
  }

  public mutating func fail(_ failure: Failure) {
    failed += 1
    if failures.count < Self.failureLimit { failures.append(failure) }
  }
}

/// What this machine lacks for a check or a judge, and how to get it.
struct Skip: Error, CustomStringConvertible {
  let reason: String
  /// The command that brings it; nil where none does.
  let remedy: String?

  var description: String { remedy.map { "\(reason): \($0)" } ?? reason }

  init(reason: String, remedy: String? = nil) {
    self.reason = reason
    self.remedy = remedy
  }

  init(_ missing: MissingProgram, or other: String? = nil) {
    let remedies = [missing.remedy, other].compactMap { $0 }
    self.init(reason: missing.reason, remedy: remedies.joined(separator: ", or "))
  }

  /// In the words of a program that ended with exit status 3.
  init(saidBy result: CommandResult, remedy: String? = nil) {
    self.init(reason: result.errorText.trimmingCharacters(in: .whitespacesAndNewlines), remedy: remedy)
  }
}

/// One kind of evidence for a backend.
public protocol ConformanceCheck: Sendable {
  /// Lower case, words with hyphens.
  var name: String { get }
  /// What executes the backend's code, or judges it without: `native`, `qemu`, `z3`, `validator`.
  var executor: String { get }
  /// Whether it is about the backend's own code, and not about the generator by way of it: such results are recorded.
  var judgesBackend: Bool { get }
  /// Whether the quick run has it though nobody named it.
  var isInQuickRun: Bool { get }
  /// - Returns: what was found. A thing that the machine lacks is a skip whose reason names it and how to get it.
  /// - Throws: only where the check itself broke: that is a failure too.
  func run(_ subject: Subject, _ campaign: Campaign) throws -> Outcome
}

extension ConformanceCheck {
  public var judgesBackend: Bool { true }
  public var isInQuickRun: Bool { true }
}

/// A stub of which the proof holds.
public struct ProvedStub: Codable, Hashable, Sendable {
  public let symbol: String
  public let instructions: Int
  public let comparisons: Int
  public let seconds: Double

  public init(symbol: String, instructions: Int, comparisons: Int, seconds: Double) {
    self.symbol = symbol
    self.instructions = instructions
    self.comparisons = comparisons
    self.seconds = seconds
  }
}

/// What a proof takes for granted.
public struct ProofLimits: Codable, Hashable, Sendable {
  /// Whose meaning instructions have, but for those of `writtenByHand`.
  public let lifter: String
  /// Mnemonics whose meaning is in Scripts/proof, because the lifter has none, or a wrong one.
  public let writtenByHand: [String]
  /// What executed every instruction for comparison: this CPU, or an emulator with its version.
  public let comparedWith: String?
  /// Whether the kernel does the rest, which isn't proved: docs/testing.md says what is compared instead.
  public let endsAtSystemCall: Bool
}

/// `value` as one JSON object with sorted keys.
public func jsonText(_ value: some Encodable) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  return String(decoding: try encoder.encode(value), as: UTF8.self)
}
