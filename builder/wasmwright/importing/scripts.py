"""What build scripts do that recipes here can say. All that is not understood is told, command by command."""

from __future__ import annotations

import posixpath
import re
from collections import ChainMap
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from wasmwright.importing import bounds
from wasmwright.importing.expansion import UnknownWord
from wasmwright.importing.findings import Level
from wasmwright.importing.flow import commands
from wasmwright.importing.places import NATIVE, OPAQUE, RECIPE, is_cross_file
from wasmwright.importing.scriptbuilds import Builds
from wasmwright.importing.scriptvariables import BUILDS_OWN, FLAG_VARIABLES, FOR_CMAKE, Script
from wasmwright.importing.scriptwords import NotUnderstood, arrays_set_in, assigned, without_unread
from wasmwright.importing.shell import assignment
from wasmwright.names import quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from wasmwright.importing.foreign import Foreign
    from wasmwright.importing.shell import ShellCommand

_TOLD = 12
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
_WRAPPERS = {"emconfigure", "emcmake", "emmake", "time", "nice", "exec", "command"}
_FILES_ONLY = {"mkdir", "chmod", "touch", "unset", "shopt", "ulimit", "ranlib", "emranlib"}
_ASKS_ONLY = {"--version", "-V", "--help"}
_SCRIPTS_DEEP = 8
_NAMED = re.compile(r"\$\{?(\w+)")
_HOOK = re.compile(r"\s*(?:\S*/)?(?:conda|mamba|micromamba)\s+shell[ .]\S.*")
_RUST = {"cargo", "rustup", "maturin", "rustc", "cargo-bundle-licenses"}


def read_script(foreign: Foreign, script: Script) -> None:
    """Add what a script does to what a recipe says; the findings tell what it does besides."""
    _Interpreter(foreign=foreign, script=script).run()


@dataclass(kw_only=True)
class _Interpreter(Builds):
    def run(self) -> None:
        self._count(self.script.text)
        self.variables |= self.script.variables
        self.said |= self.script.variables
        conditions = ChainMap(self.said, self.given)
        # A script that another one calls may have its arrays from there.
        self.set_arrays = None if self.depth else arrays_set_in(self.script.text)
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
            except (NotUnderstood, UnknownWord):
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
        command = without_unread(command)
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
        except (NotUnderstood, UnknownWord):
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
        names = assigned(command.words)
        is_more = not names or command.words[0] == "export" or not all(map(self._is_scripts_own, names))
        for name in names:
            for known in (self.variables, self.arrays, self.said, self.given):
                known.pop(name, None)
        if is_more:
            raise NotUnderstood

    def _is_scripts_own(self, name: str) -> bool:
        """Whether a variable means something to the script alone, which is told of it where it is used."""
        is_known = name in FLAG_VARIABLES or name == "MESON_ARGS" or name.startswith(("CARGO", "RUST", "PYO3"))
        return not (is_known or name in self.foreign.env or FOR_CMAKE.fullmatch(name) or BUILDS_OWN.fullmatch(name))

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
            raise NotUnderstood
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
            raise NotUnderstood
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
            raise NotUnderstood

    def _with_others(self, name: str, words: list[str], command: ShellCommand) -> bool:
        """Take a command that reads or writes what others do. Whether it is one. Raises NotUnderstood."""
        if name == "patch" and not command.piped:
            self._patch(words[1:], command)
            return True
        if name in {"cat", "echo", "printf", "sed"} and self._writes(words, command):
            return True
        if any(re.match(r"\d?[<>]", word) for word in words):
            raise NotUnderstood
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
