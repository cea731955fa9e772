// Which code may be preempted, and under which policy.
//
// Registrations are flattened into an immutable sorted array that the handler searches without a lock. A replaced
// snapshot is freed once every handler that may read it has returned: each M says whether it is in a handler by an
// epoch, odd inside. See docs/safe-points.md for what the policies promise.

import CPreempt
import Glibc
import Synchronization
public import UnwindTable

/// What decides whether a task may be preempted at a PC of registered code.
public enum SafePointPolicy: Sendable {
  /// The PC alone: for code that calls nothing and is called by nothing that holds a lock.
  case leaf
  /// Every frame up to the task's entry lies in registered code, so that no lock of the C library, the Swift runtime or
  /// Dispatch is held below.
  case wholeStack
}

/// What a range is; where registrations overlap, the one further down wins.
enum CodeKind: UInt8 {
  /// Code of the image that holds the runtime itself: no safe-point, and the frames below a task's body.
  case runtime
  /// Of an image.
  case image
  /// Registered by its addresses.
  case range
  case restartable
  case unsafe
  /// Stubs and switches: in no snapshot.
  case section
}

/// One entry of a snapshot.
struct CodeRange {
  var start: UInt
  var end: UInt
  var kind: CodeKind
  /// Under `.wholeStack`.
  var walksStack: Bool
  /// Rows of its code; nil where nobody gave any.
  var rows: UnsafePointer<UnwindRows>?
  /// Where a restartable sequence that is interrupted here begins.
  var restart: UInt
}

/// The published snapshot, at a fixed address.
struct CodeSnapshotCell: ~Copyable {
  let current = Atomic<UnsafeMutablePointer<CodeSnapshot>?>(nil)
}

/// Sorted, disjoint ranges; `ends` apart, for the search.
struct CodeSnapshot {
  let count: Int
  let ends: UnsafeMutablePointer<UInt>
  let ranges: UnsafeMutablePointer<CodeRange>

  /// The range that holds `pc`. Tries the one at `hint` first: where the PC was last, it mostly is again.
  @inline(__always) @_noAllocation @_noLocks
  func range(at pc: UInt, hint: inout Int) -> UnsafeMutablePointer<CodeRange>? {
    if hint < count, pc < ends[hint], ranges[hint].start <= pc { return ranges + hint }
    guard count > 0 else { return nil }
    // The first range that ends behind the PC, by halving without a branch that could be mispredicted.
    var first = 0
    var rest = count
    while rest > 1 {
      let half = rest >> 1
      first = ends[first &+ half &- 1] <= pc ? first &+ half : first
      rest &-= half
    }
    guard ranges[first].start <= pc, pc < ends[first] else { return nil }
    hint = first
    return ranges + first
  }
}

/// What the registry says about a PC.
enum CodeVerdict: Int {
  case preemptible
  case unregistered
  case unsafe
}

/// Ranges of code that tasks may be preempted in.
public final class CodeRegistry: @unchecked Sendable {
  /// A registration; hand it to `unregister`.
  public struct Registration: Hashable, Sendable {
    fileprivate let id: Int
  }

  /// A task that stands still in code that was unregistered.
  public struct Occupant: Hashable, Sendable {
    public let id: UInt64
    public let name: String
    /// Where it goes on, or returns to, in that code.
    public let pc: UInt
  }

  /// The most bytes of a sequence that begins again where it is interrupted: one that took a slice would never end.
  public static let maximumRestartableByteCount = 1024

  /// What one call of `register` gave.
  private struct Entry {
    var range: CodeRange
    /// Keeps the rows alive.
    var rows: RowsBox?
  }

  private let lock = Lock(.codeRegistry)
  private var nextID = 0
  private var registered: [Int: [Entry]] = [:]
  private var published: [RowsBox] = []
  private var runtimes: [RuntimeCore] = []
  let cell = UnsafeMutablePointer<CodeSnapshotCell>.allocate(capacity: 1)

  public init() { cell.initialize(to: CodeSnapshotCell()) }

  deinit {
    Self.free(cell.pointee.current.load(ordering: .acquiring))
    cell.deinitialize(count: 1)
    cell.deallocate()
  }

  // MARK: - Registering

  /// Registers preemptible code from `start` up to `end`, both addresses. Under `.wholeStack` its image's unwind
  /// information is compiled; a JIT's code belongs to none, see `register(arena:rows:)`.
  /// - Throws: `PreemptError.codeRange` for an empty or reversed range, `.codeOverlap`, `.unwindInformation`.
  @discardableResult
  public func register(from start: UInt, to end: UInt, policy: SafePointPolicy = .leaf) throws(PreemptError)
    -> Registration
  {
    let rows = policy == .leaf || start >= end ? nil : try RowsBox.image(containing: start)
    return try add([entry(start, end, .range, policy, rows)])
  }

