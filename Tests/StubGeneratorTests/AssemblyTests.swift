// preempt.S and probe.S, judged by assemblers, a disassembler and a CFI decoder that know nothing of our effects.

import ArchPreempt
import BackendCatalog
import Foundation
import Testing

@testable import StubGenerator

/// An object file of one generated source.
struct AssembledFile {
  let folder: TemporaryFolder
  var path: String { folder.path("stub.o") }

  init(
    _ generated: Generated, _ file: String, with assembler: Tool?, _ arguments: [String]? = nil,
    edit: (String) -> String = { $0 }
  ) throws {
    folder = try TemporaryFolder()
    let source = try folder.write(edit(generated.text(file)), to: "stub.S")
    let output = try #require(assembler).run(
      (arguments ?? generated.selection) + ["-Wall", "-Wextra", "-Werror", "-c", source, "-o", folder.path("stub.o")])
    #expect(output.errors == "")
    try #require(output.status == 0)
  }

  /// Addresses in the section, by name.
  func symbols() throws -> [String: Int] {
    let text = try #require(Tools.symbols).run([path]).text
    let pairs = text.split(separator: "\n").compactMap { line -> (String, Int)? in
      let words = line.split(separator: " ")
      guard words.count == 3, let address = Int(words[0], radix: 16) else { return nil }
      return (String(words[2]), address)
    }
    return Dictionary(uniqueKeysWithValues: pairs)
  }

  /// Instructions with their addresses, by function.
  func disassembly() throws -> [String: [(address: Int, text: String)]] {
    let output = try #require(Tools.disassembler).run(["-d", "--no-show-raw-insn", path])
    try #require(output.status == 0, "\(output.errors)")
    var functions: [String: [(address: Int, text: String)]] = [:]
    var function = ""
    for line in output.text.split(separator: "\n") {
      // Thousands of lines: split, because matching is slow. `<symbol>:` starts a function, `address: text` is in it.
      let parts = line.split(separator: ":", maxSplits: 1)
      if line.hasSuffix(">:") {
        function = String(line.drop { $0 != "<" }.dropFirst().dropLast(2))
      } else if parts.count == 2, let address = Int(parts[0].trimmingPrefix { $0 == " " }, radix: 16) {
        let text = parts[1].trimmingPrefix { $0.isWhitespace }
        functions[function, default: []].append((address, String(text)))
      }
    }
    return functions
  }
}

/// One row of decoded call-frame information.
struct FrameRow: Equatable {
  let address: Int
  /// `RSP+168`, as the decoder prints it.
  let cfa: String
  /// Bytes from the CFA, by column.
  let offsets: [String: Int]

  struct Unreadable: Error { let line: String }

  /// Reads `  0x11: CFA=RBP+144: RAX=[CFA-176], RBP=same, RIP=[CFA-136]`.
  init(_ line: Substring) throws {
    let parts = line.dropFirst(4).split(separator: ": ")
    guard parts.count >= 2, let address = Int(parts[0], radix: 16), parts[1].hasPrefix("CFA=") else {
      throw Unreadable(line: String(line))
    }
    self.address = address
    cfa = String(parts[1].dropFirst(4))
    var offsets: [String: Int] = [:]
    // `RBP=same`: as good as no rule.
    for rule in parts.count > 2 ? parts[2].split(separator: ", ") : [] where !rule.hasSuffix("=same") {
      let sides = rule.split(separator: "=[CFA")
      guard sides.count == 2, sides[1].hasSuffix("]"), let offset = Int(sides[1].dropLast()) else {
        throw Unreadable(line: String(line))
      }
      offsets[String(sides[0])] = offset
    }
    self.offsets = offsets
  }
}

struct FrameTable {
  let start: Int
  let end: Int
  let isSignalFrame: Bool
  let rows: [FrameRow]

  /// The row in force at an address.
  func row(at address: Int) -> FrameRow? { rows.last { $0.address <= address } }

