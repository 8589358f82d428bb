"""How a compiler's command line is read: which words belong together, and what they ask for."""

from __future__ import annotations

from itertools import groupby

TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Literal

    Mode = Literal["query", "compile", "object", "program", "side module"]

COMPILED_CXX = (".cc", ".cpp", ".cxx", ".C", ".c++", ".CPP", ".ii", ".mm")
COMPILED = (".c", ".i", ".m", *COMPILED_CXX)
LINKED = (".o", ".obj", ".lo", ".a", ".so", ".lib")
SHARED = {"-shared", "--shared", "-dynamiclib"}
LINKER = "-Wl,"
# What the linker is told before and after archives of which all members are wanted.
WHOLE = {"--whole-archive": True, "--no-whole-archive": False}

_COMPILE_ONLY = {"-c", "-S", "-E", "-M", "-MM", "-fsyntax-only"}
_QUERIES = ("--version", "-dumpversion", "-dumpmachine", "-print-", "--print-", "--help", "-###", "--cflags")
_VALUED = {
    *(
        "-o",
        "-I",
        "-L",
        "-D",
        "-U",
        "-l",
        "-x",
        "-include",
        "-include-pch",
        "-imacros",
        "-isystem",
        "-iquote",
        "-idirafter",
    ),
    *("-MF", "-MT", "-MQ", "-Xclang", "-Xpreprocessor", "-Xassembler", "-mllvm", "-target", "-u", "-T", "--param"),
    *("--js-library", "--pre-js", "--post-js", "--preload-file", "--embed-file"),
    *("-undefined", "-arch", "-isysroot", "-install_name", "-R"),
}


class Word:
    """One argument with the value that belongs to it, if that stands by itself; or a run of the linker's tokens."""

    __slots__ = ("text", "tokens", "value")

    def __init__(self, text: str, *, value: str | None = None, tokens: tuple[str, ...] = ()) -> None:
        self.text = text
        self.value = value
        self.tokens = tokens

    def arguments(self) -> list[str]:
        """As it stood on the command line; tokens of the linker each by itself."""
        if self.text == LINKER:
            return [f"{LINKER}{token}" for token in self.tokens]
        return [self.text] if self.value is None else [self.text, self.value]

    def operand(self, option: str) -> str | None:
        """The value if this is `option`, joined (`-Ifolder`) or not (`-I folder`)."""
        if self.text == option:
            return self.value
        return self.text[len(option) :] if self.text.startswith(option) else None

    @property
    def setting(self) -> str | None:
        """The Emscripten setting that this makes, such as `SIDE_MODULE=1`."""
        text = self.operand("-s")
        return text if text and _is_setting(text) else None


class Command:
    """What a command line means: what is asked for, of which files, into which."""

    __slots__ = ("inputs", "mode", "output")

    def __init__(self, *, mode: Mode, inputs: tuple[str, ...], output: str) -> None:
        self.mode = mode
        self.inputs = inputs
        self.output = output


def split(argv: Sequence[str]) -> list[Word]:
    """The command line in words. Neighbouring `-Wl,` become one: an option and its value may stand in two of them."""
    words: list[Word] = []
    for text, alike in groupby(_words(argv), lambda word: word.text):
        if text == LINKER:
            words.append(Word(LINKER, tokens=tuple(token for word in alike for token in word.tokens)))
        else:
            words += alike
    return words


def understand(words: Sequence[Word]) -> Command:
    """What the compiler is asked to do, with which files, and into which."""
    plain = {word.text for word in words}
    inputs = tuple(word.text for word in words if word.text == "-" or not word.text.startswith("-"))
    settings = {word.setting.split("=", 1)[0] for word in words if word.setting}
    mode: Mode
    if not inputs or any(text.startswith(_QUERIES) for text in plain) or _lacks_value(words[-1]):
        mode = "query"
    elif plain & _COMPILE_ONLY:
        mode = "compile"
    elif "-r" in plain:
        mode = "object"
    elif plain & SHARED or "SIDE_MODULE" in settings:
        mode = "side module"
    else:
        mode = "program"
    outputs = [output for word in words if (output := word.operand("-o")) is not None]
    return Command(mode=mode, inputs=inputs, output=outputs[-1] if outputs else "")


def _words(argv: Sequence[str]) -> Iterator[Word]:
    position = 0
    while position < len(argv):
        argument = argv[position]
        following = argv[position + 1] if position + 1 < len(argv) else None
        position += 1
        if argument.startswith(LINKER):
            yield Word(LINKER, tokens=tuple(argument.split(",")[1:]))
        elif following is not None and _takes_value(argument, following):
            position += 1
            is_linker = argument == "-Xlinker"
            yield Word(LINKER, tokens=(following,)) if is_linker else Word(argument, value=following)
        else:
            yield Word(argument)


def _lacks_value(last: Word) -> bool:
    """Whether it waits for the argument that would follow: the compiler refuses it, and it must not take ours."""
    return last.value is None and _takes_value(last.text, "")


def _takes_value(argument: str, following: str) -> bool:
    # `-s` alone strips symbols; before a setting's name it makes a setting.
    return argument in _VALUED or argument == "-Xlinker" or (argument == "-s" and _is_setting(following))


def _is_setting(text: str) -> bool:
    name = text.split("=", 1)[0]
    return name[:1].isupper() and name.replace("_", "").isalnum() and name == name.upper()
