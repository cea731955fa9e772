// The register table. DWARF numbers are those of the s390x supplement; where it has none, the row has none.
//
// GNU as has no name for the program status word; pswm and pswa are gdb's.

public import ArchPreempt

extension S390X {
  // swift-format-ignore
  public static var registers: [Register] {
    [
      Register("r0",     dwarf: 0,  .integer),
      Register("r1",     dwarf: 1,  .integer),
      Register("r2",     dwarf: 2,  .integer),
      Register("r3",     dwarf: 3,  .integer),
      Register("r4",     dwarf: 4,  .integer),
      Register("r5",     dwarf: 5,  .integer),
      Register("r6",     dwarf: 6,  .integer),
      Register("r7",     dwarf: 7,  .integer),
      Register("r8",     dwarf: 8,  .integer),
      Register("r9",     dwarf: 9,  .integer),
      Register("r10",    dwarf: 10, .integer),
      Register("r11",    dwarf: 11, .integer),
      Register("r12",    dwarf: 12, .integer),
      Register("r13",    dwarf: 13, .integer),
      Register("r14",    dwarf: 14, .integer),
      Register("r15",    dwarf: 15, .integer, .restoredByResume),
      // Condition code and program mask; the rest is the system's, or refused.
      Register("pswm",   dwarf: 64, .flags, bits: [BitRun(8, free: 0x3f00_0000_0000, initial: nil)]),
      Register("pswa",   dwarf: 65, .control, .restoredByResume),
      // Masks, flags, data exception code, rounding modes; of the binary ones 4 to 6 are none.
      Register("fpc",               .control, byteCount: 4, bits: [BitRun(4, free: 0xf8f8_ff73, initial: nil)]),
      // The left half of v0 is f0, and so on to f15.
      Register("v0",     dwarf: 16, .vector, byteCount: [.fp: 8, .vx: 16]),
      Register("v1",     dwarf: 20, .vector, byteCount: [.fp: 8, .vx: 16]),
      Register("v2",     dwarf: 17, .vector, byteCount: [.fp: 8, .vx: 16]),
      Register("v3",     dwarf: 21, .vector, byteCount: [.fp: 8, .vx: 16]),
      Register("v4",     dwarf: 18, .vector, byteCount: [.fp: 8, .vx: 16]),
      Register("v5",     dwarf: 22, .vector, byteCount: [.fp: 8, .vx: 16]),
      Register("v6",     dwarf: 19, .vector, byteCount: [.fp: 8, .vx: 16]),
      Register("v7",     dwarf: 23, .vector, byteCount: [.fp: 8, .vx: 16]),
      Register("v8",     dwarf: 24, .vector, byteCount: [.fp: 8, .vx: 16]),
      Register("v9",     dwarf: 28, .vector, byteCount: [.fp: 8, .vx: 16]),
      Register("v10",    dwarf: 25, .vector, byteCount: [.fp: 8, .vx: 16]),
      Register("v11",    dwarf: 29, .vector, byteCount: [.fp: 8, .vx: 16]),
      Register("v12",    dwarf: 26, .vector, byteCount: [.fp: 8, .vx: 16]),
      Register("v13",    dwarf: 30, .vector, byteCount: [.fp: 8, .vx: 16]),
      Register("v14",    dwarf: 27, .vector, byteCount: [.fp: 8, .vx: 16]),
      Register("v15",    dwarf: 31, .vector, byteCount: [.fp: 8, .vx: 16]),
      Register("v16",    dwarf: 68, .vector, byteCount: [.vx: 16]),
      Register("v17",    dwarf: 72, .vector, byteCount: [.vx: 16]),
      Register("v18",    dwarf: 69, .vector, byteCount: [.vx: 16]),
      Register("v19",    dwarf: 73, .vector, byteCount: [.vx: 16]),
      Register("v20",    dwarf: 70, .vector, byteCount: [.vx: 16]),
      Register("v21",    dwarf: 74, .vector, byteCount: [.vx: 16]),
      Register("v22",    dwarf: 71, .vector, byteCount: [.vx: 16]),
      Register("v23",    dwarf: 75, .vector, byteCount: [.vx: 16]),
      Register("v24",    dwarf: 76, .vector, byteCount: [.vx: 16]),
      Register("v25",    dwarf: 80, .vector, byteCount: [.vx: 16]),
      Register("v26",    dwarf: 77, .vector, byteCount: [.vx: 16]),
      Register("v27",    dwarf: 81, .vector, byteCount: [.vx: 16]),
      Register("v28",    dwarf: 78, .vector, byteCount: [.vx: 16]),
      Register("v29",    dwarf: 82, .vector, byteCount: [.vx: 16]),
      Register("v30",    dwarf: 79, .vector, byteCount: [.vx: 16]),
      Register("v31",    dwarf: 83, .vector, byteCount: [.vx: 16]),
      // Access registers 2 to 15, as one instruction stores them. No compiler keeps values there; assembly may.
      Register("a2_a15",            .registerStack, byteCount: 56),

      Register("cr0",    dwarf: 32,  .control, .excluded(because: "the system's; its column, which no task needs, is the return address's")),
      Register("a0",     dwarf: 48,  .control, .excluded(because: "with a1 the M's thread pointer; restoring it would move it to another M")),
      Register("a1",     dwarf: 49,  .control, .excluded(because: "with a0 the M's thread pointer; restoring it would move it to another M")),
      Register("gs",                 .control, .excluded(because: "guarded storage belongs to the thread, which asks the kernel for it")),
      Register("ri",                 .control, .excluded(because: "runtime instrumentation belongs to the thread, which asks the kernel for it")),
      Register("tx",                 .control, .excluded(because: "a signal aborts a transaction: what is interrupted is in none")),
    ]
  }

  // swift-format-ignore
  static var contextFields: [ContextField] {
    [
      ContextField("pswm", at: 40,  member: "uc_mcontext.psw.mask"),
      ContextField("pswa", at: 48,  member: "uc_mcontext.psw.addr"),
      ContextField("r0",   at: 56,   member: "uc_mcontext.gregs[0]"),
      ContextField("r1",   at: 64,   member: "uc_mcontext.gregs[1]"),
      ContextField("r2",   at: 72,   member: "uc_mcontext.gregs[2]"),
      ContextField("r3",   at: 80,   member: "uc_mcontext.gregs[3]"),
      ContextField("r4",   at: 88,   member: "uc_mcontext.gregs[4]"),
      ContextField("r5",   at: 96,   member: "uc_mcontext.gregs[5]"),
      ContextField("r6",   at: 104,  member: "uc_mcontext.gregs[6]"),
      ContextField("r7",   at: 112,  member: "uc_mcontext.gregs[7]"),
      ContextField("r8",   at: 120,  member: "uc_mcontext.gregs[8]"),
      ContextField("r9",   at: 128,  member: "uc_mcontext.gregs[9]"),
      ContextField("r10",  at: 136,  member: "uc_mcontext.gregs[10]"),
      ContextField("r11",  at: 144,  member: "uc_mcontext.gregs[11]"),
      ContextField("r12",  at: 152,  member: "uc_mcontext.gregs[12]"),
      ContextField("r13",  at: 160,  member: "uc_mcontext.gregs[13]"),
      ContextField("r14",  at: 168,  member: "uc_mcontext.gregs[14]"),
      ContextField("r15",  at: 176,  member: "uc_mcontext.gregs[15]"),
    ]
  }
}
