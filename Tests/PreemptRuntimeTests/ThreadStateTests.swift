// What tasks of one thread have for themselves, and what they share.
//
// Each test runs tasks that preempt themselves: a signal to their own thread from registered code, so that every round is
// a preemption and no test waits for one.

import CBodies
import CPreempt
import CWorkloads
import Glibc
import SelectedArch
import Synchronization
import Testing

@testable @_spi(Benchmark) import PreemptRuntime

private final class Box {
  var value = 0
  var other = 0
}

/// An access that lasts while others run.
@inline(never)
private func modify(_ value: inout Int, by amount: Int, during pause: () -> Void) {
  value += amount
  pause()
}

private func hasBlocked(_ signal: Int32) -> Bool {
  var mask = sigset_t()
  pthread_sigmask(SIG_BLOCK, nil, &mask)
  return sigismember(&mask, signal) == 1
}

private func block(_ signal: Int32, _ how: Int32 = SIG_BLOCK) {
  var mask = sigset_t()
  sigemptyset(&mask)
  sigaddset(&mask, signal)
  pthread_sigmask(how, &mask, nil)
}

extension RuntimeSuite {
  @Suite struct ThreadStateTests {
    static var rounds: Int { 200 }
    /// Both ways to leave.
    static let pauses: [(name: String, leave: @Sendable () -> Void)] = [
      ("preempted", { preemptSelf() }), ("yielding", { PreemptRuntime.yield() }),
    ]

    @Test(arguments: [1, 2], [0, 1]) func errnoSharedByTasksOfAThread(processors: Int, pause: Int) throws {
      let wrong = try onTasks(processors: processors) { number in
        var wrong = errno == 0 ? 0 : 1
        for round in 0..<Self.rounds {
          errno = Int32(number * 1000 + round)
          Self.pauses[pause].leave()
          if errno != Int32(number * 1000 + round) { wrong += 1 }
        }
        return wrong
      }
      #expect(wrong.allSatisfy { $0 == 0 }, "\(wrong)")
    }

    /// Without the exchange the Swift runtime takes two tasks' accesses for one's and aborts.
    @Test(arguments: [1, 2]) func accessesAreTheTasks(processors: Int) async {
      if processors == 1 {
        await #expect(processExitsWith: .success) { try accessesOverlap(processors: 1) }
      } else {
        await #expect(processExitsWith: .success) { try accessesOverlap(processors: 2) }
      }
    }

    /// The other half: within one task an overlap is still an error.
    @Test func aTasksOwnOverlapIsFound() async {
      silenceBacktraces()
      let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        unblockSignals()
        _ = try onTasks(2) { _ in
          let box = Box()
          modify(&box.value, by: 1) {
            preemptSelf()
            modify(&box.value, by: 1) {}
          }
        }
      }
      let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
      #expect(text.contains("requires exclusive access"), "\(text)")
    }

