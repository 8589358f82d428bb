"""Trees of a forge, from a server on loopback into the Nix store."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from index_server import Index, serving

from wasmwright.cli.session import open_checkout, open_nix
from wasmwright.config import Config
from wasmwright.errors import HashMismatch, NoMirror
from wasmwright.generate.nixlang import string
from wasmwright.sources.client import Client
from wasmwright.sources.fetch import fetch
from wasmwright.sources.kinds.github import GithubTree
from wasmwright.sources.kinds.kind import AskedVersion
from wasmwright.sources.mirrors import Mirrors
from wasmwright.sources.registries import Registries
from wasmwright.sources.tree import nar_hash
from wasmwright.sources.wanted import Wanted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wasmwright.nix import Nix
    from wasmwright.sources.entry import Source

FETCH_SOURCE = Path(__file__).parents[2] / "nix/toolchain/fetchSource.nix"


@pytest.fixture
def forge(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Index]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("WASMWRIGHT_CACHE", str(tmp_path / "cache"))
    yield from serving(Index())


@pytest.fixture
def store() -> Nix:
    return open_nix(open_checkout())


@pytest.fixture
def top(tmp_path: Path) -> Path:
    """A repository with what an archive can hold, unlike that of any earlier run."""
    made = tmp_path / "repository"
    (made / "src").mkdir(parents=True)
    (made / "src" / "unique").write_text(str(tmp_path))
    (made / "configure").write_text("#!/bin/sh\n")
    (made / "configure").chmod(0o755)
    (made / "link").symlink_to("src/unique")
    return made


def pinned(top: Path, forge: Index) -> Source:
    forge.add_archive("owner/repo/v1.0", top)
    mirrors = Mirrors(config=Config(github=forge.forge), environ={})
    registries = Registries(client=Client.create(), mirrors=mirrors, cache=top)
    origin = GithubTree(repository="owner/repo", rev="v1.0", sha256=nar_hash(top)[0])
    return origin.pin(AskedVersion(version=""), registries)


def test_tree_gets_the_path_that_nix_computes(top: Path, forge: Index, store: Nix):
    source = pinned(top, forge)
    wanted = Wanted(sources={source.name: source})
    first = fetch(wanted, store=store, config=Config(github=forge.forge))
    (path,) = first.paths
    assert first.added == 1
    assert nar_hash(Path(path)) == (source.sha256, source.size)
    assert (Path(path) / "link").read_text() == str(top.parent)
    entry = string(json.dumps(source.to_json()))
    text = f'(import {FETCH_SOURCE} {{ system = "x86_64-linux"; }} (builtins.fromJSON {entry})).outPath'
    assert store.eval_json("--impure", "--expr", text) == path
    forge.archives.clear()
    assert fetch(wanted, store=store, config=Config()).added == 0


def test_tree_that_nobody_gives(top: Path, forge: Index, store: Nix):
    source = pinned(top, forge)
    wanted = Wanted(sources={source.name: source})
    with pytest.raises(NoMirror, match=r"owner/repo at v1\.0 cannot be fetched: no address") as caught:
        fetch(wanted, store=store, config=Config())
    assert "WASMWRIGHT_GITHUB_ARCHIVES" in str(caught.value.hint)
    (top / "configure").chmod(0o644)
    forge.add_archive("owner/repo/v1.0", top)
    with pytest.raises(HashMismatch, match=r"repo-v1\.0 is not the pinned file"):
        fetch(wanted, store=store, config=Config(github=forge.forge))
