"""`wasmwright list`: which packages there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from wasmwright.cli.options import profile_text_option
from wasmwright.cli.output import say, say_json, show_table
from wasmwright.cli.selection import looked_at, view_options
from wasmwright.cli.session import every_checkout, open_checkout
from wasmwright.farm.overview import Overview, overview
from wasmwright.generate.documents import VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wasmwright.checkout import Checkout
    from wasmwright.cli.selection import Asked


@click.command(
    epilog="\b\nExamples:\n"
    "  ./wasmwright list\n"
    "  ./wasmwright list --set science --profile 2026_5\n"
    "  ./wasmwright list 'py*' --json\n"
    "  ./wasmwright list --changed-since main"
)
@click.argument("names", nargs=-1, metavar="[NAMES | GLOBS]...")
@profile_text_option("Default: all of them.")
@view_options
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON (docs/reference/json.md).")
def command(*, asked: Asked, profile: str | None, as_json: bool) -> None:
    """List packages, all unless some are chosen: version, kind, profiles, sets, licence.

    Recipes are read, and nothing else. What is not built says why.
    """
    checkouts = every_checkout() if profile is None else [open_checkout(profile)]
    recipes = checkouts[0].recipes
    names = looked_at(checkouts[0], asked)
    rows = [overview(recipes[name], [checkout.profile for checkout in checkouts]) for name in names]
    if as_json:
        say_json({"version": VERSION, "packages": [row.to_json() for row in rows]})
    else:
        _show(rows, checkouts)
    # What has mistakes hides none of the others, and is told in the end.
    recipes.check()


def _show(rows: Sequence[Overview], checkouts: Sequence[Checkout]) -> None:
    short = {checkout.profile: checkout.abi.short for checkout in checkouts}
    heads = ("package", "version", "kind", "profiles", "sets", "licence")
    show_table(heads, [_row(row, short) for row in rows])
    reasons = dict.fromkeys(reason for row in rows for reason in row.reasons.values() if reason is not None)
    for reason in reasons:
        say(reason)
    offered = sum(row.is_offered for row in rows)
    left = f", {len(rows) - offered} of them not built" if offered < len(rows) else ""
    say(f"{len(rows)} package{'s' * (len(rows) != 1)}{left}")


def _row(row: Overview, short: dict[str, str]) -> tuple[str, ...]:
    profiles = " ".join(short[name] for name, reason in row.reasons.items() if reason is None)
    return row.name, row.version, row.kind, profiles or "none", " ".join(row.sets), row.license or ""
