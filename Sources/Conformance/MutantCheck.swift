// Whether the suite finds single faults: every mutant of a backend's stubs is judged, the cheapest judge first.
//
// The validator reads what the instructions say of themselves, which is weak evidence: so what it killed runs as well,
// and the report says how many of those a run kills. The proof is asked about what is still alive, and about what is
// said to be equivalent.

import Foundation
import StubGenerator

public struct MutantCheck: ConformanceCheck {
  public let name = "mutants"
  public let executor = "validator, native, z3"
  /// Of each backend, in a quick run.
  public static let quickSample = 210

  public init() {}

  public func run(_ subject: Subject, _ campaign: Campaign) throws -> Outcome {
    let sample = campaign.sample ?? (campaign.effort == .quick ? Self.quickSample : nil)
    return Self.outcome(of: try Self.report(on: subject, campaign, sample: sample))
  }

  static func outcome(of report: MutantReport) -> Outcome {
    var outcome = Outcome()
    outcome.passed = report.killed + report.equivalent.count
    outcome.skipped = report.undecided.count
    outcome.remedy = report.remedy
    outcome.mutants = report
    outcome.reason = report.summary
    for mutant in report.survived { outcome.fail(Failure("\(report.backend): survived: \(mutant.text)")) }
    for mutant in report.wronglyListedAsEquivalent {
      outcome.fail(Failure("\(report.backend): said to be equivalent, but killed: \(mutant.text)"))
    }
    return outcome
  }

  /// - Parameter sample: how many to judge, chosen by the campaign's seed, each kind at least once; nil for all. Of those the
  ///   shard's are judged.
  public static func report(on subject: Subject, _ campaign: Campaign, sample: Int?) throws -> MutantReport {
    let all = Mutant.all(of: subject.description)
    let chosen = (sample.map { choose($0, of: all, seed: campaign.seed) } ?? Array(all.indices))
      .enumerated().filter { campaign.shard.holds($0.offset) }.map(\.element)
    return try judge(chosen.map { all[$0] }, derived: all.count, subject, campaign)
  }

  /// Positions of a sample in ascending order.
  static func choose(_ count: Int, of mutants: [Mutant], seed: UInt64) -> [Int] {
    var generator = SeededGenerator(seed: seed)
    let shuffled = mutants.indices.shuffled(using: &generator)
    var kinds: Set<Mutant.Kind> = []
    let (first, others) = shuffled.reduce(into: ([Int](), [Int]())) { found, index in
      if kinds.insert(mutants[index].kind).inserted { found.0.append(index) } else { found.1.append(index) }
    }
    return (first + others).prefix(count).sorted()
  }

  private enum Verdict {
    case validator(String)
    case rules(String)
    case execution(String)
    case proof(String)

    var reason: String {
      switch self {
      case .validator(let reason), .rules(let reason), .execution(let reason), .proof(let reason): reason
      }
    }
  }

  static func judge(
    _ mutants: [Mutant], derived: Int, _ subject: Subject, _ campaign: Campaign
  ) throws -> MutantReport {
    let start = Date()
    var report = MutantReport(
      arch: subject.arch, backend: subject.backend, derived: derived, seed: campaign.seed)
    report.total = mutants.count
    for mutant in mutants { report.kinds[mutant.kind.rawValue, default: 0] += 1 }

    var verdicts = inParallel(mutants) { mutant -> Verdict? in
      mutant.isOfTable
        ? mutant.unwindingFault(in: subject.description).map { .rules($0) }
        : mutant.violation(in: subject.description).map { .validator($0.description) }
    }
    campaign.progress(0.3)

    let ofCode = mutants.indices.filter { !mutants[$0].isOfTable }
    do {
      let runs = try MutantExecution.run(ofCode.map { mutants[$0] }, of: subject, campaign)
      for (index, run) in zip(ofCode, runs) {
        guard let run else { continue }
        let isValidators = verdicts[index] != nil
        report.executed += 1
        report.executedOfValidators += isValidators ? 1 : 0
        guard case .killed(let reason) = run else {
          report.unseenByExecution[mutants[index].kind.rawValue, default: 0] += 1
          continue
        }
        report.killedWhenExecuted += 1
        report.killedWhenExecutedOfValidators += isValidators ? 1 : 0
        if verdicts[index] == nil { verdicts[index] = .execution(reason) }
      }
    } catch let skip as Skip {
      report.skips.append("not executed: \(skip)")
      report.remedy = skip.remedy
    }
    campaign.progress(0.6)

    let alive = mutants.indices.filter { verdicts[$0] == nil }
    var isProved = true
    do {
      let failures = try MutantProof.failures(of: alive.map { mutants[$0] }, of: subject, campaign)
      for (index, failure) in zip(alive, failures) { verdicts[index] = failure.map { .proof($0) } }
    } catch let skip as Skip {
      report.skips.append("not proved: \(skip)")
      report.remedy = report.remedy ?? skip.remedy
      isProved = false
    }
    campaign.progress(1)

    for (mutant, verdict) in zip(mutants, verdicts) {
      // A table that both judges find right at every instruction says the same.
      let equivalence =
        mutant.equivalence
        ?? (mutant.isOfTable ? "its rows give the interrupted values at every instruction" : nil)
      guard let verdict else {
        if let equivalence {
          report.equivalent.append(MutantReport.Entry(mutant, reason: equivalence))
        } else if isProved {
          report.survived.append(MutantReport.Entry(mutant))
        } else {
          report.undecided.append(MutantReport.Entry(mutant, reason: "the proof would have to decide"))
        }
        continue
      }
      report.killed += 1
      switch verdict {
      case .validator: report.killedBy.validator += 1
      case .rules: report.killedBy.rules += 1
      case .execution: report.killedBy.execution += 1
      case .proof: report.killedBy.proof += 1
      }
      if mutant.equivalence != nil {
        report.wronglyListedAsEquivalent.append(MutantReport.Entry(mutant, reason: verdict.reason))
      }
    }
    report.seconds = Date().timeIntervalSince(start)
    return report
  }
}

/// The results for each element, in their order, from as many threads as there are processors.
func inParallel<Element: Sendable, Result>(
  _ elements: [Element], _ body: @Sendable (Element) -> Result
) -> [Result] {
  [Result](unsafeUninitializedCapacity: elements.count) { buffer, initialized in
    nonisolated(unsafe) let results = buffer.baseAddress!
    DispatchQueue.concurrentPerform(iterations: elements.count) { index in
      (results + index).initialize(to: body(elements[index]))
    }
    initialized = elements.count
  }
}

/// Chance that a seed repeats: SplitMix64.
public struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ value >> 30) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ value >> 27) &* 0x94d0_49bb_1331_11eb
    return value ^ value >> 31
  }
}
