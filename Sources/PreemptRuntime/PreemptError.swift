// What the runtime refuses, each with the rule and the way out.

public import UnwindTable

/// A request that the runtime refuses.
public enum PreemptError: Error, Hashable, Sendable, CustomStringConvertible {
  case processorCount(Int)
  /// In nanoseconds.
  case timeSlice(Int64)
  /// Asked for and least, in bytes.
  case stackByteCount(Int, floor: Int)
  case shutDown
  /// The task was left unfinished by a shutdown that didn't wait for it.
  case abandoned(task: String)
  case userShadowStack
  case threadSanitizer
  case stateClass
  case outOfMemory(String)
  case thread(String, errno: Int32)
  case codeRange(start: UInt, end: UInt)
  /// Two registrations of one kind that overlap and don't say the same.
  case codeOverlap(Range<UInt>, with: Range<UInt>)
  case restartableRange(byteCount: UInt)
  /// An image, or an arena's rows, that `.wholeStack` can't use.
  case unwindInformation(UnwindError)
  case noImage(address: UInt)
  case notOnTask(String)
  /// The call that may park.
  case preemptionDisabled(String)
  case channelClosed
  /// The task is done.
  case finished(task: String)
  case suspendOfSelf(task: String)
  case notSuspended(task: String)
  case otherRuntime(task: String)

  public var description: String {
    switch self {
    case .processorCount(let count):
      "processors: \(count) is outside 1...\(PreemptRuntime.maximumProcessorCount)"
    case .timeSlice(let nanoseconds):
      "time slice: \(nanoseconds) ns isn't positive; give at least 10 µs, for example .milliseconds(10)"
    case .stackByteCount(let count, let floor):
      "stack: \(count) bytes are below the floor of \(floor); a task that prints needs 65536"
    case .shutDown: "the runtime was shut down: spawn before shutdown(), or make another runtime"
    case .abandoned(let task): "task '\(task)' was unfinished when the runtime was shut down without waiting"
    case .userShadowStack:
      "this thread runs with a user shadow stack, which an injected call would break: start the program without it (GLIBC_TUNABLES=glibc.cpu.x86_shstk=off)"
    case .threadSanitizer:
      "ThreadSanitizer defers signals and hands handlers a copied context, so no call can be injected: build without --sanitize=thread"
    case .stateClass:
      "the operating system enabled state components that no state class of backend \(backendName) covers"
    case .outOfMemory(let what): "out of memory for \(what)"
    case .thread(let what, let code): "can't start the \(what) thread: errno \(code)"
    case .codeRange(let start, let end):
      "code range 0x\(String(start, radix: 16))..<0x\(String(end, radix: 16)) is empty or reversed"
    case .codeOverlap(let range, let other):
      "code range \(hex(range)) overlaps \(hex(other)), which is registered with another policy, other rows or another start: unregister that first"
    case .restartableRange(let byteCount):
      "a sequence of \(byteCount) bytes is too long to begin again at each preemption: at most \(CodeRegistry.maximumRestartableByteCount)"
    case .unwindInformation(let error): "\(error); or register the code as .leaf, if no lock is ever held around it"
    case .noImage(let address): "no loaded image holds 0x\(String(address, radix: 16))"
    case .finished(let task): "task '\(task)' is done: there is nothing left to suspend or resume"
    case .suspendOfSelf(let task): "task '\(task)' can't suspend itself: let another task or thread do it"
    case .notSuspended(let task): "task '\(task)' isn't suspended: resume() goes with a suspend()"
    case .otherRuntime(let task): "task '\(task)' belongs to another runtime: ask the one that spawned it"
    case .notOnTask(let call): "\(call) is for tasks: call it inside a body that spawn() runs"
    case .preemptionDisabled(let call):
      "\(call) may park the task, which would let others run inside its withPreemptionDisabled: call it outside"
    case .channelClosed: "the channel is closed: it takes no more elements"
    }
  }
}

/// What a body that the runtime is given may throw. Embedded Swift has no value of a type that is known at run time only:
/// there it is what the runtime throws itself.
#if hasFeature(Embedded)
public typealias BodyError = PreemptError
#else
public typealias BodyError = any Error
#endif

private func hex(_ range: Range<UInt>) -> String {
  "0x\(String(range.lowerBound, radix: 16))..<0x\(String(range.upperBound, radix: 16))"
}
