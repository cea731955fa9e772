// The soak, as a process of its own: PreemptFixture soak. PREEMPT_SOAK_SECONDS says how long, 20 where it is unset.

import Foundation
import Testing

@Suite struct SoakTests {
  /// Allocation, errors, dictionaries, strings, Float80, mutexes, channels, blocking reads and nested sections at a slice
  /// of 100 µs on two processors, the world stopped 10,000 times meanwhile: every checksum as without preemption.
  @Test func nothingIsLost() throws {
    let seconds = ProcessInfo.processInfo.environment["PREEMPT_SOAK_SECONDS"].flatMap(Int.init) ?? 20
    let process = Process()
    process.executableURL = fixture
    // With no signal blocked, as a program starts; a test's threads block most.
    process.arguments = ["exec", fixture.path, "soak", String(seconds), "10000"]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let deadline = DispatchTime.now() + .seconds(seconds * 4 + 240)
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    let hangs = ended.wait(timeout: deadline) == .timedOut
    if hangs { process.terminate() }
    process.waitUntilExit()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    print(text, terminator: "")
    #expect(!hangs && process.terminationStatus == 0, "\(text)")
    #expect(text.contains(" 0 wrong checksums") && text.contains(" 10000 stops"), "\(text)")
  }
}
