// A backend as plain values: what the validator checks and the emitters print.
//
// The generator chooses the order here, once for every architecture. Tests break a copy of a description to show
// that each rule can fail.

public import ArchPreempt

/// One entry stub: the instructions for a live class on a machine whose widest enabled class is `widest`.
public struct EntryStub: Sendable {
  public let stateClass: StateClass
  public let widest: StateClass
  public let symbol: String
  /// Passed to `preempt_mcall`: tells it that a task was preempted, and in which class.
  public let reason: Int
  public var instructions: [Instruction]
}

/// A conformance probe: fills `stateClass` from an image, loops, and stores everything `widest` covers.
public struct Probe: Sendable {
  public let stateClass: StateClass
  public let widest: StateClass
  public let symbol: String
  public let instructions: [Instruction]
}

/// Everything that is generated for one backend, before it is text.
public struct BackendDescription: Sendable {
  public var name: String
  public var architecture: String
  public var swiftArchitecture: String
  public var guardExpression: String
  public var symbolPrefix: String
  public var abi: PSABI
  public var stateClasses: [StateClass]
  public var registers: [Register]
  public var cfiColumns: ClosedRange<Int>
  public var injection: CallInjection
  public var layout: SaveLayout
  public var constants: [String]
  public var stubs: [EntryStub]
  public var probes: [Probe]

  public init<Backend: ArchPreempt>(_ backend: Backend.Type) {
    name = Backend.name
    architecture = Backend.architecture
    swiftArchitecture = Backend.swiftArchitecture
    guardExpression = Backend.guardExpression
    symbolPrefix = Backend.symbolPrefix
    abi = Backend.abi
    stateClasses = Backend.stateClasses
    registers = Backend.registers
    cfiColumns = Backend.cfiColumns
    injection = Backend.injection
    layout = Backend.layout
    constants = Backend.constants(symbolPrefix: Backend.symbolPrefix)
    stubs = Backend.stateClasses.enumerated().flatMap { index, stateClass in
      Backend.enabledWidths(covering: stateClass).map { widest in
        Self.entryStub(Backend.self, stateClass, classIndex: index, widest: widest)
      }
    }
    probes = Backend.stateClasses.flatMap { stateClass in
      Backend.enabledWidths(covering: stateClass).map { Self.probe(Backend.self, stateClass, widest: $0) }
    }
  }

  public var widestClass: StateClass { stateClasses[stateClasses.count - 1] }

  /// The preprocessor expression around generated text: the backend's own guard, and the trait that chooses where
  /// extended state goes.
  public var selectionExpression: String {
    guardExpression + (layout.extendedPlacement == .stack ? " && " : " && !") + "defined(PREEMPT_NOXREG)"
  }

  /// Reasons of `preempt_mcall` from this value on say that a task was preempted; the class index is added.
  public static let preemptedReason = 16

  static func entryStub<Backend: ArchPreempt>(
    _ backend: Backend.Type, _ stateClass: StateClass, classIndex: Int, widest: StateClass
  ) -> EntryStub {
    let layout = Backend.layout
    let base = layout.frameBaseOffset
    let frameByteCount = layout.frameByteCount(widest: widest)
    let frameSlots = layout.frameSlots(widest: widest).filter { $0.register.byteCount(in: stateClass) > 0 }
    let areaSlots = layout.areaSlots(of: stateClass, widest: widest)
    let isOnStack = layout.extendedPlacement == .stack
    let reason = Self.preemptedReason + classIndex
    func displacement(_ word: HandlerWord) -> Int { (layout.offset(of: word) ?? base) - base }

    var code: [Instruction] = []
    // Reserve, then store.
    code += Backend.adjustStackPointer(by: -(frameByteCount + layout.entryOffset))
    code += Backend.perform(.establishFrameBase(stackPointerPlus: base + frameByteCount))
    code += frameSlots.flatMap(Backend.save)
    if isOnStack {
      code += Backend.adjustStackPointer(by: -layout.areaOnStackByteCount(of: stateClass))
      code += Backend.perform(.align(to: layout.callAlignmentByteCount))
      code += Backend.perform(.areaIsStackPointer)
    } else {
      code += Backend.perform(.align(to: layout.callAlignmentByteCount))
      code += Backend.perform(.loadArea(frameBasePlus: displacement(.saveArea)))
    }
    code += areaSlots.flatMap(Backend.save)
    // What lies beyond the live class is initial: the return from the signal put it there (decision 0007).
    code += Backend.initialize(
      wideState(Backend.self, beyond: Backend.stateClasses[0], widest: stateClass.width),
      symbolPrefix: Backend.symbolPrefix)
    code += Backend.initialize(
      Backend.registers.filter { $0.isSaved && ($0.bank == .flags || $0.bank == .control) }.map { ($0, 0) },
      symbolPrefix: Backend.symbolPrefix)
    code += Backend.call("preempt_mcall", contextAt: displacement(.context), reason: reason)

    if isOnStack { code += Backend.perform(.areaIsStackPointer) }
    code += Backend.initialize(
      wideState(Backend.self, beyond: stateClass, widest: widest).filter { $0.from == 0 },
      symbolPrefix: Backend.symbolPrefix)
    code += areaSlots.reversed().flatMap(Backend.restore)
    code += frameSlots.reversed().flatMap(Backend.restore)
    // The handler's words that are registers are popped on the way up to the program counter.
    let popped = layout.words.reversed().compactMap { word -> (Register, HandlerWord)? in
      guard case .register(let name) = word, let register = Backend.register(name) else { return nil }
      return (register, word)
    }
    if let lowest = popped.first { code += Backend.perform(.cutBack(frameBasePlus: displacement(lowest.1))) }
    code += popped.flatMap { register, word in
      Backend.restore(
        Slot(
          register: register, place: .frame(layout.offset(of: word)!), byteCount: layout.abi.pointerByteCount,
          displacement: displacement(word), widest: widest))
    }
    code += Backend.perform(.resume)
    return EntryStub(
      stateClass: stateClass, widest: widest,
      symbol: symbol("entry", Backend.symbolPrefix, stateClass, widest), reason: reason, instructions: code)
  }

