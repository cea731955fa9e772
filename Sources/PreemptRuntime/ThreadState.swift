// What compiled code keeps in its thread, and a G must find again though others ran there meanwhile: errno, the Swift
// runtime's open accesses, C++ exceptions, the signal mask, and what the embedder names. All of it is exchanged on the
// system stack: put away when a G leaves, put back before it goes on. (preempt_mcall exchanges floating-point control.)
//
// While an M schedules, its thread has no open access, no exception and its own signal mask, so that for most Gs the
// exchange is a look at three words. Other thread-locals are shared by the Gs of an M; see docs/safe-points.md.

import CPreempt
import Glibc
import SelectedArch

/// Thread-local bytes that each task has for itself: exchanged at every switch, byte by byte.
///
/// A task begins with what they held when its processor's thread started. What they point to isn't copied.
public struct ExchangedSlot: Sendable {
  let byteCount: Int
  let address: @Sendable () -> UnsafeMutableRawPointer

  /// - Parameters:
  ///   - byteCount: how many bytes, at least 1.
  ///   - address: where they lie for the calling thread; called once on each processor's thread.
  public init(byteCount: Int, address: @escaping @Sendable () -> UnsafeMutableRawPointer) {
    precondition(byteCount > 0, "an exchanged slot has bytes")
    self.byteCount = byteCount
    self.address = address
  }
}

/// A G's own, while it is away from its M.
struct ThreadState {
  var errno: Int32 = 0
  /// Itanium C++ ABI, 2.2.2: the exceptions being handled, and the number thrown and not yet caught.
  var uncaughtExceptions: UInt32 = 0
  var caughtExceptions: UInt = 0
  /// First and last open access, as the Swift runtime's functions for its own tasks keep them.
  var accesses: (UInt, UInt) = (0, 0)
  /// Nil where it is the M's own.
  var signalMask: UInt64?
  /// The bytes of every slot, one behind the other.
  var slots: UnsafeMutableRawPointer?

  init(slots: [ExchangedSlot]) {
    guard !slots.isEmpty else { return }
    self.slots = .allocate(byteCount: slots.reduce(0) { $0 + $1.byteCount }, alignment: 16)
  }
}

/// Where an M's thread keeps it; read once, when the thread starts, as no address of a thread-local changes.
struct ThreadStateAddresses {
  private var errno: UnsafeMutablePointer<Int32>!
  /// Nil in a program without C++.
  private var exceptions: UnsafeMutablePointer<preempt_exception_globals>?
  /// The thread's first open access; nil where it wasn't found, which costs two calls a switch.
  private var firstAccess: UnsafeMutablePointer<UInt>?
  private var exchangesSignalMask = false
  private var slotCount = 0
  private var slots: UnsafeMutablePointer<Slot>?
  private struct Slot {
    let address: UnsafeMutableRawPointer
    let byteCount: Int
    /// What a G begins with.
    let initial: UnsafeMutableRawPointer
  }

  /// Of a thread that isn't running.
  init() {}

  /// Of the calling thread.
  init(exchangesSignalMask: Bool, slots: [ExchangedSlot]) {
    errno = preempt_errno_address()
    exceptions = preempt_exceptions()
    #if !hasFeature(Embedded)  // which has no runtime to keep open accesses
    firstAccess = preempt_first_access()
    #endif
    self.exchangesSignalMask = exchangesSignalMask
    guard !slots.isEmpty else { return }
    slotCount = slots.count
    self.slots = .allocate(capacity: slotCount)
    for (index, slot) in slots.enumerated() {
      let initial = UnsafeMutableRawPointer.allocate(byteCount: slot.byteCount, alignment: 16)
      let address = slot.address()
      memcpy(initial, address, slot.byteCount)
      (self.slots! + index).initialize(to: Slot(address: address, byteCount: slot.byteCount, initial: initial))
    }
  }

  func deallocate() {
    for index in 0..<slotCount { slots![index].initial.deallocate() }
    slots?.deallocate()
  }

  /// Puts away what the G that left has in the thread.
  @inline(__always)
  func putAway(_ g: G, reason: UInt, baseSignalMask: UInt64) {
    g.pointee.thread.errno = errno.pointee
    if let exceptions, exceptions.pointee.caught != 0 || exceptions.pointee.uncaught_count != 0 {
      g.pointee.thread.caughtExceptions = exceptions.pointee.caught
      g.pointee.thread.uncaughtExceptions = exceptions.pointee.uncaught_count
      exceptions.pointee = preempt_exception_globals()
    }
    #if !hasFeature(Embedded)
    if firstAccess == nil || firstAccess!.pointee != 0 {
      swift_task_exitThreadLocalContext(&g.pointee.thread.accesses)
    }
    #endif
    // A G with a mask of its own isn't preempted: only where it leaves by itself it may have one.
    if reason < Backend.preemptedReason && exchangesSignalMask {
      let mask = preempt_signal_mask()
      if mask != baseSignalMask {
        g.pointee.thread.signalMask = mask
        preempt_set_signal_mask(baseSignalMask)
      }
    }
    if slotCount > 0 { copySlots(of: g) { memcpy($0, $1.address, $1.byteCount) } }
  }

  /// Puts back what the G had when it left.
  @inline(__always)
  func putBack(_ g: G) {
    if slotCount > 0 {
      let hasStarted = g.pointee.hasStarted
      copySlots(of: g) { memcpy($1.address, hasStarted ? $0 : $1.initial, $1.byteCount) }
    }
    if let mask = g.pointee.thread.signalMask {
      preempt_set_signal_mask(mask)
      g.pointee.thread.signalMask = nil
    }
    #if !hasFeature(Embedded)
    if firstAccess == nil || g.pointee.thread.accesses.0 != 0 {
      swift_task_enterThreadLocalContext(&g.pointee.thread.accesses)
    }
    #endif
    if g.pointee.thread.caughtExceptions != 0 || g.pointee.thread.uncaughtExceptions != 0 {
      exceptions?.pointee.caught = g.pointee.thread.caughtExceptions
      exceptions?.pointee.uncaught_count = g.pointee.thread.uncaughtExceptions
      g.pointee.thread.caughtExceptions = 0
      g.pointee.thread.uncaughtExceptions = 0
    }
    errno.pointee = g.pointee.thread.errno
  }

  /// Calls `copy` with each slot and the G's bytes of it.
  private func copySlots(of g: G, _ copy: (UnsafeMutableRawPointer, Slot) -> Void) {
    var bytes = g.pointee.thread.slots!
    for index in 0..<slotCount {
      copy(bytes, slots![index])
      bytes += slots![index].byteCount
    }
  }
}
