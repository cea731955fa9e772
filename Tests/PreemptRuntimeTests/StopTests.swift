// Stopping the world and single tasks: that nothing moves while it lasts, that everything goes on behind it, and what
// becomes of whoever asks at a bad time.

import CPreempt
import CWorkloads
import Glibc
import SelectedArch
import Synchronization
import Testing

@testable import PreemptRuntime

/// A task that counts in memory and never yields.
private final class CountingTask: @unchecked Sendable {
  let count = UnsafeMutablePointer<UInt64>.allocate(capacity: 1)
  let stop = StopWord()
  private(set) var handle: TaskHandle<Void>!

  init(_ name: String, in runtime: PreemptRuntime) throws {
    count.initialize(to: 0)
    let (count, stop) = (count, stop)
    nonisolated(unsafe) let counter = count
    handle = try runtime.spawn(name) { workload_count(stop.word, counter) }
  }

  deinit { count.deallocate() }

  /// Volatile: the task writes it behind the compiler's back.
  var value: UInt64 {
    preempt_signal_fence()
    return count.pointee
  }

  func end() throws {
    stop.set()
    try handle.join()
  }

  /// Waits until it counts on.
  func expectRunning(_ sourceLocation: SourceLocation = #_sourceLocation) {
    let before = value
    _ = eventually("task \(handle.name) counts", sourceLocation: sourceLocation) { value != before }
  }

  /// Whether it stood for a while: long enough for millions of rounds.
  var stands: Bool {
    let before = value
    usleep(2000)
    return value == before
  }
}

extension RuntimeSuite {
  @Suite struct StopTests {
    @Test(arguments: [1, 2, 4]) func aStopHoldsEveryTask(processors: Int) throws {
      let runtime = try withNoSignalBlocked {
        try PreemptRuntime(processors: processors, timeSlice: .milliseconds(1), code: workloadCode())
      }
      let tasks = try (0..<2 * processors).map { try CountingTask("counter \($0)", in: runtime) }
      for task in tasks { task.expectRunning() }
      for round in 0..<20 {
        try runtime.stopTheWorld { world in
          #expect(world.taskCount == tasks.count)
          #expect(tasks.allSatisfy { $0.stands }, "round \(round)")
          var names: [String] = []
          world.forEachTask { task in
            names.append(task.name)
            // Started, and in a loop that never leaves by itself.
            #expect(task.state != .notStarted && task.state != .left)
            #expect(workloadRange.contains(task.position.pc))
            #expect(task.stackBounds.contains(task.position.stackPointer))
          }
          #expect(names == tasks.reversed().map { $0.handle.name })
        }
        for task in tasks { task.expectRunning() }
      }
      for task in tasks { try task.end() }
      runtime.shutDown()
    }

    /// Idle processors, sleeping tasks, and tasks that have no turn before the end of the stop.
    @Test func aStopWithIdleProcessors() throws {
      let runtime = try withNoSignalBlocked { try PreemptRuntime(processors: 3, code: workloadCode()) }
      let woken = Counter()
      let sleeper = try runtime.spawn("sleeper") {
        try PreemptRuntime.sleep(for: .milliseconds(20))
        woken.add()
      }
      _ = eventually("it sleeps") { (try? runtime.stopTheWorld { state(of: "sleeper", $0) }) == .left }
      let late = try runtime.stopTheWorld { world in
        let late = try runtime.spawn("late") { woken.add() }
        usleep(40_000)
        #expect(woken.value == 0)
        #expect(state(of: "late", world) == .notStarted)
        return late
      }
      try sleeper.join()
      #expect(try late.join() > 0)
      #expect(woken.value == 2)
      runtime.shutDown()
    }

    @Test func errorsAndResultsComeOut() throws {
      let runtime = try withNoSignalBlocked { try PreemptRuntime(code: workloadCode()) }
      #expect(try runtime.stopTheWorld { _ in 17 } == 17)
      #expect(throws: PreemptError.stateClass) { try runtime.stopTheWorld { _ in throw PreemptError.stateClass } }
      #expect(throws: PreemptError.stateClass) {
        try runtime.spawn("thrower") {
          try runtime.stopTheWorld { _ in throw PreemptError.stateClass }
        }.join()
      }
      // Everything goes on behind it.
      #expect(try runtime.spawn("after") { 3 }.join() == 3)
      runtime.shutDown()
    }

