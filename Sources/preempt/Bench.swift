// Speed, as ratios measured in one run.
//
// The floor is what any preemption by signal costs: a signal to oneself with a handler that does nothing. Both are
// measured on the same thread, on one CPU, in turn.

import ArgumentParser
import CPreempt
import CWorkloads
import Foundation
@_spi(Benchmark) import PreemptRuntime
import Synchronization

struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure a full preemption against an empty signal.",
    discussion: """
      Example: preempt bench --samples 201 --json

      empty-signal is a SIGURG to oneself with an empty SA_SIGINFO | SA_ONSTACK handler. full-preemption is the same \
      signal with the runtime's handler: two tasks preempt themselves in turn, through the run queue, with a registry of \
      10,000 ranges. Medians; the ratio is the median of the ratios of neighbouring samples.
      """)

  @Option(help: "Number of samples of each, 3 to 100000.") var samples = 201
  @Option(help: "CPU to pin to; the last allowed one if not given.") var cpu: Int?
  @Flag(help: "Print one JSON object instead of text.") var json = false

  func validate() throws {
    guard (3...100_000).contains(samples) else { throw ValidationError("samples: \(samples) is outside 3...100000") }
  }

  func run() throws {
    let code = CodeRegistry()
    try code.register(from: UInt(workload_start()), to: UInt(workload_end()))
    // Ten thousand ranges that no PC is in.
    try code.register(ranges: (1...10_000).map { UInt($0) << 16..<UInt($0) << 16 + 4096 })
    let runtime = try PreemptRuntime(processors: 1, timeSlice: .seconds(3600), code: code)
    let stop = StopFlag()
    let count = samples
    let wantedCPU = Int32(clamping: cpu ?? -1)
    let measured = try runtime.spawn("measured") { () -> (cpu: Int32, samples: [Sample]) in
      let pinned = workload_pin(wantedCPU)
      guard pinned >= 0 else {
        stop.flag.store(true, ordering: .relaxed)
        return (pinned, [])
      }
      let request = PreemptRuntime.requestOfCurrentM()!
      var samples: [Sample] = []
      // The first few warm caches and branch predictors.
      for index in -3..<count {
        let empty = PreemptRuntime.withPreemptionDisabled { withEmptyHandler { timePerSignal(request: nil) } }
        // The other task preempts itself once for each of ours.
        let full = timePerSignal(request: request) / 2
        if index >= 0 { samples.append(Sample(empty: empty, full: full)) }
      }
      stop.flag.store(true, ordering: .relaxed)
      return (pinned, samples)
    }
    let other = try runtime.spawn("other") {
      let request = PreemptRuntime.requestOfCurrentM()!
      while !stop.flag.load(ordering: .relaxed) { _ = timePerSignal(request: request) }
    }
    let (pinned, taken) = try measured.join()
    try other.join()
    guard pinned >= 0 else {
      throw ValidationError("cpu: \(wantedCPU) isn't one that this process may run on; see taskset -p $$")
    }
    let preemptions = runtime.statistics.preemptions
    runtime.shutDown()
    let expected = UInt64(count * 2 * Sample.signalCount)
    guard preemptions >= expected else {
      throw ValidationError(
        "only \(preemptions) of \(expected) signals led to a preemption: the figures would mean nothing")
    }
    let results = [
      BenchResult(name: "empty-signal", values: taken.map(\.empty), floor: nil),
      BenchResult(name: "full-preemption", values: taken.map(\.full), floor: taken.map(\.empty)),
    ]
    if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      print(String(decoding: try encoder.encode(["results": results]), as: UTF8.self))
    } else {
      print("backend \(PreemptRuntime.backendName), CPU \(pinned), \(samples) samples of \(Sample.signalCount) signals")
      print("name                median ns      5 %     95 %   × floor")
      for result in results { print(result.line) }
    }
  }
}

private final class StopFlag: Sendable { let flag = Atomic<Bool>(false) }

/// Nanoseconds per signal of one batch each.
private struct Sample: Sendable {
  static let signalCount = 1000
  let empty: Double
  let full: Double
}

private func timePerSignal(request: UnsafeMutablePointer<UInt64>?) -> Double {
  // The same state class for floor and preemption: what ran before may have left AVX-512 state in use.
  preempt_initialize_wide()
  let start = DemoRun.now()
  workload_kick(UInt64(Sample.signalCount), request, start)
  return Double(DemoRun.now() - start) / Double(Sample.signalCount)
}

/// Runs `body` with an empty handler in the runtime's place.
private func withEmptyHandler<Result>(_ body: () -> Result) -> Result {
  var previous = sigaction()
  var action = sigaction()
  action.__sigaction_handler.sa_sigaction = { _, _, _ in }
  action.sa_flags = SA_SIGINFO | SA_ONSTACK
  sigaction(SIGURG, &action, &previous)
  defer { sigaction(SIGURG, &previous, nil) }
  return body()
}

/// One row: nanoseconds, and the ratio to its floor.
struct BenchResult: Encodable {
  let name: String
  let value: Double
  let unit = "ns"
  /// Median of the floor, where there is one.
  let floor: Double?
  let ratio: Double?
  let samples: Int
  /// 5th and 95th percentile of the values.
  let low: Double
  let high: Double

  init(name: String, values: [Double], floor: [Double]?) {
    self.name = name
    value = Self.percentile(values, 50)
    low = Self.percentile(values, 5)
    high = Self.percentile(values, 95)
    samples = values.count
    self.floor = floor.map { Self.percentile($0, 50) }
    ratio = floor.map { Self.percentile(zip(values, $0).map { $0 / $1 }, 50) }
  }

  static func percentile(_ values: [Double], _ percent: Int) -> Double {
    let sorted = values.sorted()
    return sorted[min(sorted.count - 1, sorted.count * percent / 100)]
  }

  var line: String {
    name.padding(toLength: 18, withPad: " ", startingAt: 0)
      + String(format: "%11.1f %8.1f %8.1f", value, low, high) + (ratio.map { String(format: "   %7.3f", $0) } ?? "")
  }
}
