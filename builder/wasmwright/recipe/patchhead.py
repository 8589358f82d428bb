"""What a patch says of itself before its first difference: why it is there, and where upstream learns of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wasmwright import limits

if TYPE_CHECKING:
    from pathlib import Path

_BEGINS = re.compile(r"(?:--- |\+\+\+ |diff |Index: |index [0-9a-f]|Binary files )")
_LINK = re.compile(r"https?://[^\s<>()\"']+[^\s<>()\"'.,;:]")
# Lines that `git format-patch` writes of itself.
_MAIL = re.compile(
    r"(?:From [0-9a-f]{7,}\b|(?:From|Date|To|Cc|MIME-Version|Content-[\w-]+|Signed-off-by):)", re.IGNORECASE
)
_TITLE = re.compile(r"(?:Subject:\s*(?:\[[^\]]*\]\s*)?|Reason:\s*)", re.IGNORECASE)
_UPSTREAM = re.compile(r"(?:Upstream|Link|See|Issue|Bug|Forwarded|Origin)(?:-[\w-]+)?:", re.IGNORECASE)
# Of `git format-patch`: between the message and the first difference.
_STAT = re.compile(r"(?:---$|\s+\S.* \|\s+\d+ |\s*\d+ files? changed)")
_WORDS_OF_A_REASON = 3


@dataclass(frozen=True, kw_only=True)
class PatchHead:
    """`reason` is empty where there is none; `links` lead upstream."""

    reason: str
    links: tuple[str, ...]


def patch_text(path: Path) -> str:
    """A patch as text; some change files in other encodings."""
    with path.open("rb") as opened:
        content = opened.read(limits.TOML_SIZE.most)
    return content.decode("utf-8", errors="replace")


def patch_head(text: str) -> PatchHead:
    """The head of a patch's text."""
    lines = []
    for line in text.splitlines():
        if _BEGINS.match(line):
            break
        lines.append(line)
    told = [line for line in lines if not _MAIL.match(line) and not _STAT.match(line)]
    links = tuple(dict.fromkeys(link for line in told for link in _LINK.findall(line)))
    paragraphs = " ".join(_TITLE.sub("", line, count=1).strip() for line in told if not _UPSTREAM.match(line))
    reason = " ".join(_LINK.sub("", paragraphs).split())
    return PatchHead(reason=reason if len(reason.split()) >= _WORDS_OF_A_REASON else "", links=links)
