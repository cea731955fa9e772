// Switching without a signal: the raw switch, `yield` through the queue, and the life of a task.

import CBenchmark
import CWorkloads
import Foundation
import PreemptRuntime
import Synchronization

enum SwitchBench {
  private static let switchesPerSample: UInt64 = 4000

  static let raw = Measurement(
    names: ["switch", "switch-through-scheduler"],
    what: """
      preempt_mcall and the way back, between two tasks, behind a scheduler that does nothing; over one jump_fcontext \
      of Boost.Context, which has no scheduler's stack between, and over two, which do the same
      """
  ) { context in
    guard let boost = BoostPeer() else {
      let samples = onThread { () -> [Double] in
        _ = workload_pin(context.cpu)
        return (0..<context.sampleCount).map { _ in time { benchmark_switch(switchesPerSample) } }
      }
      return [
        .measured(BenchResult("switch", values: samples, note: BoostPeer.absence)),
        .absent("switch-through-scheduler", because: BoostPeer.absence),
      ]
    }
    let samples = onThread { () -> [(ours: Double, boost: Double)] in
      _ = workload_pin(context.cpu)
      return (-3..<context.sampleCount).map { _ in
        (
          time { benchmark_switch(switchesPerSample) },
          time { benchmark_switch_boost(switchesPerSample, boost.jump, boost.make) }
        )
      }.suffix(context.sampleCount)
    }
    let ours = samples.map(\.ours)
    return [
      .measured(
        BenchResult("switch", values: ours, floor: samples.map(\.boost), against: "one jump_fcontext")),
      .measured(
        BenchResult(
          "switch-through-scheduler", values: ours, floor: samples.map { $0.boost * 2 },
          against: "two jump_fcontext")),
    ]
  }

  static let yield = Measurement(
    names: ["yield"], what: "PreemptRuntime.yield() between two tasks of one processor; over Go's runtime.Gosched()"
  ) { context in
    let cpu = context.cpu
    return [
      .measured(
        try GoPeer.result("yield", against: "runtime.Gosched()", context) { count in
          let runtime = try PreemptRuntime(processors: 1, timeSlice: .seconds(3600), code: CodeRegistry())
          defer { runtime.shutDown() }
          let stop = StopFlag()
          let yields = 1000
          let measured = try runtime.spawn("measured") { () -> [Double] in
            _ = workload_pin(cpu)
            defer { stop.flag.store(true, ordering: .relaxed) }
            return (-3..<count).map { _ in
              let start = threadNanoseconds()
              for _ in 0..<yields { PreemptRuntime.yield() }
              // The other one yields as often.
              return Double(threadNanoseconds() - start) / Double(2 * yields)
            }.suffix(count)
          }
          let other = try runtime.spawn("other") {
            while !stop.flag.load(ordering: .relaxed) { PreemptRuntime.yield() }
          }
          defer { try? other.join() }
          return try measured.join()
        })
    ]
  }

  static let spawn = Measurement(
    names: ["spawn"], what: "spawn() of a task that does nothing, its run and its join(), by another task; over Go's"
  ) { context in
    let cpu = context.cpu
    return [
      .measured(
        try GoPeer.result("spawn", against: "go statement, channel", context) { count in
          let runtime = try PreemptRuntime(processors: 1, timeSlice: .seconds(3600), code: CodeRegistry())
          defer { runtime.shutDown() }
          let spawns = 100
          return try runtime.spawn("measured") { () -> [Double] in
            _ = workload_pin(cpu)
            return try (-3..<count).map { _ in
              let start = threadNanoseconds()
              for _ in 0..<spawns { try runtime.spawn { () }.join() }
              return Double(threadNanoseconds() - start) / Double(spawns)
            }.suffix(count)
          }.join()
        })
    ]
  }

  private static func time(_ body: () -> Void) -> Double {
    let start = threadNanoseconds()
    body()
    return Double(threadNanoseconds() - start) / Double(switchesPerSample)
  }
}

/// Boost.Context as its shared library exports it; nothing is linked.
struct BoostPeer {
  let jump: UnsafeMutableRawPointer
  let make: UnsafeMutableRawPointer
  static let absence = "Boost.Context isn't installed: make peers"

  init?() {
    let folders = ["/usr/lib/x86_64-linux-gnu", "/usr/lib64", "/usr/lib", "/usr/local/lib"]
    let candidates = folders.flatMap { folder in
      ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
        .filter { $0.hasPrefix("libboost_context.so") }.sorted().map { "\(folder)/\($0)" }
    }
    for candidate in candidates {
      guard let library = dlopen(candidate, RTLD_NOW | RTLD_LOCAL), let jump = dlsym(library, "jump_fcontext"),
        let make = dlsym(library, "make_fcontext")
      else { continue }
      (self.jump, self.make) = (jump, make)
      return
    }
    return nil
  }
}
