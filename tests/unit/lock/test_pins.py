from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from wasmwright.errors import InvalidLock
from wasmwright.limits import LimitExceeded
from wasmwright.lock.document import write_lock
from wasmwright.lock.pins import ToolchainLock, read_toolchain_lock
from wasmwright.sources.entry import Source
from wasmwright.sources.wanted import Busybox

if TYPE_CHECKING:
    from pathlib import Path


def _source(name: str) -> Source:
    return Source(purl=f"pkg:pypi/{name}@1", file=f"{name}.whl", name=f"{name}.whl", size=1, sha256="0" * 64)


TOOLCHAIN = ToolchainLock(
    name="p",
    wanted_sha256="e" * 64,
    busybox=Busybox(source="shell.whl", member="bin/sh", name="busybox", nar_sha256="d" * 64),
    roots={"nix": ("nix.whl", "both.whl"), "libc": ("both.whl",)},
    wheels={"node": "node.whl"},
    npm={},
    tarballs={"flang": "flang.whl"},
    sources={f"{name}.whl": _source(name) for name in ("shell", "nix", "both", "node", "flang")},
)


def test_toolchain_lock_survives_writing_and_reading(tmp_path: Path):
    write_lock(tmp_path / "p.lock.json", TOOLCHAIN)
    assert read_toolchain_lock(tmp_path / "p.lock.json") == TOOLCHAIN


def test_lock_is_written_in_one_order(tmp_path: Path):
    write_lock(tmp_path / "a.json", TOOLCHAIN)
    turned = replace(TOOLCHAIN, sources=dict(reversed(TOOLCHAIN.sources.items())))
    write_lock(tmp_path / "b.json", turned)
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    assert (tmp_path / "a.json").read_text().endswith("}\n")


def test_entries_are_those_of_the_roots_and_tarballs_that_are_named():
    every = [source.name for source in TOOLCHAIN.entries([], [])]
    assert every == ["node.whl", "shell.whl"]
    assert [source.name for source in TOOLCHAIN.entries(["libc"], ["flang"])] == ["both.whl", "flang.whl", *every]
    assert {source.name for source in TOOLCHAIN.entries()} == TOOLCHAIN.sources.keys()


def test_lock_of_a_profile_has_no_shell(tmp_path: Path):
    lock = replace(TOOLCHAIN, busybox=None)
    write_lock(tmp_path / "p.lock.json", lock)
    assert read_toolchain_lock(tmp_path / "p.lock.json") == lock


def test_tarball_with_an_unknown_source_is_told(tmp_path: Path):
    document = TOOLCHAIN.to_json()
    document["tarballs"] = {"flang": "other.whl"}
    (tmp_path / "p.lock.json").write_text(json.dumps(document))
    with pytest.raises(InvalidLock, match=r"other\.whl"):
        read_toolchain_lock(tmp_path / "p.lock.json")


def test_missing_lock_is_told(tmp_path: Path):
    with pytest.raises(InvalidLock, match="does not exist") as caught:
        read_toolchain_lock(tmp_path / "p.lock.json")
    assert caught.value.hint == "run `./wasmwright lock --toolchain`"


def test_deep_lock_names_the_limit(tmp_path: Path):
    (tmp_path / "p.lock.json").write_text("[" * 2000)
    with pytest.raises(LimitExceeded, match="within each other in a JSON text"):
        read_toolchain_lock(tmp_path / "p.lock.json")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<<<<<<< HEAD\n",
        '{"version": 1}',
        '{"version": 2}',
        json.dumps({**TOOLCHAIN.to_json(), "sources": {"x": {}}}),
        json.dumps({**TOOLCHAIN.to_json(), "sources": {"x": []}}),
        *(json.dumps({**TOOLCHAIN.to_json(), key: ["ab"]}) for key in ("wheels", "npm", "tarballs", "wishes", "roots")),
        json.dumps({**TOOLCHAIN.to_json(), "bootstrap": []}),
        json.dumps({**TOOLCHAIN.to_json(), "roots": {"nix": "both.whl"}}),
        json.dumps({**TOOLCHAIN.to_json(), "name": "x" * 10})[:-4],
    ],
)
def test_lock_that_locking_itself_cannot_read_is_made_anew(tmp_path: Path, text: str):
    (tmp_path / "p.lock.json").write_text(text)
    with pytest.raises(InvalidLock) as caught:
        read_toolchain_lock(tmp_path / "p.lock.json")
    assert caught.value.hint == "restore it with git, or run `./wasmwright lock --toolchain --regenerate`"


def test_root_with_an_unknown_source_is_told(tmp_path: Path):
    document = TOOLCHAIN.to_json()
    document["roots"] = {"libc": ["other.whl"]}
    (tmp_path / "p.lock.json").write_text(json.dumps(document))
    with pytest.raises(InvalidLock, match=r"other\.whl"):
        read_toolchain_lock(tmp_path / "p.lock.json")
