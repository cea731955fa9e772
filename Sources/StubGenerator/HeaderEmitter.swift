// preempt.h: the C view of a backend, for the runtime and for embedders without Swift.

import ArchPreempt

struct HeaderEmitter {
  let description: BackendDescription
  private var prefix: String { description.symbolPrefix }
  private var layout: SaveLayout { description.layout }
  private var widest: StateClass { description.widestClass }
  private var widths: [StateClass] { description.stateClasses.filter { !$0.includesOccasional } }

  func text() -> String {
    let injection = description.injection
    var lines = [GeneratedFiles.mark("/*", " */", description.name), ""]
    lines += [
      "#ifndef PREEMPT_\(description.name.uppercased())_H", "#define PREEMPT_\(description.name.uppercased())_H",
      // The CPU alone: importers of the header don't see the define that selects what is assembled.
      "#if \(description.guardExpression)", "",
      "#include <stddef.h>", "#include <stdint.h>", "#include <ucontext.h>", "",
      "#ifdef __swift__",
      "#define PREEMPT_SIGNAL_SAFE __attribute__((swift_attr(\"@_noAllocation\"))) __attribute__((swift_attr(\"@_noLocks\")))",
      "#else", "#define PREEMPT_SIGNAL_SAFE", "#endif", "",
      "#ifdef __cplusplus", "#define PREEMPT_ASSERT(condition, text) static_assert(condition, text)",
      "extern \"C\" {", "#else", "#define PREEMPT_ASSERT(condition, text) _Static_assert(condition, text)", "#endif",
      "",
    ]
    lines += frame() + classes() + entries()
    lines += accessor("pc", injection.programCounter)
    lines += accessor("sp", injection.stackPointer)
    if let flags = injection.flags {
      lines += accessor("flags", flags)
    } else {
      lines += [
        "static inline PREEMPT_SIGNAL_SAFE uint64_t \(prefix)_flags(const ucontext_t *context) { (void)context; return 0; }"
      ]
    }
    for field in injection.contextFields {
      lines.append(
        "PREEMPT_ASSERT(offsetof(ucontext_t, \(field.member)) == \(field.byteOffset), \"\(field.register) in ucontext_t\");"
      )
    }
    lines.append(
      "PREEMPT_ASSERT(offsetof(ucontext_t, uc_sigmask) == \(injection.signalMaskByteOffset), \"uc_sigmask in ucontext_t\");"
    )
    if let live = injection.liveState { lines += liveClass(live) } else { lines += liveClass(injection.liveRecords) }
    lines += inject()
    if case .signalReturn(let frame) = injection.returnSequence { lines += signalFrame(frame) }
    lines += probes()
    lines += ["#ifdef __cplusplus", "}", "#endif", "#undef PREEMPT_ASSERT", "", "#endif", "#endif", ""]
    return lines.joined(separator: "\n")
  }

  // MARK: - Layout

  private func frame() -> [String] {
    var fields = layout.frameSlots(widest: widest).map { ($0.register.name, $0.place, $0.byteCount) }
    fields += layout.words.map { ($0.name, .frame(layout.offset(of: $0)!), description.abi.pointerByteCount) }
    func offset(_ place: Place) -> Int {
      switch place {
      case .frame(let value), .area(let value): value
      }
    }
    fields.sort { offset($0.1) < offset($1.1) }
    let start = -layout.frameByteCount(widest: widest)
    var lines = [
      "/* The frame of an injected call, from its lowest address; the red zone follows, then the CFA. */",
      "struct \(prefix)_frame {",
    ]
    var cursor = start
    var asserts: [String] = []
    for (name, place, byteCount) in fields {
      if offset(place) > cursor { lines.append("  uint8_t padding_\(cursor - start)[\(offset(place) - cursor)];") }
      lines.append("  \(Self.integer(byteCount)) \(name);")
      asserts.append(
        "PREEMPT_ASSERT(offsetof(struct \(prefix)_frame, \(name)) == \(offset(place) - start), \"\(name) in the frame\");"
      )
      cursor = offset(place) + byteCount
    }
    if layout.abi.redZoneByteCount > 0 { lines.append("  uint8_t red_zone[\(layout.abi.redZoneByteCount)];") }
    asserts.append("PREEMPT_ASSERT(sizeof(struct \(prefix)_frame) == \(-start), \"frame with red zone\");")
    return lines + ["};"] + asserts + [""]
  }

