// `preempt add-arch`: what it begins compiles, is a part of the package, and asks its questions.

#if !noxreg

import Foundation
import Testing

@Suite struct AddArchTests {
  private static let edited = ["Sources/BackendCatalog", "Sources/Conformance"]

  // 386: whose Swift type isn't its name in capitals.
  @Test(arguments: ["amd64", "386"])
  func whatItBeginsCompilesAndIsListed(base: String) throws {
    let copy = try PackageCopy(with: ["Arch"] + Self.edited)
    let before = try copy.contents()
    let run = try copy.preempt("add-arch", "mips64", "--like", base)
    #expect(run.status == 0, "\(run.errors)")
    let after = try copy.contents()
    let written = after.keys.filter { before[$0] == nil }.sorted()
    #expect(written.allSatisfy { $0.hasPrefix("Arch/mips64/") } && written.count == 4, "\(written)")
    // One line more in each of the three lists, two in the catalogue, which imports.
    for path in after.keys.filter({ before[$0] != nil && before[$0] != after[$0] }).sorted() {
      let added = after[path]!.split(separator: "\n").count - before[path]!.split(separator: "\n").count
      #expect(added == (path.hasSuffix("BackendCatalog.swift") ? 2 : 1), "\(path)")
      #expect(after[path]!.contains("mips64") || after[path]!.contains("MIPS64"))
    }
    let modules = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      .appendingPathComponent("Modules")
    let sources = written.filter { $0.hasSuffix(".swift") }.map { copy.root.appendingPathComponent($0).path }
    let compiler = try Tool.run(
      URL(fileURLWithPath: "/usr/bin/env"),
      ["swiftc", "-typecheck", "-module-name", "MIPS64Backend", "-I", modules.path] + sources)
    #expect(compiler.status == 0, "\(compiler.errors)")
  }

  @Test(arguments: [
    (["amd64", "--like", "amd64"], "is there already"), (["MIPS", "--like", "amd64"], "is no name for a backend"),
    (["6502", "--like", "amd64"], "is no name for a backend"),
    (["../x", "--like", "amd64"], "is no name for a backend"),
    (["mips", "--like", "noxreg"], "a transformation of amd64"), (["mips", "--like", "amd46"], "did you mean 'amd64'"),
    (["a-b", "--like", "amd64"], "is no name for a backend"),
    (["Swift", "--like", "amd64"], "is no name for a backend"),
    (["arch", "--like", "vax"], "unknown backend 'vax'"),
    (["psabi", "--like", "amd64"], "PSABI is something else in Arch/amd64/"),
    (["psw", "--like", "s390x"], "PSW is something else in Arch/s390x/"),
  ])
  func whatCannotBeBegunIsSaidAndNothingWritten(_ arguments: [String], _ message: String) throws {
    let copy = try PackageCopy(with: ["Arch"] + Self.edited)
    let before = try copy.contents()
    let run = try Tool.run("preempt", ["add-arch"] + arguments + ["--package-path", copy.root.path])
    #expect(run.status == 2)
    #expect(run.errors.contains(message), "\(run.errors)")
    #expect(try copy.contents() == before)
  }

  @Test func aSecondRunFindsTheFirst() throws {
    let copy = try PackageCopy(with: ["Arch"] + Self.edited)
    #expect(try copy.preempt("add-arch", "mips64", "--like", "riscv64").status == 0)
    let after = try copy.contents()
    let again = try copy.preempt("add-arch", "mips64", "--like", "riscv64")
    #expect(again.status == 2 && again.errors.contains("'mips64' is there already"), "\(again.errors)")
    #expect(try copy.contents() == after)
  }

  /// The last of its files can't be replaced: what was written before goes away again.
  @Test func whatCannotBeWrittenWholeIsNotWritten() throws {
    let copy = try PackageCopy(with: ["Arch"] + Self.edited)
    let before = try copy.contents()
    let locked = copy.root.appendingPathComponent("Sources/Conformance").path
    for path in [copy.root.path, copy.root.path + "/Arch", copy.root.path + "/Sources/BackendCatalog"] {
      try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: path)
    }
    try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: locked)
    defer { try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: locked) }
    let products = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    let arguments = [
      products.appendingPathComponent("preempt").path, "add-arch", "mips64", "--like", "riscv64", "--package-path",
      copy.root.path,
    ]
    // Permissions are nothing to root.
    let run =
      geteuid() == 0
      ? try Tool.run(
        URL(fileURLWithPath: "/usr/bin/env"), ["setpriv", "--reuid=65534", "--clear-groups", "--"] + arguments)
      : try Tool.run(URL(fileURLWithPath: arguments[0]), Array(arguments.dropFirst()))
    if [126, 127].contains(run.status) {
      return print("skipped: no user but root can start the tool here: \(run.errors)")
    }
    #expect(run.status == 3)
    #expect(run.errors.contains("can't be written: Permission denied"), "\(run.errors)")
    #expect(run.errors.contains("nothing was changed"), "\(run.errors)")
    #expect(try copy.contents() == before)
  }
}

#endif
