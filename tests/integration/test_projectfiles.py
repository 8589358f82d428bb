"""Which files of a git repository are a project's, by the real git."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from wasmwright.process import run
from wasmwright.sources.projectfiles import project_files

if TYPE_CHECKING:
    from pathlib import Path


def git(folder: Path, *arguments: str) -> None:
    settings = ["-c", "user.name=x", "-c", "user.email=x@x", "-c", "protocol.file.allow=always"]
    run(["git", *settings, *arguments], env=os.environ, cwd=folder)


def repository(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    git(folder, "init", "-q")
    git(folder, "add", "--all")
    git(folder, "commit", "-q", "-m", "x")
    return folder


def taken(folder: Path) -> set[str]:
    return {member.name for member in project_files(folder).members}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project that ignores a folder, with a file that nobody added yet."""
    folder = repository(tmp_path / "project", "a.c", ".clang-format", "gone.c", "build/kept.py")
    (folder / ".gitignore").write_text("/made/\n")
    (folder / "made").mkdir()
    (folder / "made/x.o").write_text("x")
    (folder / "new.c").write_text("x")
    return folder


def test_what_git_would_take(project: Path):
    (project / "gone.c").unlink()
    assert taken(project) == {"a.c", ".clang-format", ".gitignore", "new.c", "build/kept.py"}
    assert project_files(project).notes == ("git knows them, but they are not there: gone.c",)


def test_submodules_and_what_is_in_them(project: Path, tmp_path: Path):
    inner = repository(tmp_path / "inner", "inner.h")
    outer = repository(tmp_path / "outer", "outer.h")
    git(outer, "submodule", "--quiet", "add", str(inner), "deep/inner")
    git(outer, "commit", "-q", "-m", "x")
    git(project, "submodule", "--quiet", "add", str(outer), "third_party/outer")
    (told,) = project_files(project).notes
    assert "`git submodule update --init third_party/outer/deep/inner`" in told
    git(project, "submodule", "--quiet", "update", "--init", "--recursive")
    (project / "third_party/outer/new.h").write_text("x")
    found = {name for name in taken(project) if name.startswith("third_party")}
    assert found >= {f"third_party/outer/{name}" for name in ("outer.h", "new.h", "deep/inner/inner.h")}
    assert project_files(project).notes == ()


def test_a_repository_in_the_project_that_is_no_submodule(project: Path):
    repository(project / "vendored", "v.h")
    assert "vendored/v.h" in taken(project)


def test_names_that_are_not_utf8(project: Path):
    names = {os.fsdecode(b"caf\xe9.c"), "new\nline.c", "caf\N{LATIN SMALL LETTER E WITH ACUTE}.c"}
    for name in names:
        (project / name).write_text("x")
    assert names <= taken(project)


def test_a_folder_that_its_repository_ignores(project: Path):
    (project / "made/a.c").write_text("x")
    found = project_files(project / "made")
    assert {member.name for member in found.members} == {"a.c", "x.o"}
    assert found.notes == (f"git ignores them, so all files of {project / 'made'} are taken",)


def test_tracked_files_of_an_ignored_folder_are_not_all_of_it(project: Path):
    git(project, "add", "--force", "made/x.o")
    (project / "made/a.c").write_text("x")
    assert taken(project / "made") == {"a.c", "x.o"}


def test_a_folder_below_the_repositorys_top(project: Path):
    assert taken(project / "build") == {"kept.py"}


def test_git_of_another_repository_is_not_asked(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    other = repository(tmp_path / "other", "other.c")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / ".git/index"))
    assert "a.c" in taken(project)


def test_a_repository_that_git_cannot_read_is_told(project: Path):
    (project / ".git/HEAD").write_text("nothing")
    found = project_files(project)
    assert "a.c" in {member.name for member in found.members}
    assert found.notes[0].startswith("git does not list them (not a git repository")
    assert found.notes[1].startswith("left out, as hidden or left by tools: .clang-format, build (")


def test_what_tracked_links_lead_to(project: Path):
    (project / "include").symlink_to("lib/inc")
    (project / "lib/inc").mkdir(parents=True)
    (project / "lib/inc/v.h").write_text("x")
    (project / "table.o").symlink_to("made/x.o")
    git(project, "add", "include", "table.o")
    links = {member.name: member.link for member in project_files(project).members}
    assert (links["include"], links["table.o"]) == ("lib/inc", "")