  private func classes() -> [String] {
    var lines: [String] = []
    for stateClass in description.stateClasses {
      let type = "struct \(prefix)_state_\(stateClass.name)"
      let slots = layout.areaSlots(of: stateClass, widest: stateClass)
      lines.append(
        "/* Save area of class \(stateClass.name), index \(description.stateClasses.firstIndex(of: stateClass)!). */")
      lines.append("\(type) {")
      for slot in slots { lines.append("  uint8_t \(slot.register.name)[\(slot.byteCount)];") }
      lines.append("};")
      for slot in slots {
        lines.append(
          "PREEMPT_ASSERT(offsetof(\(type), \(slot.register.name)) == \(slot.displacement), \"\(slot.register.name) in class \(stateClass.name)\");"
        )
      }
      lines += [
        "PREEMPT_ASSERT(sizeof(\(type)) == \(layout.areaByteCount(of: stateClass)), \"class \(stateClass.name)\");", "",
      ]
    }
    if layout.extendedPlacement == .stack {
      lines += [
        "/* Extended state lies on the task's stack: what a task holds off it is empty. */",
        "#ifdef __cplusplus /* where an empty struct has one byte, about which clang warns in C linkage */",
        "extern \"C++\" { struct \(prefix)_extended_state {}; }", "#else", "struct \(prefix)_extended_state {};",
        "PREEMPT_ASSERT(sizeof(struct \(prefix)_extended_state) == 0, \"a task holds nothing off its stack\");",
        "#endif", "",
      ]
    } else {
      lines += [
        "/* What a task holds off its stack: a save area's address with the class index in its low bits, or zero. */",
        "struct \(prefix)_extended_state { uintptr_t bits; };",
        "PREEMPT_ASSERT(sizeof(struct \(prefix)_extended_state) == sizeof(void *), \"one word a task\");", "",
      ]
    }
    return lines
  }

  // MARK: - Entry points

  private func entries() -> [String] {
    var lines = description.stubs.map { "extern const char \($0.symbol)[] __attribute__((visibility(\"hidden\")));" }
    lines += [
      "",
      "/* The stub for a live class on a machine whose widest enabled width is `widest` (0 \(widths[0].name), …), or NULL. */",
      "static inline PREEMPT_SIGNAL_SAFE const char *\(prefix)_entry(unsigned state_class, unsigned widest) {",
      "  static const char *const entries[\(widths.count)][\(description.stateClasses.count)] = {",
    ]
    for width in widths {
      let row = description.stateClasses.map { stateClass in
        description.stubs.first { $0.stateClass == stateClass && $0.widest == width }?.symbol ?? "NULL"
      }
      lines.append("    {\(row.joined(separator: ", "))},")
    }
    return lines + [
      "  };",
      "  return state_class < \(description.stateClasses.count) && widest < \(widths.count) ? entries[widest][state_class] : NULL;",
      "}", "",
      "/* Index of the widest width that the enabled state components cover, or -1. */",
      "static inline PREEMPT_SIGNAL_SAFE int \(prefix)_widest(uint64_t enabled) {",
    ]
      + widths.enumerated().reversed().map { index, width in
        "  if ((enabled & \(Self.hex(width.components))) == \(Self.hex(width.components))) return \(index);"
      } + ["  return -1;", "}", ""]
  }

  /// A register of the signal context has the pointer's size.
  private var word: String { Self.integer(description.abi.pointerByteCount) }

  private func accessor(_ name: String, _ field: ContextField) -> [String] {
    [
      "static inline PREEMPT_SIGNAL_SAFE uint64_t \(prefix)_\(name)(const ucontext_t *context) {",
      "  \(word) value;", "  __builtin_memcpy(&value, (const char *)context + \(field.byteOffset), sizeof value);",
      "  return value;", "}",
      "static inline PREEMPT_SIGNAL_SAFE void \(prefix)_set_\(name)(ucontext_t *context, \(word) value) {",
      "  __builtin_memcpy((char *)context + \(field.byteOffset), &value, sizeof value);", "}",
    ]
  }

