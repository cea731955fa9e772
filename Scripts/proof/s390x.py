"""What the proof needs to know about z/Architecture, from its manuals and from Linux; nothing of it comes from Arch/s390x.

SLEIGH has no such CPU, and VEX (pyvex) lacks what a stub is made of: spm, bi, the program mask. So the few instructions
are here, each with its meaning: decoded from their fields by the table below, and by capstone as a second opinion.

PoP: z/Architecture Principles of Operation, SA22-7832. psABI: ELF Application Binary Interface, s390x Supplement.
"""

from dataclasses import dataclass

import capstone
import z3

from architecture import Architecture, Row
from lifter import Lifter
from machine import Refusal, as_signed, constant


VXRS = 11  # a bit of AT_HWCAP: Linux arch/s390/include/asm/elf.h
FLAGS = {"CC": (44, 2), "PM": (40, 4)}  # PoP figure 4-2: lowest bit in the mask word of the PSW, and how many
KEPT = {f"r{n}" for n in (*range(6, 14), 15)}  # psABI 1.2.1

# By feature of gdb's target description of an s390x process.
# fmt: off
UNIVERSE = {
    "org.gnu.gdb.s390.core": [Row(f"r{n}", f"r{n}", 0, 8, is_kept=f"r{n}" in KEPT) for n in range(16)],
    # psABI 1.2.1: a0 and a1 are the system's; nothing modifies them.
    "org.gnu.gdb.s390.acr": [Row(f"a{n}", f"a{n}", 0, 4, is_kept=n < 2) for n in range(16)],
    "org.gnu.gdb.s390.fpr": [Row("fpc", "fpc", 0, 4)]
        + [Row(f"f{n}", f"v{n}", 8, 8, is_kept=n >= 8) for n in range(16)],
    "org.gnu.gdb.s390.vx": [Row(f"v{n}l", f"v{n}", 0, 8, component=VXRS) for n in range(16)]
        + [Row(f"v{n}", f"v{n}", 0, 16, component=VXRS) for n in range(16, 32)],
}
# fmt: on
REGISTERS = {f"r{n}": 8 for n in range(16)} | {f"v{n}": 16 for n in range(32)} | {f"a{n}": 4 for n in range(16)}
REGISTERS |= {"fpc": 4, "CC": 1, "PM": 1}

# Opcode bits by format (PoP, chapter 5): name -> (byte count, ((byte, mask, value), …)).
FORMATS = {
    "RR1": (2, lambda op: ((0, 0xFF, op),)),
    "RX": (4, lambda op: ((0, 0xFF, op),)),
    "RS": (4, lambda op: ((0, 0xFF, op),)),
    "RI": (4, lambda op: ((0, 0xFF, op >> 4), (1, 0x0F, op & 15))),
    "RRE": (4, lambda op: ((0, 0xFF, op >> 8), (1, 0xFF, op & 255))),
    "RRE1": (4, lambda op: ((0, 0xFF, op >> 8), (1, 0xFF, op & 255))),
    "RIL": (6, lambda op: ((0, 0xFF, op >> 4), (1, 0x0F, op & 15))),
    "RXY": (6, lambda op: ((0, 0xFF, op >> 8), (5, 0xFF, op & 255))),
    "RSY": (6, lambda op: ((0, 0xFF, op >> 8), (5, 0xFF, op & 255))),
    "VRX": (6, lambda op: ((0, 0xFF, op >> 8), (5, 0xFF, op & 255))),
    "VRI": (6, lambda op: ((0, 0xFF, op >> 8), (5, 0xFF, op & 255))),
}
# fmt: off
OPCODES = {
    "spm": ("RR1", 0x04), "la": ("RX", 0x41), "ste": ("RX", 0x70), "le": ("RX", 0x78), "std": ("RX", 0x60), "ld": ("RX", 0x68), "lam": ("RS", 0x9A),
    "stam": ("RS", 0x9B), "nill": ("RI", 0xA57), "lghi": ("RI", 0xA79), "ipm": ("RRE1", 0xB222), "sfpc": ("RRE1", 0xB384),
    "efpc": ("RRE1", 0xB38C), "lgr": ("RRE", 0xB904), "brasl": ("RIL", 0xC05), "lg": ("RXY", 0xE304),
    "stg": ("RXY", 0xE324), "bi": ("RXY", 0xE347), "sty": ("RXY", 0xE350), "ly": ("RXY", 0xE358), "lay": ("RXY", 0xE371),
    "sthy": ("RXY", 0xE370), "lhy": ("RXY", 0xE378),
    "vllezg": ("VRX", 0xE704), "vl": ("VRX", 0xE706), "vst": ("VRX", 0xE70E), "vsteg": ("VRX", 0xE70A), "vleig": ("VRI", 0xE742),
    "vgbm": ("VRI", 0xE744), "srlg": ("RSY", 0xEB0C), "sllg": ("RSY", 0xEB0D),
}
# fmt: on


