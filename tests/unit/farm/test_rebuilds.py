from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from documents import faults
from fake_farm import FakeNix, drv
from package_writer import PROFILE

from wasmwright.checkout import Checkout
from wasmwright.errors import EvaluationFailed
from wasmwright.farm.estimate import TIMES, remember
from wasmwright.farm.preview import listing
from wasmwright.farm.rebuilds import rebuilds
from wasmwright.packagebuild import Wish

if TYPE_CHECKING:
    from pathlib import Path

    from wasmwright.farm.preview import Preview

WISH = Wish(
    names=("openblas", "numpy", "scipy"),
    wheels=frozenset({"numpy", "scipy"}),
    needs={"lapack": (), "openblas": ("lapack",), "numpy": ("openblas",), "scipy": ("numpy",)},
)
NEEDS = {
    "lapack-wasm.built": ("compiler", "lapack.tar"),
    "openblas-wasm": ("openblas-library",),
    "openblas-library": ("compiler", "lapack-wasm.built", "openblas.tar"),
    "numpy-wasm": ("openblas-library", "numpy.tar"),
    "numpy-wasm.tests.import": ("numpy-wasm",),
    "scipy-wasm": ("compiler", "scipy.tar"),
    "scipy-wasm.tests.import": ("scipy-wasm", "numpy-wasm"),
    "keep": ("compiler",),
}


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    checkout = Checkout(root=tmp_path, profile=PROFILE)
    remember(checkout.state / TIMES, {drv("openblas-library"): 300.0, drv("numpy-wasm"): 120.0})
    return checkout


def changed(checkout: Checkout, *names: str, unevaluated: tuple[str, ...] = ()) -> Preview:
    nix = FakeNix(store=checkout.root / "store", needs_of=NEEDS, unevaluated=unevaluated)
    files = ["lapack.tar", "openblas.tar", "numpy.tar", "scipy.tar"]
    return rebuilds(WISH, names, checkout=checkout, nix=nix, sources=files)


def test_all_above_what_builds_a_package_is_built_anew_and_nothing_below(checkout: Checkout):
    found = changed(checkout, "openblas")
    steps = {step.name: step.derivations for step in found.steps}
    assert [*steps] == ["openblas", "numpy", "scipy"]
    assert "openblas-library" in steps["openblas"]
    assert "openblas.tar" not in steps["openblas"]
    assert steps["scipy"] == ("scipy-wasm.tests.import",)
    assert [step.name for step in found.steps if step.wanted] == ["openblas"]
    assert found.total.seconds == 420
    assert "3 of 3 packages to build: about 7 min" in listing(found)


def test_what_needs_none_of_it_stays(checkout: Checkout):
    assert [step.name for step in changed(checkout, "scipy").steps] == ["scipy"]


def test_the_document_is_as_described(checkout: Checkout):
    document = {"version": 1, "profile": PROFILE, **changed(checkout, "openblas").to_json()}
    assert faults("graph --rebuilds", document) == []


def test_what_cannot_be_evaluated_is_an_error(checkout: Checkout):
    with pytest.raises(EvaluationFailed, match="scipy-wasm"):
        changed(checkout, "openblas", unevaluated=("scipy-wasm",))
