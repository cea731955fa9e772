// `preempt add-arch`: begins a backend as a copy of another, with every fact of it marked unknown.

import ArchPreempt
import ArgumentParser
import Foundation

struct AddArch: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add-arch",
    abstract: "Begin a backend for another CPU.",
    discussion: """
      Copies the folder of the backend that is most like it under Arch/, and adds its lines to manifest, catalogue and \
      conformance matrix. It compiles at once. Nothing is generated from it before every fact is known: `preempt check \
      NAME` lists the ones that aren't, in order, each as a question to the psABI. docs/adding-an-architecture.md goes \
      through a port.

      Example: preempt add-arch loong64 --like riscv64
      """)

  @Argument(help: "The CPU's name: lower-case letters and digits, a letter first.")
  var name: String
  @Option(help: ArgumentHelp("The backend to start from.", valueName: "backend"))
  var like: String
  @OptionGroup var package: PackageOptions
  @OptionGroup var output: OutputOptions

  private struct Report: Encodable {
    let written: [String]
    let edited: [String]
    let unknownFacts: [String]
  }

  func run() throws {
    let root = try package.root()
    let base = try BackendPackage.current.backend(named: like)
    guard base.architecture == base.name else {
      throw ToolFailure(
        .usage, "--like \(like): a transformation of \(base.architecture), not a CPU; take \(base.architecture)")
    }
    let scaffold = try Scaffold(name: name, like: base, root: root)
    try scaffold.write()
    if output.json {
      return try printJSON(
        Report(
          written: scaffold.files.map(\.path), edited: scaffold.edits.map(\.path),
          unknownFacts: Fact.allCases.map(\.rawValue)))
    }
    for file in scaffold.files { print("wrote \(file.path)") }
    for file in scaffold.edits { print("edited \(file.path)") }
    print("next: swift run preempt check \(name), which asks \(Fact.allCases.count) questions")
  }
}

/// The new folder, and the lines that make it a part of the package. Everything is worked out before anything is written.
private struct Scaffold {
  typealias Text = (path: String, text: String)

  private let root: URL
  private let name: String
  private let base: String
  /// The base's Swift type, `I386` of `386`, and the new one's.
  private let baseType: String
  private let type: String
  private(set) var files: [Text] = []
  private(set) var edits: [Text] = []

  init(name: String, like backend: any ArchPreempt.Type, root: URL) throws(ToolFailure) {
    self.root = root
    self.name = name
    base = backend.name
    baseType = String(describing: backend)
    type = name.uppercased()
    let isIdentifier =
      name.first?.isLowercase == true && name.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber) }
    guard isIdentifier, name.count <= 20 else {
      throw ToolFailure(
        .usage, "'\(name)' is no name for a backend: lower-case letters and digits, a letter first, 20 at most")
    }
    guard !BackendPackage.current.backends.contains(where: { $0.name == name }), !exists("Arch/\(name)") else {
      throw ToolFailure(
        .usage, "'\(name)' is there already: Arch/\(name), or a backend of the catalogue; take another name")
    }
    try copyFolder()
    for path in ["Package.swift", "Sources/BackendCatalog/BackendCatalog.swift", "Sources/Conformance/Toolchain.swift"]
    {
      try insert(into: path)
    }
  }

  private func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root.appendingPathComponent(path).path)
  }

  private func text(of path: String) throws(ToolFailure) -> String {
    do { return try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8) } catch {
      throw ToolFailure(.environment, "\(path): can't be read; it is a part of the package")
    }
  }

  private func renamed(_ text: String) -> String {
    text.split(separator: baseType, omittingEmptySubsequences: false)
      .map { $0.replacingOccurrences(of: base, with: name) }.joined(separator: type)
  }

  private mutating func copyFolder() throws(ToolFailure) {
    let folder = root.appendingPathComponent("Arch/\(base)")
    let found = (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?.sorted() ?? []
    guard !found.isEmpty else { throw ToolFailure(.environment, "Arch/\(base): can't be read") }
    for file in found where file.hasSuffix(".swift") {
      let original = try self.text(of: "Arch/\(base)/\(file)")
      guard !original.split(whereSeparator: { !$0.isLetter && !$0.isNumber }).contains(Substring(type)) else {
        throw ToolFailure(.usage, "'\(name)': \(type) is something else in Arch/\(base)/\(file); take another name")
      }
      var text = renamed(original)
      let declaration = "  public static let name = \"\(name)\"\n"
      if let place = text.range(of: declaration) {
        let facts = Fact.allCases.map { "    .\($0.rawValue)," }.joined(separator: "\n")
        text.insert(
          contentsOf: "  /// Take out what is answered below; `preempt check \(name)` asks for the rest.\n"
            + "  public static let unknownFacts: [Fact] = [\n\(facts)\n  ]\n", at: place.upperBound)
      }
      files.append(("Arch/\(name)/\(renamed(file))", text))
    }
    guard files.contains(where: { $0.text.contains("unknownFacts") }) else {
      throw ToolFailure(.checkFailed, "Arch/\(base): no line 'public static let name = \"\(base)\"' to begin from")
    }
    files.append(
      (
        "Arch/\(name)/NOTES.md",
        """
        # \(name)

        Begun as a copy of \(base). Documents, with versions; variants, and what is refused; what was measured where.

        """
      ))
  }

  /// Repeats every line that names the base backend alone for the new one, behind it.
  private mutating func insert(into path: String) throws(ToolFailure) {
    guard exists(path) else { return }
    var inserted = false
    let lines = try text(of: path).split(separator: "\n", omittingEmptySubsequences: false).flatMap {
      line -> [String] in
      guard isRowOfBase(line) else { return [String(line)] }
      inserted = true
      return [String(line), renamed(String(line))]
    }
    guard inserted else {
      throw ToolFailure(.checkFailed, "\(path): no line of \(base) to put one of \(name) behind")
    }
    edits.append((path, lines.joined(separator: "\n")))
  }

  /// Rows of the manifest, the catalogue and the matrix.
  private func isRowOfBase(_ line: Substring) -> Bool {
    let text = line.drop { $0 == " " }
    return text.hasPrefix("(\"\(base)\",") || text == "import \(baseType)Backend" || text == "\(baseType).self,"
      || text.hasPrefix("\"\(base)\":")
  }

  /// All of it or nothing.
  func write() throws(ToolFailure) {
    var originals: [Text] = []
    for (path, _) in edits { originals.append((path, try text(of: path))) }
    do {
      for (path, text) in files + edits { try writeAtomically(text, to: root.appendingPathComponent(path)) }
    } catch {
      try? FileManager.default.removeItem(at: root.appendingPathComponent("Arch/\(name)"))
      for (path, original) in originals where (try? text(of: path)) != original {
        try? writeAtomically(original, to: root.appendingPathComponent(path))
      }
      throw ToolFailure(error.status, lines: error.lines + ["nothing was changed"])
    }
  }
}
