"""Holds the meanings that the proof gives to another CPU's instructions against an emulator of that CPU.

    python3 Scripts/proof/emulated.py arm64.json noxreg_arm64.json

Every distinct instruction of every stub is executed where it is linked, one step from random states, through the gdb stub
of qemu-user; the lifted or overridden meaning must allow what came of it, in every register, flag and byte of memory.
The system call that returns from a signal is left out. What the machine lacks is printed as skipped. Exits 1 where
something differs.
"""

import argparse
import json
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

import cpu
from arm64 import ARM64
from lifter import Image
from machine import Machine, Refusal, constant
from prove import ROOT, accept_signals, architecture, assemblers, link
from riscv64 import RISCV64
from s390x import S390X

STACK_BYTES, AREA_BYTES = 8192, 2304
STACK_POINTER, FRAME_BASE = -1024, -512  # from the interrupted stack pointer
MEMORY = f"""
	.bss
	.balign 4096
	.globl emulated_stack, emulated_area
emulated_stack: .skip {STACK_BYTES}
emulated_area: .skip {AREA_BYTES}
"""
MORE = "emulated_more"
SIGTRAP, WAIT_SECONDS = 5, 60


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


class Comparison(cpu.Comparison):
    """One instruction: its meaning once, then what the emulator makes of it from random states."""

    def __init__(self, emulator, model, image, decoded):
        self.emulator, self.architecture, self.decoded = emulator, model, decoded
        self.lifter = model.lifter(model, image)
        pointer_bits = 8 * model.pointer_byte_count
        self.machine = machine = Machine(self.lifter.registers, image, pointer_bits, emulator.is_big_endian)
        machine.enabled = set(model.components)
        machine.stack_pointer_register = model.stack_pointer
        machine.highest_writable, machine.lowest_writable = STACK_BYTES // 2, -STACK_BYTES // 2
        stack = machine.add_stack("sp", 16)
        stack.floor = STACK_POINTER - 256  # below it lies what a branch through memory reads
        machine.spared = range(stack.floor, STACK_POINTER)
        block = machine.add_block("area", AREA_BYTES, 64)
        for at in range(0, AREA_BYTES, 64):
            block.cells.store(at, z3.BitVec(f"64 bytes at area+{at}", 512))
        self.rows = [row for row in model.interrupted(machine, machine.enabled)]
        self.stack_start, self.area_start = (image.symbols[f"emulated_{name}"][0] for name in ("stack", "area"))
        self.pointers = {
            model.stack_pointer: stack.term + STACK_POINTER,
            model.frame_base: stack.term + FRAME_BASE,
            model.result_register: block.term,
        }
        for register, term in self.pointers.items():
            machine.put(register, z3.simplify(term))
        self.before = {row: self.lane(row) for row in self.rows}
        self.flags_before = {flag: machine.get(flag) for flag in model.flag_places}
        self.stack_before, self.block_before = dict(stack.cells.cells), dict(block.cells.cells)
        self.outcome = self.lifter.execute(machine, decoded)
        self.lanes = [(row, self.lane(row)) for row in self.rows]

    def check(self, generator, fill=None):
        """The differences from one random state, as text. `fill`: the byte that all memory holds, else random."""
        emulator, model, text = self.emulator, self.architecture, self.decoded.text
        sp = self.stack_start + STACK_BYTES // 2 + 16 * generator.randrange(-4, 4)
        memory = {}
        for name, start, byte_count in (("sp", self.stack_start, STACK_BYTES), ("area", self.area_start, AREA_BYTES)):
            memory[name] = generator.randbytes(byte_count) if fill is None else bytes([fill]) * byte_count
            if self.outcome is not None:
                # Where code may lie, whichever word is branched to.
                mask = constant(0x7FFFFFFFF0, 64).as_long().to_bytes(8, emulator.order)
                memory[name] = bytes(byte & mask[at % 8] for at, byte in enumerate(memory[name]))
            emulator.write_memory(start, memory[name])
        values = {"sp": sp, "area": self.area_start, "stack": (memory["sp"], sp - self.stack_start)}
        for at in range(0, AREA_BYTES, 64):
            values[f"64 bytes at area+{at}"] = int.from_bytes(memory["area"][at : at + 64], emulator.order)

        limit = self.limit()
        given, written = {}, {}  # by row; gdb's registers, whole
        for row in self.rows:
            if row.register in self.pointers:
                value = given[row] = self.concrete(self.before[row], values)
            else:
                value = generator.getrandbits(8 * row.byte_count)
                if row.name in model.control:
                    value &= self.settable(row.name)
                elif row.byte_count == model.pointer_byte_count:
                    value &= limit
                values[row.name] = given[row] = value
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

        def compare(what, term, actual):
            if not self.allows(term, actual, values):
                differences.append(f"{text}: {what} is {actual:#x}, the meaning says {term}")

        for row, term in self.lanes:
            name, first_byte = model.gdb_place(row)
            actual = emulator.read_register(name) >> 8 * first_byte & (1 << 8 * row.byte_count) - 1
            if not term.eq(self.before[row]):
                compare(row.name, term, actual)
            elif actual != given[row]:
                differences.append(f"{text}: {row.name} is {actual:#x}, was {given[row]:#x}, and stays by the meaning")
        for flag, (name, position, count) in model.flag_places.items():
            compare(flag, self.machine.get(flag), emulator.read_register(name) >> position & (1 << count) - 1)
        target = constant(self.decoded.end, self.machine.pointer_bits) if self.outcome is None else self.outcome[1]
        compare("the next PC", target, emulator.read_register(model.gdb_pc))
        for name, start, origin, before in (
            ("sp", self.stack_start, sp - self.stack_start, self.stack_before),
            ("area", self.area_start, 0, self.block_before),
        ):
            after = emulator.read_memory(start, len(memory[name]))
            differences += self.compare_memory(name, memory[name], after, origin, values, before)
        return differences

    def limit(self):
        """Ones where an integer register may have any bit for this instruction."""
        limit = (1 << self.machine.pointer_bits) - 1
        control = self.architecture.control_written(self.decoded)
        if control is not None:
            limit &= self.settable(control)
        if self.outcome is not None and self.outcome[0] in ("return", "call"):
            limit &= 0x7FFFFFFFF0  # where code may lie
        return limit

    def settable(self, control):
        """The bits of a control register that this CPU has."""
        known = self.architecture.control[control]
        if known is None:
            self.emulator.write_register(control, (1 << 8 * self.emulator.registers[control][1]) - 1)
            known = self.architecture.control[control] = self.emulator.read_register(control) & 0xFFFFFFFF
        return known


