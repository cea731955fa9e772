// Spellings, in GNU assembler syntax, and effects of the s390x instructions a stub is made of.
//
// The frame base is r11, the area register r2. What isn't in an integer register passes through r1, which lies in its
// slot by then, or will be reloaded from it. Addresses are computed by `lay`, which leaves the condition code alone.

public import ArchPreempt

extension S390X {
  public static func save(_ slot: Slot) -> [Instruction] {
    let name = slot.register.name
    let store = Effect.stores(name, at: slot.place, byteCount: slot.byteCount)
    switch slot.register.bank {
    case .flags:
      return flagsIntoScratch + [Instruction("stg %r1, \(address(slot))", [store])]
    case .control:
      return [
        Instruction("efpc %r1", [.clobbers("r1")]),
        Instruction("\(slot.byteCount == 2 ? "sthy" : "sty") %r1, \(address(slot))", [store]),
      ]
    case .vector where slot.byteCount == 16:
      return outOfReach(slot) + [Instruction("vst %\(name), \(address(slot))", [store])]
    case .vector where half(name) == nil:
      return outOfReach(slot) + [Instruction("vsteg %\(name), \(address(slot)), 0", [store])]
    case .vector:
      return outOfReach(slot) + [
        Instruction("\(slot.byteCount == 4 ? "ste" : "std") %\(half(name)!), \(address(slot))", [store])
      ]
    case .registerStack:
      return outOfReach(slot) + [Instruction("stam \(accessRegisters(slot)), \(address(slot))", [store])]
    default:
      return [Instruction("\(slot.byteCount == 4 ? "sty" : "stg") %\(name), \(address(slot))", [store])]
    }
  }

  public static func restore(_ slot: Slot) -> [Instruction] {
    let name = slot.register.name
    let reads: [Effect] = [.reads(slot.place, byteCount: slot.byteCount), .clobbers("r1")]
    func reload(zeroExtends: Bool = false) -> [Effect] {
      [.reloads(name, from: slot.place, byteCount: slot.byteCount, zeroExtends: zeroExtends)]
    }
    switch slot.register.bank {
    case .flags:
      return [Instruction("\(slot.byteCount == 4 ? "ly" : "lg") %r1, \(address(slot))", reads)]
        + scratchIntoFlags(reload())
    case .control:
      return [
        Instruction("\(slot.byteCount == 2 ? "lhy" : "ly") %r1, \(address(slot))", reads),
        Instruction("sfpc %r1", reload()),
      ]
    case .vector where slot.byteCount == 16:
      return outOfReach(slot) + [Instruction("vl %\(name), \(address(slot))", reload())]
    case .vector where slot.byteCount == 8 && (slot.widest == .vx || half(name) == nil):
      // A load of f0 would leave anything in the right half of v0.
      return outOfReach(slot) + [Instruction("vllezg %\(name), \(address(slot))", reload(zeroExtends: true))]
    case .vector:
      return outOfReach(slot) + [
        Instruction("\(slot.byteCount == 4 ? "le" : "ld") %\(half(name)!), \(address(slot))", reload())
      ]
    case .registerStack:
      return outOfReach(slot) + [Instruction("lam \(accessRegisters(slot)), \(address(slot))", reload())]
    default:
      return [Instruction("\(slot.byteCount == 4 ? "ly" : "lg") %\(name), \(address(slot))", reload())]
    }
  }

  /// `spm` and `ipm` have condition code and program mask sixteen bits lower than the program status word.
  private static func scratchIntoFlags(_ effects: [Effect]) -> [Instruction] {
    [Instruction("srlg %r1, %r1, 16", [.clobbers("r1")]), Instruction("spm %r1", effects)]
  }

  private static var flagsIntoScratch: [Instruction] {
    [
      Instruction("lghi %r1, 0", [.clobbers("r1")]),
      Instruction("ipm %r1", [.clobbers("r1")]),
      Instruction("sllg %r1, %r1, 16", [.clobbers("r1")]),
    ]
  }

  /// The floating-point register that is the left half of a vector register; only mutants ask for others' halves.
  private static func half(_ name: String) -> String? {
    let number = name.dropFirst()
    return Int(number)! < 16 ? "f" + number : nil
  }

  private static func accessRegisters(_ slot: Slot) -> String { "%a2, %a\(1 + slot.byteCount / 4)" }

  private static func address(_ slot: Slot) -> String {
    switch slot.place {
    case .frame: memory("r11", slot.displacement)
    case .area: isInReach(slot) ? memory("r2", slot.displacement) : memory("r1", 0)
    }
  }

  /// Of an instruction without a sign in its displacement; only mutants have others.
  private static func isInReach(_ slot: Slot) -> Bool { (0..<4096).contains(slot.displacement) }

  private static func outOfReach(_ slot: Slot) -> [Instruction] {
    guard case .area = slot.place, !isInReach(slot) else { return [] }
    return [Instruction("lay %r1, \(memory("r2", slot.displacement))", [.clobbers("r1")])]
  }

  private static func memory(_ base: String, _ displacement: Int) -> String { "\(displacement)(%\(base))" }

