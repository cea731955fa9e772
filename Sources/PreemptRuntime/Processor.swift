// A P with its M: run queue, slice, and what happens on the system stack when a G leaves.
//
// Fairness: a runnable G with n - 1 before it in the queue runs after at most 2n slices. A woken G goes before the
// queue, into the run-next slot, and asks for a preemption. It inherits the rest of the slice of the G it displaces;
// once that is over it gets a slice of its own only after a G of the queue had one. So a chain of wake-ups takes at
// most every other slice, and a woken G waits for at most one.

import CPreempt
import SelectedArch
import Synchronization

/// Reasons with which a G leaves its stack; preemptions start at `Backend.preemptedReason`.
enum LeaveReason {
  static let enter: UInt = 0
  static let yield: UInt = 1
  static let park: UInt = 2
  static let exit = UInt(PREEMPT_LEAVE_BY_EXIT)
  /// To run the processor's `call` on the system stack.
  static let call: UInt = 4
}

/// Why a P takes no G; bits of `Processor.interruption`.
enum Interruption {
  /// A stop holds it.
  static let held: UInt8 = 1
  /// The runtime ends.
  static let ends: UInt8 = 2
}

/// What `observePreemptions` was given.
final class Observation: Sendable {
  let every: Int
  let call: @Sendable (PreemptedTask) -> Void

  init(every: Int, call: @escaping @Sendable (PreemptedTask) -> Void) {
    self.every = every
    self.call = call
  }
}

final class Processor: @unchecked Sendable {
  let p: P
  let m: M
  /// Outlives its processors: it joins their threads before it goes.
  unowned(unsafe) let runtime: RuntimeCore
  private let pool: ExtendedStatePool
  private let monitor: Monitor
  private let lock = Lock(.scheduler)
  private let sliceNanoseconds: UInt64
  private let onLeave: (@Sendable (SwitchedTask) -> Void)?
  private let onResume: (@Sendable (SwitchedTask) -> Void)?

  /// What the lock guards.
  private struct Queue {
    var queue = TaskQueue()
    var runNext: G?
    /// The running slice was begun by a woken G.
    var sliceIsOfRunNext = false
    var isIdle = false
    /// Something was queued elsewhere that this P, which was looking or asleep, could take.
    var looksAgain = false
    /// It found other work than what it was to look for.
    var passesOn = false
    /// The M is where it takes no G without asking whether its P is held.
    var isStill = false
    /// A stop counts on the M to stand still and hasn't been told yet that it does.
    var isAwaited = false
  }

  /// Behind a pointer: class properties would be checked for exclusive access at every switch.
  private let guarded = UnsafeMutablePointer<Queue>.allocate(capacity: 1)

  /// End of the running G's slice; zero while the P is idle.
  let sliceEnd = Atomic<UInt64>(0)
  /// Something waits behind the running G.
  let hasWaiters = Atomic<Bool>(false)
  /// Somebody wants the running G to leave now.
  let wantsPreemption = Atomic<Bool>(false)
  /// Written under the lock; zero unless the P is held or ends.
  private let interruption = Atomic<UInt8>(0)
  /// What a G wants to be run on the system stack.
  var call: (() -> Void)?
  /// Number of switches; the monitor sees by it that a request was answered.
  let switchCount = Atomic<UInt64>(0)
  /// Gs that live here, for placement.
  let assignedCount = Atomic<Int>(0)
  let preemptionCount = Atomic<UInt64>(0)
  let signalsSent = Atomic<UInt64>(0)
  private let observation = Atomic<Unmanaged<Observation>?>(nil)
  private var untilObserved = 1
  /// Replaced observers: one of them may be running.
  private var retiredObservations: [Observation] = []

  #if DEBUG
  /// Tasks of this P that were preempted and wait for it.
  func preemptedTasks() -> [String] {
    lock.withLock {
      guarded.pointee.queue.compactMap {
        $0.pointee.injectedClass < 0
          ? nil : "'\($0.taskName)' (G \($0.pointee.id))"
      }
    }
  }
  #endif

  // The monitor's own notes; no other thread touches them.
  var polledSwitchCount: UInt64 = 0
  var retryInterval: UInt64 = 0
  var nextRetry: UInt64 = 0
  /// When the running G was first asked to leave.
  var askedSince: UInt64 = 0