  private func liveClass(_ live: LiveStateSource) -> [String] {
    let occasional = widths[0].occasionalComponents
    var lines = [
      "",
      "/* Index of the narrowest class that covers what is live in the signal frame; the widest enabled one where the",
      "   frame has no valid extended state; -1 where a component is live that no class covers. */",
      "static inline PREEMPT_SIGNAL_SAFE int \(prefix)_live_class(const ucontext_t *context, uint64_t enabled) {",
      "  \(word) context_flags; uint64_t live, features; const unsigned char *state; uint32_t magic, byte_count, extended_byte_count;",
      "  int widest = \(prefix)_widest(enabled);",
      "  if (widest < 0) return -1;",
      "  __builtin_memcpy(&context_flags, (const char *)context + \(live.contextFlagsOffset), sizeof context_flags);",
      "  __builtin_memcpy(&state, (const char *)context + \(live.statePointerOffset), sizeof state);",
      "  if (!state) return \(index("widest", "1"));",
    ]
    if occasional != 0 { lines.append("  int occasional = \(isOccasionalLive(live));") }
    lines += [
      "  if (!(context_flags & \(Self.hex(live.extendedStateFlag)))) return \(index("widest", "occasional"));"
    ]
    if live.imageOffset > 0 { lines.append("  state += \(live.imageOffset);") }
    lines += [
      "  __builtin_memcpy(&magic, state + \(live.firstMagicOffset), sizeof magic);",
      "  __builtin_memcpy(&extended_byte_count, state + \(live.extendedByteCountOffset), sizeof extended_byte_count);",
      "  __builtin_memcpy(&features, state + \(live.featuresOffset), sizeof features);",
      "  __builtin_memcpy(&byte_count, state + \(live.stateByteCountOffset), sizeof byte_count);",
      "  if (magic != \(Self.hex(UInt64(live.firstMagic))) || byte_count < \(live.minimumStateByteCount) || byte_count > 65536",
      "      || extended_byte_count < byte_count + \(live.imageOffset + 4) || extended_byte_count > byte_count + \(live.imageOffset + 64)) return \(index("widest", "occasional"));",
      "  __builtin_memcpy(&magic, state + byte_count, sizeof magic);",
      "  if (magic != \(Self.hex(UInt64(live.secondMagic)))) return \(index("widest", "occasional"));",
      "  __builtin_memcpy(&live, state + \(live.liveComponentsOffset), sizeof live);",
      "  if (live & ~features) return -1;",
      "  live &= ~(uint64_t)\(Self.hex(live.ignoredComponents | occasional));",
    ]
    for (index, width) in widths.enumerated() {
      lines.append(
        "  if (!(live & ~(uint64_t)\(Self.hex(width.components)))) return \(index) <= widest ? \(self.index("\(index)", "occasional")) : -1;"
      )
    }
    return lines + ["  return -1;", "}", ""]
  }

  private func isOccasionalLive(_ live: LiveStateSource) -> String {
    let tags = live.emptyOccasionalTags.enumerated().map { "state[\(live.occasionalTagOffset + $0)] != \($1)" }
    let status = (0..<2).map { "state[\(live.occasionalStatusOffset + $0)] != 0" }
    return (tags + status).joined(separator: " || ")
  }

  private func liveClass(_ records: SignalRecords?) -> [String] {
    var lines = [
      "",
      "/* Index of the class that covers what is live in the signal frame; -1 where a component is live that none covers. */",
      "static inline PREEMPT_SIGNAL_SAFE int \(prefix)_live_class(const ucontext_t *context, uint64_t enabled) {",
      "  if (\(prefix)_widest(enabled) < 0) return -1;",
    ]
    guard let records else {
      return lines + ["  (void)context;", "  return \(index("\(prefix)_widest(enabled)", "1"));", "}", ""]
    }
    if records.onlyWith != 0 {
      lines += [
        "  if (!(enabled & \(Self.hex(records.onlyWith)))) return 0;",
        "  /* A frame that ends before its records, at the top of the handler's stack, says nothing about what is live. */",
        "  uintptr_t depth = (uintptr_t)context - (uintptr_t)context->uc_stack.ss_sp, size = context->uc_stack.ss_size;",
        "  if (depth < size && size - depth < \(records.byteOffset + records.byteCount)) return -1;",
      ]
    }
    lines += [
      "  const char *record = (const char *)context + \(records.byteOffset), *end = record + \(records.byteCount);",
      "  while (record + 8 <= end) {",
      "    uint32_t magic, byte_count;\(records.meanings.values.contains { if case .liveUnlessZero = $0 { true } else { false } } ? " uint64_t value;" : "")",
      "    __builtin_memcpy(&magic, record, sizeof magic);",
      "    __builtin_memcpy(&byte_count, record + 4, sizeof byte_count);",
      "    if (magic == 0) return 0;",
      "    if (byte_count < 8 || byte_count > (uintptr_t)(end - record)) return -1;",
      "    switch (magic) {",
    ]
    for (magic, meaning) in records.meanings.sorted(by: { $0.key < $1.key }) {
      let label = "    case \(Self.hex(UInt64(magic))):"
      switch meaning {
      case .covered: lines.append(label + " break;")
      case .liveBeyond(let byteCount): lines.append(label + " if (byte_count > \(byteCount)) return -1; break;")
      case .liveUnlessZero(let offset):
        lines += [
          label, "      if (byte_count < \(offset + 8)) return -1;",
          "      __builtin_memcpy(&value, record + \(offset), sizeof value);", "      if (value) return -1;",
          "      break;",
        ]
      }
    }
    return lines + ["    default: return -1;", "    }", "    record += byte_count;", "  }", "  return -1;", "}", ""]
  }

