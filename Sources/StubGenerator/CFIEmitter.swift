// Call-frame information from effects. No other file spells a CFI directive.

import ArchPreempt

/// Prints straight-line code with the directives that hold after each instruction.
struct CFIEmitter {
  let description: BackendDescription
  private let columns: [String: Int]

  init(_ description: BackendDescription) {
    self.description = description
    columns = Dictionary(
      description.registers.compactMap { register in
        register.dwarf.flatMap { description.cfiColumns.contains($0) ? (register.name, $0) : nil }
      }, uniquingKeysWith: { first, _ in first })
  }

  /// A stub is a signal frame: its return address is an interrupted PC, which an unwinder must not step back from.
  func function(_ stub: EntryStub) -> [String] {
    let layout = description.layout
    var saved: [String: Int] = [:]
    for word in layout.words {
      if case .register(let name) = word { saved[name] = layout.offset(of: word)! }
    }
    let tracker = FrameTracker(depth: -layout.entryOffset, saved: saved, frameBaseName: description.abi.frameBase)
    return function(
      stub.symbol, stub.instructions, tracker, isSignalFrame: true,
      programCounterOffset: layout.offset(of: .programCounter)!)
  }

  /// A probe is an ordinary function, entered by a call.
  func function(_ probe: Probe) -> [String] {
    let word = description.abi.pointerByteCount
    let tracker = FrameTracker(depth: word, saved: [:], frameBaseName: description.abi.frameBase)
    return function(
      probe.symbol, probe.instructions, tracker, isSignalFrame: false, programCounterOffset: -word,
      labels: [probe.loop.lowerBound: "\(probe.symbol)_loop", probe.loop.upperBound: "\(probe.symbol)_loop_end"])
  }

  /// A poison routine goes on where `park` jumped. Both are signal frames, because gdb expects an ordinary frame's caller
  /// to lie on the same stack, further up.
  func function(_ function: ProbeFunction) -> [String] {
    let word = description.abi.pointerByteCount
    var tracker = FrameTracker(depth: word, saved: [:], frameBaseName: description.abi.frameBase)
    var isSignalFrame = function.purpose == .park
    if case .poison = function.purpose {
      description.probeFunctions.first { $0.purpose == .park }?.instructions.forEach { tracker.apply($0) }
      isSignalFrame = true
    }
    return self.function(
      function.symbol, function.instructions, tracker, isSignalFrame: isSignalFrame, programCounterOffset: -word)
  }

  private func function(
    _ symbol: String, _ instructions: [Instruction], _ start: FrameTracker, isSignalFrame: Bool,
    programCounterOffset: Int, labels: [Int: String] = [:]
  ) -> [String] {
    var tracker = start
    var lines = ["\t.globl \(symbol)", "\t.hidden \(symbol)", "\t.type \(symbol), @function", "\t.p2align 6"]
    lines += ["\(symbol):", "\t.cfi_startproc"]
    if isSignalFrame { lines.append("\t.cfi_signal_frame") }
    lines.append("\t" + directive(for: start.cfa!))
    lines.append("\t.cfi_offset \(description.abi.returnAddressColumn), \(programCounterOffset)")
    lines += rows(from: [:], to: start.saved, atEntry: start.saved)
    for (index, instruction) in instructions.enumerated() {
      if let label = labels[index] { lines += ["\t.globl \(label)", "\t.hidden \(label)", "\(label):"] }
      let before = tracker
      tracker.apply(instruction)
      lines.append("\t" + instruction.text + (instruction.note.map { "\t/* \($0) */" } ?? ""))
      if let cfa = tracker.cfa, cfa != before.cfa { lines.append("\t" + directive(for: cfa)) }
      lines += rows(from: before.saved, to: tracker.saved, atEntry: start.saved)
    }
    lines += ["\t.cfi_endproc", "\t.size \(symbol), . - \(symbol)"]
    return lines
  }

  private func directive(for cfa: CFABase) -> String {
    switch cfa {
    case .stackPointer(let offset): ".cfi_def_cfa \(description.abi.stackPointer), \(offset)"
    case .frameBase(let offset): ".cfi_def_cfa \(description.abi.frameBase), \(offset)"
    }
  }

  /// `.cfi_restore` goes back to what the CIE says. GNU as puts the rules of the entry there, so a register that has one
  /// is said to be the same value instead.
  private func rows(from old: [String: Int], to new: [String: Int], atEntry: [String: Int]) -> [String] {
    let names = Set(old.keys).union(new.keys).filter { columns[$0] != nil }.sorted { columns[$0]! < columns[$1]! }
    return names.compactMap { name in
      switch (old[name], new[name]) {
      case (let before, let after?) where before != after: "\t.cfi_offset \(name), \(after)"
      case (_?, nil): atEntry[name] == nil ? "\t.cfi_restore \(name)" : "\t.cfi_same_value \(name)"
      default: nil
      }
    }
  }
}
