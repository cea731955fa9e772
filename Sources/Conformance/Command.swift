// Runs a program to its end, its output gathered, with a budget: what hangs is asked where, and killed.

public import Foundation
import Synchronization

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
  var reason: String { "no \(name) on this machine" }
  var remedy: String { "apt-get install \(package)" }
  public var description: String { "\(reason): \(remedy)" }

  public init(name: String, package: String) {
    self.name = name
    self.package = package
  }
}

public enum Command {
  /// Folders of programs that were installed for one package, beside PATH.
  private static let privateFolders = Mutex<[String]>([])

  /// Programs that `Scripts/install-cross-tools.sh` has put below `.build-tools` are found, and find each other, from now on.
  public static func addTools(of package: URL) {
    let groups = package.appendingPathComponent(".build-tools/cross")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: groups.path).sorted()) ?? []
    let folders = names.map { groups.appendingPathComponent("\($0)/bin").path }
    privateFolders.withLock { known in
      known += folders.filter { !known.contains($0) && FileManager.default.fileExists(atPath: $0) }
    }
  }

  private static var searchPath: String {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return ([path] + privateFolders.withLock { $0 }).joined(separator: ":")
  }

  /// This process's, so that programs find each other, and what is added.
  static func environment(adding added: [String: String] = [:]) -> [String: String] {
    ProcessInfo.processInfo.environment.merging(["PATH": searchPath]) { $1 }.merging(added) { $1 }
  }

  /// The first folder of PATH, or of a package's own tools, that has an executable of that name.
  public static func find(_ name: String, package: String) throws(MissingProgram) -> URL {
    for folder in searchPath.split(separator: ":") {
      let file = URL(fileURLWithPath: String(folder)).appendingPathComponent(name)
      if FileManager.default.isExecutableFile(atPath: file.path) { return file }
    }
    throw MissingProgram(name: name, package: package)
  }

  /// Seconds for what a program says when it is asked to end: ours say at which PC they were.
  private static let lastWords = 5.0

  /// - Parameters:
  ///   - environment: added to this process's.
  ///   - budget: seconds after which it is ended: asked by SIGTERM, then killed.
  public static func run(
    _ program: URL, _ arguments: [String], in folder: URL? = nil, environment: [String: String] = [:],
    budget: Double
  ) throws -> CommandResult {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    if let folder { process.currentDirectoryURL = folder }
    process.environment = Self.environment(adding: environment)
    // Files, not pipes: nothing has to read while the program runs, and a grandchild that lives on can't hold us up.
    let files = FileManager.default
    let scratch = files.temporaryDirectory.appendingPathComponent("preempt-command-\(UUID().uuidString)")
    try files.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? files.removeItem(at: scratch) }
    let paths = ["output", "errors"].map { scratch.appendingPathComponent($0) }
    for path in paths { try Data().write(to: path) }
    process.standardInput = FileHandle.nullDevice
    let handles = try paths.map { try FileHandle(forWritingTo: $0) }
    (process.standardOutput, process.standardError) = (handles[0], handles[1])
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    try process.run()
    // A process that ended isn't always freed, and with 1,365 open files Foundation's next one reads beyond its list of them.
    for handle in handles { try handle.close() }
    var isOverBudget = false
    if ended.wait(timeout: .now() + budget) == .timedOut {
      isOverBudget = true
      kill(process.processIdentifier, SIGTERM)
      if ended.wait(timeout: .now() + lastWords) == .timedOut {
        kill(process.processIdentifier, SIGKILL)
        ended.wait()
      }
    }
    let end: CommandResult.End =
      if isOverBudget { .budget } else if process.terminationReason == .uncaughtSignal {
        .signal(process.terminationStatus)
      } else { .exit(process.terminationStatus) }
    return CommandResult(end: end, output: try Data(contentsOf: paths[0]), errors: try Data(contentsOf: paths[1]))
  }
}
