from __future__ import annotations

import pytest

from wasmwright.nixenv.find import parse_version


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("nix (Nix) 2.26.3\n", (2, 26)),
        ("nix (Nix) 2.34.8", (2, 34)),
        ("nix (Nix) 2.35pre20260101_abcdef0", (2, 35)),
        ("nix (Determinate Nix 3.11.2) 2.31.1", (2, 31)),
        ("nix (Lix, like Nix) 2.93.0", (2, 93)),
        ("nix (Nix) 2.3.16", (2, 3)),
        ("something else", None),
        ("", None),
    ],
)
def test_versions_of_nix_and_its_forks_are_read(text: str, version: tuple[int, int] | None):
    assert parse_version(text) == version
