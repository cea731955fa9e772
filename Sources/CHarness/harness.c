// Shows on the real instruction set that a backend's stubs keep every register of a preempted task.
//
//   cd Sources/CPreempt/generated/amd64
//   cc -O2 -I . ../../../CHarness/harness.c preempt.S probe.S -Wl,--defsym=preempt_mcall=preempt_amd64_park -o harness
//
// (noxreg: -DPREEMPT_NOXREG, preempt_noxreg_park.) It knows no CPU: what it must know comes as tables from probe.h. Tasks
// have stacks of their own and are preempted by signals. Where the stub calls `preempt_mcall`, the backend's `park` leaves
// the task's stack and calls `leave` here, which goes on with another task; on the way back every register is poisoned with
// the opposite of what it should be, so that nothing survives by luck. Prints one JSON object.
//
//   harness registers [--seconds S] [--iterations N] [--seed N] [--class NAME] [--width NAME] [--part I/N] [--plant PLACE]
//             [--where anywhere|loop] [--preemptions N]
//   harness instructions [--seed N] [--class NAME] [--function NAME] [--part I/N]
//   harness sampled [--seconds S] [--seed N] [--class NAME] [--part I/N]
//   (each: --patience S)
//   harness loop CLASS [--microseconds N]
//   harness classes | places
//
// Exit: 0 all was right, 1 something wasn't, 2 usage, 3 this machine can't, 4 it hung.
#define _GNU_SOURCE
#include "probe.h"
#include "processor.h"

#include <elf.h>
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

enum { EXIT_FINE, EXIT_DIFFERS, EXIT_USAGE, EXIT_CANNOT, EXIT_HANGS };
enum {
  STACK_BYTES = 65536,
  IMAGE_WORDS = PREEMPT_ARCH_IMAGE_BYTES / 8,
  AREA_BYTES = (PREEMPT_ARCH_AREA_BYTES + 63) / 64 * 64,
  FAILURES = 200,
  // What isn't the task's: around the save area, below what the layout reserves, in the frame that called the probe.
  // Above the stack pointer it covers a register save area.
  CANARY_WORDS = 24,
};

typedef struct preempt_arch_field field;

// What may be guarded lies in pages of its own; what follows begins another.
#define OWN_PAGES(section) __asm__(".pushsection " section ", \"ax\"\n.balign 65536\n.popsection");
#ifdef PREEMPT_ARCH_LANDING_PAD_PROTECTION
enum { GUARDED_PAGE_BYTES = 65536 }; // the largest
OWN_PAGES("preempt_text") OWN_PAGES("preempt_probe") OWN_PAGES("step_callers")
#endif

// MARK: - Failures

struct difference {
  char place[48], expected[40], got[40];
};

struct failure {
  char text[320];
  struct difference difference;
};

struct report {
  uint64_t failed;
  unsigned kept;
  struct failure failures[FAILURES];
};

static void fail(struct report *report, const struct difference *difference, const char *format, ...) {
  report->failed++;
  // The first of each place says most.
  for (unsigned i = 0; difference && i < report->kept; i++)
    if (!strcmp(report->failures[i].difference.place, difference->place)) return;
  if (report->kept == FAILURES) return;
  struct failure *failure = &report->failures[report->kept++];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(failure->text, sizeof failure->text, format, arguments);
  va_end(arguments);
  if (difference) failure->difference = *difference;
}

static void print_report(const struct report *report) {
  printf("\"failed\": %llu, \"failures\": [", (unsigned long long)report->failed);
  for (unsigned i = 0; i < report->kept; i++) {
    const struct failure *failure = &report->failures[i];
    printf("%s{\"text\": \"%s\"", i ? ", " : "", failure->text);
    if (failure->difference.place[0])
      printf(", \"place\": \"%s\", \"expected\": \"%s\", \"got\": \"%s\"",
             failure->difference.place, failure->difference.expected, failure->difference.got);
    printf("}");
  }
  printf("]");
}

static struct difference difference_of_words(const char *place, uint64_t expected, uint64_t got) {
  struct difference difference;
  snprintf(difference.place, sizeof difference.place, "%s", place);
  snprintf(difference.expected, sizeof difference.expected, "0x%016llx", (unsigned long long)expected);
  snprintf(difference.got, sizeof difference.got, "0x%016llx", (unsigned long long)got);
  return difference;
}

// MARK: - Values

/* splitmix64: the generator of every value, from seed, task, and generation. */
static uint64_t next_random(uint64_t *state) {
  uint64_t value = *state += 0x9e3779b97f4a7c15u;
  value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9u;
  value = (value ^ value >> 27) * 0x94d049bb133111ebu;
  return value ^ value >> 31;
}

static uint64_t mixed(uint64_t a, uint64_t b) {
  uint64_t state = a ^ b * 0xd1342543de82ef95u;
  return next_random(&state);
}

/* What a probe loads or stores: a frame, and a save area of the widest class. */
union image {
  uint8_t bytes[PREEMPT_ARCH_IMAGE_BYTES];
  uint64_t words[IMAGE_WORDS];
} __attribute__((aligned(64)));

/* Up to eight bytes of an image with the same rule. */
struct piece {
  uint16_t offset;
  uint8_t byte_count;
  // Whether the class fills it; else it has its initial value, or any.
  uint8_t is_filled;
  uint64_t free, set, initial;
};

enum { PIECES = PREEMPT_ARCH_IMAGE_BYTES / 2 };

/* The position of the byte with weight 256^i among `byte_count` bytes. */
static unsigned position(unsigned i, unsigned byte_count) {
  return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? i : byte_count - 1 - i;
}

static void store(uint8_t *to, uint64_t value, unsigned byte_count) {
  for (unsigned i = 0; i < byte_count; i++) to[position(i, byte_count)] = (uint8_t)(value >> 8 * i);
}

static uint64_t load(const uint8_t *from, unsigned byte_count) {
  uint64_t value = 0;
  for (unsigned i = 0; i < byte_count; i++) value |= (uint64_t)from[position(i, byte_count)] << 8 * i;
  return value;
}

// MARK: - Tasks

struct task {
  struct preempt_arch_context context; // first: `leave` gets its address
  uint8_t area_below[CANARY_WORDS * 8] __attribute__((aligned(64)));
  // What was saved into one is restored from the other: a stub must restore from what it is given.
  uint8_t area[AREA_BYTES] __attribute__((aligned(64)));
  uint8_t area_above[CANARY_WORDS * 8];
  uint8_t restored_area[AREA_BYTES] __attribute__((aligned(64)));

  unsigned number, state_class, widest;
  union image in, out, expected, mask, poison;
  union image free; // bits of any value
  struct piece pieces[PIECES];
  unsigned piece_count, compared_count;
  uint64_t flags; // as filled

  char *stack, *switch_stack;
  ucontext_t saved;
  int has_ended;
  void (*body)(struct task *);

  // Of the last injected call.
#ifdef PREEMPT_ARCH_SIGNAL_FRAME_BYTES
  uint8_t kernels_context[PREEMPT_ARCH_SIGNAL_FRAME_FILLED_BYTES];
#endif
  uintptr_t pc, sp;
  unsigned live_class;
  uint64_t above[CANARY_WORDS]; // words from the interrupted stack pointer up
  uint64_t generation, preemptions, preemptions_in_loop, preemptions_before_run;
  uint64_t runs, runs_after_preemption;
};

enum { NOTHING_CAME = -2, INJECTED = -1 };
enum refusal { NO_TASK, UNREGISTERED_CODE, FLAGS, STACK_ROOM, UNKNOWN_LIVE_STATE, ENOUGH, REFUSALS };
static const char *const refusal_names[] = {
  "noTask", "unregisteredCode", "flags", "stackRoom", "unknownLiveState", "enough",
};

static struct {
  ucontext_t scheduler;
  struct task *current;
  unsigned widest, hardware_widest;
  uint64_t enabled; // components that this run believes to be enabled
  uint64_t uncovered; // enabled ones that no class covers
  uint64_t seed;
  volatile int stopping;
  uint64_t preemptions, refused[REFUSALS];
  struct report report;
  // Whether only the loops of probes are preempted, where everything is filled: a stub that forgets a register would else
  // break the probe's own way to the loop, and nothing would say which register it was.
  int loops_only;
  // Of one run, or zero: a stub that breaks the loop's counter would else do so again before the loop ends.
  uint64_t preemption_limit;
  const char *plant;
  uint64_t planted;
  // Where a mutant is judged: it stands for the stub of its class.
  const char *mutant;
  unsigned mutant_class;
  volatile unsigned mutant_uses;
  // A call was injected and its stub hasn't called yet.
  volatile int is_awaited;
  // Set by the handler for each signal.
  volatile uintptr_t last_pc;
  volatile int last_refusal; // or INJECTED
  stack_t alternate_stack;
  uint64_t signal_fields; // compared
  int is_guarded; // stubs and probes are: an indirect branch must land on a landing pad there
} machine;

/* Code whose every frame is registered: each function has a section of its own, so that it is known where it ends. */
#define TASK_CODE(name) __attribute__((noinline, section("task_" #name), used))
#define BOUNDS(section) extern const char __start_##section[], __stop_##section[];
BOUNDS(preempt_probe) BOUNDS(preempt_text)
BOUNDS(task_leaf) BOUNDS(task_calls) BOUNDS(task_saves) BOUNDS(task_dynamic) BOUNDS(task_red_zone) BOUNDS(task_doubles)
BOUNDS(task_extended) BOUNDS(task_vectors)
#if PREEMPT_ARCH_HAS_COPY_STRING
BOUNDS(preempt_probe_copy_string)
#endif
#if PREEMPT_ARCH_HAS_MISALIGN_STACK
BOUNDS(preempt_probe_misalign_stack)
#endif

