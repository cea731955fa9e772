// Where a task may be preempted, and where not: every reason to refuse, with forged contexts and with real signals.

import CPreempt
import CWorkloads
import Glibc
import SelectedArch
import Synchronization
import Testing

@testable import PreemptRuntime

extension RuntimeSuite {
  @Suite struct SafePointTests {
    // MARK: - Forged contexts, on a real task

    /// Calls `injectCall` with a frame that would be preempted but for what `forge` changes.
    func verdict(
      code: CodeRegistry? = nil, environment: Environment = .current,
      _ forge: @escaping @Sendable (ForgedFrame, G, M) -> Void
    ) throws -> RefusalReason? {
      let runtime = try PreemptRuntime(code: code ?? workloadCode(), environment: environment)
      defer { runtime.shutDown() }
      return try runtime.spawn("forged") { () -> RefusalReason? in
        let g = enterRuntime()!
        let m = currentM()!
        let frame = ForgedFrame()
        frame.pc = UInt(workload_start())
        // Room for the injected call, away from what this function uses.
        frame.sp = g.pointee.stack.low + 8192
        frame.flags = 0x202
        frame.signalMask = m.pointee.baseSignalMask
        // As it stands in the body: nothing of ours is registered here, so that no real request preempts us.
        g.pointee.head.preemption_depth = 0
        forge(frame, g, m)
        let reason = injectCall(m, frame.context)
        g.pointee.head.preemption_depth = 1
        // An accepted call is only written down here, and must be taken back.
        g.pointee.injectedClass = -1
        m.pointee.head.current_g = UnsafeMutableRawPointer(g).assumingMemoryBound(to: preempt_g.self)
        leaveRuntime(g)
        return reason
      }.join()
    }

    @Test func theUnchangedFrameIsASafePoint() throws {
      #expect(try verdict { _, _, _ in } == nil)
    }

    @Test func acceptedCallsAreWrittenBelowTheRedZone() throws {
      let words = Mutex<[UInt]>([])
      let runtime = try PreemptRuntime(code: workloadCode())
      defer { runtime.shutDown() }
      try runtime.spawn("forged") {
        let g = enterRuntime()!
        let m = currentM()!
        let frame = ForgedFrame()
        frame.pc = UInt(workload_start()) + 5
        frame.sp = g.pointee.stack.low + 8192 + 3
        frame.flags = 0x602
        frame.signalMask = m.pointee.baseSignalMask
        let before = UnsafeMutableRawPointer(bitPattern: frame.sp - 512)!
        memset(before, 0xa5, 512)
        g.pointee.head.preemption_depth = 0
        let reason = injectCall(m, frame.context)
        g.pointee.head.preemption_depth = 1
        let top = UnsafeRawPointer(bitPattern: g.pointee.interruptedSP)!
        let redZone = (0..<Backend.redZoneByteCount).allSatisfy {
          (top - 1 - $0).load(as: UInt8.self) == 0xa5
        }
        words.withLock {
          $0 = [
            reason == nil ? 1 : 0, g.pointee.interruptedPC == UInt(workload_start()) + 5 ? 1 : 0, redZone ? 1 : 0,
            (top + Backend.pcWordOffset).loadUnaligned(as: UInt.self) == g.pointee.interruptedPC ? 1 : 0,
            (top + Backend.rflagsWordOffset).loadUnaligned(as: UInt.self) == 0x602 ? 1 : 0,
            // Direction clear at the stub, as at any function.
            frame.flags == 0x202 ? 1 : 0,
            frame.sp == g.pointee.interruptedSP &+ UInt(bitPattern: Backend.entryOffset) ? 1 : 0,
            frame.pc >= preempt_text_start() && frame.pc < preempt_text_end() ? 1 : 0,
          ]
        }
        g.pointee.injectedClass = -1
        leaveRuntime(g)
      }.join()
      #expect(words.withLock { $0 } == [UInt](repeating: 1, count: 8))
    }

    @Test func noTask() throws {
      #expect(try verdict { _, _, m in m.pointee.head.current_g = nil } == .noTask)
    }

