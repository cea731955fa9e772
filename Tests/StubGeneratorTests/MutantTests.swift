// Every kind of fault is derived for every backend, and what the rules make of them.

import BackendCatalog
import StubGenerator
import Testing

@Suite struct MutantTests {
  @Test(arguments: BackendCatalog.names) func everyKindIsDerived(name: String) throws {
    let description = try Generated(name).description
    let mutants = Mutant.all(of: description)
    var counts: [Mutant.Kind: (total: Int, killed: Int)] = [:]
    for mutant in mutants {
      let isKilled = mutant.violation(in: description) != nil || mutant.unwindingFault(in: description) != nil
      counts[mutant.kind, default: (0, 0)].total += 1
      counts[mutant.kind, default: (0, 0)].killed += isKilled ? 1 : 0
      if !isKilled { print("ALIVE", mutant.description) }
    }
    for kind in Mutant.Kind.allCases { print("COUNT", name, kind.rawValue, counts[kind] ?? (0, 0)) }
    print("COUNT", name, mutants.count)
    #expect(Set(counts.keys) == Set(Mutant.Kind.allCases))
  }
}
