"""Fetching and checking against a real server, through real processes."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from local_server import served

from wasmwright.cli.session import open_checkout, open_nix
from wasmwright.sources.entry import read_source
from wasmwright.sources.fetch import fetch
from wasmwright.sources.storepath import source_path
from wasmwright.sources.wanted import Wanted

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
CONTENT = bytes(range(256)) * 16384
CHUNK = 1 << 16
DOWNLOAD = """
import sys
from pathlib import Path
from wasmwright.cli.boundary import guarded, leave
from wasmwright.cli.transfer import transfer_progress
from wasmwright.sources.entry import read_source
from wasmwright.sources.fetch import download

def run():
    import json
    sources = [read_source(entry, where="test") for entry in json.loads(sys.argv[1])]
    download(sources, Path(sys.argv[2]), progress=transfer_progress())
    return 0

leave(guarded(run, debug=False))
"""


class Mirror:
    """A server of one content under any name that starts with `big`; all else is not there."""

    def __init__(self) -> None:
        self.content = CONTENT
        self.asked: list[str | None] = []
        self.pause = 0.0
        self.sent = 0
        # After so many bytes nothing more comes until `resumed` is set.
        self.stall_at = sys.maxsize
        self.stalled, self.resumed = threading.Event(), threading.Event()
        # Each answer breaks off after so many bytes.
        self.cut_at = sys.maxsize
        # All that is not there is answered with this page, as in a network where one has to log in.
        self.portal = b""
        mirror = self

        class Handler(BaseHTTPRequestHandler):
            def do_HEAD(self) -> None:
                self.send_error(404)

            def do_GET(self) -> None:
                if "/big" not in self.path and mirror.portal:
                    self.send_response(200)
                    self.send_header("Content-Type", "text/html")
                    self.end_headers()
                    self.wfile.write(mirror.portal)
                    return
                if "/big" not in self.path:
                    self.send_error(404)
                    return
                wanted = self.headers.get("Range")
                mirror.asked.append(wanted)
                offset = int(wanted.removeprefix("bytes=").removesuffix("-")) if wanted else 0
                self.send_response(206 if wanted else 200)
                self.send_header("Content-Length", str(len(mirror.content) - offset))
                self.send_header("Content-Range", f"bytes {offset}-{len(mirror.content) - 1}/{len(mirror.content)}")
                self.end_headers()
                end = min(len(mirror.content), offset + mirror.cut_at)
                for start in range(offset, end, CHUNK):
                    self.wfile.write(mirror.content[start : min(start + CHUNK, end)])
                    mirror.sent += CHUNK
                    time.sleep(mirror.pause)
                    if mirror.sent >= mirror.stall_at:
                        mirror.stalled.set()
                        mirror.resumed.wait(60)

            def log_message(self, *_arguments: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.handle_error = lambda *_: None  # type: ignore[method-assign]  # the client is killed on purpose
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"


@pytest.fixture
def mirror() -> Iterator[Mirror]:
    found = Mirror()
    with served(found.server):
        yield found


def _entry(content: bytes = CONTENT, name: str = "big.deb") -> dict[str, str | int]:
    return {
        "purl": "pkg:deb/debian/big@1",
        "file": f"pool/{name}",
        "name": name,
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def _environ(url: str, cache: Path) -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT / "builder"),
        "WASMWRIGHT_CACHE": str(cache),
        "WASMWRIGHT_DEBIAN_MIRRORS": url,
        "WASMWRIGHT_PYPI_INDEX": url,
        "WASMWRIGHT_NPM_REGISTRY": url,
        "NO_PROXY": "127.0.0.1",
    }


def _start(entry: dict[str, str | int], url: str, folder: Path, cache: Path | None = None) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", DOWNLOAD, json.dumps([entry]), str(folder / "out")],
        env=_environ(url, cache or folder / "cache"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _download(entry: dict[str, str | int], url: str, folder: Path, cache: Path | None = None) -> tuple[int, str]:
    process = _start(entry, url, folder, cache)
    _, told = process.communicate(timeout=60)
    return process.returncode, told


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_interrupted_download_continues(mirror: Mirror, tmp_path: Path, how: signal.Signals):
    mirror.stall_at = len(CONTENT) // 3
    process = _start(_entry(), mirror.url, tmp_path)
    assert mirror.stalled.wait(30)
    # What was sent must also have been read.
    time.sleep(0.5)
    process.send_signal(how)
    _, told = process.communicate(timeout=30)
    assert process.returncode != 0
    assert "Traceback" not in told
    assert not (tmp_path / "out/big.deb").exists()
    mirror.resumed.set()
    assert _download(_entry(), mirror.url, tmp_path)[0] == 0
    assert (tmp_path / "out/big.deb").read_bytes() == CONTENT
    assert mirror.asked[0] is None
    assert mirror.asked[1] is not None


def test_mirror_that_cuts_each_answer_is_asked_until_all_is_there(mirror: Mirror, tmp_path: Path):
    mirror.content, mirror.cut_at = CONTENT[:300_000], 70_000
    assert _download(_entry(mirror.content), mirror.url, tmp_path)[0] == 0
    assert (tmp_path / "out/big.deb").read_bytes() == mirror.content
    assert mirror.asked == [None, *(f"bytes={start}-" for start in range(70_000, 300_000, 70_000))]


def test_network_where_one_has_to_log_in_is_told(mirror: Mirror, tmp_path: Path):
    mirror.portal = b"<html>please <a href='/login'>log in</a></html>"
    code, told = _download(_entry(name="gone.deb"), mirror.url, tmp_path)
    assert code == 20
    assert "has to log in" in told
    wheel = {**_entry(name="gone-1-py3-none-any.whl"), "purl": "pkg:pypi/gone@1", "file": "gone-1-py3-none-any.whl"}
    code, told = _download(wheel, mirror.url, tmp_path)
    assert code == 20
    assert "has to log in" in told


def test_two_runs_at_once_download_once(mirror: Mirror, tmp_path: Path):
    mirror.pause = 0.01
    processes = [
        _start(_entry(), mirror.url, folder, tmp_path / "cache") for folder in (tmp_path / "a", tmp_path / "b")
    ]
    for process in processes:
        process.communicate(timeout=60)
    assert [process.returncode for process in processes] == [0, 0]
    assert (tmp_path / "a/out/big.deb").read_bytes() == (tmp_path / "b/out/big.deb").read_bytes() == CONTENT


def test_wrong_file_is_refused_and_deleted(mirror: Mirror, tmp_path: Path):
    code, told = _download(_entry(CONTENT[:-1] + b"x"), mirror.url, tmp_path)
    assert code == 22
    assert hashlib.sha256(CONTENT).hexdigest() in told
    assert not [path for path in tmp_path.rglob("big*") if path.is_file()]


def test_vanished_package_exits_with_its_own_code(mirror: Mirror, tmp_path: Path):
    code, told = _download(_entry(name="gone.deb"), mirror.url, tmp_path)
    assert code == 21
    assert "./wasmwright lock --toolchain" in told


def test_closed_port_exits_with_its_own_code(tmp_path: Path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    code, told = _download(_entry(), url, tmp_path)
    assert code == 20
    assert url in told


def test_full_disk_exits_with_its_own_code_and_a_rerun_continues(mirror: Mirror, tmp_path: Path):
    cache = tmp_path / "small"
    cache.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(cache)], check=False, capture_output=True
    )
    if mounted.returncode != 0:
        pytest.skip("mounting a small file system needs root")
    try:
        code, told = _download(_entry(), mirror.url, tmp_path, cache)
        assert code == 23
        assert str(cache) in told
        assert not (tmp_path / "out").exists()
        subprocess.run(["mount", "-o", "remount,size=16m", str(cache)], check=True)
        assert _download(_entry(), mirror.url, tmp_path, cache)[0] == 0
        assert mirror.asked[-1] is not None
    finally:
        subprocess.run(["umount", str(cache)], check=True)


def test_check_of_the_toolchain_lists_what_is_gone(mirror: Mirror, tmp_path: Path):
    done = subprocess.run(
        [sys.executable, "-m", "wasmwright", "lock", "--toolchain", "--check"],
        env=_environ(mirror.url, tmp_path),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 21
    assert "clang-22" in done.stdout
    assert "gone" in done.stdout
    assert "./wasmwright lock --toolchain" in done.stderr


def test_fetched_source_is_where_derivations_expect_it(mirror: Mirror, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    mirror.content = os.urandom(100_000)
    for name, value in _environ(mirror.url, tmp_path).items():
        monkeypatch.setenv(name, value)
    source = read_source(_entry(mirror.content), where="test")
    wanted, nix = Wanted(sources={source.name: source}), open_nix(open_checkout())
    assert fetch(wanted, store=nix).added == 1
    assert Path(source_path(source)).read_bytes() == mirror.content
    assert fetch(wanted, store=nix).added == 0
    assert len(mirror.asked) == 1
