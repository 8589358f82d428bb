from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from importer import imported, importer

from wasmwright.importing.errors import NotImported, RecipeInTheWay
from wasmwright.importing.findings import Level
from wasmwright.importing.run import System, counted
from wasmwright.importing.write import write_recipes

if TYPE_CHECKING:
    from pathlib import Path

HASH = "ab" * 32
SDIST = "https://files.index.example/packages/source/d/demo/demo-1.0.tar.gz"
TARBALL = "https://x.example/demo-1.0.tar.gz"
META = f"package: {{name: demo, version: '1.0'}}\nsource: {{url: {SDIST}, sha256: {HASH}}}\n"


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def only(level: Level, text: str, system: System = System.PYODIDE) -> list[str]:
    return [f"{one.line} {one.key}: {one.message}" for one in imported(system, text).findings if one.level is level]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"a: \xff\n", "not UTF-8"),
        (b"\xff\xfea\0:\0", "not UTF-8"),
        (b"a: 1\0\n", "may not stand in it"),
        (b"x" * (200 << 10), "size of a foreign recipe"),
        (b"", "it is empty"),
    ],
)
@pytest.mark.parametrize("system", System)
def test_file_that_is_no_text_is_refused(content: bytes, reason: str, system: System, tmp_path: Path):
    one = importer(system).one(write(tmp_path / system.file, content), system.file)
    assert (one.text, one.level) == (None, Level.REFUSED)
    assert reason in one.findings[0].message


def test_pipe_is_no_recipe(tmp_path: Path):
    os.mkfifo(tmp_path / "meta.yaml")
    one = importer(System.PYODIDE).one(tmp_path / "meta.yaml", "meta.yaml")
    assert one.level is Level.REFUSED
    assert one.findings[0].message.startswith("cannot be read: ")


def test_names_of_a_folder_know_each_other(tmp_path: Path):
    write(tmp_path / "a" / "meta.yaml", META + "requirements: {run: [other, absent]}\n")
    write(tmp_path / "b" / "meta.yaml", META.replace("demo", "Other"))
    first, second = importer(System.PYODIDE).all(tmp_path)
    assert (first.name, second.name) == ("demo", "other")
    told = [one.message for one in first.findings if "add it too" in one.message]
    assert told == ["no recipe here is called `absent`: add it too"]


def test_second_recipe_of_a_name_is_refused(tmp_path: Path):
    for folder in ("a", "b"):
        write(tmp_path / folder / "meta.yaml", META)
    found = importer(System.PYODIDE).all(tmp_path)
    assert counted(found) == {"recipes": 2, "carried": 1, "patches": 0, "person": 0, "refused": 1, "needless": 0}
    assert found[1].findings[-1].message == "a/meta.yaml is a recipe of `demo` too"


def test_folder_without_recipes_is_told(tmp_path: Path):
    with pytest.raises(NotImported, match=r"holds no recipe\.yaml"):
        importer(System.CONDA).all(tmp_path)


def test_only_files_below_a_recipe_are_read(tmp_path: Path):
    write(tmp_path / "build.sh", "emconfigure ./configure --secret\n")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "link.sh").symlink_to(tmp_path / "build.sh")
    os.mkfifo(tmp_path / "a" / "pipe.sh")
    for name in ("../build.sh", str(tmp_path / "build.sh"), "link.sh", "pipe.sh"):
        text = f"package: {{name: demo, version: 1.0}}\nsource: {{url: {TARBALL}, sha256: {HASH}}}\n"
        text += f"build: {{script: {{file: {name}}}}}\nrequirements: {{build: [cmake]}}\n"
        one = importer(System.CONDA).one(write(tmp_path / "a" / "recipe.yaml", text), "recipe.yaml")
        assert one.text is not None
        assert "--secret" not in one.text
        assert any("there is no" in finding.message for finding in one.findings)


