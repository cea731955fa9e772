"""Single faults of the entry stubs, and whether the proof sees each: a checker that can't fail shows nothing.

    python3 Scripts/proof/mutants.py amd64.json noxreg.json               # every fault
    python3 Scripts/proof/mutants.py amd64.json --sample 100 --seed 7     # that many a backend

A fault is one change of a checked-in stub's text, made by what the instruction is and by the layout. Many are assembled
into one file under names of their own. Faults of the unwinding table alone share one run of the code. What can't be
told from the original is listed in EQUIVALENT with the reason; one that is listed and killed is an error too. Exits 1
where a mutant survives.
"""

import argparse
import collections
import itertools
import json
import multiprocessing
import os
import random
import re
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from lifter import Image
from prove import ROOT, accept_signals, architecture, assemblers, link
from theorem import Proof, Stub
from unwind import UnwindTable

# (kind, pattern of stub and description, why nothing can tell it from the original).
EQUIVALENT = [
    ("flags changed early", "subq|addq", "the flags come from the handler's word, popped behind it"),
    ("dropped", "_x87_in_.*: fldcw preempt_.*_fcw", "fnsave has just made the control word what is loaded"),
    ("unwinding rule late", "cfi_signal_frame", "it marks the function, wherever it stands"),
    ("unwinding rule late", "cfi_offset rbp", "rbp still has the value that the slot holds"),
    ("unwinding rule late", "cfi_def_cfa rbp", "the stack pointer hasn't moved since the row before"),
]  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    stub: str
    kind: str
    description: str
    lines: tuple
    judged_as: str  # the stub whose theorem it must keep
    is_table: bool = False

    @property
    def equivalence(self):
        return next(
            (
                why
                for kind, pattern, why in EQUIVALENT
                if kind == self.kind and re.search(pattern, f"{self.stub}: {self.description}")
            ),
            None,
        )


@dataclass(frozen=True)
class Line:
    """One line of a stub: an instruction, a directive or neither."""

    text: str

    @property
    def is_instruction(self):
        return re.match(r"\t[a-z]", self.text) is not None

    @property
    def is_directive(self):
        return re.match(r"\t\.cfi_(?!startproc|endproc)", self.text) is not None

    @property
    def mnemonic(self):
        return self.text.split()[0]

    @property
    def plain(self):
        return self.text.split("/*")[0].strip()

    @property
    def displacement(self):
        """(displacement, base) of the memory operand."""
        found = re.search(r"(-?\d*)\(%(\w+)\)", self.text)
        return (int(found[1] or 0), found[2]) if found and found[2] != "rip" else None

    @property
    def register(self):
        """The register that is stored or loaded, without its width's letter for vectors."""
        found = re.search(r"%(\w+), -?\d*\(|\), %(\w+)", self.text)
        return found and (found[1] or found[2])

    @property
    def is_store(self):
        return re.search(r"%\w+, -?\d*\(%\w+\)", self.text) is not None

    def displaced(self, by):
        displacement, base = self.displacement
        text = re.sub(r"-?\d*\(%\w+\)", f"{displacement + by}(%{base})", self.text, count=1)
        return Line(text)

    def renamed(self, old, new):
        return Line(re.sub(rf"%{old}\b", f"%{new}", self.text))


def stubs(source):
    """The lines of each function, label and closing directives excluded."""
    text = source.read_text()
    found = {}
    for name, body in re.findall(r"^(\w+):\n(\t\.cfi_startproc\n.*?\t\.cfi_endproc\n)", text, re.M | re.S):
        found[name] = [Line(line) for line in body.splitlines()]
    return found


