"""An instruction's meaning held against what executes it: what cpu.py and emulated.py have in common."""

import argparse
import json
import re
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import z3

from architecture import Architecture
from machine import Machine, constant
from prove import ROOT, accept_signals, architecture
from theorem import variables

STACK_BYTE_COUNT, AREA_BYTE_COUNT = 8192, 2304
# From the interrupted stack pointer, which lies in the middle of the stack.
STACK_POINTER, FRAME_BASE = -1024, -560


class Missing(Exception):
    """This machine can't execute the architecture's instructions: the comparison is skipped."""


@dataclass
class Task:
    layouts: list
    model: Architecture
    generated: Path  # has a folder for each backend
    folder: Path  # for scratch
    state_count: int
    seed: int
    said: list

    def say(self, line):
        self.said.append(line)

    def source(self, layout):
        return self.generated / layout["backend"] / "preempt.S"


class Comparison:
    """One instruction: its meaning once, then what comes of it from random states."""

    def __init__(self, model, image, enabled, is_big_endian=False, alignment=1):
        self.architecture, self.lifter = model, model.lifter(model, image)
        pointer_bits = 8 * model.pointer_byte_count
        self.machine = machine = Machine(self.lifter.registers, image, pointer_bits, is_big_endian)
        machine.enabled = enabled
        machine.stack_pointer_register = model.stack_pointer
        machine.highest_writable, machine.lowest_writable = STACK_BYTE_COUNT // 2, -STACK_BYTE_COUNT // 2
        self.stack = machine.add_stack("sp", alignment)
        self.stack.floor = STACK_POINTER
        self.area = machine.add_block("area", AREA_BYTE_COUNT, 64)
        for at in range(0, AREA_BYTE_COUNT, 64):
            self.area.cells.store(at, z3.BitVec(f"64 bytes at area+{at}", 512))
        self.rows = list(model.interrupted(machine, enabled))
        for register, term in self.pointers(self.stack.term, self.area.term).items():
            machine.put(register, z3.simplify(term))

    def pointers(self, sp, area):
        """What the registers hold by which instructions address memory."""
        model = self.architecture
        return {
            model.stack_pointer: sp + STACK_POINTER,
            model.frame_base: sp + FRAME_BASE,
            model.result_register: area,
        }

    def execute(self, decoded):
        self.decoded = decoded
        self.before = {row: self.lane(row) for row in self.rows}
        self.stack_before, self.area_before = dict(self.stack.cells.cells), dict(self.area.cells.cells)
        self.outcome = self.lifter.execute(self.machine, decoded)
        self.after = {row: self.lane(row) for row in self.rows}

    def lane(self, row):
        return self.machine.get(row.register, row.first_byte, row.byte_count)

    def first_difference(self, generator, state_count):
        """The differences from memory of zeros, of ones, or from a random state: from the first that has any."""
        for fill in [0, 0xFF, *[None] * state_count]:
            differences = self.check(generator, fill)
            if differences:
                return differences
        return []

    def memory(self, generator, fill):
        """Contents of the stack and of the area."""
        return [
            generator.randbytes(byte_count) if fill is None else bytes([fill]) * byte_count
            for byte_count in (STACK_BYTE_COUNT, AREA_BYTE_COUNT)
        ]

    def add_memory(self, values, stack, area, sp, stack_start):
        """To what terms are evaluated with."""
        values["stack"] = (stack, sp - stack_start)
        for at in range(0, AREA_BYTE_COUNT, 64):
            values[f"64 bytes at area+{at}"] = int.from_bytes(area[at : at + 64], self.order)

    @property
    def order(self):
        return "big" if self.machine.is_big_endian else "little"

    def compare(self, what, term, actual, values):
        if self.allows(term, actual, values):
            return []
        return [f"{self.decoded.text}: {what} is {actual:#x}, the meaning says {term}"]

    def compare_row(self, row, given, actual, values):
        if not self.after[row].eq(self.before[row]):
            return self.compare(row.name, self.after[row], actual, values)
        if actual == given:
            return []
        return [f"{self.decoded.text}: {row.name} is {actual:#x}, was {given:#x}, and stays by the meaning"]

    def compare_memory(self, name, before, after, origin, values):
        """Every byte: as the meaning says where it stores, else as before."""
        differences, expected = [], bytearray(before)
        cells_before = self.stack_before if name == "sp" else self.area_before
        for base in self.machine.bases.values():
            if base.is_stack != (name == "sp"):
                continue
            shift = 0 if base.name == name else self.concrete(base.term, values) - values["sp"]
            for position, (term, index, _) in base.cells.cells.items():
                if base.name == name and position in cells_before and cells_before[position][0] is term:
                    continue
                at = origin + shift + position
                expected[at] = after[at]
                if not self.allows(z3.Extract(8 * index + 7, 8 * index, term), after[at], values):
                    differences.append(f"{self.decoded.text}: byte {name}{at - origin:+d} is {after[at]:#x}, {term}")
        changed = [at - origin for at in range(len(after)) if expected[at] != after[at]] if expected != after else []
        return differences + [f"{self.decoded.text}: byte {name}{at:+d} changed" for at in changed]

    # -- terms

    def concrete(self, term, values):
        """The term with the state put in: a number, or a term of arbitrary values."""
        if z3.is_bv_value(term):
            return term.as_long()
        pairs = []
        for variable in variables(term):
            value = self.value(variable.decl().name(), values)
            if value is not None:
                pairs.append((variable, constant(value & (1 << variable.size()) - 1, variable.size())))
        result = z3.simplify(z3.substitute(term, *pairs))
        return result.as_long() if z3.is_bv_value(result) else result

    def value(self, name, values):
        if name in values:
            return values[name]
        base = self.machine.bases.get(name)
        if base is not None:
            return self.concrete(base.definition, values)
        found = re.fullmatch(r"byte at sp([+-]\d+)?", name)
        if found:
            stack, origin = values["stack"]
            return stack[origin + int(found[1] or 0)]
        return None

    def allows(self, term, actual, values):
        value = self.concrete(term, values)
        if isinstance(value, int):
            return value == actual
        solver = z3.Solver()
        solver.add(value == actual)
        return solver.check() == z3.sat


