// Calls that block a thread, made on a thread of their own while the task is parked.

import CPreempt
import DequeModule
import Glibc
import Synchronization

extension PreemptRuntime {
  /// Runs `body` on another thread and parks the task until it is done; on a thread that runs no task, in place.
  ///
  /// For whatever blocks in the kernel: in a task's own place it would block its processor. `body` has that thread's
  /// thread-locals and the processor's signal mask; errno comes back with its result. It runs to its end even where the
  /// task is abandoned meanwhile.
  /// - Throws: what `body` throws; `PreemptError.preemptionDisabled`; `PreemptError.thread` where there is no thread.
  public static func blocking<Value>(_ body: () throws(BodyError) -> Value) throws(BodyError) -> Value {
    guard let g = try enterToPark("blocking(_:)") else { return try body() }
    let mask = currentM()!.pointee.baseSignalMask
    let outcome: (result: Result<Value, BodyError>, errno: Int32)
    do throws(PreemptError) {
      outcome = try withoutActuallyEscaping(body) { (body) throws(PreemptError) in
        let call = BlockingCall(g, mask, body)
        call.announce()
        do throws(PreemptError) { try g.core.blockingThreads.run(call) } catch {
          g.pointee.state.store(TaskState.running, ordering: .releasing)
          throw error
        }
        call.wait()
        return (call.result!, call.errno)
      }
    } catch {
      leaveRuntime(g)
      throw error
    }
    leaveRuntime(g)
    preempt_errno_address().pointee = outcome.errno
    return try outcome.result.get()
  }
}

/// A call on its way to a thread and back.
private final class BlockingCall<Value>: Waiter, BlockingWork, @unchecked Sendable {
  private var body: (() throws(BodyError) -> Value)?
  private let signalMask: UInt64
  private(set) var result: Result<Value, BodyError>?
  private(set) var errno: Int32 = 0

  init(_ g: G, _ signalMask: UInt64, _ body: @escaping () throws(BodyError) -> Value) {
    self.body = body
    self.signalMask = signalMask
    super.init(g)
  }

  func run() {
    preempt_set_signal_mask(signalMask)
    do { result = .success(try body!()) } catch { result = .failure(error) }
    errno = preempt_errno_address().pointee
    // The task's frame must not find its closure in use.
    body = nil
    wake()
  }
}

protocol BlockingWork: AnyObject, Sendable {
  func run()
}

/// Threads for what blocks: one for each call at a time, some of which wait for the next.
final class BlockingThreads: @unchecked Sendable {
  private let lock = Lock(.blockingThreads)
  private var idleCount = 0
  /// Never more than there are idle threads.
  private var work = Deque<any BlockingWork>()
  private var ends = false
  private static let maximumIdleCount = 8

  func run(_ new: any BlockingWork) throws(PreemptError) {
    let isTaken = lock.withLock {
      guard work.count < idleCount else { return false }
      work.append(new)
      lock.signal()
      return true
    }
    if isTaken { return }
    pthread_detach(try startThread("blocking call's") { self.serve(new) })
  }

  /// Ends the threads that wait; the others end with their call.
  func stop() {
    lock.withLock {
      ends = true
      lock.broadcast()
    }
  }

  private func serve(_ first: any BlockingWork) {
    var next: (any BlockingWork)? = first
    while let current = next {
      current.run()
      next = lock.withLock {
        guard !ends, idleCount < Self.maximumIdleCount else { return nil }
        idleCount += 1
        while work.isEmpty && !ends { lock.wait() }
        idleCount -= 1
        return work.popFirst()
      }
    }
  }
}
