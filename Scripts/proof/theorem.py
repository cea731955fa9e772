"""What is proved of a stub, and the run that proves it.

For every interrupted state of the stub's class, with the handler's words written as the layout says: the stub calls
`preempt_mcall` once, with the frame and the save area as documented and the machine as a C callee may expect it; when
the callee returns, having kept only what the psABI makes it keep, the stub ends with every register, flag and lane as
interrupted, at the interrupted PC, having written nothing outside frame and save area. At every instruction the
unwinding rules give the interrupted values, and what lies below the stack pointer may have been overwritten.

Where no instruction can do that the theorem ends at the system call that has the kernel do it: the stack pointer is the
signal frame that the callee returned, nothing was written since, and the slots are what that frame is filled from.

It is proved of slots: while the callee runs, every slot is given a new value (a debugger or a moving collector may do
so), and from then on that is the interrupted value. A stub that relied on what a callee keeps would be found out.
"""

from dataclasses import dataclass, field

import z3

from machine import Machine, Refusal, Violation, as_signed, constant
from unwind import UnwindTable, recover

CALLEE = "preempt_mcall"


@dataclass
class Failure:
    backend: str
    stub: str
    offset: int | None
    instruction: str | None
    what: str
    expected: str | None = None
    got: str | None = None
    state: dict = field(default_factory=dict)

    def __str__(self):
        place = "" if self.offset is None else f" +{self.offset:#x} {self.instruction}"
        text = f"{self.backend}: {self.stub}{place}: {self.what}"
        if self.expected is not None:
            text += f": expected {self.expected}, got {self.got}"
        if self.state:
            text += "; for example " + ", ".join(f"{name} = {value}" for name, value in self.state.items())
        return text


class StopAtFirst(Exception):
    pass


class Stub:
    """One entry stub's part of `preempt layout BACKEND --json`."""

    def __init__(self, layout, stub, architecture):
        classes = {item["name"]: item for item in layout["classes"]}
        self.backend = layout["backend"]
        self.symbol = stub["symbol"]
        self.reason = stub["reason"]
        self.state_class = classes[stub["stateClass"]]
        self.enabled = bits(classes[stub["widest"]]["components"])
        self.live = bits(self.state_class["liveComponents"])
        self.layout = layout
        self.architecture = architecture
        self.area_is_on_stack = layout["extendedPlacement"] == "stack"

    @classmethod
    def all(cls, layout, architecture):
        return [cls(layout, stub, architecture) for stub in layout["stubs"]]


def bits(mask):
    return {index for index in range(64) if mask >> index & 1}


