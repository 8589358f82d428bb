"""What of a patch a build for WebAssembly sees.

It sees no files of other platforms and of build systems that are not run, and no parts of C and of CMake that a
condition leaves out there.
A hunk is read twice, as it was and as it becomes, each time as the preprocessor or CMake would read it: what is only
for others is left out, and so are the conditions that are known. Where both come to the same, it changes nothing.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from wasmwright.names import quoted
from wasmwright.recipe.model import BuildSystem

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from wasmwright.recipe.hunks import Change

    # True or false, or what is left of a condition that is not known.
    Holds: TypeAlias = "bool | str"

_TESTS = {"test", "tests", "doc", "docs", ".github", "examples", "example", "benchmarks"}
# Nothing of these kinds is looked at by a build, where it lies in such a folder.
_READ_BY_PEOPLE = {".py", ".rst", ".md", ".yml", ".yaml", ".ipynb"}
_OF_FORGES = re.compile(
    r"(.*/)?(\.github/.*|\.circleci/.*|\.(gitlab-ci|travis|appveyor|cirrus|pre-commit-config|readthedocs|codecov)\.ya?ml|"
    r"(appveyor|azure-pipelines|codecov)\.yml|\.git(ignore|attributes)|\.clang-(format|tidy)|\.editorconfig)"
)
_OF_PEOPLE = re.compile(r"(.*/)?(README|CHANGES|CHANGELOG|ChangeLog|NEWS|AUTHORS|CONTRIBUTING)(\.(md|rst|txt))?")
_OF_WINDOWS = re.compile(
    r"(?i)(.*/)?([^/]+\.(vcxproj(\.filters|\.in)?|vcproj|sln|bat|cmd|ps1|rc|rc\.in|nsi|dsp|dsw|msvc)|"
    r"Makefile\.(vc|msvc|mingw|bcb|nmake|win32)|NMakefile|nmake\.\w+)"
)
_MADE_ANEW = {"config.sub", "config.guess", "ltmain.sh", "configure", "aclocal.m4"}
_OF_SYSTEMS = {
    BuildSystem.CMAKE: re.compile(r"CMakeLists\.txt"),
    BuildSystem.MESON: re.compile(r"meson\.build|meson_options\.txt|meson\.options"),
    BuildSystem.AUTOTOOLS: re.compile(
        r"configure(\.ac|\.in)?|Makefile\.(am|in)|config\.(sub|guess)|ltmain\.sh|aclocal\.m4"
    ),
}
_C = re.compile(r".*\.(c|cc|cpp|cxx|h|hh|hpp|hxx|inc|ipp)(\.in)?")
_CMAKE = re.compile(r"(.*/)?(CMakeLists\.txt|[^/]+\.cmake)")
# Macros of the compiler: those that it does not have for WebAssembly, and those that it has. Then names of CMake.
_MACROS = (
    re.compile(
        r"_?WIN(32|64)|__WIN32__|_MSC_VER|__(MINGW(32|64)|CYGWIN|APPLE|MACH|linux|gnu_linux|GLIBC|HAIKU|QNX|ANDROID|osf)__|"
        r"__(Free|Net|Open)BSD__|__DragonFly__|__(linux|sun|hpux)|__sun__|_AIX|__(x86_64|i386)(__)?|_M_(IX86|X64|AMD64|ARM|ARM64)|"
        r"__(arm|aarch64|powerpc|powerpc64|ppc|PPC|s390|s390x|mips|sparc|ia64|alpha|loongarch)__|__riscv|"
        r"__(INTEL_COMPILER|NVCC__|CUDACC__|HIPCC__|SUNPRO_C|SUNPRO_CC|BORLANDC__|WATCOMC__)"
    ),
    re.compile(r"__(EMSCRIPTEN|wasm|wasm32|clang|GNUC|unix)__|__unix"),
)
_CMAKE_NAMES = (
    re.compile(r"WIN32|MSVC|APPLE|MINGW|CYGWIN|MSYS|IOS|ANDROID|XCODE|BORLAND|WINDOWS_STORE"),
    re.compile(r"UNIX|EMSCRIPTEN"),
)
_COMPARED: dict[str, Callable[[int, int], bool]] = {
    "<": int.__lt__,
    "<=": int.__le__,
    ">": int.__gt__,
    ">=": int.__ge__,
    "==": int.__eq__,
    "!=": int.__ne__,
}
_C_LINE = re.compile(r"\s*#\s*(if|ifdef|ifndef|elif|else|endif)\b(.*)", re.DOTALL)
_CMAKE_LINE = re.compile(r"(?i)\s*(if|elseif|else|endif)\s*\((.*)\)\s*(?:#.*)?", re.DOTALL)
_C_TOKEN = re.compile(r"\s*(\|\||&&|[<>=!]=|[()!<>]|[^\s()!<>=&|]+|.)")
_CMAKE_TOKEN = re.compile(r"\s*([()]|\"[^\"]*\"|[^\s()\"]+|.)")
# What a file that CMake includes first says where it only makes shared libraries possible, which no build here makes.
_SHARES = re.compile(
    r"\s*(?:set_property\s*\(\s*GLOBAL\s+PROPERTY\s+TARGET_SUPPORTS_SHARED_LIBS\s+\w+\s*\)|"
    r"set\s*\(\s*(?:CMAKE_SHARED_(?:LIBRARY|MODULE)_\w+|CMAKE_STRIP|CMAKE_EXECUTABLE_SUFFIX)\b[^()]*\))\s*"
)
_NUMBER = re.compile(r"\d{1,9}")
_DEEP, _LONG, _NAMED = 40, 500, 4


def unseen(found: Sequence[Change], system: BuildSystem | None, tools: Collection[str]) -> str | None:
    """Why a build sees nothing of a patch; None where it may. `system` is None for a wheel."""
    told: dict[str, list[str]] = {}
    for change in found:
        why = _unseen(change, system, tools)
        if why is None:
            return None
        told.setdefault(why, []).append(quoted(change.file))
    parts = []
    for why, files in told.items():
        more = f" and {len(files) - _NAMED} more" if len(files) > _NAMED else ""
        parts.append(f"{', '.join(files[:_NAMED])}{more}: {why}")
    return "; ".join(parts) or None


def unseen_files(paths: Sequence[str], system: BuildSystem | None, tools: Collection[str]) -> str | None:
    """Why a build sees nothing of some files; None where it may."""
    found = dict.fromkeys(_unseen_file(path, system, tools) for path in paths)
    return None if None in found else "; ".join(why for why in found if why) or None


def only_shares(text: str) -> bool:
    """Whether a file of CMake's language does nothing but to let shared libraries be made."""
    rest = re.sub(r"#[^\n]*", "", text)
    at = 0
    while (found := _SHARES.match(rest, at)) is not None and found.end() > at:
        at = found.end()
    return bool(rest.strip()) and not rest[at:].strip()


