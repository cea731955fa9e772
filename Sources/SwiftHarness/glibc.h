/* What the runtime uses of the C library; see module.modulemap. */
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

/* A cast of a number, which Swift can't import. */
#undef MAP_FAILED
static void *const MAP_FAILED = (void *)-1;
