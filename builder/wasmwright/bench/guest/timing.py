"""How long something takes, the same way for every case."""

import json
import time


def best(action, repeats):
    """The shortest of `repeats` runs, in seconds; runs too short for the clock are made in a row."""
    action()
    began = time.perf_counter()
    action()
    once = time.perf_counter() - began
    row = max(1, min(1000, int(0.02 / max(once, 1e-9))))
    shortest = once
    for _ in range(repeats if once < 5 else 1):
        began = time.perf_counter()
        for _ in range(row):
            action()
        shortest = min(shortest, (time.perf_counter() - began) / row)
    return shortest


def measure(groups, repeats, chosen):
    """Time the cases whose names start with one of `chosen`, all without any, and write a line of JSON for each."""
    for group in groups:
        for name, action, flops in group:
            if not chosen or name.startswith(chosen):
                print(json.dumps({"case": name, "seconds": best(action, repeats), "flops": flops}), flush=True)
