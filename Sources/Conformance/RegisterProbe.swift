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
  private let function: @convention(c) (UnsafeRawPointer?, UnsafeMutableRawPointer?, UInt64) -> Void
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
    areaSlots = Backend.areaSlots(ofClass: widest * 2 + 1)
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
    store(next() & 0x200cd5 | 0x202, at: flagsOffset, 8)
    // Every exception masked; rounding, flush and sticky bits free.
    store(next() & 0xe07f | 0x1f80, at: mxcsrOffset, 4)
    let control = controlWord()
    store(control, at: controlOffset, 2)
    if let stackOffset { fillRegisterStack(at: stackOffset, control) }
    expected.copyMemory(from: UnsafeRawBufferPointer(input))
    if stackOffset == nil, let st = areaSlots.first(where: { $0.name == "st" }) {
      // Without the occasional components the unit is initial but for its control word, which is in the frame.
      expected.storeBytes(of: UInt16(control), toByteOffset: Backend.probeAreaOffset + st.offset, as: UInt16.self)
      expected.storeBytes(of: 0xffff, toByteOffset: Backend.probeAreaOffset + st.offset + 8, as: UInt16.self)
    }
  }

  /// Fills the registers, goes `times` round the loop, and stores them: the part that preemptions must land in.
  public func run(times: UInt64) {
    let (function, from, to) = (function, input.baseAddress, output.baseAddress)
    // Last before the probe: what the C library leaves in use a machine with less enabled wouldn't have.
    preempt_initialize_wide()
    function(from, to, times)
  }

  /// What came back different.
  public func mismatches() -> [RegisterMismatch] {
    let expected = expected.assumingMemoryBound(to: UInt64.self)
    let output = output.assumingMemoryBound(to: UInt64.self)
    let mask = mask.assumingMemoryBound(to: UInt64.self)
    let differs = conformance_differs(
      expected.baseAddress, output.baseAddress, mask.baseAddress, UInt64(mask.count))
    return differs == 0 ? [] : fields.compactMap(mismatch)
  }

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
    fields.flatMap { field -> [(String, Int, UInt64)] in
      let byteCount = field.offset < Backend.probeAreaOffset ? field.byteCount : filled[field.name] ?? 0
      guard byteCount % 8 == 0, field.name != "rflags" else { return [] }
      return stride(from: 0, to: byteCount, by: 8).map {
        (field.name, $0, expected.load(fromByteOffset: field.offset + $0, as: UInt64.self))
      }
    }
  }

  public var registerNames: [String] { fields.map(\.name) }

  // MARK: - Values

  private func next() -> UInt64 {
    var value: UInt64 = 0
    conformance_fill(&value, 1, &random)
    return value
  }

  private func frameOffset(_ name: String) -> Int {
    Backend.frameByteCount + Backend.frameRegisters.first { $0.name == name }!.offset
  }

  private func makeFields() -> [Field] {
    var result = Backend.frameRegisters.map {
      Field(name: $0.name, offset: Backend.frameByteCount + $0.offset, byteCount: $0.byteCount)
    }
    for word in 1...(Backend.redZoneByteCount / 8) {
      result.append(Field(name: "red zone -\(word * 8)", offset: Backend.frameByteCount - word * 8, byteCount: 8))
    }
    return result
      + areaSlots.map { Field(name: $0.name, offset: Backend.probeAreaOffset + $0.offset, byteCount: $0.byteCount) }
  }

  /// Finds the words to fill and the bytes to compare.
  private func prepare(_ only: Set<String>?) {
    flagsOffset = frameOffset("rflags")
    mxcsrOffset = frameOffset("mxcsr")
    controlOffset = frameOffset("fcw")
    for field in fields.sorted(by: { $0.offset < $1.offset }) {
      let covered = filled[field.name] ?? (field.offset < Backend.probeAreaOffset ? field.byteCount : 0)
      switch field.name {
      case "rflags", "mxcsr", "fcw": break
      case "st": if covered > 0 { stackOffset = field.offset }
      default: if covered > 0 { addRandomWords(field.offset / 8..<(field.offset + covered) / 8) }
      }
      guard only?.contains(field.name) ?? true else { continue }
      for (index, bits) in Self.mask(field.name, field.byteCount, hasOccasional: covered > 0).enumerated() {
        mask[field.offset + index] = bits
      }
    }
    fields = fields.filter { only?.contains($0.name) ?? true }
  }

  private func addRandomWords(_ range: Range<Int>) {
    if let last = randomWords.last, last.upperBound == range.lowerBound {
      randomWords[randomWords.count - 1] = last.lowerBound..<range.upperBound
    } else {
      randomWords.append(range)
    }
  }

  private var randomWords: [Range<Int>] = []
  private var flagsOffset = 0
  private var mxcsrOffset = 0
  private var controlOffset = 0
  private var stackOffset: Int?

  /// Bits of a register that user code owns.
  private static func mask(_ name: String, _ byteCount: Int, hasOccasional: Bool) -> [UInt8] {
    switch name {
    // CF, PF, AF, ZF, SF, DF, OF, ID; TF, NT, AC are refused, the rest is the system's.
    case "rflags": [0xd5, 0x0c, 0x20, 0, 0, 0, 0, 0]
    // FNSAVE image (Intel SDM volume 1, figure 8-9): control, status, tags, pointers, eight registers of ten bytes.
    // The pointers are excluded: this vendor's XSAVE, which the kernel uses, drops them unless an exception is pending.
    case "st":
      [0x7f, 0x0f, 0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff, 0, 0] + [UInt8](repeating: 0, count: 16)
        + [UInt8](repeating: hasOccasional ? 0xff : 0, count: 80)
    default: [UInt8](repeating: 0xff, count: byteCount)
    }
  }

  /// Every exception masked, precision and rounding free; precision 01 is reserved.
  private func controlWord() -> UInt64 {
    let bits = next()
    let precision: UInt64 =
      switch bits % 3 {
      case 0: 0;
      case 1: 2;
      default: 3
      }
    return 0x7f | precision << 8 | (bits >> 8 & 3) << 10
  }

  private func store(_ value: UInt64, at offset: Int, _ byteCount: Int) {
    switch byteCount {
    case 2: input.storeBytes(of: UInt16(truncatingIfNeeded: value), toByteOffset: offset, as: UInt16.self)
    case 4: input.storeBytes(of: UInt32(truncatingIfNeeded: value), toByteOffset: offset, as: UInt32.self)
    default: input.storeBytes(of: value, toByteOffset: offset, as: UInt64.self)
    }
  }

  /// A full stack of normal numbers, tags "valid"; sticky flags, top and condition codes free, nothing pending.
  private func fillRegisterStack(at offset: Int, _ control: UInt64) {
    store(control, at: offset, 2)
    store(next() & 0x7f7f, at: offset + 4, 2)
    store(0, at: offset + 8, 2)
    for register in 0..<8 {
      store(next() | 1 << 63, at: offset + 28 + register * 10, 8)
      store(next() & 0x3fff + 0x2000, at: offset + 36 + register * 10, 2)
    }
  }
}
