// The runtime under test on a CPU that this machine may lack: the sources of PreemptRuntime as Embedded Swift, with real
// threads and signals.
//
// Compiled into the runtime's module: what another would import has to be serialised, which swiftc 6.3 fails at.
//
// Tasks of one processor fill every register in the generated probes and compare them, for each state class, and are
// preempted by the monitor at the ends of their slices and by a ticker that wakes; see RuntimeCheck.swift, which builds and runs
// this, and docs/testing.md.
//
//   swift-harness --preemptions N --seconds S --seed N [--plant REGISTER]
//
// Prints one JSON object; exit status 1 where a register differed or a task stood still.

import CConformance
import CPreempt
import Glibc
import SelectedArch
import Synchronization

/// What a task counts; read while it runs.
final class Counters: Sendable {
  let checks = Atomic<Int>(0)
  let checksAfterPreemption = Atomic<Int>(0)
  let mismatches = Atomic<Int>(0)
}

/// A task that never yields: fills the registers of a class, loops in a probe, compares.
final class Loop: @unchecked Sendable {
  let className: String
  let counters = Counters()
  let probe: RegisterProbe
  /// The first mismatches; read when the task is done.
  private(set) var reports: [String] = []

  init?(stateClassIndex: Int, widest: Int, seed: UInt64) {
    guard let probe = RegisterProbe(stateClassIndex: stateClassIndex, widest: widest, seed: seed) else { return nil }
    self.probe = probe
    className = Backend.className(stateClassIndex).description
  }

  func run(until ends: borrowing Atomic<Bool>, planting planted: String?) {
    while !ends.load(ordering: .relaxed) {
      probe.fill()
      if let planted { probe.corruptExpectation(of: planted) }
      let before = PreemptRuntime.currentPreemptionCount
      probe.run(times: 500)
      let isPreempted = PreemptRuntime.currentPreemptionCount != before
      counters.checks.add(1, ordering: .relaxed)
      if isPreempted { counters.checksAfterPreemption.add(1, ordering: .relaxed) }
      let found = probe.mismatches()
      counters.mismatches.add(found.count, ordering: .relaxed)
      for mismatch in found where reports.count < 5 { reports.append(mismatch.description) }
    }
  }
}

/// What the tasks share.
final class Shared: Sendable {
  let ends = Atomic<Bool>(false)
  let ticks = Atomic<Int>(0)
}

/// What the observer of preemptions sees, on the system stack of the one processor.
final class Frames: @unchecked Sendable {
  private let registers = Backend.frameRegisters.filter {
    $0.contextOffset >= 0 && $0.byteCount == MemoryLayout<UInt>.size
  }
  private var pcs: [UInt] = []
  private(set) var slotCount = 0
  private(set) var reports: [String] = []
  var distinctPCCount: Int { pcs.count }

  /// Every register's slot against what the signal interrupted; the PC, among those that were met.
  func check(_ task: PreemptedTask) {
    for register in registers {
      slotCount += 1
      let (slot, context) = (task.frameWord(at: register.offset), task.contextWord(at: register.contextOffset))
      if slot != context && reports.count < 5 {
        reports.append("frame slot of \(register.name): expected \(context), got \(slot)")
      }
    }
    if !pcs.contains(task.interruptedPC) { pcs.append(task.interruptedPC) }
  }
}

struct Options {
  var preemptions = 10_000
  var seconds: UInt64 = 120
  var seed: UInt64 = 1
  var planted: String?

  init?(_ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>, count: Int) {
    var index = 1
    while index + 1 < count {
      guard let name = arguments[index], let value = arguments[index + 1] else { return nil }
      switch String(cString: name) {
      case "--preemptions": preemptions = Int(strtol(value, nil, 10))
      case "--seconds": seconds = UInt64(strtoull(value, nil, 10))
      case "--seed": seed = UInt64(strtoull(value, nil, 10))
      case "--plant": planted = String(cString: value)
      default: return nil
      }
      index += 2
    }
    guard index == count else { return nil }
  }
}

