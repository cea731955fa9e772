// The Swift runtime on the backend's CPU: Sources/PreemptRuntime as Embedded Swift, with Sources/SwiftHarness, real threads
// and real signals.

public import Foundation
import StubGenerator
import Synchronization

/// The runtime with one backend's files, compiled from the sources that every build has.
public struct RuntimeHarness: Sendable {
  /// What a run counted.
  public struct Run: Decodable, Sendable {
    public let preemptions: Int
    public let refusals: Int
    public let signals: Int
    public let ticks: Int
    /// Tasks that loop in probes.
    public let tasks: Int
    public let milliseconds: Int
    /// Interrupted PCs that differ.
    public let distinctPCs: Int
    /// Slots of frames that were compared with the interrupting signal's context.
    public let slotsChecked: Int
    public let registersChecked: Int
    public let checksAfterPreemption: Int
    public let mismatches: Int
    public let failures: [String]
  }

  let toolchain: Toolchain
  private let subject: Subject
  private let folder: URL
  /// Modules that all backends of a CPU share.
  private let shared: URL
  private let library: URL
  private let linkerArguments: [String]

  /// Held by the backend that compiles what others share.
  private static let sharing = Mutex(())

  /// Compiles the runtime, once in a campaign.
  /// - Throws: `Skip`; `UnexpectedEnd` where something doesn't compile.
  public init(_ subject: Subject, _ campaign: Campaign) throws {
    self.subject = subject
    toolchain = try Toolchain(for: subject)
    let sources = campaign.package.appendingPathComponent("Sources")
    let runtime = sources.appendingPathComponent("CPreempt")
    let mcall = try subject.mcall(in: campaign.package)
    let swift = try EmbeddedSwift(
      for: subject, toolchain, isOptimized: campaign.effort == .full,
      maps: sources.appendingPathComponent("SwiftHarness/module.modulemap"))
    let collections = try Self.collections(campaign)
    library = swift.library
    linkerArguments = subject.embedded?.linkerArguments ?? []
    folder = campaign.scratch.appendingPathComponent("runtime-\(subject.backend)")
    // Code that keeps a register off is another CPU's, as it were.
    let options = subject.selection.filter { !$0.hasPrefix("-D") }
    shared = campaign.scratch.appendingPathComponent(
      ["runtime", "all", subject.arch].joined(separator: "-") + options.joined())
    for folder in [folder, shared] {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }
    func isDone(_ name: String, _ folder: URL) -> Bool {
      FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path)
    }
    func files(_ module: String) throws -> [URL] {
      let folder = sources.appendingPathComponent(module)
      let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
      return (found?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "swift" }
    }
    try Self.sharing.withLock { _ in
      guard !isDone("UnwindTable.o", shared) else { return }
      try swift.compile(
        package: collections, modules: Self.modulesOfCollections, settings: Self.settingsOfCollections, into: shared)
      try swift.compile(module: "UnwindTable", try files("UnwindTable"), into: shared)
    }
    guard !isDone("probe.o", folder) else { return }
    try swift.compile(module: "SelectedArch", try files("SelectedArch"), into: folder)
    try swift.compile(
      module: "PreemptRuntime", try files("PreemptRuntime") + files("RegisterProbe") + files("SwiftHarness"),
      importing: [folder, shared], into: folder)
    for source in [
      runtime.appendingPathComponent("support.c"), mcall, subject.generated.appendingPathComponent("probe.S"),
    ] {
      let name = source == mcall ? "mcall" : source.deletingPathExtension().lastPathComponent
      try compile(source, to: object(name), includes: runtime.appendingPathComponent("include"))
    }
  }

  private func object(_ name: String) -> URL { folder.appendingPathComponent(name + ".o") }

  private func compile(_ source: URL, to object: URL, includes: URL) throws {
    try toolchain.compile(
      subject.selection + (subject.embedded?.compilerArguments ?? [])
        + ["-O2", "-g", "-I", includes.path, "-c", source.path], to: object)
  }

  /// A program whose stubs are those of an assembly file, the backend's own where none is given.
  public func program(stubs: URL? = nil, named name: String = "runtime") throws -> URL {
    let program = folder.appendingPathComponent(name)
    guard !FileManager.default.fileExists(atPath: program.path) else { return program }
    let stubs = stubs ?? subject.generated.appendingPathComponent("preempt.S")
    try compile(stubs, to: object(name + "-stubs"), includes: subject.generated)
    let modules = Self.modulesOfCollections + ["UnwindTable"]
    try toolchain.link(
      modules.map { shared.appendingPathComponent($0 + ".o").path }
        + ["SelectedArch", "PreemptRuntime", "support", "mcall", "probe", name + "-stubs"].map { object($0).path }
        + linkerArguments + [library.path, "-lpthread", "-ldl", "-lm"], to: program)
    return program
  }

  /// Runs it until there were so many preemptions.
  /// - Throws: `UnexpectedEnd` where it died or was killed, as on a stub that is wrong it may.
  public static func run(_ program: URL, preemptions: Int, seed: UInt64, planting planted: String? = nil) throws -> Run
  {
    let arguments =
      ["--preemptions", "\(preemptions)", "--seconds", "\(seconds)", "--seed", "\(seed)"]
      + (planted.map { ["--plant", $0] } ?? [])
    let result = try Command.run(program, arguments, budget: Double(seconds) + 60)
    guard result.end == .exit(0) || result.end == .exit(1) else {
      throw UnexpectedEnd("runtime " + arguments.joined(separator: " "), result)
    }
    return try JSONDecoder().decode(Run.self, from: result.output)
  }

  /// Fewer preemptions by then are a failure: many times what a busy machine takes.
  private static let seconds = 300

  // MARK: - swift-collections

  /// Where SwiftPM put the sources that this build itself was made from.
  private static func collections(_ campaign: Campaign) throws -> URL {
    let executable = Bundle.main.executableURL?.resolvingSymlinksInPath() ?? campaign.package
    var folders = [".build", ".build-noxreg"].map { campaign.package.appendingPathComponent($0) }
    var folder = executable.deletingLastPathComponent()
    while folder.pathComponents.count > 1 {
      folders.append(folder)
      folder.deleteLastPathComponent()
    }
    for folder in folders {
      let sources = folder.appendingPathComponent("checkouts/swift-collections/Sources")
      if FileManager.default.fileExists(atPath: sources.path) { return sources }
    }
    throw Skip(reason: "the sources of swift-collections aren't beside this build: swift package resolve")
  }

  /// Each imports those before it.
  private static let modulesOfCollections = [
    "InternalCollectionsUtilities", "ContainersPreview", "DequeModule", "HeapModule",
  ]

  /// Of its manifest; its availability macros mean nothing on Linux.
  private static let settingsOfCollections =
    [
      "BuiltinModule", "Lifetimes", "InoutLifetimeDependence", "AddressableParameters", "AddressableTypes",
      "SuppressedAssociatedTypesWithDefaults",
    ].flatMap { ["-enable-experimental-feature", $0] } + ["-enable-upcoming-feature", "MemberImportVisibility"]
    + (["5.0", "5.1", "5.6", "5.7", "5.8", "5.9", "5.10"] + (0..<10).map { "6.\($0)" }).flatMap {
      ["-enable-experimental-feature", "AvailabilityMacro=SwiftStdlib \($0): macOS 10.14"]
    }
}