def test_recipes_are_written_or_nothing(tmp_path: Path):
    found = [imported(System.PYODIDE, META), imported(System.PYODIDE, META.replace("demo", "other"))]
    pkgs = tmp_path / "pkgs"
    kept = write(pkgs / "other" / "recipe.toml", "# mine\n")
    with pytest.raises(RecipeInTheWay, match="already of `other`; nothing is written"):
        write_recipes(found, pkgs, force=False)
    assert (kept.read_text(), sorted(path.name for path in pkgs.iterdir())) == ("# mine\n", ["other"])
    written = write_recipes(found, pkgs, force=True)
    assert [path.read_text() for path in written] == [one.text for one in found]
    assert sorted(path.name for path in pkgs.rglob("*")) == ["demo", "other", "recipe.toml", "recipe.toml"]


def test_variables_of_the_build_are_found_or_told():
    text = META + "requirements: {host: [libhdf5, zlib]}\nbuild:\n  script: |\n    export HDF5_DIR=$WASM_LIBRARY_DIR\n"
    one = imported(System.PYODIDE, text + "    export ODD_DIR=$WASM_LIBRARY_DIR\n")
    assert one.text is not None
    assert 'HDF5_DIR = "{host:libhdf5}"' in one.text
    assert [finding.line for finding in one.findings if finding.level is Level.PERSON] == [7]


def test_patches_are_nobodys_question_where_upstreams_wheel_is_taken():
    text = (
        META.replace(f"sha256: {HASH}", f"sha256: {HASH}, patches: [a.patch]") + "requirements: {executable: [cargo]}\n"
    )
    told = "2 source.patches: the patch `a.patch` is left out: a finished wheel is not built"
    assert (only(Level.PATCH, text), told in only(Level.NOTE, text)) == ([], True)


def test_condition_of_one_platform_takes_its_part():
    text = "package: {name: demo, version: 1.0}\nsource:\n  - if: win\n    then: {url: 'https://x.example/w.zip'}\n"
    text += f"  - if: unix\n    then:\n      url: {SDIST}\n      sha256: {HASH}\n"
    one = imported(System.CONDA, text)
    assert one.text is not None
    assert 'pypi = "demo"' in one.text


@pytest.mark.parametrize(
    "script",
    [
        "A=xxxxxxxx\n" + "A=$A$A\n" * 40,
        "A=xxxxxxxx\n" + "A=$A$A\n" * 10 + "B=" + "$A" * 20_000,
        "A=xxxxxxxx\n" + "A=$A$A\n" * 10 + "".join(f"B{number}=$A\n" for number in range(200)),
    ],
)
@pytest.mark.parametrize("system", System)
def test_variables_of_a_script_that_grow_are_refused(script: str, system: System):
    lines = "".join(f"    {line}\n" for line in script.splitlines())
    one = imported(system, f"{META}build:\n  script: |\n{lines}")
    assert one.level is Level.REFUSED
    assert ", and no more than " in one.findings[-1].message


@pytest.mark.parametrize("line", ["$R CMD INSTALL --build .", "Rscript -e 'x'", "cd x && R --vanilla -e x"])
def test_script_that_runs_r_is_of_r(line: str):
    refused = only(Level.REFUSED, f"{META}build:\n  script: |\n    {line}\n", System.CONDA)
    assert refused == ["None requirements: a package of R: no runtime here runs R"]


@pytest.mark.parametrize(
    ("system", "text"),
    [
        (System.PYODIDE, f"{META}build:\n  cflags: {'a' * 100_000}\n"),
        (System.CONDA, f"{META}build:\n  script: |\n    {'R ' * 50_000}\n"),
    ],
)
def test_a_long_line_costs_no_more_than_others(system: System, text: str):
    # With time for each pair of its letters this would take minutes.
    assert imported(system, text).level in {*Level}


def test_name_of_a_requirement_is_known_where_its_version_is_not():
    text = f"package: {{name: demo, version: 1.0}}\nsource: {{url: {SDIST}, sha256: {HASH}}}\n"
    text += "build: {skip: python_impl == 'pypy'}\nrequirements:\n"
    text += "  host: [python, 'zlib >=${{ odd }}[build=${{ odd }}_*]']\n"
    text += (
        "  run: ['numpy ${{ odd }}', '${{ odd }}']\n  run_exports: ['${{ odd }}']\n  run_constraints: ['${{ odd }}']\n"
    )
    one = imported(System.CONDA, text)
    assert one.text is not None
    assert 'host = ["zlib"]\nrun = ["numpy"]' in one.text
    left = [(finding.line, finding.key) for finding in one.findings if finding.level is Level.PERSON]
    assert left == [(6, "requirements.run")]


