// Spellings, in GNU assembler syntax, and effects of the A32 instructions a stub is made of.
//
// The frame base is r11, the area register r0. What isn't in an integer register passes through r12, which lies in its word.

public import ArchPreempt

extension ARM {
  public static func save(_ slot: Slot) -> [Instruction] {
    switch slot.register.bank {
    case .flags: through("mrs r12, APSR", slot)
    case .control: through("vmrs r12, fpscr", slot)
    case .vector: move("st", slot, slot.store)
    default: [Instruction("\(operation("str", slot)) \(slot.register.name), \(address(slot))", [slot.store])]
    }
  }

  public static func restore(_ slot: Slot) -> [Instruction] {
    switch slot.register.bank {
    case .flags: through(slot, "msr APSR_nzcvqg, r12") + (slot.isOnTop ? adjustStackPointer(by: 4) : [])
    case .control: through(slot, "vmsr fpscr, r12")
    case .vector: move("ld", slot, slot.reload)
    default:
      slot.isOnTop
        ? [Instruction("ldr \(slot.register.name), [sp], #4", [slot.reload, .movesStackPointer(by: 4)])]
        : [Instruction("\(operation("ldr", slot)) \(slot.register.name), \(address(slot))", [slot.reload])]
    }
  }

  private static func through(_ read: String, _ slot: Slot) -> [Instruction] {
    [
      Instruction(read, [.clobbers("r12")]),
      Instruction("\(operation("str", slot)) r12, \(address(slot))", [slot.store]),
    ]
  }

  private static func through(_ slot: Slot, _ write: String) -> [Instruction] {
    [
      Instruction(
        "\(operation("ldr", slot)) r12, \(slot.isOnTop ? "[sp]" : address(slot))", [slot.read, .clobbers("r12")]),
      Instruction(write, [slot.reload]),
    ]
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
      return spell(.add("r12", slot.base, slot.displacement), [.clobbers("r12")]) + [Instruction(text, [effect])]
    }
    return [Instruction("v\(operation)r \(isHalf ? "s\(2 * number)" : "d\(number)"), \(address(slot))", [effect])]
  }

  private static func address(_ slot: Slot) -> String { "[\(slot.base), #\(slot.displacement)]" }

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

  public static func spell(_ operation: Operation) -> [Instruction] {
    switch operation {
    case .add(let target, let source, let n) where abs(n) < 256 || n % 256 == 0:
      ["\(n < 0 ? "sub" : "add") \(target), \(source), #\(abs(n))"]
    case .add(let target, let source, let n):
      // An operand has eight bits, wherever they stand; only mutants have more.
      spell(.add(target, source, n / 256 * 256)) + spell(.add(target, target, n % 256))
    case .constant(let target, let value): ["mov \(target), #\(value)"]
    case .align(let boundary): ["bic sp, sp, #\(boundary - 1)"]
    case .call(let symbol): ["bl \(symbol)"]
    case .callThrough(let register): ["blx \(register)"]
    case .jumpThrough(let register): ["bx \(register)"]
    case .returnToCaller: ["bx lr"]
    case .truncate(let register): ["uxth \(register), \(register)"]
    case .jump(let label): ["b \(label)"]
    case .jumpIfZero(let register, let label):
      // No branch of A32's looks at a register, and flags must stay: so one place further for each leading zero after the 31st.
      [
        "clz \(register), \(register)",
        "lsr \(register), \(register), #5",
        "sub \(register), \(register), #1",
        Instruction("add pc, pc, \(register), lsl #2", note: "pc is two instructions ahead"),
        "b 4f",
        "b \(label)",
        "4:",
      ]
    }
  }

  public static func resume(popping byteCount: Int) -> [Instruction] {
    [
      Instruction(
        "ldr pc, [sp], #\(4 + byteCount)", [.resumes(popping: byteCount)],
        note: "bit 0 of the word says which instruction set")
    ]
  }

  public static let branchFlags = [
    BranchFlag(CPSR.negative, jumpWhileClear: "bpl"), BranchFlag(CPSR.zero, jumpWhileClear: "bne"),
    BranchFlag(CPSR.carry, jumpWhileClear: "bcc"), BranchFlag(CPSR.overflow, jumpWhileClear: "bvc"),
  ]

  public static let enabledComponents: [Instruction] = [
    "movw r2, #:lower16:\(StateClass.d32.components)", "movt r2, #:upper16:\(StateClass.d32.components)",
    "and r0, r0, r2", "mov r1, #0", "bx lr",
  ]

  public static let copyString: [Instruction] = []
}
