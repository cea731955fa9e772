// Spellings, in GNU assembler syntax, and effects of the A32 instructions a stub is made of.
//
// The frame base is r11, the area register r0. What isn't in an integer register passes through r12, or through r0 once
// that is all that is left; each lies in its slot by then.

public import ArchPreempt

extension ARM {
  public static func save(_ slot: Slot) -> [Instruction] {
    let store = Effect.stores(slot.register.name, at: slot.place, byteCount: slot.byteCount)
    switch slot.register.bank {
    case .flags, .control:
      return [
        Instruction(slot.register.bank == .flags ? "mrs r12, APSR" : "vmrs r12, fpscr", [.clobbers("r12")]),
        Instruction("\(operation("str", slot)) r12, \(address(slot))", [store]),
      ]
    case .vector:
      return move("st", slot, store)
    default:
      return [Instruction("\(operation("str", slot)) \(slot.register.name), \(address(slot))", [store])]
    }
  }

  public static func restore(_ slot: Slot) -> [Instruction] {
    let name = slot.register.name
    let reload = Effect.reloads(name, from: slot.place, byteCount: slot.byteCount)
    let reads = Effect.reads(slot.place, byteCount: slot.byteCount)
    switch slot.register.bank {
    case .flags:
      return [
        Instruction("ldr r0, [sp]", [reads, .clobbers("r0")]),
        Instruction("msr APSR_nzcvqg, r0", [reload]),
      ] + adjustStackPointer(by: 4)
    case .control:
      return [
        Instruction("\(operation("ldr", slot)) r12, \(address(slot))", [reads, .clobbers("r12")]),
        Instruction("vmsr fpscr, r12", [reload]),
      ]
    case .vector:
      return move("ld", slot, reload)
    default:
      if injection.words.contains(.register(name)) {
        return [Instruction("ldr \(name), [sp], #4", [reload, .movesStackPointer(by: 4)])]
      }
      return [Instruction("\(operation("ldr", slot)) \(name), \(address(slot))", [reload])]
    }
  }

  /// Only mutants move half a register.
  private static func operation(_ mnemonic: String, _ slot: Slot) -> String {
    slot.byteCount == 2 ? mnemonic + "h" : mnemonic
  }

  /// `operation` is `ld` or `st`.
  private static func move(_ operation: String, _ slot: Slot, _ effect: Effect) -> [Instruction] {
    let number = Int(slot.register.name.dropFirst())!
    let isHalf = slot.byteCount == 4
    // Only mutants move halves, of which d16 and its like have none with a name, or are out of reach.
    guard slot.displacement % 4 == 0, !isHalf || number < 16 else {
      let text = isHalf ? "v\(operation)1.32 {d\(number)[0]}, [r12]" : "v\(operation)r d\(number), [r12]"
      return [add("r12", "r0", slot.displacement, [.clobbers("r12")]), Instruction(text, [effect])]
    }
    return [Instruction("v\(operation)r \(isHalf ? "s\(2 * number)" : "d\(number)"), \(address(slot))", [effect])]
  }

  private static func address(_ slot: Slot) -> String {
    switch slot.place {
    case .frame: memory("r11", slot.displacement)
    case .area: memory("r0", slot.displacement)
    }
  }

  private static func memory(_ base: String, _ displacement: Int) -> String {
    displacement == 0 ? "[\(base)]" : "[\(base), #\(displacement)]"
  }

  /// Leaves the flags alone.
  private static func add(_ to: String, _ from: String, _ constant: Int, _ effects: [Effect] = []) -> Instruction {
    Instruction("\(constant < 0 ? "sub" : "add") \(to), \(from), #\(abs(constant))", effects)
  }

  public static func initialize(
    _ registers: [(register: Register, from: Int)], symbolPrefix: String
  ) -> [Instruction] {
    registers.flatMap { register, from -> [Instruction] in
      let name = register.name
      let zero = Instruction("mov r12, #0", [.clobbers("r12")])
      switch register.bank {
      case .vector: return [zero, Instruction("vmov \(name), r12, r12", [.initializes(name)])]
      case .control: return [zero, Instruction("vmsr fpscr, r12", [.initializes(name)])]
      case .flags: return [Instruction("msr APSR_nzcvqg, #0", [.initializes(name), .clobbersFlags])]
      default: return []
      }
    }
  }

