// `preempt layout`: a backend's frame, state classes and exclusions, for the eye or as JSON.

import ArchPreempt
import ArgumentParser
import Foundation
import StubGenerator

struct Layout: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show a backend's frame, state classes and what it doesn't save.",
    discussion: """
      Example: preempt layout amd64

      --svg draws it: `preempt layout amd64 --svg frame.svg`, or to standard output where no file is named.
      """)

  @Argument(help: "The backend's name.")
  var backend: String
  @Option(
    defaultAsFlag: "-", help: ArgumentHelp("Draw it as SVG to this file, or to standard output.", valueName: "file"))
  var svg: String?
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if svg != nil && output.json { throw ValidationError("--svg and --json: one of them") }
  }

  private static func text(_ options: [String]) -> String {
    options.isEmpty ? "no options" : options.joined(separator: " ")
  }

  func run() throws {
    let description = BackendDescription(try BackendPackage.current.backend(named: backend))
    if let svg {
      let drawing = DrawingEmitter(description).svg()
      if svg == "-" { return print(drawing, terminator: "") }
      return try writeAtomically(drawing, to: URL(fileURLWithPath: svg))
    }
    if output.json { return try printJSON(LayoutReport(description)) }
    let diagram = DiagramEmitter(description)
    print("backend \(description.name), \(description.abi.document)")
    print("where \(description.guardExpression)")
    print("swift build: \(Self.text(description.buildOptions)); cc: \(Self.text(description.compilerOptions))\n")
    print(diagram.frame())
    print(diagram.classes())
    print("not saved:")
    print(diagram.excluded(), terminator: "")
  }
}
