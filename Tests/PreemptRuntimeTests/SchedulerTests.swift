// Tasks, processors, queues: counts and orders, never times.

import CPreempt
import CWorkloads
import Foundation
import Glibc
import SelectedArch
import Synchronization
import Testing

@testable import PreemptRuntime

private struct Failure: Error, Equatable { let number: Int }

extension RuntimeSuite {
  @Suite struct SchedulerTests {
    // MARK: - Sharing a processor

    /// A call loop, a loop without a frame and a loop of two instructions share one processor with a ticker.
    @Test func loopsThatNeverYieldShareAProcessor() throws {
      let runtime = try PreemptRuntime(timeSlice: .milliseconds(1), code: workloadCode())
      let stop = StopWord()
      let preempted = Mutex<[String: Int]>([:])
      runtime.observePreemptions { task in preempted.withLock { $0[task.taskName, default: 0] += 1 } }
      let calls = try runtime.spawn("calls") { workload_call_loop(stop.word) }
      let frameless = try runtime.spawn("frameless") { workload_frameless_loop(stop.word) }
      let empty = try runtime.spawn("empty") { workload_empty_loop(stop.word) }
      let ticker = try runtime.spawn("ticker") { () -> Int in
        for _ in 0..<50 { try PreemptRuntime.sleep(for: .milliseconds(1)) }
        return 50
      }
      // Ends of slices and wake-ups alone.
      #expect(try ticker.join() == 50)
      _ = eventually("each loop is preempted ten times") {
        preempted.withLock { $0.count == 3 && $0.values.allSatisfy { $0 >= 10 } }
      }
      stop.set()
      #expect(try calls.join() != 0)
      #expect(try frameless.join() != 0)
      try empty.join()
      runtime.shutDown()
      #expect(preempted.withLock { Set($0.keys) } == ["calls", "frameless", "empty"])
    }

    /// Between two preemptions of a loop, each of the others has its turn.
    @Test func loopsTakeTurns() throws {
      let runtime = try PreemptRuntime(timeSlice: .microseconds(500), code: workloadCode())
      let stop = StopWord()
      let turns = Mutex<[UInt64]>([])
      runtime.observePreemptions { task in turns.withLock { $0.append(task.taskID) } }
      // All are queued before the first of them runs.
      let parent = try runtime.spawn("parent") {
        try PreemptRuntime.withPreemptionDisabled {
          try (0..<5).map { number in try runtime.spawn("loop \(number)") { workload_empty_loop(stop.word) } }
        }
      }
      let loops = try parent.join()
      runtime.pester(until: "turns") { turns.withLock { $0.count } >= 500 }
      stop.set()
      for loop in loops { try loop.join() }
      runtime.shutDown()
      let order = turns.withLock { $0 }
      // The first round settles who could be preempted; from there on it is a circle.
      let settled = order.dropFirst(25).prefix(450)
      let circle = Array(settled.prefix(5))
      #expect(Set(circle) == Set(loops.map(\.id)))
      for (index, id) in settled.enumerated() where id != circle[index % 5] {
        Issue.record("turn \(index) is \(id)'s in \(Array(settled.dropFirst(max(0, index - 10)).prefix(20)))")
        break
      }
    }

    @Test func yieldGoesRoundTheQueue() throws {
      let runtime = try PreemptRuntime(timeSlice: .seconds(3600), code: CodeRegistry())
      let journal = Journal()
      let parent = try runtime.spawn("parent") {
        try (0..<3).map { number in
          try runtime.spawn("yielder \(number)") {
            for _ in 0..<4 {
              journal.note("\(number)")
              PreemptRuntime.yield()
            }
          }
        }
      }
      for handle in try parent.join() { try handle.join() }
      runtime.shutDown()
      #expect(journal.all.joined() == "012012012012")
    }

    @Test func yieldOutsideATaskDoesNothing() {
      PreemptRuntime.yield()
      #expect(PreemptRuntime.currentPreemptionCount == 0)
    }

    /// A woken task runs before the queue, at once; whom it displaces goes behind the queue.
    @Test func aWokenTaskRunsNext() throws {
      let runtime = try PreemptRuntime(timeSlice: .seconds(3600), code: CodeRegistry())
      for round in 0..<50 {
        let journal = Journal()
        let place = ParkingPlace()
        let woken = try runtime.spawn("woken") {
          journal.note("parks")
          place.park()
          journal.note("woken")
        }
        _ = eventually("it parks") { woken.isDone || journal.all == ["parks"] }
        let waker = try runtime.spawn("waker") {
          let queued = try! PreemptRuntime.withPreemptionDisabled {
            try runtime.spawn("queued") { journal.note("queued") }
          }
          journal.note("wakes")
          place.wake(runtime)
          journal.note("goes on")
          _ = queued
        }
        try waker.join()
        try woken.join()
        #expect(journal.all == ["parks", "wakes", "woken", "queued", "goes on"], "round \(round)")
      }
      runtime.shutDown()
    }

