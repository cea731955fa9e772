// What full runs found, kept in the package: Arch/results.json. The support tables are written from it and nothing else.
//
// A result is about the code that was assembled: it holds that code's digest, and counts only as long as the backend
// generates the same (docs/decisions/0012-results-are-of-one-stub.md).

public import Foundation
public import StubGenerator

/// What one check found of one backend.
public struct RecordedCheck: Codable, Hashable, Sendable {
  public let backend: String
  public let check: String
  /// Of the code that was tested.
  public let digest: String
  public let executor: String
  public let seed: UInt64
  public let passed: Int
  public let failed: Int
  public let skipped: Int
  /// Why something was skipped, or the first failure.
  public let reason: String?
  /// What else was counted; nothing that is zero.
  public let counts: [Count: Int]

  /// As a report names it.
  public enum Count: String, Codable, CodingKeyRepresentable, Sendable {
    case registersChecked, injectedCalls, distinctPCs, instructions
    case provedStubs, provedInstructions, mutants, mutantsKilled, mutantsEquivalent
  }

  public subscript(count: Count) -> Int { counts[count] ?? 0 }

  init(_ record: CheckRecord, seed: UInt64) {
    backend = record.backend
    check = record.check
    digest = record.digest
    executor = record.executor
    self.seed = seed
    passed = record.passed
    failed = record.failed
    skipped = record.skipped
    reason = record.failures.first?.text ?? (record.skipped > 0 ? record.reason : nil)
    let all: [Count: Int] = [
      .registersChecked: record.registersChecked, .injectedCalls: record.injectedCalls,
      .distinctPCs: record.distinctPCs, .instructions: record.instructions,
      .provedStubs: record.proved.count, .provedInstructions: record.proved.reduce(0) { $0 + $1.instructions },
      .mutants: record.mutants?.derived ?? 0, .mutantsKilled: record.mutants?.killed ?? 0,
      .mutantsEquivalent: record.mutants?.equivalent.count ?? 0,
    ]
    counts = all.filter { $0.value != 0 }
  }
}

/// The file of results.
public struct RecordedResults: Sendable {
  public static let path = "Arch/results.json"
  /// Raised whenever a file of before can't be read as one of today.
  static let format = 1

  /// In the order of the catalogue; of one backend by the checks' names.
  public private(set) var checks: [RecordedCheck] = []

  public init() {}

  /// Where the file can't be read as results of these backends, or a report isn't to be kept.
  public struct Refusal: Error, CustomStringConvertible {
    public let description: String
  }

  private struct File: Decodable {
    let format: Int
    let results: [RecordedCheck]
  }

  /// - Parameter backends: names of all there are.
  public init(_ data: Data, backends: [String]) throws(Refusal) {
    let file: File
    do { file = try JSONDecoder().decode(File.self, from: data) } catch {
      throw Refusal(description: "not a whole file of results: bring it back from git, or remove it and record anew")
    }
    guard file.format == Self.format else {
      throw Refusal(description: "results of format \(file.format), this tool's is \(Self.format): record them anew")
    }
    var seen: Set<[String]> = []
    for result in file.results {
      guard backends.contains(result.backend) else {
        throw Refusal(description: "has results of '\(result.backend)', which is no backend: take those lines out")
      }
      guard seen.insert([result.backend, result.check]).inserted else {
        throw Refusal(description: "has \(result.check) of \(result.backend) twice: take the older line out")
      }
    }
    checks = file.results
  }

  /// A line for each result, so that a difference shows what was found anew.
  public var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let lines = checks.map { String(decoding: try! encoder.encode($0), as: UTF8.self) }
    return "{\"format\":\(Self.format),\"results\":[\n\(lines.joined(separator: ",\n"))\n]}\n"
  }

  /// Takes over what a full run found; what it didn't look at stays. A machine that can't run a check has learned nothing,
  /// so its skip leaves a result of the same code alone.
  /// - Returns: results that stay though the report skips them.
  public mutating func record(_ report: Report, backends: [String]) throws(Refusal) -> [RecordedCheck] {
    guard report.effort == .full else {
      throw Refusal(description: "a quick run's samples aren't results to keep: give --full")
    }
    if let part = report.checks.first(where: { !$0.missingShards.isEmpty }) {
      throw Refusal(description: "\(part.check) of \(part.backend) lacks shards: merge all of them first")
    }
    var kept: [RecordedCheck] = []
    for new in report.checks.map({ RecordedCheck($0, seed: report.seed) }) {
      guard let index = checks.firstIndex(where: { $0.backend == new.backend && $0.check == new.check }) else {
        checks.append(new)
        continue
      }
      if new.passed + new.failed == 0, checks[index].digest == new.digest, checks[index].passed > 0 {
        kept.append(checks[index])
      } else {
        checks[index] = new
      }
    }
    let order = Dictionary(uniqueKeysWithValues: backends.enumerated().map { ($0.element, $0.offset) })
    checks.sort { (order[$0.backend] ?? .max, $0.check) < (order[$1.backend] ?? .max, $1.check) }
    return kept
  }
}

/// Which code a result is about: what is generated for C, and the CPU's own `preempt_mcall`.
public struct TestedCode: Sendable {
  static let names = ["preempt.S", "preempt.h", "probe.S", "probe.h"]

  /// FNV-1a, 64 bits: it tells versions apart, nobody is kept from forging one.
  public let digest: String

  private init(_ texts: [Data?]) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    for text in texts {
      add(text == nil ? 0 : 1)
      text?.forEach(add)
      add(0)
    }
    let digits = String(hash, radix: 16)
    digest = String(repeating: "0", count: 16 - digits.count) + digits
  }

  private static func mcall(_ arch: String, in package: URL) -> Data? {
    try? Data(contentsOf: package.appendingPathComponent("Sources/CPreempt/mcall_\(arch).S"))
  }

  /// As it lies in the package, right or wrong.
  init(of subject: Subject, package: URL) {
    self.init(
      Self.names.map { try? Data(contentsOf: subject.generated.appendingPathComponent($0)) }
        + [Self.mcall(subject.arch, in: package)])
  }

  /// As it is generated.
  /// - Parameter files: the backend's.
  public init(_ files: [GeneratedFile], arch: String, package: URL) {
    let texts = Self.names.map { name in files.first { $0.path.hasSuffix("/" + name) }.map { Data($0.text.utf8) } }
    self.init(texts + [Self.mcall(arch, in: package)])
  }
}
