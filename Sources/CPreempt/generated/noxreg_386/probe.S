/* Generated from backend noxreg_386 by `preempt generate`; edit Arch/, not this file. */

#if defined(__i386__) && defined(__linux__) && defined(PREEMPT_NOXREG) && !defined(PREEMPT_CUSTOM_BACKEND)

	.section preempt_probe, "ax", %progbits

/* Fills sse, stores everything with sse enabled. */
	.globl preempt_noxreg_386_probe_sse_in_sse
	.hidden preempt_noxreg_386_probe_sse_in_sse
	.type preempt_noxreg_386_probe_sse_in_sse, %function
	.p2align 6
preempt_noxreg_386_probe_sse_in_sse:
	.cfi_startproc
	.cfi_return_column 8
	.cfi_return_column 8
	.cfi_def_cfa esp, 4
	.cfi_offset 8, -4
	leal -44(%esp), %esp
	.cfi_def_cfa esp, 48
	movl %ebp, 28(%esp)
	.cfi_offset ebp, -20
	movl %ebx, 32(%esp)
	.cfi_offset ebx, -16
	movl %esi, 36(%esp)
	.cfi_offset esi, -12
	movl %edi, 40(%esp)
	.cfi_offset edi, -8
	stmxcsr 20(%esp)
	fnstcw 24(%esp)
	fninit
	movl 52(%esp), %ecx
	movl %ecx, (%esp)
	movl 56(%esp), %ecx
	movl %ecx, 4(%esp)
	movl $0, %ecx
	movl %ecx, 8(%esp)
	movl 48(%esp), %ecx
	leal 44(%ecx), %ebp
	leal 64(%ecx), %eax
	pushl -4(%ebp)
	.cfi_def_cfa esp, 52
	popfl	/* every instruction from here on leaves the flags alone */
	.cfi_def_cfa esp, 48
	movups (%eax), %xmm0
	movups 16(%eax), %xmm1
	movups 32(%eax), %xmm2
	movups 48(%eax), %xmm3
	movups 64(%eax), %xmm4
	movups 80(%eax), %xmm5
	movups 96(%eax), %xmm6
	movups 112(%eax), %xmm7
	fldcw -42(%ebp)
	ldmxcsr -40(%ebp)
	movl -36(%ebp), %edi
	movl -32(%ebp), %esi
	movl -28(%ebp), %ebx
	movl -24(%ebp), %edx
	movl -20(%ebp), %ecx
	movl -16(%ebp), %eax
	movl (%ebp), %ebp
	.globl preempt_noxreg_386_probe_sse_in_sse_loop
	.hidden preempt_noxreg_386_probe_sse_in_sse_loop
preempt_noxreg_386_probe_sse_in_sse_loop:
	1:
	movl %ecx, 12(%esp)	/* pattern out */
	movl 8(%esp), %ecx	/* path in */
	leal 1(%ecx), %ecx
	jnc 2f
	leal 2(%ecx), %ecx
	2:
	jnp 2f
	leal 4(%ecx), %ecx
	2:
	jnz 2f
	leal 8(%ecx), %ecx
	2:
	jns 2f
	leal 16(%ecx), %ecx
	2:
	jno 2f
	leal 32(%ecx), %ecx
	2:
	movl %ecx, 8(%esp)
	movl 4(%esp), %ecx	/* counter in */
	leal -1(%ecx), %ecx
	movzwl %cx, %ecx	/* no counter is larger, whatever was done to ecx */
	movl %ecx, 4(%esp)
	jecxz 3f
	movl 12(%esp), %ecx	/* pattern in */
	jmp 1b
	3:
	movl 12(%esp), %ecx
	.globl preempt_noxreg_386_probe_sse_in_sse_loop_end
	.hidden preempt_noxreg_386_probe_sse_in_sse_loop_end
preempt_noxreg_386_probe_sse_in_sse_loop_end:
	movl %ecx, 12(%esp)
	movl (%esp), %ecx
	movl %ebp, 44(%ecx)
	leal 44(%ecx), %ebp
	pushfl
	.cfi_def_cfa esp, 52
	popl -4(%ebp)
	.cfi_def_cfa esp, 48
	movl 12(%esp), %ecx
	movl %eax, -16(%ebp)
	movl %ecx, -20(%ebp)
	movl %edx, -24(%ebp)
	movl %ebx, -28(%ebp)
	movl %esi, -32(%ebp)
	movl %edi, -36(%ebp)
	stmxcsr -40(%ebp)
	fnstcw -42(%ebp)
	leal 20(%ebp), %eax
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
	ldmxcsr 20(%esp)
	fldcw 24(%esp)
	movl 8(%esp), %eax
	movl $0, %edx
	movl 40(%esp), %edi
	.cfi_restore edi
	movl 36(%esp), %esi
	.cfi_restore esi
	movl 32(%esp), %ebx
	.cfi_restore ebx
	movl 28(%esp), %ebp
	.cfi_restore ebp
	leal 44(%esp), %esp
	.cfi_def_cfa esp, 4
	ret
	.cfi_endproc
	.size preempt_noxreg_386_probe_sse_in_sse, . - preempt_noxreg_386_probe_sse_in_sse

/* Fills sse, stores everything with avx enabled. */
	.globl preempt_noxreg_386_probe_sse_in_avx
	.hidden preempt_noxreg_386_probe_sse_in_avx
	.type preempt_noxreg_386_probe_sse_in_avx, %function
	.p2align 6
preempt_noxreg_386_probe_sse_in_avx:
	.cfi_startproc
	.cfi_return_column 8
	.cfi_return_column 8
	.cfi_def_cfa esp, 4
	.cfi_offset 8, -4
	vzeroupper
	leal -44(%esp), %esp
	.cfi_def_cfa esp, 48
	movl %ebp, 28(%esp)
	.cfi_offset ebp, -20
	movl %ebx, 32(%esp)
	.cfi_offset ebx, -16
	movl %esi, 36(%esp)
	.cfi_offset esi, -12
	movl %edi, 40(%esp)
	.cfi_offset edi, -8
	stmxcsr 20(%esp)
	fnstcw 24(%esp)
	fninit
	movl 52(%esp), %ecx
	movl %ecx, (%esp)
	movl 56(%esp), %ecx
	movl %ecx, 4(%esp)
	movl $0, %ecx
	movl %ecx, 8(%esp)
	movl 48(%esp), %ecx
	leal 44(%ecx), %ebp
	leal 64(%ecx), %eax
	pushl -4(%ebp)
	.cfi_def_cfa esp, 52
	popfl	/* every instruction from here on leaves the flags alone */
	.cfi_def_cfa esp, 48
	vmovdqu (%eax), %xmm0
	vmovdqu 32(%eax), %xmm1
	vmovdqu 64(%eax), %xmm2
	vmovdqu 96(%eax), %xmm3
	vmovdqu 128(%eax), %xmm4
	vmovdqu 160(%eax), %xmm5
	vmovdqu 192(%eax), %xmm6
	vmovdqu 224(%eax), %xmm7
	fldcw -42(%ebp)
	ldmxcsr -40(%ebp)
	movl -36(%ebp), %edi
	movl -32(%ebp), %esi
	movl -28(%ebp), %ebx
	movl -24(%ebp), %edx
	movl -20(%ebp), %ecx
	movl -16(%ebp), %eax
	movl (%ebp), %ebp
	.globl preempt_noxreg_386_probe_sse_in_avx_loop
	.hidden preempt_noxreg_386_probe_sse_in_avx_loop
preempt_noxreg_386_probe_sse_in_avx_loop:
	1:
	movl %ecx, 12(%esp)	/* pattern out */
	movl 8(%esp), %ecx	/* path in */
	leal 1(%ecx), %ecx
	jnc 2f
	leal 2(%ecx), %ecx
	2:
	jnp 2f
	leal 4(%ecx), %ecx
	2:
	jnz 2f
	leal 8(%ecx), %ecx
	2:
	jns 2f
	leal 16(%ecx), %ecx
	2:
	jno 2f
	leal 32(%ecx), %ecx
	2:
	movl %ecx, 8(%esp)
	movl 4(%esp), %ecx	/* counter in */
	leal -1(%ecx), %ecx
	movzwl %cx, %ecx	/* no counter is larger, whatever was done to ecx */
	movl %ecx, 4(%esp)
	jecxz 3f
	movl 12(%esp), %ecx	/* pattern in */
	jmp 1b
	3:
	movl 12(%esp), %ecx
	.globl preempt_noxreg_386_probe_sse_in_avx_loop_end
	.hidden preempt_noxreg_386_probe_sse_in_avx_loop_end
preempt_noxreg_386_probe_sse_in_avx_loop_end:
	movl %ecx, 12(%esp)
	movl (%esp), %ecx
	movl %ebp, 44(%ecx)
	leal 44(%ecx), %ebp
	pushfl
	.cfi_def_cfa esp, 52
	popl -4(%ebp)
	.cfi_def_cfa esp, 48
	movl 12(%esp), %ecx
	movl %eax, -16(%ebp)
	movl %ecx, -20(%ebp)
	movl %edx, -24(%ebp)
	movl %ebx, -28(%ebp)
	movl %esi, -32(%ebp)
	movl %edi, -36(%ebp)
	stmxcsr -40(%ebp)
	fnstcw -42(%ebp)
	leal 20(%ebp), %eax
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
	ldmxcsr 20(%esp)
	fldcw 24(%esp)
	movl 8(%esp), %eax
	movl $0, %edx
	movl 40(%esp), %edi
	.cfi_restore edi
	movl 36(%esp), %esi
	.cfi_restore esi
	movl 32(%esp), %ebx
	.cfi_restore ebx
	movl 28(%esp), %ebp
	.cfi_restore ebp
	leal 44(%esp), %esp
	.cfi_def_cfa esp, 4
	ret
	.cfi_endproc
	.size preempt_noxreg_386_probe_sse_in_avx, . - preempt_noxreg_386_probe_sse_in_avx

