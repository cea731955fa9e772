// A build has one backend: its CPU's, and of that CPU's the one that the traits choose, in assembly and in Swift alike.

import ArchPreempt
import BackendCatalog
import Foundation
import StubGenerator
import Testing

@testable import Conformance

/// What a build of a CPU under these traits gets. A trait that asks for what the CPU has no need of changes nothing.
// swift-format-ignore
private let selections: [(arch: String, traits: [String], backend: String)] = [
  ("amd64",   [],                             "amd64"),
  ("amd64",   ["noxreg"],                     "noxreg"),
  ("amd64",   ["reservedregister"],           "amd64"),
  ("amd64",   ["noxreg", "reservedregister"], "noxreg"),
  ("386",     [],                             "386"),
  ("386",     ["noxreg"],                     "noxreg_386"),
  ("386",     ["reservedregister"],           "386"),
  ("386",     ["noxreg", "reservedregister"], "noxreg_386"),
  ("arm64",   [],                             "arm64"),
  ("arm64",   ["noxreg"],                     "noxreg_arm64"),
  ("arm64",   ["reservedregister"],           "arm64_x18"),
  ("arm64",   ["noxreg", "reservedregister"], "noxreg_arm64_x18"),
  ("riscv64", [],                             "riscv64"),
  ("riscv64", ["noxreg"],                     "noxreg_riscv64"),
  ("riscv64", ["reservedregister"],           "riscv64_t6"),
  ("riscv64", ["noxreg", "reservedregister"], "noxreg_riscv64_t6"),
  ("s390x",   [],                             "s390x"),
  ("s390x",   ["noxreg"],                     "noxreg_s390x"),
  ("s390x",   ["reservedregister"],           "s390x"),
  ("s390x",   ["noxreg", "reservedregister"], "noxreg_s390x"),
]

@Suite struct SelectionTests {
  private static let catalogue = BackendCatalog.backends.map { BackendDescription($0) }

  @Test func everyBackendIsSomebodysChoice() throws {
    #expect(Set(selections.map(\.backend)) == Set(BackendCatalog.names))
    for selection in selections {
      let chosen = try #require(Self.catalogue.first { $0.name == selection.backend }).chosenTraits
      #expect(chosen.allSatisfy(selection.traits.contains), "\(selection)")
    }
  }

  @Test func swiftTakesOneBackendsConstants() throws {
    var conditions: [String: [Substring]] = [:]
    for description in Self.catalogue {
      let path = GeneratedFiles.Places.own.constants! + description.name + ".swift"
      let text = try String(contentsOf: HarnessFixture.package.appendingPathComponent(path), encoding: .utf8)
      let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("#if ") })
      conditions[description.name] = line.dropFirst(4).split(separator: " ").filter { $0 != "&&" }
    }
    #expect(conditions.values.allSatisfy { $0.contains("!customBackend") }, "another package's backend replaces ours")
    for selection in selections {
      let arch = try #require(Self.catalogue.first { $0.name == selection.backend }).swiftArchitecture
      let chosen = conditions.filter { _, terms in
        terms.allSatisfy { term in
          if term.hasPrefix("arch(") { return term == "arch(\(arch))" }
          return term.hasPrefix("!")
            ? !selection.traits.contains(String(term.dropFirst())) : selection.traits.contains(String(term))
        }
      }
      #expect(Array(chosen.keys) == [selection.backend], "\(selection.arch) \(selection.traits)")
    }
  }

  /// As SwiftPM does it: every backend's files, with what the manifest defines for the traits.
  @Test(arguments: selections.indices) func oneBackendsStubsAreAssembled(row: Int) throws {
    let selection = selections[row]
    let toolchain: Toolchain
    do { toolchain = try Toolchain(for: selection.arch, on: Subject.hostArchitecture) } catch let skip as Skip {
      print("skipped: which stubs \(selection.arch) \(selection.traits) assembles: \(skip.reason)")
      return
    }
    let folder = HarnessFixture.scratch.appendingPathComponent("selection-\(row)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let source = folder.appendingPathComponent("all.S")
    let lines = ["preempt.S", "probe.S"].flatMap { file in
      Self.catalogue.map { "#include \"\(GeneratedFiles.Places.own.folder(of: $0.name))/\(file)\"" }
    }
    try (lines.joined(separator: "\n") + "\n").write(to: source, atomically: true, encoding: .utf8)
    let defines = BackendDescription.traits.filter { selection.traits.contains($0.name) }.map { "-D" + $0.define }
    let arguments = defines + ["-I", HarnessFixture.package.path, source.path]
    try toolchain.compile(["-c"] + arguments, to: folder.appendingPathComponent("all.o"))
    let text = folder.appendingPathComponent("all.s")
    try toolchain.compile(["-E"] + arguments, to: text)
    let labels = Set(
      try String(contentsOf: text, encoding: .utf8).split(separator: "\n")
        .filter { $0.hasPrefix("preempt_") && $0.hasSuffix(":") }.map { String($0.dropLast()) })
    let expected = try #require(Self.catalogue.first { $0.name == selection.backend })
    #expect(labels.isSuperset(of: expected.stubs.map(\.symbol)))
    #expect(labels.allSatisfy { $0.hasPrefix(expected.symbolPrefix + "_") }, "\(labels)")
    try toolchain.compile(["-E", "-DPREEMPT_CUSTOM_BACKEND"] + arguments, to: text)
    #expect(
      try !String(contentsOf: text, encoding: .utf8).contains("\npreempt_"), "another package's stubs replace ours")
  }
}