@dataclass
class Fields:
    """Operands: r1 and r3 are numbers of registers, mask what stands in the place of r1 or r3."""

    r1: int = 0
    r2: int = 0
    r3: int = 0
    base: int = 0
    index: int = 0
    displacement: int = 0
    immediate: int = 0

    @classmethod
    def of(cls, kind, code):
        high, low = code[1] >> 4, code[1] & 15
        if kind == "RR1":
            return cls(r1=high)
        if kind in ("RRE", "RRE1"):
            return cls(r1=code[3] >> 4, r2=code[3] & 15)
        if kind in ("RI", "RIL"):
            return cls(r1=high, immediate=int.from_bytes(code[2:], "big", signed=True))
        if kind == "VRI":
            extra = code[4] & 15
            return cls(
                r1=high + (16 if extra & 8 else 0), r3=code[4] >> 4, immediate=int.from_bytes(code[2:4], "big", signed=True)
            )
        storage = {"base": code[2] >> 4, "displacement": (code[2] & 15) << 8 | code[3]}
        if kind in ("RXY", "RSY"):
            storage["displacement"] = as_signed(storage["displacement"] | code[4] << 12, 20)
        if kind in ("RX", "RXY"):
            return cls(r1=high, index=low, **storage)
        if kind == "VRX":
            return cls(r1=high + (16 if code[4] & 8 else 0), r3=code[4] >> 4, index=low, **storage)
        return cls(r1=high, r3=low, **storage)

    def spelled(self, mnemonic, address):
        """As capstone prints it, with decimal numbers."""
        inside = f"%r{self.index}, %r{self.base}" if self.index else f"%r{self.base}"
        storage = f"{self.displacement}({inside})"
        first = f"%{'v' if mnemonic[0] == 'v' else 'f' if mnemonic in ('ld', 'std', 'le', 'ste') else 'r'}{self.r1}"
        if mnemonic in ("spm", "ipm", "sfpc", "efpc"):
            return first
        if mnemonic == "bi":
            return storage
        if mnemonic == "lgr":
            return f"{first}, %r{self.r2}"
        if mnemonic == "brasl":
            return f"{first}, {address + 2 * self.immediate}"
        if mnemonic == "lghi":
            return f"{first}, {self.immediate}"
        if mnemonic in ("nill", "vgbm"):
            return f"{first}, {self.immediate & 0xFFFF}"
        if mnemonic == "vleig":
            return f"{first}, {self.immediate}, {self.r3}"
        if mnemonic in ("srlg", "sllg"):
            shift = str(self.displacement) if self.base == 0 else storage
            return f"{first}, %r{self.r3}, {shift}"
        if mnemonic == "vsteg":
            return f"{first}, {storage}, {self.r3}"
        if mnemonic in ("lam", "stam"):
            return f"%a{self.r1}, %a{self.r3}, {storage}"
        return f"{first}, {storage}"


@dataclass
class Decoded:
    address: int
    mnemonic: str
    fields: Fields
    bytes: bytes
    text: str

    @property
    def end(self):
        return self.address + len(self.bytes)


