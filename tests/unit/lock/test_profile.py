from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wasmwright.errors import InvalidProfile
from wasmwright.lock.profile import profile_path, read_profile

if TYPE_CHECKING:
    from pathlib import Path


def _changed(tmp_path: Path, old: str, new: str) -> Path:
    text = profile_path().read_text()
    assert old in text
    path = tmp_path / "changed.toml"
    path.write_text(text.replace(old, new))
    return path


def test_profile_of_the_project_is_understood():
    profile = read_profile(profile_path())
    assert profile.roots["shell"].without == ("libc",)
    assert profile.busybox.member == "usr/bin/busybox"


def test_unknown_profile_names_the_known_ones():
    with pytest.raises(InvalidProfile) as caught:
        read_profile(profile_path("other"))
    assert profile_path().stem in str(caught.value.hint)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('without = ["libc"]', 'without = ["lib"]', "without lib, which is no root"),
        ('alone = ["emscripten", "binaryen"]', 'alon = ["emscripten"]', "alon"),
        ("[npm]", "[np]", "the key 'npm' is missing"),
        ("[debian]", "[debian", "changed.toml: "),
        ('package = "llvm-toolchain-19"', 'pakage = "llvm-toolchain-19"', "pakage"),
        ('version = "19.1.7"', "version = 19.1", "[tarballs.llvm-flang] is not a table of strings"),
        ('packages = ["nix-bin"]', 'packages = "nix-bin"', "roots.nix.packages is not a list"),
    ],
)
def test_mistake_is_told(tmp_path: Path, old: str, new: str, told: str):
    with pytest.raises(InvalidProfile) as caught:
        read_profile(_changed(tmp_path, old, new))
    assert told in str(caught.value)
