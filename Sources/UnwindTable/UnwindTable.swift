// The unwind information of an image or of a JIT's arena, compiled for lookups in a signal handler.
//
// Like the kernel's ORC: sorted starts beside their rows, 8 bytes a row, and a coarse index, so that a lookup is one load
// and a short search. Nothing changes after `init`; whoever reads needs only that the table is alive.

internal import CPreempt

/// What a lookup reads: plain pointers into a table's storage.
@frozen
public struct UnwindRows: @unchecked Sendable {
  /// Address that starts are counted from.
  @usableFromInline let base: UInt
  /// Bytes from the base to the end of the last row.
  @usableFromInline let span: UInt
  /// A block of code has two to the power of this many bytes: 256, or more where rows are sparse.
  @usableFromInline let blockShift: UInt
  /// Per block, the index of the row that its first byte lies in; one more than there are blocks.
  @usableFromInline let blocks: UnsafePointer<UInt32>
  @usableFromInline let starts: UnsafePointer<UInt32>
  @usableFromInline let rows: UnsafePointer<UnwindRow>

  init(
    base: UInt, span: UInt, blockShift: UInt, blocks: UnsafePointer<UInt32>, starts: UnsafePointer<UInt32>,
    rows: UnsafePointer<UnwindRow>
  ) {
    self.base = base
    self.span = span
    self.blockShift = blockShift
    self.blocks = blocks
    self.starts = starts
    self.rows = rows
  }

  /// The row for `pc`; `.inexpressible` where there is none.
  @inlinable @inline(__always) @_noAllocation @_noLocks
  public func row(at pc: UInt) -> UnwindRow {
    let offset = pc &- base
    guard offset < span else { return .inexpressible }
    let block = Int(bitPattern: offset &>> blockShift)
    let wanted = UInt32(truncatingIfNeeded: offset)
    // The last row that starts at or before the PC lies between the rows of two neighbouring blocks' first bytes.
    var first = Int(truncatingIfNeeded: blocks[block])
    var count = Int(truncatingIfNeeded: blocks[block &+ 1]) &- first &+ 1
    while count > 16 {
      let half = count &>> 1
      first = starts[first &+ half] <= wanted ? first &+ half : first
      count &-= half
    }
    // One by one: the callers of a loop are the same each time, so these branches are foreseen, where halving would make
    // each step of a walk wait for the one before.
    while count > 1, starts[first &+ 1] <= wanted {
      first &+= 1
      count &-= 1
    }
    return rows[first]
  }
}

/// Rows for a range of addresses: immutable, sorted, readable without locks.
public final class UnwindTable: @unchecked Sendable {
  /// For lookups where the table itself can't be touched, as in a signal handler; valid as long as the table lives.
  public let rows: UnwindRows
  public let rowCount: Int
  /// Bytes of code from the first row to the end of the last.
  public var codeRange: Range<UInt> { rows.base..<rows.base &+ rows.span }
  /// Bytes that the table occupies.
  public let byteCount: Int
  /// Bytes of the image's executable segments; without an image, of what was given.
  public let codeByteCount: Int
  /// Bytes of code that the image has unwind information for: all but padding and what assembly left out.
  public let describedByteCount: Int
  /// Bytes of code that have a row.
  public let expressedByteCount: Int
  private let storage: UnsafeMutableRawPointer

  /// A row that an embedder gives for its own code.
  public struct Entry: Sendable {
    public var range: Range<UInt>
    public var row: UnwindRow
    public init(_ range: Range<UInt>, _ row: UnwindRow) {
      self.range = range
      self.row = row
    }
  }

  /// The table of the loaded image that holds `address`: `#dsohandle`, or any function of it.
  public convenience init(
    imageContaining address: UnsafeRawPointer, columns: UnwindColumns? = .native
  ) throws(UnwindError) {
    guard let columns else { throw .unportedCPU }
    try self.init(image: Image(containing: UInt(bitPattern: address)), columns: columns)
  }

  /// The table of an ELF file's bytes, at the addresses that the file itself gives.
  public convenience init(
    elfFile bytes: UnsafeRawBufferPointer, columns: UnwindColumns = .amd64
  ) throws(UnwindError) {
    try self.init(image: Image(elfFile: bytes), columns: columns)
  }

