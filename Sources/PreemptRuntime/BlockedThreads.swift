// Debug builds look for an M that is blocked while a preempted G of it may hold what it waits for.
//
// A G that is pinned to its M and is preempted with a lock of the C library, or before it writes what another reads,
// can't go on before its M does. Nothing breaks such a circle; the report says how to avoid it. It comes from a thread
// of its own: whoever allocates or asks the loader for a symbol may want the very lock.

#if DEBUG
import CPreempt
import Glibc
import Synchronization

final class BlockedThreads: @unchecked Sendable {
  private let lock = Lock(.monitor)
  private var stops = false
  private static let lookInterval: UInt64 = 250_000_000
  private static let patience: UInt64 = 1_000_000_000
  let reportCount = Atomic<Int>(0)

  func stop() {
    lock.withLock {
      stops = true
      lock.signal()
    }
  }

  /// The thread's body.
  func run(_ runtime: RuntimeCore) {
    /// For each P: its last switch, when that was noticed, and whether it was reported.
    var notes = runtime.processors.map { _ in (switchCount: UInt64.max, since: UInt64(0), isReported: false) }
    while !lock.withLock({ waitForNextLook() }) {
      let now = monotonicNanoseconds()
      for (index, processor) in runtime.processors.enumerated() {
        let switchCount = processor.switchCount.load(ordering: .relaxed)
        if switchCount != notes[index].switchCount { notes[index] = (switchCount, now, false) }
        guard !notes[index].isReported, now - notes[index].since >= Self.patience,
          let call = SystemCall(ofThread: processor.m.pointee.threadID.load(ordering: .acquiring)),
          let task = runtime.runningTask(on: processor)
        else { continue }
        let others = processor.preemptedTasks()
        guard !others.isEmpty else { continue }
        notes[index].isReported = true
        runtime.log(text(processor, task, call, others))
        reportCount.add(1, ordering: .releasing)
      }
    }
  }

  private func waitForNextLook() -> Bool {
    if !stops { lock.wait(until: monotonicNanoseconds() + Self.lookInterval) }
    return stops
  }

  private func text(_ processor: Processor, _ task: TaskBase, _ call: SystemCall, _ others: [String]) -> String {
    var place = preempt_place()
    preempt_find_place(call.pc, &place)
    let symbol = place.symbol.map { " (\(String(cString: $0)))" } ?? ""
    return """
      swift-preempt: the thread of processor \(processor.p.pointee.id) has been blocked for a second: task \
      '\(task.name)' (G \(task.id)) is in system call \(call.number), PC 0x\(String(call.pc, radix: 16))\(symbol). \
      Preempted tasks of that thread may hold what it waits for: \(others.prefix(8).joined(separator: ", ")). \
      Use PreemptRuntime.Mutex, Condition or Channel between tasks, and PreemptRuntime.blocking for calls that block.
      """
  }
}

/// Where a thread sleeps in the kernel: proc(5), /proc/pid/task/tid/syscall.
private struct SystemCall {
  let number: Int
  let pc: UInt

  /// Nil where the thread runs or there is no such file.
  init?(ofThread id: Int32) {
    guard id != 0 else { return nil }
    // A signal may be waking it just now.
    for _ in 0..<5 {
      guard let file = fopen("/proc/self/task/\(id)/syscall", "r") else { return nil }
      var line = [CChar](repeating: 0, count: 256)
      let isRead = fgets(&line, Int32(line.count), file) != nil
      fclose(file)
      let fields = line.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }.split { $0 == " " || $0 == "\n" }
      if isRead, fields.count == 9, let number = Int(fields[0]), number >= 0,
        let pc = UInt(fields[8].dropFirst(2), radix: 16)
      {
        self.number = number
        self.pc = pc
        return
      }
      usleep(1000)
    }
    return nil
  }
}
#endif
