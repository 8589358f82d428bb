"""Build scripts as commands, read and never run.

Only what scripts of recipes mostly are is understood: words, quotes, variables, `if` on what is known. All else is an
opaque command, told as it stands.
"""

from __future__ import annotations

import fnmatch
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wasmwright.importing import bounds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Stand for a dollar sign that means itself, and for what cannot be known without running it.
DOLLAR, OPAQUE = "\ue000", "\ue001"
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


@dataclass(frozen=True, kw_only=True)
class ShellCommand:
    """One simple command: its words, its line in the script from 1, and how it stands there.

    `piped`: what it writes or reads is another command's; `nested`: whether it is run depends on what is not known.
    """

    words: tuple[str, ...]
    line: int
    text: str
    piped: bool = False
    nested: bool = False


@dataclass(kw_only=True)
class _Reader:
    text: str
    at: int = 0
    line: int = 1
    commands: list[ShellCommand] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    word: str | None = None
    began: tuple[int, int] = (0, 1)
    piped: bool = False
    heredocs: list[str] = field(default_factory=list)

    def read(self) -> list[ShellCommand]:
        while self.at < len(self.text):
            self._step()
        self._end_command()
        return self.commands

    def _step(self) -> None:
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
        elif separator is not None:
            self._separate(separator)
        elif char in " \t\r":
            self._end_word()
            self._move(1)
        elif char in "'\"":
            self._quoted(char)
        elif text.startswith("$(", at) or char == "`":
            self._substitution()
        else:
            self._append(char)
            self._move(1)

    def _separate(self, separator: str) -> None:
        piped = separator == "|"
        self.piped = self.piped or piped
        self._end_command()
        self.piped = piped
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
            self._append(f"${{{inner}}}")
        else:
            self._append("" if _PKG_CONFIG.match(inner) else OPAQUE)
        self._move(end - self.at)

    def _append(self, text: str) -> None:
        if self.word is None:
            self.word = ""
            if not self.words:
                self.began = (self.at, self.line)
        self.word += text

    def _end_word(self) -> None:
        if self.word is not None:
            self.words.append(self.word)
            self.word = None

    def _end_command(self) -> None:
        self._end_word()
        if self.words:
            begin, line = self.began
            shown = " ".join(self.text[begin : self.at].replace("\\\n", " ").split())
            self.commands.append(ShellCommand(words=tuple(self.words), line=line, text=shown, piped=self.piped))
            self.words = []

    def _move(self, count: int) -> None:
        self.line += self.text.count("\n", self.at, self.at + count)
        self.at += count


def commands(text: str, known: Mapping[str, str]) -> Iterator[ShellCommand]:
    """The commands of a script that would be run where the variables have these values."""
    blocks: list[bool | None] = []
    for command in _Reader(text=text).read():
        words = command.words
        while words and words[0] in {"then", "else", "do", "elif", "!"}:
            if words[0] in {"else", "elif"} and blocks:
                blocks[-1] = None if blocks[-1] is None or words[0] == "elif" else not blocks[-1]
                if words[0] == "elif":
                    words = ()
                    break
            words = words[1:]
        if not words:
            continue
        first = words[0]
        if first in _OPENING or first.endswith("()") or words[1:2] == ("()",):
            blocks.append(_holds(words[1:], known) if first == "if" else None)
        elif first in _CLOSING:
            blocks[-1:] = []
        elif False not in blocks:
            yield ShellCommand(
                words=words, line=command.line, text=command.text, piped=command.piped, nested=None in blocks
            )
        if first in _OPENING and first != "if" and False not in blocks:
            yield ShellCommand(words=words, line=command.line, text=command.text, nested=True)


def _holds(condition: tuple[str, ...], known: Mapping[str, str]) -> bool | None:
    """Whether `[[ $name == pattern ]]` holds; None where that is not known."""
    words = [word for word in condition if word not in {"[", "[[", "]", "]]"}]
    negated = False
    while words and words[0] == "!":
        negated, words = not negated, words[1:]
    match words:
        case [left, ("==" | "=" | "!=") as operator, right]:
            name = _DOLLAR_WORD.match(left)
            if name is None or name[1] not in known or "$" in right or OPAQUE in right:
                return None
            return (fnmatch.fnmatchcase(known[name[1]], right) == (operator != "!=")) != negated
        case _:
            return None


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
