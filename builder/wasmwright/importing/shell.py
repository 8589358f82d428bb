"""Build scripts as commands, read and never run.

Only what scripts of recipes mostly are is understood: words, quotes, variables, `if` on what is known. All else is an
opaque command, told as it stands.
"""

from __future__ import annotations

import fnmatch
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from wasmwright.importing import bounds
from wasmwright.importing.places import DOLLAR, OPAQUE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SEPARATORS = (";;", "&&", "||", ";", "|", "&", "\n")
_HEREDOC = re.compile(r"<<-?\s*(['\"]?)(\w+)\1")
_OPENING = {"if", "for", "while", "until", "case", "{", "function", "select"}
_CLOSING = {"fi", "done", "esac", "}"}
_VARIABLE = re.compile(r"\$(?:\{(\w+)(?::?([-+])([^{}]*))?\}|(\w+))|\$\((\w+)\)")
_PKG_CONFIG = re.compile(
    r"\s*(?:\S*/)?(?:(?:\$PKG_CONFIG|pkg-config|pkgconf)\s|[\w.-]+-config\s+--(?:cflags|libs|ldflags|inc))"
)
_ASSIGNED = re.compile(r"([A-Za-z_]\w*)(\+?=)(.*)", re.DOTALL)
_DOLLAR_WORD = re.compile(r"^\$\{?(\w+)(?::-[^}]*)?\}?$")
_ARRAY = re.compile(r"[A-Za-z_]\w*\+?=")
# What commands print whose output is known without running them: folders, a number of processors, a program's path.
_SAID = (
    (re.compile(r"\s*(?:/bin/)?pwd(?:\s+-\w)?\s*"), "."),
    (
        re.compile(r"\s*(?:nproc(?:\s+--\S+)?|getconf\s+_NPROCESSORS_ONLN|sysctl\s+-n\s+\S+cpu)\s*"),
        "1",
    ),
    (re.compile(r"\s*uname(?:\s+-s)?\s*"), "Linux"),
    (re.compile(r"\s*uname\s+-[mp]\s*"), "x86_64"),
    (re.compile(r"\s*em-config\s+(?:CACHE|EMSCRIPTEN_ROOT|LLVM_ROOT|BINARYEN_ROOT)\s*"), "${EMSDK}"),
    (re.compile(r"\s*(?:which|command\s+-v|type\s+-P|realpath|readlink\s+-f)\s+([\w./${}+-]+)\s*"), r"\1"),
)
# These write or change something, or only look on, when another command's output is piped to them.
_SHOWS = {"cat", "echo", "printf", "ls", "find", "grep", "yes", "true"}
_LOOKS_ON = {"tee", "cat", "grep", "head", "tail", "sort", "uniq", "wc", "less", "ts"}


@dataclass(frozen=True, kw_only=True)
class ShellCommand:
    """One simple command: its words, its line in the script from 1, and how it stands there.

    `lines` are those of its words. `text` is all of a pipeline for each of its parts. `piped`: what it writes or reads
    is another command's; `nested`: whether it is run depends on what is not known.
    """

    words: tuple[str, ...]
    line: int
    text: str
    lines: tuple[int, ...] = ()
    piped: bool = False
    nested: bool = False


