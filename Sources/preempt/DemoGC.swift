// A garbage collector that stops its tasks by preemption: nothing is lost, wherever the only reference is.

import ArgumentParser
import CWorkloads
import Foundation
import PreemptRuntime
import SelectedArch
import Synchronization

struct DemoGC: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gc",
    abstract: "Collect garbage by stopping the world, with references in nothing but registers and stacks.",
    discussion: """
      Example: preempt demo gc --processors 2 --seconds 5

      Half of the tasks build lists in tight loops and check them; each of the others keeps a list's only reference in \
      one register, one word of the red zone, a local, or a stack argument, and checks the list then. The heap's roots \
      are the words of the stopped tasks. A node that was freed too early is poisoned: the demo exits with 1.
      """)

  @Option(help: "Number of processors, 1 to 1024.") var processors = 2
  @Option(help: "Length of the run, in seconds.") var seconds = 3.0
  @Option(help: "Size of the heap, in nodes of 32 bytes: 10000 to 10000000.") var nodes = 65536
  @Option(help: "Time slice: a number with ns, us, ms or s. (default: 1ms)", transform: parseDuration)
  var slice = Duration.milliseconds(1)
  @Flag(help: "Print one JSON object instead of text.") var json = false
  @Option(help: ArgumentHelp("Don't scan this register's slot, to see the demo fail.", visibility: .hidden))
  var forget: String?

  func validate() throws {
    guard (1...PreemptRuntime.maximumProcessorCount).contains(processors) else {
      throw ValidationError("\(PreemptError.processorCount(processors))")
    }
    guard slice > .zero else { throw ValidationError("slice: \(slice) isn't positive; give for example --slice 1ms") }
    guard seconds > 0, seconds <= 86_400 else { throw ValidationError("seconds: \(seconds) is outside 0...86400") }
    guard (10_000...10_000_000).contains(nodes) else {
      throw ValidationError("nodes: \(nodes) is outside 10000...10000000")
    }
    if let forget, forgottenOffset == nil {
      throw ValidationError("forget: '\(forget)' is no register with a slot in the frame; give for example rbx")
    }
  }

  private var forgottenOffset: Int? { Backend.frameRegisters.first { $0.name == forget }?.offset }

  func run() throws {
    let code = CodeRegistry()
    try code.register(imageContaining: #dsohandle)
    let runtime = try PreemptRuntime(processors: processors, timeSlice: slice, code: code)
    let places = Int(workload_place_count())
    let heap = MarkSweepHeap(capacity: nodes, pinCount: places, runtime: runtime, forgottenOffset: forgottenOffset)
    let stop = StopFlag()
    let tasks = try (0..<places).flatMap { place in
      let name = String(cString: workload_place_name(Int32(place)))
      return [
        try runtime.spawn("builder \(place)") { build(heap, seed: UInt64(place), until: stop) },
        try runtime.spawn("keeper in \(name)") { keep(heap, in: Int32(place), until: stop) },
      ]
    }
    Thread.sleep(forTimeInterval: seconds)
    stop.flag.store(true, ordering: .relaxed)
    let outcomes = try tasks.map { ($0.name, try $0.join()) }
    let statistics = runtime.statistics
    runtime.shutDown()
    let report = GCReport(heap: heap, outcomes: outcomes.map(\.1), preemptions: statistics.preemptions)
    if json { try printJSON(report) } else { print(report.text(seconds: seconds)) }
    for (name, outcome) in outcomes where outcome.lostNodes > 0 {
      FileHandle.standardError.write(Data("\(name): \(outcome.lostNodes) nodes lost\n".utf8))
    }
    if report.lostNodes > 0 { throw ExitCode(1) }
  }
}

/// What a task found.
struct GCOutcome: Sendable {
  var lists: UInt64 = 0
  var lostNodes: UInt64 = 0
}

private final class StopFlag: Sendable { let flag = Atomic<Bool>(false) }

private let listLength: UInt64 = 64

/// A new list, or nil where memory is out.
@inline(never)
private func makeList(_ heap: MarkSweepHeap, _ seed: UInt64) -> UnsafeMutablePointer<Node>? {
  var head: UnsafeMutablePointer<Node>?
  for index in 0..<listLength {
    guard let node = heap.allocate(seed &+ index, next: head) else { return nil }
    head = node
  }
  return head
}

