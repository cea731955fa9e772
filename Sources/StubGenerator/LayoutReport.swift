// A backend's layout as data, for programs in other languages: the proof, debuggers' scripts, `preempt layout --json`.

import ArchPreempt

/// Offsets of the frame are bytes from the CFA, the interrupted stack pointer; those of an area from its start.
public struct LayoutReport: Encodable, Sendable {
  /// Where something lies: the handler's word or a register's slot.
  struct Placed: Encodable, Sendable {
    let name: String
    let offset: Int
    let byteCount: Int

    init(name: String, offset: Int, byteCount: Int) {
      self.name = name
      self.offset = offset
      self.byteCount = byteCount
    }

    init(_ slot: Slot) {
      let offset =
        switch slot.place {
        case .frame(let offset), .area(let offset): offset
        }
      self.init(name: slot.register.name, offset: offset, byteCount: slot.byteCount)
    }
  }
  struct ABI: Encodable, Sendable {
    let pointerByteCount: Int
    let stackAlignment: Int
    let keepsStackPointerAligned: Bool
    let linkRegister: String?
    let returnAddressColumn: Int
    let firstCFIColumn: Int
    let lastCFIColumn: Int
  }
  struct Frame: Encodable, Sendable {
    let byteCount: Int
    let redZoneByteCount: Int
    let frameBaseOffset: Int
    let entryOffset: Int
    /// Stack bytes below the frame and its save area that belong to the callee, return address included.
    let calleeByteCount: Int
    let areaAlignmentByteCount: Int
    /// Written by the handler, the first highest.
    let words: [Placed]
    /// Written by the stub, the first highest.
    let slots: [Placed]
  }
  struct Class: Encodable, Sendable {
    let name: String
    let index: Int
    let components: UInt64
    /// Those that may hold anything while the class is live; the others of `components` are in their initial state.
    let liveComponents: UInt64
    let byteCount: Int
    let onStackByteCount: Int
    let requiredStackByteCount: Int
    /// The slots of the frame that the class fills.
    let frame: [Placed]
    let area: [Placed]
  }
  struct Stub: Encodable, Sendable {
    let symbol: String
    let stateClass: String
    /// The widest class that the operating system enabled.
    let widest: String
    /// Handed to `preempt_mcall`.
    let reason: Int
  }
  struct Exclusion: Encodable, Sendable {
    let name: String
    let reason: String
  }

  /// How the stub gets back: the sequence's name, and the register that it goes through if it goes through one.
  struct Return: Encodable, Sendable {
    let sequence: String
    let register: String?

    init(_ sequence: ReturnSequence) {
      register = if case .branchThrough(let register, _) = sequence { register } else { nil }
      self.sequence =
        switch sequence {
        case .returnPopping: "returnPopping"
        case .branchThrough: "branchThrough"
        case .delaySlot: "delaySlot"
        case .branchThroughMemory: "branchThroughMemory"
        case .signalReturn: "signalReturn"
        }
    }
  }

  let backend: String
  let architecture: String
  let guardExpression: String
  let compilerOptions: [String]
  let resume: Return
  let psABI: String
  let extendedPlacement: String
  let abi: ABI
  let frame: Frame
  let classes: [Class]
  let stubs: [Stub]
  let excluded: [Exclusion]

  public init(_ description: BackendDescription) {
    let layout = description.layout
    let widest = description.widestClass
    backend = description.name
    architecture = description.architecture
    guardExpression = description.guardExpression
    compilerOptions = description.compilerOptions
    resume = Return(description.injection.returnSequence)
    psABI = description.abi.document
    extendedPlacement = layout.extendedPlacement.rawValue
    abi = ABI(
      pointerByteCount: layout.abi.pointerByteCount, stackAlignment: layout.abi.stackAlignmentByteCount,
      keepsStackPointerAligned: layout.abi.keepsStackPointerAligned, linkRegister: layout.abi.linkRegister,
      returnAddressColumn: layout.abi.returnAddressColumn, firstCFIColumn: description.cfiColumns.lowerBound,
      lastCFIColumn: description.cfiColumns.upperBound)
    frame = Frame(
      byteCount: layout.frameByteCount(widest: widest), redZoneByteCount: layout.abi.redZoneByteCount,
      frameBaseOffset: layout.frameBaseOffset, entryOffset: layout.entryOffset,
      calleeByteCount: description.injection.calleeByteCount,
      areaAlignmentByteCount: SaveLayout.areaAlignmentByteCount,
      words: layout.words.map {
        Placed(name: $0.name, offset: layout.offset(of: $0)!, byteCount: layout.abi.pointerByteCount)
      },
      slots: layout.frameSlots(widest: widest).map(Placed.init))
    classes = description.stateClasses.enumerated().map { index, stateClass in
      Class(
        name: stateClass.name, index: index, components: stateClass.components,
        liveComponents: stateClass.includesOccasional
          ? stateClass.components : stateClass.components & ~stateClass.occasionalComponents,
        byteCount: layout.areaByteCount(of: stateClass), onStackByteCount: layout.areaOnStackByteCount(of: stateClass),
        requiredStackByteCount: layout.requiredStackByteCount(
          of: stateClass, widest: widest, calleeByteCount: description.injection.calleeByteCount),
        frame: layout.frameSlots(widest: widest).filter { $0.register.byteCount(in: stateClass) > 0 }.map(Placed.init),
        area: layout.areaSlots(of: stateClass, widest: stateClass).map(Placed.init))
    }
    stubs = description.stubs.map {
      Stub(symbol: $0.symbol, stateClass: $0.stateClass.name, widest: $0.widest.name, reason: $0.reason)
    }
    excluded = description.registers.compactMap { register in
      if case .excluded(let reason) = register.disposition {
        Exclusion(name: register.name, reason: reason)
      } else {
        nil
      }
    }
  }
}
