// Spellings, in GNU assembler syntax, and effects of the arm64 instructions a stub is made of.
//
// The frame base is x29, the area register x0. What isn't in an integer register passes through x9, which lies in its
// slot by then, or will be reloaded from it.

public import ArchPreempt

extension ARM64Family {
  public static func save(_ slot: Slot) -> [Instruction] {
    let name = slot.register.name
    let store = Effect.stores(name, at: slot.place, byteCount: slot.byteCount)
    switch slot.register.bank {
    case .flags, .control:
      return [
        Instruction("mrs x9, \(name)", [.clobbers("x9")]),
        Instruction("str\(width(slot)) \(integer("x9", slot.byteCount)), \(address(slot))", [store]),
      ]
    default:
      return outOfReach(slot) + [Instruction("str \(operand(slot)), \(address(slot))", [store])]
    }
  }

  public static func restore(_ slot: Slot) -> [Instruction] {
    let name = slot.register.name
    let reload = Effect.reloads(name, from: slot.place, byteCount: slot.byteCount)
    switch slot.register.bank {
    case .flags, .control:
      return [
        Instruction(
          "ldr\(width(slot)) \(integer("x9", slot.byteCount)), \(address(slot))",
          [.reads(slot.place, byteCount: slot.byteCount), .clobbers("x9")]),
        Instruction("msr \(name), x9", [reload]),
      ]
    default:
      return outOfReach(slot) + [Instruction("ldr \(operand(slot)), \(address(slot))", [reload])]
    }
  }

  private static func operand(_ slot: Slot) -> String {
    let name = slot.register.name
    guard slot.register.bank == .vector else { return integer(name, slot.byteCount) }
    let letter =
      switch slot.byteCount {
      case 16: "q"
      case 8: "d"
      default: "s"
      }
    return letter + name.dropFirst()
  }

  private static func integer(_ name: String, _ byteCount: Int) -> String {
    byteCount == 8 ? name : "w" + name.dropFirst()
  }

  /// How a store or load of so many bytes is spelled; two are only a mutant's.
  private static func width(_ slot: Slot) -> String {
    slot.byteCount == 2 ? "h" : ""
  }

  private static func address(_ slot: Slot) -> String {
    switch slot.place {
    case .frame: memory("x29", slot.displacement)
    case .area: isInReach(slot) ? memory("x0", slot.displacement) : "[x9]"
    }
  }

  /// A multiple of the byte count, or a signed byte; only mutants have others.
  private static func isInReach(_ slot: Slot) -> Bool {
    (-256...255).contains(slot.displacement) || slot.displacement >= 0 && slot.displacement % slot.byteCount == 0
  }

  private static func outOfReach(_ slot: Slot) -> [Instruction] {
    guard case .area = slot.place, !isInReach(slot) else { return [] }
    return [Instruction(add("x9", "x0", slot.displacement), [.clobbers("x9")])]
  }

  private static func memory(_ base: String, _ displacement: Int) -> String {
    displacement == 0 ? "[\(base)]" : "[\(base), #\(displacement)]"
  }

  private static func add(_ target: String, _ source: String, _ byteCount: Int) -> String {
    byteCount == 0
      ? "mov \(target), \(source)" : "\(byteCount < 0 ? "sub" : "add") \(target), \(source), #\(abs(byteCount))"
  }

  public static func initialize(
    _ registers: [(register: Register, from: Int)], symbolPrefix: String
  ) -> [Instruction] {
    registers.filter { $0.register.bank == .flags || $0.register.bank == .control }.map { register, _ in
      let flags: [Effect] = register.bank == .flags ? [.clobbersFlags] : []
      return Instruction("msr \(register.name), xzr", [.initializes(register.name)] + flags)
    }
  }

  public static func constants(symbolPrefix: String) -> [String] { [] }

  public static func adjustStackPointer(by byteCount: Int) -> [Instruction] {
    [Instruction(add("sp", "sp", byteCount), [.movesStackPointer(by: byteCount)])]
  }

