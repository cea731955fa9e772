// What a slice adds to the run time of loops that never yield, over the same signals with an empty handler.
//
// Run time is the CPU time of the one thread that computes: what other programs do on the machine is not in it, what
// signals, handler, switches and cold caches cost is.

import CBenchmark
import CPreempt
import CWorkloads
import Foundation
import PreemptRuntime
import Synchronization

enum OverheadBench {
  private struct Slice {
    let name: String
    let nanoseconds: UInt64
    /// Of one run.
    let runNanoseconds: Double
  }

  // swift-format-ignore
  private static let all = [
    Slice(name: "overhead-10ms",  nanoseconds: 10_000_000, runNanoseconds: 200e6),
    Slice(name: "overhead-1ms",   nanoseconds:  1_000_000, runNanoseconds: 100e6),
    Slice(name: "overhead-100us", nanoseconds:    100_000, runNanoseconds:  50e6),
  ]

  static let slices = Measurement(
    names: all.map(\.name),
    what: """
      added run time of two loops that share a processor at that slice, over the same work in one piece under the same \
      signals with an empty handler; percent points
      """
  ) { context in
    try all.map { slice in
      let start = threadNanoseconds()
      _ = benchmark_compute(1, 1_000_000)
      let perRound = Double(threadNanoseconds() - start) / 1e6
      return .measured(
        try measure(slice, context) { benchmark_compute(2, UInt64(slice.runNanoseconds / 2 / perRound)) })
    }
  }

  static let libc = Measurement(
    names: ["overhead-libc-1ms"],
    what: "the same at 1 ms where 95 % of the time is the C library's memset, in which nothing is preempted"
  ) { context in
    func time(_ rounds: UInt64, _ integerRounds: UInt64) -> Double {
      let start = threadNanoseconds()
      _ = benchmark_compute_in_libc(1, rounds, integerRounds)
      return Double(threadNanoseconds() - start) / Double(rounds)
    }
    _ = time(1000, 100)
    let inLibc = time(5000, 0)
    let perInteger = (time(1000, 2000) - inLibc) / 2000
    let integerRounds = max(1, UInt64(inLibc * 0.05 / 0.95 / perInteger))
    let slice = Slice(name: "overhead-libc-1ms", nanoseconds: 1_000_000, runNanoseconds: 100e6)
    let rounds = UInt64(slice.runNanoseconds / 2 / (inLibc / 0.95))
    return [
      .measured(try measure(slice, context) { benchmark_compute_in_libc(2, rounds, integerRounds) })
    ]
  }

  /// `half` is half of a run's work. Runs with and without preemption take turns.
  private static func measure(
    _ slice: Slice, _ context: BenchContext, half: @escaping @Sendable () -> UInt64
  ) throws -> BenchResult {
    let code = CodeRegistry()
    try code.register(from: UInt(benchmark_code_start()), to: UInt(benchmark_code_end()))
    let (count, cpu) = (min(context.sampleCount, 61), context.cpu)
    // Who sends the signals, monitor or sender, does it from one other CPU: a signal from the same one costs no interrupt,
    // and the kernel places the two as it likes. Threads inherit where they may run.
    let elsewhere = LatencyBench.otherCPU(than: cpu) ?? cpu
    let (runtime, sender) = try onThread {
      _ = benchmark_pin(elsewhere)
      return (
        try PreemptRuntime(processors: 1, timeSlice: .nanoseconds(Int64(slice.nanoseconds)), code: code),
        SignalSender(every: slice.nanoseconds)
      )
    }
    defer { sender.end() }
    let points = try (-1..<count).map { _ -> Double in
      let floor = onThread { () -> Double in
        _ = benchmark_pin(cpu)
        return withEmptySignal { sender.whileSending(to: preempt_thread_id()) { runTime { half() ^ half() } } }
      }
      let shared = try runtime.spawn("measured") { () -> Double in
        _ = benchmark_pin(cpu)
        return try runTime {
          let other = try runtime.spawn("other", body: half)
          return half() ^ (try other.join())
        }
      }.join()
      return (shared - floor) / floor * 100
    }.suffix(count).map { $0 }
    let statistics = runtime.statistics
    runtime.shutDown()
    var result = BenchResult(slice.name, unit: "points", values: points)
    (result.low, result.high) = points.intervalOfMedian()
    result.against = "the same signals, empty handler"
    let runs = Double(count + 1)
    result.note = String(
      format:
        "95 %% interval of the median; a run is %.0f ms with %.1f preemptions, %.1f signals; %.1f under the empty handler",
      slice.runNanoseconds / 1e6, Double(statistics.preemptions) / runs, Double(statistics.signalsSent) / runs,
      Double(sender.count.load(ordering: .relaxed)) / runs)
    return result
  }