def unexercised(model, exercised):
    for mnemonic in sorted(model.listed() - model.system_calls - exercised):
        yield f"{mnemonic} is listed in {model.file}, but no instruction here holds it"


def run(documentation, compare, compare_planted):
    """The program of either: `compare(task)` gives the differences and what was compared with."""
    parser = argparse.ArgumentParser(description=documentation, formatter_class=argparse.RawDescriptionHelpFormatter)
    generated = ROOT / "Sources/CPreempt/generated"
    states = "random states an instruction, besides two of zeros and ones"
    parser.add_argument("layouts", nargs="+", type=Path, help="of one CPU: what `preempt layout BACKEND --json` printed")
    parser.add_argument("--states", type=int, default=2, help=states)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--generated", type=Path, default=generated, help="the folder with a folder for each backend")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--planted", action="store_true", help="show that wrong meanings are found, instead")
    options = parser.parse_args()
    accept_signals()
    layouts = [json.loads(path.read_text()) for path in options.layouts]
    said, differences, compared_with = [], [], None
    with tempfile.TemporaryDirectory() as folder:
        model = architecture(layouts[0])
        task = Task(layouts, model, options.generated, Path(folder), options.states, options.seed, said)
        try:
            if options.planted:
                differences = compare_planted(task)
            else:
                differences, compared_with = compare(task)
        except Missing as reason:
            task.say(f"skipped: {reason}")
    differences = [" ".join(difference.split()) for difference in differences]
    if options.json:
        result = {"compared": said, "comparedWith": compared_with, "differences": differences}
        json.dump(result, sys.stdout, indent=2, sort_keys=True)
        print()
    else:
        print("\n".join(said + [f"DIFFERS {difference}" for difference in differences[:40]]))
    return 1 if differences else 0
