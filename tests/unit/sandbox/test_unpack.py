from __future__ import annotations

import io
import tarfile
import zipfile
from typing import TYPE_CHECKING

import pytest

from wasmwright.sandbox.attributes import Place
from wasmwright.sandbox.unpack import unpack, unpack_all
from wasmwright.unpacking import EARLIEST, UnsafeSource

if TYPE_CHECKING:
    from pathlib import Path


def make_tar(path: Path, members: dict[str, str], *, mtime: int = 1_700_000_000) -> Path:
    with tarfile.open(path, "w:gz") as tar:
        for name, target in members.items():
            member = tarfile.TarInfo(name)
            member.mtime = mtime
            if target:
                member.type, member.linkname = tarfile.SYMTYPE, target
                tar.addfile(member)
            else:
                member.size = 1
                tar.addfile(member, io.BytesIO(b"x"))
    return path


def test_top_folder_and_newest_member(tmp_path: Path):
    archive = make_tar(tmp_path / "a.tar.gz", {"a-1/x.c": "", "a-1/sub/y.c": ""})
    top, epoch = unpack(archive, tmp_path / "into")
    assert top == tmp_path / "into" / "a-1"
    assert epoch == 1_700_000_000
    assert (top / "sub/y.c").read_text() == "x"


def test_members_without_a_common_folder(tmp_path: Path):
    top, _ = unpack(make_tar(tmp_path / "a.tar.gz", {"x": "", "y": ""}), tmp_path / "into")
    assert top == tmp_path / "into"


def test_no_date_before_zip_can_hold_it(tmp_path: Path):
    _, epoch = unpack(make_tar(tmp_path / "a.tar.gz", {"x": ""}, mtime=0), tmp_path / "into")
    assert epoch == EARLIEST


@pytest.mark.parametrize("name", ["../evil", "a/../../evil"])
def test_member_outside_is_named(tmp_path: Path, name: str):
    archive = make_tar(tmp_path / "a.tar.gz", {"a/ok": "", name: ""})
    with pytest.raises(UnsafeSource, match=r"a\.tar\.gz: the member `.*evil` would be unpacked outside"):
        unpack(archive, tmp_path / "into")
    assert not (tmp_path / "evil").exists()


def test_link_outside_is_named(tmp_path: Path):
    with pytest.raises(UnsafeSource, match="`a/link`"):
        unpack(make_tar(tmp_path / "a.tar.gz", {"a/link": "../../../etc/passwd"}), tmp_path / "into")


@pytest.mark.parametrize("name", ["../evil", "/evil"])
def test_zip_member_outside_is_named(tmp_path: Path, name: str):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as zipped:
        zipped.writestr(name, "x")
    with pytest.raises(UnsafeSource, match="evil"):
        unpack(tmp_path / "a.zip", tmp_path / "into")


def test_further_sources_go_to_their_places(tmp_path: Path):
    own = make_tar(tmp_path / "a.tar.gz", {"a-1/x.c": "", "a-1/third_party/x.c": ""})
    module = make_tar(tmp_path / "b.tar.gz", {"b-2/y.c": ""}, mtime=1_800_000_000)
    data = tmp_path / "table.txt"
    data.write_text("1")
    sources = [
        Place(path=own),
        Place(path=module, into="third_party/b"),
        Place(path=data, into="data/table.txt", unpack=False),
    ]
    top, epoch = unpack_all(sources, tmp_path / "into")
    assert (top / "third_party/x.c").exists()
    assert (top / "third_party/b/y.c").exists()
    assert (top / "data/table.txt").read_text() == "1"
    assert epoch == 1_800_000_000


def test_further_source_in_the_place_of_a_file_is_told(tmp_path: Path):
    own = make_tar(tmp_path / "a.tar.gz", {"a-1/x.c": ""})
    module = make_tar(tmp_path / "b.tar.gz", {"b-2/y.c": ""})
    for number, into in enumerate(("x.c", "x.c/b")):
        sources = [Place(path=own), Place(path=module, into=into)]
        with pytest.raises(UnsafeSource, match=rf"a\.tar\.gz: `{into}`, where b\.tar\.gz goes, is taken by a file"):
            unpack_all(sources, tmp_path / f"into{number}")


def test_a_folder_is_copied_and_may_be_changed(tmp_path: Path):
    tree = tmp_path / "tree"
    (tree / "sub").mkdir(parents=True)
    (tree / "sub/x.c").write_text("x")
    (tree / "sub/x.c").chmod(0o444)
    (tree / "sub").chmod(0o555)
    top, epoch = unpack(tree, tmp_path / "into")
    (top / "sub/x.c").write_text("patched")
    (top / "sub/new.c").write_text("y")
    assert epoch == EARLIEST


def test_no_source_goes_where_a_link_leads(tmp_path: Path):
    own = make_tar(tmp_path / "a.tar.gz", {"a-1/x.c": "", "a-1/sub/": "", "a-1/link": "sub/../.."})
    top, _ = unpack(own, tmp_path / "look")
    assert (top / "link").is_symlink()
    data = tmp_path / "data"
    data.write_text("1")
    sources = [Place(path=own), Place(path=data, into="link/evil", unpack=False)]
    with pytest.raises(UnsafeSource, match="a link in it leads `link/evil`"):
        unpack_all(sources, tmp_path / "into")
