"""Audits a wheel: all checks, in one report."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from wasmwright.audit.contents import check_listing, check_paths, check_tags
from wasmwright.audit.errors import LibraryMissing
from wasmwright.audit.findings import Code, Finding, Report
from wasmwright.audit.module import check_module
from wasmwright.audit.runtime import Runtime, load_runtime
from wasmwright.audit.symbols import COUNTED, Provider, Resolver
from wasmwright.wasm.parse import parse
from wasmwright.wasm.reader import InvalidModule
from wasmwright.wheel.inspect import read_wheel
from wasmwright.wheel.shared import found_at, read_shared

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from wasmwright.wasm.model import Module
    from wasmwright.wheel.inspect import WheelInfo
    from wasmwright.wheel.shared import SharedLibraries

WHEEL = ".whl"


def audit_wheel(
    path: Path,
    *,
    runtime: Path | Runtime,
    libraries: Sequence[Path] = (),
    platform_tag: str | None = None,
) -> Report:
    """Check a wheel against a runtime.

    `runtime` is the folder of a Pyodide distribution. `libraries` are side modules that are loaded with the wheel,
    folders that are searched for some, or wheels, whose side modules are loaded where a module needs them and its run
    paths lead to them; static libraries are part of the wheel already. `platform_tag` is the runtime's unless given.
    Raises InvalidWheel, UnsafeWheel, InvalidRuntime.
    """
    base = runtime if isinstance(runtime, Runtime) else load_runtime(runtime)
    wheel = read_wheel(path)
    modules, unreadable = _parsed({name: wheel.members[name].data for name in wheel.extensions})
    wheels = [library for library in libraries if library.suffix == WHEEL]
    declared = load_libraries(library for library in libraries if library not in wheels)
    checked: Counter[str] = Counter()
    findings = [
        *check_tags(wheel, platform_tag=platform_tag or base.platform_tag, python_tag=base.python_tag),
        *unreadable,
        *_check_modules(modules, declared, load_libraries(wheels), base, checked),
        *_check_places(modules, [read_shared(path) for path in wheels]),
        *check_paths(wheel),
        *check_listing(wheel),
    ]
    return Report(subject=path.name, findings=tuple(findings), facts=_facts(path, wheel, modules, checked, base))


def load_libraries(paths: Iterable[Path]) -> dict[str, Module]:
    """The side modules among `paths` and in folders and wheels among them, by file name; raises InvalidModule."""
    files: list[Path] = []
    found: dict[str, Module] = {}
    for path in paths:
        if not path.exists():
            message = f"the library {path} does not exist"
            raise LibraryMissing(message, hint="--library is a side module, or a folder or a wheel that holds some")
        if path.suffix == WHEEL:
            members = read_wheel(path)
            found |= {PurePosixPath(n).name: parse(members.members[n].data, n) for n in members.extensions}
        files += sorted(path.rglob("*.so")) if path.is_dir() else [path] if path.suffix == ".so" else []
    return found | {file.name: parse(file.read_bytes(), str(file)) for file in files}


def _parsed(files: Mapping[str, bytes]) -> tuple[dict[str, Module], list[Finding]]:
    modules: dict[str, Module] = {}
    findings: list[Finding] = []
    for name, data in files.items():
        try:
            modules[name] = parse(data, name)
        except InvalidModule as error:
            message = f"is no WebAssembly module: {str(error).removeprefix(f'{name}: ')}"
            findings.append(Finding(code=Code.NOT_WASM, member=name, message=message))
    return modules, findings


def _check_modules(
    modules: Mapping[str, Module],
    declared: Mapping[str, Module],
    elsewhere: Mapping[str, Module],
    runtime: Runtime,
    checked: Counter[str],
) -> list[Finding]:
    """Each module by itself, then its imports against everything that is loaded with it."""
    of_wheel = {PurePosixPath(name).name: module for name, module in modules.items()}
    loadable = {**of_wheel, **declared, **elsewhere}
    everything = [Provider.of_module(name, module) for name, module in {**modules, **declared, **elsewhere}.items()]
    findings: list[Finding] = []
    for name, module in modules.items():
        findings += check_module(name, module, libraries=loadable.keys(), suffix=runtime.extension_suffix)
        loaded = {**declared, **needed_closure(module, loadable)}
        own = Provider.of_module(name, module)
        providers = [*runtime.providers, *(Provider.of_module(*item) for item in loaded.items()), own]
        resolver = Resolver(providers=providers, siblings=everything, counts=checked)
        findings += resolver.check(name, module)
    return findings


def _check_places(modules: Mapping[str, Module], libraries: Sequence[SharedLibraries]) -> Iterator[Finding]:
    """Whether the run paths lead to the libraries in other wheels, once all are unpacked beside each other."""
    places = {file: place for library in libraries for file, place in library.places.items()}
    for name, module in modules.items():
        dylink = module.dylink
        for needed in dylink.needed if dylink else ():
            reached = {found_at(name, path, needed) for path in (dylink.runtime_paths if dylink else ())}
            if needed in places and places[needed] not in reached:
                message = f"needs {needed}, but none of its run paths leads to {places[needed]}"
                yield Finding(code=Code.NOT_FOUND, member=name, message=message)


def needed_closure(module: Module, loadable: Mapping[str, Module]) -> dict[str, Module]:
    """The libraries that are loaded because `module` needs them, and those they need."""
    found: dict[str, Module] = {}
    waiting = [module]
    while waiting:
        dylink = waiting.pop().dylink
        for needed in dylink.needed if dylink else ():
            if needed in loadable and needed not in found:
                found[needed] = loadable[needed]
                waiting.append(loadable[needed])
    return found


def _facts(
    path: Path, wheel: WheelInfo, modules: Mapping[str, Module], checked: Counter[str], runtime: Runtime
) -> dict[str, object]:
    data = path.read_bytes()
    return {
        "sha256": hashlib.sha256(data).hexdigest(),
        "size": len(data),
        "unpacked_size": sum(len(member.data) for member in wheel.members.values()),
        "members": len(wheel.members),
        "runtime": {"platform_tag": runtime.platform_tag, "python_tag": runtime.python_tag},
        "imports_checked": {kind: checked[kind] for kind in COUNTED},
        "modules": [_module_facts(name, wheel.members[name].data, module) for name, module in modules.items()],
    }


def _module_facts(name: str, data: bytes, module: Module) -> dict[str, object]:
    dylink = module.dylink
    return {
        "path": name,
        "size": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "imports": len(module.imports),
        "exports": len(module.exports),
        "needed": list(dylink.needed) if dylink else [],
    }
