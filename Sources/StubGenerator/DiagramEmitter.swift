// The frame and the save areas as text, for `preempt layout`, the README and the eye.

import ArchPreempt

public struct DiagramEmitter {
  let description: BackendDescription

  public init(_ description: BackendDescription) { self.description = description }

  /// The frame from the CFA down.
  public func frame() -> String {
    let layout = description.layout
    let widest = description.widestClass
    var rows: [(offset: Int, text: String, note: String)] = []
    for word in layout.words {
      let name =
        switch word {
        case .programCounter: "interrupted PC"
        case .saveArea: layout.extendedPlacement == .stack ? "unused here" : "save area address"
        case .context: "switch context address"
        case .register(let name): name
        }
      rows.append((layout.offset(of: word)!, name, "handler"))
    }
    for slot in layout.frameSlots(widest: widest) {
      if case .frame(let offset) = slot.place { rows.append((offset, slot.register.name, "stub")) }
    }
    var lines = ["CFA = interrupted \(description.abi.stackPointer)"]
    if layout.abi.redZoneByteCount > 0 {
      lines.append(row(-layout.abi.redZoneByteCount, "red zone, \(layout.abi.redZoneByteCount) bytes", "the task's"))
    }
    for entry in rows {
      lines.append(row(entry.offset, entry.text, entry.note))
      if entry.offset == layout.frameBaseOffset {
        lines[lines.count - 1] += " ← \(description.abi.frameBase), the frame base"
      }
      if entry.offset == layout.entryOffset {
        lines[lines.count - 1] += " ← \(description.abi.stackPointer) at the stub's first instruction"
      }
    }
    lines = lines.map { String($0.trimmingBlanks) }
    lines.append("frame with red zone: \(layout.frameByteCount(widest: widest)) bytes")
    return lines.joined(separator: "\n") + "\n"
  }

  private func row(_ offset: Int, _ text: String, _ writer: String) -> String {
    let number = String(offset)
    return String(repeating: " ", count: max(0, 6 - number.count)) + number + " │ "
      + text.padding(to: 24) + "│ " + writer.padding(to: 10)
  }

  /// One line a class.
  public func classes() -> String {
    let layout = description.layout
    var lines = ["class".padding(to: 12) + "index  bytes  on the stack  needs below SP  registers"]
    for (index, stateClass) in description.stateClasses.enumerated() {
      let slots = layout.areaSlots(of: stateClass, widest: stateClass)
      let bytes = layout.areaByteCount(of: stateClass)
      let required = layout.requiredStackByteCount(
        of: stateClass, widest: description.widestClass, calleeByteCount: description.injection.calleeByteCount)
      lines.append(
        stateClass.name.padding(to: 12) + String(index).padding(to: 7) + String(bytes).padding(to: 7)
          + String(layout.areaOnStackByteCount(of: stateClass)).padding(to: 14) + String(required).padding(to: 16)
          + Self.runs(slots))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Registers that aren't saved, with the reason.
  public func excluded() -> String {
    let rows = description.registers.compactMap { register -> (name: String, reason: String)? in
      if case .excluded(let reason) = register.disposition { (register.name, reason) } else { nil }
    }
    let width = max(10, (rows.map(\.name.count).max() ?? 0) + 1)
    return rows.map { $0.name.padding(to: width) + $0.reason }.joined(separator: "\n") + "\n"
  }

  public func text() -> String {
    GeneratedFiles.mark("#", "", description.name) + "\n\n" + frame() + "\n" + classes() + "\nnot saved:\n" + excluded()
  }

  /// `xmm0 … xmm15 (16 × 32)`
  private static func runs(_ slots: [Slot]) -> String {
    var runs: [[Slot]] = []
    for slot in slots {
      if let last = runs.last?.last, last.register.bank == slot.register.bank, last.byteCount == slot.byteCount {
        runs[runs.count - 1].append(slot)
      } else {
        runs.append([slot])
      }
    }
    return runs.map { run in
      run.count == 1
        ? "\(run[0].register.name) (\(run[0].byteCount))"
        : "\(run[0].register.name) … \(run[run.count - 1].register.name) (\(run.count) × \(run[0].byteCount))"
    }.joined(separator: ", ")
  }
}

extension String {
  /// Without blanks at the end.
  var trimmingBlanks: Substring { self[..<(lastIndex { $0 != " " }.map(index(after:)) ?? startIndex)] }

  func padding(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
