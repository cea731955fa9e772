// Steps a process through every entry stub, over ptrace, and holds each instruction against what was interrupted.
//
//   judge libunwind I/N      libunwind's remote step gives PC, SP and every register; slots hold what was saved
//   judge frame-pointer I/N  following the frame base gives the interrupted frame
//   judge detach I/N         the stepper lets go at every instruction, with and without a second SIGURG; the tasks go on
//
// I/N is a part of the stubs: those with number % N == I - 1.
//
// The truth is what ptrace shows where a task is interrupted, before the signal. The tasks are in judged.c; what differs
// between CPUs comes from tables.h and through libunwind's own accessors, by DWARF column.
//
// Prints one JSON object. Exit: 0 agreed, 1 not, 2 broken, 3 ptrace isn't allowed.
#define _GNU_SOURCE
#include "judged.h"
#include "processor.h"
#include "verdict.h"

#include <elf.h>
#include <errno.h>
#include <libunwind-ptrace.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { JUNK_BYTES = 256, STEP_LIMIT = 8, WALK_LIMIT = 20000, CATCH_LIMIT = 20000, GOES_ON_LIMIT = 200000 };

/* An interrupted task. */
struct truth {
  int is_known;
  unsigned stub;
  uint64_t columns[COLUMN_COUNT];
  unsigned char image[IMAGE_BYTES];
  /* Columns of preempt_mcall's frame as the scheduler was entered: a parked task is these and its stack. */
  int is_parked;
  uint64_t parked[COLUMN_COUNT];
};

static pid_t child;
static unw_addr_space_t space, parked_space;
static void *process;
static struct truth truths[JUDGED_TASKS];
static const struct truth *parked; // read_parked's
static unsigned long detached;
static unsigned chosen[STUB_COUNT], chosen_count;
static unsigned char *visited[STUB_COUNT];

static void broken(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vfprintf(stderr, format, arguments);
  va_end(arguments);
  fputc('\n', stderr);
  if (child > 0) kill(child, SIGKILL);
  exit(2);
}

static uint64_t truth_column(const struct truth *truth, int number) {
  for (int i = 0; i < COLUMN_COUNT; i++)
    if (columns[i].column == number) return truth->columns[i];
  broken("no column %d", number);
  return 0;
}

// MARK: - Results

static int is_probe(uint64_t pc) { return pc >= preempt_probe_start() && pc < preempt_probe_end(); }

static const char *location(uint64_t pc) {
  static char text[96];
  for (unsigned stub = 0; stub < STUB_COUNT; stub++) {
    uint64_t start = judged_stub_start(stub);
    if (pc >= start && pc < judged_stub_end(stub)) {
      snprintf(text, sizeof text, "%s+0x%llx", stubs[stub].symbol, (unsigned long long)(pc - start));
      return text;
    }
  }
  if (is_probe(pc)) snprintf(text, sizeof text, "probe+0x%lx", (unsigned long)(pc - preempt_probe_start()));
  else if (pc >= preempt_text_start() && pc < preempt_text_end())
    snprintf(text, sizeof text, "preempt_mcall%+ld", (long)(pc - (uintptr_t)preempt_mcall));
  else snprintf(text, sizeof text, "preempt_schedule%+ld", (long)(pc - (uintptr_t)preempt_schedule));
  return text;
}

static int is_enabled(unsigned stub) { return stub < judged->stub_count; }

static int is_chosen(unsigned stub) {
  for (unsigned i = 0; i < chosen_count; i++)
    if (chosen[i] == stub) return 1;
  return 0;
}

static unsigned visited_count(unsigned stub) {
  unsigned count = 0;
  for (uint64_t i = 0; visited[stub] && i < judged_stub_end(stub) - judged_stub_start(stub); i++) count += visited[stub][i];
  return count;
}

/* The last finding: after it nothing could be compared. */
static void lost(const char *what, uint64_t pc, uint64_t expected, uint64_t got) {
  expect_word(what, pc, "the tasks", expected, got);
  print_verdict(detached);
  kill(child, SIGKILL);
  exit(1);
}

// MARK: - The tracee

static uint64_t column(int number) {
  unw_word_t value;
  int error = _UPT_access_reg(space, unwinder_number(number), &value, 0, process);
  if (error) broken("libunwind's access to column %d: %s", number, unw_strerror(error));
  return value;
}