static const struct bounds {
  const char *start, *end;
} preemptible[] = {
#define SECTION(section) {__start_##section, __stop_##section}
  SECTION(preempt_probe), SECTION(task_leaf), SECTION(task_calls), SECTION(task_saves), SECTION(task_dynamic),
  SECTION(task_red_zone), SECTION(task_doubles), SECTION(task_extended), SECTION(task_vectors),
#if PREEMPT_ARCH_HAS_COPY_STRING
  SECTION(preempt_probe_copy_string),
#endif
#if PREEMPT_ARCH_HAS_MISALIGN_STACK
  SECTION(preempt_probe_misalign_stack),
#endif
};
enum { PREEMPTIBLE = sizeof preemptible / sizeof *preemptible };

static int is_within(uintptr_t pc, struct bounds bounds) {
  return pc >= (uintptr_t)bounds.start && pc < (uintptr_t)bounds.end;
}

static int is_preemptible(uintptr_t pc) {
  for (unsigned i = 0; i < PREEMPTIBLE; i++)
    if (is_within(pc, preemptible[i])) return 1;
  return 0;
}

/* Whether a task that is there has everything filled. */
static int is_in_loop(const struct task *task, uintptr_t pc) {
  struct preempt_arch_loop loop = preempt_arch_loops[task->widest][task->state_class];
  return pc >= (uintptr_t)loop.start && pc < (uintptr_t)loop.end;
}

/* Where a PC is, as probe+0x3c. */
static const char *place_of(const struct task *task, uintptr_t pc) {
  static char text[96];
  struct bounds probe = SECTION(preempt_probe), stubs = SECTION(preempt_text);
  const char *start = (const char *)preempt_arch_probe(task->state_class, task->widest);
  if (is_within(pc, probe) && pc >= (uintptr_t)start)
    snprintf(text, sizeof text, "probe_%s_in_%s+0x%lx", preempt_arch_classes[task->state_class].name,
             preempt_arch_widths[task->widest].name, (unsigned long)(pc - (uintptr_t)start));
  else if (is_within(pc, stubs)) {
    const char *entry = NULL;
    for (unsigned index = 0; index < PREEMPT_ARCH_CLASSES; index++)
      for (unsigned width = 0; width < PREEMPT_ARCH_WIDTHS; width++) {
        const char *other = preempt_arch_entry(index, width);
        if (!other || (uintptr_t)other > pc || other <= entry) continue;
        entry = other;
        snprintf(text, sizeof text, "entry_%s_in_%s+0x%lx", preempt_arch_classes[index].name,
                 preempt_arch_widths[width].name, (unsigned long)(pc - (uintptr_t)entry));
      }
  } else
    snprintf(text, sizeof text, "0x%lx", (unsigned long)pc);
  return text;
}

static uint64_t canary(const struct task *task, unsigned place, unsigned word) {
  return mixed(machine.seed + task->number, (uint64_t)place << 32 | word);
}

enum canary_place { BELOW_AREA, ABOVE_AREA, BELOW_FRAME, CALLER };
static const char *const canary_names[] = {
  "canary below the save area", "canary above the save area", "canary below the frame", "canary in the caller's frame",
};

static void fill_canaries(struct task *task, enum canary_place place, void *at, unsigned count) {
  for (unsigned i = 0; i < count; i++) {
    uint64_t value = canary(task, place, i);
    memcpy((char *)at + i * 8, &value, 8);
  }
}

static void check_canaries(struct task *task, enum canary_place place, void *at, unsigned first, unsigned count) {
  for (unsigned i = 0; i < count; i++) {
    uint64_t got, expected = canary(task, place, first + i);
    memcpy(&got, (char *)at + i * 8, 8);
    if (got == expected) continue;
    struct difference difference = difference_of_words(canary_names[place], expected, got);
    fail(&machine.report, &difference,
         "backend %s, class %s, iteration %llu, %s word %u: expected %s, got %s, last PC %s", PREEMPT_ARCH_NAME,
         preempt_arch_classes[task->state_class].name, (unsigned long long)task->generation, canary_names[place],
         first + i, difference.expected, difference.got, place_of(task, task->pc));
    memcpy((char *)at + i * 8, &expected, 8);
  }
}

// MARK: - The handler and the switch

/* On the alternate stack; no library. */
static void handle(int signal, siginfo_t *info, void *argument) {
  (void)signal, (void)info;
  ucontext_t *context = argument;
  struct task *task = machine.current;
  uintptr_t pc = (uintptr_t)preempt_arch_pc(context);
  machine.last_pc = pc;
#define REFUSE(reason) do { machine.refused[reason]++; machine.last_refusal = reason; return; } while (0)
  if (!task) REFUSE(NO_TASK);
  if (machine.loops_only ? !is_in_loop(task, pc) : !is_preemptible(pc)) REFUSE(UNREGISTERED_CODE);
  if (preempt_arch_flags(context) & PREEMPT_ARCH_REFUSED_FLAGS) REFUSE(FLAGS);
  if (machine.preemption_limit && task->preemptions - task->preemptions_before_run >= machine.preemption_limit)
    REFUSE(ENOUGH);
  uintptr_t sp = (uintptr_t)preempt_arch_sp(context), low = (uintptr_t)task->stack;
  int live = preempt_arch_live_class(context, machine.enabled);
  if (live < 0) REFUSE(UNKNOWN_LIVE_STATE);
  if (sp < low + preempt_arch_classes[live].required_stack_bytes + CANARY_WORDS * 8 || sp > low + STACK_BYTES)
    REFUSE(STACK_ROOM);
  machine.last_refusal = INJECTED;
#ifdef PREEMPT_ARCH_SIGNAL_FRAME_BYTES
  __builtin_memcpy(task->kernels_context, context, sizeof task->kernels_context);
#endif
  task->pc = pc;
  task->sp = sp;
  task->live_class = (unsigned)live;
  for (unsigned i = 0; i < CANARY_WORDS; i++) {
    // The interrupted stack pointer may be anything; what lies above it is the task's.
    uintptr_t word = sp + i * 8;
    if (word + 8 <= low + STACK_BYTES) __builtin_memcpy(&task->above[i], (const void *)word, 8);
  }
  // Below all that the call may use.
  uintptr_t floor = sp - preempt_arch_classes[live].required_stack_bytes - CANARY_WORDS * 8;
  fill_canaries(task, BELOW_FRAME, (void *)floor, CANARY_WORDS);
  const char *entry = preempt_arch_entry((unsigned)live, machine.widest);
  if (machine.mutant && task->live_class == machine.mutant_class) {
    entry = machine.mutant;
    machine.mutant_uses++;
  }
  machine.is_awaited = 1;
  preempt_arch_inject(context, entry,
                      PREEMPT_ARCH_AREA_IS_ON_STACK ? NULL : task->area, &task->context);
}

static void plant(struct task *task, uint8_t *area);

/* Words above the interrupted stack pointer, and canaries: what neither half of a switch may touch. */
static void check_surroundings(struct task *task) {
  for (unsigned i = 0; i < CANARY_WORDS; i++) {
    uintptr_t word = task->sp + i * 8;
    uint64_t got;
    if (word + 8 > (uintptr_t)task->stack + STACK_BYTES) break;
    memcpy(&got, (const void *)word, 8);
    if (got == task->above[i]) continue;
    struct difference difference = difference_of_words("word above the stack pointer", task->above[i], got);
    fail(&machine.report, &difference,
         "backend %s, class %s, iteration %llu, word %u above the stack pointer: expected %s, got %s, last PC %s",
         PREEMPT_ARCH_NAME, preempt_arch_classes[task->state_class].name, (unsigned long long)task->generation, i,
         difference.expected, difference.got, place_of(task, task->pc));
  }
  uintptr_t floor = task->sp - preempt_arch_classes[task->live_class].required_stack_bytes - CANARY_WORDS * 8;
  check_canaries(task, BELOW_FRAME, (void *)floor, 0, CANARY_WORDS);
  check_canaries(task, BELOW_AREA, task->area_below, 0, CANARY_WORDS);
  check_canaries(task, ABOVE_AREA, task->area_above, 0, CANARY_WORDS);
}

/* What the stub is to be given: where it can't resume by itself, a signal frame of this thread's, with the same in it as
   in the kernel's. */
static void *handed_to_stub(const struct task *task, void *area) {
#ifdef PREEMPT_ARCH_SIGNAL_FRAME_BYTES
  // Every handler here has a stack of its own, so the frame needs no room below it.
  static uint8_t frame[PREEMPT_ARCH_SIGNAL_FRAME_BYTES]
    __attribute__((aligned(PREEMPT_ARCH_SIGNAL_FRAME_ALIGNMENT_BYTES)));
  const uint64_t mask = 0;
  preempt_arch_fill_signal_frame(frame, task->sp, area, task->live_class, &machine.alternate_stack, &mask);
  const uint8_t *context = frame + PREEMPT_ARCH_SIGNAL_FRAME_CONTEXT_OFFSET;
  for (unsigned i = 0; i < sizeof preempt_arch_signal_fields / sizeof *preempt_arch_signal_fields; i++) {
    const struct preempt_arch_signal_field *filled = &preempt_arch_signal_fields[i];
    machine.signal_fields++;
    const uint8_t *own = context + filled->offset, *kernels = task->kernels_context + filled->offset;
    if (!memcmp(own, kernels, filled->byte_count)) continue;
    unsigned shown = filled->byte_count < 8 ? filled->byte_count : 8, at = 0;
    while (at + shown < filled->byte_count && !memcmp(own + at, kernels + at, shown)) at += shown;
    struct difference difference = difference_of_words(filled->name, load(kernels + at, shown), load(own + at, shown));
    fail(&machine.report, &difference,
         "backend %s, class %s, iteration %llu, %s byte %u in the signal frame: expected %s, got %s, last PC %s",
         PREEMPT_ARCH_NAME, preempt_arch_classes[task->state_class].name, (unsigned long long)task->generation,
         filled->name, at, difference.expected, difference.got, place_of(task, task->pc));
  }
  return frame;
#else
  (void)task;
  return area;
#endif
}

