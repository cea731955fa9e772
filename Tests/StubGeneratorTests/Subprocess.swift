// Runs a tool and returns what it said.

import Foundation

/// A program found in PATH, as an argument vector's start.
struct Tool: Sendable {
  let path: String

  /// The first of the names that PATH has.
  static func named(_ names: String...) -> Tool? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    for name in names {
      for folder in folders where FileManager.default.isExecutableFile(atPath: "\(folder)/\(name)") {
        return Tool(path: "\(folder)/\(name)")
      }
    }
    return nil
  }

  struct Output: Sendable {
    let status: Int32
    let text: String
    let errors: String
  }

  /// Output goes to files, because a full pipe would stop the tool before it ends.
  func run(_ arguments: [String]) throws -> Output {
    let folder = try TemporaryFolder()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try folder.handle(for: "output")
    process.standardError = try folder.handle(for: "errors")
    try process.run()
    process.waitUntilExit()
    return try Output(
      status: process.terminationStatus, text: folder.read("output"), errors: folder.read("errors"))
  }
}

/// A folder that is removed with its last reference.
final class TemporaryFolder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("swift-preempt-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    let file = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: file, atomically: true, encoding: .utf8)
    return file.path
  }

  func read(_ name: String) throws -> String {
    try String(decoding: Data(contentsOf: url.appendingPathComponent(name)), as: UTF8.self)
  }

  func handle(for name: String) throws -> FileHandle {
    try write("", to: name)
    return try FileHandle(forWritingTo: url.appendingPathComponent(name))
  }
}
