from __future__ import annotations

import errno
import shutil
from typing import TYPE_CHECKING

import pytest

from wasmwright.environment.errors import OutputInTheWay
from wasmwright.environment.placing import check_place, place
from wasmwright.errors import AccessDenied
from wasmwright.outputs.manifest import FILE, write_manifest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def built(tmp_path: Path) -> Path:
    folder = tmp_path / "built"
    (folder / "wheels").mkdir(parents=True)
    (folder / "wheels/a.whl").write_bytes(b"a")
    (folder / "index.html").write_text("new")
    write_manifest(folder, kind="dist", profile="p")
    (folder / "index.html").chmod(0o444)
    return folder


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_an_output_is_copied_and_can_be_written(tmp_path: Path, built: Path):
    out = tmp_path / "deep/out"
    check_place(out, force=False)
    place(built, out)
    assert files(out) == {FILE, "wheels/a.whl", "index.html"}
    (out / "index.html").write_text("mine")
    assert [path.name for path in out.parent.iterdir()] == ["out"]


def test_an_empty_folder_is_taken(tmp_path: Path, built: Path):
    out = tmp_path / "out"
    out.mkdir()
    check_place(out, force=False)
    place(built, out)
    assert (out / "index.html").read_text() == "new"


def test_an_output_that_is_there_is_replaced_with_force_alone(tmp_path: Path, built: Path):
    out = tmp_path / "out"
    place(built, out)
    with pytest.raises(OutputInTheWay, match=r"holds an output already: 3 files, such as index\.html"):
        check_place(out, force=False)
    check_place(out, force=True)
    (built / "wheels/a.whl").unlink()
    place(built, out)
    assert files(out) == {FILE, "index.html"}


@pytest.mark.parametrize("force", [False, True])
def test_what_is_not_ours_stays(tmp_path: Path, built: Path, *, force: bool):
    out = tmp_path / "out"
    place(built, out)
    (out / "wheels/thesis.txt").write_text("years of work")
    with pytest.raises(OutputInTheWay, match=r"what is not ours: wheels/thesis\.txt"):
        check_place(out, force=force)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"files": 1}', '{"files": [{"path": 1}]}', "\udcff"])
def test_a_folder_with_a_broken_manifest_is_not_ours(tmp_path: Path, text: str):
    out = tmp_path / "out"
    out.mkdir()
    (out / FILE).write_text(text, errors="surrogateescape")
    with pytest.raises(OutputInTheWay, match="what is not ours"):
        check_place(out, force=True)


def test_a_file_and_a_link_are_in_the_way(tmp_path: Path):
    (tmp_path / "file").write_text("")
    (tmp_path / "link").symlink_to(tmp_path)
    for name in "file", "link":
        with pytest.raises(OutputInTheWay, match="is no folder"):
            check_place(tmp_path / name, force=True)


def test_nothing_half_written_is_left(tmp_path: Path, built: Path, monkeypatch: pytest.MonkeyPatch):
    out = tmp_path / "out"
    place(built, out)
    (out / "index.html").write_text("old")

    def full(_source: Path, target: Path) -> None:
        target.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device", "/other")

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(OSError, match="No space left") as caught:
        place(built, out)
    assert caught.value.filename == str(out)
    assert (out / "index.html").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["built", "out"]


def test_where_nothing_can_be_made_is_told(tmp_path: Path, built: Path, monkeypatch: pytest.MonkeyPatch):
    def refused(_source: Path, _target: Path) -> None:
        raise OSError(errno.ENOENT, "No such file or directory", "/proc/.x.part")

    monkeypatch.setattr(shutil, "copyfile", refused)
    with pytest.raises(AccessDenied, match="out cannot be written: No such file or directory") as caught:
        place(built, tmp_path / "out")
    assert caught.value.hint == "give another folder with --out"


def test_an_interruption_between_the_renames_brings_the_old_one_back(
    tmp_path: Path, built: Path, monkeypatch: pytest.MonkeyPatch
):
    out = tmp_path / "out"
    place(built, out)
    (out / "index.html").write_text("old")
    rename = type(out).rename

    def interrupted(self: Path, target: Path) -> Path:
        if self.name.endswith(".part"):
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(type(out), "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        place(built, out)
    assert (out / "index.html").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["built", "out"]