    /// Else every switch calls the Swift runtime twice.
    @Test func theFirstAccessIsFound() throws {
      var found = try #require(preempt_first_access(), "this Swift runtime keeps its accesses in some other way")
      #expect(found.pointee == 0)
      let box = Box()
      modify(&box.value, by: 1) { #expect(found.pointee != 0) }
      #expect(found.pointee == 0)
      let other = Mutex<UInt>(0)
      TestThread { other.withLock { $0 = UInt(bitPattern: preempt_first_access()) } }.join()
      #expect(other.withLock { $0 } != 0 && other.withLock { $0 } != UInt(bitPattern: found))
      found = preempt_first_access()
      #expect(found.pointee == 0)
    }

    @Test(arguments: [1, 2], [0, 1]) func exceptionStateSharedByTasksOfAThread(processors: Int, pause: Int) throws {
      let wrong = try onTasks(processors: processors) { number in
        (0..<Self.rounds).reduce(0) { wrong, round in
          let number = Int32(number * 1000 + round)
          let found =
            pause == 0
            ? bodies_throw(number) { preemptSelf() } : bodies_throw(number) { PreemptRuntime.yield() }
          return wrong + Int(found)
        }
      }
      #expect(wrong.allSatisfy { $0 == 0 }, "\(wrong)")
    }

    @Test(arguments: [0, 1]) func roundingIsTheTasks(pause: Int) throws {
      // As <fenv.h> of this CPU numbers them: to nearest, upward, downward, toward zero.
      let modes: [Int32] = [0x000, 0x800, 0x400, 0xc00]
      let wrong = try onTasks { number in
        var wrong = fegetround() == modes[0] ? 0 : 1
        fesetround(Int32(modes[number]))
        for _ in 0..<Self.rounds {
          Self.pauses[pause].leave()
          if fegetround() != modes[number] { wrong += 1 }
        }
        return wrong
      }
      #expect(wrong == [0, 0, 0, 0])
    }

    // MARK: - The signal mask

    @Test func theSignalMaskIsTheTasks() throws {
      let signals = [SIGUSR1, SIGUSR2, SIGWINCH]
      let wrong = try onTasks { number in
        // The last leaves its mask alone; the second ends with one of its own.
        var wrong = 0
        if number < 3 { block(signals[number]) }
        for _ in 0..<Self.rounds {
          PreemptRuntime.yield()
          for (other, signal) in signals.enumerated() where hasBlocked(signal) != (other == number) { wrong += 1 }
        }
        if number != 1 && number < 3 { block(signals[number], SIG_UNBLOCK) }
        return wrong
      }
      #expect(wrong == [0, 0, 0, 0])
    }

    /// Blocking the runtime's own signal keeps a task from being preempted, and no other.
    @Test func aTaskThatBlocksOurSignal() throws {
      let runtime = try withNoSignalBlocked { try PreemptRuntime(timeSlice: .seconds(10), code: workloadCode()) }
      defer { runtime.shutDown() }
      let blocking = try runtime.spawn("blocking") { () -> [UInt64] in
        block(SIGURG)
        preemptSelf()
        let before = PreemptRuntime.currentPreemptionCount
        // The signal arrives on the system stack.
        PreemptRuntime.yield()
        return [before, PreemptRuntime.currentPreemptionCount, hasBlocked(SIGURG) ? 1 : 0]
      }
      #expect(try blocking.join() == [0, 0, 1])
      let next = try runtime.spawn("next") { () -> [UInt64] in
        let isBlocked: UInt64 = hasBlocked(SIGURG) ? 1 : 0
        preemptSelf()
        return [isBlocked, PreemptRuntime.currentPreemptionCount]
      }
      #expect(try next.join() == [0, 1])
      #expect(runtime.refusals(.noTask) >= 1)
    }

    /// Under any other mask than its processor's a task is refused until it leaves by itself.
    @Test func aTaskWithItsOwnMaskIsNotPreempted() throws {
      let runtime = try withNoSignalBlocked { try PreemptRuntime(timeSlice: .seconds(10), code: workloadCode()) }
      defer { runtime.shutDown() }
      let counts = try runtime.spawn("masked") { () -> [UInt64] in
        block(SIGUSR1)
        preemptSelf()
        let masked = PreemptRuntime.currentPreemptionCount
        block(SIGUSR1, SIG_UNBLOCK)
        preemptSelf()
        return [masked, PreemptRuntime.currentPreemptionCount]
      }
      #expect(try counts.join() == [0, 1])
      #expect(runtime.refusals(.signalMask) == 1)
    }

    @Test func masksThatAreNotExchanged() throws {
      let runtime = try withNoSignalBlocked {
        try PreemptRuntime(timeSlice: .seconds(10), code: workloadCode(), exchangesSignalMask: false)
      }
      defer { runtime.shutDown() }
      try runtime.spawn("first") { block(SIGUSR1) }.join()
      #expect(try runtime.spawn("second") { hasBlocked(SIGUSR1) }.join())
    }

    // MARK: - Thread-locals

    /// Any other thread-local belongs to the thread: a task finds what another left there.
    @Test func threadLocalsAreShared() throws {
      let found = try onTasks { number -> [Int64] in
        (0..<8).map { _ in
          bodies_set_local(Int64(number))
          preemptSelf()
          return bodies_local()
        }
      }
      for (number, values) in found.enumerated() {
        #expect(values.contains { $0 != Int64(number) }, "task \(number) had its thread for itself: \(values)")
      }
    }

    @Test(arguments: [1, 2], [0, 1]) func exchangedSlotsAreTheTasks(processors: Int, pause: Int) throws {
      let slot = ExchangedSlot(byteCount: 8) { UnsafeMutableRawPointer(bodies_local_address()) }
      let runtime = try PreemptRuntime(
        processors: processors, timeSlice: .seconds(10), code: workloadCode(), exchangedSlots: [slot])
      let wrong = try onTasks(processors: processors, runtime: runtime) { number in
        // What a new thread would find.
        var wrong = bodies_local() == 42 ? 0 : 1
        for round in 0..<Self.rounds {
          bodies_set_local(Int64(number * 1000 + round))
          Self.pauses[pause].leave()
          if bodies_local() != Int64(number * 1000 + round) { wrong += 1 }
        }
        return wrong
      }
      #expect(wrong.allSatisfy { $0 == 0 }, "\(wrong)")
    }

    /// A slot, errno and open accesses go with a task that moves.
    @Test func theStateMovesWithTheTask() throws {
      let slot = ExchangedSlot(byteCount: 8) { UnsafeMutableRawPointer(bodies_local_address()) }
      let runtime = try PreemptRuntime(
        processors: 2, timeSlice: .microseconds(100), code: workloadCode(), exchangedSlots: [slot])
      defer { runtime.shutDown() }
      let moves = Counter()
      let handles = try (0..<3).map { number in
        try runtime.spawn("mover \(number)", migratable: true) { () -> Int in
          // Looked up anew each time, as code that may move must.
          func thread() -> Int32 { preempt_thread_id() }
          var wrong = 0
          let box = Box()
          setErrno(Int32(number + 1))
          bodies_set_local(Int64(number))
          let deadline = monotonicNanoseconds() + 20_000_000_000
          while moves.value < 20 && monotonicNanoseconds() < deadline {
            let before = thread()
            modify(&box.value, by: 1) {
              _ = workload_integers(UInt64(number), 10_000)
              // A processor takes another's task when it has none: while its own sleep.
              try? PreemptRuntime.sleep(for: .microseconds(50))
            }
            if thread() != before { moves.add() }
            if getErrno() != Int32(number + 1) || bodies_local() != Int64(number) { wrong += 1 }
          }
          return wrong
        }
      }
      #expect(try handles.map { try $0.join() } == [0, 0, 0])
      #expect(moves.value >= 20)
    }

    // MARK: - Hooks

    @Test func hooksSeeEverySwitch() throws {
      let events = Mutex<[String]>([])
      @Sendable func note(_ text: String) { events.withLock { $0.append(text) } }
      let hooks = SwitchHooks(
        onLeave: { note("\($0.taskName) \($0.reason!)") },
        onResume: { note("\($0.taskName) \($0.reason == nil ? "goes on" : "?")") })
      let runtime = try PreemptRuntime(timeSlice: .seconds(10), code: workloadCode(), hooks: hooks)
      try runtime.spawn("a") {
        PreemptRuntime.yield()
        preemptSelf()
        try PreemptRuntime.blocking {}
      }.join()
      runtime.shutDown()
      #expect(
        events.withLock { $0 } == [
          "a goes on", "a yielded", "a goes on", "a preempted", "a goes on", "a parked", "a goes on", "a ended",
        ])
    }

