"""What lies beside a recipe is never copied: it is told with its size, the place that it would have, its licence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from importer import importer

from wasmwright.importing.findings import Level
from wasmwright.importing.licences import named_licence
from wasmwright.importing.run import System

if TYPE_CHECKING:
    from pathlib import Path

    from wasmwright.importing.compose import ImportedRecipe

HASH = "ab" * 32
SDIST = "https://files.index.example/packages/source/d/demo/demo-1.0.tar.gz"
TARBALL = "https://x.example/demo-1.0.tar.gz"
PATCH = """\
Reason.

--- a/src/one.py
+++ b/src/one.py
@@ -1,2 +1,2 @@
-a
+b
 c
--- a/gone.txt
+++ /dev/null
@@ -1 +0,0 @@
-a
"""
MPL = "Mozilla Public License Version 2.0\n==================================\n"


def read(folder: Path, text: str, system: System = System.PYODIDE, **files: str) -> ImportedRecipe:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    (folder / system.file).write_text(text)
    return importer(system).one(folder / system.file, system.file)


def meta(source: str = "", more: str = "", url: str = SDIST) -> str:
    return f"package: {{name: demo, version: '1.0'}}\nsource:\n  url: {url}\n  sha256: {HASH}\n{source}{more}"


def left(one: ImportedRecipe) -> list[str]:
    assert Level.PERSON not in {finding.level for finding in one.findings}
    return [f"{finding.line}: {finding.message}" for finding in one.findings if finding.level is Level.PATCH]


def test_patch_is_told_with_its_size_its_place_and_the_licence_of_its_repository(tmp_path: Path):
    (tmp_path / ".git").mkdir()
    (tmp_path / "LICENSE").write_text(MPL)
    text = meta("  patches: [patches/0007-no-fork.patch, b.patch]\n")
    one = read(tmp_path / "packages" / "demo", text, patches__0007__no__fork_patch="", b_patch=PATCH)
    asked = "is not copied: see whether it is needed; it would be"
    licence = "and its repository is under MPL-2.0 (`LICENSE`)"
    size = "(2 hunks of `src/one.py` and `gone.txt`)"
    assert left(one) == [
        f"5: the patch `patches/0007-no-fork.patch` {asked} `patches/0001-no-fork.patch`, {licence}",
        f"5: the patch `b.patch` {size} {asked} `patches/0002-b.patch`, {licence}",
    ]


def test_licence_is_of_the_repository_and_of_no_folder_above(tmp_path: Path):
    (tmp_path / "LICENSE").write_text(MPL)
    text = meta("  patches: [b.patch]\n")
    said = "it would be `patches/0001-b.patch`"
    asked = f"5: the patch `b.patch` is not copied: see whether it is needed, and under which licence; {said}"
    assert left(read(tmp_path / "a" / "b" / "c" / "d", text)) == [asked]
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    assert left(read(tmp_path / "repository" / "demo", text)) == [asked]
    (tmp_path / "repository" / "LICENSE").symlink_to(tmp_path / "LICENSE")
    assert left(read(tmp_path / "repository" / "demo", text)) == [asked]
    odd = tmp_path / "repository" / "COPYING"
    odd.write_text("As you like.\n")
    assert left(read(tmp_path / "repository" / "demo", text)) == [asked]


@pytest.mark.parametrize(
    ("path", "is_note"),
    [
        ("demo/tests/test_it.py", True),
        ("docs/index.rst", True),
        (".github/workflows/a.yml", True),
        ("demo/testing/it.py", False),
        ("tests/meson.build", False),
        ("tests/it.c", False),
        ("demo/it.py", False),
    ],
)
def test_patch_of_tests_alone_is_a_note(path: str, is_note: bool, tmp_path: Path):  # noqa: FBT001 - a case
    patch = f"--- a/{path}\n+++ b/{path}\n@@ -1 +1 @@\n-a\n+b\n"
    one = read(tmp_path, meta("  patches: [b.patch]\n"), b_patch=patch)
    assert (left(one) == []) is is_note
    notes = [finding.message for finding in one.findings if finding.level is Level.NOTE]
    assert (f"the patch `b.patch` changes only tests or documents (`{path}`): it is not needed" in notes) is is_note


def test_file_that_is_put_into_the_source_is_like_a_patch(tmp_path: Path):
    text = meta("  patches: [a.patch]\n  extras:\n    - [extras/setup.py, ./setup.py]\n    - [x.cfg, sub/]\n")
    asked = "which lies beside the recipe, is not copied: see whether it is needed, and under which licence; a patch"
    first = f"{asked} `patches/0002-setup-py.patch` would bring it as `setup.py`"
    second = f"{asked} `patches/0003-sub-x-cfg.patch` would bring it as `sub/x.cfg`"
    assert left(read(tmp_path, text))[1:] == [f"7: `extras/setup.py`, {first}", f"8: `x.cfg`, {second}"]


def test_script_that_copies_files_beside_the_recipe_or_writes_them(tmp_path: Path):
    script = (
        "cp $RECIPE_DIR/a.cfg .",
        "cd sub",
        "cp -r ${RECIPE_DIR}/more/* $SRC_DIR/there",
        "cat > setup.py << EOF",
        "import x",
        "EOF",
        "echo one > b.txt",
        "echo two >> b.txt",
        "cd ..",
        "$PYTHON -m pip install .",
    )
    lines = "".join(f"    {line}\n" for line in script)
    text = meta(f"build:\n  script: |\n{lines}")
    told = [
        (one.partition(",")[0], re.findall(r"patches/[^`]*|as `.*", one))
        for one in left(read(tmp_path, text, System.CONDA))
    ]
    assert told == [
        ("7: `a.cfg`", ["patches/0001-a-cfg.patch", "as `a.cfg`"]),
        ("9: `more/*`", ["patches/0002-there.patch", "as `there/*`"]),
        ("10: `sub/setup.py`", ["patches/0003-sub-setup-py.patch"]),
        ("13: `sub/b.txt`", ["patches/0004-sub-b-txt.patch"]),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "echo more >> setup.py",
        "cp $RECIPE_DIR/a.cfg $(where)",
        "cp $RECIPE_DIR/a.cfg /etc",
        "cp $RECIPE_DIR/a.cfg b.cfg there",
        "if unheard; then cp $RECIPE_DIR/a.cfg .; fi",
    ],
)
def test_what_is_no_new_file_of_the_source_is_for_a_person(line: str, tmp_path: Path):
    text = meta(f"build:\n  script: |\n    {line}\n    $PYTHON -m pip install .\n")
    levels = {finding.level for finding in read(tmp_path, text, System.CONDA).findings}
    assert Level.PERSON in levels
    assert Level.PATCH not in levels


def test_source_that_is_a_file_beside_the_recipe(tmp_path: Path):
    text = meta().replace("source:\n  url", "source:\n- url").replace("  sha256", "  sha256")
    text += "- path: CMakeLists.txt\n- {path: tool/CMakeLists.txt, target_directory: tool}\n"
    told = left(read(tmp_path, text + "build: {script: $PYTHON -m pip install .}\n", System.CONDA))
    assert [one.rpartition(" ")[2] for one in told] == ["`CMakeLists.txt`", "`tool/CMakeLists.txt`"]
    text += "build:\n  script: |\n    cp $RECIPE_DIR/CMakeLists.txt .\n    $PYTHON -m pip install .\n"
    assert len(left(read(tmp_path, text, System.CONDA))) == len(told)


def test_nobody_is_asked_where_a_finished_wheel_is_taken(tmp_path: Path):
    wheel = "https://files.index.example/packages/py3/d/demo/demo-1.0-py3-none-any.whl"
    one = read(tmp_path, meta("  patches: [a.patch]\n  extras: [[a, b]]\n", url=wheel))
    assert left(one) == []
    assert sum("a finished wheel is not built" in finding.message for finding in one.findings) == 2


def test_what_takes_files_out_of_a_wheel_or_brings_some_in(tmp_path: Path):
    post = (
        "find demo -type f -name '*.exe' -delete",
        "find . -name '*.pyx' -delete",
        "find demo/web -type f ! -name a.css -delete",
        "cp $PKGDIR/extras/list.json demo",
    )
    one = read(tmp_path, meta(more="build:\n  post: |\n" + "".join(f"    {line}\n" for line in post)))
    assert one.text is not None
    assert 'split = ["demo/**/*.exe", "**/*.pyx"]' in one.text
    (told,) = left(one)
    assert told.endswith("would bring it as `demo/list.json`")
    notes = [finding.line for finding in one.findings if "stays in the wheel" in finding.message]
    assert notes == [9]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (MPL, "MPL-2.0"),
        ("MIT License\n\nCopyright", "MIT"),
        ("x\nPermission is hereby granted, free of charge, to any\nperson", "MIT"),
        ("                 Apache License\n           Version 2.0, January 2004\n", "Apache-2.0"),
        ("Redistribution and use in source and binary forms\n3. Neither the name of", "BSD-3-Clause"),
        ("Redistribution and use in source and binary forms", "BSD-2-Clause"),
        ("As you like.", None),
        ("", None),
    ],
)
def test_licences_are_named_by_their_words(text: str, name: str | None):
    assert named_licence(text) == name
