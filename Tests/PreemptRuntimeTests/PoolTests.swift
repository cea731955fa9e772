// Blocks of extended state: who holds one, how many there are, and what is left in them.

import CPreempt
import CWorkloads
import Glibc
import RegisterProbe
import SelectedArch
import Synchronization
import Testing

@testable import PreemptRuntime

extension RuntimeSuite {
  @Suite struct ExtendedStateSizeTests {
    /// What a task pays that is never preempted.
    @Test func bytesPerTask() {
      #if noxreg
      #expect(MemoryLayout<ExtendedState>.size == 0)
      #else
      #expect(MemoryLayout<ExtendedState>.size == 8)
      #endif
    }

    #if noxreg
    @Test func withoutAPoolThereIsNothingToCount() throws {
      let runtime = try PreemptRuntime(code: workloadCode())
      let stop = StopWord()
      let handle = try runtime.spawn("loop") { workload_empty_loop(stop.word) }
      runtime.pester(until: "preemptions") { runtime.statistics.preemptions >= 100 }
      stop.set()
      try handle.join()
      runtime.shutDown()
      #expect(runtime.statistics.pools.isEmpty)
      #expect(runtime.statistics.refusals[.noSpareBlock] == nil)
    }
    #endif
  }
}

#if !noxreg

extension RuntimeSuite {
  @Suite struct PoolTests {
    /// Spares that a P takes at its start: one for each class that the machine's widest width covers.
    var spareCount: Int { (0..<Backend.classCount).count { Backend.entry($0, widest: hardwareWidest) != nil } }

    func total(_ pools: [PoolStatistics], _ field: KeyPath<PoolStatistics, Int>) -> Int {
      pools.reduce(0) { $0 + $1[keyPath: field] }
    }

    @Test func blocksHoldTheirClass() throws {
      let pool = ExtendedStatePool(wipesSavedState: false)
      for (index, entry) in pool.statistics.enumerated() {
        #expect(entry.stateClass == Backend.className(index).description)
        #expect(entry.blockByteCount >= Backend.areaByteCount(ofClass: index))
        #expect(entry.blockByteCount % Backend.areaAlignmentByteCount == 0)
        #expect(entry.blockByteCount - Backend.areaByteCount(ofClass: index) < Backend.areaAlignmentByteCount)
        #expect(entry.byteCount == 0 && entry.allocatedBlockCount == 0)
      }
      // The class's index fits below a block's alignment.
      #expect(Backend.classCount <= Backend.areaAlignmentByteCount)
    }

