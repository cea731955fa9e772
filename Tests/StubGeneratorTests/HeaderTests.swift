// preempt.h, judged by compilers and by the C library's and the kernel's own declarations.

import ArchPreempt
import BackendCatalog
import Foundation
import Testing

@testable import StubGenerator

@Suite(
  .enabled(if: Tools.clang != nil, "needs clang in PATH"),
  .enabled(if: !NativeBackends.names.isEmpty, "no backend's guard holds for the clang here"))
struct HeaderTests {
  static let strict = ["-Wall", "-Wextra", "-Werror"]
  // swift-format-ignore
  static let languages: [(name: String, arguments: [String])] = [
    ("c.c",    ["-std=gnu11"]),
    ("cc.cpp", ["-std=c++17"]),
  ]

  /// Compiles a source that includes `header`.
  static func compile(
    _ generated: Generated, header: String? = nil, source body: String = "", as name: String = "c.c",
    _ arguments: [String] = ["-std=gnu11", "-fsyntax-only"], in folder: TemporaryFolder? = nil
  ) throws -> Tool.Output {
    let folder = try folder ?? TemporaryFolder()
    try folder.write(header ?? generated.text("preempt.h"), to: "preempt.h")
    // The size shows that the guard let the header through.
    let frame = "struct \(generated.description.symbolPrefix)_frame"
    let source = try folder.write("#include \"preempt.h\"\nextern char here[sizeof(\(frame))];\n" + body, to: name)
    return try #require(Tools.clang).run(
      strict + generated.selection + arguments + ["-I", folder.url.path, source])
  }

  @Test(arguments: NativeBackends.names, languages.map(\.name))
  func compilesWithoutWarning(name: String, language: String) throws {
    let generated = try Generated(name)
    let arguments = try #require(Self.languages.first { $0.name == language }).arguments
    let output = try Self.compile(generated, as: language, arguments + ["-fsyntax-only"])
    #expect(output.status == 0)
    #expect(output.errors == "")
  }

  /// One assertion of each kind, by the text it prints.
  static let assertions = [
    "r15 in the frame", "fcw in the frame", "pc in the frame", "frame with red zone", "xmm1 in class sse", "class avx",
    "st in class avx512_x87", "rip in ucontext_t", "rflags in ucontext_t", "uc_sigmask in ucontext_t",
  ]

  @Test(
    .enabled(if: !NativeBackends.familyOfAMD64.isEmpty, "names amd64's registers"),
    arguments: NativeBackends.familyOfAMD64, assertions)
  func offsetChangedByEightFailsToCompile(name: String, assertion: String) throws {
    let generated = try Generated(name)
    var lines = try generated.text("preempt.h").split(separator: "\n", omittingEmptySubsequences: false).map(
      String.init)
    let index = try #require(lines.firstIndex { $0.hasPrefix("PREEMPT_ASSERT(") && $0.contains("\"\(assertion)\"") })
    let parts = try #require(lines[index].wholeMatch(of: /(.* == )(\d+)(, .*)/))
    lines[index] = "\(parts.1)\(try #require(Int(parts.2)) + 8)\(parts.3)"
    let output = try Self.compile(generated, header: lines.joined(separator: "\n"))
    #expect(output.status != 0)
    #expect(output.errors.contains(assertion))
  }

  @Test(arguments: NativeBackends.names)
  func wrongFieldInTheDescriptionFailsToCompile(name: String) throws {
    let generated = try Generated(name)
    for index in generated.description.injection.contextFields.indices {
      var description = generated.description
      var fields = description.injection.contextFields
      let field = fields[index]
      fields[index] = ContextField(field.register, at: field.byteOffset + 8, member: field.member)
      description.injection.contextFields = fields
      let output = try Self.compile(generated, header: HeaderEmitter(description: description).text())
      #expect(output.status != 0, "\(field.register)")
      #expect(output.errors.contains("\(field.register) in ucontext_t"))
    }
  }

  /// The members are spelled by index; the C library knows which register each index is.
  @Test(
    .enabled(if: !NativeBackends.familyOfAMD64.isEmpty, "names amd64's registers"),
    arguments: NativeBackends.familyOfAMD64)
  func fieldsAreTheRegistersTheyClaim(name: String) throws {
    let generated = try Generated(name)
    let asserts = generated.description.injection.contextFields.map { field in
      let index = field.register == "rflags" ? "REG_EFL" : "REG_\(field.register.uppercased())"
      return
        "_Static_assert(offsetof(ucontext_t, uc_mcontext.gregs[\(index)]) == \(field.byteOffset), \"\(field.register)\");"
    }
    let output = try Self.compile(
      generated, source: asserts.joined(separator: "\n"), ["-std=gnu11", "-fsyntax-only", "-D_GNU_SOURCE"])
    #expect(output.errors == "")
    #expect(output.status == 0)
  }

  @Test(
    .enabled(if: !NativeBackends.familyOfAMD64.isEmpty, "reads amd64's kernel headers"),
    arguments: NativeBackends.familyOfAMD64)
  func liveStateSourceIsTheKernels(name: String) throws {
    let live = try #require(try Generated(name).description.injection.liveState)
    // The kernel's header clashes with the C library's, so it is included alone. `struct _xstate` begins with the
    // legacy region.
    let folder = try TemporaryFolder()
    // swift-format-ignore
    let facts: [(String, Int)] = [
      ("offsetof(struct _xstate, fpstate.sw_reserved.magic1)",        live.firstMagicOffset),
      ("offsetof(struct _xstate, fpstate.sw_reserved.extended_size)", live.extendedByteCountOffset),
      ("offsetof(struct _xstate, fpstate.sw_reserved.xfeatures)",     live.featuresOffset),
      ("offsetof(struct _xstate, fpstate.sw_reserved.xstate_size)",   live.stateByteCountOffset),
      ("offsetof(struct _xstate, xstate_hdr.xfeatures)",              live.liveComponentsOffset),
      ("offsetof(struct _xstate, fpstate.swd)",                       live.occasionalStatusOffset),
      ("offsetof(struct _xstate, fpstate.twd)",                       live.occasionalTagOffset),
      ("offsetof(struct _xstate, ymmh)",                              live.minimumStateByteCount),
      ("FP_XSTATE_MAGIC1",                                            Int(live.firstMagic)),
      ("FP_XSTATE_MAGIC2",                                            Int(live.secondMagic)),
      ("(int)FP_XSTATE_MAGIC2_SIZE",                                  4),
    ]
    let source = try folder.write(
      "#include <stddef.h>\n#include <linux/types.h>\n#include <asm/sigcontext.h>\n"
        + facts.map { "_Static_assert(\($0.0) == \($0.1), \"\($0.0)\");\n" }.joined(), to: "kernel.c")
    let output = try #require(Tools.clang).run(["-std=gnu11", "-fsyntax-only", source])
    #expect(output.errors == "")
    #expect(output.status == 0)
  }
}

