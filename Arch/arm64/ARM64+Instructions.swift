// Spellings, in GNU assembler syntax, and effects of the arm64 instructions a stub is made of.
//
// What isn't in an integer register passes through x9, which lies in its slot by then, or will be reloaded from it.

public import ArchPreempt

extension ARM64Family {
  public static func save(_ slot: Slot) -> [Instruction] {
    switch slot.register.bank {
    case .flags, .control:
      [
        Instruction("mrs x9, \(slot.register.name)", [.clobbers("x9")]),
        Instruction("str\(width(slot)) \(integer("x9", slot.byteCount)), \(address(slot))", [slot.store]),
      ]
    default:
      outOfReach(slot) + [Instruction("str \(operand(slot)), \(address(slot))", [slot.store])]
    }
  }

  public static func restore(_ slot: Slot) -> [Instruction] {
    switch slot.register.bank {
    case .flags, .control:
      [
        Instruction(
          "ldr\(width(slot)) \(integer("x9", slot.byteCount)), \(address(slot))", [slot.read, .clobbers("x9")]),
        Instruction("msr \(slot.register.name), x9", [slot.reload]),
      ]
    default:
      outOfReach(slot) + [Instruction("ldr \(operand(slot)), \(address(slot))", [slot.reload])]
    }
  }

  private static func operand(_ slot: Slot) -> String {
    let name = slot.register.name
    guard slot.register.bank == .vector else { return integer(name, slot.byteCount) }
    return (slot.byteCount == 16 ? "q" : slot.byteCount == 8 ? "d" : "s") + name.dropFirst()
  }

  private static func integer(_ name: String, _ byteCount: Int) -> String {
    byteCount == 8 ? name : "w" + name.dropFirst()
  }

  /// How a store or load of so many bytes is spelled; two are only a mutant's.
  private static func width(_ slot: Slot) -> String { slot.byteCount == 2 ? "h" : "" }

  private static func address(_ slot: Slot) -> String {
    guard isInReach(slot) else { return "[x9]" }
    return slot.displacement == 0 ? "[\(slot.base)]" : "[\(slot.base), #\(slot.displacement)]"
  }

  /// A multiple of the byte count, or a signed byte; only mutants have others.
  private static func isInReach(_ slot: Slot) -> Bool {
    guard case .area = slot.place else { return true }
    return (-256...255).contains(slot.displacement) || slot.displacement >= 0 && slot.displacement % slot.byteCount == 0
  }

  private static func outOfReach(_ slot: Slot) -> [Instruction] {
    isInReach(slot) ? [] : spell(.add("x9", slot.base, slot.displacement), [.clobbers("x9")])
  }

  public static func initialize(
    _ registers: [(register: Register, from: Int)], symbolPrefix: String
  ) -> [Instruction] {
    registers.filter { $0.register.bank == .flags || $0.register.bank == .control }.map { register, _ in
      let flags: [Effect] = register.bank == .flags ? [.clobbersFlags] : []
      return Instruction("msr \(register.name), xzr", [.initializes(register.name)] + flags)
    }
  }

  public static func spell(_ operation: Operation) -> [Instruction] {
    switch operation {
    case .add(let target, let source, 0): ["mov \(target), \(source)"]
    case .add(let target, let source, let n) where n < 0: ["sub \(target), \(source), #\(-n)"]
    case .add(let target, let source, let n): ["add \(target), \(source), #\(n)"]
    case .constant(let target, let value): ["mov \(target), #\(value)"]
    case .align(let boundary): [Instruction("mov x9, sp", [.clobbers("x9")]), "and sp, x9, #-\(boundary)"]
    case .call(let symbol): ["bl \(symbol)"]
    case .callThrough(let register): ["blr \(register)"]
    case .jumpThrough(let register): [Instruction("ret \(register)", note: "br would have to land on a BTI")]
    case .returnToCaller: ["ret"]
    case .truncate(let register): ["and \(register), \(register), #0xffff"]
    case .jump(let label): ["b \(label)"]
    case .jumpIfZero(let register, let label): ["cbz \(register), \(label)"]
    }
  }

  public static var branchFlags: [BranchFlag] {
    [
      BranchFlag(PState.negative, jumpWhileClear: "b.pl"), BranchFlag(PState.zero, jumpWhileClear: "b.ne"),
      BranchFlag(PState.carry, jumpWhileClear: "b.cc"), BranchFlag(PState.overflow, jumpWhileClear: "b.vc"),
    ]
  }

  public static var enabledComponents: [Instruction] { ["and x0, x0, #\(StateClass.fpsimd.components)", "ret"] }
  public static var copyString: [Instruction] { [] }
}
