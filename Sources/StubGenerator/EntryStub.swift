// An entry stub: the steps, in the order that is the same on every architecture, and their spelling by a backend.

public import ArchPreempt

/// A step of a stub.
public enum StubStep: Sendable {
  case adjustStackPointer(by: Int)
  case frame(FrameStep)
  case save(Slot)
  case restore(Slot)
  case initialize([(register: Register, from: Int)])
  case call(contextAt: Int, reason: Int)

  func instructions<Backend: ArchPreempt>(of backend: Backend.Type, symbolPrefix: String) -> [Instruction] {
    switch self {
    case .adjustStackPointer(let byteCount): Backend.adjustStackPointer(by: byteCount)
    case .frame(let step): step.instructions(of: Backend.self)
    case .save(let slot): Backend.save(slot)
    case .restore(let slot): Backend.restore(slot)
    case .initialize(let registers): Backend.initialize(registers, symbolPrefix: symbolPrefix)
    case .call(let offset, let reason): Backend.call("preempt_mcall", contextAt: offset, reason: reason)
    }
  }
}

/// A step that concerns the frame rather than a register.
public enum FrameStep: Hashable, Sendable {
  /// Make the frame base the stack pointer plus a constant.
  case establishFrameBase(stackPointerPlus: Int)
  /// Round the stack pointer down.
  case align(to: Int)
  /// Load the save area's address into the area register from the frame base plus a constant.
  case loadArea(frameBasePlus: Int)
  /// Take the stack pointer plus a constant as the save area's address.
  case areaIsStackPointer(plus: Int)
  /// Set the stack pointer to the frame base plus a constant.
  case cutBack(frameBasePlus: Int)
  /// Return to the interrupted program counter, which lies that many bytes below the interrupted stack pointer's.
  case resume(popping: Int)

  func instructions<Backend: ArchPreempt>(of backend: Backend.Type) -> [Instruction] {
    let (stack, base, area) = (Backend.abi.stackPointer, Backend.abi.frameBase, Backend.abi.resultRegister)
    return switch self {
    case .establishFrameBase(let offset):
      Backend.spell(.add(base, stack, offset), [.setsFrameBase(toStackPointerPlus: offset)])
    case .align(let boundary): Backend.spell(.align(boundary), [.alignsStackPointer(to: boundary)])
    case .loadArea(let offset): Backend.loadWord(area, frameBasePlus: offset, [.loadsAreaAddress])
    case .areaIsStackPointer(let offset):
      Backend.spell(.add(area, stack, offset), [.clobbers(area), .loadsAreaAddress])
    case .cutBack(let offset):
      Backend.spell(.add(stack, base, offset), [.setsStackPointer(toFrameBasePlus: offset)])
    case .resume(let byteCount): Backend.resume(popping: byteCount)
    }
  }
}

/// The code for a live class on a machine whose widest enabled class is `widest`.
public struct EntryStub: Sendable {
  public let stateClass: StateClass
  public let widest: StateClass
  public let symbol: String
  /// Passed to `preempt_mcall`: tells it that a task was preempted, and in which class.
  public let reason: Int
  /// What the instructions were spelled from.
  public let steps: [StubStep]
  public var instructions: [Instruction]

  init<Backend: ArchPreempt>(
    _ backend: Backend.Type, _ stateClass: StateClass, classIndex: Int, widest: StateClass
  ) {
    self.stateClass = stateClass
    self.widest = widest
    symbol = BackendDescription.symbol("entry", Backend.symbolPrefix, stateClass, widest)
    reason = BackendDescription.preemptedReason + classIndex
    steps = Self.steps(Backend.self, stateClass, reason: reason, widest: widest)
    instructions = steps.flatMap { $0.instructions(of: Backend.self, symbolPrefix: Backend.symbolPrefix) }
  }

  /// Other instructions under another name.
  init(_ stub: EntryStub, symbol: String, instructions: [Instruction]) {
    stateClass = stub.stateClass
    widest = stub.widest
    reason = stub.reason
    steps = stub.steps
    self.symbol = symbol
    self.instructions = instructions
  }