    @Test func aWakeUpBeforeTheParkIsNotLost() throws {
      let runtime = try PreemptRuntime(processors: 2, code: CodeRegistry())
      let (ping, pong) = (ParkingPlace(), ParkingPlace())
      let rounds = 20_000
      let one = try runtime.spawn("one") {
        for _ in 0..<rounds {
          pong.wake(runtime)
          ping.park()
        }
      }
      let other = try runtime.spawn("other") {
        for _ in 0..<rounds {
          pong.park()
          ping.wake(runtime)
        }
      }
      try one.join()
      try other.join()
      runtime.shutDown()
    }

    /// Two tasks that do nothing but wake each other take at most every other slice.
    @Test func aChainOfWakeUpsCannotStarveTheQueue() throws {
      let runtime = try PreemptRuntime(timeSlice: .microseconds(200), code: workloadCode())
      let (ping, pong) = (ParkingPlace(), ParkingPlace())
      let turns = Counter()
      let limit = 3_000_000
      let isOver = StopWord()
      let one = try runtime.spawn("one") { () -> Int in
        var rounds = 0
        while !isOver.isSet && rounds < limit {
          pong.wake(runtime)
          ping.park()
          rounds += 1
        }
        isOver.set()
        pong.wake(runtime)
        return rounds
      }
      let other = try runtime.spawn("other") {
        while !isOver.isSet {
          pong.park()
          ping.wake(runtime)
        }
        ping.wake(runtime)
      }
      let third = try runtime.spawn("third") {
        while !isOver.isSet && turns.value < 100 {
          workload_spin_rounds(1000)
          turns.add()
          // Each turn is a slice of its own: behind the pair, which never lets the queue run dry.
          PreemptRuntime.yield()
        }
        isOver.set()
      }
      try third.join()
      #expect(try one.join() < limit, "the pair went on for \(limit) rounds")
      try other.join()
      runtime.shutDown()
      #expect(turns.value >= 100)
    }

