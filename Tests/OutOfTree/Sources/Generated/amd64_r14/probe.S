/* Generated from backend amd64_r14 by `preempt generate`; edit Arch/, not this file. */

#if defined(__x86_64__) && defined(__LP64__) && defined(__linux__) && !defined(PREEMPT_NOXREG) && !defined(PREEMPT_CUSTOM_BACKEND)

	.section preempt_probe, "ax", %progbits

/* Fills sse, stores everything with sse enabled. */
	.globl preempt_amd64_r14_probe_sse_in_sse
	.hidden preempt_amd64_r14_probe_sse_in_sse
	.type preempt_amd64_r14_probe_sse_in_sse, %function
	.p2align 6
preempt_amd64_r14_probe_sse_in_sse:
	.cfi_startproc
	.cfi_return_column 16
	.cfi_return_column 16
	.cfi_def_cfa rsp, 8
	.cfi_offset 16, -8
	leaq -96(%rsp), %rsp
	.cfi_def_cfa rsp, 104
	movq %rbp, 48(%rsp)
	.cfi_offset rbp, -56
	movq %rbx, 56(%rsp)
	.cfi_offset rbx, -48
	movq %r12, 64(%rsp)
	.cfi_offset r12, -40
	movq %r13, 72(%rsp)
	.cfi_offset r13, -32
	movq %r14, 80(%rsp)
	.cfi_offset r14, -24
	movq %r15, 88(%rsp)
	.cfi_offset r15, -16
	stmxcsr 40(%rsp)
	fnstcw 44(%rsp)
	fninit
	movq %rsi, (%rsp)
	movq %rdx, 8(%rsp)
	movl $0, %ecx
	movq %rcx, 16(%rsp)
	leaq 136(%rdi), %rbp
	leaq 320(%rdi), %rax
	pushq -8(%rbp)
	.cfi_def_cfa rsp, 112
	popfq	/* every instruction from here on leaves the flags alone */
	.cfi_def_cfa rsp, 104
	movq 136(%rbp), %rcx
	movq %rcx, -8(%rsp)
	movq 128(%rbp), %rcx
	movq %rcx, -16(%rsp)
	movq 120(%rbp), %rcx
	movq %rcx, -24(%rsp)
	movq 112(%rbp), %rcx
	movq %rcx, -32(%rsp)
	movq 104(%rbp), %rcx
	movq %rcx, -40(%rsp)
	movq 96(%rbp), %rcx
	movq %rcx, -48(%rsp)
	movq 88(%rbp), %rcx
	movq %rcx, -56(%rsp)
	movq 80(%rbp), %rcx
	movq %rcx, -64(%rsp)
	movq 72(%rbp), %rcx
	movq %rcx, -72(%rsp)
	movq 64(%rbp), %rcx
	movq %rcx, -80(%rsp)
	movq 56(%rbp), %rcx
	movq %rcx, -88(%rsp)
	movq 48(%rbp), %rcx
	movq %rcx, -96(%rsp)
	movq 40(%rbp), %rcx
	movq %rcx, -104(%rsp)
	movq 32(%rbp), %rcx
	movq %rcx, -112(%rsp)
	movq 24(%rbp), %rcx
	movq %rcx, -120(%rsp)
	movq 16(%rbp), %rcx
	movq %rcx, -128(%rsp)
	movups (%rax), %xmm0
	movups 16(%rax), %xmm1
	movups 32(%rax), %xmm2
	movups 48(%rax), %xmm3
	movups 64(%rax), %xmm4
	movups 80(%rax), %xmm5
	movups 96(%rax), %xmm6
	movups 112(%rax), %xmm7
	movups 128(%rax), %xmm8
	movups 144(%rax), %xmm9
	movups 160(%rax), %xmm10
	movups 176(%rax), %xmm11
	movups 192(%rax), %xmm12
	movups 208(%rax), %xmm13
	movups 224(%rax), %xmm14
	movups 240(%rax), %xmm15
	fldcw -134(%rbp)
	ldmxcsr -132(%rbp)
	movq -128(%rbp), %r15
	movq -120(%rbp), %r13
	movq -112(%rbp), %r12
	movq -104(%rbp), %r11
	movq -96(%rbp), %r10
	movq -88(%rbp), %r9
	movq -80(%rbp), %r8
	movq -72(%rbp), %rdi
	movq -64(%rbp), %rsi
	movq -56(%rbp), %rbx
	movq -48(%rbp), %rdx
	movq -40(%rbp), %rcx
	movq -32(%rbp), %rax
	movq (%rbp), %rbp
	.globl preempt_amd64_r14_probe_sse_in_sse_loop
	.hidden preempt_amd64_r14_probe_sse_in_sse_loop
preempt_amd64_r14_probe_sse_in_sse_loop:
	1:
	movq %rcx, 24(%rsp)	/* pattern out */
	movq 16(%rsp), %rcx	/* path in */
	leaq 1(%rcx), %rcx
	jnc 2f
	leaq 2(%rcx), %rcx
	2:
	jnp 2f
	leaq 4(%rcx), %rcx
	2:
	jnz 2f
	leaq 8(%rcx), %rcx
	2:
	jns 2f
	leaq 16(%rcx), %rcx
	2:
	jno 2f
	leaq 32(%rcx), %rcx
	2:
	movq %rcx, 16(%rsp)
	movq 8(%rsp), %rcx	/* counter in */
	leaq -1(%rcx), %rcx
	movzwl %cx, %ecx	/* no counter is larger, whatever was done to rcx */
	movq %rcx, 8(%rsp)
	jrcxz 3f
	movq 24(%rsp), %rcx	/* pattern in */
	jmp 1b
	3:
	movq 24(%rsp), %rcx
	.globl preempt_amd64_r14_probe_sse_in_sse_loop_end
	.hidden preempt_amd64_r14_probe_sse_in_sse_loop_end
preempt_amd64_r14_probe_sse_in_sse_loop_end:
	movq %rcx, 24(%rsp)
	movq (%rsp), %rcx
	movq %rbp, 136(%rcx)
	leaq 136(%rcx), %rbp
	movq -8(%rsp), %rcx
	movq %rcx, 136(%rbp)
	movq -16(%rsp), %rcx
	movq %rcx, 128(%rbp)
	movq -24(%rsp), %rcx
	movq %rcx, 120(%rbp)
	movq -32(%rsp), %rcx
	movq %rcx, 112(%rbp)
	movq -40(%rsp), %rcx
	movq %rcx, 104(%rbp)
	movq -48(%rsp), %rcx
	movq %rcx, 96(%rbp)
	movq -56(%rsp), %rcx
	movq %rcx, 88(%rbp)
	movq -64(%rsp), %rcx
	movq %rcx, 80(%rbp)
	movq -72(%rsp), %rcx
	movq %rcx, 72(%rbp)
	movq -80(%rsp), %rcx
	movq %rcx, 64(%rbp)
	movq -88(%rsp), %rcx
	movq %rcx, 56(%rbp)
	movq -96(%rsp), %rcx
	movq %rcx, 48(%rbp)
	movq -104(%rsp), %rcx
	movq %rcx, 40(%rbp)
	movq -112(%rsp), %rcx
	movq %rcx, 32(%rbp)
	movq -120(%rsp), %rcx
	movq %rcx, 24(%rbp)
	movq -128(%rsp), %rcx
	movq %rcx, 16(%rbp)
	pushfq
	.cfi_def_cfa rsp, 112
	popq -8(%rbp)
	.cfi_def_cfa rsp, 104
	movq 24(%rsp), %rcx
	movq %rax, -32(%rbp)
	movq %rcx, -40(%rbp)
	movq %rdx, -48(%rbp)
	movq %rbx, -56(%rbp)
	movq %rsi, -64(%rbp)
	movq %rdi, -72(%rbp)
	movq %r8, -80(%rbp)
	movq %r9, -88(%rbp)
	movq %r10, -96(%rbp)
	movq %r11, -104(%rbp)
	movq %r12, -112(%rbp)
	movq %r13, -120(%rbp)
	movq %r15, -128(%rbp)
	stmxcsr -132(%rbp)
	fnstcw -134(%rbp)
	leaq 184(%rbp), %rax
	movups %xmm0, (%rax)
	movups %xmm1, 16(%rax)
	movups %xmm2, 32(%rax)
	movups %xmm3, 48(%rax)
	movups %xmm4, 64(%rax)
	movups %xmm5, 80(%rax)
	movups %xmm6, 96(%rax)
	movups %xmm7, 112(%rax)
	movups %xmm8, 128(%rax)
	movups %xmm9, 144(%rax)
	movups %xmm10, 160(%rax)
	movups %xmm11, 176(%rax)
	movups %xmm12, 192(%rax)
	movups %xmm13, 208(%rax)
	movups %xmm14, 224(%rax)
	movups %xmm15, 240(%rax)
	fnsave 256(%rax)	/* and leaves the unit initialised */
	cld	/* psABI 3.2.1 */
	ldmxcsr 40(%rsp)
	fldcw 44(%rsp)
	movq 16(%rsp), %rax
	movq 88(%rsp), %r15
	.cfi_restore r15
	movq 80(%rsp), %r14
	.cfi_restore r14
	movq 72(%rsp), %r13
	.cfi_restore r13
	movq 64(%rsp), %r12
	.cfi_restore r12
	movq 56(%rsp), %rbx
	.cfi_restore rbx
	movq 48(%rsp), %rbp
	.cfi_restore rbp
	leaq 96(%rsp), %rsp
	.cfi_def_cfa rsp, 8
	ret
	.cfi_endproc
	.size preempt_amd64_r14_probe_sse_in_sse, . - preempt_amd64_r14_probe_sse_in_sse

/* Fills sse, stores everything with avx enabled. */
	.globl preempt_amd64_r14_probe_sse_in_avx
	.hidden preempt_amd64_r14_probe_sse_in_avx
	.type preempt_amd64_r14_probe_sse_in_avx, %function
	.p2align 6
preempt_amd64_r14_probe_sse_in_avx:
	.cfi_startproc
	.cfi_return_column 16
	.cfi_return_column 16
	.cfi_def_cfa rsp, 8
	.cfi_offset 16, -8
	vzeroupper
	leaq -96(%rsp), %rsp
	.cfi_def_cfa rsp, 104
	movq %rbp, 48(%rsp)
	.cfi_offset rbp, -56
	movq %rbx, 56(%rsp)
	.cfi_offset rbx, -48
	movq %r12, 64(%rsp)
	.cfi_offset r12, -40
	movq %r13, 72(%rsp)
	.cfi_offset r13, -32
	movq %r14, 80(%rsp)
	.cfi_offset r14, -24
	movq %r15, 88(%rsp)
	.cfi_offset r15, -16
	stmxcsr 40(%rsp)
	fnstcw 44(%rsp)
	fninit
	movq %rsi, (%rsp)
	movq %rdx, 8(%rsp)
	movl $0, %ecx
	movq %rcx, 16(%rsp)
	leaq 136(%rdi), %rbp
	leaq 320(%rdi), %rax
	pushq -8(%rbp)
	.cfi_def_cfa rsp, 112
	popfq	/* every instruction from here on leaves the flags alone */
	.cfi_def_cfa rsp, 104
	movq 136(%rbp), %rcx
	movq %rcx, -8(%rsp)
	movq 128(%rbp), %rcx
	movq %rcx, -16(%rsp)
	movq 120(%rbp), %rcx
	movq %rcx, -24(%rsp)
	movq 112(%rbp), %rcx
	movq %rcx, -32(%rsp)
	movq 104(%rbp), %rcx
	movq %rcx, -40(%rsp)
	movq 96(%rbp), %rcx
	movq %rcx, -48(%rsp)
	movq 88(%rbp), %rcx
	movq %rcx, -56(%rsp)
	movq 80(%rbp), %rcx
	movq %rcx, -64(%rsp)
	movq 72(%rbp), %rcx
	movq %rcx, -72(%rsp)
	movq 64(%rbp), %rcx
	movq %rcx, -80(%rsp)
	movq 56(%rbp), %rcx
	movq %rcx, -88(%rsp)
	movq 48(%rbp), %rcx
	movq %rcx, -96(%rsp)
	movq 40(%rbp), %rcx
	movq %rcx, -104(%rsp)
	movq 32(%rbp), %rcx
	movq %rcx, -112(%rsp)
	movq 24(%rbp), %rcx
	movq %rcx, -120(%rsp)
	movq 16(%rbp), %rcx
	movq %rcx, -128(%rsp)
	vmovdqu (%rax), %xmm0
	vmovdqu 32(%rax), %xmm1
	vmovdqu 64(%rax), %xmm2
	vmovdqu 96(%rax), %xmm3
	vmovdqu 128(%rax), %xmm4
	vmovdqu 160(%rax), %xmm5
	vmovdqu 192(%rax), %xmm6
	vmovdqu 224(%rax), %xmm7
	vmovdqu 256(%rax), %xmm8
	vmovdqu 288(%rax), %xmm9
	vmovdqu 320(%rax), %xmm10
	vmovdqu 352(%rax), %xmm11
	vmovdqu 384(%rax), %xmm12
	vmovdqu 416(%rax), %xmm13
	vmovdqu 448(%rax), %xmm14
	vmovdqu 480(%rax), %xmm15
	fldcw -134(%rbp)
	ldmxcsr -132(%rbp)
	movq -128(%rbp), %r15
	movq -120(%rbp), %r13
	movq -112(%rbp), %r12
	movq -104(%rbp), %r11
	movq -96(%rbp), %r10
	movq -88(%rbp), %r9
	movq -80(%rbp), %r8
	movq -72(%rbp), %rdi
	movq -64(%rbp), %rsi
	movq -56(%rbp), %rbx
	movq -48(%rbp), %rdx
	movq -40(%rbp), %rcx
	movq -32(%rbp), %rax
	movq (%rbp), %rbp
	.globl preempt_amd64_r14_probe_sse_in_avx_loop
	.hidden preempt_amd64_r14_probe_sse_in_avx_loop
preempt_amd64_r14_probe_sse_in_avx_loop:
	1:
	movq %rcx, 24(%rsp)	/* pattern out */
	movq 16(%rsp), %rcx	/* path in */
	leaq 1(%rcx), %rcx
	jnc 2f
	leaq 2(%rcx), %rcx
	2:
	jnp 2f
	leaq 4(%rcx), %rcx
	2:
	jnz 2f
	leaq 8(%rcx), %rcx
	2:
	jns 2f
	leaq 16(%rcx), %rcx
	2:
	jno 2f
	leaq 32(%rcx), %rcx
	2:
	movq %rcx, 16(%rsp)
	movq 8(%rsp), %rcx	/* counter in */
	leaq -1(%rcx), %rcx
	movzwl %cx, %ecx	/* no counter is larger, whatever was done to rcx */
	movq %rcx, 8(%rsp)
	jrcxz 3f
	movq 24(%rsp), %rcx	/* pattern in */
	jmp 1b
	3:
	movq 24(%rsp), %rcx
	.globl preempt_amd64_r14_probe_sse_in_avx_loop_end
	.hidden preempt_amd64_r14_probe_sse_in_avx_loop_end
preempt_amd64_r14_probe_sse_in_avx_loop_end:
	movq %rcx, 24(%rsp)
	movq (%rsp), %rcx
	movq %rbp, 136(%rcx)
	leaq 136(%rcx), %rbp
	movq -8(%rsp), %rcx
	movq %rcx, 136(%rbp)
	movq -16(%rsp), %rcx
	movq %rcx, 128(%rbp)
	movq -24(%rsp), %rcx
	movq %rcx, 120(%rbp)
	movq -32(%rsp), %rcx
	movq %rcx, 112(%rbp)
	movq -40(%rsp), %rcx
	movq %rcx, 104(%rbp)
	movq -48(%rsp), %rcx
	movq %rcx, 96(%rbp)
	movq -56(%rsp), %rcx
	movq %rcx, 88(%rbp)
	movq -64(%rsp), %rcx
	movq %rcx, 80(%rbp)
	movq -72(%rsp), %rcx
	movq %rcx, 72(%rbp)
	movq -80(%rsp), %rcx
	movq %rcx, 64(%rbp)
	movq -88(%rsp), %rcx
	movq %rcx, 56(%rbp)
	movq -96(%rsp), %rcx
	movq %rcx, 48(%rbp)
	movq -104(%rsp), %rcx
	movq %rcx, 40(%rbp)
	movq -112(%rsp), %rcx
	movq %rcx, 32(%rbp)
	movq -120(%rsp), %rcx
	movq %rcx, 24(%rbp)
	movq -128(%rsp), %rcx
	movq %rcx, 16(%rbp)
	pushfq
	.cfi_def_cfa rsp, 112
	popq -8(%rbp)
	.cfi_def_cfa rsp, 104
	movq 24(%rsp), %rcx
	movq %rax, -32(%rbp)
	movq %rcx, -40(%rbp)
	movq %rdx, -48(%rbp)
	movq %rbx, -56(%rbp)
	movq %rsi, -64(%rbp)
	movq %rdi, -72(%rbp)
	movq %r8, -80(%rbp)
	movq %r9, -88(%rbp)
	movq %r10, -96(%rbp)
	movq %r11, -104(%rbp)
	movq %r12, -112(%rbp)
	movq %r13, -120(%rbp)
	movq %r15, -128(%rbp)
	stmxcsr -132(%rbp)
	fnstcw -134(%rbp)
	leaq 184(%rbp), %rax
	vmovdqu %ymm0, (%rax)
	vmovdqu %ymm1, 32(%rax)
	vmovdqu %ymm2, 64(%rax)
	vmovdqu %ymm3, 96(%rax)
	vmovdqu %ymm4, 128(%rax)
	vmovdqu %ymm5, 160(%rax)
	vmovdqu %ymm6, 192(%rax)
	vmovdqu %ymm7, 224(%rax)
	vmovdqu %ymm8, 256(%rax)
	vmovdqu %ymm9, 288(%rax)
	vmovdqu %ymm10, 320(%rax)
	vmovdqu %ymm11, 352(%rax)
	vmovdqu %ymm12, 384(%rax)
	vmovdqu %ymm13, 416(%rax)
	vmovdqu %ymm14, 448(%rax)
	vmovdqu %ymm15, 480(%rax)
	fnsave 512(%rax)	/* and leaves the unit initialised */
	vzeroupper
	cld	/* psABI 3.2.1 */
	ldmxcsr 40(%rsp)
	fldcw 44(%rsp)
	movq 16(%rsp), %rax
	movq 88(%rsp), %r15
	.cfi_restore r15
	movq 80(%rsp), %r14
	.cfi_restore r14
	movq 72(%rsp), %r13
	.cfi_restore r13
	movq 64(%rsp), %r12
	.cfi_restore r12
	movq 56(%rsp), %rbx
	.cfi_restore rbx
	movq 48(%rsp), %rbp
	.cfi_restore rbp
	leaq 96(%rsp), %rsp
	.cfi_def_cfa rsp, 8
	ret
	.cfi_endproc
	.size preempt_amd64_r14_probe_sse_in_avx, . - preempt_amd64_r14_probe_sse_in_avx

