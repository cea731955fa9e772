// Spellings, in GNU assembler syntax, and effects of the amd64 instructions a stub is made of.
//
// The frame base is rbp, the area register rax: the register in which a function returns its first result, so
// that the block to restore from arrives there when `preempt_mcall` returns.

public import ArchPreempt

extension AMD64 {
  public static func save(_ slot: Slot) -> [Instruction] {
    let name = slot.register.name
    if slot.register.bank == .flags {
      return [
        Instruction("pushfq", [.movesStackPointer(by: -8)]),
        Instruction(
          "popq \(address(slot))",
          [.stores(name, at: slot.place, byteCount: slot.byteCount), .movesStackPointer(by: 8)]),
      ]
    }
    return [
      Instruction(
        "\(operation(slot).store) \(operand(slot)), \(address(slot))",
        [.stores(name, at: slot.place, byteCount: slot.byteCount)]
          + (slot.register.bank == .registerStack ? [.initializes(name)] : []),
        note: slot.register.bank == .registerStack ? "and leaves the unit initialised" : nil)
    ]
    .map(withoutRegisterOperand(slot))
  }

  public static func restore(_ slot: Slot) -> [Instruction] {
    let name = slot.register.name
    if injection.words.contains(.register(name)) {
      // Popped: no register is free any more, and nothing below the stack pointer is safe to read.
      return [
        Instruction(
          name == "rflags" ? "popfq" : "popq %\(name)",
          [.reloads(name, from: slot.place, byteCount: 8), .movesStackPointer(by: 8)])
      ]
    }
    let isVex = slot.register.bank == .vector && slot.widest != .sse
    return [
      Instruction(
        "\(operation(slot).load) \(address(slot)), \(operand(slot))",
        [.reloads(name, from: slot.place, byteCount: slot.byteCount, zeroExtends: isVex)])
    ]
    .map(withoutRegisterOperand(slot))
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
    if slot.register.bank == .integer && slot.byteCount == 4 {
      return name.dropFirst().first!.isNumber ? "%\(name)d" : "%e\(name.dropFirst())"
    }
    guard slot.register.bank == .vector else { return "%" + name }
    let letter =
      switch slot.byteCount {
      case 64: "z"
      case 32: "y"
      default: "x"
      }
    return "%" + letter + name.dropFirst()
  }

  private static func address(_ slot: Slot) -> String {
    switch slot.place {
    case .frame: memory(slot.displacement, "rbp")
    case .area: memory(slot.displacement, "rax")
    }
  }

  private static func memory(_ displacement: Int, _ base: String) -> String {
    (displacement == 0 ? "" : String(displacement)) + "(%\(base))"
  }

  /// stmxcsr, fnstcw and fnsave have a memory operand only.
  private static func withoutRegisterOperand(_ slot: Slot) -> (Instruction) -> Instruction {
    { instruction in
      guard slot.register.bank == .control || slot.register.bank == .registerStack else { return instruction }
      let mnemonic = instruction.text.prefix { $0 != " " }
      return Instruction("\(mnemonic) \(address(slot))", instruction.effects, note: instruction.note)
    }
  }

  public static func initialize(
    _ registers: [(register: Register, from: Int)], symbolPrefix: String
  ) -> [Instruction] {
    var instructions: [Instruction] = []
    // One instruction does the uppers of xmm0 to xmm15, all of them or none.
    let uppers = registers.filter { $0.register.bank == .vector && $0.from > 0 }
    if !uppers.isEmpty {
      instructions.append(
        Instruction(
          "vzeroupper", uppers.map { .initializes($0.register.name, upperBytesFrom: $0.from) }))
    }
    for (register, from) in registers where from == 0 {
      let name = register.name
      let number = name.drop { !$0.isNumber }
      switch (register.bank, name) {
      case (.vector, _):
        let zmm = "%zmm\(number)"
        instructions.append(Instruction("vpxorq \(zmm), \(zmm), \(zmm)", [.initializes(name)]))
      case (.predicate, _):
        instructions.append(Instruction("kxorq %\(name), %\(name), %\(name)", [.initializes(name)]))
      case (.flags, _):
        instructions.append(Instruction("cld", [.initializes(name), .clobbersFlags], note: "psABI 3.2.1"))
      case (_, "mxcsr"):
        instructions.append(
          Instruction(
            "ldmxcsr \(symbolPrefix)_mxcsr(%rip)", [.initializes(name)]))
      case (_, "fcw"):
        instructions.append(
          Instruction(
            "fldcw \(symbolPrefix)_fcw(%rip)", [.initializes(name)]))
      default:
        break
      }
    }
    return instructions
  }

  /// The values a thread starts with: psABI 3.4.1, table 3.15 and MXCSR 0x1f80.
  public static func constants(symbolPrefix: String) -> [String] {
    ["\(symbolPrefix)_mxcsr: .long 0x1f80", "\(symbolPrefix)_fcw: .short 0x037f"]
  }

