// The soak: tasks that do what programs do, preempted as often as two processors can, against the same tasks left alone.
//
// A batch is a pure function of its seed, whoever runs beside it. Its checksum is taken first on a runtime with no
// registered code, where nothing is ever preempted, and then over and over under a slice of 100 µs with the whole image
// registered as .wholeStack, while the world is stopped again and again.

import CBodies
import CWorkloads
import Glibc
import PreemptRuntime
import Synchronization

private struct Thrown: Error { let value: UInt64 }

private final class Node {
  var value: UInt64
  var next: Node?
  init(_ value: UInt64, _ next: Node?) {
    self.value = value
    self.next = next
  }
}

@inline(__always)
private func mixed(_ a: UInt64, _ b: UInt64) -> UInt64 { (a ^ b) &* 0x9e37_79b9_7f4a_7c15 &+ (a >> 29) }

/// What the tasks of one runtime share.
private final class Shared: @unchecked Sendable {
  let mutex = PreemptRuntime.Mutex()
  let changed: PreemptRuntime.Condition
  /// Guarded by the mutex.
  var tally: UInt64 = 0
  var names: [String: Int] = [:]
  init() { changed = PreemptRuntime.Condition(mutex) }
}

/// A worker's partner, which writes what it is sent to a pipe and answers.
private struct Echo: Sendable {
  let requests = PreemptRuntime.Channel<UInt64>()
  let replies = PreemptRuntime.Channel<UInt64>(capacity: 1)
  let input: Int32
  let output: Int32

  init() throws {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw PreemptError.outOfMemory("a pipe") }
    (input, output) = (ends[0], ends[1])
  }

  func serve() throws {
    while let request = requests.receive() {
      var bytes = (request, mixed(request, 7))
      let count = withUnsafeBytes(of: &bytes) { write(output, $0.baseAddress, $0.count) }
      try replies.send(count == 16 ? mixed(request, 11) : 0)
    }
    close(output)
    close(input)
  }
}

private struct Batch {
  let shared: Shared
  let echo: Echo
  var sum: UInt64 = 0

  mutating func take(_ value: UInt64) { sum = mixed(sum, value) }

  static func checksum(_ seed: UInt64, _ shared: Shared, _ echo: Echo) throws -> UInt64 {
    var batch = Batch(shared: shared, echo: echo)
    errno = Int32(truncatingIfNeeded: seed & 0xff)
    batch.compute(seed)
    batch.allocate(seed)
    batch.useStrings(seed)
    batch.throwErrors(seed)
    batch.nestSections(seed)
    batch.useMutex(seed)
    try batch.communicate(seed)
    batch.take(workload_integers(seed, 20_000))
    batch.take(UInt64(UInt32(bitPattern: errno)))
    return batch.sum
  }

  mutating func compute(_ seed: UInt64) {
    var x = Float80(seed % 1000 + 2)
    var y = Double(seed % 77) + 0.5
    for round in 1...3000 {
      x = (x + Float80(round) / x) / 2 + 1
      y = (y * 1.0000001).squareRoot() + Double(round)
    }
    take(x.significandBitPattern)
    take(y.bitPattern)
  }

  mutating func allocate(_ seed: UInt64) {
    var list: Node?
    for index in 0..<60 { list = Node(mixed(seed, UInt64(index)), list) }
    var numbers = (0..<120).map { mixed(seed, UInt64($0)) }
    numbers.sort { $0 & 0xffff < $1 & 0xffff || $0 & 0xffff == $1 & 0xffff && $0 < $1 }
    while let node = list {
      node.value ^= numbers[Int(node.value % 120)]
      take(node.value)
      list = node.next
    }
  }

  mutating func useStrings(_ seed: UInt64) {
    var counts: [String: UInt64] = [:]
    for index in 0..<40 {
      let key = "key \(mixed(seed, UInt64(index)) % 25) é"
      counts[key, default: 0] += UInt64(index)
    }
    for key in counts.keys.sorted() {
      for byte in (key.uppercased() + " = \(counts[key]!)").utf8 { take(UInt64(byte)) }
    }
  }

  mutating func throwErrors(_ seed: UInt64) {
    for round in 0..<10 {
      do { try fail(seed &+ UInt64(round), depth: 5) } catch { take((error as! Thrown).value) }
    }
    take(UInt64(bodies_throw(Int32(truncatingIfNeeded: seed), { PreemptRuntime.yield() })))
  }

  private func fail(_ seed: UInt64, depth: Int) throws {
    let kept = Node(seed, nil)
    if depth > 0 { try fail(mixed(kept.value, 3), depth: depth - 1) } else { throw Thrown(value: kept.value) }
  }

  mutating func nestSections(_ seed: UInt64) {
    let values = PreemptRuntime.withPreemptionDisabled {
      [seed]
        + PreemptRuntime.withPreemptionDisabled {
          [mixed(seed, 1)] + PreemptRuntime.withPreemptionDisabled { [mixed(seed, 2), workload_integers(seed, 50)] }
        }
    }
    values.forEach { take($0) }
  }

