// The Swift constants of the build's backend: all that the runtime knows about a CPU.
//
// Computed and inlinable, because a stored global would be a lazy initialiser, which a signal handler may not run.

import ArchPreempt

struct ConstantsEmitter {
  let description: BackendDescription

  func text() -> String {
    let layout = description.layout
    let widest = description.widestClass
    let injection = description.injection
    let onStack = layout.extendedPlacement == .stack
    let prefix = description.symbolPrefix
    let classes = description.stateClasses
    var lines = [
      GeneratedFiles.mark("//", "", description.name),
      "// swift-format-ignore-file", "",
      "#if \(Self.selection(description))", "",
      "public import CPreempt", "",
      "/// Constants of backend \(description.name).",
      "public enum Backend {",
    ]
    func constant(_ name: String, _ type: String, _ value: String, _ doc: String) {
      lines += [
        "  /// \(doc)", "  @inlinable public static var \(name): \(type) { \(value) }",
      ]
    }
    constant("name", "StaticString", "\"\(description.name)\"", "The backend's name.")
    constant("savesOnStack", "Bool", "\(onStack)", "Whether extended state stays on the task's stack.")
    constant("frameByteCount", "Int", "\(layout.frameByteCount(widest: widest))", "Frame with red zone, in bytes.")
    constant(
      "redZoneByteCount", "Int", "\(layout.abi.redZoneByteCount)",
      "\(description.abi.document), \(description.abi.redZoneSection).")
    constant("entryOffset", "Int", "\(layout.entryOffset)", "Bytes from the CFA to the stub's first stack pointer.")
    constant(
      "frameBaseWordOffset", "Int", "\(frameBaseWordOffset)",
      "Bytes from the CFA to where the interrupted frame base lies.")
    for word in layout.words {
      constant(
        "\(word.name)WordOffset", "Int", "\(layout.offset(of: word)!)", "Bytes from the CFA to the handler's word.")
    }
    constant("classCount", "Int", "\(classes.count)", "Number of state classes.")
    constant("preemptedReason", "UInt", "\(BackendDescription.preemptedReason)", "Reason of a preemption in class 0.")
    constant("pcContextOffset", "Int", "\(injection.programCounter.byteOffset)", "Bytes into `ucontext_t`.")
    constant("spContextOffset", "Int", "\(injection.stackPointer.byteOffset)", "Bytes into `ucontext_t`.")
    constant(
      "frameBaseContextOffset", "Int",
      "\(injection.contextFields.first { $0.register == description.abi.frameBase }?.byteOffset ?? -1)",
      "Bytes into `ucontext_t`.")
    constant("flagsContextOffset", "Int", "\(injection.flags?.byteOffset ?? -1)", "Bytes into `ucontext_t`.")
    constant("signalMaskContextOffset", "Int", "\(injection.signalMaskByteOffset)", "Bytes into `ucontext_t`.")
    constant(
      "contextRegistersOffset", "Int", "\(contextRegisters.offset)",
      "Bytes into `ucontext_t`, where its registers begin, a word each.")
    constant("contextRegisterCount", "Int", "\(contextRegisters.count)", "How many words they are.")
    constant(
      "returnAddressColumn", "Int", "\(description.abi.returnAddressColumn)",
      "\(description.abi.document), \(description.abi.dwarfSection).")
    constant(
      "stackPointerColumn", "Int",
      "\(description.registers.first { $0.name == description.abi.stackPointer }?.dwarf ?? -1)",
      "As `returnAddressColumn`.")
    constant(
      "flagsName", "StaticString", "\"\(injection.flags?.register ?? "")\"",
      "The flags, on which a probe's path depends.")
    constant("refusedFlags", "UInt64", "\(injection.refusedFlags)", "Flags with which a task isn't preempted.")
    constant("areaAlignmentByteCount", "Int", "\(SaveLayout.areaAlignmentByteCount)", "Alignment of a save area.")
    constant(
      "probeAreaOffset", "Int", "\(ProbeImage(layout: layout, widest: widest).areaOffset)",
      "Bytes from a probe image's start to its save area.")

    function(
      "areaByteCount(ofClass index: Int) -> Int", "Bytes of a class's save area.", "0",
      classRows().map { "\($0.areaByteCount)" })
    function(
      "requiredStackByteCount(ofClass index: Int) -> Int", "Stack bytes below the CFA that an injected call needs.",
      "\(SaveLayout.reserveByteCount)",
      classRows().map { "\($0.requiredStackByteCount)" })
    constant("integerSlotCount", "Int", "\(integerOffsets.count)", "Registers in the frame that may hold pointers.")
    function(
      "integerSlotOffset(_ index: Int) -> Int", "Bytes from the CFA to the slot of such a register.", "0",
      integerOffsets.map(String.init))
    function(
      "vectorByteCount(ofClass index: Int) -> Int",
      "Bytes of a class's save area, from its start, that hold vectors and masks: whole words.", "0",
      classRows().map { "\($0.vectorByteCount)" })
    function(
      "classIndex(ofWidth index: Int) -> Int", "Index of the class of all that a width covers.", "-1",
      classes.filter { !$0.includesOccasional }.map { width in "\(classes.lastIndex { $0.width == width }!)" })
    function("className(_ index: Int) -> StaticString", "The class's name.", "\"?\"", classes.map { "\"\($0.name)\"" })
    lines += [
      "  /// The stub for a live class, where the operating system enabled `widest`; nil where there is none.",
      "  @inlinable @inline(__always) public static func entry(_ index: Int, widest: Int) -> UnsafePointer<CChar>? {",
      "    \(prefix)_entry(UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: widest))", "  }",
      "  /// Index of the widest width that the enabled components cover, or -1.",
      "  @inlinable @inline(__always) public static func widest(enabled: UInt64) -> Int { Int(\(prefix)_widest(enabled)) }",
      "  /// Index of the narrowest class that covers the live state, or -1 for a component no class covers.",
      "  @inlinable @inline(__always) public static func liveClass(_ context: UnsafeMutableRawPointer, enabled: UInt64) -> Int {",
      "    Int(\(prefix)_live_class(context.assumingMemoryBound(to: ucontext_t.self), enabled))", "  }",
      "  /// Makes the interrupted context call the stub.",
      "  @inlinable @inline(__always) public static func inject(",
      "    _ context: UnsafeMutableRawPointer, entry: UnsafePointer<CChar>, area: UnsafeMutableRawPointer?,",
      "    switchContext: UnsafeMutableRawPointer",
      "  ) {", "    \(prefix)_inject(context.assumingMemoryBound(to: ucontext_t.self), entry, area, switchContext)",
      "  }",
    ]
    lines += signalFrame()
    lines += [
      "  /// The conformance probe that fills class `index`; nil where `widest` doesn't cover it.",
      "  public static func probe(_ index: Int, widest: Int) -> (@convention(c) (UnsafeRawPointer?, UnsafeMutableRawPointer?, UInt64) -> UInt64)? {",
      "    \(prefix)_probe(UInt32(index), UInt32(widest))", "  }",
      "  /// What a probe that was filled with these flags returns.",
      "  public static func probePath(flags: UInt64, times: UInt64) -> UInt64 { \(prefix)_probe_path(flags, times) }",
    ]
    lines += [
      "  /// What user code may keep in a register, from the lowest byte on, repeated until it ends.",
      "  public static func bits(of register: String) -> [(byteCount: Int, free: UInt64, set: UInt64, compared: UInt64, initial: UInt64?)] {",
      "    switch register {",
    ]
    for register in description.registers where register.isSaved && register.bits != BitRun.any {
      lines.append("    case \"\(register.name)\": [\(Self.tuples(register.bits))]")
    }
    lines += [
      "    default: [\(Self.tuples(BitRun.any))]", "    }", "  }",
      "  /// A register that the occasional image holds in classes with one: the image's name, and the byte in it.",
      "  public static func stand(of register: String) -> (register: String, byteOffset: Int)? {",
      "    switch register {",
    ]
    for register in description.registers {
      guard case .unlessOccasional(_, let offset) = register.byteCount,
        let holder = description.registers.first(where: {
          if case .whenOccasional = $0.byteCount { true } else { false }
        })
      else { continue }
      lines.append("    case \"\(register.name)\": (\"\(holder.name)\", \(offset))")
    }
    lines += ["    default: nil", "    }", "  }"]
    lines += table(
      "frameRegisters",
      "Registers in the frame: name, bytes from the CFA, byte count, bytes into `ucontext_t` or -1, unwinder's column or -1.",
      frameTableRows())
    lines += table(
      "areaRegisters",
      "Registers in the widest class's save area: name, bytes from its start, byte count. Narrower classes: `areaSlots`.",
      layout.areaSlots(of: widest, widest: widest).map {
        "(\"\($0.register.name)\", \($0.displacement), \($0.byteCount), -1, -1)"
      })
    lines += [
      "  /// Save area slots of a class: name, bytes from its start, byte count.",
      "  public static func areaSlots(ofClass index: Int) -> [(name: String, offset: Int, byteCount: Int)] {",
      "    switch index {",
    ]
    for (index, stateClass) in classes.enumerated() {
      let rows = layout.areaSlots(of: stateClass, widest: stateClass).map {
        "(\"\($0.register.name)\", \($0.displacement), \($0.byteCount))"
      }
      lines.append("    case \(index): [\(rows.joined(separator: ", "))]")
    }
    lines += ["    default: []", "    }", "  }", "}", ""]
    if onStack {
      lines += [
        "/// What a task holds off its stack: nothing.", "public typealias ExtendedState = \(prefix)_extended_state",
        "",
      ]
    } else {
      lines += [
        "/// What a task holds off its stack: a save area's address with the class index in its low bits, or zero.",
        "public typealias ExtendedState = \(prefix)_extended_state", "",
      ]
    }
    return (lines + ["#endif", ""]).joined(separator: "\n")

    func function(_ signature: String, _ doc: String, _ otherwise: String, _ cases: [String]) {
      lines += ["  /// \(doc)", "  @inlinable public static func \(signature) {", "    switch index {"]
      for (index, value) in cases.enumerated() { lines.append("    case \(index): \(value)") }
      lines += ["    default: \(otherwise)", "    }", "  }"]
    }
  }

