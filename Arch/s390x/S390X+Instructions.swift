// Spellings, in GNU assembler syntax, and effects of the s390x instructions a stub is made of.
//
// The frame base is r11, the area register r2. What isn't in an integer register passes through r1, which lies in its
// slot by then, or will be reloaded from it. Addresses are computed by `lay`, which leaves the condition code alone.

public import ArchPreempt

extension S390X {
  public static func save(_ slot: Slot) -> [Instruction] {
    let name = slot.register.name
    func store(_ text: String) -> [Instruction] { outOfReach(slot) + [Instruction(text, [slot.store])] }
    return switch slot.register.bank {
    case .flags: flagsIntoScratch + store("stg %r1, \(address(slot))")
    case .control:
      [Instruction("efpc %r1", [.clobbers("r1")])]
        + store("\(slot.byteCount == 2 ? "sthy" : "sty") %r1, \(address(slot))")
    case .vector where slot.byteCount == 16: store("vst %\(name), \(address(slot))")
    case .vector where half(name) == nil: store("vsteg %\(name), \(address(slot)), 0")
    case .vector: store("\(slot.byteCount == 4 ? "ste" : "std") %\(half(name)!), \(address(slot))")
    case .registerStack: store("stam \(accessRegisters(slot)), \(address(slot))")
    default: store("\(slot.byteCount == 4 ? "sty" : "stg") %\(name), \(address(slot))")
    }
  }

  public static func restore(_ slot: Slot) -> [Instruction] {
    let name = slot.register.name
    let needsAllOfIt = slot.widest == .vx || half(name) == nil
    func load(_ text: String, zeroExtends: Bool = false) -> [Instruction] {
      outOfReach(slot) + [Instruction(text, [slot.reload(zeroExtends: zeroExtends)])]
    }
    func loadScratch(_ mnemonic: String) -> Instruction {
      Instruction("\(mnemonic) %r1, \(address(slot))", [slot.read, .clobbers("r1")])
    }
    return switch slot.register.bank {
    case .flags: [loadScratch(slot.byteCount == 4 ? "ly" : "lg")] + scratchIntoFlags([slot.reload])
    case .control:
      [loadScratch(slot.byteCount == 2 ? "lhy" : "ly"), Instruction("sfpc %r1", [slot.reload])]
    case .vector where slot.byteCount == 16: load("vl %\(name), \(address(slot))")
    // A load of f0 would leave anything in the right half of v0.
    case .vector where slot.byteCount == 8 && needsAllOfIt: load("vllezg %\(name), \(address(slot))", zeroExtends: true)
    case .vector: load("\(slot.byteCount == 4 ? "le" : "ld") %\(half(name)!), \(address(slot))")
    case .registerStack: load("lam \(accessRegisters(slot)), \(address(slot))")
    default: load("\(slot.byteCount == 4 ? "ly" : "lg") %\(name), \(address(slot))")
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
    guard let number = Int(name.dropFirst()), number < 16 else { return nil }
    return "f\(number)"
  }

  private static func accessRegisters(_ slot: Slot) -> String { "%a2, %a\(1 + slot.byteCount / 4)" }

  private static func address(_ slot: Slot) -> String {
    isInReach(slot) ? "\(slot.displacement)(%\(slot.base))" : "0(%r1)"
  }

  /// Of an instruction without a sign in its displacement; only mutants have others.
  private static func isInReach(_ slot: Slot) -> Bool {
    guard case .area = slot.place else { return true }
    return (0..<4096).contains(slot.displacement)
  }

  private static func outOfReach(_ slot: Slot) -> [Instruction] {
    isInReach(slot) ? [] : spell(.add("r1", slot.base, slot.displacement), [.clobbers("r1")])
  }

  public static func initialize(
    _ registers: [(register: Register, from: Int)], symbolPrefix: String
  ) -> [Instruction] {
    let modes = registers.filter { $0.register.bank == .flags || $0.register.bank == .control }
    // One for all: dropping a second is no fault.
    let zero = modes.isEmpty ? [] : [Instruction("lghi %r1, 0", [.clobbers("r1")])]
    return zero
      + registers.flatMap { register, from -> [Instruction] in
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

  public static func spell(_ operation: Operation) -> [Instruction] {
    switch operation {
    case .add(let target, let source, let n): ["lay %\(target), \(n)(%\(source))"]
    case .constant(let target, let value): ["lghi %\(target), \(value)"]
    case .align(let boundary): [Instruction("nill %r15, \(0x10000 - boundary)", [.clobbersFlags])]
    case .call(let symbol): ["brasl %r14, \(symbol)"]
    case .callThrough(let register): ["basr %r14, %\(register)"]
    case .jumpThrough(let register): ["br %\(register)"]
    case .returnToCaller: ["br %r14"]
    case .truncate(let register): ["llghr %\(register), %\(register)"]
    case .jump(let label): ["j \(label)"]
    case .jumpIfZero(let register, let label): ["cgije %\(register), 0, \(label)"]
    }
  }

  public static func resume(popping byteCount: Int) -> [Instruction] {
    let word = -byteCount - abi.pointerByteCount
    return adjustStackPointer(by: -layout.entryOffset) + [
      Instruction(
        "bi \(word)(%r15)",
        [
          .readsBelowStackPointer(because: "handlers run on alternate stacks, so nothing writes there"),
          .resumesThroughMemory(.frame(word)),
        ])
    ]
  }

  /// The condition code's two bits.
  public static let branchFlags = [
    BranchFlag(PSW.conditionCode & PSW.conditionCode >> 1, jumpWhileClear: "brc 10,"),
    BranchFlag(PSW.conditionCode & PSW.conditionCode << 1, jumpWhileClear: "brc 12,"),
  ]

  /// Facility 58, miscellaneous-instruction extensions 2, has `bi`; without it no class is enabled.
  public static let enabledComponents: [Instruction] = [
    "lgfi %r1, \(StateClass.vx.components)",
    "ngr %r2, %r1",
    "lghi %r0, 0",
    Instruction("stfle 16(%r15)", note: "one doubleword"),
    "tm 23(%r15), 0x20",
    "jo 1f",
    "lghi %r2, 0",
    "1: br %r14",
  ]

  public static let copyString: [Instruction] = [
    "lgr %r5, %r4", "lgr %r4, %r3", "lgr %r3, %r5", "1: mvcle %r2, %r4, 0", "jo 1b", "br %r14",
  ]
}
