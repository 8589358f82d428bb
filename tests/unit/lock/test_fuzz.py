"""Recipes, locks, profiles and the base, broken in quantity."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fuzz import Cases, few_or_many, mutated_json, mutated_text, mutated_toml, odd_text, try_cases
from recipe_known import KNOWN
from toolchain_writer import write_toolchain

from wasmwright import names
from wasmwright.failure import WasmwrightError
from wasmwright.lock.base import base_lock_path, base_path, read_base
from wasmwright.lock.fresh import lock_digest
from wasmwright.lock.model import read_package_lock
from wasmwright.lock.pins import read_toolchain_lock
from wasmwright.lock.profile import default_profile, find_profile, profile_path, read_profile
from wasmwright.reading import json_file
from wasmwright.recipe.parse import load_all
from wasmwright.recipe.resolve import resolve_all

if TYPE_CHECKING:
    import random

RECIPES = Path(__file__).parents[2] / "fixtures" / "recipes"
ROOT = Path(__file__).parents[3]


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode(errors="replace"))


@few_or_many
def test_recipes(cases: Cases, tmp_path: Path):
    samples = [path.read_text() for path in sorted(RECIPES.glob("*/**/recipe.toml"))]
    pkgs = tmp_path / "pkgs"
    (pkgs / "demo").mkdir(parents=True)

    def read(text: str) -> None:
        _write(pkgs / "demo" / "recipe.toml", text)
        recipes = load_all(pkgs, KNOWN)
        recipes.check()
        for recipe in recipes.values():
            lock_digest(recipe)
        resolve_all(recipes)

    def make(rng: random.Random) -> str:
        return mutated_toml(rng, samples) if rng.random() < 0.7 else mutated_text(rng, samples)

    try_cases(read, make, cases)


@few_or_many
def test_locks_of_packages(cases: Cases, tmp_path: Path):
    samples = [json_file(path) for path in sorted((ROOT / "pkgs").glob("*/lock.json"))]
    samples = [sample for sample in samples if len(str(sample)) < 9000]

    def read(text: str) -> None:
        _write(tmp_path / "lock.json", text)
        lock = read_package_lock(tmp_path / "lock.json")
        for source in lock.entries():
            assert source.package

    try_cases(read, lambda rng: mutated_json(rng, samples), cases)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_toolchain(tmp_path)
    return tmp_path


@few_or_many
def test_locks_of_the_toolchain(cases: Cases, root: Path):
    path = base_lock_path(root)
    sample: Any = json_file(path)

    def read(text: str) -> None:
        _write(path, text)
        lock = read_toolchain_lock(path)
        lock.entries()
        for name in lock.roots:
            lock.root_entries(name)

    try_cases(read, lambda rng: mutated_json(rng, [sample]), cases)


@few_or_many
def test_profiles_and_the_base(cases: Cases, root: Path):
    base = base_path(root)
    profile = profile_path(root, default_profile(root))
    texts = {path: path.read_text() for path in (base, profile)}
    machine = read_base(base).machine

    def make(rng: random.Random) -> tuple[Path, str]:
        path = rng.choice([base, profile])
        mutated = mutated_toml if rng.random() < 0.7 else mutated_text
        return path, mutated(rng, [texts[path]])

    def read(made: tuple[Path, str]) -> None:
        _write(*made)
        if made[0] == base:
            toolchain = read_base(base)
            toolchain.wishes.digests(toolchain.machine)
        else:
            read_profile(profile).wishes.digests(machine)

    try_cases(read, make, cases)


@few_or_many
def test_names(cases: Cases, root: Path):
    def ask(text: str) -> None:
        for question in (
            lambda: names.find(text, ["numpy", "scipy"]),
            lambda: find_profile(root, text),
            lambda: names.meant(text, ["numpy"], otherwise=""),
        ):
            try:
                question()
            except WasmwrightError as error:
                str(error).encode(errors="surrogatepass")

    try_cases(ask, odd_text, cases)
