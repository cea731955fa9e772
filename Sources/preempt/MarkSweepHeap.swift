// An example of what stopTheWorld and the scanner are for: a mark-sweep heap whose roots are nothing but the words of
// stopped tasks.
//
// Nodes have one size, and lie in one arena. A word that is an address of a node, or of anything inside it, keeps it:
// compilers drop a base when an inner address is all they need. A freed node is poisoned, so that whoever still holds it
// notices.

import Foundation
import PreemptRuntime
import Synchronization

/// A node of a list. Its check goes with its address and value: a node that was freed, or is another's, has a wrong one.
struct Node {
  var next: UnsafeMutablePointer<Node>?
  var value: UInt64
  var check: UInt64
  private var padding: UInt64 = 0

  static func check(_ node: UnsafeMutablePointer<Node>, _ value: UInt64) -> UInt64 {
    (UInt64(UInt(bitPattern: node)) ^ value) &* 0x9e37_79b9_7f4a_7c15
  }
}

final class MarkSweepHeap: @unchecked Sendable {
  private let runtime: PreemptRuntime
  private let nodes: UnsafeMutablePointer<Node>
  private let capacity: Int
  private enum State { static let free: UInt8 = 0, allocated: UInt8 = 1, marked: UInt8 = 2 }
  private let states: UnsafeMutablePointer<UInt8>
  /// Nodes that were marked and whose successors weren't looked at: each node is there at most once.
  private let pending: UnsafeMutablePointer<Int>
  private var pendingCount = 0
  private let lock = NSLock()
  private var firstFree: UnsafeMutablePointer<Node>?
  /// Offset from a preempted task's stack pointer that is passed over, to see a loss noticed.
  private let forgottenOffset: Int?
  /// Roots besides the tasks' words: for a reference that no word of a task holds.
  let pins: UnsafeMutableBufferPointer<UInt64>

  private(set) var collectionCount = 0
  private(set) var allocatedCount = 0
  private(set) var freedCount = 0
  private(set) var liveCount = 0
  private(set) var candidateWordCount = 0
  /// Per collection, in nanoseconds: until everything stood still, and until it could go on.
  private(set) var stops: [UInt64] = []
  private(set) var pauses: [UInt64] = []

  init(capacity: Int, pinCount: Int, runtime: PreemptRuntime, forgottenOffset: Int?) {
    self.capacity = capacity
    self.runtime = runtime
    self.forgottenOffset = forgottenOffset
    nodes = .allocate(capacity: capacity)
    states = .allocate(capacity: capacity)
    pending = .allocate(capacity: capacity)
    states.initialize(repeating: State.free, count: capacity)
    pins = .allocate(capacity: pinCount)
    pins.initialize(repeating: 0)
    // Grown here: a collection allocates nothing.
    stops.reserveCapacity(1 << 20)
    pauses.reserveCapacity(1 << 20)
    for index in 0..<capacity { free(index) }
  }

  deinit {
    nodes.deallocate()
    states.deallocate()
    pending.deallocate()
    pins.deallocate()
  }

  /// A node with that value and successor, or nil where all of them are in use. A runtime entry: no task is stopped
  /// while it holds the lock, or a node that nothing refers to.
  func allocate(_ value: UInt64, next: UnsafeMutablePointer<Node>?) -> UnsafeMutablePointer<Node>? {
    PreemptRuntime.withPreemptionDisabled {
      while true {
        lock.lock()
        let seen = collectionCount
        if let node = firstFree {
          firstFree = node.pointee.next
          states[node - nodes] = State.allocated
          allocatedCount += 1
          node.pointee.next = next
          node.pointee.value = value
          node.pointee.check = Node.check(node, value)
          lock.unlock()
          return node
        }
        lock.unlock()
        guard collect(unlessBehind: seen) else { return nil }
      }
    }
  }

  /// Stops the world, marks and sweeps, unless somebody did since there were `count` collections. Returns whether there
  /// are free nodes.
  @discardableResult
  func collect(unlessBehind count: Int) -> Bool {
    let start = monotonicNanoseconds()
    let isFree = try? runtime.stopTheWorld { world in
      guard collectionCount == count else { return firstFree != nil }
      world.forEachTask(mark)
      for pin in pins { mark(UInt(pin)) }
      markPending()
      sweep()
      collectionCount += 1
      stops.append(world.stopNanoseconds)
      pauses.append(monotonicNanoseconds() - start)
      return firstFree != nil
    }
    return isFree ?? false
  }

  private func mark(_ task: StoppedTask) {
    var forgotten: UInt = 0
    if let forgottenOffset, case .preempted = task.state {
      forgotten = task.position.stackPointer &+ UInt(bitPattern: forgottenOffset)
    }
    task.forEachCandidateWord { word in
      candidateWordCount += 1
      if word.address != forgotten { mark(word.value) }
    }
    markPending()
  }

  private func markPending() {
    while pendingCount > 0 {
      pendingCount -= 1
      mark(UInt(bitPattern: nodes[pending[pendingCount]].next))
    }
  }

  /// Number of the node that the word is an address of, or of anything inside; allocated or free.
  func node(at word: UInt) -> Int? {
    let offset = word &- UInt(bitPattern: nodes)
    return offset < UInt(capacity * MemoryLayout<Node>.stride) ? Int(offset) / MemoryLayout<Node>.stride : nil
  }

  private func mark(_ word: UInt) {
    guard let index = node(at: word), states[index] == State.allocated else { return }
    states[index] = State.marked
    pending[pendingCount] = index
    pendingCount += 1
  }

  private func sweep() {
    liveCount = 0
    for index in 0..<capacity {
      switch states[index] {
      case State.marked:
        states[index] = State.allocated
        liveCount += 1
      case State.allocated:
        free(index)
        freedCount += 1
      default: break
      }
    }
  }

  private func free(_ index: Int) {
    let node = nodes + index
    states[index] = State.free
    node.pointee.value = 0xdead_dead_dead_dead
    node.pointee.check = 0
    node.pointee.next = firstFree
    firstFree = node
  }
}
