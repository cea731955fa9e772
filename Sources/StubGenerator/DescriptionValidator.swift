// The rules a description must keep, each a function that returns what breaks it.
//
// They read tables and effects only. That the text does what its effects say is shown elsewhere: by probes on the
// real instruction set, and by unwinding at every instruction.

import ArchPreempt

/// One broken rule.
public struct Violation: Hashable, Sendable, CustomStringConvertible {
  public let backend: String
  /// The rule's name: the function's.
  public let rule: String
  /// The register or stub concerned, where there is one.
  public let subject: String
  public let detail: String

  public var description: String { "backend \(backend), \(subject), rule \(rule): \(detail)" }
}

public enum DescriptionValidator {
  public typealias Rule = @Sendable (BackendDescription) -> [Violation]

  /// Every rule by name.
  public static let rules = tableRules + stubRules

  private static let tableRules: [(name: String, check: Rule)] = [
    ("factsAreKnown", factsAreKnown),
    ("factsArePossible", factsArePossible),
    ("namesArePrintable", namesArePrintable),
    ("rowsAreUnique", rowsAreUnique),
    ("exclusionsSayWhy", exclusionsSayWhy),
    ("mandatoryRowsArePresent", mandatoryRowsArePresent),
    ("classesWiden", classesWiden),
    ("slotsAreDisjointAndAligned", slotsAreDisjointAndAligned),
    ("slotsHoldTheirRegisters", slotsHoldTheirRegisters),
    ("bitsLieInTheirBytes", bitsLieInTheirBytes),
    ("rowsLieWithinCFIColumns", rowsLieWithinCFIColumns),
    ("handlerWordsFormAFrame", handlerWordsFormAFrame),
    ("contextHoldsEveryInteger", contextHoldsEveryInteger),
    ("signalFrameHoldsEverything", signalFrameHoldsEverything),
    ("reserveFits", reserveFits),
  ]

  /// Those that read the stubs' effects.
  static let stubRules: [(name: String, check: Rule)] = [
    ("everyRegisterIsSavedOnce", everyRegisterIsSavedOnce),
    ("restoreMirrorsSave", restoreMirrorsSave),
    ("widerStateIsInitialized", widerStateIsInitialized),
    ("noStoreBelowStackPointer", noStoreBelowStackPointer),
    ("areaOnStackIsReserved", areaOnStackIsReserved),
    ("reserveIsTheLayouts", reserveIsTheLayouts),
    ("noLoadBelowStackPointer", noLoadBelowStackPointer),
    ("areaIsAddressed", areaIsAddressed),
    ("wordsAreRead", wordsAreRead),
    ("flagsAreSavedBeforeClobber", flagsAreSavedBeforeClobber),
    ("scratchIsStoredBeforeUse", scratchIsStoredBeforeUse),
    ("stackPointerSumsToZero", stackPointerSumsToZero),
    ("callIsAligned", callIsAligned),
    ("calleeHasItsSaveArea", calleeHasItsSaveArea),
    ("stubIsStraightLine", stubIsStraightLine),
  ]

  /// What breaks any rule, in the order of the rules. Impossible facts are reported alone: the others reckon with them.
  public static func violations(in description: BackendDescription) -> [Violation] {
    let impossible = factsArePossible(description)
    return impossible.isEmpty ? rules.flatMap { $0.check(description) } : factsAreKnown(description) + impossible
  }

  // MARK: - The table

  /// A backend that was begun: each fact that its author hasn't found out is a question to its documents.
  static func factsAreKnown(_ description: BackendDescription) -> [Violation] {
    Fact.allCases.filter(description.unknownFacts.contains).map {
      violation(description, $0.rawValue, $0.question)
    }
  }

  /// Numbers that everything else divides by, counts with or indexes.
  static func factsArePossible(_ description: BackendDescription) -> [Violation] {
    let abi = description.abi
    let word = abi.pointerByteCount
    let alignment = abi.stackAlignmentByteCount
    var broken: [Violation] = []
    func expect(_ isPossible: Bool, _ subject: String, _ detail: String) {
      if !isPossible { broken.append(violation(description, subject, detail, rule: "factsArePossible")) }
    }
    expect([4, 8].contains(word), "pointer", "\(word) bytes; the header knows 4 and 8")
    expect(
      alignment >= word && alignment & (alignment - 1) == 0, "stack alignment",
      "\(alignment) bytes isn't a power of two that holds a pointer")
    expect(
      abi.redZoneByteCount >= 0 && abi.redZoneByteCount % max(1, word) == 0, "red zone",
      "\(abi.redZoneByteCount) bytes isn't a number of words")
    expect(
      abi.registerSaveAreaByteCount >= 0 && abi.registerSaveAreaByteCount % max(1, word) == 0, "register save area",
      "\(abi.registerSaveAreaByteCount) bytes isn't a number of words")
    expect(description.injection.calleeByteCount >= 0, "callee", "needs \(description.injection.calleeByteCount) bytes")
    expect(abi.stackPointer != abi.frameBase, abi.frameBase, "is the stack pointer too")
    expect(!description.stateClasses.isEmpty, "classes", "there is none")
    return broken
  }

