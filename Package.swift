// swift-tools-version: 6.3

import Foundation
import PackageDescription

/// The backends: folder under Arch/, module. A new architecture is one line here, one in BackendCatalog, one in the
/// conformance matrix.
let backends: [(folder: String, module: String)] = [
  ("amd64", "AMD64Backend"),
  ("noxreg", "NoXRegBackend"),
  ("386", "I386Backend"),
  ("arm64", "ARM64Backend"),
  ("riscv64", "RISCV64Backend"),
  ("s390x", "S390XBackend"),
]

/// Folders of generated files; a CPU has more than one.
let generated = URL(fileURLWithPath: Context.packageDirectory).appendingPathComponent("Sources/CPreempt/generated")
let generatedFolders = try FileManager.default.contentsOfDirectory(atPath: generated.path).sorted()

/// Traits that choose the backend, in C and assembly.
let selection = [
  ("noxreg", "PREEMPT_NOXREG"), ("reservedregister", "PREEMPT_RESERVED_REGISTER"),
  ("customBackend", "PREEMPT_CUSTOM_BACKEND"),
].map { trait, name in CSetting.define(name, .when(traits: [trait])) }
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("ExistentialAny"),
]
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "swift-preempt",
  products: [
    .library(name: "PreemptRuntime", targets: ["PreemptRuntime"]),
    .library(name: "UnwindTable", targets: ["UnwindTable"]),
    .library(name: "FrameVerifier", targets: ["FrameVerifier"]),
    .library(name: "ArchPreempt", targets: ["ArchPreempt"]),
    .library(name: "StubGenerator", targets: ["StubGenerator"]),
    .library(name: "PreemptTool", targets: ["PreemptTool", "ArchPreempt", "NoXRegBackend", "Conformance"]),
    // For descriptions that begin with another's.
    .library(name: "AMD64Backend", targets: ["AMD64Backend"]),
    .executable(name: "preempt", targets: ["preempt"]),
  ],
  traits: [
    .trait(
      name: "noxreg",
      description: "Keep all of a preempted task's state on its stack: no pool, 8 bytes less per task, larger stacks."),
    .trait(
      name: "customBackend",
      description: "The backend is another package's: its stubs, and preempt_backend.h on the include path."),
    .trait(
      name: "reservedregister",
      description:
        "On arm64 and riscv64 a task goes on without a system call, through a register that every compiler of the program keeps off: -ffixed-x18, -ffixed-x31. Other CPUs need none."
    ),
    .default(enabledTraits: []),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
  ],
  targets: backends.map { backend in
    .target(
      name: backend.module,
      dependencies: ["ArchPreempt"],
      path: "Arch/\(backend.folder)", exclude: backend.folder == "noxreg" ? [] : ["NOTES.md"], swiftSettings: strict)
  } + [
    .target(name: "ArchPreempt", swiftSettings: strict),
    .target(name: "StubGenerator", dependencies: ["ArchPreempt"], swiftSettings: strict),
    .target(
      name: "BackendCatalog", dependencies: ["ArchPreempt"] + backends.map { .target(name: $0.module) },
      swiftSettings: strict),
    .target(
      name: "CPreempt", exclude: generatedFolders.map { "generated/\($0)/frame.txt" }, cSettings: selection),
    .target(name: "SelectedArch", dependencies: ["CPreempt"], swiftSettings: strict),
    .target(name: "UnwindTable", dependencies: ["CPreempt"], swiftSettings: strict),
    .target(
      name: "PreemptRuntime",
      dependencies: [
        "SelectedArch", "CPreempt", "UnwindTable", .product(name: "DequeModule", package: "swift-collections"),
        .product(name: "HeapModule", package: "swift-collections"),
      ], swiftSettings: strict),
    .target(name: "CWorkloads"),
    .target(name: "CBenchmark", dependencies: ["CPreempt", "CWorkloads"], cSettings: selection),
    .target(name: "CConformance"),
    .target(
      name: "Conformance",
      dependencies: ["ArchPreempt", "BackendCatalog", "StubGenerator"], swiftSettings: strict),
    .target(
      name: "RegisterProbe", dependencies: ["CConformance", "CPreempt", "SelectedArch"],
      swiftSettings: strict),
    .target(name: "CUnwind"),
    .target(name: "FrameVerifier", dependencies: ["CUnwind", "PreemptRuntime", "SelectedArch"], swiftSettings: strict),
    .target(
      name: "PreemptTool",
      dependencies: ["ArchPreempt", "BackendCatalog", "Conformance", "StubGenerator", argumentParser],
      swiftSettings: strict),
    .executableTarget(
      name: "preempt",
      dependencies: [
        "PreemptTool", "RegisterProbe", "StubGenerator", "BackendCatalog", "PreemptRuntime", "FrameVerifier",
        "Conformance",
        "CWorkloads",
        "UnwindTable", "CPreempt",
        "CBenchmark", argumentParser,
      ], swiftSettings: strict),
    .executableTarget(
      name: "PreemptFixture",
      dependencies: [
        "PreemptRuntime", "CPreempt", "CWorkloads", "Conformance", "RegisterProbe", "SelectedArch", "CBodies",
      ],
      path: "Tests/Fixture", swiftSettings: strict),
    .testTarget(
      name: "ArchPreemptTests", dependencies: ["ArchPreempt", "BackendCatalog", "StubGenerator"], swiftSettings: strict),
    .testTarget(
      name: "StubGeneratorTests", dependencies: ["ArchPreempt", "BackendCatalog", "StubGenerator"],
      swiftSettings: strict),
    .target(name: "CBodies", path: "Tests/CBodies"),
    .testTarget(
      name: "PreemptRuntimeTests",
      dependencies: [
        "PreemptRuntime", "CPreempt", "CWorkloads", "CConformance", "Conformance", "RegisterProbe", "FrameVerifier",
        "SelectedArch",
        "PreemptFixture", "CBodies", "UnwindTable",
      ], swiftSettings: strict),
    .testTarget(
      name: "UnwindTableTests", dependencies: ["UnwindTable", "CUnwind", "CPreempt"], swiftSettings: strict),
    .plugin(
      name: "GenerateStubs",
      capability: .command(
        intent: .custom(verb: "generate-stubs", description: "Write the generated files of the backends."),
        permissions: [.writeToPackageDirectory(reason: "writes the generated files of the backends")])),
    .plugin(
      name: "AddArch",
      capability: .command(
        intent: .custom(verb: "add-arch", description: "Begin a backend for another CPU."),
        permissions: [.writeToPackageDirectory(reason: "writes the folder of the new backend")])),
    .plugin(
      name: "CheckStubs",
      capability: .command(
        intent: .custom(verb: "check-stubs", description: "Compare the generated files with the descriptions."))),
    .plugin(
      name: "ConformancePlugin",
      capability: .command(
        intent: .custom(
          verb: "conformance", description: "Check backends; the arguments are those of 'preempt conformance'."))),
    .testTarget(
      name: "ConformanceTests",
      dependencies: ["Conformance", "ArchPreempt", "BackendCatalog", "StubGenerator"], swiftSettings: strict),
    .testTarget(name: "ToolTests", swiftSettings: strict),
    .executableTarget(name: "ticker", dependencies: ["PreemptRuntime"], swiftSettings: strict),
  ]
)
