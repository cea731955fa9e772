"""A machine state of z3 terms: registers, the interrupted task's stack and its save area, byte by byte.

Addresses are a base and a constant. The interrupted stack pointer is a base, so is every rounding of it, and so is a
save area's address: one run then covers every stack pointer, whatever its residue. Where two addresses can't be told
apart a store forgets what it may have overwritten; where an address can't be placed at all the run ends with a
violation. Nothing is ever guessed.
"""

import z3


class Violation(Exception):
    """The stub does what it must not: where `condition` holds, else in every state."""

    def __init__(self, what, condition=None):
        super().__init__(what)
        self.condition = z3.BoolVal(True) if condition is None else condition


class Refusal(Exception):
    """The proof can't say what the instruction does: a failure, never an arbitrary value."""


def constant(value, bit_count):
    return z3.BitVecVal(value, bit_count)


def as_signed(value, bit_count):
    return value - (1 << bit_count) if value >> (bit_count - 1) & 1 else value


class Cells:
    """Bytes at integer offsets. Each is a byte of some term, so that what is stored whole is loaded whole."""

    def __init__(self, is_big_endian=False):
        self.cells = {}
        self.is_big_endian = is_big_endian

    def store(self, offset, term):
        byte_count = term.size() // 8
        for index, position in enumerate(self._positions(offset, byte_count)):
            self.cells[position] = (term, index, byte_count)

    def _positions(self, offset, byte_count):
        """The least significant byte's first."""
        positions = range(offset, offset + byte_count)
        return reversed(positions) if self.is_big_endian else positions

    def load(self, offset, byte_count, missing):
        """The term at `offset`; `missing` makes the term of a byte that isn't there, once."""
        parts, index = [], 0
        cells = []
        for position in self._positions(offset, byte_count):
            if position not in self.cells:
                self.cells[position] = (missing(position), 0, 1)
            cells.append(self.cells[position])
        while index < byte_count:
            term, first, term_byte_count = cells[index]
            count = 1
            while index + count < byte_count and cells[index + count][0] is term:
                if cells[index + count][1] != first + count:
                    break
                count += 1
            whole = first == 0 and count == term_byte_count
            parts.append(term if whole else z3.Extract((first + count) * 8 - 1, first * 8, term))
            index += count
        return parts[0] if len(parts) == 1 else z3.simplify(z3.Concat(*reversed(parts)))

    def forget(self, is_lost):
        for position in [position for position in self.cells if is_lost(position)]:
            del self.cells[position]


class Base:
    """An address that is known only by name.

    On the stack `low` and `high` bound it, in bytes from the interrupted stack pointer, both inclusive. A block has
    bytes from 0 to `byte_count`.
    """

    def __init__(self, name, term, cells, low=0, high=0, alignment=1, byte_count=None, definition=None):
        self.name, self.term, self.definition = name, term, definition
        self.low, self.high, self.alignment = low, high, alignment
        self.byte_count = byte_count
        self.cells = cells
        self.floor = None  # offsets below it hold junk, whatever they held before

    @property
    def is_stack(self):
        return self.byte_count is None


def spelled(base, offset):
    return base.name if offset == 0 else f"{base.name}{offset:+d}"