  /// What becomes a name in C, Swift or assembly is an identifier there, and the name of one thing only.
  static func namesArePrintable(_ description: BackendDescription) -> [Violation] {
    let layout = description.layout
    let words = layout.words.map(\.name) + ["red_zone"]
    let classes = description.stateClasses.map(\.name)
    let registers = (layout.frameRegisters + layout.areaRegisters).map(\.name)
    let symbols = description.stubs.map(\.symbol) + description.probes.map(\.symbol)
    return Set([description.symbolPrefix] + words + classes + registers).filter { !isIdentifier($0) }.sorted().map {
      violation(description, $0, "can't be part of a name in C")
    }
      + layout.frameRegisters.map(\.name).filter(words.contains).map {
        violation(description, $0, "the frame has a word of that name")
      }
      + repeated(classes).map { violation(description, $0, "two classes have that name") }
      + repeated(symbols).map { violation(description, $0, "two functions have that name") }
  }

  /// No register and no DWARF number appears twice.
  static func rowsAreUnique(_ description: BackendDescription) -> [Violation] {
    var names: Set<String> = []
    var numbers: [Int: String] = [:]
    return description.registers.flatMap { register -> [Violation] in
      var broken: [Violation] = []
      if !names.insert(register.name).inserted {
        broken.append(violation(description, register.name, "the register has two rows"))
      }
      if let number = register.dwarf, let other = numbers.updateValue(register.name, forKey: number) {
        broken.append(violation(description, register.name, "DWARF number \(number) is also \(other)'s"))
      }
      return broken
    }
  }

  /// A register that isn't saved has a reason that a reader can judge.
  static func exclusionsSayWhy(_ description: BackendDescription) -> [Violation] {
    let byResume = [description.injection.programCounter.register, description.abi.stackPointer]
    return description.registers.compactMap { register in
      switch register.disposition {
      case .excluded(let reason) where !isReason(reason):
        violation(description, register.name, "'\(reason)' is no reason: say why user code needn't keep it")
      case .restoredByResume where !byResume.contains(register.name):
        violation(description, register.name, "the return restores only the program counter and the stack pointer")
      default: nil
      }
    }
  }

  /// Registers that a table must speak of, saved or not, by architecture.
  static let mandatoryRows: [String: [String]] = [
    "amd64": ["fs.base", "gs.base", "pkru", "ssp", "tilecfg", "rflags", "mxcsr", "fcw", "rsp", "rbp"],
    "386": ["cs", "ss", "ds", "es", "fs", "gs", "pkru", "ssp", "tilecfg", "eflags", "mxcsr", "fcw", "esp", "ebp"],
    "riscv64": ["gp", "tp", "ra", "t6", "fcsr", "v0-v31", "vcsr", "ssp", "jvt"],
    "arm64": ["x18", "x30", "nzcv", "fpcr", "fpsr", "fpmr", "tpidr_el0", "dit", "gcspr_el0", "ffr", "za", "svcr"],
    "s390x": ["r14", "pswm", "fpc", "v31", "a0", "a1", "a2_a15", "gs"],
  ]

  static func mandatoryRowsArePresent(_ description: BackendDescription) -> [Violation] {
    let programCounter = description.injection.programCounter.register
    let abi = description.abi
    let anyCPU = [programCounter, abi.stackPointer, abi.frameBase, abi.resultRegister]
    // What the kernel saves of a task, it can hold values in; of a row that is forgotten no probe would know.
    let saved = description.injection.contextFields.map(\.register)
    var known = Set(description.registers.map(\.name))
    return (anyCPU + (mandatoryRows[description.architecture] ?? []) + saved).filter { known.insert($0).inserted }.map {
      violation(description, $0, "no row: save it, or exclude it and say why")
    }
  }

  /// Classes go from narrow to wide: each covers the components and at least the bytes of the one before.
  static func classesWiden(_ description: BackendDescription) -> [Violation] {
    let widths = description.stateClasses.filter { !$0.includesOccasional }
    var broken = zip(widths, widths.dropFirst()).compactMap { narrow, wide -> Violation? in
      let covers = narrow.components & ~wide.components == 0 && narrow.components != wide.components
      let grows = description.registers.allSatisfy { $0.byteCount(in: narrow) <= $0.byteCount(in: wide) }
      return covers && grows
        ? nil : violation(description, wide.name, "doesn't cover all of the narrower class \(narrow.name)")
    }
    // The header computes an index from the width and whether occasional components are live.
    if description.stateClasses != StateClass.classes(ofWidths: widths)
      || Set(widths.map(\.occasionalComponents)).count > 1
    {
      broken.append(
        violation(description, "classes", "each width must be followed by itself with its occasional components"))
    }
    if description.stateClasses.count > SaveLayout.areaAlignmentByteCount {
      broken.append(violation(description, "classes", "more classes than fit into an area address's low bits"))
    }
    for width in widths where width.occasionalComponents & ~width.components != 0 {
      broken.append(violation(description, width.name, "has occasional components that it doesn't cover"))
    }
    let ignored = description.injection.liveState?.ignoredComponents ?? 0
    if let width = widths.first(where: { $0.components & ignored != 0 }) {
      broken.append(violation(description, width.name, "saves a component that the handler ignores"))
    }
    return broken
  }