  /// What the decoder says of an object file, and its complaints.
  static func decode(_ object: String) throws -> (tables: [FrameTable], complaints: [String]) {
    let output = try #require(Tools.dwarfdump).run(["--eh-frame", object])
    var tables: [FrameTable] = []
    var isSignalFrame: [String: Bool] = [:]
    var offset = ""
    var bounds: (start: Int, end: Int, cie: String)?
    var rows: [FrameRow] = []
    func finish() {
      if let bounds {
        tables.append(
          FrameTable(
            start: bounds.start, end: bounds.end, isSignalFrame: isSignalFrame[bounds.cie] ?? false, rows: rows))
      }
      bounds = nil
      rows = []
    }
    for line in output.text.split(separator: "\n") {
      if line.hasPrefix("  0x"), bounds != nil {
        rows.append(try FrameRow(line))
      } else if line.hasPrefix("  DW_") {
        continue
      } else if let cie = line.firstMatch(of: /^([0-9a-f]{8}) [0-9a-f]+ [0-9a-f]+ CIE/) {
        finish()
        offset = String(cie.1)
      } else if let augmentation = line.firstMatch(of: /Augmentation:\s+"(.*)"/) {
        isSignalFrame[offset] = augmentation.1.contains("S")
      } else if let fde = line.firstMatch(of: /FDE cie=([0-9a-f]+) pc=([0-9a-f]+)\.\.\.([0-9a-f]+)/) {
        finish()
        bounds = (try #require(Int(fde.2, radix: 16)), try #require(Int(fde.3, radix: 16)), String(fde.1))
      }
    }
    finish()
    let complaints =
      output.errors.split(separator: "\n").map(String.init)
      + output.text.split(separator: "\n").map(String.init).filter {
        $0.localizedCaseInsensitiveContains("warning") || $0.localizedCaseInsensitiveContains("error")
      }
    return (tables, output.status == 0 ? complaints : complaints + ["exit status \(output.status)"])
  }
}

@Suite(
  .enabled(if: Tools.clang != nil && Tools.symbols != nil, "needs clang and nm in PATH"),
  .enabled(if: !NativeBackends.names.isEmpty, "no backend's guard holds for the clang here"))
struct AssemblyTests {
  static let files = ["preempt.S", "probe.S"]

  static func expectedSymbols(_ description: BackendDescription, _ file: String) -> Set<String> {
    Set(
      file == "preempt.S"
        ? description.stubs.map(\.symbol)
        : description.probes.map(\.symbol) + description.probeFunctions.map(\.symbol))
  }

  @Test(arguments: NativeBackends.names, files)
  func assemblesWithClang(name: String, file: String) throws {
    let generated = try Generated(name)
    let symbols = try AssembledFile(generated, file, with: Tools.clang).symbols()
    #expect(Self.expectedSymbols(generated.description, file).isSubset(of: symbols.keys))
    #expect(symbols.keys.allSatisfy { $0.hasPrefix(generated.description.symbolPrefix + "_") })
  }

  @Test(.enabled(if: Tools.gcc != nil, "needs gcc in PATH"), arguments: NativeBackends.names, files)
  func assemblesWithGCC(name: String, file: String) throws {
    let generated = try Generated(name)
    let symbols = try AssembledFile(generated, file, with: Tools.gcc).symbols()
    #expect(Self.expectedSymbols(generated.description, file).isSubset(of: symbols.keys))
  }

