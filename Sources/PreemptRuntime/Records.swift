// The records that the signal handler and the assembly see: a G, an M and a P, at fixed addresses.
//
// Plain structs behind pointers, because a handler may neither retain nor allocate. Everything else about a task, a
// thread or a processor lives in classes that only the system stack touches.

import CPreempt
import SelectedArch
import Synchronization

/// Why a request to preempt was refused; the raw value indexes the counters.
public enum RefusalReason: Int, CaseIterable, Sendable {
  /// The M runs no G: it is scheduling.
  case noTask
  case preemptionDisabled
  /// The stack pointer isn't in the G's stack: the system stack, or a signal stack.
  case notOnTaskStack
  case stackRoom
  /// Inside someone's signal handler: the mask isn't the M's own.
  case signalMask
  /// In a stub or in preempt_mcall.
  case runtimeCode
  /// Not in registered code: libc, the vDSO, the loader.
  case unregisteredCode
  /// At a PC registered as unsafe, or below a frame in such code.
  case unsafeRange
  /// AC, NT or the program's own TF.
  case flags
  /// A live state component that no class covers.
  case unknownLiveState
  /// No spare block of the live class.
  case noSpareBlock
  /// Under `.wholeStack`: called, directly or not, from code that isn't registered, which may hold a lock.
  case unregisteredCaller
  /// Under `.wholeStack`: a frame whose caller the unwind rows can't name.
  case inexpressibleFrame
  /// Under `.wholeStack`: more than `PreemptRuntime.maximumWalkedFrameCount` frames.
  case tooManyFrames

  /// The case's name, as it appears in JSON.
  public var name: String {
    switch self {
    case .noTask: "noTask"
    case .preemptionDisabled: "preemptionDisabled"
    case .notOnTaskStack: "notOnTaskStack"
    case .stackRoom: "stackRoom"
    case .signalMask: "signalMask"
    case .runtimeCode: "runtimeCode"
    case .unregisteredCode: "unregisteredCode"
    case .unsafeRange: "unsafeRange"
    case .flags: "flags"
    case .unknownLiveState: "unknownLiveState"
    case .noSpareBlock: "noSpareBlock"
    case .unregisteredCaller: "unregisteredCaller"
    case .inexpressibleFrame: "inexpressibleFrame"
    case .tooManyFrames: "tooManyFrames"
    }
  }

  /// `rawValue`, for the handler: the synthesised getter isn't proved free of allocation.
  @inline(__always)
  var slot: Int { @_noAllocation @_noLocks get { Int(unsafeBitCast(self, to: UInt8.self)) } }
}

/// Where a G stands; transitions are compare-and-exchanges except by the M that runs it.
enum TaskState {
  static let runnable: UInt32 = 0
  static let running: UInt32 = 1
  /// Announced that it will park; a wake-up from here on must not be lost.
  static let parking: UInt32 = 2
  static let parked: UInt32 = 3
  /// Woken between announcing and parking.
  static let woken: UInt32 = 4
  static let finished: UInt32 = 5
}

struct GRecord: ~Copyable {
  var head = preempt_g()
  let id: UInt64
  /// Class of the injected call that this G is in, or -1. Set by the handler, cleared when the G is resumed.
  var injectedClass: Int32 = -1
  /// A request was refused because preemption was disabled: yield when it is enabled again.
  var owesYield = false
  let isMigratable: Bool
  var hasStarted = false
  var heldMutexCount: Int32 = 0
  /// `suspend` minus `resume`; guarded by the lock of its P, as is `isSetAside`.
  var suspendCount: UInt32 = 0
  /// Its turn came while it was suspended: it is in no queue.
  var isSetAside = false
  let state = Atomic<UInt32>(TaskState.runnable)
  /// Behind it in the queue that it is in.
  var next: G?
  /// Bottom of its switch frame, while it doesn't run.
  var stackPointer: UnsafeMutableRawPointer?
  var stack: GuardedStack
  /// What it holds off its stack; a word that is zero unless it is preempted (no bytes under noxreg).
  var extended = ExtendedState()
  var thread: ThreadState
  var interruptedPC: UInt = 0
  var interruptedSP: UInt = 0
  /// An address in the frame that called the task's body: a frame that reaches above it is ours. All ones until then.
  var entryAddress: UInt = .max
  let preemptionCount = Atomic<UInt64>(0)
  /// Its P, which changes only under that P's lock.
  let processor = Atomic<Unmanaged<Processor>?>(nil)
  var task: Unmanaged<TaskBase>?
  /// The runtime's list of Gs that haven't been released, newest first; guarded by the runtime's lock.
  var older: UnsafeMutablePointer<GRecord>?
  var newer: UnsafeMutablePointer<GRecord>?
  /// UTF-8 of the task's name, for messages from a handler.
  let name: UnsafeMutableBufferPointer<UInt8>

