// Mutex, condition, channel and blocking calls: tasks park, other threads block, and what they do inside a section
// without preemption is an error.

import CWorkloads
import Glibc
import Synchronization
import Testing

@testable import PreemptRuntime

private struct Failure: Error, Equatable {}

/// Numbers that only a mutex keeps right.
private final class Tally: @unchecked Sendable {
  var count = 0
  var entered = 0
  var wrong = 0
}

/// Yields until `condition` holds.
private func yieldUntil(_ condition: () -> Bool) { while !condition() { PreemptRuntime.yield() } }

extension RuntimeSuite {
  @Suite struct ParkingTests {
    init() { silenceBacktraces() }

    // MARK: - Mutex

    /// Tasks that are preempted inside, tasks that yield inside, and threads.
    @Test(arguments: [1, 2]) func locksSharedByTasksOfAThread(processors: Int) throws {
      let runtime = try withNoSignalBlocked {
        try PreemptRuntime(processors: processors, timeSlice: .microseconds(100), code: workloadCode())
      }
      let mutex = PreemptRuntime.Mutex()
      let tally = Tally()
      @Sendable func work(_ number: Int, _ leave: () -> Void) {
        for round in 0..<300 {
          mutex.withLock {
            tally.entered += 1
            if tally.entered != 1 { tally.wrong += 1 }
            let count = tally.count
            if (round + number) % 3 == 0 { leave() }
            tally.count = count + 1
            tally.entered -= 1
          }
        }
      }
      let tasks = try (0..<6).map { number in
        try runtime.spawn { work(number) { number % 2 == 0 ? preemptSelf() : PreemptRuntime.yield() } }
      }
      let threads = (0..<2).map { number in TestThread { work(number) { sched_yield() } } }
      for task in tasks { try task.join() }
      for thread in threads { thread.join() }
      runtime.shutDown()
      #expect(tally.count == 8 * 300)
      #expect(tally.wrong == 0)
    }

    @Test func firstComeFirstServed() throws {
      let runtime = try testRuntime()
      defer { runtime.shutDown() }
      let mutex = PreemptRuntime.Mutex()
      let journal = Journal()
      try runtime.spawn("holder") {
        mutex.lock()
        let others = try (0..<5).map { number in
          try runtime.spawn("\(number)") { mutex.withLock { journal.note("\(number)") } }
        }
        // Each has come to the mutex: one turn round the queue.
        PreemptRuntime.yield()
        mutex.unlock()
        // It was handed over: the one that asks last waits behind all of them.
        mutex.withLock { journal.note("holder") }
        for other in others { try other.join() }
      }.join()
      #expect(journal.all == ["0", "1", "2", "3", "4", "holder"])
    }

    @Test func tryLockNeverWaits() throws {
      let mutex = PreemptRuntime.Mutex()
      #expect(mutex.tryLock())
      #expect(!mutex.tryLock())
      let runtime = try testRuntime()
      defer { runtime.shutDown() }
      #expect(try runtime.spawn { PreemptRuntime.withPreemptionDisabled { mutex.tryLock() } }.join() == false)
      mutex.unlock()
      let taken = try runtime.spawn {
        PreemptRuntime.withPreemptionDisabled {
          guard mutex.tryLock() else { return false }
          mutex.unlock()
          return true
        }
      }
      #expect(try taken.join())
    }

    @Test func aThreadThatWaitsIsWokenByATask() throws {
      let runtime = try testRuntime()
      defer { runtime.shutDown() }
      let mutex = PreemptRuntime.Mutex()
      let isLocked = Counter()
      let isWaiting = Counter()
      let task = try runtime.spawn {
        mutex.lock()
        isLocked.add()
        while isWaiting.value == 0 { PreemptRuntime.yield() }
        // Long enough that the thread looks whether this task was abandoned.
        try PreemptRuntime.sleep(for: .milliseconds(250))
        mutex.unlock()
      }
      _ = eventually("locked") { isLocked.value == 1 }
      isWaiting.add()
      mutex.withLock { _ = isLocked.add() }
      try task.join()
      #expect(isLocked.value == 2)
    }