    /// 100,000 requests at the highest rate, or PREEMPT_STORM_REQUESTS: the loops go on, and requests are coalesced.
    @Test func signalStormLivelock() throws {
      let requestCount = ProcessInfo.processInfo.environment["PREEMPT_STORM_REQUESTS"].flatMap(Int.init) ?? 100_000
      let runtime = try PreemptRuntime(timeSlice: .seconds(3600), code: workloadCode())
      let rounds = [Counter(), Counter()]
      let stop = StopWord()
      let handles = try (0..<2).map { number in
        try runtime.spawn("storm \(number)") { () -> UInt64 in
          var sum: UInt64 = 0
          while !stop.isSet {
            sum &+= workload_integers(UInt64(number) + 1, 100)
            rounds[number].add()
          }
          return sum
        }
      }
      _ = eventually("the first runs") { rounds[0].value > 0 }
      let before = rounds[0].value + rounds[1].value
      for _ in 0..<requestCount { runtime.requestPreemption(ofProcessor: 0) }
      let statistics = runtime.statistics
      #expect(rounds[0].value + rounds[1].value > before)
      runtime.pester(until: "both go on") { rounds[0].value > 100 && rounds[1].value > 100 }
      stop.set()
      for handle in handles { #expect(try handle.join() != 0) }
      runtime.shutDown()
      #expect(statistics.preemptions > 0)
      #expect(statistics.signalsSent <= requestCount)
      // One may be on its way.
      let handled = statistics.preemptions + statistics.refusals.values.reduce(0, +)
      #expect(handled <= statistics.signalsSent, "\(statistics)")
      let end = runtime.statistics
      #expect(end.preemptions + end.refusals.values.reduce(0, +) <= end.signalsSent)
      print("\(requestCount) requests: \(statistics.signalsSent) signals, \(statistics.preemptions) preemptions")
    }

    /// While one signal is on its way no other is sent, but for one each 100 ms that takes it for lost.
    @Test func signalStormIsCoalesced() throws {
      let runtime = try withNoSignalBlocked {
        try PreemptRuntime(timeSlice: .seconds(3600), code: workloadCode())
      }
      let (blocks, stop) = (StopWord(), StopWord())
      let handle = try runtime.spawn("deaf") {
        var mask = sigset_t()
        sigemptyset(&mask)
        sigaddset(&mask, SIGURG)
        pthread_sigmask(SIG_BLOCK, &mask, nil)
        blocks.set()
        workload_empty_loop(stop.word)
        pthread_sigmask(SIG_UNBLOCK, &mask, nil)
      }
      _ = eventually("it blocks the signal") { blocks.isSet }
      let (start, before) = (monotonicNanoseconds(), runtime.statistics.signalsSent)
      for _ in 0..<10_000 { runtime.requestPreemption(ofProcessor: 0) }
      let sent = runtime.statistics.signalsSent - before
      let resent = (monotonicNanoseconds() - start) / 100_000_000
      stop.set()
      try handle.join()
      runtime.shutDown()
      #expect(sent <= resent + 1)
    }

    // MARK: - Results

    @Test func joinGivesTheResultOrTheError() throws {
      let runtime = try PreemptRuntime(processors: 2, code: CodeRegistry())
      let good = try runtime.spawn { 42 }
      let bad = try runtime.spawn { () -> Int in throw Failure(number: 3) }
      let joiner = try runtime.spawn { try good.join() + 1 }
      #expect(try joiner.join() == 43)
      #expect(throws: Failure(number: 3)) { try bad.join() }
      let rethrower = try runtime.spawn { try bad.join() }
      #expect(throws: Failure(number: 3)) { try rethrower.join() }
      let outer = try runtime.spawn { try runtime.spawn { 5 }.join() }
      #expect(try outer.join() == 5)
      // As often as one likes, and after the end.
      runtime.shutDown()
      #expect(try good.join() == 42)
      #expect(try joiner.join() == 43)
      #expect(good.isDone && bad.isDone)
    }

    @Test func manyJoinOne() throws {
      let runtime = try PreemptRuntime(processors: 2, code: CodeRegistry())
      let place = ParkingPlace()
      let one = try runtime.spawn("one") { () -> Int in
        place.park()
        return 9
      }
      let joiners = try (0..<50).map { _ in try runtime.spawn { try one.join() } }
      let sum = Counter()
      let threads = (0..<8).map { _ in TestThread { sum.add((try? one.join()) ?? 1000) } }
      #expect(!one.isDone)
      place.wake(runtime)
      for joiner in joiners { #expect(try joiner.join() == 9) }
      for thread in threads { thread.join() }
      #expect(sum.value == 72)
      runtime.shutDown()
    }

    @Test func namesAndIdentities() throws {
      let runtime = try PreemptRuntime(code: workloadCode())
      let names = ["", "a", "Überlauf ∞", String(repeating: "long ", count: 1000)]
      let seen = Mutex<Set<String>>([])
      let stop = StopWord()
      runtime.observePreemptions { task in seen.withLock { _ = $0.insert(task.taskName) } }
      let handles = try names.map { name in try runtime.spawn(name) { workload_empty_loop(stop.word) } }
      #expect(handles.map(\.name) == names)
      #expect(Set(handles.map(\.id)).count == names.count)
      runtime.pester(until: "each name") { seen.withLock { $0 } == Set(names) }
      stop.set()
      for handle in handles { try handle.join() }
      runtime.shutDown()
    }

    /// What a body captures and what it returns are destroyed on a task, which may call the runtime there.
    @Test func deinitialisersMayCallTheRuntime() throws {
      final class Caller: Sendable {
        let runtime: PreemptRuntime
        let calls: Counter
        init(_ runtime: PreemptRuntime, _ calls: Counter) {
          self.runtime = runtime
          self.calls = calls
        }
        deinit {
          _ = runtime.statistics
          if let handle = try? runtime.spawn("from a deinitialiser", body: { 1 }) {
            _ = handle.isDone
            calls.add()
          }
        }
      }
      let runtime = try PreemptRuntime(code: CodeRegistry())
      let calls = Counter()
      // Nobody keeps a handle: the result goes with the task.
      for _ in 0..<20 {
        let captured = Caller(runtime, calls)
        try runtime.spawn { () -> Caller in
          _ = captured.calls
          return Caller(captured.runtime, captured.calls)
        }
      }
      _ = eventually("forty deinitialisers have run") { calls.value == 40 }
      runtime.shutDown()
    }

    /// A joiner finds what the body captured released.
    @Test func capturesAreReleasedBeforeTheJoinReturns() throws {
      final class Captured: Sendable {}
      let runtime = try PreemptRuntime(processors: 2, code: CodeRegistry())
      for _ in 0..<200 {
        weak var reference: Captured?
        let handle = try {
          let captured = Captured()
          reference = captured
          return try runtime.spawn { _ = withExtendedLifetime(captured) { 1 } }
        }()
        try handle.join()
        #expect(reference == nil)
      }
      runtime.shutDown()
    }

    // MARK: - Sleep

    @Test func sleepLastsAtLeastItsTime() throws {
      let runtime = try PreemptRuntime(processors: 2, code: CodeRegistry())
      let handles = try (0..<40).map { number in
        try runtime.spawn("sleeper \(number)") { () -> Bool in
          var isEarly = false
          for step in 0..<5 {
            let deadline = monotonicNanoseconds() + UInt64((number * 7 + step * 3) % 11) * 200_000
            try PreemptRuntime.sleep(until: deadline)
            if monotonicNanoseconds() < deadline { isEarly = true }
          }
          return isEarly
        }
      }
      for handle in handles { #expect(try !handle.join()) }
      runtime.shutDown()
    }

    @Test func sleepsThatNeedNoTime() throws {
      let runtime = try PreemptRuntime(code: CodeRegistry())
      try runtime.spawn {
        try PreemptRuntime.sleep(until: 0)
        try PreemptRuntime.sleep(for: .zero)
        try PreemptRuntime.sleep(for: .seconds(-5))
      }.join()
      runtime.shutDown()
    }

    @Test func aSleeperDoesNotKeepAShutdownThatDoesNotWait() throws {
      let runtime = try PreemptRuntime(code: CodeRegistry())
      let handle = try runtime.spawn("sleeper") { try PreemptRuntime.sleep(until: .max) }
      runtime.shutDown(waitingForTasks: false)
      #expect(throws: PreemptError.abandoned(task: "sleeper")) { try handle.join() }
    }

    @Test func sleepOutsideATask() {
      #expect(throws: PreemptError.notOnTask("sleep")) { try PreemptRuntime.sleep(for: .milliseconds(1)) }
    }

    // MARK: - Several processors

    @Test func pinnedTasksStay() throws {
      let runtime = try PreemptRuntime(processors: 3, timeSlice: .microseconds(300), code: workloadCode())
      let seen = Mutex<[UInt64: Set<Int>]>([:])
      runtime.observePreemptions { task in seen.withLock { _ = $0[task.taskID, default: []].insert(task.processorID) } }
      let stops = (0..<9).map { _ in StopWord() }
      let handles = try stops.map { stop in try runtime.spawn("pinned") { workload_empty_loop(stop.word) } }
      let pester = { for processor in 0..<3 { runtime.requestPreemption(ofProcessor: processor) } }
      _ = eventually("each is preempted") {
        pester()
        return seen.withLock { $0.count } == 9
      }
      // Two processors run out of work, and may not take what has started elsewhere.
      for (handle, stop) in zip(handles, stops) where seen.withLock({ $0[handle.id] != [0] }) { stop.set() }
      let before = runtime.statistics.preemptions
      _ = eventually("the first goes on") {
        pester()
        return runtime.statistics.preemptions >= before + 300
      }
      for stop in stops { stop.set() }
      for handle in handles { try handle.join() }
      runtime.shutDown()
      #expect(seen.withLock { $0.values.allSatisfy { $0.count == 1 } })
      #expect(seen.withLock { Set($0.values.joined()) } == [0, 1, 2])
    }

    /// A processor that sleeps is told of a task that it may run.
    @Test func anIdleProcessorTakesAMigratableTask() throws {
      for round in 0..<50 {
        let runtime = try PreemptRuntime(processors: 2, timeSlice: .seconds(3600), code: workloadCode())
        let stop = StopWord()
        let progress = Counter()
        let place = ParkingPlace()
        let isParked = StopWord()
        // A parks on the first processor, B ends on the second, C loops on the first.
        let a = try runtime.spawn("a") { () -> Bool in
          isParked.set()
          place.park()
          // C was preempted for this task, which doesn't let go: somebody else must run C.
          return PreemptRuntime.withPreemptionDisabled {
            let before = progress.value
            return eventually("c goes on elsewhere, round \(round)", seconds: 20) { progress.value > before + 10 }
          }
        }
        _ = eventually("a parks") { isParked.isSet }
        let b = try runtime.spawn("b") {}
        try b.join()
        let c = try runtime.spawn("c", migratable: true) {
          while !stop.isSet {
            workload_spin_rounds(100)
            progress.add()
          }
        }
        _ = eventually("c runs") { progress.value > 0 }
        place.wake(runtime)
        #expect(try a.join())
        stop.set()
        try c.join()
        runtime.shutDown()
      }
    }

    /// As above, for tasks that wait in the queue of a processor whose running task never lets go.
    @Test func whatIsSpawnedOnABusyProcessorRunsOnAnIdleOne() throws {
      let runtime = try PreemptRuntime(processors: 4, timeSlice: .seconds(3600), code: CodeRegistry())
      let stop = StopWord()
      let place = (0..<9).map { _ in ParkingPlace() }
      let parked = Counter()
      // Three parked tasks each for three processors, so that new ones are placed on the fourth.
      let sleepers = try place.map { place in
        try runtime.spawn {
          parked.add()
          place.park()
        }
      }
      _ = eventually("nine park") { parked.value == 9 }
      let hog = try runtime.spawn("hog") { workload_empty_loop(stop.word) }
      let results = try (0..<100).map { number in try runtime.spawn { number } }
      for (number, result) in results.enumerated() { #expect(try result.join() == number) }
      #expect(!hog.isDone)
      stop.set()
      for place in place { place.wake(runtime) }
      try hog.join()
      for sleeper in sleepers { try sleeper.join() }
      runtime.shutDown()
    }

    @Test func manyTasksOnSeveralProcessors() throws {
      let runtime = try PreemptRuntime(processors: 4, code: CodeRegistry())
      let handles = try (0..<10_000).map { number in
        try runtime.spawn(
          "task \(number)", stackByteCount: PreemptRuntime.stackFloorByteCount, migratable: number % 2 == 0
        ) {
          if number % 3 == 0 { PreemptRuntime.yield() }
          if number % 7 == 0 { try PreemptRuntime.sleep(for: .microseconds(number % 100)) }
          return number
        }
      }
      var sum = 0
      for handle in handles { sum += try handle.join() }
      runtime.shutDown()
      #expect(sum == 10_000 * 9_999 / 2)
    }

    @Test func tasksSpawnTasks() throws {
      let runtime = try PreemptRuntime(processors: 3, code: CodeRegistry())
      @Sendable func tree(_ depth: Int) throws -> Int {
        if depth == 0 { return 1 }
        let (left, right) = try (
          runtime.spawn { try tree(depth - 1) }, runtime.spawn(migratable: true) { try tree(depth - 1) }
        )
        return try left.join() + right.join()
      }
      #expect(try runtime.spawn { try tree(9) }.join() == 512)
      runtime.shutDown()
    }

    @Test func spawnsFromManyThreads() throws {
      let runtime = try PreemptRuntime(processors: 2, code: CodeRegistry())
      let sum = Counter()
      let threads = (0..<8).map { thread in
        TestThread {
          let handles = (0..<300).compactMap { number in try? runtime.spawn { thread * 1000 + number } }
          for handle in handles { sum.add((try? handle.join()) ?? 0) }
        }
      }
      for thread in threads { thread.join() }
      runtime.shutDown()
      #expect(sum.value == (0..<8).reduce(0) { $0 + $1 * 1000 * 300 } + 8 * 300 * 299 / 2)
    }

    @Test func stacksAreUsedAgain() throws {
      let runtime = try PreemptRuntime(code: CodeRegistry())
      var stacks: Set<UInt> = []
      for _ in 0..<500 {
        stacks.insert(
          try runtime.spawn {
            let g = enterRuntime()!
            defer { leaveRuntime(g) }
            return g.pointee.stack.low
          }.join())
      }
      // The one before may not have been given back when the next is taken.
      #expect(stacks.count <= 2)
      // Sizes are kept apart.
      let large = try runtime.spawn(stackByteCount: 1 << 20) {
        let g = enterRuntime()!
        defer { leaveRuntime(g) }
        return g.pointee.stack.high - g.pointee.stack.low
      }.join()
      #expect(large == 1 << 20)
      runtime.shutDown()
    }

    // MARK: - The end

    @Test func shutdownWaitsForTasks() throws {
      let runtime = try PreemptRuntime(processors: 2, code: CodeRegistry())
      let done = Counter()
      for number in 0..<100 {
        try runtime.spawn {
          try PreemptRuntime.sleep(for: .microseconds(number * 50))
          done.add()
        }
      }
      runtime.shutDown()
      #expect(done.value == 100)
      #expect(throws: PreemptError.shutDown) { try runtime.spawn { 1 } }
      runtime.shutDown()
      runtime.shutDown(waitingForTasks: false)
    }

    @Test func shutdownWithoutWaitingAbandons() throws {
      let runtime = try PreemptRuntime(processors: 2, timeSlice: .milliseconds(1), code: workloadCode())
      let stop = StopWord()
      let place = ParkingPlace()
      let endless = try (0..<3).map { number in
        try runtime.spawn("endless \(number)") { workload_empty_loop(stop.word) }
      }
      let parked = try runtime.spawn("parked") { place.park() }
      let joiner = try runtime.spawn("joiner") { try parked.join() }
      let finished = try runtime.spawn("finished") { 3 }
      #expect(try finished.join() == 3)
      let caught = Mutex<[PreemptError]>([])
      // Threads that wait already.
      let threads = endless.map { handle in
        TestThread {
          do { try handle.join() } catch { caught.withLock { $0.append(error as! PreemptError) } }
        }
      }
      runtime.shutDown(waitingForTasks: false)
      for thread in threads { thread.join() }
      #expect(caught.withLock { Set($0) } == Set((0..<3).map { PreemptError.abandoned(task: "endless \($0)") }))
      #expect(throws: PreemptError.abandoned(task: "parked")) { try parked.join() }
      #expect(throws: PreemptError.abandoned(task: "joiner")) { try joiner.join() }
      #expect(try finished.join() == 3)
      #expect(throws: PreemptError.shutDown) { try runtime.spawn { 1 } }
      // What can't come any more isn't waited for.
      runtime.shutDown()
    }

    @Test func aBodyThatNeverBeganIsReleased() throws {
      final class Captured: Sendable {}
      let runtime = try PreemptRuntime(timeSlice: .seconds(3600), code: workloadCode())
      let stop = StopWord()
      let hog = try runtime.spawn("hog") { workload_empty_loop(stop.word) }
      weak var reference: Captured?
      let handle = try {
        let captured = Captured()
        reference = captured
        return try runtime.spawn("never began") { _ = withExtendedLifetime(captured) { 1 } }
      }()
      runtime.shutDown(waitingForTasks: false)
      #expect(throws: PreemptError.abandoned(task: "hog")) { try hog.join() }
      // The hog may have been preempted for it by the end's request.
      if (try? handle.join()) == nil { #expect(reference == nil) }
    }

    /// Whoever ends it: every call returns when the threads have ended.
    @Test func concurrentShutdowns() throws {
      for round in 0..<30 {
        let runtime = try PreemptRuntime(processors: 2, code: CodeRegistry())
        for _ in 0..<20 { try runtime.spawn { PreemptRuntime.yield() } }
        let wrong = Counter()
        let threads = (0..<4).map { number in
          TestThread {
            runtime.shutDown(waitingForTasks: number % 2 == round % 2)
            if runtime.statistics.pools.contains(where: { $0.inUseBlockCount != 0 }) { wrong.add() }
          }
        }
        for thread in threads { thread.join() }
        #expect(wrong.value == 0)
      }
    }

    /// Spawns that race with the end: each throws, or its task is done or abandoned. None hangs.
    @Test func spawnsDuringTheEnd() throws {
      for round in 0..<40 {
        let runtime = try PreemptRuntime(processors: 2, code: CodeRegistry())
        let outcomes = Mutex<[String: Int]>([:])
        let started = Counter()
        let threads = (0..<3).map { _ in
          TestThread {
            while true {
              let outcome: String
              do {
                let handle = try runtime.spawn("racer") { 1 }
                started.add()
                outcome = try handle.join() == 1 ? "done" : "wrong"
              } catch {
                outcome = "\(error as! PreemptError)"
                outcomes.withLock { $0[outcome, default: 0] += 1 }
                if error as? PreemptError == .shutDown { return }
                continue
              }
              outcomes.withLock { $0[outcome, default: 0] += 1 }
            }
          }
        }
        _ = eventually("they spawn") { started.value >= 10 }
        runtime.shutDown(waitingForTasks: round % 2 == 0)
        for thread in threads { thread.join() }
        let known = [
          "done", PreemptError.shutDown.description, PreemptError.abandoned(task: "racer").description,
        ]
        #expect(outcomes.withLock { $0.keys.allSatisfy(known.contains) }, "\(outcomes.withLock { $0 })")
      }
    }

    @Test func aRuntimeThatIsDroppedEnds() throws {
      weak var core: RuntimeCore?
      do {
        let runtime = try PreemptRuntime(processors: 2, code: CodeRegistry())
        core = runtime.core
        #expect(try runtime.spawn { 1 }.join() == 1)
        #expect(core != nil)
      }
      #expect(core == nil)
    }

    /// The last reference dropped on a task: the task ends as any other.
    @Test func aTaskMayHoldTheLastReference() throws {
      for number in 0..<100 {
        weak var core: RuntimeCore?
        let handle = try {
          let runtime = try PreemptRuntime(processors: number % 2 + 1, code: workloadCode())
          core = runtime.core
          let go = StopWord()
          let handle = try runtime.spawn("last") { () -> Int in
            while !go.isSet { PreemptRuntime.yield() }
            return withExtendedLifetime(runtime) { number }
          }
          go.set()
          return handle
        }()
        #expect(try handle.join() == number)
        _ = core
      }
    }

    /// Dropped on another runtime's task, which may not wait.
    @Test func aTaskMayDropAnotherRuntime() throws {
      let runtime = try PreemptRuntime(code: CodeRegistry())
      for _ in 0..<20 {
        let result = try runtime.spawn {
          let inner = try PreemptRuntime(code: CodeRegistry())
          return try inner.spawn { 6 }.join()
        }.join()
        #expect(result == 6)
      }
      runtime.shutDown()
    }

    @Test func twoRuntimesAtOnce() throws {
      let runtimes = try (0..<2).map { _ in try PreemptRuntime(timeSlice: .milliseconds(1), code: workloadCode()) }
      let stop = StopWord()
      let loops = try runtimes.flatMap { runtime in
        try (0..<2).map { _ in try runtime.spawn { workload_call_loop(stop.word) } }
      }
      _ = eventually("both preempt") {
        for runtime in runtimes { runtime.requestPreemption(ofProcessor: 0) }
        return runtimes.allSatisfy { $0.statistics.preemptions >= 50 }
      }
      // A task of one waits for a task of the other.
      let across = try runtimes[0].spawn { try runtimes[1].spawn { 8 }.join() }
      #expect(try across.join() == 8)
      stop.set()
      for loop in loops { #expect(try loop.join() != 0) }
      runtimes[0].shutDown()
      // The other's signals are still its own.
      let again = StopWord()
      let before = runtimes[1].statistics.preemptions
      let loop = try runtimes[1].spawn { workload_empty_loop(again.word) }
      runtimes[1].pester(until: "preemptions") { runtimes[1].statistics.preemptions >= before + 50 }
      again.set()
      try loop.join()
      runtimes[1].shutDown()
    }

    /// Requests from before its first instruction on: none may leave a processor deaf.
    @Test func requestsFromTheFirstMomentOn() throws {
      for _ in 0..<100 {
        let runtime = try PreemptRuntime(processors: 2, timeSlice: .seconds(3600), code: workloadCode())
        let stop = StopWord()
        for _ in 0..<200 {
          runtime.requestPreemption(ofProcessor: 0)
          runtime.requestPreemption(ofProcessor: 1)
        }
        let handle = try runtime.spawn { workload_empty_loop(stop.word) }
        // Either may have taken it.
        _ = eventually("a preemption") {
          runtime.requestPreemption(ofProcessor: 0)
          runtime.requestPreemption(ofProcessor: 1)
          return runtime.statistics.preemptions > 0
        }
        stop.set()
        try handle.join()
        runtime.shutDown()
      }
    }

    // MARK: - Observers

    @Test func observersMayBeReplacedWhileTasksRun() throws {
      let runtime = try PreemptRuntime(timeSlice: .microseconds(100), code: workloadCode())
      let stop = StopWord()
      let handles = try (0..<2).map { _ in try runtime.spawn { workload_empty_loop(stop.word) } }
      let counts = (0..<200).map { _ in Counter() }
      let wrong = Counter()
      for count in counts {
        runtime.observePreemptions { task in
          count.add()
          // The context is that of this preemption, also for the first one that is observed.
          if task.contextWord(at: Backend.pcContextOffset) != task.interruptedPC { wrong.add() }
          if task.contextWord(at: Backend.spContextOffset) != task.interruptedSP { wrong.add() }
        }
        runtime.pester(until: "an observation") { count.value > 0 }
      }
      stop.set()
      for handle in handles { try handle.join() }
      runtime.shutDown()
      #expect(wrong.value == 0)
    }

    @Test func everyNthIsObserved() throws {
      let runtime = try PreemptRuntime(timeSlice: .seconds(3600), code: workloadCode())
      let stop = StopWord()
      let count = Counter()
      runtime.observePreemptions(every: 10) { _ in count.add() }
      let handle = try runtime.spawn { workload_empty_loop(stop.word) }
      runtime.pester(until: "preemptions") { runtime.statistics.preemptions >= 105 }
      stop.set()
      try handle.join()
      runtime.shutDown()
      let preemptions = Int(runtime.statistics.preemptions)
      // The first, then every tenth.
      #expect(count.value == (preemptions + 9) / 10, "\(preemptions) preemptions")
    }

    // MARK: - Bad input

    @Test(arguments: [0, -1, 1025, Int.min, Int.max]) func processorCountsOutOfRange(count: Int) {
      #expect(throws: PreemptError.processorCount(count)) {
        try PreemptRuntime(processors: count, code: CodeRegistry())
      }
      #expect(PreemptError.processorCount(count).description.contains("1...1024"))
    }

    @Test(
      arguments: [
        (Duration.zero, 0), (.milliseconds(-1), -1_000_000), (.nanoseconds(-1), -1), (.seconds(Int64.min), Int64.min),
        (Duration(secondsComponent: 0, attosecondsComponent: 999_999_999), 0),
      ] as [(Duration, Int64)]) func slicesThatAreNotPositive(slice: Duration, nanoseconds: Int64)
    {
      #expect(throws: PreemptError.timeSlice(nanoseconds)) {
        try PreemptRuntime(timeSlice: slice, code: CodeRegistry())
      }
    }

    @Test func theShortestAndTheLongestSlice() throws {
      for slice in [Duration.nanoseconds(1), .seconds(Int64.max)] {
        let runtime = try PreemptRuntime(timeSlice: slice, code: workloadCode())
        let stop = StopWord()
        let loop = try runtime.spawn { workload_empty_loop(stop.word) }
        let other = try runtime.spawn { 1 }
        runtime.pester(until: "the other is done") { other.isDone }
        stop.set()
        try loop.join()
        #expect(try other.join() == 1)
        runtime.shutDown()
      }
    }

    @Test func stacksOutOfRange() throws {
      let runtime = try PreemptRuntime(code: CodeRegistry())
      let floor = PreemptRuntime.stackFloorByteCount
      for byteCount in [floor - 1, 0, -1, Int.min] {
        #expect(throws: PreemptError.stackByteCount(byteCount, floor: floor)) {
          try runtime.spawn(stackByteCount: byteCount) { 1 }
        }
      }
      #expect(try runtime.spawn(stackByteCount: floor) { 1 }.join() == 1)
      #expect(try runtime.spawn(stackByteCount: floor + 1) { 1 }.join() == 1)
      for byteCount in [Int.max, Int.max - 4096, 1 << 46] {
        #expect(throws: PreemptError.outOfMemory("\(byteCount) bytes of task stack")) {
          try runtime.spawn(stackByteCount: byteCount) { 1 }
        }
      }
      // Nothing of what failed is waited for.
      runtime.shutDown()
    }

    @Test func environmentsWithoutInjection() {
      for (change, expected) in [
        ({ $0.hasUserShadowStack = { true } }, .userShadowStack),
        ({ $0.hasThreadSanitizer = { true } }, .threadSanitizer),
        ({ $0.enabledComponents = { 0 } }, .stateClass), ({ $0.enabledComponents = { 1 } }, .stateClass),
        ({ $0.enabledComponents = { 4 } }, .stateClass),
      ] as [((inout Environment) -> Void, PreemptError)] {
        var environment = Environment.current
        change(&environment)
        #expect(throws: expected) { try PreemptRuntime(code: CodeRegistry(), environment: environment) }
        #expect(!expected.description.isEmpty)
      }
    }

    /// A kernel without MADV_GUARD_INSTALL. That the overflow is still reported: TrapTests.
    @Test func guardFallback() throws {
      var environment = Environment.current
      environment.triesGuardAdvice = false
      let runtime = try PreemptRuntime(code: CodeRegistry(), environment: environment)
      #expect(runtime.stackGuard == "protection")
      #expect(try runtime.spawn { 1 }.join() == 1)
      #expect(runtime.stackGuard == "protection")
      runtime.shutDown()
      let other = try PreemptRuntime(code: CodeRegistry())
      #expect(try other.spawn { 1 }.join() == 1)
      if other.stackGuard != "advice" { print("skipped: this kernel has no MADV_GUARD_INSTALL (Linux 6.13)") }
      other.shutDown()
    }

    @Test func everyErrorSaysWhatToDo() {
      let errors: [PreemptError] = [
        .processorCount(0), .timeSlice(0), .stackByteCount(1, floor: 2), .shutDown, .abandoned(task: "x"),
        .userShadowStack,
        .threadSanitizer, .stateClass, .outOfMemory("x"), .thread("x", errno: 11), .codeRange(start: 2, end: 1),
        .noImage(address: 1), .notOnTask("x"),
      ]
      #expect(Set(errors.map(\.description)).count == errors.count)
    }
  }
}

/// A stretch of preemptible work.
private func workload_spin_rounds(_ rounds: UInt64) { _ = workload_integers(1, rounds) }
