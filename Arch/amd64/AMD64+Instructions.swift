// Spellings, in GNU assembler syntax, and effects of the amd64 instructions a stub is made of.

public import ArchPreempt

extension AMD64 {
  public static func save(_ slot: Slot) -> [Instruction] {
    switch slot.register.bank {
    case .flags:
      [
        Instruction("pushfq", [.movesStackPointer(by: -8)]),
        Instruction("popq \(address(slot))", [slot.store, .movesStackPointer(by: 8)]),
      ]
    case .registerStack:
      [
        Instruction(
          "fnsave \(address(slot))", [slot.store, .initializes(slot.register.name)],
          note: "and leaves the unit initialised")
      ]
    case .control: [Instruction("\(operation(slot).store) \(address(slot))", [slot.store])]
    default: [Instruction("\(operation(slot).store) \(operand(slot)), \(address(slot))", [slot.store])]
    }
  }

  public static func restore(_ slot: Slot) -> [Instruction] {
    switch slot.register.bank {
    case .flags where slot.isOnTop: return [Instruction("popfq", [slot.reload, .movesStackPointer(by: 8)])]
    case .flags:
      return [
        Instruction("pushq \(address(slot))", [slot.read, .movesStackPointer(by: -8)]),
        Instruction("popfq", [slot.reload, .movesStackPointer(by: 8)]),
      ]
    // No register is free any more, and nothing below the stack pointer is safe to read.
    case _ where slot.isOnTop:
      return [Instruction("popq %\(slot.register.name)", [slot.reload, .movesStackPointer(by: 8)])]
    case .control, .registerStack: return [Instruction("\(operation(slot).load) \(address(slot))", [slot.reload])]
    default:
      let text = "\(operation(slot).load) \(address(slot)), \(operand(slot))"
      let isVEX = slot.register.bank == .vector && slot.widest != .sse
      return [Instruction(text, [slot.reload(zeroExtends: isVEX)])]
    }
  }

  private static func operation(_ slot: Slot) -> (store: String, load: String) {
    switch (slot.register.bank, slot.register.name, slot.byteCount) {
    case (_, "mxcsr", _): ("stmxcsr", "ldmxcsr")
    case (_, "fcw", _): ("fnstcw", "fldcw")
    case (.registerStack, _, _): ("fnsave", "frstor")
    case (.predicate, _, 4): ("kmovd", "kmovd")
    case (.predicate, _, _): ("kmovq", "kmovq")
    case (.vector, _, 64): ("vmovdqu64", "vmovdqu64")
    case (.vector, _, _) where slot.register.byteCount(in: .avx) == 0: ("vmovdqu64", "vmovdqu64")
    case (.vector, _, _) where slot.widest != .sse: ("vmovdqu", "vmovdqu")
    case (.vector, _, _): ("movups", "movups")
    case (_, _, 4): ("movl", "movl")
    default: ("movq", "movq")
    }
  }

  private static func operand(_ slot: Slot) -> String {
    let name = slot.register.name
    switch (slot.register.bank, slot.byteCount) {
    case (.vector, 64): return "%z" + name.dropFirst()
    case (.vector, 32): return "%y" + name.dropFirst()
    case (.integer, 4): return doubleword(name)
    default: return "%" + name
    }
  }

  private static func doubleword(_ name: String) -> String {
    name.dropFirst().first!.isNumber ? "%\(name)d" : "%e\(name.dropFirst())"
  }

  private static func address(_ slot: Slot) -> String { memory(slot.displacement, slot.base) }

  private static func memory(_ displacement: Int, _ base: String) -> String {
    (displacement == 0 ? "" : String(displacement)) + "(%\(base))"
  }

