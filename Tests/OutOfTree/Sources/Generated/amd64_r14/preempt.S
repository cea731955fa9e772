/* Generated from backend amd64_r14 by `preempt generate`; edit Arch/, not this file. */

#if defined(__x86_64__) && defined(__LP64__) && defined(__linux__) && !defined(PREEMPT_NOXREG) && !defined(PREEMPT_CUSTOM_BACKEND)

	.section .rodata.preempt, "a", %progbits
	.p2align 2
	preempt_amd64_r14_mxcsr: .long 0x1f80
	preempt_amd64_r14_fcw: .short 0x037f

	.section preempt_text, "ax", %progbits

/* sse live, sse the widest enabled. */
	.globl preempt_amd64_r14_entry_sse_in_sse
	.hidden preempt_amd64_r14_entry_sse_in_sse
	.type preempt_amd64_r14_entry_sse_in_sse, %function
	.p2align 6
preempt_amd64_r14_entry_sse_in_sse:
	.cfi_startproc
	.cfi_return_column 16
	.cfi_signal_frame
	.cfi_return_column 16
	.cfi_def_cfa rsp, 168
	.cfi_offset 16, -136
	.cfi_offset rbp, -144
	leaq -112(%rsp), %rsp
	.cfi_def_cfa rsp, 280
	leaq 136(%rsp), %rbp
	.cfi_def_cfa rbp, 144
	movq %rax, -32(%rbp)
	.cfi_offset rax, -176
	movq %rcx, -40(%rbp)
	.cfi_offset rcx, -184
	movq %rdx, -48(%rbp)
	.cfi_offset rdx, -192
	movq %rbx, -56(%rbp)
	.cfi_offset rbx, -200
	movq %rsi, -64(%rbp)
	.cfi_offset rsi, -208
	movq %rdi, -72(%rbp)
	.cfi_offset rdi, -216
	movq %r8, -80(%rbp)
	.cfi_offset r8, -224
	movq %r9, -88(%rbp)
	.cfi_offset r9, -232
	movq %r10, -96(%rbp)
	.cfi_offset r10, -240
	movq %r11, -104(%rbp)
	.cfi_offset r11, -248
	movq %r12, -112(%rbp)
	.cfi_offset r12, -256
	movq %r13, -120(%rbp)
	.cfi_offset r13, -264
	movq %r15, -128(%rbp)
	.cfi_offset r15, -272
	stmxcsr -132(%rbp)
	fnstcw -134(%rbp)
	andq $-16, %rsp
	movq -16(%rbp), %rax
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
	cld	/* psABI 3.2.1 */
	ldmxcsr preempt_amd64_r14_mxcsr(%rip)
	fldcw preempt_amd64_r14_fcw(%rip)
	movq -24(%rbp), %rdi
	movl $16, %esi
	call preempt_mcall
	movups 240(%rax), %xmm15
	movups 224(%rax), %xmm14
	movups 208(%rax), %xmm13
	movups 192(%rax), %xmm12
	movups 176(%rax), %xmm11
	movups 160(%rax), %xmm10
	movups 144(%rax), %xmm9
	movups 128(%rax), %xmm8
	movups 112(%rax), %xmm7
	movups 96(%rax), %xmm6
	movups 80(%rax), %xmm5
	movups 64(%rax), %xmm4
	movups 48(%rax), %xmm3
	movups 32(%rax), %xmm2
	movups 16(%rax), %xmm1
	movups (%rax), %xmm0
	fldcw -134(%rbp)
	ldmxcsr -132(%rbp)
	movq -128(%rbp), %r15
	.cfi_restore r15
	movq -120(%rbp), %r13
	.cfi_restore r13
	movq -112(%rbp), %r12
	.cfi_restore r12
	movq -104(%rbp), %r11
	.cfi_restore r11
	movq -96(%rbp), %r10
	.cfi_restore r10
	movq -88(%rbp), %r9
	.cfi_restore r9
	movq -80(%rbp), %r8
	.cfi_restore r8
	movq -72(%rbp), %rdi
	.cfi_restore rdi
	movq -64(%rbp), %rsi
	.cfi_restore rsi
	movq -56(%rbp), %rbx
	.cfi_restore rbx
	movq -48(%rbp), %rdx
	.cfi_restore rdx
	movq -40(%rbp), %rcx
	.cfi_restore rcx
	movq -32(%rbp), %rax
	.cfi_restore rax
	leaq -8(%rbp), %rsp
	popfq
	popq %rbp
	.cfi_def_cfa rsp, 136
	.cfi_same_value rbp
	ret $128	/* pops the PC, then the red zone: the last read of the frame is the return itself */
	.cfi_endproc
	.size preempt_amd64_r14_entry_sse_in_sse, . - preempt_amd64_r14_entry_sse_in_sse

/* sse live, avx the widest enabled. */
	.globl preempt_amd64_r14_entry_sse_in_avx
	.hidden preempt_amd64_r14_entry_sse_in_avx
	.type preempt_amd64_r14_entry_sse_in_avx, %function
	.p2align 6
