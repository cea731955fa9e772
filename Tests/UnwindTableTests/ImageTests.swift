// Tables of real images, held against libunwind: it reads the same bytes with other code.

import CUnwind
import Foundation
import Testing

@testable import UnwindTable

/// A stack whose every word is unlike any other, for steps from any PC.
private final class SyntheticStack {
  static let byteCount = 4 << 20
  let memory = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: 64)
  var low: UInt { UInt(bitPattern: memory) }
  var high: UInt { low + UInt(Self.byteCount) }
  var stackPointer: UInt { low + 1 << 20 }
  var framePointer: UInt { low + 5 << 19 }

  init() {
    let words = memory.bindMemory(to: UInt.self, capacity: Self.byteCount / 8)
    for index in 0..<Self.byteCount / 8 { words[index] = 0x5a5a_0000_0000 + UInt(index) }
  }
  deinit { memory.deallocate() }

  /// What libunwind makes of a frame at `pc`; nil for the end of the stack or an error.
  func unwound(_ pc: UInt) -> UnwindFrame? {
    var inputs = (
      unwind_input(context_offset: 168, value: UInt64(pc)),
      unwind_input(context_offset: 160, value: UInt64(stackPointer)),
      unwind_input(context_offset: 120, value: UInt64(framePointer))
    )
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 17) { columns in
      let result = withUnsafePointer(to: &inputs) {
        unwind_step(UnsafeRawPointer($0).assumingMemoryBound(to: unwind_input.self), 3, 1, columns.baseAddress!)
      }
      guard result > 0 else { return nil }
      return UnwindFrame(
        pc: UInt(columns[16]), stackPointer: UInt(columns[7]), framePointer: UInt(columns[6]), isInterrupted: false)
    }
  }
}

private let hasLibunwind = unwind_load(nil) == Int32(UNWIND_OK)

/// A loaded image, by one of its symbols.
struct LoadedImage: CustomTestStringConvertible, Sendable {
  let name: String
  let address: UInt
  var testDescription: String { name }