  public static func constants(symbolPrefix: String) -> [String] { [] }

  public static func adjustStackPointer(by byteCount: Int) -> [Instruction] {
    // An operand has eight bits, wherever they stand; only mutants have more.
    [byteCount % 256, byteCount / 256 * 256].filter { $0 != 0 }.map { add("sp", "sp", $0, [.movesStackPointer(by: $0)]) }
  }

  public static func perform(_ step: FrameStep) -> [Instruction] {
    switch step {
    case .establishFrameBase(let offset):
      [add("r11", "sp", offset, [.setsFrameBase(toStackPointerPlus: offset)])]
    case .align(let alignment):
      [Instruction("bic sp, sp, #\(alignment - 1)", [.alignsStackPointer(to: alignment)])]
    case .loadArea(let offset):
      [Instruction("ldr r0, \(memory("r11", offset))", [readsWord(offset), .clobbers("r0"), .loadsAreaAddress])]
    case .areaIsStackPointer(let offset):
      [add("r0", "sp", offset, [.clobbers("r0"), .loadsAreaAddress])]
    case .cutBack(let offset):
      [add("sp", "r11", offset, [.setsStackPointer(toFrameBasePlus: offset)])]
    case .resume(let byteCount):
      [
        Instruction(
          "ldr pc, [sp], #\(4 + byteCount)", [.resumes(popping: byteCount)],
          note: "bit 0 of the word says which instruction set")
      ]
    }
  }

  public static func call(_ symbol: String, contextAt offset: Int, reason: Int) -> [Instruction] {
    [
      Instruction("ldr r0, \(memory("r11", offset))", [readsWord(offset), .clobbers("r0")]),
      Instruction("mov r1, #\(reason)", [.clobbers("r1")]),
      Instruction("bl \(symbol)", [.calls(symbol), .clobbers("lr"), .loadsAreaAddress]),
    ]
  }

  private static func readsWord(_ displacement: Int) -> Effect {
    .reads(.frame(layout.frameBaseOffset + displacement), byteCount: abi.pointerByteCount)
  }

