"""Holds what the proof takes for granted against this machine: its CPU, its gdb, and the generated header.

    python3 Scripts/proof/cpu.py amd64.json noxreg.json
    python3 Scripts/proof/cpu.py 386.json noxreg_386.json

- Registers: gdb's target description of a process and the architecture's file name the same.
- Instructions: every distinct one of every stub, and those that mutants consist of, runs on the CPU from random states;
  the lifted or overridden meaning must allow what came of it, in every register, flag and byte of memory.
- Injection: the generated header's handler half, compiled, leaves the state that the proof starts from.

prove.py runs this too. What the machine lacks is printed as skipped, with the reason. Exits 1 where something differs.
"""

import mmap
import platform
import random
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import z3

import amd64
from comparison import AREA_BYTE_COUNT, STACK_BYTE_COUNT, STACK_POINTER, Comparison, Missing, run, unexercised
from lifter import Image
from machine import Refusal, constant
from prove import assemblers, link

HERE = Path(__file__).resolve().parent
NEVER_LOADED = {"TF", "NT", "AC"}
CALL_DISTANCE = 8


class Ended(Exception):
    """An instruction was the end of the program that ran it."""


def link_options(model):
    """Addresses must be constants; another machine's shared libraries are seldom here."""
    return ["-no-pie"] if model.machine == platform.machine() else ["-static"]


def compiler(model, folder):
    """The first of the architecture's compilers that builds programs, and this kernel runs them."""
    if platform.machine() not in model.kernels:
        raise Missing(f"this machine's CPU is {platform.machine()}, not {model.machine}")
    program, problems = folder / "empty", []
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
                raise Missing(f"this kernel runs no program of {model.machine}: {problem}") from None
            return command
        problems.append(f"{command[0]} builds no program: {(built.stderr.splitlines() or ['it says nothing'])[0]}")
    raise Missing("; ".join(problems))


class Host:
    """The program of cpu.c and cpu.S: what it can be asked for, and the memory that it shares."""

    def __init__(self, task, compiler, layout):
        self.model, self.word = task.model, task.model.pointer_byte_count
        self.layout, backend = layout, layout["backend"]
        self.program = task.folder / f"cpu-{backend}"
        header = task.generated / backend / "preempt.h"
        subprocess.run(
            [*compiler, *link_options(self.model), "-O1", "-o", self.program, HERE / "cpu.c", HERE / "cpu.S"]
            + [f'-DINJECTING_HEADER="{header}"', f"-DINJECT=preempt_{backend}_inject"]
            + [f"-DSTACK_BYTE_COUNT={STACK_BYTE_COUNT}", f"-DAREA_BYTE_COUNT={AREA_BYTE_COUNT}"],
            check=True,
        )
        self.symbols = Image(self.program).symbols
        self.slot, self.constant = self.address("slot"), self.address("constant")
        self.image_byte_count = self.symbols["cpu_in"][1]
        self.general = {name: self.word * at for at, name in enumerate(self.model.general)}
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


