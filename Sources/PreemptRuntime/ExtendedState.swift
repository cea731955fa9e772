// Blocks for the extended state of preempted tasks: pools, a P's spares, and the two exchanges of pointers.
//
// A P keeps one spare block per class. An injected call saves into the spare; then the G takes that block and the P a
// fresh spare; when the G is resumed, perhaps on another P, its block becomes that P's spare. Nothing is copied and
// nothing is freed while a stub may still write it: the block is next written by this P's next preemption, which
// can't begin before the PC has left our section.

import CPreempt
import Glibc
import SelectedArch

/// Accounting of one class's pool.
public struct PoolStatistics: Sendable {
  public let stateClass: String
  public let blockByteCount: Int
  /// Blocks ever carved out of slabs.
  public var allocatedBlockCount = 0
  /// Blocks that a task or a processor holds.
  public var inUseBlockCount = 0
  public var highWaterBlockCount = 0
  /// Bytes mapped.
  public var byteCount = 0
}

#if noxreg

/// No pool: a task's extended state lies on its stack.
final class ExtendedStatePool: @unchecked Sendable {
  init(wipesSavedState: Bool, blockLimit: Int = .max) {}
  var statistics: [PoolStatistics] { [] }
}

/// Nothing is kept: `ExtendedState` has no bytes.
struct SpareBlocks: ~Copyable {
  mutating func fill(from pool: ExtendedStatePool, widest: Int) throws(PreemptError) {}
  mutating func destroy(into pool: ExtendedStatePool) {}

  @inline(__always) @_noAllocation @_noLocks
  func hasBlock(_ index: Int) -> Bool { true }

  @inline(__always) @_noAllocation @_noLocks
  func block(_ index: Int) -> UnsafeMutableRawPointer? { nil }

  mutating func exchangeAfterPreemption(_ g: G, index: Int, pool: ExtendedStatePool) {}

  /// Zero: the stub finds its area from its stack pointer.
  mutating func exchangeBeforeResume(_ g: G, p: Int, pool: ExtendedStatePool) -> UInt { 0 }
}

extension UnsafeMutablePointer where Pointee == GRecord {
  var savedArea: UnsafeMutableRawPointer? { nil }
  /// Where the preempted G's vectors are: where its stub's stack ends.
  var vectorArea: UInt { UInt(bitPattern: pointee.stackPointer) + UInt(PREEMPT_SWITCH_FRAME_BYTES) }
}

#else

/// Fixed-size blocks per class, carved out of mapped slabs.
final class ExtendedStatePool: @unchecked Sendable {
  private struct Class {
    var free: [UnsafeMutableRawPointer] = []
    var statistics: PoolStatistics
  }

  private let lock = Lock(.extendedState)
  private var classes: [Class]
  private var slabs: [UnsafeMutableRawBufferPointer] = []
  let wipesSavedState: Bool
  private let blockLimit: Int
  private static let slabByteCount = 1 << 16

  init(wipesSavedState: Bool, blockLimit: Int = .max) {
    self.wipesSavedState = wipesSavedState
    self.blockLimit = blockLimit
    classes = (0..<Backend.classCount).map { index in
      let alignment = Backend.areaAlignmentByteCount
      let byteCount = (Backend.areaByteCount(ofClass: index) + alignment - 1) / alignment * alignment
      return Class(
        statistics: PoolStatistics(stateClass: Backend.className(index).description, blockByteCount: byteCount))
    }
  }

  deinit { for slab in slabs { munmap(slab.baseAddress, slab.count) } }

  var statistics: [PoolStatistics] { lock.withLock { classes.map { $0.statistics } } }

  /// A block of the class, or nil where memory is out.
  func take(_ index: Int) -> UnsafeMutableRawPointer? {
    lock.withLock {
      if classes[index].free.isEmpty && !addSlab(index) { return nil }
      let block = classes[index].free.removeLast()
      classes[index].statistics.inUseBlockCount += 1
      classes[index].statistics.highWaterBlockCount = max(
        classes[index].statistics.highWaterBlockCount, classes[index].statistics.inUseBlockCount)
      return block
    }
  }

  func give(_ block: UnsafeMutableRawPointer, _ index: Int) {
    if wipesSavedState { memset(block, 0, Backend.areaByteCount(ofClass: index)) }
    lock.withLock {
      classes[index].free.append(block)
      classes[index].statistics.inUseBlockCount -= 1
    }
  }

