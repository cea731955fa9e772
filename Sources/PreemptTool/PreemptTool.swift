// The command-line tool of a package with backends: its subcommands, and the one place where an error becomes a line and
// an exit code.
//
// 0 fine · 1 a check failed · 2 wrong usage · 3 the environment lacks something, which the line names.

public import ArchPreempt
package import ArgumentParser
public import Conformance
import Foundation
import StubGenerator

public enum PreemptTool {
  /// Checks of the conformance suite beside its own.
  nonisolated(unsafe) static var checks: [any ConformanceCheck] = []
  nonisolated(unsafe) fileprivate static var commands: [any ParsableCommand.Type] = []

  /// The tool of a package that depends on swift-preempt: generates, checks and runs the conformance suite for that
  /// package's backends.
  /// - Parameters:
  ///   - name: the package's, as its manifest says.
  ///   - generated: the folder below the package's that holds generated files and nothing else.
  ///   - tools: by architecture, for those that no backend of swift-preempt is for: with what programs are compiled,
  ///     and what runs them.
  public static func main(
    package name: String, backends: [any ArchPreempt.Type], generated: String = "Sources/Generated",
    tools: [String: CrossTools] = [:]
  ) -> Never {
    BackendPackage.current = BackendPackage(
      name: name, backends: backends, places: GeneratedFiles.Places(backends: generated), tools: tools)
    commands = [Generate.self, Check.self, Layout.self, ConformanceCommand.self]
    Preempt.run()
  }

  /// `preempt` itself, with what needs this CPU's runtime.
  package static func main(commands: [any ParsableCommand.Type], checks: [any ConformanceCheck]) -> Never {
    self.commands = [Generate.self, Check.self, Layout.self, AddArch.self, ConformanceCommand.self] + commands
    self.checks = checks
    Preempt.run()
  }
}

private struct Preempt: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: BackendPackage.toolName,
      abstract: "Asynchronous preemption from one description per CPU.",
      discussion: """
        Example: \(BackendPackage.toolName) layout \(BackendPackage.current.backends.first.map { $0.name } ?? "")

        Exit codes: 0 fine, 1 a check failed, 2 wrong usage, 3 the environment lacks something.
        """,
      version: "0.1.0-dev",
      subcommands: PreemptTool.commands)
  }

  static func run() -> Never {
    do {
      var command = try parseAsRoot()
      try command.run()
      Foundation.exit(ExitStatus.fine.rawValue)
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
        ? ToolFailure(
          .usage, "\(message(for: error))\(Self.commandMeant) (\(Self.hint(in: fullMessage(for: error))))")
        : ToolFailure(wrapping: error)
      failure.report()
      Foundation.exit(failure.status.rawValue)
    }
  }

  /// Where the first word is no subcommand, the one that was probably meant.
  private static var commandMeant: String {
    let names = PreemptTool.commands.map { $0._commandName }
    guard let word = CommandLine.arguments.dropFirst().first, !word.hasPrefix("-"), !names.contains(word) else {
      return ""
    }
    return suggestion(for: word, among: names)
  }

  /// `see 'preempt check --help'`, for the subcommand that argument-parser's own message names.
  private static func hint(in fullMessage: String) -> String {
    let quoted = fullMessage.split(separator: "'").last {
      $0.hasPrefix(BackendPackage.toolName) && $0.hasSuffix("--help")
    }
    return "see '\(quoted ?? "\(BackendPackage.toolName) --help")'"
  }
}
