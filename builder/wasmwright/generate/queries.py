"""What is asked of Nix's evaluator: functions in its language, applied to the packages of a profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wasmwright.generate.nixlang import string

if TYPE_CHECKING:
    from collections.abc import Sequence

_DERIVATIONS = """packages:
let
  outputs =
    package:
    builtins.listToAttrs (
      map (name: {{
        inherit name;
        value = package.${{name}}.outPath;
      }}) (package.outputs or [ "out" ])
    );
  asked = package: {{
    drv = package.drvPath;
    outputs = outputs package;
  }};
in
{{
{fields}}}
"""


def derivations_query(attributes: Sequence[str], *, isolated: bool) -> str:
    """The derivation and outputs of each attribute path, such as `numpy-wasm.tests.import`.

    With `isolated`, one that throws is `{ success = false; }` and does not end the others; the rest of Nix's errors do.
    """
    fields = "".join(f"  {string(path)} = {_asked(path, isolated=isolated)};\n" for path in attributes)
    return _DERIVATIONS.format(fields=fields)


def _asked(path: str, *, isolated: bool) -> str:
    value = f"asked packages.{'.'.join(map(string, path.split('.')))}"
    return f"builtins.tryEval (let value = {value}; in builtins.deepSeq value value)" if isolated else value
