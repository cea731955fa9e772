// Where a thread keeps its open accesses, for a program with the Swift runtime; Embedded Swift has none and checks none.
#define _GNU_SOURCE
#include "CPreempt.h"

#include <link.h>

// The Swift runtime has calls that exchange the open accesses of a thread, but none that tells whether there are any. Its
// list begins in a thread-local of its own: the one word there that points to an access while that is open and is zero
// else. Where none or several do, the caller makes the calls each time.
extern void swift_beginAccess(void *address, void *access, uintptr_t flags, void *pc);
extern void swift_endAccess(void *access);

struct thread_local_block {
  uintptr_t address, *start;
  size_t word_count;
};

static int find_thread_local_block(struct dl_phdr_info *info, size_t byte_count, void *data) {
  struct thread_local_block *block = data;
  int holds = 0;
  if (byte_count < offsetof(struct dl_phdr_info, dlpi_tls_data) + sizeof info->dlpi_tls_data) return 1;
  for (int i = 0; i < info->dlpi_phnum; i++) {
    uintptr_t start = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;
    if (info->dlpi_phdr[i].p_type == PT_LOAD && block->address - start < info->dlpi_phdr[i].p_memsz) holds = 1;
    if (info->dlpi_phdr[i].p_type == PT_TLS) block->word_count = info->dlpi_phdr[i].p_memsz / sizeof(uintptr_t);
  }
  block->start = info->dlpi_tls_data;
  return holds;
}

uintptr_t *preempt_first_access(void) {
  enum { is_modification = 1, is_tracked = 0x20 };
  struct thread_local_block block = {(uintptr_t)swift_beginAccess, NULL, 0};
  uintptr_t access[4] = {0}, *found = NULL;
  int count = 0;
  swift_beginAccess(&block, access, is_modification | is_tracked, NULL);
  if (dl_iterate_phdr(find_thread_local_block, &block) && block.start)
    for (size_t i = 0; i < block.word_count; i++)
      if (((uintptr_t volatile *)block.start)[i] == (uintptr_t)access) {
        found = block.start + i;
        count++;
      }
  swift_endAccess(access);
  return count == 1 && *(uintptr_t volatile *)found == 0 ? found : NULL;
}
