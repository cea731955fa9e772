// A program for judges from outside: gdb and a single-stepper.
//
//   PreemptFixture backtrace above|below   one task in a chain of calls, preempted every millisecond, its stack above
//                                          or below the system stack
//   PreemptFixture probes                  two register probes that preempt each other; prints what a stepper needs,
//                                          runs until its input ends, then prints what it saw
//   PreemptFixture soak SECONDS STOPS     what programs do, preempted as often as can be, against the same left alone;
//                                          stops the world that often meanwhile; fails where a checksum differs
//   PreemptFixture exec PROGRAM …          runs a program with no signal blocked: a test's threads block SIGCHLD, which
//                                          gdb waits for

import CPreempt
import CWorkloads
import Glibc
@_spi(Benchmark) import PreemptRuntime
import RegisterProbe
import SelectedArch
import Synchronization

nonisolated(unsafe) let stop = UnsafeMutablePointer<Int32>.allocate(capacity: 1)

@inline(never)
func fixtureOuter() -> UInt64 { fixtureInner() &+ 1 }

@inline(never)
func fixtureInner() -> UInt64 { workload_call_loop(stop) &+ 1 }

/// An address range above every thread's stack: behind the last mapping below the main thread's.
func addressAboveThreadStacks() -> UInt {
  guard let maps = fopen("/proc/self/maps", "r") else { return 0 }
  defer { fclose(maps) }
  var line = [CChar](repeating: 0, count: 4096)
  var lastEnd: UInt = 0
  while fgets(&line, Int32(line.count), maps) != nil {
    let text = line.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    if text.contains("[stack]") { break }
    if let range = text.split(separator: " ").first?.split(separator: "-"), range.count == 2 {
      lastEnd = UInt(range[1], radix: 16) ?? lastEnd
    }
  }
  return lastEnd + 1 << 20
}

func backtrace(_ order: String) throws {
  let code = CodeRegistry()
  try code.register(from: UInt(workload_start()), to: UInt(workload_end()))
  var environment = Environment.current
  environment.stackHint = order == "above" ? addressAboveThreadStacks() : 0x10_0000_0000
  let runtime = try PreemptRuntime(timeSlice: .milliseconds(1), code: code, environment: environment)
  let handle = try runtime.spawn("chain") { fixtureOuter() }
  for _ in 0..<5000 {
    usleep(1000)
    runtime.requestPreemption(ofProcessor: 0)
  }
  stop.pointee = 1
  _ = try handle.join()
  runtime.shutDown()
}

func probes() throws {
  let code = CodeRegistry()
  try code.register(from: preempt_probe_start(), to: preempt_probe_end())
  let runtime = try PreemptRuntime(timeSlice: .milliseconds(1), code: code)
  let widest = Backend.widest(enabled: preempt_enabled_components())
  let ends = Flag()
  let mismatches = Mutex<[String]>([])
  let handles = try [widest * 2 + 1, 0].map { index in
    try runtime.spawn("probe \(index)") { () -> UInt64 in
      let probe = RegisterProbe(stateClassIndex: index, widest: widest, seed: UInt64(index) + 17)!
      if index == 0 {
        let thread = preempt_thread_id()
        let pending = UInt(bitPattern: PreemptRuntime.requestOfCurrentM()!)
        let entries = (0..<Backend.classCount).compactMap {
          Backend.entry($0, widest: widest).map { UInt(bitPattern: $0) }
        }
        print(
          ([UInt(thread), preempt_text_start(), preempt_text_end(), pending] + entries).map(String.init).joined(
            separator: " "))
        fflush(nil)
      }
      while !ends.flag.load(ordering: .relaxed) {
        probe.fill()
        probe.run(times: 5000)
        let found = probe.mismatches()
        if !found.isEmpty { mismatches.withLock { $0 += found.map(\.description) } }
      }
      return probe.iteration
    }
  }
  var input = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
  // Input ends when the test is done with us.
  while poll(&input, 1, 1) == 0 || (input.revents & Int16(POLLHUP)) == 0 && getchar() != EOF {
    runtime.requestPreemption(ofProcessor: 0)
  }
  ends.flag.store(true, ordering: .relaxed)
  let checks = try handles.reduce(0) { try $0 + $1.join() }
  let statistics = runtime.statistics
  runtime.shutDown()
  let found = mismatches.withLock { $0 }
  print(
    "checks \(checks) preemptions \(statistics.preemptions) mismatches \(found.count) refusals \(statistics.refusals.values.reduce(0, +))"
  )
  found.prefix(5).forEach { print($0) }
}

func execute(_ program: String) throws {
  var none = sigset_t()
  sigemptyset(&none)
  sigprocmask(SIG_SETMASK, &none, nil)
  let arguments = CommandLine.arguments.dropFirst(2).map { strdup($0) } + [nil]
  execv(program, arguments)
  complain("can't execute \(program): errno \(errno)")
  exit(3)
}

func complain(_ text: String) {
  let line = Array((text + "\n").utf8)
  _ = write(2, line, line.count)
}

final class Flag: Sendable { let flag = Atomic<Bool>(false) }

stop.initialize(to: 0)
do {
  switch (CommandLine.arguments.dropFirst().first, CommandLine.arguments.dropFirst(2).first) {
  case ("backtrace", let order?) where ["above", "below"].contains(order): try backtrace(order)
  case ("probes", nil): try probes()
  case ("soak", let seconds?):
    let stops = CommandLine.arguments.dropFirst(3).first.flatMap { Int($0) }
    if try !soak(seconds: Int(seconds) ?? 1, stops: stops ?? 0) { exit(1) }
  case ("exec", let program?): try execute(program)
  default:
    complain("usage: PreemptFixture backtrace above|below | probes | soak SECONDS STOPS | exec PROGRAM [ARGUMENT…]")
    exit(2)
  }
} catch {
  complain("\(error)")
  exit(1)
}