/// Runs loops and ticker until there were enough preemptions.
func run(_ options: Options) throws(PreemptError) -> Bool {
  let code = CodeRegistry()
  // Exactly the probes: a preemption lies between fill and compare.
  try code.register(from: preempt_probe_start(), to: preempt_probe_end())
  let widest = Backend.widest(enabled: preempt_enabled_components())
  var classes = (0..<Backend.classCount).filter { Backend.entry($0, widest: widest) != nil }
  if classes.count == 1 { classes.append(classes[0]) }
  var loops: [Loop] = []
  for (number, index) in classes.enumerated() {
    if let loop = Loop(stateClassIndex: index, widest: widest, seed: options.seed &* 31 &+ UInt64(number)) {
      loops.append(loop)
    }
  }
  let shared = Shared()
  let runtime = try PreemptRuntime(timeSlice: .microseconds(500), code: code)
  let frames = Frames()
  runtime.observePreemptions { frames.check($0) }
  let start = monotonicNanoseconds()
  var handles: [TaskHandle<Bool>] = []
  for loop in loops {
    handles.append(
      try runtime.spawn(loop.className) { () throws(PreemptError) -> Bool in
        loop.run(until: shared.ends, planting: options.planted)
        return true
      })
  }
  handles.append(
    try runtime.spawn("ticker") { () throws(PreemptError) -> Bool in
      while !shared.ends.load(ordering: .relaxed) {
        try PreemptRuntime.sleep(for: .milliseconds(2))
        shared.ticks.add(1, ordering: .relaxed)
      }
      return true
    })
  let deadline = start + options.seconds * 1_000_000_000
  while runtime.statistics.preemptions < UInt64(options.preemptions), monotonicNanoseconds() < deadline {
    usleep(20_000)
  }
  shared.ends.store(true, ordering: .relaxed)
  for handle in handles { _ = try handle.join() }
  let statistics = runtime.statistics
  let milliseconds = (monotonicNanoseconds() - start) / 1_000_000
  runtime.shutDown()

  var failures = frames.reports
  let checks = loops.reduce(0) { $0 + $1.counters.checks.load(ordering: .relaxed) * $1.probe.registerCount }
  let after = loops.reduce(0) {
    $0 + $1.counters.checksAfterPreemption.load(ordering: .relaxed) * $1.probe.registerCount
  }
  for (number, loop) in loops.enumerated() {
    failures += loop.reports
    if loop.counters.checksAfterPreemption.load(ordering: .relaxed) == 0 {
      failures.append("task \(number), class \(loop.className): never preempted between fill and compare")
    }
  }
  let ticks = shared.ticks.load(ordering: .relaxed)
  if ticks == 0 { failures.append("the ticker never ticked") }
  if statistics.preemptions < UInt64(options.preemptions) {
    failures.append(
      "\(statistics.preemptions) preemptions in \(milliseconds) ms, \(options.preemptions) were asked for")
  }
  let refusals = statistics.refusals.reduce(0) { $0 + $1.value }
  let mismatches = loops.reduce(0) { $0 + $1.counters.mismatches.load(ordering: .relaxed) }
  var text = "{\"preemptions\": \(statistics.preemptions), \"refusals\": \(refusals), "
  text += "\"signals\": \(statistics.signalsSent), \"ticks\": \(ticks), \"tasks\": \(loops.count), "
  text += "\"milliseconds\": \(milliseconds), "
  text +=
    "\"distinctPCs\": \(frames.distinctPCCount), \"slotsChecked\": \(frames.slotCount), \"registersChecked\": \(checks), \"checksAfterPreemption\": \(after), "
  text += "\"mismatches\": \(mismatches), \"failures\": ["
  for (index, failure) in failures.enumerated() { text += "\(index == 0 ? "" : ", ")\"\(failure)\"" }
  puts(text + "]}")
  return failures.isEmpty
}

@c(main)
public func main(_ count: Int32, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Int32 {
  guard let options = Options(arguments, count: Int(count)) else {
    writeErrorLine("swift-harness --preemptions N --seconds S --seed N [--plant REGISTER]")
    return 2
  }
  do throws(PreemptError) { return try run(options) ? 0 : 1 } catch {
    writeErrorLine("swift-harness: \(error.description)")
    return 2
  }
}
