// Whether a stub can be unwound, stepped and let go at every instruction: what debuggers, profilers and collectors rely on.
//
// Three unwinders that share no code answer the same question at the same instructions: libunwind, gdb, and whoever
// follows the frame base. docs/testing.md says what each of them shows.

import Foundation
import StubGenerator

/// libunwind, from another process, at every instruction from the injected call to the return: the interrupted PC, stack
/// pointer and registers; across the switch of stacks; of the parked task too. Slots hold what was interrupted, flags,
/// floating-point control and vectors among them. Under an emulator: the CPU's own libunwind inside the program, at every
/// instruction of each stub.
public struct LibunwindCheck: ConformanceCheck {
  public let name = "libunwind"
  public let executor = "libunwind"
  var environment: [String: String] = [:]

  public init() {}

  init(environment: [String: String]) { self.environment = environment }

  public func run(_ subject: Subject, _ campaign: Campaign) throws -> Outcome {
    try .unlessImpossible {
      let toolchain = try Toolchain(for: subject)
      guard toolchain.isEmulated else {
        return try judged(subject, campaign) {
          try $0.verdict("libunwind", shard: campaign.shard, environment: environment)
        }
      }
      let judge = try InsideJudge(subject, campaign, toolchain)
      var found = outcome(of: try judge.verdict(shard: campaign.shard), subject, campaign)
      found.executor = toolchain.executor
      found.reason = found.reason ?? "inside the program that it unwinds"
      return found
    }
  }
}

/// The same by gdb, whose unwinder is its own.
public struct GDBCheck: ConformanceCheck {
  public let name = "gdb"
  public let executor = "gdb"
  var environment: [String: String] = [:]
  var program = "gdb"
  /// Where an emulator executes the stubs.
  var remoteProgram = "gdb-multiarch"

  public init() {}

  init(environment: [String: String] = [:], program: String = "gdb", remoteProgram: String = "gdb-multiarch") {
    self.environment = environment
    self.program = program
    self.remoteProgram = remoteProgram
  }

  public func run(_ subject: Subject, _ campaign: Campaign) throws -> Outcome {
    guard (try? Toolchain(for: subject))?.isEmulated != true else {
      return try RemoteGDB.outcome(on: .unwinding, subject, campaign, program: remoteProgram)
    }
    return try judged(subject, campaign) {
      try $0.verdictOfGDB(named: program, shard: campaign.shard, environment: environment)
    }
  }
}

/// Following the frame base leads to the interrupted frame, from the instruction after it is established to the one that
/// gives it back.
public struct FramePointerCheck: ConformanceCheck {
  public let name = "frame-pointer"
  public let executor = "ptrace"
  var environment: [String: String] = [:]
  var remoteProgram = "gdb-multiarch"

  public init() {}

  init(environment: [String: String]) { self.environment = environment }

  public func run(_ subject: Subject, _ campaign: Campaign) throws -> Outcome {
    let tables = JudgeTables(subject.description, seed: campaign.seed)
    let ranges = tables.stubs.map(tables.frameRecordRange)
    guard ranges.contains(where: { !$0.isEmpty }) else {
      return .skipped(because: "the frame of \(subject.backend) holds no frame base beside the program counter")
    }
    let isEmulated = (try? Toolchain(for: subject))?.isEmulated == true
    var outcome =
      isEmulated
      ? try RemoteGDB.outcome(on: .frameBase, subject, campaign, program: remoteProgram)
      : try judged(subject, campaign) {
        try $0.verdict("frame-pointer", shard: campaign.shard, environment: environment)
      }
    let before = Set(ranges.map(\.lowerBound)),
      after = Set(zip(tables.stubs, ranges).map { $0.instructions.count - $1.upperBound })
    if outcome.skipped == 0 {
      outcome.reason =
        "all but the first \(Self.text(before)) and the last \(Self.text(after)) instructions of each stub"
    }
    return outcome
  }

  private static func text(_ counts: Set<Int>) -> String { counts.sorted().map(String.init).joined(separator: " or ") }
}

/// A stepper lets go at every instruction from the injected call to the return, once with a second SIGURG and once without;
/// the tasks go on and find every register as it was. An emulator's stepper leaves nothing behind when it lets go, so that
/// there it is the second SIGURG alone.
public struct DetachCheck: ConformanceCheck {
  public let name = "detach"
  public let executor = "ptrace"
  var environment: [String: String] = [:]
  var remoteProgram = "gdb-multiarch"

  public init() {}

  init(environment: [String: String]) { self.environment = environment }

  public func run(_ subject: Subject, _ campaign: Campaign) throws -> Outcome {
    guard (try? Toolchain(for: subject))?.isEmulated == true else {
      return try judged(subject, campaign) {
        try $0.verdict("detach", shard: campaign.shard, environment: environment)
      }
    }
    var outcome = try RemoteGDB.outcome(on: .signals, subject, campaign, program: remoteProgram)
    if outcome.skipped == 0 { outcome.reason = "a second SIGURG at each instruction, refused" }
    return outcome
  }
}

/// llvm-dwarfdump decodes the assembled call-frame information without complaint: one frame description for each stub, of
/// its length, marked as a signal frame.
public struct DwarfdumpCheck: ConformanceCheck {
  public let name = "dwarfdump"
  public let executor = "llvm-dwarfdump"
  var program = "llvm-dwarfdump"

