from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from toolchain_writer import PROFILES, write_toolchain

from wasmwright.errors import InvalidProfile
from wasmwright.lock.profile import (
    default_profile,
    find_profile,
    known_profiles,
    profile_path,
    read_profile,
    short_name,
)
from wasmwright.paths import project_root

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NAME = "pyemscripten_2026_0"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_toolchain(tmp_path)
    return tmp_path


def _told(call: Callable[[], object]) -> str:
    with pytest.raises(InvalidProfile) as caught:
        call()
    return f"{caught.value}\nhint: {caught.value.hint}"


def test_profiles_of_the_project_are_understood():
    root = project_root()
    profiles = {name: read_profile(profile_path(root, name)) for name in known_profiles(root)}
    assert default_profile(root) in profiles
    assert {name: profile.platform for name, profile in profiles.items()} == {
        name: f"{name}_wasm32" for name in profiles
    }


def test_profile_is_found_by_any_part_of_its_name(root: Path):
    assert {find_profile(root, text) for text in (NAME, "2026_0", "_0")} == {NAME}
    assert read_profile(profile_path(root, NAME)).short == short_name(NAME) == "2026_0"


def test_default_is_what_the_file_says(root: Path):
    assert default_profile(root) == next(iter(PROFILES))
    file = root / "nix/toolchain/default-profile"
    file.write_text("other\n")
    assert _told(lambda: default_profile(root)) == (
        f"{file} names `other`, which is no profile\nhint: profiles: pyemscripten_2026_0, pyemscripten_2026_5; "
        "the file holds one of these names and the end of its line, no space"
    )
    file.write_bytes(b"\xff\n")
    assert "cannot be read: 'utf-8'" in _told(lambda: default_profile(root))
    file.unlink()
    assert "cannot be read" in _told(lambda: default_profile(root))


@pytest.mark.parametrize("text", [f"{NAME}\r\n", f" {NAME}\n", f"{NAME} ", f"{NAME}\n\n", ""])
def test_default_is_read_as_nix_reads_it(root: Path, text: str):
    (root / "nix/toolchain/default-profile").write_text(text, newline="")
    assert "which is no profile" in _told(lambda: default_profile(root))


def test_default_needs_no_end_of_line(root: Path):
    (root / "nix/toolchain/default-profile").write_text(NAME)
    assert default_profile(root) == NAME


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "2026",
            "`2026` may be any of the profiles pyemscripten_2026_0, pyemscripten_2026_5\nhint: write more of the name",
        ),
        ("2026_1", "there is no profile `2026_1`\nhint: did you mean `2026_5`?"),
        ("arm", "there is no profile `arm`\nhint: profiles: pyemscripten_2026_0, pyemscripten_2026_5"),
        ("", "there is no profile ``\nhint: profiles: pyemscripten_2026_0, pyemscripten_2026_5"),
    ],
)
def test_name_that_fits_no_profile_or_several(root: Path, text: str, expected: str):
    assert _told(lambda: find_profile(root, text)) == expected


def test_file_that_does_not_exist_names_the_known_ones(root: Path):
    path = profile_path(root, "other")
    told = _told(lambda: read_profile(path))
    assert told == f"{path} does not exist\nhint: profiles: pyemscripten_2026_0, pyemscripten_2026_5"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("[abi]\n", "[ab\n", f"{NAME}.toml: Expected ']' at the end of a table declaration (at line 1, column 4)"),
        ('cflags = ["-fPIC"]\n', "", f"{NAME}.toml: abi.cflags is missing"),
        ('["-fPIC"]', '"-fPIC"', f"{NAME}.toml: abi.cflags is not a list of strings"),
        ("python-tag = ", "python-tagg = ", f"2 mistakes:\n  {NAME}.toml: abi.python-tag is missing\n  "),
        ('"cp314"', '"cp315"', f"{NAME}.toml: abi.python-tag is cp315, which is not that of 3.14"),
        ('"3.14.2"', '"3.15.0"', f"{NAME}.toml: abi.python-full is 3.15.0, which is no 3.14"),
        ('"3.14.2"', '"3.14.x"', f"{NAME}.toml: abi.python-full is `3.14.x`, which is not a version (PEP 440)"),
        ("[roots.python]", "[roots.pyhton]", f"{NAME}.toml: roots.python is missing"),
        ('pyodide = "pyodide@1"', "", f"{NAME}.toml: npm.pyodide is missing"),
        ("[npm]", "[compiler]\n[npm]", f"{NAME}.toml: compiler is not known; known: abi, npm, roots"),
        ('packages = ["python3.14"]', "packages = [3]", f"{NAME}.toml: roots.python.packages is not a list of strings"),
    ],
)
def test_mistakes_are_told(root: Path, old: str, new: str, expected: str):
    path = profile_path(root, NAME)
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    assert _told(lambda: read_profile(path)).startswith(expected)
