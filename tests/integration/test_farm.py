"""Builds of many small packages with the Nix of this machine: what becomes of each."""

from __future__ import annotations

import dataclasses
import threading
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wasmwright import process
from wasmwright.checkout import Checkout
from wasmwright.errors import BuildFailed, EvaluationFailed
from wasmwright.farm.outcome import BUILD, IMPORT_TEST
from wasmwright.farm.preview import preview
from wasmwright.farm.run import build
from wasmwright.log import Stages
from wasmwright.nixoutcome import Fate
from wasmwright.packagebuild import Wish

if TYPE_CHECKING:
    from wasmwright.farm.outcome import PackageOutcome
    from wasmwright.farm.run import BuildReport
    from wasmwright.nix import Nix

FLAKE = Path(__file__).parents[1] / "fixtures" / "flakes" / "farm" / "flake.nix"
NEEDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("bad", "alone", "crashing", "thrown", "missing", "slow"), ()),
    "above": ("bad",),
}


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    text = FLAKE.read_text(encoding="utf-8").replace("@token@", uuid.uuid4().hex)
    (tmp_path / "flake.nix").write_text(text, encoding="utf-8")
    return _PlainCheckout(root=tmp_path, profile="p")


class _PlainCheckout(Checkout):
    """Not in git."""

    @property
    def flake(self) -> str:
        return f"path:.#{self.profile}"


@pytest.fixture
def farm(nix: Nix, checkout: Checkout) -> Nix:
    return dataclasses.replace(nix, root=checkout.root, logs=checkout.logs)


def wish(*names: str) -> Wish:
    return Wish(names=names, wheels=frozenset(NEEDS), needs={name: NEEDS[name] for name in (*names, "bad")})


def built(farm: Nix, checkout: Checkout, *names: str, keep_going: bool = True) -> BuildReport:
    return build(wish(*names), checkout=checkout, nix=farm, stages=Stages(), keep_going=keep_going)


def by_name(report: BuildReport) -> dict[str, PackageOutcome]:
    return {outcome.name: outcome for outcome in report.outcomes}


def logs(checkout: Checkout) -> set[Path]:
    """Each run has derivations, and so logs, of its own."""
    return {*checkout.logs.glob("*-1.0-library-*")}


def test_each_package_has_its_outcome(farm: Nix, checkout: Checkout):
    names = ("above", "thrown", "alone", "bad", "crashing", "missing")
    report = built(farm, checkout, *names)
    found = {name: (one.fate, one.stage, one.because) for name, one in by_name(report).items()}
    assert found == {
        "above": (Fate.NOT_TRIED, BUILD, ("bad",)),
        "thrown": (Fate.FAILED, BUILD, ()),
        "alone": (Fate.BUILT, None, ()),
        "bad": (Fate.FAILED, BUILD, ()),
        "crashing": (Fate.FAILED, IMPORT_TEST, ()),
        "missing": (Fate.FAILED, BUILD, ()),
    }
    assert sorted(report.packages) == ["alone", "crashing"]
    kinds = [type(error) for error in report.errors]
    assert kinds[:3] == [EvaluationFailed, EvaluationFailed, BuildFailed]
    assert [(checkout.roots / f"{name}-wasm").exists() for name in ("alone", "crashing", "bad")] == [True, True, False]


def test_errors_belong_to_their_packages(farm: Nix, checkout: Checkout):
    found = by_name(built(farm, checkout, "bad", "crashing", "thrown"))
    bad, crashing, thrown = (found[name].error for name in ("bad", "crashing", "thrown"))
    assert bad is not None
    assert (str(bad), bad.excerpt) == ("the build of bad-1.0-library failed with exit code 3", "compiling")
    assert bad.log is not None
    assert bad.log.read_text() == "compiling\n"
    assert crashing is not None
    assert (crashing.exit_code, crashing.excerpt) == (51, "ImportError")
    assert str(thrown).endswith("pkgs/thrown/recipe.toml: the message")


def test_what_was_built_comes_from_the_store_next_time(farm: Nix, checkout: Checkout):
    assert by_name(built(farm, checkout, "alone"))["alone"].seconds is not None
    again = by_name(built(farm, checkout, "alone"))["alone"]
    assert (again.fate, again.seconds) == (Fate.STORED, None)


def test_a_needed_package_is_named_that_was_not_asked_for(farm: Nix, checkout: Checkout):
    report = built(farm, checkout, "above", keep_going=False)
    (above,) = report.outcomes
    assert (above.fate, above.because) == (Fate.NOT_TRIED, ("bad",))
    assert [str(error) for error in report.errors] == ["the build of bad-1.0-library failed with exit code 3"]


def test_nothing_more_is_begun_after_the_first_failure(farm: Nix, checkout: Checkout):
    one_by_one = dataclasses.replace(
        farm, environment={**farm.environment, "NIX_CONFIG": f"{farm.config}\nmax-jobs = 1"}
    )
    found = by_name(built(one_by_one, checkout, "slow", "bad", keep_going=False))
    assert found["bad"].fate is Fate.FAILED
    assert (found["slow"].fate, found["slow"].because, found["slow"].stopped) == (Fate.NOT_TRIED, ("bad",), True)


def test_a_build_that_is_ended_tells_what_was_done(farm: Nix, checkout: Checkout):
    before = logs(checkout)

    def end() -> None:
        deadline = time.monotonic() + 120
        while logs(checkout) == before and time.monotonic() < deadline:
            time.sleep(0.1)
        time.sleep(1)
        process.end_all()

    threading.Thread(target=end).start()
    report = built(farm, checkout, "alone", "slow", keep_going=True)
    assert report.interruption is not None
    assert by_name(report)["slow"].fate is Fate.INTERRUPTED


def test_a_preview_builds_nothing_and_counts(farm: Nix, checkout: Checkout):
    before = logs(checkout)
    found = preview(wish("above", "alone"), checkout=checkout, nix=farm, sources=())
    steps = {step.name: step for step in found.steps}
    assert steps["bad"].derivations == ("bad-1.0-library",)
    assert sorted(steps["above"].derivations) == [
        *("above-1.0-library", "above-kept", "above-wasm-1.0-1_0", "above-wasm-1.0-1_0-import"),
    ]
    assert logs(checkout) == before
    built(farm, checkout, "alone")
    again = preview(wish("above", "alone"), checkout=checkout, nix=farm, sources=())
    assert {step.name for step in again.steps if step.derivations} == {"bad", "above"}
