"""gdb's unwinder against what the signal handler saw, at every instruction of every entry stub.

Runs inside gdb (`gdb -x judge.py tasks`). JUDGE_TABLES names the backend's tables, JUDGE_PART the stubs, as I/N, and
JUDGE_RESULT the file for one JSON object.
Two tasks preempt each other: each walk leads through one stub, over the switch of stacks, and back through the stub in
which the other task was left.
"""

import json
import os
import struct

import gdb

FAILURE_LIMIT, STEP_LIMIT, WALK_LIMIT, CATCH_LIMIT = 20, 8, 20000, 200

with open(os.environ["JUDGE_TABLES"]) as file:
    tables = json.load(file)
registers = tables["columns"]  # name: byte offset in ucontext_t
pc_name, sp_name = tables["pc"], tables["sp"]
word = {4: "I", 8: "Q"}[tables["wordByteCount"]]
limit = 2 ** (8 * tables["wordByteCount"])  # gdb's registers are signed
stubs = tables["stubs"]
result = {"comparisons": 0, "failed": 0, "detached": 0, "stubs": [], "failures": []}


def number(expression):
    return int(gdb.parse_and_eval(expression)) % limit


def location(pc):
    for stub in stubs:
        if stub["start"] <= pc < stub["end"]:
            return "%s+0x%x" % (stub["symbol"], pc - stub["start"])
    return gdb.execute("info symbol 0x%x" % pc, to_string=True).split(" in section")[0].replace(" + ", "+")


def expect(what, pc, place, expected, got):
    result["comparisons"] += 1
    if expected == got:
        return
    result["failed"] += 1
    if len(result["failures"]) < FAILURE_LIMIT:
        result["failures"].append(
            {"text": location(pc) + ": " + what, "place": place, "expected": "0x%016x" % expected, "got": "0x%016x" % got})


def seen(task):
    """The registers of a task where it was last interrupted: what the handler was given."""
    address = number("&judged->tasks[%d].seen" % task)
    memory = gdb.selected_inferior().read_memory(address, tables["contextByteCount"])
    return {name: struct.unpack_from(word, memory, offset)[0] for name, offset in registers.items()}


def inject(stub):
    """Goes on until a call of that stub is injected into a task with all registers filled; says into which."""
    gdb.execute("set var judged->stub = %d" % stub)
    for _ in range(CATCH_LIMIT):
        gdb.execute("continue", to_string=True)
        pc = int(gdb.newest_frame().pc())
        if pc != stubs[stub]["start"]:
            continue
        task = number("judged->current")
        truth = seen(task)
        if len(set(truth.values())) == len(truth):
            return task, truth
    raise gdb.GdbError("no task was interrupted inside the probe of " + stubs[stub]["symbol"])


def judge(pc, truth, is_in_stub):
    """Steps to the interrupted frame, which is the stub's caller."""
    frame = gdb.newest_frame()
    for _ in range(1 if is_in_stub else STEP_LIMIT):
        frame = frame.older()
        if frame is None or int(frame.pc()) == truth[pc_name]:
            break
    if frame is None or int(frame.pc()) != truth[pc_name]:
        expect("gdb's frames", pc, "the interrupted frame's PC", truth[pc_name], int(frame.pc()) if frame else 0)
        return
    for name in registers:
        try:
            got = int(frame.read_register(name)) % limit
        except gdb.error as problem:
            expect("gdb: %s" % problem, pc, name, truth[name], ~truth[name] % limit)
            continue
        expect("gdb's frames", pc, name, truth[name], got)


def poison():
    """What the callee may change, so that a rule "unchanged" must not hold by chance behind the call."""
    for index, name in enumerate(registers):
        if name not in tables["kept"]:
            gdb.execute("set $%s = 0x%x" % (name, 0xDEAD0000 + index), to_string=True)


def step(frame, pc, loads_flags):
    if not loads_flags:
        gdb.execute("stepi", to_string=True)
        return
    # A trap flag that Linux set to step an instruction that loads the flags would stay set (docs/testing.md).
    byte_count = frame.architecture().disassemble(pc)[0]["length"]
    gdb.execute("tbreak *0x%x" % (pc + byte_count), to_string=True)
    gdb.execute("continue", to_string=True)


def walk(task, truths):
    low = number("&judged->stacks[%d]" % ((task ^ 1) * 2))
    high = low + number("sizeof judged->stacks[0]")
    previous, instruction = None, 0
    for _ in range(WALK_LIMIT):
        frame = gdb.newest_frame()
        pc, sp = int(frame.pc()), int(frame.read_register(sp_name)) % limit
        is_restoring = low <= sp <= high
        running = task ^ 1 if is_restoring else task
        if running not in truths:
            return
        if pc == truths[running][pc_name]:
            for name in registers:
                expect("after the return", pc, name, truths[running][name], int(frame.read_register(name)) % limit)
            return
        stub = next((stub for stub in stubs if stub["start"] <= pc < stub["end"]), None)
        if stub is not None:
            if previous is stub:
                instruction += 1
            else:
                instruction = stub["call"] + 1 if is_restoring else 0
                if is_restoring:
                    poison()
            stub["visited"].add(pc)
        previous = stub
        judge(pc, truths[running], stub is not None)
        step(frame, pc, stub is not None and instruction in stub["loadsFlags"])
    raise gdb.GdbError("a walk doesn't end")


def main():
    for setting in ("pagination off", "confirm off", "debuginfod enabled off", "print frame-info short-location"):
        gdb.execute("set " + setting)
    gdb.execute("handle SIGURG nostop noprint pass", to_string=True)
    gdb.execute("break judged_run", to_string=True)
    gdb.execute("run loop", to_string=True)
    count = number("judged->stub_count")
    part, parts = (int(number) for number in os.environ["JUDGE_PART"].split("/"))
    chosen = [index for index in range(count) if index % parts == part - 1]
    for index, stub in enumerate(stubs):
        stub["start"] = number("(unsigned long)judged_stub_start(%d)" % index)
        stub["end"] = number("(unsigned long)judged_stub_end(%d)" % index)
        stub["visited"] = set()
        gdb.execute("break *0x%x" % stub["start"], to_string=True)
    truths = {}
    # The second half of each stub comes with the next one's first, for the other task.
    for index in chosen + chosen[:1]:
        task, truth = inject(index)
        truths[task] = truth
        walk(task, truths)
        truths.pop(task ^ 1, None)
    gdb.execute("kill", to_string=True)
    for index, stub in enumerate(stubs):
        result["stubs"].append(
            {"symbol": stub["symbol"], "instructions": stub["instructions"], "visited": len(stub["visited"]),
             "isEnabled": index < count, "isChosen": index in chosen})
    with open(os.environ["JUDGE_RESULT"], "w") as file:
        json.dump(result, file)


main()
