// State classes: how much extended state a preempted task holds.

/// A set of processor state components that are saved together.
///
/// A class is chosen for each preemption from the signal frame: the narrowest that covers every component that
/// is live. Components are bits in the processor's own numbering (on amd64 those of XCR0 and XSTATE_BV: Intel
/// SDM volume 1, section 13.1), because what the operating system enabled decides, never an instruction-set flag
/// (golang/go issue 81209: a gate on AVX2 lost the upper halves on machines with AVX alone).
public struct StateClass: Hashable, Sendable {
  /// The width's name: `avx`.
  public let widthName: String
  /// Bits of the components that this class saves or finds in their initial state.
  public let components: UInt64
  /// Components that are rarely live and save a separate image (x87).
  public let occasionalComponents: UInt64
  /// Whether the occasional components are part of this class.
  public let includesOccasional: Bool

  public init(
    _ widthName: String, components: UInt64, occasional occasionalComponents: UInt64 = 0,
    includesOccasional: Bool = false
  ) {
    self.widthName = widthName
    self.components = components
    self.occasionalComponents = occasionalComponents
    self.includesOccasional = includesOccasional
  }

  /// The class of the same width without its occasional components.
  public var width: StateClass {
    StateClass(widthName, components: components, occasional: occasionalComponents)
  }

  /// The class of the same width that saves its occasional components too.
  public var withOccasional: StateClass {
    StateClass(
      widthName, components: components, occasional: occasionalComponents, includesOccasional: true)
  }

  /// The width's name, with a suffix where the occasional components are saved: `avx`, `avx_x87`.
  public var name: String { includesOccasional ? widthName + "_x87" : widthName }

  /// Each width followed by itself with its occasional components: the order of the class indices.
  public static func classes(ofWidths widths: [StateClass]) -> [StateClass] {
    widths.flatMap { $0.occasionalComponents == 0 ? [$0] : [$0, $0.withOccasional] }
  }
}
