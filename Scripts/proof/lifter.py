"""Machine code to z3: SLEIGH p-code by pypcode, with capstone as a second opinion on every instruction.

Both decoders must agree on an instruction's length. Its mnemonic must be one that the architecture's file lists as
lifted or overrides: only those run against the CPU in cpu.py. What the lifter has no operation for is refused. Flags
that capstone says are written and the p-code doesn't write become arbitrary (SLEIGH never writes AF); any other
register of that kind is refused.
"""

from dataclasses import dataclass, field

import capstone
import pypcode
import z3
from elftools.elf.elffile import ELFFile
from elftools.elf.sections import SymbolTableSection

from machine import Cells, Refusal, constant


class Image:
    """A linked ELF file: its symbols, its code and its constants."""

    def __init__(self, path):
        self.file = open(path, "rb")
        self.elf = ELFFile(self.file)
        self.segments = [
            (segment["p_vaddr"], segment.data(), bool(segment["p_flags"] & 2))
            for segment in self.elf.iter_segments()
            if segment["p_type"] == "PT_LOAD"
        ]
        self.symbols, self.names = {}, {}
        for section in self.elf.iter_sections():
            if isinstance(section, SymbolTableSection):
                for symbol in section.iter_symbols():
                    self.symbols[symbol.name] = (symbol["st_value"], symbol["st_size"])
                    self.names[symbol["st_value"]] = symbol.name

    def bytes(self, address, byte_count):
        for start, content, is_writable in self.segments:
            if start <= address and address + byte_count <= start + len(content):
                return content[address - start : address - start + byte_count], is_writable
        raise Refusal(f"nothing is linked at {address:#x}")

    def constant(self, address, byte_count):
        content, is_writable = self.bytes(address, byte_count)
        if is_writable:
            raise Refusal(f"reads {address:#x}, which the program may write")
        return constant(int.from_bytes(content, "little"), byte_count * 8)


@dataclass
class Decoded:
    address: int
    byte_count: int
    operations: list
    capstone: object
    bytes: bytes
    translation: object  # owns the operations
    unwritten_flags: list = field(default_factory=list)

    @property
    def text(self):
        return f"{self.capstone.mnemonic} {self.capstone.op_str}".strip()

    @property
    def end(self):
        return self.address + self.byte_count


class Lifter:
    # Translations outlive one stub: many stubs share their instructions.
    _contexts = {}

    def __init__(self, architecture, image):
        self.architecture = architecture
        self.image = image
        if architecture.language not in self._contexts:
            self._contexts[architecture.language] = pypcode.Context(architecture.language)
        self.context = self._contexts[architecture.language]
        self.registers = {name: (register.offset, register.size) for name, register in self.context.registers.items()}
        extra = 1 << 24
        for name, byte_count in architecture.extra_registers.items():
            self.registers[name] = (extra, byte_count)
            extra += 256
        self.disassembler = capstone.Cs(*architecture.capstone_mode)
        self.disassembler.detail = True
        self.decoded = {}

    @staticmethod
    def name(architecture):
        return f"SLEIGH {architecture.language}"

    # -- decoding

    def decode(self, address, limit):
        """The instruction at `address`, which must end at `limit` or before."""
        if address in self.decoded:
            return self.decoded[address]
        content, _ = self.image.bytes(address, min(limit - address, 15))
        second = next(self.disassembler.disasm(content, address, 1), None)
        if second is None:
            raise Refusal(f"capstone can't decode {content.hex()}")
        try:
            translation = self.context.translate(content, address, 0, len(content), 1)
        except Exception as error:
            raise Refusal(f"the lifter can't decode {second.mnemonic} ({second.bytes.hex()}): {error}") from None
        operations = list(translation.ops)
        byte_count = sum(node.size for node in operations[0].inputs)
        if byte_count != second.size:
            raise Refusal(f"the lifter takes {byte_count} bytes, capstone {second.size} for {second.mnemonic}")
        decoded = Decoded(address, byte_count, operations, second, bytes(second.bytes), translation)
        if second.mnemonic not in self.architecture.lifted and second.mnemonic not in self.architecture.overrides:
            raise Refusal(f"{second.mnemonic} is neither listed as lifted nor overridden in {self.architecture.file}")
        if second.mnemonic not in self.architecture.overrides:
            decoded.unwritten_flags = self._unwritten_flags(decoded)
        self.decoded[address] = decoded
        return decoded

    def _unwritten_flags(self, decoded):
        written = set()
        for operation in decoded.operations:
            node = operation.output
            if node is not None and node.space.name == "register":
                written.update(range(node.offset, node.offset + node.size))

        def is_written(name):
            offset, byte_count = self.registers[name]
            return any(position in written for position in range(offset, offset + byte_count))

        for register in self.architecture.written(decoded.capstone):
            name = self.architecture.lifter_register(register)
            if name is not None and not is_written(name):
                raise Refusal(f"capstone says that {decoded.capstone.mnemonic} writes {name}, the lifter doesn't")
        return [flag for flag in self.architecture.flags_written(decoded.capstone) if not is_written(flag)]

    # -- execution

    def execute(self, machine, decoded):
        """Runs one instruction. Returns None where the next one follows, else ("call" or "return", target), or ("signal",
        whether it is the system call that returns from one)."""
        self.architecture.require_enabled(machine, decoded)
        override = self.architecture.overrides.get(decoded.capstone.mnemonic)
        if override is not None:
            return override(machine, decoded)
        for flag in decoded.unwritten_flags:
            bit = machine.arbitrary(f"{flag} undefined after {decoded.capstone.mnemonic}", 1)
            machine.put(flag, z3.ZeroExt(7, bit))
        scratch = Cells()
        for operation in decoded.operations:
            outcome = self._perform(machine, scratch, operation, decoded)
            if outcome is not None:
                return outcome
        return None

    def _perform(self, machine, scratch, operation, decoded):
        name = operation.opcode.name
        if name == "IMARK":
            return None
        if name in ("BRANCH", "CBRANCH"):
            raise Refusal("a stub has no branch")
        inputs = operation.inputs
        if name == "CALL":
            return "call", constant(inputs[0].offset, machine.pointer_bits)
        if name == "CALLIND":
            return "call", self._read(machine, scratch, inputs[0])
        if name in ("RETURN", "BRANCHIND"):
            return "return", self._read(machine, scratch, inputs[0])
        if name == "STORE":
            machine.store(self._read(machine, scratch, inputs[1]), self._read(machine, scratch, inputs[2]))
            return None
        node = operation.output
        if name == "LOAD":
            value = machine.load(self._read(machine, scratch, inputs[1]), node.size)
        elif name == "SUBPIECE":
            whole, first = self._read(machine, scratch, inputs[0]), inputs[1].offset * 8
            value = extended(z3.Extract(min(first + node.size * 8, whole.size()) - 1, first, whole), node.size * 8)
        elif name == "INT_AND":
            value = self._and(machine, *(self._read(machine, scratch, item) for item in inputs))
        elif name in OPERATIONS:
            arguments = [self._read(machine, scratch, item) for item in inputs]
            value = OPERATIONS[name](node.size * 8, *arguments)
        else:
            raise Refusal(f"no operation {name} in {decoded.text}")
        if value.size() != node.size * 8:
            raise Refusal(f"{name} gives {value.size()} bits where {node.size * 8} are expected, in {decoded.text}")
        value = z3.simplify(value)
        if node.space.name == "register":
            machine.file.store(node.offset, value)
        elif node.space.name == "unique":
            scratch.store(node.offset, value)
        else:
            raise Refusal(f"{name} writes to space {node.space.name}, in {decoded.text}")
        return None

    def _read(self, machine, scratch, node):
        space = node.space.name
        if space == "const":
            return constant(node.offset, node.size * 8)
        if space == "register":
            return machine.get_at(node.offset, node.size)
        if space == "ram":
            return machine.load(constant(node.offset, machine.pointer_bits), node.size)
        if space == "unique":
            return scratch.load(node.offset, node.size, _unwritten)
        raise Refusal(f"reads from space {space}")

    @staticmethod
    def _and(machine, left, right):
        """Rounding the stack pointer keeps its place known; anything else is plain."""
        for value, mask in ((left, right), (right, left)):
            mask = z3.simplify(mask)
            if z3.is_bv_value(mask) and mask.size() == machine.pointer_bits:
                alignment = -mask.as_signed_long()
                if alignment > 1 and alignment & (alignment - 1) == 0:
                    rounded = machine.rounded(value, alignment)
                    if rounded is not None:
                        return rounded
        return left & right


