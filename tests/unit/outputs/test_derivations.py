from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wasmwright.outputs.derivations import FixedOutput, graph, read_derivation, unpacked
from wasmwright.outputs.errors import UnknownOrigin
from wasmwright.outputs.origins import PinnedFile, fetched, license_in

if TYPE_CHECKING:
    from pathlib import Path

SHA256 = "ab" * 32


def write(  # noqa: PLR0913 - parts of the file
    folder: Path,
    name: str,
    *,
    needs: tuple[Path, ...] = (),
    files: str = "",
    fixed: str = '"",""',
    builder: str = "/bin/sh",
) -> Path:
    path = folder / f"{'0' * 32}-{name}.drv"
    inputs = ",".join(f'("{needed}",["out"])' for needed in needs)
    rest = rf'"x86_64-linux","{builder}",[],[("a","b\"\n")]'
    path.write_text(f'Derive([("out","/nix/store/x-{name}",{fixed})],[{inputs}],[{files}],{rest})')
    return path


def test_what_a_derivation_needs_is_read_from_its_file(tmp_path: Path):
    source = write(tmp_path, "a.tar.gz", fixed=f'"sha256","{SHA256}"')
    root = write(tmp_path, "a", needs=(source,), files='"/nix/store/x-fix.patch"')
    assert read_derivation(source).fixed == FixedOutput(name="a.tar.gz", sha256=SHA256)
    assert [one.name for one in graph(root).values()] == ["a", "a.tar.gz"]
    found = graph(root)[root]
    assert found.fixed is None
    assert [file.name for file in found.files] == ["x-fix.patch"]


def test_folder_that_was_fetched_is_known_by_the_hash_of_its_archive(tmp_path: Path):
    assert read_derivation(write(tmp_path, "tree", fixed=f'"r:sha256","{SHA256}"')).fixed is not None


def test_what_derivations_of_paths_inside_unpacked_is_inside_and_what_ran_them_is_not(tmp_path: Path):
    deb = write(tmp_path, "a.deb", fixed=f'"sha256","{SHA256}"')
    shell = write(tmp_path, "busybox", fixed=f'"r:sha256","{"cd" * 32}"')
    other = write(tmp_path, "b.deb", fixed=f'"sha256","{"ef" * 32}"')
    root = write(tmp_path, "root", needs=(deb, shell), builder="/nix/store/x-busybox/bin/sh")
    image = write(tmp_path, "image", needs=(root, other))
    assert {one.name for one in unpacked(graph(image), {"/nix/store/x-root"})} == {"a.deb"}
    assert {one.name for one in unpacked(graph(image), {"/nix/store/x-root", "/nix/store/x-b.deb"})} == {
        "a.deb",
        "b.deb",
    }


@pytest.mark.parametrize("text", ["", "DrvWithVersion([])", "Derive([],[])", "Derive([", "Derive(f(1))"])
def test_another_form_is_refused(tmp_path: Path, text: str):
    path = tmp_path / "0-a.drv"
    path.write_text(text)
    with pytest.raises(UnknownOrigin, match="no derivation of the form that is known"):
        read_derivation(path)


def test_what_no_lock_pins_is_named(tmp_path: Path):
    source = write(tmp_path, "a.tar.gz", fixed=f'"sha256","{SHA256}"')
    pin = PinnedFile(purl="pkg:pypi/a@1", name="a.tar.gz", sha256=SHA256)
    found = fetched(graph(write(tmp_path, "a", needs=(source,))).values(), [pin])
    assert (found.pins, found.derivations) == ((pin,), 2)
    with pytest.raises(UnknownOrigin, match=r"no lock pins what was fetched: a\.tar\.gz"):
        fetched(graph(source).values(), [])


def test_licence_is_that_of_most_files_of_a_debian_package(tmp_path: Path):
    pin = PinnedFile(purl="pkg:deb/debian/a@1", name="a_1_all.deb", sha256=SHA256)
    assert license_in(None, pin) is license_in(tmp_path, pin) is None
    text = tmp_path / "a_1_all" / "copyright"
    text.parent.mkdir()
    stanzas = ["Format: x", "Files: debian/*\nLicense: GPL-2", "Files: *\nCopyright: me\nLicense: BSD-3-clause\n text"]
    text.write_text("\n\n".join(stanzas))
    assert license_in(tmp_path, pin) == "BSD-3-clause"
    text.write_text("This package is free.")
    assert license_in(tmp_path, pin) == "see /usr/share/doc/a_1_all"
