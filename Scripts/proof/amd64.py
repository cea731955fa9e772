"""What the proof needs to know about x86-64, from its manuals and from Linux; nothing of it comes from Arch/amd64.

The registers are those of gdb's target description, feature by feature, so that one which the backend forgot is still
compared. cpu.py holds this list against the gdb of the machine, and every override, and every lifted instruction that
a stub contains, against its CPU. 386's is that CPU in another mode: i386.py.

SDM: Intel 64 and IA-32 Architectures Software Developer's Manual. psABI: System V ABI, AMD64 supplement.
"""

import functools
import operator

import capstone
import z3
from capstone import x86

from architecture import Architecture, Row
from lifter import extended
from machine import Refusal, Violation, constant

# State components: SDM volume 1, 13.1.
X87, SSE, AVX, OPMASK, ZMM_HI256, HI16_ZMM, PKRU = 0, 1, 2, 5, 6, 7, 9
COMPONENTS = {
    X87: "x87", SSE: "SSE", AVX: "AVX", 3: "BNDREGS", 4: "BNDCSR", OPMASK: "opmask", ZMM_HI256: "ZMM_Hi256",
    HI16_ZMM: "Hi16_ZMM", PKRU: "PKRU", 17: "TILECFG", 18: "TILEDATA", 19: "APX",
}  # fmt: skip
# A stub for a machine that has these enabled is never chosen for a task in which they are live.
REFUSED_COMPONENTS = {3, 4, 17, 18, 19}
AVX512 = {OPMASK, ZMM_HI256, HI16_ZMM}

# psABI 3.2.3: the x87 control word and the control bits of MXCSR belong to the caller. Table 3.15: what they start as.
INITIAL_MXCSR, INITIAL_FCW = 0x1F80, 0x037F
MXCSR_STATUS = 0x3F
# SDM volume 1, 8.1.5: the bits of the x87 control word that can be written, and the one that always reads as one.
FCW_WRITABLE, FCW_ONE = 0x1F3F, 0x40
# SDM volume 1, 8.1.3: ES says that an unmasked exception is pending, B copies it.
FSW_ES, FSW_B = 7, 15
# SDM volume 1, 3.4.3. What POPFQ writes at privilege level 3 with IOPL 0: volume 2, table 4-16.
FLAGS = {
    "CF": 0, "PF": 2, "AF": 4, "ZF": 6, "SF": 7, "TF": 8, "IF": 9, "DF": 10, "OF": 11, "NT": 14, "RF": 16, "VM": 17,
    "AC": 18, "VIF": 19, "VIP": 20, "ID": 21,
}  # fmt: skip
FIXED_FLAGS = {"IF": 1, "RF": 0, "VM": 0, "VIF": 0, "VIP": 0}
USER_FLAGS = [flag for flag in FLAGS if flag not in FIXED_FLAGS]


GENERAL = "rax rbx rcx rdx rsi rdi rbp rsp r8 r9 r10 r11 r12 r13 r14 r15".split()
CALLEE_SAVED = {"rbx", "rbp", "rsp", "r12", "r13", "r14", "r15"}  # psABI figure 3.4
# psABI figure 3.36.
DWARF_COLUMNS = dict(enumerate("rax rdx rcx rbx rsi rdi rbp rsp r8 r9 r10 r11 r12 r13 r14 r15".split()))
EMPTY = "tagged empty, so that only MMX instructions behind an EMMS could read it"
POINTERS = "the last-instruction pointers belong to a live x87 unit"
SELECTOR = "deprecated: reads as zero on this generation (CPUID leaf 7, EBX bit 13)"
SYSTEM = "the thread's; no stub may write it"

