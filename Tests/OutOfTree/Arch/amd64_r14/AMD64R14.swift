// amd64 for a runtime whose compiler keeps the current G in r14, as Go's does: a task holds no value of its own there.
//
// A transformation: one row of the table says something else.

import AMD64Backend
public import ArchPreempt

/// amd64 without r14.
public enum AMD64R14: ArchPreempt {
  public static let name = "amd64_r14"
  public static var architecture: String { AMD64.architecture }
  public static var swiftArchitecture: String { AMD64.swiftArchitecture }
  public static var guardExpression: String { AMD64.guardExpression }
  public static var abi: PSABI { AMD64.abi }
  public static var stateClasses: [StateClass] { AMD64.stateClasses }
  public static var cfiColumns: ClosedRange<Int> { AMD64.cfiColumns }
  public static var injection: CallInjection { AMD64.injection }
  public static var branchFlags: [BranchFlag] { AMD64.branchFlags }

  public static var registers: [Register] {
    AMD64.registers.map { register in
      guard register.name == "r14" else { return register }
      return Register(
        register.name, dwarf: register.dwarf, register.bank,
        .excluded(because: "the compiler of this runtime keeps the G there, which whoever resumes it sets"))
    }
  }

  public static func save(_ slot: Slot) -> [Instruction] { AMD64.save(slot) }
  public static func restore(_ slot: Slot) -> [Instruction] { AMD64.restore(slot) }
  public static func initialize(
    _ registers: [(register: Register, from: Int)], symbolPrefix: String
  ) -> [Instruction] { AMD64.initialize(registers, symbolPrefix: symbolPrefix) }
  public static func spell(_ operation: Operation) -> [Instruction] { AMD64.spell(operation) }
  public static func resume(popping byteCount: Int) -> [Instruction] { AMD64.resume(popping: byteCount) }
  public static func constants(symbolPrefix: String) -> [String] { AMD64.constants(symbolPrefix: symbolPrefix) }
  public static var enabledComponents: [Instruction] { AMD64.enabledComponents }
  public static var copyString: [Instruction] { AMD64.copyString }
}