  /// What a probe may fill a register with is said of bits that exist, and of each once.
  static func bitsLieInTheirBytes(_ description: BackendDescription) -> [Violation] {
    let image = description.registers.first { if case .whenOccasional = $0.byteCount { true } else { false } }
    return description.registers.filter(\.isSaved).flatMap { register -> [Violation] in
      var broken = register.bits.isEmpty ? ["nothing is said of its bits"] : []
      for run in register.bits {
        let all = run.free | run.set | run.compared | (run.initial ?? 0)
        if !(1...8).contains(run.byteCount) {
          broken.append("\(run.byteCount) bytes with one rule, 1 to 8 are possible")
        } else if run.byteCount < 8, all >> (run.byteCount * 8) != 0 {
          broken.append("0x\(String(all, radix: 16)) doesn't fit into \(run.byteCount) bytes")
        }
        if run.free & run.set != 0 {
          broken.append("0x\(String(run.free & run.set, radix: 16)) can't be free and set")
        }
      }
      if case .unlessOccasional(let byteCount, let offset) = register.byteCount {
        let imageByteCount = image?.byteCount(in: description.widestClass.withOccasional) ?? 0
        if offset < 0 || offset + byteCount > imageByteCount {
          broken.append("byte \(offset) of an occasional image of \(imageByteCount) can't hold it")
        }
      }
      return broken.map { violation(description, register.name, $0, rule: "bitsLieInTheirBytes") }
    }
  }

  // MARK: - The layout

  /// No two slots overlap, no gap is larger than alignment asks for, every slot is naturally aligned.
  static func slotsAreDisjointAndAligned(_ description: BackendDescription) -> [Violation] {
    let layout = description.layout
    var broken: [Violation] = []
    // #function inside `check` would be `check`.
    let rule = #function
    func check(_ slots: [(name: String, start: Int, byteCount: Int, alignment: Int)], end: Int) {
      var cursor: Int?
      for slot in slots.sorted(by: { $0.start < $1.start }) {
        if slot.start % slot.alignment != 0 {
          broken.append(
            violation(description, slot.name, "slot at \(slot.start) isn't aligned to \(slot.alignment)", rule: rule))
        }
        if let cursor {
          if slot.start < cursor {
            broken.append(
              violation(
                description, slot.name, "slot at \(slot.start) overlaps the one that ends at \(cursor)", rule: rule))
          } else if slot.start - cursor >= slot.alignment {
            broken.append(
              violation(
                description, slot.name, "\(slot.start - cursor) bytes of padding before it aren't alignment", rule: rule
              ))
          }
        }
        cursor = slot.start + slot.byteCount
      }
      if let cursor, end - cursor >= description.abi.pointerByteCount {
        broken.append(
          violation(description, slots.last?.name ?? "", "\(end - cursor) unused bytes at the end", rule: rule))
      }
    }
    let word = description.abi.pointerByteCount
    var frame = layout.words.map { (name: $0.name, start: layout.offset(of: $0)!, byteCount: word, alignment: word) }
    for slot in layout.frameSlots(widest: description.widestClass) {
      guard case .frame(let offset) = slot.place else { continue }
      frame.append((slot.register.name, offset, slot.byteCount, max(1, min(slot.byteCount, 8))))
    }
    check(frame, end: -layout.abi.redZoneByteCount)
    for stateClass in description.stateClasses {
      let slots = layout.areaSlots(of: stateClass, widest: stateClass).map {
        slot -> (name: String, start: Int, byteCount: Int, alignment: Int) in
        // An image of a register stack is a row of fields: any alignment will do.
        let alignment = slot.register.bank == .registerStack ? 1 : max(1, min(slot.byteCount, 64))
        guard case .area(let offset) = slot.place else { return (slot.register.name, -1, slot.byteCount, alignment) }
        return (slot.register.name, offset, slot.byteCount, alignment)
      }
      check(slots, end: layout.areaByteCount(of: stateClass))
    }
    // One struct describes the frame wherever it runs.
    for width in description.stateClasses where !width.includesOccasional {
      for (slot, widest) in zip(layout.frameSlots(widest: width), layout.frameSlots(widest: description.widestClass))
      where slot.place != widest.place || slot.byteCount != widest.byteCount {
        broken.append(
          violation(
            description, slot.register.name,
            "the frame's slots must be the same in every width, not \(slot.place) in \(width.name)"))
      }
    }
    // The lowest slot starts the frame: nothing is reserved that nothing uses, but for an aligned stack pointer.
    let lowest = frame.map(\.start).min() ?? 0
    let unit = description.abi.keepsStackPointerAligned ? description.abi.stackAlignmentByteCount : word
    if layout.frameByteCount(widest: description.widestClass) + lowest >= unit {
      broken.append(violation(description, "frame", "the frame reserves more than its slots"))
    }
    return broken
  }

  /// The program counter's word lies directly above the frame base's, as in an ordinary frame.
  static func handlerWordsFormAFrame(_ description: BackendDescription) -> [Violation] {
    let layout = description.layout
    guard let pc = layout.offset(of: .programCounter) else {
      return [violation(description, "pc", "the handler doesn't write the program counter")]
    }
    guard let base = layout.offset(of: .register(description.abi.frameBase)) else {
      return [violation(description, description.abi.frameBase, "the handler doesn't write the frame base")]
    }
    var broken: [Violation] = []
    if pc - base != description.abi.pointerByteCount {
      broken.append(
        violation(description, description.abi.frameBase, "its word isn't directly below the program counter's"))
    }
    if description.abi.keepsStackPointerAligned && layout.entryOffset % description.abi.stackAlignmentByteCount != 0 {
      broken.append(
        violation(description, "words", "the stub would start with the stack pointer at CFA\(layout.entryOffset)"))
    }
    if layout.offset(of: .context) == nil {
      broken.append(violation(description, "context", "preempt_mcall has no way to the system stack"))
    }
    if layout.extendedPlacement == .extended && layout.offset(of: .saveArea) == nil {
      broken.append(violation(description, "area", "the stub has no way to the save area"))
    }
    return broken
  }

