// The harness: what it finds on stubs that are right, and that it finds each fault under its name.

import ArchPreempt
import BackendCatalog
@testable import Conformance
import Foundation
import Testing

@testable import StubGenerator

/// What the tests of the harness share: it is compiled once for each backend.
enum HarnessFixture {
  /// With its own tools.
  static let package: URL = {
    let folder = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    Command.addTools(of: folder)
    return folder
  }()

  static let scratch: URL = {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("preempt-harness-\(getpid())")
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    atexit { try? FileManager.default.removeItem(at: HarnessFixture.scratch) }
    return folder
  }()

  static let campaign = Campaign(package: package, scratch: scratch, effort: .quick, seconds: 1, seed: 7)

  static func subject(_ backend: String) throws -> Subject {
    Subject(BackendDescription(try BackendCatalog.backend(named: backend)), package: package)
  }

  /// Backends whose programs this machine's kernel runs.
  static let native = BackendCatalog.backends.map { Subject(BackendDescription($0), package: package) }
    .filter { (try? Toolchain(for: $0))?.isEmulated == false }.map(\.backend)

  static let hasCompiler = (try? Command.find("cc", package: "gcc")) != nil

  static func program(_ backend: String) throws -> URL { try Harness(subject(backend), campaign).program() }

  /// With other stubs.
  static func program(_ backend: String, _ name: String, stubs text: String) throws -> URL {
    let assembly = scratch.appendingPathComponent("\(backend)-\(name).S")
    try text.write(to: assembly, atomically: true, encoding: .utf8)
    return try Harness(subject(backend), campaign).program(stubs: assembly, named: name)
  }

  static func registers(_ program: URL, _ arguments: [String] = []) throws -> Harness.Registers {
    try Harness.run(program, ["registers"] + arguments, as: Harness.Registers.self, budget: 300)
  }
}

extension BackendDescription {
  /// The stubs' assembly, their steps spelled anew.
  func stubs(_ edit: (StubStep, _ isAfterCall: Bool) -> [StubStep]) -> String {
    var copy = self
    copy.stubs = stubs.map { stub in
      var isAfterCall = false
      let steps = stub.steps.flatMap { step in
        if case .call = step { isAfterCall = true }
        return edit(step, isAfterCall)
      }
      return EntryStub(
        stub, symbol: stub.symbol, instructions: steps.flatMap { spell($0, symbolPrefix) })
    }
    return AssemblyEmitter.stubs(copy)
  }

  /// Without the restores of some registers: what is popped is passed over.
  func stubs(forgetting forgets: (String) -> Bool) -> String {
    stubs { step, isAfterCall in
      switch step {
      case .restore(let slot) where forgets(slot.register.name):
        return slot.isOnTop ? [.adjustStackPointer(by: abi.pointerByteCount)] : []
      case .initialize(let registers) where isAfterCall:
        return [.initialize(registers.filter { !forgets($0.register.name) })]
      default: return [step]
      }
    }
  }
}

@Suite(
  .serialized,
  .enabled(if: HarnessFixture.hasCompiler, "needs cc in PATH: apt-get install gcc"),
  .enabled(if: !HarnessFixture.native.isEmpty, "no backend's instructions run on this machine"))
struct HarnessTests {
  @Test(arguments: HarnessFixture.native)
  func savedRegisterDroppedOrSlotsSwapped(name: String) throws {
    let outcome = try RegistersCheck().run(HarnessFixture.subject(name), HarnessFixture.campaign)
    #expect(outcome.failed == 0, "\(outcome.failures.map(\.text))")
    #expect(outcome.passed > 0 && outcome.skipped == 0, "\(outcome.reason ?? "")")
    #expect(outcome.checksAfterPreemption > 0 && outcome.checksAfterPreemption < outcome.registersChecked)
  }

  @Test(arguments: HarnessFixture.native)
  func everyInstructionIsInterrupted(name: String) throws {
    let outcome = try InstructionsCheck().run(HarnessFixture.subject(name), HarnessFixture.campaign)
    #expect(outcome.failed == 0, "\(outcome.failures.map(\.text))")
    #expect(outcome.instructions > 0 && outcome.distinctPCs == outcome.instructions)
  }

  @Test(arguments: HarnessFixture.native)
  func aStringInstructionIsInterruptedHalfWay(name: String) throws {
    let description = try HarnessFixture.subject(name).description
    guard description.probeFunctions.contains(where: { $0.purpose == .copyString }) else { return }
    let found = try Harness.run(
      HarnessFixture.program(name), ["instructions", "--function", "string instruction"],
      as: Harness.Instructions.self, budget: 300)
    let function = try #require(found.functions.first)
    #expect(function.stops > function.instructions && function.injected == function.stops && found.failed == 0)
  }

