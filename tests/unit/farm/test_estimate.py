from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wasmwright.farm.estimate import Estimate, estimate, of_package, read_times, remember

if TYPE_CHECKING:
    from pathlib import Path


def drv(name: str, store_hash: str = "0" * 32) -> str:
    return f"/nix/store/{store_hash}-{name}.drv"


def test_times_are_remembered_by_name(tmp_path: Path):
    path = tmp_path / "state" / "seconds.json"
    remember(path, {drv("numpy-2.5.5-wheel"): 112.04, drv("zlib-1.3"): 3.0})
    remember(path, {drv("zlib-1.3"): 4.0})
    assert read_times(path) == {"numpy-2.5.5-wheel": 112.0, "zlib-1.3": 4.0}
    assert {file.name for file in path.parent.iterdir()} == {"locks", "seconds.json"}


def test_a_build_of_nothing_writes_nothing(tmp_path: Path):
    remember(tmp_path / "seconds.json", {})
    assert not [*tmp_path.iterdir()]


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", "[" * 100_000, '{"version": 2, "seconds": {"a": 1}}', '{"version": 1, "seconds": {"a": []}}'),
        *('{"version": 1, "seconds": {"a": NaN, "b": 1e999, "c": -1, "d": "1"}}', '{"version": 1, "seconds": 1}'),
    ],
)
def test_what_cannot_be_read_is_no_estimate(tmp_path: Path, text: str):
    path = tmp_path / "seconds.json"
    path.write_text(text)
    assert read_times(path) == {}
    remember(path, {drv("a"): 1.0})
    assert read_times(path) == {"a": 1.0}


def test_unknown_derivations_are_counted():
    found = estimate([drv("a"), drv("b", "1" * 32), drv("new")], {"a": 2.0, "b": 3.0})
    assert found == Estimate(seconds=5.0, unknown=1)
    assert found + Estimate(seconds=1.0, unknown=1) == Estimate(seconds=6.0, unknown=2)


def test_the_time_of_a_package_is_that_of_its_derivations_of_that_version():
    earlier = {
        "numpy-2.5.5-wheel-2026_0": 100.0,
        "numpy-wasm-2.5.5-2026_0-import": 5.0,
        "numpy-2.5.4-wheel-2026_0": 7.0,
        "numpy-financial-2.5.5-wheel-2026_0": 9.0,
    }
    assert of_package("numpy", "2.5.5", earlier) == Estimate(seconds=105.0)
    assert of_package("scipy", "1.0", earlier) == Estimate(unknown=1)
