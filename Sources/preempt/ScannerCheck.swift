// `preempt conformance --check scanner`: the candidate words of preempted tasks are all there, and nothing else.
//
// A task fills every register of a class and is stopped. The words that the scanner must report follow from the backend's
// description, not from the constants that the scanner uses. Then a collector, whose lists are each held by one word: it
// frees none of them, and of the others it keeps only what some word names.

import ArchPreempt
import CPreempt
import CWorkloads
import Conformance
import Foundation
import PreemptRuntime
import RegisterProbe
import SelectedArch
import StubGenerator
import Synchronization

struct ScannerCheck: ConformanceCheck {
  let name = "scanner"
  let executor = "runtime"

  /// Seconds after which something that must come to be never will.
  static let patience = 30.0

  func run(_ subject: Subject, _ campaign: Campaign) throws -> Outcome {
    guard subject.backend == PreemptRuntime.backendName else {
      let way =
        !subject.isNative
        ? "run it on a machine of that CPU"
        : "build it with '\((["swift build"] + subject.description.buildOptions).joined(separator: " "))'"
      return .skipped(
        because: "the scanner in this program is that of \(PreemptRuntime.backendName); for \(subject.backend) \(way)")
    }
    var outcome = Outcome()
    var said: [String] = []
    if campaign.shard.holds(0) { said.append(try checkWords(subject, campaign, &outcome)) }
    if campaign.shard.holds(1) { said.append(try checkCollector(subject, campaign, &outcome)) }
    outcome.reason = said.isEmpty ? nil : said.joined(separator: "; ")
    return outcome
  }

  // MARK: - Words

  private func checkWords(_ subject: Subject, _ campaign: Campaign, _ outcome: inout Outcome) throws -> String {
    let widest = Backend.widest(enabled: preempt_enabled_components())
    let probes = (0..<Backend.classCount).map {
      RegisterProbe(stateClassIndex: $0, widest: widest, seed: campaign.seed &+ UInt64($0))
    }
    let code = CodeRegistry()
    // Exactly the probes: a task that is preempted has filled its registers, but for a few instructions.
    try code.register(from: preempt_probe_start(), to: preempt_probe_end())
    let runtime = try PreemptRuntime(timeSlice: .milliseconds(1), code: code)
    let stop = StopFlag()
    let turn = Atomic<Int>(0)
    let task = try runtime.spawn("probes") {
      while !stop.flag.load(ordering: .relaxed) {
        guard let probe = probes[turn.load(ordering: .relaxed)] else { continue }
        probe.fill()
        probe.run(times: 20_000)
      }
    }
    defer {
      stop.flag.store(true, ordering: .relaxed)
      try? task.join()
      runtime.shutDown()
    }
    let description = subject.description
    let indices = description.stateClasses.indices.filter { probes[$0] != nil }
    let roundCount = campaign.effort == .quick ? 4 : 400
    var random = SeededGenerator(seed: campaign.seed)
    // Values of rounds that are over: a word that still has one wasn't the task's any more.
    var past: Set<UInt> = []
    var faults = 0
    for round in 0..<roundCount {
      for index in indices.shuffled(using: &random) {
        turn.store(index, ordering: .relaxed)
        let stateClass = description.stateClasses[index]
        let place = "\(subject.backend), class \(stateClass.name), round \(round)"
        let deadline = Date().addingTimeInterval(Self.patience)
        var problems = ["the task was never preempted in that class"]
        var hasTried = false
        while !problems.isEmpty && Date() < deadline {
          // Suspended again at once a task gets no further: it would never fill its registers anew.
          if hasTried { usleep(1000) }
          hasTried = true
          let stopped = try runtime.suspend(task)
          defer { try? runtime.resume(task) }
          guard stopped.state == .preempted(stateClassIndex: index) else { continue }
          let scan = Scan(stopped)
          let expected = ExpectedWords(
            description, stateClass, stopped, probes[index]!.expectedWords, vectors: scan.vectorAddress)
          // Ranges hold wherever the task stands.
          problems = scan.problemsWithRanges(expected)
          if !problems.isEmpty { break }
          problems = scan.problemsWithValues(expected, past: past)
          guard problems.isEmpty else { continue }
          outcome.passed += expected.words.count
          outcome.registersChecked += expected.values.count
          outcome.checksAfterPreemption += expected.values.count
          if round == 0 || campaign.effort == .full && round % 40 == 0 {
            let (planted, unnoticed) = scan.plantFaults(
              expected, past: past, widest: description.widestClass, description)
            faults += planted
            for fault in unnoticed { outcome.fail(Failure("\(place): planted and not noticed: \(fault)")) }
          }
          past.formUnion(expected.values)
        }
        for problem in problems { outcome.fail(Failure("\(place): \(problem)")) }
        if !problems.isEmpty { return "gave up after round \(round)" }
      }
      campaign.progress(0.8 * Double(round + 1) / Double(roundCount))
    }
    outcome.passed += faults
    return "\(roundCount) rounds in \(indices.count) classes, \(faults.grouped) faults planted and noticed"
  }
}

