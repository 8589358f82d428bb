"""What a build tells the wrapper, through the environment."""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wasmwright.errors import InvalidConfig

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_ABI = ("-fPIC", "-fwasm-exceptions", "-sSUPPORT_LONGJMP=wasm")


@dataclass(frozen=True, kw_only=True)
class Flags:
    """The flags that a build adds: the ABI's to everything, the others to what they are named for.

    `exports` says which symbols a side module shows: `pyinit`, `all`, or names. `python_include` is the folder of the
    target's Python.h.
    """

    abi: tuple[str, ...] = DEFAULT_ABI
    cflags: tuple[str, ...] = ()
    cxxflags: tuple[str, ...] = ()
    ldflags: tuple[str, ...] = ()
    exports: str | tuple[str, ...] = "pyinit"
    python_include: str = ""


def flags_from(environment: Mapping[str, str]) -> Flags:
    """Read the WASMWRIGHT_* variables; raises InvalidConfig for one that cannot be understood."""
    abi = words_from(environment, "WASMWRIGHT_ABI_FLAGS")
    return Flags(
        abi=abi or DEFAULT_ABI,
        cflags=words_from(environment, "WASMWRIGHT_CFLAGS"),
        cxxflags=words_from(environment, "WASMWRIGHT_CXXFLAGS"),
        ldflags=words_from(environment, "WASMWRIGHT_LDFLAGS"),
        exports=_exports(environment),
        python_include=environment.get("WASMWRIGHT_PYTHON_INCLUDE", ""),
    )


def words_from(environment: Mapping[str, str], name: str) -> tuple[str, ...]:
    """The words of a variable: a JSON list of strings, or text quoted as for a shell."""
    text = environment.get(name, "").strip()
    try:
        if not text.startswith("["):
            return tuple(shlex.split(text))
        value = json.loads(text)
    except ValueError as error:
        message = f"{name} cannot be read: {error}"
        raise InvalidConfig(message, hint="give a JSON list of strings, or words quoted as for a shell") from error
    if not all(isinstance(word, str) for word in value):
        message = f"{name} holds something that is not a string: {text}"
        raise InvalidConfig(message, hint="give a JSON list of strings")
    return tuple(value)


def _exports(environment: Mapping[str, str]) -> str | tuple[str, ...]:
    name = "WASMWRIGHT_EXPORTS"
    text = environment.get(name, "").strip()
    if text.startswith("["):
        return words_from(environment, name)
    word = text.strip('"') or "pyinit"
    if word not in {"pyinit", "all"}:
        message = f"{name} is `{word}`"
        raise InvalidConfig(message, hint='it can be `pyinit`, `all` or a JSON list of names, such as ["PyInit_x"]')
    return word
