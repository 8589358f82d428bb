"""What is looked at in one side module by itself."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from wasmwright.audit.findings import Code, Finding, named
from wasmwright.audit.fortran import SECTION, check_fortran
from wasmwright.wasm.model import FunctionType

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wasmwright.wasm.model import ExternType, Module

_INIT = ("PyInit", "PyModExport")
_THREAD_FEATURES = {"+atomics", "+shared-mem"}
_THREAD_EXPORTS = {"_emscripten_tls_init", "_emscripten_thread_init", "__wasm_init_tls"}
_TAGGED = (".cpython-", ".abi3")
_OF_PYTHON = ("Py", "_Py")
# What the linker exports of every side module.
_OF_LINKER = "__wasm_"


def check_module(member: str, module: Module, *, suffixes: Sequence[str]) -> Iterator[Finding]:
    """The faults of one side module by itself; `suffixes` are the runtime's for extension modules."""
    if module.dylink is None or module.sections[0] != "dylink.0":
        message = "is no side module: it does not begin with a section dylink.0"
        yield Finding(code=Code.NOT_SIDE_MODULE, member=member, message=message)
    yield from _check_threads(member, module)
    yield from _check_run_paths(member, module)
    yield from _check_vectors(member, module)
    if is_extension(member, module):
        yield from _check_entry(member, module, suffixes)
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


def is_extension(member: str, module: Module) -> bool:
    """Whether it is a module that Python imports, by its name or by what it exports, and not a library."""
    name = PurePosixPath(member).name
    return any(tag in name for tag in _TAGGED) or init_exports(module)


def init_exports(module: Module) -> bool:
    """Whether it exports a function by which Python enters modules."""
    return any(export.name.startswith(_INIT) for export in module.exports if export.kind == "func")


def is_importable(member: str, suffixes: Sequence[str]) -> bool:
    """Whether Python looks for an extension module under this name."""
    name = PurePosixPath(member).name
    return any(name.endswith(suffix) and "." not in name.removesuffix(suffix) for suffix in suffixes)


def _check_run_paths(member: str, module: Module) -> Iterator[Finding]:
    for path in module.dylink.runtime_paths if module.dylink else ():
        if not path.startswith(("$ORIGIN", "${ORIGIN}")):
            message = f"has the run path `{path}`"
            yield Finding(code=Code.RUN_PATH, member=member, message=message)


def _check_vectors(member: str, module: Module) -> Iterator[Finding]:
    exported = {export.name: export.type for export in module.exports if export.kind == "func"}
    found = {
        imported.name
        for imported in module.imports
        if _has_vectors(exported.get(imported.name) if imported.module == "GOT.func" else imported.type)
    }
    if found:
        message = f"imports {len(found)} function{'s' * (len(found) > 1)} with v128 in the type: {named(found)}"
        yield Finding(code=Code.VECTOR_IMPORT, member=member, message=message)


def _has_vectors(type_: ExternType | None) -> bool:
    return isinstance(type_, FunctionType) and "v128" in {*type_.params, *type_.results}


def _check_entry(member: str, module: Module, suffixes: Sequence[str]) -> Iterator[Finding]:
    if not is_importable(member, suffixes):
        message = f"is an extension module, and its name ends in none of {', '.join(suffixes)}"
        yield Finding(code=Code.SUFFIX, member=member, message=message)
    exported = {export.name for export in module.exports if export.kind == "func"}
    names = init_names(member)
    if not exported.intersection(names) and not _is_called_by_name(module):
        yield Finding(code=Code.NO_INIT, member=member, message=f"exports no {names[0]}")


def _is_called_by_name(module: Module) -> bool:
    """Whether it is a library for ctypes or cffi: back ends build these as extension modules, and so name them.

    It has functions to call, and knows nothing of Python.
    """
    functions = [export.name for export in module.exports if export.kind == "func"]
    has_functions = any(not name.startswith(_OF_LINKER) for name in functions)
    imported = [one.name for one in module.imports]
    return has_functions and not init_exports(module) and not any(name.startswith(_OF_PYTHON) for name in imported)
