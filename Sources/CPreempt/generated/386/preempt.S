/* Generated from backend 386 by `preempt generate`; edit Arch/, not this file. */

#if defined(__i386__) && defined(__linux__) && !defined(PREEMPT_NOXREG) && !defined(PREEMPT_CUSTOM_BACKEND)

	.section .rodata.preempt, "a", %progbits
	.p2align 2
	preempt_386_mxcsr = 0x1f80
	preempt_386_fcw = 0x037f

	.section preempt_text, "ax", %progbits

/* sse live, sse the widest enabled. */
	.globl preempt_386_entry_sse_in_sse
	.hidden preempt_386_entry_sse_in_sse
	.type preempt_386_entry_sse_in_sse, %function
	.p2align 6
preempt_386_entry_sse_in_sse:
	.cfi_startproc
	.cfi_return_column 8
	.cfi_signal_frame
	.cfi_return_column 8
	.cfi_def_cfa esp, 20
	.cfi_offset 8, -4
	.cfi_offset ebp, -8
	leal -32(%esp), %esp
	.cfi_def_cfa esp, 52
	leal 44(%esp), %ebp
	.cfi_def_cfa ebp, 8
	movl %eax, -16(%ebp)
	.cfi_offset eax, -24
	movl %ecx, -20(%ebp)
	.cfi_offset ecx, -28
	movl %edx, -24(%ebp)
	.cfi_offset edx, -32
	movl %ebx, -28(%ebp)
	.cfi_offset ebx, -36
	movl %esi, -32(%ebp)
	.cfi_offset esi, -40
	movl %edi, -36(%ebp)
	.cfi_offset edi, -44
	stmxcsr -40(%ebp)
	fnstcw -42(%ebp)
	andl $-16, %esp
	movl -8(%ebp), %eax
	movups %xmm0, (%eax)
	movups %xmm1, 16(%eax)
	movups %xmm2, 32(%eax)
	movups %xmm3, 48(%eax)
	movups %xmm4, 64(%eax)
	movups %xmm5, 80(%eax)
	movups %xmm6, 96(%eax)
	movups %xmm7, 112(%eax)
	cld	/* psABI 2.2.1 */
	pushl $preempt_386_mxcsr
	ldmxcsr (%esp)
	leal 4(%esp), %esp
	pushl $preempt_386_fcw
	fldcw (%esp)
	leal 4(%esp), %esp
	leal -8(%esp), %esp
	pushl $16
	pushl -12(%ebp)
	call preempt_mcall
	movups 112(%eax), %xmm7
	movups 96(%eax), %xmm6
	movups 80(%eax), %xmm5
	movups 64(%eax), %xmm4
	movups 48(%eax), %xmm3
	movups 32(%eax), %xmm2
	movups 16(%eax), %xmm1
	movups (%eax), %xmm0
	fldcw -42(%ebp)
	ldmxcsr -40(%ebp)
	movl -36(%ebp), %edi
	.cfi_restore edi
	movl -32(%ebp), %esi
	.cfi_restore esi
	movl -28(%ebp), %ebx
	.cfi_restore ebx
	movl -24(%ebp), %edx
	.cfi_restore edx
	movl -20(%ebp), %ecx
	.cfi_restore ecx
	movl -16(%ebp), %eax
	.cfi_restore eax
	leal -4(%ebp), %esp
	popfl
	popl %ebp
	.cfi_def_cfa esp, 4
	.cfi_same_value ebp
	ret	/* pops the PC: the last read of the frame is the return itself */
	.cfi_endproc
	.size preempt_386_entry_sse_in_sse, . - preempt_386_entry_sse_in_sse

/* sse live, avx the widest enabled. */
	.globl preempt_386_entry_sse_in_avx
	.hidden preempt_386_entry_sse_in_avx
	.type preempt_386_entry_sse_in_avx, %function
	.p2align 6
preempt_386_entry_sse_in_avx:
	.cfi_startproc
	.cfi_return_column 8
	.cfi_signal_frame
	.cfi_return_column 8
	.cfi_def_cfa esp, 20
	.cfi_offset 8, -4
	.cfi_offset ebp, -8
	leal -32(%esp), %esp
	.cfi_def_cfa esp, 52
	leal 44(%esp), %ebp
	.cfi_def_cfa ebp, 8
	movl %eax, -16(%ebp)
	.cfi_offset eax, -24
	movl %ecx, -20(%ebp)
	.cfi_offset ecx, -28
	movl %edx, -24(%ebp)
	.cfi_offset edx, -32
	movl %ebx, -28(%ebp)
	.cfi_offset ebx, -36
	movl %esi, -32(%ebp)
	.cfi_offset esi, -40
	movl %edi, -36(%ebp)
	.cfi_offset edi, -44
	stmxcsr -40(%ebp)
	fnstcw -42(%ebp)
	andl $-16, %esp
	movl -8(%ebp), %eax
	vmovdqu %xmm0, (%eax)
	vmovdqu %xmm1, 16(%eax)
	vmovdqu %xmm2, 32(%eax)
	vmovdqu %xmm3, 48(%eax)
	vmovdqu %xmm4, 64(%eax)
	vmovdqu %xmm5, 80(%eax)
	vmovdqu %xmm6, 96(%eax)
	vmovdqu %xmm7, 112(%eax)
	cld	/* psABI 2.2.1 */
	pushl $preempt_386_mxcsr
	ldmxcsr (%esp)
	leal 4(%esp), %esp
	pushl $preempt_386_fcw
	fldcw (%esp)
	leal 4(%esp), %esp
	leal -8(%esp), %esp
	pushl $16
	pushl -12(%ebp)
	call preempt_mcall
	vmovdqu 112(%eax), %xmm7
	vmovdqu 96(%eax), %xmm6
	vmovdqu 80(%eax), %xmm5
	vmovdqu 64(%eax), %xmm4
	vmovdqu 48(%eax), %xmm3
	vmovdqu 32(%eax), %xmm2
	vmovdqu 16(%eax), %xmm1
	vmovdqu (%eax), %xmm0
	fldcw -42(%ebp)
	ldmxcsr -40(%ebp)
	movl -36(%ebp), %edi
	.cfi_restore edi
	movl -32(%ebp), %esi
	.cfi_restore esi
	movl -28(%ebp), %ebx
	.cfi_restore ebx
	movl -24(%ebp), %edx
	.cfi_restore edx
	movl -20(%ebp), %ecx
	.cfi_restore ecx
	movl -16(%ebp), %eax
	.cfi_restore eax
	leal -4(%ebp), %esp
	popfl
	popl %ebp
	.cfi_def_cfa esp, 4
	.cfi_same_value ebp
	ret	/* pops the PC: the last read of the frame is the return itself */
	.cfi_endproc
	.size preempt_386_entry_sse_in_avx, . - preempt_386_entry_sse_in_avx

