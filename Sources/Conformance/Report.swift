// What a run of the suite found: the JSON that shards are merged from and every other report is written from.

/// One check of one backend.
public struct CheckRecord: Codable, Hashable, Sendable {
  public let arch: String
  public let backend: String
  public let executor: String
  public let check: String
  /// Of the code that was tested: `TestedCode`.
  public let digest: String
  /// The parts of its work that were done.
  public var shards: [Campaign.Shard]
  public var passed: Int
  public var failed: Int
  public var skipped: Int
  public var reason: String?
  /// A command after which what was skipped would run.
  public var remedy: String?
  public var seconds: Double
  public var failures: [Failure]
  public var registersChecked: Int
  public var checksAfterPreemption: Int
  public var injectedCalls: Int
  public var distinctPCs: Int
  public var instructions: Int
  public var proved: [ProvedStub]
  public var proofLimits: ProofLimits?
  public var mutants: MutantReport?

  public init(
    _ subject: Subject, _ check: any ConformanceCheck, _ outcome: Outcome, of code: TestedCode,
    _ shard: Campaign.Shard, seconds: Double
  ) {
    shards = [shard]
    digest = code.digest
    arch = subject.arch
    backend = subject.backend
    executor = outcome.executor ?? check.executor
    self.check = check.name
    passed = outcome.passed
    failed = outcome.failed
    skipped = outcome.skipped
    reason = outcome.reason
    remedy = outcome.remedy
    self.seconds = seconds
    failures = outcome.failures
    registersChecked = outcome.registersChecked
    checksAfterPreemption = outcome.checksAfterPreemption
    injectedCalls = outcome.injectedCalls
    distinctPCs = outcome.distinctPCs
    instructions = outcome.instructions
    proved = outcome.proved
    proofLimits = outcome.proofLimits
    mutants = outcome.mutants
  }

  /// What two records must have in common to be parts of one.
  var key: [String] { [arch, backend, executor, check] }

  /// Parts of its work that weren't done.
  public var missingShards: [Int] {
    let present = Set(shards.map(\.index))
    return (1...shards[0].count).filter { !present.contains($0) }
  }

  /// Every count of the two together.
  func adding(_ other: CheckRecord) -> CheckRecord {
    var sum = self
    sum.shards = (shards + other.shards).sorted { $0.index < $1.index }
    sum.passed += other.passed
    sum.failed += other.failed
    sum.skipped += other.skipped
    sum.reason = reason == other.reason ? reason : [reason, other.reason].compactMap { $0 }.joined(separator: "; ")
    sum.remedy = remedy ?? other.remedy
    sum.seconds += other.seconds
    sum.failures = Array((failures + other.failures).prefix(Outcome.failureLimit))
    sum.registersChecked += other.registersChecked
    sum.checksAfterPreemption += other.checksAfterPreemption
    sum.injectedCalls += other.injectedCalls
    sum.distinctPCs += other.distinctPCs
    sum.instructions += other.instructions
    sum.proved += other.proved
    sum.proofLimits = proofLimits ?? other.proofLimits
    sum.mutants = mutants.map { mine in other.mutants.map(mine.adding) ?? mine } ?? other.mutants
    return sum
  }
}

/// A run, or shards of one merged.
public struct Report: Codable, Sendable {
  /// Raised whenever a report of before can't be read as one of today.
  public static let currentFormat = 2

  public let format: Int
  public let seed: UInt64
  public let effort: Campaign.Effort
  /// Of the run; of all together where several were merged.
  public var seconds: Double
  public var checks: [CheckRecord] = []

  public init(_ campaign: Campaign) {
    format = Self.currentFormat
    seed = campaign.seed
    effort = campaign.effort
    seconds = 0
  }

  public var passed: Int { sum(\.passed) }
  public var failed: Int { sum(\.failed) }
  public var skipped: Int { sum(\.skipped) }
  public var registersChecked: Int { sum(\.registersChecked) }
  public var checksAfterPreemption: Int { sum(\.checksAfterPreemption) }
  public var injectedCalls: Int { sum(\.injectedCalls) }
  public var distinctPCs: Int { sum(\.distinctPCs) }
  public var instructions: Int { sum(\.instructions) }

