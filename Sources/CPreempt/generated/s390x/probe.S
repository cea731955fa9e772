/* Generated from backend s390x by `preempt generate`; edit Arch/, not this file. */

#if defined(__s390x__) && defined(__LP64__) && defined(__linux__) && !defined(PREEMPT_NOXREG) && !defined(PREEMPT_CUSTOM_BACKEND)

	.machine z14

	.section preempt_probe, "ax", %progbits

/* Fills fp, stores everything with fp enabled. */
	.globl preempt_s390x_probe_fp_in_fp
	.hidden preempt_s390x_probe_fp_in_fp
	.type preempt_s390x_probe_fp_in_fp, %function
	.p2align 6
preempt_s390x_probe_fp_in_fp:
	.cfi_startproc
	.cfi_return_column 32
	.cfi_return_column 14
	.cfi_def_cfa r15, 0
	lay %r15, -184(%r15)
	.cfi_def_cfa r15, 184
	stg %r6, 48(%r15)
	.cfi_offset r6, -136
	stg %r7, 56(%r15)
	.cfi_offset r7, -128
	stg %r8, 64(%r15)
	.cfi_offset r8, -120
	stg %r9, 72(%r15)
	.cfi_offset r9, -112
	stg %r10, 80(%r15)
	.cfi_offset r10, -104
	stg %r11, 88(%r15)
	.cfi_offset r11, -96
	stg %r12, 96(%r15)
	.cfi_offset r12, -88
	stg %r13, 104(%r15)
	.cfi_offset r13, -80
	stg %r14, 112(%r15)
	.cfi_offset r14, -72
	std %f8, 120(%r15)
	std %f9, 128(%r15)
	std %f10, 136(%r15)
	std %f11, 144(%r15)
	std %f12, 152(%r15)
	std %f13, 160(%r15)
	std %f14, 168(%r15)
	std %f15, 176(%r15)
	lay %r1, 184(%r15)
	stg %r1, 32(%r15)
	.cfi_offset r15, -152
	efpc %r1
	sty %r1, 40(%r15)
	stg %r3, 0(%r15)
	stg %r4, 8(%r15)
	lghi %r1, 0
	stg %r1, 16(%r15)
	lay %r11, 120(%r2)
	lay %r2, 192(%r2)
	lg %r1, 16(%r11)
	srlg %r1, %r1, 16
	spm %r1	/* every instruction from here on leaves the flags alone */
	ld %f0, 0(%r2)
	ld %f1, 8(%r2)
	ld %f2, 16(%r2)
	ld %f3, 24(%r2)
	ld %f4, 32(%r2)
	ld %f5, 40(%r2)
	ld %f6, 48(%r2)
	ld %f7, 56(%r2)
	ld %f8, 64(%r2)
	ld %f9, 72(%r2)
	ld %f10, 80(%r2)
	ld %f11, 88(%r2)
	ld %f12, 96(%r2)
	ld %f13, 104(%r2)
	ld %f14, 112(%r2)
	ld %f15, 120(%r2)
	lam %a2, %a15, 128(%r2)
	ly %r1, -116(%r11)
	sfpc %r1
	lg %r14, -112(%r11)
	lg %r13, -104(%r11)
	lg %r12, -96(%r11)
	lg %r10, -88(%r11)
	lg %r9, -80(%r11)
	lg %r8, -72(%r11)
	lg %r7, -64(%r11)
	lg %r6, -56(%r11)
	lg %r5, -48(%r11)
	lg %r4, -40(%r11)
	lg %r3, -32(%r11)
	lg %r2, -24(%r11)
	lg %r1, -16(%r11)
	lg %r0, -8(%r11)
	lg %r11, 0(%r11)
	.globl preempt_s390x_probe_fp_in_fp_loop
	.hidden preempt_s390x_probe_fp_in_fp_loop
preempt_s390x_probe_fp_in_fp_loop:
	1:
	stg %r1, 24(%r15)	/* pattern out */
	lg %r1, 16(%r15)	/* path in */
	lay %r1, 1(%r1)
	brc 10, 2f
	lay %r1, 2(%r1)
	2:
	brc 12, 2f
	lay %r1, 4(%r1)
	2:
	stg %r1, 16(%r15)
	lg %r1, 8(%r15)	/* counter in */
	lay %r1, -1(%r1)
	llghr %r1, %r1	/* no counter is larger, whatever was done to r1 */
	stg %r1, 8(%r15)
	cgije %r1, 0, 3f
	lg %r1, 24(%r15)	/* pattern in */
	j 1b
	3:
	lg %r1, 24(%r15)
	.globl preempt_s390x_probe_fp_in_fp_loop_end
	.hidden preempt_s390x_probe_fp_in_fp_loop_end