preempt_amd64_r14_entry_sse_in_avx:
	.cfi_startproc
	.cfi_return_column 16
	.cfi_signal_frame
	.cfi_return_column 16
	.cfi_def_cfa rsp, 168
	.cfi_offset 16, -136
	.cfi_offset rbp, -144
	leaq -112(%rsp), %rsp
	.cfi_def_cfa rsp, 280
	leaq 136(%rsp), %rbp
	.cfi_def_cfa rbp, 144
	movq %rax, -32(%rbp)
	.cfi_offset rax, -176
	movq %rcx, -40(%rbp)
	.cfi_offset rcx, -184
	movq %rdx, -48(%rbp)
	.cfi_offset rdx, -192
	movq %rbx, -56(%rbp)
	.cfi_offset rbx, -200
	movq %rsi, -64(%rbp)
	.cfi_offset rsi, -208
	movq %rdi, -72(%rbp)
	.cfi_offset rdi, -216
	movq %r8, -80(%rbp)
	.cfi_offset r8, -224
	movq %r9, -88(%rbp)
	.cfi_offset r9, -232
	movq %r10, -96(%rbp)
	.cfi_offset r10, -240
	movq %r11, -104(%rbp)
	.cfi_offset r11, -248
	movq %r12, -112(%rbp)
	.cfi_offset r12, -256
	movq %r13, -120(%rbp)
	.cfi_offset r13, -264
	movq %r15, -128(%rbp)
	.cfi_offset r15, -272
	stmxcsr -132(%rbp)
	fnstcw -134(%rbp)
	andq $-16, %rsp
	movq -16(%rbp), %rax
	vmovdqu %xmm0, (%rax)
	vmovdqu %xmm1, 16(%rax)
	vmovdqu %xmm2, 32(%rax)
	vmovdqu %xmm3, 48(%rax)
	vmovdqu %xmm4, 64(%rax)
	vmovdqu %xmm5, 80(%rax)
	vmovdqu %xmm6, 96(%rax)
	vmovdqu %xmm7, 112(%rax)
	vmovdqu %xmm8, 128(%rax)
	vmovdqu %xmm9, 144(%rax)
	vmovdqu %xmm10, 160(%rax)
	vmovdqu %xmm11, 176(%rax)
	vmovdqu %xmm12, 192(%rax)
	vmovdqu %xmm13, 208(%rax)
	vmovdqu %xmm14, 224(%rax)
	vmovdqu %xmm15, 240(%rax)
	cld	/* psABI 3.2.1 */
	ldmxcsr preempt_amd64_r14_mxcsr(%rip)
	fldcw preempt_amd64_r14_fcw(%rip)
	movq -24(%rbp), %rdi
	movl $16, %esi
	call preempt_mcall
	vmovdqu 240(%rax), %xmm15
	vmovdqu 224(%rax), %xmm14
	vmovdqu 208(%rax), %xmm13
	vmovdqu 192(%rax), %xmm12
	vmovdqu 176(%rax), %xmm11
	vmovdqu 160(%rax), %xmm10
	vmovdqu 144(%rax), %xmm9
	vmovdqu 128(%rax), %xmm8
	vmovdqu 112(%rax), %xmm7
	vmovdqu 96(%rax), %xmm6
	vmovdqu 80(%rax), %xmm5
	vmovdqu 64(%rax), %xmm4
	vmovdqu 48(%rax), %xmm3
	vmovdqu 32(%rax), %xmm2
	vmovdqu 16(%rax), %xmm1
	vmovdqu (%rax), %xmm0
	fldcw -134(%rbp)
	ldmxcsr -132(%rbp)
	movq -128(%rbp), %r15
	.cfi_restore r15
	movq -120(%rbp), %r13
	.cfi_restore r13
	movq -112(%rbp), %r12
	.cfi_restore r12
	movq -104(%rbp), %r11
	.cfi_restore r11
	movq -96(%rbp), %r10
	.cfi_restore r10
	movq -88(%rbp), %r9
	.cfi_restore r9
	movq -80(%rbp), %r8
	.cfi_restore r8
	movq -72(%rbp), %rdi
	.cfi_restore rdi
	movq -64(%rbp), %rsi
	.cfi_restore rsi
	movq -56(%rbp), %rbx
	.cfi_restore rbx
	movq -48(%rbp), %rdx
	.cfi_restore rdx
	movq -40(%rbp), %rcx
	.cfi_restore rcx
	movq -32(%rbp), %rax
	.cfi_restore rax
	leaq -8(%rbp), %rsp
	popfq
	popq %rbp
	.cfi_def_cfa rsp, 136
	.cfi_same_value rbp
	ret $128	/* pops the PC, then the red zone: the last read of the frame is the return itself */
	.cfi_endproc
	.size preempt_amd64_r14_entry_sse_in_avx, . - preempt_amd64_r14_entry_sse_in_avx

/* sse live, avx512 the widest enabled. */
	.globl preempt_amd64_r14_entry_sse_in_avx512
	.hidden preempt_amd64_r14_entry_sse_in_avx512
	.type preempt_amd64_r14_entry_sse_in_avx512, %function
	.p2align 6
preempt_amd64_r14_entry_sse_in_avx512:
	.cfi_startproc
	.cfi_return_column 16
	.cfi_signal_frame
	.cfi_return_column 16
	.cfi_def_cfa rsp, 168
	.cfi_offset 16, -136
	.cfi_offset rbp, -144
	leaq -112(%rsp), %rsp
	.cfi_def_cfa rsp, 280
	leaq 136(%rsp), %rbp
	.cfi_def_cfa rbp, 144
	movq %rax, -32(%rbp)
	.cfi_offset rax, -176
	movq %rcx, -40(%rbp)
	.cfi_offset rcx, -184
	movq %rdx, -48(%rbp)
	.cfi_offset rdx, -192
	movq %rbx, -56(%rbp)
	.cfi_offset rbx, -200
	movq %rsi, -64(%rbp)
	.cfi_offset rsi, -208
	movq %rdi, -72(%rbp)
	.cfi_offset rdi, -216
	movq %r8, -80(%rbp)
	.cfi_offset r8, -224
	movq %r9, -88(%rbp)
	.cfi_offset r9, -232
	movq %r10, -96(%rbp)
	.cfi_offset r10, -240
	movq %r11, -104(%rbp)
	.cfi_offset r11, -248
	movq %r12, -112(%rbp)
	.cfi_offset r12, -256
	movq %r13, -120(%rbp)
	.cfi_offset r13, -264
	movq %r15, -128(%rbp)
	.cfi_offset r15, -272
	stmxcsr -132(%rbp)
	fnstcw -134(%rbp)
	andq $-16, %rsp
	movq -16(%rbp), %rax
	vmovdqu %xmm0, (%rax)
	vmovdqu %xmm1, 16(%rax)
	vmovdqu %xmm2, 32(%rax)
	vmovdqu %xmm3, 48(%rax)
	vmovdqu %xmm4, 64(%rax)
	vmovdqu %xmm5, 80(%rax)
	vmovdqu %xmm6, 96(%rax)
	vmovdqu %xmm7, 112(%rax)
	vmovdqu %xmm8, 128(%rax)
	vmovdqu %xmm9, 144(%rax)
	vmovdqu %xmm10, 160(%rax)
	vmovdqu %xmm11, 176(%rax)
	vmovdqu %xmm12, 192(%rax)
	vmovdqu %xmm13, 208(%rax)
	vmovdqu %xmm14, 224(%rax)
	vmovdqu %xmm15, 240(%rax)
	cld	/* psABI 3.2.1 */
	ldmxcsr preempt_amd64_r14_mxcsr(%rip)
	fldcw preempt_amd64_r14_fcw(%rip)
	movq -24(%rbp), %rdi
	movl $16, %esi
	call preempt_mcall
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
	vmovdqu 240(%rax), %xmm15
	vmovdqu 224(%rax), %xmm14
	vmovdqu 208(%rax), %xmm13
	vmovdqu 192(%rax), %xmm12
	vmovdqu 176(%rax), %xmm11
	vmovdqu 160(%rax), %xmm10
	vmovdqu 144(%rax), %xmm9
	vmovdqu 128(%rax), %xmm8
	vmovdqu 112(%rax), %xmm7
	vmovdqu 96(%rax), %xmm6
	vmovdqu 80(%rax), %xmm5
	vmovdqu 64(%rax), %xmm4
	vmovdqu 48(%rax), %xmm3
	vmovdqu 32(%rax), %xmm2
	vmovdqu 16(%rax), %xmm1
	vmovdqu (%rax), %xmm0
	fldcw -134(%rbp)
	ldmxcsr -132(%rbp)
	movq -128(%rbp), %r15
	.cfi_restore r15
	movq -120(%rbp), %r13
	.cfi_restore r13
	movq -112(%rbp), %r12
	.cfi_restore r12
	movq -104(%rbp), %r11
	.cfi_restore r11
	movq -96(%rbp), %r10
	.cfi_restore r10
	movq -88(%rbp), %r9
	.cfi_restore r9
	movq -80(%rbp), %r8
	.cfi_restore r8
	movq -72(%rbp), %rdi
	.cfi_restore rdi
	movq -64(%rbp), %rsi
	.cfi_restore rsi
	movq -56(%rbp), %rbx
	.cfi_restore rbx
	movq -48(%rbp), %rdx
	.cfi_restore rdx
	movq -40(%rbp), %rcx
	.cfi_restore rcx
	movq -32(%rbp), %rax
	.cfi_restore rax
	leaq -8(%rbp), %rsp
	popfq
	popq %rbp
	.cfi_def_cfa rsp, 136
	.cfi_same_value rbp
	ret $128	/* pops the PC, then the red zone: the last read of the frame is the return itself */
	.cfi_endproc
	.size preempt_amd64_r14_entry_sse_in_avx512, . - preempt_amd64_r14_entry_sse_in_avx512