/* sse live, avx512 the widest enabled. */
	.globl preempt_386_entry_sse_in_avx512
	.hidden preempt_386_entry_sse_in_avx512
	.type preempt_386_entry_sse_in_avx512, %function
	.p2align 6
preempt_386_entry_sse_in_avx512:
	.cfi_startproc
	.cfi_return_column 8
	.cfi_signal_frame
	.cfi_return_column 8
	.cfi_def_cfa esp, 20
	.cfi_offset 8, -4
	.cfi_offset ebp, -8
	leal -32(%esp), %esp
	.cfi_def_cfa esp, 52
	leal 44(%esp), %ebp
	.cfi_def_cfa ebp, 8
	movl %eax, -16(%ebp)
	.cfi_offset eax, -24
	movl %ecx, -20(%ebp)
	.cfi_offset ecx, -28
	movl %edx, -24(%ebp)
	.cfi_offset edx, -32
	movl %ebx, -28(%ebp)
	.cfi_offset ebx, -36
	movl %esi, -32(%ebp)
	.cfi_offset esi, -40
	movl %edi, -36(%ebp)
	.cfi_offset edi, -44
	stmxcsr -40(%ebp)
	fnstcw -42(%ebp)
	andl $-16, %esp
	movl -8(%ebp), %eax
	vmovdqu %xmm0, (%eax)
	vmovdqu %xmm1, 16(%eax)
	vmovdqu %xmm2, 32(%eax)
	vmovdqu %xmm3, 48(%eax)
	vmovdqu %xmm4, 64(%eax)
	vmovdqu %xmm5, 80(%eax)
	vmovdqu %xmm6, 96(%eax)
	vmovdqu %xmm7, 112(%eax)
	cld	/* psABI 2.2.1 */
	pushl $preempt_386_mxcsr
	ldmxcsr (%esp)
	leal 4(%esp), %esp
	pushl $preempt_386_fcw
	fldcw (%esp)
	leal 4(%esp), %esp
	leal -8(%esp), %esp
	pushl $16
	pushl -12(%ebp)
	call preempt_mcall
	kxorq %k0, %k0, %k0
	kxorq %k1, %k1, %k1
	kxorq %k2, %k2, %k2
	kxorq %k3, %k3, %k3
	kxorq %k4, %k4, %k4
	kxorq %k5, %k5, %k5
	kxorq %k6, %k6, %k6
	kxorq %k7, %k7, %k7
	vmovdqu 112(%eax), %xmm7
	vmovdqu 96(%eax), %xmm6
	vmovdqu 80(%eax), %xmm5
	vmovdqu 64(%eax), %xmm4
	vmovdqu 48(%eax), %xmm3
	vmovdqu 32(%eax), %xmm2
	vmovdqu 16(%eax), %xmm1
	vmovdqu (%eax), %xmm0
	fldcw -42(%ebp)
	ldmxcsr -40(%ebp)
	movl -36(%ebp), %edi
	.cfi_restore edi
	movl -32(%ebp), %esi
	.cfi_restore esi
	movl -28(%ebp), %ebx
	.cfi_restore ebx
	movl -24(%ebp), %edx
	.cfi_restore edx
	movl -20(%ebp), %ecx
	.cfi_restore ecx
	movl -16(%ebp), %eax
	.cfi_restore eax
	leal -4(%ebp), %esp
	popfl
	popl %ebp
	.cfi_def_cfa esp, 4
	.cfi_same_value ebp
	ret	/* pops the PC: the last read of the frame is the return itself */
	.cfi_endproc
	.size preempt_386_entry_sse_in_avx512, . - preempt_386_entry_sse_in_avx512

/* sse_x87 live, sse the widest enabled. */
	.globl preempt_386_entry_sse_x87_in_sse
	.hidden preempt_386_entry_sse_x87_in_sse
	.type preempt_386_entry_sse_x87_in_sse, %function
	.p2align 6
