"""What build scripts tell build systems, Python's and Emscripten's among them."""

from __future__ import annotations

import posixpath
import re
import shlex
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from wasmwright.importing import bounds
from wasmwright.importing import flags as meant
from wasmwright.importing.places import HOST, RECIPE, has_place, shown
from wasmwright.importing.pythontext import only_prints
from wasmwright.importing.reach import only_shares
from wasmwright.importing.scriptfiles import Files
from wasmwright.importing.scriptvariables import FLAG_VARIABLES, NATIVE_COMPILER
from wasmwright.importing.scriptwords import NotUnderstood, options_of_cmake
from wasmwright.importing.shell import assignment
from wasmwright.names import quoted
from wasmwright.recipe.model import BuildSystem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wasmwright.importing.shell import ShellCommand

# Goals of `make` that all of it has; of `ninja` what CMake or Meson made, whose installing makes all.
_PART_OF_ALL = re.compile(r"libs?|static|shared|[\w./+-]+\.(?:a|la|so)")
_GOAL = re.compile(r"[\w./+-]+")
_PORT = re.compile(r"[A-Za-z0-9][\w.+-]*(:[\w.,=+-]*)?", re.ASCII)
_WITH_VALUE = {"--prefix", "--target", "-t", "--root", "--find-links", "-f", "-o", "--outdir", "--wheel-dir"}


@dataclass(kw_only=True)
class Builds(Files):
    """Takes commands that configure, compile and install."""

    def _project(self, path: str) -> None:
        """Note in which folder of the source the project lies."""
        found = posixpath.normpath(posixpath.join(self.folder, path or "."))
        if found.startswith(("..", "/")) or has_place(found):
            raise NotUnderstood
        if found != ".":
            self.foreign.folder = found
        self.configured = True

    def _cmake(self, words: list[str], command: ShellCommand) -> None:
        if words and words[0] in {"--build", "--install"}:
            if not self.foreign.is_library:
                raise NotUnderstood
            if words[0] == "--install" or any(word.startswith("install") for word in words):
                self._installs()
            return
        if (words and words[0] == "-E") or not self.foreign.is_library:
            raise NotUnderstood
        options, paths = options_of_cmake(self._known_parts(words, command))
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

    def _configure(self, path: str, words: list[str], command: ShellCommand) -> None:
        if not self.foreign.is_library:
            raise NotUnderstood
        self._configures(command)
        for word in words:
            name, _, value = word.partition("=")
            if name in FLAG_VARIABLES:
                self._flags(FLAG_VARIABLES[name], value, command)
                continue
            if NATIVE_COMPILER.fullmatch(name):
                self._of_builds(name, value, command)
                continue
            for part in self._known_parts([word], command):
                meant.add_configure(self.foreign, part, self._placed_or_none, self._said(part, command))
        self.foreign.system = BuildSystem.AUTOTOOLS
        self._project(posixpath.dirname(path))

    def _autotools(self, words: list[str], command: ShellCommand) -> None:
        if not self.foreign.is_library or any("=" in word for word in words):
            raise NotUnderstood
        self.foreign.system = BuildSystem.AUTOTOOLS
        self.foreign.add_tool("autotools")
        self._note('`configure` is made anew by `tools = ["autotools"]`', command)

    def _meson(self, words: list[str], command: ShellCommand) -> None:
        if not self.foreign.is_library:
            raise NotUnderstood
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
            raise NotUnderstood
        goals, variables, folder = [], [], "."
        arguments = iter(words)
        for word in arguments:
            if word in {"-j", "-l"}:
                next(arguments, None)
            elif word == "-C":
                folder = self._expanded(next(arguments, "."))
            elif word.startswith("-"):
                if not re.fullmatch(r"-j\S*|-l\S+|-k|-s|-B|-w|-i", word):
                    raise NotUnderstood
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
        if name in FLAG_VARIABLES:
            self._flags(FLAG_VARIABLES[name], value, command)
        elif NATIVE_COMPILER.fullmatch(name):
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
            raise NotUnderstood
        given = self.foreign.env.get("MAKEFLAGS", "").split()
        self.foreign.env["MAKEFLAGS"] = " ".join(dict.fromkeys([*given, f"{name}={value}"]))

    def _goals(self, goals: Sequence[str], known: str, part: re.Pattern[str], command: ShellCommand) -> None:
        """What is made: all of it, or a part of what is installed later."""
        parts = [goal for goal in goals if not re.fullmatch(known, goal)]
        if parts and (command.nested or not all(map(part.fullmatch, parts))):
            raise NotUnderstood
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
            raise NotUnderstood
        self._goals(goals, known, _GOAL, command)

    def _install_tools(self, words: list[str], command: ShellCommand) -> None:
        """Packages that a script installs for itself: those of compilers are here, or tools."""
        parts = [self._expanded(word) for word in words]
        if not parts or parts[0] != "install":
            raise NotUnderstood
        names = [part.rpartition("::")[2] for part in parts[1:] if not part.startswith("-") and not has_place(part)]
        if not names or not all(
            re.fullmatch(r"(lib)?(llvm|clang|lld|flang|compiler-rt)[\w.-]*(=.*)?", one) for one in names
        ):
            raise NotUnderstood
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
            raise NotUnderstood
        made = [after for part, after in pairwise(parts) if part == "-o"]
        self.made |= {posixpath.normpath(one) for one in made}
        for flag in meant.words_of(shlex.join(parts)) or ():
            meant.add_port_of(self.foreign, flag, self._said(flag, command))
        self._note("it compiles an empty file, so that Emscripten builds libraries: here they are recipes", command)

    def _embuilder(self, words: list[str], command: ShellCommand) -> None:
        words = [word for word in words if not word.startswith("-")]
        if not words or words[0] != "build":
            raise NotUnderstood
        ports = [self._expanded(word) for word in words[1:] if word]
        if not all(map(_PORT.fullmatch, ports)):
            raise NotUnderstood
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
                    raise NotUnderstood
                self._note("it is built by its PEP 517 back end instead", command)
                self._in_folder()
            case _:
                raise NotUnderstood

    def _in_folder(self) -> None:
        if self.folder != ".":
            self.foreign.folder = self.folder

    def _pip(self, words: list[str], command: ShellCommand) -> None:
        if words[:1] in (["list"], ["show"], ["check"], ["debug"], ["--version"], ["config"], ["freeze"]):
            return
        if words[:1] not in (["install"], ["wheel"]):
            raise NotUnderstood
        if words[0] == "wheel" and "-w" in words:
            del words[words.index("-w") : words.index("-w") + 2]
        names = self._settings(words[1:])
        if self.foreign.is_library:
            raise NotUnderstood
        for name in names:
            if re.fullmatch(r"(dist/|\./dist/)?\*?\S*\.whl", name):
                continue
            path = name.removeprefix("file://")
            if path in {".", "./"} or path.startswith("./") or HOST in path:
                self._project(path)
            elif re.fullmatch(r"[A-Za-z0-9][\w.-]*(\[\w+\])?([<>=!~]=?[\w.*,<>=!~]+)?", path):
                self.foreign.requires.append(self._said(path, command))
            else:
                raise NotUnderstood
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
                raise NotUnderstood
            elif option in _WITH_VALUE and not equals:
                next(arguments, None)
            elif not word.startswith("-") and word:
                names.append(word)
        return names
