from __future__ import annotations

import io
import tarfile
from typing import TYPE_CHECKING

import pytest

from wasmwright.sources.storepath import program_nar_sha256
from wasmwright.sources.tree import NotATree, nar_hash, unpack_tree
from wasmwright.unpacking import UnsafeSource

if TYPE_CHECKING:
    from pathlib import Path


def make_tree(folder: Path) -> Path:
    """A folder with all that an archive may tell apart."""
    top = folder / "top"
    (top / "b").mkdir(parents=True)
    (top / "empty").mkdir()
    (top / "b" / "text").write_text("hello\n")
    (top / "b.c").write_bytes(b"12345678")
    (top / "run").write_text("#!x\n")
    (top / "run").chmod(0o755)
    (top / "link").symlink_to("b/text")
    return top


def test_hash_is_what_nix_gives(tmp_path: Path):
    # `nix hash path --base16` of the same folder, and `nix path-info --size` of it in the store.
    sha256, size = nar_hash(make_tree(tmp_path))
    assert sha256 == "1baa15137a87c37f3a940c09ea167428e3ecccd8b6fc8a2b3e5cd9f79070db91"
    assert size == 1232


def test_hash_is_the_one_of_the_first_shell(tmp_path: Path):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "prog").write_bytes(b"#!x\n")
    (tmp_path / "bin" / "prog").chmod(0o755)
    assert nar_hash(tmp_path)[0] == program_nar_sha256("prog", b"#!x\n")


@pytest.mark.parametrize("form", ["gz", "xz"])
def test_compression_and_owners_do_not_count(tmp_path: Path, form: str):
    top = make_tree(tmp_path)
    path = tmp_path / "x.tar"
    with tarfile.open(path, f"w:{form}") as tar:  # type: ignore[call-overload]
        tar.add(top, "other-name")
    assert nar_hash(unpack_tree(path, tmp_path / "unpacked")) == nar_hash(top)


@pytest.mark.parametrize(
    ("members", "message"),
    [
        (["top/a", "other/b"], "holds 2 things at its top, not one folder"),
        (["file"], "holds 1 things at its top"),
        (["../out"], "outside the archive's own folder"),
        ([], "holds 0 things"),
    ],
)
def test_archives_of_something_else(tmp_path: Path, members: list[str], message: str):
    path = tmp_path / "x.tar"
    with tarfile.open(path, "w") as tar:
        for name in members:
            tar.addfile(tarfile.TarInfo(name), io.BytesIO())
    with pytest.raises((NotATree, UnsafeSource), match=message):
        unpack_tree(path, tmp_path / "unpacked")
    assert not (tmp_path.parent / "out").exists()


def test_page_instead_of_an_archive(tmp_path: Path):
    path = tmp_path / "x.tar"
    path.write_text("<html>please log in</html>")
    with pytest.raises(NotATree, match=r"x\.tar cannot be unpacked"):
        unpack_tree(path, tmp_path / "unpacked")
