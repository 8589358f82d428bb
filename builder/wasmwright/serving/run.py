"""From a folder and an address to a server that answers, for the command line and for images."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wasmwright.serving.accesslog import AccessLog
from wasmwright.serving.answer import Site
from wasmwright.serving.digests import Digests
from wasmwright.serving.folder import Folder
from wasmwright.serving.server import LOOPBACK, PORT, listen, serve

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from wasmwright.serving.server import Listening


@dataclass(frozen=True, kw_only=True)
class ServeWish:
    """What to serve, and where. `port` 0 is any free one.

    With `keep_versioned` clients keep wheels for a day; None: unless this machine alone comes to the address, since
    there wheels are built anew under their old names.
    """

    folder: Path
    host: str = LOOPBACK
    port: int = PORT
    keep_versioned: bool | None = None


def run(wish: ServeWish, *, announce: Callable[[Folder, Listening], None]) -> None:
    """Serve until SIGTERM or SIGINT, with a log on standard error; `announce` is called once clients can come.

    Raises NotServable, PortInUse or CannotListen.
    """
    folder = Folder.at(wish.folder)
    listening = listen(wish.host, wish.port)
    keeps = not listening.is_loopback if wish.keep_versioned is None else wish.keep_versioned
    coloured = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
    site = Site(folder=folder, digests=Digests(), keep_versioned=keeps)
    log = AccessLog(stream=sys.stderr, coloured=coloured)
    serve(site, listening, log, ready=lambda: announce(folder, listening))
