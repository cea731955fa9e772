// From a request to another task running, on a processor whose tasks never yield.

import CBenchmark
import CPreempt
import CWorkloads
import Foundation
import PreemptRuntime
import PreemptTool
import Synchronization

enum LatencyBench {
  static let requestToRun = Measurement(
    names: ["signal-elsewhere", "request-to-run", "request-to-run-p99"],
    what: """
      the time until an empty handler begins on another CPU, which is the floor of what follows; \
      a thread on another CPU asks for a preemption of a processor with two tight loops, each storing its number to one \
      word, and spins until it reads the other's number; over Go's own request (runtime.preemptone), measured alike
      """
  ) { context in
    guard let elsewhere = otherCPU(than: context.cpu) else {
      let reason = "needs a second CPU for the thread that asks"
      return ["signal-elsewhere", "request-to-run", "request-to-run-p99"].map { .absent($0, because: reason) }
    }
    let cpu = context.cpu
    var signals = [Double](repeating: 0, count: context.sampleCount)
    let error = onThread { benchmark_signal_elsewhere(elsewhere, cpu, &signals, Int32(signals.count)) }
    guard error == 0 else { throw ToolFailure(.environment, "no thread: \(String(cString: strerror(error)))") }
    let taken = try GoPeer.inTurn("request-to-run", context, pinned: true) { count in
      try latencies(count, cpu: cpu, from: elsewhere)
    }
    func row(_ name: String, _ percent: Int) -> BenchRow {
      var result = BenchResult(
        name, values: taken.ours, floor: taken.go, against: "Go's preemptone",
        note: GoPeer.program == nil ? GoPeer.absence : nil)
      result.value = taken.ours.percentile(percent)
      if !taken.go.isEmpty {
        result.floor = taken.go.percentile(percent)
        result.ratio = result.value / result.floor!
      }
      return .measured(result)
    }
    return [
      .measured(BenchResult("signal-elsewhere", values: signals)), row("request-to-run", 50),
      row("request-to-run-p99", 99),
    ]
  }

  static let stopTheWorld = Measurement(
    names: ["stop-the-world", "stop-the-world-every-p"],
    what: """
      a task stops the world while a tight loop runs on the other of two processors, and where a loop waits for each of as \
      many processors as there are CPUs; from the call until all stand still; over Go's stopTheWorld
      """
  ) { context in
    let cpuCount = max(2, ProcessInfo.processInfo.activeProcessorCount)
    return try [("stop-the-world", 2, 1), ("stop-the-world-every-p", cpuCount, cpuCount)].map {
      name, processors, loops in
      .measured(
        try GoPeer.result(name, against: "stopTheWorld", context, pinned: false) { count in
          try stops(count, processors: processors, loops: loops)
        })
    }
  }

  private static func stops(_ count: Int, processors: Int, loops: Int) throws -> [Double] {
    let code = CodeRegistry()
    try code.register(from: UInt(benchmark_code_start()), to: UInt(benchmark_code_end()))
    let runtime = try PreemptRuntime(processors: processors, timeSlice: .milliseconds(10), code: code)
    let shared = SharedWords(loops + 1)
    let tasks = try (1...loops).map { number in
      let task = try runtime.spawn("loop \(number)") { benchmark_publish(shared.words + number, 1, shared.stop) }
      // One on each processor: a task that runs isn't stolen, and the next is placed where there is none.
      while shared.words[number] == 0 { usleep(100) }
      return task
    }
    let stopper = try runtime.spawn("stopper") { () -> [Double] in
      defer { shared.stop.pointee = 1 }
      return try (-3..<count).map { _ in
        try PreemptRuntime.sleep(for: .microseconds(200))
        return try runtime.stopTheWorld { Double($0.stopNanoseconds) }
      }.suffix(count)
    }
    let taken = try stopper.join()
    for task in tasks { try task.join() }
    runtime.shutDown()
    return taken
  }

  /// Another CPU that this process may use.
  static func otherCPU(than cpu: Int32) -> Int32? {
    for candidate in 0..<Int32(1024) where candidate != cpu {
      if onThread({ workload_pin(candidate) }) == candidate { return candidate }
    }
    return nil
  }

  private static func latencies(_ count: Int, cpu: Int32, from elsewhere: Int32) throws -> [Double] {
    let code = CodeRegistry()
    try code.register(from: UInt(benchmark_code_start()), to: UInt(benchmark_code_end()))
    let runtime = try PreemptRuntime(processors: 1, timeSlice: .seconds(3600), code: code)
    let shared = SharedWords()
    let loops = try (1...2).map { number in
      try runtime.spawn("loop \(number)") {
        _ = workload_pin(cpu)
        benchmark_publish(shared.word, UInt64(number), shared.stop)
      }
    }
    defer {
      shared.stop.pointee = 1
      for loop in loops { try? loop.join() }
      runtime.shutDown()
    }
    return onThread { () -> [Double] in
      _ = workload_pin(elsewhere)
      while shared.word.pointee == 0 { usleep(100) }
      return (-3..<count).map { _ in
        // The other one settles down in its loop.
        usleep(200)
        let running = shared.word.pointee
        let start = monotonicNanoseconds()
        while true {
          runtime.requestPreemption(ofProcessor: 0)
          // Asked again where it was refused, and the wait counts.
          let end = benchmark_await_change(shared.word, running, 100_000)
          if end > 0 { return Double(end - start) }
        }
      }.suffix(count)
    }
  }
}

/// Words that loops in C and the thread that watches them share.
final class SharedWords: @unchecked Sendable {
  let words: UnsafeMutablePointer<UInt64>
  var word: UnsafeMutablePointer<UInt64> { words }
  let stop = UnsafeMutablePointer<Int32>.allocate(capacity: 32)

  /// - Parameter count: number of words.
  init(_ count: Int = 1) {
    words = .allocate(capacity: count + 15)
    words.initialize(repeating: 0, count: count + 15)
    stop.initialize(repeating: 0, count: 32)
  }

  deinit {
    words.deallocate()
    stop.deallocate()
  }
}
