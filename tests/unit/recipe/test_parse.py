from __future__ import annotations

from pathlib import Path

import pytest
from recipe_known import KNOWN

from wasmwright.errors import InvalidRecipe
from wasmwright.recipe.model import (
    BuildSystem,
    BuildType,
    Exports,
    Suite,
    WrittenRecipe,
)
from wasmwright.recipe.parse import load_all, load_recipe, parse_recipe
from wasmwright.recipe.problems import Problems
from wasmwright.sources.kinds.debian import DebianSource
from wasmwright.sources.kinds.github import GithubTree
from wasmwright.sources.kinds.pypi_sdist import PypiSdist
from wasmwright.sources.kinds.tarball import TarballFile

MINIMAL = '[package]\nname = "demo"\nversion = "1.0"\n[source]\npypi = "demo"\n[tests]\nimports = ["demo"]\n'
WHEEL = """\
[package]
name = "demo"
version = "1.0"
summary = "A demo"
license = "MIT"
homepage = "https://example.org/"
sets = ["long", "small"]
[source]
pypi = "demo-src"
patches = ["0001-x.patch"]
[build]
config-settings = { "setup-args" = ["-Da=b"], "quiet" = "yes" }
cflags = ["-DX"]
cxxflags = ["-DX", "-DX"]
ldflags = ["-lz"]
env = { K = "v" }
exports = ["PyInit_demo"]
requires = ["cython>=3"]
without = ["cmake"]
tools = ["ninja"]
[dependencies]
host = ["zlib"]
run = ["numpy"]
[tests]
imports = ["demo"]
requires = ["pytest"]
split = ["**/tests/**"]
[[tests.suite]]
name = "core"
args = ["--pyargs", "demo"]
"""
LIBRARY = """\
[package]
name = "demo"
version = "1.0"
[source]
debian = "demo"
suite = "sid"
[build]
type = "library"
system = "make"
flags = ["PREFIX=/"]
"""


def parsed(text: str, files: tuple[str, ...] = ()) -> WrittenRecipe:
    problems = Problems()
    recipe = parse_recipe(text, Path("pkgs/demo/recipe.toml"), files, problems, known=KNOWN)
    problems.raise_if_any()
    assert recipe is not None
    return recipe


def test_defaults_of_a_minimal_recipe() -> None:
    recipe = parsed(MINIMAL)
    assert recipe.source == PypiSdist(project="demo")
    assert recipe.sets == ()
    assert recipe.build.type is BuildType.WHEEL
    assert recipe.build.exports is Exports.PYINIT
    assert recipe.build.system is None
    assert (recipe.summary, recipe.patches, recipe.host, recipe.tests.suites) == (None, (), (), ())
    assert not recipe.smoke_test


def test_every_key_of_a_wheel() -> None:
    recipe = parsed(WHEEL, ("patches/0001-x.patch", "test_import.py"))
    assert recipe.sets == ("long", "small")
    assert recipe.build.config_settings == {"setup-args": ("-Da=b",), "quiet": "yes"}
    assert recipe.build.cxxflags == ("-DX", "-DX")
    assert recipe.build.exports == ("PyInit_demo",)
    assert recipe.build.env == {"K": "v"}
    assert (recipe.build.requires, recipe.build.without, recipe.build.tools) == (("cython>=3",), ("cmake",), ("ninja",))
    assert (recipe.host, recipe.run, recipe.patches) == (("zlib",), ("numpy",), ("0001-x.patch",))
    assert recipe.tests.suites == (Suite(name="core", args=("--pyargs", "demo")),)
    assert recipe.smoke_test


def test_library() -> None:
    recipe = parsed(LIBRARY)
    assert recipe.source == DebianSource(package="demo", suite="sid")
    assert recipe.build.system is BuildSystem.MAKE
    assert recipe.build.flags == ("PREFIX=/",)


def test_debian_suite_has_a_default() -> None:
    assert parsed(LIBRARY.replace('suite = "sid"\n', "")).source == DebianSource(package="demo", suite="trixie")


def test_a_wrong_type_is_told_once() -> None:
    with pytest.raises(InvalidRecipe) as caught:
        parsed(MINIMAL.replace('pypi = "demo"', "pypi = 1"))
    assert str(caught.value) == "pkgs/demo/recipe.toml:5: [source] pypi: has to be a string, not an integer"


def test_a_misspelt_type_does_not_condemn_the_keys_of_the_right_one() -> None:
    with pytest.raises(InvalidRecipe) as caught:
        parsed(LIBRARY.replace('type = "library"', 'type = "libary"'))
    assert str(caught.value) == "pkgs/demo/recipe.toml:8: [build] type: unknown value `libary`; did you mean `library`?"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("package = 1\n", "package: has to be a table"),
        (f"odd = 1\n{MINIMAL}", "odd: unknown key outside of all tables"),
        (f"{MINIMAL}suite = 3\n", "has to be written as [[tests.suite]]"),
        (f'{MINIMAL}requires = ["a", "a"]\n', "`a` stands twice"),
        (
            f'{MINIMAL}[[tests.suite]]\nname = "a"\nargs = []\n[[tests.suite]]\nname = "a"\nargs = []\n',
            "12: [tests.suite] name: two suites are called `a`",
        ),
        (f"{MINIMAL}[build]\nrequires = 1979-05-27\n", "not a date or time"),
        (f'{MINIMAL}[build]\nenv = {{ "A-B" = "x" }}\n', "not a name of an environment variable"),
        (f'{MINIMAL}[build]\ncflags = ["-DX=\\u0000"]\n', "`'-DX=\\x00'` has a NUL character"),
        (f'{MINIMAL}[build]\nexports = "pyinits"\n', "did you mean `pyinit`?"),
        (f"{MINIMAL}[build]\nconfig-settings = {{ a = [1] }}\n", "has to be a table of strings or lists of strings"),
    ],
)
def test_message(text: str, message: str) -> None:
    with pytest.raises(InvalidRecipe) as caught:
        parsed(text)
    assert message in str(caught.value)


