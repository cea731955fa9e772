"""Holds the meanings that the proof gives to another CPU's instructions against an emulator of that CPU.

    python3 Scripts/proof/emulated.py arm64.json noxreg_arm64.json

Every distinct instruction of every stub is executed where it is linked, one step from random states, through the gdb stub
of qemu-user; the lifted or overridden meaning must allow what came of it, in every register, flag and byte of memory.
The system call that returns from a signal is left out. What the machine lacks is printed as skipped. Exits 1 where
something differs.
"""

import platform
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import z3

from arm64 import ARM64
from comparison import AREA_BYTE_COUNT, STACK_BYTE_COUNT, STACK_POINTER, Comparison, Missing, run, unexercised
from lifter import Image
from machine import Refusal, constant
from prove import assemblers, link
from riscv64 import RISCV64
from s390x import S390X

MEMORY = f"""
	.bss
	.balign 4096
	.globl emulated_stack, emulated_area
emulated_stack: .skip {STACK_BYTE_COUNT}
emulated_area: .skip {AREA_BYTE_COUNT}
"""
MORE = "emulated_more"
SIGTRAP, WAIT_SECONDS = 5, 60
CODE_ADDRESSES = 0x7FFFFFFFF0


class Emulator:
    """A program that waits at its start, and what gdb's remote protocol lets one do with it."""

    def __init__(self, command, program, folder):
        path = str(Path(folder) / "socket")
        self.process = subprocess.Popen([*command, "-g", path, program], stdin=subprocess.DEVNULL)
        deadline = time.monotonic() + WAIT_SECONDS
        while True:
            self.socket = socket.socket(socket.AF_UNIX)
            try:
                self.socket.connect(path)
                break
            except OSError:
                self.socket.close()
                if self.process.poll() is not None or time.monotonic() > deadline:
                    raise Refusal(f"{command[0]} opens no gdb stub") from None
                time.sleep(0.02)
        self.socket.settimeout(WAIT_SECONDS)
        self.received = b""
        self.is_big_endian = False
        self.ask("qSupported:multiprocess-;xmlRegisters=")
        self.registers = {}  # name -> (number, byte count)
        number = 0
        for file in re.findall(r'xi:include href="([^"]+)"', self.described("target.xml")):
            for register in re.findall(r"<reg [^>]+>", self.described(file)):
                fields = dict(re.findall(r'(\w+)="([^"]*)"', register))
                number = int(fields.get("regnum", number))
                self.registers[fields["name"]] = number, int(fields["bitsize"]) // 8
                number += 1

    def close(self):
        self.process.kill()
        self.process.wait()
        self.socket.close()

    def _byte(self):
        if not self.received:
            self.received = self.socket.recv(65536)
            if not self.received:
                raise Refusal("the emulator ended")
        first, self.received = self.received[:1], self.received[1:]
        return first

    def ask(self, packet):
        content = packet.encode()
        self.socket.sendall(b"$" + content + b"#%02x" % (sum(content) & 0xFF))
        while self._byte() != b"$":
            pass
        answer = b""
        while (byte := self._byte()) != b"#":
            answer += bytes([self._byte()[0] ^ 0x20]) if byte == b"}" else byte
        self._byte(), self._byte()
        self.socket.sendall(b"+")
        return answer.decode("latin-1")

    def described(self, file):
        text = ""
        while True:
            answer = self.ask(f"qXfer:features:read:{file}:{len(text):x},ffb")
            text += answer[1:]
            if answer[:1] != "m":
                return text

    @property
    def order(self):
        return "big" if self.is_big_endian else "little"

    def read_register(self, name):
        answer = self.ask(f"p{self.registers[name][0]:x}")
        return int.from_bytes(bytes.fromhex(answer), self.order)

    def write_register(self, name, value):
        number, byte_count = self.registers[name]
        # Twice: qemu takes the right half of an s390x vector from eight bytes behind where it is sent.
        content = 2 * value.to_bytes(byte_count, self.order)
        if self.ask(f"P{number:x}={content.hex()}") != "OK":
            raise Refusal(f"the emulator doesn't take a value for {name}")

    def read_memory(self, address, byte_count):
        content = b""
        while len(content) < byte_count:
            count = min(1024, byte_count - len(content))
            content += bytes.fromhex(self.ask(f"m{address + len(content):x},{count:x}"))
        return content

    def write_memory(self, address, content):
        for at in range(0, len(content), 1024):
            part = content[at : at + 1024]
            if self.ask(f"M{address + at:x},{len(part):x}:{part.hex()}") != "OK":
                raise Refusal(f"the emulator doesn't take {len(part)} bytes at {address + at:#x}")

    def step(self):
        answer = self.ask("s")
        if answer[:1] not in "ST" or int(answer[1:3], 16) != SIGTRAP:
            raise Refusal(f"a step ends with '{answer[:40]}'")


