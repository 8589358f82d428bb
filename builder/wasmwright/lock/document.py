"""Locks as files: written deterministically, read with suspicion."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Protocol

from wasmwright import limits, reading
from wasmwright.errors import InvalidLock
from wasmwright.files import openable, reason, write_text

if TYPE_CHECKING:
    from pathlib import Path

VERSION = 2


class Lock(Protocol):
    """What can be written."""

    def to_json(self) -> dict[str, object]:
        """The document of the lock."""
        ...


def write_lock(path: Path, lock: Lock) -> None:
    """Write a lock in one step: readers see the old one or the new one."""
    text = json.dumps(lock.to_json(), indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    write_text(path, text)


def file_sha256(path: Path) -> str:
    """The hash of a small file."""
    return hashlib.sha256(openable(path).read_bytes()).hexdigest()


def read_document(path: Path, relock: str, *, anew: str | None = None) -> reading.Fields:
    """The document of a lock of this version. Raises InvalidLock, with the command `relock` as advice.

    `anew` is the command for a lock that is there and no use, where that is another one.
    """
    hint = f"restore it with git, or run `{anew or relock}`"
    try:
        document = reading.json_file(openable(path), most=limits.LOCK_SIZE)
    except FileNotFoundError:
        message = f"{path.parent.name}/{path.name} does not exist"
        raise InvalidLock(message, hint=f"run `{relock}`") from None
    except (OSError, reading.Unreadable) as error:
        message = f"{path.parent.name}/{path.name} cannot be read: {reason(error)}"
        raise InvalidLock(message, hint=hint) from None
    if not isinstance(document, dict) or document.get("version") != VERSION:
        message = f"{path.parent.name}/{path.name} is not a lock of version {VERSION}"
        raise InvalidLock(message, hint=hint)
    return reading.Fields(document)