  /// One block at a time out of the class's slab, so that "allocated" counts blocks that somebody asked for.
  private func addSlab(_ index: Int) -> Bool {
    guard classes[index].statistics.allocatedBlockCount < blockLimit else { return false }
    let byteCount = classes[index].statistics.blockByteCount
    if remaining[index] < byteCount {
      let slab = mmap(
        nil, Self.slabByteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
      guard let slab, slab != MAP_FAILED else { return false }
      slabs.append(UnsafeMutableRawBufferPointer(start: slab, count: Self.slabByteCount))
      cursors[index] = slab
      remaining[index] = Self.slabByteCount
      classes[index].statistics.byteCount += Self.slabByteCount
    }
    classes[index].free.append(cursors[index]!)
    classes[index].statistics.allocatedBlockCount += 1
    cursors[index]! += byteCount
    remaining[index] -= byteCount
    return true
  }

  private var cursors = [UnsafeMutableRawPointer?](repeating: nil, count: Backend.classCount)
  private var remaining = [Int](repeating: 0, count: Backend.classCount)
}

/// A P's spares, one a class, and a short list of free blocks behind each, so that a switch takes no lock.
struct SpareBlocks: ~Copyable {
  private var blocks = InlineArray<16, UnsafeMutableRawPointer?>(repeating: nil)
  /// Linked through their first words.
  private var free = InlineArray<16, UnsafeMutableRawPointer?>(repeating: nil)
  private var freeCounts = InlineArray<16, UInt8>(repeating: 0)
  private static var maximumFreeCount: UInt8 { 4 }

  /// One block for each class that `widest`, the index of the widest enabled width, covers.
  mutating func fill(from pool: ExtendedStatePool, widest: Int) throws(PreemptError) {
    for index in 0..<Backend.classCount where blocks[index] == nil && Backend.entry(index, widest: widest) != nil {
      guard let block = pool.take(index) else { throw PreemptError.outOfMemory("a spare block of extended state") }
      blocks[index] = block
    }
  }

  /// Gives every spare back.
  mutating func destroy(into pool: ExtendedStatePool) {
    for index in 0..<Backend.classCount {
      if let block = blocks[index] { pool.give(block, index) }
      blocks[index] = nil
      while let block = takeFree(index) { pool.give(block, index) }
    }
  }

  private mutating func takeFree(_ index: Int) -> UnsafeMutableRawPointer? {
    guard let block = free[index] else { return nil }
    free[index] = block.load(as: UnsafeMutableRawPointer?.self)
    freeCounts[index] -= 1
    return block
  }

  private mutating func giveFree(_ block: UnsafeMutableRawPointer, _ index: Int, _ pool: ExtendedStatePool) {
    guard freeCounts[index] < Self.maximumFreeCount && !pool.wipesSavedState else { return pool.give(block, index) }
    block.storeBytes(of: free[index], as: UnsafeMutableRawPointer?.self)
    free[index] = block
    freeCounts[index] += 1
  }

  @inline(__always) @_noAllocation @_noLocks
  func hasBlock(_ index: Int) -> Bool { blocks[index] != nil }

  @inline(__always) @_noAllocation @_noLocks
  func block(_ index: Int) -> UnsafeMutableRawPointer? { blocks[index] }

  /// The G keeps the block it was saved into; the spare is refilled here, so that the handler never allocates.
  mutating func exchangeAfterPreemption(_ g: G, index: Int, pool: ExtendedStatePool) {
    g.pointee.extended.bits = UInt(bitPattern: blocks[index]) | UInt(index)
    blocks[index] = takeFree(index) ?? pool.take(index)
  }

  /// The G's block becomes the spare of its class. Returns its address, for the stub to restore from.
  mutating func exchangeBeforeResume(_ g: G, p: Int, pool: ExtendedStatePool) -> UInt {
    let bits = g.pointee.extended.bits
    guard bits != 0 else {
      trap(
        "resume without state", g: g.pointee.id, p: p, interruptedPC: g.pointee.interruptedPC,
        otherPC: returnPC(of: g))
    }
    let index = Int(bits & UInt(Backend.areaAlignmentByteCount - 1))
    let block = UnsafeMutableRawPointer(bitPattern: bits & ~UInt(Backend.areaAlignmentByteCount - 1))!
    if let old = blocks[index] { giveFree(old, index, pool) }
    blocks[index] = block
    g.pointee.extended.bits = 0
    return UInt(bitPattern: block)
  }
}

extension UnsafeMutablePointer where Pointee == GRecord {
  /// The block that holds the preempted G's extended state.
  var savedArea: UnsafeMutableRawPointer? {
    UnsafeMutableRawPointer(bitPattern: pointee.extended.bits & ~UInt(Backend.areaAlignmentByteCount - 1))
  }

  /// Where the preempted G's vectors are.
  var vectorArea: UInt { UInt(bitPattern: savedArea) }
}

#endif

/// Where a parked G goes on: the return address in its switch frame.
func returnPC(of g: G) -> UInt {
  g.pointee.stackPointer?.load(fromByteOffset: Int(PREEMPT_SWITCH_FRAME_RETURN), as: UInt.self) ?? 0
}
