// The runtime: tasks (Gs) that share processors (Ps) and are preempted between any two instructions.

import CPreempt
import Glibc
import SelectedArch
import Synchronization

let backendName = Backend.name.description

/// Counters since the runtime started.
public struct PreemptStatistics: Sendable {
  public var preemptions: UInt64
  /// Requests that were refused, by reason.
  public var refusals: [RefusalReason: UInt64]
  public var signalsSent: UInt64
  /// One entry per class; empty under noxreg.
  public var pools: [PoolStatistics]
}

/// What `PreemptRuntime` asks about the machine; tests put other answers in.
public struct Environment: Sendable {
  public var hasUserShadowStack: @Sendable () -> Bool
  public var hasThreadSanitizer: @Sendable () -> Bool
  public var enabledComponents: @Sendable () -> UInt64
  /// Whether to try MADV_GUARD_INSTALL before mprotect.
  public var triesGuardAdvice: Bool
  /// Address near which task stacks are mapped, or zero.
  public var stackHint: UInt
  /// Takes a line about a task that can't be preempted; the default writes it to standard error.
  public var log: @Sendable (String) -> Void
  /// How long a shutdown waits for a thread that a task keeps blocked, before it leaves it behind.
  public var shutdownPatience: Duration = .seconds(10)
  /// The most blocks of extended state a class may have: a test's way to be out of memory.
  var stateBlockLimit = Int.max
  /// The least signal stack that the kernel accepts, in bytes: what XSAVE stores is part of it, and grows with each CPU.
  var minimumSignalStackByteCount: @Sendable () -> Int = { Int(preempt_minimum_signal_stack()) }

  public static var current: Environment {
    Environment(
      hasUserShadowStack: { preempt_has_user_shadow_stack() != 0 },
      hasThreadSanitizer: { dlsym(nil, "__tsan_init") != nil },
      enabledComponents: { preempt_enabled_components() }, triesGuardAdvice: true, stackHint: 0,
      log: { writeErrorLine($0) })
  }
}

/// Runs tasks on processors and preempts them.
///
/// A task stays on the processor where it started unless it was spawned as migratable: compilers cache addresses of
/// thread-locals. Only code in `code` is preempted; see `CodeRegistry`.
public final class PreemptRuntime: Sendable {
  public static let maximumProcessorCount = 1024
  /// The least stack a task may have, in bytes.
  public static let stackFloorByteCount = GuardedStack.floorByteCount
  public static let defaultStackByteCount = GuardedStack.defaultByteCount
  /// The backend this program was built with.
  public static var backendName: String { Backend.name.description }

  let core: RuntimeCore

  /// Starts one thread per processor and a monitor.
  /// - Parameters:
  ///   - processors: 1 to 1,024.
  ///   - timeSlice: how long a task runs while others wait.
  ///   - code: the code that may be preempted.
  ///   - wipesSavedState: whether blocks of extended state are zeroed when they are given back.
  ///   - exchangesSignalMask: whether a task that changes its thread's signal mask keeps that mask to itself. It takes a
  ///     system call whenever a task yields, parks or ends; a preemption takes none.
  ///   - exchangedSlots: thread-locals that each task has for itself, besides what the runtime exchanges anyway.
  ///   - hooks: calls at every switch.
  ///   - environment: what is asked about the machine.
  /// - Throws: `PreemptError`, also for an environment in which no call can be injected.
  public init(
    processors: Int = 1, timeSlice: Duration = .milliseconds(10), code: CodeRegistry,
    wipesSavedState: Bool = false, exchangesSignalMask: Bool = true, exchangedSlots: [ExchangedSlot] = [],
    hooks: SwitchHooks = SwitchHooks(), environment: Environment = .current
  ) throws(PreemptError) {
    guard (1...Self.maximumProcessorCount).contains(processors) else {
      throw PreemptError.processorCount(processors)
    }
    guard timeSlice.nanoseconds > 0 else { throw PreemptError.timeSlice(timeSlice.nanoseconds) }
    if environment.hasThreadSanitizer() { throw PreemptError.threadSanitizer }
    if environment.hasUserShadowStack() { throw PreemptError.userShadowStack }
    core = try withRuntimeEntered { () throws(PreemptError) in
      try RuntimeCore(
        processorCount: processors, sliceNanoseconds: UInt64(timeSlice.nanoseconds), code: code,
        wipesSavedState: wipesSavedState, exchangesSignalMask: exchangesSignalMask, exchangedSlots: exchangedSlots,
        hooks: hooks, environment: environment)
    }
  }