    /// A hook has the thread's own state, and what it does there doesn't reach the task.
    @Test func hooksHaveTheThreadsState() throws {
      let box = SharedBox()
      let hooks = SwitchHooks(
        onLeave: { _ in
          modify(&box.box.value, by: 1) { setErrno(77) }
        }, onResume: { _ in setErrno(78) })
      let runtime = try PreemptRuntime(timeSlice: .seconds(10), code: workloadCode(), hooks: hooks)
      let wrong = try onTasks(runtime: runtime) { number in
        let own = Box()
        return (0..<Self.rounds).reduce(0) { wrong, _ in
          setErrno(Int32(number))
          modify(&own.value, by: 1) { preemptSelf() }
          return wrong + (getErrno() == Int32(number) ? 0 : 1)
        }
      }
      #expect(wrong == [0, 0, 0, 0])
      #expect(box.box.value >= 4 * Self.rounds)
    }
  }
}

private final class SharedBox: @unchecked Sendable { let box = Box() }

@inline(never) private func setErrno(_ value: Int32) { errno = value }
@inline(never) private func getErrno() -> Int32 { errno }

/// Tasks inside accesses to one property that all of them modify, as threads would be, and to two of their own, opened
/// and closed in an order of its own by each.
private func accessesOverlap(processors: Int) throws {
  unblockSignals()
  let shared = SharedBox()
  let sums = try onTasks(processors: processors) { number in
    let box = Box()
    for round in 0..<RuntimeSuite.ThreadStateTests.rounds {
      modify(&shared.box.value, by: 1) {
        modify(&box.value, by: 1) {
          preemptSelf()
          modify(&box.other, by: 1) { if (number + round) % 3 != 0 { PreemptRuntime.yield() } else { preemptSelf() } }
        }
      }
    }
    return box.value + box.other
  }
  for sum in sums { try require(sum, 2 * RuntimeSuite.ThreadStateTests.rounds) }
}
