// Fills every register of a state class, loops in a generated probe, and compares every register.
//
// Each value is derived from (seed, register, generation), so that a swapped or stale register shows as itself. What
// the class doesn't cover but the machine has enabled must read as initial: another task's upper halves would not.

import CConformance
import CPreempt
import SelectedArch

/// A register that came back with another value.
public struct RegisterMismatch: Sendable, CustomStringConvertible {
  public let stateClass: String
  public let iteration: UInt64
  public let register: String
  /// Bytes from the register's start where the difference begins.
  public let byteOffset: Int
  public let expected: [UInt8]
  public let got: [UInt8]
  /// Interrupted PC of the task's last preemption, or zero.
  public var interruptedPC: UInt = 0

  public var description: String {
    "backend \(Backend.name), class \(stateClass), iteration \(iteration), register \(register) byte \(byteOffset): "
      + "expected \(Self.hex(expected)), got \(Self.hex(got)), last interrupted PC \(Self.location(interruptedPC))"
  }

  private static func hex(_ bytes: [UInt8]) -> String {
    "0x" + bytes.reversed().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// `symbol+0x3c`, or the address where no symbol covers it.
  public static func location(_ pc: UInt) -> String {
    var place = preempt_place()
    preempt_find_place(pc, &place)
    guard let name = place.symbol else { return "0x" + String(pc, radix: 16) }
    return "\(String(cString: name))+0x\(String(pc - place.symbol_start, radix: 16))"
  }
}

/// One probe with its images. Used by one task at a time.
public final class RegisterProbe: @unchecked Sendable {
  private struct Field {
    let name: String
    let offset: Int
    let byteCount: Int
  }

  /// Bytes of the image with one rule for their low bits.
  private struct Piece {
    let offset: Int
    let byteCount: Int
    let free: UInt64
    let set: UInt64
  }

  public let stateClassIndex: Int
  public private(set) var iteration: UInt64 = 0
  /// Registers compared by one check, red-zone words included.
  public var registerCount: Int { fields.count }

  private let input: UnsafeMutableRawBufferPointer
  private let output: UnsafeMutableRawBufferPointer
  private let expected: UnsafeMutableRawBufferPointer
  /// Ones where a difference counts.
  private let mask: UnsafeMutableRawBufferPointer
  private var fields: [Field] = []
  private let function: @convention(c) (UnsafeRawPointer?, UnsafeMutableRawPointer?, UInt64) -> UInt64
  private var random: UInt64
  private let areaSlots: [(name: String, offset: Int, byteCount: Int)]
  private let filled: [String: Int]

  /// - Parameters:
  ///   - stateClassIndex: the class whose registers are filled.
  ///   - widest: index of the widest enabled width; all it covers is compared.
  ///   - only: names of registers to compare, nil for all.
  /// - Returns: nil where the machine doesn't enable the class.
  public init?(stateClassIndex: Int, widest: Int, seed: UInt64, only: Set<String>? = nil) {
    guard let function = Backend.probe(stateClassIndex, widest: widest) else { return nil }
    self.function = function
    self.stateClassIndex = stateClassIndex
    random = seed &* 0x9e37_79b9_7f4a_7c15 | 1
    areaSlots = Backend.areaSlots(ofClass: Backend.classIndex(ofWidth: widest))
    filled = Dictionary(
      uniqueKeysWithValues: Backend.areaSlots(ofClass: stateClassIndex).map { ($0.name, $0.byteCount) })
    // Whole words, so that fill and comparison go word by word.
    let byteCount = (Backend.probeAreaOffset + areaSlots.reduce(0) { max($0, $1.offset + $1.byteCount) } + 7) / 8 * 8
    func image() -> UnsafeMutableRawBufferPointer {
      let image = UnsafeMutableRawBufferPointer.allocate(byteCount: byteCount, alignment: 64)
      image.initializeMemory(as: UInt8.self, repeating: 0)
      return image
    }
    (input, output, expected, mask) = (image(), image(), image(), image())
    fields = makeFields()
    prepare(only)
  }

