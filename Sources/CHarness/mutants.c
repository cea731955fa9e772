// Judges mutants of the entry stubs by what becomes of the tasks that they preempt.
//
//   cc -O2 -I GENERATED mutants.c GENERATED/preempt.S GENERATED/probe.S mutants.s -Wl,--defsym=preempt_mcall=… -o mutants
//   mutants FIRST END SEED
//
// mutants.s holds the mutants and a table of them. Each runs in a process of its own: one task with a probe of the
// mutant's class is preempted by a timer's signals, the mutant its stub, until something differs, it dies, it takes too
// long, or it was preempted often enough. Prints one JSON object. Exit: 0 all were judged, 2 usage, 3 this machine can't.
#define PREEMPT_HARNESS_PART
#include "harness.c"

#include <sys/resource.h>
#include <sys/time.h>

extern const struct mutant {
  uint64_t entry;
  uint32_t state_class, widest; /* indices */
} preempt_mutants[];
extern const uint32_t preempt_mutant_count;

enum {
  // Of the probe, with at least one preemption by the mutant in each: two swapped registers are right again after two.
  PREEMPTED_RUNS = 16,
  RUNS = 1000,
  // Of the CPU, for one that goes round in circles; a sound one takes some milliseconds.
  LIMIT_MICROSECONDS = 200000,
  // For one that waits for something.
  LIMIT_SECONDS = 20,
  // Until the one signal of a run: a timer that goes on could be quicker than the task.
  SOONEST_NANOSECONDS = 4000,
  LATEST_NANOSECONDS = 24000,
};

/* Between a mutant's process and this one. */
static struct verdict {
  enum { UNFINISHED, ALIVE, DIFFERS, TOO_FEW_PREEMPTIONS } state;
  char text[320];
} *verdict;

/* How much longer a signal takes than on a CPU: under an emulator. */
static long slowness;

/* At another alignment of the stack each time. */
static __attribute__((noinline)) void run_displaced(struct task *task, uint64_t random) {
  volatile char *space = __builtin_alloca(16 * (1 + random % 8));
  space[0] = 0;
  run_probe(task, 256 + random / 8 % 512);
}

static unsigned preempted_runs;
static timer_t timer;

static void start_once(uint64_t random) {
  long delay = SOONEST_NANOSECONDS + (long)(random % (LATEST_NANOSECONDS - SOONEST_NANOSECONDS));
  delay *= slowness;
  timer_settime(timer, 0, &(struct itimerspec){.it_value = {delay / 1000000000, delay % 1000000000}}, NULL);
}

static void run_mutant_body(struct task *task) {
  uint64_t random = machine.seed;
  while (!machine.report.failed && preempted_runs < PREEMPTED_RUNS && task->runs < RUNS) {
    unsigned before = machine.mutant_uses;
    start_once(next_random(&random));
    run_displaced(task, next_random(&random));
    preempted_runs += machine.mutant_uses != before;
  }
}

static void run_mutant(const struct mutant *mutant) {
  struct itimerval limit = {.it_value = {slowness * LIMIT_MICROSECONDS / 1000000, slowness * LIMIT_MICROSECONDS % 1000000}};
  setitimer(ITIMER_PROF, &limit, NULL);
  alarm(LIMIT_SECONDS);
  use_width(mutant->widest);
  machine.mutant = (const char *)(uintptr_t)mutant->entry;
  machine.mutant_class = mutant->state_class;
  struct task *task = new_task(0, mutant->state_class, mutant->widest, run_mutant_body);
  struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGURG};
  if (timer_create(CLOCK_MONOTONIC, &event, &timer)) _exit((perror("timer"), EXIT_CANNOT));
  while (!task->has_ended) resume(task);
  verdict->state = machine.report.failed ? DIFFERS : preempted_runs < PREEMPTED_RUNS ? TOO_FEW_PREEMPTIONS : ALIVE;
  if (machine.report.failed) strcpy(verdict->text, machine.report.failures[0].text);
  _exit(EXIT_FINE);
}

static void judge(uint32_t index) {
  const struct mutant *mutant = &preempt_mutants[index];
  if (mutant->widest > machine.hardware_widest) {
    printf("\"verdict\": \"not run\"");
    return;
  }
  verdict->state = UNFINISHED;
  int status;
  pid_t process = fork();
  if (!process) run_mutant(mutant);
  if (process < 0 || waitpid(process, &status, 0) < 0) exit((perror("fork"), EXIT_CANNOT));
  if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_CANNOT) exit(EXIT_CANNOT);
  if (WIFSIGNALED(status) && (WTERMSIG(status) == SIGPROF || WTERMSIG(status) == SIGALRM))
    printf("\"verdict\": \"killed\", \"reason\": \"took too long\"");
  else if (WIFSIGNALED(status))
    printf("\"verdict\": \"killed\", \"reason\": \"ended by signal %d\"", WTERMSIG(status));
  else if (WEXITSTATUS(status) || verdict->state == UNFINISHED)
    printf("\"verdict\": \"killed\", \"reason\": \"exited with %d\"", WEXITSTATUS(status));
  else if (verdict->state == DIFFERS)
    printf("\"verdict\": \"killed\", \"reason\": \"%s\"", verdict->text);
  else
    printf("\"verdict\": \"%s\"", verdict->state == ALIVE ? "alive" : "not run");
}

int main(int argc, char **argv) {
  char *end[3];
  if (argc != 4) return fprintf(stderr, "usage: %s FIRST END SEED\n", argv[0]), EXIT_USAGE;
  uint64_t from = strtoull(argv[1], &end[0], 10), to = strtoull(argv[2], &end[1], 10);
  machine.seed = strtoull(argv[3], &end[2], 10);
  if (*end[0] || *end[1] || *end[2] || from > to || to > preempt_mutant_count)
    return fprintf(stderr, "%s: %u mutants\n", argv[0], preempt_mutant_count), EXIT_USAGE;
  if (find_widths()) return fprintf(stderr, "this machine enables no state class\n"), EXIT_CANNOT;
  setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
  verdict = mmap(NULL, sizeof *verdict, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (verdict == MAP_FAILED) return perror("memory"), EXIT_CANNOT;
  install_handler();
  guard_pages();
  if (machine.report.failed) return fprintf(stderr, "%s\n", machine.report.failures[0].text), EXIT_DIFFERS;
  slowness = (chosen_microseconds() + 49) / 50;
  printf("{\"verdicts\": [");
  for (uint64_t index = from; index < to; index++) {
    printf("%s{\"index\": %llu, ", index == from ? "" : ", ", (unsigned long long)index);
    judge((uint32_t)index);
    printf("}\n");
    // A process of its own inherits what is not yet written.
    fflush(stdout);
  }
  printf("]}\n");
  return EXIT_FINE;
}
