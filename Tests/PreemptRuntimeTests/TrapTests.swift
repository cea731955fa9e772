// What stops the process: each message names the G, the P and both PCs.

import CPreempt
import CWorkloads
import Glibc
import SelectedArch
import Testing

@testable import PreemptRuntime

/// The message of a trap, or what is wrong with it.
private func check(
  _ output: [UInt8]?, _ what: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  let text = String(decoding: output ?? [], as: UTF8.self)
  let lines = text.split(separator: "\n").filter { $0.hasPrefix("swift-preempt: ") }
  #expect(lines.count == 1, "\(text)", sourceLocation: sourceLocation)
  guard let line = lines.first else { return }
  let number = "[0-9]+"
  let pattern = "swift-preempt: \(what): G \(number), P \(number), interrupted PC 0x[0-9a-f]+, other PC 0x[0-9a-f]+"
  let matches = if let regex = try? Regex<AnyRegexOutput>(pattern) { line.wholeMatch(of: regex) != nil } else { false }
  #expect(matches, "\(line)", sourceLocation: sourceLocation)
}

/// Runs `body` as the second task of the second processor's kind of runtime: G 2 of P 0.
private func onTask(_ body: @escaping @Sendable (G, M) -> Void) throws {
  unblockSignals()
  let runtime = try PreemptRuntime(code: CodeRegistry())
  try runtime.spawn("first") {}.join()
  try runtime.spawn("trapped") {
    let g = enterRuntime()!
    body(g, currentM()!)
    leaveRuntime(g)
  }.join()
  runtime.shutDown()
}

/// Leaves the stack as a stub of class `index` would.
private func leaveAsPreempted(_ g: G, _ index: Int) { leave(g, Backend.preemptedReason + UInt(index)) }

extension RuntimeSuite {
  @Suite struct TrapTests {
    init() { silenceBacktraces() }

    /// The handler meets a G that is in an injected call already.
    @Test func doublePreemptionInTheHandler() async {
      let result = await #expect(processExitsWith: .signal(SIGILL), observing: [\.standardErrorContent]) {
        unblockSignals()
        let runtime = try PreemptRuntime(code: workloadCode())
        try runtime.spawn("trapped") {
          let g = enterRuntime()!
          let frame = ForgedFrame()
          frame.pc = 0x7000
          frame.sp = g.pointee.stack.low + 8192
          frame.signalMask = currentM()!.pointee.baseSignalMask
          frame.pc = UInt(workload_start())
          g.pointee.injectedClass = 0
          g.pointee.interruptedPC = 0xabcde
          g.pointee.head.preemption_depth = 0
          _ = injectCall(currentM()!, frame.context)
        }.join()
      }
      check(result?.standardErrorContent, "double preemption")
      let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
      #expect(text.contains("G 1, P 0, interrupted PC 0xabcde, other PC 0x"))
    }