/* Fills sse, stores everything with avx512 enabled. */
	.globl preempt_noxreg_386_probe_sse_in_avx512
	.hidden preempt_noxreg_386_probe_sse_in_avx512
	.type preempt_noxreg_386_probe_sse_in_avx512, %function
	.p2align 6
preempt_noxreg_386_probe_sse_in_avx512:
	.cfi_startproc
	.cfi_return_column 8
	.cfi_return_column 8
	.cfi_def_cfa esp, 4
	.cfi_offset 8, -4
	vzeroupper
	kxorq %k0, %k0, %k0
	kxorq %k1, %k1, %k1
	kxorq %k2, %k2, %k2
	kxorq %k3, %k3, %k3
	kxorq %k4, %k4, %k4
	kxorq %k5, %k5, %k5
	kxorq %k6, %k6, %k6
	kxorq %k7, %k7, %k7
	leal -44(%esp), %esp
	.cfi_def_cfa esp, 48
	movl %ebp, 28(%esp)
	.cfi_offset ebp, -20
	movl %ebx, 32(%esp)
	.cfi_offset ebx, -16
	movl %esi, 36(%esp)
	.cfi_offset esi, -12
	movl %edi, 40(%esp)
	.cfi_offset edi, -8
	stmxcsr 20(%esp)
	fnstcw 24(%esp)
	fninit
	movl 52(%esp), %ecx
	movl %ecx, (%esp)
	movl 56(%esp), %ecx
	movl %ecx, 4(%esp)
	movl $0, %ecx
	movl %ecx, 8(%esp)
	movl 48(%esp), %ecx
	leal 44(%ecx), %ebp
	leal 64(%ecx), %eax
	pushl -4(%ebp)
	.cfi_def_cfa esp, 52
	popfl	/* every instruction from here on leaves the flags alone */
	.cfi_def_cfa esp, 48
	vmovdqu (%eax), %xmm0
	vmovdqu 64(%eax), %xmm1
	vmovdqu 128(%eax), %xmm2
	vmovdqu 192(%eax), %xmm3
	vmovdqu 256(%eax), %xmm4
	vmovdqu 320(%eax), %xmm5
	vmovdqu 384(%eax), %xmm6
	vmovdqu 448(%eax), %xmm7
	fldcw -42(%ebp)
	ldmxcsr -40(%ebp)
	movl -36(%ebp), %edi
	movl -32(%ebp), %esi
	movl -28(%ebp), %ebx
	movl -24(%ebp), %edx
	movl -20(%ebp), %ecx
	movl -16(%ebp), %eax
	movl (%ebp), %ebp
	.globl preempt_noxreg_386_probe_sse_in_avx512_loop
	.hidden preempt_noxreg_386_probe_sse_in_avx512_loop
preempt_noxreg_386_probe_sse_in_avx512_loop:
	1:
	movl %ecx, 12(%esp)	/* pattern out */
	movl 8(%esp), %ecx	/* path in */
	leal 1(%ecx), %ecx
	jnc 2f
	leal 2(%ecx), %ecx
	2:
	jnp 2f
	leal 4(%ecx), %ecx
	2:
	jnz 2f
	leal 8(%ecx), %ecx
	2:
	jns 2f
	leal 16(%ecx), %ecx
	2:
	jno 2f
	leal 32(%ecx), %ecx
	2:
	movl %ecx, 8(%esp)
	movl 4(%esp), %ecx	/* counter in */
	leal -1(%ecx), %ecx
	movzwl %cx, %ecx	/* no counter is larger, whatever was done to ecx */
	movl %ecx, 4(%esp)
	jecxz 3f
	movl 12(%esp), %ecx	/* pattern in */
	jmp 1b
	3:
	movl 12(%esp), %ecx
	.globl preempt_noxreg_386_probe_sse_in_avx512_loop_end
	.hidden preempt_noxreg_386_probe_sse_in_avx512_loop_end
preempt_noxreg_386_probe_sse_in_avx512_loop_end:
	movl %ecx, 12(%esp)
	movl (%esp), %ecx
	movl %ebp, 44(%ecx)
	leal 44(%ecx), %ebp
	pushfl
	.cfi_def_cfa esp, 52
	popl -4(%ebp)
	.cfi_def_cfa esp, 48
	movl 12(%esp), %ecx
	movl %eax, -16(%ebp)
	movl %ecx, -20(%ebp)
	movl %edx, -24(%ebp)
	movl %ebx, -28(%ebp)
	movl %esi, -32(%ebp)
	movl %edi, -36(%ebp)
	stmxcsr -40(%ebp)
	fnstcw -42(%ebp)
	leal 20(%ebp), %eax
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
	ldmxcsr 20(%esp)
	fldcw 24(%esp)
	movl 8(%esp), %eax
	movl $0, %edx
	movl 40(%esp), %edi
	.cfi_restore edi
	movl 36(%esp), %esi
	.cfi_restore esi
	movl 32(%esp), %ebx
	.cfi_restore ebx
	movl 28(%esp), %ebp
	.cfi_restore ebp
	leal 44(%esp), %esp
	.cfi_def_cfa esp, 4
	ret
	.cfi_endproc
	.size preempt_noxreg_386_probe_sse_in_avx512, . - preempt_noxreg_386_probe_sse_in_avx512

/* Fills sse_x87, stores everything with sse enabled. */
	.globl preempt_noxreg_386_probe_sse_x87_in_sse
	.hidden preempt_noxreg_386_probe_sse_x87_in_sse
	.type preempt_noxreg_386_probe_sse_x87_in_sse, %function
	.p2align 6
preempt_noxreg_386_probe_sse_x87_in_sse:
	.cfi_startproc
	.cfi_return_column 8
	.cfi_return_column 8
	.cfi_def_cfa esp, 4
	.cfi_offset 8, -4
	leal -44(%esp), %esp
	.cfi_def_cfa esp, 48
	movl %ebp, 28(%esp)
	.cfi_offset ebp, -20
	movl %ebx, 32(%esp)
	.cfi_offset ebx, -16
	movl %esi, 36(%esp)
	.cfi_offset esi, -12
	movl %edi, 40(%esp)
	.cfi_offset edi, -8
	stmxcsr 20(%esp)
	fnstcw 24(%esp)
	fninit
	movl 52(%esp), %ecx
	movl %ecx, (%esp)
	movl 56(%esp), %ecx
	movl %ecx, 4(%esp)
	movl $0, %ecx
	movl %ecx, 8(%esp)
	movl 48(%esp), %ecx
	leal 44(%ecx), %ebp
	leal 64(%ecx), %eax
	pushl -4(%ebp)
	.cfi_def_cfa esp, 52
	popfl	/* every instruction from here on leaves the flags alone */
	.cfi_def_cfa esp, 48
	movups (%eax), %xmm0
	movups 16(%eax), %xmm1
	movups 32(%eax), %xmm2
	movups 48(%eax), %xmm3
	movups 64(%eax), %xmm4
	movups 80(%eax), %xmm5
	movups 96(%eax), %xmm6
	movups 112(%eax), %xmm7
	frstor 128(%eax)
	ldmxcsr -40(%ebp)
	movl -36(%ebp), %edi
	movl -32(%ebp), %esi
	movl -28(%ebp), %ebx
	movl -24(%ebp), %edx
	movl -20(%ebp), %ecx
	movl -16(%ebp), %eax
	movl (%ebp), %ebp
	.globl preempt_noxreg_386_probe_sse_x87_in_sse_loop
	.hidden preempt_noxreg_386_probe_sse_x87_in_sse_loop
preempt_noxreg_386_probe_sse_x87_in_sse_loop:
	1:
	movl %ecx, 12(%esp)	/* pattern out */
	movl 8(%esp), %ecx	/* path in */
	leal 1(%ecx), %ecx
	jnc 2f
	leal 2(%ecx), %ecx
	2:
	jnp 2f
	leal 4(%ecx), %ecx
	2:
	jnz 2f
	leal 8(%ecx), %ecx
	2:
	jns 2f
	leal 16(%ecx), %ecx
	2:
	jno 2f
	leal 32(%ecx), %ecx
	2:
	movl %ecx, 8(%esp)
	movl 4(%esp), %ecx	/* counter in */
	leal -1(%ecx), %ecx
	movzwl %cx, %ecx	/* no counter is larger, whatever was done to ecx */
	movl %ecx, 4(%esp)
	jecxz 3f
	movl 12(%esp), %ecx	/* pattern in */
	jmp 1b
	3:
	movl 12(%esp), %ecx
	.globl preempt_noxreg_386_probe_sse_x87_in_sse_loop_end
	.hidden preempt_noxreg_386_probe_sse_x87_in_sse_loop_end
preempt_noxreg_386_probe_sse_x87_in_sse_loop_end:
	movl %ecx, 12(%esp)
	movl (%esp), %ecx
	movl %ebp, 44(%ecx)
	leal 44(%ecx), %ebp
	pushfl
	.cfi_def_cfa esp, 52
	popl -4(%ebp)
	.cfi_def_cfa esp, 48
	movl 12(%esp), %ecx
	movl %eax, -16(%ebp)
	movl %ecx, -20(%ebp)
	movl %edx, -24(%ebp)
	movl %ebx, -28(%ebp)
	movl %esi, -32(%ebp)
	movl %edi, -36(%ebp)
	stmxcsr -40(%ebp)
	fnstcw -42(%ebp)
	leal 20(%ebp), %eax
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
	ldmxcsr 20(%esp)
	fldcw 24(%esp)
	movl 8(%esp), %eax
	movl $0, %edx
	movl 40(%esp), %edi
	.cfi_restore edi
	movl 36(%esp), %esi
	.cfi_restore esi
	movl 32(%esp), %ebx
	.cfi_restore ebx
	movl 28(%esp), %ebp
	.cfi_restore ebp
	leal 44(%esp), %esp
	.cfi_def_cfa esp, 4
	ret
	.cfi_endproc
	.size preempt_noxreg_386_probe_sse_x87_in_sse, . - preempt_noxreg_386_probe_sse_x87_in_sse

