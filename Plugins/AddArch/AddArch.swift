// `swift package add-arch`: `preempt add-arch` on this package. SwiftPM turns every failure into exit status 1.
//
// The tool is asked for at run time. As a dependency of the plugin it would be built a second time, with all it links,
// for the host's tools by every `swift build`: twice the time of a clean build.

import Foundation
import PackagePlugin

@main
struct AddArch: CommandPlugin {
  func performCommand(context: PluginContext, arguments: [String]) throws {
    let build = try packageManager.build(.product("preempt"), parameters: .init())
    guard build.succeeded, let artifact = build.builtArtifacts.first(where: { $0.kind == .executable }) else {
      let errors = build.logText.split(separator: "\n").filter { $0.contains("error:") }
      return Diagnostics.error("preempt can't be built:\n\(errors.joined(separator: "\n"))")
    }
    let tool = Process()
    tool.executableURL = artifact.url
    tool.arguments = ["add-arch"] + arguments + ["--package-path", context.package.directoryURL.path]
    try tool.run()
    tool.waitUntilExit()
    if tool.terminationReason == .uncaughtSignal {
      Diagnostics.error("preempt add-arch was ended by signal \(tool.terminationStatus)")
    } else if tool.terminationStatus != 0 {
      Diagnostics.error("preempt add-arch ended with exit status \(tool.terminationStatus); its message is above")
    }
  }
}
