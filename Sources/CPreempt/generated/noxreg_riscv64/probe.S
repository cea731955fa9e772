/* Generated from backend noxreg_riscv64 by `preempt generate`; edit Arch/, not this file. */

#if defined(__riscv) && __riscv_xlen == 64 && defined(__riscv_float_abi_double) && defined(__linux__) && defined(PREEMPT_NOXREG) && !defined(PREEMPT_RESERVED_REGISTER) && !defined(PREEMPT_CUSTOM_BACKEND)

	.section preempt_probe, "ax", %progbits

/* Fills double, stores everything with double enabled. */
	.globl preempt_noxreg_riscv64_probe_double_in_double
	.hidden preempt_noxreg_riscv64_probe_double_in_double
	.type preempt_noxreg_riscv64_probe_double_in_double, %function
	.p2align 6
preempt_noxreg_riscv64_probe_double_in_double:
	.cfi_startproc
	.cfi_return_column 64
	.cfi_return_column 1
	.cfi_def_cfa sp, 0
	addi sp, sp, -256
	.cfi_def_cfa sp, 256
	sd ra, 48(sp)
	.cfi_offset ra, -208
	sd s0, 56(sp)
	.cfi_offset s0, -200
	sd s1, 64(sp)
	.cfi_offset s1, -192
	sd s2, 72(sp)
	.cfi_offset s2, -184
	sd s3, 80(sp)
	.cfi_offset s3, -176
	sd s4, 88(sp)
	.cfi_offset s4, -168
	sd s5, 96(sp)
	.cfi_offset s5, -160
	sd s6, 104(sp)
	.cfi_offset s6, -152
	sd s7, 112(sp)
	.cfi_offset s7, -144
	sd s8, 120(sp)
	.cfi_offset s8, -136
	sd s9, 128(sp)
	.cfi_offset s9, -128
	sd s10, 136(sp)
	.cfi_offset s10, -120
	sd s11, 144(sp)
	.cfi_offset s11, -112
	fsd f8, 152(sp)
	fsd f9, 160(sp)
	fsd f18, 168(sp)
	fsd f19, 176(sp)
	fsd f20, 184(sp)
	fsd f21, 192(sp)
	fsd f22, 200(sp)
	fsd f23, 208(sp)
	fsd f24, 216(sp)
	fsd f25, 224(sp)
	fsd f26, 232(sp)
	fsd f27, 240(sp)
	frcsr t0
	sw t0, 40(sp)
	sd a1, 0(sp)
	sd a2, 8(sp)
	li t0, 0
	sd t0, 16(sp)
	addi s0, a0, 256
	addi a0, a0, 256
	ld ra, -40(s0)
	fld f0, 0(a0)
	fld f1, 8(a0)
	fld f2, 16(a0)
	fld f3, 24(a0)
	fld f4, 32(a0)
	fld f5, 40(a0)
	fld f6, 48(a0)
	fld f7, 56(a0)
	fld f8, 64(a0)
	fld f9, 72(a0)
	fld f10, 80(a0)
	fld f11, 88(a0)
	fld f12, 96(a0)
	fld f13, 104(a0)
	fld f14, 112(a0)
	fld f15, 120(a0)
	fld f16, 128(a0)
	fld f17, 136(a0)
	fld f18, 144(a0)
	fld f19, 152(a0)
	fld f20, 160(a0)
	fld f21, 168(a0)
	fld f22, 176(a0)
	fld f23, 184(a0)
	fld f24, 192(a0)
	fld f25, 200(a0)
	fld f26, 208(a0)
	fld f27, 216(a0)
	fld f28, 224(a0)
	fld f29, 232(a0)
	fld f30, 240(a0)
	fld f31, 248(a0)
	lw t0, -252(s0)
	fscsr t0
	ld t6, -248(s0)
	ld t5, -240(s0)
	ld t4, -232(s0)
	ld t3, -224(s0)
	ld s11, -216(s0)
	ld s10, -208(s0)
	ld s9, -200(s0)
	ld s8, -192(s0)
	ld s7, -184(s0)
	ld s6, -176(s0)
	ld s5, -168(s0)
	ld s4, -160(s0)
	ld s3, -152(s0)
	ld s2, -144(s0)
	ld a7, -136(s0)
	ld a6, -128(s0)
	ld a5, -120(s0)
	ld a4, -112(s0)
	ld a3, -104(s0)
	ld a2, -96(s0)
	ld a1, -88(s0)
	ld a0, -80(s0)
	ld s1, -72(s0)
	ld t2, -64(s0)
	ld t1, -56(s0)
	ld t0, -48(s0)
	ld s0, -16(s0)
	.globl preempt_noxreg_riscv64_probe_double_in_double_loop
	.hidden preempt_noxreg_riscv64_probe_double_in_double_loop
