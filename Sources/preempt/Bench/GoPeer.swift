// Go beside us: Benchmarks/peers/go, a program that measures the same things with Go's own runtime and prints one
// number a line. `make peers` builds it; where it isn't there, rows say so.

import CWorkloads
import Foundation
import PreemptTool

enum GoPeer {
  static let absence = "Go isn't installed: make peers"
  /// Ours and Go's take turns this often, so that both see the machine as it changes.
  private static let turnCount = 5

  /// The program, in the nearest package folder above the current folder or above this tool.
  static let program: String? = {
    let tool = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    let current = URL(fileURLWithPath: FileManager.default.currentDirectoryPath, isDirectory: true)
    for start in [current, tool] {
      var folder = start
      while folder.path != "/" {
        let candidate = folder.appendingPathComponent(".build-tools/peers/go-peer").path
        if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
        folder = folder.deletingLastPathComponent()
      }
    }
    return nil
  }()

  /// Ours, and Go's of the same name where Go is there, in turn.
  static func inTurn(
    _ name: String, _ context: BenchContext, pinned: Bool, ours: (Int) throws -> [Double]
  ) throws -> (ours: [Double], go: [Double]) {
    var result: (ours: [Double], go: [Double]) = ([], [])
    var left = context.sampleCount
    for turn in 0..<turnCount where left > 0 {
      let count = turn == turnCount - 1 ? left : min(left, max(1, context.sampleCount / turnCount))
      left -= count
      result.ours += try ours(count)
      if let program { result.go += try run(program, name, count, pinnedTo: pinned ? context.cpu : nil) }
    }
    return result
  }

  /// A row of our median over Go's.
  static func result(
    _ name: String, against: String, _ context: BenchContext, pinned: Bool = true, ours: (Int) throws -> [Double]
  ) throws -> BenchResult {
    let taken = try inTurn(name, context, pinned: pinned, ours: ours)
    return BenchResult(
      name, values: taken.ours, floor: taken.go, against: "Go's \(against)", note: program == nil ? absence : nil)
  }

  private static func run(_ program: String, _ name: String, _ count: Int, pinnedTo cpu: Int32?) throws -> [Double] {
    // A child inherits the affinity of the thread that starts it.
    try onThread {
      if let cpu { _ = workload_pin(cpu) }
      let process = Process()
      process.executableURL = URL(fileURLWithPath: program)
      process.arguments = [name, String(count)]
      let output = Pipe()
      process.standardOutput = output
      try process.run()
      let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      let values = String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { Double($0) }
      guard process.terminationStatus == 0, values.count == count else {
        throw ToolFailure(.environment, "\(program) \(name): \(values.count) of \(count) samples")
      }
      return values
    }
  }
}
