#include "CBodies.h"

static _Thread_local int64_t local = 42;
int64_t bodies_local(void) { return local; }
void bodies_set_local(int64_t value) { local = value; }
int64_t *bodies_local_address(void) { return &local; }