def _unwritten(position):
    raise Refusal(f"p-code reads a temporary, {position:#x}, that it hasn't written")


def extended(value, bit_count):
    return value if value.size() == bit_count else z3.ZeroExt(bit_count - value.size(), value)


def _boolean(condition):
    return z3.If(condition, constant(1, 8), constant(0, 8))


def _set_bits(bit_count, value):
    count = constant(0, bit_count)
    for index in range(value.size()):
        count = count + extended(z3.Extract(index, index, value), bit_count)
    return count


# p-code operations that the listed instructions need, by name: (bits of the result, arguments).
OPERATIONS = {
    "COPY": lambda bits, a: a,
    "INT_ADD": lambda bits, a, b: a + b,
    "INT_SUB": lambda bits, a, b: a - b,
    "INT_OR": lambda bits, a, b: a | b,
    "INT_XOR": lambda bits, a, b: a ^ b,
    "INT_NEGATE": lambda bits, a: ~a,
    "INT_2COMP": lambda bits, a: -a,
    "INT_ZEXT": lambda bits, a: extended(a, bits),
    "INT_SEXT": lambda bits, a: z3.SignExt(bits - a.size(), a),
    "INT_LEFT": lambda bits, a, b: a << extended(b, bits),
    "INT_RIGHT": lambda bits, a, b: z3.LShR(a, extended(b, bits)),
    "INT_EQUAL": lambda bits, a, b: _boolean(a == b),
    "INT_NOTEQUAL": lambda bits, a, b: _boolean(a != b),
    "INT_LESS": lambda bits, a, b: _boolean(z3.ULT(a, b)),
    "INT_SLESS": lambda bits, a, b: _boolean(a < b),
    "INT_CARRY": lambda bits, a, b: _boolean(z3.Not(z3.BVAddNoOverflow(a, b, False))),
    "INT_SCARRY": lambda bits, a, b: _boolean(
        z3.Or(z3.Not(z3.BVAddNoOverflow(a, b, True)), z3.Not(z3.BVAddNoUnderflow(a, b)))
    ),
    "INT_SBORROW": lambda bits, a, b: _boolean(
        z3.Or(z3.Not(z3.BVSubNoOverflow(a, b)), z3.Not(z3.BVSubNoUnderflow(a, b, True)))
    ),
    "BOOL_NEGATE": lambda bits, a: a ^ constant(1, 8),
    "BOOL_AND": lambda bits, a, b: a & b,
    "BOOL_OR": lambda bits, a, b: a | b,
    "BOOL_XOR": lambda bits, a, b: a ^ b,
    "PIECE": lambda bits, a, b: z3.Concat(a, b),
    "POPCOUNT": _set_bits,
}