@pytest.mark.parametrize(
    ("version", "ours"),
    [
        ("26R1.0", "26+r1.0"),
        ("1.1.1w", "1.1.1.23"),
        ("9c", "9.3"),
        ("0b1c2d3e4f5", "0+0b1c2d3e4f5"),
        ("1_2_3beta-x", "1.2.3+beta.x"),
        ("v7.1.2-17", "7.1.2.post17"),
        ("n4.4.1", ""),
    ],
)
def test_version_is_written_as_near_as_may_be(version: str, ours: str):
    text = META.replace("version: '1.0'", f"version: '{version}'").replace(SDIST, TARBALL)
    one = imported(System.PYODIDE, f"{text}build: {{type: static_library, script: ./configure}}\n")
    assert (one.version or "") == ours


def test_letter_of_a_wheel_is_that_of_a_release_before():
    assert imported(System.PYODIDE, META.replace("version: '1.0'", "version: 1.0b")).version == "1.0"
    assert (
        imported(
            System.PYODIDE, META.replace("version: '1.0'", "version: 1.0b").replace("1.0.tar", "1.0b0.tar")
        ).version
        == "1.0b0"
    )


def test_library_that_is_needed_to_run_is_linked(tmp_path: Path):
    wheel = META + "requirements: {host: [zlib], run: [numpy, zlib, openblas, mylib, pure]}\n"
    library = META.replace("demo", "mylib") + "build: {type: shared_library, script: ./configure}\n"
    old = META.replace("demo", "pure").replace("version: '1.0'", "version: '1.0', tag: [library]")
    for name, text in (("a", wheel), ("b", library), ("c", old)):
        write(tmp_path / name / "meta.yaml", text)
    one = importer(System.PYODIDE).all(tmp_path)[0]
    assert one.text is not None
    assert 'host = ["zlib", "openblas", "mylib"]\nrun = ["numpy", "pure"]' in one.text
    told = [finding.message for finding in one.findings if "is a library" in finding.message]
    assert told == [
        f"`{name}` is a library, which is linked: it is under `host`" for name in ("zlib", "openblas", "mylib")
    ]


def test_package_of_several_has_what_is_said_for_all_of_them():
    text = f"recipe: {{name: demo, version: '1.0'}}\nsource: {{url: {TARBALL}, sha256: {HASH}}}\n"
    text += "build:\n  skip: [win]\n  script: ./configure --with-all && make\nabout: {license: MIT}\n"
    outputs = "outputs:\n- package: {name: demo}\n  build: {files: [lib]}\n  about: {summary: Demo}\n"
    one = imported(System.CONDA, text + outputs)
    assert one.text is not None
    assert 'flags = ["--with-all"]' in one.text
    assert 'summary = "Demo"\nlicense = "MIT"' in one.text
    own = imported(System.CONDA, text + outputs.replace("files: [lib]", "script: ./configure --with-own && make"))
    assert own.text is not None
    assert 'flags = ["--with-own"]' in own.text


def test_module_within_a_package_is_imported_by_both_names():
    one = imported(System.PYODIDE, META.replace("name: demo", "name: demo, top-level: [demo.core, demo]"))
    assert one.text is not None
    assert 'imports = ["demo.core", "demo"]' in one.text


@pytest.mark.parametrize(
    ("old", "new", "level", "told"),
    [
        ("name: demo", "_disabled: perhaps, name: demo", Level.PERSON, "package._disabled: is neither true nor false"),
        ("name: demo", "pinned: [x], name: demo", Level.PERSON, "package.pinned: is neither true nor false"),
        ("name: demo", "pinned: no, name: demo", Level.PERSON, None),
        ("name: demo", "top-level: [a-b], name: demo", Level.NOTE, "package.top-level: `a-b` is no name of a module"),
        (
            "source:",
            "build: {type: [x]}\nsource:",
            Level.PERSON,
            "build.type: is a list or mapping, and a text is wanted",
        ),
    ],
)
def test_odd_value_is_told(old: str, new: str, level: Level, told: str | None):
    found = only(level, META.replace(old, new))
    assert any(told in one for one in found) if told else found == []
