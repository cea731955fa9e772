"""What the proof needs to know about RV64GC, from its manuals and from Linux; nothing of it comes from Arch/riscv64.

The registers are those of gdb's target description of a CPU without the vector extension.

psABI: RISC-V ELF psABI, version 1.0. ISA: The RISC-V Instruction Set Manual, volume I.
"""

import capstone
import z3

from architecture import Architecture, Row
from machine import constant

SIGNAL_RETURN = 139  # Linux include/uapi/asm-generic/unistd.h: __NR_rt_sigreturn
INITIAL_FCSR = 0  # round to nearest, no exceptions
ROUNDING_MODE = 0xE0  # ISA, figure 14: frm
FCSR_DEFINED = 0xFF
INTEGERS = (
    ["zero", "ra", "sp", "gp", "tp", "t0", "t1", "t2", "s0", "s1"]
    + [f"a{n}" for n in range(8)] + [f"s{n}" for n in range(2, 12)] + [f"t{n}" for n in range(3, 7)]
)  # fmt: skip
FLOATS = (
    [f"ft{n}" for n in range(8)] + ["fs0", "fs1"] + [f"fa{n}" for n in range(8)]
    + [f"fs{n}" for n in range(2, 12)] + [f"ft{n}" for n in range(8, 12)]
)  # fmt: skip
# psABI, integer and hardware floating-point calling conventions. gp and tp nobody changes.
KEPT = {"sp", "gp", "tp"} | {f"s{n}" for n in range(12)} | {f"fs{n}" for n in range(12)}

UNIVERSE = {
    "org.gnu.gdb.riscv.cpu": [Row(name, name, 0, 8, is_kept=name in KEPT) for name in INTEGERS[1:]]
    + [Row("pc", "pc", 0, 8, excluded="the return's target, compared as such")],
    "org.gnu.gdb.riscv.fpu": [Row(f"f{n}", name, 0, 8, is_kept=name in KEPT) for n, name in enumerate(FLOATS)]
    + [Row("fcsr", "fcsr", 0, 4, is_kept=True)],
}


