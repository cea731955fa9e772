// `preempt check`: whether the generated files in the package are what the descriptions say.

import ArgumentParser
import StubGenerator

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare the checked-in generated files with the descriptions.",
    discussion: """
      Prints the first difference of every file that drifted, and the names of missing and superfluous ones; exits 1 \
      where there is any. Writes nothing.

      Example: preempt check --json
      """)

  @Argument(help: "Backends by name; all of them where none is given.")
  var backends: [String] = []
  @OptionGroup var package: PackageOptions
  @OptionGroup var output: OutputOptions

  private struct Report: Encodable {
    let backends: [String]
    let fileCount: Int
    let staleResults: [String]
    let differences: [Difference]
  }

  func run() throws {
    let tree = try GeneratedTree(
      root: try package.root(), backends: try BackendPackage.current.backends(named: backends))
    let differences = tree.differences()
    if output.json {
      try printJSON(
        Report(
          backends: tree.backends.map { $0.name }, fileCount: tree.files.count,
          staleResults: tree.staleResults, differences: differences))
    } else {
      for difference in differences { print(difference.text) }
      if differences.isEmpty { print("\(tree.files.count) files are what their backends generate") }
      if let note = tree.staleNote { print(note) }
    }
    guard differences.isEmpty else {
      let count = differences.count == 1 ? "1 file is" : "\(differences.count) files are"
      throw ToolFailure(
        .checkFailed,
        "\(count) not what the backends generate: run '\(BackendPackage.toolName) generate' and review the diff")
    }
  }
}
