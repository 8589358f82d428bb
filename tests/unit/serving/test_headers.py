from __future__ import annotations

import pytest

from wasmwright.serving.headers import Unsatisfiable, names_tag, quality, wanted_range


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", 0),
        ("gzip, deflate", 0),
        ("gzip, deflate, br, zstd", 1),
        ("GZIP;q=1, BR;Q=0.5", 0.5),
        ("br ; q=0.25", 0.25),
        ("br;q=0", 0),
        ("br;q=0.000, *", 0),
        ("*", 1),
        ("*;q=0.1", 0.1),
        ("identity", 0),
        ("brotli", 0),
        ("br;q=2", 0),
        ("br;q=1.5", 0),
        ("br;q=nan", 0),
        ("br;level=5", 0),
        (",,;;, br", 1),
    ],
)
def test_how_much_a_coding_is_wanted(header: str, expected: float):
    assert quality(header, "br") == expected


@pytest.mark.parametrize("header", ['"a"', 'W/"a"', '"b", "a"', '"b",W/"a"', "*", " * "])
def test_tags_that_are_named(header: str):
    assert names_tag(header, "a")


@pytest.mark.parametrize("header", ["", "a", '"b"', '"ab"', '"a', 'W/a"', '"*"'])
def test_tags_that_are_not(header: str):
    assert not names_tag(header, "a")


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=0-0", (0, 1)),
        ("bytes=0-", (0, 10)),
        ("bytes=3-5", (3, 6)),
        ("bytes= 3-5 ", (3, 6)),
        ("bytes=9-9", (9, 10)),
        ("bytes=5-99", (5, 10)),
        (f"bytes=5-{'9' * 9000}", (5, 10)),
        (f"bytes={'0' * 9000}-5", (0, 6)),
        ("bytes=-3", (7, 10)),
        ("bytes=-10", (0, 10)),
        ("bytes=-11", (0, 10)),
        (f"bytes=-{'9' * 9000}", (0, 10)),
    ],
)
def test_ranges(header: str, expected: tuple[int, int]):
    assert wanted_range(header, 10) == expected


@pytest.mark.parametrize("header", ["", "items=0-5", "bytes", "bytes 0-5", "bytes=0-1,3-4", "bytes=0-0,0-0,0-0"])
def test_ranges_that_are_answered_with_everything(header: str):
    assert wanted_range(header, 10) is None


@pytest.mark.parametrize(
    "header",
    [
        *("bytes=10-", "bytes=10-20", f"bytes={'9' * 9000}-", "bytes=-0", "bytes=5-4", "bytes=-", "bytes="),
        *(
            "bytes=a-b",
            "bytes=1--2",
            "bytes=--5",
            "bytes=-5-",
            "bytes=0x1-2",
            "bytes=+1-2",
            "bytes=1.5-2",
            "bytes=\u0661-",
        ),
    ],
)
def test_ranges_that_cannot_be(header: str):
    with pytest.raises(Unsatisfiable):
        wanted_range(header, 10)


@pytest.mark.parametrize("header", ["bytes=0-", "bytes=-5", "bytes=0-0"])
def test_an_empty_file_has_no_range(header: str):
    with pytest.raises(Unsatisfiable):
        wanted_range(header, 0)