preempt_s390x_probe_fp_in_fp_loop_end:
	stg %r1, 24(%r15)
	lg %r1, 0(%r15)
	stg %r11, 120(%r1)
	lay %r11, 120(%r1)
	lghi %r1, 0
	ipm %r1
	sllg %r1, %r1, 16
	stg %r1, 16(%r11)
	lg %r1, 24(%r15)
	stg %r0, -8(%r11)
	stg %r1, -16(%r11)
	stg %r2, -24(%r11)
	stg %r3, -32(%r11)
	stg %r4, -40(%r11)
	stg %r5, -48(%r11)
	stg %r6, -56(%r11)
	stg %r7, -64(%r11)
	stg %r8, -72(%r11)
	stg %r9, -80(%r11)
	stg %r10, -88(%r11)
	stg %r12, -96(%r11)
	stg %r13, -104(%r11)
	stg %r14, -112(%r11)
	efpc %r1
	sty %r1, -116(%r11)
	lay %r2, 72(%r11)
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
	ly %r1, 40(%r15)
	sfpc %r1
	lg %r2, 16(%r15)
	ld %f15, 176(%r15)
	ld %f14, 168(%r15)
	ld %f13, 160(%r15)
	ld %f12, 152(%r15)
	ld %f11, 144(%r15)
	ld %f10, 136(%r15)
	ld %f9, 128(%r15)
	ld %f8, 120(%r15)
	lg %r14, 112(%r15)
	.cfi_restore r14
	lg %r13, 104(%r15)
	.cfi_restore r13
	lg %r12, 96(%r15)
	.cfi_restore r12
	lg %r11, 88(%r15)
	.cfi_restore r11
	lg %r10, 80(%r15)
	.cfi_restore r10
	lg %r9, 72(%r15)
	.cfi_restore r9
	lg %r8, 64(%r15)
	.cfi_restore r8
	lg %r7, 56(%r15)
	.cfi_restore r7
	lg %r6, 48(%r15)
	.cfi_restore r6
	lay %r15, 184(%r15)
	.cfi_def_cfa r15, 0
	.cfi_restore r15
	br %r14
	.cfi_endproc
	.size preempt_s390x_probe_fp_in_fp, . - preempt_s390x_probe_fp_in_fp

/* Fills fp, stores everything with vx enabled. */
	.globl preempt_s390x_probe_fp_in_vx
	.hidden preempt_s390x_probe_fp_in_vx
	.type preempt_s390x_probe_fp_in_vx, %function
	.p2align 6