static void *leave(struct preempt_arch_context *context, uintptr_t reason, struct preempt_arch_parking *parking) {
  struct task *task = (struct task *)context;
  task->preemptions++;
  machine.preemptions++;
  machine.current = NULL;
  machine.is_awaited = 0;
  if (reason != PREEMPT_ARCH_PREEMPTED_REASON + task->live_class)
    fail(&machine.report, NULL, "backend %s: reason %lu, not that of class %s", PREEMPT_ARCH_NAME,
         (unsigned long)reason, preempt_arch_classes[task->live_class].name);
  if (parking->stack_pointer % PREEMPT_ARCH_STACK_ALIGNMENT_BYTES != 0)
    fail(&machine.report, NULL, "backend %s: called with the stack pointer at 0x%lx", PREEMPT_ARCH_NAME,
         (unsigned long)parking->stack_pointer);
  if (is_in_loop(task, task->pc)) task->preemptions_in_loop++;
  check_surroundings(task);

  uint8_t *area = task->restored_area;
  if (PREEMPT_ARCH_AREA_IS_ON_STACK) {
    area = (uint8_t *)parking->stack_pointer + PREEMPT_ARCH_REGISTER_SAVE_AREA_BYTES;
  } else {
    // Only what the class saves may have been written.
    unsigned written = (preempt_arch_classes[task->live_class].area_bytes + 7) / 8;
    check_canaries(task, ABOVE_AREA, task->area + written * 8, written, AREA_BYTES / 8 - written);
    memcpy(area, task->area, AREA_BYTES);
    fill_canaries(task, ABOVE_AREA, task->area, AREA_BYTES / 8);
  }
  if (machine.plant && is_in_loop(task, task->pc)) plant(task, area);

  swapcontext(&task->saved, &machine.scheduler);

  check_surroundings(task);
  parking->poison = &task->poison;
  parking->routine = preempt_arch_poison(task->widest, preempt_arch_classes[task->live_class].occasional);
  machine.current = task;
  // Last: what the C library leaves in use a machine with less enabled wouldn't have.
  if (machine.widest < machine.hardware_widest) preempt_arch_initialize(machine.hardware_widest);
  return handed_to_stub(task, area);
}

// MARK: - Planted faults

static int is_planted_field(const field *field, unsigned *byte) {
  size_t length = strlen(field->name);
  if (strncmp(machine.plant, field->name, length)) return 0;
  *byte = 0;
  if (machine.plant[length] == '+') return sscanf(machine.plant + length, "+%u", byte) == 1;
  return machine.plant[length] == 0;
}

/* Changes one bit of what was saved, so that it must be found under its name. Without a byte, one chosen by chance. */
static void plant(struct task *task, uint8_t *area) {
  unsigned offset;
  for (unsigned place = BELOW_AREA; place <= CALLER; place++) {
    if (strcmp(machine.plant, canary_names[place])) continue;
    if (place == BELOW_AREA) task->area_below[5] ^= 1;
    if (place == ABOVE_AREA) task->area_above[5] ^= 1;
    if (place == BELOW_FRAME)
      ((uint8_t *)task->sp)[-(int)preempt_arch_classes[task->live_class].required_stack_bytes - 3] ^= 1;
    machine.planted += place != CALLER;
    return;
  }
  if (sscanf(machine.plant, "red zone -%u", &offset) == 1 && offset <= PREEMPT_ARCH_RED_ZONE_BYTES) {
    *((uint8_t *)task->sp - offset) ^= 1;
    machine.planted++;
    return;
  }
  for (unsigned i = 0; i < PREEMPT_ARCH_FIELDS; i++) {
    const field *field = &preempt_arch_fields[i];
    unsigned first, saved = field->saved_bytes[task->live_class];
    if (!is_planted_field(field, &first) || first >= saved) continue;
    uint8_t *slot = (field->is_in_area ? area : (uint8_t *)task->sp) + field->saved_offset[task->live_class];
    int is_any = machine.plant[strlen(field->name)] == 0;
    uint64_t random = mixed(machine.seed, task->generation);
    if (is_any) first = (unsigned)(random % saved);
    const uint8_t *free = task->free.bytes + field->image_offset[task->widest];
    // The nearest byte with a bit that may be anything.
    for (unsigned n = 0; is_any && n < saved && !free[first]; n++) first = (first + 1) % saved;
    if (!free[first]) return;
    slot[first] ^= (uint8_t)(free[first] & -free[first]);
    machine.planted++;
    return;
  }
}

// MARK: - Register probes

static void add_piece(struct task *task, unsigned offset, unsigned count, int is_filled, const struct preempt_arch_bits *bits) {
  task->pieces[task->piece_count++] = (struct piece){
    .offset = (uint16_t)offset, .byte_count = (uint8_t)count, .is_filled = (uint8_t)is_filled, .free = bits->free,
    .set = bits->set, .initial = bits->initial,
  };
  store(task->mask.bytes + offset, is_filled || bits->is_initial_known ? bits->compared : 0, count);
  store(task->free.bytes + offset, is_filled ? bits->free : 0, count);
}

static const struct preempt_arch_bits any_bits = {8, 1, ~0ull, 0, ~0ull, 0};

/* Finds what to fill and what to compare. */
static void prepare(struct task *task) {
  memset(&task->mask, 0, sizeof task->mask);
  memset(&task->free, 0, sizeof task->free);
  task->piece_count = task->compared_count = 0;
  for (unsigned i = 0; i < PREEMPT_ARCH_FIELDS; i++) {
    const field *field = &preempt_arch_fields[i];
    unsigned start = field->image_offset[task->widest], end = field->image_bytes[task->widest];
    unsigned covered = field->saved_bytes[task->state_class], run = 0;
    task->compared_count += end > 0;
    for (unsigned at = 0; at < end;) {
      const struct preempt_arch_bits *bits = &field->bits[run++ % field->bits_count];
      unsigned count = bits->byte_count < end - at ? bits->byte_count : end - at;
      if (at < covered && at + count > covered) count = covered - at;
      // What another register holds too is filled there.
      if (at >= covered && field->stands_in >= 0) store(task->mask.bytes + start + at, ~0ull, count);
      else add_piece(task, start + at, count, at < covered, bits);
      at += count;
    }
  }
  unsigned top = PREEMPT_ARCH_FRAME_BYTES;
  for (unsigned offset = 8; offset <= PREEMPT_ARCH_RED_ZONE_BYTES; offset += 8) {
    add_piece(task, top - offset, 8, 1, &any_bits);
    task->compared_count++;
  }
  fill_canaries(task, BELOW_AREA, task->area_below, CANARY_WORDS);
  fill_canaries(task, ABOVE_AREA, task->area_above, CANARY_WORDS);
  fill_canaries(task, ABOVE_AREA, task->area, AREA_BYTES / 8);
}

/* New values for every register, and poison: their opposite where user code is free. */
static void fill(struct task *task) {
  uint64_t random = mixed(machine.seed ^ (uint64_t)task->number << 48, ++task->generation);
  for (const struct piece *piece = task->pieces; piece < task->pieces + task->piece_count; piece++) {
    uint64_t value = (next_random(&random) & piece->free) | piece->set;
    if (piece->byte_count == 8) {
      uint64_t poison = (value ^ piece->free) | piece->set, expected = piece->is_filled ? value : piece->initial;
      memcpy(task->in.bytes + piece->offset, &value, 8);
      memcpy(task->poison.bytes + piece->offset, &poison, 8);
      memcpy(task->expected.bytes + piece->offset, &expected, 8);
    } else {
      store(task->in.bytes + piece->offset, value, piece->byte_count);
      store(task->poison.bytes + piece->offset, (value ^ piece->free) | piece->set, piece->byte_count);
      store(task->expected.bytes + piece->offset, piece->is_filled ? value : piece->initial, piece->byte_count);
    }
  }
  for (unsigned i = 0; i < PREEMPT_ARCH_FIELDS; i++) {
    const field *field = &preempt_arch_fields[i];
    if (field->stands_in < 0) continue;
    const struct preempt_arch_field *holder = &preempt_arch_fields[field->stands_in];
    unsigned own = field->image_offset[task->widest];
    unsigned held = holder->image_offset[task->widest] + (unsigned)field->stands_at, count = field->image_bytes[task->widest];
    int is_filled = field->saved_bytes[task->state_class] > 0;
    // It is the same register: where one is filled, the other is.
    memcpy(task->expected.bytes + (is_filled ? held : own), task->expected.bytes + (is_filled ? own : held), count);
    if (is_filled) memcpy(task->poison.bytes + held, task->poison.bytes + own, count);
  }
  for (unsigned i = 0; i < PREEMPT_ARCH_FIELDS; i++)
    if (preempt_arch_fields[i].is_flags)
      task->flags = load(task->in.bytes + preempt_arch_fields[i].image_offset[task->widest],
                         preempt_arch_fields[i].image_bytes[task->widest]);
}

