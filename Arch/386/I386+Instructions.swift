// Spellings, in GNU assembler syntax, and effects of the 386 instructions a stub is made of.
//
// The frame base is ebp, the area register eax: the register in which a function returns its first result, so
// that the block to restore from arrives there when `preempt_mcall` returns. No instruction reads data by its address:
// the code is the same wherever it is loaded, and no register is free to hold a GOT.

public import ArchPreempt

extension I386 {
  public static func save(_ slot: Slot) -> [Instruction] {
    let name = slot.register.name
    if slot.register.bank == .flags {
      return [
        Instruction("pushfl", [.movesStackPointer(by: -4)]),
        Instruction(
          "popl \(address(slot))",
          [.stores(name, at: slot.place, byteCount: slot.byteCount), .movesStackPointer(by: 4)]),
      ]
    }
    let isStack = slot.register.bank == .registerStack
    return [
      Instruction(
        "\(operation(slot).store) \(operand(slot))\(address(slot))",
        [.stores(name, at: slot.place, byteCount: slot.byteCount)] + (isStack ? [.initializes(name)] : []),
        note: isStack ? "and leaves the unit initialised" : nil)
    ]
  }

  public static func restore(_ slot: Slot) -> [Instruction] {
    let name = slot.register.name
    if injection.words.contains(.register(name)) {
      // Popped: no register is free any more, and nothing below the stack pointer is safe to read.
      return [
        Instruction(
          name == "eflags" ? "popfl" : "popl %\(name)",
          [.reloads(name, from: slot.place, byteCount: 4), .movesStackPointer(by: 4)])
      ]
    }
    let isVex = slot.register.bank == .vector && slot.widest != .sse
    let operand = operand(slot)
    return [
      Instruction(
        "\(operation(slot).load) \(address(slot))\(operand.isEmpty ? "" : ", " + operand.dropLast(2))",
        [.reloads(name, from: slot.place, byteCount: slot.byteCount, zeroExtends: isVex)])
    ]
  }

  private static func operation(_ slot: Slot) -> (store: String, load: String) {
    switch (slot.register.bank, slot.register.name, slot.byteCount) {
    case (_, "mxcsr", _): ("stmxcsr", "ldmxcsr")
    case (_, "fcw", _): ("fnstcw", "fldcw")
    case (.registerStack, _, _): ("fnsave", "frstor")
    case (.predicate, _, 4): ("kmovd", "kmovd")
    case (.predicate, _, _): ("kmovq", "kmovq")
    case (.vector, _, 64): ("vmovdqu64", "vmovdqu64")
    case (.vector, _, _) where slot.widest != .sse: ("vmovdqu", "vmovdqu")
    case (.vector, _, _): ("movups", "movups")
    case (_, _, 2): ("movw", "movw")
    default: ("movl", "movl")
    }
  }

  /// The register operand and a comma; nothing where an instruction has a memory operand only.
  private static func operand(_ slot: Slot) -> String {
    let name = slot.register.name
    switch (slot.register.bank, slot.byteCount) {
    case (.control, _), (.registerStack, _): return ""
    case (.vector, 64): return "%z\(name.dropFirst()), "
    case (.vector, 32): return "%y\(name.dropFirst()), "
    case (.integer, 2): return "%\(name.dropFirst()), "
    default: return "%\(name), "
    }
  }

  private static func address(_ slot: Slot) -> String {
    switch slot.place {
    case .frame: memory(slot.displacement, "ebp")
    case .area: memory(slot.displacement, "eax")
    }
  }

  private static func memory(_ displacement: Int, _ base: String) -> String {
    (displacement == 0 ? "" : String(displacement)) + "(%\(base))"
  }

