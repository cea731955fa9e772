// A signal frame made by hand: `ucontext_t` and the XSAVE image behind it.

import Glibc
import SelectedArch

/// Starts as what Linux writes for a thread that uses SSE: both magics, sizes that fit, every known component a feature.
final class ForgedFrame: @unchecked Sendable {
  let context = UnsafeMutableRawPointer.allocate(byteCount: 1024, alignment: 64)
  let state = UnsafeMutableRawPointer.allocate(byteCount: 1 << 17, alignment: 64)
  static let stateByteCount = 2696

  init() {
    context.initializeMemory(as: UInt8.self, repeating: 0, count: 1024)
    state.initializeMemory(as: UInt8.self, repeating: 0, count: 1 << 17)
    context.storeBytes(of: 1, as: UInt64.self)
    context.storeBytes(of: UInt(bitPattern: state), toByteOffset: 224, as: UInt.self)
    set(464, UInt32(0x4650_5853))
    set(468, UInt32(Self.stateByteCount + 4))
    set(472, UInt64(0xffff_ffff_ffff_ffff))
    set(480, UInt32(Self.stateByteCount))
    set(Self.stateByteCount, UInt32(0x4650_5845))
    set(512, UInt64(3))
  }

  deinit {
    context.deallocate()
    state.deallocate()
  }

  /// Writes into the XSAVE image.
  func set<Value: BitwiseCopyable>(_ offset: Int, _ value: Value) {
    withUnsafeBytes(of: value) { (state + offset).copyMemory(from: $0.baseAddress!, byteCount: $0.count) }
  }

  var pc: UInt {
    get { context.load(fromByteOffset: Backend.pcContextOffset, as: UInt.self) }
    set { context.storeBytes(of: newValue, toByteOffset: Backend.pcContextOffset, as: UInt.self) }
  }
  var sp: UInt {
    get { context.load(fromByteOffset: Backend.spContextOffset, as: UInt.self) }
    set { context.storeBytes(of: newValue, toByteOffset: Backend.spContextOffset, as: UInt.self) }
  }
  var flags: UInt64 {
    get { context.load(fromByteOffset: Backend.flagsContextOffset, as: UInt64.self) }
    set { context.storeBytes(of: newValue, toByteOffset: Backend.flagsContextOffset, as: UInt64.self) }
  }
  var signalMask: UInt64 {
    get { context.load(fromByteOffset: Backend.signalMaskContextOffset, as: UInt64.self) }
    set { context.storeBytes(of: newValue, toByteOffset: Backend.signalMaskContextOffset, as: UInt64.self) }
  }
}
