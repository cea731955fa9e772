// `preempt doctor`: what this machine has of what the runtime and its tests need.

import ArgumentParser
import CPreempt
import Conformance
import Foundation
import PreemptRuntime
import PreemptTool
import SelectedArch

struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what this machine has and what it lacks.",
    discussion: """
      A line each: ok, fallback (it works another way), absent (only what the line says needs it) or missing, with the \
      command that brings it. Exits 3 where something is missing.

      Example: preempt doctor --json
      """)

  @OptionGroup var output: OutputOptions

  private struct Report: Encodable {
    let backend: String
    let findings: [Finding]
  }

  // swift-format-ignore
  private static func optional() -> [Finding] {
    [
      .program("docc",             neededFor: "`make docs`; it comes with the Swift toolchain"),
      .program("bochs-bin",        package: "bochs",          neededFor: "state classes that this CPU hasn't"),
      .program("gdb-multiarch",    package: "gdb-multiarch",  neededFor: "backtraces of other architectures"),
      .program("python3",          package: "python3",        neededFor: "the proof of the stubs (Scripts/proof)"),
      .pythonModule("z3",          neededFor: "the proof of the stubs: pip install -r Scripts/proof/requirements.txt"),
      .boost(), .go(),
    ]
  }

  func run() throws {
    Command.addTools(of: URL(fileURLWithPath: "."))
    let findings =
      [
        Finding.cpu(), .stateComponents(), .stateClasses(), .signalFrame(),
        .kernel(), .guardAdvice(), .userShadowStack(), .mappings(), .overcommit(), .tracing(),
        .library("libunwind.so.8", package: "libunwind-dev"),
        .program("gdb", package: "gdb"), .program("llvm-dwarfdump", package: "llvm"),
        .program("clang", package: "clang"), .program("make", package: "make"),
      ] + Self.optional() + Finding.otherCPUs()
    if output.json {
      try printJSON(Report(backend: PreemptRuntime.backendName, findings: findings))
    } else {
      for finding in findings { print(finding.text) }
    }
    let missing = findings.filter { $0.state == .missing }
    guard missing.isEmpty else {
      throw ToolFailure(.environment, lines: missing.map { "missing: \($0.name): \($0.remedy ?? $0.detail)" })
    }
  }
}

/// One line of the doctor.
private struct Finding: Encodable {
  enum State: String, Encodable { case ok, fallback, absent, missing }

  let name: String
  let state: State
  let detail: String
  /// What to do where it is missing.
  var remedy: String?

