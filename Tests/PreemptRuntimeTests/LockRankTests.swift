// The order of locks: an inversion stops a debug build, and the message names both.

import Testing

@testable import PreemptRuntime

/// What an exit test wrote, as text.
private func message(_ result: ExitTest.Result?) -> String {
  String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
}

extension RuntimeSuite {
  @Suite(.enabled(if: isDebugBuild, "release builds don't check the order of locks")) struct LockRankTests {
    init() { silenceBacktraces() }

    @Test func theOrderOfTheDesign() {
      #expect(LockRank.scheduler.rawValue < LockRank.extendedState.rawValue)
      #expect(LockRank.extendedState.rawValue < LockRank.memory.rawValue)
      #expect(LockRank.allCases.count <= 64)
    }

    @Test func inOrder() {
      let locks = LockRank.allCases.map { Lock($0) }
      for lock in locks { lock.lock() }
      for lock in locks { lock.unlock() }
      #if DEBUG
      #expect(LockRank.highestHeld == nil)
      #endif
    }

    @Test func anInversionNamesBoth() async {
      let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let scheduler = Lock(.scheduler)
        let pool = Lock(.extendedState)
        // The right way round, so that it is the second pair that is refused.
        scheduler.withLock { pool.withLock {} }
        pool.withLock { scheduler.withLock {} }
      }
      #expect(message(result).contains("'scheduler' is taken while 'extendedState' is held; LockRank puts it first"))
    }

    @Test func twoOfOneRank() async {
      let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let (a, b) = (Lock(.scheduler), Lock(.scheduler))
        a.withLock { b.withLock {} }
      }
      #expect(message(result).contains("'scheduler' is taken while 'scheduler' is held; two of one rank"))
    }

    /// A wait gives its lock up and takes it again: inside another lock that is an inversion.
    @Test func aWaitInsideAnotherLock() async {
      let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let (outer, inner) = (Lock(.task), Lock(.monitor))
        outer.lock()
        inner.lock()
        outer.wait(until: 1)
      }
      #expect(message(result).contains("'task' is taken while 'monitor' is held"))
    }

    @Test func aTaskThatLeavesWithALock() async {
      let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        unblockSignals()
        let runtime = try PreemptRuntime(code: CodeRegistry())
        try runtime.spawn {
          let g = enterRuntime()!
          Lock(.waiters).lock()
          leave(g, LeaveReason.yield)
        }.join()
      }
      #expect(message(result).contains("a task leaves its stack while it holds 'waiters'"))
    }
  }
}
