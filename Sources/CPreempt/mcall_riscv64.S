/* Leaving a G's stack and going back to one, for riscv64; see mcall_amd64.S, of which this is the other CPU's. */

#if defined(__riscv) && __riscv_xlen == 64 && defined(__riscv_float_abi_double) && defined(__linux__)

#include "CPreempt.h"

	.section preempt_text, "ax", @progbits

/* The switch frame. Everything a callee keeps is in it: psABI, "Integer Register Convention", "Floating-point Register
   Convention"; and fcsr, which each G has for itself. The frame record is at its top; floating-point registers have no row, which not every unwinder accepts. a0 to a2 are left alone:
   arguments or results. */
	.macro save_switch_frame
	addi sp, sp, -PREEMPT_SWITCH_FRAME_BYTES
	.cfi_def_cfa_offset PREEMPT_SWITCH_FRAME_BYTES
	sd s1, 8(sp)
	.cfi_offset s1, -200
	sd s2, 16(sp)
	.cfi_offset s2, -192
	sd s3, 24(sp)
	.cfi_offset s3, -184
	sd s4, 32(sp)
	.cfi_offset s4, -176
	sd s5, 40(sp)
	.cfi_offset s5, -168
	sd s6, 48(sp)
	.cfi_offset s6, -160
	sd s7, 56(sp)
	.cfi_offset s7, -152
	sd s8, 64(sp)
	.cfi_offset s8, -144
	sd s9, 72(sp)
	.cfi_offset s9, -136
	sd s10, 80(sp)
	.cfi_offset s10, -128
	sd s11, 88(sp)
	.cfi_offset s11, -120
	fsd fs0, 96(sp)
	fsd fs1, 104(sp)
	fsd fs2, 112(sp)
	fsd fs3, 120(sp)
	fsd fs4, 128(sp)
	fsd fs5, 136(sp)
	fsd fs6, 144(sp)
	fsd fs7, 152(sp)
	fsd fs8, 160(sp)
	fsd fs9, 168(sp)
	fsd fs10, 176(sp)
	fsd fs11, 184(sp)
	sd s0, PREEMPT_SWITCH_FRAME_BASE(sp)
	.cfi_offset s0, -16
	sd ra, PREEMPT_SWITCH_FRAME_RETURN(sp)
	.cfi_offset ra, -8
	frcsr t0
	sd t0, 0(sp)
	.endm

/* a0 = M, a1 = reason. Live on the system stack: s1 = the G's stack pointer, which the CFI is based on. */
	.globl preempt_mcall
	.hidden preempt_mcall
	.type preempt_mcall, @function
	.p2align 6
preempt_mcall:
	.cfi_startproc
	.cfi_signal_frame
	save_switch_frame
	mv s1, sp
	.cfi_def_cfa s1, PREEMPT_SWITCH_FRAME_BYTES
	mv a2, a1
	mv a1, sp
	ld sp, PREEMPT_M_SYSTEM_STACK_POINTER(a0)
	li t0, PREEMPT_SIGNAL_FRAME_ROOM
	sub sp, sp, t0
	call preempt_schedule
/* gogo. a0 = stack pointer to go to, with a switch frame on it; a1 = the value to return there. */
.Lgogo:
	mv sp, a0
	.cfi_def_cfa sp, PREEMPT_SWITCH_FRAME_BYTES
	mv a0, a1
	ld t0, 0(sp)
	fscsr t0
	ld s1, 8(sp)
	.cfi_restore s1
	ld s2, 16(sp)
	.cfi_restore s2
	ld s3, 24(sp)
	.cfi_restore s3
	ld s4, 32(sp)
	.cfi_restore s4
	ld s5, 40(sp)
	.cfi_restore s5
	ld s6, 48(sp)
	.cfi_restore s6
	ld s7, 56(sp)
	.cfi_restore s7
	ld s8, 64(sp)
	.cfi_restore s8
	ld s9, 72(sp)
	.cfi_restore s9
	ld s10, 80(sp)
	.cfi_restore s10
	ld s11, 88(sp)
	.cfi_restore s11
	fld fs0, 96(sp)
	fld fs1, 104(sp)
	fld fs2, 112(sp)
	fld fs3, 120(sp)
	fld fs4, 128(sp)
	fld fs5, 136(sp)
	fld fs6, 144(sp)
	fld fs7, 152(sp)
	fld fs8, 160(sp)
	fld fs9, 168(sp)
	fld fs10, 176(sp)
	fld fs11, 184(sp)
	ld s0, PREEMPT_SWITCH_FRAME_BASE(sp)
	.cfi_restore s0
	ld ra, PREEMPT_SWITCH_FRAME_RETURN(sp)
	.cfi_restore ra
	addi sp, sp, PREEMPT_SWITCH_FRAME_BYTES
	.cfi_def_cfa_offset 0
	ret
	.cfi_endproc
	.size preempt_mcall, . - preempt_mcall

/* a0 = M. The same switch frame on the thread's own stack, which from here on is the system stack: every
   preempt_schedule starts below it, and returning to it leaves preempt_enter. */
	.globl preempt_enter
	.hidden preempt_enter
	.type preempt_enter, @function
	.p2align 6
preempt_enter:
	.cfi_startproc
	save_switch_frame
	mv s1, sp	/* .Lgogo's CFA is based on it */
	.cfi_def_cfa s1, PREEMPT_SWITCH_FRAME_BYTES
	sd sp, PREEMPT_M_SYSTEM_STACK_POINTER(a0)
	li a1, 0
	li a2, 0
	li t0, PREEMPT_SIGNAL_FRAME_ROOM
	sub sp, sp, t0
	call preempt_schedule
	j .Lgogo
	.cfi_endproc
	.size preempt_enter, . - preempt_enter

/* s1 = argument. The end of every backtrace: the return address is undefined. */
	.globl preempt_g_start
	.hidden preempt_g_start
	.type preempt_g_start, @function
	.p2align 4
preempt_g_start:
	.cfi_startproc
	.cfi_undefined ra
	li s0, 0
	mv a0, s1
	call preempt_g_main
	unimp
	.cfi_endproc
	.size preempt_g_start, . - preempt_g_start

/* Returns the current G with its depth raised, or NULL. */
	.globl preempt_enter_runtime
	.hidden preempt_enter_runtime
	.type preempt_enter_runtime, @function
	.p2align 4
preempt_enter_runtime:
	.cfi_startproc
	la.tls.ie a0, preempt_current_m_storage
	add a0, a0, tp
	ld a0, 0(a0)
	beqz a0, 1f
	ld a0, PREEMPT_M_CURRENT_G(a0)
	beqz a0, 1f
	lw t0, PREEMPT_G_DEPTH(a0)
	addi t0, t0, 1
	sw t0, PREEMPT_G_DEPTH(a0)
1:	ret
	.cfi_endproc
	.size preempt_enter_runtime, . - preempt_enter_runtime

/* Nothing beyond the narrowest class: a task that uses V isn't preempted. */
	.globl preempt_initialize_wide
	.hidden preempt_initialize_wide
	.type preempt_initialize_wide, @function
	.p2align 2
preempt_initialize_wide:
	.cfi_startproc
	ret
	.cfi_endproc
	.size preempt_initialize_wide, . - preempt_initialize_wide

#endif
	.section .note.GNU-stack, "", @progbits
