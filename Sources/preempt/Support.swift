// What every subcommand shares: exit codes, errors, JSON, times, names of backends, the package's folder, atomic writing.

import ArchPreempt
import ArgumentParser
import BackendCatalog
import Conformance
import Foundation
import PreemptRuntime
import StubGenerator

enum ExitStatus: Int32 {
  case fine = 0
  case checkFailed = 1
  case usage = 2
  /// The environment lacks something.
  case environment = 3
}

/// An error that ends the tool. A line names the input, the rule it breaks, and the way out.
struct ToolFailure: Error {
  let status: ExitStatus
  let lines: [String]

  init(_ status: ExitStatus, _ lines: String...) { self.init(status, lines: lines) }

  init(_ status: ExitStatus, lines: [String]) {
    self.status = status
    self.lines = lines
  }

  init(wrapping error: any Error) {
    switch error {
    case let error as ToolFailure: self = error
    case let error as InvalidDescription: self.init(.checkFailed, lines: error.violations.map(\.description))
    case let error as PreemptError: self.init(error.exitStatus, error.description)
    default: self.init(.checkFailed, String(describing: error))
    }
  }

  func report() {
    for line in lines { FileHandle.standardError.write(Data("preempt: \(line)\n".utf8)) }
  }
}

extension PreemptError {
  var exitStatus: ExitStatus {
    switch self {
    case .processorCount, .timeSlice, .stackByteCount: .usage
    case .userShadowStack, .threadSanitizer, .stateClass, .outOfMemory, .thread: .environment
    default: .checkFailed
    }
  }
}

/// `--json`, the same in every subcommand.
struct OutputOptions: ParsableArguments {
  @Flag(help: "Print one JSON object, keys sorted, instead of text.")
  var json = false
}

/// Prints `value` as one JSON object with sorted keys.
func printJSON(_ value: some Encodable) throws { print(try jsonText(value)) }

// MARK: - Times

func monotonicNanoseconds() -> UInt64 { nanoseconds(CLOCK_MONOTONIC) }

/// CPU time of this thread: what one thread does by itself is timed so, because other programs' turns on its CPU are
/// none of it.
func threadNanoseconds() -> UInt64 { nanoseconds(CLOCK_THREAD_CPUTIME_ID) }

private func nanoseconds(_ clock: clockid_t) -> UInt64 {
  var time = timespec()
  clock_gettime(clock, &time)
  return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

extension Array where Element: Comparable {
  /// The element that `percent` in a hundred lie below.
  /// - Precondition: there is one.
  func percentile(_ percent: Int) -> Element {
    let sorted = sorted()
    return sorted[Swift.min(sorted.count - 1, sorted.count * percent / 100)]
  }
}

/// Nanoseconds; zero where there are no samples.
struct Percentiles: Encodable {
  let p50: UInt64
  let p99: UInt64

  init(_ samples: [UInt64]) {
    p50 = samples.isEmpty ? 0 : samples.percentile(50)
    p99 = samples.isEmpty ? 0 : samples.percentile(99)
  }
}

// MARK: - Backends

/// The backends of those names, all of them where there is none.
func backends(named names: [String]) throws(ToolFailure) -> [any ArchPreempt.Type] {
  if names.isEmpty { return BackendCatalog.backends }
  var found: [any ArchPreempt.Type] = []
  for name in names where !found.contains(where: { $0.name == name }) { found.append(try backend(named: name)) }
  return found
}

func backend(named name: String) throws(ToolFailure) -> any ArchPreempt.Type {
  do { return try BackendCatalog.backend(named: name) } catch {
    throw ToolFailure(.usage, error.description + suggestion(for: name, among: error.known))
  }
}

/// The known name that was probably meant, as the end of a message; empty where none is near.
func suggestion(for name: String, among known: [String]) -> String {
  let nearest = known.min { editDistance($0, name) < editDistance($1, name) }
  return nearest.flatMap { editDistance($0, name) <= max(2, $0.count / 3) ? "; did you mean '\($0)'?" : nil } ?? ""
}

/// Single-character insertions, deletions and replacements between two names.
func editDistance(_ first: String, _ second: String) -> Int {
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

struct PackageOptions: ParsableArguments {
  @Option(help: "The package's folder; by default the nearest one above the current folder.")
  var packagePath: String?

  func root() throws(ToolFailure) -> URL {
    if let packagePath {
      let folder = URL(fileURLWithPath: packagePath, isDirectory: true).standardizedFileURL
      if Self.isPackage(folder) { return folder }
      throw ToolFailure(
        .usage, "--package-path \(packagePath): no Package.swift of swift-preempt there; name its folder")
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
      "\(current): neither this folder nor one above it is the package swift-preempt; go there or give --package-path")
  }

  private static func isPackage(_ folder: URL) -> Bool {
    (try? String(contentsOf: folder.appendingPathComponent("Package.swift"), encoding: .utf8))?
      .contains("name: \"swift-preempt\"") ?? false
  }
}

/// Replaces the file in one step: a reader, or a build, sees the old text or the new one.
func writeAtomically(_ text: String, to file: URL) throws(ToolFailure) {
  let folder = file.deletingLastPathComponent()
  let temporary = folder.appendingPathComponent(".\(file.lastPathComponent).\(getpid())")
  do {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: temporary)
  } catch {
    unlink(temporary.path)
    throw ToolFailure(
      .environment, "\(file.path): can't be written: \(String(cString: strerror(errno))); make \(folder.path) writable")
  }
  guard rename(temporary.path, file.path) == 0 else {
    let reason = String(cString: strerror(errno))
    unlink(temporary.path)
    throw ToolFailure(.environment, "\(file.path): can't be replaced: \(reason)")
  }
}
