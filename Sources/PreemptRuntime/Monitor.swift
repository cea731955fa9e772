// The monitor thread: timers, ends of slices, and requests that were refused.
//
// A refused request is repeated with exponential backoff up to an eighth of a slice: a signal costs microseconds,
// and a fixed short interval would halve a task that lives in memcpy.

import Glibc
import HeapModule
import Synchronization

final class Monitor: @unchecked Sendable {
  private struct Timer: Comparable {
    let deadline: UInt64
    let order: UInt64
    let g: G
    static func < (a: Timer, b: Timer) -> Bool { (a.deadline, a.order) < (b.deadline, b.order) }
    static func == (a: Timer, b: Timer) -> Bool { (a.deadline, a.order) == (b.deadline, b.order) }
  }

  private let lock = Lock(.monitor)
  private var timers = Heap<Timer>()
  private var timerCount: UInt64 = 0
  private var stops = false
  /// When the monitor looks next; all ones while it is looking, so that nobody's news is missed.
  private let nextLook = Atomic<UInt64>(0)
  private let sliceNanoseconds: UInt64
  /// Processors whose task wasn't preempted for as long as we wait for it; the monitor thread's own.
  private var refusing: [Processor] = []
  private static let firstRetry: UInt64 = 20_000
  /// A task that can't be preempted for so long is logged, once.
  private static let patience: UInt64 = 1_000_000_000

  init(sliceNanoseconds: UInt64) { self.sliceNanoseconds = sliceNanoseconds }

  /// Wakes a parked or parking G at `deadline`.
  func wake(_ g: G, at deadline: UInt64) {
    lock.withLock {
      timerCount += 1
      timers.insert(Timer(deadline: deadline, order: timerCount, g: g))
      if deadline < nextLook.load(ordering: .relaxed) { lock.signal() }
    }
  }

  /// Something may be due earlier than the monitor thinks.
  func lookAgain(before deadline: UInt64) {
    // The caller's news are visible before the question, as the monitor's answer is before its look: else it could
    // look before the one and be asked before the other, and sleep past the end of a slice.
    atomicMemoryFence(ordering: .sequentiallyConsistent)
    guard deadline < nextLook.load(ordering: .sequentiallyConsistent) else { return }
    lock.withLock { lock.signal() }
  }

  func stop() {
    lock.withLock {
      stops = true
      lock.signal()
    }
  }

  /// The thread's body.
  func run(_ runtime: RuntimeCore) {
    lock.lock()
    while !stops {
      nextLook.store(.max, ordering: .sequentiallyConsistent)
      atomicMemoryFence(ordering: .sequentiallyConsistent)
      var now = monotonicNanoseconds()
      while let first = timers.min, first.deadline <= now {
        timers.removeMin()
        lock.unlock()
        runtime.ready(first.g)
        lock.lock()
        now = monotonicNanoseconds()
      }
      var next = timers.min?.deadline ?? .max
      for processor in runtime.processors { next = min(next, poll(processor, now)) }
      nextLook.store(next, ordering: .sequentiallyConsistent)
      if stops { break }
      if !refusing.isEmpty {
        // Who takes the line may take its time.
        lock.unlock()
        for processor in refusing { runtime.logRefusal(on: processor) }
        refusing = []
        lock.lock()
        continue
      }
      if next > now { lock.wait(until: next) }
    }
    lock.unlock()
  }

  /// Sends what is due and returns when to look at this P again.
  private func poll(_ processor: Processor, _ now: UInt64) -> UInt64 {
    let sliceEnd = processor.sliceEnd.load(ordering: .relaxed)
    guard sliceEnd != 0 else { return .max }
    let hasWaiters = processor.hasWaiters.load(ordering: .relaxed)
    guard processor.wantsPreemption.load(ordering: .acquiring) || (hasWaiters && now >= sliceEnd) else {
      return hasWaiters ? sliceEnd : .max
    }
    let switchCount = processor.switchCount.load(ordering: .relaxed)
    if switchCount != processor.polledSwitchCount {
      processor.polledSwitchCount = switchCount
      processor.retryInterval = 0
      processor.nextRetry = now
      processor.askedSince = now
    }
    if now - processor.askedSince >= Self.patience {
      // Again after as long: the G that runs then may be another, or refuse elsewhere.
      processor.askedSince = now
      refusing.append(processor)
    }
    if now >= processor.nextRetry {
      processor.sendSignal(at: now)
      processor.retryInterval =
        processor.retryInterval == 0
        ? min(Self.firstRetry, max(1000, sliceNanoseconds / 8))
        : min(processor.retryInterval * 2, max(1000, sliceNanoseconds / 8))
      processor.nextRetry = now + processor.retryInterval
    }
    return processor.nextRetry
  }
}