preempt_386_entry_sse_x87_in_sse:
	.cfi_startproc
	.cfi_return_column 8
	.cfi_signal_frame
	.cfi_return_column 8
	.cfi_def_cfa esp, 20
	.cfi_offset 8, -4
	.cfi_offset ebp, -8
	leal -32(%esp), %esp
	.cfi_def_cfa esp, 52
	leal 44(%esp), %ebp
	.cfi_def_cfa ebp, 8
	movl %eax, -16(%ebp)
	.cfi_offset eax, -24
	movl %ecx, -20(%ebp)
	.cfi_offset ecx, -28
	movl %edx, -24(%ebp)
	.cfi_offset edx, -32
	movl %ebx, -28(%ebp)
	.cfi_offset ebx, -36
	movl %esi, -32(%ebp)
	.cfi_offset esi, -40
	movl %edi, -36(%ebp)
	.cfi_offset edi, -44
	stmxcsr -40(%ebp)
	andl $-16, %esp
	movl -8(%ebp), %eax
	movups %xmm0, (%eax)
	movups %xmm1, 16(%eax)
	movups %xmm2, 32(%eax)
	movups %xmm3, 48(%eax)
	movups %xmm4, 64(%eax)
	movups %xmm5, 80(%eax)
	movups %xmm6, 96(%eax)
	movups %xmm7, 112(%eax)
	fnsave 128(%eax)	/* and leaves the unit initialised */
	cld	/* psABI 2.2.1 */
	pushl $preempt_386_mxcsr
	ldmxcsr (%esp)
	leal 4(%esp), %esp
	leal -8(%esp), %esp
	pushl $17
	pushl -12(%ebp)
	call preempt_mcall
	frstor 128(%eax)
	movups 112(%eax), %xmm7
	movups 96(%eax), %xmm6
	movups 80(%eax), %xmm5
	movups 64(%eax), %xmm4
	movups 48(%eax), %xmm3
	movups 32(%eax), %xmm2
	movups 16(%eax), %xmm1
	movups (%eax), %xmm0
	ldmxcsr -40(%ebp)
	movl -36(%ebp), %edi
	.cfi_restore edi
	movl -32(%ebp), %esi
	.cfi_restore esi
	movl -28(%ebp), %ebx
	.cfi_restore ebx
	movl -24(%ebp), %edx
	.cfi_restore edx
	movl -20(%ebp), %ecx
	.cfi_restore ecx
	movl -16(%ebp), %eax
	.cfi_restore eax
	leal -4(%ebp), %esp
	popfl
	popl %ebp
	.cfi_def_cfa esp, 4
	.cfi_same_value ebp
	ret	/* pops the PC: the last read of the frame is the return itself */
	.cfi_endproc
	.size preempt_386_entry_sse_x87_in_sse, . - preempt_386_entry_sse_x87_in_sse

/* sse_x87 live, avx the widest enabled. */
	.globl preempt_386_entry_sse_x87_in_avx
	.hidden preempt_386_entry_sse_x87_in_avx
	.type preempt_386_entry_sse_x87_in_avx, %function
	.p2align 6
preempt_386_entry_sse_x87_in_avx:
	.cfi_startproc
	.cfi_return_column 8
	.cfi_signal_frame
	.cfi_return_column 8
	.cfi_def_cfa esp, 20
	.cfi_offset 8, -4
	.cfi_offset ebp, -8
	leal -32(%esp), %esp
	.cfi_def_cfa esp, 52
	leal 44(%esp), %ebp
	.cfi_def_cfa ebp, 8
	movl %eax, -16(%ebp)
	.cfi_offset eax, -24
	movl %ecx, -20(%ebp)
	.cfi_offset ecx, -28
	movl %edx, -24(%ebp)
	.cfi_offset edx, -32
	movl %ebx, -28(%ebp)
	.cfi_offset ebx, -36
	movl %esi, -32(%ebp)
	.cfi_offset esi, -40
	movl %edi, -36(%ebp)
	.cfi_offset edi, -44
	stmxcsr -40(%ebp)
	andl $-16, %esp
	movl -8(%ebp), %eax
	vmovdqu %xmm0, (%eax)
	vmovdqu %xmm1, 16(%eax)
	vmovdqu %xmm2, 32(%eax)
	vmovdqu %xmm3, 48(%eax)
	vmovdqu %xmm4, 64(%eax)
	vmovdqu %xmm5, 80(%eax)
	vmovdqu %xmm6, 96(%eax)
	vmovdqu %xmm7, 112(%eax)
	fnsave 128(%eax)	/* and leaves the unit initialised */
	cld	/* psABI 2.2.1 */
	pushl $preempt_386_mxcsr
	ldmxcsr (%esp)
	leal 4(%esp), %esp
	leal -8(%esp), %esp
	pushl $17
	pushl -12(%ebp)
	call preempt_mcall
	frstor 128(%eax)
	vmovdqu 112(%eax), %xmm7
	vmovdqu 96(%eax), %xmm6
	vmovdqu 80(%eax), %xmm5
	vmovdqu 64(%eax), %xmm4
	vmovdqu 48(%eax), %xmm3
	vmovdqu 32(%eax), %xmm2
	vmovdqu 16(%eax), %xmm1
	vmovdqu (%eax), %xmm0
	ldmxcsr -40(%ebp)
	movl -36(%ebp), %edi
	.cfi_restore edi
	movl -32(%ebp), %esi
	.cfi_restore esi
	movl -28(%ebp), %ebx
	.cfi_restore ebx
	movl -24(%ebp), %edx
	.cfi_restore edx
	movl -20(%ebp), %ecx
	.cfi_restore ecx
	movl -16(%ebp), %eax
	.cfi_restore eax
	leal -4(%ebp), %esp
	popfl
	popl %ebp
	.cfi_def_cfa esp, 4
	.cfi_same_value ebp
	ret	/* pops the PC: the last read of the frame is the return itself */
	.cfi_endproc
	.size preempt_386_entry_sse_x87_in_avx, . - preempt_386_entry_sse_x87_in_avx

