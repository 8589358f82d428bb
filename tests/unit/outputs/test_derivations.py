from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wasmwright.outputs.derivations import FixedOutput, graph, read_derivation
from wasmwright.outputs.errors import UnknownOrigin
from wasmwright.outputs.origins import PinnedFile, fetched

if TYPE_CHECKING:
    from pathlib import Path

SHA256 = "ab" * 32


def write(folder: Path, name: str, *, needs: tuple[Path, ...] = (), files: str = "", fixed: str = '"",""') -> Path:
    path = folder / f"{'0' * 32}-{name}.drv"
    inputs = ",".join(f'("{needed}",["out"])' for needed in needs)
    rest = r'"x86_64-linux","/bin/sh",[],[("a","b\"\n")]'
    path.write_text(f'Derive([("out","/nix/store/x-{name}",{fixed})],[{inputs}],[{files}],{rest})')
    return path


def test_what_a_derivation_needs_is_read_from_its_file(tmp_path: Path):
    source = write(tmp_path, "a.tar.gz", fixed=f'"sha256","{SHA256}"')
    root = write(tmp_path, "a", needs=(source,), files='"/nix/store/x-fix.patch"')
    assert read_derivation(source).fixed == FixedOutput(name="a.tar.gz", sha256=SHA256)
    assert [one.name for one in graph(root)] == ["a", "a.tar.gz"]
    found = graph(root)[0]
    assert found.fixed is None
    assert [file.name for file in found.files] == ["x-fix.patch"]


def test_folder_that_was_fetched_is_known_by_the_hash_of_its_archive(tmp_path: Path):
    assert read_derivation(write(tmp_path, "tree", fixed=f'"r:sha256","{SHA256}"')).fixed is not None


@pytest.mark.parametrize("text", ["", "DrvWithVersion([])", "Derive([],[])", "Derive([", "Derive(f(1))"])
def test_another_form_is_refused(tmp_path: Path, text: str):
    path = tmp_path / "0-a.drv"
    path.write_text(text)
    with pytest.raises(UnknownOrigin, match="no derivation of the form that is known"):
        read_derivation(path)


def test_what_no_lock_pins_is_named(tmp_path: Path):
    source = write(tmp_path, "a.tar.gz", fixed=f'"sha256","{SHA256}"')
    pin = PinnedFile(purl="pkg:pypi/a@1", name="a.tar.gz", sha256=SHA256)
    found = fetched(graph(write(tmp_path, "a", needs=(source,))), [pin])
    assert (found.pins, found.derivations) == ((pin,), 2)
    with pytest.raises(UnknownOrigin, match=r"no lock pins what was fetched: a\.tar\.gz"):
        fetched(graph(source), [])