  /// The signal context has one field for every integer register and every register of a handler's word, so that the
  /// handler can copy it and an oracle compare it.
  static func contextHoldsEveryInteger(_ description: BackendDescription) -> [Violation] {
    let injection = description.injection
    let fields = Set(injection.contextFields.map(\.register))
    let broken = description.registers.compactMap { register -> Violation? in
      let isCopied =
        injection.registersWrittenByHandler.contains(register.name)
        || register.bank == .integer && (register.isSaved || register.disposition == .restoredByResume)
      return isCopied && !fields.contains(register.name)
        ? violation(description, register.name, "no field in the signal context") : nil
    }
    var fieldAt: [Int: String] = [:]
    let doubled =
      repeated(injection.contextFields.map(\.register)).map {
        violation(description, $0, "two fields in the signal context")
      }
      + injection.contextFields.compactMap { field in
        fieldAt.updateValue(field.register, forKey: field.byteOffset).flatMap { other in
          other == field.register ? nil : violation(description, field.register, "in the same place as \(other)")
        }
      }
    // The header checks the fields against ucontext_t, and its accessors use these three.
    return broken + doubled
      + ([injection.programCounter, injection.stackPointer] + [injection.flags].compactMap { $0 }).compactMap { field in
        injection.contextFields.contains(field)
          ? nil
          : violation(
            description, field.register, "the field at \(field.byteOffset) differs from its row in the signal context")
      }
  }

  /// Where the kernel reloads everything, the signal frame has a place of its own for everything that is saved.
  static func signalFrameHoldsEverything(_ description: BackendDescription) -> [Violation] {
    guard case .signalReturn(let frame) = description.injection.returnSequence else { return [] }
    let word = description.abi.pointerByteCount
    var broken: [Violation] = []
    var places = description.injection.contextFields.map { (name: $0.register, start: $0.byteOffset, byteCount: word) }
    places.append(("uc_sigmask", description.injection.signalMaskByteOffset, 8))
    places.append(("uc_stack", frame.stackByteOffset, 3 * word))
    places += frame.marks.keys.sorted().map { ("mark", $0, 4) }
    let fields = Set(description.injection.contextFields.map(\.register))
    for register in description.registers where register.isSaved && !fields.contains(register.name) {
      guard let start = frame.places[register.name] else {
        broken.append(violation(description, register.name, "no place in the signal frame"))
        continue
      }
      places.append((register.name, start, register.byteCount(in: description.widestClass)))
    }
    let byResume = [description.injection.programCounter.register, description.abi.stackPointer]
    for field in description.injection.contextFields
    where !byResume.contains(field.register) && frame.threadRegisters[field.register] == nil
      && description.registers.first(where: { $0.name == field.register })?.isSaved != true
    {
      broken.append(violation(description, field.register, "reloaded by the kernel, and nothing says from what"))
    }
    places.sort { $0.start < $1.start }
    for (lower, upper) in zip(places, places.dropFirst()) where lower.start + lower.byteCount > upper.start {
      broken.append(violation(description, upper.name, "overlaps \(lower.name) in the signal frame"))
    }
    if let last = places.last, frame.contextByteOffset + last.start + last.byteCount > frame.byteCount {
      broken.append(violation(description, last.name, "ends beyond the signal frame's \(frame.byteCount) bytes"))
    }
    return broken
  }

  /// The worst case of every class fits below the stack pointer.
  static func reserveFits(_ description: BackendDescription) -> [Violation] {
    description.stateClasses.compactMap { stateClass in
      let required = description.layout.requiredStackByteCount(
        of: stateClass, widest: description.widestClass,
        calleeByteCount: description.injection.calleeByteCount)
      return required <= SaveLayout.reserveByteCount
        ? nil
        : violation(
          description, stateClass.name,
          "needs \(required) bytes below the stack pointer, the reserve has \(SaveLayout.reserveByteCount)")
    }
  }

  /// Every integer register and the return address have a column that an unwinder accepts.
  static func rowsLieWithinCFIColumns(_ description: BackendDescription) -> [Violation] {
    var broken: [Violation] = []
    let column = description.abi.returnAddressColumn
    let others = description.registers.filter { $0.isSaved && $0.name != description.injection.programCounter.register }
    let isAlternate =
      description.abi.hasAlternateReturnColumn && column > description.cfiColumns.upperBound
      && others.allSatisfy { $0.dwarf != column }
    if !description.cfiColumns.contains(column) && !isAlternate {
      broken.append(
        violation(
          description, "pc",
          "return address column \(description.abi.returnAddressColumn) is outside \(description.cfiColumns)"))
    }
    for register in description.registers where register.bank == .integer && register.isSaved {
      guard let number = register.dwarf, description.cfiColumns.contains(number) else {
        broken.append(
          violation(
            description, register.name,
            "an integer register without a column in \(description.cfiColumns) can't be unwound"))
        continue
      }
    }
    // An assembler takes offsets of whole words only.
    let word = description.abi.pointerByteCount
    for register in description.registers where register.isSaved {
      guard let number = register.dwarf, description.cfiColumns.contains(number) else { continue }
      if number == description.abi.returnAddressColumn {
        broken.append(violation(description, register.name, "has the return address's column \(number)"))
      }
      if register.bank.isExtended {
        broken.append(violation(description, register.name, "has a column, but lies where no rule of a frame finds it"))
      } else if description.stateClasses.contains(where: { register.byteCount(in: $0) % word != 0 })
        || description.stateClasses.contains(where: { register.byteCount(in: $0) == 0 })
      {
        broken.append(violation(description, register.name, "has a column, but no word in every frame"))
      }
    }
    return broken
  }

