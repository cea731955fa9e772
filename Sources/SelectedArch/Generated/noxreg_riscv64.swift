// Generated from backend noxreg_riscv64 by `preempt generate`; edit Arch/, not this file.
// swift-format-ignore-file

#if noxreg && !reservedregister && !customBackend && arch(riscv64)

public import CPreempt

/// Constants of backend noxreg_riscv64.
public enum Backend {
  /// The backend's name.
  @inlinable public static var name: StaticString { "noxreg_riscv64" }
  /// Whether extended state stays on the task's stack.
  @inlinable public static var savesOnStack: Bool { true }
  /// Frame with red zone, in bytes.
  @inlinable public static var frameByteCount: Int { 256 }
  /// RISC-V ELF psABI, version 1.0, Integer Calling Convention: nothing persists below the stack pointer.
  @inlinable public static var redZoneByteCount: Int { 0 }
  /// Bytes from the CFA to the stub's first stack pointer.
  @inlinable public static var entryOffset: Int { -48 }
  /// Bytes from the CFA to where the interrupted frame base lies.
  @inlinable public static var frameBaseWordOffset: Int { -16 }
  /// Bytes from the CFA to the handler's word.
  @inlinable public static var pcWordOffset: Int { -8 }
  /// Bytes from the CFA to the handler's word.
  @inlinable public static var s0WordOffset: Int { -16 }
  /// Bytes from the CFA to the handler's word.
  @inlinable public static var areaWordOffset: Int { -24 }
  /// Bytes from the CFA to the handler's word.
  @inlinable public static var contextWordOffset: Int { -32 }
  /// Bytes from the CFA to the handler's word.
  @inlinable public static var raWordOffset: Int { -40 }
  /// Bytes from the CFA to the handler's word.
  @inlinable public static var t0WordOffset: Int { -48 }
  /// Number of state classes.
  @inlinable public static var classCount: Int { 1 }
  /// Reason of a preemption in class 0.
  @inlinable public static var preemptedReason: UInt { 16 }
  /// Bytes into `ucontext_t`.
  @inlinable public static var pcContextOffset: Int { 176 }
  /// Bytes into `ucontext_t`.
  @inlinable public static var spContextOffset: Int { 192 }
  /// Bytes into `ucontext_t`.
  @inlinable public static var frameBaseContextOffset: Int { 240 }
  /// Bytes into `ucontext_t`.
  @inlinable public static var flagsContextOffset: Int { -1 }
  /// Bytes into `ucontext_t`.
  @inlinable public static var signalMaskContextOffset: Int { 40 }
  /// Bytes into `ucontext_t`, where its registers begin, a word each.
  @inlinable public static var contextRegistersOffset: Int { 176 }
  /// How many words they are.
  @inlinable public static var contextRegisterCount: Int { 32 }
  /// RISC-V ELF psABI, version 1.0, DWARF Register Numbers.
  @inlinable public static var returnAddressColumn: Int { 64 }
  /// As `returnAddressColumn`.
  @inlinable public static var stackPointerColumn: Int { 2 }
  /// The flags, on which a probe's path depends.
  @inlinable public static var flagsName: StaticString { "" }
  /// Flags with which a task isn't preempted.
  @inlinable public static var refusedFlags: UInt64 { 0 }
  /// Alignment of a save area.
  @inlinable public static var areaAlignmentByteCount: Int { 64 }
  /// Bytes from a probe image's start to its save area.
  @inlinable public static var probeAreaOffset: Int { 256 }
  /// Bytes of a class's save area.
  @inlinable public static func areaByteCount(ofClass index: Int) -> Int {
    switch index {
    case 0: 256
    default: 0
    }
  }
  /// Stack bytes below the CFA that an injected call needs.
  @inlinable public static func requiredStackByteCount(ofClass index: Int) -> Int {
    switch index {
    case 0: 784
    default: 4096
    }
  }
  /// Registers in the frame that may hold pointers.
  @inlinable public static var integerSlotCount: Int { 28 }
  /// Bytes from the CFA to the slot of such a register.
  @inlinable public static func integerSlotOffset(_ index: Int) -> Int {
    switch index {
    case 0: -16
    case 1: -40
    case 2: -48
    case 3: -56
    case 4: -64
    case 5: -72
    case 6: -80
    case 7: -88
    case 8: -96
    case 9: -104
    case 10: -112
    case 11: -120
    case 12: -128
    case 13: -136
    case 14: -144
    case 15: -152
    case 16: -160
    case 17: -168
    case 18: -176
    case 19: -184
    case 20: -192
    case 21: -200
    case 22: -208
    case 23: -216
    case 24: -224
    case 25: -232
    case 26: -240
    case 27: -248
    default: 0
    }
  }
  /// Bytes of a class's save area, from its start, that hold vectors and masks: whole words.
  @inlinable public static func vectorByteCount(ofClass index: Int) -> Int {
    switch index {
    case 0: 256
    default: 0
    }
  }
  /// Index of the class of all that a width covers.
  @inlinable public static func classIndex(ofWidth index: Int) -> Int {
    switch index {
    case 0: 0
    default: -1
    }
  }
  /// The class's name.
  @inlinable public static func className(_ index: Int) -> StaticString {
    switch index {
    case 0: "double"
    default: "?"
    }
  }
  /// The stub for a live class, where the operating system enabled `widest`; nil where there is none.
  @inlinable @inline(__always) public static func entry(_ index: Int, widest: Int) -> UnsafePointer<CChar>? {
    preempt_noxreg_riscv64_entry(UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: widest))
  }
  /// Index of the widest width that the enabled components cover, or -1.
  @inlinable @inline(__always) public static func widest(enabled: UInt64) -> Int { Int(preempt_noxreg_riscv64_widest(enabled)) }
  /// Index of the narrowest class that covers the live state, or -1 for a component no class covers.
  @inlinable @inline(__always) public static func liveClass(_ context: UnsafeMutableRawPointer, enabled: UInt64) -> Int {
    Int(preempt_noxreg_riscv64_live_class(context.assumingMemoryBound(to: ucontext_t.self), enabled))
  }
  /// Makes the interrupted context call the stub.
  @inlinable @inline(__always) public static func inject(
    _ context: UnsafeMutableRawPointer, entry: UnsafePointer<CChar>, area: UnsafeMutableRawPointer?,
    switchContext: UnsafeMutableRawPointer
  ) {
    preempt_noxreg_riscv64_inject(context.assumingMemoryBound(to: ucontext_t.self), entry, area, switchContext)
  }
  /// Whether a stub is given a signal frame instead of the save area's address, and has the kernel resume the task.
  @inlinable public static var isResumedByKernel: Bool { true }
  /// Fills that frame from a task's own, whose `cfa` it is, and its save area; the alternate stack and the mask are
  /// those of the thread that resumes it, which is the caller's.
  @inlinable public static func fillSignalFrame(
    _ frame: UnsafeMutableRawPointer, cfa: UInt, area: UnsafeRawPointer?, stateClass: Int,
    stack: UnsafePointer<stack_t>, signalMask: UnsafePointer<UInt64>
  ) {
    preempt_noxreg_riscv64_fill_signal_frame(frame, UInt64(cfa), nil, UInt32(stateClass), stack, signalMask)
  }
  /// The conformance probe that fills class `index`; nil where `widest` doesn't cover it.
  public static func probe(_ index: Int, widest: Int) -> (@convention(c) (UnsafeRawPointer?, UnsafeMutableRawPointer?, UInt64) -> UInt64)? {
    preempt_noxreg_riscv64_probe(UInt32(index), UInt32(widest))
  }
  /// What a probe that was filled with these flags returns.
  public static func probePath(flags: UInt64, times: UInt64) -> UInt64 { preempt_noxreg_riscv64_probe_path(flags, times) }
  /// What user code may keep in a register, from the lowest byte on, repeated until it ends.
  public static func bits(of register: String) -> [(byteCount: Int, free: UInt64, set: UInt64, compared: UInt64, initial: UInt64?)] {
    switch register {
    case "fcsr": [(4, 0x7f, 0x0, 0x7f, nil)]
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
      ("s0", -16, 8, 240, 8),
      ("ra", -40, 8, 184, 1),
      ("t0", -48, 8, 216, 5),
      ("t1", -56, 8, 224, 6),
      ("t2", -64, 8, 232, 7),
      ("s1", -72, 8, 248, 9),
      ("a0", -80, 8, 256, 10),
      ("a1", -88, 8, 264, 11),
      ("a2", -96, 8, 272, 12),
      ("a3", -104, 8, 280, 13),
      ("a4", -112, 8, 288, 14),
      ("a5", -120, 8, 296, 15),
      ("a6", -128, 8, 304, 16),
      ("a7", -136, 8, 312, 17),
      ("s2", -144, 8, 320, 18),
      ("s3", -152, 8, 328, 19),
      ("s4", -160, 8, 336, 20),
      ("s5", -168, 8, 344, 21),
      ("s6", -176, 8, 352, 22),
      ("s7", -184, 8, 360, 23),
      ("s8", -192, 8, 368, 24),
      ("s9", -200, 8, 376, 25),
      ("s10", -208, 8, 384, 26),
      ("s11", -216, 8, 392, 27),
      ("t3", -224, 8, 400, 28),
      ("t4", -232, 8, 408, 29),
      ("t5", -240, 8, 416, 30),
      ("t6", -248, 8, 424, 31),
      ("fcsr", -252, 4, -1, -1),
    ]
  }
  /// Registers in the widest class's save area: name, bytes from its start, byte count. Narrower classes: `areaSlots`.
  public static var areaRegisters: [(name: String, offset: Int, byteCount: Int, contextOffset: Int, column: Int)] {
    [
      ("f0", 0, 8, -1, -1),
      ("f1", 8, 8, -1, -1),
      ("f2", 16, 8, -1, -1),
      ("f3", 24, 8, -1, -1),
      ("f4", 32, 8, -1, -1),
      ("f5", 40, 8, -1, -1),
      ("f6", 48, 8, -1, -1),
      ("f7", 56, 8, -1, -1),
      ("f8", 64, 8, -1, -1),
      ("f9", 72, 8, -1, -1),
      ("f10", 80, 8, -1, -1),
      ("f11", 88, 8, -1, -1),
      ("f12", 96, 8, -1, -1),
      ("f13", 104, 8, -1, -1),
      ("f14", 112, 8, -1, -1),
      ("f15", 120, 8, -1, -1),
      ("f16", 128, 8, -1, -1),
      ("f17", 136, 8, -1, -1),
      ("f18", 144, 8, -1, -1),
      ("f19", 152, 8, -1, -1),
      ("f20", 160, 8, -1, -1),
      ("f21", 168, 8, -1, -1),
      ("f22", 176, 8, -1, -1),
      ("f23", 184, 8, -1, -1),
      ("f24", 192, 8, -1, -1),
      ("f25", 200, 8, -1, -1),
      ("f26", 208, 8, -1, -1),
      ("f27", 216, 8, -1, -1),
      ("f28", 224, 8, -1, -1),
      ("f29", 232, 8, -1, -1),
      ("f30", 240, 8, -1, -1),
      ("f31", 248, 8, -1, -1),
    ]
  }
  /// Save area slots of a class: name, bytes from its start, byte count.
  public static func areaSlots(ofClass index: Int) -> [(name: String, offset: Int, byteCount: Int)] {
    switch index {
    case 0: [("f0", 0, 8), ("f1", 8, 8), ("f2", 16, 8), ("f3", 24, 8), ("f4", 32, 8), ("f5", 40, 8), ("f6", 48, 8), ("f7", 56, 8), ("f8", 64, 8), ("f9", 72, 8), ("f10", 80, 8), ("f11", 88, 8), ("f12", 96, 8), ("f13", 104, 8), ("f14", 112, 8), ("f15", 120, 8), ("f16", 128, 8), ("f17", 136, 8), ("f18", 144, 8), ("f19", 152, 8), ("f20", 160, 8), ("f21", 168, 8), ("f22", 176, 8), ("f23", 184, 8), ("f24", 192, 8), ("f25", 200, 8), ("f26", 208, 8), ("f27", 216, 8), ("f28", 224, 8), ("f29", 232, 8), ("f30", 240, 8), ("f31", 248, 8)]
    default: []
    }
  }
}

/// What a task holds off its stack: nothing.
public typealias ExtendedState = preempt_noxreg_riscv64_extended_state

#endif
