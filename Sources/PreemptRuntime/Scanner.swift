// The words of a stopped task that may be pointers.
//
//             │ rest of the stack            │
//             │ incoming arguments           │  the caller's frame, as far as it holds the interrupted
//    its CFA →├──────────────────────────────┤  function's arguments
//             │ frame of the interrupted     │
//             │ function                     │
//   CFA = SP →├──────────────────────────────┤
//             │ its red zone                 │
//             ├──────────────────────────────┤
//             │ handler's words              │  not its: the frame base's slot alone
//             │ integer registers            │
//             │ control registers            │  no pointers
//             └──────────────────────────────┘
//
// Vectors and masks lie in the block of the live class: its bytes are read, never those of a wider class that an earlier
// preemption left behind them. x87 registers are not read: no compiler keeps an address there, and the mantissas that MMX
// code would use lie at odd places of FNSAVE's image.
//
// A task that parked or yielded by itself was at a call: what it needs is in the registers that a callee keeps, in its
// switch frame, and above that.

import CPreempt
import SelectedArch
public import UnwindTable

/// Where a candidate word was found.
public enum CandidatePlace: Sendable {
  /// A slot of the preempt frame, or of the switch frame of a task that parked by itself.
  case register
  case redZone
  /// The frame of the interrupted function.
  case frame
  /// Above its CFA: its incoming stack arguments.
  case arguments
  case restOfStack
  /// A lane of a vector or a mask register.
  case vector
}

/// A word that may be a pointer.
public struct CandidateWord: Sendable {
  public let value: UInt
  /// Where it lies: on the stack, or in the block of extended state.
  public let address: UInt
  public let place: CandidatePlace
}

/// How far a preempted task's stack is scanned; a task that parked by itself is scanned whole.
public enum ScanExtent: Sendable {
  case wholeStack
  /// To the end of the interrupted function's incoming arguments: so many bytes above its CFA, or all of its caller's
  /// frame where that is nil. The rest is the embedder's, who has stack maps. Falls back to the whole stack where no
  /// unwind table covers the PC.
  case interruptedFrame(incomingArgumentByteCount: Int? = nil)
}

/// A task that doesn't run; valid as long as whoever stopped it keeps it so.
public struct StoppedTask {
  let g: G

  /// How it stopped.
  public enum State: Equatable, Sendable {
    case notStarted
    /// It parked, yielded or called the runtime.
    case left
    case preempted(stateClassIndex: Int)
  }

  public var id: UInt64 { g.pointee.id }
  public var name: String { g.taskName }
  public var stackBounds: Range<UInt> { g.pointee.stack.low..<g.pointee.stack.high }

  public var state: State {
    if !g.pointee.hasStarted { return .notStarted }
    return g.pointee.injectedClass < 0 ? .left : .preempted(stateClassIndex: Int(g.pointee.injectedClass))
  }

  /// Where it goes on: the interrupted PC, SP and frame pointer of a preempted task; those behind its call into the
  /// runtime otherwise.
  public var position: UnwindFrame {
    guard g.pointee.injectedClass >= 0 else {
      let frame = UInt(bitPattern: g.pointee.stackPointer)
      return UnwindFrame(
        pc: word(at: frame + UInt(PREEMPT_SWITCH_FRAME_RETURN)), stackPointer: frame + UInt(PREEMPT_SWITCH_FRAME_BYTES),
        framePointer: word(at: frame + UInt(PREEMPT_SWITCH_FRAME_BASE)), isInterrupted: false)
    }
    return g.interruptedFrame
  }

