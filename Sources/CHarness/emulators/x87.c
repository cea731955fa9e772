// Exit 0: a signal leaves the x87 unit alone.
#include <signal.h>
#include <stdio.h>

static void handle(int signal) { (void)signal; }

int main(void) {
  // Whoever started this may have blocked signals.
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  unsigned short loaded = 0x27f, found = 0;
  double top = 0;
  signal(SIGURG, handle);
  __asm__ volatile("fninit\n\tfldcw %0\n\tfldpi" : : "m"(loaded));
  raise(SIGURG);
  __asm__ volatile("fnstcw %0\n\tfstpl %1" : "=m"(found), "=m"(top));
  printf("control word 0x%x after 0x%x, top of the stack %f after pi\n", found, loaded, top);
  return found != loaded || top < 3.1 || top > 3.2;
}