def is_of_tests(path: str) -> bool:
    """Whether a file is one of tests or documents, which no build reads."""
    *folders, file = path.split("/")
    return bool(_TESTS & {*folders}) and posixpath.splitext(file)[1] in _READ_BY_PEOPLE


def _unseen(change: Change, system: BuildSystem | None, tools: Collection[str]) -> str | None:
    why = _unseen_file(change.file, system, tools)
    language = _language(change.file, tools)
    if why is None and language is not None:
        is_same = all(_read(hunk.old, language) == _read(hunk.new, language) for hunk in change.hunks)
        return "the same for WebAssembly" if is_same else None
    return why


def _unseen_file(path: str, system: BuildSystem | None, tools: Collection[str]) -> str | None:
    name = posixpath.basename(path)
    if _OF_FORGES.fullmatch(path):
        return "for forges and editors"
    if is_of_tests(path) or _OF_PEOPLE.fullmatch(path):
        return "tests or documents"
    if _OF_WINDOWS.fullmatch(path):
        return "for Windows"
    if system is not None and (of := next((one for one, kind in _OF_SYSTEMS.items() if kind.fullmatch(name)), None)):
        # What `make` alone is told may run any of them.
        if of is not system and system is not BuildSystem.MAKE:
            return f"for {of}, and it is built by {system}"
        if system is BuildSystem.AUTOTOOLS and "autotools" in tools and name in _MADE_ANEW:
            return "made anew by the tool `autotools`"
    return None