/* sse_x87 live, avx512 the widest enabled. */
	.globl preempt_386_entry_sse_x87_in_avx512
	.hidden preempt_386_entry_sse_x87_in_avx512
	.type preempt_386_entry_sse_x87_in_avx512, %function
	.p2align 6
preempt_386_entry_sse_x87_in_avx512:
	.cfi_startproc
	.cfi_return_column 8
	.cfi_signal_frame
	.cfi_return_column 8
	.cfi_def_cfa esp, 20
	.cfi_offset 8, -4
	.cfi_offset ebp, -8
	leal -32(%esp), %esp
	.cfi_def_cfa esp, 52
	leal 44(%esp), %ebp
	.cfi_def_cfa ebp, 8
	movl %eax, -16(%ebp)
	.cfi_offset eax, -24
	movl %ecx, -20(%ebp)
	.cfi_offset ecx, -28
	movl %edx, -24(%ebp)
	.cfi_offset edx, -32
	movl %ebx, -28(%ebp)
	.cfi_offset ebx, -36
	movl %esi, -32(%ebp)
	.cfi_offset esi, -40
	movl %edi, -36(%ebp)
	.cfi_offset edi, -44
	stmxcsr -40(%ebp)
	andl $-16, %esp
	movl -8(%ebp), %eax
	vmovdqu %xmm0, (%eax)
	vmovdqu %xmm1, 16(%eax)
	vmovdqu %xmm2, 32(%eax)
	vmovdqu %xmm3, 48(%eax)
	vmovdqu %xmm4, 64(%eax)
	vmovdqu %xmm5, 80(%eax)
	vmovdqu %xmm6, 96(%eax)
	vmovdqu %xmm7, 112(%eax)
	fnsave 128(%eax)	/* and leaves the unit initialised */
	cld	/* psABI 2.2.1 */
	pushl $preempt_386_mxcsr
	ldmxcsr (%esp)
	leal 4(%esp), %esp
	leal -8(%esp), %esp
	pushl $17
	pushl -12(%ebp)
	call preempt_mcall
	kxorq %k0, %k0, %k0
	kxorq %k1, %k1, %k1
	kxorq %k2, %k2, %k2
	kxorq %k3, %k3, %k3
	kxorq %k4, %k4, %k4
	kxorq %k5, %k5, %k5
	kxorq %k6, %k6, %k6
	kxorq %k7, %k7, %k7
	frstor 128(%eax)
	vmovdqu 112(%eax), %xmm7
	vmovdqu 96(%eax), %xmm6
	vmovdqu 80(%eax), %xmm5
	vmovdqu 64(%eax), %xmm4
	vmovdqu 48(%eax), %xmm3
	vmovdqu 32(%eax), %xmm2
	vmovdqu 16(%eax), %xmm1
	vmovdqu (%eax), %xmm0
	ldmxcsr -40(%ebp)
	movl -36(%ebp), %edi
	.cfi_restore edi
	movl -32(%ebp), %esi
	.cfi_restore esi
	movl -28(%ebp), %ebx
	.cfi_restore ebx
	movl -24(%ebp), %edx
	.cfi_restore edx
	movl -20(%ebp), %ecx
	.cfi_restore ecx
	movl -16(%ebp), %eax
	.cfi_restore eax
	leal -4(%ebp), %esp
	popfl
	popl %ebp
	.cfi_def_cfa esp, 4
	.cfi_same_value ebp
	ret	/* pops the PC: the last read of the frame is the return itself */
	.cfi_endproc
	.size preempt_386_entry_sse_x87_in_avx512, . - preempt_386_entry_sse_x87_in_avx512

/* avx live, avx the widest enabled. */
	.globl preempt_386_entry_avx_in_avx
	.hidden preempt_386_entry_avx_in_avx
	.type preempt_386_entry_avx_in_avx, %function
	.p2align 6