  init(id: Int, runtime: RuntimeCore, enabledComponents: UInt64) throws(PreemptError) {
    self.runtime = runtime
    sliceNanoseconds = runtime.sliceNanoseconds
    pool = runtime.pool
    monitor = runtime.monitor
    onLeave = runtime.hooks.onLeave
    onResume = runtime.hooks.onResume
    guarded.initialize(to: Queue())
    p = .allocate(capacity: 1)
    p.initialize(to: PRecord(id: id))
    m = .allocate(capacity: 1)
    m.initialize(to: MRecord(p: p, code: runtime.code.cell, enabledComponents: enabledComponents))
    precondition(
      withUnsafePointer(to: &m.pointee.head) { UnsafeRawPointer($0) == UnsafeRawPointer(m) },
      "assembly finds an M's head at its start")
    guard m.pointee.widest >= 0 else { throw PreemptError.stateClass }
    try p.pointee.spares.fill(from: pool, widest: m.pointee.widest)
    m.pointee.processor = Unmanaged.passUnretained(self)
  }

  /// Gives the spares back. The M has ended.
  func destroy() { p.pointee.spares.destroy(into: pool) }

  deinit {
    observation.load(ordering: .acquiring)?.release()
    guarded.deinitialize(count: 1)
    guarded.deallocate()
    m.deinitialize(count: 1)
    m.deallocate()
    p.deinitialize(count: 1)
    p.deallocate()
  }

  // MARK: - The queue

  /// Appends a G that was spawned.
  func enqueue(_ g: G) {
    let isIdle = lock.withLock {
      guarded.pointee.queue.append(g)
      noteWaiters()
      if guarded.pointee.isIdle { lock.signal() }
      return guarded.pointee.isIdle
    }
    monitor.lookAgain(before: sliceEnd.load(ordering: .relaxed))
    if !isIdle { runtime.wakeThief(besides: self) }
  }

  /// Puts a woken G before the queue and asks for a preemption.
  func enqueueNext(_ g: G) {
    let mustAsk = lock.withLock {
      putNext(g)
      if guarded.pointee.isIdle { lock.signal() }
      return !guarded.pointee.isIdle && !guarded.pointee.isStill
    }
    if mustAsk { requestPreemption() }
  }

  /// Takes a G that may run elsewhere.
  func steal(for thief: Processor) -> G? {
    guard hasWaiters.load(ordering: .relaxed) else { return nil }
    // Waits where the lock is taken: the thief goes to sleep if it finds nothing.
    lock.lock()
    defer { lock.unlock() }
    // A short look: what is pinned stays pinned for long.
    let movable = guarded.pointee.queue.remove(amongFirst: 16) {
      (!$0.pointee.hasStarted || $0.pointee.isMigratable) && $0.pointee.suspendCount == 0
    }
    guard let movable else { return nil }
    movable.pointee.processor.store(.passUnretained(thief), ordering: .relaxed)
    noteWaiters()
    return movable
  }

  /// Makes this P look for work elsewhere if it is about to sleep or asleep. Returns whether it will.
  func lookAgain() -> Bool {
    lock.withLock {
      guard sliceEnd.load(ordering: .relaxed) == 0, !guarded.pointee.looksAgain else { return false }
      guarded.pointee.looksAgain = true
      if guarded.pointee.isIdle { lock.signal() }
      return true
    }
  }

  func stop() {
    lock.withLock {
      interruption.bitwiseOr(Interruption.ends, ordering: .relaxed)
      lock.signal()
    }
    requestPreemption()
  }

  private func noteWaiters() {
    hasWaiters.store(!guarded.pointee.queue.isEmpty || guarded.pointee.runNext != nil, ordering: .relaxed)
  }

  // MARK: - Requests

  /// Asks the running G to leave: at once if it is at a safe-point, else when the monitor asks again.
  func requestPreemption() {
    if currentM() == m {
      // By the G itself, inside the runtime: it leaves when it comes out, as it would after a refused signal.
      m.currentG?.pointee.owesYield = true
      return
    }
    wantsPreemption.store(true, ordering: .releasing)
    sendSignal()
    monitor.lookAgain(before: 0)
  }