static void read_bytes(uint64_t address, void *bytes, size_t byte_count) {
  struct iovec here = {bytes, byte_count}, there = {(void *)(uintptr_t)address, byte_count};
  if (process_vm_readv(child, &here, 1, &there, 1, 0) != (ssize_t)byte_count)
    lost("a register points to no memory", column(PC_COLUMN), 0, address);
}

static uint64_t last_pc;

/* Asked to end: it takes too long. */
static void hang(int signal) {
  (void)signal;
  broken("the tasks hang, last seen at %s", location(last_pc));
}

/* Waits for a stop, and returns its status. */
static int stop(void) {
  int status;
  if (waitpid(child, &status, __WALL) < 0) broken("waitpid: %s", strerror(errno));
  if (!WIFSTOPPED(status)) lost("their process ended, with this status", last_pc, 0, (unsigned)status);
  return status;
}

static void go(int request, int signal) {
  if (ptrace(request, child, 0, signal)) broken("ptrace request %d: %s", request, strerror(errno));
}

static void step(void) {
  go(PTRACE_SINGLESTEP, 0);
  int status = stop();
  last_pc = column(PC_COLUMN);
  if (WSTOPSIG(status) != SIGTRAP) lost("a signal comes by itself", last_pc, SIGTRAP, (unsigned)WSTOPSIG(status));
}

static void seize(void) {
  if (!ptrace(PTRACE_SEIZE, child, 0, PTRACE_O_TRACESYSGOOD)) return;
  if (errno != EPERM && errno != EACCES) broken("PTRACE_SEIZE: %s", strerror(errno));
  fprintf(stderr, "ptrace isn't allowed here: %s\n", strerror(errno));
  kill(child, SIGKILL);
  exit(3);
}

static int is_stub(uint64_t pc, unsigned *stub) {
  for (*stub = 0; *stub < STUB_COUNT; ++*stub)
    if (pc >= judged_stub_start(*stub) && pc < judged_stub_end(*stub)) return 1;
  return 0;
}

static int is_on_stack(uint64_t address) {
  return address - (uintptr_t)judged->stacks < sizeof judged->stacks;
}

/* Linux takes the trap flag that it set itself for the program's own once it stepped an instruction that loads the flags
   (enable_single_step in arch/x86/kernel/step.c), and leaves it behind: the stepper takes it back. */
static void forget_stepping(void) {
  unsigned char bytes[1024];
  struct iovec set = {bytes, sizeof bytes};
  uint64_t flags = 0;
  if (!PREEMPT_ARCH_STEP_FLAG) return;
  if (ptrace(PTRACE_GETREGSET, child, NT_PRSTATUS, &set)) broken("NT_PRSTATUS: %s", strerror(errno));
  memcpy(&flags, bytes + PREEMPT_ARCH_TRACED_FLAGS_OFFSET, PREEMPT_ARCH_WORD_BYTES);
  flags &= ~(uint64_t)PREEMPT_ARCH_STEP_FLAG;
  memcpy(bytes + PREEMPT_ARCH_TRACED_FLAGS_OFFSET, &flags, PREEMPT_ARCH_WORD_BYTES);
  if (ptrace(PTRACE_SETREGSET, child, NT_PRSTATUS, &set)) broken("NT_PRSTATUS: %s", strerror(errno));
}

// MARK: - Walks

static int are_distinct(const struct truth *truth) {
  for (int i = 0; i < COLUMN_COUNT; i++)
    for (int j = 0; j < i; j++)
      if (truth->columns[i] == truth->columns[j]) return 0;
  return 1;
}

/* Interrupts the running task inside a probe that asks for `stub`, every register filled, and injects the call; leaves it
   at the stub's first instruction. The task's number is returned. */
