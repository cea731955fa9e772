// Candidate words: each place where a pointer can be is reported, at its address, and nothing else is read.

import CPreempt
import CWorkloads
import FrameVerifier
import Glibc
import RegisterProbe
import SelectedArch
import Synchronization
import Testing
import UnwindTable

@testable import PreemptRuntime

private struct Found: Hashable, CustomStringConvertible {
  let address: UInt
  let place: CandidatePlace
  var description: String { "\(place) at 0x\(String(address, radix: 16))" }
}

extension StoppedTask {
  /// Where `value` is among the candidate words.
  fileprivate func find(_ value: UInt, _ extent: ScanExtent = .wholeStack, vectors: Bool = true) -> [Found] {
    var found: [Found] = []
    forEachCandidateWord(extent, vectors: vectors) { word in
      if word.value == value { found.append(Found(address: word.address, place: word.place)) }
    }
    return found
  }
}

/// A task that keeps the complement of `hidden` in one place, over and over.
private final class Keeper: @unchecked Sendable {
  let name: String
  let hidden: UInt64
  private let pin = UnsafeMutablePointer<UInt64>.allocate(capacity: 1)
  private let ends = StopWord()
  private var handle: TaskHandle<Int>!

  init(_ place: Int32, in runtime: PreemptRuntime) throws {
    name = String(cString: workload_place_name(place))
    hidden = ~(0x5afe_0000_0000_0000 | UInt64(place) << 8)
    pin.initialize(to: 1)
    let (hidden, ends) = (hidden, ends)
    nonisolated(unsafe) let pin = pin
    handle = try runtime.spawn(name) {
      var wrong = 0
      while !ends.isSet { wrong += workload_keep(place, hidden, 100_000, pin) == hidden ? 0 : 1 }
      return wrong
    }
  }

  deinit { pin.deallocate() }

  /// Stops the world, again and again, until the value is found once; then calls `body`. It is found twice between the
  /// two instructions that fetch it in the end, and never where its place isn't scanned.
  func whenKept(_ runtime: PreemptRuntime, _ body: (StoppedTask) -> Void) throws {
    var isKept = false
    _ = eventually("the value in \(name) is found once", seconds: 30) {
      try! runtime.stopTheWorld { world in
        preempt_signal_fence()
        guard pin.pointee == 0 else { return }
        world.forEachTask { task in
          guard task.name == name, case .preempted = task.state, task.find(UInt(~hidden)).count == 1 else { return }
          isKept = true
          body(task)
        }
      }
      return isKept
    }
  }

  /// How often it came back different.
  func end() throws -> Int {
    ends.set()
    return try handle.join()
  }
}

/// A stack of one page between two guards, with a G that was preempted on it or left it.
private final class ForgedTask {
  let page: UnsafeMutableRawPointer
  let g: G
  static var byteCount: Int { 4096 }

  init(stackPointer: Int, interruptedSP: Int? = nil, stateClassIndex: Int32 = -1) {
    let mapping = mmap(nil, 3 * Self.byteCount, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)!
    page = mapping + Self.byteCount
    mprotect(page, Self.byteCount, PROT_READ | PROT_WRITE)
    let low = UInt(bitPattern: page)
    g = G.allocate(capacity: 1)
    g.initialize(
      to: GRecord(
        id: 1, stack: GuardedStack(low: low, high: low + UInt(Self.byteCount)), name: "forged", isMigratable: false,
        slots: []))
    g.pointee.hasStarted = true
    g.pointee.stackPointer = page + stackPointer
    g.pointee.injectedClass = stateClassIndex
    if let interruptedSP { g.pointee.interruptedSP = low + UInt(interruptedSP) }
    // Every word its own.
    for offset in stride(from: 0, to: Self.byteCount, by: 8) {
      page.storeBytes(of: 0xf00d_0000 + UInt(offset), toByteOffset: offset, as: UInt.self)
    }
  }

  deinit {
    g.deinitialize(count: 1)
    g.deallocate()
    munmap(page - Self.byteCount, 3 * Self.byteCount)
  }