preempt_s390x_probe_fp_in_vx:
	.cfi_startproc
	.cfi_return_column 32
	.cfi_return_column 14
	.cfi_def_cfa r15, 0
	vleig %v0, 0, 1
	vleig %v1, 0, 1
	vleig %v2, 0, 1
	vleig %v3, 0, 1
	vleig %v4, 0, 1
	vleig %v5, 0, 1
	vleig %v6, 0, 1
	vleig %v7, 0, 1
	vleig %v8, 0, 1
	vleig %v9, 0, 1
	vleig %v10, 0, 1
	vleig %v11, 0, 1
	vleig %v12, 0, 1
	vleig %v13, 0, 1
	vleig %v14, 0, 1
	vleig %v15, 0, 1
	vzero %v16
	vzero %v17
	vzero %v18
	vzero %v19
	vzero %v20
	vzero %v21
	vzero %v22
	vzero %v23
	vzero %v24
	vzero %v25
	vzero %v26
	vzero %v27
	vzero %v28
	vzero %v29
	vzero %v30
	vzero %v31
	lay %r15, -184(%r15)
	.cfi_def_cfa r15, 184
	stg %r6, 48(%r15)
	.cfi_offset r6, -136
	stg %r7, 56(%r15)
	.cfi_offset r7, -128
	stg %r8, 64(%r15)
	.cfi_offset r8, -120
	stg %r9, 72(%r15)
	.cfi_offset r9, -112
	stg %r10, 80(%r15)
	.cfi_offset r10, -104
	stg %r11, 88(%r15)
	.cfi_offset r11, -96
	stg %r12, 96(%r15)
	.cfi_offset r12, -88
	stg %r13, 104(%r15)
	.cfi_offset r13, -80
	stg %r14, 112(%r15)
	.cfi_offset r14, -72
	std %f8, 120(%r15)
	std %f9, 128(%r15)
	std %f10, 136(%r15)
	std %f11, 144(%r15)
	std %f12, 152(%r15)
	std %f13, 160(%r15)
	std %f14, 168(%r15)
	std %f15, 176(%r15)
	lay %r1, 184(%r15)
	stg %r1, 32(%r15)
	.cfi_offset r15, -152
	efpc %r1
	sty %r1, 40(%r15)
	stg %r3, 0(%r15)
	stg %r4, 8(%r15)
	lghi %r1, 0
	stg %r1, 16(%r15)
	lay %r11, 120(%r2)
	lay %r2, 192(%r2)
	lg %r1, 16(%r11)
	srlg %r1, %r1, 16
	spm %r1	/* every instruction from here on leaves the flags alone */
	vllezg %v0, 0(%r2)
	vllezg %v1, 16(%r2)
	vllezg %v2, 32(%r2)
	vllezg %v3, 48(%r2)
	vllezg %v4, 64(%r2)
	vllezg %v5, 80(%r2)
	vllezg %v6, 96(%r2)
	vllezg %v7, 112(%r2)
	vllezg %v8, 128(%r2)
	vllezg %v9, 144(%r2)
	vllezg %v10, 160(%r2)
	vllezg %v11, 176(%r2)
	vllezg %v12, 192(%r2)
	vllezg %v13, 208(%r2)
	vllezg %v14, 224(%r2)
	vllezg %v15, 240(%r2)
	lam %a2, %a15, 512(%r2)
	ly %r1, -116(%r11)
	sfpc %r1
	lg %r14, -112(%r11)
	lg %r13, -104(%r11)
	lg %r12, -96(%r11)
	lg %r10, -88(%r11)
	lg %r9, -80(%r11)
	lg %r8, -72(%r11)
	lg %r7, -64(%r11)
	lg %r6, -56(%r11)
	lg %r5, -48(%r11)
	lg %r4, -40(%r11)
	lg %r3, -32(%r11)
	lg %r2, -24(%r11)
	lg %r1, -16(%r11)
	lg %r0, -8(%r11)
	lg %r11, 0(%r11)
	.globl preempt_s390x_probe_fp_in_vx_loop
	.hidden preempt_s390x_probe_fp_in_vx_loop
preempt_s390x_probe_fp_in_vx_loop:
	1:
	stg %r1, 24(%r15)	/* pattern out */
	lg %r1, 16(%r15)	/* path in */
	lay %r1, 1(%r1)
	brc 10, 2f
	lay %r1, 2(%r1)
	2:
	brc 12, 2f
	lay %r1, 4(%r1)
	2:
	stg %r1, 16(%r15)
	lg %r1, 8(%r15)	/* counter in */
	lay %r1, -1(%r1)
	llghr %r1, %r1	/* no counter is larger, whatever was done to r1 */
	stg %r1, 8(%r15)
	cgije %r1, 0, 3f
	lg %r1, 24(%r15)	/* pattern in */
	j 1b
	3:
	lg %r1, 24(%r15)
	.globl preempt_s390x_probe_fp_in_vx_loop_end
	.hidden preempt_s390x_probe_fp_in_vx_loop_end