  /// Shuts down without waiting for tasks.
  deinit {
    if let g = enterRuntime() {
      core.shutDownElsewhere()
      leaveRuntime(g)
    } else if core.stop.isMine {
      core.shutDownElsewhere()
    } else {
      core.shutDown(waits: false)
    }
  }

  /// Makes a task of `body`.
  /// - Parameters:
  ///   - name: for messages.
  ///   - stackByteCount: usable stack, at least `stackFloorByteCount`; rounded up to pages.
  ///   - migratable: whether it may go on on another processor's thread after a switch.
  ///   - body: what the task does; runs on its own stack.
  /// - Throws: `PreemptError.shutDown`, `.stackByteCount`, `.outOfMemory`.
  @discardableResult
  public func spawn<Success: Sendable>(
    _ name: String = "task", stackByteCount: Int = defaultStackByteCount, migratable: Bool = false,
    body: @escaping @Sendable () throws(BodyError) -> Success
  ) throws(PreemptError) -> TaskHandle<Success> {
    guard stackByteCount >= Self.stackFloorByteCount else {
      throw PreemptError.stackByteCount(stackByteCount, floor: Self.stackFloorByteCount)
    }
    return try withRuntimeEntered { () throws(PreemptError) in
      let task = TaskHandle<Success>.Task(id: core.nextID(), name: name, core: core, body: body)
      try core.start(task, stackByteCount: stackByteCount, isMigratable: migratable)
      return TaskHandle(task)
    }
  }

  /// Ends the runtime: no spawns from here on. Returns when its threads have ended, whoever ended it.
  /// - Parameter waits: whether to wait until every task is done. Without it, unfinished tasks are never resumed,
  ///   joining them throws `PreemptError.abandoned`, and their stacks with what they own are leaked.
  /// - Precondition: not called on a task, which it would wait for, nor inside `stopTheWorld`.
  public func shutDown(waitingForTasks waits: Bool = true) {
    if currentM()?.currentG != nil {
      fatalError("swift-preempt: shutDown() on a task would wait for that task: call it on a thread")
    }
    if core.stop.isMine {
      fatalError("swift-preempt: shutDown() inside stopTheWorld would wait for what is stopped: call it behind")
    }
    core.shutDown(waits: waits)
  }

  public var statistics: PreemptStatistics { withRuntimeEntered { core.statistics } }

  /// What guards the tasks' stacks: `advice` (MADV_GUARD_INSTALL) or `protection` (mprotect).
  public var stackGuard: String { withRuntimeEntered { core.stacks.currentGuard.rawValue } }

  /// Calls `observer` on the system stack after every `n`th preemption of each processor, before the task can run
  /// again. It must not call into the runtime. An observer replaces the one before it, also while tasks run.
  public func observePreemptions(every n: Int = 1, _ observer: @escaping @Sendable (PreemptedTask) -> Void) {
    withRuntimeEntered {
      for processor in core.processors { processor.observe(Observation(every: max(1, n), call: observer)) }
    }
  }

  /// Asks the task that `processor` runs to leave now. Refused where it stands at no safe-point, and not repeated:
  /// ends of slices and wake-ups are.
  public func requestPreemption(ofProcessor processor: Int) {
    withRuntimeEntered { core.processors[processor].sendSignal() }
  }

  // MARK: - Calls for tasks

  /// Lets the next task of this processor run. Outside a task it does nothing.
  /// - Precondition: not inside `withPreemptionDisabled`.
  public static func yield() {
    guard let g = enterToParkOrStop("yield()") else { return }
    leave(g, LeaveReason.yield)
    leaveRuntime(g)
  }