  deinit {
    input.deallocate()
    output.deallocate()
    expected.deallocate()
    mask.deallocate()
  }

  /// New values for every register.
  public func fill() {
    iteration += 1
    let words = input.assumingMemoryBound(to: UInt64.self)
    for range in randomWords {
      conformance_fill(words.baseAddress! + range.lowerBound, UInt64(range.count), &random)
    }
    for piece in pieces { Self.store(next() & piece.free | piece.set, in: input, at: piece.offset, piece.byteCount) }
    expected.copyMemory(from: UnsafeRawBufferPointer(input))
    for (offset, byteCount, value) in initialPieces { Self.store(value, in: expected, at: offset, byteCount) }
    for copy in standIns {
      expected.baseAddress!.advanced(by: copy.to).copyMemory(
        from: input.baseAddress!.advanced(by: copy.from), byteCount: copy.byteCount)
    }
  }

  /// Fills the registers, goes `times` round the loop, and stores them: the part that preemptions must land in.
  public func run(times: UInt64) {
    let (function, from, to) = (function, input.baseAddress, output.baseAddress)
    // Last before the probe: what the C library leaves in use a machine with less enabled wouldn't have.
    preempt_initialize_wide()
    path = function(from, to, times)
    expectedPath = Backend.probePath(flags: flags, times: times)
  }

  /// What the control flow of the loop came to, which depends on the flags.
  private var path: UInt64 = 0
  private var expectedPath: UInt64 = 0

  private var flags: UInt64 {
    flagsOffset.map { UInt64(input.loadUnaligned(fromByteOffset: $0, as: UInt.self)) } ?? 0
  }

  /// What came back different.
  public func mismatches() -> [RegisterMismatch] {
    let expected = expected.assumingMemoryBound(to: UInt64.self)
    let output = output.assumingMemoryBound(to: UInt64.self)
    let mask = mask.assumingMemoryBound(to: UInt64.self)
    let differs = conformance_differs(
      expected.baseAddress, output.baseAddress, mask.baseAddress, UInt64(mask.count))
    let wrongPath =
      path == expectedPath
      ? []
      : [
        RegisterMismatch(
          stateClass: Backend.className(stateClassIndex).description, iteration: iteration, register: "path",
          byteOffset: 0,
          expected: Self.bytes(expectedPath), got: Self.bytes(path))
      ]
    return (differs == 0 ? [] : fields.compactMap(mismatch)) + wrongPath
  }

