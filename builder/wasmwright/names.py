"""Package names: what one may be, and which known one was probably meant."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from wasmwright.errors import InvalidName, UnknownPackage
from wasmwright.plaintext import shortened

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

_PEP_508 = re.compile(r"[A-Z0-9]([A-Z0-9._-]*[A-Z0-9])?", re.IGNORECASE | re.ASCII)
_MAX_LENGTH = 128
_SHOWN = 300
# For engines without 128-bit vectors: it ends versions in names of Nix's store, and the name of the folder of state.
NO_SIMD = "+no-simd"
# So many known names a message tells, and of more only how to see them.
LISTED = 12


def normalize(name: str) -> str:
    """The name as PEP 503 writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def attribute(name: str) -> str:
    """What Nix calls the package, in the flake and in its store."""
    return f"{name}-wasm"


def fault(name: str) -> str | None:
    """Why `name` cannot name a package, or None when it can. Names are accepted in their PEP 503 form only."""
    if not name:
        return "the name is empty"
    if len(name) > _MAX_LENGTH:
        return f"the name has {len(name)} characters, at most {_MAX_LENGTH} are allowed"
    if "/" in name or "\\" in name or name in {".", ".."}:
        return f"{quoted(name)} is a path, not a name"
    if not _PEP_508.fullmatch(name):
        return f"{quoted(name)} is not a package name: {_odd_part(name)}"
    if name != normalize(name):
        return f"{quoted(name)} is not written the PEP 503 way: write `{normalize(name)}`"
    return None


def check(name: str, known: Iterable[str] = ()) -> str:
    """Return `name`; raises InvalidName with the reason and the nearest of the `known` names."""
    reason = fault(name)
    if reason is None:
        return name
    bare, equals, version = name.partition("==")
    if equals and version and fault(bare) is None:
        message = f"{quoted(name)} is no name, and a package has the version of its recipe"
        raise InvalidName(message, hint=f"`./wasmwright update {bare} --to {version}` brings another version")
    hint = meant(normalize(name), known, otherwise="names are made of lower-case letters, digits and inner `-`")
    raise InvalidName(reason, hint=hint)


def find(name: str, known: Collection[str]) -> str:
    """Return `name` if it is one of the `known`; raises InvalidName or UnknownPackage with the nearest one."""
    if check(name, known) in known:
        return name
    otherwise = f"{known_ones(known)}; `./wasmwright add {name}` makes one of a project of the package index"
    hint = meant(name, known, otherwise=otherwise)
    message = f"there is no recipe `pkgs/{name}/recipe.toml`"
    raise UnknownPackage(message, hint=hint)


def meant(word: str, known: Iterable[str], *, otherwise: str) -> str:
    """The advice about an unknown word: the known one that was probably meant, or `otherwise` if none is close."""
    found = difflib.get_close_matches(word, sorted(known), n=1)
    return f"did you mean `{found[0]}`?" if found else otherwise


def known_ones(known: Collection[str], what: str = "packages") -> str:
    """The known ones for a message, or where to see them if they are many."""
    if len(known) > LISTED:
        return f"`./wasmwright list` has all {len(known)} {what}"
    return f"the known {what}: {', '.join(sorted(known)) or 'none yet'}"


def first_few(names: Sequence[str], most: int) -> str:
    """Names for a message, and how many more there are."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def quoted(text: str) -> str:
    """Text from outside as one visible line, however odd its characters."""
    text = shortened(text, _SHOWN)
    return f"`{text}`" if text.isprintable() else f"`{text!r}`"


def _odd_part(name: str) -> str:
    for character in name:
        if not re.fullmatch(r"[A-Za-z0-9._-]", character):
            return f"the character {character!r} is not allowed"
    return "it has to begin and end with a letter or a digit"
