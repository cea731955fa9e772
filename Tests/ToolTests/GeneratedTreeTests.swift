// `generate` and `check` on copies of the tree, intact and damaged.

import Foundation
import Testing

private let stub = "Sources/CPreempt/generated/amd64/preempt.S"

@Suite struct GeneratedTreeTests {
  @Test func thisTreeIsWhatItsBackendsGenerate() throws {
    let run = try Tool.run("preempt", ["check"])
    #expect(run.status == 0, "\(run.output)\(run.errors)")
  }

  @Test func generateTouchesNothingThatIsRight() throws {
    let copy = try PackageCopy()
    let before = try copy.contents()
    for _ in 0..<2 {
      let report = try copy.preempt("generate", "--json").json()
      #expect(report["written"] as? [String] == [])
      #expect(report["removed"] as? [String] == [])
      #expect(report["backends"] as? [String] == Tool.backends)
    }
    #expect(try copy.contents() == before)
  }

  @Test func driftIsReportedWithItsLineAndRepaired() throws {
    let copy = try PackageCopy()
    let before = try copy.contents()
    var lines = try copy.text(stub).split(separator: "\n", omittingEmptySubsequences: false)
    let was = lines[19]
    lines[19] = "\tud2 # not the generator's"
    try copy.write(lines.joined(separator: "\n"), to: stub)

    let check = try copy.preempt("check")
    #expect(check.status == 1)
    #expect(
      check.output == """
        --- \(stub) (checked in)
        +++ \(stub) (generated)
        @@ line 20 @@
        -\(lines[19])
        +\(was)

        """)
    #expect(check.errors.contains("1 file is not what the backends generate: run 'preempt generate'"))
    let report = try copy.preempt("check", "--json")
    #expect(report.status == 1)
    let difference = try #require((try report.json()["differences"] as? [[String: Any]])?.first)
    #expect(difference["kind"] as? String == "drifting")
    #expect(difference["line"] as? Int == 20)
    #expect(try copy.preempt("check", "noxreg").status == 0, "the other backend's files are fine")

    let generate = try copy.preempt("generate")
    #expect(generate.status == 0)
    #expect(generate.output.hasPrefix("wrote \(stub)\n1 written"))
    #expect(try copy.contents() == before, "and no temporary file is left")
  }

  @Test func aTruncatedFileSaysWhereItEnds() throws {
    let copy = try PackageCopy()
    let lines = try copy.text(stub).split(separator: "\n", omittingEmptySubsequences: false)
    try copy.write(lines[..<30].joined(separator: "\n"), to: stub)
    let check = try copy.preempt("check")
    #expect(check.status == 1)
    #expect(check.output.contains("@@ line 31 @@\n\\ the checked-in file ends\n+\(lines[30])\n"))
  }

  @Test func missingAndSuperfluousFilesAreReportedAndRepaired() throws {
    let copy = try PackageCopy()
    let before = try copy.contents()
    let header = "Sources/CPreempt/generated/noxreg/preempt.h"
    let stale = "Sources/CPreempt/generated/vax/preempt.S"
    try FileManager.default.removeItem(at: copy.root.appendingPathComponent(header))
    try copy.write("/* Generated from backend vax by `preempt generate`. */\n", to: stale)
    let check = try copy.preempt("check")
    #expect(check.status == 1)
    #expect(check.output.contains("\(header): missing\n"))
    #expect(check.output.contains("\(stale): superfluous"))
    #expect(try copy.preempt("generate").status == 0)
    #expect(try copy.contents() == before)
  }

  @Test func aFileWithoutTheMarkIsNeverRemoved() throws {
    let copy = try PackageCopy()
    let foreign = "Sources/SelectedArch/Generated/mine.swift"
    try copy.write("let mine = 1\n", to: foreign)
    let generate = try copy.preempt("generate")
    #expect(generate.status == 1)
    #expect(generate.errors.contains("\(foreign): lies among generated files but bears no mark"))
    #expect(try copy.text(foreign) == "let mine = 1\n")
  }

  @Test(arguments: ["README.md", "Arch/README.md"])
  func aSectionThatDriftedIsReportedAndRepaired(_ path: String) throws {
    let copy = try PackageCopy()
    let before = try copy.contents()
    try copy.write(try copy.text(path).replacingOccurrences(of: "| `noxreg` |", with: "| `noxrag` |"), to: path)
    let check = try copy.preempt("check")
    #expect(check.status == 1)
    #expect(check.output.contains("--- \(path) (checked in)"))
    #expect(try copy.preempt("generate").status == 0)
    #expect(try copy.contents() == before)
  }

  @Test func aDocumentWithoutItsMarkersIsNamed() throws {
    let copy = try PackageCopy()
    let text = try copy.text("README.md").replacingOccurrences(of: "<!-- support-table:end -->", with: "")
    try copy.write(text, to: "README.md")
    let check = try copy.preempt("check")
    #expect(check.status == 1)
    #expect(check.errors.hasPrefix("preempt: README.md: no lines '<!-- support-table:begin -->'"))
  }

  @Test func aFileThatCanNotBeWrittenIsNamed() throws {
    let copy = try PackageCopy()
    let file = copy.root.appendingPathComponent(stub)
    try FileManager.default.removeItem(at: file)
    try FileManager.default.createDirectory(
      at: file.appendingPathComponent("inside"), withIntermediateDirectories: true)
    let generate = try copy.preempt("generate")
    #expect(generate.status == 3)
    #expect(generate.errors.contains(stub))
    let left = try FileManager.default.contentsOfDirectory(atPath: file.deletingLastPathComponent().path)
    #expect(left.sorted() == ["frame.txt", "preempt.S", "preempt.h", "probe.S", "probe.h"])
  }
}

@Suite struct ExampleTests {
  @Test func readmeShowsTheTickerAsItIs() throws {
    let readme = try String(contentsOf: Tool.package.appendingPathComponent("README.md"), encoding: .utf8)
    let source = try String(
      contentsOf: Tool.package.appendingPathComponent("Sources/ticker/Ticker.swift"), encoding: .utf8)
    let begin = try #require(readme.range(of: "<!-- example:begin -->\n```swift\n"))
    let end = try #require(readme.range(of: "```\n<!-- example:end -->"))
    #expect(readme[begin.upperBound..<end.lowerBound] == source)
  }

  @Test func theTickerTicksBesideLoopsThatNeverYield() throws {
    let run = try Tool.run("ticker")
    #expect(run.status == 0)
    let lines = run.output.split(separator: "\n")
    #expect(lines.prefix(10).elementsEqual((1...10).map { "tick \($0)" }))
    let preemptions = lines.last?.split(separator: " ").dropLast().last.flatMap { Int($0) } ?? 0
    #expect(preemptions > 0, "\(run.output)")
  }
}