  // MARK: - The stubs

  /// A slot has room for all that a stub stores there, and the header a type for it.
  static func slotsHoldTheirRegisters(_ description: BackendDescription) -> [Violation] {
    let word = description.abi.pointerByteCount
    let byHandler = Set(description.injection.registersWrittenByHandler)
    let frame = description.layout.frameSlots(widest: description.widestClass)
    let byteCounts = Dictionary(frame.map { ($0.register.name, $0.byteCount) }, uniquingKeysWith: max)
    return description.registers.filter(\.isSaved).flatMap { register -> [Violation] in
      let counts = description.stateClasses.map(register.byteCount(in:))
      let largest = counts.max() ?? 0
      var broken: [String] = []
      if largest <= 0 || counts.contains(where: { $0 < 0 }) { broken.append("saved, but \(counts) bytes of it") }
      if !register.bank.isExtended, ![1, 2, 4, 8].contains(largest) {
        broken.append("\(largest) bytes in the frame: the header knows 1, 2, 4, 8")
      }
      if byHandler.contains(register.name) {
        if largest > word { broken.append("\(largest) bytes don't fit into the handler's word") }
      } else if !register.bank.isExtended {
        if largest > byteCounts[register.name] ?? 0 {
          broken.append("\(largest) bytes, its slot has \(byteCounts[register.name] ?? 0)")
        }
      }
      return broken.map { violation(description, register.name, $0) }
    }
  }

  /// Each saved register of the class is stored once before the call and reloaded once after it, unless the kernel does
  /// that; the handler's words are only reloaded; nothing else is stored or reloaded.
  static func everyRegisterIsSavedOnce(_ description: BackendDescription) -> [Violation] {
    let byHandler = Set(description.injection.registersWrittenByHandler)
    return perStub(description) { stub in
      let (stores, reloads) = transfers(stub)
      var broken: [(String, String)] = []
      for register in description.registers {
        let isCovered = register.isSaved && register.byteCount(in: stub.stateClass) > 0
        let stored = stores.filter { $0.name == register.name }.count
        let reloaded = reloads.filter { $0.name == register.name }.count
        if stored != (isCovered && !byHandler.contains(register.name) ? 1 : 0) {
          broken.append((register.name, "stored \(stored) times in \(stub.symbol)"))
        }
        if reloaded != (isCovered && !isReloadedByKernel(description) ? 1 : 0) {
          broken.append((register.name, "reloaded \(reloaded) times in \(stub.symbol)"))
        }
      }
      let rows = Set(description.registers.map(\.name))
      for name in Set((stores + reloads).map(\.name)).subtracting(rows).sorted() {
        broken.append((name, "transferred in \(stub.symbol) but has no row"))
      }
      return broken
    }
  }

  /// A register is stored to the layout's slot, and reloaded from there, with the same width, in the opposite order.
  static func restoreMirrorsSave(_ description: BackendDescription) -> [Violation] {
    perStub(description) { stub in
      let (stores, reloads) = transfers(stub)
      var broken: [(String, String)] = []
      let layout = description.layout
      for slot in layout.frameSlots(widest: stub.widest) + layout.areaSlots(of: stub.stateClass, widest: stub.widest) {
        let planned = Transfer(name: slot.register.name, place: slot.place, byteCount: slot.byteCount)
        for store in stores where store.name == planned.name && store != planned {
          broken.append((store.name, "stored as \(store), the layout has \(planned) in \(stub.symbol)"))
        }
      }
      let words = description.layout.words.compactMap { word -> Transfer? in
        guard case .register(let name) = word else { return nil }
        return Transfer(
          name: name, place: .frame(description.layout.offset(of: word)!),
          byteCount: description.abi.pointerByteCount)
      }
      if isReloadedByKernel(description) { return broken }
      var (expected, found) = (words + stores, Array(reloads.reversed()))
      if case .returnPopping = description.injection.returnSequence {
        // The handler's words come first in time and lie highest; the frame is stored before the area.
      } else {
        // Without pops the words may be reloaded in any order, between the frame's slots and the area's.
        for word in words {
          guard let at = found.firstIndex(where: { $0.name == word.name }) else { continue }
          let reload = found.remove(at: at)
          if reload != word {
            broken.append((word.name, "stored as \(word), reloaded as \(reload) in \(stub.symbol)"))
          }
        }
        expected = stores
      }
      for (store, reload) in zip(expected, found) where store != reload {
        let subject = store.name == reload.name ? store.name : "\(store.name) and \(reload.name)"
        broken.append((subject, "stored as \(store), reloaded as \(reload) in \(stub.symbol)"))
      }
      return broken
    }
  }

  /// Whatever is wider than the narrowest class is initial before the call: what the class saves because the stub puts
  /// it there, the rest because it isn't live; where nobody asks what is live it may be anything. It is initial again before the task goes on: without that a task reads
  /// another's upper halves (seen after three preemptions).
  static func widerStateIsInitialized(_ description: BackendDescription) -> [Violation] {
    perStub(description) { stub in
      let halves = split(stub)
      var broken: [(String, String)] = []
      for register in description.layout.areaRegisters {
        let all = register.byteCount(in: stub.widest.width)
        let kept = register.byteCount(in: stub.stateClass)
        let least = register.byteCount(in: description.stateClasses[0])
        if description.injection.saysWhatIsLive, kept > least, !initializes(halves.save, register.name, from: least) {
          broken.append((register.name, "bytes \(least) to \(kept) aren't initial at the call in \(stub.symbol)"))
        }
        if all > kept {
          let isExtended = halves.restore.contains { instruction in
            instruction.effects.contains {
              if case .reloads(register.name, _, _, true) = $0 { true } else { false }
            }
          }
          if kept == 0 ? !initializes(halves.restore, register.name, from: 0) : !isExtended {
            broken.append((register.name, "bytes \(kept) to \(all) aren't initial at the resume in \(stub.symbol)"))
          }
        }
      }
      for register in description.registers
      where (register.bank == .control || register.bank == .flags) && register.isSaved
        && register.byteCount(in: stub.stateClass) > 0
      {
        if !initializes(halves.save, register.name, from: 0) {
          broken.append((register.name, "the callee doesn't start with its default in \(stub.symbol)"))
        }
      }
      return broken
    }
  }

