// Every backend of this package, one line each.

public import ArchPreempt
import AMD64Backend
import I386Backend
import ARM64Backend
import NoXRegBackend
import RISCV64Backend
import S390XBackend

/// The backends the generator, the validator and the conformance suite know.
public enum BackendCatalog {
  public static var backends: [any ArchPreempt.Type] {
    [
      AMD64.self,
      NoXReg<AMD64>.self,
      I386.self,
      NoXReg<I386>.self,
      ARM64.self,
      NoXReg<ARM64>.self,
      ARM64X18.self,
      NoXReg<ARM64X18>.self,
      RISCV64.self,
      NoXReg<RISCV64>.self,
      RISCV64T6.self,
      NoXReg<RISCV64T6>.self,
      S390X.self,
      NoXReg<S390X>.self,
    ]
  }

  public static var names: [String] { backends.map { $0.name } }

  /// The backend of that name.
  /// - Throws: `UnknownBackend`, which lists the names there are.
  public static func backend(named name: String) throws(UnknownBackend) -> any ArchPreempt.Type {
    guard let backend = backends.first(where: { $0.name == name }) else {
      throw UnknownBackend(name: name, known: names)
    }
    return backend
  }
}

/// A backend name that isn't in the catalogue.
public struct UnknownBackend: Error, CustomStringConvertible {
  public let name: String
  public let known: [String]

  public init(name: String, known: [String]) {
    self.name = name
    self.known = known
  }

  public var description: String {
    "unknown backend '\(name)': the backends are \(known.joined(separator: ", "))"
  }
}
