"""What recipes of rattler-build say in several ways: scripts in parts, several packages, environments."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from importer import imported, importer

from wasmwright.importing.findings import Level
from wasmwright.importing.run import System

if TYPE_CHECKING:
    from pathlib import Path

    from wasmwright.importing.compose import ImportedRecipe

HEAD = """\
package: {name: demo, version: "1.2"}
source:
  url: https://github.com/made/up/archive/v1.2.tar.gz
  sha256: "0000000000000000000000000000000000000000000000000000000000000000"
"""
SEVERAL = HEAD.replace("package: {name: demo,", "recipe: {name: demo-split,")


def asked(one: ImportedRecipe) -> list[str]:
    return [str(finding) for finding in one.findings if finding.level in {Level.PERSON, Level.REFUSED}]


def read(text: str, head: str = HEAD) -> ImportedRecipe:
    return imported(System.CONDA, head + text)


def test_lines_of_a_script_know_those_before_them():
    lines = ["MODE=shared", "mkdir build", "cd lib", "cmake -DMODE=$MODE .", "make install"]
    one = read("build:\n  script:\n" + "".join(f"    - {line}\n" for line in lines))
    assert one.text is not None
    assert ('folder = "lib"' in one.text, 'flags = ["-DMODE=shared"]' in one.text, asked(one)) == (True, True, [])


def test_lines_of_a_script_are_told_where_they_stand():
    text = "build:\n  script:\n    - make\n\n    - |\n      true\n      strange\n    - strange --again\n"
    assert [told.split(": build")[0] for told in asked(read(text))] == ["recipe.yaml:11", "recipe.yaml:12"]


def test_part_of_a_script_may_be_a_file_or_a_text_with_variables(tmp_path: Path):
    (tmp_path / "first.sh").write_text('cmake -DMODE="$MODE" .\n')
    script = "- {file: first, env: {MODE: quick}}\n    - content: [make, make install]\n"
    path = tmp_path / "recipe.yaml"
    path.write_text(f"{HEAD}build:\n  script:\n    {script}")
    one = importer(System.CONDA).one(path, "recipe.yaml")
    assert one.text is not None
    assert ('flags = ["-DMODE=quick"]' in one.text, asked(one)) == (True, [])


def test_arguments_of_the_environment_are_none_here():
    reduced = "MESON_ARGS_REDUCED=\"$(echo $MESON_ARGS | sed 's/--buildtype release //g')\""
    install = "pip install . -Csetup-args=${MESON_ARGS_REDUCED// / -Csetup-args=} -Csetup-args=-Dx=1"
    one = read(f"build:\n  script:\n    - {reduced}\n    - {install}\n")
    assert one.text is not None
    assert ('config-settings = {setup-args = "-Dx=1"}' in one.text, asked(one)) == (True, [])


@pytest.mark.parametrize(
    "line",
    [
        'source activate "${CONDA_DEFAULT_ENV}"',
        "conda activate base",
        "micromamba deactivate",
        'eval "$(conda shell.bash hook)"',
        'export GIT_CEILING_DIRECTORIES="$(dirname $SRC_DIR)"',
        'head -c 4 "$M" | od -An -c | grep -q asm',
        "rm -f $PREFIX/lib/libdemo$SHLIB_EXT*",
    ],
)
def test_line_means_nothing_here(line: str):
    assert asked(read(f"build:\n  script: |\n    {line}\n    cmake .\n    make install\n")) == []


@pytest.mark.parametrize("line", ["conda install zlib", 'eval "$(strange)"', "source strange.sh"])
def test_line_is_told(line: str):
    assert len(asked(read(f"build:\n  script: |\n    {line}\n    cmake .\n    make install\n"))) == 1


STAGED = """\
outputs:
- staging: {name: whole}
  build: {script: "./configure && make && make install"}
- package: {name: libdemo, version: "1.2"}
  inherit: whole
