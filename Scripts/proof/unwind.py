"""The call-frame information of a stub, as pyelftools decodes it, evaluated on a symbolic machine.

At every instruction, and at every stack pointer, the rules must give the interrupted stack pointer, program counter and
registers: an unwinder, a profiler or a debugger may look there.
"""

import z3
from elftools.dwarf.callframe import FDE

from machine import Refusal, Violation


class UnwindTable:
    """The rows of the frame description of the code from `start` to `end`."""

    def __init__(self, image, start, end):
        self.start = start
        self.rows, self.problems, self.return_column = [], [], None
        entries = [
            entry
            for entry in frame_entries(image)
            if entry["initial_location"] < end and start < entry["initial_location"] + entry["address_range"]
        ]
        if [(entry["initial_location"], entry["address_range"]) for entry in entries] != [(start, end - start)]:
            self.problems.append("there is not exactly one frame description, from the stub's first byte to its last")
            return
        (entry,) = entries
        if b"S" not in entry.cie["augmentation"]:
            self.problems.append("the frame isn't marked as a signal frame: an unwinder would look before the PC")
        self.return_column = entry.cie["return_address_register"]
        rows = entry.get_decoded().table
        ends = [row["pc"] for row in rows[1:]] + [end]
        self.rows = [(row["pc"], row_end, Row(row)) for row, row_end in zip(rows, ends)]

    def row(self, offset):
        address = self.start + offset
        return next((row for start, end, row in self.rows if start <= address < end), None)


class Row:
    """The rules at one place; equal where they say the same."""

    def __init__(self, decoded):
        self.cfa = decoded["cfa"]
        self.rules = {column: rule for column, rule in decoded.items() if isinstance(column, int)}
        self.key = (
            (self.cfa.reg, self.cfa.offset, str(self.cfa.expr)),
            tuple(sorted((column, rule.type, str(rule.arg)) for column, rule in self.rules.items())),
        )


def frame_entries(image):
    if not hasattr(image, "frame_entries"):
        info = image.elf.get_dwarf_info(relocate_dwarf_sections=False)
        image.frame_entries = [entry for entry in info.EH_CFI_entries() if isinstance(entry, FDE)]
    return image.frame_entries


def recover(machine, row, columns, wanted, return_column, byte_count):
    """Yields (column or "CFA", recovered term or the reason why there is none)."""
    if row.cfa.expr is not None or row.cfa.reg not in columns:
        yield "CFA", "its rule is no register plus a constant"
        return
    cfa = z3.simplify(machine.get(columns[row.cfa.reg]) + row.cfa.offset)
    yield "CFA", cfa
    for column in wanted:
        rule = row.rules.get(column)
        try:
            if rule is None or rule.type == "SAME_VALUE":
                is_value = column != return_column
                yield column, machine.get(columns[column]) if is_value else "no rule says where it is"
            elif rule.type == "OFFSET":
                yield column, machine.load(cfa, byte_count, rule.arg)
            elif rule.type == "VAL_OFFSET":
                yield column, z3.simplify(cfa + rule.arg)
            elif rule.type == "REGISTER" and rule.arg in columns:
                yield column, machine.get(columns[rule.arg])
            else:
                yield column, f"rule {rule.type} isn't known here"
        except (Violation, Refusal) as problem:
            yield column, str(problem)
