// libunwind against the layout, for a preempted task.
//
// Three sources must agree on the interrupted registers: libunwind's step out of the stub, which knows only the CFI;
// the frame's slots, which the layout describes; and the signal context that the handler saw.

import CUnwind
public import PreemptRuntime
import SelectedArch
import Synchronization

/// A disagreement about one register of one frame.
public struct FrameMismatch: Sendable, CustomStringConvertible {
  public let task: String
  public let interruptedPC: UInt
  public let register: String
  public let slot: UInt
  public let context: UInt
  public let unwound: UInt

  public var description: String {
    "backend \(Backend.name), task '\(task)', interrupted PC 0x\(String(interruptedPC, radix: 16)), register \(register): "
      + "slot 0x\(String(slot, radix: 16)), signal context 0x\(String(context, radix: 16)), libunwind 0x\(String(unwound, radix: 16))"
  }
}

/// libunwind isn't there.
public struct LibunwindAbsent: Error, CustomStringConvertible {
  public let wasBuilt: Bool
  public var description: String {
    wasBuilt
      ? "libunwind.so.8 can't be loaded: apt-get install libunwind8"
      : "this program was built without libunwind.h: apt-get install libunwind-dev and build again"
  }
}

/// Holds the frames of preempted tasks against libunwind. One verifier serves every processor.
public final class FrameVerifier: Sendable {
  private let verified = Atomic<UInt64>(0)
  private let boundsVerified = Atomic<UInt64>(0)

  /// - Parameter library: path of libunwind; nil for its usual name.
  /// - Throws: `LibunwindAbsent`.
  public init(library: String? = nil) throws {
    let result = library.map { unwind_load($0) } ?? unwind_load(nil)
    guard result == Int32(UNWIND_OK) else { throw LibunwindAbsent(wasBuilt: result != Int32(UNWIND_NOT_BUILT)) }
  }

  /// Frames verified so far.
  public var frameCount: UInt64 { verified.load(ordering: .relaxed) }
  /// Those among them whose scanner's bound was verified too: an unwind table covers the interrupted PC.
  public var boundCount: UInt64 { boundsVerified.load(ordering: .relaxed) }

  /// What disagrees about `task`'s preempted frame; call it inside an observer of preemptions.
  public func verify(_ task: PreemptedTask) -> [FrameMismatch] {
    verified.add(1, ordering: .relaxed)
    var mismatches: [FrameMismatch] = []
    func compare(_ register: String, slot: UInt, context: UInt, unwound: UInt) {
      guard slot != context || slot != unwound else { return }
      mismatches.append(
        FrameMismatch(
          task: task.taskName, interruptedPC: task.interruptedPC, register: register, slot: slot, context: context,
          unwound: unwound))
    }
    // The stub is stopped behind its call: PC, SP and frame base are all that its CFI needs there.
    let inputs = [
      unwind_input(context_offset: UInt32(Backend.pcContextOffset), value: UInt64(task.parkedPC)),
      unwind_input(context_offset: UInt32(Backend.spContextOffset), value: UInt64(task.parkedSP)),
      unwind_input(
        context_offset: UInt32(Backend.frameRegisters[0].contextOffset), value: UInt64(task.parkedFrameBase)),
    ]
    var columns = [UInt64](repeating: 0, count: 17)
    let result = unwind_step(inputs, Int32(inputs.count), 1, &columns)
    guard result > 0 else {
      compare("step out of the stub (libunwind \(result))", slot: 1, context: 1, unwound: 0)
      return mismatches
    }
    compare(
      "pc", slot: task.frameWord(at: Backend.pcWordOffset), context: task.contextWord(at: Backend.pcContextOffset),
      unwound: UInt(columns[Backend.returnAddressColumn]))
    compare(
      "sp", slot: task.interruptedSP, context: task.contextWord(at: Backend.spContextOffset),
      unwound: UInt(columns[Backend.stackPointerColumn]))
    for register in Backend.frameRegisters where register.contextOffset >= 0 {
      let slot = task.frameWord(at: register.offset)
      let context = task.contextWord(at: register.contextOffset)
      compare(
        register.name, slot: slot, context: context,
        unwound: register.column >= 0 ? UInt(columns[register.column]) : context)
    }
    // The frame that the scanner takes for the interrupted function's ends where libunwind's next step lands.
    guard let bound = task.interruptedCFA else { return mismatches }
    boundsVerified.add(1, ordering: .relaxed)
    let next = unwind_step(inputs, Int32(inputs.count), 2, &columns)
    if next > 0 {
      let unwound = UInt(columns[Backend.stackPointerColumn])
      compare("cfa of the interrupted function", slot: bound, context: bound, unwound: unwound)
    } else {
      compare("step out of the interrupted function (libunwind \(next))", slot: 1, context: 1, unwound: 0)
    }
    return mismatches
  }
}

/// Which preempted frames are verified in production.
public enum FrameSampling: Sendable {
  case off
  /// Of each processor every `n`th.
  case sampled(oneIn: Int)
}

extension PreemptRuntime {
  /// Holds frames against libunwind as tasks are preempted; takes the observer's place.
  ///
  /// libunwind takes the loader's lock. So a frame is passed over where the interrupted code is registered under `.leaf`,
  /// whose tasks may hold that lock, and while a stop waits.
  public func verifyFrames(
    _ sampling: FrameSampling, with verifier: FrameVerifier, report: @escaping @Sendable ([FrameMismatch]) -> Void
  ) {
    guard case .sampled(let n) = sampling else { return observePreemptions(every: .max) { _ in } }
    observePreemptions(every: n) { task in
      guard task.policy == .wholeStack, !task.isStopping else { return }
      let mismatches = verifier.verify(task)
      if !mismatches.isEmpty { report(mismatches) }
    }
  }
}
