// Call-frame information from effects. No other file spells a CFI directive.

import ArchPreempt

/// One directive. A register is named as the assembler does; the return address's column, which may be no register, by
/// its number.
enum CFIDirective: Hashable {
  case signalFrame
  case returnColumn(Int)
  case definesCFA(CFABase)
  case offset(String, Int)
  case inRegister(String, String)
  /// What the table said at the function's entry.
  case restores(String)
  case sameValue(String)
}

/// Prints straight-line code with the directives that hold after each instruction.
struct CFIEmitter {
  let description: BackendDescription
  let columns: [String: Int]

  init(_ description: BackendDescription) {
    self.description = description
    columns = Dictionary(
      description.registers.compactMap { register in
        register.dwarf.flatMap { description.cfiColumns.contains($0) ? (register.name, $0) : nil }
      }, uniquingKeysWith: { first, _ in first })
  }

  /// A stub is a signal frame: its return address is an interrupted PC, which an unwinder must not step back from.
  func function(_ stub: EntryStub) -> [String] {
    function(stub.symbol, stub.instructions, directives(stub))
  }

  /// A probe is an ordinary function, entered by a call.
  func function(_ probe: Probe) -> [String] {
    return function(
      probe.symbol, probe.instructions, directives(probe.instructions, called, isSignalFrame: false),
      labels: [probe.loop.lowerBound: "\(probe.symbol)_loop", probe.loop.upperBound: "\(probe.symbol)_loop_end"])
  }

  /// A poison routine goes on where `park` jumped. Both are signal frames, because gdb expects an ordinary frame's caller
  /// to lie on the same stack, further up.
  func function(_ function: ProbeFunction) -> [String] {
    var tracker = called
    if case .poison = function.purpose {
      description.probeFunctions.first { $0.purpose == .park }?.instructions.forEach { tracker.apply($0) }
    }
    let rows = directives(function.instructions, tracker, isSignalFrame: function.isCalledByStub)
    return self.function(function.symbol, function.instructions, rows)
  }

  /// As a call leaves the frame to a function.
  private var called: FrameTracker {
    FrameTracker(
      depth: description.abi.linkRegister == nil ? description.abi.pointerByteCount : 0, saved: [:],
      abi: description.abi)
  }

  /// Those of a function that was called: its return address is on the stack, or in the link register's column.
  private func directives(
    _ instructions: [Instruction], _ start: FrameTracker, isSignalFrame: Bool
  ) -> [[CFIDirective]] {
    let link = description.abi.linkRegister
    return directives(
      instructions, start, isSignalFrame: isSignalFrame,
      returnColumn: link.flatMap { columns[$0] } ?? description.abi.returnAddressColumn,
      programCounterOffset: link == nil ? -description.abi.pointerByteCount : nil)
  }

  /// The directives before each instruction; the last element's stand behind the last instruction.
  func directives(_ stub: EntryStub) -> [[CFIDirective]] {
    directives(
      stub.instructions, FrameTracker(entryOf: description), isSignalFrame: true,
      returnColumn: description.abi.returnAddressColumn,
      programCounterOffset: description.layout.offset(of: .programCounter)!)
  }

  private func directives(
    _ instructions: [Instruction], _ start: FrameTracker, isSignalFrame: Bool, returnColumn: Int,
    programCounterOffset: Int?
  ) -> [[CFIDirective]] {
    var tracker = start
    let entry: [CFIDirective] =
      [.returnColumn(returnColumn), .definesCFA(start.cfa!)]
      + (programCounterOffset.map { [.offset("\(returnColumn)", $0)] } ?? [])
    let unchanged = description.abi.unwoundByRuleOnly.filter { isSignalFrame && start.saved[$0] == nil }
    var found = [
      (isSignalFrame ? [.signalFrame] : []) + entry + rows(from: [:], to: start.saved, atEntry: start.saved)
        + unchanged.map { .sameValue($0) }
    ]
    for instruction in instructions {
      let before = tracker
      tracker.apply(instruction)
      let cfa = tracker.cfa == before.cfa ? nil : tracker.cfa
      let moved = tracker.programCounterRegister.flatMap { name -> CFIDirective? in
        before.programCounterRegister == nil ? .inRegister("\(returnColumn)", name) : nil
      }
      found.append(
        (cfa.map { [.definesCFA($0)] } ?? []) + rows(from: before.saved, to: tracker.saved, atEntry: start.saved)
          + (moved.map { [$0] } ?? []))
    }
    return found
  }

  /// A function without its table where there are no directives.
  ///
  /// - Parameter labels: names of places, by the instruction they are before.
  func function(
    _ symbol: String, _ instructions: [Instruction], _ directives: [[CFIDirective]]?, labels: [Int: String] = [:]
  ) -> [String] {
    // `%`, which every ELF assembler takes: `@` begins a comment on some.
    var lines = ["\t.globl \(symbol)", "\t.hidden \(symbol)", "\t.type \(symbol), %function", "\t.p2align 6"]
    lines.append("\(symbol):")
    if let directives {
      lines +=
        ["\t.cfi_startproc", "\t.cfi_return_column \(description.abi.returnAddressColumn)"] + directives[0].map(text)
    }
    for (index, instruction) in instructions.enumerated() {
      if let label = labels[index] { lines += ["\t.globl \(label)", "\t.hidden \(label)", "\(label):"] }
      lines.append("\t" + instruction.text + (instruction.note.map { "\t/* \($0) */" } ?? ""))
      if let directives { lines += directives[index + 1].map(text) }
    }
    if directives != nil { lines.append("\t.cfi_endproc") }
    lines.append("\t.size \(symbol), . - \(symbol)")
    return lines
  }

  func text(_ directive: CFIDirective) -> String {
    switch directive {
    case .signalFrame: "\t.cfi_signal_frame"
    case .returnColumn(let column): "\t.cfi_return_column \(column)"
    case .definesCFA(.stackPointer(let offset)): "\t.cfi_def_cfa \(description.abi.stackPointer), \(offset)"
    case .definesCFA(.frameBase(let offset)): "\t.cfi_def_cfa \(description.abi.frameBase), \(offset)"
    case .offset(let name, let offset): "\t.cfi_offset \(name), \(offset)"
    case .inRegister(let name, let register): "\t.cfi_register \(name), \(register)"
    case .restores(let name): "\t.cfi_restore \(name)"
    case .sameValue(let name): "\t.cfi_same_value \(name)"
    }
  }

  /// `.cfi_restore` goes back to what the CIE says. GNU as puts the rules of the entry there, so a register that has one
  /// is said to be the same value instead.
  private func rows(from old: [String: Int], to new: [String: Int], atEntry: [String: Int]) -> [CFIDirective] {
    if old == new { return [] }
    let changed = Set(old.keys).union(new.keys).filter { columns[$0] != nil && old[$0] != new[$0] }
    return changed.sorted { columns[$0]! < columns[$1]! }.map { name in
      if let offset = new[name] { return .offset(name, offset) }
      return atEntry[name] == nil ? .restores(name) : .sameValue(name)
    }
  }
}
