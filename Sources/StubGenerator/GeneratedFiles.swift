// What is generated for a backend, and where it lies in the package.

public import ArchPreempt

/// A generated file, by its path in the package.
public struct GeneratedFile: Hashable, Sendable {
  public let path: String
  public let text: String

  public init(path: String, text: String) {
    self.path = path
    self.text = text
  }
}

public enum GeneratedFiles {
  static func mark(_ open: String, _ close: String, _ name: String) -> String {
    "\(open) Generated from backend \(name) by `preempt generate`; edit Arch/, not this file.\(close)"
  }

  /// Whether a file's first line is the generator's mark.
  public static func bearsMark(_ text: String) -> Bool {
    text.prefix { $0 != "\n" }.contains("Generated from backend ")
  }

  /// Folders of a package that hold nothing but generated files, with a final slash.
  public struct Places: Hashable, Sendable {
    /// Has a folder for each backend.
    public let backends: String
    /// Of Swift's constants, in the runtime's own package; another package's are a header for it.
    public let constants: String?

    public static let own = Places(
      backends: "Sources/CPreempt/generated/", constants: "Sources/SelectedArch/Generated/")

    public init(backends: String, constants: String? = nil) {
      self.backends = backends.hasSuffix("/") ? backends : backends + "/"
      self.constants = constants
    }

    public var folders: [String] { [backends] + [constants].compactMap { $0 } }

    /// The folder of one backend's files for C.
    public func folder(of backend: String) -> String { backends + backend }
  }

  /// The files of one backend, in a fixed order and with fixed content.
  /// - Throws: `InvalidDescription`, where a validator rule fails.
  public static func files(
    for description: BackendDescription, in places: Places = .own
  ) throws(InvalidDescription) -> [GeneratedFile] {
    let violations = DescriptionValidator.violations(in: description)
    guard violations.isEmpty else { throw InvalidDescription(violations: violations) }
    let folder = places.folder(of: description.name) + "/"
    var files = [
      GeneratedFile(path: folder + "preempt.S", text: AssemblyEmitter.stubs(description)),
      GeneratedFile(path: folder + "probe.S", text: AssemblyEmitter.probes(description)),
      GeneratedFile(path: folder + "preempt.h", text: HeaderEmitter(description: description).text()),
      GeneratedFile(path: folder + "probe.h", text: ProbeHeaderEmitter(description: description).text()),
      GeneratedFile(path: folder + "frame.txt", text: DiagramEmitter(description).text()),
    ]
    let constants = ConstantsEmitter(description: description)
    if let folder = places.constants {
      files.append(GeneratedFile(path: "\(folder)\(description.name).swift", text: constants.text()))
    } else {
      files.append(
        GeneratedFile(
          path: folder + CustomBackendEmitter.fileName, text: CustomBackendEmitter(constants: constants).text()))
    }
    return files
  }

  public static func files<Backend: ArchPreempt>(
    for backend: Backend.Type, in places: Places = .own
  ) throws(InvalidDescription) -> [GeneratedFile] {
    try files(for: BackendDescription(Backend.self), in: places)
  }
}

/// A description that broke a rule.
public struct InvalidDescription: Error, CustomStringConvertible {
  public let violations: [Violation]
  public init(violations: [Violation]) { self.violations = violations }
  public var description: String { violations.map(\.description).joined(separator: "\n") }
}
