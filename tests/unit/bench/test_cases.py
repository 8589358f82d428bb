from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import click
import pytest

from wasmwright.bench.cases import GUEST, cases, classes, fault, groups, size_fault
from wasmwright.cli.bench import command
from wasmwright.wheel.errors import InvalidWheel

if TYPE_CHECKING:
    from pathlib import Path

# How many cases each class has: what was found out about NumPy's loops, and the figures of it, are of these.
COUNTS = {
    "arithmetic f4 f8": 28,
    "arithmetic integers": 22,
    "arithmetic complex": 16,
    "comparisons": 19,
    "reductions": 26,
    "argmax nonzero packbits": 11,
    "exp log, sin cos f4": 6,
    "other libm f8": 13,
    "other libm f4": 11,
    "complex exp sqrt": 2,
    "floor_divide": 5,
    "remainder": 4,
    "casts": 17,
    "float16": 10,
    "sort": 7,
    "stable sort": 4,
    "argsort": 4,
    "partition median": 8,
    "searchsorted": 4,
    "unique isin bincount": 6,
    "where": 6,
    "take": 4,
    "mask index putmask": 8,
    "cumsum": 6,
    "random": 9,
    "fft": 6,
}


def patterns(script: str) -> list[re.Pattern[str]]:
    """The names that a script yields, without their sizes."""
    tree = ast.parse((GUEST / f"{script}.py").read_text())
    yielded = [
        node.value.elts[0] for node in ast.walk(tree) if isinstance(node, ast.Yield) and type(node.value) is ast.Tuple
    ]
    texts = [
        ast.unparse(name).removeprefix("f").strip("'").replace("{letter}", "LETTER").replace("{word}", "WORD")
        for name in yielded
    ]
    escaped = [re.escape(re.sub(r" (\{.*|\d+)$", "", text)) for text in texts]
    return [re.compile(text.replace("LETTER", "[a-z]").replace("WORD", r"\w+")) for text in escaped]


@pytest.mark.parametrize("what", ["linalg", "blas", "programs", "science", "models"])
def test_cases_are_those_of_the_script(what: str):
    yielded = patterns(what)
    assert [name for name in cases(what) if not any(pattern.fullmatch(name) for pattern in yielded)] == []
    assert [pattern for pattern in yielded if not any(map(pattern.fullmatch, cases(what)))] == []


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


def test_loops_are_as_many_as_their_figures_are_of():
    found = [groups("loops", f"{case} 1000")[0].removesuffix(" 1000") for case in cases("loops")]
    assert {name: found.count(name) for name in classes("loops")} == COUNTS


def test_every_operation_of_the_list_has_a_maker():
    tree = ast.parse((GUEST / "loops.py").read_text())
    makers = next(
        node.value for node in tree.body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "MAKERS"
    )
    assert isinstance(makers, ast.Dict)
    made = {word.value for word in ast.walk(makers) if isinstance(word, ast.Constant)}
    listed = {case.rpartition(" ")[0] for case in cases("loops")}
    assert listed == made


def test_a_case_counts_for_its_class_and_for_all_of_its_length():
    assert groups("loops", "add scalar f8 524288") == ("arithmetic f4 f8 524288", "all 524288")
    assert groups("programs", "harris") == ("all",)
    assert groups("science", "ndimage rotate cubic") == ("ndimage", "all")
    assert groups("linalg", "dgemm 512") == ()


@pytest.mark.parametrize("case", ["arithmetic", "casts", "add f", "add f8 1000", "add scalar", "random SFC"])
def test_loops_are_chosen_by_name_and_by_class(case: str):
    assert fault("loops", [case]) is None


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("ad f8", "no case of loops starts with `ad f8`; did you mean `add f8`?"),
        ("add f9", "no case of loops starts with `add f9`; did you mean `add f"),
        ("partition medium", "no case of loops starts with `partition medium`; did you mean `partition median`?"),
        ("zzz", "no case of loops starts with `zzz`; the classes: arithmetic f4 f8, arithmetic integers,"),
    ],
)
def test_unknown_loop_names_nearest(case: str, expected: str):
    assert (fault("loops", [case]) or "").startswith(expected)


@pytest.mark.parametrize("sizes", ["small", "large", "1000", "1000,100000", "4194304"])
def test_lengths_of_loops_are_known(sizes: str):
    assert size_fault("loops", sizes) is None


@pytest.mark.parametrize("sizes", ["", "tiny", "0", "1000,", "-5", "1e5", "4194305", "9" * 5000, "\u0661\u0660"])
def test_other_lengths_are_refused(sizes: str):
    assert "is none of small, medium, large, and no list of lengths" in (size_fault("loops", sizes) or "")


def test_only_loops_have_lengths():
    assert size_fault("linalg", "large") is None
    assert size_fault("programs", "1000") == "`1000` is none of small, medium, large"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["loops", "--sizes", "tiny"], "`tiny` is none of small"),
        (["loops", "--json", "missing/folder/a.json"], "the folder missing/folder does not exist"),
        (["loops", "--plot", "missing/a.svg"], "the folder missing does not exist"),
        (["loops", "--against", "missing.whl"], "missing.whl.* does not exist"),
    ],
)
def test_what_cannot_be_starts_nothing(arguments: list[str], expected: str):
    with pytest.raises(click.UsageError, match=expected):
        command.main(arguments, standalone_mode=False)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("scipy-1.17-cp314-cp314-pyemscripten_2026_0_wasm32.whl", "is no wheel of numpy, which are measured"),
        ("folder", "folder holds no wheel"),
    ],
)
def test_what_is_compared_with_is_a_wheel_of_what_is_measured(name: str, expected: str, tmp_path: Path):
    path = tmp_path / name
    if path.suffix:
        path.touch()
    else:
        path.mkdir()
    with pytest.raises(click.UsageError, match=expected):
        command.main(["loops", "--against", str(path)], standalone_mode=False)


def test_broken_wheel_starts_nothing(tmp_path: Path):
    wheel = tmp_path / "numpy-2.5.5-cp314-cp314-pyemscripten_2026_0_wasm32.whl"
    wheel.write_bytes(b"PK")
    with pytest.raises(InvalidWheel, match="not a zip archive"):
        command.main(["loops", "--against", str(wheel)], standalone_mode=False)


def test_unknown_case_starts_nothing():
    with pytest.raises(click.UsageError, match="no case of blas starts with `svd`"):
        command.main(["blas", "dgemm", "svd"], standalone_mode=False)