/* sse_x87 live, sse the widest enabled. */
	.globl preempt_amd64_r14_entry_sse_x87_in_sse
	.hidden preempt_amd64_r14_entry_sse_x87_in_sse
	.type preempt_amd64_r14_entry_sse_x87_in_sse, %function
	.p2align 6
preempt_amd64_r14_entry_sse_x87_in_sse:
	.cfi_startproc
	.cfi_return_column 16
	.cfi_signal_frame
	.cfi_return_column 16
	.cfi_def_cfa rsp, 168
	.cfi_offset 16, -136
	.cfi_offset rbp, -144
	leaq -112(%rsp), %rsp
	.cfi_def_cfa rsp, 280
	leaq 136(%rsp), %rbp
	.cfi_def_cfa rbp, 144
	movq %rax, -32(%rbp)
	.cfi_offset rax, -176
	movq %rcx, -40(%rbp)
	.cfi_offset rcx, -184
	movq %rdx, -48(%rbp)
	.cfi_offset rdx, -192
	movq %rbx, -56(%rbp)
	.cfi_offset rbx, -200
	movq %rsi, -64(%rbp)
	.cfi_offset rsi, -208
	movq %rdi, -72(%rbp)
	.cfi_offset rdi, -216
	movq %r8, -80(%rbp)
	.cfi_offset r8, -224
	movq %r9, -88(%rbp)
	.cfi_offset r9, -232
	movq %r10, -96(%rbp)
	.cfi_offset r10, -240
	movq %r11, -104(%rbp)
	.cfi_offset r11, -248
	movq %r12, -112(%rbp)
	.cfi_offset r12, -256
	movq %r13, -120(%rbp)
	.cfi_offset r13, -264
	movq %r15, -128(%rbp)
	.cfi_offset r15, -272
	stmxcsr -132(%rbp)
	andq $-16, %rsp
	movq -16(%rbp), %rax
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
	ldmxcsr preempt_amd64_r14_mxcsr(%rip)
	movq -24(%rbp), %rdi
	movl $17, %esi
	call preempt_mcall
	frstor 256(%rax)
	movups 240(%rax), %xmm15
	movups 224(%rax), %xmm14
	movups 208(%rax), %xmm13
	movups 192(%rax), %xmm12
	movups 176(%rax), %xmm11
	movups 160(%rax), %xmm10
	movups 144(%rax), %xmm9
	movups 128(%rax), %xmm8
	movups 112(%rax), %xmm7
	movups 96(%rax), %xmm6
	movups 80(%rax), %xmm5
	movups 64(%rax), %xmm4
	movups 48(%rax), %xmm3
	movups 32(%rax), %xmm2
	movups 16(%rax), %xmm1
	movups (%rax), %xmm0
	ldmxcsr -132(%rbp)
	movq -128(%rbp), %r15
	.cfi_restore r15
	movq -120(%rbp), %r13
	.cfi_restore r13
	movq -112(%rbp), %r12
	.cfi_restore r12
	movq -104(%rbp), %r11
	.cfi_restore r11
	movq -96(%rbp), %r10
	.cfi_restore r10
	movq -88(%rbp), %r9
	.cfi_restore r9
	movq -80(%rbp), %r8
	.cfi_restore r8
	movq -72(%rbp), %rdi
	.cfi_restore rdi
	movq -64(%rbp), %rsi
	.cfi_restore rsi
	movq -56(%rbp), %rbx
	.cfi_restore rbx
	movq -48(%rbp), %rdx
	.cfi_restore rdx
	movq -40(%rbp), %rcx
	.cfi_restore rcx
	movq -32(%rbp), %rax
	.cfi_restore rax
	leaq -8(%rbp), %rsp
	popfq
	popq %rbp
	.cfi_def_cfa rsp, 136
	.cfi_same_value rbp
	ret $128	/* pops the PC, then the red zone: the last read of the frame is the return itself */
	.cfi_endproc
	.size preempt_amd64_r14_entry_sse_x87_in_sse, . - preempt_amd64_r14_entry_sse_x87_in_sse

/* sse_x87 live, avx the widest enabled. */
	.globl preempt_amd64_r14_entry_sse_x87_in_avx
	.hidden preempt_amd64_r14_entry_sse_x87_in_avx
	.type preempt_amd64_r14_entry_sse_x87_in_avx, %function
	.p2align 6
