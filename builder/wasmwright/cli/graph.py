"""`wasmwright graph`: which packages need which, and what a change of one would rebuild."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from wasmwright.cli.options import build_options, profile_option
from wasmwright.cli.output import say, say_json
from wasmwright.cli.ready import check_ready
from wasmwright.cli.session import checked_names, open_nix
from wasmwright.farm import rebuilds as changes
from wasmwright.farm.layers import svg
from wasmwright.farm.needs import dot, needs
from wasmwright.farm.preview import listing
from wasmwright.files import write_text
from wasmwright.generate.documents import VERSION
from wasmwright.graph import dependents
from wasmwright.packagebuild import wish_for
from wasmwright.recipe.offer import offered
from wasmwright.recipe.resolve import check_dependencies, edges

if TYPE_CHECKING:
    from wasmwright.checkout import Checkout
    from wasmwright.cli.session import BuildOptions
    from wasmwright.farm.preview import Preview


@click.command(
    epilog="\b\nExamples:\n"
    "  ./wasmwright graph scipy                    what it needs, as DOT\n"
    "  ./wasmwright graph --reverse openblas       what needs it\n"
    "  ./wasmwright graph --svg packages.svg       a drawing of all packages\n"
    "  ./wasmwright graph --rebuilds numpy         what a change of it would build anew, and how long that may take"
)
@click.argument("names", nargs=-1, metavar="[NAMES]...")
@click.option("--reverse", is_flag=True, help="What needs the packages, instead of what they need.")
@click.option(
    "--svg", "drawing", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Draw it into FILE."
)
@click.option("--rebuilds", is_flag=True, help="What a change of the packages NAMES would build anew. Asks Nix.")
@click.option("--json", "as_json", is_flag=True, help="With --rebuilds, print it as JSON (docs/reference/json.md).")
@profile_option
@build_options
def command(  # noqa: PLR0913 - options
    names: tuple[str, ...],
    *,
    reverse: bool,
    drawing: Path | None,
    rebuilds: bool,
    as_json: bool,
    checkout: Checkout,
    options: BuildOptions,
) -> None:
    """Tell which packages need which: those of NAMES with all that they need, or all of the profile.

    It is printed in Graphviz's language (DOT): libraries have corners, and a dashed arrow is for what a package needs
    only to run.
    """
    if rebuilds and (reverse or drawing is not None or not names):
        message = "--rebuilds goes with names, and without --reverse and --svg"
        raise click.UsageError(message)
    if as_json and not rebuilds:
        message = "--json goes with --rebuilds"
        raise click.UsageError(message)
    wanted = checked_names(checkout, names)
    if rebuilds:
        _show(_rebuilt(checkout, wanted, options), checkout, as_json=as_json)
        return
    recipes = offered(checkout.recipes, checkout.profile)
    if not wanted or reverse:
        # What needs a package may be any of them.
        checkout.recipes.check()
    check_dependencies(checkout.recipes, wanted or recipes)
    found = needs(recipes, wanted or recipes, reverse=reverse)
    if drawing is None:
        say(dot(found))
    else:
        write_text(drawing, svg(found))
        say(drawing)


def _rebuilt(checkout: Checkout, names: tuple[str, ...], options: BuildOptions) -> Preview:
    checkout.recipes.check()
    recipes = offered(checkout.recipes, checkout.profile)
    touched = tuple(sorted(dependents(edges(recipes), names)))
    check_ready(checkout, touched)
    sources = checkout.wanted(touched).sources
    nix = open_nix(checkout, options)
    return changes.rebuilds(wish_for(checkout, touched, test=True), names, checkout=checkout, nix=nix, sources=sources)


def _show(found: Preview, checkout: Checkout, *, as_json: bool) -> None:
    if as_json:
        say_json({"version": VERSION, "profile": checkout.profile, **found.to_json()})
    else:
        say(listing(found))
