"""What is built for engines without 128-bit vectors: the same packages, with a last flag that forbids them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from wasmwright.lock.profile import known_profiles
from wasmwright.names import NO_SIMD
from wasmwright.paths import project_root
from wasmwright.process import run

if TYPE_CHECKING:
    from pathlib import Path

    from wasmwright.nix import Nix

FORBIDDEN = "-mno-simd128"


def builds(nix: Nix, checkout: Path, attribute: str) -> dict[str, dict[str, Any]]:
    """What is compiled of all that an attribute is made of: the flags by the derivation's name."""
    shown = run([nix.program, "derivation", "show", "--recursive", attribute], env=nix.env(), cwd=checkout).stdout
    document = json.loads(shown)
    found = {}
    for derivation in document.get("derivations", document).values():
        text = derivation.get("env", {}).get("__json")
        written = derivation.get("structuredAttrs") or (json.loads(text) if text else {})
        if "cflags" in written.get("build", {}):
            found[derivation["name"]] = written["build"]
    return found


@pytest.mark.parametrize("profile", known_profiles(project_root()))
def test_each_build_of_a_closure_forbids_vectors_last(nix: Nix, checkout: Path, profile: str):
    usual = builds(nix, checkout, f".#{profile}.scikit-learn-wasm.tests.import")
    others = builds(nix, checkout, f".#withoutSimd.{profile}.scikit-learn-wasm.tests.import")
    assert {name.replace(NO_SIMD, "") for name in others} == set(usual)
    assert {"lapack", "openblas", "numpy", "scipy"} <= {name.split("-")[0] for name in usual}
    for name, build in others.items():
        assert NO_SIMD in name
        assert (build["cflags"][-1], build["cxxflags"][-1]) == (FORBIDDEN, FORBIDDEN), name
    for name, build in usual.items():
        assert FORBIDDEN not in build["cflags"] + build["cxxflags"], name
