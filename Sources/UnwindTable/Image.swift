// Where an image keeps its code and its unwind information, loaded or as a file.

internal import CPreempt

/// Segments of an ELF image (System V gABI, chapter 5).
struct Image {
  /// Readable bytes, at the address that they have for the image.
  struct Segment {
    let address: UInt
    let bytes: UnsafeRawBufferPointer
  }

  private(set) var segments: [Segment] = []
  /// Executable ranges.
  private(set) var code: [Range<UInt>] = []
  private var header: UInt?

  /// The loaded image that holds `address`.
  init(containing address: UInt) throws(UnwindError) {
    var count = Int32(0)
    var found: [preempt_segment] = []
    repeat {
      found = [preempt_segment](repeating: preempt_segment(), count: Int(count))
      count = preempt_segments(address, &found, Int32(found.count))
    } while count > found.count
    guard count > 0 else { throw .noImage(address: address) }
    for segment in found.prefix(Int(count)) {
      let range = segment.start..<segment.start &+ segment.byte_count
      if segment.kind == UInt32(PREEMPT_SEGMENT_UNWIND) {
        header = segment.start
      } else if segment.flags & 4 != 0 {
        let bytes = UnsafeRawBufferPointer(
          start: UnsafeRawPointer(bitPattern: range.lowerBound), count: Int(segment.byte_count))
        segments.append(Segment(address: range.lowerBound, bytes: bytes))
      }
      if segment.kind != UInt32(PREEMPT_SEGMENT_UNWIND) && segment.flags & 1 != 0 { code.append(range) }
    }
  }

  /// A file of ELF class 64, little-endian.
  init(elfFile bytes: UnsafeRawBufferPointer) throws(UnwindError) {
    var reader = ByteReader(bytes, address: 0)
    guard try reader.read(UInt32.self) == 0x464c_457f, try reader.read(UInt16.self) == 0x0102 else {
      throw .malformed("no ELF file of class 64, little-endian", offset: 0)
    }
    try reader.seek(to: 32)
    let programHeaders = try reader.read(UInt64.self)
    try reader.seek(to: 54)
    let stride = Int(try reader.read(UInt16.self))
    let count = Int(try reader.read(UInt16.self))
    for index in 0..<count {
      try reader.seek(to: Int(truncatingIfNeeded: programHeaders &+ UInt64(index * stride)))
      let type = try reader.read(UInt32.self)
      let flags = try reader.read(UInt32.self)
      let offset = try reader.read(UInt64.self)
      let address = UInt(try reader.read(UInt64.self))
      _ = try reader.read(UInt64.self)
      let byteCount = try reader.read(UInt64.self)
      if type == 0x6474_e550 { header = address }  // PT_GNU_EH_FRAME
      guard type == 1 else { continue }  // PT_LOAD
      let (end, overflow) = offset.addingReportingOverflow(byteCount)
      let (_, wraps) = address.addingReportingOverflow(UInt(byteCount))
      guard !overflow, !wraps, end <= UInt64(bytes.count) else {
        throw reader.malformed("a segment of \(byteCount) bytes at offset \(offset)")
      }
      segments.append(Segment(address: address, bytes: UnsafeRawBufferPointer(rebasing: bytes[Int(offset)..<Int(end)])))
      if flags & 1 != 0 { code.append(address..<address + UInt(byteCount)) }
    }
  }

  /// A reader of the segment that holds `address`, placed there.
  private func reader(at address: UInt) throws(UnwindError) -> ByteReader {
    for segment in segments where address &- segment.address < UInt(segment.bytes.count) {
      var reader = ByteReader(segment.bytes, address: segment.address)
      try reader.seek(to: Int(address - segment.address))
      return reader
    }
    throw .malformed("0x\(String(address, radix: 16)) lies in no segment", offset: 0)
  }

  /// The functions that `.eh_frame` describes, by the search table of `.eh_frame_hdr` (Linux Standard Base, 10.6.2): the
  /// section itself needn't say where it ends.
  func functions(columns: UnwindColumns) throws(UnwindError) -> [DescribedFunction] {
    guard let header else { throw .noUnwindInformation }
    var reader = try reader(at: header)
    guard try reader.read(UInt8.self) == 1 else { throw reader.malformed("search table of an unknown version") }
    let frameEncoding = try reader.read(UInt8.self)
    let countEncoding = try reader.read(UInt8.self)
    let entryEncoding = try reader.read(UInt8.self)
    guard let frames = try reader.pointer(frameEncoding, dataBase: header) else {
      throw reader.malformed("a search table without a section")
    }
    let section = try self.reader(at: frames)
    var information = CallFrameInformation(section, columns: columns)
    guard let count = try reader.pointer(countEncoding, dataBase: header), entryEncoding != 0xff else {
      return try information.functions(from: section.offset)
    }
    guard count <= UInt(reader.rest) else { throw reader.malformed("a search table of \(count) entries") }
    var functions: [DescribedFunction] = []
    functions.reserveCapacity(Int(count))
    for _ in 0..<count {
      _ = try reader.pointer(entryEncoding, dataBase: header)
      guard let entry = try reader.pointer(entryEncoding, dataBase: header) else { continue }
      let offset = entry &- section.address
      guard offset < UInt(section.bytes.count) else { throw reader.malformed("an entry outside its segment") }
      guard let function = try information.function(at: Int(offset)) else {
        throw reader.malformed("an entry that is no function")
      }
      functions.append(function)
    }
    return functions
  }
}
