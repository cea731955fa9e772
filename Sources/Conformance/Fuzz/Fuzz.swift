// Random descriptions: those that keep every rule must come out as text that assembles, unwinds and restores; those with one
// fault must be refused.
//
// Everything follows from the seed and a description's number, whatever the shard. Most descriptions are of an invented CPU,
// whose stubs are executed here; every fourth is another version of the subject, spelled in its own instructions.

import ArchPreempt
import BackendCatalog
import Dispatch
import Foundation
import StubGenerator

/// Descriptions drawn for one subject.
struct FuzzPlan: Sendable {
  let seed: UInt64
  /// The numbers of a run, this shard's.
  let numbers: [Int]
  private let baseName: String?
  /// Registers that the base's own instructions name.
  let needed: Set<String>

  /// Of each kind in a full run, whatever the backends are: most descriptions are none of theirs.
  static func fullCount(_ campaign: Campaign) -> Int {
    (10_000 + campaign.subjectCount - 1) / campaign.subjectCount
  }
  /// Valid ones cost a compiler's time.
  static let quickValidCount = 24
  static let quickBrokenCount = 100

  init(_ subject: Subject, _ campaign: Campaign, count: Int) {
    // Backends differ in what their versions are made of, so each has its own descriptions.
    seed = campaign.seed &+ subject.backend.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) }
    numbers = (0..<count).filter(campaign.shard.holds)
    let isKnown = subject.isNative && BackendCatalog.names.contains(subject.backend)
    baseName = isKnown ? subject.backend : nil
    let description = subject.description
    let clobbered = description.stubs.flatMap(\.instructions).flatMap(\.effects).compactMap {
      if case .clobbers(let name) = $0 { name } else { nil }
    }
    needed = Set(
      clobbered + description.injection.registersWrittenByHandler
        + [description.abi.frameBase, description.abi.resultRegister])
  }

  func random(_ number: Int) -> SeededGenerator { SeededGenerator(seed, number) }

  /// What versions are made of: none where the assembler here doesn't know its instructions.
  private var base: (any ArchPreempt.Type)? { baseName.flatMap { try? BackendCatalog.backend(named: $0) } }

  func isVersion(_ number: Int) -> Bool { number % 4 == 3 && baseName != nil }

  func table(_ number: Int, _ random: inout SeededGenerator) -> BackendTable {
    guard isVersion(number), let base else { return Draw.invented(number, &random) }
    return version(of: base, number, &random)
  }

  private func version<Base: ArchPreempt>(
    of base: Base.Type, _ number: Int, _ random: inout SeededGenerator
  ) -> BackendTable {
    Draw.version(of: base, keeping: needed, number, &random)
  }

  /// The generator's own way from tables to a description.
  func description(_ table: BackendTable, _ number: Int) -> BackendDescription {
    func described<Base: ArchPreempt>(_ base: Base.Type) -> BackendDescription {
      BackendDescription(Redrawn<Base>.self)
    }
    return BackendTable.$drawn.withValue(table) {
      if isVersion(number), let base { described(base) } else { BackendDescription(Invented.self) }
    }
  }

  /// Runs `body` on slices of the numbers, on all cores; results in the order of the slices.
  func sliced<Result: Sendable>(
    _ size: Int, progress: @escaping @Sendable (Double) -> Void, _ body: @Sendable @escaping (ArraySlice<Int>) -> Result
  ) -> [Result] {
    let starts = Array(stride(from: 0, to: numbers.count, by: size))
    let results = Results<Result>(count: starts.count)
    DispatchQueue.concurrentPerform(iterations: starts.count) { index in
      let slice = numbers[starts[index]..<min(starts[index] + size, numbers.count)]
      let done = results.put(body(slice), at: index)
      progress(Double(done) / Double(starts.count))
    }
    return results.all
  }

  private final class Results<Result: Sendable>: @unchecked Sendable {
    private let lock = NSLock()
    private var results: [Result?]
    private var done = 0

    init(count: Int) { results = Array(repeating: nil, count: count) }

    func put(_ result: Result, at index: Int) -> Int {
      lock.withLock {
        results[index] = result
        done += 1
        return done
      }
    }

    var all: [Result] { lock.withLock { results.compactMap { $0 } } }
  }
}