    @Test func accounting() throws {
      let pool = ExtendedStatePool(wipesSavedState: false)
      for index in 0..<Backend.classCount {
        var blocks: [UnsafeMutableRawPointer] = []
        for _ in 0..<500 { blocks.append(try #require(pool.take(index))) }
        var statistics = pool.statistics[index]
        #expect(statistics.allocatedBlockCount == 500)
        #expect(statistics.inUseBlockCount == 500)
        #expect(statistics.highWaterBlockCount == 500)
        #expect(statistics.byteCount >= 500 * statistics.blockByteCount)
        #expect(Set(blocks).count == 500)
        let sorted = blocks.map { UInt(bitPattern: $0) }.sorted()
        #expect(sorted.allSatisfy { $0 % UInt(Backend.areaAlignmentByteCount) == 0 })
        #expect(zip(sorted, sorted.dropFirst()).allSatisfy { $1 - $0 >= UInt(statistics.blockByteCount) })
        for block in blocks.prefix(300) { pool.give(block, index) }
        let bytes = statistics.byteCount
        for _ in 0..<300 { _ = try #require(pool.take(index)) }
        statistics = pool.statistics[index]
        // What was given back is what is taken.
        #expect(statistics.allocatedBlockCount == 500)
        #expect(statistics.inUseBlockCount == 500)
        #expect(statistics.highWaterBlockCount == 500)
        #expect(statistics.byteCount == bytes)
      }
    }

    @Test(arguments: [true, false]) func wiping(wipes: Bool) throws {
      let pool = ExtendedStatePool(wipesSavedState: wipes)
      for index in 0..<Backend.classCount {
        let byteCount = Backend.areaByteCount(ofClass: index)
        let block = try #require(pool.take(index))
        memset(block, 0x5a, byteCount)
        pool.give(block, index)
        let bytes = UnsafeRawBufferPointer(start: block, count: byteCount)
        #expect(bytes.allSatisfy { $0 == (wipes ? 0 : 0x5a) }, "class \(index)")
      }
    }

    /// After a task's end nothing of its registers is left in any block, where that was asked for.
    @Test(arguments: [true, false]) func secretsLeftInTheSaveArea(wipes: Bool) throws {
      let code = CodeRegistry()
      try code.register(from: preempt_probe_start(), to: preempt_probe_end())
      let runtime = try PreemptRuntime(code: code, wipesSavedState: wipes)
      let blocks = Mutex<[UInt: Int]>([:])
      runtime.observePreemptions { task in
        let state = task.extendedState
        blocks.withLock { $0[UInt(bitPattern: state.baseAddress)] = state.count }
      }
      let done = StopWord()
      let handle = try runtime.spawn("secret") {
        let secret = UnsafeMutableRawPointer.allocate(byteCount: 8192, alignment: 64)
        let result = UnsafeMutableRawPointer.allocate(byteCount: 8192, alignment: 64)
        secret.initializeMemory(as: UInt8.self, repeating: 0, count: 8192)
        // Sixteen vector registers, nothing in the frame that would be refused.
        memset(secret + Backend.probeAreaOffset, 0xc3, 256)
        let frame = Backend.frameByteCount
        for register in Backend.frameRegisters {
          switch register.name {
          case "rflags": secret.storeBytes(of: 0x202, toByteOffset: frame + register.offset, as: UInt64.self)
          case "mxcsr": secret.storeBytes(of: 0x1f80, toByteOffset: frame + register.offset, as: UInt32.self)
          case "fcw": secret.storeBytes(of: 0x37f, toByteOffset: frame + register.offset, as: UInt16.self)
          default: break
          }
        }
        while !done.isSet { _ = Backend.probe(0, widest: hardwareWidest)!(secret, result, 1000) }
        secret.deallocate()
        result.deallocate()
      }
      runtime.pester(until: "preemptions") { runtime.statistics.preemptions >= 50 }
      done.set()
      try handle.join()
      let held = blocks.withLock { $0 }
      runtime.shutDown()
      let secrets = held.filter { block, byteCount in
        let bytes = UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: block), count: byteCount)
        return bytes.count { $0 == 0xc3 } >= 64
      }
      #expect(!held.isEmpty)
      #expect(secrets.isEmpty == wipes, "\(secrets.count) of \(held.count) blocks")
    }

    @Test func onlyPreemptedTasksHoldBlocks() throws {
      let runtime = try PreemptRuntime(timeSlice: .seconds(3600), code: workloadCode())
      let atStart = runtime.statistics.pools
      #expect(total(atStart, \.inUseBlockCount) == spareCount)
      let place = (0..<995).map { _ in ParkingPlace() }
      let entered = Counter()
      let parked = try place.enumerated().map { number, place in
        try runtime.spawn("parked \(number)") {
          entered.add()
          place.park()
          return number
        }
      }
      _ = eventually("995 tasks are parked") { entered.value == 995 }
      let stop = StopWord()
      let preempted = Mutex<Set<UInt64>>([])
      runtime.observePreemptions { task in preempted.withLock { _ = $0.insert(task.taskID) } }
      let loops = try (0..<5).map { number in
        try runtime.spawn("loop \(number)") {
          preempt_initialize_wide()
          workload_empty_loop(stop.word)
          return number
        }
      }
      runtime.pester(until: "each of five is preempted") { preempted.withLock { $0.count } == 5 }
      let pools = runtime.statistics.pools
      #expect(total(pools, \.allocatedBlockCount) <= 5 + spareCount)
      #expect(total(pools, \.inUseBlockCount) <= 5 + spareCount)
      #expect(total(pools, \.highWaterBlockCount) <= 5 + spareCount)
      // Four wait preempted.
      #expect(total(pools, \.inUseBlockCount) >= 4 + spareCount)
      stop.set()
      for (number, handle) in loops.enumerated() { #expect(try handle.join() == number) }
      for place in place { place.wake(runtime) }
      for (number, handle) in parked.enumerated() { #expect(try handle.join() == number) }
      runtime.shutDown()
      let atEnd = runtime.statistics.pools
      #expect(total(atEnd, \.inUseBlockCount) == 0)
      #expect(total(atEnd, \.allocatedBlockCount) == total(pools, \.allocatedBlockCount))
      #expect(total(atEnd, \.highWaterBlockCount) == total(pools, \.highWaterBlockCount))
    }

    @Test func everySpareIsGivenBack() throws {
      for processors in [1, 2, 7] {
        let runtime = try PreemptRuntime(processors: processors, code: workloadCode())
        #expect(total(runtime.statistics.pools, \.inUseBlockCount) == processors * spareCount)
        runtime.shutDown()
        #expect(total(runtime.statistics.pools, \.inUseBlockCount) == 0)
        #expect(total(runtime.statistics.pools, \.highWaterBlockCount) == processors * spareCount)
      }
    }

    /// Fewer widths enabled, fewer spares.
    @Test func sparesOfANarrowerMachine() throws {
      var environment = Environment.current
      environment.enabledComponents = { 3 }
      let runtime = try PreemptRuntime(code: workloadCode(), environment: environment)
      let pools = runtime.statistics.pools
      #expect(pools.map(\.inUseBlockCount) == pools.indices.map { $0 < 2 ? 1 : 0 })
      runtime.shutDown()
    }

    /// A block that is taken on one processor and comes back on another stays counted, and its task whole.
    @Test func exchangeAcrossProcessors() throws {
      let runtime = try PreemptRuntime(processors: 2, timeSlice: .microseconds(200), code: workloadCode())
      let seen = Mutex<[UInt64: Set<Int>]>([:])
      runtime.observePreemptions { task in seen.withLock { _ = $0[task.taskID, default: []].insert(task.processorID) } }
      let stops = (0..<7).map { _ in StopWord() }
      let expected = workload_integers(17, 2000)
      // Four start on the first processor, three on the second.
      let tasks = try stops.enumerated().map { number, stop in
        try runtime.spawn("migrant \(number)", migratable: true) { () -> Int in
          var wrong = 0
          while !stop.isSet { if workload_integers(17, 2000) != expected { wrong += 1 } }
          return wrong
        }
      }
      let pester = {
        runtime.requestPreemption(ofProcessor: 0)
        runtime.requestPreemption(ofProcessor: 1)
      }
      _ = eventually("every task is preempted") {
        pester()
        return seen.withLock { $0.count } == tasks.count
      }
      // A processor that has run out takes preempted tasks of the other.
      let onSecond = Set(seen.withLock { $0.filter { $0.value.contains(1) }.keys })
      for (task, stop) in zip(tasks, stops) where onSecond.contains(task.id) { stop.set() }
      _ = eventually("a task is preempted on both processors") {
        pester()
        return seen.withLock { $0.contains { !onSecond.contains($0.key) && $0.value.count == 2 } }
      }
      for stop in stops { stop.set() }
      for task in tasks { #expect(try task.join() == 0) }
      runtime.shutDown()
      let pools = runtime.statistics.pools
      #expect(total(pools, \.inUseBlockCount) == 0)
      // Seven tasks, two sets of spares, and the short free lists of two processors.
      #expect(total(pools, \.highWaterBlockCount) <= 7 + 2 * (spareCount + 4 * Backend.classCount))
    }

    /// Blocks travel with tasks from processor to processor and all come back.
    @Test func blocksReturnFromEveryProcessor() throws {
      let code = CodeRegistry()
      try code.register(from: preempt_probe_start(), to: preempt_probe_end())
      let runtime = try PreemptRuntime(processors: 2, timeSlice: .microseconds(200), code: code)
      let widest = Backend.widest(enabled: preempt_enabled_components())
      let handles = try (0..<6).map { number in
        try runtime.spawn("probe \(number)", migratable: true) { () -> [String] in
          let index = number % Backend.classCount
          guard let probe = RegisterProbe(stateClassIndex: index, widest: widest, seed: UInt64(number) + 5) else {
            return []
          }
          var found: [String] = []
          for _ in 0..<2000 {
            probe.fill()
            probe.run(times: 2000)
            found += probe.mismatches().map(\.description)
          }
          return found
        }
      }
      for handle in handles { #expect(try handle.join() == []) }
      #expect(runtime.statistics.preemptions > 0)
      runtime.shutDown()
      #expect(runtime.statistics.pools.allSatisfy { $0.inUseBlockCount == 0 })
    }

    @Test func anExhaustedPoolRefuses() throws {
      var environment = Environment.current
      // Only what a processor takes at its start.
      environment.stateBlockLimit = 1
      let runtime = try PreemptRuntime(timeSlice: .seconds(3600), code: workloadCode(), environment: environment)
      let stops = [StopWord(), StopWord()]
      let preempted = Mutex<[UInt64]>([])
      runtime.observePreemptions { task in preempted.withLock { $0.append(task.taskID) } }
      let handles = try stops.map { stop in
        try runtime.spawn("loop") {
          preempt_initialize_wide()
          workload_empty_loop(stop.word)
        }
      }
      // The first took the only block of its class along; the second can't be preempted.
      runtime.pester(until: "refusals") { runtime.refusals(.noSpareBlock) >= 50 }
      let first = preempted.withLock { $0 }
      #expect(first == [handles[0].id])
      // Its end lets the first go on, whose block is the spare again.
      stops[1].set()
      try handles[1].join()
      runtime.pester(until: "another preemption") { preempted.withLock { $0.count } >= 2 }
      #expect(preempted.withLock { Set($0) } == [handles[0].id])
      stops[0].set()
      try handles[0].join()
      runtime.shutDown()
      #expect(total(runtime.statistics.pools, \.inUseBlockCount) == 0)
      #expect(runtime.statistics.pools.allSatisfy { $0.allocatedBlockCount <= 1 })
    }

    @Test func withoutBlocksForItsSparesARuntimeDoesNotStart() throws {
      var environment = Environment.current
      environment.stateBlockLimit = 0
      #expect(throws: PreemptError.outOfMemory("a spare block of extended state")) {
        try PreemptRuntime(code: workloadCode(), environment: environment)
      }
      environment.stateBlockLimit = 1
      #expect(throws: PreemptError.outOfMemory("a spare block of extended state")) {
        try PreemptRuntime(processors: 2, code: workloadCode(), environment: environment)
      }
    }
  }
}

#endif