  /// What the kernel takes back: filled from a task's frame and save area, slot by slot as the layout has them.
  private func signalFrame(_ frame: SignalFrame) -> [String] {
    let injection = description.injection
    let fields = Dictionary(
      injection.contextFields.map { ($0.register, $0.byteOffset) }, uniquingKeysWith: { first, _ in first })
    var lines = [
      "/* The signal frame from which the kernel resumes a task, because no instruction does: filled in on the M that is",
      "   to resume it, whose own alternate stack and signal mask (eight bytes) go with it. `cfa` is the interrupted stack",
      "   pointer, `area` the save area, NULL where that is on the stack. preempt_mcall returns the frame's address to the",
      "   stub. It lies on the M's system stack, in use until the kernel has read it: a handler without SA_ONSTACK then",
      "   has that stack's room below it. */",
      "#define \(prefix.uppercased())_SIGNAL_FRAME_BYTES \(frame.byteCount)",
      "static inline void *\(prefix)_fill_signal_frame(void *signal_frame, uint64_t cfa, const void *area, unsigned state_class,",
      "                                                 const stack_t *stack, const void *signal_mask) {",
      "  const char *frame = (const char *)(uintptr_t)cfa; char *context = (char *)signal_frame + \(frame.contextByteOffset);",
    ]
    if !frame.marks.isEmpty {
      let marks = frame.marks.sorted { $0.key < $1.key }.map { Self.hex(UInt64($0.value)) }
      lines.append("  const uint32_t marks[] = {\(marks.joined(separator: ", "))};")
    }
    lines += [
      "  __builtin_memset(signal_frame, 0, \(frame.byteCount));",
      "  __builtin_memcpy(context + \(frame.stackByteOffset), stack, sizeof *stack);",
      "  __builtin_memcpy(context + \(injection.signalMaskByteOffset), signal_mask, 8);",
    ]
    func copy(_ place: Int, _ source: String, _ byteCount: Int) {
      lines.append("  __builtin_memcpy(context + \(place), \(source), \(byteCount));")
    }
    for (index, mark) in frame.marks.keys.sorted().enumerated() { copy(mark, "&marks[\(index)]", 4) }
    copy(injection.stackPointer.byteOffset, "&cfa", description.abi.pointerByteCount)
    for word in layout.words {
      let place =
        switch word {
        case .programCounter: injection.programCounter.byteOffset as Int?
        case .register(let name): fields[name]
        case .saveArea, .context: nil as Int?
        }
      if let place { copy(place, "frame - \(-layout.offset(of: word)!)", description.abi.pointerByteCount) }
    }
    for slot in layout.frameSlots(widest: widest) {
      guard case .frame(let offset) = slot.place,
        let place = fields[slot.register.name] ?? frame.places[slot.register.name]
      else { continue }
      copy(place, "frame - \(-offset)", slot.byteCount)
    }
    for (name, instruction) in frame.threadRegisters.sorted(by: { $0.key < $1.key }) {
      guard let place = fields[name] else { continue }
      lines += ["  uintptr_t \(name);", "  __asm__ volatile(\"\(instruction)\" : \"=r\"(\(name)));"]
      copy(place, "&\(name)", description.abi.pointerByteCount)
    }
    lines += ["  const char *state = (const char *)area;", "  switch (state_class) {"]
    for (index, stateClass) in description.stateClasses.enumerated() {
      lines.append("  case \(index):")
      if layout.extendedPlacement == .stack {
        let bottom = layout.frameByteCount(widest: widest) + layout.areaOnStackByteCount(of: stateClass)
        lines.append(
          "  state = (const char *)(uintptr_t)((cfa - \(bottom)) & -(uint64_t)\(layout.callAlignmentByteCount));")
      }
      for slot in layout.areaSlots(of: stateClass, widest: widest) {
        guard let place = frame.places[slot.register.name] else { continue }
        copy(place, "state + \(slot.displacement)", slot.byteCount)
      }
      lines.append("  break;")
    }
    return lines + ["  }", "  return signal_frame;", "}", ""]
  }

