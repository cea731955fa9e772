/* Generated from backend riscv64_t6 by `preempt generate`; edit Arch/, not this file. */

#if defined(__riscv) && __riscv_xlen == 64 && defined(__riscv_float_abi_double) && defined(__linux__) && !defined(PREEMPT_NOXREG) && defined(PREEMPT_RESERVED_REGISTER) && !defined(PREEMPT_CUSTOM_BACKEND)

	.section preempt_text, "ax", %progbits

/* double live, double the widest enabled. */
	.globl preempt_riscv64_t6_entry_double_in_double
	.hidden preempt_riscv64_t6_entry_double_in_double
	.type preempt_riscv64_t6_entry_double_in_double, %function
	.p2align 6
preempt_riscv64_t6_entry_double_in_double:
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
	frcsr t0
	sw t0, -244(s0)
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
	fld f31, 248(a0)
	fld f30, 240(a0)
	fld f29, 232(a0)
	fld f28, 224(a0)
	fld f27, 216(a0)
	fld f26, 208(a0)
	fld f25, 200(a0)
	fld f24, 192(a0)
	fld f23, 184(a0)
	fld f22, 176(a0)
	fld f21, 168(a0)
	fld f20, 160(a0)
	fld f19, 152(a0)
	fld f18, 144(a0)
	fld f17, 136(a0)
	fld f16, 128(a0)
	fld f15, 120(a0)
	fld f14, 112(a0)
	fld f13, 104(a0)
	fld f12, 96(a0)
	fld f11, 88(a0)
	fld f10, 80(a0)
	fld f9, 72(a0)
	fld f8, 64(a0)
	fld f7, 56(a0)
	fld f6, 48(a0)
	fld f5, 40(a0)
	fld f4, 32(a0)
	fld f3, 24(a0)
	fld f2, 16(a0)
	fld f1, 8(a0)
	fld f0, 0(a0)
	lw t0, -244(s0)
	fscsr t0
	ld t5, -240(s0)
	.cfi_restore t5
	ld t4, -232(s0)
	.cfi_restore t4
	ld t3, -224(s0)
	.cfi_restore t3
	ld s11, -216(s0)
	.cfi_restore s11
	ld s10, -208(s0)
	.cfi_restore s10
	ld s9, -200(s0)
	.cfi_restore s9
	ld s8, -192(s0)
	.cfi_restore s8
	ld s7, -184(s0)
	.cfi_restore s7
	ld s6, -176(s0)
	.cfi_restore s6
	ld s5, -168(s0)
	.cfi_restore s5
	ld s4, -160(s0)
	.cfi_restore s4
	ld s3, -152(s0)
	.cfi_restore s3
	ld s2, -144(s0)
	.cfi_restore s2
	ld a7, -136(s0)
	.cfi_restore a7
	ld a6, -128(s0)
	.cfi_restore a6
	ld a5, -120(s0)
	.cfi_restore a5
	ld a4, -112(s0)
	.cfi_restore a4
	ld a3, -104(s0)
	.cfi_restore a3
	ld a2, -96(s0)
	.cfi_restore a2
	ld a1, -88(s0)
	.cfi_restore a1
	ld a0, -80(s0)
	.cfi_restore a0
	ld s1, -72(s0)
	.cfi_restore s1
	ld t2, -64(s0)
	.cfi_restore t2
	ld t1, -56(s0)
	.cfi_restore t1
	addi sp, s0, -48
	ld t0, -48(s0)
	.cfi_same_value t0
	ld ra, -40(s0)
	.cfi_same_value ra
	ld s0, -16(s0)
	.cfi_def_cfa sp, 48
	.cfi_same_value s0
	ld t6, 40(sp)
	.cfi_register 64, t6
	addi sp, sp, 48
	.cfi_def_cfa sp, 0
	jr t6
	.cfi_endproc
	.size preempt_riscv64_t6_entry_double_in_double, . - preempt_riscv64_t6_entry_double_in_double

#endif
	.section .note.GNU-stack, "", %progbits