  /// After this a signal that didn't arrive is sent again: a handler that took ours may have swallowed it.
  private static let lostSignalNanoseconds: UInt64 = 100_000_000

  /// One signal, unless one is on its way.
  func sendSignal(at now: UInt64 = monotonicNanoseconds()) {
    let (isFirst, sentAt) = m.pointee.requestedAt.compareExchange(
      expected: 0, desired: now, ordering: .sequentiallyConsistent)
    if !isFirst {
      guard now > sentAt, now - sentAt > Self.lostSignalNanoseconds,
        m.pointee.requestedAt.compareExchange(expected: sentAt, desired: now, ordering: .sequentiallyConsistent)
          .exchanged
      else { return }
    }
    signalsSent.add(1, ordering: .relaxed)
    let thread = m.pointee.threadID.load(ordering: .sequentiallyConsistent)
    if thread == 0 || preempt_signal_thread(thread, SIGURG) != 0 {
      m.pointee.requestedAt.store(0, ordering: .releasing)
    }
  }

  // MARK: - The system stack

  /// A G left, or the M begins: says where to go on.
  func schedule(_ stackPointer: UnsafeMutableRawPointer?, _ reason: UInt) -> preempt_resume {
    var leaver: G?
    var goesNext = false
    if let g = m.currentG {
      m.pointee.head.current_g = nil
      g.pointee.stackPointer = stackPointer
      m.pointee.thread.putAway(g, reason: reason, baseSignalMask: m.pointee.baseSignalMask)
      onLeave?(SwitchedTask(g: g, processorID: p.pointee.id, leaveReason: reason))
      switch reason {
      case LeaveReason.yield: leaver = g
      case LeaveReason.park:
        let (parked, _) = g.pointee.state.compareExchange(
          expected: TaskState.parking, desired: TaskState.parked, ordering: .acquiringAndReleasing)
        // Woken meanwhile: what goes for any woken G goes for it.
        if !parked {
          leaver = g
          goesNext = true
        }
      case LeaveReason.exit: finish(g)
      case LeaveReason.call:
        g.pointee.state.store(TaskState.runnable, ordering: .releasing)
        runCall()
        leaver = g
        goesNext = true
      default:
        preempted(g, Int(bitPattern: reason &- Backend.preemptedReason))
        leaver = g
      }
    }
    // Asked before it is queued: from then on another P may run it to its end.
    let isForOthers = leaver?.pointee.isMigratable ?? false
    let isPreempted = reason >= Backend.preemptedReason
    let next = pick(after: leaver, goesNext: goesNext, at: isPreempted ? m.pointee.answeredRequest : nil)
    if isForOthers || guarded.pointee.passesOn { runtime.wakeThief(besides: self) }
    guard let next else {
      return preempt_resume(stack_pointer: m.pointee.head.system_stack_pointer, value: 0)
    }
    return resume(next)
  }

  @inline(never)
  private func putNext(_ g: G) {
    if let displaced = guarded.pointee.runNext { guarded.pointee.queue.append(displaced) }
    guarded.pointee.runNext = g
    noteWaiters()
  }

  func preempted(_ g: G, _ index: Int) {
    let record = g.pointee.injectedClass
    guard record == Int32(truncatingIfNeeded: index) else {
      trap(
        "double preemption", g: g.pointee.id, p: p.pointee.id, interruptedPC: g.pointee.interruptedPC,
        otherPC: returnPC(of: g))
    }
    checkStackBound(g)
    exchangeAfterPreemption(g, index)
    countUp(g.pointee.preemptionCount)
    countUp(preemptionCount)
    if let observation = observation.load(ordering: .acquiring) {
      observation._withUnsafeGuaranteedRef {
        untilObserved -= 1
        // What was injected before there was an observer has no context to show.
        if untilObserved <= 0 && m.pointee.hasContext {
          untilObserved = $0.every
          $0.call(PreemptedTask(g: g, m: m, stateClassIndex: index))
        }
      }
    }
  }

  func observe(_ new: Observation) {
    lock.withLock {
      if let old = observation.exchange(.passRetained(new), ordering: .acquiringAndReleasing) {
        retiredObservations.append(old.takeRetainedValue())
      }
      m.pointee.recordsContext = true
    }
  }

