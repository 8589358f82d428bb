"""What build scripts do with files: of the source, beside the recipe, and of the result."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from wasmwright.importing.left import Left, placed_file
from wasmwright.importing.places import HOST, NATIVE, OPAQUE, OUT, RECIPE, has_place
from wasmwright.importing.reach import only_shares
from wasmwright.importing.scriptvariables import Variables
from wasmwright.importing.scriptwords import (
    NotUnderstood,
    changes_in_place,
    files_of_sed,
    is_build_folder,
    is_perls,
    only_names_folders,
    scripts_of_sed,
    stems,
)
from wasmwright.names import quoted
from wasmwright.sources.entry import relative_fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wasmwright.importing.shell import ShellCommand

_LONG_PATH = 1024
_OF_SOURCE = re.compile(r"\$(?:(?:SRC_DIR|PKG_BUILD_DIR)\b|\{(?:SRC_DIR|PKG_BUILD_DIR)\})")
# Of the result: what is for people, shells or desktops, and what conda runs when an environment is entered.
_FOR_PEOPLE = re.compile(
    f"{HOST}/(?:s?bin|etc/conda|etc/bash_completion\\.d|share/(?:man|doc|info|licenses|bash-completion|zsh|fish|applications|"
    "icons|emacs|vim|locale))(?:/|$)"
)
_TO_READ = re.compile(r"(?i)(?:COPYING|LICEN[CS]ES?|NOTICE|AUTHORS|README|CHANGES|CHANGELOG|THIRD-?PARTY)[\w.-]*")
# What a shared library or a program of the result ends with.
_NOT_MADE = re.compile(r".*(\.so(\.[\w.*]+)?\*?|\.dylib|\.js|\.wasm|\.la|\.exe|/bin/[^/]*)", re.DOTALL)
_NO_PROGRAMS = "shared libraries and programs of the result, and what goes with them, are not made here"
# What says where a library is, for those that link it.
_DESCRIBES = re.compile(r".*\.(?:pc|cmake)", re.DOTALL)
_FINDS_DOING = {"-delete", "-exec", "-execdir", "-ok", "-okdir", "-fprint", "-fls", "-fprintf"}
_FINDS_OTHERS = {"!", "-not", "-o", "-or", "-delete", "-execdir"}


@dataclass(kw_only=True)
class Files(Variables):
    """Takes commands that change files."""

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
            raise NotUnderstood
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

    def _in_source(self, word: str) -> str | None:
        """A place in the source that a patch can reach; None for others."""
        path = self._expanded(word)
        found = posixpath.normpath(posixpath.join(self._base(word), path))
        is_built = has_place(found) or found.startswith(("..", "/")) or is_build_folder(found.partition("/")[0])
        return None if is_built else f"{found}/" if path.endswith("/") else found

    def _rm(self, words: list[str], command: ShellCommand) -> None:
        of_source = []
        for word in words:
            path = word if word.startswith("-") else self._in_result(word)
            if path.startswith("-") or HOST in path or path.endswith((".la", ".a")) or is_build_folder(path):
                continue
            if NATIVE not in path and posixpath.splitext(posixpath.normpath(path))[0] not in stems(self.made):
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
            raise NotUnderstood
        text = self._at(command.line, command.text)
        self.foreign.left.append(Left(at=text, changed=known))

    def _of_pipe(self, name: str, words: list[str], command: ShellCommand) -> None:
        """A command whose files another one names, which only looks for them."""
        if name == "find" and not _FINDS_DOING & {*words}:
            return
        given = list(words)
        while name == "xargs" and given and given[0].startswith("-"):
            given = given[2:] if given[0] in {"-n", "-I", "-P", "-d", "-L"} else given[1:]
        if name != "xargs" or not given or not changes_in_place(given[0], given[1:]):
            raise NotUnderstood
        self._change(["."], command)

    def _find(self, words: list[str], command: ShellCommand) -> None:
        if not _FINDS_DOING & {*words}:
            return
        copied = words[words.index("-exec") + 1 :] if "-exec" in words else []
        if copied and changes_in_place(copied[0], copied[1:]):
            folders = list(takewhile(lambda word: not word.startswith(("-", "(", "!")), words))
            self._change(folders or ["."], command)
            return
        if copied[:2] == ["cp", "{}"]:
            target = [word for word in copied[2:] if word not in {";", "+", "\\;"}]
            if self._is_for_people(["{}", *target], command):
                return
            before = words[: words.index("-exec")]
            if before.count("-name") != 1 or before[-1] == "-name" or _FINDS_OTHERS & {*words}:
                raise NotUnderstood
            self._cp([before[before.index("-name") + 1], *target], command)
            return
        path = self._expanded(words[0]) if words else ""
        if "-delete" not in words or _FINDS_DOING & {*words} != {"-delete"}:
            raise NotUnderstood
        if HOST not in path:
            self._change(words[:1], command)
            return
        self._note("what it takes out of the result is not taken out here", command)

    def _sed(self, words: list[str], command: ShellCommand) -> None:
        """`sed -i`: of tools, of programs of the result, or to make its paths relative, as is done here."""
        if not changes_in_place("sed", words):
            return
        parts = [self._expanded_or_not(word) for word in words]
        files = files_of_sed(parts)
        if not files or any(OPAQUE in path for path in files):
            raise NotUnderstood
        if all(NATIVE in path or re.match(f"{HOST}/s?bin/", path) for path in files):
            self._note("it changes tools of its own, of which builds here have others", command)
        elif all(re.match(rf"{HOST}/.*\.(?:pc|cmake|la)$", path) for path in files) and any(
            HOST in part or NATIVE in part for part in parts if part not in files
        ):
            self._note("what is installed names places relative to itself here", command)
        elif all(only_names_folders(script) for script in scripts_of_sed(parts)):
            self._note("it says where libraries lie, which builds here find", command)
        else:
            self._change(files_of_sed(words), command)

    def _perl(self, words: list[str], command: ShellCommand) -> None:
        """`perl -pi -e`: a change of files."""
        if not changes_in_place("perl", words):
            raise NotUnderstood
        files = [word for at, word in enumerate(words) if not word.startswith("-") and not is_perls(words[at - 1 : at])]
        self._change(files, command)

    def _patch(self, words: list[str], command: ShellCommand) -> None:
        """A patch that a script applies: one that lies beside the recipe is like those that the recipe names."""
        files = [self._expanded(after) for word, after in pairwise(words) if word in {"<", "-i", "--input"}]
        files += [self._expanded(found[1]) for word in words if (found := re.fullmatch(r"(?:<|-i|--input=)(.+)", word))]
        if len(files) != 1 or not files[0].startswith(f"{RECIPE}/"):
            raise NotUnderstood
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
            raise NotUnderstood

    def _bring(self, sources: Sequence[str], target: str, command: ShellCommand) -> None:
        """Files beside the recipe that are put into the source, by their places there."""
        place = self._in_source(target if len(sources) == 1 else f"{target}/")
        for source in sources:
            name = source.removeprefix(f"{RECIPE}/")
            into = None if place is None or has_place(name) else placed_file(name, place)
            if into is None or relative_fault(name.replace("*", "x")) is not None:
                raise NotUnderstood
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
                raise NotUnderstood
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
            raise NotUnderstood

    def _is_for_people(self, words: Sequence[str], command: ShellCommand) -> bool:
        """Whether files are put where programs of the result are, whatever they are; tells so."""
        if len(words) < 2:  # noqa: PLR2004 - from, to
            raise NotUnderstood
        is_for_people = _FOR_PEOPLE.match(self._in_result(words[-1])) is not None
        if is_for_people:
            self._note(_NO_PROGRAMS, command)
        return is_for_people
