// The judges of the unwinding: that they agree about the stubs, and that each of them can disagree.

import BackendCatalog
import Foundation
import StubGenerator
import Testing

@testable import Conformance

private let package = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

@Suite(.serialized) struct UnwindTests {
  @Test(arguments: BackendCatalog.names) func judgesAgree(backend: String) throws {
    let subject = Subject(BackendDescription(try BackendCatalog.backend(named: backend)), package: package)
    let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("preempt-judges-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    let campaign = Campaign(package: package, scratch: scratch, effort: .quick, seconds: 1, seed: 7)
    let checks: [any ConformanceCheck] = [
      LibunwindCheck(), GDBCheck(), FramePointerCheck(), DetachCheck(), DwarfdumpCheck(),
    ]
    for check in checks {
      let clock = ContinuousClock.now
      let outcome = try check.run(subject, campaign)
      print(check.name, outcome, ContinuousClock.now - clock)
      #expect(outcome.failed == 0)
    }
  }
}
