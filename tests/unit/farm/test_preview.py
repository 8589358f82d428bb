from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from documents import faults
from fake_farm import FakeNix, drv
from package_writer import PROFILE

from wasmwright.checkout import Checkout
from wasmwright.farm.estimate import TIMES, remember
from wasmwright.farm.preview import Preview, listing, preview, tree
from wasmwright.packagebuild import Wish

if TYPE_CHECKING:
    from pathlib import Path

WISH = Wish(
    names=("numpy", "apexpy", "scipy"),
    wheels=frozenset(),
    needs={
        "openblas": (),
        "numpy": ("openblas",),
        "apexpy": ("numpy",),
        "scipy": ("numpy", "openblas"),
    },
)
NEEDS = {
    "openblas-wasm.built": ("compiler", "openblas.tar"),
    "numpy-wasm": ("openblas-wasm.built", "numpy.tar"),
    "apexpy-wasm": ("numpy-wasm",),
    "scipy-wasm": ("numpy-wasm", "openblas-wasm.built"),
    "keep": ("compiler",),
}


@pytest.fixture
def nix(tmp_path: Path) -> FakeNix:
    return FakeNix(store=tmp_path / "store", needs_of=NEEDS)


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    checkout = Checkout(root=tmp_path, profile=PROFILE)
    seconds = {"openblas-wasm.built": 300.0, "numpy-wasm": 120.0, "numpy-wasm.keep": 0.0}
    remember(checkout.state / TIMES, {drv(name): value for name, value in seconds.items()})
    return checkout


def seen(checkout: Checkout, nix: FakeNix, *there: str) -> Preview:
    for name in there:
        (nix.store / name).mkdir(parents=True)
    return preview(WISH, checkout=checkout, nix=nix, sources=["openblas.tar", "numpy.tar", "other.tar"])


STORED = ("compiler", "openblas.tar", "numpy.tar", "keep", *(f"{name}-wasm.keep" for name in WISH.names))

FRESH = """\
openblas  build, about 5 min 00 s
numpy     build, about 2 min 00 s
apexpy    build, 2 derivations of unknown time
scipy     build, 2 derivations of unknown time
sources to fetch first: 2
toolchain and shared: 2 to build, 2 derivations of unknown time
4 of 4 packages to build: about 7 min 00 s and 6 derivations of unknown time, one after the other"""

TREE = """\
apexpy: build, 1 derivation of unknown time
└─ numpy: build, about 2 min 00 s
   └─ openblas: in the store
scipy: build, 1 derivation of unknown time
├─ numpy (above)
└─ openblas (above)
3 of 4 packages to build: about 2 min 00 s and 2 derivations of unknown time, one after the other"""


def test_packages_are_listed_in_the_order_of_their_build(checkout: Checkout, nix: FakeNix):
    assert listing(seen(checkout, nix)) == FRESH
    assert not nix.asked


def test_what_is_needed_is_drawn_below_once(checkout: Checkout, nix: FakeNix):
    assert tree(seen(checkout, nix, "openblas-wasm.built", *STORED)) == TREE


def test_nothing_to_build_is_said(checkout: Checkout, nix: FakeNix):
    there = (*STORED, "openblas-wasm.built", *(f"{name}-wasm" for name in WISH.names))
    found = seen(checkout, nix, *there)
    assert listing(found).splitlines()[-1] == "nothing to build"
    assert listing(found).splitlines()[0] == "openblas  in the store"


def test_what_cannot_be_evaluated_is_told_beside_the_others(checkout: Checkout, nix: FakeNix):
    nix.unevaluated = ("apexpy-wasm",)
    lines = listing(seen(checkout, nix)).splitlines()
    assert lines[2] == "apexpy    cannot be evaluated: apexpy-wasm cannot be evaluated"
    assert lines[3].startswith("scipy     build")


def test_json_tells_the_same(checkout: Checkout, nix: FakeNix):
    found = json.loads(json.dumps(seen(checkout, nix).to_json()))
    assert faults("build --dry-run", {"version": 1, "profile": PROFILE, **found}) == []
    assert found["packages"][1] == {
        "name": "numpy",
        "wanted": True,
        "needs": ["openblas"],
        "derivations": ["numpy-wasm", "numpy-wasm.keep"],
        "seconds": 120.0,
        "unknown": 0,
        "error": None,
    }
    assert (found["seconds"], found["unknown"]) == (420.0, 6)
    assert found["sources"] == ["openblas.tar", "numpy.tar"]
    assert not found["packages"][0]["wanted"]


def test_a_preview_of_nothing():
    assert listing(Preview.empty()) == tree(Preview.empty()) == "nothing to build"
