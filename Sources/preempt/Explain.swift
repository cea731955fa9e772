// `preempt explain`: tasks that can't be preempted, each with what the runtime says about it.

import ArgumentParser
import CWorkloads
import Dispatch
import Foundation
import PreemptRuntime
import PreemptTool
import Synchronization

struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run tasks where .wholeStack refuses, and print why, as PreemptRuntime.explain(_:) says it.",
    discussion: """
      Example: preempt explain comparator

      \(Situation.all.map { "\($0.name): \($0.what)" }.joined(separator: "\n\n"))
      """)

  @Argument(help: "Situations; all of them where none is given.") var names: [String] = []
  @OptionGroup var output: OutputOptions

  func validate() throws {
    for name in names where !Situation.all.contains(where: { $0.name == name }) {
      let known = Situation.all.map(\.name)
      throw ValidationError(
        "no situation is called '\(name)'\(suggestion(for: name, among: known)): there are \(known.joined(separator: ", "))"
      )
    }
  }

  private struct Report: Encodable { let tasks: [Finding] }

  private struct Finding: Encodable {
    let task: String
    let preemptions: UInt64
    let reason: String?
    let place: String?
    let framesUp: Int?
    let explanation: String
  }

  func run() throws {
    let findings = try Situation.all.filter { names.isEmpty || names.contains($0.name) }.map(Self.finding)
    if output.json {
      try printJSON(Report(tasks: findings))
    } else {
      for finding in findings {
        print(finding.preemptions > 0 ? "task '\(finding.task)' was preempted" : finding.explanation)
      }
    }
  }

  /// Asks a task of its own runtime to leave, until it did or was refused a few times.
  private static func finding(_ situation: Situation) throws -> Finding {
    let code = CodeRegistry()
    try code.register(imageContaining: #dsohandle)
    let runtime = try PreemptRuntime(timeSlice: .seconds(3600), code: code)
    defer { runtime.shutDown() }
    let words = UnsafeMutablePointer<Int32>.allocate(capacity: 2)
    words.initialize(repeating: 0, count: 2)
    defer { words.deallocate() }
    nonisolated(unsafe) let (stop, entered) = (words, words + 1)
    let task = try runtime.spawn(situation.name, stackByteCount: 1 << 20) { situation.run(stop, entered) }
    while UnsafePointer(entered).pointee == 0 { usleep(100) }
    var explanation = PreemptRuntime.explain(task)
    while runtime.statistics.preemptions == 0 && (explanation.refusal?.count ?? 0) < 20 {
      runtime.requestPreemption(ofProcessor: 0)
      usleep(100)
      explanation = PreemptRuntime.explain(task)
    }
    let preemptions = runtime.statistics.preemptions
    stop.pointee = 1
    try task.join()
    let refusal = preemptions == 0 ? explanation.refusal : nil
    return Finding(
      task: situation.name, preemptions: preemptions, reason: refusal?.reason.name, place: refusal?.place,
      framesUp: refusal?.depth, explanation: explanation.description)
  }
}

/// Something a task does until the first word is set; it sets the second when it begins.
private struct Situation: Sendable {
  let name: String
  let what: String
  let run: @Sendable (_ stop: UnsafeMutablePointer<Int32>, _ entered: UnsafeMutablePointer<Int32>) -> Void

  static let all: [Situation] = [
    Situation(name: "loop", what: "its own loop, a safe-point everywhere") { stop, entered in spin(stop, entered) },
    Situation(name: "comparator", what: "a comparator that qsort calls") { stop, entered in
      workload_sort(stop, entered)
    },
    Situation(name: "global", what: "the initialiser of a Swift global, inside swift_once") { stop, entered in
      Lazy.words = (stop, entered)
      _ = Lazy.value
    },
    Situation(name: "hash", what: "a hash that a dictionary asks for") { stop, entered in
      var dictionary: [AnyHashable: Int] = [:]
      dictionary[AnyHashable(SlowKey(stop: stop, entered: entered))] = 1
    },
    Situation(name: "block", what: "a block that Dispatch runs") { stop, entered in
      nonisolated(unsafe) let (stop, entered) = (stop, entered)
      DispatchQueue(label: "explained").sync { spin(stop, entered) }
    },
    Situation(name: "disabled", what: "withPreemptionDisabled") { stop, entered in
      PreemptRuntime.withPreemptionDisabled { spin(stop, entered) }
    },
    Situation(
      name: "deep", what: "a recursion of more than \(PreemptRuntime.maximumWalkedFrameCount) frames"
    ) { stop, entered in
      _ = deep(2 * PreemptRuntime.maximumWalkedFrameCount, stop, entered)
    },
  ]

  private enum Lazy {
    nonisolated(unsafe) static var words: (UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Int32>)!
    static let value: Int = {
      spin(words.0, words.1)
      return 1
    }()
  }

  private struct SlowKey: Hashable {
    let stop: UnsafeMutablePointer<Int32>
    let entered: UnsafeMutablePointer<Int32>
    func hash(into hasher: inout Hasher) { spin(stop, entered) }
  }
}

@inline(never)
private func spin(_ stop: UnsafeMutablePointer<Int32>, _ entered: UnsafeMutablePointer<Int32>) {
  entered.pointee = 1
  workload_empty_loop(stop)
}

/// Spins at the bottom of `depth` frames.
@inline(never)
private func deep(_ depth: Int, _ stop: UnsafeMutablePointer<Int32>, _ entered: UnsafeMutablePointer<Int32>) -> Int {
  if depth == 0 {
    spin(stop, entered)
    return 0
  }
  // Something is left to do behind the call: no tail call.
  return deep(depth - 1, stop, entered) ^ Int(stop.pointee)
}
