from __future__ import annotations

import io
import tarfile
from typing import TYPE_CHECKING

import pytest

from wasmwright.assemble.flangsource import FolderMissing, extract, main

if TYPE_CHECKING:
    from pathlib import Path


def archive(folder: Path, names: list[str]) -> Path:
    path = folder / "llvm.tar.gz"
    with tarfile.open(path, "w:gz") as opened:
        for name in names:
            member = tarfile.TarInfo(name)
            member.size, member.mode = 1, 0o755
            opened.addfile(member, io.BytesIO(b"x"))
    return path


def test_only_what_is_wanted_is_unpacked_without_the_top_folder(tmp_path: Path):
    path = archive(tmp_path, ["llvm/flang/runtime/a.cpp", "llvm/flang/runtimes/b.cpp", "llvm/clang/c.cpp"])
    extract(path, ["flang/runtime"], tmp_path / "out")
    files = [file for file in (tmp_path / "out").rglob("*") if file.is_file()]
    assert files == [tmp_path / "out/flang/runtime/a.cpp"]
    assert files[0].stat().st_mode & 0o777 == 0o644


def test_a_folder_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(FolderMissing, match=r"llvm\.tar\.gz has no flang/module"):
        extract(archive(tmp_path, ["llvm/flang/runtime/a"]), ["flang/runtime", "flang/module"], tmp_path / "out")


def test_the_program_tells_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    given = {"archive": archive(tmp_path, ["llvm/a/b"]), "members": "flang", "out": tmp_path / "out"}
    for name, value in given.items():
        monkeypatch.setenv(name, str(value))
    assert main() == FolderMissing.exit_code
    assert "has no flang" in capsys.readouterr().err
