// A single-stepper over ptrace.
#define _GNU_SOURCE
#include "CConformance.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>

#if defined(__x86_64__)

/* Lets the thread run on to a stop; a signal that isn't the stepper's own is delivered on the way. */
static int run_to_trap(int thread, int request, int signal, int *held) {
  int status;
  for (;;) {
    if (ptrace(request, thread, 0, signal)) return -errno;
    if (waitpid(thread, &status, __WALL) < 0) return -errno;
    if (!WIFSTOPPED(status)) return -ECHILD;
    if (WSTOPSIG(status) == SIGTRAP && status >> 16 == 0) return 0;
    signal = status >> 16 ? 0 : WSTOPSIG(status);
    // While single-stepping the section it would lead away into the handler: delivered when we let go.
    if (request == PTRACE_SINGLESTEP && signal) {
      if (signal != SIGURG) return -1000 - signal;
      *held = signal;
      signal = 0;
    }
  }
}

static int poke_byte(int thread, uint64_t address, uint8_t byte, uint8_t *old) {
  errno = 0;
  long word = ptrace(PTRACE_PEEKTEXT, thread, address, 0);
  if (errno) return -errno;
  if (old) *old = (uint8_t)word;
  return ptrace(PTRACE_POKETEXT, thread, address, (word & ~0xffl) | byte) ? -errno : 0;
}

/* Delivers `signal`, runs until one of the addresses is reached, and leaves the thread there. */
static int run_to(int thread, const uint64_t *addresses, int count, int signal, struct user_regs_struct *registers) {
  uint8_t bytes[16];
  int error;
  for (int i = 0; i < count; i++)
    if ((error = poke_byte(thread, addresses[i], 0xcc, &bytes[i]))) return error;
  int result, isThere = 0;
  do {
    result = run_to_trap(thread, PTRACE_CONT, signal, 0);
    signal = 0;
    if (result) break;
    if (ptrace(PTRACE_GETREGS, thread, 0, registers)) return -errno;
    for (int i = 0; i < count; i++) isThere |= registers->rip - 1 == addresses[i];
    // The trap of the step that led to the last detach may still be on its way.
  } while (!isThere);
  for (int i = 0; i < count; i++)
    if ((error = poke_byte(thread, addresses[i], bytes[i], 0))) return error;
  if (result) return result;
  registers->rip--;
  return ptrace(PTRACE_SETREGS, thread, 0, registers) ? -errno : 0;
}

static int walk(int thread, const struct conformance_section *section, int index, uint64_t *pc, int *held) {
  struct user_regs_struct registers;
  int error = run_to(thread, section->entries, section->entry_count, *held, &registers);
  *held = 0;
  for (int count = 0; !error; count++) {
    *pc = registers.rip;
    if (count == index) return 1;
    if ((error = run_to_trap(thread, PTRACE_SINGLESTEP, 0, held))) break;
    if (ptrace(PTRACE_GETREGS, thread, 0, &registers)) return -errno;
    if (registers.rip >= section->start && registers.rip < section->end) continue;
    // Called from the section it comes back there; else the way is over.
    errno = 0;
    uint64_t back = (uint64_t)ptrace(PTRACE_PEEKDATA, thread, registers.rsp, 0);
    if (errno) return -errno;
    if (back < section->start || back >= section->end) return 0;
    error = run_to(thread, &back, 1, 0, &registers);
  }
  return error;
}

static int set_pending(int thread, uint64_t address) {
  errno = 0;
  long word = ptrace(PTRACE_PEEKDATA, thread, address & ~7ull, 0);
  if (errno) return -errno;
  word |= 1ll << (address & 7) * 8;
  return ptrace(PTRACE_POKEDATA, thread, address & ~7ull, word) ? -errno : 0;
}

int conformance_step(
    int thread, const struct conformance_section *section, uint64_t pending, int index, enum conformance_action action,
    uint64_t *pc) {
  int status, signal = 0;
  if (ptrace(PTRACE_SEIZE, thread, 0, 0)) return -errno;
  if (ptrace(PTRACE_INTERRUPT, thread, 0, 0)) return -errno;
  if (waitpid(thread, &status, __WALL) < 0) return -errno;
  // It may have stopped at a signal that was on its way instead: a request lost would be waited for for ever.
  if (status >> 16 == 0 && WSTOPSIG(status) != SIGTRAP) signal = WSTOPSIG(status);
  int result = walk(thread, section, index, pc, &signal);
  if (result == 1 && action == CONFORMANCE_SIGNAL) {
    int error = set_pending(thread, pending);
    if (error) return error;
    signal = SIGURG;
  }
  // Linux takes the trap flag it set itself for the program's own once it stepped a popf (enable_single_step in
  // arch/x86/kernel/step.c clears TIF_FORCED_TF there and finds the flag set at every further step), and leaves it
  // behind at a detach: the thread would die of SIGTRAP. So the stepper takes it back.
  struct user_regs_struct registers;
  if (ptrace(PTRACE_GETREGS, thread, 0, &registers)) return -errno;
  registers.eflags &= ~0x100ull;
  if (ptrace(PTRACE_SETREGS, thread, 0, &registers)) return -errno;
  return ptrace(PTRACE_DETACH, thread, 0, signal) ? -errno : result;
}

#else

int conformance_step(
    int thread, const struct conformance_section *section, uint64_t pending, int index, enum conformance_action action,
    uint64_t *pc) {
  return -ENOSYS;
}

#endif
