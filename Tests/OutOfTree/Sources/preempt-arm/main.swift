import ARMBackend
import Conformance
import NoXRegBackend
import PreemptTool

PreemptTool.main(
  package: "preempt-arm", backends: [ARM.self, NoXReg<ARM>.self],
  tools: [
    "arm": CrossTools(
      "arm-linux-gnueabihf-gcc", "gcc-arm-linux-gnueabihf libc6-dev-armhf-cross",
      .emulator("qemu-arm", arguments: ["-cpu", "max"]))
  ])