  /// A frame that reaches further down than the layout allows was not built by a stub.
  @inline(__always)
  func checkStackBound(_ g: G) {
    let bottom = UInt(bitPattern: g.pointee.stackPointer)
    let bound = Backend.requiredStackByteCount(ofClass: Int(g.pointee.injectedClass))
    guard bottom > g.pointee.stack.low, bottom < g.pointee.interruptedSP,
      g.pointee.interruptedSP - bottom <= UInt(bound)
    else {
      trap(
        "stack bound over the limit", g: g.pointee.id, p: p.pointee.id,
        interruptedPC: g.pointee.interruptedPC, otherPC: returnPC(of: g))
    }
  }

  @inline(__always)
  private func exchangeAfterPreemption(_ g: G, _ index: Int) {
    #if !noxreg
    guard g.pointee.extended.bits == 0 else {
      trap(
        "double preemption", g: g.pointee.id, p: p.pointee.id, interruptedPC: g.pointee.interruptedPC,
        otherPC: returnPC(of: g))
    }
    #endif
    p.pointee.spares.exchangeAfterPreemption(g, index: index, pool: pool)
  }

  @inline(never)
  private func finish(_ g: G) {
    g.pointee.state.store(TaskState.finished, ordering: .releasing)
    assignedCount.subtract(1, ordering: .relaxed)
    runtime.release(g)
  }

  /// Queues the G that left, if it may go on, and returns the next; nil when the M is to end. `now` where it is known.
  private func pick(after leaver: G?, goesNext: Bool, at now: UInt64?) -> G? {
    wantsPreemption.store(false, ordering: .relaxed)
    leaver?.pointee.state.store(TaskState.runnable, ordering: .releasing)
    lock.lock()
    defer { lock.unlock() }
    if let leaver {
      if goesNext { putNext(leaver) } else { guarded.pointee.queue.append(leaver) }
    }
    guarded.pointee.passesOn = false
    var known = now
    while true {
      let interruption = interruption.load(ordering: .relaxed)
      if interruption != 0 {
        if interruption & Interruption.held != 0 {
          standStill()
          known = nil
          continue
        }
        return nil
      }
      let now = known ?? monotonicNanoseconds()
      let end = sliceEnd.load(ordering: .relaxed)
      let sliceIsOver = now >= end
      if let next = guarded.pointee.runNext,
        !sliceIsOver || guarded.pointee.queue.isEmpty || !guarded.pointee.sliceIsOfRunNext
      {
        guarded.pointee.runNext = nil
        if setsAside(next) { continue }
        if sliceIsOver {
          startSlice(now)
          guarded.pointee.sliceIsOfRunNext = true
        }
        return take(next, wasIdle: end == 0)
      }
      if let next = guarded.pointee.queue.popFirst() {
        if setsAside(next) { continue }
        startSlice(now)
        guarded.pointee.sliceIsOfRunNext = false
        return take(next, wasIdle: end == 0)
      }
      known = nil
      if let stolen = lookElsewhere() { return stolen }
    }
  }

  /// Nothing is queued: takes a G of another P, or sleeps until there is news. Under the lock, which it lets go. Apart, so
  /// that the way that every switch takes fits into few cache lines.
  @inline(never)
  private func lookElsewhere() -> G? {
    sliceEnd.store(0, ordering: .relaxed)
    // Announced before the look: whoever queues something for others behind it finds this P announced.
    guarded.pointee.passesOn = false
    runtime.idleCount.add(1, ordering: .sequentiallyConsistent)
    lock.unlock()
    let stolen = runtime.steal(for: self)
    lock.lock()
    if isHeld {
      standStill()
      // Whoever queued something meanwhile didn't find this P announced.
      guarded.pointee.looksAgain = true
    }
    if stolen == nil && !hasNews {
      guarded.pointee.isIdle = true
      guarded.pointee.isStill = true
      while !hasNews { lock.wait() }
      guarded.pointee.isIdle = false
      guarded.pointee.isStill = false
    }
    guarded.pointee.passesOn = guarded.pointee.looksAgain
    guarded.pointee.looksAgain = false
    runtime.idleCount.subtract(1, ordering: .relaxed)
    guard let stolen, !setsAside(stolen) else { return nil }
    startSlice(monotonicNanoseconds())
    guarded.pointee.sliceIsOfRunNext = false
    return take(stolen, wasIdle: true)
  }

