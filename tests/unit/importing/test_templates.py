from __future__ import annotations

import re

import pytest

from wasmwright.importing.templates import BadExpression, Symbol, UnknownValue, Value, render
from wasmwright.limits import LimitExceeded

NAMES: dict[str, Value] = {
    "name": "foo-bar",
    "version": "1.2.3",
    "win": False,
    "unix": True,
    "python": "3.14",
    "list": ["a", "b"],
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("plain", "plain"),
        ("${{ name }}", "foo-bar"),
        ("{{ name }}-{{version}}", "foo-bar-1.2.3"),
        ("${{ name[0] }}/${{ name | replace('-', '_') | upper }}", "f/FOO_BAR"),
        ("${{ name[2:] }}", "o-bar"),
        ("${{ name[-1] }}", "r"),
        ("${{ version.split('.')[0] }}.x", "1.x"),
        ("${{ (version | split('.'))[:2] | join('.') }}", "1.2"),
        ("${{ 'Library/' if win }}include", "include"),
        ("${{ 'a' if not win and unix else nothing }}", "a"),
        ("${{ unix or nothing }}", True),
        ("${{ nothing or unix }}", True),
        ("${{ win and nothing }}", False),
        ("${{ nothing is defined }}", False),
        ("${{ version.split('.', 1)[1] }}-{{ version.rsplit('.', 1)[0] }}", "2.3-1.2"),
        ("${{ version | split('.', 1) | last }}", "2.3"),
        ("${{ name.title() }} ${{ name | capitalize }}", "Foo-Bar Foo-bar"),
        ("${{ version.endswith('.3') and not version.startswith('2') }}", True),
        ("${{ env.get('CI', default='no') if env.exists('CI') else 'none' }}", "none"),
        ("${{ nothing | default('x') }}", "x"),
        ("${{ 1 + 2 * 3 - 4 }}", 3),
        ("${{ 'a' ~ 1 ~ true }}", "a1true"),
        ("${{ list }}", ["a", "b"]),
        ("${{ 'b' in list }}", True),
        ("${{ version >= '1.10' }}", False),
        ("${{ match(python, '>=3.9,<4') }}", True),
        ("${{ match(python, '3.13.*') }}", False),
        ("${{ compiler('c') }}", Symbol("compiler", ("c",))),
        ("${{ pin_subpackage(name, exact=True) }}", Symbol("pin_subpackage", ("foo-bar",))),
    ],
)
def test_value(text: str, value: Value):
    assert render(text, NAMES, where="f") == value


@pytest.mark.parametrize(
    "text",
    ["${{ nothing }}", "${{ name | odd }}", "${{ nothing and unix }}", "${{ compiler('c') == 'x' }}", "${{ a.b() }}"],
)
def test_what_depends_on_the_build_is_unknown(text: str):
    with pytest.raises(UnknownValue):
        render(text, NAMES, where="f")


@pytest.mark.parametrize(
    "text",
    [
        *("${{ name", "${{ }}", "${{ ( }}", "${{ name name }}", "${{ name[9] }}", "${{ name['a'] }}", "${{ 1 / 0 }}"),
        *("${{ 1 % 0 }}", "${{ name + 1 }}", "${{ \u0663 }}", "${{ name ? }}", "${{ 9 | first }} ${{ [ }}", "${{ - }}"),
        "${{ name[0:1:0] }}",
        *("${{ name.split('-', 'a') }}", "${{ name.rsplit('-', -1) }}", "${{ env.exists() }}"),
    ],
)
def test_what_is_no_expression_is_told(text: str):
    with pytest.raises((BadExpression, UnknownValue)):
        render(text, NAMES, where="f")


@pytest.mark.parametrize(
    "text",
    [
        f"${{{{ {'(' * 500}1{')' * 500} }}}}",
        f"${{{{ {'1 if unix else ' * 200}1 }}}}",
        f"${{{{ '{'a' * 200}' | replace('a', '{'b' * 200}') }}}}",
        f"${{{{ {'x' * 5000} }}}}",
    ],
    ids=["brackets", "conditions", "grown", "long"],
)
def test_what_would_cost_too_much_is_refused(text: str):
    with pytest.raises(LimitExceeded):
        render(text, NAMES, where="f")


def test_long_chains_end():
    assert render(f"${{{{ {'not ' * 1000}unix }}}}", NAMES, where="f") is True
    with pytest.raises(BadExpression):
        render(f"${{{{ {'-' * 4000}1 }}}}", NAMES, where="f")


@pytest.mark.parametrize("expression", ["v | upper(", "v[", "1 if", "(v", "v[0:1:0]", "1 +"])
def test_what_is_wrong_is_told_with_its_expression(expression: str):
    with pytest.raises(BadExpression, match=re.escape(f"`{expression}`")):
        render("${{ " + expression + " }}", {"v": "abc"}, where="recipe.yaml:1")
