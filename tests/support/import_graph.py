"""Who imports whom in the package: by modules, and by the folders and single modules at its top."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PACKAGE = "wasmwright"


@dataclass(frozen=True, kw_only=True)
class Import:
    """`importer` (a module) names `imported`; `for_types` if only where types are checked."""

    importer: str
    imported: str
    for_types: bool

    @property
    def is_ours(self) -> bool:
        """Whether it is an import of the package's own."""
        return self.imported.startswith(f"{PACKAGE}.")

    @property
    def importing(self) -> str:
        """The part of the package that imports."""
        return part_of(self.importer)

    @property
    def imported_part(self) -> str:
        """The part of the package that is imported, if it is ours."""
        return part_of(self.imported)


def part_of(module: str) -> str:
    """The folder or module at the top of the package: `wheel` for `wasmwright.wheel.tags`."""
    return module.removeprefix(f"{PACKAGE}.").split(".")[0]


def read_imports(package: Path) -> tuple[Import, ...]:
    """Every import of every module below `package`, guests of the WebAssembly runtime left out."""
    files = {_name(file, package): file for file in sorted(package.rglob("*.py")) if "guest" not in file.parts}
    return tuple(found for name, file in files.items() for found in _imports(name, ast.parse(file.read_text()), files))


def _name(file: Path, package: Path) -> str:
    parts = (PACKAGE, *file.relative_to(package).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports(name: str, tree: ast.Module, known: dict[str, Path]) -> Iterator[Import]:
    blocks = [node for node in ast.walk(tree) if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"]
    for_types = {id(node) for block in blocks for node in ast.walk(block)}
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            whole = [f"{node.module}.{alias.name}" for alias in node.names]
            names = [module if module in known else node.module for module in whole]
        for imported in names:
            yield Import(importer=name, imported=imported, for_types=id(node) in for_types)