class Machine:
    """Registers by the lifter's names, memory by base and offset."""

    def __init__(self, registers, image, pointer_bits=64, is_big_endian=False):
        self.registers = registers  # name -> (offset, byte count) in the lifter's register space
        self.image = image
        self.pointer_bits = pointer_bits
        self.is_big_endian = is_big_endian
        self.file = Cells()
        self.bases = {}
        self.facts = []  # what every solver call may assume
        self.arbitrary_count = 0
        self.highest_writable = 0  # the first byte above what may be written, from the interrupted stack pointer
        self.lowest_writable = 0
        self.stack_pointer_register = None
        self.enabled = set()  # state components
        self.interrupted_stack_pointer = None
        self.is_sealed = False  # whether nothing may be written any more
        # What is read below the stack pointer, from the interrupted one: there handlers must not write.
        self.spared = range(0)
        self._places = {}

    # -- terms

    def arbitrary(self, name, bit_count):
        """A value nobody promises anything about."""
        self.arbitrary_count += 1
        return z3.BitVec(f"{name}#{self.arbitrary_count}", bit_count)

    def always(self, condition):
        """None where the condition holds in every state, else a model in which it doesn't."""
        condition = z3.simplify(condition)
        if z3.is_true(condition):
            return None
        solver = z3.Solver()
        solver.set("timeout", 20_000)
        solver.add(*self.facts)
        solver.add(z3.Not(condition))
        answer = solver.check()
        if answer == z3.unsat:
            return None
        if answer == z3.unknown:
            raise Refusal(f"z3 gave up: {solver.reason_unknown()}")
        return solver.model()

    def is_possible(self):
        """Whether any state fulfils the facts: of none everything could be proved."""
        solver = z3.Solver()
        solver.set("timeout", 20_000)
        solver.add(*self.facts)
        return solver.check() == z3.sat

    def equal(self, got, expected):
        """None where both are the same in every state, else a model in which they differ."""
        return None if got is expected or got.eq(expected) else self.always(got == expected)

    # -- registers

    def get(self, name, first_byte=0, byte_count=None):
        offset, size = self.registers[name]
        return self.get_at(offset + first_byte, size - first_byte if byte_count is None else byte_count)

    def put(self, name, term, first_byte=0):
        self.file.store(self.registers[name][0] + first_byte, term)

    def get_at(self, offset, byte_count):
        def missing(position):
            raise Refusal(f"reads byte {position:#x} of the register file, which nothing defines")

        return self.file.load(offset, byte_count, missing)

    # -- addresses

    def add_stack(self, name, alignment=1):
        term = z3.BitVec(name, self.pointer_bits)
        if alignment > 1:
            self.facts.append(term & (alignment - 1) == 0)
        self.interrupted_stack_pointer = Base(name, term, self.memory(), alignment=alignment)
        self.bases[name] = self.interrupted_stack_pointer
        return self.interrupted_stack_pointer

    def add_block(self, name, byte_count, alignment):
        low_bits = alignment.bit_length() - 1
        term = z3.BitVec(name, self.pointer_bits)
        if low_bits:
            self.facts.append(z3.Extract(low_bits - 1, 0, term) == 0)
        self.bases[name] = Base(name, term, self.memory(), alignment=alignment, byte_count=byte_count)
        return self.bases[name]

    def memory(self):
        return Cells(self.is_big_endian)

    def place(self, address):
        """(base, offset) of an address; the base is None for a constant, both are None for anything else."""
        known = self._places.get(address.get_id())
        if known is None:
            # The term is kept, because another may get its number once it is gone.
            known = self._places[address.get_id()] = (address, self._place(z3.simplify(address)))
        return known[1]

    def _place(self, address):
        if z3.is_bv_value(address):
            return None, address.as_long()
        if z3.is_const(address):
            return self._based(address, 0)
        if address.decl().kind() == z3.Z3_OP_BADD and address.num_args() == 2 and z3.is_bv_value(address.arg(0)):
            base = address.arg(1)
            if z3.is_const(base):
                return self._based(base, address.arg(0).as_signed_long())
        return None, None

    def _based(self, term, offset):
        base = self.bases.get(term.decl().name())
        return (None, None) if base is None else (base, offset)

    def rounded(self, address, alignment):
        """The address rounded down, as a base of its own; None where the address has no base on the stack."""
        base, offset = self.place(address)
        if base is None or not base.is_stack:
            return None
        if base.alignment % alignment == 0:
            return base.term + (offset & -alignment)
        name = f"({spelled(base, offset)} & {-alignment})"
        if name not in self.bases:
            term = z3.BitVec(name, self.pointer_bits)
            definition = z3.simplify(address) & constant(-alignment, self.pointer_bits)
            self.facts.append(term == definition)
            self.bases[name] = Base(
                name, term, self.memory(), base.low + offset - (alignment - 1), base.high + offset, alignment,
                definition=definition,
            )  # fmt: skip
        return self.bases[name].term

    def stack_pointer(self):
        base, offset = self.place(self.get(self.stack_pointer_register))
        if base is None or not base.is_stack:
            raise Violation("the stack pointer is no longer a constant from the interrupted one, rounded or not")
        return base, offset

    def has_left_stack(self):
        """Whether the stack pointer is the start of a block."""
        base, offset = self.place(self.get(self.stack_pointer_register))
        return base is not None and not base.is_stack and offset == 0

    # -- memory

    def load(self, address, byte_count, displacement=0):
        base, offset = self.place(address)
        offset = None if offset is None else offset + displacement
        if base is None and offset is not None:
            return self.image.constant(offset, byte_count)
        if base is None:
            raise Violation(f"loads from an address that can't be placed: {z3.simplify(address)}")
        if base.is_stack:
            if base is not self.interrupted_stack_pointer or offset not in self.spared:
                self._require_reserved("loads", base, offset)
        elif offset < 0 or offset + byte_count > base.byte_count:
            raise Violation(f"loads {byte_count} bytes at {spelled(base, offset)}, beyond {base.byte_count} bytes")

        def missing(position):
            junk = not base.is_stack or base is not self.interrupted_stack_pointer
            if junk or (base.floor is not None and position < base.floor):
                return self.arbitrary(f"junk at {spelled(base, position)}", 8)
            return z3.BitVec(f"byte at {spelled(base, position)}", 8)

        return base.cells.load(offset, byte_count, missing)

    def store(self, address, term):
        byte_count = term.size() // 8
        base, offset = self.place(address)
        if base is None:
            raise Violation(f"stores to an address that can't be placed: {z3.simplify(address)}")
        where = f"stores {byte_count} bytes at {spelled(base, offset)}"
        if self.is_sealed:
            raise Violation(f"{where}, though the kernel is to restore what there was")
        if not base.is_stack:
            if offset < 0 or offset + byte_count > base.byte_count:
                raise Violation(f"{where}, outside the save area of {base.byte_count} bytes")
        else:
            low, high = base.low + offset, base.high + offset + byte_count
            distance = base.term + offset - self.interrupted_stack_pointer.term
            if high > self.highest_writable:
                raise Violation(
                    f"{where}: up to {high:+d} from the interrupted stack pointer, in the red zone or above",
                    distance + byte_count > self.highest_writable,
                )
            if low < self.lowest_writable:
                raise Violation(
                    f"{where}: {low:+d} from the interrupted stack pointer, below what the layout reserves",
                    distance < self.lowest_writable,
                )
            self._require_reserved("stores", base, offset)
            for other in self.bases.values():
                if other.is_stack and other is not base:
                    other.cells.forget(lambda at: low - other.high <= at < high - other.low)
        base.cells.store(offset, term)

    def _require_reserved(self, verb, base, offset):
        if self.has_left_stack():
            return  # nothing is below it, and what was is forgotten
        top, top_offset = self.stack_pointer()
        if offset < top_offset if top is base else base.low + offset < top.high + top_offset:
            raise Violation(
                f"{verb} at {spelled(base, offset)}, below the stack pointer {spelled(top, top_offset)}",
                base.term + offset - (top.term + top_offset) < 0,
            )

    def forget_below_stack_pointer(self):
        """A signal handler may have run: what lies below the stack pointer is junk from here on."""
        if self.has_left_stack():
            return
        top, top_offset = self.stack_pointer()
        for base in self.bases.values():
            if base.is_stack:
                floor = top_offset if base is top else top.high + top_offset - base.low
                base.floor = floor if base.floor is None else max(base.floor, floor)
                spared = self.spared if base is self.interrupted_stack_pointer else ()
                base.cells.forget(lambda at: at < floor and at not in spared)

    def move_block(self, source, name):
        """Whoever ran meanwhile moved the block's bytes to another, and may have written the old one."""
        block = self.add_block(name, source.byte_count, source.alignment)
        block.cells, source.cells = source.cells, self.memory()
        return block
