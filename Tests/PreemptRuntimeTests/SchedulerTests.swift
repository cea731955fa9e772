// Tasks, processors, queues: counts and orders, never times.

import CPreempt
import CWorkloads
import SelectedArch
import Synchronization
import Testing

@testable import PreemptRuntime

private func workloads() throws -> CodeRegistry {
  let code = CodeRegistry()
  try code.register(from: UInt(workload_start()), to: UInt(workload_end()))
  return code
}

private final class SharedCount: Sendable { let value = Atomic<Int>(0) }

private struct Failure: Error, Equatable { let number: Int }

@Suite(.serialized) struct SchedulerTests {
  /// A call loop, a loop without a frame and a loop of two instructions share one processor with a ticker.
  @Test func loopsThatNeverYieldShareAProcessor() throws {
    let runtime = try PreemptRuntime(timeSlice: .milliseconds(1), code: try workloads())
    let stop = Stop()
    let preempted = Mutex<[String: Int]>([:])
    runtime.observePreemptions { task in preempted.withLock { $0[task.taskName, default: 0] += 1 } }
    let calls = try runtime.spawn("calls") { workload_call_loop(stop.word) }
    let frameless = try runtime.spawn("frameless") { workload_frameless_loop(stop.word) }
    let empty = try runtime.spawn("empty") { workload_empty_loop(stop.word) }
    let ticker = try runtime.spawn("ticker") { () -> Int in
      for _ in 0..<50 { try PreemptRuntime.sleep(for: .milliseconds(1)) }
      return 50
    }
    #expect(try ticker.join() == 50)
    while preempted.withLock({ $0.count }) < 3 { runtime.requestPreemption(ofProcessor: 0) }
    stop.set()
    #expect(try calls.join() != 0)
    #expect(try frameless.join() != 0)
    try empty.join()
    runtime.shutDown()
    #expect(preempted.withLock { Set($0.keys) } == ["calls", "frameless", "empty"])
  }

  @Test func joinGivesTheResultOrTheError() throws {
    let runtime = try PreemptRuntime(processors: 2, code: CodeRegistry())
    let good = try runtime.spawn { 42 }
    let bad = try runtime.spawn { () -> Int in throw Failure(number: 3) }
    let joiner = try runtime.spawn { try good.join() + 1 }
    #expect(try joiner.join() == 43)
    #expect(throws: Failure(number: 3)) { try bad.join() }
    let outer = try runtime.spawn { try runtime.spawn { 5 }.join() }
    #expect(try outer.join() == 5)
    runtime.shutDown()
    #expect(throws: PreemptError.shutDown) { try runtime.spawn { 1 } }
  }

