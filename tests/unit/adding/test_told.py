from __future__ import annotations

import pytest

from wasmwright.adding.told import read_told
from wasmwright.limits import LimitExceeded

MIT, BSD = "License :: OSI Approved :: MIT License", "License :: OSI Approved :: BSD License"


@pytest.mark.parametrize(
    ("lines", "expected", "guess"),
    [
        (["License-Expression: MIT OR Apache-2.0", "License: x"], "MIT OR Apache-2.0", ""),
        ([f"Classifier: {MIT}"], "MIT", ""),
        (
            ["License: the text of it\n        and more of it, which is a page of words that nobody reads"],
            "",
            "",
        ),
        ([f"Classifier: {BSD}"], "BSD-3-Clause", "guess"),
        ([f"Classifier: {BSD}", "License: BSD-2-Clause"], "BSD-2-Clause", ""),
        ([f"Classifier: {BSD}", "License: BSD"], "BSD-3-Clause", "guess"),
        ([f"Classifier: {BSD}", f"Classifier: {MIT}", "License: MIT"], "MIT", ""),
        ([f"Classifier: {BSD}", f"Classifier: {MIT}"], "", ""),
        (["License: UNKNOWN"], "", ""),
    ],
)
def test_licence_is_an_expression_or_none(lines: list[str], expected: str, guess: str):
    told = read_told("\n".join(lines), where="x")
    assert (told.license, told.is_guess) == (expected, bool(guess))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Home-page: https://a/"], "https://a/"),
        (["Home-page: UNKNOWN", "Project-URL: Source, https://b/", "Project-URL: Homepage, https://c/"], "https://c/"),
        (["Project-URL: Source Code, https://b/"], "https://b/"),
        (["Project-URL: Funding, https://b/"], ""),
    ],
)
def test_homepage_is_what_comes_nearest(lines: list[str], expected: str):
    assert read_told("\n".join(lines), where="x").homepage == expected


def test_summary_and_requirements():
    told = read_told(
        b"Summary: a\n  b\nRequires-Dist: x>1\nRequires-Dist: y; extra == 'z'\n\nRequires-Dist: no\n", where="x"
    )
    assert (told.summary, told.requires) == ("a b", ("x>1", "y; extra == 'z'"))


def test_metadata_without_end_is_not_read():
    with pytest.raises(LimitExceeded, match="x: "):
        read_told("A: b\n" * 30_000, where="x")