static unsigned inject(unsigned stub) {
  judged->stub = stub;
  for (int attempt = 0; attempt < CATCH_LIMIT; attempt++) {
    // The stop before a signal is delivered shows what it interrupts.
    if (kill(child, SIGURG)) broken("kill: %s", strerror(errno));
    int signal = WSTOPSIG(stop());
    if (signal != SIGURG) lost("a signal comes by itself", column(PC_COLUMN), SIGURG, (unsigned)signal);
    unsigned task = judged->current;
    if (judged->tasks[task].stub == stub && judged_is_filled(column(PC_COLUMN), stub)) {
      struct truth *truth = &truths[task];
      for (int i = 0; i < COLUMN_COUNT; i++) truth->columns[i] = column(columns[i].column);
      if (are_distinct(truth)) {
        memcpy(truth->image, judged->tasks[task].in.bytes, IMAGE_BYTES);
        uint64_t injections = judged->injections;
        // The handler's one system call is its return.
        go(PTRACE_SYSCALL, SIGURG);
        stop();
        go(PTRACE_SYSCALL, 0);
        stop();
        if (judged->injections == injections + 1) {
          uint64_t pc = column(PC_COLUMN);
          if (pc != judged_stub_start(stub)) broken("injected at %llx, not at the stub", (unsigned long long)pc);
          truth->stub = stub;
          truth->is_known = 1;
          truth->is_parked = 0;
          return task;
        }
      }
    }
    go(PTRACE_CONT, 0);
    struct timespec pause = {.tv_nsec = 20000};
    nanosleep(&pause, NULL);
  }
  broken("no task was interrupted inside the probe of %s", stubs[stub].symbol);
  return 0;
}

typedef void visitor(uint64_t pc, unsigned task, int stub, unsigned instruction, int is_restoring);

/* What the callee may change: in the second half a row that says "unchanged" where a register was only not changed by
   chance must not hold. */
static void poison(void) {
  for (int i = 0; i < COLUMN_COUNT; i++) {
    int number = columns[i].column;
    if (number == SP_COLUMN || number == PC_COLUMN || number == FRAME_BASE_COLUMN || number == RESULT_COLUMN) continue;
    unw_word_t value = (unw_word_t)0xdeadu << (8 * sizeof value - 16) | (unsigned)number << 8 | 0x5a;
    if (_UPT_access_reg(space, unwinder_number(number), &value, 1, process)) broken("can't write column %d", number);
  }
}

/* From a stub's first instruction over the switch of stacks to the other task's next instruction. */
static void walk(unsigned task, visitor *visit) {
  unsigned char *stack = judged->stacks[(task ^ 1) * 2];
  unsigned running = task, previous = STUB_COUNT, instruction = 0;
  for (unsigned count = 0; count < WALK_LIMIT; count++) {
    uint64_t pc = column(PC_COLUMN), sp = column(SP_COLUMN);
    if (is_probe(pc)) return;
    // The other task's stack has been switched to.
    int is_restoring = sp >= (uintptr_t)stack && sp <= (uintptr_t)stack + JUDGED_STACK_BYTES;
    if (is_restoring) running = task ^ 1;
    // It wasn't interrupted: it is only starting.
    if (!truths[running].is_known) return;
    unsigned stub;
    int is_in_stub = is_stub(pc, &stub);
    if (is_in_stub) {
      if (previous == stub) instruction++;
      else instruction = is_restoring ? stubs[stub].call_at + 1 : 0;
      if (previous != stub && is_restoring) poison();
      visited[stub][pc - judged_stub_start(stub)] = 1;
      // A signal could overwrite it at any time.
      if (is_on_stack(sp - JUNK_BYTES)) memset((void *)(uintptr_t)(sp - JUNK_BYTES), 0xa5, JUNK_BYTES);
    }
    previous = stub;
    visit(pc, running, is_in_stub ? (int)stub : -1, instruction, is_restoring);
    step();
  }
  lost("the way doesn't end", last_pc, 0, WALK_LIMIT);
}

// MARK: - libunwind

static int read_parked(unw_addr_space_t of, unw_regnum_t number, unw_word_t *value, int writes, void *argument) {
  (void)of, (void)argument;
  for (int i = 0; i < COLUMN_COUNT; i++) {
    if (unwinder_number(columns[i].column) != number) continue;
    if (writes) return -UNW_EREADONLYREG;
    *value = parked->parked[i];
    return 0;
  }
  return -UNW_EBADREG;
}

