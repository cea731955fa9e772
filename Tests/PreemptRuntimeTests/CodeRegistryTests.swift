// The registry against a naive model, and its rules one by one.

import CPreempt
import CWorkloads
import Glibc
import SelectedArch
import Testing

@testable import PreemptRuntime

private struct Random: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}

/// What a PC is, the slow way.
private struct NaiveRegistry {
  var entries: [(id: Int, range: Range<UInt>, isUnsafe: Bool)] = []
  func verdict(_ pc: UInt) -> CodeVerdict {
    if entries.contains(where: { $0.isUnsafe && $0.range.contains(pc) }) { return .unsafe }
    return entries.contains { !$0.isUnsafe && $0.range.contains(pc) } ? .preemptible : .unregistered
  }
}

extension RuntimeSuite {
  @Suite struct CodeRegistryTests {
    func verdict(_ code: CodeRegistry, _ pc: UInt) -> CodeVerdict { code.verdict(at: pc) }

    @Test func nothingIsPreemptibleAtFirst() {
      let code = CodeRegistry()
      for pc: UInt in [0, 1, 0x1000, .max] { #expect(!code.isPreemptible(pc: pc)) }
      #expect(code.rangeCount == 0)
    }

    @Test func aRangeHoldsItsStartAndNotItsEnd() throws {
      let code = CodeRegistry()
      try code.register(from: 0x1000, to: 0x2000)
      for (pc, expected) in [(0xfff, false), (0x1000, true), (0x1fff, true), (0x2000, false)] {
        #expect(code.isPreemptible(pc: UInt(pc)) == expected, "0x\(String(pc, radix: 16))")
      }
    }

    @Test func theWholeAddressSpace() throws {
      let code = CodeRegistry()
      try code.register(from: 0, to: .max)
      #expect(code.isPreemptible(pc: 0))
      #expect(code.isPreemptible(pc: .max - 1))
      #expect(!code.isPreemptible(pc: .max))
      #expect(!code.isPreemptible(pc: preempt_text_start()))
      #expect(code.rangeCount == 2)
    }

    @Test(arguments: [(0x2000, 0x2000), (0x2000, 0x1000), (0, 0)]) func emptyAndReversedRangesAreErrors(
      bounds: (UInt, UInt)
    ) {
      let code = CodeRegistry()
      let error = PreemptError.codeRange(start: bounds.0, end: bounds.1)
      #expect(throws: error) { try code.register(from: bounds.0, to: bounds.1) }
      #expect(throws: error) { try code.registerUnsafe(from: bounds.0, to: bounds.1) }
      #expect(code.rangeCount == 0)
      #expect(error.description.contains("empty or reversed"))
    }

    @Test func oneBadRangeRegistersNone() throws {
      let code = CodeRegistry()
      #expect(throws: PreemptError.self) { try code.register(ranges: [0x1000..<0x2000, 0x3000..<0x3000]) }
      #expect(!code.isPreemptible(pc: 0x1000))
      try code.register(ranges: [])
      #expect(code.rangeCount == 0)
    }

    @Test func overlapsAreOneRange() throws {
      let code = CodeRegistry()
      let first = try code.register(from: 0x1000, to: 0x3000)
      let second = try code.register(from: 0x2000, to: 0x4000)
      try code.register(from: 0x4000, to: 0x5000)
      #expect(code.rangeCount == 1)
      #expect(code.isPreemptible(pc: 0x4fff))
      // What another registration still holds stays.
      code.unregister(first)
      #expect(!code.isPreemptible(pc: 0x1fff))
      #expect(code.isPreemptible(pc: 0x2000))
      code.unregister(second)
      #expect(!code.isPreemptible(pc: 0x3fff))
      #expect(code.isPreemptible(pc: 0x4000))
    }

    @Test func theSameRangeTwiceNeedsTakingBackTwice() throws {
      let code = CodeRegistry()
      let first = try code.register(from: 0x1000, to: 0x2000)
      let second = try code.register(from: 0x1000, to: 0x2000)
      #expect(first != second)
      code.unregister(first)
      code.unregister(first)
      #expect(code.isPreemptible(pc: 0x1800))
      code.unregister(second)
      #expect(!code.isPreemptible(pc: 0x1800))
    }

    @Test func unsafeWinsWhicheverCameFirst() throws {
      for unsafeFirst in [true, false] {
        let code = CodeRegistry()
        if unsafeFirst { try code.registerUnsafe(from: 0x1800, to: 0x1900) }
        try code.register(from: 0x1000, to: 0x2000)
        if !unsafeFirst { try code.registerUnsafe(from: 0x1800, to: 0x1900) }
        for (pc, expected): (UInt, CodeVerdict) in [
          (0x17ff, .preemptible), (0x1800, .unsafe), (0x18ff, .unsafe), (0x1900, .preemptible), (0x2000, .unregistered),
        ] { #expect(verdict(code, pc) == expected) }
      }
    }

    @Test func anUnsafeRangeTakenBackIsPreemptibleAgain() throws {
      let code = CodeRegistry()
      try code.register(from: 0x1000, to: 0x2000)
      let hole = try code.registerUnsafe(from: 0, to: .max)
      #expect(verdict(code, 0x1000) == .unsafe)
      code.unregister(hole)
      #expect(verdict(code, 0x1000) == .preemptible)
    }

    @Test func ourSectionIsNeverPreemptible() throws {
      let code = CodeRegistry()
      let (start, end) = (preempt_text_start(), preempt_text_end())
      #expect(start < end)
      try code.register(from: start - 64, to: end + 64)
      #expect(verdict(code, start - 1) == .preemptible)
      #expect(verdict(code, end) == .preemptible)
      for pc in stride(from: start, to: end, by: 1) { #expect(verdict(code, pc) == .unregistered) }
      try code.registerUnsafe(from: start - 64, to: end + 64)
      #expect(verdict(code, start) == .unregistered)
    }

    @Test func anImageIsItsExecutableSegments() throws {
      let code = CodeRegistry()
      let registration = try code.register(imageContaining: #dsohandle)
      #expect(code.isPreemptible(pc: UInt(workload_start())))
      #expect(code.isPreemptible(pc: preempt_probe_start()))
      #expect(!code.isPreemptible(pc: preempt_text_start()))
      // Another image, and data of this one.
      let memset = UInt(bitPattern: dlsym(nil, "memset"))
      #expect(!code.isPreemptible(pc: memset))
      #expect(!code.isPreemptible(pc: UInt(bitPattern: #dsohandle)))
      // Any function of an image names it.
      try code.register(imageContaining: UnsafeRawPointer(bitPattern: memset)!)
      #expect(code.isPreemptible(pc: memset))
      code.unregister(registration)
      #expect(!code.isPreemptible(pc: UInt(workload_start())))
    }

    @Test func anAddressOutsideEveryImageIsAnError() {
      let code = CodeRegistry()
      let heap = UnsafeMutableRawPointer.allocate(byteCount: 16, alignment: 16)
      defer { heap.deallocate() }
      #expect(throws: PreemptError.noImage(address: UInt(bitPattern: heap))) {
        try code.register(imageContaining: heap)
      }
      #expect(throws: PreemptError.noImage(address: 1)) {
        try code.register(imageContaining: UnsafeRawPointer(bitPattern: 1)!)
      }
    }

    @Test func tenThousandRanges() throws {
      let code = CodeRegistry()
      let ranges: [Range<UInt>] = (0..<10_000).map { (number: UInt) -> Range<UInt> in
        let start = 0x10_0000 + number * 0x100
        return start..<start + 0x80
      }
      let registration = try code.register(ranges: ranges.shuffled())
      #expect(code.rangeCount == 10_000)
      for range in ranges {
        #expect(verdict(code, range.lowerBound - 1) == .unregistered)
        #expect(verdict(code, range.lowerBound) == .preemptible)
        #expect(verdict(code, range.upperBound - 1) == .preemptible)
        #expect(verdict(code, range.upperBound) == .unregistered)
      }
      code.unregister(registration)
      #expect(code.rangeCount == 0)
    }

    /// Every count of ranges around the powers of two, where a halving search goes wrong.
    @Test func everySmallCount() throws {
      for count: UInt in 0...70 {
        let code = CodeRegistry()
        try code.register(ranges: (0..<count).map { (number: UInt) in number * 16 + 4..<number * 16 + 8 })
        for pc in 0..<count * 16 + 20 {
          let expected = pc / 16 < count && (4..<8).contains(pc % 16)
          #expect(code.isPreemptible(pc: pc) == expected, "count \(count), pc \(pc)")
        }
      }
    }

    @Test func randomRegistrationsAgreeWithTheModel() throws {
      var random = Random(state: 0x5eed_0001)
      for round in 0..<60 {
        let code = CodeRegistry()
        var model = NaiveRegistry()
        var registrations: [(Int, CodeRegistry.Registration)] = []
        for step in 0..<40 {
          if !registrations.isEmpty && Int.random(in: 0..<4, using: &random) == 0 {
            let (id, registration) = registrations.remove(at: Int.random(in: 0..<registrations.count, using: &random))
            code.unregister(registration)
            model.entries.removeAll { $0.id == id }
          } else {
            let start = UInt.random(in: 0..<400, using: &random)
            let range = start..<start + UInt.random(in: 1...60, using: &random)
            let isUnsafe = Int.random(in: 0..<3, using: &random) == 0
            let registration =
              isUnsafe
              ? try code.registerUnsafe(from: range.lowerBound, to: range.upperBound)
              : try code.register(from: range.lowerBound, to: range.upperBound)
            registrations.append((step, registration))
            model.entries.append((step, range, isUnsafe))
          }
          let wrong = (0..<UInt(480)).first { verdict(code, $0) != model.verdict($0) }
          #expect(wrong == nil, "round \(round), step \(step), pc \(wrong ?? 0)")
          if wrong != nil { return }
        }
      }
    }

    /// Threads that search while another registers find what was there throughout.
    @Test func searchesWhileRangesComeAndGo() throws {
      let code = CodeRegistry()
      try code.register(from: 0x1000, to: 0x2000)
      let stop = StopWord()
      let missed = Counter()
      let thread = TestThread {
        while !stop.isSet { if !code.isPreemptible(pc: 0x1800) || code.isPreemptible(pc: 0x800) { missed.add() } }
      }
      for number in 0..<2000 {
        let ranges = (1...50).map { (index: UInt) -> Range<UInt> in
          let start = index * 0x10000 + UInt(number)
          return start..<start + 8
        }
        let registration = try code.register(ranges: ranges)
        code.unregister(registration)
      }
      stop.set()
      thread.join()
      #expect(missed.value == 0)
    }
  }
}
