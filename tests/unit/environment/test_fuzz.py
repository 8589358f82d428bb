"""Locks of environments, files of requirements and folders of outputs, broken in quantity."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from environment_writer import LOCK
from fuzz import Cases, few_or_many, mutated_json, mutated_text, mutated_toml, odd_text, try_cases

from wasmwright.environment.compare import changes
from wasmwright.environment.placing import check_place
from wasmwright.environment.pylock import read_lock, write_lock
from wasmwright.environment.resolve import who_wants_what
from wasmwright.environment.wanted import read_file
from wasmwright.outputs.manifest import FILE

if TYPE_CHECKING:
    import random
    from pathlib import Path

REQUIREMENTS = [
    "# all\nnumpy>=2 # new\nrich[jupyter]; python_version >= '3.12'\npy\\\nyaml\nx==1 --hash=sha256:00\n-r other.txt\n",
    "a\n--index-url x\n-e .\nb @ file:///x.whl\nc (>=1,<2)\n",
]
PROJECT = """
[project]
name = "demo"
dependencies = ["numpy>=2", "rich[jupyter]; python_version >= '3.12'"]
[project.optional-dependencies]
plots = ["matplotlib"]
"""


@few_or_many
def test_locks(cases: Cases, tmp_path: Path):
    path = tmp_path / "pylock.toml"
    write_lock(path, LOCK)
    sample = path.read_text()

    def read(text: str) -> None:
        path.write_bytes(text.encode(errors="replace"))
        lock = read_lock(path)
        changes(LOCK, lock)
        write_lock(tmp_path / "again.toml", lock)

    def make(rng: random.Random) -> str:
        return mutated_toml(rng, [sample]) if rng.random() < 0.7 else mutated_text(rng, [sample])

    try_cases(read, make, cases)


@few_or_many
def test_requirements(cases: Cases, tmp_path: Path):
    def read(made: tuple[str, str]) -> None:
        name, text = made
        path = tmp_path / name
        path.write_bytes(text.encode(errors="replace"))
        for requirement in read_file(path, ["plots"] if path.suffix == ".toml" else []):
            str(requirement).encode()

    def make(rng: random.Random) -> tuple[str, str]:
        if rng.random() < 0.5:
            return "requirements.txt", mutated_text(rng, REQUIREMENTS)
        return "pyproject.toml", mutated_toml(rng, [PROJECT])

    try_cases(read, make, cases)


@few_or_many
def test_folders_of_outputs(cases: Cases, tmp_path: Path):
    manifest = {"version": 1, "kind": "dist", "profile": "p", "files": [{"path": "a", "size": 1, "sha256": "0"}]}

    def read(text: str) -> None:
        (tmp_path / FILE).write_bytes(text.encode(errors="replace"))
        check_place(tmp_path, force=True)

    try_cases(read, lambda rng: mutated_json(rng, [json.loads(json.dumps(manifest))]), cases)


@few_or_many
def test_refusals_of_pip(cases: Cases):
    sample = "The user requested (constraint) numpy (from file:///a/numpy-1.0-x.whl)\nplots 3.0 depends on numpy>=3"

    def make(rng: random.Random) -> list[str]:
        return [*mutated_text(rng, [sample]).splitlines(), odd_text(rng)]

    try_cases(who_wants_what, make, cases)
