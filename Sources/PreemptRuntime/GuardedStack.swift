// Stacks with a guard below them.
//
// MADV_GUARD_INSTALL (Linux 6.13) guards pages without splitting the mapping, so that a slab of stacks is one
// mapping; where the kernel lacks it, mprotect does the same at the price of two mappings a stack.

import CPreempt
import Glibc

/// A task's stack. Addresses: guard below `low`, then usable bytes up to `high`.
struct GuardedStack {
  let low: UInt
  let high: UInt

  @inline(__always) @_noAllocation @_noLocks
  func contains(_ address: UInt) -> Bool { address > low && address <= high }

  /// Whether a fault at `address` is an overflow of this stack.
  @inline(__always) @_noAllocation @_noLocks
  func guardContains(_ address: UInt) -> Bool { address < low && address >= low - UInt(Self.guardByteCount) }

  /// Four pages: a function with a large frame that touches it from the top still hits the guard.
  static let guardByteCount = 16384
  /// The least a task may have: an injected call's reserve and three pages for frames and handlers.
  static let floorByteCount = 16384
  static let defaultByteCount = 65536
}

/// Stacks by size, carved out of slabs that double, so that a million stacks are a few dozen mappings; freed stacks are
/// used again. A stack that was never taken costs address space only.
final class StackPool: @unchecked Sendable {
  enum Guard: String, Sendable { case advice, protection }

  private struct Size {
    var free: [GuardedStack] = []
    /// Where the newest slab's next stack begins, its guard not yet installed.
    var next: UnsafeMutableRawPointer?
    /// Stacks left from there on.
    var remainingCount = 0
    var slabStackCount = 0
  }

  private let lock = Lock(.memory)
  private var sizes: [Int: Size] = [:]
  private var slabs: [(start: UnsafeMutableRawPointer, byteCount: Int)] = []
  /// What guards the stacks; becomes `protection` when the kernel refuses the advice.
  private var guardKind: Guard
  /// Where slabs are asked for, to try both orders of system stack and task stacks.
  private var hint: UnsafeMutableRawPointer?
  private static let adviceInstall: Int32 = 102
  private static let firstSlabStackCount = 64
  /// 4 GiB, where there is so much.
  private static let slabByteLimit = Int(clamping: UInt64(4) << 30)

  init(guard kind: Guard = .advice, near hint: UnsafeMutableRawPointer? = nil) {
    guardKind = kind
    self.hint = hint
  }

  deinit { for slab in slabs { munmap(slab.start, slab.byteCount) } }

  var currentGuard: Guard { lock.withLock { guardKind } }
  var slabCount: Int { lock.withLock { slabs.count } }

  /// A stack of at least `byteCount` usable bytes, whole pages.
  func take(_ byteCount: Int) throws(PreemptError) -> GuardedStack {
    // More than an address space is no number to reckon with.
    guard byteCount <= Int.max / (2 * Self.firstSlabStackCount) else {
      throw PreemptError.outOfMemory("\(byteCount) bytes of task stack")
    }
    let usable = (byteCount + 4095) / 4096 * 4096
    return try lock.withLock { () throws(PreemptError) in try take(usable, from: &sizes[usable, default: Size()]) }
  }

  func give(_ stack: GuardedStack) {
    lock.withLock { sizes[Int(stack.high - stack.low), default: Size()].free.append(stack) }
  }

  private func take(_ usable: Int, from size: inout Size) throws(PreemptError) -> GuardedStack {
    if let stack = size.free.popLast() { return stack }
    let stride = usable + GuardedStack.guardByteCount
    if size.remainingCount == 0 {
      guard addSlab(to: &size, stride: stride) else { throw PreemptError.outOfMemory("\(usable) bytes of task stack") }
    }
    let guarded = size.next!
    try installGuard(at: guarded)
    size.next = guarded + stride
    size.remainingCount -= 1
    let low = UInt(bitPattern: guarded) + UInt(GuardedStack.guardByteCount)
    return GuardedStack(low: low, high: low + UInt(usable))
  }

  /// Twice the one before, less where so much address space isn't to be had.
  private func addSlab(to size: inout Size, stride: Int) -> Bool {
    var stackCount = max(Self.firstSlabStackCount, min(size.slabStackCount * 2, Self.slabByteLimit / stride))
    while true {
      let byteCount = stackCount * stride
      let start = mmap(
        hint, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
      guard let start, start != MAP_FAILED else {
        if stackCount <= Self.firstSlabStackCount { return false }
        stackCount = max(Self.firstSlabStackCount, stackCount / 2)
        continue
      }
      // Where huge pages are always used, touching one stack would fill two megabytes of its neighbours too.
      madvise(start, byteCount, Int32(MADV_NOHUGEPAGE))
      slabs.append((start, byteCount))
      size.next = start
      size.remainingCount = stackCount
      size.slabStackCount = stackCount
      return true
    }
  }

  private func installGuard(at guarded: UnsafeMutableRawPointer) throws(PreemptError) {
    if guardKind == .advice && madvise(guarded, GuardedStack.guardByteCount, Self.adviceInstall) != 0 {
      guardKind = .protection
    }
    if guardKind == .protection && mprotect(guarded, GuardedStack.guardByteCount, PROT_NONE) != 0 {
      throw PreemptError.outOfMemory("the guard of a task stack (vm.max_map_count limits mappings)")
    }
  }
}
