// A backend stays a table: what its folder may hold.

import ArchPreempt
import Foundation
import Testing

@Suite struct BackendFolderTests {
  /// Lines of Swift in a folder under Arch/. What grows beyond it belongs into the generator, said once for every CPU.
  static let lineLimit = 350

  static let folders = (try? Folder.all(under: PackageRoot.url.appendingPathComponent("Arch"))) ?? []

  @Test func everyBackendHasAFolder() {
    #expect(Set(Self.folders.map(\.name)).isSuperset(of: ["386", "amd64", "arm64", "noxreg", "riscv64", "s390x"]))
  }

  @Test(arguments: folders)
  func aFolderIsShort(folder: Folder) {
    let counts = folder.files.map { "\($0.name) \($0.lines.count)" }.joined(separator: ", ")
    #expect(folder.lineCount <= Self.lineLimit, "Arch/\(folder.name): \(counts)")
  }

  @Test(arguments: folders)
  func aFolderImportsTheContractAlone(folder: Folder) {
    for file in folder.files {
      let imports = file.lines.filter { $0.hasPrefix("import ") || $0.hasPrefix("public import ") }
      #expect(imports == ["public import ArchPreempt"], "Arch/\(folder.name)/\(file.name)")
    }
  }

  @Test func aLongFolderIsFound() throws {
    let root = try TemporaryFolder()
    for part in ["VAX.swift", "VAX+Registers.swift"] {
      try root.write(String(repeating: "\n", count: Self.lineLimit / 2 + 1), to: "vax/\(part)")
    }
    try root.write(String(repeating: "\n", count: 2 * Self.lineLimit), to: "vax/NOTES.md")
    let folder = try #require(Folder.all(under: root.url).first)
    #expect(folder.lineCount == Self.lineLimit / 2 * 2 + 2)
  }
}

/// The Swift files of a backend.
struct Folder: Sendable, CustomTestStringConvertible {
  let name: String
  let files: [(name: String, lines: [String])]

  var lineCount: Int { files.reduce(0) { $0 + $1.lines.count } }
  var testDescription: String { name }

  static func all(under root: URL) throws -> [Folder] {
    let manager = FileManager.default
    return try manager.contentsOfDirectory(atPath: root.path).sorted().compactMap { name in
      let folder = root.appendingPathComponent(name)
      let names = (try? manager.contentsOfDirectory(atPath: folder.path))?.filter { $0.hasSuffix(".swift") }.sorted()
      guard let names, !names.isEmpty else { return nil }
      let files = try names.map { file in
        let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
        return (file, text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init))
      }
      return Folder(name: name, files: files)
    }
  }
}
