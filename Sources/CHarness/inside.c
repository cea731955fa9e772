// Has libunwind, inside the program whose tasks are preempted, step out of every instruction of the entry stubs: where no
// process can be stepped from another, as under an emulator.
//
//   inside I/N OFFSETS…    those stubs with number % N == I - 1; of each stub where its instructions begin: 0,4,8
//
// A task is preempted in its filled loop by the harness's handler. From there on a trap stands in place of the stub's next
// instruction: its handler gets the registers as they are before that instruction, has libunwind make one step from them,
// puts the instruction back and the trap on the one after it. A stub is straight-line, so that is its whole way, over the
// call and, while the task is parked, everything poisoned. The truth is what the preempting signal interrupted.
//
// Prints one JSON object. Exit: 0 agreed, 1 not, 2 usage, 3 this machine can't.
#define UNW_LOCAL_ONLY
#define PREEMPT_HARNESS_PART
#include "harness.c"

#include "tables.h"
#include "verdict.h"

enum {
  // What may be overwritten by the compiler's own trap: no instruction is longer.
  TRAP_BYTES = 8,
  // Preemptions until all registers differ from each other; a few would do.
  ATTEMPTS = 1000,
  STUB_INSTRUCTIONS = 512,
};

static struct {
  unsigned stub, part, parts;
  // The instruction under the trap; that many were judged.
  unsigned next;
  uint8_t instruction[TRAP_BYTES];
  enum { BEFORE, INSIDE, BEHIND } state;
  uint64_t pc, columns[COLUMN_COUNT];
  timer_t timer;
  unsigned attempts;
} way;
static unsigned judged_counts[STUB_COUNT];
static unsigned instruction_offsets[STUB_COUNT][STUB_INSTRUCTIONS];

static uintptr_t entry_of(unsigned stub) {
  return (uintptr_t)preempt_arch_entry(stubs[stub].state_class, stubs[stub].widest);
}

static const char *location(uint64_t pc) {
  static char text[96];
  snprintf(text, sizeof text, "%s+0x%llx", stubs[way.stub].symbol, (unsigned long long)(pc - entry_of(way.stub)));
  return text;
}

static int is_enabled(unsigned stub) { return stubs[stub].widest <= machine.hardware_widest; }
static int is_chosen(unsigned stub) { return is_enabled(stub) && stub % way.parts == way.part - 1; }
static unsigned visited_count(unsigned stub) { return judged_counts[stub]; }

static uint64_t word_of(const void *context, int offset) {
  return load((const uint8_t *)context + offset, PREEMPT_ARCH_WORD_BYTES);
}

// MARK: - Traps

static const uint8_t *trap_instruction(void) {
  static const void *place;
  place = &&trap;
  // Empty, but the compiler must believe that it leads to the trap.
  __asm__ goto("" : : : : trap);
  return place;
trap:
  __builtin_trap();
}

static uint8_t *place_of_next(void) { return (uint8_t *)entry_of(way.stub) + instruction_offsets[way.stub][way.next]; }

static void overwrite(uint8_t *place, const uint8_t *bytes) {
  __builtin_memcpy(place, bytes, TRAP_BYTES);
  __builtin___clear_cache((char *)place, (char *)place + TRAP_BYTES);
}

static void set_trap(void) {
  __builtin_memcpy(way.instruction, place_of_next(), TRAP_BYTES);
  overwrite(place_of_next(), trap_instruction());
}

static void judge(ucontext_t *context, uint64_t pc) {
  unw_cursor_t cursor = {0};
  unw_word_t value = 0;
  int result = unw_init_local2(&cursor, (unw_context_t *)context, UNW_INIT_SIGNAL_FRAME);
  if (!result) result = unw_step(&cursor);
  if (result <= 0) {
    expect_word(result < 0 ? unw_strerror(result) : "libunwind finds no older frame", pc, "the interrupted frame", 1, 0);
    return;
  }
  unw_get_reg(&cursor, UNW_REG_IP, &value);
  expect_word("libunwind's step", pc, "pc", way.pc, value);
  for (int i = 0; i < COLUMN_COUNT; i++) {
    if (columns[i].column == PC_COLUMN) continue;
    unw_regnum_t number = unwinder_number(columns[i].column);
    int error = unw_get_reg(&cursor, number, &value);
    // On arm64 the program counter goes by the link register's number: of that one only the place can be asked.
    unw_save_loc_t place;
    if (number == UNW_REG_IP) {
      error = unw_get_save_loc(&cursor, number, &place);
      if (!error && place.type == UNW_SLT_MEMORY) value = *(const unw_word_t *)(uintptr_t)place.u.addr;
    }
    if (error) expect_word(unw_strerror(error), pc, columns[i].name, 0, 1);
    else expect_word("libunwind's step", pc, columns[i].name, way.columns[i], value);
  }
}

