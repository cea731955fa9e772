/* Generated from backend arm64_x18 by `preempt generate`; edit Arch/, not this file. */

#if defined(__aarch64__) && defined(__LP64__) && defined(__AARCH64EL__) && defined(__linux__) && !defined(PREEMPT_NOXREG) && defined(PREEMPT_RESERVED_REGISTER) && !defined(PREEMPT_CUSTOM_BACKEND)

	.section preempt_text, "ax", %progbits

/* fpsimd live, fpsimd the widest enabled. */
	.globl preempt_arm64_x18_entry_fpsimd_in_fpsimd
	.hidden preempt_arm64_x18_entry_fpsimd_in_fpsimd
	.type preempt_arm64_x18_entry_fpsimd_in_fpsimd, %function
	.p2align 6
preempt_arm64_x18_entry_fpsimd_in_fpsimd:
	.cfi_startproc
	.cfi_return_column 32
	.cfi_signal_frame
	.cfi_return_column 32
	.cfi_def_cfa sp, 48
	.cfi_offset 32, -40
	.cfi_offset x29, -48
	.cfi_offset x30, -24
	sub sp, sp, #240
	.cfi_def_cfa sp, 288
	add x29, sp, #240
	.cfi_def_cfa x29, 48
	str x0, [x29, #-8]
	.cfi_offset x0, -56
	str x1, [x29, #-16]
	.cfi_offset x1, -64
	str x2, [x29, #-24]
	.cfi_offset x2, -72
	str x3, [x29, #-32]
	.cfi_offset x3, -80
	str x4, [x29, #-40]
	.cfi_offset x4, -88
	str x5, [x29, #-48]
	.cfi_offset x5, -96
	str x6, [x29, #-56]
	.cfi_offset x6, -104
	str x7, [x29, #-64]
	.cfi_offset x7, -112
	str x8, [x29, #-72]
	.cfi_offset x8, -120
	str x9, [x29, #-80]
	.cfi_offset x9, -128
	str x10, [x29, #-88]
	.cfi_offset x10, -136
	str x11, [x29, #-96]
	.cfi_offset x11, -144
	str x12, [x29, #-104]
	.cfi_offset x12, -152
	str x13, [x29, #-112]
	.cfi_offset x13, -160
	str x14, [x29, #-120]
	.cfi_offset x14, -168
	str x15, [x29, #-128]
	.cfi_offset x15, -176
	str x16, [x29, #-136]
	.cfi_offset x16, -184
	str x17, [x29, #-144]
	.cfi_offset x17, -192
	str x19, [x29, #-152]
	.cfi_offset x19, -200
	str x20, [x29, #-160]
	.cfi_offset x20, -208
	str x21, [x29, #-168]
	.cfi_offset x21, -216
	str x22, [x29, #-176]
	.cfi_offset x22, -224
	str x23, [x29, #-184]
	.cfi_offset x23, -232
	str x24, [x29, #-192]
	.cfi_offset x24, -240
	str x25, [x29, #-200]
	.cfi_offset x25, -248
	str x26, [x29, #-208]
	.cfi_offset x26, -256
	str x27, [x29, #-216]
	.cfi_offset x27, -264
	str x28, [x29, #-224]
	.cfi_offset x28, -272
	mrs x9, fpcr
	str w9, [x29, #-228]
	mrs x9, fpsr
	str w9, [x29, #-232]
	ldr x0, [x29, #40]
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
	msr fpcr, xzr
	msr fpsr, xzr
	ldr x0, [x29, #32]
	mov x1, #16
	bl preempt_mcall
	ldr q31, [x0, #496]
	ldr q30, [x0, #480]
	ldr q29, [x0, #464]
	ldr q28, [x0, #448]
	ldr q27, [x0, #432]
	ldr q26, [x0, #416]
	ldr q25, [x0, #400]
	ldr q24, [x0, #384]
	ldr q23, [x0, #368]
	ldr q22, [x0, #352]
	ldr q21, [x0, #336]
	ldr q20, [x0, #320]
	ldr q19, [x0, #304]
	ldr q18, [x0, #288]
	ldr q17, [x0, #272]
	ldr q16, [x0, #256]
	ldr q15, [x0, #240]
	ldr q14, [x0, #224]
	ldr q13, [x0, #208]
	ldr q12, [x0, #192]
	ldr q11, [x0, #176]
	ldr q10, [x0, #160]
	ldr q9, [x0, #144]
	ldr q8, [x0, #128]
	ldr q7, [x0, #112]
	ldr q6, [x0, #96]
	ldr q5, [x0, #80]
	ldr q4, [x0, #64]
	ldr q3, [x0, #48]
	ldr q2, [x0, #32]
	ldr q1, [x0, #16]
	ldr q0, [x0]
	ldr x9, [x29, #16]
	msr nzcv, x9
	ldr w9, [x29, #-232]
	msr fpsr, x9
	ldr w9, [x29, #-228]
	msr fpcr, x9
	ldr x28, [x29, #-224]
	.cfi_restore x28
	ldr x27, [x29, #-216]
	.cfi_restore x27
	ldr x26, [x29, #-208]
	.cfi_restore x26
	ldr x25, [x29, #-200]
	.cfi_restore x25
	ldr x24, [x29, #-192]
	.cfi_restore x24
	ldr x23, [x29, #-184]
	.cfi_restore x23
	ldr x22, [x29, #-176]
	.cfi_restore x22
	ldr x21, [x29, #-168]
	.cfi_restore x21
	ldr x20, [x29, #-160]
	.cfi_restore x20
	ldr x19, [x29, #-152]
	.cfi_restore x19
	ldr x17, [x29, #-144]
	.cfi_restore x17
	ldr x16, [x29, #-136]
	.cfi_restore x16
	ldr x15, [x29, #-128]
	.cfi_restore x15
	ldr x14, [x29, #-120]
	.cfi_restore x14
	ldr x13, [x29, #-112]
	.cfi_restore x13
	ldr x12, [x29, #-104]
	.cfi_restore x12
	ldr x11, [x29, #-96]
	.cfi_restore x11
	ldr x10, [x29, #-88]
	.cfi_restore x10
	ldr x9, [x29, #-80]
	.cfi_restore x9
	ldr x8, [x29, #-72]
	.cfi_restore x8
	ldr x7, [x29, #-64]
	.cfi_restore x7
	ldr x6, [x29, #-56]
	.cfi_restore x6
	ldr x5, [x29, #-48]
	.cfi_restore x5
	ldr x4, [x29, #-40]
	.cfi_restore x4
	ldr x3, [x29, #-32]
	.cfi_restore x3
	ldr x2, [x29, #-24]
	.cfi_restore x2
	ldr x1, [x29, #-16]
	.cfi_restore x1
	ldr x0, [x29, #-8]
	.cfi_restore x0
	mov sp, x29
	ldr x30, [x29, #24]
	.cfi_same_value x30
	ldr x29, [x29]
	.cfi_def_cfa sp, 48
	.cfi_same_value x29
	ldr x18, [sp, #8]
	.cfi_register 32, x18
	add sp, sp, #48
	.cfi_def_cfa sp, 0
	ret x18	/* br would have to land on a BTI */
	.cfi_endproc
	.size preempt_arm64_x18_entry_fpsimd_in_fpsimd, . - preempt_arm64_x18_entry_fpsimd_in_fpsimd

#endif
	.section .note.GNU-stack, "", %progbits