  /// Reserve, then store: a second signal between the two would overwrite the slot.
  static func noStoreBelowStackPointer(_ description: BackendDescription) -> [Violation] {
    walk(description) { tracker, effect in
      guard case .stores(let name, .frame(let offset), _) = effect, offset < -tracker.leastDepth else { return nil }
      return (name, "stored at CFA\(offset), the stack pointer is at CFA-\(tracker.leastDepth)")
    }
  }

  /// A save area on the stack starts at the stack pointer and ends below the frame proper.
  static func areaOnStackIsReserved(_ description: BackendDescription) -> [Violation] {
    guard description.layout.extendedPlacement == .stack else { return [] }
    let frameByteCount = description.layout.frameByteCount(widest: description.widestClass)
    return walk(description) { tracker, effect in
      guard case .stores(let name, .area(let offset), let byteCount) = effect else { return nil }
      let end = tracker.leastDepth - offset - byteCount
      return end < frameByteCount
        ? (name, "its slot ends at CFA-\(end) and reaches into the frame of \(frameByteCount) bytes") : nil
    }
  }

  /// Before it rounds, a stub reserves what the layout says and `reserveFits` reckons with.
  static func reserveIsTheLayouts(_ description: BackendDescription) -> [Violation] {
    description.stubs.flatMap { stub -> [Violation] in
      let planned =
        description.layout.frameByteCount(widest: stub.widest)
        + description.layout.areaOnStackByteCount(of: stub.stateClass)
      let save = split(stub).save.flatMap(\.effects)
      let untilRounded = save.prefix { if case .alignsStackPointer = $0 { false } else { true } }
      // The callee's save area lies below what is rounded.
      let isRounded = untilRounded.count < save.count
      let moved = untilRounded.reduce(0) { sum, effect in
        if case .movesStackPointer(let byteCount) = effect { sum - byteCount } else { sum }
      }
      let reserved =
        moved - description.layout.entryOffset - (isRounded ? 0 : description.abi.registerSaveAreaByteCount)
      return reserved == planned
        ? []
        : [violation(description, "stub", "\(stub.symbol) reserves \(reserved) bytes, the layout has \(planned)")]
    }
  }

  /// Nothing below the stack pointer is read without a stated reason.
  static func noLoadBelowStackPointer(_ description: BackendDescription) -> [Violation] {
    walk(description, stopsAtReason: true) { tracker, effect in
      if case .readsBelowStackPointer(let reason) = effect, !isReason(reason) {
        return ("stack pointer", "read below it, and '\(reason)' is no reason")
      }
      let read: (String, Int)? =
        switch effect {
        case .reloads(let name, .frame(let offset), _, _): (name, offset)
        case .reads(.frame(let offset), _): ("frame", offset)
        case .loadsProgramCounter(_, .frame(let offset)), .resumesThroughMemory(.frame(let offset)): ("pc", offset)
        default: nil
        }
      guard let (name, offset) = read, offset < -tracker.leastDepth else { return nil }
      return (name, "read at CFA\(offset), the stack pointer is at CFA-\(tracker.leastDepth)")
    }
  }

  /// The save area is used only while the area register, in which a function returns its first result, holds its
  /// address. A callee returns it where areas lie off the stack; on the stack the stub knows better.
  static func areaIsAddressed(_ description: BackendDescription) -> [Violation] {
    let register = description.abi.resultRegister
    let comesFromCallee = description.layout.extendedPlacement == .extended
    return perStub(description) { stub in
      var isAddressed = false
      var broken: [(String, String)] = []
      for (index, instruction) in stub.instructions.enumerated() {
        for effect in instruction.effects {
          switch effect {
          case .stores(let name, .area, _), .reloads(let name, .area, _, _):
            guard !isAddressed else { continue }
            broken.append(
              (name, "the area register isn't set; \(stub.symbol), instruction \(index): \(instruction.text)"))
          case .clobbers(register), .reloads(register, _, _, _), .calls: isAddressed = false
          default: break
          }
        }
        if instruction.effects.contains(.loadsAreaAddress) {
          isAddressed = comesFromCallee || !instruction.effects.contains { if case .calls = $0 { true } else { false } }
        }
      }
      return broken
    }
  }

  /// Before its call a stub reads what the handler wrote for it: the switch context, and the save area's address where
  /// it lies off the stack.
  static func wordsAreRead(_ description: BackendDescription) -> [Violation] {
    let word = description.abi.pointerByteCount
    let needed: [HandlerWord] =
      description.layout.extendedPlacement == .extended ? [.saveArea, .context] : [.context]
    return perStub(description) { stub in
      let read = split(stub).save.flatMap(\.effects)
      return needed.filter { description.layout.offset(of: $0) != nil }.filter {
        !read.contains(.reads(.frame(description.layout.offset(of: $0)!), byteCount: word))
      }.map { ($0.name, "\(stub.symbol) doesn't read it before the call") }
    }
  }

