from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wasmwright.wheeltools.errors import NoProject
from wasmwright.wheeltools.project import copy_source, read_project

if TYPE_CHECKING:
    from pathlib import Path


def project(folder: Path, text: str) -> Path:
    (folder / "pyproject.toml").write_text(text)
    return folder


def test_pyproject_says_what_is_needed(tmp_path: Path):
    text = "[build-system]\nrequires = ['meson-python']\n[project]\nname = 'demo'\nversion = '1.0'\n"
    found = read_project(project(tmp_path, text))
    assert (found.name, found.version, found.requires) == ("demo", "1.0", ("meson-python",))


def test_setup_py_alone_means_setuptools(tmp_path: Path):
    (tmp_path / "setup.py").touch()
    found = read_project(tmp_path)
    assert (found.name, found.requires) == ("the project", ("setuptools>=40.8.0",))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[", "cannot be read"),
        ("build-system = 1", "build-system is no object"),
        ("[build-system]\nrequires = 'a'", "requires is no list"),
        ("[build-system]\nrequires = ['a b']", "'a b', which is no requirement"),
    ],
)
def test_a_wrong_pyproject_is_told(tmp_path: Path, text: str, said: str):
    with pytest.raises(NoProject, match=said):
        read_project(project(tmp_path, text))


def test_other_folders_are_no_projects(tmp_path: Path):
    with pytest.raises(NoProject, match=r"has no pyproject\.toml, nor a setup\.py"):
        read_project(tmp_path)
    with pytest.raises(NoProject, match="there is no folder"):
        read_project(tmp_path / "none")
    with pytest.raises(NoProject, match="is no folder"):
        read_project(project(tmp_path, "") / "pyproject.toml")


def test_the_copy_has_what_a_build_reads(tmp_path: Path):
    folder = tmp_path / "demo"
    for name in ("src/a.c", ".git/HEAD", "dist/old.whl", ".venv/pyvenv.cfg", "__pycache__/a.pyc", "node_modules/x"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    (folder / "src/a.c").chmod(0o444)
    (tmp_path / "elsewhere.txt").write_text("text")
    (folder / "inside").symlink_to("src/a.c")
    (folder / "outside").symlink_to("../elsewhere.txt")
    (folder / "broken").symlink_to("nothing")
    into = tmp_path / "copy"
    copy_source(folder, into, without={folder / "dist"})
    found = {str(path.relative_to(into)) for path in into.rglob("*") if not path.is_dir()}
    assert found == {"src/a.c", ".git/HEAD", "inside", "outside", "broken"}
    assert (into / "src/a.c").stat().st_mode & 0o200
    assert (into / "inside").is_symlink()
    assert not (into / "outside").is_symlink()
    assert (into / "outside").read_text() == "text"