preempt_noxreg_riscv64_probe_double_in_double_loop:
	1:
	sd t0, 24(sp)	/* pattern out */
	ld t0, 16(sp)	/* path in */
	addi t0, t0, 1
	sd t0, 16(sp)
	ld t0, 8(sp)	/* counter in */
	addi t0, t0, -1
	slli t0, t0, 48
	srli t0, t0, 48	/* no counter is larger, whatever was done to t0 */
	sd t0, 8(sp)
	beqz t0, 3f
	ld t0, 24(sp)	/* pattern in */
	j 1b
	3:
	ld t0, 24(sp)
	.globl preempt_noxreg_riscv64_probe_double_in_double_loop_end
	.hidden preempt_noxreg_riscv64_probe_double_in_double_loop_end
preempt_noxreg_riscv64_probe_double_in_double_loop_end:
	sd t0, 24(sp)
	ld t0, 0(sp)
	sd s0, 240(t0)
	addi s0, t0, 256
	sd ra, -40(s0)
	ld t0, 24(sp)
	sd t0, -48(s0)
	sd t1, -56(s0)
	sd t2, -64(s0)
	sd s1, -72(s0)
	sd a0, -80(s0)
	sd a1, -88(s0)
	sd a2, -96(s0)
	sd a3, -104(s0)
	sd a4, -112(s0)
	sd a5, -120(s0)
	sd a6, -128(s0)
	sd a7, -136(s0)
	sd s2, -144(s0)
	sd s3, -152(s0)
	sd s4, -160(s0)
	sd s5, -168(s0)
	sd s6, -176(s0)
	sd s7, -184(s0)
	sd s8, -192(s0)
	sd s9, -200(s0)
	sd s10, -208(s0)
	sd s11, -216(s0)
	sd t3, -224(s0)
	sd t4, -232(s0)
	sd t5, -240(s0)
	sd t6, -248(s0)
	frcsr t0
	sw t0, -252(s0)
	mv a0, s0
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
	lw t0, 40(sp)
	fscsr t0
	ld a0, 16(sp)
	fld f27, 240(sp)
	fld f26, 232(sp)
	fld f25, 224(sp)
	fld f24, 216(sp)
	fld f23, 208(sp)
	fld f22, 200(sp)
	fld f21, 192(sp)
	fld f20, 184(sp)
	fld f19, 176(sp)
	fld f18, 168(sp)
	fld f9, 160(sp)
	fld f8, 152(sp)
	ld s11, 144(sp)
	.cfi_restore s11
	ld s10, 136(sp)
	.cfi_restore s10
	ld s9, 128(sp)
	.cfi_restore s9
	ld s8, 120(sp)
	.cfi_restore s8
	ld s7, 112(sp)
	.cfi_restore s7
	ld s6, 104(sp)
	.cfi_restore s6
	ld s5, 96(sp)
	.cfi_restore s5
	ld s4, 88(sp)
	.cfi_restore s4
	ld s3, 80(sp)
	.cfi_restore s3
	ld s2, 72(sp)
	.cfi_restore s2
	ld s1, 64(sp)
	.cfi_restore s1
	ld s0, 56(sp)
	.cfi_restore s0
	ld ra, 48(sp)
	.cfi_restore ra
	addi sp, sp, 256
	.cfi_def_cfa sp, 0
	ret
	.cfi_endproc
	.size preempt_noxreg_riscv64_probe_double_in_double, . - preempt_noxreg_riscv64_probe_double_in_double

	.section preempt_probe_support, "ax", %progbits

/* Called in place of preempt_mcall: leaves the task's stack, comes back, and goes on to a poison routine. */
	.globl preempt_noxreg_riscv64_park
	.hidden preempt_noxreg_riscv64_park
	.type preempt_noxreg_riscv64_park, %function
	.p2align 6
preempt_noxreg_riscv64_park:
	.cfi_startproc
	.cfi_return_column 64
	.cfi_signal_frame
	.cfi_return_column 1
	.cfi_def_cfa sp, 0
	addi sp, sp, -48
	.cfi_def_cfa sp, 48
	sd s0, 24(sp)
	.cfi_offset s0, -24
	sd ra, 40(sp)
	.cfi_offset ra, -8
	addi t0, sp, 48
	sd t0, 16(sp)
	mv s0, sp
	.cfi_def_cfa s0, 48
	ld t0, 0(a0)
	mv sp, t0
	mv a2, s0
	ld t0, 8(a0)
	jalr t0
	mv sp, s0
	sd a0, 32(sp)
	ld t0, 8(sp)
	jr t0
	.cfi_endproc
	.size preempt_noxreg_riscv64_park, . - preempt_noxreg_riscv64_park

