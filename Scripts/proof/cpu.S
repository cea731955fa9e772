/* Runs one instruction on a given machine state and says what came of it. All data is addressed by rip, so that every
   register can be the instruction's. cpu.py copies the instruction to cpu_slot, which is followed by nops. */

#define GENERAL(operation) \
	operation(rax, 0); operation(rbx, 8); operation(rcx, 16); operation(rdx, 24); \
	operation(rsi, 32); operation(rdi, 40); operation(rbp, 48); operation(r8, 64); \
	operation(r9, 72); operation(r10, 80); operation(r11, 88); operation(r12, 96); \
	operation(r13, 104); operation(r14, 112); operation(r15, 120); operation(rsp, 56)
#define LOAD(register, offset) movq cpu_in + offset(%rip), %register
#define STORE(register, offset) movq %register, cpu_out + offset(%rip)
#define FLAGS 128
#define FSAVE 192
#define XSAVE 320
#define IMAGE 16384

	.text
	.globl cpu_run
	.type cpu_run, @function
cpu_run:
	pushq %rbp
	pushq %rbx
	pushq %r12
	pushq %r13
	pushq %r14
	pushq %r15
	leaq -8(%rsp), %rsp
	stmxcsr (%rsp)
	fnstcw 4(%rsp)
	movq %rsp, host_stack(%rip)
	movl cpu_components(%rip), %eax
	andl $-2, %eax	/* x87 by frstor, which loads the last-instruction pointers on every vendor's CPU */
	xorl %edx, %edx
	xrstor64 cpu_in + XSAVE(%rip)
	frstor cpu_in + FSAVE(%rip)
	pushq cpu_in + FLAGS(%rip)
	popfq
	GENERAL(LOAD)
	.globl cpu_slot, cpu_slot_end
cpu_slot:
	.fill 32, 1, 0x90
cpu_slot_end:
	GENERAL(STORE)
	movq host_stack(%rip), %rsp
	pushfq
	popq cpu_out + FLAGS(%rip)
	cld
	movl cpu_components(%rip), %eax
	xorl %edx, %edx
	xsave64 cpu_out + XSAVE(%rip)
	fnsave cpu_out + FSAVE(%rip)
	ldmxcsr (%rsp)
	fldcw 4(%rsp)
	leaq 8(%rsp), %rsp
	popq %r15
	popq %r14
	popq %r13
	popq %r12
	popq %rbx
	popq %rbp
	ret
	.size cpu_run, . - cpu_run

	.data
	.p2align 6
	.globl cpu_in, cpu_out, cpu_constant, cpu_components
	.protected cpu_in, cpu_out, cpu_constant, cpu_components
cpu_in:
	.zero IMAGE
cpu_out:
	.zero IMAGE
host_stack:
	.quad 0
cpu_constant:
	.quad 0
cpu_components:
	.long 0
	.section .note.GNU-stack, "", @progbits