/* Steps from `pc` to the interrupted frame, which must come after `steps` steps, or after a few where that is zero. */
static void unwind(const char *what, unw_addr_space_t from, uint64_t pc, const struct truth *truth, int steps) {
  // On 386 libunwind 1.6 leaves the mask of exceptions' arguments uninitialised, and reads eax and edx by it.
  unw_cursor_t cursor = {0};
  int result = unw_init_remote(&cursor, from, process);
  uint64_t interrupted = truth_column(truth, PC_COLUMN);
  unw_word_t value = 0;
  int count = 0;
  while (!result && count < (steps ? steps : STEP_LIMIT) && value != interrupted) {
    result = unw_step(&cursor);
    if (result <= 0) break;
    count++;
    result = unw_get_reg(&cursor, UNW_REG_IP, &value);
  }
  if (result < 0 || value != interrupted) {
    expect_word(result < 0 ? unw_strerror(result) : what, pc, "the interrupted frame's PC", interrupted, value);
    return;
  }
  for (int i = 0; i < COLUMN_COUNT; i++) {
    int error = unw_get_reg(&cursor, unwinder_number(columns[i].column), &value);
    if (error) expect_word(unw_strerror(error), pc, columns[i].name, 0, 1);
    else expect_word(what, pc, columns[i].name, truth->columns[i], value);
  }
}

/* NULL for the program counter, which no probe fills. */
static const struct preempt_arch_field *field_named(const char *name) {
  for (unsigned i = 0; i < PREEMPT_ARCH_FIELDS; i++)
    if (!strcmp(preempt_arch_fields[i].name, name)) return &preempt_arch_fields[i];
  return NULL;
}

/* What was saved so far holds what was interrupted. */
static void judge_slots(uint64_t pc, unsigned task, unsigned instruction) {
  const struct truth *truth = &truths[task];
  const struct judged_stub *stub = &stubs[truth->stub];
  unsigned area_bytes = preempt_arch_classes[stub->state_class].area_bytes;
  unsigned char frame[PREEMPT_ARCH_FRAME_BYTES], area[AREA_BYTES];
  uint64_t cfa = truth_column(truth, SP_COLUMN), sp = column(SP_COLUMN);
  read_bytes(cfa - sizeof frame, frame, sizeof frame);
  // On the stack the area is what the stack pointer points to, but for what is pushed, until that is cut back.
  uint64_t area_start = (sp + PREEMPT_ARCH_AREA_ALIGNMENT_BYTES - 1) & -(uint64_t)PREEMPT_ARCH_AREA_ALIGNMENT_BYTES;
  int is_area_there = !PREEMPT_ARCH_AREA_IS_ON_STACK || area_start + area_bytes <= cfa - sizeof frame;
  if (!PREEMPT_ARCH_AREA_IS_ON_STACK) memcpy(area, judged->tasks[task].area, area_bytes);
  else if (is_area_there) read_bytes(area_start, area, area_bytes);
  for (unsigned i = 0; i < stub->slot_count; i++) {
    const struct judged_slot *slot = &stub->slots[i];
    const struct preempt_arch_field *field = field_named(slot->name);
    int is_in_area = field && field->is_in_area;
    // Not stored yet, or popped already.
    if ((int)instruction <= slot->stored_at || (is_in_area ? !is_area_there : cfa + slot->offset < sp)) continue;
    unsigned char saved[256], wanted[256], mask[256];
    memcpy(saved, is_in_area ? area + slot->offset : frame + sizeof frame + slot->offset, slot->byte_count);
    memset(mask, 0xff, sizeof mask);
    if (slot->context_offset >= 0) {
      memcpy(wanted, (const char *)&judged->tasks[task].seen + slot->context_offset, slot->byte_count);
    } else {
      memcpy(wanted, truth->image + field->image_offset[judged->widest], slot->byte_count);
      memcpy(mask, judged->tasks[task].rules.compared.bytes + field->image_offset[judged->widest], slot->byte_count);
    }
    for (int byte = 0; byte < slot->byte_count; byte++) saved[byte] &= mask[byte], wanted[byte] &= mask[byte];
    expect("the slot doesn't hold what was interrupted", pc, slot->name, wanted, saved, slot->byte_count);
  }
}

static void visit_libunwind(uint64_t pc, unsigned task, int stub, unsigned instruction, int is_restoring) {
  unwind("libunwind's step", space, pc, &truths[task], stub >= 0 ? 1 : 0);
  if (stub >= 0) judge_slots(pc, task, instruction);
  if (pc == (uintptr_t)preempt_schedule) {
    unw_cursor_t cursor = {0};
    struct truth *truth = &truths[task];
    if (unw_init_remote(&cursor, space, process) || unw_step(&cursor) <= 0) broken("no step out of preempt_schedule");
    for (int i = 0; i < COLUMN_COUNT; i++) {
      unw_word_t value = 0;
      unw_get_reg(&cursor, unwinder_number(columns[i].column), &value);
      truth->parked[i] = value;
    }
    truth->is_parked = 1;
  }
  // The task that has just left, while its thread runs another.
  parked = &truths[task ^ 1];
  if (is_restoring && parked->is_parked) unwind("libunwind's steps, parked", parked_space, pc, parked, 2);
}

