// docs/bug-corpus.md against the sources: what it names exists, and no row is without a word.

import Foundation
import Testing

@Suite struct BugCorpusTests {
  private static let package = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  struct Row {
    let bug: String
    let test: String
    let fault: String
  }

  private static func rows() throws -> [Row] {
    let text = try String(contentsOf: package.appendingPathComponent("docs/bug-corpus.md"), encoding: .utf8)
    return text.split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst().map { line in
      let cells = line.dropFirst().dropLast().split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      return Row(bug: cells.first ?? "", test: cells.count > 2 ? cells[2] : "", fault: cells.count > 3 ? cells[3] : "")
    }
  }

  /// Names of test functions: `@Test` with its arguments, then the function, perhaps lines later.
  private static func tests() throws -> Set<String> {
    let folder = package.appendingPathComponent("Tests")
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)!.compactMap { $0 as? URL }
    return try files.filter { $0.pathExtension == "swift" }.reduce(into: []) { names, file in
      let text = try String(contentsOf: file, encoding: .utf8)
      for part in text.split(separator: "@Test").dropFirst() {
        guard let function = part.firstRange(of: "func ") else { continue }
        names.insert(String(part[function.upperBound...].prefix { $0.isLetter || $0.isNumber || $0 == "_" }))
      }
    }
  }

  @Test func everyTestThatARowNamesExists() throws {
    let (rows, tests) = try (Self.rows(), Self.tests())
    #expect(rows.count == 33)
    for row in rows {
      let named = (row.test + row.fault).matches(of: /`(\w+)`/).map { String($0.1) }
      #expect(Set(named).subtracting(tests) == [], "\(row.bug)")
      // A row without a test says which one is missing, or why the bug can't occur.
      let says = row.test.hasPrefix("missing: ") || row.test.hasPrefix("can't occur: ")
      #expect(says != row.test.contains("`"), "\(row.bug): \(row.test)")
      #expect(!row.fault.isEmpty, "\(row.bug)")
    }
  }

  @Test func aNameThatIsGoneIsNoticed() throws {
    #expect(try !Self.tests().contains("everyRegisterOfEveryClassIsLost"))
    #expect(try Self.tests().contains("aNameThatIsGoneIsNoticed"))
  }
}