/// Number of nodes of the list that aren't what `makeList` made: a tight loop without a call.
@inline(never)
private func lostNodes(_ list: UnsafeMutablePointer<Node>, _ seed: UInt64) -> UInt64 {
  var node: UnsafeMutablePointer<Node>? = list
  var index = listLength
  while let current = node {
    guard index > 0 else { return 1 }
    index -= 1
    let value = seed &+ index
    if current.pointee.value != value || current.pointee.check != Node.check(current, value) { return index + 1 }
    node = current.pointee.next
  }
  return index
}

/// Makes lists, each of them referred to by nothing but this frame and what it calls.
@inline(never)
private func build(_ heap: MarkSweepHeap, seed: UInt64, until stop: StopFlag) -> GCOutcome {
  var outcome = GCOutcome()
  while !stop.flag.load(ordering: .relaxed) {
    let seed = seed << 40 &+ outcome.lists
    guard let list = makeList(heap, seed) else { continue }
    outcome.lists += 1
    for _ in 0..<10 { outcome.lostNodes += lostNodes(list, seed) }
  }
  return outcome
}

/// The complement of a new list's address, which `pin` keeps. Apart, so that the address itself dies with this frame.
@inline(never)
private func pinnedList(_ heap: MarkSweepHeap, _ seed: UInt64, _ pin: UnsafeMutablePointer<UInt64>) -> UInt64? {
  guard let list = makeList(heap, seed) else { return nil }
  pin.pointee = UInt64(UInt(bitPattern: list))
  return ~pin.pointee
}

@inline(never)
private func keep(_ heap: MarkSweepHeap, in place: Int32, until stop: StopFlag) -> GCOutcome {
  var outcome = GCOutcome()
  let pin = heap.pins.baseAddress! + Int(place)
  while !stop.flag.load(ordering: .relaxed) {
    let seed = UInt64(place) << 40 &+ outcome.lists
    guard let hidden = pinnedList(heap, seed, pin) else { continue }
    let found = workload_keep(place, hidden, 500_000, pin)
    outcome.lists += 1
    outcome.lostNodes += lostNodes(UnsafeMutablePointer(bitPattern: UInt(~found))!, seed)
  }
  return outcome
}

/// The demo's figures; its JSON keys are part of the tool's interface.
private struct GCReport: Encodable {
  struct Percentiles: Encodable {
    let p50: UInt64
    let p99: UInt64

    init(_ samples: [UInt64]) {
      let sorted = samples.sorted()
      p50 = sorted.isEmpty ? 0 : sorted[sorted.count / 2]
      p99 = sorted.isEmpty ? 0 : sorted[sorted.count * 99 / 100]
    }
  }

  let backend = PreemptRuntime.backendName
  let collections: Int
  let stopNanoseconds: Percentiles
  let pauseNanoseconds: Percentiles
  let allocatedNodes: Int
  let freedNodes: Int
  let liveNodes: Int
  let candidateWords: Int
  let lists: UInt64
  let lostNodes: UInt64
  let preemptions: UInt64

  init(heap: MarkSweepHeap, outcomes: [GCOutcome], preemptions: UInt64) {
    collections = heap.collectionCount
    stopNanoseconds = Percentiles(heap.stops)
    pauseNanoseconds = Percentiles(heap.pauses)
    allocatedNodes = heap.allocatedCount
    freedNodes = heap.freedCount
    liveNodes = heap.liveCount
    candidateWords = heap.candidateWordCount
    lists = outcomes.reduce(0) { $0 + $1.lists }
    lostNodes = outcomes.reduce(0) { $0 + $1.lostNodes }
    self.preemptions = preemptions
  }

  func text(seconds: Double) -> String {
    func microseconds(_ nanoseconds: UInt64) -> String { String(format: "%.1f µs", Double(nanoseconds) / 1e3) }
    return [
      "backend             \(backend)",
      "collections         \(collections) in \(seconds) s, beside \(preemptions) preemptions",
      "until all stood     p50 \(microseconds(stopNanoseconds.p50)), p99 \(microseconds(stopNanoseconds.p99))",
      "pauses              p50 \(microseconds(pauseNanoseconds.p50)), p99 \(microseconds(pauseNanoseconds.p99))",
      "nodes               \(allocatedNodes) allocated, \(freedNodes) freed, \(liveNodes) live at the last collection",
      "words scanned       \(candidateWords)",
      "lists checked       \(lists): \(lostNodes) nodes lost",
    ].joined(separator: "\n")
  }
}
