from __future__ import annotations

import stat
import zipfile
from typing import TYPE_CHECKING

import pytest
from wheel_writer import write_wheel

from wasmwright import limits
from wasmwright.failure import WasmwrightError
from wasmwright.limits import LimitExceeded
from wasmwright.wheel.errors import InvalidWheel, UnsafeWheel
from wasmwright.wheel.inspect import is_shared_object, read_wheel

if TYPE_CHECKING:
    from pathlib import Path


def test_reads_a_wheel(tmp_path: Path):
    wheel = read_wheel(write_wheel(tmp_path, {"demo/b.so": b"b", "demo/a.so": b"a", "demo/x.py": b""}))
    assert wheel.extensions == ("demo/a.so", "demo/b.so")
    assert wheel.metadata["Name"] == "demo"
    assert wheel.wheel.get_all("Tag") == ["cp315-cp315-pyemscripten_2026_5_wasm32"]
    assert wheel.members["demo/a.so"].data == b"a"
    assert wheel.dist_info == "demo-1.0.dist-info"


def test_executables_and_folders(tmp_path: Path):
    path = write_wheel(tmp_path, {})
    with zipfile.ZipFile(path, "a") as archive:
        entry = zipfile.ZipInfo("demo-1.0.data/scripts/run")
        entry.external_attr = 0o755 << 16
        archive.writestr(entry, "#!python")
        archive.writestr(zipfile.ZipInfo("demo/"), "")
    wheel = read_wheel(path)
    assert wheel.members["demo-1.0.data/scripts/run"].is_executable
    assert "demo/" not in wheel.members


def test_name_and_folder_may_be_written_differently(tmp_path: Path):
    path = write_wheel(tmp_path, {}, name="de_mo")
    assert read_wheel(path.rename(tmp_path / "De.mo-1.0-py3-none-any.whl")).dist_info == "de_mo-1.0.dist-info"


def test_not_a_zip(tmp_path: Path):
    path = tmp_path / "demo-1.0-py3-none-any.whl"
    path.write_bytes(b"<html>404</html>")
    with pytest.raises(InvalidWheel, match=r"demo-1.0-py3-none-any.whl: it is not a zip archive"):
        read_wheel(path)


def test_missing_file(tmp_path: Path):
    with pytest.raises(InvalidWheel, match="cannot be read: No such file"):
        read_wheel(tmp_path / "demo-1.0-py3-none-any.whl")


def test_every_truncation_is_one_clear_error(tmp_path: Path):
    path = write_wheel(tmp_path, {"demo/x.py": b"x" * 50})
    data = path.read_bytes()
    for size in range(0, len(data), 7):
        path.write_bytes(data[:size])
        with pytest.raises(InvalidWheel):
            read_wheel(path)


def test_damaged_member_is_named(tmp_path: Path):
    path = write_wheel(tmp_path, {"demo/x.py": b"x" * 50})
    data = path.read_bytes()
    path.write_bytes(data.replace(b"x" * 50, b"x" * 49 + b"y"))
    with pytest.raises(InvalidWheel, match=r"the file `demo/x.py` in it cannot be read \(Bad CRC"):
        read_wheel(path)


@pytest.mark.parametrize("name", ["../x", "/x", "a/../x", "C:/x", "a\\x", "./x"])
def test_unsafe_members_are_refused(tmp_path: Path, name: str):
    path = tmp_path / "demo-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, "")
    with pytest.raises(UnsafeWheel):
        read_wheel(path)


@pytest.mark.parametrize("name", ["a\x1b[2J.so", "a\x9b2J", "a\u202etxt.py", "a\n.py", "a\x7f"])
def test_names_that_steer_terminals_are_refused_and_shown_harmless(tmp_path: Path, name: str):
    with pytest.raises(UnsafeWheel, match="has characters that steer a terminal") as caught:
        read_wheel(write_wheel(tmp_path, {name: b""}))
    assert str(caught.value).isprintable()


