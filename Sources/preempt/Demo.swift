// The main job on real input: tasks that never yield share processors, beside a ticker, with everything checked.

import ArgumentParser
import CPreempt
import FrameVerifier
import Foundation
import PreemptRuntime
import PreemptTool
import SelectedArch
import Synchronization

/// A duration such as `10ms`.
private func parseDuration(_ argument: String) throws -> Duration {
  let units: [(String, Double)] = [("ns", 1), ("us", 1e3), ("µs", 1e3), ("ms", 1e6), ("s", 1e9)]
  guard let (suffix, scale) = units.first(where: { argument.hasSuffix($0.0) }),
    let value = Double(argument.dropLast(suffix.count)), value.isFinite, abs(value * scale) < 1e18
  else {
    throw ValidationError("slice: '\(argument)' is no duration; give a number with ns, us, ms or s, such as 10ms")
  }
  return .nanoseconds(Int64(value * scale))
}

/// Which preempted frames libunwind is asked about.
enum Verification: CustomStringConvertible {
  case every(Int)
  case off

  static func parse(_ argument: String) throws -> Verification {
    switch argument {
    case "every": return .every(1)
    case "off": return .off
    default:
      guard argument.hasPrefix("1/"), let n = Int(argument.dropFirst(2)), n > 0 else {
        throw ValidationError("verify: '\(argument)' is none of every, off and 1/N with N from 1, such as 1/10")
      }
      return .every(n)
    }
  }

  var description: String {
    switch self {
    case .every(1): "every"
    case .every(let n): "1/\(n)"
    case .off: "off"
    }
  }
}

/// What the demo shows.
enum DemoKind: String, ExpressibleByArgument, CaseIterable { case loops, gc }

struct Demo: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Preempt tasks that never yield, and check that nothing is lost.",
    discussion: """
      Example: preempt demo --tasks 8 --processors 2 --slice 10ms --seconds 5 --verify every

      loops: compute loops share processors with a ticker, an ordinary task that wants to run every 10 ms. A short control \
      run, in which no code may be preempted, shows how late it would be. A mismatch of any register or frame makes the \
      demo exit with 1.

      gc: a garbage collector stops the world by preemption. Half of the tasks build lists in tight loops and check them; \
      each of the others keeps a list's only reference in one register, one word of the red zone, a local, or a stack \
      argument. The heap's roots are the words of the stopped tasks. A node that was freed too early is poisoned: the \
      demo exits with 1.
      """)

  @Argument(help: "loops or gc.") var kind = DemoKind.loops
  @Option(help: "Number of compute tasks, 1 to 10000. Only loops. (default: 8)") var tasks: Int?
  @Option(help: "Number of processors, 1 to 1024.") var processors = 2
  @Option(
    parsing: .unconditional, help: "Time slice: a number with ns, us, ms or s. (default: 10ms)",
    transform: parseDuration)
  var slice = Duration.milliseconds(10)
  @Option(help: "Length of the run, in seconds; the control run takes a fifth of it, at most one.") var seconds = 5.0
  @Option(
    help: "Preempted frames to hold against libunwind: every, 1/N or off. Only loops. (default: every)",
    transform: Verification.parse)
  var verify: Verification?
  @Option(help: "Size of the heap, in nodes of 32 bytes, 10000 to 10000000. Only gc. (default: 65536)")
  var nodes: Int?
  @Flag(help: "Print one JSON object instead of text.") var json = false
  @Option(help: ArgumentHelp("Expect a wrong value of this register, to see the demo fail.", visibility: .hidden))
  var corrupt: String?
  @Option(help: ArgumentHelp("Don't scan this register's slot, to see the demo fail.", visibility: .hidden))
  var forget: String?

  func validate() throws {
    let misplaced =
      switch kind {
      case .loops: nodes != nil ? "nodes" : forget != nil ? "forget" : nil
      case .gc: tasks != nil ? "tasks" : verify != nil ? "verify" : corrupt != nil ? "corrupt" : nil as String?
      }
    if let misplaced { throw ValidationError("\(misplaced): no option of 'preempt demo \(kind)'") }
    guard (1...10_000).contains(tasks ?? 1) else { throw ValidationError("tasks: \(tasks!) is outside 1...10000") }
    guard (10_000...10_000_000).contains(nodes ?? 10_000) else {
      throw ValidationError("nodes: \(nodes!) is outside 10000...10000000")
    }
    if let forget, GCDemo.offset(of: forget) == nil {
      throw ValidationError("forget: '\(forget)' is no register with a slot in the frame; give for example rbx")
    }
    guard (1...PreemptRuntime.maximumProcessorCount).contains(processors) else {
      throw ValidationError("\(PreemptError.processorCount(processors))")
    }
    guard slice > .zero else {
      throw ValidationError("slice: \(slice) isn't positive; give for example --slice 10ms")
    }
    guard seconds > 0, seconds <= 86_400 else { throw ValidationError("seconds: \(seconds) is outside 0...86400") }
  }

  func run() throws {
    switch kind {
    case .loops: try runLoops(tasks: tasks ?? 8, verify: verify ?? .every(1))
    case .gc:
      try GCDemo(processors: processors, slice: slice, seconds: seconds, nodes: nodes ?? 65_536, forget: forget)
        .run(json: json)
    }
  }

  private func runLoops(tasks: Int, verify: Verification) throws {
    let widest = Backend.widest(enabled: preempt_enabled_components())
    DemoTask.corruptedRegister = corrupt
    var verifier: FrameVerifier?
    if case .every = verify {
      do { verifier = try FrameVerifier() } catch {
        FileHandle.standardError.write(Data("preempt demo: \(error); or run with --verify off\n".utf8))
        throw ExitCode(3)
      }
    }
    let control = try DemoRun(
      tasks: DemoTask.make(count: tasks, widest: widest), processors: processors, slice: slice,
      seconds: min(1, seconds / 5), code: CodeRegistry(), verifier: nil, verifiesEvery: 1, progress: false)
    let code = CodeRegistry()
    try code.register(imageContaining: #dsohandle)
    var every = 1
    if case .every(let n) = verify { every = n }
    let run = try DemoRun(
      tasks: DemoTask.make(count: tasks, widest: widest), processors: processors, slice: slice,
      seconds: seconds, code: code, verifier: verifier, verifiesEvery: every,
      progress: !json && isatty(STDOUT_FILENO) == 1)
    let report = DemoReport(run: run, control: control)
    if json {
      try printJSON(report)
    } else {
      print(report.text(run: run, control: control, slice: slice, verify: verify))
    }
    for line in run.reports { FileHandle.standardError.write(Data((line + "\n").utf8)) }
    if report.registerMismatches > 0 || report.frameMismatches > 0 { throw ExitCode(1) }
  }
}