preempt_386_entry_avx_in_avx:
	.cfi_startproc
	.cfi_return_column 8
	.cfi_signal_frame
	.cfi_return_column 8
	.cfi_def_cfa esp, 20
	.cfi_offset 8, -4
	.cfi_offset ebp, -8
	leal -32(%esp), %esp
	.cfi_def_cfa esp, 52
	leal 44(%esp), %ebp
	.cfi_def_cfa ebp, 8
	movl %eax, -16(%ebp)
	.cfi_offset eax, -24
	movl %ecx, -20(%ebp)
	.cfi_offset ecx, -28
	movl %edx, -24(%ebp)
	.cfi_offset edx, -32
	movl %ebx, -28(%ebp)
	.cfi_offset ebx, -36
	movl %esi, -32(%ebp)
	.cfi_offset esi, -40
	movl %edi, -36(%ebp)
	.cfi_offset edi, -44
	stmxcsr -40(%ebp)
	fnstcw -42(%ebp)
	andl $-16, %esp
	movl -8(%ebp), %eax
	vmovdqu %ymm0, (%eax)
	vmovdqu %ymm1, 32(%eax)
	vmovdqu %ymm2, 64(%eax)
	vmovdqu %ymm3, 96(%eax)
	vmovdqu %ymm4, 128(%eax)
	vmovdqu %ymm5, 160(%eax)
	vmovdqu %ymm6, 192(%eax)
	vmovdqu %ymm7, 224(%eax)
	vzeroupper
	cld	/* psABI 2.2.1 */
	pushl $preempt_386_mxcsr
	ldmxcsr (%esp)
	leal 4(%esp), %esp
	pushl $preempt_386_fcw
	fldcw (%esp)
	leal 4(%esp), %esp
	leal -8(%esp), %esp
	pushl $18
	pushl -12(%ebp)
	call preempt_mcall
	vmovdqu 224(%eax), %ymm7
	vmovdqu 192(%eax), %ymm6
	vmovdqu 160(%eax), %ymm5
	vmovdqu 128(%eax), %ymm4
	vmovdqu 96(%eax), %ymm3
	vmovdqu 64(%eax), %ymm2
	vmovdqu 32(%eax), %ymm1
	vmovdqu (%eax), %ymm0
	fldcw -42(%ebp)
	ldmxcsr -40(%ebp)
	movl -36(%ebp), %edi
	.cfi_restore edi
	movl -32(%ebp), %esi
	.cfi_restore esi
	movl -28(%ebp), %ebx
	.cfi_restore ebx
	movl -24(%ebp), %edx
	.cfi_restore edx
	movl -20(%ebp), %ecx
	.cfi_restore ecx
	movl -16(%ebp), %eax
	.cfi_restore eax
	leal -4(%ebp), %esp
	popfl
	popl %ebp
	.cfi_def_cfa esp, 4
	.cfi_same_value ebp
	ret	/* pops the PC: the last read of the frame is the return itself */
	.cfi_endproc
	.size preempt_386_entry_avx_in_avx, . - preempt_386_entry_avx_in_avx

/* avx live, avx512 the widest enabled. */
	.globl preempt_386_entry_avx_in_avx512
	.hidden preempt_386_entry_avx_in_avx512
	.type preempt_386_entry_avx_in_avx512, %function
	.p2align 6
preempt_386_entry_avx_in_avx512:
	.cfi_startproc
	.cfi_return_column 8
	.cfi_signal_frame
	.cfi_return_column 8
	.cfi_def_cfa esp, 20
	.cfi_offset 8, -4
	.cfi_offset ebp, -8
	leal -32(%esp), %esp
	.cfi_def_cfa esp, 52
	leal 44(%esp), %ebp
	.cfi_def_cfa ebp, 8
	movl %eax, -16(%ebp)
	.cfi_offset eax, -24
	movl %ecx, -20(%ebp)
	.cfi_offset ecx, -28
	movl %edx, -24(%ebp)
	.cfi_offset edx, -32
	movl %ebx, -28(%ebp)
	.cfi_offset ebx, -36
	movl %esi, -32(%ebp)
	.cfi_offset esi, -40
	movl %edi, -36(%ebp)
	.cfi_offset edi, -44
	stmxcsr -40(%ebp)
	fnstcw -42(%ebp)
	andl $-16, %esp
	movl -8(%ebp), %eax
	vmovdqu %ymm0, (%eax)
	vmovdqu %ymm1, 32(%eax)
	vmovdqu %ymm2, 64(%eax)
	vmovdqu %ymm3, 96(%eax)
	vmovdqu %ymm4, 128(%eax)
	vmovdqu %ymm5, 160(%eax)
	vmovdqu %ymm6, 192(%eax)
	vmovdqu %ymm7, 224(%eax)
	vzeroupper
	cld	/* psABI 2.2.1 */
	pushl $preempt_386_mxcsr
	ldmxcsr (%esp)
	leal 4(%esp), %esp
	pushl $preempt_386_fcw
	fldcw (%esp)
	leal 4(%esp), %esp
	leal -8(%esp), %esp
	pushl $18
	pushl -12(%ebp)
	call preempt_mcall
	kxorq %k0, %k0, %k0
	kxorq %k1, %k1, %k1
	kxorq %k2, %k2, %k2
	kxorq %k3, %k3, %k3
	kxorq %k4, %k4, %k4
	kxorq %k5, %k5, %k5
	kxorq %k6, %k6, %k6
	kxorq %k7, %k7, %k7
	vmovdqu 224(%eax), %ymm7
	vmovdqu 192(%eax), %ymm6
	vmovdqu 160(%eax), %ymm5
	vmovdqu 128(%eax), %ymm4
	vmovdqu 96(%eax), %ymm3
	vmovdqu 64(%eax), %ymm2
	vmovdqu 32(%eax), %ymm1
	vmovdqu (%eax), %ymm0
	fldcw -42(%ebp)
	ldmxcsr -40(%ebp)
	movl -36(%ebp), %edi
	.cfi_restore edi
	movl -32(%ebp), %esi
	.cfi_restore esi
	movl -28(%ebp), %ebx
	.cfi_restore ebx
	movl -24(%ebp), %edx
	.cfi_restore edx
	movl -20(%ebp), %ecx
	.cfi_restore ecx
	movl -16(%ebp), %eax
	.cfi_restore eax
	leal -4(%ebp), %esp
	popfl
	popl %ebp
	.cfi_def_cfa esp, 4
	.cfi_same_value ebp
	ret	/* pops the PC: the last read of the frame is the return itself */
	.cfi_endproc
	.size preempt_386_entry_avx_in_avx512, . - preempt_386_entry_avx_in_avx512