    @Test func preemptionDisabled() throws {
      #expect(try verdict { _, g, _ in g.pointee.head.preemption_depth = 1 } == .preemptionDisabled)
      #expect(try verdict { _, g, _ in g.pointee.head.preemption_depth = .max } == .preemptionDisabled)
    }

    @Test func stackPointersOutsideTheTasksStack() throws {
      #expect(try verdict { frame, g, _ in frame.sp = g.pointee.stack.low } == .notOnTaskStack)
      #expect(try verdict { frame, g, _ in frame.sp = g.pointee.stack.high + 1 } == .notOnTaskStack)
      #expect(try verdict { frame, _, _ in frame.sp = 0 } == .notOnTaskStack)
      #expect(try verdict { frame, _, _ in frame.sp = .max } == .notOnTaskStack)
      #expect(
        try verdict { frame, _, m in frame.sp = UInt(bitPattern: m.pointee.head.system_stack_pointer) }
          == .notOnTaskStack)
      // A stack pointer with nothing pushed is still on it.
      let stack = GuardedStack(low: 0x10000, high: 0x20000)
      for (sp, expected): (UInt, Bool) in [(0x10000, false), (0x10001, true), (0x20000, true), (0x20001, false)] {
        #expect(stack.contains(sp) == expected)
      }
    }

    @Test func runtimeCodePreempted() throws {
      let code = CodeRegistry()
      try code.register(imageContaining: #dsohandle)
      let (start, end) = (preempt_text_start(), preempt_text_end())
      let bad = Mutex<[UInt]>([])
      let last = try verdict(code: code) { frame, g, m in
        for pc in start..<end {
          frame.pc = pc
          // The image is registered, but this task is not preempted meanwhile: its depth is zero only inside.
          if injectCall(m, frame.context) != .runtimeCode { bad.withLock { $0.append(pc) } }
        }
      }
      #expect(bad.withLock { $0 } == [])
      #expect(last == .runtimeCode)
      for symbol in [preempt_g_start_address(), UInt(bitPattern: Backend.entry(0, widest: 0))] {
        #expect(symbol >= start && symbol < end)
      }
    }

    @Test func codeThatIsNotRegistered() throws {
      let image = CodeRegistry()
      try image.register(imageContaining: #dsohandle)
      for name in ["memset", "malloc", "pthread_mutex_lock", "__tls_get_addr", "swift_retain", "sigaction"] {
        let function = UInt(bitPattern: dlsym(nil, name))
        try #require(function != 0, "\(name)")
        #expect(try verdict(code: image) { frame, _, _ in frame.pc = function } == .unregisteredCode, "\(name)")
      }
      let vdso = UInt(workload_vdso_start())
      if vdso == 0 {
        print("skipped: this kernel maps no vDSO")
      } else {
        for offset: UInt in [0, 0x800, 0x1000] {
          #expect(try verdict(code: image) { frame, _, _ in frame.pc = vdso + offset } == .unregisteredCode)
        }
      }
      // The probes' section, where only the workloads are registered.
      #expect(try verdict { frame, _, _ in frame.pc = preempt_probe_start() } == .unregisteredCode)
      #expect(try verdict { frame, _, _ in frame.pc = UInt(workload_end()) } == .unregisteredCode)
      #expect(try verdict { frame, _, _ in frame.pc = UInt(workload_start()) - 1 } == .unregisteredCode)
      #expect(try verdict { frame, _, _ in frame.pc = 0 } == .unregisteredCode)
    }

    @Test func unsafeRanges() throws {
      let code = try workloadCode()
      let start = UInt(workload_start())
      try code.registerUnsafe(from: start + 16, to: start + 32)
      for (offset, expected): (UInt, RefusalReason?) in [(15, nil), (16, .unsafeRange), (31, .unsafeRange), (32, nil)] {
        #expect(try verdict(code: code) { frame, _, _ in frame.pc = start + offset } == expected, "\(offset)")
      }
    }

    @Test func anyOtherSignalMask() throws {
      for signal in [SIGPROF, SIGUSR1, SIGURG, SIGINT] {
        #expect(
          try verdict { frame, _, m in frame.signalMask = m.pointee.baseSignalMask ^ (1 << UInt64(signal - 1)) }
            == .signalMask)
      }
    }

    @Test(arguments: [("AC", 1 << 18), ("NT", 1 << 14), ("TF", 1 << 8)]) func flagsThatARestoreWouldBreak(
      flag: (String, UInt64)
    ) throws {
      #expect(try verdict { frame, _, _ in frame.flags |= flag.1 } == .flags)
    }

    @Test func allOtherFlags() throws {
      // Carry, parity, auxiliary, zero, sign, direction, overflow, identification.
      #expect(try verdict { frame, _, _ in frame.flags |= 0x200cd5 } == nil)
    }

    @Test func unknownLiveState() throws {
      for bit in [3, 4, 17, 18, 19, 63] {
        #expect(
          try verdict { frame, _, _ in frame.set(512, UInt64(1) << UInt64(bit) | 3) } == .unknownLiveState, "\(bit)")
      }
      // Live AVX, where it isn't enabled.
      var environment = Environment.current
      environment.enabledComponents = { 3 }
      #expect(try verdict(environment: environment) { frame, _, _ in frame.set(512, UInt64(7)) } == .unknownLiveState)
    }

