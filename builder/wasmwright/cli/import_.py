"""`wasmwright import`: recipes of other systems as recipes of ours."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from wasmwright.cli.options import profile_option
from wasmwright.cli.output import say, say_json, show_table
from wasmwright.generate.documents import VERSION
from wasmwright.importing.errors import NotImported
from wasmwright.importing.findings import Level
from wasmwright.importing.run import Importer, System, counted
from wasmwright.importing.write import write_recipes
from wasmwright.names import first_few

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wasmwright.checkout import Checkout
    from wasmwright.importing.compose import ImportedRecipe

_NAMED = 5
_RESULTS = {
    **dict.fromkeys((None, Level.NOTE), "carried"),
    Level.PATCH: "patches",
    Level.PERSON: "person",
    Level.REFUSED: "refused",
}


@click.group(epilog="\b\nExample:\n  ./wasmwright import pyodide ../pyodide-recipes/packages", no_args_is_help=True)
def command() -> None:
    """Make recipes of those of other systems, and say what of them cannot be carried."""


def _options(function: Callable[..., None]) -> Callable[..., None]:
    """What all importers take."""
    for option in (
        profile_option,
        click.option("--json", "as_json", is_flag=True, help="Print recipes and findings as JSON."),
        click.option("--force", is_flag=True, help="Replace recipes that are there."),
        click.option(
            "--out", type=click.Path(file_okay=False, path_type=Path), metavar="DIR", help="Write DIR/NAME/recipe.toml."
        ),
        click.option("--write", is_flag=True, help="Write pkgs/NAME/recipe.toml of this checkout."),
    ):
        function = option(function)
    return function


@command.command(
    epilog="\b\nExamples:\n"
    "  ./wasmwright import pyodide meta.yaml               the recipe, and what is to be decided\n"
    "  ./wasmwright import pyodide meta.yaml --write       into pkgs/\n"
    "  ./wasmwright import pyodide recipes/packages --json > found.json"
)
@click.argument("path", type=click.Path(exists=True, path_type=Path), metavar="META.yaml|FOLDER")
@_options
def pyodide(  # noqa: PLR0913 - options
    path: Path, *, write: bool, out: Path | None, force: bool, as_json: bool, checkout: Checkout
) -> None:
    """Read a meta.yaml of Pyodide, or all below a folder.

    Nothing that a recipe names is run, fetched or copied. What is carried is printed, or written with --write or --out;
    everything else is a finding with its line. Ends with 85 where no recipe came of one.
    """
    _import(System.PYODIDE, path, _Wanted(checkout, write=write, out=out, force=force), as_json=as_json)


@command.command(
    epilog="\b\nExamples:\n"
    "  ./wasmwright import conda recipe.yaml\n"
    "  ./wasmwright import conda recipes/recipes_emscripten --out imported"
)
@click.argument("path", type=click.Path(exists=True, path_type=Path), metavar="RECIPE.yaml|FOLDER")
@_options
def conda(  # noqa: PLR0913 - options
    path: Path, *, write: bool, out: Path | None, force: bool, as_json: bool, checkout: Checkout
) -> None:
    """Read a recipe.yaml of rattler-build (version 1), or all below a folder.

    Expressions and selectors are decided for emscripten-wasm32; build scripts beside a recipe are read, and never run.
    What is carried is printed, or written with --write or --out; everything else is a finding with its line. Ends with
    85 where no recipe came of one.
    """
    _import(System.CONDA, path, _Wanted(checkout, write=write, out=out, force=force), as_json=as_json)


class _Wanted:
    """Where recipes are to be written, if at all."""

    def __init__(self, checkout: Checkout, *, write: bool, out: Path | None, force: bool) -> None:
        if write and out is not None:
            message = "give --write or --out, not both"
            raise click.UsageError(message)
        if force and not write and out is None:
            message = "--force replaces recipes: give --write or --out with it"
            raise click.UsageError(message)
        self.checkout = checkout
        self.folder = checkout.pkgs if write else out
        self.force = force


def _import(system: System, path: Path, wanted: _Wanted, *, as_json: bool) -> None:
    checkout = wanted.checkout
    importer = Importer(
        system=system,
        known=checkout.known,
        names=checkout.package_names,
        libraries=checkout.library_names,
        profile=checkout.profile,
        python=checkout.abi.python,
    )
    imported = importer.all(path) if path.is_dir() else [importer.one(path, str(path))]
    written = [] if wanted.folder is None else write_recipes(imported, wanted.folder, force=wanted.force)
    if as_json:
        say_json(_document(imported, written))
    else:
        _show(imported, written, is_shown=wanted.folder is None and not path.is_dir())
    refused = [one.file for one in imported if one.level is Level.REFUSED]
    if refused:
        message = f"{len(refused)} of {len(imported)} became no recipe: {first_few(refused, _NAMED)}"
        raise NotImported(message, hint="the findings say why; docs/how-to/import-recipes.md, what can be done")


def _show(imported: Sequence[ImportedRecipe], written: Sequence[Path], *, is_shown: bool) -> None:
    """The recipe of a file, or a table of a folder; above it the findings, of many those that are for a person."""
    for one in imported:
        for finding in one.findings:
            if len(imported) == 1 or finding.level is not Level.NOTE:
                say(str(finding), label=f"{finding.level}:", color="yellow", err=True)
    if is_shown:
        for one in imported:
            if one.text is not None:
                say(one.text.rstrip("\n"))
    else:
        rows = [(one.file, one.name or "-", one.version or "-", _result(one), *_tallies(one)) for one in imported]
        show_table(("file", "name", "version", "result", "for a person", "patches"), rows)
        count = counted(imported)
        say(
            f"{count['recipes']} read: {count['carried']} carried, {count['patches']} but for their patches, "
            f"{count['person']} for a person, {count['refused']} refused, {count['needless']} of what is here"
        )
    for path in written:
        say(path)


def _result(one: ImportedRecipe) -> str:
    return "needless" if one.is_needless else _RESULTS[one.level]


def _tallies(one: ImportedRecipe) -> tuple[str, str]:
    counts = one.count(Level.PERSON, Level.REFUSED), one.count(Level.PATCH)
    return str(counts[0] or ""), str(counts[1] or "")


def _document(imported: Sequence[ImportedRecipe], written: Sequence[Path]) -> dict[str, object]:
    paths = {path.parent.name: str(path) for path in written}
    recipes = [
        {
            "file": one.file,
            "name": one.name,
            "package_version": one.version,
            "result": _result(one),
            "recipe": one.text,
            "written": paths.get(one.name or "") if one.text is not None else None,
            "findings": [
                {
                    "file": finding.file,
                    "line": finding.line,
                    "key": finding.key,
                    "level": str(finding.level),
                    "message": finding.message,
                }
                for finding in one.findings
            ],
        }
        for one in imported
    ]
    return {"version": VERSION, "counts": counted(imported), "recipes": recipes}
