// What several suites need: the package's root, its tools, and the generated text of each backend.

import ArchPreempt
import BackendCatalog
import Foundation
import StubGenerator

enum Tools {
  static let clang = Tool.named("clang")
  static let gcc = Tool.named("gcc")
  static let dwarfdump = Tool.named("llvm-dwarfdump")
  static let disassembler = Tool.named("objdump", "llvm-objdump")
  static let symbols = Tool.named("nm", "llvm-nm")
}

enum PackageRoot {
  /// Two folders above this file's.
  static let url = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
}

/// One backend with its files.
struct Generated: Sendable {
  let description: BackendDescription
  let files: [GeneratedFile]

  init(_ name: String) throws {
    self = try Self.all[name] ?? Self(generating: name)
  }

  private init(generating name: String) throws {
    description = try BackendDescription(BackendCatalog.backend(named: name))
    files = try GeneratedFiles.files(for: description)
  }

  /// Generated once: unoptimised, it takes longer than most tests. A backend that throws here throws in its tests.
  private static let all = Dictionary(
    uniqueKeysWithValues: BackendCatalog.names.compactMap { name in (try? Self(generating: name)).map { (name, $0) } })

  func text(_ name: String) throws -> String {
    guard let file = files.first(where: { $0.path.hasSuffix("/" + name) }) else { throw MissingFile(name: name) }
    return file.text
  }

  /// What the compiler must be told for the backend's files to apply.
  var selection: [String] { description.layout.extendedPlacement == .stack ? ["-DPREEMPT_NOXREG"] : [] }

  /// What makes them not apply, on the backend's own CPU.
  var otherSelection: [String] { description.layout.extendedPlacement == .stack ? [] : ["-DPREEMPT_NOXREG"] }
}

struct MissingFile: Error { let name: String }

/// Backends whose files apply to what clang compiles for here; the others need a cross compiler and are run by the
/// conformance suite.
enum NativeBackends {
  static let names: [String] = BackendCatalog.names.filter { name in
    let isNative = (try? isNative(name)) ?? false
    if !isNative { print("skipped: header and assembly of \(name): its guard doesn't hold for the clang here") }
    return isNative
  }

  /// The descriptions whose registers and offsets some tests spell out.
  static let familyOfAMD64 = names.filter { ["amd64", "noxreg"].contains($0) }

  private static func isNative(_ name: String) throws -> Bool {
    guard let clang = Tools.clang else { return false }
    let guardExpression = try BackendCatalog.backend(named: name).guardExpression
    return try clang.accepts(guardExpression)
  }
}

extension Tool {
  /// Whether a preprocessor expression is true for a compiler's target.
  func accepts(_ guardExpression: String, _ arguments: [String] = []) throws -> Bool {
    let folder = try TemporaryFolder()
    let source = try folder.write("#if \(guardExpression)\nint accepted;\n#endif\n", to: "guard.c")
    return try run(arguments + ["-E", "-P", source]).text.contains("int accepted")
  }
}