  var frameBaseWordOffset: Int {
    description.layout.offset(of: .register(description.abi.frameBase)) ?? description.layout.frameBaseOffset
  }

  /// From the first register in `ucontext_t` to the last, in words.
  var contextRegisters: (offset: Int, count: Int) {
    let offsets = description.injection.contextFields.map(\.byteOffset)
    guard let first = offsets.min(), let last = offsets.max() else { return (0, 0) }
    return (first, (last - first) / description.abi.pointerByteCount + 1)
  }

  var isResumedByKernel: Bool {
    if case .signalReturn = description.injection.returnSequence { true } else { false }
  }

  /// What fills the frame that the kernel resumes a task from, where there is one.
  private func signalFrame() -> [String] {
    let area = description.layout.extendedPlacement == .stack ? "nil" : "area"
    let call =
      "\(description.symbolPrefix)_fill_signal_frame(frame, UInt64(cfa), \(area), UInt32(stateClass), stack, signalMask)"
    return [
      "  /// Whether a stub is given a signal frame instead of the save area's address, and has the kernel resume the task.",
      "  @inlinable public static var isResumedByKernel: Bool { \(isResumedByKernel) }",
      "  /// Fills that frame from a task's own, whose `cfa` it is, and its save area; the alternate stack and the mask are",
      "  /// those of the thread that resumes it, which is the caller's.",
      "  @inlinable public static func fillSignalFrame(",
      "    _ frame: UnsafeMutableRawPointer, cfa: UInt, area: UnsafeRawPointer?, stateClass: Int,",
      "    stack: UnsafePointer<stack_t>, signalMask: UnsafePointer<UInt64>",
      "  ) {",
      isResumedByKernel
        ? "    \(call)" : "    preconditionFailure(\"stubs of \(description.name) return by themselves\")",
      "  }",
    ]
  }

