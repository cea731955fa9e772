// Generated from backend s390x by `preempt generate`; edit Arch/, not this file.
// swift-format-ignore-file

#if !noxreg && !customBackend && arch(s390x)

public import CPreempt

/// Constants of backend s390x.
public enum Backend {
  /// The backend's name.
  @inlinable public static var name: StaticString { "s390x" }
  /// Whether extended state stays on the task's stack.
  @inlinable public static var savesOnStack: Bool { false }
  /// Frame with red zone, in bytes.
  @inlinable public static var frameByteCount: Int { 168 }
  /// ELF Application Binary Interface, s390x Supplement, version 1.6.1, 1.2.2, The Stack Frame: r15 points to the lowest allocated frame.
  @inlinable public static var redZoneByteCount: Int { 0 }
  /// Bytes from the CFA to the stub's first stack pointer.
  @inlinable public static var entryOffset: Int { -48 }
  /// Bytes from the CFA to where the interrupted frame base lies.
  @inlinable public static var frameBaseWordOffset: Int { -48 }
  /// Bytes from the CFA to the handler's word.
  @inlinable public static var areaWordOffset: Int { -8 }
  /// Bytes from the CFA to the handler's word.
  @inlinable public static var contextWordOffset: Int { -16 }
  /// Bytes from the CFA to the handler's word.
  @inlinable public static var r15WordOffset: Int { -24 }
  /// Bytes from the CFA to the handler's word.
  @inlinable public static var pswmWordOffset: Int { -32 }
  /// Bytes from the CFA to the handler's word.
  @inlinable public static var pcWordOffset: Int { -40 }
  /// Bytes from the CFA to the handler's word.
  @inlinable public static var r11WordOffset: Int { -48 }
  /// Number of state classes.
  @inlinable public static var classCount: Int { 2 }
  /// Reason of a preemption in class 0.
  @inlinable public static var preemptedReason: UInt { 16 }
  /// Bytes into `ucontext_t`.
  @inlinable public static var pcContextOffset: Int { 48 }
  /// Bytes into `ucontext_t`.
  @inlinable public static var spContextOffset: Int { 176 }
  /// Bytes into `ucontext_t`.
  @inlinable public static var frameBaseContextOffset: Int { 144 }
  /// Bytes into `ucontext_t`.
  @inlinable public static var flagsContextOffset: Int { 40 }
  /// Bytes into `ucontext_t`.
  @inlinable public static var signalMaskContextOffset: Int { 384 }
  /// Bytes into `ucontext_t`, where its registers begin, a word each.
  @inlinable public static var contextRegistersOffset: Int { 40 }
  /// How many words they are.
  @inlinable public static var contextRegisterCount: Int { 18 }
  /// ELF Application Binary Interface, s390x Supplement, version 1.6.1, 1.7, DWARF Register Number Mapping.
  @inlinable public static var returnAddressColumn: Int { 32 }
  /// As `returnAddressColumn`.
  @inlinable public static var stackPointerColumn: Int { 15 }
  /// The flags, on which a probe's path depends.
  @inlinable public static var flagsName: StaticString { "pswm" }
  /// Flags with which a task isn't preempted.
  @inlinable public static var refusedFlags: UInt64 { 211106232532992 }
  /// Alignment of a save area.
  @inlinable public static var areaAlignmentByteCount: Int { 64 }
  /// Bytes from a probe image's start to its save area.
  @inlinable public static var probeAreaOffset: Int { 192 }
  /// Bytes of a class's save area.
  @inlinable public static func areaByteCount(ofClass index: Int) -> Int {
    switch index {
    case 0: 184
    case 1: 568
    default: 0
    }
  }
  /// Stack bytes below the CFA that an injected call needs.
  @inlinable public static func requiredStackByteCount(ofClass index: Int) -> Int {
    switch index {
    case 0: 408
    case 1: 408
    default: 4096
    }
  }
  /// Registers in the frame that may hold pointers.
  @inlinable public static var integerSlotCount: Int { 16 }
  /// Bytes from the CFA to the slot of such a register.
  @inlinable public static func integerSlotOffset(_ index: Int) -> Int {
    switch index {
    case 0: -24
    case 1: -48
    case 2: -56
    case 3: -64
    case 4: -72
    case 5: -80
    case 6: -88
    case 7: -96
    case 8: -104
    case 9: -112
    case 10: -120
    case 11: -128
    case 12: -136
    case 13: -144
    case 14: -152
    case 15: -160
    default: 0
    }
  }
  /// Bytes of a class's save area, from its start, that hold vectors and masks: whole words.
  @inlinable public static func vectorByteCount(ofClass index: Int) -> Int {
    switch index {
    case 0: 128
    case 1: 512
    default: 0
    }
  }
  /// Index of the class of all that a width covers.
  @inlinable public static func classIndex(ofWidth index: Int) -> Int {
    switch index {
    case 0: 0
    case 1: 1
    default: -1
    }
  }
  /// The class's name.
  @inlinable public static func className(_ index: Int) -> StaticString {
    switch index {
    case 0: "fp"
    case 1: "vx"
    default: "?"
    }
  }
  /// The stub for a live class, where the operating system enabled `widest`; nil where there is none.
  @inlinable @inline(__always) public static func entry(_ index: Int, widest: Int) -> UnsafePointer<CChar>? {
    preempt_s390x_entry(UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: widest))
  }
  /// Index of the widest width that the enabled components cover, or -1.
  @inlinable @inline(__always) public static func widest(enabled: UInt64) -> Int { Int(preempt_s390x_widest(enabled)) }
  /// Index of the narrowest class that covers the live state, or -1 for a component no class covers.
  @inlinable @inline(__always) public static func liveClass(_ context: UnsafeMutableRawPointer, enabled: UInt64) -> Int {
    Int(preempt_s390x_live_class(context.assumingMemoryBound(to: ucontext_t.self), enabled))
  }
  /// Makes the interrupted context call the stub.
  @inlinable @inline(__always) public static func inject(
    _ context: UnsafeMutableRawPointer, entry: UnsafePointer<CChar>, area: UnsafeMutableRawPointer?,
    switchContext: UnsafeMutableRawPointer
  ) {
    preempt_s390x_inject(context.assumingMemoryBound(to: ucontext_t.self), entry, area, switchContext)
  }
  /// Whether a stub is given a signal frame instead of the save area's address, and has the kernel resume the task.
  @inlinable public static var isResumedByKernel: Bool { false }
  /// Fills that frame from a task's own, whose `cfa` it is, and its save area; the alternate stack and the mask are
  /// those of the thread that resumes it, which is the caller's.
  @inlinable public static func fillSignalFrame(
    _ frame: UnsafeMutableRawPointer, cfa: UInt, area: UnsafeRawPointer?, stateClass: Int,
    stack: UnsafePointer<stack_t>, signalMask: UnsafePointer<UInt64>
  ) {
    preconditionFailure("stubs of s390x return by themselves")
  }
  /// The conformance probe that fills class `index`; nil where `widest` doesn't cover it.
  public static func probe(_ index: Int, widest: Int) -> (@convention(c) (UnsafeRawPointer?, UnsafeMutableRawPointer?, UInt64) -> UInt64)? {
    preempt_s390x_probe(UInt32(index), UInt32(widest))
  }
  /// What a probe that was filled with these flags returns.
  public static func probePath(flags: UInt64, times: UInt64) -> UInt64 { preempt_s390x_probe_path(flags, times) }
  /// What user code may keep in a register, from the lowest byte on, repeated until it ends.
  public static func bits(of register: String) -> [(byteCount: Int, free: UInt64, set: UInt64, compared: UInt64, initial: UInt64?)] {
    switch register {
    case "pswm": [(8, 0x3f0000000000, 0x0, 0x3f0000000000, nil)]
    case "fpc": [(4, 0xf8f8ff73, 0x0, 0xf8f8ff73, nil)]
    default: [(8, 0xffffffffffffffff, 0x0, 0xffffffffffffffff, 0x0)]
    }
  }
  /// A register that the occasional image holds in classes with one: the image's name, and the byte in it.
  public static func stand(of register: String) -> (register: String, byteOffset: Int)? {
    switch register {
    default: nil
    }
  }
  /// Registers in the frame: name, bytes from the CFA, byte count, bytes into `ucontext_t` or -1, unwinder's column or -1.
  public static var frameRegisters: [(name: String, offset: Int, byteCount: Int, contextOffset: Int, column: Int)] {
    [
      ("r15", -24, 8, 176, 15),
      ("pswm", -32, 8, 40, -1),
      ("r11", -48, 8, 144, 11),
      ("r0", -56, 8, 56, 0),
      ("r1", -64, 8, 64, 1),
      ("r2", -72, 8, 72, 2),
      ("r3", -80, 8, 80, 3),
      ("r4", -88, 8, 88, 4),
      ("r5", -96, 8, 96, 5),
      ("r6", -104, 8, 104, 6),
      ("r7", -112, 8, 112, 7),
      ("r8", -120, 8, 120, 8),
      ("r9", -128, 8, 128, 9),
      ("r10", -136, 8, 136, 10),
      ("r12", -144, 8, 152, 12),
      ("r13", -152, 8, 160, 13),
      ("r14", -160, 8, 168, 14),
      ("fpc", -164, 4, -1, -1),
    ]
  }
  /// Registers in the widest class's save area: name, bytes from its start, byte count. Narrower classes: `areaSlots`.
  public static var areaRegisters: [(name: String, offset: Int, byteCount: Int, contextOffset: Int, column: Int)] {
    [
      ("v0", 0, 16, -1, -1),
      ("v1", 16, 16, -1, -1),
      ("v2", 32, 16, -1, -1),
      ("v3", 48, 16, -1, -1),
      ("v4", 64, 16, -1, -1),
      ("v5", 80, 16, -1, -1),
      ("v6", 96, 16, -1, -1),
      ("v7", 112, 16, -1, -1),
      ("v8", 128, 16, -1, -1),
      ("v9", 144, 16, -1, -1),
      ("v10", 160, 16, -1, -1),
      ("v11", 176, 16, -1, -1),
      ("v12", 192, 16, -1, -1),
      ("v13", 208, 16, -1, -1),
      ("v14", 224, 16, -1, -1),
      ("v15", 240, 16, -1, -1),
      ("v16", 256, 16, -1, -1),
      ("v17", 272, 16, -1, -1),
      ("v18", 288, 16, -1, -1),
      ("v19", 304, 16, -1, -1),
      ("v20", 320, 16, -1, -1),
      ("v21", 336, 16, -1, -1),
      ("v22", 352, 16, -1, -1),
      ("v23", 368, 16, -1, -1),
      ("v24", 384, 16, -1, -1),
      ("v25", 400, 16, -1, -1),
      ("v26", 416, 16, -1, -1),
      ("v27", 432, 16, -1, -1),
      ("v28", 448, 16, -1, -1),
      ("v29", 464, 16, -1, -1),
      ("v30", 480, 16, -1, -1),
      ("v31", 496, 16, -1, -1),
      ("a2_a15", 512, 56, -1, -1),
    ]
  }
  /// Save area slots of a class: name, bytes from its start, byte count.
  public static func areaSlots(ofClass index: Int) -> [(name: String, offset: Int, byteCount: Int)] {
    switch index {
    case 0: [("v0", 0, 8), ("v1", 8, 8), ("v2", 16, 8), ("v3", 24, 8), ("v4", 32, 8), ("v5", 40, 8), ("v6", 48, 8), ("v7", 56, 8), ("v8", 64, 8), ("v9", 72, 8), ("v10", 80, 8), ("v11", 88, 8), ("v12", 96, 8), ("v13", 104, 8), ("v14", 112, 8), ("v15", 120, 8), ("a2_a15", 128, 56)]
    case 1: [("v0", 0, 16), ("v1", 16, 16), ("v2", 32, 16), ("v3", 48, 16), ("v4", 64, 16), ("v5", 80, 16), ("v6", 96, 16), ("v7", 112, 16), ("v8", 128, 16), ("v9", 144, 16), ("v10", 160, 16), ("v11", 176, 16), ("v12", 192, 16), ("v13", 208, 16), ("v14", 224, 16), ("v15", 240, 16), ("v16", 256, 16), ("v17", 272, 16), ("v18", 288, 16), ("v19", 304, 16), ("v20", 320, 16), ("v21", 336, 16), ("v22", 352, 16), ("v23", 368, 16), ("v24", 384, 16), ("v25", 400, 16), ("v26", 416, 16), ("v27", 432, 16), ("v28", 448, 16), ("v29", 464, 16), ("v30", 480, 16), ("v31", 496, 16), ("a2_a15", 512, 56)]
    default: []
    }
  }
}

/// What a task holds off its stack: a save area's address with the class index in its low bits, or zero.
public typealias ExtendedState = preempt_s390x_extended_state

#endif