/// What a scan must report.
private struct ExpectedWords {
  struct Word {
    let name: String
    let place: CandidatePlace
    /// Nil where it is anybody's guess.
    let value: UInt?
  }

  private(set) var words: [UInt: Word] = [:]
  /// What stands in registers and red zone.
  private(set) var values: Set<UInt> = []
  /// The pattern of the register that the probe needs itself: a copy of it lies on the probe's stack.
  private(set) var scratchValue: UInt?

  /// - Parameter vectors: where the save area was found.
  init(
    _ description: BackendDescription, _ stateClass: StateClass, _ task: StoppedTask,
    _ held: [(register: String, byteOffset: Int, value: UInt64)], vectors: UInt
  ) {
    let (layout, unit) = (description.layout, description.abi.pointerByteCount)
    let sp = task.position.stackPointer
    let held = Dictionary(uniqueKeysWithValues: held.map { ("\($0.register)+\($0.byteOffset)", UInt($0.value)) })
    values = Set(held.values)
    scratchValue = held["\(description.abi.scratch)+0"]
    func add(_ register: String, byteOffset: Int = 0, at address: UInt, _ place: CandidatePlace) {
      let name = "\(register)+\(byteOffset)"
      words[address] = Word(name: name, place: place, value: held[name])
    }
    for register in description.registers where register.bank == .integer {
      if let offset = layout.offset(of: .register(register.name)) {
        add(register.name, at: sp &+ UInt(bitPattern: offset), .register)
      }
    }
    for slot in layout.frameSlots(widest: description.widestClass) where slot.register.bank == .integer {
      guard case .frame(let offset) = slot.place else { continue }
      add(slot.register.name, at: sp &+ UInt(bitPattern: offset), .register)
    }
    for offset in stride(from: unit, through: description.abi.redZoneByteCount, by: unit) {
      add("red zone -\(offset)", at: sp - UInt(offset), .redZone)
    }
    for slot in layout.areaSlots(of: stateClass, widest: stateClass) where slot.register.bank != .registerStack {
      for offset in stride(from: 0, to: slot.byteCount, by: unit) {
        add(slot.register.name, byteOffset: offset, at: vectors + UInt(slot.displacement + offset), .vector)
      }
    }
    for address in stride(from: sp, to: task.stackBounds.upperBound, by: unit) {
      words[address] = Word(name: "stack+\(address - sp)", place: .restOfStack, value: nil)
    }
  }
}

/// What a scan reported, by address.
private struct Scan {
  private(set) var words: [UInt: (value: UInt, place: CandidatePlace)] = [:]
  private var repeated: [UInt] = []

  init(_ task: StoppedTask) {
    task.forEachCandidateWord { word in
      if words.updateValue((word.value, word.place), forKey: word.address) != nil { repeated.append(word.address) }
    }
  }

  /// The lowest address of a vector, zero where there is none.
  var vectorAddress: UInt { words.filter { $0.value.place == .vector }.keys.min() ?? 0 }

  /// Words that are missing, or that aren't the task's.
  func problemsWithRanges(_ expected: ExpectedWords) -> [String] {
    var problems = repeated.map { "0x\(String($0, radix: 16)) is reported twice" }
    for (address, word) in expected.words where words[address]?.place != word.place {
      problems.append("\(word.name): \(words[address].map { "found as \($0.place)" } ?? "not scanned")")
    }
    // All that is expected is there: then the count tells whether there is more.
    if problems.isEmpty && words.count > expected.words.count {
      for (address, word) in words where expected.words[address] == nil {
        problems.append("0x\(String(address, radix: 16)), \(word.place): scanned, and not the task's")
      }
    }
    return problems
  }

  /// Registers that are elsewhere or in two places, and values of earlier rounds.
  func problemsWithValues(_ expected: ExpectedWords, past: Set<UInt>) -> [String] {
    var problems: [String] = []
    var unseen = expected.values
    for (address, word) in words {
      if let name = expected.words[address]?.name, let value = expected.words[address]?.value, value != word.value {
        problems.append("\(name): expected 0x\(String(value, radix: 16)), got 0x\(String(word.value, radix: 16))")
      }
      let isCopy = word.value == expected.scratchValue && word.place == .restOfStack
      if expected.values.contains(word.value), !isCopy, unseen.remove(word.value) == nil {
        problems.append("0x\(String(word.value, radix: 16)) is found twice")
      }
      if past.contains(word.value) { problems.append("0x\(String(address, radix: 16)) has a stale value") }
    }
    for value in unseen { problems.append("0x\(String(value, radix: 16)) is found nowhere") }
    return problems
  }

