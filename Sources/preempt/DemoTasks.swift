// What the demo's tasks compute, and how each knows that no preemption disturbed it.

import CWorkloads
import PreemptRuntime
import RegisterProbe
import SelectedArch
import Synchronization

/// Numbers a task shares with the progress display and the observer.
final class DemoCounters: Sendable {
  let checks = Atomic<UInt64>(0)
  let checksAfterPreemption = Atomic<UInt64>(0)
  let registersChecked = Atomic<UInt64>(0)
  let mismatches = Atomic<UInt64>(0)
  let preemptions = Atomic<UInt64>(0)
  /// Preemptions between a probe's fill and its stores.
  let preemptionsInProbe = Atomic<UInt64>(0)
}

/// One task: a loop that never yields, in batches whose outcome is known.
final class DemoTask: @unchecked Sendable {
  let name: String
  let counters = DemoCounters()
  private let check: Check
  /// First few mismatches, in words; read when the task is done.
  private(set) var reports: [String] = []

  private enum Check {
    /// A computation and its results for a few seeds, computed beforehand on an ordinary thread.
    case computation(@Sendable (UInt64) -> UInt64, expected: [UInt64])
    case registers(RegisterProbe)
  }

  private init(name: String, check: Check) {
    self.name = name
    self.check = check
  }

  /// Until `stop` is true.
  func run(until stop: borrowing Atomic<Bool>) {
    while !stop.load(ordering: .relaxed) {
      switch check {
      case .computation(let compute, let expected):
        let seed = counters.checks.load(ordering: .relaxed) % UInt64(expected.count)
        let before = counters.preemptions.load(ordering: .relaxed)
        let result = compute(seed)
        let isPreempted = counters.preemptions.load(ordering: .relaxed) != before
        finish(
          registerCount: 1, isPreempted: isPreempted,
          reports: result == expected[Int(seed)]
            ? []
            : [
              "\(name): seed \(seed), expected 0x\(String(expected[Int(seed)], radix: 16)), got 0x\(String(result, radix: 16))"
            ])
      case .registers(let probe):
        probe.fill()
        if let corrupted { probe.corruptExpectation(of: corrupted) }
        let before = counters.preemptionsInProbe.load(ordering: .relaxed)
        probe.run(times: 20_000)
        let isPreempted = counters.preemptionsInProbe.load(ordering: .relaxed) != before
        finish(
          registerCount: UInt64(probe.registerCount), isPreempted: isPreempted,
          reports: probe.mismatches().map { "\(name): \($0)" })
      }
    }
  }

  private func finish(registerCount: UInt64, isPreempted: Bool, reports: [String]) {
    counters.checks.add(1, ordering: .relaxed)
    counters.registersChecked.add(registerCount, ordering: .relaxed)
    if isPreempted { counters.checksAfterPreemption.add(1, ordering: .relaxed) }
    guard !reports.isEmpty else { return }
    counters.mismatches.add(UInt64(reports.count), ordering: .relaxed)
    if self.reports.count < 8 { self.reports += reports }
  }

  /// A register whose expectation is changed on purpose, to see the demo fail.
  private let corrupted: String? = DemoTask.corruptedRegister
  nonisolated(unsafe) static var corruptedRegister: String?

  // MARK: - Kinds

  private static let seedCount = 16
  private static let rounds: UInt64 = 200_000

  /// `count` tasks of all kinds in turn.
  static func make(count: Int, widest: Int) -> [DemoTask] {
    let kinds: [(name: String, make: @Sendable () -> Check)] = [
      ("registers, widest class", { registers(widest * 2 + 1, widest, 1) }),
      ("integers, C", { computation { workload_integers($0 + 1, rounds) } }),
      ("doubles, Swift", { computation { swiftDoubles($0, rounds) } }),
      ("vectors, C", { computation { workload_vectors($0 + 1, rounds) } }),
      ("registers, narrowest class", { registers(0, widest, 2) }),
      ("flags, assembly", { computation { workload_flags($0 + 1, rounds) } }),
      ("Float80, Swift", { computation { swiftFloat80($0, rounds / 2) } }),
      ("x87 comparisons, C", { computation { workload_x87_compare(rounds / 50 + $0) } }),
    ]
    return (0..<count).map { index in
      let kind = kinds[index % kinds.count]
      return DemoTask(
        name: kind.name + (index < kinds.count ? "" : " (\(index / kinds.count + 1))"), check: kind.make())
    }
  }

  private static func computation(_ compute: @escaping @Sendable (UInt64) -> UInt64) -> Check {
    .computation(compute, expected: (0..<UInt64(seedCount)).map(compute))
  }

  private static func registers(_ index: Int, _ widest: Int, _ seed: UInt64) -> Check {
    .registers(RegisterProbe(stateClassIndex: index, widest: widest, seed: seed)!)
  }
}

/// A logistic map in Swift.
@inline(never)
private func swiftDoubles(_ seed: UInt64, _ rounds: UInt64) -> UInt64 {
  var x = Double(seed + 1) / 1000
  var sum = 0.0
  for _ in 0..<rounds {
    x = 3.99 * x * (1 - x)
    sum += x * x
  }
  return sum.bitPattern
}

/// The same on the x87 stack.
@inline(never)
private func swiftFloat80(_ seed: UInt64, _ rounds: UInt64) -> UInt64 {
  var x = Float80(seed + 1) / 1000
  var sum: Float80 = 0
  for _ in 0..<rounds {
    x = 3.99 * x * (1 - x)
    sum += x * x
  }
  return sum.significandBitPattern
}
