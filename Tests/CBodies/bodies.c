#define _GNU_SOURCE
#include "CBodies.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>

#define REGISTERED __attribute__((noinline, section("bodies_text")))

extern const char __start_bodies_text[] __attribute__((visibility("hidden")));
extern const char __stop_bodies_text[] __attribute__((visibility("hidden")));
uintptr_t bodies_start(void) { return (uintptr_t)__start_bodies_text; }
uintptr_t bodies_end(void) { return (uintptr_t)__stop_bodies_text; }

static _Thread_local int64_t local = 42;
int64_t bodies_local(void) { return local; }
void bodies_set_local(int64_t value) { local = value; }
int64_t *bodies_local_address(void) { return &local; }

int bodies_fork(const char *path) {
  pid_t child = fork();
  if (child == 0) {
    execl(path, path, (char *)NULL);
    _exit(127);
  }
  int status = 0;
  while (child > 0 && waitpid(child, &status, 0) < 0)
    if (errno != EINTR) return -1;
  return child > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

#if defined(__x86_64__)

static struct {
  uintptr_t start, end;
  int64_t flipped;
  uint64_t count;
} between;

static void handle_between(int signal, siginfo_t *info, void *context) {
  ucontext_t *interrupted = context;
  uintptr_t pc = (uintptr_t)interrupted->uc_mcontext.gregs[REG_RIP];
  if (pc < between.start || pc >= between.end) return;
  if (between.flipped >= 0) ((unsigned char *)interrupted->uc_mcontext.fpregs)[between.flipped] ^= 1;
  __atomic_add_fetch(&between.count, 1, __ATOMIC_RELEASE);
}

void bodies_handle_between(int signal, uintptr_t start, uintptr_t end, int64_t flipped) {
  between.start = start, between.end = end, between.flipped = flipped, between.count = 0;
  struct sigaction action = {.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART, .sa_sigaction = handle_between};
  sigaction(signal, &action, NULL);
}

uint64_t bodies_handled_between(void) { return __atomic_load_n(&between.count, __ATOMIC_ACQUIRE); }

REGISTERED int64_t bodies_read(int file, void *bytes, uint64_t byte_count) {
  int64_t result;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "0"((int64_t)SYS_read), "D"((int64_t)file), "S"(bytes), "d"(byte_count)
                   : "rcx", "r11", "memory");
  return result;
}

extern const char bodies_copy_movsb[] __attribute__((visibility("hidden")));
uintptr_t bodies_copy_instruction(void) { return (uintptr_t)bodies_copy_movsb; }

REGISTERED void bodies_copy(void *to, const void *from, uint64_t byte_count) {
  __asm__ volatile(".globl bodies_copy_movsb; .hidden bodies_copy_movsb; bodies_copy_movsb: rep movsb"
                   : "+D"(to), "+S"(from), "+c"(byte_count)
                   :
                   : "memory");
}

#if __has_include(<sys/rseq.h>)
#include <sys/rseq.h>

/* rax: the sequence's description, then scratch. The signature before the abort address is what the kernel asks for. */
REGISTERED int bodies_count_per_cpu(uint64_t *counters, uint64_t times, uint64_t pause, uint64_t *aborts) {
  if (__rseq_size == 0) return -1;
  struct rseq *area = (struct rseq *)((char *)__builtin_thread_pointer() + __rseq_offset);
  for (uint64_t i = 0; i < times; i++) {
  again:;
    uint32_t cpu = *(volatile uint32_t *)&area->cpu_id_start;
    __asm__ goto(
        ".pushsection __rseq_cs, \"aw\"\n"
        ".balign 32\n"
        "3: .long 0, 0\n"
        ".quad 1f, 2f - 1f, 4f\n"
        ".popsection\n"
        "leaq 3b(%%rip), %%rax\n"
        "movq %%rax, %c[sequence](%[area])\n"
        "1: cmpl %[cpu], %c[cpu_id](%[area])\n"
        "jne %l[aborted]\n"
        "movq %[pause], %%rax\n"
        "5: decq %%rax\n"
        "jns 5b\n"
        "incq (%[counter])\n"
        "2:\n"
        ".pushsection bodies_aborts, \"ax\"\n"
        ".byte 0x0f, 0xb9, 0x3d\n"
        ".long %c[signature]\n"
        "4: jmp %l[aborted]\n"
        ".popsection\n"
        :
        : [area] "r"(area), [cpu] "r"(cpu), [pause] "r"(pause), [counter] "r"(counters + cpu),
          [sequence] "i"(offsetof(struct rseq, rseq_cs)), [cpu_id] "i"(offsetof(struct rseq, cpu_id)),
          [signature] "i"(RSEQ_SIG)
        : "rax", "memory", "cc"
        : aborted);
    continue;
  aborted:
    ++*aborts;
    goto again;
  }
  return 0;
}
#else
int bodies_count_per_cpu(uint64_t *counters, uint64_t times, uint64_t pause, uint64_t *aborts) { return -1; }
#endif

#else
#error "these bodies are written for amd64"
#endif