preempt_amd64_r14_entry_sse_x87_in_avx:
	.cfi_startproc
	.cfi_return_column 16
	.cfi_signal_frame
	.cfi_return_column 16
	.cfi_def_cfa rsp, 168
	.cfi_offset 16, -136
	.cfi_offset rbp, -144
	leaq -112(%rsp), %rsp
	.cfi_def_cfa rsp, 280
	leaq 136(%rsp), %rbp
	.cfi_def_cfa rbp, 144
	movq %rax, -32(%rbp)
	.cfi_offset rax, -176
	movq %rcx, -40(%rbp)
	.cfi_offset rcx, -184
	movq %rdx, -48(%rbp)
	.cfi_offset rdx, -192
	movq %rbx, -56(%rbp)
	.cfi_offset rbx, -200
	movq %rsi, -64(%rbp)
	.cfi_offset rsi, -208
	movq %rdi, -72(%rbp)
	.cfi_offset rdi, -216
	movq %r8, -80(%rbp)
	.cfi_offset r8, -224
	movq %r9, -88(%rbp)
	.cfi_offset r9, -232
	movq %r10, -96(%rbp)
	.cfi_offset r10, -240
	movq %r11, -104(%rbp)
	.cfi_offset r11, -248
	movq %r12, -112(%rbp)
	.cfi_offset r12, -256
	movq %r13, -120(%rbp)
	.cfi_offset r13, -264
	movq %r15, -128(%rbp)
	.cfi_offset r15, -272
	stmxcsr -132(%rbp)
	andq $-16, %rsp
	movq -16(%rbp), %rax
	vmovdqu %xmm0, (%rax)
	vmovdqu %xmm1, 16(%rax)
	vmovdqu %xmm2, 32(%rax)
	vmovdqu %xmm3, 48(%rax)
	vmovdqu %xmm4, 64(%rax)
	vmovdqu %xmm5, 80(%rax)
	vmovdqu %xmm6, 96(%rax)
	vmovdqu %xmm7, 112(%rax)
	vmovdqu %xmm8, 128(%rax)
	vmovdqu %xmm9, 144(%rax)
	vmovdqu %xmm10, 160(%rax)
	vmovdqu %xmm11, 176(%rax)
	vmovdqu %xmm12, 192(%rax)
	vmovdqu %xmm13, 208(%rax)
	vmovdqu %xmm14, 224(%rax)
	vmovdqu %xmm15, 240(%rax)
	fnsave 256(%rax)	/* and leaves the unit initialised */
	cld	/* psABI 3.2.1 */
	ldmxcsr preempt_amd64_r14_mxcsr(%rip)
	movq -24(%rbp), %rdi
	movl $17, %esi
	call preempt_mcall
	frstor 256(%rax)
	vmovdqu 240(%rax), %xmm15
	vmovdqu 224(%rax), %xmm14
	vmovdqu 208(%rax), %xmm13
	vmovdqu 192(%rax), %xmm12
	vmovdqu 176(%rax), %xmm11
	vmovdqu 160(%rax), %xmm10
	vmovdqu 144(%rax), %xmm9
	vmovdqu 128(%rax), %xmm8
	vmovdqu 112(%rax), %xmm7
	vmovdqu 96(%rax), %xmm6
	vmovdqu 80(%rax), %xmm5
	vmovdqu 64(%rax), %xmm4
	vmovdqu 48(%rax), %xmm3
	vmovdqu 32(%rax), %xmm2
	vmovdqu 16(%rax), %xmm1
	vmovdqu (%rax), %xmm0
	ldmxcsr -132(%rbp)
	movq -128(%rbp), %r15
	.cfi_restore r15
	movq -120(%rbp), %r13
	.cfi_restore r13
	movq -112(%rbp), %r12
	.cfi_restore r12
	movq -104(%rbp), %r11
	.cfi_restore r11
	movq -96(%rbp), %r10
	.cfi_restore r10
	movq -88(%rbp), %r9
	.cfi_restore r9
	movq -80(%rbp), %r8
	.cfi_restore r8
	movq -72(%rbp), %rdi
	.cfi_restore rdi
	movq -64(%rbp), %rsi
	.cfi_restore rsi
	movq -56(%rbp), %rbx
	.cfi_restore rbx
	movq -48(%rbp), %rdx
	.cfi_restore rdx
	movq -40(%rbp), %rcx
	.cfi_restore rcx
	movq -32(%rbp), %rax
	.cfi_restore rax
	leaq -8(%rbp), %rsp
	popfq
	popq %rbp
	.cfi_def_cfa rsp, 136
	.cfi_same_value rbp
	ret $128	/* pops the PC, then the red zone: the last read of the frame is the return itself */
	.cfi_endproc
	.size preempt_amd64_r14_entry_sse_x87_in_avx, . - preempt_amd64_r14_entry_sse_x87_in_avx

/* sse_x87 live, avx512 the widest enabled. */
	.globl preempt_amd64_r14_entry_sse_x87_in_avx512
	.hidden preempt_amd64_r14_entry_sse_x87_in_avx512
	.type preempt_amd64_r14_entry_sse_x87_in_avx512, %function
	.p2align 6
preempt_amd64_r14_entry_sse_x87_in_avx512:
	.cfi_startproc
	.cfi_return_column 16
	.cfi_signal_frame
	.cfi_return_column 16
	.cfi_def_cfa rsp, 168
	.cfi_offset 16, -136
	.cfi_offset rbp, -144
	leaq -112(%rsp), %rsp
	.cfi_def_cfa rsp, 280
	leaq 136(%rsp), %rbp
	.cfi_def_cfa rbp, 144
	movq %rax, -32(%rbp)
	.cfi_offset rax, -176
	movq %rcx, -40(%rbp)
	.cfi_offset rcx, -184
	movq %rdx, -48(%rbp)
	.cfi_offset rdx, -192
	movq %rbx, -56(%rbp)
	.cfi_offset rbx, -200
	movq %rsi, -64(%rbp)
	.cfi_offset rsi, -208
	movq %rdi, -72(%rbp)
	.cfi_offset rdi, -216
	movq %r8, -80(%rbp)
	.cfi_offset r8, -224
	movq %r9, -88(%rbp)
	.cfi_offset r9, -232
	movq %r10, -96(%rbp)
	.cfi_offset r10, -240
	movq %r11, -104(%rbp)
	.cfi_offset r11, -248
	movq %r12, -112(%rbp)
	.cfi_offset r12, -256
	movq %r13, -120(%rbp)
	.cfi_offset r13, -264
	movq %r15, -128(%rbp)
	.cfi_offset r15, -272
	stmxcsr -132(%rbp)
	andq $-16, %rsp
	movq -16(%rbp), %rax
	vmovdqu %xmm0, (%rax)
	vmovdqu %xmm1, 16(%rax)
	vmovdqu %xmm2, 32(%rax)
	vmovdqu %xmm3, 48(%rax)
	vmovdqu %xmm4, 64(%rax)
	vmovdqu %xmm5, 80(%rax)
	vmovdqu %xmm6, 96(%rax)
	vmovdqu %xmm7, 112(%rax)
	vmovdqu %xmm8, 128(%rax)
	vmovdqu %xmm9, 144(%rax)
	vmovdqu %xmm10, 160(%rax)
	vmovdqu %xmm11, 176(%rax)
	vmovdqu %xmm12, 192(%rax)
	vmovdqu %xmm13, 208(%rax)
	vmovdqu %xmm14, 224(%rax)
	vmovdqu %xmm15, 240(%rax)
	fnsave 256(%rax)	/* and leaves the unit initialised */
	cld	/* psABI 3.2.1 */
	ldmxcsr preempt_amd64_r14_mxcsr(%rip)
	movq -24(%rbp), %rdi
	movl $17, %esi
	call preempt_mcall
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
	frstor 256(%rax)
	vmovdqu 240(%rax), %xmm15
	vmovdqu 224(%rax), %xmm14
	vmovdqu 208(%rax), %xmm13
	vmovdqu 192(%rax), %xmm12
	vmovdqu 176(%rax), %xmm11
	vmovdqu 160(%rax), %xmm10
	vmovdqu 144(%rax), %xmm9
	vmovdqu 128(%rax), %xmm8
	vmovdqu 112(%rax), %xmm7
	vmovdqu 96(%rax), %xmm6
	vmovdqu 80(%rax), %xmm5
	vmovdqu 64(%rax), %xmm4
	vmovdqu 48(%rax), %xmm3
	vmovdqu 32(%rax), %xmm2
	vmovdqu 16(%rax), %xmm1
	vmovdqu (%rax), %xmm0
	ldmxcsr -132(%rbp)
	movq -128(%rbp), %r15
	.cfi_restore r15
	movq -120(%rbp), %r13
	.cfi_restore r13
	movq -112(%rbp), %r12
	.cfi_restore r12
	movq -104(%rbp), %r11
	.cfi_restore r11
	movq -96(%rbp), %r10
	.cfi_restore r10
	movq -88(%rbp), %r9
	.cfi_restore r9
	movq -80(%rbp), %r8
	.cfi_restore r8
	movq -72(%rbp), %rdi
	.cfi_restore rdi
	movq -64(%rbp), %rsi
	.cfi_restore rsi
	movq -56(%rbp), %rbx
	.cfi_restore rbx
	movq -48(%rbp), %rdx
	.cfi_restore rdx
	movq -40(%rbp), %rcx
	.cfi_restore rcx
	movq -32(%rbp), %rax
	.cfi_restore rax
	leaq -8(%rbp), %rsp
	popfq
	popq %rbp
	.cfi_def_cfa rsp, 136
	.cfi_same_value rbp
	ret $128	/* pops the PC, then the red zone: the last read of the frame is the return itself */
	.cfi_endproc
	.size preempt_amd64_r14_entry_sse_x87_in_avx512, . - preempt_amd64_r14_entry_sse_x87_in_avx512