  public static func adjustStackPointer(by byteCount: Int) -> [Instruction] {
    // lea, because it leaves the flags alone wherever the generator puts it.
    [Instruction("leaq \(byteCount)(%rsp), %rsp", [.movesStackPointer(by: byteCount)])]
  }

  public static func perform(_ step: FrameStep) -> [Instruction] {
    switch step {
    case .establishFrameBase(let offset):
      [Instruction("leaq \(offset)(%rsp), %rbp", [.setsFrameBase(toStackPointerPlus: offset)])]
    case .align(let alignment):
      [Instruction("andq $-\(alignment), %rsp", [.alignsStackPointer(to: alignment), .clobbersFlags])]
    case .loadArea(let offset):
      [
        Instruction(
          "movq \(offset)(%rbp), %rax", [readsWord(offset), .clobbers("rax"), .loadsAreaAddress])
      ]
    case .areaIsStackPointer(let offset):
      [
        Instruction(
          offset == 0 ? "movq %rsp, %rax" : "leaq \(offset)(%rsp), %rax", [.clobbers("rax"), .loadsAreaAddress])
      ]
    case .cutBack(let offset):
      [Instruction("leaq \(offset)(%rbp), %rsp", [.setsStackPointer(toFrameBasePlus: offset)])]
    case .resume(let byteCount):
      [
        Instruction(
          "ret $\(byteCount)", [.resumes(popping: byteCount)],
          note: "pops the PC, then the red zone: the last read of the frame is the return itself")
      ]
    }
  }

  public static func call(_ symbol: String, contextAt offset: Int, reason: Int) -> [Instruction] {
    [
      Instruction("movq \(offset)(%rbp), %rdi", [readsWord(offset), .clobbers("rdi")]),
      Instruction("movl $\(reason), %esi", [.clobbers("rsi")]),
      Instruction("call \(symbol)", [.calls(symbol), .loadsAreaAddress]),
    ]
  }

  private static func readsWord(_ displacement: Int) -> Effect {
    .reads(.frame(layout.frameBaseOffset + displacement), byteCount: abi.pointerByteCount)
  }

