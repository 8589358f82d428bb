"""Whether patches apply to files: as `patch -p1 --fuzz=0` does it, hunk by hunk, and nothing is written.

Texts are bytes as latin-1, so that any file can be looked at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Reader = Callable[[str], str | None]

_HEADER = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_NOTHING = "/dev/null"


@dataclass(frozen=True, kw_only=True)
class Hunk:
    """Lines of a file and what becomes of them. `line` is that of its header in the patch, `start` in the file.

    `is_first`: there was nothing before.
    """

    line: int
    start: int
    old: tuple[str, ...]
    new: tuple[str, ...]
    is_first: bool = False


@dataclass(frozen=True, kw_only=True)
class Change:
    """What a patch does to a file, by its path below the top; `is_new`: it is made."""

    file: str
    hunks: tuple[Hunk, ...]
    is_new: bool = False
    is_gone: bool = False


@dataclass(frozen=True, kw_only=True)
class HunkFault:
    """A hunk that does not apply: the number of it in its file, from 1, its line in the patch, and why."""

    file: str
    number: int
    line: int
    why: str

    def __str__(self) -> str:
        return f"hunk {self.number} of {self.file} (line {self.line} of the patch): {self.why}"


@dataclass(frozen=True, kw_only=True)
class PatchTrial:
    """How a patch went. `moved` is how many of its hunks apply at another line than they say."""

    name: str
    hunks: int
    moved: int
    faults: tuple[HunkFault, ...]


@dataclass(kw_only=True)
class Tried:
    """Files as they are after the patches so far; `read` gives one of the source, None where there is none."""

    read: Reader
    files: dict[str, list[str] | None] = field(default_factory=dict)

    def apply(self, name: str, text: str) -> PatchTrial:
        """Try a patch; the next one meets what it leaves. Raises ValueError for a text that is no such patch."""
        faults: list[HunkFault] = []
        count = moved = 0
        for change in changes(text):
            count += len(change.hunks)
            found, offset = self._change(change)
            faults += found
            moved += offset
        return PatchTrial(name=name, hunks=count, moved=moved, faults=tuple(faults))

    def _lines(self, file: str) -> list[str] | None:
        if file not in self.files:
            text = self.read(file)
            self.files[file] = None if text is None else text.split("\n")
        return self.files[file]

    def _change(self, change: Change) -> tuple[list[HunkFault], int]:
        lines = self._lines(change.file)
        # `diff -N` calls a file that was not there by its name, too.
        if lines is None and (change.is_new or change.hunks[0].is_first):
            lines = [""]
        elif change.is_new or lines is None:
            why = "the file is there already" if change.is_new else "there is no such file any more"
            return [_fault(change, number, why) for number in range(len(change.hunks))], 0
        done: list[str] = []
        faults: list[HunkFault] = []
        at = shift = moved = 0
        for number, hunk in enumerate(change.hunks):
            place = _place(lines, hunk, at=at, expected=hunk.start + shift)
            if place is None:
                faults.append(_fault(change, number, _why(lines, hunk)))
                continue
            moved += place != hunk.start
            shift = place - hunk.start
            done += [*lines[at:place], *hunk.new]
            at = place + len(hunk.old)
        self.files[change.file] = None if change.is_gone and not faults else [*done, *lines[at:]]
        return faults, moved


def changes(text: str) -> Iterator[Change]:
    """What a patch does, file by file. Raises ValueError where it cannot be read."""
    lines = text.removesuffix("\n").split("\n")
    at = 0
    found = False
    while at < len(lines):
        if lines[at].startswith("--- ") and at + 1 < len(lines) and lines[at + 1].startswith("+++ "):
            old, new = _path(lines[at]), _path(lines[at + 1])
            hunks, at = _hunks(lines, at + 2)
            if not hunks:
                message = f"line {at + 1} begins no hunk"
                raise ValueError(message)
            found = True
            yield Change(
                file=old if new == _NOTHING else new, hunks=hunks, is_new=old == _NOTHING, is_gone=new == _NOTHING
            )
        elif lines[at].startswith(("GIT binary patch", "rename from ", "copy from ")):
            message = f"line {at + 1} is of a kind that cannot be tried: {lines[at]}"
            raise ValueError(message)
        else:
            at += 1
    if not found:
        message = "it has no difference"
        raise ValueError(message)


def _path(line: str) -> str:
    """Of `--- a/FILE`, without what `-p1` takes off."""
    name = line[4:].split("\t", maxsplit=1)[0].strip()
    return name if name == _NOTHING else name.partition("/")[2]


def _hunks(lines: Sequence[str], at: int) -> tuple[tuple[Hunk, ...], int]:
    hunks: list[Hunk] = []
    while at < len(lines) and (header := _HEADER.match(lines[at])):
        old_count, new_count = (int(header[group] or 1) for group in (2, 4))
        line, at = at + 1, at + 1
        old: list[str] = []
        new: list[str] = []
        while len(old) < old_count or len(new) < new_count:
            if at >= len(lines):
                message = f"the hunk of line {line} ends too early"
                raise ValueError(message)
            mark, rest = lines[at][:1], lines[at][1:]
            if mark not in {"", " ", "-", "+", "\\", "\r"}:
                message = f"line {at + 1} belongs to no hunk"
                raise ValueError(message)
            if mark in {"", " ", "-"}:
                old.append(rest)
            if mark in {"", " ", "+"}:
                new.append(rest)
            at += 1
        start = int(header[1]) - 1 if old_count else int(header[1])
        is_first = header[1] == "0" and not old_count
        hunks.append(Hunk(line=line, start=max(start, 0), old=tuple(old), new=tuple(new), is_first=is_first))
        while at < len(lines) and lines[at].startswith("\\"):
            at += 1
    return tuple(hunks), at


def _place(lines: Sequence[str], hunk: Hunk, *, at: int, expected: int) -> int | None:
    """Where the hunk's lines are, the nearest to where they should be and not before `at`."""
    last = len(lines) - len(hunk.old)
    middle = min(max(expected, at), last)
    for distance in range(last - at + 1):
        for place in dict.fromkeys((middle - distance, middle + distance)):
            if at <= place <= last and tuple(lines[place : place + len(hunk.old)]) == hunk.old:
                return place
    return None


def _why(lines: Sequence[str], hunk: Hunk) -> str:
    taken = Hunk(line=0, start=hunk.start, old=hunk.new, new=())
    if hunk.new and _place(lines, taken, at=0, expected=hunk.start) is not None:
        return "the change is in the source already"
    missing = next((line for line in hunk.old if line.strip() and line not in lines), None)
    if missing is None:
        return "its lines are there, but not together"
    return f"the source has no line `{missing.strip()[:80]}`"


def _fault(change: Change, number: int, why: str) -> HunkFault:
    return HunkFault(file=change.file, number=number + 1, line=change.hunks[number].line, why=why)
