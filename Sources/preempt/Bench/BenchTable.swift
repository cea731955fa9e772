// The rows as a table of docs/performance.md, beside what they are to reach.

import Foundation
import PreemptTool
import StubGenerator

struct BenchTable {
  let results: [BenchResult]
  let absent: [AbsentRow]
  let cpu: Int32

  private enum Goal {
    case ratio(Double)
    case value(Double)
  }

  // swift-format-ignore
  private static let goals: [String: Goal] = [
    "full-preemption":       .ratio(1.10),
    "whole-stack-8":         .ratio(1.15),
    "stub-sse":              .ratio(1.10),
    "stub-avx":              .ratio(1.10),
    "stub-avx512":           .ratio(1.10),
    "switch":                .ratio(1.00),
    "request-to-run":        .ratio(0.50),
    "stop-the-world":        .ratio(0.50),
    "overhead-1ms":          .value(0.12),
    "bytes-per-g-1000000":   .value(4.6 * 1024),
    "mappings":              .value(99),
    "generate-all":          .value(200),
  ]

  func write(into file: URL) throws {
    guard let text = try? String(contentsOf: file, encoding: .utf8) else {
      throw ToolFailure(.usage, "\(file.path): can't be read")
    }
    let section = GeneratedSection(name: "bench", text: markdown())
    guard let replaced = section.replaced(in: text) else {
      throw ToolFailure(.usage, "\(file.path): no lines '\(section.begin)' and '\(section.end)', between which it goes")
    }
    try writeAtomically(replaced, to: file)
  }

  func markdown() -> String {
    var lines = ["| `preempt bench` … | median | 5 % to 95 % | × | of | to reach |", "|---|---|---|---|---|---|"]
    for result in results {
      var goal = ""
      switch Self.goals[result.name] {
      case .ratio(let limit):
        if let ratio = result.ratio { goal = verdict(ratio, limit, format: "× %.2f") }
      case .value(let limit): goal = verdict(result.value, limit, format: limit < 1 ? "%.2f" : "%.0f")
      case nil: break
      }
      lines.append(
        "| `\(result.name)` | \(number(result.value)) \(result.unit) | \(number(result.low)) to \(number(result.high)) | "
          + (result.ratio.map { String(format: "%.2f", $0) } ?? "") + " | "
          + (result.against.map { $0 + (result.floor.map { ", \(number($0))" } ?? "") } ?? "") + " | \(goal) |")
    }
    lines += absent.map { "| `\($0.name)` | not measured: \($0.reason) | | | | |" }
    let notes = results.filter { $0.note != nil }.map { "- `\($0.name)`: \($0.note!)" }
    let load = (try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8))?.split(separator: " ").first ?? "unknown"
    let remarks = ["", "Load of the machine when it ended: \(load). Notes:", ""] + notes
    return (lines + remarks).joined(separator: "\n") + "\n"
  }

  private func verdict(_ value: Double, _ limit: Double, format: String) -> String {
    "≤ \(String(format: format, limit)): " + (value <= limit ? "reached" : "**missed**")
  }

  private func number(_ value: Double) -> String {
    String(format: abs(value) < 10 ? "%.3f" : abs(value) < 1000 ? "%.1f" : "%.0f", value)
  }
}
