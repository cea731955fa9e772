// Every backend's files, from its description.

import ArchPreempt
import BackendCatalog
import StubGenerator

enum GenerateBench {
  static let all = Measurement(
    names: ["generate-all"], what: "validating every backend's description and generating its files, in memory"
  ) { context in
    let count = min(context.sampleCount, 21)
    let times = try (0..<count).map { _ in
      let start = threadNanoseconds()
      for backend in BackendCatalog.backends { _ = try files(backend) }
      return Double(threadNanoseconds() - start) / 1e6
    }
    return [.measured(BenchResult("generate-all", unit: "ms", values: times))]
  }

  private static func files<Backend: ArchPreempt>(_ backend: Backend.Type) throws -> [GeneratedFile] {
    try GeneratedFiles.files(for: backend)
  }
}