    /// A stop inside a stop is the same stop, on a thread and on a task.
    @Test func nested() throws {
      let runtime = try withNoSignalBlocked { try PreemptRuntime(processors: 2, code: workloadCode()) }
      let task = try CountingTask("counter", in: runtime)
      task.expectRunning()
      let nest: @Sendable () throws -> Bool = {
        try runtime.stopTheWorld { _ in
          let inner = try runtime.stopTheWorld { _ in task.stands }
          return inner && task.stands
        }
      }
      #expect(try nest())
      task.expectRunning()
      #expect(try runtime.spawn("nester", body: nest).join())
      task.expectRunning()
      try task.end()
      runtime.shutDown()
    }

    /// Threads and tasks that stop the world at once take turns.
    @Test func manyStopAtOnce() throws {
      let runtime = try withNoSignalBlocked {
        try PreemptRuntime(processors: 2, timeSlice: .milliseconds(1), code: workloadCode())
      }
      let inside = Counter()
      let stops = Counter()
      let counters = try (0..<2).map { try CountingTask("counter \($0)", in: runtime) }
      let stop: @Sendable () -> Void = {
        for _ in 0..<200 {
          try! runtime.stopTheWorld { _ in
            #expect(inside.add() == 1)
            let before = counters.map(\.value)
            usleep(20)
            #expect(counters.map(\.value) == before)
            inside.add(-1)
            stops.add()
          }
        }
      }
      let tasks = try (0..<3).map { try runtime.spawn("stopper \($0)", body: stop) }
      let threads = withNoSignalBlocked { (0..<2).map { _ in TestThread(stop) } }
      for thread in threads { thread.join() }
      for task in tasks { try task.join() }
      #expect(stops.value == 1000)
      for counter in counters { try counter.end() }
      runtime.shutDown()
    }

    /// 10,000 stops while tasks compute, sleep, yield, spawn and end.
    @Test func tenThousandStopsUnderLoad() throws {
      let runtime = try withNoSignalBlocked {
        try PreemptRuntime(processors: 2, timeSlice: .microseconds(500), code: workloadCode())
      }
      let counters = try (0..<3).map { try CountingTask("counter \($0)", in: runtime) }
      let ends = StopWord()
      let work = Counter()
      let workers = try (0..<3).map { number in
        try runtime.spawn("worker \(number)") {
          while !ends.isSet {
            switch number {
            case 0: try PreemptRuntime.sleep(for: .microseconds(50))
            case 1: PreemptRuntime.yield()
            default: _ = try runtime.spawn("child") { workload_integers(7, 1000) }.join()
            }
            work.add()
          }
        }
      }
      for counter in counters { counter.expectRunning() }
      var stopNanoseconds: [UInt64] = []
      var last = counters.map(\.value)
      for stop in 0..<10_000 {
        // Else it finds the processors as the last one left them, before their threads woke up.
        if stop % 8 == 0 {
          guard eventually("something moves", { counters.map(\.value) != last }) else { break }
        }
        try runtime.stopTheWorld { world in
          last = counters.map(\.value)
          stopNanoseconds.append(world.stopNanoseconds)
          guard stop % 16 == 0 else { return }
          let before = (counters.map(\.value), work.value)
          var count = 0
          world.forEachTask { _ in count += 1 }
          #expect(count == world.taskCount)
          usleep(10)
          #expect(counters.map(\.value) == before.0 && work.value == before.1)
        }
      }
      let worked = work.value
      for counter in counters { counter.expectRunning() }
      _ = eventually("the workers go on") { work.value > worked }
      ends.set()
      for worker in workers { try worker.join() }
      for counter in counters { try counter.end() }
      runtime.shutDown()
      stopNanoseconds.sort()
      print(
        "10,000 stops: p50 \(stopNanoseconds[5000] / 1000) µs, p99 \(stopNanoseconds[9900] / 1000) µs, \(worked) pieces of work beside them"
      )
    }