@dataclass(kw_only=True)
class _Reader:
    text: str
    at: int = 0
    line: int = 1
    commands: list[ShellCommand] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    word: str | None = None
    began: tuple[int, int] = (0, 1)
    ended: int = 0
    pipeline: list[ShellCommand] = field(default_factory=list)
    pipe_began: int = 0
    in_array: bool = False
    in_test: bool = False
    heredocs: list[str] = field(default_factory=list)

    def read(self) -> list[ShellCommand]:
        while self.at < len(self.text):
            self._step()
        self._end_command()
        self._end_pipeline()
        return self.commands

    def _step(self) -> None:  # noqa: C901 - the forms of what may come next
        text, at = self.text, self.at
        char = text[at]
        separator = next((one for one in _SEPARATORS if text.startswith(one, at)), None)
        if char == "\\" and at + 1 < len(text):
            if text[at + 1] != "\n":
                self._append(DOLLAR if text[at + 1] == "$" else text[at + 1])
            self._move(2)
        elif char == "#" and self.word is None:
            end = text.find("\n", at)
            self._move((len(text) if end < 0 else end) - at)
        elif text.startswith("<<", at) and (found := _HEREDOC.match(text, at)) and not text.startswith("<<<", at):
            self.heredocs.append(found[2])
            self._append(OPAQUE)
            self._move(found.end() - at)
        elif char == "&" and text[at - 1 : at] == ">":
            self._append("&")
            self._move(1)
        elif (char == "(" and self.word is not None and _ARRAY.fullmatch(self.word)) or (char == ")" and self.in_array):
            self._array_mark(char)
        elif separator in {"&&", "||"} and self.in_test:
            self._end_word()
            self._append(separator)
            self._end_word()
            self._move(2)
        elif separator is not None and not (self.in_array and separator == "\n"):
            self._separate(separator)
        elif char in " \t\r\n":
            self._end_word()
            self._move(1)
        elif char in "'\"":
            self._quoted(char)
        elif text.startswith("$(", at) or char == "`":
            self._substitution()
        else:
            self._append(char)
            self._move(1)

    def _array_mark(self, char: str) -> None:
        """The bracket that begins or ends an array: `name=(` is a word, and those within follow it."""
        self.in_array = char == "("
        if self.in_array:
            self._append(char)
        self._end_word()
        self._move(1)

    def _separate(self, separator: str) -> None:
        self._end_command()
        self.in_array = self.in_test = False
        if separator != "|":
            self._end_pipeline()
        self._move(len(separator))
        if separator == "\n" and self.heredocs:
            self._skip_heredocs()

    def _skip_heredocs(self) -> None:
        for name in self.heredocs:
            end = re.compile(rf"^\s*{name}\s*$", re.MULTILINE).search(self.text, self.at)
            self._move((end.end() if end else len(self.text)) - self.at)
        self.heredocs.clear()

    def _quoted(self, quote: str) -> None:
        self._append("")
        self._move(1)
        while self.at < len(self.text) and self.text[self.at] != quote:
            char = self.text[self.at]
            if quote == "'":
                self._append(DOLLAR if char == "$" else char)
                self._move(1)
            elif char == "\\" and self.text[self.at + 1 : self.at + 2] in {"$", '"', "\\", "`", "\n"}:
                following = self.text[self.at + 1]
                self._append({"$": DOLLAR, "\n": ""}.get(following, following))
                self._move(2)
            elif self.text.startswith("$(", self.at) or char == "`":
                self._substitution()
            else:
                self._append(char)
                self._move(1)
        self._move(1)

    def _substitution(self) -> None:
        """`$(...)` and backticks: what a pkg-config would say is found without it; the rest cannot be known."""
        if self.text[self.at] == "`":
            end = self.text.find("`", self.at + 1)
            end = len(self.text) if end < 0 else end + 1
            inner = self.text[self.at + 1 : end - 1]
        else:
            end, depth = self.at + 2, 1
            while end < len(self.text) and depth:
                depth += {"(": 1, ")": -1}.get(self.text[end], 0)
                end += 1
            inner = self.text[self.at + 2 : end - 1]
        if re.fullmatch(r"[A-Z_][A-Z0-9_]*", inner):
            said = f"${{{inner}}}"
        else:
            found = next((found.expand(text) for one, text in _SAID if (found := one.fullmatch(inner))), OPAQUE)
            said = "" if _PKG_CONFIG.match(inner) else found
        self._append(said)
        self._move(end - self.at)

    def _append(self, text: str) -> None:
        if self.word is None:
            self.word = ""
            self.lines.append(self.line)
            if not self.words:
                self.began = (self.at, self.line)
        self.word += text

    def _end_word(self) -> None:
        if self.word is not None:
            self.words.append(self.word)
            self.in_test = self.word == "[[" or (self.in_test and self.word != "]]")
            self.word = None
            self.ended = self.at

    def _end_command(self) -> None:
        self._end_word()
        if self.words:
            begin, line = self.began
            if not self.pipeline:
                self.pipe_began = begin
            shown = self.text[begin : max(self.ended, begin + 1)]
            command = ShellCommand(words=tuple(self.words), line=line, text=shown, lines=tuple(self.lines))
            self.pipeline.append(command)
        self.words, self.lines = [], []

    def _end_pipeline(self) -> None:
        """Take the commands of a pipeline. Those that only look on what the first one says are left out."""
        parts, self.pipeline = self.pipeline, []
        if len(parts) > 1 and parts[0].words[0] not in _SHOWS and all(one.words[0] in _LOOKS_ON for one in parts[1:]):
            parts = parts[:1]
        text = parts[0].text if len(parts) == 1 else self.text[self.pipe_began : max(self.ended, self.pipe_began)]
        text = " ".join(text.replace("\\\n", " ").split())
        self.commands += [replace(one, text=text, line=parts[0].line, piped=len(parts) > 1) for one in parts]

    def _move(self, count: int) -> None:
        self.line += self.text.count("\n", self.at, self.at + count)
        self.at += count