class EmulatedComparison(Comparison):
    def __init__(self, emulator, model, image, decoded):
        self.emulator = emulator
        super().__init__(model, image, set(model.components), emulator.is_big_endian, alignment=16)
        self.stack.floor = STACK_POINTER - 256  # below it lies what a branch through memory reads
        self.machine.spared = range(self.stack.floor, STACK_POINTER)
        self.stack_start, self.area_start = (image.symbols[f"emulated_{name}"][0] for name in ("stack", "area"))
        self.flags_before = {flag: self.machine.get(flag) for flag in model.flag_places}
        self.execute(decoded)

    def check(self, generator, fill=None):
        """The differences from one random state, as text. `fill`: the byte that all memory holds, else random."""
        emulator, model = self.emulator, self.architecture
        sp = self.stack_start + STACK_BYTE_COUNT // 2 + 16 * generator.randrange(-4, 4)
        stack, area = self.memory(generator, fill)
        if self.outcome is not None:
            # Where code may lie, whichever word is branched to.
            mask = CODE_ADDRESSES.to_bytes(8, emulator.order)
            stack, area = (bytes(byte & mask[at % 8] for at, byte in enumerate(content)) for content in (stack, area))
        emulator.write_memory(self.stack_start, stack)
        emulator.write_memory(self.area_start, area)
        values = {"sp": sp, "area": self.area_start}
        self.add_memory(values, stack, area, sp, self.stack_start)

        limit, pointers = self.limit(), self.pointers(sp, self.area_start)
        given, written = {}, {}  # by row; gdb's registers, whole
        for row in self.rows:
            value = pointers.get(row.register)
            if value is None:
                value = generator.getrandbits(8 * row.byte_count)
                if row.name in model.control:
                    value &= self.settable(row.name)
                elif row.byte_count == model.pointer_byte_count:
                    value &= limit
                values[row.name] = value
            given[row] = value
            name, first_byte = model.gdb_place(row)
            written[name] = written.get(name, 0) | value << 8 * first_byte
        for flag, (name, position, count) in model.flag_places.items():
            term = self.flags_before[flag]
            value = term.as_long() if z3.is_bv_value(term) else generator.getrandbits(count)
            values[f"{flag} at entry"] = value
            whole = written.get(name, emulator.read_register(name))
            written[name] = whole & ~(((1 << count) - 1) << position) | value << position
        written[model.gdb_pc] = self.decoded.address
        for name, value in written.items():
            emulator.write_register(name, value)
        emulator.step()

        differences = []
        for row in self.rows:
            name, first_byte = model.gdb_place(row)
            actual = emulator.read_register(name) >> 8 * first_byte & (1 << 8 * row.byte_count) - 1
            differences += self.compare_row(row, given[row], actual, values)
        for flag, (name, position, count) in model.flag_places.items():
            actual = emulator.read_register(name) >> position & (1 << count) - 1
            differences += self.compare(flag, self.machine.get(flag), actual, values)
        target = constant(self.decoded.end, self.machine.pointer_bits) if self.outcome is None else self.outcome[1]
        differences += self.compare("the next PC", target, emulator.read_register(model.gdb_pc), values)
        stack_after = emulator.read_memory(self.stack_start, STACK_BYTE_COUNT)
        differences += self.compare_memory("sp", stack, stack_after, sp - self.stack_start, values)
        area_after = emulator.read_memory(self.area_start, AREA_BYTE_COUNT)
        return differences + self.compare_memory("area", area, area_after, 0, values)

    def limit(self):
        """Ones where an integer register may have any bit for this instruction."""
        limit = (1 << self.machine.pointer_bits) - 1
        control = self.architecture.control_written(self.decoded)
        if control is not None:
            limit &= self.settable(control)
        if self.outcome is not None and self.outcome[0] in ("return", "call"):
            limit &= CODE_ADDRESSES
        return limit

    def settable(self, control):
        """The bits of a control register that this CPU has."""
        known = self.architecture.control[control]
        if known is None:
            self.emulator.write_register(control, (1 << 8 * self.emulator.registers[control][1]) - 1)
            known = self.architecture.control[control] = self.emulator.read_register(control) & 0xFFFFFFFF
        return known


