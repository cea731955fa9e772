// What the signal handlers call, read from the object files.
//
// The compiler's @_noAllocation and @_noLocks accept a dynamic exclusivity check of a global, which calls into the
// runtime; and they trust the annotations of C functions. So: everything reachable from the handlers, over all objects
// of the modules they are made of, and no call that leaves them but those on a list.

import Foundation
import Testing

/// Calls per function, from disassembly with relocations.
private struct CallGraph {
  private(set) var calls: [String: Set<String>] = [:]

  init(objects: [URL]) throws {
    for object in objects {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/objdump")
      process.arguments = ["-dr", "--no-show-raw-insn", object.path]
      let output = Pipe()
      process.standardOutput = output
      process.standardError = FileHandle.nullDevice
      try process.run()
      let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      var function: String?
      var starts: [Int: String] = [:]
      var unnamed: [(caller: String, target: Int)] = []
      for line in text.split(separator: "\n") {
        if line.hasSuffix(">:"), let open = line.firstIndex(of: "<") {
          function = String(line[line.index(after: open)...].dropLast(2))
          calls[function!, default: []] = []
          if let start = Int(line.prefix { $0 != " " }, radix: 16) { starts[start] = function }
        } else if let function {
          // A static function of the same object is named by its place; the addend is four less.
          if line.hasSuffix(".text-0x4") {
            unnamed.append((function, 0))
          } else if let range = line.range(of: ".text+0x"), line.contains("R_X86_64_PLT32"),
            let offset = Int(line[range.upperBound...], radix: 16)
          {
            unnamed.append((function, offset + 4))
          } else if let target = Self.relocation(line) ?? Self.localTarget(line) {
            calls[function]!.insert(target)
          }
        }
      }
      for (caller, target) in unnamed {
        calls[caller]!.insert(starts[target] ?? "\(object.lastPathComponent) at \(target)")
      }
    }
  }

  /// `R_X86_64_PLT32 symbol-0x4`: a call of, or a reference to, a symbol. Data is no function and leads nowhere.
  private static func relocation(_ line: Substring) -> String? {
    guard let range = line.range(of: "R_X86_64_PLT32") ?? line.range(of: "R_X86_64_GOTPCREL"),
      let name = line[range.upperBound...].split(whereSeparator: { " \t".contains($0) }).last
    else { return nil }
    return name.split(separator: "-").first.map(String.init)
  }

  /// `call 1234 <symbol+0x0>` inside one section, where the assembler left no relocation.
  private static func localTarget(_ line: Substring) -> String? {
    guard line.contains("call ") || line.contains("jmp "), let open = line.firstIndex(of: "<"), !line.contains("+0x")
    else { return nil }
    let name = String(line[line.index(after: open)...].dropLast())
    // A constant of another section at the same offset.
    return name.hasPrefix(".L") ? nil : name
  }

  /// Symbols that are called from `roots` and defined in none of the objects.
  func leaving(_ roots: [String]) -> Set<String> {
    var seen: Set<String> = []
    var outside: Set<String> = []
    var pending = roots
    while let name = pending.popLast() {
      guard seen.insert(name).inserted else { continue }
      guard let targets = calls[name] else {
        outside.insert(name)
        continue
      }
      pending += targets
    }
    return outside
  }
}

private let objdump = FileManager.default.isExecutableFile(atPath: "/usr/bin/objdump")

@Suite(.enabled(if: objdump, "objdump isn't installed: apt-get install binutils"))
struct HandlerObjectTests {
  /// Objects of the runtime and of the C module, beside the test bundle.
  private func objects() throws -> [URL] {
    let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? CommandLine.arguments[0]
    let products = URL(fileURLWithPath: bundle).deletingLastPathComponent()
    return try ["PreemptRuntime.build", "UnwindTable.build", "SelectedArch.build", "CPreempt.build"].flatMap { folder in
      let found = FileManager.default.enumerator(
        at: products.appendingPathComponent(folder), includingPropertiesForKeys: nil)
      return try #require(found).compactMap { $0 as? URL }.filter { $0.pathExtension == "o" }
    }
  }

  /// System calls; what ends the process anyway (a failed precondition, a smashed stack); memset, which is pure. A
  /// forwarded handler is called through a pointer, which no graph shows.
  private static let allowed: Set<String> = [
    "write", "sigaction", "_GLOBAL_OFFSET_TABLE_", "__stack_chk_fail", "memset", "memcpy",
  ]
  private static func endsTheProcess(_ name: String) -> Bool {
    name.contains("_assertionFailure") || name.contains("_fatalErrorMessage")
  }

  @Test func theHandlersCallNothingElse() throws {
    let graph = try CallGraph(objects: objects())
    let handlers = ["preempt_urgent_handler", "preempt_fault_handler"]
    for handler in handlers { #expect((graph.calls[handler] ?? []).count > 0, "\(handler) isn't in the objects") }
    let outside = graph.leaving(handlers)
    #expect(outside.subtracting(Self.allowed).filter { !Self.endsTheProcess($0) } == [], "calls that leave the modules")
  }

  /// The same analysis of a function that allocates finds that it does.
  @Test func theAnalysisFindsAllocation() throws {
    let graph = try CallGraph(objects: objects())
    let outside = graph.leaving(["preempt_g_main"])
    #expect(outside.contains { $0.hasPrefix("swift_") }, "\(outside)")
  }
}
