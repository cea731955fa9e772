// What a spawned body becomes: a handle to join, and the code that runs it on the G's stack.

import CPreempt
import Synchronization

/// The part of a task that doesn't depend on its result's type.
class TaskBase: @unchecked Sendable {
  let id: UInt64
  let name: String
  fileprivate let lock = Lock(.task)
  fileprivate var isDone = false
  fileprivate var waiters: [G] = []
  let core: RuntimeCore
  var g: G?
  /// Its refusal was logged; under the core's lock.
  var isRefusalLogged = false

  init(id: UInt64, name: String, core: RuntimeCore) {
    self.id = id
    self.name = name
    self.core = core
  }

  var hasResult: Bool { withRuntimeEntered { lock.withLock { isDone } } }

  /// Runs the body and keeps its result; on the G's stack.
  func run() {}
  /// Lets a joiner see that the body will never finish.
  func abandon() {}

  /// The first result stands: a task that a shutdown left behind and abandoned may still come to its end.
  fileprivate func complete(_ keepResult: () -> Void) {
    let waiting = lock.withLock { () -> [G] in
      if isDone { return [] }
      keepResult()
      isDone = true
      lock.broadcast()
      defer { waiters = [] }
      return waiters
    }
    for g in waiting { core.ready(g) }
  }

  /// Returns when the task is done: parks a G, blocks any other thread.
  fileprivate func waitUntilDone() throws(PreemptError) {
    guard let g = try enterToPark("join()") else {
      lock.withLock { while !isDone { lock.wait() } }
      return
    }
    defer { leaveRuntime(g) }
    lock.lock()
    if isDone { return lock.unlock() }
    g.pointee.state.store(TaskState.parking, ordering: .releasing)
    waiters.append(g)
    lock.unlock()
    leave(g, LeaveReason.park)
  }
}

/// A spawned task.
public final class TaskHandle<Success: Sendable>: @unchecked Sendable {
  private let task: Task
  var base: TaskBase { task }

  init(_ task: Task) { self.task = task }

  final class Task: TaskBase, @unchecked Sendable {
    private var body: (@Sendable () throws(BodyError) -> Success)?
    fileprivate var result: Result<Success, BodyError>?

    init(id: UInt64, name: String, core: RuntimeCore, body: @escaping @Sendable () throws(BodyError) -> Success) {
      self.body = body
      super.init(id: id, name: name, core: core)
    }

    override func run() {
      let g = g!
      let result: Result<Success, BodyError>
      // Its address tells a walk of the stack where the body's frames end.
      var entry: UInt8 = 0
      withUnsafeMutablePointer(to: &entry) { g.pointee.entryAddress = UInt(bitPattern: $0) }
      do {
        let body = self.body!
        // A G starts with its preemption disabled, for our own first instructions.
        g.pointee.head.preemption_depth = 0
        preempt_signal_fence()
        // Last before the body: the generic code around it makes the Swift runtime compare strings, with AVX-512.
        preempt_initialize_wide()
        result = .success(try body())
      } catch { result = .failure(error) }
      preempt_signal_fence()
      _ = enterRuntime()
      if g.pointee.heldMutexCount != 0 { stopProcess("at its end", task: g, " has a mutex locked") }
      // With preemption disabled: what the body captured may be the last reference to this runtime, whose end must
      // not keep this task from its own.
      body = nil
      complete { self.result = result }
    }

    override func abandon() {
      // A body that began may still be on its stack.
      if let g, !g.pointee.hasStarted { body = nil }
      complete { result = .failure(PreemptError.abandoned(task: name)) }
    }
  }

  public var id: UInt64 { task.id }
  public var name: String { task.name }

  /// Waits until the task is done and returns its result. A task that joins is parked; any other thread is blocked.
  /// - Throws: what the body threw, `PreemptError.abandoned`, or `PreemptError.preemptionDisabled`.
  public func join() throws(BodyError) -> Success {
    try task.waitUntilDone()
    return try task.result!.get()
  }

  public var isDone: Bool { task.hasResult }
}

/// The current G with its preemption depth raised, nil off a G.
@inline(__always)
func enterRuntime() -> G? {
  let g = UnsafeMutableRawPointer(preempt_enter_runtime())?.assumingMemoryBound(to: GRecord.self)
  preempt_signal_fence()
  return g
}

/// Lowers the depth, and yields if a request was refused meanwhile: this is a safe-point by construction.
@inline(__always)
func leaveRuntime(_ g: G) {
  while true {
    preempt_signal_fence()
    g.pointee.head.preemption_depth -= 1
    preempt_signal_fence()
    // Asked behind the decrement: a request between question and decrement would be owed until the next call.
    guard g.pointee.owesYield && g.pointee.head.preemption_depth == 0 else { return }
    g.pointee.head.preemption_depth = 1
    preempt_signal_fence()
    leave(g, LeaveReason.yield)
  }
}

/// Runs `body` with the depth raised, for whatever takes a lock: another task of the same M that wants the lock would
/// block the M, and with it the preempted task that holds it.
@inline(__always)
func withRuntimeEntered<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
  let g = enterRuntime()
  defer { if let g { leaveRuntime(g) } }
  return try body()
}

/// Leaves the G's stack. Its depth is raised; it returns when the G is resumed.
@inline(never)
func leave(_ g: G, _ reason: UInt) {
  #if DEBUG
  LockRank.checkNoneHeld()
  #endif
  _ = preempt_mcall(preempt_current_m(), reason)
}

/// The first Swift on a new G's stack.
@c(preempt_g_main)
func gMain(_ argument: UnsafeMutableRawPointer) {
  let g = argument.assumingMemoryBound(to: GRecord.self)
  runBody(g)
  leave(g, LeaveReason.exit)
}

/// Apart, so that nothing of the body is alive on the stack when the G leaves it for good.
@inline(never)
private func runBody(_ g: G) {
  let task = g.pointee.task!.takeRetainedValue()
  g.pointee.task = nil
  task.run()
  task.core.forget(task)
}
