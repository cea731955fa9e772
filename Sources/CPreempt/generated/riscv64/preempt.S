/* Generated from backend riscv64 by `preempt generate`; edit Arch/, not this file. */

#if defined(__riscv) && __riscv_xlen == 64 && defined(__riscv_float_abi_double) && defined(__linux__) && !defined(PREEMPT_NOXREG) && !defined(PREEMPT_RESERVED_REGISTER) && !defined(PREEMPT_CUSTOM_BACKEND)

	.section preempt_text, "ax", %progbits

/* double live, double the widest enabled. */
	.globl preempt_riscv64_entry_double_in_double
	.hidden preempt_riscv64_entry_double_in_double
	.type preempt_riscv64_entry_double_in_double, %function
	.p2align 6
preempt_riscv64_entry_double_in_double:
	.cfi_startproc
	.cfi_return_column 64
	.cfi_signal_frame
	.cfi_return_column 64
	.cfi_def_cfa sp, 48
	.cfi_offset 64, -8
	.cfi_offset ra, -40
	.cfi_offset t0, -48
	.cfi_offset s0, -16
	addi sp, sp, -208
	.cfi_def_cfa sp, 256
	addi s0, sp, 256
	.cfi_def_cfa s0, 0
	sd t1, -56(s0)
	.cfi_offset t1, -56
	sd t2, -64(s0)
	.cfi_offset t2, -64
	sd s1, -72(s0)
	.cfi_offset s1, -72
	sd a0, -80(s0)
	.cfi_offset a0, -80
	sd a1, -88(s0)
	.cfi_offset a1, -88
	sd a2, -96(s0)
	.cfi_offset a2, -96
	sd a3, -104(s0)
	.cfi_offset a3, -104
	sd a4, -112(s0)
	.cfi_offset a4, -112
	sd a5, -120(s0)
	.cfi_offset a5, -120
	sd a6, -128(s0)
	.cfi_offset a6, -128
	sd a7, -136(s0)
	.cfi_offset a7, -136
	sd s2, -144(s0)
	.cfi_offset s2, -144
	sd s3, -152(s0)
	.cfi_offset s3, -152
	sd s4, -160(s0)
	.cfi_offset s4, -160
	sd s5, -168(s0)
	.cfi_offset s5, -168
	sd s6, -176(s0)
	.cfi_offset s6, -176
	sd s7, -184(s0)
	.cfi_offset s7, -184
	sd s8, -192(s0)
	.cfi_offset s8, -192
	sd s9, -200(s0)
	.cfi_offset s9, -200
	sd s10, -208(s0)
	.cfi_offset s10, -208
	sd s11, -216(s0)
	.cfi_offset s11, -216
	sd t3, -224(s0)
	.cfi_offset t3, -224
	sd t4, -232(s0)
	.cfi_offset t4, -232
	sd t5, -240(s0)
	.cfi_offset t5, -240
	sd t6, -248(s0)
	.cfi_offset t6, -248
	frcsr t0
	sw t0, -252(s0)
	ld a0, -24(s0)
	fsd f0, 0(a0)
	fsd f1, 8(a0)
	fsd f2, 16(a0)
	fsd f3, 24(a0)
	fsd f4, 32(a0)
	fsd f5, 40(a0)
	fsd f6, 48(a0)
	fsd f7, 56(a0)
	fsd f8, 64(a0)
	fsd f9, 72(a0)
	fsd f10, 80(a0)
	fsd f11, 88(a0)
	fsd f12, 96(a0)
	fsd f13, 104(a0)
	fsd f14, 112(a0)
	fsd f15, 120(a0)
	fsd f16, 128(a0)
	fsd f17, 136(a0)
	fsd f18, 144(a0)
	fsd f19, 152(a0)
	fsd f20, 160(a0)
	fsd f21, 168(a0)
	fsd f22, 176(a0)
	fsd f23, 184(a0)
	fsd f24, 192(a0)
	fsd f25, 200(a0)
	fsd f26, 208(a0)
	fsd f27, 216(a0)
	fsd f28, 224(a0)
	fsd f29, 232(a0)
	fsd f30, 240(a0)
	fsd f31, 248(a0)
	fscsr zero
	ld a0, -32(s0)
	li a1, 16
	call preempt_mcall
	mv sp, a0	/* the signal frame that preempt_mcall returned */
	li a7, 139	/* rt_sigreturn */
	ecall
	.cfi_endproc
	.size preempt_riscv64_entry_double_in_double, . - preempt_riscv64_entry_double_in_double

#endif
	.section .note.GNU-stack, "", %progbits
