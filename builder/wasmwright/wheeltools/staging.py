"""The tests that pytest is told to run, in a folder without the sources of what they test."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from wasmwright.wheeltools.project import copy_file, copy_source

if TYPE_CHECKING:
    from collections.abc import Sequence

GUEST = "/tests"
"""Where the runtime sees them."""

# Where pytest looks for its settings, and what it runs for every test.
_SETTINGS = ("pytest.toml", ".pytest.toml", "pytest.ini", ".pytest.ini", "pyproject.toml", "tox.ini", "setup.cfg")
_ALWAYS = (*_SETTINGS, "conftest.py")
_USUAL = ("tests", "test")


@dataclass(frozen=True, kw_only=True)
class Staged:
    """A folder with the tests, and what pytest is told in it."""

    folder: Path
    arguments: tuple[str, ...]


def stage(project: Path, into: Path, arguments: Sequence[str]) -> Staged:
    """Copy the files and folders of `project` that `arguments` name, or its folder of tests.

    Raises NoProject for a file that cannot be read.
    """
    named = [_named(project, word) for word in arguments]
    paths = [path for path in named if path is not None]
    words = [_inside(word, path) for word, path in zip(arguments, named, strict=True)]
    if not paths and "--pyargs" not in arguments:
        paths = [PurePosixPath(name) for name in _USUAL if (project / name).is_dir()][:1]
        words += map(str, paths)
    into.mkdir()
    for path in (*paths, *(PurePosixPath(name) for name in _ALWAYS if (project / name).is_file())):
        source, target = project / path, into / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_file():
            copy_file(source, target)
        elif not target.exists():
            copy_source(source, target, without=())
    return Staged(folder=into, arguments=tuple(words))


def _named(project: Path, word: str) -> PurePosixPath | None:
    """The file or folder of the project that a word names, such as `tests/test_a.py::test_b`."""
    path = word.partition("::")[0]
    if not path or path.startswith("-"):
        return None
    found = Path(os.path.normpath(project / path))
    if not found.exists() or not found.is_relative_to(project) or found == project:
        return None
    return PurePosixPath(found.relative_to(project).as_posix())


def _inside(word: str, path: PurePosixPath | None) -> str:
    return word if path is None else f"{path}{word[len(word.partition('::')[0]) :]}"