  /// Reports each single word left out, one too many at each end of each range, the rest of a wider class, and a value of
  /// an earlier round.
  /// - Returns: how many faults, and which of them weren't noticed.
  func plantFaults(
    _ expected: ExpectedWords, past: Set<UInt>, widest: StateClass, _ description: BackendDescription
  ) -> (count: Int, unnoticed: [String]) {
    var count = 0
    var unnoticed: [String] = []
    func plant(_ fault: String, _ change: (inout Scan) -> Void) {
      var changed = self
      change(&changed)
      count += 1
      let isNoticed =
        !changed.problemsWithRanges(expected).isEmpty || !changed.problemsWithValues(expected, past: past).isEmpty
      if !isNoticed { unnoticed.append(fault) }
    }
    let unit = UInt(description.abi.pointerByteCount)
    for (address, word) in expected.words { plant("\(word.name) left out") { $0.words[address] = nil } }
    for place in [CandidatePlace.register, .redZone, .restOfStack, .vector] {
      let addresses = words.filter { $0.value.place == place }.keys
      guard let first = addresses.min(), let last = addresses.max() else { continue }
      // Where another range begins there is nothing to be read too much.
      for beyond in [first - unit, last + unit] where words[beyond] == nil {
        plant("a word too many, \(place)") { $0.words[beyond] = (0, place) }
      }
    }
    let byteCounts = description.layout.areaSlots(of: widest, widest: widest).filter {
      $0.register.bank != .registerStack
    }
    .map { $0.displacement + $0.byteCount }
    let (start, end) = (vectorAddress, vectorAddress + UInt(byteCounts.max() ?? 0))
    let stale = stride(from: start, to: end, by: Int(unit)).filter { words[$0] == nil }
    if !stale.isEmpty {
      plant("bytes of a wider class") { scan in for address in stale { scan.words[address] = (0, .vector) } }
    }
    if let value = past.first, let address = words.first(where: { $0.value.place == .restOfStack })?.key {
      plant("a value of an earlier round") { $0.words[address] = (value, .restOfStack) }
    }
    return (count, unnoticed)
  }
}

// MARK: - A collector

extension ScannerCheck {
  /// Live lists, each held by one word of a task; dead lists, which no task ever saw; and a task that keeps the address of
  /// one node without a right to it.
  ///
  /// The conservative bound: a word that names a dead node keeps the list behind it, and nothing else dead is kept.
  private func checkCollector(_ subject: Subject, _ campaign: Campaign, _ outcome: inout Outcome) throws -> String {
    let places = 0..<workload_place_count()
    let collections = campaign.effort == .quick ? 3 : 100
    let run = try Collector(places: Array(places), forgetting: nil).run(until: collections)
    outcome.passed += run.heldCounts.reduce(0, +)
    for problem in run.problems { outcome.fail(Failure("\(subject.backend), collector: \(problem)")) }
    campaign.progress(0.9)
    // A collector that forgets a register must lose the list in it.
    var registers = places.filter { place in
      Backend.frameRegisters.contains { $0.name == String(cString: workload_place_name(place)) }
    }
    if campaign.effort == .quick {
      var random = SeededGenerator(seed: campaign.seed)
      registers = [registers.randomElement(using: &random)!]
    }
    for register in registers {
      let name = String(cString: workload_place_name(register))
      let run = try Collector(places: [register], forgetting: name).run(until: 1)
      if run.problems.contains("the list in \(name) was freed") {
        outcome.passed += 1
      } else {
        outcome.fail(
          Failure("\(subject.backend), collector: \(name) left out of the scan and not noticed: \(run.problems)"))
      }
    }
    return
      "each of \(places.count) places alone held a list over at least \(run.heldCounts.min() ?? 0) collections; "
      + "\(run.freedCount.grouped) dead nodes freed, at most \(run.excessCount) kept, where a word named one"
  }
}

/// Tasks that each hold a list, and a heap that is collected again and again.
private final class Collector {
  /// What came of it.
  struct Run {
    /// Per place, collections at which the list was named by that one word of a preempted task and by nothing else.
    var heldCounts: [Int]
    var freedCount = 0
    /// Most dead nodes that a collection kept.
    var excessCount = 0
    var problems: [String] = []
  }