extension Subject {
  /// The runtime's switch between stacks on this CPU, in our package.
  /// - Throws: `Skip`.
  func mcall(in package: URL) throws -> URL {
    let file = package.appendingPathComponent("Sources/CPreempt/mcall_\(arch).S")
    guard FileManager.default.fileExists(atPath: file.path) else {
      throw Skip(reason: "the runtime has no preempt_mcall for \(arch): no \(file.lastPathComponent)")
    }
    return file
  }

  var embedded: EmbeddedTarget? { (tools ?? CrossTools.matrix[arch])?.embedded }
}

/// The runtime's own threads, scheduler, handler and monitor preempt tasks that check every register.
public struct RuntimeCheck: ConformanceCheck {
  public let name = "runtime"
  public let executor = "native"
  /// Compiling takes half a minute for each backend.
  public let isInQuickRun = false

  public init() {}

  public func run(_ subject: Subject, _ campaign: Campaign) throws -> Outcome {
    try .unlessImpossible {
      let harness = try RuntimeHarness(subject, campaign)
      let wanted = (campaign.effort == .quick ? 1_000 : 10_000) / campaign.shard.count
      let found = try RuntimeHarness.run(
        try harness.program(), preemptions: max(1, wanted), seed: campaign.seed &+ UInt64(campaign.shard.index - 1))
      var outcome = Outcome()
      outcome.executor = harness.toolchain.executor
      outcome.registersChecked = found.registersChecked + found.slotsChecked
      outcome.checksAfterPreemption = found.checksAfterPreemption
      outcome.injectedCalls = found.preemptions
      outcome.passed = found.failures.isEmpty ? found.tasks + 1 : 0
      for failure in found.failures { outcome.fail(Failure("backend \(subject.backend): \(failure)")) }
      outcome.reason =
        "\(found.preemptions) preemptions of \(found.tasks) tasks at \(found.distinctPCs) PCs, \(found.ticks) ticks"
      return outcome
    }
  }
}
