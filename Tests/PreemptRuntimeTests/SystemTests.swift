// Preemption among the kernel's other business: restarted system calls, signals that aren't ours, threads that aren't
// ours, fork and exec, restartable sequences, string instructions.

import CBodies
import CPreempt
import CWorkloads
import Glibc
import RegisterProbe
import SelectedArch
import Synchronization
import Testing

@testable import PreemptRuntime

/// The workloads and the bodies.
private func bodiesCode() throws -> CodeRegistry {
  let code = try workloadCode()
  try code.register(from: UInt(bodies_start()), to: UInt(bodies_end()))
  return code
}

/// A runtime of short slices.
private func busyRuntime(processors: Int = 1) throws -> PreemptRuntime {
  try withNoSignalBlocked {
    try PreemptRuntime(processors: processors, timeSlice: .microseconds(100), code: bodiesCode())
  }
}

/// Sleeps for that time; false where a signal came, with the time that is left.
private func sleepsThrough(_ rest: inout timespec) -> Bool {
  var time = rest
  return nanosleep(&time, &rest) == 0
}

/// Two ends of a pipe.
private struct Pipe: Sendable {
  let input: Int32
  let output: Int32
  init() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    (input, output) = (ends[0], ends[1])
  }
  func closeBoth() {
    close(input)
    close(output)
  }
}

extension RuntimeSuite {
  @Suite struct SystemTests {
    // MARK: - System calls

