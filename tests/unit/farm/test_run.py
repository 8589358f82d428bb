from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from documents import faults
from fake_farm import FakeNix, failed
from package_writer import PROFILE, write_package

from wasmwright.checkout import Checkout
from wasmwright.errors import BuildFailed, EvaluationFailed, StoreCorrupted
from wasmwright.farm.estimate import TIMES, read_times
from wasmwright.farm.run import build, build_packages
from wasmwright.log import Stages
from wasmwright.nixoutcome import Fate
from wasmwright.packagebuild import Wish
from wasmwright.runtime.errors import TestsFailed

if TYPE_CHECKING:
    from pathlib import Path

    from wasmwright.farm.run import BuildReport
    from wasmwright.packagebuild import Package

MAIN = "numpy-2.5.5-cp315-cp315-x.whl"
TESTS = "tests/numpy_tests-2.5.5-cp315-cp315-x.whl"
WISH = Wish(
    names=("zlib", "numpy"),
    wheels=frozenset({"numpy"}),
    needs={"numpy": ("openblas",), "openblas": (), "zlib": ()},
)
NEEDS = {
    "numpy-wasm": ("numpy-wheel",),
    "numpy-wheel": ("openblas-wasm.built",),
    "numpy-wasm.tests.import": ("numpy-wasm",),
}


@pytest.fixture
def nix(tmp_path: Path) -> FakeNix:
    return FakeNix(store=tmp_path / "store", wheels={"numpy-wasm": (MAIN, TESTS)}, needs_of=NEEDS)


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(root=tmp_path, profile=PROFILE)


def built(checkout: Checkout, nix: FakeNix, wish: Wish = WISH) -> list[Package]:
    return build_packages(wish, checkout=checkout, nix=nix, stages=Stages())


def reported(checkout: Checkout, nix: FakeNix, wish: Wish = WISH, *, keep_going: bool = True) -> BuildReport:
    return build(wish, checkout=checkout, nix=nix, stages=Stages(), keep_going=keep_going)


def fates(report: BuildReport) -> dict[str, Fate]:
    return {outcome.name: outcome.fate for outcome in report.outcomes}


def test_one_nix_call_builds_wheels_tests_and_libraries(checkout: Checkout, nix: FakeNix):
    library, package = built(checkout, nix)
    assert nix.installables == [(f".#{PROFILE}",)]
    assert nix.asked == [
        *("zlib-wasm", "zlib-wasm.keep"),
        *("numpy-wasm", "numpy-wasm.tests.import", "numpy-wasm.keep", "keep"),
    ]
    assert package.main == nix.store / "numpy-wasm" / MAIN
    assert package.tested
    assert [artifact.sha256 for artifact in package.artifacts] == [
        hashlib.sha256(content.encode()).hexdigest() for content in (MAIN, TESTS)
    ]
    assert package.to_json()["wheel"] == str(package.main)
    assert package.to_json()["profile"] == PROFILE
    assert faults("test", {"version": 1, **package.to_json()}) == []
    assert (library.main, library.artifacts, library.tested) == (nix.store / "zlib-wasm", (), False)
    assert library.to_json()["wheel"] is None


def test_wheels_to_install_with_it_are_told(checkout: Checkout, nix: FakeNix):
    nix.beside = [write_package(nix.store / "openblas-wasm", main="openblas-1-py3-none-x.whl")]
    library, package = built(checkout, nix)
    (beside,) = package.beside
    assert beside.path == nix.store / "openblas-wasm/openblas-1-py3-none-x.whl"
    assert package.to_json()["beside"] == [beside.to_json()]
    assert library.beside == ()


def test_tests_can_be_left_out(checkout: Checkout, nix: FakeNix):
    (package,) = built(checkout, nix, Wish(names=("numpy",), wheels=frozenset({"numpy"}), test=False))
    assert nix.asked == ["numpy-wasm", "numpy-wasm.keep", "keep"]
    assert not package.tested


