/* What cpu.py needs of C: the CPU's state components, a writable slot, and the generated header's injection. */

#define _GNU_SOURCE
#include <cpuid.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>
#include INJECTING_HEADER

extern uint8_t cpu_slot[], cpu_slot_end[];

/* XCR0 (Intel SDM volume 1, 13.3), or x87 and SSE where the operating system doesn't use XSAVE. */
uint64_t cpu_enabled(void) {
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_OSXSAVE)) return 3;
  uint32_t low, high;
  __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return (uint64_t)high << 32 | low;
}

/* A component's offset in an image of XSAVE (volume 1, 13.4.3), or 0 where the CPU has none. */
uint32_t cpu_component_offset(uint32_t component) {
  unsigned a, b, c, d;
  return __get_cpuid_count(0xd, component, &a, &b, &c, &d) ? b : 0;
}

int cpu_make_slot_writable(void) {
  uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), start = (uintptr_t)cpu_slot & -page;
  return mprotect((void *)start, (uintptr_t)cpu_slot_end - start, PROT_READ | PROT_WRITE | PROT_EXEC);
}

/* words: pc, sp, rbp, rflags; replaced by what the context then holds. */
void cpu_inject(uint64_t words[4], const char *entry, void *area, void *switch_context) {
  ucontext_t context;
  memset(&context, 0x5a, sizeof context);
  greg_t *registers = context.uc_mcontext.gregs;
  registers[REG_RIP] = (greg_t)words[0];
  registers[REG_RSP] = (greg_t)words[1];
  registers[REG_RBP] = (greg_t)words[2];
  registers[REG_EFL] = (greg_t)words[3];
  INJECT(&context, entry, area, switch_context);
  words[0] = (uint64_t)registers[REG_RIP];
  words[1] = (uint64_t)registers[REG_RSP];
  words[2] = (uint64_t)registers[REG_RBP];
  words[3] = (uint64_t)registers[REG_EFL];
}
