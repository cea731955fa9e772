// Sections of Markdown documents that are generated: support tables and a frame diagram.
//
// A section lies between two comment lines, so that the text around it stays hand-written.

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

extension GeneratedSection {
  /// The frame of a backend as a diagram.
  public static func frame(of backend: BackendDescription) -> GeneratedSection {
    GeneratedSection(name: "frame-\(backend.name)", text: "```\n\(DiagramEmitter(backend).frame())```\n")
  }
}