  @Test func yieldGoesRoundTheQueue() throws {
    let runtime = try PreemptRuntime(timeSlice: .seconds(100), code: CodeRegistry())
    let order = Mutex<[Int]>([])
    let ready = SharedCount()
    let handles = try (0..<3).map { number in
      try runtime.spawn("yielder \(number)") {
        ready.value.add(1, ordering: .relaxed)
        while ready.value.load(ordering: .relaxed) < 3 { PreemptRuntime.yield() }
        for _ in 0..<4 {
          order.withLock { $0.append(number) }
          PreemptRuntime.yield()
        }
      }
    }
    for handle in handles { try handle.join() }
    runtime.shutDown()
    let seen = order.withLock { $0 }
    #expect(seen.count == 12)
    // Each round has each task once.
    for round in 0..<4 { #expect(Set(seen[round * 3..<round * 3 + 3]) == [0, 1, 2], "\(seen)") }
  }

  /// Disabled means none, however often it is asked for; the answer comes at the end.
  @Test func disabledMeansNone() throws {
    let runtime = try PreemptRuntime(timeSlice: .seconds(100), code: try workloads())
    let stop = Stop()
    let phase = SharedCount()
    let other = SharedCount()
    let task = try runtime.spawn("disabled") { () -> (before: UInt64, inside: UInt64, otherRan: Int) in
      let before = PreemptRuntime.currentPreemptionCount
      let otherBefore = other.value.load(ordering: .relaxed)
      let (inside, ran) = PreemptRuntime.withPreemptionDisabled { () -> (UInt64, Int) in
        PreemptRuntime.withPreemptionDisabled { phase.value.store(1, ordering: .releasing) }
        workload_empty_loop(stop.word)
        return (PreemptRuntime.currentPreemptionCount, other.value.load(ordering: .relaxed) - otherBefore)
      }
      return (before, inside, ran)
    }
    let beside = try runtime.spawn("beside") {
      while phase.value.load(ordering: .relaxed) < 2 {
        other.value.add(1, ordering: .relaxed)
        PreemptRuntime.yield()
      }
    }
    while phase.value.load(ordering: .acquiring) < 1 {}
    while runtime.statistics.refusals[.preemptionDisabled] ?? 0 < 100 { runtime.requestPreemption(ofProcessor: 0) }
    stop.set()
    let result = try task.join()
    phase.value.store(2, ordering: .relaxed)
    try beside.join()
    runtime.shutDown()
    #expect(result.before == result.inside)
    #expect(result.otherRan == 0)
  }

  /// 100,000 requests at the highest rate: the loop goes on, and requests are coalesced.
  @Test func aStormMakesProgress() throws {
    let runtime = try PreemptRuntime(timeSlice: .milliseconds(1), code: try workloads())
    let rounds = SharedCount()
    let stops = SharedCount()
    let handles = try (0..<2).map { number in
      try runtime.spawn("storm \(number)") { () -> UInt64 in
        var sum: UInt64 = 0
        while stops.value.load(ordering: .relaxed) == 0 {
          sum &+= workload_integers(UInt64(number) + 1, 100)
          rounds.value.add(1, ordering: .relaxed)
        }
        return sum
      }
    }
    for _ in 0..<100_000 { runtime.requestPreemption(ofProcessor: 0) }
    let during = rounds.value.load(ordering: .relaxed)
    stops.value.store(1, ordering: .relaxed)
    for handle in handles { #expect(try handle.join() != 0) }
    let statistics = runtime.statistics
    runtime.shutDown()
    #expect(during > 0)
    #expect(statistics.preemptions > 0)
    #expect(statistics.signalsSent >= statistics.preemptions)
  }

  /// Two tasks that wake each other for ever don't starve a third: it runs within a bounded number of wake-ups' slices.
  @Test func aChainOfWakeUpsCannotStarveTheQueue() throws {
    let runtime = try PreemptRuntime(timeSlice: .milliseconds(1), code: try workloads())
    let stop = Stop()
    let third = SharedCount()
    let sleepers = try (0..<2).map { number in
      try runtime.spawn("sleeper \(number)") { () -> Int in
        var count = 0
        while stop.word.pointee == 0 {
          try PreemptRuntime.sleep(for: .microseconds(10))
          _ = workload_integers(1, 2000)
          count += 1
        }
        return count
      }
    }
    let loop = try runtime.spawn("third") { () -> Int in
      while third.value.add(1, ordering: .relaxed).newValue < 20_000 { _ = workload_integers(3, 100) }
      return third.value.load(ordering: .relaxed)
    }
    #expect(try loop.join() >= 20_000)
    stop.set()
    for sleeper in sleepers { #expect(try sleeper.join() > 0) }
    runtime.shutDown()
  }

  @Test func manyTasksOnSeveralProcessors() throws {
    let runtime = try PreemptRuntime(processors: 4, code: CodeRegistry())
    let handles = try (0..<10_000).map { number in
      try runtime.spawn("task \(number)", stackByteCount: PreemptRuntime.stackFloorByteCount, migratable: number % 2 == 0) {
        if number % 3 == 0 { PreemptRuntime.yield() }
        return number
      }
    }
    var sum = 0
    for handle in handles { sum += try handle.join() }
    runtime.shutDown()
    #expect(sum == 10_000 * 9_999 / 2)
  }

  @Test func shutdownWithoutWaitingAbandonsLoops() throws {
    let runtime = try PreemptRuntime(timeSlice: .milliseconds(1), code: try workloads())
    let stop = Stop()
    let handle = try runtime.spawn("endless") { workload_empty_loop(stop.word) }
    runtime.shutDown(waitingForTasks: false)
    #expect(throws: PreemptError.abandoned(task: "endless")) { try handle.join() }
    runtime.shutDown()
  }

  @Test func twoRuntimesAtOnce() throws {
    let runtimes = try (0..<2).map { _ in try PreemptRuntime(timeSlice: .milliseconds(1), code: try workloads()) }
    let stop = Stop()
    let loops = try runtimes.flatMap { runtime in
      try (0..<2).map { _ in try runtime.spawn { workload_call_loop(stop.word) } }
    }
    while runtimes.contains(where: { $0.statistics.preemptions < 10 }) {
      for runtime in runtimes { runtime.requestPreemption(ofProcessor: 0) }
    }
    stop.set()
    for loop in loops { #expect(try loop.join() != 0) }
    for runtime in runtimes { runtime.shutDown() }
  }

  // MARK: - Bad input

  @Test(arguments: [0, -1, 1025])
  func processorCountsOutOfRange(count: Int) {
    #expect(throws: PreemptError.processorCount(count)) { try PreemptRuntime(processors: count, code: CodeRegistry()) }
  }

  @Test(arguments: [Duration.zero, .milliseconds(-1)])
  func slicesThatAreNotPositive(slice: Duration) {
    #expect(throws: PreemptError.timeSlice(slice == .zero ? 0 : -1_000_000)) {
      try PreemptRuntime(timeSlice: slice, code: CodeRegistry())
    }
  }

  @Test func aStackBelowTheFloor() throws {
    let runtime = try PreemptRuntime(code: CodeRegistry())
    let floor = PreemptRuntime.stackFloorByteCount
    #expect(throws: PreemptError.stackByteCount(floor - 1, floor: floor)) {
      try runtime.spawn(stackByteCount: floor - 1) { 1 }
    }
    #expect(try runtime.spawn(stackByteCount: floor) { 1 }.join() == 1)
    runtime.shutDown()
  }

  @Test func sleepOutsideATask() {
    #expect(throws: PreemptError.notOnTask("sleep")) { try PreemptRuntime.sleep(for: .milliseconds(1)) }
  }

  @Test func environmentsWithoutInjection() {
    var environment = Environment.current
    environment.hasUserShadowStack = { true }
    #expect(throws: PreemptError.userShadowStack) { try PreemptRuntime(code: CodeRegistry(), environment: environment) }
    environment = .current
    environment.hasThreadSanitizer = { true }
    #expect(throws: PreemptError.threadSanitizer) { try PreemptRuntime(code: CodeRegistry(), environment: environment) }
    environment = .current
    environment.enabledComponents = { 1 }
    #expect(throws: PreemptError.stateClass) { try PreemptRuntime(code: CodeRegistry(), environment: environment) }
  }
}
