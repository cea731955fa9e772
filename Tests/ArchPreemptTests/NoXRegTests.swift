// The fallback is a transformation: it changes its base's name and where extended state goes, nothing else.

import ArchPreempt
import BackendCatalog
import StubGenerator
import Testing

@Suite struct NoXRegTests {
  let base: BackendDescription
  let fallback: BackendDescription

  init() throws {
    base = try BackendDescription(BackendCatalog.backend(named: "amd64"))
    fallback = try BackendDescription(BackendCatalog.backend(named: "noxreg"))
  }

  @Test func onlyNameAndPlacementDiffer() {
    #expect(fallback.name == "noxreg")
    #expect(fallback.symbolPrefix == "preempt_noxreg")
    #expect(base.layout.extendedPlacement == .extended)
    #expect(fallback.layout.extendedPlacement == .stack)

    #expect(fallback.guardExpression == base.guardExpression)
    #expect(fallback.registers == base.registers)
    #expect(fallback.stateClasses == base.stateClasses)
    #expect(fallback.cfiColumns == base.cfiColumns)
    #expect(fallback.abi.redZoneByteCount == base.abi.redZoneByteCount)
    #expect(fallback.abi.frameBase == base.abi.frameBase)
    #expect(fallback.injection.words == base.injection.words)
    #expect(fallback.injection.contextFields == base.injection.contextFields)
    #expect(fallback.injection.returnSequence == base.injection.returnSequence)
    #expect(fallback.injection.refusedFlags == base.injection.refusedFlags)
    #expect(fallback.injection.clearedFlags == base.injection.clearedFlags)
    #expect(fallback.injection.liveState == base.injection.liveState)
    #expect(fallback.layout.words == base.layout.words)
    #expect(fallback.layout.frameRegisters == base.layout.frameRegisters)
    #expect(fallback.layout.areaRegisters == base.layout.areaRegisters)
    #expect(fallback.layout.frameSlots(widest: base.widestClass) == base.layout.frameSlots(widest: base.widestClass))
  }

  @Test func areasAreTheSameButLieOnTheStack() {
    for stateClass in base.stateClasses {
      let slots = base.layout.areaSlots(of: stateClass, widest: base.widestClass)
      #expect(fallback.layout.areaSlots(of: stateClass, widest: base.widestClass) == slots)
      let byteCount = base.layout.areaByteCount(of: stateClass)
      #expect(base.layout.areaOnStackByteCount(of: stateClass) == 0)
      #expect(fallback.layout.areaOnStackByteCount(of: stateClass) >= byteCount)
      #expect(fallback.layout.areaOnStackByteCount(of: stateClass) % SaveLayout.areaAlignmentByteCount == 0)
      let needs = [base, fallback].map {
        $0.layout.requiredStackByteCount(of: stateClass, widest: base.widestClass, calleeByteCount: 0)
      }
      #expect(needs[1] - needs[0] >= byteCount)
    }
  }

  @Test func selectionsExcludeEachOther() {
    let ours = " && !defined(PREEMPT_CUSTOM_BACKEND)"
    #expect(base.selectionExpression == base.guardExpression + " && !defined(PREEMPT_NOXREG)" + ours)
    #expect(fallback.selectionExpression == base.guardExpression + " && defined(PREEMPT_NOXREG)" + ours)
  }

  /// What reserves, rounds and addresses the save area, which is all that may differ.
  private static func concernsArea(_ instruction: Instruction) -> Bool {
    // The call leaves the area's address in its result too.
    if instruction.effects.contains(where: { if case .calls = $0 { true } else { false } }) { return false }
    return instruction.effects.contains {
      switch $0 {
      case .loadsAreaAddress, .alignsStackPointer: true
      default: false
      }
    }
  }

  @Test func stubsDifferInTheAreaAlone() throws {
    #expect(fallback.stubs.count == base.stubs.count)
    for (onStack, extended) in zip(fallback.stubs, base.stubs) {
      #expect(onStack.stateClass == extended.stateClass)
      #expect(onStack.widest == extended.widest)
      #expect(onStack.reason == extended.reason)
      #expect(onStack.symbol == extended.symbol.replacing("amd64", with: "noxreg"))

      let reserve = -fallback.layout.areaOnStackByteCount(of: onStack.stateClass)
      let reservations = onStack.instructions.indices.filter {
        onStack.instructions[$0].effects == [.movesStackPointer(by: reserve)]
      }
      let reservation = try #require(reservations.last, "no reservation of \(-reserve) bytes in \(onStack.symbol)")
      var instructions = onStack.instructions
      instructions.remove(at: reservation)
      // Constants are loaded by symbols with the backend's infix.
      let remaining = instructions.filter { !Self.concernsArea($0) }.map {
        Instruction($0.text.replacing("noxreg", with: "amd64"), $0.effects, note: $0.note)
      }
      #expect(remaining == extended.instructions.filter { !Self.concernsArea($0) })
    }
  }
}
