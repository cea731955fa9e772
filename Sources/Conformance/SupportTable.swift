// The support tables of README.md and Arch/README.md: what is shown of each backend, as far as recorded results show it.
//
// A cell is a count or a dash with its reason. Tiers follow from results by rule, nobody writes one down.

public import StubGenerator

/// How far a backend is shown to work, by what its results cover.
public enum SupportTier: Int, Sendable {
  /// The whole runtime, built for it, passed here; so do the package's tests at every commit.
  case native = 1
  /// The runtime's core, under an emulator or another CPU's kernel.
  case emulatedRuntime
  /// Stubs, header and probes.
  case emulatedStub
  case generatedOnly
}

public struct SupportTable {
  private struct Row {
    let backend: BackendDescription
    /// Of the code that is generated now.
    let results: [String: RecordedCheck]
    let checksOfOlderCode: [String]
    var tier: SupportTier
    /// Why it isn't a better one.
    var lack: String?
  }

  private let rows: [Row]

  /// - Parameter code: by backend; a backend without it has none that could be generated.
  public init(_ backends: [BackendDescription], results: RecordedResults, code: [String: TestedCode]) {
    rows = backends.map { backend in
      let all = results.checks.filter { $0.backend == backend.name }
      let isCurrent = { (result: RecordedCheck) in result.digest == code[backend.name]?.digest }
      let current = Dictionary(uniqueKeysWithValues: all.filter(isCurrent).map { ($0.check, $0) })
      let (tier, lack) = Self.tier(current)
      return Row(
        backend: backend, results: current, checksOfOlderCode: all.filter { !isCurrent($0) }.map(\.check), tier: tier,
        lack: lack)
    }
  }

  /// Without these nothing of a stub was executed.
  private static let needed = ["registers", "instructions"]

  private static func tier(_ results: [String: RecordedCheck]) -> (SupportTier, lack: String?) {
    func passed(_ check: String) -> Bool { results[check].map { $0.passed > 0 && $0.failed == 0 } ?? false }
    let failed = results.values.filter { $0.failed > 0 }.map(\.check).sorted()
    guard failed.isEmpty else { return (.generatedOnly, "fails \(failed.joined(separator: ", "))") }
    let lacking = needed.filter { !passed($0) }
    guard lacking.isEmpty else { return (.generatedOnly, "\(lacking.joined(separator: ", ")): no passed result of it") }
    if passed("scanner") { return (.native, nil) }
    return passed("runtime") ? (.emulatedRuntime, nil) : (.emulatedStub, nil)
  }

  public func tier(of backend: String) -> SupportTier? { rows.first { $0.backend.name == backend }?.tier }

  /// Backends of which some result is of other code than is generated now.
  public var stale: [String] { rows.filter { !$0.checksOfOlderCode.isEmpty }.map(\.backend.name) }

  // MARK: - What each backend is

  /// A row a backend: where it applies, its classes and its frame.
  public var backends: GeneratedSection {
    let lines = rows.map { row in
      let backend = row.backend
      let placement = backend.layout.extendedPlacement == .stack ? "on the task's stack" : "off the stack"
      return Self.line([
        "`\(backend.name)`", "`\(Self.predicate(backend.guardExpression))`", Self.classes(of: backend), placement,
        String(backend.layout.frameByteCount(widest: backend.widestClass)),
        backend.buildOptions.isEmpty ? "no options" : "`\(backend.buildOptions.joined(separator: " "))`",
      ])
    }
    return GeneratedSection(
      name: "backends",
      text: Self.table(
        [
          "backend", "where", "classes, bytes of extended state", "which lies", "frame with red zone, bytes",
          "`swift build` with",
        ], lines))
  }

  private static func classes(of backend: BackendDescription) -> String {
    let widths = backend.stateClasses.filter { !$0.includesOccasional }
    guard let narrowest = widths.first else { return "–" }
    let occasional =
      backend.layout.areaByteCount(of: narrowest.withOccasional) - backend.layout.areaByteCount(of: narrowest)
    return widths.map { "\($0.name) \(backend.layout.areaByteCount(of: $0))" }.joined(separator: ", ")
      + (occasional > 0 ? "; x87 live adds \(occasional)" : "")
  }

  /// A guard expression without its `defined(…)`.
  private static func predicate(_ guardExpression: String) -> String {
    guardExpression.split(separator: " ").map { word in
      word.hasPrefix("defined(") && word.hasSuffix(")") ? String(word.dropFirst(8).dropLast()) : String(word)
    }.joined(separator: " ")
  }

  // MARK: - What is shown of it

  private struct Column: Sendable {
    let title: String
    /// The first of them that passed anything fills the cell.
    let checks: [String]
    let text: @Sendable (RecordedCheck, BackendDescription) -> String
  }

  private static let columns: [Column] = [
    Column(title: "executed by", checks: ["registers"]) { result, _ in result.executor },
    Column(title: "assembled by", checks: ["assembles"]) { result, _ in result.executor },
    Column(title: "stubs proved", checks: ["proof"]) { result, backend in
      "\(result[.provedStubs]) of \(backend.stubs.count)"
    },
    Column(title: "their CFI, instructions", checks: ["proof"]) { result, backend in
      "\(result[.provedInstructions].grouped) of \(instructionCount(backend).grouped)"
    },
    Column(title: "calls injected at random", checks: ["registers"]) { result, _ in result[.injectedCalls].grouped },
    Column(title: "values compared", checks: ["registers"]) { result, _ in result[.registersChecked].grouped },
    Column(title: "instructions preempted at", checks: ["instructions"], text: visits),
    Column(title: "unwound by libunwind", checks: ["libunwind"], text: visits),
    Column(title: "by gdb", checks: ["gdb"], text: visits),
    Column(title: "single faults told", checks: ["mutants"]) { result, _ in
      "\((result[.mutantsKilled] + result[.mutantsEquivalent]).grouped) of \(result[.mutants].grouped)"
    },
    Column(title: "runtime", checks: ["runtime", "scanner"]) { result, _ in
      result[.injectedCalls] > 0 ? "\(result[.injectedCalls].grouped) preemptions" : "\(result.passed.grouped) scans"
    },
  ]

