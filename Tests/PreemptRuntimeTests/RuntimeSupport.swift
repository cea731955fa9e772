// What the runtime's tests share: one suite that runs one test at a time, stop words, and waiting for counts.

import CPreempt
import CWorkloads
import Glibc
import SelectedArch
import Synchronization
import Testing

@testable @_spi(Benchmark) import PreemptRuntime

/// Its suites share processors and process-wide handlers: one test at a time.
@Suite(.serialized) struct RuntimeSuite {}

/// The word that ends a workload's loop.
final class StopWord: @unchecked Sendable {
  let word = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
  init() { word.initialize(to: 0) }
  deinit { word.deallocate() }
  func set() {
    preempt_signal_fence()
    word.pointee = 1
  }
  var isSet: Bool { UnsafePointer(word).pointee != 0 }
}

/// Repeats `step` until it is true. What never comes true is a failure, not a hang.
func eventually(
  _ what: String, seconds: UInt64 = 60, sourceLocation: SourceLocation = #_sourceLocation, _ step: () -> Bool
) -> Bool {
  let deadline = monotonicNanoseconds() + seconds * 1_000_000_000
  while !step() {
    if monotonicNanoseconds() > deadline {
      Issue.record("never came true: \(what)", sourceLocation: sourceLocation)
      return false
    }
    usleep(20)
  }
  return true
}

/// A registry of the workloads' section alone.
func workloadCode() throws -> CodeRegistry {
  let code = CodeRegistry()
  try code.register(from: UInt(workload_start()), to: UInt(workload_end()))
  return code
}

let workloadRange = UInt(workload_start())..<UInt(workload_end())

extension PreemptRuntime {
  func refusals(_ reason: RefusalReason) -> UInt64 { statistics.refusals[reason] ?? 0 }

  /// Sends requests to a processor until the condition holds.
  @discardableResult
  func pester(
    _ processor: Int = 0, until what: String, sourceLocation: SourceLocation = #_sourceLocation,
    _ condition: () -> Bool
  ) -> Bool {
    eventually(what, sourceLocation: sourceLocation) {
      requestPreemption(ofProcessor: processor)
      return condition()
    }
  }
}

/// Things that happened, in order; tasks note them with preemption disabled, as they hold a lock.
final class Journal: Sendable {
  private let events = Mutex<[String]>([])
  func note(_ event: String) {
    PreemptRuntime.withPreemptionDisabled { events.withLock { $0.append(event) } }
  }
  var all: [String] { PreemptRuntime.withPreemptionDisabled { events.withLock { $0 } } }
}

/// A counter that tasks and threads share.
final class Counter: Sendable {
  private let atomic = Atomic<Int>(0)
  var value: Int { atomic.load(ordering: .acquiring) }
  @discardableResult func add(_ n: Int = 1) -> Int { atomic.add(n, ordering: .acquiringAndReleasing).newValue }
}

extension Counter: CustomStringConvertible {
  var description: String { String(value) }
}

/// A crash must end the process as a signal does, without a backtracer in between.
func silenceBacktraces() { setenv("SWIFT_BACKTRACE", "enable=no", 1) }

/// A task's parking place: what a channel would be made of.
final class ParkingPlace: @unchecked Sendable {
  private let lock = Lock(.waiters)
  private var parked: G?
  private var permits = 0

  /// Parks the task until somebody wakes it; takes a wake-up that came before.
  func park() {
    let g = enterRuntime()!
    defer { leaveRuntime(g) }
    lock.lock()
    if permits > 0 {
      permits -= 1
      return lock.unlock()
    }
    g.pointee.state.store(TaskState.parking, ordering: .releasing)
    parked = g
    lock.unlock()
    leave(g, LeaveReason.park)
  }

  func wake(_ runtime: PreemptRuntime) {
    withRuntimeEntered {
      let g: G? = lock.withLock {
        guard let g = parked else {
          permits += 1
          return nil
        }
        parked = nil
        return g
      }
      if let g { runtime.core.ready(g) }
    }
  }
}

/// A thread of our own: not one of the cooperative pool, not one of a runtime.
final class TestThread: @unchecked Sendable {
  private var thread = pthread_t()
  private final class Body {
    let run: @Sendable () -> Void; init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  init(_ body: @escaping @Sendable () -> Void) {
    let code = pthread_create(
      &thread, nil,
      { argument in
        Unmanaged<Body>.fromOpaque(argument!).takeRetainedValue().run()
        return nil
      }, Unmanaged.passRetained(Body(body)).toOpaque())
    precondition(code == 0)
  }

  func join() { pthread_join(thread, nil) }
}

/// Threads of the cooperative pool block nearly every signal, and threads that start there inherit it.
func withNoSignalBlocked<Result>(_ body: () throws -> Result) rethrows -> Result {
  var none = sigset_t()
  var before = sigset_t()
  sigemptyset(&none)
  pthread_sigmask(SIG_SETMASK, &none, &before)
  defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
  return try body()
}

/// For exit tests, which have the thread to themselves.
func unblockSignals() {
  var none = sigset_t()
  sigemptyset(&none)
  pthread_sigmask(SIG_SETMASK, &none, nil)
}

/// For exit tests: what differs is written to standard error.
func require<Value: Equatable & Sendable>(_ value: Value, _ expected: Value, line: Int = #line) throws {
  if value == expected { return }
  let text = "line \(line): expected \(expected), got \(value)\n"
  write(2, text, text.utf8.count)
  throw PreemptError.outOfMemory(text)
}

/// A runtime whose tasks leave only when they ask for it.
func testRuntime(processors: Int = 1) throws -> PreemptRuntime {
  try withNoSignalBlocked {
    try PreemptRuntime(processors: processors, timeSlice: .seconds(10), code: workloadCode())
  }
}

/// Preempts the current task once.
@inline(never)
func preemptSelf() { workload_kick(1, PreemptRuntime.requestOfCurrentM()!, monotonicNanoseconds()) }

/// Runs `body` in several tasks for each processor and returns what they return. Each starts once all are there.
func onTasks<Result: Sendable>(
  processors: Int = 1, runtime: PreemptRuntime? = nil, _ count: Int = 4,
  _ body: @escaping @Sendable (Int) throws -> Result
) throws -> [Result] {
  let runtime = try runtime ?? testRuntime(processors: processors)
  defer { runtime.shutDown() }
  let arrived = Counter()
  let handles = try (0..<count * processors).map { number in
    try runtime.spawn("task \(number)") { () throws -> Result in
      arrived.add()
      while arrived.value < count * processors { PreemptRuntime.yield() }
      return try body(number)
    }
  }
  return try handles.map { try $0.join() }
}

let isDebugBuild: Bool = {
  #if DEBUG
  true
  #else
  false
  #endif
}()
