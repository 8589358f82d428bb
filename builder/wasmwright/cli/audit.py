"""`wasmwright audit`: whether wheels keep the ABI that they claim."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich import box
from rich.console import Console
from rich.table import Table

from wasmwright import paths
from wasmwright.audit.errors import AuditFailed
from wasmwright.audit.render import as_json, as_text
from wasmwright.audit.runtime import load_runtime
from wasmwright.audit.subjects import audit_all
from wasmwright.cli.buildview import build_view
from wasmwright.cli.session import open_nix, profile_name
from wasmwright.cli.transfer import transfer_progress
from wasmwright.nix import exactly_one
from wasmwright.wanted import ensure_sources

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wasmwright.audit import Report

_EXISTING = click.Path(exists=True, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command(
    epilog="\b\nExamples:\n"
    "  ./wasmwright audit dist/demo-1.0-cp315-cp315-pyemscripten_2026_5_wasm32.whl\n"
    "  ./wasmwright audit --runtime node_modules/pyodide --json dist/*.whl"
)
@click.argument("wheels", nargs=-1, required=True, type=_EXISTING)
@click.option("--runtime", type=_FOLDER, help="Folder of a Pyodide distribution; by default the pinned one is built.")
@click.option(
    "--library",
    "libraries",
    multiple=True,
    type=_EXISTING,
    help="Side module, or folder or wheel of some, loaded with the wheels.",
)
@click.option("--platform-tag", metavar="TAG", help="Expect this platform instead of the runtime's.")
@click.option("--json", "is_json", is_flag=True, help="Print the reports as JSON.")
def command(
    wheels: tuple[Path, ...],
    *,
    runtime: Path | None,
    libraries: tuple[Path, ...],
    platform_tag: str | None,
    is_json: bool,
) -> None:
    """Check WHEELS: tags, imports and their types, exceptions, threads, leaked paths, RECORD.

    Several are taken as installed beside each other, a folder as a library. Ends with 40 when something is found.
    """
    loaded = load_runtime(runtime or _pinned_runtime())
    reports = audit_all(wheels, runtime=loaded, libraries=libraries, platform_tag=platform_tag)
    if is_json:
        click.echo(as_json(reports), nl=False)
    else:
        _show(reports)
    bad = [report.subject for report in reports if not report.ok]
    if bad:
        message = f"{len(bad)} of {len(reports)} do not keep the ABI: {', '.join(bad)}"
        raise AuditFailed(message, hint="each finding above says what to do; docs/reference/audit.md lists the codes")


def _pinned_runtime() -> Path:
    nix = open_nix()
    ensure_sources(None, root=paths.project_root(), profile=profile_name(), nix=nix, progress=transfer_progress())
    return exactly_one(nix.build([".#pyodide-runtime"], progress=build_view(verbose=False))).out


def _show(reports: Sequence[Report]) -> None:
    """A table for people, lines for pipes."""
    console = Console()
    if not console.is_terminal:
        click.echo("".join(as_text(report) for report in reports), nl=False)
        return
    for report in reports:
        if report.ok:
            console.print(f"[green]ok[/]  {report.subject}", highlight=False)
            continue
        table = Table(title=report.subject, title_justify="left", box=box.SIMPLE_HEAD)
        for heading in ("code", "member", "finding"):
            table.add_column(heading, overflow="fold", no_wrap=heading == "code")
        for finding in report.findings:
            table.add_row(finding.code.id, finding.member, finding.message)
        console.print(table)
        for hint in dict.fromkeys(finding.hint or finding.code.hint for finding in report.findings):
            console.print(f"[cyan]hint:[/] {hint}", highlight=False)