/* avx live, avx the widest enabled. */
	.globl preempt_amd64_r14_entry_avx_in_avx
	.hidden preempt_amd64_r14_entry_avx_in_avx
	.type preempt_amd64_r14_entry_avx_in_avx, %function
	.p2align 6
preempt_amd64_r14_entry_avx_in_avx:
	.cfi_startproc
	.cfi_return_column 16
	.cfi_signal_frame
	.cfi_return_column 16
	.cfi_def_cfa rsp, 168
	.cfi_offset 16, -136
	.cfi_offset rbp, -144
	leaq -112(%rsp), %rsp
	.cfi_def_cfa rsp, 280
	leaq 136(%rsp), %rbp
	.cfi_def_cfa rbp, 144
	movq %rax, -32(%rbp)
	.cfi_offset rax, -176
	movq %rcx, -40(%rbp)
	.cfi_offset rcx, -184
	movq %rdx, -48(%rbp)
	.cfi_offset rdx, -192
	movq %rbx, -56(%rbp)
	.cfi_offset rbx, -200
	movq %rsi, -64(%rbp)
	.cfi_offset rsi, -208
	movq %rdi, -72(%rbp)
	.cfi_offset rdi, -216
	movq %r8, -80(%rbp)
	.cfi_offset r8, -224
	movq %r9, -88(%rbp)
	.cfi_offset r9, -232
	movq %r10, -96(%rbp)
	.cfi_offset r10, -240
	movq %r11, -104(%rbp)
	.cfi_offset r11, -248
	movq %r12, -112(%rbp)
	.cfi_offset r12, -256
	movq %r13, -120(%rbp)
	.cfi_offset r13, -264
	movq %r15, -128(%rbp)
	.cfi_offset r15, -272
	stmxcsr -132(%rbp)
	fnstcw -134(%rbp)
	andq $-16, %rsp
	movq -16(%rbp), %rax
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
	vzeroupper
	cld	/* psABI 3.2.1 */
	ldmxcsr preempt_amd64_r14_mxcsr(%rip)
	fldcw preempt_amd64_r14_fcw(%rip)
	movq -24(%rbp), %rdi
	movl $18, %esi
	call preempt_mcall
	vmovdqu 480(%rax), %ymm15
	vmovdqu 448(%rax), %ymm14
	vmovdqu 416(%rax), %ymm13
	vmovdqu 384(%rax), %ymm12
	vmovdqu 352(%rax), %ymm11
	vmovdqu 320(%rax), %ymm10
	vmovdqu 288(%rax), %ymm9
	vmovdqu 256(%rax), %ymm8
	vmovdqu 224(%rax), %ymm7
	vmovdqu 192(%rax), %ymm6
	vmovdqu 160(%rax), %ymm5
	vmovdqu 128(%rax), %ymm4
	vmovdqu 96(%rax), %ymm3
	vmovdqu 64(%rax), %ymm2
	vmovdqu 32(%rax), %ymm1
	vmovdqu (%rax), %ymm0
	fldcw -134(%rbp)
	ldmxcsr -132(%rbp)
	movq -128(%rbp), %r15
	.cfi_restore r15
	movq -120(%rbp), %r13
	.cfi_restore r13
	movq -112(%rbp), %r12
	.cfi_restore r12
	movq -104(%rbp), %r11
	.cfi_restore r11
	movq -96(%rbp), %r10
	.cfi_restore r10
	movq -88(%rbp), %r9
	.cfi_restore r9
	movq -80(%rbp), %r8
	.cfi_restore r8
	movq -72(%rbp), %rdi
	.cfi_restore rdi
	movq -64(%rbp), %rsi
	.cfi_restore rsi
	movq -56(%rbp), %rbx
	.cfi_restore rbx
	movq -48(%rbp), %rdx
	.cfi_restore rdx
	movq -40(%rbp), %rcx
	.cfi_restore rcx
	movq -32(%rbp), %rax
	.cfi_restore rax
	leaq -8(%rbp), %rsp
	popfq
	popq %rbp
	.cfi_def_cfa rsp, 136
	.cfi_same_value rbp
	ret $128	/* pops the PC, then the red zone: the last read of the frame is the return itself */
	.cfi_endproc
	.size preempt_amd64_r14_entry_avx_in_avx, . - preempt_amd64_r14_entry_avx_in_avx

/* avx live, avx512 the widest enabled. */
	.globl preempt_amd64_r14_entry_avx_in_avx512
	.hidden preempt_amd64_r14_entry_avx_in_avx512
	.type preempt_amd64_r14_entry_avx_in_avx512, %function
	.p2align 6
