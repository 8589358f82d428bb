"""Hostile and broken source archives, made here."""

from __future__ import annotations

import io
import stat
import tarfile
import zipfile
from typing import TYPE_CHECKING

import pytest

from wasmwright import limits
from wasmwright.failure import WasmwrightError
from wasmwright.limits import Limit, LimitExceeded
from wasmwright.tars import BrokenTar
from wasmwright.unpacking import EARLIEST, UnsafeSource, unpack_archive
from wasmwright.zips import BrokenZip

if TYPE_CHECKING:
    from pathlib import Path

LINK, HARD_LINK, FOLDER = tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE


def member(name: str, content: bytes = b"", *, kind: bytes = tarfile.REGTYPE, to: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname, info.size, info.mtime = kind, to, len(content), 1_700_000_000
    info.pax_headers = {"content": content.decode("latin-1")} if content else {}
    return info


def tarred(path: Path, *members: tarfile.TarInfo) -> Path:
    with tarfile.open(path, "w:gz") as tar:
        for info in members:
            tar.addfile(info, io.BytesIO(info.pax_headers.pop("content", "").encode("latin-1")))
    return path


def zipped(path: Path, *members: tuple[str, int, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, mode, content in members:
            info = zipfile.ZipInfo(name, (2020, 1, 2, 3, 4, 6))
            info.create_system, info.external_attr = 3, mode << 16
            archive.writestr(info, content)
    return path


@pytest.fixture
def into(tmp_path: Path) -> Path:
    folder = tmp_path / "top" / "into"
    folder.mkdir(parents=True)
    return folder


def test_zip_keeps_programs_links_and_times(tmp_path: Path, into: Path):
    archive = zipped(
        tmp_path / "a.zip",
        ("a/configure", stat.S_IFREG | 0o755, b"#!x"),
        ("a/x.c", stat.S_IFREG | 0o640, b"x"),
        ("a/link", stat.S_IFLNK | 0o777, b"sub/y.c"),
        ("a/sub/", stat.S_IFDIR | 0o755, b""),
        ("a/sub/y.c", 0, b"y"),
    )
    assert unpack_archive(archive, into, name="a.zip") is None
    modes = [(into / "a" / name).stat().st_mode & 0o777 for name in ("configure", "x.c", "sub/y.c")]
    assert modes == [0o755, 0o644, 0o644]
    assert (into / "a/link").readlink().as_posix() == "sub/y.c"
    assert (into / "a/x.c").stat().st_mtime == 1577934246


def test_tar_keeps_the_same_and_hard_links(tmp_path: Path, into: Path):
    program = member("./a/run", b"run")
    program.mode = 0o711
    archive = tarred(
        tmp_path / "a.tar.gz",
        program,
        member("a/run2", kind=HARD_LINK, to="a/run"),
        member("a/link", kind=LINK, to="../a/run"),
        member("a/run", b"later"),
    )
    assert unpack_archive(archive, into, name="a.tar.gz") == 1_700_000_000
    assert (into / "a/run").read_bytes() == (into / "a/link").read_bytes() == b"later"
    assert (into / "a/run2").read_bytes() == b"run"
    assert (into / "a/run2").stat().st_mtime == 1_700_000_000


@pytest.mark.parametrize("when", [float("nan"), float("inf"), -1.0, 0.0, 1e18, 1e300])
def test_times_that_no_wheel_can_have_are_none(tmp_path: Path, into: Path, when: float):
    info = member("x")
    info.pax_headers = {"mtime": repr(when)}
    with tarfile.open(tmp_path / "a.tar", "w", format=tarfile.PAX_FORMAT) as tar:
        tar.addfile(info)
    assert unpack_archive(tmp_path / "a.tar", into, name="a.tar") is None
    assert (into / "x").stat().st_mtime == EARLIEST


def test_tar_with_a_zip_at_its_end_is_a_tar(tmp_path: Path, into: Path):
    archive = tarred(tmp_path / "a.tar.gz", member("tar", b"x"))
    with archive.open("ab") as file:
        file.write(zipped(tmp_path / "b.zip", ("zip", 0, b"")).read_bytes())
    unpack_archive(archive, into, name="a.tar.gz")
    assert [path.name for path in into.iterdir()] == ["tar"]


DEVICE = "is a device or a pipe"
UNSAFE = {
    "above": ([member("a/../../evil")], "`a/../../evil` would be unpacked outside the archive's own folder"),
    "absolute": ([member("/evil")], "outside the archive's own folder"),
    "link above": ([member("l", kind=LINK, to="../x")], "`l` is a link to `../x`, outside the archive's own folder"),
    "absolute link": ([member("l", kind=LINK, to="/x")], "is a link to `/x`, which is on no machine the same"),
    "empty link": ([member("l", kind=LINK)], "is a link to nothing"),
    "through a link": (
        [member("d", kind=FOLDER), member("l", kind=LINK, to="d"), member("l/x", b"x")],
        "`l/x` would lie below `l`, which is a link",
    ),
    "links that lead out together": (
        [
            member("d/e", kind=FOLDER),
            member("d/e/l", kind=LINK, to="../.."),
            member("m", kind=LINK, to="d/e/l/../x"),
        ],
        "`m` is a link to `d/e/l/../x`, outside the archive's own folder",
    ),
    "hard link above": ([member("l", kind=HARD_LINK, to="../top/x")], "outside the archive's own folder"),
    "hard link to nothing": (
        [member("l", kind=HARD_LINK, to="x")],
        "is a hard link to `x`, which is no file before it",
    ),
    "hard link to itself": ([member("l", kind=HARD_LINK, to="l")], "is a hard link to `l`"),
    "hard link through a link": (
        [member("l", kind=LINK, to="x"), member("h", kind=HARD_LINK, to="l")],
        "is a hard link to `l`, which is no file before it",
    ),
    "file below a file": ([member("a", b"x"), member("a/b", b"x")], "`a/b` would lie below `a`, which is a file"),
    "file and folder": ([member("a", kind=FOLDER), member("a", b"x")], "`a` is a folder too"),
    "long name": ([member("a/" + "n" * 300)], "has a name that no file can have"),
    "device": ([member("d", kind=tarfile.CHRTYPE)], DEVICE),
    "block device": ([member("d", kind=tarfile.BLKTYPE)], DEVICE),
    "pipe": ([member("d", kind=tarfile.FIFOTYPE)], DEVICE),
}


@pytest.mark.parametrize("fault", UNSAFE)
def test_unsafe_member_is_named_with_what_is_wrong(tmp_path: Path, into: Path, fault: str):
    members, told = UNSAFE[fault]
    archive = tarred(tmp_path / "a.tar.gz", member("good", b"x"), *(copied(info) for info in members))
    with pytest.raises(UnsafeSource) as caught:
        unpack_archive(archive, into, name="a.tar.gz")
    assert str(caught.value).startswith("a.tar.gz: the member `")
    assert told in str(caught.value)
    assert ("compare its hash" in str(caught.value.hint)) == ("outside" in told)
    assert [path.name for path in into.parent.iterdir()] == ["into"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.tar.gz", "top"]


def copied(info: tarfile.TarInfo) -> tarfile.TarInfo:
    return member(info.name, b"x" * info.size, kind=info.type, to=info.linkname)


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (("../evil", 0, b""), "outside the archive's own folder"),
        (("/evil", 0, b""), "outside the archive's own folder"),
        (("l", stat.S_IFLNK, b"../../x"), "is a link to `../../x`, outside"),
        (("l", stat.S_IFLNK, b"/etc/passwd"), "which is on no machine the same"),
        (("p", stat.S_IFIFO, b""), DEVICE),
        (("n" * 300, 0, b""), "a name that no file can have"),
    ],
)
def test_unsafe_member_of_a_zip(tmp_path: Path, into: Path, entry: tuple[str, int, bytes], told: str):
    with pytest.raises(UnsafeSource) as caught:
        unpack_archive(zipped(tmp_path / "a.zip", entry), into, name="a.zip")
    assert told in str(caught.value)
    assert not any(into.iterdir())


def test_broken_archives_are_told(tmp_path: Path, into: Path):
    whole = tarred(tmp_path / "a.tar.gz", member("x", b"x" * 5000)).read_bytes()
    (tmp_path / "a.tar.gz").write_bytes(whole[:-20])
    with pytest.raises(BrokenTar, match=r"a\.tar\.gz: .*ended before"):
        unpack_archive(tmp_path / "a.tar.gz", into, name="a.tar.gz")
    (tmp_path / "a.tar.gz").write_text("<html>")
    with pytest.raises(BrokenTar, match=r"it is not a tar archive"):
        unpack_archive(tmp_path / "a.tar.gz", into, name="a.tar.gz")
    content = bytearray(zipped(tmp_path / "a.zip", ("x", 0, b"0123456789" * 10)).read_bytes())
    content[35] ^= 0xFF
    (tmp_path / "a.zip").write_bytes(content)
    with pytest.raises(BrokenZip, match=r"a\.zip: the file `x` in it"):
        unpack_archive(tmp_path / "a.zip", into, name="a.zip")
    content = bytearray(zipped(tmp_path / "a.zip", ("x", 0, b"0")).read_bytes())
    content[6] |= 1
    content[content.index(b"PK\1\2") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(content)
    with pytest.raises(BrokenZip, match="is encrypted"):
        unpack_archive(tmp_path / "a.zip", into, name="a.zip")


def test_hard_links_count_as_the_files_they_are(tmp_path: Path, into: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "UNPACKED_SIZE", Limit(name="size", most=25_000))
    links = [member(f"l{number}", kind=HARD_LINK, to="x") for number in range(3)]
    with pytest.raises(LimitExceeded, match="size"):
        unpack_archive(tarred(tmp_path / "a.tar.gz", member("x", b"x" * 10_000), *links), into, name="a.tar.gz")


def test_what_cannot_be_written_is_told(tmp_path: Path, into: Path):
    deep = "/".join(["n" * 200] * 20)
    with pytest.raises(WasmwrightError, match=r"a\.tar\.gz: the member `.*` cannot be written: File name too long"):
        unpack_archive(tarred(tmp_path / "a.tar.gz", member(f"{deep}/{'n' * 70}", b"x")), into, name="a.tar.gz")
