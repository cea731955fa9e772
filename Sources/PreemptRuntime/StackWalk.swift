// The walk of `.wholeStack`: from the interrupted frame up to the one that called the task's body.

import SelectedArch
import UnwindTable

extension PreemptRuntime {
  /// The most frames that `.wholeStack` looks at, about 10 µs of them. A task in deeper recursion is not preempted.
  public static var maximumWalkedFrameCount: Int { frameLimit }
}

/// Apart from the class, which a handler can't touch.
private var frameLimit: Int { @inline(__always) @_noAllocation @_noLocks get { 1024 } }

/// Why `g`, interrupted at `frame` in `range`, can't be preempted; nil if every frame lies in registered code. `frame`
/// and `depth` end where the walk does.
@_noAllocation @_noLocks
func walk(
  _ snapshot: UnsafeMutablePointer<CodeSnapshot>, _ first: UnsafeMutablePointer<CodeRange>, to g: G,
  _ frame: inout UnwindFrame, _ depth: inout Int
) -> RefusalReason? {
  let low = g.pointee.stack.low
  let high = g.pointee.stack.high
  var range = first
  var hint = 0
  while true {
    guard let rows = range.pointee.rows else { return .inexpressibleFrame }
    let row = rows.pointee.row(at: frame.rowAddress)
    let pc = frame.pc
    switch frame.step(row, low: low, high: high) {
    case .caller: break
    case .endOfStack: return nil
    case .inexpressible, .outOfBounds: return .inexpressibleFrame
    }
    // The stack pointer is the frame's CFA now. The frame that holds the entry's address called the body.
    if frame.stackPointer > g.pointee.entryAddress { return nil }
    switch range.pointee.kind {
    case .runtime:
      frame.pc = pc
      return .unregisteredCaller
    default: break
    }
    depth &+= 1
    guard depth < frameLimit else { return .tooManyFrames }
    guard let next = snapshot.pointee.range(at: frame.rowAddress, hint: &hint) else { return .unregisteredCaller }
    switch next.pointee.kind {
    case .image, .range, .runtime: range = next
    case .unsafe, .restartable: return .unsafeRange
    case .section: return .unregisteredCaller
    }
  }
}
