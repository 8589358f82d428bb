"""`wasmwright generate`: write the Nix files that belong to recipes and locks."""

from __future__ import annotations

import click

from wasmwright.cli.output import say, say_json
from wasmwright.cli.session import open_checkout
from wasmwright.generate.documents import VERSION
from wasmwright.generate.files import drift, stale, write


@click.command(
    epilog="\b\nExamples:\n"
    "  ./wasmwright generate                 after changing recipes, or pulling\n"
    "  ./wasmwright generate numpy           of one package, whatever the others are like\n"
    "  ./wasmwright generate --check         what a commit check runs"
)
@click.argument("names", nargs=-1)
@click.option("--check", is_flag=True, help="Write nothing; exit 14 and show the difference where a file is not fresh.")
@click.option("--json", "as_json", is_flag=True, help="Say as JSON what was done.")
def command(names: tuple[str, ...], *, check: bool, as_json: bool) -> None:
    """Write the package.nix of packages NAMES; without names of all, and the reference pages."""
    checkout = open_checkout()
    root, files = checkout.root, checkout.generated(names)
    found = drift(root, files)
    drifted = {entry.path for entry in found}
    if not check:
        write(root, [file for file in files if file.path in drifted])
    remaining = drift(root, files)
    written = [entry.path for entry in found if entry not in remaining]
    if as_json:
        report = {
            "version": VERSION,
            "written": written,
            "fresh": [file.path for file in files if file.path not in drifted],
            "stale": [{"path": entry.path, "reason": entry.reason, "diff": entry.diff} for entry in remaining],
        }
        say_json(report)
    else:
        for path in written:
            say(f"wrote {path}")
        if not found:
            say(f"{len(files)} generated file{'s' * (len(files) != 1)} fresh")
    if remaining:
        raise stale(remaining)
