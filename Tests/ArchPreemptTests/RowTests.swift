// Runs of rows are the rows they stand for.

import ArchPreempt
import Testing

@Suite struct RowTests {
  @Test func aRunIsItsRows() {
    let rows = Register.run("v", 1...3, dwarf: [20, 17, 21], .vector, byteCount: 16)
    #expect(
      rows == [
        Register("v1", dwarf: 20, .vector, byteCount: 16), Register("v2", dwarf: 17, .vector, byteCount: 16),
        Register("v3", dwarf: 21, .vector, byteCount: 16),
      ])
  }

  @Test func theRegisterThatCompilersReserveIsExcluded() {
    let rows = Register.run("x", 17...19, dwarf: 17...19, .integer)
    let way = ReturnSequence.branchThrough(register: "x18", reservedBy: .embedder(option: "-ffixed-x18"))
    let reserved = rows.reserving(way.embedderReserves)
    #expect(reserved.map(\.isSaved) == [true, false, true])
    #expect(reserved.map(\.name) == rows.map(\.name) && reserved.map(\.dwarf) == rows.map(\.dwarf))
    #expect(rows.reserving(ReturnSequence.returnPopping(0).embedderReserves) == rows)
  }

  @Test func fieldsSideBySideAreAnArray() {
    let fields = ContextField.run(["edi", "esi"], at: 36, every: 4, array: "uc_mcontext.gregs", from: 4)
    #expect(
      fields == [
        ContextField("edi", at: 36, member: "uc_mcontext.gregs[4]"),
        ContextField("esi", at: 40, member: "uc_mcontext.gregs[5]"),
      ])
  }
}
