// A stub alone over its baseline: the instructions that no stub can do without, checked in as
// Sources/CBenchmark/baseline_amd64.S. Both are entered as a signal handler's return would.

import CBenchmark
import CWorkloads
import Foundation
import PreemptRuntime
import SelectedArch

enum StubBench {
  private static let classes = ["sse", "avx", "avx512"]
  private static let entriesPerSample: UInt64 = 1000

  static let stubs = Measurement(
    names: classes.map { "stub-\($0)" },
    what: """
      the generated stub of a class on this machine, with a callee that returns at once, over its baseline \
      (Sources/CBenchmark/baseline_amd64.S)
      """
  ) { context in
    let widest = Backend.widest(enabled: Environment.current.enabledComponents())
    return classes.enumerated().map { width, name -> BenchRow in
      guard let stub = benchmark_stub(UInt32(width), UInt32(widest)),
        let baseline = benchmark_baseline(UInt32(width), UInt32(widest))
      else { return .absent("stub-\(name)", because: "this machine hasn't enabled \(name) state") }
      let samples = onThread { () -> [(stub: Double, baseline: Double)] in
        _ = workload_pin(context.cpu)
        let area = UnsafeMutableRawPointer.allocate(byteCount: 4096, alignment: 64)
        defer { area.deallocate() }
        memset(area, 0, 4096)
        return (-3..<context.sampleCount).map { _ in (time(stub, area), time(baseline, area)) }.suffix(
          context.sampleCount)
      }
      return .measured(
        BenchResult(
          "stub-\(name)", values: samples.map(\.stub), floor: samples.map(\.baseline), against: "baseline",
          note: width < widest ? "with \(classes[widest]) enabled, which it puts into its initial state" : nil))
    }
  }

  private static func time(_ entry: UnsafeRawPointer, _ area: UnsafeMutableRawPointer) -> Double {
    let start = threadNanoseconds()
    benchmark_enter_stub(entry, area, entriesPerSample)
    return Double(threadNanoseconds() - start) / Double(entriesPerSample)
  }
}
