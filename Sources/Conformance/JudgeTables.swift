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

  /// Registers that a frame description recovers: name, column, byte offset in `ucontext_t`. None that is excluded: what it
  /// holds when the task goes on is whoever's it is.
  var columns: [(name: String, column: Int, contextOffset: Int)] {
    description.injection.contextFields.compactMap { field in
      guard let register = description.registers.first(where: { $0.name == field.register }), !register.isExcluded,
        let column = register.dwarf, description.cfiColumns.contains(column)
      else { return nil }
      return (field.register, column, field.byteOffset)
    }
  }

  private func column(of name: String) -> Int { columns.first { $0.name == name }?.column ?? -1 }

  /// The instructions at which following the frame base leads to the interrupted frame: from the first after it was
  /// established to the one that takes it back, or to the last where the kernel does. Empty where program counter and
  /// frame base don't lie side by side.
  func frameRecordRange(of stub: EntryStub) -> Range<Int> {
    let base = description.abi.frameBase
    guard let saved = layout.offset(of: .register(base)),
      layout.offset(of: .programCounter) == saved + description.abi.pointerByteCount,
      let first = stub.instructions.firstIndex(where: {
        $0.effects.contains { if case .setsFrameBase = $0 { true } else { false } }
      })
    else { return 0..<0 }
    let last = stub.instructions.lastIndex {
      $0.effects.contains { if case .reloads(base, _, _, _) = $0 { true } else { false } }
    }
    return first + 1..<(last.map { $0 + 1 } ?? stub.instructions.count)
  }

  func callIndex(of stub: EntryStub) -> Int {
    stub.instructions.firstIndex { $0.effects.contains { if case .calls = $0 { true } else { false } } } ?? 0
  }

  // MARK: - C

  var header: String {
    let abi = description.abi
    var lines = [
      "/* Written for one run of the judges from the description of backend \(description.name). */",
      "#define SEED \(seed)ull",
      "enum {",
      "  STUB_COUNT = \(stubs.count), COLUMN_COUNT = \(columns.count),",
      "  SP_COLUMN = \(column(of: abi.stackPointer)), PC_COLUMN = \(abi.returnAddressColumn),",
      "  FRAME_BASE_COLUMN = \(column(of: abi.frameBase)), RESULT_COLUMN = \(column(of: abi.resultRegister)),",
      "  PC_CONTEXT_OFFSET = \(description.injection.programCounter.byteOffset),",
      "  FRAME_RECORD_OFFSET = \(abi.frameRecordOffset),",
      "};",
      "/* A register that a frame description recovers: its DWARF number, and its byte in ucontext_t. */",
      "struct judged_column { const char *name; int column, context_offset; };",
      "static const struct judged_column columns[COLUMN_COUNT] = {",
    ]
    lines += columns.map { "  {\"\($0.name)\", \($0.column), \($0.contextOffset)}," }
    lines += [
      "};",
      "/* A saved register: its place, from the CFA or in the area, the instruction that stores it, -1 where the handler",
      "   does, and where its interrupted value is known from, ucontext_t or (-1) the probe's image. */",
      "struct judged_slot { const char *name; int offset, byte_count, stored_at, context_offset; };",
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

  /// Rows of `struct judged_slot`.
  private func slots(of stub: EntryStub) -> [String] {
    var places: [(name: String, place: Place, byteCount: Int, storedAt: Int)] = []
    for word in layout.words {
      switch word {
      case .register, .programCounter:
        let name = word == .programCounter ? description.injection.programCounter.register : word.name
        places.append((name, .frame(layout.offset(of: word)!), description.abi.pointerByteCount, -1))
      case .saveArea, .context: break
      }
    }
    for (index, instruction) in stub.instructions.enumerated() {
      for case .stores(let name, let place, let byteCount) in instruction.effects {
        places.append((name, place, byteCount, index))
      }
    }
    return places.map { name, place, byteCount, storedAt in
      let offset =
        switch place {
        case .frame(let value), .area(let value): value
        }
      let contextOffset = description.injection.contextFields.first { $0.register == name }?.byteOffset ?? -1
      return "\"\(name)\", \(offset), \(byteCount), \(storedAt), \(contextOffset)"
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
                if case .reloads(let name, _, _, _) = $0 {
                  name == description.injection.flags?.register
                } else {
                  false
                }
              }
            })
        }))
  }
}
