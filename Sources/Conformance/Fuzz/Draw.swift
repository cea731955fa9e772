// Random tables that keep every rule.
//
// What a rule asks for is drawn so that it holds: rows go from wide to narrow, because slots are laid in row order and
// no padding is allowed; the handler's registers lie directly below the program counter, because they are popped.

import ArchPreempt

extension SeededGenerator {
  /// What a seed gives for one of many things.
  init(_ seed: UInt64, _ number: Int) {
    self.init(seed: seed &* 0x9e37_79b9_7f4a_7c15 ^ UInt64(number) &* 0xd129_0d3d_0f5c_4a2b)
  }

  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
  mutating func chance(_ part: Int, of whole: Int) -> Bool { number(1...whole) <= part }
  mutating func one<Element>(_ elements: [Element]) -> Element { elements[number(0...elements.count - 1)] }
}

enum Draw {
  /// A table for the invented CPU.
  static func invented(_ number: Int, _ random: inout SeededGenerator) -> BackendTable {
    while true {
      let table = attempt(number, &random)
      let layout = SaveLayout(
        registers: table.registers, abi: table.abi, injection: table.injection,
        extendedPlacement: table.extendedPlacement)
      let fits = table.stateClasses.allSatisfy {
        layout.requiredStackByteCount(
          of: $0, widest: table.stateClasses[table.stateClasses.count - 1],
          calleeByteCount: table.injection.calleeByteCount) <= SaveLayout.reserveByteCount
      }
      if fits { return table }
    }
  }

  private static func attempt(_ number: Int, _ random: inout SeededGenerator) -> BackendTable {
    let word = random.chance(3, of: 4) ? 8 : 4
    let placement: SaveLayout.ExtendedPlacement = random.chance(1, of: 3) ? .stack : .extended
    let classes = stateClasses(&random)
    let widths = classes.filter { !$0.includesOccasional }

    // n0 is the area register, n1 and n2 are a callee's arguments.
    let integers = (0..<random.number(3...32)).map { "n\($0)" }
    // The columns an unwinder knows: the integers', the frame base's, the return address's, some of control registers.
    var columns = Array(0...integers.count + 8).shuffled(using: &random)
    let returnAddressColumn = columns.removeLast()
    func row(_ name: String, _ bank: Bank, _ disposition: Disposition = .saved, _ byteCount: ByteCount) -> Register {
      Register(name, dwarf: columns.popLast(), bank, disposition, byteCount: byteCount)
    }
    var frame = integers.map { row($0, .integer, .saved, .always(word)) }
    frame.append(row("base", .integer, .saved, .always(word)))
    frame.shuffle(using: &random)
    frame.append(
      Register("status", dwarf: random.chance(1, of: 2) ? columns.popLast() : nil, .flags, byteCount: .always(word)))
    let area = area(widths, hasOccasional: classes.count > widths.count, &random)
    let hasImage = area.last?.bank == .registerStack
    var byteCount = word
    for index in 0..<random.number(0...5) {
      byteCount = max(1, byteCount >> random.number(0...2))
      // What isn't a word of every frame can't have a column.
      let isInImage = hasImage && random.chance(1, of: 4)
      let dwarf = byteCount == word && !isInImage && random.chance(1, of: 2) ? columns.popLast() : nil
      frame.append(
        Register(
          "ctl\(index)", dwarf: dwarf, .control,
          byteCount: isInImage ? .unlessOccasional(byteCount) : .always(byteCount)))
    }
    let others =
      [
        Register("top", dwarf: 200, .integer, .restoredByResume, byteCount: .always(word)),
        Register("counter", .control, .restoredByResume, byteCount: .always(word)),
      ]
      + (0..<random.number(0...4)).map {
        Register("sys\($0).x", .control, .excluded(because: "drawn as one that belongs to the thread"))
      }

    var words: [HandlerWord] = [.programCounter, .register("base")]
    if random.chance(1, of: 2) { words.append(.register("status")) }
    words += integers.shuffled(using: &random).prefix(random.number(0...2)).map { .register($0) }
    words += ([.context] + (placement == .extended || random.chance(1, of: 2) ? [.saveArea] : [])).shuffled(
      using: &random)

    var places = Array(0..<96).shuffled(using: &random)
    func field(_ register: String) -> ContextField {
      let place = places.removeLast()
      return ContextField(register, at: place * word, member: word == 8 ? "words[\(place)]" : "halves[\(place)]")
    }
    let fields = (integers + ["base", "status", "top", "counter"]).map(field)
    func known(_ register: String) -> ContextField { fields.first { $0.register == register }! }
    let redZone = random.one([0, 0, word * random.number(1...64), 128, 288, 512])
    return BackendTable(
      name: "drawn\(number)", guardExpression: "1",
      abi: PSABI(
        document: "no document", pointerByteCount: word, endianness: random.one([.little, .big]),
        redZone: (redZone, "none"), stackAlignment: (random.one([8, 16, 32, 64]), "none"), dwarfSection: "none",
        stackPointer: "top", frameBase: "base", resultRegister: "n0",
        arguments: [Invented.contextRegister, Invented.reasonRegister], scratch: "n0", calleeSaved: [],
        returnAddressColumn: returnAddressColumn),
      stateClasses: classes,
      registers: frame + area + others,
      cfiColumns: 0...integers.count + 8,
      injection: CallInjection(
        programCounter: known("counter"), stackPointer: known("top"), flags: known("status"), contextFields: fields,
        signalMaskByteOffset: ContextImage.maskOffset, refusedFlags: random.next(),
        clearedFlags: random.next() & 0xffff,
        words: words, returnSequence: .returnPopping(redZone),
        liveState: random.chance(1, of: 2) ? liveState(&random) : nil, calleeByteCount: word * random.number(0...32),
        traced: TracedRegisters(programCounterOffset: 0, flagsOffset: word, stepFlag: 0)),
      extendedPlacement: placement)
  }