/* Fills sse, stores everything with avx512 enabled. */
	.globl preempt_amd64_r14_probe_sse_in_avx512
	.hidden preempt_amd64_r14_probe_sse_in_avx512
	.type preempt_amd64_r14_probe_sse_in_avx512, %function
	.p2align 6
preempt_amd64_r14_probe_sse_in_avx512:
	.cfi_startproc
	.cfi_return_column 16
	.cfi_return_column 16
	.cfi_def_cfa rsp, 8
	.cfi_offset 16, -8
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
	leaq -96(%rsp), %rsp
	.cfi_def_cfa rsp, 104
	movq %rbp, 48(%rsp)
	.cfi_offset rbp, -56
	movq %rbx, 56(%rsp)
	.cfi_offset rbx, -48
	movq %r12, 64(%rsp)
	.cfi_offset r12, -40
	movq %r13, 72(%rsp)
	.cfi_offset r13, -32
	movq %r14, 80(%rsp)
	.cfi_offset r14, -24
	movq %r15, 88(%rsp)
	.cfi_offset r15, -16
	stmxcsr 40(%rsp)
	fnstcw 44(%rsp)
	fninit
	movq %rsi, (%rsp)
	movq %rdx, 8(%rsp)
	movl $0, %ecx
	movq %rcx, 16(%rsp)
	leaq 136(%rdi), %rbp
	leaq 320(%rdi), %rax
	pushq -8(%rbp)
	.cfi_def_cfa rsp, 112
	popfq	/* every instruction from here on leaves the flags alone */
	.cfi_def_cfa rsp, 104
	movq 136(%rbp), %rcx
	movq %rcx, -8(%rsp)
	movq 128(%rbp), %rcx
	movq %rcx, -16(%rsp)
	movq 120(%rbp), %rcx
	movq %rcx, -24(%rsp)
	movq 112(%rbp), %rcx
	movq %rcx, -32(%rsp)
	movq 104(%rbp), %rcx
	movq %rcx, -40(%rsp)
	movq 96(%rbp), %rcx
	movq %rcx, -48(%rsp)
	movq 88(%rbp), %rcx
	movq %rcx, -56(%rsp)
	movq 80(%rbp), %rcx
	movq %rcx, -64(%rsp)
	movq 72(%rbp), %rcx
	movq %rcx, -72(%rsp)
	movq 64(%rbp), %rcx
	movq %rcx, -80(%rsp)
	movq 56(%rbp), %rcx
	movq %rcx, -88(%rsp)
	movq 48(%rbp), %rcx
	movq %rcx, -96(%rsp)
	movq 40(%rbp), %rcx
	movq %rcx, -104(%rsp)
	movq 32(%rbp), %rcx
	movq %rcx, -112(%rsp)
	movq 24(%rbp), %rcx
	movq %rcx, -120(%rsp)
	movq 16(%rbp), %rcx
	movq %rcx, -128(%rsp)
	vmovdqu (%rax), %xmm0
	vmovdqu 64(%rax), %xmm1
	vmovdqu 128(%rax), %xmm2
	vmovdqu 192(%rax), %xmm3
	vmovdqu 256(%rax), %xmm4
	vmovdqu 320(%rax), %xmm5
	vmovdqu 384(%rax), %xmm6
	vmovdqu 448(%rax), %xmm7
	vmovdqu 512(%rax), %xmm8
	vmovdqu 576(%rax), %xmm9
	vmovdqu 640(%rax), %xmm10
	vmovdqu 704(%rax), %xmm11
	vmovdqu 768(%rax), %xmm12
	vmovdqu 832(%rax), %xmm13
	vmovdqu 896(%rax), %xmm14
	vmovdqu 960(%rax), %xmm15
	fldcw -134(%rbp)
	ldmxcsr -132(%rbp)
	movq -128(%rbp), %r15
	movq -120(%rbp), %r13
	movq -112(%rbp), %r12
	movq -104(%rbp), %r11
	movq -96(%rbp), %r10
	movq -88(%rbp), %r9
	movq -80(%rbp), %r8
	movq -72(%rbp), %rdi
	movq -64(%rbp), %rsi
	movq -56(%rbp), %rbx
	movq -48(%rbp), %rdx
	movq -40(%rbp), %rcx
	movq -32(%rbp), %rax
	movq (%rbp), %rbp
	.globl preempt_amd64_r14_probe_sse_in_avx512_loop
	.hidden preempt_amd64_r14_probe_sse_in_avx512_loop
preempt_amd64_r14_probe_sse_in_avx512_loop:
	1:
	movq %rcx, 24(%rsp)	/* pattern out */
	movq 16(%rsp), %rcx	/* path in */
	leaq 1(%rcx), %rcx
	jnc 2f
	leaq 2(%rcx), %rcx
	2:
	jnp 2f
	leaq 4(%rcx), %rcx
	2:
	jnz 2f
	leaq 8(%rcx), %rcx
	2:
	jns 2f
	leaq 16(%rcx), %rcx
	2:
	jno 2f
	leaq 32(%rcx), %rcx
	2:
	movq %rcx, 16(%rsp)
	movq 8(%rsp), %rcx	/* counter in */
	leaq -1(%rcx), %rcx
	movzwl %cx, %ecx	/* no counter is larger, whatever was done to rcx */
	movq %rcx, 8(%rsp)
	jrcxz 3f
	movq 24(%rsp), %rcx	/* pattern in */
	jmp 1b
	3:
	movq 24(%rsp), %rcx
	.globl preempt_amd64_r14_probe_sse_in_avx512_loop_end
	.hidden preempt_amd64_r14_probe_sse_in_avx512_loop_end
preempt_amd64_r14_probe_sse_in_avx512_loop_end:
	movq %rcx, 24(%rsp)
	movq (%rsp), %rcx
	movq %rbp, 136(%rcx)
	leaq 136(%rcx), %rbp
	movq -8(%rsp), %rcx
	movq %rcx, 136(%rbp)
	movq -16(%rsp), %rcx
	movq %rcx, 128(%rbp)
	movq -24(%rsp), %rcx
	movq %rcx, 120(%rbp)
	movq -32(%rsp), %rcx
	movq %rcx, 112(%rbp)
	movq -40(%rsp), %rcx
	movq %rcx, 104(%rbp)
	movq -48(%rsp), %rcx
	movq %rcx, 96(%rbp)
	movq -56(%rsp), %rcx
	movq %rcx, 88(%rbp)
	movq -64(%rsp), %rcx
	movq %rcx, 80(%rbp)
	movq -72(%rsp), %rcx
	movq %rcx, 72(%rbp)
	movq -80(%rsp), %rcx
	movq %rcx, 64(%rbp)
	movq -88(%rsp), %rcx
	movq %rcx, 56(%rbp)
	movq -96(%rsp), %rcx
	movq %rcx, 48(%rbp)
	movq -104(%rsp), %rcx
	movq %rcx, 40(%rbp)
	movq -112(%rsp), %rcx
	movq %rcx, 32(%rbp)
	movq -120(%rsp), %rcx
	movq %rcx, 24(%rbp)
	movq -128(%rsp), %rcx
	movq %rcx, 16(%rbp)
	pushfq
	.cfi_def_cfa rsp, 112
	popq -8(%rbp)
	.cfi_def_cfa rsp, 104
	movq 24(%rsp), %rcx
	movq %rax, -32(%rbp)
	movq %rcx, -40(%rbp)
	movq %rdx, -48(%rbp)
	movq %rbx, -56(%rbp)
	movq %rsi, -64(%rbp)
	movq %rdi, -72(%rbp)
	movq %r8, -80(%rbp)
	movq %r9, -88(%rbp)
	movq %r10, -96(%rbp)
	movq %r11, -104(%rbp)
	movq %r12, -112(%rbp)
	movq %r13, -120(%rbp)
	movq %r15, -128(%rbp)
	stmxcsr -132(%rbp)
	fnstcw -134(%rbp)
	leaq 184(%rbp), %rax
	vmovdqu64 %zmm0, (%rax)
	vmovdqu64 %zmm1, 64(%rax)
	vmovdqu64 %zmm2, 128(%rax)
	vmovdqu64 %zmm3, 192(%rax)
	vmovdqu64 %zmm4, 256(%rax)
	vmovdqu64 %zmm5, 320(%rax)
	vmovdqu64 %zmm6, 384(%rax)
	vmovdqu64 %zmm7, 448(%rax)
	vmovdqu64 %zmm8, 512(%rax)
	vmovdqu64 %zmm9, 576(%rax)
	vmovdqu64 %zmm10, 640(%rax)
	vmovdqu64 %zmm11, 704(%rax)
	vmovdqu64 %zmm12, 768(%rax)
	vmovdqu64 %zmm13, 832(%rax)
	vmovdqu64 %zmm14, 896(%rax)
	vmovdqu64 %zmm15, 960(%rax)
	vmovdqu64 %zmm16, 1024(%rax)
	vmovdqu64 %zmm17, 1088(%rax)
	vmovdqu64 %zmm18, 1152(%rax)
	vmovdqu64 %zmm19, 1216(%rax)
	vmovdqu64 %zmm20, 1280(%rax)
	vmovdqu64 %zmm21, 1344(%rax)
	vmovdqu64 %zmm22, 1408(%rax)
	vmovdqu64 %zmm23, 1472(%rax)
	vmovdqu64 %zmm24, 1536(%rax)
	vmovdqu64 %zmm25, 1600(%rax)
	vmovdqu64 %zmm26, 1664(%rax)
	vmovdqu64 %zmm27, 1728(%rax)
	vmovdqu64 %zmm28, 1792(%rax)
	vmovdqu64 %zmm29, 1856(%rax)
	vmovdqu64 %zmm30, 1920(%rax)
	vmovdqu64 %zmm31, 1984(%rax)
	kmovq %k0, 2048(%rax)
	kmovq %k1, 2056(%rax)
	kmovq %k2, 2064(%rax)
	kmovq %k3, 2072(%rax)
	kmovq %k4, 2080(%rax)
	kmovq %k5, 2088(%rax)
	kmovq %k6, 2096(%rax)
	kmovq %k7, 2104(%rax)
	fnsave 2112(%rax)	/* and leaves the unit initialised */
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
	cld	/* psABI 3.2.1 */
	ldmxcsr 40(%rsp)
	fldcw 44(%rsp)
	movq 16(%rsp), %rax
	movq 88(%rsp), %r15
	.cfi_restore r15
	movq 80(%rsp), %r14
	.cfi_restore r14
	movq 72(%rsp), %r13
	.cfi_restore r13
	movq 64(%rsp), %r12
	.cfi_restore r12
	movq 56(%rsp), %rbx
	.cfi_restore rbx
	movq 48(%rsp), %rbp
	.cfi_restore rbp
	leaq 96(%rsp), %rsp
	.cfi_def_cfa rsp, 8
	ret
	.cfi_endproc
	.size preempt_amd64_r14_probe_sse_in_avx512, . - preempt_amd64_r14_probe_sse_in_avx512

/* Fills sse_x87, stores everything with sse enabled. */
	.globl preempt_amd64_r14_probe_sse_x87_in_sse
	.hidden preempt_amd64_r14_probe_sse_x87_in_sse
	.type preempt_amd64_r14_probe_sse_x87_in_sse, %function
	.p2align 6
preempt_amd64_r14_probe_sse_x87_in_sse:
	.cfi_startproc
	.cfi_return_column 16
	.cfi_return_column 16
	.cfi_def_cfa rsp, 8
	.cfi_offset 16, -8
	leaq -96(%rsp), %rsp
	.cfi_def_cfa rsp, 104
	movq %rbp, 48(%rsp)
	.cfi_offset rbp, -56
	movq %rbx, 56(%rsp)
	.cfi_offset rbx, -48
	movq %r12, 64(%rsp)
	.cfi_offset r12, -40
	movq %r13, 72(%rsp)
	.cfi_offset r13, -32
	movq %r14, 80(%rsp)
	.cfi_offset r14, -24
	movq %r15, 88(%rsp)
	.cfi_offset r15, -16
	stmxcsr 40(%rsp)
	fnstcw 44(%rsp)
	fninit
	movq %rsi, (%rsp)
	movq %rdx, 8(%rsp)
	movl $0, %ecx
	movq %rcx, 16(%rsp)
	leaq 136(%rdi), %rbp
	leaq 320(%rdi), %rax
	pushq -8(%rbp)
	.cfi_def_cfa rsp, 112
	popfq	/* every instruction from here on leaves the flags alone */
	.cfi_def_cfa rsp, 104
	movq 136(%rbp), %rcx
	movq %rcx, -8(%rsp)
	movq 128(%rbp), %rcx
	movq %rcx, -16(%rsp)
	movq 120(%rbp), %rcx
	movq %rcx, -24(%rsp)
	movq 112(%rbp), %rcx
	movq %rcx, -32(%rsp)
	movq 104(%rbp), %rcx
	movq %rcx, -40(%rsp)
	movq 96(%rbp), %rcx
	movq %rcx, -48(%rsp)
	movq 88(%rbp), %rcx
	movq %rcx, -56(%rsp)
	movq 80(%rbp), %rcx
	movq %rcx, -64(%rsp)
	movq 72(%rbp), %rcx
	movq %rcx, -72(%rsp)
	movq 64(%rbp), %rcx
	movq %rcx, -80(%rsp)
	movq 56(%rbp), %rcx
	movq %rcx, -88(%rsp)
	movq 48(%rbp), %rcx
	movq %rcx, -96(%rsp)
	movq 40(%rbp), %rcx
	movq %rcx, -104(%rsp)
	movq 32(%rbp), %rcx
	movq %rcx, -112(%rsp)
	movq 24(%rbp), %rcx
	movq %rcx, -120(%rsp)
	movq 16(%rbp), %rcx
	movq %rcx, -128(%rsp)
	movups (%rax), %xmm0
	movups 16(%rax), %xmm1
	movups 32(%rax), %xmm2
	movups 48(%rax), %xmm3
	movups 64(%rax), %xmm4
	movups 80(%rax), %xmm5
	movups 96(%rax), %xmm6
	movups 112(%rax), %xmm7
	movups 128(%rax), %xmm8
	movups 144(%rax), %xmm9
	movups 160(%rax), %xmm10
	movups 176(%rax), %xmm11
	movups 192(%rax), %xmm12
	movups 208(%rax), %xmm13
	movups 224(%rax), %xmm14
	movups 240(%rax), %xmm15
	frstor 256(%rax)
	ldmxcsr -132(%rbp)
	movq -128(%rbp), %r15
	movq -120(%rbp), %r13
	movq -112(%rbp), %r12
	movq -104(%rbp), %r11
	movq -96(%rbp), %r10
	movq -88(%rbp), %r9
	movq -80(%rbp), %r8
	movq -72(%rbp), %rdi
	movq -64(%rbp), %rsi
	movq -56(%rbp), %rbx
	movq -48(%rbp), %rdx
	movq -40(%rbp), %rcx
	movq -32(%rbp), %rax
	movq (%rbp), %rbp
	.globl preempt_amd64_r14_probe_sse_x87_in_sse_loop
	.hidden preempt_amd64_r14_probe_sse_x87_in_sse_loop
preempt_amd64_r14_probe_sse_x87_in_sse_loop:
	1:
	movq %rcx, 24(%rsp)	/* pattern out */
	movq 16(%rsp), %rcx	/* path in */
	leaq 1(%rcx), %rcx
	jnc 2f
	leaq 2(%rcx), %rcx
	2:
	jnp 2f
	leaq 4(%rcx), %rcx
	2:
	jnz 2f
	leaq 8(%rcx), %rcx
	2:
	jns 2f
	leaq 16(%rcx), %rcx
	2:
	jno 2f
	leaq 32(%rcx), %rcx
	2:
	movq %rcx, 16(%rsp)
	movq 8(%rsp), %rcx	/* counter in */
	leaq -1(%rcx), %rcx
	movzwl %cx, %ecx	/* no counter is larger, whatever was done to rcx */
	movq %rcx, 8(%rsp)
	jrcxz 3f
	movq 24(%rsp), %rcx	/* pattern in */
	jmp 1b
	3:
	movq 24(%rsp), %rcx
	.globl preempt_amd64_r14_probe_sse_x87_in_sse_loop_end
	.hidden preempt_amd64_r14_probe_sse_x87_in_sse_loop_end
