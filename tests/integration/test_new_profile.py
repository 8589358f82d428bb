"""The steps of docs/how-to/new-profile.md, walked with a profile made of pinned parts: what brings a third ABI."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from wasmwright.lock.profile import profile_path
from wasmwright.process import run

LIKE, NEW = "pyemscripten_2026_5", "pyemscripten_2026_5_again"


@pytest.fixture
def tree(checkout: Path, tmp_path: Path) -> Path:
    """A copy of the checkout, with a repository of its own, as flakes want one."""
    copied = tmp_path / "tree"
    listed = run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], env=os.environ, cwd=checkout)
    for name in filter(None, listed.stdout.split("\0")):
        if (checkout / name).is_file():
            (copied / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(checkout / name, copied / name)
    run(["git", "init", "-q"], env=os.environ, cwd=copied)
    return copied


def wasmwright(tree: Path, *arguments: str) -> str:
    run(["git", "add", "-A"], env=os.environ, cwd=tree)
    command = [sys.executable, "-P", "-m", "wasmwright", *arguments]
    return run(
        command, env={**os.environ, "PYTHONPATH": str(tree / "builder"), "WASMWRIGHT_STATE": ""}, cwd=tree
    ).stdout


@pytest.mark.usefixtures("nix")
def test_a_new_profile_builds_a_package(tree: Path):
    shutil.copy(profile_path(tree, LIKE), profile_path(tree, NEW))
    wasmwright(tree, "lock", "--toolchain", "--profile", NEW)
    # Resolving anew would ask the index; the interpreter is the same, and so the answer.
    lock = tree / "pkgs/markupsafe/lock.json"
    document = json.loads(lock.read_text())
    document["profiles"][NEW] = document["profiles"][LIKE]
    lock.write_text(json.dumps(document))
    built = json.loads(wasmwright(tree, "build", "markupsafe", "--profile", NEW, "--json"))
    (package,) = built["packages"]
    contract = json.loads((Path(package["out"]) / "package.json").read_text())
    assert contract["profile"] == NEW
    assert package["tested"]
    assert (tree / ".wasmwright" / NEW / "roots").is_dir()
    assert not (tree / ".wasmwright" / LIKE).exists()
