/* Leaving a G's stack and going back to one, for amd64.

   All of it lies in the stubs' section: no instruction here is a safe-point. preempt_mcall is a signal frame for
   unwinders because gdb stops with "previous frame inner to this frame" at an ordinary frame whose caller lies
   lower, as it does where the system stack is above the G's. */

#if defined(__x86_64__) && defined(__LP64__) && defined(__linux__)

#include "CPreempt.h"

#if defined(PREEMPT_ADDRESS_SANITIZER) && !defined(preempt_schedule)
#define preempt_schedule preempt_schedule_announced
#endif

	.section preempt_text, "ax", @progbits

/* rdi = M, rsi = reason. Everything a callee keeps is pushed: psABI 3.2.1 and, for the control bits of MXCSR and the
   x87 control word, 3.2.3. Live on the system stack: rbx = the G's stack pointer, which the CFI is based on. */
	.globl preempt_mcall
	.hidden preempt_mcall
	.type preempt_mcall, @function
	.p2align 6
preempt_mcall:
	.cfi_startproc
	.cfi_signal_frame
	fwait	/* a pending x87 exception is this G's, not the next one's */
	pushq %rbp
	.cfi_def_cfa_offset 16
	.cfi_offset rbp, -16
	pushq %rbx
	.cfi_def_cfa_offset 24
	.cfi_offset rbx, -24
	pushq %r12
	.cfi_def_cfa_offset 32
	.cfi_offset r12, -32
	pushq %r13
	.cfi_def_cfa_offset 40
	.cfi_offset r13, -40
	pushq %r14
	.cfi_def_cfa_offset 48
	.cfi_offset r14, -48
	pushq %r15
	.cfi_def_cfa_offset 56
	.cfi_offset r15, -56
	leaq -8(%rsp), %rsp
	.cfi_def_cfa_offset 64
	stmxcsr (%rsp)
	fnstcw 4(%rsp)
	movq %rsp, %rbx
	.cfi_def_cfa rbx, 64
	movq %rsi, %rdx
	movq %rsp, %rsi
	movq PREEMPT_M_SYSTEM_STACK_POINTER(%rdi), %rsp
	call preempt_schedule
/* gogo. rax = stack pointer to go to, with a switch frame on it; rdx = the value to return there. */
.Lgogo:
	movq %rax, %rsp
	.cfi_def_cfa rsp, 64
	fnstsw %ax
	movq %rdx, %rcx
	testw %ax, %ax
	jnz .Lstatus
.Lclean:
	testq %rcx, %rcx
	jnz .Lnarrow	/* after a preemption the stub restores or initialises all of it */
	cmpb $0, preempt_has_zmm(%rip)
	jne .Lwide
.Lnarrow:
	movq %rcx, %rax
	ldmxcsr (%rsp)
	fldcw 4(%rsp)
	leaq 8(%rsp), %rsp
	.cfi_def_cfa_offset 56
	popq %r15
	.cfi_def_cfa_offset 48
	.cfi_restore r15
	popq %r14
	.cfi_def_cfa_offset 40
	.cfi_restore r14
	popq %r13
	.cfi_def_cfa_offset 32
	.cfi_restore r13
	popq %r12
	.cfi_def_cfa_offset 24
	.cfi_restore r12
	popq %rbx
	.cfi_def_cfa_offset 16
	.cfi_restore rbx
	popq %rbp
	.cfi_def_cfa_offset 8
	.cfi_restore rbp
	ret
/* Sticky flags and condition codes of whoever ran before: a task whose x87 was not live must find them zero, and
   fldcw would raise what they leave pending. Out of line, because fninit costs as much as the rest of a switch. */
.Lstatus:
	.cfi_def_cfa rsp, 64
	.cfi_offset rbp, -16
	.cfi_offset rbx, -24
	.cfi_offset r12, -32
	.cfi_offset r13, -40
	.cfi_offset r14, -48
	.cfi_offset r15, -56
	fninit
	jmp .Lclean
.Lwide:
	call preempt_initialize_wide
	jmp .Lnarrow
	.cfi_endproc
	.size preempt_mcall, . - preempt_mcall

/* Puts what AVX-512 added and the upper halves into their initial state, where the machine has them: psABI 3.2.1 lets
   any call clobber them. The C library's string routines leave zmm16 to zmm31 and the masks in use; without this at
   every arrival each task would count as an AVX-512 user from its first preemption on and hold 2,112 bytes. */
	.globl preempt_initialize_wide
	.hidden preempt_initialize_wide
	.type preempt_initialize_wide, @function
	.p2align 4
