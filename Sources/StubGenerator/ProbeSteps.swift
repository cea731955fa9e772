// What probes, and the functions beside them, do around the slots that they fill and read: composed of the backend's
// operations, so that a probe is the same on every architecture.

import ArchPreempt

/// The steps of a probe whose images are `image`.
///
/// A probe is called with input image, output image and times around the loop. While its registers hold patterns it finds its
/// own words on its stack, and the scratch register's pattern goes there too whenever that register is needed.
struct ProbeSteps<Backend: ArchPreempt> {
  let image: ProbeImage
  let widest: StateClass

  private let abi = Backend.abi
  private var wordByteCount: Int { abi.pointerByteCount }
  private var base: String { abi.frameBase }
  private var area: String { abi.resultRegister }
  private var scratch: String { abi.scratch }
  /// Bytes that a call pushes.
  private var pushedByteCount: Int { abi.linkRegister == nil ? wordByteCount : 0 }

  // MARK: - Words

  private func slot(_ name: String, _ base: String, _ displacement: Int) -> Slot {
    Slot(
      register: Backend.word(name), place: .frame(0), byteCount: wordByteCount, base: base, displacement: displacement,
      widest: widest)
  }

  private func load(
    _ name: String, _ base: String, _ displacement: Int = 0, _ effects: [Effect] = [], note: String? = nil
  ) -> [Instruction] {
    Backend.restore(slot(name, base, displacement)).map(\.ofAnotherFrame).ending(effects, note: note)
  }

  private func store(
    _ name: String, _ base: String, _ displacement: Int = 0, _ effects: [Effect] = [], note: String? = nil
  ) -> [Instruction] {
    Backend.save(slot(name, base, displacement)).map(\.ofAnotherFrame).ending(effects, note: note)
  }

  // MARK: - The probe's own frame

  /// From the stack pointer up.
  private enum Word: Int, CaseIterable { case output, counter, path, pattern, stackPointer }

  private func load(_ word: Word, note: String? = nil) -> [Instruction] {
    load(scratch, abi.stackPointer, word.rawValue * wordByteCount, note: note)
  }

  private func store(_ word: Word, note: String? = nil) -> [Instruction] {
    store(scratch, abi.stackPointer, word.rawValue * wordByteCount, note: note)
  }

  /// What the caller has a right to, above the words: its modes and what a callee must give back.
  private var kept: (modes: [Slot], registers: [Slot], byteCount: Int) {
    var cursor = Word.allCases.count * wordByteCount
    var places: [(register: Register, byteCount: Int, offset: Int)] = []
    let narrowest = Backend.stateClasses[0].width
    let modes = Backend.registers.filter { $0.isSaved && $0.bank == .control && $0.byteCount(in: narrowest) > 0 }
    for register in modes + abi.calleeSaved {
      let byteCount = register.byteCount(in: narrowest)
      cursor = Self.rounded(cursor, to: byteCount)
      places.append((register, byteCount, cursor))
      cursor += byteCount
    }
    let byteCount = frameByteCount(cursor)
    let slots = places.map { register, count, offset in
      Slot(
        register: register, place: place(offset, in: byteCount), byteCount: count,
        base: abi.stackPointer, displacement: offset, widest: narrowest)
    }
    return (Array(slots.prefix(modes.count)), Array(slots.dropFirst(modes.count)), byteCount)
  }

  private static func rounded(_ count: Int, to unit: Int) -> Int { unit < 1 ? count : (count + unit - 1) / unit * unit }

  private func frameByteCount(_ count: Int) -> Int {
    Self.rounded(count, to: abi.keepsStackPointerAligned ? abi.stackAlignmentByteCount : wordByteCount)
  }

  /// The register that an argument is in; where arguments lie on the stack it is the scratch register, loaded from there.
  private func argument(_ index: Int, frameByteCount: Int) -> (load: [Instruction], name: String) {
    if abi.arguments.indices.contains(index) { return ([], abi.arguments[index]) }
    let offset = frameByteCount + pushedByteCount + index * wordByteCount
    return (load(scratch, abi.stackPointer, offset), scratch)
  }

  // MARK: - Words of the image

  private func displacement(_ name: String) -> Int { image.words[name] ?? 0 }

  /// The handler's words that an image gives to registers before its frame base.
  private var words: [Register] {
    Backend.layout.words.compactMap { word in
      guard case .register(let name) = word, ![base, abi.stackPointer, scratch].contains(name) else { return nil }
      return Backend.register(name)
    }
  }

  private var scratchIsWord: Bool { Backend.layout.words.contains(.register(scratch)) }

  private func wordSlot(_ register: Register) -> Slot {
    Slot(
      register: register, place: .frame(0), byteCount: wordByteCount, base: base,
      displacement: displacement(register.name),
      widest: widest)
  }

  private func fill(_ registers: [Register]) -> [Instruction] {
    registers.flatMap { register in
      Backend.restore(wordSlot(register)).map(\.ofAnotherFrame).ending(
        [], note: register.bank == .flags ? "every instruction from here on leaves the flags alone" : nil)
    }
  }

