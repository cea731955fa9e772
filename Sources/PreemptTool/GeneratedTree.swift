// The generated files and sections of the package on disk, beside what the descriptions say they should be.

import ArchPreempt
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

  /// Validates before anything is compared or written.
  /// - Throws: `InvalidDescription`; `ToolFailure` for a document without its markers.
  init(root: URL, backends: [any ArchPreempt.Type], of package: BackendPackage = .current) throws {
    self.root = root
    self.backends = backends
    var files: [GeneratedFile] = []
    var violations: [Violation] = []
    for backend in backends {
      do throws(InvalidDescription) { files += try GeneratedFiles.files(for: backend, in: package.places) } catch {
        violations += error.violations
      }
    }
    guard violations.isEmpty else { throw InvalidDescription(violations: violations) }
    let everything = package.backends.map { BackendDescription($0) }
    // Documents with generated sections are this package's own.
    for (path, sections) in package.isOwn ? GeneratedSections.documents(everything) : [] {
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
