/* Generated from backend arm64_x18 by `preempt generate`; edit Arch/, not this file. */

#if defined(__aarch64__) && defined(__LP64__) && defined(__AARCH64EL__) && defined(__linux__) && !defined(PREEMPT_NOXREG) && defined(PREEMPT_RESERVED_REGISTER) && !defined(PREEMPT_CUSTOM_BACKEND)

	.section preempt_probe, "ax", %progbits

/* Fills fpsimd, stores everything with fpsimd enabled. */
	.globl preempt_arm64_x18_probe_fpsimd_in_fpsimd
	.hidden preempt_arm64_x18_probe_fpsimd_in_fpsimd
	.type preempt_arm64_x18_probe_fpsimd_in_fpsimd, %function
	.p2align 6
preempt_arm64_x18_probe_fpsimd_in_fpsimd:
	.cfi_startproc
	.cfi_return_column 32
	.cfi_return_column 30
	.cfi_def_cfa sp, 0
	hint #38
	adr x9, 1f
	br x9
	1: hint #38
	sub sp, sp, #208
	.cfi_def_cfa sp, 208
	str x19, [sp, #48]
	.cfi_offset x19, -160
	str x20, [sp, #56]
	.cfi_offset x20, -152
	str x21, [sp, #64]
	.cfi_offset x21, -144
	str x22, [sp, #72]
	.cfi_offset x22, -136
	str x23, [sp, #80]
	.cfi_offset x23, -128
	str x24, [sp, #88]
	.cfi_offset x24, -120
	str x25, [sp, #96]
	.cfi_offset x25, -112
	str x26, [sp, #104]
	.cfi_offset x26, -104
	str x27, [sp, #112]
	.cfi_offset x27, -96
	str x28, [sp, #120]
	.cfi_offset x28, -88
	str x29, [sp, #128]
	.cfi_offset x29, -80
	str x30, [sp, #136]
	.cfi_offset x30, -72
	str d8, [sp, #144]
	str d9, [sp, #152]
	str d10, [sp, #160]
	str d11, [sp, #168]
	str d12, [sp, #176]
	str d13, [sp, #184]
	str d14, [sp, #192]
	str d15, [sp, #200]
	mrs x9, fpcr
	str w9, [sp, #40]
	mrs x9, fpsr
	str w9, [sp, #44]
	str x1, [sp]
	str x2, [sp, #8]
	mov x9, #0
	str x9, [sp, #16]
	add x29, x0, #240
	add x0, x0, #320
	ldr x30, [x29, #24]
	ldr x9, [x29, #16]
	msr nzcv, x9	/* every instruction from here on leaves the flags alone */
	ldr q0, [x0]
	ldr q1, [x0, #16]
	ldr q2, [x0, #32]
	ldr q3, [x0, #48]
	ldr q4, [x0, #64]
	ldr q5, [x0, #80]
	ldr q6, [x0, #96]
	ldr q7, [x0, #112]
	ldr q8, [x0, #128]
	ldr q9, [x0, #144]
	ldr q10, [x0, #160]
	ldr q11, [x0, #176]
	ldr q12, [x0, #192]
	ldr q13, [x0, #208]
	ldr q14, [x0, #224]
	ldr q15, [x0, #240]
	ldr q16, [x0, #256]
	ldr q17, [x0, #272]
	ldr q18, [x0, #288]
	ldr q19, [x0, #304]
	ldr q20, [x0, #320]
	ldr q21, [x0, #336]
	ldr q22, [x0, #352]
	ldr q23, [x0, #368]
	ldr q24, [x0, #384]
	ldr q25, [x0, #400]
	ldr q26, [x0, #416]
	ldr q27, [x0, #432]
	ldr q28, [x0, #448]
	ldr q29, [x0, #464]
	ldr q30, [x0, #480]
	ldr q31, [x0, #496]
	ldr w9, [x29, #-232]
	msr fpsr, x9
	ldr w9, [x29, #-228]
	msr fpcr, x9
	ldr x28, [x29, #-224]
	ldr x27, [x29, #-216]
	ldr x26, [x29, #-208]
	ldr x25, [x29, #-200]
	ldr x24, [x29, #-192]
	ldr x23, [x29, #-184]
	ldr x22, [x29, #-176]
	ldr x21, [x29, #-168]
	ldr x20, [x29, #-160]
	ldr x19, [x29, #-152]
	ldr x17, [x29, #-144]
	ldr x16, [x29, #-136]
	ldr x15, [x29, #-128]
	ldr x14, [x29, #-120]
	ldr x13, [x29, #-112]
	ldr x12, [x29, #-104]
	ldr x11, [x29, #-96]
	ldr x10, [x29, #-88]
	ldr x9, [x29, #-80]
	ldr x8, [x29, #-72]
	ldr x7, [x29, #-64]
	ldr x6, [x29, #-56]
	ldr x5, [x29, #-48]
	ldr x4, [x29, #-40]
	ldr x3, [x29, #-32]
	ldr x2, [x29, #-24]
	ldr x1, [x29, #-16]
	ldr x0, [x29, #-8]
	ldr x29, [x29]
	.globl preempt_arm64_x18_probe_fpsimd_in_fpsimd_loop
	.hidden preempt_arm64_x18_probe_fpsimd_in_fpsimd_loop
preempt_arm64_x18_probe_fpsimd_in_fpsimd_loop:
	1:
	str x9, [sp, #24]	/* pattern out */
	ldr x9, [sp, #16]	/* path in */
	add x9, x9, #1
	b.pl 2f
	add x9, x9, #2
	2:
	b.ne 2f
	add x9, x9, #4
	2:
	b.cc 2f
	add x9, x9, #8
	2:
	b.vc 2f
	add x9, x9, #16
	2:
	str x9, [sp, #16]
	ldr x9, [sp, #8]	/* counter in */
	sub x9, x9, #1
	and x9, x9, #0xffff	/* no counter is larger, whatever was done to x9 */
	str x9, [sp, #8]
	cbz x9, 3f
	ldr x9, [sp, #24]	/* pattern in */
	b 1b
	3:
	ldr x9, [sp, #24]
	.globl preempt_arm64_x18_probe_fpsimd_in_fpsimd_loop_end
	.hidden preempt_arm64_x18_probe_fpsimd_in_fpsimd_loop_end
preempt_arm64_x18_probe_fpsimd_in_fpsimd_loop_end:
	str x9, [sp, #24]
	ldr x9, [sp]
	str x29, [x9, #240]
	add x29, x9, #240
	str x30, [x29, #24]
	mrs x9, nzcv
	str x9, [x29, #16]
	ldr x9, [sp, #24]
	str x0, [x29, #-8]
	str x1, [x29, #-16]
	str x2, [x29, #-24]
	str x3, [x29, #-32]
	str x4, [x29, #-40]
	str x5, [x29, #-48]
	str x6, [x29, #-56]
	str x7, [x29, #-64]
	str x8, [x29, #-72]
	str x9, [x29, #-80]
	str x10, [x29, #-88]
	str x11, [x29, #-96]
	str x12, [x29, #-104]
	str x13, [x29, #-112]
	str x14, [x29, #-120]
	str x15, [x29, #-128]
	str x16, [x29, #-136]
	str x17, [x29, #-144]
	str x19, [x29, #-152]
	str x20, [x29, #-160]
	str x21, [x29, #-168]
	str x22, [x29, #-176]
	str x23, [x29, #-184]
	str x24, [x29, #-192]
	str x25, [x29, #-200]
	str x26, [x29, #-208]
	str x27, [x29, #-216]
	str x28, [x29, #-224]
	mrs x9, fpcr
	str w9, [x29, #-228]
	mrs x9, fpsr
	str w9, [x29, #-232]
	add x0, x29, #80
	str q0, [x0]
	str q1, [x0, #16]
	str q2, [x0, #32]
	str q3, [x0, #48]
	str q4, [x0, #64]
	str q5, [x0, #80]
	str q6, [x0, #96]
	str q7, [x0, #112]
	str q8, [x0, #128]
	str q9, [x0, #144]
	str q10, [x0, #160]
	str q11, [x0, #176]
	str q12, [x0, #192]
	str q13, [x0, #208]
	str q14, [x0, #224]
	str q15, [x0, #240]
	str q16, [x0, #256]
	str q17, [x0, #272]
	str q18, [x0, #288]
	str q19, [x0, #304]
	str q20, [x0, #320]
	str q21, [x0, #336]
	str q22, [x0, #352]
	str q23, [x0, #368]
	str q24, [x0, #384]
	str q25, [x0, #400]
	str q26, [x0, #416]
	str q27, [x0, #432]
	str q28, [x0, #448]
	str q29, [x0, #464]
	str q30, [x0, #480]
	str q31, [x0, #496]
	msr nzcv, xzr
	ldr w9, [sp, #40]
	msr fpcr, x9
	ldr w9, [sp, #44]
	msr fpsr, x9
	ldr x0, [sp, #16]
	ldr d15, [sp, #200]
	ldr d14, [sp, #192]
	ldr d13, [sp, #184]
	ldr d12, [sp, #176]
	ldr d11, [sp, #168]
	ldr d10, [sp, #160]
	ldr d9, [sp, #152]
	ldr d8, [sp, #144]
	ldr x30, [sp, #136]
	.cfi_restore x30
	ldr x29, [sp, #128]
	.cfi_restore x29
	ldr x28, [sp, #120]
	.cfi_restore x28
	ldr x27, [sp, #112]
	.cfi_restore x27
	ldr x26, [sp, #104]
	.cfi_restore x26
	ldr x25, [sp, #96]
	.cfi_restore x25
	ldr x24, [sp, #88]
	.cfi_restore x24
	ldr x23, [sp, #80]
	.cfi_restore x23
	ldr x22, [sp, #72]
	.cfi_restore x22
	ldr x21, [sp, #64]
	.cfi_restore x21
	ldr x20, [sp, #56]
	.cfi_restore x20
	ldr x19, [sp, #48]
	.cfi_restore x19
	add sp, sp, #208
	.cfi_def_cfa sp, 0
	ret
	.cfi_endproc
	.size preempt_arm64_x18_probe_fpsimd_in_fpsimd, . - preempt_arm64_x18_probe_fpsimd_in_fpsimd

	.section preempt_probe_support, "ax", %progbits

/* Called in place of preempt_mcall: leaves the task's stack, comes back, and goes on to a poison routine. */
	.globl preempt_arm64_x18_park
	.hidden preempt_arm64_x18_park
	.type preempt_arm64_x18_park, %function
	.p2align 6
preempt_arm64_x18_park:
	.cfi_startproc
	.cfi_return_column 32
	.cfi_signal_frame
	.cfi_return_column 30
	.cfi_def_cfa sp, 0
	sub sp, sp, #48
	.cfi_def_cfa sp, 48
	str x29, [sp, #24]
	.cfi_offset x29, -24
	str x30, [sp, #40]
	.cfi_offset x30, -8
	add x9, sp, #48
	str x9, [sp, #16]
	mov x29, sp
	.cfi_def_cfa x29, 48
	ldr x9, [x0]
	mov sp, x9
	mov x2, x29
	ldr x9, [x0, #8]
	blr x9
	mov sp, x29
	str x0, [sp, #32]
	ldr x9, [sp, #8]
	ret x9	/* br would have to land on a BTI */
	.cfi_endproc
	.size preempt_arm64_x18_park, . - preempt_arm64_x18_park

/* Poison with fpsimd enabled. */
	.globl preempt_arm64_x18_poison_fpsimd
	.hidden preempt_arm64_x18_poison_fpsimd
	.type preempt_arm64_x18_poison_fpsimd, %function
	.p2align 6
preempt_arm64_x18_poison_fpsimd:
	.cfi_startproc
	.cfi_return_column 32
	.cfi_signal_frame
	.cfi_return_column 30
	.cfi_def_cfa x29, 48
	.cfi_offset x29, -24
	.cfi_offset x30, -8
	ldr x0, [sp]
	add x29, x0, #240
	.cfi_def_cfa sp, 48
	add x0, x0, #320
	ldr x9, [x29, #16]
	msr nzcv, x9	/* every instruction from here on leaves the flags alone */
	ldr q0, [x0]
	ldr q1, [x0, #16]
	ldr q2, [x0, #32]
	ldr q3, [x0, #48]
	ldr q4, [x0, #64]
	ldr q5, [x0, #80]
	ldr q6, [x0, #96]
	ldr q7, [x0, #112]
	ldr q8, [x0, #128]
	ldr q9, [x0, #144]
	ldr q10, [x0, #160]
	ldr q11, [x0, #176]
	ldr q12, [x0, #192]
	ldr q13, [x0, #208]
	ldr q14, [x0, #224]
	ldr q15, [x0, #240]
	ldr q16, [x0, #256]
	ldr q17, [x0, #272]
	ldr q18, [x0, #288]
	ldr q19, [x0, #304]
	ldr q20, [x0, #320]
	ldr q21, [x0, #336]
	ldr q22, [x0, #352]
	ldr q23, [x0, #368]
	ldr q24, [x0, #384]
	ldr q25, [x0, #400]
	ldr q26, [x0, #416]
	ldr q27, [x0, #432]
	ldr q28, [x0, #448]
	ldr q29, [x0, #464]
	ldr q30, [x0, #480]
	ldr q31, [x0, #496]
	ldr w9, [x29, #-232]
	msr fpsr, x9
	ldr w9, [x29, #-228]
	msr fpcr, x9
	ldr x28, [x29, #-224]
	ldr x27, [x29, #-216]
	ldr x26, [x29, #-208]
	ldr x25, [x29, #-200]
	ldr x24, [x29, #-192]
	ldr x23, [x29, #-184]
	ldr x22, [x29, #-176]
	ldr x21, [x29, #-168]
	ldr x20, [x29, #-160]
	ldr x19, [x29, #-152]
	ldr x17, [x29, #-144]
	ldr x16, [x29, #-136]
	ldr x15, [x29, #-128]
	ldr x14, [x29, #-120]
	ldr x13, [x29, #-112]
	ldr x12, [x29, #-104]
	ldr x11, [x29, #-96]
	ldr x10, [x29, #-88]
	ldr x9, [x29, #-80]
	ldr x8, [x29, #-72]
	ldr x7, [x29, #-64]
	ldr x6, [x29, #-56]
	ldr x5, [x29, #-48]
	ldr x4, [x29, #-40]
	ldr x3, [x29, #-32]
	ldr x2, [x29, #-24]
	ldr x1, [x29, #-16]
	ldr x0, [x29, #-8]
	ldr x0, [sp, #32]
	ldr x30, [sp, #40]
	.cfi_same_value x30
	ldr x29, [sp, #24]
	.cfi_same_value x29
	add sp, sp, #48
	.cfi_def_cfa sp, 0
	ret
	.cfi_endproc
	.size preempt_arm64_x18_poison_fpsimd, . - preempt_arm64_x18_poison_fpsimd

/* Initial state of what is wider than the narrowest class, with fpsimd enabled. */
	.globl preempt_arm64_x18_initialize_fpsimd
	.hidden preempt_arm64_x18_initialize_fpsimd
	.type preempt_arm64_x18_initialize_fpsimd, %function
	.p2align 6
preempt_arm64_x18_initialize_fpsimd:
	.cfi_startproc
	.cfi_return_column 32
	.cfi_return_column 30
	.cfi_def_cfa sp, 0
	ret
	.cfi_endproc
	.size preempt_arm64_x18_initialize_fpsimd, . - preempt_arm64_x18_initialize_fpsimd

/* State components that the operating system enabled. */
	.globl preempt_arm64_x18_enabled_components
	.hidden preempt_arm64_x18_enabled_components
	.type preempt_arm64_x18_enabled_components, %function
	.p2align 6
preempt_arm64_x18_enabled_components:
	.cfi_startproc
	.cfi_return_column 32
	.cfi_return_column 30
	.cfi_def_cfa sp, 0
	and x0, x0, #3
	ret
	.cfi_endproc
	.size preempt_arm64_x18_enabled_components, . - preempt_arm64_x18_enabled_components

#endif
	.section .note.GNU-stack, "", %progbits