/* Fills sse_x87, stores everything with avx enabled. */
	.globl preempt_noxreg_386_probe_sse_x87_in_avx
	.hidden preempt_noxreg_386_probe_sse_x87_in_avx
	.type preempt_noxreg_386_probe_sse_x87_in_avx, %function
	.p2align 6
preempt_noxreg_386_probe_sse_x87_in_avx:
	.cfi_startproc
	.cfi_return_column 8
	.cfi_return_column 8
	.cfi_def_cfa esp, 4
	.cfi_offset 8, -4
	vzeroupper
	leal -44(%esp), %esp
	.cfi_def_cfa esp, 48
	movl %ebp, 28(%esp)
	.cfi_offset ebp, -20
	movl %ebx, 32(%esp)
	.cfi_offset ebx, -16
	movl %esi, 36(%esp)
	.cfi_offset esi, -12
	movl %edi, 40(%esp)
	.cfi_offset edi, -8
	stmxcsr 20(%esp)
	fnstcw 24(%esp)
	fninit
	movl 52(%esp), %ecx
	movl %ecx, (%esp)
	movl 56(%esp), %ecx
	movl %ecx, 4(%esp)
	movl $0, %ecx
	movl %ecx, 8(%esp)
	movl 48(%esp), %ecx
	leal 44(%ecx), %ebp
	leal 64(%ecx), %eax
	pushl -4(%ebp)
	.cfi_def_cfa esp, 52
	popfl	/* every instruction from here on leaves the flags alone */
	.cfi_def_cfa esp, 48
	vmovdqu (%eax), %xmm0
	vmovdqu 32(%eax), %xmm1
	vmovdqu 64(%eax), %xmm2
	vmovdqu 96(%eax), %xmm3
	vmovdqu 128(%eax), %xmm4
	vmovdqu 160(%eax), %xmm5
	vmovdqu 192(%eax), %xmm6
	vmovdqu 224(%eax), %xmm7
	frstor 256(%eax)
	ldmxcsr -40(%ebp)
	movl -36(%ebp), %edi
	movl -32(%ebp), %esi
	movl -28(%ebp), %ebx
	movl -24(%ebp), %edx
	movl -20(%ebp), %ecx
	movl -16(%ebp), %eax
	movl (%ebp), %ebp
	.globl preempt_noxreg_386_probe_sse_x87_in_avx_loop
	.hidden preempt_noxreg_386_probe_sse_x87_in_avx_loop
preempt_noxreg_386_probe_sse_x87_in_avx_loop:
	1:
	movl %ecx, 12(%esp)	/* pattern out */
	movl 8(%esp), %ecx	/* path in */
	leal 1(%ecx), %ecx
	jnc 2f
	leal 2(%ecx), %ecx
	2:
	jnp 2f
	leal 4(%ecx), %ecx
	2:
	jnz 2f
	leal 8(%ecx), %ecx
	2:
	jns 2f
	leal 16(%ecx), %ecx
	2:
	jno 2f
	leal 32(%ecx), %ecx
	2:
	movl %ecx, 8(%esp)
	movl 4(%esp), %ecx	/* counter in */
	leal -1(%ecx), %ecx
	movzwl %cx, %ecx	/* no counter is larger, whatever was done to ecx */
	movl %ecx, 4(%esp)
	jecxz 3f
	movl 12(%esp), %ecx	/* pattern in */
	jmp 1b
	3:
	movl 12(%esp), %ecx
	.globl preempt_noxreg_386_probe_sse_x87_in_avx_loop_end
	.hidden preempt_noxreg_386_probe_sse_x87_in_avx_loop_end
preempt_noxreg_386_probe_sse_x87_in_avx_loop_end:
	movl %ecx, 12(%esp)
	movl (%esp), %ecx
	movl %ebp, 44(%ecx)
	leal 44(%ecx), %ebp
	pushfl
	.cfi_def_cfa esp, 52
	popl -4(%ebp)
	.cfi_def_cfa esp, 48
	movl 12(%esp), %ecx
	movl %eax, -16(%ebp)
	movl %ecx, -20(%ebp)
	movl %edx, -24(%ebp)
	movl %ebx, -28(%ebp)
	movl %esi, -32(%ebp)
	movl %edi, -36(%ebp)
	stmxcsr -40(%ebp)
	fnstcw -42(%ebp)
	leal 20(%ebp), %eax
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
	ldmxcsr 20(%esp)
	fldcw 24(%esp)
	movl 8(%esp), %eax
	movl $0, %edx
	movl 40(%esp), %edi
	.cfi_restore edi
	movl 36(%esp), %esi
	.cfi_restore esi
	movl 32(%esp), %ebx
	.cfi_restore ebx
	movl 28(%esp), %ebp
	.cfi_restore ebp
	leal 44(%esp), %esp
	.cfi_def_cfa esp, 4
	ret
	.cfi_endproc
	.size preempt_noxreg_386_probe_sse_x87_in_avx, . - preempt_noxreg_386_probe_sse_x87_in_avx

/* Fills sse_x87, stores everything with avx512 enabled. */
	.globl preempt_noxreg_386_probe_sse_x87_in_avx512
	.hidden preempt_noxreg_386_probe_sse_x87_in_avx512
	.type preempt_noxreg_386_probe_sse_x87_in_avx512, %function
	.p2align 6
preempt_noxreg_386_probe_sse_x87_in_avx512:
	.cfi_startproc
	.cfi_return_column 8
	.cfi_return_column 8
	.cfi_def_cfa esp, 4
	.cfi_offset 8, -4
	vzeroupper
	kxorq %k0, %k0, %k0
	kxorq %k1, %k1, %k1
	kxorq %k2, %k2, %k2
	kxorq %k3, %k3, %k3
	kxorq %k4, %k4, %k4
	kxorq %k5, %k5, %k5
	kxorq %k6, %k6, %k6
	kxorq %k7, %k7, %k7
	leal -44(%esp), %esp
	.cfi_def_cfa esp, 48
	movl %ebp, 28(%esp)
	.cfi_offset ebp, -20
	movl %ebx, 32(%esp)
	.cfi_offset ebx, -16
	movl %esi, 36(%esp)
	.cfi_offset esi, -12
	movl %edi, 40(%esp)
	.cfi_offset edi, -8
	stmxcsr 20(%esp)
	fnstcw 24(%esp)
	fninit
	movl 52(%esp), %ecx
	movl %ecx, (%esp)
	movl 56(%esp), %ecx
	movl %ecx, 4(%esp)
	movl $0, %ecx
	movl %ecx, 8(%esp)
	movl 48(%esp), %ecx
	leal 44(%ecx), %ebp
	leal 64(%ecx), %eax
	pushl -4(%ebp)
	.cfi_def_cfa esp, 52
	popfl	/* every instruction from here on leaves the flags alone */
	.cfi_def_cfa esp, 48
	vmovdqu (%eax), %xmm0
	vmovdqu 64(%eax), %xmm1
	vmovdqu 128(%eax), %xmm2
	vmovdqu 192(%eax), %xmm3
	vmovdqu 256(%eax), %xmm4
	vmovdqu 320(%eax), %xmm5
	vmovdqu 384(%eax), %xmm6
	vmovdqu 448(%eax), %xmm7
	frstor 576(%eax)
	ldmxcsr -40(%ebp)
	movl -36(%ebp), %edi
	movl -32(%ebp), %esi
	movl -28(%ebp), %ebx
	movl -24(%ebp), %edx
	movl -20(%ebp), %ecx
	movl -16(%ebp), %eax
	movl (%ebp), %ebp
	.globl preempt_noxreg_386_probe_sse_x87_in_avx512_loop
	.hidden preempt_noxreg_386_probe_sse_x87_in_avx512_loop
preempt_noxreg_386_probe_sse_x87_in_avx512_loop:
	1:
	movl %ecx, 12(%esp)	/* pattern out */
	movl 8(%esp), %ecx	/* path in */
	leal 1(%ecx), %ecx
	jnc 2f
	leal 2(%ecx), %ecx
	2:
	jnp 2f
	leal 4(%ecx), %ecx
	2:
	jnz 2f
	leal 8(%ecx), %ecx
	2:
	jns 2f
	leal 16(%ecx), %ecx
	2:
	jno 2f
	leal 32(%ecx), %ecx
	2:
	movl %ecx, 8(%esp)
	movl 4(%esp), %ecx	/* counter in */
	leal -1(%ecx), %ecx
	movzwl %cx, %ecx	/* no counter is larger, whatever was done to ecx */
	movl %ecx, 4(%esp)
	jecxz 3f
	movl 12(%esp), %ecx	/* pattern in */
	jmp 1b
	3:
	movl 12(%esp), %ecx
	.globl preempt_noxreg_386_probe_sse_x87_in_avx512_loop_end
	.hidden preempt_noxreg_386_probe_sse_x87_in_avx512_loop_end
preempt_noxreg_386_probe_sse_x87_in_avx512_loop_end:
	movl %ecx, 12(%esp)
	movl (%esp), %ecx
	movl %ebp, 44(%ecx)
	leal 44(%ecx), %ebp
	pushfl
	.cfi_def_cfa esp, 52
	popl -4(%ebp)
	.cfi_def_cfa esp, 48
	movl 12(%esp), %ecx
	movl %eax, -16(%ebp)
	movl %ecx, -20(%ebp)
	movl %edx, -24(%ebp)
	movl %ebx, -28(%ebp)
	movl %esi, -32(%ebp)
	movl %edi, -36(%ebp)
	stmxcsr -40(%ebp)
	fnstcw -42(%ebp)
	leal 20(%ebp), %eax
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
	ldmxcsr 20(%esp)
	fldcw 24(%esp)
	movl 8(%esp), %eax
	movl $0, %edx
	movl 40(%esp), %edi
	.cfi_restore edi
	movl 36(%esp), %esi
	.cfi_restore esi
	movl 32(%esp), %ebx
	.cfi_restore ebx
	movl 28(%esp), %ebp
	.cfi_restore ebp
	leal 44(%esp), %esp
	.cfi_def_cfa esp, 4
	ret
	.cfi_endproc
	.size preempt_noxreg_386_probe_sse_x87_in_avx512, . - preempt_noxreg_386_probe_sse_x87_in_avx512