  public static func perform(_ step: FrameStep) -> [Instruction] {
    switch step {
    case .establishFrameBase(let offset):
      [Instruction(add("x29", "sp", offset), [.setsFrameBase(toStackPointerPlus: offset)])]
    case .align(let alignment):
      [
        Instruction("mov x9, sp", [.clobbers("x9")]),
        Instruction("and sp, x9, #-\(alignment)", [.alignsStackPointer(to: alignment)]),
      ]
    case .loadArea(let offset):
      [Instruction("ldr x0, \(memory("x29", offset))", [readsWord(offset), .clobbers("x0"), .loadsAreaAddress])]
    case .areaIsStackPointer(let offset):
      [Instruction(offset == 0 ? "mov x0, sp" : add("x0", "sp", offset), [.clobbers("x0"), .loadsAreaAddress])]
    case .cutBack(let offset):
      [Instruction(add("sp", "x29", offset), [.setsStackPointer(toFrameBasePlus: offset)])]
    case .resume(let popping):
      resume(popping: popping)
    }
  }

  private static func resume(popping byteCount: Int) -> [Instruction] {
    guard case .branchThrough(let register, _) = returnSequence else {
      return [
        Instruction("mov sp, x0", [.leavesStack], note: "the signal frame that preempt_mcall returned"),
        Instruction("mov x8, #139", [.clobbers("x8")], note: "rt_sigreturn"),
        Instruction("svc #0", [.returnsFromSignal]),
      ]
    }
    let word = -byteCount - abi.pointerByteCount
    return [
      Instruction(
        "ldr \(register), \(memory("sp", word - layout.entryOffset))",
        [.loadsProgramCounter(into: register, from: .frame(word))])
    ] + adjustStackPointer(by: -layout.entryOffset) + [
      Instruction("ret \(register)", [.resumesThrough(register)], note: "br would have to land on a BTI")
    ]
  }

  public static func call(_ symbol: String, contextAt offset: Int, reason: Int) -> [Instruction] {
    let result: [Effect] = returnSequence == .signalReturn(signalFrame) ? [] : [.loadsAreaAddress]
    return [
      Instruction("ldr x0, \(memory("x29", offset))", [readsWord(offset), .clobbers("x0")]),
      Instruction("mov x1, #\(reason)", [.clobbers("x1")]),
      Instruction("bl \(symbol)", [.calls(symbol), .clobbers("x30")] + result),
    ]
  }

  private static func readsWord(_ displacement: Int) -> Effect {
    .reads(.frame(layout.frameBaseOffset + displacement), byteCount: abi.pointerByteCount)
  }

