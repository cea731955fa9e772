// The conformance matrix: with what programs of each architecture are compiled, and what runs them.

import Foundation
import Synchronization

/// What one architecture's programs need on a machine of another.
public struct CrossTools: Sendable {
  public enum Runner: Sendable {
    /// Kernels of that architecture run them too.
    case kernel(of: String)
    case emulator(String, arguments: [String] = [])
  }

  let compiler: String
  /// Of the compiler.
  let arguments: [String]
  /// Debian's, with spaces between: the compiler's and the static C library's.
  let packages: String
  /// The emulator's package is the same for all.
  let runner: Runner
  /// Nil where swiftc makes no code for it.
  let embedded: EmbeddedTarget?

  public init(
    _ compiler: String, _ packages: String, _ runner: Runner, arguments: [String] = [], embedded: EmbeddedTarget? = nil
  ) {
    self.compiler = compiler
    self.arguments = arguments
    self.packages = packages
    self.runner = runner
    self.embedded = embedded
  }

  /// What brings an architecture's compiler, emulator and libunwind, leaving the system alone; nil for one that has no row.
  /// - Parameter own: the row of one that the matrix lacks.
  static func installation(of arch: String, own: CrossTools? = nil) -> String? {
    if let own { return "Scripts/install-cross-tools.sh '\(own.row(of: arch))'" }
    return matrix[arch].map { _ in "Scripts/install-cross-tools.sh \(arch)" }
  }

  /// A row as the script prints and takes it.
  func row(of arch: String) -> String {
    let emulator = if case .emulator(let name, _) = runner { name } else { "" }
    return [arch, compiler, packages, emulator].joined(separator: "|")
  }

  /// What runs the programs of each architecture but this machine's own: with what, or why not and what brings it.
  public static func survey() -> [(arch: String, found: String?, lacking: String, remedy: String?)] {
    matrix.keys.sorted().filter { $0 != Subject.hostArchitecture }.map { arch in
      do {
        let toolchain = try Toolchain(for: arch, on: Subject.hostArchitecture)
        return (arch, "\(toolchain.compiler.path), \(toolchain.executor)", "", nil)
      } catch let skip as Skip {
        return (arch, nil, skip.reason, skip.remedy)
      } catch {
        return (arch, nil, "\(error)", nil)
      }
    }
  }

  /// Emulated CPUs have no state that the backend has no class for. Scripts/install-cross-tools.sh reads these rows.
  // swift-format-ignore
  static let matrix: [String: CrossTools] = [
    "amd64": CrossTools("x86_64-linux-gnu-gcc",  "gcc-x86-64-linux-gnu libc6-dev-amd64-cross", .emulator("qemu-x86_64"), embedded: .amd64),
    "arm64": CrossTools("aarch64-linux-gnu-gcc", "gcc-aarch64-linux-gnu libc6-dev-arm64-cross", .emulator("qemu-aarch64", arguments: ["-cpu", "max,sve=off,sme=off"]), embedded: .arm64),
    "386": CrossTools("i686-linux-gnu-gcc",      "gcc-i686-linux-gnu libc6-dev-i386-cross", .kernel(of: "amd64"), arguments: ["-msse2", "-fno-pie"], embedded: .i386),
    "riscv64": CrossTools("riscv64-linux-gnu-gcc", "gcc-riscv64-linux-gnu libc6-dev-riscv64-cross", .emulator("qemu-riscv64", arguments: ["-cpu", "rv64,v=false"]), embedded: .riscv64),
    "s390x": CrossTools("s390x-linux-gnu-gcc",   "gcc-s390x-linux-gnu libc6-dev-s390x-cross", .emulator("qemu-s390x")),
  ]
}

/// Compiles and runs one backend's programs, on its own CPU or in place of it.
struct Toolchain: Sendable {
  /// Older ones lose signals or vector state; see docs/testing.md.
  static let minimumEmulator = (major: 7, minor: 2)

  let compiler: URL
  let arguments: [String]
  /// Emulator and its arguments; empty where the kernel does it.
  private let runner: [String]
  /// What executes: `native`, or the emulator and its version.
  let executor: String
  var isEmulated: Bool { !runner.isEmpty }

  /// - Throws: `Skip`, which says what to install.
  init(for subject: Subject) throws {
    try self.init(for: subject.arch, on: Subject.hostArchitecture, tools: subject.tools)
  }