def test_a_file_that_is_a_folder_too(tmp_path: Path):
    with pytest.raises(InvalidWheel, match=r"the member `demo/x` is a file, and the folder of `demo/x/y.py`"):
        read_wheel(write_wheel(tmp_path, {"demo/x": b"", "demo/x-.py": b"", "demo/x/y.py": b""}))


def test_a_bomb_is_not_unpacked(tmp_path: Path):
    path = tmp_path / "bomb-1-py3-none-any.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x", bytes(100 << 20))
    with pytest.raises(LimitExceeded, match=r"bomb-1-py3-none-any.whl: size of an archive's files together"):
        read_wheel(path)


@pytest.mark.parametrize(("file", "limit"), [("METADATA", limits.METADATA_FIELDS), ("RECORD", limits.METADATA_SIZE)])
def test_documents_have_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, limit: limits.Limit):
    monkeypatch.setattr(limits, "METADATA_SIZE", limits.Limit(name=limits.METADATA_SIZE.name, most=200_000))
    path = write_wheel(tmp_path, {}, changed={f"demo-1.0.dist-info/{file}": b"a: b\n" * 50_000})
    with pytest.raises(LimitExceeded):
        read_wheel(path)
    small = write_wheel(tmp_path, {}, changed={f"demo-1.0.dist-info/{file}": b"a: b\n" * 30_000})
    if limit is limits.METADATA_FIELDS:
        with pytest.raises(LimitExceeded, match="lines before the text"):
            read_wheel(small)
    else:
        assert read_wheel(small)


@pytest.mark.parametrize("info", ["demo-1.dist-info", "Demo-1.0.0.dist-info", "demo-v1.0.dist-info"])
def test_another_spelling_of_the_metadata_folder(tmp_path: Path, info: str):
    files = {f"{info}/{name}": b"" for name in ("METADATA", "WHEEL", "RECORD")}
    plain = dict.fromkeys(f"demo-1.0.dist-info/{name}" for name in ("METADATA", "WHEEL", "RECORD"))
    assert read_wheel(write_wheel(tmp_path, {}, changed={**plain, **files})).dist_info == info


@pytest.mark.parametrize(
    ("name", "is_one"),
    [("a/x.so", True), ("libx.so.1.2", True), ("x.sos", False), ("x.so.py", False), ("x.so.²", False)],
)
def test_shared_objects(name: str, is_one: bool):  # noqa: FBT001 - a case
    assert is_shared_object(name) is is_one


def test_symbolic_links_are_refused(tmp_path: Path):
    path = write_wheel(tmp_path, {})
    with zipfile.ZipFile(path, "a") as archive:
        entry = zipfile.ZipInfo("demo/link")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    with pytest.raises(UnsafeWheel, match="symbolic link"):
        read_wheel(path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_duplicate_members_are_refused(tmp_path: Path):
    path = write_wheel(tmp_path, {"demo/x.py": b"1"})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("demo/x.py", b"2")
    with pytest.raises(InvalidWheel, match=r"`demo/x.py` is there twice"):
        read_wheel(path)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"demo-1.0.dist-info/WHEEL": None}, "lacks WHEEL"),
        ({"other-1.0.dist-info/WHEEL": b""}, "it has 2 folders"),
        (dict.fromkeys(("demo-1.0.dist-info/METADATA", "demo-1.0.dist-info/WHEEL")), "lacks METADATA, WHEEL"),
    ],
)
def test_metadata_folder_must_be_whole(tmp_path: Path, changed: dict[str, bytes | None], message: str):
    with pytest.raises(InvalidWheel, match=message):
        read_wheel(write_wheel(tmp_path, {}, changed=changed))


def test_metadata_of_another_wheel(tmp_path: Path):
    path = write_wheel(tmp_path, {}).rename(tmp_path / "demo-2.0-py3-none-any.whl")
    with pytest.raises(WasmwrightError, match="belongs to another wheel"):
        read_wheel(path)
