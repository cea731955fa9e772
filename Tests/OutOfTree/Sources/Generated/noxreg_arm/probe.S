/* Generated from backend noxreg_arm by `preempt generate`; edit Arch/, not this file. */

#if defined(__arm__) && defined(__ARMEL__) && defined(__ARM_PCS_VFP) && defined(__linux__) && defined(PREEMPT_NOXREG) && !defined(PREEMPT_CUSTOM_BACKEND)

	.syntax unified
	.arch armv7-a
	.fpu neon
	.arm

	.section preempt_probe, "ax", %progbits

/* Fills d16, stores everything with d16 enabled. */
	.globl preempt_noxreg_arm_probe_d16_in_d16
	.hidden preempt_noxreg_arm_probe_d16_in_d16
	.type preempt_noxreg_arm_probe_d16_in_d16, %function
	.p2align 6
preempt_noxreg_arm_probe_d16_in_d16:
	.cfi_startproc
	.cfi_return_column 15
	.cfi_return_column 14
	.cfi_def_cfa sp, 0
	sub sp, sp, #128
	.cfi_def_cfa sp, 128
	str r4, [sp, #24]
	.cfi_offset r4, -104
	str r5, [sp, #28]
	.cfi_offset r5, -100
	str r6, [sp, #32]
	.cfi_offset r6, -96
	str r7, [sp, #36]
	.cfi_offset r7, -92
	str r8, [sp, #40]
	.cfi_offset r8, -88
	str r9, [sp, #44]
	.cfi_offset r9, -84
	str r10, [sp, #48]
	.cfi_offset r10, -80
	str r11, [sp, #52]
	.cfi_offset r11, -76
	str lr, [sp, #56]
	.cfi_offset lr, -72
	vstr d8, [sp, #64]
	vstr d9, [sp, #72]
	vstr d10, [sp, #80]
	vstr d11, [sp, #88]
	vstr d12, [sp, #96]
	vstr d13, [sp, #104]
	vstr d14, [sp, #112]
	vstr d15, [sp, #120]
	vmrs r12, fpscr
	str r12, [sp, #20]
	str r1, [sp, #0]
	str r2, [sp, #4]
	mov r12, #0
	str r12, [sp, #8]
	add r11, r0, #68
	add r0, r0, #128
	ldr r12, [r11, #-8]
	msr APSR_nzcvqg, r12	/* every instruction from here on leaves the flags alone */
	vldr d0, [r0, #0]
	vldr d1, [r0, #8]
	vldr d2, [r0, #16]
	vldr d3, [r0, #24]
	vldr d4, [r0, #32]
	vldr d5, [r0, #40]
	vldr d6, [r0, #48]
	vldr d7, [r0, #56]
	vldr d8, [r0, #64]
	vldr d9, [r0, #72]
	vldr d10, [r0, #80]
	vldr d11, [r0, #88]
	vldr d12, [r0, #96]
	vldr d13, [r0, #104]
	vldr d14, [r0, #112]
	vldr d15, [r0, #120]
	ldr r12, [r11, #-68]
	vmsr fpscr, r12
	ldr lr, [r11, #-64]
	ldr r10, [r11, #-60]
	ldr r9, [r11, #-56]
	ldr r8, [r11, #-52]
	ldr r7, [r11, #-48]
	ldr r6, [r11, #-44]
	ldr r5, [r11, #-40]
	ldr r4, [r11, #-36]
	ldr r3, [r11, #-32]
	ldr r2, [r11, #-28]
	ldr r1, [r11, #-24]
	ldr r0, [r11, #-20]
	ldr r12, [r11, #-4]
	ldr r11, [r11, #0]
	.globl preempt_noxreg_arm_probe_d16_in_d16_loop
	.hidden preempt_noxreg_arm_probe_d16_in_d16_loop
preempt_noxreg_arm_probe_d16_in_d16_loop:
	1:
	str r12, [sp, #12]	/* pattern out */
	ldr r12, [sp, #8]	/* path in */
	add r12, r12, #1
	bpl 2f
	add r12, r12, #2
	2:
	bne 2f
	add r12, r12, #4
	2:
	bcc 2f
	add r12, r12, #8
	2:
	bvc 2f
	add r12, r12, #16
	2:
	str r12, [sp, #8]
	ldr r12, [sp, #4]	/* counter in */
	sub r12, r12, #1
	uxth r12, r12	/* no counter is larger, whatever was done to r12 */
	str r12, [sp, #4]
	clz r12, r12
	lsr r12, r12, #5
	sub r12, r12, #1
	add pc, pc, r12, lsl #2	/* pc is two instructions ahead */
	b 4f
	b 3f
	4:
	ldr r12, [sp, #12]	/* pattern in */
	b 1b
	3:
	ldr r12, [sp, #12]
	.globl preempt_noxreg_arm_probe_d16_in_d16_loop_end
	.hidden preempt_noxreg_arm_probe_d16_in_d16_loop_end
preempt_noxreg_arm_probe_d16_in_d16_loop_end:
	str r12, [sp, #12]
	ldr r12, [sp, #0]
	str r11, [r12, #68]
	add r11, r12, #68
	mrs r12, APSR
	str r12, [r11, #-8]
	ldr r12, [sp, #12]
	str r12, [r11, #-4]
	str r0, [r11, #-20]
	str r1, [r11, #-24]
	str r2, [r11, #-28]
	str r3, [r11, #-32]
	str r4, [r11, #-36]
	str r5, [r11, #-40]
	str r6, [r11, #-44]
	str r7, [r11, #-48]
	str r8, [r11, #-52]
	str r9, [r11, #-56]
	str r10, [r11, #-60]
	str lr, [r11, #-64]
	vmrs r12, fpscr
	str r12, [r11, #-68]
	add r0, r11, #60
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
	ldr r12, [sp, #20]
	vmsr fpscr, r12
	ldr r0, [sp, #8]
	mov r1, #0
	vldr d15, [sp, #120]
	vldr d14, [sp, #112]
	vldr d13, [sp, #104]
	vldr d12, [sp, #96]
	vldr d11, [sp, #88]
	vldr d10, [sp, #80]
	vldr d9, [sp, #72]
	vldr d8, [sp, #64]
	ldr lr, [sp, #56]
	.cfi_restore lr
	ldr r11, [sp, #52]
	.cfi_restore r11
	ldr r10, [sp, #48]
	.cfi_restore r10
	ldr r9, [sp, #44]
	.cfi_restore r9
	ldr r8, [sp, #40]
	.cfi_restore r8
	ldr r7, [sp, #36]
	.cfi_restore r7
	ldr r6, [sp, #32]
	.cfi_restore r6
	ldr r5, [sp, #28]
	.cfi_restore r5
	ldr r4, [sp, #24]
	.cfi_restore r4
	add sp, sp, #128
	.cfi_def_cfa sp, 0
	bx lr
	.cfi_endproc
	.size preempt_noxreg_arm_probe_d16_in_d16, . - preempt_noxreg_arm_probe_d16_in_d16

/* Fills d16, stores everything with d32 enabled. */
	.globl preempt_noxreg_arm_probe_d16_in_d32
	.hidden preempt_noxreg_arm_probe_d16_in_d32
	.type preempt_noxreg_arm_probe_d16_in_d32, %function
	.p2align 6
preempt_noxreg_arm_probe_d16_in_d32:
	.cfi_startproc
	.cfi_return_column 15
	.cfi_return_column 14
	.cfi_def_cfa sp, 0
	mov r12, #0
	vmov d16, r12, r12
	mov r12, #0
	vmov d17, r12, r12
	mov r12, #0
	vmov d18, r12, r12
	mov r12, #0
	vmov d19, r12, r12
	mov r12, #0
	vmov d20, r12, r12
	mov r12, #0
	vmov d21, r12, r12
	mov r12, #0
	vmov d22, r12, r12
	mov r12, #0
	vmov d23, r12, r12
	mov r12, #0
	vmov d24, r12, r12
	mov r12, #0
	vmov d25, r12, r12
	mov r12, #0
	vmov d26, r12, r12
	mov r12, #0
	vmov d27, r12, r12
	mov r12, #0
	vmov d28, r12, r12
	mov r12, #0
	vmov d29, r12, r12
	mov r12, #0
	vmov d30, r12, r12
	mov r12, #0
	vmov d31, r12, r12
	sub sp, sp, #128
	.cfi_def_cfa sp, 128
	str r4, [sp, #24]
	.cfi_offset r4, -104
	str r5, [sp, #28]
	.cfi_offset r5, -100
	str r6, [sp, #32]
	.cfi_offset r6, -96
	str r7, [sp, #36]
	.cfi_offset r7, -92
	str r8, [sp, #40]
	.cfi_offset r8, -88
	str r9, [sp, #44]
	.cfi_offset r9, -84
	str r10, [sp, #48]
	.cfi_offset r10, -80
	str r11, [sp, #52]
	.cfi_offset r11, -76
	str lr, [sp, #56]
	.cfi_offset lr, -72
	vstr d8, [sp, #64]
	vstr d9, [sp, #72]
	vstr d10, [sp, #80]
	vstr d11, [sp, #88]
	vstr d12, [sp, #96]
	vstr d13, [sp, #104]
	vstr d14, [sp, #112]
	vstr d15, [sp, #120]
	vmrs r12, fpscr
	str r12, [sp, #20]
	str r1, [sp, #0]
	str r2, [sp, #4]
	mov r12, #0
	str r12, [sp, #8]
	add r11, r0, #68
	add r0, r0, #128
	ldr r12, [r11, #-8]
	msr APSR_nzcvqg, r12	/* every instruction from here on leaves the flags alone */
	vldr d0, [r0, #0]
	vldr d1, [r0, #8]
	vldr d2, [r0, #16]
	vldr d3, [r0, #24]
	vldr d4, [r0, #32]
	vldr d5, [r0, #40]
	vldr d6, [r0, #48]
	vldr d7, [r0, #56]
	vldr d8, [r0, #64]
	vldr d9, [r0, #72]
	vldr d10, [r0, #80]
	vldr d11, [r0, #88]
	vldr d12, [r0, #96]
	vldr d13, [r0, #104]
	vldr d14, [r0, #112]
	vldr d15, [r0, #120]
	ldr r12, [r11, #-68]
	vmsr fpscr, r12
	ldr lr, [r11, #-64]
	ldr r10, [r11, #-60]
	ldr r9, [r11, #-56]
	ldr r8, [r11, #-52]
	ldr r7, [r11, #-48]
	ldr r6, [r11, #-44]
	ldr r5, [r11, #-40]
	ldr r4, [r11, #-36]
	ldr r3, [r11, #-32]
	ldr r2, [r11, #-28]
	ldr r1, [r11, #-24]
	ldr r0, [r11, #-20]
	ldr r12, [r11, #-4]
	ldr r11, [r11, #0]
	.globl preempt_noxreg_arm_probe_d16_in_d32_loop
	.hidden preempt_noxreg_arm_probe_d16_in_d32_loop
preempt_noxreg_arm_probe_d16_in_d32_loop:
	1:
	str r12, [sp, #12]	/* pattern out */
	ldr r12, [sp, #8]	/* path in */
	add r12, r12, #1
	bpl 2f
	add r12, r12, #2
	2:
	bne 2f
	add r12, r12, #4
	2:
	bcc 2f
	add r12, r12, #8
	2:
	bvc 2f
	add r12, r12, #16
	2:
	str r12, [sp, #8]
	ldr r12, [sp, #4]	/* counter in */
	sub r12, r12, #1
	uxth r12, r12	/* no counter is larger, whatever was done to r12 */
	str r12, [sp, #4]
	clz r12, r12
	lsr r12, r12, #5
	sub r12, r12, #1
	add pc, pc, r12, lsl #2	/* pc is two instructions ahead */
	b 4f
	b 3f
	4:
	ldr r12, [sp, #12]	/* pattern in */
	b 1b
	3:
	ldr r12, [sp, #12]
	.globl preempt_noxreg_arm_probe_d16_in_d32_loop_end
	.hidden preempt_noxreg_arm_probe_d16_in_d32_loop_end
preempt_noxreg_arm_probe_d16_in_d32_loop_end:
	str r12, [sp, #12]
	ldr r12, [sp, #0]
	str r11, [r12, #68]
	add r11, r12, #68
	mrs r12, APSR
	str r12, [r11, #-8]
	ldr r12, [sp, #12]
	str r12, [r11, #-4]
	str r0, [r11, #-20]
	str r1, [r11, #-24]
	str r2, [r11, #-28]
	str r3, [r11, #-32]
	str r4, [r11, #-36]
	str r5, [r11, #-40]
	str r6, [r11, #-44]
	str r7, [r11, #-48]
	str r8, [r11, #-52]
	str r9, [r11, #-56]
	str r10, [r11, #-60]
	str lr, [r11, #-64]
	vmrs r12, fpscr
	str r12, [r11, #-68]
	add r0, r11, #60
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
	mov r12, #0
	vmov d16, r12, r12
	mov r12, #0
	vmov d17, r12, r12
	mov r12, #0
	vmov d18, r12, r12
	mov r12, #0
	vmov d19, r12, r12
	mov r12, #0
	vmov d20, r12, r12
	mov r12, #0
	vmov d21, r12, r12
	mov r12, #0
	vmov d22, r12, r12
	mov r12, #0
	vmov d23, r12, r12
	mov r12, #0
	vmov d24, r12, r12
	mov r12, #0
	vmov d25, r12, r12
	mov r12, #0
	vmov d26, r12, r12
	mov r12, #0
	vmov d27, r12, r12
	mov r12, #0
	vmov d28, r12, r12
	mov r12, #0
	vmov d29, r12, r12
	mov r12, #0
	vmov d30, r12, r12
	mov r12, #0
	vmov d31, r12, r12
	msr APSR_nzcvqg, #0
	ldr r12, [sp, #20]
	vmsr fpscr, r12
	ldr r0, [sp, #8]
	mov r1, #0
	vldr d15, [sp, #120]
	vldr d14, [sp, #112]
	vldr d13, [sp, #104]
	vldr d12, [sp, #96]
	vldr d11, [sp, #88]
	vldr d10, [sp, #80]
	vldr d9, [sp, #72]
	vldr d8, [sp, #64]
	ldr lr, [sp, #56]
	.cfi_restore lr
	ldr r11, [sp, #52]
	.cfi_restore r11
	ldr r10, [sp, #48]
	.cfi_restore r10
	ldr r9, [sp, #44]
	.cfi_restore r9
	ldr r8, [sp, #40]
	.cfi_restore r8
	ldr r7, [sp, #36]
	.cfi_restore r7
	ldr r6, [sp, #32]
	.cfi_restore r6
	ldr r5, [sp, #28]
	.cfi_restore r5
	ldr r4, [sp, #24]
	.cfi_restore r4
	add sp, sp, #128
	.cfi_def_cfa sp, 0
	bx lr
	.cfi_endproc
	.size preempt_noxreg_arm_probe_d16_in_d32, . - preempt_noxreg_arm_probe_d16_in_d32

/* Fills d32, stores everything with d32 enabled. */
	.globl preempt_noxreg_arm_probe_d32_in_d32
	.hidden preempt_noxreg_arm_probe_d32_in_d32
	.type preempt_noxreg_arm_probe_d32_in_d32, %function
	.p2align 6
preempt_noxreg_arm_probe_d32_in_d32:
	.cfi_startproc
	.cfi_return_column 15
	.cfi_return_column 14
	.cfi_def_cfa sp, 0
	mov r12, #0
	vmov d16, r12, r12
	mov r12, #0
	vmov d17, r12, r12
	mov r12, #0
	vmov d18, r12, r12
	mov r12, #0
	vmov d19, r12, r12
	mov r12, #0
	vmov d20, r12, r12
	mov r12, #0
	vmov d21, r12, r12
	mov r12, #0
	vmov d22, r12, r12
	mov r12, #0
	vmov d23, r12, r12
	mov r12, #0
	vmov d24, r12, r12
	mov r12, #0
	vmov d25, r12, r12
	mov r12, #0
	vmov d26, r12, r12
	mov r12, #0
	vmov d27, r12, r12
	mov r12, #0
	vmov d28, r12, r12
	mov r12, #0
	vmov d29, r12, r12
	mov r12, #0
	vmov d30, r12, r12
	mov r12, #0
	vmov d31, r12, r12
	sub sp, sp, #128
	.cfi_def_cfa sp, 128
	str r4, [sp, #24]
	.cfi_offset r4, -104
	str r5, [sp, #28]
	.cfi_offset r5, -100
	str r6, [sp, #32]
	.cfi_offset r6, -96
	str r7, [sp, #36]
	.cfi_offset r7, -92
	str r8, [sp, #40]
	.cfi_offset r8, -88
	str r9, [sp, #44]
	.cfi_offset r9, -84
	str r10, [sp, #48]
	.cfi_offset r10, -80
	str r11, [sp, #52]
	.cfi_offset r11, -76
	str lr, [sp, #56]
	.cfi_offset lr, -72
	vstr d8, [sp, #64]
	vstr d9, [sp, #72]
	vstr d10, [sp, #80]
	vstr d11, [sp, #88]
	vstr d12, [sp, #96]
	vstr d13, [sp, #104]
	vstr d14, [sp, #112]
	vstr d15, [sp, #120]
	vmrs r12, fpscr
	str r12, [sp, #20]
	str r1, [sp, #0]
	str r2, [sp, #4]
	mov r12, #0
	str r12, [sp, #8]
	add r11, r0, #68
	add r0, r0, #128
	ldr r12, [r11, #-8]
	msr APSR_nzcvqg, r12	/* every instruction from here on leaves the flags alone */
	vldr d0, [r0, #0]
	vldr d1, [r0, #8]
	vldr d2, [r0, #16]
	vldr d3, [r0, #24]
	vldr d4, [r0, #32]
	vldr d5, [r0, #40]
	vldr d6, [r0, #48]
	vldr d7, [r0, #56]
	vldr d8, [r0, #64]
	vldr d9, [r0, #72]
	vldr d10, [r0, #80]
	vldr d11, [r0, #88]
	vldr d12, [r0, #96]
	vldr d13, [r0, #104]
	vldr d14, [r0, #112]
	vldr d15, [r0, #120]
	vldr d16, [r0, #128]
	vldr d17, [r0, #136]
	vldr d18, [r0, #144]
	vldr d19, [r0, #152]
	vldr d20, [r0, #160]
	vldr d21, [r0, #168]
	vldr d22, [r0, #176]
	vldr d23, [r0, #184]
	vldr d24, [r0, #192]
	vldr d25, [r0, #200]
	vldr d26, [r0, #208]
	vldr d27, [r0, #216]
	vldr d28, [r0, #224]
	vldr d29, [r0, #232]
	vldr d30, [r0, #240]
	vldr d31, [r0, #248]
	ldr r12, [r11, #-68]
	vmsr fpscr, r12
	ldr lr, [r11, #-64]
	ldr r10, [r11, #-60]
	ldr r9, [r11, #-56]
	ldr r8, [r11, #-52]
	ldr r7, [r11, #-48]
	ldr r6, [r11, #-44]
	ldr r5, [r11, #-40]
	ldr r4, [r11, #-36]
	ldr r3, [r11, #-32]
	ldr r2, [r11, #-28]
	ldr r1, [r11, #-24]
	ldr r0, [r11, #-20]
	ldr r12, [r11, #-4]
	ldr r11, [r11, #0]
	.globl preempt_noxreg_arm_probe_d32_in_d32_loop
	.hidden preempt_noxreg_arm_probe_d32_in_d32_loop
preempt_noxreg_arm_probe_d32_in_d32_loop:
	1:
	str r12, [sp, #12]	/* pattern out */
	ldr r12, [sp, #8]	/* path in */
	add r12, r12, #1
	bpl 2f
	add r12, r12, #2
	2:
	bne 2f
	add r12, r12, #4
	2:
	bcc 2f
	add r12, r12, #8
	2:
	bvc 2f
	add r12, r12, #16
	2:
	str r12, [sp, #8]
	ldr r12, [sp, #4]	/* counter in */
	sub r12, r12, #1
	uxth r12, r12	/* no counter is larger, whatever was done to r12 */
	str r12, [sp, #4]
	clz r12, r12
	lsr r12, r12, #5
	sub r12, r12, #1
	add pc, pc, r12, lsl #2	/* pc is two instructions ahead */
	b 4f
	b 3f
	4:
	ldr r12, [sp, #12]	/* pattern in */
	b 1b
	3:
	ldr r12, [sp, #12]
	.globl preempt_noxreg_arm_probe_d32_in_d32_loop_end
	.hidden preempt_noxreg_arm_probe_d32_in_d32_loop_end
preempt_noxreg_arm_probe_d32_in_d32_loop_end:
	str r12, [sp, #12]
	ldr r12, [sp, #0]
	str r11, [r12, #68]
	add r11, r12, #68
	mrs r12, APSR
	str r12, [r11, #-8]
	ldr r12, [sp, #12]
	str r12, [r11, #-4]
	str r0, [r11, #-20]
	str r1, [r11, #-24]
	str r2, [r11, #-28]
	str r3, [r11, #-32]
	str r4, [r11, #-36]
	str r5, [r11, #-40]
	str r6, [r11, #-44]
	str r7, [r11, #-48]
	str r8, [r11, #-52]
	str r9, [r11, #-56]
	str r10, [r11, #-60]
	str lr, [r11, #-64]
	vmrs r12, fpscr
	str r12, [r11, #-68]
	add r0, r11, #60
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
	mov r12, #0
	vmov d16, r12, r12
	mov r12, #0
	vmov d17, r12, r12
	mov r12, #0
	vmov d18, r12, r12
	mov r12, #0
	vmov d19, r12, r12
	mov r12, #0
	vmov d20, r12, r12
	mov r12, #0
	vmov d21, r12, r12
	mov r12, #0
	vmov d22, r12, r12
	mov r12, #0
	vmov d23, r12, r12
	mov r12, #0
	vmov d24, r12, r12
	mov r12, #0
	vmov d25, r12, r12
	mov r12, #0
	vmov d26, r12, r12
	mov r12, #0
	vmov d27, r12, r12
	mov r12, #0
	vmov d28, r12, r12
	mov r12, #0
	vmov d29, r12, r12
	mov r12, #0
	vmov d30, r12, r12
	mov r12, #0
	vmov d31, r12, r12
	msr APSR_nzcvqg, #0
	ldr r12, [sp, #20]
	vmsr fpscr, r12
	ldr r0, [sp, #8]
	mov r1, #0
	vldr d15, [sp, #120]
	vldr d14, [sp, #112]
	vldr d13, [sp, #104]
	vldr d12, [sp, #96]
	vldr d11, [sp, #88]
	vldr d10, [sp, #80]
	vldr d9, [sp, #72]
	vldr d8, [sp, #64]
	ldr lr, [sp, #56]
	.cfi_restore lr
	ldr r11, [sp, #52]
	.cfi_restore r11
	ldr r10, [sp, #48]
	.cfi_restore r10
	ldr r9, [sp, #44]
	.cfi_restore r9
	ldr r8, [sp, #40]
	.cfi_restore r8
	ldr r7, [sp, #36]
	.cfi_restore r7
	ldr r6, [sp, #32]
	.cfi_restore r6
	ldr r5, [sp, #28]
	.cfi_restore r5
	ldr r4, [sp, #24]
	.cfi_restore r4
	add sp, sp, #128
	.cfi_def_cfa sp, 0
	bx lr
	.cfi_endproc
	.size preempt_noxreg_arm_probe_d32_in_d32, . - preempt_noxreg_arm_probe_d32_in_d32

	.section preempt_probe_support, "ax", %progbits

/* Called in place of preempt_mcall: leaves the task's stack, comes back, and goes on to a poison routine. */
	.globl preempt_noxreg_arm_park
	.hidden preempt_noxreg_arm_park
	.type preempt_noxreg_arm_park, %function
	.p2align 6
preempt_noxreg_arm_park:
	.cfi_startproc
	.cfi_return_column 15
	.cfi_signal_frame
	.cfi_return_column 14
	.cfi_def_cfa sp, 0
	sub sp, sp, #24
	.cfi_def_cfa sp, 24
	str r11, [sp, #12]
	.cfi_offset r11, -12
	str lr, [sp, #20]
	.cfi_offset lr, -4
	add r12, sp, #24
	str r12, [sp, #8]
	add r11, sp, #0
	.cfi_def_cfa r11, 24
	ldr r12, [r0, #0]
	add sp, r12, #0
	add r2, r11, #0
	ldr r12, [r0, #4]
	blx r12
	add sp, r11, #0
	str r0, [sp, #16]
	ldr r12, [sp, #4]
	bx r12
	.cfi_endproc
	.size preempt_noxreg_arm_park, . - preempt_noxreg_arm_park

/* Poison with d16 enabled. */
	.globl preempt_noxreg_arm_poison_d16
	.hidden preempt_noxreg_arm_poison_d16
	.type preempt_noxreg_arm_poison_d16, %function
	.p2align 6
preempt_noxreg_arm_poison_d16:
	.cfi_startproc
	.cfi_return_column 15
	.cfi_signal_frame
	.cfi_return_column 14
	.cfi_def_cfa r11, 24
	.cfi_offset r11, -12
	.cfi_offset lr, -4
	ldr r0, [sp, #0]
	add r11, r0, #68
	.cfi_def_cfa sp, 24
	add r0, r0, #128
	ldr r12, [r11, #-8]
	msr APSR_nzcvqg, r12	/* every instruction from here on leaves the flags alone */
	vldr d0, [r0, #0]
	vldr d1, [r0, #8]
	vldr d2, [r0, #16]
	vldr d3, [r0, #24]
	vldr d4, [r0, #32]
	vldr d5, [r0, #40]
	vldr d6, [r0, #48]
	vldr d7, [r0, #56]
	vldr d8, [r0, #64]
	vldr d9, [r0, #72]
	vldr d10, [r0, #80]
	vldr d11, [r0, #88]
	vldr d12, [r0, #96]
	vldr d13, [r0, #104]
	vldr d14, [r0, #112]
	vldr d15, [r0, #120]
	ldr r12, [r11, #-68]
	vmsr fpscr, r12
	ldr lr, [r11, #-64]
	ldr r10, [r11, #-60]
	ldr r9, [r11, #-56]
	ldr r8, [r11, #-52]
	ldr r7, [r11, #-48]
	ldr r6, [r11, #-44]
	ldr r5, [r11, #-40]
	ldr r4, [r11, #-36]
	ldr r3, [r11, #-32]
	ldr r2, [r11, #-28]
	ldr r1, [r11, #-24]
	ldr r0, [r11, #-20]
	ldr r0, [sp, #16]
	ldr lr, [sp, #20]
	.cfi_same_value lr
	ldr r11, [sp, #12]
	.cfi_same_value r11
	add sp, sp, #24
	.cfi_def_cfa sp, 0
	bx lr
	.cfi_endproc
	.size preempt_noxreg_arm_poison_d16, . - preempt_noxreg_arm_poison_d16

/* Poison with d32 enabled. */
	.globl preempt_noxreg_arm_poison_d32
	.hidden preempt_noxreg_arm_poison_d32
	.type preempt_noxreg_arm_poison_d32, %function
	.p2align 6
preempt_noxreg_arm_poison_d32:
	.cfi_startproc
	.cfi_return_column 15
	.cfi_signal_frame
	.cfi_return_column 14
	.cfi_def_cfa r11, 24
	.cfi_offset r11, -12
	.cfi_offset lr, -4
	ldr r0, [sp, #0]
	add r11, r0, #68
	.cfi_def_cfa sp, 24
	add r0, r0, #128
	ldr r12, [r11, #-8]
	msr APSR_nzcvqg, r12	/* every instruction from here on leaves the flags alone */
	vldr d0, [r0, #0]
	vldr d1, [r0, #8]
	vldr d2, [r0, #16]
	vldr d3, [r0, #24]
	vldr d4, [r0, #32]
	vldr d5, [r0, #40]
	vldr d6, [r0, #48]
	vldr d7, [r0, #56]
	vldr d8, [r0, #64]
	vldr d9, [r0, #72]
	vldr d10, [r0, #80]
	vldr d11, [r0, #88]
	vldr d12, [r0, #96]
	vldr d13, [r0, #104]
	vldr d14, [r0, #112]
	vldr d15, [r0, #120]
	vldr d16, [r0, #128]
	vldr d17, [r0, #136]
	vldr d18, [r0, #144]
	vldr d19, [r0, #152]
	vldr d20, [r0, #160]
	vldr d21, [r0, #168]
	vldr d22, [r0, #176]
	vldr d23, [r0, #184]
	vldr d24, [r0, #192]
	vldr d25, [r0, #200]
	vldr d26, [r0, #208]
	vldr d27, [r0, #216]
	vldr d28, [r0, #224]
	vldr d29, [r0, #232]
	vldr d30, [r0, #240]
	vldr d31, [r0, #248]
	ldr r12, [r11, #-68]
	vmsr fpscr, r12
	ldr lr, [r11, #-64]
	ldr r10, [r11, #-60]
	ldr r9, [r11, #-56]
	ldr r8, [r11, #-52]
	ldr r7, [r11, #-48]
	ldr r6, [r11, #-44]
	ldr r5, [r11, #-40]
	ldr r4, [r11, #-36]
	ldr r3, [r11, #-32]
	ldr r2, [r11, #-28]
	ldr r1, [r11, #-24]
	ldr r0, [r11, #-20]
	ldr r0, [sp, #16]
	ldr lr, [sp, #20]
	.cfi_same_value lr
	ldr r11, [sp, #12]
	.cfi_same_value r11
	add sp, sp, #24
	.cfi_def_cfa sp, 0
	bx lr
	.cfi_endproc
	.size preempt_noxreg_arm_poison_d32, . - preempt_noxreg_arm_poison_d32

/* Initial state of what is wider than the narrowest class, with d16 enabled. */
	.globl preempt_noxreg_arm_initialize_d16
	.hidden preempt_noxreg_arm_initialize_d16
	.type preempt_noxreg_arm_initialize_d16, %function
	.p2align 6
preempt_noxreg_arm_initialize_d16:
	.cfi_startproc
	.cfi_return_column 15
	.cfi_return_column 14
	.cfi_def_cfa sp, 0
	bx lr
	.cfi_endproc
	.size preempt_noxreg_arm_initialize_d16, . - preempt_noxreg_arm_initialize_d16

/* Initial state of what is wider than the narrowest class, with d32 enabled. */
	.globl preempt_noxreg_arm_initialize_d32
	.hidden preempt_noxreg_arm_initialize_d32
	.type preempt_noxreg_arm_initialize_d32, %function
	.p2align 6
preempt_noxreg_arm_initialize_d32:
	.cfi_startproc
	.cfi_return_column 15
	.cfi_return_column 14
	.cfi_def_cfa sp, 0
	mov r12, #0
	vmov d16, r12, r12
	mov r12, #0
	vmov d17, r12, r12
	mov r12, #0
	vmov d18, r12, r12
	mov r12, #0
	vmov d19, r12, r12
	mov r12, #0
	vmov d20, r12, r12
	mov r12, #0
	vmov d21, r12, r12
	mov r12, #0
	vmov d22, r12, r12
	mov r12, #0
	vmov d23, r12, r12
	mov r12, #0
	vmov d24, r12, r12
	mov r12, #0
	vmov d25, r12, r12
	mov r12, #0
	vmov d26, r12, r12
	mov r12, #0
	vmov d27, r12, r12
	mov r12, #0
	vmov d28, r12, r12
	mov r12, #0
	vmov d29, r12, r12
	mov r12, #0
	vmov d30, r12, r12
	mov r12, #0
	vmov d31, r12, r12
	bx lr
	.cfi_endproc
	.size preempt_noxreg_arm_initialize_d32, . - preempt_noxreg_arm_initialize_d32

/* State components that the operating system enabled. */
	.globl preempt_noxreg_arm_enabled_components
	.hidden preempt_noxreg_arm_enabled_components
	.type preempt_noxreg_arm_enabled_components, %function
	.p2align 6
preempt_noxreg_arm_enabled_components:
	.cfi_startproc
	.cfi_return_column 15
	.cfi_return_column 14
	.cfi_def_cfa sp, 0
	movw r2, #:lower16:524352
	movt r2, #:upper16:524352
	and r0, r0, r2
	mov r1, #0
	bx lr
	.cfi_endproc
	.size preempt_noxreg_arm_enabled_components, . - preempt_noxreg_arm_enabled_components

	.section preempt_probe_misalign_stack, "ax", %progbits

/* A stack pointer that isn't aligned. */
	.globl preempt_noxreg_arm_misalign_stack
	.hidden preempt_noxreg_arm_misalign_stack
	.type preempt_noxreg_arm_misalign_stack, %function
	.p2align 6
preempt_noxreg_arm_misalign_stack:
	.cfi_startproc
	.cfi_return_column 15
	.cfi_return_column 14
	.cfi_def_cfa sp, 0
	sub sp, sp, #12
	.cfi_def_cfa sp, 12
	str r0, [sp, #4]
	ldr r0, [sp, #4]
	add r0, r0, #3
	add sp, sp, #12
	.cfi_def_cfa sp, 0
	bx lr
	.cfi_endproc
	.size preempt_noxreg_arm_misalign_stack, . - preempt_noxreg_arm_misalign_stack

#endif
	.section .note.GNU-stack, "", %progbits