/* Fills avx, stores everything with avx enabled. */
	.globl preempt_noxreg_386_probe_avx_in_avx
	.hidden preempt_noxreg_386_probe_avx_in_avx
	.type preempt_noxreg_386_probe_avx_in_avx, %function
	.p2align 6
preempt_noxreg_386_probe_avx_in_avx:
	.cfi_startproc
	.cfi_return_column 8
	.cfi_return_column 8
	.cfi_def_cfa esp, 4
	.cfi_offset 8, -4
	vzeroupper
	leal -44(%esp), %esp
	.cfi_def_cfa esp, 48
	movl %ebp, 28(%esp)
	.cfi_offset ebp, -20
	movl %ebx, 32(%esp)
	.cfi_offset ebx, -16
	movl %esi, 36(%esp)
	.cfi_offset esi, -12
	movl %edi, 40(%esp)
	.cfi_offset edi, -8
	stmxcsr 20(%esp)
	fnstcw 24(%esp)
	fninit
	movl 52(%esp), %ecx
	movl %ecx, (%esp)
	movl 56(%esp), %ecx
	movl %ecx, 4(%esp)
	movl $0, %ecx
	movl %ecx, 8(%esp)
	movl 48(%esp), %ecx
	leal 44(%ecx), %ebp
	leal 64(%ecx), %eax
	pushl -4(%ebp)
	.cfi_def_cfa esp, 52
	popfl	/* every instruction from here on leaves the flags alone */
	.cfi_def_cfa esp, 48
	vmovdqu (%eax), %ymm0
	vmovdqu 32(%eax), %ymm1
	vmovdqu 64(%eax), %ymm2
	vmovdqu 96(%eax), %ymm3
	vmovdqu 128(%eax), %ymm4
	vmovdqu 160(%eax), %ymm5
	vmovdqu 192(%eax), %ymm6
	vmovdqu 224(%eax), %ymm7
	fldcw -42(%ebp)
	ldmxcsr -40(%ebp)
	movl -36(%ebp), %edi
	movl -32(%ebp), %esi
	movl -28(%ebp), %ebx
	movl -24(%ebp), %edx
	movl -20(%ebp), %ecx
	movl -16(%ebp), %eax
	movl (%ebp), %ebp
	.globl preempt_noxreg_386_probe_avx_in_avx_loop
	.hidden preempt_noxreg_386_probe_avx_in_avx_loop
preempt_noxreg_386_probe_avx_in_avx_loop:
	1:
	movl %ecx, 12(%esp)	/* pattern out */
	movl 8(%esp), %ecx	/* path in */
	leal 1(%ecx), %ecx
	jnc 2f
	leal 2(%ecx), %ecx
	2:
	jnp 2f
	leal 4(%ecx), %ecx
	2:
	jnz 2f
	leal 8(%ecx), %ecx
	2:
	jns 2f
	leal 16(%ecx), %ecx
	2:
	jno 2f
	leal 32(%ecx), %ecx
	2:
	movl %ecx, 8(%esp)
	movl 4(%esp), %ecx	/* counter in */
	leal -1(%ecx), %ecx
	movzwl %cx, %ecx	/* no counter is larger, whatever was done to ecx */
	movl %ecx, 4(%esp)
	jecxz 3f
	movl 12(%esp), %ecx	/* pattern in */
	jmp 1b
	3:
	movl 12(%esp), %ecx
	.globl preempt_noxreg_386_probe_avx_in_avx_loop_end
	.hidden preempt_noxreg_386_probe_avx_in_avx_loop_end
preempt_noxreg_386_probe_avx_in_avx_loop_end:
	movl %ecx, 12(%esp)
	movl (%esp), %ecx
	movl %ebp, 44(%ecx)
	leal 44(%ecx), %ebp
	pushfl
	.cfi_def_cfa esp, 52
	popl -4(%ebp)
	.cfi_def_cfa esp, 48
	movl 12(%esp), %ecx
	movl %eax, -16(%ebp)
	movl %ecx, -20(%ebp)
	movl %edx, -24(%ebp)
	movl %ebx, -28(%ebp)
	movl %esi, -32(%ebp)
	movl %edi, -36(%ebp)
	stmxcsr -40(%ebp)
	fnstcw -42(%ebp)
	leal 20(%ebp), %eax
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
	ldmxcsr 20(%esp)
	fldcw 24(%esp)
	movl 8(%esp), %eax
	movl $0, %edx
	movl 40(%esp), %edi
	.cfi_restore edi
	movl 36(%esp), %esi
	.cfi_restore esi
	movl 32(%esp), %ebx
	.cfi_restore ebx
	movl 28(%esp), %ebp
	.cfi_restore ebp
	leal 44(%esp), %esp
	.cfi_def_cfa esp, 4
	ret
	.cfi_endproc
	.size preempt_noxreg_386_probe_avx_in_avx, . - preempt_noxreg_386_probe_avx_in_avx

/* Fills avx, stores everything with avx512 enabled. */
	.globl preempt_noxreg_386_probe_avx_in_avx512
	.hidden preempt_noxreg_386_probe_avx_in_avx512
	.type preempt_noxreg_386_probe_avx_in_avx512, %function
	.p2align 6
preempt_noxreg_386_probe_avx_in_avx512:
	.cfi_startproc
	.cfi_return_column 8
	.cfi_return_column 8
	.cfi_def_cfa esp, 4
	.cfi_offset 8, -4
	vzeroupper
	kxorq %k0, %k0, %k0
	kxorq %k1, %k1, %k1
	kxorq %k2, %k2, %k2
	kxorq %k3, %k3, %k3
	kxorq %k4, %k4, %k4
	kxorq %k5, %k5, %k5
	kxorq %k6, %k6, %k6
	kxorq %k7, %k7, %k7
	leal -44(%esp), %esp
	.cfi_def_cfa esp, 48
	movl %ebp, 28(%esp)
	.cfi_offset ebp, -20
	movl %ebx, 32(%esp)
	.cfi_offset ebx, -16
	movl %esi, 36(%esp)
	.cfi_offset esi, -12
	movl %edi, 40(%esp)
	.cfi_offset edi, -8
	stmxcsr 20(%esp)
	fnstcw 24(%esp)
	fninit
	movl 52(%esp), %ecx
	movl %ecx, (%esp)
	movl 56(%esp), %ecx
	movl %ecx, 4(%esp)
	movl $0, %ecx
	movl %ecx, 8(%esp)
	movl 48(%esp), %ecx
	leal 44(%ecx), %ebp
	leal 64(%ecx), %eax
	pushl -4(%ebp)
	.cfi_def_cfa esp, 52
	popfl	/* every instruction from here on leaves the flags alone */
	.cfi_def_cfa esp, 48
	vmovdqu (%eax), %ymm0
	vmovdqu 64(%eax), %ymm1
	vmovdqu 128(%eax), %ymm2
	vmovdqu 192(%eax), %ymm3
	vmovdqu 256(%eax), %ymm4
	vmovdqu 320(%eax), %ymm5
	vmovdqu 384(%eax), %ymm6
	vmovdqu 448(%eax), %ymm7
	fldcw -42(%ebp)
	ldmxcsr -40(%ebp)
	movl -36(%ebp), %edi
	movl -32(%ebp), %esi
	movl -28(%ebp), %ebx
	movl -24(%ebp), %edx
	movl -20(%ebp), %ecx
	movl -16(%ebp), %eax
	movl (%ebp), %ebp
	.globl preempt_noxreg_386_probe_avx_in_avx512_loop
	.hidden preempt_noxreg_386_probe_avx_in_avx512_loop
preempt_noxreg_386_probe_avx_in_avx512_loop:
	1:
	movl %ecx, 12(%esp)	/* pattern out */
	movl 8(%esp), %ecx	/* path in */
	leal 1(%ecx), %ecx
	jnc 2f
	leal 2(%ecx), %ecx
	2:
	jnp 2f
	leal 4(%ecx), %ecx
	2:
	jnz 2f
	leal 8(%ecx), %ecx
	2:
	jns 2f
	leal 16(%ecx), %ecx
	2:
	jno 2f
	leal 32(%ecx), %ecx
	2:
	movl %ecx, 8(%esp)
	movl 4(%esp), %ecx	/* counter in */
	leal -1(%ecx), %ecx
	movzwl %cx, %ecx	/* no counter is larger, whatever was done to ecx */
	movl %ecx, 4(%esp)
	jecxz 3f
	movl 12(%esp), %ecx	/* pattern in */
	jmp 1b
	3:
	movl 12(%esp), %ecx
	.globl preempt_noxreg_386_probe_avx_in_avx512_loop_end
	.hidden preempt_noxreg_386_probe_avx_in_avx512_loop_end
preempt_noxreg_386_probe_avx_in_avx512_loop_end:
	movl %ecx, 12(%esp)
	movl (%esp), %ecx
	movl %ebp, 44(%ecx)
	leal 44(%ecx), %ebp
	pushfl
	.cfi_def_cfa esp, 52
	popl -4(%ebp)
	.cfi_def_cfa esp, 48
	movl 12(%esp), %ecx
	movl %eax, -16(%ebp)
	movl %ecx, -20(%ebp)
	movl %edx, -24(%ebp)
	movl %ebx, -28(%ebp)
	movl %esi, -32(%ebp)
	movl %edi, -36(%ebp)
	stmxcsr -40(%ebp)
	fnstcw -42(%ebp)
	leal 20(%ebp), %eax
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
	ldmxcsr 20(%esp)
	fldcw 24(%esp)
	movl 8(%esp), %eax
	movl $0, %edx
	movl 40(%esp), %edi
	.cfi_restore edi
	movl 36(%esp), %esi
	.cfi_restore esi
	movl 32(%esp), %ebx
	.cfi_restore ebx
	movl 28(%esp), %ebp
	.cfi_restore ebp
	leal 44(%esp), %esp
	.cfi_def_cfa esp, 4
	ret
	.cfi_endproc
	.size preempt_noxreg_386_probe_avx_in_avx512, . - preempt_noxreg_386_probe_avx_in_avx512

