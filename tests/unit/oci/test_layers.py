from __future__ import annotations

import gzip
import hashlib
import io
import os
import tarfile
from typing import TYPE_CHECKING

import pytest

from wasmwright.oci.archive import EntryKind, ImageEntry, Tree
from wasmwright.oci.blobs import Compression
from wasmwright.oci.errors import InvalidImage
from wasmwright.oci.layer import make
from wasmwright.oci.layers import BLOB, Layer, store_paths

if TYPE_CHECKING:
    from pathlib import Path


def a_tree(folder: Path) -> Path:
    (folder / "bin").mkdir(parents=True)
    (folder / "bin/tool").write_text("#!/bin/sh\n")
    (folder / "bin/tool").chmod(0o555)
    (folder / "bin/alias").symlink_to("tool")
    (folder / "share/doc").mkdir(parents=True)
    (folder / "share/doc/page").write_text("words\n")
    (folder / "share/doc/page").chmod(0o444)
    return folder


def made(out: Path, *trees: Tree, entries: list[ImageEntry] | None = None) -> Layer:
    return make("some", list(trees), entries or [], out, compression=Compression.GZIP)


def members(out: Path) -> dict[str, tarfile.TarInfo]:
    with tarfile.open(out / BLOB) as archive:
        return {member.name: member for member in archive}


def test_a_layer_is_the_same_at_another_time_and_place(tmp_path: Path):
    one, other = a_tree(tmp_path / "one"), a_tree(tmp_path / "other")
    os.utime(other / "bin/tool", (1, 2_000_000_000))
    first = made(tmp_path / "a", Tree(source=one, at="/nix/store/x"))
    second = made(tmp_path / "b", Tree(source=other, at="/nix/store/x"))
    assert first == second
    assert (tmp_path / "a" / BLOB).read_bytes() == (tmp_path / "b" / BLOB).read_bytes()


def test_members_are_sorted_and_roots_and_of_one_time(tmp_path: Path):
    made(tmp_path / "out", Tree(source=a_tree(tmp_path / "tree"), at="/nix/store/x"))
    found = members(tmp_path / "out")
    names = ["bin", "bin/alias", "bin/tool", "share", "share/doc", "share/doc/page"]
    assert list(found) == ["nix/store/x", *(f"nix/store/x/{name}" for name in names)]
    assert {(one.mtime, one.uid, one.gid, one.uname) for one in found.values()} == {(1, 0, 0, "")}
    assert found["nix/store/x/bin/tool"].mode == 0o555
    assert found["nix/store/x/bin/alias"].linkname == "tool"


def test_a_folder_stands_before_what_is_in_it_and_beside_names_that_sort_between(tmp_path: Path):
    tree = tmp_path / "tree"
    (tree / "a").mkdir(parents=True)
    (tree / "a/file").write_text("")
    (tree / "a-b").write_text("")
    made(tmp_path / "out", Tree(source=tree, at="x"))
    names = list(members(tmp_path / "out"))
    assert names.index("x/a") < names.index("x/a/file")


def test_the_digest_is_that_of_the_blob_and_the_content(tmp_path: Path):
    layer = made(tmp_path / "out", Tree(source=a_tree(tmp_path / "tree"), at="x"))
    blob = (tmp_path / "out" / BLOB).read_bytes()
    content = gzip.decompress(blob)
    assert (layer.sha256, layer.size) == (hashlib.sha256(blob).hexdigest(), len(blob))
    assert (layer.content_sha256, layer.content_size) == (hashlib.sha256(content).hexdigest(), len(content))
    assert Layer.read(tmp_path / "out") == layer


def test_gzip_names_neither_a_time_nor_a_system(tmp_path: Path):
    made(tmp_path / "out", Tree(source=a_tree(tmp_path / "tree"), at="x"))
    header = (tmp_path / "out" / BLOB).read_bytes()[:10]
    assert header[4:8] == bytes(4)
    assert header[9] == 3  # what zlib writes on any Unix; Python's own gzip wrote 255 once


