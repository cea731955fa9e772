// Stacks: each has its guard, however many there are, and many are few mappings.

import Foundation
import Testing

@testable import PreemptRuntime

@Suite struct StackPoolTests {
  /// Whether the kernel can read the byte for us: a guard page answers EFAULT.
  private static func isReadable(_ address: UInt, into file: Int32) -> Bool {
    write(file, UnsafeRawPointer(bitPattern: address), 1) == 1
  }

  @Test(arguments: [StackPool.Guard.advice, .protection])
  func everyStackHasItsGuard(kind: StackPool.Guard) throws {
    let pool = StackPool(guard: kind)
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    defer { for end in ends { close(end) } }
    let guardByteCount = UInt(GuardedStack.guardByteCount)
    // Over several slabs.
    let stacks = try (0..<500).map { _ in try pool.take(20_000) }
    for stack in stacks {
      #expect(stack.high - stack.low == 20_480)
      #expect(Self.isReadable(stack.low, into: ends[1]) && Self.isReadable(stack.high - 1, into: ends[1]))
      for address in [stack.low - 1, stack.low - guardByteCount / 2, stack.low - guardByteCount] {
        #expect(!Self.isReadable(address, into: ends[1]), "\(address) below \(stack.low)")
        #expect(errno == EFAULT)
      }
    }
    let sorted = stacks.sorted { $0.low < $1.low }
    for (lower, upper) in zip(sorted, sorted.dropFirst()) { #expect(lower.high <= upper.low - guardByteCount) }
  }

  @Test func slabsDoubleAndStacksAreUsedAgain() throws {
    let pool = StackPool()
    let stacks = try (0..<10_000).map { _ in try pool.take(GuardedStack.floorByteCount) }
    // 64 · (2⁸ − 1) is the first such sum over 10,000.
    #expect(pool.slabCount == 8)
    for stack in stacks { pool.give(stack) }
    let again = try (0..<10_000).map { _ in try pool.take(GuardedStack.floorByteCount).low }
    #expect(Set(again) == Set(stacks.map(\.low)))
    #expect(pool.slabCount == 8)
  }

  @Test func sizesDoNotMix() throws {
    let pool = StackPool()
    let small = try pool.take(GuardedStack.floorByteCount)
    pool.give(small)
    let large = try pool.take(GuardedStack.defaultByteCount)
    #expect(large.high - large.low == UInt(GuardedStack.defaultByteCount))
    #expect(try pool.take(GuardedStack.floorByteCount - 100).low == small.low)
  }
}
