// gdb and a single-stepper look at the fixture from outside.

import CConformance
import Foundation
import SelectedArch
import Testing

/// The fixture beside the test bundle.
private var fixture: URL {
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
    process.arguments = ["exec", gdb!, "-q", "-nx", "-batch", "-x", script.path, "--args", fixture.path, "backtrace", taskStack]
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
  func everyStubInstructionBearsAStepper(action: conformance_action) throws {
    let process = Process()
    process.executableURL = fixture
    process.arguments = ["probes"]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    let first = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    let numbers = first.split(separator: "\n")[0].split(separator: " ").compactMap { UInt64($0) }
    try #require(numbers.count > 4, "\(first)")
    var section = conformance_section()
    section.start = numbers[1]
    section.end = numbers[2]
    section.entry_count = Int32(numbers.count - 4)
    withUnsafeMutableBytes(of: &section.entries) { entries in
      for (index, entry) in numbers[4...].enumerated() {
        entries.storeBytes(of: entry, toByteOffset: index * 8, as: UInt64.self)
      }
    }
    var pcs: Set<UInt64> = []
    var index: Int32 = 0
    var missed = 0
    // Ways differ in length by class: the section is done when several ways in a row were shorter.
    while missed < 8 {
      var pc: UInt64 = 0
      let result = conformance_step(Int32(numbers[0]), &section, numbers[3], index, action, &pc)
      try #require(result >= 0, "stepping to instruction \(index): errno \(-result), at 0x\(String(pc, radix: 16))")
      if result == 1 {
        pcs.insert(pc)
        index += 1
        missed = 0
      } else {
        missed += 1
      }
    }
    try input.fileHandleForWriting.close()
    let rest = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    print("\(index) instructions, \(pcs.count) distinct PCs; fixture: \(rest)")
    #expect(process.terminationStatus == 0 && process.terminationReason == .exit)
    #expect(rest.contains(" mismatches 0 "), "\(rest)")
    // A save half, preempt_mcall and a restore half, of the widest class at least once.
    #expect(index > 150)
    if action == CONFORMANCE_SIGNAL {
      let refused = try #require(rest.split(separator: " ").last.flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) })
      #expect(refused >= Int(index), "each of \(index) second signals is refused as runtimeCode; \(refused) were")
    }
  }
}
