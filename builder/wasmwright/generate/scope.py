"""How Nix text of ours gets at a checkout's scope: all that is built for one profile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wasmwright.generate.nixlang import string, value

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What nix/default.nix of `checkout` gives for `profile`; without `simd` for engines that have no 128-bit vectors.

    `revision` is the checkout's, where it has one and it matters.
    """

    checkout: Path
    profile: str
    simd: bool = True
    revision: str | None = None

    @property
    def expression(self) -> str:
        """The scope, as an expression."""
        arguments = {"profile": string(self.profile), "simd": value(self.simd)}
        if self.revision is not None:
            arguments["revision"] = string(self.revision)
        given = " ".join(f"{name} = {text};" for name, text in arguments.items())
        return f"import (/. + {string(f'{self.checkout}/nix')}) {{ {given} }}"
