"""From the arguments a project gives to the arguments its compiler gets: pure."""

from __future__ import annotations

import os

from wasmwright.wrapper import rules
from wasmwright.wrapper.arguments import COMPILED, COMPILED_CXX, LINKED, LINKER, SHARED, split, understand
from wasmwright.wrapper.linker import filter_tokens

TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wasmwright.wrapper.arguments import Word
    from wasmwright.wrapper.settings import Flags

# Asked of every compilation, and judged in compilation.py. A project's `-Werror` is not about what we ask.
CASTS = "-Wcast-function-type-mismatch"
CASTS_ARE_WARNINGS = "-Wno-error=cast-function-type-mismatch"
_WHOLE = {"-Wl,--whole-archive": True, "-Wl,--no-whole-archive": False}


def rewrite(tool: str, argv: Sequence[str], flags: Flags) -> list[str]:
    """The arguments for the real `tool`; `argv` is without the program's name and without response files.

    The ABI's flags come first and the recipe's last, so that a recipe overrides a project. Tools other than `emcc` and
    `em++` get what they were given.
    """
    if tool not in {"emcc", "em++"}:
        return list(argv)
    words = split(argv)
    command = understand(words)
    kept = [argument for word in words for argument in _kept(word, flags)]
    if command.mode == "query":
        return kept
    before = [*flags.abi, "-g0", *flags.emcc]
    language = _language_flags(tool, command.inputs, flags)
    match command.mode:
        case "compile":
            is_judged = any(name.endswith(COMPILED) for name in command.inputs)
            return [*before, *[CASTS_ARE_WARNINGS] * is_judged, *kept, *[CASTS] * is_judged, *language]
        case "object":
            return [*before, *_without_duplicates(kept), *language]
        case "program":
            return [*before, *_without_duplicates(kept), *language, *_program_flags(words, flags), *flags.ldflags]
        case "side module":
            ours = SHARED | rules.OF_RUNTIME
            linked = _without_duplicates(argument for argument in kept if argument not in ours)
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


def _kept(word: Word, flags: Flags) -> list[str]:
    if word.text == LINKER:
        return [f"-Wl,{token}" for token in filter_tokens(word.tokens)]
    if word.setting and rules.is_dropped_setting(word.setting):
        return []
    library = word.operand("-l")
    if rules.is_dropped(word.text) or (library and rules.is_dropped(f"-l{library}")):
        return []
    if word.text in {"-Xpreprocessor", "-Xclang"} and rules.is_dropped(word.value or ""):
        return []
    folder = word.operand("-L")
    if folder:
        return [] if rules.is_build_library(folder) else word.arguments()
    return _include(word, flags)


def _include(word: Word, flags: Flags) -> list[str]:
    """A folder of headers, unless it is the build machine's; its Python's stands for the target's."""
    for option in ("-I", "-isystem", "-iquote", "-idirafter"):
        folder = word.operand(option)
        if folder and rules.is_build_include(folder):
            is_python = os.path.basename(folder.rstrip("/")).startswith("python3") and flags.python_include
            return [f"{option}{flags.python_include}"] if is_python else []
    return word.arguments()


def _without_duplicates(arguments: Iterable[str]) -> list[str]:
    """Objects, libraries and folders once each: wasm-ld needs no order, and refuses an object that comes twice."""
    kept: list[str] = []
    seen: set[tuple[str, bool]] = set()
    is_whole = is_output = False
    for argument in arguments:
        is_whole = _WHOLE.get(argument, is_whole)
        is_input = argument.endswith(LINKED) or (argument.startswith(("-l", "-L")) and argument not in {"-l", "-L"})
        if is_input and not is_output:
            if (argument, is_whole) in seen:
                continue
            seen.add((argument, is_whole))
        is_output = argument in {"-o", "-MF", "-MT", "-MQ"}
        kept.append(argument)
    return kept