preempt_amd64_r14_probe_sse_x87_in_sse_loop_end:
	movq %rcx, 24(%rsp)
	movq (%rsp), %rcx
	movq %rbp, 136(%rcx)
	leaq 136(%rcx), %rbp
	movq -8(%rsp), %rcx
	movq %rcx, 136(%rbp)
	movq -16(%rsp), %rcx
	movq %rcx, 128(%rbp)
	movq -24(%rsp), %rcx
	movq %rcx, 120(%rbp)
	movq -32(%rsp), %rcx
	movq %rcx, 112(%rbp)
	movq -40(%rsp), %rcx
	movq %rcx, 104(%rbp)
	movq -48(%rsp), %rcx
	movq %rcx, 96(%rbp)
	movq -56(%rsp), %rcx
	movq %rcx, 88(%rbp)
	movq -64(%rsp), %rcx
	movq %rcx, 80(%rbp)
	movq -72(%rsp), %rcx
	movq %rcx, 72(%rbp)
	movq -80(%rsp), %rcx
	movq %rcx, 64(%rbp)
	movq -88(%rsp), %rcx
	movq %rcx, 56(%rbp)
	movq -96(%rsp), %rcx
	movq %rcx, 48(%rbp)
	movq -104(%rsp), %rcx
	movq %rcx, 40(%rbp)
	movq -112(%rsp), %rcx
	movq %rcx, 32(%rbp)
	movq -120(%rsp), %rcx
	movq %rcx, 24(%rbp)
	movq -128(%rsp), %rcx
	movq %rcx, 16(%rbp)
	pushfq
	.cfi_def_cfa rsp, 112
	popq -8(%rbp)
	.cfi_def_cfa rsp, 104
	movq 24(%rsp), %rcx
	movq %rax, -32(%rbp)
	movq %rcx, -40(%rbp)
	movq %rdx, -48(%rbp)
	movq %rbx, -56(%rbp)
	movq %rsi, -64(%rbp)
	movq %rdi, -72(%rbp)
	movq %r8, -80(%rbp)
	movq %r9, -88(%rbp)
	movq %r10, -96(%rbp)
	movq %r11, -104(%rbp)
	movq %r12, -112(%rbp)
	movq %r13, -120(%rbp)
	movq %r15, -128(%rbp)
	stmxcsr -132(%rbp)
	fnstcw -134(%rbp)
	leaq 184(%rbp), %rax
	movups %xmm0, (%rax)
	movups %xmm1, 16(%rax)
	movups %xmm2, 32(%rax)
	movups %xmm3, 48(%rax)
	movups %xmm4, 64(%rax)
	movups %xmm5, 80(%rax)
	movups %xmm6, 96(%rax)
	movups %xmm7, 112(%rax)
	movups %xmm8, 128(%rax)
	movups %xmm9, 144(%rax)
	movups %xmm10, 160(%rax)
	movups %xmm11, 176(%rax)
	movups %xmm12, 192(%rax)
	movups %xmm13, 208(%rax)
	movups %xmm14, 224(%rax)
	movups %xmm15, 240(%rax)
	fnsave 256(%rax)	/* and leaves the unit initialised */
	cld	/* psABI 3.2.1 */
	ldmxcsr 40(%rsp)
	fldcw 44(%rsp)
	movq 16(%rsp), %rax
	movq 88(%rsp), %r15
	.cfi_restore r15
	movq 80(%rsp), %r14
	.cfi_restore r14
	movq 72(%rsp), %r13
	.cfi_restore r13
	movq 64(%rsp), %r12
	.cfi_restore r12
	movq 56(%rsp), %rbx
	.cfi_restore rbx
	movq 48(%rsp), %rbp
	.cfi_restore rbp
	leaq 96(%rsp), %rsp
	.cfi_def_cfa rsp, 8
	ret
	.cfi_endproc
	.size preempt_amd64_r14_probe_sse_x87_in_sse, . - preempt_amd64_r14_probe_sse_x87_in_sse

/* Fills sse_x87, stores everything with avx enabled. */
	.globl preempt_amd64_r14_probe_sse_x87_in_avx
	.hidden preempt_amd64_r14_probe_sse_x87_in_avx
	.type preempt_amd64_r14_probe_sse_x87_in_avx, %function
	.p2align 6
preempt_amd64_r14_probe_sse_x87_in_avx:
	.cfi_startproc
	.cfi_return_column 16
	.cfi_return_column 16
	.cfi_def_cfa rsp, 8
	.cfi_offset 16, -8
	vzeroupper
	leaq -96(%rsp), %rsp
	.cfi_def_cfa rsp, 104
	movq %rbp, 48(%rsp)
	.cfi_offset rbp, -56
	movq %rbx, 56(%rsp)
	.cfi_offset rbx, -48
	movq %r12, 64(%rsp)
	.cfi_offset r12, -40
	movq %r13, 72(%rsp)
	.cfi_offset r13, -32
	movq %r14, 80(%rsp)
	.cfi_offset r14, -24
	movq %r15, 88(%rsp)
	.cfi_offset r15, -16
	stmxcsr 40(%rsp)
	fnstcw 44(%rsp)
	fninit
	movq %rsi, (%rsp)
	movq %rdx, 8(%rsp)
	movl $0, %ecx
	movq %rcx, 16(%rsp)
	leaq 136(%rdi), %rbp
	leaq 320(%rdi), %rax
	pushq -8(%rbp)
	.cfi_def_cfa rsp, 112
	popfq	/* every instruction from here on leaves the flags alone */
	.cfi_def_cfa rsp, 104
	movq 136(%rbp), %rcx
	movq %rcx, -8(%rsp)
	movq 128(%rbp), %rcx
	movq %rcx, -16(%rsp)
	movq 120(%rbp), %rcx
	movq %rcx, -24(%rsp)
	movq 112(%rbp), %rcx
	movq %rcx, -32(%rsp)
	movq 104(%rbp), %rcx
	movq %rcx, -40(%rsp)
	movq 96(%rbp), %rcx
	movq %rcx, -48(%rsp)
	movq 88(%rbp), %rcx
	movq %rcx, -56(%rsp)
	movq 80(%rbp), %rcx
	movq %rcx, -64(%rsp)
	movq 72(%rbp), %rcx
	movq %rcx, -72(%rsp)
	movq 64(%rbp), %rcx
	movq %rcx, -80(%rsp)
	movq 56(%rbp), %rcx
	movq %rcx, -88(%rsp)
	movq 48(%rbp), %rcx
	movq %rcx, -96(%rsp)
	movq 40(%rbp), %rcx
	movq %rcx, -104(%rsp)
	movq 32(%rbp), %rcx
	movq %rcx, -112(%rsp)
	movq 24(%rbp), %rcx
	movq %rcx, -120(%rsp)
	movq 16(%rbp), %rcx
	movq %rcx, -128(%rsp)
	vmovdqu (%rax), %xmm0
	vmovdqu 32(%rax), %xmm1
	vmovdqu 64(%rax), %xmm2
	vmovdqu 96(%rax), %xmm3
	vmovdqu 128(%rax), %xmm4
	vmovdqu 160(%rax), %xmm5
	vmovdqu 192(%rax), %xmm6
	vmovdqu 224(%rax), %xmm7
	vmovdqu 256(%rax), %xmm8
	vmovdqu 288(%rax), %xmm9
	vmovdqu 320(%rax), %xmm10
	vmovdqu 352(%rax), %xmm11
	vmovdqu 384(%rax), %xmm12
	vmovdqu 416(%rax), %xmm13
	vmovdqu 448(%rax), %xmm14
	vmovdqu 480(%rax), %xmm15
	frstor 512(%rax)
	ldmxcsr -132(%rbp)
	movq -128(%rbp), %r15
	movq -120(%rbp), %r13
	movq -112(%rbp), %r12
	movq -104(%rbp), %r11
	movq -96(%rbp), %r10
	movq -88(%rbp), %r9
	movq -80(%rbp), %r8
	movq -72(%rbp), %rdi
	movq -64(%rbp), %rsi
	movq -56(%rbp), %rbx
	movq -48(%rbp), %rdx
	movq -40(%rbp), %rcx
	movq -32(%rbp), %rax
	movq (%rbp), %rbp
	.globl preempt_amd64_r14_probe_sse_x87_in_avx_loop
	.hidden preempt_amd64_r14_probe_sse_x87_in_avx_loop
preempt_amd64_r14_probe_sse_x87_in_avx_loop:
	1:
	movq %rcx, 24(%rsp)	/* pattern out */
	movq 16(%rsp), %rcx	/* path in */
	leaq 1(%rcx), %rcx
	jnc 2f
	leaq 2(%rcx), %rcx
	2:
	jnp 2f
	leaq 4(%rcx), %rcx
	2:
	jnz 2f
	leaq 8(%rcx), %rcx
	2:
	jns 2f
	leaq 16(%rcx), %rcx
	2:
	jno 2f
	leaq 32(%rcx), %rcx
	2:
	movq %rcx, 16(%rsp)
	movq 8(%rsp), %rcx	/* counter in */
	leaq -1(%rcx), %rcx
	movzwl %cx, %ecx	/* no counter is larger, whatever was done to rcx */
	movq %rcx, 8(%rsp)
	jrcxz 3f
	movq 24(%rsp), %rcx	/* pattern in */
	jmp 1b
	3:
	movq 24(%rsp), %rcx
	.globl preempt_amd64_r14_probe_sse_x87_in_avx_loop_end
	.hidden preempt_amd64_r14_probe_sse_x87_in_avx_loop_end
preempt_amd64_r14_probe_sse_x87_in_avx_loop_end:
	movq %rcx, 24(%rsp)
	movq (%rsp), %rcx
	movq %rbp, 136(%rcx)
	leaq 136(%rcx), %rbp
	movq -8(%rsp), %rcx
	movq %rcx, 136(%rbp)
	movq -16(%rsp), %rcx
	movq %rcx, 128(%rbp)
	movq -24(%rsp), %rcx
	movq %rcx, 120(%rbp)
	movq -32(%rsp), %rcx
	movq %rcx, 112(%rbp)
	movq -40(%rsp), %rcx
	movq %rcx, 104(%rbp)
	movq -48(%rsp), %rcx
	movq %rcx, 96(%rbp)
	movq -56(%rsp), %rcx
	movq %rcx, 88(%rbp)
	movq -64(%rsp), %rcx
	movq %rcx, 80(%rbp)
	movq -72(%rsp), %rcx
	movq %rcx, 72(%rbp)
	movq -80(%rsp), %rcx
	movq %rcx, 64(%rbp)
	movq -88(%rsp), %rcx
	movq %rcx, 56(%rbp)
	movq -96(%rsp), %rcx
	movq %rcx, 48(%rbp)
	movq -104(%rsp), %rcx
	movq %rcx, 40(%rbp)
	movq -112(%rsp), %rcx
	movq %rcx, 32(%rbp)
	movq -120(%rsp), %rcx
	movq %rcx, 24(%rbp)
	movq -128(%rsp), %rcx
	movq %rcx, 16(%rbp)
	pushfq
	.cfi_def_cfa rsp, 112
	popq -8(%rbp)
	.cfi_def_cfa rsp, 104
	movq 24(%rsp), %rcx
	movq %rax, -32(%rbp)
	movq %rcx, -40(%rbp)
	movq %rdx, -48(%rbp)
	movq %rbx, -56(%rbp)
	movq %rsi, -64(%rbp)
	movq %rdi, -72(%rbp)
	movq %r8, -80(%rbp)
	movq %r9, -88(%rbp)
	movq %r10, -96(%rbp)
	movq %r11, -104(%rbp)
	movq %r12, -112(%rbp)
	movq %r13, -120(%rbp)
	movq %r15, -128(%rbp)
	stmxcsr -132(%rbp)
	fnstcw -134(%rbp)
	leaq 184(%rbp), %rax
	vmovdqu %ymm0, (%rax)
	vmovdqu %ymm1, 32(%rax)
	vmovdqu %ymm2, 64(%rax)
	vmovdqu %ymm3, 96(%rax)
	vmovdqu %ymm4, 128(%rax)
	vmovdqu %ymm5, 160(%rax)
	vmovdqu %ymm6, 192(%rax)
	vmovdqu %ymm7, 224(%rax)
	vmovdqu %ymm8, 256(%rax)
	vmovdqu %ymm9, 288(%rax)
	vmovdqu %ymm10, 320(%rax)
	vmovdqu %ymm11, 352(%rax)
	vmovdqu %ymm12, 384(%rax)
	vmovdqu %ymm13, 416(%rax)
	vmovdqu %ymm14, 448(%rax)
	vmovdqu %ymm15, 480(%rax)
	fnsave 512(%rax)	/* and leaves the unit initialised */
	vzeroupper
	cld	/* psABI 3.2.1 */
	ldmxcsr 40(%rsp)
	fldcw 44(%rsp)
	movq 16(%rsp), %rax
	movq 88(%rsp), %r15
	.cfi_restore r15
	movq 80(%rsp), %r14
	.cfi_restore r14
	movq 72(%rsp), %r13
	.cfi_restore r13
	movq 64(%rsp), %r12
	.cfi_restore r12
	movq 56(%rsp), %rbx
	.cfi_restore rbx
	movq 48(%rsp), %rbp
	.cfi_restore rbp
	leaq 96(%rsp), %rsp
	.cfi_def_cfa rsp, 8
	ret
	.cfi_endproc
	.size preempt_amd64_r14_probe_sse_x87_in_avx, . - preempt_amd64_r14_probe_sse_x87_in_avx

/* Fills sse_x87, stores everything with avx512 enabled. */
	.globl preempt_amd64_r14_probe_sse_x87_in_avx512
	.hidden preempt_amd64_r14_probe_sse_x87_in_avx512
	.type preempt_amd64_r14_probe_sse_x87_in_avx512, %function
	.p2align 6
preempt_amd64_r14_probe_sse_x87_in_avx512:
	.cfi_startproc
	.cfi_return_column 16
	.cfi_return_column 16
	.cfi_def_cfa rsp, 8
	.cfi_offset 16, -8
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
	leaq -96(%rsp), %rsp
	.cfi_def_cfa rsp, 104
	movq %rbp, 48(%rsp)
	.cfi_offset rbp, -56
	movq %rbx, 56(%rsp)
	.cfi_offset rbx, -48
	movq %r12, 64(%rsp)
	.cfi_offset r12, -40
	movq %r13, 72(%rsp)
	.cfi_offset r13, -32
	movq %r14, 80(%rsp)
	.cfi_offset r14, -24
	movq %r15, 88(%rsp)
	.cfi_offset r15, -16
	stmxcsr 40(%rsp)
	fnstcw 44(%rsp)
	fninit
	movq %rsi, (%rsp)
	movq %rdx, 8(%rsp)
	movl $0, %ecx
	movq %rcx, 16(%rsp)
	leaq 136(%rdi), %rbp
	leaq 320(%rdi), %rax
	pushq -8(%rbp)
	.cfi_def_cfa rsp, 112
	popfq	/* every instruction from here on leaves the flags alone */
	.cfi_def_cfa rsp, 104
	movq 136(%rbp), %rcx
	movq %rcx, -8(%rsp)
	movq 128(%rbp), %rcx
	movq %rcx, -16(%rsp)
	movq 120(%rbp), %rcx
	movq %rcx, -24(%rsp)
	movq 112(%rbp), %rcx
	movq %rcx, -32(%rsp)
	movq 104(%rbp), %rcx
	movq %rcx, -40(%rsp)
	movq 96(%rbp), %rcx
	movq %rcx, -48(%rsp)
	movq 88(%rbp), %rcx
	movq %rcx, -56(%rsp)
	movq 80(%rbp), %rcx
	movq %rcx, -64(%rsp)
	movq 72(%rbp), %rcx
	movq %rcx, -72(%rsp)
	movq 64(%rbp), %rcx
	movq %rcx, -80(%rsp)
	movq 56(%rbp), %rcx
	movq %rcx, -88(%rsp)
	movq 48(%rbp), %rcx
	movq %rcx, -96(%rsp)
	movq 40(%rbp), %rcx
	movq %rcx, -104(%rsp)
	movq 32(%rbp), %rcx
	movq %rcx, -112(%rsp)
	movq 24(%rbp), %rcx
	movq %rcx, -120(%rsp)
	movq 16(%rbp), %rcx
	movq %rcx, -128(%rsp)
	vmovdqu (%rax), %xmm0
	vmovdqu 64(%rax), %xmm1
	vmovdqu 128(%rax), %xmm2
	vmovdqu 192(%rax), %xmm3
	vmovdqu 256(%rax), %xmm4
	vmovdqu 320(%rax), %xmm5
	vmovdqu 384(%rax), %xmm6
	vmovdqu 448(%rax), %xmm7
	vmovdqu 512(%rax), %xmm8
	vmovdqu 576(%rax), %xmm9
	vmovdqu 640(%rax), %xmm10
	vmovdqu 704(%rax), %xmm11
	vmovdqu 768(%rax), %xmm12
	vmovdqu 832(%rax), %xmm13
	vmovdqu 896(%rax), %xmm14
	vmovdqu 960(%rax), %xmm15
	frstor 2112(%rax)
	ldmxcsr -132(%rbp)
	movq -128(%rbp), %r15
	movq -120(%rbp), %r13
	movq -112(%rbp), %r12
	movq -104(%rbp), %r11
	movq -96(%rbp), %r10
	movq -88(%rbp), %r9
	movq -80(%rbp), %r8
	movq -72(%rbp), %rdi
	movq -64(%rbp), %rsi
	movq -56(%rbp), %rbx
	movq -48(%rbp), %rdx
	movq -40(%rbp), %rcx
	movq -32(%rbp), %rax
	movq (%rbp), %rbp
	.globl preempt_amd64_r14_probe_sse_x87_in_avx512_loop
	.hidden preempt_amd64_r14_probe_sse_x87_in_avx512_loop
preempt_amd64_r14_probe_sse_x87_in_avx512_loop:
	1:
	movq %rcx, 24(%rsp)	/* pattern out */
	movq 16(%rsp), %rcx	/* path in */
	leaq 1(%rcx), %rcx
	jnc 2f
	leaq 2(%rcx), %rcx
	2:
	jnp 2f
	leaq 4(%rcx), %rcx
	2:
	jnz 2f
	leaq 8(%rcx), %rcx
	2:
	jns 2f
	leaq 16(%rcx), %rcx
	2:
	jno 2f
	leaq 32(%rcx), %rcx
	2:
	movq %rcx, 16(%rsp)
	movq 8(%rsp), %rcx	/* counter in */
	leaq -1(%rcx), %rcx
	movzwl %cx, %ecx	/* no counter is larger, whatever was done to rcx */
	movq %rcx, 8(%rsp)
	jrcxz 3f
	movq 24(%rsp), %rcx	/* pattern in */
	jmp 1b
	3:
	movq 24(%rsp), %rcx
	.globl preempt_amd64_r14_probe_sse_x87_in_avx512_loop_end
	.hidden preempt_amd64_r14_probe_sse_x87_in_avx512_loop_end
