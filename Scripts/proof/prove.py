"""Proves the entry stubs of the backends whose layouts are given; see theorem.py for what that means.

    preempt layout amd64 --json >amd64.json
    python3 Scripts/proof/prove.py amd64.json

`preempt conformance --prove` does both. Exits 1 where a stub isn't proved.
"""

import argparse
import json
import multiprocessing
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from amd64 import AMD64
from arm64 import ARM64
from i386 import I386
from lifter import Image
from machine import Refusal
from riscv64 import RISCV64
from s390x import S390X
from theorem import CALLEE, Proof, Stub
from unwind import UnwindTable

ROOT = Path(__file__).resolve().parent.parent.parent


def accept_signals():
    """Swift's test threads block signals, and children inherit that: a pool could then not end its workers."""
    signal.pthread_sigmask(signal.SIG_SETMASK, [])


def architecture(layout):
    """By the backend's guard: the same CPU may have more than one backend."""
    cpus = {"__x86_64__": AMD64, "__i386__": I386, "__aarch64__": ARM64, "__riscv": RISCV64, "__s390x__": S390X}
    for macro, found in cpus.items():
        if macro in layout["guardExpression"]:
            return found()
    raise Refusal(f"no architecture file under Scripts/proof for {layout['guardExpression']}")


def assemblers(model):
    """The compilers whose assemblers the stubs must be right under: they differ in the tables that they write."""
    if "CC" in os.environ:
        return [[os.environ["CC"]]]
    found = [command for command in model.assemblers if shutil.which(command[0])]
    if not found:
        raise Refusal(f"none of {', '.join(command[0] for command in model.assemblers)} is in PATH")
    return found


def link(layout, source, folder, compiler, name):
    """The source assembled and linked, with the callee at an address of its own."""
    output = Path(folder) / f"{name}-{Path(compiler[0]).name.replace('-', '_')}"
    subprocess.run(
        [*compiler, "-x", "assembler-with-cpp", *layout["compilerOptions"], "-nostdlib", "-static", "-o", output, source]
        + ["-Wl,-e,0", f"-Wl,--defsym={CALLEE}=0x600000"],
        check=True,
    )
    return output


def code(image, symbol):
    if symbol not in image.symbols:
        raise Refusal(f"no symbol {symbol}")
    start, byte_count = image.symbols[symbol]
    return image.bytes(start, byte_count)[0]


def prove(work):
    """One stub under every assembler. Where they agree on its bytes it runs once, with each one's unwinding table."""
    layout, index, paths = work
    started = time.monotonic()
    stub = Stub.all(layout, architecture(layout))[index]
    images = {Path(path).name.rpartition("-")[2]: image(path) for path in paths}
    result = {"backend": stub.backend, "stub": stub.symbol, "instructions": 0, "comparisons": 0, "failures": []}
    while images:
        first, first_image = next(iter(images.items()))
        same = {
            name: other
            for name, other in images.items()
            if name != first and code(other, stub.symbol) == code(first_image, stub.symbol)
        }
        tables = {}
        for name, other in same.items():
            start, byte_count = other.symbols[stub.symbol]
            tables[name] = UnwindTable(other, start, start + byte_count)
        proof = Proof(stub, first_image, tables=tables)
        proof.run()
        result["instructions"] += proof.instruction_count
        result["comparisons"] += proof.comparison_count
        for table, failures in proof.table_failures.items():
            for failure in failures:
                text = f"{failure} (assembled by {table or first})"
                result["failures"].append({**vars(failure), "assembler": table or first, "text": text})
        images = {name: other for name, other in images.items() if name != first and name not in same}
    result["grouped"] = list(grouped(result["failures"]))
    result["seconds"] = round(time.monotonic() - started, 3)
    return result


def shard(text):
    index, count = map(int, text.split("/"))
    if not 1 <= index <= count:
        raise ValueError
    return index, count


_images = {}


