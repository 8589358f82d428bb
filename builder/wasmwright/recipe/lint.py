"""What is questionable in a package's folder, though it can be built. Pure: texts come in, faults come out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from packaging.licenses import canonicalize_license_expression
from packaging.version import Version

from wasmwright.recipe.model import BuildType, Exports
from wasmwright.recipe.parse import KNOWN_FAILURES, RECIPE, SMOKE_TEST
from wasmwright.recipe.patchhead import patch_head
from wasmwright.recipe.positions import Positions
from wasmwright.recipe.problems import shown
from wasmwright.recipe.rules import Offence, Rule
from wasmwright.recipe.smoketest import read_smoke_test

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from wasmwright.recipe.model import WrittenRecipe
    from wasmwright.recipe.problems import Problem

# What says nothing of why: a reason needs words beside these.
_VAGUE = frozenset(
    {
        *("a", "an", "and", "at", "be", "for", "has", "have", "in", "is", "it", "its", "of", "on", "some", "the"),
        *("there", "this", "to", "with", "any", "anymore", "currently", "later", "more", "not", "now", "once", "soon"),
        *("still", "temporarily", "time", "until", "yet", "does", "doesn't", "can't", "cannot", "why", "somehow"),
        *("broken", "bug", "bugs", "build", "building", "builds", "compile", "compiles", "disabled", "error"),
        *("errors", "fail", "failed", "failing", "fails", "fixme", "investigate", "package", "pending", "problem"),
        *("problems", "reason", "support", "supported", "tbd", "test", "tests", "todo", "unknown", "unsupported"),
        *("wasm", "webassembly", "wip", "work", "working", "works", "been"),
    }
)
_WORDS_OF_PROOF = 2


@dataclass(frozen=True, kw_only=True)
class PackageFolder:
    """A package as it is looked through. `text` is the recipe's; `patches` are the texts of all files in patches/."""

    recipe: WrittenRecipe
    text: str
    files: frozenset[str]
    smoke_test: str | None
    patches: Mapping[str, str]


def mistakes(problems: Iterable[Problem]) -> Iterator[Offence]:
    """What keeps recipes from being read."""
    for problem in problems:
        yield Offence(file=problem.file, line=problem.line, rule=Rule.MISTAKE, message=problem.without_file)


def lint(folder: PackageFolder) -> list[Offence]:
    """All that is questionable, in the order of files and lines."""
    linter = _Linter(folder=folder, positions=Positions(folder.text))
    found = [*linter.package(), *linter.build(), *linter.tests(), *linter.patches()]
    return sorted(found, key=lambda one: (one.file, one.line or 0, one.rule.id, one.message))


@dataclass(frozen=True, kw_only=True)
class _Linter:
    folder: PackageFolder
    positions: Positions

    def package(self) -> Iterator[Offence]:
        recipe = self.folder.recipe
        for key, value, rule in (
            ("license", recipe.license, Rule.NO_LICENSE),
            ("summary", recipe.summary, Rule.NO_SUMMARY),
            ("homepage", recipe.homepage, Rule.NO_HOMEPAGE),
        ):
            if value is None:
                yield self.at(rule, f"[package] has no `{key}`", "package", key)
        if recipe.license is not None and (usual := canonicalize_license_expression(recipe.license)) != recipe.license:
            yield self.at(Rule.LICENSE_SPELLING, f"`{recipe.license}` is spelled `{usual}`", "package", "license")
        version = Version(recipe.version)
        if version.is_prerelease or version.local is not None:
            yield self.at(Rule.NO_RELEASE, f"{recipe.version} is no release", "package", "version")
        for key, reason in self._reasons():
            if reason is not None and not is_proof(reason):
                yield self.at(Rule.NO_PROOF, f"`{key}` does not say what was seen: {reason}", "package", key)

    def _reasons(self) -> tuple[tuple[str, str | None], ...]:
        recipe = self.folder.recipe
        return ("disabled", recipe.disabled), ("profiles-reason", recipe.profiles_reason), ("hold", recipe.hold)

    def build(self) -> Iterator[Offence]:
        if self.folder.recipe.build.exports is Exports.ALL:
            yield self.at(Rule.WIDE_EXPORTS, "every symbol of every module is exported", "build", "exports")

    def tests(self) -> Iterator[Offence]:
        recipe, tests = self.folder.recipe, self.folder.recipe.tests
        is_wheel = recipe.build.type is BuildType.WHEEL
        if is_wheel and self.folder.smoke_test is None and recipe.disabled is None:
            yield self.at(Rule.NO_TEST, f"there is no {SMOKE_TEST}: nothing shows that it gives right results")
        elif self.folder.smoke_test is not None:
            yield from self._smoke_test(self.folder.smoke_test)
        has_list = KNOWN_FAILURES in self.folder.files
        if tests.suites and not has_list:
            yield self.at(Rule.NO_LIST, f"a suite, but no {KNOWN_FAILURES}", "tests", "suite")
        if has_list and not tests.suites:
            yield self.in_file(Rule.LIST_WITHOUT_SUITE, KNOWN_FAILURES, f"{RECIPE} has no [[tests.suite]]")
        for key, unused in (("requires", tests.requires), ("folders", tests.folders)):
            if unused and not tests.suites:
                message = f"nothing uses {', '.join(unused)}: there is no [[tests.suite]]"
                yield self.at(Rule.UNUSED_TEST_REQUIREMENT, message, "tests", key)

    def _smoke_test(self, text: str) -> Iterator[Offence]:
        found = read_smoke_test(text)
        for function in found.uncalled:
            yield self.in_file(Rule.NEVER_CALLED, SMOKE_TEST, f"nothing calls `{function.name}`", function.line)
        if not found.asserts and not found.uncalled:
            yield self.in_file(Rule.ASSERTS_NOTHING, SMOKE_TEST, found.fault or "it asserts nothing", found.line)

    def patches(self) -> Iterator[Offence]:
        for name, text in sorted(self.folder.patches.items()):
            if name not in self.folder.recipe.patches:
                yield self.in_file(Rule.PATCH_UNUSED, f"patches/{name}", f"{RECIPE} does not name it")
                continue
            head = patch_head(text)
            if not head.reason:
                yield self.in_file(Rule.PATCH_REASON, f"patches/{name}", "no reason stands at its head", 1)
            if not head.links:
                yield self.in_file(Rule.PATCH_LINK, f"patches/{name}", "no link upstream stands at its head", 1)

    def at(self, rule: Rule, message: str, *place: str) -> Offence:
        line = self.positions.line(place) if place else None
        return Offence(file=shown(self.folder.recipe.path), line=line, rule=rule, message=message)

    def in_file(self, rule: Rule, file: str, message: str, line: int | None = None) -> Offence:
        package = shown(self.folder.recipe.path).removesuffix(RECIPE)
        return Offence(file=f"{package}{file}", line=line, rule=rule, message=message)


def is_proof(reason: str) -> bool:
    """Whether a reason says something that can be looked up, and not only that it does not work."""
    words = {word.lower() for word in re.findall(r"[A-Za-z0-9_'./-]{2,}", reason)}
    return len(words - _VAGUE) >= _WORDS_OF_PROOF
