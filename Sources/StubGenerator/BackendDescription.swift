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
  /// Positions of the instructions before which everything is filled.
  public let loop: Range<Int>
}

/// A function that stands beside the probes, because C can't say it.
public struct ProbeFunction: Sendable {
  public enum Purpose: Hashable, Sendable {
    /// In place of `preempt_mcall`.
    case park
    /// Fills every register that a class of this width saves, with or without the occasional components, from an image
    /// of values that no task has; entered where `park` jumps.
    case poison(widest: StateClass, occasional: Bool)
    /// Puts everything wider than the narrowest class into its initial state.
    case initialize(widest: StateClass)
    case enabledComponents
    case copyString
    case misalignStack

    var title: String {
      switch self {
      case .park:
        "Called in place of preempt_mcall: leaves the task's stack, comes back, and goes on to a poison routine."
      case .poison(let widest, let occasional):
        "Poison with \(widest.name) enabled\(occasional ? ", occasional components too" : "")."
      case .initialize(let widest):
        "Initial state of what is wider than the narrowest class, with \(widest.name) enabled."
      case .enabledComponents: "State components that the operating system enabled."
      case .copyString: "An instruction that is interrupted half-way."
      case .misalignStack: "A stack pointer that isn't aligned."
      }
    }
  }

  public let purpose: Purpose
  public let symbol: String
  public let instructions: [Instruction]
  /// Whether it runs while the task whose stub called it is parked, as `preempt_mcall` does.
  var isCalledByStub: Bool {
    switch purpose {
    case .park, .poison: true
    default: false
    }
  }

