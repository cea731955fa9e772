// The checked-in files are what the descriptions generate, byte for byte, and nothing else.

import ArchPreempt
import BackendCatalog
import Foundation
import StubGenerator
import Testing

@Suite struct GeneratedFilesTests {
  static let folders = ["Sources/CPreempt/generated", "Sources/SelectedArch/Generated"]

  static func generateAll(_ names: [String] = BackendCatalog.names) throws -> [GeneratedFile] {
    try names.flatMap { try GeneratedFiles.files(for: BackendCatalog.backend(named: $0)) }
  }

  /// Paths under `root` that differ from `files`, are missing, or that no backend generates.
  static func drift(from files: [GeneratedFile], under root: URL) throws -> [String] {
    var paths: Set<String> = []
    for folder in folders {
      let found = FileManager.default.enumerator(atPath: root.appendingPathComponent(folder).path)
      for case let path as String in found ?? .init() {
        var isFolder: ObjCBool = false
        let full = "\(folder)/\(path)"
        let exists = FileManager.default.fileExists(
          atPath: root.appendingPathComponent(full).path, isDirectory: &isFolder)
        if exists && !isFolder.boolValue { paths.insert(full) }
      }
    }
    let stray = paths.subtracting(files.map(\.path))
    let changed = files.filter { file in
      (try? Data(contentsOf: root.appendingPathComponent(file.path))) != Data(file.text.utf8)
    }
    return (stray + changed.map(\.path)).sorted()
  }

  @Test func checkedInFilesAreTheGeneratedOnes() throws {
    let files = try Self.generateAll()
    #expect(files.count == 6 * BackendCatalog.backends.count)
    #expect(try Self.drift(from: files, under: PackageRoot.url) == [], "run `preempt generate`")
  }

  @Test func alteredMissingAndStrayFilesAreDrift() throws {
    let files = try Self.generateAll()
    let folder = try TemporaryFolder()
    for file in files { try folder.write(file.text, to: file.path) }
    #expect(try Self.drift(from: files, under: folder.url) == [])

    let altered = try #require(files.first { $0.path.hasSuffix("amd64/preempt.S") })
    try folder.write(altered.text.replacing("popq %rbp", with: "popq %rbx"), to: altered.path)
    #expect(try Self.drift(from: files, under: folder.url) == [altered.path])
    try folder.write(altered.text + "\n", to: altered.path)
    #expect(try Self.drift(from: files, under: folder.url) == [altered.path])
    try folder.write(altered.text, to: altered.path)

    let missing = try #require(files.first { $0.path.hasSuffix("noxreg.swift") })
    try FileManager.default.removeItem(atPath: folder.path(missing.path))
    #expect(try Self.drift(from: files, under: folder.url) == [missing.path])
    try folder.write(missing.text, to: missing.path)

    try folder.write("", to: "Sources/CPreempt/generated/vax/preempt.S")
    #expect(try Self.drift(from: files, under: folder.url) == ["Sources/CPreempt/generated/vax/preempt.S"])
  }

  @Test func generationIsDeterministic() throws {
    let first = try Self.generateAll()
    #expect(try Self.generateAll() == first)
    let reversed = try Self.generateAll(BackendCatalog.names.reversed())
    #expect(reversed.sorted { $0.path < $1.path } == first.sorted { $0.path < $1.path })
    #expect(Set(first.map(\.path)).count == first.count)
  }

  @Test(arguments: BackendCatalog.names)
  func everyFileSaysWhereItComesFrom(name: String) throws {
    let generated = try Generated(name)
    for file in generated.files {
      let line = try #require(file.text.split(separator: "\n").first)
      #expect(line.contains("Generated from backend \(name) by `preempt generate`"), "\(file.path)")
      #expect(file.text.hasSuffix("\n"), "\(file.path)")
      #expect(!file.text.contains("\r"), "\(file.path)")
    }
  }

  @Test(arguments: BackendCatalog.names)
  func everyFileStandsInItsGuard(name: String) throws {
    let generated = try Generated(name)
    for file in ["preempt.S", "probe.S", "preempt.h"] {
      let lines = try generated.text(file).split(separator: "\n").map(String.init)
      // A header is for importers, who don't see the define that selects what is assembled.
      let expression =
        file.hasSuffix(".h")
        ? generated.description.guardExpression : generated.description.selectionExpression
      let selections = lines.filter { $0 == "#if \(expression)" }
      #expect(selections.count == 1, "\(file)")
      #expect(lines.prefix { !$0.hasPrefix("#if ") }.allSatisfy { $0.hasPrefix("/*") || $0.contains("_H") }, "\(file)")
    }
    let onStack = generated.description.layout.extendedPlacement == .stack
    let constants = try generated.text("\(name).swift").split(separator: "\n")
    let condition = try #require(constants.first { !$0.hasPrefix("//") })
    #expect(condition.hasPrefix(onStack ? "#if noxreg && " : "#if !noxreg && "))
    #expect(condition.contains("arch("))
    #expect(constants.last == "#endif")
  }
}
