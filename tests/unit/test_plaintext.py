from __future__ import annotations

import sys
import unicodedata
from typing import TYPE_CHECKING

import pytest
from fuzz import Cases, few_or_many, mutated_text, try_cases

from wasmwright.plaintext import plain, shortened, visible, visible_line

if TYPE_CHECKING:
    import random

UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def every_unseen() -> str:
    return "".join(one for one in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(one) in UNSEEN)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\x1b[31;1merror:\x1b[0m no", "error: no"),
        ("10 %\r50 %\r100 %", "100 %"),
        ("ends so\r", "ends so"),
        ("a\x07b\x00c\ttab", "abc\ttab"),
        ("\x1b]0;title\x07text", "text"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1bP1$r0m\x1b\\text", "text"),
        ("\x1b(Btext\x1bc\x1b7", "text"),
        ("\x9b2Jtext\x9d0;title\x9c", "text"),
        ("\x1b]0;no end", "0;no end"),
        ("\x1b]0;no end\nerror: next line", "0;no end\nerror: next line"),
        ("\x1b[31", "31"),
        ("if access \u202e\u2066// is user", "if access // is user"),
    ],
)
def test_a_log_is_read_without_colours_and_tricks(text: str, expected: str):
    assert plain(text) == expected


def test_nothing_unseen_is_left():
    everything = every_unseen()
    assert plain(everything.replace("\r", "").replace("\n", "")).strip("\t") == ""
    for text in (visible(everything), visible_line(everything)):
        assert {unicodedata.category(one) for one in text.replace("\t", "").replace("\n", "")}.isdisjoint(UNSEEN)
    assert not {"\n", "\t"} & set(visible_line(everything))


def test_a_name_keeps_all_its_characters():
    assert visible_line("esc/\x1b]0;T\x07\x1b[2J.so") == r"esc/\x1b]0;T\x07\x1b[2J.so"
    assert visible_line("a\nb\tc\r\x9b\u202e\U000e0041\udcff") == r"a\nb\tc\r\x9b\u202e\U000e0041\udcff"
    assert visible_line("größe/数据-1.0 [x].so") == "größe/数据-1.0 [x].so"


def test_a_message_keeps_its_lines():
    assert visible("one:\n\ttwo\x1b[2J\u2028") == "one:\n\ttwo\\x1b[2J\\u2028"


def test_a_long_line_says_how_long():
    assert shortened("a" * 5, 5) == "aaaaa"
    assert shortened("a" * 1505, 5) == "aaaaa... (1,500 characters more)"


# Each would take hours if parts of it were looked at twice.
@pytest.mark.parametrize(
    "piece", ["\x1b]", "\x1b]0;a", "\x9d", "\x9d\x90", "\x1b[", "\x1b[0", "\x1b( ", "\x1b", "\r", "\x1bP\n"]
)
def test_many_beginnings_of_sequences_take_no_time(piece: str):
    assert "\x1b" not in plain(piece * 200_000)
    assert "\x1b" not in visible(piece * 50_000)


def test_one_long_sequence_takes_no_time():
    for begin in ("\x1b]", "\x1b[", "\x1b(", "\x9d"):
        for filling in ("a", "0", " ", "0 "):
            assert plain(f"{begin}{filling * 300_000}")


@few_or_many
def test_any_text_becomes_text_that_does_no_harm(cases: Cases):
    samples = ["\x1b[31mred\x1b[0m", "\x1b]0;t\x07a\r\nb", "\x9b2J\x90x\x9c", "one two\tthree", "[red]a[/]"]

    def target(text: str) -> None:
        for cleaned in (plain(text), visible(text), visible_line(text)):
            cleaned.encode()
            assert {unicodedata.category(one) for one in cleaned if one not in "\t\n"}.isdisjoint(UNSEEN)
            assert plain(cleaned) == cleaned

    def make(rng: random.Random) -> str:
        return mutated_text(rng, samples)

    try_cases(target, make, cases)
