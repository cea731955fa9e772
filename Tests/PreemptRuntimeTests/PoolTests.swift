// What a task holds off its stack, and who gives it back.

import CPreempt
import CWorkloads
import Conformance
import SelectedArch
import Synchronization
import Testing

@testable import PreemptRuntime

@Suite(.serialized) struct PoolTests {
  /// What a G that was never preempted carries for its extended state.
  @Test func aTaskHoldsOneWord() {
    #if noxreg
    #expect(MemoryLayout<ExtendedState>.size == 0)
    #expect(ExtendedStatePool(wipesSavedState: false).statistics.isEmpty)
    #else
    #expect(MemoryLayout<ExtendedState>.size == 8)
    #expect(ExtendedStatePool(wipesSavedState: false).statistics.count == Backend.classCount)
    #endif
  }

  #if !noxreg
  /// A thousand tasks, five of which are ever preempted.
  @Test func onlyPreemptedTasksTakeBlocks() throws {
    let code = CodeRegistry()
    try code.register(from: UInt(workload_start()), to: UInt(workload_end()))
    let runtime = try PreemptRuntime(timeSlice: .seconds(100), code: code)
    let spares = runtime.statistics.pools.reduce(0) { $0 + $1.allocatedBlockCount }
    #expect(spares > 0)
    let stop = Stop()
    let preempted = Atomic<Int>(0)
    let seen = Mutex<Set<UInt64>>([])
    runtime.observePreemptions { task in
      if seen.withLock({ $0.insert(task.taskID).inserted }) { preempted.add(1, ordering: .releasing) }
    }
    let loops = try (0..<5).map { number in
      try runtime.spawn("loop \(number)") { workload_empty_loop(stop.word) }
    }
    let others = try (0..<995).map { number in try runtime.spawn("other \(number)") { number } }
    while preempted.load(ordering: .acquiring) < 5 { runtime.requestPreemption(ofProcessor: 0) }
    stop.set()
    for loop in loops { try loop.join() }
    #expect(try others.map { try $0.join() } == Array(0..<995))
    let pools = runtime.statistics.pools
    let allocated = pools.reduce(0) { $0 + $1.allocatedBlockCount }
    #expect(allocated <= spares + 5 && allocated > spares, "\(allocated) blocks, \(spares) of them spares")
    #expect(pools.allSatisfy { $0.highWaterBlockCount <= $0.allocatedBlockCount && $0.byteCount >= $0.allocatedBlockCount * $0.blockByteCount })
    runtime.shutDown()
    #expect(runtime.statistics.pools.allSatisfy { $0.inUseBlockCount == 0 }, "spares go back with their processor")
  }

  @Test func wipedBlocksHoldNothing() throws {
    let pool = ExtendedStatePool(wipesSavedState: true)
    let block = try #require(pool.take(0))
    let bytes = UnsafeMutableRawBufferPointer(start: block, count: Backend.areaByteCount(ofClass: 0))
    for index in bytes.indices { bytes[index] = 0xa5 }
    pool.give(block, 0)
    #expect(bytes.allSatisfy { $0 == 0 })
    #expect(pool.take(0) == block)
    #expect(pool.statistics[0].allocatedBlockCount == 1)
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
        guard let probe = RegisterProbe(stateClassIndex: index, widest: widest, seed: UInt64(number) + 5) else { return [] }
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
  #endif
}

/// A word that loops in C watch.
final class Stop: @unchecked Sendable {
  let word = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
  init() { word.initialize(to: 0) }
  func set() { word.pointee = 1 }
}
