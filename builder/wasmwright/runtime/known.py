"""Known failures: which tests may fail, why, and whether they still do."""

from __future__ import annotations

import difflib
import fnmatch
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wasmwright import reading
from wasmwright.runtime.errors import InvalidKnownFailures

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from wasmwright.runtime.suite import PartResult

_TEXTS = ("test", "reason", "upstream")
_KEYS = (*_TEXTS, "flaky", "profiles")
_FAILED = ("failed", "crashed")


@dataclass(frozen=True, kw_only=True)
class KnownFailure:
    """Tests whose node id matches the glob `test` fail, for `reason`. A `flaky` one may pass as well.

    They do so in every profile where `profiles` names none.
    """

    test: str
    reason: str
    upstream: str = ""
    flaky: bool = False
    profiles: tuple[str, ...] = ()

    def matches(self, node_id: str) -> bool:
        """Whether the test is meant; `[` and `]` of parametrised tests stand for themselves."""
        return fnmatch.fnmatchcase(node_id, self.test.replace("[", "[[]"))


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """A suite's results against its known failures.

    `unexpected` are failures that are not listed, `recovered` listed tests that passed, `unmatched` globs that no
    test of a whole run has, `known` the number of listed failures by part.
    """

    unexpected: Mapping[str, str]
    recovered: tuple[str, ...]
    unmatched: tuple[str, ...]
    known: Mapping[str, int]
    errors: Mapping[str, str]

    @property
    def ok(self) -> bool:
        """Whether all is as it should be."""
        return not (self.unexpected or self.recovered or self.errors)


def load_known(path: Path, *, profile: str, profiles: Collection[str]) -> tuple[KnownFailure, ...]:
    """Read what `known_failures.toml`, which need not exist, lists for `profile`, one of `profiles`.

    Raises InvalidKnownFailures naming every mistake, those of other profiles' entries too.
    """
    if not path.exists():
        return ()
    try:
        document = reading.toml_file(path)
    except reading.Unreadable as error:
        message = f"{path}: {error}"
        raise InvalidKnownFailures(message) from error
    problems = [f"unknown table `{name}`{_nearest(name, ['failure'])}" for name in document if name != "failure"]
    entries = document.get("failure", [])
    if not isinstance(entries, list):
        entries, problems = [], [*problems, "`failure` is not a list: write [[failure]]"]
    for number, entry in enumerate(entries, 1):
        problems += [f"failure {number}: {problem}" for problem in _mistakes(entry, profiles)]
    if problems:
        message = f"{path}: " + "; ".join(problems)
        hint = "a [[failure]] has `test` and `reason`, and may have `upstream`, `flaky` and `profiles`"
        raise InvalidKnownFailures(message, hint=hint)
    known = [KnownFailure(**{**entry, "profiles": tuple(entry.get("profiles", ()))}) for entry in entries]
    return tuple(failure for failure in known if not failure.profiles or profile in failure.profiles)


def judge(results: Sequence[PartResult], known: Sequence[KnownFailure], *, whole: bool) -> Verdict:
    """Compare results with what is listed. `whole`: all parts were run without a filter, so every glob should match."""
    unexpected: dict[str, str] = {}
    recovered: list[str] = []
    matched: set[KnownFailure] = set()
    counts: dict[str, int] = {}
    for result in results:
        for node_id, test in result.tests.items():
            found = next((failure for failure in known if failure.matches(node_id)), None)
            if found is not None:
                matched.add(found)
            if test.outcome in _FAILED and found is None:
                unexpected[node_id] = f"{test.outcome}: {test.line}" if test.line else test.outcome
            elif test.outcome in _FAILED:
                counts[result.name] = counts.get(result.name, 0) + 1
            elif test.outcome == "passed" and found is not None and not found.flaky:
                recovered.append(node_id)
    unmatched = tuple(failure.test for failure in known if whole and failure not in matched)
    errors = {result.name: result.error for result in results if result.error}
    return Verdict(unexpected=unexpected, recovered=tuple(recovered), unmatched=unmatched, known=counts, errors=errors)


def _mistakes(entry: object, profiles: Collection[str]) -> list[str]:
    if not isinstance(entry, dict):
        return ["is not a table"]
    found = [f"unknown key `{key}`{_nearest(key, _KEYS)}" for key in entry if key not in _KEYS]
    found += [f"`{key}` is missing or empty" for key in ("test", "reason") if not entry.get(key)]
    found += [f"`{key}` is not text" for key in _TEXTS if not isinstance(entry.get(key, ""), str)]
    found += ["`flaky` is not true or false"] if not isinstance(entry.get("flaky", False), bool) else []
    return found + (_profile_mistakes(entry["profiles"], profiles) if "profiles" in entry else [])


def _profile_mistakes(listed: object, profiles: Collection[str]) -> list[str]:
    if not isinstance(listed, list) or not listed or not all(isinstance(name, str) for name in listed):
        return ["`profiles` is not a list of profiles: leave it out where all are meant"]
    return [f"unknown profile `{name}`{_nearest(name, profiles)}" for name in listed if name not in profiles]


def _nearest(word: str, known: Collection[str]) -> str:
    close = difflib.get_close_matches(word, known, n=1)
    return f" (nearest: `{close[0]}`)" if close else ""