  static func symbol(_ kind: String, _ prefix: String, _ stateClass: StateClass, _ widest: StateClass) -> String {
    "\(prefix)_\(kind)_\(stateClass.name)_in_\(widest.name)"
  }

  /// Registers of which the widest class has bytes that `stateClass` doesn't save, with the first such byte.
  static func wideState<Backend: ArchPreempt>(
    _ backend: Backend.Type, beyond stateClass: StateClass, widest: StateClass
  ) -> [(register: Register, from: Int)] {
    Backend.layout.areaRegisters.compactMap { register in
      let saved = register.byteCount(in: stateClass.width)
      return register.byteCount(in: widest) > saved ? (register, saved) : nil
    }
  }

  static func probe<Backend: ArchPreempt>(
    _ backend: Backend.Type, _ stateClass: StateClass, widest: StateClass
  ) -> Probe {
    let layout = Backend.layout
    let image = ProbeImage(layout: layout, widest: widest)
    let frameSlots = layout.frameSlots(widest: widest)
    let loadedFrameSlots = frameSlots.filter { $0.register.byteCount(in: stateClass) > 0 }
    // What is read covers the widest class and the occasional components, whatever was filled.
    let filled = layout.areaSlots(of: stateClass, widest: widest)
    let read = layout.areaSlots(of: widest.withOccasional, widest: widest)
    // Doubled rows, and classes that shrink, are the validator's to report.
    let readSlots = Dictionary(read.map { ($0.register.name, $0) }, uniquingKeysWith: { first, _ in first })
    let wide = wideState(Backend.self, beyond: Backend.stateClasses[0], widest: widest)

    var code = Backend.initialize(wide, symbolPrefix: Backend.symbolPrefix)
    code += Backend.probe(.enter, image: image)
    code += filled.flatMap { slot in
      let image = readSlots[slot.register.name] ?? slot
      return Backend.restore(
        Slot(
          register: slot.register, place: image.place, byteCount: slot.byteCount, displacement: image.displacement,
          widest: widest))
    }.map(\.withoutEffects)
    code += loadedFrameSlots.reversed().flatMap(Backend.restore).map(\.withoutEffects)
    code += Backend.probe(.spin, image: image)
    code += Backend.probe(.collect, image: image)
    code += frameSlots.flatMap(Backend.save).map(\.withoutEffects)
    code += Backend.probe(.areaIsOutput, image: image)
    code += read.flatMap(Backend.save).map(\.withoutEffects)
    code += Backend.initialize(
      wide + Backend.registers.filter { $0.bank == .flags }.map { ($0, 0) },
      symbolPrefix: Backend.symbolPrefix)
    code += Backend.probe(.leave, image: image)
    return Probe(
      stateClass: stateClass, widest: widest, symbol: symbol("probe", Backend.symbolPrefix, stateClass, widest),
      instructions: code)
  }
}

extension Instruction {
  /// The same text where the effects would be about another frame: a probe's images.
  var withoutEffects: Instruction { Instruction(text, note: note) }
}