  /// Registers many ranges at once, which publishes one snapshot. Their policy is `.leaf`.
  @discardableResult
  public func register(ranges: [Range<UInt>]) throws(PreemptError) -> Registration {
    try add(ranges.map { entry($0.lowerBound, $0.upperBound, .range, .leaf, nil) })
  }

  /// Registers a JIT's code with the rows of its frames, each a range and how its caller is found.
  /// - Throws: `PreemptError.codeRange`, `.codeOverlap`; `.unwindInformation` for rows that overlap.
  @discardableResult
  public func register(
    arena: Range<UInt>, rows: [UnwindTable.Entry], policy: SafePointPolicy = .wholeStack
  ) throws(PreemptError) -> Registration {
    let box: RowsBox
    do { box = RowsBox(try UnwindTable(rows: rows)) } catch { throw PreemptError.unwindInformation(error) }
    return try add([entry(arena.lowerBound, arena.upperBound, .range, policy, box)])
  }

  /// Registers code that must never be preempted, whatever else is registered there.
  @discardableResult
  public func registerUnsafe(from start: UInt, to end: UInt) throws(PreemptError) -> Registration {
    try add([entry(start, end, .unsafe, .leaf, nil)])
  }

  /// Registers a sequence that begins again where it is interrupted: a task is preempted in it as though it stood at
  /// `start`. Its effects before its last instruction must be repeatable, and it must not move the stack pointer.
  /// - Throws: `PreemptError.restartableRange` above `maximumRestartableByteCount`, `.codeRange`, `.codeOverlap`.
  @discardableResult
  public func registerRestartable(from start: UInt, to end: UInt, policy: SafePointPolicy = .leaf) throws(PreemptError)
    -> Registration
  {
    if end > start, end - start > UInt(Self.maximumRestartableByteCount) {
      throw PreemptError.restartableRange(byteCount: end - start)
    }
    let rows = policy == .leaf || start >= end ? nil : try RowsBox.image(containing: start)
    return try add([entry(start, end, .restartable, policy, rows)])
  }

  /// Registers the executable segments of the loaded image that holds `address`: `#dsohandle`, or any function of it.
  /// Its `.eh_frame` is compiled, whatever the policy.
  /// - Throws: `PreemptError.noImage` where none does, `.unwindInformation` where an image under `.wholeStack` has none,
  ///   `.codeOverlap` where it is registered under another policy.
  @discardableResult
  public func register(imageContaining address: UnsafeRawPointer, policy: SafePointPolicy = .wholeStack)
    throws(PreemptError)
    -> Registration
  {
    let address = UInt(bitPattern: address)
    let segments = executableSegments(containing: address)
    guard !segments.isEmpty else { throw PreemptError.noImage(address: address) }
    let rows = policy == .leaf ? try? RowsBox.image(containing: address) : try RowsBox.image(containing: address)
    return try add(segments.map { entry($0.lowerBound, $0.upperBound, .image, policy, rows) })
  }

  /// Takes a registration back. From here on no task is stopped in its code.
  /// - Returns: the tasks that were stopped in it before, or under `.wholeStack` return to it, and haven't been resumed:
  ///   its memory must stay as it is until a later call of `stoppedTasks(in:)` finds none.
  @discardableResult
  public func unregister(_ registration: Registration) -> [Occupant] {
    withRuntimeEntered {
      lock.withLock {
        guard let entries = registered.removeValue(forKey: registration.id) else { return [] }
        let stopped = { self.tasks(in: entries.map { $0.range.start..<$0.range.end }) }
        publish()
        return stopped()
      }
    }
  }

  /// The preempted tasks that go on, or return to, an address of `range`, as of now.
  public func stoppedTasks(in range: Range<UInt>) -> [Occupant] {
    withRuntimeEntered { lock.withLock { tasks(in: [range]) } }
  }

  /// Whether a task may be preempted at `pc`, as far as its PC decides.
  public func isPreemptible(pc: UInt) -> Bool { verdict(at: pc) == .preemptible }

  func verdict(at pc: UInt) -> CodeVerdict {
    withRange(at: pc) { range in
      switch range?.pointee.kind {
      case .image, .range, .restartable: .preemptible
      case .unsafe: .unsafe
      case .runtime, .section, nil: .unregistered
      }
    }
  }