/// A C program that calls the header's functions on a hand-made `ucontext_t` and prints what came of it.
@Suite(
  .enabled(if: Tools.clang != nil, "needs clang in PATH"),
  .enabled(if: !NativeBackends.familyOfAMD64.isEmpty, "runs a program of amd64's family"))
struct HeaderProgramTests {
  /// A signal frame as `live_class` reads it.
  struct LiveCase: Sendable, CustomTestStringConvertible {
    let name: String
    let expected: String?
    var hasState = true
    var contextFlags: UInt64 = 1
    var firstMagic: UInt32 = 0x4650_5853
    var secondMagic: UInt32 = 0x4650_5845
    var byteCount: UInt32 = 2696
    var extendedByteCount: UInt32 = 2700
    var features: UInt64 = 0x2e7
    var live: UInt64 = 3
    var tag: UInt8 = 0
    var status: UInt16 = 0
    var enabled: UInt64 = 0xe7
    var testDescription: String { name }
  }

  // swift-format-ignore
  static let liveCases: [LiveCase] = [
    LiveCase(name: "nothing but SSE",              expected: "sse"),
    LiveCase(name: "x87 tag",                      expected: "sse_x87",    tag: 0x80),
    LiveCase(name: "x87 exception flag",           expected: "sse_x87",    status: 0x0001),
    LiveCase(name: "x87 condition after fucompp",  expected: "sse_x87",    status: 0x4000),
    LiveCase(name: "upper halves",                 expected: "avx",        live: 7),
    LiveCase(name: "upper halves and x87",         expected: "avx_x87",    live: 7, tag: 1),
    LiveCase(name: "masks alone",                  expected: "avx512",     live: 0x23),
    LiveCase(name: "zmm0 to zmm15",                expected: "avx512",     live: 0x47),
    LiveCase(name: "zmm16 to zmm31",               expected: "avx512",     live: 0x87),
    LiveCase(name: "everything",                   expected: "avx512_x87", live: 0xe7, tag: 0xff),
    LiveCase(name: "protection keys are ignored",  expected: "sse",        live: 0x203),
    LiveCase(name: "AMX tiles",                    expected: nil,          features: 0x602e7, live: 0x40003),
    LiveCase(name: "live beyond the frame",        expected: nil,          features: 0x3, live: 7),
    LiveCase(name: "live beyond what is enabled",  expected: nil,          live: 7, enabled: 3),
    LiveCase(name: "AVX is the widest",            expected: "avx",        live: 7, enabled: 7),
    LiveCase(name: "too little enabled",           expected: nil,          enabled: 1),
    LiveCase(name: "no state",                     expected: "avx512_x87", hasState: false),
    LiveCase(name: "no state, AVX the widest",     expected: "avx_x87",    hasState: false, enabled: 7),
    LiveCase(name: "no extended state",            expected: "avx512",     contextFlags: 0),
    LiveCase(name: "no extended state, x87",       expected: "avx512_x87", contextFlags: 0, tag: 1),
    LiveCase(name: "valgrind: no first magic",     expected: "avx512",     firstMagic: 0),
    LiveCase(name: "no second magic",              expected: "avx512",     secondMagic: 0),
    LiveCase(name: "state too small",              expected: "avx512",     byteCount: 575, extendedByteCount: 579),
    LiveCase(name: "state too large",              expected: "avx512",     byteCount: 65537, extendedByteCount: 65541),
    LiveCase(name: "second magic outside",         expected: "avx512",     extendedByteCount: 2699),
    LiveCase(name: "sizes disagree",               expected: "avx512",     extendedByteCount: 4096),
  ]

