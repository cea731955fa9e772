// Examples/c-embedding: a C program with the generated header and assembly alone, built and run.

import Foundation
import Testing

private enum Compiler {
  static let found: [String] = {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return ["gcc", "clang"].compactMap { name in
      folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }
  }()
}

@Suite(.enabled(if: !Compiler.found.isEmpty, "needs a C compiler in PATH: gcc or clang"))
struct EmbeddingTests {
  /// The built program, in a folder that goes away with the value.
  private final class Program {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("preempt-embedding-\(UUID().uuidString)")
    var path: URL { folder.appendingPathComponent("embedding") }

    init(compiler: String) throws {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let generated = Tool.package.appendingPathComponent("Sources/CPreempt/generated/amd64")
      let source = Tool.package.appendingPathComponent("Examples/c-embedding/main.c")
      let sources = [source.path] + ["preempt.S", "probe.S"].map { generated.appendingPathComponent($0).path }
      let build = try Tool.run(
        URL(fileURLWithPath: compiler),
        ["-O2", "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-I", generated.path, "-o", path.path] + sources)
      try #require(build.status == 0, "\(build.errors)")
    }

    deinit { try? FileManager.default.removeItem(at: folder) }
  }

  @Test(arguments: Compiler.found)
  func tasksOfACProgramKeepEveryRegister(_ compiler: String) throws {
    let program = try Program(compiler: compiler)
    let run = try Tool.run(program.path)
    #expect(run.status == 0, "\(run.errors)")
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 3)
    for line in lines {
      #expect(line.contains(" preemptions, ") && !line.contains(": 0 preemptions"), "\(line)")
      #expect(line.hasSuffix(", 0 mismatches"), "\(line)")
    }
  }

  /// Each bank, and the red zone: the program's own comparison notices.
  @Test(arguments: Compiler.found.prefix(1), ["rbx", "r12", "rflags", "xmm0", "red_zone"])
  func whatIsCorruptedIsFound(_ compiler: String, _ register: String) throws {
    let program = try Program(compiler: compiler)
    let run = try Tool.run(program.path, ["--corrupt", register])
    #expect(run.status == 1, "\(run.output)")
    #expect(run.errors.contains("registers: \(register) is not what it was\n"), "\(run.errors)")
  }

  @Test func wrongUsage() throws {
    let program = try Program(compiler: Compiler.found[0])
    #expect(try Tool.run(program.path, ["--no-such-option"]).status == 2)
  }
}
