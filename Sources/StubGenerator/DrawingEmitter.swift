// The frame and the save areas as a picture: SVG, for `preempt layout --svg`.
//
// On the left the frame, one row a word, as the stack lies: the CFA on top. On the right a column a class, its height in
// proportion to its bytes, so that the eye sees what a preempted task holds.

import ArchPreempt

public struct DrawingEmitter {
  let description: BackendDescription

  public init(_ description: BackendDescription) { self.description = description }

  // Pixels.
  private static let rowHeight = 21
  private static let frameLeft = 86
  private static let frameWidth = 210
  private static let areaLeft = 500
  private static let columnWidth = 116
  private static let columnGap = 16
  private static let top = 118
  private static let areaHeight = 520

  private enum Color {
    static let ink = "#1f2933"
    static let quiet = "#7b8794"
    static let redZone = "#fde8e8"
    static let redZoneLine = "#e0a3a3"
    static let handler = "#fbd38d"
    static let stub = "#bfdbf7"
    static let padding = "#f3f4f6"
    static func bank(_ bank: Bank, _ index: Int) -> String {
      switch bank {
      case .vector: index == 0 ? "#a7d8c0" : "#7fc4a4"
      case .predicate: "#f6c177"
      default: "#d6bcfa"
      }
    }
  }

