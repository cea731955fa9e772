"""What the proof asks of a CPU, and what most CPUs answer alike. Each has a file for the rest: from its manuals and from
Linux, nothing of it from Arch.
"""

from dataclasses import dataclass
from functools import cached_property

import z3

from lifter import Lifter
from machine import Refusal


@dataclass(frozen=True)
class Row:
    """A register, or a lane of one: what a state component holds, or a callee keeps."""

    name: str  # gdb's
    register: str  # the lifter's; empty where its value isn't followed
    first_byte: int  # from the least significant on
    byte_count: int
    component: int | None = None  # without which it doesn't exist; None: always there
    is_kept: bool = False  # by a callee
    # Why its value isn't compared where its component isn't live, or never.
    dead_unless_live: str | None = None
    excluded: str | None = None


class Architecture:
    file: str  # below the package
    machine: str  # as `uname -m` prints it
    assemblers: list  # commands
    lifter = Lifter
    language: str  # the lifter's
    capstone_mode: tuple
    lifted: set  # mnemonics whose lifted meaning was compared with an execution
    overrides: dict  # mnemonic -> its meaning, in place of the lifter's
    more: str  # instructions to compare that no stub holds, but a mutant of one or an override
    universe: dict  # rows, by feature of gdb's target description
    columns: dict  # DWARF's -> the lifter's register
    pointer_byte_count: int
    stack_pointer: str
    frame_base: str
    result_register: str
    callee_arguments: tuple
    flags: str | None  # the handler's word
    # Registers that the lifter lacks, with their bytes.
    extra_registers = {}
    # What a caller leaves on the stack for the callee; a return address that a call pushes lies below.
    argument_byte_count = 0
    register_save_area_byte_count = 0
    instruction_alignment = 1
    # For cpu.py: machines whose kernels run programs of this CPU. It speaks of x86 only.
    kernels = ()
    # For emulated.py: the command, and the state components of the CPU that it stands for.
    emulator = None
    components = ()
    system_calls = set()

    @cached_property
    def rows(self):
        return [row for rows in self.universe.values() for row in rows]

    # -- instructions

    def listed(self):
        """Mnemonics that have a meaning here: the comparisons must come by each of them."""
        return self.lifted | set(self.overrides)

    def written_by_hand(self):
        """Instructions whose meaning isn't the lifter's."""
        return set(self.overrides)

    @staticmethod
    def written(instruction):
        """Names of the registers that capstone says are written."""
        return [instruction.reg_name(register) for register in instruction.regs_access()[1]]

    @staticmethod
    def flags_written(instruction):
        """The lifter's names of the flags that capstone says are written."""
        return []

    def require_enabled(self, machine, decoded):
        """Raises a violation where the instruction needs what a stub's machines may not have enabled."""

    # -- the task's state

    def has(self, machine, row):
        return bool(row.register) and (row.component is None or row.component in machine.enabled)

    def interrupted(self, machine, live):
        """Fills the registers. Returns the value that each compared row must have at the end."""
        expected = {}
        for row in self.rows:
            if self.has(machine, row):
                value = self.symbol(machine, row.name, row.byte_count)
                machine.put(row.register, value, row.first_byte)
                if not row.excluded:
                    expected[row] = value
        return expected

    def symbol(self, machine, name, byte_count, when=""):
        """Any value that the register can have."""
        return z3.BitVec(name + when, byte_count * 8)

    def flag_expectations(self, word):
        """What each flag must be at the end, by the handler's word."""
        return []

    def lanes(self, name, byte_count):
        """(row's name, byte offset) of what a slot of the layout holds."""
        return [(name, 0)]

    def saved_lanes(self, interrupted, slot):
        """The lanes of a slot with their interrupted values."""
        name, byte_count = slot["name"], slot["byteCount"]
        lanes = [(lane, at, interrupted[lane]) for lane, at in self.lanes(name, byte_count)]
        if sum(value.size() for _, _, value in lanes) != byte_count * 8:
            raise Refusal(f"the layout's slot {name} of {byte_count} bytes isn't made of whole registers")
        return lanes

    # -- the callee

    def callee_argument(self, machine, index):
        """(where, value) of an argument, as the callee finds it."""
        register = self.callee_arguments[index]
        return register.lower(), machine.get(register)

    def callee_clobbers(self, machine):
        """The callee keeps the rows that are kept, and no more."""
        for row in self.rows:
            if self.has(machine, row) and not row.is_kept and not row.excluded:
                value = machine.arbitrary(f"{row.name} after the call", row.byte_count * 8)
                machine.put(row.register, value, row.first_byte)