def test_a_project_is_built_from_a_file(checkout: Checkout, nix: FakeNix, tmp_path: Path):
    file = tmp_path / "default.nix"
    (package,) = built(checkout, nix, Wish(names=("numpy",), wheels=frozenset({"numpy"}), file=file))
    assert nix.installables == [("--impure", "--file", str(file))]
    assert package.tested


def test_roots_are_made_once(checkout: Checkout, nix: FakeNix):
    for _ in range(2):
        built(checkout, nix)
    assert sorted(nix.rooted) == ["numpy-import", "numpy-keep", "numpy-wasm", "toolchain", "zlib-keep", "zlib-wasm"]
    assert (checkout.roots / "numpy-wasm").readlink() == nix.store / "numpy-wasm"


def test_output_that_is_no_package_is_damage(checkout: Checkout, nix: FakeNix):
    (nix.store / "zlib-wasm").mkdir(parents=True)
    with pytest.raises(StoreCorrupted, match=r"zlib-wasm has no package\.json"):
        built(checkout, nix)


def test_times_are_remembered_but_not_those_of_failures(checkout: Checkout, nix: FakeNix):
    nix.failing = {"numpy-wheel": failed("numpy-wheel")}
    report = reported(checkout, nix)
    times = read_times(checkout.state / TIMES)
    assert report.seconds == times
    assert times == {"zlib-wasm": 2.0, "zlib-wasm.keep": 2.0, "numpy-wasm.keep": 2.0, "keep": 2.0}


def test_what_does_not_need_the_failure_is_built_told_and_kept(checkout: Checkout, nix: FakeNix):
    nix.failing = {"openblas-wasm.built": failed("openblas")}
    report = reported(checkout, nix)
    assert nix.kept_going
    zlib, numpy = report.outcomes
    assert (zlib.fate, numpy.fate, numpy.because) == (Fate.BUILT, Fate.NOT_TRIED, ("openblas",))
    assert list(report.packages) == ["zlib"]
    assert [str(error) for error in report.errors] == ["the build of openblas failed"]
    assert "zlib-wasm" in nix.rooted
    assert "numpy-wasm" not in nix.rooted


def test_a_failed_import_test_leaves_the_wheel_in_the_report(checkout: Checkout, nix: FakeNix):
    nix.failing = {"numpy-wasm.tests.import": TestsFailed("numpy cannot be imported")}
    report = reported(checkout, nix)
    assert fates(report)["numpy"] is Fate.FAILED
    assert report.packages["numpy"].main.name == MAIN
    assert not report.packages["numpy"].tested
    assert "numpy-wasm" in nix.rooted
    assert "numpy-import" not in nix.rooted


def test_a_package_that_cannot_be_evaluated_does_not_hide_the_others(checkout: Checkout, nix: FakeNix):
    nix.unevaluated = ("numpy-wasm.tests.import",)
    assert fates(reported(checkout, nix)) == {"zlib": Fate.BUILT, "numpy": Fate.FAILED}


def test_nothing_is_begun_for_one_that_cannot_be_evaluated(checkout: Checkout, nix: FakeNix):
    nix.unevaluated = ("numpy-wasm",)
    with pytest.raises(EvaluationFailed, match="numpy-wasm cannot"):
        reported(checkout, nix, keep_going=False)
    assert not nix.asked


def test_an_interruption_is_told_with_what_is_done(checkout: Checkout, nix: FakeNix):
    nix.interruption = KeyboardInterrupt()
    report = reported(checkout, nix)
    assert fates(report) == {"zlib": Fate.INTERRUPTED, "numpy": Fate.INTERRUPTED}
    assert report.interruption is nix.interruption
    with pytest.raises(KeyboardInterrupt):
        built(checkout, nix)


def test_who_needs_every_package_gets_the_error(checkout: Checkout, nix: FakeNix):
    nix.failing = {"numpy-wheel": failed("numpy")}
    with pytest.raises(BuildFailed, match="the build of numpy failed"):
        built(checkout, nix)
