"""f2py for the target: the `sitecustomize` of builds that compile Fortran for Python. Standard library only.

f2py writes for the machine that it runs on. Two things in its Fortran wrappers are not so on the target:

- Shapes of allocatable variables of modules are integers of the size of the build machine's addresses.
- CHARACTER variables of modules and COMMON blocks come to a C function that takes their addresses alone, and Fortran
  passes lengths too. Other machines ignore what is too much; WebAssembly traps. `%REF` passes the address alone.

And its C code calls Fortran through pointers, whose types no linker compares: that it passes lengths of CHARACTER
arguments is put on record for the audit, as `wasm-flang` does for what it compiles.

https://github.com/numpy/numpy/blob/main/numpy/f2py/f90mod_rules.py
"""

from __future__ import annotations

import re
import sys
import sysconfig
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Sequence
    from types import ModuleType

ADAPTED = ("numpy.f2py.f90mod_rules", "numpy.f2py.common_rules", "numpy.f2py.rules")

_SIZES = re.compile(r"\binteger\(\d+\) s\(\*\)")
_SETUP = re.compile(r"(?P<before>\s+call (?:f2py)?setupfunc\()(?P<names>[^()]*)\)$")
_RENAMED = re.compile(r"\s+use \w+, only: d => (?P<name>\w+)")
_SET_DATA = "call f2pysetdata(d,"
_PROCEDURE = re.compile(
    r"^extern [^()]*\bF_(?P<kind>WRAPPED)?FUNC(?:_US)?\((?P<name>\w+),\w+\)\((?P<types>[^()]*)\);", re.MULTILINE
)
# clang takes a section of a variable for data.
_RECORD = """
__asm__(".section .custom_section.wasmwright.fortran,\\"\\",@\\n .ascii \\"{text}\\\\n\\"\\n .text\\n");
"""


def sizes_of(text: str, bytes_: int) -> str:
    """The template of a wrapper with shapes of `bytes_` an integer."""
    return _SIZES.sub(f"integer({bytes_}) s(*)", text)


def addresses_only(fortran: str, characters: Container[str]) -> str:
    """The wrappers with the variables named in `characters` passed to C without lengths."""
    lines, allocatable = [], ""
    for line in fortran.split("\n"):
        if (renamed := _RENAMED.match(line)) is not None:
            allocatable = renamed["name"]
        if (setup := _SETUP.match(line)) is not None:
            names = [f"%ref({name})" if name in characters else name for name in setup["names"].split(",")]
            lines.append(f"{setup['before']}{','.join(names)})")
        elif _SET_DATA in line and allocatable in characters:
            lines.append(line.replace(_SET_DATA, "call f2pysetdata(%ref(d),"))
        else:
            lines.append(line)
    return "\n".join(lines)


def characters_of(block: dict[str, Any]) -> set[str]:
    """The names of all CHARACTER variables in a block as f2py reads it, and in those inside."""
    return set(_characters(block))


def _characters(block: dict[str, Any]) -> Iterator[str]:
    yield from (name for name, variable in block.get("vars", {}).items() if variable.get("typespec") == "character")
    for inner in block.get("body", ()):
        yield from _characters(inner)


def with_record(c: str) -> str:
    """The C code with a record of the procedures to which it passes lengths: see docs/reference/fortran-abi.md."""
    calls: set[str] = set()
    for found in _PROCEDURE.finditer(c):
        types = [kind.strip() for kind in found["types"].split(",") if kind.strip() not in {"", "void"}]
        arguments = len(types)
        while arguments and types[arguments - 1] == "size_t":
            arguments -= 1
        name = f"f2pywrap{found['name']}_" if found["kind"] else f"{found['name']}_"
        if arguments < len(types):
            calls.add(f"{name}:{arguments}+{len(types) - arguments}")
    if not calls:
        return c
    text = f"lengths=hidden defines= calls={','.join(sorted(calls))} common="
    return c + _RECORD.format(text=text)


def adapt(module: ModuleType) -> None:
    """Make a module of `numpy.f2py` that is in ADAPTED, just imported, write for the target."""
    if "buildmodule" in vars(module):
        _adapt_c(module)
    else:
        _adapt_fortran(module)


def _adapt_c(module: ModuleType) -> None:
    build: Callable[..., dict[str, Any]] = module.buildmodule

    def buildmodule(*arguments: object) -> dict[str, Any]:
        written = build(*arguments)
        source = Path(written["csrc"])
        source.write_text(with_record(source.read_text(encoding="utf-8")), encoding="utf-8")
        return written

    vars(module)["buildmodule"] = buildmodule


def _adapt_fortran(module: ModuleType) -> None:
    if "fgetdims1" in vars(module):
        template = sizes_of(vars(module)["fgetdims1"], int(sysconfig.get_config_var("SIZEOF_VOID_P")))
        vars(module)["fgetdims1"] = template
    build: Callable[[dict[str, Any]], tuple[object, str]] = module.buildhooks
    original_name: Callable[[str], str] = getattr(module, "undo_rmbadname1", str)

    def buildhooks(block: dict[str, Any]) -> tuple[object, str]:
        hooks, fortran = build(block)
        return hooks, addresses_only(fortran, {original_name(name) for name in characters_of(block)})

    vars(module)["buildhooks"] = buildhooks


class _Adapting(Loader):
    def __init__(self, loader: Loader) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._loader.exec_module(module)
        adapt(module)


class Finder(MetaPathFinder):
    """Finds f2py's modules as everybody does, and adapts some."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The module's own spec, with a loader that adapts; None for every other module."""
        if fullname not in ADAPTED:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = _Adapting(spec.loader)
        return spec


if __name__ == "sitecustomize":
    sys.meta_path.insert(0, Finder())
