// Exit 0: a handler that uses vector registers leaves the interrupted ones alone. For riscv64.
#include <signal.h>
#include <stdint.h>
#include <stdio.h>

#define VECTOR(text) ".option push\n\t.option arch, +v\n\tvsetvli t0, zero, e64, m1, ta, ma\n\t" text "\n\t.option pop"

static void handle(int signal) {
  (void)signal;
  __asm__ volatile(VECTOR("vmv.v.i v8, 0") : : : "t0");
}

int main(void) {
  // Whoever started this may have blocked signals.
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  uint64_t out[128] = {0}; // of the longest vector
  signal(SIGURG, handle);
  __asm__ volatile(VECTOR("vmv.v.i v8, 7") : : : "t0");
  raise(SIGURG);
  __asm__ volatile(VECTOR("vse64.v v8, (%0)") : : "r"(out) : "t0", "memory");
  printf("v8 holds %llu after 7\n", (unsigned long long)out[0]);
  return out[0] != 7;
}
