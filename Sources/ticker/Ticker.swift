// Two loops that never yield, and a ticker that shares their one processor.
import PreemptRuntime

func spin(_ factor: UInt64) -> UInt64 {
  var (value, rounds) = (factor, 1_000_000_000)
  while rounds > 0 { (value, rounds) = (value &* factor ^ 1, rounds &- 1) }
  return value
}

@main
struct Ticker {
  static func main() throws {
    let code = CodeRegistry()
    try code.register(imageContaining: #dsohandle)
    let runtime = try PreemptRuntime(processors: 1, timeSlice: .milliseconds(10), code: code)
    let loops = try [3, 5].map { factor in try runtime.spawn("loop \(factor)") { spin(factor) } }
    let ticker = try runtime.spawn("ticker") {
      for tick in 1...10 {
        try PreemptRuntime.sleep(for: .milliseconds(100))
        print("tick \(tick)")
      }
    }
    try ticker.join()
    print(try loops.map { try $0.join() }, "after \(runtime.statistics.preemptions) preemptions")
  }
}