  public static func initialize(
    _ registers: [(register: Register, from: Int)], symbolPrefix: String
  ) -> [Instruction] {
    let modes = registers.filter { $0.register.bank == .flags || $0.register.bank == .control }
    // One for all: dropping a second is no fault.
    let zero = modes.isEmpty ? [] : [Instruction("lghi %r1, 0", [.clobbers("r1")])]
    return zero + registers.flatMap { register, from -> [Instruction] in
      let name = register.name
      switch register.bank {
      case .vector where from == 0: return [Instruction("vzero %\(name)", [.initializes(name)])]
      case .vector: return [Instruction("vleig %\(name), 0, 1", [.initializes(name, upperBytesFrom: from)])]
      case .flags:
        return [
          Instruction("spm %r1", [.initializes(name), .clobbersFlags], note: "1.2.1: a callee finds pm cleared")
        ]
      case .control: return [Instruction("sfpc %r1", [.initializes(name)])]
      default: return []
      }
    }
  }

  public static func constants(symbolPrefix: String) -> [String] { [] }

  public static func adjustStackPointer(by byteCount: Int) -> [Instruction] {
    [Instruction("lay %r15, \(memory("r15", byteCount))", [.movesStackPointer(by: byteCount)])]
  }

  public static func perform(_ step: FrameStep) -> [Instruction] {
    switch step {
    case .establishFrameBase(let offset):
      return [Instruction("lay %r11, \(memory("r15", offset))", [.setsFrameBase(toStackPointerPlus: offset)])]
    case .align(let alignment):
      return [
        Instruction("nill %r15, \(0x10000 - alignment)", [.alignsStackPointer(to: alignment), .clobbersFlags])
      ]
    case .loadArea(let offset):
      return [Instruction("lg %r2, \(memory("r11", offset))", [readsWord(offset), .clobbers("r2"), .loadsAreaAddress])]
    case .areaIsStackPointer(let offset):
      return [Instruction("lay %r2, \(memory("r15", offset))", [.clobbers("r2"), .loadsAreaAddress])]
    case .cutBack(let offset):
      return [Instruction("lay %r15, \(memory("r11", offset))", [.setsStackPointer(toFrameBasePlus: offset)])]
    case .resume(let popping):
      let word = -popping - abi.pointerByteCount
      return adjustStackPointer(by: -layout.entryOffset) + [
        Instruction(
          "bi \(memory("r15", word))",
          [
            .readsBelowStackPointer(because: "handlers run on alternate stacks, so nothing writes there"),
            .resumesThroughMemory(.frame(word)),
          ])
      ]
    }
  }

  public static func call(_ symbol: String, contextAt offset: Int, reason: Int) -> [Instruction] {
    [
      Instruction("lg %r2, \(memory("r11", offset))", [readsWord(offset), .clobbers("r2")]),
      Instruction("lghi %r3, \(reason)", [.clobbers("r3")]),
      Instruction("brasl %r14, \(symbol)", [.calls(symbol), .clobbers("r14"), .loadsAreaAddress]),
    ]
  }

  private static func readsWord(_ displacement: Int) -> Effect {
    .reads(.frame(layout.frameBaseOffset + displacement), byteCount: abi.pointerByteCount)
  }