/// One run of the tasks and the ticker.
final class DemoRun {
  let tasks: [DemoTask]
  let statistics: PreemptStatistics
  let distinctPCs: Int
  let framesVerified: UInt64
  let frameMismatches: [FrameMismatch]
  /// Nanoseconds behind each planned tick.
  let lateness: [UInt64]
  let seconds: Double

  var reports: [String] { tasks.flatMap(\.reports) + frameMismatches.prefix(8).map(\.description) }

  private final class Shared: Sendable {
    let stop = Atomic<Bool>(false)
    let pcs = Mutex<Set<UInt>>([])
    let frameMismatches = Mutex<[FrameMismatch]>([])
    let verified = Atomic<UInt64>(0)
  }

  init(
    tasks: [DemoTask], processors: Int, slice: Duration, seconds: Double, code: CodeRegistry,
    verifier: FrameVerifier?, verifiesEvery: Int, progress: Bool
  ) throws {
    self.tasks = tasks
    self.seconds = seconds
    let runtime = try PreemptRuntime(processors: processors, timeSlice: slice, code: code)
    let shared = Shared()
    // Task ids count from one in the order of spawning.
    let probe = preempt_probe_start()..<preempt_probe_end()
    runtime.observePreemptions { task in
      if task.taskID <= tasks.count {
        let counters = tasks[Int(task.taskID) - 1].counters
        counters.preemptions.add(1, ordering: .relaxed)
        if probe.contains(task.interruptedPC) { counters.preemptionsInProbe.add(1, ordering: .relaxed) }
      }
      shared.pcs.withLock { _ = $0.insert(task.interruptedPC) }
      guard let verifier, shared.verified.add(1, ordering: .relaxed).newValue % UInt64(verifiesEvery) == 0 else {
        return
      }
      let found = verifier.verify(task)
      if !found.isEmpty { shared.frameMismatches.withLock { $0 += found } }
    }
    let handles = try tasks.map { task in
      try runtime.spawn(task.name) { task.run(until: shared.stop) }
    }
    let period: UInt64 = 10_000_000
    let start = monotonicNanoseconds()
    let end = start + UInt64(seconds * 1e9)
    let ticker = try runtime.spawn("ticker") { () -> [UInt64] in
      var samples: [UInt64] = []
      // Every planned tick counts, also those that passed before the ticker ran at all.
      var planned = start
      while planned + period < end {
        planned += period
        try PreemptRuntime.sleep(until: planned)
        samples.append(monotonicNanoseconds() - planned)
      }
      return samples
    }
    let display = progress ? ProgressDisplay(tasks: tasks) : nil
    while monotonicNanoseconds() < end {
      usleep(UInt32(min(200_000, (end - min(end, monotonicNanoseconds())) / 1000 + 1)))
      display?.draw()
    }
    shared.stop.store(true, ordering: .relaxed)
    lateness = try ticker.join()
    for handle in handles { try handle.join() }
    runtime.shutDown()
    display?.clear()
    statistics = runtime.statistics
    distinctPCs = shared.pcs.withLock { $0.count }
    framesVerified = verifier?.frameCount ?? 0
    frameMismatches = shared.frameMismatches.withLock { $0 }
  }

}

