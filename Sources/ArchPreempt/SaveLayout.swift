// Where each register goes: the frame on the task's stack and the area off it.

/// One saved register's place.
public struct Slot: Hashable, Sendable {
  public let register: Register
  public let place: Place
  public let byteCount: Int
  /// The place as it is addressed: a register, in a stub the frame base or the area register, and bytes from there.
  public let base: String
  public let displacement: Int
  /// The widest class the operating system enabled; decides between encodings that treat wider state differently.
  public let widest: StateClass
  /// Whether the stack pointer stands at it and is to pass it: the words that lie on the way up to the program counter's.
  public let isOnTop: Bool

  public init(
    register: Register, place: Place, byteCount: Int, base: String, displacement: Int, widest: StateClass,
    isOnTop: Bool = false
  ) {
    self.register = register
    self.place = place
    self.byteCount = byteCount
    self.base = base
    self.displacement = displacement
    self.widest = widest
    self.isOnTop = isOnTop
  }

  /// What the instruction does that stores the register here.
  public var store: Effect { .stores(register.name, at: place, byteCount: byteCount) }
  /// What the instruction does that gives the register its value back from here.
  public var reload: Effect { reload(zeroExtends: false) }
  public func reload(zeroExtends: Bool) -> Effect {
    .reloads(register.name, from: place, byteCount: byteCount, zeroExtends: zeroExtends)
  }
  /// What an instruction does that reads the slot on the way to a register that no load reaches.
  public var read: Effect { .reads(place, byteCount: byteCount) }
}

/// Frame and save area of a backend.
///
/// From the CFA (the interrupted stack pointer) down: the red zone, the handler's words, the registers that stay
/// on the stack in row order. The save area holds the extended banks in row order, either in a block off the
/// stack or, below the frame proper, on the stack.
public struct SaveLayout: Sendable {
  /// Where the extended banks are saved.
  public enum ExtendedPlacement: String, Sendable { case extended, stack }

  public let extendedPlacement: ExtendedPlacement
  public let abi: PSABI
  public let words: [HandlerWord]
  /// Registers that the stub stores in the frame, in slot order, the first highest.
  public let frameRegisters: [Register]
  /// Registers of the extended banks, in slot order, the first lowest.
  public let areaRegisters: [Register]

  /// The default: vector, predicate and register-stack banks extended, everything else on the stack.
  public init(
    registers: [Register], abi: PSABI, injection: CallInjection, extendedPlacement: ExtendedPlacement = .extended
  ) {
    self.extendedPlacement = extendedPlacement
    self.abi = abi
    words = injection.words
    let byHandler = Set(injection.registersWrittenByHandler)
    let stored = registers.filter { $0.isSaved && !byHandler.contains($0.name) }
    frameRegisters = stored.filter { !$0.bank.isExtended }
    areaRegisters = stored.filter { $0.bank.isExtended }
  }

  /// Alignment of a save area, in bytes: a cache line, which leaves low bits of its address for the class index.
  public static let areaAlignmentByteCount = 64

  /// Bytes below a task's stack pointer that an injected call may use, at most, on any backend.
  public static let reserveByteCount = 4096

  /// Bytes from the CFA to a handler's word; negative.
  public func offset(of word: HandlerWord) -> Int? {
    words.firstIndex(of: word).map { -abi.redZoneByteCount - ($0 + 1) * abi.pointerByteCount }
  }

  /// Bytes from the CFA to the stack pointer with which the stub starts.
  public var entryOffset: Int { -abi.redZoneByteCount - words.count * abi.pointerByteCount }

  /// Bytes from the CFA to the frame base: where it points when the slot of the interrupted frame pointer lies directly
  /// below the program counter's, so that frame-pointer walkers see an ordinary frame.
  public var frameBaseOffset: Int {
    offset(of: .register(abi.frameBase)).map { $0 - abi.frameRecordOffset } ?? entryOffset
  }

  /// Frame slots, the highest first; the same in every class, though a class may leave one unused.
  public func frameSlots(widest: StateClass) -> [Slot] {
    var cursor = entryOffset
    return frameRegisters.map { register in
      let count = register.byteCount(in: widest.width)
      cursor -= count
      cursor -= Self.padding(below: cursor, for: count)
      return Slot(
        register: register, place: .frame(cursor), byteCount: count, base: abi.frameBase,
        displacement: cursor - frameBaseOffset, widest: widest)
    }
  }

  static func padding(below offset: Int, for byteCount: Int) -> Int {
    let alignment = max(1, min(byteCount, 8))
    return ((offset % alignment) + alignment) % alignment
  }

  /// Frame with red zone, in bytes, without realignment, save area and call.
  public func frameByteCount(widest: StateClass) -> Int {
    guard case .frame(let lowest)? = frameSlots(widest: widest).last?.place else { return -entryOffset }
    // A description with an impossible pointer lives until the validator names it.
    let unit = max(1, abi.keepsStackPointerAligned ? abi.stackAlignmentByteCount : abi.pointerByteCount)
    return (-lowest + unit - 1) / unit * unit
  }

  /// Area slots of a class, the lowest first.
  public func areaSlots(of stateClass: StateClass, widest: StateClass) -> [Slot] {
    var cursor = 0
    return areaRegisters.compactMap { register in
      let count = register.byteCount(in: stateClass)
      guard count > 0 else { return nil }
      defer { cursor += count }
      return Slot(
        register: register, place: .area(cursor), byteCount: count, base: abi.resultRegister, displacement: cursor,
        widest: widest)
    }
  }

  /// Bytes of a class's save area.
  public func areaByteCount(of stateClass: StateClass) -> Int {
    areaSlots(of: stateClass, widest: stateClass).reduce(0) { $0 + $1.byteCount }
  }

  /// Stack bytes from the CFA down that an injected call needs, the worst realignment included.
  public func requiredStackByteCount(of stateClass: StateClass, widest: StateClass, calleeByteCount: Int) -> Int {
    frameByteCount(widest: widest) + areaOnStackByteCount(of: stateClass) + callAlignmentByteCount
      + abi.registerSaveAreaByteCount + calleeByteCount
  }

  /// Alignment of the stack pointer below the frame proper, in bytes.
  public var callAlignmentByteCount: Int {
    extendedPlacement == .stack ? Self.areaAlignmentByteCount : abi.stackAlignmentByteCount
  }

  /// Bytes reserved below the frame proper for the save area where it lies on the stack.
  public func areaOnStackByteCount(of stateClass: StateClass) -> Int {
    guard extendedPlacement == .stack else { return 0 }
    let alignment = Self.areaAlignmentByteCount
    return (areaByteCount(of: stateClass) + alignment - 1) / alignment * alignment
  }
}
