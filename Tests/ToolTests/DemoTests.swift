// The demo of a garbage collector: it loses nothing, and it can.

import Foundation
import Testing

@Suite struct GCDemoTests {
  @Test func nothingIsLost() throws {
    let run = try Tool.run("preempt", ["demo", "gc", "--seconds", "2", "--slice", "1ms", "--json"])
    let report = try run.json()
    #expect(run.status == 0, "\(run.errors)")
    #expect(report["lostNodes"] as? Int == 0)
    for key in ["collections", "freedNodes", "liveNodes", "lists", "candidateWords", "preemptions"] {
      #expect((report[key] as? Int ?? 0) > 0, "\(key) in \(report)")
    }
  }

  /// A collector that doesn't look into one register's slot loses what is in that register alone, and the demo says so.
  @Test(arguments: ["rbx", "r11", "rbp"]) func aForgottenRegisterIsNoticed(register: String) throws {
    // Long runs find it sooner or later: a task keeps a list there nearly all the time.
    var run = try Tool.run("preempt", ["demo", "gc", "--seconds", "2", "--slice", "1ms", "--forget", register])
    for _ in 0..<10 where run.status == 0 {
      run = try Tool.run("preempt", ["demo", "gc", "--seconds", "4", "--slice", "1ms", "--forget", register])
    }
    #expect(run.status == 1)
    #expect(run.errors.contains("keeper in \(register): "), "\(run.errors)")
  }
}
