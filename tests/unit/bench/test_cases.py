from __future__ import annotations

import ast
import re
from pathlib import Path

import click
import pytest

from wasmwright import bench
from wasmwright.bench.cases import CASES, fault
from wasmwright.cli.bench import command

GUEST = Path(bench.__file__).with_name("guest")


def patterns(script: str) -> list[re.Pattern[str]]:
    """The names that a script yields, without their sizes."""
    tree = ast.parse((GUEST / f"{script}.py").read_text())
    yielded = [
        node.value.elts[0] for node in ast.walk(tree) if isinstance(node, ast.Yield) and type(node.value) is ast.Tuple
    ]
    texts = [ast.unparse(name).removeprefix("f").strip("'").replace("{letter}", "LETTER") for name in yielded]
    return [re.compile(re.escape(re.sub(r" (\{.*|\d+)$", "", text)).replace("LETTER", "[a-z]")) for text in texts]


@pytest.mark.parametrize("what", sorted(CASES))
def test_cases_are_those_of_the_script(what: str):
    yielded = patterns(what)
    assert [name for name in CASES[what] if not any(pattern.fullmatch(name) for pattern in yielded)] == []
    assert [pattern for pattern in yielded if not any(map(pattern.fullmatch, CASES[what]))] == []


@pytest.mark.parametrize("case", ["dgemm", "dg", "dgemm 1024", "dgemv transposed 1024", "dgemv t", "minimise (B"])
def test_beginning_of_a_case_is_known(case: str):
    assert fault("linalg", ["svd", case]) is None


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("cholevsky", "no case of linalg starts with `cholevsky`; did you mean `cholesky`?"),
        ("svdx", "no case of linalg starts with `svdx`; did you mean `svd`?"),
        ("nocase", "no case of linalg starts with `nocase`; the cases: sgemm, dgemm, zgemm, ddot,"),
    ],
)
def test_unknown_case_names_nearest(case: str, expected: str):
    assert (fault("linalg", ["dgemm", case]) or "").startswith(expected)


def test_unknown_case_starts_nothing():
    with pytest.raises(click.UsageError, match="no case of blas starts with `svd`"):
        command.main(["blas", "dgemm", "svd"], standalone_mode=False)
