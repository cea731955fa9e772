// A backend as plain values: what the validator checks and the emitters print.
//
// The generator chooses the order here, once for every architecture. Tests break a copy of a description to show
// that each rule can fail.

public import ArchPreempt

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
  public var unknownFacts: [Fact]
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
  /// The backend's spelling of a step, for stubs that differ from the ones above; the string is the symbols' prefix.
  let spell: @Sendable (StubStep, String) -> [Instruction]

  public init<Backend: ArchPreempt>(_ backend: Backend.Type) {
    name = Backend.name
    architecture = Backend.architecture
    swiftArchitecture = Backend.swiftArchitecture
    unknownFacts = Backend.unknownFacts
    guardExpression = Backend.guardExpression
    symbolPrefix = Backend.symbolPrefix
    abi = Backend.abi
    stateClasses = Backend.stateClasses
    registers = Backend.registers
    cfiColumns = Backend.cfiColumns
    injection = Backend.injection
    layout = Backend.layout
    constants = Backend.constants(symbolPrefix: Backend.symbolPrefix)
    spell = { $0.instructions(of: Backend.self, symbolPrefix: $1) }
    stubs = Backend.stateClasses.enumerated().flatMap { index, stateClass in
      Backend.enabledWidths(covering: stateClass).map { widest in
        EntryStub(Backend.self, stateClass, classIndex: index, widest: widest)
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