  /// Offsets of the red zone's words below the CFA, and of the image's from the frame base.
  private var redZone: [(below: Int, displacement: Int)] {
    guard wordByteCount > 0 else { return [] }
    let cfa = image.frameByteCount - image.frameBaseOffset
    return stride(from: wordByteCount, through: image.redZoneByteCount, by: wordByteCount).map { ($0, cfa - $0) }
  }

  private func aim(at name: String, _ effects: [Effect] = []) -> [Instruction] {
    Backend.spell(.add(base, name, image.frameBaseOffset), effects) + Backend.spell(.add(area, name, image.areaOffset))
  }

  // MARK: - Steps of a probe

  /// Keep what the caller has a right to, fill flags and red zone from the input image, and leave frame base and area
  /// register on that image.
  var enter: [Instruction] {
    let kept = kept
    let occasional = Backend.registers.filter {
      if case .whenOccasional = $0.byteCount { $0.isSaved } else { false }
    }
    var code = Backend.adjustStackPointer(by: -kept.byteCount) + kept.registers.flatMap(Backend.save)
    if isStackPointerInMemory {
      code += keepStackPointer(above: kept.byteCount, at: Word.stackPointer.rawValue * wordByteCount)
    }
    code += kept.modes.flatMap(Backend.save).map(\.ofAnotherFrame)
    code += Backend.initialize(occasional.map { ($0, 0) }, symbolPrefix: Backend.symbolPrefix)
    for (index, word) in [(1, Word.output), (2, Word.counter)] {
      let argument = argument(index, frameByteCount: kept.byteCount)
      code += argument.load + store(argument.name, abi.stackPointer, word.rawValue * wordByteCount)
    }
    code += Backend.spell(.constant(scratch, 0)) + store(.path)
    let input = argument(0, frameByteCount: kept.byteCount)
    code += input.load + aim(at: input.name) + fill(words)
    return code
      + redZone.flatMap { word in
        load(scratch, base, word.displacement) + store(scratch, abi.stackPointer, -word.below)
      }
  }

  /// Load the frame base from the input image, the last of the registers.
  var loadFrameBase: [Instruction] {
    (scratchIsWord ? load(scratch, base, displacement(scratch)) : []) + load(base, base, displacement(base))
  }

  /// Loop as often as the caller asked, at most `ProbeImage.loopLimit` times whatever happens to a register, with every
  /// register and flag in place. Each time add one to the path, and for each of `branchFlags` that a conditional jump
  /// finds set 2, 4, 8 and so on.
  var spin: [Instruction] {
    ["1:"] + store(.pattern, note: "pattern out") + load(.path, note: "path in")
      + Backend.spell(.add(scratch, scratch, 1))
      + zip(Backend.branchFlags, 1...).flatMap { flag, bit in
        ["\(flag.jumpWhileClear) 2f"] + Backend.spell(.add(scratch, scratch, 1 << bit)) + ["2:"]
      }
      + store(.path) + load(.counter, note: "counter in") + Backend.spell(.add(scratch, scratch, -1))
      + Backend.spell(.truncate(scratch), [], note: "no counter is larger, whatever was done to \(scratch)")
      + store(.counter) + Backend.spell(.jumpIfZero(scratch, "3f")) + load(.pattern, note: "pattern in")
      + Backend.spell(.jump("1b")) + ["3:"] + load(.pattern)
  }

  /// Turn the frame base to the output image; store its old value, flags and red zone there.
  var collect: [Instruction] {
    store(.pattern) + load(.output)
      + store(base, scratch, image.frameBaseOffset + displacement(base))
      + Backend.spell(.add(base, scratch, image.frameBaseOffset))
      + redZone.flatMap { word in
        load(scratch, abi.stackPointer, -word.below) + store(scratch, base, word.displacement)
      }
      + words.flatMap { Backend.save(wordSlot($0)).map(\.ofAnotherFrame) } + load(.pattern)
      + (scratchIsWord ? store(scratch, base, displacement(scratch)) : [])
  }

  var areaIsOutput: [Instruction] { Backend.spell(.add(area, base, image.areaOffset - image.frameBaseOffset)) }

  /// Give back what the caller has a right to, and return the path.
  var leave: [Instruction] {
    let kept = kept
    return kept.modes.flatMap(Backend.restore).map(\.ofAnotherFrame)
      + load(area, abi.stackPointer, Word.path.rawValue * wordByteCount)
      + (abi.upperResultRegister.map { Backend.spell(.constant($0, 0)) } ?? [])
      + kept.registers.reversed().flatMap(Backend.restore)
      + Backend.adjustStackPointer(by: kept.byteCount) + Backend.spell(.returnToCaller)
  }

  /// Keep the caller's stack pointer, arguments not counted; unwinders that want it in memory find it there.
  private func keepStackPointer(above frameByteCount: Int, at offset: Int) -> [Instruction] {
    let name = abi.stackPointer
    let effect = Effect.stores(name, at: place(offset, in: frameByteCount), byteCount: wordByteCount)
    return Backend.spell(.add(scratch, name, frameByteCount + pushedByteCount + abi.argumentByteCount))
      + store(scratch, name, offset, isStackPointerInMemory ? [effect] : [])
  }

