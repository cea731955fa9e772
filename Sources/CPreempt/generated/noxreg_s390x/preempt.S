/* Generated from backend noxreg_s390x by `preempt generate`; edit Arch/, not this file. */

#if defined(__s390x__) && defined(__LP64__) && defined(__linux__) && defined(PREEMPT_NOXREG) && !defined(PREEMPT_CUSTOM_BACKEND)

	.machine z14

	.section preempt_text, "ax", %progbits

/* fp live, fp the widest enabled. */
	.globl preempt_noxreg_s390x_entry_fp_in_fp
	.hidden preempt_noxreg_s390x_entry_fp_in_fp
	.type preempt_noxreg_s390x_entry_fp_in_fp, %function
	.p2align 6
preempt_noxreg_s390x_entry_fp_in_fp:
	.cfi_startproc
	.cfi_return_column 32
	.cfi_signal_frame
	.cfi_return_column 32
	.cfi_def_cfa r15, 48
	.cfi_offset 32, -40
	.cfi_offset r11, -48
	.cfi_offset r15, -24
	.cfi_same_value r0
	.cfi_same_value r1
	.cfi_same_value r2
	.cfi_same_value r3
	.cfi_same_value r4
	.cfi_same_value r5
	.cfi_same_value r14
	lay %r15, -120(%r15)
	.cfi_def_cfa r15, 168
	lay %r11, 120(%r15)
	.cfi_def_cfa r11, 48
	stg %r0, -8(%r11)
	.cfi_offset r0, -56
	stg %r1, -16(%r11)
	.cfi_offset r1, -64
	stg %r2, -24(%r11)
	.cfi_offset r2, -72
	stg %r3, -32(%r11)
	.cfi_offset r3, -80
	stg %r4, -40(%r11)
	.cfi_offset r4, -88
	stg %r5, -48(%r11)
	.cfi_offset r5, -96
	stg %r6, -56(%r11)
	.cfi_offset r6, -104
	stg %r7, -64(%r11)
	.cfi_offset r7, -112
	stg %r8, -72(%r11)
	.cfi_offset r8, -120
	stg %r9, -80(%r11)
	.cfi_offset r9, -128
	stg %r10, -88(%r11)
	.cfi_offset r10, -136
	stg %r12, -96(%r11)
	.cfi_offset r12, -144
	stg %r13, -104(%r11)
	.cfi_offset r13, -152
	stg %r14, -112(%r11)
	.cfi_offset r14, -160
	efpc %r1
	sty %r1, -116(%r11)
	lay %r15, -192(%r15)
	nill %r15, 65472
	lay %r2, 0(%r15)
	std %f0, 0(%r2)
	std %f1, 8(%r2)
	std %f2, 16(%r2)
	std %f3, 24(%r2)
	std %f4, 32(%r2)
	std %f5, 40(%r2)
	std %f6, 48(%r2)
	std %f7, 56(%r2)
	std %f8, 64(%r2)
	std %f9, 72(%r2)
	std %f10, 80(%r2)
	std %f11, 88(%r2)
	std %f12, 96(%r2)
	std %f13, 104(%r2)
	std %f14, 112(%r2)
	std %f15, 120(%r2)
	stam %a2, %a15, 128(%r2)
	lghi %r1, 0
	spm %r1	/* 1.2.1: a callee finds pm cleared */
	sfpc %r1
	lay %r15, -160(%r15)
	lg %r2, 32(%r11)
	lghi %r3, 16
	brasl %r14, preempt_mcall
	lay %r2, 160(%r15)
	lam %a2, %a15, 128(%r2)
	ld %f15, 120(%r2)
	ld %f14, 112(%r2)
	ld %f13, 104(%r2)
	ld %f12, 96(%r2)
	ld %f11, 88(%r2)
	ld %f10, 80(%r2)
	ld %f9, 72(%r2)
	ld %f8, 64(%r2)
	ld %f7, 56(%r2)
	ld %f6, 48(%r2)
	ld %f5, 40(%r2)
	ld %f4, 32(%r2)
	ld %f3, 24(%r2)
	ld %f2, 16(%r2)
	ld %f1, 8(%r2)
	ld %f0, 0(%r2)
	lg %r1, 16(%r11)
	srlg %r1, %r1, 16
	spm %r1
	ly %r1, -116(%r11)
	sfpc %r1
	lg %r14, -112(%r11)
	.cfi_restore r14
	lg %r13, -104(%r11)
	.cfi_restore r13
	lg %r12, -96(%r11)
	.cfi_restore r12
	lg %r10, -88(%r11)
	.cfi_restore r10
	lg %r9, -80(%r11)
	.cfi_restore r9
	lg %r8, -72(%r11)
	.cfi_restore r8
	lg %r7, -64(%r11)
	.cfi_restore r7
	lg %r6, -56(%r11)
	.cfi_restore r6
	lg %r5, -48(%r11)
	.cfi_restore r5
	lg %r4, -40(%r11)
	.cfi_restore r4
	lg %r3, -32(%r11)
	.cfi_restore r3
	lg %r2, -24(%r11)
	.cfi_restore r2
	lg %r1, -16(%r11)
	.cfi_restore r1
	lg %r0, -8(%r11)
	.cfi_restore r0
	lay %r15, 0(%r11)
	lg %r11, 0(%r11)
	.cfi_def_cfa r15, 48
	.cfi_same_value r11
	lay %r15, 48(%r15)
	.cfi_def_cfa r15, 0
	.cfi_same_value r15
	bi -40(%r15)
	.cfi_endproc
	.size preempt_noxreg_s390x_entry_fp_in_fp, . - preempt_noxreg_s390x_entry_fp_in_fp