preempt_initialize_wide:
	.cfi_startproc
	cmpb $0, preempt_has_zmm(%rip)
	je 1f
	vzeroupper
	vpxorq %zmm16, %zmm16, %zmm16
	vpxorq %zmm17, %zmm17, %zmm17
	vpxorq %zmm18, %zmm18, %zmm18
	vpxorq %zmm19, %zmm19, %zmm19
	vpxorq %zmm20, %zmm20, %zmm20
	vpxorq %zmm21, %zmm21, %zmm21
	vpxorq %zmm22, %zmm22, %zmm22
	vpxorq %zmm23, %zmm23, %zmm23
	vpxorq %zmm24, %zmm24, %zmm24
	vpxorq %zmm25, %zmm25, %zmm25
	vpxorq %zmm26, %zmm26, %zmm26
	vpxorq %zmm27, %zmm27, %zmm27
	vpxorq %zmm28, %zmm28, %zmm28
	vpxorq %zmm29, %zmm29, %zmm29
	vpxorq %zmm30, %zmm30, %zmm30
	vpxorq %zmm31, %zmm31, %zmm31
	kxorq %k0, %k0, %k0
	kxorq %k1, %k1, %k1
	kxorq %k2, %k2, %k2
	kxorq %k3, %k3, %k3
	kxorq %k4, %k4, %k4
	kxorq %k5, %k5, %k5
	kxorq %k6, %k6, %k6
	kxorq %k7, %k7, %k7
1:	ret
	.cfi_endproc
	.size preempt_initialize_wide, . - preempt_initialize_wide

/* rdi = M. The same switch frame on the thread's own stack, which from here on is the system stack: every
   preempt_schedule starts right below it, and returning to it leaves preempt_enter. */
	.globl preempt_enter
	.hidden preempt_enter
	.type preempt_enter, @function
	.p2align 6
preempt_enter:
	.cfi_startproc
	pushq %rbp
	.cfi_def_cfa_offset 16
	.cfi_offset rbp, -16
	pushq %rbx
	.cfi_def_cfa_offset 24
	.cfi_offset rbx, -24
	pushq %r12
	.cfi_def_cfa_offset 32
	.cfi_offset r12, -32
	pushq %r13
	.cfi_def_cfa_offset 40
	.cfi_offset r13, -40
	pushq %r14
	.cfi_def_cfa_offset 48
	.cfi_offset r14, -48
	pushq %r15
	.cfi_def_cfa_offset 56
	.cfi_offset r15, -56
	leaq -8(%rsp), %rsp
	.cfi_def_cfa_offset 64
	stmxcsr (%rsp)
	fnstcw 4(%rsp)
	movq %rsp, PREEMPT_M_SYSTEM_STACK_POINTER(%rdi)
	movq %rsp, %rbx	/* .Lgogo's CFA is based on it */
	.cfi_def_cfa rbx, 64
	xorl %esi, %esi
	xorl %edx, %edx
	call preempt_schedule
	jmp .Lgogo
	.cfi_endproc
	.size preempt_enter, . - preempt_enter

/* rbx = argument. The end of every backtrace: the return address is undefined. */
	.globl preempt_g_start
	.hidden preempt_g_start
	.type preempt_g_start, @function
	.p2align 4
preempt_g_start:
	.cfi_startproc
	.cfi_undefined rip
	xorl %ebp, %ebp
	movq %rbx, %rdi
	call preempt_g_main
	ud2
	.cfi_endproc
	.size preempt_g_start, . - preempt_g_start

/* Returns the current G with its depth raised, or NULL. */
	.globl preempt_enter_runtime
	.hidden preempt_enter_runtime
	.type preempt_enter_runtime, @function
	.p2align 4
preempt_enter_runtime:
	.cfi_startproc
	movq preempt_current_m_storage@gottpoff(%rip), %rax
	movq %fs:(%rax), %rax
	testq %rax, %rax
	jz 1f
	movq PREEMPT_M_CURRENT_G(%rax), %rax
	testq %rax, %rax
	jz 1f
	incl PREEMPT_G_DEPTH(%rax)
1:	ret
	.cfi_endproc
	.size preempt_enter_runtime, . - preempt_enter_runtime

/* Whether opmask, ZMM_Hi256 and Hi16_ZMM are enabled; a constant of the machine, written before the first G runs. */
	.section .data.preempt, "aw", @progbits
preempt_has_zmm:
	.byte 0
	.section preempt_text, "ax", @progbits

/* XCR0 where CPUID says the operating system uses XSAVE (leaf 1, ECX bit 27: Intel SDM volume 1, 13.2), else x87, SSE. */
	.globl preempt_enabled_components
	.hidden preempt_enabled_components
	.type preempt_enabled_components, @function
	.p2align 4
preempt_enabled_components:
	.cfi_startproc
	pushq %rbx
	.cfi_def_cfa_offset 16
	.cfi_offset rbx, -16
	movl $1, %eax
	xorl %ecx, %ecx
	cpuid
	btl $27, %ecx
	movl $3, %eax
	jnc 1f
	xorl %ecx, %ecx
	xgetbv
	movl %eax, %ecx
	andl $0xe0, %ecx
	cmpl $0xe0, %ecx
	sete preempt_has_zmm(%rip)
	shlq $32, %rdx
	orq %rdx, %rax
1:	popq %rbx
	.cfi_def_cfa_offset 8
	.cfi_restore rbx
	ret
	.cfi_endproc
	.size preempt_enabled_components, . - preempt_enabled_components

#endif
	.section .note.GNU-stack, "", @progbits
