"""Audits what a library build leaves: static libraries and side modules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wasmwright import limits
from wasmwright.audit.archive import InvalidArchive, archive_members
from wasmwright.audit.buildfiles import check_build_files
from wasmwright.audit.contents import leaked_paths
from wasmwright.audit.findings import Code, Finding, Report
from wasmwright.audit.fortran import SECTION, check_fortran
from wasmwright.audit.module import check_module
from wasmwright.audit.needs import MissingLibraries, check_own_symbols, needs_of
from wasmwright.audit.runtime import RuntimeSymbols, load_runtime
from wasmwright.audit.symbols import JS_EXCEPTIONS, Provider, Resolver
from wasmwright.audit.wheel import load_libraries
from wasmwright.wasm.parse import parse
from wasmwright.wasm.reader import InvalidModule
from wasmwright.wheel.inspect import is_shared_object

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from wasmwright.wasm.model import Module

_THREAD_FEATURES = {"+atomics", "+shared-mem"}


def audit_library(
    folder: Path,
    *,
    runtime: Path | RuntimeSymbols,
    libraries: Sequence[Path] = (),
    linked: Sequence[Path] = (),
    differing: Collection[str] = (),
) -> Report:
    """Check every side module and static library below `folder`, and what it tells builds; raises InvalidRuntime.

    `differing` are functions whose types are not the same in the compiler's headers and in the runtime: a library must
    not call them, as it is compiled once for all profiles. `linked` are folders of libraries that it was built with.
    """
    base = runtime if isinstance(runtime, RuntimeSymbols) else load_runtime(runtime)
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    shared = [path for path in files if is_shared_object(path.name)]
    static = [path for path in files if path.suffix == ".a"]
    findings = [finding for path in static for finding in _check_static(path, str(path.relative_to(folder)), differing)]
    findings += _check_shared(folder, shared, base, libraries, differing)
    findings += check_build_files(folder, files, [*linked, *(library for library in libraries if library.is_dir())])
    return Report(subject=folder.name, findings=tuple(findings), facts={"static": len(static), "shared": len(shared)})


def _check_static(path: Path, name: str, differing: Collection[str]) -> Iterator[Finding]:
    notes: list[bytes] = []
    limits.ARCHIVE_SIZE.check(path.stat().st_size, name)
    try:
        for member, data in archive_members(path.read_bytes(), name):
            whole = f"{name}({member})"
            try:
                module = parse(data, whole)
            except InvalidModule as error:
                message = f"is no WebAssembly object: {str(error).removeprefix(f'{whole}: ')}"
                yield Finding(code=Code.NOT_WASM, member=whole, message=message)
                continue
            yield from leaked_paths(whole, data)
            yield from _check_object(whole, module)
            yield from _check_types(whole, module, differing)
            notes.append(module.notes.get(SECTION, b""))
    except InvalidArchive as error:
        message = f"cannot be read: {str(error).removeprefix(f'{name}: ')}"
        yield Finding(code=Code.NOT_WASM, member=name, message=message)
    yield from check_fortran(name, notes)


def _check_object(member: str, module: Module) -> Iterator[Finding]:
    for feature in sorted(_THREAD_FEATURES.intersection(module.features or ())):
        yield Finding(code=Code.THREADS, member=member, message=f"says that it uses {feature[1:]}")
    for imported in module.imports:
        if imported.kind == "func" and JS_EXCEPTIONS.fullmatch(imported.name):
            message = f"calls {imported.name}, of the exceptions that JavaScript makes"
            yield Finding(code=Code.JS_EXCEPTIONS, member=member, message=message)


def _check_types(member: str, module: Module, differing: Collection[str]) -> Iterator[Finding]:
    """Functions that are called, or whose address is taken."""
    called = {imported.name for imported in module.imports if imported.kind == "func" or imported.module == "GOT.func"}
    for name in sorted(called.intersection(differing)):
        message = f"calls {name}, for which the runtime was compiled with other types than the compiler has"
        yield Finding(code=Code.PROFILE_TYPE, member=member, message=message)


def _check_shared(
    folder: Path, files: Sequence[Path], runtime: RuntimeSymbols, libraries: Sequence[Path], differing: Collection[str]
) -> list[Finding]:
    loadable = load_libraries(libraries)
    modules = {}
    findings: list[Finding] = []
    for path in files:
        name = str(path.relative_to(folder))
        try:
            limits.ARCHIVE_SIZE.check(path.stat().st_size, name)
            data = path.read_bytes()
            findings += leaked_paths(name, data)
            modules[name] = loadable[path.name] = parse(data, name)
        except InvalidModule as error:
            message = f"is no WebAssembly module: {str(error).removeprefix(f'{name}: ')}"
            findings.append(Finding(code=Code.NOT_WASM, member=name, message=message))
    missing = MissingLibraries()
    for name, module in modules.items():
        findings += check_module(name, module, suffixes=runtime.suffixes)
        needs = needs_of(module, loadable)
        loaded = [Provider.of_module(*item) for item in needs.loaded.items()]
        resolver = Resolver(providers=[*runtime.providers, *loaded, Provider.of_module(name, module)])
        findings += missing.resolved(name, module, needs, resolver)
        findings += check_own_symbols(name, module, needs)
        findings += _check_types(name, module, differing)
    return [*findings, *missing.findings()]
