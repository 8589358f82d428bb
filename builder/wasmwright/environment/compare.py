"""What resolving an environment again would change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wasmwright.outputs.documents import WheelOrigin

if TYPE_CHECKING:
    from wasmwright.environment.pylock import EnvironmentLock, LockedWheel


@dataclass(frozen=True, kw_only=True)
class EnvironmentChange:
    """One wheel's: its versions, None where there is none, and what that means."""

    name: str
    old: str | None
    new: str | None
    why: str


def changes(old: EnvironmentLock, new: EnvironmentLock) -> tuple[EnvironmentChange, ...]:
    """The wheels that differ, by name."""
    before = {wheel.name: wheel for wheel in old.wheels}
    after = {wheel.name: wheel for wheel in new.wheels}
    names = sorted({*before, *after})
    found = (_change(name, before.get(name), after.get(name)) for name in names)
    return tuple(change for change in found if change is not None)


def _change(name: str, old: LockedWheel | None, new: LockedWheel | None) -> EnvironmentChange | None:
    if old == new:
        return None
    if old is None:
        why = "is needed now"
    elif new is None:
        why = "is not needed any more"
    elif old.origin is not new.origin:
        why = "pkgs/ has it now" if new.origin is WheelOrigin.BUILT else "pkgs/ has it no more"
    elif old.version != new.version:
        why = "another version fits best now"
    elif old.sha256 != new.sha256:
        why = "the checkout builds another wheel" if new.origin is WheelOrigin.BUILT else "the index has another file"
    else:
        why = "it needs others, or other extras are asked for"
    return EnvironmentChange(name=name, old=old.version if old else None, new=new.version if new else None, why=why)
