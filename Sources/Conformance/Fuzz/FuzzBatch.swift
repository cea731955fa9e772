// Some descriptions at once: one run of the assembler, one of readelf and one of the C compiler for all of them.

import ArchPreempt
import Foundation
import StubGenerator

struct FuzzTools: Sendable {
  let compiler: URL
  let readelf: URL
  /// The C preprocessor, then GNU as: clang's own assembler knows no made-up registers.
  let assemble: [String]

  init() throws {
    compiler = try Command.find("cc", package: "gcc")
    readelf = try Command.find("readelf", package: "binutils")
    let isClang = try Command.run(compiler, ["--version"], budget: 60).outputText.contains("clang")
    assemble = (isClang ? ["-fno-integrated-as"] : []) + ["-c"]
  }
}

struct FuzzBatch {
  private struct Member {
    let number: Int
    let description: BackendDescription
    let files: [GeneratedFile]

    func text(_ name: String) -> String { files.first { $0.path.hasSuffix("/" + name) }!.text }
  }

  private let plan: FuzzPlan
  private let numbers: ArraySlice<Int>
  private let folder: URL
  private let tools: FuzzTools

  init(_ plan: FuzzPlan, numbers: ArraySlice<Int>, in folder: URL, _ tools: FuzzTools) {
    self.plan = plan
    self.numbers = numbers
    self.folder = folder.appendingPathComponent("\(numbers.startIndex)")
    self.tools = tools
  }

