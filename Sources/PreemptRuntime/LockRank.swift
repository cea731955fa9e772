// The order in which locks are taken, declared once and checked in debug builds.
//
// A thread takes a lock only while every lock it holds has a lower rank; two of one rank are never held together. So no
// two threads can wait for each other.

import CPreempt

/// Outermost first.
enum LockRank: UInt8, CaseIterable {
  /// Who uses the process's signal handlers.
  case handlers
  /// Registrations of preemptible code.
  case codeRegistry
  /// Open tasks, live Gs, the runtime's end.
  case runtime
  /// Whose turn it is to stop processors.
  case turn
  /// One task's result and joiners.
  case task
  /// Who waits for a mutex, a condition or a channel.
  case waiters
  /// One thread that waits for one of these.
  case waitingThread
  /// Threads that run what blocks.
  case blockingThreads
  /// A P's run queue. Never two: a thief holds no lock while it looks for work.
  case scheduler
  /// Processors that a stop waits for; each tells it when it stands still.
  case standing
  /// Timers; a P that queues something asks the monitor to look again.
  case monitor
  /// Blocks of extended state.
  case extendedState
  /// Stacks, and with them all memory that processors share.
  case memory
}

#if DEBUG
extension LockRank {
  /// The highest rank that the calling thread holds.
  static var highestHeld: LockRank? {
    let held = preempt_held_lock_ranks().pointee
    return held == 0 ? nil : LockRank(rawValue: UInt8(63 - held.leadingZeroBitCount))
  }

  /// Stops the process if a lock of this rank or a higher one is held: the order that somebody waits for ever in.
  func checkOrder() {
    guard let held = Self.highestHeld, held.rawValue >= rawValue else { return }
    let rule = held == self ? "two of one rank are never held" : "LockRank puts it first"
    fatalError("swift-preempt: lock order: '\(self)' is taken while '\(held)' is held; \(rule)")
  }

  func noteTaken() { preempt_held_lock_ranks().pointee |= 1 << UInt64(rawValue) }
  func noteReleased() { preempt_held_lock_ranks().pointee &= ~(1 << UInt64(rawValue)) }

  /// Stops the process if the calling G leaves its stack with a lock: whoever wants it next would block its M.
  static func checkNoneHeld() {
    if let held = highestHeld { fatalError("swift-preempt: a task leaves its stack while it holds '\(held)'") }
  }
}
#endif