preempt_amd64_r14_probe_sse_x87_in_avx512_loop_end:
	movq %rcx, 24(%rsp)
	movq (%rsp), %rcx
	movq %rbp, 136(%rcx)
	leaq 136(%rcx), %rbp
	movq -8(%rsp), %rcx
	movq %rcx, 136(%rbp)
	movq -16(%rsp), %rcx
	movq %rcx, 128(%rbp)
	movq -24(%rsp), %rcx
	movq %rcx, 120(%rbp)
	movq -32(%rsp), %rcx
	movq %rcx, 112(%rbp)
	movq -40(%rsp), %rcx
	movq %rcx, 104(%rbp)
	movq -48(%rsp), %rcx
	movq %rcx, 96(%rbp)
	movq -56(%rsp), %rcx
	movq %rcx, 88(%rbp)
	movq -64(%rsp), %rcx
	movq %rcx, 80(%rbp)
	movq -72(%rsp), %rcx
	movq %rcx, 72(%rbp)
	movq -80(%rsp), %rcx
	movq %rcx, 64(%rbp)
	movq -88(%rsp), %rcx
	movq %rcx, 56(%rbp)
	movq -96(%rsp), %rcx
	movq %rcx, 48(%rbp)
	movq -104(%rsp), %rcx
	movq %rcx, 40(%rbp)
	movq -112(%rsp), %rcx
	movq %rcx, 32(%rbp)
	movq -120(%rsp), %rcx
	movq %rcx, 24(%rbp)
	movq -128(%rsp), %rcx
	movq %rcx, 16(%rbp)
	pushfq
	.cfi_def_cfa rsp, 112
	popq -8(%rbp)
	.cfi_def_cfa rsp, 104
	movq 24(%rsp), %rcx
	movq %rax, -32(%rbp)
	movq %rcx, -40(%rbp)
	movq %rdx, -48(%rbp)
	movq %rbx, -56(%rbp)
	movq %rsi, -64(%rbp)
	movq %rdi, -72(%rbp)
	movq %r8, -80(%rbp)
	movq %r9, -88(%rbp)
	movq %r10, -96(%rbp)
	movq %r11, -104(%rbp)
	movq %r12, -112(%rbp)
	movq %r13, -120(%rbp)
	movq %r15, -128(%rbp)
	stmxcsr -132(%rbp)
	fnstcw -134(%rbp)
	leaq 184(%rbp), %rax
	vmovdqu64 %zmm0, (%rax)
	vmovdqu64 %zmm1, 64(%rax)
	vmovdqu64 %zmm2, 128(%rax)
	vmovdqu64 %zmm3, 192(%rax)
	vmovdqu64 %zmm4, 256(%rax)
	vmovdqu64 %zmm5, 320(%rax)
	vmovdqu64 %zmm6, 384(%rax)
	vmovdqu64 %zmm7, 448(%rax)
	vmovdqu64 %zmm8, 512(%rax)
	vmovdqu64 %zmm9, 576(%rax)
	vmovdqu64 %zmm10, 640(%rax)
	vmovdqu64 %zmm11, 704(%rax)
	vmovdqu64 %zmm12, 768(%rax)
	vmovdqu64 %zmm13, 832(%rax)
	vmovdqu64 %zmm14, 896(%rax)
	vmovdqu64 %zmm15, 960(%rax)
	vmovdqu64 %zmm16, 1024(%rax)
	vmovdqu64 %zmm17, 1088(%rax)
	vmovdqu64 %zmm18, 1152(%rax)
	vmovdqu64 %zmm19, 1216(%rax)
	vmovdqu64 %zmm20, 1280(%rax)
	vmovdqu64 %zmm21, 1344(%rax)
	vmovdqu64 %zmm22, 1408(%rax)
	vmovdqu64 %zmm23, 1472(%rax)
	vmovdqu64 %zmm24, 1536(%rax)
	vmovdqu64 %zmm25, 1600(%rax)
	vmovdqu64 %zmm26, 1664(%rax)
	vmovdqu64 %zmm27, 1728(%rax)
	vmovdqu64 %zmm28, 1792(%rax)
	vmovdqu64 %zmm29, 1856(%rax)
	vmovdqu64 %zmm30, 1920(%rax)
	vmovdqu64 %zmm31, 1984(%rax)
	kmovq %k0, 2048(%rax)
	kmovq %k1, 2056(%rax)
	kmovq %k2, 2064(%rax)
	kmovq %k3, 2072(%rax)
	kmovq %k4, 2080(%rax)
	kmovq %k5, 2088(%rax)
	kmovq %k6, 2096(%rax)
	kmovq %k7, 2104(%rax)
	fnsave 2112(%rax)	/* and leaves the unit initialised */
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
	cld	/* psABI 3.2.1 */
	ldmxcsr 40(%rsp)
	fldcw 44(%rsp)
	movq 16(%rsp), %rax
	movq 88(%rsp), %r15
	.cfi_restore r15
	movq 80(%rsp), %r14
	.cfi_restore r14
	movq 72(%rsp), %r13
	.cfi_restore r13
	movq 64(%rsp), %r12
	.cfi_restore r12
	movq 56(%rsp), %rbx
	.cfi_restore rbx
	movq 48(%rsp), %rbp
	.cfi_restore rbp
	leaq 96(%rsp), %rsp
	.cfi_def_cfa rsp, 8
	ret
	.cfi_endproc
	.size preempt_amd64_r14_probe_sse_x87_in_avx512, . - preempt_amd64_r14_probe_sse_x87_in_avx512

/* Fills avx, stores everything with avx enabled. */
	.globl preempt_amd64_r14_probe_avx_in_avx
	.hidden preempt_amd64_r14_probe_avx_in_avx
	.type preempt_amd64_r14_probe_avx_in_avx, %function
	.p2align 6
preempt_amd64_r14_probe_avx_in_avx:
	.cfi_startproc
	.cfi_return_column 16
	.cfi_return_column 16
	.cfi_def_cfa rsp, 8
	.cfi_offset 16, -8
	vzeroupper
	leaq -96(%rsp), %rsp
	.cfi_def_cfa rsp, 104
	movq %rbp, 48(%rsp)
	.cfi_offset rbp, -56
	movq %rbx, 56(%rsp)
	.cfi_offset rbx, -48
	movq %r12, 64(%rsp)
	.cfi_offset r12, -40
	movq %r13, 72(%rsp)
	.cfi_offset r13, -32
	movq %r14, 80(%rsp)
	.cfi_offset r14, -24
	movq %r15, 88(%rsp)
	.cfi_offset r15, -16
	stmxcsr 40(%rsp)
	fnstcw 44(%rsp)
	fninit
	movq %rsi, (%rsp)
	movq %rdx, 8(%rsp)
	movl $0, %ecx
	movq %rcx, 16(%rsp)
	leaq 136(%rdi), %rbp
	leaq 320(%rdi), %rax
	pushq -8(%rbp)
	.cfi_def_cfa rsp, 112
	popfq	/* every instruction from here on leaves the flags alone */
	.cfi_def_cfa rsp, 104
	movq 136(%rbp), %rcx
	movq %rcx, -8(%rsp)
	movq 128(%rbp), %rcx
	movq %rcx, -16(%rsp)
	movq 120(%rbp), %rcx
	movq %rcx, -24(%rsp)
	movq 112(%rbp), %rcx
	movq %rcx, -32(%rsp)
	movq 104(%rbp), %rcx
	movq %rcx, -40(%rsp)
	movq 96(%rbp), %rcx
	movq %rcx, -48(%rsp)
	movq 88(%rbp), %rcx
	movq %rcx, -56(%rsp)
	movq 80(%rbp), %rcx
	movq %rcx, -64(%rsp)
	movq 72(%rbp), %rcx
	movq %rcx, -72(%rsp)
	movq 64(%rbp), %rcx
	movq %rcx, -80(%rsp)
	movq 56(%rbp), %rcx
	movq %rcx, -88(%rsp)
	movq 48(%rbp), %rcx
	movq %rcx, -96(%rsp)
	movq 40(%rbp), %rcx
	movq %rcx, -104(%rsp)
	movq 32(%rbp), %rcx
	movq %rcx, -112(%rsp)
	movq 24(%rbp), %rcx
	movq %rcx, -120(%rsp)
	movq 16(%rbp), %rcx
	movq %rcx, -128(%rsp)
	vmovdqu (%rax), %ymm0
	vmovdqu 32(%rax), %ymm1
	vmovdqu 64(%rax), %ymm2
	vmovdqu 96(%rax), %ymm3
	vmovdqu 128(%rax), %ymm4
	vmovdqu 160(%rax), %ymm5
	vmovdqu 192(%rax), %ymm6
	vmovdqu 224(%rax), %ymm7
	vmovdqu 256(%rax), %ymm8
	vmovdqu 288(%rax), %ymm9
	vmovdqu 320(%rax), %ymm10
	vmovdqu 352(%rax), %ymm11
	vmovdqu 384(%rax), %ymm12
	vmovdqu 416(%rax), %ymm13
	vmovdqu 448(%rax), %ymm14
	vmovdqu 480(%rax), %ymm15
	fldcw -134(%rbp)
	ldmxcsr -132(%rbp)
	movq -128(%rbp), %r15
	movq -120(%rbp), %r13
	movq -112(%rbp), %r12
	movq -104(%rbp), %r11
	movq -96(%rbp), %r10
	movq -88(%rbp), %r9
	movq -80(%rbp), %r8
	movq -72(%rbp), %rdi
	movq -64(%rbp), %rsi
	movq -56(%rbp), %rbx
	movq -48(%rbp), %rdx
	movq -40(%rbp), %rcx
	movq -32(%rbp), %rax
	movq (%rbp), %rbp
	.globl preempt_amd64_r14_probe_avx_in_avx_loop
	.hidden preempt_amd64_r14_probe_avx_in_avx_loop
preempt_amd64_r14_probe_avx_in_avx_loop:
	1:
	movq %rcx, 24(%rsp)	/* pattern out */
	movq 16(%rsp), %rcx	/* path in */
	leaq 1(%rcx), %rcx
	jnc 2f
	leaq 2(%rcx), %rcx
	2:
	jnp 2f
	leaq 4(%rcx), %rcx
	2:
	jnz 2f
	leaq 8(%rcx), %rcx
	2:
	jns 2f
	leaq 16(%rcx), %rcx
	2:
	jno 2f
	leaq 32(%rcx), %rcx
	2:
	movq %rcx, 16(%rsp)
	movq 8(%rsp), %rcx	/* counter in */
	leaq -1(%rcx), %rcx
	movzwl %cx, %ecx	/* no counter is larger, whatever was done to rcx */
	movq %rcx, 8(%rsp)
	jrcxz 3f
	movq 24(%rsp), %rcx	/* pattern in */
	jmp 1b
	3:
	movq 24(%rsp), %rcx
	.globl preempt_amd64_r14_probe_avx_in_avx_loop_end
	.hidden preempt_amd64_r14_probe_avx_in_avx_loop_end
preempt_amd64_r14_probe_avx_in_avx_loop_end:
	movq %rcx, 24(%rsp)
	movq (%rsp), %rcx
	movq %rbp, 136(%rcx)
	leaq 136(%rcx), %rbp
	movq -8(%rsp), %rcx
	movq %rcx, 136(%rbp)
	movq -16(%rsp), %rcx
	movq %rcx, 128(%rbp)
	movq -24(%rsp), %rcx
	movq %rcx, 120(%rbp)
	movq -32(%rsp), %rcx
	movq %rcx, 112(%rbp)
	movq -40(%rsp), %rcx
	movq %rcx, 104(%rbp)
	movq -48(%rsp), %rcx
	movq %rcx, 96(%rbp)
	movq -56(%rsp), %rcx
	movq %rcx, 88(%rbp)
	movq -64(%rsp), %rcx
	movq %rcx, 80(%rbp)
	movq -72(%rsp), %rcx
	movq %rcx, 72(%rbp)
	movq -80(%rsp), %rcx
	movq %rcx, 64(%rbp)
	movq -88(%rsp), %rcx
	movq %rcx, 56(%rbp)
	movq -96(%rsp), %rcx
	movq %rcx, 48(%rbp)
	movq -104(%rsp), %rcx
	movq %rcx, 40(%rbp)
	movq -112(%rsp), %rcx
	movq %rcx, 32(%rbp)
	movq -120(%rsp), %rcx
	movq %rcx, 24(%rbp)
	movq -128(%rsp), %rcx
	movq %rcx, 16(%rbp)
	pushfq
	.cfi_def_cfa rsp, 112
	popq -8(%rbp)
	.cfi_def_cfa rsp, 104
	movq 24(%rsp), %rcx
	movq %rax, -32(%rbp)
	movq %rcx, -40(%rbp)
	movq %rdx, -48(%rbp)
	movq %rbx, -56(%rbp)
	movq %rsi, -64(%rbp)
	movq %rdi, -72(%rbp)
	movq %r8, -80(%rbp)
	movq %r9, -88(%rbp)
	movq %r10, -96(%rbp)
	movq %r11, -104(%rbp)
	movq %r12, -112(%rbp)
	movq %r13, -120(%rbp)
	movq %r15, -128(%rbp)
	stmxcsr -132(%rbp)
	fnstcw -134(%rbp)
	leaq 184(%rbp), %rax
	vmovdqu %ymm0, (%rax)
	vmovdqu %ymm1, 32(%rax)
	vmovdqu %ymm2, 64(%rax)
	vmovdqu %ymm3, 96(%rax)
	vmovdqu %ymm4, 128(%rax)
	vmovdqu %ymm5, 160(%rax)
	vmovdqu %ymm6, 192(%rax)
	vmovdqu %ymm7, 224(%rax)
	vmovdqu %ymm8, 256(%rax)
	vmovdqu %ymm9, 288(%rax)
	vmovdqu %ymm10, 320(%rax)
	vmovdqu %ymm11, 352(%rax)
	vmovdqu %ymm12, 384(%rax)
	vmovdqu %ymm13, 416(%rax)
	vmovdqu %ymm14, 448(%rax)
	vmovdqu %ymm15, 480(%rax)
	fnsave 512(%rax)	/* and leaves the unit initialised */
	vzeroupper
	cld	/* psABI 3.2.1 */
	ldmxcsr 40(%rsp)
	fldcw 44(%rsp)
	movq 16(%rsp), %rax
	movq 88(%rsp), %r15
	.cfi_restore r15
	movq 80(%rsp), %r14
	.cfi_restore r14
	movq 72(%rsp), %r13
	.cfi_restore r13
	movq 64(%rsp), %r12
	.cfi_restore r12
	movq 56(%rsp), %rbx
	.cfi_restore rbx
	movq 48(%rsp), %rbp
	.cfi_restore rbp
	leaq 96(%rsp), %rsp
	.cfi_def_cfa rsp, 8
	ret
	.cfi_endproc
	.size preempt_amd64_r14_probe_avx_in_avx, . - preempt_amd64_r14_probe_avx_in_avx

/* Fills avx, stores everything with avx512 enabled. */
	.globl preempt_amd64_r14_probe_avx_in_avx512
	.hidden preempt_amd64_r14_probe_avx_in_avx512
	.type preempt_amd64_r14_probe_avx_in_avx512, %function
	.p2align 6
preempt_amd64_r14_probe_avx_in_avx512:
	.cfi_startproc
	.cfi_return_column 16
	.cfi_return_column 16
	.cfi_def_cfa rsp, 8
	.cfi_offset 16, -8
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
	leaq -96(%rsp), %rsp
	.cfi_def_cfa rsp, 104
	movq %rbp, 48(%rsp)
	.cfi_offset rbp, -56
	movq %rbx, 56(%rsp)
	.cfi_offset rbx, -48
	movq %r12, 64(%rsp)
	.cfi_offset r12, -40
	movq %r13, 72(%rsp)
	.cfi_offset r13, -32
	movq %r14, 80(%rsp)
	.cfi_offset r14, -24
	movq %r15, 88(%rsp)
	.cfi_offset r15, -16
	stmxcsr 40(%rsp)
	fnstcw 44(%rsp)
	fninit
	movq %rsi, (%rsp)
	movq %rdx, 8(%rsp)
	movl $0, %ecx
	movq %rcx, 16(%rsp)
	leaq 136(%rdi), %rbp
	leaq 320(%rdi), %rax
	pushq -8(%rbp)
	.cfi_def_cfa rsp, 112
	popfq	/* every instruction from here on leaves the flags alone */
	.cfi_def_cfa rsp, 104
	movq 136(%rbp), %rcx
	movq %rcx, -8(%rsp)
	movq 128(%rbp), %rcx
	movq %rcx, -16(%rsp)
	movq 120(%rbp), %rcx
	movq %rcx, -24(%rsp)
	movq 112(%rbp), %rcx
	movq %rcx, -32(%rsp)
	movq 104(%rbp), %rcx
	movq %rcx, -40(%rsp)
	movq 96(%rbp), %rcx
	movq %rcx, -48(%rsp)
	movq 88(%rbp), %rcx
	movq %rcx, -56(%rsp)
	movq 80(%rbp), %rcx
	movq %rcx, -64(%rsp)
	movq 72(%rbp), %rcx
	movq %rcx, -72(%rsp)
	movq 64(%rbp), %rcx
	movq %rcx, -80(%rsp)
	movq 56(%rbp), %rcx
	movq %rcx, -88(%rsp)
	movq 48(%rbp), %rcx
	movq %rcx, -96(%rsp)
	movq 40(%rbp), %rcx
	movq %rcx, -104(%rsp)
	movq 32(%rbp), %rcx
	movq %rcx, -112(%rsp)
	movq 24(%rbp), %rcx
	movq %rcx, -120(%rsp)
	movq 16(%rbp), %rcx
	movq %rcx, -128(%rsp)
	vmovdqu (%rax), %ymm0
	vmovdqu 64(%rax), %ymm1
	vmovdqu 128(%rax), %ymm2
	vmovdqu 192(%rax), %ymm3
	vmovdqu 256(%rax), %ymm4
	vmovdqu 320(%rax), %ymm5
	vmovdqu 384(%rax), %ymm6
	vmovdqu 448(%rax), %ymm7
	vmovdqu 512(%rax), %ymm8
	vmovdqu 576(%rax), %ymm9
	vmovdqu 640(%rax), %ymm10
	vmovdqu 704(%rax), %ymm11
	vmovdqu 768(%rax), %ymm12
	vmovdqu 832(%rax), %ymm13
	vmovdqu 896(%rax), %ymm14
	vmovdqu 960(%rax), %ymm15
	fldcw -134(%rbp)
	ldmxcsr -132(%rbp)
	movq -128(%rbp), %r15
	movq -120(%rbp), %r13
	movq -112(%rbp), %r12
	movq -104(%rbp), %r11
	movq -96(%rbp), %r10
	movq -88(%rbp), %r9
	movq -80(%rbp), %r8
	movq -72(%rbp), %rdi
	movq -64(%rbp), %rsi
	movq -56(%rbp), %rbx
	movq -48(%rbp), %rdx
	movq -40(%rbp), %rcx
	movq -32(%rbp), %rax
	movq (%rbp), %rbp
	.globl preempt_amd64_r14_probe_avx_in_avx512_loop
	.hidden preempt_amd64_r14_probe_avx_in_avx512_loop
