// probe.h: what a harness that knows no CPU must know of one, as tables under neutral names.

import ArchPreempt

struct ProbeHeaderEmitter {
  let description: BackendDescription
  private var prefix: String { description.symbolPrefix }
  private var layout: SaveLayout { description.layout }
  private var widest: StateClass { description.widestClass }
  private var classes: [StateClass] { description.stateClasses }
  private var widths: [StateClass] { description.stateClasses.filter { !$0.includesOccasional } }
  private var image: ProbeImage { ProbeImage(layout: layout, widest: widest) }

  func text() -> String {
    var lines = [
      GeneratedFiles.mark("/*", " */", description.name), "", "#ifndef PREEMPT_PROBE_H", "#define PREEMPT_PROBE_H",
      "#include \"preempt.h\"",
      "#if \(description.guardExpression)", "",
    ]
    lines += constants() + names() + switching() + classTables() + fieldTable()
    return (lines + ["#endif", "#endif", ""]).joined(separator: "\n")
  }

  private func constants() -> [String] {
    let traced = description.injection.traced
    let areaByteCount = layout.areaByteCount(of: widest)
    // swift-format-ignore
    let rows: [(String, String)] = [
      ("PREEMPT_ARCH_NAME",                  "\"\(description.name)\""),
      ("PREEMPT_ARCH_CLASSES",               "\(classes.count)"),
      ("PREEMPT_ARCH_WIDTHS",                "\(widths.count)"),
      ("PREEMPT_ARCH_WORD_BYTES",            "\(layout.abi.pointerByteCount)"),
      ("PREEMPT_ARCH_RED_ZONE_BYTES",        "\(layout.abi.redZoneByteCount)"),
      ("PREEMPT_ARCH_REGISTER_SAVE_AREA_BYTES", "\(layout.abi.registerSaveAreaByteCount)"),
      ("PREEMPT_ARCH_STACK_ALIGNMENT_BYTES", "\(layout.abi.stackAlignmentByteCount)"),
      ("PREEMPT_ARCH_FRAME_BYTES",           "\(layout.frameByteCount(widest: widest))"),
      ("PREEMPT_ARCH_AREA_BYTES",            "\(areaByteCount)"),
      ("PREEMPT_ARCH_AREA_ALIGNMENT_BYTES",  "\(SaveLayout.areaAlignmentByteCount)"),
      ("PREEMPT_ARCH_AREA_IS_ON_STACK",      layout.extendedPlacement == .stack ? "1" : "0"),
      ("PREEMPT_ARCH_PREEMPTED_REASON",      "\(BackendDescription.preemptedReason)"),
      ("PREEMPT_ARCH_REFUSED_FLAGS",         hex(description.injection.refusedFlags)),
      ("PREEMPT_ARCH_IMAGE_AREA_OFFSET",     "\(image.areaOffset)"),
      ("PREEMPT_ARCH_IMAGE_BYTES",           "\((image.areaOffset + areaByteCount + 63) / 64 * 64)"),
      ("PREEMPT_ARCH_LOOP_LIMIT",            "\(ProbeImage.loopLimit)"),
      ("PREEMPT_ARCH_HAS_COPY_STRING",       has(.copyString)),
      ("PREEMPT_ARCH_HAS_MISALIGN_STACK",    has(.misalignStack)),
    ]
    let guarded = layout.abi.landingPads.map {
      [
        "/* With mprotect's bits, so that an indirect branch must land on a landing pad. */",
        "#define PREEMPT_ARCH_LANDING_PAD_PROTECTION \(hex(UInt64($0.protection)))",
      ]
    }
    return rows.map { "#define \($0.0) \($0.1)" } + (guarded ?? []) + [
      "/* In ptrace's register set NT_PRSTATUS. The flag is what a stepper leaves behind. */",
      "#define PREEMPT_ARCH_TRACED_PC_OFFSET \(traced.programCounterOffset)",
      "#define PREEMPT_ARCH_TRACED_FLAGS_OFFSET \(traced.flagsOffset)",
      "#define PREEMPT_ARCH_STEP_FLAG \(hex(traced.stepFlag))", "",
    ]
  }