/* avx_x87 live, avx the widest enabled. */
	.globl preempt_386_entry_avx_x87_in_avx
	.hidden preempt_386_entry_avx_x87_in_avx
	.type preempt_386_entry_avx_x87_in_avx, %function
	.p2align 6
preempt_386_entry_avx_x87_in_avx:
	.cfi_startproc
	.cfi_return_column 8
	.cfi_signal_frame
	.cfi_return_column 8
	.cfi_def_cfa esp, 20
	.cfi_offset 8, -4
	.cfi_offset ebp, -8
	leal -32(%esp), %esp
	.cfi_def_cfa esp, 52
	leal 44(%esp), %ebp
	.cfi_def_cfa ebp, 8
	movl %eax, -16(%ebp)
	.cfi_offset eax, -24
	movl %ecx, -20(%ebp)
	.cfi_offset ecx, -28
	movl %edx, -24(%ebp)
	.cfi_offset edx, -32
	movl %ebx, -28(%ebp)
	.cfi_offset ebx, -36
	movl %esi, -32(%ebp)
	.cfi_offset esi, -40
	movl %edi, -36(%ebp)
	.cfi_offset edi, -44
	stmxcsr -40(%ebp)
	andl $-16, %esp
	movl -8(%ebp), %eax
	vmovdqu %ymm0, (%eax)
	vmovdqu %ymm1, 32(%eax)
	vmovdqu %ymm2, 64(%eax)
	vmovdqu %ymm3, 96(%eax)
	vmovdqu %ymm4, 128(%eax)
	vmovdqu %ymm5, 160(%eax)
	vmovdqu %ymm6, 192(%eax)
	vmovdqu %ymm7, 224(%eax)
	fnsave 256(%eax)	/* and leaves the unit initialised */
	vzeroupper
	cld	/* psABI 2.2.1 */
	pushl $preempt_386_mxcsr
	ldmxcsr (%esp)
	leal 4(%esp), %esp
	leal -8(%esp), %esp
	pushl $19
	pushl -12(%ebp)
	call preempt_mcall
	frstor 256(%eax)
	vmovdqu 224(%eax), %ymm7
	vmovdqu 192(%eax), %ymm6
	vmovdqu 160(%eax), %ymm5
	vmovdqu 128(%eax), %ymm4
	vmovdqu 96(%eax), %ymm3
	vmovdqu 64(%eax), %ymm2
	vmovdqu 32(%eax), %ymm1
	vmovdqu (%eax), %ymm0
	ldmxcsr -40(%ebp)
	movl -36(%ebp), %edi
	.cfi_restore edi
	movl -32(%ebp), %esi
	.cfi_restore esi
	movl -28(%ebp), %ebx
	.cfi_restore ebx
	movl -24(%ebp), %edx
	.cfi_restore edx
	movl -20(%ebp), %ecx
	.cfi_restore ecx
	movl -16(%ebp), %eax
	.cfi_restore eax
	leal -4(%ebp), %esp
	popfl
	popl %ebp
	.cfi_def_cfa esp, 4
	.cfi_same_value ebp
	ret	/* pops the PC: the last read of the frame is the return itself */
	.cfi_endproc
	.size preempt_386_entry_avx_x87_in_avx, . - preempt_386_entry_avx_x87_in_avx

/* avx_x87 live, avx512 the widest enabled. */
	.globl preempt_386_entry_avx_x87_in_avx512
	.hidden preempt_386_entry_avx_x87_in_avx512
	.type preempt_386_entry_avx_x87_in_avx512, %function
	.p2align 6
