// .eh_frame, run: from its entries to rows.
//
// The format is that of the Linux Standard Base 5, Core, 10.6, and DWARF 4, 6.4. Only three columns matter here: the CFA,
// the frame pointer and the return address; rules for other registers are read and dropped. What a row can't say makes
// its range inexpressible. What means nothing is an error.

/// DWARF numbers of the registers that a walk needs.
public struct UnwindColumns: Sendable {
  public let stackPointer: UInt64
  public let framePointer: UInt64
  public let returnAddress: UInt64

  public init(stackPointer: UInt64, framePointer: UInt64, returnAddress: UInt64) {
    self.stackPointer = stackPointer
    self.framePointer = framePointer
    self.returnAddress = returnAddress
  }

  /// System V ABI, AMD64 supplement, 3.6.2, figure 3.36.
  public static let amd64 = UnwindColumns(stackPointer: 7, framePointer: 6, returnAddress: 16)

  /// Of the CPU that this was compiled for; nil where its frames can't be rows.
  public static var native: UnwindColumns? {
    #if arch(x86_64)
    .amd64
    #else
    // Unported(arm64, riscv64): a leaf keeps its return address in a register, which a row can't say.
    // Unported(386): words of four bytes.
    nil
    #endif
  }
}

/// A function's rows.
struct DescribedFunction {
  let start: UInt
  let end: UInt
  /// Ascending; the first lies at `start`.
  var rows: [(address: UInt, row: UnwindRow)]
}

/// Reads entries of `.eh_frame`.
struct CallFrameInformation {
  private let section: ByteReader
  private let columns: UnwindColumns
  private var commons: [Int: CommonInformation] = [:]

  /// What functions share (a CIE).
  private struct CommonInformation {
    var codeAlignment: UInt64 = 1
    var dataAlignment: Int64 = 1
    var pointerEncoding: UInt8 = 0
    var hasAugmentationData = false
    var isSignalFrame = false
    /// Returns somewhere else than a row can say.
    var isForeign = false
    var initial: ByteReader
  }

  init(_ section: ByteReader, columns: UnwindColumns) {
    self.section = section
    self.columns = columns
  }

  // MARK: - Entries

  /// The function that the entry at `offset` describes, nil for the section's end.
  mutating func function(at offset: Int) throws(UnwindError) -> DescribedFunction? {
    var reader = section
    try reader.seek(to: offset)
    guard case .function(let function)? = try entry(&reader) else { return nil }
    return function
  }

  /// Every function from `offset` up to the section's end.
  mutating func functions(from offset: Int) throws(UnwindError) -> [DescribedFunction] {
    var reader = section
    try reader.seek(to: offset)
    var functions: [DescribedFunction] = []
    while !reader.isAtEnd, let entry = try entry(&reader) {
      if case .function(let function) = entry { functions.append(function) }
    }
    return functions
  }

  private enum Entry {
    case common
    case function(DescribedFunction)
  }

  /// The length of an entry, nil for the terminator.
  private static func body(_ reader: inout ByteReader) throws(UnwindError) -> ByteReader? {
    let length = try reader.read(UInt32.self)
    if length == 0 { return nil }
    let long: UInt64 = length == .max ? try reader.read() : UInt64(length)
    guard let count = Int(exactly: long) else { throw reader.malformed("an entry of \(long) bytes") }
    return try reader.part(count)
  }

  private mutating func entry(_ reader: inout ByteReader) throws(UnwindError) -> Entry? {
    guard var body = try Self.body(&reader) else { return nil }
    let place = body.offset
    let distance = Int(try body.read(UInt32.self))
    if distance == 0 { return .common }
    guard distance <= place else { throw body.malformed("its common information lies before the section") }
    let common = try common(at: place - distance)
    guard let start = try body.pointer(common.pointerEncoding),
      let byteCount = try body.pointer(common.pointerEncoding & 0x0f)
    else { throw body.malformed("a function without an address") }
    let (end, overflow) = start.addingReportingOverflow(byteCount)
    guard !overflow else { throw body.malformed("a function of \(byteCount) bytes") }
    if common.hasAugmentationData {
      let count = try body.unsignedLEB()
      guard let count = Int(exactly: count) else { throw body.malformed("augmentation of \(count) bytes") }
      try body.skip(count)
    }
    var program = FrameProgram(
      columns: columns, codeAlignment: common.codeAlignment, dataAlignment: common.dataAlignment,
      pointerEncoding: common.pointerEncoding, isSignalFrame: common.isSignalFrame, start: start, end: end)
    if common.isForeign {
      program.rows.append((start, .inexpressible))
    } else {
      try program.run(common.initial, body)
    }
    return .function(DescribedFunction(start: start, end: end, rows: program.rows))
  }

