// What emulators get wrong that matters to a conformance run, with a small program each that shows whose fault it is: it
// exits with 0 where a CPU and its kernel run it, and with 1 where the emulator does.

import Foundation
import StubGenerator

public struct EmulatorFault: Codable, Hashable, Sendable {
  /// `Sources/CHarness/emulators/NAME.c` shows it.
  public let name: String
  /// The architecture whose programs each emulator runs.
  public let emulators: [String: String]
  /// Of the emulator, where the suite runs it otherwise; of the version that showed it.
  public let arguments: [String]
  public let version: String
  public let fault: String
  /// What the suite does instead.
  public let consequence: String

  public var evidence: String { "Sources/CHarness/emulators/\(name).c" }
  public var text: String { "\(fault) (seen in \(version); \(evidence)); so \(consequence)" }

  private init(
    _ name: String, _ emulators: [String: String], _ fault: String, so consequence: String,
    with arguments: [String] = [],
    version: String = "7.2"
  ) {
    self.name = name
    self.emulators = emulators
    self.arguments = arguments
    self.version = version
    self.fault = fault
    self.consequence = consequence
  }

  private static let matrix = ["qemu-aarch64": "arm64", "qemu-riscv64": "riscv64", "qemu-s390x": "s390x"]

  // swift-format-ignore
  public static let all = [
    EmulatorFault("blocks", matrix, "signals land only between translated blocks", so: "programs run one instruction at a time (-singlestep)"),
    EmulatorFault("ptrace", matrix, "there is no ptrace", so: "instructions are hit by sampled signals, gdb steps from outside, libunwind judges inside"),
    EmulatorFault("vectors", ["qemu-riscv64": "riscv64"], "vector registers aren't in the signal frame", so: "the CPU runs without them (v=false)", with: ["-cpu", "rv64,v=true,vext_spec=v1.0"]),
    EmulatorFault("extension-header", ["qemu-riscv64": "riscv64"], "the signal frame ends before its extension header", so: "nothing is read there without V in AT_HWCAP"),
    EmulatorFault("x87", ["qemu-i386": "386"], "a signal initialises the x87 unit", so: "386 runs on amd64's kernels"),
  ]

  /// Those of what executed a check: `qemu-aarch64 7.2`.
  static func faults(of executor: String) -> [EmulatorFault] {
    all.filter { $0.emulators.keys.contains { executor.hasPrefix($0 + " ") } }
  }

  /// What the program says, and its exit status: under the emulator as it is by itself, or by this machine's kernel.
  /// - Throws: `Skip` where compiler or emulator is missing, or no kernel here runs that architecture's programs.
  func run(on emulator: String?, arch: String, package: URL, scratch: URL) throws -> (status: Int32, output: String) {
    guard let tools = CrossTools.matrix[arch] else { throw Skip(reason: "no toolchain is known for \(arch)") }
    let compiler: URL, program = scratch.appendingPathComponent("\(name)-\(arch)-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: program) }
    if arch == Subject.hostArchitecture {
      compiler = try Command.find("cc", package: "gcc")
    } else {
      let runs = if case .kernel(of: Subject.hostArchitecture) = tools.runner { true } else { emulator != nil }
      guard runs else { throw Skip(reason: "no kernel here runs programs of \(arch)") }
      compiler = try Command.find(tools.compiler, package: tools.packages)
    }
    let compiled = try Command.run(
      compiler,
      tools.arguments + [
        "-static", "-O2", "-I", package.appendingPathComponent("Sources/CPreempt/generated/\(arch)").path,
        package.appendingPathComponent(evidence).path, "-o", program.path,
      ], budget: 120)
    guard compiled.end == .exit(0) else { throw UnexpectedEnd("\(compiler.lastPathComponent) \(evidence)", compiled) }
    let result =
      if let emulator {
        try Command.run(
          try Command.find(emulator, package: "qemu-user"), arguments + [program.path], budget: 120)
      } else {
        try Command.run(program, [], budget: 120)
      }
    guard case .exit(let status) = result.end else { throw UnexpectedEnd(evidence, result) }
    return (status, result.outputText)
  }
}

extension Report {
  /// What is known of the emulators that executed something here.
  public var emulatorFaults: [EmulatorFault] {
    let executors = Set(checks.map(\.executor))
    return EmulatorFault.all.filter { fault in executors.contains { EmulatorFault.faults(of: $0).contains(fault) } }
  }
}
