"""Web addresses from settings and from answers, of which any may be no address."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit, urlunsplit

_SCHEMES = ("http", "https")


def is_web_address(text: str) -> bool:
    """Whether a text is the address of something on a web server, as far as one can see."""
    try:
        parts = urlsplit(text)
        # Asking for the port is what checks it.
        return parts.scheme in _SCHEMES and bool(parts.hostname) and parts.port != 0 and not _has_gaps(text)
    except ValueError:
        return False


def joined(base: str, link: str) -> str | None:
    """The address, without its fragment, that `link` on the page `base` leads to; None where that is no web address."""
    try:
        found = urlunsplit(urlsplit(urljoin(base, link))._replace(fragment=""))
    except ValueError:
        return None
    return found if is_web_address(found) else None


def shown(url: str) -> str:
    """An address without the credentials that it may carry."""
    try:
        parts = urlsplit(url)
        return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    except ValueError:
        return url.rpartition("@")[2]


def origin(url: str) -> str:
    """The server of an address; the whole of what is none."""
    try:
        return urlsplit(url).netloc or url
    except ValueError:
        return url


def _has_gaps(text: str) -> bool:
    return " " in text or not text.isprintable()
