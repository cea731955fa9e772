// Random descriptions, and that their judges can fail.

import ArchPreempt
import BackendCatalog
import Foundation
import StubGenerator
import Testing

@testable import Conformance

private struct Scratch {
  let url = FileManager.default.temporaryDirectory.appendingPathComponent("fuzz-tests-\(UUID().uuidString)")

  func campaign(seed: UInt64 = 1, shard: Campaign.Shard = .whole) -> Campaign {
    Campaign(package: url, scratch: url, effort: .quick, seconds: 1, seed: seed, shard: shard)
  }
}

private func subject(_ name: String) throws -> Subject {
  try Subject(BackendDescription(BackendCatalog.backend(named: name)), package: URL(fileURLWithPath: "/"))
}

private func plan(_ name: String, seed: UInt64 = 1, count: Int) throws -> FuzzPlan {
  try FuzzPlan(subject(name), Scratch().campaign(seed: seed), count: count)
}

/// Both placements; the other backends differ in their versions only, and unoptimised each takes its time.
private let fuzzed = ["amd64", "noxreg"]

private let hasTools = (try? FuzzTools()) != nil

@Suite struct FuzzTests {
  @Test(.enabled(if: hasTools, "needs cc and readelf: apt-get install gcc binutils"), arguments: fuzzed)
  func validDescriptionsComeOutRight(name: String) throws {
    let outcome = try FuzzValidCheck(count: 40).run(subject(name), Scratch().campaign(seed: 3))
    #expect(outcome.failures.map(\.text) == [])
    #expect(outcome.passed == 40 && outcome.failed == 0 && outcome.registersChecked > 10_000)
  }

  @Test(arguments: fuzzed) func brokenDescriptionsAreRefused(name: String) throws {
    let outcome = try FuzzBrokenCheck(count: 100).run(subject(name), Scratch().campaign(seed: 3))
    #expect(outcome.failures.map(\.text) == [])
    #expect(outcome.passed == 100 && outcome.failed == 0)
  }

  /// Each break finds something to break, of the invented CPU and of the backend's versions, and each time is refused.
  @Test(arguments: [0, 3]) func everyBreakIsRefused(kind: Int) throws {
    let plan = try plan("amd64", count: 200)
    #expect(Set(FuzzBrokenCheck.breakNames).count == FuzzBrokenCheck.breakNames.count, "two breaks of one name")
    for index in FuzzBrokenCheck.breakNames.indices {
      let broken = plan.numbers.lazy.filter { $0 % 4 == kind }.compactMap { number -> BackendDescription? in
        var random = plan.random(number)
        return FuzzBrokenCheck.broken(plan, number, by: index, &random)
      }.first
      guard let broken else {
        #expect(kind == 3, "\(FuzzBrokenCheck.breakNames[index]) finds nothing to break")
        print("a version can't be broken by: \(FuzzBrokenCheck.breakNames[index])")
        continue
      }
      #expect(!DescriptionValidator.violations(in: broken).isEmpty, "\(FuzzBrokenCheck.breakNames[index])")
    }
  }

  @Test func theSeedDecides() throws {
    func texts(_ seed: UInt64, _ shard: Campaign.Shard = .whole) throws -> [Int: String] {
      let plan = try FuzzPlan(subject("amd64"), Scratch().campaign(seed: seed, shard: shard), count: 24)
      return try Dictionary(
        uniqueKeysWithValues: plan.numbers.map { number in
          var random = plan.random(number)
          let description = plan.description(plan.table(number, &random), number)
          return (number, try GeneratedFiles.files(for: description).map(\.text).joined())
        })
    }
    let once = try texts(5)
    #expect(try texts(5) == once)
    #expect(try texts(6) != once)
    let shards = try (1...3).map { try texts(5, Campaign.Shard(index: $0, count: 3)) }
    #expect(shards.allSatisfy { $0.count == 8 })
    #expect(shards.reduce(into: [:]) { $0.merge($1) { first, _ in first } } == once)
    #expect(Set(once.values).count == once.count)
  }