static void report_register(struct task *task, const char *name, unsigned start, unsigned count) {
  for (unsigned at = 0; at < count; at++) {
    unsigned byte = start + at;
    if (!((task->expected.bytes[byte] ^ task->out.bytes[byte]) & task->mask.bytes[byte])) continue;
    unsigned shown = count - at < 8 ? count - at : 8;
    struct difference difference;
    snprintf(difference.place, sizeof difference.place, "%s", name);
    snprintf(difference.expected, sizeof difference.expected, "0x%0*llx", (int)shown * 2,
             (unsigned long long)load(task->expected.bytes + byte, shown));
    snprintf(difference.got, sizeof difference.got, "0x%0*llx", (int)shown * 2,
             (unsigned long long)load(task->out.bytes + byte, shown));
    fail(&machine.report, &difference,
         "backend %s, class %s, task %u, iteration %llu, register %s byte %u: expected %s, got %s, last PC %s",
         PREEMPT_ARCH_NAME, preempt_arch_classes[task->state_class].name, task->number,
         (unsigned long long)task->generation, name, at, difference.expected, difference.got, place_of(task, task->pc));
    return;
  }
}

static void compare(struct task *task, uint64_t path, uint64_t times) {
  uint64_t difference = 0;
  for (unsigned i = 0; i < IMAGE_WORDS; i++)
    difference |= (task->expected.words[i] ^ task->out.words[i]) & task->mask.words[i];
  if (difference) {
    for (unsigned i = 0; i < PREEMPT_ARCH_FIELDS; i++)
      report_register(task, preempt_arch_fields[i].name, preempt_arch_fields[i].image_offset[task->widest],
                      preempt_arch_fields[i].image_bytes[task->widest]);
    for (unsigned offset = 8; offset <= PREEMPT_ARCH_RED_ZONE_BYTES; offset += 8) {
      char name[24];
      snprintf(name, sizeof name, "red zone -%u", offset);
      report_register(task, name, PREEMPT_ARCH_FRAME_BYTES - offset, 8);
    }
  }
  uint64_t expected = preempt_arch_probe_path(task->flags, times);
  if (path != expected) {
    struct difference found = difference_of_words("path", expected, path);
    fail(&machine.report, &found,
         "backend %s, class %s, task %u, iteration %llu, path of the loop: expected %s, got %s, last PC %s",
         PREEMPT_ARCH_NAME, preempt_arch_classes[task->state_class].name, task->number,
         (unsigned long long)task->generation, found.expected, found.got, place_of(task, task->pc));
  }
}

static void stop_before_call(void);

/* What follows it in its section is called under a stepper's eye. */
#define CALLER_CODE __attribute__((noinline, section("step_callers")))
BOUNDS(step_callers)
/* Not a tail call: it comes back here. */
#define COMES_BACK(result) __asm__ volatile("" : "+r"(result))

CALLER_CODE static uint64_t call_probe(struct task *task, preempt_arch_probe_function *probe, uint64_t times) {
  stop_before_call();
  if (machine.widest < machine.hardware_widest) preempt_arch_initialize(machine.hardware_widest);
  uint64_t path = probe(&task->in, &task->out, times);
  if (machine.is_awaited)
    fail(&machine.report, NULL, "backend %s, class %s, iteration %llu: the stub came back without a call, last PC %s",
         PREEMPT_ARCH_NAME, preempt_arch_classes[task->state_class].name, (unsigned long long)task->generation,
         place_of(task, task->pc));
  COMES_BACK(path);
  return path;
}

/* One probe: fill, loop while signals arrive, compare. */
static void run_probe(struct task *task, uint64_t times) {
  uint64_t caller[CANARY_WORDS];
  fill(task);
  // The output begins as something else than what is expected.
  task->out = task->poison;
  fill_canaries(task, CALLER, caller, CANARY_WORDS);
  __asm__ volatile("" : : "r"(caller) : "memory");
  uint64_t before = task->preemptions_in_loop;
  task->preemptions_before_run = task->preemptions;
  preempt_arch_probe_function *probe = preempt_arch_probe(task->state_class, task->widest);
  uint64_t path = call_probe(task, probe, times);
  __asm__ volatile("" : : "r"(caller) : "memory");
  int is_preempted = task->preemptions_in_loop != before;
  if (machine.plant && is_preempted && !strcmp(machine.plant, canary_names[CALLER])) caller[3] ^= 1, machine.planted++;
  task->runs++;
  task->runs_after_preemption += is_preempted;
  compare(task, path, times);
  check_canaries(task, CALLER, caller, 0, CANARY_WORDS);
}

// MARK: - Scheduler

static void enter(unsigned low, unsigned high) {
  struct task *task = (struct task *)(uintptr_t)(low | (uint64_t)high << 32);
  task->body(task);
  task->has_ended = 1;
  machine.current = NULL;
}

static struct task *new_task(unsigned number, unsigned state_class, unsigned widest, void (*body)(struct task *)) {
  size_t bytes = (sizeof(struct task) + 63) / 64 * 64;
  struct task *task = aligned_alloc(64, bytes);
  char *stacks = aligned_alloc(64, 2 * STACK_BYTES);
  if (!task || !stacks) exit((perror("memory"), EXIT_CANNOT));
  memset(task, 0, bytes);
  task->number = number;
  task->state_class = state_class;
  task->widest = widest;
  task->body = body;
  task->stack = stacks;
  task->switch_stack = stacks + STACK_BYTES;
  task->context.stack = task->switch_stack + STACK_BYTES;
  task->context.leave = leave;
  getcontext(&task->saved);
  task->saved.uc_stack.ss_sp = task->stack;
  task->saved.uc_stack.ss_size = STACK_BYTES;
  task->saved.uc_link = &machine.scheduler;
  makecontext(&task->saved, (void (*)(void))enter, 2, (unsigned)(uintptr_t)task, (unsigned)((uint64_t)(uintptr_t)task >> 32));
  prepare(task);
  return task;
}

static void free_task(struct task *task) {
  free(task->stack);
  free(task);
}

static void resume(struct task *task) {
  if (task->has_ended) return;
  // A task that was parked in `leave` sets `current` itself, when nothing of the switch is left to do.
  if (!task->preemptions) machine.current = task;
  swapcontext(&machine.scheduler, &task->saved);
  machine.current = NULL;
}

/* What this machine enables; -1 where that is no state class. */
static int find_widths(void) {
  uint64_t enabled = preempt_arch_enabled_components(getauxval(AT_HWCAP), getauxval(AT_HWCAP2));
  int widest = preempt_arch_widest(enabled);
  if (widest < 0) return -1;
  machine.hardware_widest = (unsigned)widest;
  machine.uncovered = enabled;
  for (unsigned i = 0; i < PREEMPT_ARCH_WIDTHS; i++) machine.uncovered &= ~preempt_arch_widths[i].components;
  return 0;
}

#ifdef PREEMPT_ARCH_LANDING_PAD_PROTECTION
static int guard(struct bounds bounds) {
  size_t bytes = (size_t)(bounds.end - bounds.start + GUARDED_PAGE_BYTES - 1) / GUARDED_PAGE_BYTES * GUARDED_PAGE_BYTES;
  return mprotect((void *)(uintptr_t)bounds.start, bytes, PROT_READ | PROT_EXEC | PREEMPT_ARCH_LANDING_PAD_PROTECTION);
}

/* Guards the pages of stubs and probes where this machine can; shows it by a call to a stub, which isn't made for that. */
static void guard_pages(void) {
  const struct bounds stubs = SECTION(preempt_text), probes = SECTION(preempt_probe);
  if (guard(stubs) || guard(probes)) return;
  fflush(stdout);
  pid_t process = fork();
  if (!process) {
    signal(SIGILL, SIG_DFL);
    alarm(10);
    void (*volatile stub)(void) = (void (*)(void))(uintptr_t)preempt_arch_entry(0, machine.hardware_widest);
    stub();
    _exit(EXIT_FINE);
  }
  int status;
  if (process < 0 || waitpid(process, &status, 0) < 0) exit((perror("fork"), EXIT_CANNOT));
  machine.is_guarded = WIFSIGNALED(status) && WTERMSIG(status) == SIGILL;
  if (!machine.is_guarded)
    fail(&machine.report, NULL, "backend %s: mprotect guards a page, and a call to what is no landing pad is let through",
         PREEMPT_ARCH_NAME);
}
#else
static void guard_pages(void) {}
#endif

static void use_width(unsigned widest) {
  machine.widest = widest;
  machine.enabled = preempt_arch_widths[widest].components | machine.uncovered;
}

static void install_handler(void) {
  // Whoever started this may have blocked signals, and each task's context inherits the mask.
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  machine.alternate_stack = (stack_t){.ss_size = (size_t)sysconf(_SC_MINSIGSTKSZ) + 65536};
  machine.alternate_stack.ss_sp = malloc(machine.alternate_stack.ss_size);
  sigaltstack(&machine.alternate_stack, NULL);
  struct sigaction action = {.sa_sigaction = handle, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART};
  // What asks where the program is means the task: on a busy machine most of the time is the handler's.
  sigaddset(&action.sa_mask, SIGALRM);
  sigaddset(&action.sa_mask, SIGTERM);
  sigaction(SIGURG, &action, NULL);
}