@dataclass(frozen=True, kw_only=True)
class _Language:
    """How conditions stand in a file. `known` are the names that are false for WebAssembly, and those that are true."""

    line: re.Pattern[str]
    token: re.Pattern[str]
    known: tuple[re.Pattern[str], re.Pattern[str]]
    marks: Mapping[str, str]
    is_c: bool

    def value(self, name: str) -> bool | None:
        """What a name has for WebAssembly; None where that is not known."""
        others, own = self.known
        return False if others.fullmatch(name) else True if own.fullmatch(name) else None


_LANGUAGE_C = _Language(
    line=_C_LINE, token=_C_TOKEN, known=_MACROS, marks={"or": "||", "and": "&&", "not": "!"}, is_c=True
)
_LANGUAGE_CMAKE = _Language(
    line=_CMAKE_LINE, token=_CMAKE_TOKEN, known=_CMAKE_NAMES, marks={"or": "OR", "and": "AND", "not": "NOT"}, is_c=False
)


def _language(path: str, tools: Collection[str]) -> _Language | None:
    if _CMAKE.fullmatch(path):
        return _LANGUAGE_CMAKE
    # Programs for the machine that builds are compiled for another platform.
    return _LANGUAGE_C if _C.fullmatch(path) and "native-cc" not in tools else None


@dataclass(kw_only=True)
class _Block:
    """A condition and its branches.

    Whether the one that is read counts, whether it is left in the text, and whether one up to it held.
    """

    counts: bool
    is_left: bool
    is_done: bool


@dataclass(kw_only=True)
class _Reading:
    language: _Language
    kept: list[str] = field(default_factory=list)
    blocks: list[_Block] = field(default_factory=list)
    in_comment: bool = False

    def line(self, text: str) -> None:
        if self._is_comment(text):
            return
        found = self.language.line.fullmatch(text)
        if found is None:
            if text.strip() and not (not self.language.is_c and only_shares(text)):
                self._keep(text.strip())
            return
        word = found[1].lower()
        if word in {"if", "ifdef", "ifndef"}:
            self._begins(self._holds(word, found[2]))
        elif not self.blocks:
            # It began above the hunk: this is part of what is compared.
            self._keep(text.strip())
        elif word == "endif":
            block = self.blocks.pop()
            if block.is_left:
                self._keep("endif")
        else:
            self._goes_on(True if word == "else" else self._holds("if", found[2]))

    def _keep(self, text: str) -> None:
        if all(block.counts for block in self.blocks):
            self.kept.append(text)

    def _begins(self, holds: Holds) -> None:
        if isinstance(holds, str):
            self._keep(f"if {holds}")
        self.blocks.append(_Block(counts=holds is not False, is_left=isinstance(holds, str), is_done=holds is True))

    def _goes_on(self, holds: Holds) -> None:
        block = self.blocks.pop()
        holds = False if block.is_done else holds
        if isinstance(holds, str):
            self._keep(f"{'elif' if block.is_left else 'if'} {holds}")
        elif holds and block.is_left:
            self._keep("else")
        is_left = block.is_left or isinstance(holds, str)
        self.blocks.append(_Block(counts=holds is not False, is_left=is_left, is_done=block.is_done or holds is True))

    def _holds(self, word: str, condition: str) -> Holds:
        if word == "if":
            return _Condition(text=condition, language=self.language).value()
        holds = _defined(re.split(r"/[*/]", condition, maxsplit=1)[0].strip(), self.language)
        return _not(holds) if word == "ifndef" else holds

    def _is_comment(self, text: str) -> bool:
        stripped = text.strip()
        if not self.language.is_c:
            return stripped.startswith("#")
        if self.in_comment:
            self.in_comment = "*/" not in stripped
            # What comes behind the end of a comment is not looked at here.
            return not stripped.partition("*/")[2].strip()
        if stripped.startswith("/*"):
            self.in_comment = "*/" not in stripped
            return not stripped.partition("*/")[2].strip()
        return stripped.startswith("//") and not stripped.endswith("\\")


