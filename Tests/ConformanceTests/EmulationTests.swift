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
    #expect(skip?.reason.contains(said) == true, "\(skip?.reason ?? "")")
  }

  @Test func whatIsMissingIsASkipThatSaysWhatToInstall() {
    let skip = #expect(throws: Skip.self) {
      _ = try Toolchain(for: "arm64", on: "amd64") { (name, package) throws(MissingProgram) in
        throw MissingProgram(name: name, package: package)
      }
    }
    #expect(skip?.reason.contains("apt-get install gcc-aarch64-linux-gnu libc6-dev-arm64-cross") == true)
    #expect(throws: Skip.self) { _ = try Toolchain(for: "386", on: "arm64") }
    #expect(throws: Skip.self) { _ = try Toolchain(for: "vax", on: "amd64") }
  }

  @Test(arguments: BackendCatalog.names) func everyArchitectureHasARow(name: String) throws {
    let description = BackendDescription(try BackendCatalog.backend(named: name))
    #expect(CrossTools.matrix[description.architecture] != nil)
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

  /// One of each bank, and the way back: what is changed on purpose is found under its name.
  @Test(arguments: emulatedCPUs) func plantedFaultsAreFound(name: String) throws {
    let description = try HarnessFixture.subject(name).description
    let program = try HarnessFixture.program(name)
    for bank in [Bank.integer, .control, .vector] {
      guard let register = description.registers.last(where: { $0.bank == bank && $0.isSaved }) else { continue }
      let found = try HarnessFixture.registers(program, ["--seconds", "60", "--plant", register.name])
      #expect(found.planted > 0)
      #expect(found.failures.contains { $0.place == register.name }, "\(register.name): \(found.failures.map(\.text))")
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
    let result = try Command.run(program, ["registers", "--patience", "1"], budget: 120)
    #expect(result.end == .exit(4))
    #expect(
      result.errorText.contains("backend \(name) hangs at 0x") && result.errorText.contains("last preempted at 0x"))
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
