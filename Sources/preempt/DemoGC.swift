// A garbage collector that stops its tasks by preemption: nothing is lost, wherever the only reference is.

import ArgumentParser
import CWorkloads
import Foundation
import PreemptRuntime
import PreemptTool
import SelectedArch
import Synchronization

struct GCDemo {
  let processors: Int
  let slice: Duration
  let seconds: Double
  let nodes: Int
  /// A register whose slot isn't scanned.
  let forget: String?

  static func offset(of register: String) -> Int? {
    Backend.frameRegisters.first { $0.name == register && $0.byteCount == 8 }?.offset
  }

  func run(json: Bool) throws {
    let code = CodeRegistry()
    try code.register(imageContaining: #dsohandle)
    let runtime = try PreemptRuntime(processors: processors, timeSlice: slice, code: code)
    let places = Int(workload_place_count())
    let heap = MarkSweepHeap(
      capacity: nodes, pinCount: places, runtime: runtime, forgottenOffset: forget.flatMap(Self.offset))
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

let listLength: UInt64 = 64

/// A new list, or nil where memory is out.
@inline(never)
func makeList(_ heap: MarkSweepHeap, _ seed: UInt64) -> UnsafeMutablePointer<Node>? {
  var head: UnsafeMutablePointer<Node>?
  for index in 0..<listLength {
    guard let node = heap.allocate(seed &+ index, next: head) else { return nil }
    head = node
  }
  return head
}

/// Number of nodes of the list that aren't what `makeList` made: a tight loop without a call.
@inline(never)
func lostNodes(_ list: UnsafeMutablePointer<Node>, _ seed: UInt64) -> UInt64 {
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
