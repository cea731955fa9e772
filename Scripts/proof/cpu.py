"""Holds what the proof takes for granted against this machine: its CPU, its gdb, and the generated header.

    python3 Scripts/proof/cpu.py amd64.json noxreg.json
    python3 Scripts/proof/cpu.py 386.json noxreg_386.json

- Registers: gdb's target description of a process and the architecture's file name the same.
- Instructions: every distinct one of every stub, and those that mutants consist of, runs on the CPU from random states;
  the lifted or overridden meaning must allow what came of it, in every register, flag and byte of memory.
- Injection: the generated header's handler half, compiled, leaves the state that the proof starts from.

prove.py runs this too. What the machine lacks is printed as skipped, with the reason. Exits 1 where something differs.
"""

import argparse
import json
import mmap
import platform
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import z3

import amd64
from lifter import Image
from machine import Machine, Refusal, constant
from prove import ROOT, accept_signals, architecture, assemblers, link
from theorem import variables

HERE = Path(__file__).resolve().parent
generated = ROOT / "Sources/CPreempt/generated"
STACK_POINTER, FRAME_BASE = -1024, -560  # from the interrupted stack pointer
NEVER_LOADED = {"TF", "NT", "AC"}
CALL_DISTANCE = 8


said = []


def say(line):
    said.append(line)


class Ended(Exception):
    """An instruction was the end of the program that ran it."""


def link_options(model):
    """Addresses must be constants; another machine's shared libraries are seldom here."""
    return ["-no-pie"] if model.machine == platform.machine() else ["-static"]


def compiler(model, folder):
    """The first of the architecture's compilers that builds programs, and this kernel runs them."""
    if platform.machine() not in model.kernels:
        raise Refusal(f"this machine's CPU is {platform.machine()}, not {model.machine}")
    program, problems = Path(folder) / "empty", []
    for command in model.assemblers:
        if shutil.which(command[0]) is None:
            problems.append(f"no {command[0]} in PATH")
            continue
        built = subprocess.run(
            [*command, *link_options(model), "-x", "c", "-o", program, "-"],
            input="#include <ucontext.h>\nint main(void) { return 0; }\n",
            capture_output=True,
            text=True,
        )
        if built.returncode == 0:
            try:
                subprocess.run([program], check=True)
            except (OSError, subprocess.CalledProcessError) as problem:
                raise Refusal(f"this kernel runs no program of {model.machine}: {problem}") from None
            return command
        problems.append(f"{command[0]} builds no program: {(built.stderr.splitlines() or ['it says nothing'])[0]}")
    raise Refusal("; ".join(problems))


