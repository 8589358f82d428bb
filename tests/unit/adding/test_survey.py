from __future__ import annotations

import pytest
from index_server import Index

from wasmwright.adding.survey import Language, SdistSurvey, survey
from wasmwright.errors import Unresolvable
from wasmwright.sources.archivetext import look_through
from wasmwright.tars import BrokenTar


def surveyed(requires: tuple[str, ...] = (), **files: str) -> SdistSurvey:
    index = Index()
    file = index.add_sdist("demo", "1.0", build_requires=requires, **files)
    return survey(index.files["demo"][file], file)


def test_languages_are_counted_without_those_of_tests():
    found = surveyed(**dict.fromkeys(("src/a.c", "src/b.c", "src/c.PYX", "src/d.f90", "tests/e.rs", "docs/f.cpp"), ""))
    assert [*found.languages.items()] == [(Language.C, 2), (Language.CYTHON, 1), (Language.FORTRAN, 1)]
    assert found.is_compiled
    assert not surveyed(**{"demo/__init__.py": ""}).is_compiled


@pytest.mark.parametrize(
    ("pyproject", "expected", "own"),
    [
        ("", "setuptools", ""),
        ('[build-system]\nrequires=[]\nbuild-backend = "scikit_build_core.build"\n', "scikit_build_core", ""),
        ('[build-system]\nrequires=[]\nbuild-backend = "own:x"\nbackend-path = ["a"]\n', "own", "own"),
        ("[build-system]\nrequires=[]\nbuild-backend = 3\n", "setuptools", ""),
    ],
)
def test_back_end_is_named(pyproject: str, expected: str, own: str):
    found = surveyed(**{"pyproject.toml": pyproject})
    assert (found.back_end, found.is_own_back_end) == (expected, bool(own))


def test_rust_is_told_by_what_builds_it():
    assert surveyed(("maturin>=1,<2",)).rust == "its build requires maturin"
    assert surveyed(("setuptools", "Setuptools_Rust")).rust == "its build requires setuptools-rust"
    assert surveyed(**{"speedups/a.rs": ""}).rust is None


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"setup.py": "setup(ext=Extension('a', libraries=['z', name]))"}, {"z": "setup.py"}),
        ({"setup.py": "libraries = ('ffi',)\nx = {'libraries': ['b']}"}, {"b": "setup.py", "ffi": "setup.py"}),
        ({"setup.py": "print 'of Python 2'\nlibraries = ['z']"}, {}),
        ({"setup.py": "(" * 5000}, {}),
        (
            {"a/meson.build": "dependency('zlib')\ncc.find_library( 'png', required: false)"},
            {"png": "a/meson.build", "zlib": "a/meson.build"},
        ),
        ({"CMakeLists.txt": "Find_Package(ZLIB REQUIRED)"}, {"ZLIB": "CMakeLists.txt"}),
        ({"tests/CMakeLists.txt": "find_package(ZLIB)"}, {}),
        ({"meson.build": "dependency('xsimd')", "subprojects/xsimd-1.0/meson.build": "dependency('other')"}, {}),
    ],
)
def test_libraries_are_those_that_build_files_name(files: dict[str, str], expected: dict[str, str]):
    assert surveyed(**files).libraries == expected


def test_cython_is_run_where_its_result_is_not_there():
    assert surveyed(**{"a/b.pyx": ""}).is_cython_run
    assert not surveyed(**{"a/b.pyx": "", "a/b.cpp": ""}).is_cython_run
    assert not surveyed(**{"tests/b.pyx": ""}).is_cython_run


def test_modules_are_those_of_folders_unless_the_egg_info_tells():
    files = dict.fromkeys(
        ("src/demo/__init__.py", "other/__init__.py", "tests/__init__.py", "src/demo/x/__init__.py"), ""
    )
    assert surveyed(**files).tops == ("demo", "other")
    assert surveyed(**files, **{"src/demo.egg-info/top_level.txt": "_demo\ndemo\n../x\n"}).tops == ("_demo", "demo")


def test_what_only_tells_of_a_project_is_none_of_it():
    telling = dict.fromkeys(
        ("setup.py", "PKG-INFO", "README.md", "LICENSE", "demo.egg-info/SOURCES.txt", "tests/a.py"), ""
    )
    assert surveyed(**telling).is_empty
    for other in ("demo.py", "src/demo/__init__.py", "src/a.c", "data.json", "docs.py"):
        assert not surveyed(**telling, **{other: ""}).is_empty


def test_requirements_are_those_that_a_lock_reads():
    assert surveyed(**{"PKG-INFO": "Requires-Dist: a>1\nRequires-Dist: b; extra == 'c'\n"}).run == ("a>1",)
    assert surveyed(**{"pyproject.toml": "[project]\ndependencies = ['d']\n"}).run == ("d",)


def test_what_cannot_be_read_is_told_with_its_file():
    with pytest.raises(BrokenTar, match=r"demo\.tar\.gz: it is not a tar archive"):
        survey(b"no archive", "demo.tar.gz")
    with pytest.raises(Unresolvable, match=r"pyproject\.toml of demo-1\.0\.tar\.gz"):
        surveyed(**{"pyproject.toml": "[build-system"})


def test_text_that_is_none_is_looked_at_all_the_same():
    index = Index()
    file = index.add_sdist("demo", "1.0", build_requires=[], **{"setup.py": "# \u00e9"})
    content = index.files["demo"][file]
    assert look_through(content, file, lambda path: path == "setup.py").texts == {"setup.py": "# \u00e9"}
    assert look_through(content, file, lambda _: False).names == ("pyproject.toml", "setup.py")