def program(layouts, model, compiler, folder):
    """The stubs of all layouts, and memory, as one program."""
    sources = [cpu.generated / layout["backend"] / "preempt.S" for layout in layouts]
    images = []
    more = f".text\n.globl {MORE}\n.type {MORE}, %function\n{MORE}:\n{model.more}\n.size {MORE}, . - {MORE}\n"
    for layout, source in zip(layouts, sources):
        text = Path(folder) / f"{layout['backend']}-emulated.S"
        text.write_text(f'#include "{source}"\n{more}{MEMORY}')
        images.append(Image(link(layout, text, folder, compiler, f"{layout['backend']}-emulated")))
    return images


def compare_instructions(layouts, folder, state_count, seed, model, only=None):
    generator = random.Random(seed)
    compared, left_out, differences, seen, exercised = 0, 0, [], set(), set()
    for compiler in assemblers(model)[:1]:
        for layout, image in zip(layouts, program(layouts, model, compiler, folder)):
            emulator = Emulator(model.emulator, image.file.name, tempfile.mkdtemp(dir=folder))
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
                            comparison = Comparison(emulator, model, image, decoded)
                            for fill in [0, 0xFF, *[None] * state_count]:
                                found = comparison.check(generator, fill)
                                differences += found
                                if found:
                                    break
                        except Refusal as problem:
                            differences.append(f"{decoded.text}: {problem}")
            finally:
                emulator.close()
    if only is None:
        for mnemonic in sorted(model.listed() - model.system_calls - exercised):
            differences.append(f"{mnemonic} is listed in {model.file}, but no instruction here holds it")
        cpu.say(
            f"instructions: {compared} distinct ones from {state_count + 2} states each (seed {seed}) under "
            f"{spelled(model.emulator[0])}, {len(differences)} differ; left out: {left_out} system calls"
        )
    return differences


def spelled(emulator):
    version = re.search(r"version (\d+\.\d+)", subprocess.run([emulator, "--version"], capture_output=True, text=True).stdout)
    return " ".join([Path(emulator).name, *(version.groups() if version else ())])


def planted():
    """Architectures that get one instruction wrong, which the comparison must find: (machine, mnemonic, architecture)."""

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

    return [("aarch64", "msr", SwappedFlags), ("aarch64", "stur", LostStore), ("riscv64", "fscsr", KeptRounding), ("s390x", "spm", LaterMask)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("layouts", nargs="+", type=Path, help="of one CPU: what `preempt layout BACKEND --json` printed")
    parser.add_argument("--generated", type=Path, default=cpu.generated, help="the folder with a folder for each backend")
    parser.add_argument("--states", type=int, default=2, help="random states an instruction, besides two of zeros and ones")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--planted", action="store_true", help="show that wrong meanings are found, instead")
    options = parser.parse_args()
    accept_signals()
    cpu.generated = options.generated
    layouts = [json.loads(path.read_text()) for path in options.layouts]
    model = architecture(layouts[0])
    differences, compared_with = [], None
    emulator = model.emulator
    if emulator is None:
        cpu.say(f"skipped: this machine's CPU is {platform.machine()}, and no emulator shows a debugger all registers of {model.machine}")
    elif shutil.which(emulator[0]) is None:
        cpu.say(f"skipped: no {emulator[0]} on this machine: apt-get install qemu-user")
    else:
        with tempfile.TemporaryDirectory() as folder:
            if options.planted:
                for machine, mnemonic, wrong in planted():
                    if machine == model.machine and not compare_instructions(
                        layouts, folder, options.states, options.seed, wrong(), mnemonic
                    ):
                        differences.append(f"the planted fault {wrong.__name__} of {mnemonic} wasn't found")
                cpu.say(f"planted: {sum(machine == model.machine for machine, _, _ in planted())} wrong meanings, {len(differences)} not found")
            else:
                differences = compare_instructions(layouts, folder, options.states, options.seed, model)
                compared_with = spelled(emulator[0])
    differences = [" ".join(difference.split()) for difference in differences]
    if options.json:
        json.dump({"compared": cpu.said, "comparedWith": compared_with, "differences": differences}, sys.stdout, indent=2, sort_keys=True)
        print()
    else:
        print("\n".join(cpu.said + [f"DIFFERS {difference}" for difference in differences[:40]]))
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
