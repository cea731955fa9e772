// What stubs and probes are composed of besides storing and reloading registers.

/// An operation that a backend spells in one instruction, or in a few where its CPU needs them.
///
/// What it does to stack pointer, frame base and the register that it names is added by whoever asks for it. The spelling
/// states what is the CPU's own: a register used on the way, flags that change. Only `align` and calls may change flags.
public enum Operation: Hashable, Sendable {
  /// Make the first register the second plus a constant: a frame's size at most, of either sign, or zero.
  case add(String, String, Int)
  /// Make the register that constant, small and not negative.
  case constant(String, Int)
  /// Round the stack pointer down.
  case align(Int)
  case call(String)
  /// Call the function whose address is in the register.
  case callThrough(String)
  case jumpThrough(String)
  /// Return to a function's caller.
  case returnToCaller
  /// Clear all but the lowest sixteen bits of the scratch register.
  case truncate(String)
  case jump(String)
  /// Jump to the label if the scratch register is zero.
  case jumpIfZero(String, String)
}

extension ArchPreempt {
  /// The same, its last instruction with these effects too.
  public static func spell(
    _ operation: Operation, _ effects: [Effect], note: String? = nil
  ) -> [Instruction] {
    spell(operation).ending(effects, note: note)
  }

  public static func adjustStackPointer(by byteCount: Int) -> [Instruction] {
    let name = abi.stackPointer
    return spell(.add(name, name, byteCount), [.movesStackPointer(by: byteCount)])
  }

  /// Returns the instructions that load the word at the frame base plus a constant, for the stub's own use.
  public static func loadWord(_ name: String, frameBasePlus offset: Int, _ effects: [Effect] = []) -> [Instruction] {
    let slot = Slot(
      register: word(name), place: .frame(layout.frameBaseOffset + offset), byteCount: abi.pointerByteCount,
      base: abi.frameBase, displacement: offset, widest: stateClasses[0].width)
    return restore(slot).map(\.text).map { Instruction($0, [slot.read, .clobbers(name)] + effects) }
  }

  public static func call(_ symbol: String, contextAt offset: Int, reason: Int) -> [Instruction] {
    guard abi.arguments.count >= 2 else { return [] }
    let result: [Effect] = if case .signalReturn = injection.returnSequence { [] } else { [.loadsAreaAddress] }
    let clobbered = abi.linkRegister.map { [Effect.clobbers($0)] } ?? []
    return loadWord(abi.arguments[0], frameBasePlus: offset)
      + spell(.constant(abi.arguments[1], reason), [.clobbers(abi.arguments[1])])
      + spell(.call(symbol), [.calls(symbol)] + clobbered + result)
  }

  public static func resume(popping byteCount: Int) -> [Instruction] {
    switch injection.returnSequence {
    case .signalReturn(let frame):
      return spell(
        .add(abi.stackPointer, abi.resultRegister, 0), [.leavesStack],
        note: "the signal frame that preempt_mcall returned")
        + frame.systemCall
    case .branchThrough(let name, _):
      let offset = -byteCount - abi.pointerByteCount
      let slot = Slot(
        register: word(name), place: .frame(offset), byteCount: abi.pointerByteCount, base: abi.stackPointer,
        displacement: offset - layout.entryOffset, widest: stateClasses[0].width)
      return restore(slot).map { Instruction($0.text, [.loadsProgramCounter(into: name, from: slot.place)]) }
        + adjustStackPointer(by: -layout.entryOffset) + spell(.jumpThrough(name), [.resumesThrough(name)])
    case .returnPopping, .delaySlot, .branchThroughMemory:
      return []
    }
  }
}

extension [Instruction] {
  /// The same, the last one with these effects, before its own, and a note where it has none.
  public func ending(_ effects: [Effect], note: String? = nil) -> [Instruction] {
    guard let last else { return [] }
    return dropLast() + [Instruction(last.text, effects + last.effects, note: last.note ?? note)]
  }
}
