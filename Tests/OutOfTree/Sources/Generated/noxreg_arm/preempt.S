/* Generated from backend noxreg_arm by `preempt generate`; edit Arch/, not this file. */

#if defined(__arm__) && defined(__ARMEL__) && defined(__ARM_PCS_VFP) && defined(__linux__) && defined(PREEMPT_NOXREG) && !defined(PREEMPT_CUSTOM_BACKEND)

	.syntax unified
	.arch armv7-a
	.fpu neon
	.arm

	.section preempt_text, "ax", %progbits

/* d16 live, d16 the widest enabled. */
	.globl preempt_noxreg_arm_entry_d16_in_d16
	.hidden preempt_noxreg_arm_entry_d16_in_d16
	.type preempt_noxreg_arm_entry_d16_in_d16, %function
	.p2align 6
preempt_noxreg_arm_entry_d16_in_d16:
	.cfi_startproc
	.cfi_return_column 15
	.cfi_signal_frame
	.cfi_return_column 15
	.cfi_def_cfa sp, 24
	.cfi_offset 15, -4
	.cfi_offset r11, -8
	.cfi_offset r12, -12
	sub sp, sp, #52
	.cfi_def_cfa sp, 76
	add r11, sp, #68
	.cfi_def_cfa r11, 8
	str r0, [r11, #-20]
	.cfi_offset r0, -28
	str r1, [r11, #-24]
	.cfi_offset r1, -32
	str r2, [r11, #-28]
	.cfi_offset r2, -36
	str r3, [r11, #-32]
	.cfi_offset r3, -40
	str r4, [r11, #-36]
	.cfi_offset r4, -44
	str r5, [r11, #-40]
	.cfi_offset r5, -48
	str r6, [r11, #-44]
	.cfi_offset r6, -52
	str r7, [r11, #-48]
	.cfi_offset r7, -56
	str r8, [r11, #-52]
	.cfi_offset r8, -60
	str r9, [r11, #-56]
	.cfi_offset r9, -64
	str r10, [r11, #-60]
	.cfi_offset r10, -68
	str lr, [r11, #-64]
	.cfi_offset lr, -72
	vmrs r12, fpscr
	str r12, [r11, #-68]
	sub sp, sp, #128
	bic sp, sp, #63
	add r0, sp, #0
	vstr d0, [r0, #0]
	vstr d1, [r0, #8]
	vstr d2, [r0, #16]
	vstr d3, [r0, #24]
	vstr d4, [r0, #32]
	vstr d5, [r0, #40]
	vstr d6, [r0, #48]
	vstr d7, [r0, #56]
	vstr d8, [r0, #64]
	vstr d9, [r0, #72]
	vstr d10, [r0, #80]
	vstr d11, [r0, #88]
	vstr d12, [r0, #96]
	vstr d13, [r0, #104]
	vstr d14, [r0, #112]
	vstr d15, [r0, #120]
	msr APSR_nzcvqg, #0
	mov r12, #0
	vmsr fpscr, r12
	ldr r0, [r11, #-16]
	mov r1, #16
	bl preempt_mcall
	add r0, sp, #0
	vldr d15, [r0, #120]
	vldr d14, [r0, #112]
	vldr d13, [r0, #104]
	vldr d12, [r0, #96]
	vldr d11, [r0, #88]
	vldr d10, [r0, #80]
	vldr d9, [r0, #72]
	vldr d8, [r0, #64]
	vldr d7, [r0, #56]
	vldr d6, [r0, #48]
	vldr d5, [r0, #40]
	vldr d4, [r0, #32]
	vldr d3, [r0, #24]
	vldr d2, [r0, #16]
	vldr d1, [r0, #8]
	vldr d0, [r0, #0]
	ldr r12, [r11, #-68]
	vmsr fpscr, r12
	ldr lr, [r11, #-64]
	.cfi_restore lr
	ldr r10, [r11, #-60]
	.cfi_restore r10
	ldr r9, [r11, #-56]
	.cfi_restore r9
	ldr r8, [r11, #-52]
	.cfi_restore r8
	ldr r7, [r11, #-48]
	.cfi_restore r7
	ldr r6, [r11, #-44]
	.cfi_restore r6
	ldr r5, [r11, #-40]
	.cfi_restore r5
	ldr r4, [r11, #-36]
	.cfi_restore r4
	ldr r3, [r11, #-32]
	.cfi_restore r3
	ldr r2, [r11, #-28]
	.cfi_restore r2
	ldr r1, [r11, #-24]
	.cfi_restore r1
	ldr r0, [r11, #-20]
	.cfi_restore r0
	sub sp, r11, #8
	ldr r12, [sp]
	msr APSR_nzcvqg, r12
	add sp, sp, #4
	ldr r12, [sp], #4
	.cfi_same_value r12
	ldr r11, [sp], #4
	.cfi_def_cfa sp, 4
	.cfi_same_value r11
	ldr pc, [sp], #4	/* bit 0 of the word says which instruction set */
	.cfi_endproc
	.size preempt_noxreg_arm_entry_d16_in_d16, . - preempt_noxreg_arm_entry_d16_in_d16

/* d32 live, d32 the widest enabled. */
	.globl preempt_noxreg_arm_entry_d32_in_d32
	.hidden preempt_noxreg_arm_entry_d32_in_d32
	.type preempt_noxreg_arm_entry_d32_in_d32, %function
	.p2align 6
preempt_noxreg_arm_entry_d32_in_d32:
	.cfi_startproc
	.cfi_return_column 15
	.cfi_signal_frame
	.cfi_return_column 15
	.cfi_def_cfa sp, 24
	.cfi_offset 15, -4
	.cfi_offset r11, -8
	.cfi_offset r12, -12
	sub sp, sp, #52
	.cfi_def_cfa sp, 76
	add r11, sp, #68
	.cfi_def_cfa r11, 8
	str r0, [r11, #-20]
	.cfi_offset r0, -28
	str r1, [r11, #-24]
	.cfi_offset r1, -32
	str r2, [r11, #-28]
	.cfi_offset r2, -36
	str r3, [r11, #-32]
	.cfi_offset r3, -40
	str r4, [r11, #-36]
	.cfi_offset r4, -44
	str r5, [r11, #-40]
	.cfi_offset r5, -48
	str r6, [r11, #-44]
	.cfi_offset r6, -52
	str r7, [r11, #-48]
	.cfi_offset r7, -56
	str r8, [r11, #-52]
	.cfi_offset r8, -60
	str r9, [r11, #-56]
	.cfi_offset r9, -64
	str r10, [r11, #-60]
	.cfi_offset r10, -68
	str lr, [r11, #-64]
	.cfi_offset lr, -72
	vmrs r12, fpscr
	str r12, [r11, #-68]
	sub sp, sp, #256
	bic sp, sp, #63
	add r0, sp, #0
	vstr d0, [r0, #0]
	vstr d1, [r0, #8]
	vstr d2, [r0, #16]
	vstr d3, [r0, #24]
	vstr d4, [r0, #32]
	vstr d5, [r0, #40]
	vstr d6, [r0, #48]
	vstr d7, [r0, #56]
	vstr d8, [r0, #64]
	vstr d9, [r0, #72]
	vstr d10, [r0, #80]
	vstr d11, [r0, #88]
	vstr d12, [r0, #96]
	vstr d13, [r0, #104]
	vstr d14, [r0, #112]
	vstr d15, [r0, #120]
	vstr d16, [r0, #128]
	vstr d17, [r0, #136]
	vstr d18, [r0, #144]
	vstr d19, [r0, #152]
	vstr d20, [r0, #160]
	vstr d21, [r0, #168]
	vstr d22, [r0, #176]
	vstr d23, [r0, #184]
	vstr d24, [r0, #192]
	vstr d25, [r0, #200]
	vstr d26, [r0, #208]
	vstr d27, [r0, #216]
	vstr d28, [r0, #224]
	vstr d29, [r0, #232]
	vstr d30, [r0, #240]
	vstr d31, [r0, #248]
	msr APSR_nzcvqg, #0
	mov r12, #0
	vmsr fpscr, r12
	ldr r0, [r11, #-16]
	mov r1, #17
	bl preempt_mcall
	add r0, sp, #0
	vldr d31, [r0, #248]
	vldr d30, [r0, #240]
	vldr d29, [r0, #232]
	vldr d28, [r0, #224]
	vldr d27, [r0, #216]
	vldr d26, [r0, #208]
	vldr d25, [r0, #200]
	vldr d24, [r0, #192]
	vldr d23, [r0, #184]
	vldr d22, [r0, #176]
	vldr d21, [r0, #168]
	vldr d20, [r0, #160]
	vldr d19, [r0, #152]
	vldr d18, [r0, #144]
	vldr d17, [r0, #136]
	vldr d16, [r0, #128]
	vldr d15, [r0, #120]
	vldr d14, [r0, #112]
	vldr d13, [r0, #104]
	vldr d12, [r0, #96]
	vldr d11, [r0, #88]
	vldr d10, [r0, #80]
	vldr d9, [r0, #72]
	vldr d8, [r0, #64]
	vldr d7, [r0, #56]
	vldr d6, [r0, #48]
	vldr d5, [r0, #40]
	vldr d4, [r0, #32]
	vldr d3, [r0, #24]
	vldr d2, [r0, #16]
	vldr d1, [r0, #8]
	vldr d0, [r0, #0]
	ldr r12, [r11, #-68]
	vmsr fpscr, r12
	ldr lr, [r11, #-64]
	.cfi_restore lr
	ldr r10, [r11, #-60]
	.cfi_restore r10
	ldr r9, [r11, #-56]
	.cfi_restore r9
	ldr r8, [r11, #-52]
	.cfi_restore r8
	ldr r7, [r11, #-48]
	.cfi_restore r7
	ldr r6, [r11, #-44]
	.cfi_restore r6
	ldr r5, [r11, #-40]
	.cfi_restore r5
	ldr r4, [r11, #-36]
	.cfi_restore r4
	ldr r3, [r11, #-32]
	.cfi_restore r3
	ldr r2, [r11, #-28]
	.cfi_restore r2
	ldr r1, [r11, #-24]
	.cfi_restore r1
	ldr r0, [r11, #-20]
	.cfi_restore r0
	sub sp, r11, #8
	ldr r12, [sp]
	msr APSR_nzcvqg, r12
	add sp, sp, #4
	ldr r12, [sp], #4
	.cfi_same_value r12
	ldr r11, [sp], #4
	.cfi_def_cfa sp, 4
	.cfi_same_value r11
	ldr pc, [sp], #4	/* bit 0 of the word says which instruction set */
	.cfi_endproc
	.size preempt_noxreg_arm_entry_d32_in_d32, . - preempt_noxreg_arm_entry_d32_in_d32

#endif
	.section .note.GNU-stack, "", %progbits
