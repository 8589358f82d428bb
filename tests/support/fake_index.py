"""A package index that is asked without a network, with a client of ours and sdists and wheels that tests make."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

import requests
import urllib3

from wasmwright.config import Config
from wasmwright.sources.client import Client
from wasmwright.sources.mirrors import Mirrors
from wasmwright.sources.registries import Registries

if TYPE_CHECKING:
    from pathlib import Path

    from index_server import Index


@dataclass(frozen=True, kw_only=True)
class _Session:
    """Stands in for requests.Session."""

    index: Index

    def request(self, method: str, url: str, **_options: object) -> requests.Response:
        kind, body = self.index.answer(urlsplit(url).path) or ("text/plain", b"")
        response = requests.Response()
        response.status_code = 200 if body else 404
        response.url = url
        response.raw = urllib3.HTTPResponse(body=io.BytesIO(body if method == "GET" else b""), preload_content=False)
        response.headers.update({"Content-Type": kind, "Content-Length": str(len(body))})
        return response


def registries_of(index: Index, cache: Path) -> Registries:
    """Registries whose only one is `index`."""
    session = cast("requests.Session", _Session(index=index))
    client = Client(session=session, attempts=1, sleep=lambda _: None)
    mirrors = Mirrors(config=Config(pypi="http://index.test/simple"), environ={})
    return Registries(client=client, mirrors=mirrors, cache=cache)
