"""Holds what the proof takes for granted against this machine: its CPU, its gdb, and the generated header.

    python3 Scripts/proof/cpu.py amd64.json noxreg.json

- Registers: gdb's target description of a process and amd64.py name the same.
- Instructions: every distinct one of every stub, and those that mutants consist of, runs on the CPU from random states;
  the lifted or overridden meaning must allow what came of it, in every register, flag and byte of memory.
- Injection: the generated header's handler half, compiled, leaves the state that the proof starts from.

prove.py runs this too. What the machine lacks is printed as skipped, with the reason. Exits 1 where something differs.
"""

import argparse
import ctypes
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import z3

import amd64
from lifter import Image, Lifter
from machine import Machine, Refusal, constant
from prove import ROOT, accept_signals, architecture, assemblers, link
from theorem import variables

HERE = Path(__file__).resolve().parent
generated = ROOT / "Sources/CPreempt/generated"
# Forms that no stub holds but that mutants consist of, or that an override also covers.
MORE = """
subq $120, %rsp; addq $512, %rsp; pushfq; pushq %rbx; popq -8(%rbp); popq %rsi; clc; cld; std; cmpq %rax, %rax;
cmpq %rcx, %rdx; andq %rsi, %rdi; andq $-8, %rsp; andq $-32, %rsp; andq $-128, %rsp; ret; ret $120; ret $136; fninit;
leaq 1(%r11), %r11; leaq -64(%rax), %rax; movq %rcx, 136(%rbp); movl %ecx, -40(%rbp); movl -40(%rbp), %ecx;
movl %r12d, -112(%rbp); movl -112(%rbp), %r12d; movups 112(%rax), %xmm14; pxor %xmm5, %xmm5; pxor %xmm5, %xmm6;
vmovdqu %ymm3, 32(%rax); vmovdqu 32(%rax), %ymm3; vmovdqu %xmm3, 32(%rax); vmovdqu 32(%rax), %xmm3;
vmovdqu64 %zmm2, 64(%rax); vmovdqu64 64(%rax), %zmm2; vmovdqu64 %ymm17, 64(%rax); vmovdqu64 64(%rax), %ymm17;
vmovdqu64 %xmm17, 64(%rax); vmovdqu64 64(%rax), %xmm17; vpxorq %zmm16, %zmm17, %zmm18; vpxorq %ymm16, %ymm17, %ymm18;
vpxorq %xmm16, %xmm17, %xmm18; kmovw %k3, 8(%rax); kmovw 8(%rax), %k3; kxorq %k1, %k2, %k3
"""
STACK_BYTES, STACK_POINTER, FRAME_BASE = 8192, -1024, -560
NEVER_LOADED = {"TF", "NT", "AC"}


said = []


def say(line):
    said.append(line)


class Host:
    """The harness in C and assembler, loaded into this process."""

    def __init__(self, layout, folder):
        backend = layout["backend"]
        path = Path(folder) / f"cpu-{backend}.so"
        header = generated / backend / "preempt.h"
        subprocess.run(
            ["cc", "-O1", "-shared", "-fPIC", "-o", path, HERE / "cpu.c", HERE / "cpu.S"]
            + [f'-DINJECTING_HEADER="{header}"', f"-DINJECT=preempt_{backend}_inject"],
            check=True,
        )
        self.library = ctypes.CDLL(str(path))
        self.library.cpu_enabled.restype = ctypes.c_uint64
        self.enabled_mask = self.library.cpu_enabled()
        self.enabled = {component for component in range(64) if self.enabled_mask >> component & 1}
        if self.library.cpu_make_slot_writable() != 0:
            raise Refusal("the slot for an instruction can't be made writable")
        self.slot = self.address("cpu_slot")
        self.constant = self.address("cpu_constant")
        known = self.enabled & {0, 1, 2, amd64.OPMASK, amd64.ZMM_HI256, amd64.HI16_ZMM}
        self.components = sum(1 << component for component in known)
        ctypes.c_uint32.in_dll(self.library, "cpu_components").value = self.components
        self.offsets = {component: self.library.cpu_component_offset(component) for component in known if component > 1}
        self.stack = ctypes.create_string_buffer(STACK_BYTES)
        self.block = ctypes.create_string_buffer(4096)
        self.area = (ctypes.addressof(self.block) + 63) & -64
        self.images = {}
        for name in ("cpu_in", "cpu_out"):
            self.images[name] = (ctypes.c_uint8 * 16384).in_dll(self.library, name)

    def address(self, name):
        return ctypes.addressof(ctypes.c_uint8.in_dll(self.library, name))

    # Where cpu.S keeps what.
    GENERAL = {
        name: 8 * at for at, name in enumerate("rax rbx rcx rdx rsi rdi rbp rsp r8 r9 r10 r11 r12 r13 r14 r15".split())
    }
    FLAGS, FSAVE, XSAVE = 128, 192, 320

    def field(self, row):
        """(offset, byte count) of a row in an image."""
        name, xsave = row.name, self.XSAVE
        if name in self.GENERAL:
            return self.GENERAL[name], 8
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
        ctypes.memmove(self.slot, code.ljust(32, b"\x90"), 32)
        ctypes.memmove(self.images["cpu_in"], image, len(image))
        ctypes.memset(self.images["cpu_out"], 0, 16384)
        self.library.cpu_run()
        return bytes(self.images["cpu_out"])


