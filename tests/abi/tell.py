"""Runs in the runtime: what every group says, a line of JSON each, and the constants that Python has otherwise."""

import importlib
import json
import sys

import abiprobe_c
import abiprobe_constants
import abiprobe_cxx
import abiprobe_thrower

MODULES = "errno os posix stat signal socket fcntl termios select mmap time locale resource syslog"
WORD = 2**32


def main() -> None:
    for name in abiprobe_c.names():
        say("group", f"C: {name}", abiprobe_c.run(name))
    for name in abiprobe_cxx.names(abiprobe_thrower.get()):
        say("group", f"C++: {name}", abiprobe_cxx.run(name))
    compared = set()
    for name, value in abiprobe_constants.all().items():
        for module in map(imported, MODULES.split()):
            theirs = getattr(module, name, None)
            if isinstance(theirs, int):
                compared.add(name)
                # Python takes some for signed, some for not.
                if int(theirs) % WORD != value % WORD:
                    say("constant", f"{module.__name__}.{name}", f"{int(theirs)}, not {value}")
    say("compared", "", len(compared))


def imported(name: str) -> object:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def say(kind: str, name: str, text: object) -> None:
    sys.stdout.write(f"{json.dumps([kind, name, text])}\n")
    sys.stdout.flush()


main()