class Proof:
    """The run over one stub's code.

    `tables` are unwinding tables for the same code, by what they are called, each judged by itself: what other
    assemblers made of the directives, and mutants. Their failures are in `table_failures`.
    """

    def __init__(self, stub, image, symbol=None, tables=None, stops_at_first=False):
        self.stub, self.image = stub, image
        self.architecture = stub.architecture
        self.lifter = self.architecture.lifter(self.architecture, image)
        self.stops_at_first = stops_at_first
        self.failures = []
        self.instruction_count = 0
        self.comparison_count = 0
        self.decoded = None
        self.symbol = symbol or stub.symbol
        if self.symbol not in image.symbols:
            raise Refusal(f"no symbol {self.symbol}")
        self.start, byte_count = image.symbols[self.symbol]
        self.end = self.start + byte_count
        self.tables = {"": UnwindTable(image, self.start, self.end)} | (tables or {})
        self.table_failures = {name: [] for name in self.tables}
        self.table_failures[""] = self.failures

    # -- reporting

    def fail(self, what, expected=None, got=None, model=None):
        self.failures.append(self.failure(what, expected, got, model))
        if self.stops_at_first:
            raise StopAtFirst

    def failure(self, what, expected=None, got=None, model=None, terms=()):
        at = self.decoded
        terms = [term for term in (expected, got, *terms) if z3.is_expr(term)]
        return Failure(
            self.stub.backend,
            self.symbol,
            None if at is None else at.address - self.start,
            None if at is None else at.text,
            " ".join(what.split()),
            None if expected is None else spelled(expected),
            None if got is None else spelled(got),
            {} if model is None else self.sample(model, terms),
        )

    def sample(self, model, terms):
        """A state in which it goes wrong: the first of what the terms mention, and the stack pointer."""
        found = {variable.decl().name(): variable for term in terms for variable in variables(term)}
        shown = dict(list(found.items())[:4]) | {self.sp.decl().name(): self.sp}
        values = {name: model.eval(variable, model_completion=True) for name, variable in shown.items()}
        return {name: f"{value.as_long():#x}" for name, value in values.items()}

    def compare(self, what, got, expected):
        self.comparison_count += 1
        model = self.machine.equal(got, expected)
        if model is not None:
            self.fail(what, expected, got, model)

    # -- the run

    def run(self):
        try:
            self.execute()
        except (Violation, Refusal) as problem:
            condition = getattr(problem, "condition", None)
            model = None if condition is None or self.stops_at_first else self.machine.always(z3.Not(condition))
            self.failures.append(self.failure(str(problem), model=model, terms=[condition]))
        except StopAtFirst:
            pass
        return self.failures

    def interrupt(self):
        """The state in which the handler leaves the task."""
        stub, layout, architecture = self.stub, self.stub.layout, self.architecture
        frame, width = layout["frame"], layout["abi"]["pointerByteCount"]
        is_big_endian = not self.image.elf.little_endian
        machine = self.machine = Machine(self.lifter.registers, self.image, width * 8, is_big_endian)
        machine.enabled = stub.enabled
        machine.stack_pointer_register = architecture.stack_pointer
        machine.highest_writable = -frame["redZoneByteCount"]
        # The callee's frames begin with its arguments and, where a call pushes it, the return address.
        callee = frame["calleeByteCount"] - architecture.argument_byte_count - self.pushed_byte_count
        machine.lowest_writable = -stub.state_class["requiredStackByteCount"] + callee
        stack = machine.add_stack("sp", self.kept_alignment)
        self.sp = stack.term
        # The handler has checked that the stack has room, so nothing wraps around.
        room = stub.state_class["requiredStackByteCount"]
        highest = (1 << width * 8) - max(1, frame["redZoneByteCount"])
        machine.facts += [z3.UGE(self.sp, room), z3.ULE(self.sp, highest)]
        self.area = None
        if not stub.area_is_on_stack:
            self.area = machine.add_block("area", stub.state_class["byteCount"], frame["areaAlignmentByteCount"])

        self.expected = architecture.interrupted(machine, stub.live)
        self.interrupted = {row.name: value for row, value in self.expected.items()}
        self.interrupted["pc"] = self.pc = self.interrupted_pc("pc")
        self.interrupted[architecture.stack_pointer.lower()] = self.sp
        self.flags_word = None
        if architecture.flags:
            self.flags_word = self.interrupted[architecture.flags] = z3.BitVec(architecture.flags, width * 8)
        self.context = self.interrupted["context"] = z3.BitVec("context", width * 8)
        self.interrupted["area"] = z3.BitVec("area", width * 8) if self.area is None else self.area.term
        stack.floor = frame["entryOffset"]
        for word in frame["words"]:
            stack.cells.store(word["offset"], self.interrupted[word["name"]])
            if word["name"] == "pc" and layout["resume"]["sequence"] == "branchThroughMemory":
                machine.spared = range(word["offset"], word["offset"] + word["byteCount"])
        machine.put(architecture.stack_pointer, z3.simplify(self.sp + frame["entryOffset"]))

    def interrupted_pc(self, name):
        term = z3.BitVec(name, self.stub.layout["abi"]["pointerByteCount"] * 8)
        alignment = self.architecture.instruction_alignment
        if alignment > 1:
            self.machine.facts.append(term & (alignment - 1) == 0)
        return term

    @property
    def pushed_byte_count(self):
        """Of the return address that a call pushes."""
        abi = self.stub.layout["abi"]
        return 0 if abi.get("linkRegister") else abi["pointerByteCount"]

    @property
    def kept_alignment(self):
        """Of the stack pointer, at every instruction."""
        abi = self.stub.layout["abi"]
        return abi["stackAlignment"] if abi["keepsStackPointerAligned"] else 1

    def execute(self):
        self.interrupt()
        for name, table in self.tables.items():
            self.table_failures[name] += [self.failure(problem) for problem in table.problems]
        address, call_count = self.start, 0
        while True:
            if not self.start <= address < self.end:
                raise Violation(f"runs to {address - self.start:+#x}, outside the stub")
            self.decoded = self.lifter.decode(address, self.end)
            self.instruction_count += 1
            self.machine.forget_below_stack_pointer()
            self.unwind(address - self.start)
            if self.kept_alignment > 1:
                value = self.machine.get(self.architecture.stack_pointer)
                self.compare("the stack pointer's alignment", value & (self.kept_alignment - 1), value ^ value)
            outcome = self.lifter.execute(self.machine, self.decoded)
            address = self.decoded.end
            if outcome is None:
                continue
            kind, target = outcome
            if kind != "call" and not self.machine.is_possible():
                self.fail("no state fulfils what the proof assumes")
            if kind == "return":
                self.finish(target, call_count)
                return
            if kind == "signal":
                self.leave_to_kernel(target, call_count)
                return
            call_count += 1
            self.call(target)

    def unwind(self, offset):
        """Judges the tables' rows at an instruction, rows that say the same once."""
        judged = {}
        for name, table in self.tables.items():
            row = table.row(offset)
            if row is None:
                # A table without any was reported at the start.
                failures = [self.failure("no row of the unwinding table covers this instruction")] if table.rows else []
            else:
                key = (table.return_column, row.key)
                if key not in judged:
                    judged[key] = self.judge(table.return_column, row)
                failures = judged[key]
            self.table_failures[name] += failures
        if self.failures and self.stops_at_first:
            raise StopAtFirst

    def judge(self, return_column, row):
        architecture, abi = self.architecture, self.stub.layout["abi"]
        failures = []
        if return_column != abi["returnAddressColumn"]:
            failures.append(self.failure("the return address's column", abi["returnAddressColumn"], return_column))
        # A register that always reads as zero has no value to recover.
        numbers = {*range(abi["firstCFIColumn"], abi["lastCFIColumn"] + 1), abi["returnAddressColumn"]}
        wanted = sorted(numbers & {*architecture.columns, return_column, abi["returnAddressColumn"]})
        recovered = recover(self.machine, row, architecture.columns, wanted, return_column, abi["pointerByteCount"])
        for column, value in recovered:
            register = architecture.columns.get(column)
            if register is not None and register == self.stub.layout["resume"].get("register"):
                continue  # no task holds a value in it
            if column == "CFA":
                name, expected = "the CFA", self.sp
            elif column == return_column:
                name, expected = "the unwound PC", self.pc
            elif register is None:
                continue
            else:
                name, expected = f"the unwound {register.lower()}", self.interrupted[register.lower()]
            if register == architecture.stack_pointer and column not in row.rules:
                continue  # without a rule an unwinder takes the CFA for it
            self.comparison_count += 1
            if isinstance(value, str):
                failures.append(self.failure(f"{name} can't be recovered: {value}"))
            elif (model := self.machine.equal(value, expected)) is not None:
                failures.append(self.failure(name, expected, value, model))
        return failures

    def call(self, target):
        machine, stub, layout = self.machine, self.stub, self.stub.layout
        name = self.image.names.get(target.as_long()) if z3.is_bv_value(target) else None
        if name != CALLEE:
            self.fail("calls", CALLEE, name or target)
        width = layout["abi"]["pointerByteCount"]
        # Where the return address is pushed, what the psABI asks of the stack pointer goes for the word above it.
        before = z3.simplify(machine.get(self.architecture.stack_pointer) + self.pushed_byte_count)
        callees = self.architecture.argument_byte_count + self.architecture.register_save_area_byte_count
        above_arguments = z3.simplify(before + callees)
        alignments = [("stack pointer", before, layout["abi"]["stackAlignment"])]
        if stub.area_is_on_stack:
            alignments.append(("save area", above_arguments, layout["frame"]["areaAlignmentByteCount"]))
        for what, address, alignment in alignments:
            self.compare(f"the {what}'s alignment at the call", address & (alignment - 1), constant(0, width * 8))
        link = layout["abi"].get("linkRegister")
        returns_to = machine.get(link) if link else machine.load(machine.get(self.architecture.stack_pointer), width)
        self.compare("the return address", returns_to, constant(self.decoded.end, width * 8))
        if stub.area_is_on_stack:
            reserved = layout["frame"]["byteCount"] + stub.state_class["onStackByteCount"]
            model = machine.always(z3.UGE(self.sp - above_arguments, reserved))
            if model is not None:
                self.fail("the save area's bytes reach into the frame", f"sp-{reserved} or less", above_arguments, model)
        for what, got, expected in self.architecture.callee_expects(machine):
            self.compare(f"{what} at the call", got, expected)
        for index, expected in enumerate((self.context, constant(stub.reason, width * 8))):
            where, value = self.architecture.callee_argument(machine, index)
            self.compare(f"the callee's argument in {where}", value, expected)
        slots = self.slots(above_arguments)
        for what, address, expected, _ in slots:
            self.compare(what, machine.load(address, expected.size() // 8), expected)
        machine.put(self.architecture.stack_pointer, before)
        self.edit(slots)
        for at in range(0, callees, width):
            machine.store(z3.simplify(before + at), machine.arbitrary("the callee's word after the call", width * 8))

        returned = None
        if self.area is not None:
            # The block may come back elsewhere, and the old one may be another task's by then.
            returned = machine.move_block(self.area, "returned area").term
        if layout["resume"]["sequence"] == "signalReturn":
            # Filled from the slots, which lie where they did.
            returned = machine.add_block("signal frame", 8192, 16).term
            machine.is_sealed = True
        self.architecture.callee_clobbers(machine)
        if returned is not None:
            machine.put(self.architecture.result_register, returned)
        machine.forget_below_stack_pointer()

    def slots(self, stack_pointer):
        """(what, address, interrupted value, its name): a scanner, an unwinder and an embedder read them there."""
        state_class = self.stub.state_class
        area = stack_pointer if self.area is None else self.area.term
        places = [(self.sp, "frame", slot) for slot in [*self.stub.layout["frame"]["words"], *state_class["frame"]]]
        places += [(area, "save area", slot) for slot in state_class["area"]]
        return [
            (f"slot {name} of the {where}", start + (slot["offset"] + offset), expected, name)
            for start, where, slot in places
            for name, offset, expected in self.architecture.saved_lanes(self.interrupted, slot)
        ]

    def edit(self, slots):
        """Gives every slot a new value, which is the interrupted one from here on."""
        rows = {row.name: row for row in self.expected}
        for _, address, old, name in slots:
            if name in ("area", "context", self.architecture.stack_pointer.lower()):
                continue  # not what a task resumes with
            if name == "pc":
                new = self.interrupted_pc("pc in its slot")
            else:
                new = self.architecture.symbol(self.machine, name, old.size() // 8, when=" in its slot")
            self.machine.store(address, new)
            self.interrupted[name] = new
            if name in rows:
                self.expected[rows[name]] = new
        self.pc, self.flags_word = self.interrupted["pc"], self.interrupted.get(self.architecture.flags)

    def finish(self, target, call_count):
        if call_count != 1:
            self.fail(f"calls {CALLEE} {call_count} times")
        if self.machine.always(z3.BoolVal(False)) is None:
            raise Refusal("no state fulfils what is assumed, so that anything would hold")
        self.compare("pc", target, self.pc)
        for row, expected in self.expected.items():
            if row.register == self.architecture.stack_pointer:
                expected = self.sp
            if row.name == self.stub.layout["resume"].get("register"):
                continue
            self.compare(row.name, self.machine.get(row.register, row.first_byte, row.byte_count), expected)
        for flag, expected in self.architecture.flag_expectations(self.flags_word):
            self.compare(f"flag {flag}", self.machine.get(flag), expected)


    def leave_to_kernel(self, is_signal_return, call_count):
        """`is_signal_return`: whether it is that system call."""
        if self.stub.layout["resume"]["sequence"] != "signalReturn":
            self.fail("makes a system call where it can resume the task itself")
        if call_count != 1:
            self.fail(f"calls {CALLEE} {call_count} times")
        self.compare("the system call is a return from a signal", is_signal_return, z3.BoolVal(True))
        base, offset = self.machine.place(self.machine.get(self.architecture.stack_pointer))
        self.comparison_count += 1
        if base is None or base.name != "signal frame" or offset != 0:
            self.fail("the stack pointer at the system call", "the signal frame", base and f"{base.name}{offset:+d}")


def spelled(value):
    if not z3.is_expr(value):
        return str(value)
    value = z3.simplify(value)
    if z3.is_bv_value(value):
        return f"{value.as_long():#x}"
    if value.decl().kind() == z3.Z3_OP_BADD and value.num_args() == 2 and z3.is_bv_value(value.arg(0)):
        return f"{spelled(value.arg(1))}{as_signed(value.arg(0).as_long(), value.size()):+d}"
    text = " ".join(str(value).split())
    return text if len(text) <= 120 else text[:117] + "..."


def variables(term):
    found, pending, seen = [], [term], set()
    while pending:
        item = pending.pop()
        if item.get_id() in seen:
            continue
        seen.add(item.get_id())
        if z3.is_const(item) and item.decl().kind() == z3.Z3_OP_UNINTERPRETED:
            found.append(item)
        pending.extend(item.children())
    return found
