// What `SelectedArch` needs of a backend of another package, as a C header: the runtime can't import a Swift module of a
// package that depends on it, but a C compiler finds a header wherever it is told to look.
//
// The same constants as `ConstantsEmitter`'s that the runtime and its verifier use.

import ArchPreempt

struct CustomBackendEmitter {
  static let fileName = "preempt_backend.h"

  let constants: ConstantsEmitter
  private var description: BackendDescription { constants.description }

  func text() -> String {
    let layout = description.layout
    let injection = description.injection
    let prefix = description.symbolPrefix
    let widest = description.widestClass
    func column(_ name: String) -> Int { description.registers.first { $0.name == name }?.dwarf ?? -1 }
    func context(_ name: String) -> Int { injection.contextFields.first { $0.register == name }?.byteOffset ?? -1 }
    let values: [(name: String, value: Int)] = [
      ("SAVES_ON_STACK", layout.extendedPlacement == .stack ? 1 : 0),
      ("FRAME_BYTES", layout.frameByteCount(widest: widest)),
      ("RED_ZONE_BYTES", layout.abi.redZoneByteCount),
      ("FRAME_BASE_WORD", constants.frameBaseWordOffset),
      ("PC_WORD", layout.offset(of: .programCounter)!),
      ("CLASS_COUNT", description.stateClasses.count),
      ("PREEMPTED_REASON", BackendDescription.preemptedReason),
      ("PC_CONTEXT", injection.programCounter.byteOffset),
      ("SP_CONTEXT", injection.stackPointer.byteOffset),
      ("FRAME_BASE_CONTEXT", context(description.abi.frameBase)),
      ("FLAGS_CONTEXT", injection.flags?.byteOffset ?? -1),
      ("SIGNAL_MASK_CONTEXT", injection.signalMaskByteOffset),
      ("CONTEXT_REGISTERS", constants.contextRegisters.offset),
      ("CONTEXT_REGISTER_COUNT", constants.contextRegisters.count),
      ("IS_RESUMED_BY_KERNEL", constants.isResumedByKernel ? 1 : 0),
      ("RETURN_ADDRESS_COLUMN", description.abi.returnAddressColumn),
      ("STACK_POINTER_COLUMN", column(description.abi.stackPointer)),
      ("AREA_ALIGNMENT_BYTES", SaveLayout.areaAlignmentByteCount),
      ("INTEGER_SLOT_COUNT", constants.integerOffsets.count),
      ("FRAME_REGISTER_COUNT", constants.frameRows().count),
    ]
    var lines = [
      GeneratedFiles.mark("/*", " */", description.name), "",
      "#ifndef PREEMPT_BACKEND_H", "#define PREEMPT_BACKEND_H", "#include \"preempt.h\"", "",
    ]
    lines += values.map { "#define PREEMPT_BACKEND_\($0.name) \($0.value < 0 ? "(\($0.value))" : "\($0.value)")" }
    lines += [
      "", "typedef struct \(prefix)_extended_state preempt_backend_extended_state;", "",
      "static inline const char *preempt_backend_name(void) { return \"\(description.name)\"; }",
    ]
    func function(_ result: String, _ name: String, _ parameters: String, _ expression: String) {
      lines += [
        "static inline PREEMPT_SIGNAL_SAFE \(result) preempt_backend_\(name)(\(parameters)) {",
        "  \(result == "void" ? "" : "return ")\(expression);", "}",
      ]
    }
    func table(_ name: String, _ otherwise: Int, _ values: [Int]) {
      let cases = values.enumerated().map { "index == \($0) ? \($1) : " }.joined()
      function("int", name, "int index", "\(cases)\(otherwise)")
    }
    let rows = constants.classRows()
    table("area_bytes", 0, rows.map(\.areaByteCount))
    table("required_stack_bytes", SaveLayout.reserveByteCount, rows.map(\.requiredStackByteCount))
    table("vector_bytes", 0, rows.map(\.vectorByteCount))
    table("integer_slot", 0, constants.integerOffsets)
    function(
      "uint64_t", "refused_flags", "void", "\(injection.refusedFlags)u\(injection.refusedFlags >> 32 > 0 ? "ll" : "")")
    function("const char *", "entry", "unsigned index, unsigned widest", "\(prefix)_entry(index, widest)")
    function("int", "widest", "uint64_t enabled", "\(prefix)_widest(enabled)")
    function(
      "int", "live_class", "const ucontext_t *context, uint64_t enabled", "\(prefix)_live_class(context, enabled)")
    function(
      "void", "inject", "ucontext_t *context, const char *entry, void *area, void *switch_context",
      "\(prefix)_inject(context, entry, area, switch_context)")
    let fill = "\(prefix)_fill_signal_frame(signal_frame, cfa, area, state_class, stack, signal_mask)"
    function(
      "void", "fill_signal_frame",
      "void *signal_frame, uint64_t cfa, const void *area, unsigned state_class, const stack_t *stack, const void *signal_mask",
      constants.isResumedByKernel ? fill : "__builtin_trap()")
    let names = description.stateClasses.enumerated().map { "index == \($0) ? \"\($1.name)\" : " }.joined()
    lines += [
      "static inline const char *preempt_backend_class_name(int index) { return \(names)\"?\"; }", "",
      "/* A register in the frame: bytes from the CFA, bytes into ucontext_t or -1, unwinder's column or -1. */",
      "struct preempt_backend_register {", "  const char *name;", "  int offset, byte_count, context_offset, column;",
      "};",
      "static inline struct preempt_backend_register preempt_backend_frame_register(int index) {",
      "  static const struct preempt_backend_register registers[] = {",
    ]
    for row in constants.frameRows() {
      let number = column(row.name)
      lines.append(
        "    {\"\(row.name)\", \(row.offset), \(row.byteCount), \(context(row.name)), "
          + "\(description.cfiColumns.contains(number) ? number : -1)},")
    }
    return (lines + ["  };", "  return registers[index];", "}", "", "#endif", ""]).joined(separator: "\n")
  }
}