  /// CPU time of this thread in nanoseconds.
  private static func runTime(_ body: () throws -> UInt64) rethrows -> Double {
    let start = threadNanoseconds()
    let value = try body()
    let end = threadNanoseconds()
    precondition(value != 0x5eed, "never, but the compiler can't know that nobody reads it")
    return Double(end - start)
  }
}

/// Not the runtime's: one of its signals that met an empty handler would stay asked for.
private let floorSignal = SIGUSR1

/// Runs `body` on this thread with an empty handler of `floorSignal` on a stack of its own.
private func withEmptySignal<Result>(_ body: () -> Result) -> Result {
  let stackByteCount = Int(preempt_minimum_signal_stack()) + 65536
  let memory = UnsafeMutableRawPointer.allocate(byteCount: stackByteCount, alignment: 4096)
  defer { memory.deallocate() }
  memset(memory, 0, stackByteCount)
  var stack = stack_t(ss_sp: memory, ss_flags: 0, ss_size: stackByteCount)
  sigaltstack(&stack, nil)
  var (action, previous) = (sigaction(), sigaction())
  action.__sigaction_handler.sa_sigaction = { _, _, _ in }
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART
  sigaction(floorSignal, &action, &previous)
  var mask = sigset_t()
  sigemptyset(&mask)
  sigaddset(&mask, floorSignal)
  pthread_sigmask(SIG_UNBLOCK, &mask, nil)
  defer {
    // Behind it none arrives here: who sends has ended.
    sigaction(floorSignal, &previous, nil)
    stack.ss_flags = Int32(SS_DISABLE)
    sigaltstack(&stack, nil)
  }
  return body()
}

/// Sends a thread signals while asked to: one, a sleep, and so on, as the monitor does. A thread started before anyone
/// is pinned, so that it runs where the monitor may.
private final class SignalSender: @unchecked Sendable {
  private let isWanted = Atomic<Bool>(false)
  private let isOver = Atomic<Bool>(false)
  private let begin = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)
  private let target = Atomic<Int32>(0)
  let count = Atomic<Int>(0)

  init(every interval: UInt64) {
    Thread.detachNewThread { [self] in
      var pause = timespec(tv_sec: Int(interval / 1_000_000_000), tv_nsec: Int(interval % 1_000_000_000))
      while true {
        begin.wait()
        if isOver.load(ordering: .acquiring) { return }
        while isWanted.load(ordering: .acquiring) {
          clock_nanosleep(CLOCK_MONOTONIC, 0, &pause, nil)
          _ = preempt_signal_thread(target.load(ordering: .relaxed), floorSignal)
          count.add(1, ordering: .relaxed)
        }
        ended.signal()
      }
    }
  }

  func end() {
    isOver.store(true, ordering: .releasing)
    begin.signal()
  }

  func whileSending<Result>(to thread: Int32, _ body: () -> Result) -> Result {
    target.store(thread, ordering: .relaxed)
    isWanted.store(true, ordering: .releasing)
    begin.signal()
    defer {
      isWanted.store(false, ordering: .releasing)
      ended.wait()
    }
    return body()
  }
}
