"""The `sitecustomize` of every build: who imports a module just compiled for the target is told why that fails.

The build's own Python does not find such modules by their names, or takes those of the stable ABI for its own.
Generators of stubs and documentation import what was built, and so do tests. Standard library only; each start of
Python pays.
"""

from __future__ import annotations

import os
import sys
from importlib.machinery import ExtensionFileLoader, ModuleSpec, PathFinder

TYPE_CHECKING = False  # typing itself takes long to import

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

_MAGIC = b"\0asm"


class TargetLoader:
    """Stands for an extension module that this Python cannot load."""

    def __init__(self, file: str) -> None:
        self.file = file

    def create_module(self, spec: ModuleSpec) -> None:
        """Raise ModuleNotFoundError, which those who can do without it expect."""
        message = (
            f"No module named '{spec.name}' here: {self.file} is WebAssembly, which nothing can import during a build. "
            "Leave out the step that does, such as a generator of stubs (nanobind_add_stub), by an option of the "
            "project, or by a patch that asks for CMAKE_CROSSCOMPILING first"
        )
        raise ModuleNotFoundError(message, name=spec.name, path=self.file)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing is ever created."""


class TargetFinder:
    """Asked after all others: a module that is there for the target only."""

    @classmethod
    def find_spec(
        cls,
        fullname: str,
        path: Sequence[str] | None = None,
        target: ModuleType | None = None,  # noqa: ARG003 - as all finders
    ) -> ModuleSpec | None:
        """The spec of a file such as `name.cpython-314-wasm32-emscripten.so`."""
        begin = f"{fullname.rpartition('.')[2]}."
        for folder in sys.path if path is None else path:
            try:
                names = os.listdir(folder or ".")
            except OSError:
                continue
            for name in names:
                if name.startswith(begin) and name.endswith(".so"):
                    file = os.path.join(folder, name)
                    if is_of_the_target(file):
                        return ModuleSpec(fullname, TargetLoader(file), origin=file)  # type: ignore[arg-type]
        return None


def is_of_the_target(file: str) -> bool:
    """Whether a file is a WebAssembly module."""
    try:
        with open(file, "rb") as opened:
            return opened.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


def _install() -> None:
    load = ExtensionFileLoader.create_module

    def create_module(self: ExtensionFileLoader, spec: ModuleSpec) -> ModuleType:
        if is_of_the_target(self.path):
            TargetLoader(self.path).create_module(spec)
        return load(self, spec)

    ExtensionFileLoader.create_module = create_module  # type: ignore[method-assign]
    sys.meta_path.append(TargetFinder)


def _go_on() -> None:
    """Load the `sitecustomize` that this one hides, such as a tool's."""
    here = os.path.dirname(os.path.abspath(__file__))
    hidden = PathFinder.find_spec("sitecustomize", [folder for folder in sys.path if os.path.abspath(folder) != here])
    if hidden is not None and hidden.loader is not None:
        module = type(sys)("sitecustomize")
        hidden.loader.exec_module(module)


if __name__ == "sitecustomize":
    _install()
    _go_on()