    /// Signals arrive while the task blocks in libc, where it can't be preempted; the kernel restarts the calls.
    @Test func blockingCallsEndWithEINTR() throws {
      let runtime = try busyRuntime()
      defer { runtime.shutDown() }
      let pipe = try Pipe()
      defer { pipe.closeBoth() }
      let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
      var length = socklen_t(MemoryLayout<sockaddr_in>.size)
      let port: UInt16 = try withUnsafeMutablePointer(to: &address) { pointer in
        try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          try #require(bind(listener, $0, length) == 0 && listen(listener, 1) == 0)
          try #require(getsockname(listener, $0, &length) == 0)
        }
        return pointer.pointee.sin_port
      }
      let step = Counter()
      let reader = try runtime.spawn("reader") { () -> [Int32] in
        var byte: UInt8 = 0
        step.add()
        let count = read(pipe.input, &byte, 1)
        let readError = errno
        step.add()
        let connection = accept(listener, nil, nil)
        let acceptError = errno
        close(connection)
        return [Int32(count), count < 0 ? readError : Int32(byte), connection < 0 ? acceptError : 0]
      }
      // Each call is interrupted often before it gets what it waits for.
      func interrupt(_ what: String, inStep number: Int) {
        _ = eventually(what) { step.value == number }
        let before = runtime.refusals(.unregisteredCode)
        runtime.pester(until: what) { runtime.refusals(.unregisteredCode) >= before + 50 }
      }
      interrupt("read is interrupted", inStep: 1)
      #expect(write(pipe.output, [9] as [UInt8], 1) == 1)
      interrupt("accept is interrupted", inStep: 2)
      let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      address.sin_port = port
      let connected = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(client, $0, length) }
      }
      #expect(connected == 0)
      #expect(try reader.join() == [1, 9, 0])
      close(client)
      close(listener)
    }

    /// signal(7): sleeps and polls end with EINTR whatever the flags; the rest of the time is the caller's to sleep.
    @Test func sleepsEndEarly() throws {
      let runtime = try busyRuntime()
      defer { runtime.shutDown() }
      let (interrupted, polls) = (Counter(), Counter())
      let sleeper = try runtime.spawn("sleeper") { () -> [Int32] in
        var rest = timespec(tv_sec: 3600, tv_nsec: 0)
        while interrupted.value < 20 {
          guard !sleepsThrough(&rest) else { return [1] }
          guard errno == EINTR, rest.tv_sec > 3000 else { return [2, errno] }
          interrupted.add()
        }
        while polls.value < 20 {
          guard poll(nil, 0, 3_600_000) != 0 else { return [3] }
          guard errno == EINTR else { return [4, errno] }
          polls.add()
        }
        return [0]
      }
      runtime.pester(until: "sleeps are interrupted") { interrupted.value >= 20 }
      runtime.pester(until: "polls are interrupted") { polls.value >= 20 }
      #expect(try sleeper.join() == [0])
    }

    /// A system call in registered code is a safe-point: the kernel has set the PC back to it, and the task makes it
    /// again when it goes on. So on one processor the reader leaves for the writer.
    @Test func aRestartedCallIsPreempted() throws {
      let runtime = try busyRuntime()
      defer { runtime.shutDown() }
      let pipe = try Pipe()
      defer { pipe.closeBoth() }
      let reader = try runtime.spawn("reader") { () -> [Int] in
        var bytes: [UInt8] = [0, 0]
        let first = bodies_read(pipe.input, &bytes, 1)
        let second = bodies_read(pipe.input, &bytes[1], 1)
        return [Int(first), Int(second)] + bytes.map(Int.init)
      }
      let writer = try runtime.spawn("writer") {
        for byte: UInt8 in [5, 6] {
          try PreemptRuntime.sleep(for: .milliseconds(2))
          _ = [byte].withUnsafeBytes { write(pipe.output, $0.baseAddress, 1) }
        }
      }
      try writer.join()
      #expect(try reader.join() == [1, 1, 5, 6])
    }

    // MARK: - Instructions that take long

    /// A string instruction stops between two of its steps and goes on there.
    @Test func copiesGoOnWhereTheyStopped() throws {
      let runtime = try busyRuntime()
      defer { runtime.shutDown() }
      let inside = Counter()
      let instruction = UInt(bodies_copy_instruction())
      runtime.observePreemptions { if $0.interruptedPC == instruction { inside.add() } }
      let copiers = try (0..<3).map { number in
        try runtime.spawn("copier \(number)") { () -> Int in
          let byteCount = 1 << 20
          let (from, to) = PreemptRuntime.withPreemptionDisabled {
            (
              UnsafeMutablePointer<UInt64>.allocate(capacity: byteCount / 8),
              UnsafeMutablePointer<UInt64>.allocate(capacity: byteCount / 8)
            )
          }
          var wrong = 0
          var round: UInt64 = 0
          let deadline = monotonicNanoseconds() + 60_000_000_000
          while inside.value < 60 && monotonicNanoseconds() < deadline || round == 0 {
            round += 1
            for word in 0..<byteCount / 8 { from[word] = UInt64(word) &* 0x9e37_79b9 &+ round &+ UInt64(number) << 56 }
            bodies_copy(to, from, UInt64(byteCount))
            wrong += memcmp(to, from, byteCount) == 0 ? 0 : 1
          }
          PreemptRuntime.withPreemptionDisabled {
            from.deallocate()
            to.deallocate()
          }
          return wrong
        }
      }
      #expect(try copiers.map { try $0.join() } == [0, 0, 0])
      #expect(inside.value >= 60)
    }

    /// The kernel aborts a restartable sequence before our handler sees it, so that no other task can run inside.
    @Test func restartableSequences() throws {
      let runtime = try busyRuntime(processors: 2)
      defer { runtime.shutDown() }
      final class Counters: @unchecked Sendable {
        let words = UnsafeMutablePointer<UInt64>.allocate(capacity: 4096)
        init() { words.initialize(repeating: 0, count: 4096) }
        deinit { words.deallocate() }
      }
      let counters = Counters()
      let enough = Counter()
      let tasks = try (0..<4).map { number in
        try runtime.spawn("counter \(number)") { () -> UInt64 in
          var (aborts, times): (UInt64, UInt64) = (0, 0)
          let deadline = monotonicNanoseconds() + 60_000_000_000
          while enough.value < 4 && monotonicNanoseconds() < deadline {
            let hadEnough = aborts >= 20
            guard bodies_count_per_cpu(counters.words, 1000, 500, &aborts) == 0 else { return .max }
            times += 1000
            if !hadEnough && aborts >= 20 { enough.add() }
          }
          return times
        }
      }
      let times = try tasks.map { try $0.join() }
      guard !times.contains(.max) else {
        print("skipped: the C library registered no area for restartable sequences (glibc.pthread.rseq, sandboxes)")
        return
      }
      #expect((0..<4096).reduce(0) { $0 + counters.words[$1] } == times.reduce(0, +))
      #expect(enough.value == 4, "sequences were aborted too seldom to show anything")
    }

    // MARK: - What the kernel stores and loads

    /// Every signal comes to a stack whose pages nobody has touched, so that the kernel faults while it stores the vectors
    /// (Linux 5.2 lost their upper halves there). No runtime is involved: a mismatch is the kernel's. The others plant one:
    /// a bit of a register's low or upper half is changed in the frame, and nothing else is reported.
    @Test(arguments: [-1, 160 + 3 * 16, 576 + 3 * 16])
    func kernelCorruptsVectorsOnSignalReturn(flipped: Int64) throws {
      if flipped >= 576 && hardwareWidest == 0 {
        print("skipped: SSE is the widest enabled state, so no register has an upper half")
        return
      }
      let wanted: UInt64 = flipped < 0 ? 1000 : 5
      let ends = StopWord()
      let found = Mutex<[RegisterMismatch]>([])
      bodies_handle_between(SIGUSR1, preempt_probe_start(), preempt_probe_end(), flipped)
      defer { signal(SIGUSR1, SIG_DFL) }
      let threadID = Atomic<Int32>(0)
      let worker = withNoSignalBlocked {
        TestThread {
          let byteCount = (Int(preempt_minimum_signal_stack()) + 65536 + 4095) / 4096 * 4096
          let probe = RegisterProbe(stateClassIndex: hardwareWidest * 2 + 1, widest: hardwareWidest, seed: 11)!
          var before = stack_t()
          sigaltstack(nil, &before)
          var last: UnsafeMutableRawPointer?
          while !ends.isSet {
            let memory = mmap(nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)!
            var stack = stack_t()
            stack.ss_sp = memory
            stack.ss_size = byteCount
            sigaltstack(&stack, nil)
            if let last { munmap(last, byteCount) }
            last = memory
            threadID.store(preempt_thread_id(), ordering: .releasing)
            probe.fill()
            probe.run(times: 20_000)
            let mismatches = probe.mismatches()
            found.withLock { if $0.count < 10 { $0 += mismatches } }
          }
          if before.ss_sp == nil { before.ss_flags = Int32(SS_DISABLE) }
          sigaltstack(&before, nil)
          if let last { munmap(last, byteCount) }
        }
      }
      // Each time for one stack.
      let came = eventually("\(wanted) signals in the probe") {
        let id = threadID.exchange(0, ordering: .acquiringAndReleasing)
        if id != 0 { _ = preempt_signal_thread(id, SIGUSR1) }
        return bodies_handled_between() >= wanted
      }
      ends.set()
      worker.join()
      let mismatches = found.withLock { $0 }
      if flipped < 0 {
        #expect(came && mismatches.isEmpty, "the kernel's fault: \(mismatches.map(\.description))")
      } else {
        #expect(came && !mismatches.isEmpty)
        #expect(mismatches.allSatisfy { $0.register.hasSuffix("mm3") }, "\(mismatches.map(\.description))")
      }
    }

    /// What a kernel wants for its frame is asked, not assumed: AMX alone takes 8 KiB more than the oldest constant.
    @Test(arguments: [nil, 8192, 1 << 20]) func signalStackTooSmallWhereStateGrows(minimum: Int?) throws {
      var environment = Environment.current
      if let minimum { environment.minimumSignalStackByteCount = { minimum } }
      let asked = environment.minimumSignalStackByteCount()
      #expect(minimum != nil || asked >= sysconf(Int32(_SC_MINSIGSTKSZ)))
      let runtime = try PreemptRuntime(code: workloadCode(), environment: environment)
      defer { runtime.shutDown() }
      let byteCount = try runtime.spawn { () -> Int in
        var stack = stack_t()
        sigaltstack(nil, &stack)
        return stack.ss_flags == 0 ? stack.ss_size : 0
      }.join()
      // Half of the room behind it is for the handler's own frames, at the least.
      #expect(byteCount >= asked + 32768, "\(byteCount) for \(asked)")
      let stop = StopWord()
      let handle = try runtime.spawn("loop") { workload_empty_loop(stop.word) }
      runtime.pester(until: "preemptions") { runtime.statistics.preemptions >= 50 }
      stop.set()
      try handle.join()
    }

    // MARK: - Threads and processes

    /// A thread that runs no tasks is never preempted; the signal goes to whoever handled it before us.
    @Test func signalOnAForeignThread() async {
      await #expect(processExitsWith: .success) {
        unblockSignals()
        workload_install_counter(SIGURG, 0)
        let runtime = try PreemptRuntime(timeSlice: .microseconds(100), code: bodiesCode())
        let stop = StopWord()
        let spinner = try runtime.spawn { workload_empty_loop(stop.word) }
        let sum = Mutex<UInt64>(0)
        let foreign = TestThread {
          // In registered code, but of no task.
          for round in 0..<200 {
            workload_signal_self(SIGURG)
            let value = workload_integers(UInt64(round), 1000)
            sum.withLock { $0 ^= value }
          }
        }
        foreign.join()
        let expected = (0..<200).reduce(UInt64(0)) { $0 ^ workload_integers(UInt64($1), 1000) }
        try require(sum.withLock { $0 }, expected)
        try require(workload_counted_signals(), 200)
        workload_signal_self(SIGURG)
        try require(workload_counted_signals(), 201)
        stop.set()
        try spinner.join()
        runtime.shutDown()
      }
    }

    /// A child has one thread, the task's: it may execute a program and nothing else.
    @Test func signalDuringFork() throws {
      let runtime = try busyRuntime(processors: 2)
      defer { runtime.shutDown() }
      let stop = StopWord()
      let spinners = try (0..<2).map { _ in try runtime.spawn { workload_empty_loop(stop.word) } }
      let forkers = try (0..<2).map { _ in
        try runtime.spawn("forker", stackByteCount: 1 << 18) { () -> [Int32] in
          (0..<10).flatMap { _ in
            [bodies_fork("/bin/true"), bodies_fork("/bin/false"), bodies_fork("/no/such/program")]
          }
        }
      }
      for forker in forkers {
        #expect(try forker.join() == (0..<10).flatMap { _ in [0, 1, 127] as [Int32] })
      }
      stop.set()
      for spinner in spinners { try spinner.join() }
    }

    /// The program that takes this one's place starts without our handlers, and survives a signal under way.
    @Test func signalDuringExec() async {
      await #expect(processExitsWith: .exitCode(7)) {
        unblockSignals()
        let runtime = try PreemptRuntime(processors: 2, timeSlice: .microseconds(100), code: bodiesCode())
        let stop = StopWord()
        for _ in 0..<3 { try runtime.spawn { workload_empty_loop(stop.word) } }
        try runtime.spawn("executes") {
          var arguments = [strdup("/bin/sh"), strdup("-c"), strdup("exit 7"), nil]
          execv("/bin/sh", &arguments)
        }.join()
      }
    }

    // MARK: - A thread that is blocked

    @Test(.enabled(if: isDebugBuild, "release builds don't look for blocked threads"))
    func aBlockedThreadIsReported() async {
      #if DEBUG
      let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
        unblockSignals()
        let runtime = try PreemptRuntime(timeSlice: .milliseconds(1), code: workloadCode())
        let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
        sem_init(semaphore, 0, 0)
        let address = UInt(bitPattern: semaphore)
        let stop = StopWord()
        let holder = try runtime.spawn("holder") {
          workload_empty_loop(stop.word)
          sem_post(UnsafeMutablePointer<sem_t>(bitPattern: address)!)
        }
        let wanter = try runtime.spawn("wanter") {
          // Not before the other is preempted in its loop.
          while runtime.statistics.preemptions == 0 { PreemptRuntime.yield() }
          while sem_wait(UnsafeMutablePointer<sem_t>(bitPattern: address)!) != 0 {}
        }
        for _ in 0..<600 where runtime.core.blockedThreads.reportCount.load(ordering: .acquiring) == 0 {
          usleep(100_000)
        }
        // No second report of the same.
        usleep(600_000)
        let reportCount = runtime.core.blockedThreads.reportCount.load(ordering: .acquiring)
        stop.set()
        sem_post(semaphore)
        try wanter.join()
        try holder.join()
        runtime.shutDown()
        try require(reportCount, 1)
      }
      let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
      for part in ["processor 0 has been blocked", "task 'wanter' (G 2)", "system call 202", "'holder' (G 1)"] {
        #expect(text.contains(part), "\(part) in \(text)")
      }
      #endif
    }

    /// A task that waits for an operating system's lock for ever keeps its thread, not a shutdown.
    @Test func aThreadThatNeverComesBackIsLeftBehind() throws {
      let lines = Mutex<[String]>([])
      var environment = Environment.current
      environment.log = { line in lines.withLock { $0.append(line) } }
      environment.shutdownPatience = .milliseconds(100)
      let runtime = try PreemptRuntime(processors: 2, code: workloadCode(), environment: environment)
      let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
      sem_init(semaphore, 0, 0)
      let address = UInt(bitPattern: semaphore)
      let (began, ended) = (StopWord(), StopWord())
      let stuck = try runtime.spawn("stuck") {
        began.set()
        while sem_wait(UnsafeMutablePointer<sem_t>(bitPattern: address)!) != 0 {}
        ended.set()
      }
      #expect(eventually("it waits") { began.isSet })
      runtime.shutDown(waitingForTasks: false)
      #expect(throws: PreemptError.abandoned(task: "stuck")) { try stuck.join() }
      let said = lines.withLock { $0 }
      #expect(said.count == 1 && said[0].contains("task 'stuck'") && said[0].contains("left behind"), "\(said)")
      // It finds everything where it was when it comes back.
      sem_post(semaphore)
      #expect(eventually("it comes back") { ended.isSet })
      #expect(throws: PreemptError.abandoned(task: "stuck")) { try stuck.join() }
      #expect(throws: PreemptError.shutDown) { try runtime.spawn("late") {} }
    }

    /// A task that blocks alone, or runs in code that isn't registered, is nobody's circle.
    @Test(.enabled(if: isDebugBuild, "release builds don't look for blocked threads"))
    func othersAreNotReported() throws {
      #if DEBUG
      let runtime = try busyRuntime(processors: 2)
      let sleeper = try runtime.spawn("sleeper") {
        var rest = timespec(tv_sec: 2, tv_nsec: 0)
        while !sleepsThrough(&rest) {}
      }
      let stop = StopWord()
      let libc = try runtime.spawn("libc") { workload_libc(stop.word) }
      let others = try (0..<2).map { _ in try runtime.spawn { try PreemptRuntime.sleep(for: .milliseconds(1)) } }
      try sleeper.join()
      stop.set()
      try libc.join()
      for other in others { try other.join() }
      #expect(runtime.core.blockedThreads.reportCount.load(ordering: .acquiring) == 0)
      runtime.shutDown()
      #endif
    }
  }
}
