from __future__ import annotations

import pytest

from wasmwright.words import InvalidVariable
from wasmwright.wrapper.settings import flags_from

ABI = {"WASMWRIGHT_ABI_FLAGS": "-fPIC"}


def test_nothing_but_the_abi():
    flags = flags_from(ABI)
    assert (flags.abi, flags.cflags, flags.program_ldflags, flags.exports) == (("-fPIC",), (), (), ("pyinit",))
    assert not flags.on_disk
    assert flags_from({**ABI, "WASMWRIGHT_ON_DISK": "1"}).on_disk


@pytest.mark.parametrize("environment", [{}, {"WASMWRIGHT_ABI_FLAGS": " "}])
def test_there_is_no_abi_by_default(environment: dict[str, str]):
    with pytest.raises(InvalidVariable, match="WASMWRIGHT_ABI_FLAGS does not say how the ABI is compiled"):
        flags_from(environment)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("-DA  -DB\n", ("-DA", "-DB")),
        ("-lx '-Ly z'", ("-lx", "-Ly z")),
        (r"-DA=\"b\"", ('-DA="b"',)),
        ("''", ("",)),
    ],
)
def test_words_are_quoted_as_for_a_shell(text: str, words: tuple[str, ...]):
    assert flags_from({**ABI, "WASMWRIGHT_CFLAGS": text}).cflags == words


@pytest.mark.parametrize(
    ("text", "exports"),
    [("all", ("all",)), ("pyinit", ("pyinit",)), ("names f g", ("names", "f", "g")), ("", ("pyinit",))],
)
def test_exports(text: str, exports: tuple[str, ...]):
    assert flags_from({**ABI, "WASMWRIGHT_EXPORTS": text}).exports == exports


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("WASMWRIGHT_EXPORTS", "whole"),
        ("WASMWRIGHT_EXPORTS", "all f"),
        ("WASMWRIGHT_CFLAGS", "'-DA"),
        ("WASMWRIGHT_ABI_FLAGS", "a\\"),
    ],
)
def test_nonsense_is_named(name: str, text: str):
    with pytest.raises(InvalidVariable, match=name):
        flags_from({**ABI, name: text})
