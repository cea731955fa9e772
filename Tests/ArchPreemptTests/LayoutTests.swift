// Layout properties that hold for every backend and class, and amd64's numbers, which users budget with.

import ArchPreempt
import BackendCatalog
import Testing

/// A slot of either area, by its place alone.
struct Extent: Hashable, CustomStringConvertible {
  let name: String
  let start: Int
  let byteCount: Int
  var end: Int { start + byteCount }
  var description: String { "\(name) \(start)..<\(end)" }
}

extension ArchPreempt {
  /// The handler's words and the stub's slots, the lowest first.
  static func frameExtents(widest: StateClass) throws -> [Extent] {
    let words = try layout.words.map {
      Extent(name: $0.name, start: try #require(layout.offset(of: $0)), byteCount: abi.pointerByteCount)
    }
    let slots = try layout.frameSlots(widest: widest).map { slot in
      guard case .frame(let offset) = slot.place else { throw MisplacedSlot(slot: slot) }
      #expect(slot.displacement == offset - layout.frameBaseOffset)
      return Extent(name: slot.register.name, start: offset, byteCount: slot.byteCount)
    }
    return (words + slots).sorted { $0.start < $1.start }
  }

  static func areaExtents(of stateClass: StateClass) throws -> [Extent] {
    try layout.areaSlots(of: stateClass, widest: stateClass).map { slot in
      guard case .area(let offset) = slot.place else { throw MisplacedSlot(slot: slot) }
      #expect(slot.displacement == offset)
      return Extent(name: slot.register.name, start: offset, byteCount: slot.byteCount)
    }
  }
}

struct MisplacedSlot: Error { let slot: Slot }

@Suite struct LayoutTests {
  static func overlaps(_ extents: [Extent]) -> [String] {
    zip(extents, extents.dropFirst()).compactMap { $0.end > $1.start ? "\($0) and \($1)" : nil }
  }

  @Test func overlapIsSeen() {
    let extents = [Extent(name: "a", start: 0, byteCount: 8), Extent(name: "b", start: 4, byteCount: 8)]
    #expect(Self.overlaps(extents) == ["a 0..<8 and b 4..<12"])
  }

  @Test(arguments: BackendCatalog.names)
  func frameSlotsAreDisjointAlignedAndBelowTheRedZone(name: String) throws {
    let backend = try BackendCatalog.backend(named: name)
    let layout = backend.layout
    for widest in backend.widths {
      let extents = try backend.frameExtents(widest: widest)
      #expect(Self.overlaps(extents) == [])
      for extent in extents {
        #expect(extent.start % min(extent.byteCount, 8) == 0, "\(extent)")
        #expect(extent.end <= -backend.abi.redZoneByteCount, "\(extent) lies in the red zone")
        #expect(-extent.start <= layout.frameByteCount(widest: widest), "\(extent) lies below the frame")
      }
      #expect(layout.frameByteCount(widest: widest) % backend.abi.pointerByteCount == 0)
    }
  }

  @Test(arguments: BackendCatalog.names)
  func areaSlotsAreDisjointAndAligned(name: String) throws {
    let backend = try BackendCatalog.backend(named: name)
    for stateClass in backend.stateClasses {
      let extents = try backend.areaExtents(of: stateClass)
      #expect(Self.overlaps(extents) == [])
      #expect(extents.last?.end ?? 0 == backend.layout.areaByteCount(of: stateClass))
      let banks = Dictionary(uniqueKeysWithValues: backend.registers.map { ($0.name, $0.bank) })
      for extent in extents where banks[extent.name] != .registerStack {
        #expect(extent.start % extent.byteCount == 0, "\(extent) in \(stateClass.name)")
      }
    }
  }

  @Test(arguments: BackendCatalog.names)
  func everySavedRegisterHasOnePlace(name: String) throws {
    let backend = try BackendCatalog.backend(named: name)
    for stateClass in backend.stateClasses {
      let places = try backend.frameExtents(widest: stateClass.width) + backend.areaExtents(of: stateClass)
      for register in backend.registers {
        let count = places.filter { $0.name == register.name }.count
        if register.disposition == .restoredByResume { continue }
        if !register.isSaved {
          #expect(count == 0, "\(register.name) isn't saved")
        } else if register.byteCount(in: stateClass) > 0 {
          #expect(count == 1, "\(register.name) in \(stateClass.name)")
        } else {
          // A frame slot may lie idle in a class; an area slot may not.
          #expect(count == (register.bank.isExtended ? 0 : 1), "\(register.name) in \(stateClass.name)")
        }
      }
    }
  }