class Comparison:
    """One instruction: its meaning once, then what the CPU makes of it from random states."""

    def __init__(self, host, architecture, code, constant_bytes=b""):
        self.host, self.architecture, self.constant_bytes = host, architecture, constant_bytes
        self.code = code
        self.lifter = Lifter(architecture, self)
        self.machine = machine = Machine(self.lifter.registers, self)
        machine.enabled = host.enabled
        machine.stack_pointer_register = architecture.stack_pointer
        machine.highest_writable, machine.lowest_writable = STACK_BYTES // 2, -STACK_BYTES // 2
        stack = machine.add_stack("sp")
        stack.floor = STACK_POINTER
        block = machine.add_block("area", 2304, 64)
        for at in range(0, 2304, 64):
            block.cells.store(at, z3.BitVec(f"64 bytes at area+{at}", 512))
        self.rows = architecture.interrupted(machine, host.enabled)
        self.sp, self.area = stack.term, block.term
        for register, value in (("RSP", self.sp + STACK_POINTER), ("RBP", self.sp + FRAME_BASE), ("RAX", self.area)):
            machine.put(register, z3.simplify(value))
        self.decoded = self.lifter.decode(host.slot, host.slot + len(code))
        self.mnemonic = self.decoded.capstone.mnemonic
        self.prepare()
        before = {row: self.lane(row) for row in amd64.ROWS if row.register and host.field(row)}
        self.stack_before = dict(stack.cells.cells)
        self.block_before = dict(block.cells.cells)
        self.lifter.execute(machine, self.decoded)
        # (row, offset and byte count in an image, the term where it isn't what it was)
        self.lanes = []
        for row, old in before.items():
            term = self.lane(row)
            self.lanes.append((row, *host.field(row), None if term.eq(old) else term))

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
        stack_start = ctypes.addressof(host.stack)
        sp = stack_start + STACK_BYTES // 2 + generator.randrange(-64, 64)
        for start, byte_count in ((stack_start, STACK_BYTES), (host.area, 2304)):
            content = generator.randbytes(byte_count) if fill is None else bytes([fill]) * byte_count
            ctypes.memmove(start, content, byte_count)
        state = self.random_state(generator, sp)
        mask = int.from_bytes(state[host.XSAVE + 28 : host.XSAVE + 32], "little")

        top = sp + STACK_POINTER
        if self.mnemonic == "ret":
            ctypes.c_uint64.from_address(top).value = host.slot + len(self.code)
        if self.mnemonic == "popfq":
            refused = sum(1 << amd64.FLAGS[flag] for flag in NEVER_LOADED)
            ctypes.c_uint64.from_address(top).value &= ~refused
        values = self.values(state, sp, mask)
        if self.mnemonic == "ldmxcsr" and not self.constant_bytes:
            value = generator.getrandbits(32) & mask
            operand = self.architecture.address(machine, self.decoded, self.decoded.capstone.operands[0])
            address = self.concrete(operand, values)
            ctypes.c_uint32.from_address(address).value = value
            values["mxcsr in memory"] = value
        stack_in, block_in = bytes(host.stack), ctypes.string_at(host.area, 2304)
        values["stack"] = (stack_in, sp - stack_start)
        for at in range(0, 2304, 64):
            values[f"64 bytes at area+{at}"] = int.from_bytes(block_in[at : at + 64], "little")

        # A context switch within the run loses the last-instruction pointers: AMD's XSAVE drops them. So a difference has
        # to show again.
        for _ in range(3):
            ctypes.memmove(stack_start, stack_in, STACK_BYTES)
            ctypes.memmove(host.area, block_in, 2304)
            differences = self.differences(host.run(state, self.code), state, values, stack_in, block_in)
            if not differences:
                break
        return differences

    def differences(self, result, state, values, stack_in, block_in):
        host, machine = self.host, self.machine
        stack_out, block_out = bytes(host.stack), ctypes.string_at(host.area, 2304)
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
        flags = int.from_bytes(result[host.FLAGS : host.FLAGS + 8], "little")
        for flag, bit in amd64.FLAGS.items():
            compare(flag, machine.get(flag), flags >> bit & 1)
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
        image = bytearray(generator.randbytes(16384))

        def put(offset, value, byte_count):
            image[offset : offset + byte_count] = value.to_bytes(byte_count, "little")

        put(host.GENERAL["rsp"], sp + STACK_POINTER, 8)
        put(host.GENERAL["rbp"], sp + FRAME_BASE, 8)
        put(host.GENERAL["rax"], host.area, 8)
        loaded = sum(
            1 << bit for flag, bit in amd64.FLAGS.items() if flag not in amd64.FIXED_FLAGS.keys() | NEVER_LOADED
        )
        put(host.FLAGS, generator.getrandbits(64) & loaded, 8)
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
        flags = int.from_bytes(state[self.host.FLAGS : self.host.FLAGS + 8], "little")
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
            lifter = Lifter(architecture, image)
            for stub in layout["stubs"]:
                start, byte_count = image.symbols[stub["symbol"]]
                at = start
                while at < start + byte_count:
                    decoded = lifter.decode(at, start + byte_count)
                    add(found, decoded, host, image)
                    at = decoded.end
    source = Path(folder) / "more.S"
    lines = [*re.split(r"[;\n]", MORE), '.section .note.GNU-stack, "", @progbits']
    source.write_text("".join(f"\t{line.strip()}\n" for line in lines))
    image = Image(link({"compilerOptions": []}, source, folder, assemblers(architecture)[0], "more"))
    lifter = Lifter(architecture, image)
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
        code[1:5] = (8).to_bytes(4, "little")  # further on in the slot; to the next instruction the lifter sees no call
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
        ctypes.memmove(host.constant, constant_bytes.ljust(8, b"\0"), 8)
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
            found = comparison.check(generator, fill)
            differences += found
            if found:
                break
    if not skipped and only is None:
        for mnemonic in sorted((model.lifted | set(model.overrides)) - exercised):
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


