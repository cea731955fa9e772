// The command-line tool: its subcommands, and the one place where an error becomes a line and an exit code.
//
// 0 fine · 1 a check failed · 2 wrong usage · 3 the environment lacks something, which the line names.

import ArgumentParser
import Foundation

@main
struct Preempt: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preempt",
    abstract: "Asynchronous preemption from one description per CPU.",
    discussion: """
      Example: preempt layout amd64

      Exit codes: 0 fine, 1 a check failed, 2 wrong usage, 3 the environment lacks something.
      """,
    version: "0.1.0-dev",
    subcommands: [
      Demo.self,
      Bench.self,
      Generate.self,
      Check.self,
      Layout.self,
      AddArch.self,
      ConformanceCommand.self,
      Explain.self,
      UnwindTableCommand.self,
      Doctor.self,
    ])

  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let failure as ToolFailure {
      failure.report()
      Foundation.exit(failure.status.rawValue)
    } catch let code as ExitCode {
      Foundation.exit(code.rawValue)
    } catch {
      let code = exitCode(for: error)
      if code == .success {  // --help and --version arrive as errors
        print(fullMessage(for: error))
        Foundation.exit(ExitStatus.fine.rawValue)
      }
      let failure =
        code == .validationFailure
        ? ToolFailure(.usage, "\(message(for: error)) (\(Self.hint(in: fullMessage(for: error))))")
        : ToolFailure(wrapping: error)
      failure.report()
      Foundation.exit(failure.status.rawValue)
    }
  }

  /// `see 'preempt check --help'`, for the subcommand that argument-parser's own message names.
  private static func hint(in fullMessage: String) -> String {
    let quoted = fullMessage.split(separator: "'").last { $0.hasPrefix("preempt") && $0.hasSuffix("--help") }
    return "see '\(quoted ?? "preempt --help")'"
  }
}