  init(id: UInt64, stack: GuardedStack, name: String, isMigratable: Bool, slots: [ExchangedSlot]) {
    self.id = id
    self.stack = stack
    self.isMigratable = isMigratable
    thread = ThreadState(slots: slots)
    let utf8 = Array(name.utf8)
    self.name = .allocate(capacity: utf8.count)
    _ = self.name.initialize(from: utf8)
  }

  deinit {
    name.deallocate()
    thread.slots?.deallocate()
  }
}

/// What the handler saw at the last injection on an M, for an observer to hold against the frame.
struct InterruptedContext {
  /// Of them the first `Backend.contextRegisterCount`.
  var words = InlineArray<40, UInt>(repeating: 0)
}

struct MRecord: ~Copyable {
  var head = preempt_m()
  /// When a signal that is on its way was sent, in nanoseconds of CLOCK_MONOTONIC, else zero: requests until it
  /// arrives are coalesced.
  let requestedAt = Atomic<UInt64>(0)
  /// `requestedAt` of the request that led to the last injection: the new slice begins then, and the switch needn't
  /// read the clock.
  var answeredRequest: UInt64 = 0
  /// Zero unless the M's thread takes signals.
  let threadID = Atomic<Int32>(0)
  var p: UnsafeMutablePointer<PRecord>
  /// The M's own mask, first word of uc_sigmask.
  var baseSignalMask: UInt64 = 0
  /// Where its thread keeps what Gs exchange.
  var thread = ThreadStateAddresses()
  let enabledComponents: UInt64
  let widest: Int
  let code: UnsafeMutablePointer<CodeSnapshotCell>
  /// Odd while the M is in the handler; see CodeRegistry.
  let handlerEpoch = Atomic<UInt>(0)
  /// Where the last PC was found in the snapshot.
  var codeHint = 0
  let lastRefusal = RefusalRecord()
  var recordsContext = false
  /// The last injection recorded its context.
  var hasContext = false
  var context = InterruptedContext()
  var refusals = InlineArray<16, UInt64>(repeating: 0)
  var signalCount: UInt64 = 0
  var processor: Unmanaged<Processor>?
  /// Its thread's, for the frames that the kernel resumes tasks from.
  var alternateStack = stack_t()

  init(p: UnsafeMutablePointer<PRecord>, code: UnsafeMutablePointer<CodeSnapshotCell>, enabledComponents: UInt64) {
    self.p = p
    self.code = code
    self.enabledComponents = enabledComponents
    widest = Backend.widest(enabled: enabledComponents)
  }
}

/// The last request that an M refused. Written by its handler; consistent while `handlerEpoch` is even and unchanged.
struct RefusalRecord: ~Copyable {
  let taskID = Atomic<UInt64>(0)
  /// The PC that refuses.
  let pc = Atomic<UInt>(0)
  /// Which frame it is in: 0 is the interrupted one.
  let depth = Atomic<Int>(0)
  let reason = Atomic<Int>(0)
  /// Refusals of this task in a row.
  let count = Atomic<UInt64>(0)

  @inline(__always) @_noAllocation @_noLocks
  borrowing func clear() { taskID.store(0, ordering: .relaxed) }

  @inline(__always) @_noAllocation @_noLocks
  borrowing func note(_ newReason: Int, task: UInt64, pc newPC: UInt, depth newDepth: Int) {
    let isSame = taskID.load(ordering: .relaxed) == task
    count.store(isSame ? count.load(ordering: .relaxed) &+ 1 : 1, ordering: .relaxed)
    taskID.store(task, ordering: .relaxed)
    pc.store(newPC, ordering: .relaxed)
    depth.store(newDepth, ordering: .relaxed)
    reason.store(newReason, ordering: .relaxed)
  }
}

struct PRecord: ~Copyable {
  let id: Int
  var spares = SpareBlocks()

  init(id: Int) { self.id = id }
}

typealias G = UnsafeMutablePointer<GRecord>
typealias M = UnsafeMutablePointer<MRecord>
typealias P = UnsafeMutablePointer<PRecord>

extension UnsafeMutablePointer where Pointee == MRecord {
  /// The G that this M runs, nil while it schedules.
  @inline(__always)
  var currentG: G? {
    @_noAllocation @_noLocks get {
      UnsafeMutableRawPointer(pointee.head.current_g)?.assumingMemoryBound(to: GRecord.self)
    }
  }
}

extension UnsafeMutablePointer where Pointee == GRecord {
  /// The P that runs it, or whose queue it goes to. Not for a G that is just being made.
  var processor: Processor { pointee.processor.load(ordering: .relaxed)!.takeUnretainedValue() }
}

/// The M that runs the caller, nil on a thread that isn't one.
@inline(__always) @_noAllocation @_noLocks
func currentM() -> M? {
  UnsafeMutableRawPointer(preempt_current_m())?.assumingMemoryBound(to: MRecord.self)
}