/* Fills avx_x87, stores everything with avx enabled. */
	.globl preempt_noxreg_386_probe_avx_x87_in_avx
	.hidden preempt_noxreg_386_probe_avx_x87_in_avx
	.type preempt_noxreg_386_probe_avx_x87_in_avx, %function
	.p2align 6
preempt_noxreg_386_probe_avx_x87_in_avx:
	.cfi_startproc
	.cfi_return_column 8
	.cfi_return_column 8
	.cfi_def_cfa esp, 4
	.cfi_offset 8, -4
	vzeroupper
	leal -44(%esp), %esp
	.cfi_def_cfa esp, 48
	movl %ebp, 28(%esp)
	.cfi_offset ebp, -20
	movl %ebx, 32(%esp)
	.cfi_offset ebx, -16
	movl %esi, 36(%esp)
	.cfi_offset esi, -12
	movl %edi, 40(%esp)
	.cfi_offset edi, -8
	stmxcsr 20(%esp)
	fnstcw 24(%esp)
	fninit
	movl 52(%esp), %ecx
	movl %ecx, (%esp)
	movl 56(%esp), %ecx
	movl %ecx, 4(%esp)
	movl $0, %ecx
	movl %ecx, 8(%esp)
	movl 48(%esp), %ecx
	leal 44(%ecx), %ebp
	leal 64(%ecx), %eax
	pushl -4(%ebp)
	.cfi_def_cfa esp, 52
	popfl	/* every instruction from here on leaves the flags alone */
	.cfi_def_cfa esp, 48
	vmovdqu (%eax), %ymm0
	vmovdqu 32(%eax), %ymm1
	vmovdqu 64(%eax), %ymm2
	vmovdqu 96(%eax), %ymm3
	vmovdqu 128(%eax), %ymm4
	vmovdqu 160(%eax), %ymm5
	vmovdqu 192(%eax), %ymm6
	vmovdqu 224(%eax), %ymm7
	frstor 256(%eax)
	ldmxcsr -40(%ebp)
	movl -36(%ebp), %edi
	movl -32(%ebp), %esi
	movl -28(%ebp), %ebx
	movl -24(%ebp), %edx
	movl -20(%ebp), %ecx
	movl -16(%ebp), %eax
	movl (%ebp), %ebp
	.globl preempt_noxreg_386_probe_avx_x87_in_avx_loop
	.hidden preempt_noxreg_386_probe_avx_x87_in_avx_loop
preempt_noxreg_386_probe_avx_x87_in_avx_loop:
	1:
	movl %ecx, 12(%esp)	/* pattern out */
	movl 8(%esp), %ecx	/* path in */
	leal 1(%ecx), %ecx
	jnc 2f
	leal 2(%ecx), %ecx
	2:
	jnp 2f
	leal 4(%ecx), %ecx
	2:
	jnz 2f
	leal 8(%ecx), %ecx
	2:
	jns 2f
	leal 16(%ecx), %ecx
	2:
	jno 2f
	leal 32(%ecx), %ecx
	2:
	movl %ecx, 8(%esp)
	movl 4(%esp), %ecx	/* counter in */
	leal -1(%ecx), %ecx
	movzwl %cx, %ecx	/* no counter is larger, whatever was done to ecx */
	movl %ecx, 4(%esp)
	jecxz 3f
	movl 12(%esp), %ecx	/* pattern in */
	jmp 1b
	3:
	movl 12(%esp), %ecx
	.globl preempt_noxreg_386_probe_avx_x87_in_avx_loop_end
	.hidden preempt_noxreg_386_probe_avx_x87_in_avx_loop_end
preempt_noxreg_386_probe_avx_x87_in_avx_loop_end:
	movl %ecx, 12(%esp)
	movl (%esp), %ecx
	movl %ebp, 44(%ecx)
	leal 44(%ecx), %ebp
	pushfl
	.cfi_def_cfa esp, 52
	popl -4(%ebp)
	.cfi_def_cfa esp, 48
	movl 12(%esp), %ecx
	movl %eax, -16(%ebp)
	movl %ecx, -20(%ebp)
	movl %edx, -24(%ebp)
	movl %ebx, -28(%ebp)
	movl %esi, -32(%ebp)
	movl %edi, -36(%ebp)
	stmxcsr -40(%ebp)
	fnstcw -42(%ebp)
	leal 20(%ebp), %eax
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
	ldmxcsr 20(%esp)
	fldcw 24(%esp)
	movl 8(%esp), %eax
	movl $0, %edx
	movl 40(%esp), %edi
	.cfi_restore edi
	movl 36(%esp), %esi
	.cfi_restore esi
	movl 32(%esp), %ebx
	.cfi_restore ebx
	movl 28(%esp), %ebp
	.cfi_restore ebp
	leal 44(%esp), %esp
	.cfi_def_cfa esp, 4
	ret
	.cfi_endproc
	.size preempt_noxreg_386_probe_avx_x87_in_avx, . - preempt_noxreg_386_probe_avx_x87_in_avx

/* Fills avx_x87, stores everything with avx512 enabled. */
	.globl preempt_noxreg_386_probe_avx_x87_in_avx512
	.hidden preempt_noxreg_386_probe_avx_x87_in_avx512
	.type preempt_noxreg_386_probe_avx_x87_in_avx512, %function
	.p2align 6
preempt_noxreg_386_probe_avx_x87_in_avx512:
	.cfi_startproc
	.cfi_return_column 8
	.cfi_return_column 8
	.cfi_def_cfa esp, 4
	.cfi_offset 8, -4
	vzeroupper
	kxorq %k0, %k0, %k0
	kxorq %k1, %k1, %k1
	kxorq %k2, %k2, %k2
	kxorq %k3, %k3, %k3
	kxorq %k4, %k4, %k4
	kxorq %k5, %k5, %k5
	kxorq %k6, %k6, %k6
	kxorq %k7, %k7, %k7
	leal -44(%esp), %esp
	.cfi_def_cfa esp, 48
	movl %ebp, 28(%esp)
	.cfi_offset ebp, -20
	movl %ebx, 32(%esp)
	.cfi_offset ebx, -16
	movl %esi, 36(%esp)
	.cfi_offset esi, -12
	movl %edi, 40(%esp)
	.cfi_offset edi, -8
	stmxcsr 20(%esp)
	fnstcw 24(%esp)
	fninit
	movl 52(%esp), %ecx
	movl %ecx, (%esp)
	movl 56(%esp), %ecx
	movl %ecx, 4(%esp)
	movl $0, %ecx
	movl %ecx, 8(%esp)
	movl 48(%esp), %ecx
	leal 44(%ecx), %ebp
	leal 64(%ecx), %eax
	pushl -4(%ebp)
	.cfi_def_cfa esp, 52
	popfl	/* every instruction from here on leaves the flags alone */
	.cfi_def_cfa esp, 48
	vmovdqu (%eax), %ymm0
	vmovdqu 64(%eax), %ymm1
	vmovdqu 128(%eax), %ymm2
	vmovdqu 192(%eax), %ymm3
	vmovdqu 256(%eax), %ymm4
	vmovdqu 320(%eax), %ymm5
	vmovdqu 384(%eax), %ymm6
	vmovdqu 448(%eax), %ymm7
	frstor 576(%eax)
	ldmxcsr -40(%ebp)
	movl -36(%ebp), %edi
	movl -32(%ebp), %esi
	movl -28(%ebp), %ebx
	movl -24(%ebp), %edx
	movl -20(%ebp), %ecx
	movl -16(%ebp), %eax
	movl (%ebp), %ebp
	.globl preempt_noxreg_386_probe_avx_x87_in_avx512_loop
	.hidden preempt_noxreg_386_probe_avx_x87_in_avx512_loop
preempt_noxreg_386_probe_avx_x87_in_avx512_loop:
	1:
	movl %ecx, 12(%esp)	/* pattern out */
	movl 8(%esp), %ecx	/* path in */
	leal 1(%ecx), %ecx
	jnc 2f
	leal 2(%ecx), %ecx
	2:
	jnp 2f
	leal 4(%ecx), %ecx
	2:
	jnz 2f
	leal 8(%ecx), %ecx
	2:
	jns 2f
	leal 16(%ecx), %ecx
	2:
	jno 2f
	leal 32(%ecx), %ecx
	2:
	movl %ecx, 8(%esp)
	movl 4(%esp), %ecx	/* counter in */
	leal -1(%ecx), %ecx
	movzwl %cx, %ecx	/* no counter is larger, whatever was done to ecx */
	movl %ecx, 4(%esp)
	jecxz 3f
	movl 12(%esp), %ecx	/* pattern in */
	jmp 1b
	3:
	movl 12(%esp), %ecx
	.globl preempt_noxreg_386_probe_avx_x87_in_avx512_loop_end
	.hidden preempt_noxreg_386_probe_avx_x87_in_avx512_loop_end
