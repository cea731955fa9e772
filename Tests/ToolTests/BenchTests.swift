// `preempt bench`: its rows, its JSON and its plot. No test looks at a time.

import Foundation
import FoundationXML
import Testing

/// An SVG file's text elements; throws where it isn't well-formed XML.
final class Drawing: NSObject, XMLParserDelegate {
  private(set) var texts: [String] = []
  private(set) var shapeCount = 0
  private var text: String?

  struct Malformed: Error { let reason: String }

  init(_ svg: String) throws {
    super.init()
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = self
    guard parser.parse() else { throw Malformed(reason: "\(String(describing: parser.parserError))") }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    if name == "text" { text = "" } else { shapeCount += 1 }
  }

  func parser(_ parser: XMLParser, foundCharacters characters: String) { text?.append(characters) }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
    if let text, name == "text" { texts.append(text) }
    text = nil
  }
}

@Suite struct BenchTests {
  /// Rows that every machine with two CPUs gives.
  private static let names = [
    "empty-signal", "full-preemption", "whole-stack-8", "whole-stack-frame", "stub-sse", "switch", "yield", "spawn",
    "signal-elsewhere", "request-to-run", "request-to-run-p99", "stop-the-world", "stop-the-world-every-p",
    "overhead-10ms", "overhead-1ms",
    "overhead-100us", "overhead-libc-1ms", "bytes-per-g", "bytes-per-g-1", "mappings", "preemption-10-parked",
    "generate-all",
  ]

  @Test(.enabled(if: ProcessInfo.processInfo.activeProcessorCount > 1, "needs two CPUs"))
  func everyRowIsThereWithItsKeys() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("preempt-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (plot, output) = (folder.appendingPathComponent("growth.svg"), folder.appendingPathComponent("bench.json"))
    let run = try Tool.run(
      "preempt",
      ["bench", "--json", "--samples", "3", "--largest", "10", "--plot", plot.path, "--output", output.path])
    try #require(run.status == 0, "\(run.errors)")
    let report = try run.json()
    let rows = try #require(report["results"] as? [[String: Any]])
    let byName = Dictionary(uniqueKeysWithValues: rows.map { ($0["name"] as? String ?? "", $0) })
    for name in Self.names { #expect(byName[name] != nil, "\(name)") }
    for row in rows {
      #expect(
        Set(row.keys) == [
          "name", "value", "unit", "floor", "against", "ratio", "samples", "low", "high", "note",
        ])
      #expect((row["value"] as? Double)?.isFinite == true && (row["samples"] as? Int ?? 0) > 0, "\(row)")
      // Held against something, or not: never half.
      #expect((row["floor"] is NSNull) == (row["ratio"] is NSNull), "\(row)")
    }
    for (name, floor) in [("full-preemption", "empty-signal"), ("stub-sse", "baseline")] {
      #expect(byName[name]?["against"] as? String == floor)
    }
    // What can't be measured here says why.
    for row in try #require(report["absent"] as? [[String: Any]]) {
      #expect((row["reason"] as? String)?.isEmpty == false, "\(row)")
    }
    #expect(try String(contentsOf: output, encoding: .utf8) == run.output)
    let drawing = try Drawing(String(contentsOf: plot, encoding: .utf8))
    #expect(drawing.texts.contains("10") && drawing.texts.contains { $0.hasPrefix("× ") })
    #expect(drawing.shapeCount > 20)
  }

  @Test func namesChooseRows() throws {
    let rows = try Tool.run("preempt", ["bench", "--json", "--samples", "3", "generate-all", "switch"]).json()
    #expect((rows["results"] as? [[String: Any]])?.map { $0["name"] as? String } == ["switch", "generate-all"])
  }

  @Test func anUnknownRowNamesTheNearest() throws {
    let run = try Tool.run("preempt", ["bench", "stub-ssse"])
    #expect(run.status == 2)
    #expect(run.errors.contains("no row is called 'stub-ssse'; did you mean 'stub-sse'?"))
  }
}
