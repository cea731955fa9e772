/* Runs one instruction on a given machine state and says what came of it, in 64-bit or in 32-bit mode. All data has constant
   addresses, below 2 GiB, so that every register can be the instruction's. cpu.py copies the instruction to cpu_slot, which
   is followed by nops: it shares all of this memory, which cpu.c has made executable. */

/* Each register and its word, as the architecture's file lists them; the stack pointer is loaded last. */
#ifdef __x86_64__
#define WORD 8
#define GENERAL(operation) \
	operation(rax, 0); operation(rbx, 1); operation(rcx, 2); operation(rdx, 3); \
	operation(rsi, 4); operation(rdi, 5); operation(rbp, 6); operation(r8, 8); \
	operation(r9, 9); operation(r10, 10); operation(r11, 11); operation(r12, 12); \
	operation(r13, 13); operation(r14, 14); operation(r15, 15); operation(rsp, 7)
#define PUSH pushq
#define POP popq
#define XSAVE xsave64
#define XRSTOR xrstor64
#else
#define WORD 4
#define GENERAL(operation) \
	operation(eax, 0); operation(ecx, 1); operation(edx, 2); operation(ebx, 3); \
	operation(ebp, 5); operation(esi, 6); operation(edi, 7); operation(esp, 4)
#define PUSH pushl
#define POP popl
#define XSAVE xsave
#define XRSTOR xrstor
#endif
#define LOAD(register, word) mov cpu_in + WORD * word, %register
#define STORE(register, word) mov %register, cpu_out + WORD * word
#define LEAVE_CALLER(register, word) mov %register, caller + WORD * word
#define ENTER_CALLER(register, word) mov caller + WORD * word, %register
#define FLAGS 128
#define FSAVE 192
#define EXTENDED 320
#define SHARED(name, byte_count, alignment) \
	.balign alignment; .globl name; .type name, %object; name: .zero byte_count; .size name, byte_count

	.section shared, "aw", %progbits
	.balign 4096
	.globl cpu_shared
cpu_shared:
	.globl cpu_run
	.type cpu_run, %function
cpu_run:
	GENERAL(LEAVE_CALLER)
	stmxcsr caller_mxcsr
	fnstcw caller_fcw
	movl cpu_components, %eax
	andl $-2, %eax	/* x87 by frstor, which loads the last-instruction pointers on every vendor's CPU */
	xorl %edx, %edx
	XRSTOR cpu_in + EXTENDED
	frstor cpu_in + FSAVE
	PUSH cpu_in + FLAGS
	popf
	GENERAL(LOAD)
	.globl cpu_slot
cpu_slot:
	.fill 32, 1, 0x90
	.size cpu_slot, . - cpu_slot
	GENERAL(STORE)
	GENERAL(ENTER_CALLER)
	pushf
	POP cpu_out + FLAGS
	cld
	movl cpu_components, %eax
	xorl %edx, %edx
	XSAVE cpu_out + EXTENDED
	fnsave cpu_out + FSAVE
	ldmxcsr caller_mxcsr
	fldcw caller_fcw
	GENERAL(ENTER_CALLER)
	ret
	.size cpu_run, . - cpu_run

	SHARED(cpu_in, 16384, 4096)
	SHARED(cpu_out, 16384, 4096)
	SHARED(caller, 16 * WORD, WORD)
	SHARED(caller_mxcsr, 4, 4)
	SHARED(caller_fcw, 4, 4)
	SHARED(cpu_mapping, WORD, WORD)
	SHARED(cpu_stack, STACK_BYTE_COUNT, 64)
	SHARED(cpu_area, AREA_BYTE_COUNT, 64)
	SHARED(cpu_constant, 8, 8)
	SHARED(cpu_enabled, 8, 8)
	SHARED(cpu_components, 8, 8)
	SHARED(cpu_component_offsets, 4 * 64, 4)
	SHARED(cpu_words, 7 * WORD, WORD)
	.balign 4096
	.size cpu_shared, . - cpu_shared
	.globl cpu_shared_end
cpu_shared_end:
	.section .note.GNU-stack, "", %progbits
