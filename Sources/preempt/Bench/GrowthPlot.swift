// How cost grows with the number of parked tasks, as SVG: time of a preemption over the empty signal above, memory of a
// parked task below, one logarithmic axis.

import Foundation

struct GrowthPlot {
  let parked: [ParkedTasks]

  // Pixels.
  private static let width = 760.0
  private static let left = 84.0
  private static let right = 56.0
  private static let panelHeight = 210.0
  private static let tops = [92.0, 392.0]
  private static let height = 672.0

  private enum Color {
    static let ink = "#1f2933"
    static let quiet = "#7b8794"
    static let grid = "#e4e7eb"
    static let preemption = "#c2410c"
    static let signal = "#2563a8"
    static let memory = "#2f855a"
  }

  func svg() -> String {
    var lines = [
      """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(number(Self.width)) \(number(Self.height))" \
      font-family="Helvetica, Arial, sans-serif" font-size="13" fill="\(Color.ink)">
      <rect width="100%" height="100%" fill="#ffffff"/>
      <text x="\(number(Self.left))" y="34" font-size="20" font-weight="bold">What parked tasks cost</text>
      <text x="\(number(Self.left))" y="54" fill="\(Color.quiet)">two tasks preempt each other while others are parked, \
      each on a guarded stack</text>
      """
    ]
    lines += timePanel() + memoryPanel()
    lines.append(
      text("parked tasks", x: (Self.left + Self.width - Self.right) / 2, y: Self.height - 14, anchor: "middle"))
    return (lines + ["</svg>"]).joined(separator: "\n") + "\n"
  }

  private func timePanel() -> [String] {
    let series: [(name: String, color: String, values: (ParkedTasks) -> [Double])] = [
      ("full preemption", Color.preemption, { $0.full }), ("empty signal, the floor", Color.signal, { $0.empty }),
    ]
    let highest = parked.flatMap { [$0.full.percentile(75), $0.empty.percentile(75)] }.max() ?? 1
    let scale = Scale(top: Self.tops[0], height: Self.panelHeight, highest: highest * 1.15)
    var lines = frame(scale, title: "one signal, ns: median, and the middle half") { $0.formatted }
    for (index, one) in series.enumerated() {
      let points = parked.map { (x: x($0.count), values: one.values($0)) }
      let upper = points.map { "\(number($0.x)),\(number(scale.y($0.values.percentile(75))))" }
      let lower = points.reversed().map { "\(number($0.x)),\(number(scale.y($0.values.percentile(25))))" }
      lines.append(
        "<polygon points=\"\((upper + lower).joined(separator: " "))\" fill=\"\(one.color)\" opacity=\"0.14\"/>")
      lines += line(points.map { ($0.x, scale.y($0.values.percentile(50))) }, one.color)
      lines.append(legend(one.name, one.color, at: Double(index), top: scale.top))
    }
    for one in parked {
      let ratio = zip(one.full, one.empty).map { $0 / $1 }.percentile(50)
      lines.append(
        text(
          String(format: "× %.2f", ratio), x: x(one.count), y: scale.y(one.full.percentile(50)) - 12, anchor: "middle",
          color: Color.preemption))
    }
    return lines
  }

  private func memoryPanel() -> [String] {
    // One task alone pays for a whole page of each list that it is the first in.
    let shown = parked.filter { $0.count >= 10 }
    let scale = Scale(
      top: Self.tops[1], height: Self.panelHeight, highest: (shown.map(\.bytesPerTask).max() ?? 1) * 1.15)
    var lines = frame(scale, title: "resident bytes a parked task") { $0.formatted }
    lines += line(shown.map { (x($0.count), scale.y($0.bytesPerTask)) }, Color.memory)
    for one in shown {
      lines.append(
        text(
          one.bytesPerTask.formatted, x: x(one.count), y: scale.y(one.bytesPerTask) - 12, anchor: "middle",
          color: Color.memory))
    }
    if let first = shown.first {
      lines.append(
        """
        <line x1="\(number(Self.left))" x2="\(number(Self.width - Self.right))" y1="\(number(scale.y(4096)))" \
        y2="\(number(scale.y(4096)))" stroke="\(Color.quiet)" stroke-dasharray="4 4"/>
        """)
      lines.append(
        text("one page of stack", x: x(first.count), y: scale.y(4096) + 17, anchor: "start", color: Color.quiet))
    }
    return lines
  }

  // MARK: - Pieces

  /// A linear axis from zero.
  private struct Scale {
    let top: Double
    let height: Double
    let highest: Double

    func y(_ value: Double) -> Double { top + height * (1 - value / highest) }

    /// Four to eight round numbers.
    var ticks: [Double] {
      let rough = highest / 5
      let power = pow(10, log10(rough).rounded(.down))
      let step = [1, 2, 2.5, 5, 10].map { $0 * power }.first { $0 >= rough } ?? rough
      return stride(from: 0, through: highest, by: step).map { $0 }
    }
  }

  /// One to a million.
  private func x(_ count: Int) -> Double {
    Self.left + (Self.width - Self.left - Self.right) * log10(Double(count)) / 6
  }

  private func frame(_ scale: Scale, title: String, label: (Double) -> String) -> [String] {
    var lines = [text(title, x: Self.left, y: scale.top - 10, anchor: "start", weight: "bold")]
    for tick in scale.ticks {
      lines.append(
        """
        <line x1="\(number(Self.left))" x2="\(number(Self.width - Self.right))" y1="\(number(scale.y(tick)))" \
        y2="\(number(scale.y(tick)))" stroke="\(tick == 0 ? Color.ink : Color.grid)"/>
        """)
      lines.append(text(label(tick), x: Self.left - 9, y: scale.y(tick) + 4, anchor: "end", color: Color.quiet))
    }
    for count in ParkedTasks.counts {
      lines.append(
        text(
          Double(count).formatted, x: x(count), y: scale.top + scale.height + 19, anchor: "middle",
          color: Color.quiet))
    }
    return lines
  }

  private func line(_ points: [(x: Double, y: Double)], _ color: String) -> [String] {
    let path = points.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " ")
    return ["<polyline points=\"\(path)\" fill=\"none\" stroke=\"\(color)\" stroke-width=\"2.5\"/>"]
      + points.map { "<circle cx=\"\(number($0.x))\" cy=\"\(number($0.y))\" r=\"4\" fill=\"\(color)\"/>" }
  }

  private func legend(_ name: String, _ color: String, at index: Double, top: Double) -> String {
    let x = Self.width - Self.right - 300 + index * 150
    return "<rect x=\"\(number(x))\" y=\"\(number(top - 19))\" width=\"12\" height=\"4\" fill=\"\(color)\"/>"
      + text(name, x: x + 18, y: top - 12, anchor: "start")
  }

  private func text(
    _ text: String, x: Double, y: Double, anchor: String, color: String = Color.ink, weight: String = "normal"
  ) -> String {
    """
    <text x="\(number(x))" y="\(number(y))" text-anchor="\(anchor)" fill="\(color)" font-weight="\(weight)">\(text)</text>
    """
  }

  private func number(_ value: Double) -> String {
    value == value.rounded() ? String(Int(value)) : String(format: "%.1f", value)
  }
}

extension Double {
  /// Without digits behind the point, in groups of three.
  fileprivate var formatted: String {
    var digits = String(Int(rounded()))
    var index = digits.count - 3
    while index > 0 {
      digits.insert(",", at: digits.index(digits.startIndex, offsetBy: index))
      index -= 3
    }
    return digits
  }
}
