"""`wasmwright check-recipes`: what is questionable in recipes, patches and tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from wasmwright import limits, reading
from wasmwright.cli.options import profile_option
from wasmwright.cli.output import say, say_json
from wasmwright.cli.selection import looked_at, view_options
from wasmwright.errors import QuestionableRecipes
from wasmwright.farm.unusedhost import unused_hosts
from wasmwright.generate.documents import VERSION
from wasmwright.recipe.lint import PackageFolder, lint, mistakes
from wasmwright.recipe.parse import KNOWN_FAILURES, SMOKE_TEST
from wasmwright.recipe.patchhead import patch_text
from wasmwright.recipe.problems import shown
from wasmwright.recipe.rules import Offence, Rule
from wasmwright.runtime.errors import InvalidKnownFailures
from wasmwright.runtime.known import load_known

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wasmwright.checkout import Checkout
    from wasmwright.cli.selection import Asked
    from wasmwright.recipe.model import WrittenRecipe


@click.command(
    epilog="\b\nExamples:\n"
    "  ./wasmwright check-recipes\n"
    "  ./wasmwright check-recipes 'py*' --json\n"
    "  ./wasmwright check-recipes --changed-since main"
)
@click.argument("names", nargs=-1, metavar="[NAMES | GLOBS]...")
@profile_option
@view_options
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON (docs/reference/json.md).")
def command(*, asked: Asked, checkout: Checkout, as_json: bool) -> None:
    """Look the recipes, patches and tests of packages through, all unless some are chosen.

    docs/reference/recipe-checks.md has every code. Warnings fail nothing. Nothing is built; whether a build names what
    it depends on is looked up in its source, where the store has that.
    """
    names = looked_at(checkout, asked)
    recipes = checkout.recipes
    found = [offence for name in names for offence in _look_through(recipes[name], checkout)]
    if not asked.names:
        found += [offence for problems in recipes.broken.values() for offence in mistakes(problems.found)]
    found.sort(key=lambda one: (one.file, one.line or 0))
    errors = sum(one.rule.is_error for one in found)
    if as_json:
        say_json({"version": VERSION, "ok": not errors, "findings": [one.to_json() for one in found]})
    else:
        _show(found, len(names))
    if errors:
        message = f"{errors} {'faults' if errors > 1 else 'fault'} in recipes"
        raise QuestionableRecipes(message, hint="docs/reference/recipe-checks.md has every code, and what to do")


def _look_through(recipe: WrittenRecipe, checkout: Checkout) -> list[Offence]:
    folder = recipe.folder
    text = reading.file_text(recipe.path, limits.TOML_SIZE)
    patches = {file.name: patch_text(file) for file in sorted(folder.glob("patches/*")) if file.is_file()}
    script = folder / SMOKE_TEST
    looked = PackageFolder(
        recipe=recipe,
        text=text,
        files=frozenset(file.name for file in folder.iterdir()),
        smoke_test=script.read_text(encoding="utf-8", errors="replace") if script.is_file() else None,
        patches=patches,
    )
    used = {name: patches[name] for name in recipe.patches if name in patches}
    return [*lint(looked), *_known_failures(recipe, checkout), *unused_hosts(recipe, text, used, checkout)]


def _known_failures(recipe: WrittenRecipe, checkout: Checkout) -> list[Offence]:
    """What keeps the list from being read, which otherwise a run of the suite tells at its end."""
    path = recipe.folder / KNOWN_FAILURES
    try:
        load_known(path, profile=checkout.profile, profiles=checkout.known.profiles)
    except InvalidKnownFailures as error:
        message = str(error).removeprefix(f"{path}: ")
        return [Offence(file=shown(path), line=None, rule=Rule.MISTAKE, message=message)]
    return []


def _show(found: Sequence[Offence], looked_at: int) -> None:
    for offence in found:
        say(offence)
    for rule in sorted({offence.rule for offence in found}, key=lambda rule: rule.id):
        say(f"{rule.id}: {rule.hint}")
    errors = sum(one.rule.is_error for one in found)
    counted = ((looked_at, "package"), (errors, "fault"), (len(found) - errors, "warning"))
    packages, faults, warnings = (f"{count} {word}{'s' * (count != 1)}" for count, word in counted)
    say(f"{packages}: {faults}, {warnings}")
