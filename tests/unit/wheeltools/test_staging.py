from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wasmwright.wheeltools.staging import stage

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    project = tmp_path / "demo"
    for name in (
        "demo/__init__.py",
        "tests/test_a.py",
        "tests/data/x",
        "conftest.py",
        "pyproject.toml",
        "more/test_b.py",
    ):
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).touch()
    return project


def staged(project: Path, *arguments: str) -> tuple[tuple[str, ...], set[str]]:
    done = stage(project, project.with_name("staged"), arguments)
    return done.arguments, {str(path.relative_to(done.folder)) for path in done.folder.rglob("*") if path.is_file()}


ALWAYS = {"conftest.py", "pyproject.toml"}


def test_the_usual_folder_is_taken_where_none_is_named(folder: Path):
    assert staged(folder, "-q") == (("-q", "tests"), {*ALWAYS, "tests/test_a.py", "tests/data/x"})


def test_what_is_named_is_taken_and_no_sources(folder: Path):
    arguments, files = staged(folder, "-k", "x", "more/test_b.py::test_c[1]")
    assert arguments == ("-k", "x", "more/test_b.py::test_c[1]")
    assert files == {*ALWAYS, "more/test_b.py"}


def test_paths_are_those_of_the_copy(folder: Path):
    assert staged(folder, "./tests/", str(folder / "more"))[0] == ("tests", "more")


def test_tests_of_a_wheel_need_no_files(folder: Path):
    assert staged(folder, "--pyargs", "demo.sub") == (("--pyargs", "demo.sub"), ALWAYS)


def test_what_lies_elsewhere_is_left_to_pytest(folder: Path):
    assert staged(folder, "tests", "../elsewhere", ".") == (
        ("tests", "../elsewhere", "."),
        {*ALWAYS, "tests/test_a.py", "tests/data/x"},
    )
