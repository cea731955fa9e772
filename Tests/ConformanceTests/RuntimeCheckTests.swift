// The Swift runtime as Embedded Swift on another CPU: it preempts, and what is wrong is found.

import ArchPreempt
import BackendCatalog
import Foundation
import Testing

@testable import Conformance
@testable import StubGenerator

/// On a CPU whose tasks the kernel resumes.
private let harness = Result { try RuntimeHarness(HarnessFixture.subject("arm64"), HarnessFixture.campaign) }

/// What doesn't compile is no skip.
private let isPossible: Bool = {
  guard case .failure(let error as Skip) = harness else { return true }
  print("skipped: the runtime on arm64: \(error.reason)")
  return false
}()

@Suite(.serialized) struct RuntimeCheckTests {
  @Test(.enabled(if: isPossible, "no Embedded Swift, compiler or emulator for arm64 here"))
  func tasksArePreemptedAndKeepEveryRegister() throws {
    let outcome = try RuntimeCheck().run(HarnessFixture.subject("arm64"), HarnessFixture.campaign)
    #expect(outcome.failed == 0, "\(outcome.failures.map(\.text))")
    #expect(outcome.injectedCalls >= 1000 && outcome.checksAfterPreemption > 0 && outcome.passed == 3)
  }

  @Test(.enabled(if: isPossible, "no Embedded Swift, compiler or emulator for arm64 here"))
  func aWrongExpectationIsReported() throws {
    let run = try RuntimeHarness.run(try harness.get().program(), preemptions: 20, seed: 5, planting: "x20")
    #expect(run.mismatches > 0)
    #expect(run.failures.contains { $0.contains("register x20 byte 7") }, "\(run.failures)")
  }

  /// Of each bank one slot that the stub leaves as it was: the task goes on with what lay there. Registers that the
  /// probe's caller has given up: with another it might crash before the probe compares.
  @Test(
    .enabled(if: isPossible, "no Embedded Swift, compiler or emulator for arm64 here"), arguments: ["x11", "v17"])
  func aForgottenStoreIsReported(register: String) throws {
    var description = try HarnessFixture.subject("arm64").description
    let store = "str \(register.replacing("v", with: "q")), "
    description.stubs = description.stubs.map { stub in
      var stub = stub
      stub.instructions.removeAll { $0.text.hasPrefix(store) }
      #expect(stub.instructions.count < 150)
      return stub
    }
    let stubs = HarnessFixture.scratch.appendingPathComponent("arm64-runtime-\(register).S")
    try AssemblyEmitter.stubs(description).write(to: stubs, atomically: true, encoding: .utf8)
    let program = try harness.get().program(stubs: stubs, named: "forgets-\(register)")
    let run = try RuntimeHarness.run(program, preemptions: 200, seed: 5)
    #expect(run.failures.contains { $0.contains("register \(register) ") }, "\(run.failures)")
  }

  @Test func aCPUWithoutSwiftIsASkip() throws {
    let outcome = try RuntimeCheck().run(HarnessFixture.subject("s390x"), HarnessFixture.campaign)
    #expect(outcome.skipped == 1 && outcome.reason?.isEmpty == false)
  }
}
