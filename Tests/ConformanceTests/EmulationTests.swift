// Other architectures' programs on this machine: what is missing is said, what runs finds faults, what hangs is ended.

import ArchPreempt
import BackendCatalog
import Foundation
@testable import StubGenerator
import Testing

@testable import Conformance

@Suite struct ToolchainTests {
  @Test func versionsAreRead() {
    #expect(Toolchain.version(in: "qemu-aarch64 version 7.2.22 (Debian 1:7.2+dfsg-7)\nCopyright")! == (7, 2))
    #expect(Toolchain.version(in: "qemu-riscv64 version 10.0.8\n")! == (10, 0))
    #expect(Toolchain.version(in: "qemu: command line nonsense") == nil)
    #expect(Toolchain.version(in: "version") == nil)
  }

  /// A program that prints one line whatever it is asked.
  private func program(printing line: String) throws -> URL {
    let file = HarnessFixture.scratch.appendingPathComponent("emulator-\(line.hashValue)")
    try Data("#!/bin/sh\necho '\(line)'\n".utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
    return file
  }

  static let emulators: [(line: String, said: String)] = [
    ("qemu-aarch64 version 6.2.0", "version 6.2, 7.2 is needed: apt-get install qemu-user"),
    ("what?", "--version says 'what?"),
  ]

  @Test(arguments: emulators.map(\.line)) func anEmulatorThatIsTooOldIsASkip(line: String) throws {
    let said = try #require(Self.emulators.first { $0.line == line }).said
    let emulator = try program(printing: line)
    let skip = #expect(throws: Skip.self) {
      _ = try Toolchain(for: "arm64", on: "amd64") { (_, _) throws(MissingProgram) in emulator }
    }
    #expect(skip?.description.contains(said) == true, "\(skip?.description ?? "")")
  }

  @Test func whatIsMissingIsASkipThatSaysWhatToInstall() throws {
    let skip = #expect(throws: Skip.self) {
      _ = try Toolchain(for: "arm64", on: "amd64") { (name, package) throws(MissingProgram) in
        throw MissingProgram(name: name, package: package)
      }
    }
    let remedy = try #require(skip?.remedy)
    #expect(remedy.contains("apt-get install gcc-aarch64-linux-gnu libc6-dev-arm64-cross"))
    #expect(remedy.contains("Scripts/install-cross-tools.sh arm64"))
    #expect(throws: Skip.self) { _ = try Toolchain(for: "386", on: "arm64") }
    #expect(throws: Skip.self) { _ = try Toolchain(for: "vax", on: "amd64") }
  }

  /// A compiler that its C library is missing for.
  @Test func withoutTheTargetsLibraryTheSkipNamesItsPackage() throws {
    let compiler = HarnessFixture.scratch.appendingPathComponent("compiler-without-library")
    try Data("#!/bin/sh\necho 'empty.c:1:10: fatal error: ucontext.h: No such file' >&2\nexit 1\n".utf8).write(
      to: compiler)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: compiler.path)
    let skip = try #require(
      #expect(throws: Skip.self) {
        _ = try Toolchain(for: "arm64", on: "amd64") { (_, _) throws(MissingProgram) in compiler }
      })
    #expect(skip.reason.contains("without the C library of arm64 (empty.c:1:10: fatal error: ucontext.h"))
    #expect(skip.remedy?.contains("libc6-dev-arm64-cross, or Scripts/install-cross-tools.sh arm64") == true)
  }

  @Test func privateToolsAreFoundAfterThoseInPATH() throws {
    let package = HarnessFixture.scratch.appendingPathComponent("package-with-tools")
    let folder = package.appendingPathComponent(".build-tools/cross/one/bin")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for name in ["preempt-private-tool", "sh"] {
      let tool = folder.appendingPathComponent(name)
      try Data("#!/bin/sh\nexec preempt-private-tool-child\n".utf8).write(to: tool)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: tool.path)
    }
    #expect(throws: MissingProgram.self) { try Command.find("preempt-private-tool", package: "none") }
    Command.addTools(of: package)
    #expect(try Command.find("preempt-private-tool", package: "none").path == folder.path + "/preempt-private-tool")
    #expect(try Command.find("sh", package: "dash").path != folder.path + "/sh")
    // Programs find each other there.
    let said = try Command.run(URL(fileURLWithPath: "/bin/sh"), ["-c", "command -v preempt-private-tool"], budget: 30)
    #expect(said.outputText == folder.path + "/preempt-private-tool\n")
  }

  /// Whatever becomes of the objects that ran it.
  @Test func aProgramThatEndedLeavesNoFileOpen() throws {
    for _ in 0..<20 { _ = try Command.run(URL(fileURLWithPath: "/bin/sh"), ["-c", "echo said"], budget: 60) }
    let files = FileManager.default, folder = "/proc/self/fd"
    let open = try files.contentsOfDirectory(atPath: folder).compactMap {
      try? files.destinationOfSymbolicLink(atPath: folder + "/" + $0)
    }
    #expect(!open.isEmpty && !open.contains { $0.contains("preempt-command-") && $0.hasSuffix("(deleted)") })
  }

  /// The script takes compilers, packages and emulators from the matrix.
  @Test func theInstallerReadsEveryRow() throws {
    let script = HarnessFixture.package.appendingPathComponent("Scripts/install-cross-tools.sh")
    let rows = try Command.run(script, ["--matrix"], budget: 30).outputText.split(separator: "\n").map(String.init)
    #expect(rows.sorted() == CrossTools.matrix.map { $1.row(of: $0) }.sorted())
    let unknown = try Command.run(script, ["vax"], budget: 30)
    #expect(unknown.end == .exit(2) && unknown.errorText.contains("unknown CPU 'vax'; known: "))
  }

  /// A CPU that the matrix lacks is another package's; what its tool says to install is what the script takes.
  @Test func theInstallerTakesARow() throws {
    let script = HarnessFixture.package.appendingPathComponent("Scripts/install-cross-tools.sh")
    let own = CrossTools("vax-linux-gnu-gcc", "gcc-vax-linux-gnu libc6-dev-vax-cross", .emulator("qemu-vax"))
    let row = own.row(of: "vax")
    let rows = try Command.run(script, ["--matrix", row], budget: 30).outputText.split(separator: "\n").map(String.init)
    #expect(rows.contains(row) && rows.count == CrossTools.matrix.count + 1)
    let skip = #expect(throws: Skip.self) { try Toolchain(for: "vax", on: "amd64", tools: own) }
    #expect(skip?.remedy?.contains("Scripts/install-cross-tools.sh '\(row)'") == true)
    for wrong in ["vax|cc", "../vax|cc|libc6-dev-vax-cross|", "vax|cc|gcc-vax|qemu-vax"] {
      let refused = try Command.run(script, [wrong], budget: 30)
      #expect(refused.end == .exit(2) && refused.errorText.contains("not '\(wrong)'"))
    }
  }

  @Test(arguments: BackendCatalog.names) func everyArchitectureHasARow(name: String) throws {
    let description = BackendDescription(try BackendCatalog.backend(named: name))
    #expect(CrossTools.matrix[description.architecture] != nil)
  }
}