    // MARK: - Who keeps a stop waiting

    @Test func aTaskThatDisablesPreemptionTooLongIsReported() throws {
      let runtime = try withNoSignalBlocked { try PreemptRuntime(processors: 2, code: workloadCode()) }
      let stop = StopWord()
      let counter = try CountingTask("counter", in: runtime)
      let selfish = try runtime.spawn("selfish") {
        PreemptRuntime.withPreemptionDisabled { workload_empty_loop(stop.word) }
        return 1
      }
      counter.expectRunning()
      runtime.pester(until: "it refuses") {
        runtime.requestPreemption(ofProcessor: 1)
        return runtime.refusals(.preemptionDisabled) > 0
      }
      var delays: [StopDelay] = []
      try runtime.stopTheWorld(
        reportAfter: .milliseconds(20),
        report: { delay in
          // On a busy machine the other processor may be late, too.
          if delay.task?.taskID == selfish.id { delays.append(delay) }
          if delays.count == 2 { stop.set() }
        }
      ) { _ in #expect(counter.stands) }
      #expect(delays.count >= 2)
      #expect(delays.allSatisfy { $0.task?.taskName == "selfish" && $0.waited >= .milliseconds(20) }, "\(delays)")
      let refusal = try #require(delays[0].task?.refusal)
      #expect(refusal.reason == .preemptionDisabled && workloadRange.contains(refusal.pc), "\(delays[0])")
      #expect(delays[0].description.contains("task 'selfish' is running"), "\(delays[0])")
      #expect(try selfish.join() == 1)
      try counter.end()
      runtime.shutDown()
    }

    /// The report of a task that blocks in a system call names the C library's function.
    @Test func aTaskInASystemCallIsReported() throws {
      let runtime = try withNoSignalBlocked { try PreemptRuntime(code: workloadCode()) }
      var ends: [Int32] = [0, 0]
      #expect(pipe(&ends) == 0)
      let (from, to) = (ends[0], ends[1])
      let hasBegun = Counter()
      let reader = try runtime.spawn("reader") { () -> Int in
        var byte: UInt8 = 0
        hasBegun.add()
        return read(from, &byte, 1)
      }
      _ = eventually("it reads") { hasBegun.value == 1 }
      var delays: [StopDelay] = []
      try runtime.stopTheWorld(
        reportAfter: .milliseconds(30),
        report: { delay in
          delays.append(delay)
          if delays.count == 2 { write(to, "x", 1) }
        }
      ) { _ in }
      let last = try #require(delays.last)
      #expect(last.task?.taskName == "reader" && last.task?.refusal?.reason == .unregisteredCode, "\(last)")
      #expect(last.description.contains("read + "), "\(last)")
      #expect(try reader.join() == 1)
      close(from)
      close(to)
      runtime.shutDown()
    }

    // MARK: - Ends

    @Test func aShutdownWaitsForTheStop() throws {
      for waits in [true, false] {
        let runtime = try withNoSignalBlocked { try PreemptRuntime(processors: 2, code: workloadCode()) }
        let counter = try CountingTask("counter", in: runtime)
        counter.expectRunning()
        let ended = Counter()
        let hasBegun = Counter()
        let ender = try runtime.stopTheWorld { _ in
          let ender = withNoSignalBlocked {
            TestThread {
              hasBegun.add()
              runtime.shutDown(waitingForTasks: waits)
              ended.add()
            }
          }
          _ = eventually("it begins") { hasBegun.value == 1 }
          usleep(10_000)
          #expect(ended.value == 0)
          #expect(counter.stands)
          return ender
        }
        counter.stop.set()
        ender.join()
        if waits { try counter.handle.join() }
        #expect(throws: PreemptError.shutDown) { try runtime.stopTheWorld { _ in } }
        let error = #expect(throws: PreemptError.self) { try runtime.suspend(counter.handle) }
        #expect(error == .shutDown || error == .finished(task: "counter"))
      }
    }

    /// Stops, spawns and the end, all at once: each ends with a result or an error.
    @Test func stopsRaceTheEnd() throws {
      for round in 0..<30 {
        let runtime = try withNoSignalBlocked {
          try PreemptRuntime(processors: 2, timeSlice: .milliseconds(1), code: workloadCode())
        }
        let counter = try CountingTask("counter", in: runtime)
        let threads = withNoSignalBlocked {
          (0..<2).map { _ in
            TestThread {
              do { while true { try runtime.stopTheWorld { _ in } } } catch {
                #expect(error as? PreemptError == .shutDown)
              }
            }
          }
        }
        usleep(UInt32(round * 100))
        counter.stop.set()
        runtime.shutDown(waitingForTasks: round % 2 == 0)
        for thread in threads { thread.join() }
      }
    }

    @Test func shutdownInsideAStopSaysSo() async {
      silenceBacktraces()
      let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        unblockSignals()
        let runtime = try PreemptRuntime(code: CodeRegistry())
        try runtime.stopTheWorld { _ in runtime.shutDown() }
      }
      let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
      #expect(text.contains("shutDown() inside stopTheWorld"), "\(text)")
    }

