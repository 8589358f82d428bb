"""Browsers of Debian, without a window: a page that runs Python, and what it sends when it has ended."""

from __future__ import annotations

import http.server
import os
import queue
import subprocess
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from debian import install
from local_server import served

if TYPE_CHECKING:
    from pathlib import Path

_SECONDS = 600.0
_PAGE = """<!doctype html>
<script type="module">
const told = (text) => fetch("/told", { method: "POST", body: text });
try {
  const { loadPyodide } = await import("./pyodide/pyodide.mjs");
  const python = await loadPyodide();
  const code = await (await fetch("./code.py")).text();
  await python.loadPackagesFromImports(code);
  await told(String(await python.runPythonAsync(code)));
} catch (error) {
  await told(String(error));
}
</script>
"""


@dataclass(frozen=True, kw_only=True)
class Browser:
    """One that Debian has: how it shows a page when its settings lie in a folder of their own."""

    program: str
    package: str
    options: tuple[str, ...]

    def run(self, distribution: Path, code: str, settings: Path) -> str:
        """What Python `code` comes to in the runtime of a distribution, where a page is put; or the error, as text."""
        install({self.program: self.package})
        (distribution / "page.html").write_text(_PAGE)
        (distribution / "code.py").write_text(code)
        told: queue.Queue[str] = queue.Queue()
        handler = partial(_Handler, told, directory=str(distribution))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        address = f"http://127.0.0.1:{server.server_port}/page.html"
        command = [self.program, *(option.format(settings=settings) for option in self.options), address]
        settings.mkdir()
        environment = {**os.environ, "HOME": str(settings)}
        with (settings / "log").open("wb") as log, served(server):
            process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
            try:
                return told.get(timeout=_SECONDS)
            finally:
                os.killpg(process.pid, 9)
                process.wait()


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Files of a folder, and what the page has to tell."""

    def __init__(self, told: queue.Queue[str], *others: object, directory: str) -> None:
        self._told = told
        super().__init__(*others, directory=directory)  # type: ignore[arg-type]

    def do_POST(self) -> None:
        self._told.put(self.rfile.read(int(self.headers["content-length"])).decode())
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the library calls it
        del format, args


CHROMIUM = Browser(
    program="chromium",
    package="chromium",
    options=("--headless=new", "--no-sandbox", "--disable-gpu", "--user-data-dir={settings}"),
)
FIREFOX = Browser(
    program="firefox-esr",
    package="firefox-esr",
    options=("--headless", "--no-remote", "--profile", "{settings}"),
)