preempt_amd64_r14_entry_avx_in_avx512:
	.cfi_startproc
	.cfi_return_column 16
	.cfi_signal_frame
	.cfi_return_column 16
	.cfi_def_cfa rsp, 168
	.cfi_offset 16, -136
	.cfi_offset rbp, -144
	leaq -112(%rsp), %rsp
	.cfi_def_cfa rsp, 280
	leaq 136(%rsp), %rbp
	.cfi_def_cfa rbp, 144
	movq %rax, -32(%rbp)
	.cfi_offset rax, -176
	movq %rcx, -40(%rbp)
	.cfi_offset rcx, -184
	movq %rdx, -48(%rbp)
	.cfi_offset rdx, -192
	movq %rbx, -56(%rbp)
	.cfi_offset rbx, -200
	movq %rsi, -64(%rbp)
	.cfi_offset rsi, -208
	movq %rdi, -72(%rbp)
	.cfi_offset rdi, -216
	movq %r8, -80(%rbp)
	.cfi_offset r8, -224
	movq %r9, -88(%rbp)
	.cfi_offset r9, -232
	movq %r10, -96(%rbp)
	.cfi_offset r10, -240
	movq %r11, -104(%rbp)
	.cfi_offset r11, -248
	movq %r12, -112(%rbp)
	.cfi_offset r12, -256
	movq %r13, -120(%rbp)
	.cfi_offset r13, -264
	movq %r15, -128(%rbp)
	.cfi_offset r15, -272
	stmxcsr -132(%rbp)
	fnstcw -134(%rbp)
	andq $-16, %rsp
	movq -16(%rbp), %rax
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
	vzeroupper
	cld	/* psABI 3.2.1 */
	ldmxcsr preempt_amd64_r14_mxcsr(%rip)
	fldcw preempt_amd64_r14_fcw(%rip)
	movq -24(%rbp), %rdi
	movl $18, %esi
	call preempt_mcall
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
	vmovdqu 480(%rax), %ymm15
	vmovdqu 448(%rax), %ymm14
	vmovdqu 416(%rax), %ymm13
	vmovdqu 384(%rax), %ymm12
	vmovdqu 352(%rax), %ymm11
	vmovdqu 320(%rax), %ymm10
	vmovdqu 288(%rax), %ymm9
	vmovdqu 256(%rax), %ymm8
	vmovdqu 224(%rax), %ymm7
	vmovdqu 192(%rax), %ymm6
	vmovdqu 160(%rax), %ymm5
	vmovdqu 128(%rax), %ymm4
	vmovdqu 96(%rax), %ymm3
	vmovdqu 64(%rax), %ymm2
	vmovdqu 32(%rax), %ymm1
	vmovdqu (%rax), %ymm0
	fldcw -134(%rbp)
	ldmxcsr -132(%rbp)
	movq -128(%rbp), %r15
	.cfi_restore r15
	movq -120(%rbp), %r13
	.cfi_restore r13
	movq -112(%rbp), %r12
	.cfi_restore r12
	movq -104(%rbp), %r11
	.cfi_restore r11
	movq -96(%rbp), %r10
	.cfi_restore r10
	movq -88(%rbp), %r9
	.cfi_restore r9
	movq -80(%rbp), %r8
	.cfi_restore r8
	movq -72(%rbp), %rdi
	.cfi_restore rdi
	movq -64(%rbp), %rsi
	.cfi_restore rsi
	movq -56(%rbp), %rbx
	.cfi_restore rbx
	movq -48(%rbp), %rdx
	.cfi_restore rdx
	movq -40(%rbp), %rcx
	.cfi_restore rcx
	movq -32(%rbp), %rax
	.cfi_restore rax
	leaq -8(%rbp), %rsp
	popfq
	popq %rbp
	.cfi_def_cfa rsp, 136
	.cfi_same_value rbp
	ret $128	/* pops the PC, then the red zone: the last read of the frame is the return itself */
	.cfi_endproc
	.size preempt_amd64_r14_entry_avx_in_avx512, . - preempt_amd64_r14_entry_avx_in_avx512

/* avx_x87 live, avx the widest enabled. */
	.globl preempt_amd64_r14_entry_avx_x87_in_avx
	.hidden preempt_amd64_r14_entry_avx_x87_in_avx
	.type preempt_amd64_r14_entry_avx_x87_in_avx, %function
	.p2align 6
preempt_amd64_r14_entry_avx_x87_in_avx:
	.cfi_startproc
	.cfi_return_column 16
	.cfi_signal_frame
	.cfi_return_column 16
	.cfi_def_cfa rsp, 168
	.cfi_offset 16, -136
	.cfi_offset rbp, -144
	leaq -112(%rsp), %rsp
	.cfi_def_cfa rsp, 280
	leaq 136(%rsp), %rbp
	.cfi_def_cfa rbp, 144
	movq %rax, -32(%rbp)
	.cfi_offset rax, -176
	movq %rcx, -40(%rbp)
	.cfi_offset rcx, -184
	movq %rdx, -48(%rbp)
	.cfi_offset rdx, -192
	movq %rbx, -56(%rbp)
	.cfi_offset rbx, -200
	movq %rsi, -64(%rbp)
	.cfi_offset rsi, -208
	movq %rdi, -72(%rbp)
	.cfi_offset rdi, -216
	movq %r8, -80(%rbp)
	.cfi_offset r8, -224
	movq %r9, -88(%rbp)
	.cfi_offset r9, -232
	movq %r10, -96(%rbp)
	.cfi_offset r10, -240
	movq %r11, -104(%rbp)
	.cfi_offset r11, -248
	movq %r12, -112(%rbp)
	.cfi_offset r12, -256
	movq %r13, -120(%rbp)
	.cfi_offset r13, -264
	movq %r15, -128(%rbp)
	.cfi_offset r15, -272
	stmxcsr -132(%rbp)
	andq $-16, %rsp
	movq -16(%rbp), %rax
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
	ldmxcsr preempt_amd64_r14_mxcsr(%rip)
	movq -24(%rbp), %rdi
	movl $19, %esi
	call preempt_mcall
	frstor 512(%rax)
	vmovdqu 480(%rax), %ymm15
	vmovdqu 448(%rax), %ymm14
	vmovdqu 416(%rax), %ymm13
	vmovdqu 384(%rax), %ymm12
	vmovdqu 352(%rax), %ymm11
	vmovdqu 320(%rax), %ymm10
	vmovdqu 288(%rax), %ymm9
	vmovdqu 256(%rax), %ymm8
	vmovdqu 224(%rax), %ymm7
	vmovdqu 192(%rax), %ymm6
	vmovdqu 160(%rax), %ymm5
	vmovdqu 128(%rax), %ymm4
	vmovdqu 96(%rax), %ymm3
	vmovdqu 64(%rax), %ymm2
	vmovdqu 32(%rax), %ymm1
	vmovdqu (%rax), %ymm0
	ldmxcsr -132(%rbp)
	movq -128(%rbp), %r15
	.cfi_restore r15
	movq -120(%rbp), %r13
	.cfi_restore r13
	movq -112(%rbp), %r12
	.cfi_restore r12
	movq -104(%rbp), %r11
	.cfi_restore r11
	movq -96(%rbp), %r10
	.cfi_restore r10
	movq -88(%rbp), %r9
	.cfi_restore r9
	movq -80(%rbp), %r8
	.cfi_restore r8
	movq -72(%rbp), %rdi
	.cfi_restore rdi
	movq -64(%rbp), %rsi
	.cfi_restore rsi
	movq -56(%rbp), %rbx
	.cfi_restore rbx
	movq -48(%rbp), %rdx
	.cfi_restore rdx
	movq -40(%rbp), %rcx
	.cfi_restore rcx
	movq -32(%rbp), %rax
	.cfi_restore rax
	leaq -8(%rbp), %rsp
	popfq
	popq %rbp
	.cfi_def_cfa rsp, 136
	.cfi_same_value rbp
	ret $128	/* pops the PC, then the red zone: the last read of the frame is the return itself */
	.cfi_endproc
	.size preempt_amd64_r14_entry_avx_x87_in_avx, . - preempt_amd64_r14_entry_avx_x87_in_avx

/* avx_x87 live, avx512 the widest enabled. */
	.globl preempt_amd64_r14_entry_avx_x87_in_avx512
	.hidden preempt_amd64_r14_entry_avx_x87_in_avx512
	.type preempt_amd64_r14_entry_avx_x87_in_avx512, %function
	.p2align 6