class CPUComparison(Comparison):
    def __init__(self, host, model, code, constant_bytes=b""):
        self.host, self.code, self.constant_bytes = host, code, constant_bytes
        super().__init__(model, self, host.enabled)
        self.rows = [row for row in self.rows if host.field(row)]
        self.decoded = self.lifter.decode(host.slot, host.slot + len(code))
        self.mnemonic = self.decoded.capstone.mnemonic
        self.prepare()
        self.execute(self.decoded)

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
        host = self.host
        sp = host.stack + STACK_BYTE_COUNT // 2 + generator.randrange(-64, 64)
        for start, content in zip((host.stack, host.area), self.memory(generator, fill)):
            host.write(start, content)
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
            operand = self.architecture.address(self.machine, self.decoded, self.decoded.capstone.operands[0])
            host.write(self.concrete(operand, values), value.to_bytes(4, "little"))
            values["mxcsr in memory"] = value
        stack, area = self.memory_now()
        self.add_memory(values, stack, area, sp, host.stack)

        # A context switch within the run loses the last-instruction pointers: AMD's XSAVE drops them. So a difference has
        # to show again.
        for _ in range(3):
            host.write(host.stack, stack)
            host.write(host.area, area)
            differences = self.differences(host.run(state, self.code), state, values, stack, area)
            if not differences:
                break
        return differences

    def memory_now(self):
        host = self.host
        return host.read(host.stack, STACK_BYTE_COUNT), host.read(host.area, AREA_BYTE_COUNT)

    def differences(self, result, state, values, stack, area):
        host, differences = self.host, []
        for row in self.rows:
            given, actual = (self.of_row(image, row) for image in (state, result))
            differences += self.compare_row(row, given, actual, values)
        flags = int.from_bytes(result[host.FLAGS : host.FLAGS + host.word], "little")
        for flag, bit in amd64.FLAGS.items():
            differences += self.compare(flag, self.machine.get(flag), flags >> bit & 1, values)
        if self.outcome is not None:
            distance = CALL_DISTANCE if self.mnemonic == "call" else 0  # it came back, so it went there
            target = host.slot + len(self.code) + distance
            differences += self.compare("the next PC", self.outcome[1], target, values)
        stack_after, area_after = self.memory_now()
        differences += self.compare_memory("sp", stack, stack_after, values["stack"][1], values)
        return differences + self.compare_memory("area", area, area_after, 0, values)

    def of_row(self, image, row):
        start, byte_count = self.host.field(row)
        return int.from_bytes(image[start : start + byte_count], "little")

    def random_state(self, generator, sp):
        """An image that the CPU accepts: what it holds after loading a random one and a nop."""
        host = self.host
        image = bytearray(generator.randbytes(host.image_byte_count))

        def put(offset, value, byte_count):
            image[offset : offset + byte_count] = value.to_bytes(byte_count, "little")

        for register, value in self.pointers(sp, host.area).items():
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
        return host.run(bytes(image), b"")

    def values(self, state, sp, mask):
        values = {"sp": sp, "area": self.host.area, "MXCSR_MASK": mask}
        for row in self.rows:
            values[row.name] = self.of_row(state, row)
        flags = int.from_bytes(state[self.host.FLAGS : self.host.FLAGS + self.host.word], "little")
        for flag, bit in amd64.FLAGS.items():
            values[f"{flag} at entry"] = flags >> bit & 1
        return values


def instructions(task, host):
    """(code, constant) of every distinct instruction, with a displacement from rip or a call's made to fit the slot."""
    found, model = {}, task.model
    more = task.folder / "more.S"
    lines = [*re.split(r"[;\n]", model.more), '.section .note.GNU-stack, "", @progbits']
    more.write_text("".join(f"\t{line.strip()}\n" for line in lines))

    def add_range(image, start, byte_count):
        lifter = model.lifter(model, image)
        while byte_count > 0:
            decoded = lifter.decode(start, start + byte_count)
            add(found, decoded, host, image)
            start, byte_count = decoded.end, byte_count - decoded.byte_count

    for layout in task.layouts:
        for compiler in assemblers(model):
            image = Image(link(layout, task.source(layout), task.folder, compiler, layout["backend"]))
            for stub in layout["stubs"]:
                add_range(image, *image.symbols[stub["symbol"]])
    image = Image(link({"compilerOptions": []}, more, task.folder, assemblers(model)[0], "more"))
    section = image.elf.get_section_by_name(".text")
    add_range(image, section["sh_addr"], section["sh_size"])
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


def compare_instructions(task, host, model=None, only=None):
    model = model or task.model
    generator = random.Random(task.seed)
    exercised, compared, skipped, differences = set(), 0, [], []
    for (code, constant_bytes), text in instructions(task, host).items():
        if only is not None and text.split()[0] != only:
            continue
        host.write(host.constant, constant_bytes.ljust(8, b"\0"))
        try:
            comparison = CPUComparison(host, model, code, constant_bytes)
        except Exception as problem:
            if "not enabled" in str(problem):
                skipped.append(text)
            else:
                differences.append(f"{text}: {problem}")
            continue
        exercised.add(comparison.mnemonic)
        compared += 1
        try:
            differences += comparison.first_difference(generator, task.state_count)
        except Ended as end:
            differences.append(f"{text}: {end}")
    if only is not None:
        return differences
    if not skipped:
        differences += unexercised(model, exercised)
    task.say(
        f"instructions: {compared} distinct ones from {task.state_count + 2} states each (seed {task.seed}), "
        f"{len(differences)} differ"
    )
    if skipped:
        task.say(f"skipped: {len(skipped)} instructions of extensions that this machine hasn't enabled, e.g. {skipped[0]}")
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


