"""gdb's unwinder at every instruction of an entry stub that an emulator executes.

Runs inside gdb-multiarch (`gdb-multiarch -x remote.py harness.elf`), which steps the harness through the emulator's own
gdb stub. REMOTE_SOCKET is where that listens, REMOTE_STUB what to judge as JSON, REMOTE_RESULT the file for one JSON object.

What was interrupted is what the stub finds at its first instruction, but for the registers that the handler has changed by
then: program counter and stack pointer as the harness noted them, and the frame base in its word. While the task is
parked the harness gives every register another value.

Asked about the frame base instead, it reads the frame record that the base leads to; asked about signals, it has a second
SIGURG arrive before the instruction, which the harness's handler must refuse.
"""

import json
import os

import gdb

FAILURE_LIMIT, CATCH_LIMIT = 20, 200

stub = json.loads(os.environ["REMOTE_STUB"])
result = {"comparisons": 0, "failed": 0, "visited": 0, "failures": []}
MASK = (1 << 8 * stub["wordByteCount"]) - 1


def number(expression):
    return int(gdb.parse_and_eval(expression)) & MASK


def register(frame, name):
    return int(frame.read_register(name)) & MASK


def expect(place, what, expected, got):
    result["comparisons"] += 1
    if expected == got:
        return
    result["failed"] += 1
    if len(result["failures"]) < FAILURE_LIMIT:
        result["failures"].append(
            {"text": "%s: gdb's frames: expected 0x%x, got %s" % (place, expected, got if isinstance(got, str) else hex(got)),
             "place": what, "expected": "0x%016x" % expected, "got": got if isinstance(got, str) else "0x%016x" % got})


def go_to(place, condition=None):
    """Goes on to there. Where a signal on its way already stops it elsewhere first, the breakpoint must not stop it later."""
    there = gdb.Breakpoint("*0x%x" % place, temporary=True)
    there.condition = condition
    gdb.execute("continue", to_string=True)
    if there.is_valid():
        there.delete()


def interrupted(start):
    """Goes on until the stub begins in a task whose registers differ from each other; says what they were."""
    for _ in range(CATCH_LIMIT):
        gdb.execute("continue", to_string=True)
        frame = gdb.newest_frame()
        if int(frame.pc()) != start:
            raise gdb.GdbError("stopped at 0x%x instead of the stub" % int(frame.pc()))
        truth = {name: register(frame, name) for name in stub["registers"]}
        for name, offset in stub["words"].items():
            place = register(frame, stub["stackPointer"]) - stub["entryOffset"] + offset
            content = gdb.selected_inferior().read_memory(place, stub["wordByteCount"]).tobytes()
            truth[name] = int.from_bytes(content, stub["byteOrder"])
        truth[stub["stackPointer"]] = number("machine.current->sp")
        truth["pc"] = number("machine.current->pc")
        if len(set(truth.values())) == len(truth):
            return truth
        # The timer went on while gdb looked: its signal would come at once, and not while a task runs.
        gdb.execute("handle SIGURG nopass", to_string=True)
        go_to(truth["pc"], "$%s == 0x%x" % (stub["stackPointer"], truth[stub["stackPointer"]]))
        gdb.execute("handle SIGURG pass", to_string=True)
    raise gdb.GdbError("no task was interrupted with all its registers filled")


def judge(frame, place, truth):
    older = frame.older()
    if older is None:
        expect(place, "the interrupted frame", truth["pc"], "none: %s" % gdb.frame_stop_reason_string(frame.unwind_stop_reason()))
        return
    expect(place, "pc", truth["pc"], int(older.pc()) & MASK)
    for name in stub["registers"]:
        try:
            expect(place, name, truth[name], register(older, name))
        except gdb.error as problem:
            expect(place, name, truth[name], str(problem))


def follow(frame, place, truth, instruction):
    base = register(frame, stub["frameBase"])
    if not stub["recordFrom"] <= instruction < stub["recordTo"]:
        expect(place, "frame base", truth[stub["frameBase"]], base)
        return
    for number, name in enumerate((stub["frameBase"], "pc")):
        at = base + stub["recordOffset"] + number * stub["wordByteCount"]
        content = gdb.selected_inferior().read_memory(at & MASK, stub["wordByteCount"]).tobytes()
        expect(place, "%s where the frame base points" % name, truth[name], int.from_bytes(content, stub["byteOrder"]))


def interrupt(pc, place):
    gdb.execute("queue-signal SIGURG", to_string=True)
    go_to(number("(unsigned long)&handle"))
    go_to(pc)
    expect(place, "PC after a second signal", pc, int(gdb.newest_frame().pc()) & MASK)
    expect(place, "PC that a second signal found", pc, number("machine.last_pc"))
    expect(place, "why it was refused", number("(unsigned)UNREGISTERED_CODE"), number("machine.last_refusal"))


def main():
    for setting in ("pagination off", "confirm off", "debuginfod enabled off"):
        gdb.execute("set " + setting)
    gdb.execute("target remote " + os.environ["REMOTE_SOCKET"], to_string=True)
    for signal in ("SIGURG", "SIGALRM"):
        gdb.execute("handle %s nostop noprint pass" % signal, to_string=True)
    start = number("(unsigned long)&%s" % stub["symbol"])
    gdb.execute("break *0x%x" % start, to_string=True)
    truth = interrupted(start)
    gdb.execute("delete", to_string=True)
    for instruction in range(stub["instructions"]):
        frame = gdb.newest_frame()
        pc = int(frame.pc())
        place = "%s+0x%x" % (stub["symbol"], pc - start)
        if frame.name() != stub["symbol"]:
            raise gdb.GdbError("at 0x%x after %d instructions of the stub" % (pc, instruction))
        result["visited"] += 1
        if stub["question"] == "unwinding":
            judge(frame, place, truth)
        elif stub["question"] == "frameBase":
            follow(frame, place, truth, instruction)
        else:
            interrupt(pc, place)
            frame = gdb.newest_frame()
        target = pc + frame.architecture().disassemble(pc)[0]["length"]
        if instruction == stub["instructions"] - 1:
            target = truth["pc"]  # qemu steps one instruction too many over a return from a signal
        elif instruction != stub["call"]:
            gdb.execute("stepi", to_string=True)
            if int(gdb.newest_frame().pc()) == target:
                continue
            # Into the handler of the timer's next signal, which comes back and refuses.
        go_to(target)
    frame = gdb.newest_frame()
    expect("after the return", "pc", truth["pc"], int(frame.pc()) & MASK)
    for name in stub["registers"]:
        expect("after the return", name, truth[name], register(frame, name))


try:
    main()
except gdb.error:
    # What was found wrong explains that the program is lost.
    if not result["failed"]:
        raise
if gdb.selected_inferior().pid:
    gdb.execute("kill", to_string=True)
with open(os.environ["REMOTE_RESULT"], "w") as file:
    json.dump(result, file)
