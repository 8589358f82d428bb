"""What a build tells the wrapper, through the environment."""

from __future__ import annotations

from wasmwright.words import InvalidVariable, words_from

TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Mapping

_WHO_SETS = "start the compilers of the toolchain's bin folder, or use `nix develop`"


class Flags:
    """The flags that a build adds: the ABI's to everything, the others to what they are named for.

    `emcc` are for emcc alone, `program_ldflags` are those that the compiler wants for programs. `exports` says what a
    side module shows: `pyinit`, `all`, or `names` and then the names. `python_include` is the folder of the target's
    Python.h. `on_disk` says that programs see the files of the machine, as in a build, not their own in memory.
    """

    __slots__ = (
        *("abi", "cflags", "cxxflags", "emcc", "exports", "ldflags", "on_disk", "program_ldflags", "python_include"),
    )

    def __init__(  # noqa: PLR0913 - a record
        self,
        *,
        abi: tuple[str, ...],
        cflags: tuple[str, ...] = (),
        cxxflags: tuple[str, ...] = (),
        ldflags: tuple[str, ...] = (),
        emcc: tuple[str, ...] = (),
        program_ldflags: tuple[str, ...] = (),
        exports: tuple[str, ...] = ("pyinit",),
        python_include: str = "",
        on_disk: bool = False,
    ) -> None:
        self.abi = abi
        self.cflags = cflags
        self.cxxflags = cxxflags
        self.ldflags = ldflags
        self.emcc = emcc
        self.program_ldflags = program_ldflags
        self.exports = exports
        self.python_include = python_include
        self.on_disk = on_disk


def flags_from(environment: Mapping[str, str]) -> Flags:
    """Read the WASMWRIGHT_* variables; raises InvalidVariable for one that is missing or cannot be understood."""
    abi = words_from(environment, "WASMWRIGHT_ABI_FLAGS")
    if not abi:
        message = "WASMWRIGHT_ABI_FLAGS does not say how the ABI is compiled"
        raise InvalidVariable(message, hint=_WHO_SETS)
    return Flags(
        abi=abi,
        cflags=words_from(environment, "WASMWRIGHT_CFLAGS"),
        cxxflags=words_from(environment, "WASMWRIGHT_CXXFLAGS"),
        ldflags=words_from(environment, "WASMWRIGHT_LDFLAGS"),
        emcc=words_from(environment, "WASMWRIGHT_EMCC_FLAGS"),
        program_ldflags=words_from(environment, "WASMWRIGHT_PROGRAM_LDFLAGS"),
        exports=_exports(environment),
        python_include=environment.get("WASMWRIGHT_PYTHON_INCLUDE", ""),
        on_disk=bool(environment.get("WASMWRIGHT_ON_DISK")),
    )


def real_compilers(environment: Mapping[str, str]) -> str:
    """The folder of the real compilers; raises InvalidVariable where nothing says it."""
    folder = environment.get("WASMWRIGHT_EMSCRIPTEN")
    if not folder:
        message = "WASMWRIGHT_EMSCRIPTEN does not say where the real compilers are"
        raise InvalidVariable(message, hint=_WHO_SETS)
    return folder


def _exports(environment: Mapping[str, str]) -> tuple[str, ...]:
    name = "WASMWRIGHT_EXPORTS"
    words = words_from(environment, name) or ("pyinit",)
    if words[0] not in {"pyinit", "all", "names"} or (len(words) > 1 and words[0] != "names"):
        message = f"{name} is `{' '.join(words)}`"
        raise InvalidVariable(
            message, hint="it can be `pyinit`, `all` or `names` with names after it, such as `names f g`"
        )
    return words