def planted():
    """Architectures that get one instruction wrong, which the comparison must find."""

    class WrongWidth(amd64.AMD64):
        def vmovdqu64(self, machine, decoded):
            super().vmovdqu64(machine, decoded)
            target = decoded.capstone.operands[0]
            if target.type == amd64.x86.X86_OP_REG:
                machine.put(self.vector(decoded, target)[0], z3.BitVecVal(1, 8), first_byte=63)

    class NoAuxiliaryCarry(amd64.AMD64):
        @staticmethod
        def flags_written(instruction):
            return []  # SLEIGH alone: it never writes AF

    class LiftedPop(amd64.AMD64):
        def __init__(self):
            super().__init__()
            self.lifted = self.lifted | {"popfq"}
            del self.overrides["popfq"]

    class NoSummary(amd64.AMD64):
        def fldcw(self, machine, decoded):
            status = machine.get("FPUStatusWord")
            super().fldcw(machine, decoded)
            machine.put("FPUStatusWord", status)

    class ShiftedImage(amd64.AMD64):
        def frstor(self, machine, decoded):
            super().frstor(machine, decoded)
            machine.put("ST0", machine.get("ST1"))

    class KeptStatus(amd64.AMD64):
        def fnsave(self, machine, decoded):
            status = machine.get("FPUStatusWord")
            super().fnsave(machine, decoded)
            machine.put("FPUStatusWord", status)

    return {
        "vmovdqu64": WrongWidth,
        "and": NoAuxiliaryCarry,
        "popfq": LiftedPop,
        "fldcw": NoSummary,
        "frstor": ShiftedImage,
        "fnsave": KeptStatus,
    }


