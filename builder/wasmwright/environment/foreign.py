"""Wheels for WebAssembly that projects publish themselves: through our audit before they count."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from wasmwright.audit.errors import AuditFailed
from wasmwright.audit.findings import Code, Report, named
from wasmwright.audit.render import as_text
from wasmwright.audit.runtime import load_runtime
from wasmwright.audit.subjects import audit_all
from wasmwright.audit.wheel import load_libraries
from wasmwright.sources.storepath import source_path
from wasmwright.wheel.tags import parse_wheel_name

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from wasmwright.environment.pylock import EnvironmentLock
    from wasmwright.sources.entry import Source
    from wasmwright.wasm.model import Module


def compiled(lock: EnvironmentLock) -> list[Source]:
    """The wheels of the index that are made for the runtime."""
    return [source for source in lock.sources if not parse_wheel_name(source.file).is_pure]


def check(sources: Sequence[Source], *, runtime: Path, beside: Sequence[Path]) -> None:
    """Audit wheels of the store, `beside` being ours of the same environment. Raises AuditFailed with the findings.

    Other toolchains let modules see each other's names. That is no fault here as long as no other module of the
    environment, nor the runtime, has one of the names.
    """
    symbols = load_runtime(runtime)
    with tempfile.TemporaryDirectory(prefix="wasmwright-") as name:
        # A wheel is known by the name of its file, and the store's names begin with a hash.
        links = [Path(name) / source.file for source in sources]
        for link, source in zip(links, sources, strict=True):
            link.symlink_to(source_path(source))
        reports = audit_all(links, runtime=symbols, libraries=beside, beside=beside)
        modules = {wheel.name: load_libraries([wheel]) for wheel in (*links, *beside)}
    taken = {name for one in symbols.providers for name in (*one.functions, *one.globals)}
    faults = [as_text(_without_own_symbols(report)).rstrip("\n") for report in reports if not _is_well(report)]
    faults += clashes([source.file for source in sources], modules, taken)
    if faults:
        message = f"the index has wheels for {symbols.platform_tag} that do not keep its ABI"
        hint = "ask for another version, or bring it as a package (docs/tutorial/first-package.md)"
        raise AuditFailed(message, hint=hint, excerpt="\n".join(faults))


def clashes(foreign: Sequence[str], modules: Mapping[str, Mapping[str, Module]], taken: Collection[str]) -> list[str]:
    """Names that a module of a `foreign` wheel defines and looks for outside, and that another module has as well.

    `modules` are by wheel and file; `taken` are the names that the runtime has.
    """
    owners: dict[str, list[str]] = defaultdict(list)
    for wheel, files in modules.items():
        for file, module in files.items():
            for export in module.exports:
                owners[export.name].append(f"{file} of {wheel}")
    found = []
    for wheel in foreign:
        for file, module in modules[wheel].items():
            own = {export.name for export in module.exports} & {imported.name for imported in module.imports}
            shared = {name for name in own - _types(own) if len(owners[name]) > 1 or name in taken}
            if shared:
                where = sorted({owner for name in shared for owner in owners[name]} - {f"{file} of {wheel}"})
                others = ", ".join(where) or "the runtime"
                found.append(
                    f"{wheel}: {file} and {others} both define {named(shared)}, and the first that is loaded wins"
                )
    return found


def _types(names: Collection[str]) -> set[str]:
    """What C++ knows types by, which modules share on purpose."""
    return {name for name in names if name.startswith(("_ZTI", "_ZTS"))}


def _is_well(report: Report) -> bool:
    return _without_own_symbols(report).ok


def _without_own_symbols(report: Report) -> Report:
    findings = tuple(finding for finding in report.findings if finding.code is not Code.OWN_SYMBOLS)
    return Report(subject=report.subject, findings=findings, facts=report.facts)
