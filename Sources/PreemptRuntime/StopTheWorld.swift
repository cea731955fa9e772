// Stopping every P, or one for the sake of one G.
//
// A P is held: its M takes no G until it is let go, and stands still in the scheduler, on the system stack. An idle M
// stands still as it is. The G that runs is asked to leave by the signal of any preemption, so that it stops between two
// instructions. One requester at a time has the turn to hold Ps; the others wait. A requester that is a task leaves its
// stack first, like one that parks: its registers are on it, and its own P counts as standing still. So two tasks that
// stop the world at once stop each other, and neither waits for ever.

import CPreempt
import Glibc
import Synchronization

/// A processor that a stop has been waiting for.
public struct StopDelay: Sendable, CustomStringConvertible {
  public let processorID: Int
  public let waited: Duration
  /// Why the task that it runs isn't preempted; nil while it schedules.
  public let task: PreemptionExplanation?

  public var description: String {
    "a stop has waited \(waited) for processor \(processorID)" + (task.map { ": \($0)" } ?? "")
  }
}

/// A world in which every processor stands still; valid inside the call of `stopTheWorld` that gave it.
public struct StoppedWorld: ~Copyable {
  /// Alive as long as the call lasts.
  unowned(unsafe) let core: RuntimeCore
  /// From the request until the last processor stood still.
  public let stopNanoseconds: UInt64

  public var taskCount: Int { core.allTasks.count }

  /// Calls `body` with every task that isn't released, newest first: also those that are suspended, or whose first turn
  /// hasn't come. Allocates nothing.
  public func forEachTask<Failure: Error>(_ body: (StoppedTask) throws(Failure) -> Void) throws(Failure) {
    var next = core.allTasks.newest
    while let g = next {
      next = g.pointee.older
      try body(StoppedTask(g: g))
    }
  }
}

extension PreemptRuntime {
  /// Stops every processor, calls `body`, and lets them go on. Inside, every task of this runtime is stopped: preempted
  /// between two instructions, parked, or waiting for its turn.
  ///
  /// Any thread or task may call it; who comes while another's stop lasts waits for his turn. A task that calls it
  /// leaves its stack, and `body` runs on the system stack of its thread. Inside `body` another `stopTheWorld` of this
  /// runtime calls its body at once. `body` may spawn, suspend and resume, and must wait for no task.
  ///
  /// A task that stays where it can't be preempted keeps the stop waiting: with preemption disabled, in unregistered
  /// code, or in a system call.
  /// - Parameters:
  ///   - reportAfter: how long the stop waits before it reports who it waits for, and again after each doubling.
  ///   - report: is called on the waiting thread, with nothing locked; by default the runtime logs it.
  ///   - body: is called while the world stands still.
  /// - Throws: `PreemptError.shutDown`, or what `body` throws.
  public func stopTheWorld<Result>(
    reportAfter: Duration = .seconds(1), report: ((StopDelay) -> Void)? = nil,
    _ body: (borrowing StoppedWorld) throws(BodyError) -> Result
  ) throws(BodyError) -> Result {
    let core = core
    return try offTaskStack { () throws(BodyError) in
      let start = monotonicNanoseconds()
      let isOutermost = try core.stop.begin()
      defer { core.stop.finish() }
      if isOutermost { core.stop.hold(core.processors, reportAfter, report) }
      defer { if isOutermost { core.stop.letGo(core.processors) } }
      return try body(StoppedWorld(core: core, stopNanoseconds: monotonicNanoseconds() - start))
    }
  }

  /// Stops one task: when this returns it is preempted, parked or waiting for its turn, and gets none until `resume`.
  /// Suspensions count: as many `resume`s as `suspend`s let it go on. Its processor runs other tasks meanwhile. A
  /// suspended task that is woken or whose sleep ends stays suspended.
  /// - Parameters: as `stopTheWorld`'s.
  /// - Returns: the stopped task, valid until it is resumed.
  /// - Throws: `PreemptError.finished`, also where the task comes to its end first; `.suspendOfSelf`, `.shutDown`.
  @discardableResult
  public func suspend<Success>(
    _ handle: TaskHandle<Success>, reportAfter: Duration = .seconds(1),
    report: ((StopDelay) -> Void)? = nil
  ) throws(BodyError) -> StoppedTask {
    let (core, task) = (core, handle.base)
    guard task.core === core else { throw PreemptError.otherRuntime(task: task.name) }
    if let g = currentM()?.currentG, g.pointee.id == task.id, g.processor.runtime === core {
      throw PreemptError.suspendOfSelf(task: task.name)
    }
    return try offTaskStack { () throws(BodyError) in
      let isOutermost = try core.stop.begin()
      defer { core.stop.finish() }
      while true {
        guard !task.hasResult else { throw PreemptError.finished(task: task.name) }
        let (g, processor, isStopped) = try core.withOpenTask(task.id) { (open) throws(PreemptError) in
          guard let g = open?.g else { throw PreemptError.finished(task: task.name) }
          return (g, g.processor, g.processor.suspend(g))
        }
        if isStopped { return StoppedTask(g: g) }
        // It runs: or came to run elsewhere meanwhile. Inside a stop it can't.
        precondition(isOutermost, "a task runs inside a stop")
        core.stop.hold([processor], reportAfter, report)
        defer { core.stop.letGo([processor]) }
        let isStoppedNow = core.withOpenTask(task.id) { $0?.g.map(processor.suspend) ?? false }
        if isStoppedNow { return StoppedTask(g: g) }
      }
    }
  }

