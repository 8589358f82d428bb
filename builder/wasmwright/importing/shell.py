"""Build scripts as commands, read and never run.

Only what scripts of recipes mostly are is understood: words, quotes, variables, `if` on what is known. All else is an
opaque command, told as it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from wasmwright.importing.places import DOLLAR, OPAQUE

_SEPARATORS = (";;", "&&", "||", ";", "|", "&", "\n")
_HEREDOC = re.compile(r"<<-?\s*(['\"]?)(\w+)\1")
_PKG_CONFIG = re.compile(
    r"\s*(?:\S*/)?(?:(?:\$PKG_CONFIG|pkg-config|pkgconf)\s|[\w.-]+-config\s+--(?:cflags|libs|ldflags|inc))"
)
_ASSIGNED = re.compile(r"([A-Za-z_]\w*)(\+?=)(.*)", re.DOTALL)
_ARRAY = re.compile(r"[A-Za-z_]\w*\+?=")
# What commands print whose output is known without running them: folders, a number of processors, a program's path.
_SAID = (
    (re.compile(r"\s*(?:/bin/)?pwd(?:\s+-\w)?\s*"), "."),
    (
        re.compile(r"\s*(?:nproc(?:\s+--\S+)?|getconf\s+_NPROCESSORS_ONLN|sysctl\s+-n\s+\S+cpu)\s*"),
        "1",
    ),
    (re.compile(r"\s*uname(?:\s+-s)?\s*"), "Linux"),
    # Flags of the environment with some taken out: what of them was there builds here do not have.
    (
        re.compile(
            r"""\s*echo\s+["']?\$\{?((?:C|CXX|CPP|LD|F|FC)FLAGS|(?:CMAKE|MESON|PIP)_ARGS)(?::?-)?\}?["']?\s*\|\s*(?:sed|tr)\s[^|`]*"""
        ),
        r"${\1}",
    ),
    (re.compile(r"\s*uname\s+-[mp]\s*"), "x86_64"),
    (re.compile(r"\s*em-config\s+(?:CACHE|EMSCRIPTEN_ROOT|LLVM_ROOT|BINARYEN_ROOT)\s*"), "${EMSDK}"),
    (
        re.compile(r"\s*(?:which|command\s+-v|type\s+-P|realpath|readlink\s+-f)\s+([\w./${}+-]+)\s*(?:\|\|\s*\w+\s*)?"),
        r"\1",
    ),
)
# These write or change something, or only look on, when another command's output is piped to them.
_SHOWS = {"cat", "echo", "printf", "ls", "find", "grep", "yes", "true"}
_LOOKS_ON = {"tee", "cat", "grep", "head", "tail", "sort", "uniq", "wc", "less", "ts"}


@dataclass(frozen=True, kw_only=True)
class ShellCommand:
    """One simple command: its words, its line in the script from 1, and how it stands there.

    `lines` are those of its words. `text` is all of a pipeline for each of its parts. `piped`: what it writes or reads
    is another command's; `nested`: whether it is run depends on what is not known. `after` is what stands before it.
    `asked` are the commands whose output its words have, and is not known. Brackets around commands, which run in a
    shell of their own, are commands too.
    """

    words: tuple[str, ...]
    line: int
    text: str
    lines: tuple[int, ...] = ()
    piped: bool = False
    nested: bool = False
    after: str = ""
    asked: tuple[str, ...] = ()