  public static func initialize(
    _ registers: [(register: Register, from: Int)], symbolPrefix: String
  ) -> [Instruction] {
    var instructions: [Instruction] = []
    // One instruction does the uppers of every vector register, all of them or none.
    let uppers = registers.filter { $0.register.bank == .vector && $0.from > 0 }
    if !uppers.isEmpty {
      instructions.append(
        Instruction("vzeroupper", uppers.map { .initializes($0.register.name, upperBytesFrom: $0.from) }))
    }
    for (register, from) in registers where from == 0 {
      let name = register.name
      switch (register.bank, name) {
      case (.predicate, _):
        instructions.append(Instruction("kxorq %\(name), %\(name), %\(name)", [.initializes(name)]))
      case (.flags, _):
        instructions.append(Instruction("cld", [.initializes(name), .clobbersFlags], note: "psABI 2.2.1"))
      case (_, "mxcsr"):
        instructions += load("\(symbolPrefix)_mxcsr", by: "ldmxcsr", of: name)
      case (_, "fcw"):
        instructions += load("\(symbolPrefix)_fcw", by: "fldcw", of: name)
      default:
        break
      }
    }
    return instructions
  }

  /// Through the stack, because both instructions have a memory operand only.
  private static func load(_ constant: String, by mnemonic: String, of register: String) -> [Instruction] {
    [
      Instruction("pushl $\(constant)", [.movesStackPointer(by: -4)]),
      Instruction("\(mnemonic) (%esp)", [.initializes(register)]),
    ] + adjustStackPointer(by: 4)
  }

  /// The values a thread starts with: psABI 2.3.1 and MXCSR 0x1f80. Operands, not data.
  public static func constants(symbolPrefix: String) -> [String] {
    ["\(symbolPrefix)_mxcsr = 0x1f80", "\(symbolPrefix)_fcw = 0x037f"]
  }

  public static func adjustStackPointer(by byteCount: Int) -> [Instruction] {
    // lea, because it leaves the flags alone wherever the generator puts it.
    [Instruction("leal \(byteCount)(%esp), %esp", [.movesStackPointer(by: byteCount)])]
  }

  public static func perform(_ step: FrameStep) -> [Instruction] {
    switch step {
    case .establishFrameBase(let offset):
      [Instruction("leal \(offset)(%esp), %ebp", [.setsFrameBase(toStackPointerPlus: offset)])]
    case .align(let alignment):
      [Instruction("andl $-\(alignment), %esp", [.alignsStackPointer(to: alignment), .clobbersFlags])]
    case .loadArea(let offset):
      [Instruction("movl \(offset)(%ebp), %eax", [readsWord(offset), .clobbers("eax"), .loadsAreaAddress])]
    case .areaIsStackPointer(let offset):
      [
        Instruction(
          offset == 0 ? "movl %esp, %eax" : "leal \(offset)(%esp), %eax", [.clobbers("eax"), .loadsAreaAddress])
      ]
    case .cutBack(let offset):
      [Instruction("leal \(offset)(%ebp), %esp", [.setsStackPointer(toFrameBasePlus: offset)])]
    case .resume(let byteCount):
      [
        Instruction(
          byteCount == 0 ? "ret" : "ret $\(byteCount)", [.resumes(popping: byteCount)],
          note: "pops the PC: the last read of the frame is the return itself")
      ]
    }
  }

  /// psABI 2.2.2 and 2.2.3: arguments on the stack, the last pushed first, their end at a 16-byte boundary. They stay there
  /// until the stack pointer is cut back.
  public static func call(_ symbol: String, contextAt offset: Int, reason: Int) -> [Instruction] {
    adjustStackPointer(by: 2 * 4 - abi.argumentByteCount) + [
      Instruction("pushl $\(reason)", [.movesStackPointer(by: -4)]),
      Instruction("pushl \(offset)(%ebp)", [readsWord(offset), .movesStackPointer(by: -4)]),
      Instruction("call \(symbol)", [.calls(symbol), .loadsAreaAddress]),
    ]
  }

  private static func readsWord(_ displacement: Int) -> Effect {
    .reads(.frame(layout.frameBaseOffset + displacement), byteCount: abi.pointerByteCount)
  }
}