/// What emulators get wrong is theirs: the same program is right on a CPU.
@Suite struct EmulatorFaultTests {
  static let cases = EmulatorFault.all.flatMap { fault in
    fault.emulators.keys.sorted().map { (fault: fault, emulator: $0) }
  }

  @Test(arguments: cases) func anEmulatorIsWrong(fault: EmulatorFault, emulator: String) throws {
    let arch = try #require(fault.emulators[emulator])
    let (package, scratch) = (HarnessFixture.package, HarnessFixture.scratch)
    do {
      let found = try fault.run(on: emulator, arch: arch, package: package, scratch: scratch)
      print("\(emulator): \(found.output)", terminator: "")
      #expect(found.status == 1, "\(emulator) no longer has the fault '\(fault.fault)': take it off the list")
    } catch let skip as Skip {
      print("skipped: \(fault.name) on \(emulator): \(skip)")
    } catch let missing as MissingProgram {
      print("skipped: \(fault.name) on \(emulator): \(missing)")
    }
  }

  @Test(arguments: EmulatorFault.all) func aKernelIsRight(fault: EmulatorFault) throws {
    // What isn't about one CPU is right on this one, too.
    let arch = fault.emulators.count > 1 ? Subject.hostArchitecture : fault.emulators.values.first!
    do {
      let found = try fault.run(
        on: nil, arch: arch, package: HarnessFixture.package, scratch: HarnessFixture.scratch)
      print("kernel: \(found.output)", terminator: "")
      #expect(found.status == 0, "\(fault.name): \(found.output)")
    } catch let skip as Skip {
      print("skipped: \(fault.name) on \(arch): \(skip)")
    } catch let missing as MissingProgram {
      print("skipped: \(fault.name) on \(arch): \(missing)")
    }
  }

  @Test func aReportSaysWhatAppliesToIt() {
    #expect(EmulatorFault.faults(of: "native").isEmpty)
    #expect(EmulatorFault.faults(of: "qemu-s390x 7.2").map(\.name) == ["blocks", "ptrace"])
    #expect(EmulatorFault.faults(of: "qemu-riscv64 7.2").count == 4)
  }
}

