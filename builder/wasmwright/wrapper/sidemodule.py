"""Links of side modules: each keeps to its own symbols, and asks the runtime for nothing that it lacks.

The C library is the runtime's, so its functions are imports of a side module, and the linker knows nothing of them.
Programs are linked with an archive instead (assemble/lacking.py). Modules are not parsed: the parser's own start would
take half as long as the link, and a change to it would compile every package anew.
"""

from __future__ import annotations

import os
import sys

from wasmwright.words import words_from
from wasmwright.wrapper.linkinputs import CompilationFailed, LinkInputs, read_bytes

TYPE_CHECKING = False  # as in failure.py

if TYPE_CHECKING:
    from collections.abc import Iterable

_MAGIC = b"\0asm"
# WASM_SYMBOL_BINDING_WEAK, alone and with WASM_SYMBOL_UNDEFINED.
_WEAK = (b"\x01", b"\x11")
_INTERRUPTED = 130


def link(tool: str, command: list[str], output: str) -> int:
    """Link a module of its own symbols, and refuse one that needs what the runtime lacks; the exit code."""
    # Under a name that nobody knows before: the folder may be everybody's.
    folder = os.path.join(os.environ.get("TMPDIR") or "/tmp", f"wasmwright-link-{os.urandom(8).hex()}")  # noqa: S108
    inputs = LinkInputs(command, folder=folder, is_library="-sSIDE_MODULE=1" in command)
    try:
        os.mkdir(folder, 0o700)
        code = _run(inputs.command(), inputs)
    except CompilationFailed as error:
        return error.code
    except KeyboardInterrupt:
        return _INTERRUPTED
    except OSError as error:
        sys.stderr.write(f"{tool}: {error.filename}: {error.strerror}\n")
        return 1
    finally:
        inputs.remove()
    missing = lacked(read_bytes(output), words_from(os.environ, "WASMWRIGHT_LACKING")) if code == 0 else []
    if not missing:
        return code
    os.unlink(output)
    runtime = os.environ.get("WASMWRIGHT_PROFILE") or "the profile"
    for name in missing:
        sys.stderr.write(
            f"{tool}: {os.path.basename(output)} calls {name}, which the runtime of {runtime} has not: "
            "switch off in the recipe what needs it\n"
        )
    return 1


def _run(command: list[str], inputs: LinkInputs) -> int:
    """Run the link; what it says of the copies is passed on with the names that the project knows."""
    said = os.path.join(inputs.folder, "said")
    opened = (os.POSIX_SPAWN_OPEN, 2, said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    process = os.posix_spawn(command[0], command, os.environ, file_actions=[opened])
    code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    sys.stderr.write(inputs.with_original_names(read_bytes(said).decode(errors="replace")))
    return code if code >= 0 else 128 - code


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
