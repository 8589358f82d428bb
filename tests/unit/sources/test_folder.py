from __future__ import annotations

import tarfile
from typing import TYPE_CHECKING

import pytest

from wasmwright import process
from wasmwright.process import Completed, ProgramMissing
from wasmwright.sources.folder import archive

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    for name in ("pyproject.toml", "src/a.f90", "src/run.sh", ".git/config", "build/x.o", "src/__pycache__/a.pyc"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    (folder / "src/run.sh").chmod(0o755)
    return folder


@pytest.fixture
def git(monkeypatch: pytest.MonkeyPatch) -> dict[str, Completed | None]:
    """What `git ls-files` answers; None: there is no git."""
    answer: dict[str, Completed | None] = {"it": None}

    def run(*_command: object, **_options: object) -> Completed:
        if answer["it"] is None:
            message = "git is missing"
            raise ProgramMissing(message)
        return answer["it"]

    monkeypatch.setattr(process, "run", run)
    return answer


def answered(out: str, code: int = 0) -> Completed:
    return Completed(command=("git",), returncode=code, stdout=out, stderr="")


def names(path: Path) -> list[str]:
    with tarfile.open(path) as tar:
        return tar.getnames()


@pytest.mark.parametrize("answer", [None, answered("", 128)], ids=["no-git", "no-repository"])
def test_all_but_hidden_files_and_what_tools_leave(
    project: Path, tmp_path: Path, git: dict[str, Completed | None], answer: Completed | None
):
    git["it"] = answer
    path, source = archive(project, name="x", version="1", into=tmp_path / "out")
    assert names(path) == ["x-1/pyproject.toml", "x-1/src/a.f90", "x-1/src/run.sh"]
    assert (source.file, source.purl, source.size) == ("x-1.tar.gz", "pkg:generic/x@1", path.stat().st_size)


def test_in_a_repository_what_git_knows(project: Path, tmp_path: Path, git: dict[str, Completed | None]):
    git["it"] = answered("src/a.f90\0deleted.f90\0")
    path, _ = archive(project, name="x", version="1", into=tmp_path / "out")
    assert names(path) == ["x-1/src/a.f90"]


def test_same_bytes_for_the_same_files(project: Path, tmp_path: Path, git: dict[str, Completed | None]):
    assert git
    first, one = archive(project, name="x", version="1", into=tmp_path / "one")
    (project / "src/a.f90").touch()
    second, two = archive(project, name="x", version="1", into=tmp_path / "two")
    assert first.read_bytes() == second.read_bytes()
    assert one == two
    with tarfile.open(first) as tar:
        assert {member.name: member.mode for member in tar}["x-1/src/run.sh"] == 0o755


def test_the_lock_that_a_first_build_writes_makes_no_other_source(
    project: Path, tmp_path: Path, git: dict[str, Completed | None]
):
    git["it"] = None
    _, before = archive(project, name="x", version="1", into=tmp_path / "into")
    (project / "lock.json").write_text("{}")
    _, after = archive(project, name="x", version="1", into=tmp_path / "into")
    assert before == after
