// The backend of another package, under the trait `customBackend`: what Generated/ says of ours, preempt_backend.h says of
// that one. The header is generated too, and found on the include path; docs/adding-an-architecture.md, "In another package".

#if customBackend

public import CPreempt

/// Constants of the other package's backend.
public enum Backend {
  public static var name: String { String(cString: preempt_backend_name()) }
  @inlinable public static var savesOnStack: Bool { PREEMPT_BACKEND_SAVES_ON_STACK != 0 }
  @inlinable public static var frameByteCount: Int { Int(PREEMPT_BACKEND_FRAME_BYTES) }
  @inlinable public static var redZoneByteCount: Int { Int(PREEMPT_BACKEND_RED_ZONE_BYTES) }
  @inlinable public static var frameBaseWordOffset: Int { Int(PREEMPT_BACKEND_FRAME_BASE_WORD) }
  @inlinable public static var pcWordOffset: Int { Int(PREEMPT_BACKEND_PC_WORD) }
  @inlinable public static var classCount: Int { Int(PREEMPT_BACKEND_CLASS_COUNT) }
  @inlinable public static var preemptedReason: UInt { UInt(PREEMPT_BACKEND_PREEMPTED_REASON) }
  @inlinable public static var pcContextOffset: Int { Int(PREEMPT_BACKEND_PC_CONTEXT) }
  @inlinable public static var spContextOffset: Int { Int(PREEMPT_BACKEND_SP_CONTEXT) }
  @inlinable public static var frameBaseContextOffset: Int { Int(PREEMPT_BACKEND_FRAME_BASE_CONTEXT) }
  @inlinable public static var flagsContextOffset: Int { Int(PREEMPT_BACKEND_FLAGS_CONTEXT) }
  @inlinable public static var signalMaskContextOffset: Int { Int(PREEMPT_BACKEND_SIGNAL_MASK_CONTEXT) }
  @inlinable public static var contextRegistersOffset: Int { Int(PREEMPT_BACKEND_CONTEXT_REGISTERS) }
  @inlinable public static var contextRegisterCount: Int { Int(PREEMPT_BACKEND_CONTEXT_REGISTER_COUNT) }
  @inlinable public static var returnAddressColumn: Int { Int(PREEMPT_BACKEND_RETURN_ADDRESS_COLUMN) }
  @inlinable public static var stackPointerColumn: Int { Int(PREEMPT_BACKEND_STACK_POINTER_COLUMN) }
  @inlinable public static var refusedFlags: UInt64 { preempt_backend_refused_flags() }
  @inlinable public static var areaAlignmentByteCount: Int { Int(PREEMPT_BACKEND_AREA_ALIGNMENT_BYTES) }
  @inlinable public static var integerSlotCount: Int { Int(PREEMPT_BACKEND_INTEGER_SLOT_COUNT) }

  @inlinable public static func areaByteCount(ofClass index: Int) -> Int {
    Int(preempt_backend_area_bytes(Int32(truncatingIfNeeded: index)))
  }
  @inlinable public static func requiredStackByteCount(ofClass index: Int) -> Int {
    Int(preempt_backend_required_stack_bytes(Int32(truncatingIfNeeded: index)))
  }
  @inlinable public static func integerSlotOffset(_ index: Int) -> Int {
    Int(preempt_backend_integer_slot(Int32(truncatingIfNeeded: index)))
  }
  @inlinable public static func vectorByteCount(ofClass index: Int) -> Int {
    Int(preempt_backend_vector_bytes(Int32(truncatingIfNeeded: index)))
  }
  public static func className(_ index: Int) -> String {
    String(cString: preempt_backend_class_name(Int32(truncatingIfNeeded: index)))
  }

  @inlinable @inline(__always) public static func entry(_ index: Int, widest: Int) -> UnsafePointer<CChar>? {
    preempt_backend_entry(UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: widest))
  }
  @inlinable @inline(__always) public static func widest(enabled: UInt64) -> Int {
    Int(preempt_backend_widest(enabled))
  }
  @inlinable @inline(__always) public static func liveClass(_ context: UnsafeMutableRawPointer, enabled: UInt64) -> Int
  {
    Int(preempt_backend_live_class(context.assumingMemoryBound(to: ucontext_t.self), enabled))
  }
  @inlinable @inline(__always) public static func inject(
    _ context: UnsafeMutableRawPointer, entry: UnsafePointer<CChar>, area: UnsafeMutableRawPointer?,
    switchContext: UnsafeMutableRawPointer
  ) {
    preempt_backend_inject(context.assumingMemoryBound(to: ucontext_t.self), entry, area, switchContext)
  }

  @inlinable public static var isResumedByKernel: Bool { PREEMPT_BACKEND_IS_RESUMED_BY_KERNEL != 0 }
  @inlinable public static func fillSignalFrame(
    _ frame: UnsafeMutableRawPointer, cfa: UInt, area: UnsafeRawPointer?, stateClass: Int,
    stack: UnsafePointer<stack_t>, signalMask: UnsafePointer<UInt64>
  ) {
    preempt_backend_fill_signal_frame(frame, UInt64(cfa), area, UInt32(stateClass), stack, signalMask)
  }

  public static var frameRegisters: [(name: String, offset: Int, byteCount: Int, contextOffset: Int, column: Int)] {
    (0..<PREEMPT_BACKEND_FRAME_REGISTER_COUNT).map { index in
      let register = preempt_backend_frame_register(index)
      return (
        String(cString: register.name), Int(register.offset), Int(register.byte_count), Int(register.context_offset),
        Int(register.column)
      )
    }
  }
}

public typealias ExtendedState = preempt_backend_extended_state

#endif
