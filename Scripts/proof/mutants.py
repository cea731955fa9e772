"""Whether the proof finds fault with given stubs: those that `preempt conformance --mutants` derives from a description.

    python3 Scripts/proof/mutants.py work.json

`work.json` names an assembler file and the functions in it to judge:

    {"layout": …, "source": "mutants.S", "processes": 2,
     "mutants": [{"symbol": "preempt_mutant_0", "judgedAs": "preempt_amd64_entry_sse_in_sse", "isOfTable": false}, …]}

`layout` is what `preempt layout BACKEND --json` prints; `judgedAs` the stub whose theorem a mutant must keep. `isOfTable`
says that only its unwinding table differs from that stub: those share one run of the code. Prints `{"verdicts":
[{"symbol": …, "failure": …}, …]}`, a failure of null where the proof finds none. Exits 3 where it can't judge.
"""

import collections
import json
import multiprocessing
import sys
import tempfile
from pathlib import Path

from machine import Refusal
from prove import accept_signals, architecture, assemblers, image, link
from theorem import Proof, Stub
from unwind import UnwindTable


def judge(unit):
    """(symbol, the first failure or None) of mutants that share a run, or of one alone."""
    layout, path, mutants = unit
    linked = image(path)
    judged_as = mutants[0]["judgedAs"]
    stub = next(stub for stub in Stub.all(layout, architecture(layout)) if stub.symbol == judged_as)
    symbols = [mutant["symbol"] for mutant in mutants]
    if not mutants[0]["isOfTable"]:
        (symbol,) = symbols
        failures = {symbol: Proof(stub, linked, symbol, stops_at_first=True).run()}
    else:
        ranges = [linked.symbols[symbol] for symbol in symbols]
        tables = {
            symbol: UnwindTable(linked, start, start + byte_count)
            for symbol, (start, byte_count) in zip(symbols, ranges)
        }
        proof = Proof(stub, linked, symbols[0], tables=tables)
        proof.run()
        failures = proof.table_failures
    return [(symbol, str(failures[symbol][0]) if failures[symbol] else None) for symbol in symbols]


def units(mutants):
    """What one run of the code can judge."""
    tables = collections.defaultdict(list)
    for mutant in mutants:
        if mutant["isOfTable"]:
            tables[mutant["judgedAs"]].append(mutant)
        else:
            yield [mutant]
    yield from tables.values()


def main():
    accept_signals()
    work = json.loads(Path(sys.argv[1]).read_text())
    layout = work["layout"]
    with tempfile.TemporaryDirectory() as folder:
        try:
            path = link(layout, work["source"], folder, assemblers(architecture(layout))[0], "mutants")
        except Refusal as problem:
            print(f"mutants.py: {problem}", file=sys.stderr)
            return 3
        verdicts = []
        with multiprocessing.Pool(work["processes"]) as pool:
            for found in pool.imap_unordered(judge, [(layout, path, unit) for unit in units(work["mutants"])]):
                verdicts += [{"symbol": symbol, "failure": failure} for symbol, failure in found]
    json.dump({"verdicts": verdicts}, sys.stdout, indent=2)
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