  private var isStackPointerInMemory: Bool { abi.unwoundByRuleOnly.contains(abi.stackPointer) }

  private func place(_ offset: Int, in frameByteCount: Int) -> Place {
    .frame(offset - frameByteCount - pushedByteCount)
  }

  // MARK: - In place of preempt_mcall

  /// From the stack pointer up, the first three for the function that is called on the other stack.
  private enum Parking: Int, CaseIterable {
    case poison, routine, stackPointer, base, result, link

    func offset(_ wordByteCount: Int) -> Int { rawValue * wordByteCount }
  }

  private var parkingByteCount: Int { frameByteCount(Parking.allCases.count * wordByteCount) }

  /// What a poison routine gives back to the stub.
  private var parked: [(name: String, offset: Int)] {
    [(base, Parking.base.offset(wordByteCount))]
      + (abi.linkRegister.map { [($0, Parking.link.offset(wordByteCount))] } ?? [])
  }

  /// Stand in for `preempt_mcall`, called by a stub. Reserve three words (a poison image, a routine, the stack pointer at
  /// the call), fill in the last, and keep the frame base beside them; go to the stack in the switch context's first word
  /// and call the function in its second with context, reason and the address of the words. Come back, keep the result
  /// as well, and jump to the routine.
  var park: [Instruction] {
    let byteCount = parkingByteCount
    let stack = abi.stackPointer
    var code = Backend.adjustStackPointer(by: -byteCount)
    for (name, offset) in parked {
      code += store(
        name, stack, offset, [.stores(name, at: place(offset, in: byteCount), byteCount: wordByteCount)])
    }
    code += keepStackPointer(above: byteCount, at: Parking.stackPointer.offset(wordByteCount))
    code += Backend.spell(.add(base, stack, 0), [.setsFrameBase(toStackPointerPlus: 0)])
    // Where the registers of arguments are none, the result's is free as well.
    let context = abi.arguments.first ?? area
    let arguments = byteCount + pushedByteCount
    if abi.arguments.isEmpty { code += load(context, base, arguments) }
    code +=
      load(scratch, context)
      + Backend.spell(.add(stack, scratch, -abi.argumentByteCount - abi.registerSaveAreaByteCount))
    if abi.arguments.indices.contains(2) {
      code += Backend.spell(.add(abi.arguments[2], base, 0))
    } else {
      code += store(context, stack) + load(scratch, base, arguments + wordByteCount)
      code += store(scratch, stack, wordByteCount) + store(base, stack, 2 * wordByteCount)
    }
    return code + load(scratch, context, wordByteCount) + Backend.spell(.callThrough(scratch))
      + Backend.spell(.add(stack, base, 0), [.setsStackPointer(toFrameBasePlus: 0)])
      + store(area, stack, Parking.result.offset(wordByteCount))
      + load(scratch, stack, Parking.routine.offset(wordByteCount)) + Backend.spell(.jumpThrough(scratch))
  }

  /// Leave the frame base and the area register on the poison image, and fill the flags from it.
  var aimAtPoison: [Instruction] {
    load(area, abi.stackPointer) + aim(at: area, [.clobbers(base)]) + fill(words.filter { $0.bank == .flags })
  }

  /// Give what was kept and the result back, and return to the stub.
  var leavePoisoned: [Instruction] {
    let byteCount = parkingByteCount
    var code = load(area, abi.stackPointer, Parking.result.offset(wordByteCount))
    for (name, offset) in parked.reversed() {
      let effect = Effect.reloads(name, from: place(offset, in: byteCount), byteCount: wordByteCount)
      code += load(name, abi.stackPointer, offset, [effect])
    }
    return code + Backend.adjustStackPointer(by: byteCount) + Backend.spell(.returnToCaller)
  }

  // MARK: - A function beside the probes

  /// Return the argument plus three, the stack pointer not aligned meanwhile; nothing where the CPU keeps it aligned.
  var misalignStack: [Instruction] {
    if abi.keepsStackPointerAligned { return [] }
    let rest = abi.stackPointerUnitByteCount > 1 ? abi.stackPointerUnitByteCount : 3
    let byteCount = 2 * wordByteCount + rest
    let argument = argument(0, frameByteCount: byteCount)
    return Backend.adjustStackPointer(by: -byteCount) + argument.load + store(argument.name, abi.stackPointer, rest)
      + load(area, abi.stackPointer, rest) + Backend.spell(.add(area, area, 3))
      + Backend.adjustStackPointer(by: byteCount) + Backend.spell(.returnToCaller)
  }
}

extension Instruction {
  /// The same where a slot is in another frame than the one that is followed: only the stack pointer's moves count.
  var ofAnotherFrame: Instruction {
    Instruction(text, effects.filter { if case .movesStackPointer = $0 { true } else { false } }, note: note)
  }
}