  /// Bytes of the fake state: beyond the largest believable one.
  static let stateByteCount = 65536 + 64

  static func source(_ description: BackendDescription) throws -> String {
    let prefix = description.symbolPrefix
    let live = try #require(description.injection.liveState)
    let calls = liveCases.enumerated().map { index, live in
      "  printf(\"live\(index) %d\\n\", live(\(live.hasState ? 1 : 0), \(live.contextFlags)u, \(live.firstMagic)u, "
        + "\(live.secondMagic)u, \(live.byteCount)u, \(live.extendedByteCount)u, \(live.features)u, \(live.live)u, "
        + "\(live.tag), \(live.status), \(live.enabled)u));"
    }
    let registers = description.injection.contextFields.enumerated().map { index, field in
      "  put(&context, \(field.byteOffset), 0x1000u + \(index));"
    }
    return """
      #include <stdio.h>
      #include <string.h>

      static unsigned char state[\(stateByteCount)];
      static uint64_t stack[128];
      static uint64_t area, switch_context;
      static const char entry[1];

      static void put(ucontext_t *context, unsigned offset, uint64_t value) {
        memcpy((char *)context + offset, &value, sizeof value);
      }
      static int live(int has_state, uint64_t context_flags, uint32_t first_magic, uint32_t second_magic, uint32_t byte_count,
                      uint32_t extended_byte_count, uint64_t features, uint64_t live, uint8_t tag, uint16_t status, uint64_t enabled) {
        ucontext_t context;
        memset(&context, 0, sizeof context);
        memset(state, 0, sizeof state);
        put(&context, \(live.contextFlagsOffset), context_flags);
        if (has_state) put(&context, \(live.statePointerOffset), (uint64_t)(uintptr_t)state);
        memcpy(state + \(live.firstMagicOffset), &first_magic, 4);
        memcpy(state + \(live.extendedByteCountOffset), &extended_byte_count, 4);
        memcpy(state + \(live.featuresOffset), &features, 8);
        memcpy(state + \(live.stateByteCountOffset), &byte_count, 4);
        memcpy(state + \(live.liveComponentsOffset), &live, 8);
        memcpy(state + \(live.occasionalStatusOffset), &status, 2);
        memcpy(state + \(live.occasionalTagOffset), &tag, 1);
        if (byte_count >= 576) memcpy(state + byte_count, &second_magic, 4);
        return \(prefix)_live_class(&context, enabled);
      }

      int main(void) {
        ucontext_t context;
        memset(&context, 0, sizeof context);
        memset(stack, 0xa5, sizeof stack);
      \(registers.joined(separator: "\n"))
        uint64_t sp = (uint64_t)(uintptr_t)(stack + 120);
        uint64_t flags = \(description.injection.clearedFlags)u | 0x246u;
        \(prefix)_set_sp(&context, sp);
        \(prefix)_set_flags(&context, flags);
        ucontext_t before = context;
        printf("pc %d\\n", \(prefix)_pc(&context) == 0x1000u + \(description.injection.contextFields.firstIndex(of: description.injection.programCounter)!));
        \(prefix)_inject(&context, entry, &area, &switch_context);

        printf("entry %d\\n", \(prefix)_pc(&context) == (uint64_t)(uintptr_t)entry);
        printf("sp %lld\\n", (long long)(\(prefix)_sp(&context) - sp));
        printf("flags %llu\\n", (unsigned long long)(flags ^ \(prefix)_flags(&context)));
        for (int index = 0; index < 128; index++) {
          long long offset = (long long)(index - 120) * 8;
          uint64_t value = stack[index];
          if (value == 0xa5a5a5a5a5a5a5a5u) continue;
          if (value == (uint64_t)(uintptr_t)&area) printf("word area %lld\\n", offset);
          else if (value == (uint64_t)(uintptr_t)&switch_context) printf("word context %lld\\n", offset);
          else if (value == flags) printf("word flags %lld\\n", offset);
          else printf("word %llu %lld\\n", (unsigned long long)value - 0x1000u, offset);
        }
        /* Nothing else of the context changed. */
        \(prefix)_set_pc(&context, \(prefix)_pc(&before));
        \(prefix)_set_sp(&context, sp);
        \(prefix)_set_flags(&context, flags);
        printf("rest %d\\n", memcmp(&before, &context, sizeof context));
      \(calls.joined(separator: "\n"))
        for (uint64_t enabled = 0; enabled < 256; enabled++) printf("widest%llu %d\\n", (unsigned long long)enabled, \(prefix)_widest(enabled));
        return 0;
      }
      """
  }

