// The contract of a backend: facts and spellings of one CPU, nothing derived.
//
// A backend never writes CFI, never chooses an order and never repeats a register. It imports only this module.

/// One CPU's preemption: layout, save, restore.
public protocol ArchPreempt: SendableMetatype {
  /// The backend's name: its folder, or its trait, and the infix of its C symbols.
  static var name: String { get }
  /// The CPU's name: the backend's own, or that of the backend which a transformation is of.
  static var architecture: String { get }
  /// The CPU as Swift's `arch()` spells it.
  static var swiftArchitecture: String { get }
  /// What its author hasn't found out yet; nothing is generated before it is empty.
  static var unknownFacts: [Fact] { get }
  /// Preprocessor expression that is true exactly where the generated files apply.
  static var guardExpression: String { get }
  static var abi: PSABI { get }
  /// Widths with and without occasional components, the narrowest first; the position is the class index.
  static var stateClasses: [StateClass] { get }
  static var registers: [Register] { get }
  /// DWARF columns that every unwinder of the platform accepts in a frame description.
  static var cfiColumns: ClosedRange<Int> { get }
  static var layout: SaveLayout { get }
  static var injection: CallInjection { get }

  /// Returns the instructions that store as many bytes of the slot's register as the slot has.
  static func save(_ slot: Slot) -> [Instruction]
  /// Returns the instructions that reload the slot's register, and pop it where it is on top of the stack.
  static func restore(_ slot: Slot) -> [Instruction]
  /// Returns the instructions that put the registers into the state a callee may expect: initial vectors,
  /// default control words, direction flag clear. `from` is the first byte of each that is concerned.
  static func initialize(_ registers: [(register: Register, from: Int)], symbolPrefix: String) -> [Instruction]
  /// Returns the instructions of an operation; `Operation` says which effects are theirs to state.
  static func spell(_ operation: Operation) -> [Instruction]
  /// Returns the instructions that call `symbol` with the switch context, which lies at the frame base plus
  /// `contextAt`, and a constant. Has a default where registers hold arguments.
  static func call(_ symbol: String, contextAt: Int, reason: Int) -> [Instruction]
  /// Returns the instructions that reach the interrupted program counter, whose word lies `popping` bytes and itself below
  /// the interrupted stack pointer. Has a default where a register or the kernel leads back.
  static func resume(popping byteCount: Int) -> [Instruction]
  /// Assembler directives before any instruction: what an assembler must know to spell them.
  static var directives: [String] { get }
  /// Assembler data for the constants that `initialize` loads, in the order of the lines.
  static func constants(symbolPrefix: String) -> [String]
  /// The flags that a conditional jump tests; none where a CPU has none.
  static var branchFlags: [BranchFlag] { get }
  /// A function that returns the state components that the operating system enabled, from its arguments (AT_HWCAP and
  /// AT_HWCAP2 of the process) or from the CPU.
  static var enabledComponents: [Instruction] { get }
  /// A function that copies (to, from, byte count) by an instruction that is interrupted half-way; nothing where the CPU has
  /// none.
  static var copyString: [Instruction] { get }
}

/// A flag that decides a conditional jump.
public struct BranchFlag: Hashable, Sendable {
  public let mask: UInt64
  /// The jump, without its target, that is taken while the flag is clear.
  public let jumpWhileClear: String

  public init(_ mask: UInt64, jumpWhileClear: String) {
    self.mask = mask
    self.jumpWhileClear = jumpWhileClear
  }
}

/// Where a probe finds things in its input and output image, in bytes from the image's start.
public struct ProbeImage: Hashable, Sendable {
  /// The stack frame from its lowest slot to the CFA, red zone included.
  public let frameByteCount: Int
  /// From the image's start to the frame base.
  public let frameBaseOffset: Int
  /// From the image's start to the save area.
  public let areaOffset: Int
  /// Displacements from the frame base of the handler's words, by name.
  public let words: [String: Int]
  public let redZoneByteCount: Int

  /// Times around a probe's loop at most, also for a counter that became anything: a fault is reported, not waited for.
  public static let loopLimit = 65_535

  public init(layout: SaveLayout, widest: StateClass) {
    frameByteCount = layout.frameByteCount(widest: widest)
    frameBaseOffset = frameByteCount + layout.frameBaseOffset
    let alignment = SaveLayout.areaAlignmentByteCount
    areaOffset = (frameByteCount + alignment - 1) / alignment * alignment
    words = Dictionary(
      layout.words.map { ($0.name, layout.offset(of: $0)! - layout.frameBaseOffset) },
      uniquingKeysWith: { first, _ in first })
    redZoneByteCount = layout.abi.redZoneByteCount
  }
}

extension ArchPreempt {
  public static var architecture: String { name }
  public static var swiftArchitecture: String { architecture }
  public static var unknownFacts: [Fact] { [] }
  public static var directives: [String] { [] }
  public static func constants(symbolPrefix: String) -> [String] { [] }

  public static var layout: SaveLayout { SaveLayout(registers: registers, abi: abi, injection: injection) }

  /// Infix of every C symbol of this backend.
  public static var symbolPrefix: String { "preempt_\(name)" }

  public static func register(_ name: String) -> Register? { registers.first { $0.name == name } }

  /// The register as an integer of the pointer's size, whatever its row says.
  public static func word(_ name: String) -> Register {
    Register(name, .integer, byteCount: .always(abi.pointerByteCount))
  }

  /// The class that saves everything the backend knows.
  public static var widestClass: StateClass { stateClasses[stateClasses.count - 1] }

  /// Widths alone, the narrowest first.
  public static var widths: [StateClass] { stateClasses.filter { !$0.includesOccasional } }

  /// Widths the operating system may have enabled as its widest while `stateClass` is live.
  public static func enabledWidths(covering stateClass: StateClass) -> [StateClass] {
    Array(widths.drop { $0 != stateClass.width })
  }
}
