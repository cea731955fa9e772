// `preempt generate`: writes what the descriptions say, and only where it isn't there already.

import ArgumentParser
import Foundation
import StubGenerator

struct Generate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write the generated files of the backends.",
    discussion: """
      Validates every description first; a broken one writes nothing. Files that are right already aren't touched. The \
      generated sections of README.md and Arch/README.md speak of all backends and are always brought up to date. \
      Without a BACKEND, files that no backend generates any more are removed from the generated folders.

      Example: preempt generate amd64
      """)

  @Argument(help: "Backends by name; all of them where none is given.")
  var backends: [String] = []
  @OptionGroup var package: PackageOptions
  @OptionGroup var output: OutputOptions

  private struct Report: Encodable {
    var backends: [String]
    var written: [String] = []
    var removed: [String] = []
    var unchangedCount: Int
  }

  func run() throws {
    let tree = try GeneratedTree(
      root: try package.root(), backends: try BackendPackage.current.backends(named: backends))
    let differences = tree.differences()
    var report = Report(backends: tree.backends.map { $0.name }, unchangedCount: tree.files.count)
    var kept: [String] = []
    let texts = Dictionary(uniqueKeysWithValues: tree.files.map { ($0.path, $0.text) })
    for difference in differences {
      let file = tree.root.appendingPathComponent(difference.path)
      if let text = texts[difference.path] {
        try writeAtomically(text, to: file)
        report.written.append(difference.path)
        report.unchangedCount -= 1
      } else if GeneratedTree.read(difference.path, in: tree.root).map(GeneratedFiles.bearsMark) ?? false {
        try FileManager.default.removeItem(at: file)
        report.removed.append(difference.path)
      } else {
        kept.append(difference.path)
      }
    }
    if output.json {
      try printJSON(report)
    } else {
      for path in report.written { print("wrote \(path)") }
      for path in report.removed { print("removed \(path)") }
      print("\(report.written.count) written, \(report.removed.count) removed, \(report.unchangedCount) unchanged")
      if let note = tree.staleNote { print(note) }
    }
    guard kept.isEmpty else {
      throw ToolFailure(
        .checkFailed,
        lines: kept.map { "\($0): lies among generated files but bears no mark of the generator; move it away" })
    }
  }
}