preempt_amd64_r14_probe_avx_in_avx512_loop:
	1:
	movq %rcx, 24(%rsp)	/* pattern out */
	movq 16(%rsp), %rcx	/* path in */
	leaq 1(%rcx), %rcx
	jnc 2f
	leaq 2(%rcx), %rcx
	2:
	jnp 2f
	leaq 4(%rcx), %rcx
	2:
	jnz 2f
	leaq 8(%rcx), %rcx
	2:
	jns 2f
	leaq 16(%rcx), %rcx
	2:
	jno 2f
	leaq 32(%rcx), %rcx
	2:
	movq %rcx, 16(%rsp)
	movq 8(%rsp), %rcx	/* counter in */
	leaq -1(%rcx), %rcx
	movzwl %cx, %ecx	/* no counter is larger, whatever was done to rcx */
	movq %rcx, 8(%rsp)
	jrcxz 3f
	movq 24(%rsp), %rcx	/* pattern in */
	jmp 1b
	3:
	movq 24(%rsp), %rcx
	.globl preempt_amd64_r14_probe_avx_in_avx512_loop_end
	.hidden preempt_amd64_r14_probe_avx_in_avx512_loop_end
preempt_amd64_r14_probe_avx_in_avx512_loop_end:
	movq %rcx, 24(%rsp)
	movq (%rsp), %rcx
	movq %rbp, 136(%rcx)
	leaq 136(%rcx), %rbp
	movq -8(%rsp), %rcx
	movq %rcx, 136(%rbp)
	movq -16(%rsp), %rcx
	movq %rcx, 128(%rbp)
	movq -24(%rsp), %rcx
	movq %rcx, 120(%rbp)
	movq -32(%rsp), %rcx
	movq %rcx, 112(%rbp)
	movq -40(%rsp), %rcx
	movq %rcx, 104(%rbp)
	movq -48(%rsp), %rcx
	movq %rcx, 96(%rbp)
	movq -56(%rsp), %rcx
	movq %rcx, 88(%rbp)
	movq -64(%rsp), %rcx
	movq %rcx, 80(%rbp)
	movq -72(%rsp), %rcx
	movq %rcx, 72(%rbp)
	movq -80(%rsp), %rcx
	movq %rcx, 64(%rbp)
	movq -88(%rsp), %rcx
	movq %rcx, 56(%rbp)
	movq -96(%rsp), %rcx
	movq %rcx, 48(%rbp)
	movq -104(%rsp), %rcx
	movq %rcx, 40(%rbp)
	movq -112(%rsp), %rcx
	movq %rcx, 32(%rbp)
	movq -120(%rsp), %rcx
	movq %rcx, 24(%rbp)
	movq -128(%rsp), %rcx
	movq %rcx, 16(%rbp)
	pushfq
	.cfi_def_cfa rsp, 112
	popq -8(%rbp)
	.cfi_def_cfa rsp, 104
	movq 24(%rsp), %rcx
	movq %rax, -32(%rbp)
	movq %rcx, -40(%rbp)
	movq %rdx, -48(%rbp)
	movq %rbx, -56(%rbp)
	movq %rsi, -64(%rbp)
	movq %rdi, -72(%rbp)
	movq %r8, -80(%rbp)
	movq %r9, -88(%rbp)
	movq %r10, -96(%rbp)
	movq %r11, -104(%rbp)
	movq %r12, -112(%rbp)
	movq %r13, -120(%rbp)
	movq %r15, -128(%rbp)
	stmxcsr -132(%rbp)
	fnstcw -134(%rbp)
	leaq 184(%rbp), %rax
	vmovdqu64 %zmm0, (%rax)
	vmovdqu64 %zmm1, 64(%rax)
	vmovdqu64 %zmm2, 128(%rax)
	vmovdqu64 %zmm3, 192(%rax)
	vmovdqu64 %zmm4, 256(%rax)
	vmovdqu64 %zmm5, 320(%rax)
	vmovdqu64 %zmm6, 384(%rax)
	vmovdqu64 %zmm7, 448(%rax)
	vmovdqu64 %zmm8, 512(%rax)
	vmovdqu64 %zmm9, 576(%rax)
	vmovdqu64 %zmm10, 640(%rax)
	vmovdqu64 %zmm11, 704(%rax)
	vmovdqu64 %zmm12, 768(%rax)
	vmovdqu64 %zmm13, 832(%rax)
	vmovdqu64 %zmm14, 896(%rax)
	vmovdqu64 %zmm15, 960(%rax)
	vmovdqu64 %zmm16, 1024(%rax)
	vmovdqu64 %zmm17, 1088(%rax)
	vmovdqu64 %zmm18, 1152(%rax)
	vmovdqu64 %zmm19, 1216(%rax)
	vmovdqu64 %zmm20, 1280(%rax)
	vmovdqu64 %zmm21, 1344(%rax)
	vmovdqu64 %zmm22, 1408(%rax)
	vmovdqu64 %zmm23, 1472(%rax)
	vmovdqu64 %zmm24, 1536(%rax)
	vmovdqu64 %zmm25, 1600(%rax)
	vmovdqu64 %zmm26, 1664(%rax)
	vmovdqu64 %zmm27, 1728(%rax)
	vmovdqu64 %zmm28, 1792(%rax)
	vmovdqu64 %zmm29, 1856(%rax)
	vmovdqu64 %zmm30, 1920(%rax)
	vmovdqu64 %zmm31, 1984(%rax)
	kmovq %k0, 2048(%rax)
	kmovq %k1, 2056(%rax)
	kmovq %k2, 2064(%rax)
	kmovq %k3, 2072(%rax)
	kmovq %k4, 2080(%rax)
	kmovq %k5, 2088(%rax)
	kmovq %k6, 2096(%rax)
	kmovq %k7, 2104(%rax)
	fnsave 2112(%rax)	/* and leaves the unit initialised */
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
	cld	/* psABI 3.2.1 */
	ldmxcsr 40(%rsp)
	fldcw 44(%rsp)
	movq 16(%rsp), %rax
	movq 88(%rsp), %r15
	.cfi_restore r15
	movq 80(%rsp), %r14
	.cfi_restore r14
	movq 72(%rsp), %r13
	.cfi_restore r13
	movq 64(%rsp), %r12
	.cfi_restore r12
	movq 56(%rsp), %rbx
	.cfi_restore rbx
	movq 48(%rsp), %rbp
	.cfi_restore rbp
	leaq 96(%rsp), %rsp
	.cfi_def_cfa rsp, 8
	ret
	.cfi_endproc
	.size preempt_amd64_r14_probe_avx_in_avx512, . - preempt_amd64_r14_probe_avx_in_avx512

/* Fills avx_x87, stores everything with avx enabled. */
	.globl preempt_amd64_r14_probe_avx_x87_in_avx
	.hidden preempt_amd64_r14_probe_avx_x87_in_avx
	.type preempt_amd64_r14_probe_avx_x87_in_avx, %function
	.p2align 6
preempt_amd64_r14_probe_avx_x87_in_avx:
	.cfi_startproc
	.cfi_return_column 16
	.cfi_return_column 16
	.cfi_def_cfa rsp, 8
	.cfi_offset 16, -8
	vzeroupper
	leaq -96(%rsp), %rsp
	.cfi_def_cfa rsp, 104
	movq %rbp, 48(%rsp)
	.cfi_offset rbp, -56
	movq %rbx, 56(%rsp)
	.cfi_offset rbx, -48
	movq %r12, 64(%rsp)
	.cfi_offset r12, -40
	movq %r13, 72(%rsp)
	.cfi_offset r13, -32
	movq %r14, 80(%rsp)
	.cfi_offset r14, -24
	movq %r15, 88(%rsp)
	.cfi_offset r15, -16
	stmxcsr 40(%rsp)
	fnstcw 44(%rsp)
	fninit
	movq %rsi, (%rsp)
	movq %rdx, 8(%rsp)
	movl $0, %ecx
	movq %rcx, 16(%rsp)
	leaq 136(%rdi), %rbp
	leaq 320(%rdi), %rax
	pushq -8(%rbp)
	.cfi_def_cfa rsp, 112
	popfq	/* every instruction from here on leaves the flags alone */
	.cfi_def_cfa rsp, 104
	movq 136(%rbp), %rcx
	movq %rcx, -8(%rsp)
	movq 128(%rbp), %rcx
	movq %rcx, -16(%rsp)
	movq 120(%rbp), %rcx
	movq %rcx, -24(%rsp)
	movq 112(%rbp), %rcx
	movq %rcx, -32(%rsp)
	movq 104(%rbp), %rcx
	movq %rcx, -40(%rsp)
	movq 96(%rbp), %rcx
	movq %rcx, -48(%rsp)
	movq 88(%rbp), %rcx
	movq %rcx, -56(%rsp)
	movq 80(%rbp), %rcx
	movq %rcx, -64(%rsp)
	movq 72(%rbp), %rcx
	movq %rcx, -72(%rsp)
	movq 64(%rbp), %rcx
	movq %rcx, -80(%rsp)
	movq 56(%rbp), %rcx
	movq %rcx, -88(%rsp)
	movq 48(%rbp), %rcx
	movq %rcx, -96(%rsp)
	movq 40(%rbp), %rcx
	movq %rcx, -104(%rsp)
	movq 32(%rbp), %rcx
	movq %rcx, -112(%rsp)
	movq 24(%rbp), %rcx
	movq %rcx, -120(%rsp)
	movq 16(%rbp), %rcx
	movq %rcx, -128(%rsp)
	vmovdqu (%rax), %ymm0
	vmovdqu 32(%rax), %ymm1
	vmovdqu 64(%rax), %ymm2
	vmovdqu 96(%rax), %ymm3
	vmovdqu 128(%rax), %ymm4
	vmovdqu 160(%rax), %ymm5
	vmovdqu 192(%rax), %ymm6
	vmovdqu 224(%rax), %ymm7
	vmovdqu 256(%rax), %ymm8
	vmovdqu 288(%rax), %ymm9
	vmovdqu 320(%rax), %ymm10
	vmovdqu 352(%rax), %ymm11
	vmovdqu 384(%rax), %ymm12
	vmovdqu 416(%rax), %ymm13
	vmovdqu 448(%rax), %ymm14
	vmovdqu 480(%rax), %ymm15
	frstor 512(%rax)
	ldmxcsr -132(%rbp)
	movq -128(%rbp), %r15
	movq -120(%rbp), %r13
	movq -112(%rbp), %r12
	movq -104(%rbp), %r11
	movq -96(%rbp), %r10
	movq -88(%rbp), %r9
	movq -80(%rbp), %r8
	movq -72(%rbp), %rdi
	movq -64(%rbp), %rsi
	movq -56(%rbp), %rbx
	movq -48(%rbp), %rdx
	movq -40(%rbp), %rcx
	movq -32(%rbp), %rax
	movq (%rbp), %rbp
	.globl preempt_amd64_r14_probe_avx_x87_in_avx_loop
	.hidden preempt_amd64_r14_probe_avx_x87_in_avx_loop
preempt_amd64_r14_probe_avx_x87_in_avx_loop:
	1:
	movq %rcx, 24(%rsp)	/* pattern out */
	movq 16(%rsp), %rcx	/* path in */
	leaq 1(%rcx), %rcx
	jnc 2f
	leaq 2(%rcx), %rcx
	2:
	jnp 2f
	leaq 4(%rcx), %rcx
	2:
	jnz 2f
	leaq 8(%rcx), %rcx
	2:
	jns 2f
	leaq 16(%rcx), %rcx
	2:
	jno 2f
	leaq 32(%rcx), %rcx
	2:
	movq %rcx, 16(%rsp)
	movq 8(%rsp), %rcx	/* counter in */
	leaq -1(%rcx), %rcx
	movzwl %cx, %ecx	/* no counter is larger, whatever was done to rcx */
	movq %rcx, 8(%rsp)
	jrcxz 3f
	movq 24(%rsp), %rcx	/* pattern in */
	jmp 1b
	3:
	movq 24(%rsp), %rcx
	.globl preempt_amd64_r14_probe_avx_x87_in_avx_loop_end
	.hidden preempt_amd64_r14_probe_avx_x87_in_avx_loop_end
preempt_amd64_r14_probe_avx_x87_in_avx_loop_end:
	movq %rcx, 24(%rsp)
	movq (%rsp), %rcx
	movq %rbp, 136(%rcx)
	leaq 136(%rcx), %rbp
	movq -8(%rsp), %rcx
	movq %rcx, 136(%rbp)
	movq -16(%rsp), %rcx
	movq %rcx, 128(%rbp)
	movq -24(%rsp), %rcx
	movq %rcx, 120(%rbp)
	movq -32(%rsp), %rcx
	movq %rcx, 112(%rbp)
	movq -40(%rsp), %rcx
	movq %rcx, 104(%rbp)
	movq -48(%rsp), %rcx
	movq %rcx, 96(%rbp)
	movq -56(%rsp), %rcx
	movq %rcx, 88(%rbp)
	movq -64(%rsp), %rcx
	movq %rcx, 80(%rbp)
	movq -72(%rsp), %rcx
	movq %rcx, 72(%rbp)
	movq -80(%rsp), %rcx
	movq %rcx, 64(%rbp)
	movq -88(%rsp), %rcx
	movq %rcx, 56(%rbp)
	movq -96(%rsp), %rcx
	movq %rcx, 48(%rbp)
	movq -104(%rsp), %rcx
	movq %rcx, 40(%rbp)
	movq -112(%rsp), %rcx
	movq %rcx, 32(%rbp)
	movq -120(%rsp), %rcx
	movq %rcx, 24(%rbp)
	movq -128(%rsp), %rcx
	movq %rcx, 16(%rbp)
	pushfq
	.cfi_def_cfa rsp, 112
	popq -8(%rbp)
	.cfi_def_cfa rsp, 104
	movq 24(%rsp), %rcx
	movq %rax, -32(%rbp)
	movq %rcx, -40(%rbp)
	movq %rdx, -48(%rbp)
	movq %rbx, -56(%rbp)
	movq %rsi, -64(%rbp)
	movq %rdi, -72(%rbp)
	movq %r8, -80(%rbp)
	movq %r9, -88(%rbp)
	movq %r10, -96(%rbp)
	movq %r11, -104(%rbp)
	movq %r12, -112(%rbp)
	movq %r13, -120(%rbp)
	movq %r15, -128(%rbp)
	stmxcsr -132(%rbp)
	fnstcw -134(%rbp)
	leaq 184(%rbp), %rax
	vmovdqu %ymm0, (%rax)
	vmovdqu %ymm1, 32(%rax)
	vmovdqu %ymm2, 64(%rax)
	vmovdqu %ymm3, 96(%rax)
	vmovdqu %ymm4, 128(%rax)
	vmovdqu %ymm5, 160(%rax)
	vmovdqu %ymm6, 192(%rax)
	vmovdqu %ymm7, 224(%rax)
	vmovdqu %ymm8, 256(%rax)
	vmovdqu %ymm9, 288(%rax)
	vmovdqu %ymm10, 320(%rax)
	vmovdqu %ymm11, 352(%rax)
	vmovdqu %ymm12, 384(%rax)
	vmovdqu %ymm13, 416(%rax)
	vmovdqu %ymm14, 448(%rax)
	vmovdqu %ymm15, 480(%rax)
	fnsave 512(%rax)	/* and leaves the unit initialised */
	vzeroupper
	cld	/* psABI 3.2.1 */
	ldmxcsr 40(%rsp)
	fldcw 44(%rsp)
	movq 16(%rsp), %rax
	movq 88(%rsp), %r15
	.cfi_restore r15
	movq 80(%rsp), %r14
	.cfi_restore r14
	movq 72(%rsp), %r13
	.cfi_restore r13
	movq 64(%rsp), %r12
	.cfi_restore r12
	movq 56(%rsp), %rbx
	.cfi_restore rbx
	movq 48(%rsp), %rbp
	.cfi_restore rbp
	leaq 96(%rsp), %rsp
	.cfi_def_cfa rsp, 8
	ret
	.cfi_endproc
	.size preempt_amd64_r14_probe_avx_x87_in_avx, . - preempt_amd64_r14_probe_avx_x87_in_avx

/* Fills avx_x87, stores everything with avx512 enabled. */
	.globl preempt_amd64_r14_probe_avx_x87_in_avx512
	.hidden preempt_amd64_r14_probe_avx_x87_in_avx512
	.type preempt_amd64_r14_probe_avx_x87_in_avx512, %function
	.p2align 6
preempt_amd64_r14_probe_avx_x87_in_avx512:
	.cfi_startproc
	.cfi_return_column 16
	.cfi_return_column 16
	.cfi_def_cfa rsp, 8
	.cfi_offset 16, -8
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
	leaq -96(%rsp), %rsp
	.cfi_def_cfa rsp, 104
	movq %rbp, 48(%rsp)
	.cfi_offset rbp, -56
	movq %rbx, 56(%rsp)
	.cfi_offset rbx, -48
	movq %r12, 64(%rsp)
	.cfi_offset r12, -40
	movq %r13, 72(%rsp)
	.cfi_offset r13, -32
	movq %r14, 80(%rsp)
	.cfi_offset r14, -24
	movq %r15, 88(%rsp)
	.cfi_offset r15, -16
	stmxcsr 40(%rsp)
	fnstcw 44(%rsp)
	fninit
	movq %rsi, (%rsp)
	movq %rdx, 8(%rsp)
	movl $0, %ecx
	movq %rcx, 16(%rsp)
	leaq 136(%rdi), %rbp
	leaq 320(%rdi), %rax
	pushq -8(%rbp)
	.cfi_def_cfa rsp, 112
	popfq	/* every instruction from here on leaves the flags alone */
	.cfi_def_cfa rsp, 104
	movq 136(%rbp), %rcx
	movq %rcx, -8(%rsp)
	movq 128(%rbp), %rcx
	movq %rcx, -16(%rsp)
	movq 120(%rbp), %rcx
	movq %rcx, -24(%rsp)
	movq 112(%rbp), %rcx
	movq %rcx, -32(%rsp)
	movq 104(%rbp), %rcx
	movq %rcx, -40(%rsp)
	movq 96(%rbp), %rcx
	movq %rcx, -48(%rsp)
	movq 88(%rbp), %rcx
	movq %rcx, -56(%rsp)
	movq 80(%rbp), %rcx
	movq %rcx, -64(%rsp)
	movq 72(%rbp), %rcx
	movq %rcx, -72(%rsp)
	movq 64(%rbp), %rcx
	movq %rcx, -80(%rsp)
	movq 56(%rbp), %rcx
	movq %rcx, -88(%rsp)
	movq 48(%rbp), %rcx
	movq %rcx, -96(%rsp)
	movq 40(%rbp), %rcx
	movq %rcx, -104(%rsp)
	movq 32(%rbp), %rcx
	movq %rcx, -112(%rsp)
	movq 24(%rbp), %rcx
	movq %rcx, -120(%rsp)
	movq 16(%rbp), %rcx
	movq %rcx, -128(%rsp)
	vmovdqu (%rax), %ymm0
	vmovdqu 64(%rax), %ymm1
	vmovdqu 128(%rax), %ymm2
	vmovdqu 192(%rax), %ymm3
	vmovdqu 256(%rax), %ymm4
	vmovdqu 320(%rax), %ymm5
	vmovdqu 384(%rax), %ymm6
	vmovdqu 448(%rax), %ymm7
	vmovdqu 512(%rax), %ymm8
	vmovdqu 576(%rax), %ymm9
	vmovdqu 640(%rax), %ymm10
	vmovdqu 704(%rax), %ymm11
	vmovdqu 768(%rax), %ymm12
	vmovdqu 832(%rax), %ymm13
	vmovdqu 896(%rax), %ymm14
	vmovdqu 960(%rax), %ymm15
	frstor 2112(%rax)
	ldmxcsr -132(%rbp)
	movq -128(%rbp), %r15
	movq -120(%rbp), %r13
	movq -112(%rbp), %r12
	movq -104(%rbp), %r11
	movq -96(%rbp), %r10
	movq -88(%rbp), %r9
	movq -80(%rbp), %r8
	movq -72(%rbp), %rdi
	movq -64(%rbp), %rsi
	movq -56(%rbp), %rbx
	movq -48(%rbp), %rdx
	movq -40(%rbp), %rcx
	movq -32(%rbp), %rax
	movq (%rbp), %rbp
	.globl preempt_amd64_r14_probe_avx_x87_in_avx512_loop
	.hidden preempt_amd64_r14_probe_avx_x87_in_avx512_loop
