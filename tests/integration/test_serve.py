"""The server as a process of its own: what clients, signals and the machine make of it."""

from __future__ import annotations

import gzip
import http.client
import json
import os
import re
import resource
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fuzz import Cases, few_or_many, mutated_bytes, try_cases
from site_server import BUILDER, COMMAND, IN_IMAGES, serving

from wasmwright.serving.errors import CannotListen, NotServable, PortInUse

if TYPE_CHECKING:
    import random

PLAIN = b"\0asm" + os.urandom(200_000) + b"a" * 200_000
LINE = re.compile(r'127\.0\.0\.1 - - \[\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d \+0000\] ".*" \d{3} (?:\d+|-)')
# Larger than what kernels hold of a connection.
LARGE = 64 << 20


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    (root / "simple/numpy").mkdir(parents=True)
    (root / "index.html").write_text("page")
    (root / "a.wasm").write_bytes(PLAIN)
    (root / "a.wasm.gz").write_bytes(gzip.compress(PLAIN))
    (root / "simple/numpy/index.html").write_text("<a>")
    (tmp_path / "secret").write_text("the secret")
    (root / "out").symlink_to("../secret")
    return root


def test_where_it_can_be_reached_is_a_line(folder: Path):
    with serving(folder) as server:
        assert server.get("/")[2] == b"page"
    command = [*COMMAND, str(folder), "--port", "0", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        process.terminate()
    port = told["port"]
    assert told == {
        "version": 1,
        "url": f"http://127.0.0.1:{port}/",
        "host": "127.0.0.1",
        "port": port,
        "folder": str(folder),
    }
    assert process.returncode == 0


def test_files_parts_and_codings_go_over_the_wire(folder: Path):
    with serving(folder) as server:
        status, headers, data = server.get("/a.wasm")
        assert (status, data, headers["Content-Type"]) == (200, PLAIN, "application/wasm")
        status, headers, data = server.get("/a.wasm", Accept_Encoding="gzip, br")
        assert (status, gzip.decompress(data), headers["Content-Encoding"]) == (200, PLAIN, "gzip")
        status, headers, data = server.get("/a.wasm", Range="bytes=1000-299999", Accept_Encoding="gzip")
        assert (status, data) == (206, PLAIN[1000:300_000])
        status, headers, data = server.get("/a.wasm", "HEAD")
        assert (status, data, headers["Content-Length"]) == (200, b"", str(len(PLAIN)))
        assert server.get("/out")[0] == 404
        assert server.get("/healthz")[0] == 200


def test_a_connection_goes_on_after_answers_without_a_body(folder: Path):
    with serving(folder) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
        connection.connect()
        opened = connection.sock
        for headers, status in (({}, 200), ({"If-None-Match": "*"}, 304), ({}, 200)):
            connection.request("GET", "/", headers=headers)
            response = connection.getresponse()
            response.read()
            assert (response.status, connection.sock) == (status, opened)
        connection.request("OPTIONS", "/")
        assert connection.getresponse().read() == b""
        assert connection.sock is opened
        connection.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("command", [COMMAND, IN_IMAGES], ids=["command", "image"])
def test_a_signal_ends_it_with_connections_open(folder: Path, number: signal.Signals, command: tuple[str, ...]):
    with (folder / "large").open("wb") as large:
        large.truncate(LARGE)
    with serving(folder, command=command) as server, socket.socket() as idle, socket.socket() as half:
        idle.connect(("127.0.0.1", server.port))
        half.connect(("127.0.0.1", server.port))
        half.sendall(b"GET / HT")
        with socket.create_connection(("127.0.0.1", server.port)) as slow:
            slow.sendall(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
            assert slow.recv(100)
            server.end(number)
    assert server.process.returncode == 0
    assert "Traceback" not in server.log.read_text()


def test_the_port_is_free_again_at_once(folder: Path):
    with serving(folder) as server:
        server.get("/")
        server.end()
        port = server.port
    done = subprocess.Popen([*COMMAND, str(folder), "--port", str(port)], stdout=subprocess.PIPE, text=True)
    with done:
        assert done.stdout is not None
        assert str(port) in done.stdout.readline()
        done.terminate()


def refused(*arguments: str | Path, command: tuple[str, ...] = COMMAND) -> tuple[int, str]:
    environment = {**os.environ, "PYTHONPATH": str(BUILDER)}
    done = subprocess.run(
        [*command, *arguments], check=False, capture_output=True, text=True, timeout=60, env=environment
    )
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr


@pytest.mark.parametrize("command", [COMMAND, IN_IMAGES], ids=["command", "image"])
def test_a_port_in_use(folder: Path, command: tuple[str, ...]):
    with serving(folder) as server:
        code, told = refused(folder, "--port", str(server.port), command=command)
    assert code == PortInUse.exit_code
    assert f"port {server.port} of 127.0.0.1 is in use" in told
    assert "--port 0" in told


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host", "::ffff", "a" * 300, ""])
def test_an_address_of_another_machine(folder: Path, host: str):
    code, told = refused(folder, "--port", "0", "--host", host)
    assert code == CannotListen.exit_code
    assert "--host 127.0.0.1" in told


def test_no_folder(folder: Path):
    assert refused(folder / "nothing", "--port", "0")[0] == 2
    code, told = refused(folder / "nothing", "--port", "0", command=IN_IMAGES)
    assert code == NotServable.exit_code
    assert "nothing" in told


def test_other_machines_are_warned_about(folder: Path):
    with serving(folder, "--host", "0.0.0.0") as server:
        assert server.get("/")[0] == 200
        server.end()
    assert "whoever reaches port" in server.log.read_text()
    with serving(folder) as server:
        server.end()
    assert server.log.read_text() == ""


def test_wheels_may_be_kept_where_others_come(folder: Path):
    (folder / "a-1-py3-none-any.whl").write_text("wheel")
    kept = {}
    for more in ((), ("--host", "0.0.0.0"), ("--cache-wheels",), ("--host", "0.0.0.0", "--no-cache-wheels")):
        with serving(folder, *more) as server:
            kept[more] = server.get("/a-1-py3-none-any.whl")[1]["Cache-Control"]
    assert list(kept.values()) == ["no-cache", "public, max-age=86400", "public, max-age=86400", "no-cache"]


def test_a_user_without_rights_on_a_folder_without_writes(folder: Path):
    if os.geteuid() != 0:
        pytest.skip("this user has no others to be")
    for parent in (folder.parent, *folder.parent.parents):
        if parent.stat().st_uid == os.geteuid() and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o755)
    for path in [*folder.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o555 if path.is_dir() else 0o444)
    (folder / "a.wasm.gz").unlink()
    (folder / "private.txt").write_text("private")
    (folder / "private.txt").chmod(0o600)
    folder.chmod(0o555)
    nobody = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
    with serving(folder, command=(*nobody, *IN_IMAGES)) as server:
        status = Path(f"/proc/{server.process.pid}/status").read_text()
        assert "Uid:\t65534" in status
        assert server.get("/a.wasm")[2] == PLAIN
        assert server.get("/private.txt")[::2] == (403, b"403 Forbidden\n")
        assert refused("--port", "80", folder, command=(*nobody, *IN_IMAGES))[0] in {0, CannotListen.exit_code}


def test_the_health_check_of_images(folder: Path):
    command = [sys.executable, "-m", "wasmwright.serving.health"]
    environment = {**os.environ, "PYTHONPATH": str(BUILDER)}

    def ask(port: int) -> int:
        asked = subprocess.run([*command, str(port)], check=False, env=environment, capture_output=True, timeout=60)
        return asked.returncode

    with serving(folder, command=IN_IMAGES) as server:
        assert ask(server.port) == 0
        folder.rename(folder.with_name("away"))
        assert ask(server.port) == 1
        server.end()
        assert ask(server.port) == 1


def test_what_is_built_anew_is_served(folder: Path):
    with serving(folder) as server:
        _, headers, _ = server.get("/")
        (folder / "new").write_text("PAGE")
        os.utime(folder / "new", (1, 1))
        (folder / "new").replace(folder / "index.html")
        status, _, data = server.get("/", If_None_Match=headers["ETag"])
        assert (status, data) == (200, b"PAGE")
        (folder / "index.html").unlink()
        assert server.get("/")[0] == 404


def test_more_clients_than_files_may_be_open(folder: Path):
    limited = ("prlimit", "--nofile=128:128", *COMMAND)
    with serving(folder, command=limited) as server:
        idle = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(100)]
        assert b"200 OK" in idle[0].recv(0) + answer(idle[0])
        for opened in idle:
            opened.close()
        assert server.get("/")[0] == 200


