// `preempt layout`: a backend's frame, state classes and exclusions, for the eye or as JSON.

import ArchPreempt
import ArgumentParser
import StubGenerator

struct Layout: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show a backend's frame, state classes and what it doesn't save.",
    discussion: "Example: preempt layout amd64")

  @Argument(help: "The backend's name.")
  var backend: String
  @OptionGroup var output: OutputOptions

  func run() throws {
    let description = Self.description(try preempt.backend(named: backend))
    if output.json { return try printJSON(Report(description)) }
    let diagram = DiagramEmitter(description)
    print("backend \(description.name), \(description.abi.document)\n")
    print(diagram.frame())
    print(diagram.classes())
    print("not saved:")
    print(diagram.excluded(), terminator: "")
  }

  private static func description<B: ArchPreempt>(_ backend: B.Type) -> BackendDescription {
    BackendDescription(backend)
  }
}

/// Where something lies: the handler's word or a register's slot.
private struct Place: Encodable {
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

/// Offsets of the frame are bytes from the CFA, the interrupted stack pointer; those of an area from its start.
private struct Report: Encodable {
  struct Frame: Encodable {
    let byteCount: Int
    let redZoneByteCount: Int
    let frameBaseOffset: Int
    let entryOffset: Int
    /// Written by the handler, the first highest.
    let words: [Place]
    /// Written by the stub, the first highest.
    let slots: [Place]
  }
  struct Class: Encodable {
    let name: String
    let index: Int
    let components: UInt64
    let byteCount: Int
    let onStackByteCount: Int
    let requiredStackByteCount: Int
    let area: [Place]
  }
  struct Exclusion: Encodable {
    let name: String
    let reason: String
  }

  let backend: String
  let guardExpression: String
  let psABI: String
  let extendedPlacement: String
  let frame: Frame
  let classes: [Class]
  let excluded: [Exclusion]

  init(_ description: BackendDescription) {
    let layout = description.layout
    let widest = description.widestClass
    backend = description.name
    guardExpression = description.guardExpression
    psABI = description.abi.document
    extendedPlacement = layout.extendedPlacement.rawValue
    frame = Frame(
      byteCount: layout.frameByteCount(widest: widest), redZoneByteCount: layout.abi.redZoneByteCount,
      frameBaseOffset: layout.frameBaseOffset, entryOffset: layout.entryOffset,
      words: layout.words.map {
        Place(name: $0.name, offset: layout.offset(of: $0)!, byteCount: layout.abi.pointerByteCount)
      },
      slots: layout.frameSlots(widest: widest).map(Place.init))
    classes = description.stateClasses.enumerated().map { index, stateClass in
      Class(
        name: stateClass.name, index: index, components: stateClass.components,
        byteCount: layout.areaByteCount(of: stateClass), onStackByteCount: layout.areaOnStackByteCount(of: stateClass),
        requiredStackByteCount: layout.requiredStackByteCount(
          of: stateClass, widest: widest, calleeByteCount: description.injection.calleeByteCount),
        area: layout.areaSlots(of: stateClass, widest: stateClass).map(Place.init))
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