class RISCV64(Architecture):
    file = "Scripts/proof/riscv64.py"
    language = "RISCV:LE:64:RV64GC"
    capstone_mode = (capstone.CS_ARCH_RISCV, capstone.CS_MODE_RISCV64 | capstone.CS_MODE_RISCVC)
    machine = "riscv64"
    assemblers = [["riscv64-linux-gnu-gcc"], ["clang", "--target=riscv64-linux-gnu", "-fuse-ld=lld"]]
    stack_pointer = "sp"
    result_register = "a0"
    flags = None
    callee_arguments = ("a0", "a1")
    instruction_alignment = 2
    universe = UNIVERSE
    # For emulated.py.
    emulator = ["qemu-riscv64", "-cpu", "rv64,v=false"]
    pointer_byte_count = 8
    frame_base = "s0"
    system_calls = {"ecall"}
    control = {"fcsr": FCSR_DEFINED}
    gdb_pc = "pc"
    flag_places = {}
    # What only mutants, or another backend of this CPU, have.
    more = """
    addi t0, t0, 8; fld fa0, 8(sp); fsd fa0, 8(sp); jalr t0; ld a1, 8(a0); lw a1, 4(a0); lw t1, 4(sp); sd a1, 8(a0)
    fld fa1, 8(a0); fsd fa1, 8(a0); ld t1, 8(sp); sd t1, 8(sp); sw a1, 4(a0); sw t1, 4(sp); jr t6; mv t1, t2; li t1, 5
    addi sp, sp, 64; addi a0, sp, 16; andi t1, t1, -64
    .option norvc
    fld fa0, 8(a0); fsd fa0, 8(a0); flw fa0, 4(a0); fsw fa0, 4(a0); lh t1, -2(s0); sh t1, -2(s0); mv t1, t2; jr t6; ret; jal ra, 9f; 9: auipc t1, 1
    jalr t0; lw t1, -4(s0); sw t1, -4(s0); frcsr t1; fscsr t1
    """
    columns = {n: name for n, name in enumerate(INTEGERS) if n > 0}

    lifted = set(
        "addi andi auipc ret jalr jr jal mv ld sd lw sw lh sh fld fsd fsw c.addi c.addi16sp c.addi4spn c.jr c.jalr "
        "c.ld c.ldsp c.sd c.sdsp c.fld c.fldsp c.fsd c.fsdsp c.lw c.sw c.lwsp c.swsp c.li c.mv".split()
    )

    # -- registers

    @staticmethod
    def lifter_register(name):
        """The lifter's name for capstone's; None where it isn't compared here."""
        return None if name in ("zero", "fflags", "frm", "fcsr") else {"fp": "s0"}.get(name, name)

    @staticmethod
    def written(instruction):
        """capstone doesn't say for this architecture: the first operand, but of stores and jumps."""
        mnemonic = instruction.mnemonic.removeprefix("c.")
        if mnemonic.startswith(("sd", "sw", "sh", "sb", "fsd", "fsw", "j", "ret", "ecall")):
            return []
        return [instruction.op_str.split(", ")[0]]

    @staticmethod
    def gdb_place(row):
        """gdb's name for the register, and the row's first byte in it."""
        return "fp" if row.name == "s0" else row.register, row.first_byte

    @staticmethod
    def control_written(decoded):
        return "fcsr" if decoded.capstone.mnemonic == "fscsr" else None

    # -- the task's state

    def interrupted(self, machine, live):
        expected = super().interrupted(machine, live)
        if machine.registers["fcsr"][1] > 4:
            machine.put("fcsr", constant(0, 8 * machine.registers["fcsr"][1] - 32), first_byte=4)
        if "zero" in machine.registers:
            machine.put("zero", constant(0, 64))
        return expected

    def symbol(self, machine, name, byte_count, when=""):
        value = super().symbol(machine, name, byte_count, when)
        if name == "fcsr":
            machine.facts.append(value & ~constant(FCSR_DEFINED, 32) == 0)
        return value

    # -- the callee

    def callee_expects(self, machine):
        """(what, got, expected) at a call."""
        yield "the rounding mode", machine.get("fcsr", 0, 4) & ROUNDING_MODE, constant(INITIAL_FCSR, 32)

    def callee_clobbers(self, machine):
        super().callee_clobbers(machine)
        status = machine.arbitrary("fflags after the call", 32) & (FCSR_DEFINED & ~ROUNDING_MODE)
        machine.put("fcsr", z3.simplify(machine.get("fcsr", 0, 4) & ROUNDING_MODE | status))

    # -- overrides

    def read_fcsr(self, machine, decoded):
        """SLEIGH spells it by parts; it reads as zero beyond its defined bits."""
        machine.put(decoded.capstone.op_str.split(", ")[0], z3.ZeroExt(32, machine.get("fcsr", 0, 4)))

    def write_fcsr(self, machine, decoded):
        source = decoded.capstone.op_str.split(", ")[-1]
        value = constant(0, 64) if source == "zero" else machine.get(source)
        machine.put("fcsr", z3.simplify(z3.Extract(31, 0, value) & FCSR_DEFINED))

    def flw(self, machine, decoded):
        """ISA, NaN Boxing of Narrower Values: the upper half becomes ones. SLEIGH has zeros."""
        target, place = decoded.capstone.op_str.split(", ")
        displacement, base = place.removesuffix(")").split("(")
        address = z3.simplify(machine.get(base) + int(displacement, 0))
        machine.put(target, z3.simplify(z3.Concat(constant(0xFFFFFFFF, 32), machine.load(address, 4))))

    def ecall(self, machine, decoded):
        """The only system call of a stub: nothing comes back from it."""
        return "signal", machine.get("a7") == SIGNAL_RETURN

    def __init__(self):
        self.overrides = {"frcsr": self.read_fcsr, "fscsr": self.write_fcsr, "flw": self.flw, "ecall": self.ecall}