preempt_noxreg_386_probe_avx_x87_in_avx512_loop_end:
	movl %ecx, 12(%esp)
	movl (%esp), %ecx
	movl %ebp, 44(%ecx)
	leal 44(%ecx), %ebp
	pushfl
	.cfi_def_cfa esp, 52
	popl -4(%ebp)
	.cfi_def_cfa esp, 48
	movl 12(%esp), %ecx
	movl %eax, -16(%ebp)
	movl %ecx, -20(%ebp)
	movl %edx, -24(%ebp)
	movl %ebx, -28(%ebp)
	movl %esi, -32(%ebp)
	movl %edi, -36(%ebp)
	stmxcsr -40(%ebp)
	fnstcw -42(%ebp)
	leal 20(%ebp), %eax
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
	ldmxcsr 20(%esp)
	fldcw 24(%esp)
	movl 8(%esp), %eax
	movl $0, %edx
	movl 40(%esp), %edi
	.cfi_restore edi
	movl 36(%esp), %esi
	.cfi_restore esi
	movl 32(%esp), %ebx
	.cfi_restore ebx
	movl 28(%esp), %ebp
	.cfi_restore ebp
	leal 44(%esp), %esp
	.cfi_def_cfa esp, 4
	ret
	.cfi_endproc
	.size preempt_noxreg_386_probe_avx_x87_in_avx512, . - preempt_noxreg_386_probe_avx_x87_in_avx512

/* Fills avx512, stores everything with avx512 enabled. */
	.globl preempt_noxreg_386_probe_avx512_in_avx512
	.hidden preempt_noxreg_386_probe_avx512_in_avx512
	.type preempt_noxreg_386_probe_avx512_in_avx512, %function
	.p2align 6
preempt_noxreg_386_probe_avx512_in_avx512:
	.cfi_startproc
	.cfi_return_column 8
	.cfi_return_column 8
	.cfi_def_cfa esp, 4
	.cfi_offset 8, -4
	vzeroupper
	kxorq %k0, %k0, %k0
	kxorq %k1, %k1, %k1
	kxorq %k2, %k2, %k2
	kxorq %k3, %k3, %k3
	kxorq %k4, %k4, %k4
	kxorq %k5, %k5, %k5
	kxorq %k6, %k6, %k6
	kxorq %k7, %k7, %k7
	leal -44(%esp), %esp
	.cfi_def_cfa esp, 48
	movl %ebp, 28(%esp)
	.cfi_offset ebp, -20
	movl %ebx, 32(%esp)
	.cfi_offset ebx, -16
	movl %esi, 36(%esp)
	.cfi_offset esi, -12
	movl %edi, 40(%esp)
	.cfi_offset edi, -8
	stmxcsr 20(%esp)
	fnstcw 24(%esp)
	fninit
	movl 52(%esp), %ecx
	movl %ecx, (%esp)
	movl 56(%esp), %ecx
	movl %ecx, 4(%esp)
	movl $0, %ecx
	movl %ecx, 8(%esp)
	movl 48(%esp), %ecx
	leal 44(%ecx), %ebp
	leal 64(%ecx), %eax
	pushl -4(%ebp)
	.cfi_def_cfa esp, 52
	popfl	/* every instruction from here on leaves the flags alone */
	.cfi_def_cfa esp, 48
	vmovdqu64 (%eax), %zmm0
	vmovdqu64 64(%eax), %zmm1
	vmovdqu64 128(%eax), %zmm2
	vmovdqu64 192(%eax), %zmm3
	vmovdqu64 256(%eax), %zmm4
	vmovdqu64 320(%eax), %zmm5
	vmovdqu64 384(%eax), %zmm6
	vmovdqu64 448(%eax), %zmm7
	kmovq 512(%eax), %k0
	kmovq 520(%eax), %k1
	kmovq 528(%eax), %k2
	kmovq 536(%eax), %k3
	kmovq 544(%eax), %k4
	kmovq 552(%eax), %k5
	kmovq 560(%eax), %k6
	kmovq 568(%eax), %k7
	fldcw -42(%ebp)
	ldmxcsr -40(%ebp)
	movl -36(%ebp), %edi
	movl -32(%ebp), %esi
	movl -28(%ebp), %ebx
	movl -24(%ebp), %edx
	movl -20(%ebp), %ecx
	movl -16(%ebp), %eax
	movl (%ebp), %ebp
	.globl preempt_noxreg_386_probe_avx512_in_avx512_loop
	.hidden preempt_noxreg_386_probe_avx512_in_avx512_loop
preempt_noxreg_386_probe_avx512_in_avx512_loop:
	1:
	movl %ecx, 12(%esp)	/* pattern out */
	movl 8(%esp), %ecx	/* path in */
	leal 1(%ecx), %ecx
	jnc 2f
	leal 2(%ecx), %ecx
	2:
	jnp 2f
	leal 4(%ecx), %ecx
	2:
	jnz 2f
	leal 8(%ecx), %ecx
	2:
	jns 2f
	leal 16(%ecx), %ecx
	2:
	jno 2f
	leal 32(%ecx), %ecx
	2:
	movl %ecx, 8(%esp)
	movl 4(%esp), %ecx	/* counter in */
	leal -1(%ecx), %ecx
	movzwl %cx, %ecx	/* no counter is larger, whatever was done to ecx */
	movl %ecx, 4(%esp)
	jecxz 3f
	movl 12(%esp), %ecx	/* pattern in */
	jmp 1b
	3:
	movl 12(%esp), %ecx
	.globl preempt_noxreg_386_probe_avx512_in_avx512_loop_end
	.hidden preempt_noxreg_386_probe_avx512_in_avx512_loop_end
preempt_noxreg_386_probe_avx512_in_avx512_loop_end:
	movl %ecx, 12(%esp)
	movl (%esp), %ecx
	movl %ebp, 44(%ecx)
	leal 44(%ecx), %ebp
	pushfl
	.cfi_def_cfa esp, 52
	popl -4(%ebp)
	.cfi_def_cfa esp, 48
	movl 12(%esp), %ecx
	movl %eax, -16(%ebp)
	movl %ecx, -20(%ebp)
	movl %edx, -24(%ebp)
	movl %ebx, -28(%ebp)
	movl %esi, -32(%ebp)
	movl %edi, -36(%ebp)
	stmxcsr -40(%ebp)
	fnstcw -42(%ebp)
	leal 20(%ebp), %eax
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
	ldmxcsr 20(%esp)
	fldcw 24(%esp)
	movl 8(%esp), %eax
	movl $0, %edx
	movl 40(%esp), %edi
	.cfi_restore edi
	movl 36(%esp), %esi
	.cfi_restore esi
	movl 32(%esp), %ebx
	.cfi_restore ebx
	movl 28(%esp), %ebp
	.cfi_restore ebp
	leal 44(%esp), %esp
	.cfi_def_cfa esp, 4
	ret
	.cfi_endproc
	.size preempt_noxreg_386_probe_avx512_in_avx512, . - preempt_noxreg_386_probe_avx512_in_avx512

/* Fills avx512_x87, stores everything with avx512 enabled. */
	.globl preempt_noxreg_386_probe_avx512_x87_in_avx512
	.hidden preempt_noxreg_386_probe_avx512_x87_in_avx512
	.type preempt_noxreg_386_probe_avx512_x87_in_avx512, %function
	.p2align 6
preempt_noxreg_386_probe_avx512_x87_in_avx512:
	.cfi_startproc
	.cfi_return_column 8
	.cfi_return_column 8
	.cfi_def_cfa esp, 4
	.cfi_offset 8, -4
	vzeroupper
	kxorq %k0, %k0, %k0
	kxorq %k1, %k1, %k1
	kxorq %k2, %k2, %k2
	kxorq %k3, %k3, %k3
	kxorq %k4, %k4, %k4
	kxorq %k5, %k5, %k5
	kxorq %k6, %k6, %k6
	kxorq %k7, %k7, %k7
	leal -44(%esp), %esp
	.cfi_def_cfa esp, 48
	movl %ebp, 28(%esp)
	.cfi_offset ebp, -20
	movl %ebx, 32(%esp)
	.cfi_offset ebx, -16
	movl %esi, 36(%esp)
	.cfi_offset esi, -12
	movl %edi, 40(%esp)
	.cfi_offset edi, -8
	stmxcsr 20(%esp)
	fnstcw 24(%esp)
	fninit
	movl 52(%esp), %ecx
	movl %ecx, (%esp)
	movl 56(%esp), %ecx
	movl %ecx, 4(%esp)
	movl $0, %ecx
	movl %ecx, 8(%esp)
	movl 48(%esp), %ecx
	leal 44(%ecx), %ebp
	leal 64(%ecx), %eax
	pushl -4(%ebp)
	.cfi_def_cfa esp, 52
	popfl	/* every instruction from here on leaves the flags alone */
	.cfi_def_cfa esp, 48
	vmovdqu64 (%eax), %zmm0
	vmovdqu64 64(%eax), %zmm1
	vmovdqu64 128(%eax), %zmm2
	vmovdqu64 192(%eax), %zmm3
	vmovdqu64 256(%eax), %zmm4
	vmovdqu64 320(%eax), %zmm5
	vmovdqu64 384(%eax), %zmm6
	vmovdqu64 448(%eax), %zmm7
	kmovq 512(%eax), %k0
	kmovq 520(%eax), %k1
	kmovq 528(%eax), %k2
	kmovq 536(%eax), %k3
	kmovq 544(%eax), %k4
	kmovq 552(%eax), %k5
	kmovq 560(%eax), %k6
	kmovq 568(%eax), %k7
	frstor 576(%eax)
	ldmxcsr -40(%ebp)
	movl -36(%ebp), %edi
	movl -32(%ebp), %esi
	movl -28(%ebp), %ebx
	movl -24(%ebp), %edx
	movl -20(%ebp), %ecx
	movl -16(%ebp), %eax
	movl (%ebp), %ebp
	.globl preempt_noxreg_386_probe_avx512_x87_in_avx512_loop
	.hidden preempt_noxreg_386_probe_avx512_x87_in_avx512_loop
