// swift-tools-version: 6.3
// A package with a backend of its own. Its tool generates, checks and tests what swift-preempt knows nothing of.

import PackageDescription

let package = Package(
  name: "preempt-arm",
  dependencies: [.package(name: "swift-preempt", path: "../..")],
  targets: [
    .target(
      name: "ARMBackend", dependencies: [.product(name: "PreemptTool", package: "swift-preempt")], path: "Arch/arm",
      exclude: ["NOTES.md"]),
    .executableTarget(
      name: "preempt-arm", dependencies: ["ARMBackend", .product(name: "PreemptTool", package: "swift-preempt")]),
  ]
)