  /// The program's lines, without their last word, to that word.
  static func run(_ generated: Generated) throws -> [String: String] {
    let folder = try TemporaryFolder()
    let program = folder.path("program")
    let output = try HeaderTests.compile(
      generated, source: source(generated.description), ["-std=gnu11", "-O1", "-o", program], in: folder)
    try #require(output.status == 0, "\(output.errors)")
    let result = try Tool(path: program).run([])
    try #require(result.status == 0, "\(result.errors)")
    let pairs = result.text.split(separator: "\n").map { line -> (String, String) in
      let words = line.split(separator: " ")
      return (words.dropLast().joined(separator: " "), String(words[words.count - 1]))
    }
    return try Dictionary(pairs) { _, _ in throw RepeatedLine() }
  }

  struct RepeatedLine: Error {}

  @Test(arguments: NativeBackends.familyOfAMD64)
  func injectionWritesTheLayoutsWords(name: String) throws {
    let generated = try Generated(name)
    let description = generated.description
    let said = try Self.run(generated)
    #expect(said["pc"] == "1")
    #expect(said["entry"] == "1")
    #expect(said["rest"] == "0")
    #expect(said["sp"] == "\(description.layout.entryOffset)")
    #expect(said["flags"] == "\(description.injection.clearedFlags)")

    var expected: [String: String] = [:]
    for word in description.layout.words {
      let offset = "\(try #require(description.layout.offset(of: word)))"
      switch word {
      case .saveArea: expected["word area"] = offset
      case .context: expected["word context"] = offset
      case .register(let name) where name == description.injection.flags?.register: expected["word flags"] = offset
      case .programCounter:
        let index = description.injection.contextFields.firstIndex(of: description.injection.programCounter)
        expected["word \(try #require(index))"] = offset
      case .register(let register):
        let index = description.injection.contextFields.firstIndex { $0.register == register }
        expected["word \(try #require(index))"] = offset
      }
    }
    #expect(said.filter { $0.key.hasPrefix("word ") } == expected)
  }

  @Test(arguments: NativeBackends.familyOfAMD64)
  func liveClassIsTheNarrowestThatCovers(name: String) throws {
    let generated = try Generated(name)
    let said = try Self.run(generated)
    let classes = generated.description.stateClasses
    for (index, live) in Self.liveCases.enumerated() {
      let answer = try #require(Int(said["live\(index)"] ?? ""))
      let found = classes.indices.contains(answer) ? classes[answer].name : nil
      #expect(found == live.expected, "\(live.name): got \(answer)")
    }
  }

  @Test(arguments: NativeBackends.familyOfAMD64)
  func widestIsTheWidestThatIsEnabled(name: String) throws {
    let generated = try Generated(name)
    let said = try Self.run(generated)
    let widths = generated.description.stateClasses.filter { !$0.includesOccasional }
    for enabled in UInt64(0)..<256 {
      let expected = widths.lastIndex { $0.components & ~enabled == 0 } ?? -1
      #expect(said["widest\(enabled)"] == "\(expected)", "enabled \(enabled)")
    }
  }
}
