"""The store paths of sources, computed as Nix does, so that asking whether one is there needs no file."""

from __future__ import annotations

import hashlib
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wasmwright.sources.entry import Source

_BASE32 = "0123456789abcdfghijklmnpqrsvwxyz"
_HASH_BYTES = 20
STORE = "/nix/store"


def source_path(source: Source) -> str:
    """Where the store keeps a source."""
    return nar_path(source.name, source.sha256) if source.tree else flat_path(source.name, source.sha256)


def flat_path(name: str, sha256: str) -> str:
    """The path of a file that is named by the hash of its bytes."""
    inner = hashlib.sha256(f"fixed:out:sha256:{sha256}:".encode()).hexdigest()
    return _store_path("output:out", inner, name)


def nar_path(name: str, nar_sha256: str) -> str:
    """The path of something that is named by the hash of its archive (NAR)."""
    return _store_path("source", nar_sha256, name)


def program_nar_sha256(name: str, content: bytes) -> str:
    """The hash of the archive (NAR) of a folder that holds one executable file, `bin/NAME`.

    A folder, because busybox looks at the name it is called by, and that of a store path starts with a hash.
    """
    file = (b"(", b"type", b"regular", b"executable", b"", b"contents", content, b")")
    bin_folder = (b"(", b"type", b"directory", b"entry", b"(", b"name", name.encode(), b"node", *file, b")", b")")
    top = (b"(", b"type", b"directory", b"entry", b"(", b"name", b"bin", b"node", *bin_folder, b")", b")")
    parts = (b"nix-archive-1", *top)
    digest = hashlib.sha256()
    for part in parts:
        digest.update(struct.pack("<Q", len(part)))
        digest.update(part)
        digest.update(bytes(-len(part) % 8))
    return digest.hexdigest()


def _store_path(kind: str, inner_hash: str, name: str) -> str:
    digest = hashlib.sha256(f"{kind}:sha256:{inner_hash}:{STORE}:{name}".encode()).digest()
    return f"{STORE}/{_base32(_fold(digest))}-{name}"


def _fold(digest: bytes) -> bytes:
    folded = bytearray(_HASH_BYTES)
    for index, byte in enumerate(digest):
        folded[index % _HASH_BYTES] ^= byte
    return bytes(folded)


def _base32(data: bytes) -> str:
    number = int.from_bytes(data, "little")
    length = (len(data) * 8 + 4) // 5
    return "".join(_BASE32[(number >> (5 * index)) & 31] for index in reversed(range(length)))
