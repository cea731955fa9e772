// How cost grows with the number of parked tasks, as SVG.
struct GrowthPlot {
  let parked: [ParkedTasks]
  func svg() -> String { "" }
}