@dataclass(kw_only=True)
class _Reader:
    text: str
    at: int = 0
    line: int = 1
    commands: list[ShellCommand] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    word: str | None = None
    began: tuple[int, int] = (0, 1)
    ended: int = 0
    pipeline: list[ShellCommand] = field(default_factory=list)
    pipe_began: int = 0
    pipe_after: str = ""
    brackets: int = 0
    in_array: bool = False
    in_test: bool = False
    heredocs: list[str] = field(default_factory=list)

    def read(self) -> list[ShellCommand]:
        while self.at < len(self.text):
            self._step()
        self._end_command()
        self._end_pipeline()
        return self.commands

    def _step(self) -> None:  # noqa: C901, PLR0912 - the forms of what may come next
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
        elif char == "&" and (text[at - 1 : at] == ">" or text.startswith("&>", at)):
            self._append("&")
            self._move(1)
        elif (char == "(" and self.word is not None and _ARRAY.fullmatch(self.word)) or (char == ")" and self.in_array):
            self._array_mark(char)
        elif self._is_bracket(char):
            self._bracket(char)
        elif separator in {"&&", "||"} and self.in_test:
            self._end_word()
            self._append(separator)
            self._end_word()
            self._move(2)
        elif self.in_test and (char in "()" or separator == "|"):
            self._append(char)
            self._move(1)
        elif separator is not None and not (self.in_array and separator == "\n"):
            self._separate(separator)
        elif char in " \t\r\n":
            self._end_word()
            self._move(1)
        elif char in "'\"":
            self._quoted(char)
        elif text.startswith("$(", at) or char == "`":
            self._substitution()
        elif text.startswith("${", at):
            self._braces()
        else:
            self._append(char)
            self._move(1)

    def _is_bracket(self, char: str) -> bool:
        """Whether a bracket is one around commands."""
        if char == "(":
            return self.word is None and not self.words and not self.text.startswith("((", self.at)
        return char == ")" and self.brackets > 0

    def _bracket(self, char: str) -> None:
        self._end_command()
        self._end_pipeline()
        after = self.pipe_after if char == "(" else ""
        self.brackets += 1 if char == "(" else -1
        self.commands.append(ShellCommand(words=(char,), line=self.line, text=char, lines=(self.line,), after=after))
        self.pipe_after = "" if char == "(" else ";"
        self._move(1)

    def _braces(self) -> None:
        """`${...}`: one piece of a word, whatever stands in it."""
        depth = 0
        while self.at < len(self.text):
            if self.text.startswith("$(", self.at) or self.text[self.at] == "`":
                self._substitution()
                continue
            if self.text.startswith("${", self.at):
                depth += 1
                self._append("${")
                self._move(2)
                continue
            char = self.text[self.at]
            depth -= char == "}"
            self._append("" if char in "'\"" else char)
            self._move(1)
            if not depth:
                return

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
            # A line may end behind such a sign.
            self.pipe_after = separator if separator != "\n" or self.pipe_after not in {"&&", "||"} else self.pipe_after
        if separator == ";;":
            self.commands.append(ShellCommand(words=(separator,), line=self.line, text=separator, lines=(self.line,)))
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
            elif self.text.startswith("${", self.at):
                self._braces()
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
            if said == OPAQUE:
                self.asked.append(inner)
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
            words, lines, asked = tuple(self.words), tuple(self.lines), tuple(self.asked)
            self.pipeline.append(ShellCommand(words=words, line=line, text=shown, lines=lines, asked=asked))
        self.words, self.lines, self.asked = [], [], []

    def _end_pipeline(self) -> None:
        """Take the commands of a pipeline. Those that only look on what the first one says are left out."""
        parts, self.pipeline = self.pipeline, []
        if len(parts) > 1 and parts[0].words[0] not in _SHOWS and all(one.words[0] in _LOOKS_ON for one in parts[1:]):
            parts = parts[:1]
        text = parts[0].text if len(parts) == 1 else self.text[self.pipe_began : max(self.ended, self.pipe_began)]
        text = " ".join(text.replace("\\\n", " ").split())
        for nth, one in enumerate(parts):
            after = "|" if nth else self.pipe_after
            self.commands.append(replace(one, text=text, line=parts[0].line, piped=len(parts) > 1, after=after))
        if parts:
            self.pipe_after = ""

    def _move(self, count: int) -> None:
        self.line += self.text.count("\n", self.at, self.at + count)
        self.at += count


def read_commands(text: str) -> list[ShellCommand]:
    """All commands of a script, in their order."""
    return _Reader(text=text).read()


def assignment(word: str) -> tuple[str, str, bool] | None:
    """The name and value of `NAME=value`, and whether it is added to what there is (`+=`)."""
    found = _ASSIGNED.fullmatch(word)
    return (found[1], found[3], found[2] == "+=") if found else None
