// Spellings, in GNU assembler syntax, and effects of the riscv64 instructions a stub is made of.
//
// fcsr passes through t0, which the handler has stored.

public import ArchPreempt

extension RISCV64Family {
  public static func save(_ slot: Slot) -> [Instruction] {
    switch slot.register.bank {
    case .control:
      [Instruction("frcsr t0", [.clobbers("t0")]), Instruction("s\(width(slot)) t0, \(address(slot))", [slot.store])]
    case .vector: [Instruction("fs\(width(slot)) \(slot.register.name), \(address(slot))", [slot.store])]
    default: [Instruction("s\(width(slot)) \(slot.register.name), \(address(slot))", [slot.store])]
    }
  }

  public static func restore(_ slot: Slot) -> [Instruction] {
    switch slot.register.bank {
    case .control:
      [
        Instruction("l\(width(slot)) t0, \(address(slot))", [slot.read, .clobbers("t0")]),
        Instruction("fscsr t0", [slot.reload]),
      ]
    case .vector: [Instruction("fl\(width(slot)) \(slot.register.name), \(address(slot))", [slot.reload])]
    default: [Instruction("l\(width(slot)) \(slot.register.name), \(address(slot))", [slot.reload])]
    }
  }

  private static func width(_ slot: Slot) -> String { slot.byteCount == 8 ? "d" : slot.byteCount == 4 ? "w" : "h" }
  private static func address(_ slot: Slot) -> String { "\(slot.displacement)(\(slot.base))" }

  public static func initialize(
    _ registers: [(register: Register, from: Int)], symbolPrefix: String
  ) -> [Instruction] {
    registers.filter { $0.register.name == "fcsr" }.map { _ in Instruction("fscsr zero", [.initializes("fcsr")]) }
  }

  public static func spell(_ operation: Operation) -> [Instruction] {
    switch operation {
    case .add(let target, let source, 0): ["mv \(target), \(source)"]
    case .add(let target, let source, let n): ["addi \(target), \(source), \(n)"]
    case .constant(let target, let value): ["li \(target), \(value)"]
    case .align(let boundary): ["andi sp, sp, -\(boundary)"]
    case .call(let symbol): ["call \(symbol)"]
    case .callThrough(let register): ["jalr \(register)"]
    case .jumpThrough(let register): ["jr \(register)"]
    case .returnToCaller: ["ret"]
    case .truncate(let register): ["slli \(register), \(register), 48", "srli \(register), \(register), 48"]
    case .jump(let label): ["j \(label)"]
    case .jumpIfZero(let register, let label): ["beqz \(register), \(label)"]
    }
  }

  /// None: conditional jumps compare registers.
  public static var branchFlags: [BranchFlag] { [] }

  public static var enabledComponents: [Instruction] {
    ["li t0, \(StateClass.double.components | HWCAP.vector)", "and a0, a0, t0", "ret"]
  }
  public static var copyString: [Instruction] { [] }
}