class Host:
    """The program of cpu.c and cpu.S: what it can be asked for, and the memory that it shares."""

    def __init__(self, model, compiler, layout, folder):
        self.model, self.word, backend = model, model.pointer_byte_count, layout["backend"]
        self.program = Path(folder) / f"cpu-{backend}"
        header = generated / backend / "preempt.h"
        subprocess.run(
            [*compiler, *link_options(model), "-O1", "-o", self.program, HERE / "cpu.c", HERE / "cpu.S"]
            + [f'-DINJECTING_HEADER="{header}"', f"-DINJECT=preempt_{backend}_inject"],
            check=True,
        )
        self.symbols = Image(self.program).symbols
        self.slot, self.constant = self.address("slot"), self.address("constant")
        self.image_byte_count = self.symbols["cpu_in"][1]
        self.general = {name: self.word * at for at, name in enumerate(model.general)}
        self.stack_byte_count, self.area_byte_count = (self.symbols[f"cpu_{name}"][1] for name in ("stack", "area"))
        self.start()
        enabled = self.number("enabled", 8)
        self.enabled = {component for component in range(64) if enabled >> component & 1}
        known = self.enabled & {0, 1, 2, amd64.OPMASK, amd64.ZMM_HI256, amd64.HI16_ZMM}
        self.components = sum(1 << component for component in known)
        self.offsets = {component: self.number("component_offsets", 4, component) for component in known}

    def start(self):
        path = f"{self.program}.memory"
        _, byte_count = self.symbols["cpu_shared"]
        with open(path, "w+b") as file:
            self.process = subprocess.Popen(
                [self.program, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
            )
            self.await_answer()
            self.memory = mmap.mmap(file.fileno(), byte_count)
        self.mapping = self.number("mapping", self.word)
        self.stack, self.area = (self.mapping + self.offset(self.address(name)) for name in ("stack", "area"))

    def await_answer(self):
        if not self.process.stdout.read(1):
            status = self.process.wait()
            raise Ended(f"ends with {signal.Signals(-status).name if status < 0 else f'status {status}'}")

    def ask(self, command):
        self.process.stdin.write(command)
        try:
            self.await_answer()
        except Ended:
            self.start()
            raise

    def close(self):
        self.process.stdin.close()
        self.process.wait()

    # -- memory

    def address(self, name):
        return self.symbols[f"cpu_{name}"][0]

    def offset(self, address):
        start = self.address("shared")
        return address - (start if address < start + len(self.memory) else self.mapping)

    def read(self, address, byte_count):
        at = self.offset(address)
        return self.memory[at : at + byte_count]

    def write(self, address, content):
        at = self.offset(address)
        self.memory[at : at + len(content)] = content

    def number(self, name, byte_count, index=0):
        return int.from_bytes(self.read(self.address(name) + index * byte_count, byte_count), "little")

    def put(self, name, value, byte_count, index=0):
        self.write(self.address(name) + index * byte_count, value.to_bytes(byte_count, "little"))

    def inject(self, *words):
        """The pc, sp, frame base and flags of a context with those after the generated header's injection into it."""
        for index, word in enumerate(words):
            self.put("words", word, self.word, index)
        self.ask(b"i")
        return [self.number("words", self.word, index) for index in range(4)]

    # Where cpu.S keeps what.
    FLAGS, FSAVE, XSAVE = 128, 192, 320

    def field(self, row):
        """(offset, byte count) of a row in an image."""
        name, xsave = row.name, self.XSAVE
        if name in self.general:
            return self.general[name], self.word
        # SDM volume 1, tables 10-2 and 13.5; the last-instruction pointers from FNSAVE's image, figure 8-9.
        plain = {"fctrl": xsave, "fstat": xsave + 2, "ftag": xsave + 4, "mxcsr": xsave + 24, "fioff": self.FSAVE + 12,
                 "fop": self.FSAVE + 18, "fooff": self.FSAVE + 20}  # fmt: skip
        if name in plain:
            return plain[name], row.byte_count
        found = re.fullmatch(r"(st|xmm|ymm|zmm|k)(\d+)h?", name)
        if not found or (row.component or 0) not in self.enabled:
            return None
        kind, number = found[1], int(found[2])
        if kind == "st":
            return xsave + 32 + 16 * number, 10
        if row.component == amd64.SSE:
            return xsave + 160 + 16 * number, 16
        start = xsave + self.offsets[row.component]
        if row.component == amd64.HI16_ZMM:
            return start + 64 * (number - 16) + row.first_byte, row.byte_count
        return start + row.byte_count * number, row.byte_count

    def run(self, image, code):
        """The state after `code`, from the state `image`; the stack and the block are changed in place."""
        self.write(self.slot, code.ljust(self.symbols["cpu_slot"][1], b"\x90"))
        self.put("components", self.components, 8)
        self.write(self.address("in"), image)
        self.write(self.address("out"), bytes(self.image_byte_count))
        self.ask(b"r")
        return self.read(self.address("out"), self.image_byte_count)


class Comparison:
    """One instruction: its meaning once, then what the CPU makes of it from random states."""

    def __init__(self, host, architecture, code, constant_bytes=b""):
        self.host, self.architecture, self.constant_bytes = host, architecture, constant_bytes
        self.code = code
        self.lifter = architecture.lifter(architecture, self)
        self.machine = machine = Machine(self.lifter.registers, self, 8 * architecture.pointer_byte_count)
        machine.enabled = host.enabled
        machine.stack_pointer_register = architecture.stack_pointer
        machine.highest_writable, machine.lowest_writable = host.stack_byte_count // 2, -host.stack_byte_count // 2
        stack = machine.add_stack("sp")
        stack.floor = STACK_POINTER
        block = machine.add_block("area", host.area_byte_count, 64)
        for at in range(0, host.area_byte_count, 64):
            block.cells.store(at, z3.BitVec(f"64 bytes at area+{at}", 512))
        self.rows = architecture.interrupted(machine, host.enabled)
        for register, value in self.pointers(stack.term, block.term):
            machine.put(register, z3.simplify(value))
        self.decoded = self.lifter.decode(host.slot, host.slot + len(code))
        self.mnemonic = self.decoded.capstone.mnemonic
        self.prepare()
        before = {row: self.lane(row) for row in architecture.rows if row.register and host.field(row)}
        self.stack_before = dict(stack.cells.cells)
        self.block_before = dict(block.cells.cells)
        self.outcome = self.lifter.execute(machine, self.decoded)
        # (row, offset and byte count in an image, the term where it isn't what it was)
        self.lanes = []
        for row, old in before.items():
            term = self.lane(row)
            self.lanes.append((row, *host.field(row), None if term.eq(old) else term))

    def pointers(self, sp, area):
        """What the registers hold by which instructions address memory."""
        yield self.architecture.stack_pointer, sp + STACK_POINTER
        yield self.architecture.frame_base, sp + FRAME_BASE
        yield self.architecture.result_register, area

    def lane(self, row):
        return self.machine.get(row.register, row.first_byte, row.byte_count)

    # What the lifter asks of an image: the instruction where it will run, and its constant.
    def bytes(self, address, byte_count):
        start = address - self.host.slot
        return self.code[start : start + byte_count], False

    def constant(self, address, byte_count):
        if address != self.host.constant or byte_count > len(self.constant_bytes):
            raise Refusal(f"reads {address:#x}")
        return constant(int.from_bytes(self.constant_bytes[:byte_count], "little"), byte_count * 8)

    def prepare(self):
        """Facts without which an override would rightly refuse the instruction."""
        if self.mnemonic in ("fldcw", "frstor"):  # no pending exception
            self.machine.facts.append(z3.BitVec("fctrl", 16) & 0x3F == 0x3F)
        if self.mnemonic == "ldmxcsr" and not self.constant_bytes:
            address = self.architecture.address(self.machine, self.decoded, self.decoded.capstone.operands[0])
            value = self.architecture.symbol(self.machine, "mxcsr", 4, when=" in memory")
            self.machine.store(address, value)

    def check(self, generator, fill=None):
        """The differences from one random state, as text. `fill`: the byte that all memory holds, else random."""
        host, machine = self.host, self.machine
        sp = host.stack + host.stack_byte_count // 2 + generator.randrange(-64, 64)
        for start, byte_count in ((host.stack, host.stack_byte_count), (host.area, host.area_byte_count)):
            host.write(start, generator.randbytes(byte_count) if fill is None else bytes([fill]) * byte_count)
        state = self.random_state(generator, sp)
        mask = int.from_bytes(state[host.XSAVE + 28 : host.XSAVE + 32], "little")

        top = sp + STACK_POINTER
        if self.mnemonic == "ret":
            host.write(top, (host.slot + len(self.code)).to_bytes(host.word, "little"))
        if self.mnemonic.startswith("popf"):
            refused = sum(1 << amd64.FLAGS[flag] for flag in NEVER_LOADED)
            word = int.from_bytes(host.read(top, host.word), "little")
            host.write(top, (word & ~refused).to_bytes(host.word, "little"))
        values = self.values(state, sp, mask)
        if self.mnemonic == "ldmxcsr" and not self.constant_bytes:
            value = generator.getrandbits(32) & mask
            operand = self.architecture.address(machine, self.decoded, self.decoded.capstone.operands[0])
            host.write(self.concrete(operand, values), value.to_bytes(4, "little"))
            values["mxcsr in memory"] = value
        stack_in, block_in = self.memory()
        values["stack"] = (stack_in, sp - host.stack)
        for at in range(0, host.area_byte_count, 64):
            values[f"64 bytes at area+{at}"] = int.from_bytes(block_in[at : at + 64], "little")

        # A context switch within the run loses the last-instruction pointers: AMD's XSAVE drops them. So a difference has
        # to show again.
        for _ in range(3):
            host.write(host.stack, stack_in)
            host.write(host.area, block_in)
            differences = self.differences(host.run(state, self.code), state, values, stack_in, block_in)
            if not differences:
                break
        return differences

    def memory(self):
        host = self.host
        return host.read(host.stack, host.stack_byte_count), host.read(host.area, host.area_byte_count)

    def differences(self, result, state, values, stack_in, block_in):
        host, machine = self.host, self.machine
        stack_out, block_out = self.memory()
        origin = values["stack"][1]
        differences = []

        def compare(what, term, actual):
            if not self.allows(term, actual, values):
                differences.append(f"{self.decoded.text}: {what} is {actual:#x}, the meaning says {term}")

        for row, start, byte_count, term in self.lanes:
            actual, expected = (
                int.from_bytes(image[start : start + byte_count], "little") for image in (result, state)
            )
            compare(row.name, constant(expected, byte_count * 8) if term is None else term, actual)
        flags = int.from_bytes(result[host.FLAGS : host.FLAGS + host.word], "little")
        for flag, bit in amd64.FLAGS.items():
            compare(flag, machine.get(flag), flags >> bit & 1)
        if self.outcome is not None:
            distance = CALL_DISTANCE if self.mnemonic == "call" else 0  # it came back, so it went there
            compare("the next PC", self.outcome[1], host.slot + len(self.code) + distance)
        differences += self.compare_memory("sp", stack_in, stack_out, origin, values, self.stack_before)
        differences += self.compare_memory("area", block_in, block_out, 0, values, self.block_before)
        return differences

    def compare_memory(self, name, before, after, origin, values, cells_before):
        """Every byte: as the meaning says where it stores, else as before."""
        differences, expected = [], bytearray(before)
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

    def random_state(self, generator, sp):
        """An image that the CPU accepts: what it holds after loading a random one and a nop."""
        host = self.host
        image = bytearray(generator.randbytes(host.image_byte_count))

        def put(offset, value, byte_count):
            image[offset : offset + byte_count] = value.to_bytes(byte_count, "little")

        for register, value in self.pointers(sp, host.area):
            put(host.general[register.lower()], value, host.word)
        loaded = sum(
            1 << bit for flag, bit in amd64.FLAGS.items() if flag not in amd64.FIXED_FLAGS.keys() | NEVER_LOADED
        )
        put(host.FLAGS, generator.getrandbits(8 * host.word) & loaded, host.word)
        if self.mnemonic in ("fldcw", "frstor"):
            put(host.FSAVE, 0x3F | generator.getrandbits(16), 2)
        xsave = host.XSAVE
        put(xsave + 24, generator.getrandbits(32) & 0xFFBF, 4)
        put(xsave + 512, host.components, 8)
        put(xsave + 520, 0, 56)
        canonical = bytearray(host.run(bytes(image), b""))
        # The order in which cpu.S loads a state: x87 from FNSAVE's image.
        return bytes(canonical)

    def values(self, state, sp, mask):
        values = {"sp": sp, "area": self.host.area, "MXCSR_MASK": mask}
        for row, start, byte_count, _ in self.lanes:
            values[row.name] = int.from_bytes(state[start : start + byte_count], "little")
        flags = int.from_bytes(state[self.host.FLAGS : self.host.FLAGS + self.host.word], "little")
        for flag, bit in amd64.FLAGS.items():
            values[f"{flag} at entry"] = flags >> bit & 1
        return values

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


def instructions(layouts, architecture, folder, host):
    """(code, constant) of every distinct instruction, with a displacement from rip or a call's made to fit the slot."""
    found = {}
    for layout in layouts:
        source = generated / layout["backend"] / "preempt.S"
        for compiler in assemblers(architecture):
            image = Image(link(layout, source, folder, compiler, layout["backend"]))
            lifter = architecture.lifter(architecture, image)
            for stub in layout["stubs"]:
                start, byte_count = image.symbols[stub["symbol"]]
                at = start
                while at < start + byte_count:
                    decoded = lifter.decode(at, start + byte_count)
                    add(found, decoded, host, image)
                    at = decoded.end
    source = Path(folder) / "more.S"
    lines = [*re.split(r"[;\n]", architecture.more), '.section .note.GNU-stack, "", @progbits']
    source.write_text("".join(f"\t{line.strip()}\n" for line in lines))
    image = Image(link({"compilerOptions": []}, source, folder, assemblers(architecture)[0], "more"))
    lifter = architecture.lifter(architecture, image)
    section = image.elf.get_section_by_name(".text")
    at = section["sh_addr"]
    while at < section["sh_addr"] + section["sh_size"]:
        decoded = lifter.decode(at, section["sh_addr"] + section["sh_size"])
        add(found, decoded, host, image)
        at = decoded.end
    return found


def add(found, decoded, host, image):
    code, constant_bytes = bytearray(decoded.bytes), b""
    if decoded.capstone.mnemonic == "call":
        code[1:5] = CALL_DISTANCE.to_bytes(4, "little")  # to the next instruction the lifter sees no call
    elif decoded.capstone.disp_offset and "rip" in decoded.capstone.op_str:
        target = decoded.end + decoded.capstone.disp
        constant_bytes = image.bytes(target, 4)[0]
        at = decoded.capstone.disp_offset
        code[at : at + 4] = (host.constant - (host.slot + len(code))).to_bytes(4, "little", signed=True)
    found[bytes(code), constant_bytes] = decoded.text


def compare_instructions(layouts, host, folder, state_count, seed, model=None, only=None):
    model = model or architecture(layouts[0])
    generator = random.Random(seed)
    exercised, compared, skipped, differences = set(), 0, [], []
    for (code, constant_bytes), text in instructions(layouts, model, folder, host).items():
        if only is not None and text.split()[0] != only:
            continue
        host.write(host.constant, constant_bytes.ljust(8, b"\0"))
        try:
            comparison = Comparison(host, model, code, constant_bytes)
        except Exception as problem:
            if "not enabled" in str(problem):
                skipped.append(text)
            else:
                differences.append(f"{text}: {problem}")
            continue
        exercised.add(comparison.mnemonic)
        compared += 1
        for fill in [0, 0xFF, *[None] * state_count]:
            try:
                found = comparison.check(generator, fill)
            except Ended as end:
                found = [f"{text}: {end}"]
            differences += found
            if found:
                break
    if not skipped and only is None:
        for mnemonic in sorted(model.listed() - exercised):
            differences.append(f"{mnemonic} is listed in {model.file}, but no instruction here holds it")
    if only is not None:
        return differences
    say(
        f"instructions: {compared} distinct ones from {state_count + 2} states each (seed {seed}), "
        f"{len(differences)} differ"
    )
    if skipped:
        say(f"skipped: {len(skipped)} instructions of extensions that this machine hasn't enabled, e.g. {skipped[0]}")
    return differences


def planted(right):
    """Architectures that get one instruction wrong, which the comparison must find: by its mnemonic."""
    move, pop = (next(name for name in right().overrides if name.startswith(start)) for start in ("vmovdqu", "popf"))

    class WrongWidth(right):
        def vmovdqu64(self, machine, decoded):
            super().vmovdqu64(machine, decoded)
            target = decoded.capstone.operands[0]
            if target.type == amd64.x86.X86_OP_REG:
                machine.put(self.vector(decoded, target)[0], z3.BitVecVal(1, 8), first_byte=63)

    class NoAuxiliaryCarry(right):
        @staticmethod
        def flags_written(instruction):
            return []  # SLEIGH alone: it never writes AF

    class LiftedPop(right):
        def __init__(self):
            super().__init__()
            self.lifted = self.lifted | {pop}
            del self.overrides[pop]

    class NoSummary(right):
        def fldcw(self, machine, decoded):
            status = machine.get("FPUStatusWord")
            super().fldcw(machine, decoded)
            machine.put("FPUStatusWord", status)

    class ShiftedImage(right):
        def frstor(self, machine, decoded):
            super().frstor(machine, decoded)
            machine.put("ST0", machine.get("ST1"))

    class KeptStatus(right):
        def fnsave(self, machine, decoded):
            status = machine.get("FPUStatusWord")
            super().fnsave(machine, decoded)
            machine.put("FPUStatusWord", status)

    return {
        move: WrongWidth,
        "and": NoAuxiliaryCarry,
        pop: LiftedPop,
        "fldcw": NoSummary,
        "frstor": ShiftedImage,
        "fnsave": KeptStatus,
    }


def compare_planted(layouts, host, folder, state_count, seed):
    missed, skipped, kinds = [], 0, planted(type(host.model))
    for mnemonic, kind in kinds.items():
        if kind.__name__ == "WrongWidth" and not amd64.AVX512 <= host.enabled:
            skipped += 1
        elif not compare_instructions(layouts, host, folder, state_count, seed, kind(), mnemonic):
            missed.append(f"the planted fault {kind.__name__} of {mnemonic} wasn't found")
    for code, end in ((b"\x0f\x0b", "SIGILL"), (b"\xf4", "SIGSEGV")):  # ud2; hlt
        try:
            host.run(bytes(host.image_byte_count), code)
            missed.append(f"{code.hex()} came back")
        except Ended as problem:
            if end not in str(problem):
                missed.append(f"{code.hex()} {problem}")
    say(f"planted: {len(kinds) - skipped} wrong meanings, {len(missed)} not found, {skipped} skipped (no AVX-512 here)")
    return missed


def compare_registers(host):
    """gdb's registers of a process and ours."""
    unknown = host.enabled - set(amd64.COMPONENTS)
    differences = [f"state component {component} is enabled here, and amd64.py doesn't know it" for component in unknown]
    if shutil.which("gdb") is None:
        say("skipped: gdb isn't in PATH: apt-get install -y gdb")
        return differences
    command = ["gdb", "-q", "-nx", "-batch", "-ex", "starti", "-ex", "maint print xml-tdesc", host.program]
    text = subprocess.run(command, capture_output=True, text=True, timeout=60).stdout
    features = dict(re.findall(r'<feature name="([^"]+)">(.*?)</feature>', text, re.S))
    if not features:
        return differences + ["gdb describes no target"]
    count = 0
    for feature, body in features.items():
        names = set(re.findall(r'<reg name="([^"]+)"', body))
        ours = {row.name for row in host.model.universe.get(feature, [])}
        count += len(names)
        differences += [f"gdb's {feature} has {name}, {host.model.file} hasn't" for name in sorted(names - ours)]
        differences += [f"{host.model.file} has {name} in {feature}, gdb hasn't" for name in sorted(ours - names)]
    say(f"registers: {count} of gdb's {len(features)} features, {len(differences)} differ")
    return differences


def compare_injection(hosts):
    differences = []
    generator = random.Random(1)
    for layout, host in hosts:
        model, frame, bits = host.model, layout["frame"], 8 * host.word
        before = bytearray(generator.randbytes(host.stack_byte_count))
        host.write(host.stack, bytes(before))
        sp = host.stack + host.stack_byte_count // 2 + 3
        frame_base = model.frame_base.lower()
        values = {name: generator.getrandbits(bits) for name in ("pc", frame_base, model.flags, "area", "context")}
        entry = generator.getrandbits(bits - 1)
        found = host.inject(
            values["pc"], sp, values[frame_base], values[model.flags], entry, values["area"], values["context"]
        )
        for word in frame["words"]:
            at = sp - host.stack + word["offset"]
            before[at : at + word["byteCount"]] = values[word["name"]].to_bytes(word["byteCount"], "little")
        if bytes(before) != host.read(host.stack, host.stack_byte_count):
            differences.append(f"{layout['backend']}: the header's injection writes other words than the layout says")
        if found[:3] != [entry, sp + frame["entryOffset"], values[frame_base]]:
            differences.append(f"{layout['backend']}: the header's injection leaves another pc, sp or {frame_base}")
    say(f"injection: {len(hosts)} headers, {len(differences)} differ")
    return differences


def main():
    global generated
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("layouts", nargs="+", type=Path, help="what `preempt layout BACKEND --json` printed")
    parser.add_argument(
        "--states", type=int, default=2, help="random states an instruction, besides two of zeros and ones"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--generated", type=Path, default=generated, help="the folder with a folder for each backend")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--planted", action="store_true", help="show that wrong meanings are found, instead")
    options = parser.parse_args()
    accept_signals()
    generated = options.generated
    layouts = [json.loads(path.read_text()) for path in options.layouts]
    model, differences, compared_with = architecture(layouts[0]), [], None
    with tempfile.TemporaryDirectory() as folder:
        try:
            command = compiler(model, folder)
        except Refusal as problem:
            say(f"skipped: {problem}")
        else:
            hosts = [(layout, Host(model, command, layout, folder)) for layout in layouts]
            _, host = hosts[0]
            if options.planted:
                differences = compare_planted(layouts, host, folder, options.states, options.seed)
            else:
                differences = compare_registers(host)
                differences += compare_injection(hosts)
                differences += compare_instructions(layouts, host, folder, options.states, options.seed)
                compared_with = "this CPU"
            for _, host in hosts:
                host.close()
    differences = [" ".join(difference.split()) for difference in differences]
    if options.json:
        said_with = {"compared": said, "comparedWith": compared_with, "differences": differences}
        json.dump(said_with, sys.stdout, indent=2, sort_keys=True)
        print()
    else:
        print("\n".join(said + [f"DIFFERS {difference}" for difference in differences[:40]]))
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
