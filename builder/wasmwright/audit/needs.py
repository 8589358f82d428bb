"""Which libraries are loaded because a module needs them, and which of those are missing."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wasmwright.audit.findings import Code, Finding, named
from wasmwright.audit.module import init_exports
from wasmwright.wasm.model import BINDING_WEAK
from wasmwright.wheel.shared import FOLDER, found_at
from wasmwright.wheel.tags import normalized

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from wasmwright.audit.symbols import Resolver
    from wasmwright.wasm.model import Module
    from wasmwright.wheel.inspect import WheelInfo

# C++ compares types by these, so that exceptions can be thrown from one module into another.
_SHARED_ON_PURPOSE = ("_ZTI", "_ZTS")
_REQUIREMENT = re.compile(r"\s*([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)([^;]*)")


@dataclass(frozen=True, kw_only=True)
class Needs:
    """The libraries that a module needs, and those that these need: found, by file name, or missing."""

    loaded: Mapping[str, Module]
    missing: tuple[str, ...]


def needs_of(module: Module, loadable: Mapping[str, Module]) -> Needs:
    """What is loaded with `module`."""
    loaded: dict[str, Module] = {}
    missing: dict[str, None] = {}
    waiting = [module]
    while waiting:
        dylink = waiting.pop().dylink
        for needed in dylink.needed if dylink else ():
            if needed not in loadable:
                missing[needed] = None
            elif needed not in loaded:
                loaded[needed] = loadable[needed]
                waiting.append(loadable[needed])
    return Needs(loaded=loaded, missing=tuple(missing))


@dataclass(kw_only=True)
class MissingLibraries:
    """What is missing in a wheel or library: the modules that need each file, and the imports that it may define."""

    modules: dict[str, list[tuple[str, Module]]] = field(default_factory=lambda: defaultdict(list))
    unknown: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def resolved(self, member: str, module: Module, needs: Needs, resolver: Resolver) -> Iterator[Finding]:
        """What is wrong with a module's imports; those that nothing exports are no news where a library is missing."""
        unknown = 0
        for finding in resolver.check(member, module):
            if needs.missing and finding.code is Code.UNRESOLVED:
                unknown += 1
            else:
                yield finding
        for library in needs.missing:
            self.modules[library].append((member, module))
            self.unknown[library] += unknown

    def findings(self, wheel: WheelInfo | None = None) -> Iterator[Finding]:
        """One for each file that is missing; METADATA of a `wheel` may say where it is."""
        for library, modules in sorted(self.modules.items()):
            member = modules[0][0]
            others = f", as do {len(modules) - 1} more" if modules[1:] else ""
            message = f"needs {library}{others}, which is neither in the wheel nor declared"
            if self.unknown[library]:
                message += f"; imports not looked up without it: {self.unknown[library]}"
            requirement = _requirement(library, modules, wheel) if wheel else ""
            hint = ""
            if requirement:
                message += f"; METADATA requires it from {requirement}"
                hint = f"name that wheel too: --library {normalized(_REQUIREMENT.match(requirement)[1])}-...whl"  # type: ignore[index]
            yield Finding(code=Code.NEEDED, member=member, message=message, hint=hint)


def check_own_symbols(member: str, module: Module, needs: Needs) -> Iterator[Finding]:
    """Functions and data that an extension module defines and imports: another module's of that name may replace them.

    Left out is what C++ shares on purpose, and what is weak and is in a library that the module needs as well.
    """
    if not init_exports(module):
        return
    functions = {export.name for export in module.exports if export.kind == "func"}
    data = {export.name for export in module.exports if export.kind == "global"}
    elsewhere = {export.name for library in needs.loaded.values() for export in library.exports}
    flags = module.dylink.import_flags if module.dylink else {}
    weak = {name for (_, name), value in flags.items() if value & BINDING_WEAK}
    own = {"env": functions, "GOT.func": functions, "GOT.mem": data}
    found = {
        imported.name
        for imported in module.imports
        if imported.name in own.get(imported.module, ())
        and not imported.name.startswith(_SHARED_ON_PURPOSE)
        and not (imported.name in weak and imported.name in elsewhere)
    }
    if found:
        message = (
            f"defines and imports {counted(found, data)}, so that another module's may run instead: {named(found)}"
        )
        yield Finding(code=Code.OWN_SYMBOLS, member=member, message=message)


def counted(found: Collection[str], data: Collection[str]) -> str:
    """How many of the names are functions, and how many data."""
    numbers = {"function": len([name for name in found if name not in data])}
    numbers["variable"] = len(found) - numbers["function"]
    return " and ".join(f"{number} {word}{'s' * (number > 1)}" for word, number in numbers.items() if number)


def _requirement(library: str, modules: Sequence[tuple[str, Module]], wheel: WheelInfo) -> str:
    """What METADATA requires of the distribution in whose folder the run paths look for a library; empty for none."""
    required = {}
    for text in wheel.metadata.get_all("Requires-Dist", []):
        if found := _REQUIREMENT.match(str(text)):
            required[normalized(found[1])] = found[0].strip()
    for member, module in modules:
        for path in module.dylink.runtime_paths if module.dylink else ():
            top = found_at(member, path, library).partition("/")[0]
            if top.endswith(FOLDER) and normalized(top.removesuffix(FOLDER)) in required:
                return required[normalized(top.removesuffix(FOLDER))]
    return ""
