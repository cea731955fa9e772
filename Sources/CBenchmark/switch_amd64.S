/* preempt_mcall and what belongs to it once more, under other names: the raw switch, with a scheduler of benchmark.c
   and no runtime. */

#if defined(__x86_64__) && defined(__LP64__) && defined(__linux__)

#define preempt_text benchmark_text
#define preempt_mcall benchmark_mcall
#define preempt_schedule benchmark_schedule
#define preempt_enter benchmark_enter
#define preempt_g_start benchmark_g_start
#define preempt_g_main benchmark_g_main
#define preempt_initialize_wide benchmark_initialize_wide
#define preempt_enter_runtime benchmark_enter_runtime
#define preempt_current_m_storage benchmark_current_m
#define preempt_enabled_components benchmark_enabled_components
#define preempt_has_zmm benchmark_has_zmm

#include "../CPreempt/mcall_amd64.S"

#endif