preempt_noxreg_386_probe_avx512_x87_in_avx512_loop:
	1:
	movl %ecx, 12(%esp)	/* pattern out */
	movl 8(%esp), %ecx	/* path in */
	leal 1(%ecx), %ecx
	jnc 2f
	leal 2(%ecx), %ecx
	2:
	jnp 2f
	leal 4(%ecx), %ecx
	2:
	jnz 2f
	leal 8(%ecx), %ecx
	2:
	jns 2f
	leal 16(%ecx), %ecx
	2:
	jno 2f
	leal 32(%ecx), %ecx
	2:
	movl %ecx, 8(%esp)
	movl 4(%esp), %ecx	/* counter in */
	leal -1(%ecx), %ecx
	movzwl %cx, %ecx	/* no counter is larger, whatever was done to ecx */
	movl %ecx, 4(%esp)
	jecxz 3f
	movl 12(%esp), %ecx	/* pattern in */
	jmp 1b
	3:
	movl 12(%esp), %ecx
	.globl preempt_noxreg_386_probe_avx512_x87_in_avx512_loop_end
	.hidden preempt_noxreg_386_probe_avx512_x87_in_avx512_loop_end
preempt_noxreg_386_probe_avx512_x87_in_avx512_loop_end:
	movl %ecx, 12(%esp)
	movl (%esp), %ecx
	movl %ebp, 44(%ecx)
	leal 44(%ecx), %ebp
	pushfl
	.cfi_def_cfa esp, 52
	popl -4(%ebp)
	.cfi_def_cfa esp, 48
	movl 12(%esp), %ecx
	movl %eax, -16(%ebp)
	movl %ecx, -20(%ebp)
	movl %edx, -24(%ebp)
	movl %ebx, -28(%ebp)
	movl %esi, -32(%ebp)
	movl %edi, -36(%ebp)
	stmxcsr -40(%ebp)
	fnstcw -42(%ebp)
	leal 20(%ebp), %eax
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
	ldmxcsr 20(%esp)
	fldcw 24(%esp)
	movl 8(%esp), %eax
	movl $0, %edx
	movl 40(%esp), %edi
	.cfi_restore edi
	movl 36(%esp), %esi
	.cfi_restore esi
	movl 32(%esp), %ebx
	.cfi_restore ebx
	movl 28(%esp), %ebp
	.cfi_restore ebp
	leal 44(%esp), %esp
	.cfi_def_cfa esp, 4
	ret
	.cfi_endproc
	.size preempt_noxreg_386_probe_avx512_x87_in_avx512, . - preempt_noxreg_386_probe_avx512_x87_in_avx512

	.section preempt_probe_support, "ax", %progbits

/* Called in place of preempt_mcall: leaves the task's stack, comes back, and goes on to a poison routine. */
	.globl preempt_noxreg_386_park
	.hidden preempt_noxreg_386_park
	.type preempt_noxreg_386_park, %function
	.p2align 6
preempt_noxreg_386_park:
	.cfi_startproc
	.cfi_return_column 8
	.cfi_signal_frame
	.cfi_return_column 8
	.cfi_def_cfa esp, 4
	.cfi_offset 8, -4
	leal -24(%esp), %esp
	.cfi_def_cfa esp, 28
	movl %ebp, 12(%esp)
	.cfi_offset ebp, -16
	leal 44(%esp), %ecx
	movl %ecx, 8(%esp)
	movl %esp, %ebp
	.cfi_def_cfa ebp, 28
	movl 28(%ebp), %eax
	movl (%eax), %ecx
	leal -16(%ecx), %esp
	movl %eax, (%esp)
	movl 32(%ebp), %ecx
	movl %ecx, 4(%esp)
	movl %ebp, 8(%esp)
	movl 4(%eax), %ecx
	call *%ecx
	movl %ebp, %esp
	movl %eax, 16(%esp)
	movl 4(%esp), %ecx
	jmp *%ecx
	.cfi_endproc
	.size preempt_noxreg_386_park, . - preempt_noxreg_386_park

/* Poison with sse enabled. */
	.globl preempt_noxreg_386_poison_sse
	.hidden preempt_noxreg_386_poison_sse
	.type preempt_noxreg_386_poison_sse, %function
	.p2align 6
preempt_noxreg_386_poison_sse:
	.cfi_startproc
	.cfi_return_column 8
	.cfi_signal_frame
	.cfi_return_column 8
	.cfi_def_cfa ebp, 28
	.cfi_offset 8, -4
	.cfi_offset ebp, -16
	movl (%esp), %eax
	leal 44(%eax), %ebp
	.cfi_def_cfa esp, 28
	leal 64(%eax), %eax
	pushl -4(%ebp)
	.cfi_def_cfa esp, 32
	popfl	/* every instruction from here on leaves the flags alone */
	.cfi_def_cfa esp, 28
	movups (%eax), %xmm0
	movups 16(%eax), %xmm1
	movups 32(%eax), %xmm2
	movups 48(%eax), %xmm3
	movups 64(%eax), %xmm4
	movups 80(%eax), %xmm5
	movups 96(%eax), %xmm6
	movups 112(%eax), %xmm7
	fldcw -42(%ebp)
	ldmxcsr -40(%ebp)
	movl -36(%ebp), %edi
	movl -32(%ebp), %esi
	movl -28(%ebp), %ebx
	movl -24(%ebp), %edx
	movl -20(%ebp), %ecx
	movl -16(%ebp), %eax
	movl 16(%esp), %eax
	movl 12(%esp), %ebp
	.cfi_same_value ebp
	leal 24(%esp), %esp
	.cfi_def_cfa esp, 4
	ret
	.cfi_endproc
	.size preempt_noxreg_386_poison_sse, . - preempt_noxreg_386_poison_sse

/* Poison with sse enabled, occasional components too. */
	.globl preempt_noxreg_386_poison_sse_x87
	.hidden preempt_noxreg_386_poison_sse_x87
	.type preempt_noxreg_386_poison_sse_x87, %function
	.p2align 6
preempt_noxreg_386_poison_sse_x87:
	.cfi_startproc
	.cfi_return_column 8
	.cfi_signal_frame
	.cfi_return_column 8
	.cfi_def_cfa ebp, 28
	.cfi_offset 8, -4
	.cfi_offset ebp, -16
	movl (%esp), %eax
	leal 44(%eax), %ebp
	.cfi_def_cfa esp, 28
	leal 64(%eax), %eax
	pushl -4(%ebp)
	.cfi_def_cfa esp, 32
	popfl	/* every instruction from here on leaves the flags alone */
	.cfi_def_cfa esp, 28
	movups (%eax), %xmm0
	movups 16(%eax), %xmm1
	movups 32(%eax), %xmm2
	movups 48(%eax), %xmm3
	movups 64(%eax), %xmm4
	movups 80(%eax), %xmm5
	movups 96(%eax), %xmm6
	movups 112(%eax), %xmm7
	frstor 128(%eax)
	ldmxcsr -40(%ebp)
	movl -36(%ebp), %edi
	movl -32(%ebp), %esi
	movl -28(%ebp), %ebx
	movl -24(%ebp), %edx
	movl -20(%ebp), %ecx
	movl -16(%ebp), %eax
	movl 16(%esp), %eax
	movl 12(%esp), %ebp
	.cfi_same_value ebp
	leal 24(%esp), %esp
	.cfi_def_cfa esp, 4
	ret
	.cfi_endproc
	.size preempt_noxreg_386_poison_sse_x87, . - preempt_noxreg_386_poison_sse_x87

/* Poison with avx enabled. */
	.globl preempt_noxreg_386_poison_avx
	.hidden preempt_noxreg_386_poison_avx
	.type preempt_noxreg_386_poison_avx, %function
	.p2align 6
preempt_noxreg_386_poison_avx:
	.cfi_startproc
	.cfi_return_column 8
	.cfi_signal_frame
	.cfi_return_column 8
	.cfi_def_cfa ebp, 28
	.cfi_offset 8, -4
	.cfi_offset ebp, -16
	movl (%esp), %eax
	leal 44(%eax), %ebp
	.cfi_def_cfa esp, 28
	leal 64(%eax), %eax
	pushl -4(%ebp)
	.cfi_def_cfa esp, 32
	popfl	/* every instruction from here on leaves the flags alone */
	.cfi_def_cfa esp, 28
	vmovdqu (%eax), %ymm0
	vmovdqu 32(%eax), %ymm1
	vmovdqu 64(%eax), %ymm2
	vmovdqu 96(%eax), %ymm3
	vmovdqu 128(%eax), %ymm4
	vmovdqu 160(%eax), %ymm5
	vmovdqu 192(%eax), %ymm6
	vmovdqu 224(%eax), %ymm7
	fldcw -42(%ebp)
	ldmxcsr -40(%ebp)
	movl -36(%ebp), %edi
	movl -32(%ebp), %esi
	movl -28(%ebp), %ebx
	movl -24(%ebp), %edx
	movl -20(%ebp), %ecx
	movl -16(%ebp), %eax
	movl 16(%esp), %eax
	movl 12(%esp), %ebp
	.cfi_same_value ebp
	leal 24(%esp), %esp
	.cfi_def_cfa esp, 4
	ret
	.cfi_endproc
	.size preempt_noxreg_386_poison_avx, . - preempt_noxreg_386_poison_avx

/* Poison with avx enabled, occasional components too. */
	.globl preempt_noxreg_386_poison_avx_x87
	.hidden preempt_noxreg_386_poison_avx_x87
	.type preempt_noxreg_386_poison_avx_x87, %function
	.p2align 6
preempt_noxreg_386_poison_avx_x87:
	.cfi_startproc
	.cfi_return_column 8
	.cfi_signal_frame
	.cfi_return_column 8
	.cfi_def_cfa ebp, 28
	.cfi_offset 8, -4
	.cfi_offset ebp, -16
	movl (%esp), %eax
	leal 44(%eax), %ebp
	.cfi_def_cfa esp, 28
	leal 64(%eax), %eax
	pushl -4(%ebp)
	.cfi_def_cfa esp, 32
	popfl	/* every instruction from here on leaves the flags alone */
	.cfi_def_cfa esp, 28
	vmovdqu (%eax), %ymm0
	vmovdqu 32(%eax), %ymm1
	vmovdqu 64(%eax), %ymm2
	vmovdqu 96(%eax), %ymm3
	vmovdqu 128(%eax), %ymm4
	vmovdqu 160(%eax), %ymm5
	vmovdqu 192(%eax), %ymm6
	vmovdqu 224(%eax), %ymm7
	frstor 256(%eax)
	ldmxcsr -40(%ebp)
	movl -36(%ebp), %edi
	movl -32(%ebp), %esi
	movl -28(%ebp), %ebx
	movl -24(%ebp), %edx
	movl -20(%ebp), %ecx
	movl -16(%ebp), %eax
	movl 16(%esp), %eax
	movl 12(%esp), %ebp
	.cfi_same_value ebp
	leal 24(%esp), %esp
	.cfi_def_cfa esp, 4
	ret
	.cfi_endproc
	.size preempt_noxreg_386_poison_avx_x87, . - preempt_noxreg_386_poison_avx_x87

