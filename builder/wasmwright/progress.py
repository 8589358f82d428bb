"""What Nix is doing, from the lines of `--log-format internal-json`. Pure: lines and times in, changes out."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from wasmwright.plaintext import plain

_PREFIX = "@nix "

# Nix's own numbers: activities (types of "start") and results.
_BUILDS, _BUILD, _SUBSTITUTE = 104, 105, 108
_LINE, _PHASE, _PROGRESS, _HOOK_LINE = 101, 104, 105, 107
_ERROR, _WARNING = 0, 1

_PLANNED = re.compile(r"\s*(/nix/store/\S+\.drv)")
_FAILED = (
    re.compile(r"builder for '(?P<drv>/nix/store/[^']+\.drv)' failed"),
    re.compile(r"Cannot build '(?P<drv>/nix/store/[^']+\.drv)'\.\s+Reason: (?!\d+ dependenc)"),
    re.compile(r"hash mismatch in fixed-output derivation '(?P<drv>/nix/store/[^']+\.drv)'"),
    re.compile(r"derivation '(?P<drv>/nix/store/[^']+\.drv)' may not be deterministic"),
    re.compile(r"is required to build '(?P<drv>/nix/store/[^']+\.drv)'"),
)


@dataclass(frozen=True, kw_only=True)
class Started:
    """A derivation is being built, or a path copied from a cache."""

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
    """A build or a copy is over."""

    path: str
    seconds: float
    failed: bool = False


@dataclass(frozen=True, kw_only=True)
class Message:
    """Nix said something. `error` and `warning` tell how bad it is."""

    text: str
    error: bool = False
    warning: bool = False


Change = Started | Line | Phase | Over | Message


@dataclass(kw_only=True)
class Running:
    """A build under way. `parts` are Nix's numbers for it: a remote build has two.

    Nix tells the end of what the user asked for only when everything is over: `until` is when it was seemingly done,
    and `failed` that it seemingly failed then.
    """

    path: str
    since: float
    phase: str = ""
    last: str = ""
    parts: set[int] = field(default_factory=set)
    is_build: bool = True
    active: float = 0.0
    until: float | None = None
    failed: bool = False

    @property
    def name(self) -> str:
        """The name of what is built."""
        return short_name(self.path)


@dataclass(kw_only=True)
class Tracker:
    """The state of one Nix command.

    `errors` are Nix's own; `notes` are what it says at the same level without calling it an error, and what builders
    make it say.
    """

    running: dict[str, Running] = field(default_factory=dict)
    done: int = 0
    expected: int = 0
    failed: int = 0
    errors: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
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
                text = plain(line)
                return Message(text=text) if text.strip() else None
            case {"action": "start", "id": int(number), "type": int(kind)}:
                return self._start(number, kind, event.get("fields") or [], now)
            case {"action": "result", "id": int(number), "type": int(kind), "fields": list(fields)}:
                return self._result(number, kind, fields, now)
            case {"action": "stop", "id": int(number)}:
                return self._stop(number, now)
            case {"action": "msg", "level": int(level), "msg": str(text)}:
                # What a builder hands to Nix to say lacks the raw text.
                return self._message(level, plain(text), is_own="raw_msg" in event)
            case _:
                return None

    def _start(self, number: int, kind: int, fields: list[object], now: float) -> Change | None:
        if kind == _BUILDS:
            self._totals.add(number)
        if kind not in {_BUILD, _SUBSTITUTE} or not fields:
            return None
        path = str(fields[0])
        self._paths[number] = path
        if path in self.running:
            self.running[path].parts.add(number)
            return None
        self.running[path] = Running(path=path, since=now, active=now, parts={number}, is_build=kind == _BUILD)
        self.started += kind == _BUILD
        return Started(path=path)

    def _result(self, number: int, kind: int, fields: list[object], now: float) -> Change | None:
        if kind == _PROGRESS and number in self._totals:
            before = self.failed
            self._count(fields)
            self._settle(now, failures=max(self.failed - before, 0))
            return None
        path = self._paths.get(number)
        if path is None or not fields:
            return None
        text = plain(str(fields[0]))
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
            has_failed, running.failed = running.failed, False
            self._settle(now, but=path, failures=int(has_failed))

    def _settle(self, now: float, *, but: str | None = None, failures: int = 0) -> None:
        """Have as many builds at work as Nix counts; of those that are done, so many have failed.

        Which one is done is a guess: at first the one that spoke last, as most say something at their end. If that
        one speaks again (`but`), it is the one that has been silent for longest.
        """
        builds = [running for running in self.running.values() if running.is_build]
        working = [running for running in builds if running.until is None]
        surplus = len(working) - self._at_work
        if surplus > 0:
            likely = sorted((one for one in working if one.path != but), key=lambda one: one.active)
            done = likely[:surplus] if but else likely[-surplus:]
            for number, running in enumerate(reversed(done)):
                running.until = now
                running.failed = number < failures
        elif surplus < 0:
            ended = sorted((one for one in builds if one.until is not None), key=lambda one: -(one.until or 0))
            for running in ended[:-surplus]:
                running.until = None

    def _count(self, fields: list[object]) -> None:
        match fields:
            case [int(done), int(expected), int(at_work), int(failed)]:
                self.done, self.expected, self.failed, self._at_work = done, expected, failed, at_work
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
        return Over(path=path, seconds=until - running.since, failed=running.failed)

    def _message(self, level: int, text: str, *, is_own: bool) -> Change | None:
        if level == _ERROR:
            (self.errors if is_own else self.notes).append(text)
        if planned := _PLANNED.fullmatch(text):
            self.planned.append(planned[1])
        if is_own and (failed := failed_derivation(text)):
            self._failed(failed)
        is_error = level == _ERROR and is_own
        return Message(text=text, error=is_error, warning=level == _WARNING) if text.strip() else None

    def _failed(self, path: str) -> None:
        """Nix names a derivation that failed: it is that one, and no other that was guessed."""
        named = self.running.get(path)
        if named is None or named.failed:
            return
        guessed = next((one for one in self.running.values() if one.failed), None)
        if guessed is not None:
            guessed.failed, guessed.until, named.until = False, named.until, guessed.until
        named.failed = True


def failed_derivation(text: str) -> str | None:
    """The derivation that one of Nix's messages says has failed itself, not for want of another."""
    return next((match["drv"] for pattern in _FAILED if (match := pattern.search(text))), None)


def _event(line: str) -> dict[str, Any] | None:
    if not line.startswith(_PREFIX):
        return None
    try:
        event = json.loads(line.removeprefix(_PREFIX))
    except ValueError:
        return None
    return event if isinstance(event, dict) else None


def short_name(path: str) -> str:
    """`numpy-wasm` for `/nix/store/<hash>-numpy-wasm.drv`."""
    return re.sub(r"^[0-9a-z]{32}-", "", path.rsplit("/", 1)[-1]).removesuffix(".drv")
