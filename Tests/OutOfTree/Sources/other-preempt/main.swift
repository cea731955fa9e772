import AMD64R14Backend
import ARMBackend
import Conformance
import NoXRegBackend
import PreemptTool

PreemptTool.main(
  package: "other-backends", backends: [ARM.self, NoXReg<ARM>.self, AMD64R14.self],
  tools: [
    "arm": CrossTools(
      "arm-linux-gnueabihf-gcc", "gcc-arm-linux-gnueabihf libc6-dev-armhf-cross",
      .emulator("qemu-arm", arguments: ["-cpu", "max"]))
  ])
