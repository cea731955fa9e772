// State classes and byte counts: what the rows of a table mean.

import ArchPreempt
import BackendCatalog
import Testing

@Suite struct StateClassTests {
  static let narrow = StateClass("narrow", components: 0b001, occasional: 0b001)
  static let wide = StateClass("wide", components: 0b011, occasional: 0b001)

  @Test func occasionalClassHasTheSameWidth() {
    let occasional = Self.narrow.withOccasional
    #expect(occasional != Self.narrow)
    #expect(occasional.width == Self.narrow)
    #expect(occasional.withOccasional == occasional)
    #expect(Self.narrow.width == Self.narrow)
    #expect(Self.narrow.name == "narrow")
    #expect(occasional.name == "narrow_x87")
  }

  @Test func eachWidthIsFollowedByItsOccasionalClass() {
    let plain = StateClass("plain", components: 1)
    #expect(
      StateClass.classes(ofWidths: [Self.narrow, Self.wide])
        == [Self.narrow, Self.narrow.withOccasional, Self.wide, Self.wide.withOccasional])
    #expect(StateClass.classes(ofWidths: [plain]) == [plain])
  }

  // swift-format-ignore
  static let counts: [(ByteCount, narrow: Int, narrowOccasional: Int, wide: Int, wideOccasional: Int)] = [
    (.always(8),           8,  8,  8,  8),
    (4,                    4,  4,  4,  4),
    ([narrow: 16],         16, 16, 0,  0),
    ([narrow: 16, wide: 32], 16, 16, 32, 32),
    (.whenOccasional(108), 0,  108, 0, 108),
    (.unlessOccasional(2), 2,  0,  2,  0),
  ]

  @Test(arguments: counts)
  func byteCountFollowsTheClass(count: ByteCount, narrow: Int, narrowOccasional: Int, wide: Int, wideOccasional: Int) {
    let register = Register("r", .vector, byteCount: count)
    #expect(register.byteCount(in: Self.narrow) == narrow)
    #expect(register.byteCount(in: Self.narrow.withOccasional) == narrowOccasional)
    #expect(register.byteCount(in: Self.wide) == wide)
    #expect(register.byteCount(in: Self.wide.withOccasional) == wideOccasional)
  }

  @Test func rowIsSavedWithEightBytesUnlessItSaysOtherwise() {
    let row = Register("r", dwarf: 3, .integer)
    #expect(row.isSaved)
    #expect(row.byteCount(in: Self.narrow) == 8)
    #expect(!Register("sp", .integer, .restoredByResume).isSaved)
    #expect(!Register("fs.base", .control, .excluded(because: "the M's")).isSaved)
  }

  @Test func vectorStateIsExtended() {
    #expect(Bank.allCases.filter(\.isExtended) == [.vector, .predicate, .registerStack])
  }

  @Test(arguments: BackendCatalog.names)
  func enabledWidthsCoverTheClass(name: String) throws {
    let backend = try BackendCatalog.backend(named: name)
    #expect(backend.widestClass == backend.stateClasses.last)
    #expect(backend.widths.allSatisfy { !$0.includesOccasional })
    for stateClass in backend.stateClasses {
      let enabled = backend.enabledWidths(covering: stateClass)
      #expect(enabled.first == stateClass.width)
      #expect(enabled.last == backend.widths.last)
      #expect(enabled.allSatisfy { stateClass.components & ~$0.components == 0 })
    }
  }

  @Test func unknownBackendListsTheNamesThereAre() {
    let error = #expect(throws: UnknownBackend.self) { try BackendCatalog.backend(named: "vax") }
    #expect(error?.description.contains("'vax'") == true)
    for name in BackendCatalog.names { #expect(error?.description.contains(name) == true) }
    #expect(Set(BackendCatalog.names).count == BackendCatalog.backends.count)
  }
}