  func outcome() -> Outcome {
    var outcome = Outcome()
    var members: [Member] = []
    for number in numbers {
      var random = plan.random(number)
      let description = plan.description(plan.table(number, &random), number)
      do {
        let member = try Member(
          number: number, description: description, files: GeneratedFiles.files(for: description))
        let wrong = LayoutModel(description).disagreements()
        if let first = wrong.first { throw InventedCPU.Fault(text: first) }
        members.append(member)
      } catch {
        outcome.fail(failure(number, description, "\(error)"))
      }
    }
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      for areVersions in [false, true] {
        for placement in [SaveLayout.ExtendedPlacement.stack, .extended] {
          let alike = members.filter {
            plan.isVersion($0.number) == areVersions && $0.description.layout.extendedPlacement == placement
          }
          if !alike.isEmpty { try judge(alike, areVersions: areVersions, placement, &outcome) }
        }
      }
    } catch {
      outcome.fail(Failure("descriptions \(numbers.first ?? 0) to \(numbers.last ?? 0), seed \(plan.seed): \(error)"))
    }
    return outcome
  }

  private func failure(_ number: Int, _ description: BackendDescription, _ text: String) -> Failure {
    Failure("backend \(description.name), description \(number), seed \(plan.seed): \(text)")
  }

  private func judge(
    _ members: [Member], areVersions: Bool, _ placement: SaveLayout.ExtendedPlacement, _ outcome: inout Outcome
  ) throws {
    let selection = placement == .stack ? ["-DPREEMPT_NOXREG"] : []
    try compileHeaders(members, areVersions: areVersions)
    for file in ["preempt.S", "probe.S"] {
      let functions = try frames(members, file, areVersions: areVersions, selection)
      var next = functions.makeIterator()
      for member in members {
        let description = member.description
        let count =
          file == "preempt.S"
          ? description.stubs.count : description.probes.count + description.probeFunctions.count
        let own = (0..<count).compactMap { _ in next.next() }
        guard own.count == count else { throw InventedCPU.Fault(text: "\(file): fewer functions than stubs") }
        guard file == "preempt.S" else { continue }
        do {
          outcome.registersChecked += try check(member, own, isVersion: areVersions)
          outcome.passed += 1
        } catch {
          outcome.fail(failure(member.number, member.description, (error as? InventedCPU.Fault)?.text ?? "\(error)"))
        }
      }
      guard next.next() == nil else { throw InventedCPU.Fault(text: "\(file): more functions than stubs") }
    }
  }

  /// The call-frame information of every function, in the order of the file.
  private func frames(
    _ members: [Member], _ file: String, areVersions: Bool, _ selection: [String]
  ) throws -> [FrameFunction] {
    var source = areVersions ? "" : ".macro insn text\n\t.long 0\n.endm\n"
    for member in members {
      // Registers that no assembler knows are numbers.
      if !areVersions {
        for row in member.description.registers {
          if let number = row.dwarf { source += "\t.set \(row.name), \(number)\n" }
        }
      }
      source += areVersions ? member.text(file) : Self.forHost(member.text(file), scale: Self.scale(member.description))
    }
    let input = folder.appendingPathComponent("all-\(file)")
    let object = folder.appendingPathComponent("all-\(file).o")
    try Data(source.utf8).write(to: input)
    let assembled = try Command.run(
      tools.compiler, tools.assemble + selection + [input.path, "-o", object.path], budget: 120)
    guard assembled.end == .exit(0), assembled.errors.isEmpty else {
      throw InventedCPU.Fault(text: "doesn't assemble: \(assembled.errorText.prefix(400))")
    }
    let decoded = try Command.run(tools.readelf, ["--wide", "--debug-dump=frames", object.path], budget: 120)
    guard decoded.end == .exit(0), decoded.errors.isEmpty else {
      throw InventedCPU.Fault(text: "readelf: \(decoded.errorText.prefix(400))")
    }
    return try FrameFunction.decode(decoded.outputText)
  }

  /// The assembler takes offsets of whole words only, of its own words: narrower ones are stretched for it.
  private static func scale(_ description: BackendDescription) -> Int {
    MemoryLayout<Int>.size / description.abi.pointerByteCount
  }

  /// Without the rules with which the assembler begins every function of its own CPU.
  private static func forHost(_ text: String, scale: Int) -> String {
    let text = text.replacing("\t.cfi_startproc\n", with: "\t.cfi_startproc simple\n")
    guard scale > 1 else { return text }
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard line.hasPrefix("\t.cfi_offset "), let comma = line.lastIndex(of: ","),
        let offset = Int(line[comma...].dropFirst(2))
      else { return String(line) }
      return line[..<comma] + ", \(offset * scale)"
    }.joined(separator: "\n")
  }

  /// The header, with its own assertions and with ours.
  private func compileHeaders(_ members: [Member], areVersions: Bool) throws {
    var source = ""
    for member in members {
      source += member.text("preempt.h") + LayoutModel(member.description).assertions()
    }
    let input = folder.appendingPathComponent("headers.c")
    try Data(source.utf8).write(to: input)
    var arguments = ["-std=gnu11", "-Wall", "-Werror", "-fsyntax-only", input.path]
    if !areVersions {
      try Data(ContextImage.header.utf8).write(to: folder.appendingPathComponent("ucontext.h"))
      arguments = ["-I", folder.path] + arguments
    }
    let compiled = try Command.run(tools.compiler, arguments, budget: 120)
    guard compiled.end == .exit(0), compiled.errors.isEmpty else {
      throw InventedCPU.Fault(text: "the header doesn't compile: \(compiled.errorText.prefix(400))")
    }
  }

  /// - Returns: how many values were compared.
  private func check(_ member: Member, _ functions: [FrameFunction], isVersion: Bool) throws -> Int {
    var comparisons = 0
    for (stub, function) in zip(member.description.stubs, functions) {
      if isVersion {
        comparisons += try LayoutModel(member.description).compare(function, stub)
      } else {
        let code = stub.instructions
        guard function.byteCount == 4 * code.count else {
          throw InventedCPU.Fault(text: "\(stub.symbol) has another size")
        }
        let scale = Self.scale(member.description)
        var cpu = InventedCPU(member.description, stub, plan.random(member.number))
        try cpu.run(
          code.indices.map { index in
            var rules = function.rules(at: 4 * index)
            rules.offsets = rules.offsets.mapValues { $0 / scale }
            return rules
          })
        comparisons += cpu.comparisons
      }
    }
    return comparisons
  }
}

/// The layout, reckoned again from the rows and the contract's words: what the generator's has to be.
struct LayoutModel {
  private let description: BackendDescription
  private let frame: [(name: String, offset: Int, byteCount: Int)]

  init(_ description: BackendDescription) {
    self.description = description
    let abi = description.abi
    var cursor = -abi.redZoneByteCount
    var frame: [(String, Int, Int)] = []
    for word in description.injection.words {
      cursor -= abi.pointerByteCount
      frame.append((word.name, cursor, abi.pointerByteCount))
    }
    let byHandler = Set(description.injection.words.map(\.name))
    for row in description.registers where row.isSaved && !row.bank.isExtended && !byHandler.contains(row.name) {
      let byteCount = row.byteCount(in: description.stateClasses[0])
      cursor -= byteCount
      while cursor % byteCount != 0 { cursor -= 1 }
      frame.append((row.name, cursor, byteCount))
    }
    self.frame = frame
  }

  private func area(_ stateClass: StateClass) -> [(name: String, offset: Int, byteCount: Int)] {
    var cursor = 0
    return description.registers.filter { $0.isSaved && $0.bank.isExtended }.compactMap { row in
      let byteCount = row.byteCount(in: stateClass)
      defer { cursor += byteCount }
      return byteCount > 0 ? (row.name, cursor, byteCount) : nil
    }
  }