  private func inject() -> [String] {
    var lines = [
      "/* Makes the interrupted context call the stub when the handler returns. `area` is the save area, NULL where the",
      "   layout keeps it on the stack; `switch_context` is handed to preempt_mcall. The caller has checked that the",
      "   stack has room. */",
      "static inline PREEMPT_SIGNAL_SAFE void \(prefix)_inject(ucontext_t *context, const char *entry, void *area, void *switch_context) {",
      "  \(word) top = \(prefix)_sp(context) - \(layout.abi.redZoneByteCount);",
    ]
    if description.injection.returnSequence == .branchThroughMemory {
      lines += [
        "  /* The stub's last instruction reads below the stack pointer, so no handler may run on a task's stack; this one's",
        "     stack says how they are installed. */",
        "  uintptr_t depth = (uintptr_t)__builtin_frame_address(0) - (uintptr_t)context->uc_stack.ss_sp;",
        "  if (depth >= context->uc_stack.ss_size) __builtin_trap();",
      ]
    }
    for (index, entry) in layout.words.enumerated() {
      let value =
        switch entry {
        case .programCounter where description.injection.instructionSetFlag != 0:
          "\(prefix)_pc(context) | !!(\(prefix)_flags(context) & \(Self.hex(description.injection.instructionSetFlag)))"
        case .programCounter: "\(prefix)_pc(context)"
        case .saveArea: "(\(word))(uintptr_t)area"
        case .context: "(\(word))(uintptr_t)switch_context"
        case .register(let name):
          "*(const \(word) *)((const char *)context + \(description.injection.contextFields.first { $0.register == name }!.byteOffset))"
        }
      lines.append("  ((\(word) *)(uintptr_t)top)[-\(index + 1)] = \(value);")
    }
    return lines + [
      "  \(prefix)_set_sp(context, top - \(layout.words.count * description.abi.pointerByteCount));"
    ]
      + (description.injection.flags == nil
        ? []
        : [
          "  \(prefix)_set_flags(context, \(prefix)_flags(context) & ~(uint64_t)\(Self.hex(description.injection.clearedFlags)));"
        ]) + [
        "  \(prefix)_set_pc(context, (\(word))(uintptr_t)entry);", "}", "",
      ]
  }

  private func probes() -> [String] {
    let image = ProbeImage(layout: layout, widest: widest)
    var lines = [
      "/* Conformance probes: fill every register of a class from `in`, go round a loop, store every register to `out`.",
      "   An image is a frame, padding to \(SaveLayout.areaAlignmentByteCount) bytes, and a save area of the widest class. */",
      "#define \(prefix.uppercased())_PROBE_AREA_OFFSET \(image.areaOffset)",
      "typedef uint64_t \(prefix)_probe_function(const void *in, void *out, uint64_t times);",
      "#define \(prefix.uppercased())_PROBE_LOOP_LIMIT \(ProbeImage.loopLimit)", "",
      "/* What a probe returns: the path its loop took, which depends on the flags it was filled with. */",
      "static inline uint64_t \(prefix)_probe_path(uint64_t flags, uint64_t times) {",
      "  uint64_t step = 1;",
    ]
    if description.branchFlags.isEmpty { lines.append("  (void)flags;") }
    for (index, flag) in description.branchFlags.enumerated() {
      lines.append("  if (flags & \(Self.hex(flag.mask))) step += \(1 << (index + 1));")
    }
    lines += ["  return times * step;", "}", ""]
    lines += description.probes.map {
      "extern \(prefix)_probe_function \($0.symbol) __attribute__((visibility(\"hidden\")));"
    }
    lines += [
      "static inline \(prefix)_probe_function *\(prefix)_probe(unsigned state_class, unsigned widest) {",
      "  static \(prefix)_probe_function *const probes[\(widths.count)][\(description.stateClasses.count)] = {",
    ]
    for width in widths {
      let row = description.stateClasses.map { stateClass in
        description.probes.first { $0.stateClass == stateClass && $0.widest == width }?.symbol ?? "NULL"
      }
      lines.append("    {\(row.joined(separator: ", "))},")
    }
    return lines + [
      "  };",
      "  return state_class < \(description.stateClasses.count) && widest < \(widths.count) ? probes[widest][state_class] : NULL;",
      "}", "",
    ]
  }

  /// The class index as a C expression: each width is followed by itself with its occasional components.
  private func index(_ width: String, _ occasional: String) -> String {
    widths[0].occasionalComponents == 0 ? width : "\(width) * 2 + \(occasional)"
  }

  private static func integer(_ byteCount: Int) -> String {
    switch byteCount {
    case 1: "uint8_t";
    case 2: "uint16_t";
    case 4: "uint32_t";
    default: "uint64_t"
    }
  }

  private static func hex(_ value: UInt64) -> String {
    "0x" + String(value, radix: 16) + "u" + (value > 0xffff_ffff ? "ll" : "")
  }
}
