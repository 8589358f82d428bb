"""What Nix hands over to a build is what builder/wasmwright/sandbox/attributes.schema.json says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from wasmwright.lock.profile import known_profiles
from wasmwright.paths import project_root
from wasmwright.process import run
from wasmwright.sandbox import attributes

if TYPE_CHECKING:
    from wasmwright.nix import Nix

SCHEMA: dict[str, Any] = json.loads(Path(attributes.__file__).with_name("attributes.schema.json").read_text())


def handed_over(nix: Nix, checkout: Path, attribute: str) -> dict[str, Any]:
    shown = run([nix.program, "derivation", "show", attribute], env=nix.env(), cwd=checkout).stdout
    document = json.loads(shown)
    (derivation,) = document.get("derivations", document).values()
    # Newer versions of Nix show them as they are; outputs have their paths when the build begins.
    written = derivation.get("structuredAttrs") or json.loads(derivation["env"]["__json"])
    return {**written, "outputs": {name: f"/out/{name}" for name in derivation["outputs"]}}


@pytest.mark.parametrize("name", ["numpy", "apexpy", "mapbox-earcut", "zlib", "openblas", "lapack"])
@pytest.mark.parametrize("profile", known_profiles(project_root()))
def test_builds_get_what_the_schema_says(nix: Nix, checkout: Path, profile: str, name: str):
    document = handed_over(nix, checkout, f".#{profile}.{name}-wasm.built")
    assert [f"{error.json_path}: {error.message}" for error in Draft202012Validator(SCHEMA).iter_errors(document)] == []


def test_an_attribute_more_is_found(nix: Nix, checkout: Path):
    document = handed_over(nix, checkout, ".#zlib-wasm.built") | {"epoch": 1}
    assert not Draft202012Validator(SCHEMA).is_valid(document)
