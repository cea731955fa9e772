// The checks there are, and a run of them.

import Foundation
import Synchronization

public enum Suite {
  /// Checks of a backend's generated files, in the order in which they run: what is quick and most telling first.
  public static let checks: [any ConformanceCheck] = [
    AssemblyCheck(), RegistersCheck(), InstructionsCheck(), RuntimeCheck(), LibunwindCheck(), GDBCheck(),
    FramePointerCheck(), DetachCheck(), DwarfdumpCheck(), FuzzBrokenCheck(), FuzzValidCheck(), ProofCheck(),
    MutantCheck(),
  ]

  /// Runs every check on every subject: one subject's in their order, as many subjects side by side as there are processors.
  /// What a check throws is its failure, never the end of the run.
  /// - Parameters:
  ///   - progress: how much of everything is done, from 0 to 1; may be called from any thread.
  ///   - finished: called after each check, with its record; never twice at once.
  public static func run(
    _ checks: [any ConformanceCheck], on subjects: [Subject], _ campaign: Campaign,
    progress: @escaping @Sendable (_ done: Double, _ subject: Subject, _ check: any ConformanceCheck) -> Void = {
      _, _, _ in
    },
    finished: @escaping @Sendable (CheckRecord) -> Void = { _ in }
  ) -> Report {
    Command.addTools(of: campaign.package)
    let started = Date()
    let state = Mutex(
      State(waiting: subjects.indices, done: subjects.map { _ in 0 }, records: subjects.map { _ in [] }))
    inThreads(min(subjects.count, ProcessInfo.processInfo.activeProcessorCount)) {
      while let index = state.withLock({ $0.waiting.popFirst() }) {
        let subject = subjects[index]
        var campaign = campaign
        campaign.subjectCount = subjects.count
        for (number, check) in checks.enumerated() {
          campaign.progress = { part in
            let done = state.withLock { state in
              state.done[index] = Double(number) + min(max(part, 0), 1)
              return state.done.reduce(0, +)
            }
            progress(done / Double(subjects.count * checks.count), subject, check)
          }
          campaign.progress(0)
          let record = record(of: check, on: subject, campaign)
          state.withLock {
            $0.records[index].append(record)
            finished(record)
          }
        }
        state.withLock { $0.done[index] = Double(checks.count) }
      }
    }
    var report = Report(campaign)
    report.checks = state.withLock { $0.records.flatMap(\.self) }
    report.seconds = Date().timeIntervalSince(started)
    return report
  }

  private static func record(
    of check: any ConformanceCheck, on subject: Subject, _ campaign: Campaign
  ) -> CheckRecord {
    let begun = Date()
    let code = TestedCode(of: subject, package: campaign.package)
    let outcome: Outcome
    do { outcome = try check.run(subject, campaign) } catch {
      outcome = .broken("\(subject.backend) \(check.name): \(error)")
    }
    return CheckRecord(
      subject, check, outcome.checked(in: campaign.shard, by: check, of: subject), of: code, campaign.shard,
      seconds: Date().timeIntervalSince(begun))
  }

  /// How far the subjects are.
  private struct State {
    /// Those that nobody has begun.
    var waiting: Range<Int>
    /// Of each subject, in checks.
    var done: [Double]
    var records: [[CheckRecord]]
  }

  /// Not Dispatch's: programs inherit the signal mask of the thread that starts them, and Dispatch's block signals.
  private static func inThreads(_ count: Int, _ body: @escaping @Sendable () -> Void) {
    let group = DispatchGroup()
    for _ in 0..<count {
      group.enter()
      let thread = Thread {
        body()
        group.leave()
      }
      // As the main thread has.
      thread.stackSize = 8 << 20
      thread.start()
    }
    group.wait()
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
