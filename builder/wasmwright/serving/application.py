"""A site as a WSGI application."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from wasmwright.serving.answer import HttpRequest, told_status

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment

    from wasmwright.serving.accesslog import AccessLog
    from wasmwright.serving.answer import HttpResponse, Site


@dataclass(frozen=True, kw_only=True)
class Application:
    """Answers requests and logs them."""

    site: Site
    log: AccessLog

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """As PEP 3333 has it. A file goes out through `wsgi.file_wrapper`, which closes it."""
        answer = self._answer(environ)
        method = environ["REQUEST_METHOD"]
        self.log.answered(
            client=environ.get("REMOTE_ADDR", "-"),
            request=f"{method} {environ.get('REQUEST_URI') or environ['PATH_INFO']} {environ['SERVER_PROTOCOL']}",
            status=answer.status,
            size=0 if method == "HEAD" else answer.length,
        )
        headers = list(answer.headers.items())
        if answer.length is not None:
            headers.append(("Content-Length", str(answer.length)))
        start_response(f"{answer.status.value} {answer.status.phrase}", headers)
        file = answer.file
        if file is None:
            return [] if method == "HEAD" or not answer.text else [answer.text]
        if method == "HEAD" or not answer.length:
            file.close()
            return []
        file.seek(answer.start)
        sent: Iterable[bytes] = environ["wsgi.file_wrapper"](file)
        return sent

    def _answer(self, environ: WSGIEnvironment) -> HttpResponse:
        try:
            request = _request(environ)
        except UnicodeDecodeError:
            return told_status(HTTPStatus.BAD_REQUEST)
        try:
            return self.site.answer(request)
        except Exception as error:  # noqa: BLE001 - the last door of a request
            self.log.told(f"error: a request could not be answered: {type(error).__name__}: {error}")
            return told_status(HTTPStatus.INTERNAL_SERVER_ERROR)


def _request(environ: WSGIEnvironment) -> HttpRequest:
    """What WSGI says of a request. Raises UnicodeDecodeError for a path that is no text."""
    headers = {name[5:].replace("_", "-").lower(): value for name, value in environ.items() if name.startswith("HTTP_")}
    return HttpRequest(
        method=environ["REQUEST_METHOD"],
        # Bytes, as WSGI hands them over.
        path=environ["PATH_INFO"].encode("latin-1").decode("utf-8"),
        query=environ.get("QUERY_STRING", ""),
        headers=headers,
    )
