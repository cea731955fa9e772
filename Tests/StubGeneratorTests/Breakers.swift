// For every rule of the validator: copies of a description that break it.
//
// A breaker says what the report must name. Where a break can't help but violate another rule too, it says which;
// nothing else may be reported, so that a rule which fires for everything doesn't pass as tested.

import ArchPreempt
import Testing

@testable import StubGenerator

/// One way to break a description.
struct Breaker: Sendable, CustomTestStringConvertible {
  let name: String
  /// The register or stub that the report names.
  let subject: String
  /// Part of the report's detail.
  let detail: String
  /// Rules that this break violates beside its own.
  let others: Set<String>
  /// Backends that are broken so; nil for amd64's family.
  let backends: [String]?
  /// Whether the break exists where extended state lies there; nil for both.
  let placement: SaveLayout.ExtendedPlacement?
  let apply: @Sendable (inout BackendDescription) -> Void

  init(
    _ name: String, subject: String, detail: String, others: Set<String> = [],
    only placement: SaveLayout.ExtendedPlacement? = nil,
    of backends: [String]? = nil, _ apply: @escaping @Sendable (inout BackendDescription) -> Void
  ) {
    self.name = name
    self.subject = subject
    self.detail = detail
    self.others = others
    self.placement = placement
    self.backends = backends
    self.apply = apply
  }

  var testDescription: String { name }
}