  /// What stands for a task's code, preempted at each instruction, has a section of its own to tell where it is.
  var section: String {
    switch purpose {
    case .copyString: "preempt_probe_copy_string"
    case .misalignStack: "preempt_probe_misalign_stack"
    default: "preempt_probe_support"
    }
  }
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
  public var directives: [String]
  public var constants: [String]
  public var stubs: [EntryStub]
  public var probes: [Probe]
  public var probeFunctions: [ProbeFunction]
  public var branchFlags: [BranchFlag]
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
    directives = Backend.directives
    constants = Backend.constants(symbolPrefix: Backend.symbolPrefix)
    spell = { $0.instructions(of: Backend.self, symbolPrefix: $1) }
    stubs = Backend.stateClasses.enumerated().flatMap { index, stateClass in
      let widths = Backend.injection.saysWhatIsLive ? Backend.enabledWidths(covering: stateClass) : [stateClass.width]
      return widths.map { widest in
        EntryStub(Backend.self, stateClass, classIndex: index, widest: widest)
      }
    }
    probes = Backend.stateClasses.flatMap { stateClass in
      Backend.enabledWidths(covering: stateClass).map { Self.probe(Backend.self, stateClass, widest: $0) }
    }
    probeFunctions = Self.probeFunctions(Backend.self)
    branchFlags = Backend.branchFlags
  }

  public var widestClass: StateClass { stateClasses[stateClasses.count - 1] }

  /// The preprocessor expression around generated text: the backend's own guard, and the traits that choose.
  public var selectionExpression: String {
    ([guardExpression]
      + Self.traits.compactMap { trait in choice(of: trait).map { ($0 ? "" : "!") + "defined(\(trait.define))" } })
      .joined(separator: " && ")
  }

  /// A trait of the package that chooses among the backends of one CPU, and its name in the preprocessor.
  public struct Trait: Sendable {
    public let name: String
    public let define: String
  }

  public static let traits = [
    Trait(name: "noxreg", define: "PREEMPT_NOXREG"),
    Trait(name: "reservedregister", define: "PREEMPT_RESERVED_REGISTER"),
    // None of this package's: what another generates is compiled there, without that define.
    Trait(name: "customBackend", define: "PREEMPT_CUSTOM_BACKEND"),
  ]

  /// The traits with which a build of its CPU has this backend.
  public var chosenTraits: [String] { Self.traits.filter { choice(of: $0) == true }.map(\.name) }

  /// What `swift build` is told so that a build of its CPU has it.
  public var buildOptions: [String] {
    (chosenTraits.isEmpty ? [] : ["--traits", chosenTraits.joined(separator: ",")])
      + (reservingOption.map { ["-Xcc", $0] } ?? [])
  }

  /// What a C compiler is told so that this backend's files apply, and the code that it makes for tasks is as agreed.
  public var compilerOptions: [String] {
    Self.traits.filter { choice(of: $0) == true }.map { "-D" + $0.define } + (reservingOption.map { [$0] } ?? [])
  }

  /// Keeps a compiler off the register that the stub returns through.
  var reservingOption: String? {
    if case .branchThrough(_, .embedder(let option)) = injection.returnSequence { option } else { nil }
  }

  /// Whether the backend wants the trait, or wants it not; nil where its CPU has no such choice.
  func choice(of trait: Trait) -> Bool? {
    switch (trait.name, injection.returnSequence) {
    case ("customBackend", _): false
    case ("noxreg", _): layout.extendedPlacement == .stack
    case (_, .branchThrough(_, .embedder)): true
    case (_, .signalReturn): false
    default: nil
    }
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

    // Called through a pointer; preempted while a branch is under way, too.
    let steps = ProbeSteps<Backend>(image: image, widest: widest)
    let pads = Backend.abi.landingPads
    var code = (pads.map { [$0.pad] + $0.branch } ?? []).map { Instruction($0) }
    code += Backend.initialize(wide, symbolPrefix: Backend.symbolPrefix)
    code += steps.enter
    code += filled.flatMap { slot in
      let image = readSlots[slot.register.name] ?? slot
      return Backend.restore(
        Slot(
          register: slot.register, place: image.place, byteCount: slot.byteCount, base: image.base,
          displacement: image.displacement, widest: widest))
    }.map(\.ofAnotherFrame)
    code += loadedFrameSlots.reversed().flatMap(Backend.restore).map(\.ofAnotherFrame)
    code += steps.loadFrameBase
    let start = code.count
    code += steps.spin
    let loop = start..<code.count
    code += steps.collect
    code += frameSlots.flatMap(Backend.save).map(\.ofAnotherFrame)
    code += steps.areaIsOutput
    code += read.flatMap(Backend.save).map(\.ofAnotherFrame)
    code += Backend.initialize(
      wide + Backend.registers.filter { $0.bank == .flags }.map { ($0, 0) },
      symbolPrefix: Backend.symbolPrefix)
    code += steps.leave
    return Probe(
      stateClass: stateClass, widest: widest, symbol: symbol("probe", Backend.symbolPrefix, stateClass, widest),
      instructions: code, loop: loop)
  }

  static func probeFunctions<Backend: ArchPreempt>(_ backend: Backend.Type) -> [ProbeFunction] {
    // Which the validator reports.
    if Backend.stateClasses.isEmpty { return [] }
    let prefix = Backend.symbolPrefix
    func function(_ purpose: ProbeFunction.Purpose, _ name: String, _ code: [Instruction]) -> ProbeFunction? {
      code.isEmpty ? nil : ProbeFunction(purpose: purpose, symbol: "\(prefix)_\(name)", instructions: code)
    }
    let widest = Backend.widestClass
    let steps = ProbeSteps<Backend>(image: ProbeImage(layout: Backend.layout, widest: widest), widest: widest)
    var functions = [function(.park, "park", steps.park)]
    for stateClass in Backend.stateClasses {
      let occasional = stateClass.includesOccasional
      functions.append(
        function(
          .poison(widest: stateClass.width, occasional: occasional), "poison_\(stateClass.name)",
          poison(Backend.self, stateClass)))
    }
    for widest in Backend.widths {
      functions.append(
        function(
          .initialize(widest: widest), "initialize_\(widest.name)",
          Backend.initialize(
            wideState(Backend.self, beyond: Backend.stateClasses[0], widest: widest), symbolPrefix: prefix)
            + Backend.spell(.returnToCaller)))
    }
    functions += [
      function(.enabledComponents, "enabled_components", Backend.enabledComponents),
      function(.copyString, "copy_string", Backend.copyString),
      function(.misalignStack, "misalign_stack", steps.misalignStack),
    ]
    return functions.compactMap { $0 }
  }

  /// Loads every register of a class but the stack pointer, the frame base and the result, where the width is the widest
  /// enabled: whatever the stub doesn't restore isn't what the task had.
  private static func poison<Backend: ArchPreempt>(
    _ backend: Backend.Type, _ stateClass: StateClass
  ) -> [Instruction] {
    let layout = Backend.layout
    let widest = stateClass.width
    let image = ProbeImage(layout: layout, widest: widest)
    let loaded = layout.frameSlots(widest: widest).filter { $0.register.byteCount(in: stateClass) > 0 }
    let steps = ProbeSteps<Backend>(image: image, widest: widest)
    var code = steps.aimAtPoison
    code += layout.areaSlots(of: stateClass, widest: widest).flatMap(Backend.restore).map(\.ofAnotherFrame)
    code += loaded.reversed().flatMap(Backend.restore).map(\.ofAnotherFrame)
    return code + steps.leavePoisoned
  }
}
