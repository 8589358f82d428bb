"""Where requirements come from: what is inside, folders of wheels, a lock, the user's index; in this order."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from packaging.markers import UndefinedComparison
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from wasmwright.wheeltools.errors import RequirementsMissing
from wasmwright.wheeltools.index import PipRefused
from wasmwright.wheeltools.shelf import Distribution, Picked, select, wheel, wheels_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from wasmwright.wheeltools.index import Index
    from wasmwright.wheeltools.locked import BuildLock, BuildLockWheel
    from wasmwright.wheeltools.pythons import FittingPython


@dataclass(kw_only=True)
class Supply:
    """All that there is for one Python.

    Of the names in `fixed` there is no other version than the one inside, which the target has headers of. The version
    that is asked for does not count for names in `any_version`.
    """

    python: FittingPython
    inside: Sequence[Distribution]
    folders: Sequence[Path]
    lock: BuildLock | None
    index: Index | None
    fixed: frozenset[str] = frozenset()
    any_version: frozenset[str] = frozenset()
    _found: list[Distribution] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        offered = [one for folder in self.folders for one in wheels_in(folder)]
        self._found = [one for one in offered if one.path is not None and self.python.takes(one.path.name)]

    def add(self, distributions: Iterable[Distribution]) -> None:
        """Offer these before all others."""
        self._found[:0] = distributions

    def take(self, requirements: Iterable[str], *, wanted_by: str, what: str) -> Mapping[str, Distribution]:
        """The distributions that `requirements` need, by name.

        Raises RequirementsMissing, where `what` is what they are for, and what reading a lock raises.
        """
        wanted = tuple(map(self._loosened, requirements))
        try:
            selection = self._select(wanted, wanted_by)
        except (InvalidRequirement, UndefinedComparison) as error:
            message, hint = (
                f"{wanted_by} asks for what is no requirement",
                "write it as PEP 508 has it, such as `numpy>=2`",
            )
            raise RequirementsMissing(message, excerpt=str(error), hint=hint) from None
        self._refuse_fixed(selection)
        while selection.lacking and self._from_lock(selection):
            selection = self._select(wanted, wanted_by)
        refusal = None
        if selection.lacking and self.index is not None:
            try:
                # All that is wanted, so that what comes fits what is there.
                self.add(map(wheel, self.index.resolve([*wanted, *(one.requirement for one in selection.lacking)])))
                selection = self._select(wanted, wanted_by)
            except PipRefused as said:
                refusal = str(said)
        if selection.lacking:
            raise self._missing(selection, what, refusal)
        return selection.chosen

    def _select(self, wanted: Sequence[str], wanted_by: str) -> Picked:
        found = [*(one for one in self._found if one.name not in self.fixed), *self.inside]
        loose = [replace(one, requires=tuple(map(self._loosened, one.requires))) for one in found]
        return select(wanted, loose, self.python.markers, wanted_by=wanted_by)

    def _loosened(self, text: str) -> str:
        """A requirement without its versions, if those do not count."""
        if not self.any_version:
            return text
        try:
            requirement = Requirement(text)
        except InvalidRequirement:
            return text
        if canonicalize_name(requirement.name) not in self.any_version:
            return text
        extras = f"[{','.join(sorted(requirement.extras))}]" if requirement.extras else ""
        marker = f"; {requirement.marker}" if requirement.marker else ""
        return f"{requirement.name}{extras}{marker}"

    def _refuse_fixed(self, selection: Picked) -> None:
        for lacking in selection.lacking:
            name = canonicalize_name(Requirement(lacking.requirement).name)
            if name in self.fixed:
                message = f"the target's headers are of {name} {lacking.found}, and {lacking.wanted_by} asks for "
                message += lacking.requirement
                hint = f"let it ask for less, or give `--any-version {name}`"
                raise RequirementsMissing(message, hint=hint)

    def _from_lock(self, selection: Picked) -> bool:
        """Take what the lock has of what lacks; False where it has nothing more."""
        if self.lock is None:
            return False
        known = {one.path.name for one in self._found if one.path is not None}
        wheels = [found for name in _names(selection) if (found := self.lock.wheel_of(name, self.python)) is not None]
        new = [found for found in wheels if found.file not in known]
        taken = [*self._local(new), *self._remote([found for found in new if found.path is None])]
        self.add(map(wheel, taken))
        return bool(taken)

    def _local(self, wheels: Iterable[BuildLockWheel]) -> list[Path]:
        assert self.lock is not None
        paths = [(found, found.path) for found in wheels if found.path is not None]
        for found, path in paths:
            self.lock.check(found, path)
        return [path for _, path in paths]

    def _remote(self, wheels: Sequence[BuildLockWheel]) -> list[Path]:
        if not wheels or self.index is None:
            return []
        assert self.lock is not None
        try:
            return self.index.fetch([found.reference for found in wheels])
        except PipRefused as said:
            message = f"what {self.lock.path} names cannot be had: {', '.join(found.file for found in wheels)}"
            hint = "put these files into a folder, and name it by --wheels"
            raise RequirementsMissing(message, excerpt=str(said), hint=hint) from None

    def _missing(self, selection: Picked, what: str, refusal: str | None) -> RequirementsMissing:
        told = "; ".join(lacking.told for lacking in selection.lacking)
        names = " ".join(f"'{lacking.requirement}'" for lacking in selection.lacking)
        reason = "--offline was given, so no index was asked" if self.index is None else refusal
        hint = (
            f"put wheels for {self.python.called} into a folder and give it with `--wheels FOLDER` "
            f"(`pip download {self.python.example} --dest FOLDER {names}`), "
            "or name them in a pylock.toml beside the project's pyproject.toml"
        )
        return RequirementsMissing(f"{what} lacks {told}", excerpt=reason, hint=hint)


def _names(selection: Picked) -> list[str]:
    return [canonicalize_name(Requirement(lacking.requirement).name) for lacking in selection.lacking]
