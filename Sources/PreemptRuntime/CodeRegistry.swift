// Which code may be preempted.
//
// Registrations are flattened into an immutable sorted array that the handler searches without a lock. A replaced
// snapshot stays alive until its registry does: a handler on another thread may still read it.
//
// The policy here is `.leaf`: the interrupted PC alone decides. It is right for code that holds no lock and is not
// called back from code that does; see docs/safe-points.md.

import CPreempt
import Synchronization

/// One entry of a snapshot: preemptible or unsafe code.
struct CodeRange {
  var start: UInt
  var end: UInt
  var isUnsafe: Bool
}

/// The published snapshot, at a fixed address.
struct CodeSnapshotCell: ~Copyable {
  let current = Atomic<UnsafeMutablePointer<CodeSnapshot>?>(nil)
}

/// Sorted, disjoint ranges.
struct CodeSnapshot {
  let count: Int
  let ranges: UnsafeMutablePointer<CodeRange>
}

/// What the registry says about a PC.
enum CodeVerdict: Int {
  case preemptible
  case unregistered
  case unsafe
}

@inline(__always) @_noAllocation @_noLocks
func codeVerdict(_ cell: UnsafeMutablePointer<CodeSnapshotCell>, pc: UInt) -> CodeVerdict {
  guard let snapshot = cell.pointee.current.load(ordering: .acquiring) else { return .unregistered }
  let ranges = snapshot.pointee.ranges
  var count = snapshot.pointee.count
  guard count > 0 else { return .unregistered }
  // The first range that ends behind the PC, by halving without a branch that could be mispredicted.
  var first = 0
  while count > 1 {
    let half = count >> 1
    first = ranges[first &+ half &- 1].end <= pc ? first &+ half : first
    count &-= half
  }
  guard ranges[first].start <= pc, pc < ranges[first].end else { return .unregistered }
  return ranges[first].isUnsafe ? .unsafe : .preemptible
}

/// Ranges of code that tasks may be preempted in.
public final class CodeRegistry: @unchecked Sendable {
  /// A registration; hand it to `unregister`.
  public struct Registration: Hashable, Sendable {
    fileprivate let id: Int
  }

  private let lock = Lock(.codeRegistry)
  private var nextID = 0
  private var registered: [Int: [CodeRange]] = [:]
  private var retired: [UnsafeMutablePointer<CodeSnapshot>] = []
  let cell = UnsafeMutablePointer<CodeSnapshotCell>.allocate(capacity: 1)

  public init() { cell.initialize(to: CodeSnapshotCell()) }

  deinit {
    if let last = cell.pointee.current.load(ordering: .acquiring) { retired.append(last) }
    for snapshot in retired {
      snapshot.pointee.ranges.deallocate()
      snapshot.deallocate()
    }
    cell.deinitialize(count: 1)
    cell.deallocate()
  }

  /// Registers preemptible code from `start` up to `end`, both addresses.
  /// - Throws: `PreemptError.codeRange` for an empty or reversed range.
  @discardableResult
  public func register(from start: UInt, to end: UInt) throws -> Registration {
    try add([CodeRange(start: start, end: end, isUnsafe: false)])
  }

  /// Registers many ranges at once, which publishes one snapshot.
  @discardableResult
  public func register(ranges: [Range<UInt>]) throws -> Registration {
    try add(ranges.map { CodeRange(start: $0.lowerBound, end: $0.upperBound, isUnsafe: false) })
  }

  /// Registers code that must never be preempted, whatever else is registered there.
  @discardableResult
  public func registerUnsafe(from start: UInt, to end: UInt) throws -> Registration {
    try add([CodeRange(start: start, end: end, isUnsafe: true)])
  }

  /// Registers the executable segments of the loaded image that holds `address`: `#dsohandle`, or any function of it.
  /// - Throws: `PreemptError.noImage` where none does.
  @discardableResult
  public func register(imageContaining address: UnsafeRawPointer) throws -> Registration {
    var bounds = [UInt](repeating: 0, count: 64)
    let count = Int(preempt_executable_segments(UInt(bitPattern: address), &bounds, Int32(bounds.count / 2)))
    guard count > 0 else { throw PreemptError.noImage(address: UInt(bitPattern: address)) }
    return try add((0..<count).map { CodeRange(start: bounds[2 * $0], end: bounds[2 * $0 + 1], isUnsafe: false) })
  }

  /// Takes a registration back. A task that was interrupted in it before stays preempted.
  public func unregister(_ registration: Registration) {
    withRuntimeEntered {
      lock.withLock {
        registered[registration.id] = nil
        publish()
      }
    }
  }

  /// Whether a task may be preempted at `pc`.
  public func isPreemptible(pc: UInt) -> Bool { codeVerdict(cell, pc: pc) == .preemptible }

  /// Number of ranges the handler searches.
  public var rangeCount: Int { cell.pointee.current.load(ordering: .acquiring)?.pointee.count ?? 0 }

  private func add(_ ranges: [CodeRange]) throws -> Registration {
    for range in ranges where range.start >= range.end {
      throw PreemptError.codeRange(start: range.start, end: range.end)
    }
    return withRuntimeEntered {
      lock.withLock {
        nextID += 1
        registered[nextID] = ranges
        publish()
        return Registration(id: nextID)
      }
    }
  }

  /// Unsafe wins over preemptible, and our own section over both.
  private func publish() {
    let all = registered.values.joined()
    let preemptible = Self.merged(all.filter { !$0.isUnsafe })
    let unsafe = Self.merged(all.filter(\.isUnsafe))
    let own = [CodeRange(start: preempt_text_start(), end: preempt_text_end(), isUnsafe: true)]
    let holes = Self.merged(unsafe + own)
    let flat = (Self.subtract(holes, from: preemptible) + Self.subtract(own, from: unsafe))
      .sorted { $0.start < $1.start }
    let ranges = UnsafeMutablePointer<CodeRange>.allocate(capacity: max(1, flat.count))
    ranges.initialize(from: flat, count: flat.count)
    let snapshot = UnsafeMutablePointer<CodeSnapshot>.allocate(capacity: 1)
    snapshot.initialize(to: CodeSnapshot(count: flat.count, ranges: ranges))
    if let old = cell.pointee.current.exchange(snapshot, ordering: .acquiringAndReleasing) { retired.append(old) }
  }

  private static func merged(_ ranges: [CodeRange]) -> [CodeRange] {
    var result: [CodeRange] = []
    for range in ranges.sorted(by: { $0.start < $1.start }) {
      if let last = result.last, range.start <= last.end {
        result[result.count - 1].end = max(last.end, range.end)
      } else {
        result.append(range)
      }
    }
    return result
  }

  /// `holes` and `ranges` are sorted and disjoint.
  private static func subtract(_ holes: [CodeRange], from ranges: [CodeRange]) -> [CodeRange] {
    ranges.flatMap { range -> [CodeRange] in
      var pieces: [CodeRange] = []
      var start = range.start
      for hole in holes where hole.end > range.start && hole.start < range.end {
        if hole.start > start { pieces.append(CodeRange(start: start, end: hole.start, isUnsafe: range.isUnsafe)) }
        start = max(start, hole.end)
      }
      if start < range.end { pieces.append(CodeRange(start: start, end: range.end, isUnsafe: range.isUnsafe)) }
      return pieces
    }
  }
}
