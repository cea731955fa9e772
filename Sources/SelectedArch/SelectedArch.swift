// The build's one backend.
//
// The CPU follows from the target; the trait `noxreg` chooses where extended state goes. `Backend` and
// `ExtendedState` are generated: exactly one file under Generated/ is not empty in any build.

#if customBackend
// Whatever the CPU is.
#elseif !(arch(x86_64) || hasFeature(Embedded) && (arch(arm64) || arch(riscv64) || arch(i386)))
#error(
  "swift-preempt's runtime is for amd64, and as Embedded Swift for arm64, riscv64 and 386; docs/adding-an-architecture.md says how to add a CPU"
)
#elseif !os(Linux) && !hasFeature(Embedded)
#error("swift-preempt runs on Linux only: the signal context and XSAVE frame it reads are Linux's")
#endif
