/* The program around cpu.S that cpu.py asks: `cpu FILE`, a file to share memory by. Writes a byte when it is ready, and one
   for each that it has read and done: 'r' runs cpu_slot, 'i' has the generated header inject a call. What ends it is a
   finding. */

#define _GNU_SOURCE
#include <cpuid.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>
#include INJECTING_HEADER

extern uint8_t cpu_shared[], cpu_shared_end[];
extern uint64_t cpu_enabled;
extern uint32_t cpu_component_offsets[64];
extern uintptr_t cpu_words[7];
/* Where all of it is mapped once more: pointers in registers then have bits set in their upper halves. */
extern void *cpu_mapping;
extern void cpu_run(void);

/* XCR0 (Intel SDM volume 1, 13.3), or x87 and SSE where the operating system doesn't use XSAVE. */
static uint64_t enabled(void) {
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_OSXSAVE)) return 3;
  uint32_t low, high;
  __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return (uint64_t)high << 32 | low;
}

/* A component's offset in an image of XSAVE (volume 1, 13.4.3), or 0 where the CPU has none. */
static uint32_t component_offset(uint32_t component) {
  unsigned a, b, c, d;
  return __get_cpuid_count(0xd, component, &a, &b, &c, &d) ? b : 0;
}

#ifdef __x86_64__
enum { PC = REG_RIP, SP = REG_RSP, FRAME_BASE = REG_RBP };
#else
enum { PC = REG_EIP, SP = REG_ESP, FRAME_BASE = REG_EBP };
#endif

/* cpu_words: pc, sp, frame base and flags, replaced by what the context then holds; entry, area, switch context. */
static void inject(void) {
  static const int places[] = {PC, SP, FRAME_BASE, REG_EFL};
  ucontext_t context;
  memset(&context, 0x5a, sizeof context);
  for (int i = 0; i < 4; i++) context.uc_mcontext.gregs[places[i]] = (greg_t)cpu_words[i];
  INJECT(&context, (const char *)cpu_words[4], (void *)cpu_words[5], (void *)cpu_words[6]);
  for (int i = 0; i < 4; i++) cpu_words[i] = (uintptr_t)context.uc_mcontext.gregs[places[i]];
}

int main(int count, char **arguments) {
  size_t byte_count = (size_t)(cpu_shared_end - cpu_shared);
  cpu_enabled = enabled();
  for (uint32_t component = 2; component < 64; component++)
    cpu_component_offsets[component] = component_offset(component);
  int file = count == 2 ? open(arguments[1], O_RDWR) : -1;
  if (file < 0 || write(file, cpu_shared, byte_count) != (ssize_t)byte_count
      || mmap(cpu_shared, byte_count, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_SHARED | MAP_FIXED, file, 0) == MAP_FAILED
      || (cpu_mapping = mmap(NULL, byte_count, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0)) == MAP_FAILED) {
    perror("cpu: no memory to share");
    return 1;
  }
  char command = 0;
  while (write(STDOUT_FILENO, &command, 1) == 1 && read(STDIN_FILENO, &command, 1) == 1) {
    alarm(60);
    if (command == 'r') cpu_run();
    if (command == 'i') inject();
    alarm(0);
  }
  return 0;
}
