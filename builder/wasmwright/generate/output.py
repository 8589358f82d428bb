"""The Nix expression that makes an output of packages, or of what a lock names, with what a checkout has."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from wasmwright.generate.nixlang import string

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wasmwright.generate.scope import Scope

_NIX = """let
  scope = {scope};
in
{{
  output = scope.{function} (scope.environments.{environment});
}}
"""


def output_nix(function: str, of: Sequence[str] | Path, scope: Scope) -> str:
    """The text of a set whose attribute `output` is what `function` of nix/outputs/ makes of the environment.

    `of` are packages by name, or the file of a lock.
    """
    if isinstance(of, Path):
        environment = f"fromLock (/. + {string(str(of))})"
    else:
        environment = f"ofPackages [ {' '.join(map(string, of))} ]"
    return _NIX.format(scope=scope.expression, environment=environment, function=function)
