// `.eh_frame` sections made by hand.

/// Bytes of a section; addresses are absolute, as in the encoding `udata8`.
struct FrameBytes {
  private(set) var bytes: [UInt8] = []

  static func leb(_ value: UInt64) -> [UInt8] {
    var rest = value
    var result: [UInt8] = []
    repeat {
      result.append(UInt8(rest & 0x7f) | (rest > 0x7f ? 0x80 : 0))
      rest >>= 7
    } while rest > 0
    return result
  }

  static func signedLEB(_ value: Int64) -> [UInt8] {
    var rest = value
    var result: [UInt8] = []
    while true {
      let low = UInt8(truncatingIfNeeded: rest & 0x7f)
      rest >>= 7
      if (rest == 0 && low & 0x40 == 0) || (rest == -1 && low & 0x40 != 0) { return result + [low] }
      result.append(low | 0x80)
    }
  }

  static func word<Number: FixedWidthInteger>(_ value: Number) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }

  private mutating func entry(_ content: [UInt8]) {
    let padded = content + [UInt8](repeating: 0, count: (4 - content.count % 4) % 4)
    bytes += Self.word(UInt32(padded.count)) + padded
  }

  /// Returns its offset. CFA = rsp + 8, return address at CFA - 8, unless `initial` says otherwise.
  mutating func common(
    augmentation: String = "zR", data: [UInt8] = [0x04], codeAlignment: UInt64 = 1, dataAlignment: Int64 = -8,
    version: UInt8 = 1, returnColumn: UInt8 = 16, initial: [UInt8] = [0x0c, 7, 8, 0x90, 1]
  ) -> Int {
    let offset = bytes.count
    var content: [UInt8] = Self.word(UInt32(0)) + [version] + Array(augmentation.utf8) + [0]
    content += Self.leb(codeAlignment) + Self.signedLEB(dataAlignment) + [returnColumn]
    if augmentation.hasPrefix("z") { content += Self.leb(UInt64(data.count)) + data }
    entry(content + initial)
    return offset
  }

  mutating func function(_ common: Int, _ range: Range<UInt64>, hasAugmentation: Bool = true, _ program: [UInt8]) {
    let place = bytes.count + 4
    entry(
      Self.word(UInt32(place - common)) + Self.word(range.lowerBound) + Self.word(UInt64(range.count))
        + (hasAugmentation ? [0] : []) + program)
  }

  mutating func end() { bytes += [0, 0, 0, 0] }

  mutating func append(_ raw: [UInt8]) { bytes += raw }
}