class TableLifter:
    """In the place of SLEIGH: decodes by the table; the architecture has a meaning for each mnemonic."""

    def __init__(self, architecture, image):
        self.architecture, self.image = architecture, image
        self.registers, at = {}, 0
        for name, byte_count in REGISTERS.items():
            self.registers[name] = (at, byte_count)
            at += 16
        self.disassembler = capstone.Cs(*architecture.capstone_mode)

    @staticmethod
    def name(architecture):
        return f"the table in {architecture.file}"

    def decode(self, address, limit):
        """The instruction at `address`, which must end at `limit` or before."""
        byte_count = (2, 4, 4, 6)[self.image.bytes(address, 1)[0][0] >> 6]
        if address + byte_count > limit:
            raise Refusal(f"an instruction of {byte_count} bytes where the stub has {limit - address}")
        code, _ = self.image.bytes(address, byte_count)
        for mnemonic, (kind, opcode) in OPCODES.items():
            count, places = FORMATS[kind]
            if count == byte_count and all(code[at] & mask == value for at, mask, value in places(opcode)):
                break
        else:
            raise Refusal(f"{code.hex()} isn't in the table of {self.architecture.file}")
        fields = Fields.of(kind, code)
        if mnemonic == "bi" and fields.r1 != 15:
            raise Refusal(f"{code.hex()} branches on a condition")
        if mnemonic == "vllezg" and fields.r3 != 3:
            raise Refusal(f"{code.hex()} loads another element than a doubleword")
        second = next(self.disassembler.disasm(code, address, 1), None)
        text = f"{mnemonic} {fields.spelled(mnemonic, address)}"
        other = "nothing" if second is None else f"{second.mnemonic} {decimal(second.op_str)}"
        if other != text and other != text.replace("vgbm %v", "vzero %v").removesuffix(", 0"):
            raise Refusal(f"the table takes {code.hex()} for {text}, capstone for {other}")
        return Decoded(address, mnemonic, fields, code, text)

    def execute(self, machine, decoded):
        """Runs one instruction. Returns None where the next one follows, else ("call" or "return", target)."""
        return self.architecture.execute(machine, decoded)


def decimal(text):
    """capstone prints numbers of more than one digit hexadecimally."""
    words = text.replace(",", " ,").replace("(", " (").split(" ")
    plain = [str(int(word, 16)) if "0x" in word else word for word in words]
    return " ".join(plain).replace(" ,", ",").replace(" (", "(")


