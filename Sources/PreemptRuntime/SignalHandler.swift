// The handler: decides whether this is an async safe-point and, if so, injects the call.
//
// It runs on the M's alternate stack, at any instruction of the M. The compiler proves that it neither allocates nor
// locks; Tests/PreemptRuntimeTests/HandlerObjectTests reads the object files for what it calls.

import CPreempt
import Glibc
import SelectedArch
import Synchronization
import UnwindTable

/// SIGURG on any thread.
@_noAllocation @_noLocks
@c(preempt_urgent_handler)
func urgentHandler(_ signal: Int32, _ info: UnsafeMutablePointer<siginfo_t>?, _ context: UnsafeMutableRawPointer?) {
  let m = currentM()
  let epoch = m?.pointee.handlerEpoch.load(ordering: .relaxed) ?? 0
  m?.pointee.handlerEpoch.store(epoch &+ 1, ordering: .relaxed)
  // Whoever replaces a snapshot sees the epoch, or we see the new snapshot: the exchange lies between.
  let requestedAt = m?.pointee.requestedAt.exchange(0, ordering: .sequentiallyConsistent) ?? 0
  guard let context, let m, requestedAt != 0 else {
    m?.pointee.handlerEpoch.store(epoch &+ 2, ordering: .releasing)
    // A foreign thread, or somebody else's use of SIGURG.
    preempt_forward_urgent(signal, info, context)
    return
  }
  m.pointee.signalCount &+= 1
  m.pointee.answeredRequest = requestedAt
  if let reason = injectCall(m, context) { m.pointee.refusals[reason.slot] &+= 1 }
  m.pointee.handlerEpoch.store(epoch &+ 2, ordering: .releasing)
}

/// Injects the call of the stub for the live class, or notes and says why this is no async safe-point.
@inline(__always) @_noAllocation @_noLocks
func injectCall(_ m: M, _ context: UnsafeMutableRawPointer) -> RefusalReason? {
  var pc = context.load(fromByteOffset: Backend.pcContextOffset, as: UInt.self)
  var depth = 0
  let reason = injectCall(m, context, &pc, &depth)
  if let reason {
    if let g = m.currentG { m.pointee.lastRefusal.note(reason.slot, task: g.pointee.id, pc: pc, depth: depth) }
  } else {
    m.pointee.lastRefusal.clear()
  }
  return reason
}

/// `pc`, `depth`: become those of the frame that refuses.
@_noAllocation @_noLocks
private func injectCall(
  _ m: M, _ context: UnsafeMutableRawPointer, _ pc: inout UInt, _ depth: inout Int
) -> RefusalReason? {
  let sp = context.load(fromByteOffset: Backend.spContextOffset, as: UInt.self)
  guard let g = m.currentG else { return .noTask }
  guard g.pointee.stack.contains(sp) else { return .notOnTaskStack }
  if pc >= preempt_text_start() && pc < preempt_text_end() { return .runtimeCode }
  guard g.pointee.head.preemption_depth == 0 else {
    g.pointee.owesYield = true
    return .preemptionDisabled
  }
  guard context.load(fromByteOffset: Backend.signalMaskContextOffset, as: UInt64.self) == m.pointee.baseSignalMask
  else { return .signalMask }
  guard let snapshot = m.pointee.code.pointee.current.load(ordering: .acquiring),
    let range = snapshot.pointee.range(at: pc, hint: &m.pointee.codeHint)
  else { return .unregisteredCode }
  switch range.pointee.kind {
  case .image, .range: break
  // Interrupted at its start, as far as anyone is told from here on.
  case .restartable: pc = range.pointee.restart
  case .unsafe: return .unsafeRange
  case .runtime, .section: return .unregisteredCode
  }
  // Before anything that may touch unaligned words: the handler itself runs with the program's AC. Hence `walk` is a
  // function of its own, and nothing here has a frame that a debug build clears with memset.
  if Backend.refusedFlags != 0 {
    let flags = context.load(fromByteOffset: Backend.flagsContextOffset, as: UInt.self)
    guard flags & UInt(truncatingIfNeeded: Backend.refusedFlags) == 0 else { return .flags }
  }
  if range.pointee.walksStack {
    let fp = context.load(fromByteOffset: Backend.frameBaseContextOffset, as: UInt.self)
    if let reason = walk(snapshot, range, to: g, sp, fp, &pc, &depth) { return reason }
  }
  let index = Backend.liveClass(context, enabled: m.pointee.enabledComponents)
  guard index >= 0, let entry = Backend.entry(index, widest: m.pointee.widest) else { return .unknownLiveState }
  guard sp &- g.pointee.stack.low >= UInt(Backend.requiredStackByteCount(ofClass: index)) else { return .stackRoom }
  guard m.pointee.p.pointee.spares.hasBlock(index) else { return .noSpareBlock }
  guard g.pointee.injectedClass < 0 else {
    trap(
      "double preemption", g: g.pointee.id, p: m.pointee.p.pointee.id,
      interruptedPC: g.pointee.interruptedPC, otherPC: pc)
  }
  g.pointee.injectedClass = Int32(truncatingIfNeeded: index)
  g.pointee.interruptedPC = pc
  g.pointee.interruptedSP = sp
  m.pointee.hasContext = m.pointee.recordsContext
  if m.pointee.hasContext {
    let words = (context + Backend.contextRegistersOffset).assumingMemoryBound(to: UInt.self)
    var word = 0
    while word < Backend.contextRegisterCount {
      m.pointee.context.words[word] = words[word]
      word &+= 1
    }
  }
  context.storeBytes(of: pc, toByteOffset: Backend.pcContextOffset, as: UInt.self)
  Backend.inject(
    context, entry: entry, area: m.pointee.p.pointee.spares.block(index), switchContext: UnsafeMutableRawPointer(m))
  return nil
}

