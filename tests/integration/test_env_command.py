"""`wasmwright env lock` against a package index on loopback, with a package of this checkout."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING

import pytest
from command_line import wasmwright
from documents import faults
from index_server import Index, serving

from wasmwright.cli.session import open_checkout

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator
    from pathlib import Path

CHECKOUT = open_checkout()


@pytest.fixture(scope="module")
def index() -> Iterator[Index]:
    index = Index()
    index.add_wheel("pages", "1.0", "py3-none-any", "Requires-Dist: markupsafe>=2")
    index.add_wheel("pages", "2.0", "py3-none-any", "Requires-Dist: markupsafe>=99")
    # An index has one too, and ours is taken.
    index.add_wheel("markupsafe", "99.0")
    index.add_wheel("native", "1.0", "cp314-cp314-manylinux_2_28_x86_64")
    index.add_wheel("broken", "1.0", f"{CHECKOUT.abi.python_tag}-{CHECKOUT.abi.python_tag}-{CHECKOUT.abi.platform}")
    yield from serving(index)


def lock(index: Index, *arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    own = {"WASMWRIGHT_PYPI_INDEX": index.url, "NO_PROXY": "127.0.0.1"}
    return wasmwright("env", "lock", *arguments, cwd=folder, **own)


def test_ours_is_taken_and_the_rest_is_pinned(tmp_path: Path, index: Index):
    (tmp_path / "requirements.txt").write_text("pages # from the index\n")
    done = lock(index, "requirements.txt", "--json", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert faults("env lock", json.loads(done.stdout)) == []
    document = tomllib.loads((tmp_path / "pylock.toml").read_text())
    ours, pages = document["packages"]
    assert (ours["name"], ours["tool"]["wasmwright"]["origin"]) == ("markupsafe", "built")
    assert ours["version"] == CHECKOUT.recipes["markupsafe"].version
    assert (pages["name"], pages["version"]) == ("pages", "1.0")
    assert pages["wheels"][0]["hashes"]["sha256"] == index.sha256("pages-1.0-py3-none-any.whl")
    assert index.url not in (tmp_path / "pylock.toml").read_text()

    # The same again, and what has changed since is told.
    text = (tmp_path / "pylock.toml").read_text()
    assert lock(index, "--check", folder=tmp_path).returncode == 0
    older = text.replace('"pages"\nversion = "1.0"', '"pages"\nversion = "0.9"').replace("pages-1.0", "pages-0.9")
    (tmp_path / "pylock.toml").write_text(older)
    done = lock(index, "--check", "--json", folder=tmp_path)
    assert done.returncode == 84, done.stderr
    document = json.loads(done.stdout)
    assert faults("env lock --check", document) == []
    (change,) = document["changes"]
    assert (change["name"], change["old"], change["new"]) == ("pages", "0.9", "1.0")


@pytest.mark.parametrize(
    ("package", "code", "said"),
    [
        ("pages>=2", 25, "pages 2.0 wants markupsafe>=99"),
        ("native", 25, "the index has wheels for other platforms, and no sources"),
        ("nothing-of-that-name", 25, "the index has no such project"),
        ("zlib", 25, "zlib"),
        ("two words", 82, "is no requirement"),
    ],
)
def test_what_cannot_be_had_is_explained(tmp_path: Path, index: Index, package: str, code: int, said: str):
    done = lock(index, "--package", package, folder=tmp_path)
    assert (done.returncode, said in done.stderr) == (code, True), done.stderr
    assert list(tmp_path.iterdir()) == []