  private static func stateClasses(_ random: inout SeededGenerator) -> [StateClass] {
    let occasional: UInt64 = random.chance(1, of: 2) ? 1 : 0
    var components: UInt64 = 3
    let widths = ["narrow", "middle", "wide", "widest"].prefix(random.number(1...4)).map { name in
      defer { components |= components << UInt64(random.number(1...4)) }
      return StateClass(name, components: components, occasional: occasional)
    }
    return StateClass.classes(ofWidths: widths)
  }

  /// Registers of the extended banks. In no class is a row wider than the one before it.
  private static func area(
    _ widths: [StateClass], hasOccasional: Bool, _ random: inout SeededGenerator
  ) -> [Register] {
    var limits = widths.map { _ in 64 }
    var rows: [Register] = []
    for group in 0..<random.number(0...4) {
      let bank: Bank = random.chance(2, of: 3) ? .vector : .predicate
      var byteCounts = widths.map { _ in 0 }
      var limit = 64
      // From the widest down: no class has more than the next.
      for index in widths.indices.reversed() {
        limit = min(limit, limits[index], 1 << random.number(0...6))
        byteCounts[index] = random.chance(1, of: 4) && index < widths.count - 1 ? 0 : limit
        if byteCounts[index] == 0 { limit = 0 }
        if byteCounts[index] > 0 { limits[index] = byteCounts[index] }
      }
      let counts = Dictionary(uniqueKeysWithValues: zip(widths, byteCounts))
      rows += (0..<random.number(1...12)).map { Register("vec\(group)_\($0)", bank, byteCount: .byWidth(counts)) }
    }
    if hasOccasional, random.chance(3, of: 4) {
      rows.append(Register("image", .registerStack, byteCount: .whenOccasional(random.number(64...300))))
    }
    return rows
  }

  private static func liveState(_ random: inout SeededGenerator) -> LiveStateSource {
    let magic = random.next()
    return LiveStateSource(
      statePointerOffset: 8 * random.number(0...64), contextFlagsOffset: 0,
      extendedStateFlag: 1 << random.number(0...40),
      firstMagicOffset: 464, firstMagic: UInt32(truncatingIfNeeded: magic), extendedByteCountOffset: 468,
      featuresOffset: 472, stateByteCountOffset: 480, secondMagic: UInt32(magic >> 32), liveComponentsOffset: 512,
      occasionalStatusOffset: random.number(0...8), occasionalTagOffset: random.number(0...8),
      emptyOccasionalTags: random.one([[0], [0xff, 0xff]]),
      minimumStateByteCount: 576, ignoredComponents: random.next() & 0xffff_0000_0000_0000)
  }

  /// Another version of a real backend: rows in another order, some left out, widths left out, another alignment, the
  /// extended state here or there.
  static func version<Base: ArchPreempt>(
    of base: Base.Type, keeping needed: Set<String>, _ number: Int, _ random: inout SeededGenerator
  ) -> BackendTable {
    var classes = Base.stateClasses
    for width in Base.widths.dropFirst() where random.chance(1, of: 3) {
      classes.removeAll { $0.widthName == width.widthName }
    }
    // Only rows of the same size may change places.
    var runs: [[Register]] = []
    for register in Base.registers {
      if let run = runs.last, run[0].bank == register.bank, run[0].byteCount == register.byteCount {
        runs[runs.count - 1].append(register)
      } else {
        runs.append([register])
      }
    }
    let leavesOut = random.chance(1, of: 2)
    let registers = runs.flatMap { $0.shuffled(using: &random) }.map { register in
      let isUnknown = !classes.contains { register.byteCount(in: $0) > 0 }
      // Images come with the registers that they hold.
      if case .whenOccasional = register.byteCount { return register }
      guard
        register.isSaved, isUnknown || leavesOut && !needed.contains(register.name) && random.chance(1, of: 6)
      else { return register }
      return Register(
        register.name, dwarf: register.dwarf, register.bank, .excluded(because: "drawn as one that isn't saved"),
        byteCount: register.byteCount)
    }
    var abi = Base.abi
    abi.stackAlignmentByteCount = min(64, abi.stackAlignmentByteCount << random.number(0...2))
    return BackendTable(
      name: "\(Base.name)\(number)", guardExpression: Base.guardExpression, abi: abi, stateClasses: classes,
      registers: registers, cfiColumns: Base.cfiColumns, injection: Base.injection,
      extendedPlacement: random.one([.stack, .extended]))
  }
}

/// The signal context for which headers of invented CPUs are compiled.
enum ContextImage {
  static let maskOffset = 1024

  static let header = """
    #pragma once
    #include <stdint.h>
    typedef struct { union { uint64_t words[128]; uint32_t halves[256]; }; uint64_t uc_sigmask[2]; } ucontext_t;

    """
}