enum Breakers {
  /// By the rule's name. The registers are amd64's, and every backend of its family is broken with them, where no others
  /// are named.
  static let all: [String: [Breaker]] = [
    "factsAreKnown": [
      Breaker("a begun port", subject: "redZone", detail: "how many bytes below the stack pointer") {
        $0.unknownFacts = [.redZone]
      }
    ],
    "factsArePossible": [
      Breaker("no pointer", subject: "pointer", detail: "0 bytes") { $0.abi.pointerByteCount = 0 },
      Breaker("a pointer of two bytes", subject: "pointer", detail: "2 bytes") {
        $0.abi.pointerByteCount = 2
      },
      Breaker("odd alignment", subject: "stack alignment", detail: "24 bytes") {
        $0.abi.stackAlignmentByteCount = 24
      },
      Breaker("no alignment", subject: "stack alignment", detail: "0 bytes") {
        $0.abi.stackAlignmentByteCount = 0
      },
      Breaker("half a word in the red zone", subject: "red zone", detail: "124 bytes") {
        $0.abi.redZoneByteCount = 124
      },
      Breaker("a negative red zone", subject: "red zone", detail: "-128 bytes") {
        $0.abi.redZoneByteCount = -128
      },
      Breaker("a register save area of half a word", subject: "register save area", detail: "164 bytes") {
        $0.abi.registerSaveAreaByteCount = 164
      },
      Breaker("a callee that gives", subject: "callee", detail: "-8 bytes") {
        $0.injection.calleeByteCount = -8
      },
      Breaker("one register for both", subject: "rsp", detail: "is the stack pointer too") {
        $0.abi.frameBase = "rsp"
      },
      Breaker("no class", subject: "classes", detail: "there is none") { $0.stateClasses = [] },
    ],
    "namesArePrintable": [
      Breaker("a dot", subject: "mx.csr", detail: "can't be part of a name", others: Self.renamed) { description in
        description.mapRow("mxcsr") { Register("mx.csr", dwarf: $0.dwarf, $0.bank, byteCount: $0.byteCount) }
        description.rebuildLayout()
      },
      Breaker("a word's name", subject: "area", detail: "the frame has a word of that name", others: Self.renamed) {
        description in
        description.mapRow("mxcsr") { Register("area", dwarf: $0.dwarf, $0.bank, byteCount: $0.byteCount) }
        description.rebuildLayout()
      },
      Breaker(
        "two classes of one name", subject: "avx", detail: "two classes have that name",
        others: Self.classesChanged
      ) { description in
        description.mapClasses {
          $0.widthName == "avx512" ? StateClass("avx", components: $0.components, occasional: 1) : $0
        }
      },
      Breaker("two stubs of one name", subject: "preempt_twice", detail: "two functions have that name") {
        description in
        for index in 0...1 {
          let stub = description.stubs[index]
          description.stubs[index] = EntryStub(stub, symbol: "preempt_twice", instructions: stub.instructions)
        }
      },
      Breaker("a path", subject: "preempt_../amd64", detail: "can't be part of a name") {
        $0.symbolPrefix = "preempt_../amd64"
      },
    ],
    "bitsLieInTheirBytes": [
      Breaker("no rule", subject: "r12", detail: "nothing is said of its bits") { description in
        description.mapRow("r12") { Register($0.name, dwarf: $0.dwarf, $0.bank, bits: []) }
      },
      Breaker("nine bytes", subject: "r12", detail: "9 bytes with one rule") { description in
        description.mapRow("r12") {
          Register($0.name, dwarf: $0.dwarf, $0.bank, bits: [BitRun(9, free: 1, initial: 0)])
        }
      },
      Breaker("a bit too high", subject: "r12", detail: "0x100 doesn't fit into 1 bytes") { description in
        description.mapRow("r12") {
          Register($0.name, dwarf: $0.dwarf, $0.bank, bits: [BitRun(1, free: 0x100, initial: 0)])
        }
      },
      Breaker("free and set", subject: "r12", detail: "0x2 can't be free and set") { description in
        description.mapRow("r12") {
          Register($0.name, dwarf: $0.dwarf, $0.bank, bits: [BitRun(8, free: 3, set: 2, initial: 0)])
        }
      },
      Breaker("behind the image", subject: "fcw", detail: "byte 107 of an occasional image of 108") { description in
        description.mapRow("fcw") {
          Register($0.name, dwarf: $0.dwarf, $0.bank, byteCount: .unlessOccasional(2, imageOffset: 107))
        }
      },
    ],
    "slotsHoldTheirRegisters": [
      Breaker("nothing of it", subject: "k1", detail: "saved, but", others: ["everyRegisterIsSavedOnce"]) {
        $0.mapRow("k1") { Register($0.name, dwarf: $0.dwarf, $0.bank, byteCount: 0) }
      },
      Breaker("less than nothing", subject: "k1", detail: "saved, but", others: ["everyRegisterIsSavedOnce"]) {
        $0.mapRow("k1") { Register($0.name, dwarf: $0.dwarf, $0.bank, byteCount: -8) }
      },
      Breaker("a frame register of three bytes", subject: "mxcsr", detail: "the header knows 1, 2, 4, 8") {
        description in
        description.mapRow("mxcsr") { Register($0.name, dwarf: $0.dwarf, $0.bank, byteCount: 3) }
      },
      Breaker("wider than its word", subject: "rflags", detail: "16 bytes don't fit") { description in
        description.mapRow("rflags") { Register($0.name, dwarf: $0.dwarf, $0.bank, byteCount: 16) }
      },
      Breaker(
        "occasional in the frame", subject: "mxcsr", detail: "4 bytes, its slot has 0",
        others: ["everyRegisterIsSavedOnce", "slotsAreDisjointAndAligned"]
      ) { description in
        description.mapRow("mxcsr") { Register($0.name, dwarf: $0.dwarf, $0.bank, byteCount: .whenOccasional(4)) }
        description.rebuildLayout()
        description.followLayout()
      },
    ],
    "areaIsAddressed": [
      Breaker("address not loaded", subject: "xmm0", detail: "the area register isn't set") { description in
        description.mapInstructions(where: { $0.effects.contains(.loadsAreaAddress) && !$0.calls }) { instruction in
          instruction.mapEffects { $0 == .loadsAreaAddress ? .clobbers("rax") : $0 }
        }
      },
      Breaker("address overwritten", subject: "xmm0", detail: "the area register isn't set") { description in
        description.editStubs { stub in
          stub.instructions.insert(
            Instruction("xorl %eax, %eax", [.clobbers("rax")]), at: stub.firstIndex { $0.stores("xmm0") })
        }
      },
      Breaker(
        "the callee's answer, with the area on the stack", subject: "xmm0", detail: "the area register isn't set",
        only: .stack
      ) { description in
        description.editStubs { stub in
          stub.instructions.remove(
            at: stub.instructions.lastIndex { $0.effects.contains(.loadsAreaAddress) && !$0.calls }!)
        }
      },
    ],
    "wordsAreRead": [
      Breaker("no switch context", subject: "context", detail: "doesn't read it before the call") { description in
        let place = Place.frame(description.layout.offset(of: .context)!)
        description.removeInstructions { $0.effects.contains(.reads(place, byteCount: 8)) }
      },
      Breaker("another word", subject: "context", detail: "doesn't read it before the call") { description in
        let place = Place.frame(description.layout.offset(of: .context)!)
        description.mapInstructions(where: { $0.effects.contains(.reads(place, byteCount: 8)) }) { instruction in
          instruction.mapEffects { $0 == .reads(place, byteCount: 8) ? .reads(.frame(-136), byteCount: 8) : $0 }
        }
      },
    ],
    "rowsAreUnique": [
      Breaker("two rows", subject: "cs", detail: "two rows") { $0.registers.append(Self.excluded("cs")) },
      Breaker("shared DWARF number", subject: "dr0", detail: "DWARF number 51 is also cs's") {
        $0.registers.append(Self.excluded("dr0", dwarf: 51))
      },
    ],
    "exclusionsSayWhy": [
      Breaker("no reason", subject: "pkru", detail: "'unused' is no reason") {
        $0.replaceRow("pkru", with: Register("pkru", .control, .excluded(because: "unused")))
      },
      Breaker("empty reason", subject: "pkru", detail: "'' is no reason") {
        $0.replaceRow("pkru", with: Register("pkru", .control, .excluded(because: "")))
      },
      Breaker(
        "left to the resume", subject: "r12", detail: "only the program counter and the stack pointer",
        others: ["everyRegisterIsSavedOnce"]
      ) { $0.replaceRow("r12", with: Register("r12", dwarf: 12, .integer, .restoredByResume)) },
    ],
    "mandatoryRowsArePresent": [
      Breaker("no fs.base", subject: "fs.base", detail: "no row") { $0.removeRow("fs.base") },
      Breaker("no tilecfg", subject: "tilecfg", detail: "no row") { $0.removeRow("tilecfg") },
      Breaker("no stack pointer", subject: "rsp", detail: "no row") { $0.removeRow("rsp") },
      Breaker("no program counter", subject: "rip", detail: "no row") { $0.removeRow("rip") },
      Breaker("none for what the kernel saves", subject: "r16", detail: "no row") { description in
        description.injection.contextFields.append(ContextField("r16", at: 192, member: "uc_mcontext.gregs[19]"))
      },
    ],
    "classesWiden": [
      Breaker("a component is lost", subject: "avx", detail: "narrower class sse") { description in
        description.mapClasses { $0.widthName == "avx" ? StateClass("avx", components: 4, occasional: 1) : $0 }
      },
      Breaker(
        "nothing new", subject: "avx512", detail: "narrower class avx",
        others: Self.classesChanged
      ) { description in
        let avx = description.stateClasses.first { $0.widthName == "avx" }!
        description.mapClasses {
          $0.widthName == "avx512" ? StateClass("avx512", components: avx.components, occasional: 1) : $0
        }
      },
      Breaker(
        "occasional and not covered", subject: "sse", detail: "occasional components that it doesn't cover",
        others: Self.classesChanged
      ) { description in
        description.mapClasses { StateClass($0.widthName, components: $0.components, occasional: 1 << 40) }
      },
      Breaker("saved and ignored", subject: "avx", detail: "saves a component that the handler ignores") {
        $0.injection.liveState!.ignoredComponents |= 4
      },
      Breaker("not in pairs", subject: "classes", detail: "each width must be followed by") {
        $0.stateClasses.swapAt(1, 2)
      },
      Breaker("no occasional class", subject: "classes", detail: "each width must be followed by") {
        $0.stateClasses.remove(at: 1)
      },
      Breaker(
        "too many classes", subject: "classes", detail: "more classes than fit", others: ["widerStateIsInitialized"]
      ) { description in
        let narrowest = description.stateClasses[0]
        let more = (1...40).map { StateClass("w\($0)", components: narrowest.components, occasional: 1) }
        description.stateClasses.insert(contentsOf: StateClass.classes(ofWidths: more), at: 0)
      },
    ],
    "slotsAreDisjointAndAligned": [
      Breaker("two words in one place", subject: "rflags", detail: "overlaps", others: Self.wordsMoved) {
        $0.setWords($0.injection.words + [.register("rflags")])
      },
      Breaker("misaligned area slot", subject: "xmm0", detail: "isn't aligned to") { description in
        let image = description.registers.firstIndex { $0.name == "st" }!
        description.registers.insert(description.registers.remove(at: image), at: 0)
        description.rebuildLayout()
        description.followLayout()
      },
      Breaker("unexplained padding", subject: "mxcsr", detail: "bytes of padding") { description in
        description.mapRow("mxcsr") { Register($0.name, dwarf: $0.dwarf, $0.bank, byteCount: 2) }
        description.mapRow("fcw") { Register($0.name, dwarf: $0.dwarf, $0.bank, byteCount: .unlessOccasional(4)) }
        description.rebuildLayout()
        description.followLayout()
      },
      Breaker(
        "frame depends on the width", subject: "mxcsr", detail: "the frame's slots must be the same in every width"
      ) { description in
        let counts = Dictionary(
          uniqueKeysWithValues: description.stateClasses.map { ($0, $0.widthName == "avx512" ? 4 : 2) })
        description.mapRow("mxcsr") { row in
          Register(row.name, dwarf: row.dwarf, row.bank, byteCount: .byWidth(counts))
        }
        description.rebuildLayout()
        description.followLayout()
      },
    ],
    "everyRegisterIsSavedOnce": [
      Breaker("not stored", subject: "r11", detail: "stored 0 times", others: ["restoreMirrorsSave"]) {
        $0.removeInstructions { $0.stores("r11") }
      },
      Breaker("not reloaded", subject: "r11", detail: "reloaded 0 times", others: ["restoreMirrorsSave"]) {
        $0.removeInstructions { $0.reloads("r11") }
      },
      Breaker("stored twice", subject: "xmm3", detail: "stored 2 times", others: ["restoreMirrorsSave"]) {
        description in
        description.editStubs { stub in
          let index = stub.firstIndex { $0.stores("xmm3") }
          stub.instructions.insert(stub.instructions[index], at: index)
        }
      },
      Breaker("stored and not in the table", subject: "dr0", detail: "no row") { description in
        description.editStubs { stub in
          stub.instructions.insert(
            Instruction("movq %dr0, -32(%rbp)", [.stores("dr0", at: .frame(-176), byteCount: 8)]),
            at: stub.firstIndex { $0.calls })
        }
      },
      Breaker("reloaded before the call", subject: "xmm15", detail: "reloaded 0 times") { description in
        description.editStubs(of: "sse", in: "sse") { stub in
          let reload = stub.instructions.remove(at: stub.firstIndex { $0.reloads("xmm15") })
          stub.instructions.insert(reload, at: stub.firstIndex { $0.calls })
        }
      },
      Breaker("stored after the call", subject: "xmm15", detail: "stored 0 times") { description in
        description.editStubs(of: "sse", in: "sse") { stub in
          let store = stub.instructions.remove(at: stub.firstIndex { $0.stores("xmm15") })
          stub.instructions.insert(store, at: stub.firstIndex { $0.reloads("xmm15") })
        }
      },
    ],
    "restoreMirrorsSave": [
      Breaker(
        "reloaded from another slot", subject: "rbx",
        detail: "8 bytes at frame(-200), reloaded as 8 bytes at frame(-208)"
      ) { description in
        description.mapInstructions(where: { $0.reloads("rbx") }) {
          $0.replacing([.reloads("rbx", from: .frame(-208), byteCount: 8)])
        }
      },
      Breaker("reloaded in part", subject: "xmm7", detail: "reloaded as 8 bytes") { description in
        description.mapInstructions(where: { $0.reloads("xmm7") }) { instruction in
          instruction.mapEffects { effect in
            guard case .reloads(let name, let place, _, let zeroExtends) = effect else { return effect }
            return .reloads(name, from: place, byteCount: 8, zeroExtends: zeroExtends)
          }
        }
      },
      Breaker("reloaded in another order", subject: "rcx and rdx", detail: "reloaded as") { description in
        description.editStubs { stub in
          stub.instructions.swapAt(stub.firstIndex { $0.reloads("rcx") }, stub.firstIndex { $0.reloads("rdx") })
        }
      },
      Breaker("two slots exchanged in both halves", subject: "rcx", detail: "the layout has 8 bytes at frame(-184)") {
        description in
        description.mapInstructions(where: { $0.transfers("rcx") || $0.transfers("rdx") }) { instruction in
          instruction.mapEffects { $0.moved([.frame(-184): .frame(-192), .frame(-192): .frame(-184)]) }
        }
      },
      Breaker("two registers in one slot", subject: "rcx", detail: "the layout has") { description in
        description.mapInstructions(where: { $0.transfers("rcx") }) { instruction in
          instruction.mapEffects { $0.moved([.frame(-184): .frame(-192)]) }
        }
      },
    ],
    "widerStateIsInitialized": [
      Breaker("no vzeroupper", subject: "xmm0", detail: "aren't initial at the call") {
        $0.removeInstructions { $0.text == "vzeroupper" }
      },
      Breaker("legacy reload", subject: "xmm4", detail: "aren't initial at the resume") { description in
        description.mapInstructions(where: { $0.reloads("xmm4") }) { instruction in
          instruction.mapEffects { effect in
            guard case .reloads(let name, let place, let byteCount, _) = effect else { return effect }
            return .reloads(name, from: place, byteCount: byteCount)
          }
        }
      },
      Breaker("stale mask", subject: "k3", detail: "bytes 0 to 8 aren't initial at the resume") { description in
        description.editStubs(of: "avx", in: "avx512") { stub in
          stub.instructions.remove(at: stub.instructions.lastIndex { $0.effects.contains(.initializes("k3")) }!)
        }
      },
      Breaker("callee with the task's rounding", subject: "mxcsr", detail: "the callee doesn't start with its default")
      {
        $0.removeInstructions { $0.text.hasPrefix("ldmxcsr preempt_") }
      },
      Breaker(
        "callee with the task's direction", subject: "rflags", detail: "the callee doesn't start with its default"
      ) {
        $0.removeInstructions { $0.text == "cld" }
      },
      Breaker("callee with the task's x87 stack", subject: "st", detail: "aren't initial at the call") { description in
        description.mapInstructions(where: { $0.stores("st") }) { instruction in
          instruction.replacing(instruction.effects.filter { $0 != .initializes("st") })
        }
      },
    ],
    "noStoreBelowStackPointer": [
      Breaker("store, then reserve", subject: "rax", detail: "stored at CFA-176, the stack pointer is at CFA-168") {
        description in
        description.editStubs { stub in
          let store = stub.instructions.remove(at: stub.firstIndex { $0.stores("rax") })
          stub.instructions.insert(store, at: 0)
        }
      }
    ],
    "areaOnStackIsReserved": [
      Breaker(
        "nothing reserved", subject: "xmm0", detail: "reaches into the frame", others: ["reserveIsTheLayouts"],
        only: .stack
      ) { description in
        description.editStubs { stub in
          let reservations = stub.instructions.indices.filter { stub.instructions[$0].reserves }
          stub.instructions.remove(at: reservations[1])
        }
      },
      Breaker(
        "a line too little", subject: "st", detail: "reaches into the frame", others: ["reserveIsTheLayouts"],
        only: .stack
      ) { description in
        description.editStubs(of: "sse_x87") { stub in
          let reservations = stub.instructions.indices.filter { stub.instructions[$0].reserves }
          stub.instructions[reservations[1]] = Instruction("leaq -320(%rsp), %rsp", [.movesStackPointer(by: -320)])
        }
      },
    ],
    "reserveIsTheLayouts": [
      Breaker("a line too much", subject: "stub", detail: "bytes, the layout has") { description in
        description.editStubs { stub in
          stub.instructions.insert(
            Instruction("leaq -64(%rsp), %rsp", [.movesStackPointer(by: -64)]), at: stub.firstIndex { $0.rounds })
        }
      }
    ],
    "noLoadBelowStackPointer": [
      Breaker("reload after the cut", subject: "rax", detail: "read at CFA-176, the stack pointer is at CFA-152") {
        description in
        description.editStubs { stub in
          // The last reload before the cut: one instruction later is too late.
          let reload = stub.instructions.remove(at: stub.firstIndex { $0.reloads("rax") })
          stub.instructions.insert(reload, at: stub.firstIndex { $0.cutsBack } + 1)
        }
      },
      Breaker("own read", subject: "frame", detail: "read at CFA-512") {
        $0.insertFirst(Instruction("movq -344(%rsp), %rax", [.reads(.frame(-512), byteCount: 8)]))
      },
      Breaker("no reason", subject: "stack pointer", detail: "'' is no reason") {
        $0.insertFirst(
          Instruction(
            "movq -344(%rsp), %rax", [.reads(.frame(-512), byteCount: 8), .readsBelowStackPointer(because: "")]))
      },
      Breaker(
        "a return through memory without a reason", subject: "pc",
        detail: "read at CFA-40, the stack pointer is at CFA-0",
        of: ["s390x", "noxreg_s390x"]
      ) {
        $0.mapInstructions(where: { $0.text.hasPrefix("bi ") }) { $0.replacing([.resumesThroughMemory(.frame(-40))]) }
      },
    ],
    "flagsAreSavedBeforeClobber": [
      Breaker(
        "clobbered after their reload", subject: "rflags", detail: "clobbered while its value is only in the register"
      ) {
        $0.insertBeforeReturn(Instruction("addq $0, (%rsp)", [.clobbersFlags]))
      },
      Breaker("not written by the handler", subject: "rflags", detail: "andq", others: Self.wordsMoved) {
        $0.setWords($0.injection.words.filter { $0 != .register("rflags") })
      },
    ],
    "scratchIsStoredBeforeUse": [
      Breaker("not yet stored", subject: "rax", detail: "used as scratch while its value is only in the register") {
        $0.insertFirst(Instruction("xorl %eax, %eax", [.clobbers("rax")]))
      },
      Breaker("already reloaded", subject: "rdi", detail: "used as scratch") {
        $0.insertBeforeReturn(Instruction("movq (%rsp), %rdi", [.clobbers("rdi")]))
      },
      Breaker(
        "initialised before its store", subject: "mxcsr", detail: "initialised while its value is only in the register"
      ) {
        $0.insertFirst(Instruction("ldmxcsr preempt_amd64_mxcsr(%rip)", [.initializes("mxcsr")]))
      },
      Breaker("upper halves initialised before their store", subject: "xmm0", detail: "initialised while") {
        description in
        description.editStubs(of: "avx") { stub in
          stub.instructions.insert(
            Instruction("vzeroupper", [.initializes("xmm0", upperBytesFrom: 16)]),
            at: stub.firstIndex { $0.stores("xmm0") })
        }
      },
      Breaker("initialised after its reload", subject: "xmm0", detail: "initialised while") { description in
        description.insertBeforeReturn(Instruction("xorps %xmm0, %xmm0", [.initializes("xmm0")]))
      },
    ],
    "stackPointerSumsToZero": [
      Breaker("one word left", subject: "stack pointer", detail: "8 bytes below the interrupted one") { description in
        description.mapInstructions(where: { $0.reloads("rbp") }) { instruction in
          instruction.replacing(instruction.effects.filter { $0 != .movesStackPointer(by: 8) })
        }
      },
      Breaker(
        "rounded at the return", subject: "stack pointer", detail: "unknown at the return", others: ["callIsAligned"]
      ) {
        $0.insertBeforeReturn(Instruction("andq $-16, %rsp", [.alignsStackPointer(to: 16)]))
      },
      Breaker("frame base lost", subject: "stack pointer", detail: "unknown at the return") { description in
        description.editStubs { stub in
          stub.instructions.insert(Instruction("xorl %ebp, %ebp", [.clobbers("rbp")]), at: stub.firstIndex { $0.calls })
        }
      },
      Breaker("code after the return", subject: "stub", detail: "doesn't end with its return") { description in
        description.editStubs { $0.instructions.append(Instruction("nop")) }
      },
      Breaker("red zone kept", subject: "stub", detail: "pops 128 bytes where the return sequence says 0") {
        description in
        description.injection.returnSequence = .returnPopping(0)
      },
      Breaker("another word for the PC", subject: "pc", detail: "which isn't its word", of: ["arm64_x18"]) {
        $0.mapInstructions(where: { $0.text.hasPrefix("ldr x18") }) {
          $0.mapEffects { _ in .loadsProgramCounter(into: "x18", from: .frame(-24)) }
        }
      },
      Breaker("no word of the PC", subject: "x18", detail: "doesn't hold the program counter", of: ["arm64_x18"]) {
        $0.removeInstructions { $0.text.hasPrefix("ldr x18") }
      },
      Breaker(
        "the words kept", subject: "stack pointer", detail: "48 bytes below the interrupted one", of: ["arm64_x18"]
      ) {
        $0.removeInstructions { $0.text == "add sp, sp, #48" }
      },
      Breaker("memory that isn't the word", subject: "pc", detail: "which isn't its word", of: ["s390x"]) {
        $0.mapInstructions(where: { $0.text.hasPrefix("bi ") }) {
          $0.mapEffects { if case .resumesThroughMemory = $0 { .resumesThroughMemory(.frame(-32)) } else { $0 } }
        }
      },
      Breaker("the frame kept", subject: "stack pointer", detail: "48 bytes below the interrupted one", of: ["s390x"]) {
        $0.removeInstructions { $0.text == "lay %r15, 48(%r15)" }
      },
      Breaker("another way than through memory", subject: "stub", detail: "doesn't end with its return", of: ["s390x"])
      {
        $0.injection.returnSequence = .delaySlot
      },
      Breaker("no frame for the kernel", subject: "stack pointer", detail: "isn't the signal frame's", of: ["arm64"]) {
        $0.removeInstructions { $0.effects.contains(.leavesStack) }
      },
      Breaker(
        "a store after the stack is left", subject: "stack pointer", detail: "used after the stub left it",
        others: ["everyRegisterIsSavedOnce"], of: ["arm64"]
      ) { $0.insertBeforeReturn(Instruction("str x3, [x29, #-32]", [.stores("x3", at: .frame(-80), byteCount: 8)])) },
      Breaker("another way back", subject: "stub", detail: "doesn't end with its return", of: ["arm64"]) {
        $0.mapInstructions(where: { $0.effects.contains(.returnsFromSignal) }) {
          $0.replacing([.resumesThrough("x30")])
        }
      },
    ],
    "calleeHasItsSaveArea": [
      Breaker(
        "not reserved", subject: "preempt_mcall", detail: "for its registers, the psABI says 160",
        others: ["reserveIsTheLayouts"], of: ["s390x", "noxreg_s390x"]
      ) {
        $0.removeInstructions { $0.text == "lay %r15, -160(%r15)" }
      },
      Breaker("one that amd64 doesn't know", subject: "preempt_mcall", detail: "the psABI says 32") {
        $0.abi.registerSaveAreaByteCount = 32
      },
    ],
    "callIsAligned": [
      Breaker("never rounded", subject: "preempt_mcall", detail: "aligned to 1, the psABI wants 16") {
        $0.removeInstructions { $0.rounds }
      },
      Breaker("rounded too far", subject: "stack pointer", detail: "rounded to 4096, the layout reckons with") {
        description in
        description.mapInstructions(where: { $0.rounds }) { $0.replacing([.alignsStackPointer(to: 4096)]) }
      },
      Breaker(
        "a push after it", subject: "preempt_mcall", detail: "aligned to 8", others: ["reserveIsTheLayouts"]
      ) { description in
        description.editStubs { stub in
          stub.instructions.insert(
            Instruction("leaq -8(%rsp), %rsp", [.movesStackPointer(by: -8)]), at: stub.firstIndex { $0.calls })
        }
      },
    ],
    "stubIsStraightLine": [
      Breaker("a branch", subject: "stub", detail: "_entry_sse_in_sse branches") { description in
        description.editStubs { $0.instructions.insert(Instruction("je 1f", [.branches]), at: 3) }
      },
      Breaker(
        "no call", subject: "stub", detail: "has 0 calls",
        others: ["everyRegisterIsSavedOnce", "restoreMirrorsSave", "widerStateIsInitialized", "reserveIsTheLayouts"]
      ) {
        $0.removeInstructions { $0.calls }
      },
      Breaker("two calls", subject: "stub", detail: "has 2 calls") { description in
        description.editStubs { stub in
          let call = stub.firstIndex { $0.calls }
          stub.instructions.insert(stub.instructions[call], at: call)
        }
      },
      Breaker("two returns", subject: "stub", detail: "has 2 returns") { description in
        description.editStubs { $0.instructions.append($0.instructions[$0.instructions.count - 1]) }
      },
    ],
    "rowsLieWithinCFIColumns": [
      Breaker("an integer without a column", subject: "r10", detail: "can't be unwound") {
        $0.mapRow("r10") { Register($0.name, dwarf: nil, $0.bank) }
      },
      Breaker("an integer beyond the columns", subject: "r10", detail: "0...16") {
        $0.mapRow("r10") { Register($0.name, dwarf: 200, $0.bank) }
      },
      Breaker("the return address's column", subject: "r10", detail: "has the return address's column 16") {
        description in
        description.removeRow("rip")
        description.mapRow("r10") { Register($0.name, dwarf: 16, $0.bank) }
        description.registers.append(Register("rip", .control, .restoredByResume))
      },
      Breaker("a vector with a column", subject: "xmm0", detail: "has a column, but lies where") { description in
        description.mapRow("rsp") { Register($0.name, dwarf: nil, $0.bank, $0.disposition) }
        description.mapRow("xmm0") { Register($0.name, dwarf: 7, $0.bank, byteCount: $0.byteCount) }
      },
      Breaker("half a word with a column", subject: "mxcsr", detail: "has a column, but no word in every frame") {
        description in
        description.removeRow("rip")
        description.mapRow("mxcsr") { Register($0.name, dwarf: 7, $0.bank, byteCount: $0.byteCount) }
        description.mapRow("rsp") { Register($0.name, dwarf: nil, $0.bank, $0.disposition) }
        description.registers.append(Register("rip", .control, .restoredByResume))
      },
      Breaker("the flags' column for the return address", subject: "pc", detail: "column 49 is outside 0...16") {
        $0.abi.returnAddressColumn = 49
      },
    ],
    "handlerWordsFormAFrame": [
      Breaker("no program counter", subject: "pc", detail: "doesn't write the program counter", others: Self.wordsMoved)
      {
        $0.setWords([.register("rbp"), .register("rflags"), .saveArea, .context])
      },
      Breaker("no frame base", subject: "rbp", detail: "doesn't write the frame base", others: Self.wordsMoved) {
        $0.setWords([.programCounter, .register("rflags"), .saveArea, .context])
      },
      Breaker("frame base elsewhere", subject: "rbp", detail: "isn't directly below", others: Self.wordsMoved) {
        $0.setWords([.programCounter, .register("rflags"), .register("rbp"), .saveArea, .context])
      },
      Breaker("no switch context", subject: "context", detail: "no way to the system stack", others: Self.wordsMoved) {
        $0.setWords([.programCounter, .register("rbp"), .register("rflags"), .saveArea])
      },
      Breaker(
        "no save area", subject: "area", detail: "no way to the save area", others: Self.wordsMoved, only: .extended
      ) {
        $0.setWords([.programCounter, .register("rbp"), .register("rflags"), .context])
      },
    ],
    "contextHoldsEveryInteger": [
      Breaker("no field", subject: "r9", detail: "no field in the signal context") { description in
        description.injection.contextFields = description.injection.contextFields.filter { $0.register != "r9" }
      },
      Breaker("no field of a handler's word", subject: "rflags", detail: "no field in the signal context") {
        description in
        description.injection.contextFields = description.injection.contextFields.filter { $0.register != "rflags" }
      },
      Breaker("two fields", subject: "r9", detail: "two fields in the signal context") { description in
        let field = description.injection.contextFields.first { $0.register == "r9" }!
        description.injection.contextFields = description.injection.contextFields + [field]
      },
      Breaker("one field for two", subject: "r9", detail: "in the same place as r8") { description in
        description.injection.contextFields = description.injection.contextFields.map {
          $0.register == "r9" ? ContextField("r9", at: 40, member: $0.member) : $0
        }
      },
      Breaker("two places for the program counter", subject: "rip", detail: "differs from its row") { description in
        description.injection.programCounter = ContextField("rip", at: 176, member: "uc_mcontext.gregs[16]")
      },
    ],
    "signalFrameHoldsEverything": [
      Breaker("a vector without a place", subject: "v7", detail: "no place", of: ["arm64", "noxreg_arm64"]) {
        $0.editSignalFrame { $0.places["v7"] = nil }
      },
      Breaker("two in one place", subject: "v8", detail: "overlaps v7", of: ["arm64"]) {
        $0.editSignalFrame { $0.places["v8"] = $0.places["v7"]! + 8 }
      },
      Breaker("a mark in a register", subject: "fpcr", detail: "overlaps mark", of: ["arm64"]) {
        $0.editSignalFrame { $0.marks[$0.places["fpcr"]!] = 1 }
      },
      Breaker("the thread's register as zero", subject: "tp", detail: "nothing says from what", of: ["riscv64"]) {
        $0.editSignalFrame { $0.threadRegisters["tp"] = nil }
      },
      Breaker("a short frame", subject: "mark", detail: "ends beyond", of: ["arm64"]) {
        $0.editSignalFrame { $0.byteCount = 128 + 992 }
      },
    ],
    "reserveFits": [
      Breaker("deep callee", subject: "sse", detail: "the reserve has 4096") { description in
        description.injection.calleeByteCount = 4096
      }
    ],
  ]

  /// Moving the words moves every slot under the stubs' feet.
  static let wordsMoved: Set<String> = [
    "everyRegisterIsSavedOnce", "restoreMirrorsSave", "slotsAreDisjointAndAligned", "stackPointerSumsToZero",
    "noStoreBelowStackPointer", "noLoadBelowStackPointer", "scratchIsStoredBeforeUse", "flagsAreSavedBeforeClobber",
    "areaOnStackIsReserved", "callIsAligned", "wordsAreRead",
    "reserveIsTheLayouts",
  ]

  /// Byte counts are by class, and the stubs still are the old ones'.
  static let classesChanged: Set<String> = [
    "classesWiden", "slotsHoldTheirRegisters", "widerStateIsInitialized", "everyRegisterIsSavedOnce",
    "restoreMirrorsSave",
  ]

  /// The stubs still speak of the old name.
  static let renamed: Set<String> = [
    "mandatoryRowsArePresent", "everyRegisterIsSavedOnce", "restoreMirrorsSave", "widerStateIsInitialized",
    "scratchIsStoredBeforeUse",
  ]

  static func excluded(_ name: String, dwarf: Int? = nil) -> Register {
    Register(name, dwarf: dwarf, .control, .excluded(because: "of no use to user code"))
  }
}