  private static func steps<Backend: ArchPreempt>(
    _ backend: Backend.Type, _ stateClass: StateClass, reason: Int, widest: StateClass
  ) -> [StubStep] {
    let layout = Backend.layout
    let base = layout.frameBaseOffset
    let frameByteCount = layout.frameByteCount(widest: widest)
    let frameSlots = layout.frameSlots(widest: widest).filter { $0.register.byteCount(in: stateClass) > 0 }
    let areaSlots = layout.areaSlots(of: stateClass, widest: widest)
    let isOnStack = layout.extendedPlacement == .stack
    func displacement(_ word: HandlerWord) -> Int { (layout.offset(of: word) ?? base) - base }
    func wideState(beyond narrow: StateClass, _ wide: StateClass) -> [(register: Register, from: Int)] {
      BackendDescription.wideState(Backend.self, beyond: narrow, widest: wide)
    }

    // Reserve, then store.
    var steps: [StubStep] = [
      .adjustStackPointer(by: -(frameByteCount + layout.entryOffset)),
      .frame(.establishFrameBase(stackPointerPlus: base + frameByteCount)),
    ]
    steps += frameSlots.map { .save($0) }
    if isOnStack {
      steps += [
        .adjustStackPointer(by: -layout.areaOnStackByteCount(of: stateClass)),
        .frame(.align(to: layout.callAlignmentByteCount)), .frame(.areaIsStackPointer(plus: 0)),
      ]
    } else {
      if !layout.abi.keepsStackPointerAligned { steps.append(.frame(.align(to: layout.callAlignmentByteCount))) }
      steps.append(.frame(.loadArea(frameBasePlus: displacement(.saveArea))))
    }
    steps += areaSlots.map { .save($0) }
    // What lies beyond the live class is initial: the return from the signal put it there (decision 0007). Where nobody
    // asks what is live, it needn't be.
    if Backend.injection.saysWhatIsLive {
      steps.append(.initialize(wideState(beyond: Backend.stateClasses[0], stateClass.width)))
    }
    // What the class doesn't save by itself is in an image, and saving that initialises it.
    let modes = Backend.registers.filter {
      $0.isSaved && ($0.bank == .flags || $0.bank == .control) && $0.byteCount(in: stateClass) > 0
    }
    steps.append(.initialize(modes.map { ($0, 0) }))
    let saveArea = layout.abi.registerSaveAreaByteCount
    if saveArea > 0 { steps.append(.adjustStackPointer(by: -saveArea)) }
    steps.append(.call(contextAt: displacement(.context), reason: reason))

    // The program counter's word, counted as what a return pops beside it.
    let resume = StubStep.frame(
      .resume(popping: -(layout.offset(of: .programCounter) ?? 0) - layout.abi.pointerByteCount))
    if case .signalReturn = Backend.injection.returnSequence { return steps + [resume] }
    // Above what the call has pushed, and what it left to the callee.
    if isOnStack { steps.append(.frame(.areaIsStackPointer(plus: layout.abi.argumentByteCount + saveArea))) }
    steps.append(.initialize(wideState(beyond: stateClass, widest).filter { $0.from == 0 }))
    steps += areaSlots.reversed().map { .restore($0) }
    let isPopping = if case .returnPopping = Backend.injection.returnSequence { true } else { false }
    let words = layout.words.reversed().compactMap { word -> Slot? in
      guard case .register(let name) = word, let register = Backend.register(name), register.isSaved else { return nil }
      return Slot(
        register: register, place: .frame(layout.offset(of: word)!), byteCount: layout.abi.pointerByteCount,
        base: layout.abi.frameBase, displacement: displacement(word), widest: widest, isOnTop: isPopping)
    }
    let frame = frameSlots.reversed().map { StubStep.restore($0) }
    if isPopping {
      // The handler's words that are registers are popped on the way up to the program counter.
      steps += frame
      if let lowest = words.first { steps.append(.frame(.cutBack(frameBasePlus: lowest.displacement))) }
      steps += words.map { .restore($0) }
    } else {
      // What isn't an integer register passes through one, so it comes before those; the frame base comes last.
      let passing = words.filter { $0.register.bank != .integer }
      let others = words.filter { $0.register.bank == .integer && $0.register.name != layout.abi.frameBase }
      steps += passing.map { .restore($0) } + frame
      steps.append(.frame(.cutBack(frameBasePlus: layout.entryOffset - base)))
      steps += others.map { .restore($0) }
      steps += words.filter { $0.register.name == layout.abi.frameBase }.map { .restore($0) }
    }
    return steps + [resume]
  }
}
