"""What a wheel says of itself, as outputs need it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from wasmwright.wheel.inspect import read_wheel

if TYPE_CHECKING:
    from pathlib import Path

    from wasmwright.wheel.inspect import WheelInfo

_LICENSE_CLASSIFIER = "License :: "
# A field that holds the whole text says nothing in a line.
_LONGEST_LICENSE = 100


@dataclass(frozen=True)
class WheelFacts:
    """A wheel's file, and its METADATA. Raises what `read_wheel` raises when it is asked for more than its size."""

    path: Path

    @property
    def size(self) -> int:
        """In bytes."""
        return self.path.stat().st_size

    @cached_property
    def sha256(self) -> str:
        """Of the file, in hexadecimal digits."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    @cached_property
    def info(self) -> WheelInfo:
        """All that is in it."""
        return read_wheel(self.path)

    @property
    def name(self) -> str:
        """The distribution's name as PEP 503 writes it."""
        return re.sub(r"[-_.]+", "-", self.info.name.distribution).lower()

    @property
    def version(self) -> str:
        """The version as METADATA has it."""
        return self._text("Version") or self.info.name.version

    @property
    def metadata(self) -> bytes:
        """METADATA, as it is."""
        return self.info.members[f"{self.info.dist_info}/METADATA"].data

    @property
    def requirements(self) -> tuple[str, ...]:
        """What it requires, as it says that."""
        return tuple(map(str, self.info.metadata.get_all("Requires-Dist", [])))

    @property
    def requires_python(self) -> str | None:
        """The versions of Python that it is for."""
        return self._text("Requires-Python")

    @property
    def summary(self) -> str | None:
        """One line."""
        return self._text("Summary")

    @property
    def license(self) -> str | None:
        """An expression (PEP 639) where it has one, else what it says instead of it."""
        said = self._text("License-Expression") or self._text("License")
        if said is not None and len(said) <= _LONGEST_LICENSE:
            return said
        classifiers = map(str, self.info.metadata.get_all("Classifier", []))
        named = [each.rpartition(" :: ")[2] for each in classifiers if each.startswith(_LICENSE_CLASSIFIER)]
        return " AND ".join(named) or None

    @property
    def homepage(self) -> str | None:
        """An address."""
        labelled = (str(each).partition(",") for each in self.info.metadata.get_all("Project-URL", []))
        named = {label.strip().lower(): address.strip() for label, _, address in labelled}
        return self._text("Home-page") or named.get("homepage") or named.get("home")

    @property
    def imports(self) -> tuple[str, ...]:
        """The modules at its top that Python can import, folders of modules without an `__init__` among them."""
        return tuple(sorted({top for name in self.info.members if (top := _top_module(name)) is not None}))

    def _text(self, field: str) -> str | None:
        value = self.info.metadata[field]
        return " ".join(str(value).split()) or None if value is not None else None


def _top_module(member: str) -> str | None:
    """The module at the top that a file of a wheel makes importable."""
    parts = PurePosixPath(member).parts
    file = parts[-1]
    if not file.endswith((".py", ".so")):
        return None
    top = parts[0] if len(parts) > 1 else file.split(".")[0]
    return top if top.isidentifier() else None
