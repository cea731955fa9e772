// Monotonic time in nanoseconds, and a mutex with a condition that waits until such a time.

import Glibc

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
final class Lock: @unchecked Sendable {
  #if DEBUG
  private let rank: LockRank
  #endif
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init(_ rank: LockRank) {
    #if DEBUG
    self.rank = rank
    #endif
    pthread_mutex_init(mutex, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(condition, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  @inline(__always)
  func lock() {
    #if DEBUG
    rank.checkOrder()
    #endif
    pthread_mutex_lock(mutex)
    #if DEBUG
    rank.noteTaken()
    #endif
  }

  @inline(__always)
  func unlock() {
    #if DEBUG
    rank.noteReleased()
    #endif
    pthread_mutex_unlock(mutex)
  }

  func wait() {
    checkOrderOfWait()
    pthread_cond_wait(condition, mutex)
  }

  func signal() { pthread_cond_signal(condition) }
  func broadcast() { pthread_cond_broadcast(condition) }

  /// Waits until signalled or until `deadline`, in nanoseconds of CLOCK_MONOTONIC.
  func wait(until deadline: UInt64) {
    guard deadline < .max / 2 else { return wait() }
    checkOrderOfWait()
    var time = timespec(tv_sec: Int(deadline / 1_000_000_000), tv_nsec: Int(deadline % 1_000_000_000))
    pthread_cond_timedwait(condition, mutex, &time)
  }

  /// A wait takes the lock again.
  @inline(__always)
  private func checkOrderOfWait() {
    #if DEBUG
    rank.noteReleased()
    rank.checkOrder()
    rank.noteTaken()
    #endif
  }

  @inline(__always)
  func withLock<Result>(_ body: () throws -> Result) rethrows -> Result {
    lock()
    defer { unlock() }
    return try body()
  }
}