def _read(lines: Sequence[str], language: _Language) -> tuple[list[str], list[tuple[bool, bool, bool]], bool]:
    """The lines that count for WebAssembly, and what is still open behind the last of them."""
    reading = _Reading(language=language)
    waiting = ""
    for line in lines:
        waiting += line.rstrip("\r")
        if language.is_c and waiting.endswith("\\") and waiting.lstrip().startswith("#"):
            waiting = waiting[:-1] + " "
            continue
        reading.line(waiting)
        waiting = ""
    if waiting:
        reading.line(waiting)
    return reading.kept, [(one.counts, one.is_left, one.is_done) for one in reading.blocks], reading.in_comment


class _Odd(Exception):
    """A condition is of a form that is not read."""


@dataclass(kw_only=True)
class _Condition:
    """Reads a condition: what is known of it is replaced by its value."""

    text: str
    language: _Language
    tokens: list[str] = field(default_factory=list)
    at: int = 0
    depth: int = 0

    def value(self) -> Holds:
        plain = " ".join(re.sub(r"/\*.*?\*/|//.*" if self.language.is_c else r"(?!)", " ", self.text).split())
        if len(plain) > _LONG:
            return plain
        self.tokens = self.language.token.findall(plain)
        try:
            holds = self._any()
        except _Odd:
            return plain
        return holds if self.at == len(self.tokens) else plain

    def _next(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def _takes(self, mark: str) -> bool:
        is_next = self._next() == mark
        self.at += is_next
        return is_next

    def _any(self) -> Holds:
        self.depth += 1
        if self.depth > _DEEP:
            raise _Odd
        parts = [self._all()]
        while self._takes(self.language.marks["or"]):
            parts.append(self._all())
        self.depth -= 1
        return _joined(parts, " or ", decides=True)

    def _all(self) -> Holds:
        parts = [self._one()]
        while self._takes(self.language.marks["and"]):
            parts.append(self._one())
        return _joined(parts, " and ", decides=False)

    def _one(self) -> Holds:
        negated = False
        while self._takes(self.language.marks["not"]):
            negated = not negated
        if self._takes("("):
            holds = self._any()
            if not self._takes(")"):
                raise _Odd
        else:
            holds = self._plain()
        return _not(holds) if negated else holds

    def _plain(self) -> Holds:
        words: list[str] = []
        ends = {self.language.marks["or"], self.language.marks["and"], ")", ""}
        while self._next() not in ends:
            # A call or a sum in brackets is kept as it stands.
            words.append(self._next())
            self.at += 1
            if words[-1] == "(":
                raise _Odd
            if words == ["defined"] and self._takes("("):
                words.append(self._next())
                self.at += 1
                if not self._takes(")"):
                    raise _Odd
        match words:
            case ["defined", name] if self.language.is_c:
                return _defined(name, self.language)
            case [name]:
                holds = self.language.value(name)
                return name if holds is None else holds
            case [name, operator, number] if (
                self.language.is_c
                and self.language.value(name) is False
                and operator in _COMPARED
                and _NUMBER.fullmatch(number)
            ):
                # A macro that is not defined is 0 there.
                return _COMPARED[operator](0, int(number))
            case []:
                raise _Odd
            case _:
                return " ".join(words)


def _defined(name: str, language: _Language) -> Holds:
    holds = language.value(name)
    return f"defined {name}" if holds is None else holds


def _not(holds: Holds) -> Holds:
    return not holds if isinstance(holds, bool) else f"not ({holds})"


def _joined(parts: Sequence[Holds], word: str, *, decides: bool) -> Holds:
    """Several conditions of which one that is `decides` decides; those that are the other say nothing."""
    if any(part is decides for part in parts):
        return decides
    left = [part for part in parts if isinstance(part, str)]
    if not left:
        return not decides
    return left[0] if len(left) == 1 else word.join(f"({part})" for part in left)
