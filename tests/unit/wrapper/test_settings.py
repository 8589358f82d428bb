from __future__ import annotations

import pytest

from wasmwright.errors import InvalidConfig
from wasmwright.wrapper.settings import Flags, flags_from


def test_nothing_set():
    assert flags_from({}) == Flags()


def test_json_and_shell_words():
    flags = flags_from({"WASMWRIGHT_CFLAGS": '["-Da b"]', "WASMWRIGHT_LDFLAGS": "-lx '-Ly z'"})
    assert flags == Flags(cflags=("-Da b",), ldflags=("-lx", "-Ly z"))


@pytest.mark.parametrize(
    ("text", "exports"), [('"all"', "all"), ("pyinit", "pyinit"), ('["f"]', ("f",)), ("", "pyinit")]
)
def test_exports(text: str, exports: str | tuple[str, ...]):
    assert flags_from({"WASMWRIGHT_EXPORTS": text}).exports == exports


@pytest.mark.parametrize(
    ("name", "text"),
    [("WASMWRIGHT_EXPORTS", "whole"), ("WASMWRIGHT_CFLAGS", "[1]"), ("WASMWRIGHT_CFLAGS", "[")],
)
def test_nonsense_is_named(name: str, text: str):
    with pytest.raises(InvalidConfig, match=name):
        flags_from({name: text})