    @Test func stackRoomToTheByte() throws {
      let required = UInt(Backend.requiredStackByteCount(ofClass: 0))
      #expect(try verdict { frame, g, _ in frame.sp = g.pointee.stack.low + required } == nil)
      #expect(try verdict { frame, g, _ in frame.sp = g.pointee.stack.low + required - 1 } == .stackRoom)
      #expect(try verdict { frame, g, _ in frame.sp = g.pointee.stack.low + 1 } == .stackRoom)
    }

    // MARK: - Real signals

    /// Runs `body` as a task under requests until it was refused `count` times for `reason`; returns every PC where it
    /// was preempted.
    func interruptedPCs(
      of body: @escaping @Sendable (StopWord) -> Void, code: CodeRegistry, refused reason: RefusalReason,
      count: UInt64 = 300
    ) throws -> [UInt] {
      let runtime = try PreemptRuntime(timeSlice: .milliseconds(1), code: code)
      defer { runtime.shutDown() }
      let pcs = Mutex<[UInt]>([])
      runtime.observePreemptions { task in pcs.withLock { $0.append(task.interruptedPC) } }
      let stop = StopWord()
      let handle = try runtime.spawn("refused") { body(stop) }
      runtime.pester(until: "\(count) refusals: \(reason)") { runtime.refusals(reason) >= count }
      stop.set()
      try handle.join()
      return pcs.withLock { $0 }
    }

    @Test func libc() throws {
      let pcs = try interruptedPCs(of: { workload_libc($0.word) }, code: workloadCode(), refused: .unregisteredCode)
      #expect(pcs.filter { !workloadRange.contains($0) } == [])
    }

    @Test func signalInTheVDSO() throws {
      let pcs = try interruptedPCs(of: { workload_vdso($0.word) }, code: workloadCode(), refused: .unregisteredCode)
      #expect(pcs.filter { !workloadRange.contains($0) } == [])
    }

    @Test func anUnregisteredLoop() throws {
      let pcs = try interruptedPCs(
        of: { workload_empty_loop($0.word) }, code: CodeRegistry(), refused: .unregisteredCode)
      #expect(pcs == [])
    }

    @Test func anUnsafeLoop() throws {
      let code = try workloadCode()
      let loop = UInt(
        bitPattern: unsafeBitCast(
          workload_frameless_loop as @convention(c) (UnsafePointer<Int32>?) -> UInt64, to: Int.self))
      try code.registerUnsafe(from: loop, to: loop + 16)
      let pcs = try interruptedPCs(of: { _ = workload_frameless_loop($0.word) }, code: code, refused: .unsafeRange)
      #expect(pcs.filter { (loop..<loop + 16).contains($0) } == [])
    }

