// Rows, lookups and steps.

import Testing

@testable import UnwindTable

@Suite struct RowTests {
  @Test func aRowIsFourBytesAndKeepsWhatItIsGiven() throws {
    #expect(MemoryLayout<UnwindRow>.size == 4)
    for base in [UnwindRow.Base.stackPointer, .framePointer] {
      for offset in [0, 8, 16, 4096, (1 << 20) - 8] {
        for returnAddress in [-8, -136, -256, 8, 248] {
          for framePointer in [nil, -16, -256, 8, 248] as [Int?] {
            for isSignalFrame in [false, true] {
              let row = try #require(
                UnwindRow(
                  cfa: base, plus: offset, returnAddressOffset: returnAddress, framePointerOffset: framePointer,
                  isSignalFrame: isSignalFrame))
              #expect(row.isExpressible && !row.isEndOfStack)
              #expect(row.isBasedOnFramePointer == (base == .framePointer))
              #expect(row.cfaOffset == offset)
              #expect(row.returnAddressOffset == returnAddress)
              #expect(row.framePointerOffset == framePointer ?? 0)
              #expect(row.isSignalFrame == isSignalFrame)
            }
          }
        }
      }
    }
  }

  @Test func whatDoesNotFitIsNoRow() {
    for offset in [-8, 4, 1 << 20, .max, .min] { #expect(UnwindRow(cfa: .stackPointer, plus: offset) == nil) }
    for offset in [-264, 256, -4, 0, .max, .min] {
      #expect(UnwindRow(cfa: .stackPointer, plus: 16, returnAddressOffset: offset) == nil)
      #expect(UnwindRow(cfa: .stackPointer, plus: 16, framePointerOffset: offset) == nil)
    }
    #expect(!UnwindRow.inexpressible.isExpressible)
    #expect(UnwindRow.endOfStack.isExpressible && UnwindRow.endOfStack.isEndOfStack)
  }

  @Test func everyAddressOfGivenRows() throws {
    let a = try #require(UnwindRow(cfa: .stackPointer, plus: 8))
    let b = try #require(UnwindRow(cfa: .framePointer, plus: 16, framePointerOffset: -16))
    let entries: [UnwindTable.Entry] = [
      .init(0x1000..<0x1001, a), .init(0x1001..<0x1010, b), .init(0x1100..<0x1101, a), .init(0x1ff0..<0x2345, b),
      .init(0x9000..<0x9100, .endOfStack),
    ]
    let table = try UnwindTable(rows: entries.shuffled())
    for pc: UInt in 0x0f00..<0x9300 {
      let expected = entries.first { $0.range.contains(pc) }?.row ?? .inexpressible
      #expect(table.row(at: pc) == expected, "0x\(String(pc, radix: 16))")
    }
    for pc: UInt in [0, .max, 1 << 40] { #expect(table.row(at: pc) == .inexpressible) }
    #expect(table.entries.filter { $0.row.isExpressible }.map(\.range) == entries.map(\.range))
  }

  @Test func badRowsAreErrors() throws {
    #expect(throws: UnwindError.rowRange(start: 16, end: 16)) {
      try UnwindTable(rows: [.init(16..<16, .endOfStack)])
    }
    #expect(throws: UnwindError.rowRange(start: 31, end: 48)) {
      try UnwindTable(rows: [.init(16..<32, .endOfStack), .init(31..<48, .endOfStack)])
    }
    #expect(throws: UnwindError.span(byteCount: 1 << 32)) {
      try UnwindTable(rows: [.init(0..<16, .endOfStack), .init((1 << 32) - 16..<1 << 32, .endOfStack)])
    }
    let none = try UnwindTable(rows: [])
    #expect(none.row(at: 0) == .inexpressible)
    #expect(none.entries.isEmpty)
  }

  /// A stack of words, each of which holds its own index times 0x1_0001.
  func withStack(_ body: (_ low: UInt, _ high: UInt) throws -> Void) rethrows {
    let words = UnsafeMutableBufferPointer<UInt>.allocate(capacity: 64)
    defer { words.deallocate() }
    for index in 0..<64 { words[index] = UInt(index) * 0x1_0001 }
    let low = UInt(bitPattern: words.baseAddress!)
    try body(low, low + 512)
  }

  @Test func aStepReadsWhatTheRowNames() throws {
    try withStack { low, high in
      var frame = UnwindFrame(pc: 1, stackPointer: low + 80, framePointer: 7)
      let simple = try #require(UnwindRow(cfa: .stackPointer, plus: 40))
      #expect(frame.step(simple, low: low, high: high) == .caller)
      #expect(
        frame
          == UnwindFrame(pc: 14 * 0x1_0001, stackPointer: low + 120, framePointer: 7, isInterrupted: false))
      #expect(frame.rowAddress == frame.pc - 1)
      frame = UnwindFrame(pc: 1, stackPointer: low + 80, framePointer: low + 160)
      let based = try #require(
        UnwindRow(cfa: .framePointer, plus: 16, framePointerOffset: -16, isSignalFrame: true))
      #expect(frame.step(based, low: low, high: high) == .caller)
      #expect(frame == UnwindFrame(pc: 21 * 0x1_0001, stackPointer: low + 176, framePointer: 20 * 0x1_0001))
      #expect(frame.rowAddress == frame.pc)
    }
  }

  @Test func aStepStaysWithinTheStackAndGoesUp() throws {
    try withStack { low, high in
      let eight = try #require(UnwindRow(cfa: .stackPointer, plus: 8))
      let zero = try #require(UnwindRow(cfa: .stackPointer, plus: 0))
      let far = try #require(UnwindRow(cfa: .stackPointer, plus: (1 << 20) - 8))
      let based = try #require(UnwindRow(cfa: .framePointer, plus: 16, framePointerOffset: -16))
      let deep = try #require(UnwindRow(cfa: .stackPointer, plus: 8, framePointerOffset: -256))
      func step(_ row: UnwindRow, _ sp: UInt, _ fp: UInt = 0) -> UnwindFrame.Step {
        var frame = UnwindFrame(pc: 1, stackPointer: sp, framePointer: fp)
        return frame.step(row, low: low, high: high)
      }
      #expect(step(eight, high - 8) == .caller)
      #expect(step(eight, high - 7) == .outOfBounds)
      #expect(step(eight, high) == .outOfBounds)
      #expect(step(eight, low) == .caller)
      #expect(step(eight, low - 8) == .outOfBounds)
      #expect(step(eight, .max - 3) == .outOfBounds)
      #expect(step(zero, low + 64) == .outOfBounds)
      #expect(step(far, low) == .outOfBounds)
      #expect(step(deep, low + 240) == .outOfBounds)
      #expect(step(deep, low + 248) == .caller)
      // A frame pointer that points below the stack pointer, out of the stack, nowhere.
      #expect(step(based, low + 64, low + 40) == .outOfBounds)
      #expect(step(based, low + 64, low + 64) == .caller)
      #expect(step(based, low + 64, high - 16) == .caller)
      #expect(step(based, low + 64, high - 8) == .outOfBounds)
      for fp: UInt in [0, 8, .max, .max - 15, low - 16] { #expect(step(based, low + 64, fp) == .outOfBounds) }
      #expect(step(.inexpressible, low) == .inexpressible)
      #expect(step(.endOfStack, low) == .endOfStack)
    }
  }
}
