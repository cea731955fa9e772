// The harness: what it finds on stubs that are right, and that it finds each fault under its name.

import ArchPreempt
import BackendCatalog
import Conformance
import Foundation
import Testing

@testable import StubGenerator

/// A campaign of this package, in a folder that goes with it.
final class ScratchCampaign {
  static let package = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  let campaign: Campaign

  init(effort: Campaign.Effort = .quick, seconds: Double = 1, shard: Campaign.Shard = .whole) throws {
    let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("preempt-harness-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    campaign = Campaign(
      package: Self.package, scratch: scratch, effort: effort, seconds: seconds, seed: 7, shard: shard)
  }

  deinit { try? FileManager.default.removeItem(at: campaign.scratch) }

  func harness(_ backend: String) throws -> (harness: Harness, description: BackendDescription) {
    let subject = try Self.subject(backend)
    return (try Harness(subject, campaign), subject.description)
  }

  static func subject(_ backend: String) throws -> Subject {
    Subject(BackendDescription(try BackendCatalog.backend(named: backend)), package: package)
  }

  /// Backends whose instructions this machine executes.
  static let native = BackendCatalog.backends.map { Subject(BackendDescription($0), package: package) }
    .filter(\.isNative).map(\.backend)

  static let hasCompiler = (try? Command.find("cc", package: "gcc")) != nil
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
        let isPopped = injection.registersWrittenByHandler.contains(slot.register.name)
        return isPopped ? [.adjustStackPointer(by: abi.pointerByteCount)] : []
      case .initialize(let registers) where isAfterCall:
        return [.initialize(registers.filter { !forgets($0.register.name) })]
      default: return [step]
      }
    }
  }
}

@Suite(
  .enabled(if: ScratchCampaign.hasCompiler, "needs cc in PATH: apt-get install gcc"),
  .enabled(if: !ScratchCampaign.native.isEmpty, "no backend's instructions run on this machine"))
struct HarnessTests {
  @Test(arguments: ScratchCampaign.native)
  func everyRegisterOfEveryClassIsKept(name: String) throws {
    let scratch = try ScratchCampaign()
    let outcome = try RegistersCheck().run(ScratchCampaign.subject(name), scratch.campaign)
    #expect(outcome.failed == 0, "\(outcome.failures.map(\.text))")
    #expect(outcome.passed > 0 && outcome.skipped == 0, "\(outcome.reason ?? "")")
    #expect(outcome.checksAfterPreemption > 0 && outcome.checksAfterPreemption < outcome.registersChecked)
  }

  @Test(arguments: ScratchCampaign.native)
  func everyInstructionIsInterrupted(name: String) throws {
    let scratch = try ScratchCampaign()
    let outcome = try InstructionsCheck().run(ScratchCampaign.subject(name), scratch.campaign)
    #expect(outcome.failed == 0, "\(outcome.failures.map(\.text))")
    #expect(outcome.instructions > 0 && outcome.distinctPCs == outcome.instructions)
  }

  @Test(arguments: ScratchCampaign.native)
  func aStringInstructionIsInterruptedHalfWay(name: String) throws {
    let scratch = try ScratchCampaign()
    let (harness, description) = try scratch.harness(name)
    guard description.probeFunctions.contains(where: { $0.purpose == .copyString }) else { return }
    let found = try Harness.run(
      harness.program(), ["instructions", "--function", "string instruction"], as: Harness.Instructions.self, budget: 60)
    let function = try #require(found.functions.first)
    #expect(function.stops > function.instructions && function.injected == function.stops && found.failed == 0)
  }

