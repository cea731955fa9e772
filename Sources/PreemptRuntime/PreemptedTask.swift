// A task at the moment after its preemption, as an observer on the system stack sees it.

import CPreempt
import SelectedArch
import UnwindTable

/// A preempted task, valid only inside the observer's call.
public struct PreemptedTask {
  let g: G
  let m: M
  /// Index of the class that was saved.
  public let stateClassIndex: Int

  public var taskID: UInt64 { g.pointee.id }
  public var taskName: String { g.taskName }
  public var processorID: Int { m.pointee.p.pointee.id }
  public var interruptedPC: UInt { g.pointee.interruptedPC }
  /// The CFA of the injected call.
  public var interruptedSP: UInt { g.pointee.interruptedSP }

  /// A word of the frame, `offset` bytes from the CFA.
  public func frameWord(at offset: Int) -> UInt {
    UnsafeRawPointer(bitPattern: interruptedSP)!.load(fromByteOffset: offset, as: UInt.self)
  }

  /// A word of the signal context the handler saw, `offset` bytes into `ucontext_t`.
  /// - Precondition: `offset` is a context offset of one of the backend's registers.
  public func contextWord(at offset: Int) -> UInt {
    m.pointee.context.words[(offset - Backend.contextRegistersOffset) / MemoryLayout<UInt>.size]
  }

  /// The CFA of the interrupted function, which the scanner takes for the end of its frame; nil where no unwind table of
  /// the registered code says it.
  public var interruptedCFA: UInt? { g.caller(of: g.interruptedFrame)?.stackPointer }
  /// Under which policy the interrupted PC is registered; nil where it isn't any more.
  public var policy: SafePointPolicy? { g.processor.runtime.code.policy(at: interruptedPC) }
  /// Whether a stop was asked for: it waits until the observer returns.
  public var isStopping: Bool { g.processor.runtime.stop.isHolding }

  /// Bounds of the task's stack.
  public var stackBounds: Range<UInt> { g.pointee.stack.low..<g.pointee.stack.high }

  /// Where the parked task goes on: inside its stub, behind the call.
  public var parkedPC: UInt { returnPC(of: g) }
  /// The stack pointer at `parkedPC`.
  public var parkedSP: UInt { UInt(bitPattern: g.pointee.stackPointer) + UInt(PREEMPT_SWITCH_FRAME_BYTES) }
  /// The frame base at `parkedPC`, from the switch frame.
  public var parkedFrameBase: UInt {
    g.pointee.stackPointer!.load(fromByteOffset: Int(PREEMPT_SWITCH_FRAME_BASE), as: UInt.self)
  }

  /// The save area's bytes off the stack; empty under noxreg.
  public var extendedState: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(
      start: g.savedArea, count: g.savedArea == nil ? 0 : Backend.areaByteCount(ofClass: stateClassIndex))
  }
}
