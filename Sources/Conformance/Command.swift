// Runs a program to its end, its output gathered, with a budget: what hangs is killed and said to hang.

public import Foundation

/// How a program ended, and what it printed.
public struct CommandResult: Sendable {
  public enum End: Hashable, Sendable {
    case exit(Int32)
    case signal(Int32)
    /// It took longer than its budget and was killed.
    case budget
  }

  public let end: End
  public let output: Data
  public let errors: Data

  public var outputText: String { String(decoding: output, as: UTF8.self) }
  public var errorText: String { String(decoding: errors, as: UTF8.self) }

  public init(end: End, output: Data, errors: Data) {
    self.end = end
    self.output = output
    self.errors = errors
  }
}

/// A program that isn't installed.
public struct MissingProgram: Error, CustomStringConvertible {
  public let name: String
  /// The Debian package that has it.
  public let package: String
  public var description: String { "no \(name) on this machine: apt-get install \(package)" }

  public init(name: String, package: String) {
    self.name = name
    self.package = package
  }
}

public enum Command {
  /// The first folder of PATH that has an executable of that name.
  public static func find(_ name: String, package: String) throws(MissingProgram) -> URL {
    for folder in (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":") {
      let file = URL(fileURLWithPath: String(folder)).appendingPathComponent(name)
      if FileManager.default.isExecutableFile(atPath: file.path) { return file }
    }
    throw MissingProgram(name: name, package: package)
  }

  /// - Parameter budget: seconds after which it is killed.
  public static func run(
    _ program: URL, _ arguments: [String], in folder: URL? = nil, environment: [String: String]? = nil,
    budget: Double
  ) throws -> CommandResult {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    if let folder { process.currentDirectoryURL = folder }
    if let environment { process.environment = environment }
    // Files, not pipes: nothing has to read while the program runs, and a grandchild that lives on can't hold us up.
    let files = FileManager.default
    let scratch = files.temporaryDirectory.appendingPathComponent("preempt-command-\(UUID().uuidString)")
    try files.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? files.removeItem(at: scratch) }
    let paths = ["output", "errors"].map { scratch.appendingPathComponent($0) }
    for path in paths { try Data().write(to: path) }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: paths[0])
    process.standardError = try FileHandle(forWritingTo: paths[1])
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    try process.run()
    var isOverBudget = false
    if ended.wait(timeout: .now() + budget) == .timedOut {
      isOverBudget = true
      kill(process.processIdentifier, SIGKILL)
      ended.wait()
    }
    let end: CommandResult.End =
      if isOverBudget { .budget } else if process.terminationReason == .uncaughtSignal {
        .signal(process.terminationStatus)
      } else { .exit(process.terminationStatus) }
    return CommandResult(end: end, output: try Data(contentsOf: paths[0]), errors: try Data(contentsOf: paths[1]))
  }
}
