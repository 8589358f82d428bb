"""What is looked at in one side module by itself."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from wasmwright.audit.findings import Code, Finding
from wasmwright.audit.fortran import SECTION, check_fortran

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from wasmwright.wasm.model import Module

_INIT = ("PyInit", "PyModExport")
_THREAD_FEATURES = {"+atomics", "+shared-mem"}
_THREAD_EXPORTS = {"_emscripten_tls_init", "_emscripten_thread_init", "__wasm_init_tls"}
_STABLE = (".abi3.so", ".abi3t.so")


def check_module(member: str, module: Module, *, libraries: Collection[str], suffix: str) -> Iterator[Finding]:
    """The faults of one side module; `libraries` are the file names it may need, `suffix` the runtime's for modules."""
    if module.dylink is None or module.sections[0] != "dylink.0":
        message = "is no side module: it does not begin with a section dylink.0"
        yield Finding(code=Code.NOT_SIDE_MODULE, member=member, message=message)
    yield from _check_threads(member, module)
    yield from _check_needed(member, module, libraries)
    yield from _check_entry(member, module, suffix)
    yield from check_fortran(member, [module.notes.get(SECTION, b"")])


def init_names(member: str) -> tuple[str, ...]:
    """The functions by which Python may enter the extension module in this file."""
    name = PurePosixPath(member).name.split(".", 1)[0]
    if name.isascii():
        return tuple(f"{prefix}_{name}" for prefix in _INIT)
    encoded = name.encode("punycode").decode("ascii").replace("-", "_")
    return tuple(f"{prefix}U_{encoded}" for prefix in _INIT)


def _check_threads(member: str, module: Module) -> Iterator[Finding]:
    if any(memory.limits.is_shared for memory in module.memories):
        yield Finding(code=Code.THREADS, member=member, message="imports a shared memory")
    for feature in sorted(_THREAD_FEATURES.intersection(module.features or ())):
        yield Finding(code=Code.THREADS, member=member, message=f"says that it uses {feature[1:]}")
    for name in sorted(_THREAD_EXPORTS.intersection(export.name for export in module.exports)):
        yield Finding(code=Code.THREADS, member=member, message=f"exports {name}, for threads")


def _check_needed(member: str, module: Module, libraries: Collection[str]) -> Iterator[Finding]:
    if module.dylink is None:
        return
    for needed in module.dylink.needed:
        if needed not in libraries:
            message = f"needs {needed}, which is neither in the wheel nor declared"
            yield Finding(code=Code.NEEDED, member=member, message=message)
    for path in module.dylink.runtime_paths:
        if not path.startswith(("$ORIGIN", "${ORIGIN}")):
            message = f"has the run path `{path}`"
            yield Finding(code=Code.RUN_PATH, member=member, message=message)


def _check_entry(member: str, module: Module, suffix: str) -> Iterator[Finding]:
    name = PurePosixPath(member).name
    is_versioned = ".cpython-" in name
    if is_versioned and not name.endswith(suffix):
        message = f"is not for the runtime's Python, whose extension modules end in {suffix}"
        yield Finding(code=Code.SUFFIX, member=member, message=message)
    exported = {export.name for export in module.exports if export.kind == "func"}
    is_entered = any(symbol.startswith(("PyInit", "PyModExport")) for symbol in exported)
    if is_versioned or name.endswith(_STABLE) or is_entered:
        names = init_names(member)
        if not exported.intersection(names):
            yield Finding(code=Code.NO_INIT, member=member, message=f"exports no {names[0]}")