# By feature of gdb's target description: maint print xml-tdesc.
# fmt: off
UNIVERSE = {
    "org.gnu.gdb.i386.core":
        [Row(name, name.upper(), 0, 8, is_kept=name in CALLEE_SAVED) for name in GENERAL]
        + [Row("rip", "RIP", 0, 8, excluded="the return's target, compared as such"),
           Row("eflags", "", 0, 0, excluded="compared flag by flag")]
        + [Row(name, name.upper(), 0, 2, is_kept=True) for name in "cs ss ds es fs gs".split()]
        + [Row(f"st{n}", f"ST{n}", 0, 10, X87, dead_unless_live=EMPTY) for n in range(8)]
        + [Row("fctrl", "FPUControlWord", 0, 2, is_kept=True),
           Row("fstat", "FPUStatusWord", 0, 2, X87),
           Row("ftag", "VALID_TAGS", 0, 1, X87),
           Row("fiseg", "FPUPointerSelector", 0, 2, X87, excluded=SELECTOR),
           Row("fioff", "FPUInstructionPointer", 0, 4, X87, dead_unless_live=POINTERS),
           Row("foseg", "FPUDataSelector", 0, 2, X87, excluded=SELECTOR),
           Row("fooff", "FPUDataPointer", 0, 4, X87, dead_unless_live=POINTERS),
           Row("fop", "FPULastInstructionOpcode", 0, 2, X87, dead_unless_live=POINTERS)],
    "org.gnu.gdb.i386.sse":
        [Row(f"xmm{n}", f"ZMM{n}", 0, 16, SSE) for n in range(16)]
        + [Row("mxcsr", "MXCSR", 0, 4, is_kept=True)],
    "org.gnu.gdb.i386.linux":
        [Row("orig_rax", "", 0, 0, excluded="ptrace's, not a register")],
    "org.gnu.gdb.i386.segments":
        [Row("fs_base", "FS_OFFSET", 0, 8, is_kept=True), Row("gs_base", "GS_OFFSET", 0, 8, is_kept=True)],
    "org.gnu.gdb.i386.avx":
        [Row(f"ymm{n}h", f"ZMM{n}", 16, 16, AVX) for n in range(16)],
    "org.gnu.gdb.i386.avx512":
        [Row(f"xmm{n}", f"ZMM{n}", 0, 16, HI16_ZMM) for n in range(16, 32)]
        + [Row(f"ymm{n}h", f"ZMM{n}", 16, 16, HI16_ZMM) for n in range(16, 32)]
        + [Row(f"k{n}", f"K{n}", 0, 8, OPMASK) for n in range(8)]
        + [Row(f"zmm{n}h", f"ZMM{n}", 32, 32, ZMM_HI256 if n < 16 else HI16_ZMM) for n in range(32)],
    "org.gnu.gdb.i386.pkeys":
        [Row("pkru", "", 0, 0, PKRU, excluded="a right of the thread")],
}
# fmt: on