/// Backends whose programs an emulator runs here.
private let emulated = BackendCatalog.names.filter { name in
  guard let subject = try? HarnessFixture.subject(name), !subject.isNative else { return false }
  do { return try Toolchain(for: subject).isEmulated } catch {
    print("skipped: \(name) under an emulator: \((error as? Skip)?.reason ?? "\(error)")")
    return false
  }
}

/// Each CPU's own.
private let emulatedCPUs = emulated.filter { name in
  (try? BackendCatalog.backend(named: name).architecture) == name
}

@Suite(
  .serialized,
  .enabled(
    if: !emulated.isEmpty,
    "no other CPU's compiler and emulator here: 'preempt conformance' says what to install"))
struct EmulationTests {
  @Test(arguments: emulated) func everyRegisterSurvives(name: String) throws {
    let outcome = try RegistersCheck().run(HarnessFixture.subject(name), HarnessFixture.campaign)
    #expect(outcome.failed == 0, "\(outcome.failures.map(\.text))")
    #expect(outcome.checksAfterPreemption > 0 && outcome.executor?.hasPrefix("qemu-") == true)
  }

  @Test(arguments: emulated) func everyInstructionIsHit(name: String) throws {
    let outcome = try InstructionsCheck().run(HarnessFixture.subject(name), HarnessFixture.campaign)
    #expect(outcome.failed == 0, "\(outcome.failures.map(\.text))")
    #expect(outcome.instructions > 0 && outcome.distinctPCs == outcome.instructions)
  }

  /// Every stub by gdb, and what llvm-dwarfdump makes of its frame description.
  @Test(arguments: emulated) func everyInstructionIsUnwound(name: String) throws {
    let subject = try HarnessFixture.subject(name)
    let instructions = subject.description.stubs.reduce(0) { $0 + $1.instructions.count }
    let unwound = try GDBCheck().run(subject, HarnessFixture.campaign)
    #expect(unwound.failed == 0, "\(unwound.failures.map(\.text))")
    #expect(unwound.skipped > 0 || unwound.distinctPCs == instructions)
    let decoded = try DwarfdumpCheck().run(subject, HarnessFixture.campaign)
    #expect(decoded.failed == 0 && decoded.passed + decoded.skipped > 0, "\(decoded.failures.map(\.text))")
  }

  /// One of each bank, and each canary: what is changed on purpose is found under its name.
  @Test(arguments: emulatedCPUs) func plantedFaultsAreFound(name: String) throws {
    let description = try HarnessFixture.subject(name).description
    let program = try HarnessFixture.program(name)
    let registers = [Bank.integer, .control, .vector].compactMap { bank in
      description.registers.last { $0.bank == bank && $0.isSaved }?.name
    }
    let canaries = try Harness.run(program, ["places"], as: [String].self, budget: 60).filter { $0.contains("canary") }
    #expect(canaries.count == 4)
    for place in registers + canaries {
      let found = try HarnessFixture.registers(program, ["--seconds", "60", "--plant", place])
      #expect(found.planted > 0)
      #expect(found.failures.contains { $0.place == place }, "\(place): \(found.failures.map(\.text))")
    }
  }

  /// A stub that goes round in circles is ended, and the line says where it was.
  @Test(arguments: emulatedCPUs) func aProgramThatHangsSaysWhere(name: String) throws {
    let description = try HarnessFixture.subject(name).description
    var copy = description
    copy.stubs = description.stubs.map { stub in
      var stub = stub
      stub.instructions.insert(Instruction("9: \(description.jumpToItself)"), at: 2)
      return stub
    }
    let program = try HarnessFixture.program(name, "circle", stubs: AssemblyEmitter.stubs(copy))
    let place = "backend \(name) hangs at entry_"
    // By its own alarm; and asked by whoever gave it a budget. On a busy machine it may not have come to the stub when
    // little time is over.
    var error = ""
    for patience in [1, 15, 60] where !error.contains(place) {
      let result = try Command.run(program, ["registers", "--patience", "\(patience)"], budget: 120)
      #expect(result.end == .exit(4))
      error = result.errorText
    }
    #expect(error.contains(place) && error.contains("last preempted at 0x"), "\(error)")
    error = ""
    for budget in [3.0, 15, 60] where !error.contains(place) {
      let ended = try Command.run(program, ["registers", "--patience", "1000"], budget: budget)
      #expect(ended.end == .budget)
      error = UnexpectedEnd("harness", ended).description
    }
    #expect(error.contains("took longer than its budget") && error.contains(place), "\(error)")
  }
}

/// Those whose CPU has landing pads, and each way back.
private let guarded = emulated.filter { name in
  guard let backend = try? BackendCatalog.backend(named: name) else { return false }
  return backend.abi.landingPads != nil && backend.layout.extendedPlacement == .extended
}