  /// Slots that overlap, aren't aligned, lie elsewhere than here, or are there twice or not at all.
  func disagreements() -> [String] {
    let layout = description.layout
    let widest = description.stateClasses[description.stateClasses.count - 1].width
    var found: [String] = []
    func place(_ slot: Slot) -> Int {
      switch slot.place {
      case .frame(let offset), .area(let offset): offset
      }
    }
    func compare(_ what: String, _ model: [(name: String, offset: Int, byteCount: Int)], _ slots: [(String, Int, Int)])
    {
      let expected = model.map { "\($0.name) at \($0.offset), \($0.byteCount) bytes" }.sorted()
      let got = slots.map { "\($0.0) at \($0.1), \($0.2) bytes" }.sorted()
      if expected != got { found.append("\(what): \(Set(expected).symmetricDifference(got).sorted())") }
      let order = slots.sorted { $0.1 < $1.1 }
      for (low, high) in zip(order, order.dropFirst()) where low.1 + low.2 > high.1 {
        found.append("\(what): \(low.0) and \(high.0) overlap")
      }
    }
    compare(
      "frame", frame,
      layout.words.map { ($0.name, layout.offset(of: $0)!, description.abi.pointerByteCount) }
        + layout.frameSlots(widest: widest).map { ($0.register.name, place($0), $0.byteCount) })
    for stateClass in description.stateClasses {
      let slots = layout.areaSlots(of: stateClass, widest: widest)
      compare("class \(stateClass.name)", area(stateClass), slots.map { ($0.register.name, place($0), $0.byteCount) })
    }
    return found
  }

  /// C's view of the same.
  func assertions() -> String {
    let prefix = description.symbolPrefix
    let word = description.abi.pointerByteCount
    let lowest = frame.map(\.offset).min()!
    let byteCount = (-lowest + word - 1) / word * word
    var lines = frame.map {
      "_Static_assert(offsetof(struct \(prefix)_frame, \($0.name)) == \($0.offset + byteCount), \"\($0.name)\");"
    }
    lines.append("_Static_assert(sizeof(struct \(prefix)_frame) == \(byteCount), \"frame\");")
    for stateClass in description.stateClasses {
      let type = "struct \(prefix)_state_\(stateClass.name)"
      let slots = area(stateClass)
      lines += slots.map { "_Static_assert(offsetof(\(type), \($0.name)) == \($0.offset), \"\($0.name)\");" }
      lines.append("_Static_assert(sizeof(\(type)) == \(slots.reduce(0) { $0 + $1.byteCount }), \"\(type)\");")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Holds the unwinding rules of a real CPU's stub against the layout: at the entry, where everything is saved, and at
  /// the return.
  /// - Returns: how many rules were compared.
  func compare(_ function: FrameFunction, _ stub: EntryStub) throws -> Int {
    let abi = description.abi
    let column = Dictionary(
      description.registers.compactMap { row in
        row.dwarf.flatMap { row.isSaved && description.cfiColumns.contains($0) ? (row.name, $0) : nil }
      }, uniquingKeysWith: { first, _ in first })
    let stackPointer = description.registers.first { $0.name == abi.stackPointer }?.dwarf
    let offsets = Dictionary(frame.map { ($0.name, $0.offset) }, uniquingKeysWith: { first, _ in first })
    func rules(_ names: some Sequence<String>, _ cfaColumn: Int?, _ cfaOffset: Int) -> FrameRules {
      var rules = FrameRules(cfaColumn: cfaColumn, cfaOffset: cfaOffset, returnAddressColumn: abi.returnAddressColumn)
      rules.offsets[abi.returnAddressColumn] = offsets[HandlerWord.programCounter.name]
      for name in names {
        if let number = column[name], let offset = offsets[name] { rules.offsets[number] = offset }
      }
      return rules
    }
    let base = offsets[abi.frameBase]!
    let words = description.injection.words
    let expected = [
      ("entry", rules(words.map(\.name), stackPointer, abi.redZoneByteCount + words.count * abi.pointerByteCount)),
      ("call", rules(offsets.keys, column[abi.frameBase], -base)),
      ("return", rules([], stackPointer, abi.redZoneByteCount + abi.pointerByteCount)),
    ]
    for (place, rules) in expected {
      let isThere =
        switch place {
        case "entry": function.rows.first?.rules == rules
        case "return": function.rows.last?.rules == rules
        default: function.rows.contains { $0.rules == rules }
        }
      guard isThere else {
        throw InventedCPU.Fault(text: "\(stub.symbol): no such unwinding rules at the \(place): \(rules)")
      }
    }
    return expected.reduce(0) { $0 + $1.1.offsets.count + 1 }
  }
}
