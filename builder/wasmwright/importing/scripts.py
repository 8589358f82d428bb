"""What build scripts do that recipes here can say. All that is not understood is told, command by command."""

from __future__ import annotations

import posixpath
import re
import shlex
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wasmwright.importing import bounds
from wasmwright.importing import flags as meant
from wasmwright.importing.foreign import Cited, Foreign
from wasmwright.importing.shell import UnknownWord, assignment, commands, expand
from wasmwright.names import quoted
from wasmwright.recipe.model import BuildSystem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from wasmwright.importing.shell import ShellCommand

_TOLD = 12
# Stand for the folder that all libraries are installed in there, for a tool's own folder, and for what is copied out.
HOST, NATIVE, OUT = "\ue010", "\ue011", "\ue012"
_VARIABLES = {
    **dict.fromkeys(("WASM_LIBRARY_DIR", "PREFIX", "HOSTINSTALLDIR", "LIBRARY_PREFIX", "TARGETINSTALLDIR"), HOST),
    **dict.fromkeys(("BUILD_PREFIX", "CONDA_PREFIX"), NATIVE),
    **dict.fromkeys(("DISTDIR",), OUT),
    **dict.fromkeys(("SRC_DIR", "PKG_BUILD_DIR", "PWD"), "."),
    **dict.fromkeys(("CPU_COUNT", "PYODIDE_JOBS", "MAKEFLAGS_JOBS"), "1"),
    **dict.fromkeys(
        (
            *("CMAKE_ARGS", "MESON_ARGS", "PIP_ARGS", "R_ARGS", "SIDE_MODULE_CFLAGS", "SIDE_MODULE_CXXFLAGS"),
            *("SIDE_MODULE_LDFLAGS", "EM_FORGE_SIDE_MODULE_LDFLAGS", "EM_FORGE_SIDE_MODULE_CFLAGS"),
            *("EM_FORGE_CFLAGS_BASE", "EM_FORGE_LDFLAGS_BASE", "EM_FORGE_OPTFLAGS", "EM_FORGE_DBGFLAGS"),
            *("CFLAGS", "CXXFLAGS", "CPPFLAGS", "LDFLAGS", "FFLAGS", "LIBS", "PKG_CONFIG_PATH", "PATH", "PYTHONPATH"),
            *("CMAKE_PREFIX_PATH", "LD_LIBRARY_PATH", "CFLAGS_BASE", "LDFLAGS_BASE"),
        ),
        "",
    ),
    **{name: name.lower() for name in ("PYTHON", "CC", "CXX", "AR", "RANLIB", "NM")},
    "PKG_CONFIG": "pkg-config",
    "R": "R",
}
_CONDITIONS = {
    "target_platform": "emscripten-wasm32",
    "build_platform": "linux-64",
    "CONDA_BUILD_CROSS_COMPILATION": "1",
    "PYODIDE": "1",
    "OSTYPE": "linux-gnu",
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
    "FFLAGS": "",
}
# What every build here has, or finds by itself.
_BUILDS_OWN = re.compile(
    r"PATH|MAKEFLAGS|PKG_CONFIG(_PATH|_LIBDIR)?|CMAKE_(PREFIX|SYSTEM_PREFIX|MODULE|FIND_ROOT)_PATH|CMAKE_GENERATOR|"
    r"(SETUPTOOLS_SCM|PBR|POETRY_DYNAMIC_VERSIONING|VERSIONEER)\w*VERSION\w*|CC|CXX|AR|RANLIB|NM|LD|STRIP|"
    r"MESON_CROSS_FILE|_PYTHON_\w+|PYTHON(PATH|DONTWRITEBYTECODE|INCLUDE|_VERSION)?|CROSSENV\w*|CMAKE_ARGS|MESON_ARGS|"
    r"CMAKE_BUILD_PARALLEL_LEVEL|SOURCE_DATE_EPOCH|TMPDIR|HOME|LD_LIBRARY_PATH|LIBRARY_PATH|CPATH|VERBOSE"
)
_SILENT = {"set", "echo", "printf", "pwd", "ls", "true", ":", "exit", "test", "[", "[[", "date", "which", "env", "cat"}
_FILES_ONLY = {"mkdir", "chmod", "touch", "unset", "shopt", "ulimit", "ranlib", "emranlib"}
_RUST = {"cargo", "rustup", "maturin", "rustc", "cargo-bundle-licenses"}
_WITH_VALUE = {"--prefix", "--target", "-t", "--root", "--find-links", "-f", "-o", "--outdir", "--wheel-dir"}