  private func has(_ purpose: ProbeFunction.Purpose) -> String {
    description.probeFunctions.contains { $0.purpose == purpose } ? "1" : "0"
  }

  private func names() -> [String] {
    [
      "entry", "widest", "live_class", "inject", "pc", "sp", "flags", "probe", "probe_function", "probe_path", "park",
      "enabled_components", "copy_string", "misalign_stack",
    ].map { "#define preempt_arch_\($0) \(prefix)_\($0)" } + signalFrame + [""]
  }

  private var signalFrame: [String] {
    guard case .signalReturn(let frame) = description.injection.returnSequence else { return [] }
    return [
      "/* Resumed by the kernel: the stub is given a signal frame instead of the block. */",
      "#define PREEMPT_ARCH_SIGNAL_FRAME_BYTES \(frame.byteCount)",
      "#define PREEMPT_ARCH_SIGNAL_FRAME_CONTEXT_OFFSET \(frame.contextByteOffset)",
      "#define PREEMPT_ARCH_SIGNAL_FRAME_FILLED_BYTES \(signalFields(frame).map { $0.offset + $0.byteCount }.max() ?? 0)",
      "#define PREEMPT_ARCH_SIGNAL_FRAME_ALIGNMENT_BYTES \(frame.alignmentByteCount)",
      "#define preempt_arch_fill_signal_frame \(prefix)_fill_signal_frame",
      "/* What is filled in: bytes from the start of ucontext_t. The kernel's own frame has the same there. */",
      "static const struct preempt_arch_signal_field {", "  const char *name;", "  unsigned offset, byte_count;",
      "} preempt_arch_signal_fields[] = {",
    ] + signalFields(frame).map { "  {\"\($0.name)\", \($0.offset), \($0.byteCount)}," } + ["};"]
  }

  private func signalFields(_ frame: SignalFrame) -> [(name: String, offset: Int, byteCount: Int)] {
    let word = layout.abi.pointerByteCount
    let injection = description.injection
    var fields = [("uc_stack", frame.stackByteOffset, 3 * word), ("uc_sigmask", injection.signalMaskByteOffset, 8)]
    fields += injection.contextFields.filter { field in
      [injection.programCounter, injection.stackPointer].contains(field) || fieldNames.contains(field.register)
        || frame.threadRegisters[field.register] != nil
    }.map { ($0.register, $0.byteOffset, word) }
    fields += frame.marks.keys.sorted().map { ("mark at \($0)", $0, 4) }
    fields += fieldNames.compactMap { name in
      guard let offset = frame.places[name], let register = description.registers.first(where: { $0.name == name })
      else { return nil }
      return (name, offset, register.byteCount(in: widest))
    }
    return fields
  }

  // MARK: - Functions

  private func switching() -> [String] {
    var lines = [
      "/* Three words that preempt_arch_park, which stands in for preempt_mcall, reserves on the stack of the task. */",
      "struct preempt_arch_parking {",
      "  const void *poison; /* an image */",
      "  const void *routine; /* preempt_arch_poison(…) */",
      "  uintptr_t stack_pointer; /* at the stub's call */",
      "};",
      "/* What preempt_arch_inject hands on as switch context. `leave` is called on `stack`, sets poison and routine, and",
      "   returns the block to restore from. */",
      "struct preempt_arch_context {", "  void *stack;",
      "  void *(*leave)(struct preempt_arch_context *, uintptr_t reason, struct preempt_arch_parking *);", "};",
    ]
    for function in description.probeFunctions {
      let declaration =
        switch function.purpose {
        case .park, .poison: "const char \(function.symbol)[]"
        case .initialize: "void \(function.symbol)(void)"
        case .enabledComponents: "uint64_t \(function.symbol)(unsigned long hwcap, unsigned long hwcap2)"
        case .copyString: "void \(function.symbol)(void *to, const void *from, uintptr_t byte_count)"
        case .misalignStack: "uintptr_t \(function.symbol)(uintptr_t value)"
        }
      lines.append("extern \(declaration) __attribute__((visibility(\"hidden\")));")
    }
    func symbol(_ purpose: ProbeFunction.Purpose) -> String {
      description.probeFunctions.first { $0.purpose == purpose }?.symbol ?? "NULL"
    }
    let poisons = widths.map { width in
      [false, true].map { symbol(.poison(widest: width, occasional: $0)) }.joined(separator: ", ")
    }
    let initializers = widths.map { symbol(.initialize(widest: $0)) }
    return lines + [
      "/* The routine to set, by widest enabled width, and whether the class includes the occasional components. */",
      "static inline const char *preempt_arch_poison(unsigned widest, int occasional) {",
      "  static const char *const routines[\(widths.count)][2] = {",
    ] + poisons.map { "    {\($0)}," } + [
      "  };", "  return routines[widest][occasional];", "}",
      "/* Initial state of everything that is wider than the narrowest class, where a width is enabled. */",
      "static inline void preempt_arch_initialize(unsigned widest) {",
      "  static void (*const functions[\(widths.count)])(void) = {\(initializers.joined(separator: ", "))};",
      "  functions[widest]();", "}", "",
    ]
  }