/* Poison with avx512 enabled. */
	.globl preempt_noxreg_386_poison_avx512
	.hidden preempt_noxreg_386_poison_avx512
	.type preempt_noxreg_386_poison_avx512, %function
	.p2align 6
preempt_noxreg_386_poison_avx512:
	.cfi_startproc
	.cfi_return_column 8
	.cfi_signal_frame
	.cfi_return_column 8
	.cfi_def_cfa ebp, 28
	.cfi_offset 8, -4
	.cfi_offset ebp, -16
	movl (%esp), %eax
	leal 44(%eax), %ebp
	.cfi_def_cfa esp, 28
	leal 64(%eax), %eax
	pushl -4(%ebp)
	.cfi_def_cfa esp, 32
	popfl	/* every instruction from here on leaves the flags alone */
	.cfi_def_cfa esp, 28
	vmovdqu64 (%eax), %zmm0
	vmovdqu64 64(%eax), %zmm1
	vmovdqu64 128(%eax), %zmm2
	vmovdqu64 192(%eax), %zmm3
	vmovdqu64 256(%eax), %zmm4
	vmovdqu64 320(%eax), %zmm5
	vmovdqu64 384(%eax), %zmm6
	vmovdqu64 448(%eax), %zmm7
	kmovq 512(%eax), %k0
	kmovq 520(%eax), %k1
	kmovq 528(%eax), %k2
	kmovq 536(%eax), %k3
	kmovq 544(%eax), %k4
	kmovq 552(%eax), %k5
	kmovq 560(%eax), %k6
	kmovq 568(%eax), %k7
	fldcw -42(%ebp)
	ldmxcsr -40(%ebp)
	movl -36(%ebp), %edi
	movl -32(%ebp), %esi
	movl -28(%ebp), %ebx
	movl -24(%ebp), %edx
	movl -20(%ebp), %ecx
	movl -16(%ebp), %eax
	movl 16(%esp), %eax
	movl 12(%esp), %ebp
	.cfi_same_value ebp
	leal 24(%esp), %esp
	.cfi_def_cfa esp, 4
	ret
	.cfi_endproc
	.size preempt_noxreg_386_poison_avx512, . - preempt_noxreg_386_poison_avx512

/* Poison with avx512 enabled, occasional components too. */
	.globl preempt_noxreg_386_poison_avx512_x87
	.hidden preempt_noxreg_386_poison_avx512_x87
	.type preempt_noxreg_386_poison_avx512_x87, %function
	.p2align 6
preempt_noxreg_386_poison_avx512_x87:
	.cfi_startproc
	.cfi_return_column 8
	.cfi_signal_frame
	.cfi_return_column 8
	.cfi_def_cfa ebp, 28
	.cfi_offset 8, -4
	.cfi_offset ebp, -16
	movl (%esp), %eax
	leal 44(%eax), %ebp
	.cfi_def_cfa esp, 28
	leal 64(%eax), %eax
	pushl -4(%ebp)
	.cfi_def_cfa esp, 32
	popfl	/* every instruction from here on leaves the flags alone */
	.cfi_def_cfa esp, 28
	vmovdqu64 (%eax), %zmm0
	vmovdqu64 64(%eax), %zmm1
	vmovdqu64 128(%eax), %zmm2
	vmovdqu64 192(%eax), %zmm3
	vmovdqu64 256(%eax), %zmm4
	vmovdqu64 320(%eax), %zmm5
	vmovdqu64 384(%eax), %zmm6
	vmovdqu64 448(%eax), %zmm7
	kmovq 512(%eax), %k0
	kmovq 520(%eax), %k1
	kmovq 528(%eax), %k2
	kmovq 536(%eax), %k3
	kmovq 544(%eax), %k4
	kmovq 552(%eax), %k5
	kmovq 560(%eax), %k6
	kmovq 568(%eax), %k7
	frstor 576(%eax)
	ldmxcsr -40(%ebp)
	movl -36(%ebp), %edi
	movl -32(%ebp), %esi
	movl -28(%ebp), %ebx
	movl -24(%ebp), %edx
	movl -20(%ebp), %ecx
	movl -16(%ebp), %eax
	movl 16(%esp), %eax
	movl 12(%esp), %ebp
	.cfi_same_value ebp
	leal 24(%esp), %esp
	.cfi_def_cfa esp, 4
	ret
	.cfi_endproc
	.size preempt_noxreg_386_poison_avx512_x87, . - preempt_noxreg_386_poison_avx512_x87

/* Initial state of what is wider than the narrowest class, with sse enabled. */
	.globl preempt_noxreg_386_initialize_sse
	.hidden preempt_noxreg_386_initialize_sse
	.type preempt_noxreg_386_initialize_sse, %function
	.p2align 6
preempt_noxreg_386_initialize_sse:
	.cfi_startproc
	.cfi_return_column 8
	.cfi_return_column 8
	.cfi_def_cfa esp, 4
	.cfi_offset 8, -4
	ret
	.cfi_endproc
	.size preempt_noxreg_386_initialize_sse, . - preempt_noxreg_386_initialize_sse

/* Initial state of what is wider than the narrowest class, with avx enabled. */
	.globl preempt_noxreg_386_initialize_avx
	.hidden preempt_noxreg_386_initialize_avx
	.type preempt_noxreg_386_initialize_avx, %function
	.p2align 6
preempt_noxreg_386_initialize_avx:
	.cfi_startproc
	.cfi_return_column 8
	.cfi_return_column 8
	.cfi_def_cfa esp, 4
	.cfi_offset 8, -4
	vzeroupper
	ret
	.cfi_endproc
	.size preempt_noxreg_386_initialize_avx, . - preempt_noxreg_386_initialize_avx

/* Initial state of what is wider than the narrowest class, with avx512 enabled. */
	.globl preempt_noxreg_386_initialize_avx512
	.hidden preempt_noxreg_386_initialize_avx512
	.type preempt_noxreg_386_initialize_avx512, %function
	.p2align 6
preempt_noxreg_386_initialize_avx512:
	.cfi_startproc
	.cfi_return_column 8
	.cfi_return_column 8
	.cfi_def_cfa esp, 4
	.cfi_offset 8, -4
	vzeroupper
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
	.size preempt_noxreg_386_initialize_avx512, . - preempt_noxreg_386_initialize_avx512

/* State components that the operating system enabled. */
	.globl preempt_noxreg_386_enabled_components
	.hidden preempt_noxreg_386_enabled_components
	.type preempt_noxreg_386_enabled_components, %function
	.p2align 6
preempt_noxreg_386_enabled_components:
	.cfi_startproc
	.cfi_return_column 8
	.cfi_return_column 8
	.cfi_def_cfa esp, 4
	.cfi_offset 8, -4
	pushl %ebx
	.cfi_def_cfa esp, 8
	.cfi_offset ebx, -8
	movl $1, %eax
	cpuid
	popl %ebx
	.cfi_def_cfa esp, 4
	.cfi_restore ebx
	movl $3, %eax
	xorl %edx, %edx
	btl $27, %ecx
	jnc 1f
	xorl %ecx, %ecx
	xgetbv
	1: ret
	.cfi_endproc
	.size preempt_noxreg_386_enabled_components, . - preempt_noxreg_386_enabled_components

	.section preempt_probe_copy_string, "ax", %progbits

/* An instruction that is interrupted half-way. */
	.globl preempt_noxreg_386_copy_string
	.hidden preempt_noxreg_386_copy_string
	.type preempt_noxreg_386_copy_string, %function
	.p2align 6
preempt_noxreg_386_copy_string:
	.cfi_startproc
	.cfi_return_column 8
	.cfi_return_column 8
	.cfi_def_cfa esp, 4
	.cfi_offset 8, -4
	pushl %edi
	.cfi_def_cfa esp, 8
	.cfi_offset edi, -8
	pushl %esi
	.cfi_def_cfa esp, 12
	.cfi_offset esi, -12
	movl 12(%esp), %edi
	movl 16(%esp), %esi
	movl 20(%esp), %ecx
	rep movsb
	popl %esi
	.cfi_def_cfa esp, 8
	.cfi_restore esi
	popl %edi
	.cfi_def_cfa esp, 4
	.cfi_restore edi
	ret
	.cfi_endproc
	.size preempt_noxreg_386_copy_string, . - preempt_noxreg_386_copy_string

	.section preempt_probe_misalign_stack, "ax", %progbits

/* A stack pointer that isn't aligned. */
	.globl preempt_noxreg_386_misalign_stack
	.hidden preempt_noxreg_386_misalign_stack
	.type preempt_noxreg_386_misalign_stack, %function
	.p2align 6
preempt_noxreg_386_misalign_stack:
	.cfi_startproc
	.cfi_return_column 8
	.cfi_return_column 8
	.cfi_def_cfa esp, 4
	.cfi_offset 8, -4
	leal -11(%esp), %esp
	.cfi_def_cfa esp, 15
	movl 15(%esp), %ecx
	movl %ecx, 3(%esp)
	movl 3(%esp), %eax
	leal 3(%eax), %eax
	leal 11(%esp), %esp
	.cfi_def_cfa esp, 4
	ret
	.cfi_endproc
	.size preempt_noxreg_386_misalign_stack, . - preempt_noxreg_386_misalign_stack

#endif
	.section .note.GNU-stack, "", %progbits
