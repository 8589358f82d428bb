"""environment.json: what an output may ask of an environment's wheels."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FILE = "environment.json"
VERSION = 1


class WheelOrigin(StrEnum):
    """Where a wheel comes from: compiled here, or taken from the index as it is."""

    BUILT = "built"
    INDEX = "index"


@dataclass(frozen=True, kw_only=True)
class EnvironmentWheel:
    """A wheel of an environment, `file` in its folder `wheels`.

    `name` is normalized, and so are those that it `depends` on, which are in the environment too. `imports` are the
    top-level modules that it has.
    """

    name: str
    version: str
    file: str
    size: int
    sha256: str
    depends: tuple[str, ...]
    imports: tuple[str, ...]
    origin: WheelOrigin
    purl: str
    license: str | None
    summary: str | None


@dataclass(frozen=True, kw_only=True)
class Environment:
    """Wheels that fit each other and the runtime of a profile, by name."""

    profile: str
    python: str
    platform: str
    wheels: tuple[EnvironmentWheel, ...]

    def write(self, folder: Path) -> None:
        """Write the document into the environment's folder."""
        document = {"version": VERSION, **asdict(self)}
        (folder / FILE).write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


def read_environment(folder: Path) -> Environment:
    """What an environment's folder holds, as Nix made it."""
    document = json.loads((folder / FILE).read_text(encoding="utf-8"))
    assert document["version"] == VERSION
    return Environment(
        profile=document["profile"],
        python=document["python"],
        platform=document["platform"],
        wheels=tuple(map(_wheel, document["wheels"])),
    )


def _wheel(entry: dict[str, object]) -> EnvironmentWheel:
    lists = {key: tuple(value) for key, value in entry.items() if isinstance(value, list)}
    return EnvironmentWheel(**{**entry, **lists, "origin": WheelOrigin(str(entry["origin"]))})  # type: ignore[arg-type]