static void trapped(int signal, siginfo_t *info, void *argument) {
  (void)info;
  ucontext_t *context = argument;
  uint64_t pc = (uintptr_t)place_of_next(), at = (uintptr_t)preempt_arch_pc(context);
  // Some CPUs stop behind the trap.
  if (way.state != INSIDE || at < pc || at > pc + TRAP_BYTES) {
    fprintf(stderr, "signal %d at 0x%llx instead of 0x%llx\n", signal, (unsigned long long)at, (unsigned long long)pc);
    _exit(EXIT_DIFFERS);
  }
  store((uint8_t *)context + PC_CONTEXT_OFFSET, pc, PREEMPT_ARCH_WORD_BYTES);
  overwrite(place_of_next(), way.instruction);
  judge(context, pc);
  judged_counts[way.stub]++;
  if (++way.next < stubs[way.stub].instruction_count) set_trap();
  else way.state = BEHIND;
}

// MARK: - Tasks

/* The harness's own handler preempts; what it was given is the truth. */
static void interrupt(int signal, siginfo_t *info, void *argument) {
  if (way.state != BEFORE) return;
  way.pc = word_of(argument, PC_CONTEXT_OFFSET);
  for (int i = 0; i < COLUMN_COUNT; i++) way.columns[i] = word_of(argument, columns[i].context_offset);
  handle(signal, info, argument);
  if (machine.last_refusal != INJECTED || machine.current->live_class != stubs[way.stub].state_class) return;
  for (int i = 0; i < COLUMN_COUNT; i++)
    for (int j = 0; j < i; j++)
      if (way.columns[i] == way.columns[j]) return;
  way.state = INSIDE;
  set_trap();
}

static void run_until_judged(struct task *task) {
  // A time that grows until the signal finds the loop at work, on whatever machine.
  for (long nanoseconds = 20000; way.state != BEHIND && way.attempts < ATTEMPTS; way.attempts++) {
    uint64_t preemptions = task->preemptions;
    timer_settime(way.timer, 0, &(struct itimerspec){.it_value.tv_nsec = nanoseconds}, NULL);
    run_probe(task, PREEMPT_ARCH_LOOP_LIMIT);
    timer_settime(way.timer, 0, &(struct itimerspec){{0}}, NULL);
    if (task->preemptions == preemptions && nanoseconds < 100000000) nanoseconds += nanoseconds / 4;
  }
}

static void judge_stub(unsigned stub) {
  way.stub = stub;
  way.next = way.attempts = 0;
  way.state = BEFORE;
  use_width(stubs[stub].widest);
  struct task *task = new_task(stub, stubs[stub].state_class, stubs[stub].widest, run_until_judged);
  while (!task->has_ended) resume(task);
  free_task(task);
}

static void make_writable(struct bounds code) {
  uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), start = (uintptr_t)code.start & -page;
  uintptr_t end = ((uintptr_t)code.end + TRAP_BYTES + page - 1) & -page;
  if (mprotect((void *)start, end - start, PROT_READ | PROT_WRITE | PROT_EXEC))
    exit((perror("the stubs' memory can't be written"), EXIT_CANNOT));
}

/* Of one stub; whether there are as many as it has instructions. */
static int read_offsets(unsigned stub, const char *text) {
  unsigned count = 0;
  char *end = (char *)text;
  while (*text && count < STUB_INSTRUCTIONS) {
    instruction_offsets[stub][count++] = (unsigned)strtoul(text, &end, 10);
    text = *end == ',' ? end + 1 : end;
    if (end == text && *end) return 0;
  }
  return count == stubs[stub].instruction_count;
}

int main(int argc, char **argv) {
  int is_understood = argc == 2 + STUB_COUNT && sscanf(argv[1], "%u/%u", &way.part, &way.parts) == 2 && way.part
    && way.part <= way.parts;
  for (unsigned stub = 0; is_understood && stub < STUB_COUNT; stub++) is_understood = read_offsets(stub, argv[2 + stub]);
  if (!is_understood) return fprintf(stderr, "usage: %s I/N OFFSETS… of %d stubs\n", argv[0], STUB_COUNT), EXIT_USAGE;
  // arm's has its own structure, of registers alone.
  if (sizeof(unw_context_t) <= PC_CONTEXT_OFFSET)
    return fprintf(stderr, "this CPU's libunwind takes no signal's context\n"), EXIT_CANNOT;
  machine.seed = SEED;
  if (find_widths()) return fprintf(stderr, "this machine enables no state class\n"), EXIT_CANNOT;
  install_handler();
  end_when_asked();
  machine.loops_only = 1;
  make_writable((struct bounds)SECTION(preempt_text));
  struct sigaction action = {.sa_sigaction = interrupt, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART};
  sigaction(SIGURG, &action, NULL);
  action.sa_sigaction = trapped;
  sigaction(SIGTRAP, &action, NULL);
  sigaction(SIGILL, &action, NULL);
  struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGURG};
  if (timer_create(CLOCK_MONOTONIC, &event, &way.timer)) return perror("timer"), EXIT_CANNOT;
  for (unsigned stub = 0; stub < STUB_COUNT; stub++)
    if (is_chosen(stub)) judge_stub(stub);
  // What the tasks found changed when they went on.
  for (unsigned i = 0; i < machine.report.kept; i++) {
    const struct failure *failure = &machine.report.failures[i];
    expect_word(failure->text, entry_of(way.stub), failure->difference.place, 0, 1);
  }
  print_verdict(0);
  return failed ? EXIT_DIFFERS : EXIT_FINE;
}