extension Outcome {
  mutating func add(_ other: Outcome) {
    passed += other.passed
    skipped += other.skipped
    failed += other.failed
    failures += other.failures.prefix(max(0, Self.failureLimit - failures.count))
    registersChecked += other.registersChecked
    reason = reason ?? other.reason
  }
}

/// Valid descriptions: no rule objects, everything assembles, CFI and header agree with the layout, stubs restore.
public struct FuzzValidCheck: ConformanceCheck {
  public let name = "fuzz-valid"
  public let executor = "assembler"
  public let judgesBackend = false
  private let count: Int?

  public init() { count = nil }
  init(count: Int) { self.count = count }

  public func run(_ subject: Subject, _ campaign: Campaign) throws -> Outcome {
    try .unlessImpossible {
      let tools = try FuzzTools()
      let usual = campaign.effort == .full ? FuzzPlan.fullCount(campaign) : FuzzPlan.quickValidCount
      let plan = FuzzPlan(subject, campaign, count: count ?? usual)
      var outcome = Outcome()
      let folder = campaign.scratch.appendingPathComponent("fuzz-\(subject.backend)")
      for part in plan.sliced(
        campaign.effort == .full ? 100 : 50, progress: campaign.progress,
        { FuzzBatch(plan, numbers: $0, in: folder, tools).outcome() })
      {
        outcome.add(part)
      }
      return outcome
    }
  }
}

/// Descriptions with one fault: a rule refuses each.
public struct FuzzBrokenCheck: ConformanceCheck {
  public let name = "fuzz-broken"
  public let executor = "validator"
  public let judgesBackend = false
  private let count: Int?

  public init() { count = nil }
  init(count: Int) { self.count = count }

  public func run(_ subject: Subject, _ campaign: Campaign) throws -> Outcome {
    let usual = campaign.effort == .full ? FuzzPlan.fullCount(campaign) : FuzzPlan.quickBrokenCount
    let plan = FuzzPlan(subject, campaign, count: count ?? usual)
    var outcome = Outcome()
    for part in plan.sliced(25, progress: campaign.progress, { Self.judge(plan, $0) }) { outcome.add(part) }
    return outcome
  }

  private static func judge(_ plan: FuzzPlan, _ numbers: ArraySlice<Int>) -> Outcome {
    var outcome = Outcome()
    for number in numbers {
      let (name, description) = broken(plan, number)
      if DescriptionValidator.violations(in: description).isEmpty {
        outcome.fail(
          Failure("backend \(description.name), description \(number), seed \(plan.seed): \(name), and no rule objects")
        )
      } else {
        outcome.passed += 1
      }
    }
    return outcome
  }

  static let breakNames = TableBreak.all.map(\.name) + StubBreak.all.map(\.name)

  /// A description with one fault, and the fault's name.
  static func broken(_ plan: FuzzPlan, _ number: Int) -> (name: String, description: BackendDescription) {
    var random = plan.random(number)
    while true {
      let index = random.number(0...breakNames.count - 1)
      if let description = broken(plan, number, by: index, &random) { return (breakNames[index], description) }
    }
  }

  /// A description with one of the faults, or nil where it has nothing that could be broken so.
  static func broken(
    _ plan: FuzzPlan, _ number: Int, by index: Int, _ random: inout SeededGenerator
  ) -> BackendDescription? {
    var table = plan.table(number, &random)
    if index < TableBreak.all.count {
      return TableBreak.all[index].apply(&table, &random) ? plan.description(table, number) : nil
    }
    var description = plan.description(table, number)
    let place = (description, description.stubs[random.number(0...description.stubs.count - 1)])
    let stub = description.stubs.firstIndex { $0.symbol == place.1.symbol }!
    let fault = StubBreak.all[index - TableBreak.all.count]
    return fault.apply(&description.stubs[stub].instructions, place, &random) ? description : nil
  }
}
