"""HTTP as registries need it: retries with back-off, and failures sorted into "not there" and "no answer"."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

import requests
import urllib3
from requests.adapters import HTTPAdapter

from wasmwright import log
from wasmwright.addresses import origin, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from wasmwright.limits import Limit

_RETRIED = frozenset({408, 425, 429, 500, 502, 503, 504})
_GONE = frozenset({404, 410})
# Answers of servers that refuse HEAD, and may allow GET.
_HEADLESS = frozenset({403, 405, 501})
# Seconds until there is a connection, and until the next byte comes.
_TIMEOUTS = (10, 30)
# Who has kept silent for so long twice will do so a third time.
_SILENCES = 2
_TELL_AFTER = 5.0
_LONGEST_PAUSE = 20.0
_POOL = 16
_PIECE = 1 << 18
_DIGITS = frozenset("0123456789")
WEB_PAGE = "it gives a web page instead, such as the one of a network where one has to log in"

BROKEN = (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError)
"""All that asking, and reading the answer, is known to raise."""


class NotThere(Exception):
    """The mirror answers, but has no such file."""

    def __init__(self, url: str) -> None:
        super().__init__(f"{shown(url)}: not found")
        self.url = url


class NoAnswer(Exception):
    """The mirror does not answer, or not usefully, after several tries."""

    def __init__(self, url: str, reason: str, *, status: int | None = None) -> None:
        super().__init__(f"{shown(url)}: {reason}")
        self.url = url
        self.reason = reason
        self.status = status


@dataclass(frozen=True, kw_only=True)
class Reply:
    """The whole of an answer: where it came from at last, what it says it is, and its bytes."""

    url: str
    kind: str
    charset: str
    content: bytes

    def text(self) -> str:
        """The bytes as text; what cannot be decoded is replaced."""
        try:
            return self.content.decode(self.charset, errors="replace")
        except LookupError:
            return self.content.decode(errors="replace")


@dataclass(frozen=True, kw_only=True)
class Client:
    """A pool of connections to the mirrors. `say` is told when one keeps us waiting."""

    session: requests.Session
    attempts: int = 4
    sleep: Callable[[float], None] = field(default=time.sleep)
    say: Callable[[str], None] = log.say
    tell_after: float = _TELL_AFTER
    timeouts: tuple[float, float] = _TIMEOUTS
    # Where nobody answered at all: asking there again for each of hundreds of files would take minutes.
    _silent: dict[str, str] = field(default_factory=dict)
    # For whom it was told that we wait.
    _waited_for: set[str] = field(default_factory=set)

    @classmethod
    def create(cls, *, ca_bundle: str | None = None, proxy: str | None = None) -> Self:
        """A client for this machine; variables such as REQUESTS_CA_BUNDLE and HTTPS_PROXY go before the arguments."""
        session = requests.Session()
        session.headers["User-Agent"] = "wasmwright"
        adapter = HTTPAdapter(pool_connections=_POOL, pool_maxsize=_POOL)
        session.mount("https://", adapter)
        session.mount("http://", adapter)
        if ca_bundle:
            session.verify = ca_bundle
        if proxy:
            session.proxies = {"http": proxy, "https": proxy}
        return cls(session=session)

    def get(self, url: str, *, headers: Mapping[str, str] | None = None) -> requests.Response:
        """The answer to GET, status 2xx or 416 (an unfit Range), its body unread, else NotThere or NoAnswer."""
        return self._ask("GET", url, headers=headers or {})

    def read(self, url: str, *, most: Limit, headers: Mapping[str, str] | None = None) -> Reply:
        """The answer to GET, whole. Raises NotThere, and NoAnswer, also for one of more than `most` bytes."""
        patience = Patience(self.attempts)
        while True:
            with self.get(url, headers=headers) as response:
                try:
                    content = b"".join(_within(pieces(response), most, url))
                except BROKEN as error:
                    if not patience.is_left(error):
                        raise NoAnswer(url, describe(error)) from None
                    self.pause(patience.tries - 1)
                    continue
                kind, _, parameters = response.headers.get("Content-Type", "").partition(";")
                charset = parameters.partition("charset=")[2].strip(" \"';") or "utf-8"
                return Reply(url=response.url, kind=kind.strip().lower(), charset=charset, content=content)

    def size(self, url: str) -> int | None:
        """The size of a file that is there; None where the mirror does not tell. Else NotThere or NoAnswer."""
        headers = {"Accept-Encoding": "identity"}
        try:
            response = self._ask("HEAD", url, headers=headers)
        except NoAnswer as refusal:
            if refusal.status not in _HEADLESS:
                raise
            response = self._ask("GET", url, headers=headers)
        response.close()
        if is_web_page(response):
            raise NoAnswer(url, WEB_PAGE)
        return stated_size(response)

    def pause(self, attempt: int) -> None:
        """Wait before the try after `attempt` (0 is the first)."""
        self.sleep(min(0.5 * 2**attempt, _LONGEST_PAUSE))

    def _ask(self, method: str, url: str, *, headers: Mapping[str, str]) -> requests.Response:
        server = origin(url)
        if server in self._silent:
            raise NoAnswer(url, self._silent[server])
        patience = Patience(self.attempts)
        while True:
            try:
                with self._waiting_told(server):
                    response = self.session.request(
                        method, url, headers=dict(headers), stream=True, timeout=self.timeouts, allow_redirects=True
                    )
            except BROKEN as error:
                reason, status = describe(error), None
                is_left, is_down = patience.is_left(error), not _is_vain(error)
            else:
                if response.ok or response.status_code == requests.codes.requested_range_not_satisfiable:
                    return response
                response.close()
                status = response.status_code
                if status in _GONE:
                    raise NotThere(url)
                reason = f"HTTP status {status}"
                is_left, is_down = patience.is_left() and status in _RETRIED, False
            if not is_left:
                if is_down:
                    self._silent[server] = reason
                raise NoAnswer(url, reason, status=status)
            self.pause(patience.tries - 1)

    def _tell_waiting(self, server: str) -> None:
        if server not in self._waited_for:
            self._waited_for.add(server)
            self.say(f"waiting for an answer of {server.rpartition('@')[2]}")

    @contextmanager
    def _waiting_told(self, server: str) -> Iterator[None]:
        """Whoever waits shall know for whom; once is enough, though many threads wait."""
        timer = threading.Timer(self.tell_after, self._tell_waiting, [server])
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()


@dataclass
class Patience:
    """How often one thing is tried: `most` times, and less often where nobody says anything."""

    most: int
    tries: int = 0
    silences: int = 0

    def is_left(self, error: Exception | None = None) -> bool:
        """Count a try that failed, with `error` or an answer; whether it is worth another one."""
        self.tries += 1
        self.silences += error is not None and is_silence(error)
        is_vain = error is not None and _is_vain(error)
        return self.tries < self.most and self.silences < _SILENCES and not is_vain


def pieces(response: requests.Response) -> Iterator[bytes]:
    """The body as it comes, decoded. What came before a connection breaks is given before that is raised.

    Raises one of `BROKEN`.
    """
    while piece := response.raw.read1(_PIECE, decode_content=True):
        yield piece


def _within(body: Iterator[bytes], most: Limit, url: str) -> Iterator[bytes]:
    size = 0
    for piece in body:
        size += len(piece)
        if size > most.most:
            raise NoAnswer(url, f"{most.name}: more than {most}, which is not read")
        yield piece


def stated_size(response: requests.Response) -> int | None:
    """The size that the answer says it has."""
    length = response.headers.get("Content-Length", "")
    return int(length) if length and len(length) < 20 and _DIGITS.issuperset(length) else None  # noqa: PLR2004 - 64 bits


def is_web_page(response: requests.Response) -> bool:
    """Whether what was asked for as a file came as a page for people."""
    return response.headers.get("Content-Type", "").lower().startswith("text/html")


def is_silence(error: Exception) -> bool:
    """Whether somebody is there, and says nothing."""
    inner = error.args[0] if error.args else None
    return isinstance(error, _SILENT) or isinstance(inner, _SILENT)


def is_about_time(text: str) -> bool:
    """Whether a refusal of a signature or a certificate is about when it was made: the clock may be wrong."""
    return any(words in text for words in _ABOUT_TIME)


def today() -> str:
    """The date that the machine has, in UTC."""
    return datetime.now(tz=UTC).date().isoformat()


def _is_vain(error: Exception) -> bool:
    """Whether the next try would end as this one: what is wrong is an address, or this machine."""
    is_network = isinstance(error, requests.RequestException | ConnectionError | TimeoutError)
    return isinstance(error, _VAIN) or (isinstance(error, OSError) and not is_network)


# OpenSSL's words, GnuPG's, and apt's.
_ABOUT_TIME = ("certificate has expired", "not yet valid", "EXPKEYSIG", "EXPSIG", "not valid yet", "is expired")
_VAIN = (ValueError, requests.exceptions.TooManyRedirects)
_SILENT = (requests.Timeout, urllib3.exceptions.ReadTimeoutError, TimeoutError)
_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (requests.exceptions.SSLError, "the certificate is not trusted"),
    (urllib3.exceptions.SSLError, "the certificate is not trusted"),
    (requests.exceptions.InvalidProxyURL, "the address of the proxy is none"),
    (requests.exceptions.ProxyError, "the proxy refuses"),
    (requests.exceptions.TooManyRedirects, "it leads from one address to the next without end"),
    (requests.exceptions.ContentDecodingError, "the answer is compressed, and broken"),
    (urllib3.exceptions.DecodeError, "the answer is compressed, and broken"),
    (requests.exceptions.ChunkedEncodingError, "the connection broke off"),
    (requests.exceptions.InvalidHeader, "the head of the answer is not HTTP"),
    (requests.ConnectionError, "no connection"),
    (urllib3.exceptions.ProtocolError, "the connection broke off"),
    (requests.RequestException, "it leads to something that is no web address"),
    (ValueError, "it leads to something that is no web address"),
)


def describe(error: Exception) -> str:
    """What went wrong with a connection, in a few words."""
    if is_silence(error):
        return "timed out"
    if isinstance(error, (requests.exceptions.SSLError, urllib3.exceptions.SSLError)) and is_about_time(str(error)):
        return f"the certificate is not for {today()}, which is this machine's date"
    text = next((text for kind, text in _REASONS if isinstance(error, kind)), None)
    return text or str(error)
