from __future__ import annotations

from dataclasses import replace

import pytest
from recipe_writer import BUILD, written

from wasmwright.recipe.lint import PackageFolder, is_proof, lint, mistakes
from wasmwright.recipe.model import BuildType, Exports, SelfTests, Suite, WrittenRecipe
from wasmwright.recipe.problems import Problem
from wasmwright.recipe.rules import Rule

TEXT = """\
[package]
name = "demo"
version = "1.0"
license = "MIT"

[build]
exports = "all"

[tests]
requires = ["pytest"]

[[tests.suite]]
name = "all"
"""
GOOD = replace(written("demo"), license="MIT", summary="A demo", homepage="https://example.test/")
PATCH = "Forks, and the runtime cannot.\nhttps://example.test/pull/7\n--- a/x\n+++ b/x\n"
SUITE = SelfTests(imports=("demo",), requires=("pytest",), split=(), folders=(), suites=(Suite(name="all", args=()),))


def folder(
    recipe: WrittenRecipe = GOOD,
    *,
    files: tuple[str, ...] = (),
    smoke_test: str | None = "assert f()\n",
    patches: dict[str, str] | None = None,
) -> PackageFolder:
    return PackageFolder(recipe=recipe, text=TEXT, files=frozenset(files), smoke_test=smoke_test, patches=patches or {})


def rules(looked: PackageFolder) -> list[Rule]:
    return [offence.rule for offence in lint(looked)]


def test_a_good_package_has_nothing():
    recipe = replace(GOOD, tests=SUITE, patches=("0001-a.patch",))
    assert lint(folder(recipe, files=("known_failures.toml",), patches={"0001-a.patch": PATCH})) == []


@pytest.mark.parametrize(
    ("changes", "rule", "line"),
    [
        ({"license": None}, Rule.NO_LICENSE, 4),
        ({"license": "mit"}, Rule.LICENSE_SPELLING, 4),
        ({"summary": None}, Rule.NO_SUMMARY, 1),
        ({"homepage": None}, Rule.NO_HOMEPAGE, 1),
        ({"version": "1.0rc1"}, Rule.NO_RELEASE, 3),
        ({"version": "1.0.dev3"}, Rule.NO_RELEASE, 3),
        ({"version": "1.0+local"}, Rule.NO_RELEASE, 3),
        ({"disabled": "does not work yet"}, Rule.NO_PROOF, 1),
        ({"profiles": ("p",), "profiles_reason": "fails in the other"}, Rule.NO_PROOF, 1),
        ({"build": replace(BUILD, exports=Exports.ALL)}, Rule.WIDE_EXPORTS, 7),
        ({"tests": SUITE}, Rule.NO_LIST, 12),
        ({"tests": replace(SUITE, suites=())}, Rule.UNUSED_TEST_REQUIREMENT, 10),
    ],
)
def test_each_fault_of_a_recipe_is_told_with_its_line(changes: dict[str, object], rule: Rule, line: int):
    (found,) = lint(folder(replace(GOOD, **changes)))  # type: ignore[arg-type]
    assert (found.rule, found.file, found.line) == (rule, "pkgs/demo/recipe.toml", line)
    level = "" if rule.is_error else "warning: "
    assert str(found).startswith(f"pkgs/demo/recipe.toml:{line}: {rule.id} {level}")


def test_a_wheel_has_a_test_that_can_fail_and_a_library_has_none():
    assert rules(folder(smoke_test=None)) == [Rule.NO_TEST]
    assert rules(folder(smoke_test="import demo\n")) == [Rule.ASSERTS_NOTHING]
    (found,) = lint(folder(smoke_test="import demo\n\ndef test():\n    assert f()\n"))
    assert (found.rule, found.file, found.line) == (Rule.NEVER_CALLED, "pkgs/demo/test_import.py", 3)
    library = replace(GOOD, build=replace(BUILD, type=BuildType.LIBRARY))
    assert lint(folder(library, smoke_test=None)) == []
    assert lint(folder(replace(GOOD, disabled="pulls in Rust 1.90, the base has 1.85"), smoke_test=None)) == []


def test_a_list_of_failures_belongs_to_a_suite():
    assert rules(folder(files=("known_failures.toml",))) == [Rule.LIST_WITHOUT_SUITE]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("--- a/x\n+++ b/x\n", [Rule.PATCH_REASON, Rule.PATCH_LINK]),
        ("It forks, and cannot.\n--- a/x\n", [Rule.PATCH_LINK]),
        ("https://example.test/pull/7\n--- a/x\n", [Rule.PATCH_REASON]),
        (PATCH, []),
    ],
)
def test_a_patch_has_a_reason_and_a_link(text: str, expected: list[Rule]):
    assert rules(folder(replace(GOOD, patches=("0001-a.patch",)), patches={"0001-a.patch": text})) == expected


def test_a_patch_that_nothing_names_is_a_fault():
    (found,) = lint(folder(patches={"0001-a.patch": PATCH}))
    assert (found.rule, found.file) == (Rule.PATCH_UNUSED, "pkgs/demo/patches/0001-a.patch")


def test_mistakes_of_recipes_that_cannot_be_read_are_findings_too():
    problem = Problem(file="pkgs/demo/recipe.toml", line=3, table="build", key="flags", message="unknown key")
    (found,) = mistakes([problem])
    assert str(found) == "pkgs/demo/recipe.toml:3: WR001 [build] flags: unknown key"


@pytest.mark.parametrize("reason", ["", "todo", "does not build yet", "broken on wasm", "still fails, see later"])
def test_what_only_says_that_it_does_not_work_is_no_proof(reason: str):
    assert not is_proof(reason)


@pytest.mark.parametrize(
    "reason", ["upstream dropped 32-bit platforms", "needs fork(), which the runtime lacks", "CPython 3.15: SIGSEGV"]
)
def test_what_can_be_looked_up_is_a_proof(reason: str):
    assert is_proof(reason)


def test_codes_and_names_are_unique():
    assert len({rule.id for rule in Rule}) == len({rule.slug for rule in Rule}) == len(Rule)