  /// Takes one `suspend` back.
  /// - Throws: `PreemptError.notSuspended`, `.finished`.
  public func resume<Success>(_ handle: TaskHandle<Success>) throws(PreemptError) {
    let (core, task) = (core, handle.base)
    guard task.core === core else { throw PreemptError.otherRuntime(task: task.name) }
    try withRuntimeEntered { () throws(PreemptError) in
      let woken = try core.withOpenTask(task.id) { (open) throws(PreemptError) -> G? in
        guard let g = open?.g else { throw PreemptError.finished(task: task.name) }
        guard let mustQueue = g.processor.resume(suspended: g) else { throw PreemptError.notSuspended(task: task.name) }
        return mustQueue ? g : nil
      }
      // In no queue it is nobody else's.
      if let woken { woken.processor.enqueue(woken) }
    }
  }
}

/// Runs `body` where the calling task, if there is one, is as stopped as any other: on the system stack.
private func offTaskStack<Result>(_ body: () throws(BodyError) -> Result) throws(BodyError) -> Result {
  guard let g = enterRuntime() else {
    if let m = currentM(), !m.pointee.processor!._withUnsafeGuaranteedRef({ $0.isStill }) {
      fatalError("swift-preempt: an observer of preemptions must not call into the runtime")
    }
    return try body()
  }
  defer { leaveRuntime(g) }
  var result: Swift.Result<Result, BodyError>?
  withoutActuallyEscaping({ result = Swift.Result(catching: body) }) { call in
    g.processor.call = call
    leave(g, LeaveReason.call)
  }
  return try result!.get()
}

/// Whose turn it is to hold a runtime's Ps, and how many still run.
final class Stop: @unchecked Sendable {
  private let turn = Lock(.turn)
  private var holder: pthread_t?
  private var depth = 0
  private var hasEnded = false
  private let standing = Lock(.standing)
  private let runningCount = Atomic<Int>(0)
  private let holds = Atomic<Bool>(false)
  /// Signals are repeated after this, as long as the stop is younger than `eagerNanoseconds`; then ever more rarely, up
  /// to `rarestSendNanoseconds`: each one interrupts a system call that a task blocks in.
  private static let sendNanoseconds: UInt64 = 5_000
  private static let eagerNanoseconds: UInt64 = 1_000_000
  private static let rarestSendNanoseconds: UInt64 = 1_000_000
  /// A loop on another core stops within this, and is seen to without a wake-up. The task may also want the requester's
  /// core, so it is yielded meanwhile: with both on one core of a busy machine spinning alone took 41 µs, going to sleep
  /// at once 27 µs, this 12 µs (medians; Go's own stop beside them 25 µs).
  private static let spinNanoseconds: UInt64 = 15_000

  var isHolding: Bool { holds.load(ordering: .relaxed) }
  /// Whether the calling thread has the turn.
  var isMine: Bool { turn.withLock { holder == pthread_self() } }

  /// Waits for the turn. Returns whether the caller didn't have it already.
  func begin() throws(PreemptError) -> Bool {
    turn.lock()
    defer { turn.unlock() }
    if holder != pthread_self() {
      while holder != nil && !hasEnded { turn.wait() }
      if hasEnded { throw PreemptError.shutDown }
      holder = pthread_self()
    }
    depth += 1
    return depth == 1
  }

  func finish() {
    turn.withLock {
      depth -= 1
      if depth == 0 {
        holder = nil
        turn.broadcast()
      }
    }
  }

  /// Waits for the stop that lasts; there are none after it.
  func end() {
    turn.withLock {
      while holder != nil { turn.wait() }
      hasEnded = true
      turn.broadcast()
    }
  }

  /// Returns when every one of `processors` stands still.
  func hold(_ processors: [Processor], _ reportAfter: Duration, _ report: ((StopDelay) -> Void)?) {
    let start = monotonicNanoseconds()
    holds.store(true, ordering: .relaxed)
    runningCount.store(processors.count, ordering: .relaxed)
    for processor in processors where processor.hold() { runningCount.subtract(1, ordering: .relaxed) }
    var interval = Self.sendNanoseconds
    var nextSend = start + interval
    var reportInterval = UInt64(max(0, reportAfter.nanoseconds))
    while runningCount.load(ordering: .acquiring) > 0 {
      let now = monotonicNanoseconds()
      if now >= nextSend {
        for processor in processors where processor.isAwaited { processor.sendSignal() }
        if now - start > Self.eagerNanoseconds { interval = min(interval * 2, Self.rarestSendNanoseconds) }
        nextSend = now + interval
      }
      if now - start >= reportInterval {
        for processor in processors where processor.isAwaited {
          let core = processor.runtime
          let delay = StopDelay(
            processorID: processor.p.pointee.id, waited: .nanoseconds(Int64(now - start)),
            task: core.runningTask(on: processor).map(core.explain))
          if let report { report(delay) } else { core.log("swift-preempt: \(delay)") }
        }
        reportInterval = max(1_000_000, reportInterval.multipliedReportingOverflow(by: 2).partialValue)
      }
      if now - start <= Self.spinNanoseconds {
        sched_yield()
      } else {
        standing.withLock { if runningCount.load(ordering: .acquiring) > 0 { standing.wait(until: nextSend) } }
      }
    }
  }

  func letGo(_ processors: [Processor]) {
    for processor in processors { processor.letGo() }
    holds.store(false, ordering: .relaxed)
  }

  /// An M that was waited for stands still.
  func oneStands() {
    if runningCount.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 {
      standing.withLock { standing.signal() }
    }
  }
}
