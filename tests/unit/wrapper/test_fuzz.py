"""What compilers are asked by builds, and what they say and make, broken in quantity."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from archive_writer import archive
from fuzz import Cases, few_or_many, mutated_bytes, mutated_text, odd_text, try_cases
from wasm_writer import Writer, custom, leb, text

from wasmwright.words import expand, shell_words
from wasmwright.wrapper.arguments import split, understand
from wasmwright.wrapper.compilation import judged
from wasmwright.wrapper.direct import clang_arguments
from wasmwright.wrapper.isolate import exports, hide, thin_members
from wasmwright.wrapper.rewrite import rewrite
from wasmwright.wrapper.settings import Flags, flags_from

if TYPE_CHECKING:
    import random

    from wasmwright.wrapper.arguments import Word

LINES = (
    "-O2 -fPIC -pthread -I/usr/include/python3.14 -Isrc -DNAME=\"a b\" -c 'src/a file.c' -o build/a.o -MD -MF a.d\n",
    "-shared a.o b.o -L/usr/lib -Llib -lm -lpython3.14 -Wl,-rpath,$ORIGIN/../x:/usr/lib -Wl,-soname -Wl,x.so -o x.so",
    "-sSIDE_MODULE=1 -s EXPORTED_FUNCTIONS=_a,_b -Xlinker --version-script -Xlinker v.map -Xclang -load a.cpp -s\n",
    "a.c b.cpp -fopenmp -march=native -g3 -x c++ - -include config.h -Wl,--start-group -lz liba.a -Wl,--end-group\n",
    "@more @'more still' \"@last\" -r a.o -o b.o\n",
    "--version -print-search-dirs -E -dM - -Wl, -Xlinker -I -l -L -D -U -T\n",
)
FILES = ("more", "more still", "last", "other")
_CAST = "cast from 'int (*)(void)' to 'initproc' converts to incompatible function type"
SAID = (
    f"a.c:3:5: warning: {_CAST} [-Wcast-function-type-mismatch]\n    3 |     (initproc)f,\n      |     ^~~~\n",
    "In file included from b.h:1:\n                 from a.c:2:\na.c:9:1: error: unknown type name 'x'\n",
    "2 warnings and 1 error generated.\n3 warnings generated.\n",
)
# Between them a line break, which none of them holds.
VARIABLES = """WASMWRIGHT_ABI_FLAGS=-fPIC -pthread
WASMWRIGHT_CFLAGS='-DX="1"'
WASMWRIGHT_EXPORTS=names f g
WASMWRIGHT_ON_DISK=1"""
FLAGS = Flags(
    abi=("-fPIC", "-fwasm-exceptions"),
    cflags=("-O2",),
    ldflags=("-lz",),
    exports=("names", "f"),
    python_include="/target/include/python3.14",
    on_disk=True,
)


@few_or_many
def test_command_lines_and_response_files(cases: Cases):
    def make(rng: random.Random) -> tuple[str, list[str], dict[str, str]]:
        files = {name: _line(rng) for name in FILES if rng.random() < 0.7}
        words = [odd_text(rng) for _ in range(rng.randrange(4))]
        words += [f"@{rng.choice(FILES)}"] * (rng.random() < 0.5)
        return rng.choice(["emcc", "em++", "emar"]), [*words, *_line(rng).split()], files

    def ask(made: tuple[str, list[str], dict[str, str]]) -> None:
        tool, words, files = made
        given = expand(words, files.get)
        read = split(given)
        again = split([argument for word in read for argument in _written(word)])
        assert [_written(word) for word in again] == [_written(word) for word in read]
        rewritten = rewrite(tool, given, FLAGS)
        clang_arguments(rewritten, FLAGS.abi, FLAGS.emcc)
        understand(read), understand(split(rewritten))

    try_cases(ask, make, cases)


def _written(word: Word) -> list[str]:
    return [f"-Wl,{','.join(word.tokens)}"] if word.tokens else word.arguments()


def _line(rng: random.Random) -> str:
    return mutated_text(rng, LINES) if rng.random() < 0.8 else rng.choice(LINES)


@few_or_many
def test_words_are_those_of_a_shell(cases: Cases):
    """As Python's own, but for what the two are known to differ in."""

    def ask(line: str) -> None:
        try:
            words = shell_words(line)
        except ValueError:
            return
        # Which is quadratic in the length of a word, and takes other spaces for none.
        if len(line) < 2000 and line.isascii() and not set(line) & set("\0\v\f\x1c\x1d\x1e\x1f"):
            assert words == shlex.split(line)

    try_cases(ask, _line, cases)


@few_or_many
def test_variables(cases: Cases):
    def ask(line: str) -> None:
        pairs = (variable.partition("=") for variable in line.split("\n"))
        flags_from({name: value for name, _, value in pairs})

    try_cases(ask, lambda rng: mutated_text(rng, [VARIABLES]), cases)


@few_or_many
def test_what_compilers_say(cases: Cases):
    def ask(said: str) -> None:
        for is_asked in (False, True):
            kept, _ = judged(said, is_asked=is_asked)
            assert len(kept) <= len(said) + len(said.splitlines())

    try_cases(ask, lambda rng: mutated_text(rng, SAID), cases)


@few_or_many
def test_objects_and_archives(cases: Cases):
    function = b"\0\0" + leb(1) + text("f")
    data = b"\1\0" + text("d") + leb(0) + leb(0) + leb(4)
    symbols = leb(3) + function + data + b"\3\0" + leb(1)
    linking = custom("linking", leb(2) + b"\x08" + leb(len(symbols)) + symbols)
    whole = b"\0asm\1\0\0\0" + linking
    module = Writer().define("f").build()
    samples = [whole, module, archive((b"a.o/", whole), (b"#1/4", b"b.o\0" + whole), (b"/", b""))]
    samples.append(b"!<thin>\n" + archive((b"//", b"a_long_name.o/\n"), (b"/0", b""), (b"b.o/", b""))[8:])

    def ask(content: bytes) -> None:
        marked = bytearray(content)
        hide(marked, shared=frozenset([b"f"]), exported=len(content) % 2 == 0)
        assert len(marked) == len(content)
        exports(content), thin_members(content)

    try_cases(ask, lambda rng: mutated_bytes(rng, samples), cases)
