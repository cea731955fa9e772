// `.wholeStack` and `.leaf` on real code: callbacks of libc, the Swift runtime and Dispatch, arenas, restartable
// sequences, and what refuses them.

import CPreempt
import CWorkloads
import Dispatch
import Glibc
import SelectedArch
import Synchronization
import Testing
import UnwindTable

@testable import PreemptRuntime

/// The tests' own image under `.wholeStack`: C, Swift and the runtime are linked into it.
private func imageCode() throws -> CodeRegistry {
  let code = CodeRegistry()
  try code.register(imageContaining: #dsohandle)
  return code
}

@inline(never)
private func spin(until stop: StopWord, entered: StopWord) {
  entered.set()
  workload_empty_loop(stop.word)
}

/// An address in the runtime's own image, in the middle of a function with an ordinary frame.
private func preempt_symbol_of_runtime() -> UInt {
  typealias Function = @convention(c) (UnsafeMutableRawPointer) -> Void
  return unsafeBitCast(gMain as Function, to: UInt.self) + 1
}

/// A global that is initialised inside `swift_once`.
private enum Lazy {
  nonisolated(unsafe) static var stop: StopWord!
  nonisolated(unsafe) static var entered: StopWord!
  static let value: Int = {
    spin(until: stop, entered: entered)
    return 7
  }()
}

private struct SlowKey: Hashable {
  let stop: StopWord
  let entered: StopWord
  static func == (a: Self, b: Self) -> Bool { true }
  func hash(into hasher: inout Hasher) { spin(until: stop, entered: entered) }
}

/// Counts words in a dictionary of strings; the sum doesn't depend on the order of its keys.
private func hashed(_ seed: Int) -> Int {
  var counts: [String: Int] = [:]
  for number in 0..<400 { counts["word \((number &* 7919 &+ seed) % 97)", default: 0] += number }
  return counts.reduce(0) { sum, entry in sum &+ entry.key.utf8.reduce(entry.value) { $0 &* 33 &+ Int($1) } }
}

private func sorted(_ seed: Int) -> Int {
  let numbers = (0..<500).map { ($0 &* 7919 &+ seed) % 1009 }
  return numbers.sorted { ($0 % 100, $0) < ($1 % 100, $1) }.reduce(0) { $0 &* 31 &+ $1 }
}

private func joined(_ seed: Int) -> Int {
  var text = ""
  for number in 0..<200 { text += "\(number &* seed), " }
  return text.split(separator: ",").reduce(0) { $0 &* 31 &+ $1.utf8.count } &+ text.utf8.count
}

private struct Odd: Error { let number: Int }

private func thrown(_ seed: Int) -> Int {
  var sum = 0
  for number in 0..<500 {
    do {
      if (number ^ seed) & 1 == 1 { throw Odd(number: number) }
      sum &+= 1
    } catch { sum &+= (error as? Odd)?.number ?? 0 }
  }
  return sum
}

private final class Link {
  let number: Int
  let next: Link?
  init(_ number: Int, _ next: Link?) { (self.number, self.next) = (number, next) }
}

private func linked(_ seed: Int) -> Int {
  var first: Link?
  for number in 0..<300 { first = Link(number &+ seed, first) }
  var sum = 0
  while let link = first { (sum, first) = (sum &* 31 &+ link.number, link.next) }
  return sum
}

private func sortedByC(_ seed: Int) -> Int {
  var numbers = (0..<300).map { Int32(($0 &* 7919 &+ seed) % 1009) }
  qsort(&numbers, numbers.count, 4) { a, b in
    let (first, second) = (a!.load(as: Int32.self), b!.load(as: Int32.self))
    return first < second ? -1 : first > second ? 1 : 0
  }
  return numbers.reduce(0) { $0 &* 31 &+ Int($1) }
}

extension RuntimeSuite {
  @Suite struct PolicyTests {
    /// Runs `held` in a task, which spins under foreign frames until `stop`: refused there by `.wholeStack`, preempted in
    /// its own loop before and behind it.
    func isRefusedUnder(
      _ image: String, sourceLocation: SourceLocation = #_sourceLocation,
      _ held: @escaping @Sendable (_ stop: StopWord, _ entered: StopWord) -> Void
    ) throws {
      let runtime = try PreemptRuntime(timeSlice: .seconds(3600), code: imageCode())
      defer { runtime.shutDown() }
      let (begin, stop, entered, end) = (StopWord(), StopWord(), StopWord(), StopWord())
      let task = try runtime.spawn("held") {
        workload_empty_loop(begin.word)
        held(stop, entered)
        workload_empty_loop(end.word)
      }
      runtime.pester(until: "the task is preempted in its own loop", sourceLocation: sourceLocation) {
        runtime.statistics.preemptions > 0
      }
      begin.set()
      _ = eventually("the task is inside", sourceLocation: sourceLocation) { entered.isSet }
      let (preemptions, refusals) = (runtime.statistics.preemptions, runtime.refusals(.unregisteredCaller))
      runtime.pester(until: "requests are refused", sourceLocation: sourceLocation) {
        runtime.refusals(.unregisteredCaller) >= refusals + 50
      }
      #expect(runtime.statistics.preemptions == preemptions, sourceLocation: sourceLocation)
      let explanation = PreemptRuntime.explain(task)
      #expect(explanation.state == .running, sourceLocation: sourceLocation)
      #expect(explanation.refusal?.reason == .unregisteredCaller, sourceLocation: sourceLocation)
      #expect(explanation.refusal?.depth ?? 0 > 0, sourceLocation: sourceLocation)
      #expect(explanation.refusal?.place.contains(image) == true, "\(explanation)", sourceLocation: sourceLocation)
      #expect(explanation.description.contains("'held'"), sourceLocation: sourceLocation)
      stop.set()
      runtime.pester(until: "the task is preempted in its own loop again", sourceLocation: sourceLocation) {
        runtime.statistics.preemptions > preemptions
      }
      end.set()
      try task.join()
    }

    @Test func aComparatorUnderQsort() throws {
      try isRefusedUnder("libc.so") { stop, entered in workload_sort(stop.word, entered.word) }
    }

    @Test func aGlobalInsideSwiftOnce() throws {
      try isRefusedUnder("libswiftCore.so") { stop, entered in
        Lazy.stop = stop
        Lazy.entered = entered
        if Lazy.value != 7 { abort() }
      }
    }

    @Test func aHashUnderADictionary() throws {
      try isRefusedUnder("libswiftCore.so") { stop, entered in
        var dictionary: [AnyHashable: Int] = [:]
        dictionary[AnyHashable(SlowKey(stop: stop, entered: entered))] = 1
        if dictionary.count != 1 { abort() }
      }
    }

    @Test func aBlockUnderDispatch() throws {
      try isRefusedUnder("ispatch.so") { stop, entered in
        DispatchQueue(label: "test").sync { spin(until: stop, entered: entered) }
      }
    }

    /// The same under `.leaf` is preempted: the PC alone decides.
    @Test func leafDoesNotLookFurther() throws {
      let code = CodeRegistry()
      try code.register(imageContaining: #dsohandle, policy: .leaf)
      let runtime = try PreemptRuntime(timeSlice: .seconds(3600), code: code)
      defer { runtime.shutDown() }
      let (stop, entered) = (StopWord(), StopWord())
      let task = try runtime.spawn("sorts") { workload_sort(stop.word, entered.word) }
      runtime.pester(until: "preempted in the comparator") { entered.isSet && runtime.statistics.preemptions > 0 }
      stop.set()
      try task.join()
    }

    // MARK: - Real code

    /// Tasks that allocate, hash, sort, throw and call libc back, preempted every 100 µs on two processors: the results are
    /// those of a plain thread, and no task waits for a lock that a preempted one holds.
    @Test func swiftAndCCodeUnderWholeStack() throws {
      let bodies: [(name: String, run: @Sendable (Int) -> Int)] = [
        ("dictionaries", hashed), ("sorts", sorted), ("strings", joined), ("errors", thrown), ("objects", linked),
        ("qsort", sortedByC),
      ]
      let runtime = try PreemptRuntime(processors: 2, timeSlice: .microseconds(100), code: imageCode())
      let stop = StopWord()
      let tasks = try bodies.map { body in
        let expected = (0..<4).map(body.run)
        return try runtime.spawn(body.name, stackByteCount: 1 << 18) { () -> (rounds: Int, wrong: Int) in
          var (rounds, wrong) = (0, 0)
          while !stop.isSet || rounds < 8 {
            if body.run(rounds % 4) != expected[rounds % 4] { wrong += 1 }
            rounds += 1
          }
          return (rounds, wrong)
        }
      }
      _ = eventually("preempted often") { runtime.statistics.preemptions > 300 }
      stop.set()
      guard eventually("every task is done", { tasks.allSatisfy(\.isDone) }) else {
        for task in tasks { print(PreemptRuntime.explain(task)) }
        return
      }
      for task in tasks { #expect(try task.join().wrong == 0, "\(task.name)") }
      // Some of the requests met the C library and the Swift runtime.
      #expect(runtime.refusals(.unregisteredCode) > 0)
      runtime.shutDown()
    }

    // MARK: - Depth

    /// Preempted at the bottom of `depth` frames; else the reason.
    func refusal(atDepth depth: UInt64, code: CodeRegistry) throws -> RefusalReason? {
      let runtime = try PreemptRuntime(timeSlice: .seconds(3600), code: code)
      defer { runtime.shutDown() }
      let stop = StopWord()
      let task = try runtime.spawn("deep", stackByteCount: 1 << 20) { workload_deep(depth, stop.word) }
      #expect(eventually("at the bottom") { UnsafePointer(stop.word).pointee < 0 })
      var reason: RefusalReason?
      let reasons: [RefusalReason] = [.unregisteredCaller, .inexpressibleFrame, .tooManyFrames, .unsafeRange]
      runtime.pester(until: "preempted or refused") {
        reason = reasons.first { runtime.refusals($0) > 0 }
        return reason != nil || runtime.statistics.preemptions > 0
      }
      stop.set()
      #expect(try task.join() == depth)
      return reason
    }

    @Test func anyDepthUpToTheLimit() throws {
      let code = try imageCode()
      for depth: UInt64 in [0, 1, 2, 7, 100, 900] { #expect(try refusal(atDepth: depth, code: code) == nil) }
      for depth: UInt64 in [1100, 5000] { #expect(try refusal(atDepth: depth, code: code) == .tooManyFrames) }
    }

    /// Only the innermost function's section is registered: its callers aren't.
    @Test func callersMustBeRegistered() throws {
      let code = CodeRegistry()
      try code.register(from: workloadRange.lowerBound, to: workloadRange.upperBound, policy: .wholeStack)
      #expect(try refusal(atDepth: 3, code: code) == .unregisteredCaller)
      // Under `.leaf` they needn't.
      let leaf = try workloadCode()
      #expect(try refusal(atDepth: 3, code: leaf) == nil)
    }

    // MARK: - Made-up stacks

    /// Walks a stack whose innermost frame is at 0x1000 and whose callers return to `callers`, two words each; the first
    /// word of the frame above them all is the entry's.
    func walked(_ code: CodeRegistry, callers: [UInt], entryIndex: Int? = nil, from pc: UInt = 0x1000) throws
      -> (reason: RefusalReason?, pc: UInt, depth: Int)
    {
      let words = UnsafeMutablePointer<UInt>.allocate(capacity: 64)
      words.initialize(repeating: 0, count: 64)
      defer { words.deallocate() }
      for (index, caller) in callers.enumerated() { words[8 + 2 * index + 1] = caller }
      let low = UInt(bitPattern: words)
      let g = G.allocate(capacity: 1)
      let stack = GuardedStack(low: low, high: low + 512)
      g.initialize(to: GRecord(id: 1, stack: stack, name: "made up", isMigratable: false, slots: []))
      defer {
        g.deinitialize(count: 1)
        g.deallocate()
      }
      // Inside the frame of the last caller.
      g.pointee.entryAddress = low + UInt(8 + 2 * (entryIndex ?? callers.count)) * 8
      let snapshot = code.cell.pointee.current.load(ordering: .acquiring)!
      var hint = 0
      let range = try #require(snapshot.pointee.range(at: pc, hint: &hint))
      var (refusing, depth) = (pc, 0)
      let reason = walk(snapshot, range, to: g, low + 64, 0, &refusing, &depth)
      return (reason, refusing, depth)
    }

    /// 0x1000 up to 0x9000 is code whose frames have two words.
    func madeUpCode() throws -> CodeRegistry {
      let code = CodeRegistry()
      try code.register(
        arena: 0x1000..<0x9000, rows: [.init(0x1000..<0x9000, UnwindRow(cfa: .stackPointer, plus: 16)!)])
      return code
    }

    func expect(
      _ result: (reason: RefusalReason?, pc: UInt, depth: Int), _ reason: RefusalReason?, pc: UInt, depth: Int,
      sourceLocation: SourceLocation = #_sourceLocation
    ) {
      #expect(result.reason == reason, sourceLocation: sourceLocation)
      if reason != nil {
        #expect(result.pc == pc && result.depth == depth, "\(result)", sourceLocation: sourceLocation)
      }
    }

    @Test func aCallerOfEachKind() throws {
      let code = try madeUpCode()
      let good: [UInt] = [0x2000, 0x3000, 0x4000, 0x5000]
      expect(try walked(code, callers: good), nil, pc: 0, depth: 0)
      // Nobody's code; its first byte and the byte behind a range: a return address belongs to the call before it.
      expect(try walked(code, callers: [0x2000, 0xa000, 0x4000]), .unregisteredCaller, pc: 0xa000, depth: 2)
      expect(try walked(code, callers: [0x1000, 0x4000]), .unregisteredCaller, pc: 0x1000, depth: 1)
      expect(try walked(code, callers: [0x9000, 0x4000]), nil, pc: 0, depth: 0)
      expect(try walked(code, callers: [0x9001, 0x4000]), .unregisteredCaller, pc: 0x9001, depth: 1)
      expect(try walked(code, callers: [0, 0]), .unregisteredCaller, pc: 0, depth: 1)
      // Ours: a stub below a task's own frames, which can't be.
      expect(
        try walked(code, callers: [0x2000, preempt_text_start() + 8]), .unregisteredCaller,
        pc: preempt_text_start() + 8, depth: 2)
      try code.registerUnsafe(from: 0x3000, to: 0x3100)
      try code.registerRestartable(from: 0x4000, to: 0x4100)
      try code.register(from: 0xb000, to: 0xb100)
      expect(try walked(code, callers: [0x2000, 0x3010, 0x5000]), .unsafeRange, pc: 0x3010, depth: 2)
      expect(try walked(code, callers: [0x4010, 0x5000]), .unsafeRange, pc: 0x4010, depth: 1)
      // A leaf's code has no rows: it calls nothing, so no walk can pass through it.
      expect(try walked(code, callers: [0xb010, 0x5000]), .inexpressibleFrame, pc: 0xb010, depth: 1)
    }

    @Test func whereAWalkEnds() throws {
      let code = try madeUpCode()
      // At the entry: what lies above it isn't looked at.
      expect(try walked(code, callers: [0x2000, 0x3000, 0xa000], entryIndex: 1), nil, pc: 0, depth: 0)
      expect(try walked(code, callers: [0x2000, 0x3000, 0xa000], entryIndex: 2), nil, pc: 0, depth: 0)
      expect(
        try walked(code, callers: [0x2000, 0x3000, 0xa000], entryIndex: 3), .unregisteredCaller, pc: 0xa000, depth: 3)
      // Never reached: the walk leaves the stack.
      expect(
        try walked(code, callers: [UInt](repeating: 0x2000, count: 28), entryIndex: 60), .inexpressibleFrame,
        pc: 0x2000, depth: 28)
      // At the bottom of a stack.
      try code.register(arena: 0xc000..<0xd000, rows: [.init(0xc000..<0xd000, .endOfStack)])
      expect(try walked(code, callers: [0x2000, 0xc010], entryIndex: 60), nil, pc: 0, depth: 0)
      // The runtime's frames are no caller of a body's code: only what calls the body is ours.
      let ours = preempt_symbol_of_runtime()
      expect(try walked(code, callers: [0x2000, ours], entryIndex: 60), .unregisteredCaller, pc: ours, depth: 2)
    }

    // MARK: - Arenas

    /// Memory of a JIT with one function in it.
    final class Arena: @unchecked Sendable {
      let memory: UnsafeMutableRawPointer
      let range: Range<UInt>
      private static let byteCount = 4096

      init() {
        memory = mmap(
          nil, Self.byteCount, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)!
        precondition(memory != MAP_FAILED)
        let start = UInt(bitPattern: memory)
        range = start..<start + workload_write_jitted(memory)
      }

      func free() { munmap(memory, Self.byteCount) }

      /// push rbp; mov rbp, rsp; the loop; pop rbp; ret.
      var rows: [UnwindTable.Entry] {
        let start = range.lowerBound
        return [
          .init(start..<start + 1, UnwindRow(cfa: .stackPointer, plus: 8)!),
          .init(start + 1..<start + 4, UnwindRow(cfa: .stackPointer, plus: 16, framePointerOffset: -16)!),
          .init(start + 4..<start + 10, UnwindRow(cfa: .framePointer, plus: 16, framePointerOffset: -16)!),
          .init(start + 10..<start + 11, UnwindRow(cfa: .stackPointer, plus: 8)!),
        ]
      }

      func run(_ stop: StopWord) {
        typealias Function = @convention(c) (UnsafePointer<Int32>) -> Void
        unsafeBitCast(memory, to: Function.self)(stop.word)
      }
    }

    @Test func anArenaWithRowsIsPreempted() throws {
      let arena = Arena()
      defer { arena.free() }
      let code = try imageCode()
      let registration = try code.register(arena: arena.range, rows: arena.rows)
      let runtime = try PreemptRuntime(timeSlice: .seconds(3600), code: code)
      let stop = StopWord()
      let task = try runtime.spawn("jitted") { arena.run(stop) }
      runtime.pester(until: "preempted in the arena") { runtime.statistics.preemptions > 20 }
      stop.set()
      try task.join()
      runtime.shutDown()
      #expect(code.unregister(registration) == [])
    }

    @Test func anArenaWithoutRowsIsNoSafePoint() throws {
      let arena = Arena()
      defer { arena.free() }
      let code = try imageCode()
      // The loop itself has no row.
      try code.register(arena: arena.range, rows: [arena.rows[0]])
      let runtime = try PreemptRuntime(timeSlice: .seconds(3600), code: code)
      defer { runtime.shutDown() }
      let stop = StopWord()
      let task = try runtime.spawn("jitted") { arena.run(stop) }
      // On its way there it may have been preempted.
      runtime.pester(until: "refused in the loop") {
        PreemptRuntime.explain(task).refusal.map { arena.range.contains($0.pc) } ?? false
      }
      let (preemptions, refusals) = (runtime.statistics.preemptions, runtime.refusals(.inexpressibleFrame))
      runtime.pester(until: "refused again") { runtime.refusals(.inexpressibleFrame) > refusals + 10 }
      #expect(runtime.statistics.preemptions == preemptions)
      let refusal = try #require(PreemptRuntime.explain(task).refusal)
      #expect(refusal.reason == .inexpressibleFrame && refusal.depth == 0 && arena.range.contains(refusal.pc))
      stop.set()
      try task.join()
    }

    /// The arena is taken back while a task is stopped in it: it is named, and its memory can go once it went on.
    @Test func anArenaThatIsTakenBackNamesWhoIsStoppedInIt() throws {
      let arena = Arena()
      let code = try imageCode()
      let registration = try code.register(arena: arena.range, rows: arena.rows)
      let runtime = try PreemptRuntime(timeSlice: .milliseconds(1), code: code)
      let stop = StopWord()
      let jitted = try runtime.spawn("jitted") { arena.run(stop) }
      // Runs on the same processor, so only while the other is stopped.
      let other = try runtime.spawn("frees") { () -> [String] in
        while PreemptRuntime.explain(jitted).state != .waiting || code.stoppedTasks(in: arena.range).isEmpty {
          PreemptRuntime.yield()
        }
        // In one go: from the one to the other nothing would preempt the loop.
        let stopped = PreemptRuntime.withPreemptionDisabled {
          let stopped = code.unregister(registration)
          stop.set()
          return stopped
        }
        if code.unregister(registration) != [] { return ["twice"] }
        while !code.stoppedTasks(in: arena.range).isEmpty { PreemptRuntime.yield() }
        arena.free()
        return stopped.map { "\($0.name) \(arena.range.contains($0.pc))" }
      }
      #expect(try other.join() == ["jitted true"])
      try jitted.join()
      runtime.shutDown()
    }

    // MARK: - Restartable sequences

    /// Tasks of one processor add to one counter, which a preemption inside loses unless it begins again.
    func additions(restarts: Bool) throws -> (counted: UInt64, added: UInt64) {
      let code = try workloadCode()
      let sequence = UInt(workload_restartable_start())..<UInt(workload_restartable_end())
      if restarts { try code.registerRestartable(from: sequence.lowerBound, to: sequence.upperBound) }
      let runtime = try PreemptRuntime(timeSlice: .microseconds(100), code: code)
      defer { runtime.shutDown() }
      let counter = UnsafeMutablePointer<UInt64>.allocate(capacity: 1)
      counter.initialize(to: 0)
      nonisolated(unsafe) let shared = counter
      defer { counter.deallocate() }
      let inside = Counter()
      runtime.observePreemptions { task in
        if sequence.contains(task.interruptedPC) && task.interruptedPC != sequence.lowerBound { inside.add() }
      }
      let stop = StopWord()
      let tasks = try (0..<3).map { number in
        try runtime.spawn("adds \(number)") { workload_restartable(shared, stop.word) }
      }
      runtime.pester(until: "preempted often") { runtime.statistics.preemptions > 300 }
      stop.set()
      let added = try tasks.reduce(0) { try $0 + $1.join() }
      #expect((inside.value == 0) == restarts, "\(inside) preemptions inside the sequence")
      return (counter.pointee, added)
    }

    @Test func aRestartableSequenceLosesNothing() throws {
      let (counted, added) = try additions(restarts: true)
      #expect(counted == added)
      // The same, not registered so, does: else the test would show nothing.
      let (lossy, attempted) = try additions(restarts: false)
      #expect(lossy < attempted)
    }

    // MARK: - Explaining

    @Test func explanationsOfTasksThatDoNotRun() throws {
      let runtime = try PreemptRuntime(timeSlice: .seconds(3600), code: workloadCode())
      let stop = StopWord()
      let entered = StopWord()
      let running = try runtime.spawn("runs") {
        entered.set()
        workload_empty_loop(stop.word)
      }
      _ = eventually("it runs") { entered.isSet }
      let waiting = try runtime.spawn("waits") {}
      #expect(PreemptRuntime.explain(waiting).state == .waiting)
      let explanation = PreemptRuntime.explain(running)
      #expect(explanation.state == .running && explanation.refusal == nil)
      #expect(explanation.description == "task 'runs' is running, and no request was refused")
      stop.set()
      try running.join()
      try waiting.join()
      #expect(PreemptRuntime.explain(running).state == .finished)
      #expect(PreemptRuntime.explain(running).refusal == nil)
      let place = ParkingPlace()
      let parked = try runtime.spawn("parks") { place.park() }
      _ = eventually("it parks") { PreemptRuntime.explain(parked).state == .parked }
      place.wake(runtime)
      try parked.join()
      runtime.shutDown()
    }

    /// A task that refuses for a second, while another waits, is logged once, with the frame.
    @Test func aTaskThatRefusesForASecondIsLogged() throws {
      let lines = Mutex<[String]>([])
      var environment = Environment.current
      environment.log = { line in lines.withLock { $0.append(line) } }
      let runtime = try PreemptRuntime(timeSlice: .milliseconds(1), code: imageCode(), environment: environment)
      let (stop, entered) = (StopWord(), StopWord())
      let sorts = try runtime.spawn("sorts for ever") { workload_sort(stop.word, entered.word) }
      let waits = try runtime.spawn("waits") {}
      _ = eventually("a line is logged") { lines.withLock { !$0.isEmpty } }
      // As long again, and it isn't logged twice.
      usleep(1_500_000)
      stop.set()
      try sorts.join()
      try waits.join()
      runtime.shutDown()
      let logged = lines.withLock { $0 }
      #expect(logged.count == 1)
      #expect(logged[0].contains("'sorts for ever'") && logged[0].contains("unregisteredCaller"), "\(logged)")
      #expect(logged[0].contains("libc.so"), "\(logged)")
    }
  }
}
