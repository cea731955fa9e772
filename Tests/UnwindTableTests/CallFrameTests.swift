// Call frame instructions, one by one, and bytes that mean nothing.

import Testing

@testable import UnwindTable

/// The table of a section in its own, exactly sized memory.
private func table(_ bytes: [UInt8]) throws -> UnwindTable {
  let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 16)
  defer { copy.deallocate() }
  copy.copyBytes(from: bytes)
  return try UnwindTable(ehFrame: UnsafeRawBufferPointer(copy), at: UInt(bitPattern: copy.baseAddress))
}

/// CFA = rsp + `offset`.
private func row(_ offset: Int, returnAddress: Int = -8, framePointer: Int? = nil, signal: Bool = false) -> UnwindRow {
  UnwindRow(
    cfa: .stackPointer, plus: offset, returnAddressOffset: returnAddress, framePointerOffset: framePointer,
    isSignalFrame: signal)!
}

/// CFA = rbp + `offset`.
private func based(_ offset: Int, framePointer: Int? = nil) -> UnwindRow {
  UnwindRow(cfa: .framePointer, plus: offset, framePointerOffset: framePointer)!
}

/// Rows at 0x1000, 0x1001, … of a function at 0x1000..<0x1010.
private func rows(_ program: [UInt8], count: Int = 4, common edit: (inout FrameBytes) -> Int = { $0.common() }) throws
  -> [UnwindRow]
{
  var bytes = FrameBytes()
  let common = edit(&bytes)
  bytes.function(common, 0x1000..<0x1010, program)
  bytes.end()
  let table = try table(bytes.bytes)
  return (0..<count).map { table.row(at: 0x1000 + UInt($0)) }
}

