"""Importing one foreign recipe, or all of a folder."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from wasmwright import reading
from wasmwright.files import openable, reason
from wasmwright.importing import bounds
from wasmwright.importing.beside import Beside
from wasmwright.importing.compose import ImportedRecipe, compose, refused
from wasmwright.importing.conda import read_conda
from wasmwright.importing.errors import NotImported
from wasmwright.importing.findings import Findings, Level
from wasmwright.importing.foreign import Foreign
from wasmwright.importing.pyodide import read_pyodide, says_library
from wasmwright.importing.yamltext import Mapping, Scalar, parse_yaml
from wasmwright.limits import LimitExceeded
from wasmwright.names import fault, normalize

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from wasmwright.recipe.known import Known


class System(StrEnum):
    """Whose recipes are read."""

    PYODIDE = "pyodide"
    CONDA = "conda"

    @property
    def file(self) -> str:
        """What such a recipe is called."""
        return "meta.yaml" if self is System.PYODIDE else "recipe.yaml"


@dataclass(frozen=True, kw_only=True)
class Importer:
    """What an import goes by: names that recipes have here, and for which profile and Python a finished wheel is.

    `libraries` are those of the names that are libraries.
    """

    system: System
    known: Known
    names: Collection[str]
    libraries: Collection[str]
    profile: str
    python: str

    def one(self, path: Path, file: str) -> ImportedRecipe:
        """Read a recipe, which messages call `file`."""
        findings = Findings(file=file)
        try:
            text = reading.file_text(openable(path), bounds.SIZE)
        except OSError as error:
            findings.refuse(f"cannot be read: {reason(error)}")
            return refused(findings)
        except (reading.Unreadable, LimitExceeded) as error:
            findings.refuse(error.reason)
            return refused(findings)
        return self.text(text, file, Beside(folder=path.parent))

    def text(self, text: str, file: str, beside: Beside) -> ImportedRecipe:
        """Read the text of a recipe."""
        findings = Findings(file=file)
        try:
            root = parse_yaml(text, where=file)
            foreign = Foreign(findings=findings, known=self.names, libraries=self.libraries, beside=beside)
            if self.system is System.PYODIDE:
                read_pyodide(root, foreign, beside, text.splitlines(), self.python)
            else:
                read_conda(root, foreign, beside, self.python)
        except reading.Unreadable as error:
            findings.refuse(error.reason + _jinja(text), line=error.line)
            return refused(findings)
        except LimitExceeded as error:
            place = re.match(r".*?:(\d+): ", str(error)[len(file) :])
            findings.refuse(error.reason, line=int(place[1]) if place else None)
            return refused(findings)
        return compose(foreign, self.known, self.profile)

    def all(self, folder: Path) -> list[ImportedRecipe]:
        """Read all recipes below a folder, in the order of their paths. Raises NotImported where there is none.

        Names of those that are read count as known to each other.
        """
        paths = sorted(recipes_below(folder, self.system.file))
        if not paths:
            message = f"{folder} holds no {self.system.file}"
            raise NotImported(message, hint="name the file of a recipe, or a folder with such files in it")
        heads = [head for path in paths if (head := _head_of(path)) is not None]
        names, libraries = {name for name, _ in heads}, {name for name, is_library in heads if is_library}
        importer = replace(self, names={*self.names, *names}, libraries={*self.libraries, *libraries})
        done: dict[str, str] = {}
        found = []
        for path in paths:
            imported = importer.one(path, path.relative_to(folder).as_posix())
            name = imported.name if imported.text is not None else None
            first = imported.file if name is None else done.setdefault(name, imported.file)
            found.append(imported if first == imported.file else _second(imported, first))
        return found


def recipes_below(folder: Path, name: str) -> Iterator[Path]:
    """The files of that name in a folder and those below it, without following links. Raises LimitExceeded."""
    seen = recipes = 0
    for top, folders, files in os.walk(folder):
        seen += len(folders) + len(files)
        bounds.FOLDERS.check(seen, str(folder))
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        path = Path(top, name)
        if name in files and path.is_file():
            recipes += 1
            bounds.RECIPES.check(recipes, str(folder))
            yield path


def _head_of(path: Path) -> tuple[str, bool] | None:
    """The name of a package as a quick look at its recipe tells it, and whether that says that it is a library."""
    try:
        root = parse_yaml(reading.file_text(path, bounds.SIZE), where=path.name)
    except (OSError, reading.Unreadable, LimitExceeded):
        return None
    package = root.items.get("package")
    node = package.items.get("name") if isinstance(package, Mapping) else None
    if not isinstance(node, Scalar):
        return None
    name = normalize(path.parent.name if "{{" in node.text else node.text)
    return (name, says_library(root)) if fault(name) is None else None


def _second(imported: ImportedRecipe, first: str) -> ImportedRecipe:
    findings = Findings(file=imported.file, found=[*imported.findings])
    findings.refuse(f"{first} is a recipe of `{imported.name}` too")
    return refused(findings, name=imported.name)


def _jinja(text: str) -> str:
    """What else to say of a text that is no YAML."""
    if re.search(r"^\s*\{%", text, re.MULTILINE):
        return "; `{% ... %}` is of conda-build, whose recipes are read by neither"
    if re.search(r"^<{7} ", text, re.MULTILINE):
        return "; it has marks of a merge that was not ended"
    return ""


def counted(imported: Collection[ImportedRecipe]) -> dict[str, int]:
    """How many need nobody, a look at their patches alone, or a person, and of how many none came, or none had to."""
    carried = sum(one.is_carried for one in imported)
    patched = sum(one.level is Level.PATCH for one in imported)
    gone = sum(one.level is Level.REFUSED for one in imported)
    needless = sum(one.is_needless for one in imported)
    person = len(imported) - carried - patched - gone - needless
    counts = {"recipes": len(imported), "carried": carried, "patches": patched, "person": person, "refused": gone}
    return counts | {"needless": needless}
