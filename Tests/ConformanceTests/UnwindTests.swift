// The judges of the unwinding agree about the stubs, and each of them disagrees where a stub is wrong.

import BackendCatalog
import Foundation
import StubGenerator
import Testing

@testable import Conformance

/// A campaign with a scratch folder that goes away with it.
private final class Trial {
  static let package = HarnessFixture.package

  let campaign: Campaign
  let subject: Subject

  /// - Parameter edit: what becomes of the lines of the backend's `preempt.S`, of `UnwindTests.stub`'s.
  init(_ backend: String = "amd64", edit: (([String]) throws -> [String])? = nil) throws {
    let files = FileManager.default
    let scratch = files.temporaryDirectory.appendingPathComponent("preempt-judges-\(UUID().uuidString)")
    try files.createDirectory(at: scratch, withIntermediateDirectories: true)
    let description = BackendDescription(try BackendCatalog.backend(named: backend))
    // Only the stub that is edited is walked.
    let stubs = JudgeTables(description, seed: 7).stubs
    let number = edit == nil ? nil : stubs.firstIndex { $0.symbol == UnwindTests.stub }
    campaign = Campaign(
      package: Self.package, scratch: scratch, effort: .quick, seconds: 1, seed: 7,
      shard: number.map { Campaign.Shard(index: $0 + 1, count: stubs.count) } ?? .whole)
    guard let edit else {
      subject = Subject(description, package: Self.package)
      return
    }
    let copy = scratch.appendingPathComponent("package")
    subject = Subject(description, package: copy)
    try files.createDirectory(
      at: subject.generated.deletingLastPathComponent(), withIntermediateDirectories: true)
    try files.copyItem(at: Subject(description, package: Self.package).generated, to: subject.generated)
    let file = subject.generated.appendingPathComponent("preempt.S")
    let lines = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
    try edit(lines).joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
  }

  deinit { try? FileManager.default.removeItem(at: campaign.scratch) }

  func run(_ check: some ConformanceCheck) throws -> Outcome { try check.run(subject, campaign) }

  /// The location that the judges name for a label of the text.
  func location(of label: String, in symbol: String) throws -> String {
    let nm = try Command.find("nm", package: "binutils")
    let tasks = try Judges.build(subject, campaign).tasks
    let lines = try Command.run(nm, [tasks.path], budget: 60).outputText.split(separator: "\n")
    func address(_ name: String) throws -> UInt64 {
      try #require(lines.first { $0.hasSuffix(" \(name)") }.flatMap { UInt64($0.prefix { $0 != " " }, radix: 16) })
    }
    return "\(symbol)+0x" + String(try address(label) - address(symbol), radix: 16)
  }
}

