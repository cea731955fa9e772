// Embedded Swift for Linux on another CPU: swiftc has its standard library there for machines without an operating system,
// the C compiler of the matrix has headers, start code and C library.

import Foundation

/// What swiftc and its C library must be told for one architecture's Linux.
public struct EmbeddedTarget: Sendable {
  /// As the standard library's files are named.
  let triple: String
  /// Of clang, which reads the headers and knows the instruction set.
  let clangArguments: [String]
  /// Of the C compiler, for code that Swift calls.
  let compilerArguments: [String]
  let linkerArguments: [String]

  public init(
    _ triple: String, clang: [String] = [], compiler: [String] = [], linker: [String] = []
  ) {
    self.triple = triple
    // The triple says no operating system, so the headers wouldn't either.
    clangArguments = (triple.contains("-linux-") ? [] : ["-D__linux__"]) + clang
    compilerArguments = compiler
    linkerArguments = linker
  }

  static let amd64 = EmbeddedTarget("x86_64-unknown-linux-gnu")
  // Its code refers to data of other modules as only a position-independent program's may.
  static let arm64 = EmbeddedTarget("aarch64-none-none-elf", linker: ["-static-pie"])
  // Its code keeps the stack aligned to four bytes.
  static let i386 = EmbeddedTarget("i686-unknown-none-elf", compiler: ["-mstackrealign"])
  // Its library of tables was made for the calling convention without floating-point registers, but has integers only.
  static let riscv64 = EmbeddedTarget(
    "riscv64-none-none-eabi", clang: ["-march=rv64gc", "-mabi=lp64d"], linker: ["-Wl,--no-warn-mismatch"])
}

/// Compiles Swift modules for a backend's CPU.
struct EmbeddedSwift {
  private let swiftc: URL
  private let arguments: [String]
  /// The standard library's Unicode tables: comparing strings needs them.
  let library: URL

  /// - Parameter maps: a module map of C modules.
  /// - Throws: `Skip`.
  init(for subject: Subject, _ toolchain: Toolchain, isOptimized: Bool, maps: URL) throws {
    guard let target = subject.embedded else {
      throw Skip(reason: "swiftc has no Embedded Swift for \(subject.arch)")
    }
    do { swiftc = try Command.find("swiftc", package: "") } catch {
      throw Skip(reason: "no swiftc in PATH: add the bin folder of a Swift toolchain")
    }
    struct Information: Decodable {
      struct Paths: Decodable { let runtimeResourcePath: String }
      let paths: Paths
    }
    let answer = try Command.run(swiftc, ["-print-target-info"], budget: 60)
    let information = try JSONDecoder().decode(Information.self, from: answer.output)
    let embedded = URL(fileURLWithPath: information.paths.runtimeResourcePath).appendingPathComponent("embedded")
    library = embedded.appendingPathComponent("\(target.triple)/libswiftUnicodeDataTables.a")
    let module = embedded.appendingPathComponent("Swift.swiftmodule/\(target.triple).swiftmodule")
    for file in [module, library] where !FileManager.default.fileExists(atPath: file.path) {
      throw Skip(
        reason: "no Embedded Swift for \(target.triple) beside \(swiftc.path): install a toolchain of swift.org")
    }
    let clang =
      target.clangArguments + subject.selection + ["-fmodule-map-file=\(maps.path)"]
      + (try toolchain.includeFolders()).flatMap { ["-isystem", $0] }
    arguments =
      [
        "-target", target.triple, "-enable-experimental-feature", "Embedded", "-wmo", "-parse-as-library",
        isOptimized ? "-Osize" : "-Onone",
        // Its canary is a global where there is no operating system, and in thread-local storage on Linux.
        "-Xfrontend", "-disable-stack-protector",
      ] + subject.description.chosenTraits.flatMap { ["-D", $0] } + clang.flatMap { ["-Xcc", $0] }
  }

  /// Compiles a module into `folder`, for others to import too.
  /// - Parameter imports: folders of modules that it imports.
  func compile(module name: String, _ sources: [URL], importing imports: [URL] = [], into folder: URL) throws {
    // As the manifest has them.
    let language = [
      "-swift-version", "6", "-enable-upcoming-feature", "InternalImportsByDefault", "-enable-upcoming-feature",
      "ExistentialAny",
    ]
    try run(
      [
        "-module-name", name, "-emit-module", "-emit-module-path",
        folder.appendingPathComponent("\(name).swiftmodule").path,
      ] + language + imports.flatMap { ["-I", $0.path] }, sources, to: folder.appendingPathComponent("\(name).o"))
  }

  /// Compiles a package's modules of which we have only the sources, in an order in which each imports those before it.
  func compile(package sources: URL, modules: [String], settings: [String], into folder: URL) throws {
    for name in modules {
      let files = FileManager.default.enumerator(
        at: sources.appendingPathComponent(name), includingPropertiesForKeys: nil)
      let swift = (files?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "swift" }
      try run(
        [
          "-module-name", name, "-emit-module", "-emit-module-path",
          folder.appendingPathComponent("\(name).swiftmodule").path, "-I", folder.path, "-package-name", "package",
          "-suppress-warnings",
        ] + settings, swift, to: folder.appendingPathComponent("\(name).o"))
    }
  }

  private func run(_ options: [String], _ sources: [URL], to object: URL) throws {
    let files = sources.map(\.path).sorted()
    let result = try Command.run(swiftc, arguments + options + ["-c", "-o", object.path] + files, budget: 600)
    guard result.end == .exit(0) else { throw UnexpectedEnd("swiftc \(object.lastPathComponent)", result) }
  }
}

extension Toolchain {
  /// Where the C compiler finds the C library's headers.
  func includeFolders() throws -> [String] {
    let result = try Command.run(compiler, arguments + ["-E", "-v", "-x", "c", "/dev/null"], budget: 60)
    let lines = result.errorText.split(separator: "\n")
    guard let start = lines.firstIndex(where: { $0.hasPrefix("#include <") }),
      let end = lines[start...].firstIndex(where: { $0.hasPrefix("End of search list") })
    else { throw UnexpectedEnd("\(compiler.lastPathComponent) -E -v", result) }
    // Not the compiler's own: clang has its own.
    return lines[start + 1..<end].map {
      URL(fileURLWithPath: $0.trimmingCharacters(in: .whitespaces)).resolvingSymlinksInPath().standardized.path
    }.filter { !$0.contains("/lib/gcc") }
  }
}