def test_what_is_omitted_is_left_out_with_all_in_it(tmp_path: Path):
    made(tmp_path / "out", Tree(source=a_tree(tmp_path / "tree"), at="x", omit=("share/d*", "bin/alias")))
    assert list(members(tmp_path / "out")) == ["x", "x/bin", "x/bin/tool", "x/share"]


def test_a_pattern_that_matches_nothing_is_an_error(tmp_path: Path):
    tree = a_tree(tmp_path / "tree")
    with pytest.raises(InvalidImage, match=r"has nothing that usr/share/man matches"):
        made(tmp_path / "out", Tree(source=tree, at="x", omit=("usr/share/man", "share/doc")))


def test_two_things_of_one_path_are_an_error(tmp_path: Path):
    tree = Tree(source=a_tree(tmp_path / "tree"), at="x")
    with pytest.raises(InvalidImage, match=r"two things of one layer are /x/bin"):
        made(tmp_path / "out", tree, entries=[ImageEntry(path="/x/bin", kind=EntryKind.FOLDER)])


def test_entries_are_folders_links_and_files(tmp_path: Path):
    entries = [
        ImageEntry(path="tmp", kind=EntryKind.FOLDER, mode=0o1777),
        ImageEntry(path="src", kind=EntryKind.FOLDER, owner=1000),
        ImageEntry(path="bin/sh", kind=EntryKind.LINK, text="/nix/store/y/bin/bash"),
        ImageEntry(path="etc/passwd", kind=EntryKind.FILE, text="root:x:0:0::/:/bin/sh\n", mode=0o644),
    ]
    made(tmp_path / "out", entries=entries)
    found = members(tmp_path / "out")
    assert (found["tmp"].mode, found["tmp"].isdir()) == (0o1777, True)
    assert (found["src"].uid, found["src"].gid) == (1000, 1000)
    assert (found["bin/sh"].issym(), found["bin/sh"].linkname) == (True, "/nix/store/y/bin/bash")
    with tarfile.open(tmp_path / "out" / BLOB) as archive:
        file = archive.extractfile("etc/passwd")
        assert isinstance(file, io.BufferedIOBase)
        assert file.read() == b"root:x:0:0::/:/bin/sh\n"


def test_a_file_alone_and_long_names_are_kept(tmp_path: Path):
    file = tmp_path / "file"
    file.write_text("x")
    made(tmp_path / "out", Tree(source=file, at=f"etc/{'long/' * 60}näme"))
    assert list(members(tmp_path / "out")) == [f"etc/{'long/' * 60}näme"]


def test_store_paths_that_entries_name_are_told(tmp_path: Path):
    one, other = (f"/nix/store/{letter * 32}-tool-1.2" for letter in "ab")
    entries = [
        ImageEntry(path="bin/sh", kind=EntryKind.LINK, text=f"{one}/bin/sh"),
        ImageEntry(path="x", kind=EntryKind.FILE, text=f"#!{other}/bin/x\n{one}."),
    ]
    assert made(tmp_path / "out", entries=entries).named == (one, other)


def test_no_other_text_is_a_store_path():
    assert store_paths("/nix/store /nix/store/short-name /nix/storeaaa") == frozenset()


def test_the_rest_is_what_was_left_out_with_the_folders_above(tmp_path: Path):
    tree, omit = a_tree(tmp_path / "tree"), ("share/d*", "bin/alias")
    made(tmp_path / "out", Tree(source=tree, at="x", omit=omit, is_rest=True))
    assert list(members(tmp_path / "out")) == [
        "x",
        "x/bin",
        "x/bin/alias",
        "x/share",
        "x/share/doc",
        "x/share/doc/page",
    ]
    made(tmp_path / "less", Tree(source=tree, at="x", omit=omit))
    made(tmp_path / "all", Tree(source=tree, at="x"))
    assert members(tmp_path / "out").keys() | members(tmp_path / "less").keys() == members(tmp_path / "all").keys()
