"""Every folder of fixtures/importing is one shape of recipe; the golden files have its findings and what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from importer import importer

from wasmwright.importing.run import System, counted

if TYPE_CHECKING:
    from collections.abc import Callable

TESTS = Path(__file__).parents[2]
FIXTURES = TESTS / "fixtures" / "importing"
SHAPES = [
    pytest.param(system, path, id=f"{system}-{path.parent.name}")
    for system in System
    for path in sorted((FIXTURES / system).glob(f"*/{system.file}"))
]
WANTED = 25


@pytest.mark.parametrize(("system", "path"), SHAPES)
def test_shape(system: System, path: Path, assert_expected: Callable[[Path, str], None]) -> None:
    one = importer(system).one(path, system.file)
    lines = [f"{finding.level}: {finding}\n" for finding in one.findings]
    text = f"{one.level or 'nothing to tell'}\n\n{''.join(lines)}\n{one.text or 'no recipe'}".rstrip() + "\n"
    assert str(TESTS) not in text
    assert_expected(TESTS / "expected" / "importing" / system / f"{path.parent.name}.txt", text)


@pytest.mark.parametrize("system", System)
def test_folder_has_the_same_of_all(system: System) -> None:
    found = importer(system).all(FIXTURES / system)
    paths = sorted((FIXTURES / system).glob(f"*/{system.file}"))
    assert len(paths) >= WANTED
    assert [one.file for one in found] == [path.relative_to(FIXTURES / system).as_posix() for path in paths]
    alone = [importer(system).one(path, system.file) for path in paths]
    assert [one.level for one in found] == [one.level for one in alone]
    count = counted(found)
    assert (
        count["recipes"]
        == len(found)
        == count["carried"] + count["patches"] + count["person"] + count["refused"] + count["needless"]
    )
    assert min(count[name] for name in count if name != "needless" or system is System.PYODIDE) > 0


def test_nothing_is_left_over_of_shapes_that_are_gone() -> None:
    shapes = {(system.value, path.parent.name) for system in System for path in FIXTURES.glob(f"{system}/*/*.yaml")}
    golden = {(path.parent.name, path.stem) for path in (TESTS / "expected" / "importing").glob("*/*.txt")}
    assert golden == shapes
