// Follows the stack pointer, the frame base and the saved registers through straight-line code, by effects alone.
//
// The one place that knows what an effect does to a frame: CFI and the validator's rules are both read off it.

import ArchPreempt

/// The CFA as a register plus a constant.
enum CFABase: Hashable {
  case stackPointer(Int)
  case frameBase(Int)
}

/// Where the frame stands after an instruction.
struct FrameTracker {
  /// CFA minus stack pointer; nil once it was rounded.
  private(set) var depth: Int?
  /// At least this far below the CFA lies the stack pointer, rounded or not.
  private(set) var leastDepth: Int
  /// CFA minus frame base; nil while the frame base is the interrupted code's.
  private(set) var frameBaseDepth: Int?
  /// The boundary that the stack pointer was last rounded to, and how far from it it stands; one while nothing is known.
  private var boundary: Int
  private var residue = 0
  /// What the interrupted stack pointer is a multiple of.
  private let interruptedAlignment: Int
  /// Interrupted values in memory, bytes from the CFA.
  private(set) var saved: [String: Int]
  /// The register that holds the interrupted program counter; nil while that is in its word.
  private(set) var programCounterRegister: String?
  /// Whether the stack pointer is a signal frame's address.
  private(set) var hasLeftStack = false
  let frameBaseName: String
  private let stackPointerName: String

  init(depth: Int, saved: [String: Int], abi: PSABI) {
    self.depth = depth
    leastDepth = depth
    self.saved = saved
    frameBaseName = abi.frameBase
    stackPointerName = abi.stackPointer
    interruptedAlignment = abi.stackPointerUnitByteCount
    boundary = interruptedAlignment
    residue = -depth & (boundary - 1)
  }

  /// As the handler leaves the frame to a stub.
  init(entryOf description: BackendDescription) {
    var saved: [String: Int] = [:]
    for word in description.layout.words {
      if case .register(let name) = word { saved[name] = description.layout.offset(of: word)! }
    }
    self.init(depth: -description.layout.entryOffset, saved: saved, abi: description.abi)
  }

  /// The stack pointer is a multiple of this.
  var alignment: Int { residue == 0 ? boundary : residue & -residue }

  /// The rule for the CFA: by the frame base while it holds, because rounding makes the stack pointer unknown.
  var cfa: CFABase? {
    if let frameBaseDepth { return .frameBase(frameBaseDepth) }
    return depth.map { .stackPointer($0) }
  }

  mutating func apply(_ effect: Effect) {
    switch effect {
    case .movesStackPointer(let byteCount):
      depth = depth.map { $0 - byteCount }
      leastDepth -= byteCount
      // It has its interrupted value again, and its word will soon be anybody's.
      if depth == 0 { saved[stackPointerName] = nil }
      residue = (residue + byteCount) & (boundary - 1)
    case .alignsStackPointer(let boundary):
      guard alignment < boundary else { break }
      depth = nil
      (self.boundary, residue) = (boundary, 0)
    case .setsFrameBase(let offset):
      frameBaseDepth = depth.map { $0 - offset }
    case .setsStackPointer(let offset):
      depth = frameBaseDepth.map { $0 - offset }
      leastDepth = depth ?? leastDepth
      boundary = depth == nil ? 1 : interruptedAlignment
      residue = -(depth ?? 0) & (boundary - 1)
    case .stores(let name, .frame(let offset), _):
      saved[name] = offset
    case .reloads(let name, .frame, _, _):
      saved[name] = nil
      if name == frameBaseName { frameBaseDepth = nil }
    case .clobbers(frameBaseName):
      frameBaseDepth = nil
    case .loadsProgramCounter(let name, _):
      programCounterRegister = name
    case .leavesStack:
      hasLeftStack = true
      depth = nil
      boundary = 1
      residue = 0
    default:
      break
    }
  }

  mutating func apply(_ instruction: Instruction) { instruction.effects.forEach { apply($0) } }
}
