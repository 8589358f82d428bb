"""`wasmwright audit`: whether wheels keep the ABI that they claim."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wasmwright.audit.errors import AuditFailed
from wasmwright.audit.render import as_json, as_text, heading
from wasmwright.audit.runtime import load_runtime
from wasmwright.audit.subjects import audit_all
from wasmwright.cli.buildview import build_view
from wasmwright.cli.options import profile_is_written, profile_text_option
from wasmwright.cli.output import say, show_table
from wasmwright.cli.session import every_checkout, fetch_sources, open_checkout, open_nix
from wasmwright.errors import InvalidProfile
from wasmwright.nix import exactly_one
from wasmwright.wheel.inspect import check_wheel
from wasmwright.wheel.tags import parse_wheel_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wasmwright.audit import Finding, Report
    from wasmwright.checkout import Checkout

ANY = "any"
_LIBRARIES = ("*.a", "*.so", "*.so.*")


class _Readable(click.Path):
    """A file or a folder: reading a pipe waits, and a device may have no end."""

    def convert(self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path. Raises BadParameter."""
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        if _is_odd(path):
            self.fail(_ODD.format(path), param, ctx)
        return path


def _is_odd(path: Path) -> bool:
    return path.exists() and not (path.is_file() or path.is_dir())


_ODD = "{} is neither a file nor a folder."
_EXISTING = _Readable(exists=True, path_type=Path)
_FOLDER = _Readable(exists=True, file_okay=False, path_type=Path)


@click.command(
    epilog="\b\nExamples:\n"
    "  ./wasmwright audit dist/demo-1.0-cp314-cp314-pyemscripten_2026_0_wasm32.whl\n"
    "  ./wasmwright audit --profile 2026_5 build/liba\n"
    "  ./wasmwright audit --runtime node_modules/pyodide --json dist/*.whl"
)
@click.argument("wheels", nargs=-1, required=True, type=_EXISTING)
@profile_text_option(
    "Default: what a wheel's own platform tag says, also against the variable; for folders, and wheels for any "
    "platform, that of the others, the variable's or that of this checkout."
)
@click.option(
    "--runtime", type=_FOLDER, help="Folder of a Pyodide distribution to check against, instead of a profile."
)
@click.option(
    "--library",
    "libraries",
    multiple=True,
    type=_EXISTING,
    help="Side module, or folder or wheel of some, loaded with the wheels.",
)
@click.option("--platform-tag", metavar="TAG", help="Expect this platform instead of the runtime's.")
@click.option("--json", "is_json", is_flag=True, help="Print the reports as JSON.")
@click.pass_context
def command(  # noqa: PLR0913 - options
    ctx: click.Context,
    wheels: tuple[Path, ...],
    *,
    profile: str | None,
    runtime: Path | None,
    libraries: tuple[Path, ...],
    platform_tag: str | None,
    is_json: bool,
) -> None:
    """Check WHEELS: tags, imports and their types, exceptions, threads, leaked paths, RECORD.

    Those for one profile are taken as installed beside each other, a folder as a library. Ends with 40 when an
    error is found, not for warnings.
    """
    is_written = profile_is_written(ctx)
    if runtime and is_written:
        message = "give --runtime or --profile, not both"
        raise click.UsageError(message)
    # A runtime may have to be fetched first: what is no wheel is told before.
    for path in wheels:
        if path.is_dir():
            _refuse_folder_of_wheels(path)
        else:
            check_wheel(path)
    inside = [*(runtime.iterdir() if runtime else ()), *(path for given in libraries for path in given.rglob("*.a"))]
    for path in filter(_is_odd, inside):
        raise click.UsageError(_ODD.format(path))
    if runtime:
        groups = [_Group(runtime=runtime, paths=wheels)]
    else:
        groups = _by_pinned_runtime(wheels, profile, is_written=is_written)
    found: dict[Path, Report] = {}
    for group in groups:
        audited = audit_all(
            group.paths,
            runtime=load_runtime(group.runtime),
            libraries=libraries,
            platform_tag=platform_tag,
            differing=group.differing,
        )
        found |= dict(zip(group.paths, audited, strict=True))
    reports = [found[path] for path in dict.fromkeys(wheels)]
    if is_json:
        say(as_json(reports).rstrip("\n"))
    else:
        _show(reports)
    bad = [report.subject for report in reports if not report.ok]
    if bad:
        message = f"{len(bad)} of {len(reports)} do not keep the ABI: {', '.join(bad)}"
        raise AuditFailed(message, hint="each finding above says what to do; docs/reference/audit.md lists the codes")


