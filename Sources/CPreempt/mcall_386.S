/* Leaving a G's stack and going back to one, for 386; see mcall_amd64.S, of which this is the other mode's. */

#if defined(__i386__) && defined(__linux__)

#include "CPreempt.h"

	.section preempt_text, "ax", @progbits

/* Calls preempt_schedule(m = ecx, stack pointer, reason) on the stack that esp is on, and takes what it returns: the
   psABI (2.2.3) has a structure returned in memory that the caller provides, and its address popped by the callee. */
#define SCHEDULE(stack_pointer, reason) \
	andl $-16, %esp; \
	leal -16(%esp), %esp; \
	movl %esp, %eax; \
	pushl reason; \
	pushl stack_pointer; \
	pushl %ecx; \
	pushl %eax; \
	call preempt_schedule; \
	movl 4(%eax), %ecx; \
	movl (%eax), %eax

/* Arguments: M, reason. Everything a callee keeps is pushed: psABI 2.2.1, the control bits of MXCSR and the x87 control
   word among it. Live on the system stack: ebx = the G's stack pointer, which the CFI is based on. */
	.globl preempt_mcall
	.hidden preempt_mcall
	.type preempt_mcall, @function
	.p2align 6
preempt_mcall:
	.cfi_startproc
	.cfi_signal_frame
	fwait	/* a pending x87 exception is this G's, not the next one's */
	pushl %ebp
	.cfi_def_cfa_offset 8
	.cfi_offset ebp, -8
	pushl %ebx
	.cfi_def_cfa_offset 12
	.cfi_offset ebx, -12
	pushl %esi
	.cfi_def_cfa_offset 16
	.cfi_offset esi, -16
	pushl %edi
	.cfi_def_cfa_offset 20
	.cfi_offset edi, -20
	leal -8(%esp), %esp
	.cfi_def_cfa_offset 28
	stmxcsr (%esp)
	fnstcw 4(%esp)
	movl %esp, %ebx
	.cfi_def_cfa ebx, 28
	movl 28(%ebx), %ecx
	movl PREEMPT_M_SYSTEM_STACK_POINTER(%ecx), %esp
	SCHEDULE(%ebx, 32(%ebx))
/* gogo. eax = stack pointer to go to, with a switch frame on it; ecx = the value to return there. */
.Lgogo:
	movl %eax, %esp
	.cfi_def_cfa esp, 28
	fnstsw %ax
	testw %ax, %ax
	jnz .Lstatus
.Lclean:
	movl %ecx, %eax
	ldmxcsr (%esp)
	fldcw 4(%esp)
	leal 8(%esp), %esp
	.cfi_def_cfa_offset 20
	popl %edi
	.cfi_def_cfa_offset 16
	.cfi_restore edi
	popl %esi
	.cfi_def_cfa_offset 12
	.cfi_restore esi
	popl %ebx
	.cfi_def_cfa_offset 8
	.cfi_restore ebx
	popl %ebp
	.cfi_def_cfa_offset 4
	.cfi_restore ebp
	ret
/* Sticky flags and condition codes of whoever ran before: docs/decisions/0003. Compiled code of 386 computes on x87 and
   leaves some of them set nearly always. */
.Lstatus:
	.cfi_def_cfa esp, 28
	.cfi_offset ebp, -8
	.cfi_offset ebx, -12
	.cfi_offset esi, -16
	.cfi_offset edi, -20
	fninit
	jmp .Lclean
	.cfi_endproc
	.size preempt_mcall, . - preempt_mcall

/* Argument: M. The same switch frame on the thread's own stack, which from here on is the system stack: every
   preempt_schedule starts right below it, and returning to it leaves preempt_enter. */
	.globl preempt_enter
	.hidden preempt_enter
	.type preempt_enter, @function
	.p2align 6
