// What became of a backend's mutants.

import StubGenerator

/// Who found a mutant wrong, and which ones nobody did.
public struct MutantReport: Codable, Hashable, Sendable {
  /// A mutant that nothing found wrong, by what a reader needs to look at it.
  public struct Entry: Codable, Hashable, Sendable {
    public let stub: String
    public let kind: String
    /// The instruction or directive that is wrong.
    public let fault: String
    /// Why it can't be told from the original; or which judge couldn't be asked; or, for one that is wrongly listed as
    /// equivalent, what killed it.
    public let reason: String?

    init(_ mutant: Mutant, reason: String? = nil) {
      stub = mutant.original.symbol
      kind = mutant.kind.rawValue
      fault = mutant.detail
      self.reason = reason
    }

    public var text: String { "\(stub): \(kind): \(fault)\(reason.map { ": \($0)" } ?? "")" }
  }

  /// Each mutant counts where it was killed first, in this order.
  public struct Killers: Codable, Hashable, Sendable {
    /// A rule of the description's validator.
    public var validator = 0
    /// The rules of unwinding, judged at every instruction.
    public var rules = 0
    /// A task that wasn't what it had been before its preemption, or a task that never came back.
    public var execution = 0
    public var proof = 0
  }

  public let arch: String
  public let backend: String
  /// How many were judged, of how many there are.
  public var total = 0
  public let derived: Int
  public let seed: UInt64
  public var killedBy = Killers()
  public var killed = 0
  /// How many ran, and how many of them execution killed: whoever had killed them before.
  public var executed = 0
  public var killedWhenExecuted = 0
  /// The same of those that the validator killed.
  public var executedOfValidators = 0
  public var killedWhenExecutedOfValidators = 0
  /// How many of each kind ran and stayed alive, killed by whom ever.
  public var unseenByExecution: [String: Int] = [:]
  public var survived: [Entry] = []
  public var equivalent: [Entry] = []
  public var wronglyListedAsEquivalent: [Entry] = []
  /// Those that a judge which isn't there would have to decide on.
  public var undecided: [Entry] = []
  /// How many of each kind were judged.
  public var kinds: [String: Int] = [:]
  /// Why a judge was left out.
  public var skips: [String] = []
  /// The command that would bring that judge.
  public var remedy: String?
  public var seconds = 0.0

  public init(arch: String, backend: String, derived: Int, seed: UInt64) {
    self.arch = arch
    self.backend = backend
    self.derived = derived
    self.seed = seed
  }

  /// Both together: shards of one campaign.
  func adding(_ other: MutantReport) -> MutantReport {
    var sum = self
    sum.total += other.total
    sum.killedBy.validator += other.killedBy.validator
    sum.killedBy.rules += other.killedBy.rules
    sum.killedBy.execution += other.killedBy.execution
    sum.killedBy.proof += other.killedBy.proof
    sum.killed += other.killed
    sum.executed += other.executed
    sum.killedWhenExecuted += other.killedWhenExecuted
    sum.executedOfValidators += other.executedOfValidators
    sum.killedWhenExecutedOfValidators += other.killedWhenExecutedOfValidators
    sum.unseenByExecution.merge(other.unseenByExecution) { $0 + $1 }
    sum.survived += other.survived
    sum.equivalent += other.equivalent
    sum.wronglyListedAsEquivalent += other.wronglyListedAsEquivalent
    sum.undecided += other.undecided
    sum.kinds.merge(other.kinds) { $0 + $1 }
    sum.skips += other.skips.filter { !skips.contains($0) }
    sum.remedy = remedy ?? other.remedy
    sum.seconds += other.seconds
    return sum
  }

  /// A line: by whom they were killed, and what was left out.
  public var summary: String {
    let counts =
      "\(total) of \(derived): killed by the validator \(killedBy.validator) (of \(executedOfValidators) of them that ran, "
      + "\(killedWhenExecutedOfValidators) died), by unwinding rules \(killedBy.rules), by execution "
      + "\(killedBy.execution), by the proof \(killedBy.proof); equivalent \(equivalent.count)"
    return ([counts] + skips).joined(separator: "; ")
  }
}