def image(path):
    if path not in _images:
        _images[path] = Image(path)
    return _images[path]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("layouts", nargs="+", type=Path, help="what `preempt layout BACKEND --json` printed")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--seed", type=int, default=1, help="of the states from which the CPU is compared")
    parser.add_argument("--source", type=Path, help="the stubs' assembly, instead of what is checked in")
    parser.add_argument("--shard", type=shard, default=(1, 1), metavar="I/N", help="every N-th stub, from the I-th on")
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1))
    options = parser.parse_args()
    accept_signals()
    try:
        return run(options)
    except Refusal as problem:
        print(f"prove.py: {problem}", file=sys.stderr)
        return 3


def run(options):
    started = time.monotonic()
    # A process of its own: the instructions that it tries could end it.
    models = {model.machine: model for model in (architecture(json.loads(path.read_text())) for path in options.layouts)}
    if len(models) > 1:
        raise Refusal(f"one CPU's backends at a time, not {' and '.join(sorted(models))}")
    [(machine, model)] = models.items()
    program = Path(__file__).with_name("cpu.py" if platform.machine() in model.kernels else "emulated.py")
    command = [sys.executable, "-B", program, "--json", "--seed", str(options.seed)]
    if options.source:
        command += ["--generated", options.source.resolve().parent.parent]
    premises = subprocess.Popen([*command, *options.layouts], stdout=subprocess.PIPE, text=True)
    results = []
    with tempfile.TemporaryDirectory() as folder:
        work = []
        for path in options.layouts:
            layout = json.loads(path.read_text())
            source = options.source or ROOT / "Sources/CPreempt/generated" / layout["backend"] / "preempt.S"
            linked = [
                link(layout, source, folder, compiler, layout["backend"])
                for compiler in assemblers(architecture(layout))
            ]
            indices = range(len(layout["stubs"]))[options.shard[0] - 1 :: options.shard[1]]
            work += [(layout, index, linked) for index in indices]
        with multiprocessing.Pool(options.processes) as pool:
            for result in pool.imap(prove, work):
                results.append(result)
                if not options.json:
                    report(result)
    output, _ = premises.communicate()
    failure = {"compared": [], "comparedWith": None, "differences": [f"{program.name} ended with {premises.returncode}"]}
    compared = json.loads(output) if output else failure
    limits = {
        "lifter": model.lifter.name(model),
        "writtenByHand": sorted(model.written_by_hand()),
        "comparedWith": compared.pop("comparedWith"),
        "endsAtSystemCall": json.loads(options.layouts[0].read_text())["resume"]["sequence"] == "signalReturn",
    }
    failed = [result for result in results if result["failures"]]
    seconds = round(time.monotonic() - started, 1)
    if options.json:
        found = {"limits": limits, "premises": compared, "seconds": seconds, "stubs": results}
        json.dump(found, sys.stdout, indent=2, sort_keys=True)
        print()
    else:
        for line in compared["compared"]:
            print(line)
        for difference in compared["differences"][:20]:
            print(f"FAILED a premise: {difference}")
        print(
            f"{len(results) - len(failed)} of {len(results)} stubs proved: "
            f"{sum(result['instructions'] for result in results)} instructions, "
            f"{sum(result['comparisons'] for result in results)} comparisons, {seconds} s"
        )
    return 1 if failed or compared["differences"] or not results else 0


def grouped(failures):
    """The same may go wrong at many instructions, and under each assembler: the first says it."""
    groups = {}
    for failure in failures:
        groups.setdefault((failure["what"], failure["expected"], failure["got"]), []).append(failure)
    for failures in groups.values():
        more = len({failure["offset"] for failure in failures}) - 1
        yield f"{failures[0]['text']}{f', and at {more} more instructions' if more else ''}"


def report(result, limit=5):
    if not result["failures"]:
        print(
            f"proved {result['stub']}: {result['instructions']} instructions, "
            f"{result['comparisons']} comparisons, {result['seconds']} s",
            flush=True,
        )
        return
    texts = list(grouped(result["failures"]))
    for text in texts[:limit]:
        print(f"FAILED {text}", flush=True)
    if len(texts) > limit:
        print(f"FAILED {result['stub']}: {len(texts) - limit} more", flush=True)


if __name__ == "__main__":
    sys.exit(main())