    @Test func aTaskWithAlignmentChecks() throws {
      let flags = Mutex<[UInt]>([])
      let runtime = try PreemptRuntime(code: workloadCode())
      runtime.observePreemptions { task in
        flags.withLock { $0.append(task.contextWord(at: Backend.flagsContextOffset)) }
      }
      for flag in [1 << 18, 1 << 14] as [UInt64] {
        let before = runtime.refusals(.flags)
        let stop = StopWord()
        let handle = try runtime.spawn("flags") { workload_spin_with_flags(stop.word, flag) }
        runtime.pester(until: "refusals for flag 0x\(String(flag, radix: 16))") {
          runtime.refusals(.flags) >= before + 100
        }
        stop.set()
        try handle.join()
      }
      runtime.shutDown()
      #expect(flags.withLock { $0 }.filter { $0 & (1 << 18 | 1 << 14) != 0 } == [])
    }

    @Test(arguments: [SIGPROF, SIGUSR1], [false, true])
    func injectionInsideAnotherHandler(signal: Int32, onAlternateStack: Bool) throws {
      let runtime = try withNoSignalBlocked { try PreemptRuntime(code: workloadCode()) }
      defer { runtime.shutDown() }
      let stop = StopWord()
      let entered = StopWord()
      let count = Counter()
      runtime.observePreemptions { _ in if entered.isSet && !stop.isSet { count.add() } }
      let handle = try runtime.spawn("interrupted") {
        workload_spin_in_handler(signal, onAlternateStack ? 1 : 0, stop.word, entered.word)
      }
      _ = eventually("the handler runs") { entered.isSet }
      let reason: RefusalReason = onAlternateStack ? .notOnTaskStack : .signalMask
      let before = runtime.refusals(reason)
      runtime.pester(until: "requests inside the handler") { runtime.refusals(reason) >= before + 200 }
      stop.set()
      try handle.join()
      #expect(count.value == 0)
      #expect(runtime.refusals(.unregisteredCode) + runtime.refusals(reason) > 0)
    }

    @Test func nearTheEndOfItsStack() throws {
      let runtime = try PreemptRuntime(code: workloadCode())
      let low = Counter()
      runtime.observePreemptions { task in
        if task.interruptedSP - task.stackBounds.lowerBound < UInt(Backend.requiredStackByteCount(ofClass: 0)) {
          low.add()
        }
      }
      let stop = StopWord()
      let handle = try runtime.spawn("low") {
        PreemptRuntime.withPreemptionDisabled {}
        let bottom = enterRuntime()!
        let stackPointer = (bottom.pointee.stack.low + 200) / 16 * 16
        leaveRuntime(bottom)
        workload_spin_on_stack(stop.word, stackPointer)
      }
      runtime.pester(until: "refusals for want of stack") { runtime.refusals(.stackRoom) >= 200 }
      stop.set()
      try handle.join()
      runtime.shutDown()
      #expect(low.value == 0)
    }

    @Test func unregisteringTakesEffect() throws {
      let code = CodeRegistry()
      let registration = try code.register(from: UInt(workload_start()), to: UInt(workload_end()))
      let runtime = try PreemptRuntime(code: code)
      let stop = StopWord()
      let handle = try runtime.spawn("loop") { workload_empty_loop(stop.word) }
      runtime.pester(until: "preemptions") { runtime.statistics.preemptions >= 50 }
      code.unregister(registration)
      // A request that was under way when the range went may still have succeeded; one that was refused is behind it.
      runtime.pester(until: "a refusal") { runtime.refusals(.unregisteredCode) >= 1 }
      let preemptions = runtime.statistics.preemptions
      runtime.pester(until: "refusals") { runtime.refusals(.unregisteredCode) >= 300 }
      #expect(runtime.statistics.preemptions == preemptions)
      // And back.
      try code.register(from: UInt(workload_start()), to: UInt(workload_end()))
      runtime.pester(until: "preemptions again") { runtime.statistics.preemptions >= preemptions + 50 }
      stop.set()
      try handle.join()
      runtime.shutDown()
    }

    // MARK: - Preemption disabled

