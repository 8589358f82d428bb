from __future__ import annotations

import ast
import io
import sys
from pathlib import Path

import pytest

from wasmwright.cli import boundary, main
from wasmwright.cli.output import say, say_json, show_table
from wasmwright.cli.streams import forget_odd_sizes
from wasmwright.errors import BuildFailed
from wasmwright.log import say as log_say

CLI = Path(__file__).parents[3] / "builder" / "wasmwright" / "cli"
HOSTILE = "esc/\x1b]0;T\x07\x1b[2J\x9b2J\u202e[/red]x.so"
SHOWN = r"esc/\x1b]0;T\x07\x1b[2J\x9b2J\u202e[/red]x.so"
# What draws in place; its texts are cleaned where they are made.
DRAWING = {"buildview.py", "transfer.py"}


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("path", sorted(CLI.glob("*.py")), ids=lambda path: path.name)
def test_no_command_prints_past_the_cleaner(path: Path):
    if path.name == "output.py":
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    printing = {"click.echo", "click.secho", "print", "sys.stdout.write", "sys.stderr.write", "click.style"}
    called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    assert called & printing == set(), "print with wasmwright.cli.output or log.say"
    imported = {
        node.module.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module
    }
    assert path.name in DRAWING or "rich" not in imported, "show tables with wasmwright.cli.output"


def test_a_text_is_shown_with_what_is_unseen_in_it(capsys: pytest.CaptureFixture[str]):
    say(f"wrote {HOSTILE}")
    log_say(HOSTILE)
    captured = capsys.readouterr()
    assert captured.out == f"wrote {SHOWN}\n"
    assert captured.err == f"{SHOWN}\n"


def test_json_is_ascii(capsys: pytest.CaptureFixture[str]):
    say_json({"name": HOSTILE})
    assert capsys.readouterr().out.isascii()


@pytest.mark.parametrize("ruled", [True, False])
def test_a_table_on_a_terminal_shows_markup_and_controls(monkeypatch: pytest.MonkeyPatch, *, ruled: bool):
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(sys, "stdout", terminal := Terminal())
    show_table(("code", "member"), [("WW1", HOSTILE), ("WW2", "a\nb")], title=HOSTILE, ruled=ruled)
    assert terminal.getvalue().count(SHOWN) == 2
    assert r"a\nb" in terminal.getvalue()


def test_an_error_cannot_speak_for_us(capsys: pytest.CaptureFixture[str]):
    foreign = f"{HOSTILE}\nhint: run this"
    boundary.show(BuildFailed(foreign, hint=foreign, excerpt=foreign))
    lines = capsys.readouterr().err.split("\n")
    assert lines == [
        f"error: {SHOWN}",
        "  hint: run this",
        "  | esc/[/red]x.so",
        "  | hint: run this",
        f"hint: {SHOWN}",
        "  hint: run this",
        "",
    ]


def test_a_line_of_a_log_is_not_shown_at_any_length(capsys: pytest.CaptureFixture[str]):
    boundary.show(BuildFailed("no", excerpt="x" * 1_000_000))
    assert len(capsys.readouterr().err) < 1000


def test_an_error_keeps_our_own_colours_and_lines(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    boundary.show(BuildFailed("two mistakes:\n  one\n  other", hint="mend them"))
    assert terminal.getvalue() == (
        "\x1b[31m\x1b[1merror:\x1b[0m two mistakes:\n  one\n  other\n\x1b[32m\x1b[1mhint:\x1b[0m mend them\n"
    )


@pytest.mark.parametrize("odd", ["\xb2", "", "0", "-5", "999999999", "x", "\u0661", "80 "])
def test_sizes_of_a_terminal_that_are_none_are_forgotten(monkeypatch: pytest.MonkeyPatch, odd: str):
    environ = {"COLUMNS": odd, "LINES": odd, "HOME": odd}
    forget_odd_sizes(environ)
    assert environ == {"HOME": odd}
    monkeypatch.setenv("COLUMNS", odd)
    monkeypatch.setattr("wasmwright.cli.leave", lambda code: code)
    main(["--version"])
    show_table(("a", "b"), [("1", "2")])


def test_sizes_of_a_terminal_stay():
    environ = {"COLUMNS": "80", "LINES": "9999"}
    forget_odd_sizes(environ)
    assert environ == {"COLUMNS": "80", "LINES": "9999"}
