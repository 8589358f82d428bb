"""What single commands and words of build scripts say, whatever a script did before."""

from __future__ import annotations

import posixpath
import re
import shlex
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from wasmwright.importing.places import HOST
from wasmwright.importing.shell import assignment, read_commands

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wasmwright.importing.shell import ShellCommand

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
_SUBSTITUTION = re.compile(r"s([^\w\s\\])((?:(?!\1)[^\\]|\\.)*)\1((?:(?!\1)[^\\]|\\.)*)\1[g0-9]*", re.DOTALL)
_ADDED_FOLDER = re.compile(f"""(?P<mark>['"]?)\\\\?{HOST}/(?:include|lib)[\\w./-]*(?P=mark)\\s*,?\\s*""")


class NotUnderstood(Exception):
    """A command does something that recipes cannot say; the text says what is missing, where that is known."""


def has_variable(text: str) -> bool:
    """Whether a text has a variable in it, or a command whose output it is."""
    return "$" in text or "`" in text


def split(text: str) -> list[str]:
    """A text as the words that a shell makes of it. Raises NotUnderstood."""
    try:
        return shlex.split(text)
    except ValueError:
        raise NotUnderstood from None


def options_of_cmake(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
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


def without_unread(command: ShellCommand) -> ShellCommand:
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


def arrays_set_in(text: str) -> set[str] | None:
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


def assigned(words: Sequence[str]) -> list[str]:
    """The variables that a command sets, where it does nothing else."""
    if words[0].endswith("=("):
        words = words[:1]
    found = [assignment(word) for word in (words[1:] if words[0] == "export" else words)]
    names = [one[0] for one in found if one is not None]
    return names if len(names) == len(found) else []


def only_asks(command: ShellCommand) -> bool:
    """Whether all whose output a command takes only tells something."""
    return bool(command.asked) and all(_ASKING.match(one) and not _CHANGING.search(one) for one in command.asked)


def files_of_sed(words: Sequence[str]) -> list[str]:
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


def scripts_of_sed(words: Sequence[str]) -> list[str]:
    """The scripts of `sed`."""
    given = [after for word, after in pairwise(words) if word in {"-e", "--expression"}]
    given += [word.partition("=")[2] or word[2:] for word in words if re.match(r"-e.|--expression=", word)]
    return given or [word for word in words if word and not word.startswith("-")][:1]


def only_names_folders(script: str) -> bool:
    """Whether a script of `sed` only adds folders of libraries to a text that it looks for as it stands."""
    found = _SUBSTITUTION.fullmatch(script)
    if found is None or HOST not in found[3]:
        return False
    wanted, given = (re.sub(r"\\([^\w\s])", r"\1", text) for text in (found[2], found[3]))
    is_plain = not re.search(r"(?<!\\)[.*^$\[\]]|\\\w", found[2])
    return is_plain and _ADDED_FOLDER.sub("", given).split() == wanted.split()


def changes_in_place(name: str, words: Sequence[str]) -> bool:
    """Whether a command changes or takes out the files that it is given."""
    match posixpath.basename(name):
        case "sed":
            return any(re.fullmatch(r"-[nErsuz]*i.*|--in-place.*", word) for word in words)
        case "perl":
            return any(re.fullmatch(r"-[pnl0]*i\S*", word) for word in words) and any(map(is_perls, zip(words)))
        case "rm":
            return True
        case _:
            return False


def is_perls(words: Sequence[str]) -> bool:
    """Whether what follows is a script of `perl`."""
    return bool(words) and re.fullmatch(r"-[pnil0]*e", words[0]) is not None


def stems(paths: set[str]) -> set[str]:
    """Paths without their endings."""
    return {posixpath.splitext(path)[0] for path in paths}


def is_build_folder(path: str) -> bool:
    """Whether a path is one that only a build makes."""
    return bool(re.fullmatch(r"(\./)?(_?build\w*|dist|CMakeCache\.txt|CMakeFiles)/?\*?", path))
