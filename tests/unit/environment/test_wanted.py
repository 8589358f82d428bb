from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wasmwright.environment.errors import InvalidRequirements
from wasmwright.environment.wanted import checked, read_file

if TYPE_CHECKING:
    from pathlib import Path


def read(folder: Path, text: str, *extras: str, name: str = "requirements.txt") -> list[str]:
    path = folder / name
    path.write_text(text)
    return [str(requirement) for requirement in read_file(path, extras)]


def test_lines_are_read_as_pip_does(tmp_path: Path):
    text = (
        "# all\nnumpy>=2 # the new one\n\nrich[jupyter] ; python_version >= '3.12'\npy\\\nyaml\nx==1 --hash=sha256:00\n"
    )
    assert read(tmp_path, text) == [
        "numpy>=2",
        'rich[jupyter]; python_version >= "3.12"',
        "pyyaml",
        "x==1",
    ]


def test_files_include_others(tmp_path: Path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep/more.txt").write_text("-r last.txt\n")
    (tmp_path / "deep/last.txt").write_text("b")
    assert read(tmp_path, "a\n--requirement=deep/more.txt\n") == ["a", "b"]


def test_a_file_that_includes_itself_is_told(tmp_path: Path):
    with pytest.raises(InvalidRequirements, match="includes itself"):
        read(tmp_path, "-r requirements.txt\n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("numpy\n--index-url x\n", r"requirements\.txt:2: `--index-url x` is an option of pip"),
        ("-e .", "is an option of pip"),
        ("a b", "`a b` is no requirement"),
        ("./folder", "is no requirement"),
        ("x @ file:///x.whl", "names an address"),
        ("\\\nnum py", r"requirements\.txt:1: "),
        ("a; nonsense == 1", "is no requirement"),
        ("(" * 500, "is no requirement"),
        ("-r a\0b.txt", r"requirements\.txt:1: `'a\\x00b\.txt'` is no name of a file"),
        ("-r none.txt", r"none\.txt cannot be read: No such file"),
        ("\udcff", "cannot be read: not UTF-8"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, text: str, said: str):
    path = tmp_path / "requirements.txt"
    path.write_text(text, errors="surrogateescape")
    with pytest.raises(InvalidRequirements, match=said):
        read_file(path)


PROJECT = """
[project]
dependencies = ["numpy", "rich>=1"]
[project.optional-dependencies]
plots = ["matplotlib"]
"""


def test_a_project_is_read(tmp_path: Path):
    assert read(tmp_path, PROJECT, name="pyproject.toml") == ["numpy", "rich>=1"]
    assert read(tmp_path, PROJECT, "plots", name="pyproject.toml") == ["numpy", "rich>=1", "matplotlib"]


@pytest.mark.parametrize(
    ("text", "extra", "said"),
    [
        (PROJECT, "plot", "has no extra `plot`; it has plots"),
        ("[tool]", None, "project is missing"),
        ("[project]\ndependencies = 1", None, r"project\.dependencies is no list"),
        ("[project]\ndependencies = ['a b']", None, r"project\.dependencies: `a b` is no requirement"),
        ("[project", None, "cannot be read"),
    ],
)
def test_a_wrong_project_is_told(tmp_path: Path, text: str, extra: str | None, said: str):
    with pytest.raises(InvalidRequirements, match=said):
        read(tmp_path, text, *([extra] if extra else []), name="pyproject.toml")


def test_extras_are_of_projects(tmp_path: Path):
    with pytest.raises(InvalidRequirements, match="--extra is for a pyproject"):
        read(tmp_path, "numpy", "plots")


def test_text_from_outside_is_shown_harmless():
    with pytest.raises(InvalidRequirements) as caught:
        checked("a\x1b[31m" + "b" * 5000, "--package")
    assert "\x1b" not in str(caught.value)
    assert len(str(caught.value)) < 1000
