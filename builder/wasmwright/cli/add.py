"""`wasmwright add`: a project of the package index as a package."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import click
from packaging.specifiers import SpecifierSet

from wasmwright import log
from wasmwright.adding.errors import Unconfirmed
from wasmwright.adding.release import no_version
from wasmwright.adding.run import Adder
from wasmwright.adding.write import write_packages
from wasmwright.cli.options import profile_option
from wasmwright.cli.output import say, say_json
from wasmwright.cli.session import open_checkout
from wasmwright.filelock import holding
from wasmwright.generate.documents import VERSION
from wasmwright.generate.files import refresh_package_page
from wasmwright.gitcheckout import make_known
from wasmwright.importing.findings import Level
from wasmwright.names import fault, normalize, quoted
from wasmwright.recipe.problems import shown
from wasmwright.sources.registries import this_machines_registries
from wasmwright.standards import is_version

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wasmwright.adding.run import Added
    from wasmwright.checkout import Checkout
    from wasmwright.sources.registries import Registries

# What is neither a name nor a version.
_MORE = re.compile(r"[\s=<>~!,;@\[\](){}/]")


@click.command(
    epilog="\b\nExamples:\n"
    "  ./wasmwright add wrapt                       the newest release that fits\n"
    "  ./wasmwright add wrapt==2.5.2 --build        that one; then build and import it\n"
    "  ./wasmwright add yarl --dry-run              what it would be, and what it needs\n"
    "  ./wasmwright add pydantic-core --upstream-wheel"
)
@click.argument("projects", nargs=-1, required=True, metavar="NAME[==VERSION]...")
@profile_option
@click.option(
    "--upstream-wheel",
    "upstream",
    is_flag=True,
    help="Take upstream's finished wheel for the profile; of what it needs, where nothing else can be had.",
)
@click.option("--yes", is_flag=True, help="Add what it needs as well, without asking.")
@click.option("--dry-run", is_flag=True, help="Show what would be added, and write nothing.")
@click.option("--build", is_flag=True, help="Then build, audit and import what was named.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON (docs/reference/json.md).")
@click.pass_context
def command(  # noqa: PLR0913 - options
    context: click.Context,
    *,
    projects: tuple[str, ...],
    checkout: Checkout,
    upstream: bool,
    yes: bool,
    dry_run: bool,
    build: bool,
    as_json: bool,
) -> None:
    """Make packages of projects of the package index: recipe, lock and package.nix, known to git.

    The release is looked up, and its files are read: what builds it, what has to be compiled, what it requires. What
    was guessed is told, and what a person has to decide. A pure project becomes a pinned wheel, which is not built.
    What is required and has no pure wheel becomes a package too, after a question. Everything is worked out and locked
    before anything is written.

    --profile says which runtime upstream's wheels are for; what is built is for all profiles that it fits.
    """
    if as_json and build:
        message = "--json and --build do not go together: `build --json` tells of the build"
        raise click.UsageError(message)
    registries = this_machines_registries(log.say)
    wanted = _wanted(projects, checkout, registries)
    adder = Adder(
        recipes=checkout.recipes,
        targets=checkout.targets,
        known=checkout.known,
        pkgs=checkout.pkgs,
        profile=checkout.abi,
        registries=registries,
        upstream=upstream,
    )
    added = adder.add(wanted)
    if not as_json:
        _show(added)
    if not dry_run:
        _confirm(added, yes=yes)
        _write(checkout, added)
    if as_json:
        say_json({"version": VERSION, "written": not dry_run, "packages": [_document(one) for one in added]})
    elif dry_run:
        say("nothing is written")
    else:
        _tell_next(added, is_built=build)
    if build and not dry_run:
        group = context.find_root().command
        assert isinstance(group, click.Group)
        builds = group.get_command(context, "build")
        assert builds is not None
        # Opened anew: the recipes are other ones now.
        context.invoke(builds, names=tuple(wanted), checkout=open_checkout(checkout.profile))


def _wanted(projects: Sequence[str], checkout: Checkout, registries: Registries) -> dict[str, SpecifierSet]:
    """Which projects, and of each which versions; any, where none is said."""
    named = [*map(_named, projects)]
    asked = dict(named)
    for name, version in named:
        if asked[name] != version:
            message = f"{name} is asked for twice, with different versions"
            raise click.UsageError(message)
    for name, version in asked.items():
        if version is not None and not is_version(version):
            raise no_version(name, version, registries, known=checkout.recipes)
    return {name: SpecifierSet("" if version is None else f"=={version}") for name, version in asked.items()}


def _named(text: str) -> tuple[str, str | None]:
    """A name, and the text of its version; None, where there is none."""
    name, equals, version = (part.strip() for part in text.partition("=="))
    if fault(normalize(name)) is None and bool(equals) == bool(version) and not _MORE.search(version):
        return normalize(name), version or None
    message = f"{quoted(text)} {_why_not(text)}: give `NAME` or `NAME==VERSION`, of a project of the package index"
    raise click.UsageError(message)


def _why_not(text: str) -> str:
    """Why something is no project."""
    reasons = {
        "is no project's name": not text.strip(),
        "is an address; recipes name other sources (docs/reference/recipe.md)": "://" in text or "@" in text,
        "names extras, which are no part of a package; what one requires is added by its own name": "[" in text,
        "has a marker; a recipe's `profiles` say which runtimes it is for": ";" in text,
        "is a path; `./wasmwright build FOLDER` builds a project of yours": "/" in text or "\\" in text or text == ".",
        "has `==`, and no version": text.rstrip().endswith("=="),
        "says more than a name and a version": bool(_MORE.search(text)),
    }
    return next((reason for reason, is_so in reasons.items() if is_so), "is no project's name")


def _show(added: Sequence[Added]) -> None:
    for one in added:
        project = one.draft.project
        why = f", for {one.wanted_by}" if one.wanted_by is not None else ""
        say(f"{project.release.title}{why}: {project.made_of}")
        profiles = one.draft.recipe.profiles
        if profiles is not None:
            say(f"  for {', '.join(profiles)} only: {one.draft.recipe.profiles_reason}")
        for need in one.draft.recipe.run:
            say(f"  needs {need}, which is a package")
        for finding in one.draft.findings:
            label = "to decide" if finding.level is Level.PERSON else "guessed"
            say(f"  {label}: {': '.join(part for part in (finding.key, finding.message) if part)}")


def _confirm(added: Sequence[Added], *, yes: bool) -> None:
    """Ask about packages that nobody named. Raises Unconfirmed."""
    others = [one.name for one in added if one.wanted_by is not None]
    if not others or yes:
        return
    named = ", ".join(others)
    if not sys.stdin.isatty():
        message = f"{named} would be added too, and there is nobody to ask"
        raise Unconfirmed(message, hint="give --yes, or add them by name first")
    if not click.confirm(f"Add {named} too?", err=True):
        message = f"{named} not wanted; nothing is written"
        raise Unconfirmed(message, hint="add them by name, or take another version of what needs them")


def _write(checkout: Checkout, added: Sequence[Added]) -> None:
    def waiting(pid: str) -> None:
        log.say(f"another `add` (pid {pid}) writes; waiting")

    with holding(checkout.root / ".wasmwright" / "add.lock", waiting=waiting):
        folders = write_packages(added, checkout.root)
    refresh_package_page(checkout.root, open_checkout(checkout.profile).recipes)
    make_known(checkout.root, [folder.relative_to(checkout.root).as_posix() for folder in folders])


def _tell_next(added: Sequence[Added], *, is_built: bool) -> None:
    for one in added:
        folder = shown(one.draft.recipe.path).rpartition("/")[0]
        say(f"wrote {folder}: recipe.toml, lock.json, package.nix")
    named = [one.name for one in added if one.wanted_by is None]
    then = "" if is_built else f"; `./wasmwright build {' '.join(named)}`"
    say(f"next: a test_import.py in each that asserts a value of the native package{then}")


def _document(one: Added) -> dict[str, object]:
    project = one.draft.project
    return {
        "name": one.name,
        "package_version": one.draft.recipe.version,
        "way": project.way.name.lower(),
        "made_of": project.made_of,
        "wanted_by": one.wanted_by,
        "profiles": [profile.name for profile in project.profiles],
        "requires": [*one.draft.recipe.run],
        "recipe": one.draft.text,
        "findings": [
            {"key": finding.key, "level": str(finding.level), "message": finding.message}
            for finding in one.draft.findings
        ],
    }
