import BackendCatalog
import Foundation
import StubGenerator
import Testing

@testable import Conformance

@Suite struct UnwindTests {
  @Test func dump() throws {
    for backend in BackendCatalog.backends {
      let d = BackendDescription(backend)
      try FileManager.default.createDirectory(atPath: "/tmp/h3j/\(d.name)", withIntermediateDirectories: true)
      try JudgeTables(d, seed: 7).header.write(toFile: "/tmp/h3j/\(d.name)/tables.h", atomically: true, encoding: .utf8)
      try JudgeTables(d, seed: 7).json().write(to: URL(fileURLWithPath: "/tmp/h3j/\(d.name)/tables.json"))
    }
  }
}