static void expect_arrival(unsigned task) {
  const struct truth *truth = &truths[task];
  uint64_t pc = column(PC_COLUMN);
  if (!truth->is_known) return;
  for (int i = 0; i < COLUMN_COUNT; i++)
    expect_word("after the return", pc, columns[i].name, truth->columns[i], column(columns[i].column));
}

static void walk_all(visitor *visit) {
  // The second half of each stub comes with the next one's first, for the other task.
  for (unsigned count = 0; chosen_count && count <= chosen_count; count++) {
    unsigned task = inject(chosen[count % chosen_count]);
    for (int i = 0; i < COLUMN_COUNT; i++) {
      uint64_t seen = 0;
      memcpy(&seen, (const char *)&judged->tasks[task].seen + columns[i].context_offset, PREEMPT_ARCH_WORD_BYTES);
      expect_word("signal context", truths[task].columns[i], columns[i].name, truths[task].columns[i], seen);
    }
    walk(task, visit);
    expect_arrival(task ^ 1);
    truths[task ^ 1].is_known = 0;
    forget_stepping();
    go(PTRACE_CONT, 0);
  }
}

// MARK: - Frame pointers

static void visit_frame_pointer(uint64_t pc, unsigned task, int stub, unsigned instruction, int is_restoring) {
  (void)is_restoring;
  const struct truth *truth = &truths[task];
  if (stub < 0 || instruction < stubs[stub].record_from || instruction >= stubs[stub].record_to) return;
  // The caller's frame base, and above it the PC.
  uint64_t words[2] = {0, 0}, record = column(FRAME_BASE_COLUMN) + FRAME_RECORD_OFFSET;
  for (int i = 0; i < 2; i++) read_bytes(record + i * PREEMPT_ARCH_WORD_BYTES, &words[i], PREEMPT_ARCH_WORD_BYTES);
  expect_word("what the frame base points to", pc, "frame base", truth_column(truth, FRAME_BASE_COLUMN), words[0]);
  expect_word("what the frame base points to", pc, "PC", truth_column(truth, PC_COLUMN), words[1]);
}

// MARK: - Letting go

/* Waits until some task has compared its registers once more; 0 where the process ended or nothing came. */
static int goes_on(void) {
  uint64_t rounds = judged->tasks[0].rounds + judged->tasks[1].rounds;
  for (int wait = 0; wait < GOES_ON_LIMIT; wait++) {
    int status;
    if (judged->tasks[0].rounds + judged->tasks[1].rounds != rounds) return 1;
    if (waitpid(child, &status, WNOHANG | __WALL) == child) return 0;
    struct timespec pause = {.tv_nsec = 20000};
    nanosleep(&pause, NULL);
  }
  return 0;
}

/* Where the compiler's own trap instruction lies: copied over an instruction, it stops whoever gets there. */
__attribute__((noinline)) static const void *trap_instruction(void) {
  static const void *place;
  place = &&trap;
  // Empty, but the compiler must believe that it leads to the trap.
  __asm__ goto("" : : : : trap);
  return place;
trap:
  __builtin_trap();
}

static void run_to(uint64_t pc) {
  errno = 0;
  void *place = (void *)(uintptr_t)pc;
  long there = ptrace(PTRACE_PEEKTEXT, child, place, 0), trap;
  memcpy(&trap, trap_instruction(), sizeof trap);
  if (errno || ptrace(PTRACE_POKETEXT, child, place, trap)) broken("can't write a trap: %s", strerror(errno));
  go(PTRACE_CONT, 0);
  int signal = WSTOPSIG(stop());
  if ((signal != SIGILL && signal != SIGTRAP) || column(PC_COLUMN) != pc)
    lost("a signal comes by itself", column(PC_COLUMN), SIGTRAP, (unsigned)signal);
  if (ptrace(PTRACE_POKETEXT, child, place, there)) broken("can't take a trap back: %s", strerror(errno));
}

