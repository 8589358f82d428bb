"""The user's project: what its pyproject.toml says, and a copy of it that a build may write in."""

from __future__ import annotations

import os
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from packaging.requirements import InvalidRequirement, Requirement

from wasmwright import limits, reading
from wasmwright.wheeltools.errors import NoProject

if TYPE_CHECKING:
    from collections.abc import Container

# What PEP 517 says for a project that names no build system.
_DEFAULT_REQUIRES = ("setuptools>=40.8.0",)
_PYPROJECT = "pyproject.toml"
_DESCRIBES = (_PYPROJECT, "setup.py")
# What tools leave, and no build reads.
_LEFT_OUT = frozenset({"__pycache__", ".mypy_cache", ".nox", ".pytest_cache", ".ruff_cache", ".tox", "node_modules"})


@dataclass(frozen=True, kw_only=True)
class Project:
    """A folder with a Python project. `requires` is what its pyproject.toml wants for building, PEP 508."""

    folder: Path
    name: str
    version: str
    requires: tuple[str, ...]


def read_project(folder: Path) -> Project:
    """The project in `folder`. Raises NoProject."""
    hint = "name the folder that has the project's pyproject.toml; in a container, mount it at /src"
    if not folder.is_dir():
        message = f"{folder} is no folder" if folder.exists() else f"there is no folder {folder}"
        raise NoProject(message, hint=hint)
    try:
        if not any((folder / name).exists() for name in _DESCRIBES):
            message = f"{folder} has no {_PYPROJECT}, nor a setup.py"
            raise NoProject(message, hint=hint)
        document = _document(folder)
        fields = reading.Fields(document)
        requires = fields.table("build-system", is_optional=True).texts("requires", _DEFAULT_REQUIRES)
    except OSError as error:
        raise _unreadable(error, folder) from None
    except reading.Unreadable as error:
        message = f"{folder / _PYPROJECT} cannot be read: {error}"
        raise NoProject(message, hint="correct it as PEP 518 has it") from None
    for text in requires:
        _check_requirement(text, folder)
    described = document.get("project")
    table: dict[str, Any] = described if isinstance(described, dict) else {}
    name, version = table.get("name"), table.get("version")
    return Project(
        folder=folder,
        name=name if isinstance(name, str) and name else "the project",
        version=version if isinstance(version, str) else "",
        requires=requires,
    )


def copy_source(folder: Path, into: Path, *, without: Container[Path]) -> None:
    """Copy a project, which may be read-only, less the paths `without` and what tools leave beside sources.

    A link that leads out of the folder becomes what it leads to. Raises NoProject for a file that cannot be read.
    """
    try:
        _copy(folder, into, top=folder.resolve(), without=without)
    except PermissionError as error:
        raise _unreadable(error, folder) from None


def copy_file(path: Path, target: Path) -> None:
    """Copy a file with its times, so that it may be written."""
    shutil.copy2(path, target)
    target.chmod(target.stat().st_mode | stat.S_IWUSR)


def _copy(folder: Path, into: Path, *, top: Path, without: Container[Path]) -> None:
    into.mkdir()
    with os.scandir(folder) as entries:
        for entry in entries:
            path, target = Path(entry.path), into / entry.name
            if path in without or entry.name in _LEFT_OUT:
                continue
            if entry.is_symlink() and (path.resolve().is_relative_to(top) or not path.exists()):
                target.symlink_to(path.readlink())
            elif entry.is_dir():
                if not (path / "pyvenv.cfg").exists():
                    _copy(path, target, top=top, without=without)
            elif entry.is_file():
                copy_file(path, target)


def _document(folder: Path) -> dict[str, Any]:
    try:
        text = reading.file_text(folder / _PYPROJECT, limits.TOML_SIZE)
    except FileNotFoundError:
        return {}
    return reading.toml(text, where=str(folder / _PYPROJECT))


def _check_requirement(text: str, folder: Path) -> None:
    try:
        Requirement(text)
    except InvalidRequirement as error:
        message = f"{folder / _PYPROJECT}: build-system.requires has {text!r}, which is no requirement: {error}"
        raise NoProject(message, hint="write it as PEP 508 has it, such as `numpy>=2`") from None


def _unreadable(error: OSError, folder: Path) -> NoProject:
    message = f"{error.filename or folder} cannot be read by user {os.geteuid()}: {error.strerror}"
    return NoProject(message, hint='give it rights, or run as its owner: in a container `--user "$(id -u):$(id -g)"`')