preempt_386_entry_avx_x87_in_avx512:
	.cfi_startproc
	.cfi_return_column 8
	.cfi_signal_frame
	.cfi_return_column 8
	.cfi_def_cfa esp, 20
	.cfi_offset 8, -4
	.cfi_offset ebp, -8
	leal -32(%esp), %esp
	.cfi_def_cfa esp, 52
	leal 44(%esp), %ebp
	.cfi_def_cfa ebp, 8
	movl %eax, -16(%ebp)
	.cfi_offset eax, -24
	movl %ecx, -20(%ebp)
	.cfi_offset ecx, -28
	movl %edx, -24(%ebp)
	.cfi_offset edx, -32
	movl %ebx, -28(%ebp)
	.cfi_offset ebx, -36
	movl %esi, -32(%ebp)
	.cfi_offset esi, -40
	movl %edi, -36(%ebp)
	.cfi_offset edi, -44
	stmxcsr -40(%ebp)
	andl $-16, %esp
	movl -8(%ebp), %eax
	vmovdqu %ymm0, (%eax)
	vmovdqu %ymm1, 32(%eax)
	vmovdqu %ymm2, 64(%eax)
	vmovdqu %ymm3, 96(%eax)
	vmovdqu %ymm4, 128(%eax)
	vmovdqu %ymm5, 160(%eax)
	vmovdqu %ymm6, 192(%eax)
	vmovdqu %ymm7, 224(%eax)
	fnsave 256(%eax)	/* and leaves the unit initialised */
	vzeroupper
	cld	/* psABI 2.2.1 */
	pushl $preempt_386_mxcsr
	ldmxcsr (%esp)
	leal 4(%esp), %esp
	leal -8(%esp), %esp
	pushl $19
	pushl -12(%ebp)
	call preempt_mcall
	kxorq %k0, %k0, %k0
	kxorq %k1, %k1, %k1
	kxorq %k2, %k2, %k2
	kxorq %k3, %k3, %k3
	kxorq %k4, %k4, %k4
	kxorq %k5, %k5, %k5
	kxorq %k6, %k6, %k6
	kxorq %k7, %k7, %k7
	frstor 256(%eax)
	vmovdqu 224(%eax), %ymm7
	vmovdqu 192(%eax), %ymm6
	vmovdqu 160(%eax), %ymm5
	vmovdqu 128(%eax), %ymm4
	vmovdqu 96(%eax), %ymm3
	vmovdqu 64(%eax), %ymm2
	vmovdqu 32(%eax), %ymm1
	vmovdqu (%eax), %ymm0
	ldmxcsr -40(%ebp)
	movl -36(%ebp), %edi
	.cfi_restore edi
	movl -32(%ebp), %esi
	.cfi_restore esi
	movl -28(%ebp), %ebx
	.cfi_restore ebx
	movl -24(%ebp), %edx
	.cfi_restore edx
	movl -20(%ebp), %ecx
	.cfi_restore ecx
	movl -16(%ebp), %eax
	.cfi_restore eax
	leal -4(%ebp), %esp
	popfl
	popl %ebp
	.cfi_def_cfa esp, 4
	.cfi_same_value ebp
	ret	/* pops the PC: the last read of the frame is the return itself */
	.cfi_endproc
	.size preempt_386_entry_avx_x87_in_avx512, . - preempt_386_entry_avx_x87_in_avx512

/* avx512 live, avx512 the widest enabled. */
	.globl preempt_386_entry_avx512_in_avx512
	.hidden preempt_386_entry_avx512_in_avx512
	.type preempt_386_entry_avx512_in_avx512, %function
	.p2align 6
preempt_386_entry_avx512_in_avx512:
	.cfi_startproc
	.cfi_return_column 8
	.cfi_signal_frame
	.cfi_return_column 8
	.cfi_def_cfa esp, 20
	.cfi_offset 8, -4
	.cfi_offset ebp, -8
	leal -32(%esp), %esp
	.cfi_def_cfa esp, 52
	leal 44(%esp), %ebp
	.cfi_def_cfa ebp, 8
	movl %eax, -16(%ebp)
	.cfi_offset eax, -24
	movl %ecx, -20(%ebp)
	.cfi_offset ecx, -28
	movl %edx, -24(%ebp)
	.cfi_offset edx, -32
	movl %ebx, -28(%ebp)
	.cfi_offset ebx, -36
	movl %esi, -32(%ebp)
	.cfi_offset esi, -40
	movl %edi, -36(%ebp)
	.cfi_offset edi, -44
	stmxcsr -40(%ebp)
	fnstcw -42(%ebp)
	andl $-16, %esp
	movl -8(%ebp), %eax
	vmovdqu64 %zmm0, (%eax)
	vmovdqu64 %zmm1, 64(%eax)
	vmovdqu64 %zmm2, 128(%eax)
	vmovdqu64 %zmm3, 192(%eax)
	vmovdqu64 %zmm4, 256(%eax)
	vmovdqu64 %zmm5, 320(%eax)
	vmovdqu64 %zmm6, 384(%eax)
	vmovdqu64 %zmm7, 448(%eax)
	kmovq %k0, 512(%eax)
	kmovq %k1, 520(%eax)
	kmovq %k2, 528(%eax)
	kmovq %k3, 536(%eax)
	kmovq %k4, 544(%eax)
	kmovq %k5, 552(%eax)
	kmovq %k6, 560(%eax)
	kmovq %k7, 568(%eax)
	vzeroupper
	kxorq %k0, %k0, %k0
	kxorq %k1, %k1, %k1
	kxorq %k2, %k2, %k2
	kxorq %k3, %k3, %k3
	kxorq %k4, %k4, %k4
	kxorq %k5, %k5, %k5
	kxorq %k6, %k6, %k6
	kxorq %k7, %k7, %k7
	cld	/* psABI 2.2.1 */
	pushl $preempt_386_mxcsr
	ldmxcsr (%esp)
	leal 4(%esp), %esp
	pushl $preempt_386_fcw
	fldcw (%esp)
	leal 4(%esp), %esp
	leal -8(%esp), %esp
	pushl $20
	pushl -12(%ebp)
	call preempt_mcall
	kmovq 568(%eax), %k7
	kmovq 560(%eax), %k6
	kmovq 552(%eax), %k5
	kmovq 544(%eax), %k4
	kmovq 536(%eax), %k3
	kmovq 528(%eax), %k2
	kmovq 520(%eax), %k1
	kmovq 512(%eax), %k0
	vmovdqu64 448(%eax), %zmm7
	vmovdqu64 384(%eax), %zmm6
	vmovdqu64 320(%eax), %zmm5
	vmovdqu64 256(%eax), %zmm4
	vmovdqu64 192(%eax), %zmm3
	vmovdqu64 128(%eax), %zmm2
	vmovdqu64 64(%eax), %zmm1
	vmovdqu64 (%eax), %zmm0
	fldcw -42(%ebp)
	ldmxcsr -40(%ebp)
	movl -36(%ebp), %edi
	.cfi_restore edi
	movl -32(%ebp), %esi
	.cfi_restore esi
	movl -28(%ebp), %ebx
	.cfi_restore ebx
	movl -24(%ebp), %edx
	.cfi_restore edx
	movl -20(%ebp), %ecx
	.cfi_restore ecx
	movl -16(%ebp), %eax
	.cfi_restore eax
	leal -4(%ebp), %esp
	popfl
	popl %ebp
	.cfi_def_cfa esp, 4
	.cfi_same_value ebp
	ret	/* pops the PC: the last read of the frame is the return itself */
	.cfi_endproc
	.size preempt_386_entry_avx512_in_avx512, . - preempt_386_entry_avx512_in_avx512

