"""What the proof needs to know about AArch64, from its manuals and from Linux; nothing of it comes from Arch/arm64.

The registers are those of gdb's target description of a CPU without SVE and SME: the stubs are for tasks in which neither
is live.

Arm ARM: Arm Architecture Reference Manual for A-profile architecture. AAPCS64: Procedure Call Standard for the Arm 64-bit
Architecture.
"""

import capstone
import z3

from architecture import Architecture, Row
from machine import Refusal, constant

FLAGS = {"NG": 31, "ZR": 30, "CY": 29, "OV": 28}  # Arm ARM C5.2.10: the flags in NZCV
INITIAL_FPCR = 0  # AAPCS64, SIMD and floating-point registers: what a program starts with
SIGNAL_RETURN = 139  # Linux include/uapi/asm-generic/unistd.h: __NR_rt_sigreturn
KEPT = {f"x{n}" for n in range(19, 30)} | {"sp"}  # AAPCS64, general-purpose registers

# fmt: off
UNIVERSE = {
    "org.gnu.gdb.aarch64.core":
        [Row(name, name, 0, 8, is_kept=name in KEPT) for name in [f"x{n}" for n in range(31)] + ["sp"]]
        + [Row("pc", "pc", 0, 8, excluded="the return's target, compared as such"),
           Row("cpsr", "", 0, 0, excluded="compared flag by flag")],
    "org.gnu.gdb.aarch64.fpu":
        # AAPCS64, SIMD and floating-point registers: a callee keeps the lower halves of v8 to v15.
        [Row(f"v{n}{half}", f"q{n}", first, 8, is_kept=8 <= n < 16 and first == 0)
         for n in range(32) for half, first in (("", 0), (" upper", 8))]
        + [Row("fpsr", "fpsr", 0, 4), Row("fpcr", "fpcr", 0, 4, is_kept=True)],
}
# fmt: on


class ARM64(Architecture):
    file = "Scripts/proof/arm64.py"
    language = "AARCH64:LE:64:v8A"
    capstone_mode = (capstone.CS_ARCH_ARM64, capstone.CS_MODE_ARM)
    machine = "aarch64"
    assemblers = [["aarch64-linux-gnu-gcc"], ["clang", "--target=aarch64-linux-gnu", "-fuse-ld=lld"]]
    stack_pointer = "sp"
    result_register = "x0"
    flags = "nzcv"
    callee_arguments = ("x0", "x1")
    universe = UNIVERSE
    # For emulated.py.
    emulator = ["qemu-aarch64", "-cpu", "max,sve=off,sme=off"]
    pointer_byte_count = 8
    frame_base = "x29"
    system_calls = {"svc"}
    control = {"fpcr": None, "fpsr": None}  # the bits that can be set; None where the CPU is asked
    gdb_pc = "pc"
    flag_places = {flag: ("cpsr", position, 1) for flag, position in FLAGS.items()}
    # What only mutants, or another backend of this CPU, have.
    more = """
    ldrb w9, [x0, #9]; ldrh w9, [x0, #10]; ldurb w9, [x29, #-9]; ldurh w9, [x29, #-10]; strb w9, [x0, #9]; strh w9, [x0, #10]
    sturb w3, [x29, #-9]; sturh w3, [x29, #-10]; ldr w5, [x29, #4]; str w5, [x29, #4]; ldr s3, [x0, #4]; str s3, [x0, #4]
    ldr d3, [x0, #8]; str d3, [x0, #8]; ldur x3, [x29, #-7]; stur q3, [x29, #-17]; ldur w4, [x29, #-5]; add x9, x0, #515
    and sp, x9, #-32; mov x0, sp; mov sp, x0; mov x9, sp; mrs x9, nzcv; msr nzcv, x9; msr fpcr, x9; msr fpsr, x9; ret x18; ret
    """
    columns = {n: f"x{n}" for n in range(31)} | {31: "sp"}

    lifted = set("add and bl ldr ldrb ldrh ldur ldurb ldurh mov ret str strb strh stur sturb sturh sub".split())

    # -- registers

    @staticmethod
    def lifter_register(name):
        """The lifter's name for capstone's; None where it isn't compared here."""
        return None if name in ("nzcv", "xzr", "wzr") else {"lr": "x30", "fp": "x29"}.get(name, name)

    @staticmethod
    def gdb_place(row):
        """gdb's name for the register, and the row's first byte in it."""
        return row.name.removesuffix(" upper"), row.first_byte

    @staticmethod
    def control_written(decoded):
        target = decoded.capstone.op_str.split(", ")[0]
        return target if decoded.capstone.mnemonic == "msr" and target != "nzcv" else None

    @staticmethod
    def flags_written(instruction):
        return list(FLAGS) if instruction.update_flags else []

    # -- the task's state

    def interrupted(self, machine, live):
        expected = super().interrupted(machine, live)
        # RES0.
        for name in ("fpcr", "fpsr"):
            machine.put(name, constant(0, 32), first_byte=4)
        for flag in FLAGS:
            machine.put(flag, z3.ZeroExt(7, z3.BitVec(f"{flag} at entry", 1)))
        return expected

    def flag_expectations(self, word):
        for flag, position in FLAGS.items():
            yield flag, z3.ZeroExt(7, z3.Extract(position, position, word))

    def lanes(self, name, byte_count):
        is_vector = name[0] == "v" and name[1:].isdigit()
        return [(name, 0), (f"{name} upper", 8)] if is_vector else [(name, 0)]

    # -- the callee

    def callee_expects(self, machine):
        """(what, got, expected) at a call."""
        yield "fpcr", machine.get("fpcr", 0, 4), constant(INITIAL_FPCR, 32)

    def callee_clobbers(self, machine):
        super().callee_clobbers(machine)
        for flag in FLAGS:
            machine.put(flag, z3.ZeroExt(7, machine.arbitrary(f"{flag} after the call", 1)))

    # -- overrides

    def mrs(self, machine, decoded):
        """SLEIGH has no connection between the flags and NZCV."""
        target, source = decoded.capstone.op_str.split(", ")
        if source == "nzcv":
            bits = [z3.Extract(0, 0, machine.get(flag)) for flag in FLAGS]
            value = z3.simplify(z3.Concat(constant(0, 32), *bits, constant(0, 28)))
        elif source in ("fpcr", "fpsr"):
            value = machine.get(source)
        else:
            raise Refusal(f"no override for the system register of {decoded.text}")
        machine.put(target, value)

    def msr(self, machine, decoded):
        target, source = decoded.capstone.op_str.split(", ")
        value = constant(0, 64) if source == "xzr" else machine.get(source)
        if target == "nzcv":
            for flag, position in FLAGS.items():
                machine.put(flag, z3.simplify(z3.ZeroExt(7, z3.Extract(position, position, value))))
        elif target in ("fpcr", "fpsr"):
            # Bits that this CPU lacks read as zero; the backend's slot has four bytes, as the register's defined bits have.
            machine.put(target, z3.simplify(z3.Extract(31, 0, value)))
        else:
            raise Refusal(f"no override for the system register of {decoded.text}")

    def svc(self, machine, decoded):
        """The only system call of a stub: nothing comes back from it."""
        return "signal", machine.get("x8") == SIGNAL_RETURN

    def __init__(self):
        self.overrides = {name: getattr(self, name) for name in "mrs msr svc".split()}