  init(
    for arch: String, on host: String, tools: CrossTools? = nil,
    find: (String, String) throws(MissingProgram) -> URL = Command.find(_:package:)
  ) throws {
    if arch == host {
      do { compiler = try find("cc", "gcc") } catch { throw Skip(error) }
      (arguments, runner, executor) = ([], [], "native")
      return
    }
    let installation = CrossTools.installation(of: arch, own: tools)
    func program(_ name: String, _ packages: String) throws -> URL {
      do { return try find(name, packages) } catch { throw Skip(error, or: installation) }
    }
    guard let tools = tools ?? CrossTools.matrix[arch] else { throw Skip(reason: "no toolchain is known for \(arch)") }
    compiler = try program(tools.compiler, tools.packages)
    arguments = ["-static"] + tools.arguments
    if let complaint = try Self.complaint(of: compiler, arguments) {
      throw Skip(
        reason: "\(tools.compiler) links no program, as without the C library of \(arch) (\(complaint))",
        remedy: ["apt-get install \(tools.packages)", installation].compactMap { $0 }.joined(separator: ", or "))
    }
    switch tools.runner {
    case .kernel(of: host):
      (runner, executor) = ([], "native")
    case .kernel(let other):
      throw Skip(reason: "programs of \(arch) run on \(other), not on \(host)")
    case .emulator(let name, let own):
      let emulator = try program(name, "qemu-user")
      let version = try Self.version(of: emulator)
      // Signals arrive only between translated blocks: with longer ones than an instruction, always at the same PCs.
      let oneAtATime = (version.major, version.minor) >= (8, 1) ? "-one-insn-per-tb" : "-singlestep"
      runner = [emulator.path] + own + [oneAtATime]
      executor = "\(name) \(version.major).\(version.minor)"
    }
  }

  private static let complaints = Mutex<[URL: String?]>([:])

  /// The first line of what a compiler says about a program that does nothing: the target's C library is a package of its
  /// own. Nil where all is well.
  private static func complaint(of compiler: URL, _ arguments: [String]) throws -> String? {
    if let known = complaints.withLock({ $0[compiler] }) { return known }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("preempt-link-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let source = folder.appendingPathComponent("empty.c")
    try Data("#include <ucontext.h>\nint main(void) { return 0; }\n".utf8).write(to: source)
    let program = folder.appendingPathComponent("empty").path
    let result = try Command.run(compiler, arguments + [source.path, "-o", program], budget: 120)
    var complaint: String?
    if result.end != .exit(0) {
      let lines = result.errorText.split(separator: "\n")
      complaint = (lines.first { $0.contains("error:") } ?? lines.first).map(String.init) ?? "\(result.end)"
    }
    complaints.withLock { $0[compiler] = complaint }
    return complaint
  }

  private static func version(of emulator: URL) throws -> (major: Int, minor: Int) {
    let name = emulator.lastPathComponent
    let output = try Command.run(emulator, ["--version"], budget: 30).outputText
    guard let version = version(in: output) else {
      throw Skip(reason: "\(name) --version says '\(output.prefix(60))'", remedy: "apt-get install qemu-user")
    }
    guard version >= minimumEmulator else {
      throw Skip(
        reason:
          "\(name) is version \(version.major).\(version.minor), \(minimumEmulator.major).\(minimumEmulator.minor) "
          + "is needed", remedy: "apt-get install qemu-user")
    }
    return version
  }

  /// `qemu-aarch64 version 7.2.22 (…)`.
  static func version(in output: String) -> (major: Int, minor: Int)? {
    let words = output.split(whereSeparator: \.isWhitespace)
    guard let at = words.firstIndex(of: "version"), at + 1 < words.count else { return nil }
    let numbers = words[at + 1].split(separator: ".").prefix(2).compactMap { Int($0) }
    return numbers.count == 2 ? (numbers[0], numbers[1]) : nil
  }

  /// One that lies beside the compiler: `objdump`, `nm`.
  /// - Throws: `MissingProgram`.
  func binaryUtility(_ name: String) throws(MissingProgram) -> URL {
    let compilerName = compiler.lastPathComponent
    let prefix = compilerName.hasSuffix("-gcc") ? String(compilerName.dropLast(3)) : ""
    return try Command.find(prefix + name, package: prefix.isEmpty ? "binutils" : "binutils-\(prefix.dropLast())")
  }

  /// Compiles or links into a file that appears when it is whole: checks that run side by side want the same ones.
  func compile(_ arguments: [String], to output: URL, budget: Double = 120) throws {
    // With both the start code is the one and the rest the other's.
    let own = arguments.contains("-static-pie") ? self.arguments.filter { $0 != "-static" } : self.arguments
    try Self.make(output) { part in
      let result = try Command.run(compiler, own + arguments + ["-o", part.path], budget: budget)
      guard result.end == .exit(0) else {
        throw UnexpectedEnd("\(compiler.lastPathComponent) \(output.path)", result)
      }
    }
  }

  /// The file with the code of a program that was linked.
  func linked(_ program: URL) -> URL { isEmulated ? program.appendingPathExtension("elf") : program }

  /// Makes `program` something that runs here: what is linked, or a script that has the emulator run it.
  func link(_ arguments: [String], to program: URL, budget: Double = 120) throws {
    let linked = linked(program)
    try compile(arguments, to: linked, budget: budget)
    guard isEmulated else { return }
    let words = (runner + [linked.path]).map { "'" + $0.replacingOccurrences(of: "'", with: "'\\''") + "'" }
    try Self.make(program) { part in
      try Data("#!/bin/sh\nexec \(words.joined(separator: " ")) \"$@\"\n".utf8).write(to: part)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: part.path)
    }
  }

  private static func make(_ file: URL, _ write: (_ part: URL) throws -> Void) throws {
    let part = file.deletingLastPathComponent()
      .appendingPathComponent("\(UUID().uuidString)-\(file.lastPathComponent)")
    defer { try? FileManager.default.removeItem(at: part) }
    try write(part)
    guard rename(part.path, file.path) == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
  }
}
