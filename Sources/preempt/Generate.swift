import ArgumentParser
import BackendCatalog
import StubGenerator
import Foundation
@main struct M: ParsableCommand { static let configuration = CommandConfiguration(commandName: "preempt", subcommands: [Gen.self, Demo.self, Bench.self]) }
struct Gen: ParsableCommand { func run() throws { for b in BackendCatalog.backends { 
    do { for f in try GeneratedFiles.files(for: b) { let u = URL(fileURLWithPath: f.path); try FileManager.default.createDirectory(at: u.deletingLastPathComponent(), withIntermediateDirectories: true); try f.text.write(to: u, atomically: true, encoding: .utf8) } }
    catch { print(error) }
  } } }
