// The generated files and sections of the package on disk, beside what the descriptions say they should be.

import ArchPreempt
import Conformance
import Foundation
import StubGenerator

/// One file that isn't what it should be.
struct Difference: Encodable {
  enum Kind: String, Encodable { case drifting, missing, superfluous }

  let path: String
  let kind: Kind
  /// First line that differs, from 1.
  var line: Int?
  /// That line on disk; nil where the file ends before it.
  var checkedIn: String?
  var generated: String?

  /// As `diff -u` would begin.
  var text: String {
    switch kind {
    case .missing: return "\(path): missing"
    case .superfluous: return "\(path): superfluous, no backend generates it"
    case .drifting:
      let line = line ?? 1
      let rows = [
        checkedIn.map { "-" + $0 } ?? "\\ the checked-in file ends",
        generated.map { "+" + $0 } ?? "\\ the generated text ends",
      ]
      return (["--- \(path) (checked in)", "+++ \(path) (generated)", "@@ line \(line) @@"] + rows).joined(
        separator: "\n")
    }
  }
}

/// What should be on disk, for some backends or all.
struct GeneratedTree {
  let root: URL
  let backends: [any ArchPreempt.Type]
  /// Wanted text by path.
  let files: [GeneratedFile]
  /// Present files in the generated folders that nothing generates.
  let superfluous: [String]
  /// Backends of which results are recorded that other code had.
  let staleResults: [String]

  /// Validates before anything is compared or written.
  /// - Throws: `InvalidDescription`; `ToolFailure` for a document without its markers.
  init(root: URL, backends: [any ArchPreempt.Type], of package: BackendPackage = .current) throws {
    self.root = root
    self.backends = backends
    // Those of every backend: the documents speak of all.
    var generated: [String: [GeneratedFile]] = [:]
    var violations: [Violation] = []
    let descriptions = package.backends.map { BackendDescription($0) }
    for backend in descriptions {
      do throws(InvalidDescription) {
        generated[backend.name] = try GeneratedFiles.files(for: backend, in: package.places)
      } catch {
        if backends.contains(where: { $0.name == backend.name }) { violations += error.violations }
      }
    }
    guard violations.isEmpty else { throw InvalidDescription(violations: violations) }
    var files = backends.flatMap { generated[$0.name] ?? [] }
    // Documents with generated sections are this package's own.
    let table = package.isOwn ? try Self.supportTable(descriptions, generated, root: root, package) : nil
    staleResults = table?.stale ?? []
    let frames = descriptions.prefix(1).map(GeneratedSection.frame)
    let documents =
      table.map { [("Arch/README.md", [$0.backends, $0.evidence]), ("README.md", frames + [$0.summary])] } ?? []
    for (path, sections) in documents {
      guard var text = Self.read(path, in: root) else {
        throw ToolFailure(.checkFailed, "\(path): missing; it holds generated sections, bring it back from git")
      }
      for section in sections {
        guard let replaced = section.replaced(in: text) else {
          throw ToolFailure(
            .checkFailed,
            "\(path): no lines '\(section.begin)' and '\(section.end)', between which \(section.name) goes; put them back"
          )
        }
        text = replaced
      }
      files.append(GeneratedFile(path: path, text: text))
    }
    self.files = files
    let wanted = Set(files.map(\.path))
    let coversAll = Set(backends.map { $0.name }) == Set(package.backends.map { $0.name })
    let folders = coversAll ? package.places.folders : backends.map { package.places.folder(of: $0.name) + "/" }
    superfluous = folders.flatMap { Self.list($0, in: root) }.filter { !wanted.contains($0) }.sorted()
  }

  /// - Throws: `ToolFailure` where there are results that can't be read.
  private static func supportTable(
    _ descriptions: [BackendDescription], _ generated: [String: [GeneratedFile]], root: URL, _ package: BackendPackage
  ) throws -> SupportTable {
    // What is only begun says what its model says: nothing to claim yet.
    let descriptions = descriptions.filter { $0.unknownFacts.isEmpty }
    let code = descriptions.compactMap { backend in
      generated[backend.name].map { (backend.name, TestedCode($0, arch: backend.architecture, package: root)) }
    }
    return SupportTable(
      descriptions, results: try RecordedResults.read(in: root, package), code: Dictionary(uniqueKeysWithValues: code))
  }

  /// How results of older code are brought up to date; nil where there are none.
  var staleNote: String? {
    if staleResults.isEmpty { return nil }
    return
      "\(RecordedResults.path): results of other code than is generated now don't count: 'preempt conformance --full "
      + "--record --arch \(staleResults.joined(separator: ","))' records them anew"
  }

  func differences() -> [Difference] {
    files.compactMap { file in
      guard let present = Self.read(file.path, in: root) else { return Difference(path: file.path, kind: .missing) }
      return present == file.text ? nil : Self.firstDifference(file.path, present, file.text)
    } + superfluous.map { Difference(path: $0, kind: .superfluous) }
  }

  static func read(_ path: String, in root: URL) -> String? {
    try? String(decoding: Data(contentsOf: root.appendingPathComponent(path)), as: UTF8.self)
  }

  private static func list(_ folder: String, in root: URL) -> [String] {
    let names = try? FileManager.default.subpathsOfDirectory(atPath: root.appendingPathComponent(folder).path)
    return (names ?? []).map { folder + $0 }.filter { path in
      !root.appendingPathComponent(path).resolvingSymlinksInPath().hasDirectoryPath
    }
  }

  private static func firstDifference(_ path: String, _ present: String, _ wanted: String) -> Difference {
    let old = present.split(separator: "\n", omittingEmptySubsequences: false)
    let new = wanted.split(separator: "\n", omittingEmptySubsequences: false)
    let index = zip(old, new).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(old.count, new.count)
    return Difference(
      path: path, kind: .drifting, line: index + 1, checkedIn: index < old.count ? String(old[index]) : nil,
      generated: index < new.count ? String(new[index]) : nil)
  }
}

extension RecordedResults {
  /// None where the package has no file of them.
  /// - Throws: `ToolFailure`, which names the file.
  static func read(in root: URL, _ package: BackendPackage) throws(ToolFailure) -> RecordedResults {
    let file = root.appendingPathComponent(path)
    guard FileManager.default.fileExists(atPath: file.path) else { return RecordedResults() }
    let data: Data
    do { data = try Data(contentsOf: file) } catch {
      throw ToolFailure(.environment, "\(path): can't be read; make it readable")
    }
    do { return try RecordedResults(data, backends: package.backends.map { $0.name }) } catch {
      throw ToolFailure(.checkFailed, "\(path): \(error)")
    }
  }
}
