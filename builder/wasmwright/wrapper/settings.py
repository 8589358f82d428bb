"""What a build tells the wrapper, through the environment."""

from __future__ import annotations

from wasmwright.words import InvalidVariable, words_from

TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_ABI = ("-fPIC", "-fwasm-exceptions", "-sSUPPORT_LONGJMP=wasm")


class Flags:
    """The flags that a build adds: the ABI's to everything, the others to what they are named for.

    `exports` says what a side module shows: `pyinit`, `all`, or `names` and then the names. `python_include` is the
    folder of the target's Python.h.
    """

    __slots__ = ("abi", "cflags", "cxxflags", "exports", "ldflags", "python_include")

    def __init__(  # noqa: PLR0913 - a record
        self,
        *,
        abi: tuple[str, ...] = DEFAULT_ABI,
        cflags: tuple[str, ...] = (),
        cxxflags: tuple[str, ...] = (),
        ldflags: tuple[str, ...] = (),
        exports: tuple[str, ...] = ("pyinit",),
        python_include: str = "",
    ) -> None:
        self.abi = abi
        self.cflags = cflags
        self.cxxflags = cxxflags
        self.ldflags = ldflags
        self.exports = exports
        self.python_include = python_include


def flags_from(environment: Mapping[str, str]) -> Flags:
    """Read the WASMWRIGHT_* variables; raises InvalidVariable for one that cannot be understood."""
    return Flags(
        abi=words_from(environment, "WASMWRIGHT_ABI_FLAGS") or DEFAULT_ABI,
        cflags=words_from(environment, "WASMWRIGHT_CFLAGS"),
        cxxflags=words_from(environment, "WASMWRIGHT_CXXFLAGS"),
        ldflags=words_from(environment, "WASMWRIGHT_LDFLAGS"),
        exports=_exports(environment),
        python_include=environment.get("WASMWRIGHT_PYTHON_INCLUDE", ""),
    )


def _exports(environment: Mapping[str, str]) -> tuple[str, ...]:
    name = "WASMWRIGHT_EXPORTS"
    words = words_from(environment, name) or ("pyinit",)
    if words[0] not in {"pyinit", "all", "names"} or (len(words) > 1 and words[0] != "names"):
        message = f"{name} is `{' '.join(words)}`"
        raise InvalidVariable(
            message, hint="it can be `pyinit`, `all` or `names` with names after it, such as `names f g`"
        )
    return words
