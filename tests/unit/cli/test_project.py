from __future__ import annotations

from pathlib import Path

import click
import pytest

from wasmwright.cli.project import project_folder, shown_as
from wasmwright.errors import BuildFailed


@pytest.mark.parametrize("name", ["./heat", "/home/you/heat", "heat/", ".", ".."])
def test_what_has_a_slash_is_a_folder(name: str):
    assert project_folder([name]) == Path(name).resolve()


def test_names_are_no_folders():
    assert project_folder(["numpy", "zlib"]) is None


@pytest.mark.parametrize("names", [["./heat", "numpy"], ["numpy", "."], ["./a", "./b"]])
def test_a_project_is_built_alone(names: list[str]):
    with pytest.raises(click.UsageError, match="is built alone"):
        project_folder(names)


@pytest.mark.parametrize(
    ("folder", "shown"),
    [
        (Path("/x/heat"), "`./wasmwright build /x/heat -v`, `./wasmwright shell /x/heat`"),
        (None, "`./wasmwright build heat -v`, `./wasmwright shell heat`"),
    ],
)
def test_advice_names_the_folder(folder: Path | None, shown: str):
    message = "no"
    with pytest.raises(BuildFailed) as caught, shown_as(folder, ["heat"]):
        raise BuildFailed(message, hint="`./wasmwright build heat -v`, `./wasmwright shell heat`")
    assert caught.value.hint == shown
