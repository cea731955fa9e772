/// Why there is no table.
public enum UnwindError: Error, Hashable, Sendable, CustomStringConvertible {
  /// No loaded image holds the address.
  case noImage(address: UInt)
  /// The image has no PT_GNU_EH_FRAME: it was linked without `--eh-frame-hdr`.
  case noUnwindInformation
  /// This CPU's frames are more than rows can say.
  case unportedCPU
  /// Bytes that mean nothing, `offset` bytes into the segment or file.
  case malformed(String, offset: Int)
  /// The code spans more than the 4 GiB that a table reaches.
  case span(byteCount: UInt)
  /// Rows given by an embedder: empty, or one reaches into the next.
  case rowRange(start: UInt, end: UInt)

  public var description: String {
    switch self {
    case .noImage(let address): "no loaded image holds 0x\(String(address, radix: 16))"
    case .noUnwindInformation:
      "the image has no unwind information (PT_GNU_EH_FRAME): compile with -funwind-tables, link with --eh-frame-hdr"
    case .unportedCPU: "there are no unwind rows for frames of this CPU yet"
    case .malformed(let what, let offset): "unwind information, offset \(offset): \(what)"
    case .span(let byteCount): "code spans \(byteCount) bytes; a table reaches 4 GiB"
    case .rowRange(let start, let end):
      "rows 0x\(String(start, radix: 16))..<0x\(String(end, radix: 16)): empty, reversed or overlapping"
    }
  }
}