  /// What a stub doesn't restore holds the opposite of what it should: nothing survives by luck, in no class.
  @Test(arguments: ScratchCampaign.native)
  func noRegisterSurvivesByLuck(name: String) throws {
    let scratch = try ScratchCampaign()
    let (harness, description) = try scratch.harness(name)
    let assembly = scratch.campaign.scratch.appendingPathComponent("forgetful.S")
    try description.stubs { _ in true }.write(to: assembly, atomically: true, encoding: .utf8)
    let program = try harness.program(stubs: assembly, named: "forgetful")
    let intact = try Harness.run(harness.program(), ["registers", "--iterations", "1"], as: Harness.Registers.self, budget: 60)
    for entry in intact.classes {
      let found = try Harness.run(
        program, ["registers", "--where", "loop", "--class", entry.class, "--width", entry.width],
        as: Harness.Registers.self, budget: 60)
      let stub = try #require(
        description.stubs.first { $0.stateClass.name == entry.class && $0.widest.name == entry.width })
      let saved = description.registers.filter { $0.isSaved && $0.byteCount(in: stub.stateClass) > 0 }
      let wide = description.registers.filter {
        $0.isSaved && $0.byteCount(in: stub.widest) > 0 && $0.byteCount(in: stub.stateClass.width) == 0
      }
      let reported = Set(found.failures.compactMap(\.place))
      let missing = Set((saved + wide).map(\.name)).subtracting(reported)
      #expect(missing.isEmpty, "\(entry.class) with \(entry.width) enabled: \(missing.sorted())")
    }
  }

  @Test(arguments: ScratchCampaign.native)
  func aForgottenRegisterIsNamed(name: String) throws {
    let scratch = try ScratchCampaign()
    let (harness, description) = try scratch.harness(name)
    for bank in Bank.allCases {
      guard let register = description.registers.last(where: { $0.bank == bank && $0.isSaved }) else { continue }
      let assembly = scratch.campaign.scratch.appendingPathComponent("\(register.name).S")
      try description.stubs { $0 == register.name }.write(to: assembly, atomically: true, encoding: .utf8)
      let program = try harness.program(stubs: assembly, named: register.name)
      let found = try Harness.run(
        program, ["registers", "--where", "loop"], as: Harness.Registers.self, budget: 60)
      // The path of the loop depends on the flags; an image holds other registers too.
      let also: Set<String> = bank == .flags ? ["path"] : bank == .registerStack ? ["fcw"] : []
      let reported = Set(found.failures.compactMap(\.place))
      #expect(reported.contains(register.name) && reported.subtracting(also) == [register.name], "\(reported)")
      #expect(found.failures.allSatisfy { $0.text.contains("last PC probe_") }, "\(found.failures.map(\.text))")
    }
  }

  /// A bit of each saved register, word and canary that is changed on purpose is found under its name.
  @Test(arguments: ScratchCampaign.native)
  func plantedFaultsAreFound(name: String) throws {
    let scratch = try ScratchCampaign()
    let program = try scratch.harness(name).harness.program()
    let width = try #require(
      Harness.run(program, ["registers", "--iterations", "1"], as: Harness.Registers.self, budget: 60).classes.last?.width)
    for place in try Harness.run(program, ["places"], as: [String].self, budget: 60) {
      let found = try Harness.run(
        program, ["registers", "--width", width, "--plant", place], as: Harness.Registers.self, budget: 60)
      #expect(found.planted > 0, "\(place)")
      #expect(found.failures.contains { $0.place == place }, "\(place): \(found.failures.map(\.text))")
    }
  }

  /// Parts of the work have each unit once.
  @Test(arguments: ScratchCampaign.native)
  func partsAddUp(name: String) throws {
    let scratch = try ScratchCampaign()
    let program = try scratch.harness(name).harness.program()
    func units(_ part: String) throws -> [String] {
      let found = try Harness.run(
        program, ["registers", "--iterations", "1", "--part", part], as: Harness.Registers.self, budget: 60)
      return found.classes.map { $0.class + " " + $0.width }
    }
    let whole = try units("1/1")
    #expect(try (units("1/2") + units("2/2")).sorted() == whole.sorted())
    #expect(try units("7/9").isEmpty)
  }

  static let wrongArguments: [(arguments: [String], status: Int32)] = [
    ([], 2), (["nothing"], 2), (["registers", "--seconds"], 2), (["registers", "--seconds", "soon"], 2),
    (["registers", "--part", "3/2"], 2), (["registers", "--class", "mmx"], 3), (["loop", "mmx"], 3), (["loop"], 2),
    (["registers", "--where", "elsewhere"], 2),
  ]

  @Test(arguments: ScratchCampaign.native)
  func wrongArgumentsAreSaid(name: String) throws {
    let scratch = try ScratchCampaign()
    let program = try scratch.harness(name).harness.program()
    for (arguments, status) in Self.wrongArguments {
      let result = try Command.run(program, arguments, budget: 60)
      #expect(result.end == .exit(status) && !result.errorText.isEmpty, "\(arguments)")
    }
  }
}