  /// Offsets into the page of all candidate words; every other address as it is.
  func scan(vectors: Bool) -> [(offset: Int, word: CandidateWord)] {
    var words: [(Int, CandidateWord)] = []
    StoppedTask(g: g).forEachCandidateWord(vectors: vectors) { word in
      words.append((Int(bitPattern: word.address &- UInt(bitPattern: page)), word))
    }
    return words
  }
}

extension RuntimeSuite {
  @Suite struct ScannerTests {
    // MARK: - Each place alone

    /// A value that is in one register, one word of the red zone, a local or a stack argument, and nowhere else.
    @Test func eachPlaceAlone() throws {
      let code = CodeRegistry()
      try code.register(from: UInt(workload_start()), to: UInt(workload_end()), policy: .wholeStack)
      // The bodies that call the workloads; a frame in unregistered code is no safe-point.
      try code.register(imageContaining: #dsohandle)
      let runtime = try withNoSignalBlocked {
        try PreemptRuntime(processors: 2, timeSlice: .milliseconds(1), code: code)
      }
      for place in 0..<workload_place_count() {
        let keeper = try Keeper(place, in: runtime)
        let value = UInt(~keeper.hidden)
        let name = keeper.name
        try keeper.whenKept(runtime) { task in
          let position = task.position
          let sp = position.stackPointer
          #expect(workloadRange.contains(position.pc))
          let whole = task.find(value)
          let bounded = task.find(value, .interruptedFrame())
          #expect(whole.count == 1 && bounded.count == 1, "\(name): \(whole), \(bounded)")
          guard let found = whole.first else { return }
          switch name {
          case "local":
            #expect(found == Found(address: sp + 16, place: .restOfStack))
            #expect(bounded == [Found(address: sp + 16, place: .frame)])
            // Whatever is told about arguments.
            #expect(task.find(value, .interruptedFrame(incomingArgumentByteCount: 0)).count == 1)
          case "outgoing argument":
            // The lowest word of the frame.
            #expect(found == Found(address: sp, place: .restOfStack))
            #expect(bounded == [Found(address: sp, place: .frame)])
            #expect(task.find(value, .interruptedFrame(incomingArgumentByteCount: 0)).count == 1)
          case "seventh argument", "eighth argument", "caller's local":
            // From the CFA, above the return address, to the end of the word.
            let byteCount = ["seventh argument": 8, "eighth argument": 16, "caller's local": 40][name]!
            let address = sp + UInt(byteCount)
            #expect(found == Found(address: address, place: .restOfStack))
            #expect(bounded == [Found(address: address, place: .arguments)])
            // Told of fewer arguments it looks at no more.
            #expect(task.find(value, .interruptedFrame(incomingArgumentByteCount: byteCount - 8)).isEmpty)
            #expect(task.find(value, .interruptedFrame(incomingArgumentByteCount: byteCount)).count == 1)
            var highest: UInt = 0
            let rest = task.forEachCandidateWord(.interruptedFrame(incomingArgumentByteCount: byteCount)) {
              if $0.place != .vector { highest = max(highest, $0.address) }
            }
            #expect(rest?.stackPointer == sp + 8 && highest == address)
            // More than the stack has: to its end.
            task.forEachCandidateWord(.interruptedFrame(incomingArgumentByteCount: 1 << 40)) {
              if $0.place != .vector { highest = max(highest, $0.address) }
            }
            #expect(highest == task.stackBounds.upperBound - 8)
          case _ where name.hasPrefix("red zone -"):
            #expect(found == Found(address: sp - UInt(name.dropFirst(10))!, place: .redZone), "\(name)")
          default:
            let slot = Backend.frameRegisters.first { $0.name == name }!
            #expect(found == Found(address: sp &+ UInt(bitPattern: slot.offset), place: .register), "\(name)")
          }
        }
        #expect(try keeper.end() == 0, "\(name) came back different")
      }
      runtime.shutDown()
    }

    /// Every integer register, every word of the red zone, and every lane of every vector and mask register of each class
    /// the machine has, each with a value of its own.
    @Test func pointersInVectorRegisters() throws {
      for index in 0..<Backend.classCount where Backend.entry(index, widest: hardwareWidest) != nil {
        let code = CodeRegistry()
        try code.register(from: preempt_probe_start(), to: preempt_probe_end())
        let runtime = try withNoSignalBlocked { try PreemptRuntime(code: code) }
        let probe = try #require(RegisterProbe(stateClassIndex: index, widest: hardwareWidest, seed: 11))
        probe.fill()
        let expected = probe.expectedWords
        let ends = StopWord()
        let task = try runtime.spawn("probe") { while !ends.isSet { probe.run(times: 50_000) } }
        let slots = Dictionary(
          uniqueKeysWithValues: Backend.areaSlots(ofClass: index).map { ($0.name, $0.offset) })
        var missing: [String] = []
        var words = 0
        let isComplete = eventually("class \(Backend.className(index)): every word is found") {
          let stopped = try! runtime.suspend(task)
          defer { try! runtime.resume(task) }
          guard stopped.state == .preempted(stateClassIndex: index) else { return false }
          let (sp, area) = (stopped.position.stackPointer, stopped.g.vectorArea)
          missing = []
          words = 0
          for (register, byteOffset, value) in expected {
            words += 1
            let place: Found
            if let slot = slots[register] {
              place = Found(address: area + UInt(slot + byteOffset), place: .vector)
            } else if register.hasPrefix("red zone -") {
              place = Found(address: sp - UInt(register.dropFirst(10))!, place: .redZone)
            } else {
              let slot = Backend.frameRegisters.first { $0.name == register }!
              place = Found(address: sp &+ UInt(bitPattern: slot.offset), place: .register)
            }
            var found = stopped.find(UInt(value))
            // The probe's scratch register: a copy of its pattern lies on the probe's own stack.
            if register == "rcx" { found.removeAll { $0.place == .restOfStack } }
            if found != [place] { missing.append("\(register)+\(byteOffset): \(found)") }
            if place.place == .vector && !stopped.find(UInt(value), vectors: false).isEmpty {
              missing.append("\(register): scanned without being asked")
            }
          }
          return missing.isEmpty
        }
        ends.set()
        try task.join()
        runtime.shutDown()
        #expect(isComplete, "\(missing)")
        // Integers but rsp, the red zone, and the class's vectors.
        #expect(words == 15 + Backend.redZoneByteCount / 8 + Backend.vectorByteCount(ofClass: index) / 8)
        print("\(Backend.className(index)): \(words) words found")
      }
    }

    // MARK: - Nothing else

    /// A frame at the very start of its page, a stack up to the page's end, a block that ends with its page: what lies
    /// beyond can't be read, and what the handler wrote isn't reported.
    @Test func nothingBeyondTheRangesIsRead() {
      let sp = Backend.frameByteCount
      let task = ForgedTask(stackPointer: 0, interruptedSP: sp, stateClassIndex: 0)
      let expected =
        (0..<Backend.integerSlotCount).map { sp + Backend.integerSlotOffset($0) }
        + stride(from: sp - Backend.redZoneByteCount, to: ForgedTask.byteCount, by: 8)
      let words = task.scan(vectors: false)
      #expect(words.map(\.offset) == expected)
      for (offset, word) in words { #expect(word.value == 0xf00d_0000 + UInt(offset)) }
      let registers = Set(words.filter { $0.word.place == .register }.map { $0.offset - sp })
      for unreported in [
        Backend.pcWordOffset, Backend.rflagsWordOffset, Backend.areaWordOffset, Backend.contextWordOffset,
      ] {
        #expect(!registers.contains(unreported))
      }
      #expect(words.filter { $0.word.place == .redZone }.count == Backend.redZoneByteCount / 8)
    }

    /// Code that moved its stack pointer by less than a word: the word that it cuts is read once, as part of the stack.
    @Test func aStackPointerThatCutsAWord() {
      let sp = Backend.frameByteCount + 4
      let task = ForgedTask(stackPointer: 0, interruptedSP: sp, stateClassIndex: 0)
      let expected =
        (0..<Backend.integerSlotCount).map { sp + Backend.integerSlotOffset($0) }
        + stride(from: sp - 4 - Backend.redZoneByteCount, to: ForgedTask.byteCount, by: 8)
      #expect(task.scan(vectors: false).map(\.offset) == expected)
    }

    #if noxreg
    /// The area lies on the stack, here from the start of its page on: what an earlier preemption of a wider class left
    /// above it is not the task's.
    @Test func noStaleBytesOfAWiderClass() {
      for index in 0..<Backend.classCount {
        let task = ForgedTask(
          stackPointer: -Int(PREEMPT_SWITCH_FRAME_BYTES), interruptedSP: ForgedTask.byteCount,
          stateClassIndex: Int32(index))
        let offsets = task.scan(vectors: true).filter { $0.word.place == .vector }.map(\.offset)
        #expect(offsets == Array(stride(from: 0, to: Backend.vectorByteCount(ofClass: index), by: 8)), "class \(index)")
      }
    }
    #else
    /// A block of the narrowest class: bytes of a wider one behind it are not the task's.
    @Test func upperHalvesStale() {
      let block = ForgedTask(stackPointer: 0)
      for index in 0..<Backend.classCount {
        let byteCount = Backend.vectorByteCount(ofClass: index)
        let area = block.page + ForgedTask.byteCount - byteCount
        guard UInt(bitPattern: area) & 63 == 0 else {
          Issue.record("class \(index) isn't whole lines")
          continue
        }
        let task = ForgedTask(
          stackPointer: 0, interruptedSP: Backend.frameByteCount, stateClassIndex: Int32(index))
        task.g.pointee.extended.bits = UInt(bitPattern: area) | UInt(index)
        let addresses = task.scan(vectors: true).filter { $0.word.place == .vector }.map(\.word.address)
        let end = UInt(bitPattern: block.page) + UInt(ForgedTask.byteCount)
        #expect(addresses == Array(stride(from: UInt(bitPattern: area), to: end, by: 8)), "class \(index)")
      }
    }
    #endif

    /// A task that parked by itself: the registers of its switch frame, its return address and all above.
    @Test func aTaskThatParked() {
      let task = ForgedTask(stackPointer: 0)
      let words = task.scan(vectors: true)
      // The control registers are the first word.
      #expect(words.map(\.offset) == Array(stride(from: 8, to: ForgedTask.byteCount, by: 8)))
      #expect(words.filter { $0.word.place == .register }.map(\.offset) == Array(stride(from: 8, to: 56, by: 8)))
      for (offset, word) in words { #expect(word.value == 0xf00d_0000 + UInt(offset)) }
    }

    @Test func aTaskThatHasNotStarted() {
      let task = ForgedTask(stackPointer: 0)
      task.g.pointee.hasStarted = false
      #expect(task.scan(vectors: true).isEmpty)
    }

    // MARK: - Real ones

    /// The task that stops the world finds its own locals, as it finds those of a parked one.
    @Test func theRequesterItself() throws {
      let runtime = try withNoSignalBlocked { try PreemptRuntime(code: workloadCode()) }
      let place = ParkingPlace()
      // Complements of addresses, which no scanner takes for one.
      let hidden = Mutex<[String: UInt]>([:])
      let keepLocal: @Sendable (String, () throws -> Void) throws -> Void = { name, body in
        let object = UnsafeMutablePointer<UInt>.allocate(capacity: 1)
        object.initialize(to: 5)
        hidden.withLock { $0[name] = ~UInt(bitPattern: object) }
        try body()
        #expect(object.pointee == 5)
        object.deallocate()
      }
      let parked = try runtime.spawn("parked") { try keepLocal("parked") { place.park() } }
      let found = try runtime.spawn("requester") { () -> [String: Int] in
        var found: [String: Int] = [:]
        try keepLocal("requester") {
          while found["parked"] == nil {
            PreemptRuntime.yield()
            try runtime.stopTheWorld { world in
              world.forEachTask { task in
                #expect(task.state == .left || task.state == .notStarted)
                guard let complement = hidden.withLock({ $0[task.name] }) else { return }
                found[task.name] = task.find(~complement).count
              }
            }
          }
        }
        return found
      }.join()
      place.wake(runtime)
      try parked.join()
      #expect((found["parked"] ?? 0) >= 1 && (found["requester"] ?? 0) >= 1, "\(found)")
      runtime.shutDown()
    }

    /// Code without a table: the whole stack is scanned, and says so.
    @Test func withoutATableTheWholeStackIsScanned() throws {
      let runtime = try withNoSignalBlocked { try PreemptRuntime(code: workloadCode()) }
      let stop = StopWord()
      let task = try runtime.spawn("loop") { workload_empty_loop(stop.word) }
      _ = eventually("it is preempted") {
        let stopped = try! runtime.suspend(task)
        defer { try! runtime.resume(task) }
        guard case .preempted = stopped.state else { return false }
        var places: [CandidatePlace: Int] = [:]
        let rest = stopped.forEachCandidateWord(.interruptedFrame(incomingArgumentByteCount: 0)) {
          places[$0.place, default: 0] += 1
        }
        #expect(rest == nil)
        let bytes = stopped.stackBounds.upperBound - stopped.position.stackPointer
        #expect(places[.restOfStack] == Int(bytes / 8) && places[.frame] == nil)
        return true
      }
      stop.set()
      try task.join()
      runtime.shutDown()
    }

    /// libunwind agrees with the scanner about where the interrupted function's frame ends, in loops with and without
    /// frames, calls and prologues.
    @Test func boundsAgreeWithLibunwind() throws {
      let verifier = try FrameVerifier()
      let code = CodeRegistry()
      try code.register(imageContaining: #dsohandle)
      let runtime = try withNoSignalBlocked {
        try PreemptRuntime(timeSlice: .milliseconds(1), code: code)
      }
      let mismatches = Mutex<[FrameMismatch]>([])
      runtime.verifyFrames(.sampled(oneIn: 1), with: verifier) { found in mismatches.withLock { $0 += found } }
      let stop = StopWord()
      let loops = try [
        runtime.spawn("calls") { _ = workload_call_loop(stop.word) },
        runtime.spawn("frameless") { _ = workload_frameless_loop(stop.word) },
        runtime.spawn("Swift") {
          var sum = 0
          while !stop.isSet { sum = recurse(12) &+ sum }
          #expect(sum != 1)
        },
        runtime.spawn("local") {
          var pin: UInt64 = 0
          let place = (0..<workload_place_count()).first { String(cString: workload_place_name($0)) == "local" }!
          while !stop.isSet { _ = workload_keep(place, 1, 1000, &pin) }
        },
      ]
      runtime.pester(until: "2,000 bounds are verified") { verifier.boundCount >= 2000 }
      stop.set()
      for loop in loops { try loop.join() }
      runtime.shutDown()
      let found = mismatches.withLock { $0 }
      #expect(found.isEmpty, "\(found.prefix(5).map(\.description).joined(separator: "\n"))")
      print("\(verifier.boundCount) bounds of \(verifier.frameCount) frames agree with libunwind")
    }

    /// Frames in code under `.leaf` aren't shown to libunwind.
    @Test func noFrameIsVerifiedUnderLeaf() throws {
      let verifier = try FrameVerifier()
      let runtime = try withNoSignalBlocked { try PreemptRuntime(code: workloadCode()) }
      runtime.verifyFrames(.sampled(oneIn: 1), with: verifier) { _ in }
      let stop = StopWord()
      let task = try runtime.spawn("loop") { workload_empty_loop(stop.word) }
      runtime.pester(until: "100 preemptions") { runtime.statistics.preemptions >= 100 }
      stop.set()
      try task.join()
      runtime.shutDown()
      #expect(verifier.frameCount == 0)
    }
  }
}

/// Goes down and up again: prologues, epilogues and frames of Swift code.
@inline(never)
private func recurse(_ depth: Int) -> Int {
  if depth == 0 { return 1 }
  return recurse(depth - 1) &* 3 &+ depth
}
