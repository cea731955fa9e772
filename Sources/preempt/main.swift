// The command-line tool: what `PreemptTool` offers for any backends, and what runs on this CPU's runtime.

import PreemptRuntime
package import PreemptTool

PreemptTool.main(
  commands: [Demo.self, Bench.self, Explain.self, UnwindTableCommand.self, Doctor.self], checks: [ScannerCheck()])

extension PreemptError: StatusError {
  package var exitStatus: ExitStatus {
    switch self {
    case .processorCount, .timeSlice, .stackByteCount: .usage
    case .userShadowStack, .threadSanitizer, .stateClass, .outOfMemory, .thread: .environment
    default: .checkFailed
    }
  }
}
