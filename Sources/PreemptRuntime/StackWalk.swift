// The walk of `.wholeStack`: from the interrupted frame up to the one that called the task's body.

import SelectedArch
import UnwindTable

extension PreemptRuntime {
  /// The most frames that `.wholeStack` looks at, about 10 µs of them. A task in deeper recursion is not preempted.
  public static var maximumWalkedFrameCount: Int { frameLimit }
}

/// Apart from the class, which a handler can't touch.
private var frameLimit: Int { @inline(__always) @_noAllocation @_noLocks get { 1024 } }

/// Why `g`, interrupted at `pc` in `first`, can't be preempted; nil if every frame lies in registered code. `pc` and
/// `depth` become those of the frame that refuses.
@_noAllocation @_noLocks
func walk(
  _ snapshot: UnsafeMutablePointer<CodeSnapshot>, _ first: UnsafeMutablePointer<CodeRange>, to g: G,
  _ stackPointer: UInt, _ framePointer: UInt, _ pc: inout UInt, _ depth: inout Int
) -> RefusalReason? {
  let low = g.pointee.stack.low
  let high = g.pointee.stack.high
  let entry = g.pointee.entryAddress
  // In registers, and written back where the walk ends.
  var frame = UnwindFrame(pc: pc, stackPointer: stackPointer, framePointer: framePointer)
  var count = 0
  var range = first
  var hint = 0
  var reason: RefusalReason?
  walk: while true {
    guard let rows = range.pointee.rows else {
      reason = .inexpressibleFrame
      break
    }
    let row = rows.pointee.row(at: frame.rowAddress)
    let here = frame.pc
    switch frame.step(row, low: low, high: high) {
    case .caller: break
    case .endOfStack: return nil
    case .inexpressible, .outOfBounds:
      reason = .inexpressibleFrame
      break walk
    }
    // The stack pointer is the frame's CFA now. The frame that holds the entry's address called the body.
    if frame.stackPointer > entry { return nil }
    switch range.pointee.kind {
    case .runtime:
      frame.pc = here
      reason = .unregisteredCaller
      break walk
    default: break
    }
    count &+= 1
    guard count < frameLimit else {
      reason = .tooManyFrames
      break
    }
    guard let next = snapshot.pointee.range(at: frame.rowAddress, hint: &hint) else {
      reason = .unregisteredCaller
      break
    }
    switch next.pointee.kind {
    case .image, .range, .runtime: range = next
    case .unsafe, .restartable:
      reason = .unsafeRange
      break walk
    case .section:
      reason = .unregisteredCaller
      break walk
    }
  }
  pc = frame.pc
  depth = count
  return reason
}