  /// Parks the task for at least `duration`.
  public static func sleep(for duration: Duration) throws(PreemptError) {
    try sleep(until: monotonicNanoseconds() &+ UInt64(max(0, duration.nanoseconds)))
  }

  /// Parks the task until `deadline`, in nanoseconds of CLOCK_MONOTONIC; goes on at once where that has passed.
  /// - Throws: `PreemptError.notOnTask`, `PreemptError.preemptionDisabled`.
  public static func sleep(until deadline: UInt64) throws(PreemptError) {
    guard let g = try enterToPark("sleep") else { throw PreemptError.notOnTask("sleep") }
    defer { leaveRuntime(g) }
    guard deadline > monotonicNanoseconds() else { return }
    let core = g.processor.runtime
    g.pointee.state.store(TaskState.parking, ordering: .releasing)
    core.monitor.wake(g, at: deadline)
    leave(g, LeaveReason.park)
  }

  /// Runs `body` without preemption of the current task; a request that came meanwhile is answered at its end. A call
  /// that may park is an error inside it.
  public static func withPreemptionDisabled<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try withRuntimeEntered(body)
  }

  /// Where whoever signals the current M notes when, in nanoseconds of CLOCK_MONOTONIC: a benchmark that signals
  /// itself does it too.
  @_spi(Benchmark) public static func requestOfCurrentM() -> UnsafeMutablePointer<UInt64>? {
    guard let m = currentM() else { return nil }
    return withUnsafePointer(to: m.pointee.requestedAt) {
      UnsafeMutableRawPointer(mutating: UnsafeRawPointer($0)).assumingMemoryBound(to: UInt64.self)
    }
  }

  /// How often the current task was preempted; zero outside a task.
  public static var currentPreemptionCount: UInt64 {
    guard let g = enterRuntime() else { return 0 }
    defer { leaveRuntime(g) }
    return g.pointee.preemptionCount.load(ordering: .relaxed)
  }
}

/// What handle, scheduler and monitor share. Lives as long as any of them.
final class RuntimeCore: @unchecked Sendable {
  let sliceNanoseconds: UInt64
  let code: CodeRegistry
  let pool: ExtendedStatePool
  let stacks: StackPool
  let exchangesSignalMask: Bool
  let minimumSignalStackByteCount: Int
  let exchangedSlots: [ExchangedSlot]
  let hooks: SwitchHooks
  let monitor: Monitor
  let blockingThreads = BlockingThreads()
  #if DEBUG
  let blockedThreads = BlockedThreads()
  private var blockedThreadsThread: pthread_t?
  #endif
  let stop = Stop()
  let log: @Sendable (String) -> Void
  private let shutdownPatience: UInt64
  private(set) var processors: [Processor] = []
  private var threads: [pthread_t] = []
  private var monitorThread: pthread_t?
  private let lock = Lock(.runtime)
  /// Tasks without a result.
  private var openTasks: [UInt64: TaskBase] = [:]
  /// Gs that haven't been released.
  private var liveCount = 0
  private var newest: G?
  private var isShutDown = false
  /// Leaves `running` under the lock.
  let phase = Atomic<Phase>(.running)
  enum Phase: UInt8, AtomicRepresentable {
    case running
    /// Tasks that are parked aren't resumed from here on.
    case ending
    /// No task runs.
    case ended
  }
  private var hasEnded = false
  private let ids = Atomic<UInt64>(0)
  /// Ps that look for work elsewhere or sleep.
  let idleCount = Atomic<Int>(0)

