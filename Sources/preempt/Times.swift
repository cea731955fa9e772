// Clocks and percentiles of what is measured.

import Foundation

func monotonicNanoseconds() -> UInt64 { nanoseconds(CLOCK_MONOTONIC) }

/// CPU time of this thread: what one thread does by itself is timed so, because other programs' turns on its CPU are
/// none of it.
func threadNanoseconds() -> UInt64 { nanoseconds(CLOCK_THREAD_CPUTIME_ID) }

private func nanoseconds(_ clock: clockid_t) -> UInt64 {
  var time = timespec()
  clock_gettime(clock, &time)
  return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

extension Array where Element: Comparable {
  /// The element that `percent` in a hundred lie below.
  /// - Precondition: there is one.
  func percentile(_ percent: Int) -> Element {
    let sorted = sorted()
    return sorted[Swift.min(sorted.count - 1, sorted.count * percent / 100)]
  }
}

/// Nanoseconds; zero where there are no samples.
struct Percentiles: Encodable {
  let p50: UInt64
  let p99: UInt64

  init(_ samples: [UInt64]) {
    p50 = samples.isEmpty ? 0 : samples.percentile(50)
    p99 = samples.isEmpty ? 0 : samples.percentile(99)
  }
}