  private static func tuples(_ bits: [BitRun]) -> String {
    func hex(_ value: UInt64) -> String { "0x" + String(value, radix: 16) }
    return bits.map {
      "(\($0.byteCount), \(hex($0.free)), \(hex($0.set)), \(hex($0.compared)), \($0.initial.map(hex) ?? "nil"))"
    }.joined(separator: ", ")
  }

  /// By class: the save area's bytes, the stack's below the CFA, and the bytes of the area that hold vectors and masks.
  func classRows() -> [(areaByteCount: Int, requiredStackByteCount: Int, vectorByteCount: Int)] {
    let layout = description.layout
    return description.stateClasses.map { stateClass in
      let slots = layout.areaSlots(of: stateClass, widest: stateClass).filter { $0.register.bank != .registerStack }
      return (
        layout.areaByteCount(of: stateClass),
        layout.requiredStackByteCount(
          of: stateClass, widest: description.widestClass, calleeByteCount: description.injection.calleeByteCount),
        slots.map { $0.displacement + $0.byteCount }.max() ?? 0
      )
    }
  }

  var integerOffsets: [Int] {
    let integers = Set(description.registers.filter { $0.bank == .integer }.map(\.name))
    return frameRows().filter { integers.contains($0.name) }.map(\.offset)
  }

  /// The registers in the frame, from its words to its slots.
  func frameRows() -> [(name: String, offset: Int, byteCount: Int)] {
    let layout = description.layout
    var rows: [(name: String, offset: Int, byteCount: Int)] = layout.words.compactMap { word in
      if case .register(let name) = word {
        (name, layout.offset(of: word)!, description.abi.pointerByteCount)
      } else {
        nil
      }
    }
    rows += layout.frameSlots(widest: description.widestClass).map { slot in
      guard case .frame(let offset) = slot.place else { fatalError("frame slot outside the frame") }
      return (slot.register.name, offset, slot.byteCount)
    }
    return rows
  }

  private func frameTableRows() -> [String] {
    let columns = description.cfiColumns
    return frameRows().map { name, offset, byteCount in
      let context = description.injection.contextFields.first { $0.register == name }?.byteOffset ?? -1
      let dwarf = description.registers.first { $0.name == name }?.dwarf ?? -1
      return "(\"\(name)\", \(offset), \(byteCount), \(context), \(columns.contains(dwarf) ? dwarf : -1))"
    }
  }

  private func table(_ name: String, _ doc: String, _ rows: [String]) -> [String] {
    [
      "  /// \(doc)",
      "  public static var \(name): [(name: String, offset: Int, byteCount: Int, contextOffset: Int, column: Int)] {",
      "    [",
    ] + rows.map { "      \($0)," } + ["    ]", "  }"]
  }

  /// The traits' choice and the CPU, as Swift's conditions spell them.
  static func selection(_ description: BackendDescription) -> String {
    let traits = BackendDescription.traits.compactMap { trait in
      description.choice(of: trait).map { $0 ? trait.name : "!" + trait.name }
    }
    return (traits + ["arch(\(description.swiftArchitecture))"]).joined(separator: " && ")
  }
}