  @Test(arguments: BackendCatalog.names)
  func frameIsTheSameInEveryWidth(name: String) throws {
    let backend = try BackendCatalog.backend(named: name)
    let extents = try backend.frameExtents(widest: backend.widestClass)
    for width in backend.widths { #expect(try backend.frameExtents(widest: width) == extents) }
  }

  /// The area is the table's rows in order, each with the class's byte count, and nothing else.
  @Test(arguments: BackendCatalog.names)
  func areaIsAFunctionOfTheTable(name: String) throws {
    let backend = try BackendCatalog.backend(named: name)
    for stateClass in backend.stateClasses {
      var expected: [Extent] = []
      for register in backend.registers where register.isSaved && register.bank.isExtended {
        let byteCount = register.byteCount(in: stateClass)
        if byteCount > 0 {
          expected.append(Extent(name: register.name, start: expected.last?.end ?? 0, byteCount: byteCount))
        }
      }
      #expect(try backend.areaExtents(of: stateClass) == expected)
      for widest in backend.enabledWidths(covering: stateClass) {
        let slots = backend.layout.areaSlots(of: stateClass, widest: widest)
        #expect(slots.map(\.place) == expected.map { .area($0.start) })
        #expect(slots.allSatisfy { $0.widest == widest })
      }
    }
  }

  @Test(arguments: BackendCatalog.names)
  func widerClassesHoldMore(name: String) throws {
    let backend = try BackendCatalog.backend(named: name)
    let counts = backend.widths.map { backend.layout.areaByteCount(of: $0) }
    #expect(counts == counts.sorted())
    #expect(Set(counts).count == counts.count)
    for width in backend.widths where width.occasionalComponents != 0 {
      #expect(backend.layout.areaByteCount(of: width.withOccasional) > backend.layout.areaByteCount(of: width))
    }
  }

  @Test(arguments: BackendCatalog.names)
  func interruptedFrameLooksLikeAnOrdinaryOne(name: String) throws {
    let backend = try BackendCatalog.backend(named: name)
    let layout = backend.layout
    let pc = try #require(layout.offset(of: .programCounter))
    // A return pops it, so it lies highest.
    if case .returnPopping = backend.injection.returnSequence {
      #expect(pc == -backend.abi.redZoneByteCount - backend.abi.pointerByteCount)
    }
    let record = layout.frameBaseOffset + backend.abi.frameRecordOffset
    #expect(record == pc - backend.abi.pointerByteCount)
    #expect(record == layout.offset(of: .register(backend.abi.frameBase)))
    #expect(layout.entryOffset == layout.words.compactMap { layout.offset(of: $0) }.min())
    #expect(layout.offset(of: .register("no such register")) == nil)
  }

  @Test(arguments: BackendCatalog.names)
  func requiredStackCoversTheWorstEntry(name: String) throws {
    let backend = try BackendCatalog.backend(named: name)
    let layout = backend.layout
    let callee = backend.injection.calleeByteCount
    for stateClass in backend.stateClasses {
      for widest in backend.enabledWidths(covering: stateClass) {
        let required = layout.requiredStackByteCount(of: stateClass, widest: widest, calleeByteCount: callee)
        #expect(required <= SaveLayout.reserveByteCount)
        // Any entry stack pointer: reserve, round down, call.
        for entry in (1 << 20)..<(1 << 20) + layout.callAlignmentByteCount {
          let reserved = entry - layout.frameByteCount(widest: widest) - layout.areaOnStackByteCount(of: stateClass)
          let lowest = reserved / layout.callAlignmentByteCount * layout.callAlignmentByteCount - callee
          #expect(entry - lowest <= required)
        }
      }
    }
  }

  @Test(arguments: BackendCatalog.names)
  func probeImageHoldsFrameAndArea(name: String) throws {
    let backend = try BackendCatalog.backend(named: name)
    let image = ProbeImage(layout: backend.layout, widest: backend.widestClass)
    #expect(image.frameByteCount == backend.layout.frameByteCount(widest: backend.widestClass))
    #expect(image.areaOffset >= image.frameByteCount)
    #expect(image.areaOffset % SaveLayout.areaAlignmentByteCount == 0)
    let record = backend.abi.frameRecordOffset
    #expect(image.words[backend.abi.frameBase] == record)
    #expect(image.words["pc"] == record + backend.abi.pointerByteCount)
    #expect(image.words.count == backend.layout.words.count)
  }

  // swift-format-ignore
  static let amd64Classes: [(name: String, byteCount: Int, requiredOnStack: Int)] = [
    ("sse",        256,  256),
    ("sse_x87",    364,  384),
    ("avx",        512,  512),
    ("avx_x87",    620,  640),
    ("avx512",     2112, 2112),
    ("avx512_x87", 2220, 2240),
  ]

  @Test(arguments: ["amd64", "noxreg"])
  func numbersOfAMD64(name: String) throws {
    let backend = try BackendCatalog.backend(named: name)
    #expect(backend.stateClasses.map(\.name) == Self.amd64Classes.map(\.name))
    for (stateClass, expected) in zip(backend.stateClasses, Self.amd64Classes) {
      #expect(backend.layout.areaByteCount(of: stateClass) == expected.byteCount, "\(stateClass.name)")
      #expect(
        backend.layout.areaOnStackByteCount(of: stateClass) == (name == "noxreg" ? expected.requiredOnStack : 0))
    }
    #expect(backend.layout.frameByteCount(widest: backend.widestClass) <= 288)
    #expect(backend.abi.redZoneByteCount == 128)
    #expect(backend.layout.entryOffset == -168)
  }
}
