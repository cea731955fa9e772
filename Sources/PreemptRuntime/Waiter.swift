// Who waits for a mutex, a condition, a channel or a blocking call: a G, parked, or any other thread, blocked.

import CPreempt
import DequeModule
import Glibc
import Synchronization

/// One wait. The one who wakes took it from a queue, so it is woken once.
class Waiter: @unchecked Sendable {
  let g: G?
  let identity: UInt
  private let thread: Lock?
  private var isWoken = false

  /// For the caller; `g` is the current G.
  init(_ g: G?) {
    self.g = g
    identity = Self.identity(g)
    thread = g == nil ? Lock(.waitingThread) : nil
  }

  /// A word for the caller that no other task or thread has; a thread's has the lowest bit but one set.
  static func identity(_ g: G?) -> UInt { g.map { UInt(bitPattern: $0) } ?? UInt(pthread_self()) | isThread }
  static var isThread: UInt { 2 }

  /// Before anybody can know of this waiter: under the lock of the queue that it enters.
  func announce() { g?.pointee.state.store(TaskState.parking, ordering: .releasing) }

  /// Returns when somebody woke it. A thread gives up at `deadline`, in nanoseconds of CLOCK_MONOTONIC, and returns
  /// false; a G doesn't.
  @discardableResult
  func wait(until deadline: UInt64 = .max) -> Bool {
    guard let thread else {
      leave(g!, LeaveReason.park)
      return true
    }
    return thread.withLock {
      while !isWoken && (deadline == .max || monotonicNanoseconds() < deadline) { thread.wait(until: deadline) }
      return isWoken
    }
  }

  func wake() {
    guard let thread else { return g!.core.ready(g!) }
    thread.withLock {
      isWoken = true
      thread.signal()
    }
  }
}

extension Deque where Element: Waiter {
  /// The longest waiter that can still be resumed: not a task that a shutdown leaves unfinished.
  mutating func popFirstLive() -> Element? {
    while let waiter = popFirst() {
      if waiter.g == nil || waiter.g!.core.phase.load(ordering: .acquiring) == .running { return waiter }
    }
    return nil
  }
}

extension UnsafeMutablePointer where Pointee == GRecord {
  /// The runtime it belongs to, which outlives it: an abandoned G keeps its runtime for ever.
  var core: RuntimeCore { processor.runtime }
  var taskName: String { String(decoding: pointee.name, as: UTF8.self) }
}

/// The current G with its preemption depth raised, nil off a G; for a call that may park.
/// - Throws: `PreemptError.preemptionDisabled` where the task itself raised the depth: a G that another runs in the
///   place of would find the section broken that it asked for.
@inline(__always)
func enterToPark(_ call: StaticString) throws(PreemptError) -> G? {
  guard let g = enterRuntime() else { return nil }
  guard g.pointee.head.preemption_depth == 1 else {
    leaveRuntime(g)
    throw PreemptError.preemptionDisabled(call.description)
  }
  return g
}

/// The same for calls that throw nothing: stops the process.
@inline(__always)
func enterToParkOrStop(_ call: StaticString) -> G? {
  guard let g = enterRuntime() else { return nil }
  guard g.pointee.head.preemption_depth == 1 else {
    stopProcess(
      call, " may park the task, which would let others run inside its withPreemptionDisabled: call it outside")
  }
  return g
}
