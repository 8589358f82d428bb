"""What build scripts do that recipes here can say. All that is not understood is told, command by command."""

from __future__ import annotations

import posixpath
import re
import shlex
from collections import ChainMap
from dataclasses import dataclass, field, replace
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from wasmwright.importing import bounds
from wasmwright.importing import flags as meant
from wasmwright.importing.expansion import UnknownWord, expand
from wasmwright.importing.findings import Level
from wasmwright.importing.flow import commands
from wasmwright.importing.foreign import Cited, Foreign
from wasmwright.importing.left import Left, placed_file
from wasmwright.importing.places import (
    DOLLAR,
    HOST,
    NATIVE,
    OPAQUE,
    OTHERS,
    OUT,
    RECIPE,
    VARIABLES,
    has_place,
    is_cross_file,
    only_shares,
    shown,
)
from wasmwright.importing.pythontext import only_prints
from wasmwright.importing.shell import assignment, read_commands
from wasmwright.names import quoted
from wasmwright.recipe.model import BuildSystem
from wasmwright.sources.entry import relative_fault

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from wasmwright.importing.beside import Beside
    from wasmwright.importing.shell import ShellCommand

_TOLD = 12
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
_FLAG_VARIABLES = {
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
_BUILDS_OWN = re.compile(
    r"PATH|MAKEFLAGS|PKG_CONFIG(_PATH|_LIBDIR)?|CMAKE_(PREFIX|SYSTEM_PREFIX|MODULE|FIND_ROOT|INCLUDE|LIBRARY|PROGRAM)_PATH|CMAKE_GENERATOR|"
    r"(SETUPTOOLS_SCM|PBR|POETRY_DYNAMIC_VERSIONING|VERSIONEER)\w*VERSION\w*|CC|CXX|AR|RANLIB|NM|LD|STRIP|"
    r"MESON_CROSS_FILE|_PYTHON_\w+|PYTHON(PATH|DONTWRITEBYTECODE|INCLUDE|_VERSION)?|CROSSENV\w*|CMAKE_ARGS|MESON_ARGS|"
    r"CMAKE_BUILD_PARALLEL_LEVEL|MAX_JOBS|NPY_NUM_BUILD_JOBS|SOURCE_DATE_EPOCH|TMPDIR|HOME|"
    r"LD_LIBRARY_PATH|LIBRARY_PATH|CPATH|VERBOSE|GIT_\w+|"
    r"CMAKE_TOOLCHAIN_FILE|EMSDK\w*|EMCC_(DEBUG|CORES)|EM_(CONFIG|CACHE|PKG_CONFIG\w*|FROZEN_CACHE)|(FC|F77|F90|F95)|"
    r"(CC|CXX|CPP|AR|LD|CFLAGS|CXXFLAGS|LDFLAGS)_FOR_BUILD|(HOST|BUILD)_?(CC|CXX|LD|CFLAGS|CXXFLAGS|LDFLAGS|CPPFLAGS)"
)
# The compiler of the machine that builds, by the names that scripts give it.
_NATIVE_COMPILER = re.compile(r"(CC|CXX|CPP)_FOR_BUILD|(HOST|BUILD)_?(CC|CXX)")
_IS_NATIVE = re.compile(
    r"(?:\S*/)?(?:[\w.-]+-)?(?:gcc|g\+\+|cc|c\+\+|clang|clang\+\+)(?:-?[\d.]+)?(?:\s.*)?", re.DOTALL
)
_FORTRAN = {"FC", "F77", "F90", "F95"}
# Of the shell itself; what asks the machine, or text; what looks into objects.
_SILENT = {
    *("set", "echo", "printf", "pwd", "true", ":", "exit", "return", "test", "[", "[[", "trap", "wait", "alias"),
    *("ls", "date", "which", "type", "hash", "env", "printenv", "uname", "id", "du", "sleep"),
    *("cat", "grep", "sort", "uniq", "head", "tail", "wc", "tr", "cut", "diff", "cmp"),
    *("file", "ldd", "nm", "llvm-nm", "objdump", "llvm-objdump", "wasm-objdump", "od", "xxd", "hexdump", "strings"),
    *(
        "pkg-config",
        "pkgconf",
        "umask",
        "stat",
        "df",
        "free",
        "tree",
        "awk",
        "basename",
        "dirname",
        "nproc",
        "sync",
        "egrep",
        "fgrep",
        "readelf",
    ),
}
# Where a command's output goes, when nothing reads it.
_UNREAD = re.compile(r"(?:\d|&)?>>?(?:/dev/(?:null|stdout|stderr|tty)|[\w./-]+\.log|&\d)|<\s?/dev/null")
_OUTPUT = re.compile(r"(?:\d|&)?>>?|<")
_PLACE_UNREAD = re.compile(r"/dev/(?:null|stdout|stderr|tty)|[\w./-]+\.log")
# Commands that only tell something. What they would tell is not known.
_ASKING = re.compile(
    r"\s*(?:\S*/)?(?:(?:\$\{?PYTHON\}?|python[\d.]*)\s+(?:-c|-V|--version)\s|(?:cat|e?grep|sed|awk|basename|dirname|date|"
    r"git|echo|printf|cut|head|tail|ls|find|which|command|type|uname|expr|pwd|realpath|readlink|node|tr|sort|wc|nproc|"
    r"mktemp|[\w.-]+-config|emcc|em\+\+|clang|gcc|perl|jq|stat|getconf|llvm-\w+)\b)"
)
_CHANGING = re.compile(r"\s-i\b|--in-place|-delete\b|-exec\b|>|\btee\b")
_WRAPPERS = {"emconfigure", "emcmake", "emmake", "time", "nice", "exec", "command"}
_FILES_ONLY = {"mkdir", "chmod", "touch", "unset", "shopt", "ulimit", "ranlib", "emranlib"}
_ASKS_ONLY = {"--version", "-V", "--help"}
_SCRIPTS_DEEP = 8
_LONG_PATH = 1024
_OF_SOURCE = re.compile(r"\$(?:(?:SRC_DIR|PKG_BUILD_DIR)\b|\{(?:SRC_DIR|PKG_BUILD_DIR)\})")
_FOR_CMAKE = re.compile(r"(\w+_)?CMAKE_(\w+_)?ARGS")
_NAMED = re.compile(r"\$\{?(\w+)")
_ALL_OF_ARRAY = re.compile(r"\$\{(\w+)\[[@*]\]\}")
# Of the result: what is for people, shells or desktops, and what conda runs when an environment is entered.
_FOR_PEOPLE = re.compile(
    f"{HOST}/(?:s?bin|etc/conda|etc/bash_completion\\.d|share/(?:man|doc|info|licenses|bash-completion|zsh|fish|applications|"
    "icons|emacs|vim|locale))(?:/|$)"
)
_TO_READ = re.compile(r"(?i)(?:COPYING|LICEN[CS]ES?|NOTICE|AUTHORS|README|CHANGES|CHANGELOG|THIRD-?PARTY)[\w.-]*")
# What a shared library or a program of the result ends with.
_NOT_MADE = re.compile(r".*(\.so(\.[\w.*]+)?\*?|\.dylib|\.js|\.wasm|\.la|\.exe|/bin/[^/]*)", re.DOTALL)
_NO_PROGRAMS = "shared libraries and programs of the result, and what goes with them, are not made here"
# Goals of `make` that all of it has; of `ninja` what CMake or Meson made, whose installing makes all.
_PART_OF_ALL = re.compile(r"libs?|static|shared|[\w./+-]+\.(?:a|la|so)")
_GOAL = re.compile(r"[\w./+-]+")
# What says where a library is, for those that link it.
_DESCRIBES = re.compile(r".*\.(?:pc|cmake)", re.DOTALL)
_HOOK = re.compile(r"\s*(?:\S*/)?(?:conda|mamba|micromamba)\s+shell[ .]\S.*")
_SUBSTITUTION = re.compile(r"s([^\w\s\\])((?:(?!\1)[^\\]|\\.)*)\1((?:(?!\1)[^\\]|\\.)*)\1[g0-9]*", re.DOTALL)
_ADDED_FOLDER = re.compile(f"""(?P<mark>['"]?)\\\\?{HOST}/(?:include|lib)[\\w./-]*(?P=mark)\\s*,?\\s*""")
_PORT = re.compile(r"[A-Za-z0-9][\w.+-]*(:[\w.,=+-]*)?", re.ASCII)
_FINDS_DOING = {"-delete", "-exec", "-execdir", "-ok", "-okdir", "-fprint", "-fls", "-fprintf"}
_FINDS_OTHERS = {"!", "-not", "-o", "-or", "-delete", "-execdir"}
_RUST = {"cargo", "rustup", "maturin", "rustc", "cargo-bundle-licenses"}
_WITH_VALUE = {"--prefix", "--target", "-t", "--root", "--find-links", "-f", "-o", "--outdir", "--wheel-dir"}


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


def read_script(foreign: Foreign, script: Script) -> None:
    """Add what a script does to what a recipe says; the findings tell what it does besides."""
    _Interpreter(foreign=foreign, script=script).run()


def has_variable(text: str) -> bool:
    """Whether a text has a variable in it, or a command whose output it is."""
    return "$" in text or "`" in text


class _NotUnderstood(Exception):
    """A command does something that recipes cannot say; the text says what is missing, where that is known."""


@dataclass(kw_only=True)
class _Interpreter:
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

    def run(self) -> None:
        self._count(self.script.text)
        self.variables |= self.script.variables
        self.said |= self.script.variables
        conditions = ChainMap(self.said, self.given)
        # A script that another one calls may have its arrays from there.
        self.set_arrays = None if self.depth else _arrays_set_in(self.script.text)
        for at, command in enumerate(commands(self.script.text, {**conditions})):
            if not self._is_silent(command):
                self.last_use |= dict.fromkeys(_NAMED.findall(" ".join(command.words)), at)
        # While its commands are read, conditions get to know the variables that it sets.
        for at, command in enumerate(commands(self.script.text, conditions)):
            self.at = at
            self.line = self.script.line + command.line - 1
            self.part_lines = {}
            self.word_lines = dict(zip(reversed(command.words), reversed(command.lines), strict=False))
            try:
                self._heard(command)
            except (_NotUnderstood, UnknownWord):
                if not self.lost or (self.lost[-1].line, self.lost[-1].text) != (command.line, command.text):
                    self.lost.append(command)
        self.lost = sorted([*self.lost, *self.parts], key=lambda command: command.line)
        for command in self.lost[:_TOLD]:
            message = f"{quoted(command.text)} is not run: say what it does as a patch, a key or a flag"
            self._person(message, command.line)
        if more := self.lost[_TOLD:]:
            self._person(f"{len(more)} commands more, from here on, are not run", more[0].line)

    def _heard(self, command: ShellCommand) -> None:
        """Take a command, or tell why not. One that may not be run at all must not change anything."""
        command = _without_unread(command)
        if not command.words:
            return
        if not command.nested or self._is_silent(command):
            self._take(command)
            return
        own = self._own()
        state, count = self.foreign.state(), len(self.foreign.findings.found)
        try:
            self._take(command)
            notes = all(one.level is Level.NOTE for one in self.foreign.findings.found[count:])
            is_same = notes and own == self._own() and state == self.foreign.state()
        except (_NotUnderstood, UnknownWord):
            is_same = False
        if not is_same:
            self.variables, self.arrays, said, self.folder, self.before, self.configured = own
            # The same mapping as before: conditions look into it.
            self.said.clear()
            self.said |= said
            self.foreign.restore(state)
            del self.foreign.findings.found[count:]
            self._forget(command)

    def _forget(self, command: ShellCommand) -> None:
        """Variables that a command may have set are not known from now on. Raises NotUnderstood where it does more."""
        names = _assigned(command.words)
        is_more = not names or command.words[0] == "export" or not all(map(self._is_scripts_own, names))
        for name in names:
            for known in (self.variables, self.arrays, self.said, self.given):
                known.pop(name, None)
        if is_more:
            raise _NotUnderstood

    def _is_scripts_own(self, name: str) -> bool:
        """Whether a variable means something to the script alone, which is told of it where it is used."""
        is_known = name in _FLAG_VARIABLES or name == "MESON_ARGS" or name.startswith(("CARGO", "RUST", "PYO3"))
        return not (is_known or name in self.foreign.env or _FOR_CMAKE.fullmatch(name) or _BUILDS_OWN.fullmatch(name))

    def _own(self) -> tuple[dict[str, str], dict[str, list[str]], dict[str, str], str, str, bool]:
        """What a command may change here."""
        return (
            dict(self.variables),
            dict(self.arrays),
            dict(self.said),
            self.folder,
            self.before,
            self.configured,
        )

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

    def _is_silent(self, command: ShellCommand) -> bool:
        words = command.words
        if any(">" in word for word in words):
            return False
        if words[0] == "ctest" or (words[0] in {"make", "ninja", "emmake"} and {"check", "test", "tests"} & {*words}):
            return True
        return (
            words[0] in _SILENT
            or words[:2] == ("command", "-v")
            or (len(words) > 1 and _ASKS_ONLY.issuperset(words[1:]))
        )

    def _take(self, command: ShellCommand) -> None:  # noqa: C901, PLR0911, PLR0912 - the forms of a command, one after the other
        words = list(command.words)
        if words[0].startswith("-"):
            self._note(f"{quoted(command.text)} is no command: the line above it ended, so it did nothing", command)
            return
        if words[0] in {"(", ")"}:
            self._shell(begins=words[0] == "(")
            return
        if words[0] in {"declare", "local", "readonly", "typeset"}:
            is_array = any(re.fullmatch(r"-\w*[aA]\w*", word) for word in words)
            words = [word for word in words[1:] if not word.startswith("-")]
            if all(re.fullmatch(r"\w+", word) for word in words):
                for name in words if is_array and not command.nested else ():
                    self.arrays.setdefault(name, [])
                return
        if words[0].endswith("=(") and assignment(words[0]):
            self._array(words)
            return
        if words[0] == "export":
            words = [word for word in words[1:] if word != "-n"]
            if all(assignment(word) for word in words):
                self._assign(words, command, exported=True)
                return
            if all(re.fullmatch(r"\w+", word) for word in words):
                self._export(words, command)
                return
            # A folded text may have several of them in one line.
            words = [word for word in words if word != "export"]
            if all(assignment(word) for word in words):
                self._assign(words, command, exported=True)
                return
            raise _NotUnderstood
        leading = []
        while words and assignment(words[0]):
            leading.append(words.pop(0))
        if leading:
            self._assign(leading, command, exported=bool(words))
        if not words:
            return
        if self._is_silent(command):
            return
        if self._of_cross_file(words):
            self._note("builds here have a file of their own that describes the platform", command)
            return
        while words and self._is_wrapper(words[0]):
            words = words[1:]
        if self._enters(words, command):
            self._note("the environment of its tools is not entered: builds here have their own", command)
            return
        shells = {"bash", "sh", "source", "."}
        if words and words[0] in shells and self._of_beside(words[1:], is_sourced=words[0] in {"source", "."}):
            return
        if words and (words[0] in shells or (len(words) == 1 and self._of_beside(words))):
            words = words[1:]
            if not words:
                return
        if not words:
            raise _NotUnderstood
        self._run_one([word for word in words if not re.fullmatch(r"\d?>&\d", word)], command)

    def _enters(self, words: list[str], command: ShellCommand) -> bool:
        """Whether a command enters an environment of conda's, or of the compiler's."""
        if words[:1] == ["eval"]:
            return bool(command.asked) and all(map(_HOOK.fullmatch, command.asked)) and set(words[1:]) <= {OPAQUE}
        if len(words) < 2 or words[0] not in {"source", ".", "conda", "mamba", "micromamba"}:  # noqa: PLR2004 - it and its file
            return False
        is_conda = words[0] not in {"source", "."}
        name = words[1] if is_conda or "$" not in words[1] else self._expanded(words[1])
        return posixpath.basename(name) in {"activate", "deactivate"} or (not is_conda and NATIVE in name)

    def _run_one(self, words: list[str], command: ShellCommand) -> None:
        name = posixpath.basename(self._expanded(words[0]))
        if self._with_others(name, words, command):
            return
        if name in _RUST:
            self.foreign.is_rust = True
            return
        if name == "touch":
            self.made |= {posixpath.normpath(self._expanded(word)) for word in words[1:]}
        if name in _FILES_ONLY:
            return
        known: dict[str, Callable[[list[str], ShellCommand], None]] = {
            "cd": self._cd,
            "pushd": self._cd,
            "popd": self._popd,
            "cmake": self._cmake,
            "meson": self._meson,
            "make": self._make,
            "gmake": self._make,
            "ninja": self._ninja,
            "samu": self._ninja,
            "rm": self._rm,
            "cp": self._cp,
            "mv": self._cp,
            "install": self._install,
            "ln": self._cp,
            "embuilder": self._embuilder,
            "embuilder.py": self._embuilder,
            "pip": self._pip,
            "pip3": self._pip,
            "autoreconf": self._autotools,
            "autogen.sh": self._autotools,
            "libtoolize": self._autotools,
            "aclocal": self._autotools,
            "automake": self._autotools,
            "autoconf": self._autotools,
            "autoheader": self._autotools,
            "bootstrap": self._autotools,
            "bootstrap.sh": self._autotools,
            "buildconf": self._autotools,
            "autogen": self._autotools,
            "find": self._find,
            "sed": self._sed,
            "perl": self._perl,
            "git": self._git,
            **dict.fromkeys(("emcc", "em++"), self._compile),
            **dict.fromkeys(("micromamba", "mamba", "conda"), self._install_tools),
        }
        if re.fullmatch(r"python[\d.]*", name):
            self._python(words[1:], command)
        elif name in {"configure", "config"}:
            self._configure(self._expanded(words[0]), words[1:], command)
        elif name in known:
            known[name](words[1:], command)
        else:
            raise _NotUnderstood

    def _with_others(self, name: str, words: list[str], command: ShellCommand) -> bool:
        """Take a command that reads or writes what others do. Whether it is one. Raises NotUnderstood."""
        if name == "patch" and not command.piped:
            self._patch(words[1:], command)
            return True
        if name in {"cat", "echo", "printf", "sed"} and self._writes(words, command):
            return True
        if any(re.match(r"\d?[<>]", word) for word in words):
            raise _NotUnderstood
        if command.piped:
            self._of_pipe(name, words[1:], command)
        return command.piped

    def _is_wrapper(self, word: str) -> bool:
        """Whether a word only says how the command behind it is run."""
        if word.startswith("$") and OPAQUE not in word:
            path = self._expanded(word)
            return path.startswith(NATIVE) and posixpath.basename(path) in _WRAPPERS
        return word in _WRAPPERS

    def _shell(self, *, begins: bool) -> None:
        """A shell within brackets: variables and folders that it sets are its own."""
        if begins:
            self.shells.append((dict(self.variables), self.folder, self.before))
        elif self.shells:
            self.variables, self.folder, self.before = self.shells.pop()

    # Files beside the recipe

    def _of_cross_file(self, words: list[str]) -> bool:
        """Whether all that a command does is to write one of Meson's cross files."""
        targets = [after for word, after in pairwise(words) if re.fullmatch(r"\d?>>?", word)]
        targets += [word.lstrip("12>") for word in words if re.match(r"\d?>>?[^>&]", word)]
        if words[0] == "sed":
            before = next((at for at, word in enumerate(words) if word.startswith(">")), len(words))
            targets = words[before - 1 : before]
        if not targets and words[0] in {"cp", "mv"}:
            targets = [word for word in words[1:2] if not word.startswith("-")]
            targets = targets if words[0] == "cp" or any(map(is_cross_file, targets)) else words[-1:]
        return bool(targets) and all(is_cross_file(target) for target in targets)

    def _of_beside(self, words: list[str], *, is_sourced: bool = False) -> bool:
        """Read a script that lies beside the recipe, as it would be run. Whether there is one."""
        words = [word for word in words if not re.fullmatch(r"-[a-z]+", word)]
        name = self._expanded(words[0]) if words else ""
        if not name.startswith(f"{RECIPE}/") or not name.endswith(".sh") or self.depth >= _SCRIPTS_DEEP:
            return False
        name = name.removeprefix(f"{RECIPE}/")
        text = self.script.beside.text(name, bounds.SCRIPT_SIZE) if self.script.beside else None
        if text is None:
            return False
        folder, slash, _ = self.foreign.findings.file.rpartition("/")
        inner = _Interpreter(
            foreign=self.foreign,
            script=replace(self.script, text=text, line=1, file=f"{folder}{slash}{name}"),
            variables=self.variables if is_sourced else dict(self.variables),
            arrays=self.arrays if is_sourced else {},
            folder=self.folder,
            configured=self.configured,
            depth=self.depth + 1,
        )
        inner.run()
        self.configured = inner.configured
        if is_sourced:
            self.folder = inner.folder
        return True

    # Variables

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
            elif (kind := _FLAG_VARIABLES.get(name)) is not None:
                self._flags(kind, value, command)
            elif _FOR_CMAKE.fullmatch(name) and (name == "CMAKE_ARGS" or not self.foreign.is_library):
                self._cmake_args(name, value, command)
            elif name == "MESON_ARGS":
                self.variables[name] = self._expanded(value)
            elif _BUILDS_OWN.fullmatch(name):
                self._of_builds(name, value, command)
            else:
                self._set(name, value, command, exported=exported)

    def _of_builds(self, name: str, value: str, command: ShellCommand) -> None:
        if name in _FORTRAN:
            self.foreign.add_tool("flang")
        text = self._expanded(value) if _NATIVE_COMPILER.fullmatch(name) else ""
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
        if OPAQUE in value and not exported and _only_asks(command):
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
            raise _NotUnderstood

    def _cmake_args(self, name: str, value: str, command: ShellCommand) -> None:
        """What CMake is told by a variable: a library's script names it, a wheel's back end reads it itself."""
        try:
            options = _split(self._expanded(value))
        except UnknownWord:
            if self.foreign.is_library:
                raise
            options = self._known_parts(_split(value.replace(DOLLAR, "\\$")), command, drop=meant.is_place)
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
        for word in _split(text):
            if not meant.is_of_abi(word):
                self._person(
                    f"{quoted(shown(word))} is a flag of the Fortran compiler, for which no key is", command.line
                )

    def _unplaced(self, text: str) -> str:
        """Flags without those that say where the libraries lie, which builds find."""
        return shlex.join(word for word in _split(text) if not has_place(word))

    def _placed(self, text: str, hint: str) -> str:
        """A value with the folder of a library of ours for that of all of them there."""
        if has_place(text.replace(HOST, "")):
            raise _NotUnderstood
        if HOST not in text:
            return text
        name = self.foreign.host_for(hint)
        for pattern in (r"lib(\w+?)\.(?:a|so)", r"(?<!\S)-l(\w+)", r"/([\w.-]+)$"):
            for found in re.findall(pattern, text):
                name = name or self.foreign.host_for(found)
        if name is None:
            raise _NotUnderstood
        # Libraries are archives here.
        text = re.sub(rf"({HOST}\S*/lib\w[\w+-]*)\.so(?:\.\d+)*$", r"\1.a", text)
        return text.replace(HOST, f"{{host:{name}}}")

    # Files

    def _cd(self, words: list[str], command: ShellCommand) -> None:  # noqa: ARG002
        target = next((word for word in words if word == "-" or not word.startswith("-")), ".")
        path = self.before if target == "-" else self._expanded(target)
        is_whole = has_place(path) or target == "-"
        folder = posixpath.normpath(path if is_whole else posixpath.join(self._base(target), path))
        if has_place(folder) and folder.startswith(HOST):
            self.before, self.folder = self.folder, folder
            return
        if has_place(folder) or folder.startswith(("..", "/")) or len(folder) > _LONG_PATH:
            self.folder = "."
            raise _NotUnderstood
        self.before, self.folder = self.folder, folder

    def _base(self, word: str) -> str:
        """The folder of the source that a path is told from."""
        return "." if _OF_SOURCE.match(word) else self.folder

    def _popd(self, words: list[str], command: ShellCommand) -> None:  # noqa: ARG002
        self.before, self.folder = self.folder, self.before

    def _in_result(self, word: str) -> str:
        """A path, from the folder of the result where it is told from there."""
        path = self._expanded(word)
        return posixpath.join(self.folder, path) if self.folder.startswith(HOST) else path

    def _rm(self, words: list[str], command: ShellCommand) -> None:
        of_source = []
        for word in words:
            path = word if word.startswith("-") else self._in_result(word)
            if path.startswith("-") or HOST in path or path.endswith((".la", ".a")) or _is_build_folder(path):
                continue
            if NATIVE not in path and posixpath.splitext(posixpath.normpath(path))[0] not in _stems(self.made):
                of_source.append(word)
        if of_source:
            self._change(of_source, command)
        if len(of_source) < sum(not word.startswith("-") for word in words):
            self._note("what it takes out of the result, or of its tools, is not taken out here", command)

    def _change(self, words: Sequence[str], command: ShellCommand) -> None:
        """Files of the source that a command changes, which a patch can do: told as patches are."""
        places = [self._in_source(word) for word in words]
        known = tuple(posixpath.normpath(place) for place in places if place is not None)
        # What is there only when it was configured is not of the source.
        if self.configured or not known or len(known) < len(places):
            raise _NotUnderstood
        text = self._at(command.line, command.text)
        self.foreign.left.append(Left(at=text, changed=known))

    def _of_pipe(self, name: str, words: list[str], command: ShellCommand) -> None:
        """A command whose files another one names, which only looks for them."""
        if name == "find" and not _FINDS_DOING & {*words}:
            return
        given = list(words)
        while name == "xargs" and given and given[0].startswith("-"):
            given = given[2:] if given[0] in {"-n", "-I", "-P", "-d", "-L"} else given[1:]
        if name != "xargs" or not given or not _changes_in_place(given[0], given[1:]):
            raise _NotUnderstood
        self._change(["."], command)

    def _find(self, words: list[str], command: ShellCommand) -> None:
        if not _FINDS_DOING & {*words}:
            return
        copied = words[words.index("-exec") + 1 :] if "-exec" in words else []
        if copied and _changes_in_place(copied[0], copied[1:]):
            folders = list(takewhile(lambda word: not word.startswith(("-", "(", "!")), words))
            self._change(folders or ["."], command)
            return
        if copied[:2] == ["cp", "{}"]:
            target = [word for word in copied[2:] if word not in {";", "+", "\\;"}]
            if self._is_for_people(["{}", *target], command):
                return
            before = words[: words.index("-exec")]
            if before.count("-name") != 1 or before[-1] == "-name" or _FINDS_OTHERS & {*words}:
                raise _NotUnderstood
            self._cp([before[before.index("-name") + 1], *target], command)
            return
        path = self._expanded(words[0]) if words else ""
        if "-delete" not in words or _FINDS_DOING & {*words} != {"-delete"}:
            raise _NotUnderstood
        if HOST not in path:
            self._change(words[:1], command)
            return
        self._note("what it takes out of the result is not taken out here", command)

    def _sed(self, words: list[str], command: ShellCommand) -> None:
        """`sed -i`: of tools, of programs of the result, or to make its paths relative, as is done here."""
        if not any(re.fullmatch(r"-[nErsuz]*i.*|--in-place.*", word) for word in words):
            return
        parts = [self._expanded_or_not(word) for word in words]
        files = _files_of_sed(parts)
        if not files or any(OPAQUE in path for path in files):
            raise _NotUnderstood
        if all(NATIVE in path or re.match(f"{HOST}/s?bin/", path) for path in files):
            self._note("it changes tools of its own, of which builds here have others", command)
        elif all(re.match(rf"{HOST}/.*\.(?:pc|cmake|la)$", path) for path in files) and any(
            HOST in part or NATIVE in part for part in parts if part not in files
        ):
            self._note("what is installed names places relative to itself here", command)
        elif all(_only_names_folders(script) for script in _scripts_of_sed(parts)):
            self._note("it says where libraries lie, which builds here find", command)
        else:
            self._change(_files_of_sed(words), command)

    def _perl(self, words: list[str], command: ShellCommand) -> None:
        """`perl -pi -e`: a change of files."""
        if not _changes_in_place("perl", words):
            raise _NotUnderstood
        files = [
            word for at, word in enumerate(words) if not word.startswith("-") and not _is_perls(words[at - 1 : at])
        ]
        self._change(files, command)

    def _expanded_or_not(self, word: str) -> str:
        """A word with its variables replaced; a mark where they are not known."""
        try:
            return self._expanded(word)
        except UnknownWord:
            return OPAQUE

    def _patch(self, words: list[str], command: ShellCommand) -> None:
        """A patch that a script applies: one that lies beside the recipe is like those that the recipe names."""
        files = [self._expanded(after) for word, after in pairwise(words) if word in {"<", "-i", "--input"}]
        files += [self._expanded(found[1]) for word in words if (found := re.fullmatch(r"(?:<|-i|--input=)(.+)", word))]
        if len(files) != 1 or not files[0].startswith(f"{RECIPE}/"):
            raise _NotUnderstood
        self._left_patch(files[0], command)

    def _left_patch(self, path: str, command: ShellCommand) -> None:
        name = path.removeprefix(f"{RECIPE}/")
        self.foreign.left.append(Left(at=self._at(command.line, name)))

    def _git(self, words: list[str], command: ShellCommand) -> None:
        files = [self._expanded(word) for word in words[1:] if not word.startswith("-")]
        if words[:1] == ["apply"] and files and all(path.startswith(f"{RECIPE}/") for path in files):
            for path in files:
                self._left_patch(path, command)
        elif words[:1] not in (["config"], ["status"], ["log"], ["describe"], ["rev-parse"], ["--version"]):
            raise _NotUnderstood

    def _in_source(self, word: str) -> str | None:
        """A place in the source that a patch can reach; None for others."""
        path = self._expanded(word)
        found = posixpath.normpath(posixpath.join(self._base(word), path))
        is_built = has_place(found) or found.startswith(("..", "/")) or _is_build_folder(found.partition("/")[0])
        return None if is_built else f"{found}/" if path.endswith("/") else found

    def _bring(self, sources: Sequence[str], target: str, command: ShellCommand) -> None:
        """Files beside the recipe that are put into the source, by their places there."""
        place = self._in_source(target if len(sources) == 1 else f"{target}/")
        for source in sources:
            name = source.removeprefix(f"{RECIPE}/")
            into = None if place is None or has_place(name) else placed_file(name, place)
            if into is None or relative_fault(name.replace("*", "x")) is not None:
                raise _NotUnderstood
            self.foreign.left.append(Left(at=self._at(command.line, name), into=into))

    def _put_beside(
        self, target: str, names: Sequence[str], command: ShellCommand, *, is_written: bool = False
    ) -> None:
        """Files that are put beside what is installed, which what links it may look for."""
        folder = target.removeprefix(f"{HOST}/").rstrip("/")
        for name in names:
            is_file = posixpath.splitext(folder)[1] == posixpath.splitext(name)[1] != ""
            place = folder if is_file else posixpath.join(folder, posixpath.basename(name))
            if has_place(place) or has_place(name) or relative_fault(place.replace("*", "x")) is not None:
                raise _NotUnderstood
            self.foreign.left.append(Left(at=self._at(command.line, name), installed=place, is_written=is_written))

    def _writes(self, words: list[str], command: ShellCommand) -> bool:
        """A new file of the source, whose text the script has. Whether it is one."""
        kept = [word for word in words[1:] if word not in {">", ">>", OPAQUE}]
        targets = [after for word, after in pairwise(words) if word in {">", ">>"}]
        targets += [word.lstrip(">") for word in kept if re.match(r">>?[^>&]", word)]
        is_more = any(word.startswith(">>") for word in words)
        texts = [word for word in kept if not word.startswith(">") and word not in targets]
        is_plain = len(targets) == 1 and not any("<" in word for word in words) and not command.piped
        if not is_plain or command.asked or (words[0] == "cat" and (texts or OPAQUE not in words)):
            return False
        place = self._in_source(targets[0])
        if place is None:
            path = self._in_result(targets[0])
            if path.startswith(f"{HOST}/") and not is_more and _DESCRIBES.fullmatch(path):
                self._put_beside(path, [posixpath.basename(path)], command, is_written=True)
                return True
            return False
        is_known = any(one.into == place for one in self.foreign.left)
        lines = [self._expanded_or_not(word) for word in texts if not re.fullmatch(r"-[neE]+", word)]
        if words[0] == "echo" and not is_known and only_shares(" ".join(lines)):
            self.sharing.add(posixpath.basename(place))
            self._note(f"{quoted(place)} lets shared libraries be made, which builds here do not make", command)
            return True
        if not is_more and not is_known:
            self.foreign.left.append(Left(at=self._at(command.line, place), into=place, is_written=True))
        return is_known or not is_more

    def _install(self, words: list[str], command: ShellCommand) -> None:
        for option in {"-m", "-o", "-g"} & {*words}:
            at = words.index(option)
            words = [*words[:at], *words[at + 2 :]]
        self._cp(words, command)

    def _cp(self, words: list[str], command: ShellCommand) -> None:
        words = [word for word in words if not word.startswith("-")]
        if self._is_for_people(words, command):
            return
        paths = [self._in_result(word) for word in words]
        *sources, target = paths
        if all(source.startswith(f"{RECIPE}/") for source in sources) and not has_place(target):
            self._bring(sources, words[-1], command)
        elif all(re.search(r"config\.(sub|guess|\*)", source) and NATIVE in source for source in sources):
            self._note('`config.sub` has to know the platform: `tools = ["autotools"]` makes it anew', command)
        elif OUT in target or re.match(r"(\./)?dist/?$", target):
            self._note("side modules for wheels to load are named by `build.shared`", command)
        elif target.startswith(HOST) and all(_NOT_MADE.fullmatch(source) for source in sources):
            self._note(_NO_PROGRAMS, command)
        elif target.startswith(f"{HOST}/") and all(source.startswith(f"{RECIPE}/") for source in sources):
            self._put_beside(target, [source.removeprefix(f"{RECIPE}/") for source in sources], command)
        elif all(NATIVE in path for path in paths):
            self._note("it changes tools of its own, of which builds here have others", command)
        elif not has_place(target) and all(_TO_READ.fullmatch(posixpath.basename(source)) for source in sources):
            self._note("a licence, or what else is for people, changes no build", command)
        elif not any(map(has_place, paths)):
            self._change(words[-1:], command)
        else:
            raise _NotUnderstood

    def _is_for_people(self, words: Sequence[str], command: ShellCommand) -> bool:
        """Whether files are put where programs of the result are, whatever they are; tells so."""
        if len(words) < 2:  # noqa: PLR2004 - from, to
            raise _NotUnderstood
        is_for_people = _FOR_PEOPLE.match(self._in_result(words[-1])) is not None
        if is_for_people:
            self._note(_NO_PROGRAMS, command)
        return is_for_people

    # Build systems

    def _project(self, path: str) -> None:
        """Note in which folder of the source the project lies."""
        found = posixpath.normpath(posixpath.join(self.folder, path or "."))
        if found.startswith(("..", "/")) or has_place(found):
            raise _NotUnderstood
        if found != ".":
            self.foreign.folder = found
        self.configured = True

    def _cmake(self, words: list[str], command: ShellCommand) -> None:
        if words and words[0] in {"--build", "--install"}:
            if not self.foreign.is_library:
                raise _NotUnderstood
            if words[0] == "--install" or any(word.startswith("install") for word in words):
                self._installs()
            return
        if (words and words[0] == "-E") or not self.foreign.is_library:
            raise _NotUnderstood
        options, paths = _options(self._known_parts(words, command))
        self._configures(command)
        for option in options:
            if RECIPE in option and self._of_recipe(option, command):
                continue
            if posixpath.basename(option.partition("=")[2]) in self.sharing:
                continue
            meant.add_cmake(self.foreign, option, self._placed_or_none, self._said(option, command))
        self.foreign.system = BuildSystem.CMAKE
        self._project(paths[0] if paths else ".")

    def _configures(self, command: ShellCommand) -> None:
        """Tell where a library is configured a second time: here it is once."""
        if self.configured:
            self._person(
                f"{quoted(command.text)} configures it once more: `flags` has the options of both", command.line
            )

    def _of_recipe(self, option: str, command: ShellCommand) -> bool:
        """Tell of an option that names a file beside the recipe; one for shared libraries alone is not missed."""
        name = option.partition("=")[2].removeprefix(f"{RECIPE}/")
        text = self.script.beside.text(name, bounds.SCRIPT_SIZE) if self.script.beside else None
        if text is not None and only_shares(text):
            self._note(f"{quoted(name)} lets shared libraries be made, which builds here do not make", command)
        else:
            told = f"{quoted(shown(option))} names a file beside the recipe, which is not copied"
            self.foreign.findings.person(told, at=self._said(option, command))
        return True

    def _parts(self, word: str) -> list[str]:
        """A word as the words that it becomes: a variable without quotes may hold several, or none."""
        if (items := self._items(word)) is not None:
            return [part for item in items for part in ([] if self._items(item) is not None else self._parts(item))]
        if re.fullmatch(r"\$\{?\w+\}?", word):
            return _split(self._expanded(word))
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

    def _placed_or_none(self, text: str, hint: str) -> str | None:
        try:
            return self._placed(text, hint)
        except _NotUnderstood:
            return None

    def _configure(self, path: str, words: list[str], command: ShellCommand) -> None:
        if not self.foreign.is_library:
            raise _NotUnderstood
        self._configures(command)
        for word in words:
            name, _, value = word.partition("=")
            if name in _FLAG_VARIABLES:
                self._flags(_FLAG_VARIABLES[name], value, command)
                continue
            if _NATIVE_COMPILER.fullmatch(name):
                self._of_builds(name, value, command)
                continue
            for part in self._known_parts([word], command):
                meant.add_configure(self.foreign, part, self._placed_or_none, self._said(part, command))
        self.foreign.system = BuildSystem.AUTOTOOLS
        self._project(posixpath.dirname(path))

    def _autotools(self, words: list[str], command: ShellCommand) -> None:
        if not self.foreign.is_library or any("=" in word for word in words):
            raise _NotUnderstood
        self.foreign.system = BuildSystem.AUTOTOOLS
        self.foreign.add_tool("autotools")
        self._note('`configure` is made anew by `tools = ["autotools"]`', command)

    def _meson(self, words: list[str], command: ShellCommand) -> None:
        if not self.foreign.is_library:
            raise _NotUnderstood
        if words and words[0] in {"compile", "install", "test"}:
            if words[0] == "install":
                self._installs()
            return
        if words and words[0] == "setup":
            words = words[1:]
        arguments = self._known_parts(words, command)
        self._configures(command)
        paths = meant.add_meson(self.foreign, arguments, self._placed_or_none, self._said("", command))
        self.foreign.system = BuildSystem.MESON
        self._project(next((path for path in paths if path.startswith(".")), "."))

    def _make(self, words: list[str], command: ShellCommand) -> None:  # noqa: C901 - the forms of an argument
        if not self.foreign.is_library:
            raise _NotUnderstood
        goals, variables, folder = [], [], "."
        arguments = iter(words)
        for word in arguments:
            if word in {"-j", "-l"}:
                next(arguments, None)
            elif word == "-C":
                folder = self._expanded(next(arguments, "."))
            elif word.startswith("-"):
                if not re.fullmatch(r"-j\S*|-l\S+|-k|-s|-B|-w|-i", word):
                    raise _NotUnderstood
            elif assignment(word):
                variables.append(word)
            else:
                goals.append(self._expanded(word))
        if goals and all(goal in {"check", "test", "clean", "distclean"} for goal in goals):
            return
        # A number is one of `-j 3`, when the jobs are a variable.
        made = r"all|all-\w+|install(-\w+)*|install/\w+|\d*|dep|depend|deps|sources|headers|generated|build_generated"
        self._goals(goals, made, _PART_OF_ALL, command)
        for word in variables:
            self._make_variable(word, command)
        if not self.configured and self.foreign.system is None:
            self.foreign.system = BuildSystem.MAKE
            self._project(folder)

    def _make_variable(self, word: str, command: ShellCommand) -> None:
        name, value, _ = assignment(word) or ("", "", False)
        if name in _FLAG_VARIABLES:
            self._flags(_FLAG_VARIABLES[name], value, command)
        elif _NATIVE_COMPILER.fullmatch(name):
            self._of_builds(name, value, command)
        elif re.fullmatch(r"PREFIX|prefix|DESTDIR|EXEEXT|CC|CXX|AR|RANLIB|LD|NM|V|VERBOSE|INSTALL_\w+|libdir", name):
            return
        elif self.configured:
            self._make_flag(name, self._placed(self._expanded(value), name))
        else:
            self.foreign.flags.append(f"{name}={self._placed(self._expanded(value), name)}")

    def _make_flag(self, name: str, value: str) -> None:
        """A variable of `make` where another step has the flags: `make` takes it from its environment too."""
        if self.foreign.system is not BuildSystem.AUTOTOOLS or not re.fullmatch(r"[\w./:{}+=,@%-]*", value):
            raise _NotUnderstood
        given = self.foreign.env.get("MAKEFLAGS", "").split()
        self.foreign.env["MAKEFLAGS"] = " ".join(dict.fromkeys([*given, f"{name}={value}"]))

    def _goals(self, goals: Sequence[str], known: str, part: re.Pattern[str], command: ShellCommand) -> None:
        """What is made: all of it, or a part of what is installed later."""
        parts = [goal for goal in goals if not re.fullmatch(known, goal)]
        if parts and (command.nested or not all(map(part.fullmatch, parts))):
            raise _NotUnderstood
        if parts:
            self.parts.append(command)
        if any(goal.startswith("install") for goal in goals):
            self._installs()

    def _installs(self) -> None:
        """What was made before in parts is made again with what is installed."""
        for command in self.parts:
            self._note(f"{quoted(command.text)} makes a part of what is installed: here it is made at once", command)
        self.parts.clear()

    def _ninja(self, words: list[str], command: ShellCommand) -> None:
        goals = []
        arguments = iter(words)
        for word in arguments:
            if word in {"-C", "-j", "-k", "-l", "-f", "-d", "-w"}:
                next(arguments, None)
            elif not word.startswith("-") and not word.isdigit() and "$" not in word:
                goals.append(word)
        known = r"all|install(/\w*)?|build|\.|test|check"
        if not self.foreign.is_library:
            raise _NotUnderstood
        self._goals(goals, known, _GOAL, command)

    # Python and Emscripten

    def _install_tools(self, words: list[str], command: ShellCommand) -> None:
        """Packages that a script installs for itself: those of compilers are here, or tools."""
        parts = [self._expanded(word) for word in words]
        if not parts or parts[0] != "install":
            raise _NotUnderstood
        names = [part.rpartition("::")[2] for part in parts[1:] if not part.startswith("-") and not has_place(part)]
        if not names or not all(
            re.fullmatch(r"(lib)?(llvm|clang|lld|flang|compiler-rt)[\w.-]*(=.*)?", one) for one in names
        ):
            raise _NotUnderstood
        if any(one.startswith("flang") for one in names):
            self.foreign.add_tool("flang")
        self._note("the compilers that it installs are there in every build, or among `tools`", command)

    def _compile(self, words: list[str], command: ShellCommand) -> None:
        """A compiler called by hand. With an empty file it only makes that Emscripten builds libraries.

        What it links of archives into a shared library is not made here either.
        """
        parts = self._known_parts(words, command)
        files = [part for part in parts if re.fullmatch(r"[^-].*\.\w+", part)]
        if self.foreign.is_library and files and all(re.fullmatch(r".*\.(a|so)", one) for one in files):
            self._note("shared libraries and programs of the result are not made here", command)
            return
        sources = [posixpath.normpath(part) for part in parts if re.fullmatch(r"[^-].*\.(c|cc|cpp|cxx)", part)]
        if not sources or not self.made.issuperset(sources):
            raise _NotUnderstood
        made = [after for part, after in pairwise(parts) if part == "-o"]
        self.made |= {posixpath.normpath(one) for one in made}
        for flag in meant.words_of(shlex.join(parts)) or ():
            meant.add_port_of(self.foreign, flag, self._said(flag, command))
        self._note("it compiles an empty file, so that Emscripten builds libraries: here they are recipes", command)

    def _embuilder(self, words: list[str], command: ShellCommand) -> None:
        words = [word for word in words if not word.startswith("-")]
        if not words or words[0] != "build":
            raise _NotUnderstood
        ports = [self._expanded(word) for word in words[1:] if word]
        if not all(map(_PORT.fullmatch, ports)):
            raise _NotUnderstood
        for port in ports:
            meant.add_port(self.foreign, port, self._said(port, command))

    def _python(self, words: list[str], command: ShellCommand) -> None:
        match words:
            case ["-m", "pip", *rest]:
                self._pip(rest, command)
            case ["-m", "build", *rest]:
                self._settings(rest)
            case ["-c", code] if only_prints(self._expanded(code)):
                return
            case ["setup.py" | "./setup.py", *rest] if not self.foreign.is_library:
                plain = (
                    r"(install|build|build_ext|develop|bdist_wheel)|--(single|record|root|prefix|old)\S*|record\.txt"
                )
                if not all(re.fullmatch(plain, word) for word in rest):
                    raise _NotUnderstood
                self._note("it is built by its PEP 517 back end instead", command)
                self._in_folder()
            case _:
                raise _NotUnderstood

    def _in_folder(self) -> None:
        if self.folder != ".":
            self.foreign.folder = self.folder

    def _pip(self, words: list[str], command: ShellCommand) -> None:
        if words[:1] in (["list"], ["show"], ["check"], ["debug"], ["--version"], ["config"], ["freeze"]):
            return
        if words[:1] not in (["install"], ["wheel"]):
            raise _NotUnderstood
        if words[0] == "wheel" and "-w" in words:
            del words[words.index("-w") : words.index("-w") + 2]
        names = self._settings(words[1:])
        if self.foreign.is_library:
            raise _NotUnderstood
        for name in names:
            if re.fullmatch(r"(dist/|\./dist/)?\*?\S*\.whl", name):
                continue
            path = name.removeprefix("file://")
            if path in {".", "./"} or path.startswith("./") or HOST in path:
                self._project(path)
            elif re.fullmatch(r"[A-Za-z0-9][\w.-]*(\[\w+\])?([<>=!~]=?[\w.*,<>=!~]+)?", path):
                self.foreign.requires.append(self._said(path, command))
            else:
                raise _NotUnderstood
        self._in_folder()

    def _setting(self, text: str) -> None:
        key, _, value = text.partition("=")
        placed = self._placed_or_none(text, value.partition("=")[0].removeprefix("-D") or key)
        if placed is not None:
            meant.add_setting(self.foreign, placed)
        elif not meant.is_own_setting(text):
            self._person(f"{quoted(shown(text))} names a folder that is not here", self.line - self.script.line + 1)

    def _settings(self, words: Sequence[str]) -> list[str]:
        """Take the settings for the back end out of options for pip or build; what else is named."""
        names, arguments = [], iter([part for word in words for part in self._parts(word)])
        for word in arguments:
            option, equals, value = word.partition("=")
            if option in {"-C", "--config-settings", "--config-setting"}:
                self._setting(value if equals and "=" in value else next(arguments, ""))
            elif word.startswith("-C") and "=" in word:
                self._setting(word[2:])
            elif option in {"--global-option", "--install-option", "--build-option"}:
                raise _NotUnderstood
            elif option in _WITH_VALUE and not equals:
                next(arguments, None)
            elif not word.startswith("-") and word:
                names.append(word)
        return names


def _split(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:
        raise _NotUnderstood from None


def _options(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """The options of CMake, and the folders."""
    options: list[str] = []
    paths: list[str] = []
    waiting = iter(arguments)
    for word in waiting:
        if word in {"-G", "-B", "-A", "-T"}:
            next(waiting, None)
        elif word == "-S":
            paths.insert(0, next(waiting, "."))
        elif word == "-D":
            options.append(f"-D{next(waiting, '')}")
        elif word.startswith("-"):
            options.append(word)
        elif word:
            paths.append(word)
    return options, paths


def _without_unread(command: ShellCommand) -> ShellCommand:
    """A command without where its output goes, where nothing reads it."""
    if not any(">" in word or "<" in word for word in command.words):
        return command
    kept: list[tuple[str, int]] = []
    waiting = iter(zip(command.words, command.lines, strict=False))
    for word, line in waiting:
        if _UNREAD.fullmatch(word):
            continue
        if _OUTPUT.fullmatch(word):
            following = next(waiting, None)
            if following is not None and _PLACE_UNREAD.fullmatch(following[0]):
                continue
            kept.append((word, line))
            kept += [following] if following is not None else []
        else:
            kept.append((word, line))
    return replace(command, words=tuple(word for word, _ in kept), lines=tuple(line for _, line in kept))


def _arrays_set_in(text: str) -> set[str] | None:
    """The arrays that a script may set; None where others may set more of them, or it reads them."""
    found: set[str] = set()
    for command in read_commands(text):
        words = [word for word in command.words if word not in {"then", "else", "do", "{", "if", "!", "local"}]
        if {"source", ".", "eval", "mapfile", "readarray"} & {*words[:1]} or (words[:1] == ["read"] and "-a" in words):
            return None
        found |= {one[0] for word in words if (one := assignment(word)) is not None}
        if words[:1] in (["declare"], ["typeset"], ["readonly"]):
            found |= {word for word in words[1:] if word.isidentifier()}
    return found


def _assigned(words: Sequence[str]) -> list[str]:
    """The variables that a command sets, where it does nothing else."""
    if words[0].endswith("=("):
        words = words[:1]
    found = [assignment(word) for word in (words[1:] if words[0] == "export" else words)]
    names = [one[0] for one in found if one is not None]
    return names if len(names) == len(found) else []


def _only_asks(command: ShellCommand) -> bool:
    """Whether all whose output a command takes only tells something."""
    return bool(command.asked) and all(_ASKING.match(one) and not _CHANGING.search(one) for one in command.asked)


def _files_of_sed(words: Sequence[str]) -> list[str]:
    """The files that `sed` changes: what is left without options and scripts."""
    rest, has_script = [], False
    waiting = iter(words)
    for word in waiting:
        if word in {"-e", "-f", "--expression", "--file"}:
            next(waiting, None)
            has_script = True
        elif word.startswith(("-e", "--expression=", "--file=")):
            has_script = True
        elif word and not word.startswith("-"):
            rest.append(word)
    return rest if has_script else rest[1:]


def _scripts_of_sed(words: Sequence[str]) -> list[str]:
    """The scripts of `sed`."""
    given = [after for word, after in pairwise(words) if word in {"-e", "--expression"}]
    given += [word.partition("=")[2] or word[2:] for word in words if re.match(r"-e.|--expression=", word)]
    return given or [word for word in words if word and not word.startswith("-")][:1]


def _only_names_folders(script: str) -> bool:
    """Whether a script of `sed` only adds folders of libraries to a text that it looks for as it stands."""
    found = _SUBSTITUTION.fullmatch(script)
    if found is None or HOST not in found[3]:
        return False
    wanted, given = (re.sub(r"\\([^\w\s])", r"\1", text) for text in (found[2], found[3]))
    is_plain = not re.search(r"(?<!\\)[.*^$\[\]]|\\\w", found[2])
    return is_plain and _ADDED_FOLDER.sub("", given).split() == wanted.split()


def _changes_in_place(name: str, words: Sequence[str]) -> bool:
    """Whether a command changes or takes out the files that it is given."""
    match posixpath.basename(name):
        case "sed":
            return any(re.fullmatch(r"-[nErsuz]*i.*|--in-place.*", word) for word in words)
        case "perl":
            return any(re.fullmatch(r"-[pnl0]*i\S*", word) for word in words) and any(map(_is_perls, zip(words)))
        case "rm":
            return True
        case _:
            return False


def _is_perls(words: Sequence[str]) -> bool:
    """Whether what follows is a script of `perl`."""
    return bool(words) and re.fullmatch(r"-[pnil0]*e", words[0]) is not None


def _stems(paths: set[str]) -> set[str]:
    return {posixpath.splitext(path)[0] for path in paths}


def _is_build_folder(path: str) -> bool:
    return bool(re.fullmatch(r"(\./)?(_?build\w*|dist|CMakeCache\.txt|CMakeFiles)/?\*?", path))
