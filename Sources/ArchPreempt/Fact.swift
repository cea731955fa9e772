// What a port has to find out, as questions to its documents.

/// Something that a description says of its CPU, in the order in which it is best found out.
///
/// `preempt add-arch` starts a backend with every fact unknown. The validator lists them until each was answered in the
/// table and taken from `unknownFacts`.
public enum Fact: String, CaseIterable, Sendable {
  case documents
  case guardExpression
  case pointers
  case integers
  case flagsAndControl
  case vectors
  case exclusions
  case redZone
  case stackAlignment
  case dwarfNumbers
  case returnAddressColumn
  case signalContext
  case refusedFlags
  case liveState
  case returnSequence
  case callingConvention
  case spellings
  case probe

  /// What to look up, and where.
  public var question: String {
    switch self {
    case .documents:
      "which psABI document, in which version, and which kernel headers does everything below cite?"
    case .guardExpression:
      "which predefined macros tell this ABI from its siblings (pointer width, byte order, floating-point ABI)?"
    case .pointers:
      "psABI, data representation: how many bytes has a pointer, and which byte order do loads and stores have?"
    case .integers:
      "psABI, registers: in which general-purpose registers can compiled code hold a value, link register included?"
    case .flagsAndControl:
      "psABI, registers: which flags, floating-point control and status registers are there, and which of their bits are user code's?"
    case .vectors:
      "which vector and predicate registers are there, how many bytes wide, and how does the kernel say which are enabled?"
    case .exclusions:
      "which registers belong to the thread, the platform or the system (thread pointer, protection keys, shadow stack), and why?"
    case .redZone:
      "psABI, stack frame: how many bytes below the stack pointer belong to the running function?"
    case .stackAlignment:
      "psABI, stack frame: to what is the stack pointer aligned at a call, and is it so at every instruction?"
    case .dwarfNumbers:
      "psABI, DWARF register numbers: which number has each row, and up to which do unwinders accept rules?"
    case .returnAddressColumn:
      "in which DWARF column do unwinders look for the interrupted PC of a signal frame? Not the link register's: its value is the task's."
    case .signalContext:
      "arch/<cpu>/include/uapi/asm/sigcontext.h and ucontext.h: where are PC, SP, flags, signal mask and every integer register?"
    case .refusedFlags:
      "in which modes can a task not be preempted (single step, delay slot, conditional block), and which must the handler clear?"
    case .liveState:
      "how does the signal frame say which extended state is live, and how is that validated?"
    case .returnSequence:
      "with which last instructions does user code reach an arbitrary PC with every register exact? None: the kernel does it (signalReturn)."
    case .callingConvention:
      "psABI, calling sequence: which registers carry three arguments and the result, which is free besides, what does a call itself clobber, what does a callee keep?"
    case .spellings:
      "with which instructions is each bank stored, reloaded and put into its initial state, how is each operation spelled, and what does each change besides?"
    case .probe:
      "which flags does a conditional jump test, how is a register tested for zero without them, and which components did the system enable?"
    }
  }
}