  public func svg() -> String {
    let width = Self.areaLeft + description.stateClasses.count * (Self.columnWidth + Self.columnGap) + 24
    let frame = frameRows()
    let height = max(Self.top + Self.areaHeight + 96, frame.bottom + 70)
    let placement = description.layout.extendedPlacement == .stack ? "on the task's stack" : "in a block off the stack"
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" font-family="Helvetica, Arial, sans-serif" \
      font-size="12" fill="\(Color.ink)">
      <rect width="100%" height="100%" fill="#ffffff"/>
      \(text("A task preempted on \(description.name)", 24, 36, size: 20, weight: "bold"))
      \(text("\(description.abi.document)", 24, 56, color: Color.quiet))
      \(text("its stack", Self.frameLeft, Self.top - 26, size: 14, weight: "bold"))
      \(text("its extended state, by live class: \(placement)", Self.areaLeft, Self.top - 26, size: 14, weight: "bold"))
      \((frame.lines + areaColumns() + legend(y: height - 22)).joined(separator: "\n"))
      </svg>

      """
  }

  // MARK: - The frame

  private struct Row {
    let offset: Int
    let label: String
    let color: String
    var mark: String?
  }

  private func frameRows() -> (lines: [String], bottom: Int) {
    let layout = description.layout
    let widest = description.widestClass
    var rows = layout.words.map { word -> Row in
      let offset = layout.offset(of: word)!
      let label =
        switch word {
        case .programCounter: "interrupted PC"
        case .saveArea: layout.extendedPlacement == .stack ? "unused here" : "save area address"
        case .context: "switch context address"
        case .register(let name): name
        }
      return Row(offset: offset, label: label, color: Color.handler)
    }
    for slot in layout.frameSlots(widest: widest) {
      if case .frame(let offset) = slot.place {
        rows.append(Row(offset: offset, label: slot.register.name, color: Color.stub))
      }
    }
    for index in rows.indices {
      if rows[index].offset == layout.frameBaseOffset {
        rows[index].mark = "\(description.abi.frameBase), the frame base"
      }
      if rows[index].offset == layout.entryOffset {
        rows[index].mark = "\(description.abi.stackPointer) when the stub begins"
      }
    }

    let (left, width) = (Self.frameLeft, Self.frameWidth)
    var y = Self.top
    var lines = [pointer("CFA = interrupted \(description.abi.stackPointer)", y)]
    if layout.abi.redZoneByteCount > 0 {
      let height = Self.rowHeight * 2
      lines += [
        box(left, y, width, height, Color.redZone, stroke: Color.redZoneLine, dashed: true),
        text("red zone, \(layout.abi.redZoneByteCount) bytes", left + width / 2, y + height / 2 + 4, anchor: "middle"),
      ]
      y += height
      lines.append(offset(-layout.abi.redZoneByteCount, y - 6))
    }
    for row in rows {
      lines += [
        box(left, y, width, Self.rowHeight, row.color), text(row.label, left + width / 2, y + 15, anchor: "middle"),
        offset(row.offset, y + 15),
      ]
      if let mark = row.mark { lines.append(pointer(mark, y + Self.rowHeight)) }
      y += Self.rowHeight
    }
    let onStack = description.stateClasses.map { layout.areaOnStackByteCount(of: $0) }.max() ?? 0
    let below = onStack > 0 ? "extended state, up to \(onStack) bytes" : "realignment, mcall's frame"
    lines += [
      box(left, y, width, Self.rowHeight * 2, Color.padding, dashed: true),
      text(below, left + width / 2, y + Self.rowHeight + 4, anchor: "middle", color: Color.quiet),
    ]
    y += Self.rowHeight * 2
    lines.append(
      text(
        "frame with red zone: \(layout.frameByteCount(widest: widest)) bytes", left + width / 2, y + 22,
        anchor: "middle", weight: "bold"))
    return (lines, y + 22)
  }

  private func offset(_ value: Int, _ y: Int) -> String {
    text(String(value), Self.frameLeft - 10, y, anchor: "end", color: Color.quiet)
  }

  /// A line to the right of the frame, at the lower edge of a word: the address it names.
  private func pointer(_ label: String, _ y: Int) -> String {
    let left = Self.frameLeft + Self.frameWidth
    return """
      <path d="M \(left + 2) \(y) h 22 M \(left + 2) \(y) l 6 -4 M \(left + 2) \(y) l 6 4" stroke="\(Color.ink)" fill="none"/>
      """ + text(label, left + 29, y + 4)
  }

  // MARK: - The areas

  private func areaColumns() -> [String] {
    let layout = description.layout
    let largest = description.stateClasses.map { layout.areaByteCount(of: $0) }.max() ?? 1
    return description.stateClasses.enumerated().flatMap { index, stateClass -> [String] in
      let x = Self.areaLeft + index * (Self.columnWidth + Self.columnGap)
      let byteCount = layout.areaByteCount(of: stateClass)
      var lines: [String] = []
      var y = Self.top
      var end = 0
      for (number, run) in Self.runs(layout.areaSlots(of: stateClass, widest: stateClass)).enumerated() {
        end += run.byteCount
        let bottom = Self.top + Self.areaHeight * end / largest
        lines.append(box(x, y, Self.columnWidth, bottom - y, Color.bank(run.bank, number)))
        if bottom - y >= 34 {
          lines.append(text(run.name, x + Self.columnWidth / 2, (y + bottom) / 2 - 2, anchor: "middle"))
          lines.append(
            text(run.detail, x + Self.columnWidth / 2, (y + bottom) / 2 + 13, anchor: "middle", color: "#486581"))
        } else if bottom - y >= 13 {
          lines.append(text(run.name, x + Self.columnWidth / 2, (y + bottom) / 2 + 4, anchor: "middle"))
        }
        y = bottom
      }
      lines.append(
        text(
          stateClass.name, x + Self.columnWidth / 2, y + 19, anchor: "middle", size: 13, weight: "bold"))
      lines.append(
        text("\(byteCount) bytes", x + Self.columnWidth / 2, y + 35, anchor: "middle", color: Color.quiet))
      return lines
    }
  }

  private struct Run {
    let name: String
    let detail: String
    let bank: Bank
    let byteCount: Int
  }

  /// Registers of one bank that lie together.
  private static func runs(_ slots: [Slot]) -> [Run] {
    var groups: [[Slot]] = []
    for slot in slots {
      if let last = groups.last?.last, last.register.bank == slot.register.bank, last.byteCount == slot.byteCount {
        groups[groups.count - 1].append(slot)
      } else {
        groups.append([slot])
      }
    }
    return groups.map { group in
      let name = group[0].register.name
      return Run(
        name: group.count == 1 ? name : "\(name) … \(group[group.count - 1].register.name)",
        detail: "\(group.count) × \(group[0].byteCount)", bank: group[0].register.bank,
        byteCount: group.count * group[0].byteCount)
    }
  }

  private func legend(y: Int) -> [String] {
    let entries = [
      (Color.redZone, "the task's"), (Color.handler, "written by the signal handler"),
      (Color.stub, "written by the stub"),
    ]
    var x = Self.frameLeft
    return entries.flatMap { color, label -> [String] in
      defer { x += 36 + label.count * 7 }
      return [box(x, y - 11, 14, 14, color), text(label, x + 20, y)]
    }
  }

  // MARK: - Shapes

  private func box(
    _ x: Int, _ y: Int, _ width: Int, _ height: Int, _ fill: String, stroke: String = "#627d98", dashed: Bool = false
  ) -> String {
    "<rect x=\"\(x)\" y=\"\(y)\" width=\"\(width)\" height=\"\(height)\" fill=\"\(fill)\" stroke=\"\(stroke)\""
      + (dashed ? " stroke-dasharray=\"4 3\"/>" : "/>")
  }

  private func text(
    _ text: String, _ x: Int, _ y: Int, anchor: String = "start", size: Int = 12, color: String = Color.ink,
    weight: String = "normal"
  ) -> String {
    let escaped = text.flatMap { character -> String in
      switch character {
      case "&": "&amp;"
      case "<": "&lt;"
      default: String(character)
      }
    }
    return "<text x=\"\(x)\" y=\"\(y)\" text-anchor=\"\(anchor)\" font-size=\"\(size)\" fill=\"\(color)\" "
      + "font-weight=\"\(weight)\">\(String(escaped))</text>"
  }
}
