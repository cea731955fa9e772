// The contract of a backend: facts and spellings of one CPU, nothing derived.
//
// A backend never writes CFI, never chooses an order and never repeats a register. It imports only this module.

/// A step of the stub that concerns the frame rather than a register; the generator chooses the order.
public enum FrameStep: Hashable, Sendable {
  /// Make the frame base the stack pointer plus a constant.
  case establishFrameBase(stackPointerPlus: Int)
  /// Round the stack pointer down.
  case align(to: Int)
  /// Load the save area's address into the area register from the frame base plus a constant.
  case loadArea(frameBasePlus: Int)
  /// Take the stack pointer plus a constant as the save area's address.
  case areaIsStackPointer(plus: Int)
  /// Set the stack pointer to the frame base plus a constant.
  case cutBack(frameBasePlus: Int)
  /// Return to the interrupted program counter, which lies that many bytes below the interrupted stack pointer's.
  case resume(popping: Int)
}

/// A step of the conformance probe that touches no saved register except as stated.
public enum ProbeStep: Hashable, Sendable {
  /// Save what the psABI lets a caller expect, fill flags and red zone from the input image, and leave the
  /// frame base and the area register on that image.
  case enter
  /// Load the frame base from the input image, the last of the registers.
  case loadFrameBase
  /// Loop as often as the caller asked, at most `ProbeImage.loopLimit` times whatever happens to a register, with every
  /// register and flag in place. Each time add one to the path, and for each of `branchFlags` that a conditional jump
  /// finds set 2, 4, 8 and so on.
  case spin
  /// Turn the frame base to the output image; store its old value, flags and red zone there.
  case collect
  /// Leave the area register on the output image.
  case areaIsOutput
  /// Give back what the psABI lets a caller expect, and return the path.
  case leave
  /// Stand in for `preempt_mcall`, called by a stub. Reserve three words (a poison image, a routine, the stack pointer at
  /// the call), fill in the last, and keep the frame base beside them; go to the stack in the switch context's first word
  /// and call the function in its second with context, reason and the address of the words. Come back, keep the result
  /// as well, and jump to the routine.
  case park
  /// Leave the frame base and the area register on the poison image, and fill the flags from it.
  case aimAtPoison
  /// Give the kept frame base and result back, and return to the stub.
  case leavePoisoned
  /// Return the state components that the operating system enabled, from the arguments (AT_HWCAP and AT_HWCAP2 of the
  /// process) or from the CPU.
  case enabledComponents
  case returnToCaller
  /// Copy (to, from, byte count) by an instruction that is interrupted half-way; nothing where the CPU has none.
  case copyString
  /// Return the argument times three, the stack pointer not aligned meanwhile; nothing where the CPU traps that.
  case misalignStack
}

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
  /// Returns the instructions that reload the slot's register; a handler's word is popped off the stack.
  static func restore(_ slot: Slot) -> [Instruction]
  /// Returns the instructions that put the registers into the state a callee may expect: initial vectors,
  /// default control words, direction flag clear. `from` is the first byte of each that is concerned.
  static func initialize(_ registers: [(register: Register, from: Int)], symbolPrefix: String) -> [Instruction]
  static func adjustStackPointer(by byteCount: Int) -> [Instruction]
  static func perform(_ step: FrameStep) -> [Instruction]
  /// Returns the instructions that call `symbol` with the switch context, which lies at the frame base plus
  /// `contextAt`, and a constant.
  static func call(_ symbol: String, contextAt: Int, reason: Int) -> [Instruction]
  /// Assembler directives before any instruction: what an assembler must know to spell them.
  static var directives: [String] { get }
  /// Assembler data for the constants that `initialize` loads, in the order of the lines.
  static func constants(symbolPrefix: String) -> [String]
  static func probe(_ step: ProbeStep, image: ProbeImage) -> [Instruction]
  /// Flags that a conditional jump tests, in the order in which the probe's loop does; none where a CPU has none.
  static var branchFlags: [UInt64] { get }
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

  public static var layout: SaveLayout { SaveLayout(registers: registers, abi: abi, injection: injection) }

  /// Infix of every C symbol of this backend.
  public static var symbolPrefix: String { "preempt_\(name)" }

  public static func register(_ name: String) -> Register? { registers.first { $0.name == name } }

  /// The class that saves everything the backend knows.
  public static var widestClass: StateClass { stateClasses[stateClasses.count - 1] }

  /// Widths alone, the narrowest first.
  public static var widths: [StateClass] { stateClasses.filter { !$0.includesOccasional } }

  /// Widths the operating system may have enabled as its widest while `stateClass` is live.
  public static func enabledWidths(covering stateClass: StateClass) -> [StateClass] {
    Array(widths.drop { $0 != stateClass.width })
  }
}