    // MARK: - One task

    @Test func suspendARunningTask() throws {
      let runtime = try withNoSignalBlocked {
        try PreemptRuntime(timeSlice: .milliseconds(1), code: workloadCode())
      }
      let task = try CountingTask("suspended", in: runtime)
      let other = try CountingTask("other", in: runtime)
      task.expectRunning()
      let stopped = try runtime.suspend(task.handle)
      #expect(stopped.name == "suspended" && workloadRange.contains(stopped.position.pc))
      #expect(task.stands)
      // The processor is free for others.
      other.expectRunning()
      // Suspensions count, and a stop between them changes nothing.
      try runtime.suspend(task.handle)
      try runtime.resume(task.handle)
      try runtime.stopTheWorld { _ in #expect(task.stands) }
      #expect(task.stands)
      other.expectRunning()
      try runtime.resume(task.handle)
      task.expectRunning()
      #expect(throws: PreemptError.notSuspended(task: "suspended")) { try runtime.resume(task.handle) }
      try task.end()
      try other.end()
      runtime.shutDown()
    }

    @Test func suspendATaskThatDoesNotRun() throws {
      let runtime = try withNoSignalBlocked { try PreemptRuntime(code: workloadCode()) }
      let place = ParkingPlace()
      let woken = Counter()
      let parked = try runtime.spawn("parked") {
        place.park()
        woken.add()
      }
      _ = eventually("it parks") { (try? runtime.stopTheWorld { state(of: "parked", $0) }) == .left }
      #expect(try runtime.suspend(parked).state == .left)
      // Its turn comes while it is suspended.
      place.wake(runtime)
      try runtime.spawn("beside") {}.join()
      #expect(woken.value == 0 && !parked.isDone)
      try runtime.resume(parked)
      try parked.join()
      #expect(woken.value == 1)

      let sleeper = try runtime.spawn("sleeper") { try PreemptRuntime.sleep(for: .milliseconds(5)) }
      _ = eventually("it sleeps") { (try? runtime.stopTheWorld { state(of: "sleeper", $0) }) == .left }
      try runtime.suspend(sleeper)
      usleep(20_000)
      try runtime.spawn("beside") {}.join()
      #expect(!sleeper.isDone)
      try runtime.resume(sleeper)
      try sleeper.join()

      // Before its first turn.
      let unborn = try runtime.stopTheWorld { _ in
        let unborn = try runtime.spawn("unborn") { woken.add() }
        #expect(try runtime.suspend(unborn).state == .notStarted)
        return unborn
      }
      try runtime.spawn("beside") {}.join()
      #expect(woken.value == 1)
      try runtime.resume(unborn)
      #expect(try unborn.join() == 2)
      runtime.shutDown()
    }

    @Test func suspendAtABadTime() throws {
      let (runtime, other) = try withNoSignalBlocked {
        (try PreemptRuntime(code: workloadCode()), try PreemptRuntime(code: workloadCode()))
      }
      let done = try runtime.spawn("done") {}
      try done.join()
      #expect(throws: PreemptError.finished(task: "done")) { try runtime.suspend(done) }
      #expect(throws: PreemptError.self) { try runtime.resume(done) }
      #expect(throws: PreemptError.otherRuntime(task: "done")) { try other.suspend(done) }
      #expect(throws: PreemptError.otherRuntime(task: "done")) { try other.resume(done) }
      let own = Mutex<TaskHandle<Void>?>(nil)
      let hasHandle = Counter()
      let narcissus = try runtime.spawn("narcissus") {
        while hasHandle.value == 0 { PreemptRuntime.yield() }
        let handle = PreemptRuntime.withPreemptionDisabled { own.withLock { $0 } }!
        try runtime.suspend(handle)
      }
      own.withLock { $0 = narcissus }
      hasHandle.add()
      #expect(throws: PreemptError.suspendOfSelf(task: "narcissus")) { try narcissus.join() }
      own.withLock { $0 = nil }
      runtime.shutDown()
      other.shutDown()
    }

    /// Two tasks on two processors that suspend each other both end suspended, or one does first: never a hang.
    @Test func tasksThatSuspendEachOther() throws {
      for _ in 0..<100 {
        let runtime = try withNoSignalBlocked { try PreemptRuntime(processors: 2, code: workloadCode()) }
        let handles = Mutex<[TaskHandle<Void>]>([])
        let ready = Counter()
        let tasks = try (0..<2).map { number in
          try runtime.spawn("fighter \(number)") {
            ready.add()
            while ready.value < 3 {}
            let other = PreemptRuntime.withPreemptionDisabled { handles.withLock { $0[1 - number] } }
            do { try runtime.suspend(other) } catch { #expect(error as? PreemptError == .finished(task: other.name)) }
          }
        }
        handles.withLock { $0 = tasks }
        ready.add()
        _ = eventually("both are done or suspended") {
          for task in tasks where (try? runtime.resume(task)) != nil {}
          return tasks.allSatisfy(\.isDone)
        }
        handles.withLock { $0 = [] }
        runtime.shutDown()
      }
    }

    /// Threads and tasks suspend and resume two loops and a sleeper, beside stops.
    @Test func suspensionsInAStorm() throws {
      let runtime = try withNoSignalBlocked {
        try PreemptRuntime(processors: 2, timeSlice: .microseconds(500), code: workloadCode())
      }
      let loops = try (0..<2).map { try CountingTask("loop \($0)", in: runtime) }
      let ends = StopWord()
      let sleeper = try runtime.spawn("sleeper", migratable: true) { () -> Void in
        while !ends.isSet { try PreemptRuntime.sleep(for: .microseconds(20)) }
      }
      let handles = loops.map { $0.handle! } + [sleeper]
      let suspensions = Counter()
      let storm: @Sendable () -> Void = {
        for round in 0..<500 {
          let handle = handles[round % handles.count]
          // A task that waited would keep its processor from the loop.
          if round % 3 < 2 && round % 5 == 0 && currentM() == nil { loops[round % 3].expectRunning() }
          try! runtime.suspend(handle)
          if round % 3 < 2 {
            let loop = loops[round % 3]
            let before = loop.value
            if round % 50 == 0 { usleep(50) }
            #expect(loop.value == before)
          }
          try! runtime.resume(handle)
          suspensions.add()
        }
      }
      let threads = withNoSignalBlocked { (0..<2).map { _ in TestThread(storm) } }
      let task = try runtime.spawn("stormer", body: storm)
      for _ in 0..<200 { try runtime.stopTheWorld { _ in } }
      for thread in threads { thread.join() }
      try task.join()
      #expect(suspensions.value == 1500)
      for loop in loops { loop.expectRunning() }
      ends.set()
      try sleeper.join()
      for loop in loops { try loop.end() }
      runtime.shutDown()
    }
  }
}

private func state(of name: String, _ world: borrowing StoppedWorld) -> StoppedTask.State? {
  var found: StoppedTask.State?
  world.forEachTask { if $0.name == name { found = $0.state } }
  return found
}
