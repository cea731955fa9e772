// `preempt conformance --check scanner`, in a build of either backend.

import Testing

@Suite struct ScannerCheckTests {
  #if noxreg
  private static let (own, other, way) = ("noxreg", "amd64", "'swift build'")
  #else
  private static let (own, other, way) = ("amd64", "noxreg", "'swift build --traits noxreg'")
  #endif

  /// It plants its own faults, and each that isn't noticed is a failure.
  @Test(arguments: [3, 4]) func everyWordIsFound(seed: Int) throws {
    let run = try Tool.run(
      "preempt", ["conformance", "--arch", Self.own, "--check", "scanner", "--seed", "\(seed)", "--json"])
    let check = try #require((run.json()["checks"] as? [[String: Any]])?.first)
    print("scanner: \(check["passed"] ?? "?") passed (\(check["reason"] ?? "?"))")
    #expect(run.status == 0, "\(check["failures"] ?? "")")
    #expect(check["failed"] as? Int == 0 && check["skipped"] as? Int == 0)
    // A register, a word of the red zone, a lane: in every class, in every round.
    #expect(try #require(check["registersChecked"] as? Int) > 4 * 2 * 15)
    #expect(try #require(check["passed"] as? Int) > 1000)
  }

  @Test func theOtherBackendIsSkippedAloud() throws {
    let run = try Tool.run("preempt", ["conformance", "--arch", Self.other, "--check", "scanner"])
    #expect(run.status == 3 && run.errors.contains(Self.way), "\(run.errors)")
  }
}
