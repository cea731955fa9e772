// What every subcommand shares: exit codes, errors, JSON, names of backends, the package's folder, atomic writing.

package import ArgumentParser
import Conformance
package import Foundation
import StubGenerator

package enum ExitStatus: Int32 {
  case fine = 0
  case checkFailed = 1
  case usage = 2
  /// The environment lacks something.
  case environment = 3
}

/// An error that ends the tool. A line names the input, the rule it breaks, and the way out.
package struct ToolFailure: Error {
  package let status: ExitStatus
  package let lines: [String]

  package init(_ status: ExitStatus, _ lines: String...) { self.init(status, lines: lines) }

  package init(_ status: ExitStatus, lines: [String]) {
    self.status = status
    self.lines = lines
  }

  package init(wrapping error: any Error) {
    switch error {
    case let error as ToolFailure: self = error
    case let error as InvalidDescription: self.init(.checkFailed, lines: error.violations.map(\.description))
    case let error as any StatusError: self.init(error.exitStatus, String(describing: error))
    default: self.init(.checkFailed, String(describing: error))
    }
  }

  package func report() {
    for line in lines { FileHandle.standardError.write(Data("\(BackendPackage.toolName): \(line)\n".utf8)) }
  }
}

/// An error that knows with which status the tool ends.
package protocol StatusError: Error {
  var exitStatus: ExitStatus { get }
}

/// `--json`, the same in every subcommand.
package struct OutputOptions: ParsableArguments {
  @Flag(help: "Print one JSON object, keys sorted, instead of text.")
  package var json = false

  package init() {}
}

/// Prints `value` as one JSON object with sorted keys.
package func printJSON(_ value: some Encodable) throws { print(try jsonText(value)) }

// MARK: - Names

/// The known name that was probably meant, as the end of a message; empty where none is near.
package func suggestion(for name: String, among known: [String]) -> String {
  let nearest = known.min { editDistance($0, name) < editDistance($1, name) }
  return nearest.flatMap { editDistance($0, name) <= max(2, $0.count / 3) ? "; did you mean '\($0)'?" : nil } ?? ""
}

/// Single-character insertions, deletions and replacements between two names.
package func editDistance(_ first: String, _ second: String) -> Int {
  let second = Array(second)
  var row = Array(0...second.count)
  for (i, a) in first.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, b) in second.enumerated() {
      (diagonal, row[j + 1]) = (row[j + 1], min(row[j + 1] + 1, row[j] + 1, diagonal + (a == b ? 0 : 1)))
    }
  }
  return row[second.count]
}

// MARK: - The package's folder

package struct PackageOptions: ParsableArguments {
  @Option(help: "The package's folder; by default the nearest one above the current folder.")
  package var packagePath: String?

  package init() {}

  package func root() throws(ToolFailure) -> URL {
    if let packagePath {
      let folder = URL(fileURLWithPath: packagePath, isDirectory: true).standardizedFileURL
      if Self.isPackage(folder) { return folder }
      throw ToolFailure(
        .usage,
        "--package-path \(packagePath): no Package.swift of \(BackendPackage.current.name) there; name its folder")
    }
    let current = FileManager.default.currentDirectoryPath
    var folder = URL(fileURLWithPath: current, isDirectory: true).standardizedFileURL
    while true {
      if Self.isPackage(folder) { return folder }
      if folder.path == "/" { break }
      folder = folder.deletingLastPathComponent().standardizedFileURL
    }
    throw ToolFailure(
      .usage,
      "\(current): neither this folder nor one above it is the package \(BackendPackage.current.name); go there or give --package-path"
    )
  }

  private static func isPackage(_ folder: URL) -> Bool {
    (try? String(contentsOf: folder.appendingPathComponent("Package.swift"), encoding: .utf8))?
      .contains("name: \"\(BackendPackage.current.name)\"") ?? false
  }
}

/// Replaces the file in one step: a reader, or a build, sees the old text or the new one.
package func writeAtomically(_ text: String, to file: URL) throws(ToolFailure) {
  let folder = file.deletingLastPathComponent()
  let temporary = folder.appendingPathComponent(".\(file.lastPathComponent).\(getpid())")
  do {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: temporary)
  } catch {
    unlink(temporary.path)
    let reason = ((error as? CocoaError)?.underlying as? POSIXError).map { String(cString: strerror($0.code.rawValue)) }
    throw ToolFailure(
      .environment,
      "\(file.path): can't be written: \(reason ?? error.localizedDescription); make \(folder.path) writable")
  }
  guard rename(temporary.path, file.path) == 0 else {
    let reason = String(cString: strerror(errno))
    unlink(temporary.path)
    throw ToolFailure(.environment, "\(file.path): can't be replaced: \(reason)")
  }
}