    @Test func offSwitchBypassed() throws {
      let runtime = try PreemptRuntime(timeSlice: .milliseconds(1), code: workloadCode())
      defer { runtime.shutDown() }
      let other = try runtime.spawn("other") {
        while runtime.refusals(.preemptionDisabled) < 300 { PreemptRuntime.yield() }
      }
      let counts = try runtime.spawn("disabled") { () -> [UInt64] in
        var counts: [UInt64] = []
        PreemptRuntime.withPreemptionDisabled {
          counts.append(PreemptRuntime.currentPreemptionCount)
          while runtime.refusals(.preemptionDisabled) < 100 { _ = workload_integers(1, 1000) }
          PreemptRuntime.withPreemptionDisabled {
            while runtime.refusals(.preemptionDisabled) < 200 { _ = workload_integers(1, 1000) }
          }
          // The end of the inner section is not the end.
          while runtime.refusals(.preemptionDisabled) < 300 { _ = workload_integers(1, 1000) }
          counts.append(PreemptRuntime.currentPreemptionCount)
        }
        return counts
      }
      runtime.pester(until: "refusals") { runtime.refusals(.preemptionDisabled) >= 300 }
      let result = try counts.join()
      try other.join()
      #expect(result.count == 2 && result[0] == result[1], "\(result)")
      #expect(runtime.refusals(.preemptionDisabled) >= 300)
    }

    @Test func theOwedYieldComesAtTheEndOfTheOutermostSection() throws {
      let runtime = try PreemptRuntime(timeSlice: .seconds(3600), code: workloadCode())
      defer { runtime.shutDown() }
      for round in 0..<50 {
        let journal = Journal()
        let other = try runtime.spawn("a") {
          let other = try PreemptRuntime.withPreemptionDisabled {
            let other = try runtime.spawn("b") { journal.note("b") }
            PreemptRuntime.withPreemptionDisabled {
              // Whatever is refused from here on is refused here.
              let start = runtime.refusals(.preemptionDisabled)
              while runtime.refusals(.preemptionDisabled) == start { runtime.requestPreemption(ofProcessor: 0) }
            }
            journal.note("inner ended")
            return other
          }
          journal.note("outer ended")
          return other
        }.join()
        try other.join()
        #expect(journal.all == ["inner ended", "b", "outer ended"], "round \(round)")
      }
    }

    @Test func withoutARequestNothingIsOwed() throws {
      let runtime = try PreemptRuntime(timeSlice: .seconds(3600), code: workloadCode())
      let journal = Journal()
      try runtime.spawn("a") {
        PreemptRuntime.withPreemptionDisabled { _ = try! runtime.spawn("b") { journal.note("b") } }
        journal.note("a")
      }.join()
      runtime.shutDown()
      #expect(journal.all == ["a", "b"])
    }

    @Test func disabledSectionsGiveResultsAndErrors() throws {
      struct Failure: Error {}
      #expect(PreemptRuntime.withPreemptionDisabled { 7 } == 7)
      #expect(throws: Failure.self) { try PreemptRuntime.withPreemptionDisabled { throw Failure() } }
      let runtime = try PreemptRuntime(code: workloadCode())
      let depths = try runtime.spawn("throws") { () -> [UInt32] in
        var depths: [UInt32] = []
        for _ in 0..<3 {
          do { try PreemptRuntime.withPreemptionDisabled { throw Failure() } } catch {}
          let g = enterRuntime()!
          depths.append(g.pointee.head.preemption_depth)
          leaveRuntime(g)
        }
        return depths
      }.join()
      runtime.shutDown()
      #expect(depths == [1, 1, 1])
    }