  /// The tables differ in what a generator could get wrong.
  @Test func whatIsDrawn() throws {
    let plan = try plan("amd64", count: 200)
    let tables = plan.numbers.map { number in
      var random = plan.random(number)
      return plan.table(number, &random)
    }
    func kinds(_ kind: (BackendTable) -> Int) -> Int { Set(tables.map(kind)).count }
    #expect(kinds { $0.abi.pointerByteCount } == 2)
    #expect(kinds { $0.abi.redZoneByteCount } > 10)
    #expect(kinds { $0.abi.stackAlignmentByteCount } == 4)
    #expect(kinds { $0.stateClasses.count } >= 6)
    #expect(kinds { $0.registers.count } > 50)
    #expect(kinds { $0.injection.words.count } >= 4)
    #expect(kinds { $0.extendedPlacement == .stack ? 1 : 0 } == 2)
    #expect(
      tables.contains { $0.stateClasses[0].width.name == "sse" } && tables.contains { $0.name.hasPrefix("drawn") })
  }

  // MARK: - The judges can fail

  private func drawn(_ count: Int) throws -> [(FuzzPlan, Int, BackendDescription)] {
    let plan = try plan("amd64", seed: 9, count: count)
    return plan.numbers.filter { !plan.isVersion($0) }.map { number in
      var random = plan.random(number)
      return (plan, number, plan.description(plan.table(number, &random), number))
    }
  }

  /// Any single instruction left out of a stub is noticed by the invented CPU that executes it.
  @Test func aMissingInstructionIsNoticed() throws {
    var tried = 0
    for (plan, number, description) in try drawn(5) {
      for stub in description.stubs {
        var cpu = InventedCPU(description, stub, plan.random(number))
        try cpu.run(nil)
        let usesArea = !description.layout.areaSlots(of: stub.stateClass, widest: stub.widest).isEmpty
        for index in stub.instructions.indices {
          let instruction = stub.instructions[index]
          let text = instruction.text
          // What reserves, rounds or addresses nothing; the flags' direction has no default but zero, which chance may give.
          if text == "insn \"add top top 0\"" || text.hasPrefix("insn \"align") { continue }
          if !usesArea && instruction.effects.contains(.clobbers("n0")) { continue }
          var broken = stub
          broken.instructions.remove(at: index)
          var cpu = InventedCPU(description, broken, plan.random(number))
          tried += 1
          #expect(throws: InventedCPU.Fault.self, "\(description.name), \(stub.symbol): without \(index), \(text)") {
            try cpu.run(nil)
          }
        }
      }
    }
    #expect(tried > 100)
  }

  /// One unwinding rule changed at one instruction is noticed.
  @Test(.enabled(if: hasTools, "needs cc and readelf: apt-get install gcc binutils")) func aWrongRuleIsNoticed() throws
  {
    let good = """
      00000000 0000000000000014 00000000 CIE
        Return address column: 16
        DW_CFA_def_cfa: r7 (rsp) ofs 8
        DW_CFA_offset: r16 (rip) at cfa-8

      00000018 000000000000001c 0000001c FDE cie=00000000 pc=0000000000000000..0000000000000010
        DW_CFA_advance_loc: 4 to 0000000000000004
        DW_CFA_def_cfa_offset: 16
        DW_CFA_offset: r6 (rbp) at cfa-16
        DW_CFA_advance_loc: 4 to 0000000000000008
        DW_CFA_restore: r6 (rbp)
        DW_CFA_nop
      """
    let function = try #require(try FrameFunction.decode(good).first)
    #expect(function.byteCount == 16)
    #expect(function.rows.map(\.start) == [0, 4, 8])
    #expect(
      function.rules(at: 7)
        == FrameRules(cfaColumn: 7, cfaOffset: 16, offsets: [16: -8, 6: -16], returnAddressColumn: 16))
    #expect(function.rules(at: 12).offsets == [16: -8])
    #expect(throws: FrameFunction.Unreadable.self) {
      try FrameFunction.decode(good.replacing("DW_CFA_nop", with: "DW_CFA_expression: r6"))
    }
  }

  @Test func aLayoutThatDiffersIsNoticed() throws {
    for (_, _, description) in try drawn(5) {
      #expect(LayoutModel(description).disagreements() == [])
      var moved = description
      moved.abi.redZoneByteCount += 64
      #expect(LayoutModel(moved).disagreements() != [])
      var exchanged = description
      let integers = exchanged.registers.indices.filter { index in
        let row = exchanged.registers[index]
        return row.bank == .integer && row.isSaved && !description.injection.words.contains(.register(row.name))
      }
      if integers.count < 2 { continue }
      exchanged.registers.swapAt(integers[0], integers[1])
      #expect(LayoutModel(exchanged).disagreements() != [])
    }
  }
}