  public init() {}

  init(program: String) { self.program = program }

  public func run(_ subject: Subject, _ campaign: Campaign) throws -> Outcome {
    try .unlessImpossible { try decode(subject, campaign) }
  }

  private func decode(_ subject: Subject, _ campaign: Campaign) throws -> Outcome {
    let harness = try Harness(subject, campaign)
    let linked = harness.toolchain.linked(try harness.program())
    let dwarfdump = try Command.find(program, package: "llvm")
    let nm = try Command.find("llvm-nm", package: "llvm")
    let decoded = try Command.run(dwarfdump, ["--eh-frame", linked.path], budget: Judges.budget)
    let symbols = try Command.run(nm, ["-S", linked.path], budget: Judges.budget)
    var outcome = Outcome()
    if decoded.end != .exit(0) || !decoded.errors.isEmpty {
      outcome.fail(Failure("\(subject.backend): llvm-dwarfdump --eh-frame: \(decoded.end): \(decoded.errorText)"))
    }
    let frames = Self.frames(decoded.outputText)
    let ranges = Self.ranges(symbols.outputText)
    let stubs = JudgeTables(subject.description, seed: campaign.seed).stubs
    for (number, stub) in stubs.enumerated() where campaign.shard.holds(number) {
      guard let range = ranges[stub.symbol] else {
        outcome.fail(Failure("\(subject.backend): nm has no symbol \(stub.symbol)"))
        continue
      }
      let found = frames.filter { $0.range.overlaps(range) }
      if found.count == 1, found[0].range == range, found[0].isSignalFrame, found[0].rowCount > 0 {
        outcome.passed += 1
        outcome.registersChecked += found[0].rowCount
      } else {
        let list = found.map { "\($0.range)\($0.isSignalFrame ? "" : ", no signal frame"), \($0.rowCount) rows" }
        outcome.fail(
          Failure("\(subject.backend): \(stub.symbol) at \(range) has frame descriptions \(list)"))
      }
    }
    return outcome
  }

  struct Frame {
    let range: Range<UInt64>
    let isSignalFrame: Bool
    var rowCount = 0
  }

  /// The frame descriptions of `llvm-dwarfdump --eh-frame`.
  static func frames(_ text: String) -> [Frame] {
    var frames: [Frame] = []
    var common: Substring = "", signals: Set<Substring> = []
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      if line.first?.isHexDigit == true, words.count >= 4, words[3] == "CIE" {
        common = words[0]
      } else if words.first == "Augmentation:", words.last?.contains("S") == true {
        signals.insert(common)
      } else if words.count >= 6, words[3] == "FDE", words[5].hasPrefix("pc=") {
        let ends = words[5].dropFirst(3).split(separator: "...").compactMap { UInt64($0, radix: 16) }
        guard ends.count == 2, ends[0] < ends[1] else { continue }
        frames.append(Frame(range: ends[0]..<ends[1], isSignalFrame: signals.contains(words[4].dropFirst(4))))
      } else if line.hasPrefix("  0x"), line.contains(": CFA="), !frames.isEmpty {
        frames[frames.count - 1].rowCount += 1
      }
    }
    return frames
  }

  /// The symbols of `nm -S`, by name.
  static func ranges(_ text: String) -> [String: Range<UInt64>] {
    var ranges: [String: Range<UInt64>] = [:]
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count == 4, let start = UInt64(words[0], radix: 16), let count = UInt64(words[1], radix: 16) else {
        continue
      }
      ranges[String(words[3])] = start..<start + count
    }
    return ranges
  }
}

/// A judge's verdict as an outcome.
private func judged(_ subject: Subject, _ campaign: Campaign, _ judge: (Judges) throws -> Verdict) throws -> Outcome {
  try .unlessImpossible { outcome(of: try judge(try Judges.build(subject, campaign)), subject, campaign) }
}

private func outcome(of verdict: Verdict, _ subject: Subject, _ campaign: Campaign) -> Outcome {
  var outcome = Outcome()
  outcome.registersChecked = verdict.comparisons
  for disagreement in verdict.failures {
    outcome.fail(
      Failure(
        "\(subject.backend): \(disagreement.text): \(disagreement.place): expected \(disagreement.expected), "
          + "got \(disagreement.got)",
        differences: [disagreement.difference]))
  }
  outcome.failed = verdict.failed
  for stub in verdict.stubs where stub.isChosen {
    outcome.instructions += stub.instructions
    outcome.distinctPCs += stub.visited
    if stub.visited != stub.instructions {
      outcome.fail(
        Failure("\(subject.backend): \(stub.symbol): \(stub.visited) of \(stub.instructions) instructions were judged"))
    }
  }
  if outcome.failed == 0 { outcome.passed = verdict.detached > 0 ? verdict.detached : outcome.distinctPCs }
  // Named once, by the first shard.
  let narrow = campaign.shard.index == 1 ? verdict.stubs.filter { !$0.isEnabled } : []
  if !narrow.isEmpty {
    outcome.skipped = narrow.count
    outcome.reason = "this machine hasn't enabled what \(narrow.map(\.symbol).joined(separator: ", ")) saves"
  }
  return outcome
}
