"""Serving a folder over HTTP until a signal ends it. waitress reads requests and writes answers."""

from __future__ import annotations

import contextlib
import errno
import ipaddress
import logging
import resource
import signal
import socket
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import BaseWSGIServer, create_server
from waitress.task import ErrorTask, WSGITask

from wasmwright.serving.application import Application
from wasmwright.serving.errors import CannotListen, PortInUse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from types import FrameType

    from wasmwright.serving.accesslog import AccessLog
    from wasmwright.serving.answer import Site

LOOPBACK = "127.0.0.1"
PORT = 8000
_IDENT = "wasmwright"
_THREADS = 8
_BACKLOG = 128
# Requests have no bodies, and headers of a few hundred bytes: all stays in memory.
_MOST_BODY, _MOST_HEADERS = 65_536, 32_768
_MOST_CONNECTIONS = 500
# Beside connections and the files that they send.
_OTHER_FILES = 64
_IDLE_SECONDS = 60
_GRACE_SECONDS = 0.4
_ENDING = (signal.SIGTERM, signal.SIGINT)


@dataclass(frozen=True, kw_only=True)
class Listening:
    """A socket that listens; `host` and `port` are what it has, not what was asked for."""

    socket: socket.socket
    host: str
    port: int

    @property
    def is_loopback(self) -> bool:
        """Whether this machine alone comes to it."""
        return self._address.is_loopback

    @property
    def url(self) -> str:
        """An address that a client on this machine can use."""
        address = self._address
        if address.is_unspecified:
            return f"http://localhost:{self.port}/"
        host = f"[{self.host}]" if isinstance(address, ipaddress.IPv6Address) else self.host
        return f"http://{host}:{self.port}/"

    @property
    def _address(self) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
        return ipaddress.ip_address(self.host.partition("%")[0])


def listen(host: str, port: int) -> Listening:
    """Have the port of an address, or any free one for 0. Raises PortInUse or CannotListen, with what to do."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError):
        message = f"{host} is no address of this machine, and no name of one"
        raise CannotListen(
            message, hint=f"`--host {LOOPBACK}` is for this machine alone, `--host 0.0.0.0` for all"
        ) from None
    opened = socket.socket(family, kind, protocol)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            # `::` is every address of the machine, those of the older kind too.
            opened.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        opened.bind(address)
        opened.listen(_BACKLOG)
    except OSError as error:
        opened.close()
        raise _refused(error, host, port) from None
    name = opened.getsockname()
    return Listening(socket=opened, host=name[0], port=name[1])


def serve(site: Site, listening: Listening, log: AccessLog, *, ready: Callable[[], None]) -> None:
    """Answer requests until SIGTERM or SIGINT, then come back in half a second, whatever is still being sent.

    `ready` is called once requests are answered and signals heeded.
    """
    _tell_through(log)
    server = _server(Application(site=site, log=log), listening)
    # Threads of waitress do the work, so that a signal finds this one doing nothing.
    with _ended() as ended:
        threading.Thread(target=server.run, daemon=True).start()
        ready()
        ended.wait()
        _finish(server)
        log.end()


def _server(application: Application, listening: Listening) -> BaseWSGIServer:
    server = create_server(
        application,
        sockets=[listening.socket],
        ident=_IDENT,
        threads=_THREADS,
        backlog=_BACKLOG,
        connection_limit=_connections(),
        channel_timeout=_IDLE_SECONDS,
        max_request_body_size=_MOST_BODY,
        max_request_header_size=_MOST_HEADERS,
        # None of them is looked at, and the application would be wrapped.
        clear_untrusted_proxy_headers=False,
        log_socket_errors=False,
        asyncore_use_poll=True,
    )
    # With one socket it is one server.
    assert isinstance(server, BaseWSGIServer)
    server.channel_class = _Channel
    return server


def _finish(server: BaseWSGIServer) -> None:
    """Take no more connections, and let short answers come to their end."""
    server.accepting = False
    deadline = time.monotonic() + _GRACE_SECONDS
    while _is_busy(server) and time.monotonic() < deadline:
        time.sleep(_GRACE_SECONDS / 20)


def _is_busy(server: BaseWSGIServer) -> bool:
    # Its stubs say that it is one of them.
    channels = cast("Mapping[int, HTTPChannel]", server.active_channels)
    return any(channel.requests or channel.total_outbufs_len for channel in [*channels.values()])


class _Task(WSGITask):
    """Keeps the connection open after answers without a body, such as "not modified"."""

    def set_close_on_finish(self) -> None:
        assert isinstance(self.request, HTTPRequestParser)
        wants_end = self.request.headers.get("CONNECTION", "").lower() == "close"
        if self.has_body or wants_end or self.version != "1.1":
            super().set_close_on_finish()


class _Refusal(ErrorTask):
    """What waitress refuses itself, as it is no HTTP or too much, has its line in the log too."""

    def execute(self) -> None:
        super().execute()
        application = self.channel.server.application
        assert isinstance(application, Application)
        # There is none where the request was too long to have one.
        first: bytes = getattr(self.request, "first_line", b"-")
        status = int(self.status.split()[0])
        application.log.answered(
            client=str(self.channel.addr[0]), request=first.decode("latin-1"), status=status, size=self.content_length
        )


class _Channel(HTTPChannel):
    task_class = _Task
    error_task_class = _Refusal


class _Telling(logging.Handler):
    """What waitress has to say, in one line: no traceback."""

    def __init__(self, log: AccessLog) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        why = f": {type(error).__name__}: {error}" if error else ""
        self._log.told(f"{record.levelname.lower()}: {record.getMessage()}{why}")


def _tell_through(log: AccessLog) -> None:
    logger = logging.getLogger("waitress")
    logger.handlers, logger.propagate = [_Telling(log)], False
    # That requests wait for a thread now and then is as it should be.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)


@contextlib.contextmanager
def _ended() -> Iterator[threading.Event]:
    """What is set when a signal says that it is enough."""
    ended = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        ended.set()

    # What is ignored (`nohup`) stays so.
    heeded = [number for number in _ENDING if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, end) for number in heeded}
    try:
        yield ended
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _connections() -> int:
    """How many connections to have at once, each with an open file."""
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return (
        _MOST_CONNECTIONS
        if files == resource.RLIM_INFINITY
        else max(min(_MOST_CONNECTIONS, (files - _OTHER_FILES) // 2), 8)
    )


def _refused(error: OSError, host: str, port: int) -> PortInUse | CannotListen:
    if error.errno == errno.EADDRINUSE:
        message = f"port {port} of {host} is in use by another program"
        return PortInUse(message, hint="`--port 0` takes any free one; `ss -ltnp` tells who has it")
    if error.errno in {errno.EACCES, errno.EPERM}:
        message = f"port {port} is not for this user"
        return CannotListen(message, hint=f"take one from 1024 on, such as `--port {PORT}`")
    if error.errno == errno.EADDRNOTAVAIL:
        message = f"{host} is no address of this machine"
        return CannotListen(message, hint=f"`--host {LOOPBACK}` is for this machine alone, `--host 0.0.0.0` for all")
    message = f"port {port} of {host} cannot be had: {error.strerror}"
    return CannotListen(message, hint="name another with `--host` and `--port`")