    /// What a shutdown abandons is passed over.
    @Test func anAbandonedWaiterDoesNotGetTheMutex() throws {
      let runtime = try testRuntime()
      let mutex = PreemptRuntime.Mutex()
      mutex.lock()
      let task = try runtime.spawn { mutex.withLock {} }
      _ = eventually("the task is parked") { task.isParked }
      runtime.shutDown(waitingForTasks: false)
      mutex.unlock()
      mutex.withLock {}
      #expect(throws: PreemptError.abandoned(task: "task")) { try task.join() }
    }

    /// Exit tests: what is stopped, with which words.
    private func message(_ result: ExitTest.Result?) -> String {
      String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    }

    @Test func aMutexHeldByAnAbandonedTask() async {
      let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        unblockSignals()
        let runtime = try PreemptRuntime(code: CodeRegistry())
        let mutex = PreemptRuntime.Mutex()
        let task = try runtime.spawn("keeper") {
          mutex.lock()
          try PreemptRuntime.sleep(for: .seconds(3600))
        }
        while !task.isParked { usleep(100) }
        runtime.shutDown(waitingForTasks: false)
        mutex.lock()
      }
      let text = message(result)
      #expect(text.contains("a mutex that task 'keeper' held when a shutdown abandoned it"), "\(text)")
    }