  static let all: [LoadedImage] = [
    LoadedImage(name: "libc", address: UInt(bitPattern: dlsym(nil, "qsort"))),
    LoadedImage(name: "libswiftCore", address: UInt(bitPattern: dlsym(nil, "swift_retain"))),
    LoadedImage(name: "this test", address: UInt(bitPattern: #dsohandle)),
  ]

  /// The file, and the address where its first byte is mapped, from /proc/self/maps.
  func file() throws -> (bytes: [UInt8], base: UInt) {
    // To its end: Foundation takes the first page of a file without a size for all of it.
    let handle = try #require(FileHandle(forReadingAtPath: "/proc/self/maps"))
    let maps = String(decoding: try #require(try handle.readToEnd()), as: UTF8.self).split(separator: "\n")
    func bounds(_ line: Substring) -> [UInt] {
      line.prefix { $0 != " " }.split(separator: "-").compactMap { UInt($0, radix: 16) }
    }
    let mapping = try #require(maps.first { bounds($0)[0] <= address && address < bounds($0)[1] })
    let path = try #require(mapping.split(separator: " ").last)
    let first = try #require(maps.first { $0.hasSuffix(path) })
    return ([UInt8](try Data(contentsOf: URL(fileURLWithPath: String(path)))), bounds(first)[0])
  }

  func table() throws -> UnwindTable {
    try UnwindTable(imageContaining: #require(UnsafeRawPointer(bitPattern: address)))
  }
}

@Suite struct ImageTests {
  /// Every byte of libc, whichever instruction it is in; for larger images both ends of every row.
  @Test(.enabled(if: hasLibunwind, "libunwind.so.8 can't be loaded: apt-get install libunwind-dev"))
  func everyPCOfLibcAgreesWithLibunwind() throws {
    let entries = try LoadedImage.all[0].table().entries
    let (compared, mismatches) = compare(entries.map { ($0.row, Array($0.range)) })
    #expect(mismatches == [])
    #expect(compared > 500_000, "\(compared) PCs")
  }

  @Test(
    .enabled(if: hasLibunwind, "libunwind.so.8 can't be loaded: apt-get install libunwind-dev"),
    arguments: LoadedImage.all.dropFirst()) func bothEndsOfEveryRowAgreeWithLibunwind(image: LoadedImage) throws
  {
    let entries = try image.table().entries
    let (compared, mismatches) = compare(entries.map { ($0.row, [$0.range.lowerBound, $0.range.upperBound - 1]) })
    #expect(mismatches == [])
    #expect(compared > 20_000, "\(compared) PCs")
  }

  /// Rows that are wrong by a word, or by an instruction, are found.
  @Test(.enabled(if: hasLibunwind, "libunwind.so.8 can't be loaded: apt-get install libunwind-dev"))
  func theComparisonFindsWrongRows() throws {
    let entries = try LoadedImage.all[0].table().entries.filter { $0.row.isExpressible && !$0.row.isEndOfStack }
    let shifted = zip(entries, entries.dropFirst())
      .filter { $0.0.row.cfa(stackPointer: 0, framePointer: 1) != $0.1.row.cfa(stackPointer: 0, framePointer: 1) }
      .prefix(500)
    let late = compare(shifted.map { ($0.row, [$1.range.lowerBound]) })
    #expect(late.mismatches.count == late.compared && late.compared == 500)
    let deeper = entries.filter { $0.row.framePointerOffset == 0 }.prefix(500).map { entry in
      (UnwindRow(cfa: .stackPointer, plus: entry.row.cfaOffset + 8)!, [entry.range.lowerBound])
    }
    #expect(compare(deeper).mismatches.count == 500)
  }

  /// Steps by rows and by libunwind, from PCs that the rows are for.
  func compare(_ rows: [(UnwindRow, [UInt])]) -> (compared: Int, mismatches: [String]) {
    let stack = SyntheticStack()
    var compared = 0
    var mismatches: [String] = []
    for (row, pcs) in rows where row.isExpressible {
      for pc in pcs {
        var frame = UnwindFrame(pc: pc, stackPointer: stack.stackPointer, framePointer: stack.framePointer)
        let step = frame.step(row, low: stack.low, high: stack.high)
        let expected = stack.unwound(pc)
        compared += 1
        // At the end of the stack libunwind has no frame.
        if step == .endOfStack ? expected == nil : step == .caller && expected != nil && matches(frame, expected!) {
          continue
        }
        mismatches.append("0x\(String(pc, radix: 16)): \(step) \(frame), libunwind \(String(describing: expected))")
      }
    }
    return (compared, mismatches)
  }

  private func matches(_ frame: UnwindFrame, _ other: UnwindFrame) -> Bool {
    (frame.pc, frame.stackPointer, frame.framePointer) == (other.pc, other.stackPointer, other.framePointer)
  }

  /// Lookups agree with the list of rows, at and around every start.
  @Test(arguments: LoadedImage.all) func lookupsAgreeWithTheList(image: LoadedImage) throws {
    let table = try image.table()
    let wrong = table.entries.first {
      table.row(at: $0.range.lowerBound) != $0.row || table.row(at: $0.range.upperBound - 1) != $0.row
    }
    #expect(wrong == nil)
    #expect(table.row(at: table.codeRange.lowerBound - 1) == .inexpressible)
    #expect(table.row(at: table.codeRange.upperBound) == .inexpressible)
  }

  /// The file and what the loader made of it say the same.
  @Test func theFileAndTheLoadedImage() throws {
    let image = LoadedImage.all[0]
    let (bytes, bias) = try image.file()
    let file = try bytes.withUnsafeBytes { try UnwindTable(elfFile: $0) }
    let loaded = try image.table()
    #expect(file.rowCount == loaded.rowCount)
    let moved = file.entries.map { UnwindTable.Entry($0.range.lowerBound + bias..<$0.range.upperBound + bias, $0.row) }
    for (a, b) in zip(moved, loaded.entries) where a.range != b.range || a.row != b.row {
      Issue.record("\(a) in the file, \(b) loaded")
      return
    }
  }

  @Test func addressesOutsideEveryImage() {
    for address: UInt in [1, 1 << 46] {
      #expect(throws: UnwindError.noImage(address: address)) {
        try UnwindTable(imageContaining: #require(UnsafeRawPointer(bitPattern: address)))
      }
    }
    let none = Array("no ELF file, and long enough to hold a header of one of them, or of two".utf8)
    #expect(throws: UnwindError.self) { try none.withUnsafeBytes { try UnwindTable(elfFile: $0) } }
    #expect(throws: UnwindError.self) { try UnwindTable(elfFile: UnsafeRawBufferPointer(start: nil, count: 0)) }
  }

  /// Random changes to a file's headers and to its unwind information.
  @Test func randomChangesToAFile() throws {
    let loader = LoadedImage(name: "the loader", address: UInt(bitPattern: dlsym(nil, "_r_debug")))
    let whole = try loader.file().bytes
    let intact = try whole.withUnsafeBytes { try UnwindTable(elfFile: $0) }
    #expect(intact.rowCount > 1000)
    var random = Random(state: 0x5eed_0011)
    var errors = 0
    for round in 0..<60 {
      var bytes = whole
      for _ in 0..<(round % 2 == 0 ? 3 : 2000) {
        let index = Int.random(in: 0..<(round % 2 == 0 ? 1024 : bytes.count), using: &random)
        bytes[index] = UInt8.random(in: 0...255, using: &random)
      }
      if round % 5 == 0 { bytes.removeLast(Int.random(in: 1..<bytes.count, using: &random)) }
      do {
        let table = try bytes.withUnsafeBytes { try UnwindTable(elfFile: $0) }
        _ = table.row(at: table.codeRange.lowerBound)
      } catch is UnwindError { errors += 1 }
    }
    #expect(errors > 10)
  }
}