  /// The row that describes `address`, for who isn't in a handler.
  func row(at address: UInt) -> UnwindRow {
    withRange(at: address) { $0?.pointee.rows?.pointee.row(at: address) } ?? .inexpressible
  }

  /// The policy at `address`; nil where it isn't preemptible.
  func policy(at address: UInt) -> SafePointPolicy? {
    withRange(at: address) { range -> SafePointPolicy? in
      switch range?.pointee.kind {
      case .image, .range, .restartable: range!.pointee.walksStack ? .wholeStack : .leaf
      default: nil
      }
    }
  }

  private func withRange<Result>(at address: UInt, _ body: (UnsafeMutablePointer<CodeRange>?) -> Result) -> Result {
    withSnapshot { snapshot in
      var hint = 0
      return body(snapshot?.pointee.range(at: address, hint: &hint))
    }
  }

  /// For who isn't in a handler: the lock keeps the snapshot.
  private func withSnapshot<Result>(_ body: (UnsafeMutablePointer<CodeSnapshot>?) -> Result) -> Result {
    withRuntimeEntered { lock.withLock { body(cell.pointee.current.load(ordering: .acquiring)) } }
  }

  /// Number of ranges that were registered and don't touch, with holes and policies counted apart.
  public var rangeCount: Int {
    withSnapshot { snapshot in
      guard let snapshot else { return 0 }
      return (0..<snapshot.pointee.count).count { snapshot.pointee.ranges[$0].kind != .runtime }
    }
  }

  private func entry(_ start: UInt, _ end: UInt, _ kind: CodeKind, _ policy: SafePointPolicy, _ rows: RowsBox?) -> Entry
  {
    Entry(
      range: CodeRange(
        start: start, end: end, kind: kind, walksStack: policy == .wholeStack, rows: rows?.pointer, restart: start),
      rows: rows)
  }

  private func add(_ entries: [Entry]) throws(PreemptError) -> Registration {
    for range in entries.map({ $0.range }) where range.start >= range.end {
      throw PreemptError.codeRange(start: range.start, end: range.end)
    }
    return try withRuntimeEntered { () throws(PreemptError) in
      try lock.withLock { () throws(PreemptError) in
        try checkOverlaps(entries)
        nextID += 1
        registered[nextID] = entries
        publish()
        return Registration(id: nextID)
      }
    }
  }

  /// Code of one kind may be registered twice, but not as two things.
  private func checkOverlaps(_ new: [Entry]) throws(PreemptError) {
    let new = new.map({ $0.range }).sorted { $0.start < $1.start }
    guard let low = new.first?.start, let high = new.map({ $0.end }).max() else { return }
    for old in registered.values.joined().lazy.map({ $0.range }) where old.start < high && low < old.end {
      // The last that starts before the old one's end, and whatever may still reach into it.
      for range in new where range.kind == old.kind && range.start < old.end && old.start < range.end {
        let isSame = range.kind == .restartable ? range.start == old.start && range.end == old.end : true
        let haveRows = range.kind == .range && (range.rows != nil || old.rows != nil)
        if range.kind != .unsafe
          && (range.walksStack != old.walksStack || haveRows && range.rows != old.rows || !isSame)
        {
          throw PreemptError.codeOverlap(
            range.start..<range.end, with: old.start..<old.end)
        }
      }
    }
  }

  // MARK: - Snapshots

  /// What a snapshot's range says, without its bounds.
  private static func sayTheSame(_ a: CodeRange, _ b: CodeRange) -> Bool {
    a.kind == b.kind && a.walksStack == b.walksStack && a.rows == b.rows
      && (a.kind != .restartable || a.restart == b.restart)
  }

  /// Flattens, publishes, and frees the old snapshot when no handler reads it.
  private func publish() {
    var all = Array(registered.values.joined())
    let section = entry(preempt_text_start(), preempt_text_end(), .section, .leaf, nil)
    all.append(section)
    if all.contains(where: { $0.range.walksStack }), let own = RowsBox.own {
      // A walk ends in the frames below a task's body: those are ours, wherever the runtime was linked.
      all += own.segments.map { entry($0.lowerBound, $0.upperBound, .runtime, .leaf, own.rows) }
    }
    let flat = Self.flattened(all.map { $0.range })
    let ends = UnsafeMutablePointer<UInt>.allocate(capacity: max(1, flat.count))
    ends.initialize(from: flat.map { $0.end }, count: flat.count)
    let ranges = UnsafeMutablePointer<CodeRange>.allocate(capacity: max(1, flat.count))
    ranges.initialize(from: flat, count: flat.count)
    let snapshot = UnsafeMutablePointer<CodeSnapshot>.allocate(capacity: 1)
    snapshot.initialize(to: CodeSnapshot(count: flat.count, ends: ends, ranges: ranges))
    let old = cell.pointee.current.exchange(snapshot, ordering: .sequentiallyConsistent)
    waitForHandlers()
    Self.free(old)
    published = all.compactMap { $0.rows }
  }

