// A full preemption over what any preemption by signal costs.

import CBenchmark
import CPreempt
import CWorkloads
import Foundation
@_spi(Benchmark) import PreemptRuntime
import PreemptTool
import Synchronization

enum PreemptionBench {
  static let signals = Measurement(
    names: ["empty-signal", "full-preemption"],
    what: """
      a SIGURG to oneself with an empty SA_SIGINFO | SA_ONSTACK handler; the same signal with the runtime's handler: two \
      tasks preempt themselves in turn, through the run queue, with a registry of 10,000 ranges
      """
  ) { context in
    let runtime = try runtimeWithManyRanges()
    let taken = try samples(runtime, context)
    runtime.shutDown()
    let empty = taken.map(\.empty)
    return [
      .measured(BenchResult("empty-signal", values: empty)),
      .measured(
        BenchResult("full-preemption", values: taken.map(\.full), floor: empty, against: "empty-signal")),
    ]
  }

  static let wholeStack = Measurement(
    names: ["whole-stack-8", "whole-stack-frame"],
    what: """
      the full preemption under .wholeStack, with 8 frames to look at: five of C, the task's closure and its thunk, and \
      the runtime's that calls it; what each further frame adds, from the same with 56 more
      """
  ) { context in
    let code = CodeRegistry()
    try code.register(imageContaining: #dsohandle)
    try code.register(ranges: (1...10_000).map { UInt($0) << 16..<UInt($0) << 16 + 4096 })
    let runtime = try PreemptRuntime(processors: 1, timeSlice: .seconds(3600), code: code)
    let shallow = try samples(runtime, context, depth: 3)
    let deep = try samples(runtime, context, depth: 59)
    runtime.shutDown()
    let perFrame = zip(deep, shallow).map { ($0.full - $1.full) / 56 }
    return [
      .measured(
        BenchResult(
          "whole-stack-8", values: shallow.map(\.full), floor: shallow.map(\.empty), against: "empty-signal")),
      .measured(BenchResult("whole-stack-frame", values: perFrame)),
    ]
  }

  /// One processor, slices that don't end, ten thousand ranges that no PC is in and one that the benchmarks are in.
  static func runtimeWithManyRanges() throws -> PreemptRuntime {
    let code = CodeRegistry()
    try code.register(from: UInt(workload_start()), to: UInt(workload_end()))
    try code.register(ranges: (1...10_000).map { UInt($0) << 16..<UInt($0) << 16 + 4096 })
    return try PreemptRuntime(processors: 1, timeSlice: .seconds(3600), code: code)
  }

  /// Nanoseconds per signal of one batch each.
  struct Sample: Sendable {
    static let signalCount = 1000
    let empty: Double
    let full: Double
  }

  /// Batches without and with preemption in turn, by two tasks of the runtime's one processor.
  static func samples(_ runtime: PreemptRuntime, _ context: BenchContext, depth: UInt64 = 0) throws -> [Sample] {
    let stop = StopFlag()
    let (count, cpu) = (context.sampleCount, context.cpu)
    let before = runtime.statistics.preemptions
    let measured = try runtime.spawn("measured") { () -> [Sample] in
      _ = workload_pin(cpu)
      let request = PreemptRuntime.requestOfCurrentM()!
      var samples: [Sample] = []
      // The first few warm caches and branch predictors.
      for index in -3..<count {
        let empty = PreemptRuntime.withPreemptionDisabled { withEmptyHandler { timePerSignal(request: nil, depth) } }
        // The other task preempts itself once for each of ours.
        let full = timePerSignal(request: request, depth) / 2
        if index >= 0 { samples.append(Sample(empty: empty, full: full)) }
      }
      stop.flag.store(true, ordering: .relaxed)
      return samples
    }
    let other = try runtime.spawn("other") {
      let request = PreemptRuntime.requestOfCurrentM()!
      while !stop.flag.load(ordering: .relaxed) { _ = timePerSignal(request: request, depth) }
    }
    let taken = try measured.join()
    try other.join()
    let preemptions = runtime.statistics.preemptions - before
    let expected = UInt64(count * 2 * Sample.signalCount)
    guard preemptions >= expected else {
      throw ToolFailure(
        .checkFailed, "only \(preemptions) of \(expected) signals led to a preemption: the figures would mean nothing")
    }
    return taken
  }

  private static func timePerSignal(request: UnsafeMutablePointer<UInt64>?, _ depth: UInt64) -> Double {
    // The same state class for floor and preemption: what ran before may have left AVX-512 state in use.
    preempt_initialize_wide()
    let start = threadNanoseconds()
    _ = workload_kick_below(depth, UInt64(Sample.signalCount), request, monotonicNanoseconds())
    return Double(threadNanoseconds() - start) / Double(Sample.signalCount)
  }
}

final class StopFlag: Sendable { let flag = Atomic<Bool>(false) }

/// Runs `body` with an empty handler in the runtime's place.
func withEmptyHandler<Result>(_ body: () throws -> Result) rethrows -> Result {
  var previous = sigaction()
  var action = sigaction()
  action.__sigaction_handler.sa_sigaction = { _, _, _ in }
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART
  sigaction(SIGURG, &action, &previous)
  defer { sigaction(SIGURG, &previous, nil) }
  return try body()
}
