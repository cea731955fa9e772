// A report as one self-contained page: nothing is fetched, so that it can be kept with the build it is about.

public import StubGenerator

public struct HTMLReport {
  private let report: Report
  /// What the frames are drawn from: backends that the report names and this tool knows.
  private let descriptions: [BackendDescription]

  public init(_ report: Report, descriptions: [BackendDescription]) {
    self.report = report
    self.descriptions = descriptions
  }

  public func text() -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>preempt conformance: \(verdict)</title>
    <style>
    \(Self.style)
    </style>
    </head>
    <body>
    <main>
    <h1>Conformance <span class="verdict \(report.failed > 0 ? "failed" : "passed")">\(verdict)</span></h1>
    <p class="quiet">seed <code>\(report.seed)</code>, \(report.effort.rawValue) run, \
    \(report.seconds.formatted(digits: 1)) s\(missing); the same again: <code>\(repetition)</code></p>
    <ul class="tiles">
    \(tiles)
    </ul>
    \(matrix)
    \(failures)
    \(skips)
    \(mutants)
    \(emulators)
    \(proofs)
    \(frames)
    </main>
    </body>
    </html>

    """
  }

  private var verdict: String { report.failed > 0 ? "\(report.failed.grouped) failed" : "passed" }

  private var missing: String {
    let records = report.checks.filter { !$0.missingShards.isEmpty }
    guard let first = records.first else { return "" }
    let shards = first.missingShards.map { "\($0)/\(first.shards[0].count)" }.joined(separator: ", ")
    return "; <strong>incomplete</strong>: shards \(shards) are missing"
  }

  private var repetition: String { "preempt conformance --\(report.effort.rawValue) --seed \(report.seed)" }

  private var tiles: String {
    let hit = report.instructions > 0 ? "\(report.distinctPCs.grouped) of \(report.instructions.grouped)" : "none"
    return [
      ("passed", report.passed.grouped), ("failed", report.failed.grouped), ("skipped", report.skipped.grouped),
      ("registers compared", report.registersChecked.grouped),
      ("of them after a preemption", report.checksAfterPreemption.grouped),
      ("calls injected", report.injectedCalls.grouped), ("instructions hit", hit),
    ].map { "<li><b>\($0.1)</b> \($0.0)</li>" }.joined(separator: "\n")
  }

  // MARK: - Backends × checks

  private var matrix: String {
    let backends = unique(report.checks.map { [$0.arch, $0.backend] })
    let checks = unique(report.checks.map { [$0.check, $0.executor] })
    let head = backends.map { "<th scope=\"col\">\($0[1].markupEscaped)\(cpu($0))</th>" }.joined()
    let rows = checks.map { check in
      let cells = backends.map { backend in
        report.checks.first { [$0.arch, $0.backend] == backend && [$0.check, $0.executor] == check }.map(cell)
          ?? "<td class=\"none\">not run</td>"
      }
      return
        "<tr><th scope=\"row\">\(check[0].markupEscaped) <span class=\"quiet\">\(check[1].markupEscaped)</span></th>"
        + "\(cells.joined())</tr>"
    }
    return """
      <h2>Checks</h2>
      <div class="wide"><table class="matrix">
      <thead><tr><th scope="col">check <span class="quiet">judge</span></th>\(head)</tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody>
      </table></div>
      """
  }

  private func cpu(_ backend: [String]) -> String {
    backend[0] == backend[1] ? "" : " <span class=\"quiet\">\(backend[0].markupEscaped)</span>"
  }

  private func cell(_ record: CheckRecord) -> String {
    let kind = record.failed > 0 ? "failed" : record.isSkipped ? "skipped" : "passed"
    let count =
      switch kind {
      case "failed": "\(record.failed.grouped) of \((record.failed + record.passed).grouped) failed"
      case "skipped": "skipped"
      default: record.passed.grouped + (record.skipped > 0 ? ", \(record.skipped.grouped) skipped" : "")
      }
    return "<td class=\"\(kind)\" title=\"\((record.reason ?? "").markupEscaped)\">\(count) "
      + "<span class=\"quiet\">\(record.seconds.formatted(digits: 1)) s</span></td>"
  }

  // MARK: - What went wrong, and what didn't run

  private var failures: String {
    let records = report.checks.filter { $0.failed > 0 }
    guard !records.isEmpty else { return "" }
    return "<h2>Failures</h2>\n"
      + records.map { record in
        let more = record.failed - record.failures.count
        return """
          <section class="failure">
          <h3>\(record.backend.markupEscaped), \(record.check.markupEscaped)</h3>
          \(record.failures.map(failure).joined(separator: "\n"))
          \(more > 0 ? "<p class=\"quiet\">and \(more.grouped) more</p>" : "")
          </section>
          """
      }.joined(separator: "\n")
  }

  private func failure(_ failure: Failure) -> String {
    let line = "<p><code>\(failure.text.markupEscaped)</code></p>"
    guard !failure.differences.isEmpty else { return line }
    let rows = failure.differences.map { difference in
      let (expected, got) = Self.marked(difference.expected, difference.got)
      return "<tr><th scope=\"row\">\(difference.place.markupEscaped)</th><td>\(expected)</td><td>\(got)</td></tr>"
    }
    return line + """