static timer_t start_timer(long nanoseconds) {
  struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGURG};
  struct itimerspec slice = {{0, nanoseconds}, {0, nanoseconds}};
  timer_t timer;
  if (timer_create(CLOCK_MONOTONIC, &event, &timer) || timer_settime(timer, 0, &slice, NULL))
    exit((perror("timer"), EXIT_CANNOT));
  return timer;
}

static double seconds_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double cpu_seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

// MARK: - registers

struct options {
  double seconds, patience; // how much longer it may take before it is said to hang
  uint64_t iterations;
  uint64_t preemptions; // at least, of all widths together
  const char *class_name, *width_name, *function;
  // Between two signals.
  long microseconds;
  // Units of work with number % parts == part - 1.
  unsigned part, parts;
};

static int is_mine(const struct options *options, unsigned unit) { return unit % options->parts == options->part - 1; }

/* Signals leave a task most of the time, whatever one costs: in a virtual machine 20 us, under an emulator more. */
static long chosen_microseconds(void) {
  enum { SIGNALS = 100 };
  // Of this process's own time: what others took meanwhile would space the signals for the rest of the run.
  double start = cpu_seconds();
  for (unsigned i = 0; i < SIGNALS; i++) raise(SIGURG);
  machine.refused[NO_TASK] -= SIGNALS;
  long cost = (long)((cpu_seconds() - start) * 1e6 / SIGNALS) + 1;
  return cost * 16 < 50 ? 50 : cost * 16;
}

/* Each distinct PC at which a task was preempted, by its offset in the probes' section. */
static uint8_t *pcs;

static void run_registers_body(struct task *task) {
  uint64_t limit = *(const uint64_t *)task->out.bytes; // iterations, left there by the scheduler
  uint64_t random = mixed(machine.seed, task->number + 1);
  while (!machine.stopping && (!limit || task->runs < limit)) run_probe(task, 16 + next_random(&random) % 240);
}

struct totals {
  uint64_t runs, runs_after_preemption, checks, checks_after_preemption;
};

enum { LEAST_PREEMPTIONS = 10, PATIENCE_SECONDS = 30, PREEMPTIONS_PATIENCE_SECONDS = 200, PLANTS = 50 };

/* The classes of a machine whose widest enabled width is `widest`, a task each; `part` is its share of all the work. */
static int run_width(unsigned widest, const struct options *options, double part, struct totals *totals, int *is_first) {
  struct task *tasks[PREEMPT_ARCH_CLASSES];
  unsigned count = 0;
  use_width(widest);
  for (unsigned index = 0; index < PREEMPT_ARCH_CLASSES; index++) {
    if (!preempt_arch_probe(index, widest)) continue;
    if (options->class_name && strcmp(options->class_name, preempt_arch_classes[index].name)) continue;
    tasks[count] = new_task(count, index, widest, run_registers_body);
    memcpy(tasks[count++]->out.bytes, &options->iterations, 8);
  }
  if (!count) return 0;
  machine.stopping = 0;
  timer_t timer = start_timer(options->microseconds * 1000);
  double end = seconds_now() + options->seconds * part;
  double patience = options->preemptions ? PREEMPTIONS_PATIENCE_SECONDS * part : PATIENCE_SECONDS;
  // The shares add up to no less than what was asked for.
  uint64_t enough = machine.preemptions + (uint64_t)((double)options->preemptions * part) + 1;
  unsigned running = count;
  const struct bounds probes = SECTION(preempt_probe);
  while (running && !machine.stopping) {
    running = 0;
    uint64_t fewest = ~0ull;
    for (unsigned i = 0; i < count; i++) {
      resume(tasks[i]);
      running += !tasks[i]->has_ended;
      if (tasks[i]->runs_after_preemption < fewest) fewest = tasks[i]->runs_after_preemption;
      if (is_within(tasks[i]->pc, probes)) pcs[tasks[i]->pc - (uintptr_t)probes.start] = 1;
    }
    // On a busy machine the time may be over before each class was preempted.
    double now = seconds_now();
    int is_enough = fewest >= LEAST_PREEMPTIONS && machine.preemptions >= enough;
    if ((now >= end && is_enough) || now >= end + patience) machine.stopping = 1;
    // A planted fault was found, or not, with the first few.
    if (machine.report.failed >= FAILURES || machine.planted >= PLANTS) machine.stopping = 1;
  }
  timer_delete(timer);
  for (unsigned i = 0; i < count; i++) {
    while (!tasks[i]->has_ended) resume(tasks[i]);
    struct task *task = tasks[i];
    // The path of the loop is one more value.
    uint64_t values = task->compared_count + 1;
    totals->runs += task->runs;
    totals->runs_after_preemption += task->runs_after_preemption;
    totals->checks += task->runs * values;
    totals->checks_after_preemption += task->runs_after_preemption * values;
    printf("%s{\"class\": \"%s\", \"width\": \"%s\", \"values\": %llu, \"runs\": %llu, \"runsAfterPreemption\": %llu}",
           *is_first ? "" : ", ", preempt_arch_classes[task->state_class].name, preempt_arch_widths[widest].name,
           (unsigned long long)values, (unsigned long long)task->runs, (unsigned long long)task->runs_after_preemption);
    *is_first = 0;
    free_task(task);
  }
  return (int)count;
}

static void print_refusals(void) {
  printf("\"refused\": {");
  for (unsigned i = 0; i < REFUSALS; i++)
    printf("%s\"%s\": %llu", i ? ", " : "", refusal_names[i], (unsigned long long)machine.refused[i]);
  printf("}");
}

static int registers(const struct options *options) {
  const struct bounds probes = SECTION(preempt_probe);
  machine.preemption_limit = 8;
  pcs = calloc(1, (size_t)(probes.end - probes.start));
  if (!pcs) exit((perror("memory"), EXIT_CANNOT));
  printf("{\"mode\": \"registers\", \"backend\": \"%s\", \"seed\": %llu, \"classes\": [", PREEMPT_ARCH_NAME,
         (unsigned long long)machine.seed);
  struct totals totals = {0};
  unsigned all = 0, count = 0;
  int is_first = 1;
  // Seconds by the number of classes: each width has as many more than the one before.
  for (int runs = 0; runs < 2; runs++)
    for (unsigned widest = 0; widest <= machine.hardware_widest; widest++) {
      if (options->width_name && strcmp(options->width_name, preempt_arch_widths[widest].name)) continue;
      if (!is_mine(options, machine.hardware_widest - widest)) continue;
      if (!runs) all += widest + 1;
      else count += (unsigned)run_width(widest, options, (double)(widest + 1) / all, &totals, &is_first);
    }
  uint64_t distinct = 0;
  for (ptrdiff_t i = 0; i < probes.end - probes.start; i++) distinct += pcs[i];
  printf("], \"runs\": %llu, \"runsAfterPreemption\": %llu, \"registersChecked\": %llu, \"checksAfterPreemption\": %llu, "
         "\"preemptions\": %llu, \"distinctPCs\": %llu, \"planted\": %llu, \"signalFields\": %llu, \"isGuarded\": %s, ",
         (unsigned long long)totals.runs, (unsigned long long)totals.runs_after_preemption,
         (unsigned long long)totals.checks, (unsigned long long)totals.checks_after_preemption,
         (unsigned long long)machine.preemptions, (unsigned long long)distinct, (unsigned long long)machine.planted,
         (unsigned long long)machine.signal_fields, machine.is_guarded ? "true" : "false");
  print_refusals();
  printf(", ");
  print_report(&machine.report);
  printf("}\n");
  if (!count && options->parts == 1) return fprintf(stderr, "no class of that name on this machine\n"), EXIT_CANNOT;
  return machine.report.failed ? EXIT_DIFFERS : EXIT_FINE;
}

// MARK: - instructions

TASK_CODE(leaf) static uint64_t leaf(uint64_t x) {
  x ^= x >> 31;
  x *= 0x7fb5d329728ea185u;
  x ^= x >> 27;
  return x * 0x81dadef4bc2dd44du + (x >> 33);
}

/* A call in flight: return addresses, a frame that grows and shrinks. */
TASK_CODE(calls) static uint64_t calls(uint64_t x) {
  if (x % 2 == 0) return leaf(x);
  return calls(x - 1) * 3 + leaf(x);
}

/* More values across calls than a callee saves registers for. */
TASK_CODE(saves) static uint64_t saves(uint64_t x) {
  uint64_t a = x * 3, b = x * 5, c = x * 7, d = x * 11, e = x * 13, f = x * 17, g = x * 19, h = x * 23;
  for (int i = 0; i < 2; i++) {
    uint64_t y = leaf(x + (uint64_t)i);
    a ^= y, b += y, c ^= y >> 7, d += a, e ^= b, f += c, g ^= d, h += e;
  }
  return a + b * 3 + c * 5 + d * 7 + e * 9 + f * 11 + g * 13 + h;
}

TASK_CODE(dynamic) static uint64_t dynamic(uint64_t x) {
  uint64_t sum = 0;
  for (unsigned round = 1; round < 3; round++) {
    unsigned count = (unsigned)(x % 3 + 1) * round;
    volatile uint64_t *words = __builtin_alloca(count * sizeof(uint64_t));
    for (unsigned i = 0; i < count; i++) words[i] = x * (i + 1);
    for (unsigned i = 0; i < count; i++) sum = sum * 31 + words[i];
  }
  return sum;
}

