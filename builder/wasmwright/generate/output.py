"""The Nix expression that makes an output of packages, or of what a lock names, with what a checkout has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wasmwright.generate.nixlang import string

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_NIX = """let
  scope = import (/. + {nix}) {{ profile = {profile}; }};
  environment = scope.environments.{environment};
in
{{
  inherit environment;
  output = scope.{function} environment;
}}
"""


def environment_nix(of: Sequence[str] | Path) -> str:
    """The expression of an environment: of packages by name, or of a lock's file."""
    if isinstance(of, (list, tuple)):
        names = " ".join(map(string, of))
        return f"ofPackages [ {names} ]"
    return f"fromLock (/. + {string(str(of))})"


def output_nix(function: str, of: Sequence[str] | Path, *, checkout: Path, profile: str) -> str:
    """The text of a set whose attribute `output` is what `function` of nix/outputs/ makes of the environment."""
    return _NIX.format(
        nix=string(f"{checkout}/nix"),
        profile=string(profile),
        environment=environment_nix(of),
        function=function,
    )
