// The registry against a naive model, and its rules one by one.

import CPreempt
import CWorkloads
import Glibc
import SelectedArch
import Testing
import UnwindTable

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

    // MARK: - Kinds and policies

    @Test func rangesWinOverImagesAndUnsafeOverAll() throws {
      let code = CodeRegistry()
      try code.register(imageContaining: #dsohandle)
      func range(_ pc: UInt) -> CodeRange? {
        var hint = 0
        return code.cell.pointee.current.load(ordering: .acquiring)?.pointee.range(at: pc, hint: &hint)?.pointee
      }
      let (start, end) = (UInt(workload_start()), UInt(workload_end()))
      #expect(range(start)?.walksStack == true)
      let leaf = try code.register(from: start, to: end)
      #expect(range(start)?.walksStack == false)
      #expect(range(start)?.rows != nil, "a range has its image's rows: a walk may pass through it")
      #expect(range(end)?.walksStack == true)
      let sequence = try code.registerRestartable(from: start + 16, to: start + 32)
      #expect(range(start + 20)?.kind == .restartable && range(start + 20)?.restart == start + 16)
      let hole = try code.registerUnsafe(from: start + 24, to: start + 28)
      #expect(range(start + 25)?.kind == .unsafe)
      // Behind the hole the sequence still begins where it was registered.
      #expect(range(start + 29)?.restart == start + 16)
      code.unregister(hole)
      code.unregister(sequence)
      #expect(range(start + 25)?.kind == .range)
      code.unregister(leaf)
      #expect(range(start)?.walksStack == true)
    }

    @Test func overlapsThatSayOtherwiseAreErrors() throws {
      let code = CodeRegistry()
      let row = UnwindTable.Entry(0x1000..<0x2000, UnwindRow(cfa: .stackPointer, plus: 8)!)
      try code.register(arena: 0x1000..<0x2000, rows: [row])
      let overlap = PreemptError.codeOverlap(0x1800..<0x2800, with: 0x1000..<0x2000)
      #expect(throws: overlap) { try code.register(arena: 0x1800..<0x2800, rows: [row]) }
      #expect(throws: overlap) { try code.register(from: 0x1800, to: 0x2800) }
      #expect(overlap.description.contains("0x1800..<0x2800 overlaps 0x1000..<0x2000"))
      try code.register(from: 0x2000, to: 0x2800)
      try code.registerRestartable(from: 0x1100, to: 0x1200)
      #expect(throws: PreemptError.codeOverlap(0x1180..<0x1280, with: 0x1100..<0x1200)) {
        try code.registerRestartable(from: 0x1180, to: 0x1280)
      }
      // Twice the same is one thing.
      try code.registerRestartable(from: 0x1100, to: 0x1200)
      try code.register(imageContaining: #dsohandle)
      #expect(throws: PreemptError.self) { try code.register(imageContaining: #dsohandle, policy: .leaf) }
      // A failed registration changes nothing.
      #expect(!code.isPreemptible(pc: 0x2900))
    }

    @Test func badRegistrations() throws {
      let code = CodeRegistry()
      let limit = UInt(CodeRegistry.maximumRestartableByteCount)
      try code.registerRestartable(from: 0x1000, to: 0x1000 + limit)
      #expect(throws: PreemptError.restartableRange(byteCount: limit + 1)) {
        try code.registerRestartable(from: 0x8000, to: 0x8001 + limit)
      }
      #expect(throws: PreemptError.codeRange(start: 0x3000, end: 0x3000)) {
        try code.registerRestartable(from: 0x3000, to: 0x3000)
      }
      let row = UnwindRow(cfa: .stackPointer, plus: 8)!
      #expect(throws: PreemptError.unwindInformation(.rowRange(start: 0x1080, end: 0x1100))) {
        try code.register(
          arena: 0x4000..<0x5000, rows: [.init(0x1000..<0x1100, row), .init(0x1080..<0x1100, row)])
      }
      // Addresses of no image have no unwind information to walk by.
      #expect(throws: PreemptError.self) { try code.register(from: 0x6000, to: 0x7000, policy: .wholeStack) }
      #expect(code.rangeCount == 1)
    }

    // MARK: - Reclamation

    /// A snapshot lives as long as a handler that may read it is inside.
    @Test func aSnapshotWaitsForHandlers() throws {
      let code = try workloadCode()
      let runtime = try PreemptRuntime(code: code)
      defer { runtime.shutDown() }
      let m = runtime.core.processors[0].m
      // As though its handler were inside; nobody asks this M for anything.
      m.pointee.handlerEpoch.store(7, ordering: .sequentiallyConsistent)
      let isDone = StopWord()
      let thread = TestThread {
        _ = try? code.register(from: 0x1000, to: 0x2000)
        isDone.set()
      }
      usleep(100_000)
      #expect(!isDone.isSet)
      m.pointee.handlerEpoch.store(8, ordering: .sequentiallyConsistent)
      _ = eventually("registered") { isDone.isSet }
      thread.join()
      #expect(code.isPreemptible(pc: 0x1000))
    }

    /// Registrations come and go while tasks are preempted in what stays, under both policies. `Scripts/asan.sh` runs this
    /// with AddressSanitizer.
    @Test func aStormOfRegistrations() throws {
      let code = CodeRegistry()
      try code.register(imageContaining: #dsohandle)
      let runtime = try PreemptRuntime(processors: 2, timeSlice: .microseconds(100), code: code)
      let expected = workload_integers(3, 100_000)
      let stop = StopWord()
      let wrong = Counter()
      let tasks = try (0..<4).map { number in
        try runtime.spawn("works \(number)", stackByteCount: 1 << 18) {
          while !stop.isSet { if workload_integers(3, 100_000) != expected { wrong.add() } }
        }
      }
      let threads = (0..<2).map { number in
        TestThread {
          var random = Random(state: 0x5eed_0020 + UInt64(number))
          for round in 0..<1000 {
            let start = 0x1_0000 * UInt(number * 4000 + round % 1000 + 1)
            let ranges = (0..<UInt.random(in: 1...20, using: &random)).map { start + $0 * 64..<start + $0 * 64 + 32 }
            let rows = ranges.map { UnwindTable.Entry($0, UnwindRow(cfa: .stackPointer, plus: 8)!) }
            let arena = try! code.register(arena: start..<start + 0x1000, rows: rows)
            let hole = try! code.registerUnsafe(from: start, to: start + 16)
            runtime.requestPreemption(ofProcessor: round % 2)
            code.unregister(arena)
            code.unregister(hole)
          }
        }
      }
      for thread in threads { thread.join() }
      runtime.pester(until: "preempted during or behind the storm") { runtime.statistics.preemptions > 100 }
      stop.set()
      for task in tasks { try task.join() }
      runtime.shutDown()
      #expect(wrong.value == 0)
      #expect(runtime.statistics.refusals[.inexpressibleFrame] ?? 0 == 0)
      #expect(
        code.rangeCount
          == { () -> Int in
            let image = CodeRegistry()
            _ = try? image.register(imageContaining: #dsohandle)
            return image.rangeCount
          }())
    }
  }
}
