// gdb from outside an emulator: gdb-multiarch steps the harness through the stubs of another CPU (Sources/CHarness/remote.py).

import Foundation
import StubGenerator

/// One stub of a backend that an emulator executes, judged by gdb.
struct RemoteGDB {
  /// What is asked at each instruction.
  enum Question: String, Encodable { case unwinding, frameBase, signals }

  struct Verdict: Decodable {
    let comparisons: Int
    let failed: Int
    /// Instructions at which gdb looked.
    let visited: Int
    let failures: [Disagreement]
  }

  /// What the script must know of a stub.
  private struct Task: Encodable {
    let question: Question
    let symbol: String, instructions: Int, call: Int
    let registers: [String], stackPointer: String
    /// Registers that the handler changes: bytes from the interrupted stack pointer to their words.
    let words: [String: Int]
    let entryOffset: Int, wordByteCount: Int, byteOrder: String
    /// Between which instructions the frame base leads to the interrupted frame, by the two words that far from it.
    let frameBase: String, recordFrom: Int, recordTo: Int, recordOffset: Int
  }

  /// Seconds for one stub; it takes some.
  static let budget = 120.0

  let subject: Subject
  let harness: Harness
  private let gdb: URL
  private let script: URL
  private let folder: URL

  /// - Throws: `Skip`, `MissingProgram`.
  init(_ subject: Subject, _ campaign: Campaign, program: String) throws {
    self.subject = subject
    harness = try Harness(subject, campaign)
    gdb = try Command.find(program, package: "gdb-multiarch")
    script = campaign.package.appendingPathComponent("Sources/CHarness/remote.py")
    // A socket's path is short.
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("gdb-\(UUID().uuidString.prefix(8))")
  }

  func verdict(on question: Question, of stub: EntryStub) throws -> Verdict {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let program = try harness.program()
    let socket = folder.appendingPathComponent("socket")
    let result = folder.appendingPathComponent("result.json")
    let arguments = ["registers", "--seconds", "60", "--class", stub.stateClass.name, "--width", stub.widest.name]
    let emulator = Process()
    emulator.executableURL = program
    emulator.arguments = arguments
    emulator.environment = Command.environment(adding: ["QEMU_GDB": socket.path])
    emulator.standardInput = FileHandle.nullDevice
    emulator.standardOutput = FileHandle.nullDevice
    emulator.standardError = FileHandle.nullDevice
    try emulator.run()
    defer {
      emulator.terminate()
      emulator.waitUntilExit()
    }
    let deadline = Date().addingTimeInterval(Self.budget)
    while !FileManager.default.fileExists(atPath: socket.path), emulator.isRunning, Date() < deadline {
      Thread.sleep(forTimeInterval: 0.02)
    }
    let environment = [
      "REMOTE_SOCKET": socket.path, "REMOTE_RESULT": result.path,
      "REMOTE_STUB": String(decoding: try JSONEncoder().encode(task(question, stub)), as: UTF8.self),
    ]
    let run = try Command.run(
      gdb, ["-q", "-nx", "-batch", "-x", script.path, harness.toolchain.linked(program).path],
      environment: environment, budget: Self.budget)
    if let data = try? Data(contentsOf: result) { return try JSONDecoder().decode(Verdict.self, from: data) }
    if run.saysThereIsNoPython {
      throw Skip(
        reason: "this \(gdb.lastPathComponent) was built without Python", remedy: "apt-get install gdb-multiarch")
    }
    throw UnexpectedEnd("\(gdb.lastPathComponent) \(stub.symbol)", run)
  }

  private func task(_ question: Question, _ stub: EntryStub) -> Task {
    let description = subject.description
    let layout = description.layout
    let tables = JudgeTables(description, seed: 0)
    let base = description.abi.frameBase
    let record = tables.frameRecordRange(of: stub)
    return Task(
      question: question, symbol: stub.symbol, instructions: stub.instructions.count, call: tables.callIndex(of: stub),
      registers: tables.columns.map(\.name), stackPointer: description.abi.stackPointer,
      words: [base: layout.offset(of: .register(base))!], entryOffset: layout.entryOffset,
      wordByteCount: description.abi.pointerByteCount,
      byteOrder: description.abi.endianness.rawValue, frameBase: base, recordFrom: record.lowerBound,
      recordTo: record.upperBound, recordOffset: description.abi.frameRecordOffset)
  }

  /// The verdicts on every stub of a shard, where no kernel here runs the backend's programs.
  static func outcome(
    on question: Question, _ subject: Subject, _ campaign: Campaign, program: String
  ) throws -> Outcome {
    try .unlessImpossible {
      var outcome = Outcome()
      let remote = try RemoteGDB(subject, campaign, program: program)
      let executor = remote.harness.toolchain.executor
      for (number, stub) in subject.description.stubs.enumerated() where campaign.shard.holds(number) {
        let verdict = try remote.verdict(on: question, of: stub)
        outcome.registersChecked += verdict.comparisons
        outcome.instructions += stub.instructions.count
        outcome.distinctPCs += verdict.visited
        for disagreement in verdict.failures {
          outcome.fail(
            Failure(
              "\(subject.backend): \(disagreement.place): \(disagreement.text)",
              differences: [disagreement.difference]))
        }
        outcome.failed += verdict.failed - verdict.failures.count
        if verdict.visited != stub.instructions.count {
          outcome.fail(
            Failure(
              "\(subject.backend): \(stub.symbol): \(verdict.visited) of \(stub.instructions.count) instructions were judged"
            ))
        }
        if verdict.failed == 0 { outcome.passed += verdict.visited }
        campaign.progress(Double(number + 1) / Double(subject.description.stubs.count))
      }
      outcome.executor = executor
      outcome.reason = "\(program), through the gdb stub of \(executor)"
      return outcome
    }
  }
}