def compare_planted(layouts, host, folder, state_count, seed):
    missed, skipped, kinds = [], 0, planted()
    for mnemonic, kind in kinds.items():
        if mnemonic == "vmovdqu64" and not amd64.AVX512 <= host.enabled:
            skipped += 1
        elif not compare_instructions(layouts, host, folder, state_count, seed, kind(), mnemonic):
            missed.append(f"the planted fault {kind.__name__} of {mnemonic} wasn't found")
    say(f"planted: {len(kinds) - skipped} wrong meanings, {len(missed)} not found, {skipped} skipped (no AVX-512 here)")
    return missed


def compare_registers(host):
    """gdb's registers of a process and ours."""
    unknown = host.enabled - set(amd64.COMPONENTS)
    differences = [
        f"state component {component} is enabled here, and amd64.py doesn't know it" for component in unknown
    ]
    if shutil.which("gdb") is None:
        say("skipped: gdb isn't in PATH: apt-get install -y gdb")
        return differences
    command = ["gdb", "-q", "-nx", "-batch", "-ex", "starti", "-ex", "maint print xml-tdesc", shutil.which("true")]
    text = subprocess.run(command, capture_output=True, text=True, timeout=60).stdout
    features = dict(re.findall(r'<feature name="([^"]+)">(.*?)</feature>', text, re.S))
    if not features:
        return differences + ["gdb describes no target"]
    count = 0
    for feature, body in features.items():
        names = set(re.findall(r'<reg name="([^"]+)"', body))
        ours = {row.name for row in amd64.UNIVERSE.get(feature, [])}
        count += len(names)
        differences += [f"gdb's {feature} has {name}, amd64.py hasn't" for name in sorted(names - ours)]
        differences += [f"amd64.py has {name} in {feature}, gdb hasn't" for name in sorted(ours - names)]
    say(f"registers: {count} of gdb's {len(features)} features, {len(differences)} differ")
    return differences


def compare_injection(layouts, folder):
    differences = []
    generator = random.Random(1)
    for layout in layouts:
        host = Host(layout, folder)
        frame = layout["frame"]
        start = ctypes.addressof(host.stack)
        ctypes.memmove(start, generator.randbytes(STACK_BYTES), STACK_BYTES)
        before = bytearray(host.stack)
        sp = start + STACK_BYTES // 2 + 3
        values = {name: generator.getrandbits(64) for name in ("pc", "rbp", "rflags", "area", "context")}
        words = (ctypes.c_uint64 * 4)(values["pc"], sp, values["rbp"], values["rflags"])
        entry = generator.getrandbits(47)
        host.library.cpu_inject(
            words, ctypes.c_void_p(entry), ctypes.c_void_p(values["area"]), ctypes.c_void_p(values["context"])
        )
        for word in frame["words"]:
            at = sp - start + word["offset"]
            before[at : at + word["byteCount"]] = values[word["name"]].to_bytes(word["byteCount"], "little")
        if bytes(before) != bytes(host.stack):
            differences.append(f"{layout['backend']}: the header's injection writes other words than the layout says")
        expected = (entry, sp + frame["entryOffset"], values["rbp"])
        if tuple(words[:3]) != expected:
            differences.append(f"{layout['backend']}: the header's injection leaves another pc, sp or rbp")
    say(f"injection: {len(layouts)} headers, {len(differences)} differ")
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
    with tempfile.TemporaryDirectory() as folder:
        host = Host(layouts[0], folder)
        if options.planted:
            differences = compare_planted(layouts, host, folder, options.states, options.seed)
        else:
            differences = compare_registers(host)
            differences += compare_injection(layouts, folder)
            differences += compare_instructions(layouts, host, folder, options.states, options.seed)
    differences = [" ".join(difference.split()) for difference in differences]
    if options.json:
        said_with = {"compared": said, "comparedWith": "this CPU", "differences": differences}
        json.dump(said_with, sys.stdout, indent=2, sort_keys=True)
        print()
    else:
        print("\n".join(said + [f"DIFFERS {difference}" for difference in differences[:40]]))
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