@dataclass(kw_only=True)
class _Block:
    """An `if`, a loop or the like: whether the part that is read is run, and whether a part before it was."""

    is_run: bool | None
    was_run: bool | None

    def following(self, *, holds: bool | None) -> None:
        """Go on with the part after an `elif` whose condition holds, or after `else`."""
        if self.was_run:
            self.is_run = False
        else:
            self.is_run = holds if self.was_run is False or holds is False else None
            self.was_run = True if self.is_run else (None if holds is None or self.was_run is None else False)


def commands(text: str, known: Mapping[str, str]) -> Iterator[ShellCommand]:
    """The commands of a script that would be run where the variables have these values."""
    blocks: list[_Block] = []
    for command in _Reader(text=text).read():
        words = command.words
        while words and words[0] in {"then", "else", "do", "elif", "!"}:
            if words[0] in {"else", "elif"} and blocks:
                blocks[-1].following(holds=words[0] == "else" or _holds(words[1:], known))
                if words[0] == "elif":
                    words = ()
                    break
            words = words[1:]
        if not words:
            continue
        first = words[0]
        if first in _OPENING or first.endswith("()") or words[1:2] == ("()",):
            holds = _holds(words[1:], known) if first == "if" else None
            blocks.append(_Block(is_run=holds, was_run=holds))
        elif first in _CLOSING:
            blocks[-1:] = []
        elif all(block.is_run is not False for block in blocks):
            nested = any(block.is_run is None for block in blocks)
            yield replace(command, words=words, lines=command.lines[-len(words) :], nested=nested)
        if first in _OPENING and first != "if" and all(block.is_run is not False for block in blocks):
            yield replace(command, words=words, lines=command.lines[-len(words) :], piped=False, nested=True)


def _holds(condition: tuple[str, ...], known: Mapping[str, str]) -> bool | None:
    """Whether `[[ $name == pattern ]]` holds, or several of them with `&&` and `||`; None where that is not known."""
    words = [word for word in condition if word not in {"[", "[[", "]", "]]"}]
    either = [_all_of([_compared(one, known) for one in _parted(part, "&&")]) for part in _parted(words, "||")]
    return True if True in either else (None if None in either else False)


def _all_of(found: list[bool | None]) -> bool | None:
    return False if False in found else (None if None in found else True)


def _parted(words: list[str], separator: str) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for word in words:
        if word == separator:
            parts.append([])
        else:
            parts[-1].append(word)
    return parts


def _compared(words: list[str], known: Mapping[str, str]) -> bool | None:
    negated = False
    while words and words[0] == "!":
        negated, words = not negated, words[1:]
    match words:
        case [("-z" | "-n") as operator, word]:
            left, wanted, differs = word, "", operator == "-n"
        case [left, ("==" | "=" | "!=") as operator, wanted]:
            differs = operator == "!="
        case _:
            return None
    value = _value(left, known)
    if value is None or "$" in wanted or OPAQUE in wanted:
        return None
    return (fnmatch.fnmatchcase(value, wanted) != differs) != negated


def _value(word: str, known: Mapping[str, str]) -> str | None:
    """What a word of a condition comes to: a variable that is known, or a text; None for all else."""
    name = _DOLLAR_WORD.match(word)
    if name is not None:
        return known.get(name[1])
    return None if "$" in word or OPAQUE in word else word


class UnknownWord(Exception):
    """A word has a part that only running it would tell."""


def expand(word: str, known: Mapping[str, str], *, where: str) -> str:
    """A word with its variables replaced. Raises UnknownWord, and LimitExceeded at `where`."""
    grown = 0

    def value(found: re.Match[str]) -> str:
        nonlocal grown
        name = found[1] or found[4] or found[5]
        if name in known:
            text = known[name] if found[2] != "+" else found[3]
        elif found[2] == "-":
            text = found[3]
        else:
            raise UnknownWord(name)
        # Before it is put together: a variable may double itself on every line.
        grown += len(text)
        bounds.EXPANDED.check(grown, where)
        return text

    if OPAQUE in word:
        raise UnknownWord
    text = _VARIABLE.sub(value, word)
    if "$" in text:
        raise UnknownWord
    return text.replace(DOLLAR, "$")


def assignment(word: str) -> tuple[str, str, bool] | None:
    """The name and value of `NAME=value`, and whether it is added to what there is (`+=`)."""
    found = _ASSIGNED.fullmatch(word)
    return (found[1], found[3], found[2] == "+=") if found else None
