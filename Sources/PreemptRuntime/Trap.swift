// Messages from places where nothing may be allocated: a handler, or a scheduler whose invariants are broken.

import CPreempt

/// Writes to standard error without allocating.
@_noAllocation @_noLocks
func writeError(_ text: StaticString) {
  preempt_write_error(text.utf8Start, UInt(text.utf8CodeUnitCount))
}

/// Writes a line where allocation is allowed.
func writeErrorLine(_ line: String) {
  var text = line + "\n"
  text.withUTF8 { preempt_write_error($0.baseAddress, UInt($0.count)) }
}

@_noAllocation @_noLocks
func writeError(number: UInt, radix: UInt = 10) {
  var digits = InlineArray<20, UInt8>(repeating: 0)
  var index = 20
  var rest = number
  repeat {
    index -= 1
    let digit = UInt8(truncatingIfNeeded: rest % radix)
    digits[index] = digit < 10 ? 48 &+ digit : 87 &+ digit
    rest /= radix
  } while rest > 0
  withUnsafePointer(to: &digits) { pointer in
    preempt_write_error(UnsafeRawPointer(pointer) + index, UInt(20 - index))
  }
}

/// Stops the process: an invariant of the preemption path is broken and no register can be trusted.
@_noAllocation @_noLocks
func trap(_ what: StaticString, g: UInt64, p: Int, interruptedPC: UInt, otherPC: UInt) -> Never {
  writeError("swift-preempt: ")
  writeError(what)
  writeError(": G ")
  writeError(number: UInt(g))
  writeError(", P ")
  writeError(number: UInt(bitPattern: p))
  writeError(", interrupted PC 0x")
  writeError(number: interruptedPC, radix: 16)
  writeError(", other PC 0x")
  writeError(number: otherPC, radix: 16)
  writeError("\n")
  preempt_abort()
}

/// Stops the process over a rule that its program broke, on no more stack than the smallest task has.
func stopProcess(_ what: StaticString, task g: G? = nil, _ rest: StaticString = "") -> Never {
  writeError("swift-preempt: ")
  writeError(what)
  if let g {
    writeError(" task '")
    preempt_write_error(g.pointee.name.baseAddress, UInt(g.pointee.name.count))
    writeError("'")
  }
  writeError(rest)
  writeError("\n")
  preempt_abort()
}