/* avx512_x87 live, avx512 the widest enabled. */
	.globl preempt_386_entry_avx512_x87_in_avx512
	.hidden preempt_386_entry_avx512_x87_in_avx512
	.type preempt_386_entry_avx512_x87_in_avx512, %function
	.p2align 6
preempt_386_entry_avx512_x87_in_avx512:
	.cfi_startproc
	.cfi_return_column 8
	.cfi_signal_frame
	.cfi_return_column 8
	.cfi_def_cfa esp, 20
	.cfi_offset 8, -4
	.cfi_offset ebp, -8
	leal -32(%esp), %esp
	.cfi_def_cfa esp, 52
	leal 44(%esp), %ebp
	.cfi_def_cfa ebp, 8
	movl %eax, -16(%ebp)
	.cfi_offset eax, -24
	movl %ecx, -20(%ebp)
	.cfi_offset ecx, -28
	movl %edx, -24(%ebp)
	.cfi_offset edx, -32
	movl %ebx, -28(%ebp)
	.cfi_offset ebx, -36
	movl %esi, -32(%ebp)
	.cfi_offset esi, -40
	movl %edi, -36(%ebp)
	.cfi_offset edi, -44
	stmxcsr -40(%ebp)
	andl $-16, %esp
	movl -8(%ebp), %eax
	vmovdqu64 %zmm0, (%eax)
	vmovdqu64 %zmm1, 64(%eax)
	vmovdqu64 %zmm2, 128(%eax)
	vmovdqu64 %zmm3, 192(%eax)
	vmovdqu64 %zmm4, 256(%eax)
	vmovdqu64 %zmm5, 320(%eax)
	vmovdqu64 %zmm6, 384(%eax)
	vmovdqu64 %zmm7, 448(%eax)
	kmovq %k0, 512(%eax)
	kmovq %k1, 520(%eax)
	kmovq %k2, 528(%eax)
	kmovq %k3, 536(%eax)
	kmovq %k4, 544(%eax)
	kmovq %k5, 552(%eax)
	kmovq %k6, 560(%eax)
	kmovq %k7, 568(%eax)
	fnsave 576(%eax)	/* and leaves the unit initialised */
	vzeroupper
	kxorq %k0, %k0, %k0
	kxorq %k1, %k1, %k1
	kxorq %k2, %k2, %k2
	kxorq %k3, %k3, %k3
	kxorq %k4, %k4, %k4
	kxorq %k5, %k5, %k5
	kxorq %k6, %k6, %k6
	kxorq %k7, %k7, %k7
	cld	/* psABI 2.2.1 */
	pushl $preempt_386_mxcsr
	ldmxcsr (%esp)
	leal 4(%esp), %esp
	leal -8(%esp), %esp
	pushl $21
	pushl -12(%ebp)
	call preempt_mcall
	frstor 576(%eax)
	kmovq 568(%eax), %k7
	kmovq 560(%eax), %k6
	kmovq 552(%eax), %k5
	kmovq 544(%eax), %k4
	kmovq 536(%eax), %k3
	kmovq 528(%eax), %k2
	kmovq 520(%eax), %k1
	kmovq 512(%eax), %k0
	vmovdqu64 448(%eax), %zmm7
	vmovdqu64 384(%eax), %zmm6
	vmovdqu64 320(%eax), %zmm5
	vmovdqu64 256(%eax), %zmm4
	vmovdqu64 192(%eax), %zmm3
	vmovdqu64 128(%eax), %zmm2
	vmovdqu64 64(%eax), %zmm1
	vmovdqu64 (%eax), %zmm0
	ldmxcsr -40(%ebp)
	movl -36(%ebp), %edi
	.cfi_restore edi
	movl -32(%ebp), %esi
	.cfi_restore esi
	movl -28(%ebp), %ebx
	.cfi_restore ebx
	movl -24(%ebp), %edx
	.cfi_restore edx
	movl -20(%ebp), %ecx
	.cfi_restore ecx
	movl -16(%ebp), %eax
	.cfi_restore eax
	leal -4(%ebp), %esp
	popfl
	popl %ebp
	.cfi_def_cfa esp, 4
	.cfi_same_value ebp
	ret	/* pops the PC: the last read of the frame is the return itself */
	.cfi_endproc
	.size preempt_386_entry_avx512_x87_in_avx512, . - preempt_386_entry_avx512_x87_in_avx512

#endif
	.section .note.GNU-stack, "", %progbits