def programs(task, compiler):
    """The stubs of each layout, and memory, as a program."""
    model = task.model
    more = f".text\n.globl {MORE}\n.type {MORE}, %function\n{MORE}:\n{model.more}\n.size {MORE}, . - {MORE}\n"
    for layout in task.layouts:
        name = f"{layout['backend']}-emulated"
        text = task.folder / f"{name}.S"
        text.write_text(f'#include "{task.source(layout)}"\n{more}{MEMORY}')
        yield layout, Image(link(layout, text, task.folder, compiler, name))


def compare_instructions(task, model=None, only=None):
    model = model or task.model
    generator = random.Random(task.seed)
    compared, left_out, differences, seen, exercised = 0, 0, [], set(), set()
    for layout, image in programs(task, assemblers(model)[0]):
        emulator = Emulator(model.emulator, image.file.name, tempfile.mkdtemp(dir=task.folder))
        emulator.is_big_endian = not image.elf.little_endian
        try:
            lifter = model.lifter(model, image)
            for symbol in [stub["symbol"] for stub in layout["stubs"]] + [MORE]:
                at, byte_count = image.symbols[symbol]
                end = at + byte_count
                while at < end:
                    decoded = lifter.decode(at, end)
                    at = decoded.end
                    mnemonic = decoded.text.split()[0]
                    if decoded.bytes in seen or only not in (None, mnemonic):
                        continue
                    seen.add(decoded.bytes)
                    exercised.add(mnemonic)
                    if mnemonic in model.system_calls:
                        left_out += 1
                        continue
                    compared += 1
                    try:
                        comparison = EmulatedComparison(emulator, model, image, decoded)
                        differences += comparison.first_difference(generator, task.state_count)
                    except Refusal as problem:
                        differences.append(f"{decoded.text}: {problem}")
        finally:
            emulator.close()
    if only is None:
        differences += unexercised(model, exercised)
        task.say(
            f"instructions: {compared} distinct ones from {task.state_count + 2} states each (seed {task.seed}) under "
            f"{spelled(model.emulator[0])}, {len(differences)} differ; left out: {left_out} system calls"
        )
    return differences


def spelled(emulator):
    said = subprocess.run([emulator, "--version"], capture_output=True, text=True).stdout
    version = re.search(r"version (\d+\.\d+)", said)
    return " ".join([Path(emulator).name, *(version.groups() if version else ())])


def planted():
    """Architectures that get one instruction wrong, which the comparison must find: with its mnemonic."""

    class SwappedFlags(ARM64):
        def msr(self, machine, decoded):
            super().msr(machine, decoded)
            if decoded.capstone.op_str.startswith("nzcv"):
                carry, overflow = machine.get("CY"), machine.get("OV")
                machine.put("CY", overflow)
                machine.put("OV", carry)

    class LostStore(ARM64):
        def __init__(self):
            super().__init__()
            self.overrides["stur"] = lambda machine, decoded: None

    class KeptRounding(RISCV64):
        def write_fcsr(self, machine, decoded):
            before = machine.get("fcsr", 0, 4)
            super().write_fcsr(machine, decoded)
            machine.put("fcsr", z3.simplify(machine.get("fcsr", 0, 4) & 0x1F | before & 0xE0))

    class LaterMask(S390X):
        def execute(self, machine, decoded):
            outcome = super().execute(machine, decoded)
            if decoded.mnemonic == "spm":
                machine.put("CC", constant(0, 8))
            return outcome

    return [("msr", SwappedFlags), ("stur", LostStore), ("fscsr", KeptRounding), ("spm", LaterMask)]


def require_emulator(model):
    if model.emulator is None:
        machine = platform.machine()
        raise Missing(f"this machine's CPU is {machine}, and no emulator shows a debugger all registers of {model.machine}")
    if shutil.which(model.emulator[0]) is None:
        raise Missing(f"no {model.emulator[0]} on this machine: apt-get install qemu-user")


def compare_planted(task):
    require_emulator(task.model)
    kinds = [(mnemonic, wrong) for mnemonic, wrong in planted() if issubclass(wrong, type(task.model))]
    missed = [
        f"the planted fault {wrong.__name__} of {mnemonic} wasn't found"
        for mnemonic, wrong in kinds
        if not compare_instructions(task, wrong(), mnemonic)
    ]
    task.say(f"planted: {len(kinds)} wrong meanings, {len(missed)} not found")
    return missed


def compare(task):
    require_emulator(task.model)
    return compare_instructions(task), spelled(task.model.emulator[0])


if __name__ == "__main__":
    sys.exit(run(__doc__, compare, compare_planted))