static uint64_t path[WALK_LIMIT];
static unsigned path_count;

static void visit_path(uint64_t pc, unsigned task, int stub, unsigned instruction, int is_restoring) {
  (void)task, (void)stub, (void)instruction, (void)is_restoring;
  path[path_count++] = pc;
}

/* Lets go of the tasks and takes them again once one of them has compared its registers. */
static void let_go(uint64_t pc, int signal) {
  uint64_t refusals = judged->refusals;
  forget_stepping();
  if (ptrace(PTRACE_DETACH, child, 0, signal)) broken("PTRACE_DETACH: %s", strerror(errno));
  if (!goes_on()) lost("let go here, they don't go on", pc, 1, 0);
  if (signal) expect_word("a second signal here isn't refused once", pc, "refusals", refusals + 1, judged->refusals);
  for (int i = 0; i < JUDGED_TASKS; i++) {
    const struct judged_task *task = &judged->tasks[i];
    expect_word("let go here, or an instruction earlier, a task finds a register changed", pc,
                task->mismatch ? task->mismatch : "registers", 0, task->mismatches);
    judged->tasks[i].mismatches = 0;
  }
  seize();
}

/* One injected call for each instruction of the path: stepped to, and let go before it. */
static void detach_everywhere(unsigned stub, int signal) {
  for (unsigned index = 0; index < path_count; index++) {
    inject(stub);
    // Only the last instructions are stepped. A trap's bytes lie in a stub, which is straight-line, and nowhere else.
    unsigned from = index, in;
    while (from > 0 && !(from < index && is_stub(path[from], &in) && path[from] + sizeof(long) <= judged_stub_end(in))) from--;
    if (from > 0) run_to(path[from]);
    for (; from < index; from++) step();
    uint64_t pc = column(PC_COLUMN);
    expect_word("the way leads elsewhere", pc, "PC", path[index], pc);
    if (is_stub(pc, &in)) visited[in][pc - judged_stub_start(in)] = 1;
    detached++;
    let_go(pc, signal);
  }
  // The task that was left in its first half compares its registers when the other one is preempted.
  inject(stub);
  let_go(column(PC_COLUMN), 0);
}

static void detach_all(void) {
  for (unsigned count = 0; count < chosen_count; count++) {
    unsigned stub = chosen[count];
    // The second way is through the second half of this stub too.
    for (int i = 0; i < 2; i++) {
      path_count = 0;
      walk(inject(stub), visit_path);
      forget_stepping();
      go(PTRACE_CONT, 0);
    }
    detach_everywhere(stub, 0);
    detach_everywhere(stub, SIGURG);
  }
}

// MARK: - Main

static void start(void) {
  judged_prepare();
  stay_on_this_processor();
  prctl(PR_SET_TIMERSLACK, 1000); // nanoseconds
  child = fork();
  if (child < 0) broken("fork: %s", strerror(errno));
  if (!child) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    judged_run();
  }
  while (!judged->is_running) {
    int status;
    if (waitpid(child, &status, WNOHANG) == child) broken("the tasks' process ended, status %x", status);
    usleep(100);
  }
  signal(SIGTERM, hang);
  for (unsigned stub = 0; stub < STUB_COUNT; stub++)
    visited[stub] = calloc(judged_stub_end(stub) - judged_stub_start(stub), 1);
  space = unw_create_addr_space(&_UPT_accessors, 0);
  static unw_accessors_t accessors;
  accessors = _UPT_accessors;
  accessors.access_reg = read_parked;
  parked_space = unw_create_addr_space(&accessors, 0);
  process = _UPT_create(child);
  if (!space || !parked_space || !process) broken("libunwind has no memory");
  seize();
}

int judge(const char *mode, unsigned part, unsigned parts) {
  visitor *visit = !strcmp(mode, "libunwind") ? visit_libunwind : !strcmp(mode, "frame-pointer") ? visit_frame_pointer : NULL;
  if (!visit && strcmp(mode, "detach")) return -1;
  start();
  for (unsigned stub = 0; stub < judged->stub_count; stub++)
    if (stub % parts == part - 1) chosen[chosen_count++] = stub;
  if (visit) walk_all(visit);
  else detach_all();
  print_verdict(detached);
  kill(child, SIGKILL);
  return failed != 0;
}
