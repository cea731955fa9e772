// Monotonic time in nanoseconds, and a mutex with a condition that waits until such a time.

import CPreempt
import Glibc
import Synchronization

/// Nanoseconds of CLOCK_MONOTONIC.
@inline(__always)
func monotonicNanoseconds() -> UInt64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
}

extension Duration {
  /// Clamped to what fits.
  var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    if overflow { return seconds < 0 ? .min : .max }
    return product.addingReportingOverflow(attoseconds / 1_000_000_000).partialValue
  }
}

/// A mutex and one condition. For threads: a G takes it only with its preemption depth raised.
///
/// The words are a futex each. A pthread mutex costs two calls and twice the time at every switch, where nobody else
/// wants it; and with its condition 88 bytes more for each task.
final class Lock: @unchecked Sendable {
  private struct Words: ~Copyable {
    let state = Atomic<UInt32>(Self.free)
    /// Changes at every signal, so that one between unlocking and sleeping isn't missed.
    let signals = Atomic<UInt32>(0)
    /// Threads in `wait`; under the lock.
    var waiterCount: UInt32 = 0

    static var free: UInt32 { 0 }
    static var held: UInt32 { 1 }
    /// Held, and somebody may sleep until it is free.
    static var wanted: UInt32 { 2 }
  }

  private let words = UnsafeMutablePointer<Words>.allocate(capacity: 1)
  private static let spinCount = 100
  #if DEBUG
  private let rank: LockRank
  #endif

  init(_ rank: LockRank) {
    words.initialize(to: Words())
    #if DEBUG
    self.rank = rank
    #endif
  }

  deinit {
    words.deinitialize(count: 1)
    words.deallocate()
  }

  @inline(__always)
  func lock() {
    #if DEBUG
    rank.checkOrder()
    #endif
    if !takeFree() { lockWaiting() }
    #if DEBUG
    rank.noteTaken()
    #endif
  }

  @inline(__always)
  private func takeFree() -> Bool {
    words.pointee.state.compareExchange(expected: Words.free, desired: Words.held, ordering: .acquiring).exchanged
  }

  @inline(never)
  private func lockWaiting() {
    for _ in 0..<Self.spinCount {
      preempt_spin_hint()
      if words.pointee.state.load(ordering: .relaxed) == Words.free && takeFree() { return }
    }
    while words.pointee.state.exchange(Words.wanted, ordering: .acquiring) != Words.free {
      preempt_futex_wait(address(of: words.pointee.state), Words.wanted, .max)
    }
  }

  @inline(__always)
  func unlock() {
    #if DEBUG
    rank.noteReleased()
    #endif
    if words.pointee.state.exchange(Words.free, ordering: .releasing) == Words.wanted { wakeOne() }
  }

  @inline(never)
  private func wakeOne() { preempt_futex_wake(address(of: words.pointee.state), 1) }

  /// Waits until signalled, or for no reason. Under the lock, as the calls below.
  func wait() { wait(until: .max) }

  /// Waits until signalled or until `deadline`, in nanoseconds of CLOCK_MONOTONIC.
  func wait(until deadline: UInt64) {
    let seen = words.pointee.signals.load(ordering: .relaxed)
    words.pointee.waiterCount += 1
    unlock()
    preempt_futex_wait(address(of: words.pointee.signals), seen, deadline)
    lock()
    words.pointee.waiterCount -= 1
  }

  func signal() { wake(1) }
  func broadcast() { wake(.max) }

  private func wake(_ count: Int32) {
    guard words.pointee.waiterCount > 0 else { return }
    words.pointee.signals.add(1, ordering: .relaxed)
    preempt_futex_wake(address(of: words.pointee.signals), count)
  }

  private func address(of word: borrowing Atomic<UInt32>) -> UnsafeMutablePointer<UInt32> {
    withUnsafePointer(to: word) {
      UnsafeMutableRawPointer(mutating: UnsafeRawPointer($0)).assumingMemoryBound(to: UInt32.self)
    }
  }

  @inline(__always)
  func withLock<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    lock()
    defer { unlock() }
    return try body()
  }
}