  private mutating func common(at offset: Int) throws(UnwindError) -> CommonInformation {
    if let known = commons[offset] { return known }
    var reader = section
    try reader.seek(to: offset)
    guard var body = try Self.body(&reader) else { throw reader.malformed("the terminator for common information") }
    guard try body.read(UInt32.self) == 0 else { throw body.malformed("a function for common information") }
    let version = try body.read(UInt8.self)
    guard version == 1 || version == 3 else { throw body.malformed("common information of version \(version)") }
    let augmentation = try body.string()
    var common = CommonInformation(initial: body)
    common.codeAlignment = try body.unsignedLEB()
    common.dataAlignment = try body.signedLEB()
    let returnColumn = version == 1 ? UInt64(try body.read(UInt8.self)) : try body.unsignedLEB()
    common.isForeign = returnColumn != columns.returnAddress
    if augmentation.first == UInt8(ascii: "z") {
      common.hasAugmentationData = true
      let count = try body.unsignedLEB()
      guard let count = Int(exactly: count) else { throw body.malformed("augmentation of \(count) bytes") }
      var data = try body.part(count)
      letters: for letter in augmentation.dropFirst() {
        switch letter {
        case UInt8(ascii: "R"): common.pointerEncoding = try data.read()
        case UInt8(ascii: "P"): try data.skipPointer(try data.read())
        case UInt8(ascii: "L"): _ = try data.read(UInt8.self)
        case UInt8(ascii: "S"): common.isSignalFrame = true
        // The rest can't be read, and it may say anything.
        default:
          common.isForeign = true
          break letters
        }
      }
    } else if !augmentation.isEmpty {
      throw body.malformed("augmentation that doesn't say how long it is")
    }
    common.initial = body
    commons[offset] = common
    return common
  }
}

/// Runs the call frame instructions of one function.
private struct FrameProgram {
  /// Where a register of the caller is.
  private enum Rule: Equatable {
    case unchanged
    case saved(Int64)
    case undefined
    case inexpressible
  }

  private struct State: Equatable {
    /// Nil: an expression.
    var cfaColumn: UInt64?
    var cfaOffset: Int64 = 0
    var framePointer = Rule.unchanged
    var returnAddress = Rule.unchanged
  }

  let columns: UnwindColumns
  let codeAlignment: UInt64
  let dataAlignment: Int64
  let pointerEncoding: UInt8
  let isSignalFrame: Bool
  let start: UInt
  let end: UInt
  var rows: [(address: UInt, row: UnwindRow)] = []
  private var state = State()
  private var initial = State()
  private var remembered: [State] = []
  private var location: UInt

  init(
    columns: UnwindColumns, codeAlignment: UInt64, dataAlignment: Int64, pointerEncoding: UInt8, isSignalFrame: Bool,
    start: UInt, end: UInt
  ) {
    self.columns = columns
    self.codeAlignment = codeAlignment
    self.dataAlignment = dataAlignment
    self.pointerEncoding = pointerEncoding
    self.isSignalFrame = isSignalFrame
    self.start = start
    self.end = end
    location = start
  }

  mutating func run(_ common: ByteReader, _ own: ByteReader) throws(UnwindError) {
    guard try execute(common) else { return giveUp() }
    guard location == start else { throw common.malformed("common information that advances") }
    initial = state
    guard try execute(own) else { return giveUp() }
    emit()
  }

  /// An instruction that isn't DWARF's: nothing behind it can be trusted, and what it means may begin earlier.
  private mutating func giveUp() { rows = [(start, .inexpressible)] }

  private mutating func emit() {
    let row = row
    if location < end && rows.last?.row != row { rows.append((location, row)) }
  }

  private var row: UnwindRow {
    if state.returnAddress == .undefined { return .endOfStack }
    guard case .saved(let returnAddress) = state.returnAddress else { return .inexpressible }
    let framePointer: Int?
    switch state.framePointer {
    case .unchanged: framePointer = nil
    case .saved(let offset): framePointer = Int(offset)
    case .undefined, .inexpressible: return .inexpressible
    }
    let base: UnwindRow.Base
    switch state.cfaColumn {
    case columns.stackPointer: base = .stackPointer
    case columns.framePointer: base = .framePointer
    default: return .inexpressible
    }
    return UnwindRow(
      cfa: base, plus: Int(state.cfaOffset), returnAddressOffset: Int(returnAddress), framePointerOffset: framePointer,
      isSignalFrame: isSignalFrame) ?? .inexpressible
  }

  private mutating func advance(by steps: UInt64, _ reader: ByteReader) throws(UnwindError) {
    let (byteCount, overflow) = steps.multipliedReportingOverflow(by: codeAlignment)
    let (new, carry) = location.addingReportingOverflow(UInt(byteCount))
    guard !overflow, !carry else { throw reader.malformed("a location beyond the address space") }
    try move(to: new, reader)
  }

  private mutating func move(to new: UInt, _ reader: ByteReader) throws(UnwindError) {
    guard new >= location else { throw reader.malformed("a location before the one before it") }
    if new > location { emit() }
    location = new
  }

  private mutating func set(_ column: UInt64, _ rule: Rule) {
    if column == columns.framePointer { state.framePointer = rule }
    if column == columns.returnAddress { state.returnAddress = rule }
    // The caller's stack pointer is the CFA: another rule for it is another kind of frame.
    if column == columns.stackPointer { state.cfaColumn = nil }
  }