@dataclass(frozen=True, kw_only=True)
class Script:
    """A script, and where its first line stands. `variables` are those that its system sets besides the usual."""

    text: str
    line: int
    key: str
    file: str | None = None
    variables: Mapping[str, str] = field(default_factory=dict)


def read_script(foreign: Foreign, script: Script) -> None:
    """Add what a script does to what a recipe says; the findings tell what it does besides."""
    _Interpreter(foreign=foreign, script=script).run()


class _NotUnderstood(Exception):
    """A command does something that recipes cannot say; the text says what is missing, where that is known."""


@dataclass(kw_only=True)
class _Interpreter:
    foreign: Foreign
    script: Script
    variables: dict[str, str] = field(default_factory=lambda: dict(_VARIABLES))
    folder: str = "."
    configured: bool = False
    lost: list[ShellCommand] = field(default_factory=list)
    line: int = 0

    def run(self) -> None:
        self._count(self.script.text)
        self.variables |= self.script.variables
        for command in commands(self.script.text, {**_CONDITIONS, **self.script.variables}):
            self.line = self.script.line + command.line - 1
            try:
                if command.nested and not self._is_silent(command):
                    raise _NotUnderstood  # noqa: TRY301
                self._take(command)
            except (_NotUnderstood, UnknownWord):
                self.lost.append(command)
        for command in self.lost[:_TOLD]:
            message = f"{quoted(command.text)} is not run: say what it does as a patch, a key or a flag"
            self._person(message, command.line)
        if more := self.lost[_TOLD:]:
            self._person(f"{len(more)} commands more, from here on, are not run", more[0].line)

    def _person(self, message: str, line: int) -> None:
        at = self.script.line + line - 1
        self.foreign.findings.person(message, key=self.script.key, line=at, file=self.script.file)

    def _note(self, message: str, command: ShellCommand) -> None:
        at = self.script.line + command.line - 1
        where = f"{self.script.file}:{at}: " if self.script.file else ""
        self.foreign.findings.note(where + message, key=self.script.key, line=None if where else at)

    def _said(self, text: str, command: ShellCommand) -> Cited:
        return Cited(text=text, line=self.script.line + command.line - 1, key=self.script.key)

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
        return command.words[0] in _SILENT and not any(">" in word for word in command.words)

    def _take(self, command: ShellCommand) -> None:  # noqa: C901 - the forms of a command, one after the other
        words = list(command.words)
        if words[0] == "export":
            words = [word for word in words[1:] if word != "-n"]
            if all(assignment(word) for word in words):
                self._assign(words, command)
                return
            if all(re.fullmatch(r"\w+", word) for word in words):
                return
            # A folded text may have several of them in one line.
            words = [word for word in words if word != "export"]
            if all(assignment(word) for word in words):
                self._assign(words, command)
                return
            raise _NotUnderstood
        leading = []
        while words and assignment(words[0]):
            leading.append(words.pop(0))
        if leading:
            self._assign(leading, command, local=not words)
        if not words:
            return
        if self._is_silent(command):
            return
        if words[0] in {"emconfigure", "emcmake", "emmake", "time", "nice", "exec", "command", "bash", "sh", "source"}:
            words = words[1:]
            if not words:
                raise _NotUnderstood
        self._run_one([word for word in words if not re.fullmatch(r"\d?>&\d", word)], command)

    def _run_one(self, words: list[str], command: ShellCommand) -> None:
        name = posixpath.basename(self._expanded(words[0]))
        if any(re.match(r"\d?[<>]", word) for word in words) or command.piped:
            raise _NotUnderstood
        if name in _RUST:
            self.foreign.is_rust = True
            return
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
            "install": self._cp,
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
        }
        if re.fullmatch(r"python[\d.]*", name):
            self._python(words[1:], command)
        elif name in {"configure", "config"}:
            self._configure(self._expanded(words[0]), words[1:], command)
        elif name in known:
            known[name](words[1:], command)
        else:
            raise _NotUnderstood

    # Variables

    def _assign(self, words: Sequence[str], command: ShellCommand, *, local: bool = False) -> None:
        for word in words:
            found = assignment(word)
            assert found is not None
            name, value, _ = found
            if name.startswith(("CARGO", "RUST", "PYO3")):
                self.foreign.is_rust = True
                continue
            if (kind := _FLAG_VARIABLES.get(name)) is not None:
                self._flags(kind, value, command)
                continue
            if _BUILDS_OWN.fullmatch(name):
                if name in {"CMAKE_ARGS", "MESON_ARGS"}:
                    self.variables[name] = self._expanded(value)
                else:
                    self._note(f"`{name}` is set by every build here", command)
                continue
            text = self._expanded(value)
            self.variables[name] = text
            if local or (self.foreign.is_library and text in {HOST, NATIVE, OUT, "."}):
                continue
            if text:
                self.foreign.env[name] = self._placed(text, name)
            else:
                self._note(f"`{name}` has no value but what pkg-config tells, which is found here", command)

    def _flags(self, kind: str, value: str, command: ShellCommand) -> None:
        where = self._said(value, command)
        if kind:
            meant.add_flags(self.foreign, kind, self._unplaced(self._expanded(value)), where)

    def _unplaced(self, text: str) -> str:
        """Flags without those that say where the libraries lie, which builds find."""
        kept = [word for word in _split(text) if HOST not in word and NATIVE not in word and OUT not in word]
        return shlex.join(kept)

    def _placed(self, text: str, hint: str) -> str:
        """A value with the folder of a library of ours for that of all of them there."""
        if NATIVE in text or OUT in text:
            raise _NotUnderstood
        if HOST not in text:
            return text
        name = self.foreign.host_for(hint)
        for found in re.findall(r"lib(\w+?)\.(?:a|so)|/([\w.-]+)$", text):
            name = name or self.foreign.host_for(found[0] or found[1])
        if name is None:
            raise _NotUnderstood
        return text.replace(HOST, f"{{host:{name}}}")

    # Files

    def _cd(self, words: list[str], command: ShellCommand) -> None:  # noqa: ARG002
        target = self._expanded(next((word for word in words if not word.startswith("-")), "."))
        self.folder = posixpath.normpath(posixpath.join(self.folder, target))
        if HOST in target or NATIVE in target or self.folder.startswith(("..", "/")):
            self.folder = "."
            raise _NotUnderstood

    def _popd(self, words: list[str], command: ShellCommand) -> None:  # noqa: ARG002
        self.folder = "."

    def _rm(self, words: list[str], command: ShellCommand) -> None:
        for word in words:
            path = self._expanded(word)
            if path.startswith("-") or HOST in path or path.endswith((".la", ".a")) or _is_build_folder(path):
                continue
            raise _NotUnderstood
        self._note("what it takes out of the result is not taken out here", command)

    def _find(self, words: list[str], command: ShellCommand) -> None:
        path = self._expanded(words[0]) if words else ""
        if HOST not in path or "-delete" not in words:
            raise _NotUnderstood
        self._note("what it takes out of the result is not taken out here", command)

    def _cp(self, words: list[str], command: ShellCommand) -> None:
        paths = [self._expanded(word) for word in words if not word.startswith("-")]
        if len(paths) < 2:  # noqa: PLR2004 - from, to
            raise _NotUnderstood
        *sources, target = paths
        if all(re.search(r"config\.(sub|guess|\*)", source) and NATIVE in source for source in sources):
            self._note('`config.sub` has to know the platform: `tools = ["autotools"]` makes it anew', command)
        elif OUT in target or re.match(r"(\./)?dist/?$", target):
            self._note("side modules for wheels to load are named by `build.shared`", command)
        else:
            raise _NotUnderstood

    # Build systems

    def _project(self, path: str) -> None:
        """Note in which folder of the source the project lies."""
        found = posixpath.normpath(posixpath.join(self.folder, path or "."))
        if found.startswith(("..", "/")) or HOST in found or NATIVE in found:
            raise _NotUnderstood
        if found != ".":
            self.foreign.folder = found
        self.configured = True

    def _cmake(self, words: list[str], command: ShellCommand) -> None:
        if words and words[0] in {"--build", "--install"}:
            if not self.foreign.is_library:
                raise _NotUnderstood
            return
        if (words and words[0] == "-E") or not self.foreign.is_library:
            raise _NotUnderstood
        options, paths = _options(self._known_parts(words, command))
        for option in options:
            meant.add_cmake(self.foreign, option, self._placed_or_none, self._said(option, command))
        self.foreign.system = BuildSystem.CMAKE
        self._project(paths[0] if paths else ".")

    def _parts(self, word: str) -> list[str]:
        """A word as the words that it becomes: a variable without quotes may hold several, or none."""
        if re.fullmatch(r"\$\{?\w+\}?", word):
            return _split(self._expanded(word))
        return [self._expanded(word)]

    def _known_parts(self, words: Sequence[str], command: ShellCommand) -> list[str]:
        """All parts that are known. The others are told one by one, but for those that every build here says itself."""
        parts = []
        for word in words:
            try:
                parts += self._parts(word)
            except UnknownWord:
                if not meant.is_own(word):
                    self._person(f"{quoted(word)} is not carried: its value is not known here", command.line)
        return parts

    def _placed_or_none(self, text: str, hint: str) -> str | None:
        try:
            return self._placed(text, hint)
        except _NotUnderstood:
            return None

    def _configure(self, path: str, words: list[str], command: ShellCommand) -> None:
        if not self.foreign.is_library:
            raise _NotUnderstood
        for word in words:
            name, _, value = word.partition("=")
            if name in _FLAG_VARIABLES:
                self._flags(_FLAG_VARIABLES[name], value, command)
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
        if words and words[0] in {"compile", "install"}:
            return
        if words and words[0] == "setup":
            words = words[1:]
        arguments = self._known_parts(words, command)
        paths = meant.add_meson(self.foreign, arguments, self._placed_or_none, self._said("", command))
        self.foreign.system = BuildSystem.MESON
        self._project(next((path for path in paths if path.startswith(".")), "."))

    def _make(self, words: list[str], command: ShellCommand) -> None:  # noqa: C901 - the forms of an argument
        if not self.foreign.is_library:
            raise _NotUnderstood
        goals, variables = [], []
        arguments = iter(words)
        for word in arguments:
            if word in {"-j", "-l"}:
                next(arguments, None)
            elif word == "-C":
                goals.append(f"in {next(arguments, '')}")
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
        if not all(re.fullmatch(r"all|install(-\w+)*|install/\w+|\d*", goal) for goal in goals):
            raise _NotUnderstood
        for word in variables:
            self._make_variable(word, command)
        if not self.configured and self.foreign.system is None:
            self.foreign.system = BuildSystem.MAKE
            self._project(".")

    def _make_variable(self, word: str, command: ShellCommand) -> None:
        name, value, _ = assignment(word) or ("", "", False)
        if name in _FLAG_VARIABLES:
            self._flags(_FLAG_VARIABLES[name], value, command)
        elif re.fullmatch(r"PREFIX|prefix|DESTDIR|CC|CXX|AR|RANLIB|LD|NM|V|VERBOSE|INSTALL_\w+|libdir", name):
            return
        elif self.configured:
            raise _NotUnderstood
        else:
            self.foreign.flags.append(f"{name}={self._placed(self._expanded(value), name)}")

    def _ninja(self, words: list[str], command: ShellCommand) -> None:  # noqa: ARG002
        goals = [word for word in words if not word.startswith("-") and not word.isdigit() and "$" not in word]
        if not self.foreign.is_library or not all(re.fullmatch(r"all|install(/\w*)?|build|\.", one) for one in goals):
            raise _NotUnderstood

    # Python and Emscripten

    def _embuilder(self, words: list[str], command: ShellCommand) -> None:
        if not words or words[0] != "build":
            raise _NotUnderstood
        for word in words[1:]:
            if not word.startswith("-"):
                meant.add_port(self.foreign, self._expanded(word), self._said(word, command))

    def _python(self, words: list[str], command: ShellCommand) -> None:
        match words:
            case ["-m", "pip", *rest]:
                self._pip(rest, command)
            case ["-m", "build", *rest]:
                self._settings(rest)
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

    def _settings(self, words: Sequence[str]) -> list[str]:
        """Take the settings for the back end out of options for pip or build; what else is named."""
        names, arguments = [], iter([part for word in words for part in self._parts(word)])
        for word in arguments:
            option, equals, value = word.partition("=")
            if option in {"-C", "--config-settings", "--config-setting"}:
                meant.add_setting(self.foreign, value if equals and "=" in value else next(arguments, ""))
            elif word.startswith("-C") and "=" in word:
                meant.add_setting(self.foreign, word[2:])
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


def _is_build_folder(path: str) -> bool:
    return bool(re.fullmatch(r"(\./)?(_?build\w*|dist|CMakeCache\.txt|CMakeFiles)/?\*?", path))