  private static func bytes(_ value: UInt64) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) } }

  private func mismatch(_ field: Field) -> RegisterMismatch? {
    let bytes = field.offset..<field.offset + field.byteCount
    guard let first = bytes.first(where: { (expected[$0] ^ output[$0]) & mask[$0] != 0 }) else { return nil }
    let range = first..<min(bytes.upperBound, first + 8)
    return RegisterMismatch(
      stateClass: Backend.className(stateClassIndex).description, iteration: iteration, register: field.name,
      byteOffset: first - field.offset, expected: Array(expected[range]), got: Array(output[range]))
  }

  /// Changes one bit of what is expected: the comparison must notice.
  public func corruptExpectation(of register: String) {
    guard let field = fields.first(where: { $0.name == register }),
      let byte = (field.offset..<field.offset + field.byteCount).last(where: { mask[$0] != 0 })
    else { return }
    expected[byte] ^= mask[byte]
  }

  /// Every whole word that stands in a register or the red zone while the probe loops: of which, at which byte of it.
  public var expectedWords: [(register: String, byteOffset: Int, value: UInt64)] {
    fields.flatMap { field -> [(register: String, byteOffset: Int, value: UInt64)] in
      let byteCount = field.offset < Backend.probeAreaOffset ? field.byteCount : filled[field.name] ?? 0
      guard byteCount % 8 == 0, Backend.bits(of: field.name).allSatisfy({ $0.free == .max }) else { return [] }
      return stride(from: 0, to: byteCount, by: 8).map {
        (register: field.name, byteOffset: $0, value: expected.load(fromByteOffset: field.offset + $0, as: UInt64.self))
      }
    }
  }

  public var registerNames: [String] { fields.map { $0.name } }

  // MARK: - Values

  private func next() -> UInt64 {
    var value: UInt64 = 0
    conformance_fill(&value, 1, &random)
    return value
  }

  private func makeFields() -> [Field] {
    var result = Backend.frameRegisters.map {
      Field(name: $0.name, offset: Backend.frameByteCount + $0.offset, byteCount: $0.byteCount)
    }
    for below in stride(from: 8, through: Backend.redZoneByteCount, by: 8) {
      result.append(Field(name: "red zone -\(below)", offset: Backend.frameByteCount - below, byteCount: 8))
    }
    return result
      + areaSlots.map { Field(name: $0.name, offset: Backend.probeAreaOffset + $0.offset, byteCount: $0.byteCount) }
  }

  /// Finds what to fill and what to compare.
  private func prepare(_ only: Set<String>?) {
    flagsOffset = fields.first { $0.name == Backend.flagsName.description }?.offset
    for field in fields.sorted(by: { $0.offset < $1.offset }) {
      let isCompared = only?.contains(field.name) ?? true
      let isInFrame = field.offset < Backend.probeAreaOffset
      if let stand = Backend.stand(of: field.name), (filled[stand.register] ?? 0) > 0 {
        // The image holds it; it can still be read by itself.
        let image = fields.first { $0.name == stand.register }!
        standIns.append((to: field.offset, from: image.offset + stand.byteOffset, byteCount: field.byteCount))
        if isCompared { for byte in 0..<field.byteCount { mask[field.offset + byte] = 0xff } }
        continue
      }
      add(field, covered: filled[field.name] ?? (isInFrame ? field.byteCount : 0), isCompared: isCompared)
    }
    fields = fields.filter { only?.contains($0.name) ?? true }
  }

  private func add(_ field: Field, covered: Int, isCompared: Bool) {
    let rules = Backend.bits(of: field.name)
    if rules.count == 1, rules[0].free == .max, covered % 8 == 0 {
      if covered > 0 { addRandomWords(field.offset / 8..<(field.offset + covered) / 8) }
      if isCompared { for byte in 0..<field.byteCount { mask[field.offset + byte] = 0xff } }
      return
    }
    var (start, index) = (0, 0)
    while start < field.byteCount {
      let rule = rules[index % rules.count]
      let byteCount = min(rule.byteCount, field.byteCount - start)
      let offset = field.offset + start
      if start < covered {
        pieces.append(Piece(offset: offset, byteCount: byteCount, free: rule.free, set: rule.set))
      } else if let initial = rule.initial {
        initialPieces.append((offset, byteCount, initial))
      }
      if isCompared, start < covered || rule.initial != nil {
        Self.store(rule.compared, in: mask, at: offset, byteCount)
      }
      (start, index) = (start + byteCount, index + 1)
    }
  }

  private func addRandomWords(_ range: Range<Int>) {
    if let last = randomWords.last, last.upperBound == range.lowerBound {
      randomWords[randomWords.count - 1] = last.lowerBound..<range.upperBound
    } else {
      randomWords.append(range)
    }
  }

  private var flagsOffset: Int?
  private var randomWords: [Range<Int>] = []
  private var pieces: [Piece] = []
  private var initialPieces: [(offset: Int, byteCount: Int, value: UInt64)] = []
  private var standIns: [(to: Int, from: Int, byteCount: Int)] = []

  private static func store(_ value: UInt64, in image: UnsafeMutableRawBufferPointer, at offset: Int, _ byteCount: Int)
  {
    for (index, byte) in bytes(value).prefix(byteCount).enumerated() { image[offset + index] = byte }
  }
}
