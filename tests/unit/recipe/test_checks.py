from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wasmwright.recipe import checks
from wasmwright.sources.kinds import debian, github, npm

if TYPE_CHECKING:
    from collections.abc import Callable

GOOD: list[tuple[Callable[[str], str | None], list[str]]] = [
    (checks.version, ["1.0", "2.5.5", "1!2.0rc1", "1.0.post1"]),
    (checks.requirement, ["pytest", "hypothesis==6.112.0", "x[y]>=1; python_version > '3'"]),
    (checks.license_expression, ["MIT", "BSD-3-Clause AND (Zlib OR MIT)"]),
    (checks.homepage, ["https://numpy.org", "http://x.org/a/b"]),
    (checks.import_name, ["numpy", "numpy.linalg", "_x"]),
    (debian.package_fault, ["zlib", "libpng1.6", "libstdc++"]),
    (debian.suite_fault, ["trixie", "trixie-backports", "sid"]),
    (checks.variable, ["CC", "_x1"]),
    (checks.symbol, ["PyInit_core", "_Z3foov", "a.b"]),
    (checks.patch, ["0001-x.patch", "a+b_c.patch"]),
    (checks.glob, ["**/tests/**", "*.py", "a/[ab]*/c", "[]x]", "[!]]"]),
    (checks.single_line, ["a text", "ä"]),
    (checks.registry_version, ["1.0", "1.3.dfsg+really1.3.1", "8.19.0-rc.1", "1:2~b"]),
    (checks.relative_folder, ["python", "a/b.c/d_e-f+g"]),
    (github.repository_fault, ["owner/name", "a-b/c.d_e"]),
    (github.revision_fault, ["v1.0", "0123abc", "release/1.0"]),
    (github.hash_fault, ["0" * 64, "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="]),
    (npm.name_fault, ["acorn", "@scope/a.b-c"]),
]
BAD: list[tuple[Callable[[str], str | None], list[str]]] = [
    (checks.version, ["", "x", "1.0-1", "v1.0", "1.0-final-ish"]),
    (checks.requirement, ["", "a b", "x @ https://example.org/x.whl", "x>"]),
    (checks.license_expression, ["", "BSD-ish", "MIT AND"]),
    (checks.homepage, ["numpy.org", "ftp://x", "https://", "https://a b"]),
    (checks.import_name, ["", "a..b", "a-b", ".a"]),
    (debian.package_fault, ["", "Zlib", "a", "../a"]),
    (debian.suite_fault, ["", "Trixie", "a/b"]),
    (checks.variable, ["", "1A", "A-B", "A=B"]),
    (checks.symbol, ["", "a b", "1a"]),
    (checks.patch, ["", "../a.patch", "/a.patch", "a/b.patch", "a\\b", ".hidden", "a b.patch", "..", "a\n"]),
    (checks.glob, ["", "/a", "a/../b", "./a", "a//b", "a**", "[a", "a\\b"]),
    (checks.single_line, ["", " ", "a\nb"]),
    (checks.registry_version, ["", "a b", "-1", "1\n"]),
    (checks.relative_folder, ["", "/a", "../a", "a/../b", "./a", "a/", "a b", "a\\b"]),
    (github.repository_fault, ["", "name", "a/b/c", "a/..", "https://x/a/b", "../a", "a/b\n"]),
    (github.revision_fault, ["", "-x", "../main", "a..b", "a b", "v1\n"]),
    (github.hash_fault, ["", "0" * 63, "A" * 64, "sha256-", "sha256-short", "sha256-AAAA", "sha512-x"]),
    (npm.name_fault, ["", "A", "a/b", "@/a", "@a", "a b", "a\n"]),
]


@pytest.mark.parametrize(("check", "text"), [(check, text) for check, texts in GOOD for text in texts])
def test_good_text_has_no_fault(check: Callable[[str], str | None], text: str) -> None:
    assert check(text) is None


@pytest.mark.parametrize(("check", "text"), [(check, text) for check, texts in BAD for text in texts])
def test_fault_is_one_line(check: Callable[[str], str | None], text: str) -> None:
    fault = check(text)
    assert fault
    assert "\n" not in fault
