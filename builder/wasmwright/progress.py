"""What Nix is doing, from the lines of `--log-format internal-json`. Pure: lines and times in, changes out."""

from __future__ import annotations

import json
import re
from collections import deque
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from wasmwright.plaintext import plain
from wasmwright.process import CUT

_PREFIX = "@nix "

# Nix's own numbers: activities (types of "start") and results.
_BUILDS, _BUILD, _SUBSTITUTE, _WAITING = 104, 105, 108, 111
_LINE, _PHASE, _PROGRESS, _HOOK_LINE = 101, 104, 105, 107
_ERROR, _WARNING = 0, 1

_STORED = re.compile(r"/nix/store/[0-9a-z]{32}-[0-9A-Za-z+\-._?=]{1,211}")
_PLANNED = re.compile(r"\s*(/nix/store/\S+\.drv)")
# A line of a build that was too long: Nix writes the keys in their order, so its end tells whose it is.
_CUT_LINE = re.compile(
    rf'@nix \{{"action":"result","fields":\["(?P<text>[^{CUT}]*){CUT}.*\],"id":(?P<id>\d+),"type":(?P<type>\d+)\}}',
    re.DOTALL,
)
# An escape in JSON has six characters at most.
_ESCAPE = 6
_LONGEST_MESSAGE = 1 << 16
_NOTES = 200
# What nix/toolchain/mkKept.nix makes: a list of paths for a GC root.
_LIST = re.compile(r".*-kept")


class Ending(StrEnum):
    """How a build or a copy ended, as views tell it."""

    BUILT = "built"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(frozen=True, kw_only=True)
