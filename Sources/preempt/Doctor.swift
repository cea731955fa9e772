// `preempt doctor`: what this machine has of what the runtime and its tests need.

import ArgumentParser
import Foundation
import PreemptRuntime

struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what this machine has and what it lacks.",
    discussion: """
      A line each: ok, fallback (it works another way) or missing, with the command that brings it. Exits 3 where \
      something is missing.

      Example: preempt doctor --json
      """)

  @OptionGroup var output: OutputOptions

  private struct Report: Encodable {
    let backend: String
    let findings: [Finding]
  }

  func run() throws {
    let findings = [
      Finding.cpu(), .stateComponents(), .kernel(), .guardAdvice(), .userShadowStack(),
      .library("libunwind.so.8", package: "libunwind-dev"),
      .program("gdb", package: "gdb"), .program("llvm-dwarfdump", package: "llvm"),
      .program("clang", package: "clang"), .program("make", package: "make"),
    ]
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
  enum State: String, Encodable { case ok, fallback, missing }

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
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let candidates: [String] = folders.map { "\($0)/\(name)" }
    guard let path = candidates.first(where: { access($0, X_OK) == 0 }) else {
      return Finding(name: name, state: .missing, detail: "not in PATH", remedy: "apt-get install -y \(package)")
    }
    return Finding(name: name, state: .ok, detail: path)
  }
}