@Suite struct CallFrameTests {
  @Test func aFramePrologue() throws {
    // push rbp; mov rbp, rsp; …; pop rbp.
    let program: [UInt8] = [0x41, 0x0e, 16, 0x86, 2, 0x42, 0x0d, 6, 0x41, 0x0c, 7, 8]
    #expect(
      try rows(program, count: 5) == [
        row(8), row(16, framePointer: -16), row(16, framePointer: -16), based(16, framePointer: -16),
        row(8, framePointer: -16),
      ])
  }

  @Test(
    arguments: [
      ("advance_loc1", [0x02, 2, 0x0e, 16]), ("advance_loc2", [0x03, 2, 0, 0x0e, 16]),
      ("advance_loc4", [0x04, 2, 0, 0, 0, 0x0e, 16]), ("MIPS_advance_loc8", [0x1d, 2, 0, 0, 0, 0, 0, 0, 0, 0x0e, 16]),
      ("set_loc", [0x01, 0x02, 0x10, 0, 0, 0, 0, 0, 0, 0x0e, 16]),
    ] as [(String, [UInt8])]) func locations(name: String, program: [UInt8]) throws
  {
    #expect(try rows(program) == [row(8), row(8), row(16), row(16)], "\(name)")
  }

  @Test(
    arguments: [
      ("def_cfa_sf", [0x12, 6, 0x7e], based(16)), ("def_cfa_offset_sf", [0x13, 0x7d], row(24)),
      ("def_cfa_register", [0x0d, 6], based(8)), ("nop", [0x00], row(8)),
      ("offset_extended", [0x05, 6, 2], row(8, framePointer: -16)),
      ("offset_extended_sf", [0x11, 6, 3], row(8, framePointer: -24)),
      ("GNU_negative_offset_extended", [0x2f, 6, 2], row(8, framePointer: 16)),
      ("return address elsewhere", [0x05, 16, 17], row(8, returnAddress: -136)),
      ("same_value", [0x86, 2, 0x08, 6], row(8)), ("restore", [0x86, 2, 0xc6], row(8)),
      ("restore_extended", [0x86, 2, 0x06, 6], row(8)), ("GNU_args_size", [0x2e, 32], row(8)),
      ("remember and restore", [0x0a, 0x86, 2, 0x0c, 6, 32, 0x0b], row(8)),
      ("end of stack", [0x07, 16], .endOfStack),
      // Registers that no walk needs.
      ("offset of rbx", [0x83, 3], row(8)), ("undefined rax", [0x07, 0], row(8)), ("register", [0x09, 3, 12], row(8)),
      ("expression for rbx", [0x10, 3, 2, 0x91, 0], row(8)), ("val_expression for rbx", [0x16, 3, 1, 0x30], row(8)),
    ] as [(String, [UInt8], UnwindRow)]) func rules(name: String, program: [UInt8], expected: UnwindRow) throws
  {
    #expect(try rows([0x41] + program) == [row(8), expected, expected, expected], "\(name)")
  }

  @Test(
    arguments: [
      ("def_cfa_expression", [0x0f, 2, 0x77, 8]), ("expression for rbp", [0x10, 6, 2, 0x76, 0]),
      ("expression for the return address", [0x10, 16, 2, 0x76, 0]), ("val_expression", [0x16, 6, 1, 0x30]),
      ("val_offset", [0x14, 6, 2]), ("val_offset_sf", [0x15, 6, 2]), ("register", [0x09, 6, 3]),
      ("undefined rbp", [0x07, 6]), ("same return address", [0x08, 16]), ("CFA from rbx", [0x0d, 3]),
      ("CFA from r10", [0x0c, 10, 0]), ("far slot", [0x86, 40]), ("odd offset", [0x0e, 12]),
      ("a frame above 1 MiB", [0x0e, 0x80, 0x80, 0x40]), ("a rule for rsp", [0x87, 2]),
    ] as [(String, [UInt8])]) func whatARowCannotSay(name: String, program: [UInt8]) throws
  {
    #expect(try rows([0x41] + program) == [row(8)] + [UnwindRow](repeating: .inexpressible, count: 3), "\(name)")
  }

  @Test func anInstructionThatIsNotKnownHidesItsFunction() throws {
    for opcode: UInt8 in [0x17, 0x1c, 0x1e, 0x2d, 0x30, 0x3f] {
      #expect(try rows([0x41, 0x0e, 16, opcode]) == [UnwindRow](repeating: .inexpressible, count: 4))
    }
  }

  @Test func codeAlignmentScalesAdvances() throws {
    #expect(try rows([0x41, 0x0e, 16], common: { $0.common(codeAlignment: 2) }) == [row(8), row(8), row(16), row(16)])
  }

  @Test func augmentations() throws {
    // Signal frame; personality and LSDA, which are passed over.
    #expect(try rows([], common: { $0.common(augmentation: "zRS") })[0] == row(8, signal: true))
    #expect(
      try rows([], common: { $0.common(augmentation: "zPLR", data: [0x9b, 1, 2, 3, 4, 0x1b, 0x04]) })[0] == row(8))
    // A letter that isn't known, and another register that returns.
    #expect(try rows([], common: { $0.common(augmentation: "zRq") })[0] == .inexpressible)
    #expect(try rows([], common: { $0.common(returnColumn: 30) })[0] == .inexpressible)
    #expect(try rows([], common: { $0.common(version: 3) })[0] == row(8))
    var plain = FrameBytes()
    let common = plain.common(augmentation: "")
    plain.function(common, 0x1000..<0x1010, hasAugmentation: false, [])
    plain.end()
    #expect(try table(plain.bytes).row(at: 0x1000) == row(8))
  }

  @Test func gapsOverlapsAndWhatTheLinkerDropped() throws {
    var bytes = FrameBytes()
    let common = bytes.common()
    bytes.function(common, 0x1000..<0x1010, [])
    bytes.function(common, 0x1018..<0x1020, [0x0e, 16])
    bytes.function(common, 0x101c..<0x101e, [0x0e, 24])
    bytes.function(common, 0x1030..<0x1030, [0x0e, 24])
    bytes.end()
    let table = try table(bytes.bytes)
    let expected: [(UInt, UnwindRow)] = [
      (0xfff, .inexpressible), (0x1000, row(8)), (0x100f, row(8)), (0x1010, .inexpressible), (0x1017, .inexpressible),
      (0x1018, row(16)), (0x101b, row(16)), (0x101c, row(24)), (0x101d, row(24)), (0x101e, .inexpressible),
      (0x101f, .inexpressible), (0x1030, .inexpressible),
    ]
    for (pc, row) in expected { #expect(table.row(at: pc) == row, "0x\(String(pc, radix: 16))") }
  }

  @Test func aSectionNeedsNoTerminator() throws {
    var bytes = FrameBytes()
    let common = bytes.common()
    bytes.function(common, 0x1000..<0x1010, [])
    #expect(try table(bytes.bytes).row(at: 0x1008) == row(8))
    #expect(try table([]).rowCount == 0)
  }

  @Test(
    arguments: [
      ("a state that wasn't remembered", [0x0b]),
      ("a location that goes back", [0x44, 0x01, 1, 0x10, 0, 0, 0, 0, 0, 0]),
      ("an offset above 63 bits", [0x0e] + [UInt8](repeating: 0xff, count: 9) + [1]),
      ("a number above 64 bits", [0x0e] + [UInt8](repeating: 0xff, count: 10) + [1]),
      ("an operand that isn't there", [0x0c, 0x87]), ("an expression that isn't there", [0x0f, 100]),
    ] as [(String, [UInt8])]) func malformedPrograms(name: String, program: [UInt8]) throws
  {
    // Padded with operand bytes that go on, so that no padding completes what is missing.
    let padding = [UInt8](repeating: 0x80, count: (4 - (program.count + 21) % 4) % 4)
    #expect(throws: UnwindError.self, "\(name)") { try rows(program + padding) }
  }

  @Test func malformedEntries() throws {
    var good = FrameBytes()
    let common = good.common()
    good.function(common, 0x1000..<0x1010, [])
    // A length beyond the section; common information before it; a function for common information.
    for (offset, value): (Int, UInt32) in [(0, 400), (good.bytes.count / 2, 4000), (28, 0xffff), (28, 4)] {
      var bytes = good.bytes
      bytes.replaceSubrange(offset..<offset + 4, with: FrameBytes.word(value))
      #expect(throws: UnwindError.self, "offset \(offset)") { try table(bytes) }
    }
    for version: UInt8 in [0, 2, 4, 5] {
      #expect(throws: UnwindError.self) { try rows([], common: { $0.common(version: version) }) }
    }
    #expect(throws: UnwindError.self) { try rows([], common: { $0.common(augmentation: "eh") }) }
    for encoding: UInt8 in [0x05, 0x0d, 0x24, 0x54, 0xff] {
      #expect(throws: UnwindError.self) { try rows([], common: { $0.common(data: [encoding]) }) }
    }
    var wide = FrameBytes()
    wide.function(wide.common(), 0x1000..<0x2_0000_1000, [])
    #expect(throws: UnwindError.span(byteCount: 1 << 33)) { try table(wide.bytes) }
  }

  /// Cut short anywhere, it is an error or a shorter section, and never read beyond its end.
  @Test func everyTruncation() throws {
    let whole = Self.sample
    var errors = 0
    for count in 0..<whole.count {
      do { _ = try table(Array(whole[..<count])) } catch is UnwindError { errors += 1 }
    }
    #expect(errors > whole.count / 2)
  }

  /// Random changes: tables or errors, and lookups at random addresses.
  @Test func randomChanges() throws {
    var random = Random(state: 0x5eed_0010)
    var tables = 0
    var errors = 0
    for _ in 0..<20_000 {
      var bytes = Self.sample
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let index = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 2: bytes[index] = [0, 0x7f, 0x80, 0xff].randomElement(using: &random)!
        default: bytes.removeSubrange(index..<min(bytes.count, index + Int.random(in: 1...4, using: &random)))
        }
        if bytes.isEmpty { break }
      }
      do {
        let table = try table(bytes)
        tables += 1
        for _ in 0..<4 { _ = table.row(at: 0x1000 + UInt.random(in: 0..<0x2000, using: &random)) }
        _ = table.row(at: .max)
      } catch is UnwindError { errors += 1 }
    }
    // Both ends are reached: else the changes changed nothing, or nothing survived them.
    #expect(tables > 500 && errors > 500, "\(tables) tables, \(errors) errors")
  }

  /// Every instruction, in functions of two kinds.
  static let sample: [UInt8] = {
    var bytes = FrameBytes()
    let plain = bytes.common()
    bytes.function(
      plain, 0x1000..<0x1100,
      [
        0x41, 0x0e, 16, 0x86, 2, 0x43, 0x0d, 6, 0x02, 9, 0x0a, 0x0c, 7, 8, 0x03, 2, 0, 0x0b, 0x04, 1, 0, 0, 0, 0x11, 6,
        3,
      ])
    bytes.function(plain, 0x1100..<0x1140, [0x12, 6, 0x7e, 0x41, 0x13, 0x7d, 0x41, 0x0f, 2, 0x77, 8, 0x41, 0x2e, 32])
    let signal = bytes.common(augmentation: "zPLRS", data: [0x9b, 1, 2, 3, 4, 0x1b, 0x04])
    bytes.function(
      signal, 0x2000..<0x2100, [0x10, 6, 2, 0x76, 0, 0x41, 0x16, 3, 1, 0x30, 0x14, 6, 2, 0x15, 6, 2, 0x09, 6, 3])
    bytes.function(signal, 0x2100..<0x2110, [0x05, 6, 2, 0x06, 6, 0x2f, 6, 2, 0x07, 16, 0x08, 6, 0xc6])
    bytes.end()
    return bytes.bytes
  }()
}

struct Random: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}
