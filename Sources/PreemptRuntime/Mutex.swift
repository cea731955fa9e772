// A mutex and a condition for tasks: where a thread would block, a task parks, and its processor runs others.
//
// A mutex of the C library that a preempted task holds blocks the thread when another of the thread's tasks wants it,
// and with the thread the one that could unlock it. These two don't.

import CPreempt
import DequeModule
import Synchronization

extension PreemptRuntime {
  /// Mutual exclusion between tasks, of any runtime, and threads. Not recursive.
  ///
  /// First come, first served: who unlocks hands the mutex to the one that waited longest, so that no one starves and
  /// none can take it in between. A task may be preempted while it holds a mutex; it must unlock it before it ends.
  ///
  /// A task that is abandoned by a shutdown keeps its mutexes for ever, and what they guard may be half-way. A thread
  /// that waits for such a mutex stops the process and says so; a task of another runtime stays parked.
  public final class Mutex: @unchecked Sendable {
    /// Zero, or the identity of who holds it and the flag.
    private let state = Atomic<UInt>(0)
    private static var hasWaiters: UInt { 1 }
    /// How often a thread looks whether it waits for an abandoned task.
    private static let lookInterval: UInt64 = 100_000_000

    private let lockOfWaiters = Lock(.waiters)
    private var waiters = Deque<Waiter>()

    public init() {}

    /// Returns when the caller holds the mutex: parks a task, blocks any other thread.
    /// - Precondition: not inside `withPreemptionDisabled`, and the caller doesn't hold it.
    public func lock() {
      let g = enterToParkOrStop("Mutex.lock()")
      defer { if let g { leaveRuntime(g) } }
      acquire(g)
    }

    /// Takes the mutex if it is free, also inside `withPreemptionDisabled`.
    public func tryLock() -> Bool {
      let g = enterRuntime()
      defer { if let g { leaveRuntime(g) } }
      return take(g, Waiter.identity(g))
    }

    /// - Precondition: the caller holds the mutex.
    public func unlock() {
      let g = enterRuntime()
      defer { if let g { leaveRuntime(g) } }
      release(g)
    }

    public func withLock<Value, Failure: Error>(_ body: () throws(Failure) -> Value) throws(Failure) -> Value {
      lock()
      defer { unlock() }
      return try body()
    }

    private func take(_ g: G?, _ owner: UInt) -> Bool {
      guard state.compareExchange(expected: 0, desired: owner, ordering: .acquiring).exchanged else { return false }
      g?.pointee.heldMutexCount += 1
      return true
    }

    func isHeld(by g: G?) -> Bool { state.load(ordering: .relaxed) & ~Self.hasWaiters == Waiter.identity(g) }

    /// With the depth raised.
    func acquire(_ g: G?) {
      let owner = Waiter.identity(g)
      if take(g, owner) { return }
      let waiter = Waiter(g)
      lockOfWaiters.lock()
      while true {
        let now = state.load(ordering: .relaxed)
        // Free means that nobody waits.
        if now == 0 {
          if take(g, owner) { return lockOfWaiters.unlock() }
          continue
        }
        if now & ~Self.hasWaiters == owner {
          stopProcess("a mutex is locked twice by one task or thread")
        }
        // From here on its holder can't unlock it without us.
        let marked = now | Self.hasWaiters
        if now == marked || state.compareExchange(expected: now, desired: marked, ordering: .relaxed).exchanged {
          break
        }
      }
      waiter.announce()
      waiters.append(waiter)
      lockOfWaiters.unlock()
      if g != nil {
        waiter.wait()
      } else {
        while !waiter.wait(until: monotonicNanoseconds() + Self.lookInterval) {
          lockOfWaiters.withLock { checkThatHolderLives() }
        }
      }
      // It was handed over.
      g?.pointee.heldMutexCount += 1
    }

    /// With the depth raised.
    func release(_ g: G?) {
      let owner = Waiter.identity(g)
      if isHeld(by: g) { g?.pointee.heldMutexCount -= 1 }
      if state.compareExchange(expected: owner, desired: 0, ordering: .releasing).exchanged { return }
      let next: Waiter? = lockOfWaiters.withLock {
        guard state.load(ordering: .relaxed) & ~Self.hasWaiters == owner else {
          stopProcess("a mutex is unlocked by a task or thread that doesn't hold it")
        }
        let next = waiters.popFirstLive()
        let flag = waiters.isEmpty ? 0 : Self.hasWaiters
        state.store(next.map { $0.identity | flag } ?? 0, ordering: .releasing)
        return next
      }
      next?.wake()
    }

    /// Under the lock and with waiters, so that its holder can't unlock it meanwhile.
    private func checkThatHolderLives() {
      let now = state.load(ordering: .relaxed)
      guard now & Self.hasWaiters != 0, now & Waiter.isThread == 0,
        let g = G(bitPattern: now & ~Self.hasWaiters), g.core.phase.load(ordering: .acquiring) == .ended
      else { return }
      stopProcess("a thread waits for a mutex that", task: g, " held when a shutdown abandoned it")
    }
  }

  /// Waiting for something that a mutex guards.
  public final class Condition: @unchecked Sendable {
    private let mutex: Mutex
    private let lockOfWaiters = Lock(.waiters)
    private var waiters = Deque<Waiter>()

    public init(_ mutex: Mutex) { self.mutex = mutex }

    /// Unlocks the mutex, returns after a later `signal` or `broadcast` with the mutex locked again. What was waited for
    /// may have been taken by somebody else in between: ask again.
    /// - Precondition: the caller holds the mutex, and isn't inside `withPreemptionDisabled`.
    public func wait() {
      let g = enterToParkOrStop("Condition.wait()")
      defer { if let g { leaveRuntime(g) } }
      guard mutex.isHeld(by: g) else { stopProcess("Condition.wait() without its mutex locked") }
      let waiter = Waiter(g)
      lockOfWaiters.withLock {
        waiter.announce()
        waiters.append(waiter)
      }
      mutex.release(g)
      waiter.wait()
      mutex.acquire(g)
    }

    /// Wakes the one that waited longest.
    public func signal() {
      withRuntimeEntered { lockOfWaiters.withLock { waiters.popFirstLive() }?.wake() }
    }

    /// Wakes all that wait.
    public func broadcast() {
      withRuntimeEntered {
        var woken = lockOfWaiters.withLock {
          defer { waiters = [] }
          return waiters
        }
        while let waiter = woken.popFirstLive() { waiter.wake() }
      }
    }
  }
}
