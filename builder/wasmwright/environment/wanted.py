"""What an environment is asked for: files of requirements, projects, and requirements themselves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from packaging.requirements import InvalidRequirement

from wasmwright import limits, reading
from wasmwright.environment.errors import InvalidRequirements
from wasmwright.names import quoted
from wasmwright.plaintext import shortened
from wasmwright.standards import parse_requirement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from packaging.requirements import Requirement

_COMMENT = re.compile(r"(^|\s)#.*")
_INCLUDED = re.compile(r"(?:-r|--requirement)(?:\s+|=)(.+)")
_DEEPEST = 10
_SHOWN = 300
_HINT = "write `NAME`, `NAME>=1.0` or another requirement as PEP 508 has it"


def checked(text: str, where: str) -> Requirement:
    """A requirement of a project of the index. Raises InvalidRequirements, which names `where`."""
    try:
        requirement = parse_requirement(text)
    except InvalidRequirement as error:
        reason = shortened(str(error).splitlines()[0] if str(error) else "it is empty", _SHOWN)
        message = f"{where}: {quoted(text)} is no requirement: {reason}"
        raise InvalidRequirements(message, hint=_HINT) from None
    if requirement.url is not None:
        message = f"{where}: {quoted(text)} names an address, and a lock names projects of the index only"
        raise InvalidRequirements(message, hint="bring it as a package: docs/tutorial/first-package.md")
    return requirement


def read_file(path: Path, extras: Sequence[str] = ()) -> list[Requirement]:
    """The requirements of a file as pip reads them, or of a pyproject.toml, with `extras` of it.

    Raises InvalidRequirements and LimitExceeded.
    """
    if path.suffix == ".toml":
        return _of_project(path, extras)
    if extras:
        message = f"--extra is for a pyproject.toml, and {path} is none"
        raise InvalidRequirements(message, hint="write `NAME[EXTRA]` into the file instead")
    return list(_of_lines(path, ()))


def _text(path: Path) -> str:
    try:
        return reading.file_text(path, limits.TOML_SIZE)
    except (OSError, reading.Unreadable) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        message = f"{path} cannot be read: {reason}"
        raise InvalidRequirements(message, hint="give a requirements.txt or a pyproject.toml") from None


def _of_lines(path: Path, above: tuple[Path, ...]) -> Iterator[Requirement]:
    place = path.resolve()
    if place in above or len(above) >= _DEEPEST:
        message = f"{path} includes itself, or files {_DEEPEST} deep"
        raise InvalidRequirements(message, hint="take the line with `-r` out")
    for number, line in _lines(_text(path)):
        where = f"{path}:{number}"
        included = _INCLUDED.fullmatch(line)
        if included is not None and "\0" in included[1]:
            message = f"{where}: {quoted(included[1])} is no name of a file"
            raise InvalidRequirements(message, hint="name the file after `-r`")
        if included is not None:
            yield from _of_lines(path.parent / included[1].strip(), (*above, place))
        elif line.startswith("-"):
            message = f"{where}: {quoted(line)} is an option of pip, which a lock for a profile does not take"
            raise InvalidRequirements(message, hint="indexes are those of this machine's pip; take the line out")
        else:
            # pip's own options of a requirement, such as its hashes, follow it.
            yield checked(re.split(r"\s+--", line)[0].strip(), where)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines with what they go on with, without comments; with the number of the first."""
    held, start = "", 0
    for number, line in enumerate(text.splitlines(), 1):
        start = start or number
        if line.endswith("\\") and not line.lstrip().startswith("#"):
            held += line[:-1]
            continue
        whole = _COMMENT.sub("", held + line).strip()
        if whole:
            yield start, whole
        held, start = "", 0
    if held.strip():
        yield start, held.strip()


def _of_project(path: Path, extras: Sequence[str]) -> list[Requirement]:
    try:
        project = reading.Fields.of(reading.toml(_text(path), where=str(path))).table("project")
        optional = project.table("optional-dependencies", is_optional=True)
        texts = [(f"{path}, project.dependencies", text) for text in project.texts("dependencies", ())]
        for extra in extras:
            if extra not in optional.content:
                known = ", ".join(optional.content) or "none"
                message = f"{path} has no extra {quoted(extra)}; it has {known}"
                raise InvalidRequirements(message, hint="give the name of one with --extra")
            texts += [(f"{path}, the extra {extra}", text) for text in optional.texts(extra)]
    except reading.Unreadable as error:
        message = f"{path} cannot be read: {error}"
        raise InvalidRequirements(message, hint="it has to be a project's pyproject.toml (PEP 621)") from None
    return [checked(text, where) for where, text in texts]
