from __future__ import annotations

from pathlib import Path

import pytest

from wasmwright.conformance.case import InvalidCase, load_cases

SUITE = Path(__file__).parents[2] / "fortran"


def write(folder: Path, name: str, *lines: str) -> None:
    (folder / name).write_text("".join(f"{line}\n" for line in (*lines, "end")))


def test_a_plain_program(tmp_path: Path):
    write(tmp_path, "one.f90", "! Covers: little")
    (case,) = load_cases(tmp_path)
    assert (case.name, case.covers, case.c, case.status) == ("one", "little", None, 0)
    assert not case.needs_runtime
    assert not case.hides_lengths
    assert case.expected == tmp_path / "one.expected"


def test_all_directives(tmp_path: Path):
    header = [
        "! Covers: much",
        "! Sources: parts.f90",
        "! Requires: runtime",
        "! Flags: -fhidden-lengths",
        "! Input: first line",
        "! Input: second",
        "! Arguments: a 'b c'",
        "! Status: 3",
        "! Stderr: some text",
    ]
    write(tmp_path, "one.f90", *header)
    write(tmp_path, "parts.f90", "subroutine s")
    (tmp_path / "one.c").touch()
    (case,) = load_cases(tmp_path)
    assert [path.name for path in case.fortran] == ["parts.f90", "one.f90"]
    assert case.c == tmp_path / "one.c"
    assert case.needs_runtime
    assert case.hides_lengths
    assert case.stdin == "first line\nsecond\n"
    assert case.arguments == ("a", "b c")
    assert (case.status, case.stderr) == (3, "some text")


def test_any_status_but_zero(tmp_path: Path):
    write(tmp_path, "one.f90", "! Covers: errors", "! Status: nonzero")
    (case,) = load_cases(tmp_path)
    assert case.status is None


@pytest.mark.parametrize(
    ("lines", "told", "hint"),
    [
        (["program p"], "one.f90 does not say what it covers", "Covers"),
        (["! Covers: x", "! Require: runtime"], "`! Require: runtime` is no directive", "did you mean `Requires`?"),
        (["! Covers: x", "! anything"], "`! anything` is no directive", "known: Covers"),
        (["! Covers: x", "! Sources: none.f90"], "one.f90 names none.f90, which does not exist", ""),
        (["! Covers: x", "! Status: bad"], "the status `bad` is no number", "nonzero"),
    ],
)
def test_mistakes_are_told(tmp_path: Path, lines: list[str], told: str, hint: str):
    write(tmp_path, "one.f90", *lines)
    with pytest.raises(InvalidCase) as caught:
        load_cases(tmp_path)
    assert told in str(caught.value)
    assert hint in (caught.value.hint or "")


def test_every_program_of_the_suite_has_its_expected_output():
    cases = load_cases(SUITE)
    assert len(cases) >= 70
    assert [case.name for case in cases if not case.expected.is_file()] == []
    names = {case.name for case in cases}
    assert [path.name for path in SUITE.glob("*.expected") if path.stem not in names] == []
