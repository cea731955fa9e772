// Steps through the disassembled stubs with made-up registers and unwinds at every instruction by the decoded CFI.
//
// It reads neither effects nor layout: instructions come from the disassembler, rows from the decoder, and both must
// give back the values the stub was entered with.

import ArchPreempt
import BackendCatalog
import Testing

@testable import StubGenerator

/// Just enough of amd64 to run a stub: integer registers and eight-byte words of memory.
struct StubMachine {
  var registers: [String: Int] = [:]
  var memory: [Int: Int] = [:]
  /// Set by the return.
  var programCounter: Int?

  static let integers = [
    "rax", "rbx", "rcx", "rdx", "rsi", "rdi", "rbp", "rsp", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15",
  ]
  /// What a callee gives back: psABI figure 3.4.
  static let calleeSaved: Set = ["rbx", "rbp", "rsp", "r12", "r13", "r14", "r15"]
  /// Instructions that touch no integer register, stack pointer or slot of one.
  static let others = [
    "stmxcsr", "ldmxcsr", "fnstcw", "fldcw", "fnsave", "frstor", "cld", "vzeroupper", "movups", "vmovdqu", "vpxorq",
    "kxorq", "kmovq",
  ]

  struct Unknown: Error { let text: String }

  private func address(_ displacement: Substring, _ base: Substring) throws -> Int {
    let digits = displacement.replacing("0x", with: "")
    guard let value = digits.isEmpty ? 0 : Int(digits, radix: 16), let register = registers[String(base)] else {
      throw Unknown(text: "\(displacement)(%\(base))")
    }
    return register + value
  }

  private mutating func pop() -> Int? {
    defer { registers["rsp"]! += 8 }
    return memory[registers["rsp"]!]
  }

  mutating func step(_ text: String) throws {
    let code = text.split(separator: "#")[0].trimmingPrefix { $0 == " " }
    if Self.others.contains(where: { code.hasPrefix($0) }) {
      // First, because it is what most of a stub is, and matching is slow.
      if code.contains("%rsp") { throw Unknown(text: text) }
    } else if let match = code.wholeMatch(of: /leaq?\s+(-?0x[0-9a-f]+|)\(%(\w+)\),%(\w+)\s*/) {
      registers[String(match.3)] = try address(match.1, match.2)
    } else if let match = code.wholeMatch(of: /andq?\s+\$0x([0-9a-f]+),%rsp\s*/), let mask = UInt64(match.1, radix: 16)
    {
      registers["rsp"]! &= Int(bitPattern: UInt(mask))
    } else if let match = code.wholeMatch(of: /movq?\s+%(r\w+),(-?0x[0-9a-f]+|)\(%(\w+)\)\s*/) {
      memory[try address(match.2, match.3)] = registers[String(match.1)]
    } else if let match = code.wholeMatch(of: /movq?\s+(-?0x[0-9a-f]+|)\(%(\w+)\),%(r\w+)\s*/) {
      registers[String(match.3)] = memory[try address(match.1, match.2)]
    } else if let match = code.wholeMatch(of: /movq?\s+%(r\w+),%(r\w+)\s*/) {
      registers[String(match.2)] = registers[String(match.1)]
    } else if let match = code.wholeMatch(of: /movl?\s+\$0x([0-9a-f]+),%esi\s*/) {
      registers["rsi"] = Int(match.1, radix: 16)
    } else if code.hasPrefix("call") {
      for name in Self.integers where !Self.calleeSaved.contains(name) { registers[name] = -1 }
      // `preempt_mcall` returns the area to restore from.
      registers["rax"] = 0x7000_0000
    } else if code.hasPrefix("popf") {
      registers["rflags"] = pop()
    } else if let match = code.wholeMatch(of: /popq?\s+%(r\w+)\s*/) {
      registers[String(match.1)] = pop()
    } else if let match = code.wholeMatch(of: /retq?\s+\$0x([0-9a-f]+)\s*/), let byteCount = Int(match.1, radix: 16) {
      programCounter = pop()
      registers["rsp"]! += byteCount
    } else {
      throw Unknown(text: text)
    }
  }
}

@Suite(
  .enabled(
    if: Tools.clang != nil && Tools.symbols != nil && Tools.dwarfdump != nil && Tools.disassembler != nil,
    "needs clang, nm, objdump and llvm-dwarfdump in PATH"),
  .enabled(if: !NativeBackends.familyOfAMD64.isEmpty, "interprets amd64 instructions"))