/// The option that the layout prints keeps Swift's own compiler off the register, not only C's.
@Suite struct ReservedRegisterTests {
  struct Target: Sendable {
    let backend: String, triple: String, options: [String], spellings: Set<Substring>
  }

  static let targets = [
    Target(backend: "arm64_x18", triple: "aarch64-none-none-elf", options: [], spellings: ["x18", "w18"]),
    Target(
      backend: "riscv64_t6", triple: "riscv64-none-none-eabi",
      options: ["-Xcc", "-march=rv64gc", "-Xcc", "-mabi=lp64d"], spellings: ["t6"]),
  ]

  /// A loop with more values than there are registers.
  private static let crowded: String = {
    let values = 0..<40
    return """
      @c(mix) public func mix(_ p: UnsafeMutablePointer<UInt64>, _ rounds: Int) {
      \(values.map { "var v\($0) = p[\($0)]" }.joined(separator: "\n"))
      for _ in 0..<rounds {
      \(values.map { "v\($0) = v\($0) &* v\(($0 + 1) % 40) ^ v\(($0 + 7) % 40)" }.joined(separator: "\n"))
      }
      \(values.map { "p[\($0)] = v\($0)" }.joined(separator: "\n"))
      }
      """
  }()

  @Test(arguments: targets.indices) func swiftKeepsOffIt(index: Int) throws {
    let target = Self.targets[index]
    let description = BackendDescription(try BackendCatalog.backend(named: target.backend))
    let option = try #require(description.compilerOptions.last)
    #expect(description.buildOptions == ["--traits", "reservedregister", "-Xcc", option])
    guard let compiler = try? Command.find("swiftc", package: "swift") else {
      return print("skipped: that Swift keeps off \(target.spellings): no swiftc in PATH")
    }
    let source = HarnessFixture.scratch.appendingPathComponent("crowded.swift")
    try Self.crowded.write(to: source, atomically: true, encoding: .utf8)
    func uses(_ more: [String]) throws -> Int? {
      let result = try Command.run(
        compiler,
        [
          "-target", target.triple, "-enable-experimental-feature", "Embedded", "-wmo", "-parse-as-library", "-O",
          "-Xfrontend", "-disable-stack-protector", "-emit-assembly", source.path, "-o", "-",
        ] + target.options + more, budget: 120)
      guard result.end == .exit(0) else {
        print(
          "skipped: that Swift keeps off \(target.spellings): swiftc \(target.triple): \(result.errorText.prefix(200))")
        return nil
      }
      return result.outputText.split { !$0.isLetter && !$0.isNumber }.count { target.spellings.contains($0) }
    }
    guard let free = try uses([]), let reserved = try uses(["-Xcc", option]) else { return }
    #expect(free > 0, "the loop isn't crowded enough to tell")
    #expect(reserved == 0)
  }
}
