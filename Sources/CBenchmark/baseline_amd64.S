/* What a stub can't do without, and nothing else: a store and a load of each register, `cld`, the default
   floating-point control and the task's own back, initial wide state (before the call, and after it where the class
   doesn't restore it), one call, one return that pops the red zone.

   Against a stub it leaves out: a frame base to unwind by, realignment (the caller's stack pointer is known here), the
   area's address from the frame (r13 has it and keeps it), the words for preempt_mcall. Entered by benchmark_enter_stub
   with the handler's five words above the stack pointer. */

#if defined(__x86_64__) && defined(__LP64__) && defined(__linux__)

	.section benchmark_text, "ax", @progbits

.macro ZERO_ZMM
	.irp n, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
	vpxorq %zmm\n, %zmm\n, %zmm\n
	.endr
	.irp n, 0, 1, 2, 3, 4, 5, 6, 7
	kxorq %k\n, %k\n, %k\n
	.endr
.endm

.macro SAVE move, register, stride
	.irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	\move %\register\n, (\n * \stride)(%r13)
	.endr
.endm

.macro RESTORE move, register, stride
	.irp n, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0
	\move (\n * \stride)(%r13), %\register\n
	.endr
.endm

.macro SAVE_AVX512
	SAVE vmovdqu64, zmm, 64
	.irp n, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
	vmovdqu64 %zmm\n, (\n * 64)(%r13)
	.endr
	.irp n, 0, 1, 2, 3, 4, 5, 6, 7
	kmovq %k\n, (2048 + \n * 8)(%r13)
	.endr
.endm

.macro RESTORE_AVX512
	.irp n, 7, 6, 5, 4, 3, 2, 1, 0
	kmovq (2048 + \n * 8)(%r13), %k\n
	.endr
	.irp n, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16
	vmovdqu64 (\n * 64)(%r13), %zmm\n
	.endr
	RESTORE vmovdqu64, zmm, 64
.endm

.macro BASELINE class, widest
	.globl benchmark_baseline_\class\()_in_\widest
	.hidden benchmark_baseline_\class\()_in_\widest
	.type benchmark_baseline_\class\()_in_\widest, @function
	.p2align 6
benchmark_baseline_\class\()_in_\widest:
	.irp register, rax, rcx, rdx, rbx, rsi, rdi, r8, r9, r10, r11, r12, r13, r14, r15
	pushq %\register
	.endr
	leaq -8(%rsp), %rsp
	stmxcsr 4(%rsp)
	fnstcw 2(%rsp)
	.ifc \class, avx512
	SAVE_AVX512
	.endif
	.ifc \class, avx
	SAVE vmovdqu, ymm, 32
	.endif
	.ifc \class, sse
	.ifc \widest, sse
	SAVE movups, xmm, 16
	.else
	SAVE vmovdqu, xmm, 16
	.endif
	.endif
	.ifnc \widest, sse
	vzeroupper
	.endif
	.ifc \widest, avx512
	ZERO_ZMM
	.endif
	cld
	ldmxcsr benchmark_default_mxcsr(%rip)
	fldcw benchmark_default_fcw(%rip)
	call benchmark_callee
	.ifc \widest, avx512
	.ifnc \class, avx512
	ZERO_ZMM
	.endif
	.endif
	.ifc \class, avx512
	RESTORE_AVX512
	.endif
	.ifc \class, avx
	RESTORE vmovdqu, ymm, 32
	.endif
	.ifc \class, sse
	.ifc \widest, sse
	RESTORE movups, xmm, 16
	.else
	RESTORE vmovdqu, xmm, 16
	.endif
	.endif
	fldcw 2(%rsp)
	ldmxcsr 4(%rsp)
	leaq 8(%rsp), %rsp
	.irp register, r15, r14, r13, r12, r11, r10, r9, r8, rdi, rsi, rbx, rdx, rcx, rax
	popq %\register
	.endr
	leaq 16(%rsp), %rsp
	popfq
	popq %rbp
	ret $128
	.size benchmark_baseline_\class\()_in_\widest, . - benchmark_baseline_\class\()_in_\widest
.endm

	BASELINE sse, sse
	BASELINE sse, avx
	BASELINE sse, avx512
	BASELINE avx, avx
	BASELINE avx, avx512
	BASELINE avx512, avx512

	.section .rodata.benchmark, "a", @progbits
	.p2align 2
benchmark_default_mxcsr:
	.long 0x1f80
benchmark_default_fcw:
	.short 0x037f

#endif
	.section .note.GNU-stack, "", @progbits