/// The lines of one function: its label to its end.
private func function(_ symbol: String, in lines: [String]) throws -> Range<Int> {
  let start = try #require(lines.firstIndex(of: symbol + ":"))
  return start..<(try #require(lines[start...].firstIndex(of: "\t.cfi_endproc")))
}

/// A stub's line that begins so, and is the `occurrence`th of them.
private func line(_ prefix: String, _ occurrence: Int = 0, of symbol: String, in lines: [String]) throws -> Int {
  let found = try function(symbol, in: lines).filter { lines[$0].hasPrefix("\t" + prefix) }
  return try #require(found.count > occurrence ? found[occurrence] : nil, "\(symbol) has no '\(prefix)' \(occurrence)")
}

@Suite(.serialized) struct UnwindTests {
  static let stub = "preempt_amd64_entry_avx_in_avx512"

  /// Backends whose programs this machine's kernel runs.
  static let native = HarnessFixture.native

  @Test(arguments: native) func judgesAgree(backend: String) throws {
    let trial = try Trial(backend)
    let instructions = trial.subject.description.stubs.reduce(0) { $0 + $1.instructions.count }
    let checks: [any ConformanceCheck] = [LibunwindCheck(), GDBCheck(), FramePointerCheck(), DetachCheck()]
    for check in checks {
      let outcome = try check.run(trial.subject, trial.campaign)
      print(
        "\(backend) \(check.name): \(outcome.passed) passed, \(outcome.registersChecked) comparisons, \(outcome.reason ?? "")"
      )
      #expect(outcome.failed == 0 && outcome.failures.isEmpty, "\(outcome.failures.map(\.text))")
      guard outcome.skipped == 0 else { continue }
      #expect(outcome.instructions == instructions && outcome.distinctPCs == instructions, "\(check.name): \(outcome)")
      #expect(outcome.registersChecked > instructions)
    }
    let decoded = try trial.run(DwarfdumpCheck())
    #expect(decoded.failed == 0 && decoded.passed + decoded.skipped > 0, "\(decoded)")
    if decoded.skipped == 0 { #expect(decoded.passed == trial.subject.description.stubs.count) }
  }

  /// A row that is wrong before one instruction and right again after it.
  struct WrongRow: CustomTestStringConvertible {
    /// The instruction before which the row is wrong, as it is spelled.
    let instruction: String
    var occurrence = 0
    let wrong: String
    let right: String
    /// Registers about which the judges must disagree; none where the whole frame is lost.
    var registers: Set<String> = []
    var testDescription: String { "\(wrong) before \(instruction)" }
  }

  static let wrongRows = [
    // Saving: a register's slot, the program counter's, the CFA by stack pointer and by frame base, a rule too many.
    WrongRow(
      instruction: "movq %r8, -80(%rbp)", wrong: ".cfi_offset rbx, -208", right: ".cfi_offset rbx, -200",
      registers: ["rbx"]),
    WrongRow(instruction: "vmovdqu %ymm3, 96(%rax)", wrong: ".cfi_offset 16, -144", right: ".cfi_offset 16, -136"),
    WrongRow(instruction: "leaq 144(%rsp), %rbp", wrong: ".cfi_def_cfa rsp, 296", right: ".cfi_def_cfa rsp, 288"),
    WrongRow(instruction: "cld", wrong: ".cfi_def_cfa rbp, 152", right: ".cfi_def_cfa rbp, 144"),
    WrongRow(
      instruction: "movq %rdx, -48(%rbp)", wrong: ".cfi_offset r15, -280", right: ".cfi_restore r15",
      registers: ["r15"]),
    // Restoring: poisoned registers that the rule calls unchanged, callee-saved ones too; the frame base given back.
    WrongRow(
      instruction: "movq -112(%rbp), %r12", wrong: ".cfi_same_value r12", right: ".cfi_restore r12", registers: ["r12"]),
    WrongRow(
      instruction: "movq -40(%rbp), %rcx", wrong: ".cfi_same_value rax", right: ".cfi_offset rax, -176",
      registers: ["rax"]),
    WrongRow(instruction: "ret $128", wrong: ".cfi_def_cfa rsp, 144", right: ".cfi_def_cfa rsp, 136"),
  ]

  /// A row that is wrong before the first of two instructions, and what is lost then. Not before arm64's `mov x8, #139; svc
  /// #0`: both unwinders know the return from a signal by these bytes, and read the signal frame that the stub has there.
  struct WrongForeignRow: CustomTestStringConvertible {
    let stub: String
    let instruction: String
    let wrong: String
    let right: String
    let register: String
    var backend: String { String(stub.split(separator: "_")[1]) }
    var testDescription: String { "\(backend): \(wrong)" }
  }

  // swift-format-ignore
  static let wrongForeignRows = [
    WrongForeignRow(stub: "preempt_s390x_entry_vx_in_vx", instruction: "stg %r9, -80(%r11)", wrong: ".cfi_offset r7, -104", right: ".cfi_offset r7, -112", register: "r7"),
    WrongForeignRow(stub: "preempt_s390x_entry_vx_in_vx", instruction: "stg %r3, -32(%r11)", wrong: ".cfi_undefined r10", right: ".cfi_same_value r10", register: "r10"),
    WrongForeignRow(stub: "preempt_s390x_entry_vx_in_vx", instruction: "lg %r10, -88(%r11)", wrong: ".cfi_offset 32, -32", right: ".cfi_offset 32, -40", register: "pc"),
    WrongForeignRow(stub: "preempt_s390x_entry_vx_in_vx", instruction: "bi -40(%r15)", wrong: ".cfi_offset r15, -16", right: ".cfi_same_value r15", register: "r15"),
    WrongForeignRow(stub: "preempt_arm64_entry_fpsimd_in_fpsimd", instruction: "str x6, [x29, #-56]", wrong: ".cfi_offset x5, -88", right: ".cfi_offset x5, -96", register: "x5"),
    WrongForeignRow(stub: "preempt_arm64_entry_fpsimd_in_fpsimd", instruction: "str q3, [x0, #48]", wrong: ".cfi_offset x30, -40", right: ".cfi_offset x30, -24", register: "x30"),
    WrongForeignRow(stub: "preempt_arm64_entry_fpsimd_in_fpsimd", instruction: "mov sp, x0", wrong: ".cfi_same_value x19", right: ".cfi_offset x19, -208", register: "x19"),
    WrongForeignRow(stub: "preempt_riscv64_entry_double_in_double", instruction: "sd s9, -200(s0)", wrong: ".cfi_offset s8, -200", right: ".cfi_offset s8, -192", register: "s8"),
    WrongForeignRow(stub: "preempt_riscv64_entry_double_in_double", instruction: "fsd f3, 24(a0)", wrong: ".cfi_offset 64, -16", right: ".cfi_offset 64, -8", register: "pc"),
  ]

  @Test(arguments: wrongForeignRows) func aWrongRowIsSeenUnderAnEmulator(row: WrongForeignRow) throws {
    let trial = try Trial(row.backend) { lines in
      var lines = lines
      let at = try line(row.instruction, of: row.stub, in: lines)
      lines.insert("\t" + row.wrong, at: at)
      lines.insert("\t" + row.right, at: at + 2)
      return lines
    }
    for check in [LibunwindCheck(), GDBCheck()] as [any ConformanceCheck] {
      let outcome = try trial.run(check)
      guard outcome.skipped == 0 else {
        print("skipped: \(check.name): \(outcome.reason ?? "")")
        continue
      }
      #expect(outcome.failed == 1 && outcome.failures.count == 1, "\(check.name): \(outcome.failures.map(\.text))")
      #expect(outcome.failures.first?.differences.first?.place == row.register, "\(check.name)")
      #expect(outcome.failures.first?.text.contains("\(row.stub)+0x") == true, "\(check.name)")
    }
  }

  /// Where the CPU's own libunwind is absent: the package has no tools.
  @Test func withoutTheirLibunwindThereIsAReason() throws {
    let trial = try Trial("s390x")
    guard (try? Toolchain(for: trial.subject)) != nil else { return print("skipped: no s390x toolchain") }
    let bare = Campaign(
      package: trial.campaign.scratch, scratch: trial.campaign.scratch, effort: .quick, seconds: 1, seed: 7)
    let outcome = try LibunwindCheck().run(trial.subject, bare)
    #expect(outcome.skipped == 1 && outcome.remedy == "Scripts/install-cross-tools.sh s390x", "\(outcome)")
  }

  /// The stubs' instructions, and what a linker fills the way to the next one with.
  @Test func instructionsAreReadFromAListing() {
    let listing = """
      0000000001000000 l    d  preempt_text	0000000000000000 preempt_text
      0000000001000000 g     F preempt_text	000000000000000a .hidden first
      0000000001000010 g     F preempt_text	0000000000000004 second

      0000000001000000 <first>:
       1000000:	e3 f0 ff 88 ff 71 	lay	%r15,-120(%r15)
       1000006:	07 07             	nopr	%r7
       1000008:	07 07             	nopr	%r7
       100000a:	07 07             	nopr	%r7

      0000000001000010 <second>:
       1000010:	a7 f4 00 01       	j	0x1000012
      """
    #expect(InsideJudge.offsets(in: listing) == ["first": [0, 6, 8], "second": [0]])
  }

  /// Those of one CPU's instructions that an emulator executes, each way back.
  static let emulated = ["arm64", "arm64_x18", "riscv64", "riscv64_t6"]

  @Test(arguments: emulated) func theFrameBaseIsFollowedThroughAnEmulator(backend: String) throws {
    let trial = try Trial(backend)
    let outcome = try trial.run(FramePointerCheck())
    guard outcome.skipped == 0 else { return print("skipped: \(outcome.reason ?? "")") }
    let instructions = trial.subject.description.stubs.reduce(0) { $0 + $1.instructions.count }
    #expect(outcome.failed == 0 && outcome.passed == instructions, "\(outcome.failures.map(\.text))")
  }

  @Test(arguments: emulated + ["s390x"]) func aSecondSignalIsRefusedThroughAnEmulator(backend: String) throws {
    let trial = try Trial(backend)
    let outcome = try trial.run(DetachCheck())
    guard outcome.skipped == 0 else { return print("skipped: \(outcome.reason ?? "")") }
    let instructions = trial.subject.description.stubs.reduce(0) { $0 + $1.instructions.count }
    #expect(outcome.failed == 0 && outcome.passed == instructions, "\(outcome.failures.map(\.text))")
    #expect(outcome.registersChecked > 3 * instructions)
  }

  /// Stubs that lie in registered code: the handler would preempt them.
  @Test func aSecondSignalThatIsTakenIsSeenThroughAnEmulator() throws {
    let trial = try Trial("riscv64") { lines in
      lines.flatMap { line in
        line.hasPrefix("\t.section preempt_text,")
          ? [line, "\tnop", line.replacingOccurrences(of: "preempt_text", with: "preempt_probe")] : [line]
      }
    }
    let outcome = try trial.run(DetachCheck())
    guard outcome.skipped == 0 else { return print("skipped: \(outcome.reason ?? "")") }
    let first = try #require(outcome.failures.first)
    #expect(first.text.contains("why it was refused: preempt_riscv64_entry_double_in_double+0x0"), "\(first.text)")
  }

  /// A base that leads a word too far, at one instruction.
  @Test func aFrameBaseThatMovesIsSeenThroughAnEmulator() throws {
    let symbol = "preempt_riscv64_entry_double_in_double"
    let trial = try Trial("riscv64") { lines in
      var lines = lines
      let at = try line("sd a0, ", of: symbol, in: lines)
      lines.insert(contentsOf: ["\taddi s0, s0, 8", "\taddi s0, s0, -8"], at: at)
      return lines
    }
    let outcome = try trial.run(FramePointerCheck())
    guard outcome.skipped == 0 else { return print("skipped: \(outcome.reason ?? "")") }
    let named = outcome.failures.flatMap(\.differences).map(\.place)
    #expect(named == ["s0 where the frame base points", "pc where the frame base points"], "\(outcome.failures)")
  }

  @Test func withoutGDBForOtherCPUsThereIsAReason() throws {
    let outcome = try Trial("s390x").run(GDBCheck(remoteProgram: "no-gdb"))
    #expect(outcome.skipped == 1 && outcome.passed == 0)
    #expect(outcome.reason?.contains("apt-get install") == true)
  }

  @Test(arguments: wrongRows) func aWrongRowIsSeenAtExactlyItsInstruction(row: WrongRow) throws {
    let trial = try Trial { lines in
      var lines = lines
      let at = try line(row.instruction, row.occurrence, of: Self.stub, in: lines)
      lines.insert(contentsOf: ["wrong_row:", "\t" + row.wrong], at: at)
      lines.insert("\t" + row.right, at: at + 3)
      return lines
    }
    let place = try trial.location(of: "wrong_row", in: Self.stub)
    for check in [LibunwindCheck(), GDBCheck()] as [any ConformanceCheck] {
      let outcome = try check.run(trial.subject, trial.campaign)
      guard outcome.skipped == 0 else { continue }
      #expect(
        outcome.failed > 0 && outcome.failed <= Outcome.failureLimit, "\(check.name): \(outcome.failures.map(\.text))")
      for failure in outcome.failures {
        #expect(failure.text.hasPrefix("amd64: \(place): "), "\(check.name): \(failure.text), not at \(place)")
      }
      let named = Set(outcome.failures.flatMap(\.differences).map(\.place))
      if !row.registers.isEmpty { #expect(named == row.registers, "\(check.name)") }
    }
  }

  /// The way of one judge to see what the call-frame information doesn't say.
  @Test func aFrameBaseThatMovesIsSeenByWhoeverFollowsIt() throws {
    let trial = try Trial { lines in
      var lines = lines
      let at = try line("vmovdqu %ymm3", of: Self.stub, in: lines)
      lines.insert(contentsOf: ["\tleaq 8(%rbp), %rbp", "moved:", "\tleaq -8(%rbp), %rbp"], at: at)
      return lines
    }
    let place = try trial.location(of: "moved", in: Self.stub)
    let outcome = try trial.run(FramePointerCheck())
    guard outcome.skipped == 0 else { return }
    let disagreements = outcome.failures.filter { !$0.differences.isEmpty }
    #expect(Set(disagreements.flatMap(\.differences).map(\.place)) == ["frame base", "PC"], "\(outcome.failures)")
    #expect(disagreements.allSatisfy { $0.text.hasPrefix("amd64: \(place): ") }, "\(outcome.failures)")
  }

  /// golang/go's way to save the flags, at a place where a stepper's trap flag gets into them.
  @Test func flagsTakenInsideTheStubKillWhenTheStepperLetsGo() throws {
    let trial = try Trial { lines in
      var lines = lines
      let at = try line("movq %rcx", of: Self.stub, in: lines)
      lines.insert(contentsOf: ["\tpushfq", "\tpopq -8(%rbp)"], at: at)
      return lines
    }
    let outcome = try trial.run(DetachCheck())
    guard outcome.skipped == 0 else { return }
    #expect(
      outcome.failures.contains {
        $0.text.contains("a signal comes by itself") || $0.text.contains("they don't go on")
      },
      "\(outcome.failures)")
  }

  /// What lies below the stack pointer is overwritten before every instruction, as a signal could do it.
  @Test func aStoreBelowTheStackPointerIsLost() throws {
    let trial = try Trial { lines in
      var lines = lines
      let reserve = try line("leaq -120(%rsp), %rsp", of: Self.stub, in: lines)
      let store = try line("movq %rcx, -40(%rbp)", of: Self.stub, in: lines)
      // rbp and rcx's slot as they will be, before the stack pointer is below them.
      lines[store] = "\tmovq %rcx, %rcx"
      lines.insert("\tmovq %rcx, -16(%rsp)", at: reserve)
      return lines
    }
    let outcome = try trial.run(LibunwindCheck())
    guard outcome.skipped == 0 else { return }
    #expect(outcome.failures.contains { $0.differences.first?.place == "rcx" }, "\(outcome.failures)")
  }

  @Test func aRegisterThatIsNotRestoredIsSeenAfterTheReturn() throws {
    let trial = try Trial { lines in
      var lines = lines
      lines[try line("movq -112(%rbp), %r12", of: Self.stub, in: lines)] = "\tmovq %r12, %r12"
      return lines
    }
    for check in [LibunwindCheck(), GDBCheck()] as [any ConformanceCheck] {
      let outcome = try check.run(trial.subject, trial.campaign)
      guard outcome.skipped == 0 else { continue }
      #expect(
        outcome.failures.contains { $0.text.contains("after the return") && $0.text.contains("r12") },
        "\(check.name): \(outcome.failures)")
    }
  }

  @Test(arguments: [
    (line: "vzeroupper", is: "\tvzeroupper\n\t.cfi_escape 0x3f", says: "llvm-dwarfdump"),
    (line: ".cfi_signal_frame", is: "", says: "no signal frame"),
    (line: ".cfi_startproc", is: "\tnop\n\t.cfi_startproc", says: "has frame descriptions"),
  ])
  func wrongFrameDescriptionsAreNotDecoded(edit: (line: String, is: String, says: String)) throws {
    let trial = try Trial { lines in
      var lines = lines
      lines[try line(edit.line, of: Self.stub, in: lines)] = edit.is
      return lines
    }
    let outcome = try trial.run(DwarfdumpCheck())
    guard outcome.skipped == 0 else { return }
    #expect(outcome.failures.contains { $0.text.contains(edit.says) }, "\(outcome)")
  }

  // MARK: - What a machine lacks

  @Test func whereNobodyMayTraceTheChecksAreSkipped() throws {
    let trial = try Trial()
    let environment = ["JUDGE_FORBID_PTRACE": "1"]
    let checks: [any ConformanceCheck] = [
      LibunwindCheck(environment: environment), GDBCheck(environment: environment),
      FramePointerCheck(environment: environment), DetachCheck(environment: environment),
    ]
    for check in checks {
      let outcome = try check.run(trial.subject, trial.campaign)
      #expect(outcome.skipped == 1 && outcome.passed == 0 && outcome.failed == 0, "\(check.name): \(outcome)")
      #expect(outcome.reason?.contains("ptrace isn't allowed") == true, "\(check.name): \(outcome)")
    }
  }

  @Test func aMissingProgramIsASkipThatNamesItsPackage() throws {
    let trial = try Trial()
    #expect(try trial.run(GDBCheck(program: "no-gdb")).reason == "no no-gdb on this machine: apt-get install gdb")
    #expect(
      try trial.run(DwarfdumpCheck(program: "no-dump")).reason == "no no-dump on this machine: apt-get install llvm")
    // As where judge.c couldn't be linked.
    try FileManager.default.removeItem(at: try Judges.build(trial.subject, trial.campaign).judge)
    let outcome = try trial.run(LibunwindCheck())
    #expect(outcome.skipped == 1 && outcome.reason?.hasSuffix("apt-get install libunwind-dev") == true, "\(outcome)")
  }

  @Test func anotherMachinesBackendIsSkipped() throws {
    var description = BackendDescription(try BackendCatalog.backend(named: "amd64"))
    description.architecture = "vax"
    let trial = try Trial()
    let outcome = try LibunwindCheck().run(Subject(description, package: Trial.package), trial.campaign)
    #expect(outcome.skipped == 1 && outcome.reason?.contains("vax") == true, "\(outcome)")
    #expect(outcome.remedy == nil)
  }
}
