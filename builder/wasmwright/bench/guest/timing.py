"""How long something takes, the same way for every case."""

import json
import os
import time

try:
    from js import process  # Node's, seen from Python in WebAssembly, which has no clock for CPU time
except ImportError:
    process = None


def cpu_time():
    """How long this thread has been computing, in seconds."""
    if process is None:
        return time.thread_time()
    used = process.threadCpuUsage()
    return (used.user + used.system) / 1e6


# The system counts a thread's time in steps of milliseconds: such runs have to be longer.
CLOCK, SHORTEST = (cpu_time, 0.2) if os.environ.get("WASMWRIGHT_BENCH_CLOCK") == "cpu" else (time.perf_counter, 0.02)


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


def measure(groups, repeats, chosen):
    """Time the cases whose names start with one of `chosen`, all without any, and write a line of JSON for each."""
    for group in groups:
        for name, action, flops in group:
            if not chosen or name.startswith(chosen):
                print(json.dumps({"case": name, "seconds": best(action, repeats), "flops": flops}), flush=True)