      <div class="wide"><table class="registers">
      <thead><tr><th scope="col">register</th><th scope="col">expected</th><th scope="col">got</th></tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody>
      </table></div>
      """
  }

  /// Both values, the digits in which they differ marked; right-aligned, because the last digit is the lowest.
  static func marked(_ expected: String, _ got: String) -> (String, String) {
    let count = max(expected.count, got.count)
    func padded(_ text: String) -> [Character] { Array(String(repeating: " ", count: count - text.count) + text) }
    let (first, second) = (padded(expected), padded(got))
    func side(_ text: [Character]) -> String {
      zip(text, zip(first, second)).map { character, pair in
        let escaped = String(character).markupEscaped
        return pair.0 == pair.1 ? escaped : "<mark>\(escaped)</mark>"
      }.joined()
    }
    return (side(first), side(second))
  }

  private var skips: String {
    let records = report.checks.filter { $0.skipped > 0 }
    guard !records.isEmpty else { return "" }
    let rows = records.map {
      "<tr><th scope=\"row\">\($0.backend.markupEscaped)</th><td>\($0.check.markupEscaped)</td>"
        + "<td>\($0.skipped.grouped)</td><td>\(($0.reason ?? "").markupEscaped)</td></tr>"
    }
    return """
      <h2>Skipped</h2>
      <div class="wide"><table>
      <thead><tr><th scope="col">backend</th><th scope="col">check</th><th scope="col">count</th>\
      <th scope="col">why</th></tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody>
      </table></div>
      """
  }

  // MARK: - Evidence

  private var emulators: String {
    let rows = report.emulatorFaults.map {
      "<li>\($0.emulators.keys.sorted().joined(separator: ", ").markupEscaped): \($0.text.markupEscaped)</li>"
    }
    return rows.isEmpty ? "" : "<h2>What the emulators get wrong</h2>\n<ul>\n\(rows.joined(separator: "\n"))\n</ul>"
  }

  private var mutants: String {
    guard !report.mutants.isEmpty else { return "" }
    let rows = report.mutants.map { mutants in
      let counts = [
        mutants.total, mutants.killed, mutants.killedBy.validator, mutants.killedBy.rules, mutants.killedBy.execution,
        mutants.killedBy.proof, mutants.equivalent.count, mutants.undecided.count, mutants.survived.count,
      ]
      return "<tr><th scope=\"row\">\(mutants.backend.markupEscaped)</th><td>\(mutants.derived.grouped)</td>"
        + counts.map { "<td>\($0.grouped)</td>" }.joined() + "</tr>"
    }
    let columns = [
      "backend", "single faults", "judged", "killed", "by the validator", "by unwinding rules", "by execution",
      "by the proof",
      "equivalent", "undecided", "survived",
    ]
    let lists = report.mutants.map { mutants in
      let entries = (mutants.survived + mutants.wronglyListedAsEquivalent + mutants.undecided + mutants.equivalent).map
      {
        "<li><code>\($0.text.markupEscaped)</code></li>"
      }
      return entries.isEmpty
        ? ""
        : "<details><summary>\(mutants.backend.markupEscaped): alive, and why that is right or wrong</summary>\n<ul>"
          + entries.joined(separator: "\n") + "</ul></details>"
    }
    return """
      <h2>Single faults</h2>
      <div class="wide"><table class="numbers">
      <thead><tr>\(columns.map { "<th scope=\"col\">\($0)</th>" }.joined())</tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody>
      </table></div>
      \(lists.joined(separator: "\n"))
      """
  }

  private var proofs: String {
    let stubs = report.checks.flatMap(\.proved)
    guard !stubs.isEmpty else { return "" }
    let rows = stubs.map {
      "<tr><th scope=\"row\"><code>\($0.symbol.markupEscaped)</code></th><td>\($0.instructions.grouped)</td>"
        + "<td>\($0.comparisons.grouped)</td><td>\($0.seconds.formatted(digits: 1)) s</td></tr>"
    }
    return """
      <h2>Proved for every machine state</h2>
      <details><summary>\(stubs.count) stubs</summary>
      <div class="wide"><table class="numbers">
      <thead><tr><th scope="col">stub</th><th scope="col">instructions</th><th scope="col">comparisons</th>\
      <th scope="col">time</th></tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody>
      </table></div>
      </details>
      """
  }

  private var frames: String {
    let named = Set(report.checks.map(\.backend))
    let drawn = descriptions.filter { named.contains($0.name) }
    guard !drawn.isEmpty else { return "" }
    return "<h2>Frames</h2>\n"
      + drawn.map {
        "<details><summary>\($0.name.markupEscaped)</summary>\n<div class=\"wide drawing\">"
          + "\(DrawingEmitter($0).svg())</div></details>"
      }.joined(separator: "\n")
  }

  private func unique(_ keys: [[String]]) -> [[String]] {
    keys.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  private static let style = """
    :root { color-scheme: light dark; --ink: #1f2933; --quiet: #616e7c; --paper: #ffffff; --line: #d9dee4;
      --good: #e3f5ea; --bad: #fde0e0; --skip: #f1f3f5; --mark: #ffb4a8; --good-ink: #0f5a33; --bad-ink: #8a1c1c; }
    @media (prefers-color-scheme: dark) { :root { --ink: #e4e9ee; --quiet: #9aa5b1; --paper: #14181c; --line: #333c45;
      --good: #14352a; --bad: #4a1d1d; --skip: #22282e; --mark: #a13a2c; --good-ink: #8fe0b5; --bad-ink: #ffb3b3; } }
    body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.45 system-ui, "Helvetica Neue", Arial, sans-serif; }
    main { max-width: 72rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
    h1 { font-size: 1.6rem; margin: 0 0 .25rem; } h2 { font-size: 1.15rem; margin: 2.2rem 0 .6rem; } h3 { font-size: 1rem; }
    .quiet { color: var(--quiet); font-weight: normal; }
    .verdict { font-size: 1rem; padding: .15rem .6rem; border-radius: 1rem; vertical-align: middle; }
    .verdict.passed, td.passed { background: var(--good); color: var(--good-ink); }
    .verdict.failed, td.failed { background: var(--bad); color: var(--bad-ink); }
    td.skipped, td.none { background: var(--skip); color: var(--quiet); }
    code { font: .92em ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
    .tiles { list-style: none; display: flex; flex-wrap: wrap; gap: .75rem; padding: 0; margin: 1.2rem 0 0; }
    .tiles li { border: 1px solid var(--line); border-radius: .5rem; padding: .5rem .9rem; color: var(--quiet); }
    .tiles b { display: block; font-size: 1.25rem; color: var(--ink); font-variant-numeric: tabular-nums; }
    .wide { overflow-x: auto; } table { border-collapse: collapse; }
    th, td { padding: .35rem .7rem; border: 1px solid var(--line); text-align: left; vertical-align: top; }
    .matrix td, .numbers td { font-variant-numeric: tabular-nums; white-space: nowrap; }
    .numbers td { text-align: right; } .registers td { font: .86em ui-monospace, "DejaVu Sans Mono", monospace;
      white-space: pre-wrap; overflow-wrap: anywhere; width: 34ch; }
    .failure { border-left: 4px solid var(--bad-ink); padding-left: 1rem; } mark { background: var(--mark); color: inherit; }
    details { margin: .5rem 0; } summary { cursor: pointer; } .drawing svg { max-width: 100%; height: auto; }
    """
}
