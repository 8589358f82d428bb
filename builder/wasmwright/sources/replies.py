"""What is wrong with answers that came, and cannot be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wasmwright.reading import Unreadable
from wasmwright.sources.client import WEB_PAGE, NoAnswer

if TYPE_CHECKING:
    from wasmwright.sources.client import Reply


def unusable(answer: Reply, what: str, error: Exception) -> NoAnswer:
    """The failure for an answer that is no `what`, as `error` found."""
    reason = getattr(error, "reason", None) or str(error)
    is_page = isinstance(error, Unreadable) and answer.kind == "text/html"
    return NoAnswer(answer.url, WEB_PAGE if is_page else f"its answer is no {what}: {reason}")
