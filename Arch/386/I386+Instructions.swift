// Spellings, in GNU assembler syntax, and effects of the 386 instructions a stub is made of.
//
// No instruction reads data by its address, which would take a register to hold a GOT: none is free.

public import ArchPreempt

extension I386 {
  public static func save(_ slot: Slot) -> [Instruction] {
    switch slot.register.bank {
    case .flags:
      [
        Instruction("pushfl", [.movesStackPointer(by: -4)]),
        Instruction("popl \(address(slot))", [slot.store, .movesStackPointer(by: 4)]),
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
    case .flags where slot.isOnTop: return [Instruction("popfl", [slot.reload, .movesStackPointer(by: 4)])]
    case .flags:
      return [
        Instruction("pushl \(address(slot))", [slot.read, .movesStackPointer(by: -4)]),
        Instruction("popfl", [slot.reload, .movesStackPointer(by: 4)]),
      ]
    // No register is free any more, and nothing below the stack pointer is safe to read.
    case _ where slot.isOnTop:
      return [Instruction("popl %\(slot.register.name)", [slot.reload, .movesStackPointer(by: 4)])]
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
    case (.vector, _, _) where slot.widest != .sse: ("vmovdqu", "vmovdqu")
    case (.vector, _, _): ("movups", "movups")
    case (_, _, 2): ("movw", "movw")
    default: ("movl", "movl")
    }
  }

  private static func operand(_ slot: Slot) -> String {
    let name = slot.register.name
    switch (slot.register.bank, slot.byteCount) {
    case (.vector, 64): return "%z" + name.dropFirst()
    case (.vector, 32): return "%y" + name.dropFirst()
    case (.integer, 2): return "%" + name.dropFirst()
    default: return "%" + name
    }
  }

  private static func address(_ slot: Slot) -> String {
    (slot.displacement == 0 ? "" : String(slot.displacement)) + "(%\(slot.base))"
  }

  public static func initialize(
    _ registers: [(register: Register, from: Int)], symbolPrefix: String
  ) -> [Instruction] {
    // One instruction does the uppers of every vector register, all of them or none.
    let uppers = registers.filter { $0.register.bank == .vector && $0.from > 0 }.map {
      Effect.initializes($0.register.name, upperBytesFrom: $0.from)
    }
    let others = registers.filter { $0.from == 0 }.flatMap { register, _ -> [Instruction] in
      let name = register.name
      switch (register.bank, name) {
      case (.predicate, _): return [Instruction("kxorq %\(name), %\(name), %\(name)", [.initializes(name)])]
      case (.registerStack, _): return [Instruction("fninit", [.initializes(name)])]
      case (.flags, _): return [Instruction("cld", [.initializes(name), .clobbersFlags], note: "psABI 2.2.1")]
      case (_, "mxcsr"): return load("\(symbolPrefix)_mxcsr", by: "ldmxcsr", of: name)
      case (_, "fcw"): return load("\(symbolPrefix)_fcw", by: "fldcw", of: name)
      default: return []
      }
    }
    return (uppers.isEmpty ? [] : [Instruction("vzeroupper", uppers)]) + others
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

  public static func spell(_ operation: Operation) -> [Instruction] {
    switch operation {
    case .add(let target, let source, 0): ["movl %\(source), %\(target)"]
    // Not addl, which would change the flags.
    case .add(let target, let source, let n): ["leal \(n)(%\(source)), %\(target)"]
    case .constant(let target, let value): ["movl $\(value), %\(target)"]
    case .align(let boundary): [Instruction("andl $-\(boundary), %esp", [.clobbersFlags])]
    case .call(let symbol): ["call \(symbol)"]
    case .callThrough(let register): ["call *%\(register)"]
    case .jumpThrough(let register): ["jmp *%\(register)"]
    case .returnToCaller: ["ret"]
    case .truncate(let register): ["movzwl %\(register.dropFirst()), %\(register)"]
    case .jump(let label): ["jmp \(label)"]
    case .jumpIfZero(let register, let label): ["j\(register)z \(label)"]
    }
  }

  /// psABI 2.2.2 and 2.2.3: arguments on the stack, the last pushed first, their end at a 16-byte boundary. They stay there
  /// until the stack pointer is cut back.
  public static func call(_ symbol: String, contextAt offset: Int, reason: Int) -> [Instruction] {
    let context = Effect.reads(.frame(layout.frameBaseOffset + offset), byteCount: 4)
    return adjustStackPointer(by: 2 * 4 - abi.argumentByteCount) + [
      Instruction("pushl $\(reason)", [.movesStackPointer(by: -4)]),
      Instruction("pushl \(offset)(%ebp)", [context, .movesStackPointer(by: -4)]),
      Instruction("call \(symbol)", [.calls(symbol), .loadsAreaAddress]),
    ]
  }

  public static func resume(popping byteCount: Int) -> [Instruction] {
    [
      Instruction(
        byteCount == 0 ? "ret" : "ret $\(byteCount)", [.resumes(popping: byteCount)],
        note: "pops the PC: the last read of the frame is the return itself")
    ]
  }

  public static let branchFlags = [
    BranchFlag(EFlags.carry, jumpWhileClear: "jnc"), BranchFlag(EFlags.parity, jumpWhileClear: "jnp"),
    BranchFlag(EFlags.zero, jumpWhileClear: "jnz"), BranchFlag(EFlags.sign, jumpWhileClear: "jns"),
    BranchFlag(EFlags.overflow, jumpWhileClear: "jno"),
  ]

  /// XCR0 where CPUID says the operating system uses XSAVE (leaf 1, ECX bit 27: Intel SDM volume 1, 13.2).
  public static let enabledComponents: [Instruction] = [
    Instruction("pushl %ebx", [.movesStackPointer(by: -4), .stores("ebx", at: .frame(-8), byteCount: 4)]),
    "movl $1, %eax",
    "cpuid",
    Instruction("popl %ebx", [.movesStackPointer(by: 4), .reloads("ebx", from: .frame(-8), byteCount: 4)]),
    "movl $\(StateClass.sse.components), %eax",
    "xorl %edx, %edx",
    "btl $27, %ecx", "jnc 1f",
    "xorl %ecx, %ecx", "xgetbv",
    "1: ret",
  ]

  public static let copyString: [Instruction] = [
    Instruction("pushl %edi", [.movesStackPointer(by: -4), .stores("edi", at: .frame(-8), byteCount: 4)]),
    Instruction("pushl %esi", [.movesStackPointer(by: -4), .stores("esi", at: .frame(-12), byteCount: 4)]),
    "movl 12(%esp), %edi", "movl 16(%esp), %esi", "movl 20(%esp), %ecx",
    "rep movsb",
    Instruction("popl %esi", [.movesStackPointer(by: 4), .reloads("esi", from: .frame(-12), byteCount: 4)]),
    Instruction("popl %edi", [.movesStackPointer(by: 4), .reloads("edi", from: .frame(-8), byteCount: 4)]),
    "ret",
  ]
}