  // MARK: - Tables

  private func classTables() -> [String] {
    var lines = [
      "/* State classes, the narrowest first. */",
      "static const struct preempt_arch_class {",
      "  const char *name;",
      "  unsigned width; /* index */",
      "  int occasional; /* whether it includes the occasional components */",
      "  unsigned area_bytes, required_stack_bytes;",
      "} preempt_arch_classes[] = {",
    ]
    for stateClass in classes {
      let required = layout.requiredStackByteCount(
        of: stateClass, widest: widest, calleeByteCount: description.injection.calleeByteCount)
      lines.append(
        "  {\"\(stateClass.name)\", \(widths.firstIndex(of: stateClass.width)!), \(stateClass.includesOccasional ? 1 : 0), \(layout.areaByteCount(of: stateClass)), \(required)},"
      )
    }
    lines += [
      "};", "static const struct preempt_arch_width {", "  const char *name;", "  uint64_t components;",
      "} preempt_arch_widths[] = {",
    ]
    lines += widths.map { "  {\"\($0.name)\", \(hex($0.components))}," }
    lines += [
      "};", "/* By widest enabled width and class: the instructions of a probe between which everything is filled. */",
    ]
    for probe in description.probes {
      lines.append(
        "extern const char \(probe.symbol)_loop[], \(probe.symbol)_loop_end[] __attribute__((visibility(\"hidden\")));")
    }
    lines += [
      "static const struct preempt_arch_loop {", "  const char *start, *end;",
      "  unsigned instructions; /* of the whole probe */",
      "} preempt_arch_loops[\(widths.count)][\(classes.count)] = {",
    ]
    for width in widths {
      let row = classes.map { stateClass in
        description.probes.first { $0.stateClass == stateClass && $0.widest == width }.map {
          "{\($0.symbol)_loop, \($0.symbol)_loop_end, \($0.instructions.filter { !$0.text.hasSuffix(":") }.count)}"
        } ?? "{NULL, NULL, 0}"
      }
      lines.append("  {\(row.joined(separator: ", "))},")
    }
    return lines + ["};", ""]
  }

