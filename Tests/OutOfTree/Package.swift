// swift-tools-version: 6.3
// A package with backends of its own. Its tool generates, checks and tests what swift-preempt knows nothing of; its program
// runs tasks on one of them.

import PackageDescription

let package = Package(
  name: "other-backends",
  traits: [.trait(name: "customBackend", description: "For programs: the runtime takes its backend from here.")],
  dependencies: [
    .package(
      name: "swift-preempt", path: "../..",
      traits: [.trait(name: "customBackend", condition: .when(traits: ["customBackend"]))])
  ],
  targets: [
    .target(
      name: "ARMBackend", dependencies: [.product(name: "PreemptTool", package: "swift-preempt")], path: "Arch/arm",
      exclude: ["NOTES.md"]),
    .target(
      name: "AMD64R14Backend",
      dependencies: [
        .product(name: "AMD64Backend", package: "swift-preempt"),
        .product(name: "PreemptTool", package: "swift-preempt"),
      ], path: "Arch/amd64_r14"),
    .executableTarget(
      name: "other-preempt",
      dependencies: ["ARMBackend", "AMD64R14Backend", .product(name: "PreemptTool", package: "swift-preempt")]),
    .target(name: "CR14"),
    .executableTarget(
      name: "spinner", dependencies: ["CR14", .product(name: "PreemptRuntime", package: "swift-preempt")]),
  ]
)