  /// The text's effects belong to one instruction each: none is two, none is empty.
  @Test(
    .enabled(if: Tools.disassembler != nil, "needs objdump or llvm-objdump in PATH"), arguments: NativeBackends.names)
  func eachInstructionIsOne(name: String) throws {
    let generated = try Generated(name)
    let functions = try AssembledFile(generated, "preempt.S", with: Tools.clang).disassembly()
    for stub in generated.description.stubs {
      let code = try #require(functions[stub.symbol], "\(stub.symbol)")
      #expect(
        code.count { !$0.text.hasPrefix("nop") && !$0.text.hasPrefix("data16") && !$0.text.contains("cs nopw") }
          >= stub.instructions.count)
      // fnsave and its like have no wait prefix, which would be an instruction of its own.
      #expect(code.allSatisfy { !$0.text.hasPrefix("fwait") && !$0.text.contains("(bad)") })
      for (decoded, instruction) in zip(code, stub.instructions) {
        let spelled = instruction.text.prefix { $0 != " " }
        let mnemonic = decoded.text.prefix { $0 != " " }
        #expect(
          spelled.hasPrefix(mnemonic) || mnemonic.hasPrefix(spelled),
          "\(stub.symbol): '\(instruction.text)' is '\(decoded.text)'")
      }
    }
  }

  @Test(arguments: NativeBackends.names, files)
  func otherTraitLeavesNothing(name: String, file: String) throws {
    let generated = try Generated(name)
    let object = try AssembledFile(generated, file, with: Tools.clang, generated.otherSelection)
    let said = try #require(Tools.symbols).run([object.path]).text
    #expect(!said.contains("preempt_"))
  }

  /// SwiftPM compiles every backend's file for every CPU. x32 is the one that `__x86_64__` alone would let through.
  static let otherTargets = [
    "aarch64-linux-gnu", "armv7-linux-gnueabihf", "riscv64-linux-gnu", "i686-linux-gnu", "x86_64-linux-gnux32",
    "s390x-linux-gnu", "powerpc64le-linux-gnu", "mips64el-linux-gnuabi64",
  ]

  @Test(arguments: BackendCatalog.names, otherTargets)
  func otherCPUsLeaveNothing(name: String, target: String) throws {
    let generated = try Generated(name)
    let clang = try #require(Tools.clang)
    let folder = try TemporaryFolder()
    let isOwn = try clang.accepts(generated.description.guardExpression, ["--target=\(target)"])
    guard !isOwn else { return }
    for file in Self.files {
      let source = try folder.write(generated.text(file), to: file)
      let output = try clang.run(
        ["--target=\(target)", "-c", source, "-o", folder.path("other.o")] + generated.selection)
      #expect(output.errors == "")
      #expect(try #require(Tools.symbols).run([folder.path("other.o")]).text.contains("preempt_") == false)
    }
    let header = try folder.write(generated.text("preempt.h"), to: "preempt.h")
    let output = try clang.run(
      ["--target=\(target)", "-fsyntax-only", "-nostdinc", "-x", "c", header] + generated.selection)
    #expect(output.errors == "")
  }
}

@Suite(
  .enabled(
    if: Tools.clang != nil && Tools.symbols != nil && Tools.dwarfdump != nil && Tools.disassembler != nil,
    "needs clang, nm, objdump and llvm-dwarfdump in PATH"),
  .enabled(if: !NativeBackends.names.isEmpty, "no backend's guard holds for the clang here"))
struct FrameInformationTests {
  @Test(arguments: NativeBackends.names, AssemblyTests.files)
  func decodesWithoutComplaint(name: String, file: String) throws {
    let generated = try Generated(name)
    let object = try AssembledFile(generated, file, with: Tools.clang)
    let (tables, complaints) = try FrameTable.decode(object.path)
    #expect(complaints == [])
    let expected = AssemblyTests.expectedSymbols(generated.description, file)
    let starts = try object.symbols().filter { expected.contains($0.key) }
    // Several sections begin at zero.
    #expect(tables.map(\.start).sorted() == starts.values.sorted())
    let signalFrames = Set(
      generated.description.stubs.map(\.symbol)
        + generated.description.probeFunctions.filter(\.isCalledByStub).map(\.symbol))
    #expect(tables.count { $0.isSignalFrame } == starts.keys.count { signalFrames.contains($0) })
    #expect(tables.allSatisfy { !$0.rows.isEmpty })
  }