  private mutating func restore(_ column: UInt64) {
    if column == columns.framePointer { state.framePointer = initial.framePointer }
    if column == columns.returnAddress { state.returnAddress = initial.returnAddress }
  }

  private func scaled(_ factor: Int64, _ reader: ByteReader) throws(UnwindError) -> Int64 {
    let (product, overflow) = factor.multipliedReportingOverflow(by: dataAlignment)
    guard !overflow else { throw reader.malformed("an offset above 64 bits") }
    return product
  }

  private func signed(_ number: UInt64, _ reader: ByteReader) throws(UnwindError) -> Int64 {
    guard let number = Int64(exactly: number) else { throw reader.malformed("an offset above 64 bits") }
    return number
  }

  private mutating func skipBlock(_ reader: inout ByteReader) throws(UnwindError) {
    let count = try reader.unsignedLEB()
    guard let count = Int(exactly: count) else { throw reader.malformed("an expression of \(count) bytes") }
    try reader.skip(count)
  }

  /// Runs instructions; false at one that isn't known. DWARF 4, 6.4.2 and figure 40; GNU extensions: Linux Standard
  /// Base, 10.5.1.2.
  private mutating func execute(_ instructions: ByteReader) throws(UnwindError) -> Bool {
    var reader = instructions
    while !reader.isAtEnd {
      let byte = try reader.read(UInt8.self)
      let operand = UInt64(byte & 0x3f)
      switch byte & 0xc0 {
      case 0x40:
        try advance(by: operand, reader)
        continue
      case 0x80:
        set(operand, .saved(try scaled(try signed(try reader.unsignedLEB(), reader), reader)))
        continue
      case 0xc0:
        restore(operand)
        continue
      default: break
      }
      switch byte {
      case 0x00: break  // DW_CFA_nop
      case 0x01:  // DW_CFA_set_loc
        guard let new = try reader.pointer(pointerEncoding) else {
          throw reader.malformed("a location that is omitted")
        }
        try move(to: new, reader)
      case 0x02: try advance(by: UInt64(try reader.read(UInt8.self)), reader)
      case 0x03: try advance(by: UInt64(try reader.read(UInt16.self)), reader)
      case 0x04: try advance(by: UInt64(try reader.read(UInt32.self)), reader)
      case 0x1d: try advance(by: try reader.read(UInt64.self), reader)  // DW_CFA_MIPS_advance_loc8
      case 0x05:  // DW_CFA_offset_extended
        set(
          try reader.unsignedLEB(), .saved(try scaled(try signed(try reader.unsignedLEB(), reader), reader)))
      case 0x11: set(try reader.unsignedLEB(), .saved(try scaled(try reader.signedLEB(), reader)))  // …_extended_sf
      case 0x2f:  // DW_CFA_GNU_negative_offset_extended
        set(
          try reader.unsignedLEB(), .saved(try scaled(-(try signed(try reader.unsignedLEB(), reader)), reader)))
      case 0x06: restore(try reader.unsignedLEB())  // DW_CFA_restore_extended
      case 0x07: set(try reader.unsignedLEB(), .undefined)
      case 0x08: set(try reader.unsignedLEB(), .unchanged)  // DW_CFA_same_value
      case 0x09:  // DW_CFA_register
        set(try reader.unsignedLEB(), .inexpressible)
        _ = try reader.unsignedLEB()
      case 0x0a: remembered.append(state)
      case 0x0b:
        guard let last = remembered.popLast() else { throw reader.malformed("a state restored that none remembered") }
        state = last
      case 0x0c:  // DW_CFA_def_cfa
        state.cfaColumn = try reader.unsignedLEB()
        state.cfaOffset = try signed(try reader.unsignedLEB(), reader)
      case 0x12:  // DW_CFA_def_cfa_sf
        state.cfaColumn = try reader.unsignedLEB()
        state.cfaOffset = try scaled(try reader.signedLEB(), reader)
      case 0x0d: state.cfaColumn = try reader.unsignedLEB()
      case 0x0e: state.cfaOffset = try signed(try reader.unsignedLEB(), reader)
      case 0x13: state.cfaOffset = try scaled(try reader.signedLEB(), reader)
      case 0x0f:  // DW_CFA_def_cfa_expression
        state.cfaColumn = nil
        try skipBlock(&reader)
      case 0x10, 0x16:  // DW_CFA_expression, DW_CFA_val_expression
        set(try reader.unsignedLEB(), .inexpressible)
        try skipBlock(&reader)
      case 0x14:  // DW_CFA_val_offset
        set(try reader.unsignedLEB(), .inexpressible)
        _ = try reader.unsignedLEB()
      case 0x15:  // DW_CFA_val_offset_sf
        set(try reader.unsignedLEB(), .inexpressible)
        _ = try reader.signedLEB()
      case 0x2e: _ = try reader.unsignedLEB()  // DW_CFA_GNU_args_size: pushed arguments, which the CFA knows already
      default: return false
      }
    }
    return true
  }
}