def test_load_recipe_sees_patches_and_smoke_test(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    (folder / "patches").mkdir(parents=True)
    (folder / "recipe.toml").write_text(WHEEL)
    (folder / "patches" / "0001-x.patch").touch()
    (folder / "test_import.py").touch()
    recipe = load_recipe(folder / "recipe.toml", KNOWN)
    assert recipe.smoke_test
    assert recipe.folder == folder
    assert recipe.lock_path == folder / "lock.json"


def test_load_all_reads_folders_with_a_recipe_only(tmp_path: Path) -> None:
    for name in ("demo", "empty"):
        (tmp_path / name).mkdir()
    (tmp_path / "demo" / "recipe.toml").write_text(MINIMAL)
    assert list(load_all(tmp_path, KNOWN)) == ["demo"]


def test_missing_file_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(InvalidRecipe, match="cannot be read: No such file"):
        load_recipe(tmp_path / "demo" / "recipe.toml", KNOWN)


def test_text_that_is_not_utf8_is_an_error_of_ours(tmp_path: Path) -> None:
    (tmp_path / "recipe.toml").write_bytes(b'[package]\nname = "\xff"\n')
    with pytest.raises(InvalidRecipe, match="not UTF-8 text: invalid start byte at byte 18"):
        load_recipe(tmp_path / "recipe.toml", KNOWN)


TREE = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
FURTHER = f"""\
[[source.more]]
github = "owner/highs"
rev = "v1.4.0"
sha256 = "{TREE}"
into = "third_party/highs"
[[source.more]]
debian = "data"
version = "2.0+dfsg"
into = "data/table.bin"
unpack = false
"""


def test_further_sources_have_a_kind_and_a_place() -> None:
    recipe = parsed(MINIMAL.replace("[tests]", f'folder = "python"\n{FURTHER}[tests]'))
    assert recipe.source_folder == "python"
    highs, data = recipe.further
    sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert highs.origin == GithubTree(repository="owner/highs", rev="v1.4.0", sha256=sha256)
    assert (highs.version, highs.into, highs.unpack) == ("", "third_party/highs", True)
    assert data.origin == DebianSource(package="data", suite="trixie")
    assert (data.version, data.into, data.unpack) == ("2.0+dfsg", "data/table.bin", False)


def test_inline_tables_are_further_sources_too() -> None:
    text = 'more = [{ pypi = "other", version = "1.0", into = "a" }, { npm = "acorn", version = "8", into = "b" }]\n'
    recipe = parsed(MINIMAL.replace("[tests]", f"{text}[tests]"))
    assert [further.into for further in recipe.further] == ["a", "b"]


@pytest.mark.parametrize(("key", "is_prebuilt"), [("pypi", False), ("pypi-wheel", True)])
def test_wheel_of_the_index_is_not_built(key: str, *, is_prebuilt: bool) -> None:
    assert parsed(MINIMAL.replace("pypi =", f"{key} =")).is_prebuilt is is_prebuilt


def test_thousands_of_further_sources_are_not_compared_with_each_other(tmp_path: Path):
    text = "".join(f'[[source.more]]\npypi = "x{nth}"\nversion = "1"\ninto = "a{nth}"\n' for nth in range(5000))
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "recipe.toml").write_text(MINIMAL + text)
    with pytest.raises(InvalidRecipe, match="stands there 5000 times, and 500 are read"):
        load_all(tmp_path, KNOWN).check()


def mistake(text: str) -> str:
    with pytest.raises(InvalidRecipe) as caught:
        parsed(text)
    return str(caught.value)


def test_hash_of_an_archive_stands_in_the_place_of_that_of_its_content() -> None:
    source = f'github = "owner/demo"\nrev = "v1"\narchive-sha256 = "{"ab" * 32}"'
    recipe = parsed(MINIMAL.replace('pypi = "demo"', source))
    assert recipe.source == GithubTree(repository="owner/demo", rev="v1", archive_sha256="ab" * 32)
    both = MINIMAL.replace('pypi = "demo"', f'{source}\nsha256 = "{"cd" * 32}"')
    assert "archive-sha256: says what `sha256` says: keep one of them" in mistake(both)
    neither = MINIMAL.replace('pypi = "demo"', 'github = "owner/demo"\nrev = "v1"')
    assert "sha256: is missing: `github` needs it" in mistake(neither)


def test_tarball_has_a_name_and_a_hash() -> None:
    recipe = parsed(MINIMAL.replace('pypi = "demo"', f'tarball = "a-1.tar.xz"\ntarball-sha256 = "{"ab" * 32}"'))
    assert recipe.source == TarballFile(file="a-1.tar.xz", sha256="ab" * 32)
    wrong = MINIMAL.replace('pypi = "demo"', f'tarball = "a-1.exe"\ntarball-sha256 = "{"ab" * 32}"')
    assert "`a-1.exe` is not the name of an archive" in mistake(wrong)