def _refuse_folder_of_wheels(path: Path) -> None:
    """As a library nothing of it would be looked at, and it would be told to be well."""
    if any(path.glob("*.whl")) and not any(any(path.rglob(pattern)) for pattern in _LIBRARIES):
        message = f"{path} holds wheels and no library, as which a folder is checked: name the wheels, {path}/*.whl"
        raise click.UsageError(message)


@dataclass(frozen=True, kw_only=True)
class _Group:
    """What is checked against one runtime, and the functions that have other types there than the compiler has."""

    runtime: Path
    paths: Sequence[Path]
    differing: tuple[str, ...] = ()


def _by_pinned_runtime(paths: Sequence[Path], profile: str | None, *, is_written: bool) -> list[_Group]:
    """The runtimes to check against, built where that is needed, each with what is checked against it.

    A `profile` that is not written is for what names none.
    """
    if is_written:
        return [_group(open_checkout(profile), paths)]
    named = {path: _named_by(path) for path in paths}
    checkouts = {checkout.profile: checkout for checkout in named.values() if checkout is not None}
    # What names no platform goes with the others, where these agree.
    otherwise = next(iter(checkouts.values())) if len(checkouts) == 1 else open_checkout(profile)
    groups: dict[str, list[Path]] = {}
    for path, checkout in named.items():
        groups.setdefault((checkout or otherwise).profile, []).append(path)
    checkouts[otherwise.profile] = otherwise
    return [_group(checkouts[name], group) for name, group in groups.items()]


def _group(checkout: Checkout, paths: Sequence[Path]) -> _Group:
    return _Group(runtime=_built_runtime(checkout), paths=paths, differing=checkout.abi.differing)


def _named_by(path: Path) -> Checkout | None:
    """The profile that a wheel's name says it is for, or None for a folder and a wheel for any platform.

    Raises InvalidWheel, and InvalidProfile where there is no such profile.
    """
    platform = ANY if path.is_dir() else parse_wheel_name(path.name).platform
    if platform == ANY:
        return None
    known = every_checkout()
    for checkout in known:
        if checkout.abi.platform in platform.split("."):
            return checkout
    message = f"{path.name} is for {platform}, and no profile of this checkout is"
    names = ", ".join(checkout.profile for checkout in known)
    hint = f"give the folder of its Pyodide distribution with --runtime; the profiles are {names}"
    raise InvalidProfile(message, hint=hint)


def _built_runtime(checkout: Checkout) -> Path:
    nix = open_nix(checkout)
    fetch_sources(checkout, (), nix=nix)
    return exactly_one(nix.build([checkout.output("pyodide-runtime")], progress=build_view(verbose=False))).out


def _show(reports: Sequence[Report]) -> None:
    """A table for people, lines for pipes."""
    for report in reports:
        if not report.findings or not sys.stdout.isatty():
            say(as_text(report).rstrip("\n"))
            continue
        rows = [(_code(finding), finding.member, finding.message) for finding in report.findings]
        show_table(("code", "member", "finding"), rows, title=heading(report), ruled=True)
        for hint in dict.fromkeys(finding.hint or finding.code.hint for finding in report.findings):
            say(hint, label="hint:", color="cyan")


def _code(finding: Finding) -> str:
    return finding.code.id if finding.code.is_error else f"{finding.code.id} (warning)"
