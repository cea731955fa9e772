// Every register over preemptions: at least 100,000 checks of each class with a preemption between fill and compare.

import CPreempt
import CWorkloads
import Conformance
import FrameVerifier
import SelectedArch
import Synchronization
import Testing

@testable import PreemptRuntime

/// Checks with a preemption inside that each test asks for.
let requiredCheckCount = 100_000

/// What a storm of preemptions over probes came to.
struct StormResult {
  var checks = 0
  var checksAfterPreemption = 0
  var mismatches: [RegisterMismatch] = []
  var distinctPCs = 0
  var frameMismatches: [FrameMismatch] = []
}

/// Runs a probe of each given class as tasks of one processor that preempt one another, under requests from another
/// thread, until `required` checks of each had a preemption inside.
func storm(
  classes: [(index: Int, widest: Int)], required: Int, components: UInt64? = nil,
  only: Set<String>? = nil, verify: FrameVerifier? = nil
) throws -> [StormResult] {
  let code = CodeRegistry()
  // Exactly the probes: a preemption is between fill and compare.
  try code.register(from: preempt_probe_start(), to: preempt_probe_end())
  var environment = Environment.current
  if let components { environment.enabledComponents = { components } }
  let runtime = try PreemptRuntime(timeSlice: .milliseconds(1), code: code, environment: environment)
  let pcs = Mutex<Set<UInt>>([])
  let frameMismatches = Mutex<[FrameMismatch]>([])
  runtime.observePreemptions { task in
    pcs.withLock { _ = $0.insert(task.interruptedPC) }
    if let found = verify?.verify(task), !found.isEmpty { frameMismatches.withLock { $0 += found } }
  }
  let remaining = Atomic<Int>(classes.count)
  let phase = Atomic<UInt64>(0)
  let handles = try classes.enumerated().map { number, entry in
    try runtime.spawn("probe \(Backend.className(entry.index)) \(number)") { () -> StormResult in
      var result = StormResult()
      let probe = RegisterProbe(
        stateClassIndex: entry.index, widest: entry.widest, seed: UInt64(number + 1) &* 7919, only: only)!
      // Go on until everyone is done: a task alone would meet only its own registers.
      while remaining.load(ordering: .relaxed) > 0 {
        probe.fill()
        let before = PreemptRuntime.currentPreemptionCount
        // One request a check, at a time of its own inside the loop.
        phase.add(1, ordering: .releasing)
        probe.run(times: 1000)
        let isPreempted = PreemptRuntime.currentPreemptionCount != before
        result.checks += 1
        if isPreempted {
          result.checksAfterPreemption += 1
          if result.checksAfterPreemption == required { remaining.subtract(1, ordering: .relaxed) }
        }
        let found = probe.mismatches()
        if !found.isEmpty && result.mismatches.count < 10 { result.mismatches += found }
      }
      return result
    }
  }
  var seen: UInt64 = 0
  while remaining.load(ordering: .relaxed) > 0 {
    let now = phase.load(ordering: .acquiring)
    guard now != seen else { continue }
    seen = now
    for _ in 0..<(now &* 0x9e37 >> 3 & 63) { _ = monotonicNanoseconds() }
    runtime.requestPreemption(ofProcessor: 0)
  }
  var results = try handles.map { try $0.join() }
  runtime.shutDown()
  let distinct = pcs.withLock { $0.count }
  let frames = frameMismatches.withLock { $0 }
  for index in results.indices {
    results[index].distinctPCs = distinct
    results[index].frameMismatches = frames
  }
  return results
}

let hardwareComponents = preempt_enabled_components()
let hardwareWidest = Backend.widest(enabled: hardwareComponents)

@Suite(.serialized) struct RegisterTests {
  @Test func everyClassTheMachineHas() throws {
    let classes = (0..<Backend.classCount).filter { Backend.entry($0, widest: hardwareWidest) != nil }
    let results = try storm(classes: classes.map { ($0, hardwareWidest) }, required: requiredCheckCount)
    for (index, result) in zip(classes, results) {
      print("\(Backend.className(index)): \(result.checksAfterPreemption) of \(result.checks) checks after a preemption, \(result.distinctPCs) PCs")
      #expect(result.checksAfterPreemption >= requiredCheckCount)
      #expect(result.mismatches.isEmpty, "\(result.mismatches.map { $0.description }.joined(separator: "\n"))")
    }
  }
}
