// The fallback: any backend with its extended state on the task's stack.
//
// Not a CPU but a transformation. A preempted task then holds no block and the runtime has no pool; in exchange
// every task's stack must have room for the widest class.

public import ArchPreempt

/// `Base` with everything saved on the task's stack.
public enum NoXReg<Base: ArchPreempt>: ArchPreempt {
  /// The trait's name; over another CPU than the first that had it, with that backend's.
  public static var name: String { Base.name == "amd64" ? "noxreg" : "noxreg_\(Base.name)" }
  public static var architecture: String { Base.architecture }
  public static var swiftArchitecture: String { Base.swiftArchitecture }
  public static var unknownFacts: [Fact] { Base.unknownFacts }
  public static var guardExpression: String { Base.guardExpression }

  public static var layout: SaveLayout {
    SaveLayout(
      registers: registers, abi: abi, injection: injection, extendedPlacement: .stack)
  }

  public static var abi: PSABI { Base.abi }
  public static var stateClasses: [StateClass] { Base.stateClasses }
  public static var registers: [Register] { Base.registers }
  public static var cfiColumns: ClosedRange<Int> { Base.cfiColumns }
  public static var injection: CallInjection { Base.injection }

  public static func save(_ slot: Slot) -> [Instruction] { Base.save(slot) }
  public static func restore(_ slot: Slot) -> [Instruction] { Base.restore(slot) }
  public static func initialize(
    _ registers: [(register: Register, from: Int)], symbolPrefix: String
  ) -> [Instruction] { Base.initialize(registers, symbolPrefix: symbolPrefix) }
  public static func spell(_ operation: Operation) -> [Instruction] { Base.spell(operation) }
  public static func call(_ symbol: String, contextAt offset: Int, reason: Int) -> [Instruction] {
    Base.call(symbol, contextAt: offset, reason: reason)
  }
  public static func resume(popping byteCount: Int) -> [Instruction] { Base.resume(popping: byteCount) }
  public static var directives: [String] { Base.directives }
  public static func constants(symbolPrefix: String) -> [String] { Base.constants(symbolPrefix: symbolPrefix) }
  public static var branchFlags: [BranchFlag] { Base.branchFlags }
  public static var enabledComponents: [Instruction] { Base.enabledComponents }
  public static var copyString: [Instruction] { Base.copyString }
}