  /// No instruction changes the flags before they lie in memory, or after they were reloaded.
  static func flagsAreSavedBeforeClobber(_ description: BackendDescription) -> [Violation] {
    let flags = description.registers.filter { $0.bank == .flags && $0.isSaved }.map(\.name)
    return walk(description) { tracker, effect in
      guard case .clobbersFlags = effect, let name = flags.first(where: { tracker.saved[$0] == nil }) else {
        return nil
      }
      return (name, "clobbered while its value is only in the register")
    }
  }

  /// A register is used as scratch or put into its initial state only while its value lies in its slot.
  static func scratchIsStoredBeforeUse(_ description: BackendDescription) -> [Violation] {
    let rows = Dictionary(description.registers.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    return perStub(description) { stub in
      var stored = Set(description.injection.registersWrittenByHandler)
      var reserved: Set<String> = []
      if case .branchThrough(let name, _) = description.injection.returnSequence { reserved.insert(name) }
      var broken: [(String, String)] = []
      for (index, instruction) in stub.instructions.enumerated() {
        for effect in instruction.effects {
          var use: (name: String, verb: String)?
          switch effect {
          case .stores(let name, _, _): stored.insert(name)
          case .reloads(let name, _, _, _): stored.remove(name)
          case .clobbers(let name), .loadsProgramCounter(let name, _): use = (name, "used as scratch")
          case .setsFrameBase: use = (description.abi.frameBase, "made the frame base")
          case .initializes(let name, let start):
            if let row = rows[name], row.isSaved, row.byteCount(in: stub.stateClass) > start {
              use = (name, "initialised")
            }
          default: break
          }
          if let use, !stored.contains(use.name), !reserved.contains(use.name) {
            broken.append(
              (
                use.name,
                "\(use.verb) while its value is only in the register; \(stub.symbol), instruction \(index): \(instruction.text)"
              ))
          }
        }
      }
      return broken
    }
  }

  /// The last instruction leaves the stack pointer where the task was interrupted, and the program counter too.
  static func stackPointerSumsToZero(_ description: BackendDescription) -> [Violation] {
    let word = description.abi.pointerByteCount
    let sequence = description.injection.returnSequence
    let programCounter = description.layout.offset(of: .programCounter)
    var broken = walk(description) { tracker, effect in
      if tracker.hasLeftStack, effect.usesStack { return ("stack pointer", "the stack is used after the stub left it") }
      let left: Int
      switch effect {
      case .resumes(let byteCount):
        guard let depth = tracker.depth else { return ("stack pointer", "unknown at the return") }
        left = depth - word - byteCount
      case .loadsProgramCounter(_, .frame(let offset)) where offset != programCounter,
        .resumesThroughMemory(.frame(let offset)) where offset != programCounter:
        return ("pc", "loaded from CFA\(offset), which isn't its word")
      case .resumesThrough(let name):
        guard let depth = tracker.depth else { return ("stack pointer", "unknown at the return") }
        guard tracker.programCounterRegister == name else { return (name, "doesn't hold the program counter") }
        left = depth
      case .resumesThroughMemory:
        guard let depth = tracker.depth else { return ("stack pointer", "unknown at the return") }
        left = depth
      case .returnsFromSignal:
        return tracker.hasLeftStack ? nil : ("stack pointer", "isn't the signal frame's address at the return")
      default: return nil
      }
      return left == 0 ? nil : ("stack pointer", "\(left) bytes below the interrupted one at the return")
    }
    broken += perStub(description) { stub in
      switch (stub.instructions.last?.effects.last, sequence) {
      case (.resumes(let popped)?, .returnPopping(let byteCount)):
        popped == byteCount ? [] : [("stub", "pops \(popped) bytes where the return sequence says \(byteCount)")]
      case (.resumesThrough(let name)?, .branchThrough(let register, _)):
        name == register ? [] : [("stub", "returns through \(name) where the return sequence says \(register)")]
      case (.returnsFromSignal?, .signalReturn), (.resumes?, .delaySlot): []
      case (.resumesThroughMemory?, .branchThroughMemory): []
      default: [("stub", "\(stub.symbol) doesn't end with its return")]
      }
    }
    return broken
  }

  /// The stack pointer is aligned at the call, whatever it was when the task was interrupted.
  static func callIsAligned(_ description: BackendDescription) -> [Violation] {
    let reserved = description.layout.callAlignmentByteCount
    return walk(description) { tracker, effect in
      if case .alignsStackPointer(let boundary) = effect, boundary != reserved, tracker.alignment < boundary {
        return ("stack pointer", "rounded to \(boundary), the layout reckons with \(reserved)")
      }
      guard case .calls(let symbol) = effect, tracker.alignment < description.abi.stackAlignmentByteCount else {
        return nil
      }
      return (
        symbol,
        "called with the stack pointer aligned to \(tracker.alignment), the psABI wants \(description.abi.stackAlignmentByteCount)"
      )
    }
  }

  /// Below all that was stored lies the register save area that the psABI has a caller reserve.
  static func calleeHasItsSaveArea(_ description: BackendDescription) -> [Violation] {
    let byteCount = description.abi.registerSaveAreaByteCount
    guard byteCount > 0 else { return [] }
    return perStub(description) { stub in
      var tracker = FrameTracker(entryOf: description)
      var lowest = tracker.leastDepth
      for (index, instruction) in stub.instructions.enumerated() {
        for effect in instruction.effects {
          switch effect {
          case .stores(_, .frame(let offset), _): lowest = max(lowest, -offset)
          case .loadsAreaAddress where description.layout.extendedPlacement == .stack:
            lowest = max(lowest, tracker.leastDepth)
          case .calls(let symbol) where tracker.leastDepth - lowest < byteCount:
            return [
              (
                symbol,
                "has \(tracker.leastDepth - lowest) bytes for its registers, the psABI says \(byteCount); \(stub.symbol), "
                  + "instruction \(index): \(instruction.text)"
              )
            ]
          case .calls: return []
          default: break
          }
        }
        tracker.apply(instruction)
      }
      return []
    }
  }

  /// No branches, exactly one call, nothing after the return.
  static func stubIsStraightLine(_ description: BackendDescription) -> [Violation] {
    perStub(description) { stub in
      var broken: [(String, String)] = []
      if stub.instructions.contains(where: { $0.effects.contains(.branches) }) {
        broken.append(("stub", "\(stub.symbol) branches"))
      }
      let effects = stub.instructions.flatMap(\.effects)
      let calls = effects.filter { if case .calls = $0 { true } else { false } }.count
      let returns = effects.filter(\.isReturn).count
      if calls != 1 { broken.append(("stub", "\(stub.symbol) has \(calls) calls")) }
      if returns != 1 { broken.append(("stub", "\(stub.symbol) has \(returns) returns")) }
      return broken
    }
  }

  // MARK: - Helpers

  struct Transfer: Hashable, CustomStringConvertible {
    let name: String
    let place: Place
    let byteCount: Int
    var description: String { "\(byteCount) bytes at \(place)" }
  }

  /// Stores before the call and reloads after it, in the order they happen: the callee clobbers what is reloaded earlier.
  private static func transfers(_ stub: EntryStub) -> (stores: [Transfer], reloads: [Transfer]) {
    let halves = split(stub)
    let stores = halves.save.flatMap(\.effects).compactMap { effect -> Transfer? in
      guard case .stores(let name, let place, let count) = effect else { return nil }
      return Transfer(name: name, place: place, byteCount: count)
    }
    let reloads = halves.restore.flatMap(\.effects).compactMap { effect -> Transfer? in
      guard case .reloads(let name, let place, let count, _) = effect else { return nil }
      return Transfer(name: name, place: place, byteCount: count)
    }
    return (stores, reloads)
  }

  private static func isReloadedByKernel(_ description: BackendDescription) -> Bool {
    if case .signalReturn = description.injection.returnSequence { true } else { false }
  }

  /// Fewer than three words name something but don't explain it.
  private static func isReason(_ text: String) -> Bool { text.split(separator: " ").count >= 3 }

  private static func isIdentifier(_ name: String) -> Bool {
    name.first?.isNumber == false && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
  }

  private static func repeated(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { !seen.insert($0).inserted }
  }

  private static func split(_ stub: EntryStub) -> (save: ArraySlice<Instruction>, restore: ArraySlice<Instruction>) {
    let call =
      stub.instructions.firstIndex { $0.effects.contains { if case .calls = $0 { true } else { false } } }
      ?? stub.instructions.endIndex
    return (stub.instructions[..<call], stub.instructions[call...])
  }

  private static func initializes(_ code: ArraySlice<Instruction>, _ name: String, from byte: Int) -> Bool {
    code.contains { instruction in
      instruction.effects.contains {
        if case .initializes(name, let start) = $0 { start <= byte } else { false }
      }
    }
  }

  private static func perStub(
    _ description: BackendDescription, rule: String = #function,
    _ check: (EntryStub) -> [(subject: String, detail: String)]
  ) -> [Violation] {
    description.stubs.flatMap { stub in
      check(stub).map { violation(description, $0.subject, $0.detail, rule: rule) }
    }
  }

  /// Follows each stub; `check` sees every effect with the state before its instruction.
  private static func walk(
    _ description: BackendDescription, stopsAtReason: Bool = false, rule: String = #function,
    _ check: (FrameTracker, Effect) -> (subject: String, detail: String)?
  ) -> [Violation] {
    perStub(description, rule: rule) { stub in
      var tracker = FrameTracker(entryOf: description)
      var broken: [(subject: String, detail: String)] = []
      for (index, instruction) in stub.instructions.enumerated() {
        let hasReason = instruction.effects.contains {
          if case .readsBelowStackPointer(let reason) = $0 { isReason(reason) } else { false }
        }
        if !(stopsAtReason && hasReason) {
          for effect in instruction.effects {
            if let (subject, detail) = check(tracker, effect) {
              broken.append((subject, "\(detail); \(stub.symbol), instruction \(index): \(instruction.text)"))
            }
          }
        }
        tracker.apply(instruction)
      }
      return broken
    }
  }

  private static func violation(
    _ description: BackendDescription, _ subject: String, _ detail: String, rule: String = #function
  ) -> Violation {
    Violation(
      backend: description.name, rule: String(rule.prefix { $0 != "(" }), subject: subject, detail: detail)
  }
}

extension Effect {
  fileprivate var isReturn: Bool {
    switch self {
    case .resumes, .resumesThrough, .resumesThroughMemory, .returnsFromSignal: true
    default: false
    }
  }

  /// Whether it needs the frame, or an area that may lie on the stack.
  fileprivate var usesStack: Bool {
    switch self {
    case .stores, .reloads, .reads, .movesStackPointer, .calls: true
    default: false
    }
  }
}
