"""Compilations, and what is said of them: casts that would end the runtime are errors.

A call through a pointer of another type traps in WebAssembly, and only when it happens; the compiler sees the cast.
Most casts are harmless here: Python's runtime calls methods, getters and setters with as many arguments as they take,
and other pointers are cast back before they are called. A slot of a type is called as it is declared.
"""

from __future__ import annotations

import os
import sys

from wasmwright.wrapper.arguments import split, understand
from wasmwright.wrapper.rewrite import CASTS

TYPE_CHECKING = False  # as in failure.py

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

# How a recipe says that it knows better: its flags come last.
_KEEP = "-Wno-cast-function-type-mismatch"
# What a project says to see such warnings itself.
_ASKED = {"-Wextra", "-W", "-Weverything", "-Wcast-function-type", CASTS}
# The types of slots in CPython's headers (object.h, descrobject.h, pybuffer.h).
_SLOTS = {
    *("allocfunc", "binaryfunc", "descrgetfunc", "descrsetfunc", "destructor", "freefunc"),
    *("getattrfunc", "getattrofunc", "getbufferproc", "getiterfunc", "hashfunc", "initproc"),
    *("inquiry", "iternextfunc", "lenfunc", "newfunc", "objobjargproc", "objobjproc"),
    *("releasebufferproc", "reprfunc", "richcmpfunc", "sendfunc", "setattrfunc", "setattrofunc"),
    *("ssizeargfunc", "ssizeobjargproc", "ssizessizeargfunc", "ssizessizeobjargproc", "ternaryfunc", "traverseproc"),
    *("unaryfunc", "vectorcallfunc", "visitproc"),
}
_STARTS = (": warning: ", ": error: ", ": fatal error: ")
_LONG_NUMBER = 10
_INCLUDED = ("In file included from ", "                 from ")


def run(tool: str, command: list[str], compiler: Callable[[list[str]], int]) -> int:
    """Compile, and pass on what `compiler` says, with an opinion of its own on casts; the exit code."""
    ours, said = os.dup(2), os.memfd_create("said")
    os.dup2(said, 2)
    try:
        code = compiler(command)
    finally:
        os.dup2(ours, 2)
    text = os.pread(said, os.fstat(said).st_size, 0).decode(errors="surrogateescape")
    if f"[{CASTS}" in text or ",-Wcast-function-type" in text:
        # Our own stands there once.
        is_asked = sum(word in _ASKED for word in command) > 1
        text, is_wrong = judged(text, is_asked=is_asked)
        if is_wrong:
            text += f"{tool}: a call through such a pointer ends the program: declare the function as the slot has it\n"
            text += f'{tool}: to compile it as it is: `cflags = ["{_KEEP}"]` in the recipe\n'
            code = code or 1
            _remove_objects(command)
    sys.stderr.flush()
    os.write(2, text.encode(errors="surrogateescape"))
    return code


def judged(text: str, *, is_asked: bool) -> tuple[str, bool]:
    """What the compiler said, with casts to slots' types as errors, and whether there are any.

    Warnings of other casts are left out, unless they were asked for: configure scripts take any for a failure. What
    ends the compilation is always told.
    """
    kept: list[str] = []
    removed = wrong = 0
    for block in _blocks(text):
        is_cast = "-Wcast-function-type" in block and ": error: " not in _first_line(block)
        is_slots = is_cast and _cast_to(block) in _SLOTS
        wrong += is_slots
        removed += is_cast and not is_slots and not is_asked
        if is_slots:
            kept.append(block.replace(": warning: ", ": error: ", 1))
        elif not is_cast or is_asked:
            kept.append(block)
    if kept and kept[-1].endswith(" generated.\n"):
        kept[-1] = _counted(kept[-1], removed + wrong)
    return "".join(kept), wrong > 0


def _blocks(text: str) -> Iterator[str]:
    """One message after the other, each with its lines of source and its notes."""
    block: list[str] = []
    for line in text.splitlines(keepends=True):
        is_source = line.lstrip(" 0123456789").startswith("|")
        is_start = not is_source and any(mark in line for mark in _STARTS)
        is_first = is_start and not (block and block[-1].startswith(_INCLUDED))
        if is_first or line.startswith(_INCLUDED[0]) or line.endswith(" generated.\n"):
            yield "".join(block)
            block = []
        block.append(line)
    yield "".join(block)


def _first_line(block: str) -> str:
    """Of a message, without the files that include the one it is about."""
    return next((line for line in block.splitlines() if not line.startswith(_INCLUDED)), "")


def _cast_to(block: str) -> str:
    """The type that the message says something is cast to, as the source names it."""
    return block.partition("' to '")[2].partition("'")[0] or block.partition(") to '")[2].partition("'")[0]


def _counted(line: str, fewer: int) -> str:
    """`3 warnings generated.` less some of them; nothing if none is left."""
    number, _, rest = line.partition(" ")
    is_count = number.isdecimal() and len(number) < _LONG_NUMBER and rest.startswith("warning")
    left = int(number) - fewer if is_count else -1
    if left < 0:
        return line
    more = rest.partition(" and ")[2]
    if left == 0:
        return more
    return f"{left} warning{'s' if left > 1 else ''}{f' and {more}' if more else ' generated.' + chr(10)}"


def _remove_objects(command: Sequence[str]) -> None:
    """Without their objects a later run compiles the sources again."""
    compiled = understand(split(command[1:]))
    bases = [os.path.splitext(os.path.basename(name))[0] for name in compiled.inputs]
    for name in [compiled.output] if compiled.output else [f"{base}.o" for base in bases]:
        if os.path.isfile(name):
            os.unlink(name)