def answer(opened: socket.socket) -> bytes:
    opened.settimeout(20)
    opened.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    return opened.recv(1000)


ODD = (
    b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /%zz%00%ff/..%2f..%2fsecret HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET http://h/a.wasm HTTP/1.1\r\nRange: bytes=0-10\r\nAccept-Encoding: gzip\r\n\r\n",
    b"GET /out HTTP/1.1\r\nHost: x\r\n\r\n",
    b"HEAD //out?q HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
    b"POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello",
    b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    b"GET / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
    b"GET / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc",
    b"GET / HTTP/1.1\r\nX: " + b"a" * 40_000 + b"\r\n\r\n",
    b"GET /" + b"a" * 40_000 + b" HTTP/1.1\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"GET /\r\n\r\n",
)


@few_or_many
def test_odd_bytes_get_answers_and_no_secrets(folder: Path, cases: Cases):
    def send(data: bytes) -> None:
        received = server.raw(data)
        # What cannot be understood may be repeated; what lies in the file cannot come from the request.
        assert b"the secret" not in received
        assert not received or received.startswith(b"HTTP/1.")

    def make(rng: random.Random) -> bytes:
        return rng.choice(ODD) if rng.random() < 0.1 else mutated_bytes(rng, ODD)

    with serving(folder) as server:
        # Once as they are: each is answered, but the one that is not HTTP at all.
        for data in ODD:
            send(data)
        try_cases(send, make, cases, refusals=())
        assert server.get("/")[0] == 200
        server.end()
    written = server.log.read_text()
    assert server.process.returncode == 0
    assert [line for line in written.splitlines() if not LINE.fullmatch(line)] == []


def test_a_terminal_gets_colours(folder: Path):
    primary, secondary = os.openpty()
    with serving(folder, log=Path(os.ttyname(secondary))) as server:
        server.get("/")
        seen = os.read(primary, 1000)
    assert b"\x1b[32m200\x1b[0m" in seen
    os.close(primary)
    os.close(secondary)


def test_memory_is_not_taken_by_slow_clients(folder: Path):
    with (folder / "large").open("wb") as large:
        large.truncate(LARGE)
    with serving(folder) as server:
        clients = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(20)]
        for client in clients:
            client.sendall(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
            client.recv(1)
        status = Path(f"/proc/{server.process.pid}/status").read_text()
        peak = int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0])
        assert server.get("/")[0] == 200, "threads do not wait for clients"
        for client in clients:
            client.close()
    assert peak < 150_000, resource.getpagesize()