  /// Calls `body` with every word that may be a pointer, at an address that its size divides; the
  /// slots of a frame lie as its stack pointer does, which code may have moved by less than a word. Allocates nothing. With `.interruptedFrame` it takes the lock of the code registry, twice.
  /// - Parameters:
  ///   - extent: how far up the stack.
  ///   - vectors: whether vector and mask registers are scanned: compilers do keep pointers there.
  ///   - body: is called once for each word.
  /// - Returns: the first frame that wasn't scanned, nil where all of the stack was.
  @discardableResult
  public func forEachCandidateWord<Failure: Error>(
    _ extent: ScanExtent = .wholeStack, vectors: Bool = true, _ body: (CandidateWord) throws(Failure) -> Void
  ) throws(Failure) -> UnwindFrame? {
    try forEachRange(extent, vectors: vectors) { (start, end, place) throws(Failure) in
      var address = start
      while address < end {
        try body(CandidateWord(value: word(at: address), address: address, place: place))
        address &+= Self.wordByteCount
      }
    }
  }

  /// The address ranges that hold candidate words; all that is read of them.
  func forEachRange<Failure: Error>(
    _ extent: ScanExtent, vectors: Bool, _ body: (_ start: UInt, _ end: UInt, CandidatePlace) throws(Failure) -> Void
  ) throws(Failure) -> UnwindFrame? {
    let high = g.pointee.stack.high
    switch state {
    case .notStarted: return nil
    case .left:
      let frame = UInt(bitPattern: g.pointee.stackPointer)
      // Behind the control registers.
      try body(frame + UInt(PREEMPT_SWITCH_FRAME_REGISTERS), frame + UInt(PREEMPT_SWITCH_FRAME_RETURN), .register)
      try body(frame + UInt(PREEMPT_SWITCH_FRAME_RETURN), high, .restOfStack)
      return nil
    case .preempted(let index):
      let sp = g.pointee.interruptedSP
      var slot = 0
      while slot < Backend.integerSlotCount {
        let address = sp &+ UInt(bitPattern: Backend.integerSlotOffset(slot))
        try body(address, address + Self.wordByteCount, .register)
        slot += 1
      }
      if vectors {
        try body(g.vectorArea, g.vectorArea + UInt(Backend.vectorByteCount(ofClass: index)), .vector)
      }
      // A stack pointer that isn't word-aligned is in the middle of a sequence: the word that it cuts is whole.
      let top = sp & ~(Self.wordByteCount - 1)
      try body(top - UInt(Backend.redZoneByteCount), top, .redZone)
      guard case .interruptedFrame(let argumentByteCount) = extent, let caller = g.caller(of: position) else {
        try body(top, high, .restOfStack)
        return nil
      }
      try body(top, caller.stackPointer, .frame)
      if let argumentByteCount {
        let word = Self.wordByteCount
        let end = caller.stackPointer &+ (UInt(argumentByteCount) + word - 1) / word * word
        try body(caller.stackPointer, min(high, end), .arguments)
        return caller
      }
      guard let next = g.caller(of: caller) else {
        try body(caller.stackPointer, high, .restOfStack)
        return nil
      }
      try body(caller.stackPointer, next.stackPointer, .arguments)
      return caller
    }
  }

  private static var wordByteCount: UInt { UInt(MemoryLayout<UInt>.size) }

  private func word(at address: UInt) -> UInt { UnsafeRawPointer(bitPattern: address)!.loadUnaligned(as: UInt.self) }
}

extension UnsafeMutablePointer where Pointee == GRecord {
  /// Where the preempted G was interrupted.
  var interruptedFrame: UnwindFrame {
    let saved = pointee.interruptedSP &+ UInt(bitPattern: Backend.frameBaseWordOffset)
    return UnwindFrame(
      pc: pointee.interruptedPC, stackPointer: pointee.interruptedSP,
      framePointer: UnsafeRawPointer(bitPattern: saved)!.loadUnaligned(as: UInt.self))
  }

  /// The frame that `frame` was called from; nil where no table of the registered code says it. Its stack pointer is the
  /// CFA of `frame`, and lies in the G's stack.
  func caller(of frame: UnwindFrame) -> UnwindFrame? {
    var caller = frame
    let row = processor.runtime.code.row(at: frame.rowAddress)
    return caller.step(row, low: pointee.stack.low, high: pointee.stack.high) == .caller ? caller : nil
  }
}
