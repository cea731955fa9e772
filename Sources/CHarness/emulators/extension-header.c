// Exit 0: a signal frame ends with the header that closes the list of extensions. For riscv64.
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>

static volatile uint32_t words[3];

/* struct __riscv_extra_ext_header of asm/ptrace.h: a reserved word, and a header of magic and size, END_HDR_SIZE there. */
static void handle(int signal, siginfo_t *info, void *argument) {
  (void)signal, (void)info;
  const mcontext_t *context = &((ucontext_t *)argument)->uc_mcontext;
  memcpy((void *)words, (const char *)(context + 1) - sizeof words, sizeof words);
}

int main(void) {
  // Whoever started this may have blocked signals.
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  // Behind the stack too lies what no kernel wrote.
  enum { STACK_BYTES = 65536 };
  stack_t stack = {.ss_size = STACK_BYTES};
  stack.ss_sp = malloc(2 * STACK_BYTES);
  memset(stack.ss_sp, 0xa5, 2 * STACK_BYTES);
  sigaltstack(&stack, NULL);
  struct sigaction action = {.sa_sigaction = handle, .sa_flags = SA_SIGINFO | SA_ONSTACK};
  sigaction(SIGURG, &action, NULL);
  raise(SIGURG);
  printf("reserved 0x%x, magic 0x%x, size 0x%x after 0xa5a5a5a5 each\n", words[0], words[1], words[2]);
  return words[0] != 0 || words[1] == 0xa5a5a5a5 || words[2] == 0xa5a5a5a5;
}