preempt_amd64_r14_probe_avx_x87_in_avx512_loop:
	1:
	movq %rcx, 24(%rsp)	/* pattern out */
	movq 16(%rsp), %rcx	/* path in */
	leaq 1(%rcx), %rcx
	jnc 2f
	leaq 2(%rcx), %rcx
	2:
	jnp 2f
	leaq 4(%rcx), %rcx
	2:
	jnz 2f
	leaq 8(%rcx), %rcx
	2:
	jns 2f
	leaq 16(%rcx), %rcx
	2:
	jno 2f
	leaq 32(%rcx), %rcx
	2:
	movq %rcx, 16(%rsp)
	movq 8(%rsp), %rcx	/* counter in */
	leaq -1(%rcx), %rcx
	movzwl %cx, %ecx	/* no counter is larger, whatever was done to rcx */
	movq %rcx, 8(%rsp)
	jrcxz 3f
	movq 24(%rsp), %rcx	/* pattern in */
	jmp 1b
	3:
	movq 24(%rsp), %rcx
	.globl preempt_amd64_r14_probe_avx_x87_in_avx512_loop_end
	.hidden preempt_amd64_r14_probe_avx_x87_in_avx512_loop_end
preempt_amd64_r14_probe_avx_x87_in_avx512_loop_end:
	movq %rcx, 24(%rsp)
	movq (%rsp), %rcx
	movq %rbp, 136(%rcx)
	leaq 136(%rcx), %rbp
	movq -8(%rsp), %rcx
	movq %rcx, 136(%rbp)
	movq -16(%rsp), %rcx
	movq %rcx, 128(%rbp)
	movq -24(%rsp), %rcx
	movq %rcx, 120(%rbp)
	movq -32(%rsp), %rcx
	movq %rcx, 112(%rbp)
	movq -40(%rsp), %rcx
	movq %rcx, 104(%rbp)
	movq -48(%rsp), %rcx
	movq %rcx, 96(%rbp)
	movq -56(%rsp), %rcx
	movq %rcx, 88(%rbp)
	movq -64(%rsp), %rcx
	movq %rcx, 80(%rbp)
	movq -72(%rsp), %rcx
	movq %rcx, 72(%rbp)
	movq -80(%rsp), %rcx
	movq %rcx, 64(%rbp)
	movq -88(%rsp), %rcx
	movq %rcx, 56(%rbp)
	movq -96(%rsp), %rcx
	movq %rcx, 48(%rbp)
	movq -104(%rsp), %rcx
	movq %rcx, 40(%rbp)
	movq -112(%rsp), %rcx
	movq %rcx, 32(%rbp)
	movq -120(%rsp), %rcx
	movq %rcx, 24(%rbp)
	movq -128(%rsp), %rcx
	movq %rcx, 16(%rbp)
	pushfq
	.cfi_def_cfa rsp, 112
	popq -8(%rbp)
	.cfi_def_cfa rsp, 104
	movq 24(%rsp), %rcx
	movq %rax, -32(%rbp)
	movq %rcx, -40(%rbp)
	movq %rdx, -48(%rbp)
	movq %rbx, -56(%rbp)
	movq %rsi, -64(%rbp)
	movq %rdi, -72(%rbp)
	movq %r8, -80(%rbp)
	movq %r9, -88(%rbp)
	movq %r10, -96(%rbp)
	movq %r11, -104(%rbp)
	movq %r12, -112(%rbp)
	movq %r13, -120(%rbp)
	movq %r15, -128(%rbp)
	stmxcsr -132(%rbp)
	fnstcw -134(%rbp)
	leaq 184(%rbp), %rax
	vmovdqu64 %zmm0, (%rax)
	vmovdqu64 %zmm1, 64(%rax)
	vmovdqu64 %zmm2, 128(%rax)
	vmovdqu64 %zmm3, 192(%rax)
	vmovdqu64 %zmm4, 256(%rax)
	vmovdqu64 %zmm5, 320(%rax)
	vmovdqu64 %zmm6, 384(%rax)
	vmovdqu64 %zmm7, 448(%rax)
	vmovdqu64 %zmm8, 512(%rax)
	vmovdqu64 %zmm9, 576(%rax)
	vmovdqu64 %zmm10, 640(%rax)
	vmovdqu64 %zmm11, 704(%rax)
	vmovdqu64 %zmm12, 768(%rax)
	vmovdqu64 %zmm13, 832(%rax)
	vmovdqu64 %zmm14, 896(%rax)
	vmovdqu64 %zmm15, 960(%rax)
	vmovdqu64 %zmm16, 1024(%rax)
	vmovdqu64 %zmm17, 1088(%rax)
	vmovdqu64 %zmm18, 1152(%rax)
	vmovdqu64 %zmm19, 1216(%rax)
	vmovdqu64 %zmm20, 1280(%rax)
	vmovdqu64 %zmm21, 1344(%rax)
	vmovdqu64 %zmm22, 1408(%rax)
	vmovdqu64 %zmm23, 1472(%rax)
	vmovdqu64 %zmm24, 1536(%rax)
	vmovdqu64 %zmm25, 1600(%rax)
	vmovdqu64 %zmm26, 1664(%rax)
	vmovdqu64 %zmm27, 1728(%rax)
	vmovdqu64 %zmm28, 1792(%rax)
	vmovdqu64 %zmm29, 1856(%rax)
	vmovdqu64 %zmm30, 1920(%rax)
	vmovdqu64 %zmm31, 1984(%rax)
	kmovq %k0, 2048(%rax)
	kmovq %k1, 2056(%rax)
	kmovq %k2, 2064(%rax)
	kmovq %k3, 2072(%rax)
	kmovq %k4, 2080(%rax)
	kmovq %k5, 2088(%rax)
	kmovq %k6, 2096(%rax)
	kmovq %k7, 2104(%rax)
	fnsave 2112(%rax)	/* and leaves the unit initialised */
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
	cld	/* psABI 3.2.1 */
	ldmxcsr 40(%rsp)
	fldcw 44(%rsp)
	movq 16(%rsp), %rax
	movq 88(%rsp), %r15
	.cfi_restore r15
	movq 80(%rsp), %r14
	.cfi_restore r14
	movq 72(%rsp), %r13
	.cfi_restore r13
	movq 64(%rsp), %r12
	.cfi_restore r12
	movq 56(%rsp), %rbx
	.cfi_restore rbx
	movq 48(%rsp), %rbp
	.cfi_restore rbp
	leaq 96(%rsp), %rsp
	.cfi_def_cfa rsp, 8
	ret
	.cfi_endproc
	.size preempt_amd64_r14_probe_avx_x87_in_avx512, . - preempt_amd64_r14_probe_avx_x87_in_avx512

/* Fills avx512, stores everything with avx512 enabled. */
	.globl preempt_amd64_r14_probe_avx512_in_avx512
	.hidden preempt_amd64_r14_probe_avx512_in_avx512
	.type preempt_amd64_r14_probe_avx512_in_avx512, %function
	.p2align 6
preempt_amd64_r14_probe_avx512_in_avx512:
	.cfi_startproc
	.cfi_return_column 16
	.cfi_return_column 16
	.cfi_def_cfa rsp, 8
	.cfi_offset 16, -8
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
	leaq -96(%rsp), %rsp
	.cfi_def_cfa rsp, 104
	movq %rbp, 48(%rsp)
	.cfi_offset rbp, -56
	movq %rbx, 56(%rsp)
	.cfi_offset rbx, -48
	movq %r12, 64(%rsp)
	.cfi_offset r12, -40
	movq %r13, 72(%rsp)
	.cfi_offset r13, -32
	movq %r14, 80(%rsp)
	.cfi_offset r14, -24
	movq %r15, 88(%rsp)
	.cfi_offset r15, -16
	stmxcsr 40(%rsp)
	fnstcw 44(%rsp)
	fninit
	movq %rsi, (%rsp)
	movq %rdx, 8(%rsp)
	movl $0, %ecx
	movq %rcx, 16(%rsp)
	leaq 136(%rdi), %rbp
	leaq 320(%rdi), %rax
	pushq -8(%rbp)
	.cfi_def_cfa rsp, 112
	popfq	/* every instruction from here on leaves the flags alone */
	.cfi_def_cfa rsp, 104
	movq 136(%rbp), %rcx
	movq %rcx, -8(%rsp)
	movq 128(%rbp), %rcx
	movq %rcx, -16(%rsp)
	movq 120(%rbp), %rcx
	movq %rcx, -24(%rsp)
	movq 112(%rbp), %rcx
	movq %rcx, -32(%rsp)
	movq 104(%rbp), %rcx
	movq %rcx, -40(%rsp)
	movq 96(%rbp), %rcx
	movq %rcx, -48(%rsp)
	movq 88(%rbp), %rcx
	movq %rcx, -56(%rsp)
	movq 80(%rbp), %rcx
	movq %rcx, -64(%rsp)
	movq 72(%rbp), %rcx
	movq %rcx, -72(%rsp)
	movq 64(%rbp), %rcx
	movq %rcx, -80(%rsp)
	movq 56(%rbp), %rcx
	movq %rcx, -88(%rsp)
	movq 48(%rbp), %rcx
	movq %rcx, -96(%rsp)
	movq 40(%rbp), %rcx
	movq %rcx, -104(%rsp)
	movq 32(%rbp), %rcx
	movq %rcx, -112(%rsp)
	movq 24(%rbp), %rcx
	movq %rcx, -120(%rsp)
	movq 16(%rbp), %rcx
	movq %rcx, -128(%rsp)
	vmovdqu64 (%rax), %zmm0
	vmovdqu64 64(%rax), %zmm1
	vmovdqu64 128(%rax), %zmm2
	vmovdqu64 192(%rax), %zmm3
	vmovdqu64 256(%rax), %zmm4
	vmovdqu64 320(%rax), %zmm5
	vmovdqu64 384(%rax), %zmm6
	vmovdqu64 448(%rax), %zmm7
	vmovdqu64 512(%rax), %zmm8
	vmovdqu64 576(%rax), %zmm9
	vmovdqu64 640(%rax), %zmm10
	vmovdqu64 704(%rax), %zmm11
	vmovdqu64 768(%rax), %zmm12
	vmovdqu64 832(%rax), %zmm13
	vmovdqu64 896(%rax), %zmm14
	vmovdqu64 960(%rax), %zmm15
	vmovdqu64 1024(%rax), %zmm16
	vmovdqu64 1088(%rax), %zmm17
	vmovdqu64 1152(%rax), %zmm18
	vmovdqu64 1216(%rax), %zmm19
	vmovdqu64 1280(%rax), %zmm20
	vmovdqu64 1344(%rax), %zmm21
	vmovdqu64 1408(%rax), %zmm22
	vmovdqu64 1472(%rax), %zmm23
	vmovdqu64 1536(%rax), %zmm24
	vmovdqu64 1600(%rax), %zmm25
	vmovdqu64 1664(%rax), %zmm26
	vmovdqu64 1728(%rax), %zmm27
	vmovdqu64 1792(%rax), %zmm28
	vmovdqu64 1856(%rax), %zmm29
	vmovdqu64 1920(%rax), %zmm30
	vmovdqu64 1984(%rax), %zmm31
	kmovq 2048(%rax), %k0
	kmovq 2056(%rax), %k1
	kmovq 2064(%rax), %k2
	kmovq 2072(%rax), %k3
	kmovq 2080(%rax), %k4
	kmovq 2088(%rax), %k5
	kmovq 2096(%rax), %k6
	kmovq 2104(%rax), %k7
	fldcw -134(%rbp)
	ldmxcsr -132(%rbp)
	movq -128(%rbp), %r15
	movq -120(%rbp), %r13
	movq -112(%rbp), %r12
	movq -104(%rbp), %r11
	movq -96(%rbp), %r10
	movq -88(%rbp), %r9
	movq -80(%rbp), %r8
	movq -72(%rbp), %rdi
	movq -64(%rbp), %rsi
	movq -56(%rbp), %rbx
	movq -48(%rbp), %rdx
	movq -40(%rbp), %rcx
	movq -32(%rbp), %rax
	movq (%rbp), %rbp
	.globl preempt_amd64_r14_probe_avx512_in_avx512_loop
	.hidden preempt_amd64_r14_probe_avx512_in_avx512_loop
preempt_amd64_r14_probe_avx512_in_avx512_loop:
	1:
	movq %rcx, 24(%rsp)	/* pattern out */
	movq 16(%rsp), %rcx	/* path in */
	leaq 1(%rcx), %rcx
	jnc 2f
	leaq 2(%rcx), %rcx
	2:
	jnp 2f
	leaq 4(%rcx), %rcx
	2:
	jnz 2f
	leaq 8(%rcx), %rcx
	2:
	jns 2f
	leaq 16(%rcx), %rcx
	2:
	jno 2f
	leaq 32(%rcx), %rcx
	2:
	movq %rcx, 16(%rsp)
	movq 8(%rsp), %rcx	/* counter in */
	leaq -1(%rcx), %rcx
	movzwl %cx, %ecx	/* no counter is larger, whatever was done to rcx */
	movq %rcx, 8(%rsp)
	jrcxz 3f
	movq 24(%rsp), %rcx	/* pattern in */
	jmp 1b
	3:
	movq 24(%rsp), %rcx
	.globl preempt_amd64_r14_probe_avx512_in_avx512_loop_end
	.hidden preempt_amd64_r14_probe_avx512_in_avx512_loop_end
preempt_amd64_r14_probe_avx512_in_avx512_loop_end:
	movq %rcx, 24(%rsp)
	movq (%rsp), %rcx
	movq %rbp, 136(%rcx)
	leaq 136(%rcx), %rbp
	movq -8(%rsp), %rcx
	movq %rcx, 136(%rbp)
	movq -16(%rsp), %rcx
	movq %rcx, 128(%rbp)
	movq -24(%rsp), %rcx
	movq %rcx, 120(%rbp)
	movq -32(%rsp), %rcx
	movq %rcx, 112(%rbp)
	movq -40(%rsp), %rcx
	movq %rcx, 104(%rbp)
	movq -48(%rsp), %rcx
	movq %rcx, 96(%rbp)
	movq -56(%rsp), %rcx
	movq %rcx, 88(%rbp)
	movq -64(%rsp), %rcx
	movq %rcx, 80(%rbp)
	movq -72(%rsp), %rcx
	movq %rcx, 72(%rbp)
	movq -80(%rsp), %rcx
	movq %rcx, 64(%rbp)
	movq -88(%rsp), %rcx
	movq %rcx, 56(%rbp)
	movq -96(%rsp), %rcx
	movq %rcx, 48(%rbp)
	movq -104(%rsp), %rcx
	movq %rcx, 40(%rbp)
	movq -112(%rsp), %rcx
	movq %rcx, 32(%rbp)
	movq -120(%rsp), %rcx
	movq %rcx, 24(%rbp)
	movq -128(%rsp), %rcx
	movq %rcx, 16(%rbp)
	pushfq
	.cfi_def_cfa rsp, 112
	popq -8(%rbp)
	.cfi_def_cfa rsp, 104
	movq 24(%rsp), %rcx
	movq %rax, -32(%rbp)
	movq %rcx, -40(%rbp)
	movq %rdx, -48(%rbp)
	movq %rbx, -56(%rbp)
	movq %rsi, -64(%rbp)
	movq %rdi, -72(%rbp)
	movq %r8, -80(%rbp)
	movq %r9, -88(%rbp)
	movq %r10, -96(%rbp)
	movq %r11, -104(%rbp)
	movq %r12, -112(%rbp)
	movq %r13, -120(%rbp)
	movq %r15, -128(%rbp)
	stmxcsr -132(%rbp)
	fnstcw -134(%rbp)
	leaq 184(%rbp), %rax
	vmovdqu64 %zmm0, (%rax)
	vmovdqu64 %zmm1, 64(%rax)
	vmovdqu64 %zmm2, 128(%rax)
	vmovdqu64 %zmm3, 192(%rax)
	vmovdqu64 %zmm4, 256(%rax)
	vmovdqu64 %zmm5, 320(%rax)
	vmovdqu64 %zmm6, 384(%rax)
	vmovdqu64 %zmm7, 448(%rax)
	vmovdqu64 %zmm8, 512(%rax)
	vmovdqu64 %zmm9, 576(%rax)
	vmovdqu64 %zmm10, 640(%rax)
	vmovdqu64 %zmm11, 704(%rax)
	vmovdqu64 %zmm12, 768(%rax)
	vmovdqu64 %zmm13, 832(%rax)
	vmovdqu64 %zmm14, 896(%rax)
	vmovdqu64 %zmm15, 960(%rax)
	vmovdqu64 %zmm16, 1024(%rax)
	vmovdqu64 %zmm17, 1088(%rax)
	vmovdqu64 %zmm18, 1152(%rax)
	vmovdqu64 %zmm19, 1216(%rax)
	vmovdqu64 %zmm20, 1280(%rax)
	vmovdqu64 %zmm21, 1344(%rax)
	vmovdqu64 %zmm22, 1408(%rax)
	vmovdqu64 %zmm23, 1472(%rax)
	vmovdqu64 %zmm24, 1536(%rax)
	vmovdqu64 %zmm25, 1600(%rax)
	vmovdqu64 %zmm26, 1664(%rax)
	vmovdqu64 %zmm27, 1728(%rax)
	vmovdqu64 %zmm28, 1792(%rax)
	vmovdqu64 %zmm29, 1856(%rax)
	vmovdqu64 %zmm30, 1920(%rax)
	vmovdqu64 %zmm31, 1984(%rax)
	kmovq %k0, 2048(%rax)
	kmovq %k1, 2056(%rax)
	kmovq %k2, 2064(%rax)
	kmovq %k3, 2072(%rax)
	kmovq %k4, 2080(%rax)
	kmovq %k5, 2088(%rax)
	kmovq %k6, 2096(%rax)
	kmovq %k7, 2104(%rax)
	fnsave 2112(%rax)	/* and leaves the unit initialised */
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
	cld	/* psABI 3.2.1 */
	ldmxcsr 40(%rsp)
	fldcw 44(%rsp)
	movq 16(%rsp), %rax
	movq 88(%rsp), %r15
	.cfi_restore r15
	movq 80(%rsp), %r14
	.cfi_restore r14
	movq 72(%rsp), %r13
	.cfi_restore r13
	movq 64(%rsp), %r12
	.cfi_restore r12
	movq 56(%rsp), %rbx
	.cfi_restore rbx
	movq 48(%rsp), %rbp
	.cfi_restore rbp
	leaq 96(%rsp), %rsp
	.cfi_def_cfa rsp, 8
	ret
	.cfi_endproc
	.size preempt_amd64_r14_probe_avx512_in_avx512, . - preempt_amd64_r14_probe_avx512_in_avx512