/// SIGSEGV: names the task whose guard was hit, then lets the fault take its course.
@_noAllocation @_noLocks
@c(preempt_fault_handler)
func faultHandler(_ signal: Int32, _ info: UnsafeMutablePointer<siginfo_t>?, _ context: UnsafeMutableRawPointer?) {
  if let info, let context, let g = currentM()?.currentG {
    let address = preempt_fault_address(info)
    if g.pointee.stack.guardContains(address) {
      writeError("swift-preempt: stack overflow in task '")
      preempt_write_error(g.pointee.name.baseAddress, UInt(g.pointee.name.count))
      writeError("': G ")
      writeError(number: UInt(g.pointee.id))
      writeError(", stack of ")
      writeError(number: g.pointee.stack.high &- g.pointee.stack.low)
      writeError(" bytes, PC 0x")
      writeError(number: context.load(fromByteOffset: Backend.pcContextOffset, as: UInt.self), radix: 16)
      writeError(", address 0x")
      writeError(number: address, radix: 16)
      writeError("; give spawn() a larger stackByteCount\n")
    }
  }
  preempt_forward_fault(signal, info, context)
}

/// Installs and removes the process's handlers; they serve every runtime in it.
enum Handlers {
  nonisolated(unsafe) private static var users = 0
  private static let lock = Lock(.handlers)

  static func install() {
    lock.withLock {
      users += 1
      guard users == 1 else { return }
      set(SIGURG, urgentHandler)
      set(SIGSEGV, faultHandler)
    }
  }

  /// Puts the handlers there were back, unless somebody replaced ours since.
  static func remove() {
    lock.withLock {
      users -= 1
      guard users == 0 else { return }
      restore(SIGURG, urgentHandler)
      restore(SIGSEGV, faultHandler)
    }
  }

  private typealias Handler = @convention(c) (Int32, UnsafeMutablePointer<siginfo_t>?, UnsafeMutableRawPointer?) -> Void

  private static func set(_ signal: Int32, _ handler: Handler) {
    // The old action is there before ours can run.
    sigaction(signal, nil, preempt_previous_action(signal))
    var action = sigaction()
    action.__sigaction_handler.sa_sigaction = handler
    // ONSTACK: a handler on the task's own stack would overwrite its frame when it writes below the stack pointer.
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART
    sigaction(signal, &action, nil)
  }

  private static func restore(_ signal: Int32, _ handler: Handler) {
    var current = sigaction()
    sigaction(signal, nil, &current)
    guard
      unsafeBitCast(current.__sigaction_handler.sa_sigaction, to: UInt.self) == unsafeBitCast(handler, to: UInt.self)
    else { return }
    sigaction(signal, preempt_previous_action(signal), nil)
  }
}
