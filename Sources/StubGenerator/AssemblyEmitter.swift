// preempt.S and probe.S.

import ArchPreempt

enum AssemblyEmitter {
  /// All stubs lie in this section, with `preempt_mcall`: the runtime's own code is one address range.
  static let stubSection = "preempt_text"
  static let probeSection = "preempt_probe"

  static func stubs(_ description: BackendDescription) -> String {
    let emitter = CFIEmitter(description)
    var lines = [
      GeneratedFiles.mark("/*", " */", description.name), "",
      "#if \(description.selectionExpression)", "",
    ]
    if !description.constants.isEmpty {
      lines += ["\t.section .rodata.preempt, \"a\", @progbits", "\t.p2align 2"]
      lines += description.constants.map { "\t" + $0 } + [""]
    }
    lines += ["\t.section \(stubSection), \"ax\", @progbits"]
    for stub in description.stubs {
      lines += ["", "/* \(stub.stateClass.name) live, \(stub.widest.name) the widest enabled. */"]
      lines += emitter.function(stub)
    }
    return (lines + footer).joined(separator: "\n")
  }

  static func probes(_ description: BackendDescription) -> String {
    let emitter = CFIEmitter(description)
    var lines = [
      GeneratedFiles.mark("/*", " */", description.name), "",
      "#if \(description.selectionExpression)", "",
      "\t.section \(probeSection), \"ax\", @progbits",
    ]
    for probe in description.probes {
      lines += ["", "/* Fills \(probe.stateClass.name), stores everything with \(probe.widest.name) enabled. */"]
      lines += emitter.function(probe)
    }
    return (lines + footer).joined(separator: "\n")
  }

  private static let footer = ["", "#endif", "\t.section .note.GNU-stack, \"\", %progbits", ""]
}
