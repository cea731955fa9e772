// Broken invariants stop the process, with a message that names the G, the P and both PCs.

import CPreempt
import CWorkloads
import SelectedArch
import Testing

@testable import PreemptRuntime

/// A runtime's core and a forged G that one of its processors is said to run.
private struct Forged {
  let runtime: PreemptRuntime
  let processor: Processor
  let g: G

  init() throws {
    runtime = try PreemptRuntime(code: CodeRegistry())
    processor = runtime.core.processors[0]
    let stack = try runtime.core.stacks.take(65536)
    g = .allocate(capacity: 1)
    g.initialize(to: GRecord(id: 7, stack: stack, name: "forged", isMigratable: false))
    g.pointee.interruptedPC = 0x1111
    g.pointee.interruptedSP = stack.high - 4096
    let frame = UnsafeMutableRawPointer(bitPattern: stack.high - 4096 - 360)!
    frame.storeBytes(of: 0x2222, toByteOffset: Int(PREEMPT_SWITCH_FRAME_RETURN), as: UInt.self)
    g.pointee.stackPointer = frame
  }
}

private func expectTrap(_ result: ExitTest.Result?, _ what: String, sourceLocation: SourceLocation = #_sourceLocation) {
  let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
  #expect(
    text.contains("swift-preempt: \(what): G 7, P 0, interrupted PC 0x1111, other PC 0x2222"), "\(text)",
    sourceLocation: sourceLocation)
}

@Suite(.serialized) struct TrapTests {
  #if !noxreg
  @Test func resumeWithoutState() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let forged = try Forged()
      forged.g.pointee.injectedClass = 0
      _ = forged.processor.resume(forged.g)
    }
    expectTrap(result, "resume without state")
  }

  @Test func aSecondPreemptionWithoutAResume() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let forged = try Forged()
      forged.g.pointee.injectedClass = 0
      forged.g.pointee.extended.bits = 64
      forged.processor.preempted(forged.g, 0)
    }
    expectTrap(result, "double preemption")
  }
  #endif

  @Test func aClassThatTheHandlerDidNotInject() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let forged = try Forged()
      forged.g.pointee.injectedClass = 1
      forged.processor.preempted(forged.g, 0)
    }
    expectTrap(result, "double preemption")
  }

  @Test func aStackBoundOverTheLimit() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let forged = try Forged()
      forged.g.pointee.injectedClass = 0
      forged.g.pointee.interruptedSP = forged.g.pointee.stack.high + 65536
      forged.processor.preempted(forged.g, 0)
    }
    expectTrap(result, "stack bound over the limit")
  }

  @Test(arguments: [true, false])
  func aStackOverflowNamesItsTask(triesGuardAdvice: Bool) async throws {
    let result = await (triesGuardAdvice
      ? #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { try overflow(triesGuardAdvice: true) }
      : #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { try overflow(triesGuardAdvice: false) })
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("stack overflow in task 'deep one'"), "\(text)")
    #expect(text.contains("stack of 65536 bytes"), "\(text)")
  }
}

private func overflow(triesGuardAdvice: Bool) throws {
  var environment = Environment.current
  environment.triesGuardAdvice = triesGuardAdvice
  let runtime = try PreemptRuntime(code: CodeRegistry(), environment: environment)
  if !triesGuardAdvice { precondition(runtime.stackGuard == "protection") }
  print(try runtime.spawn("deep one") { workload_overflow(1) }.join())
}
