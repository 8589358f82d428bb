"""Audits what a library build leaves: static libraries and side modules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wasmwright.audit.archive import InvalidArchive, archive_members
from wasmwright.audit.findings import Code, Finding, Report
from wasmwright.audit.fortran import SECTION, check_fortran
from wasmwright.audit.module import check_module
from wasmwright.audit.runtime import Runtime, load_runtime
from wasmwright.audit.symbols import JS_EXCEPTIONS, Provider, Resolver
from wasmwright.audit.wheel import load_libraries, needed_closure
from wasmwright.wasm.parse import parse
from wasmwright.wasm.reader import InvalidModule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from wasmwright.wasm.model import Module

_THREAD_FEATURES = {"+atomics", "+shared-mem"}
_VERSIONED = re.compile(r"\.so(\.\d+)*$")


def audit_library(folder: Path, *, runtime: Path | Runtime, libraries: Sequence[Path] = ()) -> Report:
    """Check every side module and static library below `folder`; raises InvalidRuntime."""
    base = runtime if isinstance(runtime, Runtime) else load_runtime(runtime)
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    shared = [path for path in files if _VERSIONED.search(path.name)]
    static = [path for path in files if path.suffix == ".a"]
    findings = [finding for path in static for finding in _check_static(path, str(path.relative_to(folder)))]
    findings += _check_shared(folder, shared, base, libraries)
    return Report(subject=folder.name, findings=tuple(findings), facts={"static": len(static), "shared": len(shared)})


def _check_static(path: Path, name: str) -> Iterator[Finding]:
    notes: list[bytes] = []
    try:
        for member, data in archive_members(path.read_bytes(), name):
            whole = f"{name}({member})"
            try:
                module = parse(data, whole)
            except InvalidModule as error:
                message = f"is no WebAssembly object: {str(error).removeprefix(f'{whole}: ')}"
                yield Finding(code=Code.NOT_WASM, member=whole, message=message)
                continue
            yield from _check_object(whole, module)
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


def _check_shared(folder: Path, files: Sequence[Path], runtime: Runtime, libraries: Sequence[Path]) -> list[Finding]:
    loadable = load_libraries(libraries)
    modules = {}
    findings: list[Finding] = []
    for path in files:
        name = str(path.relative_to(folder))
        try:
            modules[name] = loadable[path.name] = parse(path.read_bytes(), name)
        except InvalidModule as error:
            message = f"is no WebAssembly module: {str(error).removeprefix(f'{name}: ')}"
            findings.append(Finding(code=Code.NOT_WASM, member=name, message=message))
    for name, module in modules.items():
        findings += check_module(name, module, libraries=loadable.keys(), suffix=runtime.extension_suffix)
        loaded = [Provider.of_module(*item) for item in needed_closure(module, loadable).items()]
        resolver = Resolver(providers=[*runtime.providers, *loaded, Provider.of_module(name, module)])
        findings += resolver.check(name, module)
    return findings
