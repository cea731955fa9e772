// gdb and a single-stepper look at the fixture from outside.

import CConformance
import Foundation
import SelectedArch
import Testing

/// The fixture beside the test bundle.
var fixture: URL {
  let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? CommandLine.arguments[0]
  return URL(fileURLWithPath: bundle).deletingLastPathComponent().appendingPathComponent("PreemptFixture")
}

private let gdb = ["/usr/bin/gdb", "/usr/local/bin/gdb"].first { FileManager.default.isExecutableFile(atPath: $0) }

@Suite(.serialized) struct OutsideJudgeTests {
  /// A breakpoint in the scheduler, on the system stack, right after a preemption: the backtrace goes through
  /// preempt_mcall and the stub to the start of the task, whichever stack lies higher.
  @Test(.enabled(if: gdb != nil, "gdb isn't installed: apt-get install gdb"), arguments: ["above", "below"])
  func gdbPrintsACompleteBacktrace(taskStack: String) throws {
    let script = FileManager.default.temporaryDirectory.appendingPathComponent("preempt-\(UUID().uuidString).gdb")
    try """
    set pagination off
    set confirm off
    set style enabled off
    handle SIGURG nostop noprint pass
    break preempt_schedule if $rdx >= \(Backend.preemptedReason)
    run
    printf "system %lu task %lu\\n", $rsp, $rsi
    bt
    kill
    """.write(to: script, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: script) }
    let process = Process()
    process.executableURL = fixture
    process.arguments = [
      "exec", gdb!, "-q", "-nx", "-batch", "-x", script.path, "--args", fixture.path, "backtrace", taskStack,
    ]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    // The condition of the test itself: the stacks lie in the order it is about.
    let stacks = try #require(text.split(separator: "\n").first { $0.hasPrefix("system ") }, "\(text)")
      .split(separator: " ").compactMap { UInt64($0) }
    #expect((stacks[1] > stacks[0]) == (taskStack == "above"), "system stack and task stack: \(stacks)")
    var rest = text[...]
    for name in [
      "preempt_schedule", "<signal handler called>", "<signal handler called>", "workload_call_loop",
      "fixtureInner", "fixtureOuter", "preempt_g_main", "preempt_g_start",
    ] {
      let found = try #require(rest.range(of: name), "no \(name) in its place in:\n\(text)")
      rest = rest[found.upperBound...]
    }
    #expect(!text.contains("inner to this frame") && !text.contains("corrupt stack"), "\(text)")
  }

  /// Single-steps the M to each instruction of a whole way through the section, one after another, and lets go there:
  /// without a word, or with a second SIGURG. The probes go on unharmed.
  @Test(arguments: [CONFORMANCE_DETACH, CONFORMANCE_SIGNAL])
  func steppersTrapFlagSaved(action: conformance_action) throws {
    let stepped = try SteppedFixture()
    var pcs: Set<UInt64> = []
    // Ways of different classes differ in length: the longest has been walked when none of ten gets further.
    var length = 0
    while try (0..<10).contains(where: { _ in
      let (result, pc) = stepped.step(to: length, action)
      try #require(result >= 0, "stepping to instruction \(length): errno \(-result)")
      if result == 1 { pcs.insert(pc) }
      return result == 1
    }) { length += 1 }
    try #require(length > 120, "save half, preempt_mcall and restore half have \(length) instructions")
    let rest = try stepped.finish()
    print("\(length) instructions, \(pcs.count) distinct PCs; fixture: \(rest)")
    #expect(
      stepped.process.terminationStatus == 0 && stepped.process.terminationReason == .exit,
      "status \(stepped.process.terminationStatus), \(stepped.process.terminationReason == .exit ? "exit" : "signal")")
    #expect(rest.contains(" mismatches 0 "), "\(rest)")
    // Ways of different classes take different stubs: the same index need not be the same instruction.
    #expect(pcs.count > length / 2)
    if action == CONFORMANCE_SIGNAL {
      let refused = try #require(
        rest.split(separator: " ").last.flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) })
      #expect(
        refused >= length,
        "each of \(length) second signals is refused, for the code or for the stack it is on; \(refused) were")
    }
  }
}

/// The fixture's probes, and what a stepper must know of them.
private final class SteppedFixture {
  let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private var section = conformance_section()
  private let thread: Int32
  private let pending: UInt64

  init() throws {
    process.executableURL = fixture
    process.arguments = ["probes"]
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let first = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    let numbers = first.split(separator: "\n")[0].split(separator: " ").compactMap { UInt64($0) }
    try #require(numbers.count > 4, "\(first)")
    thread = Int32(numbers[0])
    pending = numbers[3]
    section.start = numbers[1]
    section.end = numbers[2]
    section.entry_count = Int32(numbers.count - 4)
    withUnsafeMutableBytes(of: &section.entries) { entries in
      for (index, entry) in numbers[4...].enumerated() {
        entries.storeBytes(of: entry, toByteOffset: index * 8, as: UInt64.self)
      }
    }
  }

  func step(to index: Int, _ action: conformance_action) -> (result: Int32, pc: UInt64) {
    var pc: UInt64 = 0
    let result = conformance_step(thread, &section, pending, Int32(index), action, &pc)
    return (result, pc)
  }

  func finish() throws -> String {
    try input.fileHandleForWriting.close()
    let rest = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return rest
  }
}
