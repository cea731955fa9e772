// `preempt bench`: what preemption costs, in time and in space.
//
// Every ratio is taken within one run: a figure and what it is held against are measured on one CPU, in turn, and
// the ratio is the median of the ratios of neighbours. So it holds on a machine whose clock and load change.

import ArgumentParser
import CWorkloads
import Conformance
import Foundation
import PreemptRuntime
import PreemptTool

struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure what preemption costs, each figure beside its floor.",
    discussion: """
      Example: preempt bench --samples 201 --json stub-avx switch

      Without names, everything: a few minutes. Medians with the 5th and 95th percentile. A ratio is the median of the \
      ratios of neighbouring samples. Boost.Context and Go are measured in the same run where `make peers` has \
      installed them; `absent` says what could not be measured, and why.

      \(Measurement.all.map { "\($0.names.joined(separator: ", ")): \($0.what)" }.joined(separator: "\n\n"))
      """)

  @Argument(help: "Names of rows; all of them where none is given.") var names: [String] = []
  @Option(help: "Number of samples of each, 3 to 100000.") var samples = 201
  @Option(help: "CPU to pin to; the last allowed one if not given.") var cpu: Int?
  @Option(help: "The most tasks to park, 1 to 1000000.") var largest = 1_000_000
  @Option(help: "Write a plot of how cost grows with the number of parked tasks.") var plot: String?
  @Option(help: "Write the JSON object to this file, whatever is printed.") var output: String?
  @Option(help: "Write the table into this Markdown file, between the lines that mark it.") var document: String?
  @Flag(help: "Print one JSON object instead of text.") var json = false
  @Option(help: .hidden) var park: Int?

  private struct Report: Encodable {
    let backend: String
    let cpu: Int32
    let results: [BenchResult]
    let absent: [AbsentRow]
  }

  func validate() throws {
    guard (3...100_000).contains(samples) else { throw ValidationError("samples: \(samples) is outside 3...100000") }
    guard (1...1_000_000).contains(largest) else {
      throw ValidationError("largest: \(largest) is outside 1...1000000")
    }
    let known = Measurement.all.flatMap(\.names)
    for name in names where !known.contains(name) {
      throw ValidationError("no row is called '\(name)'\(suggestion(for: name, among: known))")
    }
  }

  func run() throws {
    var context = BenchContext(sampleCount: samples, wantedCPU: Int32(clamping: cpu ?? -1), largest: largest)
    if let park { try ParkedTasks.measureHere(park, context) }
    context.cpu = try context.usableCPU()
    var rows: [BenchRow] = []
    for measurement in Measurement.all where names.isEmpty || measurement.names.contains(where: names.contains) {
      rows += try measurement.run(&context)
    }
    let results = rows.compactMap(\.measured).filter { names.isEmpty || names.contains($0.name) }
    let absent = rows.compactMap(\.absent).filter { names.isEmpty || names.contains($0.name) }
    if let plot {
      let drawing = GrowthPlot(parked: try ParkedTasks.measured(&context))
      try writeAtomically(drawing.svg(), to: URL(fileURLWithPath: plot))
    }
    let report = Report(backend: PreemptRuntime.backendName, cpu: context.cpu, results: results, absent: absent)
    if let output { try writeAtomically(try jsonText(report) + "\n", to: URL(fileURLWithPath: output)) }
    if let document {
      try BenchTable(results: results, absent: absent, cpu: context.cpu).write(into: URL(fileURLWithPath: document))
    }
    if json {
      try printJSON(report)
    } else {
      print(
        "backend \(PreemptRuntime.backendName), CPU \(context.cpu), \(samples) samples unless the row says otherwise")
      print(BenchResult.heading)
      for result in results { print(result.line) }
      for row in absent { print("\(row.name) not measured: \(row.reason)") }
    }
  }
}

/// What a measurement is told, and what one leaves for another.
struct BenchContext {
  let sampleCount: Int
  let wantedCPU: Int32
  let largest: Int
  var cpu: Int32 = -1
  /// By number of parked tasks.
  var parked: [ParkedTasks]?

  /// The CPU to pin to, tried on a thread of its own: pinning ours would pin every thread we start.
  func usableCPU() throws -> Int32 {
    let found = onThread { workload_pin(wantedCPU) }
    guard found >= 0 else {
      throw ValidationError("cpu: \(wantedCPU) isn't one that this process may run on; see taskset -p $$")
    }
    return found
  }
}

/// Rows that are measured together.
struct Measurement: Sendable {
  let names: [String]
  let what: String
  let run: @Sendable (inout BenchContext) throws -> [BenchRow]

  static let all: [Measurement] = [
    PreemptionBench.signals, PreemptionBench.wholeStack, StubBench.stubs, SwitchBench.raw, SwitchBench.yield,
    SwitchBench.spawn,
    LatencyBench.requestToRun, LatencyBench.stopTheWorld, OverheadBench.slices, OverheadBench.libc, ParkedTasks.space,
    ParkedTasks.growth,
    GenerateBench.all,
  ]
}

/// Runs `body` on a thread of its own, which may pin itself, and waits for it.
func onThread<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
  var result: Swift.Result<Result, Failure>?
  withoutActuallyEscaping({ result = Swift.Result(catching: body) }) { work in
    var thread = pthread_t()
    let code = pthread_create(
      &thread, nil,
      { argument in
        Unmanaged<ThreadWork>.fromOpaque(argument!).takeRetainedValue().work()
        return nil
      }, Unmanaged.passRetained(ThreadWork(work)).toOpaque())
    precondition(code == 0, "no thread: \(String(cString: strerror(code)))")
    pthread_join(thread, nil)
  }
  return try result!.get()
}

private final class ThreadWork {
  let work: () -> Void
  init(_ work: @escaping () -> Void) { self.work = work }
}