preempt_enter:
	.cfi_startproc
	pushl %ebp
	.cfi_def_cfa_offset 8
	.cfi_offset ebp, -8
	pushl %ebx
	.cfi_def_cfa_offset 12
	.cfi_offset ebx, -12
	pushl %esi
	.cfi_def_cfa_offset 16
	.cfi_offset esi, -16
	pushl %edi
	.cfi_def_cfa_offset 20
	.cfi_offset edi, -20
	leal -8(%esp), %esp
	.cfi_def_cfa_offset 28
	stmxcsr (%esp)
	fnstcw 4(%esp)
	movl %esp, %ebx	/* .Lgogo's CFA is based on it */
	.cfi_def_cfa ebx, 28
	movl 28(%ebx), %ecx
	movl %esp, PREEMPT_M_SYSTEM_STACK_POINTER(%ecx)
	SCHEDULE($0, $0)
	jmp .Lgogo
	.cfi_endproc
	.size preempt_enter, . - preempt_enter

/* ebx = argument. The end of every backtrace: the return address is undefined. */
	.globl preempt_g_start
	.hidden preempt_g_start
	.type preempt_g_start, @function
	.p2align 4
preempt_g_start:
	.cfi_startproc
	.cfi_undefined eip
	xorl %ebp, %ebp
	leal -12(%esp), %esp
	pushl %ebx
	call preempt_g_main
	ud2
	.cfi_endproc
	.size preempt_g_start, . - preempt_g_start

/* Returns the current G with its depth raised, or NULL. Position-independent, as a library's code must be. */
	.globl preempt_enter_runtime
	.hidden preempt_enter_runtime
	.type preempt_enter_runtime, @function
	.p2align 4
preempt_enter_runtime:
	.cfi_startproc
	call 1f
	.cfi_adjust_cfa_offset 4
1:	popl %ecx
	.cfi_adjust_cfa_offset -4
	addl $_GLOBAL_OFFSET_TABLE_ + (. - 1b), %ecx
	movl preempt_current_m_storage@gotntpoff(%ecx), %eax
	movl %gs:(%eax), %eax
	testl %eax, %eax
	jz 2f
	movl PREEMPT_M_CURRENT_G(%eax), %eax
	testl %eax, %eax
	jz 2f
	incl PREEMPT_G_DEPTH(%eax)
2:	ret
	.cfi_endproc
	.size preempt_enter_runtime, . - preempt_enter_runtime

/* Puts what AVX-512 added and the upper halves into their initial state, where the machine has them. preempt_mcall
   needn't: no library of 386 leaves them in use. */
	.globl preempt_initialize_wide
	.hidden preempt_initialize_wide
	.type preempt_initialize_wide, @function
	.p2align 4
preempt_initialize_wide:
	.cfi_startproc
	call 1f
	.cfi_adjust_cfa_offset 4
1:	popl %ecx
	.cfi_adjust_cfa_offset -4
	cmpb $0, preempt_has_zmm - 1b(%ecx)
	je 2f
	vzeroupper
	kxorq %k0, %k0, %k0
	kxorq %k1, %k1, %k1
	kxorq %k2, %k2, %k2
	kxorq %k3, %k3, %k3
	kxorq %k4, %k4, %k4
	kxorq %k5, %k5, %k5
	kxorq %k6, %k6, %k6
	kxorq %k7, %k7, %k7
2:	ret
	.cfi_endproc
	.size preempt_initialize_wide, . - preempt_initialize_wide

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
	pushl %ebx
	.cfi_def_cfa_offset 8
	.cfi_offset ebx, -8
	movl $1, %eax
	xorl %ecx, %ecx
	cpuid
	movl $3, %eax
	xorl %edx, %edx
	btl $27, %ecx
	jnc 2f
	xorl %ecx, %ecx
	xgetbv
	movl %eax, %ecx
	andl $0xe0, %ecx
	call 1f
	.cfi_adjust_cfa_offset 4
1:	popl %ebx
	.cfi_adjust_cfa_offset -4
	cmpl $0xe0, %ecx
	sete preempt_has_zmm - 1b(%ebx)
2:	popl %ebx
	.cfi_def_cfa_offset 4
	.cfi_restore ebx
	ret
	.cfi_endproc
	.size preempt_enabled_components, . - preempt_enabled_components

#endif
	.section .note.GNU-stack, "", @progbits
