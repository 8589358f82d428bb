"""`python -m wasmwright.serving.health [PORT]`: ends with 0 if the server on this machine is well."""

from __future__ import annotations

import http.client
import sys
from http import HTTPStatus

from wasmwright.serving.answer import HEALTH

_PORT = 8000
_SECONDS = 3.0


def main(argv: list[str]) -> int:
    """Ask, and tell what is wrong."""
    connection = http.client.HTTPConnection("127.0.0.1", int(argv[0]) if argv else _PORT, timeout=_SECONDS)
    try:
        connection.request("GET", HEALTH)
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    finally:
        connection.close()
    if status != HTTPStatus.OK:
        sys.stderr.write(f"status {status}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
