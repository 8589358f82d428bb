"""How long something takes, the same way for every case."""

import json
import os
import sys
import time
from itertools import cycle, islice

try:
    # Node's, seen from Python in WebAssembly, which has no clock for CPU time.
    from js import Atomics, Int32Array, SharedArrayBuffer, process
except ImportError:
    process = None
else:
    NOTHING = Int32Array.new(SharedArrayBuffer.new(4))


def cpu_time():
    """How long this thread has been computing, in seconds."""
    if process is None:
        return time.thread_time()
    # The system adds up a thread's time every few milliseconds, and whenever it sleeps: here for a moment.
    Atomics.wait(NOTHING, 0, 0, 0.01)
    used = process.threadCpuUsage()
    return (used.user + used.system) / 1e6


CPU = os.environ.get("WASMWRIGHT_BENCH_CLOCK") == "cpu"
# Reading the time that Node has computed takes half a millisecond itself.
SHORTEST = 0.05 if CPU else 0.02
CLOCK = cpu_time if CPU else time.perf_counter
# Batches shorter than the system's slices of time, so that most have no other program in between; a call that is too
# long for that; and how long all are made before they count, for engines that compile anew what is called often.
BATCH, LONG, WARM = 0.0006, 0.0015, 0.02


def elapsed(action, row):
    """What `row` runs take."""
    began = CLOCK()
    for _ in range(row):
        action()
    return CLOCK() - began


def best(action, repeats):
    """The shortest of `repeats` runs, in seconds; runs too short for the clock are made in a row."""
    action()
    row, spent = 1, elapsed(action, 1)
    while spent < SHORTEST:
        row *= 2
        spent = elapsed(action, row)
    return min(spent, *(elapsed(action, row) for _ in range(repeats if spent < 5 else 1))) / row


def shortest(function, sets, repeats):
    """The shortest time of a call in seconds, each with the next arguments of `sets`, in many short batches.

    What takes longer than a slice of time is measured in CPU time where that is wanted.
    """
    turn = cycle(sets)

    def batch(row, clock):
        chosen = list(islice(turn, row))
        began = clock()
        for arguments in chosen:
            function(*arguments)
        return clock() - began

    row, began = 1, time.perf_counter()
    # One that took long may have been kept from the processor.
    while any(batch(row, time.perf_counter) < BATCH for _ in range(3)):
        row *= 2
    spent = batch(row, time.perf_counter)
    while time.perf_counter() - began < WARM:
        spent = min(spent, batch(row, time.perf_counter))
    if row > 1 or spent < LONG:
        return min(batch(row, time.perf_counter) for _ in range(8 * repeats)) / row
    while batch(row, CLOCK) < SHORTEST:
        row *= 2
    return min(batch(row, CLOCK) for _ in range(repeats)) / row


def tell(case, seconds, flops=None):
    """Write a result."""
    print(json.dumps({"case": case, "seconds": seconds, "flops": flops}), flush=True)


def progress(text):
    """Say what comes next to whoever watches."""
    print(f"bench: {text}", file=sys.stderr, flush=True)


def measure(groups, repeats, chosen):
    """Time the cases whose names start with one of `chosen`, all without any, and write a line of JSON for each."""
    for group in groups:
        for name, action, flops in group:
            if not chosen or name.startswith(chosen):
                tell(name, best(action, repeats), flops)