class Faults:
    """Every single fault of one stub."""

    def __init__(self, name, lines, others, layout):
        self.name, self.lines, self.others, self.layout = name, lines, others, layout
        self.found = []
        self.call = next(at for at, line in enumerate(lines) if line.mnemonic == "call")
        self.code = [at for at, line in enumerate(lines) if line.is_instruction]

    def all(self):
        for method in [
            self.dropped,
            self.displaced,
            self.swapped,
            self.forgotten,
            self.renamed,
            self.narrowed,
            self.gates,
        ]:
            method()
        for method in [self.early, self.flags, self.aligned, self.returns, self.red_zone, self.clobbers, self.areas]:
            method()
        for method in [self.calls, self.tables]:
            method()
        return self.found

    # -- edits

    def add(self, kind, description, edits=None, lines=None, judged_as=None, is_table=False):
        """`edits`: position -> the lines that stand there instead."""
        if lines is None:
            lines = []
            for at, line in enumerate(self.lines):
                lines += edits.get(at, [line])
        if lines != self.lines:
            texts = tuple(line.text for line in lines)
            self.found.append(Mutant(self.name, kind, description, texts, judged_as or self.name, is_table))

    def replace(self, kind, at, line):
        self.add(kind, f"{self.lines[at].plain} -> {line.plain}", {at: [line]})

    def insert(self, kind, at, *texts):
        """Before the line at `at`."""
        new = [Line("\t" + text) for text in texts]
        where = self.lines[at].plain
        self.add(kind, f"{'; '.join(texts)} before {where}", {at: [*new, self.lines[at]]})

    def where(self, pattern, start=0):
        return next(at for at in self.code if at >= start and re.search(pattern, self.lines[at].text))

    def moves(self):
        """Stores and loads of a register or control word in frame or area."""
        return [at for at in self.code if self.lines[at].displacement and self.lines[at].mnemonic != "leaq"]

    def partner(self, at):
        """The load of what the line at `at` stores."""
        mine = self.lines[at]
        return next(
            other
            for other in self.moves()
            if other > self.call
            and self.lines[other].displacement == mine.displacement
            and self.lines[other].register == mine.register
        )

    def saves(self):
        return [
            at for at in self.moves() if at < self.call and (self.lines[at].is_store or self.lines[at].register is None)
        ]

    # -- kinds

    def dropped(self):
        for at in self.code:
            self.add("dropped", self.lines[at].plain, {at: []})

    def displaced(self):
        for at in self.code:
            if self.lines[at].displacement:
                for by in (8, -8, 1):
                    self.replace("wrong offset", at, self.lines[at].displaced(by))

    def swapped(self):
        for first, second in itertools.pairwise(self.saves()):
            a, b = self.lines[first], self.lines[second]
            if a.mnemonic != b.mnemonic or a.displacement[1] != b.displacement[1]:
                continue
            by = b.displacement[0] - a.displacement[0]
            saved = {first: [a.displaced(by)], second: [b.displaced(-by)]}
            description = f"{a.plain} and {b.plain}"
            self.add("slots swapped on saving", description, saved)
            load_a, load_b = self.partner(first), self.partner(second)
            restored = {load_a: [self.lines[load_a].displaced(by)], load_b: [self.lines[load_b].displaced(-by)]}
            self.add("slots swapped on restoring", description, restored)
            rules = self.rules(a.register, by) | self.rules(b.register, -by)
            self.add("slots swapped throughout", description, saved | restored | rules)

    def rules(self, register, by):
        """The register's slot in the unwinding table, displaced."""
        return {
            at: [Line(re.sub(r"-?\d+$", lambda number: str(int(number[0]) + by), line.text))]
            for at, line in enumerate(self.lines)
            if line.is_directive and re.search(rf"cfi_offset {register},", line.text)
        }

    def forgotten(self):
        for at in self.saves():
            if self.lines[at].mnemonic not in ("movq", "fnsave") or self.lines[at].is_store:
                rules = {
                    other: []
                    for other, line in enumerate(self.lines)
                    if line.is_directive and re.search(rf"cfi_(offset|restore) {self.lines[at].register}\b", line.text)
                }
                self.add("register forgotten", self.lines[at].plain, {at: [], self.partner(at): []} | rules)

    def renamed(self):
        families = ["rax rbx rcx rdx rsi rdi r8 r9 r10 r11 r12 r13 r14 r15".split(), [f"k{n}" for n in range(8)]]
        families += [[f"{letter}mm{n}" for n in range(32 if letter == "z" else 16)] for letter in "xyz"]
        successor = {name: following for names in families for name, following in zip(names, names[1:] + names[:1])}
        for at in self.moves():
            register = self.lines[at].register
            if register in successor:
                self.replace("wrong register", at, self.lines[at].renamed(register, successor[register]))
        for at in self.code:
            if self.lines[at].mnemonic in ("vpxorq", "kxorq"):
                register = re.search(r"%(\w+)", self.lines[at].text)[1]
                self.replace("wrong register", at, self.lines[at].renamed(register, successor[register]))

    def narrowed(self):
        for at in self.code:
            line = self.lines[at]
            if line.mnemonic == "movq" and line.register and line.displacement:
                short = f"{line.register}d" if line.register[1].isdigit() else "e" + line.register[1:]
                text = line.renamed(line.register, short).text.replace("movq", "movl")
                self.replace("wrong width", at, Line(text))
            for wide, narrow in (("zmm", "ymm"), ("ymm", "xmm")):
                if wide in line.text and line.displacement:
                    self.replace("wrong width", at, Line(line.text.replace(wide, narrow)))
            if line.mnemonic == "kmovq":
                self.replace("wrong width", at, Line(line.text.replace("kmovq", "kmovw")))
            if line.mnemonic == "vmovdqu" and "xmm" in line.text and not line.is_store:
                self.replace("VEX.128 made legacy", at, Line(line.text.replace("vmovdqu", "movups")))

    def gates(self):
        """The code of the stub for another class or another machine."""
        for other, lines in self.others.items():
            if other != self.name:
                self.add("wrong class gate", f"{other}'s code", lines=lines)

    def early(self):
        """Stored before it is reserved."""
        entry, base = self.layout["frame"]["entryOffset"], self.layout["frame"]["frameBaseOffset"]
        first = self.code[0]
        for at in self.saves():
            line = self.lines[at]
            if line.displacement[1] == "rbp":
                offset = line.displacement[0] + base - entry
                moved = Line(re.sub(r"-?\d*\(%\w+\)", f"{offset}(%rsp)", line.text, count=1))
                self.add("store before reserve", line.plain, {first: [moved, self.lines[first]], at: []})

    def flags(self):
        pop = self.where("popfq")
        previous = self.code[self.code.index(pop) - 1]
        self.add("flags popped early", "", {previous: [self.lines[pop], self.lines[previous]], pop: []})
        following = self.code[self.code.index(pop) + 1]
        self.add("flags popped late", "", {pop: [], following: [self.lines[following], self.lines[pop]]})
        offset = next(word["offset"] for word in self.layout["frame"]["words"] if word["name"] == "rflags")
        slot = offset - self.layout["frame"]["frameBaseOffset"]
        self.insert("flags taken inside the stub", self.code[2], "pushfq", f"popq {slot}(%rbp)")
        for text in ("clc", "std", "cmpq %rax, %rax"):
            self.insert("flags changed late", following, text)
        for at in self.code:
            line = self.lines[at]
            if (
                line.mnemonic == "leaq"
                and line.displacement
                and line.displacement[1] == "rsp"
                and "rsp\n" in line.text + "\n"
            ):
                by = line.displacement[0]
                text = f"subq ${-by}, %rsp" if by < 0 else f"addq ${by}, %rsp"
                self.replace("flags changed early", at, Line("\t" + text))
        clear = self.where(r"\tcld")
        self.replace("direction flag set", clear, Line("\tstd"))

    def aligned(self):
        at = self.where(r"andq \$-")
        alignment = int(re.search(r"\$-(\d+)", self.lines[at].text)[1])
        for wrong in (alignment // 2, alignment * 2):
            self.replace("wrong alignment", at, Line(f"\tandq $-{wrong}, %rsp"))

    def returns(self):
        at = self.where(r"\tret\b")
        red_zone = self.layout["frame"]["redZoneByteCount"]
        for text in ("ret", f"ret ${red_zone - 8}", f"ret ${red_zone + 8}"):
            self.replace("wrong return", at, Line("\t" + text))

    def red_zone(self):
        base, red_zone = -self.layout["frame"]["frameBaseOffset"], self.layout["frame"]["redZoneByteCount"]
        for offset in (-red_zone, -8, 0, 8):
            self.insert("red zone or above written", self.code[2], f"movq %rcx, {base + offset}(%rbp)")

    def clobbers(self):
        end = self.where(r"\tret\b")
        for register in "rax rcx rdx rbx rsi rdi rbp r8 r9 r10 r11 r12 r13 r14 r15".split():
            self.insert("register clobbered on resume", end, f"leaq 1(%{register}), %{register}")
        for index in range(16):
            self.insert("register clobbered on resume", end, f"pxor %xmm{index}, %xmm{index}")
        self.insert("register clobbered on resume", end, "fninit")

    def areas(self):
        after = self.code[self.code.index(self.call) + 1]
        for at in [at for at in self.code if re.search(r", %rax$", self.lines[at].plain) and at < self.call][:1] + [
            self.call
        ]:
            following = self.code[self.code.index(at) + 1]
            if at == self.call and self.lines[after].plain == "movq %rsp, %rax":
                following = self.code[self.code.index(after) + 1]
            for by in (64, -64):
                self.insert("area off by a block", following, f"leaq {by}(%rax), %rax")

    def calls(self):
        self.add("called twice", "", {self.call: [self.lines[self.call]] * 2})
        at = self.where(r"movl \$")
        reason = int(re.search(r"\$(\d+)", self.lines[at].text)[1])
        self.replace("wrong reason", at, Line(f"\tmovl ${reason + 1}, %esi"))
        for at in self.code:
            if "(%rip)" in self.lines[at].text:
                self.replace(
                    "wrong constant", at, Line(re.sub(r"\w+\(%rip\)", "mutant_constant(%rip)", self.lines[at].text))
                )

    def tables(self):
        def add(kind, description, edits):
            self.add(kind, description, edits, is_table=True)

        for at, line in enumerate(self.lines):
            if not line.is_directive:
                continue
            add("unwinding rule dropped", line.plain, {at: []})
            number = re.search(r"(-?\d+)$", line.text)
            if number and re.search("cfi_def_cfa|cfi_offset", line.text):
                for by in (8, -8):
                    text = line.text[: number.start()] + str(int(number[1]) + by)
                    add("wrong unwinding rule", f"{line.plain} -> {text.strip()}", {at: [Line(text)]})
            before = [other for other in self.code if other < at]
            if before and "cfi_def_cfa" not in line.text:
                add("unwinding rule early", line.plain, {before[-1]: [line, self.lines[before[-1]]], at: []})
            after = [other for other in self.code if other > at]
            if "cfi_def_cfa" in line.text or not before:
                add("unwinding rule late", line.plain, {at: [], after[0]: [self.lines[after[0]], line]})


def mutants(layout, source):
    code = stubs(source)
    found = []
    for stub in layout["stubs"]:
        found += Faults(stub["symbol"], code[stub["symbol"]], code, layout).all()
    return found


def assembled(layout, source, group, folder, compiler):
    """The group's stubs under names of their own, with the constants of the original."""
    head = source.read_text().split("\t.section preempt_text")[0]
    parts = [head, "\tmutant_constant: .long 0xbfc0", "\t.text"]
    for index, mutant in enumerate(group):
        name = f"mutant_{index}"
        parts += [f"\t.globl {name}", f"\t.type {name}, @function", "\t.p2align 6", f"{name}:", *mutant.lines]
        parts += [f"\t.size {name}, . - {name}"]
    parts += ["#endif", '\t.section .note.GNU-stack, "", %progbits', ""]
    path = Path(folder) / f"mutants-{os.getpid()}.S"
    path.write_text("\n".join(parts))
    return link(layout, path, folder, compiler, f"mutants-{os.getpid()}")


def judge(work):
    """(mutant, the first failure or None) of a group; those of one stub's table share a run."""
    layout, source, group, compiler = work
    described = {stub.symbol: stub for stub in Stub.all(layout, architecture(layout))}
    verdicts = []
    with tempfile.TemporaryDirectory() as folder:
        linked = Image(assembled(layout, source, group, folder, compiler))
        tables = collections.defaultdict(dict)
        for index, mutant in enumerate(group):
            name = f"mutant_{index}"
            if mutant.is_table:
                start, byte_count = linked.symbols[name]
                tables[mutant.judged_as][index] = UnwindTable(linked, start, start + byte_count)
                continue
            failures = Proof(described[mutant.judged_as], linked, name, stops_at_first=True).run()
            verdicts.append((mutant, str(failures[0]) if failures else None))
        for symbol, of_stub in tables.items():
            original = next(index for index in of_stub)
            proof = Proof(described[symbol], linked, f"mutant_{original}", tables=of_stub)
            proof.run()
            for index in of_stub:
                failures = proof.table_failures[index]
                verdicts.append((group[index], str(failures[0]) if failures else None))
    return verdicts


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("layouts", nargs="+", type=Path, help="what `preempt layout BACKEND --json` printed")
    parser.add_argument("--sample", type=int, help="that many mutants a backend, chosen by the seed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--verbose", action="store_true", help="print what killed each mutant")
    parser.add_argument("--only", help="mutants whose stub, kind or description matches")
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1))
    options = parser.parse_args()
    accept_signals()

    is_bad, reports = False, []
    for path in options.layouts:
        started = time.monotonic()
        layout = json.loads(path.read_text())
        source = ROOT / "Sources/CPreempt/generated" / layout["backend"] / "preempt.S"
        found = mutants(layout, source)
        if options.only:
            found = [
                mutant
                for mutant in found
                if re.search(options.only, f"{mutant.stub} {mutant.kind} {mutant.description}")
            ]
        total = len(found)
        if options.sample is not None:
            found = random.Random(options.seed).sample(found, min(options.sample, total))
        groups = [found[at : at + 64] for at in range(0, len(found), 64)]
        compiler = assemblers()[0]
        with multiprocessing.Pool(options.processes) as pool:
            verdicts = list(
                itertools.chain.from_iterable(
                    pool.imap_unordered(judge, [(layout, source, group, compiler) for group in groups])
                )
            )
        survived = [mutant for mutant, failure in verdicts if failure is None and mutant.equivalence is None]
        equivalent = [mutant for mutant, failure in verdicts if failure is None and mutant.equivalence]
        wrongly_listed = [mutant for mutant, failure in verdicts if failure and mutant.equivalence]
        killed = [mutant for mutant, failure in verdicts if failure]
        is_bad |= bool(survived or wrongly_listed or not verdicts)
        report = {
            "arch": layout["backend"],
            "total": len(verdicts),
            "of": total,
            "seed": options.seed if options.sample is not None else None,
            "killed": len(killed),
            "survived": [summary(mutant) for mutant in survived],
            "equivalent": [summary(mutant) | {"why": mutant.equivalence} for mutant in equivalent],
            "wronglyListedAsEquivalent": [summary(mutant) for mutant in wrongly_listed],
            "kinds": dict(sorted(collections.Counter(mutant.kind for mutant in killed).items())),
            "seconds": round(time.monotonic() - started, 1),
        }
        reports.append(report)
        if options.json:
            continue
        if options.verbose:
            for mutant, failure in verdicts:
                print(
                    f"{'killed' if failure else 'ALIVE'} {mutant.stub}: {mutant.kind}: {mutant.description}: {failure}"
                )
        for mutant in survived:
            print(f"SURVIVED {mutant.stub}: {mutant.kind}: {mutant.description}")
        for mutant in wrongly_listed:
            print(f"LISTED AS EQUIVALENT, BUT KILLED {mutant.stub}: {mutant.kind}: {mutant.description}")
        print(
            f"{layout['backend']}: {len(verdicts)} of {total} single faults"
            f"{'' if options.sample is None else f' (seed {options.seed})'}: {len(killed)} killed, "
            f"{len(survived)} survived, {len(equivalent)} equivalent; {report['seconds']} s",
            flush=True,
        )
    if options.json:
        json.dump({"mutants": reports}, sys.stdout, indent=2, sort_keys=True)
        print()
    return 1 if is_bad else 0


def summary(mutant):
    return {"stub": mutant.stub, "kind": mutant.kind, "description": mutant.description}


if __name__ == "__main__":
    sys.exit(main())