    /// The scheduler meets a G that comes from a stub no handler sent it to.
    @Test func arrivalWithoutInjection() async {
      let result = await #expect(processExitsWith: .signal(SIGILL), observing: [\.standardErrorContent]) {
        try onTask { g, _ in leaveAsPreempted(g, 0) }
      }
      check(result?.standardErrorContent, "double preemption")
    }

    @Test func arrivalFromAnotherClassThanInjected() async {
      let result = await #expect(processExitsWith: .signal(SIGILL), observing: [\.standardErrorContent]) {
        try onTask { g, _ in
          g.pointee.injectedClass = 1
          leaveAsPreempted(g, 0)
        }
      }
      check(result?.standardErrorContent, "double preemption")
    }

    @Test func stackBoundOverTheLimit() async {
      let result = await #expect(processExitsWith: .signal(SIGILL), observing: [\.standardErrorContent]) {
        try onTask { g, _ in
          g.pointee.injectedClass = 0
          g.pointee.interruptedPC = 0x1234
          // Its frame would reach from here to the stack's start.
          g.pointee.interruptedSP = g.pointee.stack.high
          leaveAsPreempted(g, 0)
        }
      }
      check(result?.standardErrorContent, "stack bound over the limit")
      let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
      #expect(text.contains("G 2, P 0, interrupted PC 0x1234, other PC 0x"))
    }

    @Test func stackBoundBelowTheFrame() async {
      let result = await #expect(processExitsWith: .signal(SIGILL), observing: [\.standardErrorContent]) {
        try onTask { g, _ in
          g.pointee.injectedClass = 0
          g.pointee.interruptedSP = g.pointee.stack.low + 64
          leaveAsPreempted(g, 0)
        }
      }
      check(result?.standardErrorContent, "stack bound over the limit")
    }

    #if !noxreg
    /// A G that holds a block already would lose it.
    @Test func preemptionOfAGThatHoldsState() async {
      let result = await #expect(processExitsWith: .signal(SIGILL), observing: [\.standardErrorContent]) {
        try onTask { g, _ in
          g.pointee.injectedClass = 0
          g.pointee.extended.bits = 0x40
          // A word of this function's frame: the frame lies right below it.
          var marker = 0
          withUnsafePointer(to: &marker) { g.pointee.interruptedSP = UInt(bitPattern: $0) }
          leaveAsPreempted(g, 0)
        }
      }
      check(result?.standardErrorContent, "double preemption")
    }

    @Test func resumeWithoutState() async {
      let result = await #expect(processExitsWith: .signal(SIGILL), observing: [\.standardErrorContent]) {
        try onTask { g, _ in
          g.pointee.injectedClass = 0
          g.pointee.interruptedPC = 0x777
          leave(g, LeaveReason.yield)
        }
      }
      check(result?.standardErrorContent, "resume without state")
      let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
      #expect(text.contains("G 2, P 0, interrupted PC 0x777, other PC 0x"))
    }
    #endif

    @Test(arguments: [true, false]) func stackOverflowNamesTheTask(advice: Bool) async {
      // A closure of an exit test may not capture: two of them.
      let result =
        advice
        ? await #expect(processExitsWith: .signal(SIGSEGV), observing: [\.standardErrorContent]) {
          try overflow(advice: true)
        }
        : await #expect(processExitsWith: .signal(SIGSEGV), observing: [\.standardErrorContent]) {
          try overflow(advice: false)
        }
      let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
      #expect(
        text.contains("swift-preempt: stack overflow in task 'the deep one': G 2, stack of 65536 bytes, PC 0x"),
        "\(text)")
      #expect(text.contains("give spawn() a larger stackByteCount"), "\(text)")
    }

    /// A fault that is no overflow is not called one.
    @Test func anotherFaultIsNotAnOverflow() async {
      let result = await #expect(processExitsWith: .signal(SIGSEGV), observing: [\.standardErrorContent]) {
        try onTask { _, _ in UnsafeMutablePointer<Int>(bitPattern: 16)!.pointee = 1 }
      }
      let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
      #expect(!text.contains("stack overflow"), "\(text)")
    }

    @Test func shutDownOnATaskSaysSo() async {
      let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        unblockSignals()
        let runtime = try PreemptRuntime(code: CodeRegistry())
        try runtime.spawn("ends it") { runtime.shutDown() }.join()
      }
      let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
      #expect(text.contains("shutDown() on a task would wait"), "\(text)")
    }
  }
}

private func overflow(advice: Bool) throws {
  unblockSignals()
  var environment = Environment.current
  environment.triesGuardAdvice = advice
  let runtime = try PreemptRuntime(code: workloadCode(), environment: environment)
  // Neighbours of the deep one's stack.
  let place = ParkingPlace()
  try runtime.spawn("before") { place.park() }
  try runtime.spawn("the deep one") { _ = workload_overflow(0) }
  runtime.shutDown()
}
