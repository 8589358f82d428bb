"""What changes a foreign source and is neither copied nor run.

Patches, files beside the recipe, files that its script writes, and commands that change files of the source.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wasmwright.importing import bounds
from wasmwright.importing.licences import named_licence
from wasmwright.importing.reach import is_of_tests, unseen, unseen_files
from wasmwright.names import quoted
from wasmwright.recipe.hunks import changes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from wasmwright.importing.beside import Beside
    from wasmwright.importing.findings import Findings
    from wasmwright.importing.foreign import Cited
    from wasmwright.recipe.hunks import Change
    from wasmwright.recipe.model import BuildSystem

_NAMED = 2


@dataclass(frozen=True, kw_only=True)
class Left:
    """One such thing: a patch, or what becomes the file `into` of the source. `at` names it, with its place.

    A command that changes files of the source is named by its text, with what it `changed`. What is `installed` is put
    beside what is built, and not into the source.
    """

    at: Cited
    into: str = ""
    is_written: bool = False
    changed: tuple[str, ...] = ()
    installed: str = ""


def placed_file(name: str, to: str) -> str | None:
    """The file of the source that one beside the recipe becomes; None for a place that is not in the source."""
    file = posixpath.basename(name)
    ends = posixpath.splitext(name)[1], posixpath.splitext(to.rstrip("/"))[1]
    is_folder = to.endswith("/") or (ends[0] != ends[1] and not ends[1]) or posixpath.normpath(to) == "."
    into = posixpath.normpath(posixpath.join(to, file) if is_folder or "*" in file else to)
    return None if into.startswith(("..", "/")) or not into.isprintable() else into


@dataclass(frozen=True, kw_only=True)
class Building:
    """What builds the recipe: nothing where a finished wheel is taken, and `system` is None for a wheel."""

    is_built: bool
    system: BuildSystem | None = None
    tools: Collection[str] = ()


def tell_left(findings: Findings, left: Iterable[Left], beside: Beside, building: Building) -> None:
    """Tell of each once, with the place that it would have.

    Where a finished wheel is taken, and of a patch of which the build sees nothing, nobody is asked.
    """
    licence = _licence(beside)
    number = 0
    seen: set[tuple[str, str, str]] = set()
    for one in left:
        if (key := (one.at.text, one.into, one.installed)) in seen:
            continue
        seen.add(key)
        is_patch = not (one.into or one.changed or one.installed)
        found = _changed_by(beside.text(one.at.text, bounds.PATCH_SIZE)) if is_patch else []
        if not building.is_built:
            findings.note(f"{_called(one)} is left out: a finished wheel is not built", at=one.at)
        elif found and all(is_of_tests(change.file) for change in found):
            files = ", ".join(quoted(change.file) for change in found)
            message = f"{_called(one)} changes only tests or documents ({files}): it is not needed"
            findings.note(message, at=one.at)
        elif (why := _why_unseen(one, found, building)) is not None:
            told = "is" if one.changed else "changes nothing that is built here: it is"
            findings.note(f"{_called(one)} {told} not needed ({why})", at=one.at)
        else:
            number += 1
            findings.patch(_asked(one, _size(found), number, licence), at=one.at)


def _why_unseen(one: Left, found: Sequence[Change], building: Building) -> str | None:
    if one.changed:
        return unseen_files(one.changed, building.system, building.tools)
    return unseen(found, building.system, building.tools)


def _changed_by(text: str | None) -> list[Change]:
    """What a patch does, as far as it is one."""
    try:
        return [*changes(text or "")]
    except ValueError:
        return []


def _size(found: Sequence[Change]) -> str:
    """How much a patch does, and to which files."""
    hunks = sum(len(one.hunks) for one in found)
    files = " and ".join(quoted(one.file) for one in found) if len(found) <= _NAMED else f"{len(found)} files"
    return f" ({hunks} hunk{'s' * (hunks != 1)} of {files})" if found else ""


def _asked(one: Left, size: str, number: int, licence: str) -> str:
    """The question for a person: whether it is needed, and then where it goes and under which licence."""
    into = one.into or one.installed or (one.changed[0] if one.changed else "")
    name = re.sub(r"[^A-Za-z0-9]+", "-", into).strip("-") or "source" if into else posixpath.basename(one.at.text)
    stem = re.sub(r"^\d+[-_.](?=.)", "", name.removesuffix(".patch").removesuffix(".diff"))
    place = f"`patches/{number:04}-{stem}.patch`"
    if one.changed:
        return f"{_called(one)} is not run: see whether it is needed; a patch {place} would do it"
    if one.installed:
        asked = "is not copied: see whether what links it looks for it, and under which licence"
        return f"{_called(one)} {asked}; a patch {place} that installs it would bring it"
    if not one.into:
        place = f"it would be {place}"
    elif one.is_written:
        place = f"a patch {place} would bring it"
    else:
        place = f"a patch {place} would bring it as {quoted(one.into)}"
    asked = f"{_called(one)}{size} is not copied: see whether it is needed"
    return f"{asked}; {place}, and {licence}" if licence else f"{asked}, and under which licence; {place}"


def _called(one: Left) -> str:
    if one.changed:
        files = ", ".join(map(quoted, one.changed[:_NAMED])) + (" and others" if len(one.changed) > _NAMED else "")
        return f"{quoted(one.at.text)}, which changes {files} of the source,"
    if one.installed:
        made = "its script writes" if one.is_written else "lies beside the recipe"
        return f"{quoted(one.installed)} of the result, which {made},"
    if not one.into:
        return f"the patch {quoted(one.at.text)}"
    return f"{quoted(one.at.text)}, which {'its script writes' if one.is_written else 'lies beside the recipe'},"


def _licence(beside: Beside) -> str:
    """The licence of the repository that the recipe is of, where its text tells one."""
    found = beside.licence()
    if found is None:
        return ""
    file, text = found
    name = named_licence(text)
    return f"its repository is under {name} ({quoted(file)})" if name else ""