class AMD64(Architecture):
    file = "Scripts/proof/amd64.py"
    language = "x86:LE:64:default"
    capstone_mode = (capstone.CS_ARCH_X86, capstone.CS_MODE_64)
    machine = "x86_64"
    kernels = {"x86_64"}  # that run its programs, as which cpu.py asks their CPU
    assemblers = [["gcc"], ["clang"]]
    # The lifter's FPUTagWord holds full tags, of which only "empty or not" is state: a bit each, as in XSAVE's image.
    extra_registers = {"VALID_TAGS": 1}
    stack_pointer = "RSP"
    frame_base = "RBP"
    result_register = "RAX"
    flags = "rflags"
    callee_arguments = ("RDI", "RSI")
    universe = UNIVERSE
    general = GENERAL
    pointer_byte_count = 8
    columns = {column: name.upper() for column, name in DWARF_COLUMNS.items()}

    # Mnemonics whose lifted meaning cpu.py has compared with the CPU.
    lifted = set(
        "add and call clc cld cmp fnstcw kmovq kmovw kxorq lea mov movups pop push pxor ret std stmxcsr sub vmovdqu "
        "vzeroupper".split()
    )

    # Forms that no stub holds but that mutants consist of, or that an override also covers.
    more = """
    subq $120, %rsp; addq $512, %rsp; pushfq; pushq %rbx; popq -8(%rbp); popq %rsi; clc; cld; std; cmpq %rax, %rax;
    cmpq %rcx, %rdx; andq %rsi, %rdi; andq $-8, %rsp; andq $-32, %rsp; andq $-128, %rsp; ret; ret $120; ret $136; fninit;
    leaq 1(%r11), %r11; leaq -64(%rax), %rax; movq %rcx, 136(%rbp); movl %ecx, -40(%rbp); movl -40(%rbp), %ecx;
    movl %r12d, -112(%rbp); movl -112(%rbp), %r12d; movups 112(%rax), %xmm14; pxor %xmm5, %xmm5; pxor %xmm5, %xmm6;
    vmovdqu %ymm3, 32(%rax); vmovdqu 32(%rax), %ymm3; vmovdqu %xmm3, 32(%rax); vmovdqu 32(%rax), %xmm3;
    vmovdqu64 %zmm2, 64(%rax); vmovdqu64 64(%rax), %zmm2; vmovdqu64 %ymm17, 64(%rax); vmovdqu64 64(%rax), %ymm17;
    vmovdqu64 %xmm17, 64(%rax); vmovdqu64 64(%rax), %xmm17; vpxorq %zmm16, %zmm17, %zmm18; vpxorq %ymm16, %ymm17, %ymm18;
    vpxorq %xmm16, %xmm17, %xmm18; kmovw %k3, 8(%rax); kmovw 8(%rax), %k3; kxorq %k1, %k2, %k3
    """

    # -- registers

    @staticmethod
    def lifter_register(name):
        """The lifter's name for capstone's; None where it isn't compared here."""
        if name in ("rflags", "eflags", "fpsw", "fpcw", "rip"):  # flags have their own rule, x87 is overridden
            return None
        if name[0] in "xyz" and name[1:3] == "mm":
            return "ZMM" + name[3:]
        return name.upper()

    @staticmethod
    def flags_written(instruction):
        return [flag for flag, bits in _WRITTEN_FLAGS.items() if instruction.eflags & bits]

    def require_enabled(self, machine, decoded):
        """An instruction of an extension that the operating system hasn't enabled raises #UD."""
        opcode = decoded.bytes.lstrip(b"\x66\x67\xf2\xf3\x2e\x36\x3e\x26\x64\x65\xf0")
        is_mask = decoded.capstone.mnemonic.startswith("k")
        if opcode[0] == 0x62 or (opcode[0] in (0xC4, 0xC5) and is_mask):
            needed = AVX512
        elif opcode[0] in (0xC4, 0xC5):
            needed = {AVX}
        else:
            return
        missing = needed - machine.enabled
        if missing:
            names = ", ".join(COMPONENTS[component] for component in sorted(missing))
            raise Violation(f"needs {names}, which this stub's machines have not enabled")

    # -- the task's state

    def interrupted(self, machine, live):
        expected = {}
        for row in self.rows:
            if not self.has(machine, row):
                continue
            is_live = row.component is None or row.component in live
            if is_live or row.dead_unless_live or row.excluded:
                value = self.symbol(machine, row.name, row.byte_count)
            else:
                value = constant(0, row.byte_count * 8)
            machine.put(row.register, value, row.first_byte)
            if not row.excluded and (is_live or not row.dead_unless_live):
                expected[row] = value
        for name in ("FPUInstructionPointer", "FPUDataPointer"):
            upper = machine.registers[name][1] - 4
            if upper:
                machine.put(name, z3.BitVec(f"{name} upper half", 8 * upper), first_byte=4)
        for flag in FLAGS:
            # Whatever the handler promises about them; a stepper may have set TF.
            bit = constant(FIXED_FLAGS[flag], 1) if flag in FIXED_FLAGS else z3.BitVec(f"{flag} at entry", 1)
            machine.put(flag, z3.ZeroExt(7, bit))
        machine.put("IOPL", constant(0, 8))
        return expected

    def symbol(self, machine, name, byte_count, when=""):
        if name == "fctrl":
            return control_word(z3.BitVec(name + when, 16))
        if name == "fstat":
            return with_summary(z3.BitVec(name + when, 16), self.symbol(machine, "fctrl", 2, when))
        if name == "fop":
            return z3.ZeroExt(5, z3.BitVec(name + when, 11))
        value = super().symbol(machine, name, byte_count, when)
        if name == "mxcsr":
            mask = z3.BitVec("MXCSR_MASK", 32)
            machine.facts += [mask & 0xFFFF == 0xFFFF, value & ~mask == 0]
        return value

    def flag_expectations(self, word):
        for flag in USER_FLAGS:
            yield flag, z3.ZeroExt(7, z3.Extract(FLAGS[flag], FLAGS[flag], word))
        for flag, value in FIXED_FLAGS.items():
            yield flag, constant(value, 8)

    def lanes(self, name, byte_count):
        if not name.startswith("xmm"):
            return [({"fcw": "fctrl"}.get(name, name), 0)]
        rows = [row for row in self.rows if row.register == "ZMM" + name[3:] and row.first_byte < byte_count]
        return [(row.name, row.first_byte) for row in rows]

    def saved_lanes(self, interrupted, slot):
        if slot["name"] != "st":
            return super().saved_lanes(interrupted, slot)
        # The image of FNSAVE; its tags say more than the unit's state does.
        lanes = [("fctrl", 0), ("fstat", 4), ("fioff", 12), ("fop", 18), ("fooff", 20)]
        return [(lane, at, interrupted[lane]) for lane, at in lanes + [(f"st{n}", 28 + 10 * n) for n in range(8)]]

    # -- the callee

    def callee_expects(self, machine):
        """(what, got, expected) at a call, for a C callee and for whatever task runs meanwhile."""
        yield "the direction flag", machine.get("DF"), constant(0, 8)
        yield "mxcsr", machine.get("MXCSR"), constant(INITIAL_MXCSR, 32)
        yield "the x87 control word", machine.get("FPUControlWord"), constant(INITIAL_FCW, 16)
        yield "the x87 status word", machine.get("FPUStatusWord"), constant(0, 16)
        yield "the x87 tags", machine.get("VALID_TAGS"), constant(0, 8)
        for row in self.rows:
            if row.register and row.component in machine.enabled - {X87, SSE}:
                got = machine.get(row.register, row.first_byte, row.byte_count)
                yield row.name, got, constant(0, row.byte_count * 8)

    def callee_clobbers(self, machine):
        """The callee keeps what psABI 3.2.1 and 3.2.3 name, and no more. `preempt_mcall` also returns with the x87 unit
        empty and its status word zero: docs/decisions/0003."""
        status = machine.arbitrary("mxcsr's status bits after the call", 32) & MXCSR_STATUS
        machine.put("MXCSR", machine.get("MXCSR") & ~MXCSR_STATUS | status)
        for row in self.rows:
            if row.name in ("fstat", "ftag"):
                machine.put(row.register, constant(0, row.byte_count * 8))
            elif row.register and not row.is_kept and row.name not in ("rip", "eip"):
                value = machine.arbitrary(f"{row.name} after the call", row.byte_count * 8)
                if row.component is None or row.component in machine.enabled:
                    machine.put(row.register, value, row.first_byte)
        for flag in USER_FLAGS:
            if flag != "DF":
                bit = machine.arbitrary(f"{flag} after the call", 1)
                machine.put(flag, z3.ZeroExt(7, bit))

    # -- operands of overrides

    def address(self, machine, decoded, operand):
        memory = operand.mem
        if memory.segment or memory.index:
            raise Refusal(f"no override for the addressing of {decoded.text}")
        if memory.base == x86.X86_REG_RIP:
            return constant(decoded.end + memory.disp, machine.pointer_bits)
        base = decoded.capstone.reg_name(memory.base)
        if base not in self.general:
            raise Refusal(f"no override for the addressing of {decoded.text}")
        return machine.get(base.upper()) + constant(memory.disp, machine.pointer_bits)

    def vector(self, decoded, operand):
        """(lifter's register, byte count) of an EVEX operand without mask, zeroing or broadcast."""
        if decoded.bytes[0] != 0x62 or decoded.bytes[3] & 0x97:
            raise Refusal(f"no override for masks, zeroing or broadcast: {decoded.text}")
        name = decoded.capstone.reg_name(operand.reg)
        return "ZMM" + name[3:], {"x": 16, "y": 32, "z": 64}[name[0]]

    # -- overrides

    def vmovdqu64(self, machine, decoded):
        """SLEIGH leaves it opaque. A load zeroes what is above its width."""
        target, source = decoded.capstone.operands
        if target.type == x86.X86_OP_MEM:
            name, byte_count = self.vector(decoded, source)
            machine.store(self.address(machine, decoded, target), machine.get(name, 0, byte_count))
        elif source.type == x86.X86_OP_MEM:
            name, byte_count = self.vector(decoded, target)
            machine.put(name, extended(machine.load(self.address(machine, decoded, source), byte_count), 512))
        else:
            raise Refusal(f"no override between registers: {decoded.text}")

    def vpxorq(self, machine, decoded):
        """SLEIGH leaves it opaque."""
        target, first, second = decoded.capstone.operands
        if second.type != x86.X86_OP_REG:
            raise Refusal(f"no override with a memory operand: {decoded.text}")
        name, byte_count = self.vector(decoded, target)
        values = [machine.get(self.vector(decoded, item)[0], 0, byte_count) for item in (first, second)]
        machine.put(name, z3.simplify(extended(values[0] ^ values[1], 512)))

    def popfq(self, machine, decoded):
        """SLEIGH lets it write IF. At privilege level 3 with IOPL 0 it leaves IF, IOPL and VM, and clears RF, VIF and
        VIP."""
        top, byte_count = machine.get(self.stack_pointer), self.pointer_byte_count
        word = machine.load(top, byte_count)
        machine.put(self.stack_pointer, z3.simplify(top + byte_count))
        for flag in USER_FLAGS:
            machine.put(flag, z3.simplify(z3.ZeroExt(7, z3.Extract(FLAGS[flag], FLAGS[flag], word))))
        for flag in ("RF", "VIF", "VIP"):
            machine.put(flag, constant(0, 8))

    def pushfq(self, machine, decoded):
        """Bit 1 is always set; VM and RF are pushed as zero."""
        bits = [constant(0, 1)] * machine.pointer_bits
        bits[1] = constant(1, 1)
        for flag, position in FLAGS.items():
            if flag not in ("VM", "RF"):
                bits[position] = z3.Extract(0, 0, machine.get(flag))
        machine.put(self.stack_pointer, z3.simplify(machine.get(self.stack_pointer) - self.pointer_byte_count))
        machine.store(machine.get(self.stack_pointer), z3.simplify(z3.Concat(*reversed(bits))))

    def ldmxcsr(self, machine, decoded):
        """SLEIGH is right, but for the fault on a reserved bit."""
        value = machine.load(self.address(machine, decoded, decoded.capstone.operands[0]), 4)
        is_fine = value & ~z3.BitVec("MXCSR_MASK", 32) == 0
        if machine.always(is_fine) is not None:
            raise Violation("may load reserved bits into mxcsr, which faults", z3.Not(is_fine))
        machine.put("MXCSR", value)

    def fldcw(self, machine, decoded):
        """SLEIGH lacks the pending exception, the reserved bits, and the summary, which depends on the masks."""
        self._raise_pending(machine, decoded)
        value = machine.load(self.address(machine, decoded, decoded.capstone.operands[0]), 2)
        control = control_word(value)
        machine.put("FPUControlWord", control)
        machine.put("FPUStatusWord", with_summary(machine.get("FPUStatusWord"), control))

    def fninit(self, machine, decoded):
        """Tags every register as empty. TOP moves, so the registers are no longer known by their numbers."""
        machine.put("FPUControlWord", constant(INITIAL_FCW, 16))
        machine.put("FPUStatusWord", constant(0, 16))
        machine.put("VALID_TAGS", constant(0, 8))
        machine.put("FPULastInstructionOpcode", constant(0, 16))
        for name in ("FPUInstructionPointer", "FPUDataPointer"):
            machine.put(name, constant(0, 8 * machine.registers[name][1]))
        for index in range(8):
            machine.put(f"ST{index}", machine.arbitrary(f"st{index} after {decoded.text}", 80))

    def fnsave(self, machine, decoded):
        """The 108 bytes of SDM volume 1, figure 8-9: what is reserved, and a full tag that isn't "empty", is
        arbitrary."""
        start = self.address(machine, decoded, decoded.capstone.operands[0])

        def field(offset, term):
            machine.store(start + offset, term)

        def reserved(bit_count):
            return machine.arbitrary("reserved", bit_count)

        tags = []
        for index in range(8):
            is_valid = z3.Extract(index, index, machine.get("VALID_TAGS")) == 1
            kind = reserved(2)
            tags.append(z3.If(is_valid, z3.If(kind == 3, constant(0, 2), kind), constant(3, 2)))
        field(0, machine.get("FPUControlWord"))
        field(2, reserved(16))
        field(4, machine.get("FPUStatusWord"))
        field(6, reserved(16))
        field(8, z3.Concat(*reversed(tags)))
        field(10, reserved(16))
        field(12, machine.get("FPUInstructionPointer", 0, 4))
        field(16, reserved(16))
        field(18, machine.get("FPULastInstructionOpcode"))
        field(20, machine.get("FPUDataPointer", 0, 4))
        field(24, reserved(32))
        for index in range(8):
            field(28 + 10 * index, machine.get(f"ST{index}"))
        self.fninit(machine, decoded)

    def frstor(self, machine, decoded):
        self._raise_pending(machine, decoded)
        start = self.address(machine, decoded, decoded.capstone.operands[0])
        control = control_word(machine.load(start, 2))
        machine.put("FPUControlWord", control)
        machine.put("FPUStatusWord", with_summary(machine.load(start + 4, 2), control))
        tags = machine.load(start + 8, 2)
        pairs = [z3.Extract(2 * index + 1, 2 * index, tags) for index in range(8)]
        valid = [z3.If(pair == 3, constant(0, 1), constant(1, 1)) for pair in pairs]
        machine.put("VALID_TAGS", z3.simplify(z3.Concat(*reversed(valid))))
        for name, at in (("FPUInstructionPointer", 12), ("FPUDataPointer", 20)):
            machine.put(name, extended(machine.load(start + at, 4), 8 * machine.registers[name][1]))
        machine.put("FPULastInstructionOpcode", machine.load(start + 18, 2) & 0x7FF)
        for index in range(8):
            machine.put(f"ST{index}", machine.load(start + 28 + 10 * index, 10))

    @staticmethod
    def _raise_pending(machine, decoded):
        summary = z3.Extract(FSW_ES, FSW_ES, machine.get("FPUStatusWord"))
        if machine.always(summary == 0) is not None:
            raise Violation("may raise the task's pending x87 exception inside the stub", summary == 1)

    def __init__(self):
        names = "vmovdqu64 vpxorq popfq pushfq ldmxcsr fldcw fninit fnsave frstor".split()
        self.overrides = {name: getattr(self, name) for name in names}


def control_word(value):
    return z3.simplify(value & constant(FCW_WRITABLE, 16) | constant(FCW_ONE, 16))


def with_summary(status, control):
    """The status word with ES and B as the exceptions and their masks make them."""
    pending = z3.Extract(5, 0, status) & ~z3.Extract(5, 0, control)
    summary = z3.If(pending != 0, constant(1, 1), constant(0, 1))
    return z3.simplify(
        z3.Concat(summary, z3.Extract(FSW_B - 1, FSW_ES + 1, status), summary, z3.Extract(FSW_ES - 1, 0, status))
    )


_WRITTEN_FLAGS = {
    flag: functools.reduce(
        operator.or_, (getattr(x86, f"X86_EFLAGS_{verb}_{flag}", 0) for verb in "MODIFY RESET SET UNDEFINED".split())
    )
    for flag in FLAGS
}
