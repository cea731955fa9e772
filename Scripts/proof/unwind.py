"""The call-frame information of a stub, as pyelftools decodes it, evaluated on a symbolic machine.

At every instruction, and at every stack pointer, the rules must give the interrupted stack pointer, program counter and
registers: an unwinder, a profiler or a debugger may look there.
"""

import z3
from elftools.dwarf.callframe import FDE

from machine import Refusal, Violation


class Unwinder:
    def __init__(self, image, start, end):
        self.rows = []
        self.problems = []
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
        table = entry.get_decoded().table
        ends = [row["pc"] for row in table[1:]] + [end]
        self.rows = [(row["pc"], row_end, row) for row, row_end in zip(table, ends)]

    def row(self, address):
        return next((row for start, end, row in self.rows if start <= address < end), None)


def frame_entries(image):
    if not hasattr(image, "frame_entries"):
        info = image.elf.get_dwarf_info(relocate_dwarf_sections=False)
        image.frame_entries = [entry for entry in info.EH_CFI_entries() if isinstance(entry, FDE)]
    return image.frame_entries


def recover(machine, row, columns, wanted, return_column, byte_count):
    """Yields (column or "CFA", recovered term or the reason why there is none)."""
    rule = row["cfa"]
    if rule.expr is not None or rule.reg not in columns:
        yield "CFA", "its rule is no register plus a constant"
        return
    cfa = z3.simplify(machine.get(columns[rule.reg]) + rule.offset)
    yield "CFA", cfa
    for column in wanted:
        rule = row.get(column)
        try:
            if rule is None or rule.type == "SAME_VALUE":
                is_value = column != return_column
                yield column, machine.get(columns[column]) if is_value else "no rule says where it is"
            elif rule.type == "OFFSET":
                yield column, machine.load(cfa + rule.arg, byte_count)
            elif rule.type == "VAL_OFFSET":
                yield column, z3.simplify(cfa + rule.arg)
            elif rule.type == "REGISTER" and rule.arg in columns:
                yield column, machine.get(columns[rule.arg])
            else:
                yield column, f"rule {rule.type} isn't known here"
        except (Violation, Refusal) as problem:
            yield column, str(problem)