def compare_planted(task):
    missed, skipped, kinds = [], 0, planted(type(task.model))
    host = Host(task, compiler(task.model, task.folder), task.layouts[0])
    for mnemonic, kind in kinds.items():
        if kind.__name__ == "WrongWidth" and not amd64.AVX512 <= host.enabled:
            skipped += 1
        elif not compare_instructions(task, host, kind(), mnemonic):
            missed.append(f"the planted fault {kind.__name__} of {mnemonic} wasn't found")
    for code, end in ((b"\x0f\x0b", "SIGILL"), (b"\xf4", "SIGSEGV")):  # ud2; hlt
        try:
            host.run(bytes(host.image_byte_count), code)
            missed.append(f"{code.hex()} came back")
        except Ended as problem:
            if end not in str(problem):
                missed.append(f"{code.hex()} {problem}")
    host.close()
    task.say(f"planted: {len(kinds) - skipped} wrong meanings, {len(missed)} not found, {skipped} skipped (no AVX-512 here)")
    return missed


def compare_registers(task, host):
    """gdb's registers of a process and ours."""
    unknown = host.enabled - set(amd64.COMPONENTS)
    differences = [f"state component {component} is enabled here, and amd64.py doesn't know it" for component in unknown]
    if shutil.which("gdb") is None:
        task.say("skipped: gdb isn't in PATH: apt-get install -y gdb")
        return differences
    command = ["gdb", "-q", "-nx", "-batch", "-ex", "starti", "-ex", "maint print xml-tdesc", host.program]
    text = subprocess.run(command, capture_output=True, text=True, timeout=60).stdout
    features = dict(re.findall(r'<feature name="([^"]+)">(.*?)</feature>', text, re.S))
    if not features:
        return differences + ["gdb describes no target"]
    count = 0
    for feature, body in features.items():
        names = set(re.findall(r'<reg name="([^"]+)"', body))
        ours = {row.name for row in task.model.universe.get(feature, [])}
        count += len(names)
        differences += [f"gdb's {feature} has {name}, {task.model.file} hasn't" for name in sorted(names - ours)]
        differences += [f"{task.model.file} has {name} in {feature}, gdb hasn't" for name in sorted(ours - names)]
    task.say(f"registers: {count} of gdb's {len(features)} features, {len(differences)} differ")
    return differences


def compare_injection(task, hosts):
    differences = []
    generator = random.Random(1)
    for host in hosts:
        model, backend, frame, bits = task.model, host.layout["backend"], host.layout["frame"], 8 * host.word
        before = bytearray(generator.randbytes(STACK_BYTE_COUNT))
        host.write(host.stack, bytes(before))
        sp = host.stack + STACK_BYTE_COUNT // 2 + 3
        frame_base = model.frame_base.lower()
        values = {name: generator.getrandbits(bits) for name in ("pc", frame_base, model.flags, "area", "context")}
        entry = generator.getrandbits(bits - 1)
        found = host.inject(
            values["pc"], sp, values[frame_base], values[model.flags], entry, values["area"], values["context"]
        )
        for word in frame["words"]:
            at = sp - host.stack + word["offset"]
            before[at : at + word["byteCount"]] = values[word["name"]].to_bytes(word["byteCount"], "little")
        if bytes(before) != host.read(host.stack, STACK_BYTE_COUNT):
            differences.append(f"{backend}: the header's injection writes other words than the layout says")
        if found[:3] != [entry, sp + frame["entryOffset"], values[frame_base]]:
            differences.append(f"{backend}: the header's injection leaves another pc, sp or {frame_base}")
    task.say(f"injection: {len(hosts)} headers, {len(differences)} differ")
    return differences


def compare(task):
    command = compiler(task.model, task.folder)
    hosts = [Host(task, command, layout) for layout in task.layouts]
    differences = compare_registers(task, hosts[0])
    differences += compare_injection(task, hosts)
    differences += compare_instructions(task, hosts[0])
    for host in hosts:
        host.close()
    return differences, "this CPU"


if __name__ == "__main__":
    sys.exit(run(__doc__, compare, compare_planted))
