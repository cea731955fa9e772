// Generated from backend amd64 by `preempt generate`; edit Arch/, not this file.
// swift-format-ignore-file

#if !noxreg && !customBackend && arch(x86_64)

public import CPreempt

/// Constants of backend amd64.
public enum Backend {
  /// The backend's name.
  @inlinable public static var name: StaticString { "amd64" }
  /// Whether extended state stays on the task's stack.
  @inlinable public static var savesOnStack: Bool { false }
  /// Frame with red zone, in bytes.
  @inlinable public static var frameByteCount: Int { 288 }
  /// System V ABI, AMD64 Architecture Processor Supplement, version 1.0, 3.2.2, The Stack Frame.
  @inlinable public static var redZoneByteCount: Int { 128 }
  /// Bytes from the CFA to the stub's first stack pointer.
  @inlinable public static var entryOffset: Int { -168 }
  /// Bytes from the CFA to where the interrupted frame base lies.
  @inlinable public static var frameBaseWordOffset: Int { -144 }
  /// Bytes from the CFA to the handler's word.
  @inlinable public static var pcWordOffset: Int { -136 }
  /// Bytes from the CFA to the handler's word.
  @inlinable public static var rbpWordOffset: Int { -144 }
  /// Bytes from the CFA to the handler's word.
  @inlinable public static var rflagsWordOffset: Int { -152 }
  /// Bytes from the CFA to the handler's word.
  @inlinable public static var areaWordOffset: Int { -160 }
  /// Bytes from the CFA to the handler's word.
  @inlinable public static var contextWordOffset: Int { -168 }
  /// Number of state classes.
  @inlinable public static var classCount: Int { 6 }
  /// Reason of a preemption in class 0.
  @inlinable public static var preemptedReason: UInt { 16 }
  /// Bytes into `ucontext_t`.
  @inlinable public static var pcContextOffset: Int { 168 }
  /// Bytes into `ucontext_t`.
  @inlinable public static var spContextOffset: Int { 160 }
  /// Bytes into `ucontext_t`.
  @inlinable public static var frameBaseContextOffset: Int { 120 }
  /// Bytes into `ucontext_t`.
  @inlinable public static var flagsContextOffset: Int { 176 }
  /// Bytes into `ucontext_t`.
  @inlinable public static var signalMaskContextOffset: Int { 296 }
  /// Bytes into `ucontext_t`, where its registers begin, a word each.
  @inlinable public static var contextRegistersOffset: Int { 40 }
  /// How many words they are.
  @inlinable public static var contextRegisterCount: Int { 18 }
  /// System V ABI, AMD64 Architecture Processor Supplement, version 1.0, 3.6.2, figure 3.36, DWARF Register Number Mapping.
  @inlinable public static var returnAddressColumn: Int { 16 }
  /// As `returnAddressColumn`.
  @inlinable public static var stackPointerColumn: Int { 7 }
  /// The flags, on which a probe's path depends.
  @inlinable public static var flagsName: StaticString { "rflags" }
  /// Flags with which a task isn't preempted.
  @inlinable public static var refusedFlags: UInt64 { 278784 }
  /// Alignment of a save area.
  @inlinable public static var areaAlignmentByteCount: Int { 64 }
  /// Bytes from a probe image's start to its save area.
  @inlinable public static var probeAreaOffset: Int { 320 }
  /// Bytes of a class's save area.
  @inlinable public static func areaByteCount(ofClass index: Int) -> Int {
    switch index {
    case 0: 256
    case 1: 364
    case 2: 512
    case 3: 620
    case 4: 2112
    case 5: 2220
    default: 0
    }
  }
  /// Stack bytes below the CFA that an injected call needs.
  @inlinable public static func requiredStackByteCount(ofClass index: Int) -> Int {
    switch index {
    case 0: 368
    case 1: 368
    case 2: 368
    case 3: 368
    case 4: 368
    case 5: 368
    default: 4096
    }
  }
  /// Registers in the frame that may hold pointers.
  @inlinable public static var integerSlotCount: Int { 15 }
  /// Bytes from the CFA to the slot of such a register.
  @inlinable public static func integerSlotOffset(_ index: Int) -> Int {
    switch index {
    case 0: -144
    case 1: -176
    case 2: -184
    case 3: -192
    case 4: -200
    case 5: -208
    case 6: -216
    case 7: -224
    case 8: -232
    case 9: -240
    case 10: -248
    case 11: -256
    case 12: -264
    case 13: -272
    case 14: -280
    default: 0
    }
  }
  /// Bytes of a class's save area, from its start, that hold vectors and masks: whole words.
  @inlinable public static func vectorByteCount(ofClass index: Int) -> Int {
    switch index {
    case 0: 256
    case 1: 256
    case 2: 512
    case 3: 512
    case 4: 2112
    case 5: 2112
    default: 0
    }
  }
  /// Index of the class of all that a width covers.
  @inlinable public static func classIndex(ofWidth index: Int) -> Int {
    switch index {
    case 0: 1
    case 1: 3
    case 2: 5
    default: -1
    }
  }
  /// The class's name.
  @inlinable public static func className(_ index: Int) -> StaticString {
    switch index {
    case 0: "sse"
    case 1: "sse_x87"
    case 2: "avx"
    case 3: "avx_x87"
    case 4: "avx512"
    case 5: "avx512_x87"
    default: "?"
    }
  }
  /// The stub for a live class, where the operating system enabled `widest`; nil where there is none.
  @inlinable @inline(__always) public static func entry(_ index: Int, widest: Int) -> UnsafePointer<CChar>? {
    preempt_amd64_entry(UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: widest))
  }
  /// Index of the widest width that the enabled components cover, or -1.
  @inlinable @inline(__always) public static func widest(enabled: UInt64) -> Int { Int(preempt_amd64_widest(enabled)) }
  /// Index of the narrowest class that covers the live state, or -1 for a component no class covers.
  @inlinable @inline(__always) public static func liveClass(_ context: UnsafeMutableRawPointer, enabled: UInt64) -> Int {
    Int(preempt_amd64_live_class(context.assumingMemoryBound(to: ucontext_t.self), enabled))
  }
  /// Makes the interrupted context call the stub.
  @inlinable @inline(__always) public static func inject(
    _ context: UnsafeMutableRawPointer, entry: UnsafePointer<CChar>, area: UnsafeMutableRawPointer?,
    switchContext: UnsafeMutableRawPointer
  ) {
    preempt_amd64_inject(context.assumingMemoryBound(to: ucontext_t.self), entry, area, switchContext)
  }
  /// Whether a stub is given a signal frame instead of the save area's address, and has the kernel resume the task.
  @inlinable public static var isResumedByKernel: Bool { false }
  /// Fills that frame from a task's own, whose `cfa` it is, and its save area; the alternate stack and the mask are
  /// those of the thread that resumes it, which is the caller's.
  @inlinable public static func fillSignalFrame(
    _ frame: UnsafeMutableRawPointer, cfa: UInt, area: UnsafeRawPointer?, stateClass: Int,
    stack: UnsafePointer<stack_t>, signalMask: UnsafePointer<UInt64>
  ) {
    preconditionFailure("stubs of amd64 return by themselves")
  }
  /// The conformance probe that fills class `index`; nil where `widest` doesn't cover it.
  public static func probe(_ index: Int, widest: Int) -> (@convention(c) (UnsafeRawPointer?, UnsafeMutableRawPointer?, UInt64) -> UInt64)? {
    preempt_amd64_probe(UInt32(index), UInt32(widest))
  }
  /// What a probe that was filled with these flags returns.
  public static func probePath(flags: UInt64, times: UInt64) -> UInt64 { preempt_amd64_probe_path(flags, times) }
  /// What user code may keep in a register, from the lowest byte on, repeated until it ends.
  public static func bits(of register: String) -> [(byteCount: Int, free: UInt64, set: UInt64, compared: UInt64, initial: UInt64?)] {
    switch register {
    case "rflags": [(8, 0x200cd5, 0x202, 0x200ed7, nil)]
    case "mxcsr": [(4, 0xe07f, 0x1f80, 0xffff, nil)]
    case "fcw": [(2, 0xd00, 0x27f, 0xf7f, nil)]
    case "st": [(4, 0xd00, 0x27f, 0xf7f, nil), (4, 0x7f7f, 0x0, 0xffff, 0x0), (4, 0x0, 0x0, 0xffff, 0xffff), (8, 0x0, 0x0, 0x0, nil), (8, 0x0, 0x0, 0x0, nil), (8, 0x7fffffffffffffff, 0x8000000000000000, 0xffffffffffffffff, nil), (2, 0x9fff, 0x2000, 0xbfff, nil), (8, 0x7fffffffffffffff, 0x8000000000000000, 0xffffffffffffffff, nil), (2, 0x9fff, 0x2000, 0xbfff, nil), (8, 0x7fffffffffffffff, 0x8000000000000000, 0xffffffffffffffff, nil), (2, 0x9fff, 0x2000, 0xbfff, nil), (8, 0x7fffffffffffffff, 0x8000000000000000, 0xffffffffffffffff, nil), (2, 0x9fff, 0x2000, 0xbfff, nil), (8, 0x7fffffffffffffff, 0x8000000000000000, 0xffffffffffffffff, nil), (2, 0x9fff, 0x2000, 0xbfff, nil), (8, 0x7fffffffffffffff, 0x8000000000000000, 0xffffffffffffffff, nil), (2, 0x9fff, 0x2000, 0xbfff, nil), (8, 0x7fffffffffffffff, 0x8000000000000000, 0xffffffffffffffff, nil), (2, 0x9fff, 0x2000, 0xbfff, nil), (8, 0x7fffffffffffffff, 0x8000000000000000, 0xffffffffffffffff, nil), (2, 0x9fff, 0x2000, 0xbfff, nil)]
    default: [(8, 0xffffffffffffffff, 0x0, 0xffffffffffffffff, 0x0)]
    }
  }
  /// A register that the occasional image holds in classes with one: the image's name, and the byte in it.
  public static func stand(of register: String) -> (register: String, byteOffset: Int)? {
    switch register {
    case "fcw": ("st", 0)
    default: nil
    }
  }
  /// Registers in the frame: name, bytes from the CFA, byte count, bytes into `ucontext_t` or -1, unwinder's column or -1.
  public static var frameRegisters: [(name: String, offset: Int, byteCount: Int, contextOffset: Int, column: Int)] {
    [
      ("rbp", -144, 8, 120, 6),
      ("rflags", -152, 8, 176, -1),
      ("rax", -176, 8, 144, 0),
      ("rcx", -184, 8, 152, 2),
      ("rdx", -192, 8, 136, 1),
      ("rbx", -200, 8, 128, 3),
      ("rsi", -208, 8, 112, 4),
      ("rdi", -216, 8, 104, 5),
      ("r8", -224, 8, 40, 8),
      ("r9", -232, 8, 48, 9),
      ("r10", -240, 8, 56, 10),
      ("r11", -248, 8, 64, 11),
      ("r12", -256, 8, 72, 12),
      ("r13", -264, 8, 80, 13),
      ("r14", -272, 8, 88, 14),
      ("r15", -280, 8, 96, 15),
      ("mxcsr", -284, 4, -1, -1),
      ("fcw", -286, 2, -1, -1),
    ]
  }
  /// Registers in the widest class's save area: name, bytes from its start, byte count. Narrower classes: `areaSlots`.
  public static var areaRegisters: [(name: String, offset: Int, byteCount: Int, contextOffset: Int, column: Int)] {
    [
      ("xmm0", 0, 64, -1, -1),
      ("xmm1", 64, 64, -1, -1),
      ("xmm2", 128, 64, -1, -1),
      ("xmm3", 192, 64, -1, -1),
      ("xmm4", 256, 64, -1, -1),
      ("xmm5", 320, 64, -1, -1),
      ("xmm6", 384, 64, -1, -1),
      ("xmm7", 448, 64, -1, -1),
      ("xmm8", 512, 64, -1, -1),
      ("xmm9", 576, 64, -1, -1),
      ("xmm10", 640, 64, -1, -1),
      ("xmm11", 704, 64, -1, -1),
      ("xmm12", 768, 64, -1, -1),
      ("xmm13", 832, 64, -1, -1),
      ("xmm14", 896, 64, -1, -1),
      ("xmm15", 960, 64, -1, -1),
      ("xmm16", 1024, 64, -1, -1),
      ("xmm17", 1088, 64, -1, -1),
      ("xmm18", 1152, 64, -1, -1),
      ("xmm19", 1216, 64, -1, -1),
      ("xmm20", 1280, 64, -1, -1),
      ("xmm21", 1344, 64, -1, -1),
      ("xmm22", 1408, 64, -1, -1),
      ("xmm23", 1472, 64, -1, -1),
      ("xmm24", 1536, 64, -1, -1),
      ("xmm25", 1600, 64, -1, -1),
      ("xmm26", 1664, 64, -1, -1),
      ("xmm27", 1728, 64, -1, -1),
      ("xmm28", 1792, 64, -1, -1),
      ("xmm29", 1856, 64, -1, -1),
      ("xmm30", 1920, 64, -1, -1),
      ("xmm31", 1984, 64, -1, -1),
      ("k0", 2048, 8, -1, -1),
      ("k1", 2056, 8, -1, -1),
      ("k2", 2064, 8, -1, -1),
      ("k3", 2072, 8, -1, -1),
      ("k4", 2080, 8, -1, -1),
      ("k5", 2088, 8, -1, -1),
      ("k6", 2096, 8, -1, -1),
      ("k7", 2104, 8, -1, -1),
      ("st", 2112, 108, -1, -1),
    ]
  }
  /// Save area slots of a class: name, bytes from its start, byte count.
  public static func areaSlots(ofClass index: Int) -> [(name: String, offset: Int, byteCount: Int)] {
    switch index {
    case 0: [("xmm0", 0, 16), ("xmm1", 16, 16), ("xmm2", 32, 16), ("xmm3", 48, 16), ("xmm4", 64, 16), ("xmm5", 80, 16), ("xmm6", 96, 16), ("xmm7", 112, 16), ("xmm8", 128, 16), ("xmm9", 144, 16), ("xmm10", 160, 16), ("xmm11", 176, 16), ("xmm12", 192, 16), ("xmm13", 208, 16), ("xmm14", 224, 16), ("xmm15", 240, 16)]
    case 1: [("xmm0", 0, 16), ("xmm1", 16, 16), ("xmm2", 32, 16), ("xmm3", 48, 16), ("xmm4", 64, 16), ("xmm5", 80, 16), ("xmm6", 96, 16), ("xmm7", 112, 16), ("xmm8", 128, 16), ("xmm9", 144, 16), ("xmm10", 160, 16), ("xmm11", 176, 16), ("xmm12", 192, 16), ("xmm13", 208, 16), ("xmm14", 224, 16), ("xmm15", 240, 16), ("st", 256, 108)]
    case 2: [("xmm0", 0, 32), ("xmm1", 32, 32), ("xmm2", 64, 32), ("xmm3", 96, 32), ("xmm4", 128, 32), ("xmm5", 160, 32), ("xmm6", 192, 32), ("xmm7", 224, 32), ("xmm8", 256, 32), ("xmm9", 288, 32), ("xmm10", 320, 32), ("xmm11", 352, 32), ("xmm12", 384, 32), ("xmm13", 416, 32), ("xmm14", 448, 32), ("xmm15", 480, 32)]
    case 3: [("xmm0", 0, 32), ("xmm1", 32, 32), ("xmm2", 64, 32), ("xmm3", 96, 32), ("xmm4", 128, 32), ("xmm5", 160, 32), ("xmm6", 192, 32), ("xmm7", 224, 32), ("xmm8", 256, 32), ("xmm9", 288, 32), ("xmm10", 320, 32), ("xmm11", 352, 32), ("xmm12", 384, 32), ("xmm13", 416, 32), ("xmm14", 448, 32), ("xmm15", 480, 32), ("st", 512, 108)]
    case 4: [("xmm0", 0, 64), ("xmm1", 64, 64), ("xmm2", 128, 64), ("xmm3", 192, 64), ("xmm4", 256, 64), ("xmm5", 320, 64), ("xmm6", 384, 64), ("xmm7", 448, 64), ("xmm8", 512, 64), ("xmm9", 576, 64), ("xmm10", 640, 64), ("xmm11", 704, 64), ("xmm12", 768, 64), ("xmm13", 832, 64), ("xmm14", 896, 64), ("xmm15", 960, 64), ("xmm16", 1024, 64), ("xmm17", 1088, 64), ("xmm18", 1152, 64), ("xmm19", 1216, 64), ("xmm20", 1280, 64), ("xmm21", 1344, 64), ("xmm22", 1408, 64), ("xmm23", 1472, 64), ("xmm24", 1536, 64), ("xmm25", 1600, 64), ("xmm26", 1664, 64), ("xmm27", 1728, 64), ("xmm28", 1792, 64), ("xmm29", 1856, 64), ("xmm30", 1920, 64), ("xmm31", 1984, 64), ("k0", 2048, 8), ("k1", 2056, 8), ("k2", 2064, 8), ("k3", 2072, 8), ("k4", 2080, 8), ("k5", 2088, 8), ("k6", 2096, 8), ("k7", 2104, 8)]
    case 5: [("xmm0", 0, 64), ("xmm1", 64, 64), ("xmm2", 128, 64), ("xmm3", 192, 64), ("xmm4", 256, 64), ("xmm5", 320, 64), ("xmm6", 384, 64), ("xmm7", 448, 64), ("xmm8", 512, 64), ("xmm9", 576, 64), ("xmm10", 640, 64), ("xmm11", 704, 64), ("xmm12", 768, 64), ("xmm13", 832, 64), ("xmm14", 896, 64), ("xmm15", 960, 64), ("xmm16", 1024, 64), ("xmm17", 1088, 64), ("xmm18", 1152, 64), ("xmm19", 1216, 64), ("xmm20", 1280, 64), ("xmm21", 1344, 64), ("xmm22", 1408, 64), ("xmm23", 1472, 64), ("xmm24", 1536, 64), ("xmm25", 1600, 64), ("xmm26", 1664, 64), ("xmm27", 1728, 64), ("xmm28", 1792, 64), ("xmm29", 1856, 64), ("xmm30", 1920, 64), ("xmm31", 1984, 64), ("k0", 2048, 8), ("k1", 2056, 8), ("k2", 2064, 8), ("k3", 2072, 8), ("k4", 2080, 8), ("k5", 2088, 8), ("k6", 2096, 8), ("k7", 2104, 8), ("st", 2112, 108)]
    default: []
    }
  }
}

/// What a task holds off its stack: a save area's address with the class index in its low bits, or zero.
public typealias ExtendedState = preempt_amd64_extended_state

#endif
