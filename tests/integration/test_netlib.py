"""BLAS's and LAPACK's own test programs, linked with OpenBLAS."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from wasmwright.cli.session import fetch_sources, open_checkout

if TYPE_CHECKING:
    from wasmwright.nix import Nix


def results(nix: Nix, attribute: str) -> dict[str, dict[str, int]]:
    for names in ((), ("lapack", "openblas")):
        fetch_sources(open_checkout(), names, nix=nix)
    (built,) = nix.build([attribute])
    print((built.out / "table.txt").read_text())  # noqa: T201 - shown by pytest -rP
    found = json.loads((built.out / "results.json").read_text())
    assert isinstance(found, dict)
    return found


def test_blas(nix: Nix):
    found = results(nix, ".#checks.x86_64-linux.blas-tests")
    assert sorted(found) == [f"{kind}blat{level}" for kind in "cdsz" for level in (1, 2, 3)]
    assert sum(result["tests"] for result in found.values()) > 150_000
    # Each level-2 and level-3 program checks what routines say of wrong arguments.
    assert sum(result["exits"] for result in found.values()) >= 90


@pytest.mark.long
def test_lapack(nix: Nix):
    found = results(nix, ".#lapack-tests")
    # Linear equations (2), mixed precision (1 each for d and z), eigenvalues (20) and dynamic modes (1), in four types.
    assert len(found) == 4 * (2 + 20 + 1) + 2
    assert sum(result["tests"] for result in found.values()) > 4_000_000
