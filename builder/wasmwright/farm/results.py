"""What became of packages when they were last built here, remembered from build to build."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from wasmwright.filelock import holding
from wasmwright.files import is_duration, remembered, write_json
from wasmwright.nixoutcome import Fate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from wasmwright.farm.outcome import PackageOutcome
    from wasmwright.reading import Fields

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
    document = remembered(path, version=_VERSION)
    try:
        packages = document.table("packages").all_tables() if document is not None else {}
        return {name: _last(result) for name, result in packages.items()}
    except ValueError:
        return {}


def _last(result: Fields) -> LastResult:
    """Raises ValueError."""
    seconds = result.content.get("seconds")
    at = result.text("at")
    datetime.fromisoformat(at)
    return LastResult(
        outcome=Fate(result.text("outcome")),
        at=at,
        stage=result.optional_text("stage"),
        seconds=seconds if is_duration(seconds) else None,
        error=result.optional_text("error"),
        log=result.optional_text("log"),
    )


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