class S390X(Architecture):
    file = "Scripts/proof/s390x.py"
    lifter = TableLifter
    capstone_mode = (capstone.CS_ARCH_SYSZ, capstone.CS_MODE_BIG_ENDIAN)
    machine = "s390x"
    assemblers = [["s390x-linux-gnu-gcc"], ["clang", "--target=s390x-linux-gnu", "-fuse-ld=lld"]]
    stack_pointer = "r15"
    result_register = "r2"
    flags = "pswm"
    callee_arguments = ("r2", "r3")
    register_save_area_byte_count = 160  # psABI 1.2.2, with the back chain's slot
    universe = UNIVERSE
    # For emulated.py.
    emulator = ["qemu-s390x"]
    pointer_byte_count = 8
    frame_base = "r11"
    components = (VXRS,)
    control = {"fpc": 0xF8F8FF03}  # Linux arch/s390/include/asm/fpu/api.h: FPC_VALID_MASK
    gdb_pc = "pswa"
    flag_places = {flag: ("pswm", *place) for flag, place in FLAGS.items()}
    # What only mutants, or another backend of this CPU, have.
    more = """
    .machine z14
    ipm %r1; la %r3, 8(%r2); le %f1, 8(%r2); lgr %r1, %r3; lhy %r1, 8(%r2); sllg %r1, %r3, 16; ste %f1, 8(%r2)
    sthy %r1, 8(%r2); vgbm %v1, 43690; vleig %v1, 5, 1; vleig %v1, -5, 0; vllezg %v1, 8(%r2); vsteg %v1, 8(%r2), 0
    vsteg %v1, 8(%r2), 1; ly %r1, 4(%r2); sty %r1, 4(%r2); ld %f1, 8(%r2); std %f1, 8(%r2); vl %v17, 16(%r2)
    vst %v17, 16(%r2); nill %r15, 0xffc0; efpc %r1
    """
    columns = {n: f"r{n}" for n in range(16)}

    # -- registers

    @staticmethod
    def listed():
        return set(OPCODES)

    written_by_hand = listed

    @staticmethod
    def gdb_place(row):
        """gdb's name for the register, and the row's first byte in it."""
        return f"acr{row.name[1:]}" if row.name[0] == "a" else row.name, 0

    @staticmethod
    def control_written(decoded):
        return "fpc" if decoded.mnemonic == "sfpc" else None

    # -- the task's state

    def interrupted(self, machine, live):
        expected = super().interrupted(machine, live)
        machine.put("CC", z3.ZeroExt(6, z3.BitVec("CC at entry", 2)))
        machine.put("PM", constant(0, 8))  # the handler cleared it
        return expected

    def flag_expectations(self, word):
        for flag, (position, count) in FLAGS.items():
            yield flag, z3.ZeroExt(8 - count, z3.Extract(position + count - 1, position, word))

    def lanes(self, name, byte_count):
        if name == "a2_a15":
            return [(f"a{n}", 4 * (n - 2)) for n in range(2, 16)]
        if name[0] == "v" and int(name[1:]) < 16:
            # PoP, Vector Facility, Registers: the left halves, at the lower addresses, are the floating-point registers.
            return [(f"f{name[1:]}", 0), (f"{name}l", 8)][: byte_count // 8]
        return [(name, 0)]

    # -- the callee

    def callee_expects(self, machine):
        """(what, got, expected) at a call."""
        yield "the program mask", machine.get("PM"), constant(0, 8)  # psABI 1.2.1
        yield "fpc", machine.get("fpc"), constant(0, 32)  # psABI 1.5.1: what a program starts with

    def callee_clobbers(self, machine):
        super().callee_clobbers(machine)
        self.set_condition(machine)

    # -- meanings

    @staticmethod
    def set_condition(machine):
        """To any value: no stub depends on which."""
        machine.put("CC", z3.ZeroExt(6, machine.arbitrary("CC", 2)))

    @staticmethod
    def address(machine, fields):
        """PoP 5: r0 as base or index stands for zero."""
        total = constant(fields.displacement & (1 << 64) - 1, 64)
        for number in (fields.base, fields.index):
            if number:
                total = machine.get(f"r{number}") + total
        return z3.simplify(total)

    def execute(self, machine, decoded):
        name, fields = decoded.mnemonic, decoded.fields
        r1, v1 = f"r{fields.r1}", f"v{fields.r1}"
        if name[0] == "v" and VXRS not in machine.enabled:
            raise Refusal(f"{decoded.text} needs the vector facility, which isn't enabled")
        if name in ("la", "lay"):
            machine.put(r1, self.address(machine, fields))
        elif name == "lgr":
            machine.put(r1, machine.get(f"r{fields.r2}"))
        elif name == "lghi":
            machine.put(r1, constant(fields.immediate & (1 << 64) - 1, 64))
        elif name == "nill":
            mask = constant(((1 << 64) - (1 << 16)) | fields.immediate & 0xFFFF, 64)
            machine.put(r1, z3.simplify(Lifter._and(machine, machine.get(r1), mask)))
            self.set_condition(machine)
        elif name in ("srlg", "sllg"):
            if fields.base:
                raise Refusal(f"{decoded.text} shifts by a register")
            value, count = machine.get(f"r{fields.r3}"), constant(fields.displacement & 63, 64)
            machine.put(r1, z3.simplify(z3.LShR(value, count) if name == "srlg" else value << count))
        elif name == "lg":
            machine.put(r1, machine.load(self.address(machine, fields), 8))
        elif name == "stg":
            machine.store(self.address(machine, fields), machine.get(r1))
        elif name == "ly":
            machine.put(r1, machine.load(self.address(machine, fields), 4))
        elif name == "sty":
            machine.store(self.address(machine, fields), machine.get(r1, 0, 4))
        elif name == "lhy":
            value = machine.load(self.address(machine, fields), 2)
            machine.put(r1, z3.simplify(z3.SignExt(16, value)))
        elif name == "sthy":
            machine.store(self.address(machine, fields), machine.get(r1, 0, 2))
        elif name == "sfpc":
            # Invalid rounding modes and reserved bits end a program; what was in fpc has none.
            machine.put("fpc", machine.get(r1, 0, 4))
        elif name == "efpc":
            machine.put(r1, machine.get("fpc"))
        elif name == "spm":
            for flag, (position, count) in FLAGS.items():
                low = position - 16
                bits = z3.Extract(low + count - 1, low, machine.get(r1))
                machine.put(flag, z3.simplify(z3.ZeroExt(8 - count, bits)))
        elif name == "ipm":
            cc, pm = z3.Extract(1, 0, machine.get("CC")), z3.Extract(3, 0, machine.get("PM"))
            machine.put(r1, z3.simplify(z3.Concat(constant(0, 2), cc, pm)), first_byte=3)
        elif name in ("lam", "stam"):
            address = self.address(machine, fields)
            numbers = [(fields.r1 + at) % 16 for at in range((fields.r3 - fields.r1) % 16 + 1)]
            for at, number in enumerate(numbers):
                if name == "lam":
                    machine.put(f"a{number}", machine.load(z3.simplify(address + 4 * at), 4))
                else:
                    machine.store(z3.simplify(address + 4 * at), machine.get(f"a{number}"))
        elif name in ("ld", "le"):
            # PoP, Floating-Point Data Formats: a short number takes the leftmost bytes.
            byte_count = 8 if name == "ld" else 4
            machine.put(v1, machine.load(self.address(machine, fields), byte_count), first_byte=16 - byte_count)
            if VXRS in machine.enabled:
                # PoP, Vector Facility, Registers: the right half is then unpredictable.
                machine.put(v1, machine.arbitrary(f"{v1} after {name}", 64))
        elif name in ("std", "ste"):
            byte_count = 8 if name == "std" else 4
            machine.store(self.address(machine, fields), machine.get(v1, 16 - byte_count, byte_count))
        elif name == "vl":
            # By halves, as they are stored: a row is one.
            address = self.address(machine, fields)
            self.put_vector(machine, fields.r1, *(machine.load(z3.simplify(address + at), 8) for at in (0, 8)))
        elif name == "vst":
            address = self.address(machine, fields)
            machine.store(address, machine.get(v1, 8, 8))
            machine.store(z3.simplify(address + 8), machine.get(v1, 0, 8))
        elif name == "vsteg":
            machine.store(self.address(machine, fields), machine.get(v1, 0 if fields.r3 else 8, 8))
        elif name == "vllezg":
            self.put_vector(machine, fields.r1, machine.load(self.address(machine, fields), 8), constant(0, 64))
        elif name == "vleig":
            value = constant(fields.immediate & (1 << 64) - 1, 64)
            machine.put(v1, value, first_byte=0 if fields.r3 else 8)
        elif name == "vgbm":
            bits = format(fields.immediate & 0xFFFF, "016b")
            machine.put(v1, constant(int("".join("ff" if bit == "1" else "00" for bit in bits), 16), 128))
        elif name == "brasl":
            machine.put(r1, constant(decoded.end, 64))
            return "call", constant(decoded.address + 2 * fields.immediate, 64)
        elif name == "bi":
            return "return", machine.load(self.address(machine, fields), 8)
        else:
            raise Refusal(f"{decoded.text} has no meaning in {self.file}")
        return None

    @staticmethod
    def put_vector(machine, number, left, right):
        machine.put(f"v{number}", left, first_byte=8)
        machine.put(f"v{number}", right, first_byte=0)