  // Probe: r0 = input image, r1 = output image, r2 = times around the loop. On its stack, from sp up: fpscr of the caller,
  // output image, loop counter, path, pattern of r1, d8 to d15, r4 to r11, lr.
  //
  // Parked: from sp up, image, routine, stack pointer at the call, r11, lr, the block to restore from.
  public static func probe(_ step: ProbeStep, image: ProbeImage) -> [Instruction] {
    func word(_ name: String) -> String { memory("r11", image.words[name]!) }
    func plain(_ lines: [String]) -> [Instruction] { lines.map { Instruction($0) } }
    let area = image.areaOffset - image.frameBaseOffset
    switch step {
    case .enter:
      return [
        Instruction(
          "push {r4-r11, lr}",
          [.movesStackPointer(by: -36)]
            + pushed.enumerated().map { .stores($1, at: .frame(-36 + 4 * $0), byteCount: 4) })
      ] + adjustStackPointer(by: -84) + plain((8...15).map { "vstr d\($0), [sp, #\(20 + 8 * ($0 - 8))]" })
        + plain([
          "vmrs r12, fpscr",
          "str r12, [sp]",
          "str r1, [sp, #4]",
          "str r2, [sp, #8]",
          "mov r12, #0",
          "str r12, [sp, #12]",
        ]) + [add("r11", "r0", image.frameBaseOffset), add("r0", "r0", image.areaOffset)]
        + plain(["ldr r12, \(word("cpsr"))", "msr APSR_nzcvqg, r12"])
    case .loadFrameBase:
      return [
        Instruction("ldr r0, \(word("r0"))", note: "every instruction from here on leaves the flags alone"),
        Instruction("ldr r11, [r11]"),
      ]
    case .spin:
      return [
        Instruction("1: str r1, [sp, #16]", note: "pattern out"),
        Instruction("ldr r1, [sp, #12]", note: "path in"),
        Instruction("add r1, r1, #1"),
      ]
        + zip(["pl", "ne", "cc", "vc"], 1...).flatMap { condition, bit in
          plain(["b\(condition) 2f", "add r1, r1, #\(1 << bit)", "2:"])
        } + [
          Instruction("str r1, [sp, #12]"),
          Instruction("ldr r1, [sp, #8]", note: "counter in"),
          Instruction("sub r1, r1, #1"),
          Instruction("uxth r1, r1", note: "no counter is larger, whatever was done to r1"),
          Instruction("str r1, [sp, #8]"),
          // No branch of A32's is on a register.
          Instruction("clz r1, r1"),
          Instruction("lsr r1, r1, #5", note: "1 at the end, else 0"),
          Instruction("sub r1, r1, #1"),
          Instruction("add pc, pc, r1, lsl #2", note: "to the next instruction, at the end to the one after"),
          Instruction("b 2f"),
          Instruction("b 3f"),
          Instruction("2: ldr r1, [sp, #16]", note: "pattern in"),
          Instruction("b 1b"),
          Instruction("3: ldr r1, [sp, #16]"),
        ]
    case .collect:
      return plain(["str r1, [sp, #16]", "ldr r1, [sp, #4]", "str r11, \(memory("r1", image.frameBaseOffset))"])
        + [add("r11", "r1", image.frameBaseOffset)]
        + plain(["str r0, \(word("r0"))", "mrs r1, APSR", "str r1, \(word("cpsr"))", "ldr r1, [sp, #16]"])
    case .areaIsOutput:
      return [add("r0", "r11", area)]
    case .leave:
      return plain(["ldr r12, [sp]", "vmsr fpscr, r12", "ldr r0, [sp, #12]", "mov r1, #0"])
        + plain((8...15).map { "vldr d\($0), [sp, #\(20 + 8 * ($0 - 8))]" }) + adjustStackPointer(by: 84) + [
          Instruction(
            "pop {r4-r11, lr}",
            pushed.enumerated().map { .reloads($1, from: .frame(-36 + 4 * $0), byteCount: 4) }
              + [.movesStackPointer(by: 36)]),
          Instruction("bx lr"),
        ]
    case .park:
      return adjustStackPointer(by: -24) + [
        Instruction("str r11, [sp, #12]", [.stores("r11", at: .frame(-12), byteCount: 4)]),
        Instruction("str lr, [sp, #16]", [.stores("lr", at: .frame(-8), byteCount: 4)]),
        add("r2", "sp", 24),
        Instruction("str r2, [sp, #8]"),
        Instruction("mov r2, sp"),
        Instruction("mov r11, sp", [.setsFrameBase(toStackPointerPlus: 0)]),
        Instruction("ldr r12, [r0, #4]"),
        Instruction("ldr sp, [r0]"),
        Instruction("blx r12"),
        Instruction("mov sp, r11", [.setsStackPointer(toFrameBasePlus: 0)]),
        Instruction("str r0, [sp, #20]"),
        Instruction("ldr r12, [sp, #4]"),
        Instruction("bx r12"),
      ]
    case .aimAtPoison:
      return [
        Instruction("ldr r0, [sp]"),
        add("r11", "r0", image.frameBaseOffset, [.clobbers("r11")]),
        add("r0", "r0", image.areaOffset),
      ] + plain(["ldr r12, \(word("cpsr"))", "msr APSR_nzcvqg, r12"])
    case .leavePoisoned:
      return [
        Instruction("ldr r0, [sp, #20]"),
        Instruction("ldr lr, [sp, #16]", [.reloads("lr", from: .frame(-8), byteCount: 4)]),
        Instruction("ldr r11, [sp, #12]", [.reloads("r11", from: .frame(-12), byteCount: 4)]),
      ] + adjustStackPointer(by: 24) + [Instruction("bx lr")]
    case .enabledComponents:
      return plain([
        "movw r2, #:lower16:\(StateClass.d32.components)", "movt r2, #:upper16:\(StateClass.d32.components)",
        "and r0, r0, r2", "mov r1, #0", "bx lr",
      ])
    case .returnToCaller:
      return [Instruction("bx lr")]
    case .copyString:
      return []
    case .misalignStack:
      // To four bytes, which is legal between two calls.
      return adjustStackPointer(by: -4) + plain(["str r0, [sp]", "add r0, r0, r0", "ldr r1, [sp]", "add r0, r0, r1"])
        + adjustStackPointer(by: 4) + [Instruction("bx lr")]
    }
  }

  private static let pushed = ["r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "lr"]
}