  /// A reason not to sleep; under the lock.
  private var hasNews: Bool {
    let interruption = interruption.load(ordering: .relaxed)
    if interruption & Interruption.held != 0 { return false }
    return interruption != 0 || guarded.pointee.looksAgain || guarded.pointee.runNext != nil
      || !guarded.pointee.queue.isEmpty
  }

  private func startSlice(_ now: UInt64) { sliceEnd.store(now &+ sliceNanoseconds, ordering: .relaxed) }

  /// `wasIdle`: the monitor may have looked at this P while it had no slice. Else it plans to look at the end of an
  /// earlier slice than this one, unless nobody waited then.
  private func take(_ g: G, wasIdle: Bool) -> G {
    let hadWaiters = hasWaiters.load(ordering: .relaxed)
    noteWaiters()
    g.pointee.state.store(TaskState.running, ordering: .relaxed)
    countUp(switchCount)
    if (wasIdle || !hadWaiters) && hasWaiters.load(ordering: .relaxed) {
      monitor.lookAgain(before: sliceEnd.load(ordering: .relaxed))
    }
    return g
  }

  /// Where the G goes on, and with which value: its block's address after a preemption.
  func resume(_ g: G) -> preempt_resume {
    var value: UInt = 0
    if g.pointee.injectedClass >= 0 {
      value = p.pointee.spares.exchangeBeforeResume(g, p: p.pointee.id, pool: pool)
      if Backend.isResumedByKernel { value = fillSignalFrame(g, area: value) }
      g.pointee.injectedClass = -1
    }
    onResume?(SwitchedTask(g: g, processorID: p.pointee.id, leaveReason: nil))
    m.pointee.thread.putBack(g)
    // Whatever it left for, it let others run.
    g.pointee.owesYield = false
    g.pointee.hasStarted = true
    m.pointee.head.current_g = UnsafeMutableRawPointer(g).assumingMemoryBound(to: preempt_g.self)
    return preempt_resume(stack_pointer: g.pointee.stackPointer, value: value)
  }
}

extension Processor {
  /// Fills the frame that the kernel resumes the G from, with this M's alternate stack and mask: what it returns goes to
  /// the stub in place of the block.
  private func fillSignalFrame(_ g: G, area: UInt) -> UInt {
    let frame = m.pointee.head.system_stack_pointer! - Int(PREEMPT_SIGNAL_FRAME_ROOM)
    Backend.fillSignalFrame(
      frame, cfa: g.pointee.interruptedSP, area: UnsafeRawPointer(bitPattern: area),
      stateClass: Int(g.pointee.injectedClass), stack: &m.pointee.alternateStack, signalMask: &m.pointee.baseSignalMask)
    return UInt(bitPattern: frame)
  }
}

// MARK: - Standing still

extension Processor {
  private var isHeld: Bool { interruption.load(ordering: .relaxed) & Interruption.held != 0 }

  /// Keeps this P from taking a G until `letGo`, and asks the G it runs to leave. Returns whether its M stands still
  /// already; else the runtime's `stop` is told when it does.
  func hold() -> Bool {
    let isStill = lock.withLock {
      interruption.bitwiseOr(Interruption.held, ordering: .relaxed)
      guarded.pointee.isAwaited = !guarded.pointee.isStill
      return guarded.pointee.isStill
    }
    if !isStill { sendSignal() }
    return isStill
  }

  func letGo() {
    lock.withLock {
      interruption.bitwiseAnd(~Interruption.held, ordering: .relaxed)
      // An idle M sleeps on.
      if guarded.pointee.isStill && (!guarded.pointee.isIdle || hasNews) { lock.signal() }
    }
  }

  /// Whether a stop still waits for this P.
  var isAwaited: Bool { lock.withLock { guarded.pointee.isAwaited } }
  var isStill: Bool { lock.withLock { guarded.pointee.isStill } }

  /// On the system stack and under the lock: returns when the P isn't held.
  @inline(never)
  private func standStill() {
    tellStill()
    while isHeld { lock.wait() }
    guarded.pointee.isStill = false
    sliceEnd.store(0, ordering: .relaxed)
  }

