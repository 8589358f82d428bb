from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from wheel_writer import write_wheel

from wasmwright.outputs.conda import ChannelMaker
from wasmwright.outputs.condaspec import TargetPython
from wasmwright.outputs.documents import EnvironmentWheel, WheelOrigin
from wasmwright.outputs.errors import InvalidEnvironment

if TYPE_CHECKING:
    from pathlib import Path

    from wasmwright.outputs.condapackage import CondaPackage

PYTHON = TargetPython(profile="pyemscripten_2026_5", version="3.15", full="3.15.0rc1", tag="cp315")
PLATFORM = "pyemscripten_2026_5_wasm32"
MODULES = "python 3.15.* *_pyemscripten_2026_5_cp315"


def package(
    folder: Path, *fields: str, tag: str = "py3-none-any", name: str = "demo", depends: str = ""
) -> CondaPackage:
    lines = ["Metadata-Version: 2.4", f"Name: {name}", "Version: 1.0", *fields]
    path = write_wheel(folder, {f"{name}.py": b"x"}, name=name, tag=tag, metadata="\n".join(lines).encode())
    wheel = EnvironmentWheel(
        name=name,
        version="1.0",
        file=path.name,
        size=1,
        sha256="abcdef01" * 8,
        depends=tuple(depends.split()),
        imports=(name,),
        origin=WheelOrigin.BUILT,
        purl=f"pkg:generic/{name}@1.0",
        license="MIT",
        summary=None,
    )
    return ChannelMaker(python=PYTHON, libraries=frozenset({"lib"})).package(wheel, path)


def test_pure_wheel_is_of_any_platform(tmp_path: Path):
    found = package(tmp_path, "Requires-Python: >=3.9", "Requires-Dist: other<2", depends="other")
    assert (found.subdir, found.noarch, found.build) == ("noarch", "python", "pyhabcdef0_0")
    assert found.depends == ("python >=3.9", "other <2dev0")
    assert "site-packages/demo.py" in found.files


def test_pure_wheel_that_asks_where_it_is_has_this_python(tmp_path: Path):
    found = package(tmp_path, "Requires-Dist: other; sys_platform == 'emscripten'", depends="other")
    assert (found.subdir, found.noarch, found.build) == ("emscripten-wasm32", None, "py315habcdef0_0")
    assert found.depends == ("python 3.15.*", "other")
    assert "lib/python3.15/site-packages/demo.py" in found.files


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        (f"cp315-cp315-{PLATFORM}", (MODULES, "python_abi 3.15.* *_cp315")),
        (f"cp312-abi3-{PLATFORM}", (MODULES, "python_abi 3.15.* *_cp315")),
        (f"py3-none-{PLATFORM}", (MODULES,)),
    ],
)
def test_compiled_wheel_needs_the_python_of_its_runtime(tmp_path: Path, tag: str, expected: tuple[str, ...]):
    assert package(tmp_path, tag=tag).depends == expected


def test_libraries_export_their_version(tmp_path: Path):
    assert package(tmp_path, name="lib", tag=f"py3-none-{PLATFORM}").run_exports == {"weak": ["lib ==1.0"]}
    assert package(tmp_path).run_exports == {}


def test_date_is_that_of_the_newest_file(tmp_path: Path):
    assert package(tmp_path).made.year >= 2026


@pytest.mark.parametrize("name", ["python", "python_abi"])
def test_wheel_with_the_name_of_a_stub_is_refused(tmp_path: Path, name: str):
    with pytest.raises(InvalidEnvironment, match=f"has the name of the channel's own package {name}"):
        package(tmp_path, name=name)


def test_stubs_are_what_packages_depend_on(tmp_path: Path):
    python, abi = ChannelMaker(python=PYTHON, libraries=frozenset()).stubs()
    needed, needed_abi = package(tmp_path, tag=f"cp315-cp315-{PLATFORM}").depends
    assert needed == f"{python.name} 3.15.* *{python.build[1:]}"
    assert needed_abi == f"{abi.name} {abi.version}.* *{abi.build[1:]}"
    assert python.depends == (needed_abi,)
    assert python.version == "3.15.0rc1"