  /// What a stub doesn't restore holds the opposite of what it should: nothing survives by luck, in no class.
  @Test(arguments: HarnessFixture.native)
  func noRegisterSurvivesByLuck(name: String) throws {
    let description = try HarnessFixture.subject(name).description
    let forgetful = try HarnessFixture.program(name, "forgetful", stubs: description.stubs(forgetting: { _ in true }))
    let classes = try HarnessFixture.registers(HarnessFixture.program(name), ["--iterations", "1"]).classes
    #expect(!classes.isEmpty)
    for entry in classes {
      let stub = try #require(
        description.stubs.first { $0.stateClass.name == entry.class && $0.widest.name == entry.width })
      let forgotten = description.registers.filter { register in
        // What the class doesn't cover has to be initial again.
        let isWide =
          register.byteCount(in: stub.widest) > 0 && register.byteCount(in: stub.stateClass.width) == 0
        return register.isSaved && (isWide || register.byteCount(in: stub.stateClass) > 0)
      }
      var survivors = Set(forgotten.map(\.name))
      // A run ends with the first findings. The register that the loop counts in holds its pattern at few of its
      // instructions: a signal must land there.
      for seed in 1...100 where !survivors.isEmpty {
        let found = try HarnessFixture.registers(
          forgetful, ["--where", "loop", "--class", entry.class, "--width", entry.width, "--seed", "\(seed)"])
        survivors.subtract(found.failures.compactMap(\.place))
      }
      #expect(survivors.isEmpty, "\(entry.class) with \(entry.width) enabled: \(survivors.sorted())")
    }
  }

  @Test(arguments: HarnessFixture.native)
  func aForgottenRegisterIsNamed(name: String) throws {
    let description = try HarnessFixture.subject(name).description
    for bank in Bank.allCases {
      guard let register = description.registers.last(where: { $0.bank == bank && $0.isSaved }) else { continue }
      let program = try HarnessFixture.program(
        name, register.name, stubs: description.stubs(forgetting: { $0 == register.name }))
      let found = try HarnessFixture.registers(program, ["--where", "loop"])
      // The path of the loop depends on the flags; an image holds other registers too.
      let also: Set<String> = bank == .flags ? ["path"] : bank == .registerStack ? ["fcw"] : []
      let reported = Set(found.failures.compactMap(\.place))
      #expect(reported.contains(register.name) && reported.subtracting(also) == [register.name], "\(reported)")
      #expect(found.failures.allSatisfy { $0.text.contains("last PC probe_") }, "\(found.failures.map(\.text))")
    }
  }

  /// A bit of each saved register, word and canary that is changed on purpose is found under its name.
  @Test(arguments: HarnessFixture.native)
  func plantedFaultsAreFound(name: String) throws {
    let program = try HarnessFixture.program(name)
    let width = try #require(HarnessFixture.registers(program, ["--iterations", "1"]).classes.last?.width)
    for place in try Harness.run(program, ["places"], as: [String].self, budget: 60) {
      let found = try HarnessFixture.registers(program, ["--width", width, "--plant", place])
      #expect(found.planted > 0, "\(place)")
      #expect(found.failures.contains { $0.place == place }, "\(place): \(found.failures.map(\.text))")
    }
  }

  /// Parts of the work have each unit once.
  @Test(arguments: HarnessFixture.native)
  func partsAddUp(name: String) throws {
    let program = try HarnessFixture.program(name)
    func units(_ part: String) throws -> [String] {
      try HarnessFixture.registers(program, ["--iterations", "1", "--part", part]).classes
        .map { $0.class + " " + $0.width }
    }
    let whole = try units("1/1")
    #expect(try (units("1/2") + units("2/2")).sorted() == whole.sorted())
    #expect(try units("7/9").isEmpty)
  }

  static let wrongArguments: [(arguments: [String], status: Int32)] = [
    ([], 2), (["nothing"], 2), (["registers", "--seconds"], 2), (["registers", "--seconds", "soon"], 2),
    (["registers", "--part", "3/2"], 2), (["registers", "--where", "elsewhere"], 2),
    (["registers", "--class", "mmx"], 3), (["loop", "mmx"], 3), (["loop"], 2),
  ]

  @Test(arguments: HarnessFixture.native)
  func wrongArgumentsAreSaid(name: String) throws {
    let program = try HarnessFixture.program(name)
    for (arguments, status) in Self.wrongArguments {
      let result = try Command.run(program, arguments, budget: 60)
      #expect(result.end == .exit(status) && !result.errorText.isEmpty, "\(arguments)")
    }
  }
}
