"""Links of side modules for a runtime that lacks functions of the compiler's C library.

The C library is the runtime's, so its functions are imports of a side module, and the linker knows nothing of them.
Programs are linked with an archive instead (assemble/lacking.py). Modules are not parsed: the parser's own start would
take half as long as the link, and a change to it would compile every package anew.
"""

from __future__ import annotations

import os
import sys

from wasmwright.words import words_from

TYPE_CHECKING = False  # as in failure.py

if TYPE_CHECKING:
    from collections.abc import Iterable

_MAGIC = b"\0asm"
# WASM_SYMBOL_BINDING_WEAK, alone and with WASM_SYMBOL_UNDEFINED.
_WEAK = (b"\x01", b"\x11")


def link(tool: str, command: list[str], output: str) -> int:
    """Link, and refuse a module that needs what the runtime lacks; the exit code."""
    code = os.spawnv(os.P_WAIT, command[0], command)  # noqa: S606 - no shell is what is wanted
    missing = lacked(_read(output), words_from(os.environ, "WASMWRIGHT_LACKING")) if code == 0 else []
    if not missing:
        return code if code >= 0 else 128 - code
    os.unlink(output)
    runtime = os.environ.get("WASMWRIGHT_PROFILE") or "the profile"
    for name in missing:
        sys.stderr.write(
            f"{tool}: {os.path.basename(output)} calls {name}, which the runtime of {runtime} has not: "
            "switch off in the recipe what needs it\n"
        )
    return 1


def lacked(data: bytes, lacking: Iterable[str]) -> list[str]:
    """The functions among `lacking` that a module calls or takes the address of, but for weak ones."""
    # A link may be asked for JavaScript as well.
    if not data.startswith(_MAGIC):
        return []
    return sorted(name for name in lacking if name.encode() in data and _is_needed(data, name.encode()))


def _is_needed(data: bytes, name: bytes) -> bool:
    """Whether the module imports the function, and its dylink.0 section does not say that it may be missing.

    Both are found as they are encoded: module and name with their lengths before them, then what kind of import it
    is, or the flags of the symbol. (WebAssembly core specification 5.5.5; tool-conventions, DynamicLinking.md)
    """
    for module, kind in ((b"env", b"\x00"), (b"GOT.func", b"\x03\x7f\x01")):
        entry = bytes([len(module)]) + module + bytes([len(name)]) + name
        if entry + kind in data:
            return not any(entry + flags in data for flags in _WEAK)
    return False


def _read(name: str) -> bytes:
    try:
        with open(name, "rb") as file:
            return file.read()
    except OSError:
        return b""
