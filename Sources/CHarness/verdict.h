/* What the judges of the unwinding by libunwind share (judge.c, inside.c): comparisons by DWARF column, and the JSON object
   that says how they went. After tables.h. */
#ifndef VERDICT_H
#define VERDICT_H

#include <libunwind.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { DISAGREEMENT_LIMIT = 20 };

/* Each judge's own. */
static const char *location(uint64_t pc);
static int is_enabled(unsigned stub), is_chosen(unsigned stub);
/* Distinct instructions of a stub at which the judge looked. */
static unsigned visited_count(unsigned stub);

static unsigned long comparisons, failed;
static struct disagreement { char text[240], place[32], expected[136], got[136]; } disagreements[DISAGREEMENT_LIMIT];

static void hexadecimal(char *text, const unsigned char *bytes, size_t byte_count) {
  text += sprintf(text, "0x");
  // Most significant first; of a long register's bytes the lowest.
  for (size_t i = byte_count > 64 ? 64 : byte_count; i-- > 0;)
    text += sprintf(text, "%02x", bytes[__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? i : byte_count - 1 - i]);
}

static void expect(const char *what, uint64_t pc, const char *place, const void *expected, const void *got, size_t byte_count) {
  comparisons++;
  if (!memcmp(expected, got, byte_count)) return;
  if (failed++ >= DISAGREEMENT_LIMIT) return;
  struct disagreement *disagreement = &disagreements[failed - 1];
  snprintf(disagreement->text, sizeof disagreement->text, "%s: %s", location(pc), what);
  snprintf(disagreement->place, sizeof disagreement->place, "%s", place);
  hexadecimal(disagreement->expected, expected, byte_count);
  hexadecimal(disagreement->got, got, byte_count);
}

static void expect_word(const char *what, uint64_t pc, const char *place, uint64_t expected, uint64_t got) {
  expect(what, pc, place, &expected, &got, sizeof got);
}

static void print_verdict(unsigned long detached) {
  printf("{\"comparisons\": %lu, \"failed\": %lu, \"detached\": %lu, \"stubs\": [", comparisons, failed, detached);
  for (unsigned stub = 0; stub < STUB_COUNT; stub++)
    printf("%s{\"symbol\": \"%s\", \"instructions\": %u, \"visited\": %u, \"isEnabled\": %s, \"isChosen\": %s}",
           stub ? ", " : "", stubs[stub].symbol, stubs[stub].instruction_count, visited_count(stub),
           is_enabled(stub) ? "true" : "false", is_chosen(stub) ? "true" : "false");
  printf("], \"failures\": [");
  for (unsigned i = 0; i < failed && i < DISAGREEMENT_LIMIT; i++)
    printf("%s{\"text\": \"%s\", \"place\": \"%s\", \"expected\": \"%s\", \"got\": \"%s\"}", i ? ", " : "",
           disagreements[i].text, disagreements[i].place, disagreements[i].expected, disagreements[i].got);
  printf("]}\n");
}

/* libunwind's number of a column: its own, where it doesn't count as DWARF does. */
static unw_regnum_t unwinder_number(int number) {
  static unw_regnum_t numbers[256];
  static unsigned char is_known[256];
  if (number < 0 || number > 255 || is_known[number]) return number < 0 || number > 255 ? number : numbers[number];
  numbers[number] = number;
  for (int i = 0; i < COLUMN_COUNT; i++)
    for (int own = 0; columns[i].column == number && own <= UNW_REG_LAST; own++)
      if (unw_regname(own) && !strcasecmp(unw_regname(own), columns[i].name)) numbers[number] = own;
  is_known[number] = 1;
  return numbers[number];
}

#endif