  /// Where the rows differ from what the layout says of them.
  static func mismatches(_ generated: Generated, edit: (String) -> String = { $0 }) throws -> [String] {
    let description = generated.description
    let layout = description.layout
    let object = try AssembledFile(generated, "preempt.S", with: Tools.clang, edit: edit)
    let symbols = try object.symbols()
    let functions = try object.disassembly()
    let tables = try FrameTable.decode(object.path).tables
    let sp = description.abi.stackPointer.uppercased()
    let pc = description.injection.programCounter.register.uppercased()
    let pcOffset = try #require(layout.offset(of: .programCounter))
    var found: [String] = []
    func check(_ row: FrameRow?, _ stub: EntryStub, _ place: String, cfa: String, _ offsets: [String: Int]) {
      if row?.cfa != cfa { found.append("\(stub.symbol), \(place): CFA=\(row?.cfa ?? "?"), not \(cfa)") }
      for name in Set(offsets.keys).union((row?.offsets ?? [:]).keys).sorted() where row?.offsets[name] != offsets[name]
      {
        found.append("\(stub.symbol), \(place): \(name) at \(row?.offsets[name] ?? 0), not \(offsets[name] ?? 0)")
      }
    }

    for stub in description.stubs {
      let table = try #require(tables.first { $0.start == symbols[stub.symbol] }, "\(stub.symbol)")
      let code = try #require(functions[stub.symbol]).filter { $0.address < table.end }
      var byHandler: [String: Int] = [:]
      for word in layout.words {
        if case .register(let name) = word { byHandler[name] = layout.offset(of: word) }
      }
      var places = byHandler
      for slot in layout.frameSlots(widest: stub.widest) {
        if case .frame(let offset) = slot.place { places[slot.register.name] = offset }
      }
      // Flags and control have no column; every integer register has one.
      func rows(_ places: [String: Int]) -> [String: Int] {
        var rows = [pc: pcOffset]
        for register in description.registers where register.bank == .integer && register.isSaved {
          rows[register.name.uppercased()] = places[register.name]
        }
        return rows
      }

      check(table.row(at: table.start), stub, "entry", cfa: "\(sp)+\(-layout.entryOffset)", rows(byHandler))
      let call = try #require(code.firstIndex { $0.text.hasPrefix("call") })
      // The call itself, and where it returns to: an unwinder looks that up, since the stub is a signal frame.
      for (index, place) in [(call, "call"), (call + 1, "return address")] {
        check(
          table.row(at: code[index].address), stub, place,
          cfa: "\(description.abi.frameBase.uppercased())+\(-layout.frameBaseOffset)", rows(places))
      }
      // The word that the return pops, and the red zone above it; everything is in its register again.
      let last = try #require(code.last)
      if !last.text.hasPrefix("ret") { found.append("\(stub.symbol) ends with \(last.text)") }
      let popped = layout.abi.redZoneByteCount + description.abi.pointerByteCount
      check(table.row(at: last.address), stub, "return", cfa: "\(sp)+\(popped)", [pc: pcOffset])
    }
    return found
  }

  @Test(arguments: NativeBackends.names)
  func rowsAreTheLayouts(name: String) throws {
    #expect(try Self.mismatches(Generated(name)) == [])
  }

  // swift-format-ignore
  static let mutants: [(from: String, to: String, found: String)] = [
    (".cfi_offset r15, -280",   ".cfi_offset r15, -272",   "call: R15 at -272, not -280"),
    (".cfi_offset rax, -176",   "",                        "call: RAX at 0, not -176"),
    (".cfi_restore rbx",        "",                        "return: RBX at -200, not 0"),
    (".cfi_def_cfa rsp, 136",   ".cfi_def_cfa rsp, 144",   "return: CFA=RSP+144, not RSP+136"),
    (".cfi_def_cfa rsp, 168",   ".cfi_def_cfa rsp, 160",   "entry: CFA=RSP+160, not RSP+168"),
    (".cfi_def_cfa rbp, 144",   "",                        "call: CFA=RSP+288, not RBP+144"),
    (".cfi_offset 16, -136",    ".cfi_offset 16, -144",    "call: RIP at -144, not -136"),
  ]

  @Test(
    .enabled(if: !NativeBackends.familyOfAMD64.isEmpty, "spells amd64's CFI"), arguments: NativeBackends.familyOfAMD64,
    mutants)
  func wrongRowIsFound(name: String, mutant: (from: String, to: String, found: String)) throws {
    let generated = try Generated(name)
    #expect(try generated.text("preempt.S").contains(mutant.from))
    let found = try Self.mismatches(generated) { $0.replacing(mutant.from, with: mutant.to) }
    #expect(found.count { $0.hasSuffix(mutant.found) } == generated.description.stubs.count, "\(found.prefix(4))")
  }

  /// The table's DWARF numbers, against the assembler's and decoder's own: a wrong one would decode as another name.
  @Test(arguments: NativeBackends.names)
  func numbersAreTheAssemblers(name: String) throws {
    let description = try Generated(name).description
    let rows = description.registers.filter {
      $0.bank == .integer && $0.isSaved || $0.name == description.abi.stackPointer
    }
    let folder = try TemporaryFolder()
    for row in rows {
      let number = try #require(row.dwarf)
      let source = try folder.write(
        "\t.text\nstub:\n\t.cfi_startproc\n\t.cfi_offset \(number), -4096\n\tnop\n\t.cfi_endproc\n", to: "number.S")
      let output = try #require(Tools.clang).run(["-c", source, "-o", folder.path("number.o")])
      try #require(output.status == 0, "\(output.errors)")
      let table = try #require(try FrameTable.decode(folder.path("number.o")).tables.first)
      #expect(table.rows.last?.offsets[row.name.uppercased()] == -4096, "\(row.name) isn't number \(number)")
    }
  }
}
