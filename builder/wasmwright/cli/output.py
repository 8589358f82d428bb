"""How commands print. Names, paths and messages come from files, registries and builds: all pass the cleaner here."""

from __future__ import annotations

import json
import os
import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING

import click

from wasmwright import log
from wasmwright.plaintext import visible, visible_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Columns, where nothing has to fit: rich makes a table no wider than its texts.
_NO_END = 1 << 20


def say(text: object, *, label: str = "", color: str | None = None, err: bool = False) -> None:
    """Print a text of one or more lines, after a label in colour; on standard output, or with `err` on the other.

    Lines after the first are indented, unless they are: what stands at the beginning of a line is our own.
    """
    shown = visible(str(text))
    if label:
        first, *others = shown.split("\n")
        shown = "\n".join([f"{click.style(label, fg=color, bold=err)} {first}", *map(_indented, others)])
    with log.telling() if err else nullcontext():
        # None lets click decide: colours on a terminal only.
        click.echo(shown, err=err, color=False if os.environ.get("NO_COLOR") else None)


def say_json(document: Mapping[str, object]) -> None:
    """Print a JSON document; what is no ASCII is escaped in it."""
    click.echo(json.dumps(document, indent=1))


def show_table(
    headings: Sequence[str], rows: Sequence[Sequence[str]], *, title: str | None = None, ruled: bool = False
) -> None:
    """Print a table: on a terminal as wide as that, elsewhere a line for each row. What is too long is folded."""
    from rich import box  # noqa: PLC0415 - takes long, and few commands have a table
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(
        title=None if title is None else Text(visible_line(title)),
        title_justify="left",
        box=box.SIMPLE_HEAD if ruled else None,
    )
    for number, heading in enumerate(headings):
        table.add_column(heading, overflow="fold", no_wrap=number == 0)
    for row in rows:
        table.add_row(*(Text(visible_line(cell)) for cell in row))
    console = Console(width=None if sys.stdout.isatty() else _NO_END)
    console.print(table)


def _indented(line: str) -> str:
    return f"  {line}" if line and not line[0].isspace() else line
