"""From the arguments a project gives to the arguments its compiler gets: pure."""

from __future__ import annotations

import os

from wasmwright.wrapper import rules
from wasmwright.wrapper.arguments import (
    COMPILED,
    COMPILED_CXX,
    LINKED,
    LINKER,
    SHARED,
    WHOLE,
    Word,
    split,
    understand,
)
from wasmwright.wrapper.linker import filter_tokens

TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wasmwright.wrapper.settings import Flags

# Asked of every compilation, and judged in compilation.py. A project's `-Werror` is not about what we ask.
CASTS = "-Wcast-function-type-mismatch"
CASTS_ARE_WARNINGS = "-Wno-error=cast-function-type-mismatch"


def rewrite(tool: str, argv: Sequence[str], flags: Flags) -> list[str]:
    """The arguments for the real `tool`; `argv` is without the program's name and without response files.

    The ABI's flags come first and the recipe's last, so that a recipe overrides a project. Tools other than `emcc` and
    `em++` get what they were given.
    """
    if tool not in {"emcc", "em++"}:
        return list(argv)
    words = split(argv)
    command = understand(words)
    kept = [known for word in words if (known := _kept(word, flags)) is not None]
    if command.mode == "query":
        return _arguments(kept)
    before = [*flags.abi, "-g0", *flags.emcc]
    language = _language_flags(tool, command.inputs, flags)
    match command.mode:
        case "compile":
            is_judged = any(name.endswith(COMPILED) for name in command.inputs)
            return [*before, *[CASTS_ARE_WARNINGS] * is_judged, *_arguments(kept), *[CASTS] * is_judged, *language]
        case "object":
            return [*before, *_without_duplicates(kept), *language]
        case "program":
            return [*before, *_without_duplicates(kept), *language, *_program_flags(words, flags), *flags.ldflags]
        case "side module":
            ours = SHARED | rules.OF_RUNTIME
            linked = _without_duplicates(word for word in kept if word.text not in ours)
            shared = side_module_flags(command.output, flags.exports)
            return [*before, *shared, *linked, *language, *flags.ldflags]


def side_module_flags(output: str, exports: tuple[str, ...]) -> list[str]:
    """What makes a side module of `output` that shows only what it must.

    An extension module shows its PyInit (or PyModExport) function, found from its file name. A library (`libNAME.so`)
    is there to be linked against, so it shows all that the project makes visible.
    """
    name = os.path.basename(output)
    # Without it wasm-ld warns at each link that side modules are young, and configure scripts read warnings as failure.
    common = "-Wl,--experimental-pic"
    if exports[0] == "all" or (exports[0] == "pyinit" and _is_library(name)):
        return ["-sSIDE_MODULE=1", common]
    module = name.split(".", 1)[0]
    names = [f"PyInit_{module}", f"PyModExport_{module}", *exports[1:]]
    wanted = [f"-Wl,--export-if-defined={symbol}" for symbol in dict.fromkeys(names)]
    return ["-sSIDE_MODULE=2", common, *wanted]


def _is_library(name: str) -> bool:
    return name.startswith("lib") and ".cpython-" not in name and ".abi3" not in name


def _program_flags(words: Iterable[Word], flags: Flags) -> list[str]:
    """Programs are tests of configure scripts and generators run under Node.

    What a generator writes in a build has to be on the disk afterwards; such a program runs in no browser. The sysroot
    lacks the libraries that only assertions want.
    """
    settings = {(word.setting or "").partition("=")[0] for word in words}
    has_own_files = settings & rules.FILE_SYSTEMS or any(word.text.startswith(rules.PACKED_FILES) for word in words)
    disk = ["-sNODERAWFS=1"] if flags.on_disk and not has_own_files else []
    return [*flags.program_ldflags, *disk, *([] if "ASSERTIONS" in settings else ["-sASSERTIONS=0"])]


def _language_flags(tool: str, inputs: Sequence[str], flags: Flags) -> tuple[str, ...]:
    """Flags for sources; none when there are only objects to link."""
    if all(name.endswith(LINKED) for name in inputs):
        return ()
    is_cxx = tool == "em++" or any(name.endswith(COMPILED_CXX) for name in inputs)
    return flags.cxxflags if is_cxx else flags.cflags


def _arguments(words: Iterable[Word]) -> list[str]:
    return [argument for word in words for argument in word.arguments()]


def _kept(word: Word, flags: Flags) -> Word | None:
    """The word, or what stands for it; None for one that is left out."""
    if word.text == LINKER:
        return Word(LINKER, tokens=tuple(filter_tokens(word.tokens)))
    if word.setting and rules.is_dropped_setting(word.setting):
        return None
    library = word.operand("-l")
    if rules.is_dropped(word.text) or (library and rules.is_dropped(f"-l{library}")):
        return None
    if word.text in {"-Xpreprocessor", "-Xclang"} and rules.is_dropped(word.value or ""):
        return None
    folder = word.operand("-L")
    if folder:
        return None if rules.is_build_library(folder) else word
    return _include(word, flags)


def _include(word: Word, flags: Flags) -> Word | None:
    """A folder of headers, unless it is the build machine's; its Python's stands for the target's."""
    for option in ("-I", "-isystem", "-iquote", "-idirafter"):
        folder = word.operand(option)
        if folder and rules.is_build_include(folder):
            is_python = os.path.basename(folder.rstrip("/")).startswith("python3") and flags.python_include
            return Word(f"{option}{flags.python_include}") if is_python else None
    return word


def _without_duplicates(words: Iterable[Word]) -> list[str]:
    """Objects, libraries and folders once each: wasm-ld needs no order, and refuses an object that comes twice."""
    kept: list[str] = []
    seen: set[tuple[str, ...]] = set()
    is_whole = False
    for word in words:
        for token in word.tokens:
            is_whole = WHOLE.get(token, is_whole)
        arguments = word.arguments()
        is_input = word.value is None and not word.tokens and word.text.endswith(LINKED)
        if is_input or word.operand("-l") or word.operand("-L"):
            once = (*arguments, str(is_whole))
            if once in seen:
                continue
            seen.add(once)
        kept += arguments
    return kept