/* Poison with double enabled. */
	.globl preempt_noxreg_riscv64_poison_double
	.hidden preempt_noxreg_riscv64_poison_double
	.type preempt_noxreg_riscv64_poison_double, %function
	.p2align 6
preempt_noxreg_riscv64_poison_double:
	.cfi_startproc
	.cfi_return_column 64
	.cfi_signal_frame
	.cfi_return_column 1
	.cfi_def_cfa s0, 48
	.cfi_offset ra, -8
	.cfi_offset s0, -24
	ld a0, 0(sp)
	addi s0, a0, 256
	.cfi_def_cfa sp, 48
	addi a0, a0, 256
	fld f0, 0(a0)
	fld f1, 8(a0)
	fld f2, 16(a0)
	fld f3, 24(a0)
	fld f4, 32(a0)
	fld f5, 40(a0)
	fld f6, 48(a0)
	fld f7, 56(a0)
	fld f8, 64(a0)
	fld f9, 72(a0)
	fld f10, 80(a0)
	fld f11, 88(a0)
	fld f12, 96(a0)
	fld f13, 104(a0)
	fld f14, 112(a0)
	fld f15, 120(a0)
	fld f16, 128(a0)
	fld f17, 136(a0)
	fld f18, 144(a0)
	fld f19, 152(a0)
	fld f20, 160(a0)
	fld f21, 168(a0)
	fld f22, 176(a0)
	fld f23, 184(a0)
	fld f24, 192(a0)
	fld f25, 200(a0)
	fld f26, 208(a0)
	fld f27, 216(a0)
	fld f28, 224(a0)
	fld f29, 232(a0)
	fld f30, 240(a0)
	fld f31, 248(a0)
	lw t0, -252(s0)
	fscsr t0
	ld t6, -248(s0)
	ld t5, -240(s0)
	ld t4, -232(s0)
	ld t3, -224(s0)
	ld s11, -216(s0)
	ld s10, -208(s0)
	ld s9, -200(s0)
	ld s8, -192(s0)
	ld s7, -184(s0)
	ld s6, -176(s0)
	ld s5, -168(s0)
	ld s4, -160(s0)
	ld s3, -152(s0)
	ld s2, -144(s0)
	ld a7, -136(s0)
	ld a6, -128(s0)
	ld a5, -120(s0)
	ld a4, -112(s0)
	ld a3, -104(s0)
	ld a2, -96(s0)
	ld a1, -88(s0)
	ld a0, -80(s0)
	ld s1, -72(s0)
	ld t2, -64(s0)
	ld t1, -56(s0)
	ld a0, 32(sp)
	ld ra, 40(sp)
	.cfi_same_value ra
	ld s0, 24(sp)
	.cfi_same_value s0
	addi sp, sp, 48
	.cfi_def_cfa sp, 0
	ret
	.cfi_endproc
	.size preempt_noxreg_riscv64_poison_double, . - preempt_noxreg_riscv64_poison_double

/* Initial state of what is wider than the narrowest class, with double enabled. */
	.globl preempt_noxreg_riscv64_initialize_double
	.hidden preempt_noxreg_riscv64_initialize_double
	.type preempt_noxreg_riscv64_initialize_double, %function
	.p2align 6
preempt_noxreg_riscv64_initialize_double:
	.cfi_startproc
	.cfi_return_column 64
	.cfi_return_column 1
	.cfi_def_cfa sp, 0
	ret
	.cfi_endproc
	.size preempt_noxreg_riscv64_initialize_double, . - preempt_noxreg_riscv64_initialize_double

/* State components that the operating system enabled. */
	.globl preempt_noxreg_riscv64_enabled_components
	.hidden preempt_noxreg_riscv64_enabled_components
	.type preempt_noxreg_riscv64_enabled_components, %function
	.p2align 6
preempt_noxreg_riscv64_enabled_components:
	.cfi_startproc
	.cfi_return_column 64
	.cfi_return_column 1
	.cfi_def_cfa sp, 0
	li t0, 2097192
	and a0, a0, t0
	ret
	.cfi_endproc
	.size preempt_noxreg_riscv64_enabled_components, . - preempt_noxreg_riscv64_enabled_components

#endif
	.section .note.GNU-stack, "", %progbits
