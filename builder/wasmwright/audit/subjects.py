"""Audits what is named together: wheels beside each other, folders as libraries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wasmwright.audit.library import audit_library
from wasmwright.audit.wheel import audit_wheels

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from wasmwright.audit.findings import Report
    from wasmwright.audit.runtime import RuntimeSymbols


def audit_all(  # noqa: PLR0913 - options
    subjects: Sequence[Path],
    *,
    runtime: RuntimeSymbols,
    libraries: Sequence[Path] = (),
    beside: Sequence[Path] = (),
    linked: Sequence[Path] = (),
    platform_tag: str | None = None,
    differing: Collection[str] = (),
) -> list[Report]:
    """A report for each of `subjects`, in their order; raises what `audit_wheels` and `audit_library` raise.

    `differing` is looked at in libraries only: wheels are compiled with the headers of their profile.
    """
    wheels = [path for path in subjects if not path.is_dir()]
    audited = audit_wheels(wheels, runtime=runtime, libraries=libraries, beside=beside, platform_tag=platform_tag)
    of_wheels = dict(zip(wheels, audited, strict=True))
    return [
        of_wheels.get(path)
        or audit_library(path, runtime=runtime, libraries=libraries, linked=linked, differing=differing)
        for path in subjects
    ]
