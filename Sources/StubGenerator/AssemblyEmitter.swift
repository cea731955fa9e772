// preempt.S and probe.S.
//
// Sections of probe.S: the probes in one, where a preemption is between fill and compare; what is called around them in
// another; and one for each of the functions that are preempted at every instruction.

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
    lines += directives(description)
    if !description.constants.isEmpty {
      lines += ["\t.section .rodata.preempt, \"a\", %progbits", "\t.p2align 2"]
      lines += description.constants.map { "\t" + $0 } + [""]
    }
    lines += ["\t.section \(stubSection), \"ax\", %progbits"]
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
    ]
    lines += directives(description) + ["\t.section \(probeSection), \"ax\", %progbits"]
    for probe in description.probes {
      lines += ["", "/* Fills \(probe.stateClass.name), stores everything with \(probe.widest.name) enabled. */"]
      lines += emitter.function(probe)
    }
    var section = probeSection
    for function in description.probeFunctions {
      if function.section != section { lines += ["", "\t.section \(function.section), \"ax\", %progbits"] }
      section = function.section
      lines += ["", "/* \(function.purpose.title) */"]
      lines += emitter.function(function)
    }
    return (lines + footer).joined(separator: "\n")
  }

  private static func directives(_ description: BackendDescription) -> [String] {
    description.directives.isEmpty ? [] : description.directives.map { "\t" + $0 } + [""]
  }

  private static let footer = ["", "#endif", "\t.section .note.GNU-stack, \"\", %progbits", ""]
}