/* Fills avx512_x87, stores everything with avx512 enabled. */
	.globl preempt_amd64_r14_probe_avx512_x87_in_avx512
	.hidden preempt_amd64_r14_probe_avx512_x87_in_avx512
	.type preempt_amd64_r14_probe_avx512_x87_in_avx512, %function
	.p2align 6
preempt_amd64_r14_probe_avx512_x87_in_avx512:
	.cfi_startproc
	.cfi_return_column 16
	.cfi_return_column 16
	.cfi_def_cfa rsp, 8
	.cfi_offset 16, -8
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
	leaq -96(%rsp), %rsp
	.cfi_def_cfa rsp, 104
	movq %rbp, 48(%rsp)
	.cfi_offset rbp, -56
	movq %rbx, 56(%rsp)
	.cfi_offset rbx, -48
	movq %r12, 64(%rsp)
	.cfi_offset r12, -40
	movq %r13, 72(%rsp)
	.cfi_offset r13, -32
	movq %r14, 80(%rsp)
	.cfi_offset r14, -24
	movq %r15, 88(%rsp)
	.cfi_offset r15, -16
	stmxcsr 40(%rsp)
	fnstcw 44(%rsp)
	fninit
	movq %rsi, (%rsp)
	movq %rdx, 8(%rsp)
	movl $0, %ecx
	movq %rcx, 16(%rsp)
	leaq 136(%rdi), %rbp
	leaq 320(%rdi), %rax
	pushq -8(%rbp)
	.cfi_def_cfa rsp, 112
	popfq	/* every instruction from here on leaves the flags alone */
	.cfi_def_cfa rsp, 104
	movq 136(%rbp), %rcx
	movq %rcx, -8(%rsp)
	movq 128(%rbp), %rcx
	movq %rcx, -16(%rsp)
	movq 120(%rbp), %rcx
	movq %rcx, -24(%rsp)
	movq 112(%rbp), %rcx
	movq %rcx, -32(%rsp)
	movq 104(%rbp), %rcx
	movq %rcx, -40(%rsp)
	movq 96(%rbp), %rcx
	movq %rcx, -48(%rsp)
	movq 88(%rbp), %rcx
	movq %rcx, -56(%rsp)
	movq 80(%rbp), %rcx
	movq %rcx, -64(%rsp)
	movq 72(%rbp), %rcx
	movq %rcx, -72(%rsp)
	movq 64(%rbp), %rcx
	movq %rcx, -80(%rsp)
	movq 56(%rbp), %rcx
	movq %rcx, -88(%rsp)
	movq 48(%rbp), %rcx
	movq %rcx, -96(%rsp)
	movq 40(%rbp), %rcx
	movq %rcx, -104(%rsp)
	movq 32(%rbp), %rcx
	movq %rcx, -112(%rsp)
	movq 24(%rbp), %rcx
	movq %rcx, -120(%rsp)
	movq 16(%rbp), %rcx
	movq %rcx, -128(%rsp)
	vmovdqu64 (%rax), %zmm0
	vmovdqu64 64(%rax), %zmm1
	vmovdqu64 128(%rax), %zmm2
	vmovdqu64 192(%rax), %zmm3
	vmovdqu64 256(%rax), %zmm4
	vmovdqu64 320(%rax), %zmm5
	vmovdqu64 384(%rax), %zmm6
	vmovdqu64 448(%rax), %zmm7
	vmovdqu64 512(%rax), %zmm8
	vmovdqu64 576(%rax), %zmm9
	vmovdqu64 640(%rax), %zmm10
	vmovdqu64 704(%rax), %zmm11
	vmovdqu64 768(%rax), %zmm12
	vmovdqu64 832(%rax), %zmm13
	vmovdqu64 896(%rax), %zmm14
	vmovdqu64 960(%rax), %zmm15
	vmovdqu64 1024(%rax), %zmm16
	vmovdqu64 1088(%rax), %zmm17
	vmovdqu64 1152(%rax), %zmm18
	vmovdqu64 1216(%rax), %zmm19
	vmovdqu64 1280(%rax), %zmm20
	vmovdqu64 1344(%rax), %zmm21
	vmovdqu64 1408(%rax), %zmm22
	vmovdqu64 1472(%rax), %zmm23
	vmovdqu64 1536(%rax), %zmm24
	vmovdqu64 1600(%rax), %zmm25
	vmovdqu64 1664(%rax), %zmm26
	vmovdqu64 1728(%rax), %zmm27
	vmovdqu64 1792(%rax), %zmm28
	vmovdqu64 1856(%rax), %zmm29
	vmovdqu64 1920(%rax), %zmm30
	vmovdqu64 1984(%rax), %zmm31
	kmovq 2048(%rax), %k0
	kmovq 2056(%rax), %k1
	kmovq 2064(%rax), %k2
	kmovq 2072(%rax), %k3
	kmovq 2080(%rax), %k4
	kmovq 2088(%rax), %k5
	kmovq 2096(%rax), %k6
	kmovq 2104(%rax), %k7
	frstor 2112(%rax)
	ldmxcsr -132(%rbp)
	movq -128(%rbp), %r15
	movq -120(%rbp), %r13
	movq -112(%rbp), %r12
	movq -104(%rbp), %r11
	movq -96(%rbp), %r10
	movq -88(%rbp), %r9
	movq -80(%rbp), %r8
	movq -72(%rbp), %rdi
	movq -64(%rbp), %rsi
	movq -56(%rbp), %rbx
	movq -48(%rbp), %rdx
	movq -40(%rbp), %rcx
	movq -32(%rbp), %rax
	movq (%rbp), %rbp
	.globl preempt_amd64_r14_probe_avx512_x87_in_avx512_loop
	.hidden preempt_amd64_r14_probe_avx512_x87_in_avx512_loop
preempt_amd64_r14_probe_avx512_x87_in_avx512_loop:
	1:
	movq %rcx, 24(%rsp)	/* pattern out */
	movq 16(%rsp), %rcx	/* path in */
	leaq 1(%rcx), %rcx
	jnc 2f
	leaq 2(%rcx), %rcx
	2:
	jnp 2f
	leaq 4(%rcx), %rcx
	2:
	jnz 2f
	leaq 8(%rcx), %rcx
	2:
	jns 2f
	leaq 16(%rcx), %rcx
	2:
	jno 2f
	leaq 32(%rcx), %rcx
	2:
	movq %rcx, 16(%rsp)
	movq 8(%rsp), %rcx	/* counter in */
	leaq -1(%rcx), %rcx
	movzwl %cx, %ecx	/* no counter is larger, whatever was done to rcx */
	movq %rcx, 8(%rsp)
	jrcxz 3f
	movq 24(%rsp), %rcx	/* pattern in */
	jmp 1b
	3:
	movq 24(%rsp), %rcx
	.globl preempt_amd64_r14_probe_avx512_x87_in_avx512_loop_end
	.hidden preempt_amd64_r14_probe_avx512_x87_in_avx512_loop_end
preempt_amd64_r14_probe_avx512_x87_in_avx512_loop_end:
	movq %rcx, 24(%rsp)
	movq (%rsp), %rcx
	movq %rbp, 136(%rcx)
	leaq 136(%rcx), %rbp
	movq -8(%rsp), %rcx
	movq %rcx, 136(%rbp)
	movq -16(%rsp), %rcx
	movq %rcx, 128(%rbp)
	movq -24(%rsp), %rcx
	movq %rcx, 120(%rbp)
	movq -32(%rsp), %rcx
	movq %rcx, 112(%rbp)
	movq -40(%rsp), %rcx
	movq %rcx, 104(%rbp)
	movq -48(%rsp), %rcx
	movq %rcx, 96(%rbp)
	movq -56(%rsp), %rcx
	movq %rcx, 88(%rbp)
	movq -64(%rsp), %rcx
	movq %rcx, 80(%rbp)
	movq -72(%rsp), %rcx
	movq %rcx, 72(%rbp)
	movq -80(%rsp), %rcx
	movq %rcx, 64(%rbp)
	movq -88(%rsp), %rcx
	movq %rcx, 56(%rbp)
	movq -96(%rsp), %rcx
	movq %rcx, 48(%rbp)
	movq -104(%rsp), %rcx
	movq %rcx, 40(%rbp)
	movq -112(%rsp), %rcx
	movq %rcx, 32(%rbp)
	movq -120(%rsp), %rcx
	movq %rcx, 24(%rbp)
	movq -128(%rsp), %rcx
	movq %rcx, 16(%rbp)
	pushfq
	.cfi_def_cfa rsp, 112
	popq -8(%rbp)
	.cfi_def_cfa rsp, 104
	movq 24(%rsp), %rcx
	movq %rax, -32(%rbp)
	movq %rcx, -40(%rbp)
	movq %rdx, -48(%rbp)
	movq %rbx, -56(%rbp)
	movq %rsi, -64(%rbp)
	movq %rdi, -72(%rbp)
	movq %r8, -80(%rbp)
	movq %r9, -88(%rbp)
	movq %r10, -96(%rbp)
	movq %r11, -104(%rbp)
	movq %r12, -112(%rbp)
	movq %r13, -120(%rbp)
	movq %r15, -128(%rbp)
	stmxcsr -132(%rbp)
	fnstcw -134(%rbp)
	leaq 184(%rbp), %rax
	vmovdqu64 %zmm0, (%rax)
	vmovdqu64 %zmm1, 64(%rax)
	vmovdqu64 %zmm2, 128(%rax)
	vmovdqu64 %zmm3, 192(%rax)
	vmovdqu64 %zmm4, 256(%rax)
	vmovdqu64 %zmm5, 320(%rax)
	vmovdqu64 %zmm6, 384(%rax)
	vmovdqu64 %zmm7, 448(%rax)
	vmovdqu64 %zmm8, 512(%rax)
	vmovdqu64 %zmm9, 576(%rax)
	vmovdqu64 %zmm10, 640(%rax)
	vmovdqu64 %zmm11, 704(%rax)
	vmovdqu64 %zmm12, 768(%rax)
	vmovdqu64 %zmm13, 832(%rax)
	vmovdqu64 %zmm14, 896(%rax)
	vmovdqu64 %zmm15, 960(%rax)
	vmovdqu64 %zmm16, 1024(%rax)
	vmovdqu64 %zmm17, 1088(%rax)
	vmovdqu64 %zmm18, 1152(%rax)
	vmovdqu64 %zmm19, 1216(%rax)
	vmovdqu64 %zmm20, 1280(%rax)
	vmovdqu64 %zmm21, 1344(%rax)
	vmovdqu64 %zmm22, 1408(%rax)
	vmovdqu64 %zmm23, 1472(%rax)
	vmovdqu64 %zmm24, 1536(%rax)
	vmovdqu64 %zmm25, 1600(%rax)
	vmovdqu64 %zmm26, 1664(%rax)
	vmovdqu64 %zmm27, 1728(%rax)
	vmovdqu64 %zmm28, 1792(%rax)
	vmovdqu64 %zmm29, 1856(%rax)
	vmovdqu64 %zmm30, 1920(%rax)
	vmovdqu64 %zmm31, 1984(%rax)
	kmovq %k0, 2048(%rax)
	kmovq %k1, 2056(%rax)
	kmovq %k2, 2064(%rax)
	kmovq %k3, 2072(%rax)
	kmovq %k4, 2080(%rax)
	kmovq %k5, 2088(%rax)
	kmovq %k6, 2096(%rax)
	kmovq %k7, 2104(%rax)
	fnsave 2112(%rax)	/* and leaves the unit initialised */
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
	cld	/* psABI 3.2.1 */
	ldmxcsr 40(%rsp)
	fldcw 44(%rsp)
	movq 16(%rsp), %rax
	movq 88(%rsp), %r15
	.cfi_restore r15
	movq 80(%rsp), %r14
	.cfi_restore r14
	movq 72(%rsp), %r13
	.cfi_restore r13
	movq 64(%rsp), %r12
	.cfi_restore r12
	movq 56(%rsp), %rbx
	.cfi_restore rbx
	movq 48(%rsp), %rbp
	.cfi_restore rbp
	leaq 96(%rsp), %rsp
	.cfi_def_cfa rsp, 8
	ret
	.cfi_endproc
	.size preempt_amd64_r14_probe_avx512_x87_in_avx512, . - preempt_amd64_r14_probe_avx512_x87_in_avx512

	.section preempt_probe_support, "ax", %progbits

/* Called in place of preempt_mcall: leaves the task's stack, comes back, and goes on to a poison routine. */
	.globl preempt_amd64_r14_park
	.hidden preempt_amd64_r14_park
	.type preempt_amd64_r14_park, %function
	.p2align 6
preempt_amd64_r14_park:
	.cfi_startproc
	.cfi_return_column 16
	.cfi_signal_frame
	.cfi_return_column 16
	.cfi_def_cfa rsp, 8
	.cfi_offset 16, -8
	leaq -48(%rsp), %rsp
	.cfi_def_cfa rsp, 56
	movq %rbp, 24(%rsp)
	.cfi_offset rbp, -32
	leaq 56(%rsp), %rcx
	movq %rcx, 16(%rsp)
	movq %rsp, %rbp
	.cfi_def_cfa rbp, 56
	movq (%rdi), %rcx
	movq %rcx, %rsp
	movq %rbp, %rdx
	movq 8(%rdi), %rcx
	call *%rcx
	movq %rbp, %rsp
	movq %rax, 32(%rsp)
	movq 8(%rsp), %rcx
	jmp *%rcx
	.cfi_endproc
	.size preempt_amd64_r14_park, . - preempt_amd64_r14_park

/* Poison with sse enabled. */
	.globl preempt_amd64_r14_poison_sse
	.hidden preempt_amd64_r14_poison_sse
	.type preempt_amd64_r14_poison_sse, %function
	.p2align 6
preempt_amd64_r14_poison_sse:
	.cfi_startproc
	.cfi_return_column 16
	.cfi_signal_frame
	.cfi_return_column 16
	.cfi_def_cfa rbp, 56
	.cfi_offset 16, -8
	.cfi_offset rbp, -32
	movq (%rsp), %rax
	leaq 136(%rax), %rbp
	.cfi_def_cfa rsp, 56
	leaq 320(%rax), %rax
	pushq -8(%rbp)
	.cfi_def_cfa rsp, 64
	popfq	/* every instruction from here on leaves the flags alone */
	.cfi_def_cfa rsp, 56
	movups (%rax), %xmm0
	movups 16(%rax), %xmm1
	movups 32(%rax), %xmm2
	movups 48(%rax), %xmm3
	movups 64(%rax), %xmm4
	movups 80(%rax), %xmm5
	movups 96(%rax), %xmm6
	movups 112(%rax), %xmm7
	movups 128(%rax), %xmm8
	movups 144(%rax), %xmm9
	movups 160(%rax), %xmm10
	movups 176(%rax), %xmm11
	movups 192(%rax), %xmm12
	movups 208(%rax), %xmm13
	movups 224(%rax), %xmm14
	movups 240(%rax), %xmm15
	fldcw -134(%rbp)
	ldmxcsr -132(%rbp)
	movq -128(%rbp), %r15
	movq -120(%rbp), %r13
	movq -112(%rbp), %r12
	movq -104(%rbp), %r11
	movq -96(%rbp), %r10
	movq -88(%rbp), %r9
	movq -80(%rbp), %r8
	movq -72(%rbp), %rdi
	movq -64(%rbp), %rsi
	movq -56(%rbp), %rbx
	movq -48(%rbp), %rdx
	movq -40(%rbp), %rcx
	movq -32(%rbp), %rax
	movq 32(%rsp), %rax
	movq 24(%rsp), %rbp
	.cfi_same_value rbp
	leaq 48(%rsp), %rsp
	.cfi_def_cfa rsp, 8
	ret
	.cfi_endproc
	.size preempt_amd64_r14_poison_sse, . - preempt_amd64_r14_poison_sse

/* Poison with sse enabled, occasional components too. */
	.globl preempt_amd64_r14_poison_sse_x87
	.hidden preempt_amd64_r14_poison_sse_x87
	.type preempt_amd64_r14_poison_sse_x87, %function
	.p2align 6
