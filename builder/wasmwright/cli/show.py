"""`wasmwright show`: all that is known of a package."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from wasmwright import log
from wasmwright.cli.options import profile_text_option
from wasmwright.cli.output import say, say_json
from wasmwright.cli.session import every_checkout, open_checkout
from wasmwright.farm.portrait import Portrait, portrait
from wasmwright.generate.documents import VERSION
from wasmwright.names import find

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wasmwright.farm.portrait import BuiltShown, PatchShown, ProfileShown, SuiteShown
    from wasmwright.farm.results import LastResult


@click.command(epilog="\b\nExamples:\n  ./wasmwright show numpy\n  ./wasmwright show scipy --profile 2026_5 --json")
@click.argument("name")
@profile_text_option("Default: all of them.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON (docs/reference/json.md).")
def command(name: str, *, profile: str | None, as_json: bool) -> None:
    """Show the package NAME: versions, what it needs, what needs it, sources, patches, last results.

    What was built is what this checkout built last, and what the store still has. Nothing is built or asked of Nix.
    """
    checkouts = every_checkout() if profile is None else [open_checkout(profile)]
    found = portrait(find(name, checkouts[0].package_names), checkouts)
    if as_json:
        say_json({"version": VERSION, "package": found.to_json()})
    else:
        say("\n".join(_lines(found)))


def _lines(found: Portrait) -> Iterator[str]:
    recipe = found.recipe
    yield f"{recipe.name} {recipe.version}, {found.kind}"
    for title, value in (
        ("", recipe.summary),
        ("licence: ", recipe.license),
        ("homepage: ", recipe.homepage),
        ("sets: ", _listed(recipe.sets)),
        ("disabled: ", recipe.disabled),
        ("held at this version: ", recipe.hold),
        ("tools: ", _listed(recipe.build.tools)),
        ("imports: ", _listed(recipe.tests.imports)),
        ("needs to build: ", _listed(recipe.host)),
        ("needs to run: ", _listed(recipe.run)),
        ("needs in all: ", _listed(found.needs)),
        ("needed by: ", _listed(found.needed_by)),
    ):
        if value:
            yield f"  {title}{value}"
    for source in found.sources:
        place = f", into {source.into}" if source.into else ""
        place += f", for {', '.join(source.profiles)}" if source.profiles else ""
        yield f"  source: {source.purl}  {log.size(source.size)}{place}"
    if not found.sources:
        yield "  source: not locked yet"
    for patch in found.patches:
        yield from _patch(patch)
    for profile in found.profiles:
        yield from _profile(profile)


def _patch(patch: PatchShown) -> Iterator[str]:
    yield f"  patch: {patch.name}"
    yield f"    {patch.reason or 'no reason is given'}"
    for link in patch.links:
        yield f"    {link}"


def _profile(profile: ProfileShown) -> Iterator[str]:
    yield f"{profile.profile}:"
    if profile.reason is not None:
        yield f"  {profile.reason}"
    if profile.built is None:
        yield "  not built here, or not in the store any more"
    else:
        yield from _built(profile.built)
    if profile.last is not None:
        yield from _last(profile.last)
    if profile.suite is not None:
        yield from _suite(profile.suite)


def _built(built: BuiltShown) -> Iterator[str]:
    yield f"  built: {built.version}, {built.out}"
    for wheel in built.wheels:
        yield f"  wheel: {wheel.file}  {log.size(wheel.size)}"
    if not built.wheels:
        yield f"  size: {log.size(built.size)}"


def _last(last: LastResult) -> Iterator[str]:
    stage = f" ({last.stage})" if last.stage else ""
    time = f" in {log.duration(last.seconds)}" if last.seconds is not None else ""
    yield f"  last build: {last.outcome}{stage}{time}, {last.at}"
    if last.error is not None:
        yield f"    {last.error.splitlines()[0]}"
    if last.log is not None:
        yield f"    log: {last.log}"


def _suite(suite: SuiteShown) -> Iterator[str]:
    yield f"  suite: {'as its known failures say' if suite.ok else 'not as its known failures say'}"
    for part in suite.parts:
        failed = f", {part.failed} failed, {part.known} of them known" if part.failed else ""
        yield f"    {part.name}: {part.tests} tests, {part.passed} passed{failed}, {log.duration(part.seconds)}"


def _listed(texts: Iterable[str]) -> str:
    return ", ".join(texts)