preempt_s390x_probe_fp_in_vx_loop_end:
	stg %r1, 24(%r15)
	lg %r1, 0(%r15)
	stg %r11, 120(%r1)
	lay %r11, 120(%r1)
	lghi %r1, 0
	ipm %r1
	sllg %r1, %r1, 16
	stg %r1, 16(%r11)
	lg %r1, 24(%r15)
	stg %r0, -8(%r11)
	stg %r1, -16(%r11)
	stg %r2, -24(%r11)
	stg %r3, -32(%r11)
	stg %r4, -40(%r11)
	stg %r5, -48(%r11)
	stg %r6, -56(%r11)
	stg %r7, -64(%r11)
	stg %r8, -72(%r11)
	stg %r9, -80(%r11)
	stg %r10, -88(%r11)
	stg %r12, -96(%r11)
	stg %r13, -104(%r11)
	stg %r14, -112(%r11)
	efpc %r1
	sty %r1, -116(%r11)
	lay %r2, 72(%r11)
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
	vleig %v0, 0, 1
	vleig %v1, 0, 1
	vleig %v2, 0, 1
	vleig %v3, 0, 1
	vleig %v4, 0, 1
	vleig %v5, 0, 1
	vleig %v6, 0, 1
	vleig %v7, 0, 1
	vleig %v8, 0, 1
	vleig %v9, 0, 1
	vleig %v10, 0, 1
	vleig %v11, 0, 1
	vleig %v12, 0, 1
	vleig %v13, 0, 1
	vleig %v14, 0, 1
	vleig %v15, 0, 1
	vzero %v16
	vzero %v17
	vzero %v18
	vzero %v19
	vzero %v20
	vzero %v21
	vzero %v22
	vzero %v23
	vzero %v24
	vzero %v25
	vzero %v26
	vzero %v27
	vzero %v28
	vzero %v29
	vzero %v30
	vzero %v31
	spm %r1	/* 1.2.1: a callee finds pm cleared */
	ly %r1, 40(%r15)
	sfpc %r1
	lg %r2, 16(%r15)
	ld %f15, 176(%r15)
	ld %f14, 168(%r15)
	ld %f13, 160(%r15)
	ld %f12, 152(%r15)
	ld %f11, 144(%r15)
	ld %f10, 136(%r15)
	ld %f9, 128(%r15)
	ld %f8, 120(%r15)
	lg %r14, 112(%r15)
	.cfi_restore r14
	lg %r13, 104(%r15)
	.cfi_restore r13
	lg %r12, 96(%r15)
	.cfi_restore r12
	lg %r11, 88(%r15)
	.cfi_restore r11
	lg %r10, 80(%r15)
	.cfi_restore r10
	lg %r9, 72(%r15)
	.cfi_restore r9
	lg %r8, 64(%r15)
	.cfi_restore r8
	lg %r7, 56(%r15)
	.cfi_restore r7
	lg %r6, 48(%r15)
	.cfi_restore r6
	lay %r15, 184(%r15)
	.cfi_def_cfa r15, 0
	.cfi_restore r15
	br %r14
	.cfi_endproc
	.size preempt_s390x_probe_fp_in_vx, . - preempt_s390x_probe_fp_in_vx

/* Fills vx, stores everything with vx enabled. */
	.globl preempt_s390x_probe_vx_in_vx
	.hidden preempt_s390x_probe_vx_in_vx
	.type preempt_s390x_probe_vx_in_vx, %function
	.p2align 6
