"""How long derivations took, remembered from build to build, and what that says of the next one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wasmwright.filelock import holding
from wasmwright.files import is_duration, remembered, write_json
from wasmwright.names import attribute
from wasmwright.progress import short_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

TIMES = "seconds.json"
_VERSION = 1


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """What derivations will take one after the other: the seconds of the known ones, and how many are not known."""

    seconds: float = 0.0
    unknown: int = 0

    def __add__(self, other: Estimate) -> Estimate:
        """Both together."""
        return Estimate(seconds=self.seconds + other.seconds, unknown=self.unknown + other.unknown)


def estimate(drv_paths: Iterable[str], earlier: Mapping[str, float]) -> Estimate:
    """By the names of the derivations: another version is another name, another flag is not."""
    names = [short_name(path) for path in drv_paths]
    known = [earlier[name] for name in names if name in earlier]
    return Estimate(seconds=sum(known), unknown=len(names) - len(known))


def of_package(name: str, version: str, earlier: Mapping[str, float]) -> Estimate:
    """What the derivations of a package took, by their names, which begin with its own; nobody asks Nix for them."""
    known = [
        seconds
        for derivation, seconds in earlier.items()
        if derivation.startswith((f"{name}-{version}-", f"{attribute(name)}-{version}-"))
    ]
    return Estimate(seconds=sum(known), unknown=int(not known))


def read_times(path: Path) -> dict[str, float]:
    """Seconds by the name of a derivation. What cannot be read counts as nothing: it is an estimate."""
    document = remembered(path, version=_VERSION)
    written = document.content.get("seconds") if document is not None else None
    if not isinstance(written, dict):
        return {}
    return {name: float(seconds) for name, seconds in written.items() if is_duration(seconds)}


def remember(path: Path, seconds: Mapping[str, float]) -> None:
    """Write down how long derivations took now, by their paths; what others took stays. In one piece."""
    if not seconds:
        return
    # Builds of other packages write there too.
    with holding(path.parent / "locks" / path.name, waiting=lambda _: None):
        times = read_times(path) | {short_name(drv): round(value, 1) for drv, value in seconds.items()}
        write_json(path, {"version": _VERSION, "seconds": dict(sorted(times.items()))})
