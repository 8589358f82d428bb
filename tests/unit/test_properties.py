"""What holds for all versions, markers, package URLs, YAML and TOML that hypothesis thinks of."""

from __future__ import annotations

from pathlib import Path

import pytest
import tomlkit
import yaml
from hypothesis import configuration, given, settings
from hypothesis import strategies as st
from importer import imported
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.version import Version
from rattler import Version as CondaVersion
from rattler import VersionSpec
from recipe_known import KNOWN

from wasmwright.failure import WasmwrightError
from wasmwright.importing.run import System
from wasmwright.outputs.condaspec import conda_version, dependencies, versions
from wasmwright.recipe.parse import parse_recipe
from wasmwright.recipe.problems import Problems
from wasmwright.sources.entry import make_source, read_source
from wasmwright.targetmarkers import target_markers

# The same cases each time, so that a failure is one of the change; nothing is written beside the tests.
ALWAYS = settings(max_examples=300, deadline=None, derandomize=True, database=None)
FEWER = settings(ALWAYS, max_examples=80)

# Few, so that a version is often at the bound that it is held against.
numbers = st.integers(0, 1)
releases = st.lists(numbers, min_size=3, max_size=3).map(lambda parts: ".".join(map(str, parts)))
endings = st.one_of(st.just(""), st.builds("{}{}".format, st.sampled_from(["a", "b", "rc"]), numbers))
epochs = st.sampled_from(["", "", "", "1!"])
pep440 = st.builds("{}{}{}".format, epochs, releases, endings)
bounds = st.one_of(
    st.builds("{}{}".format, st.sampled_from([">=", "<", "<=", ">", "==", "!="]), pep440),
    st.builds("{}{}{}.*".format, st.sampled_from(["==", "!="]), epochs, numbers),
    st.builds("~={}{}{}".format, epochs, releases, endings),
)
names = st.lists(st.text("az09", min_size=1, max_size=4), min_size=1, max_size=3).map("-".join).map("x{}".format)
files = st.text("aZ09._+-", max_size=20).map("a{}.whl".format)
words = st.text("aB1 .,:;-_#'\"\\{}[]()|>&*!?%@/=<$~\n\t\0\x1b\x85\xe9\u0661\u2028\ufeff\U0001f600", max_size=12)
plain = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), words)
nested = st.recursive(
    plain, lambda it: st.one_of(st.lists(it, max_size=4), st.dictionaries(words, it, max_size=4)), max_leaves=12
)
keys = st.sampled_from(
    [
        *("package", "source", "build", "requirements", "tests", "about", "context", "recipe", "outputs"),
        *("name", "version", "url", "sha256", "script", "host", "run", "patches", "test", "license", "pypi"),
        *("dependencies", "config-settings", "imports", "suite", "args", "if", "then", "else"),
    ]
)
recipes = st.dictionaries(
    keys, st.recursive(nested, lambda inner: st.dictionaries(keys, inner, max_size=4), max_leaves=20), max_size=6
)


@pytest.fixture(autouse=True, scope="module")
def _kept_nowhere(tmp_path_factory: pytest.TempPathFactory) -> None:
    # A table of all characters, which it keeps beside the tests otherwise.
    configuration.set_hypothesis_home_dir(tmp_path_factory.mktemp("hypothesis"))


@ALWAYS
@given(said=st.lists(bounds, max_size=2).map(",".join), version=pep440)
def test_conda_takes_the_versions_that_pip_takes(said: str, version: str):
    specifiers = SpecifierSet(said)
    wanted = versions(specifiers) or "*"
    taken = VersionSpec(wanted).matches(CondaVersion(conda_version(version, "thing")))
    assert taken == specifiers.contains(Version(version), prereleases=True), wanted


@ALWAYS
@given(
    variable=st.sampled_from(["python_version", "python_full_version", "sys_platform", "platform_machine", "os_name"]),
    operator=st.sampled_from(["==", "!=", "<", ">=", "in", "not in"]),
    value=st.one_of(pep440, st.sampled_from(["emscripten", "linux", "wasm32", "posix"])),
    name=names,
)
def test_a_requirement_is_one_of_the_target_or_of_another(variable: str, operator: str, value: str, name: str):
    markers = target_markers("3.14", "3.14.2")
    found = [
        dependencies([f"{name}; {marker}"], depends=[name], extras=(), markers=markers)
        for marker in (f"{variable} {operator} {value!r}", f"{value!r} {operator} {variable}")
    ]
    applies = Requirement(f"{name}; {variable} {operator} {value!r}").marker
    assert applies is not None
    assert found[0] == ((name,) if applies.evaluate(dict(markers)) else ())


@ALWAYS
@given(name=names, version=pep440, file=files)
def test_a_pin_is_read_as_it_was_written(name: str, version: str, file: str):
    package = PackageURL(type="pypi", name=name, version=version, qualifiers={"file_name": file})
    pinned = make_source(package, file=file, size=1, sha256="a" * 64)
    again = read_source(pinned.to_json(), where="lock.json")
    assert (again, again.package) == (pinned, package)


@ALWAYS
@given(purl=st.builds("{}{}".format, st.sampled_from(["", "pkg:", "pkg:pypi/", "pkg:pypi/a@"]), words))
def test_any_package_url_is_read_or_refused(purl: str):
    entry = {"purl": purl, "file": "a.tar.gz", "name": "a.tar.gz", "size": 1, "sha256": "a" * 64}
    try:
        source = read_source(entry, where="lock.json")
    except WasmwrightError:
        return
    assert source.package.type


@FEWER
@given(document=recipes, system=st.sampled_from(list(System)))
def test_any_yaml_is_carried_or_told(document: dict[str, object], system: System):
    one = imported(system, yaml.safe_dump(document, allow_unicode=True))
    assert one.text is not None or one.findings


@ALWAYS
@given(text=st.lists(words, max_size=8).map("".join))
def test_any_text_is_carried_or_told(text: str):
    for system in System:
        one = imported(system, text)
        assert one.text is not None or one.findings


def _without_null(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without_null(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_without_null(inner) for inner in value if inner is not None]
    return value


@FEWER
@given(document=recipes)
def test_any_toml_is_a_recipe_or_its_mistakes_are_told(document: dict[str, object]):
    problems = Problems()
    text = tomlkit.dumps(_without_null(document))  # type: ignore[arg-type]
    recipe = parse_recipe(text, Path("demo", "recipe.toml"), (), problems, known=KNOWN)
    assert (recipe is None) == bool(problems.found)
