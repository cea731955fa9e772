// `preempt explain` and `preempt unwind-table`.

import Foundation
import Testing

@Suite struct SafePointCommandTests {
  @Test func everySituationIsExplained() throws {
    let run = try Tool.run("preempt", ["explain", "--json"])
    #expect(run.status == 0, "\(run.errors)")
    let tasks = try #require(try run.json()["tasks"] as? [[String: Any]])
    let reasons = Dictionary(
      uniqueKeysWithValues: tasks.map { ($0["task"] as? String ?? "?", $0["reason"] as? String ?? "none") })
    #expect(
      reasons
        == [
          "loop": "none", "comparator": "unregisteredCaller",
          "global": "unregisteredCaller",
          "hash": "unregisteredCaller", "block": "unregisteredCaller", "disabled": "preemptionDisabled",
          "deep": "tooManyFrames",
        ])
    for task in tasks where task["reason"] as? String == "unregisteredCaller" {
      #expect((task["framesUp"] as? Int ?? 0) > 0 && (task["place"] as? String ?? "").contains("lib"), "\(task)")
    }
  }

  @Test func theToolAndItsLibraries() throws {
    let images = try #require(try Tool.run("preempt", ["unwind-table", "--json"]).json()["images"] as? [[String: Any]])
    #expect(images.count == 3)
    for image in images {
      let path = try #require(image["path"] as? String)
      let share = try #require(image["expressedShareOfDescribed"] as? Double)
      #expect(share > 0.97 && share <= 1, "\(path): \(share)")
      let (code, described, expressed) = (
        image["codeBytes"] as? Int ?? 0, image["describedBytes"] as? Int ?? 0, image["expressedBytes"] as? Int ?? 0
      )
      #expect(code >= described && described >= expressed && expressed > 100_000, "\(image)")
    }
  }

  @Test func filesWithoutATable() throws {
    let text = try Tool.run("preempt", ["unwind-table", "Package.swift"])
    #expect(text.status == 2)
    #expect(text.errors.contains("Package.swift: ") && text.errors.contains("ELF"))
    let none = try Tool.run("preempt", ["unwind-table", "no-such-file"])
    #expect(none.status == 2 && none.errors.contains("no-such-file: can't be read"))
  }

  @Test func situationsThatAreNone() throws {
    let run = try Tool.run("preempt", ["explain", "comparater"])
    #expect(run.status == 2)
    #expect(run.errors.contains("did you mean 'comparator'?"))
  }
}
