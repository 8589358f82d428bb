"""What a finished wheel of a project tells of the package that is to be made: its modules, compiled ones among them."""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from wasmwright.adding.told import Told, read_told
from wasmwright.outputs.wheels import WheelFacts
from wasmwright.sources.kinds.pypifiles import pin_file
from wasmwright.sources.kinds.table import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wasmwright.sources.pypi import Release
    from wasmwright.sources.registries import Registries

# Folders at the top of wheels that got there by mistake.
_NO_PACKAGES = {"tests", "test", "testing", "docs", "doc", "examples", "example", "benchmarks", "benchmark", "scripts"}
_TESTS = {"tests", "test"}
_COMPILED = re.compile(r"(?P<module>[A-Za-z_]\w*)(?:\.[\w-]+)*\.(?:so|pyd)", re.ASCII)
# More say no more than the first: one import of the package loads most of them.
_MOST_COMPILED = 12


@dataclass(frozen=True, kw_only=True)
class Model:
    """A wheel of the release: `imports` are its modules at the top, then those that are compiled, unless many are."""

    file: str
    told: Told
    imports: tuple[str, ...]
    has_compiled: bool
    has_tests: bool


def read_model(project: str, release: Release, registries: Registries) -> Model:
    """Download a wheel and read it. Raises InvalidWheel, UnsafeWheel, LimitExceeded and what registries raise."""
    source = pin_file(registries.client, project, release)
    content = registries.content(source, kind_of(source).urls(source, registries))
    with tempfile.TemporaryDirectory(prefix="wasmwright-") as name:
        path = Path(name, release.file.name)
        path.write_bytes(content)
        facts = WheelFacts(path)
        names = [*facts.info.members]
        told = read_told(facts.metadata, where=release.file.name)
        tops = facts.imports
    compiled = compiled_modules(names)
    shown = compiled if len(compiled) <= _MOST_COMPILED else ()
    kept = tuple(top for top in tops if top not in _NO_PACKAGES) or tops
    named = (*_first(kept, project), *(one for one in shown if one.split(".")[0] in kept))
    return Model(
        file=release.file.name,
        told=told,
        imports=tuple(dict.fromkeys(named)),
        has_compiled=bool(compiled),
        has_tests=any(_TESTS & {*PurePosixPath(member).parts[1:-1]} for member in names),
    )


def compiled_modules(names: Iterable[str]) -> tuple[str, ...]:
    """The dotted names of the extension modules among the files of a wheel, without those of tests."""
    found = set()
    for name in names:
        *folders, file = PurePosixPath(name).parts
        matched = _COMPILED.fullmatch(file)
        if matched is None or not all(folder.isidentifier() for folder in folders) or _TESTS & {*folders}:
            continue
        # A shared library that others load is no module.
        if not file.startswith("lib") or "." in file.removesuffix(".so"):
            found.add(".".join((*folders, matched["module"])))
    return tuple(sorted(found))


def _first(tops: Iterable[str], project: str) -> tuple[str, ...]:
    """The modules at the top, that of the project's name first, those that begin with `_` last."""
    name = project.replace("-", "_").lower()
    return tuple(sorted(tops, key=lambda top: (top.lower() != name, top.startswith("_"), top)))