  init(
    processorCount: Int, sliceNanoseconds: UInt64, code: CodeRegistry, wipesSavedState: Bool,
    exchangesSignalMask: Bool, exchangedSlots: [ExchangedSlot], hooks: SwitchHooks, environment: Environment
  ) throws(PreemptError) {
    self.sliceNanoseconds = sliceNanoseconds
    self.code = code
    self.exchangesSignalMask = exchangesSignalMask
    minimumSignalStackByteCount = environment.minimumSignalStackByteCount()
    self.exchangedSlots = exchangedSlots
    self.hooks = hooks
    pool = ExtendedStatePool(wipesSavedState: wipesSavedState, blockLimit: environment.stateBlockLimit)
    stacks = StackPool(
      guard: environment.triesGuardAdvice ? .advice : .protection,
      near: UnsafeMutableRawPointer(bitPattern: environment.stackHint))
    monitor = Monitor(sliceNanoseconds: sliceNanoseconds)
    log = environment.log
    shutdownPatience = UInt64(max(0, environment.shutdownPatience.nanoseconds))
    let components = environment.enabledComponents()
    for id in 0..<processorCount {
      processors.append(try Processor(id: id, runtime: self, enabledComponents: components))
    }
    Handlers.install()
    code.attach(self)
    do {
      for processor in processors { threads.append(try startThread("processor") { processor.runThread() }) }
      monitorThread = try startThread("monitor") { [monitor] in monitor.run(self) }
      #if DEBUG
      blockedThreadsThread = try startThread("blocked threads'") { [blockedThreads] in blockedThreads.run(self) }
      #endif
    } catch {
      shutDown(waits: false)
      throw error
    }
  }

  func nextID() -> UInt64 { ids.add(1, ordering: .relaxed).newValue }

  // MARK: - Tasks

  /// Above a task's first frame: its stack pointer lies inside its stack, and walks may look at the word above.
  private static let reservedStackTopByteCount = 16

  func start(_ task: TaskBase, stackByteCount: Int, isMigratable: Bool) throws(PreemptError) {
    let stack = try stacks.take(stackByteCount)
    let g = G.allocate(capacity: 1)
    g.initialize(
      to: GRecord(id: task.id, stack: stack, name: task.name, isMigratable: isMigratable, slots: exchangedSlots))
    g.pointee.stackPointer = preempt_first_switch_frame(
      UnsafeMutableRawPointer(bitPattern: stack.high - UInt(Self.reservedStackTopByteCount)), g)
    g.pointee.head.preemption_depth = 1
    task.g = g
    let isOpen = lock.withLock {
      if isShutDown { return false }
      openTasks[task.id] = task
      liveCount += 1
      list(g)
      return true
    }
    guard isOpen else {
      g.deinitialize(count: 1)
      g.deallocate()
      stacks.give(stack)
      throw PreemptError.shutDown
    }
    g.pointee.task = Unmanaged.passRetained(task)
    let processor = processors.min {
      $0.assignedCount.load(ordering: .relaxed) < $1.assignedCount.load(ordering: .relaxed)
    }!
    g.pointee.processor.store(.passUnretained(processor), ordering: .relaxed)
    processor.assignedCount.add(1, ordering: .relaxed)
    processor.enqueue(g)
  }

  /// Makes a parked G runnable, or keeps a parking one from parking.
  func ready(_ g: G) {
    while true {
      let (woken, state) = g.pointee.state.compareExchange(
        expected: TaskState.parking, desired: TaskState.woken, ordering: .acquiringAndReleasing)
      if woken { return }
      guard state == TaskState.parked else { return }
      let (isOurs, _) = g.pointee.state.compareExchange(
        expected: TaskState.parked, desired: TaskState.runnable, ordering: .acquiringAndReleasing)
      if isOurs { return g.processor.enqueueNext(g) }
    }
  }

  func steal(for thief: Processor) -> G? {
    for victim in processors where victim !== thief {
      guard let g = victim.steal(for: thief) else { continue }
      victim.assignedCount.subtract(1, ordering: .relaxed)
      thief.assignedCount.add(1, ordering: .relaxed)
      return g
    }
    return nil
  }

  /// Somebody queued what others may run: wakes a P that has nothing. Called without any P's lock.
  func wakeThief(besides owner: Processor) {
    guard idleCount.load(ordering: .sequentiallyConsistent) > 0 else { return }
    for processor in processors where processor !== owner {
      if processor.lookAgain() { return }
    }
  }

  /// A G that is done; on the system stack.
  func release(_ g: G) {
    // First: what is in the list may be looked at.
    lock.withLock {
      unlist(g)
      liveCount -= 1
      if liveCount == 0 { lock.broadcast() }
    }
    let stack = g.pointee.stack
    g.deinitialize(count: 1)
    g.deallocate()
    stacks.give(stack)
  }

