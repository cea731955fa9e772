// The checks there are, and a run of them.

import Foundation

public enum Suite {
  /// Checks of a backend's generated files, in the order in which they run: what is quick and most telling first.
  public static let checks: [any ConformanceCheck] = [
    AssemblyCheck(), RegistersCheck(), InstructionsCheck(), RuntimeCheck(), LibunwindCheck(), GDBCheck(),
    FramePointerCheck(), DetachCheck(), DwarfdumpCheck(), FuzzBrokenCheck(), FuzzValidCheck(), ProofCheck(),
    MutantCheck(),
  ]

  /// Runs every check on every subject. What a check throws is its failure, never the end of the run.
  /// - Parameter finished: called after each check, with its record.
  public static func run(
    _ checks: [any ConformanceCheck], on subjects: [Subject], _ campaign: Campaign,
    progress: @escaping @Sendable (_ done: Double, _ subject: Subject, _ check: any ConformanceCheck) -> Void = {
      _, _, _ in
    },
    finished: (CheckRecord) -> Void = { _ in }
  ) -> Report {
    Command.addTools(of: campaign.package)
    let started = Date()
    var report = Report(campaign)
    let work = subjects.flatMap { subject in checks.map { (subject, $0) } }
    for (index, (subject, check)) in work.enumerated() {
      var campaign = campaign
      campaign.subjectCount = subjects.count
      campaign.progress = { progress((Double(index) + min(max($0, 0), 1)) / Double(work.count), subject, check) }
      campaign.progress(0)
      let begun = Date()
      let code = TestedCode(of: subject, package: campaign.package)
      let outcome: Outcome
      do { outcome = try check.run(subject, campaign) } catch {
        outcome = .broken("\(subject.backend) \(check.name): \(error)")
      }
      let record = CheckRecord(
        subject, check, outcome.checked(in: campaign.shard, by: check, of: subject), of: code, campaign.shard,
        seconds: Date().timeIntervalSince(begun))
      report.checks.append(record)
      finished(record)
    }
    report.seconds = Date().timeIntervalSince(started)
    return report
  }
}

extension Outcome {
  static func broken(_ text: String) -> Outcome {
    var outcome = Outcome()
    outcome.fail(Failure(text))
    return outcome
  }

  /// A check that compared nothing and skipped nothing has no right to pass; of many shards some have no work.
  func checked(in shard: Campaign.Shard, by check: any ConformanceCheck, of subject: Subject) -> Outcome {
    passed + failed + skipped > 0 || shard.count > 1
      ? self : .broken("\(subject.backend) \(check.name): nothing was compared, and no reason given")
  }
}