  @Sendable private static func visits(_ result: RecordedCheck, _ backend: BackendDescription) -> String {
    "\(result[.distinctPCs].grouped) of \(result[.instructions].grouped)"
  }

  private static func instructionCount(_ backend: BackendDescription) -> Int {
    backend.stubs.reduce(0) { $0 + $1.instructions.count }
  }

  /// Reasons below a table, each once, by a letter.
  private struct Notes {
    private(set) var texts: [String] = []

    mutating func mark(_ text: String) -> String {
      if !texts.contains(text) { texts.append(text) }
      return Self.mark(texts.firstIndex(of: text)!)
    }

    /// a, b, … z, aa, ab, …
    private static func mark(_ index: Int) -> String {
      let letter = String(UnicodeScalar(UInt8(97 + index % 26)))
      return index < 26 ? letter : mark(index / 26 - 1) + letter
    }

    var lines: String {
      texts.isEmpty
        ? "" : "\n" + texts.enumerated().map { "- \(Self.mark($0.offset)): \($0.element)\n" }.joined()
    }
  }

  /// A row a backend, a column a kind of evidence; reasons below.
  public var evidence: GeneratedSection {
    var notes = Notes()
    let lines = rows.map { row in
      let cells = Self.columns.map { cell($0, of: row, &notes) }
      let tier = "\(row.tier.rawValue)" + (row.lack.map { " (\(notes.mark($0)))" } ?? "")
      return Self.line(["`\(row.backend.name)`", tier, String(row.backend.stubs.count)] + cells)
    }
    return GeneratedSection(
      name: "support-table",
      text: Self.table(["backend", "tier", "stubs generated"] + Self.columns.map(\.title), lines) + notes.lines)
  }

  private func cell(_ column: Column, of row: Row, _ notes: inout Notes) -> String {
    let results = column.checks.compactMap { row.results[$0] }
    if let failed = results.first(where: { $0.failed > 0 }) {
      return "**\(failed.failed.grouped) failed** (\(notes.mark(Self.plain(failed.reason ?? "without a reason"))))"
    }
    if let passed = results.first(where: { $0.passed > 0 }) {
      let text = column.text(passed, row.backend)
      guard passed.skipped > 0, let reason = passed.reason else { return text }
      return "\(text) (\(notes.mark(Self.plain(reason))))"
    }
    if let skipped = results.first { return "– (\(notes.mark(Self.plain(skipped.reason ?? "skipped"))))" }
    let isOlder = column.checks.contains(where: row.checksOfOlderCode.contains)
    return "– (\(notes.mark(isOlder ? "recorded of other code than is generated now" : "not recorded")))"
  }

  /// Without what a cell or a list can't hold.
  private static func plain(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ").replacing("|", with: "/")
  }

  /// A row a CPU.
  public var summary: GeneratedSection {
    var architectures: [String] = []
    for row in rows where !architectures.contains(row.backend.architecture) {
      architectures.append(row.backend.architecture)
    }
    let lines = architectures.map { arch in
      let own = rows.filter { $0.backend.architecture == arch }
      func sum(_ check: String, _ count: RecordedCheck.Count) -> String {
        let sum = own.reduce(0) { $0 + ($1.results[check].flatMap { $0.failed == 0 ? $0[count] : nil } ?? 0) }
        return sum > 0 ? sum.grouped : "–"
      }
      let proved = sum("proof", .provedStubs)
      let executors = Set(
        own.compactMap { row in row.results["registers"].flatMap { $0.passed > 0 ? $0.executor : nil } }
      )
      .sorted()
      return Self.line([
        arch, own.map { "`\($0.backend.name)`" }.joined(separator: " "), Self.classes(of: own[0].backend),
        executors.isEmpty ? "–" : executors.joined(separator: ", "),
        proved == "–" ? proved : "\(proved) of \(own.reduce(0) { $0 + $1.backend.stubs.count })",
        sum("registers", .injectedCalls), sum("registers", .registersChecked), Self.tiers(of: own),
      ])
    }
    return GeneratedSection(
      name: "support-table",
      text: Self.table(
        [
          "CPU", "backends", "classes, bytes of extended state", "executed by", "stubs proved", "calls injected",
          "values compared", "tier",
        ], lines))
  }

  /// The tier of all, or each with its backends.
  private static func tiers(of rows: [Row]) -> String {
    let tiers = Set(rows.map(\.tier.rawValue)).sorted()
    if tiers.count == 1 { return String(tiers[0]) }
    return tiers.map { tier in
      ([String(tier) + ":"] + rows.filter { $0.tier.rawValue == tier }.map { "`\($0.backend.name)`" })
        .joined(separator: " ")
    }.joined(separator: " · ")
  }

  // MARK: - Markdown

  private static func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }

  private static func table(_ titles: [String], _ lines: [String]) -> String {
    ([line(titles), "|" + titles.map { _ in "---|" }.joined()] + lines).joined(separator: "\n") + "\n"
  }
}
