// Calls for embedders at every switch: a tracer, a shadow stack, a sanitizer that must know of the change of stacks.

import SelectedArch

/// Calls at the switches of a runtime's tasks, whatever their reason: preemption, yield, park, end.
///
/// They run on the system stack of the processor's thread, between two tasks: `onLeave` before the task that left can run
/// anywhere else, `onResume` before the next one goes on. They may allocate; they must neither call into the runtime nor
/// block. What a call finds in thread-locals is the processor's, not the task's.
public struct SwitchHooks: Sendable {
  public var onLeave: (@Sendable (SwitchedTask) -> Void)?
  public var onResume: (@Sendable (SwitchedTask) -> Void)?

  public init(
    onLeave: (@Sendable (SwitchedTask) -> Void)? = nil, onResume: (@Sendable (SwitchedTask) -> Void)? = nil
  ) {
    self.onLeave = onLeave
    self.onResume = onResume
  }
}

/// A task that leaves its stack or goes back to it, valid only inside the call of a hook.
public struct SwitchedTask {
  public enum Reason: Sendable {
    case preempted, yielded, parked, ended
    /// It stops the world, and goes on afterwards.
    case stopsTheWorld
  }

  let g: G
  public let processorID: Int
  let leaveReason: UInt?

  public var taskID: UInt64 { g.pointee.id }
  public var taskName: String { g.taskName }
  /// Bounds of the task's stack.
  public var stackBounds: Range<UInt> { g.pointee.stack.low..<g.pointee.stack.high }

  /// Why it leaves; nil where it goes on.
  public var reason: Reason? {
    switch leaveReason {
    case nil: nil
    case LeaveReason.yield: .yielded
    case LeaveReason.park: .parked
    case LeaveReason.exit: .ended
    case LeaveReason.call: .stopsTheWorld
    default: .preempted
    }
  }
}
