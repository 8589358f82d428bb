"""What the Pyodide runtime offers to side modules.

Functions and data of its main module are known with their types. What JavaScript provides has no type of its own: where
the main module imports the same function its import gives the type. For others the glue code has a signature as the
dynamic linker uses it (`_strptime.sig="pppp"`); without that only the name can be checked.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wasmwright import zips
from wasmwright.audit.symbols import Provider
from wasmwright.failure import WasmwrightError
from wasmwright.wasm.model import FunctionType
from wasmwright.wasm.parse import parse

if TYPE_CHECKING:
    from pathlib import Path

MAIN = "pyodide.asm.wasm"
GLUE = "pyodide.asm.mjs"
_LOCK = "pyodide-lock.json"
_LIBRARY = "python_stdlib.zip"
# How the names of extension modules may end: texts of the main module, from which its Python makes the list.
_SUFFIX = re.compile(rb"\.(?:cpython-3\d{1,3}t?|abi3t?)(?:-[\w-]{1,60})?\.so(?=\0)")
# Python takes this one always, and its text may lie inside that of another.
_PLAIN_SUFFIX = ".so"
_MINOR = re.compile("[0-9]{1,3}")
_TABLE = re.compile(r"\bwasmImports\s*=\s*\{")
# `name: value` or `name` alone, which is its own value.
_ENTRY = re.compile(r"(?:^|,)\s*[\"']?([\w$]+)[\"']?\s*(?::\s*([\w$]+)\s*)?(?=,|$)")
_SIGNATURE = re.compile(r"([\w$]+)\.sig\s*=\s*[\"']([vijfdpe]+)[\"']")
# Emscripten's letters; the first is the result.
_LETTERS = {"v": (), "i": ("i32",), "p": ("i32",), "j": ("i64",), "f": ("f32",), "d": ("f64",), "e": ("externref",)}


class InvalidRuntime(WasmwrightError):
    """A folder that does not hold a Pyodide runtime."""

    exit_code = 43


@dataclass(frozen=True, kw_only=True)
class RuntimeSymbols:
    """A runtime's symbols, and the tags of the wheels it takes.

    `suffixes` are all with which the name of an extension module may end; `library` are the names at the top of its
    standard library, `json` and the like.
    """

    providers: tuple[Provider, ...]
    platform_tag: str
    python_tag: str
    suffixes: tuple[str, ...]
    library: frozenset[str]

    @property
    def extension_suffix(self) -> str:
        """How the names of extension modules for this very Python end."""
        return next(suffix for suffix in self.suffixes if suffix.startswith(".cpython-"))

    @property
    def python(self) -> str:
        """Its Python in two numbers, such as 3.14."""
        return f"3.{self.python_tag.removeprefix('cp3')}"


def load_runtime(folder: Path) -> RuntimeSymbols:
    """Read the runtime in `folder` (the contents of the npm package); raises InvalidRuntime."""
    try:
        data = (folder / MAIN).read_bytes()
        glue = (folder / GLUE).read_text(encoding="utf-8")
        info = json.loads((folder / _LOCK).read_text(encoding="utf-8"))["info"]
        abi, (major, minor, *_) = str(info["abi_version"]), str(info["python"]).split(".")
        if major != "3" or not _MINOR.fullmatch(minor):
            message = f"its Python is {info['python']!r:.100}"
            raise ValueError(message)  # noqa: TRY301 - told with the others
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"{folder} does not hold a Pyodide runtime: {error}"
        raise InvalidRuntime(message, hint=f"--runtime is a folder with {MAIN}, {GLUE} and {_LOCK}") from error
    main = parse(data, str(folder / MAIN))
    suffixes = sorted({found.decode("ascii") for found in _SUFFIX.findall(data)}, key=lambda text: (-len(text), text))
    if not any(suffix.startswith(".cpython-") for suffix in suffixes):
        message = f"{folder / MAIN} has no text such as `.cpython-314-wasm32-emscripten.so`: what modules may be called"
        raise InvalidRuntime(message, hint="--runtime is the folder of a Pyodide distribution, with Python in it")
    typed = {
        imported.name: imported.type
        for imported in main.imports
        if imported.kind == "func"
        and not imported.module.startswith("GOT.")
        and isinstance(imported.type, FunctionType)
    }
    of_glue = glue_functions(glue)
    return RuntimeSymbols(
        providers=(
            Provider.of_module(MAIN, main),
            Provider(name=GLUE, functions={**of_glue, **typed}),
        ),
        platform_tag=f"pyemscripten_{abi}_wasm32",
        python_tag=f"cp{major}{minor}",
        suffixes=(*suffixes, _PLAIN_SUFFIX),
        library=_library(folder / _LIBRARY),
    )


def _library(path: Path) -> frozenset[str]:
    """The names of modules and packages at the top of the standard library; none where it is kept elsewhere."""
    if not path.exists():
        return frozenset()
    with zips.opened(path, str(path)) as archive:
        tops = {name.partition("/")[0] for name in archive.namelist()}
    return frozenset(top.partition(".")[0] for top in tops) - {"site-packages"}


def glue_functions(glue: str) -> dict[str, FunctionType | None]:
    """What the object `wasmImports` offers, which the loader asks before anything else, with the types known of it."""
    found = _TABLE.search(glue)
    if not found:
        return {}
    depth, position = 1, found.end()
    while depth and position < len(glue):
        depth += {"{": 1, "}": -1}.get(glue[position], 0)
        position += 1
    types = {name: _function_type(letters) for name, letters in _SIGNATURE.findall(glue)}
    return {name: types.get(value or name) for name, value in _ENTRY.findall(glue[found.end() : position - 1])}


def _function_type(letters: str) -> FunctionType:
    result, *params = (_LETTERS[letter] for letter in letters)
    return FunctionType(params=tuple(value for param in params for value in param), results=result)
