"""What became of packages when they were last built here, remembered from build to build."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from wasmwright.filelock import holding
from wasmwright.files import write_json
from wasmwright.nixoutcome import Fate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from wasmwright.farm.outcome import PackageOutcome

RESULTS = "results.json"
_VERSION = 1
_KEPT = (Fate.BUILT, Fate.STORED, Fate.FAILED)


@dataclass(frozen=True, kw_only=True)
class LastResult:
    """How a package's last build ended, and when (ISO 8601, UTC).

    `stage` is where it ended, if not well. `seconds` is how long its own derivations took, None where nothing was
    built. `error` and `log` belong to a failure.
    """

    outcome: str
    at: str
    stage: str | None = None
    seconds: float | None = None
    error: str | None = None
    log: str | None = None

    def to_json(self) -> dict[str, object]:
        """The result as `--json` prints it, and as it is kept."""
        return asdict(self)


def read_results(path: Path) -> dict[str, LastResult]:
    """Results by the name of the package. What cannot be read counts as nothing: a build writes it anew."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        if document["version"] != _VERSION:
            return {}
        return {str(name): LastResult(**result) for name, result in document["packages"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def remember_results(path: Path, outcomes: Iterable[PackageOutcome], *, now: datetime | None = None) -> None:
    """Write down what became of packages now; what became of others before stays. In one piece.

    What was not tried or interrupted leaves no trace, and what was in the store keeps the result of its build.
    """
    ended = [outcome for outcome in outcomes if outcome.fate in _KEPT]
    if not ended:
        return
    at = (now or datetime.now(tz=UTC)).isoformat(timespec="seconds")
    # Builds of other packages write there too.
    with holding(path.parent / "locks" / path.name, waiting=lambda _: None):
        results = read_results(path)
        results |= {outcome.name: _result(outcome, results, at) for outcome in ended}
        packages = {name: result.to_json() for name, result in sorted(results.items())}
        write_json(path, {"version": _VERSION, "packages": packages})


def _result(outcome: PackageOutcome, before: Mapping[str, LastResult], at: str) -> LastResult:
    old = before.get(outcome.name)
    if outcome.fate is Fate.STORED and old is not None and old.outcome != Fate.FAILED:
        return old
    error = outcome.error
    return LastResult(
        outcome=str(outcome.fate),
        at=at,
        stage=outcome.stage,
        seconds=None if outcome.seconds is None else round(outcome.seconds, 1),
        error=None if error is None else str(error),
        log=None if error is None or error.log is None else str(error.log),
    )