  /// A task that has its result; on its own stack, because the last reference may be ours and its result may have a
  /// deinitialiser, which may call the runtime.
  func forget(_ task: TaskBase) {
    _ = lock.withLock { openTasks.removeValue(forKey: task.id) }
  }

  // MARK: - The list of Gs

  private func list(_ g: G) {
    g.pointee.older = newest
    newest?.pointee.newer = g
    newest = g
  }

  private func unlist(_ g: G) {
    if newest == g { newest = g.pointee.older }
    g.pointee.older?.pointee.newer = g.pointee.newer
    g.pointee.newer?.pointee.older = g.pointee.older
  }

  /// The newest G and how many there are. While every P is held none is taken from the list, so that whoever goes from
  /// here to the older ones needs no lock.
  var allTasks: (newest: G?, count: Int) { lock.withLock { (newest, liveCount) } }

  // MARK: - Questions

  /// Calls `body` with the task, nil where it is done; its G stays while `body` runs.
  func withOpenTask<Result, Failure: Error>(
    _ id: UInt64, _ body: (TaskBase?) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try lock.withLock { () throws(Failure) in try body(openTasks[id]) }
  }

  /// The task that `processor` runs.
  func runningTask(on processor: Processor) -> TaskBase? {
    lock.withLock {
      guard let g = processor.m.currentG else { return nil }
      // Compared, not looked at: it may be done by now.
      return openTasks.values.first { $0.g == g }
    }
  }

  /// Calls `body` with every task that isn't done; their Gs stay while it runs.
  func withOpenTasks<Result>(_ body: ([TaskBase]) -> Result) -> Result {
    lock.withLock { body(Array(openTasks.values)) }
  }

  // MARK: - End

  func shutDown(waits: Bool) {
    let isFirst = lock.withLock {
      isShutDown = true
      if waits { while liveCount > 0 && phase.load(ordering: .relaxed) == .running { lock.wait() } }
      if phase.load(ordering: .relaxed) != .running {
        while !hasEnded { lock.wait() }
        return false
      }
      phase.store(.ending, ordering: .sequentiallyConsistent)
      lock.broadcast()
      return true
    }
    guard isFirst else { return }
    blockingThreads.stop()
    stop.end()
    for processor in processors { processor.stop() }
    let deadline = monotonicNanoseconds() &+ shutdownPatience
    let leftBehind = zip(processors, threads).filter { preempt_join($1, deadline) != 0 }
    monitor.stop()
    if let monitorThread { pthread_join(monitorThread, nil) }
    #if DEBUG
    blockedThreads.stop()
    if let blockedThreadsThread { pthread_join(blockedThreadsThread, nil) }
    #endif
    if leftBehind.isEmpty {
      code.detach(self)
      for processor in processors { processor.destroy() }
      Handlers.remove()
    } else {
      // Such a thread may come back any time and find all of it where it was.
      _ = Unmanaged.passRetained(self)
      for (processor, thread) in leftBehind {
        pthread_detach(thread)
        let task = runningTask(on: processor).map { ", blocked in task '\($0.name)'," } ?? ""
        log(
          "swift-preempt: shutdown: processor \(processor.p.pointee.id)'s thread\(task) didn't end within "
            + "\(Duration.nanoseconds(Int64(shutdownPatience))) and is left behind")
      }
    }
    phase.store(.ended, ordering: .sequentiallyConsistent)
    let abandoned = lock.withLock { Array(openTasks.values) }
    for task in abandoned { task.abandon() }
    lock.withLock {
      hasEnded = true
      lock.broadcast()
    }
  }

  /// Shuts down on a thread of its own: the caller is a task, and the threads to wait for may be its own.
  func shutDownElsewhere() {
    if phase.load(ordering: .acquiring) != .running { return }
    guard let thread = try? startThread("shutdown", { self.shutDown(waits: false) }) else {
      // The processors go on, and they don't retain us.
      _ = Unmanaged.passRetained(self)
      return
    }
    pthread_detach(thread)
  }