preempt_s390x_probe_vx_in_vx:
	.cfi_startproc
	.cfi_return_column 32
	.cfi_return_column 14
	.cfi_def_cfa r15, 0
	vleig %v0, 0, 1
	vleig %v1, 0, 1
	vleig %v2, 0, 1
	vleig %v3, 0, 1
	vleig %v4, 0, 1
	vleig %v5, 0, 1
	vleig %v6, 0, 1
	vleig %v7, 0, 1
	vleig %v8, 0, 1
	vleig %v9, 0, 1
	vleig %v10, 0, 1
	vleig %v11, 0, 1
	vleig %v12, 0, 1
	vleig %v13, 0, 1
	vleig %v14, 0, 1
	vleig %v15, 0, 1
	vzero %v16
	vzero %v17
	vzero %v18
	vzero %v19
	vzero %v20
	vzero %v21
	vzero %v22
	vzero %v23
	vzero %v24
	vzero %v25
	vzero %v26
	vzero %v27
	vzero %v28
	vzero %v29
	vzero %v30
	vzero %v31
	lay %r15, -184(%r15)
	.cfi_def_cfa r15, 184
	stg %r6, 48(%r15)
	.cfi_offset r6, -136
	stg %r7, 56(%r15)
	.cfi_offset r7, -128
	stg %r8, 64(%r15)
	.cfi_offset r8, -120
	stg %r9, 72(%r15)
	.cfi_offset r9, -112
	stg %r10, 80(%r15)
	.cfi_offset r10, -104
	stg %r11, 88(%r15)
	.cfi_offset r11, -96
	stg %r12, 96(%r15)
	.cfi_offset r12, -88
	stg %r13, 104(%r15)
	.cfi_offset r13, -80
	stg %r14, 112(%r15)
	.cfi_offset r14, -72
	std %f8, 120(%r15)
	std %f9, 128(%r15)
	std %f10, 136(%r15)
	std %f11, 144(%r15)
	std %f12, 152(%r15)
	std %f13, 160(%r15)
	std %f14, 168(%r15)
	std %f15, 176(%r15)
	lay %r1, 184(%r15)
	stg %r1, 32(%r15)
	.cfi_offset r15, -152
	efpc %r1
	sty %r1, 40(%r15)
	stg %r3, 0(%r15)
	stg %r4, 8(%r15)
	lghi %r1, 0
	stg %r1, 16(%r15)
	lay %r11, 120(%r2)
	lay %r2, 192(%r2)
	lg %r1, 16(%r11)
	srlg %r1, %r1, 16
	spm %r1	/* every instruction from here on leaves the flags alone */
	vl %v0, 0(%r2)
	vl %v1, 16(%r2)
	vl %v2, 32(%r2)
	vl %v3, 48(%r2)
	vl %v4, 64(%r2)
	vl %v5, 80(%r2)
	vl %v6, 96(%r2)
	vl %v7, 112(%r2)
	vl %v8, 128(%r2)
	vl %v9, 144(%r2)
	vl %v10, 160(%r2)
	vl %v11, 176(%r2)
	vl %v12, 192(%r2)
	vl %v13, 208(%r2)
	vl %v14, 224(%r2)
	vl %v15, 240(%r2)
	vl %v16, 256(%r2)
	vl %v17, 272(%r2)
	vl %v18, 288(%r2)
	vl %v19, 304(%r2)
	vl %v20, 320(%r2)
	vl %v21, 336(%r2)
	vl %v22, 352(%r2)
	vl %v23, 368(%r2)
	vl %v24, 384(%r2)
	vl %v25, 400(%r2)
	vl %v26, 416(%r2)
	vl %v27, 432(%r2)
	vl %v28, 448(%r2)
	vl %v29, 464(%r2)
	vl %v30, 480(%r2)
	vl %v31, 496(%r2)
	lam %a2, %a15, 512(%r2)
	ly %r1, -116(%r11)
	sfpc %r1
	lg %r14, -112(%r11)
	lg %r13, -104(%r11)
	lg %r12, -96(%r11)
	lg %r10, -88(%r11)
	lg %r9, -80(%r11)
	lg %r8, -72(%r11)
	lg %r7, -64(%r11)
	lg %r6, -56(%r11)
	lg %r5, -48(%r11)
	lg %r4, -40(%r11)
	lg %r3, -32(%r11)
	lg %r2, -24(%r11)
	lg %r1, -16(%r11)
	lg %r0, -8(%r11)
	lg %r11, 0(%r11)
	.globl preempt_s390x_probe_vx_in_vx_loop
	.hidden preempt_s390x_probe_vx_in_vx_loop
preempt_s390x_probe_vx_in_vx_loop:
	1:
	stg %r1, 24(%r15)	/* pattern out */
	lg %r1, 16(%r15)	/* path in */
	lay %r1, 1(%r1)
	brc 10, 2f
	lay %r1, 2(%r1)
	2:
	brc 12, 2f
	lay %r1, 4(%r1)
	2:
	stg %r1, 16(%r15)
	lg %r1, 8(%r15)	/* counter in */
	lay %r1, -1(%r1)
	llghr %r1, %r1	/* no counter is larger, whatever was done to r1 */
	stg %r1, 8(%r15)
	cgije %r1, 0, 3f
	lg %r1, 24(%r15)	/* pattern in */
	j 1b
	3:
	lg %r1, 24(%r15)
	.globl preempt_s390x_probe_vx_in_vx_loop_end
	.hidden preempt_s390x_probe_vx_in_vx_loop_end
