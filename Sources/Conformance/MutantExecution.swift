// Mutants at work: each is what a preempted task's stub is, in a process of its own.

import Foundation
import StubGenerator

enum MutantExecution {
  enum Verdict: Sendable {
    case alive
    case killed(String)
  }

  /// - Returns: a verdict for each; nil for those that this machine can't run.
  static func run(_ mutants: [Mutant], of subject: Subject, _ campaign: Campaign) throws -> [Verdict?] {
    throw Skip(reason: "no harness yet")
  }
}