class Started:
    """A derivation is being built, or a path copied from a cache."""

    path: str


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Another Nix builds `path`, an output, and this one waits for it."""

    path: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """A builder wrote a line."""

    path: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Phase:
    """A builder began another phase."""

    path: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Over:
    """A build or a copy is over. Nix does not say in this place how it went: `ending` is found out later."""

    path: str
    seconds: float
    ending: Ending | None = None


@dataclass(frozen=True, kw_only=True)
class Message:
    """Nix said something, at the level of an error, a warning, or less.

    `is_own` says that it is an error of Nix's own. All else may also be what a builder had it say: of those that were
    running then, which `during` names.
    """

    text: str
    level: int | None = None
    is_own: bool = False
    during: tuple[str, ...] = ()

    @property
    def is_urgent(self) -> bool:
        """Whether it calls itself a warning or an error."""
        return self.level is not None and self.level <= _WARNING

    @property
    def is_warning(self) -> bool:
        """Whether it is one; a daemon passes them on as errors."""
        return self.level == _WARNING or (self.level == _ERROR and self.text.startswith("warning:"))


Change = Started | Waiting | Line | Phase | Over | Message


@dataclass(kw_only=True)
class Running:
    """A build under way. `parts` are Nix's numbers for it: a remote build has two.

    Nix tells the end of what the user asked for only when everything is over: `until` is when it was seemingly done.
    """

    path: str
    since: float
    phase: str = ""
    last: str = ""
    parts: set[int] = field(default_factory=set)
    is_build: bool = True
    active: float = 0.0
    until: float | None = None

    @property
    def name(self) -> str:
        """The name of what is built."""
        return short_name(self.path)


@dataclass(kw_only=True)
class Tracker:
    """The state of one Nix command.

    What is said in JSON is Nix's; but a builder may hand it a message to say, or a phase. `errors` are Nix's own, which
    alone have their raw text; `notes` are the last of what was said at the same level without it.
    """

    running: dict[str, Running] = field(default_factory=dict)
    done: int = 0
    expected: int = 0
    failed: int = 0
    errors: list[str] = field(default_factory=list)
    notes: deque[str] = field(default_factory=lambda: deque(maxlen=_NOTES))
    planned: list[str] = field(default_factory=list)
    started: int = 0
    _paths: dict[int, str] = field(default_factory=dict)
    _totals: set[int] = field(default_factory=set)
    _at_work: int = 0

    @property
    def at_work(self) -> list[Running]:
        """What is really being built or copied now."""
        return [running for running in list(self.running.values()) if running.until is None]

    def feed(self, line: str, now: float) -> Change | None:
        """Take a line of Nix's standard error at the time `now`; returns what it changed, if that concerns a user."""
        event = _event(line)
        match event:
            case None:
                text = plain(line[:_LONGEST_MESSAGE])
                return Message(text=text) if text.strip() else None
            case {"action": "start", "id": int(number), "type": int(kind)}:
                return self._start(number, kind, event, now)
            case {"action": "result", "id": int(number), "type": int(kind), "fields": [_, *_] as fields}:
                return self._result(number, kind, fields, now)
            case {"action": "stop", "id": int(number)}:
                return self._stop(number, now)
            case {"action": "msg", "level": int(level), "msg": str(text)}:
                return self._message(level, plain(text[:_LONGEST_MESSAGE]), is_own="raw_msg" in event)
            case _:
                return None

    def _start(self, number: int, kind: int, event: dict[str, Any], now: float) -> Change | None:
        if kind == _BUILDS:
            self._totals.add(number)
        if kind == _WAITING:
            locked = _STORED.search(str(event.get("text")))
            return Waiting(path=locked[0]) if locked else None
        match event.get("fields"):
            case [str(path), *_] if kind in {_BUILD, _SUBSTITUTE} and _STORED.fullmatch(path):
                return None if _LIST.fullmatch(short_name(path)) else self._began(number, kind, path, now)
            case _:
                return None

    def _began(self, number: int, kind: int, path: str, now: float) -> Change | None:
        self._paths[number] = path
        if path in self.running:
            self.running[path].parts.add(number)
            return None
        self.running[path] = Running(path=path, since=now, active=now, parts={number}, is_build=kind == _BUILD)
        self.started += kind == _BUILD
        return Started(path=path)

    def _result(self, number: int, kind: int, fields: list[object], now: float) -> Change | None:
        if kind == _PROGRESS and number in self._totals:
            self._count(fields)
            self._settle(now)
            return None
        path = self._paths.get(number)
        if path is None or not isinstance(fields[0], str):
            return None
        text = one_line(plain(fields[0]))
        if kind in {_LINE, _HOOK_LINE, _PHASE}:
            self._seen_working(path, now)
        if kind in {_LINE, _HOOK_LINE}:
            if path in self.running and text.strip():
                self.running[path].last = text
            return Line(path=path, text=text)
        if kind == _PHASE:
            if path in self.running:
                self.running[path].phase = text
            return Phase(path=path, name=text)
        return None

    def _seen_working(self, path: str, now: float) -> None:
        running = self.running.get(path)
        if running is None:
            return
        running.active = now
        if running.until is not None:
            running.until = None
            self._settle(now, but=path)

    def _settle(self, now: float, *, but: str | None = None) -> None:
        """Have as many builds at work as Nix counts.

        Which one is done is a guess: at first the one that spoke last, as most say something at their end. If that
        one speaks again (`but`), it is the one that has been silent for longest.
        """
        builds = [running for running in self.running.values() if running.is_build]
        working = [running for running in builds if running.until is None]
        surplus = len(working) - self._at_work
        if surplus > 0:
            likely = sorted((one for one in working if one.path != but), key=lambda one: one.active)
            for running in likely[:surplus] if but else likely[-surplus:]:
                running.until = now
        elif surplus < 0:
            ended = sorted((one for one in builds if one.until is not None), key=lambda one: -(one.until or 0))
            for running in ended[:-surplus]:
                running.until = None

    def _count(self, fields: list[object]) -> None:
        match fields:
            case [int(done), int(expected), int(at_work), int(failed)]:
                self.done, self.expected, self._at_work = done, expected, at_work
                # A build that Nix gives up at its own end is taken back.
                self.failed = max(self.failed, failed)
            case _:
                pass

    def _stop(self, number: int, now: float) -> Change | None:
        path = self._paths.pop(number, None)
        running = self.running.get(path) if path is not None else None
        if path is None or running is None:
            return None
        running.parts.discard(number)
        if running.parts:
            return None
        del self.running[path]
        until = now if running.until is None else running.until
        self._settle(now)
        return Over(path=path, seconds=until - running.since)

    def _message(self, level: int, text: str, *, is_own: bool) -> Change | None:
        if level == _ERROR:
            (self.errors if is_own else self.notes).append(text)
        if self.started == 0 and (planned := _PLANNED.fullmatch(text)):
            self.planned.append(planned[1])
        if not text.strip():
            return None
        builds = () if is_own else tuple(path for path, one in self.running.items() if one.is_build)
        return Message(text=text, level=level, is_own=is_own and level == _ERROR, during=builds)


def _event(line: str) -> dict[str, Any] | None:
    if not line.startswith(_PREFIX):
        return None
    if CUT in line:
        return _cut_event(line)
    try:
        event = json.loads(line.removeprefix(_PREFIX))
    except (ValueError, RecursionError):
        return None
    return event if isinstance(event, dict) else None


def _cut_event(line: str) -> dict[str, Any] | None:
    """The event of a builder's line of which the middle is missing: with its beginning."""
    match = _CUT_LINE.fullmatch(line)
    if match is None:
        return None
    for missing in range(_ESCAPE):
        try:
            text = json.loads(f'"{match["text"][: len(match["text"]) - missing]}"')
        except ValueError:
            continue
        told = f"{text}... (this line is longer than wasmwright keeps)"
        return {"action": "result", "id": int(match["id"]), "type": int(match["type"]), "fields": [told]}
    return None


def short_name(path: str) -> str:
    """`numpy-wasm` for `/nix/store/<hash>-numpy-wasm.drv`."""
    return re.sub(r"^[0-9a-z]{32}-", "", path.rsplit("/", 1)[-1]).removesuffix(".drv")


def one_line(text: str) -> str:
    """Text that takes its place among other words: without line breaks."""
    return " ".join(text.split("\n"))
