// Sections of Markdown documents that are generated: the support table and the frame diagram.
//
// A section lies between two comment lines, so that the text around it stays hand-written.

import ArchPreempt

/// How far a backend was proved, the least honest claim first.
public enum SupportTier: Int, Sendable {
  case native = 1
  case emulatedRuntime
  case emulatedStub
  case generatedOnly

  public var status: String {
    switch self {
    case .native: "native: all of it, at every commit"
    case .emulatedRuntime: "runtime under emulation"
    case .emulatedStub: "stub and header under emulation (386: in programs of amd64's kernels)"
    case .generatedOnly: "generated only, unexecuted"
    }
  }

  /// Backends that some run proved; whatever isn't named here was only generated.
  static let proved: [String: SupportTier] = [
    "amd64": .native,
    "noxreg": .native,
    "386": .emulatedStub,
    "noxreg_386": .emulatedStub,
    "arm64": .emulatedStub,
    "noxreg_arm64": .emulatedStub,
    "arm64_x18": .emulatedStub,
    "noxreg_arm64_x18": .emulatedStub,
    "riscv64": .emulatedStub,
    "noxreg_riscv64": .emulatedStub,
    "riscv64_t6": .emulatedStub,
    "noxreg_riscv64_t6": .emulatedStub,
    "s390x": .emulatedStub,
    "noxreg_s390x": .emulatedStub,
  ]

  public init(backend name: String) { self = Self.proved[name] ?? .generatedOnly }
}

/// A section of a document, between its two markers.
public struct GeneratedSection: Sendable {
  public let name: String
  /// Without the markers; ends with a newline.
  public let text: String
  public var begin: String { "<!-- \(name):begin -->" }
  public var end: String { "<!-- \(name):end -->" }

  public init(name: String, text: String) {
    self.name = name
    self.text = text
  }

  /// `document` with what lies between the markers replaced; nil where they aren't lines of it, in this order.
  public func replaced(in document: String) -> String? {
    let lines = document.split(separator: "\n", omittingEmptySubsequences: false)
    guard let first = lines.firstIndex(of: Substring(begin)),
      let last = lines[first...].firstIndex(of: Substring(end))
    else { return nil }
    return (lines[...first].joined(separator: "\n") + "\n" + text + lines[last...].joined(separator: "\n"))
  }
}

public enum GeneratedSections {
  /// Documents with their sections, for every backend there is.
  public static func documents(_ backends: [BackendDescription]) -> [(path: String, sections: [GeneratedSection])] {
    let table = supportTable(backends)
    let frames = backends.prefix(1).map(frame)
    return [
      ("Arch/README.md", [table]),
      ("README.md", frames + [table]),
    ]
  }

  /// A row a backend.
  static func supportTable(_ backends: [BackendDescription]) -> GeneratedSection {
    let rows = backends.map { backend in
      let layout = backend.layout
      let tier = SupportTier(backend: backend.name)
      let widths = backend.stateClasses.filter { !$0.includesOccasional }
      let classes = widths.map { "\($0.name) \(layout.areaByteCount(of: $0))" }.joined(separator: ", ")
      let occasional = layout.areaByteCount(of: widths[0].withOccasional) - layout.areaByteCount(of: widths[0])
      let placement = layout.extendedPlacement == .stack ? "on the task's stack" : "off the stack"
      let columns = [
        "`\(backend.name)`", "`\(predicate(backend.guardExpression))`",
        classes + (occasional > 0 ? "; x87 live adds \(occasional)" : ""), placement,
        String(layout.frameByteCount(widest: backend.widestClass)), String(tier.rawValue), tier.status,
      ]
      return "| " + columns.joined(separator: " | ") + " |"
    }
    return GeneratedSection(
      name: "support-table",
      text: ([
        "| backend | where | classes, bytes of extended state | which lies | frame with red zone, bytes | tier | status |",
        "|---|---|---|---|---|---|---|",
      ] + rows).joined(separator: "\n") + "\n")
  }

  static func frame(_ backend: BackendDescription) -> GeneratedSection {
    GeneratedSection(name: "frame-\(backend.name)", text: "```\n\(DiagramEmitter(backend).frame())```\n")
  }

  /// A guard expression without its `defined(…)`.
  private static func predicate(_ guardExpression: String) -> String {
    guardExpression.split(separator: " ").map { word in
      word.hasPrefix("defined(") && word.hasSuffix(")") ? String(word.dropFirst(8).dropLast()) : String(word)
    }.joined(separator: " ")
  }
}