/* Words that a leaf keeps below the stack pointer, where the ABI lets it. */
TASK_CODE(red_zone) static uint64_t red_zone(uint64_t x) {
  volatile uint64_t words[8];
  for (unsigned i = 0; i < 8; i++) words[i] = x >> i;
  return words[0] + words[1] * 3 + words[4] * 11 + words[7];
}

TASK_CODE(doubles) static uint64_t doubles(uint64_t x) {
  double a = (double)(x % 1000 + 1) / 1009, b = 1 - a, sum = 0;
  for (int i = 0; i < 2; i++) {
    a = 3.99 * a * (1 - a), b = 3.97 * b * (1 - b);
    sum += a < b ? a * b : a / b;
  }
  uint64_t bits;
  __builtin_memcpy(&bits, &sum, 8);
  return bits;
}

TASK_CODE(extended) static uint64_t extended(uint64_t x) {
  long double a = (long double)(x % 1000 + 1) / 1009, sum = 0;
  for (int i = 0; i < 2; i++) {
    a = 3.99L * a * (1 - a);
    sum = sum < a ? sum + a : sum * a;
  }
  return (uint64_t)(sum * 1e15L);
}

TASK_CODE(vectors) static uint64_t vectors(uint64_t x) {
  typedef uint64_t lanes __attribute__((vector_size(32)));
  lanes a = {x, x + 1, x + 2, x + 3}, b = ~a;
  for (int i = 0; i < 2; i++) {
    a ^= a << 13;
    b += a ^ (b >> 7);
    a += b;
  }
  uint64_t sum = 0;
  for (int i = 0; i < 4; i++) sum = sum * 31 + a[i] + b[i];
  return sum;
}

#if PREEMPT_ARCH_HAS_COPY_STRING
CALLER_CODE static uint64_t copied(uint64_t x) {
  uint8_t from[24], to[24];
  for (unsigned i = 0; i < sizeof from; i++) from[i] = (uint8_t)(x >> i % 8 * 8) ^ (uint8_t)i, to[i] = 0;
  stop_before_call();
  preempt_arch_copy_string(to + 1, from, 20);
  uint64_t sum = 0;
  for (unsigned i = 0; i < sizeof to; i++) sum = sum * 31 + to[i];
  return sum;
}
#endif
#if PREEMPT_ARCH_HAS_MISALIGN_STACK
CALLER_CODE static uint64_t misaligned(uint64_t x) {
  stop_before_call();
  uint64_t result = preempt_arch_misalign_stack((uintptr_t)x);
  COMES_BACK(result);
  return result;
}
#endif

#define CALLER_OF(function) \
  CALLER_CODE static uint64_t call_##function(uint64_t x) { \
    stop_before_call(); \
    uint64_t result = function(x); \
    COMES_BACK(result); \
    return result; \
  }
CALLER_OF(leaf) CALLER_OF(calls) CALLER_OF(saves) CALLER_OF(dynamic) CALLER_OF(red_zone) CALLER_OF(doubles)
CALLER_OF(extended) CALLER_OF(vectors)

/* Called, returned from, and interrupted before each of their instructions. Without a call: the probe of a class. */
static const struct stepped {
  const char *name;
  uint64_t (*call)(uint64_t);
  struct bounds bounds;
} stepped[] = {
  {"leaf", call_leaf, SECTION(task_leaf)},
  {"call in flight", call_calls, SECTION(task_calls)},
  {"prologue and epilogue", call_saves, SECTION(task_saves)},
  {"alloca", call_dynamic, SECTION(task_dynamic)},
  {"red zone", call_red_zone, SECTION(task_red_zone)},
  {"doubles", call_doubles, SECTION(task_doubles)},
  {"long doubles", call_extended, SECTION(task_extended)},
  {"vectors", call_vectors, SECTION(task_vectors)},
#if PREEMPT_ARCH_HAS_COPY_STRING
  {"string instruction", copied, SECTION(preempt_probe_copy_string)},
#endif
#if PREEMPT_ARCH_HAS_MISALIGN_STACK
  {"unaligned stack pointer", misaligned, SECTION(preempt_probe_misalign_stack)},
#endif
  {"probe", NULL, SECTION(preempt_probe)},
};
enum { STEPPED = sizeof stepped / sizeof *stepped, TRACE_LIMIT = 20000, WAY_LIMIT = 20000, PROBE_TIMES = 2 };

/* Between the stepper and the process it steps. */
static struct shared {
  volatile uint64_t rounds; // calls that came back
  volatile uintptr_t pc;
  volatile int refusal;
  struct report report;
} *shared;

static int is_stepped;

static void arm_sampler(void);

static void stop_before_call(void) {
  arm_sampler();
  if (!is_stepped) return;
  machine.last_refusal = NOTHING_CAME;
  kill(getpid(), SIGSTOP);
}

static const struct stepped *stepped_function;

static void run_stepped_body(struct task *task) {
  uint64_t argument = mixed(machine.seed, 77) | 3;
  is_stepped = 0;
  uint64_t expected = stepped_function->call ? stepped_function->call(argument) : 0;
  for (is_stepped = 1;; shared->rounds++) {
    // The same values each time, so that the same instructions are executed.
    task->generation = 0;
    if (stepped_function->call) {
      uint64_t got = stepped_function->call(argument);
      if (got != expected) {
        struct difference difference = difference_of_words("result", expected, got);
        fail(&machine.report, &difference, "backend %s, %s: expected %s, got %s, preempted at 0x%lx", PREEMPT_ARCH_NAME,
             stepped_function->name, difference.expected, difference.got,
             (unsigned long)(machine.last_pc - (uintptr_t)stepped_function->bounds.start));
      }
    } else {
      run_probe(task, PROBE_TIMES);
    }
    shared->pc = machine.last_pc;
    shared->refusal = machine.last_refusal;
    shared->report = machine.report;
  }
}

static void run_child(const struct stepped *function, unsigned state_class) {
  if (ptrace(PTRACE_TRACEME, 0, 0, 0)) _exit(EXIT_CANNOT);
  stepped_function = function;
  use_width(machine.hardware_widest);
  install_handler();
  struct task *task = new_task(0, state_class, machine.widest, run_stepped_body);
  for (;;) resume(task);
}

/* The set NT_PRSTATUS of a stopped process; larger than any. */
struct traced {
  uint8_t bytes[1024];
  size_t byte_count;
};

static int get_registers(pid_t process, struct traced *traced) {
  struct iovec vector = {traced->bytes, sizeof traced->bytes};
  if (ptrace(PTRACE_GETREGSET, process, (void *)NT_PRSTATUS, &vector)) return -1;
  traced->byte_count = vector.iov_len;
  return 0;
}

static uintptr_t traced_pc(pid_t process) {
  struct traced traced;
  uintptr_t pc = 0;
  if (!get_registers(process, &traced)) memcpy(&pc, traced.bytes + PREEMPT_ARCH_TRACED_PC_OFFSET, PREEMPT_ARCH_WORD_BYTES);
  return pc;
}

static void clear_step_flag(pid_t process) {
  struct traced traced;
  uint64_t flags = 0;
  if (!PREEMPT_ARCH_STEP_FLAG || get_registers(process, &traced)) return;
  memcpy(&flags, traced.bytes + PREEMPT_ARCH_TRACED_FLAGS_OFFSET, PREEMPT_ARCH_WORD_BYTES);
  flags &= ~(uint64_t)PREEMPT_ARCH_STEP_FLAG;
  memcpy(traced.bytes + PREEMPT_ARCH_TRACED_FLAGS_OFFSET, &flags, PREEMPT_ARCH_WORD_BYTES);
  struct iovec vector = {traced.bytes, traced.byte_count};
  ptrace(PTRACE_SETREGSET, process, (void *)NT_PRSTATUS, &vector);
}

/* Lets it go on until it stops; returns the signal it stopped at, or -1 where it ended. */
static int go_on(pid_t process, enum __ptrace_request request, int signal) {
  int status;
  if (ptrace(request, process, 0, (void *)(uintptr_t)signal) || waitpid(process, &status, 0) < 0) return -1;
  return WIFSTOPPED(status) ? WSTOPSIG(status) : -1;
}

/* From the stop before the call to the function's first instruction. */
static int step_to(pid_t process, struct bounds bounds) {
  for (unsigned i = 0; i < WAY_LIMIT; i++) {
    if (is_within(traced_pc(process), bounds)) return 0;
    int signal = go_on(process, PTRACE_SINGLESTEP, 0);
    if (signal != SIGTRAP) return signal;
  }
  return SIGXCPU;
}

struct trace {
  uintptr_t pcs[TRACE_LIMIT];
  uint8_t is_hit[TRACE_LIMIT];
  unsigned count;
};

/* Distinct PCs of the registered code in a trace, all of them or those that were hit. */
static unsigned distinct(const struct trace *trace, int hit_only) {
  unsigned result = 0;
  for (unsigned i = 0; i < trace->count; i++) {
    int is_first = (!hit_only || trace->is_hit[i]) && is_preemptible(trace->pcs[i]);
    for (unsigned j = 0; is_first && j < i; j++)
      is_first = trace->pcs[j] != trace->pcs[i] || (hit_only && !trace->is_hit[j]);
    result += is_first;
  }
  return result;
}

struct step_totals {
  unsigned instructions, distinct_pcs, stops, injected, refused;
};

