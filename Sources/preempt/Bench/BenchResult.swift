// A row of the benchmark's table, and the statistics behind it.

import Foundation

/// A measured row, or the reason why there is none.
enum BenchRow {
  case measured(BenchResult)
  case absent(AbsentRow)

  var measured: BenchResult? { if case .measured(let result) = self { result } else { nil } }
  var absent: AbsentRow? { if case .absent(let row) = self { row } else { nil } }

  static func absent(_ name: String, because reason: String) -> BenchRow {
    .absent(AbsentRow(name: name, reason: reason))
  }
}

struct AbsentRow: Encodable {
  let name: String
  let reason: String
}

/// One row; its JSON keys are part of the tool's interface.
struct BenchResult: Encodable {
  let name: String
  /// The median, unless `note` says what else.
  var value: Double
  let unit: String
  /// What the value is held against, in the same unit, where there is something.
  var floor: Double?
  /// What the floor is.
  var against: String?
  /// Median of the ratios of neighbouring samples; below one is better.
  var ratio: Double?
  var samples: Int
  /// 5th and 95th percentile of the values, or the interval that `note` names.
  var low: Double
  var high: Double
  var note: String?

  init(
    _ name: String, unit: String = "ns", values: [Double], floor: [Double]? = nil, against: String? = nil,
    note: String? = nil
  ) {
    self.name = name
    self.unit = unit
    value = values.percentile(50)
    low = values.percentile(5)
    high = values.percentile(95)
    samples = values.count
    if let floor, !floor.isEmpty {
      self.floor = floor.percentile(50)
      self.against = against
      ratio =
        floor.count == values.count
        ? zip(values, floor).map { $0 / $1 }.percentile(50) : value / floor.percentile(50)
    }
    self.note = note
  }

  private enum Key: String, CodingKey {
    case name, value, unit, floor, against, ratio, samples, low, high, note
  }

  /// With a null where there is no floor, so that every row has the same keys.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(name, forKey: .name)
    try container.encode(value, forKey: .value)
    try container.encode(unit, forKey: .unit)
    try container.encode(floor, forKey: .floor)
    try container.encode(against, forKey: .against)
    try container.encode(ratio, forKey: .ratio)
    try container.encode(samples, forKey: .samples)
    try container.encode(low, forKey: .low)
    try container.encode(high, forKey: .high)
    try container.encode(note, forKey: .note)
  }

  static let heading =
    "name                           median         5 %        95 % unit      samples   × floor  of"

  var line: String {
    func number(_ value: Double) -> String {
      String(format: abs(value) < 10 ? "%11.3f" : abs(value) < 1000 ? "%11.1f" : "%11.0f", value)
    }
    var line =
      name.padded(to: 26) + number(value) + " " + number(low) + " " + number(high) + " " + unit.padded(to: 9)
      + String(format: "%8d", samples)
    if let ratio, let floor, let against {
      line += String(format: "   %7.3f  ", ratio) + "\(against), \(number(floor).trimmingCharacters(in: .whitespaces))"
    }
    if let note { line += "\n    \(note)" }
    return line
  }
}

extension String {
  func padded(to width: Int) -> String { self + String(repeating: " ", count: Swift.max(0, width - count)) }
}

extension [Double] {
  /// Ends of the interval that holds the median with 95 % confidence, whatever the distribution: order statistics.
  func intervalOfMedian() -> (low: Double, high: Double) {
    let sorted = sorted()
    let reach = 0.98 * Double(count).squareRoot()
    let middle = Double(count) / 2
    return (
      sorted[Swift.max(0, Int((middle - reach).rounded(.down)))],
      sorted[Swift.min(count - 1, Int((middle + reach).rounded(.up)))]
    )
  }
}
