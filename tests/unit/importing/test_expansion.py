from __future__ import annotations

import pytest

from wasmwright.importing.expansion import UnknownWord, expand
from wasmwright.limits import LimitExceeded

KNOWN = {"V": "1.2.3", "F": "-O2 -s SIDE=1 -g", "E": "", "P": "lib/a.so.1", "N": "Name"}


@pytest.mark.parametrize(
    ("word", "text"),
    [
        *[("${V}", "1.2.3"), ("$V-${N}", "1.2.3-Name"), ("$(V)", "1.2.3"), ("x${E}y", "xy")],
        *[("${X:-3}", "3"), ("${X:-${V}}", "1.2.3"), ("${X:-${Y:-${N}}}", "Name"), ("${V:-3}", "1.2.3")],
        *[("${V:+yes}", "yes"), ("${X:=4}", "4"), ("${V:?not said}", "1.2.3"), ("${E:-}", "")],
        *[("${V%.*}", "1.2"), ("${V%%.*}", "1"), ("${P##*/}", "a.so.1"), ("${P#*.}", "so.1"), ("${V%x}", "1.2.3")],
        *[("${V//./_}", "1_2_3"), ("${V/./}", "12.3"), ("${F//-s SIDE=1/}", "-O2  -g"), ("${P/#lib/x}", "x/a.so.1")],
        *[("${P/%1/2}", "lib/a.so.2"), ("${F/-s*g/}", "-O2 "), ("${V//${X:-.}/}", "123")],
        *[("${N^^}", "NAME"), ("${N,,}", "name"), ("${N,}", "name"), ("${V:0:3}", "1.2"), ("${V: -1}", "3")],
        ("${V:2}", "2.3"),
    ],
)
def test_variables_are_replaced_as_a_shell_does(word: str, text: str):
    assert expand(word, KNOWN, where="x") == text


@pytest.mark.parametrize(
    "word", ["$X", "${X}", "${X%a}", "${#V}", "${!V}", "${V@Q}", "$", "$(V", "${V", "${V/}", "${V//a*b*c*d/}", "$((1))"]
)
def test_what_is_not_known_is_told(word: str):
    with pytest.raises(UnknownWord):
        expand(word, KNOWN, where="x")


def test_it_has_a_limit_and_a_depth():
    with pytest.raises(LimitExceeded):
        expand("${L//a/bbbbbbbbbb}", {"L": "a" * 2000}, where="x")
    with pytest.raises(UnknownWord):
        expand("${X:-" * 9 + "}" * 9, {}, where="x")
