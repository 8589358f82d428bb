"""Single files out of source archives, without unpacking them."""

from __future__ import annotations

import io
import tarfile
import zipfile


def text_in(archive: bytes, name: str, path: str) -> str | None:
    """The text of `path` below the top folder of a tar or zip archive called `name`; None where it has none."""
    if name.endswith((".zip", ".whl")):
        with zipfile.ZipFile(io.BytesIO(archive)) as zipped:
            found = next((item for item in zipped.namelist() if _below_top(item) == path), None)
            return zipped.read(found).decode() if found else None
    with tarfile.open(fileobj=io.BytesIO(archive), mode="r:*") as tarball:
        for item in tarball:
            if item.isfile() and _below_top(item.name) == path:
                file = tarball.extractfile(item)
                assert file is not None
                return file.read().decode()
    return None


def _below_top(name: str) -> str:
    return name.removeprefix("./").partition("/")[2]
