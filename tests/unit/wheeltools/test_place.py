from __future__ import annotations

import errno
import os
import tempfile
from typing import TYPE_CHECKING, NoReturn

import pytest

from wasmwright.wheeltools import place
from wasmwright.wheeltools.errors import FolderRefused, NoWorkSpace

if TYPE_CHECKING:
    from pathlib import Path


def refuse(*_: object, **__: object) -> NoReturn:
    raise OSError(errno.EROFS, os.strerror(errno.EROFS))


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with place.writable(tmp_path / "dist"):
        assert list((tmp_path / "dist").iterdir()) == []
    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    with (
        pytest.raises(FolderRefused, match=r"cannot write .*dist: Read-only file system") as caught,
        place.writable(tmp_path / "dist"),
    ):
        pass
    assert "--out" in (caught.value.hint or "")


def test_a_folder_that_was_made_for_nothing_goes(tmp_path: Path):
    for name in ("made", "kept", "there"):
        folder = tmp_path / name
        if name == "there":
            folder.mkdir()
        with place.writable(folder):
            if name == "kept":
                (folder / "a.whl").touch()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kept", "there"]


def test_the_work_folder_is_gone_in_the_end():
    with place.work_folder() as folder:
        (folder / "x").touch()
    assert not folder.exists()


def test_no_work_folder_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tempfile, "mkdtemp", refuse)
    with pytest.raises(NoWorkSpace, match="Read-only"), place.work_folder():
        pass


def test_publishing_leaves_the_old_file_where_it_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    file, folder = tmp_path / "a.whl", tmp_path / "dist"
    folder.mkdir()
    (folder / "a.whl").write_text("old")
    file.write_text("new")
    with monkeypatch.context() as patch:
        patch.setattr(place.shutil, "copyfile", refuse)
        with pytest.raises(FolderRefused, match="Read-only"):
            place.publish(file, folder)
    assert [path.name for path in folder.iterdir()] == ["a.whl"]
    assert place.publish(file, folder).read_text() == "new"
    assert [path.name for path in folder.iterdir()] == ["a.whl"]
