// Spellings, in GNU assembler syntax, and effects of the riscv64 instructions a stub is made of.
//
// The frame base is s0, the area register a0. fcsr passes through t0, which the handler has stored.

public import ArchPreempt

extension RISCV64Family {
  public static func save(_ slot: Slot) -> [Instruction] {
    let name = slot.register.name
    let store = Effect.stores(name, at: slot.place, byteCount: slot.byteCount)
    if slot.register.bank == .control {
      return [
        Instruction("frcsr t0", [.clobbers("t0")]),
        Instruction("s\(width(slot)) t0, \(address(slot))", [store]),
      ]
    }
    return [
      Instruction("\(slot.register.bank == .vector ? "f" : "")s\(width(slot)) \(name), \(address(slot))", [store])
    ]
  }

  public static func restore(_ slot: Slot) -> [Instruction] {
    let name = slot.register.name
    let reload = Effect.reloads(name, from: slot.place, byteCount: slot.byteCount)
    if slot.register.bank == .control {
      return [
        Instruction(
          "l\(width(slot)) t0, \(address(slot))", [.reads(slot.place, byteCount: slot.byteCount), .clobbers("t0")]),
        Instruction("fscsr t0", [reload]),
      ]
    }
    return [
      Instruction("\(slot.register.bank == .vector ? "f" : "")l\(width(slot)) \(name), \(address(slot))", [reload])
    ]
  }

  private static func width(_ slot: Slot) -> String {
    switch slot.byteCount {
    case 8: "d"
    case 4: "w"
    default: "h"
    }
  }

  private static func address(_ slot: Slot) -> String {
    switch slot.place {
    case .frame: "\(slot.displacement)(s0)"
    case .area: "\(slot.displacement)(a0)"
    }
  }

  public static func initialize(
    _ registers: [(register: Register, from: Int)], symbolPrefix: String
  ) -> [Instruction] {
    registers.filter { $0.register.name == "fcsr" }.map { _ in Instruction("fscsr zero", [.initializes("fcsr")]) }
  }

  public static func constants(symbolPrefix: String) -> [String] { [] }

  public static func adjustStackPointer(by byteCount: Int) -> [Instruction] {
    [Instruction("addi sp, sp, \(byteCount)", [.movesStackPointer(by: byteCount)])]
  }

  public static func perform(_ step: FrameStep) -> [Instruction] {
    switch step {
    case .establishFrameBase(let offset):
      [Instruction("addi s0, sp, \(offset)", [.setsFrameBase(toStackPointerPlus: offset)])]
    case .align(let alignment):
      [Instruction("andi sp, sp, -\(alignment)", [.alignsStackPointer(to: alignment)])]
    case .loadArea(let offset):
      [Instruction("ld a0, \(offset)(s0)", [readsWord(offset), .clobbers("a0"), .loadsAreaAddress])]
    case .areaIsStackPointer:
      [Instruction("mv a0, sp", [.clobbers("a0"), .loadsAreaAddress])]
    case .cutBack(let offset):
      [Instruction("addi sp, s0, \(offset)", [.setsStackPointer(toFrameBasePlus: offset)])]
    case .resume(let popping):
      resume(popping: popping)
    }
  }

  private static func resume(popping byteCount: Int) -> [Instruction] {
    guard case .branchThrough(let register, _) = returnSequence else {
      return [
        Instruction("mv sp, a0", [.leavesStack], note: "the signal frame that preempt_mcall returned"),
        Instruction("li a7, 139", [.clobbers("a7")], note: "rt_sigreturn"),
        Instruction("ecall", [.returnsFromSignal]),
      ]
    }
    let word = -byteCount - abi.pointerByteCount
    return [
      Instruction(
        "ld \(register), \(word - layout.entryOffset)(sp)", [.loadsProgramCounter(into: register, from: .frame(word))])
    ] + adjustStackPointer(by: -layout.entryOffset) + [Instruction("jr \(register)", [.resumesThrough(register)])]
  }

  public static func call(_ symbol: String, contextAt offset: Int, reason: Int) -> [Instruction] {
    let result: [Effect] = returnSequence == .signalReturn(signalFrame) ? [] : [.loadsAreaAddress]
    return [
      Instruction("ld a0, \(offset)(s0)", [readsWord(offset), .clobbers("a0")]),
      Instruction("li a1, \(reason)", [.clobbers("a1")]),
      Instruction("call \(symbol)", [.calls(symbol), .clobbers("ra")] + result),
    ]
  }

  private static func readsWord(_ displacement: Int) -> Effect {
    .reads(.frame(layout.frameBaseOffset + displacement), byteCount: abi.pointerByteCount)
  }