- package: {name: demo-data, version: "1.2"}
  inherit: {from: whole}
  build: {files: [share/demo/**]}
"""


@pytest.mark.parametrize(
    ("output", "told"),
    [
        ("inherit: whole\n  build: {files: [lib/cmake]}", "note: `demo-data`, `more`: a part of what is built once"),
        ("inherit: {from: whole, run_exports: false}", "note: `demo-data`, `more`: a part of what is built once"),
        ("build: {script: install, files: [bin/demo, share/man/**]}", "note: `more`: programs and what goes with"),
        ("requirements: {run: [libdemo]}", "note: `more`: has nothing of its own"),
        ("inherit: other", "person: of its packages `libdemo` is carried"),
        ("inherit: whole\n  requirements: {host: [python]}", "person: of its packages `libdemo` is carried"),
        ("inherit: whole\n  build: {script: strange}", "person: of its packages `libdemo` is carried"),
        ("build: {files: [bin/demo, lib/libmore.a]}", "person: of its packages `libdemo` is carried"),
        ("build: {script: make more}", "person: of its packages `libdemo` is carried"),
    ],
)
def test_package_beside_the_one_that_is_carried(output: str, told: str):
    one = read(f'{STAGED}- package: {{name: more, version: "1.2"}}\n  {output}\n', SEVERAL)
    found = [f"{finding.level}: {finding.message}" for finding in one.findings if "`more`" in finding.message]
    assert [line for line in found if line.startswith(told)] == found
    assert len(found) == 1


def test_script_that_another_package_names_is_no_packages_own(tmp_path: Path):
    (tmp_path / "build.sh").write_text("./configure && make && make install\n")
    path = tmp_path / "recipe.yaml"
    more = '- package: {name: more, version: "1.2"}\n  requirements: {run: [libdemo]}\n'
    path.write_text(SEVERAL + STAGED.replace('"./configure && make && make install"', "build") + more)
    one = importer(System.CONDA).one(path, "recipe.yaml")
    assert asked(one) == []
    path.write_text(SEVERAL + STAGED + more)
    assert len(asked(importer(System.CONDA).one(path, "recipe.yaml"))) == 1


def test_project_of_the_index_is_known_by_its_page():
    text = "requirements: {build: [maturin], host: [python, pip]}\nbuild: {script: pip install .}\n"
    page = "about: {homepage: https://demo.example, documentation: https://pypi.example/project/py-demo/}\n"
    one = read(text + page)
    assert one.text is not None
    assert ('pypi-wheel = "py-demo"' in one.text, asked(one)) == (True, [])
    assert len(asked(read(text))) == 1


PORT = "package: {{name: libz, version: _}}\nsource: {{path: x}}\nbuild: {{library: true, script: {}}}\n"
NEEDLESS = {
    "package: {name: a, version: 1.0.0, _cpython_dynlib: true}\nsource: {path: x}\n": "a module of Python's own",
    "package: {name: a, version: '1'}\nsource: {path: x}\nbuild: {type: cpython_module}\n": "a module of Python's own",
    "package: {name: a, version: '1', tag: [pyodide.test]}\nsource: {path: x}\n": "it is a test of Pyodide itself",
    PORT.format("embuilder build zlib --pic"): "Emscripten's library, which is `zlib` here",
}


@pytest.mark.parametrize("text", NEEDLESS)
def test_nothing_is_made_of_what_is_here(text: str):
    one = imported(System.PYODIDE, text)
    assert (one.text, one.is_needless, one.is_carried, asked(one)) == (None, True, False, [])
    (finding,) = one.findings
    assert finding.message.startswith("nothing is made of it: ")
    assert NEEDLESS[text] in finding.message


@pytest.mark.parametrize(
    "text",
    [
        HEAD.replace('"1.2"}', '"1.2", _cpython_dynlib: false}', 1),
        PORT.format("embuilder build unheard"),
        PORT.format("embuilder build zlib && strange"),
        f"{HEAD}build: {{library: true, script: embuilder build zlib}}\n",
    ],
)
def test_something_is_made_of_what_is_not(text: str):
    assert not imported(System.PYODIDE, text).is_needless


def test_condition_of_skipping_that_is_not_known_does_not_skip():
    one = read("build:\n  skip: unheard == 'cpp'\n  include_recipe: false\n  script: cmake . && make install\n")
    assert one.text is not None
    assert ("disabled" in one.text, asked(one)) == (False, [])


def test_package_that_has_the_name_of_the_recipe_is_carried():
    outputs = "outputs:\n- package: {name: demo-abi}\n  build: {script: make abi.a}\n"
    outputs += "- package: {name: demo}\n  build: {script: cmake . && make install}\n"
    one = read(outputs, SEVERAL)
    assert one.name == "demo"
    assert [told.rpartition(" ")[2] for told in asked(one)] == ["`demo-abi`"]


def test_what_is_no_module_is_imported_nowhere():
    one = read("requirements: {host: [python, pip]}\ntests:\n- python: {imports: [py-demo, demo.core]}\n")
    assert one.text is not None
    assert ('imports = ["demo.core"]' in one.text, asked(one)) == (True, [])