  var statistics: PreemptStatistics {
    var refusals: [RefusalReason: UInt64] = [:]
    for processor in processors {
      for reason in RefusalReason.allCases {
        refusals[reason, default: 0] += processor.m.pointee.refusals[reason.rawValue]
      }
    }
    return PreemptStatistics(
      preemptions: processors.reduce(0) { $0 + $1.preemptionCount.load(ordering: .relaxed) },
      refusals: refusals.filter { $0.value > 0 },
      signalsSent: processors.reduce(0) { $0 + $1.signalsSent.load(ordering: .relaxed) }, pools: pool.statistics)
  }
}

func startThread(_ what: String, _ body: @escaping @Sendable () -> Void) throws(PreemptError) -> pthread_t {
  var thread = pthread_t()
  let box = Unmanaged.passRetained(ThreadBody(body))
  let code = pthread_create(
    &thread, nil,
    { argument in
      Unmanaged<ThreadBody>.fromOpaque(argument!).takeRetainedValue().run()
      return nil
    }, box.toOpaque())
  guard code == 0 else {
    box.release()
    throw PreemptError.thread(what, errno: code)
  }
  return thread
}

private final class ThreadBody {
  let run: @Sendable () -> Void
  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

extension Processor {
  /// How long an ending thread waits for a signal that was sent and that somebody else's handler may have swallowed.
  private static let lastSignalNanoseconds: UInt64 = 1_000_000_000

  /// An M's life: alternate stack, mask, then `preempt_enter` until the runtime ends.
  func runThread() {
    let alternate = AlternateStack(minimumByteCount: runtime.minimumSignalStackByteCount)
    m.pointee.alternateStack = alternate.stack
    var mask = sigset_t()
    sigemptyset(&mask)
    sigaddset(&mask, SIGURG)
    pthread_sigmask(SIG_UNBLOCK, &mask, nil)
    var base = sigset_t()
    pthread_sigmask(SIG_BLOCK, nil, &base)
    m.pointee.baseSignalMask = withUnsafeBytes(of: &base) { $0.load(as: UInt64.self) }
    m.pointee.thread = ThreadStateAddresses(
      exchangesSignalMask: runtime.exchangesSignalMask, slots: runtime.exchangedSlots)
    let head = UnsafeMutableRawPointer(m).assumingMemoryBound(to: preempt_m.self)
    // Known to the handler before it is known to senders: a signal that the handler takes for somebody else's would
    // stay pending for ever, and no other would be sent.
    preempt_set_current_m(head)
    m.pointee.threadID.store(preempt_thread_id(), ordering: .releasing)
    _ = preempt_enter(head)
    m.pointee.threadID.store(0, ordering: .sequentiallyConsistent)
    // A signal of ours that came later would go to whoever handled SIGURG before us. A sender marks it first, and takes
    // the mark back where it finds no thread; a task may have blocked it.
    pthread_sigmask(SIG_UNBLOCK, &mask, nil)
    let end = monotonicNanoseconds() + Self.lastSignalNanoseconds
    while m.pointee.requestedAt.load(ordering: .sequentiallyConsistent) != 0, monotonicNanoseconds() < end {
      sched_yield()
    }
    preempt_set_current_m(nil)
    m.pointee.thread.deallocate()
    alternate.remove()
  }
}

/// An M's signal stack: as large as the kernel asks plus our own frames, every page touched before a signal comes.
private struct AlternateStack {
  let stack: stack_t
  private var previous = stack_t()

  init(minimumByteCount: Int) {
    let byteCount = (minimumByteCount + 65536 + 4095) / 4096 * 4096
    let memory = mmap(nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let memory, memory != MAP_FAILED else { fatalError("swift-preempt: no memory for a signal stack") }
    memset(memory, 0, byteCount)
    var stack = stack_t()
    stack.ss_sp = memory
    stack.ss_size = byteCount
    sigaltstack(&stack, &previous)
    self.stack = stack
  }

  func remove() {
    var previous = previous
    if previous.ss_sp == nil { previous.ss_flags = Int32(SS_DISABLE) }
    sigaltstack(&previous, nil)
    munmap(stack.ss_sp, stack.ss_size)
  }
}