  // Probe: a0 = input image, a1 = output image, a2 = times around the loop. On its stack, from sp up: fcsr of the caller,
  // output image, loop counter, path, pattern of t0, padding, what a callee keeps.
  //
  // Parked: from sp up, image, routine, stack pointer at the call, the stub's s0 and ra, the block to restore from.
  public static func probe(_ step: ProbeStep, image: ProbeImage) -> [Instruction] {
    func word(_ name: String) -> String { "\(image.words[name]!)(s0)" }
    switch step {
    case .enter:
      return adjustStackPointer(by: -keptByteCount)
        + kept.map { register, offset in
          register.hasPrefix("f")
            ? Instruction("fsd \(register), \(offset)(sp)")
            : Instruction(
              "sd \(register), \(offset)(sp)", [.stores(register, at: .frame(offset - keptByteCount), byteCount: 8)])
        } + [
          Instruction("frcsr t0"),
          Instruction("sd t0, 0(sp)"),
          Instruction("sd a1, 8(sp)"),
          Instruction("sd a2, 16(sp)"),
          Instruction("sd zero, 24(sp)"),
          Instruction("addi s0, a0, \(image.frameBaseOffset)"),
          Instruction("addi a0, a0, \(image.areaOffset)"),
          Instruction("ld ra, \(word("ra"))"),
        ]
    case .loadFrameBase:
      return [Instruction("ld t0, \(word("t0"))"), Instruction("ld s0, \(word("s0"))")]
    case .spin:
      return [
        Instruction("1: sd t0, 32(sp)", note: "pattern out"),
        Instruction("ld t0, 24(sp)", note: "path in"),
        Instruction("addi t0, t0, 1"),
        Instruction("sd t0, 24(sp)"),
        Instruction("ld t0, 16(sp)", note: "counter in"),
        Instruction("addi t0, t0, -1"),
        Instruction("slli t0, t0, 48", note: "no counter is larger, whatever was done to t0"),
        Instruction("srli t0, t0, 48"),
        Instruction("sd t0, 16(sp)"),
        Instruction("beqz t0, 2f"),
        Instruction("ld t0, 32(sp)", note: "pattern in"),
        Instruction("j 1b"),
        Instruction("2: ld t0, 32(sp)"),
      ]
    case .collect:
      return [
        Instruction("sd t0, 32(sp)"),
        Instruction("ld t0, 8(sp)"),
        Instruction("sd s0, \(image.frameBaseOffset + image.words["s0"]!)(t0)"),
        Instruction("addi s0, t0, \(image.frameBaseOffset)"),
        Instruction("sd ra, \(word("ra"))"),
        Instruction("ld t0, 32(sp)"),
        Instruction("sd t0, \(word("t0"))"),
      ]
    case .areaIsOutput:
      return [Instruction("addi a0, s0, \(image.areaOffset - image.frameBaseOffset)")]
    case .leave:
      return [
        Instruction("ld t0, 0(sp)"),
        Instruction("fscsr t0"),
        Instruction("ld a0, 24(sp)"),
      ]
        + kept.reversed().map { register, offset in
          register.hasPrefix("f")
            ? Instruction("fld \(register), \(offset)(sp)")
            : Instruction(
              "ld \(register), \(offset)(sp)", [.reloads(register, from: .frame(offset - keptByteCount), byteCount: 8)])
        } + adjustStackPointer(by: keptByteCount) + [Instruction("ret")]
    case .park:
      return adjustStackPointer(by: -48) + [
        Instruction("sd s0, 24(sp)", [.stores("s0", at: .frame(-24), byteCount: 8)]),
        Instruction("sd ra, 32(sp)", [.stores("ra", at: .frame(-16), byteCount: 8)]),
        Instruction("addi a2, sp, 48"),
        Instruction("sd a2, 16(sp)"),
        Instruction("mv a2, sp"),
        Instruction("mv s0, sp", [.setsFrameBase(toStackPointerPlus: 0)]),
        Instruction("ld sp, 0(a0)"),
        Instruction("ld t0, 8(a0)"),
        Instruction("jalr t0"),
        Instruction("mv sp, s0", [.setsStackPointer(toFrameBasePlus: 0)]),
        Instruction("sd a0, 40(sp)"),
        Instruction("ld t0, 8(sp)"),
        Instruction("jr t0"),
      ]
    case .aimAtPoison:
      return [
        Instruction("ld a0, 0(sp)"),
        Instruction("addi s0, a0, \(image.frameBaseOffset)", [.clobbers("s0")]),
        Instruction("addi a0, a0, \(image.areaOffset)"),
      ]
    case .leavePoisoned:
      return [
        Instruction("ld a0, 40(sp)"),
        Instruction("ld ra, 32(sp)", [.reloads("ra", from: .frame(-16), byteCount: 8)]),
        Instruction("ld s0, 24(sp)", [.reloads("s0", from: .frame(-24), byteCount: 8)]),
      ] + adjustStackPointer(by: 48) + [Instruction("ret")]
    case .enabledComponents:
      return [
        Instruction("li t0, \(StateClass.double.components | HWCAP.vector)"), Instruction("and a0, a0, t0"),
        Instruction("ret"),
      ]
    case .returnToCaller:
      return [Instruction("ret")]
    case .copyString, .misalignStack:
      return []
    }
  }

  private static var keptByteCount: Int { 48 + 13 * 8 + 12 * 8 + 8 }

  /// What a callee keeps, and where a probe does.
  private static var kept: [(register: String, offset: Int)] {
    let registers =
      ["ra"] + (0...11).map { "s\($0)" } + [8, 9, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27].map { "f\($0)" }
    return registers.enumerated().map { ($1, 48 + 8 * $0) }
  }
}