struct StubExecutionTests {
  /// What goes wrong when each stub runs from each of the stack pointers.
  static func faults(
    _ generated: Generated, interruptedAt stackPointers: [Int], edit: (String) -> String = { $0 }
  ) throws -> [String] {
    let object = try AssembledFile(generated, "preempt.S", with: Tools.clang, edit: edit)
    let functions = try object.disassembly()
    let symbols = try object.symbols()
    let tables = try FrameTable.decode(object.path).tables
    var faults: [String] = []

    for stub in generated.description.stubs {
      let table = try #require(tables.first { $0.start == symbols[stub.symbol] })
      for cfa in stackPointers {
        faults += try run(stub.symbol, try #require(functions[stub.symbol]), table, interruptedAt: cfa)
      }
    }
    return faults
  }

  private static func run(
    _ symbol: String, _ code: [(address: Int, text: String)], _ table: FrameTable, interruptedAt cfa: Int
  ) throws -> [String] {
    var faults: [String] = []
    var machine = StubMachine()
    for (index, name) in (StubMachine.integers + ["rflags"]).enumerated() { machine.registers[name] = 1000 + index }
    machine.registers["rsp"] = cfa
    let interrupted = machine.registers

    // The handler's half, as the header's `inject` does it.
    let words = [4242, interrupted["rbp"]!, interrupted["rflags"]!, 0x7000_0000, 0x6000_0000]
    for (index, word) in words.enumerated() { machine.memory[cfa - 128 - 8 * (index + 1)] = word }
    machine.registers["rsp"] = cfa - 128 - 8 * words.count
    machine.registers["rflags"] = 0

    for (address, text) in code where address < table.end {
      func fault(_ what: String) { faults.append("\(symbol), '\(text)': \(what)") }
      let row = try #require(table.row(at: address))
      let register = row.cfa.prefix { $0.isLetter }
      let unwound = (machine.registers[register.lowercased()] ?? 0) + (Int(row.cfa.dropFirst(register.count)) ?? 0)
      if unwound != cfa { fault("CFA is \(unwound - cfa) off") }
      if row.offsets["RIP"].flatMap({ machine.memory[cfa + $0] }) != 4242 { fault("wrong PC") }
      for name in StubMachine.integers where name != "rsp" {
        let offset = row.offsets[name.uppercased()]
        let value = offset.map { machine.memory[cfa + $0] } ?? machine.registers[name]
        if value != interrupted[name] { fault("\(name) unwinds to \(value ?? 0), not \(interrupted[name] ?? 0)") }
      }
      if text.hasPrefix("call"), (machine.registers["rsp"] ?? 0) % 16 != 0 { fault("misaligned call") }
      try machine.step(text)
    }
    if machine.programCounter != 4242 { faults.append("\(symbol) returns to \(machine.programCounter ?? 0)") }
    for (name, value) in interrupted.sorted(by: { $0.key < $1.key }) where machine.registers[name] != value {
      faults.append("\(symbol) leaves \(name) as \(machine.registers[name] ?? 0), not \(value)")
    }
    return faults
  }

  /// Aligned to a line, to words, and not at all: user code may leave any stack pointer.
  static let stackPointers = [0, 1, 8, 24, 63].map { 0x7fff_0000 + $0 }

  @Test(arguments: NativeBackends.familyOfAMD64)
  func unwindsAtEveryInstructionAndRestores(name: String) throws {
    #expect(try Self.faults(Generated(name), interruptedAt: Self.stackPointers) == [])
  }

  // swift-format-ignore
  static let mutants: [(from: String, to: String, fault: String)] = [
    ("movq -136(%rbp), %r15",  "movq -128(%rbp), %r15",  "leaves r15 as 1014, not 1015"),
    ("movq %rbx, -56(%rbp)",   "movq %rcx, -56(%rbp)",   "rbx unwinds to 1002, not 1001"),
    ("leaq -8(%rbp), %rsp",    "leaq -16(%rbp), %rsp",   "leaves rflags as"),
    ("\tpopfq\n",              "",                       "returns to 1006"),
    ("ret $128",               "ret $120",               "leaves rsp as"),
    (".cfi_offset r9, -232",   "",                       "r9 unwinds to -1, not 1009"),
  ]

  @Test(arguments: NativeBackends.familyOfAMD64, mutants)
  func mutantIsFound(name: String, mutant: (from: String, to: String, fault: String)) throws {
    let generated = try Generated(name)
    #expect(try generated.text("preempt.S").contains(mutant.from))
    let faults = try Self.faults(generated, interruptedAt: [Self.stackPointers[3]]) {
      $0.replacing(mutant.from, with: mutant.to)
    }
    #expect(faults.contains { $0.contains(mutant.fault) }, "\(faults.prefix(4))")
  }
}
