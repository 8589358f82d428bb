"""`wasmwright serve`: a folder over HTTP."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wasmwright import log
from wasmwright.cli.output import say
from wasmwright.generate.documents import VERSION
from wasmwright.serving.run import ServeWish, run
from wasmwright.serving.server import LOOPBACK, PORT

if TYPE_CHECKING:
    from wasmwright.serving.folder import Folder
    from wasmwright.serving.server import Listening


@click.command(
    epilog="\b\nExamples:\n"
    "  ./wasmwright serve site                    for this machine alone, on port 8000\n"
    "  ./wasmwright serve site --port 0 --json    on any free port, told as JSON\n"
    "  ./wasmwright serve site --host 0.0.0.0     for other machines too"
)
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--host", default=LOOPBACK, show_default=True, help="The address to listen on; 0.0.0.0 is every one.")
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="0 is any free one.")
@click.option(
    "--cache-wheels/--no-cache-wheels",
    default=None,
    help="Let clients keep wheels for a day without asking again. Default: not on loopback, where wheels are built "
    "anew under their old names.",
)
@click.option("--json", "as_json", is_flag=True, help="Print where it can be reached as JSON.")
def command(folder: Path, *, host: str, port: int, cache_wheels: bool | None, as_json: bool) -> None:
    """Serve the files of DIR over HTTP until Ctrl-C: a distribution, a site, a channel.

    Files have the media types that browsers, micropip and pip want, pages of any origin may fetch them, and `.br` and
    `.gz` files beside them are sent in their place to whoever takes these. Each request is a line on standard error.
    """
    wish = ServeWish(folder=folder, host=host, port=port, keep_versioned=cache_wheels)
    run(wish, announce=partial(_announce, as_json=as_json))


def _announce(folder: Folder, listening: Listening, *, as_json: bool) -> None:
    if as_json:
        document = {
            "version": VERSION,
            "url": listening.url,
            "host": listening.host,
            "port": listening.port,
            "folder": str(folder.root),
        }
        say(json.dumps(document))
    else:
        say(f"serving {folder.root} at {listening.url}")
    if not listening.is_loopback:
        log.say(
            f"warning: whoever reaches port {listening.port} of this machine can read all of the folder; "
            "nothing is encrypted, and nobody is asked for a password"
        )
