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

/// Stacks of one size, in slabs; freed stacks are used again.
final class StackPool: @unchecked Sendable {
  enum Guard: String, Sendable { case advice, protection }

  private let lock = Lock(.memory)
  private var free: [Int: [GuardedStack]] = [:]
  private var slabs: [(start: UnsafeMutableRawPointer, byteCount: Int)] = []
  /// What guards the stacks; becomes `protection` when the kernel refuses the advice.
  private var guardKind: Guard
  /// Where slabs are asked for, to try both orders of system stack and task stacks.
  private var hint: UnsafeMutableRawPointer?
  private static let adviceInstall: Int32 = 102
  private static let stacksPerSlab = 64

  init(guard kind: Guard = .advice, near hint: UnsafeMutableRawPointer? = nil) {
    guardKind = kind
    self.hint = hint
  }

  deinit { for slab in slabs { munmap(slab.start, slab.byteCount) } }

  var currentGuard: Guard { lock.withLock { guardKind } }

  /// A stack of at least `byteCount` usable bytes, whole pages.
  func take(_ byteCount: Int) throws -> GuardedStack {
    // More than an address space is no number to reckon with.
    guard byteCount <= 1 << 47 else { throw PreemptError.outOfMemory("\(byteCount) bytes of task stack") }
    let usable = (byteCount + 4095) / 4096 * 4096
    return try lock.withLock {
      if let stack = free[usable]?.popLast() { return stack }
      let stride = usable + GuardedStack.guardByteCount
      let slabByteCount = stride * Self.stacksPerSlab
      let start = mmap(
        hint, slabByteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
      guard let start, start != MAP_FAILED else { throw PreemptError.outOfMemory("\(usable) bytes of task stack") }
      slabs.append((start, slabByteCount))
      for index in (0..<Self.stacksPerSlab).reversed() {
        let guarded = start + index * stride
        if guardKind == .advice && madvise(guarded, GuardedStack.guardByteCount, Self.adviceInstall) != 0 {
          guardKind = .protection
        }
        if guardKind == .protection && mprotect(guarded, GuardedStack.guardByteCount, PROT_NONE) != 0 {
          throw PreemptError.outOfMemory("the guard of a task stack (vm.max_map_count limits mappings)")
        }
        let low = UInt(bitPattern: guarded) + UInt(GuardedStack.guardByteCount)
        free[usable, default: []].append(GuardedStack(low: low, high: low + UInt(usable)))
      }
      return free[usable]!.removeLast()
    }
  }

  func give(_ stack: GuardedStack) {
    lock.withLock { free[Int(stack.high - stack.low), default: []].append(stack) }
  }
}
