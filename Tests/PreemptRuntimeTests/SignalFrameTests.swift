// Forged signal frames: what the live class is read from may be absent, cut short, or lie.
//
// valgrind writes no magic; qemu-user says 0x217 whatever is live. A frame that can't be believed means the widest
// class that the machine enables, a component that no class covers means no class at all.

import CPreempt
import CWorkloads
import SelectedArch
import Testing

@testable import PreemptRuntime

extension RuntimeSuite {
  @Suite struct SignalFrameTests {
    /// Enabled components and the widest width they make.
    static let machines: [(enabled: UInt64, widest: Int)] = [
      (0x3, 0), (0x7, 1), (0x207, 1), (0xe7, 2), (0x2e7, 2), (0x602e7, 2),
    ]

    /// A frame and the class it means, as a function of the widest enabled width.
    struct Row: Sendable, CustomTestStringConvertible {
      let name: String
      let forge: @Sendable (ForgedFrame) -> Void
      let expected: @Sendable (Int) -> Int
      var testDescription: String { name }
    }

    // swift-format-ignore
    static let rows: [Row] = [
      Row(name: "as Linux writes it, SSE",      forge: { _ in },                                   expected: { _ in 0 }),
      Row(name: "no component at all",          forge: { $0.set(512, UInt64(0)) },                 expected: { _ in 0 }),
      Row(name: "AVX",                          forge: { $0.set(512, UInt64(0x7)) },               expected: { $0 >= 1 ? 2 : -1 }),
      Row(name: "AVX without SSE",              forge: { $0.set(512, UInt64(0x4)) },               expected: { $0 >= 1 ? 2 : -1 }),
      Row(name: "opmask",                       forge: { $0.set(512, UInt64(0x23)) },              expected: { $0 >= 2 ? 4 : -1 }),
      Row(name: "ZMM_Hi256",                    forge: { $0.set(512, UInt64(0x43)) },              expected: { $0 >= 2 ? 4 : -1 }),
      Row(name: "Hi16_ZMM",                     forge: { $0.set(512, UInt64(0x83)) },              expected: { $0 >= 2 ? 4 : -1 }),
      Row(name: "AVX-512, all of it",           forge: { $0.set(512, UInt64(0xe7)) },              expected: { $0 >= 2 ? 4 : -1 }),
      Row(name: "PKRU alone is ignored",        forge: { $0.set(512, UInt64(0x203)) },             expected: { _ in 0 }),
      Row(name: "PKRU with AVX",                forge: { $0.set(512, UInt64(0x207)) },             expected: { $0 >= 1 ? 2 : -1 }),
      Row(name: "x87 by its tag",               forge: { $0.set(4, UInt8(0x80)) },                 expected: { _ in 1 }),
      // Between fucompp and fnstsw: nothing on the stack, the answer in C3.
      Row(name: "x87 by its status alone",      forge: { $0.set(2, UInt16(0x4000)) },              expected: { _ in 1 }),
      Row(name: "x87 by a sticky flag alone",   forge: { $0.set(2, UInt16(0x0020)) },              expected: { _ in 1 }),
      // An empty stack whose top isn't at zero must come back so.
      Row(name: "x87 by TOP alone",             forge: { $0.set(2, UInt16(0x3800)) },              expected: { _ in 1 }),
      Row(name: "x87 and AVX",                  forge: { $0.set(4, UInt8(1)); $0.set(512, UInt64(7)) }, expected: { $0 >= 1 ? 3 : -1 }),
      Row(name: "x87 and AVX-512",              forge: { $0.set(4, UInt8(1)); $0.set(512, UInt64(0xe7)) }, expected: { $0 >= 2 ? 5 : -1 }),
      // The control word and the mask are not state of the x87 class.
      Row(name: "x87 control word alone",       forge: { $0.set(0, UInt16(0x027f)) },              expected: { _ in 0 }),
      Row(name: "MPX bounds",                   forge: { $0.set(512, UInt64(0xb)) },               expected: { _ in -1 }),
      Row(name: "MPX control",                  forge: { $0.set(512, UInt64(0x13)) },              expected: { _ in -1 }),
      Row(name: "AMX tile configuration",       forge: { $0.set(512, UInt64(1 << 17 | 3)) },       expected: { _ in -1 }),
      Row(name: "AMX tiles",                    forge: { $0.set(512, UInt64(1 << 18 | 3)) },       expected: { _ in -1 }),
      Row(name: "APX",                          forge: { $0.set(512, UInt64(1 << 19 | 3)) },       expected: { _ in -1 }),
      Row(name: "a component of the future",    forge: { $0.set(512, UInt64(1) << 40 | 3) },       expected: { _ in -1 }),
      Row(name: "bit 63",                       forge: { $0.set(512, UInt64(1) << 63 | 3) },       expected: { _ in -1 }),
      Row(name: "live, but no feature",         forge: { $0.set(472, UInt64(3)); $0.set(512, UInt64(7)) }, expected: { _ in -1 }),
      Row(name: "no first magic",               forge: { $0.set(464, UInt32(0)) },                 expected: { $0 * 2 }),
      Row(name: "no first magic, x87",          forge: { $0.set(464, UInt32(0)); $0.set(4, UInt8(1)) }, expected: { $0 * 2 + 1 }),
      // valgrind: nothing behind the FXSAVE image is written.
      Row(name: "no magic, garbage components", forge: { $0.set(464, UInt32(0)); $0.set(512, UInt64.max) }, expected: { $0 * 2 }),
      Row(name: "second magic wrong",           forge: { $0.set(ForgedFrame.stateByteCount, UInt32(0x4650_5853)) }, expected: { $0 * 2 }),
      Row(name: "second magic absent",          forge: { $0.set(ForgedFrame.stateByteCount, UInt32(0)) }, expected: { $0 * 2 }),
      Row(name: "image below its header",       forge: { resize($0, 575, 579) },                   expected: { $0 * 2 }),
      Row(name: "image of header alone",        forge: { resize($0, 576, 580) },                   expected: { _ in 0 }),
      Row(name: "image beyond 64 KiB",          forge: { resize($0, 65537, 65541) },               expected: { $0 * 2 }),
      Row(name: "image of 64 KiB",              forge: { resize($0, 65536, 65540) },               expected: { _ in 0 }),
      Row(name: "image size all ones",          forge: { $0.set(480, UInt32.max); $0.set(468, UInt32(3)) }, expected: { $0 * 2 }),
      Row(name: "no room for the magic",        forge: { resize($0, 2696, 2699) },                 expected: { $0 * 2 }),
      Row(name: "much more than the magic",     forge: { resize($0, 2696, 2696 + 65) },            expected: { $0 * 2 }),
      Row(name: "null state",                   forge: { $0.context.storeBytes(of: 0, toByteOffset: 224, as: UInt.self) }, expected: { $0 * 2 + 1 }),
      Row(name: "UC_FP_XSTATE missing",         forge: { $0.context.storeBytes(of: 0, as: UInt64.self) }, expected: { $0 * 2 }),
      Row(name: "UC_FP_XSTATE missing, x87",    forge: { $0.context.storeBytes(of: 0, as: UInt64.self); $0.set(2, UInt16(0x4000)) }, expected: { $0 * 2 + 1 }),
      Row(name: "other flags without XSTATE",   forge: { $0.context.storeBytes(of: 6, as: UInt64.self) }, expected: { $0 * 2 }),
    ]

