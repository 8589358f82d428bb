from __future__ import annotations

import os
import tarfile
from typing import TYPE_CHECKING

import pytest

from wasmwright.errors import InvalidRecipe
from wasmwright.sources import projectfiles
from wasmwright.sources.folder import archive
from wasmwright.sources.projectfiles import ProjectFiles, project_files

if TYPE_CHECKING:
    from pathlib import Path

    from wasmwright.sources.folder import Archive


@pytest.fixture(autouse=True)
def _no_git(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(projectfiles, "_tracked", lambda _: "")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    for name in ("pyproject.toml", "src/a.f90", "src/run.sh"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    (folder / "src/run.sh").chmod(0o755)
    return folder


def archived(folder: Path, into: str = "out", *without: str) -> Archive:
    return archive(folder, name="x", version="1", into=folder.parent / into, without=without)


def test_archive_is_named_after_the_package(project: Path):
    made = archived(project)
    assert made.names == {"pyproject.toml", "src/a.f90", "src/run.sh"}
    with tarfile.open(made.path) as tar:
        assert tar.getnames() == ["x-1/pyproject.toml", "x-1/src/a.f90", "x-1/src/run.sh"]
    source = made.source
    assert (source.file, source.purl, source.size) == ("x-1.tar.gz", "pkg:generic/x@1", made.path.stat().st_size)


def test_same_bytes_for_the_same_files(project: Path):
    before = archived(project, "one")
    (project / "src/a.f90").touch()
    content = (project / "src/run.sh").read_text()
    (project / "src/run.sh").unlink()
    # Another name of the file elsewhere, as some caches keep: nobody sees that in the content.
    (project.parent / "cached").write_text(content)
    (project.parent / "cached").chmod(0o755)
    os.link(project.parent / "cached", project / "src/run.sh")
    after = archived(project, "two")
    assert before.path.read_bytes() == after.path.read_bytes()
    assert before.source == after.source
    with tarfile.open(after.path) as tar:
        assert {member.name: member.mode for member in tar}["x-1/src/run.sh"] == 0o755


def test_two_names_of_one_file_are_two_files(project: Path):
    os.link(project / "src/a.f90", project / "src/b.f90")
    with tarfile.open(archived(project).path) as tar:
        assert all(member.isfile() for member in tar if member.name.endswith(".f90"))


def test_what_belongs_to_the_recipe_makes_no_other_source(project: Path):
    before = archived(project, "one", "lock.json")
    (project / "lock.json").write_text("{}")
    assert archived(project, "two", "lock.json").source == before.source


def test_bytes_of_names_stay_what_they_are(project: Path):
    (project / os.fsdecode(b"caf\xe9.c")).write_text("int x;\n")
    (project / "caf\N{LATIN SMALL LETTER E WITH ACUTE}.c").write_text("int y;\n")
    with tarfile.open(archived(project).path) as tar:
        names = {os.fsencode(name) for name in tar.getnames()}
    assert {b"x-1/caf\xe9.c", b"x-1/caf\xc3\xa9.c"} <= names


def test_links_are_links(project: Path):
    (project / "include").symlink_to("src")
    with tarfile.open(archived(project).path) as tar:
        link = tar.getmember("x-1/include")
    assert (link.issym(), link.linkname) == (True, "src")


def test_a_file_that_cannot_be_read_is_named(project: Path, monkeypatch: pytest.MonkeyPatch):
    (project / "gone.c").touch()
    real = project_files

    def then_gone(folder: Path) -> ProjectFiles:
        found = real(folder)
        (project / "gone.c").unlink()
        return found

    monkeypatch.setattr("wasmwright.sources.folder.project_files", then_gone)
    with pytest.raises(InvalidRecipe, match=r"gone\.c cannot be read: No such file or directory"):
        archived(project)


@pytest.mark.parametrize("special", ["/proc/self/status", "/proc/self/mem", "/sys/devices/system/cpu/online"])
def test_what_has_not_the_size_that_it_says_is_named(project: Path, special: str):
    (project / "src/link").symlink_to(special)
    with pytest.raises(InvalidRecipe, match=r"/(proc|sys)/.* (size|cannot be read)"):
        archived(project)