preempt_s390x_probe_vx_in_vx_loop_end:
	stg %r1, 24(%r15)
	lg %r1, 0(%r15)
	stg %r11, 120(%r1)
	lay %r11, 120(%r1)
	lghi %r1, 0
	ipm %r1
	sllg %r1, %r1, 16
	stg %r1, 16(%r11)
	lg %r1, 24(%r15)
	stg %r0, -8(%r11)
	stg %r1, -16(%r11)
	stg %r2, -24(%r11)
	stg %r3, -32(%r11)
	stg %r4, -40(%r11)
	stg %r5, -48(%r11)
	stg %r6, -56(%r11)
	stg %r7, -64(%r11)
	stg %r8, -72(%r11)
	stg %r9, -80(%r11)
	stg %r10, -88(%r11)
	stg %r12, -96(%r11)
	stg %r13, -104(%r11)
	stg %r14, -112(%r11)
	efpc %r1
	sty %r1, -116(%r11)
	lay %r2, 72(%r11)
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
	vleig %v0, 0, 1
	vleig %v1, 0, 1
	vleig %v2, 0, 1
	vleig %v3, 0, 1
	vleig %v4, 0, 1
	vleig %v5, 0, 1
	vleig %v6, 0, 1
	vleig %v7, 0, 1
	vleig %v8, 0, 1
	vleig %v9, 0, 1
	vleig %v10, 0, 1
	vleig %v11, 0, 1
	vleig %v12, 0, 1
	vleig %v13, 0, 1
	vleig %v14, 0, 1
	vleig %v15, 0, 1
	vzero %v16
	vzero %v17
	vzero %v18
	vzero %v19
	vzero %v20
	vzero %v21
	vzero %v22
	vzero %v23
	vzero %v24
	vzero %v25
	vzero %v26
	vzero %v27
	vzero %v28
	vzero %v29
	vzero %v30
	vzero %v31
	spm %r1	/* 1.2.1: a callee finds pm cleared */
	ly %r1, 40(%r15)
	sfpc %r1
	lg %r2, 16(%r15)
	ld %f15, 176(%r15)
	ld %f14, 168(%r15)
	ld %f13, 160(%r15)
	ld %f12, 152(%r15)
	ld %f11, 144(%r15)
	ld %f10, 136(%r15)
	ld %f9, 128(%r15)
	ld %f8, 120(%r15)
	lg %r14, 112(%r15)
	.cfi_restore r14
	lg %r13, 104(%r15)
	.cfi_restore r13
	lg %r12, 96(%r15)
	.cfi_restore r12
	lg %r11, 88(%r15)
	.cfi_restore r11
	lg %r10, 80(%r15)
	.cfi_restore r10
	lg %r9, 72(%r15)
	.cfi_restore r9
	lg %r8, 64(%r15)
	.cfi_restore r8
	lg %r7, 56(%r15)
	.cfi_restore r7
	lg %r6, 48(%r15)
	.cfi_restore r6
	lay %r15, 184(%r15)
	.cfi_def_cfa r15, 0
	.cfi_restore r15
	br %r14
	.cfi_endproc
	.size preempt_s390x_probe_vx_in_vx, . - preempt_s390x_probe_vx_in_vx

	.section preempt_probe_support, "ax", %progbits

/* Called in place of preempt_mcall: leaves the task's stack, comes back, and goes on to a poison routine. */
	.globl preempt_s390x_park
	.hidden preempt_s390x_park
	.type preempt_s390x_park, %function
	.p2align 6
preempt_s390x_park:
	.cfi_startproc
	.cfi_return_column 32
	.cfi_signal_frame
	.cfi_return_column 14
	.cfi_def_cfa r15, 0
	.cfi_same_value r0
	.cfi_same_value r1
	.cfi_same_value r2
	.cfi_same_value r3
	.cfi_same_value r4
	.cfi_same_value r5
	.cfi_same_value r14
	.cfi_same_value r15
	lay %r15, -48(%r15)
	.cfi_def_cfa r15, 48
	stg %r11, 24(%r15)
	.cfi_offset r11, -24
	stg %r14, 40(%r15)
	.cfi_offset r14, -8
	lay %r1, 48(%r15)
	stg %r1, 16(%r15)
	.cfi_offset r15, -32
	lay %r11, 0(%r15)
	.cfi_def_cfa r11, 48
	lg %r1, 0(%r2)
	lay %r15, -160(%r1)
	lay %r4, 0(%r11)
	lg %r1, 8(%r2)
	basr %r14, %r1
	lay %r15, 0(%r11)
	stg %r2, 32(%r15)
	lg %r1, 8(%r15)
	br %r1
	.cfi_endproc
	.size preempt_s390x_park, . - preempt_s390x_park

/* Poison with fp enabled. */
	.globl preempt_s390x_poison_fp
	.hidden preempt_s390x_poison_fp
	.type preempt_s390x_poison_fp, %function
	.p2align 6
