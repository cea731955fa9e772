/* The generated stubs once more, under other names, with a callee of two instructions: a stub alone can be timed. */

#if defined(__x86_64__) && defined(__LP64__) && defined(__linux__)

#define preempt_text benchmark_text
#define preempt_mcall benchmark_callee
#define preempt_amd64_mxcsr benchmark_mxcsr
#define preempt_amd64_fcw benchmark_fcw
#define preempt_noxreg_mxcsr benchmark_mxcsr
#define preempt_noxreg_fcw benchmark_fcw

#if defined(PREEMPT_NOXREG)
#define RENAMED(class, widest) benchmark_entry_##class##_in_##widest
#define preempt_noxreg_entry_sse_in_sse RENAMED(sse, sse)
#define preempt_noxreg_entry_sse_in_avx RENAMED(sse, avx)
#define preempt_noxreg_entry_sse_in_avx512 RENAMED(sse, avx512)
#define preempt_noxreg_entry_sse_x87_in_sse RENAMED(sse_x87, sse)
#define preempt_noxreg_entry_sse_x87_in_avx RENAMED(sse_x87, avx)
#define preempt_noxreg_entry_sse_x87_in_avx512 RENAMED(sse_x87, avx512)
#define preempt_noxreg_entry_avx_in_avx RENAMED(avx, avx)
#define preempt_noxreg_entry_avx_in_avx512 RENAMED(avx, avx512)
#define preempt_noxreg_entry_avx_x87_in_avx RENAMED(avx_x87, avx)
#define preempt_noxreg_entry_avx_x87_in_avx512 RENAMED(avx_x87, avx512)
#define preempt_noxreg_entry_avx512_in_avx512 RENAMED(avx512, avx512)
#define preempt_noxreg_entry_avx512_x87_in_avx512 RENAMED(avx512_x87, avx512)
#include "../CPreempt/generated/noxreg/preempt.S"
#else
#define RENAMED(class, widest) benchmark_entry_##class##_in_##widest
#define preempt_amd64_entry_sse_in_sse RENAMED(sse, sse)
#define preempt_amd64_entry_sse_in_avx RENAMED(sse, avx)
#define preempt_amd64_entry_sse_in_avx512 RENAMED(sse, avx512)
#define preempt_amd64_entry_sse_x87_in_sse RENAMED(sse_x87, sse)
#define preempt_amd64_entry_sse_x87_in_avx RENAMED(sse_x87, avx)
#define preempt_amd64_entry_sse_x87_in_avx512 RENAMED(sse_x87, avx512)
#define preempt_amd64_entry_avx_in_avx RENAMED(avx, avx)
#define preempt_amd64_entry_avx_in_avx512 RENAMED(avx, avx512)
#define preempt_amd64_entry_avx_x87_in_avx RENAMED(avx_x87, avx)
#define preempt_amd64_entry_avx_x87_in_avx512 RENAMED(avx_x87, avx512)
#define preempt_amd64_entry_avx512_in_avx512 RENAMED(avx512, avx512)
#define preempt_amd64_entry_avx512_x87_in_avx512 RENAMED(avx512_x87, avx512)
#include "../CPreempt/generated/amd64/preempt.S"
#endif

	.section benchmark_text, "ax", @progbits

/* rdi = what the stub found in the frame's word for the switch context: here the save area, which it wants back. */
	.globl benchmark_callee
	.hidden benchmark_callee
	.type benchmark_callee, @function
	.p2align 6
benchmark_callee:
	movq %rdi, %rax
	ret
	.size benchmark_callee, . - benchmark_callee

/* rdi = entry, rsi = area, rdx = times. Over a stub, which gives every register back: rbx = times left, r12 = entry,
   r13 = area. */
	.globl benchmark_enter_stub
	.hidden benchmark_enter_stub
	.type benchmark_enter_stub, @function
	.p2align 6
benchmark_enter_stub:
	pushq %rbx
	pushq %r12
	pushq %r13
	movq %rdx, %rbx
	movq %rdi, %r12
	movq %rsi, %r13
	.p2align 6
1:	leaq 2f(%rip), %rax
	leaq -128(%rsp), %rsp
	pushq %rax
	pushq %rbp
	pushq $0x202
	pushq %r13
	pushq %r13
	jmp *%r12
	.p2align 6
2:	decq %rbx
	jnz 1b
	popq %r13
	popq %r12
	popq %rbx
	ret
	.size benchmark_enter_stub, . - benchmark_enter_stub

#endif
	.section .note.GNU-stack, "", @progbits