  /// Under the lock.
  private func tellStill() {
    guarded.pointee.isStill = true
    // The monitor has nothing to ask of it, and nobody takes it for one that looks for work.
    sliceEnd.store(.max, ordering: .relaxed)
    guard guarded.pointee.isAwaited else { return }
    guarded.pointee.isAwaited = false
    runtime.stop.oneStands()
  }

  /// Runs `call` on the system stack; the G that asked has left its own. The P counts as still meanwhile.
  private func runCall() {
    lock.withLock { tellStill() }
    call.take()!()
    lock.withLock { standStill() }
  }

  /// A suspended G whose turn came goes aside instead. Under the lock.
  private func setsAside(_ g: G) -> Bool {
    guard g.pointee.suspendCount > 0 else { return false }
    g.pointee.isSetAside = true
    noteWaiters()
    return true
  }

  /// Adds to the G's suspensions if it doesn't run. Returns false where it runs, or went to another P.
  func suspend(_ g: G) -> Bool {
    lock.withLock {
      guard g.pointee.processor.load(ordering: .relaxed)?.toOpaque() == Unmanaged.passUnretained(self).toOpaque()
      else { return false }
      let state = g.pointee.state.load(ordering: .acquiring)
      guard state == TaskState.runnable || state == TaskState.parked else { return false }
      g.pointee.suspendCount += 1
      return true
    }
  }

  /// Takes one suspension back. Returns whether the G is to be queued, because its turn had come; nil where it wasn't
  /// suspended.
  func resume(suspended g: G) -> Bool? {
    lock.withLock {
      guard g.pointee.suspendCount > 0 else { return nil }
      g.pointee.suspendCount -= 1
      guard g.pointee.suspendCount == 0, g.pointee.isSetAside else { return false }
      g.pointee.isSetAside = false
      return true
    }
  }
}

/// Gs in the order in which they came, linked through their records.
struct TaskQueue {
  private var first: G?
  private var last: G?

  var isEmpty: Bool { first == nil }

  mutating func append(_ g: G) {
    g.pointee.next = nil
    if let last { last.pointee.next = g } else { first = g }
    last = g
  }

  mutating func popFirst() -> G? {
    guard let g = first else { return nil }
    first = g.pointee.next
    if first == nil { last = nil }
    return g
  }

  func compactMap<Element>(_ transform: (G) -> Element?) -> [Element] {
    sequence(first: first) { $0?.pointee.next }.compactMap { $0.flatMap(transform) }
  }

  /// Removes the first G that satisfies the predicate, if it is among the first `limit`.
  mutating func remove(amongFirst limit: Int, where predicate: (G) -> Bool) -> G? {
    var before: G?
    var candidate = first
    for _ in 0..<limit {
      guard let g = candidate else { return nil }
      if predicate(g) {
        if let before { before.pointee.next = g.pointee.next } else { first = g.pointee.next }
        if last == g { last = before }
        return g
      }
      before = g
      candidate = g.pointee.next
    }
    return nil
  }
}

/// For counters that one M at a time writes and anyone reads: no locked instruction.
@inline(__always)
private func countUp(_ counter: borrowing Atomic<UInt64>) {
  counter.store(counter.load(ordering: .relaxed) &+ 1, ordering: .relaxed)
}

/// For AddressSanitizer, which wants to know where a stack lies.
@c(preempt_stack_low)
func stackLow(_ g: UnsafePointer<preempt_g>) -> UInt {
  UnsafeRawPointer(g).assumingMemoryBound(to: GRecord.self).pointee.stack.low
}

@c(preempt_stack_high)
func stackHigh(_ g: UnsafePointer<preempt_g>) -> UInt {
  UnsafeRawPointer(g).assumingMemoryBound(to: GRecord.self).pointee.stack.high
}

/// Called by `preempt_mcall` and `preempt_enter`, on the system stack.
@c(preempt_schedule)
func schedule(_ m: UnsafeMutablePointer<preempt_m>, _ stackPointer: UnsafeMutableRawPointer?, _ reason: UInt)
  -> preempt_resume
{
  let m = UnsafeMutableRawPointer(m).assumingMemoryBound(to: MRecord.self)
  return m.pointee.processor!._withUnsafeGuaranteedRef { $0.schedule(stackPointer, reason) }
}