  // Probe: r2 = input image, r3 = output image, r4 = times around the loop. On its stack, from r15 up: fpc of the caller,
  // output image, loop counter, path, pattern of r1, f8 to f15. r6 to r15 are in the caller's register save area.
  //
  // Parked: from r15 up, image, routine, stack pointer at the call, the block to restore from; in the stub's register
  // save area r11, r14 and r15.
  public static func probe(_ step: ProbeStep, image: ProbeImage) -> [Instruction] {
    func word(_ name: String) -> String { memory("r11", image.words[name]!) }
    let area = image.areaOffset - image.frameBaseOffset
    switch step {
    case .enter:
      return [
        Instruction(
          "stmg %r6, %r15, \(memory("r15", saved(6)))",
          (6...15).map { .stores("r\($0)", at: .frame(saved($0)), byteCount: 8) })
      ] + adjustStackPointer(by: -frameByteCount)
        + (8...15).map { Instruction("std %f\($0), \(memory("r15", 8 * $0 - 24))") } + [
          Instruction("stfpc 0(%r15)"),
          Instruction("stg %r3, 8(%r15)"),
          Instruction("stg %r4, 16(%r15)"),
          Instruction("mvghi 24(%r15), 0"),
          Instruction("lay %r11, \(memory("r2", image.frameBaseOffset))"),
          Instruction("lay %r2, \(memory("r2", image.areaOffset))"),
          Instruction("lg %r1, \(word("pswm"))"),
        ] + scratchIntoFlags([])
    case .loadFrameBase:
      return [Instruction("lg %r11, 0(%r11)", note: "every instruction from here on leaves the flags alone")]
    case .spin:
      return [
        Instruction("1: stg %r1, 32(%r15)", note: "pattern out"),
        Instruction("lg %r1, 24(%r15)", note: "path in"),
        Instruction("la %r1, 1(%r1)"),
        Instruction("brc 10, 2f", note: "0 and 2"),
        Instruction("la %r1, 2(%r1)"),
        Instruction("2: brc 12, 2f", note: "0 and 1"),
        Instruction("la %r1, 4(%r1)"),
        Instruction("2: stg %r1, 24(%r15)"),
        Instruction("lg %r1, 16(%r15)", note: "counter in"),
        Instruction("lay %r1, -1(%r1)"),
        Instruction("llghr %r1, %r1", note: "no counter is larger, whatever was done to r1"),
        Instruction("stg %r1, 16(%r15)"),
        Instruction("cgije %r1, 0, 3f"),
        Instruction("lg %r1, 32(%r15)", note: "pattern in"),
        Instruction("j 1b"),
        Instruction("3: lg %r1, 32(%r15)"),
      ]
    case .collect:
      return [
        Instruction("stg %r1, 32(%r15)"),
        Instruction("lg %r1, 8(%r15)"),
        Instruction("stg %r11, \(memory("r1", image.frameBaseOffset))"),
        Instruction("lay %r11, \(memory("r1", image.frameBaseOffset))"),
      ] + flagsIntoScratch.map { Instruction($0.text) } + [
        Instruction("stg %r1, \(word("pswm"))"),
        Instruction("lg %r1, 32(%r15)"),
      ]
    case .areaIsOutput:
      return [Instruction("lay %r2, \(memory("r11", area))")]
    case .leave:
      return [Instruction("lfpc 0(%r15)"), Instruction("lg %r2, 24(%r15)")]
        + (8...15).map { Instruction("ld %f\($0), \(memory("r15", 8 * $0 - 24))") } + [
          Instruction(
            "lmg %r6, %r15, \(memory("r15", frameByteCount + saved(6)))",
            (6...15).map { .reloads("r\($0)", from: .frame(saved($0)), byteCount: 8) }
              + [.movesStackPointer(by: frameByteCount)]),
          Instruction("br %r14"),
        ]
    case .park:
      return [11, 14, 15].map {
        Instruction(
          "stg %r\($0), \(memory("r15", saved($0)))", [.stores("r\($0)", at: .frame(saved($0)), byteCount: 8)])
      } + adjustStackPointer(by: -parkedByteCount) + [
        Instruction("lay %r4, \(memory("r15", parkedByteCount))"),
        Instruction("stg %r4, 16(%r15)"),
        Instruction("lgr %r4, %r15"),
        Instruction("lgr %r11, %r15", [.setsFrameBase(toStackPointerPlus: 0)]),
        Instruction("lg %r1, 8(%r2)"),
        Instruction("lg %r15, 0(%r2)"),
        Instruction("lay %r15, -\(abi.registerSaveAreaByteCount)(%r15)"),
        Instruction("basr %r14, %r1"),
        Instruction("lgr %r15, %r11", [.setsStackPointer(toFrameBasePlus: 0)]),
        Instruction("stg %r2, 24(%r15)"),
        Instruction("lg %r1, 8(%r15)"),
        Instruction("br %r1"),
      ]
    case .aimAtPoison:
      return [
        Instruction("lg %r2, 0(%r15)"),
        Instruction("lay %r11, \(memory("r2", image.frameBaseOffset))", [.clobbers("r11")]),
        Instruction("lay %r2, \(memory("r2", image.areaOffset))"),
        Instruction("lg %r1, \(word("pswm"))"),
      ] + scratchIntoFlags([])
    case .leavePoisoned:
      return [
        Instruction("lg %r2, 24(%r15)"),
        Instruction(
          "lg %r14, \(memory("r15", parkedByteCount + saved(14)))",
          [.reloads("r14", from: .frame(saved(14)), byteCount: 8)]),
        Instruction(
          "lg %r11, \(memory("r15", parkedByteCount + saved(11)))",
          [.reloads("r11", from: .frame(saved(11)), byteCount: 8)]),
      ] + adjustStackPointer(by: parkedByteCount) + [Instruction("br %r14")]
    case .enabledComponents:
      // Facility 58, miscellaneous-instruction extensions 2, has `bi`; without it no class is enabled.
      return [
        Instruction("lgfi %r1, \(StateClass.vx.components)"),
        Instruction("ngr %r2, %r1"),
        Instruction("lghi %r0, 0"),
        Instruction("stfle 16(%r15)", note: "one doubleword"),
        Instruction("tm 23(%r15), 0x20"),
        Instruction("jo 1f"),
        Instruction("lghi %r2, 0"),
        Instruction("1: br %r14"),
      ]
    case .returnToCaller:
      return [Instruction("br %r14")]
    case .copyString:
      return [
        Instruction("lgr %r5, %r4"),
        Instruction("lgr %r4, %r3"),
        Instruction("lgr %r3, %r5"),
        Instruction("1: mvcle %r2, %r4, 0"),
        Instruction("jo 1b"),
        Instruction("br %r14"),
      ]
    case .misalignStack:
      return []
    }
  }

  private static var frameByteCount: Int { 104 }
  private static var parkedByteCount: Int { 32 }

  /// A register's place in the register save area (1.2.2, Register Save Area).
  private static func saved(_ number: Int) -> Int { 8 * number }
}
