"""Links of side modules for a runtime that lacks functions of the compiler's C library.

The C library is the runtime's, so its functions are imports of a side module, and the linker knows nothing of them.
Programs are linked with an archive instead (assemble/lacking.py). Modules in whose bytes no such name stands, which are
nearly all, are not parsed: the parser's own start would take half as long as the link.
"""

from __future__ import annotations

import os
import sys

from wasmwright.words import words_from

TYPE_CHECKING = False  # as in failure.py

if TYPE_CHECKING:
    from collections.abc import Iterable

_MAGIC = b"\0asm"


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
    suspects = {name for name in lacking if name.encode() in data}
    # A link may be asked for JavaScript as well.
    if not suspects or not data.startswith(_MAGIC):
        return []
    from wasmwright.wasm.model import BINDING_WEAK
    from wasmwright.wasm.parse import parse

    module = parse(data)
    flags = module.dylink.import_flags if module.dylink else {}
    return sorted(
        {
            imported.name
            for imported in module.imports
            if (imported.kind == "func" or imported.module == "GOT.func")
            and imported.name in suspects
            and not flags.get((imported.module, imported.name), 0) & BINDING_WEAK
        }
    )


def _read(name: str) -> bytes:
    try:
        with open(name, "rb") as file:
            return file.read()
    except OSError:
        return b""