  public static func initialize(
    _ registers: [(register: Register, from: Int)], symbolPrefix: String
  ) -> [Instruction] {
    // One instruction does the uppers of xmm0 to xmm15, all of them or none.
    let uppers = registers.filter { $0.register.bank == .vector && $0.from > 0 }.map {
      Effect.initializes($0.register.name, upperBytesFrom: $0.from)
    }
    let others = registers.filter { $0.from == 0 }.flatMap { register, _ -> [Instruction] in
      let name = register.name
      switch (register.bank, name) {
      case (.vector, _):
        let zmm = "%zmm" + name.dropFirst(3)
        return [Instruction("vpxorq \(zmm), \(zmm), \(zmm)", [.initializes(name)])]
      case (.predicate, _): return [Instruction("kxorq %\(name), %\(name), %\(name)", [.initializes(name)])]
      case (.registerStack, _): return [Instruction("fninit", [.initializes(name)])]
      case (.flags, _): return [Instruction("cld", [.initializes(name), .clobbersFlags], note: "psABI 3.2.1")]
      case (_, "mxcsr"): return [Instruction("ldmxcsr \(symbolPrefix)_mxcsr(%rip)", [.initializes(name)])]
      case (_, "fcw"): return [Instruction("fldcw \(symbolPrefix)_fcw(%rip)", [.initializes(name)])]
      default: return []
      }
    }
    return (uppers.isEmpty ? [] : [Instruction("vzeroupper", uppers)]) + others
  }

  /// The values a thread starts with: psABI 3.4.1, table 3.15 and MXCSR 0x1f80.
  public static func constants(symbolPrefix: String) -> [String] {
    ["\(symbolPrefix)_mxcsr: .long 0x1f80", "\(symbolPrefix)_fcw: .short 0x037f"]
  }

  public static func spell(_ operation: Operation) -> [Instruction] {
    switch operation {
    case .add(let target, let source, 0): ["movq %\(source), %\(target)"]
    // Not addq, which would change the flags.
    case .add(let target, let source, let n): ["leaq \(n)(%\(source)), %\(target)"]
    case .constant(let target, let value): ["movl $\(value), \(doubleword(target))"]
    case .align(let boundary): [Instruction("andq $-\(boundary), %rsp", [.clobbersFlags])]
    case .call(let symbol): ["call \(symbol)"]
    case .callThrough(let register): ["call *%\(register)"]
    case .jumpThrough(let register): ["jmp *%\(register)"]
    case .returnToCaller: ["ret"]
    case .truncate(let register): ["movzwl %\(register.dropFirst()), \(doubleword(register))"]
    case .jump(let label): ["jmp \(label)"]
    case .jumpIfZero(let register, let label): ["j\(register)z \(label)"]
    }
  }

  public static func resume(popping byteCount: Int) -> [Instruction] {
    [
      Instruction(
        "ret $\(byteCount)", [.resumes(popping: byteCount)],
        note: "pops the PC, then the red zone: the last read of the frame is the return itself")
    ]
  }

  public static let branchFlags = [
    BranchFlag(RFlags.carry, jumpWhileClear: "jnc"), BranchFlag(RFlags.parity, jumpWhileClear: "jnp"),
    BranchFlag(RFlags.zero, jumpWhileClear: "jnz"), BranchFlag(RFlags.sign, jumpWhileClear: "jns"),
    BranchFlag(RFlags.overflow, jumpWhileClear: "jno"),
  ]

  /// XCR0 where CPUID says the operating system uses XSAVE (leaf 1, ECX bit 27: Intel SDM volume 1, 13.2).
  public static let enabledComponents: [Instruction] = [
    "movq %rbx, %r8",
    "movl $1, %eax",
    "cpuid",
    "movq %r8, %rbx",
    "movl $\(StateClass.sse.components), %eax",
    "btl $27, %ecx", "jnc 1f",
    "xorl %ecx, %ecx", "xgetbv",
    "shlq $32, %rdx", "orq %rdx, %rax",
    "1: ret",
  ]

  public static let copyString: [Instruction] = ["movq %rdx, %rcx", "rep movsb", "ret"]
}
