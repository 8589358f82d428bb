from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from wasmwright.errors import BuildFailed
from wasmwright.farm.outcome import BUILD, PackageOutcome
from wasmwright.farm.results import LastResult, read_results, remember_results
from wasmwright.nixoutcome import Fate

NOW, LATER = datetime(2026, 1, 2, 3, tzinfo=UTC), datetime(2026, 2, 2, 3, tzinfo=UTC)
BUILT = LastResult(outcome="built", at="2026-01-02T03:00:00+00:00", seconds=12.3)


def failed() -> PackageOutcome:
    error = BuildFailed("the build of zlib failed")
    error.log = Path("/logs/zlib.log")
    return PackageOutcome(name="zlib", fate=Fate.FAILED, stage=BUILD, seconds=1.0, error=error)


def test_the_last_result_of_each_package_is_kept(tmp_path: Path):
    path = tmp_path / "state" / "results.json"
    built = PackageOutcome(name="numpy", fate=Fate.BUILT, seconds=12.34)
    remember_results(path, [built, PackageOutcome(name="zlib", fate=Fate.BUILT)], now=NOW)
    remember_results(path, [failed()], now=LATER)
    assert read_results(path) == {
        "numpy": BUILT,
        "zlib": LastResult(
            outcome="failed",
            at="2026-02-02T03:00:00+00:00",
            stage=BUILD,
            seconds=1.0,
            error="the build of zlib failed",
            log="/logs/zlib.log",
        ),
    }


def test_what_is_in_the_store_keeps_the_result_of_its_build_but_a_failure_is_over(tmp_path: Path):
    path = tmp_path / "results.json"
    remember_results(path, [PackageOutcome(name="numpy", fate=Fate.BUILT, seconds=12.34), failed()], now=NOW)
    remember_results(path, [PackageOutcome(name=name, fate=Fate.STORED) for name in ("numpy", "zlib")], now=LATER)
    found = read_results(path)
    assert found["numpy"] == BUILT
    assert found["zlib"] == LastResult(outcome="from the store", at="2026-02-02T03:00:00+00:00")


@pytest.mark.parametrize("fate", [Fate.NOT_TRIED, Fate.INTERRUPTED])
def test_what_never_ended_leaves_no_trace(tmp_path: Path, fate: Fate):
    remember_results(tmp_path / "results.json", [PackageOutcome(name="numpy", fate=fate)])
    assert not [*tmp_path.iterdir()]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "[" * 100_000,
        '{"version": 2, "packages": {}}',
        '{"version": 1, "packages": {"a": {"odd": 1}}}',
        '{"version": 1}',
    ],
)
def test_what_cannot_be_read_counts_as_nothing(tmp_path: Path, text: str):
    path = tmp_path / "results.json"
    path.write_text(text)
    assert read_results(path) == {}