  /// The table of the entries of one `.eh_frame` section, as a JIT makes them for `__register_frame`; `address` is where
  /// the section lies for whom it describes.
  public convenience init(
    ehFrame section: UnsafeRawBufferPointer, at address: UInt, columns: UnwindColumns = .amd64
  ) throws(UnwindError) {
    var information = CallFrameInformation(ByteReader(section, address: address), columns: columns)
    try self.init(functions: try information.functions(from: 0))
  }

  /// The table of an embedder's own rows.
  public convenience init(rows entries: [Entry]) throws(UnwindError) {
    let sorted = entries.sorted { $0.range.lowerBound < $1.range.lowerBound }
    var end: UInt = 0
    for entry in sorted {
      guard !entry.range.isEmpty, entry.range.lowerBound >= end else {
        throw .rowRange(start: entry.range.lowerBound, end: entry.range.upperBound)
      }
      end = entry.range.upperBound
    }
    try self.init(
      functions: sorted.map {
        DescribedFunction(
          start: $0.range.lowerBound, end: $0.range.upperBound, rows: [($0.range.lowerBound, $0.row)])
      })
  }

  private convenience init(image: Image, columns: UnwindColumns) throws(UnwindError) {
    let functions = try image.functions(columns: columns)
    // What the linker dropped keeps its entry, at an address in no code.
    try self.init(
      functions: functions.filter { function in image.code.contains { $0.contains(function.start) } },
      codeByteCount: image.code.reduce(0) { $0 + $1.count })
  }

  /// Where functions overlap, the one that starts later counts, as for an unwinder that searches by start.
  init(functions unsorted: [DescribedFunction], codeByteCount: Int? = nil) throws(UnwindError) {
    let functions = unsorted.filter { $0.start < $0.end }.sorted { $0.start < $1.start }
    let base = functions.first?.start ?? 0
    let last = functions.last?.end ?? 0
    let span = last - base
    guard span < UInt(UInt32.max) else { throw .span(byteCount: span) }
    var starts: [UInt32] = []
    var rows: [UnwindRow] = []
    func append(_ address: UInt, _ row: UnwindRow) {
      if let previous = rows.last, previous == row { return }
      starts.append(UInt32(address - base))
      rows.append(row)
    }
    var described = 0
    for (index, function) in functions.enumerated() {
      let next = index + 1 < functions.count ? functions[index + 1].start : last
      if function.start == next { continue }
      described += Int(min(function.end, next) - function.start)
      for row in function.rows where row.address < next { append(row.address, row.row) }
      if function.end < next { append(function.end, .inexpressible) }
    }
    var blockShift: UInt = 8
    while span >> blockShift > UInt(2 * rows.count + 1) { blockShift += 1 }
    let blockCount = Int(span >> blockShift) + 2
    let indexByteCount = (blockCount + rows.count) * MemoryLayout<UInt32>.stride
    byteCount = indexByteCount + rows.count * MemoryLayout<UnwindRow>.stride
    storage = .allocate(byteCount: max(byteCount, 16), alignment: 16)
    let blocks = storage.bindMemory(to: UInt32.self, capacity: blockCount + rows.count)
    var row = 0
    for block in 0..<blockCount {
      let offset = UInt32(clamping: block << Int(blockShift))
      while row + 1 < starts.count, starts[row + 1] <= offset { row += 1 }
      blocks[block] = UInt32(row)
    }
    let startsStorage = blocks + blockCount
    startsStorage.update(from: starts, count: starts.count)
    let rowsStorage = (storage + indexByteCount).bindMemory(to: UnwindRow.self, capacity: rows.count)
    rowsStorage.update(from: rows, count: rows.count)
    rowCount = rows.count
    describedByteCount = described
    self.codeByteCount = codeByteCount ?? described
    var expressed = 0
    for (index, row) in rows.enumerated() where row.isExpressible {
      expressed += Int((index + 1 < starts.count ? starts[index + 1] : UInt32(span)) - starts[index])
    }
    expressedByteCount = expressed
    self.rows = UnwindRows(
      base: base, span: span, blockShift: blockShift, blocks: blocks, starts: startsStorage, rows: rowsStorage)
  }

  deinit { storage.deallocate() }

  /// The row for `pc`; `.inexpressible` where there is none.
  public func row(at pc: UInt) -> UnwindRow { rows.row(at: pc) }

  /// Every row with its range, in order; those of gaps are inexpressible.
  public var entries: [Entry] {
    (0..<rowCount).map { index in
      let end = index + 1 < rowCount ? UInt(rows.starts[index + 1]) : rows.span
      return Entry(rows.base + UInt(rows.starts[index])..<rows.base + end, rows.rows[index])
    }
  }
}