  private func fieldTable() -> [String] {
    let registers = Dictionary(uniqueKeysWithValues: description.registers.map { ($0.name, $0) })
    var lines = [
      "/* What user code may keep in the low bits of some bytes of a register. */",
      "struct preempt_arch_bits {",
      "  unsigned byte_count;",
      "  int is_initial_known; /* whether a class that doesn't cover the register leaves `initial` in it */",
      "  uint64_t free, set, compared, initial;",
      "};",
    ]
    let names = fieldNames
    func tableName(_ name: String) -> String {
      registers[name]!.bits == BitRun.any ? "preempt_arch_any_bits" : "preempt_arch_\(name)_bits"
    }
    for name in ["any"] + names where name == "any" || registers[name]!.bits != BitRun.any {
      let runs = name == "any" ? BitRun.any : registers[name]!.bits
      lines.append("static const struct preempt_arch_bits preempt_arch_\(name)_bits[] = {")
      lines += runs.map {
        "  {\($0.byteCount), \($0.initial == nil ? 0 : 1), \(hex($0.free)), \(hex($0.set)), \(hex($0.compared)), \(hex($0.initial ?? 0))},"
      }
      lines.append("};")
    }
    lines += [
      "/* The registers of an image and of what a stub saves. */",
      "static const struct preempt_arch_field {",
      "  const char *name;",
      "  const struct preempt_arch_bits *bits; /* repeated until the register ends */",
      "  unsigned bits_count;",
      "  int is_flags; /* those that a probe's path depends on */",
      "  int is_in_area; /* else in the frame */",
      "  int stands_in, stands_at; /* where a class doesn't cover it: field and byte that hold it too, or -1 */",
      "  unsigned image_offset[\(widths.count)], image_bytes[\(widths.count)]; /* by widest enabled width */",
      "  unsigned saved_bytes[\(classes.count)]; /* by class */",
      "  int saved_offset[\(classes.count)]; /* from the save area's start, or from the CFA */",
      "} preempt_arch_fields[] = {",
    ]
    for name in names {
      let register = registers[name]!
      var (standsIn, standsAt) = (-1, -1)
      if case .unlessOccasional(_, let offset) = register.byteCount,
        let holder = description.registers.first(where: {
          if case .whenOccasional = $0.byteCount { true } else { false }
        })
      {
        (standsIn, standsAt) = (names.firstIndex(of: holder.name)!, offset)
      }
      let inImage = widths.map { place(of: name, in: $0.withOccasional, or: $0) }
      let frameByteCount = layout.frameByteCount(widest: widest)
      let offsets = inImage.map {
        $0.map { $0.isInArea ? image.areaOffset + $0.offset : frameByteCount + $0.offset } ?? 0
      }
      let saved = classes.map { place(of: name, in: $0, or: nil) }
      let columns = [
        "\"\(name)\"", tableName(name), "\(register.bits.count)",
        "\(register.bank == .flags ? 1 : 0)", "\(layout.areaRegisters.contains { $0.name == name } ? 1 : 0)",
        "\(standsIn)", "\(standsAt)",
        braces(offsets), braces(inImage.map { $0?.byteCount ?? 0 }), braces(saved.map { $0?.byteCount ?? 0 }),
        braces(saved.map { $0?.offset ?? 0 }),
      ]
      lines.append("  {\(columns.joined(separator: ", "))},")
    }
    return lines + [
      "};", "enum { PREEMPT_ARCH_FIELDS = sizeof preempt_arch_fields / sizeof *preempt_arch_fields };", "",
    ]
  }

  /// Registers that the handler or the stub saves.
  private var fieldNames: [String] {
    let saved = Set(description.registers.filter(\.isSaved).map(\.name))
    return description.injection.registersWrittenByHandler.filter(saved.contains)
      + (layout.frameRegisters + layout.areaRegisters).map(\.name)
  }

  /// Where `stateClass` saves a register, in its frame or area; where it doesn't, and the register has a slot in the frame
  /// of `other`, that.
  private func place(
    of name: String, in stateClass: StateClass, or other: StateClass?
  ) -> (isInArea: Bool, offset: Int, byteCount: Int)? {
    if let offset = layout.offset(of: .register(name)) { return (false, offset, layout.abi.pointerByteCount) }
    for slot in layout.frameSlots(widest: widest) where slot.register.name == name {
      guard case .frame(let offset) = slot.place else { continue }
      let covered = max(slot.register.byteCount(in: stateClass), other.map { slot.register.byteCount(in: $0) } ?? 0)
      return covered > 0 ? (false, offset, covered) : nil
    }
    return layout.areaSlots(of: stateClass, widest: widest).first { $0.register.name == name }.map {
      (true, $0.displacement, $0.byteCount)
    }
  }

  private func braces(_ values: [Int]) -> String {
    "{" + values.map(String.init).joined(separator: ", ") + "}"
  }

  private func hex(_ value: UInt64) -> String { "0x" + String(value, radix: 16) + (value > 0xffff_ffff ? "ull" : "u") }
}