  // Probe: rdi = input image, rsi = output image, rdx = times around the loop. On its stack, from rsp up: mxcsr and
  // x87 control word of the caller, output image, loop counter, path. The red zone below holds words of the input image.
  //
  // Parked: from rsp up, image, routine, stack pointer at the call, the stub's rbp, the block to restore from.
  public static func probe(_ step: ProbeStep, image: ProbeImage) -> [Instruction] {
    let flags = image.words["rflags"]!
    let area = image.areaOffset - image.frameBaseOffset
    // The red zone's highest word lies eight bytes below the CFA, which is this far above the frame base.
    let cfa = image.frameByteCount - image.frameBaseOffset
    let redZone = stride(from: 8, through: image.redZoneByteCount, by: 8)
    switch step {
    case .enter:
      return pushed.enumerated().map { index, register in
        Instruction(
          "pushq %\(register)",
          [
            .movesStackPointer(by: -8), .stores(register, at: .frame(-16 - 8 * index), byteCount: 8),
          ])
      } + adjustStackPointer(by: -32) + [
        Instruction("stmxcsr (%rsp)"),
        Instruction("fnstcw 4(%rsp)"),
        Instruction("movq %rsi, 8(%rsp)"),
        Instruction("movq %rdx, 16(%rsp)"),
        Instruction("movq $0, 24(%rsp)"),
        Instruction("leaq \(image.frameBaseOffset)(%rdi), %rbp"),
        Instruction("leaq \(image.areaOffset)(%rdi), %rax"),
        Instruction("pushq \(flags)(%rbp)", [.movesStackPointer(by: -8)]),
        Instruction(
          "popfq", [.movesStackPointer(by: 8)], note: "every instruction from here on leaves the flags alone"),
      ]
        + redZone.flatMap {
          [
            Instruction("movq \(memory(cfa - $0, "rbp")), %rcx"),
            Instruction("movq %rcx, -\($0)(%rsp)"),
          ]
        }
    case .loadFrameBase:
      return [Instruction("movq (%rbp), %rbp")]
    case .spin:
      return [
        Instruction("1: xchgq %rcx, 24(%rsp)", note: "path in, pattern out"),
        Instruction("leaq 1(%rcx), %rcx"),
      ]
        + zip(["nc", "np", "nz", "ns", "no"], 1...).flatMap { condition, bit in
          [
            Instruction("j\(condition) 2f"),
            Instruction("leaq \(1 << bit)(%rcx), %rcx"),
            Instruction("2:"),
          ]
        } + [
          Instruction("xchgq %rcx, 24(%rsp)", note: "pattern in, path out"),
          Instruction("xchgq %rcx, 16(%rsp)", note: "counter in, pattern out"),
          Instruction("leaq -1(%rcx), %rcx"),
          Instruction("movzwl %cx, %ecx", note: "no counter is larger, whatever was done to rcx"),
          Instruction("jrcxz 3f"),
          Instruction("xchgq %rcx, 16(%rsp)", note: "pattern in, counter out"),
          Instruction("jmp 1b"),
          Instruction("3: xchgq %rcx, 16(%rsp)"),
        ]
    case .collect:
      return [
        Instruction("movq %rcx, 16(%rsp)"),
        Instruction("movq 8(%rsp), %rcx"),
        Instruction("movq %rbp, \(image.frameBaseOffset)(%rcx)"),
        Instruction("leaq \(image.frameBaseOffset)(%rcx), %rbp"),
      ]
        + redZone.flatMap {
          [
            Instruction("movq -\($0)(%rsp), %rcx"),
            Instruction("movq %rcx, \(memory(cfa - $0, "rbp"))"),
          ]
        } + [
          Instruction("pushfq", [.movesStackPointer(by: -8)]),
          Instruction("popq \(flags)(%rbp)", [.movesStackPointer(by: 8)]),
          Instruction("movq 16(%rsp), %rcx"),
        ]
    case .areaIsOutput:
      return [Instruction("leaq \(area)(%rbp), %rax")]
    case .leave:
      return [
        Instruction("fninit"),
        Instruction("fldcw 4(%rsp)"),
        Instruction("ldmxcsr (%rsp)"),
        Instruction("movq 24(%rsp), %rax"),
      ] + adjustStackPointer(by: 32)
        + pushed.reversed().map {
          Instruction(
            "popq %\($0)",
            [
              .movesStackPointer(by: 8), .reloads($0, from: .frame(0), byteCount: 8),
            ])
        } + [Instruction("ret", [.resumes(popping: 0)])]
    case .park:
      return adjustStackPointer(by: -40) + [
        Instruction("movq %rbp, 24(%rsp)", [.stores("rbp", at: .frame(-24), byteCount: 8)]),
        Instruction("leaq 48(%rsp), %rdx"),
        Instruction("movq %rdx, 16(%rsp)"),
        Instruction("movq %rsp, %rdx"),
        Instruction("movq %rsp, %rbp", [.setsFrameBase(toStackPointerPlus: 0)]),
        Instruction("movq (%rdi), %rsp"),
        Instruction("call *8(%rdi)"),
        Instruction("movq %rbp, %rsp", [.setsStackPointer(toFrameBasePlus: 0)]),
        Instruction("movq %rax, 32(%rsp)"),
        Instruction("jmp *8(%rsp)"),
      ]
    case .aimAtPoison:
      return [
        Instruction("movq (%rsp), %rax"),
        Instruction("leaq \(image.frameBaseOffset)(%rax), %rbp", [.clobbers("rbp")]),
        Instruction("leaq \(image.areaOffset)(%rax), %rax"),
        Instruction("pushq \(flags)(%rbp)", [.movesStackPointer(by: -8)]),
        Instruction("popfq", [.movesStackPointer(by: 8)]),
      ]
    case .leavePoisoned:
      return [
        Instruction("movq 32(%rsp), %rax"),
        Instruction("movq 24(%rsp), %rbp", [.reloads("rbp", from: .frame(-24), byteCount: 8)]),
      ] + adjustStackPointer(by: 40) + [Instruction("ret", [.resumes(popping: 0)])]
    case .enabledComponents:
      // XCR0 where CPUID says the operating system uses XSAVE (leaf 1, ECX bit 27: Intel SDM volume 1, 13.2).
      return [
        Instruction("movq %rbx, %r8"),
        Instruction("movl $1, %eax"),
        Instruction("cpuid"),
        Instruction("movq %r8, %rbx"),
        Instruction("movl $\(StateClass.sse.components), %eax"),
        Instruction("btl $27, %ecx"),
        Instruction("jnc 1f"),
        Instruction("xorl %ecx, %ecx"),
        Instruction("xgetbv"),
        Instruction("shlq $32, %rdx"),
        Instruction("orq %rdx, %rax"),
        Instruction("1: ret"),
      ]
    case .returnToCaller:
      return [Instruction("ret", [.resumes(popping: 0)])]
    case .copyString:
      return [
        Instruction("movq %rdx, %rcx"),
        Instruction("rep movsb"),
        Instruction("ret", [.resumes(popping: 0)]),
      ]
    case .misalignStack:
      return adjustStackPointer(by: -19) + [
        Instruction("movq %rdi, 3(%rsp)"),
        Instruction("leaq (%rdi,%rdi), %rax"),
        Instruction("addq 3(%rsp), %rax"),
      ] + adjustStackPointer(by: 19) + [Instruction("ret", [.resumes(popping: 0)])]
    }
  }

  private static let pushed = ["rbp", "rbx", "r12", "r13", "r14", "r15"]
}