preempt_s390x_poison_fp:
	.cfi_startproc
	.cfi_return_column 32
	.cfi_signal_frame
	.cfi_return_column 14
	.cfi_def_cfa r11, 48
	.cfi_offset r11, -24
	.cfi_offset r14, -8
	.cfi_offset r15, -32
	.cfi_same_value r0
	.cfi_same_value r1
	.cfi_same_value r2
	.cfi_same_value r3
	.cfi_same_value r4
	.cfi_same_value r5
	lg %r2, 0(%r15)
	lay %r11, 120(%r2)
	.cfi_def_cfa r15, 48
	lay %r2, 192(%r2)
	lg %r1, 16(%r11)
	srlg %r1, %r1, 16
	spm %r1	/* every instruction from here on leaves the flags alone */
	ld %f0, 0(%r2)
	ld %f1, 8(%r2)
	ld %f2, 16(%r2)
	ld %f3, 24(%r2)
	ld %f4, 32(%r2)
	ld %f5, 40(%r2)
	ld %f6, 48(%r2)
	ld %f7, 56(%r2)
	ld %f8, 64(%r2)
	ld %f9, 72(%r2)
	ld %f10, 80(%r2)
	ld %f11, 88(%r2)
	ld %f12, 96(%r2)
	ld %f13, 104(%r2)
	ld %f14, 112(%r2)
	ld %f15, 120(%r2)
	lam %a2, %a15, 128(%r2)
	ly %r1, -116(%r11)
	sfpc %r1
	lg %r14, -112(%r11)
	lg %r13, -104(%r11)
	lg %r12, -96(%r11)
	lg %r10, -88(%r11)
	lg %r9, -80(%r11)
	lg %r8, -72(%r11)
	lg %r7, -64(%r11)
	lg %r6, -56(%r11)
	lg %r5, -48(%r11)
	lg %r4, -40(%r11)
	lg %r3, -32(%r11)
	lg %r2, -24(%r11)
	lg %r1, -16(%r11)
	lg %r0, -8(%r11)
	lg %r2, 32(%r15)
	lg %r14, 40(%r15)
	.cfi_same_value r14
	lg %r11, 24(%r15)
	.cfi_same_value r11
	lay %r15, 48(%r15)
	.cfi_def_cfa r15, 0
	.cfi_same_value r15
	br %r14
	.cfi_endproc
	.size preempt_s390x_poison_fp, . - preempt_s390x_poison_fp

/* Poison with vx enabled. */
	.globl preempt_s390x_poison_vx
	.hidden preempt_s390x_poison_vx
	.type preempt_s390x_poison_vx, %function
	.p2align 6
preempt_s390x_poison_vx:
	.cfi_startproc
	.cfi_return_column 32
	.cfi_signal_frame
	.cfi_return_column 14
	.cfi_def_cfa r11, 48
	.cfi_offset r11, -24
	.cfi_offset r14, -8
	.cfi_offset r15, -32
	.cfi_same_value r0
	.cfi_same_value r1
	.cfi_same_value r2
	.cfi_same_value r3
	.cfi_same_value r4
	.cfi_same_value r5
	lg %r2, 0(%r15)
	lay %r11, 120(%r2)
	.cfi_def_cfa r15, 48
	lay %r2, 192(%r2)
	lg %r1, 16(%r11)
	srlg %r1, %r1, 16
	spm %r1	/* every instruction from here on leaves the flags alone */
	vl %v0, 0(%r2)
	vl %v1, 16(%r2)
	vl %v2, 32(%r2)
	vl %v3, 48(%r2)
	vl %v4, 64(%r2)
	vl %v5, 80(%r2)
	vl %v6, 96(%r2)
	vl %v7, 112(%r2)
	vl %v8, 128(%r2)
	vl %v9, 144(%r2)
	vl %v10, 160(%r2)
	vl %v11, 176(%r2)
	vl %v12, 192(%r2)
	vl %v13, 208(%r2)
	vl %v14, 224(%r2)
	vl %v15, 240(%r2)
	vl %v16, 256(%r2)
	vl %v17, 272(%r2)
	vl %v18, 288(%r2)
	vl %v19, 304(%r2)
	vl %v20, 320(%r2)
	vl %v21, 336(%r2)
	vl %v22, 352(%r2)
	vl %v23, 368(%r2)
	vl %v24, 384(%r2)
	vl %v25, 400(%r2)
	vl %v26, 416(%r2)
	vl %v27, 432(%r2)
	vl %v28, 448(%r2)
	vl %v29, 464(%r2)
	vl %v30, 480(%r2)
	vl %v31, 496(%r2)
	lam %a2, %a15, 512(%r2)
	ly %r1, -116(%r11)
	sfpc %r1
	lg %r14, -112(%r11)
	lg %r13, -104(%r11)
	lg %r12, -96(%r11)
	lg %r10, -88(%r11)
	lg %r9, -80(%r11)
	lg %r8, -72(%r11)
	lg %r7, -64(%r11)
	lg %r6, -56(%r11)
	lg %r5, -48(%r11)
	lg %r4, -40(%r11)
	lg %r3, -32(%r11)
	lg %r2, -24(%r11)
	lg %r1, -16(%r11)
	lg %r0, -8(%r11)
	lg %r2, 32(%r15)
	lg %r14, 40(%r15)
	.cfi_same_value r14
	lg %r11, 24(%r15)
	.cfi_same_value r11
	lay %r15, 48(%r15)
	.cfi_def_cfa r15, 0
	.cfi_same_value r15
	br %r14
	.cfi_endproc
	.size preempt_s390x_poison_vx, . - preempt_s390x_poison_vx