/// A line per task, redrawn in place on a terminal.
private struct ProgressDisplay {
  let tasks: [DemoTask]
  private let start = monotonicNanoseconds()

  private let hasDrawn = UnsafeMutablePointer<Bool>.allocate(capacity: 1)
  init(tasks: [DemoTask]) {
    self.tasks = Array(tasks.prefix(20))
    hasDrawn.initialize(to: false)
  }

  func draw() {
    var text = hasDrawn.pointee ? "\u{1b}[\(tasks.count)A" : ""
    for task in tasks {
      let counters = task.counters
      let name = task.name.padding(toLength: 28, withPad: " ", startingAt: 0)
      text +=
        "\u{1b}[2K\(name) \(counters.preemptions.load(ordering: .relaxed)) preemptions, "
        + "\(counters.checks.load(ordering: .relaxed)) checks, \(counters.mismatches.load(ordering: .relaxed)) mismatches\n"
    }
    hasDrawn.pointee = true
    FileHandle.standardOutput.write(Data(text.utf8))
  }

  /// Leaves the last state standing.
  func clear() {
    draw()
    FileHandle.standardOutput.write(Data("\n".utf8))
  }
}

/// The demo's figures; its JSON keys are part of the tool's interface.
struct DemoReport: Encodable {
  let backend: String
  let preemptions: UInt64
  let registersChecked: UInt64
  let checks: UInt64
  let checksAfterPreemption: UInt64
  let distinctPCs: Int
  let registerMismatches: UInt64
  let framesVerified: UInt64
  let frameMismatches: Int
  let tickerLatenessNanoseconds: Percentiles
  let controlTickerLatenessNanoseconds: Percentiles
  let refusals: [String: UInt64]

  init(run: DemoRun, control: DemoRun) {
    backend = PreemptRuntime.backendName
    preemptions = run.statistics.preemptions
    func sum(_ value: (DemoCounters) -> UInt64) -> UInt64 { run.tasks.reduce(0) { $0 + value($1.counters) } }
    registersChecked = sum { $0.registersChecked.load(ordering: .relaxed) }
    checks = sum { $0.checks.load(ordering: .relaxed) }
    checksAfterPreemption = sum { $0.checksAfterPreemption.load(ordering: .relaxed) }
    distinctPCs = run.distinctPCs
    registerMismatches = sum { $0.mismatches.load(ordering: .relaxed) }
    framesVerified = run.framesVerified
    frameMismatches = run.frameMismatches.count
    tickerLatenessNanoseconds = Percentiles(run.lateness)
    controlTickerLatenessNanoseconds = Percentiles(control.lateness)
    refusals = Dictionary(uniqueKeysWithValues: run.statistics.refusals.map { ($0.key.name, $0.value) })
  }

  func text(run: DemoRun, control: DemoRun, slice: Duration, verify: Verification) -> String {
    func milliseconds(_ nanoseconds: UInt64) -> String { String(format: "%.2f ms", Double(nanoseconds) / 1e6) }
    let pools = run.statistics.pools.filter { $0.highWaterBlockCount > 0 }
      .map { "\($0.stateClass) \($0.highWaterBlockCount) × \($0.blockByteCount)" }
    var lines = [
      "backend             \(backend)",
      "preemptions         \(preemptions) in \(run.seconds) s, at \(distinctPCs) distinct PCs, slice \(slice)",
      "ticker lateness     p50 \(milliseconds(tickerLatenessNanoseconds.p50)), p99 \(milliseconds(tickerLatenessNanoseconds.p99)), \(run.lateness.count) ticks",
      "  no preemption     p50 \(milliseconds(controlTickerLatenessNanoseconds.p50)), p99 \(milliseconds(controlTickerLatenessNanoseconds.p99)), \(control.lateness.count) ticks in a control run of \(control.seconds) s",
      "registers checked   \(registersChecked) in \(checks) checks, \(checksAfterPreemption) of them over a preemption: \(registerMismatches) mismatches",
      "frames verified     \(framesVerified) by libunwind (\(verify)): \(frameMismatches) mismatches",
      "refused requests    "
        + (refusals.isEmpty
          ? "none" : refusals.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")),
    ]
    if !pools.isEmpty { lines.append("blocks, at most     " + pools.joined(separator: ", ") + " bytes") }
    return lines.joined(separator: "\n")
  }
}
