// Why a task isn't being preempted: what the handler noted at its last refusal, with names.

import CPreempt
import SelectedArch
import Synchronization
import UnwindTable

/// Where a task stands, and what refused the last request to preempt it.
public struct PreemptionExplanation: Sendable, CustomStringConvertible {
  public enum State: String, Sendable { case waiting, running, parked, finished }

  /// A refused request.
  public struct Refusal: Sendable {
    public let reason: RefusalReason
    /// The PC that refuses, with the symbol and image that hold it.
    public let pc: UInt
    public let place: String
    /// Frames between it and the interrupted one; 0 for that one itself.
    public let depth: Int
    /// Refusals in a row.
    public let count: UInt64
  }

  public let taskID: UInt64
  public let taskName: String
  public let state: State
  /// The last refusal, while the task runs; nil if none was since another task ran there.
  public let refusal: Refusal?

  public var description: String {
    let start = "task '\(taskName)' is \(state.rawValue)"
    guard let refusal else { return start + (state == .running ? ", and no request was refused" : "") }
    let frame = refusal.depth == 0 ? "" : ", \(refusal.depth) \(refusal.depth == 1 ? "frame" : "frames") up"
    return "\(start); requests refused in a row: \(refusal.count), the last for \(refusal.reason.name) at "
      + "\(refusal.place)\(frame)"
  }
}

extension PreemptRuntime {
  /// Why `task` isn't being preempted: the frame that refuses, where one does.
  public static func explain<Success>(_ task: TaskHandle<Success>) -> PreemptionExplanation {
    withRuntimeEntered { task.base.core.explain(task.base) }
  }
}

extension RuntimeCore {
  func explain(_ task: TaskBase) -> PreemptionExplanation {
    let (state, refusal) = withOpenTask(task.id) { open -> (PreemptionExplanation.State, RefusalNote?) in
      guard let g = open?.g else { return (.finished, nil) }
      switch g.pointee.state.load(ordering: .acquiring) {
      case TaskState.runnable: return (.waiting, nil)
      case TaskState.parked: return (.parked, nil)
      default:
        let notes = processors.compactMap { $0.lastRefusal }
        return (.running, notes.first { $0.taskID == task.id })
      }
    }
    return PreemptionExplanation(
      taskID: task.id, taskName: task.name, state: state, refusal: refusal.map { $0.explained() })
  }

  /// A task that was asked for a second and didn't leave.
  func logRefusal(on processor: Processor) {
    guard let note = processor.lastRefusal else { return }
    let task = withOpenTask(note.taskID) { task -> TaskBase? in
      guard let task, !task.isRefusalLogged else { return nil }
      task.isRefusalLogged = true
      return task
    }
    if let task { log("swift-preempt: not preempted for a second: \(explain(task))") }
  }

  /// Preempted tasks that go on in or return to one of the ranges. A task that is resumed meanwhile may be among them
  /// or not; one that stands still throughout is found.
  func stoppedTasks(in ranges: [Range<UInt>]) -> [CodeRegistry.Occupant] {
    guard let snapshot = code.cell.pointee.current.load(ordering: .acquiring) else { return [] }
    return withOpenTasks { tasks in
      tasks.compactMap { task in
        guard let g = task.g, g.pointee.injectedClass >= 0,
          let pc = g.firstPC(in: ranges, by: snapshot)
        else { return nil }
        return CodeRegistry.Occupant(id: task.id, name: task.name, pc: pc)
      }
    }
  }
}

/// What a handler noted, copied.
struct RefusalNote {
  let taskID: UInt64
  let reason: Int
  let pc: UInt
  let depth: Int
  let count: UInt64

  func explained() -> PreemptionExplanation.Refusal {
    PreemptionExplanation.Refusal(
      reason: RefusalReason(rawValue: reason)!, pc: pc, place: placeName(of: pc), depth: depth, count: count)
  }
}

extension Processor {
  /// What the M last refused; nil if nothing yet.
  var lastRefusal: RefusalNote? {
    while true {
      let epoch = m.pointee.handlerEpoch.load(ordering: .acquiring)
      let note = RefusalNote(
        taskID: m.pointee.lastRefusal.taskID.load(ordering: .relaxed),
        reason: m.pointee.lastRefusal.reason.load(ordering: .relaxed),
        pc: m.pointee.lastRefusal.pc.load(ordering: .relaxed),
        depth: m.pointee.lastRefusal.depth.load(ordering: .relaxed),
        count: m.pointee.lastRefusal.count.load(ordering: .relaxed))
      atomicMemoryFence(ordering: .acquiring)
      if epoch & 1 == 0, m.pointee.handlerEpoch.load(ordering: .relaxed) == epoch {
        return note.taskID == 0 ? nil : note
      }
      preempt_spin_hint()
    }
  }
}

extension UnsafeMutablePointer where Pointee == GRecord {
  /// The innermost PC of the preempted G that lies in one of the ranges.
  fileprivate func firstPC(in ranges: [Range<UInt>], by snapshot: UnsafeMutablePointer<CodeSnapshot>) -> UInt? {
    let stack = pointee.stack
    let saved = pointee.interruptedSP &+ UInt(bitPattern: Backend.frameBaseWordOffset)
    guard stack.contains(saved), stack.contains(saved &+ UInt(MemoryLayout<UInt>.size)) else { return nil }
    var frame = interruptedFrame
    var hint = 0
    for _ in 0..<PreemptRuntime.maximumWalkedFrameCount {
      if ranges.contains(where: { $0.contains(frame.rowAddress) }) { return frame.pc }
      guard let rows = snapshot.pointee.range(at: frame.rowAddress, hint: &hint)?.pointee.rows,
        frame.step(rows.pointee.row(at: frame.rowAddress), low: stack.low, high: stack.high) == .caller
      else { return nil }
    }
    return nil
  }
}

/// `symbol + distance (image)`, as far as the loader knows them.
func placeName(of pc: UInt) -> String {
  var place = preempt_place()
  preempt_find_place(pc, &place)
  let address = "0x\(String(pc, radix: 16))"
  guard let path = place.image else { return address }
  let image = String(cString: path).split(separator: "/").last.map(String.init) ?? "?"
  guard let symbol = place.symbol else { return "\(image) + 0x\(String(pc &- place.image_start, radix: 16))" }
  return "\(String(cString: symbol)) + \(pc &- place.symbol_start) (\(image))"
}
