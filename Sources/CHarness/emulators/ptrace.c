// Exit 0: a process may be traced.
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  int status = 0;
  pid_t child = fork();
  if (!child) _exit(ptrace(PTRACE_TRACEME, 0, NULL, NULL) ? errno : 0);
  if (child < 0 || waitpid(child, &status, 0) != child) return perror("fork"), 2;
  printf("PTRACE_TRACEME: %s\n", strerror(WEXITSTATUS(status)));
  return status != 0;
}