/* Initial state of what is wider than the narrowest class, with fp enabled. */
	.globl preempt_s390x_initialize_fp
	.hidden preempt_s390x_initialize_fp
	.type preempt_s390x_initialize_fp, %function
	.p2align 6
preempt_s390x_initialize_fp:
	.cfi_startproc
	.cfi_return_column 32
	.cfi_return_column 14
	.cfi_def_cfa r15, 0
	br %r14
	.cfi_endproc
	.size preempt_s390x_initialize_fp, . - preempt_s390x_initialize_fp

/* Initial state of what is wider than the narrowest class, with vx enabled. */
	.globl preempt_s390x_initialize_vx
	.hidden preempt_s390x_initialize_vx
	.type preempt_s390x_initialize_vx, %function
	.p2align 6
preempt_s390x_initialize_vx:
	.cfi_startproc
	.cfi_return_column 32
	.cfi_return_column 14
	.cfi_def_cfa r15, 0
	vleig %v0, 0, 1
	vleig %v1, 0, 1
	vleig %v2, 0, 1
	vleig %v3, 0, 1
	vleig %v4, 0, 1
	vleig %v5, 0, 1
	vleig %v6, 0, 1
	vleig %v7, 0, 1
	vleig %v8, 0, 1
	vleig %v9, 0, 1
	vleig %v10, 0, 1
	vleig %v11, 0, 1
	vleig %v12, 0, 1
	vleig %v13, 0, 1
	vleig %v14, 0, 1
	vleig %v15, 0, 1
	vzero %v16
	vzero %v17
	vzero %v18
	vzero %v19
	vzero %v20
	vzero %v21
	vzero %v22
	vzero %v23
	vzero %v24
	vzero %v25
	vzero %v26
	vzero %v27
	vzero %v28
	vzero %v29
	vzero %v30
	vzero %v31
	br %r14
	.cfi_endproc
	.size preempt_s390x_initialize_vx, . - preempt_s390x_initialize_vx

/* State components that the operating system enabled. */
	.globl preempt_s390x_enabled_components
	.hidden preempt_s390x_enabled_components
	.type preempt_s390x_enabled_components, %function
	.p2align 6
preempt_s390x_enabled_components:
	.cfi_startproc
	.cfi_return_column 32
	.cfi_return_column 14
	.cfi_def_cfa r15, 0
	lgfi %r1, 2050
	ngr %r2, %r1
	lghi %r0, 0
	stfle 16(%r15)	/* one doubleword */
	tm 23(%r15), 0x20
	jo 1f
	lghi %r2, 0
	1: br %r14
	.cfi_endproc
	.size preempt_s390x_enabled_components, . - preempt_s390x_enabled_components

	.section preempt_probe_copy_string, "ax", %progbits

/* An instruction that is interrupted half-way. */
	.globl preempt_s390x_copy_string
	.hidden preempt_s390x_copy_string
	.type preempt_s390x_copy_string, %function
	.p2align 6
preempt_s390x_copy_string:
	.cfi_startproc
	.cfi_return_column 32
	.cfi_return_column 14
	.cfi_def_cfa r15, 0
	lgr %r5, %r4
	lgr %r4, %r3
	lgr %r3, %r5
	1: mvcle %r2, %r4, 0
	jo 1b
	br %r14
	.cfi_endproc
	.size preempt_s390x_copy_string, . - preempt_s390x_copy_string

#endif
	.section .note.GNU-stack, "", %progbits
