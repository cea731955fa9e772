// Where records of extended state may lie beyond the signal frame, what can't be known to be dead is live.

import BackendCatalog
import Foundation
import StubGenerator
import Testing

@testable import Conformance

@Suite struct LiveRecordsTests {
  /// Prints the class index for: a frame of the kernel's, then contexts made up, with V enabled but where it says not.
  private static let source = """
    #include "preempt.h"
    #include <signal.h>
    #include <stdio.h>
    #include <string.h>
    #include <sys/auxv.h>

    enum { D = 0x28, V = 0x200000, STACK_BYTES = 65536, HEADER = 952, QEMU_CONTEXT_BYTES = 704 };
    static char handler_stack[STACK_BYTES] __attribute__((aligned(16)));
    static int of_kernel = -2;

    static void handle(int number, siginfo_t *info, void *context) {
      of_kernel = preempt_riscv64_live_class(context, getauxval(AT_HWCAP));
    }

    static int of(uint64_t enabled, size_t stack_bytes, uint32_t magic) {
      static char stack[STACK_BYTES] __attribute__((aligned(16)));
      ucontext_t *context = (ucontext_t *)(stack + STACK_BYTES / 2);
      memset(stack, 0, sizeof stack);
      context->uc_stack.ss_sp = stack;
      context->uc_stack.ss_size = stack_bytes;
      uint32_t header[] = {magic, magic ? 64 : 0};
      memcpy((char *)context + HEADER, header, sizeof header);
      return preempt_riscv64_live_class(context, enabled);
    }

    int main(void) {
      stack_t stack = {.ss_sp = handler_stack, .ss_size = sizeof handler_stack};
      struct sigaction action = {.sa_sigaction = handle, .sa_flags = SA_SIGINFO | SA_ONSTACK};
      sigaltstack(&stack, NULL);
      sigaction(SIGURG, &action, NULL);
      sigset_t none; /* test threads block signals, and children inherit that */
      sigemptyset(&none);
      sigprocmask(SIG_SETMASK, &none, NULL);
      raise(SIGURG);
      const uint32_t vector = 0x53465457; /* RISCV_V_MAGIC */
      printf("%d %d %d %d %d %d\\n", of_kernel, of(D, STACK_BYTES, vector), of(D | V, STACK_BYTES, 0),
             of(D | V, STACK_BYTES, vector), of(D | V, STACK_BYTES / 2 + QEMU_CONTEXT_BYTES, 0), of(V, STACK_BYTES, 0));
      return 0;
    }

    """

  private static let toolchain: Toolchain? = {
    do { return try Toolchain(for: HarnessFixture.subject("riscv64")) } catch {
      print("skipped: live records of riscv64: \((error as? Skip)?.reason ?? "\(error)")")
      return nil
    }
  }()

  @Test(.enabled(if: toolchain?.isEmulated == true, "riscv64 needs its cross compiler and emulator"))
  func aFrameThatEndsBeforeThemIsRefused() throws {
    let toolchain = try #require(Self.toolchain)
    let file = HarnessFixture.scratch.appendingPathComponent("live-records.c")
    let program = HarnessFixture.scratch.appendingPathComponent("live-records")
    try Data(Self.source.utf8).write(to: file)
    try toolchain.link(
      ["-O2", "-I", HarnessFixture.subject("riscv64").generated.path, file.path], to: program)
    #expect(try Command.run(program, [], budget: 60).outputText == "0 0 0 -1 -1 -1\n")
    // qemu announces vectors and doesn't save them.
    let emulator = try Command.find("qemu-riscv64", package: "qemu-user")
    let withVectors = try Command.run(
      emulator, ["-cpu", "rv64,v=true,vext_spec=v1.0", program.appendingPathExtension("elf").path], budget: 60)
    #expect(withVectors.outputText == "-1 0 0 -1 -1 -1\n")
  }
}
