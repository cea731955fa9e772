// What the judges must know of a backend, as a C header beside its preempt.h and as JSON for gdb's Python.

import ArchPreempt
import Foundation
import StubGenerator

struct JudgeTables {
  let description: BackendDescription
  let seed: UInt64

  /// The stubs, those of narrow machines first: a machine has the first ones.
  let stubs: [EntryStub]
  private var layout: SaveLayout { description.layout }
  private var widths: [StateClass] { description.stateClasses.filter { !$0.includesOccasional } }

  init(_ description: BackendDescription, seed: UInt64) {
    self.description = description
    self.seed = seed
    let widths = description.stateClasses.filter { !$0.includesOccasional }
    stubs = widths.flatMap { width in description.stubs.filter { $0.widest == width } }
  }

  /// Registers that a frame description recovers: name, column, byte offset in `ucontext_t`.
  var columns: [(name: String, column: Int, contextOffset: Int)] {
    description.injection.contextFields.compactMap { field in
      guard let register = description.registers.first(where: { $0.name == field.register }),
        let column = register.dwarf, description.cfiColumns.contains(column)
      else { return nil }
      return (field.register, column, field.byteOffset)
    }
  }

  private func column(of name: String) -> Int { columns.first { $0.name == name }?.column ?? -1 }

  /// The instructions at which following the frame base leads to the interrupted frame: from the first after it was
  /// established to the one that takes it back. Empty where program counter and frame base don't lie side by side.
  func frameRecordRange(of stub: EntryStub) -> Range<Int> {
    let base = description.abi.frameBase
    guard let pc = layout.offset(of: .programCounter), pc == layout.frameBaseOffset + description.abi.pointerByteCount,
      layout.words.contains(.register(base)),
      let first = stub.instructions.firstIndex(where: {
        $0.effects.contains { if case .setsFrameBase = $0 { true } else { false } }
      }),
      let last = stub.instructions.lastIndex(where: {
        $0.effects.contains { if case .reloads(base, _, _, _) = $0 { true } else { false } }
      })
    else { return 0..<0 }
    return first + 1..<last + 1
  }

  private func callIndex(of stub: EntryStub) -> Int {
    stub.instructions.firstIndex { $0.effects.contains { if case .calls = $0 { true } else { false } } } ?? 0
  }

  // MARK: - C

  var header: String {
    let widest = description.widestClass
    let image = ProbeImage(layout: layout, widest: widest)
    let areaByteCount = layout.areaByteCount(of: widest.withOccasional)
    var lines = [
      "/* Written for one run of the judges from the description of backend \(description.name). */",
      "#define BACKEND_NAME \(description.name)",
      "#define SEED \(seed)ull",
      "enum {",
      "  IMAGE_BYTES = \((image.areaOffset + areaByteCount + 63) / 64 * 64), AREA_BYTES = \((areaByteCount + 63) / 64 * 64),",
      "  WORD_BYTES = \(description.abi.pointerByteCount), STUB_COUNT = \(stubs.count), COLUMN_COUNT = \(columns.count),",
      "  SP_COLUMN = \(column(of: description.abi.stackPointer)), PC_COLUMN = \(description.abi.returnAddressColumn),",
      "  FRAME_BASE_COLUMN = \(column(of: description.abi.frameBase)), RESULT_COLUMN = \(column(of: description.abi.resultRegister)),",
      "  RED_ZONE_BYTES = \(description.abi.redZoneByteCount), FRAME_BYTES = \(layout.frameByteCount(widest: widest)),",
      "  FLAGS_TRACE_OFFSET = 144, STEPPING_FLAG = 0x100,",
      "  IS_AREA_ON_STACK = \(layout.extendedPlacement == .stack ? 1 : 0),",
      "};",
      "static const struct { int offset, byte_count; uint64_t value; } fixed[] = {",
      "  {136, 8, 0x8d7}, {4, 4, 0x1f80}, {2, 2, 0x37f},",
      "};",
      "enum { FIXED_COUNT = sizeof fixed / sizeof *fixed };",
      "struct judged_column { const char *name; int column, context_offset; };",
      "static const struct judged_column columns[COLUMN_COUNT] = {",
    ]
    lines += columns.map { "  {\"\($0.name)\", \($0.column), \($0.contextOffset)}," }
    lines += [
      "};",
      "/* A saved register: where the stub, or before it the handler (-1), puts it, and where the probes' images have it on",
      "   a machine of each width. */",
      "struct judged_slot {",
      "  const char *name; int column, is_in_area, offset, byte_count, stored_at, is_exact, context_offset, image_offset[\(widths.count)];",
      "};",
      "struct judged_stub {",
      "  const char *symbol; unsigned state_class, widest, instruction_count, call_at, record_from, record_to, slot_count;",
      "  const struct judged_slot *slots;",
      "};",
    ]
    for stub in stubs {
      lines.append("static const struct judged_slot slots_of_\(stub.symbol)[] = {")
      lines += slots(of: stub).map { "  {\($0)}," }
      lines.append("};")
    }
    lines.append("static const struct judged_stub stubs[STUB_COUNT] = {")
    lines += stubs.map { stub in
      let record = frameRecordRange(of: stub)
      let stateClass = description.stateClasses.firstIndex(of: stub.stateClass)!
      return
        "  {\"\(stub.symbol)\", \(stateClass), \(widths.firstIndex(of: stub.widest)!), \(stub.instructions.count), "
        + "\(callIndex(of: stub)), "
        + "\(record.lowerBound), \(record.upperBound), \(slots(of: stub).count), slots_of_\(stub.symbol)},"
    }
    return (lines + ["};", ""]).joined(separator: "\n")
  }

