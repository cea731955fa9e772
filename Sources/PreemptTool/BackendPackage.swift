// The backends that a tool is about, and the package that describes them: this one's, or one's that depends on it.

import ArchPreempt
import BackendCatalog
import Conformance
import Foundation
import StubGenerator

/// A package with backends.
struct BackendPackage: Sendable {
  /// As its manifest says.
  let name: String
  let backends: [any ArchPreempt.Type]
  let places: GeneratedFiles.Places
  /// By architecture, for those that the conformance matrix doesn't know.
  let tools: [String: CrossTools]

  static let own = BackendPackage(
    name: "swift-preempt", backends: BackendCatalog.backends, places: .own, tools: [:])

  /// The one this program is about; set once, before any command runs.
  nonisolated(unsafe) static var current = own

  /// As the user called it.
  static var toolName: String {
    URL(fileURLWithPath: CommandLine.arguments.first ?? "preempt").lastPathComponent
  }

  var isOwn: Bool { name == Self.own.name }

  /// The backends of those names, all of them where there is none.
  func backends(named names: [String]) throws(ToolFailure) -> [any ArchPreempt.Type] {
    if names.isEmpty { return backends }
    var found: [any ArchPreempt.Type] = []
    for name in names where !found.contains(where: { $0.name == name }) { found.append(try backend(named: name)) }
    return found
  }

  func backend(named name: String) throws(ToolFailure) -> any ArchPreempt.Type {
    guard let backend = backends.first(where: { $0.name == name }) else {
      let names = backends.map { $0.name }
      // A compiler's name of the CPU is in the guard: __aarch64__.
      let lowered = name.lowercased()
      let other = backends.first { $0.name == lowered || $0.guardExpression.contains("__\(lowered)__") }
      throw ToolFailure(
        .usage,
        UnknownBackend(name: name, known: names).description
          + (other.map { "; did you mean '\($0.name)'?" } ?? suggestion(for: name, among: names)))
    }
    return backend
  }

  /// A backend as the conformance suite takes it, its files below `root`.
  func subject(_ backend: any ArchPreempt.Type, root: URL) -> Subject {
    let description = BackendDescription(backend)
    return Subject(description, package: root, places: places, tools: tools[description.architecture])
  }

  /// Where the suite's own programs lie: in this package, wherever it was compiled from.
  func suite(root: URL) throws(ToolFailure) -> URL {
    if isOwn { return root }
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    guard FileManager.default.fileExists(atPath: folder.appendingPathComponent("Sources/CHarness").path) else {
      throw ToolFailure(
        .environment,
        "\(folder.path): swift-preempt was compiled from there and is there no more; build \(Self.toolName) again")
    }
    return folder
  }
}