    @Test func lockingTwice() async {
      let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let mutex = PreemptRuntime.Mutex()
        mutex.lock()
        mutex.lock()
      }
      let text = message(result)
      #expect(text.contains("locked twice"), "\(text)")
    }

    @Test func unlockingWhatAnotherHolds() async {
      let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let mutex = PreemptRuntime.Mutex()
        mutex.lock()
        try onOneTask { mutex.unlock() }
      }
      let text = message(result)
      #expect(text.contains("doesn't hold it"), "\(text)")
    }

    @Test func endingWithAMutex() async {
      let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let mutex = PreemptRuntime.Mutex()
        try onOneTask { mutex.lock() }
      }
      let text = message(result)
      #expect(text.contains("at its end task 'the one' has a mutex locked"), "\(text)")
    }

    // MARK: - Sections without preemption

    /// Also where nobody would have to wait: an error that depends on others would be found too late.
    @Test func parkingInASectionThrows() throws {
      let runtime = try testRuntime()
      defer { runtime.shutDown() }
      let done = try runtime.spawn {}
      try done.join()
      let channel = PreemptRuntime.Channel<Int>(capacity: 1)
      let errors = try runtime.spawn { () -> [PreemptError?] in
        PreemptRuntime.withPreemptionDisabled {
          let calls: [() throws -> Void] = [
            { try PreemptRuntime.sleep(for: .zero) }, { try done.join() }, { try channel.send(1) },
            { try PreemptRuntime.blocking {} },
          ]
          return calls.map { call in
            do { try call() } catch { return error as? PreemptError }
            return nil
          }
        }
      }
      #expect(
        try errors.join()
          == ["sleep", "join()", "Channel.send(_:)", "blocking(_:)"].map { .preemptionDisabled($0) })
      // After it they work.
      try runtime.spawn {
        try channel.send(1)
        try PreemptRuntime.blocking {}
      }.join()
      #expect(channel.tryReceive() == 1)
    }

    @Test func parkingInASectionStops() async {
      let mutex = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        try inSection { PreemptRuntime.Mutex().lock() }
      }
      #expect(message(mutex).contains("Mutex.lock() may park the task"))
      let receive = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        try inSection { _ = PreemptRuntime.Channel<Int>().receive() }
      }
      #expect(message(receive).contains("Channel.receive() may park the task"))
      let wait = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        try inSection { PreemptRuntime.Condition(PreemptRuntime.Mutex()).wait() }
      }
      #expect(message(wait).contains("Condition.wait() may park the task"))
      let yield = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        try inSection { PreemptRuntime.yield() }
      }
      #expect(message(yield).contains("yield() may park the task"))
    }

    // MARK: - Condition

    /// A bounded buffer of one between tasks and threads, in both directions.
    @Test(arguments: [1, 2]) func aConditionHandsOn(processors: Int) throws {
      let runtime = try testRuntime(processors: processors)
      let mutex = PreemptRuntime.Mutex()
      let (filled, emptied) = (PreemptRuntime.Condition(mutex), PreemptRuntime.Condition(mutex))
      final class Place: @unchecked Sendable {
        var value: Int?
        var sum = 0
      }
      let place = Place()
      @Sendable func put(_ value: Int) {
        mutex.withLock {
          while place.value != nil { emptied.wait() }
          place.value = value
          filled.signal()
        }
      }
      @Sendable func take() {
        mutex.withLock {
          while place.value == nil { filled.wait() }
          place.sum += place.value!
          place.value = nil
          emptied.signal()
        }
      }
      let producers = try (0..<3).map { number in try runtime.spawn { (1...100).forEach { put($0 + number) } } }
      let consumers = try (0..<3).map { _ in try runtime.spawn { (1...100).forEach { _ in take() } } }
      let threads = [TestThread { (1...100).forEach { put($0) } }, TestThread { (1...100).forEach { _ in take() } }]
      for task in producers + consumers { try task.join() }
      for thread in threads { thread.join() }
      runtime.shutDown()
      #expect(place.sum == 4 * 5050 + 300)
    }

    @Test func broadcastWakesAll() throws {
      let runtime = try testRuntime()
      let mutex = PreemptRuntime.Mutex()
      let condition = PreemptRuntime.Condition(mutex)
      let waiting = Counter()
      let opened = Counter()
      // Nobody waits: it isn't remembered.
      condition.broadcast()
      let waits: @Sendable () -> Void = {
        mutex.withLock {
          waiting.add()
          while opened.value == 0 { condition.wait() }
        }
      }
      let tasks = try (0..<5).map { _ in try runtime.spawn(body: waits) }
      let thread = TestThread(waits)
      // Who has counted itself and given the mutex up, waits.
      _ = eventually("all wait") { mutex.withLock { waiting.value == 6 } }
      mutex.withLock { _ = opened.add() }
      condition.broadcast()
      for task in tasks { try task.join() }
      thread.join()
      runtime.shutDown()
    }

    @Test func anAbandonedWaiterDoesNotTakeTheSignal() throws {
      let mutex = PreemptRuntime.Mutex()
      let condition = PreemptRuntime.Condition(mutex)
      let runtime = try testRuntime()
      let abandoned = try runtime.spawn { mutex.withLock { condition.wait() } }
      _ = eventually("it waits") { abandoned.isParked }
      let woken = Counter()
      let waits = Counter()
      let other = TestThread {
        mutex.withLock {
          waits.add()
          condition.wait()
          woken.add()
        }
      }
      _ = eventually("both wait") { mutex.withLock { waits.value == 1 } }
      runtime.shutDown(waitingForTasks: false)
      condition.signal()
      other.join()
      #expect(woken.value == 1)
    }

    @Test func waitingWithoutTheMutex() async {
      let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        PreemptRuntime.Condition(PreemptRuntime.Mutex()).wait()
      }
      let text = message(result)
      #expect(text.contains("without its mutex"), "\(text)")
    }

    // MARK: - Channel

    /// Every element arrives once, whoever sends and receives.
    @Test(arguments: [0, 1, 7], [1, 2]) func everythingArrives(capacity: Int, processors: Int) throws {
      let runtime = try withNoSignalBlocked {
        try PreemptRuntime(processors: processors, timeSlice: .microseconds(100), code: workloadCode())
      }
      let channel = PreemptRuntime.Channel<Int>(capacity: capacity)
      #expect(channel.capacity == capacity)
      let received = Mutex<[Int]>([])
      let send: @Sendable (Int) throws -> Void = { number in
        for value in 0..<200 { try channel.send(number * 200 + value) }
      }
      let receive: @Sendable () -> Void = {
        var mine: [Int] = []
        while let value = channel.receive() {
          mine.append(value)
          if value % 16 == 0 { PreemptRuntime.yield() }
        }
        PreemptRuntime.withPreemptionDisabled { received.withLock { $0 += mine } }
      }
      let senders = try (0..<4).map { number in try runtime.spawn { try send(number) } }
      let receivers = try (0..<3).map { _ in try runtime.spawn(body: receive) }
      let sender = TestThread { try! send(4) }
      let receiver = TestThread(receive)
      for task in senders { try task.join() }
      sender.join()
      channel.close()
      for task in receivers { try task.join() }
      receiver.join()
      runtime.shutDown()
      #expect(received.withLock { $0.sorted() } == Array(0..<1000))
    }

    @Test func aChannelKeepsTheOrder() throws {
      let runtime = try testRuntime()
      defer { runtime.shutDown() }
      for capacity in [0, 1, 3, 100] {
        let channel = PreemptRuntime.Channel<Int>(capacity: capacity)
        let sender = try runtime.spawn {
          for value in 0..<20 { try channel.send(value) }
          channel.close()
        }
        let received = try runtime.spawn { () -> [Int] in
          var all: [Int] = []
          while let value = channel.receive() { all.append(value) }
          return all
        }
        #expect(try received.join() == Array(0..<20), "capacity \(capacity)")
        try sender.join()
      }
    }

    /// Without a buffer a sender goes on when it has met its receiver.
    @Test func sendersWaitForReceivers() throws {
      let runtime = try testRuntime()
      defer { runtime.shutDown() }
      let channel = PreemptRuntime.Channel<String>()
      let journal = Journal()
      let sender = try runtime.spawn {
        try channel.send("a")
        journal.note("sent")
      }
      try runtime.spawn {
        yieldUntil { sender.isParked }
        journal.note("receives")
        journal.note(channel.receive()!)
      }.join()
      try sender.join()
      #expect(journal.all.first == "receives")
      #expect(Set(journal.all) == ["receives", "a", "sent"])
    }

    @Test func callsThatDoNotWait() throws {
      let channel = PreemptRuntime.Channel<Int>(capacity: 2)
      #expect(channel.tryReceive() == nil)
      #expect(try channel.trySend(1))
      #expect(try channel.trySend(2))
      #expect(try !channel.trySend(3))
      #expect(channel.tryReceive() == 1)
      #expect(try channel.trySend(4))
      channel.close()
      channel.close()
      #expect(throws: PreemptError.channelClosed) { try channel.trySend(5) }
      #expect(throws: PreemptError.channelClosed) { try channel.send(5) }
      // What was sent before is still there.
      #expect([channel.receive(), channel.receive(), channel.receive(), channel.tryReceive()] == [2, 4, nil, nil])
      let unbuffered = PreemptRuntime.Channel<Int>()
      #expect(try !unbuffered.trySend(1))
    }

    @Test func closingWakesEverybody() throws {
      let runtime = try testRuntime()
      defer { runtime.shutDown() }
      let (empty, full) = (PreemptRuntime.Channel<Int>(), PreemptRuntime.Channel<Int>(capacity: 1))
      #expect(try full.trySend(0))
      let receivers = try (0..<3).map { _ in try runtime.spawn { empty.receive() } }
      let senders = try (1...3).map { number in try runtime.spawn { try full.send(number) } }
      let received = Counter()
      let thread = TestThread { if empty.receive() == nil { received.add() } }
      _ = eventually("all wait") { receivers.allSatisfy(\.isParked) && senders.allSatisfy(\.isParked) }
      empty.close()
      full.close()
      for receiver in receivers { #expect(try receiver.join() == nil) }
      for sender in senders { #expect(throws: PreemptError.channelClosed) { try sender.join() } }
      thread.join()
      #expect(received.value == 1)
      #expect(full.receive() == 0)
      #expect(full.receive() == nil)
    }

    @Test func abandonedTasksAreNoPartners() throws {
      let (first, second) = (PreemptRuntime.Channel<Int>(), PreemptRuntime.Channel<Int>())
      let runtime = try testRuntime()
      let receiver = try runtime.spawn { first.receive() }
      let sender = try runtime.spawn { try second.send(1) }
      _ = eventually("both wait") { receiver.isParked && sender.isParked }
      runtime.shutDown(waitingForTasks: false)
      #expect(try !first.trySend(1))
      #expect(second.tryReceive() == nil)
    }

    // MARK: - Blocking calls

    /// One processor: what the first waits for, the second can only do while the first is away.
    @Test func othersRunDuringABlockingCall() throws {
      let runtime = try testRuntime()
      defer { runtime.shutDown() }
      var ends: [Int32] = [0, 0]
      #expect(pipe(&ends) == 0)
      let (input, output) = (ends[0], ends[1])
      let started = Counter()
      let reader = try runtime.spawn { () -> [UInt8] in
        started.add()
        return try PreemptRuntime.blocking {
          var bytes = [UInt8](repeating: 0, count: 3)
          let count = read(input, &bytes, 3)
          return Array(bytes.prefix(count))
        }
      }
      try runtime.spawn {
        yieldUntil { started.value == 1 && reader.isParked }
        _ = write(output, [7, 8, 9] as [UInt8], 3)
      }.join()
      #expect(try reader.join() == [7, 8, 9])
      close(input)
      close(output)
    }

    @Test func blockingCallsGiveResultsErrorsAndErrno() throws {
      let runtime = try testRuntime()
      defer { runtime.shutDown() }
      let value = try runtime.spawn { () -> [Int] in
        let thread = pthread_self()
        let isElsewhere = try PreemptRuntime.blocking { pthread_equal(thread, pthread_self()) == 0 }
        let closed = try PreemptRuntime.blocking { close(-1) }
        return [isElsewhere ? 1 : 0, Int(closed), Int(errno), try PreemptRuntime.blocking { 41 } + 1]
      }
      #expect(try value.join() == [1, -1, Int(EBADF), 42])
      let failure = try runtime.spawn { () -> Int in try PreemptRuntime.blocking { throw Failure() } }
      #expect(throws: Failure()) { try failure.join() }
      // A call inside a call, and a call outside of any task, are made in place.
      let nested = try runtime.spawn {
        try PreemptRuntime.blocking {
          let thread = pthread_self()
          return try PreemptRuntime.blocking { pthread_equal(thread, pthread_self()) != 0 }
        }
      }
      #expect(try nested.join())
      let thread = UInt(pthread_self())
      #expect(try PreemptRuntime.blocking { UInt(pthread_self()) } == thread)
    }

    /// All block at once; twice, so that threads serve again.
    @Test func manyBlockingCalls() throws {
      let runtime = try testRuntime(processors: 2)
      for round in 0..<2 {
        let inside = Counter()
        let tasks = try (0..<40).map { number in
          try runtime.spawn { () -> Int in
            try PreemptRuntime.blocking {
              inside.add()
              while inside.value < 40 { usleep(100) }
              return number
            }
          }
        }
        #expect(try tasks.map { try $0.join() } == Array(0..<40), "round \(round)")
      }
      runtime.shutDown()
    }

    /// The thread starts with no mask of the task's.
    @Test func blockingCallsHaveTheProcessorsMask() throws {
      let runtime = try testRuntime()
      defer { runtime.shutDown() }
      let masks = try runtime.spawn { () -> [Bool] in
        var mask = sigset_t()
        sigemptyset(&mask)
        sigaddset(&mask, SIGUSR1)
        pthread_sigmask(SIG_BLOCK, &mask, nil)
        func isBlocked() -> Bool {
          var current = sigset_t()
          pthread_sigmask(SIG_BLOCK, nil, &current)
          return sigismember(&current, SIGUSR1) == 1
        }
        return [try PreemptRuntime.blocking { isBlocked() }, isBlocked()]
      }
      #expect(try masks.join() == [false, true])
    }

    /// The shutdown doesn't wait for the call, and the call's end disturbs nobody.
    @Test func anAbandonedBlockingCall() throws {
      let runtime = try testRuntime()
      let (inside, mayEnd, ended) = (Counter(), Counter(), Counter())
      let task = try runtime.spawn {
        try PreemptRuntime.blocking {
          inside.add()
          while mayEnd.value == 0 { usleep(100) }
          ended.add()
        }
      }
      _ = eventually("it blocks") { inside.value == 1 }
      runtime.shutDown(waitingForTasks: false)
      #expect(throws: PreemptError.abandoned(task: "task")) { try task.join() }
      mayEnd.add()
      _ = eventually("the call ends") { ended.value == 1 }
    }
  }
}

extension TaskHandle {
  /// Whether the task waits for somebody to wake it.
  fileprivate var isParked: Bool {
    base.g?.pointee.state.load(ordering: .acquiring) == TaskState.parked
  }
}

/// For exit tests: runs `body` on a task of a runtime of its own.
private func onOneTask(_ body: @escaping @Sendable () -> Void) throws {
  unblockSignals()
  let runtime = try PreemptRuntime(code: CodeRegistry())
  try runtime.spawn("the one", body: body).join()
  runtime.shutDown()
}

/// For exit tests: runs `body` without preemption, on a task.
private func inSection(_ body: @escaping @Sendable () -> Void) throws {
  try onOneTask { PreemptRuntime.withPreemptionDisabled(body) }
}
