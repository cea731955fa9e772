// Every register over preemptions: at least 100,000 checks of each class with a preemption between fill and compare.

import CPreempt
import CWorkloads
import FrameVerifier
import RegisterProbe
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
/// thread, until `required` checks of each had a preemption inside. The runtime believes that the operating system
/// enabled `components`.
func storm(
  classes: [(index: Int, widest: Int)], required: Int, components: UInt64 = hardwareComponents,
  only: Set<String>? = nil, verify: FrameVerifier? = nil
) throws -> [StormResult] {
  let code = CodeRegistry()
  // Exactly the probes: a preemption is between fill and compare.
  try code.register(from: preempt_probe_start(), to: preempt_probe_end())
  var environment = Environment.current
  environment.enabledComponents = { components }
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
        probe.run(times: 10_000)
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
  requestInEveryPhase(phase, of: runtime) { remaining.load(ordering: .relaxed) > 0 }
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

/// One request a phase, each a little later or earlier than the last.
func requestInEveryPhase(_ phase: borrowing Atomic<UInt64>, of runtime: PreemptRuntime, while goesOn: () -> Bool) {
  var seen: UInt64 = 0
  while goesOn() {
    let now = phase.load(ordering: .acquiring)
    guard now != seen else { continue }
    seen = now
    for _ in 0..<(now &* 0x9e37 >> 3 & 63) { _ = monotonicNanoseconds() }
    runtime.requestPreemption(ofProcessor: 0)
  }
}

let hardwareComponents = preempt_enabled_components()
let hardwareWidest = Backend.widest(enabled: hardwareComponents)

@Suite(.serialized) struct RegisterTests {
  /// Integers, flags, MXCSR with its rounding mode and sticky flags, x87, vectors, masks and red-zone words of each
  /// class, and that what a narrower class doesn't cover reads as initial.
  ///
  /// The widest class holds every register there is, the narrowest has most that must read as initial.
  @Test func widestAndNarrowestClass() throws {
    try expectIntact(
      [(hardwareWidest * 2 + 1, hardwareWidest), (0, hardwareWidest)], required: requiredCheckCount, verifies: false)
  }

  @Test func upperHalvesOfAnotherTask() throws {
    let classes = (0..<Backend.classCount).filter { Backend.entry($0, widest: hardwareWidest) != nil }
    try expectIntact(classes.map { ($0, hardwareWidest) }, required: requiredCheckCount / 5)
  }

  /// The stubs of machines on which less is enabled than here.
  @Test(arguments: 0..<hardwareWidest)
  func everyClassOfANarrowerMachine(widest: Int) throws {
    let classes = (0..<Backend.classCount).filter { Backend.entry($0, widest: widest) != nil }
    // Components come in the order of the widths: a low part of what is enabled here.
    let parts = (1..<64).lazy.map { hardwareComponents & ((1 << $0) - 1) }
    let components = try #require(parts.first { Backend.widest(enabled: $0) == widest })
    try expectIntact(classes.map { ($0, widest) }, required: requiredCheckCount / 50, components: components)
  }

  private func expectIntact(
    _ classes: [(index: Int, widest: Int)], required: Int, components: UInt64 = hardwareComponents,
    verifies: Bool = true
  ) throws {
    let verifier = verifies ? try FrameVerifier() : nil
    let results = try storm(classes: classes, required: required, components: components, verify: verifier)
    for (entry, result) in zip(classes, results) {
      print(
        "\(Backend.className(entry.index)): \(result.checksAfterPreemption) of \(result.checks) checks after a preemption, \(result.distinctPCs) PCs"
      )
      #expect(result.checksAfterPreemption >= required)
      #expect(result.mismatches.isEmpty, "\(result.mismatches.map { $0.description }.joined(separator: "\n"))")
      #expect(
        result.frameMismatches.isEmpty,
        "\(result.frameMismatches.prefix(5).map { $0.description }.joined(separator: "\n"))")
    }
  }

  /// A comparison's answer is in the x87 status word alone between fucompp and fnstsw.
  @Test func x87ComparisonLost() throws {
    let code = CodeRegistry()
    try code.register(from: UInt(workload_start()), to: UInt(workload_end()))
    let runtime = try PreemptRuntime(timeSlice: .milliseconds(1), code: code)
    let remaining = Atomic<Int>(2)
    let phase = Atomic<UInt64>(0)
    let classes = Mutex<[Int: Int]>([:])
    runtime.observePreemptions { task in classes.withLock { $0[task.stateClassIndex % 2, default: 0] += 1 } }
    let handles = try (0..<2).map { number in
      try runtime.spawn("comparisons \(number)") { () -> (checks: Int, wrong: Int) in
        var checks = 0
        var wrong = 0
        var value = UInt64(number)
        while remaining.load(ordering: .relaxed) > 0 {
          value += 1
          let before = PreemptRuntime.currentPreemptionCount
          phase.add(1, ordering: .releasing)
          let isWrong = workload_x87_compare_across(value, 12_000)
          if PreemptRuntime.currentPreemptionCount != before {
            checks += 1
            wrong += Int(isWrong)
            if checks == requiredCheckCount / 2 { remaining.subtract(1, ordering: .relaxed) }
          }
        }
        return (checks, wrong)
      }
    }
    requestInEveryPhase(phase, of: runtime) { remaining.load(ordering: .relaxed) > 0 }
    let results = try handles.map { try $0.join() }
    runtime.shutDown()
    print("\(results.map(\.checks)) comparisons across a preemption, x87 live in \(classes.withLock { $0[1] ?? 0 })")
    #expect(results.allSatisfy { $0.checks >= requiredCheckCount / 2 && $0.wrong == 0 }, "\(results)")
    #expect(classes.withLock { $0[1] ?? 0 } >= requiredCheckCount)
  }

  @Test func withoutLibunwindThereIsNoVerifier() throws {
    let error = #expect(throws: LibunwindAbsent.self) { try FrameVerifier(library: "/nowhere/libunwind.so") }
    #expect(error?.description.contains("apt-get install libunwind") == true)
  }

  /// The comparison can fail: one flipped bit of any register's expectation is reported under its name.
  @Test func aChangedRegisterIsNoticed() throws {
    let probe = try #require(RegisterProbe(stateClassIndex: hardwareWidest * 2 + 1, widest: hardwareWidest, seed: 3))
    for name in probe.registerNames {
      probe.fill()
      probe.corruptExpectation(of: name)
      probe.run(times: 1)
      #expect(probe.mismatches().map(\.register) == [name])
    }
  }
}