  public var mutants: [MutantReport] { checks.compactMap(\.mutants) }

  private func sum(_ count: (CheckRecord) -> Int) -> Int { checks.reduce(0) { $0 + count($1) } }

  /// Makes failures of skips that a command of their own would have prevented.
  /// - Returns: a line for each check.
  public mutating func failLacks() -> [String] {
    checks.indices.compactMap { index in
      guard checks[index].remedy != nil else { return nil }
      let line = "\(checks[index].backend) \(checks[index].check): \(checks[index].reason ?? "skipped")"
      checks[index].failed += max(checks[index].skipped, 1)
      checks[index].skipped = 0
      checks[index].failures.append(Failure(line))
      return line
    }
  }

  // MARK: - Coding: sums are written for readers, and left alone when read

  private enum Key: String, CodingKey {
    case format, seed, effort, seconds, checks, passed, failed, skipped, registersChecked
    case checksAfterPreemption, injectedCalls, distinctPCs, instructions, mutants, emulatorFaults
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(format, forKey: .format)
    try container.encode(seed, forKey: .seed)
    try container.encode(effort, forKey: .effort)
    try container.encode(seconds, forKey: .seconds)
    try container.encode(checks, forKey: .checks)
    try container.encode(passed, forKey: .passed)
    try container.encode(failed, forKey: .failed)
    try container.encode(skipped, forKey: .skipped)
    try container.encode(registersChecked, forKey: .registersChecked)
    try container.encode(checksAfterPreemption, forKey: .checksAfterPreemption)
    try container.encode(injectedCalls, forKey: .injectedCalls)
    try container.encode(distinctPCs, forKey: .distinctPCs)
    try container.encode(instructions, forKey: .instructions)
    try container.encode(mutants, forKey: .mutants)
    try container.encode(emulatorFaults, forKey: .emulatorFaults)
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    format = try container.decode(Int.self, forKey: .format)
    guard format == Self.currentFormat else { throw MergeError.otherFormat(format) }
    seed = try container.decode(UInt64.self, forKey: .seed)
    effort = try container.decode(Campaign.Effort.self, forKey: .effort)
    seconds = try container.decode(Double.self, forKey: .seconds)
    checks = try container.decode([CheckRecord].self, forKey: .checks)
  }

  // MARK: - Merging

  public enum MergeError: Error, Hashable, CustomStringConvertible {
    case otherFormat(Int)
    case otherCampaign(String)
    case sameWork(String)

    public var description: String {
      switch self {
      case .otherFormat(let format):
        "a report of format \(format), this tool's is \(Report.currentFormat): write it again with this version"
      case .otherCampaign(let difference): "reports of different campaigns don't add up: \(difference)"
      case .sameWork(let work): "both hold \(work): each counts once"
      }
    }
  }

  /// Both reports' checks; shards of one check become one record.
  public func merged(with other: Report) throws(MergeError) -> Report {
    guard seed == other.seed else { throw .otherCampaign("seeds \(seed) and \(other.seed)") }
    guard effort == other.effort else { throw .otherCampaign("\(effort.rawValue) and \(other.effort.rawValue)") }
    var result = self
    result.seconds += other.seconds
    for record in other.checks {
      guard let index = result.checks.firstIndex(where: { $0.key == record.key }) else {
        result.checks.append(record)
        continue
      }
      let mine = result.checks[index]
      let name = "\(record.check) of \(record.backend)"
      guard mine.shards[0].count == record.shards[0].count else {
        throw .otherCampaign("\(mine.shards[0].count) and \(record.shards[0].count) shards of \(name)")
      }
      guard mine.digest == record.digest else { throw .otherCampaign("stubs of \(record.backend) that differ") }
      if let same = mine.shards.first(where: record.shards.contains) {
        throw .sameWork("shard \(same.text) of \(name)")
      }
      result.checks[index] = mine.adding(record)
    }
    return result
  }
}