  private static func free(_ snapshot: UnsafeMutablePointer<CodeSnapshot>?) {
    guard let snapshot else { return }
    snapshot.pointee.ends.deallocate()
    snapshot.pointee.ranges.deallocate()
    snapshot.deallocate()
  }

  /// Returns when every handler that could have read an earlier snapshot is done: microseconds. Handlers take no lock.
  private func waitForHandlers() {
    atomicMemoryFence(ordering: .sequentiallyConsistent)
    for runtime in runtimes {
      for processor in runtime.processors {
        let epoch = processor.m.pointee.handlerEpoch.load(ordering: .sequentiallyConsistent)
        guard epoch & 1 == 1 else { continue }
        while processor.m.pointee.handlerEpoch.load(ordering: .acquiring) == epoch { sched_yield() }
      }
    }
  }

  /// Sorted, disjoint ranges of what is highest at each address. Rows of what lies under it are taken over: a range
  /// inside an image has its image's.
  private static func flattened(_ entries: [CodeRange]) -> [CodeRange] {
    var edges: [(address: UInt, index: Int, opens: Bool)] = []
    edges.reserveCapacity(2 * entries.count)
    for (index, range) in entries.enumerated() {
      edges.append((range.start, index, true))
      edges.append((range.end, index, false))
    }
    edges.sort { $0.address < $1.address }
    var result: [CodeRange] = []
    var open: [Int] = []
    var start: UInt = 0
    for edge in edges {
      if edge.address > start, let top = open.max(by: { entries[$0].kind.rawValue < entries[$1].kind.rawValue }) {
        var range = entries[top]
        (range.start, range.end) = (start, edge.address)
        if range.rows == nil { range.rows = open.lazy.compactMap { entries[$0].rows }.first }
        if let last = result.last, last.end == start, sayTheSame(last, range) {
          result[result.count - 1].end = range.end
        } else if range.kind != .section {
          result.append(range)
        }
      }
      start = edge.address
      if edge.opens { open.append(edge.index) } else { open.removeAll { $0 == edge.index } }
    }
    return result
  }

  // MARK: - Runtimes that read it

  func attach(_ runtime: RuntimeCore) { lock.withLock { runtimes.append(runtime) } }
  func detach(_ runtime: RuntimeCore) { lock.withLock { runtimes.removeAll { $0 === runtime } } }

  private func tasks(in ranges: [Range<UInt>]) -> [Occupant] {
    runtimes.flatMap { $0.stoppedTasks(in: ranges) }
  }
}

/// A table at a fixed address, for snapshots.
final class RowsBox: @unchecked Sendable {
  let table: UnwindTable
  let pointer: UnsafePointer<UnwindRows>

  init(_ table: UnwindTable) {
    self.table = table
    let memory = UnsafeMutablePointer<UnwindRows>.allocate(capacity: 1)
    memory.initialize(to: table.rows)
    pointer = UnsafePointer(memory)
  }

  deinit { pointer.deallocate() }

  static func image(containing address: UInt) throws(PreemptError) -> RowsBox {
    if let own, own.segments.contains(where: { $0.contains(address) }) { return own.rows }
    guard let pointer = UnsafeRawPointer(bitPattern: address) else { throw .noImage(address: address) }
    do { return RowsBox(try UnwindTable(imageContaining: pointer)) } catch { throw .unwindInformation(error) }
  }

  /// The image that this function is linked into, compiled once: it can't be unloaded. Nil without unwind information.
  static let own: (segments: [Range<UInt>], rows: RowsBox)? = {
    let address = UnsafeRawPointer(#dsohandle)
    guard let table = try? UnwindTable(imageContaining: address) else { return nil }
    return (executableSegments(containing: UInt(bitPattern: address)), RowsBox(table))
  }()
}

/// Of the loaded image that holds `address`; none where none does.
private func executableSegments(containing address: UInt) -> [Range<UInt>] {
  var bounds = [UInt](repeating: 0, count: 64)
  let count = Int(preempt_executable_segments(address, &bounds, Int32(bounds.count / 2)))
  return (0..<count).map { bounds[2 * $0]..<bounds[2 * $0 + 1] }
}