    /// A task in the runtime's own calls, image registered: nothing there may be preempted with a lock held.
    @Test func runtimeCallsHoldNoLockWhilePreempted() throws {
      let code = CodeRegistry()
      try code.register(imageContaining: #dsohandle)
      let runtime = try PreemptRuntime(timeSlice: .microseconds(50), code: code)
      let rounds = 2000
      let handle = try runtime.spawn("first") {}
      let handles = try (0..<3).map { number in
        try runtime.spawn("caller \(number)") {
          var round = 0
          // On a busy machine requests may for long meet nothing but runtime calls.
          while round < rounds || runtime.statistics.preemptions == 0 {
            round += 1
            _ = workload_integers(1, 2000)
            _ = runtime.statistics
            _ = runtime.stackGuard
            _ = handle.isDone
            if round % 64 == 0 { runtime.requestPreemption(ofProcessor: 0) }
            let registration = try code.register(from: UInt(64 * number + 64), to: UInt(64 * number + 96))
            code.unregister(registration)
          }
        }
      }
      runtime.pester(until: "every caller is done") { handles.allSatisfy { $0.isDone } }
      #expect(runtime.statistics.preemptions > 0)
      runtime.shutDown()
    }

    // MARK: - Other people's signals

    @Test func applicationsOwnSignalLost() async {
      silenceBacktraces()
      await #expect(processExitsWith: .success) {
        unblockSignals()
        workload_install_counter(SIGURG, 0)
        let runtime = try PreemptRuntime(code: workloadCode())
        // A foreign thread.
        workload_signal_self(SIGURG)
        try require(workload_counted_signals(), 1)
        // A task's thread, which nobody asked to preempt.
        try runtime.spawn("signalled") { workload_signal_self(SIGURG) }.join()
        try require(workload_counted_signals(), 2)
        // Ours stay ours.
        let stop = StopWord()
        let handle = try runtime.spawn("loop") { workload_empty_loop(stop.word) }
        runtime.pester(until: "preemptions") { runtime.statistics.preemptions >= 100 }
        stop.set()
        try handle.join()
        try require(workload_counted_signals(), 2)
        runtime.shutDown()
        workload_signal_self(SIGURG)
        try require(workload_counted_signals(), 3)
      }
    }

    @Test func withoutAHandlerForeignSignalsAreIgnored() async {
      silenceBacktraces()
      await #expect(processExitsWith: .success) {
        unblockSignals()
        // No signal of its own.
        let runtime = try PreemptRuntime(timeSlice: .seconds(3600), code: workloadCode())
        workload_signal_self(SIGURG)
        try runtime.spawn("signalled") { for _ in 0..<100 { workload_signal_self(SIGURG) } }.join()
        try #require(runtime.statistics.preemptions == 0)
        try #require(runtime.statistics.signalsSent == 0 || runtime.statistics.refusals.values.reduce(0, +) > 0)
        runtime.shutDown()
        workload_signal_self(SIGURG)
      }
    }

    /// A handler that an application put over ours and that hands on to ours.
    @Test func handlersThatHandOnToEachOther() async {
      silenceBacktraces()
      await #expect(processExitsWith: .success) {
        unblockSignals()
        let first = try PreemptRuntime(code: workloadCode())
        workload_install_counter(SIGURG, 1)
        first.shutDown()
        // Over ours, it saw the signals that ended the first.
        let before = workload_counted_signals()
        let second = try PreemptRuntime(code: workloadCode())
        workload_signal_self(SIGURG)
        try require(workload_counted_signals() - before, 1)
        try second.spawn("signalled") { workload_signal_self(SIGURG) }.join()
        try require(workload_counted_signals() - before, 2)
        let stop = StopWord()
        let handle = try second.spawn("loop") { workload_empty_loop(stop.word) }
        second.pester(until: "preemptions") { second.statistics.preemptions >= 100 }
        stop.set()
        try handle.join()
        second.shutDown()
        try require(workload_counted_signals() - before, 2)
      }
    }

    @Test func faultHandlersThatHandOnToEachOther() async {
      silenceBacktraces()
      await #expect(processExitsWith: .signal(SIGSEGV)) {
        unblockSignals()
        let first = try PreemptRuntime(code: workloadCode())
        workload_install_counter(SIGSEGV, 1)
        first.shutDown()
        let second = try PreemptRuntime(code: workloadCode())
        UnsafeMutablePointer<Int>(bitPattern: 16)!.pointee = 1
        second.shutDown()
      }
    }
  }
}
