"""HTTP as registries need it: retries with back-off, and failures sorted into "not there" and "no answer"."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit, urlunsplit

import requests
from requests.adapters import HTTPAdapter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_RETRIED = frozenset({408, 425, 429, 500, 502, 503, 504})
_GONE = frozenset({404, 410})
# Answers of servers that refuse HEAD, and may allow GET.
_HEADLESS = frozenset({403, 405, 501})
_TIMEOUTS = (10, 60)
_LONGEST_PAUSE = 20.0
_POOL = 16


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
class Client:
    """A pool of connections to the mirrors."""

    session: requests.Session
    attempts: int = 4
    sleep: Callable[[float], None] = field(default=time.sleep)
    # Where nobody answered at all: asking there again for each of hundreds of files would take minutes.
    _silent: dict[str, str] = field(default_factory=dict)

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

    def get(self, url: str, *, headers: Mapping[str, str] | None = None, stream: bool = False) -> requests.Response:
        """The answer to GET, status 2xx or 416 (an unfit Range), else NotThere or NoAnswer."""
        return self._ask("GET", url, headers=headers or {}, stream=stream)

    def size(self, url: str) -> int | None:
        """The size of a file that is there; None where the mirror does not tell. Else NotThere or NoAnswer."""
        headers = {"Accept-Encoding": "identity"}
        try:
            response = self._ask("HEAD", url, headers=headers, stream=False)
        except NoAnswer as refusal:
            if refusal.status not in _HEADLESS:
                raise
            response = self._ask("GET", url, headers=headers, stream=True)
            response.close()
        length = response.headers.get("Content-Length", "")
        return int(length) if length.isdigit() else None

    def pause(self, attempt: int) -> None:
        """Wait before the try after `attempt` (0 is the first)."""
        self.sleep(min(0.5 * 2**attempt, _LONGEST_PAUSE))

    def _ask(self, method: str, url: str, *, headers: Mapping[str, str], stream: bool) -> requests.Response:
        origin = urlsplit(url).netloc
        if origin in self._silent:
            raise NoAnswer(url, self._silent[origin])
        reason, status = "no answer", None
        for attempt in range(self.attempts):
            if attempt:
                self.pause(attempt - 1)
            try:
                response = self.session.request(
                    method, url, headers=dict(headers), stream=stream, timeout=_TIMEOUTS, allow_redirects=True
                )
            except requests.RequestException as error:
                reason = describe(error)
                continue
            if response.status_code in _GONE:
                response.close()
                raise NotThere(url)
            if response.ok or response.status_code == requests.codes.requested_range_not_satisfiable:
                return response
            status = response.status_code
            reason = f"HTTP status {status}"
            response.close()
            if status not in _RETRIED:
                break
        if status is None:
            self._silent[origin] = reason
        raise NoAnswer(url, reason, status=status)


def describe(error: Exception) -> str:
    """What went wrong with a connection, in a few words."""
    names = {
        requests.exceptions.SSLError: "the certificate is not trusted",
        requests.exceptions.ProxyError: "the proxy refuses",
        requests.Timeout: "timed out",
        requests.ConnectionError: "no connection",
    }
    text = next((text for kind, text in names.items() if isinstance(error, kind)), None)
    return text or type(error).__name__


def shown(url: str) -> str:
    """`url` without the credentials that it may carry."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
