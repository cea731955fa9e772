// Generated from backend noxreg_386 by `preempt generate`; edit Arch/, not this file.
// swift-format-ignore-file

#if noxreg && !customBackend && arch(i386)

public import CPreempt

/// Constants of backend noxreg_386.
public enum Backend {
  /// The backend's name.
  @inlinable public static var name: StaticString { "noxreg_386" }
  /// Whether extended state stays on the task's stack.
  @inlinable public static var savesOnStack: Bool { true }
  /// Frame with red zone, in bytes.
  @inlinable public static var frameByteCount: Int { 52 }
  /// System V ABI, Intel386 Architecture Processor Supplement, version 1.1, 2.2.2, The Stack Frame.
  @inlinable public static var redZoneByteCount: Int { 0 }
  /// Bytes from the CFA to the stub's first stack pointer.
  @inlinable public static var entryOffset: Int { -20 }
  /// Bytes from the CFA to where the interrupted frame base lies.
  @inlinable public static var frameBaseWordOffset: Int { -8 }
  /// Bytes from the CFA to the handler's word.
  @inlinable public static var pcWordOffset: Int { -4 }
  /// Bytes from the CFA to the handler's word.
  @inlinable public static var ebpWordOffset: Int { -8 }
  /// Bytes from the CFA to the handler's word.
  @inlinable public static var eflagsWordOffset: Int { -12 }
  /// Bytes from the CFA to the handler's word.
  @inlinable public static var areaWordOffset: Int { -16 }
  /// Bytes from the CFA to the handler's word.
  @inlinable public static var contextWordOffset: Int { -20 }
  /// Number of state classes.
  @inlinable public static var classCount: Int { 6 }
  /// Reason of a preemption in class 0.
  @inlinable public static var preemptedReason: UInt { 16 }
  /// Bytes into `ucontext_t`.
  @inlinable public static var pcContextOffset: Int { 76 }
  /// Bytes into `ucontext_t`.
  @inlinable public static var spContextOffset: Int { 48 }
  /// Bytes into `ucontext_t`.
  @inlinable public static var frameBaseContextOffset: Int { 44 }
  /// Bytes into `ucontext_t`.
  @inlinable public static var flagsContextOffset: Int { 84 }
  /// Bytes into `ucontext_t`.
  @inlinable public static var signalMaskContextOffset: Int { 108 }
  /// Bytes into `ucontext_t`, where its registers begin, a word each.
  @inlinable public static var contextRegistersOffset: Int { 36 }
  /// How many words they are.
  @inlinable public static var contextRegisterCount: Int { 13 }
  /// System V ABI, Intel386 Architecture Processor Supplement, version 1.1, 2.4.2, table 2.14, DWARF Register Number Mapping.
  @inlinable public static var returnAddressColumn: Int { 8 }
  /// As `returnAddressColumn`.
  @inlinable public static var stackPointerColumn: Int { 4 }
  /// The flags, on which a probe's path depends.
  @inlinable public static var flagsName: StaticString { "eflags" }
  /// Flags with which a task isn't preempted.
  @inlinable public static var refusedFlags: UInt64 { 278784 }
  /// Alignment of a save area.
  @inlinable public static var areaAlignmentByteCount: Int { 64 }
  /// Bytes from a probe image's start to its save area.
  @inlinable public static var probeAreaOffset: Int { 64 }
  /// Bytes of a class's save area.
  @inlinable public static func areaByteCount(ofClass index: Int) -> Int {
    switch index {
    case 0: 128
    case 1: 236
    case 2: 256
    case 3: 364
    case 4: 576
    case 5: 684
    default: 0
    }
  }
  /// Stack bytes below the CFA that an injected call needs.
  @inlinable public static func requiredStackByteCount(ofClass index: Int) -> Int {
    switch index {
    case 0: 288
    case 1: 416
    case 2: 416
    case 3: 544
    case 4: 736
    case 5: 864
    default: 4096
    }
  }
  /// Registers in the frame that may hold pointers.
  @inlinable public static var integerSlotCount: Int { 7 }
  /// Bytes from the CFA to the slot of such a register.
  @inlinable public static func integerSlotOffset(_ index: Int) -> Int {
    switch index {
    case 0: -8
    case 1: -24
    case 2: -28
    case 3: -32
    case 4: -36
    case 5: -40
    case 6: -44
    default: 0
    }
  }
  /// Bytes of a class's save area, from its start, that hold vectors and masks: whole words.
  @inlinable public static func vectorByteCount(ofClass index: Int) -> Int {
    switch index {
    case 0: 128
    case 1: 128
    case 2: 256
    case 3: 256
    case 4: 576
    case 5: 576
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
    preempt_noxreg_386_entry(UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: widest))
  }
  /// Index of the widest width that the enabled components cover, or -1.
  @inlinable @inline(__always) public static func widest(enabled: UInt64) -> Int { Int(preempt_noxreg_386_widest(enabled)) }
  /// Index of the narrowest class that covers the live state, or -1 for a component no class covers.
  @inlinable @inline(__always) public static func liveClass(_ context: UnsafeMutableRawPointer, enabled: UInt64) -> Int {
    Int(preempt_noxreg_386_live_class(context.assumingMemoryBound(to: ucontext_t.self), enabled))
  }
  /// Makes the interrupted context call the stub.
  @inlinable @inline(__always) public static func inject(
    _ context: UnsafeMutableRawPointer, entry: UnsafePointer<CChar>, area: UnsafeMutableRawPointer?,
    switchContext: UnsafeMutableRawPointer
  ) {
    preempt_noxreg_386_inject(context.assumingMemoryBound(to: ucontext_t.self), entry, area, switchContext)
  }
  /// Whether a stub is given a signal frame instead of the save area's address, and has the kernel resume the task.
  @inlinable public static var isResumedByKernel: Bool { false }
  /// Fills that frame from a task's own, whose `cfa` it is, and its save area; the alternate stack and the mask are
  /// those of the thread that resumes it, which is the caller's.
  @inlinable public static func fillSignalFrame(
    _ frame: UnsafeMutableRawPointer, cfa: UInt, area: UnsafeRawPointer?, stateClass: Int,
    stack: UnsafePointer<stack_t>, signalMask: UnsafePointer<UInt64>
  ) {
    preconditionFailure("stubs of noxreg_386 return by themselves")
  }
  /// The conformance probe that fills class `index`; nil where `widest` doesn't cover it.
  public static func probe(_ index: Int, widest: Int) -> (@convention(c) (UnsafeRawPointer?, UnsafeMutableRawPointer?, UInt64) -> UInt64)? {
    preempt_noxreg_386_probe(UInt32(index), UInt32(widest))
  }
  /// What a probe that was filled with these flags returns.
  public static func probePath(flags: UInt64, times: UInt64) -> UInt64 { preempt_noxreg_386_probe_path(flags, times) }
  /// What user code may keep in a register, from the lowest byte on, repeated until it ends.
  public static func bits(of register: String) -> [(byteCount: Int, free: UInt64, set: UInt64, compared: UInt64, initial: UInt64?)] {
    switch register {
    case "eflags": [(4, 0x200cd5, 0x202, 0x200ed7, nil)]
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
      ("ebp", -8, 4, 44, 5),
      ("eflags", -12, 4, 84, -1),
      ("eax", -24, 4, 64, 0),
      ("ecx", -28, 4, 60, 1),
      ("edx", -32, 4, 56, 2),
      ("ebx", -36, 4, 52, 3),
      ("esi", -40, 4, 40, 6),
      ("edi", -44, 4, 36, 7),
      ("mxcsr", -48, 4, -1, -1),
      ("fcw", -50, 2, -1, -1),
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
      ("k0", 512, 8, -1, -1),
      ("k1", 520, 8, -1, -1),
      ("k2", 528, 8, -1, -1),
      ("k3", 536, 8, -1, -1),
      ("k4", 544, 8, -1, -1),
      ("k5", 552, 8, -1, -1),
      ("k6", 560, 8, -1, -1),
      ("k7", 568, 8, -1, -1),
      ("st", 576, 108, -1, -1),
    ]
  }
  /// Save area slots of a class: name, bytes from its start, byte count.
  public static func areaSlots(ofClass index: Int) -> [(name: String, offset: Int, byteCount: Int)] {
    switch index {
    case 0: [("xmm0", 0, 16), ("xmm1", 16, 16), ("xmm2", 32, 16), ("xmm3", 48, 16), ("xmm4", 64, 16), ("xmm5", 80, 16), ("xmm6", 96, 16), ("xmm7", 112, 16)]
    case 1: [("xmm0", 0, 16), ("xmm1", 16, 16), ("xmm2", 32, 16), ("xmm3", 48, 16), ("xmm4", 64, 16), ("xmm5", 80, 16), ("xmm6", 96, 16), ("xmm7", 112, 16), ("st", 128, 108)]
    case 2: [("xmm0", 0, 32), ("xmm1", 32, 32), ("xmm2", 64, 32), ("xmm3", 96, 32), ("xmm4", 128, 32), ("xmm5", 160, 32), ("xmm6", 192, 32), ("xmm7", 224, 32)]
    case 3: [("xmm0", 0, 32), ("xmm1", 32, 32), ("xmm2", 64, 32), ("xmm3", 96, 32), ("xmm4", 128, 32), ("xmm5", 160, 32), ("xmm6", 192, 32), ("xmm7", 224, 32), ("st", 256, 108)]
    case 4: [("xmm0", 0, 64), ("xmm1", 64, 64), ("xmm2", 128, 64), ("xmm3", 192, 64), ("xmm4", 256, 64), ("xmm5", 320, 64), ("xmm6", 384, 64), ("xmm7", 448, 64), ("k0", 512, 8), ("k1", 520, 8), ("k2", 528, 8), ("k3", 536, 8), ("k4", 544, 8), ("k5", 552, 8), ("k6", 560, 8), ("k7", 568, 8)]
    case 5: [("xmm0", 0, 64), ("xmm1", 64, 64), ("xmm2", 128, 64), ("xmm3", 192, 64), ("xmm4", 256, 64), ("xmm5", 320, 64), ("xmm6", 384, 64), ("xmm7", 448, 64), ("k0", 512, 8), ("k1", 520, 8), ("k2", 528, 8), ("k3", 536, 8), ("k4", 544, 8), ("k5", 552, 8), ("k6", 560, 8), ("k7", 568, 8), ("st", 576, 108)]
    default: []
    }
  }
}

/// What a task holds off its stack: nothing.
public typealias ExtendedState = preempt_noxreg_386_extended_state

#endif