  // Probe: x0 = input image, x1 = output image, x2 = times around the loop. On its stack, from sp up: fpcr of the caller,
  // output image, loop counter, path, pattern of x9, padding, what a callee keeps.
  //
  // Parked: from sp up, image, routine, stack pointer at the call, the stub's x29 and x30, the block to restore from.
  public static func probe(_ step: ProbeStep, image: ProbeImage) -> [Instruction] {
    func word(_ name: String) -> String { memory("x29", image.words[name]!) }
    switch step {
    case .enter:
      return adjustStackPointer(by: -keptByteCount)
        + kept.map { register, offset in
          Instruction(
            "str \(register), [sp, #\(offset)]",
            register.hasPrefix("d") ? [] : [.stores(register, at: .frame(offset - keptByteCount), byteCount: 8)])
        } + [
          Instruction("mrs x9, fpcr"),
          Instruction("str x9, [sp]"),
          Instruction("str x1, [sp, #8]"),
          Instruction("str x2, [sp, #16]"),
          Instruction("str xzr, [sp, #24]"),
          Instruction("add x29, x0, #\(image.frameBaseOffset)"),
          Instruction("add x0, x0, #\(image.areaOffset)"),
          Instruction("ldr x30, \(word("x30"))"),
          Instruction("ldr x9, \(word("nzcv"))"),
          Instruction("msr nzcv, x9", note: "every instruction from here on leaves the flags alone"),
        ]
    case .loadFrameBase:
      return [Instruction("ldr x29, [x29]")]
    case .spin:
      return [
        Instruction("1: str x9, [sp, #32]", note: "pattern out"),
        Instruction("ldr x9, [sp, #24]", note: "path in"),
        Instruction("add x9, x9, #1"),
      ]
        + zip(["pl", "ne", "cc", "vc"], 1...).flatMap { condition, bit in
          [
            Instruction("b.\(condition) 2f"),
            Instruction("add x9, x9, #\(1 << bit)"),
            Instruction("2:"),
          ]
        } + [
          Instruction("str x9, [sp, #24]"),
          Instruction("ldr x9, [sp, #16]", note: "counter in"),
          Instruction("sub x9, x9, #1"),
          Instruction("and x9, x9, #\(ProbeImage.loopLimit)", note: "no counter is larger, whatever was done to x9"),
          Instruction("str x9, [sp, #16]"),
          Instruction("cbz x9, 3f"),
          Instruction("ldr x9, [sp, #32]", note: "pattern in"),
          Instruction("b 1b"),
          Instruction("3: ldr x9, [sp, #32]"),
        ]
    case .collect:
      return [
        Instruction("str x9, [sp, #32]"),
        Instruction("ldr x9, [sp, #8]"),
        Instruction("str x29, [x9, #\(image.frameBaseOffset)]"),
        Instruction("add x29, x9, #\(image.frameBaseOffset)"),
        Instruction("str x30, \(word("x30"))"),
        Instruction("mrs x9, nzcv"),
        Instruction("str x9, \(word("nzcv"))"),
        Instruction("ldr x9, [sp, #32]"),
      ]
    case .areaIsOutput:
      return [Instruction("add x0, x29, #\(image.areaOffset - image.frameBaseOffset)")]
    case .leave:
      return [
        Instruction("ldr x9, [sp]"),
        Instruction("msr fpcr, x9"),
        Instruction("ldr x0, [sp, #24]"),
      ]
        + kept.reversed().map { register, offset in
          Instruction(
            "ldr \(register), [sp, #\(offset)]",
            register.hasPrefix("d") ? [] : [.reloads(register, from: .frame(offset - keptByteCount), byteCount: 8)])
        } + adjustStackPointer(by: keptByteCount) + [Instruction("ret")]
    case .park:
      return adjustStackPointer(by: -48) + [
        Instruction("str x29, [sp, #24]", [.stores("x29", at: .frame(-24), byteCount: 8)]),
        Instruction("str x30, [sp, #32]", [.stores("x30", at: .frame(-16), byteCount: 8)]),
        Instruction("add x2, sp, #48"),
        Instruction("str x2, [sp, #16]"),
        Instruction("mov x2, sp"),
        Instruction("mov x29, sp", [.setsFrameBase(toStackPointerPlus: 0)]),
        Instruction("ldp x9, x10, [x0]"),
        Instruction("mov sp, x9"),
        Instruction("blr x10"),
        Instruction("mov sp, x29", [.setsStackPointer(toFrameBasePlus: 0)]),
        Instruction("str x0, [sp, #40]"),
        Instruction("ldr x9, [sp, #8]"),
        Instruction("ret x9"),
      ]
    case .aimAtPoison:
      return [
        Instruction("ldr x0, [sp]"),
        Instruction("add x29, x0, #\(image.frameBaseOffset)", [.clobbers("x29")]),
        Instruction("add x0, x0, #\(image.areaOffset)"),
        Instruction("ldr x9, \(word("nzcv"))"),
        Instruction("msr nzcv, x9"),
      ]
    case .leavePoisoned:
      return [
        Instruction("ldr x0, [sp, #40]"),
        Instruction("ldr x30, [sp, #32]", [.reloads("x30", from: .frame(-16), byteCount: 8)]),
        Instruction("ldr x29, [sp, #24]", [.reloads("x29", from: .frame(-24), byteCount: 8)]),
      ] + adjustStackPointer(by: 48) + [Instruction("ret")]
    case .enabledComponents:
      return [Instruction("and x0, x0, #\(StateClass.fpsimd.components)"), Instruction("ret")]
    case .returnToCaller:
      return [Instruction("ret")]
    case .copyString, .misalignStack:
      return []
    }
  }

  private static var keptByteCount: Int { 208 }

  /// What a callee keeps, and where a probe does.
  private static var kept: [(register: String, offset: Int)] {
    ((19...30).map { "x\($0)" } + (8...15).map { "d\($0)" }).enumerated().map { ($1, 48 + 8 * $0) }
  }
}