  private func slots(of stub: EntryStub) -> [String] {
    var places: [(name: String, place: Place, byteCount: Int, storedAt: Int)] = layout.words.compactMap { word in
      switch word {
      case .register, .programCounter:
        (
          word == .programCounter ? "pc" : word.name, .frame(layout.offset(of: word)!),
          description.abi.pointerByteCount, -1
        )
      case .saveArea, .context: nil
      }
    }
    for (index, instruction) in stub.instructions.enumerated() {
      for case .stores(let name, let place, let byteCount) in instruction.effects {
        places.append((name, place, byteCount, index))
      }
    }
    return places.map { name, place, byteCount, storedAt in
      let register = description.registers.first { $0.name == name }
      let isInArea: Bool
      let offset: Int
      switch place {
      case .frame(let value): (isInArea, offset) = (false, value)
      case .area(let value): (isInArea, offset) = (true, value)
      }
      let images = widths.map { width -> Int in
        let image = ProbeImage(layout: layout, widest: description.widestClass)
        guard isInArea else { return image.frameByteCount + offset }
        let slot = layout.areaSlots(of: width.withOccasional, widest: width).first { $0.register.name == name }
        guard case .area(let place)? = slot?.place else { return -1 }
        return image.areaOffset + place
      }
      let column = name == "pc" ? description.abi.returnAddressColumn : column(of: name)
      // Flags have no column: the signal context says what they were.
      let contextOffset = name == description.injection.flags.register ? description.injection.flags.byteOffset : -1
      return "\"\(name)\", \(column), \(isInArea ? 1 : 0), \(offset), \(byteCount), \(storedAt), "
        + "\(register.map { $0.bank != .registerStack && $0.bank != .flags } ?? false ? 1 : 0), "
        + "\(contextOffset), {\(images.map(String.init).joined(separator: ", "))}"
    }
  }

  // MARK: - JSON

  /// What gdb's Python reads.
  func json() throws -> Data {
    struct Stub: Encodable { let symbol: String, instructions: Int, call: Int, loadsFlags: [Int] }
    struct Tables: Encodable {
      let columns: [String: Int]
      let pc: String, sp: String
      /// Registers that a callee keeps or hands over, whatever it is.
      let kept: [String]
      let wordByteCount: Int, contextByteCount: Int
      let stubs: [Stub]
    }
    let pc = description.injection.programCounter.register
    let abi = description.abi
    return try JSONEncoder().encode(
      Tables(
        columns: Dictionary(uniqueKeysWithValues: columns.map { ($0.name, $0.contextOffset) }),
        pc: pc, sp: abi.stackPointer, kept: [pc, abi.stackPointer, abi.frameBase, abi.resultRegister],
        wordByteCount: abi.pointerByteCount,
        contextByteCount: columns.map { $0.contextOffset }.max()! + abi.pointerByteCount,
        stubs: stubs.map { stub in
          Stub(
            symbol: stub.symbol, instructions: stub.instructions.count, call: callIndex(of: stub),
            loadsFlags: stub.instructions.indices.filter { index in
              stub.instructions[index].effects.contains {
                if case .reloads(description.injection.flags.register, _, _, _) = $0 { true } else { false }
              }
            })
        }))
  }
}