/* vx live, vx the widest enabled. */
	.globl preempt_noxreg_s390x_entry_vx_in_vx
	.hidden preempt_noxreg_s390x_entry_vx_in_vx
	.type preempt_noxreg_s390x_entry_vx_in_vx, %function
	.p2align 6
preempt_noxreg_s390x_entry_vx_in_vx:
	.cfi_startproc
	.cfi_return_column 32
	.cfi_signal_frame
	.cfi_return_column 32
	.cfi_def_cfa r15, 48
	.cfi_offset 32, -40
	.cfi_offset r11, -48
	.cfi_offset r15, -24
	.cfi_same_value r0
	.cfi_same_value r1
	.cfi_same_value r2
	.cfi_same_value r3
	.cfi_same_value r4
	.cfi_same_value r5
	.cfi_same_value r14
	lay %r15, -120(%r15)
	.cfi_def_cfa r15, 168
	lay %r11, 120(%r15)
	.cfi_def_cfa r11, 48
	stg %r0, -8(%r11)
	.cfi_offset r0, -56
	stg %r1, -16(%r11)
	.cfi_offset r1, -64
	stg %r2, -24(%r11)
	.cfi_offset r2, -72
	stg %r3, -32(%r11)
	.cfi_offset r3, -80
	stg %r4, -40(%r11)
	.cfi_offset r4, -88
	stg %r5, -48(%r11)
	.cfi_offset r5, -96
	stg %r6, -56(%r11)
	.cfi_offset r6, -104
	stg %r7, -64(%r11)
	.cfi_offset r7, -112
	stg %r8, -72(%r11)
	.cfi_offset r8, -120
	stg %r9, -80(%r11)
	.cfi_offset r9, -128
	stg %r10, -88(%r11)
	.cfi_offset r10, -136
	stg %r12, -96(%r11)
	.cfi_offset r12, -144
	stg %r13, -104(%r11)
	.cfi_offset r13, -152
	stg %r14, -112(%r11)
	.cfi_offset r14, -160
	efpc %r1
	sty %r1, -116(%r11)
	lay %r15, -576(%r15)
	nill %r15, 65472
	lay %r2, 0(%r15)
	vst %v0, 0(%r2)
	vst %v1, 16(%r2)
	vst %v2, 32(%r2)
	vst %v3, 48(%r2)
	vst %v4, 64(%r2)
	vst %v5, 80(%r2)
	vst %v6, 96(%r2)
	vst %v7, 112(%r2)
	vst %v8, 128(%r2)
	vst %v9, 144(%r2)
	vst %v10, 160(%r2)
	vst %v11, 176(%r2)
	vst %v12, 192(%r2)
	vst %v13, 208(%r2)
	vst %v14, 224(%r2)
	vst %v15, 240(%r2)
	vst %v16, 256(%r2)
	vst %v17, 272(%r2)
	vst %v18, 288(%r2)
	vst %v19, 304(%r2)
	vst %v20, 320(%r2)
	vst %v21, 336(%r2)
	vst %v22, 352(%r2)
	vst %v23, 368(%r2)
	vst %v24, 384(%r2)
	vst %v25, 400(%r2)
	vst %v26, 416(%r2)
	vst %v27, 432(%r2)
	vst %v28, 448(%r2)
	vst %v29, 464(%r2)
	vst %v30, 480(%r2)
	vst %v31, 496(%r2)
	stam %a2, %a15, 512(%r2)
	lghi %r1, 0
	spm %r1	/* 1.2.1: a callee finds pm cleared */
	sfpc %r1
	lay %r15, -160(%r15)
	lg %r2, 32(%r11)
	lghi %r3, 17
	brasl %r14, preempt_mcall
	lay %r2, 160(%r15)
	lam %a2, %a15, 512(%r2)
	vl %v31, 496(%r2)
	vl %v30, 480(%r2)
	vl %v29, 464(%r2)
	vl %v28, 448(%r2)
	vl %v27, 432(%r2)
	vl %v26, 416(%r2)
	vl %v25, 400(%r2)
	vl %v24, 384(%r2)
	vl %v23, 368(%r2)
	vl %v22, 352(%r2)
	vl %v21, 336(%r2)
	vl %v20, 320(%r2)
	vl %v19, 304(%r2)
	vl %v18, 288(%r2)
	vl %v17, 272(%r2)
	vl %v16, 256(%r2)
	vl %v15, 240(%r2)
	vl %v14, 224(%r2)
	vl %v13, 208(%r2)
	vl %v12, 192(%r2)
	vl %v11, 176(%r2)
	vl %v10, 160(%r2)
	vl %v9, 144(%r2)
	vl %v8, 128(%r2)
	vl %v7, 112(%r2)
	vl %v6, 96(%r2)
	vl %v5, 80(%r2)
	vl %v4, 64(%r2)
	vl %v3, 48(%r2)
	vl %v2, 32(%r2)
	vl %v1, 16(%r2)
	vl %v0, 0(%r2)
	lg %r1, 16(%r11)
	srlg %r1, %r1, 16
	spm %r1
	ly %r1, -116(%r11)
	sfpc %r1
	lg %r14, -112(%r11)
	.cfi_restore r14
	lg %r13, -104(%r11)
	.cfi_restore r13
	lg %r12, -96(%r11)
	.cfi_restore r12
	lg %r10, -88(%r11)
	.cfi_restore r10
	lg %r9, -80(%r11)
	.cfi_restore r9
	lg %r8, -72(%r11)
	.cfi_restore r8
	lg %r7, -64(%r11)
	.cfi_restore r7
	lg %r6, -56(%r11)
	.cfi_restore r6
	lg %r5, -48(%r11)
	.cfi_restore r5
	lg %r4, -40(%r11)
	.cfi_restore r4
	lg %r3, -32(%r11)
	.cfi_restore r3
	lg %r2, -24(%r11)
	.cfi_restore r2
	lg %r1, -16(%r11)
	.cfi_restore r1
	lg %r0, -8(%r11)
	.cfi_restore r0
	lay %r15, 0(%r11)
	lg %r11, 0(%r11)
	.cfi_def_cfa r15, 48
	.cfi_same_value r11
	lay %r15, 48(%r15)
	.cfi_def_cfa r15, 0
	.cfi_same_value r15
	bi -40(%r15)
	.cfi_endproc
	.size preempt_noxreg_s390x_entry_vx_in_vx, . - preempt_noxreg_s390x_entry_vx_in_vx

#endif
	.section .note.GNU-stack, "", %progbits
