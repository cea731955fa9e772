// Reads numbers as DWARF writes them, and never beyond the end.

/// A position in bytes that are mapped at `address` for whom they describe.
struct ByteReader {
  let bytes: UnsafeRawBufferPointer
  let address: UInt
  private(set) var offset: Int
  private(set) var end: Int

  init(_ bytes: UnsafeRawBufferPointer, address: UInt) {
    self.bytes = bytes
    self.address = address
    offset = 0
    end = bytes.count
  }

  var isAtEnd: Bool { offset >= end }
  var rest: Int { end - offset }

  func malformed(_ what: String) -> UnwindError { .malformed(what, offset: offset) }

  mutating func skip(_ count: Int) throws(UnwindError) {
    guard count >= 0, count <= rest else { throw malformed("\(count) bytes expected, \(rest) left") }
    offset += count
  }

  mutating func seek(to new: Int) throws(UnwindError) {
    guard new >= 0, new <= end else { throw malformed("a pointer to offset \(new) of \(end)") }
    offset = new
  }

  /// The next `count` bytes, which this reader passes over.
  mutating func part(_ count: Int) throws(UnwindError) -> ByteReader {
    var part = self
    try skip(count)
    part.end = offset
    return part
  }

  mutating func read<Number: FixedWidthInteger & BitwiseCopyable>(
    _ type: Number.Type = Number.self
  ) throws(UnwindError) -> Number {
    let start = offset
    try skip(MemoryLayout<Number>.size)
    return Number(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: Number.self))
  }

  /// Numbers above 64 bits are an error; DWARF 4, 7.6.
  mutating func unsignedLEB() throws(UnwindError) -> UInt64 {
    var result: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = try read(UInt8.self)
      let low = UInt64(byte & 0x7f)
      guard shift < 64, (low << shift) >> shift == low else { throw malformed("a LEB128 number above 64 bits") }
      result |= low << shift
      if byte & 0x80 == 0 { return result }
      shift += 7
    }
  }

  mutating func signedLEB() throws(UnwindError) -> Int64 {
    var result: Int64 = 0
    var shift: Int64 = 0
    while true {
      let byte = try read(UInt8.self)
      guard shift < 64 else { throw malformed("a LEB128 number above 64 bits") }
      result |= Int64(byte & 0x7f) << shift
      shift += 7
      if byte & 0x80 == 0 { return shift < 64 && byte & 0x40 != 0 ? result | (-1 << shift) : result }
    }
  }

  /// A string up to its zero.
  mutating func string() throws(UnwindError) -> [UInt8] {
    var result: [UInt8] = []
    while true {
      let byte = try read(UInt8.self)
      if byte == 0 { return result }
      result.append(byte)
    }
  }

  /// A pointer in a DW_EH_PE encoding (Linux Standard Base, 10.5.1). `dataBase` is what DW_EH_PE_datarel counts from.
  /// Nil where the encoding says that it is omitted.
  mutating func pointer(_ encoding: UInt8, dataBase: UInt? = nil) throws(UnwindError) -> UInt? {
    if encoding == 0xff { return nil }
    let start = address &+ UInt(bitPattern: offset)
    let value: UInt
    switch encoding & 0x0f {
    case 0x00, 0x04, 0x0c: value = UInt(try read(UInt64.self))
    case 0x01: value = UInt(truncatingIfNeeded: try unsignedLEB())
    case 0x02: value = UInt(try read(UInt16.self))
    case 0x03: value = UInt(try read(UInt32.self))
    case 0x09: value = UInt(truncatingIfNeeded: try signedLEB())
    case 0x0a: value = UInt(truncatingIfNeeded: try read(Int16.self))
    case 0x0b: value = UInt(truncatingIfNeeded: try read(Int32.self))
    default: throw malformed("pointer encoding 0x\(String(encoding, radix: 16))")
    }
    switch encoding & 0xf0 {
    case 0x00: return value
    case 0x10: return start &+ value
    case 0x30:
      guard let dataBase else { throw malformed("a pointer relative to data that isn't there") }
      return dataBase &+ value
    default: throw malformed("pointer encoding 0x\(String(encoding, radix: 16))")
    }
  }

  /// Passes over a pointer whose value doesn't matter, such as a personality routine's.
  mutating func skipPointer(_ encoding: UInt8) throws(UnwindError) {
    if encoding != 0xff { _ = try pointer(encoding & 0x0f) }
  }
}
