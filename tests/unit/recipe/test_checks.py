from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wasmwright.recipe import checks

if TYPE_CHECKING:
    from collections.abc import Callable

GOOD: list[tuple[Callable[[str], str | None], list[str]]] = [
    (checks.version, ["1.0", "2.5.5", "1!2.0rc1", "1.0.post1"]),
    (checks.requirement, ["pytest", "hypothesis==6.112.0", "x[y]>=1; python_version > '3'"]),
    (checks.license_expression, ["MIT", "BSD-3-Clause AND (Zlib OR MIT)"]),
    (checks.homepage, ["https://numpy.org", "http://x.org/a/b"]),
    (checks.import_name, ["numpy", "numpy.linalg", "_x"]),
    (checks.debian_package, ["zlib", "libpng1.6", "libstdc++"]),
    (checks.suite, ["trixie", "trixie-backports", "sid"]),
    (checks.variable, ["CC", "_x1"]),
    (checks.symbol, ["PyInit_core", "_Z3foov", "a.b"]),
    (checks.patch, ["0001-x.patch", "a+b_c.patch"]),
    (checks.glob, ["**/tests/**", "*.py", "a/[ab]*/c", "[]x]", "[!]]"]),
    (checks.single_line, ["a text", "ä"]),
]
BAD: list[tuple[Callable[[str], str | None], list[str]]] = [
    (checks.version, ["", "x", "1.0-1", "v1.0", "1.0-final-ish"]),
    (checks.requirement, ["", "a b", "x @ https://example.org/x.whl", "x>"]),
    (checks.license_expression, ["", "BSD-ish", "MIT AND"]),
    (checks.homepage, ["numpy.org", "ftp://x", "https://", "https://a b"]),
    (checks.import_name, ["", "a..b", "a-b", ".a"]),
    (checks.debian_package, ["", "Zlib", "a", "../a"]),
    (checks.suite, ["", "Trixie", "a/b"]),
    (checks.variable, ["", "1A", "A-B", "A=B"]),
    (checks.symbol, ["", "a b", "1a"]),
    (checks.patch, ["", "../a.patch", "/a.patch", "a/b.patch", "a\\b", ".hidden", "a b.patch", "..", "a\n"]),
    (checks.glob, ["", "/a", "a/../b", "./a", "a//b", "a**", "[a", "a\\b"]),
    (checks.single_line, ["", " ", "a\nb"]),
]


@pytest.mark.parametrize(("check", "text"), [(check, text) for check, texts in GOOD for text in texts])
def test_good_text_has_no_fault(check: Callable[[str], str | None], text: str) -> None:
    assert check(text) is None


@pytest.mark.parametrize(("check", "text"), [(check, text) for check, texts in BAD for text in texts])
def test_fault_is_one_line(check: Callable[[str], str | None], text: str) -> None:
    fault = check(text)
    assert fault
    assert "\n" not in fault
