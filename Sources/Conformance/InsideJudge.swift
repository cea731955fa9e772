// Builds and runs Sources/CHarness/inside.c: the libunwind of another CPU, inside the program whose tasks are preempted.

import Foundation
import StubGenerator

struct InsideJudge {
  private let program: URL
  /// Of each stub's instructions.
  private let offsets: [String]

  /// Seconds for one backend; it takes some.
  static let budget = 120.0

  /// - Throws: `Skip`; `UnexpectedEnd` where something generated doesn't compile.
  init(_ subject: Subject, _ campaign: Campaign, _ toolchain: Toolchain) throws {
    let unwinder = campaign.package.appendingPathComponent(".build-tools/libunwind-\(subject.arch)/usr")
    guard let places = Judges.places(of: "libunwind.a", below: unwinder) else {
      throw Skip(
        reason: "no libunwind of \(subject.arch) on this machine",
        remedy: CrossTools.installation(of: subject.arch, own: subject.tools))
    }
    let folder = campaign.scratch.appendingPathComponent("inside-\(subject.backend)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    program = folder.appendingPathComponent("inside")
    let tables = JudgeTables(subject.description, seed: campaign.seed)
    try tables.header.write(to: folder.appendingPathComponent("tables.h"), atomically: true, encoding: .utf8)
    try toolchain.link(
      ["-O2", "-g", "-I", folder.path, "-I", subject.generated.path] + subject.selection + places + [
        campaign.package.appendingPathComponent("Sources/CHarness/inside.c").path,
        subject.generated.appendingPathComponent("preempt.S").path,
        subject.generated.appendingPathComponent("probe.S").path, "-Wl,--eh-frame-hdr",
        subject.parking, "-lunwind", "-llzma",
      ], to: program)
    offsets = try Self.offsets(of: tables.stubs, in: program.appendingPathExtension("elf"), toolchain)
  }

  func verdict(shard: Campaign.Shard) throws -> Verdict {
    let result = try Command.run(program, [shard.text] + offsets, budget: Self.budget)
    switch result.end {
    case .exit(0), .exit(1):
      // Where it could go no further it has only said why.
      guard !result.output.isEmpty else { throw UnexpectedEnd("inside", result) }
      return try JSONDecoder().decode(Verdict.self, from: result.output)
    case .exit(3): throw Skip(saidBy: result)
    default: throw UnexpectedEnd("inside", result)
    }
  }

  /// Where the instructions of each stub begin, as linked: a linker may make one instruction of two.
  private static func offsets(of stubs: [EntryStub], in program: URL, _ toolchain: Toolchain) throws -> [String] {
    let listing = try Command.run(
      try toolchain.binaryUtility("objdump"), ["-t", "-d", "--section=preempt_text", program.path], budget: budget)
    guard listing.end == .exit(0) else { throw UnexpectedEnd("objdump", listing) }
    let found = offsets(in: listing.outputText)
    return try stubs.map { stub in
      let own = found[stub.symbol] ?? []
      guard own.count == stub.instructions.count else {
        throw BrokenJudge(
          description: "\(stub.symbol) has \(stub.instructions.count) instructions, \(own.count) as linked")
      }
      return own.map(String.init).joined(separator: ",")
    }
  }

  /// Of `objdump -t -d`: the bytes from each function's start to its instructions. What fills the way to the next one is
  /// none of it.
  static func offsets(in listing: String) -> [String: [Int]] {
    var byteCounts: [String: Int] = [:], offsets: [String: [Int]] = [:]
    var symbol = "", start = 0
    for line in listing.split(separator: "\n") {
      let words = line.split(whereSeparator: \.isWhitespace)
      if words.count >= 6, words[2] == "F", let byteCount = Int(words[4], radix: 16) {
        byteCounts[String(words.last!)] = byteCount
      } else if words.count == 2, words[1].hasPrefix("<"), words[1].hasSuffix(">:"),
        let address = Int(words[0], radix: 16)
      {
        (symbol, start) = (String(words[1].dropFirst().dropLast(2)), address)
      } else if let first = words.first, first.hasSuffix(":"), let address = Int(first.dropLast(), radix: 16),
        address - start < byteCounts[symbol] ?? 0
      {
        offsets[symbol, default: []].append(address - start)
      }
    }
    return offsets
  }
}
