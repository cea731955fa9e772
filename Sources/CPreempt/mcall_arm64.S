/* Leaving a G's stack and going back to one, for arm64; see mcall_amd64.S, of which this is the other CPU's. */

#if defined(__aarch64__) && defined(__LP64__) && defined(__AARCH64EL__) && defined(__linux__)

#include "CPreempt.h"

	.section preempt_text, "ax", @progbits

/* The switch frame. Everything a callee keeps is in it: AAPCS64, 6.1.1 and, for the low halves of v8 to v15, 6.1.2; the
   control bits of FPCR, and FPSR, which each G has for itself as its MXCSR has both on amd64. The frame record is at
   its top, where a walk by frame pointers wants it; floating-point registers have no row, which not every unwinder accepts. x0, x1 are left alone: arguments or results. */
	.macro save_switch_frame
	sub sp, sp, #PREEMPT_SWITCH_FRAME_BYTES
	.cfi_def_cfa_offset PREEMPT_SWITCH_FRAME_BYTES
	stp x19, x20, [sp, #16]
	.cfi_offset x19, -160
	.cfi_offset x20, -152
	stp x21, x22, [sp, #32]
	.cfi_offset x21, -144
	.cfi_offset x22, -136
	stp x23, x24, [sp, #48]
	.cfi_offset x23, -128
	.cfi_offset x24, -120
	stp x25, x26, [sp, #64]
	.cfi_offset x25, -112
	.cfi_offset x26, -104
	stp x27, x28, [sp, #80]
	.cfi_offset x27, -96
	.cfi_offset x28, -88
	stp d8, d9, [sp, #96]
	stp d10, d11, [sp, #112]
	stp d12, d13, [sp, #128]
	stp d14, d15, [sp, #144]
	stp x29, x30, [sp, #PREEMPT_SWITCH_FRAME_BASE]
	.cfi_offset x29, -16
	.cfi_offset x30, -8
	mrs x9, fpcr
	mrs x10, fpsr
	stp x9, x10, [sp]
	.endm

/* x0 = M, x1 = reason. Live on the system stack: x19 = the G's stack pointer, which the CFI is based on. */
	.globl preempt_mcall
	.hidden preempt_mcall
	.type preempt_mcall, %function
	.p2align 6
preempt_mcall:
	.cfi_startproc
	.cfi_signal_frame
	save_switch_frame
	mov x19, sp
	.cfi_def_cfa x19, PREEMPT_SWITCH_FRAME_BYTES
	mov x2, x1
	mov x1, sp
	ldr x9, [x0, #PREEMPT_M_SYSTEM_STACK_POINTER]
	sub sp, x9, #PREEMPT_SIGNAL_FRAME_ROOM
	bl preempt_schedule
/* gogo. x0 = stack pointer to go to, with a switch frame on it; x1 = the value to return there. */
.Lgogo:
	mov sp, x0
	.cfi_def_cfa sp, PREEMPT_SWITCH_FRAME_BYTES
	mov x0, x1
	ldp x9, x10, [sp]
	msr fpcr, x9
	msr fpsr, x10
	ldp x19, x20, [sp, #16]
	.cfi_restore x19
	.cfi_restore x20
	ldp x21, x22, [sp, #32]
	.cfi_restore x21
	.cfi_restore x22
	ldp x23, x24, [sp, #48]
	.cfi_restore x23
	.cfi_restore x24
	ldp x25, x26, [sp, #64]
	.cfi_restore x25
	.cfi_restore x26
	ldp x27, x28, [sp, #80]
	.cfi_restore x27
	.cfi_restore x28
	ldp d8, d9, [sp, #96]
	ldp d10, d11, [sp, #112]
	ldp d12, d13, [sp, #128]
	ldp d14, d15, [sp, #144]
	ldp x29, x30, [sp, #PREEMPT_SWITCH_FRAME_BASE]
	.cfi_restore x29
	.cfi_restore x30
	add sp, sp, #PREEMPT_SWITCH_FRAME_BYTES
	.cfi_def_cfa_offset 0
	ret
	.cfi_endproc
	.size preempt_mcall, . - preempt_mcall

/* x0 = M. The same switch frame on the thread's own stack, which from here on is the system stack: every
   preempt_schedule starts below it, and returning to it leaves preempt_enter. */
	.globl preempt_enter
	.hidden preempt_enter
	.type preempt_enter, %function
	.p2align 6
preempt_enter:
	.cfi_startproc
	save_switch_frame
	mov x19, sp	/* .Lgogo's CFA is based on it */
	.cfi_def_cfa x19, PREEMPT_SWITCH_FRAME_BYTES
	str x19, [x0, #PREEMPT_M_SYSTEM_STACK_POINTER]
	mov x1, #0
	mov x2, #0
	sub sp, sp, #PREEMPT_SIGNAL_FRAME_ROOM
	bl preempt_schedule
	b .Lgogo
	.cfi_endproc
	.size preempt_enter, . - preempt_enter

/* x19 = argument. The end of every backtrace: the return address is undefined. */
	.globl preempt_g_start
	.hidden preempt_g_start
	.type preempt_g_start, %function
	.p2align 4
preempt_g_start:
	.cfi_startproc
	.cfi_undefined x30
	mov x29, #0
	mov x0, x19
	bl preempt_g_main
	brk #0
	.cfi_endproc
	.size preempt_g_start, . - preempt_g_start

/* Returns the current G with its depth raised, or NULL. */
	.globl preempt_enter_runtime
	.hidden preempt_enter_runtime
	.type preempt_enter_runtime, %function
	.p2align 4
preempt_enter_runtime:
	.cfi_startproc
	adrp x9, :gottprel:preempt_current_m_storage
	ldr x9, [x9, :gottprel_lo12:preempt_current_m_storage]
	mrs x10, tpidr_el0
	ldr x0, [x10, x9]
	cbz x0, 1f
	ldr x0, [x0, #PREEMPT_M_CURRENT_G]
	cbz x0, 1f
	ldr w9, [x0, #PREEMPT_G_DEPTH]
	add w9, w9, #1
	str w9, [x0, #PREEMPT_G_DEPTH]
1:	ret
	.cfi_endproc
	.size preempt_enter_runtime, . - preempt_enter_runtime

/* Nothing beyond the narrowest class: a task that uses SVE or SME isn't preempted. */
	.globl preempt_initialize_wide
	.hidden preempt_initialize_wide
	.type preempt_initialize_wide, %function
	.p2align 2
preempt_initialize_wide:
	.cfi_startproc
	ret
	.cfi_endproc
	.size preempt_initialize_wide, . - preempt_initialize_wide

#endif
	.section .note.GNU-stack, "", %progbits
