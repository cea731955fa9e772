// Two loops that never yield share a processor, preempted by the stubs of this package's backend.

import PreemptRuntime

func spin(_ factor: UInt64) -> UInt64 {
  var (value, rounds) = (factor, 300_000_000)
  while rounds > 0 { (value, rounds) = (value &* factor ^ 1, rounds &- 1) }
  return value
}

let code = CodeRegistry()
try code.register(imageContaining: #dsohandle)
let runtime = try PreemptRuntime(processors: 1, timeSlice: .milliseconds(1), code: code)
let loops = try [3, 5].map { factor in try runtime.spawn("loop \(factor)") { spin(factor) } }
let results = try loops.map { try $0.join() }
let preemptions = runtime.statistics.preemptions
print("\(PreemptRuntime.backendName): \(preemptions) preemptions, results right: \(results == [3, 5].map(spin))")