  private let places: [Int32]
  private let runtime: PreemptRuntime
  private let heap: MarkSweepHeap
  /// Number of the list that each node belongs to, live ones first.
  private var lists: [Int: Int] = [:]
  private var live: [UnsafeMutablePointer<Node>] = []
  private static var deadListCount: Int { 20 }

  init(places: [Int32], forgetting register: String?) throws {
    self.places = places
    let code = CodeRegistry()
    try code.register(imageContaining: #dsohandle)
    runtime = try PreemptRuntime(processors: 2, timeSlice: .milliseconds(1), code: code)
    heap = MarkSweepHeap(
      capacity: (places.count + 2 * Self.deadListCount) * Int(listLength), pinCount: places.count, runtime: runtime,
      forgottenOffset: register.flatMap(GCDemo.offset))
  }

  private func makeNumberedList(_ number: Int) -> UnsafeMutablePointer<Node> {
    // This thread is no task: nobody scans its stack.
    let list = makeList(heap, UInt64(number) << 32)!
    var next: UnsafeMutablePointer<Node>? = list
    while let node = next {
      lists[heap.node(at: UInt(bitPattern: node))!] = number
      next = node.pointee.next
    }
    return list
  }

  /// Collects until each place held its list over so many collections.
  func run(until heldCount: Int) throws -> Run {
    var run = Run(heldCounts: Array(repeating: 0, count: places.count))
    let stop = StopFlag()
    var tasks: [TaskHandle<Bool>] = []
    for (number, place) in places.enumerated() {
      let list = makeNumberedList(number)
      live.append(list)
      tasks.append(try hold(in: place, UInt(bitPattern: list), heap.pins.baseAddress! + number, until: stop))
    }
    let unrooted = UnsafeMutablePointer<UInt64>.allocate(capacity: 1)
    unrooted.initialize(to: 0)
    defer { unrooted.deallocate() }
    let dead = UInt(bitPattern: makeNumberedList(places.count))
    tasks.append(try hold(in: places[0], dead, unrooted, until: stop))
    let deadline = Date().addingTimeInterval(ScannerCheck.patience)
    var isOver = false
    while !isOver && run.problems.isEmpty {
      for number in 1...Self.deadListCount { _ = makeNumberedList(places.count + number) }
      usleep(1000)
      try runtime.stopTheWorld { world in collect(world, &run) }
      isOver = run.excessCount > 0 && run.heldCounts.allSatisfy { $0 >= heldCount }
      if !isOver && Date() > deadline {
        run.problems.append(
          "after \(Int(ScannerCheck.patience)) s a place never held its list alone: \(run.heldCounts)")
      }
    }
    stop.flag.store(true, ordering: .relaxed)
    for (number, task) in tasks.enumerated() where try task.join() == false {
      run.problems.append("task \(number) found another word in its place")
    }
    runtime.shutDown()
    return run
  }

  private func hold(
    in place: Int32, _ address: UInt, _ pin: UnsafeMutablePointer<UInt64>, until stop: StopFlag
  ) throws -> TaskHandle<Bool> {
    let hidden = ~UInt64(address)
    pin.pointee = UInt64(address)
    nonisolated(unsafe) let pin = pin
    return try runtime.spawn(String(cString: workload_place_name(place))) {
      var isIntact = true
      while !stop.flag.load(ordering: .relaxed) {
        isIntact = workload_keep(place, hidden, 500_000, pin) == hidden && isIntact
      }
      return isIntact
    }
  }

  /// One collection, held against what the words of the tasks name.
  private func collect(_ world: borrowing StoppedWorld, _ run: inout Run) {
    preempt_signal_fence()
    var named: [Int: Int] = [:]
    var preempted: Set<String> = []
    world.forEachTask { task in
      if case .preempted = task.state { preempted.insert(task.name) }
      task.forEachCandidateWord { word in
        if let node = heap.node(at: word.value), let list = lists[node] { named[list, default: 0] += 1 }
      }
    }
    let freedBefore = heap.freedCount
    heap.collect(unlessBehind: heap.collectionCount)
    run.freedCount += heap.freedCount - freedBefore
    for (number, list) in live.enumerated() {
      let name = String(cString: workload_place_name(places[number]))
      if lostNodes(list, UInt64(number) << 32) > 0 { run.problems.append("the list in \(name) was freed") }
      if heap.pins[number] == 0 && named[number] == 1 && preempted.contains(name) { run.heldCounts[number] += 1 }
    }
    let excess = heap.liveCount - live.count * Int(listLength)
    let bound = named.keys.count { $0 >= live.count } * Int(listLength)
    if excess > bound { run.problems.append("\(excess) dead nodes kept, and words name \(bound) at most") }
    run.excessCount = max(run.excessCount, excess)
  }
}