  mutating func useMutex(_ seed: UInt64) {
    shared.mutex.withLock {
      let before = shared.tally
      shared.names["name \(seed % 9)", default: 0] += 1
      if seed % 4 == 0 { PreemptRuntime.yield() }
      shared.tally = before + 1
    }
    shared.changed.signal()
  }

  mutating func communicate(_ seed: UInt64) throws {
    try echo.requests.send(seed)
    let reply = echo.replies.receive()
    var word: UInt64 = 0
    // The answer says that the bytes are there; the other way round the read has to wait for them.
    take(UInt64(read(echo.input, &word, 8)))
    take(word)
    take(reply ?? 1)
    take(UInt64(try PreemptRuntime.blocking { read(echo.input, &word, 8) }))
    take(word)
    errno = Int32(truncatingIfNeeded: seed & 0xff)
    try echo.requests.send(seed ^ 1)
    let count = try PreemptRuntime.blocking {
      var words = (UInt64(0), UInt64(0))
      let count = withUnsafeMutableBytes(of: &words) { read(echo.input, $0.baseAddress, 16) }
      word = words.0 ^ words.1
      return count
    }
    take(UInt64(count))
    take(word)
    take(echo.replies.receive() ?? 1)
    errno = Int32(truncatingIfNeeded: seed & 0xff)
  }
}

private let seedCount = 24
private let workerCount = 6

/// Every batch once, on one processor with nothing registered.
private func expectedChecksums() throws -> [UInt64] {
  let runtime = try PreemptRuntime(code: CodeRegistry())
  let shared = Shared()
  let echo = try Echo()
  let server = try runtime.spawn("echo", stackByteCount: 1 << 18) { try echo.serve() }
  let worker = try runtime.spawn("worker", stackByteCount: 1 << 18) {
    let sums = try (0..<seedCount).map { try Batch.checksum(UInt64($0) &* 0x1_0001 &+ 5, shared, echo) }
    echo.requests.close()
    return sums
  }
  let sums = try worker.join()
  try server.join()
  guard runtime.statistics.preemptions == 0 else { throw PreemptError.outOfMemory("a run without preemption") }
  runtime.shutDown()
  return sums
}

/// Runs for that long, and until the world was stopped that often. Returns whether every checksum was right.
func soak(seconds: Int, stops: Int) throws -> Bool {
  let expected = try expectedChecksums()
  let code = CodeRegistry()
  try code.register(imageContaining: #dsohandle)
  let runtime = try PreemptRuntime(processors: 2, timeSlice: .microseconds(100), code: code)
  let shared = Shared()
  let ends = Flag()
  let echoes = try (0..<workerCount).map { _ in try Echo() }
  let servers = try echoes.map { echo in try runtime.spawn("echo", stackByteCount: 1 << 18) { try echo.serve() } }
  let workers = try echoes.enumerated().map { number, echo in
    try runtime.spawn("worker \(number)", stackByteCount: 1 << 18) { () -> (batches: Int, wrong: [Int]) in
      defer { echo.requests.close() }
      var (batches, wrong): (Int, [Int]) = (0, [])
      while !ends.flag.load(ordering: .relaxed) {
        let index = (batches + number * 5) % seedCount
        if try Batch.checksum(UInt64(index) &* 0x1_0001 &+ 5, shared, echo) != expected[index] { wrong.append(index) }
        batches += 1
      }
      return (batches, wrong)
    }
  }
  let end = monotonicNanoseconds() + UInt64(seconds) * 1_000_000_000
  var stopCount = 0
  while monotonicNanoseconds() < end || stopCount < stops {
    if stopCount < stops {
      try runtime.stopTheWorld { _ in stopCount += 1 }
      usleep(useconds_t(max(200, seconds * 1_000_000 / max(1, stops) * 9 / 10)))
    } else {
      // Woken by the next batch, as a program's main thread would be.
      shared.mutex.withLock { shared.changed.wait() }
    }
  }
  ends.flag.store(true, ordering: .relaxed)
  let results = try workers.map { try $0.join() }
  for server in servers { try server.join() }
  let statistics = runtime.statistics
  runtime.shutDown()
  let batches = results.reduce(0) { $0 + $1.batches }
  let wrong = results.flatMap(\.wrong)
  let named = shared.names.values.reduce(0, +)
  print(
    "soak \(seconds) s: \(batches) batches, \(statistics.preemptions) preemptions, \(stopCount) stops, "
      + "\(wrong.count) wrong checksums, tally \(shared.tally), named \(named)")
  for (reason, count) in statistics.refusals.sorted(by: { $0.value > $1.value }) {
    print("  refused \(reason.name): \(count)")
  }
  if !wrong.isEmpty { print("  wrong: seeds \(Set(wrong).sorted())") }
  return wrong.isEmpty && shared.tally == UInt64(batches) && named == batches && batches > 0
    && statistics.preemptions > UInt64(seconds)
}

private func monotonicNanoseconds() -> UInt64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}