preempt_amd64_r14_entry_avx_x87_in_avx512:
	.cfi_startproc
	.cfi_return_column 16
	.cfi_signal_frame
	.cfi_return_column 16
	.cfi_def_cfa rsp, 168
	.cfi_offset 16, -136
	.cfi_offset rbp, -144
	leaq -112(%rsp), %rsp
	.cfi_def_cfa rsp, 280
	leaq 136(%rsp), %rbp
	.cfi_def_cfa rbp, 144
	movq %rax, -32(%rbp)
	.cfi_offset rax, -176
	movq %rcx, -40(%rbp)
	.cfi_offset rcx, -184
	movq %rdx, -48(%rbp)
	.cfi_offset rdx, -192
	movq %rbx, -56(%rbp)
	.cfi_offset rbx, -200
	movq %rsi, -64(%rbp)
	.cfi_offset rsi, -208
	movq %rdi, -72(%rbp)
	.cfi_offset rdi, -216
	movq %r8, -80(%rbp)
	.cfi_offset r8, -224
	movq %r9, -88(%rbp)
	.cfi_offset r9, -232
	movq %r10, -96(%rbp)
	.cfi_offset r10, -240
	movq %r11, -104(%rbp)
	.cfi_offset r11, -248
	movq %r12, -112(%rbp)
	.cfi_offset r12, -256
	movq %r13, -120(%rbp)
	.cfi_offset r13, -264
	movq %r15, -128(%rbp)
	.cfi_offset r15, -272
	stmxcsr -132(%rbp)
	andq $-16, %rsp
	movq -16(%rbp), %rax
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
	ldmxcsr preempt_amd64_r14_mxcsr(%rip)
	movq -24(%rbp), %rdi
	movl $19, %esi
	call preempt_mcall
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
	frstor 512(%rax)
	vmovdqu 480(%rax), %ymm15
	vmovdqu 448(%rax), %ymm14
	vmovdqu 416(%rax), %ymm13
	vmovdqu 384(%rax), %ymm12
	vmovdqu 352(%rax), %ymm11
	vmovdqu 320(%rax), %ymm10
	vmovdqu 288(%rax), %ymm9
	vmovdqu 256(%rax), %ymm8
	vmovdqu 224(%rax), %ymm7
	vmovdqu 192(%rax), %ymm6
	vmovdqu 160(%rax), %ymm5
	vmovdqu 128(%rax), %ymm4
	vmovdqu 96(%rax), %ymm3
	vmovdqu 64(%rax), %ymm2
	vmovdqu 32(%rax), %ymm1
	vmovdqu (%rax), %ymm0
	ldmxcsr -132(%rbp)
	movq -128(%rbp), %r15
	.cfi_restore r15
	movq -120(%rbp), %r13
	.cfi_restore r13
	movq -112(%rbp), %r12
	.cfi_restore r12
	movq -104(%rbp), %r11
	.cfi_restore r11
	movq -96(%rbp), %r10
	.cfi_restore r10
	movq -88(%rbp), %r9
	.cfi_restore r9
	movq -80(%rbp), %r8
	.cfi_restore r8
	movq -72(%rbp), %rdi
	.cfi_restore rdi
	movq -64(%rbp), %rsi
	.cfi_restore rsi
	movq -56(%rbp), %rbx
	.cfi_restore rbx
	movq -48(%rbp), %rdx
	.cfi_restore rdx
	movq -40(%rbp), %rcx
	.cfi_restore rcx
	movq -32(%rbp), %rax
	.cfi_restore rax
	leaq -8(%rbp), %rsp
	popfq
	popq %rbp
	.cfi_def_cfa rsp, 136
	.cfi_same_value rbp
	ret $128	/* pops the PC, then the red zone: the last read of the frame is the return itself */
	.cfi_endproc
	.size preempt_amd64_r14_entry_avx_x87_in_avx512, . - preempt_amd64_r14_entry_avx_x87_in_avx512

/* avx512 live, avx512 the widest enabled. */
	.globl preempt_amd64_r14_entry_avx512_in_avx512
	.hidden preempt_amd64_r14_entry_avx512_in_avx512
	.type preempt_amd64_r14_entry_avx512_in_avx512, %function
	.p2align 6
preempt_amd64_r14_entry_avx512_in_avx512:
	.cfi_startproc
	.cfi_return_column 16
	.cfi_signal_frame
	.cfi_return_column 16
	.cfi_def_cfa rsp, 168
	.cfi_offset 16, -136
	.cfi_offset rbp, -144
	leaq -112(%rsp), %rsp
	.cfi_def_cfa rsp, 280
	leaq 136(%rsp), %rbp
	.cfi_def_cfa rbp, 144
	movq %rax, -32(%rbp)
	.cfi_offset rax, -176
	movq %rcx, -40(%rbp)
	.cfi_offset rcx, -184
	movq %rdx, -48(%rbp)
	.cfi_offset rdx, -192
	movq %rbx, -56(%rbp)
	.cfi_offset rbx, -200
	movq %rsi, -64(%rbp)
	.cfi_offset rsi, -208
	movq %rdi, -72(%rbp)
	.cfi_offset rdi, -216
	movq %r8, -80(%rbp)
	.cfi_offset r8, -224
	movq %r9, -88(%rbp)
	.cfi_offset r9, -232
	movq %r10, -96(%rbp)
	.cfi_offset r10, -240
	movq %r11, -104(%rbp)
	.cfi_offset r11, -248
	movq %r12, -112(%rbp)
	.cfi_offset r12, -256
	movq %r13, -120(%rbp)
	.cfi_offset r13, -264
	movq %r15, -128(%rbp)
	.cfi_offset r15, -272
	stmxcsr -132(%rbp)
	fnstcw -134(%rbp)
	andq $-16, %rsp
	movq -16(%rbp), %rax
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
	ldmxcsr preempt_amd64_r14_mxcsr(%rip)
	fldcw preempt_amd64_r14_fcw(%rip)
	movq -24(%rbp), %rdi
	movl $20, %esi
	call preempt_mcall
	kmovq 2104(%rax), %k7
	kmovq 2096(%rax), %k6
	kmovq 2088(%rax), %k5
	kmovq 2080(%rax), %k4
	kmovq 2072(%rax), %k3
	kmovq 2064(%rax), %k2
	kmovq 2056(%rax), %k1
	kmovq 2048(%rax), %k0
	vmovdqu64 1984(%rax), %zmm31
	vmovdqu64 1920(%rax), %zmm30
	vmovdqu64 1856(%rax), %zmm29
	vmovdqu64 1792(%rax), %zmm28
	vmovdqu64 1728(%rax), %zmm27
	vmovdqu64 1664(%rax), %zmm26
	vmovdqu64 1600(%rax), %zmm25
	vmovdqu64 1536(%rax), %zmm24
	vmovdqu64 1472(%rax), %zmm23
	vmovdqu64 1408(%rax), %zmm22
	vmovdqu64 1344(%rax), %zmm21
	vmovdqu64 1280(%rax), %zmm20
	vmovdqu64 1216(%rax), %zmm19
	vmovdqu64 1152(%rax), %zmm18
	vmovdqu64 1088(%rax), %zmm17
	vmovdqu64 1024(%rax), %zmm16
	vmovdqu64 960(%rax), %zmm15
	vmovdqu64 896(%rax), %zmm14
	vmovdqu64 832(%rax), %zmm13
	vmovdqu64 768(%rax), %zmm12
	vmovdqu64 704(%rax), %zmm11
	vmovdqu64 640(%rax), %zmm10
	vmovdqu64 576(%rax), %zmm9
	vmovdqu64 512(%rax), %zmm8
	vmovdqu64 448(%rax), %zmm7
	vmovdqu64 384(%rax), %zmm6
	vmovdqu64 320(%rax), %zmm5
	vmovdqu64 256(%rax), %zmm4
	vmovdqu64 192(%rax), %zmm3
	vmovdqu64 128(%rax), %zmm2
	vmovdqu64 64(%rax), %zmm1
	vmovdqu64 (%rax), %zmm0
	fldcw -134(%rbp)
	ldmxcsr -132(%rbp)
	movq -128(%rbp), %r15
	.cfi_restore r15
	movq -120(%rbp), %r13
	.cfi_restore r13
	movq -112(%rbp), %r12
	.cfi_restore r12
	movq -104(%rbp), %r11
	.cfi_restore r11
	movq -96(%rbp), %r10
	.cfi_restore r10
	movq -88(%rbp), %r9
	.cfi_restore r9
	movq -80(%rbp), %r8
	.cfi_restore r8
	movq -72(%rbp), %rdi
	.cfi_restore rdi
	movq -64(%rbp), %rsi
	.cfi_restore rsi
	movq -56(%rbp), %rbx
	.cfi_restore rbx
	movq -48(%rbp), %rdx
	.cfi_restore rdx
	movq -40(%rbp), %rcx
	.cfi_restore rcx
	movq -32(%rbp), %rax
	.cfi_restore rax
	leaq -8(%rbp), %rsp
	popfq
	popq %rbp
	.cfi_def_cfa rsp, 136
	.cfi_same_value rbp
	ret $128	/* pops the PC, then the red zone: the last read of the frame is the return itself */
	.cfi_endproc
	.size preempt_amd64_r14_entry_avx512_in_avx512, . - preempt_amd64_r14_entry_avx512_in_avx512