@Suite(.serialized, .enabled(if: !guarded.isEmpty, "no emulator here runs a CPU that has landing pads"))
struct LandingPadTests {
  /// The harness with one of the generated files edited.
  private func program(_ name: String, _ file: String, _ edit: (String) -> String) throws -> URL {
    let files = FileManager.default
    let package = HarnessFixture.scratch.appendingPathComponent("edited-\(UUID().uuidString)")
    let original = try HarnessFixture.subject(name)
    let subject = Subject(original.description, package: package)
    try files.createDirectory(at: subject.generated.deletingLastPathComponent(), withIntermediateDirectories: true)
    try files.copyItem(at: original.generated, to: subject.generated)
    let edited = subject.generated.appendingPathComponent(file)
    let text = try String(contentsOf: edited, encoding: .utf8)
    #expect(edit(text) != text, "\(file) has nothing to edit")
    try edit(text).write(to: edited, atomically: true, encoding: .utf8)
    let campaign = Campaign(
      package: HarnessFixture.package, scratch: package, effort: .quick, seconds: 1, seed: 7)
    return try Harness(subject, campaign).program()
  }

  private static let sampled = ["sampled", "--seconds", "0.1", "--seed", "7"]

  @Test(arguments: guarded) func everyInstructionIsHitInGuardedPages(name: String) throws {
    let found = try Harness.run(
      HarnessFixture.program(name), Self.sampled, as: Harness.Instructions.self, budget: 300)
    #expect(found.isGuarded && found.failed == 0 && found.distinctPCs == found.instructions, "\(found.failures)")
  }

  /// Of a machine that has guarded pages and doesn't guard them.
  @Test(arguments: guarded) func pagesThatAreNotGuardedAreFound(name: String) throws {
    let program = try program(name, "probe.h") {
      $0.replacingOccurrences(of: "LANDING_PAD_PROTECTION 0x10u", with: "LANDING_PAD_PROTECTION 0u")
    }
    let found = try Harness.run(program, Self.sampled, as: Harness.Instructions.self, budget: 300)
    #expect(!found.isGuarded && found.failures.contains { $0.text.contains("no landing pad is let through") })
  }

  /// `br` instead of `ret`: where a task was interrupted is seldom a landing pad.
  @Test(arguments: guarded) func aReturnThatMustLandDies(name: String) throws {
    let description = try HarnessFixture.subject(name).description
    guard case .branchThrough(let register, _) = description.injection.returnSequence else { return }
    let program = try program(name, "preempt.S") {
      $0.replacingOccurrences(of: "\tret \(register)", with: "\tbr \(register)")
    }
    let result = try Command.run(program, ["registers", "--seconds", "1"], budget: 120)
    #expect(result.end == .signal(SIGILL), "\(result.errorText)")
  }

  /// A task that is interrupted before it lands: the stub begins with no branch under way.
  @Test(arguments: guarded) func aBranchUnderWayWouldKillTheStub(name: String) throws {
    let description = try HarnessFixture.subject(name).description
    let cleared = String(description.injection.clearedFlags, radix: 16)
    let kept = String(description.injection.clearedFlags & ~(3 << 10), radix: 16)
    let program = try program(name, "preempt.h") {
      $0.replacingOccurrences(of: "~(uint64_t)0x\(cleared)u", with: "~(uint64_t)0x\(kept)u")
    }
    #expect(try Command.run(program, Self.sampled, budget: 300).end == .signal(SIGILL))
  }

  /// The kernel gives it back: the frame of a task that is interrupted before it lands says so.
  @Test(arguments: guarded) func aBranchUnderWayIsKept(name: String) throws {
    let description = try HarnessFixture.subject(name).description
    guard case .signalReturn = description.injection.returnSequence else { return }
    let flags = try #require(description.injection.flags)
    let program = try program(name, "preempt.h") { text in
      text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        line.hasPrefix("  __builtin_memcpy(context + \(flags.byteOffset), frame ")
          ? line + " context[\(flags.byteOffset + 1)] &= ~0xc;" : line
      }.joined(separator: "\n")
    }
    let found = try Harness.run(program, Self.sampled, as: Harness.Instructions.self, budget: 300)
    #expect(!found.failures.isEmpty)
    #expect(
      found.failures.allSatisfy { $0.place == flags.register && $0.text.contains("in the signal frame") },
      "\(found.failures.map(\.text))")
  }
}

extension BackendDescription {
  fileprivate var jumpToItself: String {
    ["arm64": "b 9b", "riscv64": "j 9b", "s390x": "j 9b"][architecture] ?? "jmp 9b"
  }
}
