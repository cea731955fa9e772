// Many mutants in one file for the assembler, each a function of its own.

import ArchPreempt

public enum MutantAssembly {
  /// Prefix of the constants that mutants load by mistake.
  static let wrongConstantsPrefix = "preempt_mutant"

  public static func symbol(_ index: Int) -> String { "preempt_mutant_\(index)" }

  /// The text of the mutants, `symbol(_:)` of its index the name of each, and the index that each line belongs to.
  /// - Parameter hasTables: whether the functions have their unwinding tables.
  public static func text(
    _ mutants: [Mutant], of description: BackendDescription, hasTables: Bool
  ) -> (text: String, indexByLine: [Int?]) {
    let emitter = CFIEmitter(description)
    var lines = description.directives.map { "\t" + $0 }
    lines += ["\t.section .rodata.preempt, \"a\", %progbits", "\t.p2align 2"]
    lines += description.constants.map { "\t" + $0 }
    // Each constant read one byte late: wrong, whatever its type.
    lines += ["\t.zero 8"]
    lines += description.constants.compactMap { constant in
      let name = constant.prefix { $0 == "_" || $0.isLetter || $0.isNumber }
      guard name.hasPrefix(description.symbolPrefix) else { return nil }
      return "\t.set \(wrongConstantsPrefix)\(name.dropFirst(description.symbolPrefix.count)), \(name) + 1"
    }
    lines.append("\t.section \(AssemblyEmitter.stubSection), \"ax\", %progbits")
    var indexByLine = [Int?](repeating: nil, count: lines.count)
    for (index, mutant) in mutants.enumerated() {
      let stub = mutant.stub(named: symbol(index))
      lines += emitter.function(
        stub.symbol, stub.instructions, hasTables ? mutant.table ?? emitter.directives(stub) : nil)
      indexByLine += [Int?](repeating: index, count: lines.count - indexByLine.count)
    }
    lines += table(of: mutants, description)
    lines += ["\t.section .note.GNU-stack, \"\", %progbits", ""]
    return (lines.joined(separator: "\n"), indexByLine)
  }

  /// What Sources/CHarness/mutants.c reads: eight bytes of address, the class's and the width's index.
  private static func table(of mutants: [Mutant], _ description: BackendDescription) -> [String] {
    let widths = description.stateClasses.filter { !$0.includesOccasional }
    let isLittleEndian = description.abi.endianness == .little
    let address = { (name: String) in
      guard description.abi.pointerByteCount < 8 else { return "\t.8byte \(name)" }
      return isLittleEndian ? "\t.4byte \(name), 0" : "\t.4byte 0, \(name)"
    }
    var lines = ["\t.section .data.rel.ro.preempt, \"aw\", %progbits", "\t.balign 8", "\t.globl preempt_mutants"]
    lines.append("preempt_mutants:")
    for (index, mutant) in mutants.enumerated() {
      let stateClass = description.stateClasses.firstIndex(of: mutant.original.stateClass)!
      lines += [address(symbol(index)), "\t.4byte \(stateClass), \(widths.firstIndex(of: mutant.original.widest)!)"]
    }
    return lines + ["\t.globl preempt_mutant_count", "preempt_mutant_count:", "\t.4byte \(mutants.count)"]
  }
}

extension Mutant {
  func stub(named symbol: String) -> EntryStub { EntryStub(original, symbol: symbol, instructions: instructions) }
}