/* Returns whether this machine can at all. */
static int step_function(const struct stepped *function, unsigned state_class, struct step_totals *totals) {
  static struct trace trace;
  memset(&trace, 0, sizeof trace);
  memset(shared, 0, sizeof *shared);
  fflush(stdout);
  pid_t process = fork();
  if (process < 0) return 0;
  if (!process) run_child(function, state_class);
  int status;
  if (waitpid(process, &status, 0) < 0 || !WIFSTOPPED(status)) return 0;
  ptrace(PTRACE_SETOPTIONS, process, 0, (void *)PTRACE_O_EXITKILL);
  const struct bounds callers = SECTION(step_callers);

  // Once without a signal, to see which instructions there are.
  int signal = step_to(process, function->bounds);
  while (!signal) {
    uintptr_t pc = traced_pc(process);
    if (is_within(pc, callers) || trace.count == TRACE_LIMIT) break;
    trace.pcs[trace.count++] = pc;
    if ((signal = go_on(process, PTRACE_SINGLESTEP, 0)) == SIGTRAP) signal = 0;
  }
  clear_step_flag(process);
  if (!signal) signal = go_on(process, PTRACE_CONT, 0);

  struct step_totals own = {0};
  unsigned k = 0;
  for (; k < trace.count && signal == SIGSTOP; k++) {
    if ((signal = step_to(process, function->bounds))) break;
    for (unsigned i = 0; i < k && !signal; i++)
      if ((signal = go_on(process, PTRACE_SINGLESTEP, 0)) == SIGTRAP) signal = 0;
    if (signal) break;
    clear_step_flag(process);
    uint64_t rounds = shared->rounds, failed = shared->report.failed;
    signal = go_on(process, PTRACE_CONT, SIGURG);
    if (signal != SIGSTOP) break;
    own.stops++;
    int is_exact = shared->rounds == rounds + 1 && shared->report.failed == failed && shared->pc == trace.pcs[k];
    trace.is_hit[k] = is_exact && shared->refusal != NOTHING_CAME;
    own.injected += shared->refusal == INJECTED;
    own.refused += shared->refusal >= 0;
    if (!is_exact && shared->report.failed == failed)
      fail(&machine.report, NULL, "backend %s, %s: signal at 0x%lx (instruction %u) arrived at 0x%lx", PREEMPT_ARCH_NAME,
           function->name, (unsigned long)(trace.pcs[k] - (uintptr_t)function->bounds.start), k,
           (unsigned long)(shared->pc - (uintptr_t)function->bounds.start));
  }
  if (signal != SIGSTOP)
    fail(&machine.report, NULL, "backend %s, %s: died of signal %d after a preemption at 0x%lx (instruction %u)",
         PREEMPT_ARCH_NAME, function->name, signal,
         k < trace.count ? (unsigned long)(trace.pcs[k] - (uintptr_t)function->bounds.start) : 0, k);
  kill(process, SIGKILL);
  waitpid(process, &status, 0);
  machine.report.failed += shared->report.failed;
  for (unsigned i = 0; i < shared->report.kept && machine.report.kept < FAILURES; i++)
    machine.report.failures[machine.report.kept++] = shared->report.failures[i];

  own.instructions = distinct(&trace, 0);
  own.distinct_pcs = distinct(&trace, 1);
  totals->instructions += own.instructions;
  totals->distinct_pcs += own.distinct_pcs;
  totals->stops += own.stops;
  totals->injected += own.injected;
  totals->refused += own.refused;
  printf("{\"function\": \"%s\", \"class\": \"%s\", \"instructions\": %u, \"distinctPCs\": %u, \"stops\": %u, "
         "\"injected\": %u, \"refused\": %u}", function->name, function->call ? "" : preempt_arch_classes[state_class].name,
         own.instructions, own.distinct_pcs, own.stops, own.injected, own.refused);
  return 1;
}

static int instructions(const struct options *options) {
  shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (shared == MAP_FAILED) exit((perror("memory"), EXIT_CANNOT));
  stay_on_this_processor();
  struct step_totals totals = {0};
  int is_first = 1;
  unsigned unit = 0;
  printf("{\"mode\": \"instructions\", \"backend\": \"%s\", \"seed\": %llu, \"functions\": [", PREEMPT_ARCH_NAME,
         (unsigned long long)machine.seed);
  for (unsigned i = 0; i < STEPPED; i++) {
    if (options->function && strcmp(options->function, stepped[i].name)) continue;
    for (unsigned index = 0; index < PREEMPT_ARCH_CLASSES; index++) {
      if (stepped[i].call ? index > 0 : !preempt_arch_probe(index, machine.hardware_widest)) continue;
      if (!stepped[i].call && options->class_name && strcmp(options->class_name, preempt_arch_classes[index].name))
        continue;
      if (!is_mine(options, unit++)) continue;
      if (!is_first) printf(", ");
      is_first = 0;
      if (!step_function(&stepped[i], index, &totals))
        return fprintf(stderr, "this process may not trace another (ptrace)\n"), EXIT_CANNOT;
    }
  }
  if (totals.distinct_pcs != totals.instructions)
    fail(&machine.report, NULL, "backend %s: %u of %u instructions were hit", PREEMPT_ARCH_NAME, totals.distinct_pcs,
         totals.instructions);
  printf("], \"instructions\": %u, \"distinctPCs\": %u, \"stops\": %u, \"injected\": %u, \"refusedStops\": %u, "
         "\"isGuarded\": %s, ",
         totals.instructions, totals.distinct_pcs, totals.stops, totals.injected, totals.refused,
         machine.is_guarded ? "true" : "false");
  print_report(&machine.report);
  printf("}\n");
  return machine.report.failed ? EXIT_DIFFERS : EXIT_FINE;
}

// MARK: - sampled

/* A signal for each call, at a moment within it: where earlier ones landed, and anywhere else now and then. */
static struct {
  int is_on;
  timer_t timer;
  uint64_t random;
  double delay, mean, deviation; // nanoseconds
  double end;
} sampler;

enum { SAMPLED_PROBE_SECONDS = 120 };

static void arm_sampler(void) {
  if (!sampler.is_on) return;
  uint64_t random = next_random(&sampler.random);
  double part = (double)(random >> 32) / 4294967296;
  if (!sampler.mean || random % 8 == 0) {
    uint64_t most = 1024u << random / 8 % 13;
    sampler.delay = 1 + part * (double)most;
  } else {
    sampler.delay = sampler.mean + (2 * part - 1) * 3 * sampler.deviation;
  }
  if (sampler.delay < 1) sampler.delay = 1;
  struct itimerspec once = {.it_value = {0, (long)sampler.delay}};
  timer_settime(sampler.timer, 0, &once, NULL);
}

static void learn_delay(void) {
  double distance = sampler.delay - sampler.mean;
  if (!sampler.mean) sampler.mean = sampler.deviation = sampler.delay;
  sampler.mean += distance / 16;
  sampler.deviation += ((distance < 0 ? -distance : distance) - sampler.deviation) / 16;
}

static void run_sampled_probe(struct task *task) {
  while (!machine.stopping && seconds_now() < sampler.end) {
    uint64_t before = task->preemptions;
    run_probe(task, 1 + task->generation % 2);
    if (task->preemptions != before) learn_delay();
  }
}

static void run_sampled_function(struct task *task) {
  uint64_t argument = mixed(machine.seed, 77) | 3;
  sampler.is_on = 0;
  uint64_t first = stepped_function->call(argument);
  sampler.is_on = 1;
  // On a busy machine a preemption may be long in coming.
  while (!machine.stopping && seconds_now() < sampler.end + (task->preemptions ? 0 : SAMPLED_PROBE_SECONDS)) {
    uint64_t before = task->preemptions, got = stepped_function->call(argument);
    if (task->preemptions != before) learn_delay();
    if (got == first) continue;
    struct difference difference = difference_of_words("result", first, got);
    fail(&machine.report, &difference, "backend %s, %s: expected %s, got %s, preempted at 0x%lx", PREEMPT_ARCH_NAME,
         stepped_function->name, difference.expected, difference.got,
         (unsigned long)(machine.last_pc - (uintptr_t)stepped_function->bounds.start));
  }
}

/* Preempts a task at random until every instruction was hit, or the time is over. Returns how many were. */
static unsigned sample(struct task *task, struct bounds bounds, unsigned instructions, double seconds) {
  unsigned distinct = 0;
  memset(pcs, 0, (size_t)(bounds.end - bounds.start));
  machine.stopping = 0;
  sampler.end = seconds_now() + seconds;
  while (!task->has_ended) {
    resume(task);
    if (is_within(task->pc, bounds) && !pcs[task->pc - (uintptr_t)bounds.start]) {
      pcs[task->pc - (uintptr_t)bounds.start] = 1;
      distinct++;
    }
    if (distinct == instructions) machine.stopping = 1;
  }
  return distinct;
}

