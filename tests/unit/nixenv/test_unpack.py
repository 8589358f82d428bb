from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest

from wasmwright.nixenv.unpack import prepare_root, unpack_deb
from wasmwright.tars import BrokenTar


def member(
    name: str, content: bytes = b"", *, mode: int = 0o644, kind: bytes = tarfile.REGTYPE, link: str = ""
) -> tuple[tarfile.TarInfo, bytes]:
    info = tarfile.TarInfo(name)
    info.type, info.mode, info.linkname, info.size = kind, mode, link, len(content)
    return info, content


def make_deb(path: Path, *members: tuple[tarfile.TarInfo, bytes]) -> Path:
    tarball = io.BytesIO()
    with tarfile.open(fileobj=tarball, mode="w:xz") as out:
        for info, content in members:
            out.addfile(info, io.BytesIO(content))
    # An odd size in front: ar pads to even offsets.
    parts = [("debian-binary", b"2.0"), ("data.tar.xz", tarball.getvalue())]
    archive = b"!<arch>\n"
    for name, content in parts:
        archive += f"{name:<16}{0:<12}{0:<6}{0:<6}{'100644':<8}{len(content):<10}`\n".encode()
        archive += content + b"\n" * (len(content) % 2)
    path.write_bytes(archive)
    return path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "root"
    root.mkdir()
    prepare_root(root)
    return root


def test_files_keep_content_and_mode(tmp_path: Path, root: Path):
    deb = make_deb(
        tmp_path / "a.deb",
        member("./usr/bin", kind=tarfile.DIRTYPE),
        member("./usr/bin/tool", b"run", mode=0o4755),
        member("./lib/data", b"x", mode=0o600),
        member("./usr/share/doc/a/copyright", b"unused"),
    )
    written = unpack_deb(deb, root)
    assert [str(path.relative_to(root)) for path in written] == ["usr/bin/tool", "lib/data"]
    assert (root / "usr/bin/tool").stat().st_mode & 0o7777 == 0o755
    assert (root / "usr/lib/data").read_bytes() == b"x"
    assert not (root / "usr/share").exists()


def test_links_stay_inside(tmp_path: Path, root: Path):
    deb = make_deb(
        tmp_path / "a.deb",
        member("./usr/lib/libx.so.1.0", b"elf"),
        member("./usr/lib/libx.so.1", kind=tarfile.SYMTYPE, link="libx.so.1.0"),
        member("./usr/bin/hard", kind=tarfile.LNKTYPE, link="./usr/lib/libx.so.1.0"),
        member("./usr/bin/alternative", kind=tarfile.SYMTYPE, link="/etc/alternatives/x"),
        member("./usr/bin/escape", kind=tarfile.SYMTYPE, link="../../../etc/passwd"),
    )
    unpack_deb(deb, root)
    assert (root / "usr/lib/libx.so.1").readlink() == Path("libx.so.1.0")
    assert (root / "usr/bin/hard").read_bytes() == b"elf"
    assert not (root / "usr/bin/alternative").is_symlink()
    assert not (root / "usr/bin/escape").is_symlink()


@pytest.mark.parametrize("name", ["../outside", "/outside", "usr/../../outside"])
def test_members_outside_are_refused(name: str, tmp_path: Path, root: Path):
    deb = make_deb(tmp_path / "evil.deb", member(name, b"evil"))
    with pytest.raises(BrokenTar, match=r"evil\.deb holds a member outside"):
        unpack_deb(deb, root)
    assert not (tmp_path / "outside").exists()


def test_writing_through_a_link_that_leads_outside_is_refused(tmp_path: Path, root: Path):
    (tmp_path / "outside").mkdir()
    (root / "usr/lib/trap").symlink_to(tmp_path / "outside")
    with pytest.raises(BrokenTar, match="leads outside"):
        unpack_deb(make_deb(tmp_path / "a.deb", member("usr/lib/trap/file", b"evil")), root)
    assert not list((tmp_path / "outside").iterdir())


@pytest.mark.parametrize("content", [b"", b"no archive", b"!<arch>\n"])
def test_other_files_are_no_packages(content: bytes, tmp_path: Path, root: Path):
    (tmp_path / "a.deb").write_bytes(content)
    with pytest.raises(BrokenTar, match=r"a\.deb is no Debian package"):
        unpack_deb(tmp_path / "a.deb", root)
