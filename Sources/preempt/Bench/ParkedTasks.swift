// What parked tasks cost: their memory, and what they add to a preemption between two that run.
//
// Each number of tasks is measured in a process of its own, so that nothing of a smaller one is there to be used again.

import Foundation
@_spi(Benchmark) import PreemptRuntime
import PreemptTool
import Synchronization

/// What such a process found; its standard output, as JSON.
struct ParkedTasks: Codable {
  /// Number of parked tasks, apart from the two that run.
  let count: Int
  /// What parking them added to the process.
  let residentByteCount: Int
  let mappedByteCount: Int
  let mappingCount: Int
  let pageTableByteCount: Int
  /// Nanoseconds a signal, of each sample.
  let empty: [Double]
  let full: [Double]

  var bytesPerTask: Double { Double(residentByteCount) / Double(count) }

  static let counts = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000]
  private static let spaceCounts = [1, 1000, 100_000, 1_000_000]

  static let space = Measurement(
    names: ["bytes-per-g"] + spaceCounts.map { "bytes-per-g-\($0)" } + ["mappings"],
    what: """
      resident memory a parked task takes, its guarded stack included, at the largest number and at others; mappings \
      that the largest number added to the process
      """
  ) { context in
    let all = try measured(&context)
    let wanted = all.filter { spaceCounts.contains($0.count) }
    func row(_ name: String, _ parked: ParkedTasks) -> BenchRow {
      .measured(
        BenchResult(
          name, unit: "bytes", values: [parked.bytesPerTask],
          note: """
            \(parked.count) parked: \(parked.residentByteCount >> 10) KiB resident, \(parked.mappedByteCount >> 10) KiB \
            mapped in \(parked.mappingCount) mappings, \(parked.pageTableByteCount >> 10) KiB of page tables
            """))
    }
    return [row("bytes-per-g", all.last!)] + wanted.map { row("bytes-per-g-\($0.count)", $0) }
      + spaceCounts.filter { $0 > context.largest }.map {
        .absent("bytes-per-g-\($0)", because: "more than --largest \(context.largest)")
      } + [
        .measured(BenchResult("mappings", unit: "mappings", values: [Double(all.last!.mappingCount)]))
      ]
  }

  static let growth = Measurement(
    names: counts.dropFirst().map { "preemption-\($0)-parked" },
    what: "a full preemption between two running tasks while that many are parked"
  ) { context in
    let all = try measured(&context)
    return counts.dropFirst().map { count in
      guard let parked = all.first(where: { $0.count == count }) else {
        return .absent("preemption-\(count)-parked", because: "more than --largest \(context.largest)")
      }
      return .measured(
        BenchResult(
          "preemption-\(count)-parked", values: parked.full, floor: parked.empty, against: "empty-signal"))
    }
  }

  /// All counts up to the largest, measured once.
  static func measured(_ context: inout BenchContext) throws -> [ParkedTasks] {
    if let parked = context.parked { return parked }
    let parked = try counts.filter { $0 <= context.largest }.map { try measureElsewhere($0, context) }
    context.parked = parked
    return parked
  }

  private static func measureElsewhere(_ count: Int, _ context: BenchContext) throws -> ParkedTasks {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = [
      "bench", "--park", String(count), "--samples", String(context.sampleCount), "--cpu", String(context.cpu),
    ]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationReason == .exit, process.terminationStatus == 0 else {
      throw ToolFailure(.environment, "\(count) tasks can't be parked here: the process ended with an error")
    }
    return try JSONDecoder().decode(ParkedTasks.self, from: bytes)
  }

  /// In a process that does nothing else, and ends without waking anybody.
  static func measureHere(_ count: Int, _ context: BenchContext) throws -> Never {
    var context = context
    context.cpu = context.wantedCPU
    let runtime = try PreemptionBench.runtimeWithManyRanges()
    // Whatever is allocated once is there before.
    _ = try PreemptionBench.samples(
      runtime, BenchContext(sampleCount: 3, wantedCPU: context.cpu, largest: 1, cpu: context.cpu))
    let before = Memory.now()
    for _ in 0..<count { try runtime.spawn { try PreemptRuntime.sleep(for: .seconds(1_000_000)) } }
    // The queue is first in, first out.
    try runtime.spawn { () }.join()
    let after = Memory.now()
    let samples = try PreemptionBench.samples(runtime, context)
    let found = ParkedTasks(
      count: count, residentByteCount: after.residentByteCount - before.residentByteCount,
      mappedByteCount: after.mappedByteCount - before.mappedByteCount,
      mappingCount: after.mappingCount - before.mappingCount,
      pageTableByteCount: after.pageTableByteCount - before.pageTableByteCount, empty: samples.map(\.empty),
      full: samples.map(\.full))
    try printJSON(found)
    fflush(nil)
    _exit(0)
  }
}

/// This process's memory, from /proc (Documentation/filesystems/proc.rst).
private struct Memory {
  var residentByteCount = 0
  var mappedByteCount = 0
  var pageTableByteCount = 0
  var mappingCount = 0

  static func now() -> Memory {
    var memory = Memory()
    for line in text("/proc/self/status").split(separator: "\n") {
      let words = line.split(whereSeparator: \.isWhitespace)
      guard words.count == 3, let kibibytes = Int(words[1]) else { continue }
      switch words[0] {
      case "VmRSS:": memory.residentByteCount = kibibytes << 10
      case "VmSize:": memory.mappedByteCount = kibibytes << 10
      case "VmPTE:": memory.pageTableByteCount = kibibytes << 10
      default: break
      }
    }
    memory.mappingCount = text("/proc/self/maps").utf8.reduce(0) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
    return memory
  }

  private static func text(_ path: String) -> String { (try? String(contentsOfFile: path, encoding: .utf8)) ?? "" }
}