    static func resize(_ frame: ForgedFrame, _ byteCount: Int, _ extended: Int) {
      frame.set(ForgedFrame.stateByteCount, UInt32(0))
      frame.set(480, UInt32(byteCount))
      frame.set(468, UInt32(extended))
      frame.set(byteCount, UInt32(0x4650_5845))
    }

    @Test(arguments: rows) func signalFrameWithoutExtendedStateOrLying(row: Row) {
      let frame = ForgedFrame()
      row.forge(frame)
      for machine in Self.machines {
        #expect(
          Backend.liveClass(frame.context, enabled: machine.enabled) == row.expected(machine.widest),
          "\(row.name), enabled 0x\(String(machine.enabled, radix: 16))")
      }
    }

    @Test func vectorWidthChosenByTheWrongFlag() {
      for machine in Self.machines { #expect(Backend.widest(enabled: machine.enabled) == machine.widest) }
      // AVX-512 counts only whole, AVX only with SSE.
      for (enabled, widest) in [(0x67, 1), (0xc7, 1), (0xa7, 1), (0xe3, 0), (0x5, -1), (0x1, -1), (0, -1)] {
        #expect(Backend.widest(enabled: UInt64(enabled)) == widest, "0x\(String(enabled, radix: 16))")
      }
    }

    @Test func withoutEnabledStateThereIsNoClass() {
      let frame = ForgedFrame()
      #expect(Backend.liveClass(frame.context, enabled: 0) == -1)
      frame.set(464, UInt32(0))
      #expect(Backend.liveClass(frame.context, enabled: 1) == -1)
    }

    /// qemu-user says 0x217 whatever is live: never a class narrower than the machine.
    @Test func qemusFrame() {
      for (enabled, widest) in Self.machines {
        let frame = ForgedFrame()
        frame.set(512, UInt64(0x217))
        let index = Backend.liveClass(frame.context, enabled: enabled)
        #expect(index == -1 || index == widest * 2, "enabled 0x\(String(enabled, radix: 16)): \(index)")
      }
    }

    @Test func everyClassHasAnEntryWhereItsWidthIsEnabled() {
      for index in 0..<Backend.classCount {
        for widest in 0..<3 {
          #expect((Backend.entry(index, widest: widest) != nil) == (index / 2 <= widest), "class \(index) in \(widest)")
        }
      }
      for (index, widest) in [(-1, 0), (Backend.classCount, 2), (0, -1), (0, 3), (Int.max, 0)] {
        #expect(Backend.entry(index, widest: widest) == nil, "class \(index) in \(widest)")
      }
    }

    /// What the kernel really writes here is believed.
    @Test func aRealFrameIsValid() throws {
      let runtime = try PreemptRuntime(code: try workloadCode())
      let stop = StopWord()
      let classes = Counter()
      let widestSeen = Counter()
      runtime.observePreemptions { task in
        classes.add()
        if task.stateClassIndex >= 2 * hardwareWidest { widestSeen.add() }
      }
      let handle = try runtime.spawn("loop") { spinWithNarrowState(stop) }
      runtime.pester(until: "a hundred preemptions") { classes.value >= 100 }
      stop.set()
      try handle.join()
      runtime.shutDown()
      // The loop keeps nothing in vectors: a frame that wasn't believed would show as the widest class every time.
      if hardwareWidest > 0 {
        #expect(widestSeen.value < classes.value)
      } else {
        print("skipped: SSE is the widest enabled state, so a disbelieved frame can't be told from a believed one")
      }
    }
  }
}

/// A loop without vectors, after `vzeroupper` wherever something set an upper half.
private func spinWithNarrowState(_ stop: StopWord) {
  let word = stop.word
  preempt_initialize_wide()
  workload_empty_loop(word)
}