/* avx512_x87 live, avx512 the widest enabled. */
	.globl preempt_amd64_r14_entry_avx512_x87_in_avx512
	.hidden preempt_amd64_r14_entry_avx512_x87_in_avx512
	.type preempt_amd64_r14_entry_avx512_x87_in_avx512, %function
	.p2align 6
preempt_amd64_r14_entry_avx512_x87_in_avx512:
	.cfi_startproc
	.cfi_return_column 16
	.cfi_signal_frame
	.cfi_return_column 16
	.cfi_def_cfa rsp, 168
	.cfi_offset 16, -136
	.cfi_offset rbp, -144
	leaq -112(%rsp), %rsp
	.cfi_def_cfa rsp, 280
	leaq 136(%rsp), %rbp
	.cfi_def_cfa rbp, 144
	movq %rax, -32(%rbp)
	.cfi_offset rax, -176
	movq %rcx, -40(%rbp)
	.cfi_offset rcx, -184
	movq %rdx, -48(%rbp)
	.cfi_offset rdx, -192
	movq %rbx, -56(%rbp)
	.cfi_offset rbx, -200
	movq %rsi, -64(%rbp)
	.cfi_offset rsi, -208
	movq %rdi, -72(%rbp)
	.cfi_offset rdi, -216
	movq %r8, -80(%rbp)
	.cfi_offset r8, -224
	movq %r9, -88(%rbp)
	.cfi_offset r9, -232
	movq %r10, -96(%rbp)
	.cfi_offset r10, -240
	movq %r11, -104(%rbp)
	.cfi_offset r11, -248
	movq %r12, -112(%rbp)
	.cfi_offset r12, -256
	movq %r13, -120(%rbp)
	.cfi_offset r13, -264
	movq %r15, -128(%rbp)
	.cfi_offset r15, -272
	stmxcsr -132(%rbp)
	andq $-16, %rsp
	movq -16(%rbp), %rax
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
	ldmxcsr preempt_amd64_r14_mxcsr(%rip)
	movq -24(%rbp), %rdi
	movl $21, %esi
	call preempt_mcall
	frstor 2112(%rax)
	kmovq 2104(%rax), %k7
	kmovq 2096(%rax), %k6
	kmovq 2088(%rax), %k5
	kmovq 2080(%rax), %k4
	kmovq 2072(%rax), %k3
	kmovq 2064(%rax), %k2
	kmovq 2056(%rax), %k1
	kmovq 2048(%rax), %k0
	vmovdqu64 1984(%rax), %zmm31
	vmovdqu64 1920(%rax), %zmm30
	vmovdqu64 1856(%rax), %zmm29
	vmovdqu64 1792(%rax), %zmm28
	vmovdqu64 1728(%rax), %zmm27
	vmovdqu64 1664(%rax), %zmm26
	vmovdqu64 1600(%rax), %zmm25
	vmovdqu64 1536(%rax), %zmm24
	vmovdqu64 1472(%rax), %zmm23
	vmovdqu64 1408(%rax), %zmm22
	vmovdqu64 1344(%rax), %zmm21
	vmovdqu64 1280(%rax), %zmm20
	vmovdqu64 1216(%rax), %zmm19
	vmovdqu64 1152(%rax), %zmm18
	vmovdqu64 1088(%rax), %zmm17
	vmovdqu64 1024(%rax), %zmm16
	vmovdqu64 960(%rax), %zmm15
	vmovdqu64 896(%rax), %zmm14
	vmovdqu64 832(%rax), %zmm13
	vmovdqu64 768(%rax), %zmm12
	vmovdqu64 704(%rax), %zmm11
	vmovdqu64 640(%rax), %zmm10
	vmovdqu64 576(%rax), %zmm9
	vmovdqu64 512(%rax), %zmm8
	vmovdqu64 448(%rax), %zmm7
	vmovdqu64 384(%rax), %zmm6
	vmovdqu64 320(%rax), %zmm5
	vmovdqu64 256(%rax), %zmm4
	vmovdqu64 192(%rax), %zmm3
	vmovdqu64 128(%rax), %zmm2
	vmovdqu64 64(%rax), %zmm1
	vmovdqu64 (%rax), %zmm0
	ldmxcsr -132(%rbp)
	movq -128(%rbp), %r15
	.cfi_restore r15
	movq -120(%rbp), %r13
	.cfi_restore r13
	movq -112(%rbp), %r12
	.cfi_restore r12
	movq -104(%rbp), %r11
	.cfi_restore r11
	movq -96(%rbp), %r10
	.cfi_restore r10
	movq -88(%rbp), %r9
	.cfi_restore r9
	movq -80(%rbp), %r8
	.cfi_restore r8
	movq -72(%rbp), %rdi
	.cfi_restore rdi
	movq -64(%rbp), %rsi
	.cfi_restore rsi
	movq -56(%rbp), %rbx
	.cfi_restore rbx
	movq -48(%rbp), %rdx
	.cfi_restore rdx
	movq -40(%rbp), %rcx
	.cfi_restore rcx
	movq -32(%rbp), %rax
	.cfi_restore rax
	leaq -8(%rbp), %rsp
	popfq
	popq %rbp
	.cfi_def_cfa rsp, 136
	.cfi_same_value rbp
	ret $128	/* pops the PC, then the red zone: the last read of the frame is the return itself */
	.cfi_endproc
	.size preempt_amd64_r14_entry_avx512_x87_in_avx512, . - preempt_amd64_r14_entry_avx512_x87_in_avx512

#endif
	.section .note.GNU-stack, "", %progbits
