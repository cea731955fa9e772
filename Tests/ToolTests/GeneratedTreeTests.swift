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
    // Below may stand which results are of other code.
    #expect(
      check.output.hasPrefix(
        """
        --- \(stub) (checked in)
        +++ \(stub) (generated)
        @@ line 20 @@
        -\(lines[19])
        +\(was)

        """))
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
    try copy.write(try copy.text(path).replacingOccurrences(of: "`noxreg_386`", with: "`noxrag_386`"), to: path)
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

/// The support tables and the results that they are written from.
@Suite struct RecordedResultsCommandTests {
  private static let results = "Arch/results.json"

  /// A copy with one result: that amd64 assembles.
  private func recorded() throws -> PackageCopy {
    let copy = try PackageCopy()
    try? FileManager.default.removeItem(at: copy.root.appendingPathComponent(Self.results))
    let run = try copy.preempt("conformance", "--full", "--record", "--arch", "amd64", "--check", "assembles")
    #expect(run.status == 0, "\(run.errors)")
    return copy
  }

  private func row(_ backend: String, in copy: PackageCopy) throws -> String {
    let evidence = try #require(try copy.text("Arch/README.md").components(separatedBy: "support-table:begin").last)
    return String(try #require(evidence.split(separator: "\n").first { $0.hasPrefix("| `\(backend)` |") }))
  }

  @Test func whatIsRecordedIsInTheTables() throws {
    let copy = try recorded()
    #expect(try copy.text(Self.results).split(separator: "\n").count == 3)
    #expect(try row("amd64", in: copy).contains("gcc"))
    #expect(try !row("noxreg", in: copy).contains("gcc"))
    let check = try copy.preempt("check")
    #expect(check.status == 0, "\(check.output)")
    #expect(!check.output.contains("--record"))
  }

  @Test func resultsOfOtherCodeLowerTheClaim() throws {
    let copy = try recorded()
    let text = try copy.text(Self.results)
    let digest = try #require(text.components(separatedBy: "\"digest\":\"").last?.prefix(16))
    try copy.write(text.replacingOccurrences(of: digest, with: "0123456789abcdef"), to: Self.results)
    let check = try copy.preempt("check")
    #expect(check.status == 1)
    #expect(check.output.contains("--- Arch/README.md (checked in)"), "the table says more than is known")
    let refresh = "'preempt conformance --full --record --arch amd64' records them anew"
    #expect(check.output.contains(refresh))
    #expect(try copy.preempt("generate").output.contains(refresh))
    #expect(try !row("amd64", in: copy).contains("gcc"))
    #expect(try copy.preempt("check").status == 0)
    #expect(try copy.preempt("check", "--json").json()["staleResults"] as? [String] == ["amd64"])
  }

  @Test func aFailureThatWasRecordedShows() throws {
    let copy = try recorded()
    let text = try copy.text(Self.results).replacingOccurrences(of: "\"failed\":0", with: "\"failed\":3")
    try copy.write(text, to: Self.results)
    #expect(try copy.preempt("check").status == 1)
    #expect(try copy.preempt("generate").status == 0)
    #expect(try row("amd64", in: copy).contains("**3 failed**"))
    #expect(try copy.text("Arch/README.md").contains("fails assembles"))
  }

  @Test(arguments: [("\"amd64\"", "\"vax\"", "results of 'vax'"), ("\n]}", "", "not a whole file of results")])
  func aDamagedFileIsNamedAndNothingWritten(_ text: String, _ damage: String, _ message: String) throws {
    let copy = try recorded()
    try copy.write(try copy.text(Self.results).replacingOccurrences(of: text, with: damage), to: Self.results)
    let before = try copy.contents()
    for arguments in [["check"], ["generate"], ["conformance", "--full", "--record", "--check", "assembles"]] {
      let run = try Tool.run("preempt", arguments + ["--package-path", copy.root.path])
      #expect(run.status == 1)
      #expect(run.errors.hasPrefix("preempt: \(Self.results): ") && run.errors.contains(message), "\(run.errors)")
    }
    #expect(try copy.contents() == before)
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