/* Where no process can be stepped: the probe until each of its instructions was hit, the functions for a while. */
static int sampled(const struct options *options) {
  const struct bounds probes = SECTION(preempt_probe);
  struct step_totals totals = {0};
  unsigned unit = 0;
  int is_first = 1;
  use_width(machine.hardware_widest);
  printf("{\"mode\": \"sampled\", \"backend\": \"%s\", \"seed\": %llu, \"functions\": [", PREEMPT_ARCH_NAME,
         (unsigned long long)machine.seed);
  sampler.timer = start_timer(0);
  sampler.is_on = 1;
  sampler.random = machine.seed;
  for (unsigned i = 0; i < STEPPED; i++) {
    stepped_function = &stepped[i];
    struct bounds bounds = stepped[i].call ? stepped[i].bounds : probes;
    for (unsigned index = 0; index < PREEMPT_ARCH_CLASSES; index++) {
      if (stepped[i].call ? index > 0 : !preempt_arch_probe(index, machine.hardware_widest)) continue;
      if (!stepped[i].call && options->class_name && strcmp(options->class_name, preempt_arch_classes[index].name))
        continue;
      if (!is_mine(options, unit++)) continue;
      pcs = calloc(1, (size_t)(bounds.end - bounds.start));
      struct task *task = new_task(i, index, machine.widest, stepped[i].call ? run_sampled_function : run_sampled_probe);
      if (!pcs) exit((perror("memory"), EXIT_CANNOT));
      sampler.mean = 0;
      // How many instructions a C function has isn't known here.
      unsigned instructions = stepped[i].call ? 0 : preempt_arch_loops[machine.widest][index].instructions;
      unsigned distinct = sample(task, bounds, instructions ? instructions : UINT32_MAX,
                                 stepped[i].call ? options->seconds / (STEPPED - 1) : SAMPLED_PROBE_SECONDS);
      if (instructions) {
        totals.instructions += instructions;
        totals.distinct_pcs += distinct;
      }
      if (!task->preemptions)
        fail(&machine.report, NULL, "backend %s, %s: never preempted", PREEMPT_ARCH_NAME, stepped[i].name);
      printf("%s{\"function\": \"%s\", \"class\": \"%s\", \"instructions\": %u, \"distinctPCs\": %u, \"stops\": %llu, "
             "\"injected\": %llu, \"refused\": 0}", is_first ? "" : ", ", stepped[i].name,
             stepped[i].call ? "" : preempt_arch_classes[index].name, instructions, instructions ? distinct : 0,
             (unsigned long long)task->preemptions, (unsigned long long)task->preemptions);
      is_first = 0;
      free_task(task);
      free(pcs);
    }
  }
  timer_delete(sampler.timer);
  if (totals.distinct_pcs != totals.instructions)
    fail(&machine.report, NULL, "backend %s: %u of %u instructions were hit", PREEMPT_ARCH_NAME, totals.distinct_pcs,
         totals.instructions);
  printf("], \"instructions\": %u, \"distinctPCs\": %u, \"isGuarded\": %s, ", totals.instructions, totals.distinct_pcs,
         machine.is_guarded ? "true" : "false");
  print_report(&machine.report);
  printf("}\n");
  return machine.report.failed ? EXIT_DIFFERS : EXIT_FINE;
}

// MARK: - loop, places

static void run_loop_body(struct task *task) {
  while (!machine.report.failed) run_probe(task, PREEMPT_ARCH_LOOP_LIMIT);
}

/* For judges outside: goes on until it is killed. */
static int loop(unsigned state_class, const struct options *options) {
  use_width(machine.hardware_widest);
  struct task *task = new_task(0, state_class, machine.widest, run_loop_body);
  const struct bounds stubs = SECTION(preempt_text);
  printf("{\"pid\": %d, \"class\": \"%s\", \"width\": \"%s\", \"section\": [%llu, %llu], \"entry\": %llu, \"park\": %llu}\n",
         (int)getpid(), preempt_arch_classes[state_class].name, preempt_arch_widths[machine.widest].name,
         (unsigned long long)(uintptr_t)stubs.start, (unsigned long long)(uintptr_t)stubs.end,
         (unsigned long long)(uintptr_t)preempt_arch_entry(state_class, machine.widest),
         (unsigned long long)(uintptr_t)preempt_arch_park);
  fflush(stdout);
  alarm(0);
  start_timer(options->microseconds * 1000);
  while (!task->has_ended) resume(task);
  printf("{");
  print_report(&machine.report);
  printf("}\n");
  return EXIT_DIFFERS;
}

/* Those of this machine, the narrowest first. */
static int classes(void) {
  int is_first = 1;
  printf("[");
  for (unsigned index = 0; index < PREEMPT_ARCH_CLASSES; index++) {
    if (!preempt_arch_probe(index, machine.hardware_widest)) continue;
    printf("%s\"%s\"", is_first ? "" : ", ", preempt_arch_classes[index].name);
    is_first = 0;
  }
  printf("]\n");
  return EXIT_FINE;
}

/* What --plant takes. */
static int places(void) {
  printf("[");
  for (unsigned i = 0; i < PREEMPT_ARCH_FIELDS; i++)
    if (preempt_arch_fields[i].image_bytes[machine.hardware_widest]) printf("\"%s\", ", preempt_arch_fields[i].name);
  for (unsigned offset = 8; offset <= PREEMPT_ARCH_RED_ZONE_BYTES; offset += 8) printf("\"red zone -%u\", ", offset);
  for (unsigned place = BELOW_AREA; place <= CALLER; place++)
    printf("\"%s\"%s", canary_names[place], place == CALLER ? "]\n" : ", ");
  return EXIT_FINE;
}

/* Says where it is, when its time is over or whoever started it has waited long enough. */
static void hang(int signal, siginfo_t *info, void *argument) {
  (void)signal, (void)info;
  uintptr_t pc = (uintptr_t)preempt_arch_pc(argument);
  static struct task none;
  fprintf(stderr, "backend %s hangs at %s, last preempted at 0x%lx\n", PREEMPT_ARCH_NAME,
          place_of(machine.current ? machine.current : &none, pc), (unsigned long)machine.last_pc);
  _exit(EXIT_HANGS);
}

/* Where it is, is said by SIGALRM and SIGTERM. */
__attribute__((unused)) static void end_when_asked(void) {
  struct sigaction action = {.sa_sigaction = hang, .sa_flags = SA_SIGINFO | SA_ONSTACK};
  sigaction(SIGALRM, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
}

#ifndef PREEMPT_HARNESS_PART // it is included by a program with a main of its own

// MARK: - Arguments

static int usage(const char *program, const char *what) {
  fprintf(stderr,
          "%s\nusage: %s registers [--seconds S] [--iterations N] [--seed N] [--class NAME] [--width NAME] [--part I/N]\n"
          "                  [--plant PLACE] [--where anywhere|loop] [--microseconds N] [--preemptions N]\n"
          "       %s instructions [--seed N] [--class NAME] [--function NAME] [--part I/N]\n"
          "       %s sampled [--seconds S] [--seed N] [--class NAME] [--part I/N]\n"
          "       %s loop CLASS [--microseconds N] | classes | places\n", what, program, program, program, program);
  return EXIT_USAGE;
}

int main(int argc, char **argv) {
  struct options options = {.seconds = 2, .patience = 300, .part = 1, .parts = 1};
  machine.seed = 1;
  if (argc < 2) return usage(argv[0], "no mode");
  const char *mode = argv[1];
  int is_loop = !strcmp(mode, "loop"), first = is_loop ? 3 : 2;
  if (is_loop && argc < 3) return usage(argv[0], "loop of which class?");
  for (int i = first; i < argc; i += 2) {
    const char *option = argv[i];
    if (i + 1 == argc) return usage(argv[0], "an option without a value");
    char *value = argv[i + 1], *end = value;
    if (!strcmp(option, "--seconds")) options.seconds = strtod(value, &end);
    else if (!strcmp(option, "--patience")) options.patience = strtod(value, &end);
    else if (!strcmp(option, "--iterations")) options.iterations = strtoull(value, &end, 10);
    else if (!strcmp(option, "--preemptions")) options.preemptions = strtoull(value, &end, 10);
    else if (!strcmp(option, "--seed")) machine.seed = strtoull(value, &end, 10);
    else if (!strcmp(option, "--microseconds")) options.microseconds = strtol(value, &end, 10);
    else if (!strcmp(option, "--class")) options.class_name = value, end = "";
    else if (!strcmp(option, "--width")) options.width_name = value, end = "";
    else if (!strcmp(option, "--function")) options.function = value, end = "";
    else if (!strcmp(option, "--plant")) machine.plant = value, end = "";
    else if (!strcmp(option, "--where")) {
      machine.loops_only = !strcmp(value, "loop");
      if (machine.loops_only || !strcmp(value, "anywhere")) end = "";
    }
    else if (!strcmp(option, "--part")) {
      int length = 0;
      if (sscanf(value, "%u/%u%n", &options.part, &options.parts, &length) == 2 && options.part >= 1
          && options.part <= options.parts) end = value + length;
    }
    else return usage(argv[0], option);
    if (*end || !*value) return usage(argv[0], option);
  }
  if (find_widths()) return fprintf(stderr, "this machine enables no state class\n"), EXIT_CANNOT;
  install_handler();
  guard_pages();
  if (!options.microseconds) options.microseconds = chosen_microseconds();
  end_when_asked();
  alarm((unsigned)(options.seconds + options.patience) + 1);
  if (!strcmp(mode, "registers")) return registers(&options);
  if (!strcmp(mode, "instructions")) return instructions(&options);
  if (!strcmp(mode, "sampled")) return sampled(&options);
  if (!strcmp(mode, "classes")) return classes();
  if (!strcmp(mode, "places")) return places();
  if (!is_loop) return usage(argv[0], mode);
  for (unsigned index = 0; index < PREEMPT_ARCH_CLASSES; index++)
    if (!strcmp(argv[2], preempt_arch_classes[index].name) && preempt_arch_probe(index, machine.hardware_widest))
      return loop(index, &options);
  return fprintf(stderr, "no class %s on this machine\n", argv[2]), EXIT_CANNOT;
}

#endif
