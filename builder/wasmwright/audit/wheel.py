"""Audits wheels that belong together: all checks, a report for each."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from wasmwright.audit.closure import check_closure, places_of
from wasmwright.audit.contents import check_listing, check_metadata, check_paths, check_tags
from wasmwright.audit.errors import LibraryMissing
from wasmwright.audit.findings import Code, Finding, Report
from wasmwright.audit.module import check_module, is_extension, is_importable
from wasmwright.audit.needs import MissingLibraries, check_own_symbols, needs_of
from wasmwright.audit.runtime import RuntimeSymbols, load_runtime
from wasmwright.audit.symbols import COUNTED, Provider, Resolver
from wasmwright.wasm.parse import parse
from wasmwright.wasm.reader import InvalidModule
from wasmwright.wheel.inspect import is_shared_object, read_wheel
from wasmwright.wheel.shared import found_at, run_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from wasmwright.audit.closure import InstalledFile
    from wasmwright.wasm.model import Module
    from wasmwright.wheel.inspect import WheelInfo

WHEEL, STATIC = ".whl", ".a"


@dataclass(frozen=True, kw_only=True)
class _Opened:
    """A wheel that was read: its modules by member, and a finding for each that cannot be parsed."""

    path: Path
    wheel: WheelInfo
    modules: Mapping[str, Module]
    unreadable: Sequence[Finding]

    @property
    def by_file(self) -> dict[str, Module]:
        """Its modules by file name."""
        return {PurePosixPath(name).name: module for name, module in self.modules.items()}


@dataclass(frozen=True, kw_only=True)
class _Around:
    """What a wheel is checked against: wheels that offer side modules, side modules alone, all files beside it."""

    beside: Sequence[_Opened]
    declared: Mapping[str, Module]
    installed: Mapping[Path, Sequence[InstalledFile]]
    archives: Sequence[Path]
    runtime: RuntimeSymbols
    platform_tag: str


def audit_wheel(
    path: Path,
    *,
    runtime: Path | RuntimeSymbols,
    libraries: Sequence[Path] = (),
    platform_tag: str | None = None,
) -> Report:
    """Check one wheel: `audit_wheels` with nothing beside it."""
    (report,) = audit_wheels([path], runtime=runtime, libraries=libraries, platform_tag=platform_tag)
    return report


def audit_wheels(
    paths: Sequence[Path],
    *,
    runtime: Path | RuntimeSymbols,
    libraries: Sequence[Path] = (),
    beside: Sequence[Path] = (),
    platform_tag: str | None = None,
) -> list[Report]:
    """Check wheels that are installed beside each other against a runtime; modules of one may need those of another.

    `runtime` is the folder of a Pyodide distribution. `libraries` are side modules that are loaded with the wheels,
    folders that are searched for some, or wheels, whose side modules are loaded where a module needs them and its run
    paths lead to them; static libraries are part of the wheels already. `beside` are wheels of which only the files are
    compared. `platform_tag` is the runtime's unless given. Raises InvalidWheel, UnsafeWheel, LimitExceeded,
    InvalidRuntime.
    """
    base = runtime if isinstance(runtime, RuntimeSymbols) else load_runtime(runtime)
    opened = [_opened(path) for path in paths]
    wheels = [_opened(library) for library in libraries if library.suffix == WHEEL]
    declared = load_libraries(library for library in libraries if library.suffix != WHEEL)
    known = {each.path: each.wheel for each in (*opened, *wheels)}
    known |= {path: read_wheel(path) for path in beside if path not in known}
    installed = {path: places_of(path.name, wheel, base.python) for path, wheel in known.items()}
    archives = [path for library in libraries if library.is_dir() for path in sorted(library.rglob("*.a"))]
    return [
        _audit(
            each,
            _Around(
                beside=[*(other for other in opened if other is not each), *wheels],
                declared=declared,
                installed=installed,
                archives=archives,
                runtime=base,
                platform_tag=platform_tag or base.platform_tag,
            ),
        )
        for each in opened
    ]


def _audit(opened: _Opened, around: _Around) -> Report:
    checked: Counter[str] = Counter()
    runtime = around.runtime
    tags = list(check_tags(opened.wheel, platform_tag=around.platform_tag, python_tag=runtime.python_tag))
    findings = [*tags, *check_metadata(opened.wheel), *opened.unreadable]
    # In a wheel for another runtime all that follows from that is no news.
    if not any(finding.code in {Code.PLATFORM_TAG, Code.PYTHON_TAG} for finding in tags):
        findings += _check_modules(opened, around, checked)
        findings += _check_places(opened, around)
    findings += [*check_paths(opened.wheel, around.archives), *check_listing(opened.wheel)]
    others = [found for path, found in around.installed.items() if path != opened.path]
    findings += check_closure(around.installed[opened.path], others, library=runtime.library)
    return Report(subject=opened.path.name, findings=tuple(findings), facts=_facts(opened, checked, runtime))


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
        elif path.is_dir():
            files += sorted(file for file in path.rglob("*") if _is_side_module(file))
        elif _is_side_module(path):
            files.append(path)
        elif path.suffix != STATIC:
            message = f"{path} is no library: its name ends neither in .so nor in .whl"
            raise LibraryMissing(message, hint="--library is a side module, or a folder or a wheel that holds some")
    return found | {file.name: parse(file.read_bytes(), str(file)) for file in files}


def _is_side_module(path: Path) -> bool:
    return is_shared_object(path.name) and path.is_file()


def _opened(path: Path) -> _Opened:
    wheel = read_wheel(path)
    modules: dict[str, Module] = {}
    unreadable: list[Finding] = []
    for name in wheel.extensions:
        try:
            modules[name] = parse(wheel.members[name].data, name)
        except InvalidModule as error:
            message = f"is no WebAssembly module: {str(error).removeprefix(f'{name}: ')}"
            unreadable.append(Finding(code=Code.NOT_WASM, member=name, message=message))
    return _Opened(path=path, wheel=wheel, modules=modules, unreadable=unreadable)


def _check_modules(opened: _Opened, around: _Around, checked: Counter[str]) -> Iterator[Finding]:
    """Each module by itself, then its imports against everything that is loaded with it."""
    runtime, declared = around.runtime, around.declared
    elsewhere = {file: module for other in reversed(around.beside) for file, module in other.by_file.items()}
    loadable = {**elsewhere, **opened.by_file, **declared}
    siblings: dict[str, str] = {}
    for name, module in {**opened.modules, **declared, **elsewhere}.items():
        for export in module.exports:
            siblings.setdefault(export.name, name)
    offered = {name: Provider.of_module(name, module) for name, module in loadable.items()}
    missing = MissingLibraries()
    for name, module in opened.modules.items():
        yield from check_module(name, module, suffixes=runtime.suffixes)
        if is_extension(name, module) and not is_importable(name, runtime.suffixes):
            # It is for another Python, and its imports are of that.
            continue
        needs = needs_of(module, loadable)
        loaded = [offered[file] for file in {**declared, **needs.loaded}]
        providers = [*runtime.providers, *loaded, Provider.of_module(name, module)]
        resolver = Resolver(providers=providers, siblings=siblings, counts=checked)
        yield from missing.resolved(name, module, needs, resolver)
        yield from check_own_symbols(name, module, needs)
    yield from missing.findings(opened.wheel)


def _check_places(opened: _Opened, around: _Around) -> Iterator[Finding]:
    """Whether the run paths lead to the libraries, in this wheel and in others, once all are unpacked together."""
    places: dict[str, list[str]] = defaultdict(list)
    for each in (opened, *around.beside):
        for name in each.modules:
            places[PurePosixPath(name).name].append(name)
    for name, module in opened.modules.items():
        dylink = module.dylink
        for needed in dylink.needed if dylink else ():
            found = places.get(needed, [])
            reached = {found_at(name, path, needed) for path in (dylink.runtime_paths if dylink else ())}
            if found and needed not in around.declared and not reached.intersection(found):
                message = f"needs {needed}, but none of its run paths leads to {found[0]}"
                hint = ""
                if found[0] in opened.modules:
                    hint = f"link it with -Wl,-rpath,'{run_path(name, found[0])}': the runtime looks nowhere else"
                yield Finding(code=Code.NOT_FOUND, member=name, message=message, hint=hint)


def _facts(opened: _Opened, checked: Counter[str], runtime: RuntimeSymbols) -> dict[str, object]:
    data, members = opened.path.read_bytes(), opened.wheel.members
    return {
        "sha256": hashlib.sha256(data).hexdigest(),
        "size": len(data),
        "unpacked_size": sum(len(member.data) for member in members.values()),
        "members": len(members),
        "runtime": {"platform_tag": runtime.platform_tag, "python_tag": runtime.python_tag},
        "imports_checked": {kind: checked[kind] for kind in COUNTED},
        "modules": [_module_facts(name, members[name].data, module) for name, module in opened.modules.items()],
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
