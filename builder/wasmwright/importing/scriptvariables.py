"""A script as far as it was read: its variables, and words with their values."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wasmwright.importing import bounds
from wasmwright.importing import flags as meant
from wasmwright.importing.expansion import UnknownWord, expand
from wasmwright.importing.foreign import Cited, Foreign
from wasmwright.importing.places import DOLLAR, HOST, NATIVE, OPAQUE, OTHERS, OUT, VARIABLES, has_place, shown
from wasmwright.importing.scriptwords import NotUnderstood, only_asks, split
from wasmwright.importing.shell import assignment
from wasmwright.names import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from wasmwright.importing.beside import Beside
    from wasmwright.importing.shell import ShellCommand

_CONDITIONS = {
    "target_platform": "emscripten-wasm32",
    "build_platform": "linux-64",
    "CONDA_BUILD_CROSS_COMPILATION": "1",
    "PYODIDE": "1",
    "OSTYPE": "linux-gnu",
    "mpi": "nompi",
    "cuda_compiler_version": "None",
    "build_type": "",
    "SUBDIR": "emscripten-wasm32",
    "python_impl": "cpython",
    "PY3K": "1",
    "CROSSCOMPILING_EMULATOR": "",
    **dict.fromkeys(OTHERS, ""),
}
FLAG_VARIABLES = {
    "CFLAGS": "cflags",
    "CXXFLAGS": "cxxflags",
    "LDFLAGS": "ldflags",
    "CPPFLAGS": "cppflags",
    "LIBS": "ldflags",
    "EXTRA_CFLAGS": "cflags",
    "EXTRA_CXXFLAGS": "cxxflags",
    "EXTRA_LDFLAGS": "ldflags",
    "EMCC_CFLAGS": "cppflags",
    "FFLAGS": "",
    "FCFLAGS": "",
}
# What every build here has, or finds by itself.
BUILDS_OWN = re.compile(
    r"PATH|MAKEFLAGS|PKG_CONFIG(_PATH|_LIBDIR)?|CMAKE_(PREFIX|SYSTEM_PREFIX|MODULE|FIND_ROOT|INCLUDE|LIBRARY|PROGRAM)_PATH|CMAKE_GENERATOR|"
    r"(SETUPTOOLS_SCM|PBR|POETRY_DYNAMIC_VERSIONING|VERSIONEER)\w*VERSION\w*|CC|CXX|AR|RANLIB|NM|LD|STRIP|"
    r"MESON_CROSS_FILE|_PYTHON_\w+|PYTHON(PATH|DONTWRITEBYTECODE|INCLUDE|_VERSION)?|CROSSENV\w*|CMAKE_ARGS|MESON_ARGS|"
    r"CMAKE_BUILD_PARALLEL_LEVEL|MAX_JOBS|NPY_NUM_BUILD_JOBS|SOURCE_DATE_EPOCH|TMPDIR|HOME|"
    r"LD_LIBRARY_PATH|LIBRARY_PATH|CPATH|VERBOSE|GIT_\w+|"
    r"CMAKE_TOOLCHAIN_FILE|EMSDK\w*|EMCC_(DEBUG|CORES)|EM_(CONFIG|CACHE|PKG_CONFIG\w*|FROZEN_CACHE)|(FC|F77|F90|F95)|"
    r"(CC|CXX|CPP|AR|LD|CFLAGS|CXXFLAGS|LDFLAGS)_FOR_BUILD|(HOST|BUILD)_?(CC|CXX|LD|CFLAGS|CXXFLAGS|LDFLAGS|CPPFLAGS)"
)
# The compiler of the machine that builds, by the names that scripts give it.
NATIVE_COMPILER = re.compile(r"(CC|CXX|CPP)_FOR_BUILD|(HOST|BUILD)_?(CC|CXX)")
_IS_NATIVE = re.compile(
    r"(?:\S*/)?(?:[\w.-]+-)?(?:gcc|g\+\+|cc|c\+\+|clang|clang\+\+)(?:-?[\d.]+)?(?:\s.*)?", re.DOTALL
)
_FORTRAN = {"FC", "F77", "F90", "F95"}
FOR_CMAKE = re.compile(r"(\w+_)?CMAKE_(\w+_)?ARGS")
_ALL_OF_ARRAY = re.compile(r"\$\{(\w+)\[[@*]\]\}")


@dataclass(frozen=True, kw_only=True)
class Script:
    """A script, and where its first line stands. `variables` are those that its system sets besides the usual.

    `beside` has the files that it may read.
    """

    text: str
    line: int
    key: str
    file: str | None = None
    variables: Mapping[str, str] = field(default_factory=dict)
    beside: Beside | None = None


@dataclass(kw_only=True)
class Variables:
    """What a script set, where it is, and what was told of it."""

    foreign: Foreign
    script: Script
    variables: dict[str, str] = field(default_factory=lambda: dict(VARIABLES))
    arrays: dict[str, list[str]] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    given: dict[str, str] = field(default_factory=lambda: dict(_CONDITIONS))
    set_arrays: set[str] | None = None
    shells: list[tuple[dict[str, str], str, str]] = field(default_factory=list)
    folder: str = "."
    before: str = "."
    configured: bool = False
    lost: list[ShellCommand] = field(default_factory=list)
    parts: list[ShellCommand] = field(default_factory=list)
    last_use: dict[str, int] = field(default_factory=dict)
    at: int = 0
    made: set[str] = field(default_factory=set)
    sharing: set[str] = field(default_factory=set)
    part_lines: dict[str, int] = field(default_factory=dict)
    word_lines: dict[str, int] = field(default_factory=dict)
    line: int = 0
    depth: int = 0

    def _person(self, message: str, line: int) -> None:
        self.foreign.findings.person(message, at=self._at(line))

    def _note(self, message: str, command: ShellCommand) -> None:
        self.foreign.findings.note(message, at=self._at(command.line))

    def _at(self, line: int, text: str = "") -> Cited:
        """A line of the script, from 1, as a place in its file."""
        return Cited(text=text, line=self.script.line + line - 1, key=self.script.key, file=self.script.file)

    def _said(self, text: str, command: ShellCommand) -> Cited:
        """A part of a command, with the line of the word that it comes from, where that is still told."""
        return self._at(self.part_lines.get(text, command.line), text)

    @property
    def _where(self) -> str:
        """The place in the recipe, for limits."""
        file = self.foreign.findings.file
        return file if self.script.file else f"{file}:{self.line}"

    def _count(self, text: str) -> None:
        self.foreign.scripted += len(text)
        bounds.RENDERED.check(self.foreign.scripted, self._where)

    def _expanded(self, word: str) -> str:
        """A word with its variables replaced. Raises UnknownWord and LimitExceeded."""
        text = expand(word, self.variables, where=self._where)
        self._count(text)
        return text

    def _expanded_or_not(self, word: str) -> str:
        """A word with its variables replaced; a mark where they are not known."""
        try:
            return self._expanded(word)
        except UnknownWord:
            return OPAQUE

    def _array(self, words: list[str]) -> None:
        name, _, is_more = assignment(words[0]) or ("", "", False)
        items = [*self.arrays.get(name, [])] if is_more else []
        self._count(" ".join(items))
        for word in words[1:]:
            more = self._items(word) or [word]
            self._count(" ".join(more))
            items += more
        self.arrays[name] = items

    def _items(self, word: str) -> list[str] | None:
        """The items of an array, where a word is `${name[@]}`; else None."""
        found = _ALL_OF_ARRAY.fullmatch(word)
        if found is None:
            return None
        # No environment has arrays: one that the script does not set is empty.
        is_unset = self.set_arrays is not None and found[1] not in self.set_arrays
        return self.arrays.get(found[1], [] if is_unset else None)

    def _is_used(self, name: str) -> bool:
        """Whether a command that comes later names a variable."""
        return self.last_use.get(name, -1) > self.at

    def _assign(self, words: Sequence[str], command: ShellCommand, *, exported: bool = False) -> None:
        for word in words:
            found = assignment(word)
            assert found is not None
            name, value, _ = found
            if name not in self.variables and re.search(rf"\$\{{?{name}\b", value):
                # What is added to has nothing in it before.
                self.variables[name] = ""
            self.said.pop(name, None)
            self.given.pop(name, None)
            if name.startswith(("CARGO", "RUST", "PYO3")):
                self.foreign.is_rust = True
            elif (kind := FLAG_VARIABLES.get(name)) is not None:
                self._flags(kind, value, command)
            elif FOR_CMAKE.fullmatch(name) and (name == "CMAKE_ARGS" or not self.foreign.is_library):
                self._cmake_args(name, value, command)
            elif name == "MESON_ARGS":
                self.variables[name] = self._expanded(value)
            elif BUILDS_OWN.fullmatch(name):
                self._of_builds(name, value, command)
            else:
                self._set(name, value, command, exported=exported)

    def _of_builds(self, name: str, value: str, command: ShellCommand) -> None:
        if name in _FORTRAN:
            self.foreign.add_tool("flang")
        text = self._expanded(value) if NATIVE_COMPILER.fullmatch(name) else ""
        if _IS_NATIVE.fullmatch(text):
            self.foreign.add_tool("native-cc")
            self._note(f"`{name}` is set by the tool `native-cc`", command)
        else:
            self._note(f"`{name}` is set by every build here", command)
        if not command.nested:
            self.variables.setdefault(name, text)

    def _export(self, names: Sequence[str], command: ShellCommand) -> None:
        """Variables that have their values are given to programs."""
        for name in names:
            if name in self.said:
                self._set(name, self.said[name].replace("$", DOLLAR), command, exported=True)

    def _set(self, name: str, value: str, command: ShellCommand, *, exported: bool) -> None:
        if OPAQUE in value and not exported and only_asks(command):
            # Where it is used it is told.
            self.variables.pop(name, None)
            return
        text = self._expanded(value)
        self.variables[name] = self.said[name] = text
        exported = exported or name in self.foreign.env
        if not exported or (self.foreign.is_library and text in {HOST, NATIVE, OUT, "."}):
            return
        if not text:
            self._note(f"`{name}` has no value but what pkg-config tells, which is found here", command)
            return
        placed = self._placed_or_none(text, name)
        if placed is not None:
            self.foreign.env[name] = placed
        elif has_place(text) and (self.foreign.is_library or self._is_used(name)):
            self._note(f"`{name}` says where something lies, for what comes after it", command)
        else:
            raise NotUnderstood

    def _cmake_args(self, name: str, value: str, command: ShellCommand) -> None:
        """What CMake is told by a variable: a library's script names it, a wheel's back end reads it itself."""
        try:
            options = split(self._expanded(value))
        except UnknownWord:
            if self.foreign.is_library:
                raise
            options = self._known_parts(split(value.replace(DOLLAR, "\\$")), command, drop=meant.is_place)
        self.variables[name] = shlex.join(options)
        if self.foreign.is_library:
            return
        kept = []
        for option in options:
            placed = self._placed_or_none(option, option.partition("=")[0].removeprefix("-D"))
            if meant.is_own(option):
                continue
            if placed is not None:
                kept.append(placed)
            elif meant.is_place(option):
                self._note(f"{quoted(shown(option))} says where something lies, which is found here", command)
            else:
                self._person(f"{quoted(shown(option))} names a file or folder that is not here", command.line)
        self.foreign.env.pop(name, None)
        if kept:
            self.foreign.env[name] = shlex.join(kept)

    def _flags(self, kind: str, value: str, command: ShellCommand) -> None:
        where = self._said(value, command)
        text = self._unplaced(self._expanded(value))
        if kind:
            meant.add_flags(self.foreign, kind, text, where)
            return
        for word in split(text):
            if not meant.is_of_abi(word):
                self._person(
                    f"{quoted(shown(word))} is a flag of the Fortran compiler, for which no key is", command.line
                )

    def _unplaced(self, text: str) -> str:
        """Flags without those that say where the libraries lie, which builds find."""
        return shlex.join(word for word in split(text) if not has_place(word))

    def _placed(self, text: str, hint: str) -> str:
        """A value with the folder of a library of ours for that of all of them there."""
        if has_place(text.replace(HOST, "")):
            raise NotUnderstood
        if HOST not in text:
            return text
        name = self.foreign.host_for(hint)
        for pattern in (r"lib(\w+?)\.(?:a|so)", r"(?<!\S)-l(\w+)", r"/([\w.-]+)$"):
            for found in re.findall(pattern, text):
                name = name or self.foreign.host_for(found)
        if name is None:
            raise NotUnderstood
        # Libraries are archives here.
        text = re.sub(rf"({HOST}\S*/lib\w[\w+-]*)\.so(?:\.\d+)*$", r"\1.a", text)
        return text.replace(HOST, f"{{host:{name}}}")

    def _placed_or_none(self, text: str, hint: str) -> str | None:
        try:
            return self._placed(text, hint)
        except NotUnderstood:
            return None

    def _parts(self, word: str) -> list[str]:
        """A word as the words that it becomes: a variable without quotes may hold several, or none."""
        if (items := self._items(word)) is not None:
            return [part for item in items for part in ([] if self._items(item) is not None else self._parts(item))]
        if re.fullmatch(r"\$\{?\w+\}?", word):
            return split(self._expanded(word))
        return [self._expanded(word)]

    def _known_parts(
        self, words: Sequence[str], command: ShellCommand, *, drop: Callable[[str], bool] = lambda _: False
    ) -> list[str]:
        """All parts that are known. The others are told one by one, but for those that every build here says itself."""
        parts: list[str] = []
        for word in words:
            try:
                found = self._parts(word)
                self.part_lines |= dict.fromkeys(found, self.word_lines.get(word, command.line))
                parts += found
            except UnknownWord:
                if not meant.is_own(word) and not drop(word):
                    line = self.word_lines.get(word, command.line)
                    self._person(f"{quoted(shown(word))} is not carried: its value is not known here", line)
        return parts
