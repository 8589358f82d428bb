"""The graph of derivations that an output was made by, as Nix writes it into files."""

from __future__ import annotations

import ast
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wasmwright.outputs.errors import UnknownOrigin

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

_BEGIN = "Derive("
_PARTS = 7


@dataclass(frozen=True, kw_only=True)
class FixedOutput:
    """What is known by its hash, and so was fetched: the name and hash of the file, or of the archive of a folder."""

    name: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class DerivationFile:
    """A derivation: what it fetches, the derivations and the files of the checkout that it reads.

    `outputs` are the paths that it makes, `builder` the program that does.
    """

    name: str
    outputs: tuple[str, ...]
    builder: str
    fixed: FixedOutput | None
    derivations: tuple[Path, ...]
    files: tuple[Path, ...]


def read_derivation(path: Path) -> DerivationFile:
    """Read a file of Nix's store. Raises UnknownOrigin for a form that is not known."""
    text = path.read_text(encoding="utf-8")
    parts: tuple[Any, ...] = ()
    # What Nix writes is a tuple of Python's, but for its name.
    with suppress(ValueError, SyntaxError):
        parts = ast.literal_eval(text[len(_BEGIN) - 1 :]) if text.startswith(_BEGIN) else ()
    if len(parts) != _PARTS:
        message = f"{path} is no derivation of the form that is known"
        raise UnknownOrigin(message, hint="build with a Nix that wasmwright knows: `./wasmwright doctor`")
    outputs, derivations, files, _, builder = parts[:5]
    name = path.name.partition("-")[2].removesuffix(".drv")
    hashes = [sha256 for _, _, method, sha256 in outputs if method.endswith("sha256")]
    return DerivationFile(
        name=name,
        outputs=tuple(path for _, path, _, _ in outputs),
        builder=builder,
        fixed=FixedOutput(name=name, sha256=hashes[0]) if hashes else None,
        derivations=tuple(Path(needed) for needed, _ in derivations),
        files=tuple(map(Path, files)),
    )


def graph(root: Path) -> dict[Path, DerivationFile]:
    """A derivation and all that it needs, by the file of each, in the order of their names."""
    found: dict[Path, DerivationFile] = {}
    waiting = deque([root])
    while waiting:
        path = waiting.popleft()
        if path not in found:
            found[path] = read_derivation(path)
            waiting.extend(found[path].derivations)
    return {path: found[path] for path in sorted(found, key=lambda path: path.name.partition("-")[2])}


def unpacked(derivations: Mapping[Path, DerivationFile], inside: AbstractSet[str]) -> set[FixedOutput]:
    """What was fetched, and is in the paths `inside` as it is, or as the derivations of these unpacked it."""
    found = set()
    for derivation in derivations.values():
        if not inside & {*derivation.outputs}:
            continue
        inputs = [derivation, *(derivations[needed] for needed in derivation.derivations)]
        # What runs a derivation is not what it makes.
        found |= {one.fixed for one in inputs if one.fixed and not derivation.builder.startswith(one.outputs)}
    return found
