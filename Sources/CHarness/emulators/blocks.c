// Exit 0: signals land anywhere in straight-line code. Built with a backend's probe.h.
#define _GNU_SOURCE
#include "probe.h"

#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <ucontext.h>

enum { SIGNALS = 200, ENOUGH = 8 };

extern const char __start_straight[], __stop_straight[];
static volatile unsigned landed;
static volatile uintptr_t pcs[SIGNALS];

static void handle(int signal, siginfo_t *info, void *argument) {
  (void)signal, (void)info;
  uintptr_t pc = (uintptr_t)preempt_arch_pc(argument);
  if (pc >= (uintptr_t)__start_straight && pc < (uintptr_t)__stop_straight && landed < SIGNALS) pcs[landed++] = pc;
}

#define FOUR(text) text text text text

__attribute__((noinline, section("straight"))) static uint64_t compute(uint64_t value, uint64_t factor) {
  for (unsigned round = 0; round < 1000; round++) {
    FOUR(FOUR(FOUR(value = value * factor ^ round; __asm__ volatile("" : "+r"(value));)))
  }
  return value;
}

int main(void) {
  // Whoever started this may have blocked signals.
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  struct sigaction action = {.sa_sigaction = handle, .sa_flags = SA_SIGINFO | SA_RESTART};
  sigaction(SIGPROF, &action, NULL);
  setitimer(ITIMER_PROF, &(struct itimerval){{0, 1000}, {0, 1000}}, NULL);
  volatile uint64_t value = 3;
  while (landed < SIGNALS) value = compute(value, 5);
  unsigned distinct = 0;
  for (unsigned i = 0; i < SIGNALS; i++) {
    unsigned j = 0; // the first that is the same
    while (pcs[j] != pcs[i]) j++;
    distinct += i == j;
  }
  printf("%u signals at %u distinct instructions of %u bytes\n", SIGNALS, distinct, (unsigned)(__stop_straight - __start_straight));
  return distinct < ENOUGH;
}