  var text: String {
    func pad(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(1, width - text.count))
    }
    return pad(state.rawValue, 10) + pad(name, 19) + detail + (remedy.map { ": \($0)" } ?? "")
  }

  static func cpu() -> Finding {
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    func field(_ name: String) -> String? {
      for line in text.split(separator: "\n") {
        let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
        if parts.count == 2, parts[0] == name { return parts[1] }
      }
      return nil
    }
    let known: [String] = [
      field("vendor_id"), field("model name"), field("cpu family").map { "family \($0)" },
      field("model").map { "model \($0)" },
    ].compactMap { $0 }
    return Finding(
      name: "cpu", state: .ok, detail: known.isEmpty ? "/proc/cpuinfo names none" : known.joined(separator: ", "))
  }

  // Intel SDM volume 1, 13.1.
  // swift-format-ignore
  private static let componentNames: [Int: String] = [
    0: "x87", 1: "sse", 2: "avx", 3: "bndregs", 4: "bndcsr", 5: "opmask", 6: "zmm_hi256", 7: "hi16_zmm", 9: "pkru",
    17: "tilecfg", 18: "tiledata", 19: "apx",
  ]

  static func stateComponents() -> Finding {
    let enabled = Environment.current.enabledComponents()
    let names: [String] = (0..<64).filter { enabled >> UInt64($0) & 1 == 1 }.map { componentNames[$0] ?? "bit \($0)" }
    return Finding(
      name: "state components", state: .ok, detail: "0x\(String(enabled, radix: 16)): \(names.joined(separator: " "))")
  }

  /// Which classes the enabled components make, and which of the enabled components no class covers.
  static func stateClasses() -> Finding {
    let enabled = Environment.current.enabledComponents()
    let widest = Backend.widest(enabled: enabled)
    guard widest >= 0 else {
      return Finding(name: "state classes", state: .missing, detail: "none", remedy: "x87 and SSE aren't enabled")
    }
    func names(_ widths: Range<Int>) -> String {
      widths.map { Backend.className($0 * 2).description }.joined(separator: " ")
    }
    let lacking = widest + 1..<Backend.classCount / 2
    let detail = names(0..<widest + 1) + ", each also with x87"
    guard !lacking.isEmpty else { return Finding(name: "state classes", state: .ok, detail: detail) }
    return Finding(
      name: "state classes", state: .absent,
      detail: detail + "; not enabled: \(names(lacking)), generated and assembled, not run")
  }

  /// The kernel's least signal stack grows with the state that a frame holds.
  static func signalFrame() -> Finding {
    Finding(
      name: "signal frame", state: .ok, detail: "the kernel asks for \(preempt_minimum_signal_stack()) bytes at least")
  }

  /// Documentation/admin-guide/sysctl/vm.rst.
  static func mappings() -> Finding {
    let limit = setting("/proc/sys/vm/max_map_count") ?? "unknown"
    return Finding(
      name: "vm.max_map_count", state: .ok, detail: "\(limit); matters where stacks are guarded by mprotect")
  }

  static func overcommit() -> Finding {
    setting("/proc/sys/vm/overcommit_memory") == "2"
      ? Finding(
        name: "overcommit", state: .fallback, detail: "strict: address space of stacks that aren't used yet is counted")
      : Finding(name: "overcommit", state: .ok, detail: "stacks that aren't used yet cost address space only")
  }

  /// Documentation/admin-guide/LSM/Yama.rst.
  static func tracing() -> Finding {
    let scope = setting("/proc/sys/kernel/yama/ptrace_scope") ?? "0"
    return scope == "0" || scope == "1"
      ? Finding(name: "ptrace", state: .ok, detail: "a parent may trace its child")
      : Finding(
        name: "ptrace", state: .absent, detail: "scope \(scope), needed for the single-stepper's and gdb's tests",
        remedy: "sysctl kernel.yama.ptrace_scope=1")
  }

  private static func setting(_ path: String) -> String? {
    (try? String(contentsOfFile: path, encoding: .utf8))?.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Of this package's own tools too, where it is the current folder.
  static func otherCPUs() -> [Finding] {
    CrossTools.survey().map { row in
      row.found.map { Finding(name: "\(row.arch) programs", state: .ok, detail: $0) }
        ?? Finding(
          name: "\(row.arch) programs", state: .absent, detail: row.lacking + ", needed for stubs of \(row.arch)",
          remedy: row.remedy)
    }
  }

  static func boost() -> Finding {
    BoostPeer() == nil
      ? Finding(name: "Boost.Context", state: .absent, detail: "needed for the peer of `switch`", remedy: "make peers")
      : Finding(name: "Boost.Context", state: .ok, detail: "found")
  }

  static func go() -> Finding {
    GoPeer.program.map { Finding(name: "Go peer", state: .ok, detail: $0) }
      ?? Finding(name: "Go peer", state: .absent, detail: "needed for Go's side of the bench", remedy: "make peers")
  }

  static func pythonModule(_ name: String, neededFor use: String) -> Finding {
    // The project's own environment first: the module is rarely in the system's.
    for python in [".build-tools/venv/bin/python", "python3"] {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = [python, "-c", "import \(name)"]
      process.standardError = FileHandle.nullDevice
      guard (try? process.run()) != nil else { continue }
      process.waitUntilExit()
      if process.terminationStatus == 0 {
        return Finding(name: "python \(name)", state: .ok, detail: "\(python) has it")
      }
    }
    return Finding(name: "python \(name)", state: .absent, detail: "needed for \(use)")
  }

  /// One that only some work needs.
  static func program(_ name: String, package: String? = nil, neededFor use: String) -> Finding {
    if let path = path(of: name) { return Finding(name: name, state: .ok, detail: path) }
    return Finding(
      name: name, state: .absent, detail: "not in PATH, needed for \(use)",
      remedy: package.map { "apt-get install -y \($0)" })
  }

  static func kernel() -> Finding {
    var name = utsname()
    uname(&name)
    func text<T>(_ field: T) -> String {
      withUnsafeBytes(of: field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
    return Finding(
      name: "kernel", state: .ok, detail: "\(text(name.sysname)) \(text(name.release)) \(text(name.machine))")
  }

  /// MADV_GUARD_INSTALL of Linux 6.13 (include/uapi/asm-generic/mman-common.h), tried on a page.
  static func guardAdvice() -> Finding {
    let byteCount = Int(sysconf(Int32(_SC_PAGESIZE)))
    let page = mmap(nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let page, page != MAP_FAILED else {
      return Finding(
        name: "MADV_GUARD_INSTALL", state: .fallback, detail: "no page to try it on; stacks are guarded by mprotect")
    }
    defer { munmap(page, byteCount) }
    return madvise(page, byteCount, 102) == 0
      ? Finding(name: "MADV_GUARD_INSTALL", state: .ok, detail: "works")
      : Finding(
        name: "MADV_GUARD_INSTALL", state: .fallback,
        detail: "refused (\(String(cString: strerror(errno)))): stacks are guarded by mprotect, two mappings each")
  }

  static func userShadowStack() -> Finding {
    Environment.current.hasUserShadowStack()
      ? Finding(
        name: "user shadow stack", state: .missing, detail: "on, an injected call would break it",
        remedy: "start programs with GLIBC_TUNABLES=glibc.cpu.x86_shstk=off")
      : Finding(name: "user shadow stack", state: .ok, detail: "off")
  }

  static func library(_ name: String, package: String) -> Finding {
    guard let handle = dlopen(name, RTLD_LAZY | RTLD_LOCAL) else {
      return Finding(name: name, state: .missing, detail: "not found", remedy: "apt-get install -y \(package)")
    }
    dlclose(handle)
    return Finding(name: name, state: .ok, detail: "found")
  }

  static func program(_ name: String, package: String) -> Finding {
    guard let path = path(of: name) else {
      return Finding(name: name, state: .missing, detail: "not in PATH", remedy: "apt-get install -y \(package)")
    }
    return Finding(name: name, state: .ok, detail: path)
  }

  private static func path(of name: String) -> String? { (try? Command.find(name, package: ""))?.path }
}
