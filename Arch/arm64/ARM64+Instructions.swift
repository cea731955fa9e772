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
        Instruction("str \(integer("x9", slot.byteCount)), \(address(slot))", [store]),
      ]
    default:
      return [Instruction("str \(operand(slot)), \(address(slot))", [store])]
    }
  }

  public static func restore(_ slot: Slot) -> [Instruction] {
    let name = slot.register.name
    let reload = Effect.reloads(name, from: slot.place, byteCount: slot.byteCount)
    switch slot.register.bank {
    case .flags, .control:
      return [
        Instruction(
          "ldr \(integer("x9", slot.byteCount)), \(address(slot))",
          [.reads(slot.place, byteCount: slot.byteCount), .clobbers("x9")]),
        Instruction("msr \(name), x9", [reload]),
      ]
    default:
      return [Instruction("ldr \(operand(slot)), \(address(slot))", [reload])]
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

  private static func address(_ slot: Slot) -> String {
    switch slot.place {
    case .frame: memory("x29", slot.displacement)
    case .area: memory("x0", slot.displacement)
    }
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
    case .areaIsStackPointer:
      [Instruction("mov x0, sp", [.clobbers("x0"), .loadsAreaAddress])]
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

  public static func probe(_ step: ProbeStep, image: ProbeImage) -> [Instruction] { [] }
}