preempt_amd64_r14_poison_sse_x87:
	.cfi_startproc
	.cfi_return_column 16
	.cfi_signal_frame
	.cfi_return_column 16
	.cfi_def_cfa rbp, 56
	.cfi_offset 16, -8
	.cfi_offset rbp, -32
	movq (%rsp), %rax
	leaq 136(%rax), %rbp
	.cfi_def_cfa rsp, 56
	leaq 320(%rax), %rax
	pushq -8(%rbp)
	.cfi_def_cfa rsp, 64
	popfq	/* every instruction from here on leaves the flags alone */
	.cfi_def_cfa rsp, 56
	movups (%rax), %xmm0
	movups 16(%rax), %xmm1
	movups 32(%rax), %xmm2
	movups 48(%rax), %xmm3
	movups 64(%rax), %xmm4
	movups 80(%rax), %xmm5
	movups 96(%rax), %xmm6
	movups 112(%rax), %xmm7
	movups 128(%rax), %xmm8
	movups 144(%rax), %xmm9
	movups 160(%rax), %xmm10
	movups 176(%rax), %xmm11
	movups 192(%rax), %xmm12
	movups 208(%rax), %xmm13
	movups 224(%rax), %xmm14
	movups 240(%rax), %xmm15
	frstor 256(%rax)
	ldmxcsr -132(%rbp)
	movq -128(%rbp), %r15
	movq -120(%rbp), %r13
	movq -112(%rbp), %r12
	movq -104(%rbp), %r11
	movq -96(%rbp), %r10
	movq -88(%rbp), %r9
	movq -80(%rbp), %r8
	movq -72(%rbp), %rdi
	movq -64(%rbp), %rsi
	movq -56(%rbp), %rbx
	movq -48(%rbp), %rdx
	movq -40(%rbp), %rcx
	movq -32(%rbp), %rax
	movq 32(%rsp), %rax
	movq 24(%rsp), %rbp
	.cfi_same_value rbp
	leaq 48(%rsp), %rsp
	.cfi_def_cfa rsp, 8
	ret
	.cfi_endproc
	.size preempt_amd64_r14_poison_sse_x87, . - preempt_amd64_r14_poison_sse_x87

/* Poison with avx enabled. */
	.globl preempt_amd64_r14_poison_avx
	.hidden preempt_amd64_r14_poison_avx
	.type preempt_amd64_r14_poison_avx, %function
	.p2align 6
preempt_amd64_r14_poison_avx:
	.cfi_startproc
	.cfi_return_column 16
	.cfi_signal_frame
	.cfi_return_column 16
	.cfi_def_cfa rbp, 56
	.cfi_offset 16, -8
	.cfi_offset rbp, -32
	movq (%rsp), %rax
	leaq 136(%rax), %rbp
	.cfi_def_cfa rsp, 56
	leaq 320(%rax), %rax
	pushq -8(%rbp)
	.cfi_def_cfa rsp, 64
	popfq	/* every instruction from here on leaves the flags alone */
	.cfi_def_cfa rsp, 56
	vmovdqu (%rax), %ymm0
	vmovdqu 32(%rax), %ymm1
	vmovdqu 64(%rax), %ymm2
	vmovdqu 96(%rax), %ymm3
	vmovdqu 128(%rax), %ymm4
	vmovdqu 160(%rax), %ymm5
	vmovdqu 192(%rax), %ymm6
	vmovdqu 224(%rax), %ymm7
	vmovdqu 256(%rax), %ymm8
	vmovdqu 288(%rax), %ymm9
	vmovdqu 320(%rax), %ymm10
	vmovdqu 352(%rax), %ymm11
	vmovdqu 384(%rax), %ymm12
	vmovdqu 416(%rax), %ymm13
	vmovdqu 448(%rax), %ymm14
	vmovdqu 480(%rax), %ymm15
	fldcw -134(%rbp)
	ldmxcsr -132(%rbp)
	movq -128(%rbp), %r15
	movq -120(%rbp), %r13
	movq -112(%rbp), %r12
	movq -104(%rbp), %r11
	movq -96(%rbp), %r10
	movq -88(%rbp), %r9
	movq -80(%rbp), %r8
	movq -72(%rbp), %rdi
	movq -64(%rbp), %rsi
	movq -56(%rbp), %rbx
	movq -48(%rbp), %rdx
	movq -40(%rbp), %rcx
	movq -32(%rbp), %rax
	movq 32(%rsp), %rax
	movq 24(%rsp), %rbp
	.cfi_same_value rbp
	leaq 48(%rsp), %rsp
	.cfi_def_cfa rsp, 8
	ret
	.cfi_endproc
	.size preempt_amd64_r14_poison_avx, . - preempt_amd64_r14_poison_avx

/* Poison with avx enabled, occasional components too. */
	.globl preempt_amd64_r14_poison_avx_x87
	.hidden preempt_amd64_r14_poison_avx_x87
	.type preempt_amd64_r14_poison_avx_x87, %function
	.p2align 6
preempt_amd64_r14_poison_avx_x87:
	.cfi_startproc
	.cfi_return_column 16
	.cfi_signal_frame
	.cfi_return_column 16
	.cfi_def_cfa rbp, 56
	.cfi_offset 16, -8
	.cfi_offset rbp, -32
	movq (%rsp), %rax
	leaq 136(%rax), %rbp
	.cfi_def_cfa rsp, 56
	leaq 320(%rax), %rax
	pushq -8(%rbp)
	.cfi_def_cfa rsp, 64
	popfq	/* every instruction from here on leaves the flags alone */
	.cfi_def_cfa rsp, 56
	vmovdqu (%rax), %ymm0
	vmovdqu 32(%rax), %ymm1
	vmovdqu 64(%rax), %ymm2
	vmovdqu 96(%rax), %ymm3
	vmovdqu 128(%rax), %ymm4
	vmovdqu 160(%rax), %ymm5
	vmovdqu 192(%rax), %ymm6
	vmovdqu 224(%rax), %ymm7
	vmovdqu 256(%rax), %ymm8
	vmovdqu 288(%rax), %ymm9
	vmovdqu 320(%rax), %ymm10
	vmovdqu 352(%rax), %ymm11
	vmovdqu 384(%rax), %ymm12
	vmovdqu 416(%rax), %ymm13
	vmovdqu 448(%rax), %ymm14
	vmovdqu 480(%rax), %ymm15
	frstor 512(%rax)
	ldmxcsr -132(%rbp)
	movq -128(%rbp), %r15
	movq -120(%rbp), %r13
	movq -112(%rbp), %r12
	movq -104(%rbp), %r11
	movq -96(%rbp), %r10
	movq -88(%rbp), %r9
	movq -80(%rbp), %r8
	movq -72(%rbp), %rdi
	movq -64(%rbp), %rsi
	movq -56(%rbp), %rbx
	movq -48(%rbp), %rdx
	movq -40(%rbp), %rcx
	movq -32(%rbp), %rax
	movq 32(%rsp), %rax
	movq 24(%rsp), %rbp
	.cfi_same_value rbp
	leaq 48(%rsp), %rsp
	.cfi_def_cfa rsp, 8
	ret
	.cfi_endproc
	.size preempt_amd64_r14_poison_avx_x87, . - preempt_amd64_r14_poison_avx_x87

/* Poison with avx512 enabled. */
	.globl preempt_amd64_r14_poison_avx512
	.hidden preempt_amd64_r14_poison_avx512
	.type preempt_amd64_r14_poison_avx512, %function
	.p2align 6
preempt_amd64_r14_poison_avx512:
	.cfi_startproc
	.cfi_return_column 16
	.cfi_signal_frame
	.cfi_return_column 16
	.cfi_def_cfa rbp, 56
	.cfi_offset 16, -8
	.cfi_offset rbp, -32
	movq (%rsp), %rax
	leaq 136(%rax), %rbp
	.cfi_def_cfa rsp, 56
	leaq 320(%rax), %rax
	pushq -8(%rbp)
	.cfi_def_cfa rsp, 64
	popfq	/* every instruction from here on leaves the flags alone */
	.cfi_def_cfa rsp, 56
	vmovdqu64 (%rax), %zmm0
	vmovdqu64 64(%rax), %zmm1
	vmovdqu64 128(%rax), %zmm2
	vmovdqu64 192(%rax), %zmm3
	vmovdqu64 256(%rax), %zmm4
	vmovdqu64 320(%rax), %zmm5
	vmovdqu64 384(%rax), %zmm6
	vmovdqu64 448(%rax), %zmm7
	vmovdqu64 512(%rax), %zmm8
	vmovdqu64 576(%rax), %zmm9
	vmovdqu64 640(%rax), %zmm10
	vmovdqu64 704(%rax), %zmm11
	vmovdqu64 768(%rax), %zmm12
	vmovdqu64 832(%rax), %zmm13
	vmovdqu64 896(%rax), %zmm14
	vmovdqu64 960(%rax), %zmm15
	vmovdqu64 1024(%rax), %zmm16
	vmovdqu64 1088(%rax), %zmm17
	vmovdqu64 1152(%rax), %zmm18
	vmovdqu64 1216(%rax), %zmm19
	vmovdqu64 1280(%rax), %zmm20
	vmovdqu64 1344(%rax), %zmm21
	vmovdqu64 1408(%rax), %zmm22
	vmovdqu64 1472(%rax), %zmm23
	vmovdqu64 1536(%rax), %zmm24
	vmovdqu64 1600(%rax), %zmm25
	vmovdqu64 1664(%rax), %zmm26
	vmovdqu64 1728(%rax), %zmm27
	vmovdqu64 1792(%rax), %zmm28
	vmovdqu64 1856(%rax), %zmm29
	vmovdqu64 1920(%rax), %zmm30
	vmovdqu64 1984(%rax), %zmm31
	kmovq 2048(%rax), %k0
	kmovq 2056(%rax), %k1
	kmovq 2064(%rax), %k2
	kmovq 2072(%rax), %k3
	kmovq 2080(%rax), %k4
	kmovq 2088(%rax), %k5
	kmovq 2096(%rax), %k6
	kmovq 2104(%rax), %k7
	fldcw -134(%rbp)
	ldmxcsr -132(%rbp)
	movq -128(%rbp), %r15
	movq -120(%rbp), %r13
	movq -112(%rbp), %r12
	movq -104(%rbp), %r11
	movq -96(%rbp), %r10
	movq -88(%rbp), %r9
	movq -80(%rbp), %r8
	movq -72(%rbp), %rdi
	movq -64(%rbp), %rsi
	movq -56(%rbp), %rbx
	movq -48(%rbp), %rdx
	movq -40(%rbp), %rcx
	movq -32(%rbp), %rax
	movq 32(%rsp), %rax
	movq 24(%rsp), %rbp
	.cfi_same_value rbp
	leaq 48(%rsp), %rsp
	.cfi_def_cfa rsp, 8
	ret
	.cfi_endproc
	.size preempt_amd64_r14_poison_avx512, . - preempt_amd64_r14_poison_avx512

/* Poison with avx512 enabled, occasional components too. */
	.globl preempt_amd64_r14_poison_avx512_x87
	.hidden preempt_amd64_r14_poison_avx512_x87
	.type preempt_amd64_r14_poison_avx512_x87, %function
	.p2align 6
preempt_amd64_r14_poison_avx512_x87:
	.cfi_startproc
	.cfi_return_column 16
	.cfi_signal_frame
	.cfi_return_column 16
	.cfi_def_cfa rbp, 56
	.cfi_offset 16, -8
	.cfi_offset rbp, -32
	movq (%rsp), %rax
	leaq 136(%rax), %rbp
	.cfi_def_cfa rsp, 56
	leaq 320(%rax), %rax
	pushq -8(%rbp)
	.cfi_def_cfa rsp, 64
	popfq	/* every instruction from here on leaves the flags alone */
	.cfi_def_cfa rsp, 56
	vmovdqu64 (%rax), %zmm0
	vmovdqu64 64(%rax), %zmm1
	vmovdqu64 128(%rax), %zmm2
	vmovdqu64 192(%rax), %zmm3
	vmovdqu64 256(%rax), %zmm4
	vmovdqu64 320(%rax), %zmm5
	vmovdqu64 384(%rax), %zmm6
	vmovdqu64 448(%rax), %zmm7
	vmovdqu64 512(%rax), %zmm8
	vmovdqu64 576(%rax), %zmm9
	vmovdqu64 640(%rax), %zmm10
	vmovdqu64 704(%rax), %zmm11
	vmovdqu64 768(%rax), %zmm12
	vmovdqu64 832(%rax), %zmm13
	vmovdqu64 896(%rax), %zmm14
	vmovdqu64 960(%rax), %zmm15
	vmovdqu64 1024(%rax), %zmm16
	vmovdqu64 1088(%rax), %zmm17
	vmovdqu64 1152(%rax), %zmm18
	vmovdqu64 1216(%rax), %zmm19
	vmovdqu64 1280(%rax), %zmm20
	vmovdqu64 1344(%rax), %zmm21
	vmovdqu64 1408(%rax), %zmm22
	vmovdqu64 1472(%rax), %zmm23
	vmovdqu64 1536(%rax), %zmm24
	vmovdqu64 1600(%rax), %zmm25
	vmovdqu64 1664(%rax), %zmm26
	vmovdqu64 1728(%rax), %zmm27
	vmovdqu64 1792(%rax), %zmm28
	vmovdqu64 1856(%rax), %zmm29
	vmovdqu64 1920(%rax), %zmm30
	vmovdqu64 1984(%rax), %zmm31
	kmovq 2048(%rax), %k0
	kmovq 2056(%rax), %k1
	kmovq 2064(%rax), %k2
	kmovq 2072(%rax), %k3
	kmovq 2080(%rax), %k4
	kmovq 2088(%rax), %k5
	kmovq 2096(%rax), %k6
	kmovq 2104(%rax), %k7
	frstor 2112(%rax)
	ldmxcsr -132(%rbp)
	movq -128(%rbp), %r15
	movq -120(%rbp), %r13
	movq -112(%rbp), %r12
	movq -104(%rbp), %r11
	movq -96(%rbp), %r10
	movq -88(%rbp), %r9
	movq -80(%rbp), %r8
	movq -72(%rbp), %rdi
	movq -64(%rbp), %rsi
	movq -56(%rbp), %rbx
	movq -48(%rbp), %rdx
	movq -40(%rbp), %rcx
	movq -32(%rbp), %rax
	movq 32(%rsp), %rax
	movq 24(%rsp), %rbp
	.cfi_same_value rbp
	leaq 48(%rsp), %rsp
	.cfi_def_cfa rsp, 8
	ret
	.cfi_endproc
	.size preempt_amd64_r14_poison_avx512_x87, . - preempt_amd64_r14_poison_avx512_x87

/* Initial state of what is wider than the narrowest class, with sse enabled. */
	.globl preempt_amd64_r14_initialize_sse
	.hidden preempt_amd64_r14_initialize_sse
	.type preempt_amd64_r14_initialize_sse, %function
	.p2align 6
preempt_amd64_r14_initialize_sse:
	.cfi_startproc
	.cfi_return_column 16
	.cfi_return_column 16
	.cfi_def_cfa rsp, 8
	.cfi_offset 16, -8
	ret
	.cfi_endproc
	.size preempt_amd64_r14_initialize_sse, . - preempt_amd64_r14_initialize_sse

/* Initial state of what is wider than the narrowest class, with avx enabled. */
	.globl preempt_amd64_r14_initialize_avx
	.hidden preempt_amd64_r14_initialize_avx
	.type preempt_amd64_r14_initialize_avx, %function
	.p2align 6
preempt_amd64_r14_initialize_avx:
	.cfi_startproc
	.cfi_return_column 16
	.cfi_return_column 16
	.cfi_def_cfa rsp, 8
	.cfi_offset 16, -8
	vzeroupper
	ret
	.cfi_endproc
	.size preempt_amd64_r14_initialize_avx, . - preempt_amd64_r14_initialize_avx

/* Initial state of what is wider than the narrowest class, with avx512 enabled. */
	.globl preempt_amd64_r14_initialize_avx512
	.hidden preempt_amd64_r14_initialize_avx512
	.type preempt_amd64_r14_initialize_avx512, %function
	.p2align 6
preempt_amd64_r14_initialize_avx512:
	.cfi_startproc
	.cfi_return_column 16
	.cfi_return_column 16
	.cfi_def_cfa rsp, 8
	.cfi_offset 16, -8
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
	ret
	.cfi_endproc
	.size preempt_amd64_r14_initialize_avx512, . - preempt_amd64_r14_initialize_avx512

/* State components that the operating system enabled. */
	.globl preempt_amd64_r14_enabled_components
	.hidden preempt_amd64_r14_enabled_components
	.type preempt_amd64_r14_enabled_components, %function
	.p2align 6
preempt_amd64_r14_enabled_components:
	.cfi_startproc
	.cfi_return_column 16
	.cfi_return_column 16
	.cfi_def_cfa rsp, 8
	.cfi_offset 16, -8
	movq %rbx, %r8
	movl $1, %eax
	cpuid
	movq %r8, %rbx
	movl $3, %eax
	btl $27, %ecx
	jnc 1f
	xorl %ecx, %ecx
	xgetbv
	shlq $32, %rdx
	orq %rdx, %rax
	1: ret
	.cfi_endproc
	.size preempt_amd64_r14_enabled_components, . - preempt_amd64_r14_enabled_components

	.section preempt_probe_copy_string, "ax", %progbits

/* An instruction that is interrupted half-way. */
	.globl preempt_amd64_r14_copy_string
	.hidden preempt_amd64_r14_copy_string
	.type preempt_amd64_r14_copy_string, %function
	.p2align 6
preempt_amd64_r14_copy_string:
	.cfi_startproc
	.cfi_return_column 16
	.cfi_return_column 16
	.cfi_def_cfa rsp, 8
	.cfi_offset 16, -8
	movq %rdx, %rcx
	rep movsb
	ret
	.cfi_endproc
	.size preempt_amd64_r14_copy_string, . - preempt_amd64_r14_copy_string

	.section preempt_probe_misalign_stack, "ax", %progbits

/* A stack pointer that isn't aligned. */
	.globl preempt_amd64_r14_misalign_stack
	.hidden preempt_amd64_r14_misalign_stack
	.type preempt_amd64_r14_misalign_stack, %function
	.p2align 6
preempt_amd64_r14_misalign_stack:
	.cfi_startproc
	.cfi_return_column 16
	.cfi_return_column 16
	.cfi_def_cfa rsp, 8
	.cfi_offset 16, -8
	leaq -19(%rsp), %rsp
	.cfi_def_cfa rsp, 27
	movq %rdi, 3(%rsp)
	movq 3(%rsp), %rax
	leaq 3(%rax), %rax
	leaq 19(%rsp), %rsp
	.cfi_def_cfa rsp, 8
	ret
	.cfi_endproc
	.size preempt_amd64_r14_misalign_stack, . - preempt_amd64_r14_misalign_stack

#endif
	.section .note.GNU-stack, "", %progbits
